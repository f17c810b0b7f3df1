//! JSON Lines: one object a line, each with `"v":1` and `type`; the form of the command line, and what scripts read.
//!
//! A `note` has the fields that `kantlijn note list --json` writes, and besides those `color`, `target` and `anchored`, so
//! that reading the file again gives the very note. A `knelpunt` is a knelpunt of the reader's, or a found one that notes
//! are put to.

use super::incoming::{ImportFault, Incoming, IncomingNote};
use super::{Bundle, Code, StatusSaid};
use crate::doc::{Edition, Page};
use crate::notes::note::{AcceptedAnchor, Quote, ReportRef, Target, TargetKind};
use crate::notes::{Color, Located, Note, NoteId, NoteKind, PlaceFound, Position, Status};
use serde::{Deserialize, Serialize};

/// The version of the form of all objects.
pub const V: u32 = 1;

/// A note as it is written on a line.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct NoteLine {
    v: u32,
    r#type: String,
    /// The note's id.
    pub id: Option<String>,
    /// Its kind.
    pub kind: Option<String>,
    /// Title of its report.
    pub report: Option<String>,
    /// Its publisher.
    pub org: Option<String>,
    /// The year it is about.
    pub year: Option<i32>,
    /// The file as shown.
    pub file: Option<String>,
    path: Option<String>,
    /// Labels of the sections it lies in, from the outside in.
    pub section: Vec<String>,
    /// The page it begins on.
    pub page: Option<PageLine>,
    state: Option<String>,
    /// Whether the document is the one that the note belongs to.
    home: Option<bool>,
    /// What the reader has said of this edition: `accepted` or `left`.
    pub said: Option<String>,
    /// The words it was made on.
    pub quote: Option<String>,
    found: Option<String>,
    /// The first line of the place it was found at.
    pub line_from: Option<u32>,
    line_to: Option<u32>,
    candidates: Vec<CandidateLine>,
    /// The reader's words.
    pub body: String,
    /// Ids of its knelpunten.
    pub knelpunten: Vec<String>,
    /// Its tags.
    pub tags: Vec<String>,
    /// Where the matter stands.
    pub status: Option<String>,
    /// When it was made.
    pub created: Option<String>,
    /// When it was last changed.
    pub modified: Option<String>,
    /// Whose note it is, when it isn't the reader's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// What only an export holds.
    #[serde(flatten)]
    pub more: More,
}

/// What an export says of a note besides what lists say.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct More {
    /// The colour of its mark.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub color: Option<String>,
    /// The stored description of what it is on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<TargetLine>,
    /// Places accepted in other editions.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub anchored: Vec<AnchorLine>,
}

/// A page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PageLine {
    /// From 1, counted.
    pub index: u32,
    /// As printed.
    pub label: Option<String>,
}

impl From<&Page> for PageLine {
    fn from(page: &Page) -> PageLine {
        PageLine { index: page.index, label: page.label.clone() }
    }
}

impl From<PageLine> for Page {
    fn from(page: PageLine) -> Page {
        Page { index: page.index, label: page.label }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct CandidateLine {
    line_from: Option<u32>,
    line_to: Option<u32>,
    found: String,
}

/// A target as it is described.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TargetLine {
    kind: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    knelpunt: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    report: Option<ReportLine>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    section: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<PageLine>,
    #[serde(skip_serializing_if = "Option::is_none")]
    position: Option<Position>,
    #[serde(skip_serializing_if = "Option::is_none")]
    quote: Option<QuoteLine>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct ReportLine {
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    org: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    year: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    edition: Option<String>,
    #[serde(default)]
    file: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct QuoteLine {
    exact: String,
    #[serde(default)]
    prefix: String,
    #[serde(default)]
    suffix: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    times: Option<u32>,
}

/// What was said of another edition: a place accepted there, or (without one) that there is none.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AnchorLine {
    edition: String,
    position: Option<Position>,
    accepted: String,
}

/// A knelpunt as it is written on a line.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct KnelpuntLine {
    v: u32,
    r#type: String,
    id: String,
    origin: String,
    title: String,
    description: String,
    synonyms: Vec<String>,
    color: Option<String>,
    status: Option<String>,
    history: Vec<StatusLine>,
    parent: Option<String>,
    includes: Vec<String>,
    query: Option<String>,
    formerly: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct StatusLine {
    status: String,
    date: Option<String>,
    source: Option<String>,
}

impl NoteLine {
    /// A note with its place, as lists write it; `path` is the absolute path of its file.
    #[must_use]
    pub fn of(note: &Note, at: &Located, path: Option<&str>) -> NoteLine {
        let named = |text: &str| Some(text.to_owned()).filter(|t| !t.is_empty());
        let found = at.place.as_ref();
        let said = at.edition.and_then(|edition| note.said_of(edition));
        let lines = |place: &PlaceFound| place.lines.map(|l| (l.from, l.to));
        let candidate = |place: &PlaceFound| CandidateLine {
            line_from: lines(place).map(|l| l.0),
            line_to: lines(place).map(|l| l.1),
            found: place.text.clone(),
        };
        NoteLine {
            owner: None,
            v: V,
            r#type: "note".to_owned(),
            id: Some(note.id.as_str().to_owned()),
            kind: Some(note.kind.name().to_owned()),
            report: note.target.report.as_ref().map(|_| at.report.clone()),
            org: at.org.clone(),
            year: at.year,
            file: named(&at.file),
            path: path.map(str::to_owned),
            section: at.section.clone(),
            page: at.page.as_ref().map(PageLine::from),
            state: Some(at.state.name().to_owned()),
            home: Some(at.home),
            said: said.map(|a| if a.position.is_some() { "accepted" } else { "left" }.to_owned()),
            quote: note.target.quote().map(|q| q.exact.clone()),
            found: found.map(|p| p.text.clone()),
            line_from: found.and_then(lines).map(|l| l.0),
            line_to: found.and_then(lines).map(|l| l.1),
            candidates: at.candidates.iter().map(candidate).collect(),
            body: note.body.clone(),
            knelpunten: note.knelpunten.clone(),
            tags: note.tags.clone(),
            status: note.status.map(|s| s.name().to_owned()),
            created: Some(note.created.to_string()),
            modified: Some(note.modified.to_string()),
            more: More::default(),
        }
    }

    /// The same with all that reading it again needs.
    #[must_use]
    pub fn whole(note: &Note, at: &Located) -> NoteLine {
        NoteLine { more: More::of(note), ..NoteLine::of(note, at, None) }
    }

    /// The note that the line says, as far as it says it.
    ///
    /// # Errors
    /// What is wrong in it, in English.
    pub fn read(self) -> Result<IncomingNote, String> {
        let target = match self.more.target {
            Some(target) => target.read()?,
            None => Target {
                report: Some(ReportRef {
                    title: self.report.unwrap_or_default(),
                    org: self.org,
                    year: self.year,
                    edition: None,
                    file: self.file.unwrap_or_default(),
                }),
                kind: match (self.quote.filter(|q| !q.trim().is_empty()), self.section.is_empty()) {
                    (Some(exact), _) => TargetKind::Passage(Quote { exact, ..Quote::default() }),
                    (None, false) => TargetKind::Section,
                    (None, true) => TargetKind::Report,
                },
                section: self.section,
                page: self.page.map(Page::from),
                position: None,
            },
        };
        let id = match self.id {
            Some(id) => Some(NoteId::parse(&id).ok_or_else(|| format!("{id:?} is no id of a note"))?),
            None => None,
        };
        let body = self.body.replace("\r\n", "\n").trim_end_matches('\n').to_owned();
        let kind = match (&self.kind, body.is_empty(), target.quote().is_some()) {
            (Some(kind), ..) => kind.parse().map_err(|e| format!("kind: {e}"))?,
            (None, false, _) => NoteKind::Note,
            (None, true, true) => NoteKind::Highlight,
            (None, true, false) => NoteKind::Bookmark,
        };
        let anchored: Result<Vec<_>, String> = self.more.anchored.into_iter().map(AnchorLine::read).collect();
        Ok(IncomingNote {
            id,
            kind,
            created: time("created", self.created.as_deref())?,
            modified: time("modified", self.modified.as_deref())?,
            knelpunten: self.knelpunten,
            tags: self.tags,
            color: self
                .more
                .color
                .as_deref()
                .map(str::parse::<Color>)
                .transpose()
                .map_err(|e| format!("color: {e}"))?,
            status: self.status.as_deref().map(str::parse::<Status>).transpose().map_err(|e| format!("status: {e}"))?,
            body,
            anchored: anchored?,
            ..IncomingNote::on(target)
        })
    }
}

impl More {
    /// What an export says of a note besides what lists say.
    #[must_use]
    pub fn of(note: &Note) -> More {
        let target = &note.target;
        let report = target.report.as_ref().map(|r| ReportLine {
            title: r.title.clone(),
            org: r.org.clone(),
            year: r.year,
            edition: r.edition.map(|e| e.to_string()),
            file: r.file.clone(),
        });
        let quote = |q: &Quote| QuoteLine {
            exact: q.exact.clone(),
            prefix: q.prefix.clone(),
            suffix: q.suffix.clone(),
            times: q.times,
        };
        let anchor = |a: &AcceptedAnchor| AnchorLine {
            edition: a.edition.to_string(),
            position: a.position,
            accepted: a.accepted.to_string(),
        };
        More {
            color: note.color.map(|c| c.name().to_owned()),
            target: Some(TargetLine {
                kind: target.kind.name().to_owned(),
                knelpunt: match &target.kind {
                    TargetKind::Knelpunt(id) => Some(id.clone()),
                    _ => None,
                },
                report,
                section: target.section.clone(),
                page: target.page.as_ref().map(PageLine::from),
                position: target.position,
                quote: target.quote().map(quote),
            }),
            anchored: note.anchored.iter().map(anchor).collect(),
        }
    }
}

impl TargetLine {
    fn read(self) -> Result<Target, String> {
        let report = match self.report {
            Some(r) => Some(ReportRef {
                title: r.title,
                org: r.org,
                year: r.year,
                edition: r.edition.as_deref().map(edition).transpose()?,
                file: r.file,
            }),
            None => None,
        };
        let kind = match (self.kind.as_str(), self.quote, self.knelpunt) {
            ("passage", Some(q), _) => {
                TargetKind::Passage(Quote { exact: q.exact, prefix: q.prefix, suffix: q.suffix, times: q.times })
            }
            ("knelpunt", _, Some(id)) => TargetKind::Knelpunt(id),
            ("section", ..) => TargetKind::Section,
            ("report", ..) => TargetKind::Report,
            (kind, ..) => return Err(format!("target: {kind:?} is not understood, or lacks its quote or knelpunt")),
        };
        if report.is_none() && !matches!(kind, TargetKind::Knelpunt(_)) {
            return Err("target: it names no report".to_owned());
        }
        let page = self.page.map(Page::from);
        Ok(Target { report, kind, section: self.section, page, position: self.position })
    }
}

impl AnchorLine {
    fn read(self) -> Result<AcceptedAnchor, String> {
        let accepted = time("accepted", Some(&self.accepted))?.ok_or("accepted: no time")?;
        Ok(AcceptedAnchor { edition: edition(&self.edition)?, position: self.position, accepted })
    }
}

impl KnelpuntLine {
    fn of(code: &Code) -> KnelpuntLine {
        let said = |s: &StatusSaid| StatusLine {
            status: s.status.name().to_owned(),
            date: s.date.map(|d| d.to_string()),
            source: s.source.clone(),
        };
        KnelpuntLine {
            v: V,
            r#type: "knelpunt".to_owned(),
            id: code.id.clone(),
            origin: if code.made { "made" } else { "found" }.to_owned(),
            title: code.title.clone(),
            description: code.description.clone(),
            synonyms: code.synonyms.clone(),
            color: code.color.map(|c| c.name().to_owned()),
            status: code.status.map(|s| s.name().to_owned()),
            history: code.history.iter().map(said).collect(),
            parent: code.parent.clone(),
            includes: code.includes.clone(),
            query: code.query.clone(),
            formerly: code.formerly.clone(),
        }
    }

    fn read(self) -> Result<Code, String> {
        if self.id.trim().is_empty() {
            return Err("a knelpunt without id".to_owned());
        }
        let history = self.history.into_iter().map(|s| {
            Ok(StatusSaid {
                status: s.status.parse().map_err(|e| format!("status: {e}"))?,
                date: s.date.map(|d| d.parse()).transpose().map_err(|e| format!("date: {e}"))?,
                source: s.source,
            })
        });
        let history: Vec<StatusSaid> = history.collect::<Result<_, String>>()?;
        let status: Option<Status> =
            self.status.as_deref().map(str::parse).transpose().map_err(|e| format!("status: {e}"))?;
        let said = |status| StatusSaid { status, date: None, source: None };
        Ok(Code {
            title: if self.title.trim().is_empty() { self.id.clone() } else { self.title },
            id: self.id,
            description: self.description,
            synonyms: self.synonyms,
            color: self.color.as_deref().map(str::parse).transpose().map_err(|e| format!("color: {e}"))?,
            parent: self.parent,
            history: if history.is_empty() { status.map(said).into_iter().collect() } else { history },
            status,
            includes: self.includes,
            query: self.query,
            formerly: self.formerly,
            made: self.origin != "found",
        })
    }
}

/// Writes a bundle: its knelpunten, then its notes.
#[must_use]
pub fn write(bundle: &Bundle) -> Vec<u8> {
    let codes = bundle.codes.iter().map(|code| serde_json::to_string(&KnelpuntLine::of(code)));
    let notes = bundle.items.iter().map(|item| {
        let owner = bundle.owner(&item.note.id).map(str::to_owned);
        serde_json::to_string(&NoteLine { owner, ..NoteLine::whole(&item.note, &item.at) })
    });
    let mut out = String::new();
    for text in codes.chain(notes).flatten() {
        out.push_str(&text);
        out.push('\n');
    }
    out.into_bytes()
}

/// Whether a text looks like this form: its first line is an object with `v` and the type of one of ours.
#[must_use]
pub fn is(text: &str) -> bool {
    let Some(first) = text.lines().find(|l| !l.trim().is_empty()) else { return false };
    let Ok(value) = serde_json::from_str::<serde_json::Value>(first) else { return false };
    value.get("v").is_some() && matches!(value["type"].as_str(), Some("note" | "knelpunt"))
}

/// Reads notes and knelpunten, also as other commands write them. Lines of other types are passed over; what a line has
/// wrong is said, and the others are read.
///
/// # Errors
/// When there is nothing of ours in it, or it is of a later version.
pub fn read(text: &str) -> Result<Incoming, ImportFault> {
    let mut incoming = Incoming::default();
    for (line, number) in text.lines().zip(1..).filter(|(l, _): &(&str, usize)| !l.trim().is_empty()) {
        match read_line(line, &mut incoming) {
            Ok(()) => {}
            Err(Wrong::Later(v)) => {
                return Err(ImportFault::AnotherForm(format!("line {number}: form {v} is not known here; {V} is")));
            }
            Err(Wrong::Line(reason)) => incoming.said.push(format!("line {number}: {reason}")),
        }
    }
    match (incoming.notes.is_empty() && incoming.codes.is_empty(), incoming.said.first()) {
        (true, Some(first)) => Err(ImportFault::Broken(first.clone())),
        (true, None) => Err(ImportFault::AnotherForm("there is no note or knelpunt in it".to_owned())),
        _ => Ok(incoming),
    }
}

/// Why a line was not taken.
enum Wrong {
    /// It is of this version.
    Later(u64),
    /// What is wrong.
    Line(String),
}

impl From<String> for Wrong {
    fn from(reason: String) -> Wrong {
        Wrong::Line(reason)
    }
}

fn read_line(line: &str, incoming: &mut Incoming) -> Result<(), Wrong> {
    let wrong = |e: serde_json::Error| Wrong::Line(e.to_string());
    let value: serde_json::Value = serde_json::from_str(line).map_err(wrong)?;
    if let Some(v) = value["v"].as_u64().filter(|v| *v > u64::from(V)) {
        return Err(Wrong::Later(v));
    }
    match value["type"].as_str() {
        Some("note") => {
            let line: NoteLine = serde_json::from_value(value).map_err(wrong)?;
            incoming.notes.push(line.read()?);
        }
        Some("knelpunt") => {
            let line: KnelpuntLine = serde_json::from_value(value).map_err(wrong)?;
            let code = line.read()?;
            if !incoming.codes.iter().any(|c| c.id == code.id) {
                incoming.codes.push(code);
            }
        }
        // hits, ends and errors of a search are no notes
        _ => {}
    }
    Ok(())
}

pub(super) fn time(what: &str, text: Option<&str>) -> Result<Option<jiff::Timestamp>, String> {
    let Some(text) = text.map(str::trim).filter(|t| !t.is_empty()) else { return Ok(None) };
    text.parse().map(Some).map_err(|e| format!("{what}: {e}"))
}

fn edition(text: &str) -> Result<Edition, String> {
    Edition::parse(text).ok_or_else(|| format!("{text:?} is no content hash"))
}

#[cfg(test)]
mod tests;
