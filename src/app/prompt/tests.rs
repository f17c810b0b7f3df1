#![allow(clippy::unwrap_used, clippy::panic)]

use super::*;
use crate::app::Msg;
use crate::app::annotate::tests::Desk;

/// What was asked last: generation and words.
fn asked(desk: &Desk) -> (u64, Query) {
    let find = desk.stage.fx.iter().rev().find_map(|e| match e {
        Effect::Find { generation, query, .. } => Some((*generation, query.clone())),
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
    assert!(second > first && query == Query::parse("ke"));
    // the late answer of the first question is dropped
    desk.stage.send(Msg::Finds(first, vec![TextRange::new(0, 3)]));
    assert!(desk.stage.app.reader.hits.is_empty());
    desk.stage.send(Msg::Finds(second, hits.to_vec()));
    assert_eq!(desk.stage.app.reader.cursor, hits[0].start);
    desk.press("down");
    assert_eq!(desk.stage.app.reader.cursor, hits[1].start);
    desk.press("enter");
    assert!(desk.stage.app.overlay.is_none());
    assert_eq!(desk.stage.app.reader.cursor, hits[1].start);
    assert_eq!(desk.stage.app.reader.hit_count(), Some((2, 2)));
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
    desk.stage.send(Msg::Finds(generation, vec![far]));
    assert_ne!(desk.stage.app.reader.top, top);
    desk.press("esc");
    let r = &desk.stage.app.reader;
    assert_eq!((r.cursor, r.top, r.hits.len()), (cursor, top, 0));
    // an answer that was still on its way
    desk.stage.send(Msg::Finds(generation, vec![far]));
    assert_eq!(desk.stage.app.reader.cursor, cursor);
}

#[test]
fn nothing_found_is_said_also_when_the_answer_comes_late() {
    let mut desk = Desk::reading(120, 40);
    desk.press("/ q");
    let (generation, _) = asked(&desk);
    desk.press("enter");
    desk.stage.send(Msg::Finds(generation, Vec::new()));
    assert_eq!(desk.said(), desk.word("notice.not-found"));
}

#[test]
fn the_word_under_the_cursor_is_found_further_on() {
    let mut desk = Desk::reading(120, 40);
    let doc = desk.open().doc.clone();
    let word = layout::word_at(&doc, desk.stage.app.reader.cursor);
    desk.press("*");
    let (generation, query) = asked(&desk);
    assert_eq!(query, Query::parse(doc.slice(word)));
    let next = desk.sentences()[1];
    desk.stage.send(Msg::Finds(generation, vec![word, next]));
    assert_eq!(desk.stage.app.reader.cursor, next.start);
}

#[test]
fn in_a_list_it_filters() {
    let mut desk = Desk::new(120, 40);
    let all = desk.stage.app.navigator.nodes.len();
    desk.press("/");
    desk.stage.type_text("qxqx");
    assert_eq!(desk.stage.app.navigator.filter, "qxqx");
    assert!(desk.stage.app.navigator.nodes.len() < all);
    desk.press("esc");
    assert_eq!(desk.stage.app.navigator.filter, "");
    desk.press("/");
    desk.stage.type_text("a");
    desk.press("enter");
    assert_eq!(desk.stage.app.navigator.filter, "a");
}

#[test]
fn tags_are_words_without_their_sign() {
    let mut desk = Desk::reading(120, 40);
    desk.keep("H");
    desk.press("t");
    desk.stage.type_text("#geld, tijd geld");
    desk.keep("enter");
    assert_eq!(desk.notes()[0].tags, ["geld", "tijd"]);
    // the same again is no change
    desk.press("t enter");
    assert_eq!(desk.act(), None);
}

#[test]
fn a_path_is_handed_on() {
    let mut desk = Desk::new(120, 40);
    desk.press("O");
    desk.stage.send(Msg::Paste("/een/map\n".into()));
    desk.press("enter");
    assert_eq!(desk.stage.fx, [Effect::AddPath("/een/map".into())]);
}

#[test]
fn tab_takes_the_words_to_everything() {
    let mut desk = Desk::reading(120, 40);
    let (cursor, doc) = (desk.stage.app.reader.cursor, desk.open());
    desk.press("/");
    desk.stage.type_text("keten");
    let (generation, _) = asked(&desk);
    desk.stage.send(Msg::Finds(generation, vec![desk.sentences()[2]]));
    desk.press("tab");
    assert_eq!(desk.stage.app.view, View::Search);
    assert_eq!(desk.stage.asked().unwrap().1, Query::parse("keten"));
    desk.press("esc esc esc");
    let app = &desk.stage.app;
    assert_eq!((app.view, app.reader.open.clone(), app.reader.cursor), (View::Read, Some(doc), cursor));
}
