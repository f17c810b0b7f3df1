#![allow(clippy::unwrap_used, clippy::panic)]

use super::*;
use crate::notes::{NoteKind, describe};

fn on(knelpunt: &str) -> NewNote {
    NewNote::on(NoteKind::Note, describe::describe_made_knelpunt(knelpunt))
}

fn again(draft: &Draft) -> Draft {
    let text = write(draft, Timestamp::UNIX_EPOCH);
    read(store::Draft { key: draft.key.clone(), text })
}

#[test]
fn words_come_back_with_their_places() {
    let text = "Vergelijk dit\n\n---\nmet vorig jaar".to_owned();
    let first = NewNote { tags: vec!["geld".to_owned()], body: text.clone(), ..on("loket") };
    let draft = Draft { key: "new".to_owned(), text, notes: vec![first, on("keten"), on("ict")] };
    assert_eq!(again(&draft), draft);
}

#[test]
fn words_without_a_place_are_kept_as_they_are() {
    let draft = Draft { key: "new".to_owned(), text: "zomaar\niets".to_owned(), notes: Vec::new() };
    assert_eq!(again(&draft), draft);
    let odd = Draft { key: "../weg".to_owned(), text: "woorden".to_owned(), notes: Vec::new() };
    assert_eq!(again(&odd), odd);
}
