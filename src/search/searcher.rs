//! Answers queries: counts all that answers, ranks, and makes hits of what is asked for.

use super::entry::{Stored, doc_key};
use super::eval::Evaluator;
use super::index::failed;
use super::lists::Entry;
use super::marks::{Marker, snippet};
use super::plan::{Plan, Word};
use super::query::Query;
use super::rows::with_heads;
use super::schema::{Class, Fields, STEM};
use super::segment::{Origin, Places, Segment};
use super::types::{Hit, HitKind, Options, Results, SearchError, Sort, Texts, Why};
use crate::doc::{DocId, Edition};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use tantivy::schema::Value;
use tantivy::{DocAddress, TantivyDocument};

/// So many of the best are looked at again for how near to each other they have the words.
const LOOKED_AT: usize = 200;
/// How much nearness can add to a score.
const NEARNESS: f32 = 0.6;

/// An unchanging view of the index, to be searched from any thread. Cheap to clone.
#[derive(Clone)]
pub struct Searcher {
    inner: tantivy::Searcher,
    segments: Arc<[Segment]>,
    fields: Fields,
    dir: Arc<Path>,
}

/// An entry among all segments.
#[derive(Clone, Copy)]
struct Candidate {
    segment: u32,
    doc: u32,
    score: f32,
    origin: Origin,
}

impl Searcher {
    pub(super) fn new(inner: tantivy::Searcher, fields: Fields, dir: &Path) -> Result<Searcher, SearchError> {
        let open = |s: &tantivy::SegmentReader| Segment::open(s.clone(), fields);
        let segments: Result<Vec<_>, _> = inner.segment_readers().iter().map(open).collect();
        let segments = segments.map_err(|e| failed(dir, e))?.into();
        Ok(Searcher { inner, segments, fields, dir: dir.into() })
    }

    /// Answers a query. `texts` gives the text snippets are cut from, `cancel` is asked now and then whether to stop.
    ///
    /// # Errors
    /// [`SearchError::Cancelled`] when called off; others when the index cannot be read.
    pub fn search(
        &self,
        query: &Query,
        options: &Options,
        texts: &dyn Texts,
        cancel: &dyn Fn() -> bool,
    ) -> Result<Results, SearchError> {
        if query.is_empty() {
            return Ok(Results::default());
        }
        let plan = Plan::new(query, options.last_is_prefix);
        let evaluator = Evaluator::new(&self.segments, self.inner.num_docs(), cancel);
        let lists = evaluator.answers(&plan.root).map_err(|s| s.error(&self.dir))?;
        let mut results = self.counted(&lists);
        let until = options.offset.saturating_add(options.limit);
        let mut best = self.best(&lists, until.max(LOOKED_AT), options.sort);
        if options.sort == Sort::Score && plan.sequence.len() > 1 {
            let looked_at = best.len().min(LOOKED_AT);
            self.look_again(&plan.sequence, &mut best[..looked_at]).map_err(|e| failed(&self.dir, e.into()))?;
        }
        let mut marker = Marker::new(&plan);
        for c in best.iter().take(until).skip(options.offset) {
            if cancel() {
                return Err(SearchError::Cancelled);
            }
            results.hits.push(self.hit(c, options.snippets.then_some((texts, &mut marker)))?);
        }
        Ok(results)
    }

    /// Whether this edition of a document is what the index holds under its key.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn contains(&self, doc: DocId, edition: Edition) -> Result<bool, SearchError> {
        let value = format!("{}{}", doc_key(doc), edition.hex());
        for s in self.segments.iter() {
            let found = s.label(Class::Edition, &value).map_err(|e| failed(&self.dir, e.into()))?;
            if found.iter().next().is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// All documents in the index with their editions, ascending.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn docs(&self) -> Result<BTreeMap<DocId, Edition>, SearchError> {
        let mut out = BTreeMap::new();
        for s in self.segments.iter() {
            let living = s.labels_living(Class::Edition).map_err(|e| failed(&self.dir, e.into()))?;
            for value in living {
                let parts = value.split_at_checked(16);
                let read = parts.and_then(|(key, hex)| {
                    Some((DocId(u64::from_str_radix(key, 16).ok()?), Edition::parse(&format!("blake3:{hex}"))?))
                });
                out.extend(read);
            }
        }
        Ok(out)
    }

    /// How many passages and notes the index holds.
    #[must_use]
    pub fn passages(&self) -> u64 {
        self.segments.iter().map(|s| s.all().iter().count() as u64).sum()
    }

    /// Totals over all entries that answer.
    fn counted(&self, lists: &[Vec<Entry>]) -> Results {
        let mut per_doc: BTreeMap<DocId, u32> = BTreeMap::new();
        let mut parts: Vec<(DocId, u32)> = Vec::new();
        for (s, list) in self.segments.iter().zip(lists) {
            let mut left = &list[..];
            for (i, run) in s.runs.iter().enumerate() {
                if left.is_empty() {
                    break;
                }
                let end = s.runs.get(i + 1).map_or(u32::MAX, |r| r.first);
                let here = left.partition_point(|e| e.doc < end);
                if let (1.., Some(Origin { doc: Some(doc), part, .. })) = (here, run.of) {
                    *per_doc.entry(doc).or_default() += here as u32;
                    parts.push((doc, part));
                }
                left = &left[here..];
            }
        }
        parts.sort_unstable();
        parts.dedup();
        let total = lists.iter().map(|l| l.len() as u64).sum();
        let (reports, per_doc) = (parts.len() as u64, per_doc.into_iter().collect());
        Results { total, reports, per_doc, ..Results::default() }
    }

    /// The first `count` entries in the order asked for. Ties go by document and place, whatever the segments.
    fn best(&self, lists: &[Vec<Entry>], count: usize, sort: Sort) -> Vec<Candidate> {
        let mut all: Vec<(f32, u32, u32)> = Vec::with_capacity(lists.iter().map(Vec::len).sum());
        for (segment, list) in lists.iter().enumerate() {
            all.extend(list.iter().map(|e| (e.score, segment as u32, e.doc)));
        }
        if sort == Sort::Score && all.len() > count {
            // what is below the last score that can be shown need not be sorted
            let mut scores: Vec<f32> = all.iter().map(|c| c.0).collect();
            let (_, &mut least, _) = scores.select_nth_unstable_by(count - 1, |a, b| b.total_cmp(a));
            all.retain(|c| c.0 >= least);
        }
        let candidate = |&(score, segment, doc): &(f32, u32, u32)| Candidate {
            segment,
            doc,
            score,
            origin: self.segments[segment as usize].origin(doc),
        };
        let mut out: Vec<Candidate> = all.iter().map(candidate).collect();
        let place = |c: &Candidate| (c.origin.doc, c.segment, c.doc);
        match sort {
            Sort::Score => out.sort_unstable_by(|a, b| b.score.total_cmp(&a.score).then(place(a).cmp(&place(b)))),
            Sort::Order => out.sort_unstable_by_key(place),
            Sort::Year => out.sort_unstable_by(|a, b| {
                let score = b.score.total_cmp(&a.score);
                b.origin.year.cmp(&a.origin.year).then(score).then(place(a).cmp(&place(b)))
            }),
        }
        out.truncate(count);
        out
    }

    /// Raises those that have the words of the query near each other and in its order, and sorts anew.
    fn look_again(&self, words: &[Word], best: &mut [Candidate]) -> std::io::Result<()> {
        let mut order: Vec<usize> = (0..best.len()).collect();
        order.sort_unstable_by_key(|&i| (best[i].segment, best[i].doc));
        let mut open: Option<(u32, Vec<Places>)> = None;
        let mut at: Vec<Vec<u32>> = vec![Vec::new(); words.len()];
        for i in order {
            let c = &mut best[i];
            let places = match open.take() {
                Some(same) if same.0 == c.segment => &mut open.insert(same).1,
                _ => {
                    let s = &self.segments[c.segment as usize];
                    let places = words.iter().map(|w| s.places(&terms(w))).collect::<std::io::Result<Vec<_>>>()?;
                    &mut open.insert((c.segment, places)).1
                }
            };
            places.iter_mut().zip(&mut at).for_each(|(p, at)| p.positions(c.doc, at));
            c.score *= 1.0 + NEARNESS * nearness(&at);
        }
        // stable: ties stay in the order they have
        best.sort_by(|a, b| b.score.total_cmp(&a.score));
        Ok(())
    }

    fn hit(&self, c: &Candidate, show: Option<(&dyn Texts, &mut Marker)>) -> Result<Hit, SearchError> {
        let corrupt = |reason: &str| SearchError::Corrupt { path: self.dir.to_path_buf(), reason: reason.into() };
        let entry: TantivyDocument =
            self.inner.doc(DocAddress::new(c.segment, c.doc)).map_err(|e| failed(&self.dir, e))?;
        let bytes =
            entry.get_first(self.fields.stored).and_then(|v| v.as_bytes()).ok_or_else(|| corrupt("no entry"))?;
        let stored: Stored = postcard::from_bytes(bytes).map_err(|e| corrupt(&e.to_string()))?;
        let (mut why, mut shown, mut marks, mut mark_why) = (Vec::new(), String::new(), Vec::new(), Vec::new());
        if let Some((texts, marker)) = show {
            let text = match (stored.kind, stored.doc) {
                (HitKind::Text, Some(doc)) => {
                    let own = texts.text(doc, stored.range).unwrap_or_default();
                    match stored.heads.and_then(|heads| texts.text(doc, heads)) {
                        Some(heads) => with_heads(&heads, &own),
                        None => own,
                    }
                }
                _ => stored.text,
            };
            let found = marker.marks(&text, stored.lang);
            why = found.iter().map(|m| m.why).collect::<Vec<Why>>();
            why.sort_unstable();
            why.dedup();
            (shown, marks, mark_why) = snippet(&text, &found);
        }
        Ok(Hit {
            doc: stored.doc,
            kind: stored.kind,
            note: stored.note,
            report: stored.report,
            part: stored.part,
            org: stored.org,
            year: stored.year,
            section: stored.section,
            section_id: stored.section_id,
            range: stored.range,
            lines: stored.lines,
            page: stored.page,
            score: c.score,
            why,
            snippet: shown,
            marks,
            mark_why,
            knelpunten: stored.knelpunten,
            also: Vec::new(),
        })
    }
}

/// What a word is looked up by, with positions.
fn terms(w: &Word) -> Vec<String> {
    if w.stems.is_empty() { w.forms.clone() } else { w.stems.iter().map(|s| format!("{STEM}{s}")).collect() }
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
            if let Some(&y) = i.checked_sub(1).and_then(|i| b.get(i)).filter(|&&y| y < x) {
                best = best.max(0.8 / (x - y) as f32);
            }
        }
        best
    };
    let pairs = at.windows(2).map(|w| pair(&w[0], &w[1]));
    pairs.sum::<f32>() / (at.len() - 1) as f32
}
