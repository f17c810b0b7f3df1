//! `kantlijn open`: the original of a report, or of the report a note is on, in the reader's viewer.

use super::Done;
use super::args::OpenArgs;
use super::notebook::Notebook;
use super::out::clean;
use super::session::Session;
use crate::library::Place;
use crate::runtime::viewer;
use anyhow::{Context, bail};
use std::path::{Path, PathBuf};

pub fn run(session: &mut Session, args: &OpenArgs) -> anyhow::Result<Done> {
    let path = Path::new(&args.what);
    let (path, page) = match path.is_file() {
        true => (path.to_owned(), args.page),
        false => {
            let (path, page) = of_note(session, &args.what)?;
            (path, args.page.or(page))
        }
    };
    viewer::show(&path, page, &session.config.viewer).with_context(|| path.display().to_string())?;
    let place = page.map(|p| session.words.f("open.page", &[("page", &p)])).unwrap_or_default();
    session.out.line(&format!("{}{place}", clean(&path.to_string_lossy())))?;
    Ok(Done::Found)
}

/// The file that a note stands in, and its page.
fn of_note(session: &mut Session, id: &str) -> anyhow::Result<(PathBuf, Option<u32>)> {
    let notebook = Notebook::open(session);
    let looks_like_path = id.contains(['/', '\\', '.']);
    if looks_like_path {
        bail!(session.words.f("open.no-file", &[("file", &id)]));
    }
    let note = super::note::by_id(session, notebook.notes(), id)?.note.clone();
    let opened = session.open(&[])?;
    let located = opened.librarian.locate(&opened.library, &[&note], None);
    let at = located.iter().find(|at| at.home);
    let entry = at.and_then(|at| opened.library.entry(at.doc?)).filter(|e| e.place == Place::Disk);
    let Some((at, entry)) = at.zip(entry) else {
        bail!(session.words.f("open.no-original", &[("id", &note.id.as_str())]));
    };
    Ok((entry.path.clone(), at.page.as_ref().map(|p| p.index)))
}
