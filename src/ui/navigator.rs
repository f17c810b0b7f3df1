//! The tree of reports and sections.

use super::paint::{frame, put, put_right, tint};
use super::{Role, Theme};
use crate::app::navigator::Row;
use crate::app::{App, Pane};
use ratatui::buffer::Buffer;
use ratatui::layout::Position;

pub(super) fn draw(app: &App, theme: &Theme, buf: &mut Buffer) -> Option<Position> {
    let area = app.panes.left;
    if area.is_empty() {
        return None;
    }
    let focused = app.pane == Pane::Left;
    let title = if app.navigator.filter.is_empty() {
        app.words.t("navigator.title").to_owned()
    } else {
        format!("{} / {}", app.words.t("navigator.title"), app.navigator.filter)
    };
    let inside = frame(buf, theme, area, &title, focused);
    if app.navigator.nodes.is_empty() {
        let text = app.words.t(if app.progress.is_some() { "navigator.reading" } else { "navigator.empty" });
        put(buf, inside.x + 1, inside.y, inside.w.saturating_sub(1), text, theme.style(Role::Muted));
        return None;
    }
    let list = &app.navigator.cursor;
    let mut cursor = None;
    for (i, row) in app.navigator.rows.iter().enumerate().take(usize::from(inside.h)) {
        let y = inside.y + i as u16;
        draw_row(theme, buf, row, inside.x, y, inside.w);
        if list.top + i == list.at {
            let role = if focused { Role::Row } else { Role::RowDim };
            tint(buf, inside.x, y, inside.w, theme.style(role));
            cursor = Some(Position { x: inside.x, y });
        }
    }
    cursor
}

fn draw_row(theme: &Theme, buf: &mut Buffer, row: &Row, x: u16, y: u16, w: u16) {
    let right = x + w;
    // signs at the right, so that titles of one depth begin in one column
    let mut signs: Vec<(String, Role)> = Vec::new();
    if row.corrected {
        signs.push(("±".to_owned(), Role::Accent));
    }
    if row.hits > 0 {
        signs.push((format!("{}×", row.hits), Role::Hit));
    }
    if row.notes > 0 {
        signs.push((format!("✎{}", row.notes), Role::Note));
    }
    if row.review > 0 {
        signs.push((format!("≠{}", row.review), Role::Moved));
    }
    if row.knelpunten > 0 && !row.is_knelpunt && row.node.fold == Some(false) {
        signs.push((format!("◆{}", row.knelpunten), Role::Knelpunt));
    }
    let mut end = right.saturating_sub(1);
    if row.node.depth > 0 {
        // how much of the report it is, as a bar of eighths
        const BARS: [&str; 9] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];
        let eighths = (row.share.sqrt() * 8.0).round().clamp(0.0, 8.0) as usize;
        put(buf, right - 1, y, 1, BARS[eighths], theme.style(Role::Border));
    }
    for (text, role) in signs.into_iter().rev() {
        end = put_right(buf, end, y, 8, &text, theme.style(role)).saturating_sub(1);
    }
    if !row.year.is_empty() && w >= 24 {
        end = put_right(buf, end, y, 6, &row.year, theme.style(Role::Muted)).saturating_sub(1);
    }
    put(buf, x, y, 1, if row.here { "▌" } else { " " }, theme.style(Role::Here));
    // a deep tree in a narrow column: the indent stops growing before the titles are gone
    let indent = row.node.depth.saturating_sub(1).min(w / 8) * 2 + u16::from(row.node.depth > 0);
    let mut at = x + 1 + indent;
    let fold = match row.node.fold {
        Some(true) => "▾ ",
        Some(false) => "▸ ",
        None => "· ",
    };
    at = put(buf, at, y, 2, fold, theme.style(Role::Muted)).max(at + 2);
    if row.is_knelpunt {
        at = put(buf, at, y, 2, "◆ ", theme.style(Role::Knelpunt)).max(at + 2);
    }
    let role = match (row.here, row.node.depth) {
        (true, _) => Role::Here,
        (_, 0) => Role::Title,
        _ => Role::Text,
    };
    put(buf, at, y, end.saturating_sub(at), &row.text, theme.style(role));
}
