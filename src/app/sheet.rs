//! Words to be read over the view: a note of the trash, two versions of a note.

use super::{App, Effects, Overlay};
use crate::keys::Action;
use crate::layout::wrap_text;

/// Columns of the sheet at most.
const WIDTH: u16 = 90;

/// Words to be read over the view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// What they are of.
    pub title: String,
    /// What the keys do with it.
    pub keys: String,
    lines: Vec<(Side, String)>,
    /// First line in sight.
    top: usize,
}

/// Whose a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Of both versions, or of the only one.
    Both,
    /// Only of the note.
    Note,
    /// Only of the copy.
    Copy,
}

impl Side {
    /// The sign before a line.
    #[must_use]
    pub fn sign(self) -> &'static str {
        match self {
            Side::Both => "  ",
            Side::Note => "< ",
            Side::Copy => "> ",
        }
    }
}

impl Sheet {
    /// A sheet with these lines.
    pub(super) fn new(title: String, keys: String, lines: Vec<(Side, String)>) -> Sheet {
        Sheet { title, keys, lines, top: 0 }
    }

    /// The lines in sight on a sheet of this width and height, and how many follow.
    #[must_use]
    pub fn in_sight(&self, width: u16, height: u16) -> (Vec<(Side, String)>, usize) {
        let lines = self.wrapped(width);
        let height = usize::from(height);
        let top = self.top.min(lines.len().saturating_sub(height));
        let more = lines.len().saturating_sub(top + height);
        (lines.into_iter().skip(top).take(height).collect(), more)
    }

    fn wrapped(&self, width: u16) -> Vec<(Side, String)> {
        let room = usize::from(width.saturating_sub(2)).max(1);
        let wrap = |(side, text): &(Side, String)| -> Vec<(Side, String)> {
            match text.is_empty() {
                true => vec![(*side, String::new())],
                false => wrap_text(text, room).into_iter().map(|l| (*side, l.to_owned())).collect(),
            }
        };
        self.lines.iter().flat_map(wrap).collect()
    }
}

impl App {
    /// Width and height of the sheet.
    #[must_use]
    pub fn sheet_size(&self) -> (u16, u16) {
        (WIDTH.min(self.size.0.saturating_sub(4)), self.size.1.saturating_sub(6).max(3))
    }

    pub(super) fn sheet_act(&mut self, action: Action, count: Option<u32>, fx: &mut Effects) {
        let (width, height) = self.sheet_size();
        let (width, height) = (width.saturating_sub(4), usize::from(height.saturating_sub(2)).max(1));
        let Some(Overlay::Sheet(sheet)) = &mut self.overlay else { return };
        let last = sheet.wrapped(width).len().saturating_sub(height);
        let n = count.unwrap_or(1) as usize;
        sheet.top = match action {
            Action::Down => sheet.top.saturating_add(n),
            Action::Up => sheet.top.saturating_sub(n),
            Action::HalfDown => sheet.top + height / 2,
            Action::HalfUp => sheet.top.saturating_sub(height / 2),
            Action::PageDown | Action::MarkEntry => sheet.top + height,
            Action::PageUp => sheet.top.saturating_sub(height),
            Action::Top => 0,
            Action::Bottom => last,
            _ => {
                self.overlay = None;
                self.beside_act(action, fx);
                return;
            }
        }
        .min(last);
    }
}
