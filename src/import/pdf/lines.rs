//! Runs of glyphs to lines: what is set on one baseline, in the order of reading, with blanks where the glyphs leave one.

use super::glyphs;
use super::tags::{self, Tag};
use pdfboss_text::{ArtifactKind, TextSpan};
use std::ops::Range;

/// A gap wider than this, in letter sizes, is a blank between words. The blanks of tightly set type are about a fifth.
const BLANK: f32 = 0.15;
/// A gap wider than this is more than a blank between words: the border of a column or a cell, or a tab.
const WIDE: f32 = 1.1;
/// A run lies on a line where its height overlaps the line's by this share of the smaller one.
const OVERLAP: f32 = 0.5;
/// The same glyphs again within this part of their size are one piece of text, painted twice to look bold.
const REPAINTED: f32 = 0.12;

/// What is set on one baseline.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// From 1.
    pub(super) page: u32,
    pub(super) text: String,
    /// Where its letters are set apart, in bytes of `text`, ascending.
    pub(super) marks: Vec<Mark>,
    /// Its wide gaps, ascending.
    pub(super) gaps: Vec<Gap>,
    /// Left end, right end and baseline in points, turned so that the text stands upright; y grows upwards.
    pub(super) x: f32,
    pub(super) end_x: f32,
    pub(super) y: f32,
    /// Size of most of its letters, in points.
    pub(super) size: f32,
    /// By how much the page must be turned for it to stand upright.
    pub(super) rotate: i32,
    /// All letters are bold, italic, of equal width.
    pub(super) strong: bool,
    pub(super) emphasis: bool,
    pub(super) mono: bool,
    pub(super) tag: Option<Tag>,
    /// The file itself says that it is no text of the page.
    pub(super) artifact: bool,
}

/// A stretch of a line that is set apart.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Mark {
    pub(super) range: Range<usize>,
    pub(super) style: Style,
}

/// How a stretch is set apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Strong,
    Emphasis,
    Code,
    /// Smaller and higher than the line.
    Raised,
}

/// A wide gap in a line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Gap {
    /// Byte of the blank in the line's text.
    pub(super) at: usize,
    pub(super) from: f32,
    pub(super) to: f32,
}

/// A span in the frame where it stands upright.
struct Run<'a> {
    span: &'a TextSpan,
    x: f32,
    end_x: f32,
    y: f32,
}

/// The lines of a page.
pub(super) fn lines(spans: &[TextSpan], page: u32) -> Vec<Line> {
    let mut out = Vec::new();
    let mut open: Vec<Run<'_>> = Vec::new();
    // The run with most letters says where the line lies.
    let mut main = 0;
    let mut tag: Option<Tag> = None;
    for span in spans {
        let Some(run) = upright(span) else { continue };
        let its_tag = tags::of(span);
        let goes_on = open.get(main).is_some_and(|m| {
            m.span.rotate == span.rotate
                && m.span.artifact.is_some() == span.artifact.is_some()
                && its_tag == tag
                && overlap(m, &run) >= OVERLAP
                && (run.x > m.x - 60.0 * m.span.size.max(1.0))
        });
        if !goes_on {
            out.extend(line(&mut open, tag.take(), page));
            main = 0;
            tag = its_tag;
        }
        if open.get(main).is_some_and(|m| weight(span) > weight(m.span) && !span.text.trim().is_empty()) {
            main = open.len();
        }
        open.push(run);
    }
    out.extend(line(&mut open, tag, page));
    out
}

/// Whether a span is bold. The name of its font says it best; the thickness of its stems, by which the crate goes where
/// nothing else is stated, is large in many a plain font.
fn bold(span: &TextSpan) -> bool {
    if let Some(weight) = span.font_weight {
        return weight >= 600.0;
    }
    let name = span.font_name.rsplit('+').next().unwrap_or("").as_bytes();
    let has = |part: &[u8]| name.windows(part.len()).any(|w| w.eq_ignore_ascii_case(part));
    let says = [&b"bold"[..], b"black", b"heavy", b"demi", b"cmbx", b"sfbx", b"-bd"].iter().any(|part| has(part));
    // Some converters give fonts no name but a number.
    let nameless = name.iter().filter(|b| b.is_ascii_alphabetic()).count() < 4 || has(b"cidfont");
    says || name.ends_with(b"-Medi") || (nameless && span.bold)
}

/// How much of a line a span is.
fn weight(span: &TextSpan) -> usize {
    span.text.trim().len()
}

/// A span turned upright; `None` where nothing is to be seen.
fn upright(span: &TextSpan) -> Option<Run<'_>> {
    let (x, end_x, y) = match span.rotate {
        90 => (span.y, span.end_y, -span.x),
        180 => (-span.x, -span.end_x, -span.y),
        270 => (-span.y, -span.end_y, span.x),
        _ => (span.x, span.end_x, span.y),
    };
    let hidden = span.artifact.as_ref().is_some_and(|a| a.kind == ArtifactKind::Background);
    let sound = [x, end_x, y, span.size].iter().all(|v| v.is_finite() && v.abs() < 1e6) && span.size > 0.0;
    (sound && !hidden && !span.text.is_empty()).then_some(Run { span, x, end_x: end_x.max(x), y })
}

/// The share of the smaller one's height that two runs have in common.
fn overlap(a: &Run<'_>, b: &Run<'_>) -> f32 {
    let (low, high) = (|r: &Run<'_>| r.y - 0.2 * r.span.size, |r: &Run<'_>| r.y + 0.7 * r.span.size);
    let common = high(a).min(high(b)) - low(a).max(low(b));
    common / (0.9 * a.span.size.min(b.span.size))
}

/// Makes a line of what lies on it.
fn line(runs: &mut Vec<Run<'_>>, tag: Option<Tag>, page: u32) -> Option<Line> {
    let mut runs = std::mem::take(runs);
    if runs.iter().all(|r| r.span.text.trim().is_empty()) {
        return None;
    }
    if !runs.is_sorted_by(|a, b| a.x <= b.x) {
        runs.sort_by(|a, b| a.x.total_cmp(&b.x));
    }
    let main = runs.iter().rev().max_by_key(|r| weight(r.span))?;
    let (size, y, rotate) = (main.span.size, main.y, main.span.rotate);
    let mut out = Line {
        page,
        text: String::new(),
        marks: Vec::new(),
        gaps: Vec::new(),
        x: f32::MAX,
        end_x: f32::MIN,
        y,
        size,
        rotate,
        strong: true,
        emphasis: true,
        mono: true,
        tag,
        artifact: main.span.artifact.as_ref().is_some_and(|a| matches!(a.kind, ArtifactKind::Pagination)),
    };
    for (n, run) in runs.iter().enumerate() {
        if repainted(&runs[..n], run) {
            continue;
        }
        out.add(run);
    }
    let end = out.text.trim_end().len();
    out.text.truncate(end);
    if out.text.is_empty() {
        // The sign of an item that its font doesn't name.
        if out.tag.as_ref().is_none_or(|t| t.role != tags::Role::Marker) {
            return None;
        }
        out.text.push('•');
    }
    for mark in &mut out.marks {
        mark.range = mark.range.start.min(end)..mark.range.end.min(end);
    }
    out.marks.retain(|m| !m.range.is_empty());
    out.gaps.retain(|g| g.at < end);
    Some(out)
}

/// Whether the same was painted just before at the same place.
fn repainted(before: &[Run<'_>], run: &Run<'_>) -> bool {
    before.iter().rev().take(4).any(|b| {
        let near = REPAINTED * run.span.size;
        b.span.text == run.span.text && (b.x - run.x).abs() < near && (b.y - run.y).abs() < near
    })
}

impl Line {
    /// Adds the next run.
    fn add(&mut self, run: &Run<'_>) {
        let text = &run.span.text;
        if text.trim().is_empty() {
            // Only a blank: where it ends, the next run will show.
            if !self.text.is_empty() && !self.text.ends_with(' ') && run.x - self.end_x < WIDE * self.size {
                self.text.push(' ');
            }
            return;
        }
        let gap = run.x - self.end_x;
        let started = !self.text.is_empty();
        // A gap is measured by the letters around it: next to a raised mark, by the larger ones.
        let scale = run.span.size.max(self.size * 0.8);
        if started && gap > WIDE * scale {
            let kept = self.text.trim_end().len();
            self.text.truncate(kept);
            self.gaps.push(Gap { at: kept, from: self.end_x, to: run.x });
            self.text.push(' ');
        } else if started && gap > BLANK * scale && !self.text.ends_with(' ') && !text.starts_with(' ') {
            self.text.push(' ');
        }
        let from = self.text.len();
        let lead = if self.text.is_empty() || self.text.ends_with(' ') { text.trim_start() } else { text };
        glyphs::push(&mut self.text, lead);
        self.mark(from, run);
        let blank_end = if text.ends_with(' ') { 0.25 * run.span.size } else { 0.0 };
        self.x = self.x.min(run.x);
        self.end_x = self.end_x.max(run.end_x - blank_end);
    }

    /// Remembers how the run is set.
    fn mark(&mut self, from: usize, run: &Run<'_>) {
        let to = self.text.trim_end().len();
        if to <= from {
            return;
        }
        let letters = self.text[from..].chars().any(char::is_alphanumeric);
        let raised = run.span.size < 0.85 * self.size && run.y > self.y + 0.1 * self.size;
        if letters && !raised {
            self.strong &= bold(run.span);
            self.emphasis &= run.span.italic;
            self.mono &= run.span.monospace;
        }
        let styles = [
            (!raised && bold(run.span), Style::Strong),
            (run.span.italic && !raised, Style::Emphasis),
            (run.span.monospace && !raised, Style::Code),
            (raised, Style::Raised),
        ];
        for (_, style) in styles.into_iter().filter(|(is, _)| *is) {
            match self.marks.iter_mut().rev().find(|m| m.style == style) {
                Some(mark) if self.text.get(mark.range.end..from).is_some_and(|b| b.trim().is_empty()) => {
                    mark.range.end = to;
                }
                _ => self.marks.push(Mark { range: from..to, style }),
            }
        }
    }

    /// The stretches between wide gaps: text, left end, right end.
    pub(super) fn cells(&self) -> impl Iterator<Item = (&str, f32, f32)> {
        let ends = self.gaps.iter().map(|g| (g.at, g.from, g.to));
        let mut start = (0, self.x);
        ends.chain([(self.text.len(), self.end_x, self.end_x)]).map(move |(at, from, to)| {
            let cell = (self.text[start.0..at].trim(), start.1, from);
            start = (at, to);
            cell
        })
    }

    /// How many letters and digits it holds.
    pub(super) fn weight(&self) -> usize {
        self.text.chars().filter(|c| c.is_alphanumeric()).count()
    }
}
