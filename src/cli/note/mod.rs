//! `kantlijn note`: notes without the screens.

mod add;
mod trash;

use super::Done;
use super::args::{NoteCheckArgs, NoteCommand};
use super::json;
use super::notebook::Notebook;
use super::out::{Tone, clean};
use super::session::Session;
use crate::library::Library;
use crate::notes::anchor::State;
use crate::notes::export::jsonl::NoteLine;
use crate::notes::history::History;
use crate::notes::store::{Store, Stored};
use crate::notes::{Located, Note};
use crate::runtime::clock::Clock;
use crate::runtime::locator::nowhere;
use anyhow::{Context, bail};
use rustc_hash::FxHashMap;
use std::process::Command;

pub fn run(session: &mut Session, command: NoteCommand) -> anyhow::Result<Done> {
    match command {
        NoteCommand::Add(args) => add::run(session, &args),
        NoteCommand::List { trash: false } => list(session),
        NoteCommand::List { trash: true } => trash::list(session),
        NoteCommand::Restore { ids } => trash::restore(session, &ids),
        NoteCommand::Show { id } => show(session, &id),
        NoteCommand::Edit { id } => edit(session, &id),
        NoteCommand::Rm { ids } => remove(session, &ids),
        NoteCommand::Check(args) => check(session, &args),
    }
}

/// All notes with their places in the library of the config.
fn list(session: &mut Session) -> anyhow::Result<Done> {
    check(session, &NoteCheckArgs { paths: Vec::new(), report: None, editions: false })
}

fn check(session: &mut Session, args: &NoteCheckArgs) -> anyhow::Result<Done> {
    session.dirs.data()?;
    let opened = session.open(&args.paths)?;
    let notebook = Notebook::open(session);
    let notes: Vec<&Note> = notebook.notes().iter().map(|s| &s.note).collect();
    let located = opened.librarian.locate(&opened.library, &notes, args.report.as_deref());
    let by_id: FxHashMap<_, _> = notebook.notes().iter().map(|s| (&s.note.id, s)).collect();
    for at in located.iter().filter(|l| l.home || args.editions) {
        if let Some(stored) = by_id.get(&at.note) {
            write_stored(session, stored, at, path_of(&opened.library, at).as_deref())?;
        }
    }
    Ok(if notes.is_empty() { Done::Nothing } else { Done::Found })
}

fn show(session: &mut Session, id: &str) -> anyhow::Result<Done> {
    session.dirs.data()?;
    let notebook = Notebook::open(session);
    let stored = by_id(session, notebook.notes(), id)?;
    let opened = session.open(&[])?;
    let located = opened.librarian.locate(&opened.library, &[&stored.note], None);
    let at = located.into_iter().find(|l| l.home).unwrap_or_else(|| nowhere(&stored.note, State::Skipped));
    write_stored(session, stored, &at, path_of(&opened.library, &at).as_deref())?;
    if !session.out.json {
        let file = session.dirs.data()?.join(&stored.path);
        let text = session.out.paint(Tone::Faint, &file.to_string_lossy());
        session.out.line(&format!("  {text}"))?;
    }
    Ok(Done::Found)
}

fn remove(session: &mut Session, ids: &[String]) -> anyhow::Result<Done> {
    let store = session.store()?;
    let notebook = Notebook::open(session);
    // all or none: a wrong id must not leave half of them gone
    let all = ids.iter().map(|id| by_id(session, notebook.notes(), id).cloned()).collect::<anyhow::Result<Vec<_>>>()?;
    History::open(&store).at(Clock::System.timestamp()).act(&store, "trash", |store| {
        all.iter().try_for_each(|stored| store.trash(stored).map(drop)).map_err(anyhow::Error::from)
    })?;
    for stored in &all {
        session.out.line(&session.words.f("note.trashed", &[("id", &stored.note.id.as_str())]))?;
    }
    Ok(Done::Found)
}

/// The words of a note in the reader's own editor.
fn edit(session: &mut Session, id: &str) -> anyhow::Result<Done> {
    let store = session.store()?;
    let notebook = Notebook::open(session);
    let stored = by_id(session, notebook.notes(), id)?.clone();
    let own = |name: &str| std::env::var(name).ok().filter(|v| !v.trim().is_empty());
    let configured = Some(session.config.editor.clone()).filter(|e| !e.trim().is_empty());
    let editor = configured.or_else(|| own("VISUAL")).or_else(|| own("EDITOR"));
    let editor = editor.with_context(|| session.words.t("note.no-editor"))?;
    let file = tempfile::Builder::new().prefix("kantlijn-").suffix(".md").tempfile()?;
    std::fs::write(file.path(), format!("{}\n", stored.note.body))?;
    let mut words = editor.split_whitespace();
    let status = Command::new(words.next().unwrap_or_default()).args(words).arg(file.path()).status();
    let status = status.with_context(|| editor.clone())?;
    if !status.success() {
        bail!(session.words.f("note.editor-failed", &[("editor", &editor)]));
    }
    let body = std::fs::read_to_string(file.path())?.replace("\r\n", "\n");
    let body = body.trim_end_matches('\n').to_owned();
    if body == stored.note.body {
        session.out.line(session.words.t("note.unchanged"))?;
        return Ok(Done::Found);
    }
    let note = Note { body, modified: Clock::System.timestamp(), ..stored.note.clone() };
    let save = |store: &Store| store.save(&stored, &note).map_err(anyhow::Error::from);
    let saved = match History::open(&store).at(Clock::System.timestamp()).act(&store, "change", save) {
        Ok(saved) => saved,
        Err(error) => {
            // the words must not go with the temporary file
            let kept = file.keep().map(|(_, path)| path.display().to_string()).unwrap_or_default();
            return Err(error).with_context(|| session.words.f("note.words-kept", &[("file", &kept)]));
        }
    };
    write_stored(session, &saved.stored, &nowhere(&saved.stored.note, State::Skipped), None)?;
    Ok(Done::Found)
}

/// The note of this id, or the only one whose id begins so.
pub fn by_id<'a>(session: &Session, notes: &'a [Stored], id: &str) -> anyhow::Result<&'a Stored> {
    if let Some(exact) = notes.iter().find(|s| s.note.id.as_str() == id) {
        return Ok(exact);
    }
    let begins = |s: &&Stored| s.note.id.as_str().to_ascii_uppercase().starts_with(&id.to_ascii_uppercase());
    let mut found = notes.iter().filter(begins);
    match (found.next(), found.next()) {
        (Some(one), None) if !id.is_empty() => Ok(one),
        (Some(_), _) => bail!(session.words.f("note.several-ids", &[("id", &id)])),
        (None, _) => bail!(session.words.f("note.no-id", &[("id", &id)])),
    }
}

/// The absolute path of the file that a note stands in.
pub fn path_of(library: &Library, at: &Located) -> Option<String> {
    json::path(library.entry(at.doc?)?)
}

/// The words for what became of a note.
pub fn state_key(state: State) -> &'static str {
    match state {
        State::Exact => "note.exact",
        State::Moved => "note.moved",
        State::Changed => "note.changed",
        State::Uncertain => "note.uncertain",
        State::Orphan => "note.orphan",
        State::Skipped => "note.skipped",
    }
}

/// A note on standard output.
pub fn write(session: &mut Session, note: &Note, at: &Located, path: Option<&str>) -> anyhow::Result<()> {
    write_of(session, note, None, at, path)
}

fn write_stored(session: &mut Session, stored: &Stored, at: &Located, path: Option<&str>) -> anyhow::Result<()> {
    write_of(session, &stored.note, stored.owner.as_deref(), at, path)
}

fn write_of(
    session: &mut Session,
    note: &Note,
    owner: Option<&str>,
    at: &Located,
    path: Option<&str>,
) -> anyhow::Result<()> {
    let (out, words) = (&mut session.out, &session.words);
    let mut line = NoteLine::of(note, at, path);
    line.owner = owner.map(str::to_owned);
    if out.json {
        out.object(&line)?;
        return Ok(());
    }
    let left = line.said.as_deref() == Some("left");
    let state = words.t(if left { "note.left" } else { state_key(at.state) });
    let at = line.line_from.map(|l| format!(":{l}")).unwrap_or_default();
    let report = line.report.as_deref().unwrap_or_default();
    let file = line.file.as_deref().unwrap_or_default();
    out.line(&format!(
        "{}  {} · {}  {}",
        out.paint(Tone::Strong, note.id.as_str()),
        clean(note.kind.name()),
        clean(state),
        out.paint(Tone::Faint, &format!("{report}  {file}{at}")),
    ))?;
    if let Some(quote) = &line.quote {
        out.line(&format!("  “{}”", clean(quote)))?;
    }
    for text in note.body.lines() {
        out.line(&format!("  {}", clean(text)))?;
    }
    let owner = line.owner.as_deref().map(|owner| words.f("notes.of-other", &[("owner", &clean(owner))]));
    let about: Vec<String> = owner
        .into_iter()
        .chain(note.knelpunten.iter().map(|k| format!("◆ {}", clean(k))))
        .chain(note.tags.iter().map(|t| format!("#{}", clean(t))))
        .chain(note.status.map(|s| s.name().to_owned()))
        .collect();
    if !about.is_empty() {
        out.line(&format!("  {}", about.join("  ")))?;
    }
    Ok(())
}
