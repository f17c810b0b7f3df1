//! Tables: where each of their rows begins, and how wide their columns are.
//!
//! A row of a table is laid out by itself (`rows`), so that a table of any length costs what is looked at of it. Columns
//! are as wide as their cells where that fits, else cells are wrapped, but never narrower than can be read; a table that
//! is too wide even so is scrolled sideways on a screen (`window`), and on paper its rows become lists (`list`).

mod list;
mod rows;
mod window;

use super::cells;
use super::line::{Line, Measure};
use crate::doc::{BlockKind, ColumnAlign, Document, TextRange};
use memchr::memchr_iter;

pub use window::Wide;

/// No column is set narrower than this, in cells, unless its text is.
const NARROWEST: usize = 8;
/// One with long texts is not set narrower than this.
const READABLE: usize = 20;
/// About how many rows a head may be broken into before its column counts as too narrow.
const ROWS_OF_A_HEAD: usize = 3;
/// A word longer than this may be cut.
const LONGEST_WORD: usize = 24;
/// How wide the columns of a table that is scrolled may be.
const ROOMY: usize = 28;
/// Cells that a column takes besides its text: a line and a blank on either side.
const AROUND: usize = 3;
/// A measure narrower than this is no window to scroll a table in.
const LEAST_WINDOW: usize = 30;
/// Nor is one this wide: places on a row are 16 bits.
const WIDEST: usize = 30_000;
/// Rows that are looked at for the widths of the columns: this many at the beginning, and as many spread over the rest.
const LOOKED_AT: usize = 1_000;

/// What is done with a table that does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TooWide {
    /// It is set wider than the measure, to be scrolled.
    Scrolled,
    /// Its rows become lists of `head: cell`.
    Listed,
}

/// A table as it is set at one measure.
#[derive(Debug)]
pub(super) struct Shape {
    /// Where each row begins, and one past the end of the last and its line end.
    starts: Vec<u32>,
    header: bool,
    aligns: Vec<ColumnAlign>,
    setting: Setting,
}

#[derive(Debug)]
enum Setting {
    Columns {
        /// Cells of text a column; 0 for one in which nothing stands, which is not drawn.
        widths: Vec<usize>,
        /// Rows of several lines are told apart by a rule below each.
        ruled: bool,
    },
    List,
}

impl TooWide {
    /// About how many rows a cell may be broken into before its column counts as too narrow: more on paper, where lists
    /// are what is left.
    fn rows_of_a_cell(self) -> usize {
        match self {
            TooWide::Scrolled => 4,
            TooWide::Listed => 7,
        }
    }
}

impl Shape {
    /// The shape of a block; `None` when it is no table.
    pub(super) fn new(doc: &Document, block: u32, measure: Measure, too_wide: TooWide) -> Option<Shape> {
        let block = doc.blocks().get(block as usize)?;
        let BlockKind::Table { columns, header } = &block.kind else { return None };
        let bytes = doc.slice(block.range).as_bytes();
        let mut starts = vec![block.range.start];
        starts.extend(memchr_iter(b'\n', bytes).map(|at| block.range.start + at as u32 + 1));
        starts.push(block.range.end + 1);
        let mut shape = Shape { starts, header: *header, aligns: columns.clone(), setting: Setting::List };
        if let Some((widths, ruled)) = shape.columns(doc, usize::from(measure.width()), too_wide) {
            shape.setting = Setting::Columns { widths, ruled };
        }
        Some(shape)
    }

    /// How many pieces it is laid out in: rows, but in a list the heads go with the row below them. At least 1.
    pub(super) fn units(&self) -> u32 {
        self.len() - self.heads_of_list()
    }

    /// The piece in which a byte stands, or the nearest one.
    pub(super) fn unit_at(&self, byte: u32) -> u32 {
        let after = self.starts.partition_point(|s| *s <= byte) as u32;
        (after.clamp(1, self.len()) - 1).saturating_sub(self.heads_of_list())
    }

    /// Whether the first piece holds the heads of columns, and nothing else.
    pub(super) fn has_head(&self) -> bool {
        self.header && self.len() > 1 && matches!(self.setting, Setting::Columns { .. })
    }

    /// Adds the rows of the screen that a piece takes, with the box lines around it.
    pub(super) fn set(&self, doc: &Document, unit: u32, width: usize, out: &mut Vec<Line>) {
        match &self.setting {
            Setting::Columns { widths, ruled } => self.set_columns(doc, unit, widths, *ruled, out),
            Setting::List => self.set_list(doc, unit + self.heads_of_list(), width, out),
        }
    }

    /// How many rows it has; at least 1.
    fn len(&self) -> u32 {
        self.starts.len() as u32 - 1
    }

    fn heads_of_list(&self) -> u32 {
        u32::from(self.header && self.len() > 1 && matches!(self.setting, Setting::List))
    }

    /// The text of a row.
    fn row(&self, row: u32) -> TextRange {
        let from = row as usize;
        TextRange::new(self.starts[from], self.starts[from + 1] - 1)
    }

    /// The cells of a row.
    fn cells<'d>(&self, doc: &'d Document, row: u32) -> impl Iterator<Item = (TextRange, &'d str)> {
        let range = self.row(row);
        let mut at = range.start;
        doc.slice(range).split('\t').map(move |text| {
            let cell = TextRange::new(at, at + text.len() as u32);
            at = cell.end + 1;
            (cell, text)
        })
    }

    /// How wide each column is set, and whether cells are wrapped then; `None` when there are too many of them.
    fn columns(&self, doc: &Document, width: usize, too_wide: TooWide) -> Option<(Vec<usize>, bool)> {
        let wants = self.wants(doc);
        let natural: Vec<usize> = wants.iter().map(|w| w.cells.max(w.head)).collect();
        let around = AROUND * natural.iter().filter(|n| **n > 0).count() + 1;
        if natural.iter().sum::<usize>() + around <= width {
            return Some((natural, false));
        }
        let least: Vec<usize> = wants.iter().map(|want| want.least(too_wide)).collect();
        if let Some(room) = width.checked_sub(around).filter(|room| least.iter().sum::<usize>() <= *room) {
            return Some((share(room, &least, &natural), true));
        }
        if too_wide == TooWide::Listed || width < LEAST_WINDOW {
            return None;
        }
        // beside the first column, which stays in place, each of the others has room as a whole
        let still = natural.iter().position(|n| *n > 0).unwrap_or(0);
        let first = natural[still].min(width / 3);
        let room = (width - first).saturating_sub(AROUND * 2 + 2);
        let mut widths: Vec<usize> =
            wants.iter().zip(&least).map(|(want, least)| want.cells.min(ROOMY).max(*least).min(room)).collect();
        widths[still] = first;
        let ruled = widths.iter().zip(&wants).any(|(w, want)| *w < want.cells);
        (widths.iter().sum::<usize>() + around <= WIDEST).then_some((widths, ruled))
    }

    /// What each column wants, as far as its rows are looked at: nothing when nothing stands in it.
    fn wants(&self, doc: &Document) -> Vec<Want> {
        let mut wants = vec![Want::default(); self.aligns.len().max(1)];
        let all = self.len() as usize;
        let step = (all.saturating_sub(LOOKED_AT) / LOOKED_AT).max(1);
        for row in (0..all.min(LOOKED_AT)).chain((LOOKED_AT..all).step_by(step)) {
            for (i, (_, text)) in self.cells(doc, row as u32).enumerate() {
                if i == wants.len() {
                    wants.push(Want::default());
                }
                let (want, wide, head) = (&mut wants[i], cells::width(text), self.header && row == 0);
                let number = !head && self.aligns.get(i) == Some(&ColumnAlign::Right);
                if head {
                    want.head = wide;
                } else {
                    want.cells = want.cells.max(wide);
                }
                if wide > want.word {
                    let pieces = text.split(' ').flat_map(|word| word.split_inclusive(['-', '/']));
                    let longest = if number { wide } else { pieces.map(cells::width).max().unwrap_or(0) };
                    want.word = want.word.max(longest);
                }
            }
        }
        if step > 1 || wants.iter().all(|w| w.cells.max(w.head) == 0) {
            // something may stand in a row that was not looked at
            wants.iter_mut().for_each(|w| w.cells = w.cells.max(1));
        }
        wants
    }
}

/// What a column wants, in cells.
#[derive(Clone, Copy, Default)]
struct Want {
    /// Its head.
    head: usize,
    /// The widest of its other cells.
    cells: usize,
    /// The longest word, or number.
    word: usize,
}

impl Want {
    /// How wide the column must be to be read: numbers whole, words whole, long texts not in too many rows.
    fn least(&self, too_wide: TooWide) -> usize {
        let text = (self.cells / too_wide.rows_of_a_cell()).clamp(NARROWEST, READABLE).min(self.cells);
        let head = self.head.div_ceil(ROWS_OF_A_HEAD);
        text.max(head).max(self.word.min(LONGEST_WORD))
    }
}

/// Shares the room among columns, between what each needs at least and at most: narrow columns get all they want, the
/// wide ones the same part of what is left.
fn share(room: usize, least: &[usize], most: &[usize]) -> Vec<usize> {
    let at = |level: usize| least.iter().zip(most).map(move |(l, m)| level.clamp(*l, *m));
    let (mut low, mut high) = (0, room);
    while low < high {
        let level = (low + high).div_ceil(2);
        if at(level).sum::<usize>() <= room {
            low = level;
        } else {
            high = level - 1;
        }
    }
    let mut widths: Vec<usize> = at(low).collect();
    let mut left = room - widths.iter().sum::<usize>();
    for (width, most) in widths.iter_mut().zip(most) {
        if left > 0 && *width == low && *width < *most {
            *width += 1;
            left -= 1;
        }
    }
    widths
}
