//! `kantlijn doctor`: what is where, what was not read and why, what is wrong and what to do.

use super::Done;
use super::json::V;
use super::out::{Out, Tone, clean};
use super::session::{Opened, Session};
use crate::knelpunt::register::{FILE, Register};
use crate::notes::outlines::Outlines;
use crate::notes::queries;
use crate::notes::store::Store;
use crate::words::Words;
use serde::Serialize;
use std::io;
use std::path::{Path, PathBuf};

/// Something to know about: an `error` is what could not be read or used, a `warning` what was read with a remark.
#[derive(Serialize)]
struct Finding<'a> {
    v: u32,
    r#type: &'static str,
    line: Option<usize>,
    file: &'a str,
    reason: &'a str,
    hint: &'a str,
}

/// Writes what is found.
struct Doctor<'a> {
    out: &'a mut Out,
    words: &'a Words,
    wrong: usize,
}

pub fn run(session: &mut Session, paths: &[PathBuf]) -> anyhow::Result<Done> {
    let sources = session.sources(paths)?;
    let opened = session.bring_up(sources, false);
    let data = session.dirs.data().ok().map(Path::to_owned);
    let folders = [
        ("data", data.clone(), "doctor.hint-data"),
        ("cache", session.dirs.cache.clone(), "doctor.hint-cache"),
        ("state", session.dirs.state.clone(), "doctor.hint-state"),
    ];
    let config = session.dirs.config_file.as_deref().filter(|f| f.exists());
    let mut doctor = Doctor { out: &mut session.out, words: &session.words, wrong: 0 };
    if !doctor.out.json {
        doctor.out.line(&format!("kantlijn {}", env!("CARGO_PKG_VERSION")))?;
    }
    doctor.head("doctor.folders")?;
    for (name, folder, hint) in &folders {
        doctor.folder(name, folder.as_deref(), hint)?;
    }
    doctor.head("doctor.config")?;
    if session.problems.is_empty() {
        let none = doctor.words.t("doctor.no-config").to_owned();
        doctor.fine(&config.map_or(none, |f| f.to_string_lossy().into_owned()))?;
    }
    for problem in &session.problems {
        let place = problem.place.map_or(String::new(), |(line, column)| format!(":{line}:{column}"));
        let file = format!("{}{place}", problem.file.display());
        doctor.wrong(problem.place.map(|p| p.0), &file, &problem.what, doctor.words.t("doctor.hint-config"))?;
    }
    doctor.head("doctor.library")?;
    doctor.library(&opened)?;
    if let Some(data) = &data {
        doctor.head("doctor.notes")?;
        doctor.notes(data)?;
    }
    if !doctor.out.json && doctor.wrong == 0 {
        doctor.out.line(doctor.words.t("doctor.well"))?;
    }
    Ok(Done::Found)
}

impl Doctor<'_> {
    fn head(&mut self, key: &str) -> io::Result<()> {
        if self.out.json {
            return Ok(());
        }
        let text = self.out.paint(Tone::Strong, self.words.t(key));
        self.out.line(&text)
    }

    fn fine(&mut self, text: &str) -> io::Result<()> {
        if self.out.json { Ok(()) } else { self.out.line(&format!("  ✓ {}", clean(text))) }
    }

    fn wrong(&mut self, line: Option<usize>, file: &str, reason: &str, hint: &str) -> io::Result<()> {
        self.wrong += 1;
        if self.out.json {
            return self.out.object(&Finding { v: V, r#type: "error", line, file, reason, hint });
        }
        let hint = if hint.is_empty() { String::new() } else { format!(" → {}", clean(hint)) };
        let (sign, file) = (self.out.paint(Tone::Bad, "✗"), self.out.paint(Tone::Strong, file));
        self.out.line(&format!("  {sign} {file}: {}{hint}", clean(reason)))
    }

    fn remark(&mut self, file: &str, reason: &str) -> io::Result<()> {
        if self.out.json {
            return self.out.object(&Finding { v: V, r#type: "warning", line: None, file, reason, hint: "" });
        }
        self.out.line(&format!("  ! {}: {}", clean(file), clean(reason)))
    }

    fn folder(&mut self, name: &str, folder: Option<&Path>, hint: &str) -> io::Result<()> {
        let hint = self.words.t(hint);
        let Some(folder) = folder else { return self.wrong(None, name, self.words.t("doctor.no-folder"), hint) };
        let path = folder.to_string_lossy();
        match unusable(folder) {
            Some(reason) => self.wrong(None, &path, &reason, hint),
            None => self.fine(&format!("{name:6} {path}")),
        }
    }

    fn library(&mut self, opened: &Opened) -> io::Result<()> {
        let library = &opened.library;
        let documents = self.words.n("count.documents", library.ready().count() as u64);
        let passages = opened.librarian.searcher(library).map_or(0, |s| s.passages());
        self.fine(&format!("{documents}, {}", self.words.n("count.passages", passages)))?;
        if let Some(reason) = opened.librarian.index_damage(library) {
            let folder = opened.librarian.index_folder(library).unwrap_or_default();
            let hint = self.words.t("doctor.hint-index");
            self.wrong(None, &folder.to_string_lossy(), &reason, hint)?;
        }
        for (entry, failure) in library.failed() {
            self.wrong(None, &entry.file, &failure.reason, &failure.hint)?;
        }
        for (entry, summary) in library.ready() {
            for warning in &summary.warnings {
                self.remark(&entry.file, warning)?;
            }
        }
        Ok(())
    }

    /// Files of notes that are not understood, copies that need a look, the register and the saved searches.
    fn notes(&mut self, data: &Path) -> io::Result<()> {
        let store = Store::open(data);
        let loaded = store.load();
        self.fine(&self.words.n("count.notes", loaded.notes.len() as u64))?;
        let whole = |path: &Path| data.join(path).to_string_lossy().into_owned();
        for (path, reason) in loaded.unreadable.iter().chain(&Outlines::load(&store).unreadable) {
            self.wrong(None, &whole(path), reason, self.words.t("doctor.hint-note"))?;
        }
        for copy in &loaded.conflicts {
            let text = self.words.f("doctor.conflict", &[("id", &copy.note.id.as_str())]);
            self.remark(&whole(&copy.path), &text)?;
        }
        match Register::load(&store) {
            Ok(register) => {
                for problem in register.problems() {
                    let hint = self.words.t("doctor.hint-register");
                    self.wrong(Some(problem.line), &whole(Path::new(FILE)), &problem.reason, hint)?;
                }
            }
            Err(error) => {
                self.wrong(None, &whole(Path::new(FILE)), &error.to_string(), self.words.t("doctor.hint-register"))?;
            }
        }
        if let Err(error) = queries::load(&store) {
            let file = whole(Path::new(queries::FILE));
            self.wrong(None, &file, &error.to_string(), self.words.t("doctor.hint-register"))?;
        }
        Ok(())
    }
}

/// Why a folder can't be written; `None` when it can, or when it can be made. Leaves nothing behind.
fn unusable(folder: &Path) -> Option<String> {
    // the folder itself, or the one it would be made in
    let there = folder.ancestors().find(|a| a.exists())?;
    if !there.is_dir() {
        return Some(format!("{} is not a folder", there.display()));
    }
    tempfile::tempfile_in(there).err().map(|e| e.to_string())
}
