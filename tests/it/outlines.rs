//! The outlines that import gives, compared with those marked by hand in `tests/outlines` (its README says how).
//!
//! Matched in reading order: a heading is hit when its title is like the marked one (at least .8 of the letters of both
//! stand in the same order), and, where both know their page, at most one page away.

use kantlijn::doc::{Document, Edition};
use kantlijn::import::{Limits, read};
use serde::Deserialize;
use std::collections::HashMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Titles that share less than this are other titles.
const ALIKE: f64 = 0.8;

#[derive(Deserialize)]
struct Marks {
    file: String,
    format: String,
    blake3: String,
    headings: Vec<Mark>,
}

#[derive(Deserialize)]
struct Mark {
    level: u8,
    number: Option<String>,
    title: String,
    page: Option<u32>,
    #[serde(default)]
    optional: bool,
    #[serde(default)]
    level_ok: Vec<u8>,
    #[serde(default)]
    alt: Vec<String>,
}

impl Mark {
    fn levels(&self) -> impl Iterator<Item = u8> {
        std::iter::once(self.level).chain(self.level_ok.iter().copied())
    }

    /// All the titles it may have, for comparing.
    fn titles(&self) -> Vec<String> {
        let mut out = vec![plain(&self.title)];
        out.extend(self.alt.iter().map(|t| plain(t)));
        if let Some(number) = &self.number {
            out.push(plain(&format!("{number}: {}", self.title)));
        }
        out
    }
}

/// A heading as import gives it.
struct Heading {
    level: u8,
    label: String,
    titles: Vec<String>,
    page: Option<u32>,
}

fn marks() -> Vec<Marks> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/outlines");
    let mut paths: Vec<PathBuf> = fs::read_dir(dir).unwrap().map(|e| e.unwrap().path()).collect();
    paths.retain(|p| p.extension().is_some_and(|e| e == "json"));
    paths.sort();
    paths.iter().map(|p| serde_json::from_str(&fs::read_to_string(p).unwrap()).unwrap()).collect()
}

/// Letters and digits only, small, without accents.
fn plain(title: &str) -> String {
    title
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .filter(|c| c.is_alphanumeric())
        .collect()
}

/// How alike two texts are, 0 to 1: twice the letters of the longest common blocks, found again left and right of each
/// (Ratcliff and Obershelp), over the letters of both.
fn alike(a: &str, b: &str) -> f64 {
    fn common(a: &[char], b: &[char]) -> usize {
        let (mut best, mut at) = (0, (0, 0));
        let mut row = vec![0; b.len() + 1];
        for (i, x) in a.iter().enumerate() {
            for (j, y) in b.iter().enumerate().rev() {
                row[j + 1] = if x == y { row[j] + 1 } else { 0 };
                if row[j + 1] > best {
                    (best, at) = (row[j + 1], (i + 1, j + 1));
                }
            }
        }
        if best == 0 {
            return 0;
        }
        best + common(&a[..at.0 - best], &b[..at.1 - best]) + common(&a[at.0..], &b[at.1..])
    }
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    let all = (a.len() + b.len()) as f64;
    if 2.0 * a.len().min(b.len()) as f64 / all < ALIKE {
        return 0.0;
    }
    2.0 * common(&a, &b) as f64 / all
}

fn headings(doc: &Document) -> Vec<Heading> {
    let sections = doc.outline().sections().iter().filter(|s| !s.title.is_empty() || s.number.is_some());
    let heading = |s: &kantlijn::doc::Section| Heading {
        level: s.level,
        label: s.label(),
        titles: vec![plain(&s.title), plain(&s.label())],
        page: doc.source().page_at(s.heading.map_or(s.range.start, |h| doc.block(h).range.start)).map(|p| p.index),
    };
    sections.map(heading).collect()
}

/// The parent of each: the nearest one before it with a lower level.
fn parents(levels: &[u8]) -> Vec<Option<usize>> {
    (0..levels.len()).map(|i| (0..i).rev().find(|&j| levels[j] < levels[i])).collect()
}

#[derive(Default, Debug, Clone, Copy)]
struct Score {
    hit: usize,
    extra: usize,
    missed: usize,
    level: usize,
    parent: usize,
}

impl Score {
    fn precision(self) -> f64 {
        self.hit as f64 / (self.hit + self.extra).max(1) as f64
    }

    fn recall(self) -> f64 {
        self.hit as f64 / (self.hit + self.missed).max(1) as f64
    }

    fn f1(self) -> f64 {
        2.0 * self.hit as f64 / (2 * self.hit + self.extra + self.missed).max(1) as f64
    }

    fn of_hits(self, n: usize) -> f64 {
        n as f64 / self.hit.max(1) as f64
    }
}

/// Which heading is which mark, in reading order: the pairing with the most likeness in all.
fn pair(found: &[Heading], marks: &[Mark]) -> Vec<(usize, usize)> {
    let titles: Vec<Vec<String>> = marks.iter().map(Mark::titles).collect();
    let worth = |i: usize, j: usize| {
        let apart = found[i].page.zip(marks[j].page).is_some_and(|(a, b)| a.abs_diff(b) > 1);
        let best = found[i].titles.iter().flat_map(|a| titles[j].iter().map(|b| alike(a, b))).fold(0.0, f64::max);
        // of two that fit as well, the one that counts
        if apart || best < ALIKE { 0.0 } else { best + if marks[j].optional { 0.0 } else { 0.01 } }
    };
    let (n, m) = (found.len(), marks.len());
    let worths: Vec<Vec<f64>> = (0..n).map(|i| (0..m).map(|j| worth(i, j)).collect()).collect();
    let mut best = vec![vec![0.0_f64; m + 1]; n + 1];
    for i in (0..n).rev() {
        for j in (0..m).rev() {
            let both = if worths[i][j] > 0.0 { worths[i][j] + best[i + 1][j + 1] } else { 0.0 };
            best[i][j] = both.max(best[i + 1][j]).max(best[i][j + 1]);
        }
    }
    let (mut i, mut j, mut out) = (0, 0, Vec::new());
    while i < n && j < m {
        if worths[i][j] > 0.0 && best[i][j] == worths[i][j] + best[i + 1][j + 1] {
            out.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if best[i][j] == best[i + 1][j] {
            i += 1;
        } else {
            j += 1;
        }
    }
    out
}

/// The score, and what was missed, extra, or at another level or parent, one line each.
fn score(found: &[Heading], marks: &[Mark]) -> (Score, Vec<String>) {
    let pairs = pair(found, marks);
    let mark_of: HashMap<usize, usize> = pairs.iter().copied().collect();
    let found_of: HashMap<usize, usize> = pairs.iter().map(|&(i, j)| (j, i)).collect();
    let found_parents = parents(&found.iter().map(|h| h.level).collect::<Vec<_>>());
    let mark_levels: Vec<u8> = marks.iter().map(|m| m.level).collect();
    let mark_parents = parents(&mark_levels);
    // the nearest ancestor that both sides have
    let up_found = |mut i: usize| loop {
        match found_parents[i] {
            None => return None,
            Some(p) if mark_of.contains_key(&p) => return Some(mark_of[&p]),
            Some(p) => i = p,
        }
    };
    let known = |mut at: Option<usize>| loop {
        match at {
            Some(j) if !found_of.contains_key(&j) => at = mark_parents[j],
            other => return other,
        }
    };
    let mut score = Score::default();
    let mut notes = Vec::new();
    for (j, mark) in marks.iter().enumerate().filter(|(_, m)| !m.optional) {
        let name = format!("{} {}", mark.number.as_deref().unwrap_or(""), mark.title);
        let Some(&i) = found_of.get(&j) else {
            score.missed += 1;
            notes.push(format!("missed  {} {}", mark.level, name.trim()));
            continue;
        };
        score.hit += 1;
        if mark.levels().any(|l| l == found[i].level) {
            score.level += 1;
        } else {
            notes.push(format!("level {} for {}  {}", found[i].level, mark.level, name.trim()));
        }
        let parent = up_found(i);
        let right = mark.levels().any(|l| known((0..j).rev().find(|&k| mark_levels[k] < l)) == parent);
        if right {
            score.parent += 1;
        } else {
            let under = parent.map_or("nothing", |p| &marks[p].title);
            notes.push(format!("under {under:?}  {}", name.trim()));
        }
    }
    for (i, heading) in found.iter().enumerate().filter(|(i, _)| !mark_of.contains_key(i)) {
        let like = |m: &Mark| m.titles().iter().any(|t| heading.titles.iter().any(|h| alike(h, t) >= 0.6));
        // a second title page is neither right nor wrong
        if heading.level > 1 || !marks.iter().any(|m| m.level == 1 && like(m)) {
            score.extra += 1;
            let page = heading.page.map_or(String::new(), |p| format!(" (page {p})"));
            notes.push(format!("extra   {} {}{page}", heading.level, found[i].label));
        }
    }
    (score, notes)
}

/// Past the capture of the test runner: what was left out has to be seen.
fn say(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// The documents by their hash; `None` when no folder was named that is there.
fn documents() -> Option<HashMap<String, Vec<u8>>> {
    let named = std::env::var_os("KANTLIJN_MARKED").map(PathBuf::from);
    if let Some(dir) = &named {
        assert!(dir.is_dir(), "KANTLIJN_MARKED is no folder: {}", dir.display());
    }
    let in_corpus = || std::env::var_os("KANTLIJN_CORPUS").map(|c| Path::new(&c).join("marked")).filter(|d| d.is_dir());
    let dir = named.or_else(in_corpus)?;
    let files = fs::read_dir(dir).unwrap().map(|e| e.unwrap().path()).filter(|p| p.is_file());
    Some(files.map(|p| fs::read(p).unwrap()).map(|bytes| (Edition::of(&bytes).hex(), bytes)).collect())
}

#[test]
#[ignore = "needs KANTLIJN_CORPUS"]
fn outlines_of_other_documents_are_those_of_an_editor() {
    let marks = marks();
    let Some(documents) = documents() else {
        say(&format!("left out: the outlines of {} documents (set KANTLIJN_MARKED to their folder)", marks.len()));
        return;
    };
    println!(
        "{:42}{:>5}{:>5}{:>6}{:>7}{:>7}{:>7}{:>7}{:>7}{:>8}",
        "", "hit", "more", "missed", "P", "R", "F1", "level", "parent", ""
    );
    let mut rows = Vec::new();
    let mut all = Score::default();
    for of in &marks {
        let Some(bytes) = documents.get(&of.blake3) else {
            say(&format!("left out: {}, which is not in the folder", of.file));
            continue;
        };
        let (score, notes) = match read(bytes, &Limits::default()) {
            Ok(doc) => score(&headings(&doc), &of.headings),
            Err(why) => {
                let missed = of.headings.iter().filter(|m| !m.optional).count();
                (Score { missed, ..Score::default() }, vec![format!("not read: {why}")])
            }
        };
        println!(
            "{:42}{:>5}{:>5}{:>6}{:>7.3}{:>7.3}{:>7.3}{:>7.2}{:>7.2}",
            of.file,
            score.hit,
            score.extra,
            score.missed,
            score.precision(),
            score.recall(),
            score.f1(),
            score.of_hits(score.level),
            score.of_hits(score.parent)
        );
        notes.iter().for_each(|n| println!("    {n}"));
        all = Score {
            hit: all.hit + score.hit,
            extra: all.extra + score.extra,
            missed: all.missed + score.missed,
            level: all.level + score.level,
            parent: all.parent + score.parent,
        };
        rows.push(score);
    }
    assert!(rows.len() * 2 > marks.len(), "only {} of {} documents are in the folder", rows.len(), marks.len());
    let mean = |value: fn(Score) -> f64| rows.iter().map(|s| value(*s)).sum::<f64>() / rows.len() as f64;
    let (f1, level, parent) = (mean(Score::f1), mean(|s| s.of_hits(s.level)), mean(|s| s.of_hits(s.parent)));
    println!("over all: {all:?}, F1 {:.3}; mean: F1 {f1:.3}, level {level:.3}, parent {parent:.3}", all.f1());
    assert!(f1 >= 0.95, "F1 {f1:.3}");
    assert!(parent >= 0.95, "parent {parent:.3}");
    assert!(level >= 0.90, "level {level:.3}");
}

#[test]
fn marks_are_whole_outlines() {
    let marks = marks();
    let formats: std::collections::HashSet<&str> = marks.iter().map(|m| m.format.as_str()).collect();
    assert!(marks.len() >= 11 && formats.len() >= 7, "{} documents, {formats:?}", marks.len());
    let counted: usize = marks.iter().map(|m| m.headings.iter().filter(|h| !h.optional).count()).sum();
    assert_eq!(counted, 389);
    for of in &marks {
        assert!(of.blake3.len() == 64 && of.headings[0].level == 1, "{}", of.file);
        let mut before = 0;
        for h in &of.headings {
            assert!(
                h.level >= 1 && h.level <= before + 1,
                "{}: level {} after {before}: {}",
                of.file,
                h.level,
                h.title
            );
            assert!(!h.title.is_empty() && h.title.len() < 200, "{}: {}", of.file, h.title);
            before = h.level;
        }
        assert!(of.format != "pdf" || of.headings.iter().all(|h| h.page.is_some()), "{}", of.file);
    }
}

#[test]
fn the_score_sees_what_is_missed_extra_and_misplaced() {
    let of = |level: u8, title: &str| Mark {
        level,
        number: None,
        title: title.into(),
        page: None,
        optional: false,
        level_ok: Vec::new(),
        alt: Vec::new(),
    };
    let made = |level: u8, title: &str| Heading { level, label: title.into(), titles: vec![plain(title)], page: None };
    let marks = [of(1, "Jaarbeeld"), of(2, "Voorwoord"), of(2, "Opgaven"), of(3, "Water"), of(3, "Wegen")];
    let same: Vec<Heading> = marks.iter().map(|m| made(m.level, &m.title)).collect();
    let (whole, notes) = score(&same, &marks);
    assert!(whole.f1() == 1.0 && whole.level == 5 && whole.parent == 5 && notes.is_empty(), "{notes:?}");

    let other = [made(1, "Jaarbeeld"), made(2, "Opgaven"), made(2, "Wateren"), made(2, "Inhoud"), made(3, "Wegen")];
    let (partly, notes) = score(&other, &marks);
    assert_eq!((partly.hit, partly.extra, partly.missed), (4, 1, 1), "{notes:?}");
    assert_eq!((partly.level, partly.parent), (3, 2), "{notes:?}");

    let (none, _) = score(&[], &marks);
    assert_eq!((none.hit, none.missed), (0, 5));
    assert_eq!(none.f1(), 0.0);
}
