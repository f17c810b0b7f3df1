//! Find in one open report: by words with the tokens of the search (what it finds in everything is found here), letter
//! by letter, or by a pattern. Done a piece at a time, from the place where the reader stands onwards and then around:
//! whoever asked may look at what there is so far, or call it off, and no piece takes long.

use super::entry::others;
use super::marks::Marker;
use super::passages::passages;
use super::pattern::{self, PatternFault};
use super::plan::Plan;
use super::query::Query;
use super::searcher::Searcher;
use crate::doc::{Document, Lang, TextRange};
use crate::lang::{Analyser, fold_with_places};
use memchr::memmem;
use regex::Regex;
use unicode_segmentation::GraphemeCursor;

/// Text taken in one step of finding letters or a pattern, in bytes; a longer block is taken in several.
const STEP: usize = 64 << 10;
/// Matches of one pattern at most: the eight megabytes they take are enough for any report that is read.
const MOST: usize = 1_000_000;

/// How what was typed is to be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum FindMode {
    /// As words of a query, in all their forms.
    #[default]
    Words,
    /// As it stands, also inside words; case, accents and how blanks and lines are broken make no difference.
    Literal,
    /// As a regular expression over the text of a block; capitals count when there is one in it.
    Regex,
}

impl FindMode {
    /// All of them, in the order in which a key turns them.
    pub const ALL: [FindMode; 3] = [FindMode::Words, FindMode::Literal, FindMode::Regex];

    /// The name under which the words of the screens know it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            FindMode::Words => "words",
            FindMode::Literal => "literal",
            FindMode::Regex => "regex",
        }
    }

    /// The mode after this one.
    #[must_use]
    pub fn next(self) -> FindMode {
        match self {
            FindMode::Words => FindMode::Literal,
            FindMode::Literal => FindMode::Regex,
            FindMode::Regex => FindMode::Words,
        }
    }
}

/// What is looked for in a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sought {
    /// What a query matches. Filters and what is excluded play no part.
    Words {
        /// The query.
        query: Query,
        /// The word the query ends in stands for all words that begin so.
        open: bool,
    },
    /// These letters.
    Literal(String),
    /// What this regular expression fits.
    Regex(String),
}

impl Sought {
    /// What was typed, taken in one of the ways; its last word may still be going on.
    #[must_use]
    pub fn typed(mode: FindMode, text: &str) -> Sought {
        match mode {
            FindMode::Words => Sought::Words { query: Query::parse(text), open: true },
            FindMode::Literal => Sought::Literal(text.to_owned()),
            FindMode::Regex => Sought::Regex(text.to_owned()),
        }
    }
}

/// One search through a report, under way.
pub struct Finding<'a> {
    doc: &'a Document,
    how: How,
    /// What is still to be looked through, the next one last.
    todo: Vec<Piece>,
    /// Found from the place of departure on, and found before it; both ascending.
    after: Vec<TextRange>,
    before: Vec<TextRange>,
}

enum How {
    Words(Box<(Marker, Analyser)>),
    Literal(Box<Needle>),
    Regex(Regex),
}

/// A stretch of text, with what is around the corner of the report.
#[derive(Clone, Copy)]
struct Piece {
    range: TextRange,
    lang: Lang,
    /// It lies before the place of departure.
    before: bool,
}

impl<'a> Finding<'a> {
    /// Begins to look, at this byte. With a `library` words are found as they are in it: also misspelled ones,
    /// abbreviations, and compounds that only it knows.
    ///
    /// # Errors
    /// When the pattern is none, or too large.
    pub fn new(
        doc: &'a Document,
        sought: &Sought,
        from: u32,
        library: Option<&Searcher>,
    ) -> Result<Finding<'a>, PatternFault> {
        let (how, ranges) = match sought {
            Sought::Words { query, open } => {
                let mut analyser = Analyser::default();
                let known = library.and_then(|l| l.marker(query, *open, &mut analyser).ok());
                let marker = known.unwrap_or_else(|| Marker::new(&Plan::new(query, *open, &mut analyser)));
                let lang = |part| doc.outline().part(part).lang;
                (
                    How::Words(Box::new((marker, analyser))),
                    passages(doc).into_iter().map(|p| (p.range, lang(p.part))).collect(),
                )
            }
            Sought::Literal(text) => (How::Literal(Box::new(Needle::new(text))), blocks(doc)),
            Sought::Regex(text) => (How::Regex(pattern::compile(text)?), blocks(doc)),
        };
        let ranges: Vec<(TextRange, Lang)> = ranges;
        let at = ranges.partition_point(|(r, _)| r.end <= from);
        let piece = |before: bool| move |&(range, lang): &(TextRange, Lang)| Piece { range, lang, before };
        let mut todo: Vec<Piece> = ranges[at..].iter().map(piece(false)).collect();
        todo.extend(ranges[..at].iter().map(piece(true)));
        todo.reverse();
        Ok(Finding { doc, how, todo, after: Vec::new(), before: Vec::new() })
    }

    /// Looks through one more piece; whether there is more to do.
    pub fn step(&mut self) -> bool {
        let Some(piece) = self.todo.pop() else { return false };
        let out = if piece.before { &mut self.before } else { &mut self.after };
        match &mut self.how {
            How::Words(words) => {
                let (marker, analyser) = words.as_mut();
                let others = others(self.doc, piece.range).map(|(at, other)| (at, other.to_owned()));
                let others: Vec<(u32, String)> = others.collect();
                let found = marker.marks(self.doc.slice(piece.range), piece.lang, &others, analyser);
                out.extend(found.iter().map(|m| shifted(m.range, piece.range.start)));
            }
            How::Literal(needle) => needle.find(self.doc.text(), piece.range, out),
            How::Regex(regex) => {
                let text = self.doc.slice(piece.range);
                let found = regex.find_iter(text).filter(|m| !m.is_empty()).take(MOST);
                out.extend(found.map(|m| {
                    let range = TextRange::new(m.start() as u32, m.end() as u32);
                    whole_graphemes(self.doc.text(), shifted(range, piece.range.start))
                }));
            }
        }
        !self.todo.is_empty() && self.after.len() + self.before.len() < MOST
    }

    /// Whether all of the report has been looked through.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.todo.is_empty()
    }

    /// Whether something was found from the place of departure on.
    #[must_use]
    pub fn has_next(&self) -> bool {
        !self.after.is_empty()
    }

    /// What has been found so far, ascending, none inside another.
    #[must_use]
    pub fn found(&self) -> Vec<TextRange> {
        let mut out: Vec<TextRange> = Vec::with_capacity(self.before.len() + self.after.len());
        out.extend(self.before.iter().chain(&self.after));
        // a match of letters may reach over the border of its piece
        out.dedup_by(|next, last| next.start < last.end);
        out
    }

    /// Looks through all that is left.
    #[must_use]
    pub fn all(mut self) -> Vec<TextRange> {
        while self.step() {}
        self.found()
    }
}

fn shifted(range: TextRange, by: u32) -> TextRange {
    TextRange::new(range.start + by, range.end + by)
}

/// The blocks of a document, long ones cut at the ends of lines or words.
fn blocks(doc: &Document) -> Vec<(TextRange, Lang)> {
    let mut out = Vec::with_capacity(doc.blocks().len());
    for block in doc.blocks() {
        let mut rest = block.range;
        while rest.len() as usize > STEP {
            let cut = rest.start + border(doc.slice(rest), STEP) as u32;
            out.push((TextRange::new(rest.start, cut), Lang::Nl));
            rest.start = cut;
        }
        out.push((rest, Lang::Nl));
    }
    out
}

/// Where a text is cut that is longer than this: after the last line or word that fits.
fn border(text: &str, most: usize) -> usize {
    let mut at = most;
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let after = |i: usize| i + text[i..].chars().next().map_or(0, char::len_utf8);
    let end = text[..at].rfind('\n').or_else(|| text[..at].rfind(char::is_whitespace)).map(after);
    end.filter(|e| *e > 0).unwrap_or(at)
}

/// A range with whatever is written on one cell with its first and last character.
fn whole_graphemes(text: &str, range: TextRange) -> TextRange {
    let on_border = |at: usize| {
        let beside = |i: usize| text.as_bytes().get(i).is_none_or(u8::is_ascii);
        (at == 0 || beside(at - 1)) && beside(at)
            || GraphemeCursor::new(at, text.len(), true).is_boundary(text, 0).unwrap_or(true)
    };
    let (mut start, mut end) = (range.start as usize, range.end as usize);
    while !text.is_char_boundary(start) || !on_border(start) {
        start -= 1;
    }
    while end < text.len() && (!text.is_char_boundary(end) || !on_border(end)) {
        end += 1;
    }
    TextRange::new(start as u32, end as u32)
}

/// Letters to be found, and the room in which a piece of text is folded.
struct Needle {
    folded: String,
    finder: memmem::Finder<'static>,
    hay: String,
    places: Vec<u32>,
}

impl Needle {
    fn new(text: &str) -> Needle {
        let (mut folded, mut places) = (String::new(), Vec::new());
        level(text, &mut folded, &mut places);
        let finder = memmem::Finder::new(&folded).into_owned();
        Needle { folded, finder, hay: String::new(), places }
    }

    /// The matches that begin in a range of a text; the last one may end behind it.
    fn find(&mut self, text: &str, range: TextRange, out: &mut Vec<TextRange>) {
        if self.folded.trim().is_empty() {
            return;
        }
        let (start, end) = (range.start as usize, range.end as usize);
        // a folded letter may have been four bytes, and invisible ones may stand between; never into the next block
        let mut reach = (end + self.folded.len() * 8).min(text.len());
        while !text.is_char_boundary(reach) {
            reach += 1;
        }
        let block_end = text[end..reach].find("\n\n").map_or(reach, |i| end + i);
        let hay = &text[start..block_end];
        self.hay.clear();
        self.places.clear();
        level(hay, &mut self.hay, &mut self.places);
        for at in self.finder.find_iter(self.hay.as_bytes()) {
            let first = self.places[at] as usize;
            if start + first >= end {
                break;
            }
            let last = self.places[at + self.folded.len() - 1] as usize;
            let after = self.places.get(at + self.folded.len()).map_or(hay.len(), |p| *p as usize);
            let letter = hay[last..].chars().next().map_or(0, char::len_utf8);
            let found = TextRange::new((start + first) as u32, (start + after.max(last + letter)) as u32);
            out.push(whole_graphemes(text, found));
        }
    }
}

/// The folded form of a text in which blanks of any length are one, and quotation marks and dashes are of one kind; with
/// the byte of the text that each byte of it came from.
fn level(text: &str, out: &mut String, places: &mut Vec<u32>) {
    fold_with_places(text, |c, at| {
        let c = match c {
            c if c.is_whitespace() => ' ',
            '“' | '”' | '„' | '‟' | '«' | '»' => '"',
            '–' | '—' => '-',
            c => c,
        };
        if c != ' ' || !out.ends_with(' ') {
            out.push(c);
            places.resize(out.len(), at as u32);
        }
    });
}
