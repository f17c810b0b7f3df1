//! `kantlijn outline`: the headings of one file.

use super::Done;
use super::json::{self, V};
use super::out::{Tone, clean};
use super::session::Session;
use crate::doc::{Document, Section, SectionId};
use crate::knelpunt::Certainty;
use crate::library::Entry;
use rustc_hash::FxHashSet;
use serde::Serialize;
use std::path::Path;

#[derive(Serialize)]
struct Heading<'a> {
    v: u32,
    r#type: &'static str,
    file: &'a str,
    path: Option<String>,
    kind: &'static str,
    line: Option<u32>,
    lines: Option<u32>,
    line_to: Option<u32>,
    level: u8,
    number: Option<&'a str>,
    title: &'a str,
    page: Option<json::Page<'a>>,
    org: Option<&'a str>,
    year: Option<i32>,
    confidence: f32,
}

pub fn run(session: &mut Session, path: &Path) -> anyhow::Result<Done> {
    let (opened, entry) = session.open_one(path)?;
    let doc = opened.librarian.document(&entry).map_err(|f| anyhow::anyhow!("{}: {}", entry.file, f.reason))?;
    let explicit = opened.librarian.found_in(&doc).into_iter().filter(|f| f.certainty == Certainty::Explicit);
    let knelpunten: FxHashSet<SectionId> = explicit.map(|f| f.section).collect();
    let out = &mut session.out;
    for (id, section) in doc.outline().iter() {
        let heading = heading(&doc, &entry, section, knelpunten.contains(&id));
        if out.json {
            out.object(&heading)?;
            continue;
        }
        let indent = "  ".repeat(usize::from(section.level.saturating_sub(1)));
        let label = match section.parent {
            None => out.paint(Tone::Strong, &part_line(&heading)),
            Some(_) => {
                let sign = if heading.kind == "knelpunt" { "◆ " } else { "" };
                out.paint(Tone::Mark, sign) + &clean(&section.label())
            }
        };
        let place = heading.line.map_or(String::new(), |line| out.paint(Tone::Faint, &format!("  :{line}")));
        out.line(&format!("{indent}{label}{place}"))?;
    }
    // a text without a single heading still has its one part
    let bare = doc.outline().sections().iter().all(|s| s.heading.is_none());
    Ok(if bare { Done::Nothing } else { Done::Found })
}

fn part_line(heading: &Heading<'_>) -> String {
    let year = heading.year.map(|y| y.to_string());
    [Some(heading.title), heading.org, year.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn heading<'a>(doc: &'a Document, entry: &'a Entry, section: &'a Section, knelpunt: bool) -> Heading<'a> {
    let source = doc.source();
    let own = section.heading.map(|h| doc.block(h).range);
    let start = own.unwrap_or(section.range);
    let lines = own.and_then(|range| source.lines(range));
    let part = doc.outline().part(section.part);
    let root = section.parent.is_none();
    let title = if root && part.title.is_empty() { &entry.file } else { &section.title };
    Heading {
        v: V,
        r#type: "heading",
        file: &entry.file,
        path: json::path(entry),
        kind: match (root, knelpunt) {
            (true, _) => "part",
            (false, true) => "knelpunt",
            (false, false) => "heading",
        },
        line: source.line_at(start.start),
        lines: lines.map(|l| l.to - l.from + 1),
        line_to: source.lines(section.range).map(|l| l.to),
        level: section.level,
        number: section.number.as_deref(),
        title,
        page: source.page_at(start.start).map(json::Page::of),
        org: root.then_some(part.org.as_deref()).flatten(),
        year: part.year.filter(|_| root),
        confidence: section.confidence,
    }
}
