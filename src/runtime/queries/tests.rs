#![allow(clippy::unwrap_used, clippy::panic)]
use super::*;
use tempfile::TempDir;

#[test]
fn queries_are_remembered_once_the_last_first_and_cut_off_lines_are_passed_over() {
    let state = TempDir::new().unwrap();
    let mut book = PastBook::load(Some(state.path()));
    for query in ["keten", "tarief \"op tijd\"", "keten"] {
        book.remember(query);
    }
    assert_eq!(book.queries(), ["keten", "tarief \"op tijd\""]);
    let file = state.path().join("searches.jsonl");
    let text = fs::read_to_string(&file).unwrap();
    assert_eq!(text.lines().count(), 3);
    fs::write(&file, text + "{\"query\":\"hal").unwrap();
    assert_eq!(PastBook::load(Some(state.path())).queries(), book.queries());
    fs::write(&file, [0xff, b'\n', 0]).unwrap();
    assert!(PastBook::load(Some(state.path())).queries().is_empty());
    PastBook::load(None).remember("x");
}

#[test]
fn the_file_does_not_grow_without_end() {
    let state = TempDir::new().unwrap();
    let mut book = PastBook::load(Some(state.path()));
    (0..2 * MOST + 3).for_each(|i| book.remember(&i.to_string()));
    let lines = fs::read_to_string(state.path().join("searches.jsonl")).unwrap().lines().count();
    assert!(lines <= MOST + 2, "{lines}");
    let book = PastBook::load(Some(state.path()));
    assert_eq!((book.queries().len(), book.queries()[0].as_str()), (MOST, (2 * MOST + 2).to_string().as_str()));
}
