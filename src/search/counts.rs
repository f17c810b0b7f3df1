//! Totals over all that answers: exact, whatever is shown of it.

use super::lists::Entry;
use super::schema::Class;
use super::segment::{Origin, Segment};
use super::types::{Facets, Results};
use crate::doc::DocId;
use std::collections::BTreeMap;
use std::io;

/// How many answer, in how many reports, and how many in each document; with `facets` by the other sides too.
pub(super) fn counted(segments: &[Segment], lists: &[Vec<Entry>], facets: bool) -> io::Result<Results> {
    let mut per_part: BTreeMap<(DocId, u32), u32> = BTreeMap::new();
    let mut years: BTreeMap<i32, u32> = BTreeMap::new();
    for (s, list) in segments.iter().zip(lists) {
        let mut left = &list[..];
        let mut run = 0;
        while let Some(first) = left.first() {
            // from run to run while entries are many, in a leap when they are few
            if s.runs.get(run + 1).is_some_and(|r| r.first <= first.doc) {
                run += s.runs[run + 1..].partition_point(|r| r.first <= first.doc);
            }
            let end = s.runs.get(run + 1).map_or(u32::MAX, |r| r.first);
            let here = left.partition_point(|e| e.doc < end);
            if let Some(Origin { doc, part, year }) = s.runs[run].of {
                if let Some(doc) = doc {
                    *per_part.entry((doc, part)).or_default() += here as u32;
                }
                if let Some(year) = year {
                    *years.entry(year).or_default() += here as u32;
                }
            }
            left = &left[here..];
        }
    }
    let mut per_doc: Vec<(DocId, u32)> = Vec::new();
    for (&(doc, _), &n) in &per_part {
        match per_doc.last_mut() {
            Some(last) if last.0 == doc => last.1 += n,
            _ => per_doc.push((doc, n)),
        }
    }
    let facets = match facets {
        false => Facets::default(),
        true => {
            let orgs = named(segments, lists, Class::OrgName)?;
            let knelpunten = named(segments, lists, Class::KnelpuntId)?;
            let mut parts: Vec<_> = per_part.iter().map(|(part, n)| (*part, *n)).collect();
            parts.sort_by_key(|(part, n)| (std::cmp::Reverse(*n), *part));
            Facets { orgs, years: years.into_iter().collect(), parts, knelpunten }
        }
    };
    let total = lists.iter().map(|l| l.len() as u64).sum();
    Ok(Results { total, reports: per_part.len() as u64, per_doc, facets, ..Results::default() })
}

/// How many have each value of a class, most first.
fn named(segments: &[Segment], lists: &[Vec<Entry>], class: Class) -> io::Result<Vec<(String, u32)>> {
    let mut out: BTreeMap<String, u32> = BTreeMap::new();
    for (s, list) in segments.iter().zip(lists).filter(|(_, list)| !list.is_empty()) {
        for (name, stretches) in s.facet(class)?.iter() {
            let before = |doc: u32| list.partition_point(|e| e.doc < doc);
            let n: usize = stretches.iter().map(|&(from, to)| before(to) - before(from)).sum();
            if n > 0 {
                *out.entry(name.clone()).or_default() += n as u32;
            }
        }
    }
    let mut out: Vec<_> = out.into_iter().collect();
    out.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    Ok(out)
}
