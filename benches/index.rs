//! How fast a folder becomes a library: scanned, read, its structure and knelpunten found, kept and indexed, as at the
//! first start. Against the bare engine with a Dutch stemmer (`tantivy_raw index --stem`) on the same folder and threads,
//! in turn; the ratio is the median over the pairs (goal: at least 0.5). The next start, nothing changed, comes after.
#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout)]

mod common;

use common::{Corpus, percentile, run, threads, yardstick};
use kantlijn::knelpunt::Own;
use kantlijn::library::ScanOptions;
use kantlijn::runtime::librarian::{Librarian, Sources};
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

const PAIRS: usize = 5;

/// Brings the library of this folder up to date. Gives the seconds it took.
fn index(folder: &Path, cache: &Path) -> f64 {
    let sources = Sources {
        paths: vec![folder.to_owned()],
        input: None,
        demo: false,
        options: ScanOptions { include: Vec::new(), exclude: Vec::new(), max_bytes: 1 << 30 },
        data: None,
        limits: kantlijn::config::Limits::default(),
        password: None,
        knelpunten: Own::default(),
    };
    let begun = Instant::now();
    let librarian = Librarian::new(sources, Some(cache));
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
    if !ratios.is_empty() {
        println!(
            "bare engine with stemmer, {} threads: {:.1} MB/s, ratio {:.2} (goal 0.5)",
            threads(),
            percentile(&mut theirs, 0.5),
            percentile(&mut ratios, 0.5)
        );
    }
}
