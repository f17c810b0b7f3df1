//! A quote made ready to be looked for.

use super::fold::{Case, Folded};
use super::protected;
use super::typography::{self, Passage};
use crate::doc::TextRange;
use crate::notes::Quote;

/// A quote of this many characters says something by itself; so does one of [`LONG_WORDS`].
const LONG: usize = 40;
/// A quote of this many words says something by itself.
const LONG_WORDS: usize = 6;

/// A quote made ready.
#[derive(Clone)]
pub(super) struct Sought<'t> {
    /// The words, without white space around them.
    pub exact: &'t str,
    /// The words as letters.
    pub letters: Vec<u8>,
    /// What stood before and behind them, as letters.
    pub before: Vec<u8>,
    pub after: Vec<u8>,
    /// The headings it lay under.
    pub path: &'t [String],
    /// It is long enough to say something by itself.
    pub long: bool,
    /// It is known to have stood there once.
    pub once: bool,
    /// A word begins and ends where it does.
    begins: bool,
    ends: bool,
    /// Signs around the letters.
    head: Vec<char>,
    tail: Vec<char>,
    /// Words in it taken for marks of footnotes, in bytes of `exact`.
    marks: Vec<TextRange>,
    /// All that is stored in one, and where the words stand in it.
    all: String,
    place: TextRange,
}

impl<'t> Sought<'t> {
    pub fn of(quote: &'t Quote, path: &'t [String]) -> Self {
        let exact = quote.exact.trim();
        let lead = &quote.exact[..quote.exact.len() - quote.exact.trim_start().len()];
        let start = quote.prefix.len() + lead.len();
        let all = format!("{}{}{}", quote.prefix, quote.exact, quote.suffix);
        let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let stored = |text: &str| Folded::of(text, [], true, Case::Small).text;
        let mut sought = Sought {
            exact,
            letters: Vec::new(),
            before: stored(&quote.prefix),
            after: stored(&quote.suffix),
            path,
            long: exact.chars().count() >= LONG || exact.split_whitespace().count() >= LONG_WORDS,
            once: quote.times == Some(1),
            begins: !is_word(all[..start].chars().next_back()),
            ends: !is_word(all[start + exact.len()..].chars().next()),
            head: Vec::new(),
            tail: Vec::new(),
            marks: Vec::new(),
            place: TextRange::from(start..start + exact.len()),
            all,
        };
        sought.fold(Vec::new());
        sought
    }

    fn fold(&mut self, marks: Vec<TextRange>) {
        let opens_line = matches!(self.all[..self.place.start as usize].chars().next_back(), None | Some('\n'));
        let folded = Folded::of(self.exact, marks.iter().copied(), opens_line, Case::Small);
        let (mut head, mut tail) = (Vec::new(), Vec::new());
        if !folded.text.is_empty() {
            let (first, last) = (folded.raw(0), folded.raw(folded.text.len() - 1));
            let marked = |at: usize| folded.marks.iter().any(|m| m.range.contains(at as u32));
            let signs = |(at, c): (usize, char)| (!c.is_whitespace() && !marked(at)).then_some(c);
            head = self.exact[..first].char_indices().filter_map(signs).collect();
            let rest = last + self.exact[last..].chars().next().map_or(0, char::len_utf8);
            tail = self.exact[rest..].char_indices().map(|(at, c)| (at + rest, c)).filter_map(signs).collect();
        }
        (self.letters, self.head, self.tail, self.marks) = (folded.text, head, tail, marks);
    }

    /// The same with words glued behind a stop taken for marks of footnotes (*gemeten.peil*), as formats with named notes have
    /// them; `None` when there are none.
    pub fn of_named(plain: &Sought<'t>) -> Option<Self> {
        let mut marks = Vec::new();
        let mut last = ['\0'; 2];
        for (at, c) in plain.exact.char_indices() {
            let glued =
                matches!(last[1], '.' | ',' | ';' | ':' | '!' | '?') && last[0].is_lowercase() && c.is_alphanumeric();
            last = [last[1], c];
            if !glued {
                continue;
            }
            let rest = &plain.exact[at..];
            let len = rest.find(char::is_whitespace).unwrap_or(rest.len());
            if rest[..len].chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_')) {
                marks.push(TextRange::from(at..at + len));
            }
        }
        if marks.is_empty() {
            return None;
        }
        let mut sought = plain.clone();
        sought.fold(marks);
        Some(sought)
    }

    /// Whether the words around a place are borders of words wherever those of the quote were. `glued` says that a mark of a
    /// footnote begins at the end of the place.
    pub fn fits(&self, text: &str, range: TextRange, glued: bool) -> bool {
        let range = range.as_usize();
        let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let begins = !is_word(text[..range.start].chars().next_back()) || !is_word(text[range.start..].chars().next());
        let ends =
            glued || !is_word(text[range.end..].chars().next()) || !is_word(text[..range.end].chars().next_back());
        (begins || !self.begins) && (ends || !self.ends)
    }

    /// A place of the letters with the signs around them that the quote has too, and with all of a word if it has that.
    pub fn with_signs(&self, text: &str, range: TextRange) -> TextRange {
        let (mut start, mut end) = (range.start as usize, range.end as usize);
        for want in self.head.iter().rev() {
            let before = text[..start].trim_end();
            if let Some(c) = before.chars().next_back().filter(|c| sign(*c) == sign(*want)) {
                start = before.len() - c.len_utf8();
            }
        }
        for want in &self.tail {
            let after = text[end..].trim_start();
            if let Some(c) = after.chars().next().filter(|c| sign(*c) == sign(*want)) {
                end = text.len() - after.len() + c.len_utf8();
            }
        }
        TextRange::from(start..end)
    }

    /// Whether a passage of the same letters differs in typography only; `marks` are those of footnotes in the document.
    pub fn is_same_as(&self, text: &str, range: TextRange, marks: Vec<TextRange>) -> bool {
        let from = self.place.start;
        let named = self.marks.iter().map(|m| TextRange::new(m.start + from, m.end + from)).collect();
        let old = Passage { text: &self.all, range: self.place, marks: named };
        typography::same(&old, &Passage { text, range, marks })
    }

    /// Whether a passage has the same figures, negations and names.
    pub fn has_same_protected(&self, passage: &str) -> bool {
        protected::same(self.exact, passage)
    }

    /// Whether a passage is the one that stood beside the quote rather than the quote itself: parallel sentences stand side by
    /// side, and one of them may be left.
    pub fn stood_beside(&self, passage: &[u8], differs: f32) -> bool {
        /// Fewer letters of context say nothing about that.
        const TELLING: usize = 20;
        let len = passage.len().min(self.after.len());
        let behind = len >= TELLING
            && super::approximate::share(
                super::myers::beginning(
                    self.after[..len].iter().copied(),
                    passage[..passage.len().min(len * 5 / 4)].iter().copied(),
                ),
                len,
            ) <= differs;
        let len = passage.len().min(self.before.len());
        let ahead = len >= TELLING && {
            let stored = self.before[self.before.len() - len..].iter().rev().copied();
            let here = passage.iter().rev().take(len * 5 / 4).copied();
            super::approximate::share(super::myers::beginning(stored, here), len) <= differs
        };
        behind || ahead
    }
}

/// Signs that are the same in another form, or stand where another one stood.
fn sign(c: char) -> char {
    match c {
        '"' | '\'' | '`' | '´' | '«' | '»' | '\u{2018}'..='\u{201f}' | '\u{2039}' | '\u{203a}' => '"',
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '•' | '◦' | '▪' | '·' | '*' | '●' | '■' | '\u{e000}'..='\u{f8ff}' => '*',
        '.' | '!' | '?' | '…' => '.',
        ',' | ';' | ':' => ',',
        c => c,
    }
}
