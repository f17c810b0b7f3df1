//! The walls between modules, read off the sources: who may import whom, and which words may stand where.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Who may import whom, as `ARCHITECTURE.md` draws it. A module may always import itself.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("doc", &[]),
    ("compare", &["doc"]),
    ("lang", &["doc"]),
    ("import", &["doc", "lang"]),
    ("library", &["doc", "import"]),
    ("layout", &["doc"]),
    ("refs", &["doc"]),
    ("notes", &["doc"]),
    ("knelpunt", &["doc", "notes"]),
    ("search", &["doc", "lang"]),
    ("keys", &[]),
    ("config", &["doc", "keys"]),
    ("dirs", &[]),
    ("words", &["doc"]),
    ("app", &["doc", "compare", "library", "knelpunt", "notes", "layout", "keys", "config", "words", "search", "refs"]),
    ("ui", &["app", "doc", "compare", "layout", "keys", "knelpunt", "notes", "search", "library", "words", "refs"]),
    (
        "runtime",
        &[
            "app", "ui", "doc", "compare", "import", "library", "layout", "notes", "knelpunt", "search", "lang",
            "keys", "config", "dirs", "words",
        ],
    ),
    (
        "cli",
        &[
            "app", "runtime", "doc", "import", "library", "layout", "notes", "knelpunt", "search", "lang", "keys",
            "config", "dirs", "words", "refs", "compare",
        ],
    ),
];

/// A word of code, and the only places (files or folders under `src`) where it may stand.
const ONLY_IN: &[(&str, &[&str])] = &[
    ("ratatui::", &["ui/", "runtime/"]),
    ("ratatui_textarea", &["app/textbox.rs"]),
    ("crossterm", &["runtime/"]),
    ("tantivy", &["search/"]),
    ("std::thread", &["runtime/"]),
    ("thread::", &["runtime/"]),
    ("mpsc", &["runtime/"]),
    ("Instant::now", &["runtime/clock.rs"]),
    ("SystemTime::now", &["runtime/clock.rs"]),
    (
        "std::fs",
        &[
            "runtime/",
            "library/",
            "notes/store.rs",
            "notes/disk.rs",
            "notes/disk/",
            "notes/store/",
            "notes/history.rs",
            "notes/history/",
            "knelpunt/register.rs",
            "knelpunt/register/",
            "config/",
            "search/index.rs",
            "search/index/",
            "cli/",
        ],
    ),
    ("println!", &["cli/", "main.rs"]),
    ("eprintln!", &["cli/", "main.rs"]),
    ("static mut", &[]),
    ("thread_local!", &[]),
    ("lazy_static", &[]),
];

/// Lines a file may have; past these there is a seam to be found.
const LONGEST: usize = 600;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// All sources under `src`, by their path from there, without tests.
fn sources() -> Vec<(String, String)> {
    let mut out = Vec::new();
    walk(&root().join("src"), &mut out);
    assert!(out.len() > 50, "only {} sources were found", out.len());
    out
}

fn walk(dir: &Path, out: &mut Vec<(String, String)>) {
    let mut entries: Vec<_> = fs::read_dir(dir).unwrap().map(|e| e.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            walk(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") && !is_test(&path) {
            let name = path.strip_prefix(root().join("src")).unwrap().to_string_lossy().replace('\\', "/");
            out.push((name, fs::read_to_string(&path).unwrap()));
        }
    }
}

fn is_test(path: &Path) -> bool {
    path.file_stem().is_some_and(|s| s == "tests") || path.components().any(|c| c.as_os_str() == "tests")
}

/// The code of a file line by line, without comments.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .map(|(i, l)| (i + 1, l.split("//").next().unwrap_or("")))
        .filter(|(_, l)| !l.trim().is_empty())
}

/// The modules a line names after `crate::`, alone or in braces.
fn named(line: &str) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for (at, _) in line.match_indices("crate::") {
        let rest = &line[at + "crate::".len()..];
        let word = |s: &str| s.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
        match rest.strip_prefix('{') {
            Some(list) => out.extend(list.split(',').map(|s| word(s.trim()))),
            None => drop(out.insert(word(rest))),
        }
    }
    out
}

#[test]
fn modules_import_only_whom_they_may() {
    let mut wrong = Vec::new();
    for (name, text) in sources() {
        let module = name.split(['/', '.']).next().unwrap();
        let Some((_, may)) = MAY_IMPORT.iter().find(|(m, _)| *m == module) else {
            assert!(["lib", "main"].contains(&module), "src/{name} belongs to no module of the map");
            continue;
        };
        for (line, code) in code(&text) {
            for other in named(code) {
                let known = MAY_IMPORT.iter().any(|(m, _)| *m == other);
                if known && other != module && !may.contains(&other.as_str()) {
                    wrong.push(format!("src/{name}:{line} imports {other}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "walls are broken:\n{}", wrong.join("\n"));
}

#[test]
fn words_stand_only_where_they_may() {
    let mut wrong = Vec::new();
    for (name, text) in sources() {
        for (line, code) in code(&text) {
            for (word, places) in ONLY_IN {
                let named = code.match_indices(word).any(|(at, _)| {
                    // a longer word that ends in this one is another word
                    !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':')
                        || word.contains("std::")
                });
                if named && !places.iter().any(|p| name.starts_with(p)) {
                    wrong.push(format!("src/{name}:{line} says {word}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "walls are broken:\n{}", wrong.join("\n"));
}

#[test]
fn no_static_can_change() {
    let mut wrong = Vec::new();
    for (name, text) in sources() {
        for (line, code) in code(&text) {
            let code = code.trim_start().trim_start_matches("pub ").trim_start_matches("pub(crate) ");
            let changeable = ["Lock", "Cell", "Mutex", "Atomic", "Once"];
            if code.starts_with("static ") && changeable.iter().any(|c| code.contains(c)) {
                wrong.push(format!("src/{name}:{line}"));
            }
        }
    }
    assert!(wrong.is_empty(), "state that nobody owns: {wrong:?}");
}

#[test]
fn drawing_has_its_state_under_the_same_name() {
    let files = |dir: &str| -> BTreeSet<String> {
        fs::read_dir(root().join("src").join(dir))
            .unwrap()
            .map(|e| e.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
            .collect()
    };
    let helpers = ["mod", "theme", "paint", "header", "footer", "hits", "tests", "rows"];
    let missing: Vec<_> =
        files("ui").difference(&files("app")).filter(|f| !helpers.contains(&f.as_str())).cloned().collect();
    assert!(missing.is_empty(), "drawn without a state of that name: {missing:?}");
}

#[test]
fn files_are_small() {
    let long: Vec<_> = sources()
        .into_iter()
        .map(|(name, text)| (text.lines().count(), name))
        .filter(|(lines, _)| *lines > LONGEST)
        .collect();
    assert!(long.is_empty(), "past {LONGEST} lines: {long:?}");
}

#[test]
fn every_module_says_what_it_is_for() {
    let silent: Vec<_> =
        sources().into_iter().filter(|(_, text)| !text.starts_with("//!")).map(|(name, _)| name).collect();
    assert!(silent.is_empty(), "no first words in {silent:?}");
}

#[test]
fn there_is_one_copy_of_each_screen_library() {
    let lock = fs::read_to_string(root().join("Cargo.lock")).unwrap();
    for name in ["ratatui", "ratatui-core", "crossterm", "tantivy"] {
        let copies = lock.matches(&format!("name = \"{name}\"\n")).count();
        assert_eq!(copies, 1, "{copies} copies of {name}");
    }
}

#[test]
fn nothing_is_left_for_later() {
    let mut found = Vec::new();
    for (name, text) in sources() {
        for (line, code) in code(&text) {
            for word in ["todo!", "unimplemented!", ".unwrap()", "panic!(", "dbg!"] {
                if code.contains(word) {
                    found.push(format!("src/{name}:{line} {word}"));
                }
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}
