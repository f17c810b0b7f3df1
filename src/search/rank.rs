//! The best of what answers: chosen out of all entries in one pass, and looked at again for what only positions and the
//! shape of the passage tell.

use super::lists::Entry;
use super::plan::Word;
use super::segment::{Origin, Places, Segment};
use super::types::Sort;
use super::without::{Step, Without};
use std::cmp::Ordering;
use std::io;

/// How much nearness can add to a score.
const NEARNESS: f32 = 0.6;

/// An entry among all segments.
#[derive(Clone, Copy)]
pub(super) struct Candidate {
    pub segment: u32,
    pub doc: u32,
    pub score: f32,
    pub origin: Origin,
}

impl Candidate {
    /// What is left of ties goes by document and place, whatever the segments.
    fn place(&self) -> (Option<crate::doc::DocId>, u32, u32) {
        (self.origin.doc, self.segment, self.doc)
    }

    fn compare(&self, other: &Candidate, sort: Sort) -> Ordering {
        let place = || self.place().cmp(&other.place());
        let score = || other.score.total_cmp(&self.score);
        match sort {
            // of two editions that say the same the later one comes first
            Sort::Score => score().then_with(|| other.origin.year.cmp(&self.origin.year)).then_with(place),
            Sort::Order => place(),
            Sort::Year => other.origin.year.cmp(&self.origin.year).then_with(score).then_with(place),
        }
    }
}

/// The first `count` entries in the order asked for.
pub(super) fn best(segments: &[Segment], lists: &[Vec<Entry>], count: usize, sort: Sort) -> Vec<Candidate> {
    if count == 0 {
        return Vec::new();
    }
    // room for some more than wanted: sorted out now and then, not for each entry
    let room = count * 2 + 256;
    let mut kept: Vec<Candidate> = Vec::with_capacity(room);
    let mut least: Option<Candidate> = None;
    for (number, (segment, list)) in segments.iter().zip(lists).enumerate() {
        let mut run = 0;
        for e in list {
            // most entries fall off by their score alone
            if sort == Sort::Score && least.is_some_and(|l| e.score < l.score) {
                continue;
            }
            let doc = e.doc;
            while segment.runs.get(run + 1).is_some_and(|r| r.first <= doc) {
                run += 1;
            }
            let c = Candidate { segment: number as u32, doc, score: e.score, origin: segment.origin_of(run) };
            if least.is_some_and(|l| c.compare(&l, sort) != Ordering::Less) {
                continue;
            }
            kept.push(c);
            if kept.len() == room {
                kept.select_nth_unstable_by(count - 1, |a, b| a.compare(b, sort));
                kept.truncate(count);
                least = kept.last().copied();
            }
        }
    }
    kept.sort_unstable_by(|a, b| a.compare(b, sort));
    kept.truncate(count);
    kept
}

/// Raises those that have the words of the query near each other and in its order, lowers those that are lists rather
/// than text, and sorts anew.
pub(super) fn look_again(
    segments: &[Segment],
    words: &[&Word],
    best: &mut [Candidate],
    without: Without,
) -> io::Result<()> {
    let mut order: Vec<usize> = (0..best.len()).collect();
    order.sort_unstable_by_key(|&i| (best[i].segment, best[i].doc));
    let terms: Vec<_> = words.iter().map(|w| w.terms()).collect();
    let mut open: Option<(u32, Vec<Places>)> = None;
    let mut at: Vec<Vec<u32>> = vec![Vec::new(); words.len()];
    for i in order {
        let c = &mut best[i];
        let segment = &segments[c.segment as usize];
        if !without.has(Step::Shape) {
            c.score *= segment.shape(c.doc).factor();
        }
        if words.len() < 2 || without.has(Step::Nearness) {
            continue;
        }
        let places = match open.take() {
            Some(same) if same.0 == c.segment => &mut open.insert(same).1,
            _ => {
                let places = terms.iter().map(|t| segment.places(t)).collect::<io::Result<Vec<_>>>()?;
                &mut open.insert((c.segment, places)).1
            }
        };
        places.iter_mut().zip(&mut at).for_each(|(p, at)| p.positions(c.doc, at));
        c.score *= 1.0 + NEARNESS * nearness(&at);
    }
    best.sort_unstable_by(|a, b| a.compare(b, Sort::Score));
    Ok(())
}

/// How near words that follow each other in the query stand in a passage: 1 when all of them do there too.
fn nearness(at: &[Vec<u32>]) -> f32 {
    let pair = |a: &[u32], b: &[u32]| -> f32 {
        let mut best = 0.0_f32;
        for &x in a {
            let i = b.partition_point(|&y| y <= x);
            // in the order of the query a little better than the other way round
            if let Some(&y) = b.get(i) {
                best = best.max(1.0 / (y - x) as f32);
            }
            // both in one compound
            if i.checked_sub(1).is_some_and(|i| b[i] == x) {
                best = 1.0;
            }
            if let Some(&y) = b[..i].iter().rev().find(|&&y| y < x) {
                best = best.max(0.8 / (x - y) as f32);
            }
        }
        best
    };
    let pairs = at.windows(2).map(|w| pair(&w[0], &w[1]));
    pairs.sum::<f32>() / (at.len() - 1) as f32
}
