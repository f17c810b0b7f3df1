//! What stands before an item of a list: bullets, numbers in their several forms, and the ones Word writes as text.

use super::tags::{Name, Tag};
use super::tape::Tape;
use crate::import::numerals::Numeral;

/// The first number of an ordered list.
pub(super) fn start(tape: &Tape, at: u32) -> u64 {
    let given = tape.attr(at, Name::Start).and_then(|s| s.trim().parse().ok());
    given.unwrap_or(1)
}

/// The marker of an item; `number` is the next one of its list.
pub(super) fn of_item(tape: &Tape, at: u32, number: Option<u64>) -> String {
    let Some(number) = number else { return "•".into() };
    let own = tape.attr(at, Name::Value).and_then(|v| v.trim().parse().ok());
    let list = tape.node(at).parent;
    let number = own.unwrap_or_else(|| match tape.attr(list, Name::Reversed) {
        Some(_) => backwards(tape, list, at),
        None => number,
    });
    let kind = tape.attr(at, Name::Type).or_else(|| tape.attr(list, Name::Type)).unwrap_or_default();
    let style = tape.attr(list, Name::StyleOf).unwrap_or_default();
    let set = |styles: &[&str]| styles.iter().any(|s| style.contains(s));
    let numeral = match kind {
        "a" => Numeral::Letter,
        "A" => Numeral::Capital,
        "i" => Numeral::Roman,
        "I" => Numeral::RomanCapital,
        _ if set(&["lower-alpha", "lower-latin"]) => Numeral::Letter,
        _ if set(&["upper-alpha", "upper-latin"]) => Numeral::Capital,
        _ if set(&["lower-roman"]) => Numeral::Roman,
        _ if set(&["upper-roman"]) => Numeral::RomanCapital,
        _ => Numeral::Digits,
    };
    format!("{}.", numeral.write(u32::try_from(number).unwrap_or(u32::MAX)))
}

/// The number of an item where they count down.
fn backwards(tape: &Tape, list: u32, item: u32) -> u64 {
    const MANY: usize = 4_000;
    let own = |at: &u32| tape.is(*at, Tag::Li) && tape.node(*at).parent == list;
    let rest = (item..tape.after(list)).take(MANY).filter(own).count() as u64;
    match tape.attr(list, Name::Start).and_then(|s| s.trim().parse::<u64>().ok()) {
        Some(first) => first.saturating_sub((list + 1..item).take(MANY).filter(own).count() as u64),
        None => rest,
    }
}

/// The depth and marker of a paragraph that Word exported as an item of a list; `None` when it is none.
pub(super) fn of_word(tape: &Tape, at: u32) -> Option<(u32, String)> {
    let style = tape.attr(at, Name::StyleOf)?;
    let list = style.split(';').find_map(|s| s.trim().strip_prefix("mso-list:"))?;
    let level = list.split_whitespace().find_map(|w| w.strip_prefix("level")).and_then(|l| l.parse::<u32>().ok())?;
    let sign = tape
        .inside(at)
        .take(12)
        .find(|i| tape.attr(*i, Name::StyleOf).is_some_and(|s| s.replace(' ', "").contains("mso-list:Ignore")));
    let sign = sign.map(|i| tape.words(i, 16)).unwrap_or_default();
    // The bullets of symbol fonts are letters and signs there.
    let bullet =
        sign.is_empty() || matches!(sign.as_str(), "o" | "·" | "§" | "ü" | "v" | "Ø" | "-" | "–" | "•" | "\u{F0B7}");
    Some((level.clamp(1, 9) - 1, if bullet { "•".into() } else { sign }))
}

/// Digits, raised.
pub(super) fn raised(digits: &str) -> String {
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    digits.chars().map(|c| c.to_digit(10).map_or(c, |d| RAISED[d as usize])).collect()
}
