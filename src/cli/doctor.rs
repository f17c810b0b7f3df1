//! `kantlijn doctor`: what is where, what was not read and why, what is wrong and what to do.

use super::Done;
use super::json::V;
use super::out::{Tone, clean};
use super::session::Session;
use serde::Serialize;
use std::fs;
use std::path::{Path, PathBuf};

/// Something to know about: `error` is a file that was not read or a folder that can't be used, `note` the rest.
#[derive(Serialize)]
struct Finding<'a> {
    v: u32,
    r#type: &'static str,
    line: Option<u32>,
    file: &'a str,
    reason: String,
    hint: &'a str,
}

pub fn run(session: &mut Session, paths: &[PathBuf]) -> anyhow::Result<Done> {
    let problems = session.problems.clone();
    let sources = session.sources(paths)?;
    let opened = session.bring_up(sources, false);
    let words = session.words.clone();
    let out = &mut session.out;
    let mut wrong = 0;
    let mut find = |out: &mut super::out::Out, file: &str, reason: String, hint: &str| -> anyhow::Result<()> {
        wrong += 1;
        if out.json {
            out.object(&Finding { v: V, r#type: "error", line: None, file, reason, hint })?;
            return Ok(());
        }
        let hint = if hint.is_empty() { String::new() } else { format!(" → {}", clean(hint)) };
        let sign = out.paint(Tone::Bad, "✗");
        out.line(&format!("  {sign} {}: {}{hint}", out.paint(Tone::Strong, file), clean(&reason)))?;
        Ok(())
    };
    if !out.json {
        out.line(&format!("kantlijn {}", env!("CARGO_PKG_VERSION")))?;
        out.line(words.t("doctor.folders"))?;
    }
    let folders = [
        ("data", session.dirs.data().ok().map(Path::to_owned), words.t("doctor.hint-data")),
        ("cache", session.dirs.cache.clone(), words.t("doctor.hint-cache")),
        ("state", session.dirs.state.clone(), words.t("doctor.hint-state")),
    ];
    for (name, folder, hint) in &folders {
        let Some(folder) = folder else {
            find(out, name, words.t("doctor.no-folder").into(), hint)?;
            continue;
        };
        if let Some(reason) = unusable(folder) {
            find(out, &folder.to_string_lossy(), reason, hint)?;
        } else if !out.json {
            out.line(&format!("  ✓ {name:6} {}", clean(&folder.to_string_lossy())))?;
        }
    }
    if !out.json {
        out.line(words.t("doctor.config"))?;
        let file = session.dirs.config_file.as_deref().filter(|f| f.exists());
        let file = file.map_or(words.t("doctor.no-config").to_owned(), |f| clean(&f.to_string_lossy()));
        if problems.is_empty() {
            out.line(&format!("  ✓ {file}"))?;
        }
    }
    for problem in &problems {
        let place = problem.place.map_or(String::new(), |(line, column)| format!(":{line}:{column}"));
        let file = format!("{}{place}", problem.file.display());
        find(out, &file, problem.what.clone(), words.t("doctor.hint-config"))?;
    }
    if !out.json {
        out.line(words.t("doctor.library"))?;
        out.line(&format!("  ✓ {}", words.n("count.documents", opened.library.ready().count() as u64)))?;
    }
    for (entry, failure) in opened.library.failed() {
        find(out, &entry.file, failure.reason.clone(), &failure.hint)?;
    }
    for (entry, summary) in opened.library.ready() {
        for warning in &summary.warnings {
            if out.json {
                out.object(&Finding {
                    v: V,
                    r#type: "warning",
                    line: None,
                    file: &entry.file,
                    reason: warning.clone(),
                    hint: "",
                })?;
            } else {
                out.line(&format!("  ! {}: {}", clean(&entry.file), clean(warning)))?;
            }
        }
    }
    if !out.json && wrong == 0 {
        out.line(words.t("doctor.well"))?;
    }
    Ok(Done::Found)
}

/// Why a folder can't be written; `None` when it can, or when it can be made. Leaves nothing behind.
fn unusable(folder: &Path) -> Option<String> {
    if folder.is_dir() {
        return tempfile::tempfile_in(folder).err().map(|e| e.to_string());
    }
    if folder.exists() {
        return Some("not a folder".into());
    }
    let parent = folder.ancestors().find(|a| a.exists())?;
    match fs::metadata(parent) {
        Ok(meta) if meta.is_dir() => tempfile::tempfile_in(parent).err().map(|e| e.to_string()),
        Ok(_) => Some(format!("{} is not a folder", parent.display())),
        Err(error) => Some(error.to_string()),
    }
}
