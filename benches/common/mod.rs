//! What the benches share: the corpus they run on, and the yardsticks they are compared with.
//!
//! `KANTLIJN_BENCH_CORPUS` names a folder of Markdown and text; without it a few megabytes are made up in a temporary
//! one. `KANTLIJN_YARDSTICKS` names the folder of `tantivy_raw` (the bare search engine) and `tui_limits` (the bare
//! screen), there or in `target/release` below it; without it only our own figures are printed.
#![allow(dead_code)] // no bench needs all of it

use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// How much is made up when no corpus is named.
const MADE_UP: usize = 4_000_000;

/// A folder of reports.
pub struct Corpus {
    /// Where they are.
    pub folder: PathBuf,
    /// Keeps a made-up one until the end.
    _made_up: Option<TempDir>,
}

impl Corpus {
    /// The corpus of the environment, or a made-up one.
    pub fn open() -> Corpus {
        if let Some(folder) = std::env::var_os("KANTLIJN_BENCH_CORPUS") {
            return Corpus { folder: folder.into(), _made_up: None };
        }
        let folder = tempfile::tempdir().unwrap();
        for (n, text) in made_up(MADE_UP).into_iter().enumerate() {
            std::fs::write(folder.path().join(format!("rapport-{n:03}.md")), text).unwrap();
        }
        Corpus { folder: folder.path().to_owned(), _made_up: Some(folder) }
    }

    /// The contents of its Markdown and text files, in the order of their names.
    pub fn texts(&self) -> Vec<Vec<u8>> {
        let mut paths = Vec::new();
        walk(&self.folder, &mut paths);
        paths.sort();
        paths.iter().map(|p| std::fs::read(p).unwrap()).collect()
    }
}

fn walk(dir: &Path, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, out);
        } else if path.extension().is_some_and(|e| e == "md" || e == "txt") {
            out.push(path);
        }
    }
}

/// Steps of a small generator of numbers (D. Knuth's MMIX constants): the same ones on every run.
pub struct Dice(pub u64);

impl Dice {
    /// A number below `n`.
    pub fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n.max(1)
    }
}

/// Reports of words put together from syllables: enough different words for a dictionary of a natural size.
fn made_up(bytes: usize) -> Vec<String> {
    const SYLLABLES: [&str; 24] = [
        "ver", "ge", "reg", "aan", "toe", "zicht", "werk", "plaats", "dienst", "be", "leid", "voor", "ziening", "om",
        "gang", "stel", "sel", "over", "leg", "keur", "in", "zet", "baar", "heid",
    ];
    let mut dice = Dice(1);
    let words: Vec<String> =
        (0..40_000).map(|_| (0..1 + dice.below(4)).map(|_| SYLLABLES[dice.below(SYLLABLES.len())]).collect()).collect();
    let mut out = Vec::new();
    let mut made = 0;
    while made < bytes {
        let mut text = format!("# Rapport {}\n\n", out.len());
        for section in 0..40 {
            text.push_str(&format!("## {section} {}\n\n", words[dice.below(words.len())]));
            for _ in 0..5 {
                for _ in 0..60 {
                    // few words are common and most are rare
                    let rank = dice.below(words.len()).min(dice.below(words.len())).min(dice.below(words.len()));
                    text.push_str(&words[rank]);
                    text.push(' ');
                }
                text.push_str("\n\n");
            }
        }
        made += text.len();
        out.push(text);
    }
    out
}

/// The threads to compare on: ours and the yardstick's.
pub fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from).min(4)
}

/// The value at a share of the figures, 0.5 being the median.
pub fn percentile(figures: &mut [f64], share: f64) -> f64 {
    figures.sort_unstable_by(f64::total_cmp);
    figures[((figures.len() - 1) as f64 * share).round() as usize]
}

/// The program of a yardstick; says in one line why there is none.
pub fn yardstick(name: &str) -> Option<PathBuf> {
    let Some(folder) = std::env::var_os("KANTLIJN_YARDSTICKS").map(PathBuf::from) else {
        println!("not compared: KANTLIJN_YARDSTICKS does not name the folder of {name}");
        return None;
    };
    let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    let found = [folder.join(&file), folder.join("target/release").join(&file)].into_iter().find(|p| p.is_file());
    if found.is_none() {
        println!("not compared: no {file} in {} or in target/release below it", folder.display());
    }
    found
}

/// What a yardstick prints.
pub fn run(program: &Path, args: &[&dyn AsRef<std::ffi::OsStr>]) -> String {
    let out = Command::new(program).args(args.iter().map(|a| a.as_ref())).output().unwrap();
    assert!(out.status.success(), "{} failed: {}", program.display(), String::from_utf8_lossy(&out.stderr));
    String::from_utf8_lossy(&out.stdout).into_owned()
}
