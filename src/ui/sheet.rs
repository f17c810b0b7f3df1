//! Words to be read over the view: a note of the trash, two versions of a note.

use super::paint::{fill, frame, put, put_right};
use super::{Role, Theme};
use crate::app::App;
use crate::app::geometry::Area;
use crate::app::sheet::{Sheet, Side};
use ratatui::buffer::Buffer;

pub(super) fn draw(app: &App, sheet: &Sheet, theme: &Theme, buf: &mut Buffer) {
    let (w, h) = app.sheet_size();
    let area = Area { x: app.size.0.saturating_sub(w) / 2, y: app.size.1.saturating_sub(h) / 2, w, h };
    fill(buf, area, theme.style(Role::Text));
    let inside = frame(buf, theme, area, &sheet.title, true);
    let (lines, more) = sheet.in_sight(w.saturating_sub(4), inside.h);
    for (i, (side, text)) in lines.into_iter().enumerate() {
        let role = match side {
            Side::Both => Role::Text,
            Side::Note => Role::Good,
            Side::Copy => Role::Warning,
        };
        let y = inside.y + i as u16;
        put(buf, inside.x + 1, y, 2, side.sign(), theme.style(role));
        put(buf, inside.x + 3, y, inside.w.saturating_sub(4), &text, theme.style(role));
    }
    let keys = match more {
        0 => sheet.keys.clone(),
        _ => format!("{} · {}", app.words.f("peek.more", &[("n", &more)]), sheet.keys),
    };
    let right = area.x + area.w.saturating_sub(2);
    put_right(
        buf,
        right,
        area.y + area.h - 1,
        area.w.saturating_sub(4),
        &format!(" {keys} "),
        theme.style(Role::Muted),
    );
}
