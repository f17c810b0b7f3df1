//! Plain text to pieces: lines broken by hand are joined, lists and lone short lines recognised, what repeats on every
//! page taken out.
//!
//! `rows` (lines with what is known of each) → `pages` (running heads, page numbers) → `units` (what belongs together,
//! and what it is) → pieces. Whether a line with the shape of a heading is one, `structure` decides.

mod contents;
mod pages;
mod rows;
mod shape;
mod signatures;
mod units;

use super::ImportError;
use super::broken::Words;
use super::draft::{Draft, Look, Made};
use super::join::join_by;
use super::reader::{Job, Reader};
use crate::doc::{BlockKind, FurnitureKind, SpanStyle, TextRange};
use units::{Kind, Unit};

/// The reader of text without marks.
pub(super) struct Plain;

impl Reader for Plain {
    fn read(&self, job: &Job<'_>) -> Result<Draft, ImportError> {
        let mut rows = rows::rows(job.source);
        let labels = pages::take_out(&mut rows);
        let habits = rows::Habits::of(&rows);
        job.budget.time()?;
        let mut units = units::units(&rows, &habits);
        units::notes(&rows, &mut units);
        signatures::keep(&rows, &mut units);
        units::resume(&rows, &mut units, &habits);
        units::headings(&rows, &mut units);
        units::reorder(&rows, &mut units);
        job.budget.time()?;
        let words = Words::of(|| rows.iter().filter(|r| !r.furniture).map(|r| r.text));
        let mut draft = write(&rows, &units, &labels, &words);
        for row in rows.iter().filter(|r| r.furniture) {
            let number = !row.text.contains(char::is_alphabetic);
            draft.leave_out(if number { FurnitureKind::PageNumber } else { FurnitureKind::RunningHead }, row.text);
        }
        Ok(draft)
    }
}

/// Writes the units as pieces.
fn write(rows: &[rows::Row<'_>], units: &[Unit], labels: &[pages::Label], words: &Words) -> Draft {
    let mut draft = Draft::default();
    let mut labels = labels.iter().peekable();
    let mut open: Option<(u32, Made)> = None;
    // The word that a line end broke, and its other reading.
    let mut doubt: Option<(u32, String)> = None;
    for unit in units {
        let first = &rows[unit.first];
        // Pages begin where their first row comes up, even if a heading was moved before it.
        while let Some(label) = labels.next_if(|l| l.row <= unit.last) {
            let index = draft.pages.len() as u32 + 1;
            draft.page(index, label.printed.clone());
        }
        if unit.goes_on && open.is_some() {
            doubt = join_by(&mut draft, first.text, words);
        } else {
            if let Some((start, made)) = open.take() {
                draft.piece(start, made);
            }
            let kind = match &unit.kind {
                Kind::Heading => BlockKind::Heading { level: 0 },
                Kind::Text => BlockKind::Paragraph,
                Kind::Item { depth, marker } => {
                    BlockKind::Item { depth: *depth, marker: marker.clone(), lead_in: None }
                }
                Kind::Note { label } => BlockKind::Footnote { label: label.clone() },
                Kind::Lines => BlockKind::Code,
            };
            let look = Look { page_top: first.page_top, ..Look::default() };
            open = Some((draft.here(), Made { kind, line: first.line, gap: first.gap, look }));
        }
        for (n, row) in rows[unit.first..=unit.last].iter().enumerate().filter(|(_, r)| !r.furniture) {
            let text = if n == 0 { &row.text[unit.skip..] } else { row.text };
            if unit.kind == Kind::Lines {
                if n > 0 {
                    draft.text.push('\n');
                }
            } else if n > 0 {
                doubt = join_by(&mut draft, text, words);
            }
            draft.at_line(row.line);
            if unit.kind == Kind::Lines {
                draft.text.push_str(text)
            } else {
                push_words(&mut draft.text, text)
            }
            if let Some((from, other)) = doubt.take() {
                let rest = &draft.text[from as usize..];
                let word = rest.find(|c: char| !(c.is_alphanumeric() || c == '-')).unwrap_or(rest.len());
                draft.span(TextRange::new(from, from + word as u32), SpanStyle::Broken(other));
            }
        }
    }
    if let Some((start, made)) = open.take() {
        draft.piece(start, made);
    }
    draft
}

/// Writes running text: blanks in a row become one.
fn push_words(out: &mut String, text: &str) {
    if !text.contains('\t') && !text.contains("  ") {
        return out.push_str(text);
    }
    for (n, word) in text.split([' ', '\t']).filter(|w| !w.is_empty()).enumerate() {
        if n > 0 {
            out.push(' ');
        }
        out.push_str(word);
    }
}
