//! What speaks for a place: what stands around it, and under which headings it lies.

use super::myers;
use crate::doc::{Document, Outline, Section, SectionId, TextRange};
use crate::notes::kin::same_words;
use std::cmp::Reverse;

/// Letters of context in a row that must agree on a side before that side counts as agreeing (or all of it, when it is
/// shorter).
const AGREES: usize = 26;
/// A side whose letters differ by less than this is like the stored one.
pub(super) const ALIKE: f32 = 0.75;
/// Letters of context compared approximately, the nearest.
const COMPARED: usize = 96;
/// Letters of context looked for nearby, where something was put in or left out beside the quote.
const NEARBY: usize = 48;
/// How far from the quote they are looked for, in letters.
const REACH: usize = 320;
/// What a path with more or fewer headings around the innermost counts for: formats differ in how many they tell.
const NESTED: f32 = 0.9;
/// Context that stands nearby but not beside the quote says less.
const APART: f32 = 0.9;

/// How the context on one side agrees.
#[derive(Clone, Copy, Debug)]
pub(super) struct Side {
    /// Letters in a row that agree, counted from the quote.
    pub run: usize,
    /// All of the stored context agrees.
    pub whole: bool,
    /// No context is stored although there is text here: that says nothing.
    pub unknown: bool,
    /// How like the stored context it is, 0 to 1, beside the place or near it; not computed for every place.
    pub alike: f32,
    /// The same beside the place only.
    pub beside: f32,
}

impl Side {
    /// Compares what stands before a place with what stood before the quote.
    pub fn before(stored: &[u8], text: &[u8], start: usize) -> Self {
        Self::of(stored.iter().rev(), text[..start].iter().rev(), stored.len())
    }

    /// Compares what stands behind a place with what stood behind the quote.
    pub fn after(stored: &[u8], text: &[u8], end: usize) -> Self {
        Self::of(stored.iter(), text[end..].iter(), stored.len())
    }

    fn of<'b>(stored: impl Iterator<Item = &'b u8>, mut here: impl Iterator<Item = &'b u8>, len: usize) -> Self {
        let run = stored.zip(here.by_ref()).take_while(|(a, b)| a == b).count();
        let whole = run == len;
        let unknown = len == 0 && here.next().is_some();
        let alike = if whole && !unknown { 1.0 } else { 0.0 };
        Side { run, whole, unknown, alike, beside: alike }
    }

    /// It agrees letter for letter, well enough.
    pub fn agrees(&self) -> bool {
        !self.unknown && (self.whole || self.run >= AGREES)
    }

    /// It is much the same.
    pub fn is_alike(&self) -> bool {
        !self.unknown && self.alike >= ALIKE
    }

    /// Compares approximately too, before the place.
    pub fn weigh_before(&mut self, stored: &[u8], text: &[u8], start: usize) {
        if self.whole || stored.is_empty() {
            return;
        }
        let near = &stored[stored.len() - stored.len().min(COMPARED)..];
        let here = &text[..start];
        let beside = myers::beginning(near.iter().rev().copied(), here.iter().rev().take(near.len() * 3 / 2).copied());
        let nearest = &stored[stored.len() - stored.len().min(NEARBY)..];
        let around = &text[start.saturating_sub(REACH)..start];
        self.beside = likeness(beside, near.len());
        self.alike = self.beside.max(APART * nearby(nearest, around));
    }

    /// Compares approximately too, behind the place.
    pub fn weigh_after(&mut self, stored: &[u8], text: &[u8], end: usize) {
        if self.whole || stored.is_empty() {
            return;
        }
        let near = &stored[..stored.len().min(COMPARED)];
        let beside = myers::beginning(near.iter().copied(), text[end..].iter().take(near.len() * 3 / 2).copied());
        let nearest = &stored[..stored.len().min(NEARBY)];
        let around = &text[end..text.len().min(end + REACH)];
        self.beside = likeness(beside, near.len());
        self.alike = self.beside.max(APART * nearby(nearest, around));
    }
}

fn likeness(errors: usize, len: usize) -> f32 {
    1.0 - (errors as f32 / len.max(1) as f32).min(1.0)
}

/// How like something in a text is to a stored piece; short pieces are like anything.
fn nearby(stored: &[u8], text: &[u8]) -> f32 {
    if stored.len() < NEARBY / 2 {
        return 0.0;
    }
    myers::best(stored, text).map_or(0.0, |l| likeness(l.errors, stored.len()))
}

/// One place where the words of a quote stand, or words like them.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// Where in the folded text.
    pub start: usize,
    pub end: usize,
    /// Where in the document.
    pub range: TextRange,
    /// The share of letters that differ; 0 where the folded texts are the same.
    pub differs: f32,
    /// What stands before it.
    pub before: Side,
    /// What stands behind it.
    pub after: Side,
    /// How far it lies under the stored headings, 0 to 1.
    pub path: f32,
}

impl Place {
    /// Both sides agree with all of the stored context.
    pub fn full(&self) -> bool {
        self.before.whole && self.after.whole
    }

    /// Sides that agree letter for letter.
    pub fn sides(&self) -> u8 {
        u8::from(self.before.agrees()) + u8::from(self.after.agrees())
    }

    /// Sides that are much the same.
    pub fn like_sides(&self) -> u8 {
        u8::from(self.before.is_alike()) + u8::from(self.after.is_alike())
    }

    /// Both sides are much the same right beside the place.
    pub fn is_between(&self) -> bool {
        [&self.before, &self.after].iter().all(|s| !s.unknown && s.beside >= ALIKE)
    }

    /// The section path is the stored one.
    pub fn same_path(&self) -> bool {
        self.path >= 1.0
    }

    /// It speaks for the place.
    pub fn on_path(&self) -> bool {
        self.path >= NESTED
    }

    /// Everything that speaks for it as one figure, for comparing places of one quote: its words count twice, each side once,
    /// the path a half.
    pub fn score(&self) -> f32 {
        let side = |s: &Side| if s.unknown { 0.0 } else { s.alike };
        2.0 * (1.0 - self.differs) + side(&self.before) + side(&self.after) + 0.5 * self.path
    }

    /// What comes first before anything was compared approximately.
    pub fn rank(&self) -> impl Ord + use<> {
        (Reverse(self.full()), Reverse(self.same_path()), Reverse(self.before.run + self.after.run), self.range.start)
    }
}

/// How far a place lies under these headings, as the reader has them or as the file has them: 1 when it does (numbers may
/// differ), [`NESTED`] when one of the two has more headings around the innermost, .6 when only the innermost is the same, .3
/// when the outermost is.
pub(super) fn path_at(doc: &Document, stored: &[String], at: u32) -> f32 {
    let Some(block) = doc.blocks().get(doc.block_at(at).0 as usize) else {
        return f32::from(u8::from(stored.is_empty()));
    };
    let here = path(doc.outline(), stored, block.section);
    if here >= 1.0 { here } else { here.max(path(doc.imported_outline(), stored, doc.imported_section_at(at))) }
}

/// The same of a section.
pub(super) fn path(outline: &Outline, stored: &[String], section: SectionId) -> f32 {
    let path: Vec<&Section> =
        outline.path(section).into_iter().map(|s| outline.section(s)).filter(|s| s.parent.is_some()).collect();
    let (Some(last), Some(innermost)) = (stored.last(), path.last()) else {
        return if stored.len() == path.len() { 1.0 } else { 0.0 };
    };
    let inside = is_like(last, innermost);
    if inside && (is_within(stored, &path) || path.iter().all(|s| stored.iter().any(|l| is_like(l, s)))) {
        return if stored.len() == path.len() { 1.0 } else { NESTED };
    }
    let outer = stored.len() > 1 && path.first().is_some_and(|s| is_like(&stored[0], s));
    match (inside, outer) {
        (true, _) => 0.6,
        (false, true) => 0.3,
        (false, false) => 0.0,
    }
}

/// Whether all stored headings are there in this order, perhaps with others between (another format may tell more of them).
fn is_within(stored: &[String], path: &[&Section]) -> bool {
    let mut path = path.iter();
    stored.iter().all(|l| path.any(|s| is_like(l, s)))
}

/// Whether a stored label names this section, be it under another number, or misprinted.
pub(super) fn is_like(stored: &str, section: &Section) -> bool {
    same_label(stored, &section.title, &section.label()) || is_misprint(stored, &section.label())
}

/// Whether a stored label names the section of this title and label, be it under another number.
pub(super) fn same_label(stored: &str, title: &str, label: &str) -> bool {
    let (stored, title) = (stored.trim(), title.trim());
    same_words(stored, label)
        || (!title.is_empty() && stored.strip_suffix(title).is_some_and(|n| n.ends_with(' ')))
        || (!title.is_empty() && same_words(bare(stored), title))
}

/// A label without the number at its beginning.
fn bare(label: &str) -> &str {
    label.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').trim_start()
}

/// Whether two labels differ by a letter in eight at most and by nothing that counts.
fn is_misprint(a: &str, b: &str) -> bool {
    let fold = |t: &str| t.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ");
    let (a, b) = (fold(bare(a)), fold(bare(b)));
    let len = a.len().max(b.len());
    len >= 8 && a.len().abs_diff(b.len()) * 8 <= len && {
        myers::distance(a.as_bytes(), b.as_bytes()) * 8 <= len && super::protected::same(&a, &b)
    }
}
