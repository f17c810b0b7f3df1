//! Tables of a page: which of them hold data and which only lay text out, and the first kind written row by row.

use super::tags::{Name, Tag};
use super::tape::Tape;
use super::words;
use super::write::Writer;
use crate::doc::ColumnAlign;
use crate::import::ImportError;

/// More columns than this are not kept apart.
const MAX_COLUMNS: usize = 256;

/// A cell.
struct Cell {
    at: u32,
    head: bool,
    columns: usize,
    rows: u32,
}

/// A row.
struct Row {
    cells: Vec<Cell>,
    head: bool,
}

/// Whether a table holds data; the others are there to set running text beside each other.
pub(super) fn is_data(tape: &Tape, at: u32) -> bool {
    if tape.has_word(at, Name::Role, "presentation") || tape.has_word(at, Name::Role, "none") {
        return false;
    }
    let parent = tape.node(at).parent;
    let remark = |at: u32| tape.attr(at, Name::Class).is_some_and(|c| words::says(c).remark);
    if remark(parent) && !tape.is(parent, Tag::Section) {
        return false;
    }
    let (mut heads, mut cells, mut rows, mut single, mut here) = (0, 0_u32, 0_u32, true, 0);
    let (mut captioned, mut text, mut blocks, mut titled) = (false, 0, 0_u32, false);
    let mut i = at + 1;
    while i < tape.after(at) {
        match tape.tag(i) {
            Some(Tag::Table) => {
                // A table inside one lays it out, but for the small ones in a cell of a real table.
                if tape.words(i, 40).len() > 8 && heads == 0 && !captioned {
                    return false;
                }
                i = tape.after(i);
                continue;
            }
            Some(Tag::Tr) => {
                rows += 1;
                here = 0;
            }
            Some(tag @ (Tag::Td | Tag::Th)) => {
                cells += 1;
                here += 1;
                heads += u32::from(tag == Tag::Th);
                single &= here < 2;
            }
            Some(Tag::Caption | Tag::Thead) => captioned = true,
            Some(tag) if tag.level().is_some_and(|l| l <= 3) => titled = true,
            Some(Tag::P | Tag::Ul | Tag::Ol | Tag::Blockquote | Tag::Pre) => blocks += 1,
            Some(_) => {}
            None => text += tape.text_at(i).len(),
        }
        i += 1;
    }
    if cells <= 1 || single {
        return false;
    }
    let big = text > 600 * cells as usize || (rows <= 2 && blocks > 3 * cells);
    heads > 0 || captioned || !(titled || big)
}

/// The rows of a table, those of tables inside it not among them; and its captions.
fn rows(tape: &Tape, at: u32) -> (Vec<Row>, Vec<u32>) {
    let (mut rows, mut captions): (Vec<Row>, Vec<u32>) = (Vec::new(), Vec::new());
    let mut head_until = 0;
    let mut i = at + 1;
    while i < tape.after(at) {
        match tape.tag(i) {
            Some(Tag::Caption) => {
                captions.push(i);
                i = tape.after(i);
                continue;
            }
            Some(Tag::Thead) => head_until = tape.after(i),
            Some(Tag::Tr) => rows.push(Row { cells: Vec::new(), head: i < head_until }),
            Some(tag @ (Tag::Td | Tag::Th)) => {
                let span = |name| tape.attr(i, name).and_then(|v| v.trim().parse::<u32>().ok()).unwrap_or(1).max(1);
                let cell = Cell {
                    at: i,
                    head: tag == Tag::Th,
                    columns: (span(Name::Colspan) as usize).min(MAX_COLUMNS),
                    rows: span(Name::Rowspan).min(4_096),
                };
                match rows.last_mut() {
                    Some(row) => row.cells.push(cell),
                    None => rows.push(Row { cells: vec![cell], head: i < head_until }),
                }
                i = tape.after(i);
                continue;
            }
            _ => {}
        }
        i += 1;
    }
    rows.retain(|r| r.cells.iter().any(|c| !tape.words(c.at, 4).is_empty()));
    (rows, captions)
}

impl Writer<'_> {
    /// Writes a table: its caption as a paragraph, then its rows.
    pub(super) fn table(&mut self, at: u32) -> Result<(), ImportError> {
        let tape = self.tape;
        let (rows, captions) = rows(tape, at);
        for caption in captions {
            self.walk(tape.inside(caption))?;
            self.border()?;
        }
        self.at_line(at);
        self.scribe.table(Vec::new(), false);
        let mut width = 0;
        // For each column, how many rows a cell from above still takes.
        let mut taken: Vec<u32> = Vec::new();
        for row in &rows {
            self.scribe.row();
            let mut column = 0;
            for cell in &row.cells {
                column = self.skip_taken(&mut taken, column)?;
                if column >= MAX_COLUMNS {
                    // What no column is left for is still text of the last one.
                    self.scribe.text(" ");
                    self.walk(tape.inside(cell.at))?;
                    continue;
                }
                self.at_line(cell.at);
                self.scribe.cell();
                self.walk(tape.inside(cell.at))?;
                let end = (column + cell.columns).min(MAX_COLUMNS);
                if taken.len() < end {
                    taken.resize(end, 0);
                }
                for place in &mut taken[column..end] {
                    *place = cell.rows - 1;
                }
                for _ in column + 1..end {
                    self.budget.node()?;
                    self.scribe.cell();
                }
                column = end;
            }
            column = self.skip_taken(&mut taken, column)?;
            width = width.max(column);
        }
        let heads = rows.first().is_some_and(|r| r.head || r.cells.iter().all(|c| c.head));
        self.scribe.columns(aligns(tape, &rows, width), heads && rows.len() > 1);
        self.scribe.end_table();
        Ok(())
    }

    /// Leaves empty the columns that cells from above take; the first free one.
    fn skip_taken(&mut self, taken: &mut [u32], mut column: usize) -> Result<usize, ImportError> {
        while let Some(rows) = taken.get_mut(column).filter(|r| **r > 0) {
            *rows -= 1;
            self.budget.node()?;
            self.scribe.cell();
            column += 1;
        }
        Ok(column)
    }
}

/// How the columns are set: as most of their cells are.
fn aligns(tape: &Tape, rows: &[Row], width: usize) -> Vec<ColumnAlign> {
    let mut votes = vec![[0_u32; 3]; width];
    for row in rows.iter().take(400) {
        let mut column = 0;
        for cell in &row.cells {
            if let Some(vote) = votes.get_mut(column).filter(|_| !cell.head) {
                vote[of_cell(tape, cell.at)] += 1;
            }
            column += cell.columns;
        }
    }
    let most = |v: &[u32; 3]| match v {
        [left, center, right] if right > left && right > center => ColumnAlign::Right,
        [left, center, _] if center > left => ColumnAlign::Center,
        _ => ColumnAlign::Left,
    };
    votes.iter().map(most).collect()
}

/// 0 to the left, 1 in the middle, 2 to the right; figures stand to the right whatever is said.
fn of_cell(tape: &Tape, at: u32) -> usize {
    let said = tape.attr(at, Name::Align).unwrap_or_default();
    let style = tape.attr(at, Name::StyleOf).unwrap_or_default().replace(' ', "");
    let has = |word: &str| said.eq_ignore_ascii_case(word) || style.contains(&format!("text-align:{word}"));
    let text = tape.words(at, 24);
    let figure = text.bytes().any(|b| b.is_ascii_digit())
        && text
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | ' ' | '-' | '–' | '+' | '%' | '€' | '$' | '£'));
    match () {
        () if has("right") || figure => 2,
        () if has("center") => 1,
        () => 0,
    }
}
