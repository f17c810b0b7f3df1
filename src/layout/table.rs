//! Tables: columns sized to the measure, cells wrapped in their columns, box lines between them.
//!
//! When even the narrowest columns don't fit, every row becomes a list of `head: cell` lines.

use super::block::pieces_of;
use super::cells;
use super::line::{DecorRole, Line, LineKind, Piece, Pieces};
use super::wrap::wrap;
use crate::doc::{ColumnAlign, Document, TextRange};
use smallvec::smallvec;
use std::borrow::Cow;

/// No column is set narrower than this, in cells, unless its text is.
const NARROWEST: usize = 4;
/// What stands between two columns.
const BETWEEN: &str = " │ ";
/// Cells of [`BETWEEN`].
const GAP: usize = 3;

/// The cells of a table, row by row; rows may be of different length.
struct Grid {
    rows: Vec<Vec<TextRange>>,
    columns: usize,
}

/// Lays out a table of at most `width` cells.
pub(super) fn set_table(
    doc: &Document,
    range: TextRange,
    aligns: &[ColumnAlign],
    header: bool,
    width: usize,
    out: &mut Vec<Line>,
) {
    let grid = Grid::read(doc.slice(range), range.start, aligns.len());
    match grid.column_widths(doc, width) {
        Some(widths) => set_columns(doc, &grid, aligns, header, &widths, out),
        None => set_list(doc, &grid, header, width, out),
    }
}

impl Grid {
    fn read(text: &str, start: u32, columns: usize) -> Grid {
        let mut at = start;
        let mut rows = Vec::new();
        for row in text.split('\n') {
            let mut cells = Vec::new();
            for cell in row.split('\t') {
                cells.push(TextRange::new(at, at + cell.len() as u32));
                at += cell.len() as u32 + 1;
            }
            rows.push(cells);
        }
        let columns = rows.iter().map(Vec::len).max().unwrap_or(1).max(columns).max(1);
        Grid { rows, columns }
    }

    /// How wide each column may be; `None` when there are too many of them for the width.
    fn column_widths(&self, doc: &Document, width: usize) -> Option<Vec<usize>> {
        let room = width.checked_sub(GAP * (self.columns - 1))?;
        let (mut natural, mut words) = (vec![1; self.columns], vec![1; self.columns]);
        for row in &self.rows {
            for (i, cell) in row.iter().enumerate() {
                let text = doc.slice(*cell);
                natural[i] = natural[i].max(cells::width(text));
                words[i] = text.split(' ').map(cells::width).fold(words[i], usize::max);
            }
        }
        if natural.iter().sum::<usize>() <= room {
            return Some(natural);
        }
        // Words stay whole where they can; else columns are squeezed to the narrowest.
        let narrowest: Vec<usize> = natural.iter().map(|n| NARROWEST.min(*n)).collect();
        let least = [words, narrowest].into_iter().find(|least| least.iter().sum::<usize>() <= room)?;
        Some(share(room, &least, &natural))
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

fn set_columns(
    doc: &Document,
    grid: &Grid,
    aligns: &[ColumnAlign],
    header: bool,
    widths: &[usize],
    out: &mut Vec<Line>,
) {
    let first = out.len();
    let mut ends = Vec::new();
    for (i, row) in grid.rows.iter().enumerate() {
        let kind = if header && i == 0 { LineKind::TableHead } else { LineKind::TableRow };
        set_row(doc, row, aligns, widths, kind, out);
        ends.push(out.len());
    }
    // Rows of several lines are told apart by a rule below each; else only the head has one.
    let tall = ends.iter().scan(first, |from, to| Some(to - std::mem::replace(from, *to))).any(|lines| lines > 1);
    ends.pop();
    for (i, end) in ends.into_iter().enumerate().rev() {
        if tall || (header && i == 0) {
            let place = TextRange::at(out[end - 1].range.end);
            out.insert(end, Line { range: place, pieces: smallvec![rule(widths)], kind: LineKind::Rule });
        }
    }
}

fn rule(widths: &[usize]) -> Piece {
    let columns: Vec<String> = widths.iter().map(|w| "─".repeat(*w)).collect();
    Piece::Decor { text: Cow::Owned(columns.join("─┼─")), x: 0, role: DecorRole::TableRule }
}

fn set_row(
    doc: &Document,
    row: &[TextRange],
    aligns: &[ColumnAlign],
    widths: &[usize],
    kind: LineKind,
    out: &mut Vec<Line>,
) {
    let first = out.len();
    let start = row.first().map_or(0, |c| c.start);
    let mut x = 0;
    for (i, width) in widths.iter().enumerate() {
        let cell = row.get(i).copied().unwrap_or(TextRange::at(start));
        let align = aligns.get(i).copied().unwrap_or(ColumnAlign::Left);
        let mut line = first;
        wrap(doc.slice(cell), *width, |wrapped| {
            let free = width - wrapped.cells;
            let shift = match align {
                ColumnAlign::Left => 0,
                ColumnAlign::Center => free / 2,
                ColumnAlign::Right => free,
            };
            if line == out.len() {
                out.push(Line { range: TextRange::at(start), pieces: separators(widths), kind });
            }
            out[line].pieces.extend(pieces_of(doc.text(), cell.start as usize, wrapped, x + shift));
            line += 1;
        });
        x += width + GAP;
    }
    for line in &mut out[first..] {
        line.pieces.sort_by_key(Piece::x);
        let texts = line.texts().map(|(range, ..)| range);
        line.range = texts.reduce(TextRange::union).unwrap_or(line.range);
    }
}

fn separators(widths: &[usize]) -> Pieces {
    let mut x = 0;
    let borders = widths[..widths.len() - 1].iter().map(|width| {
        let at = x + width;
        x = at + GAP;
        Piece::Decor { text: Cow::Borrowed(BETWEEN), x: at as u16, role: DecorRole::TableRule }
    });
    borders.collect()
}

/// A table with too many columns: each cell on lines of its own, after the head of its column.
fn set_list(doc: &Document, grid: &Grid, header: bool, width: usize, out: &mut Vec<Line>) {
    let (heads, rows) = match grid.rows.split_first() {
        Some((heads, rows)) if header => (heads.as_slice(), rows),
        _ => (&[][..], &grid.rows[..]),
    };
    if rows.is_empty() {
        for head in heads {
            set_cell(doc, None, *head, width, LineKind::TableHead, out);
        }
    }
    for (i, row) in rows.iter().enumerate() {
        if i > 0 {
            let line = Piece::Decor { text: Cow::Owned("─".repeat(width)), x: 0, role: DecorRole::TableRule };
            let place = row.first().map_or(0, |c| c.start);
            out.push(Line { range: TextRange::at(place), pieces: smallvec![line], kind: LineKind::Rule });
        }
        // The heads themselves stand in the first row, where every column is shown; further down they are said again.
        for column in 0..row.len().max(if i == 0 { heads.len() } else { 0 }) {
            let head = heads.get(column).filter(|h| !h.is_empty()).map(|h| (*h, i > 0));
            let cell = row.get(column).copied();
            if i == 0 || cell.is_some_and(|c| !c.is_empty()) {
                let place = row.first().map_or(0, |c| c.start);
                set_cell(doc, head, cell.unwrap_or(TextRange::at(place)), width, LineKind::TableRow, out);
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
    let x = x.unwrap_or(if beside.is_some() && width > NARROWEST { 2 } else { 0 });
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
