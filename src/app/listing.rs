//! A list whose rows take several lines of the screen, some of them heads that the cursor passes over: where its cursor
//! stands and what of it is in sight. The rows themselves are kept by their owner.

use crate::keys::Action;

/// Cursor and first line in sight of a list with rows of different heights.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Listing {
    /// The first line of each row, counted from the top of the list.
    starts: Vec<usize>,
    /// Whether the cursor can stand on the row.
    stops: Vec<bool>,
    /// Lines of all rows together.
    lines: usize,
    at: usize,
    top: usize,
}

impl Listing {
    /// Takes over the rows: the lines of each, and whether the cursor can stand on it. The cursor stays on the row of
    /// the same number; its owner moves it when the row went elsewhere.
    pub fn set(&mut self, rows: impl Iterator<Item = (usize, bool)>) {
        self.starts.clear();
        self.stops.clear();
        self.lines = 0;
        for (height, stop) in rows {
            self.starts.push(self.lines);
            self.stops.push(stop);
            self.lines += height;
        }
        self.go(self.at);
    }

    /// The row the cursor stands on, when there is one it can stand on.
    #[must_use]
    pub fn at(&self) -> Option<usize> {
        self.stops.get(self.at).filter(|s| **s).map(|_| self.at)
    }

    /// Puts the cursor on a row, or on the nearest after it, else before it, on which it can stand.
    pub fn go(&mut self, row: usize) {
        let last = self.stops.len().saturating_sub(1);
        let row = row.min(last);
        let after = (row..self.stops.len()).find(|r| self.stops[*r]);
        self.at = after.or_else(|| (0..row).rev().find(|r| self.stops[*r])).unwrap_or(row);
    }

    /// Puts the cursor on the first row, and that in sight.
    pub fn restart(&mut self) {
        self.go(0);
        self.top = 0;
    }

    /// Moves the cursor by so many rows on which it can stand; whether it moved.
    pub fn step(&mut self, by: isize) -> bool {
        let old = self.at;
        let stops = |r: &usize| self.stops[*r];
        let n = by.unsigned_abs();
        if by > 0 {
            let ahead = (self.at + 1).min(self.stops.len())..self.stops.len();
            self.at = ahead.filter(stops).take(n).last().unwrap_or(old);
        } else if by < 0 {
            self.at = (0..self.at.min(self.stops.len())).rev().filter(stops).take(n).last().unwrap_or(old);
        }
        self.at != old
    }

    /// Moves the cursor by lines of the screen, at least by one row.
    fn lines_by(&mut self, by: isize) {
        let Some(from) = self.starts.get(self.at) else { return };
        let line = from.saturating_add_signed(by);
        let row = self.starts.partition_point(|s| *s <= line).saturating_sub(1);
        let old = self.at;
        self.go(row);
        if (by > 0 && self.at <= old) || (by < 0 && self.at >= old) {
            self.at = old;
            self.step(by.signum());
        }
    }

    /// Applies an action of movement, in a pane of so many lines; whether it was one.
    pub fn act(&mut self, action: Action, count: Option<u32>, height: usize) -> bool {
        let n = count.unwrap_or(1).min(100_000) as isize;
        let height = height.max(2) as isize;
        match action {
            Action::Down => drop(self.step(n)),
            Action::Up => drop(self.step(-n)),
            Action::HalfDown => self.lines_by(n * height / 2),
            Action::HalfUp => self.lines_by(-n * height / 2),
            Action::PageDown => self.lines_by(n * (height - 1)),
            Action::PageUp => self.lines_by(-n * (height - 1)),
            Action::Top => {
                self.go(0);
                self.step(count.map_or(0, |c| c as isize - 1));
            }
            Action::Bottom => self.go(usize::MAX),
            _ => return false,
        }
        true
    }

    /// Keeps the row of the cursor in sight, with the heads right above it and some lines around it.
    pub fn settle(&mut self, height: usize) {
        if self.stops.is_empty() || height == 0 {
            self.top = 0;
            return;
        }
        let around = (height / 5).min(3);
        let mut first = self.at;
        while first > 0 && !self.stops[first - 1] {
            first -= 1;
        }
        let end = self.starts.get(self.at + 1).copied().unwrap_or(self.lines);
        let from = self.starts[first].max(end.saturating_sub(height));
        self.top = self.top.min(from.saturating_sub(around));
        self.top = self.top.max((end + around).min(self.lines).saturating_sub(height)).min(self.starts[self.at]);
        self.top = self.top.min(self.lines.saturating_sub(height));
    }

    /// The rows of which something is in sight in so many lines, each with the line of the pane on which it begins:
    /// negative when its first lines are above the pane.
    pub fn in_sight(&self, height: usize) -> impl Iterator<Item = (usize, isize)> {
        let first = self.starts.partition_point(|s| *s <= self.top).saturating_sub(1);
        let end = self.top + height;
        let rows = self.starts.iter().enumerate().skip(first).take_while(move |(_, s)| **s < end);
        rows.map(|(row, start)| (row, *start as isize - self.top as isize))
    }

    /// Lines of a row; 0 when there is no such row.
    #[must_use]
    pub fn height(&self, row: usize) -> usize {
        let end = self.starts.get(row + 1).copied().unwrap_or(self.lines);
        self.starts.get(row).map_or(0, |s| end - s)
    }

    /// The row at a line of the pane.
    #[must_use]
    pub fn row_at(&self, line: usize) -> Option<usize> {
        let line = self.top + line;
        (line < self.lines).then(|| self.starts.partition_point(|s| *s <= line).saturating_sub(1))
    }
}

#[cfg(test)]
mod tests;
