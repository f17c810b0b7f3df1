//! The search view: the box, what was understood, the totals, and the hits by report and section.

use super::list::{self, Slot};
use super::paint::{put, put_right};
use super::{Role, Theme};
use crate::app::geometry::Area;
use crate::app::search::{HitRow, Row};
use crate::app::{App, Pane};
use crate::keys::{Action, Context, sequence_text};
use crate::layout::{sanitise, truncate, width};
use crate::search::{Hit, Sort};
use ratatui::buffer::Buffer;
use ratatui::layout::Position;

pub(super) fn draw(app: &App, theme: &Theme, buf: &mut Buffer) -> Option<Position> {
    if app.panes.left.is_empty() {
        return None;
    }
    let inside = list::view_frame(app, theme, buf, app.words.t("view.search"));
    let in_box = head(app, theme, buf, inside);
    let area = app.list_area();
    let focused = app.pane == Pane::Left;
    let s = &app.search;
    if s.rows.is_empty() {
        nothing(app, theme, buf, area);
    }
    let in_list = list::rows(&s.list, area, focused, theme, buf, |buf, slot| row(app, theme, buf, slot));
    if matches!(s.rows.first(), Some(Row::Past(_))) {
        let below = (s.rows.len() as u16 + 1).min(area.h);
        how_to_ask(app, theme, buf, area.inset(0, below, 0, 0));
    }
    if s.typing { in_box } else { in_list }
}

/// The box with its scope, what was understood of the query, how much was found.
fn head(app: &App, theme: &Theme, buf: &mut Buffer, inside: Area) -> Option<Position> {
    let s = &app.search;
    let w = &app.words;
    let mut x = put(buf, inside.x, inside.y, 2, "⌕ ", theme.style(Role::Key));
    if let Some(scope) = &s.scope {
        let only = app.words.f("search.only", &[("report", &sanitise(&scope.name))]);
        let chip = format!("[{}]", truncate(&only, usize::from(inside.w / 2)));
        x = put(buf, x, inside.y, inside.w, &chip, theme.style(Role::Accent));
        x = put(buf, x, inside.y, 1, " ", theme.style(Role::Text));
    }
    let at = Area { x, y: inside.y, w: (inside.x + inside.w).saturating_sub(x), h: 1 };
    let cursor = list::field(&s.input, at, theme, buf);
    if s.input.is_empty() {
        put(buf, at.x + 1, at.y, at.w.saturating_sub(1), w.t("search.type"), theme.style(Role::Muted));
    }
    let tall = app.search_head() > 2;
    if tall && !s.query.is_empty() {
        let lang = w.lang();
        // what was not understood is said before anything else
        let (text, role) = match s.query.said().first() {
            Some(said) => (format!("! {}", said.text(lang)), Role::Warning),
            None => (format!("= {}", s.query.understood(lang)), Role::Muted),
        };
        put(buf, inside.x, inside.y + 1, inside.w, &text, theme.style(role));
    }
    let y = inside.y + if tall { 2 } else { 1 };
    let (text, role) = totals(app);
    put(buf, inside.x, y, inside.w, &text, theme.style(role));
    if tall {
        list::rule(inside, inside.y + 3, theme, buf);
    }
    cursor
}

fn totals(app: &App) -> (String, Role) {
    let s = &app.search;
    let w = &app.words;
    if let Some(reason) = &s.problem {
        return (w.f("search.problem", &[("reason", reason)]), Role::Error);
    }
    let Some(results) = &s.results else {
        let text = if s.waiting { w.t("search.waiting") } else { "" };
        return (text.to_owned(), Role::Muted);
    };
    if results.total == 0 {
        return (w.t("search.none").to_owned(), Role::Warning);
    }
    let mut text = w.f(
        "search.totals",
        &[
            ("shown", &w.number(results.hits.len() as u64)),
            ("total", &w.number(results.total)),
            ("reports", &w.n("count.reports", results.reports)),
        ],
    );
    let sort = match s.sort {
        Sort::Score => "search.by-score",
        Sort::Year => "search.by-year",
        Sort::Order => "search.by-order",
    };
    text = format!("{text} · {}", w.t(sort));
    if !s.marked.is_empty() {
        text = format!("{} · {text}", w.n("search.marked", s.marked.len() as u64));
    }
    (text, Role::Muted)
}

fn nothing(app: &App, theme: &Theme, buf: &mut Buffer, area: Area) {
    let w = &app.words;
    let s = &app.search;
    if s.input.text().trim().is_empty() {
        how_to_ask(app, theme, buf, area);
    } else if s.results.as_ref().is_some_and(|r| r.total == 0) {
        let mut lines = vec![w.t("search.none-how")];
        if s.scope.is_some() {
            lines.push(w.t("search.none-scope"));
        }
        list::empty(area, &lines, theme, buf);
    }
}

/// How a query is written; the words that may be typed stand in both columns as they are.
fn how_to_ask(app: &App, theme: &Theme, buf: &mut Buffer, area: Area) {
    let w = &app.words;
    let scope = app.keymap.keys_for(&[Context::Input], Action::Filter);
    let scope = scope.first().map(|k| sequence_text(k)).unwrap_or_default();
    let rows = [
        ("", w.t("search.how")),
        (w.t("search.how-phrase-key"), w.t("search.how-phrase")),
        (w.t("search.how-must-key"), w.t("search.how-must")),
        (w.t("search.how-or-key"), w.t("search.how-or")),
        (w.t("search.how-exact-key"), w.t("search.how-exact")),
        (w.t("search.how-report-key"), w.t("search.how-report")),
        (w.t("search.how-year-key"), w.t("search.how-year")),
        (w.t("search.how-section-key"), w.t("search.how-section")),
        (w.t("search.how-notes-key"), w.t("search.how-notes")),
        (w.t("search.how-tag-key"), w.t("search.how-tag")),
        (scope.as_str(), w.t("search.how-scope")),
    ];
    let column = rows.iter().map(|(k, _)| width(k)).max().unwrap_or(0) as u16 + 2;
    for (i, (key, what)) in rows.iter().enumerate() {
        let y = area.y + i as u16;
        if y >= area.y + area.h {
            break;
        }
        let right = area.x + area.w;
        if key.is_empty() {
            put(buf, area.x + 1, y, area.w.saturating_sub(2), what, theme.style(Role::Text));
            continue;
        }
        put(buf, area.x + 1, y, column, key, theme.style(Role::Key));
        let x = area.x + 1 + column;
        put(buf, x, y, right.saturating_sub(x + 1), what, theme.style(Role::Muted));
    }
}

fn row(app: &App, theme: &Theme, buf: &mut Buffer, slot: &Slot) {
    let at = slot.at;
    match &app.search.rows[slot.row] {
        Row::Gap => {}
        Row::Report { title, count } => {
            let end = put_right(buf, at.x + at.w - 1, at.y, 8, &format!("{count}×"), theme.style(Role::Hit));
            put(buf, at.x, at.y, end.saturating_sub(at.x + 1), title, theme.style(Role::Title));
        }
        Row::Section(path) => {
            put(buf, at.x + 1, at.y, 2, "§", theme.style(Role::Muted));
            put(buf, at.x + 3, at.y, at.w.saturating_sub(3), path, theme.style(Role::Muted));
        }
        Row::Past(text) => {
            put(buf, at.x + 1, at.y, 2, "↺", theme.style(Role::Muted));
            put(buf, at.x + 3, at.y, at.w.saturating_sub(3), text, theme.style(Role::Text));
        }
        Row::Hit(hit_row) => {
            if let Some(hit) = app.search.hit(slot.row) {
                hit_line(app, theme, buf, slot, hit_row, hit);
            }
        }
    }
}

fn hit_line(app: &App, theme: &Theme, buf: &mut Buffer, slot: &Slot, row: &HitRow, hit: &Hit) {
    let at = slot.at;
    if slot.line == 0 && app.search.is_marked(hit) {
        put(buf, at.x + 1, at.y, 1, "✓", theme.style(Role::Good));
    }
    let x = at.x + 3;
    let right = at.x + at.w - 1;
    if let Some(line) = row.lines.get(slot.line) {
        let end = snippet(theme, buf, hit, *line, x, at.y, right.saturating_sub(x));
        let goes_on = (line.end as usize) < hit.snippet.trim_end().len();
        if slot.line + 1 == row.lines.len() && goes_on {
            put(buf, end, at.y, 1, "…", theme.style(Role::Muted));
        }
    }
    let on_last = slot.line + 1 == row.lines.len() && !row.meta_below;
    if on_last || slot.line == row.lines.len() {
        put_right(buf, right, at.y, at.w.saturating_sub(3), &row.meta, theme.style(Role::Muted));
    }
}

/// Draws a row of a snippet with the words that were found. Returns the column after it.
fn snippet(theme: &Theme, buf: &mut Buffer, hit: &Hit, line: crate::doc::TextRange, x: u16, y: u16, w: u16) -> u16 {
    let end = x + w;
    let mut x = x;
    let mut at = line.start;
    let mut piece = |from: u32, to: u32, role: Role, x: u16| match hit.snippet.get(from as usize..to as usize) {
        Some(text) => put(buf, x, y, end.saturating_sub(x), text, theme.style(role)),
        None => x,
    };
    for mark in hit.marks.iter().filter_map(|m| m.intersect(line)) {
        x = piece(at, mark.start.max(at), Role::Text, x);
        x = piece(mark.start.max(at), mark.end, Role::Hit, x);
        at = mark.end;
    }
    piece(at, line.end, Role::Text, x)
}
