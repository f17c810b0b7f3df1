//! A line of input at the bottom: what is wanted, the field, and a counter.

use super::paint::{fill, put, put_right};
use super::{Role, Theme};
use crate::app::App;
use crate::app::geometry::Area;
use crate::app::prompt::{Prompt, PromptKind};
use crate::keys::{Action, Context, sequence_text};
use crate::layout::width;
use crate::search::FindMode;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::widgets::Widget;

/// Columns from which all ways of finding are named.
const ALL_MODES_FROM: u16 = 90;

pub(super) fn draw(app: &App, prompt: &Prompt, theme: &Theme, buf: &mut Buffer) -> Option<Position> {
    let area = app.panes.footer;
    fill(buf, area, theme.style(Role::Input));
    let (label, counter) = app.prompt_label(prompt);
    let right = (area.x + area.w).saturating_sub(1);
    let fault = app.find_fault().filter(|_| prompt.kind == PromptKind::Find);
    let mut end = match fault {
        Some(fault) => put_right(buf, right, area.y, area.w / 2, &format!("! {fault}"), theme.style(Role::Warning)),
        None => put_right(buf, right, area.y, 20, &counter, theme.style(Role::Info)),
    };
    if prompt.kind == PromptKind::Find && fault.is_none() {
        end = modes(app, theme, buf, area, end.saturating_sub(2));
    }
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

/// The ways in which the line of `/` is taken, that of now between brackets, and the key that turns them; on a narrow
/// screen only that of now. Returns the column it begins at.
fn modes(app: &App, theme: &Theme, buf: &mut Buffer, area: Area, right: u16) -> u16 {
    let name = |mode: FindMode| app.words.t(&format!("find.{}", mode.name()));
    let now = app.finding.mode;
    let all = area.w >= ALL_MODES_FROM;
    let mut x = right;
    for mode in FindMode::ALL.into_iter().rev().filter(|m| all || *m == now) {
        let (text, role) = match mode == now {
            true => (format!("[{}]", name(mode)), Role::Accent),
            false => (format!(" {} ", name(mode)), Role::Muted),
        };
        x = put_right(buf, x, area.y, width(&text) as u16, &text, theme.style(role));
    }
    let key = app.keymap.keys_for(&[Context::Input], Action::Filter).into_iter().next();
    let key = key.map(|k| sequence_text(&k)).unwrap_or_default();
    put_right(buf, x.saturating_sub(1), area.y, 10, &key, theme.style(Role::Key))
}
