//! How fast a folder becomes a library: scanned, read, its structure and knelpunten found, kept and indexed, as at the
//! first start. Against the bare engine with a Dutch stemmer (`tantivy_raw index --stem`) on the same folder and threads,
//! in turn; the ratio is the median over the pairs (goal: at least 0.5). The next start, nothing changed, comes after, and
//! how long one changed report of 100 KB takes until it can be searched (goal: 50 ms, however large the library).
#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout)]

mod common;

use common::{Corpus, percentile, run, threads, yardstick};
use kantlijn::doc::{DocId, TextRange};
use kantlijn::knelpunt::Own;
use kantlijn::library::ScanOptions;
use kantlijn::runtime::librarian::{Librarian, Sources};
use kantlijn::search::{Options, Query, Texts};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::time::Instant;

const PAIRS: usize = 5;
const CHANGES: usize = 20;

fn sources(paths: Vec<PathBuf>) -> Sources {
    Sources {
        paths,
        input: None,
        demo: false,
        options: ScanOptions { include: Vec::new(), exclude: Vec::new(), max_bytes: 1 << 30 },
        data: None,
        others: Vec::new(),
        limits: kantlijn::config::Limits::default(),
        password: None,
        knelpunten: Own::default(),
    }
}

/// Milliseconds from the notice that a report beside this folder has changed until its new words are found.
fn change(folder: &Path) -> Vec<f64> {
    let (cache, own) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let report = own.path().join("eigen.md");
    let text: String = (0..1_000)
        .map(|n| {
            format!(
                "Alinea {n} van het eigen rapport gaat over de veerdienst, de kade en de wachttijd van vandaag.\n\n"
            )
        })
        .collect();
    fs::write(&report, &text).unwrap();
    let librarian = Librarian::new(sources(vec![folder.to_owned(), own.path().to_owned()]), Some(cache.path()));
    let mut library = librarian.known();
    librarian.update(&mut library, &AtomicBool::new(false), &mut |_, _| {});
    let mut times = Vec::new();
    for n in 0..CHANGES {
        fs::write(&report, format!("{text}\n\nProefwoord{n} staat er nu bij.\n")).unwrap();
        let (begun, commits, mut found) = (Instant::now(), librarian.commits(), None);
        librarian.update_changed(
            &mut library,
            std::slice::from_ref(&report),
            &AtomicBool::new(false),
            &mut |_, library| {
                if found.is_none() && librarian.commits() > commits {
                    found = Some(begun.elapsed().as_secs_f64() * 1e3);
                    let options = Options { snippets: false, ..Options::default() };
                    let query = Query::parse(&format!("=proefwoord{n}"));
                    let searcher = librarian.searcher(library).unwrap();
                    assert_eq!(searcher.search(&query, &options, &NoTexts, &|| false).unwrap().total, 1);
                }
            },
        );
        times.push(found.unwrap());
    }
    times
}

struct NoTexts;

impl Texts for NoTexts {
    fn text(&self, _: DocId, _: TextRange) -> Option<String> {
        None
    }
}

/// Brings the library of this folder up to date. Gives the seconds it took.
fn index(folder: &Path, cache: &Path) -> f64 {
    let begun = Instant::now();
    let librarian = Librarian::new(sources(vec![folder.to_owned()]), Some(cache));
    let mut library = librarian.known();
    let done = librarian.update(&mut library, &AtomicBool::new(false), &mut |_, _| {});
    let seconds = begun.elapsed().as_secs_f64();
    assert_eq!(done.trouble, None);
    assert!(!library.entries.is_empty(), "there is nothing to read in {}", folder.display());
    seconds
}

/// What `tantivy_raw` says of the time from its first file to its commit, in MB/s.
fn bare(program: &Path, folder: &Path, threads: usize) -> f64 {
    let made = tempfile::tempdir().unwrap();
    let threads = threads.to_string();
    let said = run(program, &[&"index", &folder, &made.path(), &"--stem", &"--threads", &threads]);
    let figure = said.lines().find_map(|l| l.strip_prefix("throughput_commit ")).unwrap();
    figure.split(' ').next().unwrap().parse().unwrap()
}

fn main() {
    let corpus = Corpus::open();
    let megabytes = corpus.texts().iter().map(Vec::len).sum::<usize>() as f64 / 1e6;
    let yardstick = yardstick("tantivy_raw");
    let (mut ours, mut theirs, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    let mut again = Vec::new();
    for _ in 0..PAIRS {
        let cache = tempfile::tempdir().unwrap();
        ours.push(megabytes / index(&corpus.folder, cache.path()));
        again.push(index(&corpus.folder, cache.path()));
        if let Some(program) = &yardstick {
            theirs.push(bare(program, &corpus.folder, threads()));
            ratios.push(ours[ours.len() - 1] / theirs[theirs.len() - 1]);
        }
    }
    println!("index {megabytes:.1} MB: {:.1} MB/s", percentile(&mut ours, 0.5));
    println!("nothing changed: {:.1} ms", percentile(&mut again, 0.5) * 1e3);
    let mut times = change(&corpus.folder);
    let (p50, most) = (percentile(&mut times, 0.5), percentile(&mut times, 1.0));
    println!("one report changed, until it is found: p50 {p50:.1} ms, at most {most:.1} ms (goal 50 ms)");
    if !ratios.is_empty() {
        println!(
            "bare engine with stemmer, {} threads: {:.1} MB/s, ratio {:.2} (goal 0.5)",
            threads(),
            percentile(&mut theirs, 0.5),
            percentile(&mut ratios, 0.5)
        );
    }
}
