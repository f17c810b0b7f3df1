//! A line of input at the bottom: what is wanted, the field, and a counter.

use super::paint::{fill, put, put_right};
use super::{Role, Theme};
use crate::app::App;
use crate::app::prompt::Prompt;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::widgets::Widget;

pub(super) fn draw(app: &App, prompt: &Prompt, theme: &Theme, buf: &mut Buffer) -> Option<Position> {
    let area = app.panes.footer;
    fill(buf, area, theme.style(Role::Input));
    let (label, counter) = app.prompt_label(prompt);
    let right = area.x + area.w;
    let end = put_right(buf, right.saturating_sub(1), area.y, 16, &counter, theme.style(Role::Info));
    let x = put(buf, area.x + 1, area.y, area.w / 2, label, theme.style(Role::Key)) + 1;
    let field = Rect { x, y: area.y, width: end.saturating_sub(x + 1), height: 1 };
    if field.is_empty() {
        return None;
    }
    let widget = prompt.text.widget();
    widget.render(field, buf);
    let at = (widget.screen_cursor().col as u16).saturating_sub(widget.scroll_offset().1).min(field.width - 1);
    Some(Position { x: field.x + at, y: field.y })
}
