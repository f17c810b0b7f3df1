//! How well search answers questions somebody has judged: the queries of our own (`tests/relevance`) on the demonstration
//! reports and on public documents in every format, and those that came with the example reports. They are asked as the
//! command asks them, of a library brought up to date as the command does it.

use kantlijn::doc::{DocId, Document, TextRange};
use kantlijn::knelpunt::Own;
use kantlijn::library::{Library, ScanOptions};
use kantlijn::runtime::librarian::{Librarian, Sources};
use kantlijn::search::{Hit, Options, Query, Searcher, Step, Texts, Without};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use tempfile::TempDir;

/// A hit of more lines is no longer a place.
const MOST_LINES: u32 = 60;

/// A query and the passages that answer it.
#[derive(Deserialize)]
struct Asked {
    id: String,
    category: String,
    query: String,
    judgments: Vec<Judgment>,
}

#[derive(Deserialize)]
struct Judgment {
    /// The file's name.
    file: String,
    /// Words that stand in the passage, and nowhere else in the document…
    at: Option<String>,
    /// …or its lines, from 1, inclusive.
    from: Option<u32>,
    to: Option<u32>,
    /// 2: what the asker wants; 1: related.
    grade: u32,
}

/// Where a judged passage is.
enum Place {
    Text(TextRange),
    Lines(u32, u32),
}

struct Judged {
    doc: DocId,
    place: Place,
    grade: u32,
}

impl Judged {
    fn met(&self, hit: &Hit) -> bool {
        let short = hit.lines.is_none_or(|l| l.to - l.from < MOST_LINES);
        hit.doc == Some(self.doc)
            && short
            && match self.place {
                Place::Text(at) => at.start < hit.range.end && hit.range.start < at.end,
                Place::Lines(from, to) => hit.lines.is_some_and(|l| from <= l.to && l.from <= to),
            }
    }
}

/// nDCG@10, recall@20 and success@1: of a query, or summed over several.
#[derive(Clone, Copy, Default)]
struct Score {
    ndcg: f64,
    recall: f64,
    first: f64,
    queries: f64,
}

impl Score {
    /// A hit claims every judged passage it meets that no hit before it claimed, and gains the best of their grades.
    fn of(judged: &[Judged], hits: &[Hit]) -> Score {
        let mut left: Vec<&Judged> = judged.iter().collect();
        let gains: Vec<u32> = hits
            .iter()
            .take(20)
            .map(|hit| {
                let (new, rest): (Vec<&Judged>, Vec<&Judged>) = left.iter().partition(|j| j.met(hit));
                left = rest;
                new.iter().map(|j| j.grade).max().unwrap_or(0)
            })
            .collect();
        let gain = |(i, grade): (usize, &u32)| f64::from((1 << grade) - 1) / (i as f64 + 2.0).log2();
        let dcg = |grades: &[u32]| grades.iter().take(10).enumerate().map(gain).fold(0.0, |a, b| a + b);
        let mut ideal: Vec<u32> = judged.iter().map(|j| j.grade).collect();
        ideal.sort_unstable_by(|a, b| b.cmp(a));
        Score {
            ndcg: dcg(&gains) / dcg(&ideal),
            recall: (judged.len() - left.len()) as f64 / judged.len() as f64,
            first: f64::from(u8::from(gains.first().is_some_and(|g| *g > 0))),
            queries: 1.0,
        }
    }

    fn add(&mut self, other: Score) {
        self.ndcg += other.ndcg;
        self.recall += other.recall;
        self.first += other.first;
        self.queries += other.queries;
    }

    fn mean(self) -> Score {
        let n = self.queries;
        Score { ndcg: self.ndcg / n, recall: self.recall / n, first: self.first / n, queries: n }
    }
}

/// A library as the command opens it, in a cache of its own.
struct Shelf {
    searcher: Searcher,
    docs: BTreeMap<DocId, Arc<Document>>,
    names: BTreeMap<String, DocId>,
    _cache: TempDir,
}

impl Texts for Shelf {
    fn text(&self, doc: DocId, range: TextRange) -> Option<String> {
        self.docs.get(&doc).map(|d| d.slice(range).to_owned())
    }
}

impl Shelf {
    /// These files and folders; the demonstration reports when there are none.
    fn open(paths: Vec<PathBuf>) -> Shelf {
        let cache = TempDir::new().unwrap();
        let sources = Sources {
            demo: paths.is_empty(),
            paths,
            input: None,
            options: ScanOptions { include: Vec::new(), exclude: Vec::new(), max_bytes: 200 << 20 },
            data: None,
            others: Vec::new(),
            limits: kantlijn::config::Limits::default(),
            password: None,
            knelpunten: Own::default(),
        };
        let librarian = Librarian::new(sources, Some(cache.path()));
        let mut library: Library = librarian.known();
        let updated = librarian.update(&mut library, &AtomicBool::new(false), &mut |_, _| ());
        assert_eq!(updated.trouble, None);
        assert_eq!(library.failed().count(), 0);
        let (mut docs, mut names) = (BTreeMap::new(), BTreeMap::new());
        for (entry, _) in library.ready() {
            docs.insert(entry.id, librarian.document(entry).unwrap());
            let name = entry.file.rsplit('/').next().unwrap_or(&entry.file);
            assert_eq!(names.insert(name.to_owned(), entry.id), None, "two files named {name}");
        }
        Shelf { searcher: librarian.searcher(&library).unwrap(), docs, names, _cache: cache }
    }

    fn judged(&self, asked: &Asked) -> Vec<Judged> {
        let judged = |j: &Judgment| {
            let doc = *self.names.get(&j.file).unwrap_or_else(|| panic!("{}: no file {}", asked.id, j.file));
            let place = match (&j.at, j.from, j.to) {
                (Some(at), None, None) => Place::Text(self.find(doc, at, &asked.id)),
                (None, Some(from), Some(to)) => Place::Lines(from, to),
                _ => panic!("{}: a judgment has words or lines", asked.id),
            };
            Judged { doc, place, grade: j.grade }
        };
        asked.judgments.iter().map(judged).collect()
    }

    /// The one place where these words stand, whatever white space parts them.
    fn find(&self, doc: DocId, at: &str, id: &str) -> TextRange {
        let words: Vec<String> = at.split_whitespace().map(regex::escape).collect();
        let pattern = regex::Regex::new(&words.join(r"\s+")).unwrap();
        let mut found = pattern.find_iter(self.docs[&doc].text());
        match (found.next(), found.next()) {
            (Some(one), None) => TextRange::new(one.start() as u32, one.end() as u32),
            (None, _) => panic!("{id}: {at:?} does not stand in the document"),
            _ => panic!("{id}: {at:?} stands in it more than once"),
        }
    }

    /// Asks all of these, prints a table by category and gives the means. With `KANTLIJN_SHOW` every query's hits are
    /// shown, and what of the judged passages was missed.
    fn ask(&self, title: &str, asked: &[Asked]) -> Score {
        let show = std::env::var_os("KANTLIJN_SHOW").is_some();
        let mut table: BTreeMap<&str, Score> = BTreeMap::new();
        let mut all = Score::default();
        for one in asked {
            let judged = self.judged(one);
            let hits = self.hits(one, Without::default());
            let score = Score::of(&judged, &hits);
            println!("{:9} {:.2} {:.2} {}  {}", one.id, score.ndcg, score.recall, score.first, one.query);
            if show {
                self.show(one, &judged, &hits);
            }
            table.entry(&one.category).or_default().add(score);
            all.add(score);
        }
        println!("\n{title:20}   n  nDCG@10  rec@20    S@1");
        for (category, score) in table.iter().map(|(c, s)| (*c, s.mean())).chain([("all", all.mean())]) {
            let Score { ndcg, recall, first, queries } = score;
            println!("{category:20} {queries:3}   {ndcg:6.3}  {recall:6.3} {first:6.3}");
        }
        all.mean()
    }

    fn hits(&self, asked: &Asked, without: Without) -> Vec<Hit> {
        let query = Query::parse(&asked.query).in_text();
        let options = Options { limit: 20, without, ..Options::default() };
        self.searcher.search(&query, &options, self, &|| false).unwrap().hits
    }

    /// The means over all of these with steps of the chain taken away.
    fn without(&self, steps: Without, asked: &[Asked]) -> Score {
        let mut all = Score::default();
        asked.iter().for_each(|one| all.add(Score::of(&self.judged(one), &self.hits(one, steps))));
        all.mean()
    }

    fn show(&self, asked: &Asked, judged: &[Judged], hits: &[Hit]) {
        for (rank, hit) in hits.iter().enumerate() {
            let grade = judged.iter().filter(|j| j.met(hit)).map(|j| j.grade).max().unwrap_or(0);
            let file = self.names.iter().find(|(_, id)| Some(**id) == hit.doc).map_or("", |(name, _)| name.as_str());
            let file: String = file.chars().take(14).collect();
            let snippet: String = hit.snippet.chars().take(110).collect();
            println!("    {:2} [{grade}] {:6.2} {file} {:?} {snippet}", rank + 1, hit.score, hit.why);
        }
        for (j, judgment) in judged.iter().zip(&asked.judgments) {
            if !hits.iter().any(|hit| j.met(hit)) {
                let Judgment { file, at, from, to, grade } = judgment;
                println!("    missed [{grade}] {file} {at:?} {from:?}-{to:?}");
            }
        }
    }
}

fn queries(path: &Path) -> Vec<Asked> {
    let text = std::fs::read_to_string(path).unwrap();
    text.lines().filter(|l| !l.trim().is_empty()).map(|l| serde_json::from_str(l).unwrap()).collect()
}

/// Those of our own whose id begins so.
fn own(prefix: &str) -> Vec<Asked> {
    let mut asked = queries(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/relevance/queries.jsonl"));
    asked.retain(|a| a.id.starts_with(prefix));
    asked
}

fn corpus() -> PathBuf {
    PathBuf::from(std::env::var_os("KANTLIJN_CORPUS").expect("KANTLIJN_CORPUS names the folder"))
}

/// The folders of documents; beside them lie facts about them.
fn documents() -> Vec<PathBuf> {
    let within = std::fs::read_dir(corpus().join("documents")).unwrap().map(|f| f.unwrap().path());
    within.filter(|p| p.is_dir()).collect()
}

/// Holds nDCG@10, recall@20 and success@1 to what was once reached.
fn hold(score: Score, ndcg: f64, recall: f64, first: f64) {
    assert!(score.ndcg >= ndcg, "nDCG@10 {:.3}, before {ndcg}", score.ndcg);
    assert!(score.recall >= recall, "recall@20 {:.3}, before {recall}", score.recall);
    assert!(score.first >= first, "success@1 {:.3}, before {first}", score.first);
}

#[test]
fn our_questions_to_the_demonstration_reports() {
    let asked = own("demo-");
    assert!(asked.len() >= 10);
    hold(Shelf::open(Vec::new()).ask("demonstration", &asked), 0.90, 0.87, 0.95);
}

#[test]
#[ignore = "needs KANTLIJN_CORPUS"]
fn our_questions_to_documents_of_every_format() {
    let asked = own("docs-");
    assert!(asked.len() >= 30);
    hold(Shelf::open(documents()).ask("documents", &asked), 0.89, 0.85, 0.97);
}

#[test]
#[ignore = "needs KANTLIJN_CORPUS"]
fn the_questions_that_came_with_the_reports() {
    let asked = queries(&corpus().join("search/queries_dev.jsonl"));
    hold(Shelf::open(vec![corpus().join("reports")]).ask("reports", &asked), 0.95, 0.92, 0.99);
}

/// Prints what is left with each step of the chain taken away, and with all of them.
#[test]
#[ignore = "needs KANTLIJN_CORPUS"]
fn every_step_of_the_chain_brings_something() {
    let sets = [
        ("reports", Shelf::open(vec![corpus().join("reports")]), queries(&corpus().join("search/queries_dev.jsonl"))),
        ("documents", Shelf::open(documents()), own("docs-")),
        ("demonstration", Shelf::open(Vec::new()), own("demo-")),
    ];
    let titles: Vec<String> = sets.iter().map(|(title, ..)| format!("{title:18}")).collect();
    println!("nDCG@10, recall@20, success@1\n{:15}{}mean", "without", titles.concat());
    let row = |name: &str, steps: Without| {
        let mut scores: Vec<Score> = sets.iter().map(|(_, shelf, asked)| shelf.without(steps, asked)).collect();
        let mut all = Score::default();
        scores.iter().for_each(|s| all.add(Score { queries: 1.0, ..*s }));
        scores.push(all.mean());
        let cells = scores.iter().map(|s| format!("{:.3} {:.3} {:.3}", s.ndcg, s.recall, s.first));
        println!("{name:15}{}", cells.collect::<Vec<_>>().join(" "));
        all.mean()
    };
    let whole = row("-", Without::default());
    let each: Vec<(Step, Score)> = Step::ALL.map(|s| (s, row(s.name(), Without::from_iter([s])))).into();
    let none = row("all of these", Without::from_iter(Step::ALL));
    assert!(whole.ndcg > none.ndcg + 0.1 && whole.recall > none.recall + 0.1);
    for (step, left) in each {
        assert!(left.ndcg <= whole.ndcg + 0.005, "without {} nDCG@10 is {:.3}", step.name(), left.ndcg);
    }
}
