//! Small things that several panes draw alike: text cut to its place, borders, bars.

use super::{Role, Theme};
use crate::app::geometry::Area;
use crate::layout::{plain_width, sanitise, truncate, width};
use ratatui::buffer::Buffer;
use ratatui::style::Style;

/// Draws text from `x` on in at most `w` cells, made safe and cut with "…". Returns the column after it.
pub(crate) fn put(buf: &mut Buffer, x: u16, y: u16, w: u16, text: &str, style: Style) -> u16 {
    if w == 0 || !buf.area.contains((x, y).into()) {
        return x;
    }
    let room = w.min(buf.area.right() - x);
    // nearly all text: a character a cell, nothing to be taken out, nothing to join
    if let Some(cells) = plain_width(text).filter(|cells| *cells <= usize::from(room)) {
        for (cell, c) in (x..).zip(text.chars()) {
            if let Some(cell) = buf.cell_mut((cell, y)) {
                cell.set_char(c).set_style(style);
            }
        }
        return x + cells as u16;
    }
    let safe = sanitise(text);
    let cut = truncate(&safe, usize::from(room));
    buf.set_string(x, y, &cut, style);
    x + width(&cut) as u16
}

/// The same, ending at the column before `right`.
pub(crate) fn put_right(buf: &mut Buffer, right: u16, y: u16, w: u16, text: &str, style: Style) -> u16 {
    let safe = sanitise(text);
    let cut = truncate(&safe, usize::from(w)).into_owned();
    let x = right.saturating_sub(width(&cut) as u16);
    put(buf, x, y, w, &cut, style);
    x
}

/// Fills an area with blanks of a style.
pub(crate) fn fill(buf: &mut Buffer, area: Area, style: Style) {
    for y in area.y..area.y + area.h {
        for x in area.x..area.x + area.w {
            if let Some(cell) = buf.cell_mut((x, y)) {
                cell.reset();
                cell.set_style(style);
            }
        }
    }
}

/// Draws a box with a title in its upper border and returns what is inside. The box that has the keys shows it by its
/// colour and by a mark before its title.
pub(crate) fn frame(buf: &mut Buffer, theme: &Theme, area: Area, title: &str, focused: bool) -> Area {
    if area.w < 2 || area.h < 2 {
        return Area::default();
    }
    let line = theme.style(if focused { Role::BorderFocus } else { Role::Border });
    let (left, right) = (area.x, area.x + area.w - 1);
    let (top, bottom) = (area.y, area.y + area.h - 1);
    let mut draw = |x: u16, y: u16, sign: char| {
        if let Some(cell) = buf.cell_mut((x, y)) {
            cell.set_char(sign).set_style(line);
        }
    };
    for x in left + 1..right {
        draw(x, top, '─');
        draw(x, bottom, '─');
    }
    for y in top + 1..bottom {
        draw(left, y, '│');
        draw(right, y, '│');
    }
    for (x, y, corner) in [(left, top, '┌'), (right, top, '┐'), (left, bottom, '└'), (right, bottom, '┘')] {
        draw(x, y, corner);
    }
    if area.w > 6 && !title.is_empty() {
        let mark = if focused { "▸" } else { " " };
        buf.set_string(left + 1, top, mark, line);
        let end = put(
            buf,
            left + 2,
            top,
            area.w - 5,
            title,
            theme.style(if focused { Role::BorderFocus } else { Role::Title }),
        );
        buf.set_string(end, top, " ", line);
    }
    area.inset(1, 1, 1, 1)
}

/// Gives the cells of a row a style on top of what they have.
pub(crate) fn tint(buf: &mut Buffer, x: u16, y: u16, w: u16, style: Style) {
    for x in x..x.saturating_add(w).min(buf.area.right()) {
        if let Some(cell) = buf.cell_mut((x, y)) {
            cell.set_style(style);
        }
    }
}
