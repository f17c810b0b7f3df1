//! The notes beside the text: a column with lines to their passages, or a popup over the text.

use super::paint::{fill, frame, put, put_right, tint};
use super::{Role, Theme};
use crate::app::geometry::{Area, GUTTER};
use crate::app::margin::{Card, CardRole, SIGN};
use crate::app::{App, Pane};
use crate::keys::Action;
use crate::layout::wrap_text;
use crate::notes::NoteKind;
use crate::notes::anchor::State;
use ratatui::buffer::Buffer;
use ratatui::layout::Position;

pub(super) fn draw(app: &App, theme: &Theme, buf: &mut Buffer) -> Option<Position> {
    let margin = &app.margin;
    let area = if app.panes.margin.is_empty() { margin.area } else { app.panes.margin };
    if area.is_empty() {
        return None;
    }
    let focused = app.pane == Pane::Margin;
    let title = match margin.count {
        0 => app.words.t("margin.title").to_owned(),
        n => format!("{} · {n}", app.words.t("margin.title")),
    };
    fill(buf, area, theme.style(Role::Text));
    let inside = frame(buf, theme, area, &title, focused);
    if inside.is_empty() {
        return None;
    }
    if app.reader.open.is_some() && margin.count == 0 && margin.cards.is_empty() {
        empty(app, theme, buf, inside);
    }
    if !app.panes.margin.is_empty() {
        connect(app, theme, buf, area);
    }
    let mut cursor = None;
    for card in &margin.cards {
        draw_card(theme, buf, inside, card, focused);
        if card.here {
            cursor = Some(Position { x: inside.x, y: inside.y + card.y });
        }
    }
    if let Some(y) = margin.loose {
        let text = app.words.n("margin.loose", margin.loose_count as u64);
        put(buf, inside.x, inside.y + y, inside.w, &text, theme.style(Role::Moved));
    }
    let (above, below) = margin.hidden;
    let line = theme.style(Role::Muted);
    if above > 0 {
        put_right(buf, area.x + area.w - 1, area.y, 8, &format!(" ↑{above} "), line);
    }
    if below > 0 {
        put_right(buf, area.x + area.w - 1, area.y + area.h - 1, 8, &format!(" ↓{below} "), line);
    }
    cursor
}

/// The sign of a kind of note.
pub(super) fn sign(kind: NoteKind) -> &'static str {
    match kind {
        NoteKind::Note => "✎",
        NoteKind::Highlight => "▌",
        NoteKind::Bookmark => "⚑",
    }
}

fn draw_card(theme: &Theme, buf: &mut Buffer, inside: Area, card: &Card, focused: bool) {
    let exact = card.state == State::Exact;
    for (i, line) in card.lines.iter().enumerate() {
        let y = inside.y + card.y + i as u16;
        if y >= inside.y + inside.h {
            break;
        }
        if i == 0 {
            let role = if exact { Role::sign(card.colour, Role::Note) } else { Role::Moved };
            put(buf, inside.x, y, 1, if card.here { "›" } else { " " }, theme.style(Role::Here));
            put(buf, inside.x + 1, y, 1, if card.twin { "≈" } else { sign(card.kind) }, theme.style(role));
        }
        let role = match line.role {
            CardRole::Words => Role::NoteText,
            CardRole::Quote => Role::Quote,
            CardRole::Knelpunt(colour) => Role::sign(colour, Role::Knelpunt),
            CardRole::Tags => Role::Muted,
            CardRole::State => Role::Moved,
            CardRole::Twin => Role::Link,
        };
        put(buf, inside.x + SIGN, y, inside.w.saturating_sub(SIGN), &line.text, theme.style(role));
        if card.here {
            tint(buf, inside.x, y, inside.w, theme.style(if focused { Role::Row } else { Role::RowDim }));
        }
    }
}

/// The lines from the ends of the passages' rows to their notes: straight where they stand on one row, else down (or up)
/// along the border; the one of the note under the cursor is drawn out.
fn connect(app: &App, theme: &Theme, buf: &mut Buffer, area: Area) {
    let text = app.panes.text;
    let width = app.reader.flow().map_or(0, |f| f.measure().width());
    let from = (text.x + GUTTER + width + 1).max((text.x + text.w).saturating_sub(3));
    let cards = app.margin.cards.iter();
    let mut ends: Vec<(u16, u16, bool)> = cards.filter_map(|c| Some((c.row?, c.y, c.here))).collect();
    // the one under the cursor last, over the others
    ends.sort_by_key(|(.., here)| *here);
    for (row, card, here) in &ends {
        let style = theme.style(if *here { Role::Note } else { Role::Border });
        for x in from..text.x + text.w {
            put(buf, x, text.y + 1 + row, 1, "─", style);
        }
        let along = if *here { *row.min(card)..=*row.max(card) } else { *card..=*card };
        for at in [*row].into_iter().chain(along) {
            let left = ends.iter().any(|(r, ..)| *r == at);
            let right = ends.iter().any(|(_, c, _)| *c == at);
            let sign = match (left, right) {
                (true, true) => "┼",
                (true, false) => "┤",
                (false, true) => "├",
                (false, false) => "│",
            };
            put(buf, area.x, area.y + 1 + at, 1, sign, style);
        }
    }
}

/// What an empty margin says: how to fill it.
fn empty(app: &App, theme: &Theme, buf: &mut Buffer, inside: Area) {
    let (select, note, code) =
        (app.key_text(Action::SelectSentences), app.key_text(Action::AddNote), app.key_text(Action::Code));
    let text = app.words.f("margin.empty", &[("select", &select), ("note", &note), ("code", &code)]);
    let w = inside.w.saturating_sub(2);
    for (i, line) in wrap_text(&text, usize::from(w)).into_iter().enumerate().take(usize::from(inside.h)) {
        put(buf, inside.x + 1, inside.y + i as u16, w, line, theme.style(Role::Muted));
    }
}
