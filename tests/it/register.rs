//! The reader's own knelpunten, from the keys to the files: merging, splitting, putting under, bringing together, two
//! programs at once; and the commands that do the same.

use crate::cli::Cli;
use crate::harness::{Desk, Reader};
use crate::screens::same;
use jiff::Timestamp;
use kantlijn::app::Overlay;
use kantlijn::doc::Lang;
use kantlijn::notes::describe::describe_made_knelpunt;
use kantlijn::notes::store::Store;
use kantlijn::notes::{Note, NoteId, NoteKind};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

const REGISTER: &str = "# zelf bijgehouden\n\n[[knelpunt]]\nid = \"personeel\"\ntitle = \"Tekort aan mensen\"\ncolour = \"blue\"\n\
    synonyms = [\"krapte\", \"onderbezetting\"]\neigen = \"blijft\" # van mij\n\
    status = [{ status = \"open\", date = 2023-05-01, source = \"jaarbrief\" }]\n\n\
    [[knelpunt]]\nid = \"werving\"\ntitle = \"Werving stokt\"\nparent = \"personeel\"\n\n\
    [[knelpunt]]\nid = \"opleiding\"\ntitle = \"Opleiden duurt lang\"\nparent = \"werving\"\ncolour = \"red\"\n\n\
    [[knelpunt]]\nid = \"systemen\"\ntitle = \"Oude systemen\"\n";

/// A desk with this register, and ten notes put to each of the first three.
fn desk() -> Desk {
    let desk = Desk::new();
    let data = desk.home.path().join("data");
    std::fs::create_dir_all(&data).unwrap();
    std::fs::write(data.join("knelpunten.toml"), REGISTER).unwrap();
    let store = Store::open(&data);
    for (k, id) in ["personeel", "werving", "opleiding"].into_iter().enumerate() {
        for n in 0..10 {
            store.create(&note((k * 10 + n) as u64, id)).unwrap();
        }
    }
    desk
}

fn note(n: u64, knelpunt: &str) -> Note {
    Note {
        id: NoteId::new(1_700_000_000_000 + n, 7),
        kind: NoteKind::Note,
        created: Timestamp::UNIX_EPOCH,
        modified: Timestamp::UNIX_EPOCH,
        knelpunten: vec![knelpunt.to_owned(), "systemen".to_owned()],
        tags: Vec::new(),
        color: None,
        status: None,
        target: describe_made_knelpunt(knelpunt),
        anchored: Vec::new(),
        body: format!("woord {n}"),
    }
}

/// Every file that is the reader's, with what it holds.
fn files(desk: &Desk) -> BTreeMap<PathBuf, String> {
    let register = desk.home.path().join("data/knelpunten.toml");
    desk.note_files().into_iter().chain([register]).map(|p| (p.clone(), std::fs::read_to_string(p).unwrap())).collect()
}

fn titles(reader: &Reader) -> Vec<String> {
    reader.inline.app.notebook.register.iter().map(|m| m.title.clone()).collect()
}

fn count(reader: &Reader, id: &str) -> usize {
    reader.inline.app.notebook.of_knelpunt(id).count()
}

#[test]
fn three_merged_with_thirty_notes_are_one_step_back_and_forth() {
    let desk = desk();
    let before = files(&desk);
    let mut reader = desk.sit(140, 40, Lang::Nl);
    // the tree: personeel, werving below it, opleiding below that
    reader.press("g k g g space space space M");
    reader.must_show("3 knelpunten samenvoegen: welk blijft?");
    reader.write("opleid").press("enter");
    reader.must_show("3 knelpunten samengevoegd tot ‘Opleiden duurt lang’ · 20 notities gingen mee");
    assert_eq!(titles(&reader), ["Opleiden duurt lang", "Oude systemen"]);
    assert_eq!((count(&reader, "opleiding"), count(&reader, "systemen")), (30, 30));
    let one = &reader.inline.app.notebook.register[0];
    assert_eq!(one.synonyms, ["Tekort aan mensen", "krapte", "onderbezetting", "Werving stokt"]);
    assert_eq!((one.parent.as_deref(), one.status.len()), (None, 1));
    let merged = files(&desk);
    let register = &merged[&desk.home.path().join("data/knelpunten.toml")];
    assert!(register.starts_with("# zelf bijgehouden\n") && register.contains("eigen = \"blijft\""), "{register}");
    assert!(merged.values().all(|t| !t.contains("knelpunten: [personeel") && !t.contains("knelpunten: [werving")));
    reader.press("u");
    assert_eq!(files(&desk), before);
    assert_eq!(titles(&reader).len(), 4);
    assert_eq!(count(&reader, "personeel"), 10);
    reader.press("ctrl-r");
    assert_eq!(files(&desk), merged);
    assert_eq!(count(&reader, "opleiding"), 30);
    // and after a restart
    let mut reader = desk.sit(140, 40, Lang::Nl);
    reader.press("u");
    assert_eq!(files(&desk), before);
}

#[test]
fn chosen_notes_split_off_below_it() {
    let desk = desk();
    let before = files(&desk);
    let mut reader = desk.sit(140, 40, Lang::Nl);
    reader.press("g k").write("/wervi").press("enter g g j l j space space space X");
    reader.must_show("3 notities gaan van ‘Werving stokt’ naar een nieuw knelpunt.");
    reader.write("Vacatures blijven open").press("ctrl-s");
    reader.must_show("‘Vacatures blijven open’ afgesplitst · 3 notities gingen mee");
    assert_eq!((count(&reader, "werving"), count(&reader, "vacatures-blijven-open")), (7, 3));
    let new = reader.inline.app.notebook.register.last().unwrap();
    assert_eq!(new.parent.as_deref(), Some("werving"));
    reader.press("u");
    assert_eq!(files(&desk), before);
}

#[test]
fn a_tree_is_rearranged_and_never_becomes_part_of_itself() {
    let desk = desk();
    let mut reader = desk.sit(140, 40, Lang::Nl);
    reader.press("g k g g");
    // what is part of it is not offered
    reader.press(">");
    let Some(Overlay::Picker(picker)) = &reader.inline.app.overlay else { panic!("{}", reader.text()) };
    assert_eq!(picker.rows.iter().map(|r| r.name.as_str()).collect::<Vec<_>>(), ["Oude systemen"]);
    reader.write("oude").press("enter");
    reader.must_show("‘Tekort aan mensen’ staat nu onder ‘Oude systemen’");
    let parent = |reader: &Reader, id: &str| {
        reader.inline.app.notebook.register.iter().find(|m| m.id == id).unwrap().parent.clone()
    };
    assert_eq!(parent(&reader, "personeel").as_deref(), Some("systemen"));
    reader.press("<");
    assert_eq!(parent(&reader, "personeel"), None);
    reader.must_show("‘Tekort aan mensen’ staat nu bovenaan");
    reader.press("<").must_show("Staat al bovenaan");
    // a tree that is removed from the middle closes up
    reader.press("g g j D");
    reader.must_show("10 notities staan er niet meer bij; de notities zelf blijven.");
    reader.must_show("1 knelpunt dat eronder hoort gaat een niveau omhoog.");
    reader.press("enter").must_show("‘Werving stokt’ is weg");
    assert_eq!(parent(&reader, "opleiding").as_deref(), Some("personeel"));
    assert_eq!(desk.note_files().len(), 30);
    reader.press("u");
    assert_eq!(parent(&reader, "opleiding").as_deref(), Some("werving"));
}

#[test]
fn found_ones_of_several_reports_come_together_and_apart() {
    let desk = desk();
    let mut reader = desk.sit(140, 40, Lang::Nl);
    reader.press("g k").write("/knelpunt").press("enter esc G space k k space B");
    reader.must_show("2 gevonden knelpunten samenbrengen: bij welk eigen knelpunt?");
    reader.write("krapte");
    reader.must_show("Tekort aan mensen = krapte");
    reader.press("enter");
    reader.must_show("2 gevonden knelpunten horen nu bij ‘Tekort aan mensen’");
    let includes = |reader: &Reader| reader.inline.app.notebook.register[0].includes.len();
    assert_eq!(includes(&reader), 2);
    // the cursor stands on it; what it brings together is below it
    reader.press("l j D");
    reader.must_show("1 gevonden knelpunt hoort niet meer bij ‘Tekort aan mensen’");
    assert_eq!(includes(&reader), 1);
    reader.press("u u");
    assert_eq!(includes(&reader), 0);
}

#[test]
fn a_status_has_a_day_and_a_source() {
    let desk = desk();
    let mut reader = desk.sit(140, 40, Lang::Nl);
    reader.press("g k g g w");
    reader.must_show("2023-05-01 · open · jaarbrief");
    reader.write("t").press("tab tab").write("Kamerbrief 12").press("ctrl-s");
    reader.must_show("‘Tekort aan mensen’: toegezegd");
    let last = reader.inline.app.notebook.register[0].status.last().unwrap().clone();
    // without a day it is today
    assert_eq!(last.date.map(|d| d.to_string()).as_deref(), Some("2026-03-02"));
    assert_eq!(last.source.as_deref(), Some("Kamerbrief 12"));
    let text = std::fs::read_to_string(desk.home.path().join("data/knelpunten.toml")).unwrap();
    assert!(text.contains("eigen = \"blijft\" # van mij"), "{text}");
}

#[test]
fn two_programs_at_one_register_lose_nothing() {
    let desk = desk();
    let mut one = desk.sit(140, 40, Lang::Nl);
    let mut other = desk.sit(140, 40, Lang::Nl);
    // each from what it has read
    one.press("g k g g r ctrl-u").write("Te weinig mensen").press("enter");
    other.press("g k g g w").write("o").press("ctrl-s");
    other.must_show("‘Tekort aan mensen’: opgelost");
    assert_eq!(titles(&other)[0], "Te weinig mensen");
    // the same value twice is told, and what was typed stays
    one.press("r ctrl-u").write("Nog anders").press("enter");
    let title = |reader: &Reader| titles(reader)[0].clone();
    assert_eq!(title(&one), "Nog anders");
    other.press("g g r ctrl-u").write("Weer anders").press("enter");
    assert!(other.shows("niet bewaard") || other.inline.app.notice.is_some(), "{}", other.text());
    assert!(other.shows("Weer anders"), "{}", other.text());
    other.press("esc esc");
    // one merges what the other, not knowing, still codes to
    one.press("g g j space G");
    one.press("g g M").write("oude").press("enter");
    assert!(!titles(&one).contains(&"Werving stokt".to_owned()), "{}", one.text());
    let store = Store::open(&desk.home.path().join("data"));
    store.create(&note(99, "werving")).unwrap();
    let reader = desk.sit(140, 40, Lang::Nl);
    assert_eq!(count(&reader, "systemen"), 31);
}

#[test]
fn coding_takes_a_path_a_synonym_or_a_digit_and_takes_off_again() {
    let desk = desk();
    let mut reader = desk.sit(120, 36, Lang::Nl);
    reader.press("enter ] k } V c").write("onderbez");
    reader.must_show("Tekort aan mensen = onderbezetting");
    reader.press("enter");
    assert_eq!(count(&reader, "personeel"), 11, "{}", reader.text());
    // its colour and its sign stand in the text and in the margin
    let picture = reader.picture();
    assert!(picture.contains("mark.blue") && picture.contains("sign.blue \"■"), "{picture}");
    reader.press("c");
    reader.must_show("✓");
    reader.press("1").must_show("Van ‘Tekort aan mensen’ af gehaald");
    assert_eq!(count(&reader, "personeel"), 10);
    // a child is made on the way, below one that is there, and below one that isn't
    reader.press("c").write("werving stokt/Te laag salaris").press("enter");
    let find = |reader: &Reader, title: &str| {
        let all = &reader.inline.app.notebook.register;
        all.iter().find(|m| m.title == title).unwrap_or_else(|| panic!("{title}: {}", reader.text())).clone()
    };
    assert_eq!(find(&reader, "Te laag salaris").parent.as_deref(), Some("werving"));
    reader.press("} } V c").write("Geld/Tarieven").press("enter");
    let (above, below) = (find(&reader, "Geld"), find(&reader, "Tarieven"));
    assert_eq!(below.parent.as_deref(), Some(above.id.as_str()));
    reader.press("} } V .");
    assert_eq!(count(&reader, &below.id), 2);
    // making both and coding is one step
    reader.press("u u");
    assert!(!titles(&reader).contains(&"Geld".to_owned()));
}

#[test]
fn the_view_and_its_forms() {
    for (w, h, size) in [(80, 24, "80x24"), (140, 40, "140x40")] {
        let desk = desk();
        let mut reader = desk.sit(w, h, Lang::Nl);
        reader.press("g k g g");
        same(&format!("register-{size}"), &reader);
        reader.press("i");
        same(&format!("register-form-{size}"), &reader);
        reader.press("esc w");
        same(&format!("register-status-{size}"), &reader);
        reader.press("esc D");
        same(&format!("register-remove-{size}"), &reader);
        reader.press("esc space space M");
        same(&format!("register-merge-{size}"), &reader);
    }
}

#[test]
fn commands_do_what_the_keys_do() {
    let cli = Cli::new();
    let data = |cli: &Cli| std::fs::read_to_string(cli.dir.path().join("data/knelpunten.toml")).unwrap();
    let run = |line: &str| cli.run(&line.split(' ').collect::<Vec<_>>());
    let titled = |cli: &Cli, title: &str, line: &str| {
        let args = ["knelpunt", "add", title].into_iter().chain(line.split(' ').filter(|a| !a.is_empty()));
        cli.run(&args.collect::<Vec<_>>())
    };
    titled(&cli, "Te weinig schippers", "--synonym krapte --colour blauw --status open --date 2024-01-01").ok();
    let added = titled(&cli, "Opleiden", "--parent krapte --json").ok().json();
    assert_eq!((added[0]["id"].as_str(), added[0]["parent"].as_str()), (Some("opleiden"), Some("te-weinig-schippers")));
    // a query finds what is put to it by any of its names, and by what it is part of
    let quote = ["note", "add", "reports/veer.md", "--quote", "Nachtvaart is gestaakt.", "--knelpunt", "opleiden"];
    cli.run(&quote).ok();
    for name in ["opleiden", "krapte", "schippers"] {
        let query = format!("knelpunt:{name} nachtvaart");
        let hits = cli.run(&["search", "--json", &query, "reports"]).ok().json();
        assert!(hits.iter().any(|h| h["kind"] == "text"), "{name}: {hits:?}");
    }
    run("knelpunt edit opleiden --title Opleiding --status promised --date 2025-03-14").ok();
    assert!(data(&cli).contains("date = 2025-03-14"));
    run("knelpunt edit te-weinig-schippers --parent opleiden").code(2);
    run("knelpunt edit nergens --title x").code(2);
    run("knelpunt merge opleiden --into te-weinig-schippers").ok();
    let all = run("knelpunten --json").json();
    let made: Vec<_> = all.iter().filter(|k| k["origin"] == "made").collect();
    assert_eq!((made.len(), made[0]["notes"].as_u64()), (1, Some(1)));
    assert_eq!(made[0]["title"].as_str(), Some("Te weinig schippers"));
    assert_eq!(made[0]["status"].as_str(), Some("promised"));
    run("knelpunt rm krapte").ok();
    assert!(!data(&cli).contains("[[knelpunt]]"));
    // each was a step of undo
    let journal = Path::new("data/history/journal.jsonl");
    assert!(std::fs::read_to_string(cli.dir.path().join(journal)).unwrap().lines().count() >= 5);
}
