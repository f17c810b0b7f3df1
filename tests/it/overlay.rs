//! Notes of others laid over the reader's own: shown with whose they are, refused to every act, and their folder left to the
//! last byte as it was.

use crate::cli::Cli;
use crate::harness::{Desk, Reader};
use kantlijn::app::View;
use kantlijn::doc::Lang;
use kantlijn::notes::store::OthersNotes;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// 3 March 2026, 09:30 UTC.
const LATER: u64 = 1_772_530_200_000;

/// All there is in and under a folder, with what it holds and when it was written.
pub fn snapshot(folder: &Path) -> BTreeMap<PathBuf, (Option<Vec<u8>>, SystemTime)> {
    let mut out = BTreeMap::new();
    let mut todo = vec![folder.to_owned()];
    while let Some(path) = todo.pop() {
        let meta = fs::symlink_metadata(&path).unwrap();
        if meta.is_dir() {
            todo.extend(fs::read_dir(&path).unwrap().map(|e| e.unwrap().path()));
        }
        let bytes = meta.is_file().then(|| fs::read(&path).unwrap());
        out.insert(path, (bytes, meta.modified().unwrap()));
    }
    out
}

/// Anna's desk, with three notes on the first report.
fn anna() -> Desk {
    let desk = Desk::new();
    let mut reader = desk.sit(120, 40, Lang::Nl);
    reader.press("enter");
    for words in ["kwartelei eerst", "kwartelei daarna", "kwartelei ten slotte"] {
        reader.press("} V a").write(words).press("ctrl-s");
    }
    assert_eq!(desk.note_files().len(), 3, "{}", reader.text());
    desk
}

fn sit(desk: &Desk, others: &[OthersNotes]) -> Reader {
    let paths = vec![desk.reports.path().to_path_buf()];
    Reader {
        inline: kantlijn::runtime::inline::Inline::open(
            paths,
            desk.home.path(),
            (140, 40),
            Lang::Nl,
            others.to_vec(),
            LATER,
        ),
    }
}

fn of(owner: &str, folder: PathBuf) -> OthersNotes {
    OthersNotes { owner: owner.to_owned(), folder }
}

#[test]
fn notes_of_others_are_seen_everywhere_and_left_alone() {
    let theirs = anna();
    let slug = theirs.note_files()[0].parent().unwrap().to_owned();
    // a data folder, and a bare folder of notes
    for folder in [theirs.home.path().join("data"), theirs.home.path().join("data/notes"), slug] {
        let before = snapshot(theirs.home.path());
        let desk = Desk::new();
        let mut reader = sit(&desk, &[of("Anna", folder)]);
        reader.press("enter").must_show("kwartelei eerst").must_show("van Anna");
        assert_eq!(reader.inline.app.margin.count, 3, "{}", reader.text());
        reader.press("s").write("kwartelei").must_show("van Anna");
        assert_eq!(reader.inline.app.search.results.as_ref().unwrap().hits.len(), 3, "{}", reader.text());
        reader.press("esc g n").must_show("kwartelei ten slotte").must_show("van Anna");
        for keys in ["D", "i", "e", "t", "S", "space D", "space c", "."] {
            reader.press("g n g g").press(keys);
            let overlay = reader.inline.app.overlay.is_some();
            assert!(!overlay, "{keys}: {}", reader.text());
        }
        reader.press("g n g g D").must_show("Dit is een notitie van Anna");
        assert!(desk.note_files().is_empty());
        assert_eq!(reader.inline.app.notebook.all().count(), 3);

        // a copy of one's own
        reader.press("space").press("g n g g r");
        let own = desk.note_files();
        assert_eq!(own.len(), 1, "{}", reader.text());
        assert!(fs::read_to_string(&own[0]).unwrap().contains("kwartelei ten slotte"));
        assert_eq!(reader.inline.app.notebook.all().count(), 4);
        reader.press("u");
        assert_eq!((desk.note_files().len(), reader.inline.app.notebook.all().count()), (0, 3));
        assert_eq!(snapshot(theirs.home.path()), before);
    }
}

#[test]
fn ones_own_note_goes_before_that_of_another() {
    let theirs = anna();
    let file = theirs.note_files().remove(0);
    let desk = Desk::new();
    let mine = desk.home.path().join("data/notes/over");
    fs::create_dir_all(&mine).unwrap();
    let text = fs::read_to_string(&file).unwrap().replace("kwartelei eerst", "mijn eigen ganzenei");
    let own = mine.join(file.file_name().unwrap());
    fs::write(&own, text).unwrap();
    let mut reader = sit(&desk, &[of("Anna", theirs.home.path().join("data"))]);
    reader.press("g n");
    let all: Vec<_> = reader.inline.app.notebook.all().cloned().collect();
    assert_eq!(all.len(), 3);
    let whose = |id| reader.inline.app.notebook.stored(id).unwrap().owner.clone();
    assert_eq!(all.iter().filter(|n| whose(&n.id).is_none()).count(), 1);
    assert_eq!(all[0].body, "mijn eigen ganzenei");
    assert!(reader.inline.app.notebook.conflicts.is_empty(), "another's file is no second version of one's own");
    // what is one's own can be thrown away; then theirs is seen
    let before = snapshot(theirs.home.path());
    reader.press("G D");
    assert!(!own.exists(), "{}", reader.text());
    reader.inline.reload();
    reader.must_show("kwartelei eerst");
    assert_eq!(snapshot(theirs.home.path()), before);
}

#[test]
fn a_folder_that_is_not_there_is_said() {
    let desk = Desk::new();
    let gone = desk.home.path().join("weg");
    let mut reader = sit(&desk, &[of("Anna", gone.clone())]);
    reader.press("g n").must_show("Anna: there is no such folder of notes");
    assert_eq!(reader.inline.app.view, View::Notes);
    reader.press("g r enter } V a").write("gewoon verder").press("ctrl-s");
    assert_eq!(desk.note_files().len(), 1);
    assert!(!gone.exists());
    // it comes to be
    let theirs = anna();
    fs::create_dir(&gone).unwrap();
    fs::copy(&theirs.note_files()[0], gone.join("een.md")).unwrap();
    reader.inline.reload();
    reader.press("g n").must_show("kwartelei eerst").must_show("van Anna");
    assert!(!reader.shows("there is no such folder"));
}

#[test]
fn the_command_line_names_whose_a_note_is() {
    let cli = Cli::new();
    let quote = ["--quote", "Nachtvaart is gestaakt.", "--text", "Kwartelei navragen", "--tag", "nacht"];
    let theirs = ["--data-dir", "anna/data", "note", "add", "reports/veer.md"];
    fs::create_dir_all(cli.path("anna")).unwrap();
    let id = cli.run(&[&theirs[..], &quote, &["--json"]].concat()).ok().json()[0]["id"].as_str().unwrap().to_owned();
    cli.run(&["note", "add", "reports/sluis.md", "--quote", "4.120 keer", "--text", "Van mij"]).ok();
    let before = snapshot(&cli.path("anna"));

    let with = |args: &[&str]| cli.run(&[&["--notes", "anna/data"], args].concat());
    let listed = with(&["note", "list", "--json"]).ok().json();
    let owners: Vec<_> = listed.iter().map(|n| n["owner"].as_str()).collect();
    assert_eq!((owners.len(), owners.iter().flatten().collect::<Vec<_>>()), (2, vec![&"anna"]));
    assert!(cli.run(&["--notes", "Anna de Wit=anna/data", "note", "list"]).ok().out.contains("Anna de Wit"));
    let hits = with(&["search", "kwartelei", "reports", "--json"]).ok().json();
    assert_eq!(hits[0]["note"], id.as_str(), "{hits:?}");
    // without them they are gone from the index
    cli.run(&["search", "kwartelei", "reports"]).code(1);

    cli.write("editor", "#!/bin/sh\nprintf 'Anders.\\n' > \"$1\"\n");
    #[cfg(unix)]
    fs::set_permissions(cli.path("editor"), std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    for args in [vec!["note", "rm", &id], vec!["note", "edit", &id]] {
        let mut command = cli.command(&[&["--notes", "anna/data"], &args[..]].concat());
        let ran = crate::cli::Ran::from(command.env("VISUAL", cli.path("editor")).output().unwrap()).code(2);
        assert!(ran.err.contains("anna"), "{}", ran.err);
    }

    for (form, says) in [("csv", ",anna,"), ("jsonl", "\"owner\":\"anna\""), ("markdown", "(anna) Kwartelei navragen")]
    {
        let out = with(&["export", "--format", form, "reports"]).ok().out;
        assert!(out.contains(says), "{form}: {out}");
        assert_eq!(out.matches("anna").count(), 1, "{form}: {out}");
    }
    let ran = cli.run(&["--notes", "Bram=weg", "note", "list", "--json"]).ok();
    assert_eq!(ran.out.lines().count(), 1);
    assert!(ran.err.contains("weg: Bram: there is no such folder of notes"), "{}", ran.err);
    assert_eq!(snapshot(&cli.path("anna")), before);
}
