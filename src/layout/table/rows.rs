//! Rows of a table in columns, with box lines around their cells.

use super::super::block::pieces_of;
use super::super::line::{DecorRole, Line, LineKind, Piece, Pieces};
use super::super::wrap::wrap;
use super::{AROUND, Shape};
use crate::doc::{ColumnAlign, Document, TextRange};
use smallvec::smallvec;
use std::borrow::Cow;

/// A box line: its left end, what it is drawn with, where it crosses a border, its right end.
type Rule = (char, char, char, char);

const TOP: Rule = ('┌', '─', '┬', '┐');
const UNDER_HEAD: Rule = ('╞', '═', '╪', '╡');
const BETWEEN: Rule = ('├', '─', '┼', '┤');
const BOTTOM: Rule = ('└', '─', '┴', '┘');

impl Shape {
    /// Adds a row in columns: above the first the upper edge, below each what parts it from the next.
    pub(super) fn set_columns(&self, doc: &Document, row: u32, widths: &[usize], ruled: bool, out: &mut Vec<Line>) {
        let range = self.row(row);
        if row == 0 {
            out.push(rule(range.start, widths, TOP));
        }
        let head = self.header && row == 0;
        let kind = if head { LineKind::TableHead } else { LineKind::TableRow };
        self.set_cells(doc, row, widths, kind, out);
        if row + 1 == self.len() {
            out.push(rule(range.end, widths, BOTTOM));
        } else if head {
            out.push(rule(range.end, widths, UNDER_HEAD));
        } else if ruled {
            out.push(rule(range.end, widths, BETWEEN));
        }
    }

    fn set_cells(&self, doc: &Document, row: u32, widths: &[usize], kind: LineKind, out: &mut Vec<Line>) {
        let first = out.len();
        let start = self.row(row).start;
        let edges = borders(widths);
        out.push(Line { range: TextRange::at(start), pieces: edges.clone(), kind });
        let mut x = 2;
        for (i, (cell, text)) in self.cells(doc, row).enumerate() {
            let drawn = widths.get(i).copied().filter(|width| *width > 0);
            if drawn.is_none() && text.is_empty() {
                continue;
            }
            // a row with more cells than those looked at: what is left goes into the last column's place, further down
            let last = widths.iter().rposition(|width| *width > 0).unwrap_or(0);
            let width = drawn.unwrap_or(widths[last]).max(1);
            let mut line = if drawn.is_some() { first } else { out.len() };
            if drawn.is_none() {
                x = 2 + widths[..last].iter().filter(|w| **w > 0).map(|w| w + AROUND).sum::<usize>();
            }
            let align = self.aligns.get(i).copied().unwrap_or(ColumnAlign::Left);
            wrap(text, width, |wrapped| {
                let free = width - wrapped.cells;
                let shift = match align {
                    ColumnAlign::Left => 0,
                    ColumnAlign::Center => free / 2,
                    ColumnAlign::Right => free,
                };
                if line == out.len() {
                    out.push(Line { range: TextRange::at(start), pieces: edges.clone(), kind });
                }
                out[line].pieces.extend(pieces_of(doc.text(), cell.start as usize, wrapped, x + shift));
                line += 1;
            });
            x += width + AROUND;
        }
        for line in &mut out[first..] {
            line.pieces.sort_by_key(Piece::x);
            let texts = line.texts().map(|(range, ..)| range);
            line.range = texts.reduce(TextRange::union).unwrap_or(line.range);
        }
    }
}

/// A row of nothing but a box line.
fn rule(at: u32, widths: &[usize], (left, line, cross, right): Rule) -> Line {
    let mut text = String::with_capacity((widths.iter().sum::<usize>() + AROUND * widths.len() + 1) * 3);
    for (i, width) in widths.iter().filter(|w| **w > 0).enumerate() {
        text.push(if i == 0 { left } else { cross });
        text.extend(std::iter::repeat_n(line, width + 2));
    }
    text.push(right);
    let piece = Piece::Decor { text: Cow::Owned(text), x: 0, role: DecorRole::TableRule };
    Line { range: TextRange::at(at), pieces: smallvec![piece], kind: LineKind::Rule }
}

/// The borders of the columns on a row of text.
fn borders(widths: &[usize]) -> Pieces {
    let mut x = 0;
    let border = |x: usize| Piece::Decor { text: Cow::Borrowed("│"), x: x as u16, role: DecorRole::TableRule };
    let mut out: Pieces = smallvec![border(0)];
    for width in widths.iter().filter(|w| **w > 0) {
        x += width + AROUND;
        out.push(border(x));
    }
    out
}
