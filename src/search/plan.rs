//! A query worked out: its words as what is looked up, in the index and in a text alike.
//!
//! [`Plan::new`] needs nothing but the query; what the words of the library add to it (typos, patterns, abbreviations) is
//! put in by [`super::resolve`].

use super::query::{Clause, Clauses, Field, Filter, Mode, Node, Query, Sign};
use super::terms::{PART, ROOT, STEM, signed};
use super::types::Why;
use super::unit::{Unit, units};
use super::without::{Step, Without};
use crate::doc::Lang;
use crate::lang::{Analyser, compounds, fold, is_common_word, is_function_word};

/// What counts beside the form typed (1 + [`EXACT`]): its other forms count 1.
pub(super) const EXACT: f32 = 0.1;
/// Words derived from the same word.
const DERIVED: f32 = 0.7;
/// Compounds the word is a part of.
const COMPOUND: f32 = 0.65;
/// The words of the query written as one.
const JOINED: f32 = 0.9;
/// So many spellings of two words as one are looked for, and so many the other way round.
const FORWARD: usize = 6;
const BACKWARD: usize = 3;
/// A word being typed makes hits beside others from so many letters on.
const START: usize = 3;
/// What a word that stands in every report is worth beside others in a long question.
const COMMON: f32 = 0.35;

/// A group of clauses.
#[derive(Clone, Debug, Default)]
pub(super) struct Group {
    pub must: Vec<Part>,
    pub may: Vec<Part>,
    /// Function words: they count where the words of a query stand near each other ([`Group::sequence`]), and are marked
    /// where there is nothing else to mark.
    pub weak: Vec<Part>,
    pub not: Vec<Part>,
    /// Each is one filter or several of which one must hold.
    pub filters: Vec<Vec<FilterPart>>,
}

/// A part of a query that is matched.
#[derive(Clone, Debug)]
pub(super) enum Part {
    Word(Word),
    Phrase(Vec<Slot>),
    Or(Vec<Part>),
    Group(Group),
    Filter(FilterPart),
}

/// Forms and stems of a word.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Atom {
    /// Folded forms.
    pub forms: Vec<String>,
    /// Stems of these in both languages; none when only the forms are asked for.
    pub stems: Vec<String>,
    /// Of what is taken away, stems and parts concern it.
    pub without: Without,
}

/// Something a word is found by beside its own forms.
#[derive(Clone, Debug)]
pub(super) struct Variant {
    pub atom: Atom,
    /// Compounds it is part of count too.
    pub in_compounds: bool,
    /// What it counts beside the word itself.
    pub weight: f32,
    pub why: Why,
}

/// Several words a word is found by.
#[derive(Clone, Debug)]
pub(super) struct Phrasing {
    pub words: Vec<Atom>,
    /// One right after another, or only near each other.
    pub in_order: bool,
    pub weight: f32,
    pub why: Why,
}

/// A word of a query and all it is found by.
#[derive(Clone, Debug, Default)]
pub(super) struct Word {
    /// As it was typed, folded.
    pub typed: String,
    /// Which clause of its group it is.
    pub place: usize,
    /// How it is to be taken.
    pub mode: Mode,
    /// The words a pattern stands for are these.
    pub pattern: Option<String>,
    /// It may be an abbreviation: a word of capitals, or one that is no function word.
    pub short: bool,
    /// It may be misspelled: words spelled nearly so count where it stands nowhere.
    pub doubtful: bool,
    /// The word in its own forms.
    pub own: Atom,
    /// What it is derived from; words derived from it are found by its stems.
    pub roots: Vec<String>,
    /// Compounds and derivations count.
    pub wide: bool,
    /// Beginnings of words.
    pub prefixes: Vec<String>,
    /// The pieces of a word with hyphens.
    pub pieces: Vec<Slot>,
    pub variants: Vec<Variant>,
    pub phrasings: Vec<Phrasing>,
    /// What it is worth beside other words, from 0 to 1.
    pub share: f32,
}

/// What may stand at one place of a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Slot {
    /// Places after the first.
    pub offset: u32,
    /// Any of these.
    pub atom: Atom,
}

/// A filter ready to be looked up.
#[derive(Clone, Debug)]
pub(super) struct FilterPart {
    pub field: Field,
    pub value: String,
    /// For each word of the value its forms and stems.
    pub words: Vec<Vec<String>>,
    /// Whether the last word may be going on.
    pub open: bool,
}

/// What to look up for a query.
pub(super) struct Plan {
    pub root: Group,
}

impl Atom {
    /// A word and its stems.
    pub fn of(form: &str, analyser: &mut Analyser) -> Atom {
        let mut atom = Atom { forms: vec![form.to_owned()], ..Atom::default() };
        atom.add_stems(form, analyser);
        atom
    }

    fn add_stems(&mut self, form: &str, analyser: &mut Analyser) {
        for lang in [Lang::Nl, Lang::En] {
            push(&mut self.stems, analyser.stem(lang, form));
        }
    }

    /// The terms of the index it is looked up by, each with what it counts: a form typed counts more than another one.
    pub fn terms(&self, weight: f32, out: &mut Vec<(String, f32)>) {
        let mut add = |term: String, weight: f32| {
            if !out.iter().any(|(t, _)| *t == term) {
                out.push((term, weight));
            }
        };
        self.forms.iter().for_each(|f| add(f.clone(), weight * (1.0 + EXACT)));
        let stems = if self.without.has(Step::Stems) { &[][..] } else { &self.stems };
        stems.iter().for_each(|s| add(s.clone(), weight));
        stems.iter().for_each(|s| add(signed(STEM, s), weight));
    }
}

impl Atom {
    /// The terms it is looked up by where only places matter; with `parts` compounds it is a part of too.
    pub fn found_by(&self, parts: bool) -> Vec<(String, f32)> {
        let mut out = Vec::new();
        self.terms(1.0, &mut out);
        if parts && !self.without.has(Step::Parts) {
            self.stems.iter().for_each(|s| push_term(&mut out, signed(PART, s), COMPOUND));
        }
        out
    }
}

impl Word {
    /// The terms of the index it is looked up by, each with what it counts. Not its prefixes, pieces and phrasings.
    pub fn terms(&self) -> Vec<(String, f32)> {
        let mut out = Vec::new();
        self.own.terms(1.0, &mut out);
        if self.wide {
            for s in &self.own.stems {
                if !self.own.without.has(Step::Parts) {
                    push_term(&mut out, signed(PART, s), COMPOUND);
                }
                if !self.own.without.has(Step::Derivations) {
                    push_term(&mut out, signed(ROOT, s), DERIVED);
                }
            }
            for r in &self.roots {
                push_term(&mut out, r.clone(), DERIVED);
                push_term(&mut out, signed(STEM, r), DERIVED);
                push_term(&mut out, signed(ROOT, r), DERIVED);
            }
        }
        for v in &self.variants {
            v.atom.terms(v.weight, &mut out);
            if v.in_compounds {
                v.atom.stems.iter().for_each(|s| push_term(&mut out, signed(PART, s), v.weight * COMPOUND));
            }
        }
        out
    }
}

fn push_term(out: &mut Vec<(String, f32)>, term: String, weight: f32) {
    if !out.iter().any(|(t, _)| *t == term) {
        out.push((term, weight));
    }
}

impl Plan {
    /// Works a query out; with `last_is_prefix` the word it ends in stands for all it begins.
    pub fn new(query: &Query, last_is_prefix: bool, analyser: &mut Analyser) -> Plan {
        let mut maker = Maker { analyser };
        Plan { root: maker.group(&query.root, last_is_prefix && query.open, true) }
    }

    /// Every word that makes hits.
    pub fn words_mut(&mut self, each: &mut dyn FnMut(&mut Word)) {
        self.root.words_mut(each);
    }
}

impl Group {
    /// The words asked for side by side, in the order they were typed: the nearer a passage has them, the better.
    pub fn sequence(&self) -> Vec<&Word> {
        let parts = self.must.iter().chain(&self.may).chain(&self.weak);
        let mut words: Vec<&Word> = parts.filter_map(|p| if let Part::Word(w) = p { Some(w) } else { None }).collect();
        words.sort_by_key(|w| w.place);
        words
    }

    fn words_mut(&mut self, each: &mut dyn FnMut(&mut Word)) {
        self.must.iter_mut().chain(&mut self.may).for_each(|p| p.words_mut(each));
    }
}

impl Part {
    fn words_mut(&mut self, each: &mut dyn FnMut(&mut Word)) {
        match self {
            Part::Word(w) => each(w),
            Part::Or(parts) => parts.iter_mut().for_each(|p| p.words_mut(each)),
            Part::Group(g) => g.words_mut(each),
            Part::Phrase(_) | Part::Filter(_) => {}
        }
    }
}

struct Maker<'a> {
    analyser: &'a mut Analyser,
}

/// A word that finds something by itself.
fn strong(c: &Clause) -> bool {
    match &c.node {
        n if only_filters(n).is_some() => false,
        Node::Word(w, Mode::Plain) => !is_function_word(&fold(w)),
        _ => true,
    }
}

/// The filters that a node is: one, or alternatives.
fn only_filters(node: &Node) -> Option<Vec<&Filter>> {
    match node {
        Node::Filter(f) => Some(vec![f]),
        // in parentheses, which alternatives do not need
        Node::Group(Clauses(inner)) => match &inner[..] {
            [c] if c.sign != Sign::Not => only_filters(&c.node),
            _ => None,
        },
        Node::Or(nodes) => nodes.iter().map(|n| if let Node::Filter(f) = n { Some(f) } else { None }).collect(),
        _ => None,
    }
}

/// The first letters of a word that is being typed.
fn is_start(node: &Node) -> bool {
    matches!(node, Node::Word(w, Mode::Plain) if w.chars().count() < START)
}

impl Maker<'_> {
    /// `wide`: compounds and derivations count; not so in what is excluded.
    fn group(&mut self, clauses: &Clauses, open: bool, wide: bool) -> Group {
        let mut out = Group::default();
        let has_strong = clauses.0.iter().any(|c| c.sign != Sign::Not && strong(c));
        let joined = self.joined(clauses);
        let others = |i| clauses.0.iter().enumerate().any(|(k, c)| k != i && c.sign != Sign::Not && strong(c));
        let common = |c: &Clause| matches!(&c.node, Node::Word(w, Mode::Plain) if is_common_word(&fold(w)));
        let telling = clauses.0.iter().filter(|c| c.sign != Sign::Not && strong(c) && !common(c)).count();
        let count = clauses.0.len();
        for ((i, clause), joined) in clauses.0.iter().enumerate().zip(joined) {
            let open = open && i + 1 == count;
            if let (Some(any), Sign::Must | Sign::May) = (only_filters(&clause.node), clause.sign) {
                out.filters.push(any.into_iter().map(|f| self.filter(f, open)).collect());
                continue;
            }
            let mut part = self.part(&clause.node, open, wide && clause.sign != Sign::Not);
            if let Part::Word(w) = &mut part {
                w.place = i;
                w.variants.extend(joined);
                if telling > 0 && common(clause) && clause.sign == Sign::May {
                    w.share = COMMON;
                }
            }
            match clause.sign {
                Sign::Must => out.must.push(part),
                Sign::Not => out.not.push(part),
                Sign::May if has_strong && !strong(clause) && !open => out.weak.push(part),
                // the first letters of a word find nearly everything: beside other words they wait for more
                Sign::May if open && is_start(&clause.node) && others(i) => out.weak.push(part),
                Sign::May => out.may.push(part),
            }
        }
        out
    }

    /// For each clause the words it makes with the ones beside it, written as one.
    fn joined(&mut self, clauses: &Clauses) -> Vec<Vec<Variant>> {
        let mut out: Vec<Vec<Variant>> = vec![Vec::new(); clauses.0.len()];
        for (i, pair) in clauses.0.windows(2).enumerate() {
            let word = |c: &Clause| match &c.node {
                Node::Word(w, Mode::Plain) if c.sign != Sign::Not && strong(c) => Some(fold(w)),
                _ => None,
            };
            let (Some(a), Some(b)) = (word(&pair[0]), word(&pair[1])) else { continue };
            if !a.chars().chain(b.chars()).all(char::is_alphabetic) {
                continue;
            }
            let (forward, backward) = (compounds::joined(&a, &b), compounds::joined(&b, &a));
            for form in forward.into_iter().take(FORWARD).chain(backward.into_iter().take(BACKWARD)) {
                let atom = Atom::of(&form, self.analyser);
                let variant = Variant { atom, in_compounds: true, weight: JOINED, why: Why::Compound };
                out[i].push(variant.clone());
                out[i + 1].push(variant);
            }
        }
        out
    }

    fn part(&mut self, node: &Node, open: bool, wide: bool) -> Part {
        match node {
            Node::Word(text, mode) => Part::Word(self.word(text, *mode, open, wide)),
            Node::Regex(text) => Part::Word(Word { pattern: Some(text.clone()), share: 1.0, ..Word::default() }),
            Node::Phrase(text) => Part::Phrase(slots(&units(text), None)),
            Node::Or(nodes) => {
                let count = nodes.len();
                let parts = nodes.iter().enumerate().map(|(i, n)| self.part(n, open && i + 1 == count, wide));
                Part::Or(parts.collect())
            }
            Node::Group(clauses) => Part::Group(self.group(clauses, open, wide)),
            Node::Filter(f) => Part::Filter(self.filter(f, open)),
        }
    }

    fn word(&mut self, text: &str, mode: Mode, open: bool, wide: bool) -> Word {
        let wide = wide && mode != Mode::Exact;
        let doubtful = wide && matches!(mode, Mode::Plain | Mode::Fuzzy);
        let short = !is_function_word(&fold(text)) || text.chars().filter(|c| c.is_uppercase()).count() > 1;
        let mut word = Word { typed: fold(text), short, mode, doubtful, wide, share: 1.0, ..Word::default() };
        for unit in units(text) {
            let whole = unit.end - unit.position;
            for form in unit.readings.iter().filter(|f| f.span == whole) {
                push(&mut word.own.forms, &form.text);
                if mode != Mode::Exact {
                    word.own.add_stems(&form.text, self.analyser);
                }
                if wide {
                    let known = self.analyser.word(Lang::Nl, &form.text);
                    known.roots.iter().for_each(|r| push(&mut word.roots, r));
                }
                if mode == Mode::Prefix || open && mode == Mode::Plain {
                    push(&mut word.prefixes, &form.text);
                }
            }
            // a date is known by its form alone
            if whole > 1 && !word.own.forms.iter().any(|f| f.contains('-')) {
                let stems = (mode != Mode::Exact).then_some(&mut *self.analyser);
                word.pieces = slots(std::slice::from_ref(&unit), stems);
            }
        }
        word
    }

    fn filter(&mut self, f: &Filter, open: bool) -> FilterPart {
        let mut words: Vec<Vec<String>> = Vec::new();
        for unit in units(&f.value) {
            let whole = unit.end - unit.position;
            // one word in all its readings, or a chain of hyphens in all its pieces
            let (one, pieces): (Vec<_>, Vec<_>) = unit.readings.iter().partition(|r| r.span == whole);
            let places = if one.is_empty() { pieces.into_iter().map(|p| vec![p]).collect() } else { vec![one] };
            for readings in places {
                let mut any = Vec::new();
                for r in readings {
                    push(&mut any, &r.text);
                    Atom::of(&r.text, self.analyser).stems.iter().for_each(|s| push(&mut any, s));
                }
                words.push(any);
            }
        }
        FilterPart { field: f.field, value: fold(&f.value), words, open }
    }
}

/// The places of a phrase with what may stand there: the very forms, or their stems too.
fn slots(units: &[Unit], mut stems: Option<&mut Analyser>) -> Vec<Slot> {
    let first = units.first().map_or(0, |u| u.position);
    let mut out: Vec<Slot> = Vec::new();
    for unit in units {
        for form in unit.readings.iter().filter(|f| f.span == 1) {
            let offset = form.position - first;
            let at = out.iter().position(|s| s.offset == offset).unwrap_or_else(|| {
                out.push(Slot { offset, atom: Atom::default() });
                out.len() - 1
            });
            push(&mut out[at].atom.forms, &form.text);
            if let Some(analyser) = &mut stems {
                out[at].atom.add_stems(&form.text, analyser);
            }
        }
    }
    out
}

pub(super) fn push(list: &mut Vec<String>, text: &str) {
    if !list.iter().any(|t| t == text) {
        list.push(text.to_owned());
    }
}
