//! Files that no program of ours wrote whole: made by hand, half synced, doubled. Each is taken, listed with its reason or
//! not looked at, and never touched by what happens to other notes; and a clock that is set back changes no order.

use crate::harness::{Desk, Reader};
use crate::overlay::snapshot;
use kantlijn::doc::Lang;
use kantlijn::notes::history::History;
use kantlijn::notes::store::Store;
use kantlijn::notes::{Note, parse};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// What becomes of a file.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Is {
    /// It is a note.
    Taken,
    /// It is a further version of a note.
    Second,
    /// It is listed, with this in the reason.
    Said(&'static str),
    /// It is none of ours.
    Ignored,
}

/// A note of this id with these lines in its head.
fn head(id: &str, more: &str) -> String {
    format!(
        "---\nid: {id}\ncreated: 2026-01-02T03:04:05Z\n{more}target: {{kind: report, report: {{title: Havenboek, \
         year: 2031}}}}\n---\nWoorden van {id}.\n"
    )
}

fn files() -> Vec<(String, Vec<u8>, Is)> {
    let plain = head("K1", "");
    let commented = "# boven\n---\n# eerst\nid: K7 # hier\n# en\ncreated: 2026-01-02T03:04:05Z\n\
                     target: # doel\n  # soort\n  kind: report # heel\n  report: {title: Havenboek} # titel\n# eind\n---\nZo.\n";
    let flow =
        "---\n{id: K8, created: 2026-01-02T03:04:05Z, target: {kind: report, report: {title: Havenboek}}}\n---\nZo.\n";
    let cut = &head("K9", "tags: [lang, langer]\n")[..60];
    let cases: Vec<(&str, String, Is)> = vec![
        ("K1.md", plain.clone(), Is::Taken),
        ("zonder hoofd.md", "Zomaar een regel.\n".into(), Is::Said("no front matter")),
        ("zonder id.md", plain.replace("id: K1\n", ""), Is::Said("id")),
        ("bom.md", format!("\u{feff}{}", head("K2", "")), Is::Taken),
        ("crlf.md", head("K3", "tags: [a]\n").replace('\n', "\r\n"), Is::Taken),
        ("tab.md", head("K4", "tags: [a,\tb]\t# rest\n"), Is::Taken),
        ("tab aan het begin.md", head("K4a", "eigen:\n\tkind: x\n"), Is::Said("line")),
        ("anker.md", head("K5", "tags: &t [a, b]\nknelpunten: *t\n"), Is::Taken),
        ("dubbele sleutel.md", head("K6", "tags: [a]\ntags: [b]\n"), Is::Said("line")),
        ("commentaar ervoor.md", commented.into(), Is::Said("no front matter")),
        ("commentaar.md", commented.replacen("# boven\n", "", 1), Is::Taken),
        ("vloeiend.md", flow.into(), Is::Taken),
        ("afgebroken.md", cut.into(), Is::Said("no end")),
        ("leeg.md", String::new(), Is::Said("empty file")),
        ("een heel andere naam.md", head("K10", ""), Is::Taken),
        ("K1 (kopie).md", plain.replace("Woorden", "Kopie"), Is::Second),
        ("K1.sync-conflict-20260302-093000-ABCDEFG.md", plain.clone(), Is::Second),
        ("K1 (conflicted copy 2026-03-02).md", plain.replace("Woorden", "Elders"), Is::Second),
        ("K1.md~", plain.clone(), Is::Ignored),
        ("K1.md.tmp", plain.clone(), Is::Ignored),
        ("K1.tmp", plain.clone(), Is::Ignored),
        (".K1.md.swp", plain.clone(), Is::Ignored),
        (".syncthing.K1.md", plain.clone(), Is::Ignored),
        ("#K1.md#", plain, Is::Ignored),
    ];
    let mut all: Vec<_> = cases.into_iter().map(|(n, t, is)| (n.to_owned(), t.into_bytes(), is)).collect();
    let mut large = head("K11", "").into_bytes();
    large.resize(20 << 20, b'x');
    all.push(("groot.md".to_owned(), large, Is::Said("larger than")));
    all.push(("latijn.md".to_owned(), b"---\nid: K12\ntags: [caf\xe9]\n---\n".to_vec(), Is::Said("not UTF-8")));
    all
}

/// A folder with all of them; what becomes of each by its name.
fn lay_out(folder: &Path) -> BTreeMap<String, Is> {
    fs::create_dir_all(folder).unwrap();
    let mut all = BTreeMap::new();
    for (name, bytes, is) in files() {
        fs::write(folder.join(&name), bytes).unwrap();
        all.insert(name, is);
    }
    fs::create_dir(folder.join("map.md")).unwrap();
    all.insert("map.md".to_owned(), Is::Said("a folder"));
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(folder.join("K1.md"), folder.join("wijzer.md")).unwrap();
        all.insert("wijzer.md".to_owned(), Is::Said("a link"));
    }
    #[cfg(target_os = "linux")]
    {
        use std::os::unix::ffi::OsStrExt;
        let name = std::ffi::OsStr::from_bytes(b"caf\xe9.md");
        fs::write(folder.join(name), head("K13", "")).unwrap();
        all.insert(name.to_string_lossy().into_owned(), Is::Said("name is not UTF-8"));
    }
    all
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

#[test]
fn whatever_lies_in_the_folder_is_taken_or_said_and_never_touched() {
    let desk = Desk::new();
    let folder = desk.home.path().join("data/notes/met de hand");
    let all = lay_out(&folder);
    let before = snapshot(&folder);
    let mut reader = desk.sit(140, 40, Lang::Nl);
    let book = &reader.inline.app.notebook;
    let mut seen: BTreeMap<String, Is> = BTreeMap::new();
    for note in book.all() {
        seen.insert(name(&book.stored(&note.id).unwrap().path), Is::Taken);
    }
    seen.extend(book.conflicts.iter().map(|s| (name(&s.path), Is::Second)));
    for (file, is) in &all {
        let reason = book.unreadable.iter().find(|(p, _)| name(p) == *file).map(|(_, r)| r);
        match (is, reason) {
            (Is::Said(why), Some(reason)) => assert!(reason.contains(why), "{file}: {reason}"),
            (is, None) => assert_eq!(seen.get(file).copied().unwrap_or(Is::Ignored), *is, "{file}"),
            (is, Some(reason)) => panic!("{file} is {is:?}, and said: {reason}"),
        }
    }
    let said = all.values().filter(|is| matches!(is, Is::Said(_))).count();
    assert_eq!(book.unreadable.len(), said, "{:?}", book.unreadable);

    // acts on other notes, and all of them undone and redone
    reader.press("enter");
    for words in ["een", "twee", "drie"] {
        reader.press("} V a").write(words).press("ctrl-s");
    }
    reader.press("i").write("meer").press("ctrl-s");
    reader.press("u u u u ctrl-r ctrl-r ctrl-r ctrl-r u u");
    reader.inline.reload();
    assert_eq!(snapshot(&folder), before);
}

#[test]
fn a_change_of_a_file_made_by_hand_is_undone_to_the_byte() {
    let home = tempfile::tempdir().unwrap();
    let store = Store::open(home.path());
    let folder = home.path().join("notes/met de hand");
    lay_out(&folder);
    let mut history = History::open(&store);
    let taken = store.load().notes;
    assert_eq!(taken.len(), files().iter().filter(|(_, _, is)| *is == Is::Taken).count());
    let before: Vec<_> = taken.iter().map(|s| fs::read(home.path().join(&s.path)).unwrap()).collect();
    let mut changed = 0;
    for stored in &taken {
        let wanted = Note { body: "Nieuwe woorden.".to_owned(), tags: vec!["nieuw".into()], ..stored.note.clone() };
        let file = home.path().join(&stored.path);
        let done = history.act(&store, "change", |s| s.save(stored, &wanted).map(drop).map_err(kantlijn_error));
        match done {
            Ok(()) => {
                changed += 1;
                let read = parse(&fs::read_to_string(&file).unwrap()).unwrap();
                assert_eq!(read, wanted, "{}", file.display());
                assert!(history.undo(&store).unwrap().is_some());
            }
            // what cannot be changed without touching other lines is refused
            Err(reason) => assert!(reason.to_string().contains("without touching"), "{reason}"),
        }
    }
    assert!(changed >= taken.len() - 1, "{changed} of {}", taken.len());
    let after: Vec<_> = taken.iter().map(|s| fs::read(home.path().join(&s.path)).unwrap()).collect();
    assert_eq!(after, before);
}

fn kantlijn_error(error: kantlijn::notes::store::StoreError) -> kantlijn::notes::history::HistoryError {
    error.into()
}

#[test]
fn a_clock_set_back_changes_neither_order_nor_times() {
    const DAY: u64 = 86_400_000;
    const NOW: u64 = 1_772_443_800_000;
    let desk = Desk::new();
    let sit = |now| {
        let paths = vec![desk.reports.path().to_path_buf()];
        let inline =
            kantlijn::runtime::inline::Inline::open(paths, desk.home.path(), (120, 40), Lang::Nl, Vec::new(), now);
        Reader { inline }
    };
    let ids = |reader: &Reader| reader.inline.app.notebook.all().map(|n| n.id.clone()).collect::<Vec<_>>();
    let mut reader = sit(NOW);
    reader.press("enter } V a").write("op tijd").press("ctrl-s");
    let first = ids(&reader).remove(0);
    let made = reader.inline.app.notebook.note(&first).unwrap().modified;

    // a year back, and before 1971: after each start
    let (mut all, mut given) = (vec![first.clone()], vec![first.clone()]);
    for now in [NOW - 400 * DAY, 5, NOW - 2 * DAY] {
        let mut reader = sit(now);
        reader.press("} V a").write("te vroeg").press("ctrl-s");
        let now_all = ids(&reader);
        let new: Vec<_> = now_all.iter().filter(|id| !all.contains(id)).cloned().collect();
        assert_eq!(new.len(), 1, "{}", reader.text());
        assert!(all.iter().all(|old| *old < new[0]), "{now_all:?}");
        all.push(new[0].clone());
        // one that is taken back again gives its id to no other
        reader.press("} V a").write("toch niet").press("ctrl-s");
        let gone = ids(&reader).into_iter().find(|id| !all.contains(id)).unwrap();
        assert!(!given.contains(&gone));
        given.extend([new[0].clone(), gone]);
        reader.press("u");
        assert_eq!(ids(&reader), all);
    }
    assert_eq!(given.iter().collect::<std::collections::BTreeSet<_>>().len(), given.len());

    let mut reader = sit(NOW - 400 * DAY);
    reader.press("g n G i").write(" veranderd").press("ctrl-s");
    let changed = reader.inline.app.notebook.note(&first).unwrap();
    assert!(changed.body.contains("veranderd"), "{}", reader.text());
    assert_eq!((changed.created, changed.modified), (made, made));
    for note in reader.inline.app.notebook.all() {
        assert!(note.modified >= note.created, "{}", note.id);
    }
}
