//! `kantlijn export`: notes, dossiers and sources in a form for others.

use super::Done;
use super::args::ExportArgs;
use super::notebook::Notebook;
use super::out::say;
use super::session::Session;
use crate::notes::export::{Form, Settings};
use crate::notes::{Note, NoteId};
use crate::runtime::exporter::{self, Scope};
use anyhow::{Context, bail};
use std::io;
use std::path::Path;

pub fn run(session: &mut Session, args: &ExportArgs) -> anyhow::Result<Done> {
    session.dirs.data()?;
    let form = form(session, args)?;
    if form.is_binary() && args.output.is_none() && session.out.terminal {
        bail!(session.words.t("export.to-terminal"));
    }
    let notebook = Notebook::open(session);
    let mut chosen = None;
    for id in &args.notes {
        let stored = super::note::by_id(session, notebook.notes(), id)?;
        chosen.get_or_insert_with(Vec::<NoteId>::new).push(stored.note.id.clone());
    }
    let scope = Scope {
        knelpunt: args.knelpunt.clone(),
        report: args.report.clone(),
        section: args.section.clone(),
        tags: args.tags.iter().map(|t| t.trim_start_matches('#').to_owned()).collect(),
        status: args.status.as_deref().map(str::parse).transpose()?,
        notes: chosen,
        only_here: !args.paths.is_empty() || session.global.paths_from.is_some(),
    };
    let opened = session.open(&args.paths)?;
    let notes: Vec<&Note> = notebook.notes().iter().map(|s| &s.note).collect();
    let bundle = exporter::gather(&opened.librarian, &opened.library, &notes, notebook.register(), &scope, form)?;
    if bundle.items.is_empty() && bundle.found.is_empty() && bundle.codes.is_empty() {
        say(session.words.t("export.nothing"));
        return Ok(Done::Nothing);
    }
    let mut settings = settings(session, args);
    let about = bundle.about.as_ref().and_then(|id| bundle.codes.iter().find(|c| c.id == *id));
    settings.stamp.title = about.map_or(settings.stamp.title, |code| code.title.clone());
    let bytes = form.write(&bundle, &settings)?;
    match args.output.as_deref().filter(|path| path.as_os_str() != "-") {
        None => session.out.raw(&bytes)?,
        Some(path) => {
            put(session, path, form, &bytes, args.force)?;
            let count = session.words.n("count.notes", bundle.items.len() as u64);
            say(&session.words.f("export.done", &[("notes", &count), ("file", &path.display())]));
        }
    }
    Ok(Done::Found)
}

/// The form that was asked for, else the one of the file's name.
fn form(session: &Session, args: &ExportArgs) -> anyhow::Result<Form> {
    let known = || Form::ALL.iter().map(|f| f.name()).collect::<Vec<_>>().join(", ");
    let of_file = || args.output.as_ref().and_then(|path| Form::of_file(&path.to_string_lossy()));
    args.format.or_else(of_file).with_context(|| session.words.f("export.no-form", &[("known", &known())]))
}

fn settings(session: &Session, args: &ExportArgs) -> Settings {
    let mut settings = Settings::usual(session.words.lang());
    settings.style = args.style.unwrap_or(settings.style);
    settings.table.bom = args.bom;
    settings.table.separator = match args.separator.as_str() {
        ";" => b';',
        "tab" => b'\t',
        _ => b',',
    };
    settings
}

/// Writes the file. One of the same form makes way; any other only by force.
fn put(session: &Session, path: &Path, form: Form, bytes: &[u8], force: bool) -> anyhow::Result<()> {
    let same = || std::fs::read(path).is_ok_and(|old| old.is_empty() || form.is(&old));
    let replace = force || same();
    exporter::put(path, bytes, replace).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => {
            anyhow::anyhow!(session.words.f("export.exists", &[("file", &path.display()), ("form", &form.name())]))
        }
        _ => anyhow::Error::new(error).context(path.display().to_string()),
    })
}
