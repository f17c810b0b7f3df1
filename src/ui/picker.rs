//! Choosing a knelpunt.

use super::paint::{fill, frame, put, put_right, tint};
use super::{Role, Theme};
use crate::app::App;
use crate::app::geometry::Area;
use crate::app::knelpunten::colour;
use crate::app::picker::{AROUND, Picker, Row};
use crate::layout::{sanitise, truncate, width};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::widgets::Widget;

pub(super) fn draw(app: &App, picker: &Picker, theme: &Theme, buf: &mut Buffer) -> Option<Position> {
    let area = app.picker_area();
    let w = &app.words;
    fill(buf, area, theme.style(Role::Text));
    let title = sanitise(&picker.title(app)).into_owned();
    let inside = frame(buf, theme, area, &title, true);
    if inside.h < 3 {
        return None;
    }
    let field = Rect { x: inside.x + 3, y: inside.y, width: inside.w.saturating_sub(4), height: 1 };
    put(buf, inside.x + 1, inside.y, 2, "◆ ", theme.style(Role::Knelpunt));
    buf.set_style(field, theme.style(Role::Input));
    let widget = picker.text.widget();
    widget.render(field, buf);
    if picker.text.is_empty() {
        put(buf, field.x + 1, field.y, field.width.saturating_sub(1), w.t("picker.hint"), theme.style(Role::Muted));
    }
    for x in inside.x..inside.x + inside.w {
        put(buf, x, inside.y + 1, 1, "─", theme.style(Role::Border));
    }
    let height = usize::from(area.h.saturating_sub(AROUND));
    if picker.rows.is_empty() {
        put(buf, inside.x + 1, inside.y + 2, inside.w.saturating_sub(2), w.t("picker.empty"), theme.style(Role::Muted));
    }
    for (i, row) in picker.rows.iter().enumerate().skip(picker.cursor.top).take(height) {
        let at = Area { y: inside.y + 2 + (i - picker.cursor.top) as u16, h: 1, ..inside };
        draw_row(app, theme, buf, at, row);
        if i == picker.cursor.at {
            tint(buf, at.x, at.y, at.w, theme.style(Role::Row));
            put(buf, at.x, at.y, 1, "›", theme.style(Role::Row));
        }
    }
    // the digits are told only where a row has one
    let recent = picker.rows.iter().any(|r| r.digit.is_some());
    let keys = w.t(match (picker.toggles(), recent) {
        (true, _) => "picker.keys-off",
        (false, true) => "picker.keys-recent",
        (false, false) => "picker.keys",
    });
    put(buf, inside.x + 1, inside.y + inside.h - 1, inside.w.saturating_sub(2), keys, theme.style(Role::Muted));
    let at = widget.screen_cursor().col as u16;
    let x = at.saturating_sub(widget.scroll_offset().1).min(field.width.saturating_sub(1));
    Some(Position { x: field.x + x, y: field.y })
}

fn draw_row(app: &App, theme: &Theme, buf: &mut Buffer, at: Area, row: &Row) {
    let (y, right) = (at.y, at.x + at.w - 1);
    let x = at.x + 1;
    let path = row.above.iter().map(|t| format!("{t} › ")).collect::<String>();
    if row.makes() || row.is_top() {
        let text = match row.is_top() {
            true => app.words.t("picker.top").to_owned(),
            false => app.words.f("picker.make", &[("name", &format!("{path}{}", row.name))]),
        };
        let sign = if row.is_top() { "↑" } else { "+" };
        put(buf, x, y, at.w.saturating_sub(2), &format!("{sign} {text}"), theme.style(Role::Good));
        return;
    }
    let mut end = right;
    let from = match &row.report {
        Some(report) => sanitise(report).into_owned(),
        None if path.is_empty() => app.words.t("picker.made").to_owned(),
        None => sanitise(&path).into_owned(),
    };
    let third = usize::from(at.w / 3);
    end = put_right(buf, end, y, third as u16, &truncate(from.trim_end(), third), theme.style(Role::Muted))
        .saturating_sub(1);
    if row.taken {
        end = put_right(buf, end, y, 2, "✓", theme.style(Role::Good)).saturating_sub(1);
    }
    if let Some(digit) = row.digit {
        put(buf, x, y, 1, &digit.to_string(), theme.style(Role::Key));
    }
    let mut x = x + 2;
    put(buf, x, y, 2, colour::sign(row.colour), theme.style(Role::sign(row.colour, Role::Knelpunt)));
    x += 2;
    match &row.synonym {
        None => marked(theme, buf, x, y, end, &row.name, &row.marks),
        // why it is here, when its title doesn't say
        Some(synonym) => {
            let x = put(buf, x, y, end.saturating_sub(x), &format!("{} = ", row.name), theme.style(Role::Text));
            marked(theme, buf, x, y, end, synonym, &row.marks);
        }
    }
}

/// Draws a name with those of its characters marked that were typed.
fn marked(theme: &Theme, buf: &mut Buffer, x: u16, y: u16, end: u16, name: &str, marks: &[u32]) {
    let safe = sanitise(name).into_owned();
    let room = end.saturating_sub(x);
    let shown = truncate(&safe, usize::from(room)).into_owned();
    put(buf, x, y, room, &shown, theme.style(Role::Text));
    // the marks count characters of the name as it is; a name that had to be made safe is shown without them
    if safe == name {
        let chars: Vec<(usize, char)> = shown.char_indices().collect();
        for mark in marks {
            if let Some((byte, c)) = chars.get(*mark as usize).filter(|(_, c)| *c != '…') {
                let cell = x + width(&shown[..*byte]) as u16;
                put(buf, cell, y, 2, &c.to_string(), theme.style(Role::Hit));
            }
        }
    }
}
