//! Search through its public face: an index in memory, documents of our own writing, and the judged queries.

use kantlijn::doc::{Document, TextRange};
use kantlijn::import::{Limits, read};
use kantlijn::search::{DocEntry, DocId, Hit, Index, Options, Query, Texts};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The documents a test has indexed.
#[derive(Default)]
struct Shelf(BTreeMap<DocId, Document>);

impl Texts for Shelf {
    fn text(&self, doc: DocId, range: TextRange) -> Option<String> {
        self.0.get(&doc).map(|d| d.slice(range).to_owned())
    }
}

fn read_corpus(dir: &Path) -> (Vec<PathBuf>, Shelf) {
    let mut files: Vec<PathBuf> = std::fs::read_dir(dir).unwrap().map(|f| f.unwrap().path()).collect();
    files.sort();
    let docs = files
        .iter()
        .enumerate()
        .map(|(i, f)| (DocId(i as u64), read(&std::fs::read(f).unwrap(), &Limits::default()).unwrap()));
    let shelf = Shelf(docs.collect());
    (files, shelf)
}

fn index_of(shelf: &Shelf) -> Index {
    let index = Index::in_ram().unwrap();
    let mut writer = index.writer(1).unwrap();
    for (&id, doc) in &shelf.0 {
        writer.add(&DocEntry { id, doc, title: "", file: &format!("map/stuk-{}.md", id.0), knelpunten: &[] }).unwrap();
    }
    writer.commit().unwrap();
    index
}

/// nDCG@10 and recall@20 as `search/score.py` counts them.
fn score(judged: &serde_json::Value, names: &[String], hits: &[Hit]) -> (f64, f64, f64) {
    let judged: Vec<(String, u32, u32, u32)> = judged["judgments"]
        .as_array()
        .unwrap()
        .iter()
        .map(|j| {
            let n = |k: &str| j[k].as_u64().unwrap() as u32;
            (j["file"].as_str().unwrap().to_owned(), n("from"), n("to"), n("grade"))
        })
        .collect();
    let mut left: Vec<usize> = (0..judged.len()).collect();
    let (mut gains, mut claimed) = (Vec::new(), 0);
    for hit in hits.iter().take(20) {
        let lines = hit.lines.unwrap();
        let name = &names[hit.doc.unwrap().0 as usize];
        let new: Vec<usize> = left
            .iter()
            .copied()
            .filter(|_| lines.to - lines.from < 60)
            .filter(|&j| judged[j].0 == *name && judged[j].1 <= lines.to && lines.from <= judged[j].2)
            .collect();
        left.retain(|j| !new.contains(j));
        gains.push(new.iter().map(|&j| judged[j].3).max().unwrap_or(0));
        claimed += new.len();
    }
    let gain = |g: u32, i: usize| f64::from((1 << g) - 1) / (i as f64 + 2.0).log2();
    let dcg = |g: &[u32]| g.iter().take(10).enumerate().map(|(i, &g)| gain(g, i)).sum::<f64>();
    let mut ideal: Vec<u32> = judged.iter().map(|j| j.3).collect();
    ideal.sort_unstable_by(|a, b| b.cmp(a));
    let first = f64::from(gains.first().copied().unwrap_or(0).min(1));
    (dcg(&gains) / dcg(&ideal), claimed as f64 / judged.len() as f64, first)
}

#[test]
#[ignore = "needs KANTLIJN_CORPUS"]
fn judged_queries_reach_their_floor() {
    let root = PathBuf::from(std::env::var_os("KANTLIJN_CORPUS").expect("KANTLIJN_CORPUS names the folder"));
    let (files, shelf) = read_corpus(&root.join("reports"));
    let names: Vec<String> = files.iter().map(|f| f.file_name().unwrap().to_string_lossy().into_owned()).collect();
    let searcher = index_of(&shelf).searcher();
    let (mut ndcg, mut recall, mut success, mut count) = (0.0, 0.0, 0.0, 0.0);
    for line in std::fs::read_to_string(root.join("search/queries_dev.jsonl")).unwrap().lines() {
        let judged: serde_json::Value = serde_json::from_str(line).unwrap();
        let query = Query::parse(judged["query"].as_str().unwrap()).in_text();
        let options = Options { limit: 20, ..Options::default() };
        let results = searcher.search(&query, &options, &shelf, &|| false).unwrap();
        let (n, r, s) = score(&judged, &names, &results.hits);
        println!("{} {n:.2} {r:.2} {s} {} {}", judged["id"], results.total, judged["query"]);
        if std::env::var_os("KANTLIJN_SHOW").is_some() {
            for h in results.hits.iter().take(10) {
                println!(
                    "   {:.2} {} {:?} {:?} {}",
                    h.score,
                    &names[h.doc.unwrap().0 as usize][..3],
                    h.lines.unwrap(),
                    h.why,
                    h.snippet.chars().take(150).collect::<String>()
                );
            }
        }
        (ndcg, recall, success, count) = (ndcg + n, recall + r, success + s, count + 1.0);
    }
    println!("nDCG@10 {:.3} recall@20 {:.3} success@1 {:.3}", ndcg / count, recall / count, success / count);
    assert!(ndcg / count >= 0.75);
}
