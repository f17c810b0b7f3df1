//! What the notes of a report say about each other: they stand in an order, and most of them keep it.
//!
//! Those found beyond doubt that have kept their order are the backbone: the increasing subsequence of most weight (C.
//! Schensted, "Longest increasing and decreasing subsequences", Canadian Journal of Mathematics 13, 1961, with weights). A
//! note found beside it has moved; one for which equally much speaks at several places is at the one between its neighbours.

use super::passage::Finding;
use super::{Anchor, State};
use crate::doc::{Edition, TextRange};
use crate::notes::Position;
use crate::notes::anchor::evidence::Place;
use std::collections::BTreeMap;

/// The widest stretch between two neighbours, in bytes, that says where a note between them is although copies of its words
/// may have gone: some pages.
const NEAR: u32 = 6000;

/// A note in the order of its report.
pub(super) struct Ordered<'f> {
    pub finding: &'f mut Finding,
    /// The edition that the note was made on, and where.
    pub made: Option<(Edition, Position)>,
    /// How often its words are known to have stood there.
    pub times: Option<u32>,
    /// What its words are, to know notes on the same words.
    pub words: &'f str,
    /// The reader has accepted its place: it is where it is, whatever the others say.
    pub accepted: bool,
}

/// Settles ties by order, and says of notes that left the order that they have moved. Places of notes made on different
/// editions can't be compared, so each edition is looked at by itself. `found` makes the anchor of a place.
pub(super) fn settle(notes: &mut [Ordered<'_>], found: impl Fn(usize, &Place) -> Anchor) {
    let mut editions: BTreeMap<Edition, Vec<usize>> = BTreeMap::new();
    for (i, note) in notes.iter().enumerate() {
        if let Some((edition, _)) = note.made {
            editions.entry(edition).or_default().push(i);
        }
    }
    for mut group in editions.into_values() {
        group.sort_by_key(|i| notes[*i].made.map(|(_, p)| (p.start, p.end)));
        same_words_in_order(notes, &group, &found);
        let backbone = backbone(notes, &group);
        between_neighbours(notes, &group, &backbone, &found);
        for i in group {
            let note = &mut notes[i];
            if note.finding.anchor.state == State::Exact && !note.accepted && !backbone.contains(&i) {
                note.finding.anchor.state = State::Moved;
            }
        }
    }
}

/// Notes on all copies of the same words, as many as there still are: the first is the first.
fn same_words_in_order(notes: &mut [Ordered<'_>], group: &[usize], found: &impl Fn(usize, &Place) -> Anchor) {
    let mut by_words: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for i in group.iter().filter(|i| !notes[**i].finding.tied.is_empty()) {
        by_words.entry(notes[*i].words.to_owned()).or_default().push(*i);
    }
    for same in by_words.into_values() {
        let places = |i: usize| {
            let mut ranges: Vec<TextRange> = notes[i].finding.tied.iter().map(|p| p.range).collect();
            ranges.sort_unstable();
            ranges
        };
        let all = places(same[0]);
        let starts_differ =
            same.windows(2).all(|w| notes[w[0]].made.map(|m| m.1.start) < notes[w[1]].made.map(|m| m.1.start));
        let every = same.iter().all(|i| places(*i) == all && notes[*i].finding.anchor.places == all.len())
            && notes[same[0]].times == Some(all.len() as u32);
        if !starts_differ || !every || same.len() != all.len() {
            continue;
        }
        for (i, range) in same.into_iter().zip(all) {
            let place = notes[i].finding.tied.iter().find(|p| p.range == range).cloned();
            if let Some(place) = place {
                notes[i].finding.anchor = found(i, &place);
                notes[i].finding.tied.clear();
            }
        }
    }
}

/// The notes found that keep their order, as indices.
fn backbone(notes: &[Ordered<'_>], group: &[usize]) -> Vec<usize> {
    let standing: Vec<(usize, u32, u32)> = group
        .iter()
        .filter_map(|i| {
            let note = &notes[*i];
            let range = note.finding.anchor.range?;
            let weight = match note.finding.anchor.state {
                _ if note.accepted => return None,
                State::Exact => 4,
                State::Moved | State::Changed => 1,
                _ => return None,
            };
            Some((*i, range.start, weight))
        })
        .collect();
    // at[k]: the most weight of a sequence that ends with the k-th, and what stands before it there; prefix maxima by place
    let mut places: Vec<u32> = standing.iter().map(|s| s.1).collect();
    places.sort_unstable();
    places.dedup();
    let mut best: Vec<(u64, usize)> = vec![(0, usize::MAX); places.len() + 1];
    let mut before = vec![usize::MAX; standing.len()];
    let mut total = (0, usize::MAX);
    for (k, (_, start, weight)) in standing.iter().enumerate() {
        let rank = places.partition_point(|p| p < start) + 1;
        let mut found = (0, usize::MAX);
        let mut r = rank;
        while r > 0 {
            if best[r].0 > found.0 {
                found = best[r];
            }
            r &= r - 1;
        }
        before[k] = found.1;
        let sum = found.0 + u64::from(*weight);
        if sum > total.0 {
            total = (sum, k);
        }
        let mut r = rank;
        while r < best.len() {
            if sum > best[r].0 {
                best[r] = (sum, k);
            }
            r += r & r.wrapping_neg();
        }
    }
    let mut kept = Vec::new();
    let mut k = total.1;
    while k != usize::MAX {
        kept.push(standing[k].0);
        k = before[k];
    }
    kept.reverse();
    kept
}

/// A note for which equally much speaks at several places is at the only one of them between its neighbours: when no copy of
/// its words has gone, or the neighbours are near.
fn between_neighbours(
    notes: &mut [Ordered<'_>],
    group: &[usize],
    backbone: &[usize],
    found: &impl Fn(usize, &Place) -> Anchor,
) {
    for &i in group.iter().filter(|i| !notes[**i].finding.tied.is_empty()).collect::<Vec<_>>() {
        let Some((_, made)) = notes[i].made else { continue };
        let old = |j: &&usize| notes[**j].made.map(|m| m.1);
        let here = |j: &usize| notes[*j].finding.anchor.range;
        let before = backbone.iter().rfind(|j| old(j).is_some_and(|p| p.end <= made.start)).and_then(here);
        let after = backbone.iter().find(|j| old(j).is_some_and(|p| p.start >= made.end)).and_then(here);
        let from = before.map_or(0, |r| r.end);
        let to = after.map_or(u32::MAX, |r| r.start);
        let finding = &notes[i].finding;
        let mut inside = finding.tied.iter().filter(|p| p.range.start >= from && p.range.end <= to);
        let (Some(place), None) = (inside.next().cloned(), inside.next()) else { continue };
        let all_there = notes[i].times == u32::try_from(finding.anchor.places).ok() && notes[i].times.is_some();
        let near = before.is_some() && after.is_some() && to - from <= NEAR && notes[i].times.is_none();
        if all_there || near {
            notes[i].finding.anchor = found(i, &place);
            notes[i].finding.tied.clear();
        }
    }
}
