//! Which entries answer a query, and how well. Exact: every entry that answers is in the lists, whatever is shown.
//!
//! Scores are BM25 with a small b and a floor on length, since passages are short: what a report says in one line is not
//! better for being in one line. Frequencies are those of living entries and the mean length is fixed, so that a score
//! depends on what is in the library and not on how the index came to be.

use super::lists::{self, Bits, Entry, add_to, both, union};
use super::plan::{FilterPart, Group, Part, Phrasing, Slot, Word};
use super::query::Field;
use super::query::{numbers, place};
use super::schema::Class;
use super::segment::{Counted, Segment, Weighted, merged};
use super::types::SearchError;
use super::without::{Step, Without};
use std::io;
use tantivy::Executor;

/// BM25's k1 and b (S. Robertson, H. Zaragoza, *The Probabilistic Relevance Framework: BM25 and Beyond*, 2009); b as
/// found best on passages.
const K1: f32 = 1.2;
const B: f32 = 0.35;
/// The length, in terms, below which passages do not gain by being short, and the length taken as the mean.
const FLOOR: u32 = 50;
const MEAN: f32 = 120.0;
/// What a word that only begins so counts beside the word itself.
const PREFIX: f32 = 0.5;
/// How far apart, in words, the parts of a compound may stand that is found in parts.
pub(super) const APART: u32 = 8;
const CONTEXT: f32 = 0.25;
/// What a word counts more that stands in the heading right above the passage.
const HEADING: f32 = 0.3;
/// What is left of the score of an entry that has none of the weight of the query; it grows to 1 with all of it.
const PARTIAL: f32 = 0.35;

/// What a part of a query comes to, in each segment.
struct Found {
    lists: Vec<Vec<Entry>>,
    /// Its weight beside others: how rare it is.
    weight: f32,
}

/// Works a plan out over all segments.
pub(super) struct Evaluator<'a> {
    segments: &'a [Segment],
    total: f32,
    lengths: [f32; 256],
    cancel: &'a dyn Fn() -> bool,
    /// Looks through several segments at once, where that pays.
    pool: &'a Executor,
    without: Without,
}

/// What the clauses of a group come to in one segment.
struct Job<'a> {
    segment: &'a Segment,
    must: Vec<Vec<Entry>>,
    may: Vec<Vec<Entry>>,
    not: Vec<Vec<Entry>>,
    filters: Vec<Bits>,
}

/// What can stop an evaluation.
pub(super) enum Stop {
    Cancelled,
    Io(io::Error),
}

impl From<io::Error> for Stop {
    fn from(e: io::Error) -> Stop {
        Stop::Io(e)
    }
}

impl<'a> Evaluator<'a> {
    pub fn new(
        segments: &'a [Segment],
        total: u64,
        cancel: &'a dyn Fn() -> bool,
        pool: &'a Executor,
        without: Without,
    ) -> Evaluator<'a> {
        let length = |id: usize| {
            let terms = tantivy::fieldnorm::FieldNormReader::id_to_fieldnorm(id as u8).max(FLOOR);
            K1 * (1.0 - B + B * terms as f32 / MEAN)
        };
        Evaluator { segments, total: total as f32, lengths: std::array::from_fn(length), cancel, pool, without }
    }

    /// The entries that answer, ascending in each segment.
    pub fn answers(&self, root: &Group) -> Result<Vec<Vec<Entry>>, Stop> {
        Ok(self.group(root)?.lists)
    }

    fn go_on(&self) -> Result<(), Stop> {
        if (self.cancel)() { Err(Stop::Cancelled) } else { Ok(()) }
    }

    fn part(&self, part: &Part) -> Result<Found, Stop> {
        self.go_on()?;
        match part {
            Part::Word(w) => self.word(w),
            Part::Phrase(slots) => {
                let (words, offsets) = phrase_of(slots);
                let lists = self.each(|s| s.phrase(&words, &offsets))?;
                let mut found = self.scored(lists)?;
                // a phrase says more than its words
                found.weight *= slots.len().min(4) as f32;
                found.lists.iter_mut().flatten().for_each(|e| e.score *= slots.len().min(4) as f32);
                Ok(found)
            }
            Part::Or(parts) => {
                let mut out: Option<Found> = None;
                for p in parts {
                    let next = self.part(p)?;
                    out = Some(match out {
                        None => next,
                        Some(o) => Found {
                            lists: o.lists.into_iter().zip(next.lists).map(|(a, b)| union(a, b)).collect(),
                            weight: o.weight.min(next.weight),
                        },
                    });
                }
                Ok(out.unwrap_or_else(|| self.nothing()))
            }
            Part::Group(g) => self.group(g),
            Part::Filter(f) => {
                let bits = self.each(|s| filter(s, f))?;
                Ok(Found { lists: bits.iter().map(entries).collect(), weight: 0.0 })
            }
        }
    }

    fn each<T: Send>(&self, f: impl Fn(&Segment) -> io::Result<T> + Sync) -> Result<Vec<T>, Stop> {
        self.go_on()?;
        self.at_once(f, self.segments.iter())
    }

    fn at_once<A: Send, T: Send>(
        &self,
        f: impl Fn(A) -> io::Result<T> + Sync,
        of: impl Iterator<Item = A>,
    ) -> Result<Vec<T>, Stop> {
        let all = self.pool.map(|a| Ok(f(a)), of).map_err(io::Error::other)?;
        Ok(all.into_iter().collect::<io::Result<Vec<T>>>()?)
    }

    fn nothing(&self) -> Found {
        Found { lists: vec![Vec::new(); self.segments.len()], weight: 0.0 }
    }

    /// A word by all it is found by: each counts what it is worth, and all together are one word, as rare as they are
    /// together (BM25F: S. Robertson, H. Zaragoza, M. Taylor, *Simple BM25 Extension to Multiple Weighted Fields*, 2004).
    /// Words it only begins count less.
    fn word(&self, w: &Word) -> Result<Found, Stop> {
        let terms = w.terms();
        let mut lists = self.each(|s| s.text(&terms))?;
        if !w.pieces.is_empty() {
            let (words, offsets) = phrase_of(&w.pieces);
            let pieces = self.each(|s| s.phrase(&words, &offsets))?;
            lists = lists.into_iter().zip(pieces).map(|(a, b)| merged(a, b)).collect();
        }
        for p in &w.phrasings {
            let found = self.phrasing(p)?;
            lists = lists.into_iter().zip(found).map(|(a, b)| merged(a, b)).collect();
        }
        let mut found = self.scored(lists)?;
        if !w.prefixes.is_empty() {
            let begun = self.each(|s| {
                let mut all = Vec::new();
                for prefix in &w.prefixes {
                    all = merged(all, s.beginning(prefix)?);
                }
                Ok(all)
            })?;
            let mut begun = self.scored(begun)?;
            begun.lists.iter_mut().flatten().for_each(|e| e.score *= PREFIX);
            found.lists = found.lists.into_iter().zip(begun.lists).map(|(a, b)| union(a, b)).collect();
            found.weight = begun.weight;
        }
        if w.share < 1.0 {
            found.weight *= w.share;
            found.lists.iter_mut().flatten().for_each(|e| e.score *= w.share);
        }
        Ok(found)
    }

    fn phrasing(&self, p: &Phrasing) -> Result<Vec<Vec<Counted>>, Stop> {
        let words: Vec<Vec<Weighted>> = p.words.iter().map(|atom| atom.found_by(!p.in_order)).collect();
        let offsets: Vec<u32> = (0..words.len() as u32).collect();
        let mut lists = self.each(|s| if p.in_order { s.phrase(&words, &offsets) } else { s.near(&words, APART) })?;
        lists.iter_mut().flatten().for_each(|c| c.1 *= p.weight);
        Ok(lists)
    }

    /// BM25 of counted entries.
    fn scored(&self, lists: Vec<Vec<Counted>>) -> Result<Found, Stop> {
        let df = lists.iter().map(Vec::len).sum::<usize>() as f32;
        let weight = (1.0 + (self.total - df + 0.5).max(0.0) / (df + 0.5)).ln();
        let lengths = &self.lengths;
        let score = |(segment, list): (&Segment, Vec<Counted>)| {
            let entry = |(doc, tf): Counted| {
                let length = lengths[segment.norms.fieldnorm_id(doc) as usize];
                Entry { doc, parts: 0, score: weight * tf * (K1 + 1.0) / (tf + length) }
            };
            Ok(list.into_iter().map(entry).collect())
        };
        Ok(Found { lists: self.at_once(score, self.segments.iter().zip(lists))?, weight })
    }

    /// Clauses side by side.
    fn group(&self, g: &Group) -> Result<Found, Stop> {
        let read = |parts: &[Part]| parts.iter().map(|p| self.part(p)).collect::<Result<Vec<_>, _>>();
        let (mut must, mut may, mut not) = (read(&g.must)?, read(&g.may)?, read(&g.not)?);
        let any_of = |any: &Vec<FilterPart>| {
            self.each(|s| any.iter().try_fold(Bits::new(s.max_doc()), |all, f| Ok(either(all, filter(s, f)?))))
        };
        let mut filters = g.filters.iter().map(any_of).collect::<Result<Vec<_>, _>>()?;
        let weights: Vec<f32> = must.iter().chain(&may).map(|f| f.weight).collect();
        self.go_on()?;
        let mut jobs: Vec<Job> = Vec::with_capacity(self.segments.len());
        for (i, segment) in self.segments.iter().enumerate() {
            let of = |all: &mut Vec<Found>| all.iter_mut().map(|f| std::mem::take(&mut f.lists[i])).collect();
            let filters = filters.iter_mut().map(|f| std::mem::replace(&mut f[i], Bits::new(0))).collect();
            jobs.push(Job { segment, must: of(&mut must), may: of(&mut may), not: of(&mut not), filters });
        }
        let without = self.without;
        let lists = self.at_once(|job: Job| job.done(g, &weights, without), jobs.into_iter())?;
        Ok(Found { lists, weight: weights.iter().sum() })
    }
}

impl Job<'_> {
    fn done(mut self, g: &Group, weights: &[f32], without: Without) -> io::Result<Vec<Entry>> {
        // each part with its own bit; past 31 they share the last
        for (k, list) in self.must.iter_mut().chain(&mut self.may).enumerate() {
            list.iter_mut().for_each(|e| e.parts = 1 << k.min(31));
        }
        let take = |lists: &mut Vec<Vec<Entry>>| std::mem::take(lists).into_iter();
        let mut list = match (self.must.len(), self.may.len()) {
            (1.., _) => take(&mut self.must).reduce(|list, next| both(&list, &next)).unwrap_or_default(),
            (0, 1..) => take(&mut self.may).reduce(union).unwrap_or_default(),
            (0, 0) => match self.filters.first() {
                Some(f) => entries(f),
                None => entries(&self.segment.all()),
            },
        };
        self.filters.iter().for_each(|f| list.retain(|e| f.has(e.doc)));
        self.not.iter().for_each(|n| lists::without(&mut list, n));
        // empty where they made the list
        self.may.iter().for_each(|m| add_to(&mut list, m));
        context(self.segment, g, weights, &mut list, without)?;
        Ok(list)
    }
}

/// What the headings and the lead-in around an entry have of the query counts a little, and the more of the whole query
/// an entry has, the better.
fn context(segment: &Segment, g: &Group, weights: &[f32], list: &mut [Entry], without: Without) -> io::Result<()> {
    let all: f32 = weights.iter().sum();
    if all <= 0.0 {
        return Ok(());
    }
    let partial = if without.has(Step::Share) { 1.0 } else { PARTIAL };
    let share = |has: f32| partial + (1.0 - partial) * (has / all) * (has / all);
    let mut around: Vec<(u32, f32, f32, Bits)> = Vec::new();
    let parts = g.must.iter().chain(&g.may).enumerate();
    for (k, part) in parts.filter(|_| !without.has(Step::Context)) {
        let bit = 1 << k.min(31);
        let context = near(segment, part, &[Class::Section, Class::LeadIn])?;
        around.extend(context.map(|bits| (bit, weights[k], CONTEXT, bits)));
        let above = near(segment, part, &[Class::Heading])?;
        around.extend(above.map(|bits| (bit, weights[k], HEADING, bits)));
    }
    // entries with the same parts in them and none around them have the same share
    let mut last = (0, share(0.0));
    for e in list {
        if e.parts != last.0 {
            last = (e.parts, share(sum(weights, e.parts)));
        }
        let (mut context, mut more) = (0.0, 0.0);
        for (bit, weight, counts, bits) in &around {
            if bits.has(e.doc) {
                context += counts * weight;
                more += if e.parts & bit == 0 { 0.5 * weight } else { 0.0 };
            }
        }
        let share = if more > 0.0 { share(sum(weights, e.parts) + more) } else { last.1 };
        e.score = (e.score + context) * share;
    }
    Ok(())
}

/// The weight of these parts together.
fn sum(weights: &[f32], parts: u32) -> f32 {
    weights.iter().enumerate().filter(|(k, _)| parts & 1 << (*k).min(31) != 0).map(|(_, w)| w).sum()
}

/// Which entries have a word of the query in labels of these classes; `None` when none has.
fn near(segment: &Segment, part: &Part, classes: &[Class]) -> io::Result<Option<Bits>> {
    let Part::Word(w) = part else { return Ok(None) };
    let mut out: Option<Bits> = None;
    for term in &w.own.stems {
        for &class in classes {
            if let Some(bits) = segment.label_if_any(class, term)? {
                match &mut out {
                    Some(all) => all.or(&bits),
                    None => out = Some(bits),
                }
            }
        }
    }
    Ok(out)
}

/// The entries a filter lets through.
pub(super) fn filter(s: &Segment, f: &FilterPart) -> io::Result<Bits> {
    let words = |class| words(s, class, f);
    Ok(match f.field {
        Field::Report => words(Class::Report)?,
        Field::Org => words(Class::Org)?,
        Field::Section => words(Class::Section)?,
        Field::Heading => words(Class::Heading)?,
        Field::Knelpunt => either(s.label(Class::Knelpunt, &f.value)?, words(Class::Knelpunt)?),
        Field::Tag => either(s.label(Class::Tag, &f.value)?, words(Class::Tag)?),
        Field::File => s.labels(Class::File, "", |path| path.contains(&f.value))?,
        Field::Status => s.label(Class::Status, status(&f.value))?,
        Field::Page if !f.value.contains("..") => s.label(Class::Page, &f.value)?,
        Field::Page | Field::Year => {
            let class = if f.field == Field::Year { Class::Year } else { Class::Page };
            let (from, to) = numbers(&f.value).unwrap_or((0, 0));
            s.labels(class, "", |n| n.parse().is_ok_and(|n: u32| (from..=to).contains(&n)))?
        }
        Field::In => {
            let notes = s.label(Class::Kind, "note")?;
            if place(&f.value) == Some(true) {
                return Ok(notes);
            }
            let mut text = s.all();
            text.and_not(&notes);
            text
        }
        Field::Lang => s.label(Class::Lang, language(&f.value))?,
    })
}

fn either(mut a: Bits, b: Bits) -> Bits {
    a.or(&b);
    a
}

/// The entries whose labels of a class have every word of the filter.
fn words(s: &Segment, class: Class, f: &FilterPart) -> io::Result<Bits> {
    let mut out: Option<Bits> = None;
    for (i, forms) in f.words.iter().enumerate() {
        let mut any = Bits::new(s.max_doc());
        for form in forms {
            any.or(&s.label(class, form)?);
        }
        if let (true, Some(first)) = (f.open && i + 1 == f.words.len(), forms.first()) {
            any.or(&s.labels(class, first, |_| true)?);
        }
        match &mut out {
            Some(all) => all.and(&any),
            None => out = Some(any),
        }
    }
    Ok(out.unwrap_or_else(|| Bits::new(s.max_doc())))
}

/// The name a status has in notes.
fn status(value: &str) -> &str {
    match value {
        "toegezegd" => "promised",
        "opgelost" => "resolved",
        other => other,
    }
}

fn language(value: &str) -> &str {
    match value {
        "nederlands" | "dutch" => "nl",
        "engels" | "english" => "en",
        other => other,
    }
}

fn entries(bits: &Bits) -> Vec<Entry> {
    bits.iter().map(|doc| Entry { doc, parts: 0, score: 0.0 }).collect()
}

/// The places of a phrase as terms to look up, and how far from the first each is.
fn phrase_of(slots: &[Slot]) -> (Vec<Vec<Weighted>>, Vec<u32>) {
    slots.iter().map(|s| (s.atom.found_by(false), s.offset)).unzip()
}

impl Stop {
    /// As the caller sees it.
    pub fn error(self, path: &std::path::Path) -> SearchError {
        match self {
            Stop::Cancelled => SearchError::Cancelled,
            Stop::Io(e) => SearchError::Io { path: path.to_owned(), reason: e.to_string() },
        }
    }
}
