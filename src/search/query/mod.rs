//! The query language: a tree that any text can be read as, never an error.

mod bind;
mod filter;
mod parse;
mod pattern;
mod said;
mod show;
#[cfg(test)]
mod tests;
mod understood;

use crate::doc::TextRange;
pub(super) use filter::{numbers, place};
pub(super) use pattern::Pattern;
pub use said::Said;
use std::fmt;

/// A parsed query.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Query {
    pub(super) root: Clauses,
    pub(super) said: Vec<Said>,
    /// Whether the text ends in a word that may still be going on.
    pub(super) open: bool,
    /// What was typed, as far as it was read.
    pub(super) typed: String,
    /// The places in `typed` where words stand that may be misspelled, ascending.
    pub(super) spots: Vec<TextRange>,
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
    /// `/regex/`: words that the pattern fits. It holds a sound pattern ([`Pattern::new`]).
    Regex(String),
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
    /// `~word`: and words spelled nearly so.
    Fuzzy,
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

    /// The same query as one that nobody is typing at: its last word is whole.
    #[must_use]
    pub fn finished(mut self) -> Query {
        self.open = false;
        self
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

impl fmt::Display for Query {
    /// The query in its own language; reading it again gives the same meaning.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        show::clauses(&self.root, f)
    }
}
