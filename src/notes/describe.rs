//! From a place in a document to the stored description of it.

use super::note::{Position, Quote, ReportRef, Target, TargetKind};
use super::points::point;
use crate::doc::{Document, PartId, SectionId, TextRange};
use memchr::memmem;

/// Fewest characters of context on each side.
const CONTEXT: usize = 64;
/// Most characters of context on each side, for passages that repeat with all that stands around them.
const MOST_CONTEXT: usize = 512;

/// Describes a passage: quote with context, section path, page and position. White space at its ends is left out; a range
/// that holds nothing else (a place) becomes the block it stands in. `file` is the hint kept with the report.
///
/// There are at least 64 characters of context on each side where the text has them, cut at a word, and more where the
/// passage with that context would stand in the text twice.
#[must_use]
pub fn describe(doc: &Document, range: TextRange, file: &str) -> Target {
    let Some(range) = trimmed(doc, range).or_else(|| {
        let at = doc.blocks().get(doc.block_at(range.start).0 as usize)?;
        trimmed(doc, at.range)
    }) else {
        return describe_report(doc, PartId(0), file);
    };
    let text = doc.text();
    let section = doc.block(doc.block_at(range.start)).section;
    Target {
        report: Some(report(doc, doc.outline().section(section).part, file)),
        kind: TargetKind::Passage(quote(text, range)),
        section: doc.outline().path_labels(section),
        page: doc.source().page_at(range.start).cloned(),
        position: Some(position(text, range)),
    }
}

/// Describes a section; a part's own title is the report as a whole.
#[must_use]
pub fn describe_section(doc: &Document, section: SectionId, file: &str) -> Target {
    let found = doc.outline().section(section);
    if found.parent.is_none() {
        return describe_report(doc, found.part, file);
    }
    Target { kind: TargetKind::Section, ..place(doc, section, file) }
}

/// Describes a knelpunt found in a report: its id, and the section that it is.
#[must_use]
pub fn describe_found_knelpunt(doc: &Document, id: &str, section: SectionId, file: &str) -> Target {
    Target { kind: TargetKind::Knelpunt(id.to_owned()), ..place(doc, section, file) }
}

/// Describes a knelpunt that the reader has made: it lies in no report.
#[must_use]
pub fn describe_made_knelpunt(id: &str) -> Target {
    Target { report: None, kind: TargetKind::Knelpunt(id.to_owned()), section: Vec::new(), page: None, position: None }
}

/// Describes a report as a whole.
#[must_use]
pub fn describe_report(doc: &Document, part: PartId, file: &str) -> Target {
    Target {
        report: Some(report(doc, part, file)),
        kind: TargetKind::Report,
        section: Vec::new(),
        page: None,
        position: None,
    }
}

/// The place of a range in code points.
#[must_use]
pub fn position(text: &str, range: TextRange) -> Position {
    let start = point(text, range.start);
    Position { start, end: start + point(&text[range.start as usize..], range.len()) }
}

fn place(doc: &Document, section: SectionId, file: &str) -> Target {
    let found = doc.outline().section(section);
    Target {
        report: Some(report(doc, found.part, file)),
        kind: TargetKind::Section,
        section: doc.outline().path_labels(section),
        page: doc.source().page_at(found.range.start).cloned(),
        position: Some(position(doc.text(), found.range)),
    }
}

fn report(doc: &Document, part: PartId, file: &str) -> ReportRef {
    let part = doc.outline().part(part);
    ReportRef {
        title: part.title.clone(),
        org: part.org.clone(),
        year: part.year,
        edition: Some(doc.edition()),
        file: file.to_owned(),
    }
}

fn trimmed(doc: &Document, range: TextRange) -> Option<TextRange> {
    let text = doc.slice(range);
    let start = range.start as usize + (text.len() - text.trim_start().len());
    let len = text.trim().len();
    (len > 0).then(|| TextRange::from(start..start + len))
}

/// A passage of any text, with what stands around it.
pub(super) fn quote(text: &str, range: TextRange) -> Quote {
    let range = range.as_usize();
    let times = times(text, &text[range.clone()]);
    let mut context = CONTEXT;
    loop {
        let from = context_start(&text[..range.start], context);
        let to = range.end + context_end(&text[range.end..], context);
        let all = (from, to) == (0, text.len());
        if all || context >= MOST_CONTEXT || stands_once(text, &text[from..to]) {
            return Quote {
                exact: text[range.clone()].to_owned(),
                prefix: text[from..range.start].to_owned(),
                suffix: text[range.end..to].to_owned(),
                times: Some(times),
            };
        }
        context *= 2;
    }
}

/// How often the words of a range stand in its part of the text.
fn times(part: &str, words: &str) -> u32 {
    memmem::find_iter(part.as_bytes(), words).take(Quote::MANY as usize).count() as u32
}

fn stands_once(text: &str, passage: &str) -> bool {
    let finder = memmem::Finder::new(passage);
    let first = finder.find(text.as_bytes());
    first.is_some_and(|at| finder.find(&text.as_bytes()[at + 1..]).is_none())
}

/// Where the last `chars` characters begin, taken back to the beginning of a word.
fn context_start(before: &str, chars: usize) -> usize {
    let Some((cut, _)) = before.char_indices().rev().nth(chars - 1) else { return 0 };
    let word = before[..cut].char_indices().rev().take(chars).find(|(_, c)| c.is_whitespace());
    word.map_or(cut, |(at, c)| at + c.len_utf8())
}

/// Where the first `chars` characters end, taken on to the end of a word.
fn context_end(after: &str, chars: usize) -> usize {
    let Some((cut, _)) = after.char_indices().nth(chars) else { return after.len() };
    let word = after[cut..].char_indices().take(chars).find(|(_, c)| c.is_whitespace());
    word.map_or(cut, |(at, _)| cut + at)
}
