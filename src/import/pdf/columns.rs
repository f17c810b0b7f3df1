//! Columns that a file writes row by row across them are put one after the other.

use super::habits::below;
use super::lines::Line;

/// So many rows, at least, show that there are columns.
const ROWS: usize = 4;
/// A gutter is at least this wide, in points.
const GUTTER: f32 = 8.0;
/// Cells hold fewer letters on average, columns of text more.
const LETTERS: usize = 18;

/// Takes rows apart that run across two columns of text.
pub(super) fn part(lines: &mut Vec<Line>) {
    let mut from = 0;
    while from < lines.len() {
        let end = run(lines, from);
        if let Some(gaps) = gutter(&lines[from..end]) {
            let rows: Vec<Line> = lines.drain(from..end).collect();
            let (mut left, mut right) = (Vec::new(), Vec::new());
            for (row, gap) in rows.into_iter().zip(gaps) {
                let (one, other) = row.split(gap);
                left.push(one);
                right.push(other);
            }
            left.append(&mut right);
            lines.splice(from..from, left);
            from += 2 * (end - from);
        } else {
            from = end.max(from + 1);
        }
    }
}

/// Where the run of lines with a gap, each below the one before, ends that begins here.
fn run(lines: &[Line], from: usize) -> usize {
    let mut end = from;
    while end < lines.len() && !lines[end].gaps.is_empty() && (end == from || below(&lines[end - 1], &lines[end])) {
        end += 1;
    }
    end
}

/// For each row its gap at the gutter that parts two columns of running text; `None` where there is none.
fn gutter(rows: &[Line]) -> Option<Vec<usize>> {
    if rows.len() < ROWS {
        return None;
    }
    // The gap that all rows share, judged by those of the first.
    'gap: for first in &rows[0].gaps {
        let (mut from, mut to) = (first.from, first.to);
        let mut places = Vec::with_capacity(rows.len());
        for row in rows {
            let Some(place) = row.gaps.iter().position(|g| g.from < to - GUTTER && g.to > from + GUTTER) else {
                continue 'gap;
            };
            (from, to) = (from.max(row.gaps[place].from), to.min(row.gaps[place].to));
            places.push(place);
        }
        let sides = |row: &Line, place: usize| {
            let at = row.gaps[place].at;
            (row.text[..at].trim().to_string(), row.text[at..].trim().to_string())
        };
        let (left, right): (Vec<String>, Vec<String>) = rows.iter().zip(&places).map(|(r, p)| sides(r, *p)).unzip();
        if to - from >= GUTTER && prose(&left) && prose(&right) {
            return Some(places);
        }
    }
    None
}

/// Whether texts below each other are the lines of running text.
fn prose(texts: &[String]) -> bool {
    let letters: usize = texts.iter().map(|t| t.chars().filter(|c| c.is_alphabetic()).count()).sum();
    let runs_on = |w: &[String]| !w[0].ends_with(['.', ':', ';']) && w[1].starts_with(char::is_lowercase);
    letters / texts.len() >= LETTERS && texts.windows(2).filter(|w| runs_on(w)).count() * 2 >= texts.len() - 1
}

impl Line {
    /// The line before a gap and the line behind it.
    fn split(mut self, gap: usize) -> (Line, Line) {
        let mut other = self.clone();
        let here = self.gaps[gap];
        let lead = self.text.len() - self.text[here.at..].trim_start().len();
        other.text = self.text[lead..].to_string();
        other.x = here.to;
        other.gaps = self.gaps[gap + 1..].iter().map(|g| super::lines::Gap { at: g.at - lead, ..*g }).collect();
        for mark in &mut other.marks {
            mark.range = mark.range.start.max(lead) - lead..mark.range.end.max(lead) - lead;
        }
        other.marks.retain(|m| !m.range.is_empty());
        self.text.truncate(here.at);
        self.end_x = here.from;
        self.gaps.truncate(gap);
        for mark in &mut self.marks {
            mark.range.end = mark.range.end.min(here.at);
        }
        self.marks.retain(|m| m.range.start < m.range.end);
        (self, other)
    }
}
