//! `kantlijn note add`: one note, or many from JSON lines.

use super::write_stored;
use crate::cli::Done;
use crate::cli::args::{NoteAddArgs, When};
use crate::cli::json::{self, V};
use crate::cli::notebook::Notebook;
use crate::cli::out::say;
use crate::cli::session::{Opened, Session};
use crate::cli::show::find_section;
use crate::doc::{Document, PartId, TextRange};
use crate::library::Entry;
use crate::notes::anchor::{Anchor, Kin, Resolver, State};
use crate::notes::describe::{describe, describe_report, describe_section};
use crate::notes::history::History;
use crate::notes::store::Store;
use crate::notes::{IdMaker, Note, NoteKind, Quote, Target};
use crate::runtime::chance::random;
use crate::runtime::clock::Clock;
use crate::runtime::locator::stands;
use anyhow::{Context, bail};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What is wanted, from the command line or a line of a batch.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    file: PathBuf,
    quote: Option<String>,
    prefix: Option<String>,
    suffix: Option<String>,
    section: Option<String>,
    kind: Option<String>,
    text: Option<String>,
    #[serde(default)]
    knelpunten: Vec<String>,
    #[serde(default)]
    tags: Vec<String>,
    status: Option<String>,
    color: Option<String>,
}

/// A line of a batch that was not done.
#[derive(Serialize)]
struct Failed<'a> {
    v: u32,
    r#type: &'static str,
    line: usize,
    file: Option<&'a str>,
    reason: String,
    hint: &'static str,
}

/// A file that was opened, for every further note on it.
struct Open {
    opened: Opened,
    entry: Entry,
    doc: Arc<Document>,
}

pub fn run(session: &mut Session, args: &NoteAddArgs) -> anyhow::Result<Done> {
    let store = session.store()?;
    let mut ids = IdMaker::default();
    store.notes().iter().filter(|s| s.owner.is_none()).for_each(|s| ids.after(&s.note.id));
    let mut adder = Adder {
        history: History::open(&store),
        store,
        ids,
        open: FxHashMap::default(),
        known: known_knelpunten(session),
    };
    if let Some(batch) = &args.batch {
        return adder.batch(session, batch);
    }
    let text = match args.text.as_deref() {
        Some("-") => Some(session.read_text(Path::new("-"))?),
        text => text.map(str::to_owned),
    };
    let wanted = Wanted {
        file: args.path.clone().unwrap_or_default(),
        quote: args.quote.clone(),
        prefix: args.prefix.clone(),
        suffix: args.suffix.clone(),
        section: args.section.clone(),
        kind: args.kind.clone(),
        text,
        knelpunten: args.knelpunten.clone(),
        tags: args.tags.clone(),
        status: args.status.clone(),
        color: args.color.clone().filter(|c| When::parse(c).is_none()),
    };
    adder.add(session, &wanted)?;
    Ok(Done::Found)
}

/// The ids of the reader's own knelpunten.
fn known_knelpunten(session: &Session) -> FxHashSet<String> {
    Notebook::open(session).made().iter().map(|m| m.id.clone()).collect()
}

struct Adder {
    store: Store,
    history: History,
    ids: IdMaker,
    open: FxHashMap<PathBuf, Arc<Open>>,
    /// Knelpunten that there are; a note may be put to others, which is said.
    known: FxHashSet<String>,
}

impl Adder {
    /// One result or one error a line; the rest goes on.
    fn batch(&mut self, session: &mut Session, file: &Path) -> anyhow::Result<Done> {
        let text = session.read_text(file)?;
        let mut added = false;
        for (line, number) in text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty()) {
            let wanted = serde_json::from_str::<Wanted>(line).context("JSON");
            let name = wanted.as_ref().ok().map(|w| w.file.to_string_lossy().into_owned());
            match wanted.and_then(|wanted| self.add(session, &wanted)) {
                Ok(()) => added = true,
                Err(error) if crate::cli::is_broken_pipe(&error) => return Err(error),
                Err(error) => {
                    let reason = format!("{error:#}");
                    if session.out.json {
                        let (v, r#type, file) = (V, "error", name.as_deref());
                        session.out.object(&Failed { v, r#type, line: number, file, reason, hint: "" })?;
                    } else {
                        say(&format!("{}:{number}: {reason}", file.display()));
                    }
                }
            }
        }
        Ok(if added { Done::Found } else { Done::Nothing })
    }

    fn add(&mut self, session: &mut Session, wanted: &Wanted) -> anyhow::Result<()> {
        let open = self.file(session, &wanted.file)?;
        let (target, range) = target(session, &open, wanted)?;
        let body = wanted.text.as_deref().unwrap_or("").replace("\r\n", "\n").trim_end_matches('\n').to_owned();
        let kind = match &wanted.kind {
            Some(kind) => kind.parse::<NoteKind>()?,
            None if !body.is_empty() => NoteKind::Note,
            None if wanted.quote.is_some() => NoteKind::Highlight,
            None => NoteKind::Bookmark,
        };
        for id in wanted.knelpunten.iter().filter(|id| !self.known.contains(*id)) {
            say(&session.words.f("note.unknown-knelpunt", &[("id", id)]));
        }
        let clock = Clock::System;
        let now = clock.timestamp();
        let note = Note {
            id: self.ids.next(clock.millis(), random()),
            kind,
            created: now,
            modified: now,
            knelpunten: wanted.knelpunten.clone(),
            tags: wanted.tags.clone(),
            color: wanted.color.as_deref().map(str::parse).transpose()?,
            status: wanted.status.as_deref().map(str::parse).transpose()?,
            target,
            anchored: Vec::new(),
            body,
        };
        let create = |store: &Store| store.create(&note).map_err(anyhow::Error::from);
        let saved = self.history.at(now).act(&self.store, "create", create)?;
        let anchor = Anchor { state: State::Exact, range: Some(range), candidates: Vec::new(), places: 1 };
        let note = &saved.stored.note;
        let at = stands(&open.entry, &open.doc, note, Kin::Edition, true, &anchor);
        write_stored(session, &saved.stored, &at, json::path(&open.entry).as_deref())
    }

    fn file(&mut self, session: &mut Session, path: &Path) -> anyhow::Result<Arc<Open>> {
        if let Some(open) = self.open.get(path) {
            return Ok(Arc::clone(open));
        }
        let (opened, entry) = session.open_one(path)?;
        let doc = opened.librarian.document(&entry).map_err(|f| anyhow::anyhow!("{}: {}", entry.file, f.reason))?;
        self.known.extend(opened.librarian.found_in(&doc).into_iter().map(|f| f.id));
        let open = Arc::new(Open { opened, entry, doc });
        self.open.insert(path.to_owned(), Arc::clone(&open));
        Ok(open)
    }
}

/// What the note is on, and where that is: the quote, else the section, else the report.
fn target(session: &Session, open: &Open, wanted: &Wanted) -> anyhow::Result<(Target, TextRange)> {
    let (doc, file, words) = (&open.doc, open.entry.file.as_str(), &session.words);
    let outline = doc.outline();
    let Some(quote) = wanted.quote.as_deref().filter(|q| !q.trim().is_empty()) else {
        if wanted.quote.is_some() {
            bail!(words.t("note.empty-quote"));
        }
        return match &wanted.section {
            Some(title) => {
                let section = find_section(doc, title)
                    .with_context(|| words.f("cli.no-section", &[("section", title), ("file", &file)]))?;
                Ok((describe_section(doc, section, file), outline.section(section).range))
            }
            None => Ok((describe_report(doc, PartId(0), file), outline.part(PartId(0)).range)),
        };
    };
    let quote = Quote {
        exact: quote.to_owned(),
        prefix: wanted.prefix.clone().unwrap_or_default(),
        suffix: wanted.suffix.clone().unwrap_or_default(),
        times: None,
    };
    let found = open.opened.librarian.found_in(doc).into_iter().map(|f| (f.id, f.range)).collect::<Vec<_>>();
    let places = Resolver::new(doc, &found).places(&quote, wanted.section.as_deref());
    match places.as_slice() {
        [] => bail!(words.f("note.quote-nowhere", &[("file", &file)])),
        [range] => Ok((describe(doc, *range, file), *range)),
        several => {
            const SHOWN: usize = 10;
            let line = |range: &TextRange| doc.source().line_at(range.start).map_or("?".to_owned(), |l| l.to_string());
            let mut lines = several.iter().take(SHOWN).map(line).collect::<Vec<_>>().join(", ");
            if several.len() > SHOWN {
                lines.push_str(", …");
            }
            bail!(words.f("note.quote-several", &[("file", &file), ("n", &several.len()), ("lines", &lines)]))
        }
    }
}
