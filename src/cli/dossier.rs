//! `kantlijn dossier`: everything the library and the notes say of a knelpunt, by organisation and year.

use super::Done;
use super::json::{self, V};
use super::notebook::Notebook;
use super::out::{Tone, clean, say};
use super::session::{Opened, Session};
use crate::app::dossier::{said, state_words, volumes};
use crate::knelpunt::dossier::{Cell, Dossier, Entry, FoundIn, Key, Mark, Material, Run, Standing, Verdict};
use crate::knelpunt::{Certainty, FoundRow};
use crate::notes::{NoteId, Status};
use crate::runtime::exporter::owners;
use serde_json::{Value, json};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::PathBuf;

pub fn run(session: &mut Session, id: &str, apart: bool, paths: &[PathBuf]) -> anyhow::Result<Done> {
    let opened = session.open(paths)?;
    let notebook = Notebook::open(session);
    let found = found_rows(&opened);
    let volumes = volumes(&opened.library.entries, &opened.librarian.families(&opened.library));
    let located = opened.librarian.located(&opened.library);
    let standing = |s| {
        let note: &crate::notes::Note = s;
        let from = located.partition_point(|l| l.note < note.id);
        let many = located[from..].partition_point(|l| l.note == note.id);
        Standing { note, at: Cow::Borrowed(&located[from..from + many]) }
    };
    let notes = notebook.notes().iter().map(|s| standing(&s.note)).collect();
    let material = Material { register: notebook.made(), found: &found, volumes: &volumes, notes };
    let Some(dossier) = Dossier::key_of(id, &material).and_then(|key| Dossier::of(&key, !apart, &material)) else {
        say(&session.words.f("dossier.unknown", &[("id", &id)]));
        return Ok(Done::Nothing);
    };
    let owners = owners(notebook.notes().iter());
    match session.out.json {
        true => session.out.object(&object(&dossier, &owners))?,
        false => text(session, &dossier, &owners)?,
    }
    Ok(Done::Found)
}

fn found_rows(opened: &Opened) -> Vec<FoundRow> {
    let mut rows = Vec::new();
    for (entry, summary) in opened.library.ready() {
        // kept with the document; without a cache it is looked for again
        let anew = || opened.librarian.document(entry).map(|doc| opened.librarian.found_in(&doc)).unwrap_or_default();
        let found = opened.librarian.found(entry).unwrap_or_else(anew);
        for one in found.into_iter().filter(|f| f.certainty != Certainty::Mention) {
            let part = summary.parts.get(one.part.0 as usize);
            let title = part.map(|p| p.title.clone()).filter(|t| !t.is_empty());
            rows.push(FoundRow {
                doc: entry.id,
                report: title.unwrap_or_else(|| entry.file.clone()),
                org: part.and_then(|p| p.org.clone()),
                year: part.and_then(|p| p.year),
                found: one,
            });
        }
    }
    rows
}

/// Whose notes are not the reader's own.
type Owners = BTreeMap<NoteId, String>;

fn object(d: &Dossier, owners: &Owners) -> Value {
    let made = matches!(d.key, Key::Made(_));
    let history = d
        .history
        .iter()
        .map(|s| json!({"status": s.status.name(), "date": s.date.map(|d| d.to_string()), "source": s.source}));
    let years = d.years();
    let cells = years.iter().filter_map(|(y, c)| c.as_ref().map(|c| cell(c, json!({"year": y}))));
    let orgs = d.by_org.iter().map(|(o, c)| cell(c, json!({"org": o})));
    let years_of = |d: &Dossier| d.groups.iter().flat_map(|g| g.years.clone()).collect::<Vec<_>>();
    json!({
        "v": V, "type": "dossier", "id": d.key.id(), "origin": if made { "made" } else { "found" },
        "label": d.label, "title": d.title, "description": d.description, "synonyms": d.synonyms,
        "above": d.above.iter().map(|(id, _)| id).collect::<Vec<_>>(),
        "children": d.children.iter().map(|c| &c.id).collect::<Vec<_>>(), "with_children": d.with_children,
        "status": d.status().map(|s| s.status.name()), "history": history.collect::<Vec<_>>(),
        "first": d.first, "last": d.last, "runs": d.runs.iter().map(run_of).collect::<Vec<_>>(),
        "years": cells.collect::<Vec<_>>(), "orgs": orgs.collect::<Vec<_>>(),
        "found": years_of(d).iter().flat_map(|y| &y.found).map(found_of).collect::<Vec<_>>(),
        "near": d.near.iter().map(found_of).collect::<Vec<_>>(),
        "passages": d.entries().map(|e| entry_of(e, owners)).collect::<Vec<_>>(),
    })
}

fn cell(c: &Cell, mut of: Value) -> Value {
    let counts = [
        ("passages", c.passages),
        ("unloaded", c.unloaded),
        ("again", c.again),
        ("found", c.found),
        ("unsure", c.unsure),
        ("near", c.near),
    ];
    for (name, n) in counts {
        of[name] = n.into();
    }
    of
}

fn run_of(r: &Run) -> Value {
    let verdict = match r.verdict {
        Verdict::Returning { .. } => "returning",
        Verdict::Back { .. } => "back",
        Verdict::New => "new",
        Verdict::Gone { .. } => "gone",
        Verdict::Once => "once",
        Verdict::Unclear => "unclear",
    };
    let with = |mark: fn(Mark) -> bool| r.years.iter().filter(|y| mark(y.mark)).map(|y| y.year).collect::<Vec<_>>();
    json!({
        "report": r.report, "org": r.org, "verdict": verdict, "mentions": r.mentions,
        "seen": with(|m| matches!(m, Mark::Seen(_))), "missing": with(|m| m == Mark::Missing),
        "unsure": with(|m| m == Mark::Unsure), "absent": with(|m| m == Mark::Absent),
    })
}

fn found_of(f: &FoundIn) -> Value {
    let asks = f.asks.iter().map(|a| &a.title).collect::<Vec<_>>();
    json!({"id": f.id, "label": f.label, "title": f.title, "report": f.report, "org": f.org, "year": f.year, "asks": asks})
}

fn entry_of(e: &Entry, owners: &Owners) -> Value {
    let again = e.again.iter().map(|a| json!({"year": a.year, "state": a.state.name()})).collect::<Vec<_>>();
    let lines = e.place.as_ref().and_then(|p| p.at.lines);
    json!({
        "note": e.note.as_str(), "kind": e.kind.name(), "state": e.state.name(), "report": e.report, "org": e.org,
        "year": e.year, "file": e.file, "section": e.section, "page": e.page.as_ref().map(json::Page::of),
        "quote": e.quote, "found": e.place.as_ref().map(|p| &p.at.text), "line_from": lines.map(|l| l.from),
        "line_to": lines.map(|l| l.to), "body": e.words, "tags": e.tags, "status": e.status.map(Status::name),
        "via": e.via, "again": again, "owner": owners.get(&e.note),
    })
}

fn text(session: &mut Session, d: &Dossier, owners: &Owners) -> anyhow::Result<()> {
    let (out, w) = (&mut session.out, &session.words);
    let label = d.label.as_ref().map(|l| format!("{l}: ")).unwrap_or_default();
    out.line(&out.paint(Tone::Strong, &format!("◆ {label}{}", d.title)))?;
    let mut lines = Vec::new();
    lines.extend((!d.description.is_empty()).then(|| d.description.clone()));
    let names = d.synonyms.join(", ");
    lines.extend((!names.is_empty()).then(|| w.f("dossier.synonyms", &[("names", &names)])));
    let history = d.history.iter().map(|s| said::status(w, s)).collect::<Vec<_>>().join(" → ");
    lines.extend((!history.is_empty()).then(|| w.f("dossier.status", &[("status", &history)])));
    for run in &d.runs {
        let org = run.org.as_ref().map(|o| format!(" ({o})")).unwrap_or_default();
        lines.push(format!("{}{org}: {}", run.report, said::verdict(w, run, matches!(d.key, Key::Found(..)))));
    }
    for line in lines {
        out.line(&format!("  {}", clean(&line)))?;
    }
    for year in d.groups.iter().flat_map(|g| g.years.iter().map(move |y| (g, y))) {
        let (group, year) = year;
        let org = group.org.as_deref().unwrap_or(w.t("dossier.no-org"));
        let when = year.year.map_or_else(|| w.t("dossier.no-year").to_owned(), |y| y.to_string());
        out.line("")?;
        out.line(&out.paint(Tone::Strong, &format!("{org} · {when} · {}", said::amount(w, &year.total))))?;
        for found in &year.found {
            out.line(&format!("  ◇ {}", clean(&found.title)))?;
            for ask in &found.asks {
                out.line(&format!("    → {}", clean(&ask.title)))?;
            }
        }
        for entry in &year.entries {
            write_entry(out, w, entry, owners)?;
        }
    }
    for entry in &d.own {
        write_entry(out, w, entry, owners)?;
    }
    for near in &d.near {
        let year = near.year.map(|y| format!(" · {y}")).unwrap_or_default();
        out.line(&format!("≈ {}", clean(&format!("{}{year}", near.title))))?;
    }
    Ok(())
}

fn write_entry(
    out: &mut super::out::Out,
    w: &crate::words::Words,
    entry: &Entry,
    owners: &Owners,
) -> anyhow::Result<()> {
    let mut place: Vec<String> = Vec::new();
    place.extend(Some(state_words(w, entry).to_owned()).filter(|s| !s.is_empty()));
    if let Some(page) = &entry.page {
        let label = page.label.clone().unwrap_or_else(|| page.index.to_string());
        place.push(w.f("search.page", &[("page", &label)]));
    }
    place.extend(entry.section.last().cloned());
    place.extend(owners.get(&entry.note).map(|owner| w.f("notes.of-other", &[("owner", &clean(owner))])));
    out.line(&format!("  “{}”", clean(&entry.quote)))?;
    out.line(&format!("    {}", out.paint(Tone::Faint, &place.join(" · "))))?;
    if !entry.words.is_empty() {
        out.line(&format!("    {}", clean(&entry.words)))?;
    }
    Ok(())
}
