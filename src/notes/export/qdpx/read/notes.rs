//! The notes of a project: places in a text, what is written about them, and notes on something whole.

use super::super::super::Code;
use super::super::super::codes::Named;
use super::super::super::guid::{self, Thing};
use super::super::super::incoming::IncomingNote;
use super::super::super::record;
use super::super::super::xml_in::Element;
use super::super::label;
use super::super::places::{Dialect, Places, Text, bytes_of};
use super::{Around, Memo, Reader, guid_of, positions};
use crate::notes::describe::quote;
use crate::notes::note::{ReportRef, Target, TargetKind};
use crate::notes::{NoteId, NoteKind, Position, Quote};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::collections::HashSet;

impl<'a> Reader<'a> {
    pub(super) fn notes_on(
        &mut self,
        around: &mut Around<'a>,
        index: usize,
        outer: &'a Element,
        element: &'a Element,
        text: Option<&Text>,
        dialect: Dialect,
    ) {
        let places = text.map(|t| (&t.text, Places::new(t, dialect), bytes_of(&t.text)));
        let passage = |selection: &Element| -> Option<(Position, Quote)> {
            let (text, places, bytes) = places.as_ref()?;
            let (start, end) = positions(selection)?;
            let place = places.place(start, end)?;
            let range = bytes[place.start as usize]..bytes[place.end as usize];
            (!text[range.clone()].trim().is_empty()).then(|| (place, quote(text, range.into())))
        };
        for selection in element.all("PlainTextSelection") {
            self.selection(around, index, selection, passage(selection));
        }
        let report = self.incoming.sources[index].report();
        let refs = |e: &'a Element| e.all("NoteRef").filter_map(|n| n.attr("targetGUID")).map(guid::plain);
        let mut on_all: Vec<String> = refs(outer).collect();
        if !std::ptr::eq(outer, element) {
            on_all.extend(refs(element));
        }
        on_all.extend(around.links.get(&guid_of(outer)).cloned().unwrap_or_default());
        let mut told = HashSet::new();
        for guid in on_all {
            // A note may itself say which words of the source it is on.
            let inside = around.memos.get(&guid).and_then(|m| m.element.child("PlainTextSelection")).and_then(passage);
            let before = self.incoming.notes.len();
            self.memo_on(around, &guid, |_| match &inside {
                Some((_, quote)) => on_passage(report.clone(), quote.clone()),
                None => on_report(report.clone()),
            });
            if let Some(note) = self.incoming.notes.get_mut(before) {
                note.source = Some(index);
                note.at = inside.map(|(place, _)| place);
                let meant = |id: &String| Code::meant(&self.incoming.codes, id).map_or(id, |c| &c.id).clone();
                told.extend(note.knelpunten.iter().map(meant).chain(note.tags.iter().cloned()));
            }
        }
        // Codes on the source as a whole, as far as no note of ours has them.
        let (knelpunten, tags) = self.codings(around, [outer, element].into_iter());
        let left = |all: Vec<String>| all.into_iter().filter(|k| !told.contains(k)).collect::<Vec<_>>();
        let (knelpunten, tags) = (left(knelpunten), left(tags));
        if !knelpunten.is_empty() || !tags.is_empty() {
            let note = IncomingNote::on(on_report(report));
            let id = NoteId::parse(&guid::of(Thing::Note, &guid_of(outer)));
            let times = outer.all("Coding").filter_map(|c| time(c, "creationDateTime")).min();
            let kind = NoteKind::Highlight;
            let source = Some(index);
            self.incoming.notes.push(IncomingNote { id, kind, created: times, knelpunten, tags, source, ..note });
        }
    }

    fn selection(
        &mut self,
        around: &mut Around<'a>,
        index: usize,
        selection: &'a Element,
        passage: Option<(Position, Quote)>,
    ) {
        let (words, front) = record::split(selection.text_of("Description"));
        let own = front.and_then(|front| record::to_note(front, words).map(|note| (note, front)));
        let (knelpunten, tags) = self.codings(around, std::iter::once(selection));
        // What is written about the place: in notes, linked notes, notes of its codings.
        let guid = guid_of(selection);
        let parts = std::iter::once(selection).chain(selection.all("Coding"));
        let mut refs: Vec<String> =
            parts.flat_map(|e| e.all("NoteRef")).filter_map(|n| n.attr("targetGUID")).map(guid::plain).collect();
        refs.extend(around.links.get(&guid).cloned().unwrap_or_default());
        let mut body = Vec::new();
        let mut seen = HashSet::new();
        for guid in refs.into_iter().filter(|g| seen.insert(g.clone())) {
            match around.memos.get_mut(&guid) {
                Some(memo) => {
                    memo.used = true;
                    body.push(memo.content.clone());
                }
                None => self.tally.add("references to notes that are not in the file"),
            }
        }
        let report = self.incoming.sources[index].report();
        let foreign = own.is_none();
        let mut note = match own {
            Some((note, front)) => {
                let mut note = IncomingNote::from(note);
                if let Some(exact) = record::value(front, "body") {
                    note.body = exact;
                    body.clear();
                }
                // it may call a code by the id of one that was merged into it
                let meant = |id: &String| Code::meant(&self.incoming.codes, id).map_or(id, |c| &c.id).clone();
                if !same(&note.knelpunten.iter().map(meant).collect::<Vec<_>>(), &knelpunten) {
                    note.knelpunten = knelpunten;
                }
                if !same(&note.tags, &tags) {
                    note.tags = tags;
                }
                note
            }
            None => {
                let words = selection.text_of("Description");
                let named = selection.attr("name").unwrap_or("");
                let target = match &passage {
                    Some((_, quote)) => on_passage(report, quote.clone()),
                    None if !named.trim().is_empty() => {
                        self.tally.add("passages whose place is not in their text: taken by the words they name");
                        on_passage(report, Quote { exact: named.to_owned(), ..Quote::default() })
                    }
                    None => {
                        self.tally.add("passages without place or words: taken as notes on the whole report");
                        on_report(report)
                    }
                };
                let mut note = IncomingNote::on(target);
                note.id = NoteId::parse(&guid);
                note.created = time(selection, "creationDateTime")
                    .or_else(|| selection.all("Coding").filter_map(|c| time(c, "creationDateTime")).min())
                    .or_else(|| time(selection, "modifiedDateTime"));
                (note.knelpunten, note.tags) = (knelpunten, tags);
                words.trim().clone_into(&mut note.body);
                note
            }
        };
        join(&mut note.body, &body);
        if foreign {
            note.kind = if note.body.is_empty() { NoteKind::Highlight } else { NoteKind::Note };
        }
        note.modified = note.modified.max(time(selection, "modifiedDateTime"));
        note.source = Some(index);
        note.at = passage.map(|(place, _)| place);
        self.incoming.notes.push(note);
    }

    /// The knelpunten and tags that an element is coded with, in their order, each once.
    fn codings<'e>(
        &mut self,
        around: &Around<'_>,
        elements: impl Iterator<Item = &'e Element>,
    ) -> (Vec<String>, Vec<String>) {
        let (mut knelpunten, mut tags) = (Vec::new(), Vec::new());
        let mut seen = HashSet::new();
        for coding in elements.flat_map(|e| e.all("Coding")).filter(|c| seen.insert(guid_of(c))) {
            let code = coding.child("CodeRef").and_then(|c| c.attr("targetGUID")).map(guid::plain).unwrap_or_default();
            match around.named.get(&code) {
                Some(Named::Knelpunt(id)) if !knelpunten.contains(id) => knelpunten.push(id.clone()),
                Some(Named::Tag(tag)) if !tags.contains(tag) => tags.push(tag.clone()),
                Some(_) => self.tally.add("codings of one passage with the same code, taken as one"),
                None if around.cases.contains(&code) => self.tally.add("passages put to a case"),
                None => self.tally.add("codings with a code that is not in the file"),
            }
        }
        (knelpunten, tags)
    }

    /// A note of the project as a note of its own; `on` gives what it is on when it is not one of ours.
    pub(super) fn memo_on(&mut self, around: &mut Around<'a>, guid: &str, on: impl Fn(&Self) -> Target) {
        let Some(memo) = around.memos.get_mut(guid) else {
            self.tally.add("references to notes that are not in the file");
            return;
        };
        memo.used = true;
        let (element, content) = (memo.element, memo.content.clone());
        let (words, front) = record::split(element.text_of("Description"));
        let modified = time(element, "modifiedDateTime");
        let own = front.and_then(|f| record::to_note(f, words).map(|note| (note, f)));
        let note = match own {
            Some((own, front)) => {
                let exact = record::value(front, "body");
                let alone = own.body.is_empty() && content == label(&own.target);
                let mut note = IncomingNote::from(own);
                match exact {
                    Some(exact) => note.body = exact,
                    None if alone => {}
                    None => join(&mut note.body, &[content]),
                }
                IncomingNote { modified: note.modified.max(modified), ..note }
            }
            None => {
                let mut body = content;
                join(&mut body, &[element.text_of("Description").trim().to_owned()]);
                let id = NoteId::parse(guid);
                let created = time(element, "creationDateTime").or(modified);
                IncomingNote { id, created, modified, body, ..IncomingNote::on(on(self)) }
            }
        };
        self.incoming.notes.push(note);
    }

    /// Notes of ours that hang on nothing that is here, and what is left of the others.
    pub(super) fn rest(&mut self, around: &mut Around<'a>) {
        let ours = |memo: &Memo<'_>| record::split(memo.element.text_of("Description")).1.is_some();
        for element in self.root.all("Notes").flat_map(|n| n.all("Note")) {
            let guid = guid_of(element);
            match around.memos.get(&guid) {
                Some(memo) if memo.used => {}
                Some(memo) if ours(memo) => self.memo_on(around, &guid, |_| on_report(unknown())),
                _ => self.tally.add("notes on the project as a whole or on nothing that is taken over"),
            }
        }
    }
}

/// A moment; without a zone it is taken as UTC.
fn time(element: &Element, name: &str) -> Option<Timestamp> {
    let text = element.filled(name)?.trim();
    let civil = || text.parse::<jiff::civil::DateTime>().ok()?.to_zoned(TimeZone::UTC).ok().map(|z| z.timestamp());
    text.parse().ok().or_else(civil)
}

fn on_passage(report: ReportRef, quote: Quote) -> Target {
    Target { kind: TargetKind::Passage(quote), ..on_report(report) }
}

fn on_report(report: ReportRef) -> Target {
    Target { report: Some(report), kind: TargetKind::Report, section: Vec::new(), page: None, position: None }
}

pub(super) fn on_knelpunt(id: &str) -> Target {
    Target { report: None, kind: TargetKind::Knelpunt(id.to_owned()), section: Vec::new(), page: None, position: None }
}

/// Whether two lists name the same, in whatever order and however often.
fn same(a: &[String], b: &[String]) -> bool {
    a.iter().all(|x| x.is_empty() || b.contains(x)) && b.iter().all(|x| a.contains(x))
}

/// Adds what is said elsewhere, unless it says the same.
fn join(body: &mut String, more: &[String]) {
    for more in more.iter().filter(|m| !m.trim().is_empty()) {
        if body.trim() == more.trim() {
            more.clone_into(body); // the note itself has the white space that a description may have lost
        } else if body.trim().is_empty() {
            more.clone_into(body);
        } else if !body.contains(more.trim()) {
            body.push_str(&format!("\n\n{more}"));
        }
    }
}

fn unknown() -> ReportRef {
    ReportRef { title: String::new(), org: None, year: None, edition: None, file: String::new() }
}
