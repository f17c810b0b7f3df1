#![allow(clippy::unwrap_used, clippy::panic)]
use super::super::tests::Stage;
use super::super::{Msg, Pane};
use super::*;
use crate::notes::store::{Store, Told};

/// Three notes: on the second report, on it with the edition unknown, and on a report that is not here.
fn stage() -> Stage {
    let mut stage = Stage::new(140, 40);
    let note = stage.note_on(1, "relais", 1, NoteKind::Note, "eerst nagaan");
    let mut other = stage.note_on(1, "Lindesluis", 2, NoteKind::Highlight, "");
    other.target.report.as_mut().unwrap().edition = None;
    let mut away = stage.note_on(2, "schutting", 3, NoteKind::Bookmark, "");
    let report = away.target.report.as_mut().unwrap();
    report.edition = None;
    report.title = "Een rapport dat hier niet is".into();
    stage.notes(&[note, other, away]);
    stage
}

fn ids(stage: &Stage) -> Vec<NoteId> {
    let id = |r: &Row| if let Row::Note(id) = r { Some(id.clone()) } else { None };
    stage.app.notes.rows.iter().filter_map(id).collect()
}

#[test]
fn all_notes_the_latest_first_and_the_files_that_are_none() {
    let mut stage = stage();
    stage.press("g n");
    let all: Vec<NoteId> = stage.app.notebook.all().rev().map(|n| n.id.clone()).collect();
    assert_eq!(ids(&stage), all);
    assert!(stage.app.notes.rows.contains(&Row::Unreadable(0)));
}

#[test]
fn what_became_of_a_note_is_known_or_said_not_to_be() {
    let mut stage = stage();
    let state = |stage: &Stage, n: usize| stage.app.state_of_note(stage.app.notebook.all().nth(n).unwrap());
    assert_eq!(state(&stage, 0), Some(State::Exact), "the very content");
    assert_eq!(state(&stage, 1), None, "may have changed, not looked for yet");
    assert_eq!(state(&stage, 2), None, "may be in any report, not looked for yet");
    let away = stage.app.notebook.all().nth(2).unwrap();
    let located = vec![crate::runtime::locator::nowhere(away, State::Skipped)];
    stage.send(Msg::Located(located.into()));
    assert_eq!(state(&stage, 2), Some(State::Skipped));
}

#[test]
fn filters_go_round_and_show_what_they_say() {
    let mut stage = stage();
    stage.press("g n f");
    assert_eq!(stage.app.notes.filter, Filter::Review);
    for kind in [NoteKind::Note, NoteKind::Highlight, NoteKind::Bookmark] {
        stage.press("f");
        let kinds: Vec<_> = ids(&stage).iter().map(|id| stage.app.notebook.note(id).unwrap().kind).collect();
        assert_eq!(kinds, [kind]);
    }
    stage.press("f");
    assert_eq!((stage.app.notes.filter, ids(&stage).len()), (Filter::Trash, 0));
    stage.press("f");
    assert_eq!(ids(&stage).len(), 3);
}

#[test]
fn text_filters_by_words_and_esc_takes_the_filter_away() {
    let mut stage = stage();
    stage.press("g n");
    stage.app.filter_view("NAGAAN", &mut Vec::new());
    assert_eq!(ids(&stage).len(), 1);
    stage.press("esc");
    assert_eq!((ids(&stage).len(), stage.app.view), (3, View::Notes));
}

#[test]
fn enter_goes_to_the_passage_and_a_note_without_one_says_so() {
    let mut stage = stage();
    stage.press("g n");
    stage.anchor();
    let quote = |stage: &Stage| {
        let Some(Listed::Note(id)) = stage.app.listed_here() else { panic!() };
        stage.app.notebook.note(&id).unwrap().target.quote().unwrap().exact.clone()
    };
    stage.press("enter");
    assert!(stage.app.view == View::Notes && stage.app.notice.is_some());
    stage.press("G");
    let words = quote(&stage);
    stage.press("enter");
    assert_eq!((stage.app.view, stage.app.pane), (View::Read, Pane::Text));
    let open = stage.app.reader.open.clone().unwrap();
    let at = stage.app.reader.cursor as usize;
    assert!(open.doc.text()[at..].starts_with(&words[..20]));
}

#[test]
fn second_copies_of_a_note_are_listed_until_the_reader_has_merged_them() {
    let mut stage = stage();
    let note = stage.note_on(1, "relais", 1, NoteKind::Note, "eerst nagaan");
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path());
    let first = folder.path().join(store.create(&note).unwrap().stored.path);
    std::fs::copy(&first, first.with_file_name("kopie.md")).unwrap();
    let mut news = store.news(&mut Told::default());
    news.gone = stage.app.notebook.all().map(|n| n.id.clone()).filter(|id| *id != note.id).collect();
    news.unreadable = Some(Vec::new());
    stage.send(Msg::Notes(news));
    stage.press("g n");
    assert_eq!(stage.app.notebook.conflicts.len(), 1);
    assert_eq!(stage.app.notes.rows[1..], [Row::Gap, Row::Copies(1), Row::Copy(0)]);
    // they are something to look at, and no notes of a kind
    stage.press("f");
    assert_eq!(stage.app.notes.rows, [Row::Copies(1), Row::Copy(0)]);
    stage.press("f");
    assert!(!stage.app.notes.rows.contains(&Row::Copies(1)));
}
