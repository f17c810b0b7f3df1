#![allow(clippy::unwrap_used, clippy::panic)]

use super::*;
use crate::lang::stem_nl::stem;
use crate::lang::{fold, is_word};
use proptest::prelude::*;

const TABLE: &str = include_str!("../../../tests/fixtures/lang/compounds.txt");
const UNSEEN: &str = include_str!("../../../tests/fixtures/lang/compounds_unseen.txt");

/// A line of the table.
struct Row {
    word: String,
    /// Each part as it stands in the word, and the word it is given as.
    parts: Vec<(&'static str, &'static str)>,
    /// Parts that may be given.
    also: Vec<&'static str>,
}

fn table(text: &'static str) -> Vec<Row> {
    let lines = text.lines().filter(|l| !l.is_empty() && !l.starts_with('#'));
    lines
        .map(|line| {
            let (word, rest) = line.split_once(':').unwrap();
            let (parts, also) = rest.split_once('(').unwrap_or((rest, ""));
            Row {
                word: fold(word),
                parts: parts.split_whitespace().map(|p| p.split_once('/').unwrap_or((p, p))).collect(),
                also: also.trim_end_matches(')').split_whitespace().collect(),
            }
        })
        .collect()
}

impl Row {
    /// Whether a part is right: one of the table's, or neighbours among those.
    fn allows(&self, part: &str) -> bool {
        let mut from = 0;
        let mut places = Vec::new();
        for (text, _) in &self.parts {
            let at = self.word[from..].find(text).unwrap_or_else(|| panic!("{} has no {text}", self.word)) + from;
            from = at + text.len();
            places.push((at, from));
        }
        let neighbours = |i: usize| places[i..].iter().any(|&(_, end)| self.word[places[i].0..end] == *part);
        let parts = self.parts.iter().map(|(_, p)| p);
        parts.chain(&self.also).any(|p| stem(p) == stem(part)) || (0..places.len()).any(neighbours)
    }
}

/// What cutting the words of a table gives.
struct Measured {
    /// Of the parts there are, those found.
    recall: f64,
    /// Of the parts given, those that are right.
    precision: f64,
    /// Words without parts that were cut.
    cut: Vec<String>,
}

fn measure(rows: &[Row]) -> Measured {
    let (mut wanted, mut found, mut given, mut right) = (0, 0, 0, 0);
    let mut cut = Vec::new();
    for row in rows {
        let all = parts(&row.word);
        let stems: Vec<String> = all.iter().map(|p| stem(p)).collect();
        wanted += row.parts.len();
        found += row.parts.iter().filter(|(_, p)| stems.contains(&stem(p))).count();
        given += all.len();
        let allowed = all.iter().filter(|p| row.allows(p)).count();
        right += allowed;
        if row.parts.is_empty() && allowed < all.len() {
            cut.push(row.word.clone());
        }
    }
    Measured { recall: found as f64 / wanted as f64, precision: right as f64 / given as f64, cut }
}

#[test]
fn compounds_are_cut_and_other_words_are_not() {
    let rows = table(TABLE);
    let simple = rows.iter().filter(|r| r.parts.is_empty()).count();
    assert!(rows.len() - simple >= 180 && simple >= 200);
    let m = measure(&rows);
    assert!(m.recall >= 0.985, "recall {:.3}", m.recall);
    assert!(m.precision >= 0.985, "precision {:.3}", m.precision);
    assert!(m.cut.is_empty(), "cut in error: {:?}", m.cut);
}

#[test]
fn words_nobody_looked_at_are_cut_as_well() {
    let m = measure(&table(UNSEEN));
    assert!(m.recall >= 0.96, "recall {:.3}", m.recall);
    assert!(m.precision >= 0.965, "precision {:.3}", m.precision);
    assert!(m.cut.len() <= 1, "cut in error: {:?}", m.cut);
}

#[test]
fn nested_compounds_are_parts_too() {
    let all = parts("jeugdbeschermingstafel");
    for part in ["jeugd", "bescherming", "tafel", "jeugdbescherming", "beschermingstafel"] {
        assert!(all.iter().any(|p| p == part), "{part} in {all:?}");
    }
    assert!(!all.iter().any(|p| p == "jeugdbeschermingstafel"));
}

#[test]
fn an_adjective_has_the_parts_of_its_noun() {
    let all = parts("strafrechtelijke");
    for part in ["straf", "recht", "strafrecht"] {
        assert!(all.iter().any(|p| p == part), "{part} in {all:?}");
    }
}

#[test]
fn a_beginning_nobody_knows_is_a_part_where_the_rest_is_known() {
    assert_eq!(parts("zwurbelrapportage"), ["zwurbel", "rapportage"]);
    assert!(parts("zwurbelgrom").is_empty());
    // misspelled, not strange
    assert!(parts("brandstofasistenten").is_empty());
    assert_eq!(split("zwurbelrapportage", &|_| false), None);
}

#[test]
fn a_beginning_left_open_is_its_word() {
    assert_eq!(parts("veiligheids"), ["veiligheid"]);
    assert_eq!(parts("kinder"), ["kinderen"]);
    assert!(parts("jeugdbeschermings").iter().any(|p| p == "jeugdbescherming"));
    assert!(parts("plaats").is_empty() && parts("onderzoeks").iter().eq(["onderzoek"]));
}

#[test]
fn a_query_is_cut_once() {
    let none = |_: &str| false;
    let split = |word: &str| split(word, &none).map(|p| p.join(" "));
    assert_eq!(split("ziekenhuisbedden").as_deref(), Some("ziekenhuis bedden"));
    assert_eq!(split("capaciteitstekort").as_deref(), Some("capaciteit tekort"));
    assert_eq!(split("gemeente"), None);
    assert_eq!(split("zwurbelgrom"), None);
}

#[test]
fn a_query_may_be_cut_at_a_word_of_the_library() {
    assert_eq!(split("zwurbelnorf", &|_| false), None);
    assert_eq!(split("keuringzwurbel", &|w| w == "zwurbel").unwrap(), ["keuring", "zwurbel"]);
}

#[test]
fn words_side_by_side_are_joined() {
    let first = |a: &str, b: &str| joined(a, b)[0].clone();
    assert_eq!(first("opvang", "plek"), "opvangplek");
    assert_eq!(first("boete", "verhoging"), "boeteverhoging");
    assert_eq!(first("tarief", "verlaging"), "tariefverlaging");
    assert_eq!(first("capaciteit", "tekort"), "capaciteitstekort");
    for (a, b, whole) in [
        ("tarief", "verlaging", "tarievenverlaging"),
        ("woningen", "tekort", "woningtekort"),
        ("plan", "maker", "plannenmaker"),
        ("bedrijf", "arts", "bedrijfsarts"),
        ("gegeven", "bank", "gegevensbank"),
        ("parkeren", "vak", "parkeervak"),
        ("kind", "boerderij", "kinderboerderij"),
    ] {
        let all = joined(a, b);
        assert!(all.iter().any(|w| w == whole) && all.len() <= join::MOST, "{a} {b}: {all:?}");
    }
    assert!(joined("12", "uur").is_empty() && joined("", "uur").is_empty());
}

#[test]
fn the_lexicon_is_whole_and_small() {
    assert!(Lexicon::open().unwrap().is_whole());
}

#[test]
fn words_of_the_list_are_known() {
    for word in ["gemeente", "gemeenten", "parkeert", "rotterdam", "foto's", "daarentegen", "reeel"] {
        assert!(is_word(word), "{word}");
    }
    for word in ["gemeemte", "capaciteits", "", "x9"] {
        assert!(!is_word(word), "{word}");
    }
}

proptest! {
    #[test]
    fn any_text_is_cut_in_order_or_not_at_all(word in "[a-z]{0,70}|.{0,20}|(zorg|kosten|s|plan|e){1,12}") {
        let word = fold(&word);
        let all = parts(&word);
        prop_assert!(all.len() != 1 || word.ends_with('s') || irregular(&word).is_some());
        prop_assert!(all.iter().all(|p| p.len() >= 3 && *p != word));
        if let Some(flat) = split(&word, &|_| false) {
            prop_assert!(flat.len() > 1);
        }
        let _ = joined(&word, "kosten");
    }
}
