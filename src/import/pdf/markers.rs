//! Markers that are drawn apart from the text of their items are put before it.

use super::lines::{Gap, Line};
use super::marker;
use super::tags::Role;

/// A marker stands at most so many letter sizes before its text.
const APART: f32 = 4.5;

/// Puts each line that is only a marker before the line on the same height at its right.
pub(super) fn attach(lines: &mut Vec<Line>) {
    for line in lines.iter_mut() {
        // What is tagged as a marker, but is the text of an item that goes on.
        if let Some(tag) = line.tag.as_mut().filter(|t| t.role == Role::Marker)
            && line.text.chars().filter(|c| c.is_alphabetic()).count() > 2
            && !is_marker(&line.text)
        {
            tag.role = Role::Item;
        }
    }
    let alone: Vec<usize> = (0..lines.len()).filter(|n| is_marker(&lines[*n].text)).collect();
    if alone.is_empty() || alone.len() > 3000 {
        return;
    }
    let mut order: Vec<usize> = (0..lines.len()).collect();
    order.sort_by(|a, b| lines[*a].y.total_cmp(&lines[*b].y));
    let mut gone = vec![false; lines.len()];
    for at in alone {
        let (x, y, size) = (lines[at].end_x, lines[at].y, lines[at].size);
        let from = order.partition_point(|n| lines[*n].y < y - 0.45 * size);
        let text = order[from..]
            .iter()
            .take_while(|n| lines[**n].y <= y + 0.45 * size)
            .take(60)
            .copied()
            .filter(|n| *n != at && !gone[*n] && lines[*n].rotate == lines[at].rotate)
            .filter(|n| lines[*n].x >= x - 1.0 && lines[*n].x - x < APART * lines[*n].size.max(size))
            .min_by(|a, b| lines[*a].x.total_cmp(&lines[*b].x));
        if let Some(text) = text.filter(|n| !is_marker(&lines[*n].text)) {
            let (mark, left) = (lines[at].text.clone(), lines[at].x);
            lines[text].put_before(&mark, left, x);
            gone[at] = true;
        }
    }
    let mut dropped = gone.into_iter();
    lines.retain(|_| !dropped.next().unwrap_or(false));
}

/// Whether a text is a marker and nothing else.
fn is_marker(text: &str) -> bool {
    text.len() <= 6 && marker::of(&format!("{text} x")).is_some_and(|m| m.text == text)
}

impl Line {
    /// Puts a marker before the text.
    fn put_before(&mut self, marker: &str, x: f32, end_x: f32) {
        let shift = marker.len() + 1;
        self.text.insert(0, ' ');
        self.text.insert_str(0, marker);
        for mark in &mut self.marks {
            mark.range = mark.range.start + shift..mark.range.end + shift;
        }
        for gap in &mut self.gaps {
            gap.at += shift;
        }
        self.gaps.insert(0, Gap { at: marker.len(), from: end_x, to: self.x });
        self.x = x;
    }
}
