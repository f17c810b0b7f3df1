//! The words of a note while they are written: what they are on, the field, and the keys that end it.

use super::paint::{fill, frame, put};
use super::{Role, Theme};
use crate::app::App;
use crate::app::editor::Editor;
use crate::keys::Action;
use crate::layout::wrap_text;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::widgets::Widget;

/// Rows of the passage that are shown above the field.
const QUOTE: usize = 2;

pub(super) fn draw(app: &App, editor: &Editor, theme: &Theme, buf: &mut Buffer) -> Option<Position> {
    let area = app.editor_area();
    fill(buf, area, theme.style(Role::Text));
    let w = &app.words;
    let title = w.t(if editor.is_old() { "editor.edit" } else { "editor.new" });
    let inside = frame(buf, theme, area, title, true);
    if inside.h < 3 {
        return None;
    }
    let put_in = |buf: &mut Buffer, y: u16, text: &str, role: Role| {
        put(buf, inside.x + 1, y, inside.w.saturating_sub(2), text, theme.style(role));
    };
    let mut y = inside.y;
    let room = usize::from(inside.w.saturating_sub(2)).max(1);
    if let Some(target) = editor.target() {
        let words = app.target_words(target);
        let words = crate::layout::sanitise(words.trim()).into_owned();
        let words = if target.quote().is_some() { format!("‘{words}’") } else { words };
        let rows = wrap_text(&words, room);
        let show = if inside.h < 9 { 1 } else { QUOTE };
        for (i, row) in rows.iter().take(show).enumerate() {
            let more = i + 1 == show && rows.len() > show;
            put_in(buf, y, &if more { format!("{row} …") } else { (*row).to_owned() }, Role::Quote);
            y += 1;
        }
    }
    let mut labels: Vec<String> = editor
        .knelpunten()
        .iter()
        .map(|k| format!("◆ {}", app.knelpunt_name(k).unwrap_or_else(|| k.clone())))
        .collect();
    labels.extend(editor.tags().iter().map(|t| format!("#{t}")));
    if editor.places() > 1 {
        labels.insert(0, w.n("editor.places", editor.places() as u64));
    }
    if !labels.is_empty() {
        put_in(buf, y, &labels.join(" "), Role::Knelpunt);
        y += 1;
    }
    for x in inside.x..inside.x + inside.w {
        put(buf, x, y, 1, "─", theme.style(Role::Border));
    }
    y += 1;
    let (text, role) = keys(app, editor, usize::from(inside.w));
    let hints = wrap_text(&text, usize::from(inside.w));
    let bottom = inside.y + inside.h;
    let last = bottom.saturating_sub(hints.len() as u16).max(y + 1);
    let field = Rect { x: inside.x + 1, y, width: inside.w.saturating_sub(2), height: last.saturating_sub(y) };
    if field.is_empty() {
        return None;
    }
    buf.set_style(field, theme.style(Role::Input));
    let widget = editor.text.widget();
    widget.render(field, buf);
    for (y, row) in (last..bottom).zip(hints) {
        put(buf, inside.x, y, inside.w, row, theme.style(role));
    }
    let (at, top) = (widget.screen_cursor(), widget.scroll_offset());
    let row = (at.row as u16).saturating_sub(top.0).min(field.height - 1);
    let column = (at.col as u16).saturating_sub(top.1).min(field.width - 1);
    Some(Position { x: field.x + column, y: field.y + row })
}

/// The keys that end it, as long as they fit on one row; once giving the words up was asked for, what that means.
fn keys(app: &App, editor: &Editor, room: usize) -> (String, Role) {
    let (save, cancel, outside) =
        (app.key_text(Action::Save), app.key_text(Action::Cancel), app.editor_key_text(Action::EditOutside));
    let w = &app.words;
    if editor.saving {
        return (w.t("editor.saving").to_owned(), Role::Info);
    }
    if editor.asked {
        return (w.f("editor.asked", &[("save", &save), ("cancel", &cancel)]), Role::Warning);
    }
    let long = w.f("editor.keys", &[("save", &save), ("cancel", &cancel), ("outside", &outside)]);
    if crate::layout::width(&long) <= room {
        return (long, Role::Muted);
    }
    (w.f("editor.keys-short", &[("save", &save), ("cancel", &cancel)]), Role::Muted)
}
