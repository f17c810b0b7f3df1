//! The notes that belong to the rows on the screen, each beside its own passage: a column at the right, or where there is
//! no room for one a popup over the text. What stands where is computed here; `ui` only paints it.

use super::annotate::Subject;
use super::geometry::Area;
use super::knelpunten::colour::sign;
use super::views::report_line;
use super::{App, Effects, OpenDoc, Pane, View};
use crate::doc::TextRange;
use crate::keys::Action;
use crate::layout::{ScreenRow, truncate, wrap_text};
use crate::notes::anchor::State;
use crate::notes::{Color, Note, NoteId, NoteKind, Status, TargetKind};

/// Rows of a note's words that are shown while the cursor is elsewhere.
const WORDS: usize = 4;
/// Rows that say where else a passage stands, while the cursor is on the note.
const TWIN_ROWS: usize = 3;
/// Columns of the popup.
const POPUP: u16 = 46;
/// Columns at the left of a note: where the cursor is, its sign, and a blank.
pub const SIGN: u16 = 3;
/// Notes without a place that are listed at most; the cursor goes through all.
const LOOSE: usize = 3;

/// The state of the margin.
#[derive(Clone, Debug, Default)]
pub struct Margin {
    /// The note the cursor stands on.
    pub current: Option<NoteId>,
    /// Where the margin stands, with its border: the column, or the popup; empty when neither is there.
    pub area: Area,
    /// Notes beside the text, from top to bottom, those without a place last.
    pub cards: Vec<Card>,
    /// The row, inside the border, of the line above the notes without a place.
    pub loose: Option<u16>,
    /// Notes beside the rows in sight for which there was no room, above and below.
    pub hidden: (usize, usize),
    /// What of the rows in sight has notes.
    pub marks: Vec<Mark>,
    /// How many notes belong to the open report.
    pub count: usize,
    /// How many of them have no place in it.
    pub loose_count: usize,
}

/// A passage with a note.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// The note.
    pub id: NoteId,
    /// What is marked of the text: the passage, or the heading of what the note is on.
    pub range: TextRange,
    /// What kind of note.
    pub kind: NoteKind,
    /// It is a note on another place where (nearly) the same passage stands.
    pub twin: bool,
    /// The colour of its mark.
    pub colour: Option<Color>,
    /// Where it stands among the rows in sight.
    row: usize,
}

/// A note in the margin.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    /// The note.
    pub id: NoteId,
    /// What kind of note.
    pub kind: NoteKind,
    /// The colour of its mark.
    pub colour: Option<Color>,
    /// What became of its place.
    pub state: State,
    /// It is on another place where (nearly) the same passage stands.
    pub twin: bool,
    /// The row of the text it belongs to, from the top of the text; `None` when it has no place.
    pub row: Option<u16>,
    /// Its first row inside the border.
    pub y: u16,
    /// What it says.
    pub lines: Vec<CardLine>,
    /// The cursor stands on it.
    pub here: bool,
}

/// One row of a note in the margin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardLine {
    /// What it is.
    pub role: CardRole,
    /// The text.
    pub text: String,
}

/// What a row of a note in the margin is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardRole {
    /// The reader's words.
    Words,
    /// Words of the report.
    Quote,
    /// A knelpunt it is put to, of this colour.
    Knelpunt(Option<Color>),
    /// Tags and status.
    Tags,
    /// That its place is not exact.
    State,
    /// Where else its passage stands.
    Twin,
}

/// What is marked in the text for a note: its passage, or the first block of what it is on (the heading of a section).
pub(super) fn marked(open: &OpenDoc, note: &Note, range: TextRange) -> TextRange {
    match note.target.kind {
        TargetKind::Passage(_) => range,
        TargetKind::Section | TargetKind::Knelpunt(_) | TargetKind::Report => {
            let block = open.doc.blocks().get(open.doc.block_at(range.start).0 as usize);
            block.map_or(range, |b| b.range)
        }
    }
}

impl App {
    /// The notes of the open report in the order of the cursor: by place, then those without one.
    fn margin_order(&self) -> Vec<NoteId> {
        let Some(open) = &self.reader.open else { return Vec::new() };
        let mut placed: Vec<_> =
            self.placed(open).into_iter().map(|(note, range, _)| (range, note.id.clone())).collect();
        placed.sort();
        placed.into_iter().map(|(_, id)| id).chain(self.loose(open)).collect()
    }

    /// The notes that have a place in the open report, and those on other places with the same passage, which are told by
    /// `true`.
    fn placed(&self, open: &OpenDoc) -> Vec<(&Note, TextRange, bool)> {
        let own = self.notebook.places_in(open.id).into_iter().map(|(note, range)| (note, range, false));
        let mut placed: Vec<_> = own.collect();
        for twin in self.notebook.twins_in(open.id) {
            let shown = placed.iter().any(|(n, range, _)| n.id == twin.note && range.overlaps(twin.range));
            if let Some(note) = self.notebook.note(&twin.note).filter(|_| !shown) {
                placed.push((note, twin.range, true));
            }
        }
        placed
    }

    /// The notes that belong to the open report and have no place in it.
    fn loose(&self, open: &OpenDoc) -> Vec<NoteId> {
        let anchors = self.notebook.anchors(open.id).iter();
        // what the reader has left without a place here is none of this report's
        let left = |n: &Note| n.said_of(open.edition()).is_some_and(|a| a.position.is_none());
        let without = anchors.filter(|(id, a)| a.range.is_none() && self.notebook.note(id).is_some_and(|n| !left(n)));
        without.map(|(id, _)| id.clone()).collect()
    }

    pub(super) fn margin_act(&mut self, action: Action, count: Option<u32>, fx: &mut Effects) -> bool {
        let order = self.margin_order();
        let at = self.margin.current.as_ref().and_then(|id| order.iter().position(|o| o == id));
        let n = count.unwrap_or(1) as usize;
        let last = order.len().saturating_sub(1);
        let here = at.unwrap_or(0);
        let to = match action {
            Action::Down | Action::NextNote => (here + n).min(last),
            Action::Up | Action::PrevNote => here.saturating_sub(n),
            Action::Top => 0,
            Action::Bottom => last,
            Action::Open => {
                self.go_to_current(fx);
                return true;
            }
            Action::Cancel => {
                self.pane = Pane::Text;
                return true;
            }
            Action::EditNote
            | Action::EditOutside
            | Action::Tags
            | Action::Code
            | Action::SetStatus
            | Action::Delete
            | Action::AcceptAnchor
            | Action::CopyQuote
            | Action::CopyCited => match at.map(|i| order[i].clone()) {
                Some(id) => return self.annotate(action, Subject::of_notes(vec![id]), fx),
                None => {
                    self.say("notice.no-note-here");
                    return true;
                }
            },
            _ => return false,
        };
        self.margin.current = order.get(to).cloned();
        self.show_current();
        true
    }

    /// Brings the passage of the current note into sight.
    fn show_current(&mut self) {
        let (Some(open), Some(current)) = (self.reader.open.clone(), self.margin.current.clone()) else { return };
        let place = self.placed(&open).into_iter().find(|(note, ..)| note.id == current).map(|(_, range, _)| range);
        if let Some(range) = place {
            self.reader.go(range.start);
        }
    }

    /// Enter: into the text at the passage of the note; at one that could be meant in several places to the next of them.
    fn go_to_current(&mut self, fx: &mut Effects) {
        let Some((doc, anchor)) = self.margin.current.as_ref().and_then(|id| self.notebook.anchor_of(id)) else {
            return;
        };
        match (anchor.range, anchor.candidates.as_slice()) {
            (Some(range), _) => self.jump_to_passage(doc, range, fx),
            (None, []) => self.say("notice.no-place"),
            (None, candidates) => {
                let shown = self.reader.pointed.and_then(|p| candidates.iter().position(|c| *c == p));
                let next = shown.map_or(0, |i| (i + 1) % candidates.len());
                let (range, of) = (candidates[next], anchor.places);
                self.reader.go(range.start);
                self.reader.point_out(range);
                let accept = self.key_text(Action::AcceptAnchor);
                let text = self.words.f("notice.candidate", &[("at", &(next + 1)), ("of", &of), ("accept", &accept)]);
                self.notice = Some(super::Notice::info(text));
            }
        }
    }

    /// Computes what stands in the margin.
    pub(super) fn arrange_margin(&mut self) {
        let Some(open) = self.reader.open.clone() else {
            self.margin = Margin::default();
            return;
        };
        let loose = self.loose(&open);
        let placed = self.placed(&open);
        let (marks, placed) = (self.marks(&open, &placed), placed.iter().filter(|(.., twin)| !twin).count());
        if self.pane != Pane::Margin {
            self.margin.current = self.note_at_cursor();
        } else if self.margin.current.as_ref().is_none_or(|id| self.notebook.note(id).is_none()) {
            let near = marks.iter().find(|m| m.range.end > self.reader.cursor).or(marks.last());
            self.margin.current = near.map(|m| m.id.clone()).or_else(|| self.margin_order().into_iter().next());
        }
        let folded = self.panes.margin.is_empty();
        if folded && self.pane == Pane::Margin && self.margin.current.is_none() {
            self.pane = Pane::Text;
        }
        self.margin.count = placed + loose.len();
        self.margin.loose_count = loose.len();
        (self.margin.cards, self.margin.loose, self.margin.hidden) = (Vec::new(), None, (0, 0));
        self.margin.area = Area::default();
        if self.view == View::Read && !folded {
            self.margin.area = self.panes.margin;
            self.lay_out_column(&marks, &loose);
        } else if self.pane == Pane::Margin {
            self.lay_out_popup(&open, &marks);
        }
        self.margin.marks = marks;
    }

    /// The marked passages that the rows in sight touch, by row.
    fn marks(&self, open: &OpenDoc, placed: &[(&Note, TextRange, bool)]) -> Vec<Mark> {
        let rows = &self.reader.rows;
        // heads kept in sight stand away from their own place
        let Some(first) = rows.iter().find(|r| !r.pinned).or(rows.first()) else { return Vec::new() };
        let Some(last) = rows.last() else { return Vec::new() };
        let seen = TextRange::new(first.line().range.start, last.line().range.end);
        let mut marks: Vec<Mark> = Vec::new();
        for &(note, range, twin) in placed {
            let range = if twin { range } else { marked(open, note, range) };
            if !range.overlaps(seen) {
                continue;
            }
            let holds = |r: &ScreenRow| r.line().range.end > range.start && !r.line().range.is_empty() && !r.pinned;
            let row = rows.iter().position(holds);
            let colour = self.colour_of_note(note);
            let row = row.unwrap_or(0);
            marks.push(Mark { id: note.id.clone(), range, kind: note.kind, colour, twin, row });
        }
        marks
    }

    fn card(&self, id: &NoteId, row: Option<usize>, width: usize, full: bool, twin: bool) -> Option<Card> {
        let note = self.notebook.note(id)?;
        // as it stands in the report on the screen, which may be another edition than it was made on
        let open = self.reader.open.as_ref();
        let here = open.and_then(|o| self.notebook.anchors(o.id).iter().find(|(n, _)| n == id)).map(|(_, a)| a.state);
        let home = || self.notebook.anchor_of(id).map_or(State::Skipped, |(_, a)| a.state);
        let state = here.unwrap_or_else(home);
        let width = width.saturating_sub(usize::from(SIGN)).max(1);
        let mut lines = self.card_lines(note, state, width, full, row.is_none());
        if let Some(text) = self.twin_line(id, twin) {
            // it says where one is: before what else there is to say
            let at = lines.iter().position(|l| !matches!(l.role, CardRole::Words | CardRole::Quote));
            let rows = match full {
                true => wrap_text(&text, width).into_iter().take(TWIN_ROWS).map(str::to_owned).collect(),
                false => vec![truncate(&text, width).into_owned()],
            };
            let rows = rows.into_iter().map(|text| CardLine { role: CardRole::Twin, text });
            lines.splice(at.unwrap_or(lines.len())..at.unwrap_or(lines.len()), rows);
        }
        let here = self.margin.current.as_ref() == Some(id);
        let (colour, row) = (self.colour_of_note(note), row.map(|r| r as u16));
        Some(Card { id: id.clone(), kind: note.kind, colour, state, twin, row, y: 0, lines, here })
    }

    /// Of a note on another place where the same passage stands, which; of one that is here, where else it stands.
    fn twin_line(&self, id: &NoteId, twin: bool) -> Option<String> {
        if twin {
            let home = self.notebook.located_of(id).first()?;
            let report = report_line(&home.report, home.org.as_deref(), home.year);
            return Some(self.words.f("margin.twin", &[("report", &report)]));
        }
        let others: Vec<_> = self.notebook.twins_of(id).collect();
        let first = others.first()?;
        let report = report_line(&first.report, None, first.year);
        let more = others.len() - 1;
        Some(match more {
            0 => self.words.f("margin.also", &[("report", &report)]),
            n => self.words.f("margin.also-more", &[("report", &report), ("n", &n)]),
        })
    }

    /// The year of the edition that a note was made on, when another one is on the screen.
    fn carried_from(&self, note: &Note) -> Option<String> {
        let (open, report) = (self.reader.open.as_ref()?, note.target.report.as_ref()?);
        let years: Vec<i32> = open.doc.outline().parts().iter().filter_map(|p| p.year).collect();
        let other = report.edition != Some(open.edition());
        let year = report.year.filter(|y| other && !years.is_empty() && !years.contains(y))?;
        Some(year.to_string())
    }

    /// What a note says in the margin: its words (or those of the passage where it has none, or no place), what it is put
    /// to, tags and status, and what became of its place.
    fn card_lines(&self, note: &Note, state: State, width: usize, full: bool, loose: bool) -> Vec<CardLine> {
        let line = |role, text: &str| CardLine { role, text: truncate(text, width).into_owned() };
        let mut lines: Vec<CardLine> = Vec::new();
        let words = wrap_text(note.body.trim(), width);
        let most = if full { usize::MAX } else { WORDS };
        for (i, row) in words.iter().take(most).enumerate() {
            let cut = i + 1 == most && words.len() > most;
            lines.push(line(CardRole::Words, &if cut { format!("{row} …") } else { (*row).to_owned() }));
        }
        if lines.is_empty() || loose {
            let quote = self.target_words(&note.target);
            let quote = quote.split_whitespace().collect::<Vec<_>>().join(" ");
            lines.push(line(CardRole::Quote, &format!("‘{quote}’")));
        }
        let from = self.carried_from(note);
        if state != State::Exact || from.is_some() {
            let what = self.words.t(match state {
                State::Exact => "margin.carried",
                State::Moved => "margin.moved",
                State::Changed => "margin.changed",
                State::Uncertain => "margin.uncertain",
                State::Orphan => "margin.orphan",
                State::Skipped => "margin.skipped",
            });
            let parts = [from, Some(what.to_owned())].into_iter().flatten();
            lines.push(line(CardRole::State, &parts.collect::<Vec<_>>().join(" ")));
        }
        for id in &note.knelpunten {
            let name = self.knelpunt_name(id).unwrap_or_else(|| id.clone());
            let colour = self.colour_of_knelpunt(id);
            lines.push(line(CardRole::Knelpunt(colour), &format!("{} {name}", sign(colour))));
        }
        let status = note.status.map(|s| {
            self.words.t(match s {
                Status::Open => "status.open",
                Status::Promised => "status.promised",
                Status::Resolved => "status.resolved",
            })
        });
        let tags = note.tags.iter().map(|t| format!("#{t}"));
        let owner = self.notebook.stored(&note.id).and_then(|s| s.owner.clone());
        let owner = owner.map(|owner| self.words.f("notes.of-other", &[("owner", &owner)]));
        let status = status.map(|s| format!("[{s}]"));
        let tags: Vec<String> = owner.into_iter().chain(status).chain(tags).collect();
        if !tags.is_empty() {
            lines.push(line(CardRole::Tags, &tags.join(" ")));
        }
        lines
    }

    /// Each note beside its passage, moved as little as possible where they crowd.
    fn lay_out_column(&mut self, marks: &[Mark], loose: &[NoteId]) {
        let inside = self.margin.area.inset(1, 1, 1, 1);
        let (width, height) = (usize::from(inside.w), usize::from(inside.h));
        let current = self.margin.current.clone();
        let is_current = |id: &NoteId| current.as_ref() == Some(id);
        let at = loose.iter().position(is_current).unwrap_or(0);
        let from = at.saturating_sub(1).min(loose.len().saturating_sub(LOOSE));
        let shown = loose.iter().skip(from).take(LOOSE);
        let mut bottom: Vec<Card> = shown.filter_map(|id| self.card(id, None, width, false, false)).collect();
        for card in bottom.iter_mut().filter(|c| !c.here) {
            card.lines.retain(|l| matches!(l.role, CardRole::Words | CardRole::Quote | CardRole::State));
            let state = card.lines.pop();
            card.lines.truncate(1);
            card.lines.extend(state);
        }
        let mut bottom_rows: usize =
            bottom.iter().map(|c| c.lines.len()).sum::<usize>() + usize::from(!bottom.is_empty());
        if bottom_rows > height / 2 {
            bottom.retain(|c| c.here);
            bottom_rows = bottom.iter().map(|c| c.lines.len()).sum::<usize>() + usize::from(!bottom.is_empty());
        }
        let room = height.saturating_sub(bottom_rows);
        let mut cards: Vec<Card> =
            marks.iter().filter_map(|m| self.card(&m.id, Some(m.row), width, is_current(&m.id), m.twin)).collect();
        cards.sort_by_key(|c| c.row);
        // too many for the room: shorter ones, and when that doesn't help those around the cursor
        let rows = |cards: &[Card]| cards.iter().map(|c| c.lines.len()).sum::<usize>();
        for most in [3, 2, 1] {
            if rows(&cards) > room {
                cards.iter_mut().filter(|c| !c.here).for_each(|c| c.lines.truncate(most));
            }
        }
        if let Some(card) = cards.iter_mut().find(|c| c.here) {
            card.lines.truncate(room);
        }
        let (mut above, mut below) = (0, 0);
        while rows(&cards) > room && cards.len() > 1 {
            let here = cards.iter().position(|c| c.here).unwrap_or(0);
            if cards.len() - 1 - here >= here {
                cards.pop();
                below += 1;
            } else {
                cards.remove(0);
                above += 1;
            }
        }
        place(&mut cards, room);
        if !bottom.is_empty() {
            let mut y = room as u16;
            self.margin.loose = Some(y);
            for card in &mut bottom {
                card.y = y + 1;
                y += card.lines.len() as u16;
            }
        }
        cards.append(&mut bottom);
        self.margin.cards = cards;
        self.margin.hidden = (above, below);
    }

    /// The note under the cursor, and those that share its passage, in a box below or above it.
    fn lay_out_popup(&mut self, open: &OpenDoc, marks: &[Mark]) {
        let text = self.panes.text;
        let Some(current) = self.margin.current.clone() else { return };
        let mark = marks.iter().find(|m| m.id == current);
        let w = POPUP.min(text.w);
        let width = usize::from(w.saturating_sub(2));
        let ids: Vec<(NoteId, Option<usize>, bool)> = match mark {
            Some(here) => {
                let with = marks.iter().filter(|m| m.range.overlaps(here.range));
                with.map(|m| (m.id.clone(), Some(m.row), m.twin)).collect()
            }
            None => vec![(current, None, false)],
        };
        let mut cards: Vec<Card> =
            ids.iter().filter_map(|(id, row, twin)| self.card(id, *row, width, true, *twin)).collect();
        // the one under the cursor is always in sight
        cards.sort_by_key(|c| !c.here);
        let row = mark.map_or(0, |m| {
            let end = open.doc.text().len().min(m.range.end as usize) as u32;
            let below = self.reader.rows.iter().rposition(|r| r.line().range.start < end);
            below.unwrap_or(m.row).max(m.row)
        }) as u16;
        let first = mark.map_or(0, |m| m.row) as u16;
        let (under, over) = (text.h.saturating_sub(row + 3), first);
        let want = cards.iter().map(|c| c.lines.len() as u16).sum::<u16>() + 2;
        let h = want.min(under.max(over)).max(3).min(text.h);
        let y = if under >= over.min(want) { text.y + row + 2 } else { text.y + 1 + first - h.min(first) };
        self.margin.area = Area { x: text.x + text.w - w, y: y.min(text.y + text.h - h), w, h };
        let mut y = 0;
        let room = h.saturating_sub(2);
        for card in &mut cards {
            card.y = y;
            card.lines.truncate(usize::from(room.saturating_sub(y)));
            y += card.lines.len() as u16;
        }
        cards.retain(|c| !c.lines.is_empty());
        self.margin.cards = cards;
    }

    /// The note at a cell of the screen.
    pub(super) fn margin_note_at(&self, y: u16) -> Option<NoteId> {
        let row = y.checked_sub(self.margin.area.y + 1)?;
        let card = self.margin.cards.iter().find(|c| (c.y..c.y + c.lines.len() as u16).contains(&row))?;
        Some(card.id.clone())
    }
}

/// Gives each card its row: at its passage, after the one before it, and not past the end; where they crowd, the one under
/// the cursor keeps its place before the others. The text begins one row below the top of its pane, as the inside of the
/// border does, so that rows agree.
fn place(cards: &mut [Card], room: usize) {
    let rows = |c: &Card| c.lines.len() as u16;
    let total: usize = cards.iter().map(|c| c.lines.len()).sum();
    let gap = u16::from(total + cards.len().saturating_sub(1) <= room);
    let down = |cards: &mut [Card], mut free: u16| {
        for card in cards {
            card.y = card.row.unwrap_or(0).max(free);
            free = card.y + rows(card) + gap;
        }
    };
    let up = |cards: &mut [Card], mut end: u16| {
        for card in cards.iter_mut().rev() {
            card.y = card.y.min(end.saturating_sub(rows(card)));
            end = card.y.saturating_sub(gap);
        }
    };
    down(cards, 0);
    if let Some(here) = cards.iter().position(|c| c.here) {
        let before: u16 = cards[..here].iter().map(|c| rows(c) + gap).sum();
        let y = cards[here].row.unwrap_or(0).max(before);
        cards[here].y = y;
        up(&mut cards[..here], y.saturating_sub(gap));
        let free = y + rows(&cards[here]) + gap;
        down(&mut cards[here + 1..], free);
    }
    up(cards, room as u16);
}

#[cfg(test)]
mod tests;
