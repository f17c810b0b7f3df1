//! Operators bound: NOT before AND before OR before standing side by side.

use super::parse::Piece;
use super::{Clause, Clauses, Mode, Node, Said, Sign};

/// Binds what was found one after another.
pub(super) fn bound(pieces: Vec<Piece>, said: &mut Vec<Said>) -> Clauses {
    let mut out: Vec<Clause> = Vec::new();
    // the alternatives of the OR being read; each is a chain of clauses joined by AND
    let mut alternatives: Vec<Vec<Clause>> = Vec::new();
    let (mut join, mut not) = (None, None);
    for piece in pieces {
        match piece {
            Piece::Not(name) => not = Some(name),
            Piece::And(name) | Piece::Or(name) => {
                if alternatives.is_empty() || join.is_some() {
                    said.push(Said::Dangling(name.into()));
                } else {
                    join = Some((matches!(piece, Piece::And(_)), name));
                }
            }
            Piece::Bare(_) => {}
            Piece::Item(sign, node) => {
                let sign = if not.take().is_some() { Sign::Not } else { sign };
                let clause = Clause { sign, node };
                match (join.take(), alternatives.last_mut()) {
                    (Some((true, _)), Some(chain)) => chain.push(clause),
                    (Some((false, _)), Some(_)) => alternatives.push(vec![clause]),
                    _ => {
                        finish(std::mem::take(&mut alternatives), &mut out);
                        alternatives.push(vec![clause]);
                    }
                }
            }
        }
    }
    finish(alternatives, &mut out);
    let dangling = not.into_iter().chain(join.map(|(_, name)| name));
    said.extend(dangling.map(|name| Said::Dangling(name.into())));
    out.iter_mut().for_each(lone);
    Clauses(out)
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
pub(super) fn grouped(mut clauses: Clauses) -> Option<Node> {
    match &clauses.0[..] {
        [] => None,
        [Clause { sign: Sign::May, node }] if !matches!(node, Node::Word(_, Mode::Plain)) => {
            clauses.0.pop().map(|c| c.node)
        }
        _ => Some(Node::Group(clauses)),
    }
}
