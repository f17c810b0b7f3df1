//! A query worked out: its words as the forms and stems that are looked up, in the index and in a text alike.

use super::query::{Clauses, Field, Filter, Mode, Node, Query, Sign};
use super::unit::{Unit, units};
use crate::doc::Lang;
use crate::lang::{Analyser, fold, is_function_word, tokens};

/// A group of clauses.
#[derive(Clone, Debug, Default)]
pub(super) struct Group {
    pub must: Vec<Part>,
    pub may: Vec<Part>,
    /// Function words: they count where the words of a query stand near each other ([`Plan::sequence`]), and are marked
    /// where there is nothing else to mark.
    pub weak: Vec<Part>,
    pub not: Vec<Part>,
    pub filters: Vec<FilterPart>,
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

/// A word: any of its forms, or its pieces one after another.
#[derive(Clone, Debug, Default)]
pub(super) struct Word {
    /// Folded forms.
    pub forms: Vec<String>,
    /// Stems of these in both languages; none when asked for exactly.
    pub stems: Vec<String>,
    /// Beginnings of words.
    pub prefixes: Vec<String>,
    /// The pieces of a word with hyphens.
    pub pieces: Vec<Slot>,
}

/// What may stand at one place of a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Slot {
    /// Places after the first.
    pub offset: u32,
    /// Folded forms, any of them.
    pub forms: Vec<String>,
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
    /// The words asked for side by side, as they were typed: the nearer a passage has them, the better.
    pub sequence: Vec<Word>,
}

impl Plan {
    /// Works a query out; with `last_is_prefix` the word it ends in stands for all it begins.
    pub fn new(query: &Query, last_is_prefix: bool) -> Plan {
        let mut maker = Maker { stemmer: Analyser::default() };
        let words = query.root.0.iter().filter(|c| c.sign != Sign::Not);
        let words = words.filter_map(|c| match &c.node {
            Node::Word(text, mode) => Some(maker.word(text, *mode, false)),
            _ => None,
        });
        let sequence = words.collect();
        Plan { root: maker.group(&query.root, last_is_prefix && query.open), sequence }
    }
}

struct Maker {
    stemmer: Analyser,
}

impl Maker {
    fn group(&mut self, clauses: &Clauses, open: bool) -> Group {
        let mut out = Group::default();
        let strong = |c: &super::query::Clause| match &c.node {
            Node::Filter(_) => false,
            Node::Word(w, Mode::Plain) => !is_function_word(&fold(w)),
            _ => true,
        };
        let has_strong = clauses.0.iter().any(|c| c.sign != Sign::Not && strong(c));
        let count = clauses.0.len();
        for (i, clause) in clauses.0.iter().enumerate() {
            let open = open && i + 1 == count;
            if let (Node::Filter(f), Sign::Must | Sign::May) = (&clause.node, clause.sign) {
                out.filters.push(self.filter(f, open));
                continue;
            }
            let part = self.part(&clause.node, open);
            match clause.sign {
                Sign::Must => out.must.push(part),
                Sign::Not => out.not.push(part),
                Sign::May if has_strong && !strong(clause) && !open => out.weak.push(part),
                Sign::May => out.may.push(part),
            }
        }
        out
    }

    fn part(&mut self, node: &Node, open: bool) -> Part {
        match node {
            Node::Word(text, mode) => Part::Word(self.word(text, *mode, open)),
            Node::Phrase(text) => Part::Phrase(slots(&units(text))),
            Node::Or(nodes) => {
                let count = nodes.len();
                Part::Or(nodes.iter().enumerate().map(|(i, n)| self.part(n, open && i + 1 == count)).collect())
            }
            Node::Group(clauses) => Part::Group(self.group(clauses, open)),
            Node::Filter(f) => Part::Filter(self.filter(f, open)),
        }
    }

    fn word(&mut self, text: &str, mode: Mode, open: bool) -> Word {
        let mut word = Word::default();
        for unit in units(text) {
            let whole = unit.end - unit.position;
            for form in unit.readings.iter().filter(|f| f.span == whole) {
                push(&mut word.forms, &form.text);
                if mode != Mode::Exact {
                    self.stems(&form.text, &mut word.stems);
                }
                if mode == Mode::Prefix || open && mode == Mode::Plain {
                    push(&mut word.prefixes, &form.text);
                }
            }
            // a date is known by its form alone
            if whole > 1 && !word.forms.iter().any(|f| f.contains('-')) {
                word.pieces = slots(std::slice::from_ref(&unit));
            }
        }
        word
    }

    fn stems(&mut self, form: &str, out: &mut Vec<String>) {
        for lang in [Lang::Nl, Lang::En] {
            let stem = self.stemmer.stem(lang, form).to_owned();
            push(out, &stem);
        }
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
                    self.stems(&r.text, &mut any);
                }
                words.push(any);
            }
        }
        FilterPart { field: f.field, value: fold(&f.value), words, open }
    }
}

/// The places of a phrase with what may stand there.
fn slots(units: &[Unit]) -> Vec<Slot> {
    let first = units.first().map_or(0, |u| u.position);
    let mut out: Vec<Slot> = Vec::new();
    for unit in units {
        for form in unit.readings.iter().filter(|f| f.span == 1) {
            let offset = form.position - first;
            match out.iter_mut().find(|s| s.offset == offset) {
                Some(slot) => push(&mut slot.forms, &form.text),
                None => out.push(Slot { offset, forms: vec![form.text.clone()] }),
            }
        }
    }
    out
}

fn push(list: &mut Vec<String>, text: &str) {
    if !list.iter().any(|t| t == text) {
        list.push(text.to_owned());
    }
}

/// A word of a text, as marks are found.
pub(super) struct TextWord {
    pub range: crate::doc::TextRange,
    pub position: u32,
    pub span: u32,
    pub form: String,
    pub stem: String,
}

/// The words of a text in a language.
pub(super) fn text_words(text: &str, lang: Lang, stemmer: &mut Analyser) -> Vec<TextWord> {
    let mut out = Vec::new();
    tokens(text, |t| {
        let stem = stemmer.stem(lang, t.text).to_owned();
        out.push(TextWord { range: t.range, position: t.position, span: t.span, form: t.text.to_owned(), stem });
    });
    out
}
