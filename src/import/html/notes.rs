//! Footnotes of a page: links that stand for a mark, and the text they lead to. Pages have no element for them; what
//! makes one is a short raised label that leads to a small block further on.

use super::article::Verdict;
use super::tags::{Name, Tag};
use super::tape::Tape;
use super::words;
use rustc_hash::FxHashMap;

/// A footnote longer than this many bytes is none.
const LONGEST: usize = 6_000;

/// A footnote with more elements and lines than this is none.
const MANY: u32 = 400;

/// The footnotes of a page.
#[derive(Default)]
pub(super) struct Notes {
    /// The links that are marks, and which note each leads to.
    refs: FxHashMap<u32, usize>,
    notes: Vec<Note>,
    /// The notes by the element that holds each.
    at: FxHashMap<u32, usize>,
}

/// A footnote.
pub(super) struct Note {
    pub(super) label: String,
    /// The element that holds its text.
    pub(super) at: u32,
    /// Whether it has been asked for.
    pub(super) taken: bool,
}

impl Notes {
    /// Finds them; a heading over nothing but notes is judged to be nothing.
    pub(super) fn find(tape: &Tape, verdicts: &mut [Verdict]) -> Self {
        let mut out = Notes::default();
        let mut marks: Vec<(u32, &str)> = Vec::new();
        let mut at = 0;
        while at < tape.len() {
            if verdicts[at as usize] != Verdict::Keep {
                at = tape.after(at);
                continue;
            }
            if tape.is(at, Tag::A)
                && let Some((_, id)) = tape.attr(at, Name::Href).and_then(|h| h.split_once('#'))
                && !id.is_empty()
                && tape.after(at) - at < 12
            {
                marks.push((at, id));
            }
            at += 1;
        }
        if marks.is_empty() {
            return out;
        }
        let mut ids: FxHashMap<&str, u32> = marks.iter().map(|(_, id)| (*id, u32::MAX)).collect();
        for at in 0..tape.len() {
            for name in [Name::Id, Name::Called] {
                if let Some(place) = tape.attr(at, name).and_then(|id| ids.get_mut(id)).filter(|p| **p == u32::MAX) {
                    *place = at;
                }
            }
        }
        let mut blocks: FxHashMap<u32, Option<u32>> = FxHashMap::default();
        for (mark, id) in marks {
            // Notes come after what they are about; a link back from one doesn't.
            let Some(target) = ids.get(id).copied().filter(|t| *t != u32::MAX && *t > mark) else { continue };
            let Some(label) = label(&tape.words(mark, 16)) else { continue };
            if !is_mark(tape, mark, id) {
                continue;
            }
            let Some(block) = blocks
                .entry(target)
                .or_insert_with(|| block(tape, target))
                .filter(|b| *b > mark && verdicts[*b as usize] == Verdict::Keep)
            else {
                continue;
            };
            let next = out.notes.len();
            let known = *out.at.entry(block).or_insert(next);
            if known == next {
                out.notes.push(Note { label, at: block, taken: false });
            }
            out.refs.insert(mark, known);
        }
        out.headings(tape, verdicts);
        out
    }

    /// The note a link is the mark of.
    pub(super) fn of_link(&mut self, at: u32) -> Option<(usize, &mut Note)> {
        let note = *self.refs.get(&at)?;
        Some((note, &mut self.notes[note]))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.refs.is_empty()
    }

    /// Whether a link is the mark of a note.
    pub(super) fn is_mark(&self, at: u32) -> bool {
        self.refs.contains_key(&at)
    }

    /// Whether the text of a note stands here.
    pub(super) fn is_note(&self, at: u32) -> bool {
        self.at.contains_key(&at)
    }

    pub(super) fn get(&self, note: usize) -> &Note {
        &self.notes[note]
    }

    fn headings(&self, tape: &Tape, verdicts: &mut [Verdict]) {
        if self.notes.is_empty() {
            return;
        }
        for at in 0..tape.len() {
            let headed =
                tape.tag(at).is_some_and(|t| t.level().is_some()) && words::is_notes_title(&tape.words(at, 40));
            if !headed {
                continue;
            }
            let mut next = tape.after(at);
            let mut found = false;
            while next < tape.len() && tape.tag(next).is_none_or(|t| t.level().is_none()) {
                if self.is_note(next) {
                    found = true;
                    next = tape.after(next);
                } else if tape.text_at(next).trim().is_empty() {
                    next += 1;
                } else {
                    break;
                }
            }
            if found {
                verdicts[at as usize] = Verdict::Nothing;
            }
        }
    }
}

/// What a mark says, without its brackets: a number, a letter or two, a star.
fn label(text: &str) -> Option<String> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '[' | ']' | '(' | ')' | '.' | '^'));
    let count = text.chars().count();
    let digits = count <= 4 && text.chars().all(|c| c.is_ascii_digit());
    let letters = count <= 5 && text.chars().all(|c| matches!(c, 'i' | 'v' | 'x'));
    let letter = count == 1 && text.chars().all(|c| c.is_alphabetic());
    let stars = count <= 3 && text.chars().all(|c| matches!(c, '*' | '†' | '‡' | '§'));
    (count > 0 && (digits || letters || letter || stars)).then(|| text.to_string())
}

/// Whether a link is set or called as the mark of a note.
fn is_mark(tape: &Tape, at: u32, id: &str) -> bool {
    let raised = tape.around(at, 2, |t| t == Tag::Sup).is_some() || tape.inside(at).any(|i| tape.is(i, Tag::Sup));
    let role = tape.has_word(at, Name::Role, "doc-noteref") || tape.has_word(at, Name::EpubType, "noteref");
    let called = |at: u32| tape.attr(at, Name::Class).is_some_and(|c| words::says(c).note);
    raised || role || words::is_note_id(id) || called(at) || tape.inside(at).any(called)
}

/// The block that holds the note a place belongs to.
fn block(tape: &Tape, target: u32) -> Option<u32> {
    use Tag::*;
    let fits = |tag: Tag| matches!(tag, Li | P | Div | Aside | Dd | Tr | Section);
    let mut at = match tape.tag(target)? {
        tag if fits(tag) => target,
        Dt => (tape.after(target)..tape.len()).take(4).find(|i| tape.is(*i, Dd))?,
        tag if tag.level().is_some() => return None,
        _ => tape.around(target, 6, |t| fits(t) || t.level().is_some() || t == Body)?,
    };
    if at >= tape.len() || !tape.tag(at).is_some_and(fits) {
        return None;
    }
    // A note of several paragraphs lies in an element of its own.
    let parent = tape.node(at).parent;
    let named =
        tape.attr(parent, Name::Id).is_some_and(words::is_note_id) || tape.has_word(parent, Name::Class, "footnote");
    if tape.is(at, P) && tape.tag(parent).is_some_and(|t| matches!(t, Li | Div | Aside)) && named {
        at = parent;
    }
    if tape.after(at) - at > MANY {
        return None;
    }
    let headed = tape.inside(at).any(|i| tape.tag(i).is_some_and(|t| t.level().is_some() || t == Table));
    let size = tape.words(at, LONGEST).len();
    (!headed && size > 0 && size < LONGEST).then_some(at)
}
