#![allow(clippy::unwrap_used, clippy::panic)]
use super::*;

#[test]
fn two_versions_are_one_list_of_lines() {
    let signs = |a: &str, b: &str| {
        differences(a, b).into_iter().map(|(side, text)| format!("{}{text}", side.sign())).collect::<Vec<_>>()
    };
    assert_eq!(signs("a\nb\nc", "a\nc\nd"), ["  a", "< b", "  c", "> d"]);
    assert_eq!(signs("", "x"), ["> x"]);
    assert_eq!(signs("een\ntwee", "een\ntwee"), ["  een", "  twee"]);
    let long = "regel\n".repeat(COMPARED + 1);
    assert_eq!(differences(&long, "regel").len(), COMPARED + 2);
}
