//! A note and its place as JSON.

use crate::cli::json::{self, V};
use crate::doc::TextRange;
use crate::notes::Note;
use crate::notes::anchor::State;
use crate::runtime::placer::Placed;
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
    candidates: &'a [Candidate],
    body: &'a str,
    knelpunten: &'a [String],
    tags: &'a [String],
    status: Option<&'static str>,
    created: String,
    modified: String,
}

/// A place that a note might be on.
#[derive(Clone, Debug, Serialize)]
pub struct Candidate {
    line_from: Option<u32>,
    line_to: Option<u32>,
    found: String,
}

/// Where a note stands.
#[derive(Clone, Debug)]
pub struct Place {
    /// What became of its target.
    pub state: State,
    file: Option<String>,
    path: Option<String>,
    /// The text there.
    found: Option<String>,
    lines: Option<(u32, u32)>,
    candidates: Vec<Candidate>,
}

impl Place {
    /// Nowhere: its report isn't here.
    pub fn skipped() -> Place {
        Place { state: State::Skipped, file: None, path: None, found: None, lines: None, candidates: Vec::new() }
    }

    /// Where a note was found; nowhere when its report isn't here.
    pub fn of(placed: Option<&Placed<'_>>) -> Place {
        let Some(Placed { entry, doc, anchor }) = placed else { return Place::skipped() };
        let lines = |range: TextRange| doc.source().lines(range).map(|l| (l.from, l.to));
        let candidate = |range: &TextRange| Candidate {
            line_from: lines(*range).map(|l| l.0),
            line_to: lines(*range).map(|l| l.1),
            found: doc.slice(*range).to_owned(),
        };
        Place {
            state: anchor.state,
            file: Some(entry.file.clone()),
            path: json::path(entry),
            found: anchor.range.map(|range| doc.slice(range).to_owned()),
            lines: anchor.range.and_then(lines),
            candidates: anchor.candidates.iter().map(candidate).collect(),
        }
    }
}

/// A note with its place, as it is written.
pub fn line<'a>(note: &'a Note, place: &'a Place) -> NoteLine<'a> {
    let target = &note.target;
    let report = target.report.as_ref();
    NoteLine {
        v: V,
        r#type: "note",
        id: note.id.as_str(),
        kind: note.kind.name(),
        report: report.map(|r| r.title.as_str()),
        org: report.and_then(|r| r.org.as_deref()),
        year: report.and_then(|r| r.year),
        file: place.file.as_deref().or(report.map(|r| r.file.as_str())),
        path: place.path.as_deref(),
        section: &target.section,
        page: target.page.as_ref().map(json::Page::of),
        state: place.state.name(),
        quote: target.quote().map(|q| q.exact.as_str()),
        found: place.found.as_deref(),
        line_from: place.lines.map(|l| l.0),
        line_to: place.lines.map(|l| l.1),
        candidates: &place.candidates,
        body: &note.body,
        knelpunten: &note.knelpunten,
        tags: &note.tags,
        status: note.status.map(crate::notes::Status::name),
        created: note.created.to_string(),
        modified: note.modified.to_string(),
    }
}
