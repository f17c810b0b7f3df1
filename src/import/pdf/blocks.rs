//! Lines to blocks: which lines make one paragraph, also over columns and pages, and what each block is.

use super::file::Page;
use super::habits::{Habits, below};
use super::lines::Line;
use super::marker::{self, Marker};
use super::notes;
use super::tables::{self, Grid, Part};
use super::tags::Role;

/// A step to the next line larger than this, in usual steps, parts paragraphs.
const STEP: f32 = 1.22;
/// A line that begins so far from another's start, in letter sizes, is indented.
const INDENT: f32 = 0.7;

/// Lines that belong together.
#[derive(Debug)]
pub(super) struct Block<'a> {
    pub(super) kind: Kind,
    pub(super) lines: Vec<&'a Line>,
    /// Blank lines before it, as it were.
    pub(super) gap: u32,
    /// Bytes of the first line that are its marker or label.
    pub(super) skip: usize,
    pub(super) grid: Option<Grid<'a>>,
}

/// What a block is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    Text,
    /// The level marked; 0 where only its looks say so.
    Heading(u8),
    Item {
        marker: String,
        depth: u8,
    },
    Note(String),
    Quote,
    /// Lines that stay as they are.
    Lines,
    /// Its cells stand in [`Block::grid`].
    Table,
}

/// The blocks of all pages, in the order of reading; notes behind the block in which their page ends.
pub(super) fn blocks<'a>(pages: &'a [Page], habits: &Habits) -> Vec<Block<'a>> {
    let mut out = Out { habits, blocks: Vec::new(), waiting: Vec::new(), indents: Vec::new() };
    for page in pages {
        let (body, notes) = notes::part(page, habits);
        let parts = tables::part(page, &body);
        let body: Vec<&Line> =
            parts.iter().filter_map(|p| if let Part::Line(line) = p { Some(*line) } else { None }).collect();
        let mut n = 0_usize;
        for (place, part) in parts.into_iter().enumerate() {
            match part {
                Part::Line(line) => {
                    let before = n.checked_sub(1).map(|b| body[b]);
                    out.line(line, before, &body[n + 1..], column_right(&body, n, habits));
                    n += 1;
                }
                Part::Table(grid) => out.table(grid, place == 0),
            }
        }
        out.notes(notes);
    }
    out.flush();
    out.blocks
}

/// The right border of the column that a line stands in: as far as the lines around it reach.
fn column_right(body: &[&Line], at: usize, habits: &Habits) -> f32 {
    let here = body[at];
    let mut right = here.end_x.max(habits.right(here.x).unwrap_or(0.0));
    let alike = |l: &Line| (l.size - here.size).abs() < 0.12 * here.size;
    let up = body[..at].iter().rev().zip(body[1..=at].iter().rev()).take(30).take_while(|(a, b)| below(a, b));
    let down = body[at..].windows(2).take(30).take_while(|w| below(w[0], w[1]));
    for line in up.map(|(a, _)| a).chain(down.map(|w| &w[1])).filter(|l| alike(l)) {
        right = right.max(line.end_x);
    }
    right
}

/// The blocks while they grow.
struct Out<'a, 'h> {
    habits: &'h Habits,
    blocks: Vec<Block<'a>>,
    /// Notes of pages that have ended inside the last block.
    waiting: Vec<Block<'a>>,
    /// Left ends of the markers of the lists that are open, and of the text of their items.
    indents: Vec<(f32, f32)>,
}

impl<'a> Out<'a, '_> {
    /// Adds a line.
    fn line(&mut self, line: &'a Line, before: Option<&Line>, after: &[&'a Line], right: f32) {
        let goes_on = self.blocks.last().is_some_and(|block| match block.lines.last() {
            Some(last) => self.goes_on(block, last, line, before, after, right),
            None => false,
        });
        if goes_on {
            if let Some(block) = self.blocks.last_mut() {
                block.lines.push(line);
            }
            return;
        }
        self.finish();
        let gap = before.map_or(1, |b| u32::from(b.y - line.y > STEP * self.habits.pitch(line.size) || b.y < line.y));
        let kind = self.kind(line, before, after, right);
        self.blocks.push(kind.block(line, gap));
    }

    /// Adds a table; at the head of a page it may go on with one of the page before.
    fn table(&mut self, mut grid: Grid<'a>, first: bool) {
        let columns = grid.rows[0].len();
        if let Some(before) =
            self.blocks.last_mut().and_then(|b| b.grid.as_mut()).filter(|b| first && b.rows[0].len() == columns)
        {
            // Its head may be printed again.
            let again = grid.rows[0].iter().zip(&before.rows[0]).all(|(a, b)| text_of(a) == text_of(b));
            before.rows.extend(grid.rows.drain(usize::from(again)..));
            return;
        }
        self.finish();
        self.indents.clear();
        let lines: Vec<&Line> = grid.rows.iter().flatten().flatten().map(|(line, _)| *line).take(1).collect();
        self.blocks.push(Block { kind: Kind::Table, lines, gap: 1, skip: 0, grid: Some(grid) });
    }

    /// What a line that begins a block begins.
    fn kind(&mut self, line: &'a Line, before: Option<&Line>, after: &[&'a Line], right: f32) -> Begin {
        let role = line.tag.as_ref().map(|t| t.role);
        let lists = line.tag.as_ref().map_or(0, |t| t.lists);
        if role == Some(Role::Marker) {
            let marker = line.text.trim().to_string();
            return Begin { kind: Kind::Item { marker, depth: lists.saturating_sub(1) }, skip: line.text.len() };
        }
        if let Some(Role::Heading(level)) = role {
            return Begin { kind: Kind::Heading(level.max(1)), skip: 0 };
        }
        // A number before something large or bold is that of a heading, unless a whole paragraph is set so.
        let alike = |l: &&&Line| l.strong == line.strong && (l.size - line.size).abs() < 0.05 * line.size;
        let short = after.iter().take(4).take_while(alike).count() < 4;
        let counted = marker::of(&line.text).is_some_and(|m| m.kind == marker::Kind::Count);
        let heading = self.set_off(line) && counted && short;
        if let Some(item) =
            marker::of(&line.text).filter(|m| !heading && !tables::leads(line) && begins_item(m, line, before, right))
        {
            let text_x = line.gaps.first().filter(|g| g.at <= item.skip).map_or(line.x + line.size, |g| g.to);
            let depth = self.depth(line.x, text_x);
            let depth = if lists > 0 { lists - 1 } else { depth };
            return Begin { kind: Kind::Item { marker: item.text.to_string(), depth }, skip: item.skip };
        }
        // A further paragraph of an item stands where the item's text does.
        let inside = |(_, text): &(f32, f32)| (line.x - text).abs() < 0.6 * line.size;
        if let Some(at) = self.indents.iter().position(inside).filter(|_| !self.set_off(line)) {
            self.indents.truncate(at + 1);
            return Begin { kind: Kind::Item { marker: String::new(), depth: at as u8 }, skip: 0 };
        }
        self.indents.clear();
        Begin { kind: if role == Some(Role::Quote) { Kind::Quote } else { Kind::Text }, skip: 0 }
    }

    /// Whether a line is set larger or bolder than running text.
    fn set_off(&self, line: &Line) -> bool {
        self.habits.larger(line) || (line.strong && !self.habits.strong)
    }

    /// How deep an item lies that begins here.
    fn depth(&mut self, x: f32, text: f32) -> u8 {
        while self.indents.last().is_some_and(|(marker, _)| *marker > x + 3.0) {
            self.indents.pop();
        }
        match self.indents.last_mut() {
            Some((marker, its_text)) if (*marker - x).abs() <= 3.0 => *its_text = text,
            _ => self.indents.push((x, text)),
        }
        (self.indents.len() - 1).min(8) as u8
    }

    /// Whether a line goes on with a block whose last line is `last`.
    fn goes_on(
        &self,
        block: &Block<'_>,
        last: &Line,
        line: &Line,
        before: Option<&Line>,
        after: &[&Line],
        right: f32,
    ) -> bool {
        if block.kind == Kind::Table || tables::leads(last) {
            return false;
        }
        // A marker that is tagged by itself, and the text of its item.
        if block.lines.len() == 1 && last.tag.as_ref().is_some_and(|t| t.role == Role::Marker) {
            return last.page == line.page && line.x > last.x && (last.y - line.y).abs() < 3.0 * line.size;
        }
        let tagged = |l: &Line| l.tag.as_ref().filter(|t| t.element != 0).map(|t| t.element);
        if let (Some(a), Some(b)) = (tagged(last), tagged(line)) {
            let role = |l: &Line| l.tag.as_ref().map(|t| (t.role, t.lists));
            // A paragraph over a page border is tagged as two by some.
            let two = role(last) == role(line) && (last.page < line.page || level(last, line)) && !is_item(line);
            return a == b || (two && (level(last, line) || self.turns_over(block, last, line)));
        }
        let size = last.size.max(line.size);
        if last.rotate != line.rotate || (last.size - line.size).abs() > 0.08 * size {
            return false;
        }
        if let Some(item) = marker::of(&line.text)
            && begins_item(&item, line, before, right)
        {
            return false;
        }
        let set_off = self.set_off(line);
        // Headings are set with more room than text, and there are too few of them to tell how much.
        let pitch = self.habits.pitch(line.size).max(if set_off { 1.35 * line.size } else { 0.0 });
        let lower = line.text.starts_with(char::is_lowercase);
        if !before.is_some_and(|b| std::ptr::eq(b, last) && below(b, line)) {
            return self.turns_over(block, last, line);
        }
        if last.y - line.y > STEP * pitch {
            return false;
        }
        let room = right - last.end_x;
        let full = room < first_word(line) + 0.6 * size;
        if last.strong != line.strong && !(full && lower) {
            return false;
        }
        if set_off && last.strong == line.strong && block.lines.len() < 4 && !in_list(block) {
            // The lines of one heading; a number begins another.
            return !numbered(&line.text);
        }
        let first = block.lines[0];
        let in_item = in_list(block);
        if line.x > last.x + INDENT * size {
            let hanging = block.lines.len() == 1
                && (in_item || after.first().is_none_or(|next| (next.x - line.x).abs() < 0.5 * size));
            if !hanging {
                return false;
            }
        } else if line.x < last.x - INDENT * size {
            // Back to the margin: after an indented first line.
            if block.lines.len() > 1 || in_item && line.x < first.x - 1.0 {
                return false;
            }
        }
        // Room for a word, but the sentence goes on: a word that may not be parted from the next stood there, or the setter
        // was no purist. Lines of an address leave more.
        full || !ends_sentence(&last.text) && (lower || room < 0.25 * (right - first.x))
    }

    /// Whether a line at the head of a column or page goes on with the block at the foot of the one before.
    fn turns_over(&self, block: &Block<'_>, last: &Line, line: &Line) -> bool {
        if matches!(block.kind, Kind::Heading(_) | Kind::Lines | Kind::Table) || last.strong != line.strong {
            return false;
        }
        let larger = self.habits.larger(line);
        let cut = last.text.ends_with(['-', '\u{2010}', ',', '(']) || !ends_sentence(&last.text);
        let lower =
            line.text.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit() || matches!(c, '(' | '‘' | '“'));
        let long = block.lines.len() > 1 || last.text.len() > 60;
        !larger && cut && !last.text.ends_with(':') && (lower || long && full_width(block, self.habits))
    }

    /// Adds the notes of a page: behind the block that is open, which may go on on the next page.
    fn notes(&mut self, notes: Vec<Block<'a>>) {
        for note in notes {
            let goes_on = matches!(&note.kind, Kind::Note(label) if label.is_empty());
            match self.waiting.last_mut().or(self.blocks.iter_mut().rev().find(|b| matches!(b.kind, Kind::Note(_)))) {
                Some(last) if goes_on => last.lines.extend(note.lines),
                _ if goes_on => self.waiting.push(Block { kind: Kind::Text, ..note }),
                _ => self.waiting.push(note),
            }
        }
    }

    /// The last block is complete: what it is can be told, and the notes of its pages follow it.
    fn finish(&mut self) {
        if let Some(block) = self.blocks.last_mut()
            && block.kind == Kind::Text
            && looks_like_heading(block, self.habits)
        {
            block.kind = Kind::Heading(0);
        }
        self.blocks.append(&mut self.waiting);
    }

    fn flush(&mut self) {
        self.finish();
    }
}

/// What a line begins.
struct Begin {
    kind: Kind,
    skip: usize,
}

impl Begin {
    fn block(self, line: &Line, gap: u32) -> Block<'_> {
        Block { kind: self.kind, lines: vec![line], gap, skip: self.skip, grid: None }
    }
}

/// Whether what looks like a marker begins an item here, and isn't a dash or number at the start of a wrapped line.
fn begins_item(item: &Marker<'_>, line: &Line, before: Option<&Line>, right: f32) -> bool {
    let Some(last) = before.filter(|b| below(b, line)) else { return true };
    if line.tag.as_ref().is_some_and(|t| t.lists > 0) {
        return true;
    }
    if item.kind == marker::Kind::Dot || (last.x - line.x).abs() > INDENT * line.size {
        return true;
    }
    let full = right - last.end_x < first_word(line) + line.size;
    !full || last.text.ends_with(['.', ':', ';', '!', '?', ',']) || marker::of(&last.text).is_some()
}

/// Whether a block looks like a heading: short, open at its end, and larger, bolder, in capitals or numbered.
fn looks_like_heading(block: &Block<'_>, habits: &Habits) -> bool {
    let text: usize = block.lines.iter().map(|l| l.text.len()).sum();
    let Some(last) = block.lines.last() else { return false };
    let first = block.lines[0];
    let wide = first.gaps.len() > 1 || block.lines.iter().skip(1).any(|l| !l.gaps.is_empty());
    if text > 220 || block.lines.len() > 4 || wide || last.text.ends_with(['.', ';', ',']) {
        return false;
    }
    let letters = block.lines.iter().flat_map(|l| l.text.chars()).filter(|c| c.is_alphabetic()).count();
    if letters < 2 {
        return false;
    }
    let larger = block.lines.iter().all(|l| habits.larger(l));
    if tables::leads(last) || (last.text.ends_with(':') && !larger) {
        return false;
    }
    let strong = !habits.strong && block.lines.iter().all(|l| l.strong);
    let capitals = letters >= 4 && !block.lines.iter().any(|l| l.text.contains(char::is_lowercase));
    let alone = block.lines.len() == 1 && (numbered(&first.text) || first.emphasis) && first.size > 0.95 * habits.body;
    larger || ((strong || capitals || alone) && first.size > 0.85 * habits.body)
}

/// Whether a text begins with a number as headings have it ("2.1 Toezicht").
fn numbered(text: &str) -> bool {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let digits = &text[..end];
    digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.len() <= 8
        && text[end..].starts_with(' ')
        && text[end..].trim_start().starts_with(char::is_uppercase)
}

/// Whether two stretches stand side by side on one line.
pub(super) fn level(a: &Line, b: &Line) -> bool {
    a.page == b.page && (a.y - b.y).abs() < 0.3 * a.size && b.x > a.x && b.x - a.end_x < 0.6 * a.size
}

/// Whether a block is an item.
fn in_list(block: &Block<'_>) -> bool {
    matches!(block.kind, Kind::Item { .. })
}

/// Whether a line begins with the marker of an item.
fn is_item(line: &Line) -> bool {
    marker::of(&line.text).is_some()
}

/// The words of a cell.
fn text_of(cell: &[tables::Bit<'_>]) -> String {
    cell.iter().map(|(line, bytes)| line.text[bytes.clone()].trim()).collect::<Vec<_>>().join(" ")
}

/// Width of a line's first word.
fn first_word(line: &Line) -> f32 {
    let chars = line.text.chars().count().max(1) as f32;
    let word = line.text.chars().take_while(|c| !c.is_whitespace()).count() as f32;
    (line.end_x - line.x) * (word / chars).min(1.0)
}

/// Whether a text ends as a sentence does.
pub(super) fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(|c: char| matches!(c, ')' | '”' | '’' | '"' | '\'' | ']') || c.is_ascii_digit());
    text.ends_with(['.', '!', '?', ':', ';'])
}

/// Whether the lines of a block reach the right border.
fn full_width(block: &Block<'_>, habits: &Habits) -> bool {
    let Some(last) = block.lines.last() else { return false };
    let widest = block.lines.iter().map(|l| l.end_x).fold(habits.right(last.x).unwrap_or(0.0), f32::max);
    widest - last.end_x < 4.0 * last.size
}
