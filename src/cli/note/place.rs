//! A note and its place as JSON.

use crate::cli::json::{self, V};
use crate::notes::{Located, Note, PlaceFound};
use serde::Serialize;

/// A note as it is written.
#[derive(Serialize)]
pub struct NoteLine<'a> {
    v: u32,
    r#type: &'static str,
    id: &'a str,
    kind: &'static str,
    pub report: Option<&'a str>,
    org: Option<&'a str>,
    year: Option<i32>,
    pub file: Option<&'a str>,
    path: Option<&'a str>,
    section: &'a [String],
    page: Option<json::Page<'a>>,
    state: &'static str,
    pub quote: Option<&'a str>,
    found: Option<&'a str>,
    pub line_from: Option<u32>,
    line_to: Option<u32>,
    candidates: Vec<Candidate<'a>>,
    body: &'a str,
    knelpunten: &'a [String],
    tags: &'a [String],
    status: Option<&'static str>,
    created: String,
    modified: String,
}

/// A place that a note might be on.
#[derive(Clone, Debug, Serialize)]
pub struct Candidate<'a> {
    line_from: Option<u32>,
    line_to: Option<u32>,
    found: &'a str,
}

/// A note with its place, as it is written; `path` is the absolute path of its file.
pub fn line<'a>(note: &'a Note, at: &'a Located, path: Option<&'a str>) -> NoteLine<'a> {
    let named = |text: &'a str| Some(text).filter(|t| !t.is_empty());
    let found = at.place.as_ref();
    let lines = |place: &PlaceFound| place.lines.map(|l| (l.from, l.to));
    let candidate = |place: &'a PlaceFound| Candidate {
        line_from: lines(place).map(|l| l.0),
        line_to: lines(place).map(|l| l.1),
        found: &place.text,
    };
    NoteLine {
        v: V,
        r#type: "note",
        id: note.id.as_str(),
        kind: note.kind.name(),
        report: note.target.report.as_ref().map(|_| at.report.as_str()),
        org: at.org.as_deref(),
        year: at.year,
        file: named(&at.file),
        path,
        section: &at.section,
        page: at.page.as_ref().map(json::Page::of),
        state: at.state.name(),
        quote: note.target.quote().map(|q| q.exact.as_str()),
        found: found.map(|p| p.text.as_str()),
        line_from: found.and_then(lines).map(|l| l.0),
        line_to: found.and_then(lines).map(|l| l.1),
        candidates: at.candidates.iter().map(candidate).collect(),
        body: &note.body,
        knelpunten: &note.knelpunten,
        tags: &note.tags,
        status: note.status.map(crate::notes::Status::name),
        created: note.created.to_string(),
        modified: note.modified.to_string(),
    }
}
