//! The view of all knelpunten.

use super::list::{self, Slot};
use super::paint::{put, put_right};
use super::{Role, Theme};
use crate::app::knelpunten::{Head, Order, Row};
use crate::app::{App, Pane};
use crate::knelpunt::Certainty;
use ratatui::buffer::Buffer;
use ratatui::layout::Position;

pub(super) fn draw(app: &App, theme: &Theme, buf: &mut Buffer) -> Option<Position> {
    if app.panes.left.is_empty() {
        return None;
    }
    let w = &app.words;
    let view = &app.knelpunten;
    let order = match view.order {
        Order::Report => "knelpunten.by-report",
        Order::Title => "knelpunten.by-title",
        Order::Year => "knelpunten.by-year",
        Order::Asks => "knelpunten.by-asks",
    };
    let mut title = format!("{} · {}", w.t("view.knelpunten"), w.t(order));
    if !view.text.is_empty() {
        title = format!("{title} / {}", view.text);
    }
    list::view_frame(app, theme, buf, &title);
    let area = app.list_area();
    if view.rows.is_empty() {
        let candidates = app.shelf.found().iter().any(|r| r.found.certainty == Certainty::Candidate);
        let reading = app.progress.is_some() || !app.shelf.all_looked_at();
        let lines = match (view.text.is_empty(), reading, candidates) {
            (false, _, _) => vec![w.t("view.nothing-fits"), w.t("view.nothing-fits-how")],
            (true, true, _) => vec![w.t("navigator.reading")],
            (true, false, true) => vec![w.t("knelpunten.empty"), w.t("knelpunten.empty-candidates")],
            (true, false, false) => vec![w.t("knelpunten.empty"), w.t("knelpunten.empty-how")],
        };
        list::empty(area, &lines, theme, buf);
    }
    let focused = app.pane == Pane::Left;
    list::rows(&view.list, area, focused, theme, buf, |buf, slot| row(app, theme, buf, slot))
}

fn row(app: &App, theme: &Theme, buf: &mut Buffer, slot: &Slot) {
    let at = slot.at;
    match &app.knelpunten.rows[slot.row] {
        Row::Gap => {}
        Row::Head(head, n) => {
            let text = match head {
                Head::Made => app.words.t("knelpunten.made"),
                Head::Found => app.words.t("knelpunten.found"),
                Head::Candidates => app.words.t("knelpunten.candidates"),
                Head::Report(title) => title,
            };
            let end = put_right(buf, at.x + at.w - 1, at.y, 6, &n.to_string(), theme.style(Role::Muted));
            put(buf, at.x, at.y, end.saturating_sub(at.x + 1), text, theme.style(Role::Title));
        }
        Row::Made(index, unfolded) => made(app, theme, buf, slot, *index, *unfolded),
        Row::Note(id) => {
            if let Some(note) = app.notebook.note(id) {
                let words = super::notes::words_of(note, app);
                put(buf, at.x + 4, at.y, 2, "✎ ", theme.style(Role::Note));
                put(buf, at.x + 6, at.y, at.w.saturating_sub(7), &words, theme.style(Role::NoteText));
            }
        }
        Row::Found { index, under } => found(app, theme, buf, slot, *index, *under),
    }
}

fn made(app: &App, theme: &Theme, buf: &mut Buffer, slot: &Slot, index: usize, unfolded: bool) {
    let at = slot.at;
    let Some(made) = app.notebook.register.get(index) else { return };
    if slot.line == 0 {
        put(buf, at.x + 1, at.y, 2, if unfolded { "▾ " } else { "▸ " }, theme.style(Role::Muted));
        put(buf, at.x + 3, at.y, 2, "◆ ", theme.style(Role::Knelpunt));
        put(buf, at.x + 5, at.y, at.w.saturating_sub(6), &made.title, theme.style(Role::Knelpunt));
        return;
    }
    let w = &app.words;
    let mut parts = vec![w.n("count.notes", app.notes_of_knelpunt(&made.id).len() as u64)];
    if !made.includes.is_empty() {
        parts.push(w.n("knelpunten.includes", made.includes.len() as u64));
    }
    put(buf, at.x + 5, at.y, at.w.saturating_sub(6), &parts.join(" · "), theme.style(Role::Muted));
}

fn found(app: &App, theme: &Theme, buf: &mut Buffer, slot: &Slot, index: usize, under: bool) {
    let at = slot.at;
    let Some(row) = app.shelf.found().get(index) else { return };
    let sure = row.found.certainty == Certainty::Explicit;
    let x = at.x + if under { 4 } else { 1 };
    let right = at.x + at.w - 1;
    if slot.line == 0 {
        let (sign, role) = if sure { ("◆ ", Role::Knelpunt) } else { ("◇ ", Role::Muted) };
        put(buf, x, at.y, 2, sign, theme.style(role));
        let mut title_at = x + 2;
        if let Some(label) = &row.found.label {
            title_at = put(buf, title_at, at.y, at.w / 2, &format!("{label}: "), theme.style(Role::Muted));
        }
        put(buf, title_at, at.y, right.saturating_sub(title_at), &row.found.title, theme.style(Role::Text));
        return;
    }
    let w = &app.words;
    let mut parts = Vec::new();
    if !row.found.asks.is_empty() {
        parts.push(w.n("knelpunten.asks", row.found.asks.len() as u64));
    }
    let notes = app.notes_of_knelpunt(&row.found.id).len();
    if notes > 0 {
        parts.push(format!("✎ {}", w.n("count.notes", notes as u64)));
    }
    if app.knelpunten.order != Order::Report || !sure {
        parts.push(app.report_of_found(row));
    }
    if parts.is_empty() {
        parts.push(w.t("knelpunten.no-asks").to_owned());
    }
    put(buf, x + 2, at.y, right.saturating_sub(x + 2), &parts.join(" · "), theme.style(Role::Muted));
}
