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

#[test]
fn a_locked_report_asks_for_its_password_and_never_shows_it() {
    let mut stage = Stage::new(140, 40);
    let mut entries = stage.app.shelf.entries().to_vec();
    entries[0].state = EntryState::Failed(crate::library::Failure::locked("it is protected with a password", ""));
    let id = entries[0].id;
    stage.send(Msg::Shelf(Arc::new(entries)));
    stage.press("g l g g");
    assert_eq!(stage.app.listed_here(), Some(Listed::Report(id)));
    stage.press("enter");
    let Some(Overlay::Prompt(prompt)) = &stage.app.overlay else { panic!("no prompt") };
    assert_eq!(prompt.kind, PromptKind::Password(id));
    stage.press("g e h e i m enter");
    assert!(stage.app.overlay.is_none());
    assert!(stage.fx.iter().any(|e| *e == Effect::Unlock(id, "geheim".into())));
}

#[test]
fn an_entry_unfolds_to_its_parts_and_to_what_was_left_out() {
    let mut stage = Stage::new(140, 40);
    stage.press("g l G");
    let Some(Listed::Report(id)) = stage.app.listed_here() else { panic!() };
    let lines = |stage: &Stage| stage.app.library.lines(stage.app.shelf.entry(id).unwrap(), &stage.app.families).len();
    let folded = lines(&stage);
    stage.press("right");
    let parts = stage.app.shelf.entry(id).unwrap().summary().unwrap().parts.len();
    assert!(lines(&stage) >= folded + parts);
    stage.press("left");
    assert_eq!(lines(&stage), folded);
}
