//! No sentence of the real reports stands in this repository.

use kantlijn::doc::Format;
use kantlijn::import::{Limits, read as read_document};
use std::collections::HashSet;
use std::fs;
use std::hash::{BuildHasher, RandomState};
use std::path::{Path, PathBuf};

/// So many words in a row are a sentence of somebody's; fewer can be chance.
const RUN: usize = 8;

fn files(dir: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && !["target", ".git"].contains(&name.as_str()) {
            files(&path, out);
        } else if path.is_file() {
            out.push(path);
        }
    }
}

/// Lower-case words of letters and digits.
fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
}

#[test]
#[ignore = "needs KANTLIJN_CORPUS"]
fn no_run_of_eight_words_of_the_reports_is_in_any_tracked_text() {
    let corpus = PathBuf::from(std::env::var_os("KANTLIJN_CORPUS").expect("KANTLIJN_CORPUS names the folder"));
    let mut theirs = Vec::new();
    files(&corpus.join("reports"), &mut theirs);
    files(&corpus.join("documents"), &mut theirs);
    let hash = RandomState::new();
    let mut runs = HashSet::new();
    let mut read = 0;
    for path in &theirs {
        // beside the documents lie what is known of them and what compares it
        if path.extension().is_some_and(|e| e == "jsonl" || e == "py") {
            continue;
        }
        let bytes = fs::read(path).unwrap();
        let doc = read_document(&bytes, &Limits::default()).unwrap();
        read += 1;
        runs.extend(words(doc.text()).windows(RUN).map(|run| hash.hash_one(run)));
        // and as it stands in the file, where that is text without markup
        if let (Format::Markdown | Format::Plain, Ok(text)) = (doc.format(), String::from_utf8(bytes)) {
            runs.extend(words(&text).windows(RUN).map(|run| hash.hash_one(run)));
        }
    }
    assert!(read >= 18 && runs.len() > 250_000, "only {read} texts of the corpus were read");

    let mut ours = Vec::new();
    files(Path::new(env!("CARGO_MANIFEST_DIR")), &mut ours);
    let mut found = Vec::new();
    for path in &ours {
        let Ok(text) = fs::read_to_string(path) else { continue };
        // licences are everybody's, and the marks of outlines hold titles, which one document cites of another
        if path.parent().is_some_and(|p| p.ends_with("tests/outlines")) {
            continue;
        }
        if path.file_name().is_some_and(|n| n.to_string_lossy().starts_with("LICENSE") || n == "Project.xsd") {
            continue;
        }
        let words = words(&text);
        for run in words.windows(RUN).filter(|run| runs.contains(&hash.hash_one(*run))) {
            found.push(format!("{}: {}", path.display(), run.join(" ")));
        }
    }
    assert!(found.is_empty(), "sentences of the reports:\n{}", found.join("\n"));
}
