#![allow(clippy::unwrap_used, clippy::panic)]

use super::*;
use std::fs;

const NOTE: &str = "---\nid: x1\ncreated: 2026-01-02\ntarget: {kind: report, report: {title: Proef}}\n---\noud\n";

/// The program ends, or the disk is full, at every step of a save in turn.
#[test]
fn a_save_cut_off_at_any_step_leaves_the_old_note_or_the_new_one_and_no_rubbish_for_long() {
    for dies in [true, false] {
        for step in 0.. {
            let dir = tempfile::tempdir().unwrap();
            let store = Store::open(dir.path());
            let folder = dir.path().join("notes/proef");
            fs::create_dir_all(&folder).unwrap();
            fs::write(folder.join("x1.md"), NOTE).unwrap();
            let stored = store.load().notes.remove(0);
            let new = Note { body: "nieuw".to_owned(), ..stored.note.clone() };
            if dies {
                store.disk.faults.die(step)
            } else {
                store.disk.faults.fail(step)
            }
            let done = store.save(&stored, &new);
            if !store.disk.faults.heal() {
                done.unwrap();
                assert!(step >= 6, "only {step} steps were tried");
                break;
            }
            let refused = done.unwrap_err();
            assert!(matches!(&refused, StoreError::Io { .. }), "{refused}");
            let now = fs::read_to_string(folder.join("x1.md")).unwrap();
            assert!([NOTE.to_owned(), NOTE.replace("oud", "nieuw")].contains(&now), "step {step}: {now}");
            // as at the next start
            let store = Store::open(dir.path());
            let stored = store.load().notes.remove(0);
            assert_eq!(store.load(), Loaded { notes: vec![stored.clone()], ..Loaded::default() });
            let saved = store.save(&stored, &Note { body: "nieuwer".to_owned(), ..stored.note.clone() }).unwrap();
            assert_eq!(fs::read_dir(&folder).unwrap().count(), 1, "step {step}");
            assert_eq!(store.load().notes, [saved.stored]);
        }
    }
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
