//! The store under fire: killed while it writes, a full disk, files changed elsewhere, files that are no notes.

use jiff::Timestamp;
use kantlijn::doc::Edition;
use kantlijn::notes::history::{History, HistoryError};
use kantlijn::notes::store::{Saved, Store, StoreError};
use kantlijn::notes::{Note, NoteId, NoteKind, Quote, ReportRef, Status, Target, TargetKind, render};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Where a child of a test finds its data folder.
const DATA: &str = "KANTLIJN_TEST_DATA";

fn note(n: u64) -> Note {
    let time = Timestamp::from_second(1_750_000_000).unwrap();
    let quote = Quote {
        exact: "de pont vaart niet".into(),
        prefix: "Sinds mei blijkt dat ".into(),
        suffix: " bij vorst".into(),
        times: Some(1),
    };
    let report = ReportRef {
        title: "Jaarverslag Veren".into(),
        org: Some("Dienst Overtocht".into()),
        year: Some(2025),
        edition: Some(Edition::of(b"veren")),
        file: "veren.md".into(),
    };
    Note {
        id: NoteId::new(n, n.into()),
        kind: NoteKind::Note,
        created: time,
        modified: time,
        knelpunten: vec![],
        tags: vec![],
        color: None,
        status: None,
        target: Target {
            report: Some(report),
            kind: TargetKind::Passage(quote),
            section: vec!["1 Ponten".into()],
            page: None,
            position: None,
        },
        anchored: vec![],
        body: "oud".into(),
    }
}

fn fresh() -> (tempfile::TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path());
    (dir, store)
}

fn with_body(note: &Note, body: &str) -> Note {
    Note { body: body.into(), ..note.clone() }
}

fn files(store: &Store) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![store.data().to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.file_name().unwrap() != ".lock" {
                found.push(path.strip_prefix(store.data()).unwrap().to_str().unwrap().replace('\\', "/"));
            }
        }
    }
    found.sort();
    found
}

#[test]
fn a_note_is_there_next_time() {
    let (_dir, store) = fresh();
    assert_eq!(store.load(), Default::default());
    let Saved { stored, change } = store.create(&note(1)).unwrap();
    assert_eq!(files(&store), [format!("notes/jaarverslag-veren-2025/{}.md", stored.note.id)]);
    assert_eq!((change.before, change.after.as_deref()), (None, Some(stored.revision.text())));
    let loaded = store.load();
    assert_eq!((loaded.notes.as_slice(), loaded.unreadable.len()), ([stored.clone()].as_slice(), 0));
    let saved = store.save(&stored, &with_body(&stored.note, "nieuw")).unwrap();
    assert_eq!(store.load().notes, std::slice::from_ref(&saved.stored));
    let same = store.save(&saved.stored, &saved.stored.note).unwrap();
    assert_eq!(same.change.before, same.change.after);
    assert!(matches!(store.create(&note(1)), Err(StoreError::ChangedElsewhere { ours: None, .. })));
}

#[test]
fn a_note_changed_elsewhere_is_never_written_over() {
    let (_dir, store) = fresh();
    let stored = store.create(&note(1)).unwrap().stored;
    let whole = store.data().join(&stored.path);
    let theirs = stored.revision.text().replace("oud", "van iemand anders");
    std::fs::write(&whole, &theirs).unwrap();
    for n in 1..=2 {
        let refused = store.save(&stored, &with_body(&stored.note, "van mij")).unwrap_err();
        let StoreError::ChangedElsewhere { path, ours: Some(ours) } = refused else { panic!("{refused}") };
        assert_eq!(path, whole);
        assert!(ours.to_str().unwrap().ends_with(&format!("{}.conflict-{n}.md", stored.note.id)));
        assert!(std::fs::read_to_string(ours).unwrap().ends_with("van mij\n"));
    }
    assert_eq!(std::fs::read_to_string(&whole).unwrap(), theirs);
    let loaded = store.load();
    assert_eq!(loaded.notes[0].note.body, "van iemand anders");
    assert_eq!(loaded.conflicts.iter().map(|c| c.note.body.as_str()).collect::<Vec<_>>(), ["van mij", "van mij"]);
    assert!(matches!(store.trash(&stored), Err(StoreError::ChangedElsewhere { .. })));

    // Deleted elsewhere: the words are kept, the file does not come back by itself.
    std::fs::remove_file(&whole).unwrap();
    assert!(matches!(store.save(&stored, &stored.note), Ok(same) if same.change.before == same.change.after));
    assert!(store.save(&stored, &with_body(&stored.note, "nog steeds")).is_err());
    assert!(!whole.exists() && files(&store).len() == 3);
}

#[test]
fn running_at_once_two_programs_lose_nothing() {
    let (_dir, store) = fresh();
    let path = store.create(&with_body(&note(1), "0")).unwrap().stored.path;
    let count = |store: &Store| store.read(&path).unwrap().unwrap();
    let add = || {
        let (mut added, mut refused) = (0, 0);
        while added < 12 {
            let stored = count(&store);
            let body = (stored.note.body.parse::<u32>().unwrap() + 1).to_string();
            match store.save(&stored, &with_body(&stored.note, &body)) {
                Ok(_) => added += 1,
                Err(StoreError::ChangedElsewhere { ours: Some(_), .. }) if refused < 1000 => refused += 1,
                Err(e) => panic!("{e}"),
            }
        }
        refused
    };
    let refused: usize = std::thread::scope(|s| {
        let threads: Vec<_> = (0..3).map(|_| s.spawn(add)).collect();
        threads.into_iter().map(|t| t.join().unwrap()).sum()
    });
    assert_eq!(count(&store).note.body, "36");
    assert_eq!(store.load().conflicts.len(), refused);
}

#[test]
fn the_trash_keeps_what_is_deleted() {
    let (_dir, store) = fresh();
    let stored = store.create(&note(1)).unwrap().stored;
    let change = store.trash(&stored).unwrap();
    assert_eq!(change.after, None);
    assert!(store.load().notes.is_empty());
    let trashed = store.trashed().notes;
    assert_eq!(trashed[0].path, Path::new("trash").join(&stored.path));
    assert_eq!(store.restore(&trashed[0]).unwrap().stored, stored);
    assert_eq!(store.load().notes, std::slice::from_ref(&stored));

    // The same name twice in the trash: both are kept, and each goes back to the same place.
    store.trash(&stored).unwrap();
    let again = store.create(&with_body(&stored.note, "opnieuw")).unwrap().stored;
    store.trash(&again).unwrap();
    assert_eq!(files(&store).len(), 2);
    let trashed = store.trashed();
    let second = trashed.conflicts.iter().find(|s| s.note.body == "opnieuw").unwrap();
    assert_eq!(store.restore(second).unwrap().stored.path, stored.path);
    assert!(matches!(store.restore(&trashed.notes[0]), Err(StoreError::ChangedElsewhere { .. })));
}

#[test]
fn what_is_no_note_is_listed_and_left_alone() {
    let (_dir, store) = fresh();
    let good = store.create(&note(1)).unwrap().stored;
    let folder = store.data().join("notes/map");
    std::fs::create_dir_all(folder.join("zomaar.md")).unwrap();
    std::fs::create_dir_all(folder.join(".obsidian")).unwrap();
    let half = &render(&note(2))[..40];
    let cases: [(&str, &[u8]); 6] = [
        ("leeg.md", b""),
        ("half.md", half.as_bytes()),
        ("latin1.md", b"---\nid: caf\xe9\n---\n"),
        ("binair.md", b"\x00\x01\x02\xff"),
        ("zomaar.md/tekst.md", b"zomaar tekst"),
        (".obsidian/intern.md", b"niet van ons"),
    ];
    for (name, bytes) in cases {
        std::fs::write(folder.join(name), bytes).unwrap();
    }
    std::fs::write(folder.join("plaatje.png"), b"geen notitie").unwrap();
    std::fs::File::create(folder.join("reus.md")).unwrap().set_len(40 << 20).unwrap();
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(store.data().join(&good.path), folder.join("verwijzing.md")).unwrap();
        std::os::unix::fs::symlink(store.data().join("notes"), folder.join("kring")).unwrap();
        assert!(Command::new("mkfifo").arg(folder.join("pijp.md")).status().unwrap().success());
    }
    let loaded = store.load();
    assert_eq!((loaded.notes, loaded.conflicts), (vec![good], vec![]));
    let said: Vec<_> = loaded
        .unreadable
        .iter()
        .map(|(p, r)| (p.strip_prefix("notes/map").unwrap().to_str().unwrap(), r.as_str()))
        .collect();
    let mut expected = vec![
        ("binair.md", "not UTF-8"),
        ("half.md", "no end"),
        ("latin1.md", "not UTF-8"),
        ("leeg.md", "empty file"),
        ("reus.md", "larger than"),
        ("zomaar.md", "a folder"),
        ("zomaar.md/tekst.md", "no front matter"),
    ];
    if cfg!(unix) {
        expected.extend([
            ("kring", "a link to a folder"),
            ("pijp.md", "not a plain file"),
            ("verwijzing.md", "a link"),
        ]);
    }
    expected.sort_unstable();
    assert_eq!(said.len(), expected.len(), "{said:?}");
    for ((path, reason), (name, why)) in said.iter().zip(expected) {
        assert!(*path == name && reason.contains(why), "{path}: {reason}; expected {name}: {why}");
    }
    for (name, bytes) in cases {
        assert_eq!(std::fs::read(folder.join(name)).unwrap(), bytes);
    }
}

#[test]
fn a_folder_that_cannot_be_written_is_an_error_with_its_path() {
    let (dir, _) = fresh();
    let file = dir.path().join("bestand");
    std::fs::write(&file, "geen map").unwrap();
    let store = Store::open(&file.join("data"));
    let refused = store.create(&note(1)).unwrap_err();
    assert!(matches!(&refused, StoreError::Io { path, .. } if path.starts_with(&file)), "{refused}");
    assert!(refused.to_string().contains(file.to_str().unwrap()));
    assert!(store.draft_save("x", "woorden").is_err());
    assert!(store.load().notes.is_empty());

    // A folder of notes in whose place a file stands.
    let (_dir, store) = fresh();
    std::fs::write(store.data().join("notes"), "").unwrap();
    assert!(matches!(store.create(&note(1)), Err(StoreError::Io { .. })));
    assert_eq!(store.load().unreadable.len(), 1);
}

#[test]
fn drafts_survive_and_are_forgotten_when_told() {
    let (_dir, store) = fresh();
    for (key, text) in [("nieuw/../é", "één"), ("01AB", "twee"), ("01AB", "twee en meer")] {
        store.draft_save(key, text).unwrap();
    }
    let drafts = Store::open(store.data()).drafts();
    assert_eq!(
        drafts.iter().map(|d| (d.key.as_str(), d.text.as_str())).collect::<Vec<_>>(),
        [("01AB", "twee en meer"), ("nieuw/../é", "één")]
    );
    assert!(files(&store).iter().all(|f| f.starts_with("drafts/")));
    store.draft_clear("nieuw/../é").unwrap();
    store.draft_clear("nooit geweest").unwrap();
    assert_eq!(store.drafts().len(), 1);
}

/// A whole act, as the program does it.
fn act<T>(history: &mut History, store: &Store, label: &str, act: impl FnOnce(&Store) -> Result<T, StoreError>) -> T {
    history.act(store, label, |store| act(store).map_err(HistoryError::from)).unwrap()
}

#[test]
fn undo_and_redo_know_no_limit_and_no_restart() {
    let (_dir, store) = fresh();
    let mut history = History::open(&store);
    let mut stored = act(&mut history, &store, "maken", |s| s.create(&note(1))).stored;
    for n in 0..30 {
        let new = with_body(&stored.note, &n.to_string());
        stored = act(&mut history, &store, "wijzigen", |s| s.save(&stored, &new)).stored;
    }
    let body = || store.load().notes.first().map(|s| s.note.body.clone());
    for n in (0..30).rev() {
        assert_eq!(body(), Some(n.to_string()));
        // Every time as if the program had just been started.
        assert_eq!(History::open(&store).undo(&store).unwrap().unwrap().label, "wijzigen");
    }
    assert_eq!(body().as_deref(), Some("oud"));
    let step = History::open(&store).undo(&store).unwrap().unwrap();
    assert_eq!((step.label.as_str(), step.paths), ("maken", vec![stored.path.clone()]));
    assert_eq!(body(), None);
    assert_eq!(store.trashed().notes.len(), 1);
    assert_eq!(history.undo(&store).unwrap(), None);
    for _ in 0..31 {
        assert!(History::open(&store).redo(&store).unwrap().is_some());
    }
    assert_eq!(body().as_deref(), Some("29"));
    assert_eq!(history.redo(&store).unwrap(), None);
    assert_eq!(store.load().notes[0].revision, stored.revision);
    assert_eq!(store.trashed().notes.len(), 0);
}

#[test]
fn a_bulk_act_is_one_step_and_is_undone_whole_or_not_at_all() {
    let (_dir, store) = fresh();
    let mut history = History::open(&store);
    let before: Vec<_> = (1..=20).map(|n| store.create(&note(n)).unwrap().stored).collect();
    act(&mut history, &store, "toegezegd", |store| {
        before
            .iter()
            .try_for_each(|s| store.save(s, &Note { status: Some(Status::Promised), ..s.note.clone() }).map(drop))
    });
    let all = store.load().notes;
    act(&mut history, &store, "weggooien", |store| all.iter().try_for_each(|s| store.trash(s).map(drop)));
    assert!(store.load().notes.is_empty());
    assert_eq!(history.undo(&store).unwrap().unwrap().paths.len(), 20);
    assert!(store.trashed().notes.is_empty());

    // One of them is changed in an editor: nothing is undone, and which one it was is said.
    let one = store.data().join(&before[7].path);
    let promised = std::fs::read_to_string(&one).unwrap();
    std::fs::write(&one, format!("{promised}erbij\n")).unwrap();
    let Err(HistoryError::ChangedElsewhere { label, paths }) = history.undo(&store) else { panic!() };
    assert_eq!((label.as_str(), paths), ("toegezegd", vec![before[7].path.clone()]));
    assert!(store.load().notes.iter().all(|s| s.note.status == Some(Status::Promised)));
    std::fs::write(&one, promised).unwrap();
    history.undo(&store).unwrap().unwrap();
    assert_eq!(store.load().notes, before);

    // One of them is changed before a bulk act that had read it: nothing of the act is done.
    let ours = std::fs::read_to_string(&one).unwrap();
    std::fs::write(&one, ours.replace("oud", "anders")).unwrap();
    let done = history
        .act(&store, "weg", |s| before.iter().try_for_each(|n| s.trash(n).map(drop).map_err(HistoryError::from)));
    assert!(matches!(done, Err(HistoryError::Store(StoreError::ChangedElsewhere { .. }))));
    assert_eq!(store.load().notes.len(), 20);
    std::fs::write(&one, ours).unwrap();

    // A new act after an undo ends what could be redone.
    act(&mut history, &store, "weg", |s| s.trash(&before[0]));
    assert_eq!(history.redo(&store).unwrap(), None);
}

#[test]
fn a_journal_cut_off_by_a_crash_loses_only_its_last_line() {
    let (_dir, store) = fresh();
    let mut history = History::open(&store);
    act(&mut history, &store, "maken", |s| s.create(&note(1)));
    let journal = store.data().join("history/journal.jsonl");
    let mut file = std::fs::OpenOptions::new().append(true).open(&journal).unwrap();
    file.write_all(b"{\"act\":{\"label\":\"half").unwrap();
    let mut history = History::open(&store);
    act(&mut history, &store, "nog een", |s| s.create(&note(2)));
    assert_eq!(history.undo(&store).unwrap().unwrap().label, "nog een");
    assert_eq!(history.undo(&store).unwrap().unwrap().label, "maken");
    assert_eq!(history.damaged(), 1);
    // A path that leads out of the data folder is never followed.
    file.write_all(
        b"{\"act\":{\"label\":\"kwaad\",\"changes\":[{\"path\":\"../x.md\",\"before\":\"x\",\"after\":null}]}}\n",
    )
    .unwrap();
    assert!(History::open(&store).undo(&store).is_err());
}

/// A body of which every line says which one it is, too long for one write.
fn body(version: usize) -> String {
    vec![format!("versie {version}"); 3000].join("\n")
}

fn version(body: &str) -> usize {
    let first = body.lines().next().unwrap();
    assert!(body.lines().all(|line| line == first) && body.lines().count() == 3000, "a body of two versions");
    first.strip_prefix("versie ").unwrap().parse().unwrap()
}

fn child(test: &str, data: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", test, "--nocapture"]).env(DATA, data);
    command
}

#[test]
fn child_saves_until_killed() {
    // Without a parent (all tests are being run) there is nothing to save: it is the child of another test.
    let Some(store) = std::env::var_os(DATA).map(|data| Store::open(&PathBuf::from(data))) else { return };
    let mut notes = store.load().notes;
    let mut out = std::io::stdout();
    for n in version(&notes[0].note.body) + 1.. {
        for stored in &mut notes {
            // Straight to the pipe, so that the parent knows at once.
            writeln!(out, "\nsaving {n}").unwrap();
            *stored = store.save(stored, &with_body(&stored.note, &body(n))).unwrap().stored;
            writeln!(out, "\nsaved {} {n}", stored.note.id).unwrap();
            out.flush().unwrap();
        }
    }
}

#[test]
fn killed_while_saving_a_note_is_old_or_new() {
    let (_dir, store) = fresh();
    for n in 1..=2 {
        store.create(&with_body(&note(n), &body(0))).unwrap();
    }
    let mut inside = 0;
    for kill in 0..100 {
        let mut child = child("store::child_saves_until_killed", store.data()).stdout(Stdio::piped()).spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut seen = String::new();
        let mut saving = 0;
        // A different moment each time: after some saves, and then some way into the next one.
        while saving < 1 + kill % 4 {
            let mut line = String::new();
            assert!(out.read_line(&mut line).unwrap() > 0, "the child has ended: {seen}");
            saving += usize::from(line.starts_with("saving"));
            seen.push_str(&line);
        }
        (0..(kill / 4) * 4000).for_each(|_| std::hint::spin_loop());
        child.kill().unwrap();
        child.wait().unwrap();
        out.read_to_string(&mut seen).unwrap();

        let loaded = store.load();
        assert_eq!((loaded.notes.len(), loaded.conflicts.len(), loaded.unreadable), (2, 0, vec![]));
        let last = seen.lines().rfind(|l| l.starts_with("saving") || l.starts_with("saved")).unwrap();
        inside += usize::from(last.starts_with("saving"));
        for stored in loaded.notes {
            let saved = seen.lines().rev().find_map(|l| l.strip_prefix(&format!("saved {} ", stored.note.id)));
            let (now, saved) = (version(&stored.note.body), saved.map(|n| n.parse::<usize>().unwrap()));
            assert!(saved.is_none_or(|saved| now == saved || now == saved + 1), "{now} after {saved:?}");
        }
    }
    assert!(inside > 20, "only {inside} of 100 kills came while a note was being saved");
    // What the kills left behind goes with the first write of the next start.
    let store = Store::open(store.data());
    let stored = store.load().notes.remove(0);
    store.save(&stored, &with_body(&stored.note, "rust")).unwrap();
    assert_eq!(files(&store).len(), 2);
}

#[cfg(unix)]
#[test]
fn child_saves_what_does_not_fit() {
    // Without a parent (all tests are being run) there is nothing to save: it is the child of another test.
    let Some(store) = std::env::var_os(DATA).map(|data| Store::open(&PathBuf::from(data))) else { return };
    let stored = store.load().notes.remove(0);
    let refused = store.save(&stored, &with_body(&stored.note, &body(1))).unwrap_err();
    assert!(matches!(&refused, StoreError::Io { path, .. } if path.ends_with(&stored.path)), "{refused}");
    assert!(store.create(&with_body(&note(2), &body(1))).is_err());
    assert!(store.draft_save("x", &body(1)).is_err());
}

/// A limit on the size of files makes a write fail in the middle, as a full disk does.
#[cfg(unix)]
#[test]
fn a_full_disk_leaves_the_old_note() {
    let (_dir, store) = fresh();
    let stored = store.create(&note(1)).unwrap().stored;
    let child = child("store::child_saves_what_does_not_fit", store.data());
    let mut shell = Command::new("sh");
    shell.args(["-c", "trap '' XFSZ; ulimit -f 8; exec \"$@\"", "sh"]).arg(child.get_program()).args(child.get_args());
    let done = shell.env(DATA, store.data()).output().unwrap();
    let said = String::from_utf8_lossy(&done.stdout).into_owned() + &String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success() && said.contains("1 passed"), "{said}");
    assert_eq!(store.load().notes, [stored]);
    assert_eq!(files(&store).len(), 1, "{:?}", files(&store));
}
