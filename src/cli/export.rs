//! `kantlijn export`: notes, dossiers and sources in a form for others.

use super::Done;
use super::args::ExportArgs;
use super::notebook::Notebook;
use super::out::say;
use super::session::Session;
use crate::notes::export::markdown::BuiltIn;
use crate::notes::export::{Form, Settings};
use crate::notes::{Note, NoteId};
use crate::runtime::clock::Clock;
use crate::runtime::exporter::{self, PutFault, Scope, told};
use anyhow::{Context, bail};
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
    let mut bundle = exporter::gather(&opened.librarian, &opened.library, &notes, notebook.register(), &scope, form)?;
    bundle.owners = exporter::owners(notebook.notes().iter());
    if bundle.items.is_empty() && bundle.found.is_empty() && bundle.codes.is_empty() {
        say(session.words.t("export.nothing"));
        return Ok(Done::Nothing);
    }
    let mut settings = settings(session, args, form)?;
    let about = bundle.about.as_ref().and_then(|id| bundle.codes.iter().find(|c| c.id == *id));
    if let Some(code) = about {
        settings.stamp.title.clone_from(&code.title);
        settings.title.clone_from(&code.title);
    }
    let bytes = form.write(&bundle, &settings)?;
    if form.is_updated()
        && let Some(path) = args.output.as_deref().filter(|path| path.as_os_str() != "-")
    {
        return update(session, path, &bytes, args);
    }
    match args.output.as_deref().filter(|path| path.as_os_str() != "-") {
        None => session.out.raw(&bytes)?,
        Some(path) => {
            put(session, path, form, &bytes, args.force)?;
            // a codebook holds no notes
            let count = match form {
                Form::Qdc => session.words.n("count.knelpunten", bundle.codes.len() as u64),
                _ => session.words.n("count.notes", bundle.items.len() as u64),
            };
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

fn settings(session: &Session, args: &ExportArgs, form: Form) -> anyhow::Result<Settings> {
    let mut settings = Settings::usual(session.words.lang());
    let style = args.style.or_else(|| exporter::style_of(session.config.citation_style));
    settings.style = style.unwrap_or(settings.style);
    settings.table.bom = args.bom;
    settings.table.separator = match args.separator.as_str() {
        ";" => b';',
        "tab" => b'\t',
        _ => b',',
    };
    session.words.t("export.title").clone_into(&mut settings.title);
    settings.date = Some(Clock::System.timestamp().to_zoned(jiff::tz::TimeZone::system()).date());
    let own =
        session.config.template_file(session.dirs.config_dir()).filter(|_| form == Form::Markdown(BuiltIn::Notes));
    if let Some(file) = args.template.clone().or(own) {
        settings.template = Some(exporter::template(&file).with_context(|| file.display().to_string())?);
    }
    Ok(settings)
}

/// Writes a text of which the reader may have made more: of one that is there only our own parts change, and what was left
/// as the reader wants it is said.
fn update(session: &Session, path: &Path, new: &[u8], args: &ExportArgs) -> anyhow::Result<Done> {
    let new = String::from_utf8_lossy(new);
    let updated = exporter::put_parts(path, &new, args.again, args.force)
        .map_err(|fault| anyhow::anyhow!(refused(session, path, &fault)))?;
    for line in exporter::tell(&session.words, path, &updated) {
        say(&line);
    }
    Ok(Done::Found)
}

/// Writes the file. One of the same form makes way; any other only by force.
fn put(session: &Session, path: &Path, form: Form, bytes: &[u8], force: bool) -> anyhow::Result<()> {
    let same = || std::fs::read(path).is_ok_and(|old| old.is_empty() || form.is(&old));
    let replace = force || same();
    exporter::put(path, bytes, replace).map_err(|error| anyhow::anyhow!(refused(session, path, &error.into())))
}

/// Why a file was not written, and what would make it so.
fn refused(session: &Session, path: &Path, fault: &PutFault) -> String {
    let why = told(&session.words, path, fault);
    match fault {
        PutFault::Exists => format!("{why}; {}", session.words.t("export.force")),
        _ => why,
    }
}
