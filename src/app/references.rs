//! What the report refers to: papers, laws, judgments, addresses; each once, found by a few letters, gone to or opened.

use super::listing::Listing;
use super::textbox::TextBox;
use super::{App, Effect, Effects, Notice, OpenDoc, Overlay};
use crate::doc::{Document, Edition, PartId, TextRange};
use crate::keys::{Action, Key};
use crate::layout::sanitise;
use crate::library::DocId;
use crate::refs::{self, Cited, Kind, Reference};
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Lines of the list at most.
const HEIGHT: u16 = 18;

/// Longer blocks (bytes) are not looked through while they are on the screen: a frame waits for nothing long.
const LONGEST: u32 = 16 << 10;
/// So many blocks are remembered at most.
const BLOCKS: usize = 4096;

/// The references with an address in the blocks that are or were in sight, by block.
#[derive(Clone, Debug, Default)]
pub struct InSight {
    doc: Option<(DocId, Edition)>,
    blocks: FxHashMap<u32, Vec<Reference>>,
}

impl InSight {
    /// Those of a block; empty when it was not in sight.
    #[must_use]
    pub fn of(&self, block: u32) -> &[Reference] {
        self.blocks.get(&block).map(Vec::as_slice).unwrap_or_default()
    }
}

/// Something that the report refers to.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// What it points to.
    pub kind: Kind,
    /// It in its usual form; what is typed is matched against it.
    pub label: String,
    /// Where it can be read.
    pub url: Option<String>,
    /// Where it stands, in reading order.
    pub places: Vec<TextRange>,
    /// The section of the first place.
    pub section: String,
    /// The printed number of the page of the first place.
    pub page: Option<String>,
}

/// The list of references.
#[derive(Clone, Debug, PartialEq)]
pub struct References {
    /// What is typed.
    pub input: TextBox,
    rows: Vec<Row>,
    /// The rows that match, best first, with the characters of their labels that do.
    pub found: Vec<(usize, Vec<u32>)>,
    /// Where the list stands.
    pub list: Listing,
    doc: DocId,
}

impl References {
    /// The references of one report.
    fn new(open: &OpenDoc, part: PartId) -> Self {
        let doc = &open.doc;
        let all = refs::find_in(doc, doc.outline().part(part).range);
        let rows = refs::cited(&all).into_iter().map(|cited| row(doc, cited)).collect();
        let mut out =
            References { input: TextBox::line(""), rows, found: Vec::new(), list: Listing::default(), doc: open.id };
        out.match_all();
        out
    }

    /// A row by its number in [`References::found`].
    #[must_use]
    pub fn row(&self, at: usize) -> Option<&Row> {
        self.rows.get(self.found.get(at)?.0)
    }

    /// How many there are in all.
    #[must_use]
    pub fn total(&self) -> usize {
        self.rows.len()
    }

    fn match_all(&mut self) {
        let text = self.input.text();
        let pattern = Pattern::parse(text.trim(), CaseMatching::Ignore, Normalization::Smart);
        let mut matcher = Matcher::new(Config::DEFAULT);
        let mut chars = Vec::new();
        let mut found: Vec<(u32, usize, Vec<u32>)> = Vec::new();
        for (i, row) in self.rows.iter().enumerate() {
            let mut marks = Vec::new();
            if let Some(score) = pattern.indices(Utf32Str::new(&row.label, &mut chars), &mut matcher, &mut marks) {
                marks.sort_unstable();
                marks.dedup();
                found.push((score, i, marks));
            }
        }
        // stable: of equals the one that stood first
        found.sort_by_key(|(score, ..)| std::cmp::Reverse(*score));
        self.found = found.into_iter().map(|(_, i, marks)| (i, marks)).collect();
        self.list.set(self.found.iter().map(|_| (1, true)));
        self.list.restart();
    }
}

fn row(doc: &Document, cited: Cited) -> Row {
    let Cited { kind, label, url, places } = cited;
    let first = places.first().map_or(0, |p| p.start);
    let section = doc.outline().section(doc.block(doc.block_at(first)).section);
    let page = doc.source().page_at(first).map(|p| p.label.clone().unwrap_or_else(|| p.index.to_string()));
    Row {
        kind,
        label: sanitise(&label).into_owned(),
        url,
        places,
        section: sanitise(&section.label()).into_owned(),
        page,
    }
}

impl App {
    /// Looks for references in the blocks that have come in sight.
    pub(super) fn arrange_references(&mut self) {
        let Some(open) = &self.reader.open else { return };
        let known = &mut self.in_sight;
        if known.doc != Some((open.id, open.edition())) || known.blocks.len() > BLOCKS {
            *known = InSight { doc: Some((open.id, open.edition())), blocks: FxHashMap::default() };
        }
        for row in &self.reader.rows {
            let number = row.place.block;
            let Some(block) = open.doc.blocks().get(number as usize).filter(|b| b.range.len() <= LONGEST) else {
                continue;
            };
            known.blocks.entry(number).or_insert_with(|| {
                let mut found = refs::find_in(&open.doc, block.range);
                found.retain(|r| r.url.is_some());
                found
            });
        }
    }

    /// Lists what the report of the cursor refers to.
    pub(super) fn list_references(&mut self) {
        let Some(open) = self.reader.open.clone() else {
            self.say("notice.nothing-open");
            return;
        };
        let section = self.reader.section().map(|s| open.doc.outline().section(s).part);
        let references = References::new(&open, section.unwrap_or_default());
        if references.total() == 0 {
            self.say("notice.no-references");
            return;
        }
        self.overlay = Some(Overlay::References(references));
    }

    fn references_mut(&mut self) -> Option<&mut References> {
        match &mut self.overlay {
            Some(Overlay::References(references)) => Some(references),
            _ => None,
        }
    }

    /// Lines of the list on this screen.
    #[must_use]
    pub fn references_height(&self) -> u16 {
        // as many as there are in all: it keeps its size while letters are typed
        let all = match &self.overlay {
            Some(Overlay::References(references)) => u16::try_from(references.total()).unwrap_or(HEIGHT),
            _ => HEIGHT,
        };
        HEIGHT.min(all).min(self.size.1.saturating_sub(8)).max(1)
    }

    pub(super) fn references_key(&mut self, key: Key) {
        if let Some(references) = self.references_mut()
            && references.input.key(key)
        {
            references.match_all();
        }
    }

    pub(super) fn references_paste(&mut self, text: &str) {
        if let Some(references) = self.references_mut()
            && references.input.paste(text)
        {
            references.match_all();
        }
    }

    pub(super) fn references_act(&mut self, action: Action, fx: &mut Effects) {
        let height = usize::from(self.references_height());
        let Some(references) = self.references_mut() else { return };
        if references.list.act(action, None, height) {
            references.list.settle(height);
            return;
        }
        let doc = references.doc;
        let row = references.list.at().and_then(|at| references.row(at)).cloned();
        match (action, row) {
            (Action::Open, Some(row)) => {
                self.overlay = None;
                // the place after the one the reader stands on, so that the same row leads to each of them
                let here = self.reader.open.as_ref().filter(|o| o.id == doc).map(|_| self.reader.cursor);
                let next = here.and_then(|here| row.places.iter().find(|p| p.start > here));
                let at_one = here.is_some_and(|here| row.places.iter().any(|p| p.contains(here)));
                let to = next.filter(|_| at_one).or(row.places.first()).copied();
                if let Some(range) = to {
                    self.jump_to_passage(doc, range, fx);
                }
            }
            (Action::OpenReference, Some(row)) => self.open_address(&row.label, row.url.as_deref(), fx),
            (Action::CopyQuote | Action::CopyCited, Some(row)) => {
                let text = row.url.unwrap_or(row.label);
                fx.push(Effect::Copy(text));
            }
            (Action::Open | Action::OpenReference | Action::CopyQuote | Action::CopyCited, None) => {}
            (Action::NextPane, _) => {
                references.list.step(1);
                references.list.settle(height);
            }
            _ => self.overlay = None,
        }
    }

    /// Opens what the text at the cursor refers to: the reference the cursor stands on, else the next one of its block.
    pub(super) fn open_reference(&mut self, fx: &mut Effects) {
        let Some(open) = self.reader.open.clone() else {
            self.say("notice.nothing-open");
            return;
        };
        match reference_at(&open, self.reader.cursor) {
            Some(found) => {
                self.reader.point_out(found.range);
                self.open_address(&found.label, found.url.as_deref(), fx);
            }
            None => self.say("notice.no-reference-here"),
        }
    }

    fn open_address(&mut self, label: &str, url: Option<&str>, fx: &mut Effects) {
        match url {
            Some(url) => {
                fx.push(Effect::OpenAddress(url.to_owned()));
                self.notice = Some(Notice::info(self.words.f("notice.opening", &[("url", &url)])));
            }
            None => self.notice = Some(Notice::info(self.words.f("notice.no-address", &[("label", &label)]))),
        }
    }
}

/// The reference at a byte, else the first after it in its block, else the last before it there.
fn reference_at(open: &Arc<OpenDoc>, byte: u32) -> Option<Reference> {
    let doc = &open.doc;
    if doc.blocks().is_empty() {
        return None;
    }
    let mut all = refs::find_in(doc, doc.block(doc.block_at(byte)).range);
    let at = all.iter().position(|r| r.range.end > byte).or(all.len().checked_sub(1))?;
    Some(all.swap_remove(at))
}

#[cfg(test)]
mod tests;
