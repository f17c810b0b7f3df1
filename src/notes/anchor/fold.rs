//! A text as its letters and figures alone, with the way back to its bytes: what typography may change is gone.
//!
//! White space, hyphens and dashes, quotation marks, punctuation, bullets, marks of list items at the beginning of a line,
//! marks of footnotes and borders of cells are left out; ligatures and other compatible forms are taken apart (Unicode
//! NFKD); letters are small. Two texts that differ in such things only have the same folded text. What stands between two
//! figures is kept, in one form (`1.200`, `5-7`, `3 12`), and so are signs and symbols that say something (`%`, `€`, `-3`):
//! without them other numbers would look the same. [`super::typography`] looks at what was left out where that matters.

use crate::doc::TextRange;
use unicode_normalization::char::decompose_compatible;
use unicode_segmentation::GraphemeCursor;

/// Figures that a mark of a footnote has at most.
const MARK: usize = 3;
/// Small letters that have to stand before a mark glued to a word, so that `m2`, `CO2` and `art.3` keep their figures.
const BEFORE_MARK: usize = 4;

/// A text folded, and the way back.
pub(super) struct Folded {
    /// Letters, figures and the signs that count, in UTF-8.
    pub text: Vec<u8>,
    /// From this byte of the folded text on, bytes come from this byte of the original and those after it (until the next
    /// entry).
    runs: Vec<(u32, u32)>,
    /// Marks of footnotes and list items that were left out.
    pub marks: Vec<Mark>,
}

/// A mark that was left out although it has letters or figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    /// The folded byte before which it stood.
    pub at: u32,
    /// Where it stands in the original.
    pub range: TextRange,
    /// What it is.
    pub kind: MarkKind,
}

/// What a mark is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MarkKind {
    /// It counts the items of a list.
    Item,
    /// It calls a footnote: whoever asked for the text to be folded says so.
    Known,
    /// It looks like one that calls a footnote, behind a sign that ends a sentence or a part of one.
    BehindStop,
    /// It looks like one that calls a footnote, glued to a word.
    Glued,
}

/// What is kept of a text beside its letters.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    /// All letters are small.
    Small,
    /// Letters are as they are.
    Kept,
}

/// What stood since the last byte that was kept.
#[derive(Default)]
struct Gap {
    chars: u32,
    first: Option<char>,
    at: u32,
    dash: bool,
    space: bool,
}

impl Gap {
    fn add(&mut self, c: char, at: usize) {
        if self.chars == 0 {
            (self.first, self.at) = (Some(c), at as u32);
        }
        self.chars += 1;
        self.dash |= c == '-';
        self.space |= c.is_whitespace();
    }

    /// What is kept of it between two figures.
    fn between_figures(&self) -> Option<u8> {
        match self.first {
            _ if self.chars == 0 => None,
            _ if self.dash => Some(b'-'),
            Some(c @ ('.' | ',' | ':' | '/' | '^' | '*')) if self.chars == 1 => Some(c as u8),
            Some('\u{2044}') if self.chars == 1 => Some(b'/'),
            _ => Some(b' '),
        }
    }
}

impl Folded {
    /// Folds a text of at most 4 GiB. `marks` are those of footnotes that are known, ascending; `opens_line` says whether the
    /// text begins at the beginning of a line.
    pub fn of(text: &str, marks: impl IntoIterator<Item = TextRange>, opens_line: bool, case: Case) -> Self {
        let mut folder = Folder {
            out: Folded { text: Vec::with_capacity(text.len()), runs: Vec::new(), marks: Vec::new() },
            gap: Gap::default(),
            case,
        };
        let mut marks = marks.into_iter().peekable();
        let mut at = 0;
        let mut begins = opens_line;
        while let Some(c) = text[at..].chars().next() {
            let len = if begins { list_mark(&text[at..]) } else { 0 };
            begins = false;
            if len > 0 {
                folder.mark(TextRange::from(at..at + len), MarkKind::Item);
                at += len;
                continue;
            }
            while marks.next_if(|m| (m.start as usize) < at).is_some() {}
            if let Some(mark) = marks.next_if(|m| m.start as usize == at && m.end as usize > at)
                && text.is_char_boundary(mark.end as usize)
            {
                folder.mark(mark, MarkKind::Known);
                at = mark.end as usize;
                continue;
            }
            if let Some(len) = glued_mark(text, at, c) {
                let kind = if behind_stop(text, at) { MarkKind::BehindStop } else { MarkKind::Glued };
                folder.mark(TextRange::from(at..at + len), kind);
                at += len;
                continue;
            }
            folder.char(text, at, c);
            at += c.len_utf8();
            begins = c == '\n';
        }
        folder.out
    }

    /// The original place of a range of folded bytes, on grapheme borders of `text`, which it was folded from.
    pub fn original(&self, text: &str, start: usize, end: usize) -> TextRange {
        let from = self.raw(start);
        let last = self.raw(end.saturating_sub(1).max(start));
        let to = last + text.get(last..).and_then(|t| t.chars().next()).map_or(0, char::len_utf8);
        TextRange::from(border(text, from, false)..border(text, to, true))
    }

    /// The folded bytes that come from before this byte of the original.
    pub fn at(&self, raw: u32) -> usize {
        let i = self.runs.partition_point(|r| r.1 < raw);
        let next = self.runs.get(i).map_or(self.text.len(), |n| n.0 as usize);
        i.checked_sub(1).map_or(0, |i| {
            let (folded, from) = self.runs[i];
            ((folded + (raw - from)) as usize).min(next)
        })
    }

    /// Where the character begins that a folded byte comes from.
    pub fn raw(&self, at: usize) -> usize {
        let i = self.runs.partition_point(|r| r.0 as usize <= at);
        i.checked_sub(1).map_or(0, |i| self.runs[i].1 as usize + (at - self.runs[i].0 as usize))
    }
}

struct Folder {
    out: Folded,
    gap: Gap,
    case: Case,
}

impl Folder {
    fn char(&mut self, text: &str, at: usize, c: char) {
        if c.is_ascii() {
            let b = c as u8;
            match b {
                b'0'..=b'9' => self.figure(b, at),
                b'a'..=b'z' => self.letter(b, at),
                b'A'..=b'Z' => self.letter(if self.case == Case::Small { b + 32 } else { b }, at),
                b'%' | b'$' | b'&' | b'+' | b'<' | b'=' | b'>' | b'@' => self.letter(b, at),
                b'-' => self.dash(text, at, c),
                _ => self.gap.add(c, at),
            }
            return;
        }
        match c {
            // invisible: soft hyphen, joiners, marks of direction, variation selectors
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' => {}
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => self.dash(text, at, c),
            _ if c.is_whitespace() => self.gap.add(' ', at),
            // a power: 10² is not 102
            '²' | '³' | '¹' | '\u{2070}'..='\u{2079}' if self.gap.chars == 0 && self.after_figure() => {
                self.gap.add('^', at);
                self.apart(c, at);
            }
            _ => self.apart(c, at),
        }
    }

    /// A character that is not ASCII, by what it is made of.
    fn apart(&mut self, c: char, at: usize) {
        if self.gap.chars == 0 && self.after_figure() {
            self.gap.add(' ', at);
        }
        decompose_compatible(c, |d| {
            if d.is_ascii_digit() {
                self.figure(d as u8, at);
            } else if d.is_alphanumeric() || unicode_normalization::char::is_combining_mark(d) || says_something(d) {
                let small = self.case == Case::Small;
                let mut emit = |d: char| d.encode_utf8(&mut [0; 4]).bytes().for_each(|b| self.letter(b, at));
                if small { d.to_lowercase().for_each(&mut emit) } else { emit(d) }
            } else {
                self.gap.add(d, at);
            }
        });
    }

    fn after_figure(&self) -> bool {
        self.out.text.last().is_some_and(u8::is_ascii_digit)
    }

    /// A dash is a sign before a figure that nothing stands before; between figures it is kept with the gap.
    fn dash(&mut self, text: &str, at: usize, c: char) {
        let before = text[..at].chars().next_back();
        let sign = text[at + c.len_utf8()..].starts_with(|c: char| c.is_ascii_digit())
            && before.is_some_and(|b| matches!(b, '(' | '€' | '$' | ' ' | '\t' | '\u{a0}' | '\u{202f}'));
        if sign && !(self.after_figure() && self.gap.dash) {
            let range = self.after_figure() && text[..at].trim_end().ends_with(|c: char| c.is_ascii_digit());
            if !range {
                self.letter(b'-', at);
                return;
            }
        }
        self.gap.add('-', at);
    }

    fn figure(&mut self, b: u8, at: usize) {
        if self.after_figure()
            && let Some(between) = self.gap.between_figures()
        {
            self.push(between, self.gap.at as usize);
        }
        self.letter(b, at);
    }

    fn letter(&mut self, b: u8, at: usize) {
        self.push(b, at);
        self.gap = Gap::default();
    }

    fn push(&mut self, b: u8, at: usize) {
        let (folded, raw) = (self.out.text.len() as u32, at as u32);
        if self.out.runs.last().is_none_or(|(f, r)| raw.wrapping_sub(*r) != folded - f) {
            self.out.runs.push((folded, raw));
        }
        self.out.text.push(b);
    }

    fn mark(&mut self, range: TextRange, kind: MarkKind) {
        self.out.marks.push(Mark { at: self.out.text.len() as u32, range, kind });
        self.gap.add(' ', range.start as usize);
    }
}

/// Symbols beyond ASCII that are more than decoration: those of currency, of arithmetic, ticks and crosses, pictures. What
/// lists are decorated with, punctuation and letters of one's own (Unicode's private use, where fonts keep bullets) is not.
fn says_something(c: char) -> bool {
    !matches!(c, '\u{80}'..='\u{a2}' | '\u{a4}' | '\u{a6}' | '\u{a8}'..='\u{af}' | '\u{b4}'..='\u{b8}' | '\u{bb}' | '\u{bf}'
        | '\u{2000}'..='\u{202f}' | '\u{2031}'..='\u{206f}' | '\u{2190}'..='\u{21ff}' | '\u{2500}'..='\u{26ff}'
        | '\u{2756}'..='\u{27bf}' | '\u{2981}' | '\u{29bf}' | '\u{2b00}'..='\u{2bff}' | '\u{2e00}'..='\u{2e7f}'
        | '\u{3000}'..='\u{303f}' | '\u{e000}'..='\u{f8ff}' | '\u{fffc}' | '\u{fffd}')
        && !c.is_ascii()
        && !c.is_whitespace()
        && !c.is_control()
}

/// The bytes of a mark of a list item at the beginning of a line: `1.`, `12)`, `a)`, `b.`, `iv)`, `(2)`, before white space.
/// Capitals are no such marks but with a bracket: `A. Bakker` is somebody.
fn list_mark(line: &str) -> usize {
    let blank = line.len() - line.trim_start_matches([' ', '\t']).len();
    let rest = &line[blank..];
    let open = usize::from(rest.starts_with('('));
    let name = &rest[open..];
    let len = name.bytes().take_while(u8::is_ascii_alphanumeric).take(5).count();
    let word = &name[..len];
    let (close, after) =
        name[len..].split_at(name[len..].len().min(1).min(usize::from(name[len..].is_char_boundary(1))));
    let is_number = (1..=2).contains(&len) && word.bytes().all(|b| b.is_ascii_digit());
    let is_letter =
        len == 1 && word.bytes().all(|b| b.is_ascii_alphabetic() && (close == ")" || b.is_ascii_lowercase()));
    let is_roman = (1..=4).contains(&len) && word.bytes().all(|b| matches!(b, b'i' | b'v' | b'x'));
    let closed = close == ")" || (close == "." && open == 0);
    let goes_on = after.starts_with([' ', '\t', '\u{a0}']) && after.trim_start_matches([' ', '\t', '\u{a0}']).len() > 1;
    if closed && goes_on && (is_number || is_letter || is_roman) { blank + open + len + 1 } else { 0 }
}

/// The length of a mark of a footnote that is glued to a word (`beleid12`, `beleid.12`, `beleid²`) and begins here.
fn glued_mark(text: &str, at: usize, c: char) -> Option<usize> {
    let is_figure = |c: char| c.is_ascii_digit() || matches!(c, '²' | '³' | '¹' | '\u{2070}'..='\u{2079}');
    if !is_figure(c) {
        return None;
    }
    let before = &text[..at];
    let last = before.chars().next_back()?;
    let word = if is_stop(last) { &before[..before.len() - last.len_utf8()] } else { before };
    if word.chars().rev().take(BEFORE_MARK).filter(|c| c.is_lowercase()).count() < BEFORE_MARK {
        return None;
    }
    let len: usize = text[at..].chars().take_while(|c| is_figure(*c)).take(MARK + 1).map(char::len_utf8).sum();
    let figures = text[at..at + len].chars().count();
    let mut after = text[at + len..].chars();
    let ends = match after.next() {
        None => true,
        Some(c) if c.is_whitespace() => true,
        Some(c) => is_stop(c) && after.next().is_none_or(|c| !c.is_alphanumeric()),
    };
    (figures <= MARK && ends).then_some(len)
}

fn behind_stop(text: &str, at: usize) -> bool {
    text[..at].chars().next_back().is_some_and(is_stop)
}

/// Signs that a mark of a footnote stands behind.
fn is_stop(c: char) -> bool {
    matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '"' | '\'' | '\u{2019}' | '\u{201d}' | '\u{bb}')
}

/// A range with all of the graphemes at its ends.
pub(super) fn on_borders(text: &str, range: TextRange) -> TextRange {
    TextRange::from(border(text, range.start as usize, false)..border(text, range.end as usize, true))
}

/// The nearest border between graphemes, at or before a byte or at or after it.
fn border(text: &str, at: usize, after: bool) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let mut cursor = GraphemeCursor::new(at, text.len(), true);
    if cursor.is_boundary(text, 0).unwrap_or(true) {
        return at;
    }
    let found = if after { cursor.next_boundary(text, 0) } else { cursor.prev_boundary(text, 0) };
    found.ok().flatten().unwrap_or(if after { text.len() } else { 0 })
}
