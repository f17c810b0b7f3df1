//! From text to tree. Three steps: marks and words in order; words side by side joined into what the tokeniser takes as
//! one; operators bound (NOT before AND before OR before standing side by side).

use super::{Clause, Clauses, FIELDS, Field, Filter, Mode, Node, Query, Said, Sign};
use crate::lang::tokens;
use crate::search::unit::Unit;

/// Parentheses deeper than this are passed over.
const MAX_DEPTH: usize = 16;

/// Bytes that are read: what is longer was pasted by mistake, and thousands of words would keep the search busy.
const LONGEST: usize = 4096;

pub(super) fn parse(text: &str) -> Query {
    let read = &text[..border(text, LONGEST)];
    let mut reader = Reader { text: read, at: 0, said: Vec::new() };
    let root = reader.clauses(0);
    if read.len() < text.len() {
        reader.said.insert(0, Said::TooLong);
    }
    let open = text.ends_with(char::is_alphanumeric);
    Query { root, said: reader.said, open }
}

/// What is found one after another.
enum Piece {
    /// A bare word, not yet looked into.
    Bare(String),
    Item(Sign, Node),
    And,
    Or,
    Not,
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    said: Vec<Said>,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
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
        self.bound(pieces)
    }

    fn piece(&mut self, depth: usize, out: &mut Vec<Piece>) {
        let sign = match self.rest().as_bytes() {
            [b'+', next, ..] if !next.is_ascii_whitespace() => Some(Sign::Must),
            [b'-', next, ..] if !next.is_ascii_whitespace() => Some(Sign::Not),
            _ => None,
        };
        if sign.is_some() {
            self.at += 1;
        }
        let node = match self.rest().chars().next() {
            Some(q) if is_quote(q) => self.phrase(),
            Some('(') if !word_in_brackets(self.rest()) => {
                if depth >= MAX_DEPTH {
                    self.at += 1;
                    self.said.push(Said::TooDeep);
                    return;
                }
                self.at += 1;
                grouped(self.clauses(depth + 1))
            }
            _ => return self.word(sign, out),
        };
        out.extend(node.map(|n| Piece::Item(sign.unwrap_or(Sign::May), n)));
    }

    /// A word, an operator or a filter.
    fn word(&mut self, sign: Option<Sign>, out: &mut Vec<Piece>) {
        let raw = self.raw();
        let at_end = self.rest().is_empty();
        match (raw.as_str(), sign) {
            ("AND", None) => return out.push(Piece::And),
            ("OR", None) => return out.push(Piece::Or),
            ("NOT", None) => return out.push(Piece::Not),
            // a sign or mark just typed: what it is for is still to come
            ("" | "+" | "-" | "=" | "~" | "/", _) if at_end => return,
            _ => {}
        }
        if let Some((name, value)) = raw.split_once(':')
            && !name.is_empty()
            && name.chars().all(char::is_alphabetic)
        {
            let known = FIELDS.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, f)| *f);
            match known {
                Some(field) => {
                    if let Some(f) = self.filter(field, name, value) {
                        out.push(Piece::Item(sign.unwrap_or(Sign::Must), Node::Filter(f)));
                    }
                    return;
                }
                None if !value.is_empty() => self.said.push(Said::UnknownFilter(name.to_owned())),
                None => {}
            }
        }
        let (mode, body) = if let Some(body) = raw.strip_prefix('=') {
            (Mode::Exact, body.trim_start_matches('='))
        } else if raw.starts_with('~') || raw.len() > 2 && raw.starts_with('/') && raw.ends_with('/') {
            self.said.push(Said::NotYet(raw.clone()));
            (Mode::Plain, raw.as_str())
        } else if raw.len() > 1 && raw.ends_with('*') {
            (Mode::Prefix, raw.trim_end_matches('*'))
        } else {
            (Mode::Plain, raw.as_str())
        };
        if sign.is_none() && mode == Mode::Plain {
            return out.push(Piece::Bare(body.to_owned()));
        }
        let units = units(body);
        let sign = sign.unwrap_or(Sign::May);
        match (units.len(), sign) {
            (0, _) => self.said.push(Said::NoWord(raw)),
            (2.., Sign::Not) => {
                let all = units.into_iter().map(|u| Clause { sign: Sign::Must, node: Node::Word(u, mode) });
                out.push(Piece::Item(sign, Node::Group(Clauses(all.collect()))));
            }
            _ => out.extend(units.into_iter().map(|u| Piece::Item(sign, Node::Word(u, mode)))),
        }
    }

    /// The run of characters up to a blank, a quote or a parenthesis that is not part of a word.
    fn raw(&mut self) -> String {
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
                c => !c.is_whitespace() && !is_quote(c),
            };
            // a quote right behind the colon of a filter is read with its value
            if !own {
                end = i;
                break;
            }
        }
        let raw = rest[..end].to_owned();
        self.at += end;
        raw
    }

    fn phrase(&mut self) -> Option<Node> {
        let text = self.quoted();
        if count(&text) == 0 {
            self.said.push(Said::NoWord(format!("\"{text}\"")));
            return None;
        }
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

    fn filter(&mut self, field: Field, name: &str, value: &str) -> Option<Filter> {
        let quoted = value.is_empty() && self.rest().starts_with(is_quote);
        let value = if quoted { self.quoted() } else { tidy(value) };
        let sound = match field {
            Field::Year | Field::Page if field == Field::Year || value.contains("..") => numbers(&value).is_some(),
            Field::In => place(&value).is_some(),
            Field::Tag | Field::File | Field::Page => !value.is_empty(),
            _ => count(&value) > 0,
        };
        if value.is_empty() {
            self.said.push(Said::EmptyFilter(name.to_owned()));
        } else if !sound {
            self.said.push(Said::BadValue(name.to_owned(), value.clone()));
        }
        sound.then_some(Filter { field, value })
    }

    /// Binds the operators.
    fn bound(&mut self, pieces: Vec<Piece>) -> Clauses {
        let mut out: Vec<Clause> = Vec::new();
        // the alternatives of the OR being read; each is a chain of clauses joined by AND
        let mut alternatives: Vec<Vec<Clause>> = Vec::new();
        let (mut join, mut not) = (None, false);
        for piece in pieces {
            match piece {
                Piece::Not => not = true,
                Piece::And | Piece::Or => {
                    let name = if matches!(piece, Piece::And) { "AND" } else { "OR" };
                    if alternatives.is_empty() || join.is_some() {
                        self.said.push(Said::Dangling(name.into()));
                    } else {
                        join = Some(matches!(piece, Piece::And));
                    }
                }
                Piece::Bare(_) => {}
                Piece::Item(sign, node) => {
                    let sign = if std::mem::take(&mut not) { Sign::Not } else { sign };
                    let clause = Clause { sign, node };
                    match (join.take(), alternatives.last_mut()) {
                        (Some(true), Some(chain)) => chain.push(clause),
                        (Some(false), Some(_)) => alternatives.push(vec![clause]),
                        _ => {
                            finish(std::mem::take(&mut alternatives), &mut out);
                            alternatives.push(vec![clause]);
                        }
                    }
                }
            }
        }
        finish(alternatives, &mut out);
        for (dangling, name) in [(not, "NOT"), (join == Some(true), "AND"), (join == Some(false), "OR")] {
            if dangling {
                self.said.push(Said::Dangling(name.into()));
            }
        }
        out.iter_mut().for_each(lone);
        Clauses(out)
    }
}

/// Words side by side, joined and read as the tokeniser takes them.
fn joined(pieces: Vec<Piece>, said: &mut Vec<Said>) -> Vec<Piece> {
    let mut out = Vec::with_capacity(pieces.len());
    let mut run: Vec<String> = Vec::new();
    let mut flush = |run: &mut Vec<String>, out: &mut Vec<Piece>| {
        for word in run.iter().filter(|w| count(w) == 0) {
            said.push(Said::NoWord(word.clone()));
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

/// Adds an OR that has been read (or a single clause, or a chain of AND) to its clauses.
fn finish(mut alternatives: Vec<Vec<Clause>>, out: &mut Vec<Clause>) {
    let required = |mut c: Clause| {
        if c.sign == Sign::May {
            c.sign = Sign::Must;
        }
        c
    };
    if alternatives.len() < 2 {
        let chain = alternatives.pop().unwrap_or_default();
        let joined = chain.len() > 1;
        out.extend(chain.into_iter().map(|c| if joined { required(c) } else { c }));
        return;
    }
    let filters =
        alternatives.iter().all(|a| matches!(&a[..], [c] if matches!(c.node, Node::Filter(_)) && c.sign != Sign::Not));
    let must = filters
        || alternatives
            .iter()
            .any(|a| a.len() == 1 && a[0].sign == Sign::Must && !matches!(a[0].node, Node::Filter(_)));
    let nodes = alternatives.into_iter().flat_map(|mut chain| {
        if chain.len() == 1 && chain[0].sign != Sign::Not {
            match chain.remove(0).node {
                Node::Or(inner) => inner,
                node => vec![node],
            }
        } else {
            let single = chain.len() == 1;
            let mut chain: Vec<_> = chain.into_iter().map(|c| if single { c } else { required(c) }).collect();
            chain.iter_mut().for_each(lone);
            vec![Node::Group(Clauses(chain))]
        }
    });
    out.push(Clause { sign: if must { Sign::Must } else { Sign::May }, node: Node::Or(nodes.collect()) });
}

/// Takes the parentheses off a word alone in them under a sign: that keeps it apart from its neighbours as well.
fn lone(clause: &mut Clause) {
    if clause.sign != Sign::May
        && let Node::Group(Clauses(inner)) = &mut clause.node
        && let [Clause { sign: Sign::May, node: Node::Word(_, Mode::Plain) }] = &inner[..]
        && let Some(word) = inner.pop()
    {
        clause.node = word.node;
    }
}

/// A group without the parentheses it does not need. A single bare word keeps them, lest it join its neighbours.
fn grouped(mut clauses: Clauses) -> Option<Node> {
    match &clauses.0[..] {
        [] => None,
        [Clause { sign: Sign::May, node }] if !matches!(node, Node::Word(_, Mode::Plain)) => {
            clauses.0.pop().map(|c| c.node)
        }
        _ => Some(Node::Group(clauses)),
    }
}

/// The character border at or before a byte.
fn border(text: &str, byte: usize) -> usize {
    (0..=byte.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// The words of a text, as written, where what is one to the tokeniser is one.
fn units(text: &str) -> Vec<String> {
    let keyword = |w: &str| matches!(w, "AND" | "OR" | "NOT");
    let written = |u: &Unit| &text[u.range.as_usize()];
    let words = crate::search::unit::units(text);
    words.iter().map(written).map(|w| if keyword(w) { w.to_lowercase() } else { w.to_owned() }).collect()
}

fn count(text: &str) -> usize {
    let mut n = 0;
    tokens(text, |_| n += 1);
    n
}

/// A range of numbers, `2023..2025`, `2023..`, `..2025` or one.
pub(in crate::search) fn numbers(value: &str) -> Option<(u32, u32)> {
    let (from, to) = value.split_once("..").unwrap_or((value, value));
    let read = |s: &str, open: u32| if s.is_empty() { Some(open) } else { s.parse().ok() };
    let range = (read(from, 0)?, read(to, u32::MAX)?);
    (value != ".." && range.0 <= range.1).then_some(range)
}

/// Whether `in:` asks for notes (or for text); `None` when for something else.
pub(in crate::search) fn place(value: &str) -> Option<bool> {
    match value.to_lowercase().as_str() {
        "notes" | "note" | "notities" | "notitie" => Some(true),
        "text" | "tekst" => Some(false),
        _ => None,
    }
}

/// On one line, without what would end a quotation.
fn tidy(text: &str) -> String {
    let plain: String =
        text.chars().map(|c| if is_quote(c) || c == '\\' || c.is_control() { ' ' } else { c }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
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
        && (matches!(&text[..at], "" | "=") && word_in_brackets(&text[at..])
            || text[..at].ends_with(char::is_alphanumeric) && letters <= 12)
}
