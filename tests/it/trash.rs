//! What is thrown away and what lies there twice: seen, read, and put right, at the keys.

use crate::harness::{Desk, Reader};
use kantlijn::app::Overlay;
use kantlijn::doc::Lang;
use std::fs;
use std::path::PathBuf;

/// A reader with three notes of these words.
fn three(desk: &Desk) -> Reader {
    let mut reader = desk.sit(120, 40, Lang::Nl);
    reader.press("enter");
    for words in ["eerste inval", "tweede inval", "derde inval"] {
        reader.press("} V a").write(words).press("ctrl-s");
    }
    assert_eq!(desk.note_files().len(), 3, "{}", reader.text());
    reader
}

fn bodies(reader: &Reader) -> Vec<String> {
    let mut all: Vec<_> = reader.inline.app.notebook.all().map(|n| n.body.clone()).collect();
    all.sort();
    all
}

fn file_of(desk: &Desk, words: &str) -> PathBuf {
    desk.note_files().into_iter().find(|f| fs::read_to_string(f).unwrap().contains(words)).unwrap()
}

#[test]
fn notes_go_to_the_trash_and_back_and_undo_says_what_it_undid() {
    let desk = Desk::new();
    let mut reader = three(&desk);
    let all = bodies(&reader);
    let before: Vec<_> = desk.note_files().iter().map(|f| fs::read(f).unwrap()).collect();
    reader.press("g n space space D");
    assert_eq!(bodies(&reader).len(), 1);
    reader.press("u").must_show("Ongedaan: 2 notities weggegooid");
    assert_eq!(bodies(&reader), all);
    reader.press("ctrl-r").must_show("Opnieuw: 2 notities weggegooid");

    // the trash: all filters further
    reader.press("f f f f f").must_show("prullenbak · 2").must_show("weggegooid op 2026-03-02");
    reader.press("enter").must_show("Uit de prullenbak").must_show("r zet terug");
    assert!(matches!(reader.inline.app.overlay, Some(Overlay::Sheet(_))));
    reader.press("esc D");
    assert_eq!(desk.note_files().len(), 1, "nothing in the trash is thrown away");
    reader.press("enter r");
    assert_eq!((bodies(&reader).len(), desk.note_files().len()), (2, 2));
    reader.must_show("prullenbak · 1");
    reader.press("r").must_show("De prullenbak is leeg.");
    assert_eq!(bodies(&reader), all);
    let now: Vec<_> = desk.note_files().iter().map(|f| fs::read(f).unwrap()).collect();
    assert_eq!(now.iter().collect::<std::collections::BTreeSet<_>>(), before.iter().collect());
    reader.press("u").must_show("Ongedaan: 1 notitie teruggezet").must_show("prullenbak · 1");
    // marked ones go back together
    reader.press("u").must_show("prullenbak · 2");
    reader.press("g g space space r");
    assert_eq!(bodies(&reader), all);
    reader.press("u").must_show("Ongedaan: 2 notities teruggezet");
}

#[test]
fn of_two_versions_the_reader_says_what_stays() {
    let desk = Desk::new();
    let mut reader = three(&desk);
    let first = file_of(&desk, "eerste inval");
    let theirs = fs::read_to_string(&first).unwrap().replace("eerste inval", "van het andere apparaat");
    let stem = first.file_stem().unwrap().to_str().unwrap();
    let copy = first.with_file_name(format!("{stem}.sync-conflict-20260302-093000-ABCDEFG.md"));
    let (ours_text, put) = (fs::read_to_string(&first).unwrap(), |text: &str| fs::write(&copy, text).unwrap());
    for (keys, kept, files) in [
        ("<", vec!["eerste inval"], 3),
        (">", vec!["van het andere apparaat"], 3),
        ("=", vec!["eerste inval", "van het andere apparaat"], 4),
    ] {
        put(&theirs);
        reader.inline.reload();
        reader.press("g n G").must_show("vergelijk");
        reader.press("enter").must_show("< eerste inval").must_show("> van het andere apparaat");
        reader.press(keys);
        assert!(!copy.exists(), "{keys}: {}", reader.text());
        assert_eq!(desk.note_files().len(), files, "{keys}");
        let now = bodies(&reader);
        for words in ["eerste inval", "van het andere apparaat"] {
            assert_eq!(now.iter().any(|b| b == words), kept.contains(&words), "{keys}: {now:?}");
        }
        assert!(reader.inline.app.notebook.conflicts.is_empty());
        // undone, both versions lie there again as they were
        reader.press("u").must_show("Ongedaan: tweede versie");
        assert_eq!(fs::read_to_string(&copy).unwrap(), theirs);
        assert_eq!(fs::read_to_string(&first).unwrap(), ours_text);
        assert_eq!(reader.inline.app.notebook.conflicts.len(), 1);
    }
}

#[test]
fn a_note_that_changed_under_the_editor_is_kept_twice_and_said() {
    let desk = Desk::new();
    let mut reader = three(&desk);
    reader.press("g n G i").write(" en verder");
    let file = file_of(&desk, "eerste inval");
    let theirs = fs::read_to_string(&file).unwrap().replace("eerste inval", "elders veranderd");
    fs::write(&file, &theirs).unwrap();
    reader.press("ctrl-s").must_show("eerste inval en verder");
    assert_eq!(fs::read_to_string(&file).unwrap(), theirs, "what is there is never written over");
    assert!(desk.note_files().iter().any(|f| f.to_str().unwrap().contains(".conflict-1.md")));
    reader.press("esc esc");
    reader.inline.reload();
    reader.press("g n");
    assert_eq!(reader.inline.app.notebook.conflicts.len(), 1);
    assert!(bodies(&reader).contains(&"elders veranderd".to_owned()), "{:?}", bodies(&reader));
}
