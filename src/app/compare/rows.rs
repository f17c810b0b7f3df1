//! The rows of two texts side by side, or of one with what is gone and what is new in it: only of what is in sight.

use super::{Compare, Compared, Item, SIDES_FROM, Side};
use crate::app::{App, OpenDoc};
use crate::compare::align::{Counts, Fate, Pair};
use crate::doc::{BlockId, BlockKind, SectionId};
use crate::layout::wrap_text;
use crate::notes::diff::{self, Op};
use crate::words::Words;

/// Columns of the sign between (or before) the texts, with a blank at each side.
pub(super) const GUTTER: u16 = 3;

/// What is said of a piece of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// As in both.
    Same,
    /// In a block that has changed, what has not.
    Kept,
    /// Gone.
    Gone,
    /// New.
    New,
    /// A figure, a negation or a name that differs.
    Weighty,
    /// Said by the program.
    Said,
}

/// A piece of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seg {
    /// The text.
    pub text: String,
    /// What is said of it.
    pub mark: Mark,
}

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Text of blocks.
    Text,
    /// Text of headings.
    Heading,
    /// Something said over the whole width.
    Whole,
    /// A line over the whole width.
    Line,
    /// Nothing.
    Blank,
}

/// A row on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What it is.
    pub shown: Shown,
    /// The sign of what became of the block, on its first row.
    pub sign: &'static str,
    /// At the left, or the only text.
    pub left: Vec<Seg>,
    /// At the right.
    pub right: Vec<Seg>,
    /// The cursor is on it.
    pub here: bool,
    /// The row that the cursor of the terminal stands on.
    pub first: bool,
}

impl Row {
    fn whole(text: String, mark: Mark) -> Row {
        let left = vec![Seg { text, mark }];
        Row { shown: Shown::Whole, sign: "", left, right: Vec::new(), here: false, first: false }
    }
}

/// Columns of one text.
#[must_use]
pub fn side_width(width: u16) -> u16 {
    if width < SIDES_FROM { width.saturating_sub(GUTTER + 1) } else { (width - GUTTER - 2) / 2 }
}

impl Compare {
    /// Puts the cursor on an item.
    pub(super) fn go(&mut self, at: usize) {
        self.current = at;
    }

    fn height(&mut self, app: &App, compared: &Compared, width: u16, at: usize) -> usize {
        if let Some(Some(known)) = self.heights.get(at) {
            return *known;
        }
        let rows = self.rows_of(app, compared, width, at).len();
        if let Some(height) = self.heights.get_mut(at) {
            *height = Some(rows);
        }
        rows
    }

    /// Scrolls as little as brings the item of the cursor into sight.
    pub(super) fn show_current(&mut self, app: &App, compared: &Compared, width: u16, height: usize) {
        self.current = self.current.min(self.items.len().saturating_sub(1));
        let (top, row) = self.top;
        if self.current < top || (self.current == top && row >= self.height(app, compared, width, top)) {
            self.top = (self.current, 0);
            return;
        }
        if self.current == top {
            return;
        }
        // from the item of the cursor upwards as far as there is room: no farther down may the top be
        let (mut at, mut used) = (self.current, self.height(app, compared, width, self.current).min(height));
        while at > 0 && used < height {
            at -= 1;
            used += self.height(app, compared, width, at);
        }
        let lowest = (at, used.saturating_sub(height));
        if lowest > self.top {
            self.top = lowest;
        }
    }

    /// Scrolls; with `rows` by that many rows, else from item to item, or row by row through one taller than the screen.
    pub(super) fn scroll(&mut self, app: &App, compared: &Compared, width: u16, height: usize, by: isize, rows: bool) {
        let last = self.items.len().saturating_sub(1);
        for _ in 0..by.unsigned_abs() {
            let tall = self.height(app, compared, width, self.current) > height && self.top.0 == self.current;
            let more = self.top.1 + height < self.height(app, compared, width, self.current);
            match by > 0 {
                true if tall && more => self.top.1 += 1,
                false if tall && self.top.1 > 0 => self.top.1 -= 1,
                true if rows => self.roll(app, compared, width, true),
                false if rows => self.roll(app, compared, width, false),
                true => self.current = (self.current + 1).min(last),
                false => self.current = self.current.saturating_sub(1),
            }
        }
    }

    /// One row further down (or up); the cursor goes to the item at the top when its own has left the screen.
    fn roll(&mut self, app: &App, compared: &Compared, width: u16, down: bool) {
        let last = self.items.len().saturating_sub(1);
        let (at, row) = self.top;
        self.top = match down {
            true if row + 1 < self.height(app, compared, width, at) => (at, row + 1),
            true if at < last => (at + 1, 0),
            false if row > 0 => (at, row - 1),
            false if at > 0 => (at - 1, self.height(app, compared, width, at - 1).saturating_sub(1)),
            _ => (at, row),
        };
        self.current = match down {
            true => (self.current + usize::from(self.current < last && self.top.0 > self.current)).max(self.top.0),
            false => self.top.0,
        };
    }

    /// The rows on the screen.
    pub(super) fn in_sight(&mut self, app: &App, compared: &Compared, width: u16, height: usize) -> Vec<Row> {
        let (mut at, skip) = self.top;
        let mut out: Vec<Row> = Vec::with_capacity(height);
        let mut skip = skip;
        while out.len() < height && at < self.items.len() {
            let mut rows = self.rows_of(app, compared, width, at);
            let here = at == self.current;
            let first = rows.iter().position(|r| r.shown != Shown::Blank).unwrap_or(0).max(skip);
            for (i, row) in rows.iter_mut().enumerate() {
                row.here = here && row.shown != Shown::Blank;
                row.first = here && i == first;
            }
            out.extend(rows.into_iter().skip(skip));
            skip = 0;
            at += 1;
        }
        out.truncate(height);
        out
    }

    fn rows_of(&self, app: &App, compared: &Compared, width: u16, at: usize) -> Vec<Row> {
        let words = &app.words;
        match self.items.get(at) {
            None => Vec::new(),
            Some(Item::Total) => {
                let text = total(words, &compared.found.counts);
                wrap_text(&text, usize::from(width.saturating_sub(2)).max(1))
                    .into_iter()
                    .map(|row| Row::whole(row.to_owned(), Mark::Kept))
                    .collect()
            }
            Some(Item::Section(at)) => {
                compared.found.sections.get(*at).map(|s| section(app, compared, s)).into_iter().collect()
            }
            Some(Item::Knelpunt(side, at)) => {
                let (doc, _) = if *side == Side::Old { &compared.old } else { &compared.new };
                let title = doc.found.get(*at).map(|f| f.title.clone()).unwrap_or_default();
                let (key, mark) = match side {
                    Side::Old => ("compare.knelpunt-gone", Mark::Gone),
                    Side::New => ("compare.knelpunt-new", Mark::New),
                };
                vec![Row::whole(format!("◆ {}", words.f(key, &[("title", &title)])), mark)]
            }
            Some(Item::Line) => {
                let line = Row { shown: Shown::Line, ..Row::whole(String::new(), Mark::Said) };
                vec![line]
            }
            Some(Item::Fold(_, many)) => {
                let text = words.n("compare.folded", *many as u64);
                let blank = Row { shown: Shown::Blank, ..Row::whole(String::new(), Mark::Said) };
                vec![Row::whole(format!("⋯ {text}"), Mark::Said), blank]
            }
            Some(Item::Pair(at)) => match compared.found.pairs.get(*at) {
                Some(pair) => pair_rows(app, compared, pair, width),
                None => Vec::new(),
            },
        }
    }
}

/// How many blocks of two reports became what, in words.
#[must_use]
pub fn total(words: &Words, counts: &Counts) -> String {
    let text = told(words, counts, true);
    if text.is_empty() { words.t("compare.same").to_owned() } else { text }
}

/// How many blocks became what, in words; empty when all are the same.
fn told(words: &Words, counts: &Counts, all: bool) -> String {
    let said = [
        ("compare.changed", counts.changed),
        ("compare.added", counts.added),
        ("compare.removed", counts.removed),
        ("compare.moved", counts.moved),
    ];
    let mut out: Vec<String> = said.iter().filter(|(_, n)| *n > 0).map(|(key, n)| words.n(key, *n as u64)).collect();
    if all && !out.is_empty() {
        out.push(words.n("compare.unchanged", counts.same as u64));
    }
    out.join(" · ")
}

fn section(app: &App, compared: &Compared, pair: &crate::compare::align::SectionPair) -> Row {
    let label = |doc: &OpenDoc, id: SectionId| {
        let outline = doc.doc.outline();
        let section = outline.section(id);
        if section.parent.is_none() { outline.part(section.part).title.clone() } else { section.label() }
    };
    let (old, new) = (pair.old.map(|s| label(&compared.old.0, s)), pair.new.map(|s| label(&compared.new.0, s)));
    let depth = match (pair.new, pair.old) {
        (Some(s), _) => compared.new.0.doc.outline().path(s).len(),
        (None, Some(s)) => compared.old.0.doc.outline().path(s).len(),
        (None, None) => 1,
    };
    let (sign, mark, mut text) = match (old, new) {
        (None, Some(new)) => ("+", Mark::New, new),
        (Some(old), None) => ("−", Mark::Gone, old),
        (Some(old), Some(new)) if pair.renamed => {
            ("≠", Mark::Kept, app.words.f("compare.renamed", &[("new", &new), ("old", &old)]))
        }
        (_, new) => ("≠", Mark::Kept, new.unwrap_or_default()),
    };
    let told = told(&app.words, &pair.counts, false);
    if !told.is_empty() {
        text = format!("{text}  ({told})");
    }
    let indent = "  ".repeat(depth.saturating_sub(2).min(6));
    Row::whole(format!("{indent}{sign} {text}"), mark)
}

/// A text with what is said of its pieces: bytes and marks, in order.
type Marked = (String, Vec<(std::ops::Range<usize>, Mark)>);

fn plain(text: &str, mark: Mark) -> Marked {
    (text.to_owned(), vec![(0..text.len(), mark)])
}

fn pair_rows(app: &App, compared: &Compared, pair: &Pair, width: u16) -> Vec<Row> {
    let sides = width >= SIDES_FROM;
    let block = |doc: &OpenDoc, id: Option<BlockId>| id.map(|b| text_of(doc, b));
    let (old, new) = (block(&compared.old.0, pair.old), block(&compared.new.0, pair.new));
    let heading = [(&compared.old.0, pair.old), (&compared.new.0, pair.new)]
        .into_iter()
        .any(|(doc, id)| id.is_some_and(|b| matches!(doc.doc.block(b).kind, BlockKind::Heading { .. })));
    let place = |doc: &OpenDoc, key: &str| {
        let path = pair.other.map(|b| doc.doc.outline().path_labels(doc.doc.block(b).section).join(" › "));
        app.words.f(key, &[("place", &path.unwrap_or_default())])
    };
    let (sign, left, right): (&str, Option<Marked>, Option<Marked>) = match (pair.fate, old, new) {
        (Fate::Same, old, new) if sides => {
            (" ", old.map(|t| plain(&t, Mark::Same)), new.map(|t| plain(&t, Mark::Same)))
        }
        (Fate::Same, _, new) => (" ", new.map(|t| plain(&t, Mark::Same)), None),
        (Fate::Changed, Some(old), Some(new)) if sides => {
            let (left, right) = both(&old, &new);
            ("≠", Some(left), Some(right))
        }
        (Fate::Changed, Some(old), Some(new)) => ("≠", Some(one(&old, &new)), None),
        (Fate::Removed, old, _) => ("−", old.map(|t| plain(&t, Mark::Gone)), None),
        (Fate::Added, _, new) if sides => ("+", None, new.map(|t| plain(&t, Mark::New))),
        (Fate::Added, _, new) => ("+", new.map(|t| plain(&t, Mark::New)), None),
        (Fate::MovedAway, old, _) => {
            let said = plain(&place(&compared.new.0, "compare.moved-to"), Mark::Said);
            let left = old.map(|t| plain(&t, Mark::Kept));
            if sides { ("⇄", left, Some(said)) } else { ("⇄", left.map(|l| followed(l, said)), None) }
        }
        (Fate::MovedHere, _, new) => {
            let said = plain(&place(&compared.old.0, "compare.moved-from"), Mark::Said);
            let right = new.map(|t| plain(&t, Mark::Kept));
            if sides { ("⇄", Some(said), right) } else { ("⇄", right.map(|r| followed(r, said)), None) }
        }
        (Fate::Changed, old, new) => ("≠", old.map(|t| plain(&t, Mark::Gone)), new.map(|t| plain(&t, Mark::New))),
    };
    let cells = usize::from(side_width(width)).max(1);
    let wrapped = |side: Option<Marked>| side.map(|s| wrap_marked(&s, cells)).unwrap_or_default();
    let (left, right) = (wrapped(left), wrapped(right));
    let shown = if heading { Shown::Heading } else { Shown::Text };
    let rows = left.len().max(right.len()).max(1);
    let (mut left, mut right) = (left.into_iter(), right.into_iter());
    let mut out: Vec<Row> = (0..rows)
        .map(|i| Row {
            shown,
            sign: if i == 0 { sign } else { "" },
            left: left.next().unwrap_or_default(),
            right: right.next().unwrap_or_default(),
            here: false,
            first: false,
        })
        .collect();
    out.push(Row { shown: Shown::Blank, ..Row::whole(String::new(), Mark::Said) });
    out
}

/// The words of a block, as they are read.
fn text_of(doc: &OpenDoc, id: BlockId) -> String {
    let block = doc.doc.block(id);
    let text = doc.doc.slice(block.range).replace('\t', "  ");
    if matches!(block.kind, BlockKind::Item { .. }) { format!("• {text}") } else { text }
}

/// Both texts of a block that has changed.
fn both(old: &str, new: &str) -> (Marked, Marked) {
    let pieces = diff::words(old, new);
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for piece in &pieces {
        match piece.op {
            Op::Same => {
                left.push((piece.old.clone(), Mark::Kept));
                right.push((piece.new.clone(), Mark::Kept));
            }
            Op::Gone => left.push((piece.old.clone(), weight(piece, Mark::Gone))),
            Op::New => right.push((piece.new.clone(), weight(piece, Mark::New))),
        }
    }
    ((old.to_owned(), left), (new.to_owned(), right))
}

/// One text with what is gone and what is new in it, in signs too: nothing is told by colour alone.
fn one(old: &str, new: &str) -> Marked {
    let (mut text, mut marks) = (String::new(), Vec::new());
    for piece in diff::words(old, new) {
        if piece.apart && !text.is_empty() {
            text.push(' ');
        }
        let (open, close, mark) = match piece.op {
            Op::Same => ("", "", Mark::Kept),
            Op::Gone => ("[-", "-]", weight(&piece, Mark::Gone)),
            Op::New => ("[+", "+]", weight(&piece, Mark::New)),
        };
        let from = text.len();
        text.push_str(open);
        text.push_str(&piece.text);
        text.push_str(close);
        marks.push((from..text.len(), mark));
    }
    (text, marks)
}

fn weight(piece: &diff::Piece, mark: Mark) -> Mark {
    if piece.kind > diff::Kind::Word { Mark::Weighty } else { mark }
}

fn followed((mut text, mut marks): Marked, (said, _): Marked) -> Marked {
    text.push('\n');
    let from = text.len();
    text.push_str(&said);
    marks.push((from..text.len(), Mark::Said));
    (text, marks)
}

/// The rows of a text, each in pieces of one mark.
fn wrap_marked((text, marks): &Marked, cells: usize) -> Vec<Vec<Seg>> {
    let mut from = 0;
    let mut rows = Vec::new();
    for row in wrap_text(text, cells) {
        // rows come in order, each a piece of the text
        let start = text[from..].find(row).map_or(from, |at| from + at);
        let end = start + row.len();
        from = end;
        let mut segs: Vec<Seg> = Vec::new();
        let mut at = start;
        for (range, mark) in marks.iter().filter(|(r, _)| r.end > start && r.start < end) {
            let (f, t) = (range.start.max(start), range.end.min(end));
            if at < f {
                segs.push(Seg { text: text[at..f].to_owned(), mark: Mark::Kept });
            }
            segs.push(Seg { text: text[f..t].to_owned(), mark: *mark });
            at = t;
        }
        if at < end {
            segs.push(Seg { text: text[at..end].to_owned(), mark: Mark::Kept });
        }
        rows.push(segs);
    }
    rows
}
