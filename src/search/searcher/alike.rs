//! The same passage in other places of the library: all entries are held against the prints of those asked for, in one
//! pass over a column of the index.

use super::{AWAY, Searcher};
use crate::doc::{DocId, TextRange};
use crate::search::SearchError;
use crate::search::index::guarded;
use crate::search::likeness::{NONE, same};
use crate::search::segment::{Origin, Segment};
use crate::search::types::{Also, HitKind};
use rustc_hash::FxHashMap;

/// Passages with fewer terms are headings, items and formulas: that they come again says nothing.
const LEAST: u32 = 16;

/// An entry of the index.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Entry {
    segment: u32,
    doc: u32,
}

impl Searcher {
    /// For each place in a document the other places in the library where (nearly) the same passage stands, in the order
    /// of the library; figures are the same in all of them. Nothing for a passage of a few words, and for a place the
    /// index doesn't hold. `cancel` is asked now and then whether to stop.
    ///
    /// # Errors
    /// [`SearchError::Cancelled`] when called off; others when the index cannot be read.
    pub fn alike(
        &self,
        places: &[(DocId, TextRange)],
        cancel: &dyn Fn() -> bool,
    ) -> Result<Vec<Vec<Also>>, SearchError> {
        guarded(&self.dir, || self.alike_to(places, cancel))
    }

    fn alike_to(
        &self,
        places: &[(DocId, TextRange)],
        cancel: &dyn Fn() -> bool,
    ) -> Result<Vec<Vec<Also>>, SearchError> {
        let mut runs: FxHashMap<DocId, Vec<(u32, u32, u32)>> = FxHashMap::default();
        for (at, segment) in (0..).zip(self.segments.iter()) {
            for (first, end, origin) in runs_of(segment) {
                if let Some(doc) = origin.doc {
                    runs.entry(doc).or_default().push((at, first, end));
                }
            }
        }
        // what is asked for, by the figures in it: only what has the same can be the same
        let mut wanted: FxHashMap<u8, Vec<(u64, Entry, Vec<usize>)>> = FxHashMap::default();
        for (at, (doc, range)) in places.iter().enumerate() {
            if cancel() {
                return Err(SearchError::Cancelled);
            }
            let runs = runs.get(doc).map(Vec::as_slice).unwrap_or_default();
            let Some(entry) = self.entry_at(runs, range.start)? else { continue };
            let segment = &self.segments[entry.segment as usize];
            let print = segment.print(entry.doc);
            if print == NONE || segment.norms.fieldnorm(entry.doc) < LEAST {
                continue;
            }
            let alike = wanted.entry(print as u8).or_default();
            match alike.iter_mut().find(|(_, e, _)| *e == entry) {
                Some((.., asked)) => asked.push(at),
                None => alike.push((print, entry, vec![at])),
            }
        }
        let mut out = vec![Vec::new(); places.len()];
        if wanted.is_empty() {
            return Ok(out);
        }
        for (at, segment) in (0..).zip(self.segments.iter()) {
            for (first, end, origin) in runs_of(segment) {
                if cancel() {
                    return Err(SearchError::Cancelled);
                }
                let Some(of) = origin.doc else { continue };
                for doc in first..end {
                    let print = segment.print(doc);
                    let Some(candidates) = wanted.get(&(print as u8)) else { continue };
                    for (_, own, asked) in candidates.iter().filter(|(p, ..)| same(*p, print)) {
                        let entry = Entry { segment: at, doc };
                        let near = own.segment == at
                            && own.doc.abs_diff(doc) < AWAY
                            && places.get(asked[0]).is_some_and(|(d, _)| *d == of);
                        if *own == entry || near || !segment.alive(doc) || segment.norms.fieldnorm(doc) < LEAST {
                            continue;
                        }
                        if let Some(also) = self.also(at, doc)? {
                            asked.iter().for_each(|&i| out[i].push(also.clone()));
                        }
                    }
                }
            }
        }
        Ok(out)
    }

    /// The passage that a byte of a document lies in. Passages of a document stand in the order of its text.
    fn entry_at(&self, runs: &[(u32, u32, u32)], byte: u32) -> Result<Option<Entry>, SearchError> {
        for &(segment, first, end) in runs {
            let stored = |doc: u32| self.stored(segment, doc);
            if stored(first)?.kind != HitKind::Text {
                continue;
            }
            let (mut low, mut high) = (first, end);
            while high - low > 1 {
                let middle = low + (high - low) / 2;
                match stored(middle)?.range.start <= byte {
                    true => low = middle,
                    false => high = middle,
                }
            }
            if stored(low)?.range.contains(byte) && self.segments[segment as usize].alive(low) {
                return Ok(Some(Entry { segment, doc: low }));
            }
        }
        Ok(None)
    }
}

/// The runs of a segment with their ends.
fn runs_of(segment: &Segment) -> impl Iterator<Item = (u32, u32, Origin)> + '_ {
    let runs = &segment.runs;
    (0..runs.len()).filter(|&i| runs[i].of.is_some()).map(move |i| {
        let end = runs.get(i + 1).map_or(segment.max_doc(), |r| r.first);
        (runs[i].first, end, segment.origin_of(i))
    })
}
