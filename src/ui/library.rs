//! The view of what is loaded.

use super::list::{self, Slot};
use super::paint::{put, put_right};
use super::{Role, Theme};
use crate::app::library::Line;
use crate::app::{App, Pane};
use crate::doc::{Furniture, FurnitureKind, Lang, PartKind};
use crate::keys::{Action, Context, sequence_text};
use crate::layout::width;
use crate::library::editions::{Member, Relation, ReportId};
use crate::library::{Entry, EntryState, PartSummary, Summary};
use ratatui::buffer::Buffer;
use ratatui::layout::Position;

/// Columns of a file's name that are worth showing beside its title.
const LEAST_OF_FILE: u16 = 8;

pub(super) fn draw(app: &App, theme: &Theme, buf: &mut Buffer) -> Option<Position> {
    if app.panes.left.is_empty() {
        return None;
    }
    let w = &app.words;
    let view = &app.library;
    let failed = app.shelf.entries().iter().filter(|e| e.failure().is_some()).count();
    let mut title = w.t("view.library").to_owned();
    if app.demo {
        title = format!("{title} · {}", w.t("screen.demo"));
    }
    if failed > 0 {
        title = format!("{title} · {}", w.n("library.failed", failed as u64));
    }
    if !view.text.is_empty() {
        title = format!("{title} / {}", view.text);
    }
    list::view_frame(app, theme, buf, &title);
    let area = app.list_area();
    let open = app.keymap.keys_for(&[Context::Library, Context::Global], Action::OpenPath);
    let open = open.first().map(|k| sequence_text(k)).unwrap_or_default();
    let how = w.f("library.own", &[("key", &open)]);
    if view.rows.is_empty() {
        let lines = match (view.text.is_empty(), app.progress.is_some()) {
            (false, _) => vec![w.t("view.nothing-fits"), w.t("view.nothing-fits-how")],
            (true, true) => vec![w.t("navigator.reading")],
            (true, false) => vec![w.t("library.empty"), how.as_str()],
        };
        list::empty(area, &lines, theme, buf);
        return None;
    }
    let focused = app.pane == Pane::Left;
    let cursor = list::rows(&view.list, area, focused, theme, buf, |buf, slot| row(app, theme, buf, slot));
    let used: usize = (0..view.rows.len()).map(|r| view.list.height(r)).sum();
    // below the demonstration, where there is room: how to open one's own
    if app.demo && used + 2 < usize::from(area.h) {
        list::empty(area.inset(0, used as u16 + 1, 0, 0), &[w.t("library.demo"), &how], theme, buf);
    }
    cursor
}

fn row(app: &App, theme: &Theme, buf: &mut Buffer, slot: &Slot) {
    let Some(entry) = app.library.rows.get(slot.row).and_then(|id| app.shelf.entry(*id)) else { return };
    let at = slot.at;
    let w = &app.words;
    let x = at.x + 3;
    let room = (at.x + at.w).saturating_sub(x + 1);
    let Some(line) = app.library.lines(entry, &app.families).get(slot.line).copied() else { return };
    let (text, role) = match line {
        Line::Name => return name(app, theme, buf, slot, entry),
        Line::Pending => (w.t("library.pending").to_owned(), Role::Muted),
        Line::Facts(summary) => (facts(app, summary, entry.size), Role::Muted),
        Line::Edition(member) => (edition_line(app, member), Role::Accent),
        Line::Reason(text) => (w.retell("failure.", text), Role::Error),
        Line::Hint(text) => (w.retell("failure.", text), Role::Muted),
        Line::Locked => {
            let open = app.keymap.keys_for(&[Context::Library, Context::Global], Action::Open);
            let open = open.first().map(|k| sequence_text(k)).unwrap_or_default();
            (w.f("library.locked", &[("key", &open)]), Role::Key)
        }
        Line::Warning(text) => (format!("! {}", w.retell("warning.", text)), Role::Warning),
        Line::MoreWarnings(n) => (w.n("library.more-warnings", n as u64), Role::Warning),
        Line::Part(part) => (part_line(app, part), Role::Text),
        Line::Furniture(left) => (furniture_line(app, left), Role::Muted),
    };
    put(buf, x, at.y, room, &text, theme.style(role));
}

/// What a report is to the other editions of it.
fn edition_line(app: &App, member: &Member) -> String {
    let w = &app.words;
    let name = |id: ReportId| {
        let entry = app.shelf.entry(id.doc);
        let part = entry.and_then(|e| e.summary()?.parts.get(id.part.0 as usize));
        let year = part.and_then(|p| p.year).map(|y| format!("{y} · ")).unwrap_or_default();
        format!("{year}{}", entry.map_or("", |e| e.file.as_str()))
    };
    let Some((family, at)) = app.families.family(member.report) else { return String::new() };
    let other = match member.relation {
        Relation::First => family.members.get(1),
        Relation::Next | Relation::Version => app.families.follows(member.report).or(family.members.first()),
        Relation::Format | Relation::Copy => family.members[..at].last(),
    };
    let report = other.map(|m| name(m.report)).unwrap_or_default();
    let key = format!("editions.is-{}", member.relation.name());
    let hand = if member.by_hand { format!(" · {}", w.t("editions.by-hand")) } else { String::new() };
    format!("≈ {}{hand}", w.f(&key, &[("report", &report)]))
}

/// A part in a line: what kind of paper, its title, publisher, year and language.
fn part_line(app: &App, part: &PartSummary) -> String {
    let w = &app.words;
    let kind = match part.kind {
        PartKind::Report => "library.kind-report",
        PartKind::Letter => "library.kind-letter",
        PartKind::Memo => "library.kind-memo",
        PartKind::Annex => "library.kind-annex",
    };
    let title = if part.title.is_empty() { w.t("library.untitled") } else { &part.title };
    let mut facts = vec![format!("{}: {title}", w.t(kind))];
    facts.extend(part.org.clone());
    facts.extend(part.year.map(|y| y.to_string()));
    facts.push(w.n("library.sections", u64::from(part.sections.saturating_sub(1))));
    facts.push(w.t(if part.lang == Lang::Nl { "library.nl" } else { "library.en" }).to_owned());
    format!("▸ {}", facts.join(" · "))
}

/// What was left out, how often, and the first of it.
fn furniture_line(app: &App, left: &Furniture) -> String {
    let w = &app.words;
    let kind = match left.kind {
        FurnitureKind::RunningHead => "library.left-running-head",
        FurnitureKind::PageNumber => "library.left-page-number",
        FurnitureKind::Contents => "library.left-contents",
        FurnitureKind::Repeat => "library.left-repeat",
        FurnitureKind::Site => "library.left-site",
    };
    let text = left.text.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("− {} {}× “{text}”", w.t(kind), w.number(left.count.into()))
}

fn name(app: &App, theme: &Theme, buf: &mut Buffer, slot: &Slot, entry: &Entry) {
    let at = slot.at;
    let (sign, role) = match &entry.state {
        EntryState::Pending => ("… ", Role::Muted),
        EntryState::Ready(s) if s.warnings.is_empty() => ("✓ ", Role::Good),
        EntryState::Ready(_) => ("! ", Role::Warning),
        EntryState::Failed(_) => ("✗ ", Role::Error),
    };
    put(buf, at.x + 1, at.y, 2, sign, theme.style(role));
    let x = at.x + 3;
    let mut end = at.x + at.w - 1;
    if app.reader.open.as_ref().is_some_and(|o| o.id == entry.id) {
        end = put_right(buf, end, at.y, 1, "▌", theme.style(Role::Here)).saturating_sub(1);
    }
    // a reader knows a report by its title, the disk by its file
    let part = entry.summary().and_then(|s| s.parts.first());
    let title = part.map_or("", |p| p.title.as_str());
    if title.is_empty() {
        put(buf, x, at.y, end.saturating_sub(x), &entry.file, theme.style(Role::Title));
        return;
    }
    // cut titles of one publisher are all the same but for their year
    if let Some(year) = part.and_then(|p| p.year).filter(|_| width(title) > usize::from(end.saturating_sub(x))) {
        end = put_right(buf, end, at.y, 5, &year.to_string(), theme.style(Role::Muted)).saturating_sub(1);
    }
    let x = put(buf, x, at.y, end.saturating_sub(x), title, theme.style(Role::Title)) + 2;
    if x + LEAST_OF_FILE <= end {
        put(buf, x, at.y, end - x, &entry.file, theme.style(Role::Muted));
    }
}

/// Format, parts, pages, sections, knelpunten, size and language, as far as there is something to tell.
fn facts(app: &App, s: &Summary, size: u64) -> String {
    let w = &app.words;
    let mut parts = vec![w.t(&format!("library.format-{}", s.format.name())).to_owned()];
    if s.parts.len() > 1 {
        parts.push(w.n("library.parts", s.parts.len() as u64));
    }
    if s.pages > 0 {
        parts.push(w.n("library.pages", u64::from(s.pages)));
    }
    // the root of a part is no section to a reader
    let sections: u64 = s.parts.iter().map(|p| u64::from(p.sections.saturating_sub(1))).sum();
    parts.push(w.n("library.sections", sections));
    if s.knelpunten.explicit > 0 {
        parts.push(format!("◆ {}", w.n("count.knelpunten", u64::from(s.knelpunten.explicit))));
    }
    parts.push(match size {
        0..1_000_000 => w.f("library.kb", &[("n", &size.div_ceil(1000))]),
        _ => w.f("library.mb", &[("n", &w.number(size / 1_000_000))]),
    });
    let has = |lang| s.parts.iter().any(|p| p.lang == lang);
    parts.extend([Lang::Nl, Lang::En].into_iter().filter(|l| has(*l)).map(|l| {
        let key = if l == Lang::Nl { "library.nl" } else { "library.en" };
        w.t(key).to_owned()
    }));
    parts.join(" · ")
}
