//! Addresses in the text that the terminal itself can follow (OSC 8, <https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda>).
//!
//! Each cell carries the sequence whole, around its own character: what changes is drawn anew cell by cell, and a cell
//! that leads elsewhere than before is another cell.

use crate::layout::width;
use crate::ui::Hyperlink;
use ratatui::buffer::{Buffer, CellDiffOption};
use std::fmt::Write;
use std::num::NonZeroU16;

/// Longer addresses (bytes) are left alone: terminals cut them off.
const LONGEST: usize = 2000;

/// Whether the terminal is not one of those known to print what they don't understand.
pub(super) fn understood() -> bool {
    let term = std::env::var("TERM").unwrap_or_default();
    !["linux", "dumb", "vt", "screen", "ansi", ""].iter().any(|old| match *old {
        "" => term.is_empty(),
        old => term.starts_with(old),
    })
}

/// Makes cells lead to an address, when they still hold the text of the link.
pub(super) fn put(buf: &mut Buffer, link: &Hyperlink) {
    let Some(url) = address(&link.url) else { return };
    let mut cells = Vec::new();
    let (mut x, mut rest) = (link.x, link.text.as_str());
    while !rest.is_empty() {
        let Some(cell) = buf.cell((x, link.y)) else { return };
        let Some(after) = rest.strip_prefix(cell.symbol()) else { return };
        let Some(cells_wide) = NonZeroU16::new(width(cell.symbol()) as u16) else { return };
        cells.push((x, cells_wide));
        (x, rest) = (x + cells_wide.get(), after);
    }
    for (x, cells_wide) in cells {
        let Some(cell) = buf.cell_mut((x, link.y)) else { return };
        let symbol = format!("\x1b]8;id=k{};{url}\x1b\\{}\x1b]8;;\x1b\\", link.id, cell.symbol());
        cell.set_symbol(&symbol).set_diff_option(CellDiffOption::ForcedWidth(cells_wide));
    }
}

/// An address as it may stand in the sequence: nothing but visible ASCII.
fn address(url: &str) -> Option<String> {
    let mut out = String::with_capacity(url.len());
    for byte in url.bytes() {
        match byte {
            0x21..=0x7e => out.push(char::from(byte)),
            other => write!(out, "%{other:02X}").ok()?,
        }
    }
    (out.len() <= LONGEST).then_some(out)
}

#[cfg(test)]
mod tests;
