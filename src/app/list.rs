//! The cursor of a list and what of it is in sight.

/// Cursor and first visible row of a list. The list itself is kept by its owner, who says how long it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct ListCursor {
    /// The row the cursor stands on.
    pub at: usize,
    /// The first row in sight.
    pub top: usize,
}

impl ListCursor {
    /// Moves by `by` rows in a list of `len`, without leaving it. Whether it moved.
    pub fn step(&mut self, by: isize, len: usize) -> bool {
        let old = self.at;
        self.at = self.at.saturating_add_signed(by).min(len.saturating_sub(1));
        old != self.at
    }

    /// Puts the cursor on a row.
    pub fn go(&mut self, at: usize, len: usize) {
        self.at = at.min(len.saturating_sub(1));
    }

    /// Keeps the cursor inside the list, and in sight with some rows around it where there are.
    pub fn settle(&mut self, len: usize, height: usize) {
        self.at = self.at.min(len.saturating_sub(1));
        let around = (height / 5).min(3);
        if self.at < self.top + around {
            self.top = self.at.saturating_sub(around);
        }
        if self.at + around + 1 > self.top + height {
            self.top = (self.at + around + 1).saturating_sub(height);
        }
        self.top = self.top.min(len.saturating_sub(height.max(1)));
    }
}
