//! No sentence of the real reports stands in this repository.

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
        // the texts; what is packed (PDF, DOCX …) is no UTF-8
        let Ok(text) = fs::read_to_string(path) else { continue };
        read += 1;
        runs.extend(words(&text).windows(RUN).map(|run| hash.hash_one(run)));
    }
    assert!(read >= 8 && runs.len() > 50_000, "only {read} texts of the corpus were read");

    let mut ours = Vec::new();
    files(Path::new(env!("CARGO_MANIFEST_DIR")), &mut ours);
    let mut found = Vec::new();
    for path in &ours {
        let Ok(text) = fs::read_to_string(path) else { continue };
        // licences are everybody's
        if path.file_name().is_some_and(|n| n.to_string_lossy().starts_with("LICENSE")) {
            continue;
        }
        let words = words(&text);
        for run in words.windows(RUN).filter(|run| runs.contains(&hash.hash_one(*run))) {
            found.push(format!("{}: {}", path.display(), run.join(" ")));
        }
    }
    assert!(found.is_empty(), "sentences of the reports:\n{}", found.join("\n"));
}
