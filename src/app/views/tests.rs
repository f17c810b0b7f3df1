#![allow(clippy::unwrap_used, clippy::panic)]
use super::super::tests::Stage;
use super::*;
use crate::app::Effect;

#[test]
fn reports_are_told_apart_by_who_and_when() {
    let org = Some("Dienst Wegen en Water (DWW)");
    assert_eq!(report_line("Staat van de wegen 2025", org, Some(2025)), "DWW 2025 · Staat van de wegen");
    assert_eq!(report_line("Brief", Some("Bureau Toets (voor altijd)"), None), "Bureau Toets (voor altijd) · Brief");
    assert_eq!(report_line("", None, Some(2024)), "2024");
    assert_eq!(report_line("Memo\u{1b}[31m", None, None), "Memo");
}

#[test]
fn the_place_in_the_text_survives_a_walk_through_all_views() {
    let mut stage = Stage::new(140, 40);
    stage.read(1, 6000);
    let before = stage.app.reader.spot();
    stage.press("g k j j g n g l j g s tab esc");
    assert_eq!((stage.app.view, stage.app.reader.spot()), (View::Read, before));
    assert_eq!(stage.app.reader.open.as_ref().unwrap().id, stage.docs[1].id);
}

#[test]
fn leaving_the_program_from_a_list_never_remembers_a_preview() {
    let mut stage = Stage::new(140, 40);
    stage.read(1, 6000);
    stage.press("g k");
    let kept = stage.fx.iter().find_map(|e| if let Effect::Remember(p) = e { Some(p.doc) } else { None });
    assert_eq!(kept, Some(stage.docs[1].id), "the place is remembered on the way to the list");
    stage.press("j ctrl-c");
    assert!(stage.fx.iter().all(|e| !matches!(e, Effect::Remember(_))));
    assert!(stage.fx.contains(&Effect::Quit(130)));
}

#[test]
fn enter_in_a_preview_reads_on_from_there() {
    let mut stage = Stage::new(140, 40);
    stage.press("g k j tab");
    assert_eq!(stage.app.pane, Pane::Text);
    let shown = stage.app.reader.spot().unwrap();
    stage.press("enter");
    assert_eq!((stage.app.view, stage.app.reader.spot()), (View::Read, Some(shown)));
}

#[test]
fn with_nothing_read_before_the_previews_go_with_the_view() {
    let mut stage = Stage::new(140, 40);
    stage.press("g k");
    assert!(stage.app.reader.open.is_some());
    stage.press("esc");
    assert!(stage.app.reader.open.is_none() && stage.app.pane == Pane::Left);
}

#[test]
fn every_view_lives_on_any_screen() {
    for (w, h) in [(1, 1), (3, 2), (40, 10), (69, 12), (80, 24), (300, 5)] {
        let mut stage = Stage::new(w, h);
        stage.press("g k j G g g ctrl-d g n j G g l j G g s");
        stage.type_text("a");
        stage.press("down up tab tab tab esc : down down esc ? j G esc");
        assert!(stage.app.overlay.is_none());
    }
}
