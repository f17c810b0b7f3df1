//! The palette, over the view.

use super::list::{self, Slot};
use super::paint::{fill, frame, put, put_right};
use super::{Role, Theme};
use crate::app::App;
use crate::app::geometry::Area;
use crate::app::palette::{Kind, MOST, Palette};
use crate::layout::{truncate, width};
use ratatui::buffer::Buffer;
use ratatui::layout::Position;

/// Widest palette, in cells.
const WIDEST: u16 = 100;

pub(super) fn draw(app: &App, palette: &Palette, theme: &Theme, buf: &mut Buffer) -> Option<Position> {
    let (w, h) = app.size;
    let wide = w.saturating_sub(4).min(WIDEST);
    let height = app.palette_height() + 4;
    let area = Area { x: (w - wide) / 2, y: (h.saturating_sub(height) / 4).max(1), w: wide, h: height.min(h) };
    fill(buf, area, theme.style(Role::Text));
    let inside = frame(
        buf,
        theme,
        area,
        app.words.t(if palette.of_editions { "palette.editions" } else { "palette.title" }),
        true,
    );
    let field = Area { x: inside.x + 2, w: inside.w.saturating_sub(3), h: 1, ..inside };
    put(buf, inside.x, inside.y, 2, "> ", theme.style(Role::Key));
    let cursor = list::field(&palette.input, field, theme, buf);
    if palette.input.is_empty() {
        let hint = app.words.t(if palette.of_editions { "palette.editions-hint" } else { "palette.hint" });
        put(buf, field.x + 1, field.y, field.w.saturating_sub(1), hint, theme.style(Role::Muted));
    }
    if palette.total > MOST {
        let text = app.words.f("palette.more", &[("n", &MOST), ("total", &app.words.number(palette.total as u64))]);
        put_right(buf, inside.x + inside.w, inside.y, inside.w / 3, &text, theme.style(Role::Muted));
    }
    list::rule(inside, inside.y + 1, theme, buf);
    let rows = inside.inset(0, 2, 0, 0);
    if palette.found.is_empty() {
        list::empty(rows, &[app.words.t("palette.nothing")], theme, buf);
    }
    list::rows(&palette.list, rows, true, theme, buf, |buf, slot| row(app, palette, theme, buf, slot));
    cursor
}

fn row(app: &App, palette: &Palette, theme: &Theme, buf: &mut Buffer, slot: &Slot) {
    let Some(item) = palette.item(slot.row) else { return };
    let at = slot.at;
    let (sign, role) = match item.kind {
        Kind::Report => ("▤", Role::Title),
        Kind::Section => ("§", Role::Muted),
        Kind::Found => ("◆", Role::Knelpunt),
        Kind::Made => ("◆", Role::Knelpunt),
        Kind::Note => ("✎", Role::Note),
        Kind::Saved => ("★", Role::Accent),
        Kind::Command => (":", Role::Key),
    };
    put(buf, at.x + 1, at.y, 1, sign, theme.style(role));
    // on a narrow screen the name matters more than what kind of thing it is
    let mut right = at.x + at.w - 1;
    if at.w >= 60 {
        let kind = app.words.t(&format!("palette.{}", item.kind.name()));
        put_right(buf, right, at.y, 16, kind, theme.style(Role::Muted));
        right = right.saturating_sub(17);
    }
    let x = at.x + 3;
    let room = right.saturating_sub(x);
    let detail = truncate(&item.detail, usize::from(room / 3)).into_owned();
    let role = if item.kind == Kind::Command { Role::Key } else { Role::Muted };
    let end = put_right(buf, right, at.y, room / 3, &detail, theme.style(role));
    let text = truncate(&item.text, usize::from(end.saturating_sub(x + 1))).into_owned();
    put(buf, x, at.y, end.saturating_sub(x), &text, theme.style(Role::Text));
    let marks = palette.found.get(slot.row).map(|(_, m)| m.as_slice()).unwrap_or_default();
    for (i, (byte, c)) in text.char_indices().enumerate() {
        if c != '…' && marks.binary_search(&(i as u32)).is_ok() {
            put(buf, x + width(&text[..byte]) as u16, at.y, 2, &c.to_string(), theme.style(Role::Hit));
        }
    }
}
