//! The view of all notes.

use super::list::{self, Slot};
use super::paint::{put, put_right};
use super::{Role, Theme};
use crate::app::notes::{Filter, Row};
use crate::app::views::{Listed, report_line};
use crate::app::{App, Pane, Trashed};
use crate::notes::anchor::State;
use crate::notes::{Located, Note, NoteKind, TargetKind};
use ratatui::buffer::Buffer;
use ratatui::layout::Position;

pub(super) fn draw(app: &App, theme: &Theme, buf: &mut Buffer) -> Option<Position> {
    if app.panes.left.is_empty() {
        return None;
    }
    let w = &app.words;
    let view = &app.notes;
    let filter = match view.filter {
        Filter::All => w.t("notes.all").to_owned(),
        Filter::Review => w.t("notes.review").to_owned(),
        Filter::Kind(kind) => w.t(&format!("notes.{}", kind.name())).to_owned(),
        Filter::Trash => w.n("notes.trash", app.notebook.trash.len() as u64),
    };
    let mut title = format!("{} · {filter}", w.t("view.notes"));
    if !view.text.is_empty() {
        title = format!("{title} / {}", view.text);
    }
    list::view_frame(app, theme, buf, &title);
    let area = app.list_area();
    if view.rows.is_empty() {
        let lines = match (view.text.is_empty(), view.filter, app.notebook.is_empty()) {
            (true, Filter::Trash, _) => vec![w.t("notes.trash-empty"), w.t("notes.trash-empty-how")],
            (_, _, true) => vec![w.t("notes.empty"), w.t("notes.empty-how")],
            (true, Filter::Review, _) => vec![w.t("notes.review-empty"), w.t("notes.filter-how")],
            (true, _, _) => vec![w.t("view.nothing-fits"), w.t("notes.filter-how")],
            (false, _, _) => vec![w.t("view.nothing-fits"), w.t("view.nothing-fits-how")],
        };
        list::empty(area, &lines, theme, buf);
        if app.reviewing() {
            return None;
        }
    }
    let focused = app.pane == Pane::Left;
    list::rows(&view.list, area, focused, theme, buf, |buf, slot| row(app, theme, buf, slot))
}

fn row(app: &App, theme: &Theme, buf: &mut Buffer, slot: &Slot) {
    let at = slot.at;
    let right = at.x + at.w - 1;
    match &app.notes.rows[slot.row] {
        Row::Gap => {}
        Row::Unreadables(n) => {
            let text = format!("! {}", app.words.n("notes.unreadable", *n as u64));
            put(buf, at.x, at.y, at.w, &text, theme.style(Role::Warning));
        }
        Row::Unreadable(index) => {
            let Some((path, reason)) = app.notebook.unreadable.get(*index) else { return };
            if slot.line == 0 {
                let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
                put(buf, at.x + 1, at.y, right.saturating_sub(at.x + 1), &name, theme.style(Role::Text));
            } else {
                put(buf, at.x + 3, at.y, right.saturating_sub(at.x + 3), reason, theme.style(Role::Muted));
            }
        }
        Row::Copies(n) => {
            let text = format!("! {}", app.words.n("notes.copies", *n as u64));
            put(buf, at.x, at.y, at.w, &text, theme.style(Role::Warning));
        }
        Row::Copy(index) => {
            let Some(copy) = app.notebook.conflicts.get(*index) else { return };
            let (x, text, role) = match slot.line {
                0 => (at.x + 1, words_of(&copy.note, app), Role::Text),
                _ => {
                    let name = copy.path.file_name().unwrap_or_default().to_string_lossy();
                    (at.x + 3, name.into_owned(), Role::Muted)
                }
            };
            put(buf, x, at.y, right.saturating_sub(x), &text, theme.style(role));
        }
        Row::Trashed(index) => {
            if let Some(trashed) = app.notebook.trash.get(*index) {
                trashed_line(app, theme, buf, slot, trashed);
            }
        }
        Row::Note(id) => {
            if let Some(note) = app.notebook.note(id) {
                note_line(app, theme, buf, slot, note);
            }
        }
        Row::Review(key) => {
            let item = app.review.items.iter().find(|i| i.key == *key);
            if let Some((note, located)) = item.and_then(|i| app.reviewed(i)) {
                let marked = app.review.marked.contains(key);
                asked_line(app, theme, buf, slot, (note, located, marked));
            }
        }
    }
}

/// What was thrown away, what it is on, and when that was.
fn trashed_line(app: &App, theme: &Theme, buf: &mut Buffer, slot: &Slot, trashed: &Trashed) {
    let at = slot.at;
    let right = at.x + at.w - 1;
    let (x, note) = (at.x + 4, &trashed.stored.note);
    let (text, role) = match slot.line {
        0 => {
            if app.notes.taken.contains(&trashed.stored.path) {
                put(buf, at.x + 1, at.y, 1, "✓", theme.style(Role::Good));
            }
            put(buf, at.x + 2, at.y, 2, sign(note.kind), theme.style(Role::Muted));
            (words_of(note, app), Role::NoteText)
        }
        1 => (place(app, note), Role::Muted),
        _ => {
            let when = trashed.when.map(|t| t.strftime("%Y-%m-%d %H:%M").to_string());
            let said = when.map(|when| app.words.f("notes.thrown-away", &[("when", &when)]));
            (said.unwrap_or_else(|| app.words.t("notes.thrown-away-once").to_owned()), Role::Muted)
        }
    };
    put(buf, x, at.y, right.saturating_sub(x), &text, theme.style(role));
}

fn note_line(app: &App, theme: &Theme, buf: &mut Buffer, slot: &Slot, note: &Note) {
    let at = slot.at;
    let right = at.x + at.w - 1;
    let x = at.x + 4;
    match slot.line {
        0 => {
            if app.notes.marked.contains(&Listed::Note(note.id.clone())) {
                put(buf, at.x + 1, at.y, 1, "✓", theme.style(Role::Good));
            }
            put(buf, at.x + 2, at.y, 2, sign(note.kind), theme.style(Role::Note));
            let date = note.created.strftime("%Y-%m-%d").to_string();
            let end = put_right(buf, right, at.y, 10, &date, theme.style(Role::Muted)).saturating_sub(1);
            put(buf, x, at.y, end.saturating_sub(x), &words_of(note, app), theme.style(Role::NoteText));
        }
        1 => {
            // where it is, and the quote unless that already stands above
            let mut parts = vec![place(app, note)];
            if let Some(quote) = note.target.quote().filter(|_| !note.body.trim().is_empty()) {
                let short: String = quote.exact.chars().take(80).collect();
                parts.push(format!("“{}”", short.trim()));
            }
            put(buf, x, at.y, right.saturating_sub(x), &parts.join(" · "), theme.style(Role::Muted));
        }
        _ => {
            let (text, role) = state(app, note);
            let mut end = x;
            if !text.is_empty() {
                end = put(buf, x, at.y, right.saturating_sub(x), &format!("{text} "), theme.style(role));
            }
            let owner = app.notebook.stored(&note.id).and_then(|s| s.owner.as_deref());
            let mut parts: Vec<String> =
                owner.map(|owner| app.words.f("notes.of-other", &[("owner", &owner)])).into_iter().collect();
            if let Some(status) = note.status {
                parts.push(app.words.t(&format!("notes.status-{}", status.name())).to_owned());
            }
            parts.extend(note.knelpunten.iter().map(|k| format!("◆ {}", knelpunt(app, k))));
            parts.extend(note.tags.iter().map(|t| format!("#{t}")));
            put(buf, end, at.y, right.saturating_sub(end), &parts.join(" · "), theme.style(Role::Muted));
        }
    }
}

/// A note of the queue: its words, from which edition to which, and what became of it.
fn asked_line(
    app: &App,
    theme: &Theme,
    buf: &mut Buffer,
    slot: &Slot,
    (note, located, marked): (&Note, &Located, bool),
) {
    let at = slot.at;
    let x = at.x + 4;
    let room = (at.x + at.w).saturating_sub(x + 1);
    match slot.line {
        0 => {
            if marked {
                put(buf, at.x + 1, at.y, 1, "✓", theme.style(Role::Good));
            }
            put(buf, at.x + 2, at.y, 2, sign(note.kind), theme.style(Role::Note));
            put(buf, x, at.y, room, &words_of(note, app), theme.style(Role::NoteText));
        }
        1 => {
            let then = note.target.report.as_ref().and_then(|r| r.year);
            let years = match (then, located.year) {
                (Some(then), Some(now)) if then != now => format!("{then} → {now}"),
                (_, now) => now.map(|y| y.to_string()).unwrap_or_default(),
            };
            let org = located.org.as_deref().unwrap_or(&located.report);
            let section = note.target.section.last().cloned().unwrap_or_default();
            let parts = [years, report_line("", Some(org), None), section];
            let parts: Vec<_> = parts.into_iter().filter(|p| !p.is_empty()).collect();
            put(buf, x, at.y, room, &parts.join(" · "), theme.style(Role::Muted));
        }
        _ => {
            let (text, role) = state_words(app, Some(located.state));
            put(buf, x, at.y, room, text, theme.style(role));
        }
    }
}

/// The sign of a kind of note.
fn sign(kind: NoteKind) -> &'static str {
    match kind {
        NoteKind::Note => "✎ ",
        NoteKind::Highlight => "▌ ",
        NoteKind::Bookmark => "⚑ ",
    }
}

/// The first words of a note: its own, else those it is on.
pub(super) fn words_of(note: &Note, app: &App) -> String {
    let own = note.body.trim();
    let words = match (own.is_empty(), &note.target.kind) {
        (false, _) => own,
        (true, TargetKind::Passage(quote)) => quote.exact.trim(),
        (true, TargetKind::Section) => note.target.section.last().map_or("", String::as_str),
        (true, TargetKind::Knelpunt(id)) => knelpunt(app, id),
        (true, TargetKind::Report) => note.target.report.as_ref().map_or("", |r| r.title.as_str()),
    };
    words.chars().take(200).collect()
}

/// The title of a knelpunt, made or found.
fn knelpunt<'a>(app: &'a App, id: &'a str) -> &'a str {
    let found = || app.shelf.found().iter().find(|r| r.found.id == id).map(|r| r.found.title.as_str());
    match app.notebook.register.iter().any(|m| m.id == id) {
        true => app.notebook.knelpunt_title(id),
        false => found().unwrap_or(id),
    }
}

/// Report, innermost section and page of a note.
fn place(app: &App, note: &Note) -> String {
    let mut parts = Vec::new();
    match &note.target.report {
        // who and when say enough in a narrow column; the title stands above the text beside it
        Some(r) if r.org.is_some() => parts.push(report_line("", r.org.as_deref(), r.year)),
        Some(r) => parts.push(report_line(if r.title.is_empty() { &r.file } else { &r.title }, None, r.year)),
        None => parts.push(app.words.t("knelpunten.made").to_owned()),
    }
    parts.extend(note.target.section.last().cloned());
    if let Some(page) = &note.target.page {
        let label = page.label.clone().unwrap_or_else(|| page.index.to_string());
        parts.push(app.words.f("search.page", &[("page", &label)]));
    }
    parts.join(" › ")
}

/// What became of a note when it is not simply where it was.
fn state(app: &App, note: &Note) -> (&'static str, Role) {
    state_words(app, app.state_of_note(note))
}

fn state_words(app: &App, state: Option<State>) -> (&'static str, Role) {
    let w = &app.words;
    match state {
        Some(State::Exact) => ("", Role::Muted),
        Some(State::Moved) => (w.t("notes.moved"), Role::Moved),
        Some(State::Changed) => (w.t("notes.changed"), Role::Moved),
        Some(State::Uncertain) => (w.t("notes.uncertain"), Role::Moved),
        Some(State::Orphan) => (w.t("notes.orphan"), Role::Moved),
        Some(State::Skipped) => (w.t("notes.skipped"), Role::Muted),
        None => (w.t("notes.not-looked"), Role::Muted),
    }
}
