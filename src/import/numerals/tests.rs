#![allow(clippy::unwrap_used, clippy::panic)]
//! Numerals, and counting through levels.

use super::*;

#[test]
fn numbers_are_written() {
    let all =
        |numeral: Numeral, numbers: &[u32]| numbers.iter().map(|n| numeral.write(*n)).collect::<Vec<_>>().join(" ");
    assert_eq!(all(Numeral::Digits, &[0, 1, 12]), "0 1 12");
    assert_eq!(all(Numeral::TwoDigits, &[1, 12]), "01 12");
    assert_eq!(all(Numeral::Letter, &[1, 26, 27, 28, 53, 0]), "a z aa bb aaa 0");
    assert_eq!(all(Numeral::Capital, &[2, 1_000_000]), "B 1000000");
    assert_eq!(all(Numeral::Roman, &[1, 4, 9, 14, 1987, 4000]), "i iv ix xiv mcmlxxxvii 4000");
    assert_eq!(all(Numeral::RomanCapital, &[3]), "III");
    assert_eq!(all(Numeral::None, &[3]), "");
}

#[test]
fn levels_count_and_begin_anew() {
    let mut counter = Counter::default();
    let mut count = |level| {
        counter.count(level, |_| 1, |_, _| true);
        (0..=level).map(|l| counter.value(l).unwrap().to_string()).collect::<Vec<_>>().join(".")
    };
    let seen: Vec<String> = [0, 1, 1, 2, 0, 1].into_iter().map(&mut count).collect();
    assert_eq!(seen, ["1", "1.1", "1.2", "1.2.1", "2", "2.1"]);
    let mut other = Counter::default();
    other.count(2, |l| l as u32 + 3, |_, _| true);
    assert_eq!((other.value(0), other.value(1), other.value(2), other.value(3)), (Some(3), Some(4), Some(5), None));
    other.restart(2);
    other.count(LEVELS + 5, |_| 1, |_, _| true);
    assert_eq!(other.value(LEVELS - 1), Some(1));
}
