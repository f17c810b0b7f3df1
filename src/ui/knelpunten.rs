//! The view of all knelpunten.

use super::list::{self, Slot};
use super::paint::{put, put_right};
use super::{Role, Theme};
use crate::app::knelpunten::colour::sign;
use crate::app::knelpunten::forms::status_word;
use crate::app::knelpunten::{Head, Order, Row, Show};
use crate::app::views::Listed;
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
    match view.show {
        Show::All => {}
        Show::Candidates => title = format!("{title} · {}", w.t("knelpunten.with-candidates")),
        Show::Made => title = format!("{title} · {}", w.t("knelpunten.only-made")),
    }
    match view.marked.len() as u64 {
        0 => {}
        n => title = format!("{title} · {}", w.n("search.marked", n)),
    }
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
        Row::Made { .. } => made(app, theme, buf, slot),
        Row::Note(id, under) => {
            if let Some(note) = app.notebook.note(id) {
                let words = super::notes::words_of(note, app);
                let x = at.x + indent(under.depth, at.w);
                let kind = super::margin::sign(note.kind);
                let role = Role::sign(app.colour_of_note(note), Role::Note);
                put(buf, x, at.y, 2, kind, theme.style(role));
                put(buf, x + 2, at.y, (at.x + at.w).saturating_sub(x + 3), &words, theme.style(Role::NoteText));
                mark(app, theme, buf, slot, &Listed::Note(id.clone()));
            }
        }
        Row::Found { index, under } => found(app, theme, buf, slot, *index, under.map(|u| u.depth)),
    }
}

/// Columns before what stands so deep in the tree; what stands very deep stays in sight.
fn indent(depth: usize, width: u16) -> u16 {
    (2 + 2 * depth.min(20) as u16).min(width / 2)
}

/// The sign of a marked entry.
fn mark(app: &App, theme: &Theme, buf: &mut Buffer, slot: &Slot, listed: &Listed) {
    if slot.line == 0 && app.knelpunten.is_marked(listed) {
        put(buf, slot.at.x + 1, slot.at.y, 1, "✓", theme.style(Role::Good));
    }
}

/// A made one: its sign and title with where it stands, and below them what is known of it in numbers.
fn made(app: &App, theme: &Theme, buf: &mut Buffer, slot: &Slot) {
    let at = slot.at;
    let Row::Made { index, depth, children, open, unfolded } = app.knelpunten.rows[slot.row] else { return };
    let Some(made) = app.notebook.register.get(index) else { return };
    let (x, right) = (at.x + indent(depth, at.w), at.x + at.w - 1);
    let colour = app.colour_of_knelpunt(&made.id);
    let role = Role::sign(colour, Role::Knelpunt);
    if slot.line == 0 {
        let fold = match (children && !open, unfolded || children) {
            (true, _) => "▸",
            (false, true) => "▾",
            (false, false) => "▹",
        };
        let mut end = right;
        if let Some(status) = made.current_status() {
            let text = format!("[{}]", status_word(app, status));
            end = put_right(buf, right, at.y, at.w / 3, &text, theme.style(Role::Muted)).saturating_sub(1);
        }
        put(buf, x, at.y, 2, fold, theme.style(Role::Muted));
        put(buf, x + 2, at.y, 2, sign(colour), theme.style(role));
        put(buf, x + 4, at.y, end.saturating_sub(x + 4), &made.title, theme.style(Role::Knelpunt));
        mark(app, theme, buf, slot, &Listed::Made(made.id.clone()));
        return;
    }
    let w = &app.words;
    let tally = app.knelpunten.tallies.get(index).copied().unwrap_or_default();
    let mut parts = vec![w.n("count.notes", tally.own as u64)];
    if tally.all > tally.own {
        let below = w.f("knelpunten.with-children", &[("n", &(tally.all - tally.own))]);
        parts[0] = format!("{} {below}", parts[0]);
    }
    if !made.includes.is_empty() {
        parts.push(w.n("knelpunten.includes", made.includes.len() as u64));
    }
    match tally.years {
        Some((first, last)) if first == last => parts.push(first.to_string()),
        Some((first, last)) => parts.push(format!("{first}–{last}")),
        None => {}
    }
    if !made.synonyms.is_empty() {
        parts.push(format!("= {}", made.synonyms.join(", ")));
    }
    put(buf, x + 4, at.y, right.saturating_sub(x + 4), &parts.join(" · "), theme.style(Role::Muted));
}

fn found(app: &App, theme: &Theme, buf: &mut Buffer, slot: &Slot, index: usize, under: Option<usize>) {
    let at = slot.at;
    let Some(row) = app.shelf.found().get(index) else { return };
    let sure = row.found.certainty == Certainty::Explicit;
    let x = at.x + indent(under.unwrap_or(0), at.w);
    let right = at.x + at.w - 1;
    if slot.line == 0 {
        let (sign, role) = if sure { ("◆ ", Role::Knelpunt) } else { ("◇ ", Role::Muted) };
        put(buf, x, at.y, 2, sign, theme.style(role));
        let mut title_at = x + 2;
        if let Some(label) = &row.found.label {
            title_at = put(buf, title_at, at.y, at.w / 2, &format!("{label}: "), theme.style(Role::Muted));
        }
        put(buf, title_at, at.y, right.saturating_sub(title_at), &row.found.title, theme.style(Role::Text));
        mark(app, theme, buf, slot, &Listed::Found(row.doc, row.found.id.clone()));
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
    // which of the reader's own bring it in
    let brings = app.notebook.register.iter().filter(|m| m.includes.contains(&row.found.id));
    parts.extend(brings.map(|m| format!("{} {}", sign(app.colour_of_knelpunt(&m.id)), m.title)));
    if app.knelpunten.order != Order::Report || !sure {
        parts.push(app.report_of_found(row));
    }
    if parts.is_empty() {
        parts.push(w.t("knelpunten.no-asks").to_owned());
    }
    put(buf, x + 2, at.y, right.saturating_sub(x + 2), &parts.join(" · "), theme.style(Role::Muted));
}
