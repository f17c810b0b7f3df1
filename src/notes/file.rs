//! A note as a file: YAML between two lines `---`, then the words as Markdown.
//!
//! Reading keeps nothing of the text but what it means; writing a changed note therefore starts from the text that was read
//! ([`update`]) and rewrites only what changed, so that unknown keys, comments, order, line ends and words stay as they are.

use super::edit::{Want, edit};
use super::note::{AcceptedAnchor, Note, NoteKind, Position, Quote, ReportRef, Status, Target, TargetKind};
use super::yaml::{Node, Value, read, scalar};
use super::{Color, NoteId};
use crate::doc::{Edition, Page};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::fmt::Display;
use std::ops::Range;
use std::str::FromStr;
use thiserror::Error;

/// Why a text is not a note, or cannot be changed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("line {line}: {reason}")]
pub struct FileError {
    /// Line of the file, from 1.
    pub line: usize,
    /// What is wrong there, in English.
    pub reason: String,
}

/// Where the front matter and the words of a file lie, in bytes.
struct Split {
    yaml: Range<usize>,
    body: Range<usize>,
    /// The file's line end.
    eol: &'static str,
}

/// Reads a note.
///
/// # Errors
/// The line and what is wrong there: no front matter, YAML that cannot be read, a value missing or not understood.
pub fn parse(text: &str) -> Result<Note, FileError> {
    let split = split(text)?;
    let root = read_yaml(&text[split.yaml.clone()])?;
    note(text, &split, &root)
}

/// The key of what the reader has said of other editions.
const ANCHORED: &str = "anchored";

/// A new file for a note.
#[must_use]
pub fn render(note: &Note) -> String {
    let mut out = String::from("---\n");
    let Want::Map(entries) = wants(note) else { return out };
    for (key, want) in entries {
        match want {
            Want::Map(inner) => {
                out.push_str(&format!("{key}:\n"));
                let lines = inner.iter().filter(|(_, want)| !want.is_empty());
                lines.for_each(|(key, want)| out.push_str(&format!("  {key}: {}\n", want.inline())));
            }
            // Empty, but there to be filled in by hand.
            Want::List(_) if matches!(key, "knelpunten" | "tags") => {
                out.push_str(&format!("{key}: {}\n", want.inline()))
            }
            want if want.is_empty() => {}
            want => out.push_str(&format!("{key}: {}\n", want.inline())),
        }
    }
    out.push_str("---\n");
    out.push_str(&note.body.replace("\r\n", "\n"));
    if !note.body.is_empty() {
        out.push('\n');
    }
    out
}

/// The text of a note's file, changed to say what `note` says; all that says the same stays as it is, byte for byte.
///
/// # Errors
/// When the text is not a note, or when the change cannot be made without touching anything else.
pub fn update(text: &str, note: &Note) -> Result<String, FileError> {
    let parts = split(text)?;
    let yaml = &text[parts.yaml.clone()];
    let root = read_yaml(yaml)?;
    let old = self::note(text, &parts, &root)?;
    let note = &Note { body: note.body.replace("\r\n", "\n"), ..note.clone() };
    let (mut was, mut want) = (wants(&old), wants(note));
    let unread = unknown(yaml, &root);
    with_unknown(&unread, &mut was, &mut want);
    let yaml = if was == want { yaml.to_owned() } else { edit(yaml, &root, &was, &want, parts.eol) };
    let mut out = format!("{}{yaml}{}", &text[..parts.yaml.start], &text[parts.yaml.end..parts.body.start]);
    let raw = &text[parts.body.clone()];
    if old.body == note.body {
        out.push_str(raw);
    } else {
        if !out.ends_with('\n') {
            out.push_str(parts.eol);
        }
        out.push_str(&new_body(raw, &old.body, &note.body, parts.eol));
    }
    // The last word is the reader of files: only what it takes for this very note is written.
    let still = || {
        let split = split(&out).ok()?;
        let yaml = out.get(split.yaml)?;
        Some(unknown(yaml, &read_yaml(yaml).ok()?).len())
    };
    match parse(&out) {
        Ok(read) if read == *note && (unread.is_empty() || still() == Some(unread.len())) => Ok(out),
        _ => Err(FileError { line: 1, reason: "cannot be changed without touching other lines".to_owned() }),
    }
}

fn split(text: &str) -> Result<Split, FileError> {
    let fail = |reason: &str| Err(FileError { line: 1, reason: reason.to_owned() });
    let bom = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut at = bom;
    let mut yaml = None;
    for line in text[bom..].split_inclusive('\n') {
        let end = at + line.len();
        match yaml {
            None if line.trim_end() == "---" => yaml = Some(end),
            None => return fail("no front matter: the first line is not ---"),
            Some(start) if line.trim_end() == "---" => {
                let eol = if text[..start].ends_with("\r\n") { "\r\n" } else { "\n" };
                return Ok(Split { yaml: start..at, body: end..text.len(), eol });
            }
            Some(_) => {}
        }
        at = end;
    }
    fail(if text.is_empty() { "empty file" } else { "the front matter has no end: no second line ---" })
}

fn read_yaml(yaml: &str) -> Result<Node, FileError> {
    // The front matter begins on the second line of the file.
    read(yaml).map_err(|(line, reason)| FileError { line: line + 1, reason })
}

fn body(raw: &str) -> String {
    let text = raw.replace("\r\n", "\n");
    text.strip_suffix('\n').map(str::to_owned).unwrap_or(text)
}

/// The words as they go to the file: lines that stay at the beginning and the end keep their bytes, new ones get the file's
/// line end, and the file ends as it did.
fn new_body(raw: &str, old: &str, new: &str, eol: &str) -> String {
    let raw_lines: Vec<&str> = raw.split_inclusive('\n').collect();
    let (old_lines, new_lines): (Vec<_>, Vec<_>) = (old.split('\n').collect(), new.split('\n').collect());
    let common = |(a, b): &(&&str, &&str)| a == b;
    let head = old_lines.iter().zip(&new_lines).take_while(common).count().min(raw_lines.len());
    let most = old_lines.len().min(new_lines.len()) - head;
    let tail = old_lines.iter().rev().zip(new_lines.iter().rev()).take(most).take_while(common).count();
    // One line end at the end of the file is not part of the words; it is there if it was there.
    let must_end = new.ends_with('\n') || (!new.is_empty() && (raw.is_empty() || raw.ends_with('\n')));
    let mut out = String::with_capacity(raw.len().max(new.len()) + 16);
    for (i, line) in new_lines.iter().enumerate() {
        let from_end = new_lines.len() - i;
        let kept = if i < head { Some(i) } else { (from_end <= tail).then(|| old_lines.len() - from_end) };
        let ended = match kept.and_then(|k| raw_lines.get(k)) {
            Some(bytes) => {
                out.push_str(bytes);
                bytes.ends_with('\n')
            }
            None => {
                out.push_str(line);
                false
            }
        };
        let last = from_end == 1;
        if !ended && (!last || must_end) {
            out.push_str(eol);
        } else if ended && last && !must_end {
            out.truncate(out.trim_end_matches(['\r', '\n']).len());
        }
    }
    out
}

/// What a file says of a note, key by key, in the order of a new file.
fn wants(note: &Note) -> Want {
    let word = |text: &str| Want::Word(scalar(text));
    let plain = |value: &dyn Display| Want::Word(value.to_string());
    let words = |texts: &[String]| Want::List(texts.iter().map(|t| Want::Word(scalar(t))).collect());
    let some = |text: Option<&str>| text.map_or(Want::Nothing, |t| Want::Word(scalar(t)));
    let position = |p: &Position| Want::Map(vec![("start", plain(&p.start)), ("end", plain(&p.end))]);
    let id = note.id.as_str();
    // A ULID is written plain unless it looks like a number to some reader of YAML.
    let id = if id.parse::<f64>().is_err() && id.len() == 26 { plain(&id) } else { word(id) };
    let t = &note.target;
    let report = t.report.as_ref().map_or(Want::Nothing, |r| {
        Want::Map(vec![
            ("title", word(&r.title)),
            ("org", some(r.org.as_deref())),
            ("year", r.year.map_or(Want::Nothing, |y| plain(&y))),
            ("edition", r.edition.map_or(Want::Nothing, |e| plain(&e))),
            ("file", word(&r.file)),
        ])
    });
    let page = t
        .page
        .as_ref()
        .map_or(Want::Nothing, |p| Want::Map(vec![("index", plain(&p.index)), ("label", some(p.label.as_deref()))]));
    let quote = t.quote().map_or(Want::Nothing, |q| {
        Want::Map(vec![
            ("exact", word(&q.exact)),
            ("prefix", word(&q.prefix)),
            ("suffix", word(&q.suffix)),
            ("times", q.times.map_or(Want::Nothing, |n| plain(&n))),
        ])
    });
    let knelpunt = match &t.kind {
        TargetKind::Knelpunt(id) => word(id),
        _ => Want::Nothing,
    };
    let target = Want::Map(vec![
        ("kind", word(t.kind.name())),
        ("knelpunt", knelpunt),
        ("report", report),
        ("section", words(&t.section)),
        ("page", page),
        ("position", t.position.as_ref().map_or(Want::Nothing, position)),
        ("quote", quote),
    ]);
    let anchored = note.anchored.iter().map(|a| {
        let edition = ("edition", plain(&a.edition));
        Want::Map(match &a.position {
            Some(at) => vec![edition, ("position", position(at)), ("accepted", plain(&a.accepted))],
            None => vec![edition, ("left", plain(&a.accepted))],
        })
    });
    Want::Map(vec![
        ("id", id),
        ("kind", word(note.kind.name())),
        ("created", plain(&note.created)),
        ("modified", plain(&note.modified)),
        ("knelpunten", words(&note.knelpunten)),
        ("tags", words(&note.tags)),
        ("color", some(note.color.map(Color::name))),
        ("status", some(note.status.map(Status::name))),
        ("target", target),
        (ANCHORED, Want::List(anchored.collect())),
    ])
}

fn note(text: &str, split: &Split, root: &Node) -> Result<Note, FileError> {
    let yaml = &text[split.yaml.clone()];
    let top = Keys { yaml, node: root };
    if !matches!(root.value, Value::Map(_)) {
        return Err(top.fail(root, "the front matter holds no keys"));
    }
    let id = top.required("id")?;
    let id = NoteId::parse(id).ok_or_else(|| top.fail(root, &format!("id {id:?} cannot be the name of a file")))?;
    let born = id.millis().and_then(|ms| Timestamp::from_millisecond(i64::try_from(ms).ok()?).ok());
    let created = match top.time("created")?.or(born) {
        Some(time) => time,
        None => return Err(top.fail(root, "created is missing")),
    };
    let target = top.map("target")?.ok_or_else(|| top.fail(root, "target is missing"))?;
    Ok(Note {
        kind: top.read::<NoteKind>("kind")?.unwrap_or(NoteKind::Note),
        created,
        modified: top.time("modified")?.unwrap_or(created),
        knelpunten: top.words("knelpunten")?,
        tags: top.words("tags")?,
        color: top.read("color")?,
        status: top.read("status")?,
        target: read_target(&target)?,
        anchored: top.items(ANCHORED).filter_map(|node| accepted(&Keys { yaml, node })).collect(),
        body: body(&text[split.body.clone()]),
        id,
    })
}

fn read_target(keys: &Keys) -> Result<Target, FileError> {
    let report = keys.map("report")?.map(|r| {
        Ok(ReportRef {
            title: r.text("title")?.unwrap_or_default().to_owned(),
            org: r.text("org")?.map(str::to_owned),
            year: r.read("year")?,
            edition: r.text("edition")?.and_then(Edition::parse),
            file: r.text("file")?.unwrap_or_default().to_owned(),
        })
    });
    let report = report.transpose()?;
    let kind = match keys.required("kind")? {
        "passage" => {
            let quote = keys.map("quote")?.ok_or_else(|| keys.fail(keys.node, "a passage needs a quote"))?;
            TargetKind::Passage(Quote {
                exact: quote.required("exact")?.to_owned(),
                prefix: quote.text("prefix")?.unwrap_or_default().to_owned(),
                suffix: quote.text("suffix")?.unwrap_or_default().to_owned(),
                times: quote.read("times")?,
            })
        }
        "section" => TargetKind::Section,
        "knelpunt" => TargetKind::Knelpunt(keys.required("knelpunt")?.to_owned()),
        "report" => TargetKind::Report,
        other => {
            let reason = format!("target kind {other:?} is not one of: passage, section, knelpunt, report");
            return Err(keys.fail(keys.node, &reason));
        }
    };
    if report.is_none() && !matches!(kind, TargetKind::Knelpunt(_)) {
        return Err(keys.fail(keys.node, "the target names no report"));
    }
    let page = keys.map("page")?.map(|p| {
        let index = p.read("index")?.ok_or_else(|| p.fail(p.node, "page has no index"))?;
        Ok(Page { index, label: p.text("label")?.map(str::to_owned) })
    });
    let position = keys.map("position")?.map(|p| position(&p)).transpose()?;
    Ok(Target { report, kind, section: keys.words("section")?, page: page.transpose()?, position })
}

fn position(keys: &Keys) -> Result<Position, FileError> {
    let number = |key| keys.read(key)?.ok_or_else(|| keys.fail(keys.node, &format!("position has no {key}")));
    Ok(Position { start: number("start")?, end: number("end")? })
}

/// What the reader has said of another edition; `None` when it is said in a way not known here: it stays in the file.
fn accepted(keys: &Keys) -> Option<AcceptedAnchor> {
    let edition = Edition::parse(keys.required("edition").ok()?)?;
    if let Some(left) = keys.time("left").ok()? {
        return Some(AcceptedAnchor { edition, position: None, accepted: left });
    }
    let position = position(&keys.map("position").ok()??).ok()?;
    Some(AcceptedAnchor { edition, position: Some(position), accepted: keys.time("accepted").ok()?? })
}

/// The items of a list that are not understood: where each stands among all, and its text as far as that is known.
fn unknown(yaml: &str, root: &Node) -> Vec<(usize, String)> {
    let top = Keys { yaml, node: root };
    let items = top.items(ANCHORED).enumerate().filter(|(_, node)| accepted(&Keys { yaml, node }).is_none());
    items.map(|(at, node)| (at, yaml.get(node.span.clone()).unwrap_or("").to_owned())).collect()
}

/// Puts the items that are not understood back into what stands in the list (`was`) and what should stand there (`want`).
fn with_unknown(unknown: &[(usize, String)], was: &mut Want, want: &mut Want) {
    fn list(want: &mut Want) -> Option<&mut Vec<Want>> {
        let Want::Map(entries) = want else { return None };
        let (_, list) = entries.iter_mut().find(|(key, _)| *key == ANCHORED)?;
        if let Want::Nothing = list {
            *list = Want::List(Vec::new());
        }
        if let Want::List(items) = list { Some(items) } else { None }
    }
    let (Some(was), Some(want)) = (list(was), list(want)) else { return };
    let (mut kept, mut full) = (0, Vec::new());
    for (at, text) in unknown {
        was.insert((*at).min(was.len()), Want::Word(text.clone()));
    }
    for (at, item) in was.iter().enumerate() {
        if unknown.iter().any(|(u, _)| *u == at) {
            full.push(item.clone());
        } else if want.get(kept) == Some(item) {
            full.push(item.clone());
            kept += 1;
        }
    }
    full.extend(want.drain(kept..));
    *want = full;
}

/// The keys of one mapping, read with a reason and a line when they cannot be.
struct Keys<'a> {
    yaml: &'a str,
    node: &'a Node,
}

impl<'a> Keys<'a> {
    fn fail(&self, at: &Node, reason: &str) -> FileError {
        let before = &self.yaml[..at.span.start.min(self.yaml.len())];
        FileError { line: before.matches('\n').count() + 2, reason: reason.to_owned() }
    }

    fn text(&self, key: &str) -> Result<Option<&'a str>, FileError> {
        match self.node.entry(key).map(|e| (&e.node, &e.node.value)) {
            None | Some((_, Value::Null)) => Ok(None),
            Some((_, Value::Scalar(text))) => Ok(Some(text)),
            Some((node, _)) => Err(self.fail(node, &format!("{key} is not a text"))),
        }
    }

    fn required(&self, key: &str) -> Result<&'a str, FileError> {
        self.text(key)?.ok_or_else(|| self.fail(self.node, &format!("{key} is missing")))
    }

    fn read<T: FromStr<Err: Display>>(&self, key: &str) -> Result<Option<T>, FileError> {
        let Some(text) = self.text(key)? else { return Ok(None) };
        let at = self.node.entry(key).map_or(self.node, |e| &e.node);
        text.parse().map(Some).map_err(|e| self.fail(at, &format!("{key}: {e}")))
    }

    /// A moment; a bare date is its first moment in UTC.
    fn time(&self, key: &str) -> Result<Option<Timestamp>, FileError> {
        let day = |text: &str| Some(text.parse::<Date>().ok()?.to_zoned(TimeZone::UTC).ok()?.timestamp());
        match self.text(key)?.filter(|text| text.len() == "2026-01-31".len()).and_then(day) {
            Some(time) => Ok(Some(time)),
            None => self.read(key),
        }
    }

    /// A list of texts; one text alone is a list of one.
    fn words(&self, key: &str) -> Result<Vec<String>, FileError> {
        match self.node.entry(key).map(|e| &e.node.value) {
            Some(Value::List(items)) => items
                .iter()
                .map(|item| match &item.value {
                    Value::Scalar(text) => Ok(text.clone()),
                    _ => Err(self.fail(item, &format!("{key} is not a list of texts"))),
                })
                .collect(),
            _ => Ok(self.text(key)?.map(str::to_owned).into_iter().collect()),
        }
    }

    fn items(&self, key: &str) -> impl Iterator<Item = &'a Node> + use<'a> {
        match self.node.entry(key).map(|e| &e.node.value) {
            Some(Value::List(items)) => items.iter(),
            _ => [].iter(),
        }
    }

    fn map(&self, key: &str) -> Result<Option<Keys<'a>>, FileError> {
        match self.node.entry(key).map(|e| &e.node) {
            None | Some(Node { value: Value::Null, .. }) => Ok(None),
            Some(node @ Node { value: Value::Map(_), .. }) => Ok(Some(Keys { yaml: self.yaml, node })),
            Some(node) => Err(self.fail(node, &format!("{key} is not a mapping"))),
        }
    }
}
