//! Footnotes and endnotes: their texts by id, and the marks they get.

use super::numbering::numeral;
use super::{Links, NAMES, WORD};
use crate::import::ImportError;
use crate::import::budget::Budget;
use crate::import::numerals::Numeral;
use crate::import::xml::{Node, Xml};
use rustc_hash::FxHashMap;

/// How notes are numbered.
#[derive(Clone, Copy, Debug)]
pub(super) struct Numbers {
    numeral: Numeral,
    start: u32,
    /// Each section begins anew.
    sections: bool,
}

/// The notes of one kind.
pub(super) struct Notes<'x> {
    xml: Xml<'x>,
    pub(super) links: &'x Links,
    texts: FxHashMap<i64, &'x str>,
    numbers: Numbers,
    next: u32,
}

impl<'x> Notes<'x> {
    /// Reads the part that holds them; an empty one holds none.
    ///
    /// # Errors
    /// When a limit is passed.
    pub(super) fn read(
        text: &'x str,
        links: &'x Links,
        numbers: Numbers,
        budget: &'x Budget<'x>,
    ) -> Result<Self, ImportError> {
        let mut xml = Xml::new(text, NAMES, budget);
        let mut texts = FxHashMap::default();
        loop {
            match xml.next()? {
                Node::Open(tag) if matches!(tag.name(), (WORD, "footnote" | "endnote")) => {
                    // Those with a type are the lines between text and notes.
                    let line = tag.attr("type").is_some_and(|t| t != "normal");
                    let id = tag.number("id").filter(|_| !line);
                    let inside = xml.skip()?;
                    texts.extend(id.map(|id| (id, inside)));
                }
                Node::End => break,
                _ => {}
            }
        }
        Ok(Notes { xml, links, texts, numbers, next: numbers.start })
    }

    /// The text of a note.
    pub(super) fn text(&self, id: i64) -> Option<Xml<'x>> {
        self.texts.get(&id).map(|text| self.xml.piece(text))
    }

    /// The mark of the next one.
    pub(super) fn number(&mut self) -> String {
        let label = self.numbers.numeral.write(self.next);
        self.next = self.next.saturating_add(1);
        label
    }

    /// A section ends.
    pub(super) fn section(&mut self) {
        if self.numbers.sections {
            self.next = self.numbers.start;
        }
    }
}

/// How footnotes and endnotes are numbered, by `settings.xml`.
///
/// # Errors
/// When a limit is passed.
pub(super) fn formats(xml: Option<Xml<'_>>) -> Result<(Numbers, Numbers), ImportError> {
    let mut foot = Numbers { numeral: Numeral::Digits, start: 1, sections: false };
    let mut end = Numbers { numeral: Numeral::Roman, ..foot };
    let Some(mut xml) = xml else { return Ok((foot, end)) };
    let mut of_ends = false;
    loop {
        match xml.next()? {
            Node::Open(tag) => {
                let numbers = if of_ends { &mut end } else { &mut foot };
                match tag.name() {
                    (WORD, "footnotePr") => of_ends = false,
                    (WORD, "endnotePr") => of_ends = true,
                    (WORD, "numFmt") => numbers.numeral = numeral(&tag.attr("val").unwrap_or_default()),
                    (WORD, "numStart") => {
                        numbers.start = tag.number("val").and_then(|n| u32::try_from(n).ok()).unwrap_or(1);
                    }
                    (WORD, "numRestart") => numbers.sections = tag.attr("val").is_some_and(|v| v == "eachSect"),
                    _ => {}
                }
            }
            Node::End => return Ok((foot, end)),
            _ => {}
        }
    }
}
