//! Answers queries: counts all that answers, ranks, and makes hits of what is asked for.

mod alike;

use super::entry::Stored;
use super::eval::Evaluator;
use super::index::{damaged, guarded};
use super::marks::{Marker, snippet};
use super::plan::Plan;
use super::query::Query;
use super::rank::{Candidate, best, look_again};
use super::rows::with_heads;
use super::schema::{Class, Fields};
use super::segment::Segment;
use super::types::{Also, Hit, HitKind, Options, Results, SearchError, Sort, Texts, Why};
use super::without::Without;
use super::{counts, likeness, resolve};
use crate::doc::{DocId, Edition};
use crate::lang::Analyser;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use tantivy::{Executor, SegmentReader};

/// So many of the best are looked at again for how near to each other they have the words.
const LOOKED_AT: usize = 200;
/// An index of so many entries is looked through by so many threads.
const LARGE: u64 = 400_000;
const AT_ONCE: usize = 4;
/// So many times the hits wanted are chosen when those that are the same become one.
const ALIKE: usize = 4;
/// Of more than so many hits, those further down are not held against the others.
const COMPARED: usize = 4000;
/// In one document passages are the same only when they have so many terms and lie so many entries apart: rows of a table
/// and items of a list are alike without being repeated.
const LONG: u32 = 60;
const AWAY: u32 = 10;

/// An unchanging view of the index, to be searched from any thread. Cheap to clone.
#[derive(Clone)]
pub struct Searcher {
    segments: Arc<[Segment]>,
    dir: Arc<Path>,
    /// Looks through the segments of a large index at once.
    pool: Executor,
    /// Remembers the words of queries and snippets from one query to the next.
    analyser: Arc<Mutex<Analyser>>,
}

/// The threads for these segments: only where there is enough to do for them.
fn pool_for(pool: Executor, segments: &[Segment]) -> Executor {
    let entries: u64 = segments.iter().map(|s| u64::from(s.max_doc())).sum();
    match pool {
        Executor::SingleThread if entries >= LARGE && segments.len() > 1 => {
            Executor::multi_thread(AT_ONCE, "search-").unwrap_or_else(|_| Executor::single_thread())
        }
        other => other,
    }
}

/// The analyser while a query is answered; another query at the same time begins with an empty one.
struct Lent<'a> {
    home: &'a Mutex<Analyser>,
    analyser: Analyser,
}

impl Lent<'_> {
    fn new(home: &Mutex<Analyser>) -> Lent<'_> {
        let analyser = std::mem::take(&mut *home.lock().unwrap_or_else(PoisonError::into_inner));
        Lent { home, analyser }
    }
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        *self.home.lock().unwrap_or_else(PoisonError::into_inner) = std::mem::take(&mut self.analyser);
    }
}

impl Searcher {
    /// Over these segments; what was read of them `before` is not read again.
    pub(super) fn new(
        readers: Vec<SegmentReader>,
        fields: Fields,
        dir: &Path,
        before: Option<&Searcher>,
    ) -> Result<Searcher, SearchError> {
        let known = |r: &SegmentReader| before.and_then(|b| b.segments.iter().find(|s| s.is(r)));
        let open = |r: SegmentReader| match known(&r) {
            Some(segment) => Ok(segment.again(r)),
            None => Segment::open(r, fields),
        };
        let segments: Result<Vec<_>, _> = readers.into_iter().map(open).collect();
        let segments: Arc<[Segment]> = segments.map_err(|e| damaged(dir, e))?.into();
        let analyser = before.map(|b| b.analyser.clone()).unwrap_or_default();
        let pool = before.map_or_else(Executor::single_thread, |b| b.pool.clone());
        Ok(Searcher { pool: pool_for(pool, &segments), segments, dir: dir.into(), analyser })
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
        guarded(&self.dir, || self.answer(query, options, texts, cancel))
    }

    /// What marks the words of a query in a text, with all that the words of the library add to it.
    pub(super) fn marker(&self, query: &Query, open: bool, analyser: &mut Analyser) -> std::io::Result<Marker> {
        let mut plan = Plan::new(query, open, analyser);
        resolve::resolve(&mut plan, query, open, &self.segments, analyser, Without::default())?;
        Ok(Marker::new(&plan))
    }

    fn answer(
        &self,
        query: &Query,
        options: &Options,
        texts: &dyn Texts,
        cancel: &dyn Fn() -> bool,
    ) -> Result<Results, SearchError> {
        let io = |e: std::io::Error| damaged(&self.dir, e.into());
        let mut lent = Lent::new(&self.analyser);
        let analyser = &mut lent.analyser;
        let mut plan = Plan::new(query, options.last_is_prefix, analyser);
        let typing = options.last_is_prefix;
        let resolved =
            resolve::resolve(&mut plan, query, typing, &self.segments, analyser, options.without).map_err(io)?;
        plan.without(options.without);
        let living = self.segments.iter().map(Segment::living).sum();
        let evaluator = Evaluator::new(&self.segments, living, cancel, &self.pool, options.without);
        let lists = evaluator.answers(&plan.root).map_err(|s| s.error(&self.dir))?;
        let mut results = counts::counted(&self.segments, &lists, options.facets).map_err(io)?;
        (results.suggestion, results.said) = (resolved.suggestion, resolved.said);
        let until = options.offset.saturating_add(options.limit);
        // of those that are the same as another one hit is made
        let wanted = if options.collapse { until.saturating_mul(ALIKE) } else { until };
        let mut best = best(&self.segments, &lists, wanted.max(LOOKED_AT), options.sort);
        if options.sort == Sort::Score {
            let looked_at = best.len().min(LOOKED_AT);
            look_again(&self.segments, &plan.root.sequence(), &mut best[..looked_at], options.without).map_err(io)?;
        }
        let looked_at = &best[..best.len().min(COMPARED)];
        let mut groups = likeness::groups(&self.prints(looked_at), |a, b| self.apart(&best[a], &best[b]));
        groups.extend(groups.len()..best.len());
        let mut members: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
        groups.iter().enumerate().for_each(|(i, &first)| members.entry(first).or_default().push(i));
        let marker = Marker::new(&plan);
        let shown = (0..best.len()).filter(|&i| !options.collapse || groups[i] == i);
        for i in shown.take(until).skip(options.offset) {
            if cancel() {
                return Err(SearchError::Cancelled);
            }
            let mut hit = self.hit(&best[i], options.snippets.then_some((texts, &marker)), analyser)?;
            let others = members.get(&groups[i]).into_iter().flatten().filter(|&&other| other != i);
            hit.also = others
                .map(|&other| self.also(best[other].segment, best[other].doc))
                .filter_map(Result::transpose)
                .collect::<Result<_, _>>()?;
            results.hits.push(hit);
        }
        Ok(results)
    }

    /// All documents in the index with their editions, ascending.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn docs(&self) -> Result<BTreeMap<DocId, Edition>, SearchError> {
        guarded(&self.dir, || self.editions())
    }

    fn editions(&self) -> Result<BTreeMap<DocId, Edition>, SearchError> {
        let mut out = BTreeMap::new();
        for s in self.segments.iter() {
            let living = s.labels_living(Class::Edition).map_err(|e| damaged(&self.dir, e.into()))?;
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

    /// In how many pieces the index lies.
    #[must_use]
    pub fn pieces(&self) -> usize {
        self.segments.len()
    }

    /// How many passages and notes the index holds.
    #[must_use]
    pub fn passages(&self) -> u64 {
        self.segments.iter().map(|s| s.all().iter().count() as u64).sum()
    }

    fn prints(&self, of: &[Candidate]) -> Vec<u64> {
        of.iter().map(|c| self.segments[c.segment as usize].print(c.doc)).collect()
    }

    /// Whether two passages that are alike are no repetition all the same.
    fn apart(&self, a: &Candidate, b: &Candidate) -> bool {
        let short = || self.segments[a.segment as usize].norms.fieldnorm(a.doc) < LONG;
        a.origin.doc == b.origin.doc && (a.doc.abs_diff(b.doc) < AWAY || short())
    }

    /// A passage as another place of one that is the same; `None` for a note.
    fn also(&self, segment: u32, doc: u32) -> Result<Option<Also>, SearchError> {
        let s = self.stored(segment, doc)?;
        let Some(doc) = s.doc.filter(|_| s.kind == HitKind::Text) else { return Ok(None) };
        let Stored { report, part, year, range, lines, page, .. } = s;
        Ok(Some(Also { doc, report, part, year, range, lines, page }))
    }

    fn stored(&self, segment: u32, doc: u32) -> Result<Stored, SearchError> {
        let corrupt = |reason: &str| SearchError::Corrupt { path: self.dir.to_path_buf(), reason: reason.into() };
        let bytes = self.segments[segment as usize].stored(doc).map_err(|e| damaged(&self.dir, e))?;
        let bytes = bytes.ok_or_else(|| corrupt("no entry"))?;
        postcard::from_bytes(&bytes).map_err(|e| corrupt(&e.to_string()))
    }

    fn hit(
        &self,
        c: &Candidate,
        show: Option<(&dyn Texts, &Marker)>,
        analyser: &mut Analyser,
    ) -> Result<Hit, SearchError> {
        let stored = self.stored(c.segment, c.doc)?;
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
            let found = marker.marks(&text, stored.lang, &stored.others, analyser);
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
