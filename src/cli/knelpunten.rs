//! `kantlijn knelpunten`: those found in the reports, and the reader's own.

use super::Done;
use super::json::{self, V};
use super::notebook::Notebook;
use super::out::{Tone, clean};
use super::session::Session;
use crate::doc::{Document, TextRange};
use crate::knelpunt::register::Made;
use crate::knelpunt::{Certainty, Found};
use crate::library::Entry;
use serde::Serialize;
use std::path::PathBuf;

#[derive(Default, Serialize)]
struct Line<'a> {
    v: u32,
    r#type: &'static str,
    id: &'a str,
    origin: &'static str,
    status_in_text: Option<Certainty>,
    label: Option<&'a str>,
    title: &'a str,
    report: Option<&'a str>,
    part: Option<u32>,
    org: Option<&'a str>,
    year: Option<i32>,
    file: Option<&'a str>,
    path: Option<String>,
    line: Option<u32>,
    line_to: Option<u32>,
    page: Option<json::Page<'a>>,
    asks: Vec<AskLine<'a>>,
    notes: usize,
    status: Option<&'static str>,
    parent: Option<&'a str>,
    includes: &'a [String],
}

#[derive(Serialize)]
struct AskLine<'a> {
    title: &'a str,
    line: Option<u32>,
    line_to: Option<u32>,
}

pub fn run(session: &mut Session, paths: &[PathBuf]) -> anyhow::Result<Done> {
    let opened = session.open(paths)?;
    // whoever only looks at reports needs no folder for notes
    let notebook = Notebook::open(session);
    let mut any = false;
    for (entry, _) in opened.library.ready() {
        let doc = match opened.librarian.document(entry) {
            Ok(doc) => doc,
            Err(failure) => {
                super::out::say(&format!("{}: {}", entry.file, failure.reason));
                continue;
            }
        };
        for found in opened.librarian.found_in(&doc) {
            any = true;
            let line = found_line(&doc, entry, &found, notebook.count(&found.id));
            write(session, &line)?;
        }
    }
    for made in notebook.made() {
        any = true;
        write_made(session, made, notebook.count(&made.id))?;
    }
    Ok(if any { Done::Found } else { Done::Nothing })
}

/// One of the reader's own.
pub fn write_made(session: &mut Session, made: &Made, notes: usize) -> anyhow::Result<()> {
    write(session, &made_line(made, notes))
}

fn found_line<'a>(doc: &'a Document, entry: &'a Entry, found: &'a Found, notes: usize) -> Line<'a> {
    let source = doc.source();
    let part = doc.outline().part(found.part);
    let lines = |range: TextRange| source.lines(range);
    let ask = |ask: &'a crate::knelpunt::Ask| AskLine {
        title: &ask.title,
        line: lines(ask.range).map(|l| l.from),
        line_to: lines(ask.range).map(|l| l.to),
    };
    Line {
        v: V,
        r#type: "knelpunt",
        id: &found.id,
        origin: "found",
        status_in_text: Some(found.certainty),
        label: found.label.as_deref(),
        title: &found.title,
        report: Some(if part.title.is_empty() { &entry.file } else { &part.title }),
        part: Some(found.part.0 + 1),
        org: part.org.as_deref(),
        year: part.year,
        file: Some(&entry.file),
        path: json::path(entry),
        line: lines(found.range).map(|l| l.from),
        line_to: lines(found.range).map(|l| l.to),
        page: source.page_at(found.range.start).map(json::Page::of),
        asks: found.asks.iter().map(ask).collect(),
        notes,
        ..Line::default()
    }
}

fn made_line(made: &Made, notes: usize) -> Line<'_> {
    Line {
        v: V,
        r#type: "knelpunt",
        id: &made.id,
        origin: "made",
        title: &made.title,
        notes,
        status: made.current_status().map(crate::notes::Status::name),
        parent: made.parent.as_deref(),
        includes: &made.includes,
        ..Line::default()
    }
}

fn write(session: &mut Session, line: &Line<'_>) -> anyhow::Result<()> {
    let (out, words) = (&mut session.out, &session.words);
    if out.json {
        out.object(line)?;
        return Ok(());
    }
    // a bare mention is no knelpunt; scripts get them, people don't have to wade through them
    if line.status_in_text == Some(Certainty::Mention) {
        return Ok(());
    }
    let sign = match line.status_in_text {
        Some(Certainty::Explicit) => "◆",
        Some(_) => "◇",
        None => "●",
    };
    let label = line.label.map_or(String::new(), |l| format!("{l}: "));
    let mut text =
        format!("{} {}", out.paint(Tone::Mark, sign), out.paint(Tone::Strong, &format!("{label}{}", line.title)));
    if let Some(status) = line.status {
        text.push_str(&format!(" · {status}"));
    }
    if line.notes > 0 {
        text.push_str(&format!(" · {}", words.n("count.notes", line.notes as u64)));
    }
    out.line(&text)?;
    if let (Some(report), Some(file)) = (line.report, line.file) {
        let year = line.year.map(|y| format!(" · {y}")).unwrap_or_default();
        let place = line.line.map(|l| format!(":{l}")).unwrap_or_default();
        out.line(&format!("  {}", out.paint(Tone::Faint, &format!("{report}{year}  {file}{place}"))))?;
    }
    for ask in &line.asks {
        out.line(&format!("  → {}", clean(ask.title)))?;
    }
    Ok(())
}
