//! Where the panes stand: pure arithmetic on cells, shared by state (mouse, rows to compute) and drawing.

/// A rectangle of cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Area {
    /// Left column.
    pub x: u16,
    /// Top row.
    pub y: u16,
    /// Columns.
    pub w: u16,
    /// Rows.
    pub h: u16,
}

impl Area {
    /// Whether the cell lies in it.
    #[must_use]
    pub fn contains(self, x: u16, y: u16) -> bool {
        x >= self.x && y >= self.y && x - self.x < self.w && y - self.y < self.h
    }

    /// The same without `left`, `top`, `right` and `bottom` cells at its borders; never less than nothing.
    #[must_use]
    pub fn inset(self, left: u16, top: u16, right: u16, bottom: u16) -> Area {
        let w = self.w.saturating_sub(left + right);
        let h = self.h.saturating_sub(top + bottom);
        Area { x: self.x + left.min(self.w), y: self.y + top.min(self.h), w, h }
    }

    /// Whether it holds no cell.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.w == 0 || self.h == 0
    }
}

/// Smallest screen on which the program shows itself; below it says that the screen is too small.
pub const LEAST: (u16, u16) = (40, 10);
/// From this width on the margin stands beside the text.
pub const MARGIN_FROM: u16 = 100;
/// From this width on it stands there even when it is empty.
pub const MARGIN_ALWAYS_FROM: u16 = 120;
/// From this width on the navigator (or the list of a view) stands beside the text.
pub const NAVIGATOR_FROM: u16 = 70;
/// From this width on what hits can be narrowed to stands beside their preview.
pub const FACETS_FROM: u16 = 140;
/// Columns it takes there, and at most on wider screens.
const FACETS: (u16, u16) = (32, 48);
/// Narrowest and widest measure of the text that the reader can choose, in cells.
pub const MEASURE: (u16, u16) = (40, 120);
/// Columns of signs at the left of the text: where the reading row, notes and selection are marked.
pub const GUTTER: u16 = 2;

/// Where the panes of the current view stand. Panes that are folded away are empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Panes {
    /// The line at the top.
    pub header: Area,
    /// The left column: navigator, or the list of a view, with its border.
    pub left: Area,
    /// The text (in the middle, or the preview of a view), without a border.
    pub text: Area,
    /// The right column: notes, with its border.
    pub margin: Area,
    /// What the hits of a search can be narrowed to, with its border.
    pub facets: Area,
    /// The heat map above the text, with its border.
    pub heat: Area,
    /// The line at the bottom: notices and keys.
    pub footer: Area,
}

/// How wide the reader wants things, in cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wishes {
    /// The text.
    pub measure: u16,
    /// Only the text.
    pub zen: bool,
    /// A left column at all.
    pub left: bool,
    /// The left column takes the larger part (lists of hits, notes): in percent of the width; 0 for a navigator.
    pub left_percent: u16,
    /// A margin at all.
    pub margin: bool,
    /// What hits can be narrowed to, where there is room beside the text.
    pub facets: bool,
    /// The same has the keys: where there is no room it takes the place of the text.
    pub facets_first: bool,
    /// On a narrow screen: show the left column instead of the text.
    pub left_first: bool,
}

/// Lays out the panes of a screen of `w` by `h` cells.
#[must_use]
pub fn panes(w: u16, h: u16, wish: Wishes) -> Panes {
    let header = Area { x: 0, y: 0, w, h: h.min(1) };
    let footer = Area { x: 0, y: h.saturating_sub(1), w, h: u16::from(h > 1) };
    let body = Area { x: 0, y: header.h, w, h: h.saturating_sub(header.h + footer.h) };
    let mut out = Panes { header, footer, text: body, ..Panes::default() };
    if wish.zen {
        return out;
    }
    if w < NAVIGATOR_FROM {
        if wish.facets_first {
            (out.facets, out.text) = (body, Area::default());
            return out;
        }
        if wish.left && wish.left_first {
            out.left = body;
            out.text = Area::default();
        }
        return out;
    }
    let column = wish.measure + GUTTER + 2;
    let has_margin = wish.margin && w >= MARGIN_FROM;
    let left = match (wish.left, wish.left_percent) {
        (false, _) => 0,
        (true, 0) => {
            // what the text does not need, shared with the margin; never under 26 nor over 44 cells, nor over a third
            let spare = w.saturating_sub(column);
            let share = if has_margin { spare * 11 / 20 } else { spare };
            share.clamp(26, 44).min(w / 3)
        }
        (true, percent) => (u32::from(w) * u32::from(percent) / 100) as u16,
    };
    let rest = w - left;
    let margin = if has_margin { rest.saturating_sub(column).clamp(24, 48).min(rest / 3) } else { 0 };
    out.left = Area { w: left, ..body };
    out.text = Area { x: left, w: rest - margin, ..body };
    out.margin = Area { x: w - margin, w: margin, ..body };
    if wish.facets && w >= FACETS_FROM {
        let facets = (FACETS.0 + (w - FACETS_FROM) / 4).min(FACETS.1);
        out.text.w -= facets;
        out.facets = Area { x: w - facets, w: facets, ..body };
    } else if wish.facets_first {
        out.facets = std::mem::take(&mut out.text);
    }
    out
}
