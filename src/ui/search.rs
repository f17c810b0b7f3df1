//! The search view: the box with what was understood, the hits, and what they can be narrowed to.

use super::list::{self, Slot};
use super::paint::{put, put_right};
use super::{Role, Theme};
use crate::app::geometry::Area;
use crate::app::search::{BETWEEN, CUT, HitRow, Meta, Row};
use crate::app::{App, Pane};
use crate::keys::{Action, Context, sequence_text};
use crate::layout::{sanitise, truncate, width};
use crate::search::{Hit, Sort, Why};
use ratatui::buffer::Buffer;
use ratatui::layout::Position;

mod facets;
mod head;

pub(super) fn draw(app: &App, theme: &Theme, buf: &mut Buffer) -> Option<Position> {
    let in_facets = facets::draw(app, theme, buf);
    if app.panes.left.is_empty() {
        return in_facets;
    }
    let inside = list::view_frame(app, theme, buf, &title(app));
    let in_box = head::draw(app, theme, buf, inside);
    let area = app.list_area();
    let s = &app.search;
    let focused = app.pane == Pane::Left;
    let in_list = list::rows(&s.list, area, focused, theme, buf, |buf, slot| row(app, theme, buf, slot));
    let below = area.inset(0, s.rows.len() as u16, 0, 0);
    if !s.rows.iter().any(|r| matches!(r, Row::Hit(_) | Row::Past(_) | Row::Saved(_))) {
        nothing(app, theme, buf, below);
    } else if matches!(s.rows.first(), Some(Row::Past(_) | Row::Saved(_))) {
        how_to_ask(app, theme, buf, below.inset(0, 1, 0, 0));
    }
    match (app.pane, s.typing) {
        (Pane::Facets, _) => in_facets,
        (_, true) => in_box,
        (_, false) => in_list,
    }
}

/// The name of the view, and in which order and how the hits stand.
fn title(app: &App) -> String {
    let (s, w) = (&app.search, &app.words);
    let sort = w.t(match s.sort {
        Sort::Score => "search.by-score",
        Sort::Year => "search.by-year",
        Sort::Order => "search.by-order",
    });
    let grouping = w.t(if s.one_list { "search.one-list" } else { "search.by-report" });
    let mut name = w.t("view.search").to_owned();
    if let Some(saved) = app.saved_in_box() {
        name = format!("{name} · ★ {}", truncate(&sanitise(saved), 40));
    }
    let whole = format!("{name} · {sort} · {grouping}");
    if s.results.is_none() { name } else { whole }
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
        (w.t("search.how-nearly-key"), w.t("search.how-nearly")),
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
        Row::Said(text) => drop(put(buf, at.x + 1, at.y, at.w.saturating_sub(1), text, theme.style(Role::Warning))),
        Row::Suggest(text) => drop(put(buf, at.x + 1, at.y, at.w.saturating_sub(1), text, theme.style(Role::Accent))),
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
        Row::Saved(saved) => {
            put(buf, at.x + 1, at.y, 2, "★", theme.style(Role::Accent));
            let mut right = at.x + at.w - 1;
            if !saved.new.is_empty() {
                right = put_right(buf, right, at.y, at.w / 3, &format!("● {}", saved.new), theme.style(Role::Accent));
                right = right.saturating_sub(1);
            }
            right = put_right(buf, right, at.y, at.w / 4, &saved.hits, theme.style(Role::Muted)).saturating_sub(1);
            let x = put(buf, at.x + 3, at.y, right.saturating_sub(at.x + 3), &saved.name, theme.style(Role::Text));
            let room = right.saturating_sub(x + 2);
            if room > 3 {
                put(buf, x + 2, at.y, room, &saved.query, theme.style(Role::Muted));
            }
        }
        Row::Also(also) => {
            mark(app, theme, buf, slot);
            put(buf, at.x + 3, at.y, 2, "= ", theme.style(Role::Muted));
            put(buf, at.x + 5, at.y, at.w.saturating_sub(5), &also.text, theme.style(Role::Text));
        }
        Row::Hit(hit_row) => {
            if let Some(hit) = app.search.hit(slot.row) {
                hit_line(app, theme, buf, slot, hit_row, hit);
            }
        }
    }
}

/// The sign of a marked entry.
fn mark(app: &App, theme: &Theme, buf: &mut Buffer, slot: &Slot) {
    if slot.line == 0 && app.search.is_marked(slot.row) {
        put(buf, slot.at.x + 1, slot.at.y, 1, "✓", theme.style(Role::Good));
    }
}

fn hit_line(app: &App, theme: &Theme, buf: &mut Buffer, slot: &Slot, row: &HitRow, hit: &Hit) {
    let at = slot.at;
    mark(app, theme, buf, slot);
    let x = at.x + 3;
    let right = at.x + at.w - 1;
    let room = right.saturating_sub(x);
    if let Some(head) = row.head.as_ref().filter(|_| slot.line == 0) {
        put(buf, x, at.y, room, head, theme.style(Role::Title));
        return;
    }
    let line = slot.line - row.above();
    if let Some(range) = row.lines.get(line) {
        // the best word stands further on
        let cut = if line == 0 && range.start > 0 { CUT.min(room) } else { 0 };
        put(buf, x, at.y, cut, "… ", theme.style(Role::Muted));
        let end = snippet(theme, buf, hit, *range, x + cut, at.y, room - cut);
        let goes_on = (range.end as usize) < hit.snippet.trim_end().len();
        if line + 1 == row.lines.len() && goes_on {
            put(buf, end, at.y, 1, "…", theme.style(Role::Muted));
        }
    }
    let meta_line = row.lines.len() - usize::from(!row.meta_below);
    if line == meta_line {
        metas(theme, buf, right, at.y, room, &row.meta);
    } else if let (Some(also), true) = (&row.also, line > meta_line) {
        put(buf, x, at.y, room, also, theme.style(Role::Link));
    }
}

/// Draws why a hit answers and where it stands, at the right: each reason as the words that match so are marked.
fn metas(theme: &Theme, buf: &mut Buffer, right: u16, y: u16, room: u16, meta: &[Meta]) {
    let cells: usize = meta.iter().map(|m| width(m.text())).sum();
    let cells = (cells + width(BETWEEN) * meta.len().saturating_sub(1)) as u16;
    let mut x = right.saturating_sub(cells.min(room));
    for (i, m) in meta.iter().enumerate() {
        if i > 0 {
            x = put(buf, x, y, right.saturating_sub(x), BETWEEN, theme.style(Role::Muted));
        }
        let role = match m {
            Meta::Plain(_) => Role::Muted,
            Meta::Why(why, _) => role_of(*why),
        };
        x = put(buf, x, y, right.saturating_sub(x), m.text(), theme.style(role));
    }
}

/// How words are marked that match for a reason.
fn role_of(why: Why) -> Role {
    match why {
        Why::Exact => Role::Hit,
        Why::Stem | Why::Prefix | Why::Regex => Role::HitForm,
        Why::Compound | Why::Abbreviation => Role::HitPart,
        Why::Typo => Role::HitNear,
    }
}

/// Draws a row of a snippet with the words that were found. Returns the column after it.
pub(super) fn snippet(
    theme: &Theme,
    buf: &mut Buffer,
    hit: &Hit,
    line: crate::doc::TextRange,
    x: u16,
    y: u16,
    w: u16,
) -> u16 {
    let end = x + w;
    let mut x = x;
    let mut at = line.start;
    let mut piece = |from: u32, to: u32, role: Role, x: u16| match hit.snippet.get(from as usize..to as usize) {
        Some(text) => put(buf, x, y, end.saturating_sub(x), text, theme.style(role)),
        None => x,
    };
    for (i, mark) in hit.marks.iter().enumerate() {
        let Some(mark) = mark.intersect(line) else { continue };
        let role = hit.mark_why.get(i).map_or(Role::Hit, |why| role_of(*why));
        x = piece(at, mark.start.max(at), Role::Text, x);
        x = piece(mark.start.max(at), mark.end, role, x);
        at = mark.end;
    }
    piece(at, line.end, Role::Text, x)
}
