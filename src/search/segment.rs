//! One segment of the index, read: the entries of a term, of the terms with one beginning, of a phrase.

use super::lists::Bits;
use super::plan::Slot;
use super::schema::{Class, Fields, START};
use crate::doc::DocId;
use std::io;
use std::sync::Arc;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{BlockSegmentPostings, Postings, SegmentPostings, TermInfo};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, InvertedIndexReader, SegmentReader, TERMINATED, TantivyError, Term};

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
    fields: Fields,
    text: Arc<InvertedIndexReader>,
    label: Arc<InvertedIndexReader>,
    pub norms: FieldNormReader,
    pub runs: Arc<[Run]>,
}

/// An entry and how often it has the word.
pub(super) type Counted = (u32, u32);

impl Segment {
    pub fn open(reader: SegmentReader, fields: Fields) -> Result<Segment, TantivyError> {
        let columns = reader.fast_fields();
        let (doc, part, year) = (columns.u64("doc")?, columns.u64("part")?, columns.i64("year")?);
        let mut runs: Vec<Run> = Vec::new();
        for first in 0..reader.max_doc() {
            let of = part.first(first).map(|p| Origin {
                doc: doc.first(first).map(DocId),
                part: p as u32,
                year: year.first(first).map(|y| y as i32),
            });
            if runs.last().is_none_or(|r| r.of != of) {
                runs.push(Run { first, of });
            }
        }
        let (text, label) = (reader.inverted_index(fields.text)?, reader.inverted_index(fields.label)?);
        let norms = reader.get_fieldnorms_reader(fields.text)?;
        Ok(Segment { reader, fields, text, label, norms, runs: runs.into() })
    }

    pub fn max_doc(&self) -> u32 {
        self.reader.max_doc()
    }

    fn alive(&self, doc: u32) -> bool {
        !self.reader.has_deletes() || !self.reader.is_deleted(doc)
    }

    /// What an entry is of.
    pub fn origin(&self, doc: u32) -> Origin {
        let after = self.runs.partition_point(|r| r.first <= doc);
        let of = after.checked_sub(1).and_then(|i| self.runs[i].of);
        of.unwrap_or(Origin { doc: None, part: 0, year: None })
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

    /// The entries with a term in their text, and how often.
    pub fn text(&self, term: &str) -> io::Result<Vec<Counted>> {
        let Some(info) = self.text.terms().get(term)? else { return Ok(Vec::new()) };
        let mut out = Vec::with_capacity(info.doc_freq as usize);
        let mut block = self.text.read_block_postings_from_terminfo(&info, IndexRecordOption::WithFreqs)?;
        self.each(&mut block, |doc, count| out.push((doc, count)));
        Ok(out)
    }

    /// The entries with any word that begins so, and how often they have one.
    pub fn beginning(&self, prefix: &str) -> io::Result<Vec<Counted>> {
        if prefix.len() == 1 {
            return self.text(&format!("{START}{prefix}"));
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
        Ok(counted.map(|(doc, n)| (doc, u32::from(n))).collect())
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
    pub fn places(&self, terms: &[String]) -> io::Result<Places> {
        let mut cursors = Vec::new();
        for term in terms {
            let term = Term::from_field_text(self.fields.text, term);
            cursors.extend(self.text.read_postings(&term, IndexRecordOption::WithFreqsAndPositions)?);
        }
        Ok(Places { cursors, buffer: Vec::new() })
    }

    /// The entries that have something for each slot of a phrase, one after another, and how often.
    pub fn phrase(&self, slots: &[Slot]) -> io::Result<Vec<Counted>> {
        let mut places = slots.iter().map(|s| self.places(&s.forms)).collect::<io::Result<Vec<_>>>()?;
        let Some(rarest) = (0..places.len()).min_by_key(|&i| places[i].size()) else { return Ok(Vec::new()) };
        let mut out = Vec::new();
        let mut at: Vec<Vec<u32>> = vec![Vec::new(); slots.len()];
        let mut doc = places[rarest].first_from(0);
        while doc != TERMINATED {
            // every slot first by entry, and only then by position, which is dearer
            let next = places.iter_mut().map(|p| p.first_from(doc)).max().unwrap_or(TERMINATED);
            if next != doc {
                doc = places[rarest].first_from(next);
                continue;
            }
            if self.alive(doc) {
                places.iter_mut().zip(&mut at).for_each(|(p, at)| p.positions(doc, at));
                let starts = at[rarest].iter().filter_map(|p| p.checked_sub(slots[rarest].offset));
                let whole =
                    |start: &u32| slots.iter().zip(&at).all(|(s, at)| at.binary_search(&(start + s.offset)).is_ok());
                let count = starts.filter(whole).count();
                if count > 0 {
                    out.push((doc, count as u32));
                }
            }
            doc = places[rarest].first_from(doc + 1);
        }
        Ok(out)
    }
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
