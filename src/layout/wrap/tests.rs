#![allow(clippy::unwrap_used, clippy::panic)]
use super::*;
use proptest::prelude::*;

fn rows(text: &str, width: usize) -> Vec<&str> {
    let mut out = Vec::new();
    wrap(text, width, |row| out.push(&text[row.start..row.end]));
    out
}

/// Every row walked cluster by cluster, as if no character were plain.
fn walked(text: &str, width: usize) -> Vec<Row> {
    let mut out = Vec::new();
    wrap_with(text, width, |_, from| from, |row| out.push(Row { plain: true, ..row }));
    out
}

#[test]
fn breaks_where_a_reader_expects() {
    assert_eq!(rows("de keten van het toezicht", 9), ["de keten", "van het", "toezicht"]);
    assert_eq!(rows("de keten  van het", 8), ["de keten", "van het"]);
    assert_eq!(rows("politie- en justitietaken", 10), ["politie-", "en", "justitieta", "ken"]);
    assert_eq!(rows("rijks-overheid en/of gemeente", 12), ["rijks-", "overheid en/", "of gemeente"]);
}

#[test]
fn survives_the_edges() {
    assert_eq!(rows("", 10), [""]);
    assert_eq!(rows("   ", 2), ["  ", ""]);
    assert_eq!(rows("één", 1), ["é", "é", "n"]);
    assert_eq!(rows("één", 0), ["é", "é", "n"]);
    assert_eq!(rows("報告", 1), ["報", "告"]);
    assert_eq!(rows("    diep", 6), ["    di", "ep"]);
    assert_eq!(rows("e\u{301}e\u{301}n woord", 3), ["e\u{301}e\u{301}n", "woo", "rd"]);
    assert_eq!(rows("ja \u{301}nee", 2), ["ja", " \u{301}n", "ee"]);
}

#[test]
fn plain_characters_are_one_cell_and_join_nothing() {
    for c in (0u32..0x1_0000).filter_map(char::from_u32) {
        let text = c.to_string();
        if plain_len(text.as_bytes()) == Some(text.len()) {
            let around = format!("e{c}e");
            assert_eq!(cells_of(&text), 1, "{c:?}");
            assert_eq!(around.graphemes(true).count(), 3, "{c:?}");
        }
    }
}

#[test]
fn dutch_text_is_plain() {
    let text =
        "De ‘reële’ kosten (€ 12,5 mln.) — zie §3 – stijgen met ½ %… Coördinatie à la carte, naïef, façade, ĳsbaan.";
    assert_eq!(next_odd(text.as_bytes(), 0), text.len());
}

/// Words, blanks, marks and some characters of every kind.
fn texts() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        8 => "[a-z]{1,12}",
        2 => "[a-zéëïö’€“]{1,9}",
        1 => "[a-z]{1,6}[-/–][a-z0-9]{1,6}",
        1 => "[a-e報\u{301}\u{200d}👩🇳🇱\t\u{ad}\u{1b}]{1,5}",
        1 => "[a-z]{30,90}",
    ];
    proptest::collection::vec((word, "[ ]{1,3}"), 0..60)
        .prop_map(|words| words.into_iter().map(|(w, b)| w + &b).collect())
}

proptest! {
    #[test]
    fn counting_and_walking_agree(text in texts(), width in 1usize..100) {
        let mut counted = Vec::new();
        wrap(&text, width, |row| counted.push(Row { plain: true, ..row }));
        prop_assert_eq!(counted, walked(&text, width));
    }

    #[test]
    fn every_byte_is_on_one_row_or_a_blank_at_a_break(text in "\\PC{0,60}|[a-c \t-]{0,60}", width in 1usize..20) {
        let mut at = 0;
        let mut wide = false;
        wrap(&text, width, |row| {
            assert_eq!(row.start, at);
            assert!(row.start <= row.end && row.end <= row.next && row.cells <= width);
            assert!(text[row.end..row.next].chars().all(|c| c == ' ' || c == '\t'));
            wide |= cells_of(&text[row.start..row.end]) > width && text[row.start..row.end].graphemes(true).count() > 1;
            at = row.next;
        });
        prop_assert_eq!(at, text.len());
        prop_assert!(!wide);
    }
}
