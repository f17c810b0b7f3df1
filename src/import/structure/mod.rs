//! From pieces to outline: which pieces are headings, of what level, and where one report ends and the next begins.
//!
//! Evidence, strongest first: marks of the format and its bookmarks, a table of contents in the text, numbering, a title
//! that recurs, typography, shape. Nothing here knows any report.

mod bookmarks;
mod candidates;
mod labels;
mod levels;
mod meta;
mod number;
mod parts;
mod title_page;
mod toc;
mod typography;

#[cfg(test)]
mod tests;

use super::draft::Draft;
use crate::doc::{Lang, PartKind};
use number::Scheme;

/// What was judged of a draft.
pub(super) struct Judged {
    /// In reading order; their pieces never overlap.
    pub(super) headings: Vec<Heading>,
    /// In reading order; the first begins at piece 0.
    pub(super) parts: Vec<PartDraft>,
}

/// A heading.
#[derive(Debug)]
pub(super) struct Heading {
    /// Its first piece.
    pub(super) first: usize,
    /// Its last piece: the same, but for a label followed by its title.
    pub(super) last: usize,
    /// What stands between its pieces.
    pub(super) join: &'static str,
    /// "2.1", "Knelpunt 1".
    pub(super) number: Option<String>,
    /// The title without the number.
    pub(super) title: String,
    /// From 1, a part's title.
    pub(super) level: u8,
    /// From 0 to 1.
    pub(super) confidence: f32,
    /// How it is numbered.
    scheme: Option<Scheme>,
    /// A full stop stands after its number.
    dotted: bool,
    /// The level its marks give, 1 to 6; 0 without marks.
    mark: u8,
    /// Its mark is only what its letters deserve.
    by_look: bool,
    /// Its title in the form in which titles are compared.
    key: String,
    /// The level a table of contents gives it.
    listed: Option<Option<u8>>,
}

/// A part.
pub(super) struct PartDraft {
    /// Its first piece.
    pub(super) first: usize,
    pub(super) title: String,
    pub(super) org: Option<String>,
    pub(super) date: Option<String>,
    pub(super) year: Option<i32>,
    pub(super) kind: PartKind,
    pub(super) lang: Lang,
    pub(super) confidence: f32,
}

/// Whether this is what a table of contents is called.
pub(super) fn is_contents_title(text: &str) -> bool {
    toc::is_title(text)
}

/// Whether a text is a label and its number and nothing else ("Knelpunt 1", "Figuur 3").
pub(super) fn label_alone(text: &str) -> bool {
    number::parse(text).is_some_and(|n| n.title.is_empty())
}

/// Whether a text is what a table of contents is called, and nothing else.
pub(super) fn is_contents(text: &str) -> bool {
    toc::is_title(text)
}

/// Whether a line says when, and nothing else.
pub(super) fn is_date(text: &str) -> bool {
    title_page::dated(text) && text.split_whitespace().count() <= 4
}

/// A title without its number, in the form in which titles are compared.
pub(super) fn title_key(text: &str) -> String {
    let numbered = number::parse(text).filter(|n| !n.title.is_empty());
    number::key(
        numbered.map_or_else(
            || text.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ' ')),
            |n| n.title,
        ),
    )
}

/// How deep the number at the start of a text goes: 1 for "2. Title", 2 for "2.1 Title"; `None` without a number.
pub(super) fn numbered_depth(text: &str) -> Option<u8> {
    match number::parse(text)?.scheme {
        Scheme::Decimal(depth) => Some(depth),
        Scheme::Label(_) => Some(1),
        Scheme::Roman | Scheme::Letter => None,
    }
}

/// Judges a draft.
pub(super) fn judge(draft: &mut Draft, max_headings: u32) -> Judged {
    let long = bookmarks::mark(draft);
    let tocs = toc::take_out(draft);
    if long.is_empty() {
        bookmarks::cut_listed(draft, &tocs);
    }
    typography::promote(draft, &tocs);
    let front = title_page::find(draft, &tocs);
    let mut headings = candidates::find(draft, &tocs, &long);
    if headings.len() > max_headings as usize {
        draft.warnings.push(format!("{} headings; only the first {max_headings} are in the outline", headings.len()));
        headings.truncate(max_headings as usize);
    }
    typography::rank(draft, &mut headings);
    let starts = parts::starts(draft, &headings, &tocs, front);
    let mut headings = labels::merge(draft, headings, &starts);
    // A stray line above the title of a text without marks is no heading.
    headings.retain(|h| {
        let part = starts[..starts.partition_point(|s| s.first <= h.first)].last();
        h.mark > 0 || part.and_then(|p| p.title).is_none_or(|title| h.first >= title)
    });
    let parts = parts::describe(draft, &mut headings, &starts);
    for (n, part) in starts.iter().enumerate() {
        let end = starts.get(n + 1).map_or(usize::MAX, |p| p.first);
        let from = headings.partition_point(|h| h.first < part.first);
        let to = headings.partition_point(|h| h.first < end);
        levels::settle(draft, &mut headings[from..to]);
    }
    Judged { headings, parts }
}
