//! The list of references, over the view.

use super::list::{self, Slot};
use super::paint::{fill, frame, put, put_right};
use super::{Role, Theme};
use crate::app::App;
use crate::app::geometry::Area;
use crate::app::references::References;
use crate::layout::{truncate, width};
use crate::refs::Kind;
use ratatui::buffer::Buffer;
use ratatui::layout::Position;

/// Widest list, in cells.
const WIDEST: u16 = 110;

pub(super) fn draw(app: &App, references: &References, theme: &Theme, buf: &mut Buffer) -> Option<Position> {
    let (w, h) = app.size;
    let words = &app.words;
    let wide = w.saturating_sub(4).min(WIDEST);
    let height = app.references_height() + 5;
    let area = Area { x: (w - wide) / 2, y: (h.saturating_sub(height) / 3).max(1), w: wide, h: height.min(h) };
    fill(buf, area, theme.style(Role::Text));
    let inside = frame(buf, theme, area, &words.n("references.title", references.total() as u64), true);
    let field = Area { x: inside.x + 2, w: inside.w.saturating_sub(3), h: 1, ..inside };
    put(buf, inside.x, inside.y, 2, "> ", theme.style(Role::Key));
    let cursor = list::field(&references.input, field, theme, buf);
    if references.input.is_empty() {
        put(buf, field.x + 1, field.y, field.w.saturating_sub(1), words.t("references.hint"), theme.style(Role::Muted));
    }
    list::rule(inside, inside.y + 1, theme, buf);
    let rows = inside.inset(0, 2, 0, 1);
    if references.found.is_empty() {
        list::empty(rows, &[words.t("references.nothing")], theme, buf);
    }
    list::rows(&references.list, rows, true, theme, buf, |buf, slot| row(app, references, theme, buf, slot));
    // the address of the row of the cursor, whole as far as it fits
    let here = references.list.at().and_then(|at| references.row(at));
    if let Some(url) = here.and_then(|r| r.url.as_ref()) {
        let y = inside.y + inside.h.saturating_sub(1);
        let room = inside.w.saturating_sub(4);
        put(buf, inside.x + 1, y, 2, "→ ", theme.style(Role::Muted));
        put(buf, inside.x + 3, y, room, &truncate(url, usize::from(room)), theme.style(Role::Muted));
    }
    cursor
}

fn row(app: &App, references: &References, theme: &Theme, buf: &mut Buffer, slot: &Slot) {
    let Some(item) = references.row(slot.row) else { return };
    let (at, words) = (slot.at, &app.words);
    let sign = match item.kind {
        Kind::Paper => "▤",
        Kind::Law => "§",
        Kind::Gazette => "▥",
        Kind::Judgment => "⚖",
        Kind::Eu => "★",
        Kind::Link => "→",
    };
    put(buf, at.x + 1, at.y, 2, sign, theme.style(Role::Muted));
    let mut right = at.x + at.w - 1;
    // on a narrow screen the label matters more than where it stands
    if at.w >= 60 {
        let kind = words.t(&format!("reference.{}", item.kind.name()));
        put_right(buf, right, at.y, 12, kind, theme.style(Role::Muted));
        right = right.saturating_sub(14);
    }
    if let Some(page) = &item.page {
        let page = words.f("reader.page", &[("page", page)]);
        right = put_right(buf, right, at.y, 10, &page, theme.style(Role::Muted)).saturating_sub(1);
    }
    let x = at.x + 4;
    let room = right.saturating_sub(x);
    if at.w >= 80 {
        let section = truncate(&item.section, usize::from(room / 3)).into_owned();
        right = put_right(buf, right, at.y, room / 3, &section, theme.style(Role::Muted)).saturating_sub(2);
    }
    if item.places.len() > 1 {
        let often = format!("×{}", item.places.len());
        right = put_right(buf, right, at.y, 6, &often, theme.style(Role::Key)).saturating_sub(1);
    }
    let text = truncate(&item.label, usize::from(right.saturating_sub(x))).into_owned();
    let role = if item.url.is_some() { Role::Link } else { Role::Text };
    put(buf, x, at.y, right.saturating_sub(x), &text, theme.style(role));
    let marks = references.found.get(slot.row).map(|(_, m)| m.as_slice()).unwrap_or_default();
    for (i, (byte, c)) in text.char_indices().enumerate() {
        if c != '…' && marks.binary_search(&(i as u32)).is_ok() {
            put(buf, x + width(&text[..byte]) as u16, at.y, 2, &c.to_string(), theme.style(Role::Hit));
        }
    }
}
