//! How fast documents are indexed and keys are answered.
//!
//! `KANTLIJN_BENCH_CORPUS` names a folder of reports; without it a few megabytes are made up here. Queries are typed key
//! by key from words of the corpus itself, the last word a prefix, with snippets for the first fifty hits.
#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout)]

use kantlijn::doc::{Document, TextRange};
use kantlijn::import::{Limits, read};
use kantlijn::search::{DocEntry, DocId, Index, Options, Query, Texts};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Steps of a small generator of numbers (D. Knuth's MMIX constants): the same queries on every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n.max(1)
    }
}

struct Shelf(Vec<Document>);

impl Texts for Shelf {
    fn text(&self, doc: DocId, range: TextRange) -> Option<String> {
        self.0.get(doc.0 as usize).map(|d| d.slice(range).to_owned())
    }
}

fn files(dir: &Path, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files(&path, out) } else { out.push(path) }
    }
}

/// Reports of words put together from syllables: enough different words for a dictionary of a natural size.
fn made_up(bytes: usize) -> Vec<Vec<u8>> {
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
        out.push(text.into_bytes());
    }
    out
}

fn percentile(all: &mut [Duration], p: f64) -> f64 {
    all.sort_unstable();
    all[((all.len() - 1) as f64 * p).round() as usize].as_secs_f64() * 1e3
}

fn main() {
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(4);
    let bytes: Vec<Vec<u8>> = match std::env::var_os("KANTLIJN_BENCH_CORPUS") {
        Some(dir) => {
            let mut paths = Vec::new();
            files(Path::new(&dir), &mut paths);
            paths.sort();
            paths.iter().map(|p| std::fs::read(p).unwrap()).collect()
        }
        None => made_up(4_000_000),
    };
    let megabytes = bytes.iter().map(Vec::len).sum::<usize>() as f64 / 1e6;
    let start = Instant::now();
    let docs: Vec<Document> = bytes.iter().filter_map(|b| read(b, &Limits::default()).ok()).collect();
    println!("read {megabytes:.1} MB in {:.2} s (one thread)", start.elapsed().as_secs_f64());
    drop(bytes);
    let shelf = Shelf(docs);

    let folder = tempfile::tempdir().unwrap();
    let index = Index::open(folder.path()).unwrap();
    let start = Instant::now();
    let mut writer = index.writer(threads).unwrap();
    for (i, doc) in shelf.0.iter().enumerate() {
        writer.add(&DocEntry { id: DocId(i as u64), doc, title: "", file: "x", knelpunten: &[] }).unwrap();
    }
    let added = start.elapsed();
    writer.commit().unwrap();
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "index {seconds:.2} s, {:.1} MB/s with {threads} threads (added after {:.2} s)",
        megabytes / seconds,
        added.as_secs_f64()
    );
    writer.finish().unwrap();
    let size: u64 = std::fs::read_dir(folder.path()).unwrap().map(|f| f.unwrap().metadata().unwrap().len()).sum();
    println!(
        "index / text {:.2}, finished after {:.2} s",
        size as f64 / 1e6 / megabytes,
        start.elapsed().as_secs_f64()
    );

    let start = Instant::now();
    let index = Index::open(folder.path()).unwrap();
    let searcher = index.searcher();
    println!("open {:.1} ms, {} passages", start.elapsed().as_secs_f64() * 1e3, searcher.passages());

    let mut dice = Dice(7);
    let mut times = Vec::new();
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
            times.push(runs[1].0);
            slowest.push((runs[1].0, text[..end].to_owned(), runs[1].1));
        }
    }
    println!(
        "{} keys: p50 {:.2} ms, p90 {:.2} ms, p99 {:.2} ms, worst {:.2} ms",
        times.len(),
        percentile(&mut times, 0.5),
        percentile(&mut times, 0.9),
        percentile(&mut times, 0.99),
        percentile(&mut times, 1.0)
    );
    slowest.sort_unstable_by(|a, b| b.cmp(a));
    if std::env::var_os("KANTLIJN_BENCH_SLOWEST").is_some() {
        for (time, text, total) in slowest.iter().take(12) {
            println!("  {:.2} ms  {total} hits  {text:?}", time.as_secs_f64() * 1e3);
        }
    }
}
