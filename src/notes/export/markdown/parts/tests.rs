#![allow(clippy::unwrap_used, clippy::panic)]

use super::*;
use proptest::prelude::*;

fn new(parts: &[(&str, &str)]) -> String {
    parts.iter().map(|(id, text)| fenced(id, text)).collect::<Vec<_>>().join("\n\n") + "\n"
}

fn start(parts: &[(&str, &str)]) -> String {
    first(&new(parts)).unwrap()
}

/// What the file says without our comments.
fn seen(text: &str) -> String {
    let ours = |l: &&str| l.starts_with("<!-- kantlijn") || l.starts_with("<!-- /kantlijn");
    text.lines().filter(|l| !ours(l) && !l.trim().is_empty()).collect::<Vec<_>>().join("|")
}

#[test]
fn a_second_export_of_the_same_changes_no_byte() {
    let file = start(&[("a", "Een."), ("b", "Twee.\n\nEn meer.")]);
    let done = update(&file, &new(&[("a", "Een."), ("b", "Twee.\n\nEn meer.")]), false).unwrap();
    assert_eq!(done.text, file);
    assert_eq!((done.new, done.changed, done.gone, done.edited.len(), done.left_out.len()), (0, 0, 0, 0, 0));
}

#[test]
fn the_readers_text_stays_and_our_parts_follow() {
    let file = start(&[("a", "Een."), ("b", "Twee.")]);
    let file = file.replace("<!-- kantlijn b", "Mijn woorden.   \n\n\n\n* nog iets\n<!-- kantlijn b");
    let file = format!("---\ntitle: van mij\n---\n{file}\nslot zonder regeleinde");
    let done = update(&file, &new(&[("a", "Een, beter."), ("n", "Nieuw."), ("b", "Twee."), ("z", "Laatste.")]), false)
        .unwrap();
    assert_eq!(
        seen(&done.text),
        "---|title: van mij|---|Een, beter.|Mijn woorden.   |* nog iets|Nieuw.|Twee.|Laatste.|slot zonder regeleinde"
    );
    assert!(done.text.contains("Mijn woorden.   \n\n\n\n* nog iets\n<!-- kantlijn n"), "{}", done.text);
    assert!(done.text.ends_with("\nslot zonder regeleinde"));
    assert_eq!((done.new, done.changed), (2, 1));
}

#[test]
fn what_was_edited_or_taken_out_stays_so_until_asked_for() {
    let file = start(&[("a", "Een."), ("b", "Twee."), ("c", "Drie.")]);
    let out = split(&file).unwrap().into_iter().find_map(|p| match p {
        Piece::Part(part) if part.id == "b" => Some(part.whole.to_owned()),
        _ => None,
    });
    let file = file.replace("Een.", "Een, van mij.").replace(&out.unwrap(), "");
    let next = new(&[("a", "Een!"), ("b", "Twee!"), ("c", "Drie!")]);
    let done = update(&file, &next, false).unwrap();
    assert_eq!(seen(&done.text), "Een, van mij.|Drie!");
    assert_eq!((done.edited.clone(), done.left_out.clone()), (vec!["a".to_owned()], vec!["b".to_owned()]));
    let again = update(&done.text, &next, true).unwrap();
    assert_eq!(seen(&again.text), "Een!|Twee!|Drie!");
    // and what is gone goes, unless the reader has made it theirs
    let done = update(&file, &new(&[]), false).unwrap();
    assert_eq!((seen(&done.text), done.gone, done.edited), ("Een, van mij.".to_owned(), 1, vec!["a".to_owned()]));
}

#[test]
fn line_ends_and_invisible_blanks_are_no_edits() {
    let file = start(&[("a", "Een.\nTwee."), ("b", "Drie.")]).replace("Een.\n", "Een.  \n").replace('\n', "\r\n");
    let done = update(&file, &new(&[("a", "Vier."), ("b", "Drie."), ("c", "Vijf.")]), false).unwrap();
    assert_eq!((done.changed, done.new, done.edited.len()), (1, 1, 0));
    assert_eq!(done.text.matches('\n').count(), done.text.matches("\r\n").count(), "{:?}", done.text);
}

#[test]
fn damaged_files_are_refused_by_line_and_copies_are_the_readers() {
    let file = start(&[("a", "Een."), ("b", "Twee.")]);
    for (wrong, line) in [
        (file.replace("<!-- /kantlijn a -->\n", ""), 4),
        (file.replace("<!-- /kantlijn b -->\n", ""), 5),
        (format!("<!-- /kantlijn x -->\n{file}"), 1),
    ] {
        assert_eq!(update(&wrong, &new(&[("a", "1")]), false).unwrap_err().line, line, "{wrong}");
    }
    let copy = fenced("a", "Een.");
    let twice = format!("{copy}\n\n{file}");
    let done = update(&twice, &new(&[("a", "Anders."), ("b", "Twee.")]), false).unwrap();
    assert_eq!(seen(&done.text), "Anders.|Een.|Twee.");
}

#[test]
fn words_that_look_like_our_comments_do_no_harm() {
    let part = fenced("a b/c", "<!-- /kantlijn a -->\nen <!-- kantlijn b -->");
    assert_eq!(parts(&split(&part).unwrap()).count(), 1);
    assert!(fenced("01J:x", "").starts_with("<!-- kantlijn 01J:x "));
}

proptest! {
    /// Whatever the reader writes between and around the parts is there after any export, byte for byte and in its order.
    #[test]
    fn the_readers_text_is_never_touched(
        words in prop::collection::vec("[ a-z#>\\-\n]{0,12}", 4),
        first_ids in prop::sample::subsequence(vec!["a", "b", "c", "d", "e"], 0..=3),
        next_ids in prop::sample::subsequence(vec!["a", "b", "c", "d", "e"], 0..=5),
        next_text in "[x-z]{1,3}",
    ) {
        let mut file = String::new();
        for (i, id) in first_ids.iter().enumerate() {
            file.push_str(&format!("{}\n{}\n", words[i], fenced(id, "oud")));
        }
        file.push_str(&words[3]);
        let next: Vec<(&str, &str)> = next_ids.iter().map(|id| (*id, next_text.as_str())).collect();
        let done = update(&file, &new(&next), false).unwrap();
        let mut at = 0;
        for word in words.iter().take(first_ids.len()).chain([&words[3]]) {
            let found = done.text[at..].find(word.as_str());
            prop_assert!(found.is_some(), "{:?} in {:?}", word, done.text);
            at += found.unwrap() + word.len();
        }
        // and once more the same: nothing changes any more
        let twice = update(&done.text, &new(&next), false).unwrap();
        prop_assert_eq!(&twice.text, &done.text);
    }
}
