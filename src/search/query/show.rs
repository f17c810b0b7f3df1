//! A query shown in its own language.

use super::{Clauses, Filter, Mode, Node, Sign};
use std::fmt::{self, Write};

pub(super) fn clauses(all: &Clauses, f: &mut impl Write) -> fmt::Result {
    for (i, clause) in all.0.iter().enumerate() {
        if i > 0 {
            f.write_char(' ')?;
        }
        match (clause.sign, &clause.node) {
            (Sign::Must, Node::Filter(_)) | (Sign::May, _) => {}
            (Sign::Must, _) => f.write_char('+')?,
            (Sign::Not, _) => f.write_char('-')?,
        }
        match &clause.node {
            // a date or number in several words is one under a sign only in parentheses
            Node::Word(w, Mode::Plain) if clause.sign != Sign::May && w.contains(char::is_whitespace) => {
                write!(f, "({w})")?
            }
            n => node(n, f)?,
        }
    }
    Ok(())
}

fn node(n: &Node, f: &mut impl Write) -> fmt::Result {
    match n {
        Node::Word(w, Mode::Plain) => f.write_str(w),
        Node::Word(w, Mode::Exact) => write!(f, "={w}"),
        Node::Word(w, Mode::Prefix) => write!(f, "{w}*"),
        Node::Word(w, Mode::Fuzzy) => write!(f, "~{w}"),
        Node::Regex(source) => write!(f, "/{source}/"),
        Node::Phrase(p) => write!(f, "\"{p}\""),
        Node::Filter(Filter { field, value }) => {
            let bare = value.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '/'));
            if bare { write!(f, "{}:{value}", field.name()) } else { write!(f, "{}:\"{value}\"", field.name()) }
        }
        Node::Or(nodes) => {
            f.write_char('(')?;
            for (i, n) in nodes.iter().enumerate() {
                if i > 0 {
                    f.write_str(" OR ")?;
                }
                node(n, f)?;
            }
            f.write_char(')')
        }
        Node::Group(inner) => {
            f.write_char('(')?;
            clauses(inner, f)?;
            f.write_char(')')
        }
    }
}
