//! The list of references, over the view.

use super::list::{self, Slot};
use super::paint::{fill, frame, put, put_right};
use super::{Role, Theme};
use crate::app::App;
use crate::app::geometry::{Area, GUTTER};
use crate::app::references::References;
use crate::doc::TextRange;
use crate::layout::{Piece, sanitise, truncate, width};
use crate::refs::Kind;
use ratatui::buffer::Buffer;
use ratatui::layout::Position;

/// A stretch of cells that leads to an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hyperlink {
    /// First cell.
    pub x: u16,
    /// Row of the screen.
    pub y: u16,
    /// What stands there.
    pub text: String,
    /// Where it leads.
    pub url: String,
    /// The same for all stretches of one reference.
    pub id: u32,
}

/// Where the text on the screen leads to an address. What lies over the text is not looked at: whoever makes these
/// cells lead there has to see that they still hold this text.
#[must_use]
pub fn hyperlinks(app: &App) -> Vec<Hyperlink> {
    let area = app.panes.text;
    let Some(open) = app.reader.open.as_ref().filter(|_| !area.is_empty()) else { return Vec::new() };
    let mut out = Vec::new();
    for (i, row) in app.reader.rows.iter().enumerate() {
        let y = area.y + 1 + i as u16;
        if y + 1 >= area.y + area.h {
            break;
        }
        let found = app.in_sight.of(row.place.block);
        for piece in row.line().pieces.iter().filter(|_| !found.is_empty()) {
            let Piece::Text { range, x, .. } = piece else { continue };
            for reference in found {
                let (Some(part), Some(url)) = (reference.range.intersect(*range), &reference.url) else { continue };
                let before = open.doc.slice(TextRange::new(range.start, part.start));
                let x = area.x + GUTTER + x + width(&sanitise(before)) as u16;
                let text = sanitise(open.doc.slice(part)).into_owned();
                out.push(Hyperlink { x, y, text, url: url.clone(), id: reference.range.start });
            }
        }
    }
    out
}

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
