//! Saved queries: kept in a file of the reader's, asked by name, and what is new since the last time.

use crate::cli::Cli;
use crate::harness::{Desk, Reader};
use crate::screens::same;
use kantlijn::app::search::Row;
use kantlijn::doc::Lang;
use serde_json::Value;
use std::fs;

const LATER: &str = "# Veerdienst Oostmeer, jaarbericht 2025\n\n## 1 Dienstregeling\n\n\
    De schippers kregen in de zomer een vierde ploeg.\n";

/// The snippets of the hits of a run, and its end.
fn hits(rows: &[Value]) -> (Vec<&str>, &Value) {
    let end = rows.last().unwrap();
    assert_eq!(end["type"], "end");
    (rows[..rows.len() - 1].iter().map(|h| h["snippet"].as_str().unwrap()).collect(), end)
}

#[test]
fn saved_listed_and_asked_by_name() {
    let cli = Cli::new();
    cli.run(&["search", "--saved"]).code(1);
    let saved = cli.run(&["search", "--save", "Bemanning", "schipper", "reports", "--sort", "year"]).ok();
    assert!(saved.err.contains("Bemanning") && saved.out.contains("schippers"), "{} {}", saved.err, saved.out);
    let list = cli.run(&["search", "--saved", "--json"]).ok().json();
    assert_eq!((list.len(), &list[0]["name"], &list[0]["query"]), (1, &"Bemanning".into(), &"schipper".into()));
    assert_eq!((&list[0]["type"], &list[0]["sort"]), (&"saved".into(), &"year".into()));
    let file = fs::read_to_string(cli.path("data/searches.toml")).unwrap();
    assert!(file.contains("name = \"Bemanning\"") && file.contains("created = "), "{file}");
    // the same as asking it, in the order it was saved with
    let asked = cli.run(&["search", "--saved", "bemanning", "reports", "--json"]).ok().json();
    let typed = cli.run(&["search", "schipper", "reports", "--json", "--sort", "year"]).ok().json();
    assert_eq!(hits(&asked).0, hits(&typed).0);
    assert_eq!(hits(&asked).1["saved"], "Bemanning");
    assert!(typed.iter().all(|row| row.get("saved").is_none() && row.get("new").is_none()));
    let unknown = cli.run(&["search", "--saved", "Vracht", "reports"]).code(2);
    assert!(unknown.err.contains("Vracht") && unknown.err.contains("Bemanning"), "{}", unknown.err);
    cli.run(&["search", "--saved", "--new"]).code(2);
    cli.run(&["search", "--save", "", "x", "reports"]).code(2);
    cli.run(&["search", "--new", "x", "reports"]).code(2);
}

#[test]
fn a_file_written_by_hand_is_read_and_a_broken_one_is_said_and_left_alone() {
    let cli = Cli::new();
    fs::create_dir(cli.path("data")).unwrap();
    cli.write("data/searches.toml", "# mijn\n[[search]]\nname = 'Kolk'\nquery = 'kolk'\n");
    cli.run(&["search", "--saved", "kolk", "reports"]).ok();
    cli.run(&["search", "--save", "Vaart", "nachtvaart", "reports"]).ok();
    let text = fs::read_to_string(cli.path("data/searches.toml")).unwrap();
    assert!(text.starts_with("# mijn\n") && text.contains("name = 'Kolk'") && text.contains("Vaart"), "{text}");
    cli.write("data/searches.toml", "[[search]\n");
    let broken = cli.run(&["search", "--saved", "kolk", "reports"]).code(2);
    assert!(broken.err.contains("searches.toml") && broken.err.contains("line 1"), "{}", broken.err);
    cli.run(&["search", "--save", "Vaart", "nachtvaart", "reports"]).code(2);
    assert!(cli.run(&["doctor", "reports"]).ok().out.contains("searches.toml"));
    assert_eq!(fs::read_to_string(cli.path("data/searches.toml")).unwrap(), "[[search]\n");
}

#[test]
fn only_what_is_new_is_told_and_only_once() {
    let cli = Cli::new();
    let new = ["search", "--saved", "Bemanning", "--new", "reports"];
    cli.run(&["search", "--save", "Bemanning", "schippers", "reports"]).ok();
    // saved with these hits in sight: nothing is new, and cron has nothing to mail
    let quiet = cli.run(&new).code(1);
    assert_eq!((quiet.out.as_str(), quiet.err.as_str()), ("", ""));
    cli.write("reports/later.md", LATER);
    // asked without --new it is told which are new, and they stay so
    let all = cli.run(&["search", "--saved", "Bemanning", "reports", "--json"]).ok().json();
    let fresh: Vec<_> = all.iter().filter(|h| h["new"] == true).map(|h| h["file"].as_str().unwrap()).collect();
    assert_eq!((fresh, &all.last().unwrap()["new"]), (vec!["later.md"], &1.into()));
    let told = cli.run(&[&new[..], &["--json"]].concat()).ok().json();
    let (snippets, end) = hits(&told);
    assert_eq!((snippets.len(), end["total"].as_u64(), end["new"].as_u64()), (1, Some(1), Some(1)));
    assert!(snippets[0].contains("vierde ploeg"));
    let again = cli.run(&[&new[..], &["--json"]].concat()).code(1).json();
    assert_eq!((again.len(), again[0]["total"].as_u64()), (1, Some(0)));
}

#[test]
fn a_report_that_is_moved_rewrapped_or_shifted_has_no_new_hits() {
    let cli = Cli::new();
    let new = ["search", "--saved", "Bemanning", "--new", "reports", "--json"];
    cli.run(&["search", "--save", "Bemanning", "schippers", "reports"]).ok();
    let veer = fs::read_to_string(cli.path("reports/veer.md")).unwrap();
    fs::remove_file(cli.path("reports/veer.md")).unwrap();
    let shifted = veer
        .replace("\n\n## 1", "\n\nEen alinea vooraf over iets anders.\n\n## 1")
        .replace("winter twee", "winter\ntwee")
        .replace("schippers waren", "**schippers**  waren");
    assert_ne!(shifted, veer);
    cli.write("reports/verplaatst.md", &shifted);
    cli.run(&new).code(1);
    cli.run(&["index", "reports", "--rebuild"]).ok();
    cli.run(&new).code(1);
    // another figure is another passage
    cli.write("reports/verplaatst.md", shifted.replace("twee uur", "drie uur"));
    let told = cli.run(&new).ok().json();
    assert_eq!(hits(&told).1["total"], 1);
    // one that was away for a while was told already
    let sluis = fs::read_to_string(cli.path("reports/sluis.md")).unwrap();
    fs::remove_file(cli.path("reports/sluis.md")).unwrap();
    cli.run(&new).code(1);
    // and a chapter that has another number now has the same passages
    cli.write("reports/sluis.md", sluis.replace("## 2 Storingen", "## 2 Bediening\n\nOp afstand.\n\n## 3 Storingen"));
    cli.run(&new).code(1);
}

#[test]
fn each_library_and_query_has_its_own_memory_and_what_a_limit_leaves_comes_next() {
    let cli = Cli::new();
    fs::create_dir(cli.path("data")).unwrap();
    cli.write("data/searches.toml", "[[search]]\nname = 'Bemanning'\nquery = 'schippers'\n");
    let total =
        cli.run(&["search", "schippers", "reports", "--json"]).ok().json().last().unwrap()["total"].as_u64().unwrap();
    assert!(total > 1);
    // never asked here before: all of it is new, a part at a time
    let one = ["search", "--saved", "Bemanning", "--new", "reports", "--json", "--limit", "1"];
    let mut told = Vec::new();
    for left in (1..=total).rev() {
        let rows = cli.run(&one).ok().json();
        assert_eq!(rows.last().unwrap()["total"].as_u64(), Some(left));
        told.push(rows[0]["snippet"].as_str().unwrap().to_owned());
    }
    cli.run(&one).code(1);
    told.sort();
    told.dedup();
    assert_eq!(told.len() as u64, total);
    // another library knows nothing of it
    cli.run(&["search", "--saved", "Bemanning", "--new", "reports/veer.md"]).ok();
    // another query under the same name begins anew; another name for the same query goes on
    cli.write("data/searches.toml", "[[search]]\nname = 'Bemanning'\nquery = 'schippers ploeg'\n[[search]]\nname = 'Varenden'\nquery = 'schippers'\n");
    cli.run(&one).ok();
    cli.run(&["search", "--saved", "Varenden", "--new", "reports"]).code(0);
}

#[test]
fn what_cannot_be_remembered_is_said() {
    let cli = Cli::new();
    cli.run(&["search", "--save", "Bemanning", "schippers", "reports"]).ok();
    fs::remove_dir_all(cli.path("state/searches")).unwrap();
    cli.write("state/searches", "no folder");
    let told = cli.run(&["search", "--saved", "Bemanning", "--new", "reports"]).ok();
    assert!(told.err.contains("Bemanning"), "{}", told.err);
}

/// A desk whose reader has asked and saved something.
fn saved_desk(w: u16, h: u16, lang: Lang) -> (Desk, Reader) {
    let desk = Desk::new();
    let mut reader = desk.sit(w, h, lang);
    reader.press("s").write("vergunning jaar:2025").press("ctrl-s");
    for _ in 0.."vergunning jaar:2025".len() {
        reader.press("backspace");
    }
    reader.write("Vergunningen dit jaar").press("enter");
    reader.press("esc s");
    reader.inline.app.search.input.set("");
    reader.write("brug").press("tab esc");
    (desk, reader)
}

#[test]
fn a_search_is_saved_from_the_box_and_asked_again_from_the_empty_one() {
    let (desk, mut reader) = saved_desk(120, 36, Lang::Nl);
    let text = fs::read_to_string(desk.home.path().join("data/searches.toml")).unwrap();
    assert!(text.contains("name = \"Vergunningen dit jaar\"") && text.contains("jaar:2025"), "{text}");
    // the next day
    drop(reader);
    reader = desk.sit(120, 36, Lang::Nl);
    reader.press("g s");
    let app = &reader.inline.app;
    let Row::Saved(row) = &app.search.rows[0] else { panic!("{:?}", app.search.rows) };
    assert_eq!((row.name.as_str(), row.new.as_str()), ("Vergunningen dit jaar", ""));
    assert!(row.hits.parse::<u32>().unwrap() > 1, "{row:?}");
    assert!(app.search.rows.contains(&Row::Past("brug".into())), "{:?}", app.search.rows);
    reader.press("enter");
    let app = &reader.inline.app;
    assert_eq!(app.search.input.text(), "vergunning jaar:2025");
    assert!(app.search.results.as_ref().unwrap().total > 1 && !app.search.typing);
    reader.must_show("★ Vergunningen dit jaar");
}

#[test]
fn renamed_dropped_and_brought_back() {
    let (desk, mut reader) = saved_desk(120, 36, Lang::Nl);
    let names = || {
        let text = fs::read_to_string(desk.home.path().join("data/searches.toml")).unwrap();
        text.lines().filter_map(|l| l.strip_prefix("name = ")).map(str::to_owned).collect::<Vec<_>>()
    };
    reader.press("g s alt-s i").write(" en volgend").press("enter");
    assert_eq!(names(), ["\"Vergunningen dit jaar en volgend\""]);
    reader.press("D");
    assert_eq!(names(), Vec::<String>::new());
    assert!(!reader.inline.app.search.rows.iter().any(|r| matches!(r, Row::Saved(_))));
    reader.press("u");
    assert_eq!(names(), ["\"Vergunningen dit jaar en volgend\""]);
    reader.must_show("Vergunningen dit jaar en volgend");
    // nothing saved, nothing named: said
    reader.press("s ctrl-s");
    assert!(reader.inline.app.overlay.is_none() && reader.inline.app.notice.is_some());
}

#[test]
fn what_was_asked_comes_back_with_up_also_the_next_day() {
    let desk = Desk::new();
    let mut reader = desk.sit(120, 36, Lang::Nl);
    for word in ["brug", "sluis"] {
        reader.press("s");
        reader.inline.app.search.input.set("");
        reader.write(word).press("enter esc");
    }
    drop(reader);
    let mut reader = desk.sit(120, 36, Lang::En);
    let text = |r: &Reader| r.inline.app.search.input.text();
    reader.press("s up");
    assert_eq!(text(&reader), "sluis");
    reader.press("up");
    assert_eq!(text(&reader), "brug");
    reader.press("down");
    assert_eq!(text(&reader), "sluis");
    reader.press("down");
    assert_eq!(text(&reader), "");
    // among the hits the same keys go by hits
    reader.write("brug").press("down");
    assert_eq!(text(&reader), "brug");
}

#[test]
fn new_hits_are_counted_and_marked_until_they_were_looked_at() {
    let (desk, reader) = saved_desk(120, 36, Lang::Nl);
    drop(reader);
    let report = "# Nieuw verslag van de vergunningen 2025\n\n## Stand\n\nEen nieuwe vergunning werd in 2025 nog dezelfde dag verleend.\n";
    fs::write(desk.reports.path().join("nieuw.md"), report).unwrap();
    let mut reader = desk.sit(120, 36, Lang::Nl);
    reader.press("g s");
    let Row::Saved(row) = reader.inline.app.search.rows[0].clone() else { panic!("{}", reader.text()) };
    assert!(row.new.starts_with(['1', '2']), "{row:?}");
    reader.must_show(&format!("● {}", row.new));
    same("saved-new-120x36", &reader);
    reader.press("enter");
    reader.must_show("● nieuw");
    let marked = reader.rows().iter().filter(|r| r.contains("● nieuw")).count();
    assert_eq!(Some(marked.to_string().as_str()), row.new.split(' ').next());
    // looked at: no longer new
    reader.press("alt-s");
    let Row::Saved(row) = &reader.inline.app.search.rows[0] else { panic!("{}", reader.text()) };
    assert_eq!(row.new, "");
}

#[test]
fn saved_searches_on_the_screen() {
    for (w, h, lang, size) in [(80, 24, Lang::Nl, "nl-80x24"), (140, 40, Lang::En, "en-140x40")] {
        let (desk, reader) = saved_desk(w, h, lang);
        drop(reader);
        let mut reader = desk.sit(w, h, lang);
        reader.press("g s alt-s");
        same(&format!("saved-list-{size}"), &reader);
        reader.press("enter ctrl-s").must_show(": Vergunningen dit jaar");
        reader.press("esc :").write("verg dit");
        reader.must_show("★ Vergunningen dit jaar");
    }
}

#[test]
fn the_file_may_be_edited_beside_the_screens() {
    let (desk, mut reader) = saved_desk(120, 36, Lang::Nl);
    let file = desk.home.path().join("data/searches.toml");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, format!("{text}\n[[search]]\nname = 'Met de hand'\nquery = 'sluis'\nsort = 'order'\n")).unwrap();
    reader.press("g s alt-s").must_show("Met de hand");
    fs::write(&file, "[[search]\n").unwrap();
    reader.press("g r g s");
    assert!(reader.inline.app.notice.as_ref().unwrap().text.contains("searches.toml"));
    assert_eq!(fs::read_to_string(&file).unwrap(), "[[search]\n");
}
