//! The heat map: knelpunten against years or organisations. A cell is told by its shade and by its figure or sign.

use super::list::{self, Slot};
use super::paint::{frame, put, put_right};
use super::{Role, Theme};
use crate::app::heatmap::{BELOW, HeatColumns, HeatRow, Mode, shade};
use crate::app::{App, Pane};
use crate::knelpunt::dossier::{Axis, Cell, Key};
use crate::layout::{sanitise, wrap_text};
use ratatui::buffer::Buffer;
use ratatui::layout::Position;

/// Draws it where it is shown. Returns where the cursor stands when it has the keys.
pub(super) fn draw(app: &App, theme: &Theme, buf: &mut Buffer) -> Option<Position> {
    let at = app.heat_frame();
    if at.is_empty() {
        return None;
    }
    let (w, heat) = (&app.words, &app.heatmap);
    let full = app.heat_mode() == Mode::Full;
    let axis = w.t(if heat.axis == Axis::Year { "heatmap.by-year" } else { "heatmap.by-org" });
    let columns = app.heat_columns();
    let mut title = format!("{} · {axis}", w.t("heatmap.title"));
    if columns.shown < heat.grid.columns.len() {
        let (from, to) = (columns.first + 1, columns.first + columns.shown);
        title = format!("{title} · {from}–{to}/{}", heat.grid.columns.len());
    }
    if full && !app.knelpunten.text.is_empty() {
        title = format!("{title} / {}", app.knelpunten.text);
    }
    let inside = frame(buf, theme, at, &title, full && app.pane == Pane::Left);
    let area = app.heat_area();
    if heat.rows.is_empty() {
        let filtered = !app.knelpunten.text.is_empty();
        let what = if filtered { "view.nothing-fits" } else { "knelpunten.empty" };
        let how = if filtered { "view.nothing-fits-how" } else { "knelpunten.empty-how" };
        list::empty(inside, &[w.t(what), w.t(how)], theme, buf);
        return None;
    }
    heads(app, theme, buf, columns);
    let focused = full && app.pane == Pane::Left;
    let cursor = list::rows(&heat.list, area, focused, theme, buf, |buf, slot| row(app, theme, buf, slot, columns));
    below(app, theme, buf);
    cursor.filter(|_| full)
}

/// The names of the columns.
fn heads(app: &App, theme: &Theme, buf: &mut Buffer, columns: HeatColumns) {
    let area = app.heat_area();
    let shown = app.heatmap.grid.columns.iter().skip(columns.first).take(columns.shown);
    let mut x = area.x + 1 + columns.title;
    for column in shown {
        let name = app.heat_name(column);
        put(buf, x, area.y - 1, columns.each - 1, &name, theme.style(Role::Title));
        x += columns.each;
    }
    if columns.first > 0 {
        put_right(buf, area.x + columns.title, area.y - 1, 2, "‹", theme.style(Role::Key));
    }
    if columns.first + columns.shown < app.heatmap.grid.columns.len() {
        put(buf, area.x + area.w - 1, area.y - 1, 1, "›", theme.style(Role::Key));
    }
}

fn row(app: &App, theme: &Theme, buf: &mut Buffer, slot: &Slot, columns: HeatColumns) {
    let at = slot.at;
    match &app.heatmap.rows[slot.row] {
        HeatRow::Gap => {}
        HeatRow::Head(text) => drop(put(buf, at.x + 1, at.y, at.w.saturating_sub(2), text, theme.style(Role::Muted))),
        HeatRow::Of(i) => {
            let Some(row) = app.heatmap.grid.rows.get(*i) else { return };
            let made = matches!(row.key, Key::Made(_));
            let x = at.x + 1 + (row.depth as u16 * 2).min(columns.title / 3);
            let end = at.x + columns.title;
            put(buf, x, at.y, 2, if made { "◆ " } else { "◇ " }, theme.style(Role::Knelpunt));
            put(buf, x + 2, at.y, end.saturating_sub(x + 2), &row.title, theme.style(Role::Text));
            let mut x = at.x + 1 + columns.title;
            for cell in row.cells.iter().skip(columns.first).take(columns.shown) {
                put(buf, x, at.y, columns.each - 1, &sign(cell.as_ref()), theme.style(sign_role(cell.as_ref())));
                x += columns.each;
            }
        }
    }
}

/// The cursor's row in words, and the legend.
fn below(app: &App, theme: &Theme, buf: &mut Buffer) {
    let area = app.heat_area();
    let (x, y, room) = (area.x + 1, area.y + area.h, area.w.saturating_sub(2));
    let text = app.heat_words();
    let text = sanitise(&text);
    let lines = wrap_text(&text, usize::from(room));
    let words = usize::from(BELOW) - 1;
    for (i, line) in lines.iter().take(words).enumerate() {
        let line = if i + 1 == words && lines.len() > words { format!("{line} …") } else { (*line).to_owned() };
        put(buf, x, y + i as u16, room, &line, theme.style(Role::Text));
    }
    put(buf, x, y + words as u16, room, app.words.t("heatmap.legend"), theme.style(Role::Muted));
}

/// A cell as it is drawn: shade and number of mentions, or the sign of what there is instead.
pub(super) fn sign(cell: Option<&Cell>) -> String {
    match cell {
        None => String::new(),
        Some(cell) if cell.mentions() > 0 => {
            let doubt = if cell.unsure > 0 { "?" } else { "" };
            format!("{}{}{doubt}", shade(cell.mentions()), cell.mentions().min(999))
        }
        Some(cell) if cell.unsure > 0 => "?".to_owned(),
        Some(cell) if cell.near > 0 => "≈".to_owned(),
        Some(_) => "·".to_owned(),
    }
}

/// How a cell looks.
pub(super) fn sign_role(cell: Option<&Cell>) -> Role {
    match cell {
        Some(cell) if cell.mentions() > 0 => Role::Knelpunt,
        Some(cell) if cell.unsure > 0 => Role::Moved,
        _ => Role::Muted,
    }
}
