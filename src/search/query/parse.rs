//! From text to tree. Three steps: marks and words in order; words side by side joined into what the tokeniser takes as
//! one; operators bound (`bind`).

use super::bind::{bound, grouped};
use super::filter::{Value, value};
use super::{Clause, Clauses, Field, Filter, Mode, Node, Pattern, Query, Said, Sign};
use crate::doc::TextRange;
use crate::lang::tokens;
use crate::search::unit::Unit;

/// Parentheses deeper than this are passed over.
const MAX_DEPTH: usize = 16;

/// Bytes that are read: what is longer was pasted by mistake, and thousands of words would keep the search busy.
const LONGEST: usize = 4096;

/// Patterns in one query: each is tried on every word of the library.
const MAX_PATTERNS: usize = 8;

/// Letters a word must have to be looked for with `~`: with fewer, everything is spelled nearly so.
const FUZZY_FROM: usize = 3;

pub(super) fn parse(text: &str) -> Query {
    let read = &text[..border(text, LONGEST)];
    let mut reader = Reader { text: read, at: 0, patterns: 0, spots: Vec::new(), said: Vec::new() };
    let root = reader.clauses(0);
    if read.len() < text.len() {
        reader.said.insert(0, Said::TooLong);
    }
    let mut said: Vec<Said> = Vec::new();
    for s in reader.said {
        if !said.contains(&s) {
            said.push(s);
        }
    }
    let open = text.ends_with(char::is_alphanumeric);
    Query { root, said, open, typed: read.to_owned(), spots: reader.spots }
}

/// What is found one after another; operators by the name they were typed with.
pub(super) enum Piece {
    /// A bare word, not yet looked into.
    Bare(String),
    Item(Sign, Node),
    And(&'static str),
    Or(&'static str),
    Not(&'static str),
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    patterns: usize,
    spots: Vec<TextRange>,
    said: Vec<Said>,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    /// Reads up to the end or the parenthesis that closes this group.
    fn clauses(&mut self, depth: usize) -> Clauses {
        let mut pieces = Vec::new();
        loop {
            let Some(c) = self.rest().chars().next() else {
                if depth > 0 {
                    self.said.push(Said::UnclosedParen);
                }
                break;
            };
            if c == ')' {
                self.at += 1;
                if depth > 0 {
                    break;
                }
                self.said.push(Said::ExtraParen);
            } else if c.is_whitespace() {
                self.at += c.len_utf8();
            } else {
                self.piece(depth, &mut pieces);
            }
        }
        let pieces = joined(pieces, &mut self.said);
        bound(pieces, &mut self.said)
    }

    fn piece(&mut self, depth: usize, out: &mut Vec<Piece>) {
        let sign = match self.rest().as_bytes() {
            [b'+', next, ..] if !next.is_ascii_whitespace() => Some(Sign::Must),
            [b'-', next, ..] if !next.is_ascii_whitespace() => Some(Sign::Not),
            _ => None,
        };
        self.at += usize::from(sign.is_some());
        let rest = self.rest();
        // a mark before something that is no word: a phrase is exact anyway, and nothing else can be
        if let Some(mark @ ('=' | '~')) = rest.chars().next()
            && let next = &rest[1..]
            && (next.starts_with(is_quote) || next.starts_with('(') && !word_in_brackets(next))
        {
            self.at += 1;
            if mark == '~' || next.starts_with('(') {
                self.said.push(Said::MarkOnMany(mark));
            }
        }
        let rest = self.rest();
        let node = match rest.chars().next() {
            Some(q) if is_quote(q) => self.phrase(),
            Some('(') if !word_in_brackets(rest) => {
                self.at += 1;
                if depth >= MAX_DEPTH {
                    self.said.push(Said::TooDeep);
                    return;
                }
                grouped(self.clauses(depth + 1))
            }
            Some('/') => match slashed(rest) {
                Slashed::Pattern(source, len) => {
                    self.at += len;
                    return self.pattern(&source, sign, out);
                }
                Slashed::Open => {
                    self.said.push(Said::UnclosedPattern);
                    self.at += 1;
                    return;
                }
                Slashed::No => return self.word(sign, out),
            },
            _ => return self.word(sign, out),
        };
        out.extend(node.map(|n| Piece::Item(sign.unwrap_or(Sign::May), n)));
    }

    /// A pattern; one that cannot be used is read as words.
    fn pattern(&mut self, source: &str, sign: Option<Sign>, out: &mut Vec<Piece>) {
        self.patterns += 1;
        let sound = match self.patterns {
            ..=MAX_PATTERNS => Pattern::new(source).map(|_| ()),
            _ => Err(Said::TooManyPatterns),
        };
        match sound {
            Ok(()) => out.push(Piece::Item(sign.unwrap_or(Sign::May), Node::Regex(source.to_owned()))),
            Err(said) => {
                self.said.push(said);
                self.words(source, Mode::Plain, sign.unwrap_or(Sign::May), source, out);
            }
        }
    }

    /// A word, an operator or a filter.
    fn word(&mut self, sign: Option<Sign>, out: &mut Vec<Piece>) {
        let start = self.at;
        let raw = self.raw();
        let at_end = self.rest().is_empty();
        match (raw, sign) {
            ("AND" | "EN", None) => return out.push(Piece::And(if raw == "EN" { "EN" } else { "AND" })),
            ("OR" | "OF", None) => return out.push(Piece::Or(if raw == "OF" { "OF" } else { "OR" })),
            ("NOT" | "NIET", None) => return out.push(Piece::Not(if raw == "NIET" { "NIET" } else { "NOT" })),
            // a sign or mark just typed: what it is for is still to come
            ("" | "+" | "-" | "=" | "~" | "/", _) if at_end => return,
            _ => {}
        }
        if let Some((name, value)) = raw.split_once(':')
            && !name.is_empty()
            && name.chars().all(char::is_alphabetic)
        {
            match Field::named(name) {
                Some(field) => {
                    if let Some(f) = self.filter(field, name, value) {
                        out.push(Piece::Item(sign.unwrap_or(Sign::Must), Node::Filter(f)));
                    }
                    return;
                }
                // a web address is no filter
                None if !value.is_empty() && !value.starts_with("//") => {
                    self.said.push(Said::UnknownFilter(name.to_owned()));
                }
                None => {}
            }
        }
        if let Some(source) = wildcards(raw) {
            return self.pattern(&source, sign, out);
        }
        let (mode, body) = if let Some(body) = raw.strip_prefix('=') {
            (Mode::Exact, body.trim_start_matches('='))
        } else if let Some(body) = raw.strip_prefix('~') {
            (Mode::Fuzzy, body.trim_start_matches('~'))
        } else if raw.len() > 1 && raw.ends_with('*') {
            (Mode::Prefix, raw.trim_end_matches('*'))
        } else {
            (Mode::Plain, raw)
        };
        if matches!(mode, Mode::Plain | Mode::Fuzzy) {
            self.spots.push(TextRange::from(start + (raw.len() - body.len())..start + raw.len()));
        }
        if sign.is_none() && mode == Mode::Plain {
            return out.push(Piece::Bare(body.to_owned()));
        }
        self.words(body, mode, sign.unwrap_or(Sign::May), raw, out);
    }

    /// The words of a text under one sign and mark; `raw` is what was typed.
    fn words(&mut self, body: &str, mode: Mode, sign: Sign, raw: &str, out: &mut Vec<Piece>) {
        let units = units(body);
        let node = |said: &mut Vec<Said>, unit: String| match mode {
            Mode::Fuzzy if !can_be_fuzzy(&unit) => {
                said.push(Said::NotFuzzy(unit.clone()));
                Node::Word(unit, Mode::Plain)
            }
            _ => Node::Word(unit, mode),
        };
        match (units.len(), sign) {
            (0, _) => self.said.push(Said::NoWord(tidy(raw))),
            (2.., Sign::Not) => {
                let all = units.into_iter().map(|u| Clause { sign: Sign::Must, node: node(&mut self.said, u) });
                out.push(Piece::Item(sign, Node::Group(Clauses(all.collect()))));
            }
            _ => {
                for unit in units {
                    // bare words join their neighbours
                    out.push(match (node(&mut self.said, unit), sign) {
                        (Node::Word(unit, Mode::Plain), Sign::May) => Piece::Bare(unit),
                        (node, sign) => Piece::Item(sign, node),
                    });
                }
            }
        }
    }

    /// The run of characters up to a blank, a quote or a parenthesis that is not part of a word.
    fn raw(&mut self) -> &'t str {
        let rest = self.rest();
        let mut inside = false;
        let mut end = rest.len();
        for (i, c) in rest.char_indices() {
            let own = match c {
                '(' => {
                    inside = in_word(rest, i);
                    inside
                }
                ')' => std::mem::take(&mut inside),
                // a quote right behind the colon of a filter is read with its value
                c => !c.is_whitespace() && !is_quote(c),
            };
            if !own {
                end = i;
                break;
            }
        }
        self.at += end;
        &rest[..end]
    }

    fn phrase(&mut self) -> Option<Node> {
        let start = self.at;
        let text = self.quoted();
        if count(&text) == 0 {
            self.said.push(Said::NoWord(format!("\"{text}\"")));
            return None;
        }
        self.spots.push(TextRange::from(start..self.at));
        Some(Node::Phrase(text))
    }

    /// The text between quotation marks, in one line; `\"` is a mark inside it.
    fn quoted(&mut self) -> String {
        let mut out = String::new();
        let mut chars = self.rest().char_indices().skip(1);
        let mut closed = None;
        while let Some((i, c)) = chars.next() {
            if c == '\\' {
                out.push(' ');
                let _ = chars.next().map(|(_, c)| out.push(if is_quote(c) || c == '\\' { ' ' } else { c }));
            } else if is_quote(c) {
                closed = Some(i + c.len_utf8());
                break;
            } else {
                out.push(c);
            }
        }
        if closed.is_none() {
            self.said.push(Said::UnclosedQuote);
        }
        self.at += closed.unwrap_or(self.rest().len());
        tidy(&out)
    }

    fn filter(&mut self, field: Field, name: &str, text: &str) -> Option<Filter> {
        let quoted = text.is_empty() && self.rest().starts_with(is_quote);
        let text = if quoted { self.quoted() } else { tidy(text) };
        match value(field, &text, self.rest().is_empty()) {
            Value::Sound(value) => return Some(Filter { field, value }),
            Value::Empty => self.said.push(Said::EmptyFilter(name.to_owned())),
            Value::Bad => self.said.push(Said::BadValue(name.to_owned(), text)),
        }
        None
    }
}

/// What a slash begins.
enum Slashed {
    /// A pattern, and its bytes with both slashes.
    Pattern(String, usize),
    /// One that is not closed.
    Open,
    /// Something else: a path, a slash alone.
    No,
}

fn slashed(text: &str) -> Slashed {
    let inside = &text[1..];
    if inside.chars().next().is_none_or(|c| c == '/' || c.is_whitespace() || unseen(c)) {
        return Slashed::No;
    }
    let mut chars = inside.char_indices();
    while let Some((i, c)) = chars.next() {
        match c {
            '\\' => drop(chars.next()),
            '/' if inside[i + 1..].starts_with(char::is_alphanumeric) => return Slashed::No,
            '/' => {
                let source = inside[..i].chars().map(|c| if unseen(c) { ' ' } else { c }).collect();
                return Slashed::Pattern(source, i + 2);
            }
            _ => {}
        }
    }
    Slashed::Open
}

/// The pattern for a word with `*` before or inside it; its end alone is [`Mode::Prefix`].
fn wildcards(raw: &str) -> Option<String> {
    let front = raw.trim_end_matches('*');
    let sound = front.contains('*')
        && !raw.contains("**")
        && raw.chars().all(|c| c == '*' || c.is_alphanumeric())
        && raw.chars().filter(|c| c.is_alphabetic()).count() > 1;
    sound.then(|| {
        let begin = if raw.starts_with('*') { "" } else { "^" };
        let end = if raw.ends_with('*') { "" } else { "$" };
        format!("{begin}{}{end}", raw.trim_matches('*').replace('*', ".*"))
    })
}

/// One word with letters enough.
fn can_be_fuzzy(unit: &str) -> bool {
    !unit.contains(char::is_whitespace)
        && !unit.contains(|c: char| c.is_ascii_digit())
        && unit.chars().filter(|c| c.is_alphabetic()).count() >= FUZZY_FROM
}

/// Words side by side, joined and read as the tokeniser takes them.
fn joined(pieces: Vec<Piece>, said: &mut Vec<Said>) -> Vec<Piece> {
    let mut out = Vec::with_capacity(pieces.len());
    let mut run: Vec<String> = Vec::new();
    let mut flush = |run: &mut Vec<String>, out: &mut Vec<Piece>| {
        for word in run.iter().filter(|w| count(w) == 0) {
            said.push(Said::NoWord(tidy(word)));
        }
        // what other signs kept apart (30+821) may be one beside its neighbour: until nothing joins any more
        let mut words = units(&run.join(" "));
        loop {
            let again = units(&words.join(" "));
            if again.len() == words.len() {
                break;
            }
            words = again;
        }
        out.extend(words.into_iter().map(|u| Piece::Item(Sign::May, Node::Word(u, Mode::Plain))));
        run.clear();
    };
    for piece in pieces {
        match piece {
            Piece::Bare(word) => run.push(word),
            other => {
                flush(&mut run, &mut out);
                out.push(other);
            }
        }
    }
    flush(&mut run, &mut out);
    out
}

/// The character border at or before a byte.
fn border(text: &str, byte: usize) -> usize {
    (0..=byte.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// The words of a text, as written, where what is one to the tokeniser is one.
fn units(text: &str) -> Vec<String> {
    let keyword = |w: &str| matches!(w, "AND" | "OR" | "NOT" | "EN" | "OF" | "NIET");
    let written = |u: &Unit| &text[u.range.as_usize()];
    let words = crate::search::unit::units(text);
    words.iter().map(written).map(|w| if keyword(w) { w.to_lowercase() } else { w.to_owned() }).collect()
}

fn count(text: &str) -> usize {
    let mut n = 0;
    tokens(text, |_| n += 1);
    n
}

/// On one line, without what would end a quotation.
fn tidy(text: &str) -> String {
    let plain: String = text.chars().map(|c| if is_quote(c) || c == '\\' || unseen(c) { ' ' } else { c }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A control character, or one that turns the direction of writing.
fn unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}

pub(super) fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{ab}' | '\u{bb}')
}

/// `(gezins)locaties`: a parenthesis that begins a word.
fn word_in_brackets(text: &str) -> bool {
    let Some(inside) = text.strip_prefix('(') else { return false };
    let letters = inside.find(|c: char| !c.is_alphabetic()).unwrap_or(inside.len());
    letters > 0 && inside[letters..].strip_prefix(')').is_some_and(|t| t.starts_with(char::is_alphabetic))
}

/// A parenthesis at `at` that belongs to the word around it: `gemeente(n)`, `(gezins)locaties`.
fn in_word(text: &str, at: usize) -> bool {
    let inside = &text[at + 1..];
    let letters = inside.find(|c: char| !c.is_alphabetic()).unwrap_or(inside.len());
    let closes = letters > 0 && inside[letters..].starts_with(')');
    closes
        && (matches!(&text[..at], "" | "=" | "~") && word_in_brackets(&text[at..])
            || text[..at].ends_with(char::is_alphanumeric) && letters <= 12)
}
