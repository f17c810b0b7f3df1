//! A passage opened in place: the text around it, in the list.

use super::{Around, DossierView};
use crate::app::{App, OpenDoc};
use crate::doc::{BlockKind, TextRange};
use crate::layout::wrap_text;
use crate::library::DocId;
use crate::notes::{Located, Note, NoteId};
use std::borrow::Cow;
use std::sync::Arc;

/// Lines of the text around a passage at most.
const MOST: usize = 16;
/// Bytes of text taken on either side of a passage at most.
const REACH: u32 = 900;

/// A passage that the reader has opened.
#[derive(Clone, Debug, Default)]
pub(super) struct Opened {
    /// The text around it and the passage in that; not there until its report is.
    found: Option<(String, TextRange)>,
    /// Wrapped for a width.
    laid: Option<(usize, Arc<Around>)>,
}

impl DossierView {
    pub(super) fn open_around(&mut self, note: NoteId) {
        self.opened.entry(note).or_default();
    }

    /// The text around a passage in this width, when it is opened and its report is here.
    pub(super) fn around(&self, note: &NoteId, room: usize) -> Option<Arc<Around>> {
        let opened = self.opened.get(note)?;
        if let Some((_, laid)) = opened.laid.as_ref().filter(|(width, _)| *width == room) {
            return Some(laid.clone());
        }
        opened.found.as_ref().map(|(text, mark)| Arc::new(lay(text, *mark, room)))
    }
}

impl App {
    /// Fetches the text around passages that were opened, as far as their reports are here.
    pub(super) fn look_around(&mut self) {
        let Some(dossier) = self.dossier.of.clone() else { return };
        let room = usize::from(self.dossier.width.saturating_sub(super::INDENT + 1));
        let mut opened = std::mem::take(&mut self.dossier.opened);
        for (id, around) in &mut opened {
            if around.found.is_none() {
                let place = dossier.entries().find(|e| e.note == *id).and_then(|e| e.place.as_ref());
                let open = place.and_then(|p| self.shelf.open(p.doc));
                around.found = place.zip(open).map(|(p, open)| surroundings(open, p.at.range));
                around.laid = None;
            }
            if let Some((text, mark)) = &around.found
                && around.laid.as_ref().is_none_or(|(width, _)| *width != room)
            {
                around.laid = Some((room, Arc::new(lay(text, *mark, room))));
            }
        }
        self.dossier.opened = opened;
    }

    /// How a note stands that was made so lately that nobody has looked for it in the library yet: as it was answered for
    /// the open report.
    pub(super) fn just_made<'a>(&self, note: &Note) -> Cow<'a, [Located]> {
        let place = self.notebook.anchor_of(&note.id);
        let known = place.and_then(|(doc, anchor)| Some((self.shelf.entry(doc)?.id, self.shelf.open(doc)?, anchor)));
        match known {
            Some((id, open, anchor)) => Cow::Owned(vec![standing(id, open, note, anchor)]),
            None => Cow::Borrowed(&[]),
        }
    }
}

fn standing(doc: DocId, open: &OpenDoc, note: &Note, anchor: &crate::notes::anchor::Anchor) -> Located {
    use crate::notes::anchor::kin;
    use crate::notes::{PlaceFound, describe};
    let found = |range: TextRange| PlaceFound {
        range,
        position: describe::position(open.doc.text(), range),
        lines: open.doc.source().lines(range),
        text: open.doc.slice(range).to_owned(),
    };
    let section = anchor.range.map(|r| open.doc.block(open.doc.block_at(r.start)).section);
    let part = section.map_or(crate::doc::PartId(0), |s| open.doc.outline().section(s).part);
    let report = open.doc.outline().part(part);
    let named = note.target.report.as_ref();
    Located {
        note: note.id.clone(),
        state: anchor.state,
        kin: named.map_or(crate::notes::anchor::Kin::Stranger, |r| kin(r, &open.doc)),
        home: true,
        doc: Some(doc),
        edition: Some(open.edition()),
        file: open.file.clone(),
        part,
        report: if report.title.is_empty() { open.file.clone() } else { report.title.clone() },
        org: report.org.clone(),
        year: report.year,
        section: section.map_or_else(|| note.target.section.clone(), |s| open.doc.outline().path_labels(s)),
        section_id: section,
        page: match anchor.range {
            Some(range) => open.doc.source().page_at(range.start).cloned(),
            None => note.target.page.clone(),
        },
        place: anchor.range.map(found),
        candidates: anchor.candidates.iter().copied().map(found).collect(),
    }
}

/// The paragraphs around a passage, as far as they are near and of its section, and the passage in them.
fn surroundings(open: &OpenDoc, range: TextRange) -> (String, TextRange) {
    let doc = &open.doc;
    let blocks = doc.blocks();
    let here = doc.block_at(range.start).0 as usize;
    let end = doc.block_at(range.end.saturating_sub(1).max(range.start)).0 as usize;
    let section = blocks[here].section;
    let joins = |i: usize| {
        blocks[i].section == section && !matches!(blocks[i].kind, BlockKind::Table { .. } | BlockKind::Footnote { .. })
    };
    let near_start = range.start.saturating_sub(REACH);
    let first =
        (0..here).rev().take_while(|i| joins(*i) && blocks[*i].range.start >= near_start).last().unwrap_or(here);
    let last = (end + 1..blocks.len()).take_while(|i| joins(*i) && blocks[*i].range.end <= range.end + REACH).last();
    let whole = TextRange::new(blocks[first].range.start, blocks[last.unwrap_or(end)].range.end.max(range.end));
    let mark = TextRange::new(range.start - whole.start, range.end - whole.start);
    (doc.slice(whole).replace('\t', " "), mark)
}

/// Wraps it; of what is too long, the lines from a little before the passage on.
fn lay(text: &str, mark: TextRange, room: usize) -> Around {
    const BEFORE: usize = 4;
    let mut at = 0;
    let mut lines: Vec<TextRange> = Vec::new();
    for line in wrap_text(text, room) {
        // what lies between two lines is blanks and line ends only
        at += text[at..].find(line).unwrap_or(0);
        lines.push(TextRange::new(at as u32, (at + line.len()) as u32));
        at += line.len();
    }
    let marked = lines.iter().position(|l| l.end > mark.start).unwrap_or(0);
    let from = if lines.len() > MOST { marked.saturating_sub(BEFORE).min(lines.len() - MOST) } else { 0 };
    let lines = lines.into_iter().skip(from).take(MOST).filter(|l| !l.is_empty()).collect();
    Around { text: text.to_owned(), mark, lines }
}
