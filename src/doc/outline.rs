//! The tree of sections, and the parts of a file that bundles several reports.

use super::{BlockId, Lang, TextRange};
use serde::{Deserialize, Serialize};

/// Index of a section in its outline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Default)]
pub struct SectionId(pub u32);

/// Index of a part in its outline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Default)]
pub struct PartId(pub u32);

/// A node of the outline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Section {
    /// "2.1", "Knelpunt 1", "Bijlage A": what numbers or labels it; `None` when nothing does.
    pub number: Option<String>,
    /// The title without the number.
    pub title: String,
    /// Level from 1; only a part's title is level 1.
    pub level: u8,
    /// The section it lies in; `None` for the root of a part.
    pub parent: Option<SectionId>,
    /// The part it belongs to.
    pub part: PartId,
    /// Its heading in the text; `None` where the text prints none (a part without a title page).
    pub heading: Option<BlockId>,
    /// All of it: from its heading (or its first text when the heading is printed later) to the end of its last
    /// subsection.
    pub range: TextRange,
    /// How sure the structure is, from 0 (a guess) to 1 (the format says so).
    pub confidence: f32,
}

impl Section {
    /// Number and title as one line, as the screens show it.
    #[must_use]
    pub fn label(&self) -> String {
        match &self.number {
            Some(n) if n.chars().any(|c| c.is_alphabetic()) && !self.title.is_empty() => format!("{n}: {}", self.title),
            Some(n) if !self.title.is_empty() => format!("{n} {}", self.title),
            Some(n) => n.clone(),
            None => self.title.clone(),
        }
    }
}

/// What kind of paper a part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "lowercase")]
pub enum PartKind {
    /// A report; also what is not known.
    #[default]
    Report,
    /// A letter.
    Letter,
    /// A memo or note.
    Memo,
    /// An annex.
    Annex,
}

/// A report inside a file; most files have one. What the screens call a *report* is a part.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// The section at its root, level 1.
    pub root: SectionId,
    /// Its title; empty when nothing in the file names it (the screens then show the file's name).
    pub title: String,
    /// Who published it, as far as the text says.
    pub org: Option<String>,
    /// Its date as `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, as far as the text says.
    pub date: Option<String>,
    /// The year it is about.
    pub year: Option<i32>,
    /// What kind of paper it is.
    pub kind: PartKind,
    /// Its language.
    pub lang: Lang,
    /// All of its text.
    pub range: TextRange,
}

/// The tree of sections in reading order: a section stands before its subsections. One root a part.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Default)]
pub struct Outline {
    /// In reading order.
    pub(super) sections: Vec<Section>,
    /// In reading order; at least one in a frozen document.
    pub(super) parts: Vec<Part>,
}

impl Outline {
    /// An outline of these sections and parts; [`super::Document::freeze`] checks that they hold together.
    #[must_use]
    pub fn new(sections: Vec<Section>, parts: Vec<Part>) -> Self {
        Outline { sections, parts }
    }

    /// All sections in reading order.
    #[must_use]
    pub fn sections(&self) -> &[Section] {
        &self.sections
    }

    /// All parts in reading order.
    #[must_use]
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// One section.
    #[must_use]
    pub fn section(&self, id: SectionId) -> &Section {
        &self.sections[id.0 as usize]
    }

    /// One part.
    #[must_use]
    pub fn part(&self, id: PartId) -> &Part {
        &self.parts[id.0 as usize]
    }

    /// Sections with their ids.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (SectionId, &Section)> {
        self.sections.iter().enumerate().map(|(i, s)| (SectionId(i as u32), s))
    }

    /// A section and those it lies in, from the outside in.
    #[must_use]
    pub fn path(&self, id: SectionId) -> Vec<SectionId> {
        let mut path = vec![id];
        let mut at = id;
        while let Some(parent) = self.section(at).parent {
            path.push(parent);
            at = parent;
        }
        path.reverse();
        path
    }

    /// The labels of [`Outline::path`], without the part's root.
    #[must_use]
    pub fn path_labels(&self, id: SectionId) -> Vec<String> {
        self.path(id).into_iter().map(|s| self.section(s)).filter(|s| s.parent.is_some()).map(Section::label).collect()
    }

    /// The sections directly under one.
    pub fn children(&self, id: SectionId) -> impl Iterator<Item = SectionId> {
        self.iter().skip(id.0 as usize + 1).filter(move |(_, s)| s.parent == Some(id)).map(|(i, _)| i)
    }
}
