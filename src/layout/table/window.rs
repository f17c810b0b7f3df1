//! A table that is wider than the screen, seen through it: the first column stays in place, the others move behind it,
//! and a mark stands where something is cut.

use super::super::cells::cluster_width;
use super::super::line::{DecorRole, Line, LineKind, Measure, Piece, Pieces};
use super::{AROUND, Setting, Shape};
use crate::doc::{Document, TextRange};
use std::borrow::Cow;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// What of a wide table is in sight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wide {
    /// The columns in sight beside the first one, which is always there; from 0.
    pub seen: Range<usize>,
    /// How many columns there are.
    pub columns: usize,
}

impl Shape {
    /// The first cell of each column with the line left of it, and one past the last line; empty for a list.
    fn borders(&self) -> Vec<u16> {
        let Setting::Columns { widths, .. } = &self.setting else { return Vec::new() };
        let ends = widths.iter().filter(|w| **w > 0).scan(0, |x, width| {
            *x += width + AROUND;
            Some(*x as u16)
        });
        std::iter::once(0).chain(ends).collect()
    }

    /// How far it can be scrolled: each time a column begins right beside the first one, until the last one is in sight.
    /// One stop, 0, when it fits.
    fn stops(&self, measure: Measure) -> Vec<u16> {
        let borders = self.borders();
        let (Some(first), Some(end)) = (borders.get(1), borders.last()) else { return vec![0] };
        let least = (end + 1).saturating_sub(measure.width());
        let before = borders[1..].iter().map(|b| b - first).take_while(|s| *s < least);
        let mut stops: Vec<u16> = before.collect();
        stops.extend(borders[1..].iter().map(|b| b - first).find(|s| *s >= least));
        stops
    }

    /// Whether it is wider than the measure.
    pub(in crate::layout) fn is_wide(&self, measure: Measure) -> bool {
        self.borders().last().is_some_and(|end| end + 1 > measure.width())
    }

    /// What is in sight when it is scrolled so far; `None` when it fits.
    pub(in crate::layout) fn wide(&self, measure: Measure, shift: u16) -> Option<Wide> {
        let borders = self.borders();
        if !self.is_wide(measure) {
            return None;
        }
        let columns = borders.len() - 1;
        let from = (1..columns).find(|c| borders[*c] >= borders[1] + shift).unwrap_or(columns - 1);
        let whole = (from..columns).take_while(|c| borders[c + 1] < shift + measure.width()).last();
        Some(Wide { seen: from..whole.unwrap_or(from) + 1, columns })
    }

    /// How far it is scrolled after so many columns more, or fewer when negative.
    pub(in crate::layout) fn scrolled(&self, measure: Measure, shift: u16, by: i64) -> u16 {
        let stops = self.stops(measure);
        let at = stops.partition_point(|s| *s < shift) as i64;
        stops[(at + by).clamp(0, stops.len() as i64 - 1) as usize]
    }

    /// How far it must be scrolled for the column of cell `x` to be in sight, no further than needed.
    pub(in crate::layout) fn revealing(&self, measure: Measure, shift: u16, x: u16) -> u16 {
        let (borders, stops) = (self.borders(), self.stops(measure));
        let Some(column) = borders.partition_point(|b| *b <= x).checked_sub(1).filter(|c| *c > 0) else { return shift };
        let (Some(end), Some(last)) = (borders.get(column + 1), stops.last()) else { return shift };
        let most = (borders[column] - borders[1]).min(*last);
        let least = (end + 1).saturating_sub(measure.width()).min(most);
        if (least..=most).contains(&shift) {
            shift
        } else {
            stops.into_iter().find(|s| *s >= least.min(most)).unwrap_or(most)
        }
    }

    /// A row of it as it is seen when it is scrolled so far; `None` when that is the row as it is.
    pub(in crate::layout) fn window(&self, doc: &Document, line: &Line, measure: Measure, shift: u16) -> Option<Line> {
        let borders = self.borders();
        let (width, total) = (measure.width(), borders.last()? + 1);
        if total <= width || line.kind == LineKind::Blank {
            return None;
        }
        let frozen = borders[1] + 1;
        let rule = line.kind == LineKind::Rule;
        let more = total - shift > width;
        let mut pieces = Pieces::new();
        let still = line.pieces.iter().filter_map(|p| clip(doc, p, 0..frozen, 0));
        pieces.extend(still);
        let right = if more && !rule { width - 1 } else { width };
        let moving = line.pieces.iter().filter_map(|p| clip(doc, p, frozen + shift..right + shift, shift));
        pieces.extend(moving);
        let mark = |text, x| Piece::Decor { text: Cow::Borrowed(text), x, role: DecorRole::More };
        if shift > 0 && !rule {
            let edge = pieces.iter_mut().find(|p| p.x() == frozen - 1);
            edge.into_iter().for_each(|p| *p = mark("«", frozen - 1));
        }
        if more && !rule {
            pieces.push(mark("»", width - 1));
        }
        Some(Line { range: line.range, pieces, kind: line.kind })
    }
}

/// What of a piece stands in these cells, moved to the left; a cluster that is cut in two is left out, and so is a number
/// that would read as another one.
fn clip(doc: &Document, piece: &Piece, cells: Range<u16>, left: u16) -> Option<Piece> {
    let (x, end) = (piece.x(), piece.x() + piece.width());
    if end <= cells.start || x >= cells.end {
        return None;
    }
    let text = match piece {
        Piece::Text { range, .. } => doc.slice(*range),
        Piece::Decor { text, .. } => text,
    };
    if cells.start <= x && end <= cells.end {
        return Some(match piece {
            Piece::Text { range, x, width } => Piece::Text { range: *range, x: x - left, width: *width },
            Piece::Decor { text, x, role } => Piece::Decor { text: text.clone(), x: x - left, role: *role },
        });
    }
    if matches!(piece, Piece::Text { .. }) && text.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let (mut at, mut first, mut bytes) = (x, None, 0..0);
    for (byte, cluster) in text.grapheme_indices(true) {
        let next = at + cluster_width(cluster, 0) as u16;
        if at >= cells.start && next <= cells.end && next > at {
            first.get_or_insert((at, byte));
            bytes.end = byte + cluster.len();
        }
        at = next;
    }
    let (at, from) = first?;
    bytes.start = from;
    let width = super::super::width(&text[bytes.clone()]) as u16;
    Some(match piece {
        Piece::Text { range, .. } => {
            let start = range.start as usize;
            Piece::Text { range: TextRange::from(start + bytes.start..start + bytes.end), x: at - left, width }
        }
        Piece::Decor { role, .. } => {
            Piece::Decor { text: Cow::Owned(text[bytes].to_owned()), x: at - left, role: *role }
        }
    })
}
