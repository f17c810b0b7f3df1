//! What the reader wants done with a heading, as corrections: each in place of what was said at its address before; one
//! that says nothing takes the former one back.

use super::address::Spot;
use super::address::words;
use super::{Address, Correction, moved, shifts};
use crate::doc::{BlockId, BlockKind, Document, SectionId};
use thiserror::Error;

/// The deepest level that a reader can give a heading.
pub const DEEPEST: u8 = 9;
/// The longest paragraph, in characters, that a reader can make a heading of.
const LONGEST: usize = 300;

/// Why something can't be done with a heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    /// It is a chapter already.
    #[error("it lies directly under its report")]
    Highest,
    /// There is no heading beside it, above, to lie under.
    #[error("there is no heading above it to lie under")]
    NothingAbove,
    /// It, or one of those that would go along, is at the deepest level.
    #[error("it would lie too deep")]
    Deepest,
    /// It is the title of a report.
    #[error("it is the title of a report")]
    Title,
    /// The text prints no heading there.
    #[error("the text prints no heading there")]
    NotPrinted,
    /// It is a heading already.
    #[error("it is a heading already")]
    Already,
    /// A table, a footnote, or a long paragraph.
    #[error("that can't be a heading")]
    NoHeading,
    /// A title without a letter.
    #[error("a heading needs a title")]
    Empty,
    /// Nothing was corrected there.
    #[error("nothing was corrected there")]
    Nothing,
}

/// Whether a reader can make a heading of a block of this kind.
pub(super) fn may_be_heading(kind: &BlockKind) -> bool {
    match kind {
        BlockKind::Paragraph | BlockKind::Item { .. } | BlockKind::Quote | BlockKind::Code => true,
        BlockKind::Heading { .. } | BlockKind::Table { .. } | BlockKind::Footnote { .. } => false,
    }
}

impl Document {
    /// One level up, with what the file puts under it: out of the section it lies in, to lie beside that.
    ///
    /// # Errors
    /// Of a chapter, of a report's title, and where the text prints no heading.
    pub fn promote(&self, section: SectionId) -> Result<Vec<Correction>, Refusal> {
        let s = self.outline.section(section);
        let parent = s.parent.ok_or(Refusal::Title)?;
        let beside = self.outline.section(parent);
        let under = beside.parent.ok_or(Refusal::Highest)?;
        self.put_at(section, self.level_under(section, under, beside.level))
    }

    /// One level down, with what the file puts under it: under the heading it lies beside.
    ///
    /// # Errors
    /// Where none stands above it in the same section, of a report's title, where the text prints no heading, and at the
    /// deepest level.
    pub fn demote(&self, section: SectionId) -> Result<Vec<Correction>, Refusal> {
        let s = self.outline.section(section);
        let parent = s.parent.ok_or(Refusal::Title)?;
        let beside = self.outline.children(parent).take_while(|c| *c != section).last().ok_or(Refusal::NothingAbove)?;
        let first = self.outline.children(beside).next();
        let level = first.map_or(self.outline.section(beside).level + 1, |c| self.outline.section(c).level);
        self.put_at(section, self.level_under(section, beside, level))
    }

    /// Another title, with its number; the one that the file has takes the correction back.
    ///
    /// # Errors
    /// Of an empty title, and where the text prints no heading.
    pub fn retitle(&self, section: SectionId, title: &str) -> Result<Vec<Correction>, Refusal> {
        let title = words(title);
        if !title.chars().any(char::is_alphanumeric) {
            return Err(Refusal::Empty);
        }
        let mut said = self.said_of(section)?;
        let same = self.imported_section(section).is_some_and(|s| s.label() == title);
        let printed = self.imported_id(section).is_none() && said.at.text == title;
        said.title = Some(title).filter(|_| !same && !printed);
        Ok(vec![said])
    }

    /// No heading: its text goes on in what stands before it, what lay under it keeps its level.
    ///
    /// # Errors
    /// Of a report's title, and where the text prints no heading.
    pub fn unmake_heading(&self, section: SectionId) -> Result<Vec<Correction>, Refusal> {
        self.outline.section(section).parent.ok_or(Refusal::Title)?;
        let said = self.said_of(section)?;
        Ok(vec![match self.imported_id(section) {
            // what it took along up or down stays there
            Some(_) => Correction { remove: true, title: None, ..said },
            None => Correction { at: said.at, ..Correction::default() },
        }])
    }

    /// A heading that was missed: of the level of those that are numbered alike, else one below the section it stands in.
    ///
    /// # Errors
    /// Of a heading, a table, a footnote, and a paragraph of more than 300 characters.
    pub fn make_heading(&self, block: BlockId) -> Result<Vec<Correction>, Refusal> {
        let this = self.block(block);
        if let Some(said) = self.correction_at(block).filter(|c| c.remove) {
            return Ok(vec![Correction { remove: false, ..said.clone() }]);
        }
        if this.kind.is_heading() {
            return Err(Refusal::Already);
        }
        let at = Address::of_block(self, block);
        if !may_be_heading(&this.kind)
            || at.text.chars().count() > LONGEST
            || !at.text.chars().any(char::is_alphanumeric)
        {
            return Err(Refusal::NoHeading);
        }
        let home = self.outline.section(this.section);
        let mine = shape(&at.text);
        let mut alike = self.outline.sections().iter().filter(|s| s.part == home.part && s.parent.is_some());
        let alike = alike.rfind(|s| mine.is_some() && s.number.as_deref().and_then(shape) == mine);
        let level = alike.map_or(home.level.saturating_add(1), |s| s.level).clamp(2, DEEPEST);
        Ok(vec![Correction { at, level: Some(level), ..Correction::default() }])
    }

    /// As the file has it: takes back what was said of a block.
    ///
    /// # Errors
    /// Where nothing was said.
    pub fn as_found(&self, block: BlockId) -> Result<Vec<Correction>, Refusal> {
        self.correction_at(block).map(take_back).ok_or(Refusal::Nothing)
    }

    /// As the file has it: takes back what was said of a heading or of a report's title.
    ///
    /// # Errors
    /// Where nothing was said.
    pub fn section_as_found(&self, section: SectionId) -> Result<Vec<Correction>, Refusal> {
        self.correction_of(section).map(take_back).ok_or(Refusal::Nothing)
    }

    /// What was said of a section's heading, or nothing yet.
    fn said_of(&self, section: SectionId) -> Result<Correction, Refusal> {
        if let Some(said) = self.correction_of(section) {
            return Ok(said.clone());
        }
        let s = self.outline.section(section);
        let at = match (s.heading, s.parent) {
            (Some(block), _) => Address::of_block(self, block),
            (None, None) => Address::of_part(self, s.part),
            (None, Some(_)) => return Err(Refusal::NotPrinted),
        };
        Ok(Correction { at, ..Correction::default() })
    }

    /// The level at which a section lies under this one: that of the file where it does, so that up and down is as before.
    fn level_under(&self, section: SectionId, under: SectionId, otherwise: u8) -> u8 {
        let Some(own) = self.level_unsaid(section) else { return otherwise };
        let above = self.outline.sections()[..section.0 as usize].iter().rposition(|s| s.level < own);
        if above == Some(under.0 as usize) { own } else { otherwise }
    }

    /// The level a section of the file would have if nothing were said of it itself.
    fn level_unsaid(&self, section: SectionId) -> Option<u8> {
        let id = self.imported_id(section)?;
        let old = self.imported_outline();
        let shifts = shifts(old, |of| if of == id { None } else { self.level_said(of) });
        Some(moved(old.section(id).level, shifts[id.0 as usize]))
    }

    /// The level that was said of a heading of the file.
    fn level_said(&self, imported: SectionId) -> Option<u8> {
        self.correction_at(self.imported_outline().section(imported).heading?)?.level
    }

    /// Puts a section at a level, and all that was said of headings that the file has under it along with it.
    fn put_at(&self, section: SectionId, level: u8) -> Result<Vec<Correction>, Refusal> {
        let mut said = self.said_of(section)?;
        let by = i16::from(level) - i16::from(self.outline.section(section).level);
        let unsaid = self.level_unsaid(section);
        said.level = Some(level).filter(|l| unsaid != Some(*l));
        let mut all = vec![said];
        let mut deepest = level;
        if let Some(id) = self.imported_id(section) {
            let old = self.imported_outline();
            let own = self.outline.section(section).heading;
            let inside = |block: BlockId| {
                Some(block) != own && old.path(self.imported_blocks()[block.0 as usize].section).contains(&id)
            };
            let all_said = self.corrected.iter().flat_map(|c| &c.corrections);
            for (c, spot) in all_said {
                if let (Some(Spot::Block(block)), Some(level)) = (spot, c.level)
                    && inside(*block)
                {
                    all.push(Correction { level: Some(moved(level, by)), ..c.clone() });
                }
            }
            let along = self.outline.sections().iter().filter(|s| s.heading.is_some_and(inside));
            deepest = along.map(|s| moved(s.level, by)).fold(level, u8::max);
        }
        if deepest > DEEPEST && by > 0 {
            return Err(Refusal::Deepest);
        }
        Ok(all)
    }
}

fn take_back(said: &Correction) -> Vec<Correction> {
    vec![Correction { at: said.at.clone(), ..Correction::default() }]
}

/// How a heading is numbered: so many numbers with dots between, or a word and a number; `None` when it is not.
fn shape(text: &str) -> Option<(String, usize)> {
    let mut words = text.split([' ', ':']);
    let first = words.next()?.trim_end_matches(['.', ')']);
    let is_number = |n: &str| (1..=2).contains(&n.len()) && n.bytes().all(|b| b.is_ascii_digit());
    if first.split('.').all(is_number) {
        return Some((String::new(), first.split('.').count()));
    }
    let second = words.next()?;
    (first.chars().all(char::is_alphabetic) && is_number(second.trim_end_matches('.')))
        .then(|| (first.to_lowercase(), 1))
}
