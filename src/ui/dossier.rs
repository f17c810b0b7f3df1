//! The dossier of a knelpunt.

use super::heatmap::{sign, sign_role};
use super::list::{self, Slot};
use super::paint::{put, put_right};
use super::search::snippet;
use super::{Role, Theme};
use crate::app::dossier::{
    Around, EntryRow, FoundAt, INDENT, Row, STRIP, SuggestedRow, Tone, reports_of, said, state_words,
};
use crate::app::search::CUT;
use crate::app::views::{Listed, report_line};
use crate::app::{App, Pane};
use crate::keys::Action;
use crate::knelpunt::Certainty;
use crate::knelpunt::dossier::{Dossier, Entry, Key};
use crate::layout::{sanitise, wrap_text};
use crate::notes::NoteKind;
use crate::notes::anchor::State;
use crate::search::Hit;
use ratatui::buffer::Buffer;
use ratatui::layout::Position;

pub(super) fn draw(app: &App, theme: &Theme, buf: &mut Buffer) -> Option<Position> {
    if app.panes.left.is_empty() {
        return None;
    }
    let (w, view) = (&app.words, &app.dossier);
    let mut title = w.t("view.dossier").to_owned();
    // whose it is, also when its head is scrolled out of sight
    let first = view.list.in_sight(usize::from(app.list_area().h)).next();
    if let (Some(Row::Title(of)), Some(1..)) = (view.rows.first(), first.map(|(row, _)| row)) {
        title = format!("{title} · {}", sanitise(of));
    }
    if view.of.as_ref().is_some_and(|d| !d.children.is_empty() && d.with_children) {
        title = format!("{title} · {}", w.t("dossier.with-children"));
    }
    if !view.text.is_empty() {
        title = format!("{title} / {}", view.text);
    }
    list::view_frame(app, theme, buf, &title);
    let area = app.list_area();
    let Some(dossier) = &view.of else {
        list::empty(area, &[w.t("dossier.vanished"), w.t("dossier.vanished-how")], theme, buf);
        return None;
    };
    let cursor = list::rows(&view.list, area, app.pane == Pane::Left, theme, buf, |buf, slot| {
        row(app, dossier, theme, buf, slot);
    });
    let lines: usize = (0..view.rows.len()).map(|r| view.list.height(r)).sum();
    let below = area.inset(0, (lines + 1).min(usize::from(area.h)) as u16, 0, 0);
    let filtered = !view.text.is_empty();
    if filtered && !view.rows.iter().any(|r| matches!(r, Row::Entry(_) | Row::Found(_) | Row::Suggested(_))) {
        list::empty(below, &[w.t("view.nothing-fits"), w.t("view.nothing-fits-how")], theme, buf);
    } else if dossier.is_empty() && !view.rows.iter().any(|r| matches!(r, Row::Suggested(_))) {
        let how = w.f(
            "dossier.empty-how",
            &[("code", &app.key_text(Action::Code)), ("search", &app.key_text(Action::SearchAll))],
        );
        list::empty(below, &[w.t("dossier.empty"), &how], theme, buf);
    }
    cursor
}

fn row(app: &App, dossier: &Dossier, theme: &Theme, buf: &mut Buffer, slot: &Slot) {
    let (w, at) = (&app.words, slot.at);
    let right = at.x + at.w - 1;
    match &app.dossier.rows[slot.row] {
        Row::Gap => {}
        Row::Title(title) => {
            let sign = if matches!(dossier.key, Key::Made(_)) { "◆ " } else { "◇ " };
            put(buf, at.x + 1, at.y, 2, sign, theme.style(Role::Knelpunt));
            put(buf, at.x + 3, at.y, right.saturating_sub(at.x + 3), title, theme.style(Role::Knelpunt));
        }
        Row::Line(tone, text) => {
            let role = match tone {
                Tone::Plain => Role::Text,
                Tone::Muted => Role::Muted,
                Tone::Strong => Role::Strong,
            };
            put(buf, at.x + 1, at.y, right.saturating_sub(at.x + 1), text, theme.style(role));
        }
        Row::Strip(from, to) => {
            let mut x = at.x + 1;
            for (year, cell) in dossier.years().get(*from..*to).unwrap_or_default() {
                let name = year.map_or_else(|| w.t("dossier.no-year-short").to_owned(), |y| y.to_string());
                let end = put(buf, x, at.y, right.saturating_sub(x), &format!("{name} "), theme.style(Role::Muted));
                put(
                    buf,
                    end,
                    at.y,
                    right.saturating_sub(end),
                    &sign(cell.as_ref()),
                    theme.style(sign_role(cell.as_ref())),
                );
                x += STRIP;
            }
        }
        Row::Head(text, n) => head(theme, buf, slot, 0, text, &n.to_string()),
        Row::Child(i) => {
            let Some(child) = dossier.children.get(*i) else { return };
            let end = put_right(buf, right, at.y, at.w / 3, &said::amount(w, &child.total), theme.style(Role::Muted));
            put(buf, at.x + 2, at.y, 2, "◆ ", theme.style(Role::Knelpunt));
            put(buf, at.x + 4, at.y, end.saturating_sub(at.x + 5), &child.title, theme.style(Role::Text));
        }
        Row::Org(g, folded) => {
            let Some(group) = dossier.groups.get(*g) else { return };
            let name = group.org.as_deref().unwrap_or(w.t("dossier.no-org"));
            head(theme, buf, slot, 1, &format!("{} {name}", fold_sign(*folded)), &said::amount(w, &group.total));
        }
        Row::Year(g, y, folded) => {
            let Some(year) = dossier.groups.get(*g).and_then(|g| g.years.get(*y)) else { return };
            let name = year.year.map_or_else(|| w.t("dossier.no-year").to_owned(), |y| y.to_string());
            let text = format!("{} {name}", fold_sign(*folded));
            let x = put(buf, at.x + 2, at.y, right.saturating_sub(at.x + 2), &text, theme.style(Role::Strong));
            let marks = sign(Some(&year.total));
            let end = put_right(buf, right, at.y, 6, &marks, theme.style(sign_role(Some(&year.total))));
            let title = format!(" · {}", reports_of(year));
            put(buf, x, at.y, end.saturating_sub(x + 1), &title, theme.style(Role::Muted));
        }
        Row::Found(found) => found_line(app, dossier, theme, buf, slot, *found),
        Row::Ask(found, ask) => {
            let Some(ask) = found.of(dossier).and_then(|f| f.asks.get(*ask)) else { return };
            put(buf, at.x + 6, at.y, 2, "→ ", theme.style(Role::Muted));
            put(buf, at.x + 8, at.y, right.saturating_sub(at.x + 8), &ask.title, theme.style(Role::Text));
        }
        Row::Suggested(suggested) => {
            if let Some(hit) = app.dossier.suggestion(suggested.at) {
                suggested_line(app, theme, buf, slot, suggested, hit);
            }
        }
        Row::Entry(entry_row) => {
            if let Some(entry) = entry_row.at.of(dossier) {
                entry_line(app, theme, buf, slot, entry_row, entry);
            }
        }
    }
}

fn fold_sign(folded: bool) -> &'static str {
    if folded { "▸" } else { "▾" }
}

/// A head with something at its right.
fn head(theme: &Theme, buf: &mut Buffer, slot: &Slot, indent: u16, text: &str, more: &str) {
    let at = slot.at;
    let end = put_right(buf, at.x + at.w - 1, at.y, at.w / 2, more, theme.style(Role::Muted));
    let x = at.x + indent;
    put(buf, x, at.y, end.saturating_sub(x + 1), text, theme.style(Role::Title));
}

/// The sign of a marked entry.
fn mark(app: &App, theme: &Theme, buf: &mut Buffer, slot: &Slot, listed: &Listed) {
    if slot.line == 0 && app.dossier.is_marked(listed) {
        put(buf, slot.at.x + 1, slot.at.y, 1, "✓", theme.style(Role::Good));
    }
}

fn found_line(app: &App, dossier: &Dossier, theme: &Theme, buf: &mut Buffer, slot: &Slot, at_found: FoundAt) {
    let Some(found) = at_found.of(dossier) else { return };
    let at = slot.at;
    let right = at.x + at.w - 1;
    mark(app, theme, buf, slot, &Listed::Found(found.doc, found.id.clone()));
    if slot.line == 1 {
        let report = report_line(&found.report, found.org.as_deref(), found.year);
        put(buf, at.x + 6, at.y, right.saturating_sub(at.x + 6), &report, theme.style(Role::Muted));
        return;
    }
    let sign = match (at_found, found.certainty) {
        (FoundAt::Near(_), _) => "≈ ",
        (_, Certainty::Explicit) => "◇ ",
        _ => "? ",
    };
    put(buf, at.x + 4, at.y, 2, sign, theme.style(Role::Knelpunt));
    let mut x = at.x + 6;
    if let Some(label) = found.label.as_ref().filter(|l| **l != found.title) {
        x = put(buf, x, at.y, at.w / 2, &format!("{label}: "), theme.style(Role::Muted));
    }
    put(buf, x, at.y, right.saturating_sub(x), &found.title, theme.style(Role::Text));
}

fn entry_line(app: &App, theme: &Theme, buf: &mut Buffer, slot: &Slot, row: &EntryRow, entry: &Entry) {
    let at = slot.at;
    let x = at.x + INDENT;
    let room = (at.x + at.w - 1).saturating_sub(x);
    mark(app, theme, buf, slot, &Listed::Note(entry.note.clone()));
    if slot.line == 0 {
        let sign = match entry.kind {
            NoteKind::Note => "✎ ",
            NoteKind::Highlight => "▌ ",
            NoteKind::Bookmark => "⚑ ",
        };
        put(buf, at.x + 3, at.y, 2, sign, theme.style(Role::Note));
    }
    let mut line = slot.line;
    if let Some(around) = &row.around {
        if let Some(range) = around.lines.get(line) {
            opened_line(theme, buf, around, *range, (x, at.y), room);
            return;
        }
        line -= around.lines.len();
    } else if line < row.quote {
        let role = if entry.passage { Role::Quote } else { Role::Text };
        let open = if entry.passage { "“" } else { "" };
        let close = if entry.passage { "”" } else { "" };
        let quote = format!("{open}{}{close}", sanitise(entry.quote.trim()));
        wrapped(buf, theme, &quote, line, row.quote, (x, at.y), room, role);
        return;
    } else {
        line -= row.quote;
    }
    if line == 0 {
        meta(app, theme, buf, entry, (x, at.y), room);
    } else if line <= row.words {
        wrapped(buf, theme, &sanitise(&entry.words), line - 1, row.words, (x, at.y), room, Role::NoteText);
    } else {
        put(buf, x, at.y, room, &extras(app, entry), theme.style(Role::Muted));
    }
}

/// A passage that could be put to it, with the words by which it was found.
fn suggested_line(app: &App, theme: &Theme, buf: &mut Buffer, slot: &Slot, row: &SuggestedRow, hit: &Hit) {
    let at = slot.at;
    let x = at.x + INDENT;
    let room = (at.x + at.w - 1).saturating_sub(x);
    mark(app, theme, buf, slot, &Listed::Passage(row.doc, row.range));
    if slot.line == 0 {
        put(buf, at.x + 3, at.y, 2, "+ ", theme.style(Role::Muted));
    }
    let Some(range) = row.lines.get(slot.line) else {
        let page = hit.page.as_ref().map(|p| p.label.clone().unwrap_or_else(|| p.index.to_string()));
        let page = page.map(|label| app.words.f("search.page", &[("page", &label)]) + " · ").unwrap_or_default();
        let report = report_line(&hit.report, hit.org.as_deref(), hit.year);
        put(buf, x, at.y, room, &format!("{page}{report}"), theme.style(Role::Muted));
        return;
    };
    // the best word stands further on
    let cut = if slot.line == 0 && range.start > 0 { CUT.min(room) } else { 0 };
    put(buf, x, at.y, cut, "… ", theme.style(Role::Muted));
    let end = snippet(theme, buf, hit, *range, x + cut, at.y, room - cut);
    if slot.line + 1 == row.lines.len() && (range.end as usize) < hit.snippet.trim_end().len() {
        put(buf, end, at.y, 2, " …", theme.style(Role::Muted));
    }
}

/// One of so many lines of a text; the last one holds all that is left, cut with "…".
#[allow(clippy::too_many_arguments, reason = "where and how a line is drawn")]
fn wrapped(
    buf: &mut Buffer,
    theme: &Theme,
    text: &str,
    line: usize,
    of: usize,
    (x, y): (u16, u16),
    room: u16,
    role: Role,
) {
    let rows = wrap_text(text, usize::from(room));
    let Some(row) = rows.get(line) else { return };
    let more = line + 1 == of && rows.len() > of;
    // cut where "…" still fits
    let end = put(buf, x, y, if more { room.saturating_sub(2) } else { room }, row, theme.style(role));
    if more {
        put(buf, end, y, 2, " …", theme.style(Role::Muted));
    }
}

/// A line of the text around a passage, the passage marked in it.
fn opened_line(
    theme: &Theme,
    buf: &mut Buffer,
    around: &Around,
    line: crate::doc::TextRange,
    (x, y): (u16, u16),
    room: u16,
) {
    let end = x + room;
    let mark = around.mark.intersect(line);
    let cuts = match mark {
        Some(mark) => [
            (line.start, mark.start, Role::Muted),
            (mark.start, mark.end, Role::Highlight),
            (mark.end, line.end, Role::Muted),
        ],
        None => {
            [(line.start, line.end, Role::Muted), (line.end, line.end, Role::Muted), (line.end, line.end, Role::Muted)]
        }
    };
    let mut x = x;
    for (from, to, role) in cuts {
        if let Some(text) = around.text.get(from as usize..to as usize).filter(|t| !t.is_empty()) {
            x = put(buf, x, y, end.saturating_sub(x), text, theme.style(role));
        }
    }
}

/// What became of it, section, page, status.
fn meta(app: &App, theme: &Theme, buf: &mut Buffer, entry: &Entry, (x, y): (u16, u16), room: u16) {
    let (w, end) = (&app.words, x + room);
    let mut x = x;
    let state = state_words(w, entry);
    if !state.is_empty() {
        let role = if entry.state == State::Skipped { Role::Muted } else { Role::Moved };
        x = put(buf, x, y, room, &format!("{state} · "), theme.style(role));
    }
    if let Some(status) = entry.status {
        let status = w.t(&format!("status.{}", status.name()));
        x = put(buf, x, y, end.saturating_sub(x), &format!("{status} · "), theme.style(Role::Strong));
    }
    let mut parts: Vec<String> = Vec::new();
    if let Some(page) = &entry.page {
        let label = page.label.clone().unwrap_or_else(|| page.index.to_string());
        parts.push(w.f("search.page", &[("page", &label)]));
    }
    let section = entry.section.last().filter(|s| entry.passage || **s != entry.quote);
    parts.extend(section.map(|s| format!("§ {s}")));
    if parts.is_empty() {
        parts.push(entry.created.strftime("%Y-%m-%d").to_string());
    }
    put(buf, x, y, end.saturating_sub(x), &parts.join(" · "), theme.style(Role::Muted));
}

/// Tags, the knelpunt it came by, other editions, other places.
fn extras(app: &App, entry: &Entry) -> String {
    let w = &app.words;
    let owner = app.notebook.stored(&entry.note).and_then(|s| s.owner.as_deref());
    let mut parts: Vec<String> = owner.map(|owner| w.f("notes.of-other", &[("owner", &owner)])).into_iter().collect();
    if let Some(via) = &entry.via {
        let name = app.knelpunt_name(via).unwrap_or_else(|| via.clone());
        parts.push(w.f("dossier.via", &[("name", &name)]));
    }
    if entry.candidates > 0 {
        parts.push(w.n("dossier.candidates", entry.candidates as u64));
    }
    for (key, of) in [
        ("dossier.again-in", [State::Exact, State::Moved].as_slice()),
        ("dossier.changed-in", &[State::Changed]),
        ("dossier.perhaps-in", &[State::Uncertain]),
    ] {
        let years = said::years(entry.told_again().filter(|a| of.contains(&a.state)).filter_map(|a| a.year));
        if !years.is_empty() {
            parts.push(w.f(key, &[("years", &years)]));
        }
    }
    parts.extend(entry.tags.iter().map(|t| format!("#{t}")));
    parts.join(" · ")
}
