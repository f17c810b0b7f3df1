//! Names for folders: of titles, readable, and safe on every file system.

use super::Note;
use super::note::TargetKind;
use std::path::{Path, PathBuf};
use unicode_normalization::UnicodeNormalization;

/// Longest slug in bytes: short enough for a path of 260 characters and for encrypted folders.
const MAX: usize = 60;

/// The folder, under `notes/`, of notes on knelpunten that the reader has made.
pub const KNELPUNTEN: &str = "knelpunten";

/// A title as ASCII lower-case words parted by `-`, cut at a word at 60 bytes; empty when the title has no letter or digit
/// that ASCII can show. The same title always gives the same slug.
#[must_use]
pub fn slug(title: &str) -> String {
    let mut out = String::new();
    for c in title.nfkd().flat_map(char::to_lowercase) {
        match c {
            'a'..='z' | '0'..='9' => out.push(c),
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'ø' => out.push('o'),
            // Accents taken off by the decomposition, apostrophes and soft hyphens part no words.
            '\u{300}'..='\u{36f}' | '\'' | '’' | '\u{ad}' => {}
            _ if !out.is_empty() && !out.ends_with('-') => out.push('-'),
            _ => {}
        }
        if out.len() > MAX {
            let cut = out.rfind('-').filter(|at| *at > MAX / 2).unwrap_or(MAX);
            out.truncate(cut);
            break;
        }
    }
    out.truncate(out.trim_end_matches('-').len());
    out
}

/// Whether Windows keeps this name for a device, whatever its case and extension.
#[must_use]
pub fn is_reserved(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or("").to_ascii_lowercase();
    let numbered = |s: &str| matches!(s.as_bytes(), [b'1'..=b'9']);
    matches!(stem.as_str(), "con" | "prn" | "aux" | "nul")
        || ["com", "lpt"].iter().any(|p| stem.strip_prefix(p).is_some_and(numbered))
}

/// The folder of a note, relative to the data folder: `notes/<report>` or `notes/knelpunten/<knelpunt>`.
#[must_use]
pub fn folder(note: &Note) -> PathBuf {
    let notes = Path::new("notes");
    match (&note.target.report, &note.target.kind) {
        (None, TargetKind::Knelpunt(id)) => notes.join(KNELPUNTEN).join(or(slug(id), "knelpunt")),
        (None, _) => notes.join("report"),
        (Some(report), _) => {
            let mut name = slug(&report.title);
            if name.is_empty() {
                let file = report.file.rsplit(['/', '\\']).next().unwrap_or("");
                name = slug(file.rsplit_once('.').map_or(file, |(stem, _)| stem));
            }
            let mut name = or(name, "report");
            if let Some(year) = report.year.filter(|y| !name.split('-').any(|word| word == y.to_string())) {
                name = format!("{name}-{year}");
            }
            notes.join(if name == KNELPUNTEN { "report-knelpunten".to_owned() } else { name })
        }
    }
}

fn or(name: String, otherwise: &str) -> String {
    if name.is_empty() {
        otherwise.to_owned()
    } else if is_reserved(&name) {
        format!("{otherwise}-{name}")
    } else {
        name
    }
}
