//! The walk through an OpenDocument text: paragraphs and headings, lists, tables, notes. What stands outside the lines
//! (notes, frames) waits until the paragraph, list or table it belongs to is complete.

use super::lists::{Lists, Marker, Suspended};
use super::styles::{Look, Styles};
use super::survey::{self, Survey, times};
use super::{DRAW, OFFICE, TABLE, TEXT};
use crate::doc::{BlockKind, FurnitureKind, SpanStyle};
use crate::import::ImportError;
use crate::import::budget::Budget;
use crate::import::draft::Draft;
use crate::import::office::{Letters, Role, Table, drop_contents_title, is_web, one_line, raised};
use crate::import::scribe::Scribe;
use crate::import::xml::{Node, Tag, Xml};
use rustc_hash::FxHashMap;
use std::collections::VecDeque;

/// A row that is repeated more often than this repeats nothing anybody reads.
const MAX_REPEATS: usize = 256;

/// The paragraph being read.
#[derive(Debug, Default)]
struct Paragraph {
    open: bool,
    begun: bool,
    role: Role,
    look: Look,
    page_break: bool,
    marker: Option<Marker>,
    after_title: bool,
}

/// What waits until it can be set.
enum Later<'x> {
    Note { label: String, text: Xml<'x>, page: u32 },
    Frame(Xml<'x>),
}

/// What a table is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Table,
    /// What lies in it is running text.
    Layout,
    /// In a cell of another table: its words are words of that cell.
    Inner,
}

/// Everything that is known while the text is read.
pub(super) struct Body<'x> {
    scribe: Scribe,
    styles: &'x Styles,
    lists: Lists,
    budget: &'x Budget<'x>,
    /// Half points of the letters in running text.
    size: u16,
    /// Pages are counted where the file says they began when it was saved.
    paged: bool,
    page: u32,
    paragraph: Paragraph,
    /// Looks of the spans around the text.
    spans: Vec<Look>,
    letters: Letters,
    frames: Vec<Kind>,
    /// Columns that the cell spans beyond its own.
    more: usize,
    tables: FxHashMap<u64, Table>,
    later: VecDeque<Later<'x>>,
    in_note: bool,
    setting: bool,
}

impl<'x> Body<'x> {
    pub(super) fn new(styles: &'x Styles, lists: Lists, survey: &Survey, budget: &'x Budget<'x>) -> Self {
        Body {
            scribe: Scribe::new(budget.limits.max_depth),
            styles,
            lists,
            budget,
            size: survey.size,
            paged: survey.pages,
            page: 0,
            paragraph: Paragraph::default(),
            spans: Vec::new(),
            letters: Letters::default(),
            frames: Vec::new(),
            more: 0,
            tables: survey.tables.clone(),
            later: VecDeque::new(),
            in_note: false,
            setting: false,
        }
    }

    /// Reads the whole text; `true` when it broke off.
    ///
    /// # Errors
    /// When a limit is passed.
    pub(super) fn read(&mut self, mut text: Xml<'x>) -> Result<bool, ImportError> {
        if self.paged {
            self.next_page()?;
        }
        self.walk(&mut text)?;
        self.end_all();
        self.set_later()?;
        Ok(text.is_broken())
    }

    pub(super) fn finish(self) -> Draft {
        self.scribe.finish()
    }

    fn walk(&mut self, xml: &mut Xml<'x>) -> Result<(), ImportError> {
        loop {
            match xml.next()? {
                Node::Open(tag) => match tag.name() {
                    (TEXT, name) => self.open_text(name, &tag, xml)?,
                    (TABLE, name) => self.open_table(name, &tag, xml)?,
                    (DRAW, "frame" | "custom-shape" | "rect" | "ellipse" | "g" | "line" | "connector" | "path")
                        if self.paragraph.open =>
                    {
                        let inside = xml.skip()?;
                        self.later.push_back(Later::Frame(xml.piece(inside)));
                    }
                    (DRAW, "object" | "object-ole")
                    | (
                        OFFICE,
                        "automatic-styles" | "styles" | "master-styles" | "annotation" | "forms" | "scripts" | "meta"
                        | "settings" | "font-face-decls",
                    ) => {
                        xml.skip()?;
                    }
                    // A title or description of a picture is not shown.
                    (_, "title" | "desc") => {
                        xml.skip()?;
                    }
                    _ => {}
                },
                Node::Close(tag) => self.close(&tag),
                Node::Text(text) => {
                    if self.paragraph.open {
                        self.text(&text)?;
                    }
                }
                Node::End => return Ok(()),
            }
        }
    }

    fn open_text(&mut self, name: &str, tag: &Tag<'x>, xml: &mut Xml<'x>) -> Result<(), ImportError> {
        match name {
            "p" => self.begin_paragraph(tag, None)?,
            "h" => {
                let level = tag.number("outline-level").unwrap_or(1).clamp(1, 10) as u8;
                self.begin_paragraph(tag, Some(level))?;
            }
            "span" => {
                let mut look = self.styles.letters(tag.attr("style-name").as_deref()).look;
                look.over(self.spans.last().unwrap_or(&self.paragraph.look));
                self.spans.push(look);
            }
            "s" => self.text(" ")?,
            "tab" => self.text(" ")?,
            "line-break" => {
                self.text(" ")?;
                if self.scribe.is_open() {
                    self.scribe.line_end(true);
                }
            }
            "soft-page-break" if self.paged => self.next_page()?,
            "a" => {
                let url = tag.attr("href").map(|u| one_line(&u)).filter(|u| is_web(u));
                if let Some(url) = url.filter(|_| self.paragraph.open) {
                    self.start_block()?;
                    self.scribe.mark(SpanStyle::Link(url));
                }
            }
            "list" => {
                if !self.scribe.in_table() && self.lists.depth() == 0 {
                    self.scribe.close();
                }
                self.lists.begin(tag);
            }
            "list-item" => self.lists.item(tag, false),
            "list-header" => self.lists.item(tag, true),
            "note" => {
                let note = note(xml)?;
                if let Some((label, inside)) = note.filter(|_| !self.in_note && self.paragraph.open) {
                    self.start_block()?;
                    self.letters.change(&mut self.scribe, Letters::default());
                    self.scribe.note_ref(&label);
                    self.later.push_back(Later::Note { label, text: xml.piece(inside), page: self.page });
                }
            }
            "table-of-content" | "illustration-index" | "table-index" | "object-index" | "alphabetical-index"
            | "user-index" => {
                let inside = xml.skip()?;
                self.leave_out_contents(xml.piece(inside))?;
            }
            "section" if tag.attr("display").is_some_and(|d| d == "none") => {
                xml.skip()?;
            }
            "tracked-changes" | "sequence-decls" | "variable-decls" | "user-field-decls" | "number" | "ruby-text"
            | "hidden-text" => {
                xml.skip()?;
            }
            _ => {}
        }
        Ok(())
    }

    fn open_table(&mut self, name: &str, tag: &Tag<'x>, xml: &mut Xml<'x>) -> Result<(), ImportError> {
        match name {
            "table" => {
                let Table { layout, header, columns } = self.tables.remove(&xml.position()).unwrap_or_default();
                let kind = if self.scribe.in_table() {
                    Kind::Inner
                } else if layout || columns.is_empty() || self.in_note {
                    Kind::Layout
                } else {
                    Kind::Table
                };
                self.frames.push(kind);
                if kind == Kind::Table {
                    self.scribe.close();
                    self.set_later()?;
                    self.scribe.table(columns, header);
                }
            }
            "table-row" if self.frames.last() == Some(&Kind::Table) => self.scribe.row(),
            "table-cell" | "covered-table-cell" if self.frames.last() == Some(&Kind::Table) => {
                self.scribe.cell();
                self.more = times(tag, "number-columns-repeated").min(MAX_REPEATS) - 1;
            }
            "tracked-changes" => {
                xml.skip()?;
            }
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, tag: &Tag<'_>) {
        match tag.name() {
            (TEXT, "p" | "h") => self.end_paragraph(),
            (TEXT, "span") => {
                self.spans.pop();
            }
            (TEXT, "a") => self.scribe.unmark(|s| matches!(s, SpanStyle::Link(_))),
            (TEXT, "list") => {
                self.lists.end();
                if self.lists.depth() == 0 {
                    self.scribe.close();
                }
            }
            (TABLE, "table-cell" | "covered-table-cell") if self.frames.last() == Some(&Kind::Table) => {
                for _ in 0..std::mem::take(&mut self.more) {
                    self.scribe.cell();
                }
            }
            (TABLE, "table") => self.end_table(),
            _ => {}
        }
    }

    fn end_table(&mut self) {
        match self.frames.pop() {
            Some(Kind::Table) => self.scribe.end_table(),
            Some(_) => self.scribe.close(),
            None => {}
        }
    }

    fn begin_paragraph(&mut self, tag: &Tag<'_>, level: Option<u8>) -> Result<(), ImportError> {
        if self.paragraph.open {
            self.end_paragraph();
        }
        let after_title = self.paragraph.after_title || (self.paragraph.begun && self.paragraph.role == Role::Title);
        let name = tag.attr("style-name");
        let style = self.styles.paragraph(name.as_deref());
        let role = match level {
            Some(_) if matches!(style.role, Role::Title | Role::Contents) => style.role,
            Some(level) => Role::Heading(level),
            None => style.role,
        };
        if style.page_break && self.paged && self.page > 0 && !self.in_note {
            self.next_page()?;
        }
        let listed = self.lists.marker();
        let marker = match role {
            Role::Heading(level) if listed.as_ref().is_none_or(|m| m.bullet || m.text.is_empty()) => {
                let is_head = tag.attr("is-list-header").is_some_and(|v| v == "true");
                let numbered = !is_head && style.list.as_deref() != Some("") && listed.is_none();
                let restart = tag.attr("restart-numbering").is_some_and(|v| v == "true");
                let start = tag.number("start-value").and_then(|n| u32::try_from(n).ok()).or(restart.then_some(1));
                let number = if numbered { self.lists.heading(level, start) } else { None };
                number.map(|text| Marker { text, depth: 0, bullet: false })
            }
            _ => listed,
        };
        let page_break = style.page_break && !self.paged;
        self.paragraph =
            Paragraph { open: true, begun: false, role, look: style.look, page_break, marker, after_title };
        self.spans.clear();
        Ok(())
    }

    /// Text of the paragraph.
    fn text(&mut self, text: &str) -> Result<(), ImportError> {
        let look = *self.spans.last().unwrap_or(&self.paragraph.look);
        if !self.paragraph.open || look.hidden == Some(true) {
            return Ok(());
        }
        if text.trim().is_empty() && !self.paragraph.begun {
            return Ok(());
        }
        if self.paragraph.role == Role::Contents && !self.scribe.in_table() {
            self.scribe.draft.leave_out(FurnitureKind::Contents, &one_line(text));
            return Ok(());
        }
        self.start_block()?;
        let plain = matches!(self.paragraph.role, Role::Heading(_) | Role::Title | Role::Caption);
        let on = |value: Option<bool>| value.unwrap_or(false) && !plain;
        let wanted = Letters { strong: on(look.bold), emphasis: on(look.italic), struck: look.struck.unwrap_or(false) };
        self.letters.change(&mut self.scribe, wanted);
        match raised(text).filter(|_| look.raised == Some(true)) {
            Some(raised) => self.scribe.text(&raised),
            None => self.scribe.text(text),
        }
        Ok(())
    }

    /// Begins the block of the paragraph, if it hasn't begun.
    fn start_block(&mut self) -> Result<(), ImportError> {
        if std::mem::replace(&mut self.paragraph.begun, true) {
            return Ok(());
        }
        let marker = self.paragraph.marker.take();
        let look = *self.spans.last().unwrap_or(&self.paragraph.look);
        let size = look.size().unwrap_or(self.size);
        let caption = self.paragraph.role == Role::Caption;
        self.scribe.size =
            if caption { 0 } else { (u32::from(size) * 100 / u32::from(self.size.max(1))).min(1000) as u16 };
        if self.scribe.in_table() || self.in_note {
            if let Some(marker) = marker.filter(|m| !m.text.is_empty()) {
                self.scribe.text(&format!("{} ", marker.text));
            }
            return Ok(());
        }
        let role = self.paragraph.role;
        let goes_on = std::mem::take(&mut self.paragraph.after_title) && role == Role::Title && self.scribe.is_open();
        let is_head = matches!(role, Role::Heading(_) | Role::Title);
        if !goes_on && (is_head || marker.is_none()) {
            self.set_later()?;
        }
        self.scribe.page_top |= self.paragraph.page_break;
        match (role, &marker) {
            (Role::Heading(level), _) => self.scribe.begin(BlockKind::Heading { level }),
            (Role::Title, _) if goes_on => self.scribe.line_end(false),
            (Role::Title, _) => self.scribe.begin(BlockKind::Heading { level: 1 }),
            (_, Some(marker)) => {
                let depth = marker.depth.min(self.budget.limits.max_depth.min(255) as u8);
                self.scribe.begin(BlockKind::Item { depth, marker: marker.text.clone(), lead_in: None });
            }
            (Role::Quote, _) => self.scribe.begin(BlockKind::Quote),
            _ => self.scribe.begin(BlockKind::Paragraph),
        }
        if let Some(marker) = marker.filter(|m| is_head && !m.bullet && !m.text.is_empty()) {
            self.scribe.text(&format!("{} ", marker.text));
        }
        Ok(())
    }

    fn end_paragraph(&mut self) {
        if !std::mem::take(&mut self.paragraph.open) || !self.paragraph.begun {
            return;
        }
        self.letters.change(&mut self.scribe, Letters::default());
        if self.paragraph.role != Role::Title || self.scribe.in_table() {
            self.scribe.close();
        }
    }

    /// Leaves a table of contents out.
    fn leave_out_contents(&mut self, mut xml: Xml<'x>) -> Result<(), ImportError> {
        self.scribe.close();
        drop_contents_title(&mut self.scribe);
        let mut line = String::new();
        loop {
            match xml.next()? {
                Node::Text(text) if line.len() < 1000 => line.push_str(&text),
                Node::Open(tag) if matches!(tag.name(), (TEXT, "p" | "h" | "tab" | "s")) => line.push(' '),
                Node::Open(tag) if tag.name().1.ends_with("-source") => {
                    xml.skip()?;
                }
                Node::End => break,
                _ => {}
            }
        }
        let line = one_line(&line);
        if !line.is_empty() {
            self.scribe.draft.leave_out(FurnitureKind::Contents, &line);
        }
        Ok(())
    }

    /// Sets what has been waiting: notes and frames, in the order in which they were met.
    fn set_later(&mut self) -> Result<(), ImportError> {
        if self.later.is_empty() || std::mem::replace(&mut self.setting, true) {
            return Ok(());
        }
        let (paragraph, spans) = (std::mem::take(&mut self.paragraph), std::mem::take(&mut self.spans));
        let (tables, frames) = (std::mem::take(&mut self.tables), std::mem::take(&mut self.frames));
        let mut lists = Suspended::default();
        self.lists.swap(&mut lists);
        let here = self.page;
        while let Some(later) = self.later.pop_front() {
            let (mut text, note) = match later {
                Later::Note { label, text, page } => (text, Some((label, page))),
                Later::Frame(text) => (text, None),
            };
            self.tables = survey::survey(text.again(), self.styles)?.tables;
            self.in_note = note.is_some();
            if let Some((label, page)) = &note {
                self.turn_to(*page);
                self.scribe.footnote(label);
            }
            self.walk(&mut text)?;
            self.end_all();
            if note.is_some() {
                self.scribe.end_footnote();
                self.turn_to(here);
            }
        }
        (self.in_note, self.setting) = (false, false);
        self.lists.swap(&mut lists);
        (self.tables, self.frames) = (tables, frames);
        (self.paragraph, self.spans) = (paragraph, spans);
        Ok(())
    }

    /// Ends whatever a text left open.
    fn end_all(&mut self) {
        self.end_paragraph();
        self.scribe.close();
        while !self.frames.is_empty() {
            self.end_table();
        }
        while self.lists.depth() > 0 {
            self.lists.end();
        }
    }

    fn next_page(&mut self) -> Result<(), ImportError> {
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

/// Reads a `text:note` that has just been opened: its mark, and the text of its body.
fn note<'x>(xml: &mut Xml<'x>) -> Result<Option<(String, &'x str)>, ImportError> {
    let outside = xml.depth().saturating_sub(1);
    let (mut label, mut body) = (String::new(), None);
    while xml.depth() > outside {
        match xml.next()? {
            Node::Open(tag) => match tag.name() {
                (TEXT, "note-citation") => label = one_line(&xml.text_inside()?),
                (TEXT, "note-body") => body = Some(xml.skip()?),
                _ => {}
            },
            Node::End => break,
            _ => {}
        }
    }
    Ok(body.filter(|_| !label.is_empty()).map(|body| (label, body)))
}
