//! `kantlijn references`: what the reports refer to.

use super::Done;
use super::json::{self, V};
use super::out::{Tone, clean};
use super::session::Session;
use crate::doc::{Document, TextRange};
use crate::library::Entry;
use crate::refs::{self, Cited, Reference};
use serde::Serialize;
use std::path::PathBuf;

#[derive(Serialize)]
struct Line<'a> {
    v: u32,
    r#type: &'static str,
    kind: &'static str,
    label: &'a str,
    url: Option<&'a str>,
    text: &'a str,
    report: &'a str,
    part: u32,
    org: Option<&'a str>,
    year: Option<i32>,
    file: &'a str,
    path: Option<String>,
    section: Vec<String>,
    page: Option<json::Page<'a>>,
    line: Option<u32>,
    line_to: Option<u32>,
}

pub fn run(session: &mut Session, paths: &[PathBuf]) -> anyhow::Result<Done> {
    let opened = session.open(paths)?;
    let mut any = false;
    for (entry, _) in opened.library.ready() {
        let doc = match opened.librarian.document(entry) {
            Ok(doc) => doc,
            Err(failure) => {
                super::out::say(&format!("{}: {}", entry.file, failure.reason));
                continue;
            }
        };
        let all = refs::find(&doc);
        any |= !all.is_empty();
        if session.out.json {
            for reference in &all {
                session.out.object(&line(&doc, entry, reference))?;
            }
        } else if !all.is_empty() {
            list(session, &doc, entry, &all)?;
        }
    }
    Ok(if any { Done::Found } else { Done::Nothing })
}

fn line<'a>(doc: &'a Document, entry: &'a Entry, reference: &'a Reference) -> Line<'a> {
    let source = doc.source();
    let section = doc.block(doc.block_at(reference.range.start)).section;
    let part_id = doc.outline().section(section).part;
    let part = doc.outline().part(part_id);
    let lines = source.lines(reference.range);
    Line {
        v: V,
        r#type: "reference",
        kind: reference.kind.name(),
        label: &reference.label,
        url: reference.url.as_deref(),
        text: doc.slice(reference.range),
        report: if part.title.is_empty() { &entry.file } else { &part.title },
        part: part_id.0 + 1,
        org: part.org.as_deref(),
        year: part.year,
        file: &entry.file,
        path: json::path(entry),
        section: doc.outline().path_labels(section),
        page: source.page_at(reference.range.start).map(json::Page::of),
        line: lines.map(|l| l.from),
        line_to: lines.map(|l| l.to),
    }
}

/// For people: what is cited once, with how often, where first, and where it can be read.
fn list(session: &mut Session, doc: &Document, entry: &Entry, all: &[Reference]) -> anyhow::Result<()> {
    let (out, words) = (&mut session.out, &session.words);
    out.line(&out.paint(Tone::Strong, &entry.file))?;
    let mut kind = None;
    for Cited { kind: this, label, url, places } in refs::cited(all) {
        if kind != Some(this) {
            kind = Some(this);
            out.line(&format!("  {}", words.t(&format!("reference.{}", this.name()))))?;
        }
        let first = places.first().copied().unwrap_or_default();
        let at = place(doc, first).map(|l| out.paint(Tone::Faint, &format!("  :{l}"))).unwrap_or_default();
        let often = if places.len() > 1 { format!(" × {}", places.len()) } else { String::new() };
        out.line(&format!("    {}{often}{at}", clean(&label)))?;
        // an address says itself what it is
        if let Some(url) = url.filter(|u| !u.contains(label.as_str())) {
            out.line(&format!("      {}", out.paint(Tone::Faint, &url)))?;
        }
    }
    Ok(())
}

fn place(doc: &Document, range: TextRange) -> Option<u32> {
    doc.source().lines(range).map(|l| l.from)
}
