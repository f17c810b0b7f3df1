//! What is part of what: the hierarchy of made knelpunten, without limit of depth. A parent that is not there, or a circle
//! in a file written by hand, hides nothing: who has no parent to be reached from stands at the top.

use super::Made;
use std::cmp::Ordering;

/// One place in the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Branch {
    /// Which one, by its place in the register.
    pub index: usize,
    /// How many stand above it.
    pub depth: usize,
    /// Whether something is part of it.
    pub children: bool,
}

/// All made knelpunten, each followed by what is part of it; those beside one another in this order.
#[must_use]
pub fn tree(made: &[Made], order: impl Fn(&Made, &Made) -> Ordering) -> Vec<Branch> {
    let at = |id: &str| made.iter().position(|m| m.id == id);
    let parents: Vec<Option<usize>> = made.iter().map(|m| m.parent.as_deref().and_then(at)).collect();
    let mut below: Vec<Vec<usize>> = vec![Vec::new(); made.len()];
    let mut top = Vec::new();
    for (i, parent) in parents.iter().enumerate() {
        match parent {
            Some(p) if !circles(&parents, i) => below[*p].push(i),
            _ => top.push(i),
        }
    }
    let sort = |all: &mut Vec<usize>| all.sort_by(|a, b| order(&made[*a], &made[*b]).then(a.cmp(b)));
    below.iter_mut().for_each(sort);
    sort(&mut top);
    let mut out = Vec::with_capacity(made.len());
    let mut todo: Vec<(usize, usize)> = top.into_iter().rev().map(|i| (i, 0)).collect();
    while let Some((index, depth)) = todo.pop() {
        out.push(Branch { index, depth, children: !below[index].is_empty() });
        todo.extend(below[index].iter().rev().map(|i| (*i, depth + 1)));
    }
    out
}

/// Whether the way up from this one comes back to it.
fn circles(parents: &[Option<usize>], from: usize) -> bool {
    let way = std::iter::successors(parents[from], |at| parents[*at]).take(parents.len());
    way.into_iter().any(|at| at == from)
}

/// The ids of what this one is part of, the nearest first.
#[must_use]
pub fn above<'a>(made: &'a [Made], id: &str) -> Vec<&'a str> {
    let one = |id: &str| made.iter().find(|m| m.id == id);
    let mut out: Vec<&str> = Vec::new();
    let mut at = one(id);
    while let Some(parent) = at.and_then(|m| m.parent.as_deref()).and_then(one) {
        if parent.id == id || out.contains(&parent.id.as_str()) {
            break;
        }
        out.push(&parent.id);
        at = Some(parent);
    }
    out
}

/// The titles from the outermost down to this one; empty when there is none of this id.
#[must_use]
pub fn path<'a>(made: &'a [Made], id: &str) -> Vec<&'a str> {
    let title = |id: &str| made.iter().find(|m| m.id == id).map(|m| m.title.as_str());
    let ids = above(made, id).into_iter().rev();
    ids.filter_map(title).chain(title(id)).collect()
}

/// The ids of this one and of all that is part of it, however indirectly.
#[must_use]
pub fn with_below<'a>(made: &'a [Made], id: &str) -> Vec<&'a str> {
    let mut out: Vec<&str> = made.iter().filter(|m| m.id == id).map(|m| m.id.as_str()).collect();
    let mut next = 0;
    while let Some(parent) = out.get(next).copied() {
        next += 1;
        for m in made.iter().filter(|m| m.parent.as_deref() == Some(parent)) {
            if !out.contains(&m.id.as_str()) {
                out.push(&m.id);
            }
        }
    }
    out
}
