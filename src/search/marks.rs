//! Which words of a text a query matches, and why: found with the tokens the index is made of, never by looking for
//! strings. Also snippets.

use super::eval::APART;
use super::passages::char_border;
use super::plan::{Atom, Group, Part, Phrasing, Plan, Slot, Word};
use super::query::Query;
use super::types::Why;
use crate::doc::{Lang, TextRange};
use crate::lang::{Analyser, Analysis, tokens};
use std::sync::Arc;

/// About how many bytes of text a snippet shows.
const SNIPPET: usize = 260;
/// How much of it may stand before the first mark.
const LEAD: usize = 70;

/// A word or phrase that matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub range: TextRange,
    pub why: Why,
    /// Which part of the query it answers.
    pub part: usize,
}

/// A word of a text and all it can be found by.
struct TextWord {
    range: TextRange,
    position: u32,
    span: u32,
    known: Arc<Analysis>,
}

/// Finds what a query matches in texts.
pub(super) struct Marker {
    parts: Vec<Part>,
}

impl Marker {
    pub fn new(plan: &Plan) -> Marker {
        let mut parts = Vec::new();
        gather(&plan.root, &mut parts);
        Marker { parts }
    }

    /// The matches in a text, ascending, none inside another. `others`: other readings of words, each with the byte where
    /// the word begins.
    pub fn marks(&self, text: &str, lang: Lang, others: &[(u32, String)], analyser: &mut Analyser) -> Vec<Mark> {
        if self.parts.is_empty() {
            return Vec::new();
        }
        let words = words(text, lang, others, analyser);
        let mut found: Vec<Mark> = Vec::new();
        for (part, p) in self.parts.iter().enumerate() {
            match p {
                Part::Word(w) => {
                    let one = words.iter().filter_map(|t| Some(Mark { range: t.range, why: why(w, &t.known)?, part }));
                    found.extend(one);
                    found.extend(sequences(&words, &w.pieces).map(|range| Mark { range, why: Why::Exact, part }));
                    for p in &w.phrasings {
                        found.extend(phrasing(&words, p).map(|range| Mark { range, why: p.why, part }));
                    }
                }
                Part::Phrase(slots) => {
                    found.extend(sequences(&words, slots).map(|range| Mark { range, why: Why::Exact, part }));
                }
                _ => {}
            }
        }
        found.sort_by_key(|m| (m.range.start, std::cmp::Reverse(m.range.end), m.why, m.part));
        let mut out: Vec<Mark> = Vec::with_capacity(found.len());
        for m in found {
            match out.last_mut() {
                Some(last) if m.range.start < last.range.end => last.range = last.range.union(m.range),
                _ => out.push(m),
            }
        }
        out
    }
}

fn words(text: &str, lang: Lang, others: &[(u32, String)], analyser: &mut Analyser) -> Vec<TextWord> {
    let mut out = Vec::with_capacity(text.len() / 6);
    let mut others = others.iter().peekable();
    tokens(text, |t| {
        let known = analyser.word(lang, t.text).clone();
        out.push(TextWord { range: t.range, position: t.position, span: t.span, known });
        while let Some((_, other)) = others.next_if(|(at, _)| *at < t.range.end) {
            tokens(other, |o| {
                let known = analyser.word(lang, o.text).clone();
                out.push(TextWord { range: t.range, position: t.position + o.position, span: o.span, known });
            });
        }
    });
    out
}

/// The parts of a query that a text can show: not what is excluded, not filters. Function words only where there is
/// nothing else.
fn gather(group: &Group, out: &mut Vec<Part>) {
    let before = out.len();
    group.must.iter().chain(&group.may).for_each(|p| gather_part(p, out));
    if out.len() == before {
        group.weak.iter().for_each(|p| gather_part(p, out));
    }
}

fn gather_part(part: &Part, out: &mut Vec<Part>) {
    match part {
        Part::Word(_) | Part::Phrase(_) => out.push(part.clone()),
        Part::Or(parts) => parts.iter().for_each(|p| gather_part(p, out)),
        Part::Group(group) => gather(group, out),
        Part::Filter(_) => {}
    }
}

/// Whether a word of a text is one of these forms or stems.
fn is_of(atom: &Atom, t: &Analysis) -> bool {
    has(&atom.forms, &t.form) || has(&atom.stems, &t.stem)
}

fn has(list: &[String], text: &str) -> bool {
    list.iter().any(|s| s == text)
}

/// Whether a word of a text is a compound that one of these is a part of.
fn within(atom: &Atom, t: &Analysis) -> bool {
    t.parts.iter().any(|p| has(&atom.stems, p))
}

/// Why a word of a text answers a word of a query, if it does: as it is looked up in the index ([`Word::terms`]).
fn why(w: &Word, t: &Analysis) -> Option<Why> {
    if has(&w.own.forms, &t.form) {
        return Some(Why::Exact);
    }
    if has(&w.own.stems, &t.stem) {
        return Some(Why::Stem);
    }
    if let Some(v) = w.variants.iter().find(|v| is_of(&v.atom, t)) {
        return Some(v.why);
    }
    if w.wide && within(&w.own, t) {
        return Some(Why::Compound);
    }
    if w.prefixes.iter().any(|p| t.form.starts_with(p.as_str())) {
        return Some(Why::Prefix);
    }
    let derived = |root: &str| has(&w.own.stems, root) || has(&w.roots, root);
    if w.wide && (t.roots.iter().any(|r| derived(r)) || has(&w.roots, &t.stem) || has(&w.roots, &t.form)) {
        return Some(Why::Stem);
    }
    w.variants.iter().find(|v| v.in_compounds && within(&v.atom, t)).map(|v| v.why)
}

/// Where all slots match one after another.
fn sequences<'a>(words: &'a [TextWord], slots: &'a [Slot]) -> impl Iterator<Item = TextRange> + 'a {
    let matches = |t: &TextWord, s: &Slot| t.span == 1 && is_of(&s.atom, &t.known);
    words.iter().enumerate().filter_map(move |(i, first)| {
        let mut range = first.range;
        if !matches(first, slots.first()?) {
            return None;
        }
        for slot in &slots[1..] {
            let at = first.position + slot.offset;
            let next = words[i..].iter().take_while(|t| t.position <= at || t.span > 1);
            range = range.union(next.into_iter().find(|t| t.position == at && matches(t, slot))?.range);
        }
        Some(range)
    })
}

/// The words of a phrasing: in order as one mark, or each by itself where the others are near.
fn phrasing<'a>(words: &'a [TextWord], p: &'a Phrasing) -> Box<dyn Iterator<Item = TextRange> + 'a> {
    if p.in_order {
        let slots: Vec<Slot> = (0..).zip(&p.words).map(|(offset, atom)| Slot { offset, atom: atom.clone() }).collect();
        return Box::new(sequences(words, &slots).collect::<Vec<_>>().into_iter());
    }
    Box::new(words.iter().filter_map(move |t| {
        let fits = |t: &TextWord, atom: &Atom| is_of(atom, &t.known) || within(atom, &t.known);
        let beside = |atom: &Atom| words.iter().any(|o| o.position.abs_diff(t.position) <= APART && fits(o, atom));
        let mine = p.words.iter().any(|atom| fits(t, atom));
        (mine && p.words.iter().all(beside)).then_some(t.range)
    }))
}

/// The words of a text that a query matches, ascending.
#[must_use]
pub fn marks(text: &str, query: &Query, lang: Lang) -> Vec<TextRange> {
    let mut analyser = Analyser::default();
    let marker = Marker::new(&Plan::new(query, false, &mut analyser));
    marker.marks(text, lang, &[], &mut analyser).into_iter().map(|m| m.range).collect()
}

/// A piece of a text around its best marks, on one line, where the marks are in it, and why each of them matches.
pub(super) fn snippet(text: &str, marks: &[Mark]) -> (String, Vec<TextRange>, Vec<Why>) {
    let from = window(text, marks);
    let to = word_border(text, from + SNIPPET.min(text.len() - from), from);
    let mut out = String::with_capacity(SNIPPET + 16);
    if from > 0 {
        out.push_str("… ");
    }
    let (mut shown, mut kinds) = (Vec::new(), Vec::new());
    let mut inside = marks.iter().filter(|m| m.range.start as usize >= from && m.range.end as usize <= to).peekable();
    let mut blank = "";
    let mut mark_from = None;
    for (i, c) in text[from..to].char_indices() {
        let at = (from + i) as u32;
        if mark_from.is_some() && inside.peek().is_some_and(|m| m.range.end <= at) {
            shown.extend(mark_from.take().map(|start| TextRange::new(start, out.len() as u32)));
            inside.next();
        }
        // cells and rows, heading and text stay apart; other blanks are one blank
        let kind = match c {
            '\n' => " · ",
            '\t' => " | ",
            c if c.is_whitespace() || c.is_control() => " ",
            _ => "",
        };
        if !kind.is_empty() {
            blank = if blank.len() > kind.len() { blank } else { kind };
            continue;
        }
        if !out.is_empty() && !out.ends_with("… ") {
            out.push_str(blank);
        }
        blank = "";
        if let Some(mark) = inside.peek().filter(|m| m.range.start == at) {
            mark_from = Some(out.len() as u32);
            kinds.push(mark.why);
        }
        out.push(c);
    }
    shown.extend(mark_from.map(|start| TextRange::new(start, out.len() as u32)));
    if to < text.len() {
        out.push_str(" …");
    }
    (out, shown, kinds)
}

/// Where the snippet begins: so that it shows the most different parts of the query, then the most marks.
fn window(text: &str, marks: &[Mark]) -> usize {
    let mut best = (0, 0, 0);
    for (i, first) in marks.iter().enumerate() {
        let end = first.range.start as usize + SNIPPET - LEAD;
        let seen = marks[i..].iter().take_while(|m| m.range.end as usize <= end);
        let (mut parts, mut count) = (Vec::new(), 0);
        for m in seen {
            count += 1;
            if !parts.contains(&m.part) {
                parts.push(m.part);
            }
        }
        if (parts.len(), count) > (best.0, best.1) {
            best = (parts.len(), count, first.range.start as usize);
        }
    }
    let mark = best.2;
    if text.len() <= SNIPPET || mark <= LEAD {
        return 0;
    }
    // rather from the beginning of a sentence, else of a word; never further back, lest the mark fall off the end
    let from = char_border(text, (mark - LEAD).min(text.len() - SNIPPET));
    let blank = |at: &usize| text[*at..].starts_with(char::is_whitespace);
    let mut ends = text[from..mark].match_indices(['.', '\n', '?', '!']).map(|(i, s)| from + i + s.len());
    let word = || text[from..mark].find(char::is_whitespace).map(|i| from + i);
    match ends.rfind(blank).or_else(word) {
        Some(at) => mark.min(text.len() - text[at..].trim_start().len()),
        None => from,
    }
}

/// The border of a word at or before `at` but after `low`, to end at; `at` itself where there is none near.
fn word_border(text: &str, at: usize, low: usize) -> usize {
    let at = char_border(text, at);
    if at == text.len() {
        return at;
    }
    let near = char_border(text, at.saturating_sub(40).max(low));
    text[near..at].rfind(char::is_whitespace).map_or(at, |i| near + i)
}
