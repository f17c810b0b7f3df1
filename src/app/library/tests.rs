#![allow(clippy::unwrap_used, clippy::panic)]
use super::super::tests::Stage;
use super::super::{Effect, Msg};
use super::*;

#[test]
fn what_failed_stands_first_and_is_never_loaded() {
    let mut stage = Stage::new(140, 40);
    stage.press("g l");
    let first = stage.app.library.rows[0];
    assert!(stage.app.shelf.entry(first).unwrap().failure().is_some());
    assert_eq!(stage.app.library.rows.len(), stage.app.shelf.entries().len());
    assert!(stage.fx.iter().all(|e| !matches!(e, Effect::Load(_))));
    stage.press("enter");
    assert_eq!(stage.app.view, View::Library);
    assert!(stage.app.notice.as_ref().unwrap().text.contains("bijlage.bin"));
}

#[test]
fn enter_reads_and_what_is_built_in_has_no_original() {
    let mut stage = Stage::new(140, 40);
    stage.press("g l j o");
    assert!(stage.app.notice.is_some() && stage.fx.is_empty());
    let Some(Listed::Report(doc)) = stage.app.listed_here() else { panic!() };
    stage.press("enter");
    assert_eq!((stage.app.view, stage.app.reader.spot().unwrap().doc), (View::Read, doc));
}

#[test]
fn the_cursor_stays_on_its_entry_when_the_library_changes() {
    let mut stage = Stage::new(140, 40);
    stage.press("g l G");
    let here = stage.app.listed_here();
    let mut entries = stage.app.shelf.entries().to_vec();
    entries.remove(0);
    stage.send(Msg::Shelf(Arc::new(entries)));
    assert_eq!(stage.app.listed_here(), here);
}
