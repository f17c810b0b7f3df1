//! What a table is made of, seen before it is read: whether it is one or only lays out a page, whether its first row holds
//! the heads of its columns, how the columns are set.

use crate::doc::ColumnAlign;

/// Columns looked at.
pub(in crate::import) const COLUMNS: usize = 256;
/// A cell with a heading and more than this many bytes beside it is a page laid out as a table, no table.
const LAID_OUT: usize = 200;

/// What a table turned out to be.
#[derive(Clone, Debug, Default)]
pub(in crate::import) struct Table {
    /// It is layout: what lies in it is running text.
    pub(in crate::import) layout: bool,
    /// Its first row holds the heads of the columns.
    pub(in crate::import) header: bool,
    pub(in crate::import) columns: Vec<ColumnAlign>,
}

/// A table being looked at.
#[derive(Default)]
pub(in crate::import) struct Shape {
    /// Where it begins.
    pub(in crate::import) at: u64,
    /// It says itself that its first row is one of heads.
    pub(in crate::import) header: bool,
    /// Its style sets the first row apart.
    pub(in crate::import) style_heads: bool,
    rows: u32,
    /// Cells with words in them.
    filled: u32,
    widest: usize,
    /// Columns taken up in this row, and the first of the cell we are in.
    column: usize,
    first_of_cell: usize,
    /// Letters in the first row and below it: all, and bold ones.
    first: (usize, usize),
    rest: (usize, usize),
    /// Of each column, below the first row: cells set to the right, in the middle, in all.
    aligned: Vec<(u32, u32, u32)>,
    /// Bytes in this cell, those of its headings among them.
    cell: usize,
    headings: usize,
    laid_out: bool,
}

impl Shape {
    pub(in crate::import) fn new(at: u64) -> Self {
        Shape { at, ..Shape::default() }
    }

    /// How many rows have begun.
    pub(in crate::import) fn rows(&self) -> u32 {
        self.rows
    }

    pub(in crate::import) fn row(&mut self) {
        self.rows += 1;
        self.column = 0;
    }

    /// A cell begins.
    pub(in crate::import) fn cell(&mut self) {
        self.first_of_cell = self.column;
        self.widen(1);
    }

    /// The cell takes up so many columns more.
    pub(in crate::import) fn widen(&mut self, columns: usize) {
        self.column = (self.column + columns).min(COLUMNS);
        self.widest = self.widest.max(self.column);
    }

    /// Words in the cell.
    pub(in crate::import) fn text(&mut self, bytes: usize, bold: bool, heading: bool, align: ColumnAlign) {
        if self.cell == 0 && self.rows > 1 {
            let column = self.first_of_cell.min(COLUMNS - 1);
            if self.aligned.len() <= column {
                self.aligned.resize(column + 1, (0, 0, 0));
            }
            let seen = &mut self.aligned[column];
            seen.0 += u32::from(align == ColumnAlign::Right);
            seen.1 += u32::from(align == ColumnAlign::Center);
            seen.2 += 1;
        }
        self.cell += bytes;
        self.headings += if heading { bytes } else { 0 };
        let part = if self.rows <= 1 { &mut self.first } else { &mut self.rest };
        part.0 += bytes;
        part.1 += if bold { bytes } else { 0 };
    }

    pub(in crate::import) fn end_cell(&mut self) {
        self.filled += u32::from(self.cell > 0);
        self.laid_out |= self.headings > 0 && self.cell > self.headings + LAID_OUT;
        (self.cell, self.headings) = (0, 0);
    }

    /// A table in one of its cells has ended.
    pub(in crate::import) fn inner(&mut self, inner: &Shape) {
        self.cell += inner.first.0 + inner.rest.0;
    }

    /// What it turned out to be.
    pub(in crate::import) fn table(&self) -> Table {
        let layout = self.widest <= 1 || self.filled <= 1 || self.laid_out;
        let bold = |(all, bold): (usize, usize)| all > 0 && bold * 10 >= all * 9;
        let stands_out = bold(self.first) && !bold(self.rest);
        let header = self.header || (self.rows > 1 && (stands_out || (self.style_heads && self.first.0 > 0)));
        let column = |c: &(u32, u32, u32)| {
            if c.0 * 2 > c.2 {
                ColumnAlign::Right
            } else if c.1 * 2 > c.2 {
                ColumnAlign::Center
            } else {
                ColumnAlign::Left
            }
        };
        let columns = (0..self.widest).map(|c| self.aligned.get(c).map_or(ColumnAlign::Left, column)).collect();
        Table { layout, header, columns }
    }
}
