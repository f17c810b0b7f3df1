//! What the mouse does: a click puts the cursor and the keys where it points, a second one opens; a drag selects text; the
//! wheel moves the pane under it.

use super::geometry::Area;
use super::{App, Effects, Mouse, MouseKind, Overlay, Pane, View};
use crate::keys::Action;

/// Rows that one notch of the wheel moves the text.
const NOTCH: i64 = 3;

impl App {
    pub(super) fn on_mouse(&mut self, mouse: Mouse, fx: &mut Effects) {
        let Mouse { kind, x, y } = mouse;
        if self.overlay.is_some() {
            self.mouse_over(mouse, fx);
        } else if self.margin.area.contains(x, y) {
            self.mouse_margin(mouse, fx);
        } else if self.panes.facets.contains(x, y) {
            match kind {
                MouseKind::Wheel(n) => drop(self.search.facets.list.step(isize::from(n))),
                MouseKind::Down => self.point_in_facets(y, fx),
                MouseKind::Drag | MouseKind::Up => {}
            }
        } else if self.panes.text.contains(x, y) {
            match kind {
                MouseKind::Wheel(n) => self.wheel_text(i64::from(n) * NOTCH),
                MouseKind::Down => {
                    self.pane = Pane::Text;
                    self.point_at(x, y, false);
                }
                MouseKind::Drag => self.drag_to(x, y),
                // a click on the mark of a footnote, not the end of a drag
                MouseKind::Up if self.reader.selection.is_none() => self.peek_at(x, y),
                MouseKind::Up => {}
            }
        } else if self.panes.left.contains(x, y) {
            self.mouse_list(mouse, fx);
        } else if kind == MouseKind::Drag && self.pane == Pane::Text {
            self.drag_to(x, y);
        }
    }

    /// Dragging past an edge of the text scrolls it.
    fn drag_to(&mut self, x: u16, y: u16) {
        let text = self.panes.text;
        let (top, bottom) = (text.y + 1, text.y + text.h.saturating_sub(2));
        if y < top || y > bottom {
            let anchor = self.reader.selection.map_or(self.reader.cursor, |s| s.anchor);
            self.wheel_text(if y < top { -1 } else { 1 });
            let head = self.reader.cursor;
            self.reader.selection = Some(super::reader::Selection { anchor, head, sentences: false });
        } else {
            self.point_at(x.max(text.x), y, true);
        }
    }

    fn mouse_margin(&mut self, mouse: Mouse, fx: &mut Effects) {
        match mouse.kind {
            MouseKind::Down => {
                let Some(id) = self.margin_note_at(mouse.y) else { return };
                let again = self.pane == Pane::Margin && self.margin.current.as_ref() == Some(&id);
                (self.pane, self.margin.current) = (Pane::Margin, Some(id));
                if again {
                    self.act(Action::Open, None, fx);
                }
            }
            MouseKind::Wheel(n) if self.pane == Pane::Margin => self.step(n, fx),
            MouseKind::Wheel(n) => self.wheel_text(i64::from(n) * NOTCH),
            MouseKind::Drag | MouseKind::Up => {}
        }
    }

    /// The list at the left.
    fn mouse_list(&mut self, mouse: Mouse, fx: &mut Effects) {
        match mouse.kind {
            MouseKind::Wheel(n) if self.view != View::Read => self.wheel_list(n, fx),
            MouseKind::Down if self.view != View::Read => {
                let before = (self.pane == Pane::Left).then(|| self.listed_here()).flatten();
                self.point_in_list(mouse.y, fx);
                if before.is_some() && self.listed_here() == before {
                    self.act(Action::Open, None, fx);
                }
            }
            MouseKind::Wheel(n) => {
                self.pane = Pane::Left;
                self.step(n, fx);
            }
            MouseKind::Down => {
                let was_here = self.pane == Pane::Left;
                self.pane = Pane::Left;
                let list = &mut self.navigator.cursor;
                let Some(row) = row_in(self.panes.left, mouse.y) else { return };
                let (at, len) = (list.top + row, self.navigator.nodes.len());
                if at >= len {
                    return;
                }
                let again = was_here && list.at == at;
                list.go(at, len);
                if again {
                    self.act(Action::Open, None, fx);
                }
            }
            MouseKind::Drag | MouseKind::Up => {}
        }
    }

    /// What lies over the view: the wheel moves its list; a click on a choice takes it.
    fn mouse_over(&mut self, mouse: Mouse, fx: &mut Effects) {
        match (mouse.kind, &self.overlay) {
            (
                MouseKind::Wheel(n),
                Some(
                    Overlay::Picker(_)
                    | Overlay::Palette(_)
                    | Overlay::References(_)
                    | Overlay::Help(_)
                    | Overlay::Sheet(_),
                ),
            ) => {
                self.step(n, fx);
            }
            (MouseKind::Wheel(n), Some(Overlay::Peek(_))) => self.scroll_peek(i64::from(n)),
            (MouseKind::Down, Some(Overlay::Peek(_))) => match self.peek_area().contains(mouse.x, mouse.y) {
                true => self.act(Action::Open, None, fx),
                false => self.overlay = None,
            },
            (MouseKind::Down, Some(Overlay::Picker(picker))) => {
                // border and field stand above the rows
                let row = mouse.y.checked_sub(self.picker_area().y + 3).map(|r| picker.cursor.top + usize::from(r));
                if let Some(at) =
                    row.filter(|at| *at < picker.rows.len() && self.picker_area().contains(mouse.x, mouse.y))
                {
                    self.take_choice(at, fx);
                }
            }
            _ => {}
        }
    }

    /// So many rows down in what has the keys (up when negative).
    fn step(&mut self, notches: i16, fx: &mut Effects) {
        let action = if notches < 0 { Action::Up } else { Action::Down };
        for _ in 0..notches.unsigned_abs() {
            self.act(action, None, fx);
        }
    }
}

/// The row inside a border that a line of the screen is.
fn row_in(area: Area, y: u16) -> Option<usize> {
    let row = y.checked_sub(area.y + 1)?;
    (row + 2 < area.h).then_some(usize::from(row))
}
