//! A project coming in: ours, or another program's.

use super::super::codes::{self, Named};
use super::super::guid::{self, Thing};
use super::super::incoming::IncomingNote;
use super::super::tally::Tally;
use super::super::xml_in::{self, Element};
use super::super::zipped::Zipped;
use super::super::{ImportFault, Incoming, IncomingSource, record};
use super::places::{Dialect, Places, Sample, Text, bytes_of, dialect};
use super::{ORG, YEAR, label, variable};
use crate::doc::Edition;
use crate::notes::describe::quote;
use crate::notes::note::{ReportRef, Target, TargetKind};
use crate::notes::{NoteId, NoteKind, Position, Quote};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::collections::{HashMap, HashSet};

/// Most bytes of a project, packed.
const LARGEST: usize = 1 << 30;

/// Reads a project.
///
/// # Errors
/// When it isn't one, is damaged, or asks for more than is given to one file.
pub fn read(bytes: &[u8]) -> Result<Incoming, ImportFault> {
    if bytes.len() > LARGEST {
        return Err(ImportFault::Refused(format!("a project of more than {} MB", LARGEST >> 20)));
    }
    let zip = Zipped::open(bytes)?;
    let is_project = |name: &str| name.rsplit('/').next().is_some_and(|n| n.eq_ignore_ascii_case("project.qde"));
    let qde = zip.find(is_project).or_else(|| zip.find(|name| name.to_ascii_lowercase().ends_with(".qde")));
    let qde = qde.ok_or_else(|| ImportFault::AnotherForm("there is no project.qde in the archive".to_owned()))?;
    let root = xml_in::read(&zip.content(qde)?)?;
    if !root.is("Project") {
        let message = format!("this is no project: it begins with <{}>, not with <Project>", root.name);
        return Err(ImportFault::AnotherForm(message));
    }
    let mut reader = Reader { root: &root, zip: &zip, tally: Tally::default(), incoming: Incoming::default() };
    reader.run()?;
    Ok(Incoming { said: reader.tally.sentences(), ..reader.incoming })
}

struct Reader<'a> {
    root: &'a Element,
    zip: &'a Zipped<'a>,
    tally: Tally,
    incoming: Incoming,
}

/// A note of the project, to be attached.
struct Memo<'a> {
    element: &'a Element,
    content: String,
    used: bool,
}

/// What the other elements of the project say of a source and its notes.
struct Around<'a> {
    named: HashMap<String, Named>,
    memos: HashMap<String, Memo<'a>>,
    /// Which notes are linked to an element.
    links: HashMap<String, Vec<String>>,
    cases: HashSet<String>,
}

impl<'a> Reader<'a> {
    fn run(&mut self) -> Result<(), ImportFault> {
        let root = self.root;
        let books = root.child("CodeBook");
        let mut read = books.map(|b| codes::read(b, &mut self.tally)).unwrap_or_default();
        let mut around = Around {
            named: std::mem::take(&mut read.named),
            memos: HashMap::new(),
            links: HashMap::new(),
            cases: root.all("Cases").flat_map(|c| c.all("Case")).map(guid_of).collect(),
        };
        self.incoming.codes = read.codes;
        for element in root.all("Notes").flat_map(|n| n.all("Note")) {
            let content = self.text(element)?.map(|t| t.text).unwrap_or_default();
            around.memos.insert(guid_of(element), Memo { element, content, used: false });
        }
        self.links(&mut around);
        self.sources(&mut around)?;
        for (note, code) in &read.notes {
            self.memo_on(&mut around, note, |_| on_knelpunt(code));
        }
        self.rest(&mut around);
        self.count();
        Ok(())
    }

    /// Links between a note and something else attach it; others are not known here.
    fn links(&mut self, around: &mut Around<'_>) {
        for link in self.root.all("Links").flat_map(|l| l.all("Link")) {
            let end = |name| guid::plain(link.attr(name).unwrap_or(""));
            let (origin, target) = (end("originGUID"), end("targetGUID"));
            match (around.memos.contains_key(&origin), around.memos.contains_key(&target)) {
                (true, _) => around.links.entry(target).or_default().push(origin),
                (_, true) => around.links.entry(origin).or_default().push(target),
                _ => self.tally.add("links between codes or passages, which are not known here"),
            }
        }
    }

    fn sources(&mut self, around: &mut Around<'a>) -> Result<(), ImportFault> {
        let mut elements = Vec::new();
        for source in self.root.all("Sources").flat_map(|s| &s.children) {
            if source.is("TextSource") {
                elements.push((source, source));
            } else if source.is("PDFSource") {
                // The text of a PDF, with what is marked in it, is a text source inside.
                elements.push((source, source.child("Representation").unwrap_or(source)));
                let areas = source.all("PDFSelection").count();
                self.tally.more("areas marked on pages, whose words the file does not tell", areas);
            } else {
                self.tally.add("sources that are no text (pictures, sound, film), with what is marked in them");
            }
        }
        let mut texts = Vec::new();
        for (outer, element) in &elements {
            texts.push(self.text(element)?);
            let source = self.source(outer, element);
            self.incoming.sources.push(source);
        }
        let samples: Vec<Sample<'_>> = elements
            .iter()
            .enumerate()
            .flat_map(|(text, (_, e))| e.all("PlainTextSelection").map(move |s| (text, s)))
            .filter_map(|(text, s)| {
                let (start, end) = positions(s)?;
                Some(Sample { text, start, end, name: s.attr("name").unwrap_or("") })
            })
            .collect();
        let origin = self.root.attr("origin").unwrap_or("").to_lowercase();
        let dialect = dialect(&texts, &samples, !origin.contains("atlas"));
        for (i, (outer, element)) in elements.iter().enumerate() {
            let text = texts.get(i).and_then(Option::as_ref);
            self.notes_on(around, i, outer, element, text, dialect);
        }
        for (source, text) in self.incoming.sources.iter_mut().zip(texts) {
            source.text = text.map(|t| t.text);
        }
        Ok(())
    }

    fn source(&mut self, outer: &Element, element: &Element) -> IncomingSource {
        let name = outer.filled("name").or_else(|| element.filled("name")).unwrap_or("");
        let described = outer.text_of("Description");
        let mut source = IncomingSource { title: name.to_owned(), ..IncomingSource::default() };
        match record::split(described) {
            (words, Some(front)) if record::value(front, "edition").is_some() => {
                source.edition = record::value(front, "edition").as_deref().and_then(Edition::parse);
                source.file = record::value(front, "file").unwrap_or_default();
                self.tally.more("descriptions of sources", usize::from(!words.trim().is_empty()));
            }
            _ => self.tally.more("descriptions of sources", usize::from(!described.trim().is_empty())),
        }
        if source.file.is_empty() {
            let path = ["path", "currentPath"].into_iter().find_map(|key| outer.filled(key)).unwrap_or("");
            source.file = path.rsplit(['/', '\\']).next().unwrap_or("").to_owned();
        }
        for value in outer.all("VariableValue") {
            self.value(&mut source, value);
        }
        // Some programs keep what they know of a document with a case that is the document.
        let guid = guid_of(outer);
        let root = self.root;
        for case in root.all("Cases").flat_map(|c| c.all("Case")) {
            let mut on = case.all("SourceRef").filter_map(|r| r.attr("targetGUID"));
            if on.next().map(guid::plain).as_ref() == Some(&guid) && on.next().is_none() {
                case.all("VariableValue").for_each(|value| self.value(&mut source, value));
            }
        }
        source
    }

    fn value(&mut self, source: &mut IncomingSource, value: &Element) {
        let of = value.child("VariableRef").and_then(|r| r.attr("targetGUID")).map(guid::plain).unwrap_or_default();
        let variables = self.root.all("Variables").flat_map(|v| v.all("Variable"));
        let name = variables.filter(|v| guid_of(v) == of).find_map(|v| v.attr("name")).unwrap_or("").to_lowercase();
        let text = value.children.iter().filter(|c| !c.is("VariableRef")).map(|c| c.text.trim()).collect::<String>();
        let is = |(own, _, names): &(&str, &str, &[&str])| of == variable(own) || names.contains(&name.trim());
        if text.is_empty() {
        } else if is(&ORG) {
            source.org = Some(text);
        } else if is(&YEAR) && text.parse::<i32>().is_ok() {
            source.year = text.parse().ok();
        } else {
            self.tally.add("values of variables other than publisher and year");
        }
    }

    fn notes_on(
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
                told.extend(note.knelpunten.iter().chain(&note.tags).cloned());
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
                if !same(&note.knelpunten, &knelpunten) || !same(&note.tags, &tags) {
                    (note.knelpunten, note.tags) = (knelpunten, tags);
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
    fn memo_on(&mut self, around: &mut Around<'a>, guid: &str, on: impl Fn(&Self) -> Target) {
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
    fn rest(&mut self, around: &mut Around<'a>) {
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

    fn count(&mut self) {
        let users = self.root.all("Users").map(|u| u.all("User").count()).sum::<usize>();
        self.tally.more("names of coders, which notes do not keep", if users > 1 { users } else { 0 });
        for (holder, what) in [
            ("Cases", "cases"),
            ("Sets", "sets of codes, sources or notes, which are not known here"),
            ("Graphs", "graphs, which are not known here"),
        ] {
            self.tally.more(what, self.root.all(holder).map(|h| h.children.len()).sum());
        }
        let described = usize::from(!self.root.text_of("Description").trim().is_empty());
        self.tally.more("description of the project", described);
    }

    /// The text of a source or note: in the project, or in a file of the archive.
    fn text(&mut self, element: &Element) -> Result<Option<Text>, ImportFault> {
        if let Some(content) = element.child("PlainTextContent") {
            return Ok(Some(Text::inline(&content.text)));
        }
        let Some(path) = element.filled("plainTextPath") else {
            if element.filled("richTextPath").is_some() {
                self.tally.add("texts that the file holds with layout only");
            }
            return Ok(None);
        };
        let name = match inner(path) {
            Ok(name) => name,
            Err(why) => {
                self.tally.add(why);
                return Ok(None);
            }
        };
        let wanted = |entry: &str| {
            let entry = entry.to_lowercase();
            entry == name || entry == format!("sources/{name}") || entry.ends_with(&format!("/sources/{name}"))
        };
        let Some(index) = self.zip.find(wanted) else {
            self.tally.add("texts that are not in the file");
            return Ok(None);
        };
        let (text, sure) = Text::decode(&self.zip.content(index)?);
        self.tally.more("texts that are not UTF-8, read as Windows-1252", usize::from(!sure));
        Ok(Some(text))
    }
}

/// The name, in lower case, of the file in the archive that a path means.
fn inner(path: &str) -> Result<String, &'static str> {
    let path = path.trim().replace('\\', "/").to_lowercase();
    let (scheme, rest) = path.split_once(':').map_or(("", path.as_str()), |(scheme, rest)| (scheme, rest));
    let rest = rest.trim_start_matches('/');
    if rest.split('/').any(|step| step == "..") {
        return Err("texts whose path leads out of the file, not followed");
    }
    if !matches!(scheme, "" | "internal") || (scheme.is_empty() && path.starts_with('/')) {
        return Err("texts that are kept outside the file");
    }
    Ok(rest.trim_start_matches("./").to_owned())
}

fn guid_of(element: &Element) -> String {
    guid::plain(element.attr("guid").unwrap_or(""))
}

fn positions(selection: &Element) -> Option<(i64, i64)> {
    let number = |name| selection.attr(name)?.trim().parse().ok();
    Some((number("startPosition")?, number("endPosition")?))
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

fn on_knelpunt(id: &str) -> Target {
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
