//! What the screens export: from what the reader pointed at to a file and a notice.

use super::{PutFault, Scope, gather, owners, put, put_parts, tell, told};
use crate::app::{Notice, Taken};
use crate::config::CitationStyle;
use crate::knelpunt::register::Register;
use crate::library::Library;
use crate::notes::export::citation::Style;
use crate::notes::export::markdown::{BuiltIn, Template};
use crate::notes::export::{Form, Settings};
use crate::notes::{Note, NoteId, NoteKind, Target};
use crate::runtime::clock::Clock;
use crate::runtime::librarian::Librarian;
use crate::words::Words;
use std::io;
use std::path::{Path, PathBuf};

/// How the reader wants exports.
#[derive(Clone, Debug)]
pub struct Manner {
    /// The words, and their language.
    pub words: Words,
    /// The style of citations; `None`: the usual one.
    pub style: Option<Style>,
    /// The reader's own template for Markdown.
    pub template: Option<PathBuf>,
}

/// The style of the settings; `None`: the usual one of the language.
#[must_use]
pub fn style_of(style: CitationStyle) -> Option<Style> {
    match style {
        CitationStyle::Auto => None,
        CitationStyle::Leidraad => Some(Style::Leidraad),
        CitationStyle::Apa => Some(Style::Apa),
        CitationStyle::Plain => Some(Style::Plain),
        CitationStyle::Bibtex => Some(Style::Bibtex),
        CitationStyle::CslJson => Some(Style::CslJson),
    }
}

/// Reads a template.
///
/// # Errors
/// When the file can't be read, or isn't UTF-8.
pub fn template(file: &Path) -> io::Result<Template> {
    Ok(Template { name: file.display().to_string(), text: std::fs::read_to_string(file)? })
}

/// Writes what the reader took along to a file, and says how that went.
pub fn export(
    librarian: &Librarian,
    library: &Library,
    taken: &Taken,
    path: &Path,
    manner: &Manner,
    clock: &Clock,
) -> Notice {
    match try_export(librarian, library, taken, path, manner, clock) {
        Ok(lines) => Notice::info(lines.join(" · ")),
        Err(reason) => Notice::warning(reason),
    }
}

fn try_export(
    librarian: &Librarian,
    library: &Library,
    taken: &Taken,
    path: &Path,
    manner: &Manner,
    clock: &Clock,
) -> Result<Vec<String>, String> {
    let words = &manner.words;
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let failed = |error: &dyn std::fmt::Display| {
        words.f("notice.not-exported", &[("path", &whole.display()), ("reason", error)])
    };
    let known = || Form::ALL.iter().filter_map(|f| f.ending()).map(|e| format!(".{e}")).collect::<Vec<_>>().join(" ");
    let form = match Form::of_file(&path.to_string_lossy()) {
        Some(Form::Markdown(_)) if taken.knelpunt.is_some() => Form::Markdown(BuiltIn::Briefing),
        Some(form) => form,
        None => return Err(words.f("export.no-ending", &[("known", &known())])),
    };
    let store = librarian.store().ok_or_else(|| failed(&words.t("cli.no-folder")))?;
    let stored = store.notes();
    let register = Register::load(store).map_err(|e| failed(&e))?;
    let mut notes: Vec<&Note> = stored.iter().map(|s| &s.note).collect();
    let (mut scope, mut made) = (Scope::default(), Vec::new());
    match &taken.knelpunt {
        Some(id) => scope.knelpunt = Some(id.clone()),
        None => {
            made.extend(taken.places.iter().map(|target| passing(target, clock)));
            scope.notes = Some(taken.notes.iter().cloned().chain(made.iter().map(|n| n.id.clone())).collect());
        }
    }
    notes.extend(&made);
    let mut bundle = gather(librarian, library, &notes, &register, &scope, form).map_err(|e| failed(&e))?;
    bundle.owners = owners(stored.iter().map(AsRef::as_ref));
    if bundle.items.is_empty() && bundle.found.is_empty() && bundle.codes.is_empty() {
        return Err(words.t("export.nothing").to_owned());
    }
    let mut settings = Settings::usual(words.lang());
    settings.style = manner.style.unwrap_or(settings.style);
    settings.title.clone_from(&taken.title);
    settings.stamp.title.clone_from(&taken.title);
    settings.date = Some(clock.timestamp().to_zoned(jiff::tz::TimeZone::system()).date());
    if let (Form::Markdown(BuiltIn::Notes), Some(file)) = (form, &manner.template) {
        settings.template = Some(template(file).map_err(|e| failed(&format!("{}: {e}", file.display())))?);
    }
    let bytes = form.write(&bundle, &settings).map_err(|e| failed(&e))?;
    let told = |fault: &PutFault| told(words, path, fault);
    if form.is_updated() {
        let new = String::from_utf8_lossy(&bytes);
        let updated = put_parts(path, &new, false, false).map_err(|fault| told(&fault))?;
        return Ok(tell(words, &whole, &updated));
    }
    let same = std::fs::read(path).is_ok_and(|old| old.is_empty() || form.is(&old));
    put(path, &bytes, same).map_err(|error| told(&error.into()))?;
    Ok(vec![words.f("notice.exported", &[("path", &whole.display())])])
}

/// A place as a note that is kept nowhere: the same place always has the same id, so that a second export knows it.
fn passing(target: &Target, clock: &Clock) -> Note {
    let hash = blake3::hash(format!("{target:?}").as_bytes()).to_hex();
    let now = clock.timestamp();
    Note {
        id: NoteId::parse(&format!("P-{}", &hash[..20])).unwrap_or_else(|| NoteId::new(0, 0)),
        kind: NoteKind::Highlight,
        created: now,
        modified: now,
        knelpunten: Vec::new(),
        tags: Vec::new(),
        color: None,
        status: None,
        target: target.clone(),
        anchored: Vec::new(),
        body: String::new(),
    }
}
