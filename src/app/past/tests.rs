#![allow(clippy::unwrap_used, clippy::panic)]
use super::*;

#[test]
fn back_and_forth_through_what_begins_alike() {
    let mut past = Vec::new();
    for line in ["keten", "tarief", " ketens ", "tarief", ""] {
        remember(&mut past, line, 10);
    }
    assert_eq!(past, ["tarief", "ketens", "keten"]);
    let mut recall = Recall::default();
    assert_eq!(recall.newer(&past), None);
    assert_eq!(recall.older(&past, "ke").unwrap(), "ketens");
    assert_eq!(recall.older(&past, "ketens").unwrap(), "keten");
    assert_eq!(recall.older(&past, "keten"), None);
    assert_eq!(recall.newer(&past).unwrap(), "ketens");
    assert_eq!(recall.newer(&past).unwrap(), "ke");
    assert_eq!(recall.newer(&past), None);
    // typed on: everything that begins with that
    recall.restart();
    assert_eq!(recall.older(&past, "").unwrap(), "tarief");
}

#[test]
fn so_many_are_kept() {
    let mut past = Vec::new();
    (0..9).for_each(|i| remember(&mut past, &i.to_string(), 3));
    assert_eq!(past, ["8", "7", "6"]);
}
