#![allow(clippy::unwrap_used, clippy::panic)]

use super::*;
use crate::app::Msg;
use crate::app::annotate::tests::Desk;

fn picker(desk: &Desk) -> &Picker {
    match &desk.stage.app.overlay {
        Some(Overlay::Picker(picker)) => picker,
        other => panic!("{other:?}"),
    }
}

#[test]
fn typing_finds_and_enter_codes_the_passage() {
    let mut desk = Desk::reading(120, 40);
    desk.press("c");
    let all = picker(&desk).rows.len();
    let wanted = picker(&desk).rows[1].clone();
    assert!(all > 2 && wanted.report.is_some());
    desk.stage.type_text(&wanted.name.to_uppercase());
    let rows = &picker(&desk).rows;
    assert!(rows.len() < all && rows[0].id() == wanted.id() && !rows[0].marks.is_empty());
    let act = desk.keep("enter");
    let Act::Create(notes) = act else { panic!() };
    assert_eq!((notes[0].kind, &notes[0].knelpunten), (NoteKind::Highlight, &vec![wanted.id().unwrap().to_owned()]));
    assert!(desk.stage.app.overlay.is_none());
}

#[test]
fn a_note_is_put_to_a_knelpunt_once_and_a_digit_takes_it_again() {
    let mut desk = Desk::reading(120, 40);
    desk.keep("H");
    desk.press("c down");
    let id = picker(&desk).rows[1].id().unwrap().to_owned();
    assert!(matches!(desk.keep("enter"), Act::Save(n) if n.len() == 1));
    assert_eq!(desk.notes()[0].knelpunten, [id.as_str()]);
    desk.press("c");
    assert!(picker(&desk).rows[0].taken && picker(&desk).rows[0].digit == Some(1));
    // what is ticked comes off
    assert!(matches!(desk.keep("1"), Act::Save(n) if n.len() == 1));
    assert!(desk.notes()[0].knelpunten.is_empty());
    assert!(desk.said().contains(desk.word("notice.taken-off").split('‘').next().unwrap()), "{}", desk.said());
    assert!(matches!(desk.keep("c 1"), Act::Save(n) if n.len() == 1));
    // and elsewhere in one key
    desk.stage.read(0, desk.sentences()[1].start);
    let Act::Create(notes) = desk.keep(".") else { panic!() };
    assert_eq!(notes[0].knelpunten, [id]);
}

#[test]
fn a_digit_is_text_once_something_is_typed() {
    let mut desk = Desk::reading(120, 40);
    desk.press("c enter");
    desk.press("c");
    desk.stage.type_text("x1");
    assert_eq!(picker(&desk).typed(), "x1");
}

#[test]
fn a_new_knelpunt_is_made_on_the_way() {
    let mut desk = Desk::reading(120, 40);
    desk.press("c");
    desk.stage.type_text("Zzq onbekend");
    assert!(picker(&desk).rows.last().unwrap().makes());
    desk.press("end");
    while !picker(&desk).rows[picker(&desk).cursor.at].makes() {
        desk.press("down");
    }
    desk.press("enter");
    let Some((_, Act::Knelpunt(KnelpuntAct::Make { made, create, save, .. }))) = desk.act() else {
        panic!("{:?}", desk.stage.fx)
    };
    assert_eq!((made.title.as_str(), create.len(), save.len()), ("Zzq onbekend", 1, 0));
}

#[test]
fn nothing_chosen_changes_nothing() {
    let mut desk = Desk::reading(120, 40);
    desk.press("V c esc");
    assert!(desk.stage.app.overlay.is_none() && desk.act().is_none());
    assert!(desk.stage.app.reader.selection.is_some());
    desk.press("c");
    desk.stage.send(Msg::Paste("qqqq wwww\n".into()));
    assert_eq!(picker(&desk).typed(), "qqqq wwww");
}

#[test]
fn every_row_can_be_reached_on_a_small_screen() {
    let mut desk = Desk::reading(40, 10);
    desk.press("c");
    let (len, h) = (picker(&desk).rows.len(), usize::from(desk.stage.app.picker_area().h - AROUND));
    for _ in 0..len {
        desk.press("down");
        let at = picker(&desk).cursor;
        assert!(at.top <= at.at && at.at < at.top + h, "{at:?} in {h}");
    }
    assert_eq!(picker(&desk).cursor.at, len - 1);
}
