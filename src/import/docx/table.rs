//! Tables: rows and cells as they are, cells that span several, and those tables that only lay out a page.

use super::WORD;
use super::body::Body;
use super::props::on;
use crate::import::ImportError;
use crate::import::office::{Letters, Table};
use crate::import::xml::{Node, Xml};

/// Columns a cell may span, and a row may leave out before its first.
const MAX_SPAN: i64 = 256;

/// A table around what is being read.
#[derive(Debug)]
pub(super) struct Frame {
    kind: Kind,
    /// The row was taken out by a tracked change.
    deleted: bool,
    /// The row has begun.
    in_row: bool,
    /// Columns left out before its first cell.
    before: usize,
    /// Columns that the cell spans beyond its own.
    more: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Table,
    /// What lies in it is running text.
    Layout,
    /// In a cell of another table: its words are words of that cell.
    Inner,
}

impl Body<'_> {
    /// A table begins at this place of the text.
    ///
    /// # Errors
    /// When a limit is passed.
    pub(super) fn begin_table(&mut self, place: u64) -> Result<(), ImportError> {
        let Table { layout, header, columns } = self.tables.remove(&place).unwrap_or_default();
        let kind = if self.scribe.in_table() {
            Kind::Inner
        } else if layout || columns.is_empty() || self.in_note || self.contents.is_some() {
            Kind::Layout
        } else {
            Kind::Table
        };
        self.frames.push(Frame { kind, deleted: false, in_row: false, before: 0, more: 0 });
        if kind == Kind::Table {
            self.letters.change(&mut self.scribe, Letters::default());
            self.scribe.close();
            self.set_later()?;
            self.scribe.table(columns, header);
        }
        Ok(())
    }

    pub(super) fn begin_row(&mut self) {
        if let Some(frame) = self.frames.last_mut() {
            (frame.deleted, frame.in_row, frame.before) = (false, false, 0);
        }
    }

    /// What a row says of itself has been read.
    pub(super) fn describe_row(&mut self, deleted: bool, before: usize) {
        if let Some(frame) = self.frames.last_mut() {
            (frame.deleted, frame.before) = (deleted, before);
        }
    }

    /// A cell begins; one of a row that is left out is passed over.
    ///
    /// # Errors
    /// When a limit is passed.
    pub(super) fn begin_cell(&mut self, xml: &mut Xml<'_>) -> Result<(), ImportError> {
        let Some(frame) = self.frames.last_mut() else { return Ok(()) };
        if frame.deleted {
            xml.skip()?;
            return Ok(());
        }
        frame.more = 0;
        if frame.kind == Kind::Table {
            let before = if std::mem::replace(&mut frame.in_row, true) {
                0
            } else {
                self.scribe.row();
                frame.before
            };
            for _ in 0..=before {
                self.scribe.cell();
            }
        }
        Ok(())
    }

    /// The cell spans this many columns.
    pub(super) fn span_cell(&mut self, columns: i64) {
        if let Some(frame) = self.frames.last_mut() {
            frame.more = columns.clamp(1, MAX_SPAN) as usize - 1;
        }
    }

    pub(super) fn end_cell(&mut self) {
        self.end_paragraph();
        let Some(frame) = self.frames.last_mut() else { return };
        if frame.kind == Kind::Table && frame.in_row {
            for _ in 0..std::mem::take(&mut frame.more) {
                self.scribe.cell();
            }
        }
    }

    pub(super) fn end_row(&mut self) {
        if let Some(frame) = self.frames.last_mut() {
            frame.in_row = false;
        }
    }

    pub(super) fn end_table(&mut self) {
        let Some(frame) = self.frames.pop() else { return };
        match frame.kind {
            Kind::Table => self.scribe.end_table(),
            Kind::Layout | Kind::Inner => self.scribe.close(),
        }
    }
}

/// Reads a `w:trPr` that has just been opened: whether the row was deleted, and how many columns it leaves out first.
///
/// # Errors
/// When a limit is passed.
pub(super) fn row(xml: &mut Xml<'_>) -> Result<(bool, usize), ImportError> {
    let outside = xml.depth().saturating_sub(1);
    let (mut deleted, mut before) = (false, 0);
    while xml.depth() > outside {
        match xml.next()? {
            Node::Open(tag) => match tag.name() {
                (WORD, "del") => deleted = true,
                (WORD, "hidden") => deleted |= on(&tag),
                (WORD, "gridBefore") => before = tag.number("val").unwrap_or(0).clamp(0, MAX_SPAN) as usize,
                (WORD, "trPrChange") => {
                    xml.skip()?;
                }
                _ => {}
            },
            Node::End => break,
            _ => {}
        }
    }
    Ok((deleted, before))
}
