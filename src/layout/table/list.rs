//! Rows of a table with too many columns for paper: each cell on lines of its own, after the head of its column.

use super::super::block::pieces_of;
use super::super::cells;
use super::super::line::{DecorRole, Line, LineKind, Piece};
use super::super::wrap::wrap;
use super::Shape;
use crate::doc::{Document, TextRange};
use smallvec::smallvec;
use std::borrow::Cow;

impl Shape {
    fn is_blank(&self, doc: &Document, row: u32) -> bool {
        self.cells(doc, row).all(|(_, text)| text.is_empty())
    }

    /// Adds a row as a list. The heads themselves stand in the first row below them, where every column is shown;
    /// further down they are said again.
    pub(super) fn set_list(&self, doc: &Document, row: u32, width: usize, out: &mut Vec<Line>) {
        let start = self.row(row).start;
        if self.header && row == 0 {
            for (head, _) in self.cells(doc, 0) {
                set_cell(doc, None, head, width, LineKind::TableHead, out);
            }
            return;
        }
        let first = row == u32::from(self.header);
        // a row of nothing is a line only, which also parts it from the next
        if !first && (row == u32::from(self.header) + 1 || !self.is_blank(doc, row - 1)) {
            let line = Piece::Decor { text: Cow::Owned("─".repeat(width)), x: 0, role: DecorRole::TableRule };
            out.push(Line { range: TextRange::at(start), pieces: smallvec![line], kind: LineKind::Rule });
        } else if !first && self.is_blank(doc, row) {
            out.push(Line { range: TextRange::at(start), pieces: smallvec![], kind: LineKind::TableRow });
        }
        let heads: Vec<_> = if self.header { self.cells(doc, 0).collect() } else { Vec::new() };
        let cells: Vec<_> = self.cells(doc, row).map(|(cell, _)| cell).collect();
        for column in 0..cells.len().max(if first { heads.len() } else { 0 }) {
            let head = heads.get(column).filter(|(h, _)| !h.is_empty()).map(|(h, _)| (*h, !first));
            let cell = cells.get(column).copied().unwrap_or(TextRange::at(start));
            if first || !cell.is_empty() {
                set_cell(doc, head, cell, width, LineKind::TableRow, out);
            }
        }
    }
}

/// One `head: cell`; the head is drawn as decoration when it was said before.
fn set_cell(
    doc: &Document,
    head: Option<(TextRange, bool)>,
    cell: TextRange,
    width: usize,
    kind: LineKind,
    out: &mut Vec<Line>,
) {
    let mut beside = None;
    if let Some((head, again)) = head {
        let text = doc.slice(head);
        wrap(text, width.saturating_sub(2).max(1), |row| {
            let pieces = if again {
                let text = Cow::Owned(cells::sanitise(&text[row.start..row.end]).into_owned());
                smallvec![Piece::Decor { text, x: 0, role: DecorRole::TableKey }]
            } else {
                pieces_of(doc.text(), head.start as usize, row, 0)
            };
            let base = if again { TextRange::at(cell.start) } else { head };
            let range =
                if again { base } else { TextRange::new(base.start + row.start as u32, base.start + row.end as u32) };
            beside = Some(row.cells + 2);
            out.push(Line { range, pieces, kind });
        });
        if let (Some(line), Some(x)) = (out.last_mut(), beside)
            && x < width
        {
            line.pieces.push(Piece::Decor { text: Cow::Borrowed(":"), x: x as u16 - 2, role: DecorRole::TableKey });
        }
    }
    if cell.is_empty() && head.is_some() {
        return;
    }
    // Beside a short head, else below it and a little further in.
    let x = beside.filter(|x| *x <= width / 2);
    let mut join = x.is_some();
    let x = x.unwrap_or(if beside.is_some() && width > 4 { 2 } else { 0 });
    wrap(doc.slice(cell), width - x, |row| {
        let pieces = pieces_of(doc.text(), cell.start as usize, row, x);
        let range = TextRange::from(cell.start as usize + row.start..cell.start as usize + row.end);
        match out.last_mut().filter(|_| std::mem::take(&mut join)) {
            Some(line) => {
                line.pieces.extend(pieces);
                line.range = line.range.union(range);
            }
            None => out.push(Line { range, pieces, kind }),
        }
    });
}
