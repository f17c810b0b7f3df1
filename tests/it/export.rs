//! Notes going out in every form and coming back, by the real binary.

use super::cli::Cli;
use super::harness::{Desk, Reader};
use kantlijn::doc::Lang;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

const REGISTER: &str = "# van mij\n[[knelpunt]]\nid = \"schippers\"\ntitle = \"Te weinig schippers\"\n\
    description = \"Er zijn te weinig mensen met een vaarbewijs.\"\nincludes = [\"FOUND\"]\n\
    status = [{ status = \"promised\", date = 2025-05-01, source = \"brief\" }]\n\n\
    [[knelpunt]]\nid = \"opleiden\"\ntitle = \"Opleiden duurt lang\"\nparent = \"schippers\"\n";

/// Four notes on the two reports of an agency that doesn't exist, and a register.
fn noted() -> Cli {
    let cli = Cli::new();
    fs::create_dir(cli.path("data")).unwrap();
    let all = cli.run(&["knelpunten", "reports", "--json"]).ok().json();
    let found = all.iter().find(|k| k["label"] == "Knelpunt 1").unwrap()["id"].as_str().unwrap().to_owned();
    cli.write("data/knelpunten.toml", REGISTER.replace("FOUND", &found));
    cli.write(
        "batch.jsonl",
        "{\"file\":\"reports/veer.md\",\"quote\":\"omdat er te weinig schippers waren\",\"text\":\"Vergelijk met 2023.\",\"knelpunten\":[\"schippers\"],\"tags\":[\"winter\"]}\n\
         {\"file\":\"reports/veer.md\",\"quote\":\"Opleiden duurt drie jaar\",\"knelpunten\":[\"opleiden\"],\"status\":\"promised\"}\n\
         {\"file\":\"reports/sluis.md\",\"quote\":\"Een storing in de aandrijving\",\"color\":\"red\"}\n\
         {\"file\":\"reports/sluis.md\",\"section\":\"1\",\"text\":\"=1+1\"}\n",
    );
    cli.run(&["note", "add", "--batch", "batch.jsonl"]).ok();
    cli
}

/// The files of a folder of notes, by name.
fn notes_in(data: &Path) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    let mut todo = vec![data.join("notes")];
    while let Some(folder) = todo.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                todo.push(path);
            } else {
                let name = path.strip_prefix(data).unwrap().to_string_lossy().into_owned();
                out.insert(name, fs::read_to_string(path).unwrap());
            }
        }
    }
    out
}

#[test]
fn every_form_comes_back_as_the_very_notes() {
    let cli = noted();
    let before = notes_in(&cli.path("data"));
    assert_eq!(before.len(), 4);
    for form in ["jsonl", "csv", "qdpx", "jsonld"] {
        let file = format!("out.{form}");
        cli.run(&["export", "-f", form, "-o", &file, "reports"]).ok();
        let bytes = fs::read(cli.path(&file)).unwrap();
        cli.run(&["export", "-o", &file, "reports"]).ok();
        assert_eq!(fs::read(cli.path(&file)).unwrap(), bytes, "{form}: a second export is another");
        let data = format!("data-{form}");
        let ran = cli.run(&["import", &file, "reports", "--data-dir", &data]).ok();
        assert!(ran.out.contains("4 notes are new"), "{form}: {}{}", ran.out, ran.err);
        assert_eq!(notes_in(&cli.path(&data)), before, "{form}");
        let ran = cli.run(&["import", &file, "reports", "--data-dir", &data]).ok();
        assert!(ran.out.contains("4 notes were here already") && !ran.out.contains("new"), "{form}: {}", ran.out);
        let ids: Vec<String> = cli
            .run(&["knelpunten", "reports", "--json", "--data-dir", &data])
            .ok()
            .json()
            .iter()
            .filter(|k| k["origin"] == "made")
            .map(|k| k["id"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(ids, ["schippers", "opleiden"], "{form}");
    }
}

#[test]
fn what_is_here_is_never_written_over() {
    let cli = noted();
    cli.run(&["export", "-o", "out.jsonl", "reports"]).ok();
    let text = fs::read_to_string(cli.path("out.jsonl")).unwrap();
    cli.write("out.jsonl", text.replace("Vergelijk met 2023.", "Iets anders."));
    let before = notes_in(&cli.path("data"));
    let ran = cli.run(&["import", "out.jsonl", "reports"]).ok();
    assert!(ran.err.contains("is not the same here"), "{}", ran.err);
    assert!(ran.out.contains("3 notes were here already"), "{}", ran.out);
    assert_eq!(notes_in(&cli.path("data")), before);
}

#[test]
fn a_table_made_by_hand_finds_its_reports_and_says_what_it_does_not_find() {
    let cli = noted();
    cli.write(
        "hand.csv",
        "quote,report,note,knelpunten\n\
         Nachtvaart is gestaakt.,\"Veerdienst Oostmeer, jaarbericht 2024\",kijk,Te weinig schippers\n\
         De kolk werd 4.120 keer geschut.,,zonder rapport,iets nieuws\n\
         Dit staat nergens en is lang genoeg.,,,\n\
         Dit staat er ook niet.,Sluisbeheer Noorderkolk,,\n",
    );
    let ran = cli.run(&["import", "hand.csv", "reports", "--json"]).ok();
    let lines = ran.json();
    let states: Vec<&str> = lines.iter().filter_map(|l| l["state"].as_str()).collect();
    assert_eq!(states, ["exact", "exact", "orphan"], "{}", ran.out);
    assert_eq!(lines[0]["knelpunten"][0], "schippers");
    assert_eq!(lines[1]["knelpunten"][0], "iets-nieuws");
    assert_eq!(lines[1]["file"], "sluis.md");
    assert_eq!((lines[3]["type"].as_str(), lines[3]["line"].as_u64()), (Some("error"), Some(3)));
    cli.run(&["import", "hand.txt"]).code(2);
    cli.write("none.csv", "naam,leeftijd\nJan,4\n");
    assert!(cli.run(&["import", "none.csv"]).code(2).err.contains("none.csv"));
}

#[test]
fn a_second_export_into_a_text_leaves_the_readers_words() {
    let cli = noted();
    let briefing = ["export", "-f", "briefing", "--knelpunt", "schippers", "-o", "b.md", "reports"];
    cli.run(&briefing).ok();
    let text = fs::read_to_string(cli.path("b.md")).unwrap();
    assert!(text.contains("# Te weinig schippers") && text.contains("## Opleiden duurt lang"), "{text}");
    assert!(text.contains("> omdat er te weinig schippers waren"), "{text}");
    assert!(text.contains("een verkorte opleiding"), "what is asked: {text}");
    assert!(text.contains("| 2025-05-01 | promised | brief |"), "{text}");
    let mine = text.replace("> Opleiden duurt", "> NB: Opleiden duurt");
    cli.write("b.md", format!("Van mij.\n\n{mine}\nSlot."));
    let id = notes_in(&cli.path("data")).into_iter().find(|(_, t)| t.contains("Vergelijk met")).unwrap().0;
    let note = cli.path("data").join(&id);
    fs::write(&note, fs::read_to_string(&note).unwrap().replace("met 2023", "met 2022")).unwrap();
    let ran = cli.run(&briefing).ok();
    assert!(ran.err.contains("1 part updated") && ran.err.contains("1 part you had edited"), "{}", ran.err);
    let text = fs::read_to_string(cli.path("b.md")).unwrap();
    assert!(text.starts_with("Van mij.\n\n<!-- kantlijn ") && text.ends_with("\nSlot."), "{text}");
    assert!(text.contains("NB: Opleiden") && text.contains("Vergelijk met 2022."), "{text}");
    // a text of the reader's own is not ours to write in
    cli.write("eigen.md", "# Mijn stuk\n");
    cli.run(&["export", "-o", "eigen.md", "reports"]).code(2);
    assert_eq!(fs::read_to_string(cli.path("eigen.md")).unwrap(), "# Mijn stuk\n");
    cli.write("fout.md", "# {{ title }}\n{{ titel }}\n");
    let ran = cli.run(&["export", "-f", "markdown", "--template", "fout.md", "reports"]).code(2);
    assert!(ran.err.contains("fout.md:2:4: "), "{}", ran.err);
}

#[test]
fn a_scope_narrows_and_what_it_does_not_find_is_said() {
    let cli = noted();
    let count = |args: &[&str]| {
        let ran = cli.run(&[&["export", "-f", "jsonl", "reports"], args].concat()).ok();
        ran.json().iter().filter(|l| l["type"] == "note").count()
    };
    assert_eq!(count(&[]), 4);
    assert_eq!(count(&["--knelpunt", "schippers"]), 2, "with what is part of it");
    assert_eq!(count(&["--knelpunt", "opleid"]), 1, "by the beginning of its name");
    assert_eq!(count(&["--report", "sluisbeheer"]), 2);
    cli.run(&["knelpunt", "merge", "opleiden", "--into", "schippers"]).ok();
    assert_eq!(count(&["--knelpunt", "opleiden"]), 2, "one that was merged means the other");
    assert_eq!(count(&["--report", "veer.md", "--section", "Knelpunt 1"]), 1);
    assert_eq!(count(&["--tag", "winter"]), 1);
    assert_eq!(count(&["--status", "toegezegd"]), 1);
    cli.run(&["export", "-f", "csv", "--knelpunt", "fietsen", "reports"]).code(2);
    cli.run(&["export", "-f", "csv", "--report", "fietsen", "reports"]).code(2);
    cli.run(&["export", "-f", "csv", "--tag", "fietsen", "reports"]).code(1);
    cli.run(&["export", "-o", "wat.pdf", "reports"]).code(2);
    let one = cli.run(&["export", "-f", "leidraad", "--tag", "winter", "reports/veer.md"]).ok();
    assert_eq!(one.out.lines().count(), 1, "{}", one.out);
    assert!(one.out.contains("‘omdat er te weinig schippers waren’ "), "{}", one.out);
}

#[test]
fn a_backup_unpacked_is_the_data_folder_again() {
    let cli = noted();
    cli.run(&["backup", "b.zip"]).ok();
    let bytes = fs::read(cli.path("b.zip")).unwrap();
    let data = cli.path("data-again");
    for (name, content) in super::made::entries(&bytes) {
        let path = data.join(&name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    assert_eq!(notes_in(&data), notes_in(&cli.path("data")));
    assert_eq!(fs::read(data.join("knelpunten.toml")).unwrap(), fs::read(cli.path("data/knelpunten.toml")).unwrap());
    let before = cli.run(&["note", "list", "--json"]).ok().out;
    assert_eq!(cli.run(&["note", "list", "--json", "--data-dir", "data-again"]).ok().out, before);
    // never over another file, and not into itself
    cli.run(&["backup", "b.zip"]).code(2);
    assert_eq!(fs::read(cli.path("b.zip")).unwrap(), bytes);
    cli.run(&["backup", "b.zip", "--force"]).ok();
    assert!(cli.run(&["backup", "data/b.zip"]).code(2).err.contains("outside"), "it would hold itself");
    cli.run(&["backup", "leeg.zip", "--data-dir", "leeg"]).code(1);
    assert!(!cli.path("leeg.zip").exists());
}

#[cfg(unix)]
#[test]
fn the_original_opens_in_ones_own_viewer_at_the_page() {
    let cli = noted();
    cli.write(
        "k.toml",
        format!("viewer = \"sh -c 'echo $0 $1 > {}' {{page}} {{file}}\"\n", cli.path("seen").display()),
    );
    assert!(std::process::Command::new("mkfifo").arg(cli.path("seen")).status().unwrap().success());
    cli.run(&["open", "reports/veer.md", "--page", "3", "--config", "k.toml"]).ok();
    // the viewer goes its own way: reading waits for what it writes
    let text = fs::read_to_string(cli.path("seen")).unwrap();
    assert!(text.starts_with("3 /") && text.trim_end().ends_with("veer.md"), "{text}");
    cli.run(&["open", "er/is/niets.pdf"]).code(2);
    cli.run(&["open", "zzzz"]).code(2);
}

#[test]
fn the_screens_export_in_the_form_that_the_name_says() {
    let desk = Desk::new();
    let mut reader = desk.sit(120, 36, Lang::Nl);
    let out = desk.home.path().join("uit");
    fs::create_dir(&out).unwrap();
    let write = |reader: &mut Reader, name: &str| {
        let path = out.join(name).display().to_string();
        reader.press("x").press("ctrl-u").write(&path);
        reader.press("enter");
        fs::read_to_string(out.join(name)).unwrap_or_default()
    };
    reader.press("enter ] k } V H V");
    // a selection has no note; it goes out as it is
    let text = write(&mut reader, "citaat.md");
    assert!(text.contains("\n> ") && text.contains("# Citaten"), "{text}\n{}", reader.text());
    reader.must_show("delen nieuw");
    reader.press("esc g n");
    let json = write(&mut reader, "notities.jsonl");
    assert_eq!(json.matches("\"type\":\"note\"").count(), 1, "{json}");
    reader.must_show("notities.jsonl");
    write(&mut reader, "notities.qdpx");
    assert!(fs::read(out.join("notities.qdpx")).unwrap().starts_with(b"PK"));
    // the dossier of a knelpunt is a briefing
    reader.press("g k");
    let text = write(&mut reader, "dossier.md");
    assert!(text.contains("<!-- kantlijn knelpunt:"), "{text}\n{}", reader.text());
    // what isn't ours stays
    fs::write(out.join("eigen.md"), "van mij").unwrap();
    assert_eq!(write(&mut reader, "eigen.md"), "van mij");
    reader.must_show("bestaat al");
    write(&mut reader, "zonder.vorm");
    reader.must_show("die de vorm zegt");
    reader.press("g r V y");
    reader.must_show("via de terminal (OSC 52)");
}
