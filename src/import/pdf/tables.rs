//! Tables: from tags, from ruled grids, from cells that stand in columns. Where it is doubtful, lines stay lines.

use super::file::Page;
use super::habits::below;
use super::lines::Line;
use super::marker;
use pdfboss_text::Ruling;
use std::ops::Range;

/// Rulings this near to each other are one border, in points.
const SNAP: f32 = 4.0;
/// A table without borders has at least so many rows.
const ROWS: usize = 3;
/// No cell of a real table is longer than this many letters on average; longer ones lay out a page.
const LONG: usize = 350;

/// A stretch of a line that stands in a cell.
pub(super) type Bit<'a> = (&'a Line, Range<usize>);
/// A cell: what stands in it, in order.
pub(super) type Cell<'a> = Vec<Bit<'a>>;

/// A table.
#[derive(Debug)]
pub(super) struct Grid<'a> {
    /// All of the same length.
    pub(super) rows: Vec<Vec<Cell<'a>>>,
    pub(super) header: bool,
}

/// What a page is made of.
pub(super) enum Part<'a> {
    Line(&'a Line),
    Table(Grid<'a>),
}

/// Finds the tables among the lines of a page.
pub(super) fn part<'a>(page: &'a Page, lines: &[&'a Line]) -> Vec<Part<'a>> {
    let mut taken: Vec<Option<usize>> = vec![None; lines.len()];
    let mut grids: Vec<Grid<'a>> = Vec::new();
    tagged(lines, &mut taken, &mut grids);
    ruled(&page.rules, lines, &mut taken, &mut grids);
    aligned(lines, &mut taken, &mut grids);
    let mut grids: Vec<Option<Grid<'a>>> = grids.into_iter().map(Some).collect();
    let mut out = Vec::with_capacity(lines.len());
    for (line, table) in lines.iter().zip(taken) {
        match table {
            None => out.push(Part::Line(line)),
            Some(table) => out.extend(grids[table].take().map(Part::Table)),
        }
    }
    out
}

/// Tables that the file marks as such.
fn tagged<'a>(lines: &[&'a Line], taken: &mut [Option<usize>], grids: &mut Vec<Grid<'a>>) {
    let table = |n: usize| lines[n].tag.as_ref().and_then(|t| t.cell).filter(|c| c.table != 0);
    let mut n = 0;
    while n < lines.len() {
        let Some(first) = table(n) else {
            n += 1;
            continue;
        };
        let mut end = n;
        let mut rows: Vec<(u32, Vec<(u32, Cell<'a>)>)> = Vec::new();
        let mut heads = true;
        while let Some(cell) = (end < lines.len()).then(|| table(end)).flatten().filter(|c| c.table == first.table) {
            if rows.last().is_none_or(|(row, _)| *row != cell.row) {
                rows.push((cell.row, Vec::new()));
            }
            heads &= rows.len() > 1 || cell.head;
            if let Some((_, cells)) = rows.last_mut() {
                let bit = (lines[end], 0..lines[end].text.len());
                match cells.iter_mut().find(|(id, _)| *id == cell.cell) {
                    Some((_, bits)) => bits.push(bit),
                    None => cells.push((cell.cell, vec![bit])),
                }
            }
            end += 1;
        }
        let rows = rows.into_iter().map(|(_, cells)| cells.into_iter().map(|(_, bits)| bits).collect()).collect();
        if let Some(grid) = level(rows, heads) {
            taken[n..end].fill(Some(grids.len()));
            grids.push(grid);
        }
        n = end;
    }
}

/// Gives all rows the columns of the longest: cells go where the columns begin.
fn level(rows: Vec<Vec<Cell<'_>>>, header: bool) -> Option<Grid<'_>> {
    let widest = rows.iter().max_by_key(|r| r.len())?;
    let columns = widest.len();
    let starts: Vec<f32> = widest.iter().filter_map(|c| c.first().map(|b| b.0.x)).collect();
    if columns < 2 || rows.len() < 2 || starts.len() < columns || !starts.is_sorted() {
        return None;
    }
    let mut out = Vec::with_capacity(rows.len());
    for row in rows {
        let mut level: Vec<Cell<'_>> = vec![Vec::new(); columns];
        let full = row.len() == columns;
        for (n, cell) in row.into_iter().enumerate() {
            let x = cell.first().map_or(0.0, |b| b.0.x);
            let near = starts.iter().rposition(|s| *s <= x + 8.0).unwrap_or(0);
            level[if full { n } else { near }].extend(cell);
        }
        out.push(level);
    }
    sound(Grid { rows: out, header })
}

/// Tables with drawn borders.
fn ruled<'a>(rules: &[Ruling], lines: &[&'a Line], taken: &mut [Option<usize>], grids: &mut Vec<Grid<'a>>) {
    // So many lines are a drawing.
    if rules.len() > 3000 {
        return;
    }
    let across: Vec<&Ruling> = rules.iter().filter(|r| r.end.x - r.start.x >= r.end.y - r.start.y).collect();
    let down: Vec<&Ruling> = rules.iter().filter(|r| r.end.x - r.start.x < r.end.y - r.start.y).collect();
    for (low, high, left, right) in boxes(&across, &down) {
        let inside_x = |x: f32| x > left - SNAP && x < right + SNAP;
        let inside_y = |y: f32| y > low - SNAP && y < high + SNAP;
        let columns = borders(
            down.iter().filter(|r| inside_x(r.start.x) && r.start.y < high && r.end.y > low).map(|r| r.start.x),
        );
        let mut rows = borders(
            across.iter().filter(|r| inside_y(r.start.y) && r.start.x < right && r.end.x > left).map(|r| r.start.y),
        );
        rows.reverse();
        if columns.len() < 3 || rows.len() < 3 {
            continue;
        }
        let mut cells: Vec<Vec<Cell<'a>>> = vec![vec![Vec::new(); columns.len() - 1]; rows.len() - 1];
        let mut mine = Vec::new();
        for (n, line) in lines.iter().enumerate().filter(|(n, l)| taken[*n].is_none() && l.rotate == 0) {
            let middle = line.y + 0.3 * line.size;
            if !(inside_x(line.x + 1.0) && inside_y(middle)) || line.x > right {
                continue;
            }
            let row = rows.partition_point(|y| *y > middle).saturating_sub(1).min(cells.len() - 1);
            for (bit, x) in bits(line) {
                let column = columns.partition_point(|c| *c <= x + 1.5).saturating_sub(1).min(columns.len() - 2);
                cells[row][column].push(bit);
            }
            mine.push(n);
        }
        for cell in cells.iter_mut().flatten() {
            cell.sort_by(|a, b| b.0.y.total_cmp(&a.0.y).then(a.0.x.total_cmp(&b.0.x)));
        }
        cells.retain(|row| row.iter().any(|c| !c.is_empty()));
        let used: Vec<bool> = (0..columns.len() - 1).map(|c| cells.iter().any(|r| !r[c].is_empty())).collect();
        for row in &mut cells {
            let mut keep = used.iter();
            row.retain(|_| keep.next().copied().unwrap_or(false));
        }
        let bold =
            cells.first().is_some_and(|row| row.iter().filter(|c| !c.is_empty()).all(|c| c.iter().all(|b| b.0.strong)));
        if let Some(grid) = sound(Grid { rows: cells, header: bold }) {
            mine.into_iter().for_each(|n| taken[n] = Some(grids.len()));
            grids.push(grid);
        }
    }
}

/// Places where borders are, ascending, near ones as one.
fn borders(places: impl Iterator<Item = f32>) -> Vec<f32> {
    let mut places: Vec<f32> = places.collect();
    places.sort_by(f32::total_cmp);
    places.dedup_by(|b, a| *b - *a < SNAP);
    places
}

/// The boxes that rulings which touch each other fill: low, high, left, right.
fn boxes(across: &[&Ruling], down: &[&Ruling]) -> Vec<(f32, f32, f32, f32)> {
    let mut out: Vec<(f32, f32, f32, f32)> = down.iter().map(|r| (r.start.y, r.end.y, r.start.x, r.end.x)).collect();
    let mut merged = out.len() < 800;
    out.extend(across.iter().map(|r| (r.start.y, r.end.y, r.start.x, r.end.x)));
    while merged {
        merged = false;
        let mut next: Vec<(f32, f32, f32, f32)> = Vec::new();
        for one in out.drain(..) {
            let touches = |o: &(f32, f32, f32, f32)| {
                one.0 < o.1 + SNAP && o.0 < one.1 + SNAP && one.2 < o.3 + SNAP && o.2 < one.3 + SNAP
            };
            match next.iter_mut().find(|o| touches(o)) {
                Some(o) => {
                    *o = (o.0.min(one.0), o.1.max(one.1), o.2.min(one.2), o.3.max(one.3));
                    merged = true;
                }
                None => next.push(one),
            }
        }
        out = next;
    }
    out.retain(|b| b.1 - b.0 > 20.0 && b.3 - b.2 > 60.0);
    out
}

/// The stretches of a line between wide gaps, and where they begin.
fn bits<'a>(line: &'a Line) -> Vec<(Bit<'a>, f32)> {
    let mut out = Vec::with_capacity(line.gaps.len() + 1);
    let (mut at, mut x) = (0, line.x);
    for gap in &line.gaps {
        out.push(((line, at..gap.at), x));
        (at, x) = (gap.at, gap.to);
    }
    out.push(((line, at..line.text.len()), x));
    out
}

/// Tables without borders: rows whose cells stand in the same columns.
fn aligned<'a>(lines: &[&'a Line], taken: &mut [Option<usize>], grids: &mut Vec<Grid<'a>>) {
    let row = |n: usize| {
        taken[n].is_none() && !lines[n].gaps.is_empty() && !dotted(lines[n]) && marker_gap(lines[n]).is_none()
    };
    let mut found: Vec<(Range<usize>, Grid<'a>)> = Vec::new();
    let mut n = 0;
    while n < lines.len() {
        let mut end = n;
        while end < lines.len() && row(end) && (end == n || near(lines[end - 1], lines[end])) {
            end += 1;
        }
        if end - n >= ROWS
            && let Some(grid) = columns(&lines[n..end])
        {
            found.push((n..end, grid));
        }
        n = end.max(n + 1);
    }
    for (range, grid) in found {
        taken[range].fill(Some(grids.len()));
        grids.push(grid);
    }
}

/// Whether a line is the next row below another.
fn near(a: &Line, b: &Line) -> bool {
    below(a, b) && a.y - b.y < 3.2 * a.size.max(b.size)
}

/// Whether dots lead over a gap.
fn dotted(line: &Line) -> bool {
    line.text.contains("....") || line.text.contains(". . .")
}

/// Whether dots or a gap lead to a page number, as in a table of contents.
pub(super) fn leads(line: &Line) -> bool {
    let number = line.text.rsplit([' ', '.']).next().unwrap_or("");
    let page = (1..=4).contains(&number.len())
        && number.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'i' | b'v' | b'x'));
    dotted(line)
        || (page
            && line
                .gaps
                .last()
                .is_some_and(|g| g.at + 1 + number.len() >= line.text.len() && g.to - g.from > 2.0 * line.size))
}

/// The gap behind the marker of an item.
fn marker_gap(line: &Line) -> Option<usize> {
    let item = marker::of(&line.text)?;
    (line.gaps.len() == 1 && line.gaps[0].at < item.skip).then_some(item.skip)
}

/// Puts rows into columns, if they stand in columns.
fn columns<'a>(lines: &[&'a Line]) -> Option<Grid<'a>> {
    let cells: Vec<Vec<(&str, f32, f32)>> = lines.iter().map(|l| l.cells().collect()).collect();
    let mut spans: Vec<(f32, f32)> = cells.iter().flatten().map(|(_, from, to)| (*from, *to)).collect();
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut columns: Vec<(f32, f32)> = Vec::new();
    for (from, to) in spans {
        match columns.last_mut() {
            Some(last) if from < last.1 + 2.0 => last.1 = last.1.max(to),
            _ => columns.push((from, to)),
        }
    }
    let full = cells.iter().filter(|c| c.len() == columns.len()).count();
    if columns.len() < 2 || full * 2 < cells.len() {
        return None;
    }
    // Page numbers at the right are a table of contents, and two broad columns are running text.
    let last_is_page = columns.len() == 2
        && cells.iter().filter_map(|c| c.last()).all(|c| c.0.len() <= 4 && c.0.bytes().all(|b| b.is_ascii_digit()));
    let broad =
        cells.iter().flatten().map(|c| c.0.chars().count()).sum::<usize>() / cells.iter().flatten().count().max(1);
    if last_is_page || broad > 40 {
        return None;
    }
    let rows = lines.iter().map(|line| {
        let mut row: Vec<Cell<'a>> = vec![Vec::new(); columns.len()];
        for (bit, x) in bits(line) {
            let column = columns.iter().position(|c| x < c.1).unwrap_or(columns.len() - 1);
            row[column].push(bit);
        }
        row
    });
    let rows: Vec<Vec<Cell<'a>>> = rows.collect();
    let header = lines[0].strong && !lines[1..].iter().any(|l| l.strong);
    sound(Grid { rows, header })
}

/// A grid, if it is a table: two rows and columns, and no cell with pages of text.
fn sound(grid: Grid<'_>) -> Option<Grid<'_>> {
    let columns = grid.rows.first()?.len();
    let filled = grid.rows.iter().flatten().filter(|c| !c.is_empty()).count();
    let letters: usize = grid.rows.iter().flatten().flatten().map(|(_, r)| r.len()).sum();
    let several = grid.rows.iter().filter(|r| r.iter().filter(|c| !c.is_empty()).count() > 1).count();
    let good =
        columns >= 2 && grid.rows.len() >= 2 && several * 2 >= grid.rows.len() && letters / filled.max(1) <= LONG;
    good.then_some(grid)
}
