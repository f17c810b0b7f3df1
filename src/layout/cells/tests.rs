#![allow(clippy::unwrap_used, clippy::panic)]
use super::*;
use proptest::prelude::*;

#[test]
fn width_counts_clusters() {
    for (text, cells) in [
        ("", 0),
        ("tarief", 6),
        ("financiële", 10),
        ("financie\u{308}le", 10),
        ("‘één’ – €", 9),
        ("報告", 4),
        ("👩‍👩‍👧 en", 5),
        ("a\tb", 5),
        ("a\u{1b}b", 2),
    ] {
        assert_eq!(width(text), cells, "{text:?}");
    }
}

#[test]
fn truncate_marks_what_it_cut() {
    assert_eq!(truncate("Toezicht", 8), "Toezicht");
    assert_eq!(truncate("Toezicht", 7), "Toezic…");
    assert_eq!(truncate("Het toezicht", 5), "Het…");
    assert_eq!(truncate("報告書", 4), "報…");
    assert_eq!(truncate("報告書", 1), "…");
    assert_eq!(truncate("abc", 0), "");
    assert_eq!(truncate("", 0), "");
}

#[test]
fn sanitise_keeps_words_and_drops_tricks() {
    assert!(matches!(sanitise("Gewone títel – 2025"), Cow::Borrowed(_)));
    for (text, clean) in [
        ("rood \u{1b}[31;1mrapport\u{1b}[0m", "rood rapport"),
        ("\u{1b}]0;titel\u{7}rapport", "rapport"),
        ("\u{1b}]8;;x\u{1b}\\rapport", "rapport"),
        ("\u{9b}2Jrapport", "rapport"),
        ("\u{1b}(Brapport\u{1b}c", "rapport"),
        ("een\r\ntwee\tdrie", "een twee drie"),
        ("jaar\u{202e}gnalsrev.txt", "jaargnalsrev.txt"),
        ("ka\u{200b}nt\u{ad}lijn\u{feff}", "kantlijn"),
        ("los \u{1b}]rapport zonder einde", "los rapport zonder einde"),
        ("a\u{7}b\u{0}c\u{7f}d", "abcd"),
    ] {
        assert_eq!(sanitise(text), clean, "{text:?}");
    }
}

proptest! {
    #[test]
    fn truncate_fits(text in "\\PC{0,30}", cells in 0usize..20) {
        let cut = truncate(&text, cells);
        prop_assert!(width(&cut) <= cells);
        prop_assert!(cut == text || cut.is_empty() || cut.ends_with('…'));
    }

    #[test]
    fn nothing_that_steers_comes_through(text in "[\\x00-\\x20\\x7f-\\xa0a-f\\[\\];0-9\u{200b}-\u{202e}\u{2066}]{0,40}") {
        let clean = sanitise(&text);
        prop_assert!(!clean.chars().any(|c| c.is_control() || is_hidden(c)), "{clean:?}");
        prop_assert_eq!(sanitise(&clean), clean.as_ref());
    }
}
