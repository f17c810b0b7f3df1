//! Paragraphs: what block each becomes, with its number, and where it ends.

use super::body::Body;
use super::numbering::Marker;
use super::props::ParaProps;
use crate::doc::BlockKind;
use crate::import::ImportError;
use crate::import::office::{Letters, Role};

/// The paragraph being read.
#[derive(Debug, Default)]
pub(super) struct Paragraph {
    /// Its text may come.
    open: bool,
    /// Its block has begun.
    begun: bool,
    /// It has been counted in its list.
    counted: bool,
    pub(super) role: Role,
    /// What holds for it, by itself and by its style.
    pub(super) props: ParaProps,
    marker: Option<Marker>,
    /// The block before is a title that this one may go on with.
    after_title: bool,
}

impl Body<'_> {
    pub(super) fn begin_paragraph(&mut self) -> Result<(), ImportError> {
        if self.paragraph.open {
            self.end_paragraph();
        }
        // What was left of a paragraph whose end was deleted goes on in this one.
        let runs_on = self.paragraph.begun && self.paragraph.props.runs_on;
        let after_title = self.paragraph.after_title || (self.paragraph.begun && self.paragraph.role == Role::Title);
        let style = self.styles.get(None);
        self.paragraph = Paragraph {
            open: true,
            begun: runs_on,
            counted: runs_on,
            role: style.role,
            props: style.para.clone(),
            marker: None,
            after_title,
        };
        self.run = self.paragraph.props.run.clone();
        Ok(())
    }

    /// What a paragraph says of itself has been read.
    pub(super) fn describe_paragraph(&mut self, mut said: ParaProps) {
        if !self.paragraph.open {
            return;
        }
        let style = self.styles.get(said.style.as_deref());
        self.paragraph.role = match said.outline {
            Some(level @ 0..=8) if style.role != Role::Contents => Role::Heading(level + 1),
            Some(_) if matches!(style.role, Role::Heading(_)) => Role::Body,
            _ => style.role,
        };
        // Its own letters are only those of its mark.
        said.run = super::props::RunProps::default();
        said.over(&style.para);
        self.run = said.run.clone();
        self.paragraph.props = said;
    }

    /// Counts the paragraph in its list, once.
    fn count(&mut self) {
        let paragraph = &mut self.paragraph;
        if !std::mem::replace(&mut paragraph.counted, true) && self.contents.is_none() && !paragraph.props.runs_on {
            paragraph.marker = self.numbering.marker(&paragraph.props);
        }
    }

    /// Begins the block of the paragraph, if it hasn't begun.
    ///
    /// # Errors
    /// When a limit is passed.
    pub(super) fn start_block(&mut self) -> Result<(), ImportError> {
        if self.paragraph.begun {
            return Ok(());
        }
        self.count();
        self.paragraph.begun = true;
        let marker = self.paragraph.marker.take();
        let number = marker.as_ref().filter(|m| !m.bullet).map(|m| format!("{} ", m.text));
        self.scribe.size = self.relative_size();
        if self.scribe.in_table() || self.in_note {
            if let Some(marker) = marker {
                self.scribe.text(&format!("{} ", marker.text));
            }
            return Ok(());
        }
        let role = self.paragraph.role;
        let goes_on = std::mem::take(&mut self.paragraph.after_title) && role == Role::Title && self.scribe.is_open();
        let item = marker.filter(|_| !matches!(role, Role::Heading(_) | Role::Title));
        if item.is_none() && !goes_on {
            self.set_later()?;
        }
        self.scribe.page_top |= !self.paged && self.paragraph.props.page_break.unwrap_or(false);
        match (role, item) {
            (Role::Heading(level), _) => self.scribe.begin(BlockKind::Heading { level }),
            (Role::Title, _) if goes_on => self.scribe.line_end(false),
            (Role::Title, _) => self.scribe.begin(BlockKind::Heading { level: 1 }),
            (_, Some(Marker { text, depth, .. })) => {
                let depth = depth.min(self.budget.limits.max_depth.min(255) as u8);
                self.scribe.begin(BlockKind::Item { depth, marker: text, lead_in: None });
            }
            (Role::Quote, _) => self.scribe.begin(BlockKind::Quote),
            _ => self.scribe.begin(BlockKind::Paragraph),
        }
        if let (Role::Heading(_) | Role::Title, Some(number)) = (role, number) {
            self.scribe.text(&number);
        }
        Ok(())
    }

    /// The size of the letters, in per cent of running text; 0 where it means nothing.
    fn relative_size(&self) -> u16 {
        if self.paragraph.role == Role::Caption {
            return 0;
        }
        let size = self.run.size.unwrap_or_else(|| self.styles.size(None));
        (u32::from(size) * 100 / u32::from(self.size)).min(1000) as u16
    }

    pub(super) fn end_paragraph(&mut self) {
        if !self.paragraph.open {
            return;
        }
        self.count();
        self.paragraph.open = false;
        if self.paragraph.props.section.is_some_and(|s| !s.continuous) && !self.paged {
            self.scribe.page_top = true;
        }
        if self.paragraph.props.section.is_some() {
            self.notes.iter_mut().for_each(super::notes::Notes::section);
        }
        if let Some(contents) = &mut self.contents {
            contents.push(' ');
        }
        // A code doesn't run on past its paragraph; where its end was lost, the text behind it would be.
        self.fields.retain(|f| f.is_contents() || f.shows());
        if !self.paragraph.begun {
            return;
        }
        self.letters.change(&mut self.scribe, Letters::default());
        if !self.paragraph.props.runs_on && (self.paragraph.role != Role::Title || self.scribe.in_table()) {
            self.scribe.close();
        }
    }
}
