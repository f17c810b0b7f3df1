//! Corrected headings, from the keys to the next day: the outline, search, knelpunten, notes and the command follow, the
//! file may change, and every step can be taken back.

use crate::harness::{Desk, Reader};
use kantlijn::doc::Lang;
use std::path::PathBuf;

const REPORT: &str = "# Jaarbeeld van de balies 2025

Bureau Balie, maart 2025

## 1 Toezicht

Het toezicht aan de loketten liep in het voorjaar vast.

### 1.1 Werving

Werven bleek lastig in de kleine gemeenten.

Opleiding

De cursus kreeg te weinig inschrijvingen.

## 2 Uitvoering

De uitvoering bleef achter bij de planning.

### Slotwoord

Wij danken iedereen die meewerkte.
";

/// A desk with this one report on it.
fn desk() -> Desk {
    let desk = Desk::empty();
    std::fs::write(desk.reports.path().join("jaarbeeld.md"), REPORT).unwrap();
    desk
}

fn outlines(desk: &Desk) -> Vec<PathBuf> {
    let folder = desk.home.path().join("data/outlines");
    std::fs::read_dir(folder).into_iter().flatten().map(|e| e.unwrap().path()).collect()
}

/// The open report's outline: level and label.
fn outline(reader: &Reader) -> Vec<String> {
    let open = reader.inline.app.reader.open.as_ref().unwrap();
    open.doc.outline().sections().iter().skip(1).map(|s| format!("{} {}", s.level, s.label())).collect()
}

/// Opens the report with the cursor in the text on these words.
fn on(reader: &mut Reader, words: &str) {
    if reader.inline.app.reader.open.is_none() {
        reader.press("enter");
    }
    reader.press("g g /").write(words);
    reader.press("enter");
}

const AS_FOUND: [&str; 4] = ["2 1 Toezicht", "3 1.1 Werving", "2 2 Uitvoering", "3 Slotwoord"];

#[test]
fn a_heading_is_moved_made_retitled_and_removed_and_so_it_is_the_next_day() {
    let desk = desk();
    let mut reader = desk.sit(140, 40, Lang::Nl);
    on(&mut reader, "Slotwoord");
    assert_eq!(outline(&reader), AS_FOUND);
    reader.press("# <");
    assert_eq!(outline(&reader)[3], "2 Slotwoord");
    reader.must_show("‘Slotwoord’ staat nu direct onder het rapport · u maakt het ongedaan");
    on(&mut reader, "Opleiding");
    reader.press("# #");
    assert_eq!(outline(&reader)[2], "4 Opleiding", "{}", reader.text());
    reader.press("# <");
    assert_eq!(outline(&reader)[2], "3 Opleiding");
    reader.press("# t ctrl-a ctrl-k").write("Scholing");
    reader.press("enter");
    assert_eq!(outline(&reader)[2], "3 Scholing");
    reader.must_show("‘Opleiding’ heet nu ‘Scholing’");
    on(&mut reader, "1.1 Werving");
    reader.press("# x");
    let corrected = ["2 1 Toezicht", "3 Scholing", "2 2 Uitvoering", "2 Slotwoord"];
    assert_eq!(outline(&reader), corrected);
    reader.press("q");
    drop(reader);

    let mut reader = desk.sit(140, 40, Lang::Nl);
    assert_eq!(outline(&reader), corrected, "the first frame has them already");
    reader.must_show("±Opleiding");
    // search names the section as it is called now, and finds its passages by it
    reader.press("s").write("inschrijvingen sectie:scholing");
    assert_eq!(reader.inline.app.search.results.as_ref().unwrap().total, 1, "{}", reader.text());
    reader.press("esc esc u");
    assert_eq!(outline(&reader)[1..3], ["3 1.1 Werving", "3 Scholing"]);
    reader.press("u u u u");
    assert_eq!(outline(&reader), AS_FOUND);
    reader.press("ctrl-r");
    assert_eq!(outline(&reader)[3], "2 Slotwoord");
}

#[test]
fn the_tree_corrects_too_and_the_cursor_stays_on_its_heading() {
    let desk = desk();
    let mut reader = desk.sit(140, 40, Lang::En);
    reader.press("enter backtab");
    let here = |reader: &Reader| {
        let app = &reader.inline.app;
        let node = app.navigator.current().unwrap().id;
        let doc = &app.shelf.open(node.doc).unwrap().doc;
        node.section.map(|s| doc.outline().section(s).label()).unwrap_or_default()
    };
    reader.press("j j");
    assert_eq!(here(&reader), "2 Uitvoering", "{}", reader.text());
    reader.press(">");
    reader.must_show("‘2 Uitvoering’ is now under ‘1 Toezicht’");
    assert_eq!(outline(&reader), ["2 1 Toezicht", "3 1.1 Werving", "3 2 Uitvoering", "4 Slotwoord"]);
    assert_eq!(here(&reader), "2 Uitvoering", "{}", reader.text());
    reader.press("<");
    assert_eq!(outline(&reader), AS_FOUND);
    assert_eq!(here(&reader), "2 Uitvoering");
    reader.press("<");
    reader.must_show("This heading is already directly under the report");
    // the report's own title, from its row
    reader.press("g g # t ctrl-a ctrl-k").write("De balies");
    reader.press("enter");
    reader.must_show("De balies");
    let entry = &reader.inline.app.shelf.entries()[0];
    assert_eq!(entry.summary().unwrap().parts[0].title, "De balies");
    reader.press("# =");
    assert_eq!(reader.inline.app.shelf.entries()[0].summary().unwrap().parts[0].title, "Jaarbeeld van de balies 2025");
}

#[test]
fn a_changed_file_keeps_its_corrections_and_what_is_lost_is_said() {
    let desk = desk();
    let mut reader = desk.sit(140, 40, Lang::Nl);
    on(&mut reader, "Slotwoord");
    reader.press("# <");
    on(&mut reader, "Opleiding");
    reader.press("# #");
    let kept = std::fs::read_to_string(&outlines(&desk)[0]).unwrap();
    reader.press("q");
    drop(reader);
    // a new chapter, other words, another name and folder of the file
    let file = desk.reports.path().join("jaarbeeld.md");
    let text = REPORT
        .replace("## 1 Toezicht", "## 0 Leeswijzer\n\nLees dit eerst.\n\n## 1 Toezicht")
        .replace("De cursus kreeg", "De cursus in het najaar kreeg")
        .replace("### Slotwoord\n\nWij danken iedereen die meewerkte.\n", "Wij danken iedereen die meewerkte.\n");
    std::fs::remove_file(file).unwrap();
    std::fs::create_dir(desk.reports.path().join("archief")).unwrap();
    std::fs::write(desk.reports.path().join("archief/beeld.md"), text).unwrap();
    let mut reader = desk.sit(140, 40, Lang::Nl);
    reader.press("backtab g g enter");
    let found = ["2 0 Leeswijzer", "2 1 Toezicht", "3 1.1 Werving", "4 Opleiding", "2 2 Uitvoering"];
    assert_eq!(outline(&reader), found, "{}", reader.text());
    reader.press("g l");
    reader.must_show("a corrected heading is not found (any more): \"Slotwoord\"");
    assert_eq!(std::fs::read_to_string(&outlines(&desk)[0]).unwrap(), kept, "nothing is dropped");
}

#[test]
fn a_note_on_a_section_stays_on_it_whatever_it_is_called() {
    let desk = desk();
    let mut reader = desk.sit(140, 40, Lang::Nl);
    on(&mut reader, "1.1 Werving");
    reader.press("a").write("nog nabellen");
    reader.press("ctrl-s # t ctrl-a ctrl-k").write("1.1 Nieuwe mensen");
    reader.press("enter # <");
    assert_eq!(outline(&reader)[1], "2 1.1 Nieuwe mensen");
    let app = &reader.inline.app;
    let doc = app.reader.open.as_ref().unwrap();
    let (id, anchor) = &app.notebook.anchors(doc.id)[0];
    assert_eq!(anchor.state, kantlijn::notes::anchor::State::Exact, "{id:?}");
    assert!(doc.doc.slice(anchor.range.unwrap()).starts_with("1.1 Werving"));
}

#[test]
fn the_marks_of_corrected_headings_are_on_the_screen() {
    let desk = desk();
    let mut reader = desk.sit(100, 30, Lang::Nl);
    on(&mut reader, "Opleiding");
    reader.press("# # # <");
    on(&mut reader, "1.1 Werving");
    reader.press("# x");
    crate::screens::same("headings-100x30", &reader);
    reader.press("#");
    crate::screens::same("headings-pending-100x30", &reader);
}

#[test]
fn the_command_shows_the_corrected_outline() {
    let cli = crate::cli::Cli::new();
    cli.write("jaarbeeld.md", REPORT);
    let headings = |cli: &crate::cli::Cli| {
        let ran = cli.run(&["outline", "jaarbeeld.md", "--json"]);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        let objects = ran.out.lines().map(|l| serde_json::from_str::<serde_json::Value>(l).unwrap());
        objects
            .skip(1)
            .map(|o| (o["level"].to_string(), o["title"].to_string(), o["confidence"].as_f64().unwrap()))
            .collect::<Vec<_>>()
    };
    let before = headings(&cli);
    assert_eq!(before.len(), 4);
    let text = "[report]\ntitle = \"Jaarbeeld van de balies 2025\"\n[[heading]]\ntext = \"Slotwoord\"\nlevel = 2\n\
                [[heading]]\ntext = \"1.1 Werving\"\ntitle = \"1.1 Nieuwe mensen\"\n";
    std::fs::create_dir_all(cli.path("data/outlines")).unwrap();
    cli.write("data/outlines/met-de-hand.toml", text);
    let after = headings(&cli);
    assert_eq!(after[3], ("2".to_owned(), "\"Slotwoord\"".to_owned(), 1.0));
    assert_eq!(after[1], ("3".to_owned(), "\"Nieuwe mensen\"".to_owned(), 1.0));
    assert_eq!(after[0], before[0]);
    // the index knows them too, and forgets them again
    let hits = |query: &str| cli.run(&["search", query, "jaarbeeld.md", "--json"]).code;
    assert_eq!(hits("gemeenten sectie:nieuwe"), Some(0));
    cli.write("data/outlines/met-de-hand.toml", "[report");
    assert_eq!(headings(&cli), before);
    assert_eq!(hits("gemeenten +sectie:nieuwe"), Some(1));
    let doctor = cli.run(&["doctor", "jaarbeeld.md"]);
    assert!(doctor.out.contains("met-de-hand.toml"), "{}", doctor.out);
}

#[test]
fn a_knelpunt_that_is_called_otherwise_is_the_same_knelpunt() {
    let desk = Desk::new();
    let mut reader = desk.sit(140, 40, Lang::Nl);
    reader.press("enter g g ] k");
    let found = |reader: &Reader| {
        let app = &reader.inline.app;
        let open = app.reader.open.as_ref().unwrap();
        open.knelpunt_of(app.reader.section().unwrap()).cloned().unwrap_or_else(|| panic!("{}", reader.text()))
    };
    let before = found(&reader);
    reader.press("# t").write(" en meer");
    reader.press("enter");
    let after = found(&reader);
    assert_eq!((&after.id, &after.label), (&before.id, &before.label));
    assert_eq!(after.title, format!("{} en meer", before.title));
    let listed = reader.inline.app.shelf.found().iter().find(|r| r.found.id == before.id).unwrap();
    assert_eq!(listed.found.title, after.title, "in the list of all knelpunten too");
    // no heading any more: no knelpunt either, and the next one is another
    reader.press("# x");
    assert!(reader.inline.app.shelf.found().iter().all(|r| r.found.title != after.title));
}
