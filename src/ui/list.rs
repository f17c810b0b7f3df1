//! What the lists of the views have in common: the frame, rows of several lines, the row of the cursor, words when there
//! is nothing to show.

use super::paint::{frame, put, tint};
use super::{Role, Theme};
use crate::app::geometry::Area;
use crate::app::listing::Listing;
use crate::app::textbox::TextBox;
use crate::app::{App, Pane};
use crate::layout::wrap_text;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::widgets::Widget;

/// A line of a row to be drawn: which row, which of its lines, and where.
pub(super) struct Slot {
    pub row: usize,
    pub line: usize,
    pub at: Area,
}

/// Draws the frame of a view's list.
pub(super) fn view_frame(app: &App, theme: &Theme, buf: &mut Buffer, title: &str) -> Area {
    frame(buf, theme, app.panes.left, title, app.pane == Pane::Left)
}

/// Draws the lines of a list that are in sight. Returns where the cursor stands.
pub(super) fn rows(
    list: &Listing,
    area: Area,
    focused: bool,
    theme: &Theme,
    buf: &mut Buffer,
    mut draw: impl FnMut(&mut Buffer, &Slot),
) -> Option<Position> {
    let mut cursor = None;
    for (row, top) in list.in_sight(usize::from(area.h)) {
        let here = list.at() == Some(row);
        for line in 0..list.height(row) {
            let Ok(y) = u16::try_from(top + line as isize) else { continue };
            if y >= area.h {
                break;
            }
            let at = Area { y: area.y + y, h: 1, ..area };
            draw(buf, &Slot { row, line, at });
            if here {
                tint(buf, at.x, at.y, at.w, theme.style(if focused { Role::Row } else { Role::RowDim }));
                if line == 0 {
                    put(buf, at.x, at.y, 1, "›", theme.style(if focused { Role::Row } else { Role::Muted }));
                    cursor = Some(Position { x: at.x, y: at.y });
                }
            }
        }
    }
    cursor
}

/// Words where there is nothing to list: the first line says what, the others what to do.
pub(super) fn empty(area: Area, lines: &[&str], theme: &Theme, buf: &mut Buffer) {
    let room = area.w.saturating_sub(2);
    let mut y = area.y;
    for (i, text) in lines.iter().enumerate() {
        let role = if i == 0 { Role::Text } else { Role::Muted };
        for row in wrap_text(text, usize::from(room)) {
            if y >= area.y + area.h {
                return;
            }
            put(buf, area.x + 1, y, room, row, theme.style(role));
            y += 1;
        }
    }
}

/// Draws a field of one line. Returns where its cursor stands.
pub(super) fn field(text: &TextBox, at: Area, theme: &Theme, buf: &mut Buffer) -> Option<Position> {
    let area = Rect { x: at.x, y: at.y, width: at.w, height: 1 };
    if at.w == 0 {
        return None;
    }
    buf.set_style(area, theme.style(Role::Input));
    let widget = text.widget();
    widget.render(area, buf);
    let x = (widget.screen_cursor().col as u16).saturating_sub(widget.scroll_offset().1).min(at.w - 1);
    Some(Position { x: at.x + x, y: at.y })
}

/// A line under a field.
pub(super) fn rule(area: Area, y: u16, theme: &Theme, buf: &mut Buffer) {
    for x in area.x..area.x + area.w {
        put(buf, x, y, 1, "─", theme.style(Role::Border));
    }
}
