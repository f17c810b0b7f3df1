//! Whether words fit an abbreviation, letter by letter.

use crate::lang::{compounds, fold, is_function_word, is_word};
use std::cell::OnceCell;

/// Letters an abbreviation has.
const LETTERS: std::ops::RangeInclusive<usize> = 2..=10;
/// All in small letters it has at most so many: longer ones are words.
const SMALL: usize = 5;
/// Words looked at beyond one for each letter: those that give none.
const MORE: usize = 5;
/// Small words of names that need not give a letter, beside function words.
const NAMES: &[&str] =
    &["inzake", "omtrent", "betreffende", "ex", "per", "sinds", "on", "against", "de", "la", "du", "des", "den"];

/// An abbreviation as it may stand in a text.
pub(super) struct Short<'t> {
    /// Without a plural's ending.
    pub written: &'t str,
    /// Its letters, folded, `&` among them, each with whether it was a capital.
    letters: Vec<(char, bool)>,
}

impl<'t> Short<'t> {
    /// Reads a single word.
    pub fn read(word: &'t str) -> Option<Short<'t>> {
        let written = word.split(['\'', '’']).next().filter(|w| !w.is_empty())?;
        let mut letters = Vec::new();
        for c in written.chars() {
            match c {
                '&' => letters.push(('&', false)),
                '-' => {}
                c if c.is_alphabetic() => {
                    let form = fold(c.encode_utf8(&mut [0; 4]));
                    letters.push((form.chars().next()?, c.is_uppercase()));
                }
                _ => return None,
            }
        }
        let capitals = letters.iter().filter(|l| l.1).count();
        let sound = LETTERS.contains(&letters.len())
            && match capitals {
                0 => letters.len() <= SMALL && !written.contains(['-', '&']) && !is_function_word(&fold(written)),
                n if n < letters.len() && is_function_word(&fold(written)) => false,
                1 => letters[0].1 && letters.len() <= SMALL || letters.last().is_some_and(|l| l.1),
                _ => true,
            };
        sound.then_some(Short { written, letters })
    }

    /// The one that a text ends in.
    pub fn at_end(text: &'t str) -> Option<Short<'t>> {
        let text = text.trim_end_matches(' ');
        let start = text.rfind(|c: char| !(c.is_alphabetic() || matches!(c, '&' | '-' | '\'' | '’')));
        let word = &text[start.map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8))..];
        let short = Short::read(word)?;
        // small letters before a bracket are mostly words
        short.letters.iter().any(|l| l.1).then_some(short)
    }

    fn small(&self) -> bool {
        !self.letters.iter().any(|l| l.1)
    }
}

/// A word of the text that may give letters.
struct Given {
    /// Where it stands.
    start: usize,
    end: usize,
    /// Folded.
    form: String,
    /// Where in the form its parts begin; looked for when first asked for, which takes time.
    borders: OnceCell<Vec<usize>>,
    capital: bool,
    /// Whether it may give no letter.
    light: bool,
}

/// The end of a text as far as it fits, from the word that gives the first letter.
pub(super) fn fit_end<'t>(text: &'t str, short: &Short<'_>) -> Option<&'t str> {
    let words = words(text, short.letters.len() + MORE);
    let first = fit(&words, short)?;
    // the abbreviation itself, or with a dot between, says nothing
    Some(&text[words[first].start..words.last()?.end])
}

/// The whole text, if it fits from its first word on.
pub(super) fn fit_all<'t>(text: &'t str, short: &Short<'_>) -> Option<&'t str> {
    let found = fit_end(text, short)?;
    (found.len() == text.len()).then_some(found)
}

/// The last words of a text, in order, back to the end of a sentence, a bracket or a line.
fn words(text: &str, most: usize) -> Vec<Given> {
    let mut out: Vec<Given> = Vec::new();
    let mut end = text.len();
    while out.len() < most {
        let gap = text[..end].trim_end_matches(|c: char| c == ' ' || c == '\u{a0}' || c == ',' || super::is_quote(c));
        // behind the last word only blanks and a quote
        if out.is_empty() && text[gap.len()..end].contains(',') {
            break;
        }
        let own = |c: char| c.is_alphanumeric() || matches!(c, '-' | '&' | '\'' | '’' | '\u{ad}' | '\u{2011}');
        let start = gap.trim_end_matches(own).len();
        if start == gap.len() {
            break;
        }
        out.push(given(&gap[start..], start));
        end = start;
    }
    out.reverse();
    out
}

fn given(word: &str, start: usize) -> Given {
    let form = fold(word);
    let trimmed = form.trim_matches(|c: char| !c.is_alphanumeric() && c != '&');
    let light = is_function_word(trimmed) || NAMES.contains(&trimmed) || trimmed == "&";
    Given {
        start,
        end: start + word.len(),
        capital: word.chars().next().is_some_and(char::is_uppercase),
        light,
        borders: OnceCell::new(),
        form,
    }
}

/// The places where the parts of a word begin.
fn borders(form: &str) -> Vec<usize> {
    let mut out = vec![0];
    let mut from = 0;
    for piece in form.split('-') {
        out.push(from);
        for part in compounds::parts(piece) {
            out.extend(piece.match_indices(part.as_str()).map(|(at, _)| from + at));
        }
        from += piece.len() + 1;
    }
    out.retain(|at| *at < form.len());
    out.sort_unstable();
    out.dedup();
    out
}

/// The best way to give every letter a word: the number of the first word of it.
fn fit(words: &[Given], short: &Short<'_>) -> Option<usize> {
    let last = words.last()?;
    // the words themselves are no explanation of what is the same
    if words.iter().any(|w| fold(short.written) == w.form) {
        return None;
    }
    let first_letter = short.letters.first()?.0;
    if last.light || !words.iter().any(|w| w.form.starts_with(first_letter)) {
        return None;
    }
    let mut search = Search { words, short, best: None };
    search.step(words.len(), short.letters.len(), Way::default());
    search.best.map(|(_, first)| first)
}

/// What a way of giving letters has cost so far.
#[derive(Clone, Copy, Default)]
struct Way {
    /// Words of weight that give no letter.
    skipped: u32,
    /// Letters of small words.
    light: u32,
    /// Letters from within words.
    within: u32,
    capitals: u32,
}

struct Search<'a> {
    words: &'a [Given],
    short: &'a Short<'a>,
    best: Option<(u32, usize)>,
}

impl Search<'_> {
    /// Goes on with the words before `w`, the letters before `l` still to be given.
    fn step(&mut self, w: usize, l: usize, way: Way) {
        if l == 0 {
            self.reached(w, way);
            return;
        }
        if w == 0 || l > 6 * w {
            return;
        }
        let word = &self.words[w - 1];
        let capitals = way.capitals + u32::from(word.capital);
        for count in 1..=l.min(6) {
            let letters = &self.short.letters[l - count..l];
            if gives(word, letters) {
                let within = way.within + count as u32 - 1;
                self.step(w - 1, l - count, Way { within, light: way.light + u32::from(word.light), capitals, ..way });
            }
        }
        // the last word always gives one
        if w < self.words.len() {
            if word.light {
                self.step(w - 1, l, way);
            } else if way.skipped == 0 && !word.capital {
                self.step(w - 1, l, Way { skipped: 1, ..way });
            }
        }
    }

    fn reached(&mut self, first: usize, way: Way) {
        let n = self.short.letters.len();
        let ordinary = self.short.small() && is_word(&fold(self.short.written));
        let sound = (way.skipped == 0 || n > 2 && way.capitals > 1)
            && !(self.short.small() && (way.skipped > 0 || ordinary && way.light > 0))
            && !self.words[first].light;
        let cost = 10 * way.skipped + way.light + way.within;
        if sound && self.best.is_none_or(|(least, _)| cost < least) {
            self.best = Some((cost, first));
        }
    }
}

/// Whether a word gives these letters: the first begins it, each other one a part of it; small letters behind a capital
/// may go on where that one stands (`KMar`).
fn gives(word: &Given, letters: &[(char, bool)]) -> bool {
    if let [('&', _)] = letters {
        return matches!(word.form.as_str(), "en" | "and" | "&");
    }
    // VenV
    if word.light && !letters[0].1 && word.form.chars().eq(letters.iter().map(|l| l.0)) {
        return true;
    }
    let chars: Vec<(usize, char)> = word.form.char_indices().collect();
    if chars.first().map(|c| c.1) != letters.first().map(|l| l.0) {
        return false;
    }
    let mut left = chars.iter().map(|c| c.1);
    if !letters.iter().all(|(letter, _)| left.any(|c| c == *letter)) {
        return false;
    }
    let mut at = 0;
    for (letter, capital) in &letters[1..] {
        let borders = word.borders.get_or_init(|| borders(&word.form));
        let part = (at + 1..chars.len()).find(|i| chars[*i].1 == *letter && borders.contains(&chars[*i].0));
        let goes_on = !capital && letters[0].1 && chars.get(at + 1).is_some_and(|c| c.1 == *letter);
        at = match part {
            Some(part) => part,
            None if goes_on => at + 1,
            None => return false,
        };
    }
    true
}
