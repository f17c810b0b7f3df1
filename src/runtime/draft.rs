//! Unsaved words as a file: notes as they would be kept, so that any program can read them after a crash. Words for
//! several places at once are several notes, each after a form feed; the words stand in the first.

use crate::app::{Draft, NewNote};
use crate::notes::{self, Note, NoteId, store};
use jiff::Timestamp;

/// What parts the notes of one draft.
const PARTED: &str = "\u{c}\n---\n";

/// The file of a draft.
pub(super) fn write(draft: &Draft, now: Timestamp) -> String {
    let id = NoteId::parse(&draft.key).filter(|_| !draft.notes.is_empty());
    let Some(id) = id else { return draft.text.clone() };
    let body = |i: usize| if i == 0 { draft.text.clone() } else { String::new() };
    let files = draft.notes.iter().enumerate().map(|(i, n)| {
        let (kind, color, status) = (n.kind, n.color, n.status);
        notes::render(&Note {
            id: id.clone(),
            kind,
            created: now,
            modified: now,
            knelpunten: n.knelpunten.clone(),
            tags: n.tags.clone(),
            color,
            status,
            target: n.target.clone(),
            anchored: Vec::new(),
            body: body(i),
        })
    });
    files.collect::<Vec<_>>().join("\u{c}\n")
}

/// A draft as its file says it. What is no note is words without a place: they are handed on all the same.
pub(super) fn read(stored: store::Draft) -> Draft {
    let mut pieces = stored.text.split(PARTED);
    let first = pieces.next().unwrap_or_default();
    match notes::parse(first) {
        Ok(note) => {
            let others = pieces.filter_map(|p| notes::parse(&format!("---\n{p}")).ok());
            let text = note.body.clone();
            let notes = std::iter::once(note).chain(others).map(|n| NewNote::from(&n)).collect();
            Draft { key: stored.key, text, notes }
        }
        Err(_) => Draft { key: stored.key, text: stored.text, notes: Vec::new() },
    }
}

#[cfg(test)]
mod tests;
