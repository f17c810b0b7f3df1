//! A title or the name of a file in words, without what changes from edition to edition.

use super::words::{
    BEFORE_YEAR, CORRECTED, DRAFT, FINAL, GOALS, ISSUES, LAWS, MONTHS, ORDINALS, PERIODIC, PERIODS, SEASONS, SERIAL,
    VERSIONS,
};
use super::{Issue, Stage, is_abbreviation};
use unicode_normalization::UnicodeNormalization;

/// Longest span of years that is one edition: 2021–2025.
const LONGEST_SPAN: i32 = 10;

/// A name, taken apart.
#[derive(Debug, Default)]
pub(super) struct Parsed {
    /// The words that stay, folded.
    pub words: Vec<String>,
    /// Those before a subtitle, when they name something that comes every year and say which.
    pub head: Option<Vec<String>>,
    /// Abbreviations among the words: each says as much as a word more.
    pub abbreviations: usize,
    pub issue: Issue,
    pub stage: Stage,
    pub number: (u16, u16),
    /// A whole date, or a month (its day is 0).
    pub date: Option<(i32, u8, u8)>,
}

/// A word with what stands before it.
#[derive(Debug)]
struct Token {
    word: String,
    gap: String,
    abbreviation: bool,
}

/// A word in lower case, without accents.
pub(super) fn fold(word: &str) -> String {
    word.nfkd().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The words of a text, folded.
pub(super) fn words_of(text: &str) -> Vec<String> {
    tokens(text).into_iter().map(|t| t.word).collect()
}

fn tokens(text: &str) -> Vec<Token> {
    let (mut out, mut raw, mut gap) = (Vec::new(), String::new(), String::new());
    let end = |raw: &mut String, gap: &mut String, out: &mut Vec<Token>| {
        let word = fold(raw);
        if !word.is_empty() {
            out.push(Token { word, gap: std::mem::take(gap), abbreviation: is_abbreviation(raw) });
        }
        raw.clear();
    };
    for c in text.chars() {
        match c {
            // these stand inside words
            '\'' | '’' | '\u{ad}' | '\u{300}'..='\u{36f}' => raw.push(c),
            c if c.is_alphanumeric() => raw.push(c),
            _ => {
                end(&mut raw, &mut gap, &mut out);
                gap.push(if c.is_whitespace() { ' ' } else { c });
            }
        }
    }
    end(&mut raw, &mut gap, &mut out);
    out
}

impl Parsed {
    /// A title. `about` is the year that the report is about, where something else than the title says so.
    pub(super) fn title(title: &str, about: Option<i32>) -> Parsed {
        Reading::new(tokens(title), about).read(false)
    }

    /// The name of a file, without its folders and its extension.
    pub(super) fn file(file: &str) -> Parsed {
        let name = file.rsplit(['/', '\\']).next().unwrap_or("");
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        Reading::new(tokens(stem), None).read(true)
    }
}

struct Reading {
    tokens: Vec<Token>,
    at: usize,
    about: Option<i32>,
    out: Parsed,
    /// Words kept so far, with the token each was.
    kept: Vec<usize>,
    /// How many words are kept before the subtitle.
    head: Option<usize>,
}

impl Reading {
    fn new(tokens: Vec<Token>, about: Option<i32>) -> Self {
        Reading { tokens, at: 0, about, out: Parsed::default(), kept: Vec::new(), head: None }
    }

    fn read(mut self, file: bool) -> Parsed {
        while self.at < self.tokens.len() {
            if self.head.is_none() && !file && self.begins_subtitle() {
                // only where the year has been said does the rest change from year to year
                self.head = Some(if self.out.issue.year.is_some() { self.kept.len() } else { usize::MAX });
            }
            let taken = self.date().or_else(|| self.year()).or_else(|| self.period()).or_else(|| self.numbered());
            match taken {
                Some(n) => self.at += n,
                None => {
                    self.kept.push(self.at);
                    self.at += 1;
                }
            }
        }
        self.stages(file);
        let word = |i: &usize| self.tokens[*i].word.clone();
        self.out.words = self.kept.iter().map(word).collect();
        self.out.abbreviations = self.kept.iter().filter(|i| self.tokens[**i].abbreviation).count();
        let head = self.head.unwrap_or(self.kept.len());
        if head <= self.kept.len() && self.out.issue.year.is_some() {
            let head: Vec<String> = self.out.words[..head].to_vec();
            self.out.head = Some(head).filter(|h| h.iter().any(|w| PERIODIC.contains(&w.as_str())));
        }
        self.out
    }

    fn word(&self, ahead: usize) -> &str {
        self.tokens.get(self.at + ahead).map_or("", |t| t.word.as_str())
    }

    /// What stands before the word so far ahead, without blanks.
    fn gap(&self, ahead: usize) -> &str {
        self.tokens.get(self.at + ahead).map_or("", |t| t.gap.trim())
    }

    fn begins_subtitle(&self) -> bool {
        let gap = self.tokens[self.at].gap.as_str();
        self.at > 0
            && (gap.contains([':', '–', '—', '|', '.', ';']) || gap.contains(" - "))
            && year_of(self.word(0)).is_none()
    }

    /// A whole date, or a month with its year.
    fn date(&mut self) -> Option<usize> {
        let number = |w: &str, most: u8| w.parse::<u8>().ok().filter(|n| (1..=most).contains(n) && w.len() <= 2);
        let joined = |g: &str| ["-", "/", ".", "_"].contains(&g);
        let (a, b, c) = (self.word(0), self.word(1), self.word(2));
        let parted = joined(self.gap(1)) && joined(self.gap(2));
        let (date, taken) = if let Some((y, m, d)) = compact(a) {
            ((y, m, d), 1)
        } else if let (true, Some(y), Some(m), Some(d)) = (parted, year_of(a), number(b, 12), number(c, 31)) {
            ((y, m, d), 3)
        } else if let (true, Some(d), Some(m), Some(y)) = (parted, number(a, 31), number(b, 12), year_of(c)) {
            ((y, m, d), 3)
        } else if let (Some(d), Some(m), Some(y)) = (number(a, 31), one_of(&MONTHS, b), year_of(c)) {
            ((y, m, d), 3)
        } else if let (Some(m), Some(y)) = (one_of(&MONTHS, a), year_of(b)) {
            ((y, m, 0), 2)
        } else {
            return None;
        };
        self.drop_leading();
        self.out.date = Some(date);
        if self.out.issue.year.is_none() {
            self.out.issue.period = u16::from(date.1) * 32 + u16::from(date.2);
        }
        Some(taken)
    }

    /// A year, or a span of years that counts as its last one.
    fn year(&mut self) -> Option<usize> {
        let from = year_of(self.word(0))?;
        let span = |to: &str| match to.len() {
            2 => to.parse::<i32>().ok().map(|t| from - from % 100 + t),
            _ => year_of(to),
        };
        let to = span(self.word(1)).filter(|_| ["-", "–", "/"].contains(&self.gap(1)));
        let through = span(self.word(3)).filter(|_| (self.word(1), self.word(2)) == ("t", "m"));
        let within = |to: &i32| (from + 1..=from + LONGEST_SPAN).contains(to);
        let (year, taken) = match (to.filter(within), through.filter(within)) {
            (Some(to), _) => (to, 2),
            (_, Some(to)) => (to, 4),
            _ => (from, 1),
        };
        let before = self.at.checked_sub(1).map_or("", |i| self.tokens[i].word.as_str());
        let law = LAWS.iter().any(|l| before.ends_with(l));
        let goal = GOALS.contains(&before) && !before.is_empty();
        // the year of a law, or one that is looked ahead or back to, is no year of the report
        let far = self.about.is_some_and(|about| !(about - 1..=about + 1).contains(&year) && year != about);
        if law || goal || far {
            return None;
        }
        self.drop_leading();
        self.out.issue.year = Some(year);
        // a date that stood before it is one of the version
        self.out.issue.period = if self.out.date.is_some() { 0 } else { self.out.issue.period };
        Some(taken)
    }

    /// A part of the year.
    fn period(&mut self) -> Option<usize> {
        let (a, b) = (self.word(0), self.word(1));
        let quarter = a.strip_prefix('q').and_then(|n| n.parse::<u16>().ok()).filter(|n| (1..=4).contains(n));
        let counted = ordinal(a).filter(|_| PERIODS.contains(&b));
        let (period, taken) = if let Some(n) = quarter {
            (n, 1)
        } else if let Some(n) = counted {
            (n, 2)
        } else if let (true, Ok(n @ 1..=4)) = (PERIODS.contains(&a), b.parse::<u16>()) {
            (n, 2)
        } else if let (Some(n), true) = (one_of(&SEASONS, a), year_of(b).is_some()) {
            (u16::from(n), 1)
        } else {
            return None;
        };
        self.drop_leading();
        self.out.issue.period = period;
        Some(taken)
    }

    /// A numbered edition or version: "derde editie", "versie 1.2", "v2", "vierde voortgangsrapportage".
    fn numbered(&mut self) -> Option<usize> {
        let (a, b) = (self.word(0), self.word(1));
        if let Some(n) = ordinal(a) {
            if SERIAL.contains(&b) {
                self.out.issue.number = n;
                return Some(1);
            }
            if ISSUES.contains(&b) {
                self.out.issue.number = n;
                return Some(2);
            }
            if VERSIONS.contains(&b) && b != "v" {
                self.out.number = (n, 0);
                return Some(2);
            }
        }
        let number = |w: &str| w.parse::<u16>().ok().filter(|_| w.len() <= 3);
        if let (true, Some(n)) = (ISSUES.contains(&a), number(b)) {
            self.out.issue.number = n;
            return Some(2);
        }
        let glued = a.strip_prefix('v').and_then(number);
        let named = number(b).filter(|_| VERSIONS.contains(&a) && (a != "v" || self.gap(1) == "."));
        let (major, taken) = glued.map(|n| (n, 1)).or(named.map(|n| (n, 2)))?;
        let minor = number(self.word(taken)).filter(|_| [".", "_"].contains(&self.gap(taken)));
        self.out.number = (major, minor.unwrap_or(0));
        Some(taken + usize::from(minor.is_some()))
    }

    /// Words that only led to a year go with it.
    fn drop_leading(&mut self) {
        let mut edge = self.at;
        while self.kept.len() > 1
            && let Some(last) = self.kept.last().copied()
            && last + 1 == edge
            && BEFORE_YEAR.contains(&self.tokens[last].word.as_str())
        {
            self.kept.pop();
            edge = last;
        }
    }

    /// Takes away the words that say how far a version had come: at the ends, in parentheses, before "versie"; in the
    /// name of a file anywhere.
    fn stages(&mut self, file: bool) {
        let mut at = 0;
        while at < self.kept.len() {
            let word = self.tokens[self.kept[at]].word.as_str();
            let next = self.kept.get(at + 1).map(|i| self.tokens[*i].word.as_str());
            let versioned = next.is_some_and(|n| VERSIONS.contains(&n) && n != "v" && n != "druk");
            let inside = self.tokens[self.kept[at]].gap.contains(['(', '[']);
            let edge = at == 0 || at + 1 == self.kept.len();
            match stage_of(word).filter(|_| versioned || inside || edge || file) {
                // a name is never made of nothing else
                Some(stage) if self.kept.len() > 1 + usize::from(versioned) => {
                    // a draft that was revised is one still
                    let draft = [stage, self.out.stage].contains(&Stage::Draft);
                    self.out.stage = if draft { Stage::Draft } else { self.out.stage.max(stage) };
                    let end = at + 1 + usize::from(versioned);
                    self.kept.drain(at..end);
                    if let Some(head) = self.head.as_mut().filter(|h| **h != usize::MAX && **h > at) {
                        *head -= end - at;
                    }
                    at = 0;
                }
                _ => at += 1,
            }
        }
    }
}

fn stage_of(word: &str) -> Option<Stage> {
    let of = [(DRAFT, Stage::Draft), (FINAL, Stage::Final), (CORRECTED, Stage::Corrected)];
    of.iter().find(|(words, _)| words.contains(&word)).map(|(_, stage)| *stage)
}

fn year_of(word: &str) -> Option<i32> {
    (word.len() == 4).then(|| word.parse().ok()).flatten().filter(|y| (1950..=2100).contains(y))
}

/// A date written as eight digits, as names of files have it.
fn compact(word: &str) -> Option<(i32, u8, u8)> {
    if word.len() != 8 || !word.is_ascii() {
        return None;
    }
    let year = year_of(&word[..4])?;
    let (month, day) = (word[4..6].parse().ok()?, word[6..].parse().ok()?);
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some((year, month, day))
}

/// The place of a word in a list of lists, from 1.
fn one_of(lists: &[&[&str]], word: &str) -> Option<u8> {
    lists.iter().position(|l| l.contains(&word)).map(|i| i as u8 + 1)
}

/// "derde", "3e", "3de", "3rd".
fn ordinal(word: &str) -> Option<u16> {
    let digits = word.trim_end_matches(|c: char| c.is_alphabetic());
    let end = &word[digits.len()..];
    let written = digits.parse::<u16>().ok().filter(|n| *n > 0 && *n < 1000);
    one_of(&ORDINALS, word)
        .map(u16::from)
        .or(written.filter(|_| ["e", "de", "ste", "st", "nd", "rd", "th"].contains(&end)))
}
