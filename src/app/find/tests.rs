#![allow(clippy::unwrap_used, clippy::panic)]

use super::*;
use crate::app::Msg;
use crate::app::annotate::tests::Desk;

/// All that was found.
fn all(hits: &[TextRange]) -> Result<Finds, PatternFault> {
    Ok(Finds { hits: hits.to_vec(), all: true, ended: true })
}

fn words(text: &str) -> Sought {
    Sought::typed(FindMode::Words, text)
}

/// What was asked last: generation and words.
fn asked(desk: &Desk) -> (u64, Sought) {
    let find = desk.stage.fx.iter().rev().find_map(|e| match e {
        Effect::Find { generation, sought, .. } => Some((*generation, sought.clone())),
        _ => None,
    });
    find.unwrap_or_else(|| panic!("{:?}", desk.stage.fx))
}

#[test]
fn finding_asks_at_every_key_and_goes_along() {
    let mut desk = Desk::reading(120, 40);
    let from = desk.stage.app.reader.cursor;
    let hits = [desk.sentences()[1], desk.sentences()[2]];
    desk.press("/ k");
    let (first, _) = asked(&desk);
    desk.press("e");
    let (second, query) = asked(&desk);
    assert!(second > first && query == words("ke"));
    // the late answer of the first question is dropped
    desk.stage.send(Msg::Finds(first, all(&[TextRange::new(0, 3)])));
    assert!(desk.stage.app.reader.hits.found.is_empty());
    desk.stage.send(Msg::Finds(second, all(&hits)));
    assert_eq!(desk.stage.app.reader.cursor, hits[0].start);
    desk.press("pagedown");
    assert_eq!(desk.stage.app.reader.cursor, hits[1].start);
    desk.press("enter");
    assert!(desk.stage.app.overlay.is_none());
    assert_eq!(desk.stage.app.reader.cursor, hits[1].start);
    assert_eq!(desk.stage.app.find_counter(), "2/2");
    // and back to where it began
    desk.press("ctrl-o");
    assert_ne!(desk.stage.app.reader.cursor, hits[1].start);
    assert!(desk.stage.app.reader.cursor >= from);
}

#[test]
fn esc_puts_everything_back() {
    let mut desk = Desk::reading(120, 40);
    let (cursor, top) = (desk.stage.app.reader.cursor, desk.stage.app.reader.top);
    desk.press("/ k");
    let far = *desk.sentences().last().unwrap();
    let (generation, _) = asked(&desk);
    desk.stage.send(Msg::Finds(generation, all(&[far])));
    assert_ne!(desk.stage.app.reader.top, top);
    desk.press("esc");
    let r = &desk.stage.app.reader;
    assert_eq!((r.cursor, r.top, r.hits.found.len()), (cursor, top, 0));
    // an answer that was still on its way
    desk.stage.send(Msg::Finds(generation, all(&[far])));
    assert_eq!(desk.stage.app.reader.cursor, cursor);
}

#[test]
fn nothing_found_is_said_also_when_the_answer_comes_late() {
    let mut desk = Desk::reading(120, 40);
    desk.press("/ q");
    let (generation, _) = asked(&desk);
    desk.press("enter");
    desk.stage.send(Msg::Finds(generation, all(&[])));
    assert_eq!(desk.said(), desk.word("notice.not-found"));
}

#[test]
fn the_word_under_the_cursor_is_found_further_on() {
    let mut desk = Desk::reading(120, 40);
    let doc = desk.open().doc.clone();
    let word = layout::word_at(&doc, desk.stage.app.reader.cursor);
    desk.press("*");
    let (generation, query) = asked(&desk);
    let wanted = Query::parse(&doc.slice(word).to_lowercase());
    assert_eq!(query, Sought::Words { query: wanted, open: false });
    let next = desk.sentences()[1];
    desk.stage.send(Msg::Finds(generation, all(&[word, next])));
    assert_eq!(desk.stage.app.reader.cursor, next.start);
}

#[test]
fn tab_takes_the_words_to_everything() {
    let mut desk = Desk::reading(120, 40);
    let (cursor, doc) = (desk.stage.app.reader.cursor, desk.open());
    desk.press("/");
    desk.stage.type_text("keten");
    let (generation, _) = asked(&desk);
    desk.stage.send(Msg::Finds(generation, all(&[desk.sentences()[2]])));
    desk.press("tab");
    assert_eq!(desk.stage.app.view, View::Search);
    assert_eq!(desk.stage.asked().unwrap().1, Query::parse("keten"));
    desk.press("esc esc esc");
    let app = &desk.stage.app;
    assert_eq!((app.view, app.reader.open.clone(), app.reader.cursor), (View::Read, Some(doc), cursor));
}

#[test]
fn a_key_turns_how_it_is_taken_and_that_is_remembered() {
    let mut desk = Desk::reading(120, 40);
    desk.press("/");
    desk.stage.type_text("a.c");
    desk.press("ctrl-t");
    assert_eq!(asked(&desk).1, Sought::Literal("a.c".into()));
    desk.press("ctrl-t");
    assert_eq!(asked(&desk).1, Sought::Regex("a.c".into()));
    desk.press("esc /");
    desk.stage.type_text("x");
    assert_eq!(asked(&desk).1, Sought::Regex("x".into()));
    desk.press("ctrl-t");
    assert_eq!(asked(&desk).1, words("x"));
}

#[test]
fn a_bad_pattern_is_said_while_typing_and_enter_waits_for_it_to_be_mended() {
    let mut desk = Desk::reading(120, 40);
    desk.press("/ ctrl-t ctrl-t (");
    let (generation, _) = asked(&desk);
    desk.stage.send(Msg::Finds(generation, Err(PatternFault::OpenGroup)));
    assert!(desk.stage.app.find_fault().is_some());
    desk.press("enter");
    assert!(desk.stage.app.overlay.is_some());
    desk.stage.type_text("a)");
    assert_eq!(desk.stage.app.find_fault(), None);
}

#[test]
fn what_was_looked_for_comes_back_with_up_and_an_empty_line_repeats_it() {
    let mut desk = Desk::reading(120, 40);
    for word in ["eerst", "later"] {
        desk.press("/");
        desk.stage.type_text(word);
        desk.press("enter");
    }
    desk.press("/ up");
    assert_eq!(asked(&desk).1, words("later"));
    desk.press("up");
    assert_eq!(asked(&desk).1, words("eerst"));
    desk.press("down");
    assert_eq!(asked(&desk).1, words("later"));
    desk.press("esc / enter");
    assert_eq!(asked(&desk).1, words("later"));
    assert!(desk.stage.app.overlay.is_none());
}

#[test]
fn the_first_hit_is_shown_before_the_others_are_known() {
    let mut desk = Desk::reading(120, 40);
    let (one, two) = (desk.sentences()[1], desk.sentences()[2]);
    desk.press("/ k");
    let (generation, _) = asked(&desk);
    desk.stage.send(Msg::Finds(generation, Ok(Finds { hits: vec![one], all: false, ended: false })));
    assert_eq!(desk.stage.app.reader.cursor, one.start);
    assert_eq!(desk.stage.app.find_counter(), "1/1+");
    desk.press("pagedown");
    // the rest does not take the reader back
    desk.stage.send(Msg::Finds(generation, all(&[one, two])));
    desk.press("pagedown");
    assert_eq!((desk.stage.app.reader.cursor, desk.stage.app.find_counter().as_str()), (two.start, "2/2"));
}

#[test]
fn nothing_found_leaves_the_reader_where_it_was_and_around_the_corner_is_said() {
    let mut desk = Desk::reading(120, 40);
    let from = desk.stage.app.reader.cursor;
    desk.press("/ k");
    let (generation, _) = asked(&desk);
    desk.stage.send(Msg::Finds(generation, all(&[desk.sentences()[2]])));
    desk.press("q");
    let (generation, _) = asked(&desk);
    desk.stage.send(Msg::Finds(generation, all(&[])));
    assert_eq!((desk.stage.app.reader.cursor, desk.stage.app.find_counter().as_str()), (from, "0"));
    desk.press("esc } } / k");
    let (generation, _) = asked(&desk);
    desk.stage.send(Msg::Finds(generation, all(&[desk.sentences()[0]])));
    desk.press("enter");
    assert_eq!(desk.said(), desk.word("notice.around-forth"));
    desk.press("n");
    assert_eq!(desk.said(), desk.word("notice.around-forth"));
    desk.press("N");
    assert_eq!(desk.said(), desk.word("notice.around-back"));
}
