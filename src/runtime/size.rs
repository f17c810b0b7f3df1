//! The size of the terminal, for those that may not know the terminal library.

/// Columns of the terminal; `None` where there is none.
#[must_use]
pub fn columns() -> Option<u16> {
    crossterm::terminal::size().ok().map(|(columns, _)| columns).filter(|c| *c > 0)
}
