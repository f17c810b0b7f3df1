#![allow(clippy::unwrap_used, clippy::panic)]
use super::super::tests::Stage;
use super::*;
use crate::import::{Limits, read};

const REPORT: &str = "# Verslag van de veren\n\n## Aanleiding\n\nZie Kamerstukken II 2021/22, 35 234, nr. 7 en \
    artikel 4 van de Verenwet.\n\n## Tarieven\n\nMeer op www.veren.example. Ook Kamerstuk 35 234, nr. 7 noemt dit.\n\n\
    ## Slot\n\nDank voor het lezen.\n";
const PAPER: &str = "https://zoek.officielebekendmakingen.nl/kst-35234-7.html";

/// A reader of that report.
fn stage() -> Stage {
    let mut stage = Stage::new(120, 40);
    let doc = Arc::new(read(REPORT.as_bytes(), &Limits::default()).unwrap());
    stage.docs[0] = Arc::new(OpenDoc { id: stage.docs[0].id, file: "veren.md".into(), doc, found: Vec::new() });
    stage.read(0, 0);
    stage
}

fn list(stage: &Stage) -> &References {
    match &stage.app.overlay {
        Some(Overlay::References(references)) => references,
        other => panic!("{other:?}"),
    }
}

fn at(word: &str) -> u32 {
    let doc = read(REPORT.as_bytes(), &Limits::default()).unwrap();
    doc.text().find(word).unwrap() as u32
}

#[test]
fn each_stands_once_with_its_first_place_and_enter_goes_through_all() {
    let mut stage = stage();
    stage.press("g f");
    let rows = &list(&stage).rows;
    let seen: Vec<_> = rows.iter().map(|r| (r.label.as_str(), r.places.len(), r.section.as_str())).collect();
    assert_eq!(
        seen,
        [
            ("Kamerstukken II 2021/22, 35 234, nr. 7", 2, "Aanleiding"),
            ("art. 4 Verenwet", 1, "Aanleiding"),
            ("www.veren.example", 1, "Tarieven"),
        ]
    );
    stage.press("enter");
    assert_eq!(stage.app.reader.cursor, at("Kamerstukken II"));
    stage.press("g f enter");
    assert_eq!(stage.app.reader.cursor, at("Kamerstuk 35"));
    stage.press("g f enter");
    assert_eq!(stage.app.reader.cursor, at("Kamerstukken II"));
    stage.press("ctrl-o");
    assert_eq!(stage.app.reader.cursor, at("Kamerstuk 35"));
}

#[test]
fn letters_find_and_keys_open_and_copy_the_address() {
    let mut stage = stage();
    stage.press("g f");
    stage.type_text("35234");
    assert_eq!((list(&stage).found.len(), list(&stage).total()), (1, 3));
    stage.press("ctrl-o");
    assert!(stage.fx.contains(&Effect::OpenAddress(PAPER.into())), "{:?}", stage.fx);
    stage.press("ctrl-y");
    assert!(stage.fx.contains(&Effect::Copy(PAPER.into())));
    stage.press("esc g f");
    stage.type_text("Verenwet");
    stage.press("ctrl-o");
    // no address, and that is said
    assert!(stage.fx.is_empty() && stage.app.notice.is_some());
    stage.press("esc");
    assert!(stage.app.overlay.is_none());
}

#[test]
fn the_reference_at_the_cursor_is_opened() {
    let mut stage = stage();
    stage.read(0, at("Kamerstukken II") + 3);
    stage.press("g x");
    assert_eq!(stage.fx, [Effect::OpenAddress(PAPER.into())]);
    // before it, in its paragraph
    stage.read(0, at("Meer op"));
    stage.press("g x");
    assert_eq!(stage.fx, [Effect::OpenAddress("https://www.veren.example".into())]);
    stage.read(0, at("Dank"));
    stage.press("g x");
    assert!(stage.fx.is_empty() && stage.app.notice.is_some());
}

#[test]
fn a_report_that_refers_to_nothing_says_so() {
    let mut stage = Stage::new(120, 40);
    stage.press("g f");
    assert!(stage.app.overlay.is_none() && stage.app.notice.is_some());
}
