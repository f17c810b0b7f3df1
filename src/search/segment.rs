//! One segment of the index, read: the entries of a term, of the terms with one beginning, of a phrase.

use super::entry::NO_DOCUMENT;
use super::likeness;
use super::lists::Bits;
use super::schema::{Class, Fields, is_beginning};
use super::shape::Shape;
use crate::doc::DocId;
use std::cmp::Ordering;
use std::io;
use std::sync::{Arc, OnceLock};
use tantivy::columnar::{Column, ColumnIndex};
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{BlockSegmentPostings, Postings, SegmentPostings, TermInfo};
use tantivy::schema::{IndexRecordOption, Value};
use tantivy::store::StoreReader;
use tantivy::termdict::TermDictionary;
use tantivy::{DocSet, InvertedIndexReader, SegmentReader, TERMINATED, TantivyDocument, TantivyError, Term};

/// So many blocks of stored entries are kept unpacked.
const STORE_BLOCKS: usize = 16;

/// Entries side by side that belong to one part of one document.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Run {
    /// Its first entry; it lasts until the next run.
    pub first: u32,
    /// What it is of; `None` when these entries are no passages but the index's own.
    pub of: Option<Origin>,
}

/// The document, part and year of an entry.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Origin {
    pub doc: Option<DocId>,
    pub part: u32,
    pub year: Option<i32>,
}

/// A segment open for reading.
#[derive(Clone)]
pub(super) struct Segment {
    reader: SegmentReader,
    store: Arc<StoreReader>,
    fields: Fields,
    text: Arc<InvertedIndexReader>,
    begin: Arc<InvertedIndexReader>,
    label: Arc<InvertedIndexReader>,
    pub norms: FieldNormReader,
    shapes: Column<u64>,
    prints: Column<u64>,
    pub runs: Arc<[Run]>,
    /// What entries are counted by, read when first asked for.
    facets: Arc<[OnceLock<Arc<Facet>>; 2]>,
}

/// The values of a class with the stretches of entries that have them.
pub(super) type Facet = Vec<(String, Vec<(u32, u32)>)>;

/// An entry and how often it has the word, each time counted as much as it is worth.
pub(super) type Counted = (u32, f32);

/// A term and what it counts.
pub(super) type Weighted = (String, f32);

/// From so many lists on they are added up in one pass over all entries.
const MANY: usize = 12;

impl Segment {
    pub fn open(reader: SegmentReader, fields: Fields) -> Result<Segment, TantivyError> {
        let columns = reader.fast_fields();
        let runs = runs(&columns.u64("doc")?, &columns.u64("part")?, &columns.i64("year")?);
        let (text, label) = (reader.inverted_index(fields.text)?, reader.inverted_index(fields.label)?);
        let begin = reader.inverted_index(fields.begin)?;
        let norms = reader.get_fieldnorms_reader(fields.text)?;
        let (shapes, prints) = (columns.u64("shape")?, columns.u64("print")?);
        let store = Arc::new(reader.get_store_reader(STORE_BLOCKS)?);
        let facets = Arc::new([OnceLock::new(), OnceLock::new()]);
        Ok(Segment { reader, store, fields, text, begin, label, norms, shapes, prints, runs: runs.into(), facets })
    }

    /// The same segment, of whose entries others may have gone.
    pub fn again(&self, reader: SegmentReader) -> Segment {
        let whole = !self.reader.has_deletes() && !reader.has_deletes();
        let facets = if whole { self.facets.clone() } else { Arc::default() };
        Segment { reader, facets, ..self.clone() }
    }

    /// Whether this is the segment that is being read, whatever of its entries has gone since.
    pub fn is(&self, reader: &SegmentReader) -> bool {
        self.reader.segment_id() == reader.segment_id()
    }

    /// How many entries have not gone.
    pub fn living(&self) -> u64 {
        u64::from(self.reader.num_docs())
    }

    /// What is stored with an entry.
    pub fn stored(&self, doc: u32) -> Result<Option<Vec<u8>>, TantivyError> {
        let entry: TantivyDocument = self.store.get(doc)?;
        Ok(entry.get_first(self.fields.stored).and_then(|v| v.as_bytes()).map(<[u8]>::to_vec))
    }

    /// The words of its text.
    pub fn dictionary(&self) -> &TermDictionary {
        self.text.terms()
    }

    /// In how many entries a term stands, deleted ones among them.
    pub fn df(&self, term: &str) -> u32 {
        self.text.terms().get(term).ok().flatten().map_or(0, |info| info.doc_freq)
    }

    /// The values of a class and where they are; `None` when they can't be read.
    pub fn facet(&self, class: Class) -> io::Result<Arc<Facet>> {
        let kept = &self.facets[usize::from(class == Class::OrgName)];
        if let Some(facet) = kept.get() {
            return Ok(facet.clone());
        }
        let mut facet = Facet::new();
        let from = class.term("");
        let mut stream = self.label.terms().range().ge(&from).lt(after(&from)).into_stream()?;
        while stream.advance() {
            let mut stretches: Vec<(u32, u32)> = Vec::new();
            let mut block = self.label.read_block_postings_from_terminfo(stream.value(), IndexRecordOption::Basic)?;
            self.each(&mut block, |doc, _| match stretches.last_mut() {
                Some(last) if last.1 == doc => last.1 += 1,
                _ => stretches.push((doc, doc + 1)),
            });
            if !stretches.is_empty() {
                facet.push((String::from_utf8_lossy(&stream.key()[1..]).into_owned(), stretches));
            }
        }
        Ok(kept.get_or_init(|| Arc::new(facet)).clone())
    }

    pub fn max_doc(&self) -> u32 {
        self.reader.max_doc()
    }

    /// Whether an entry has not gone.
    pub fn alive(&self, doc: u32) -> bool {
        !self.reader.has_deletes() || !self.reader.is_deleted(doc)
    }

    /// What the entries of a run are of.
    pub fn origin_of(&self, run: usize) -> Origin {
        let of = self.runs.get(run).and_then(|r| r.of);
        of.unwrap_or(Origin { doc: None, part: 0, year: None })
    }

    /// What a passage looks like.
    pub fn shape(&self, doc: u32) -> Shape {
        Shape::from_number(self.shapes.first(doc).unwrap_or(0))
    }

    /// The print of a passage, by which it is known from those that are (nearly) the same.
    pub fn print(&self, doc: u32) -> u64 {
        self.prints.first(doc).unwrap_or(likeness::NONE)
    }

    /// All passages and notes.
    pub fn all(&self) -> Bits {
        let mut out = Bits::new(self.max_doc());
        for (i, run) in self.runs.iter().enumerate().filter(|(_, r)| r.of.is_some()) {
            let end = self.runs.get(i + 1).map_or(self.max_doc(), |r| r.first);
            (run.first..end).filter(|&d| self.alive(d)).for_each(|d| out.set(d));
        }
        out
    }

    /// The entries with any of some terms in their text, and how much they count together.
    pub fn text(&self, terms: &[Weighted]) -> io::Result<Vec<Counted>> {
        let mut infos: Vec<(TermInfo, f32)> = Vec::with_capacity(terms.len());
        for (term, weight) in terms {
            infos.extend(self.text.terms().get(term)?.map(|info| (info, *weight)));
        }
        if infos.len() >= MANY {
            return self.added_up(&infos);
        }
        // the shortest first: what is merged again and again stays short
        infos.sort_by_key(|(info, _)| info.doc_freq);
        let mut out: Vec<Counted> = Vec::new();
        for (info, weight) in infos {
            let mut list = Vec::with_capacity(info.doc_freq.min(self.max_doc()) as usize);
            let mut block = self.text.read_block_postings_from_terminfo(&info, IndexRecordOption::WithFreqs)?;
            self.each(&mut block, |doc, count| list.push((doc, count as f32 * weight)));
            out = merged(out, list);
        }
        Ok(out)
    }

    /// The same of many terms, in one pass over all entries.
    fn added_up(&self, infos: &[(TermInfo, f32)]) -> io::Result<Vec<Counted>> {
        let mut sums = vec![0.0_f32; self.max_doc() as usize];
        for (info, weight) in infos {
            let mut block = self.text.read_block_postings_from_terminfo(info, IndexRecordOption::WithFreqs)?;
            self.each(&mut block, |doc, count| sums[doc as usize] += count as f32 * weight);
        }
        Ok((0..).zip(sums).filter(|&(_, sum)| sum > 0.0).collect())
    }

    /// The entries with any word that begins so, and how many such words they have.
    pub fn beginning(&self, prefix: &str) -> io::Result<Vec<Counted>> {
        if is_beginning(prefix) {
            let mut out = Vec::new();
            if let Some(info) = self.begin.terms().get(prefix)? {
                out.reserve(info.doc_freq.min(self.max_doc()) as usize);
                let mut block = self.begin.read_block_postings_from_terminfo(&info, IndexRecordOption::Basic)?;
                self.each(&mut block, |doc, _| out.push((doc, 1.0)));
            }
            return Ok(out);
        }
        let mut infos: Vec<TermInfo> = Vec::new();
        let mut stream = self.text.terms().range().ge(prefix).lt(after(prefix)).without_keys().into_stream()?;
        while stream.advance() {
            infos.push(stream.value().clone());
        }
        if infos.is_empty() {
            return Ok(Vec::new());
        }
        // a short beginning has thousands of words: counted in one pass over all entries
        let mut counts = vec![0_u8; self.max_doc() as usize];
        for info in &infos {
            let mut block = self.text.read_block_postings_from_terminfo(info, IndexRecordOption::Basic)?;
            loop {
                let docs = block.docs();
                if docs.is_empty() {
                    break;
                }
                for &doc in docs {
                    let count = &mut counts[doc as usize];
                    *count = count.saturating_add(1);
                }
                block.advance();
            }
        }
        let counted = (0..).zip(counts).filter(|&(doc, n)| n > 0 && self.alive(doc));
        Ok(counted.map(|(doc, n)| (doc, f32::from(n))).collect())
    }

    /// The entries with a label.
    pub fn label(&self, class: Class, value: &str) -> io::Result<Bits> {
        Ok(self.label_if_any(class, value)?.unwrap_or_else(|| Bits::new(self.max_doc())))
    }

    /// The same; `None` when the segment does not know the label.
    pub fn label_if_any(&self, class: Class, value: &str) -> io::Result<Option<Bits>> {
        let Some(info) = self.label.terms().get(class.term(value))? else { return Ok(None) };
        let mut out = Bits::new(self.max_doc());
        self.add_label(&info, &mut out)?;
        Ok(Some(out))
    }

    /// The entries with any label of a class that begins so and is accepted.
    pub fn labels(&self, class: Class, prefix: &str, mut accept: impl FnMut(&str) -> bool) -> io::Result<Bits> {
        let mut out = Bits::new(self.max_doc());
        let from = class.term(prefix);
        let mut stream = self.label.terms().range().ge(&from).lt(after(&from)).into_stream()?;
        while stream.advance() {
            if std::str::from_utf8(stream.key()).is_ok_and(|k| accept(&k[1..])) {
                self.add_label(stream.value(), &mut out)?;
            }
        }
        Ok(out)
    }

    /// The values of a class that begin so, each with the number of its entries, deleted ones among them.
    pub fn values(&self, class: Class, prefix: &str, each: &mut dyn FnMut(&str, u32)) -> io::Result<()> {
        let from = class.term(prefix);
        let mut stream = self.label.terms().range().ge(&from).lt(after(&from)).into_stream()?;
        while stream.advance() {
            if let Ok(key) = std::str::from_utf8(stream.key()) {
                each(&key[1..], stream.value().doc_freq);
            }
        }
        Ok(())
    }

    /// The values of a class that living entries have.
    pub fn labels_living(&self, class: Class) -> io::Result<Vec<String>> {
        let mut out = Vec::new();
        let from = class.term("");
        let mut stream = self.label.terms().range().ge(&from).lt(after(&from)).into_stream()?;
        while stream.advance() {
            let mut living = false;
            let mut block = self.label.read_block_postings_from_terminfo(stream.value(), IndexRecordOption::Basic)?;
            self.each(&mut block, |_, _| living = true);
            out.extend(living.then(|| String::from_utf8_lossy(&stream.key()[1..]).into_owned()));
        }
        Ok(out)
    }

    fn add_label(&self, info: &TermInfo, out: &mut Bits) -> io::Result<()> {
        let mut block = self.label.read_block_postings_from_terminfo(info, IndexRecordOption::Basic)?;
        self.each(&mut block, |doc, _| out.set(doc));
        Ok(())
    }

    fn each(&self, block: &mut BlockSegmentPostings, mut f: impl FnMut(u32, u32)) {
        loop {
            let docs = block.docs();
            if docs.is_empty() {
                return;
            }
            let freqs = block.freqs();
            for (i, &doc) in docs.iter().enumerate() {
                if self.alive(doc) {
                    f(doc, freqs.get(i).copied().unwrap_or(1));
                }
            }
            block.advance();
        }
    }

    /// Terms of the text with their positions, to be asked of entries in ascending order.
    pub fn places(&self, terms: &[Weighted]) -> io::Result<Places> {
        let mut cursors = Vec::new();
        for (term, _) in terms {
            let term = Term::from_field_text(self.fields.text, term);
            cursors.extend(self.text.read_postings(&term, IndexRecordOption::WithFreqsAndPositions)?);
        }
        Ok(Places { cursors, buffer: Vec::new() })
    }

    /// The entries that have all of some words, as `count` of their positions says: how much it is worth, 0 for nothing.
    fn together(&self, words: &[Vec<Weighted>], mut count: impl FnMut(&[Vec<u32>]) -> f32) -> io::Result<Vec<Counted>> {
        let mut places = words.iter().map(|w| self.places(w)).collect::<io::Result<Vec<_>>>()?;
        let Some(rarest) = (0..places.len()).min_by_key(|&i| places[i].size()) else { return Ok(Vec::new()) };
        let mut out = Vec::new();
        let mut at: Vec<Vec<u32>> = vec![Vec::new(); words.len()];
        let mut doc = places[rarest].first_from(0);
        while doc != TERMINATED {
            // every word first by entry, and only then by position, which is dearer
            let next = places.iter_mut().map(|p| p.first_from(doc)).max().unwrap_or(TERMINATED);
            if next != doc {
                doc = places[rarest].first_from(next);
                continue;
            }
            if self.alive(doc) {
                places.iter_mut().zip(&mut at).for_each(|(p, at)| p.positions(doc, at));
                let count = count(&at);
                if count > 0.0 {
                    out.push((doc, count));
                }
            }
            doc = places[rarest].first_from(doc + 1);
        }
        Ok(out)
    }

    /// The entries that have these words, each so many places after the first, and how often.
    pub fn phrase(&self, words: &[Vec<Weighted>], offsets: &[u32]) -> io::Result<Vec<Counted>> {
        let Some((few, _)) = words.iter().enumerate().min_by_key(|(_, w)| self.size(w)) else { return Ok(Vec::new()) };
        self.together(words, |at| {
            let starts = at[few].iter().filter_map(|p| p.checked_sub(offsets[few]));
            let whole = |start: &u32| offsets.iter().zip(at).all(|(o, at)| at.binary_search(&(start + o)).is_ok());
            starts.filter(whole).count() as f32
        })
    }

    /// The entries that have all these words within so many places of each other, in any order; the nearer, the more it
    /// counts, up to 1 each time.
    pub fn near(&self, words: &[Vec<Weighted>], within: u32) -> io::Result<Vec<Counted>> {
        self.together(words, |at| nearest(at, within))
    }

    fn size(&self, terms: &[Weighted]) -> u64 {
        terms.iter().map(|(t, _)| u64::from(self.df(t))).sum()
    }
}

/// How often all words stand together, each time less the further they are apart.
fn nearest(at: &[Vec<u32>], within: u32) -> f32 {
    let Some((few, rarest)) = at.iter().enumerate().min_by_key(|(_, p)| p.len()) else { return 0.0 };
    let mut sum = 0.0;
    for &p in rarest {
        let far = at.iter().enumerate().filter(|(i, _)| *i != few).map(|(_, places)| {
            let i = places.partition_point(|&q| q < p);
            let next = places.get(i).map_or(u32::MAX, |&q| q - p);
            let before = i.checked_sub(1).map_or(u32::MAX, |i| p - places[i]);
            next.min(before)
        });
        let far = far.max().unwrap_or(u32::MAX);
        if far <= within {
            sum += 1.0 / (1.0 + far.saturating_sub(2) as f32 * 0.25);
        }
    }
    sum
}

/// Counted entries of two lists as those of one.
pub(super) fn merged(a: Vec<Counted>, b: Vec<Counted>) -> Vec<Counted> {
    if a.is_empty() || b.is_empty() {
        return if a.is_empty() { b } else { a };
    }
    let mut out = Vec::with_capacity(a.len() + b.len());
    let (mut i, mut j) = (0, 0);
    while i < a.len() && j < b.len() {
        let (x, y) = (a[i], b[j]);
        out.push(match x.0.cmp(&y.0) {
            Ordering::Less => x,
            Ordering::Greater => y,
            Ordering::Equal => (x.0, x.1 + y.1),
        });
        i += usize::from(x.0 <= y.0);
        j += usize::from(y.0 <= x.0);
    }
    out.extend_from_slice(&a[i..]);
    out.extend_from_slice(&b[j..]);
    out
}

/// The stretches of entries of one part of a document. Only where one begins do the columns say so: a document with an
/// entry of its own, each part with its first passage, a note with both.
fn runs(docs: &Column<u64>, parts: &Column<u64>, years: &Column<i64>) -> Vec<Run> {
    let mut out: Vec<Run> = Vec::new();
    let mut of_parts = stated(parts).peekable();
    let mut of_docs = stated(docs).peekable();
    while let Some((first, key)) = of_docs.next() {
        let doc = (key != NO_DOCUMENT).then_some(DocId(key));
        if of_parts.peek().is_none_or(|(at, _)| *at != first) {
            out.push(Run { first, of: None });
        }
        let end = of_docs.peek().map_or(u32::MAX, |(at, _)| *at);
        while let Some((first, part)) = of_parts.next_if(|(at, _)| *at < end) {
            let year = years.first(first).map(|y| y as i32);
            out.push(Run { first, of: Some(Origin { doc, part: part as u32, year }) });
        }
    }
    out
}

/// The entries that have a value, ascending, each with it.
fn stated(column: &Column<u64>) -> impl Iterator<Item = (u32, u64)> {
    let entries: Vec<u32> = match &column.index {
        ColumnIndex::Optional(some) => some.iter_non_null_docs().collect(),
        _ => (0..column.num_docs()).collect(),
    };
    entries.into_iter().filter_map(|entry| Some((entry, column.first(entry)?)))
}

/// Cursors over some terms, taken as one word.
pub(super) struct Places {
    cursors: Vec<SegmentPostings>,
    buffer: Vec<u32>,
}

impl Places {
    fn size(&self) -> u64 {
        self.cursors.iter().map(|c| u64::from(c.doc_freq())).sum()
    }

    /// The first entry from `doc` on that has one of the terms.
    fn first_from(&mut self, doc: u32) -> u32 {
        let each = self.cursors.iter_mut().map(|c| if c.doc() < doc { c.seek(doc) } else { c.doc() });
        each.min().unwrap_or(TERMINATED)
    }

    /// The positions of the terms in `doc`, ascending. Entries must be asked for in ascending order.
    pub fn positions(&mut self, doc: u32, out: &mut Vec<u32>) {
        out.clear();
        for c in &mut self.cursors {
            if c.doc() < doc {
                c.seek(doc);
            }
            if c.doc() == doc {
                c.positions(&mut self.buffer);
                out.extend_from_slice(&self.buffer);
            }
        }
        if self.cursors.len() > 1 {
            out.sort_unstable();
            out.dedup();
        }
    }
}

/// The first string after all that begin so.
fn after(prefix: &str) -> Vec<u8> {
    let mut bytes = prefix.as_bytes().to_vec();
    if let Some(last) = bytes.last_mut() {
        // no byte of UTF-8 is 255
        *last += 1;
    }
    bytes
}
