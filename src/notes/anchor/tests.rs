#![allow(clippy::unwrap_used, clippy::panic)]

use super::fold::{Case, Folded};
use super::myers::{beginning, best, distance};
use super::protected::same;
use super::seeds::Seeds;
use crate::doc::TextRange;
use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

fn fold(text: &str) -> String {
    String::from_utf8(Folded::of(text, [], true, Case::Small).text).unwrap()
}

#[test]
fn typography_leaves_no_trace() {
    for (a, b) in [
        ("De  kade\nis oud.", "de kade is oud"),
        ("water-\nhuishouding", "waterhuishouding"),
        ("water\u{ad}huishouding", "waterhuishouding"),
        ("\u{201c}ja\u{201d} \u{2013} \u{2018}nee\u{2019}", "'ja' - \"nee\""),
        ("e\u{fb03}ci\u{eb}nt", "efficie\u{308}nt"),
        ("\u{a0}5\u{202f}%", "5%"),
        ("\u{2022} palen\n\u{f0b7} planken", "palen planken"),
        ("1. palen\n2) planken\n(a) touw\niv) teer", "palen planken touw teer"),
        ("| palen | 12 |", "palen\t12"),
        ("de kade.12 Het peil", "de kade. Het peil"),
        ("beleid\u{b2} en", "beleid en"),
        ("in 2020 \u{2013} 2025", "in 2020-2025"),
        ("m\u{b3}", "m3"),
    ] {
        assert_eq!(fold(a), fold(b), "{a:?} {b:?}");
    }
}

#[test]
fn what_counts_stays() {
    for (a, b) in [
        ("3 12", "31 2"),
        ("3 12", "312"),
        ("1.200", "1,200"),
        ("5-7", "57"),
        ("5%", "5"),
        ("een tekort van -3 ton", "een tekort van 3 ton"),
        ("\u{20ac} 5", "$ 5"),
        ("10\u{b2}", "102"),
        ("\u{e9}\u{e9}n", "een"),
        ("art.3", "art.4"),
        ("A. Bakker", "B. Bakker"),
        ("in 2024", "in 2025"),
        ("CO2", "CO3"),
        ("\u{bd}", "\u{bc}"),
    ] {
        assert_ne!(fold(a), fold(b), "{a:?} {b:?}");
    }
}

#[test]
fn protected_words_are_seen_to_differ() {
    for (a, b) in [
        ("Er is geen geld voor de kade", "Er is een geld voor de kade"),
        ("stegen met 12 %", "stegen met 21 %"),
        ("stegen met 12 procent", "stegen met 12 miljoen"),
        ("op 3 mei begonnen", "op 3 juni begonnen"),
        ("artikel 3 van de wet", "artikel 4 van de wet"),
        ("kost twee miljoen euro", "kost drie miljoen euro"),
        ("kost twee miljoen euro", "kost twee miljard euro"),
        ("de helft van de palen", "een kwart van de palen"),
        ("in het tweeëntwintigste jaar", "in het drieëntwintigste jaar"),
        ("het loket in Beemdam sluit", "het loket in Oudkarspel sluit"),
        ("volgens het RVK klopt dat", "volgens het RVB klopt dat"),
        ("is voldoende bemand", "is onvoldoende bemand"),
        ("dat mag de dienst", "dat moet de dienst"),
        ("they did find it", "they didn't find it"),
        ("it may not be used", "it may be used"),
        ("Bakker vindt de kade te oud", "Visser vindt de kade te oud"),
    ] {
        assert!(!same(a, b) && !same(b, a), "{a:?} {b:?}");
        assert!(same(a, a), "{a:?}");
    }
}

#[test]
fn other_words_may_differ() {
    for (a, b) in [
        ("De kade is erg oud, en de palen rotten.", "De kaden zijn oud; de palen rotten nu."),
        ("Vergunnigen blijven liggen", "Vergunningen blijven liggen"),
        ("Wij vragen de raad om geld.", "De raad wordt om geld gevraagd."),
        ("HET WATER STIJGT SNEL", "Het water stijgt snel"),
        ("stegen met 12 %", "stegen met 12%"),
        ("met 12 procent gestegen", "met 12% gestegen"),
        ("De kade is oud.3 Het peil", "De kade is oud. Het peil"),
        ("in januari begonnen", "in jan begonnen"),
    ] {
        assert!(same(a, b) && same(b, a), "{a:?} {b:?}");
    }
}

/// The distances by the textbook.
fn table(a: &[u8], b: &[u8], free: bool) -> Vec<usize> {
    let mut column: Vec<usize> = (0..=a.len()).collect();
    let mut ends = vec![a.len()];
    for (j, y) in b.iter().enumerate() {
        let mut diagonal = column[0];
        column[0] = if free { 0 } else { j + 1 };
        for (i, x) in a.iter().enumerate() {
            let above = column[i + 1];
            column[i + 1] = (diagonal + usize::from(x != y)).min(above + 1).min(column[i] + 1);
            diagonal = above;
        }
        ends.push(column[a.len()]);
    }
    ends
}

proptest! {
    #[test]
    fn distances_are_those_of_the_textbook(a in "[abc]{0,200}", b in "[abc]{0,200}") {
        let (a, b) = (a.as_bytes(), b.as_bytes());
        prop_assert_eq!(distance(a, b), *table(a, b, false).last().unwrap());
        prop_assert_eq!(beginning(a.iter().copied(), b.iter().copied()), *table(a, b, false).iter().min().unwrap());
        if let Some(like) = best(a, b) {
            prop_assert_eq!(like.errors, *table(a, b, true)[1..].iter().min().unwrap());
            prop_assert_eq!(distance(a, &b[like.start..like.end]), like.errors);
        }
    }

    #[test]
    fn folding_finds_the_way_back(text in "[a-eA-E0-9é½ﬁ²., \u{301}\u{ad}\n|•%-]{0,60}") {
        let folded = Folded::of(&text, [], true, Case::Small);
        prop_assert!(String::from_utf8(folded.text.clone()).is_ok());
        let borders: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).chain([text.len()]).collect();
        for at in 0..folded.text.len() {
            let range = folded.original(&text, at, at + 1);
            prop_assert!(borders.contains(&(range.start as usize)) && borders.contains(&(range.end as usize)));
            prop_assert!(!range.is_empty() && range.contains(folded.raw(at) as u32));
            prop_assert!(folded.at(folded.raw(at) as u32) <= at);
        }
        prop_assert!(folded.at(text.len() as u32) <= folded.text.len());
    }

    #[test]
    fn no_text_crashes_folding(text in any::<String>(), open in any::<bool>()) {
        let folded = Folded::of(&text, [], open, Case::Kept);
        if !folded.text.is_empty() {
            let all = folded.original(&text, 0, folded.text.len());
            prop_assert!(TextRange::from(0..text.len()).covers(all));
        }
        let _ = same(&text, "iets");
    }

    #[test]
    fn seeds_find_what_is_there(text in "[a-e]{200,600}", at in 0usize..150) {
        let seeds = Seeds::of(text.as_bytes());
        let spots = seeds.spots(&text.as_bytes()[at..at + 40], 4);
        prop_assert!(spots.iter().any(|s| s.from <= at as i64 && at as i64 <= s.to), "{spots:?}");
    }
}
