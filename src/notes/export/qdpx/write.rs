//! A project going out.

use super::super::guid::{self, Thing};
use super::super::xml_out::{Out, can_say};
use super::super::{Bundle, Code, Item, ORIGIN, Source, codes, record};
use super::{ORG, Stamp, YEAR, label, variable};
use crate::notes::describe::position;
use crate::notes::note::TargetKind;
use crate::notes::yaml::scalar;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::io::{self, Cursor, Write};
use zip::write::SimpleFileOptions;

/// Most characters of the name of a note.
const LONGEST_NAME: usize = 60;

/// A project of everything in the bundle.
///
/// # Errors
/// When the archive can't be written: a text larger than it can hold.
pub fn write(bundle: &Bundle, stamp: &Stamp) -> io::Result<Vec<u8>> {
    let project = Project::of(bundle, stamp);
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    // Without a time of its own an entry is of 1980, the first that a ZIP archive can say.
    let options = SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default())
        .unix_permissions(0o644);
    zip.start_file("project.qde", options)?;
    zip.write_all(&project.xml())?;
    for source in &project.sources {
        zip.start_file(format!("sources/{}.txt", source.guid), options)?;
        zip.write_all(source.text.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

/// Where a note is attached.
enum Spot {
    /// At a place in a source.
    Place { source: usize, start: u32, end: u32, name: String },
    /// To a source as a whole; `means` says that the note is on the report itself, else its place isn't known.
    Source { source: usize, means: bool },
    /// To the code of a knelpunt, by the id that the note calls it.
    Code(String),
    /// To the project: its report isn't here.
    Project,
}

struct Project<'a> {
    stamp: &'a Stamp,
    user: String,
    codes: Vec<Code>,
    tags: Vec<&'a str>,
    sources: Vec<Text<'a>>,
    notes: Vec<(&'a Item, Spot)>,
}

/// The text of a report.
struct Text<'a> {
    guid: String,
    /// Its title, with what tells it from others of the same title.
    name: String,
    of: &'a Source,
    text: &'a str,
    /// Where it begins in its document, in code points.
    offset: u32,
}

impl<'a> Project<'a> {
    fn of(bundle: &'a Bundle, stamp: &'a Stamp) -> Self {
        let text = |source: &'a Source| {
            let whole = source.text.text();
            let range = source.text.outline().parts().get(source.part.0 as usize).map(|p| p.range.as_usize());
            let range = range.filter(|r| whole.get(r.clone()).is_some()).unwrap_or(0..whole.len());
            let offset = position(whole, (0..range.start).into()).end;
            let name = format!("{}#{}", source.edition, source.part.0);
            Text {
                guid: guid::of(Thing::Source, &name),
                name: source.title.clone(),
                of: source,
                text: &whole[range],
                offset,
            }
        };
        let mut sources: Vec<Text<'_>> = bundle.sources.iter().map(text).collect();
        // Two files of the same content are one source.
        let mut seen = HashSet::new();
        sources.retain(|s| seen.insert(s.guid.clone()));
        tell_apart(&mut sources);
        let notes: Vec<_> = bundle.items.iter().map(|item| (item, spot(item, &sources))).collect();
        let tags: BTreeSet<&str> =
            bundle.items.iter().flat_map(|i| &i.note.tags).filter(|t| !t.is_empty()).map(String::as_str).collect();
        let mut codes = bundle.codes.clone();
        // What a note names must be there, also when the register no longer has it.
        let named = notes.iter().flat_map(|(item, spot)| {
            let on = match spot {
                Spot::Code(id) => Some(id),
                _ => None,
            };
            item.note.knelpunten.iter().chain(on)
        });
        for id in named {
            if Code::meant(&codes, id).is_none() {
                codes.push(Code { id: id.clone(), title: id.clone(), ..Code::default() });
            }
        }
        let user = guid::of(Thing::User, &stamp.user);
        Project { stamp, user, codes, tags: tags.into_iter().collect(), sources, notes }
    }

    fn xml(&self) -> Vec<u8> {
        let mut out = Out::new();
        let created = self.notes.iter().map(|(item, _)| item.note.created).min().map(|t| t.to_string());
        let modified = self.notes.iter().map(|(item, _)| item.note.modified).max().map(|t| t.to_string());
        let mut attributes = vec![
            ("xmlns", "urn:QDA-XML:project:1.0"),
            ("name", self.stamp.title.as_str()),
            ("origin", ORIGIN),
            ("creatingUserGUID", self.user.as_str()),
        ];
        attributes.extend(created.as_deref().map(|t| ("creationDateTime", t)));
        attributes.extend(modified.as_deref().map(|t| ("modifiedDateTime", t)));
        out.open("Project", &attributes);
        out.open("Users", &[]);
        out.empty("User", &[("guid", &self.user), ("name", &self.stamp.user)]);
        out.close();
        self.codebook(&mut out);
        self.variables(&mut out);
        if !self.sources.is_empty() {
            out.open("Sources", &[]);
            (0..self.sources.len()).for_each(|i| self.source(&mut out, i));
            out.close();
        }
        self.texts_of_notes(&mut out);
        for (item, spot) in &self.notes {
            if matches!(spot, Spot::Project) {
                out.empty("NoteRef", &[("targetGUID", &note_guid(item))]);
            }
        }
        out.into_bytes()
    }

    /// The id of the code that an id in a note means.
    fn code<'i>(&'i self, id: &'i str) -> &'i str {
        Code::meant(&self.codes, id).map_or(id, |c| &c.id)
    }

    fn codebook(&self, out: &mut Out) {
        if self.codes.is_empty() && self.tags.is_empty() {
            return;
        }
        let mut notes: HashMap<&str, Vec<String>> = HashMap::new();
        for (item, spot) in &self.notes {
            if let Spot::Code(id) = spot {
                notes.entry(self.code(id)).or_default().push(note_guid(item));
            }
        }
        out.open("CodeBook", &[]);
        out.open("Codes", &[]);
        codes::write(out, &self.codes, &self.tags, &notes);
        out.close();
        out.close();
    }

    fn variables(&self, out: &mut Out) {
        let org = self.sources.iter().any(|s| s.of.org.is_some());
        let year = self.sources.iter().any(|s| s.of.year.is_some());
        if !org && !year {
            return;
        }
        out.open("Variables", &[]);
        for ((name, shown, _), kind, _) in [(ORG, "Text", org), (YEAR, "Integer", year)].iter().filter(|v| v.2) {
            out.empty("Variable", &[("guid", &variable(name)), ("name", shown), ("typeOfVariable", kind)]);
        }
        out.close();
    }

    fn source(&self, out: &mut Out, index: usize) {
        let source = &self.sources[index];
        let of = |spot: &Spot| match spot {
            Spot::Place { source, .. } | Spot::Source { source, .. } => *source == index,
            _ => false,
        };
        let here: Vec<_> = self.notes.iter().filter(|(_, spot)| of(spot)).collect();
        let path = format!("internal://{}.txt", source.guid);
        let first = here.iter().map(|(item, _)| item.note.created).min().map(|t| t.to_string());
        let mut attributes =
            vec![("guid", source.guid.as_str()), ("name", source.name.as_str()), ("plainTextPath", path.as_str())];
        if let Some(first) = &first {
            attributes.extend([("creatingUser", self.user.as_str()), ("creationDateTime", first.as_str())]);
        }
        out.open("TextSource", &attributes);
        let edition = source.of.edition.to_string();
        let title = (source.name != source.of.title).then(|| format!("title: {}\n", scalar(&source.of.title)));
        let (title, file) = (title.unwrap_or_default(), scalar(&source.of.file));
        out.text("Description", &format!("---\nedition: {edition}\nfile: {file}\n{title}---\n"));
        for (item, spot) in &here {
            if let Spot::Place { start, end, name, .. } = spot {
                self.selection(out, item, name, *start, *end);
            }
        }
        for (item, spot) in &here {
            if let Spot::Source { means: true, .. } = spot {
                self.codings(out, item);
            }
        }
        for (item, spot) in &here {
            if let Spot::Source { .. } = spot {
                out.empty("NoteRef", &[("targetGUID", &note_guid(item))]);
            }
        }
        let values = [
            (ORG.0, "TextValue", source.of.org.clone()),
            (YEAR.0, "IntegerValue", source.of.year.map(|y| y.to_string())),
        ];
        for (name, kind, value) in values {
            if let Some(value) = value {
                out.open("VariableValue", &[]);
                out.empty("VariableRef", &[("targetGUID", &variable(name))]);
                out.text(kind, &value);
                out.close();
            }
        }
        out.close();
    }

    fn selection(&self, out: &mut Out, item: &Item, name: &str, start: u32, end: u32) {
        let guid = guid::of(Thing::Selection, item.note.id.as_str());
        let (start, end) = (start.to_string(), end.to_string());
        let (created, modified) = (item.note.created.to_string(), item.note.modified.to_string());
        out.open(
            "PlainTextSelection",
            &[
                ("guid", &guid),
                ("name", name),
                ("startPosition", &start),
                ("endPosition", &end),
                ("creatingUser", &self.user),
                ("creationDateTime", &created),
                ("modifyingUser", &self.user),
                ("modifiedDateTime", &modified),
            ],
        );
        out.text("Description", &description(item));
        self.codings(out, item);
        if !item.note.body.is_empty() {
            out.empty("NoteRef", &[("targetGUID", &note_guid(item))]);
        }
        out.close();
    }

    fn codings(&self, out: &mut Out, item: &Item) {
        let knelpunten = item.note.knelpunten.iter().map(|id| codes::guid(self.code(id)));
        let tags = item.note.tags.iter().filter(|t| !t.is_empty()).map(|tag| codes::tag_guid(tag));
        let created = item.note.created.to_string();
        let mut seen = HashSet::new();
        for code in knelpunten.chain(tags).filter(|code| seen.insert(code.clone())) {
            let guid = guid::of(Thing::Coding, &format!("{} {code}", item.note.id));
            out.open("Coding", &[("guid", &guid), ("creatingUser", &self.user), ("creationDateTime", &created)]);
            out.empty("CodeRef", &[("targetGUID", &code)]);
            out.close();
        }
    }

    fn texts_of_notes(&self, out: &mut Out) {
        let wanted = |(item, spot): &&(&Item, Spot)| !item.note.body.is_empty() || !matches!(spot, Spot::Place { .. });
        let mut notes = self.notes.iter().filter(wanted).peekable();
        if notes.peek().is_none() {
            return;
        }
        out.open("Notes", &[]);
        for (item, spot) in notes {
            let note = &item.note;
            let words = if note.body.is_empty() { label(&note.target) } else { &note.body };
            out.open(
                "Note",
                &[
                    ("guid", &note_guid(item)),
                    ("name", &name(words)),
                    ("creatingUser", &self.user),
                    ("creationDateTime", &note.created.to_string()),
                    ("modifyingUser", &self.user),
                    ("modifiedDateTime", &note.modified.to_string()),
                ],
            );
            if !matches!(spot, Spot::Place { .. }) {
                out.text("Description", &description(item));
            }
            out.text("PlainTextContent", words);
            out.close();
        }
        out.close();
    }
}

/// Reports that are called the same are told apart by publisher and year, or else by their file and place in it.
fn tell_apart(sources: &mut [Text<'_>]) {
    let ways: [fn(&Source) -> Option<String>; 5] = [
        |s| s.org.clone(),
        |s| s.year.map(|y| y.to_string()),
        |s| Some(format!("{}, {}", s.org.as_ref()?, s.year?)),
        |s| Some(s.file.clone()),
        |s| Some(format!("{}, {}", s.file, s.part.0 + 1)),
    ];
    let names = |sources: &[Text<'_>]| {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        sources.iter().for_each(|s| *counts.entry(s.name.to_lowercase()).or_default() += 1);
        counts
    };
    let before = names(sources);
    for (name, _) in before.iter().filter(|(_, count)| **count > 1) {
        let same: Vec<usize> = (0..sources.len()).filter(|i| sources[*i].name.to_lowercase() == *name).collect();
        let tells = |way: &&fn(&Source) -> Option<String>| {
            let said: HashSet<_> = same.iter().map(|i| way(sources[*i].of)).collect();
            said.len() == same.len()
        };
        let Some(way) = ways.iter().find(tells) else { continue };
        for i in &same {
            if let Some(more) = way(sources[*i].of) {
                sources[*i].name = format!("{} ({more})", sources[*i].of.title);
            }
        }
    }
}

fn spot(item: &Item, sources: &[Text<'_>]) -> Spot {
    let target = &item.note.target;
    if let (TargetKind::Knelpunt(id), None) = (&target.kind, &target.report) {
        return Spot::Code(id.clone());
    }
    let of = |s: &Text<'_>| Some(s.of.edition) == item.at.edition && s.of.part == item.at.part;
    let Some(source) = sources.iter().position(of) else { return Spot::Project };
    if target.kind == TargetKind::Report {
        return Spot::Source { source, means: true };
    }
    let text = &sources[source];
    let place = item.at.place.as_ref().and_then(|p| {
        let start = p.position.start.checked_sub(text.offset)?;
        let end = p.position.end.checked_sub(text.offset)?;
        // A part ends where the next begins: what lies across is in no single report.
        let range = text.of.text.outline().parts().get(text.of.part.0 as usize).map(|p| p.range);
        range.is_none_or(|r| r.covers(p.range)).then_some((start, end, p))
    });
    match place {
        Some((start, end, place)) if start < end => {
            let name = match target.kind {
                TargetKind::Passage(_) => place.text.clone(),
                _ => label(target).to_owned(),
            };
            Spot::Place { source, start, end, name }
        }
        _ => Spot::Source { source, means: false },
    }
}

fn note_guid(item: &Item) -> String {
    guid::of(Thing::Note, item.note.id.as_str())
}

/// The words, and below them all that makes the note whole.
fn description(item: &Item) -> String {
    let mut front = record::of_note(&item.note);
    if !can_say(&item.note.body) {
        front = record::with_body(&front, &item.note.body);
    }
    record::below(&item.note.body, &front)
}

/// The first line, cut at a word.
fn name(words: &str) -> String {
    let line = words.lines().map(str::trim).find(|l| !l.is_empty()).unwrap_or("").trim_start_matches(['#', '>', ' ']);
    match line.char_indices().nth(LONGEST_NAME) {
        Some((cut, _)) => {
            let cut = line[..cut].rfind(' ').unwrap_or(cut);
            format!("{}…", line[..cut].trim_end())
        }
        None => line.to_owned(),
    }
}
