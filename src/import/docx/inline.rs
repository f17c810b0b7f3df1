//! What stands in the lines: letters and how they are set, fields, links, references to notes, breaks.

use super::body::{Body, Later};
use super::props::RunProps;
use crate::doc::{FurnitureKind, SpanStyle};
use crate::import::ImportError;
use crate::import::office::{Letters, Role, drop_contents_title, is_web, one_line, raised};
use crate::import::xml::Tag;

/// Fields inside each other; what is deeper is read as this.
const MAX_FIELDS: usize = 64;
/// More of a field's code than this is not kept.
const MAX_CODE: usize = 4096;

/// A field: a code, and what it came to when the file was saved.
#[derive(Debug, Default)]
pub(super) struct Field {
    code: String,
    /// Its result is being read.
    shows: bool,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Kind {
    #[default]
    Other,
    Contents,
    Link,
}

impl Field {
    pub(super) fn code(&mut self, text: &str) {
        if !self.shows && self.code.len() + text.len() <= MAX_CODE {
            self.code.push_str(text);
        }
    }

    pub(super) fn is_contents(&self) -> bool {
        self.kind == Kind::Contents
    }

    pub(super) fn shows(&self) -> bool {
        self.shows
    }

    /// The address a link leads to, where it leads outside.
    fn url(&self) -> Option<String> {
        let rest = self.code.trim().strip_prefix("HYPERLINK")?.trim_start();
        let url = rest.strip_prefix('"')?.split('"').next()?;
        is_web(url).then(|| url.to_string())
    }

    fn word(&self) -> &str {
        self.code.split_whitespace().next().unwrap_or("")
    }
}

impl Body<'_> {
    pub(super) fn begin_run(&mut self) {
        self.run = self.paragraph.props.run.clone();
        self.custom = None;
    }

    /// What a run says of its letters has been read.
    pub(super) fn describe_run(&mut self, said: &RunProps) {
        let mut run = said.clone();
        if let Some(named) = self.styles.run(said.style.as_deref()) {
            run.over(named);
        }
        run.over(&self.paragraph.props.run);
        self.run = run;
    }

    /// Text of the paragraph.
    pub(super) fn text(&mut self, text: &str) -> Result<(), ImportError> {
        if self.run.hidden == Some(true) || self.fields.iter().any(|f| !f.shows) {
            return Ok(());
        }
        if self.leaves_out() {
            if let Some(contents) = self.contents.as_mut().filter(|c| c.len() < MAX_CODE) {
                contents.push_str(text);
            }
            return Ok(());
        }
        if text.trim().is_empty() && !self.scribe.is_open() {
            return Ok(());
        }
        if let Some((kind, id)) = self.custom.take() {
            return self.set_note(kind, id, text.trim().to_string());
        }
        self.start_block()?;
        self.set_letters();
        match raised(text).filter(|_| self.run.raised == Some(true)) {
            Some(raised) => self.scribe.text(&raised),
            None => self.scribe.text(text),
        }
        Ok(())
    }

    /// Whether what comes belongs to a table of contents.
    fn leaves_out(&mut self) -> bool {
        if self.contents.is_none() {
            if self.paragraph.role == Role::Contents && !self.scribe.in_table() {
                // A line of one that no field made.
                self.begin_contents();
                self.loose_contents = true;
            }
            return self.contents.is_some();
        }
        let of_text = self.paragraph.role != Role::Contents;
        // A heading ends a table of contents whose own end was lost.
        let lost = matches!(self.paragraph.role, Role::Heading(_)) && self.fields.iter().any(Field::is_contents);
        if (self.loose_contents && of_text) || lost {
            self.fields.retain(|f| !f.is_contents());
            self.end_contents();
        }
        self.contents.is_some()
    }

    /// A table of contents begins: what says so just before it goes too.
    pub(super) fn begin_contents(&mut self) {
        self.contents.get_or_insert_default();
        drop_contents_title(&mut self.scribe);
    }

    pub(super) fn end_contents(&mut self) {
        self.loose_contents = false;
        let Some(contents) = self.contents.take() else { return };
        let line = one_line(&contents);
        if !line.is_empty() {
            self.scribe.draft.leave_out(FurnitureKind::Contents, &line);
        }
    }

    /// Sets the letters as the run wants them.
    fn set_letters(&mut self) {
        let plain = matches!(self.paragraph.role, Role::Heading(_) | Role::Title | Role::Caption);
        let on = |value: Option<bool>| value.unwrap_or(false) && !plain;
        let struck = self.run.struck.unwrap_or(false);
        let wanted = Letters { strong: on(self.run.bold), emphasis: on(self.run.italic), struck };
        self.letters.change(&mut self.scribe, wanted);
    }

    pub(super) fn line_break(&mut self, kind: Option<&str>) -> Result<(), ImportError> {
        match kind {
            Some("page") => {
                self.scribe.page_top |= !self.paged;
                self.text(" ")
            }
            Some("column") => self.text(" "),
            _ => {
                self.text(" ")?;
                if self.scribe.is_open() && self.contents.is_none() && self.fields.iter().all(Field::shows) {
                    self.scribe.line_end(true);
                }
                Ok(())
            }
        }
    }

    /// A character of a symbol font.
    pub(super) fn symbol(&mut self, tag: &Tag<'_>) -> Result<(), ImportError> {
        let code = tag.attr("char").and_then(|c| u32::from_str_radix(&c, 16).ok()).unwrap_or(0);
        let font = tag.attr("font").map(|f| f.to_lowercase()).unwrap_or_default();
        // Symbol fonts have their characters at their old places, or moved to the private area.
        let old = if (0xF000..=0xF0FF).contains(&code) { code - 0xF000 } else { code };
        let shown = if font.starts_with("wingdings") || font.starts_with("webdings") {
            match old {
                0xFC | 0xFE if font.ends_with('2') => '☑',
                0xFC => '✓',
                0xFB => '✗',
                0xFE | 0x52 | 0x54 | 0x78 => '☒',
                0xA8 | 0x6F | 0x71 | 0xA3 => '☐',
                0xE0 | 0xF0 | 0xE8 => '→',
                0x4A => '☺',
                _ => '•',
            }
        } else if font == "symbol" {
            match old {
                0xAE => '→',
                0xB3 => '≥',
                0xA3 => '≤',
                0xB1 => '±',
                0xB4 => '×',
                0xB0 => '°',
                0xB9 => '≠',
                0xBB => '≈',
                0x61 => 'α',
                0x62 => 'β',
                0x6D => 'μ',
                0x44 => 'Δ',
                0x53 => 'Σ',
                _ => '•',
            }
        } else {
            char::from_u32(code).filter(|_| code != old || code < 0xE000).unwrap_or('•')
        };
        self.text(shown.encode_utf8(&mut [0; 4]))
    }

    /// A mark of a field: its beginning, the end of its code, its end.
    pub(super) fn field_mark(&mut self, kind: &str) -> Result<(), ImportError> {
        match kind {
            "begin" if self.fields.len() < MAX_FIELDS => self.fields.push(Field::default()),
            "separate" => self.show_field()?,
            "end" => self.end_field(),
            _ => {}
        }
        Ok(())
    }

    pub(super) fn simple_field(&mut self, code: &str) -> Result<(), ImportError> {
        let mut field = Field::default();
        field.code(code);
        self.fields.push(field);
        self.show_field()
    }

    /// The code of the innermost field is complete.
    fn show_field(&mut self) -> Result<(), ImportError> {
        let Some(field) = self.fields.last_mut().filter(|f| !f.shows) else { return Ok(()) };
        field.shows = true;
        let url = field.url();
        if field.word() == "TOC" {
            field.kind = Kind::Contents;
            self.begin_contents();
        } else if url.is_some() {
            field.kind = Kind::Link;
            self.begin_link(url)?;
        }
        Ok(())
    }

    pub(super) fn end_field(&mut self) {
        match self.fields.pop().map(|f| f.kind) {
            Some(Kind::Contents) if !self.fields.iter().any(Field::is_contents) => self.end_contents(),
            Some(Kind::Link) => self.end_link(),
            _ => {}
        }
    }

    pub(super) fn begin_link(&mut self, url: Option<String>) -> Result<(), ImportError> {
        if let Some(url) = url.filter(|_| self.contents.is_none() && self.fields.iter().all(Field::shows)) {
            self.start_block()?;
            self.scribe.mark(SpanStyle::Link(one_line(&url)));
        }
        Ok(())
    }

    pub(super) fn end_link(&mut self) {
        self.scribe.unmark(|s| matches!(s, SpanStyle::Link(_)));
    }

    /// A reference to a footnote (0) or an endnote (1).
    pub(super) fn note_ref(&mut self, kind: usize, tag: &Tag<'_>) -> Result<(), ImportError> {
        let Some(id) = tag.number("id") else { return Ok(()) };
        if self.run.hidden == Some(true) || self.contents.is_some() || self.in_note {
            return Ok(());
        }
        if tag.attr("customMarkFollows").is_some_and(|v| v != "0" && v != "false") {
            self.custom = Some((kind, id));
            return Ok(());
        }
        let label = self.notes[kind].number();
        self.set_note(kind, id, label)
    }

    fn set_note(&mut self, kind: usize, id: i64, label: String) -> Result<(), ImportError> {
        let Some(text) = self.notes[kind].text(id).filter(|_| !label.is_empty()) else { return Ok(()) };
        self.start_block()?;
        self.letters.change(&mut self.scribe, Letters::default());
        self.scribe.note_ref(&label);
        let links = self.notes[kind].links;
        self.later.push_back(Later::Note { label, text, links, page: self.page });
        Ok(())
    }
}
