//! The help screen, over the view.

use super::paint::{fill, frame, put, put_right};
use super::{Role, Theme};
use crate::app::App;
use crate::app::geometry::Area;
use crate::app::help::{Help, HelpRow};
use ratatui::buffer::Buffer;

pub(super) fn draw(app: &App, help: Help, theme: &Theme, buf: &mut Buffer) {
    let (w, h) = app.size;
    let area = Area { x: 0, y: 1, w, h: h.saturating_sub(2) };
    fill(buf, area, theme.style(Role::Text));
    let title = format!("{} · kantlijn {}", app.words.t("help.title"), app.version);
    let inside = frame(buf, theme, area, &title, true).inset(1, 0, 1, 0);
    let columns = app.help();
    let (cells, _) = app.help_columns();
    let keys = app.help_keys_width();
    for (i, column) in columns.iter().enumerate() {
        let x = inside.x + i as u16 * (cells + 3);
        for (line, row) in column.iter().skip(help.top).take(usize::from(inside.h)).enumerate() {
            let y = inside.y + line as u16;
            match row {
                HelpRow::Gap => {}
                HelpRow::Words(text) => drop(put(buf, x, y, cells, text, theme.style(Role::Text))),
                HelpRow::Head(text) => drop(put(buf, x, y, cells, text, theme.style(Role::Title))),
                HelpRow::Keys(key, what) => {
                    put(buf, x, y, keys, key, theme.style(Role::Key));
                    put(buf, x + keys + 1, y, cells.saturating_sub(keys + 1), what, theme.style(Role::Text));
                }
            }
        }
    }
    let rows = columns.iter().map(Vec::len).max().unwrap_or(0);
    let bottom = area.y + area.h.saturating_sub(1);
    if rows > usize::from(inside.h) {
        let to = (help.top + usize::from(inside.h)).min(rows);
        let text = format!(" {} ", app.words.f("help.rows", &[("to", &to), ("of", &rows)]));
        put_right(buf, area.x + area.w - 2, bottom, area.w / 2, &text, theme.style(Role::Muted));
    }
}
