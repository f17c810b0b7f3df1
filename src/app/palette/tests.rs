#![allow(clippy::unwrap_used, clippy::panic)]
use super::super::tests::Stage;
use super::*;

fn palette(stage: &Stage) -> &Palette {
    match &stage.app.overlay {
        Some(Overlay::Palette(p)) => p,
        other => panic!("{other:?}"),
    }
}

#[test]
fn it_holds_every_report_knelpunt_and_command_and_the_sections_of_open_reports() {
    let mut stage = Stage::new(140, 40);
    stage.read(1, 10);
    stage.press(":");
    let kinds = |kind| palette(&stage).items.iter().filter(|i| i.kind == kind).count();
    assert_eq!(kinds(Kind::Report), stage.app.shelf.reports().count());
    assert_eq!(kinds(Kind::Section), stage.docs[1].doc.outline().sections().len() - 1);
    assert!(kinds(Kind::Found) > 5 && kinds(Kind::Command) > 20);
    assert!(palette(&stage).items.iter().all(|i| !i.text.contains('⟨')));
}

#[test]
fn a_few_letters_find_and_mark_and_enter_goes() {
    let mut stage = Stage::new(140, 40);
    stage.press(":");
    let all = palette(&stage).total;
    stage.type_text("speeltoestellen");
    let p = palette(&stage);
    assert!(p.total > 0 && p.total < all);
    let item = p.item(0).unwrap();
    assert!(item.text.to_lowercase().contains("speeltoestellen"));
    assert!(!p.found[0].1.is_empty());
    stage.press("enter");
    assert!(stage.app.overlay.is_none());
    assert_eq!(stage.app.reader.open.as_ref().unwrap().file, "speeltoestellen-2025.md");
}

#[test]
fn a_command_is_done_where_the_palette_was_called() {
    let mut stage = Stage::new(140, 40);
    stage.press(":");
    let zen = stage.app.action_words(Action::Zen);
    stage.type_text(zen);
    stage.press("enter");
    assert!(stage.app.overlay.is_none() && stage.app.look.zen);
}

#[test]
fn nothing_found_leads_nowhere_and_esc_closes() {
    let mut stage = Stage::new(140, 40);
    stage.press("ctrl-p");
    stage.type_text("qqqxxzz");
    assert_eq!(palette(&stage).total, 0);
    stage.press("enter");
    assert!(stage.app.overlay.is_some());
    stage.press("esc");
    assert!(stage.app.overlay.is_none());
}
