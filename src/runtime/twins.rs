//! Where else in the library the passages of notes stand: (nearly) the same words in other reports, or again in the same
//! one. Editions of the note's own report are left out: there the note itself is looked for.

use crate::app::Twin;
use crate::doc::TextRange;
use crate::notes::anchor::State;
use crate::notes::{Located, NoteId};
use crate::search::{Also, Searcher, Texts};
use rustc_hash::FxHashSet;

/// The twins of all notes that have a place; `None` when called off or the index cannot be read.
pub(super) fn twins(
    located: &[Located],
    searcher: &Searcher,
    texts: &dyn Texts,
    cancel: &dyn Fn() -> bool,
) -> Option<Vec<Twin>> {
    let found = |l: &&Located| l.home && matches!(l.state, State::Exact | State::Moved | State::Changed);
    let asked: Vec<_> = located.iter().filter(found).filter_map(|l| Some((l, l.doc?, l.place.as_ref()?))).collect();
    let places: Vec<_> = asked.iter().map(|(_, doc, place)| (*doc, place.range)).collect();
    let alike = match searcher.alike(&places, cancel) {
        Ok(alike) => alike,
        Err(error) => {
            log::debug!("where passages of notes stand elsewhere is not known: {error}");
            return None;
        }
    };
    let own: FxHashSet<(&NoteId, _)> = located.iter().filter_map(|l| Some((&l.note, l.doc?))).collect();
    let mut out = Vec::new();
    for ((one, home, place), others) in asked.into_iter().zip(alike) {
        for also in others {
            if also.doc != home && own.contains(&(&one.note, also.doc)) {
                continue;
            }
            out.push(twin(one, &place.text, also, texts));
        }
    }
    Some(out)
}

fn twin(one: &Located, words: &str, also: Also, texts: &dyn Texts) -> Twin {
    let text = texts.text(also.doc, also.range).unwrap_or_default();
    let part = find(&text, words);
    let range = part.map_or(also.range, |r| TextRange::new(also.range.start + r.start, also.range.start + r.end));
    let Also { doc, report, year, page, .. } = also;
    Twin { note: one.note.clone(), doc, range, same: part.is_some(), report, year, page }
}

/// Where words stand in a text, whatever white space is between them.
fn find(text: &str, words: &str) -> Option<TextRange> {
    let words: Vec<&str> = words.split_whitespace().collect();
    let first = *words.first()?;
    text.match_indices(first).find_map(|(start, _)| {
        let mut at = start;
        for (i, word) in words.iter().enumerate() {
            let rest = &text[at..];
            let blank = rest.len() - rest.trim_start().len();
            if (i > 0 && blank == 0) || !rest[blank..].starts_with(word) {
                return None;
            }
            at += blank + word.len();
        }
        Some(TextRange::from(start..at))
    })
}

#[cfg(test)]
mod tests;
