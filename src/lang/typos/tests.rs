#![allow(clippy::unwrap_used, clippy::panic)]
use super::*;
use proptest::prelude::*;

/// What was typed and what was meant; written before anything was run on it.
const MISSPELLINGS: &str = include_str!("misspellings.tsv");
/// Words of the kind reports are made of, those meant among them.
const VOCABULARY: &str = include_str!("vocabulary.txt");

/// Steps from one word to another, two letters changed round counting one.
fn steps(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut d = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            d[i][j] = match (i, j) {
                (0, n) | (n, 0) => n,
                _ => {
                    let plain =
                        (d[i - 1][j] + 1).min(d[i][j - 1] + 1).min(d[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]));
                    let swap = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                    if swap { plain.min(d[i - 2][j - 2] + 1) } else { plain }
                }
            };
        }
    }
    d[a.len()][b.len()]
}

fn candidates(typed: &str, reach: u8) -> Vec<(&'static str, f32)> {
    let alike = sound_alikes(typed);
    let near = |w: &&str| *w != typed && (steps(typed, w) <= usize::from(reach) || alike.iter().any(|a| a == w));
    let mut out: Vec<_> = VOCABULARY.split_whitespace().filter(near).map(|w| (w, likeness(typed, w))).collect();
    out.sort_by(|a, b| b.1.total_cmp(&a.1));
    out
}

#[test]
fn the_word_meant_is_found_and_comes_first() {
    let pairs: Vec<(&str, &str)> = MISSPELLINGS.lines().filter_map(|l| l.split_once('\t')).collect();
    let (mut first, mut reached, mut likely, mut wide) = (0, 0, 0, 0);
    for (typed, meant) in &pairs {
        assert!(VOCABULARY.split_whitespace().any(|w| w == *meant), "{meant}");
        let near = candidates(typed, reach(typed));
        if let Some(at) = near.iter().position(|(w, _)| w == meant) {
            reached += 1;
            first += usize::from(at == 0);
            likely += usize::from(near[at].1 >= LIKELY);
        }
        wide += usize::from(candidates(typed, wide_reach(typed)).first().is_some_and(|(w, _)| w == meant));
    }
    // the two out of reach have five letters; the one not first is as near to another inflection of what was meant
    assert_eq!((pairs.len(), reached, first, likely, wide), (140, 138, 137, 138, 139));
}

#[test]
fn words_of_the_vocabulary_are_kept_apart() {
    let stem = |w: &str| crate::lang::Analyser::default().stem(crate::doc::Lang::Nl, w).to_owned();
    let (mut all, mut confused) = (0, Vec::new());
    for word in VOCABULARY.split_whitespace() {
        all += 1;
        let likely = candidates(word, reach(word)).into_iter().filter(|(_, l)| *l >= LIKELY);
        confused.extend(likely.filter(|(w, _)| stem(w) != stem(word)).map(|(w, _)| (word, w)));
    }
    // real words that lie one step from each other: which is why a word that is there is hardly ever doubted
    assert!(all == 401 && confused.len() <= 34, "{} of {all}: {confused:?}", confused.len());
}

#[test]
fn a_slip_costs_less_than_another_word() {
    let order = |typed: &str, meant: &str, other: &str| {
        let (a, b) = (likeness(typed, meant), likeness(typed, other));
        assert!(a > b, "{typed}: {meant} {a} should be before {other} {b}");
    };
    order("regelign", "regeling", "regering");
    order("belijd", "beleid", "belijdt");
    order("wachtleist", "wachtlijst", "wachtleest");
    order("opfang", "opvang", "opgang");
    order("gezach", "gezag", "gezeik");
    order("besluitt", "besluit", "besluiten");
    order("kosten", "kosten", "posten");
    order("raport", "rapport", "report");
}

#[test]
fn ends() {
    assert_eq!(likeness("keten", "keten"), 1.0);
    assert_eq!(likeness("", "keten"), 0.0);
    assert!(likeness("keten", "overheid") < 0.2);
    assert!(likeness("vog-np", "vognp") > 0.9);
    assert!(likeness_so_far("jeugzor", "jeugdzorginstelling") > LIKELY);
    assert_eq!(
        (reach("keten"), reach("beleid"), reach("vergunning"), reach("vergunningen"), reach("12830")),
        (0, 1, 1, 2, 0)
    );
    assert_eq!((wide_reach("de"), wide_reach("beled"), wide_reach("vergunnig")), (0, 1, 2));
    assert!(sound_alikes("belijd").contains(&"beleid".to_owned()));
}

proptest! {
    #[test]
    fn any_two_words_have_a_likeness(a in ".{0,20}", b in ".{0,20}") {
        let l = likeness(&a, &b);
        prop_assert!((0.0..=1.0).contains(&l));
        prop_assert!(a.is_empty() || likeness(&a, &a) == 1.0);
        let _ = (likeness_so_far(&a, &b), sound_alikes(&a));
    }
}
