//! Knelpunten found in the real reports, where there are any.

use kantlijn::doc::Document;
use kantlijn::import::{Limits, read};
use kantlijn::knelpunt::{Certainty, Found, Rules, detect};
use std::path::PathBuf;

fn corpus() -> PathBuf {
    PathBuf::from(std::env::var_os("KANTLIJN_CORPUS").unwrap())
}

/// Every report of the corpus, by name.
fn reports() -> Vec<(String, Document)> {
    let mut out = Vec::new();
    for entry in std::fs::read_dir(corpus().join("reports")).unwrap() {
        let path = entry.unwrap().path();
        let doc = read(&std::fs::read(&path).unwrap(), &Limits::default()).unwrap();
        out.push((path.file_stem().unwrap().to_string_lossy().into_owned(), doc));
    }
    out.sort_by(|a, b| a.0.cmp(&b.0));
    out
}

fn lines(doc: &Document, found: &Found) -> (u32, u32) {
    let lines = doc.source().lines(found.range).unwrap();
    (lines.from, lines.to)
}

/// The knelpunten an editor reads in a report; `None` for a report that none has read.
fn gold(name: &str) -> Option<Vec<serde_json::Value>> {
    let text = std::fs::read_to_string(corpus().join("gold").join(format!("{name}.json"))).ok()?;
    let gold: serde_json::Value = serde_json::from_str(&text).unwrap();
    Some(gold["knelpunten"].as_array().unwrap().clone())
}

#[test]
#[ignore = "needs KANTLIJN_CORPUS"]
fn labelled_knelpunten_are_found_once_with_their_asks() {
    let rules = Rules::builtin();
    let mut seen = 0;
    for (name, doc) in reports() {
        let all = detect(&doc, &rules);
        let wanted = gold(&name).unwrap_or_default();
        let labels = wanted.iter().filter_map(|k| k["label"].as_str()).filter(|l| l.starts_with("Knelpunt"));
        for label in labels {
            let these: Vec<&Found> = all.iter().filter(|f| f.label.as_deref() == Some(label)).collect();
            assert_eq!(these.len(), 1, "{name}: {label}");
            assert!(!these[0].asks.is_empty(), "{name}: {label}");
            assert!(these[0].asks.iter().all(|a| these[0].range.covers(a.range)), "{name}: {label}");
            seen += 1;
        }
    }
    assert!(seen >= 5, "only {seen} labelled knelpunten in the corpus");
}

#[test]
#[ignore = "needs KANTLIJN_CORPUS"]
fn explicit_knelpunten_agree_with_the_editor() {
    let rules = Rules::builtin();
    let (mut right, mut false_ones, mut missed) = (0, Vec::new(), Vec::new());
    for (name, doc) in reports() {
        let Some(gold) = gold(&name) else { continue };
        let wanted: Vec<u32> =
            gold.iter().filter(|k| k["explicit"] == true).map(|k| k["line"].as_u64().unwrap() as u32).collect();
        let found = detect(&doc, &rules);
        let explicit: Vec<u32> =
            found.iter().filter(|f| f.certainty == Certainty::Explicit).map(|f| lines(&doc, f).0).collect();
        // a title may stand a line or two below its label or divider page
        let near = |a: u32, b: u32| a.abs_diff(b) <= 3;
        right += explicit.iter().filter(|l| wanted.iter().any(|w| near(**l, *w))).count();
        false_ones
            .extend(explicit.iter().filter(|l| !wanted.iter().any(|w| near(**l, *w))).map(|l| (name.clone(), *l)));
        missed.extend(wanted.iter().filter(|w| !explicit.iter().any(|l| near(*l, **w))).map(|w| (name.clone(), *w)));
    }
    assert!(missed.is_empty(), "missed {missed:?}");
    assert!(false_ones.len() * 9 <= right, "false {false_ones:?} against {right}");
}

/// A short report of our own writing, and what is marked in it: `explicit: title | ask; ask`, `candidate: words`.
struct Marked {
    doc: Document,
    explicit: Vec<(String, Vec<String>)>,
    candidates: Vec<String>,
}

fn marked(name: &str) -> Marked {
    let dir = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/knelpunt");
    let plain = dir.join(format!("{name}.txt"));
    let path = if plain.exists() { plain } else { dir.join(format!("{name}.md")) };
    let doc = read(&std::fs::read(path).unwrap(), &Limits::default()).unwrap();
    let marks = std::fs::read_to_string(dir.join(format!("{name}.expect"))).unwrap();
    let explicit = marks.lines().filter_map(|l| l.strip_prefix("explicit: ")).map(|l| {
        let (title, asks) = l.split_once('|').unwrap();
        let asks = asks.split(';').map(|a| a.trim().to_owned()).filter(|a| !a.is_empty());
        (title.trim().to_owned(), asks.collect())
    });
    let candidates = marks.lines().filter_map(|l| l.strip_prefix("candidate: ")).map(str::to_owned);
    Marked { doc, explicit: explicit.collect(), candidates: candidates.collect() }
}

#[test]
fn reports_of_other_shapes() {
    let rules = Rules::builtin();
    let names = [
        "problemen",
        "challenges",
        "aangekondigd",
        "sjabloon",
        "obstakels",
        "chapters-en",
        "ordinal",
        "geen",
        "tutorial-en",
        "grootste",
        "brief",
        "lijst",
        "themas",
        "evaluatie",
        "domein",
        "keten-en",
        "knelpuntenbrief",
        "toegelicht",
        "verweven-en",
    ];
    for name in names {
        let Marked { doc, explicit, candidates } = marked(name);
        let found = detect(&doc, &rules);
        let of = |certainty| found.iter().filter(move |f| f.certainty == certainty);
        let asks = |f: &Found| f.asks.iter().map(|a| a.title.clone()).collect::<Vec<_>>();
        let seen: Vec<_> = of(Certainty::Explicit).map(|f| (f.title.clone(), asks(f))).collect();
        assert_eq!(seen, explicit, "{name}");
        for words in candidates {
            assert!(of(Certainty::Candidate).any(|f| f.title.contains(&words)), "{name}: {words}: {found:#?}");
        }
    }
}
