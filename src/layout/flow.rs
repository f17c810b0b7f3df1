//! A document at one width, laid out as far as it is looked at.

use super::block::lay_out;
use super::cells::cluster_width;
use super::line::{Line, Measure, Place};
use crate::doc::{BlockId, BlockKind, Document, TextRange};
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::sync::Arc;
use unicode_segmentation::UnicodeSegmentation;

/// Rows kept at most, in each of the cache's two halves: dozens of screens.
const CACHED_ROWS: usize = 4096;

/// Lays out the blocks of one document at one width, when they are asked for; keeps those last asked for. Any place may
/// be given to any method: one past an end is taken as that end. In a document without blocks the only place is the
/// default one and it has no rows.
pub struct Flow {
    doc: Arc<Document>,
    measure: Measure,
    cache: RefCell<Cache>,
}

/// What was laid out, in two halves: when the young one is full the old one is dropped. Only saves time: the rows are
/// the same whether they come from here or are laid out again.
#[derive(Default)]
struct Cache {
    young: FxHashMap<u32, Arc<[Line]>>,
    old: FxHashMap<u32, Arc<[Line]>>,
    young_rows: usize,
}

/// One row of a screen.
#[derive(Clone, Debug)]
pub struct ScreenRow {
    /// Which row it is.
    pub place: Place,
    block: Arc<[Line]>,
}

impl ScreenRow {
    /// What stands on it.
    #[must_use]
    pub fn line(&self) -> &Line {
        &self.block[self.place.line as usize]
    }
}

impl Flow {
    /// A flow of this document at this width. Does no work yet.
    #[must_use]
    pub fn new(doc: Arc<Document>, measure: Measure) -> Self {
        Flow { doc, measure, cache: RefCell::default() }
    }

    /// The document.
    #[must_use]
    pub fn doc(&self) -> &Arc<Document> {
        &self.doc
    }

    /// The width.
    #[must_use]
    pub fn measure(&self) -> Measure {
        self.measure
    }

    /// The rows of a block, with the blank ones above it; none when there is no such block.
    #[must_use]
    pub fn rows(&self, block: u32) -> Arc<[Line]> {
        if block as usize >= self.doc.blocks().len() {
            return Arc::default();
        }
        let mut cache = self.cache.borrow_mut();
        if let Some(rows) = cache.young.get(&block) {
            return Arc::clone(rows);
        }
        let rows = match cache.old.remove(&block) {
            Some(rows) => rows,
            None => lay_out(&self.doc, BlockId(block), self.measure).into(),
        };
        if cache.young_rows + rows.len() > CACHED_ROWS {
            cache.old = std::mem::take(&mut cache.young);
            cache.young_rows = 0;
        }
        cache.young_rows += rows.len();
        cache.young.insert(block, Arc::clone(&rows));
        rows
    }

    /// One row; `None` when the place is past an end.
    #[must_use]
    pub fn row(&self, place: Place) -> Option<ScreenRow> {
        let block = self.rows(place.block);
        ((place.line as usize) < block.len()).then_some(ScreenRow { place, block })
    }

    /// The first row.
    #[must_use]
    pub fn first(&self) -> Place {
        Place::default()
    }

    /// The last row.
    #[must_use]
    pub fn last(&self) -> Place {
        let block = (self.doc.blocks().len() as u32).saturating_sub(1);
        Place { block, line: self.last_line(block) }
    }

    /// The place itself, or the nearest one before it that there is.
    #[must_use]
    pub fn clamp(&self, place: Place) -> Place {
        if place.block as usize >= self.doc.blocks().len() {
            return self.last();
        }
        Place { line: place.line.min(self.last_line(place.block)), ..place }
    }

    /// So many rows further down, at most the last one.
    #[must_use]
    pub fn down(&self, place: Place, rows: usize) -> Place {
        let mut at = self.clamp(place);
        let mut left = rows;
        loop {
            let here = (self.last_line(at.block) - at.line) as usize;
            if left <= here {
                return Place { line: at.line + left as u32, ..at };
            }
            if at.block as usize + 1 >= self.doc.blocks().len() {
                return Place { line: at.line + here as u32, ..at };
            }
            left -= here + 1;
            at = Place { block: at.block + 1, line: 0 };
        }
    }

    /// So many rows further up, at most the first one.
    #[must_use]
    pub fn up(&self, place: Place, rows: usize) -> Place {
        let mut at = self.clamp(place);
        let mut left = rows;
        loop {
            if left <= at.line as usize {
                return Place { line: at.line - left as u32, ..at };
            }
            let Some(block) = at.block.checked_sub(1) else { return self.first() };
            left -= at.line as usize + 1;
            at = Place { block, line: self.last_line(block) };
        }
    }

    /// The rows of a screen this high from `top` down; fewer where the document ends.
    #[must_use]
    pub fn screen(&self, top: Place, height: usize) -> Vec<ScreenRow> {
        let mut out = Vec::with_capacity(height);
        let mut at = self.clamp(top);
        while out.len() < height && (at.block as usize) < self.doc.blocks().len() {
            let block = self.rows(at.block);
            let rows = (at.line..block.len() as u32).take(height - out.len());
            out.extend(rows.map(|line| ScreenRow { place: Place { line, ..at }, block: Arc::clone(&block) }));
            at = Place { block: at.block + 1, line: 0 };
        }
        out
    }

    /// The top of the last screen: from there the last row stands at the bottom.
    #[must_use]
    pub fn last_top(&self, height: usize) -> Place {
        self.up(self.last(), height.saturating_sub(1))
    }

    /// The place as the top of a screen this high: no further down than [`Flow::last_top`].
    #[must_use]
    pub fn clamp_top(&self, top: Place, height: usize) -> Place {
        let top = self.clamp(top);
        // laying out the end costs time, so look whether it is near at all
        if self.distance(top, self.last(), height).is_some() { top.min(self.last_top(height)) } else { top }
    }

    /// How many rows `to` lies below `from`; `None` when that is `limit` or more, or when it lies above.
    #[must_use]
    pub fn distance(&self, from: Place, to: Place, limit: usize) -> Option<usize> {
        let (from, to) = (self.clamp(from), self.clamp(to));
        if to < from {
            return None;
        }
        let (mut rows, mut block) = (0, from.block);
        while block < to.block && rows < limit + from.line as usize {
            rows += self.last_line(block) as usize + 1;
            block += 1;
        }
        let rows = (rows + to.line as usize).checked_sub(from.line as usize)?;
        (block == to.block && rows < limit).then_some(rows)
    }

    /// The row a byte stands on; for one between two blocks or at a break, the row before.
    #[must_use]
    pub fn place_of(&self, byte: u32) -> Place {
        let block = self.doc.block_at(byte).0;
        let rows = self.rows(block);
        let line = if self.is_table(block) {
            let starts = rows.iter().enumerate().flat_map(|(i, l)| l.texts().map(move |(r, ..)| (r.start, i)));
            starts.filter(|(start, _)| *start <= byte).max().map_or_else(|| first_with_text(&rows), |(_, i)| i)
        } else {
            rows.partition_point(|l| l.range.start <= byte).saturating_sub(1)
        };
        Place { block, line: line as u32 }
    }

    /// The first byte on a row; on one without text, the byte where it stands.
    #[must_use]
    pub fn byte_of(&self, place: Place) -> u32 {
        self.row(self.clamp(place)).map_or(0, |row| row.line().range.start)
    }

    /// The byte at which the cluster in cell `x` of a row begins; `None` where no text stands.
    #[must_use]
    pub fn byte_at(&self, place: Place, x: u16) -> Option<u32> {
        let row = self.row(place)?;
        let (range, from, _) = row.line().texts().find(|(_, from, width)| (*from..from + width).contains(&x))?;
        Some(self.byte_in(range, from, x))
    }

    /// The same, but next to text the nearest byte of it: the first to its right, or the last on the row. `None` on a
    /// row without text.
    #[must_use]
    pub fn byte_near(&self, place: Place, x: u16) -> Option<u32> {
        let row = self.row(place)?;
        let line = row.line();
        let at = line.texts().find(|(_, from, width)| x < from + width);
        let (range, from, width) = at.or_else(|| line.texts().next_back())?;
        Some(self.byte_in(range, from, x.clamp(from, from + width.saturating_sub(1))))
    }

    /// The cell in which a byte of a row stands; for one that is not drawn (a blank at the break) the cell after the
    /// text, as far as there is one. `None` when the byte belongs to another row.
    #[must_use]
    pub fn x_of(&self, place: Place, byte: u32) -> Option<u16> {
        let row = self.row(place)?;
        let line = row.line();
        if let Some((range, x, _)) = line.texts().find(|(range, ..)| range.contains(byte)) {
            let before = self.clusters(range).take_while(|(at, len, ..)| at + len <= byte).map(|(.., cells)| cells);
            return Some(x + before.sum::<u16>());
        }
        if self.is_table(place.block) || !line.range.contains(byte) {
            return None;
        }
        let (_, x, width) = line.texts().next_back()?;
        Some((x + width).min(self.measure.width() - 1))
    }

    /// How far down a row is, by bytes: 0 at the first, 1 at the last.
    #[must_use]
    pub fn progress(&self, place: Place) -> f32 {
        let place = self.clamp(place);
        let last = self.byte_of(self.last());
        if place == self.last() || last == 0 {
            return 1.0;
        }
        (self.byte_of(place) as f32 / last as f32).min(1.0)
    }

    fn last_line(&self, block: u32) -> u32 {
        (self.rows(block).len() as u32).saturating_sub(1)
    }

    fn is_table(&self, block: u32) -> bool {
        self.doc.blocks().get(block as usize).is_some_and(|b| matches!(b.kind, BlockKind::Table { .. }))
    }

    /// The clusters of a piece of text: first byte, bytes, cells.
    fn clusters(&self, range: TextRange) -> impl Iterator<Item = (u32, u32, u16)> {
        let clusters = self.doc.slice(range).grapheme_indices(true);
        clusters.map(move |(at, c)| (range.start + at as u32, c.len() as u32, cluster_width(c, 0) as u16))
    }

    fn byte_in(&self, range: TextRange, from: u16, x: u16) -> u32 {
        let mut column = from;
        for (at, _, cells) in self.clusters(range) {
            column += cells;
            if x < column {
                return at;
            }
        }
        range.start
    }
}

/// The first row that is not blank.
fn first_with_text(rows: &[Line]) -> usize {
    rows.iter().position(|l| !l.pieces.is_empty()).unwrap_or(0)
}
