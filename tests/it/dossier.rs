//! The dossier of a knelpunt: put together from notes in several editions, read, undone; and the heat map over all of them.

use crate::harness::{Desk, Reader};
use crate::screens::same;
use kantlijn::app::View;
use kantlijn::doc::Lang;

/// An edition of a report of a made-up agency: its year, its first knelpunt, and what it says of a second thing.
fn edition(year: i32, title: &str, says: &str) -> String {
    let before = "Van alle muren die wij beheren staat de helft er langer dan zestig jaar, en dat is aan het metselwerk te zien: \
        de onderste lagen zijn zacht geworden, de bovenste scheef, en wie er een steen uit neemt houdt meestal zand over. ";
    let after = "Wat wij ervan zeggen geldt voor het hele gebied, van de oude haven tot en met de buitenkom, en is gemeten vanaf \
        het water, met de duikers die wij nog hebben en met de peilstok waar die niet konden komen. ";
    format!(
        "---\ntitle: Stand van de kademuren {year}\npublisher: Dienst Kades en Kranen (DKK)\ndate: {}-02-01\nlang: nl\n---\n\n\
         # Stand van de kademuren {year}\n\n# 1 Wat wij zagen\n\n## 1.1 Muren\n\n{before}\n\n{says}\n\n{after}\n\n\
         # 2 Knelpunten\n\n## Knelpunt 1\n\n### {title}\n\n\
         Een muur die zakt, zakt {} millimeter per winter verder dan wij dachten.\n\n\
         #### Wat vragen wij aan de minister\n\n- Geef ons {} duikers erbij.\n",
        year + 1,
        year - 2010,
        year - 2000,
    )
}

/// Four editions, with one year between them missing.
fn desk() -> Desk {
    let of = |year, title: &str, says: &str| (format!("kades-{year}.md"), edition(year, title, says));
    let files = [
        of(
            2021,
            "Duikers zijn schaars",
            "Het voegwerk van de westmuur laat los bij elke storm, en sinds de laatste twee winters ook daarbuiten; de beheerder van de sluis heeft er borden bij gezet, want wie eronder vaart krijgt zand en grind op het dek.",
        ),
        of(
            2022,
            "Duikers zijn schaars",
            "De kranen draaien weer, de bolders zijn geverfd en de trappen hebben eindelijk leuningen gekregen die niet bij de eerste aanraking in het water vallen, zoals die van het jaar ervoor allemaal deden.",
        ),
        of(
            2024,
            "Wie betaalt de damwand",
            "Ook het voegwerk langs de zuidkade moet over, zegt de aannemer die er vorig jaar nog mee klaar dacht te zijn; hij noemt een bedrag waarvoor je ook een nieuwe kade kunt bouwen, en heeft daar misschien gelijk in.",
        ),
        of(
            2025,
            "Schaarse duikers blijven weg",
            "Opnieuw viel voegwerk in het water, nu naast de veerstoep waar 's ochtends de scholieren staan te wachten; niemand raakte gewond, maar de wethouder kwam kijken en vroeg waarom het er de vorige keer ook al stond.",
        ),
    ];
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    Desk::of(&files)
}

/// A reader who has put all that is said of pointing to a knelpunt.
fn coded(desk: &Desk, w: u16, h: u16) -> Reader {
    let mut reader = desk.sit(w, h, Lang::Nl);
    reader.press("s").write("voegwerk");
    reader.press("tab A c").write("Slecht voegwerk");
    reader.press("enter");
    assert_eq!(reader.inline.app.notebook.len(), 3, "{}", reader.text());
    reader
}

/// The left half of a wide screen, in one line.
fn list(reader: &Reader) -> String {
    reader.rows().iter().map(|r| r.chars().take(64).collect::<String>() + "\n").collect()
}

fn entries(reader: &Reader) -> usize {
    reader.inline.app.dossier.of.as_ref().map_or(0, |d| d.entries().count())
}

#[test]
fn hits_of_three_editions_make_a_dossier_that_is_read_and_undone() {
    let desk = desk();
    let mut reader = coded(&desk, 140, 40);
    reader.press("g k enter");
    assert_eq!(reader.inline.app.view, View::Dossier, "{}", reader.text());
    assert_eq!(entries(&reader), 3);
    for said in ["Slecht voegwerk", "keert terug: in 3 van de laatste 4 edities (2021, 2024,", "niet in 2022"] {
        reader.must_show(said);
    }
    reader.must_show("geen rapport over 2023");
    // the cursor stands on the latest passage, and the text beside the list shows it
    reader.must_show("“Opnieuw viel voegwerk in het water");
    let at = reader.inline.app.dossier.list.at();
    let listed = reader.inline.app.listed_here();
    // read it there, and come back to the same row by either key
    for back in ["ctrl-o", "q"] {
        reader.press("enter");
        assert_eq!(reader.inline.app.view, View::Read, "{}", reader.text());
        reader.must_show("2025 › 1 Wat wij zagen › 1.1 Muren");
        reader.press(back);
        assert_eq!(reader.inline.app.view, View::Dossier, "{back}");
        assert_eq!((reader.inline.app.dossier.list.at(), reader.inline.app.listed_here()), (at, listed.clone()));
    }
    // what follows a jump in the text is stepped back through first
    reader.press("enter ] k ctrl-o");
    assert_eq!(reader.inline.app.view, View::Read);
    reader.press("ctrl-o");
    assert_eq!(reader.inline.app.view, View::Dossier);
    // taken out of the knelpunt, and back again
    reader.press("X");
    assert_eq!(entries(&reader), 2, "{}", reader.text());
    assert_eq!(reader.inline.app.notebook.len(), 3, "the note itself stays");
    reader.press("u");
    assert_eq!(entries(&reader), 3);
    // several at once are one step
    reader.press("g g j j j space j space X");
    assert_eq!(entries(&reader), 1, "{}", reader.text());
    reader.press("u");
    assert_eq!(entries(&reader), 3);
    // the coding itself: the knelpunt is gone, and the dossier says so
    reader.press("u");
    reader.must_show("Dit knelpunt is er niet meer.");
    reader.press("ctrl-r");
    assert_eq!(entries(&reader), 3);
    reader.press("q");
    assert_eq!(reader.inline.app.view, View::Knelpunten);
}

#[test]
fn groups_fold_and_a_passage_opens_in_place() {
    let desk = desk();
    let mut reader = coded(&desk, 140, 40);
    reader.press("g k enter");
    assert!(!list(&reader).contains("peilstok"), "{}", reader.text());
    let rows = reader.inline.app.dossier.rows.len();
    reader.press("l");
    assert!(list(&reader).contains("peilstok"), "{}", reader.text());
    same("dossier-opened-140x40", &reader);
    reader.press("h");
    assert!(!list(&reader).contains("peilstok"), "{}", reader.text());
    // to the year, fold it, to the organisation, fold that
    reader.press("h h");
    assert_eq!(reader.inline.app.dossier.rows.len(), rows - 1, "{}", reader.text());
    reader.press("h h");
    assert!(!reader.shows("▾ 2024"), "{}", reader.text());
    reader.press("l z");
    assert!(reader.shows("▸ 2024"), "{}", reader.text());
    reader.press("z / ").write("aannemer");
    reader.press("enter");
    assert!(reader.shows("▾ 2024") && !list(&reader).contains("2021 ·"), "{}", reader.text());
    reader.press("esc");
    assert!(list(&reader).contains("2021 ·"), "{}", reader.text());
}

#[test]
fn a_found_knelpunt_has_a_dossier_of_its_own() {
    let desk = desk();
    let mut reader = desk.sit(140, 40, Lang::Nl);
    reader.press("enter g g ] k");
    // from the text: the knelpunt one reads
    reader.press("g d");
    reader.must_show("Duikers zijn schaars");
    reader.must_show("niet meer onder deze titel sinds 2022");
    reader.must_show("Schaarse duikers blijven weg");
    same("dossier-found-140x40", &reader);
    // what is asked there is read there
    reader.press("j enter");
    assert_eq!(reader.inline.app.view, View::Read);
    reader.must_show("Wat vragen wij aan de minister");
    reader.press("q q");
    assert_eq!(reader.inline.app.view, View::Read, "back to where it was opened from");
    reader.press("g g g d");
    assert_eq!(reader.inline.app.view, View::Read, "no knelpunt on the first line");
}

#[test]
fn the_dossier_in_pictures() {
    for (w, h, size) in [(80, 24, "80x24"), (140, 40, "140x40")] {
        let desk = desk();
        let mut reader = coded(&desk, w, h);
        reader.press("g k enter");
        same(&format!("dossier-{size}"), &reader);
    }
}

#[test]
fn an_empty_dossier_says_what_to_do() {
    let desk = desk();
    std::fs::create_dir_all(desk.home.path().join("data")).unwrap();
    let register = "[[knelpunt]]\nid = \"bolders\"\ntitle = \"Roestige bolders\"\ndescription = \"Palen die hun werk niet meer doen.\"\n\
        synonyms = [\"meerpalen\"]\nstatus = [{ status = \"open\", date = 2024-05-01 }, { status = \"promised\", date = 2025-06-02, source = \"brief\" }]\n";
    std::fs::write(desk.home.path().join("data/knelpunten.toml"), register).unwrap();
    for (w, h, size) in [(80, 24, "80x24"), (140, 40, "140x40")] {
        let mut reader = desk.sit(w, h, Lang::Nl);
        reader.press("g k enter");
        reader.must_show("Nog niets bij dit knelpunt.");
        same(&format!("dossier-empty-{size}"), &reader);
    }
}

#[test]
fn the_heat_map_in_pictures() {
    for (w, h, size) in [(80, 24, "80x24"), (140, 40, "140x40")] {
        let desk = desk();
        let mut reader = coded(&desk, w, h);
        reader.press("g k");
        if w < 120 {
            assert!(!reader.shows("Kaart"), "{}", reader.text());
            reader.press("v");
        }
        same(&format!("heatmap-year-{size}"), &reader);
        // several organisations: the demonstration library
        let desk = Desk::new();
        let mut reader = desk.sit(w, h, Lang::Nl);
        reader.press("g k V");
        same(&format!("heatmap-org-{size}"), &reader);
    }
}

#[test]
fn the_heat_map_follows_the_list_and_stands_in_its_place() {
    let desk = desk();
    let mut reader = coded(&desk, 140, 40);
    reader.press("g k");
    // the row of the cursor in words, with the gap and the year that has no report
    reader.must_show("Slecht voegwerk: 2021 1 passage; 2022 niets; 2024 1 passage; 2025");
    let row = |reader: &Reader, words: &str| reader.rows().into_iter().find(|r| r.contains(words) && r.contains('░'));
    let cells = row(&reader, "◆ Slecht voegwerk ").unwrap_or_else(|| panic!("{}", reader.text()));
    let cells: Vec<&str> = cells.split("◆ Slecht voegwerk ").last().unwrap().split_whitespace().collect();
    assert_eq!(cells[..4], ["░1", "·", "░1", "░1"], "{}", reader.text());
    // the next one in the list
    reader.press("j");
    reader.must_show("Duikers zijn schaars: 2021 1 gevonden; 2022 1 gevonden; 2024 niets; 2025");
    // in place of the list: its own cursor, which Enter opens the dossier of
    reader.press("v g g enter");
    assert_eq!(reader.inline.app.view, View::Dossier, "{}", reader.text());
    reader.must_show("keert terug");
    reader.press("q");
    reader.must_show("Kaart · knelpunten × jaren");
    // sideways, when there are more years than fit
    reader.inline.resize(42, 20);
    reader.press("( ( h");
    reader.must_show("2021");
    reader.press(") ) ) ) )");
    reader.must_show("2025");
    reader.press("/").write("damwand");
    reader.press("enter");
    assert!(!reader.shows("Slecht voegwerk") && reader.shows("damwand"), "{}", reader.text());
    reader.press("esc q");
    assert!(!reader.shows("Kaart ·"), "{}", reader.text());
    for (w, h) in [(1, 1), (40, 10), (120, 26), (139, 12), (0, 0), (200, 60)] {
        reader.inline.resize(w, h);
        reader.press("v V j ) ( G v j v g g");
    }
}

#[test]
fn the_dossier_on_the_command_line() {
    let desk = desk();
    let run = |args: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_kantlijn"));
        for (name, folder) in [("DATA", "data"), ("CACHE", "cache"), ("STATE", "state")] {
            command.env(format!("KANTLIJN_{name}_DIR"), desk.home.path().join(folder));
        }
        let out = command.arg("dossier").args(args).arg(desk.reports.path()).output().unwrap();
        (out.status.code(), String::from_utf8(out.stdout).unwrap())
    };
    drop(coded(&desk, 120, 36));
    let (code, text) = run(&["slecht-voegwerk", "--json"]);
    let object: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!((code, &object["type"]), (Some(0), &"dossier".into()));
    assert_eq!(object["runs"][0]["verdict"], "returning", "{text}");
    assert_eq!(object["runs"][0]["missing"], serde_json::json!([2022]));
    assert_eq!(object["passages"].as_array().unwrap().len(), 3);
    let (code, text) = run(&["slecht-voegwerk", "--lang", "nl"]);
    assert!(code == Some(0) && text.contains("keert terug: in 3 van de laatste 4 edities"), "{text}");
    assert_eq!(run(&["zoiets-is-er-niet"]).0, Some(1));
}

/// A register with one knelpunt, and nothing put to it.
fn registered(desk: &Desk, names: &str) {
    std::fs::create_dir_all(desk.home.path().join("data")).unwrap();
    let register = format!("[[knelpunt]]\nid = \"voegen\"\n{names}\n");
    std::fs::write(desk.home.path().join("data/knelpunten.toml"), register).unwrap();
}

fn suggested(reader: &Reader) -> usize {
    reader.inline.app.dossier.rows.iter().filter(|r| matches!(r, kantlijn::app::dossier::Row::Suggested(_))).count()
}

#[test]
fn passages_are_suggested_and_put_to_the_knelpunt() {
    let desk = desk();
    registered(&desk, "title = \"Muren laten los\"\nsynonyms = [\"voegwerk\"]");
    let mut reader = desk.sit(140, 40, Lang::Nl);
    reader.press("g k enter");
    reader.must_show("Voorstellen").must_show("Nog niets bij dit knelpunt.");
    assert_eq!(suggested(&reader), 3, "{}", reader.text());
    same("dossier-suggested-140x40", &reader);
    // the best one is read in its report, and put to the knelpunt from the list
    reader.press("j enter");
    assert_eq!(reader.inline.app.view, View::Read, "{}", reader.text());
    reader.press("q c");
    assert!(reader.inline.app.overlay.is_none(), "{}", reader.text());
    assert_eq!((entries(&reader), suggested(&reader)), (1, 2), "{}", reader.text());
    assert!(
        matches!(reader.inline.app.listed_here(), Some(kantlijn::app::views::Listed::Passage(..))),
        "{}",
        reader.text()
    );
    // the others at once, in one step
    reader.press("G space k space c");
    assert_eq!((entries(&reader), suggested(&reader)), (3, 0), "{}", reader.text());
    assert!(!reader.shows("Voorstellen"), "{}", reader.text());
    let notes: Vec<_> = reader.inline.app.notebook.all().map(|n| n.knelpunten.clone()).collect();
    assert_eq!(notes, vec![vec!["voegen".to_owned()]; 3]);
    reader.press("u");
    assert_eq!((entries(&reader), suggested(&reader)), (1, 2), "{}", reader.text());
    reader.press("u");
    assert_eq!((entries(&reader), suggested(&reader)), (0, 3), "{}", reader.text());
    // narrow, with the query the reader saved before the names
    reader.press("q");
    registered(&desk, "title = \"Zand\"\nquery = \"bolders OF voegwerk -wethouder\"");
    let mut reader = desk.sit(80, 24, Lang::Nl);
    reader.press("g k enter");
    // three by the query, then one of each edition by the name
    assert_eq!(suggested(&reader), 7, "{}", reader.text());
    let first = |n| reader.inline.app.dossier.suggestion(n).unwrap().snippet.clone();
    assert!((0..3).all(|n| first(n).contains("bolders") || first(n).contains("voegwerk")), "{}", reader.text());
    same("dossier-suggested-80x24", &reader);
}

#[test]
fn names_full_of_signs_ask_for_their_words_only() {
    let synonyms = ["\"kade", "jaar:2024)", "-NIET (OF", "/muur[/", "~=x*", "+ - *"].map(str::to_owned).to_vec();
    let title = "AND: (een) \"naam\"/ OF".to_owned();
    let made = kantlijn::knelpunt::register::Made { title, synonyms, ..Default::default() };
    for query in kantlijn::knelpunt::suggest::queries(&made) {
        let read = kantlijn::search::Query::parse(&query);
        assert!(!read.is_empty() && read.said().is_empty(), "{query}: {:?}", read.said());
    }
}

#[test]
fn what_a_found_knelpunt_brings_in_is_not_suggested() {
    let desk = desk();
    registered(&desk, "title = \"Duikers\"");
    let mut reader = desk.sit(140, 40, Lang::Nl);
    reader.press("g k enter");
    let all = suggested(&reader);
    let found = reader.inline.app.shelf.found()[0].found.id.clone();
    registered(&desk, &format!("title = \"Duikers\"\nincludes = [\"{found}\"]"));
    let mut reader = desk.sit(140, 40, Lang::Nl);
    reader.press("g k enter");
    assert!(0 < suggested(&reader) && suggested(&reader) < all, "{all}: {}", reader.text());
}

#[test]
fn the_dossier_is_written_to_a_file_and_its_status_said() {
    let desk = desk();
    let mut reader = coded(&desk, 140, 40);
    let out = tempfile::tempdir().unwrap();
    // a made one, and a found one
    for (keys, name, says) in [("g k enter", "gemaakt.md", "Slecht voegwerk"), ("q j enter", "gevonden.md", "uikers")] {
        reader.press(keys);
        assert_eq!(reader.inline.app.view, View::Dossier, "{}", reader.text());
        let file = out.path().join(name);
        reader.press("g g x ctrl-u").write(file.to_str().unwrap());
        reader.press("enter");
        let text = std::fs::read_to_string(&file).unwrap_or_else(|e| panic!("{e}: {}", reader.text()));
        assert!(text.contains(says), "{text}");
    }
    // where it stands is asked of the knelpunt, not of a note
    reader.press("q g g enter g g S");
    same("dossier-status-140x40", &reader);
    reader.press("ctrl-s");
    assert!(reader.inline.app.overlay.is_none(), "{}", reader.text());
    assert_eq!(reader.inline.app.notebook.register[0].status.len(), 1, "{}", reader.text());
    reader.must_show("status: ");
}
