//! How fast queries are answered, and how large the index is.
//!
//! Queries as the screens ask them: the first twenty hits with snippets and marks, like passages as one, exact totals and
//! facets. Typed key by key from words of the corpus itself, the last word a prefix; or those of `KANTLIJN_BENCH_QUERIES`,
//! lines of kind, tab, text (term, and, or, phrase, typed, fuzzy). Against the bare engine (`tantivy_raw query`: ten hits
//! with snippets, an exact count) on the same queries. `KANTLIJN_BENCH_SLOWEST` prints the slowest ones.
#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout)]

mod common;

use common::{Corpus, Dice, percentile, run, threads, yardstick};
use kantlijn::doc::{Document, TextRange};
use kantlijn::import::{Limits, read};
use kantlijn::search::{DocEntry, DocId, Index, Options, Query, Texts};
use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

struct Shelf(Vec<Document>);

impl Texts for Shelf {
    fn text(&self, doc: DocId, range: TextRange) -> Option<String> {
        self.0.get(doc.0 as usize).map(|d| d.slice(range).to_owned())
    }
}

/// p50 and p99 in milliseconds of `tantivy_raw` on these queries, by kind, on its own index of the folder.
fn bare(program: &Path, folder: &Path, queries: &str) -> BTreeMap<String, (f64, f64)> {
    let desk = tempfile::tempdir().unwrap();
    let (index, file) = (desk.path().join("index"), desk.path().join("queries.tsv"));
    std::fs::write(&file, queries).unwrap();
    run(program, &[&"index", &folder, &index, &"--stem", &"--threads", &threads().to_string()]);
    let said = run(program, &[&"query", &index, &file, &"--stem", &"--count"]);
    // kind, queries, with hits, three figures of the search alone, then with snippets: p50, p99, most (µs)
    let rows = said.lines().map(|l| l.split('\t').collect::<Vec<_>>()).filter(|r| r.len() == 10);
    let figures =
        |r: Vec<&str>| Some((r[0].to_owned(), (r[6].parse::<f64>().ok()? / 1e3, r[7].parse::<f64>().ok()? / 1e3)));
    rows.filter_map(figures).collect()
}

/// A query of a kind in our language.
fn query(kind: &str, text: &str) -> Query {
    let each = |sign: &str| text.split_whitespace().map(|w| format!("{sign}{w}")).collect::<Vec<_>>().join(" ");
    let query = match kind {
        "and" => Query::parse(&each("+")),
        "phrase" => Query::parse(&format!("\"{text}\"")),
        "fuzzy" => Query::parse(&each("~")),
        _ => Query::parse(text),
    };
    if kind == "typed" { query } else { query.finished() }
}

/// Words that stand side by side in the corpus, to be typed.
fn made_up(shelf: &Shelf) -> String {
    let mut dice = Dice(7);
    let mut out = String::new();
    for _ in 0..150 {
        let doc = &shelf.0[dice.below(shelf.0.len())];
        let block = doc.slice(doc.blocks()[dice.below(doc.blocks().len())].range);
        let words: Vec<&str> = block.split_whitespace().collect();
        let from = dice.below(words.len());
        let text = words.get(from..words.len().min(from + 1 + dice.below(3))).unwrap_or(&[]).join(" ");
        out.push_str(&format!("typed\t{text}\n"));
    }
    out
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

    let queries = match std::env::var_os("KANTLIJN_BENCH_QUERIES") {
        Some(file) => std::fs::read_to_string(file).unwrap(),
        None => made_up(&shelf),
    };
    let mut times: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    let mut slowest: Vec<(Duration, String, u64)> = Vec::new();
    for (kind, text) in queries.lines().filter_map(|l| l.split_once('\t')) {
        let typed = kind == "typed";
        let keys = text.char_indices().map(|(at, _)| at).skip(1).filter(|_| typed);
        for end in keys.chain([text.len()]) {
            let query = query(kind, &text[..end]);
            let options =
                Options { limit: 20, last_is_prefix: typed, collapse: true, facets: true, ..Options::default() };
            let mut runs: Vec<(Duration, u64)> = (0..3)
                .map(|_| {
                    let start = Instant::now();
                    let total = searcher.search(&query, &options, &shelf, &|| false).unwrap().total;
                    (start.elapsed(), total)
                })
                .collect();
            runs.sort_unstable();
            times.entry(kind).or_default().push(runs[1].0.as_secs_f64() * 1e3);
            slowest.push((runs[1].0, format!("{kind} {:?}", &text[..end]), runs[1].1));
        }
    }
    let theirs = yardstick("tantivy_raw").map(|program| bare(&program, &corpus.folder, &queries)).unwrap_or_default();
    for (kind, mut times) in times {
        let (p50, p99) = (percentile(&mut times, 0.5), percentile(&mut times, 0.99));
        let (p90, worst) = (percentile(&mut times, 0.9), percentile(&mut times, 1.0));
        println!("{kind}: {} asked, p50 {p50:.2} ms, p90 {p90:.2}, p99 {p99:.2}, worst {worst:.2}", times.len());
        if let Some((y50, y99)) = theirs.get(kind) {
            println!("  bare engine: p50 {y50:.2} ms, p99 {y99:.2}, ratios {:.2} and {:.2}", p50 / y50, p99 / y99);
        }
    }
    slowest.sort_unstable_by(|a, b| b.cmp(a));
    if std::env::var_os("KANTLIJN_BENCH_SLOWEST").is_some() {
        for (time, text, total) in slowest.iter().take(20) {
            println!("  {:.2} ms  {total} hits  {text}", time.as_secs_f64() * 1e3);
        }
    }
}
