//! The query language: a tree that any text can be read as, never an error.

mod parse;
mod show;
#[cfg(test)]
mod tests;

pub(super) use parse::{numbers, place};
use std::fmt;

/// A parsed query.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Query {
    pub(super) root: Clauses,
    pub(super) said: Vec<Said>,
    /// Whether the text ends in a word that may still be going on.
    pub(super) open: bool,
}

/// What stands side by side: any of it makes a hit, all of it makes a better one, unless a sign says otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(super) struct Clauses(pub Vec<Clause>);

/// One clause with its sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Clause {
    pub sign: Sign,
    pub node: Node,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// Adds to the score.
    May,
    /// `+`, `AND`: no hit without it.
    Must,
    /// `-`, `NOT`: no hit with it.
    Not,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Node {
    /// A word as typed; one unit to the tokeniser (`12 juni 2026` is one).
    Word(String, Mode),
    /// Words in this order.
    Phrase(String),
    /// Alternatives that count as one word.
    Or(Vec<Node>),
    /// What stood between parentheses.
    Group(Clauses),
    /// A restriction.
    Filter(Filter),
}

/// How a word is to be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) enum Mode {
    /// In all its forms.
    #[default]
    Plain,
    /// `=word`
    Exact,
    /// `word*`
    Prefix,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Filter {
    pub field: Field,
    pub value: String,
}

/// What a filter looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Report,
    File,
    Org,
    Year,
    Section,
    Heading,
    Knelpunt,
    Tag,
    Status,
    Page,
    In,
    Lang,
}

/// Names of filters as typed; the first one of a field is its canonical name.
const FIELDS: &[(&str, Field)] = &[
    ("report", Field::Report),
    ("rapport", Field::Report),
    ("file", Field::File),
    ("bestand", Field::File),
    ("org", Field::Org),
    ("year", Field::Year),
    ("jaar", Field::Year),
    ("section", Field::Section),
    ("sectie", Field::Section),
    ("heading", Field::Heading),
    ("kop", Field::Heading),
    ("knelpunt", Field::Knelpunt),
    ("tag", Field::Tag),
    ("label", Field::Tag),
    ("status", Field::Status),
    ("page", Field::Page),
    ("blz", Field::Page),
    ("in", Field::In),
    ("lang", Field::Lang),
    ("taal", Field::Lang),
];

/// Something in a query that was not understood, and what was done with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// A quotation mark without its second: the phrase runs to the end.
    UnclosedQuote,
    /// A parenthesis without its second: the group runs to the end.
    UnclosedParen,
    /// A closing parenthesis too many: passed over.
    ExtraParen,
    /// There is no filter of this name: its name and value were taken as words.
    UnknownFilter(String),
    /// A filter without a value: passed over.
    EmptyFilter(String),
    /// A filter with a value it cannot have: passed over.
    BadValue(String, String),
    /// An operator with nothing beside it: passed over.
    Dangling(String),
    /// Part of the language but not built yet (`~word`, `/regex/`): taken as words.
    NotYet(String),
    /// No letter or figure in it: passed over.
    NoWord(String),
    /// Nested too deep: the parentheses were passed over.
    TooDeep,
    /// Too long: the end was passed over.
    TooLong,
}

impl Query {
    /// Reads a query. Every text is one; what was not understood is in [`Query::said`].
    #[must_use]
    pub fn parse(text: &str) -> Query {
        parse::parse(text)
    }

    /// Whether it asks for nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.root.0.is_empty()
    }

    /// What was not understood.
    #[must_use]
    pub fn said(&self) -> &[Said] {
        &self.said
    }

    /// Whether it says itself where to look (`in:`), so that the caller need not.
    #[must_use]
    pub fn says_where(&self) -> bool {
        self.root.0.iter().any(|c| matches!(&c.node, Node::Filter(f) if f.field == Field::In))
    }

    /// The same query among passages of reports only, unless it says itself where to look.
    #[must_use]
    pub fn in_text(mut self) -> Query {
        if !self.says_where() && !self.is_empty() {
            let node = Node::Filter(Filter { field: Field::In, value: "text".into() });
            self.root.0.insert(0, Clause { sign: Sign::Must, node });
        }
        self
    }
}

impl Field {
    fn name(self) -> &'static str {
        FIELDS.iter().find(|(_, f)| *f == self).map_or("", |(n, _)| n)
    }
}

impl fmt::Display for Query {
    /// The query in its own language; reading it again gives the same meaning.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        show::clauses(&self.root, f)
    }
}
