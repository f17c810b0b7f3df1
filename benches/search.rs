//! How fast keys are answered, and how large the index is.
//!
//! Queries are typed key by key from words of the corpus itself, the last word a prefix, with snippets for the first
//! fifty hits. Against the bare engine (`tantivy_raw query`: `typed`, ten hits with snippets, an exact count) on the same
//! keys. `KANTLIJN_BENCH_SLOWEST` prints the slowest ones.
#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout)]

mod common;

use common::{Corpus, Dice, percentile, run, threads, yardstick};
use kantlijn::doc::{Document, TextRange};
use kantlijn::import::{Limits, read};
use kantlijn::search::{DocEntry, DocId, Index, Options, Query, Texts};
use std::path::Path;
use std::time::{Duration, Instant};

struct Shelf(Vec<Document>);

impl Texts for Shelf {
    fn text(&self, doc: DocId, range: TextRange) -> Option<String> {
        self.0.get(doc.0 as usize).map(|d| d.slice(range).to_owned())
    }
}

/// p50 and p99 in milliseconds of `tantivy_raw` on these queries, typed key by key, on its own index of the folder.
fn bare(program: &Path, folder: &Path, typed: &[String]) -> (f64, f64) {
    let desk = tempfile::tempdir().unwrap();
    let (index, queries) = (desk.path().join("index"), desk.path().join("queries.tsv"));
    std::fs::write(&queries, typed.iter().map(|q| format!("typed\t{q}\n")).collect::<String>()).unwrap();
    run(program, &[&"index", &folder, &index, &"--stem", &"--threads", &threads().to_string()]);
    let said = run(program, &[&"query", &index, &queries, &"--stem", &"--count"]);
    // kind, queries, with hits, three figures of the search alone, then with snippets: p50, p99, most (µs)
    let row: Vec<&str> = said.lines().find(|l| l.starts_with("typed\t")).unwrap().split('\t').collect();
    (row[6].parse::<f64>().unwrap() / 1e3, row[7].parse::<f64>().unwrap() / 1e3)
}

fn main() {
    let threads = threads();
    let corpus = Corpus::open();
    let bytes = corpus.texts();
    let megabytes = bytes.iter().map(Vec::len).sum::<usize>() as f64 / 1e6;
    let start = Instant::now();
    let docs: Vec<Document> = bytes.iter().filter_map(|b| read(b, &Limits::default()).ok()).collect();
    println!("read {megabytes:.1} MB in {:.2} s (one thread)", start.elapsed().as_secs_f64());
    drop(bytes);
    let shelf = Shelf(docs);

    let folder = tempfile::tempdir().unwrap();
    let index = Index::open(folder.path()).unwrap().index;
    let mut writer = index.writer(threads).unwrap();
    for (i, doc) in shelf.0.iter().enumerate() {
        writer.add(&DocEntry { id: DocId(i as u64), doc, title: "", file: "x", knelpunten: &[] }).unwrap();
    }
    writer.commit().unwrap();
    writer.finish().unwrap();
    let size: u64 = std::fs::read_dir(index.folder()).unwrap().map(|f| f.unwrap().metadata().unwrap().len()).sum();
    println!("index / text {:.2}", size as f64 / 1e6 / megabytes);

    let start = Instant::now();
    let index = Index::open(folder.path()).unwrap().index;
    let searcher = index.searcher();
    println!("open {:.1} ms, {} passages", start.elapsed().as_secs_f64() * 1e3, searcher.passages());

    let mut dice = Dice(7);
    let (mut times, mut typed) = (Vec::new(), Vec::new());
    let mut slowest: Vec<(Duration, String, u64)> = Vec::new();
    for _ in 0..150 {
        let doc = &shelf.0[dice.below(shelf.0.len())];
        let words: Vec<&str> =
            doc.slice(doc.blocks()[dice.below(doc.blocks().len())].range).split_whitespace().collect();
        let from = dice.below(words.len());
        let text = words[from..words.len().min(from + 1 + dice.below(3))].join(" ");
        for (end, _) in text.char_indices().skip(1).chain([(text.len(), ' ')]) {
            let query = Query::parse(&text[..end]);
            let options = Options { last_is_prefix: true, ..Options::default() };
            let mut runs: Vec<(Duration, u64)> = (0..3)
                .map(|_| {
                    let start = Instant::now();
                    let total = searcher.search(&query, &options, &shelf, &|| false).unwrap().total;
                    (start.elapsed(), total)
                })
                .collect();
            runs.sort_unstable();
            times.push(runs[1].0.as_secs_f64() * 1e3);
            slowest.push((runs[1].0, text[..end].to_owned(), runs[1].1));
        }
        typed.push(text);
    }
    let (p50, p99) = (percentile(&mut times, 0.5), percentile(&mut times, 0.99));
    println!(
        "{} keys: p50 {p50:.2} ms, p90 {:.2} ms, p99 {p99:.2} ms, worst {:.2} ms",
        times.len(),
        percentile(&mut times, 0.9),
        percentile(&mut times, 1.0)
    );
    if let Some(program) = yardstick("tantivy_raw") {
        let (y50, y99) = bare(&program, &corpus.folder, &typed);
        println!(
            "bare engine: p50 {y50:.2} ms, p99 {y99:.2} ms, ratios {:.2} (goal 2) and {:.2}",
            p50 / y50,
            p99 / y99
        );
    }
    slowest.sort_unstable_by(|a, b| b.cmp(a));
    if std::env::var_os("KANTLIJN_BENCH_SLOWEST").is_some() {
        for (time, text, total) in slowest.iter().take(12) {
            println!("  {:.2} ms  {total} hits  {text:?}", time.as_secs_f64() * 1e3);
        }
    }
}
