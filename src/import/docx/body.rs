//! The walk through the text of a Word file. It meets elements in order and hands each to who knows it: paragraphs, runs and
//! fields, tables. What stands outside the lines (notes, text boxes) waits until the paragraph, list or table it belongs
//! to is complete.

use super::inline::Field;
use super::notes::Notes;
use super::numbering::Numbering;
use super::paragraph::Paragraph;
use super::props::{self, RunProps};
use super::styles::Styles;
use super::survey::{self, Survey};
use super::table::Frame;
use super::{COMPATIBILITY, Links, MATH, WORD};
use crate::import::ImportError;
use crate::import::budget::Budget;
use crate::import::draft::Draft;
use crate::import::office::{Letters, Table};
use crate::import::scribe::Scribe;
use crate::import::xml::{Node, Tag, Xml};
use rustc_hash::FxHashMap;
use std::collections::VecDeque;

/// Everything that is known while the text is read.
pub(super) struct Body<'x> {
    pub(super) scribe: Scribe,
    pub(super) styles: &'x Styles,
    pub(super) numbering: Numbering,
    /// Footnotes, endnotes.
    pub(super) notes: [Notes<'x>; 2],
    pub(super) budget: &'x Budget<'x>,
    /// Half points of the letters in running text.
    pub(super) size: u16,
    /// Pages are counted where the file says they began when it was saved.
    pub(super) paged: bool,
    /// The page we are on, from 1.
    pub(super) page: u32,
    pub(super) paragraph: Paragraph,
    pub(super) run: RunProps,
    pub(super) letters: Letters,
    pub(super) fields: Vec<Field>,
    pub(super) frames: Vec<Frame>,
    /// Tables of the text that is being walked through, by their places.
    pub(super) tables: FxHashMap<u64, Table>,
    pub(super) later: VecDeque<Later<'x>>,
    /// A table of contents is being left out: what it says.
    pub(super) contents: Option<String>,
    /// Containers around us that hold a table of contents, and those that don't.
    boxes: Vec<bool>,
    /// Alternatives around us, and whether one has been taken.
    alternatives: Vec<bool>,
    /// Text is being read: of a run, of a field's code.
    in_text: bool,
    in_code: bool,
    /// The table of contents is made of lines of its style, without a field around them.
    pub(super) loose_contents: bool,
    /// What is being read is a note.
    pub(super) in_note: bool,
    /// What was waiting is being set.
    setting: bool,
    /// A reference whose mark is the text that follows it.
    pub(super) custom: Option<(usize, i64)>,
}

/// What waits until it can be set.
pub(super) enum Later<'x> {
    Note { label: String, text: Xml<'x>, links: &'x Links, page: u32 },
    Box { text: Xml<'x>, links: &'x Links },
}

impl<'x> Body<'x> {
    pub(super) fn new(
        styles: &'x Styles,
        numbering: Numbering,
        notes: [Notes<'x>; 2],
        survey: &Survey,
        budget: &'x Budget<'x>,
    ) -> Self {
        Body {
            scribe: Scribe::new(budget.limits.max_depth),
            styles,
            numbering,
            notes,
            budget,
            size: survey.size.max(1),
            paged: survey.pages,
            page: 0,
            paragraph: Paragraph::default(),
            run: RunProps::default(),
            letters: Letters::default(),
            fields: Vec::new(),
            frames: Vec::new(),
            tables: survey.tables.clone(),
            later: VecDeque::new(),
            contents: None,
            boxes: Vec::new(),
            alternatives: Vec::new(),
            in_text: false,
            in_code: false,
            loose_contents: false,
            in_note: false,
            setting: false,
            custom: None,
        }
    }

    /// Reads the whole text; `true` when it broke off.
    ///
    /// # Errors
    /// When a limit is passed.
    pub(super) fn read(&mut self, mut text: Xml<'x>, links: &'x Links) -> Result<bool, ImportError> {
        if self.paged {
            self.next_page()?;
        }
        self.walk(&mut text, links)?;
        self.end_all();
        self.set_later()?;
        Ok(text.is_broken())
    }

    pub(super) fn finish(self) -> Draft {
        self.scribe.finish()
    }

    /// Walks through a text to its end.
    fn walk(&mut self, xml: &mut Xml<'x>, links: &'x Links) -> Result<(), ImportError> {
        loop {
            match xml.next()? {
                Node::Open(tag) => self.open(tag, xml, links)?,
                Node::Close(tag) => self.close(&tag)?,
                Node::Text(text) if self.in_text => self.text(&text)?,
                Node::Text(text) if self.in_code => {
                    if let Some(field) = self.fields.last_mut() {
                        field.code(&text);
                    }
                }
                Node::Text(_) => {}
                Node::End => return Ok(()),
            }
        }
    }

    fn open(&mut self, tag: Tag<'x>, xml: &mut Xml<'x>, links: &'x Links) -> Result<(), ImportError> {
        match tag.name() {
            (WORD, name) => return self.open_word(name, &tag, xml, links),
            (MATH, "t") => self.in_text = true,
            (COMPATIBILITY, "AlternateContent") => self.alternatives.push(false),
            (COMPATIBILITY, "Choice" | "Fallback") => {
                // The first that comes is taken, never two of them.
                let taken = self.alternatives.last_mut().is_some_and(|t| std::mem::replace(t, true));
                if taken {
                    xml.skip()?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn open_word(&mut self, name: &str, tag: &Tag<'x>, xml: &mut Xml<'x>, links: &'x Links) -> Result<(), ImportError> {
        match name {
            "p" => self.begin_paragraph()?,
            "pPr" => {
                let said = props::paragraph(xml)?;
                self.describe_paragraph(said);
            }
            "r" => self.begin_run(),
            "rPr" => {
                let said = props::run(xml)?;
                self.describe_run(&said);
            }
            "t" => self.in_text = true,
            "instrText" => self.in_code = true,
            "tab" | "ptab" => self.text(" ")?,
            "br" | "cr" => self.line_break(tag.attr("type").as_deref())?,
            "noBreakHyphen" => self.text("-")?,
            "sym" => self.symbol(tag)?,
            "lastRenderedPageBreak" if self.paged => self.next_page()?,
            "fldChar" => self.field_mark(&tag.attr("fldCharType").unwrap_or_default())?,
            "fldSimple" => self.simple_field(&tag.attr("instr").unwrap_or_default())?,
            "hyperlink" => {
                let url = tag.attr("id").and_then(|id| links.get(&*id)).cloned();
                self.begin_link(url)?;
            }
            "footnoteReference" => self.note_ref(0, tag)?,
            "endnoteReference" => self.note_ref(1, tag)?,
            "txbxContent" => {
                let inside = xml.skip()?;
                self.later.push_back(Later::Box { text: xml.piece(inside), links });
            }
            "tbl" => self.begin_table(xml.position())?,
            "tr" => self.begin_row(),
            "trPr" => {
                let (deleted, before) = super::table::row(xml)?;
                self.describe_row(deleted, before);
            }
            "tc" => self.begin_cell(xml)?,
            "gridSpan" => self.span_cell(tag.number("val").unwrap_or(1)),
            "sdt" => self.boxes.push(false),
            "sdtPr" => {
                let contents = gallery(xml)?;
                self.describe_box(contents);
            }
            "sectPr" => {
                props::section(xml)?;
            }
            // Left out by its writer, or said elsewhere.
            "del" | "moveFrom" | "delText" | "delInstrText" | "tblPrChange" | "tcPrChange" | "sectPrChange"
            | "tblGrid" | "comment" | "object" | "rt" => {
                xml.skip()?;
            }
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, tag: &Tag<'_>) -> Result<(), ImportError> {
        match tag.name() {
            (WORD | MATH, "t") => self.in_text = false,
            (WORD, "instrText") => self.in_code = false,
            (WORD, "p") => self.end_paragraph(),
            (WORD, "hyperlink") => self.end_link(),
            (WORD, "fldSimple") => self.end_field(),
            (WORD, "tbl") => self.end_table(),
            (WORD, "tr") => self.end_row(),
            (WORD, "tc") => self.end_cell(),
            (WORD, "sdt") => self.end_box(),
            (COMPATIBILITY, "AlternateContent") => {
                self.alternatives.pop();
            }
            _ => {}
        }
        Ok(())
    }

    /// What a container says of itself has been read: whether it holds a table of contents.
    fn describe_box(&mut self, contents: bool) {
        if let Some(known) = self.boxes.last_mut().filter(|known| contents && !**known) {
            *known = true;
            self.begin_contents();
        }
    }

    fn end_box(&mut self) {
        if let Some(true) = self.boxes.pop() {
            self.end_contents();
        }
    }

    /// Sets what has been waiting: notes and boxes, in the order in which they were met.
    ///
    /// # Errors
    /// When a limit is passed.
    pub(super) fn set_later(&mut self) -> Result<(), ImportError> {
        if self.later.is_empty() || std::mem::replace(&mut self.setting, true) {
            return Ok(());
        }
        // The paragraph that is about to begin, and what its run is, come after.
        let waiting = (std::mem::take(&mut self.paragraph), std::mem::take(&mut self.run));
        let around = (std::mem::take(&mut self.fields), std::mem::take(&mut self.boxes));
        let states = (std::mem::take(&mut self.alternatives), self.in_text, self.in_code);
        let (tables, frames) = (std::mem::take(&mut self.tables), std::mem::take(&mut self.frames));
        let contents = self.contents.take();
        while let Some(later) = self.later.pop_front() {
            let (mut text, links, note) = match later {
                Later::Note { label, text, links, page } => (text, links, Some((label, page))),
                Later::Box { text, links } => (text, links, None),
            };
            (self.in_text, self.in_code) = (false, false);
            self.tables = survey::survey(text.again(), self.styles)?.tables;
            let here = self.page;
            self.in_note = note.is_some();
            if let Some((label, page)) = &note {
                self.turn_to(*page);
                self.scribe.footnote(label);
            }
            self.walk(&mut text, links)?;
            self.end_all();
            if note.is_some() {
                self.scribe.end_footnote();
                self.turn_to(here);
            }
        }
        (self.in_note, self.setting) = (false, false);
        (self.paragraph, self.run) = waiting;
        (self.fields, self.boxes) = around;
        (self.alternatives, self.in_text, self.in_code) = states;
        (self.tables, self.frames, self.contents) = (tables, frames, contents);
        Ok(())
    }

    /// Ends whatever a text left open.
    fn end_all(&mut self) {
        self.end_paragraph();
        self.scribe.close();
        while !self.frames.is_empty() {
            self.end_table();
        }
        self.fields.clear();
        self.boxes.clear();
        if self.contents.is_some() {
            self.end_contents();
        }
    }

    /// The next page begins here.
    ///
    /// # Errors
    /// When there are more than may be.
    pub(super) fn next_page(&mut self) -> Result<(), ImportError> {
        let limit = self.budget.limits.max_pages;
        if self.page >= limit {
            return Err(ImportError::TooManyPages { limit });
        }
        self.page += 1;
        self.scribe.page(self.page, None);
        Ok(())
    }

    /// What comes stands on this page.
    fn turn_to(&mut self, page: u32) {
        if self.paged && page != self.page && page > 0 {
            self.scribe.page(page, None);
        }
        self.page = page;
    }
}

/// Reads a `w:sdtPr` that has just been opened; whether it says that a table of contents follows.
fn gallery(xml: &mut Xml<'_>) -> Result<bool, ImportError> {
    let outside = xml.depth().saturating_sub(1);
    let mut out = false;
    while xml.depth() > outside {
        match xml.next()? {
            Node::Open(tag) => {
                out |= tag.name().1 == "docPartGallery" && tag.attr("val").is_some_and(|v| v == "Table of Contents");
            }
            Node::End => break,
            _ => {}
        }
    }
    Ok(out)
}
