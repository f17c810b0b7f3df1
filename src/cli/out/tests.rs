#![allow(clippy::unwrap_used, clippy::panic)]
use super::*;
use proptest::prelude::*;

proptest! {
    #[test]
    fn json_says_the_same_and_holds_nothing_a_terminal_obeys(text: String) {
        let json = escape(&serde_json::to_string(&text).unwrap());
        prop_assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
        prop_assert!(!json.chars().any(char::is_control), "{:?}", json);
    }
}

#[test]
fn control_sequences_of_one_character_are_escaped() {
    assert_eq!(escape("\"a\u{9b}31mb\u{202e}\""), "\"a\\u009b31mb\\u202e\"");
}
