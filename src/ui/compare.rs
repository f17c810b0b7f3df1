//! Two reports side by side, or one with what is gone and what is new in it.

use super::paint::{fill, put, put_right, tint};
use super::{Role, Theme};
use crate::app::App;
use crate::app::compare::{Mark, Row, SIDES_FROM, Seg, Shown, Side, side_width};
use ratatui::buffer::Buffer;
use ratatui::layout::Position;

pub(super) fn draw(app: &App, theme: &Theme, buf: &mut Buffer) -> Option<Position> {
    let area = app.compare_area();
    let (w, top) = (area.w, 1);
    fill(buf, crate::app::geometry::Area { x: 0, y: top, w, h: area.h + area.y - top }, theme.style(Role::Text));
    let side = side_width(w);
    let right = side + 4;
    if w >= SIDES_FROM {
        head(app, theme, buf, Side::Old, 1, side);
        head(app, theme, buf, Side::New, right, side);
    } else {
        let text = format!("{} → {}", app.compared_title(Side::Old), app.compared_title(Side::New));
        put(buf, 1, top, w.saturating_sub(2), &text, theme.style(Role::HeadingOne));
        let path = app.compared_path(Side::New);
        let path = if path.is_empty() { app.compared_path(Side::Old) } else { path };
        put(buf, 1, top + 1, w.saturating_sub(2), &path, theme.style(Role::Muted));
    }
    for x in 0..w {
        put(buf, x, top + 2, 1, "─", theme.style(Role::Border));
    }
    let (at, of) = app.compare.count();
    if of > 0 {
        let text = format!(" {} ", app.words.f("compare.change", &[("at", &at), ("of", &of)]));
        put_right(buf, w.saturating_sub(1), top + 2, w / 2, &text, theme.style(Role::Muted));
    }
    let mut cursor = None;
    for (y, row) in (area.y..area.y + area.h).zip(&app.compare.rows) {
        draw_row(theme, buf, row, y, w, right);
        if row.here {
            let new = app.compare.active == Side::New && !row.right.is_empty() || row.left.is_empty();
            let from = if w >= SIDES_FROM && new && row.shown != Shown::Whole { right } else { 1 };
            let style = theme.style(Role::Here);
            put(buf, from.saturating_sub(1), y, 1, if row.first { "›" } else { "▏" }, style);
            if row.shown == Shown::Whole {
                tint(buf, 0, y, w, theme.style(Role::RowDim));
            }
            if row.first {
                cursor = Some(Position { x: from, y });
            }
        }
    }
    cursor
}

fn head(app: &App, theme: &Theme, buf: &mut Buffer, side: Side, x: u16, w: u16) {
    let active = app.compare.active == side;
    let role = if active { Role::HeadingOne } else { Role::Strong };
    let mark = if active { "▸" } else { " " };
    put(buf, x.saturating_sub(1), 1, 1, mark, theme.style(Role::BorderFocus));
    put(buf, x, 1, w, &app.compared_title(side), theme.style(role));
    put(buf, x, 2, w, &app.compared_path(side), theme.style(Role::Muted));
}

fn draw_row(theme: &Theme, buf: &mut Buffer, row: &Row, y: u16, w: u16, right: u16) {
    let role = |mark: Mark| match (mark, row.shown) {
        (Mark::Gone, _) => Role::DiffGone,
        (Mark::New, _) => Role::DiffNew,
        (Mark::Weighty, _) => Role::DiffWeighty,
        (Mark::Said, _) => Role::Muted,
        (Mark::Same, Shown::Heading) => Role::Heading,
        (Mark::Same, _) => Role::Muted,
        (Mark::Kept, Shown::Heading) => Role::Heading,
        (Mark::Kept, _) => Role::Text,
    };
    let segs = |buf: &mut Buffer, x: u16, room: u16, segs: &[Seg]| {
        let mut at = x;
        for seg in segs {
            at = put(buf, at, y, (x + room).saturating_sub(at), &seg.text, theme.style(role(seg.mark)));
        }
    };
    let side = side_width(w);
    match row.shown {
        Shown::Blank => {}
        Shown::Line => {
            for x in 0..w {
                put(buf, x, y, 1, "─", theme.style(Role::Border));
            }
        }
        Shown::Whole => segs(buf, 1, w.saturating_sub(2), &row.left),
        Shown::Text | Shown::Heading if w >= SIDES_FROM => {
            segs(buf, 1, side, &row.left);
            put(buf, side + 2, y, 1, row.sign, theme.style(Role::Accent));
            segs(buf, right, side, &row.right);
        }
        Shown::Text | Shown::Heading => {
            put(buf, 1, y, 1, row.sign, theme.style(Role::Accent));
            segs(buf, 3, side, &row.left);
        }
    }
}
