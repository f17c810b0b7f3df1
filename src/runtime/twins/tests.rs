#![allow(clippy::unwrap_used)]
use super::*;

#[test]
fn words_are_found_whatever_white_space_is_between_them() {
    let text = "Eerst dit.\nDe sluis is\n  dicht, zegt men.";
    let slice = |words: &str| find(text, words).map(|r| &text[r.as_usize()]);
    assert_eq!(slice("sluis is dicht,"), Some("sluis is\n  dicht,"));
    assert_eq!(slice(" De  sluis"), Some("De sluis"));
    assert_eq!(slice("sluis isdicht"), None);
    assert_eq!(slice("sluis was"), None);
    assert_eq!(slice(""), None);
}
