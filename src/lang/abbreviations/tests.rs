#![allow(clippy::unwrap_used, clippy::panic)]
use super::*;
use proptest::prelude::*;

/// A text, an abbreviation it explains, and what it is short for; written before anything was run on it.
const FOUND: &str = include_str!("found.tsv");
/// Texts that explain none.
const NONE: &str = include_str!("none.txt");

#[test]
fn what_is_explained_is_found() {
    let mut missed = Vec::new();
    for line in FOUND.lines() {
        let parts: Vec<&str> = line.rsplitn(3, '\t').collect();
        let [full, short, text] = parts[..] else { panic!("{line}") };
        let found = abbreviations(text);
        let wanted = [Abbreviation { short: short.into(), full: full.into() }];
        if found != wanted {
            missed.push(format!("{text}: {found:?}"));
        }
    }
    assert!(missed.is_empty(), "{} of {}:\n{}", missed.len(), FOUND.lines().count(), missed.join("\n"));
}

#[test]
fn what_is_not_is_left_alone() {
    let wrong: Vec<_> = NONE.lines().map(|t| (t, abbreviations(t))).filter(|(_, f)| !f.is_empty()).collect();
    assert!(wrong.is_empty(), "{} of {}: {wrong:#?}", wrong.len(), NONE.lines().count());
}

#[test]
fn several_in_order_and_each_once() {
    let text = "De Dienst Oude Ponten (DOP) werkt met de Stichting Nieuwe Veren (SNV).\nLater schreef de Dienst Oude Ponten (DOP) weer.";
    let found = abbreviations(text);
    assert_eq!(found.iter().map(|a| a.short.as_str()).collect::<Vec<_>>(), ["DOP", "SNV"]);
}

proptest! {
    #[test]
    fn any_text_ends(text in "([A-Za-z]{1,8}|\\(|\\)|[ ,.:;'’\n\t&-]|hierna|é|👩‍👩){0,60}") {
        for a in abbreviations(&text) {
            prop_assert!(a.short.len() > 1 && a.full.len() > a.short.len());
        }
    }
}

#[test]
fn long_texts_of_one_kind_end() {
    for piece in ["(", "(A", "hierna ", ", hierna B", "A staat voor ", "A (", "(AB) ", "AB\tA b\n", "en ", "(ee) en "] {
        assert!(abbreviations(&piece.repeat(100_000)).len() < 3);
    }
}
