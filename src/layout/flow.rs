//! A document at one width, laid out as far as it is looked at.

use super::block::lay_out;
use super::cells::cluster_width;
use super::line::{Line, LineKind, Measure, Place};
use super::table::{Shape, TooWide, Wide};
use crate::doc::{BlockId, BlockKind, Document, TextRange};
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::sync::Arc;
use unicode_segmentation::UnicodeSegmentation;

/// Rows kept at most, in each of the cache's two halves: dozens of screens.
const CACHED_ROWS: usize = 4096;

/// Lays out the blocks of one document at one width, when they are asked for, and of a table only the rows asked for;
/// keeps those last asked for. Any place may be given to any method: one past an end is taken as that end. In a document
/// without blocks the only place is the default one and it has no rows.
///
/// A table wider than the measure is scrolled sideways, one at a time; cells are those of what is in sight then.
pub struct Flow {
    doc: Arc<Document>,
    measure: Measure,
    too_wide: TooWide,
    /// The table that is scrolled sideways, and by how many cells.
    shifted: (u32, u16),
    cache: RefCell<Cache>,
    shapes: RefCell<FxHashMap<u32, Option<Arc<Shape>>>>,
}

/// What was laid out, in two halves: when the young one is full the old one is dropped. Only saves time: the rows are
/// the same whether they come from here or are laid out again.
#[derive(Default)]
struct Cache {
    young: FxHashMap<(u32, u32), Arc<[Line]>>,
    old: FxHashMap<(u32, u32), Arc<[Line]>>,
    young_rows: usize,
}

/// One row of a screen.
#[derive(Clone, Debug)]
pub struct ScreenRow {
    /// Which row it is.
    pub place: Place,
    /// Heads of a table's columns, kept in sight above its rows: the row that belongs here lies behind it.
    pub pinned: bool,
    unit: Arc<[Line]>,
    /// What is seen of it when it belongs to a wide table.
    window: Option<Box<Line>>,
}

impl ScreenRow {
    /// What stands on it.
    #[must_use]
    pub fn line(&self) -> &Line {
        self.window.as_deref().unwrap_or(&self.unit[self.place.line as usize])
    }
}

impl Flow {
    /// A flow of this document at this width, for a screen. Does no work yet.
    #[must_use]
    pub fn new(doc: Arc<Document>, measure: Measure) -> Self {
        Flow {
            doc,
            measure,
            too_wide: TooWide::Scrolled,
            shifted: (0, 0),
            cache: RefCell::default(),
            shapes: RefCell::default(),
        }
    }

    /// The same for paper, where nothing can be scrolled: the rows of tables that are too wide are set as lists.
    #[must_use]
    pub fn on_paper(doc: Arc<Document>, measure: Measure) -> Self {
        Flow { too_wide: TooWide::Listed, ..Flow::new(doc, measure) }
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

    /// In how many units a block is laid out: a table in its rows, any other block in one; none when there is no such
    /// block.
    #[must_use]
    pub fn units(&self, block: u32) -> u32 {
        match self.shape(block) {
            Some(shape) => shape.units(),
            None => u32::from((block as usize) < self.doc.blocks().len()),
        }
    }

    /// The rows of a unit of a block, before the first the blank ones above it; none when there is no such unit. Those of
    /// a wide table are as wide as it is.
    #[must_use]
    pub fn rows(&self, block: u32, unit: u32) -> Arc<[Line]> {
        if unit >= self.units(block) {
            return Arc::default();
        }
        let key = (block, unit);
        if let Some(rows) = self.cache.borrow().young.get(&key) {
            return Arc::clone(rows);
        }
        let old = self.cache.borrow_mut().old.remove(&key);
        let rows = old.unwrap_or_else(|| {
            lay_out(&self.doc, BlockId(block), self.shape(block).as_deref(), unit, self.measure).into()
        });
        let mut cache = self.cache.borrow_mut();
        if cache.young_rows + rows.len() > CACHED_ROWS {
            cache.old = std::mem::take(&mut cache.young);
            cache.young_rows = 0;
        }
        cache.young_rows += rows.len();
        cache.young.insert(key, Arc::clone(&rows));
        rows
    }

    /// One row; `None` when the place is past an end.
    #[must_use]
    pub fn row(&self, place: Place) -> Option<ScreenRow> {
        let unit = self.rows(place.block, place.unit);
        ((place.line as usize) < unit.len()).then(|| self.seen(place, unit))
    }

    /// A row as it is seen.
    fn seen(&self, place: Place, unit: Arc<[Line]>) -> ScreenRow {
        let line = &unit[place.line as usize];
        let window = self.shape(place.block).and_then(|s| s.window(&self.doc, line, self.measure, self.shift(place)));
        ScreenRow { place, pinned: false, window: window.map(Box::new), unit }
    }

    fn shift(&self, place: Place) -> u16 {
        if self.shifted.0 == place.block { self.shifted.1 } else { 0 }
    }

    fn shape(&self, block: u32) -> Option<Arc<Shape>> {
        if !self.is_table(block) {
            return None;
        }
        let mut shapes = self.shapes.borrow_mut();
        let shape = shapes
            .entry(block)
            .or_insert_with(|| Shape::new(&self.doc, block, self.measure, self.too_wide).map(Arc::new));
        shape.clone()
    }

    /// The first row.
    #[must_use]
    pub fn first(&self) -> Place {
        Place::default()
    }

    /// The last row.
    #[must_use]
    pub fn last(&self) -> Place {
        self.end_of((self.doc.blocks().len() as u32).saturating_sub(1))
    }

    /// The place itself, or the nearest one before it that there is.
    #[must_use]
    pub fn clamp(&self, place: Place) -> Place {
        if place.block as usize >= self.doc.blocks().len() {
            return self.last();
        }
        if place.unit >= self.units(place.block) {
            return self.end_of(place.block);
        }
        Place { line: place.line.min(self.last_line(place)), ..place }
    }

    /// So many rows further down, at most the last one.
    #[must_use]
    pub fn down(&self, place: Place, rows: usize) -> Place {
        let mut at = self.clamp(place);
        let mut left = rows;
        loop {
            let here = (self.last_line(at) - at.line) as usize;
            if left <= here {
                return Place { line: at.line + left as u32, ..at };
            }
            let Some(next) = self.next_unit(at) else { return Place { line: at.line + here as u32, ..at } };
            left -= here + 1;
            at = next;
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
            left -= at.line as usize + 1;
            at = match at.unit.checked_sub(1) {
                Some(unit) => self.end_of_unit(Place { unit, ..at }),
                None if at.block == 0 => return self.first(),
                None => self.end_of(at.block - 1),
            };
        }
    }

    /// The rows of a screen this high from `top` down; fewer where the document ends.
    #[must_use]
    pub fn screen(&self, top: Place, height: usize) -> Vec<ScreenRow> {
        let mut out = Vec::with_capacity(height);
        let mut at = Some(self.clamp(top)).filter(|at| (at.block as usize) < self.doc.blocks().len());
        while let Some(from) = at.filter(|_| out.len() < height) {
            let unit = self.rows(from.block, from.unit);
            let lines = (from.line..unit.len() as u32).take(height - out.len());
            out.extend(lines.map(|line| self.seen(Place { line, ..from }, Arc::clone(&unit))));
            at = self.next_unit(from);
        }
        out
    }

    /// Lays the heads of a table's columns over the uppermost rows of a screen that begins with a row of it further down,
    /// when they take no more than `most` rows.
    pub fn pin_heads(&self, rows: &mut [ScreenRow], most: usize) {
        let Some(top) = rows.first().map(|r| r.place) else { return };
        if !self.shape(top.block).is_some_and(|s| s.has_head()) {
            return;
        }
        let unit = self.rows(top.block, 0);
        let is_head = |l: &Line| l.kind == LineKind::TableHead;
        let Some(first) = unit.iter().position(is_head).filter(|first| top.unit > 0 || top.line > *first as u32) else {
            return;
        };
        let kind = |at: usize| rows.get(at).filter(|r| r.place.block == top.block).map(|r| r.line().kind);
        // not two lines below each other: the upper edge of the table comes along then
        let heads = unit.len() - first;
        let (from, heads) = if kind(heads) == Some(LineKind::Rule) { (first - 1, heads + 1) } else { (first, heads) };
        if heads > most || kind(heads) != Some(LineKind::TableRow) {
            return;
        }
        for (row, line) in rows.iter_mut().zip(from..unit.len()) {
            let place = Place { line: line as u32, unit: 0, ..top };
            *row = ScreenRow { pinned: true, ..self.seen(place, Arc::clone(&unit)) };
        }
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
        let same = |a: Place, b: Place| (a.block, a.unit) == (b.block, b.unit);
        let (mut rows, mut at) = (0, from);
        while !same(at, to) && rows < limit + from.line as usize {
            rows += self.last_line(at) as usize + 1;
            at = self.next_unit(at)?;
        }
        let there = same(at, to);
        let rows = (rows + to.line as usize).checked_sub(from.line as usize)?;
        (there && rows < limit).then_some(rows)
    }

    /// The row a byte stands on; for one between two blocks or at a break, the row before.
    #[must_use]
    pub fn place_of(&self, byte: u32) -> Place {
        let block = self.doc.block_at(byte).0;
        let shape = self.shape(block);
        let unit = shape.as_ref().map_or(0, |s| s.unit_at(byte));
        let rows = self.rows(block, unit);
        let line = if shape.is_some() {
            let starts = rows.iter().enumerate().flat_map(|(i, l)| l.texts().map(move |(r, ..)| (r.start, i)));
            starts.filter(|(start, _)| *start <= byte).max().map_or_else(|| first_with_text(&rows), |(_, i)| i)
        } else {
            rows.partition_point(|l| l.range.start <= byte).saturating_sub(1)
        };
        Place { block, unit, line: line as u32 }
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

    /// Scrolls a wide table by so many columns, to the left when negative; whether it moved.
    pub fn scroll_table(&mut self, block: u32, columns: i64) -> bool {
        let Some(shape) = self.shape(block).filter(|s| s.is_wide(self.measure)) else { return false };
        let before = self.shift(Place { block, ..Place::default() });
        let shift = shape.scrolled(self.measure, before, columns);
        self.shifted = (block, shift);
        shift != before
    }

    /// Scrolls the table that holds this byte so that it is in sight, when it is wide.
    pub fn reveal(&mut self, byte: u32) {
        let place = self.place_of(byte);
        let Some(shape) = self.shape(place.block).filter(|s| s.is_wide(self.measure)) else { return };
        let rows = self.rows(place.block, place.unit);
        let texts = rows.get(place.line as usize).into_iter().flat_map(Line::texts);
        let Some((_, x, _)) = texts.filter(|(range, ..)| range.start <= byte).max_by_key(|(range, ..)| range.start)
        else {
            return;
        };
        let before = self.shift(place);
        let shift = shape.revealing(self.measure, before, x);
        if shift != before {
            self.shifted = (place.block, shift);
        }
    }

    /// What is in sight of a table that is wider than the measure; `None` for any other block.
    #[must_use]
    pub fn wide(&self, block: u32) -> Option<Wide> {
        self.shape(block)?.wide(self.measure, self.shift(Place { block, ..Place::default() }))
    }

    fn last_line(&self, at: Place) -> u32 {
        (self.rows(at.block, at.unit).len() as u32).saturating_sub(1)
    }

    fn end_of_unit(&self, at: Place) -> Place {
        Place { line: self.last_line(at), ..at }
    }

    fn end_of(&self, block: u32) -> Place {
        self.end_of_unit(Place { block, unit: self.units(block).saturating_sub(1), line: 0 })
    }

    /// The first row of the next unit.
    fn next_unit(&self, at: Place) -> Option<Place> {
        if at.unit + 1 < self.units(at.block) {
            return Some(Place { unit: at.unit + 1, line: 0, ..at });
        }
        let block = at.block + 1;
        ((block as usize) < self.doc.blocks().len()).then_some(Place { block, unit: 0, line: 0 })
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
