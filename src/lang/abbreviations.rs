//! Abbreviations that a text explains: `Full Name (FN)`, `FN (Full Name)`, `Full Name, hierna: FN`, and in lists.
//!
//! What stands there must fit letter by letter: each letter begins a word or a part of a compound, in order, the first
//! one the first word, and the last word has one. The idea of going back from the bracket is that of A. Schwartz and M.
//! Hearst, *A simple algorithm for identifying abbreviation definitions* (2003); theirs takes letters from anywhere in a
//! word, which finds more and errs more. A wrong one would be searched for ever after, so what is in doubt is left out.

mod fit;
#[cfg(test)]
mod tests;

use fit::{Short, fit_all, fit_end};
use memchr::{memchr_iter, memmem};

/// An abbreviation and what it is short for.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Abbreviation {
    /// As written, without a plural's ending.
    pub short: String,
    /// As written, on one line.
    pub full: String,
}

/// What is said between the words in full and their abbreviation when it stands in no brackets; or behind an opening
/// bracket.
const CALLED: &[&str] = &[
    "hierna te noemen",
    "hierna ook",
    "hierna",
    "verder te noemen",
    "verder",
    "afgekort tot",
    "afgekort als",
    "afgekort",
    "kortweg",
    "in het kort",
    "ook wel",
    "ook bekend als",
    "hereinafter referred to as",
    "hereinafter",
    "hereafter",
    "abbreviated to",
    "abbreviated as",
    "abbreviated",
    "in short",
    "also known as",
    "or",
    "of",
];
/// Those of them that are looked for in running text, by their first word: the others mean too much else.
const SIGNALS: &[&str] = &["hierna", "afgekort", "kortweg", "ook wel", "hereinafter", "hereafter", "abbreviated"];
/// What stands between an abbreviation and the words in full.
const MEANS: &[&str] = &[" staat voor ", " stands for ", " is short for ", " is de afkorting van "];
/// What a list of abbreviations has between the two.
const MARKS: &[char] = &[':', '=', '\t', '–', '—', '-', '|'];
/// Bytes that brackets or the line of a list may have.
const LONGEST: usize = 160;

/// The abbreviations that a text explains, each with each explanation once, in order.
#[must_use]
pub fn abbreviations(text: &str) -> Vec<Abbreviation> {
    let mut miner = Miner { text, out: Vec::new() };
    for at in memchr_iter(b'(', text.as_bytes()) {
        miner.bracket(at);
    }
    for signal in SIGNALS {
        for at in memmem::find_iter(text.as_bytes(), signal) {
            miner.signal(at);
        }
    }
    for means in MEANS {
        for at in memmem::find_iter(text.as_bytes(), means) {
            miner.means(at, at + means.len());
        }
    }
    text.lines().filter(|l| l.len() <= LONGEST).for_each(|l| miner.line(l));
    miner.out
}

struct Miner<'t> {
    text: &'t str,
    out: Vec<Abbreviation>,
}

impl<'t> Miner<'t> {
    fn add(&mut self, short: &Short<'_>, full: Option<&str>) -> bool {
        let Some(full) = full else { return false };
        let full = full.split_whitespace().collect::<Vec<_>>().join(" ");
        let found = Abbreviation { short: short.written.to_owned(), full };
        if !self.out.contains(&found) {
            self.out.push(found);
        }
        true
    }

    /// What stands in brackets that open at `at`, and before them.
    fn bracket(&mut self, at: usize) {
        let (before, inside) = (&self.text[..at], &self.text[at + 1..]);
        let Some(end) = inside.find([')', '(', '\n']).filter(|end| *end <= LONGEST) else { return };
        if !inside[end..].starts_with(')') {
            return;
        }
        let inside = inside[..end].trim();
        if let Some(short) = called(inside)
            && self.add(&short, fit_end(before, &short))
        {
            return;
        }
        // RIO (Register Inlandse Oevers)
        if let Some(short) = Short::at_end(before)
            && (self.add(&short, fit_all(inside, &short))
                || inside.split([',', ';']).next().is_some_and(|first| self.add(&short, fit_all(first, &short))))
        {
            return;
        }
        // (Register Inlandse Oevers, RIO)
        if let Some((full, last)) = inside.rsplit_once(',')
            && let Some(short) = Short::read(last.trim())
        {
            self.add(&short, fit_all(full.trim(), &short));
        }
    }

    /// `…, hierna: RIO` where one of the signals stands at `at`.
    fn signal(&mut self, at: usize) {
        let before = self.text[..at].trim_end();
        let Some(before) = before.strip_suffix(',').or_else(|| before.strip_suffix('–')) else { return };
        let rest = beginning(&self.text[at..]);
        let rest = &rest[..rest.find(['\n', '(', ')']).unwrap_or(rest.len())];
        if let Some(short) = called(rest.split_inclusive(['.', ';', ',']).next().unwrap_or(rest)) {
            self.add(&short, fit_end(before, &short));
        }
    }

    /// `RIO staat voor Register Inlandse Oevers`.
    fn means(&mut self, from: usize, to: usize) {
        let Some(short) = Short::at_end(&self.text[..from]) else { return };
        let rest = beginning(&self.text[to..]);
        let end = rest.find(['.', ';', ',', '(', '\n']).unwrap_or(rest.len());
        let rest = rest[..end].trim_matches(|c: char| c.is_whitespace() || is_quote(c));
        let rest = ["de ", "het ", "een ", "the ", "a "].iter().find_map(|a| rest.strip_prefix(a)).unwrap_or(rest);
        self.add(&short, fit_all(rest, &short));
    }

    /// A line of a list: `RIO: Register Inlandse Oevers`.
    fn line(&mut self, line: &'t str) {
        let line = line.trim();
        let end = line.find(|c: char| c.is_whitespace() || MARKS.contains(&c) && c != '-').unwrap_or(line.len());
        let Some(short) = Short::read(&line[..end]) else { return };
        let rest = &line[end..];
        let marked = rest.contains('\t') || rest.trim_start().starts_with(MARKS);
        if marked {
            let full = rest.trim_start_matches(|c: char| c.is_whitespace() || MARKS.contains(&c));
            let full = full.split(['\t', '|', ';', '(']).next().unwrap_or(full).trim_end_matches('.').trim();
            self.add(&short, fit_all(full, &short));
        }
    }
}

/// As much of a text as is looked at.
fn beginning(text: &str) -> &str {
    let end = (0..=LONGEST.min(text.len())).rev().find(|at| text.is_char_boundary(*at));
    &text[..end.unwrap_or(0)]
}

/// The abbreviation that a text in brackets or behind a signal begins with, after "hierna:" and the like.
fn called(text: &str) -> Option<Short<'_>> {
    let mut rest = text.trim_start();
    if let Some(after) = CALLED.iter().find_map(|c| after_word(rest, c)) {
        rest = after.trim_start_matches(|c: char| c.is_whitespace() || c == ':');
    }
    for article in ["de", "het", "the"] {
        rest = after_word(rest, article).map_or(rest, str::trim_start);
    }
    let rest = rest.trim_start_matches(is_quote);
    let end = rest
        .find(|c: char| c.is_whitespace() || is_quote(c) || matches!(c, ',' | ';' | '.' | '/'))
        .unwrap_or(rest.len());
    // a quote that is an apostrophe: PI’s
    let end = match rest[end..].strip_prefix(['’', '\'']) {
        Some(more) if more.starts_with(char::is_alphabetic) => {
            rest.len() - more.trim_start_matches(char::is_alphabetic).len()
        }
        _ => end,
    };
    let after = rest[end..].trim_start_matches(is_quote);
    let more = after.trim_start();
    let ends = more.is_empty()
        || more.starts_with([',', ';', '.', '/'])
        || ["of", "or", "genoemd", "en"].iter().any(|w| after_word(more, w).is_some());
    ends.then(|| Short::read(&rest[..end])).flatten()
}

/// What follows a word that a text begins with.
fn after_word<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let head = text.get(..word.len())?;
    let after = &text[word.len()..];
    (head.eq_ignore_ascii_case(word) && !after.starts_with(char::is_alphanumeric)).then_some(after)
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '‘' | '’' | '“' | '”' | '„' | '«' | '»')
}
