//! Facts about real documents of every format: their sentences are found, in the section and on the page where they
//! stand, and their chapters are in the outline. The facts are another's, beside the documents (`facts.jsonl`).

use kantlijn::doc::Document;
use kantlijn::import::{Limits, read};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

#[derive(Deserialize)]
struct Facts {
    format: String,
    path: String,
    #[serde(default)]
    chapters: Vec<String>,
    #[serde(default)]
    probes: Vec<Probe>,
}

#[derive(Deserialize)]
struct Probe {
    sentence: String,
    section: Option<String>,
    page: Option<u32>,
}

#[derive(Default, Debug, Clone, Copy)]
struct Count {
    probes: usize,
    found: usize,
    section: usize,
    paged: usize,
    page: usize,
    chapters: usize,
    listed: usize,
}

impl Count {
    fn add(&mut self, other: Count) {
        self.probes += other.probes;
        self.found += other.found;
        self.section += other.section;
        self.paged += other.paged;
        self.page += other.page;
        self.chapters += other.chapters;
        self.listed += other.listed;
    }
}

/// Letters and digits in lower case without accents; anything else is one blank.
fn plain(text: &str) -> String {
    let folded = text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
    let spaced: String = folded.map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A title without what numbers it.
fn bare(title: &str) -> String {
    let whole = plain(title);
    let labels = ["hoofdstuk", "bijlage", "appendix", "deel", "artikel"];
    let mut words: Vec<&str> = whole.split(' ').collect();
    if words.len() > 1 && labels.contains(&words[0]) {
        words.remove(0);
    }
    let number =
        |w: &str| w.chars().all(|c| c.is_ascii_digit()) || w.len() == 1 || w.chars().all(|c| "ivx".contains(c));
    if words.len() > 1 && number(words[0]) {
        words.remove(0);
        while words.len() > 1 && words[0].chars().all(|c| c.is_ascii_digit()) {
            words.remove(0);
        }
    }
    words.join(" ")
}

/// Where the first twelve words of a sentence stand: the blocks that hold them.
fn places(doc: &Document, sentence: &str) -> Vec<u32> {
    let wanted = plain(sentence).split(' ').take(12).collect::<Vec<_>>().join(" ");
    let wanted = format!(" {wanted} ");
    let holds = |b: &&kantlijn::doc::Block| format!(" {} ", plain(doc.slice(b.range))).contains(&wanted);
    doc.blocks().iter().filter(holds).map(|b| b.range.start).collect()
}

/// Counts what of the facts holds of a document, and says what doesn't.
fn count(doc: &Document, facts: &Facts) -> (Count, Vec<String>) {
    let (mut out, mut faults) = (Count::default(), Vec::new());
    let titles: Vec<String> = doc
        .outline()
        .sections()
        .iter()
        .flat_map(|s| [bare(&s.title), plain(&s.title), plain(&s.label()), bare(&s.label())])
        .collect();
    let contents = |c: &&String| !matches!(plain(c).as_str(), "inhoud" | "inhoudsopgave" | "contents");
    for chapter in facts.chapters.iter().filter(contents) {
        let (whole, name) = (plain(chapter), bare(chapter));
        let within = |t: &String| name.len() > 12 && (t.contains(&name) || t.len() > 12 && name.contains(t.as_str()));
        let listed = titles.iter().any(|t| *t == whole || *t == name || within(t));
        out.chapters += 1;
        out.listed += usize::from(listed);
        if !listed {
            faults.push(format!("no chapter: {chapter}"));
        }
    }
    for probe in &facts.probes {
        out.probes += 1;
        out.paged += usize::from(probe.page.is_some());
        let places = places(doc, &probe.sentence);
        if places.is_empty() {
            faults.push(format!("lost: {}", probe.sentence));
            continue;
        }
        out.found += 1;
        let last = probe.section.as_deref().unwrap_or("").rsplit([">", "›"].map(|s| s.chars().next().unwrap())).next();
        let wanted = bare(last.unwrap_or("").trim());
        let path = |at: &u32| {
            let section = doc.block(doc.block_at(*at)).section;
            let part = &doc.outline().part(doc.outline().section(section).part).title;
            plain(&format!("{} {part}", doc.outline().path_labels(section).join(" ")))
        };
        let within = wanted.is_empty() || places.iter().any(|at| path(at).contains(&wanted));
        out.section += usize::from(within);
        if !within {
            faults.push(format!("section: {:?} | {}", probe.section, path(&places[0])));
        }
        if let Some(page) = probe.page {
            // A sentence may begin on a page on which its paragraph doesn't.
            let first = |at: &u32| {
                let block = doc.block(doc.block_at(*at));
                let from = doc.source().page_at(block.range.start).map_or(0, |p| p.index);
                let to = doc.source().page_at(block.range.end).map_or(0, |p| p.index);
                (from..=to).contains(&page)
            };
            out.page += usize::from(places.iter().any(first));
        }
    }
    (out, faults)
}

#[test]
#[ignore = "needs KANTLIJN_CORPUS"]
fn what_is_known_of_real_documents_is_found_in_them() {
    let folder = PathBuf::from(std::env::var("KANTLIJN_CORPUS").unwrap()).join("documents");
    let mut formats: BTreeMap<String, Count> = BTreeMap::new();
    let (mut all, mut faults) = (Count::default(), Vec::new());
    for line in fs::read_to_string(folder.join("facts.jsonl")).unwrap().lines() {
        let facts: Facts = serde_json::from_str(line).unwrap();
        let bytes = fs::read(folder.join(&facts.path)).unwrap();
        let (one, missing) = match read(&bytes, &Limits::default()) {
            Ok(doc) => count(&doc, &facts),
            Err(error) => {
                let paged = facts.probes.iter().filter(|p| p.page.is_some()).count();
                let chapters = facts.chapters.len();
                let none = Count { probes: facts.probes.len(), paged, chapters, ..Count::default() };
                (none, vec![format!("not read: {error}")])
            }
        };
        faults.extend(missing.into_iter().map(|m| format!("{}: {m}", facts.path)));
        formats.entry(facts.format).or_default().add(one);
        all.add(one);
    }
    let report = format!("{formats:#?}\n{}\n{all:?}", faults.join("\n"));
    assert!(all.found as f64 >= 0.98 * all.probes as f64 - 1.0, "probes found\n{report}");
    assert!(all.section as f64 >= 0.95 * all.probes as f64, "in their section\n{report}");
    assert!(all.page as f64 >= 0.97 * all.paged as f64 - 1.0, "on their page\n{report}");
    assert!(all.listed as f64 >= 0.95 * all.chapters as f64, "chapters\n{report}");
}
