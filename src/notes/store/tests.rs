#![allow(clippy::unwrap_used, clippy::panic)]

use super::*;
use std::fs;

const NOTE: &str = "---\nid: x1\ncreated: 2026-01-02\ntarget: {kind: report, report: {title: Proef}}\n---\noud\n";

/// The program ends after the new text is on disk and before it has the note's name.
#[test]
fn a_crash_before_the_rename_leaves_the_old_note_and_no_rubbish_for_long() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = Store::open(dir.path());
    let folder = dir.path().join("notes/proef");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("x1.md"), NOTE).unwrap();
    let stored = store.load().notes.remove(0);
    let new = Note { body: "nieuw".to_owned(), ..stored.note.clone() };
    let names = || fs::read_dir(&folder).unwrap().count();

    store.disk.crash = Some(|| io::Error::other("the power went"));
    let refused = store.save(&stored, &new).unwrap_err();
    assert!(matches!(&refused, StoreError::Io { path, .. } if path == &folder.join("x1.md")), "{refused}");
    assert_eq!(names(), 2, "the new text lies there under a name of its own");
    assert_eq!(store.load().notes, std::slice::from_ref(&stored));

    store.disk.crash = None;
    let saved = store.save(&stored, &new).unwrap().stored;
    assert_eq!(names(), 1);
    assert_eq!(store.load().notes, [saved]);
    assert_eq!(fs::read_to_string(folder.join("x1.md")).unwrap(), NOTE.replace("oud", "nieuw"));
}

#[cfg(unix)]
#[test]
fn a_note_keeps_its_permissions_and_a_new_one_gets_the_usual() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path());
    let mode = |path: &Path| fs::metadata(dir.path().join(path)).unwrap().permissions().mode() & 0o777;
    fs::write(dir.path().join("usual"), "").unwrap();
    let stored = store.create(&parse(NOTE).unwrap()).unwrap().stored;
    assert_eq!(mode(&stored.path), mode(Path::new("usual")));
    fs::set_permissions(dir.path().join(&stored.path), fs::Permissions::from_mode(0o640)).unwrap();
    let new = Note { body: "nieuw".to_owned(), ..stored.note.clone() };
    assert_eq!(mode(&store.save(&stored, &new).unwrap().stored.path), 0o640);
}

#[test]
fn a_note_that_cannot_be_read_back_is_not_written() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path());
    let mut note = parse(NOTE).unwrap();
    note.target.report = None;
    assert!(matches!(store.create(&note), Err(StoreError::Unwritable { .. })));
    note = Note { body: "x".repeat(LARGEST as usize), ..parse(NOTE).unwrap() };
    assert!(matches!(store.create(&note), Err(StoreError::Unwritable { .. })));
    assert_eq!(store.load(), Loaded::default());
}

#[test]
fn the_way_back_from_the_trash() {
    let back = |path: &str| before_trash(Path::new(path)).map(|p| p.to_str().unwrap().to_owned());
    assert_eq!(back("trash/notes/a/x.md").as_deref(), Some("notes/a/x.md"));
    assert_eq!(back("trash/notes/a/x~2.md").as_deref(), Some("notes/a/x.md"));
    assert_eq!(back("notes/a/x.md"), None);
}
