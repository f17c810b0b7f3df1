#![allow(clippy::unwrap_used, clippy::panic)]

use super::*;
use crate::app::Msg;
use crate::app::annotate::tests::Desk;
use crate::notes::anchor::Anchor;
use proptest::prelude::*;

/// Highlights on the first sentences.
fn with_highlights(desk: &mut Desk, count: usize) {
    for sentence in desk.sentences().into_iter().take(count) {
        desk.stage.read(0, sentence.start);
        desk.keep("H");
    }
    let first = desk.sentences()[0].start;
    desk.stage.read(0, first);
}

#[test]
fn a_note_stands_beside_its_passage() {
    let mut desk = Desk::reading(140, 40);
    with_highlights(&mut desk, 2);
    let app = &desk.stage.app;
    let card = &app.margin.cards[0];
    let row = app.reader.rows.iter().position(|r| r.line().range.contains(app.reader.cursor)).unwrap();
    assert_eq!((card.row, usize::from(card.y), card.here), (Some(row as u16), row, true));
    assert_eq!(app.margin.count, 2);
}

#[test]
fn the_cursor_goes_through_all_notes_and_the_text_goes_along() {
    let mut desk = Desk::reading(140, 40);
    with_highlights(&mut desk, 3);
    desk.press("tab");
    let starts: Vec<u32> = desk.sentences().iter().take(3).map(|s| s.start).collect();
    assert_eq!(desk.stage.app.reader.cursor, starts[0]);
    for start in &starts[1..] {
        desk.press("j");
        assert_eq!(desk.stage.app.reader.cursor, *start);
        assert!(desk.stage.app.margin.cards.iter().any(|c| c.here));
    }
    desk.press("j g g");
    assert_eq!(desk.stage.app.reader.cursor, starts[0]);
    desk.press("esc");
    assert_eq!(desk.stage.app.pane, Pane::Text);
}

#[test]
fn without_room_for_a_column_notes_come_in_a_popup() {
    let mut desk = Desk::reading(80, 24);
    desk.keep("H");
    assert!(desk.stage.app.margin.area.is_empty() && desk.stage.app.margin.marks.len() == 1);
    desk.press("enter");
    let app = &desk.stage.app;
    assert_eq!((app.pane, app.margin.cards.len()), (Pane::Margin, 1));
    let (at, text) = (app.margin.area, app.panes.text);
    assert!(at.h >= 3 && at.x >= text.x && at.x + at.w <= text.x + text.w && at.y + at.h <= text.y + text.h);
    // when the last note goes, so does the popup
    desk.keep("D");
    assert_eq!(desk.stage.app.pane, Pane::Text);
    assert!(desk.stage.app.margin.area.is_empty());
}

#[test]
fn a_note_without_a_place_is_listed_with_its_state() {
    let mut desk = Desk::reading(140, 40);
    with_highlights(&mut desk, 1);
    let id = desk.notes()[0].id.clone();
    let lost = Anchor { state: State::Orphan, range: None, candidates: Vec::new(), places: 0 };
    desk.stage.send(Msg::Anchored(desk.open().id, vec![(id, lost)]));
    let margin = &desk.stage.app.margin;
    assert_eq!((margin.loose_count, margin.marks.len()), (1, 0));
    let card = &margin.cards[0];
    assert_eq!(card.row, None);
    assert!(Some(card.y) > margin.loose);
    assert!(card.lines.iter().any(|l| l.role == CardRole::State && l.text == desk.word("margin.orphan")));
}

#[test]
fn what_a_note_says_fits_its_column() {
    let mut desk = Desk::reading(100, 30);
    desk.press("a");
    desk.stage.send(Msg::Paste("Een heel lang woord: ".to_owned() + &"kwijtschelding".repeat(9) + "\n\tslot"));
    desk.keep("ctrl-s");
    let width = usize::from(desk.stage.app.margin.area.w - 2 - SIGN);
    let lines = &desk.stage.app.margin.cards[0].lines;
    assert!(lines.len() > 3);
    assert!(lines.iter().all(|l| crate::layout::width(&l.text) <= width), "{lines:?}");
}

proptest! {
    /// Cards keep their order, never overlap and never leave the column, as long as they fit at all; one that has room
    /// stands at its passage.
    #[test]
    fn cards_never_overlap(rows in prop::collection::vec((0u16..40, 1usize..6), 1..12), spare in 0usize..30, at in 0usize..16) {
        let mut rows = rows;
        rows.sort_by_key(|r| r.0);
        let card = |(row, n): &(u16, usize)| Card {
            colour: None,
            id: NoteId::parse("x").unwrap(),
            kind: NoteKind::Note,
            state: State::Exact,
            twin: false,
            row: Some(*row),
            y: 0,
            lines: vec![CardLine { role: CardRole::Words, text: String::new() }; *n],
            here: false,
        };
        let mut cards: Vec<Card> = rows.iter().map(card).collect();
        if let Some(card) = cards.get_mut(at) {
            card.here = true;
        }
        let room = rows.iter().map(|r| r.1).sum::<usize>() + spare;
        place(&mut cards, room);
        let mut free = 0;
        for c in &cards {
            prop_assert!(usize::from(c.y) >= free, "{:?}", cards.iter().map(|c| (c.row, c.y)).collect::<Vec<_>>());
            free = usize::from(c.y) + c.lines.len();
        }
        prop_assert!(free <= room);
        // the one under the cursor stands at its passage when there is room above for those before it and below for the
        // others
        if let Some(here) = cards.get(at) {
            let lines = |cards: &[Card]| cards.iter().map(|c| c.lines.len() + 1).sum::<usize>();
            let row = usize::from(here.row.unwrap());
            if row >= lines(&cards[..at]) && row + lines(&cards[at..]) <= room + 1 {
                prop_assert_eq!(usize::from(here.y), row);
            }
        }
    }
}
