//! A project coming in: ours, or another program's. Here what it is made of and its texts; [`notes`] has its notes.

mod notes;

use super::super::codes::{self, Named};
use super::super::guid;
use super::super::tally::Tally;
use super::super::xml_in::{self, Element};
use super::super::zipped::Zipped;
use super::super::{ImportFault, Incoming, IncomingSource, record};
use super::places::{Sample, Text, dialect};
use super::{ORG, YEAR, variable};
use crate::doc::Edition;
use notes::on_knelpunt;
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
                source.title = record::value(front, "title").unwrap_or(source.title);
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
