#![allow(clippy::unwrap_used, clippy::panic)]
use super::*;
use proptest::prelude::*;

const LONG: &str = "De veerdienst kreeg in 2031 meer reizigers dan de steigers aankonden; op drukke dagen stond de rij tot \
    voorbij het havenkantoor. Schippers vroegen om een tweede steiger, maar de gemeente wees het verzoek af omdat de kade \
    nog niet is verstevigd. Voor volgend voorjaar verwacht de dienst geen verbetering.";

fn like(a: &str, b: &str) -> bool {
    same(print(a), print(b))
}

#[test]
fn the_same_passage_is_known_by_its_words() {
    assert!(like(LONG, LONG));
    assert!(like(LONG, &LONG.to_uppercase().replace(' ', "\n")), "case and lines are nothing");
    assert!(like(LONG, &LONG.replace("; op", " (op")), "nor are marks between words");
    assert!(like(LONG, &LONG.replace("drukke ", "")), "a word was left out");
    assert!(like(LONG, &format!("{LONG} 4")), "the mark of a note stands behind it");
}

#[test]
fn another_passage_is_another() {
    let other = "De veerdienst schrijft dat de steigers zijn verstevigd en dat de rij korter is dan in 2031. De gemeente is \
        tevreden, en wie op een drukke dag reist wacht niet langer dan een kwartier op de kade bij het havenkantoor.";
    assert!(!like(LONG, other));
    assert!(!like(LONG, &LONG.replace("2031", "2032")), "another year is another fact");
    assert!(!like(LONG, &LONG[..LONG.len() / 2]), "half of it is not all of it");
}

#[test]
fn short_passages_are_the_same_only_word_for_word() {
    assert!(like("Niet van toepassing.", "niet van toepassing"));
    assert!(!like("De steiger is dicht.", "De steiger is open."));
    assert!(!like("", "") && !like("en de het", "en de het"), "what says nothing is like nothing");
}

#[test]
fn groups_keep_the_order_and_do_not_creep() {
    let (a, b) = (print(LONG), print("De steiger is dicht."));
    assert_eq!(groups(&[a, b, a, NONE, b, NONE], |_, _| false), [0, 1, 0, 3, 1, 5]);
    assert_eq!(groups(&[a, a, a], |x, y| (x, y) == (0, 1)), [0, 1, 0]);
    // each differs from the next in seven bits: the third is not the first
    let chain = [1 << 60, (1 << 60) ^ 0x7f00, (1 << 60) ^ 0x7f_7f00];
    assert_eq!(groups(&chain, |_, _| false), [0, 0, 2]);
}

proptest! {
    #[test]
    fn groups_are_those_that_comparing_all_with_all_gives(
        seeds in prop::collection::vec((0_u64..4, 0_u64..3, prop::collection::vec(8_u32..64, 0..9)), 0..40)
    ) {
        let prints: Vec<u64> = seeds
            .iter()
            .map(|(base, figures, flips)| flips.iter().fold(mix(*base) & !0xff | figures, |p, bit| p ^ 1 << bit))
            .collect();
        let mut firsts: Vec<usize> = Vec::new();
        let all = (0..prints.len()).map(|i| {
            let first = firsts.iter().copied().find(|&f| same(prints[f], prints[i]));
            if first.is_none() {
                firsts.push(i);
            }
            first.unwrap_or(i)
        });
        let all: Vec<usize> = all.collect();
        prop_assert_eq!(groups(&prints, |_, _| false), all);
    }
}
