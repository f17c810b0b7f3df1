//! `kantlijn editions`: which reports are editions of one another, and links made and cut by hand.

use super::Done;
use super::args::EditionsArgs;
use super::json::{self, V};
use super::out::{Tone, clean};
use super::session::{Opened, Session};
use crate::app::editions::report_ref;
use crate::doc::PartId;
use crate::library::editions::{Family, ReportId};
use crate::library::{Entry, Library, PartSummary};
use crate::notes::ReportRef;
use crate::notes::editions::{link, unlink};
use crate::notes::history::History;
use crate::notes::store::Store;
use crate::runtime::clock::Clock;
use anyhow::{Context, bail};
use serde::Serialize;

#[derive(Serialize)]
struct Line<'a> {
    v: u32,
    r#type: &'static str,
    family: usize,
    title: &'a str,
    org: Option<&'a str>,
    year: Option<i32>,
    file: &'a str,
    path: Option<String>,
    part: u32,
    relation: &'static str,
    follows: Option<&'a str>,
    by_hand: bool,
}

pub fn run(session: &mut Session, args: &EditionsArgs) -> anyhow::Result<Done> {
    let opened = session.open(&args.paths)?;
    if let [report, follows] = args.link.as_slice() {
        let pair = [named(session, &opened, report)?, named(session, &opened, follows)?];
        let [report, follows] = pair.map(|id| reference(&opened.library, id));
        let (report, follows) = (report.context("report")?, follows.context("report")?);
        let store = Store::open(session.dirs.data()?);
        let now = Clock::System.timestamp();
        History::open(&store).act(&store, "link-editions", |store| {
            link(store, &report, &follows, now).map(drop).map_err(anyhow::Error::from)
        })?;
    } else if let Some(report) = &args.unlink {
        let id = named(session, &opened, report)?;
        let families = opened.librarian.families(&opened.library);
        let others: Vec<ReportRef> = match families.family(id) {
            Some((family, _)) => {
                let others = family.members.iter().map(|m| m.report).filter(|r| *r != id);
                others.filter_map(|r| reference(&opened.library, r)).collect()
            }
            None => bail!(session.words.f("editions.alone", &[("report", report)])),
        };
        let report = reference(&opened.library, id).context("report")?;
        let store = Store::open(session.dirs.data()?);
        let now = Clock::System.timestamp();
        History::open(&store).act(&store, "part-editions", |store| {
            unlink(store, &report, &others, now).map(drop).map_err(anyhow::Error::from)
        })?;
    }
    list(session, &opened)
}

fn list(session: &mut Session, opened: &Opened) -> anyhow::Result<Done> {
    let families = opened.librarian.families(&opened.library);
    for (family, number) in families.all().iter().zip(1..) {
        if !session.out.json {
            let title = heading(&opened.library, family);
            let text = session.out.paint(Tone::Strong, &clean(&title));
            session.out.line(&text)?;
        }
        for member in &family.members {
            let Some((entry, part)) = of(&opened.library, member.report) else { continue };
            let follows = families.follows(member.report).and_then(|m| of(&opened.library, m.report));
            let line = Line {
                v: V,
                r#type: "edition",
                family: number,
                title: if part.title.is_empty() { &entry.file } else { &part.title },
                org: part.org.as_deref(),
                year: member.issue.year,
                file: &entry.file,
                path: json::path(entry),
                part: member.report.part.0 + 1,
                relation: member.relation.name(),
                follows: follows.map(|(entry, _)| entry.file.as_str()),
                by_hand: member.by_hand,
            };
            let (out, words) = (&mut session.out, &session.words);
            if out.json {
                out.object(&line)?;
                continue;
            }
            let year = line.year.map_or("    ".to_owned(), |y| y.to_string());
            let relation = words.t(&format!("editions.{}", line.relation));
            let hand = if line.by_hand { format!(" · {}", words.t("editions.by-hand")) } else { String::new() };
            let file = out.paint(Tone::Faint, &clean(line.file));
            out.line(&format!("  {year}  {relation}{hand}  {file}"))?;
        }
    }
    if families.all().is_empty() && !session.out.json {
        session.out.line(session.words.t("editions.none"))?;
    }
    Ok(if families.all().is_empty() { Done::Nothing } else { Done::Found })
}

/// What a family is called: by its newest edition.
fn heading(library: &Library, family: &Family) -> String {
    let newest = family.members.iter().rev().filter_map(|m| of(library, m.report));
    let titled = newest.clone().find(|(_, part)| !part.title.is_empty());
    let (entry, part) = match titled.or_else(|| newest.clone().next()) {
        Some(found) => found,
        None => return String::new(),
    };
    let title = if part.title.is_empty() { &entry.file } else { &part.title };
    part.org.as_ref().map_or_else(|| title.clone(), |org| format!("{title} · {org}"))
}

fn of(library: &Library, id: ReportId) -> Option<(&Entry, &PartSummary)> {
    let entry = library.entry(id.doc)?;
    Some((entry, entry.summary()?.parts.get(id.part.0 as usize)?))
}

fn reference(library: &Library, id: ReportId) -> Option<ReportRef> {
    of(library, id).map(|(entry, part)| report_ref(entry, part))
}

/// The report that a file names, `FILE` or `FILE#PART`: by its path, or as it is shown.
pub fn named(session: &Session, opened: &Opened, name: &str) -> anyhow::Result<ReportId> {
    let find = |file: &str| {
        let path = std::fs::canonicalize(file).ok();
        let entries: Vec<&Entry> = opened.library.ready().map(|(entry, _)| entry).collect();
        let by_path = entries.iter().copied().find(|e| path.as_ref() == Some(&e.path));
        by_path.or_else(|| {
            let mut shown = entries.iter().copied().filter(|e| e.file == file);
            shown.next().filter(|_| shown.next().is_none())
        })
    };
    let part = |text: &str| text.parse::<u32>().ok().filter(|n| *n > 0);
    let numbered = || name.rsplit_once('#').and_then(|(file, n)| Some((find(file)?, part(n)?)));
    let found = find(name).map(|e| (e, 1)).or_else(numbered);
    let there = found.filter(|(e, n)| e.summary().is_some_and(|s| *n as usize <= s.parts.len()));
    let (entry, part) = there.with_context(|| session.words.f("editions.no-report", &[("report", &name)]))?;
    Ok(ReportId { doc: entry.id, part: PartId(part - 1) })
}
