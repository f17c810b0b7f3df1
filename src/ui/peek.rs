//! A footnote seen from its mark.

use super::paint::{fill, frame, put, put_right};
use super::{Role, Theme};
use crate::app::App;
use crate::app::peek::Peek;
use crate::keys::Action;
use ratatui::buffer::Buffer;

pub(super) fn draw(app: &App, peek: &Peek, theme: &Theme, buf: &mut Buffer) {
    let area = app.peek_area();
    fill(buf, area, theme.style(Role::Text));
    let title = app.words.f("peek.title", &[("label", &peek.label)]);
    let inside = frame(buf, theme, area, &title, true);
    let (lines, more) = app.peek_lines(peek);
    for (i, line) in lines.into_iter().enumerate() {
        put(buf, inside.x + 1, inside.y + i as u16, inside.w.saturating_sub(2), line, theme.style(Role::Text));
    }
    let (open, close) = (app.key_text(Action::Open), app.key_text(Action::Peek));
    let mut keys = app.words.f("peek.keys", &[("open", &open), ("peek", &close)]);
    if more > 0 {
        keys = format!("{} · {keys}", app.words.f("peek.more", &[("n", &more)]));
    }
    if area.h >= 3 {
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
}
