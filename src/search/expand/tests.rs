#![allow(clippy::unwrap_used, clippy::panic)]
use super::super::query::Query;
use super::*;
use std::collections::BTreeMap;
use tantivy::directory::FileSlice;
use tantivy::postings::TermInfo;
use tantivy::termdict::TermDictionaryBuilder;

/// A dictionary of these terms, each in so many entries.
fn dictionary(terms: &[(&str, u32)]) -> TermDictionary {
    let terms: BTreeMap<&str, u32> = terms.iter().copied().collect();
    let mut builder = TermDictionaryBuilder::create(Vec::new()).unwrap();
    for (at, (term, doc_freq)) in (0..).zip(terms) {
        let info = TermInfo { doc_freq, postings_range: at..at + 1, positions_range: at..at + 1 };
        builder.insert(term, &info).unwrap();
    }
    TermDictionary::open(FileSlice::from(builder.finish().unwrap())).unwrap()
}

fn library() -> Vec<TermDictionary> {
    vec![
        dictionary(&[("\u{1}beleit", 9), ("beleid", 30), ("geleid", 4), ("belegd", 2), ("keten", 12), ("weten", 50)]),
        dictionary(&[
            ("beleid", 20),
            ("beleids", 3),
            ("vergunning", 40),
            ("vergunningen", 7),
            ("verguning", 1),
            ("12830", 2),
        ]),
    ]
}

fn names(all: &[Similar]) -> Vec<(&str, u32)> {
    all.iter().map(|s| (s.form.as_str(), s.df)).collect()
}

#[test]
fn similar_words_of_all_segments_best_first() {
    let library = library();
    let all: Vec<&TermDictionary> = library.iter().collect();
    let found = similar(&all, "belied", 1, Ending::Whole).unwrap();
    assert_eq!(names(&found), [("beleid", 50)]);
    let found = similar(&all, "beleid", 1, Ending::Whole).unwrap();
    assert_eq!(names(&found), [("beleids", 3), ("belegd", 2), ("geleid", 4)], "not the word itself");
    let found = similar(&all, "vijten", 1, Ending::Whole).unwrap();
    assert!(found.is_empty());
    let found = similar(&all, "belijd", 1, Ending::Whole).unwrap();
    assert_eq!(names(&found), [("beleid", 50)], "two steps off, but it sounds so");
    let found = similar(&all, "verguni", 1, Ending::Open).unwrap();
    assert_eq!(names(&found), [("verguning", 1), ("vergunning", 40), ("vergunningen", 7)]);
    assert!(similar(&all, "keten", 0, Ending::Whole).unwrap().is_empty());
    assert!(similar(&[], "keten", 2, Ending::Whole).unwrap().is_empty());
    for odd in ["", "\u{0}", &"lang".repeat(500), "é́\u{301}"] {
        similar(&all, odd, 2, Ending::Whole).unwrap();
        similar(&all, odd, 2, Ending::Open).unwrap();
    }
}

#[test]
fn what_a_pattern_fits() {
    let library = library();
    let all: Vec<&TermDictionary> = library.iter().collect();
    let fits = |p: &str| matching(&all, &Pattern::new(p).unwrap()).unwrap().0;
    assert_eq!(fits("^[bg]ele"), ["belegd", "beleid", "beleids", "geleid"]);
    assert_eq!(fits("ten$"), ["keten", "weten"]);
    assert_eq!(fits("^beleid$"), ["beleid"]);
    assert_eq!(fits("beleit"), [""; 0], "stems are no words");
    assert_eq!(fits(r"^\d+$"), ["12830"]);
}

#[test]
fn too_many_are_cut_and_said() {
    let words: Vec<String> = (0..3000).map(|n| format!("w{n:04}x")).collect();
    let terms: Vec<(&str, u32)> = words.iter().zip(1..).map(|(w, n)| (w.as_str(), n)).collect();
    let d = dictionary(&terms);
    let (forms, said) = matching(&[&d], &Pattern::new("x").unwrap()).unwrap();
    assert_eq!(forms.len(), MATCHING);
    assert_eq!(forms[0], "w1000x", "the most frequent stay");
    assert_eq!(said, Some(Said::Cut("/x/".into(), MATCHING)));
    assert_eq!(similar(&[&d], "w100x", 2, Ending::Open).unwrap().len(), SIMILAR);
}

#[test]
fn what_was_meant_in_the_language_of_queries() {
    let library = library();
    let all: Vec<&TermDictionary> = library.iter().collect();
    let mean = |text: &str| {
        let known = &mut |word: &str| frequency(&all, word);
        did_you_mean(&all, &Query::parse(text), false, known).unwrap()
    };
    assert_eq!(mean("belied"), Some("beleid".into()));
    assert_eq!(mean("+Belied -\"de VERGUNNIGEN\" jaar:2024"), Some("+Beleid -\"de VERGUNNINGEN\" jaar:2024".into()));
    assert_eq!(mean("keten  beled"), Some("keten beleid".into()));
    assert_eq!(mean("verguning"), Some("vergunning".into()), "once, where the other stands forty times");
    assert_eq!(mean("beleid keten weten"), None);
    assert_eq!(mean("=belied /belied/ belied*"), None, "as it was asked for");
    assert_eq!(mean("rapport:belied 12831 de"), None);
    assert_eq!(mean(""), None);
    let known = &mut |word: &str| frequency(&all, word);
    let mut typing = |text: &str| did_you_mean(&all, &Query::parse(text), true, known).unwrap();
    assert_eq!(typing("vergunni"), None, "it may go on");
    assert_eq!(typing("vergunig "), Some("vergunning".into()));
    assert_eq!(typing("vergunnig"), Some("vergunning".into()), "nothing begins so");
}
