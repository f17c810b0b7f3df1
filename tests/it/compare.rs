//! Two editions side by side: what belongs together stands together, what differs is marked, what is the same is not in
//! the way.

use crate::cli::Cli;
use crate::harness::{Desk, Reader};
use kantlijn::app::View;
use kantlijn::app::compare::{Item, Mark, Side};
use kantlijn::doc::Lang;

/// Two editions of a report: a figure and a word changed, a paragraph new, one gone, a section moved, much the same.
fn editions() -> (String, String) {
    let same = |n: usize| {
        format!("De dienst onderhield in wijk {n} de kades, de bolders en de trappen zoals in het jaar daarvoor.\n\n")
    };
    let all = (1..9).map(same).collect::<String>();
    let rest =
        "## 3 Bomen\n\nLangs de vaart staan oude iepen die bij storm op het pad vallen en niemand ruimt ze op.\n\n";
    let old = format!(
        "# Staat van de kades 2030\n\n## 1 Herstel\n\nHet herstel van de noordkade kostte 12 miljoen euro en duurde tot \
         in de herfst.\n\n{all}De pont werd in mei afgeschaft omdat er geen schipper meer voor te vinden was.\n\n\
         ## 2 Toezicht\n\nWij houden toezicht op alle steigers.\n\n{rest}"
    );
    let new = format!(
        "# Staat van de kades 2031\n\n{rest}## 1 Herstel\n\nHet herstel van de noordkade kostte 21 miljoen euro en \
         duurde tot diep in de herfst.\n\n{all}## 2 Toezicht\n\nWij houden geen toezicht meer op alle steigers.\n\n\
         Een nieuwe ploeg inspecteert voortaan de bruggen, de duikers en de gemalen in het hele gebied.\n\n"
    );
    (old, new)
}

fn sit(w: u16, h: u16, lang: Lang) -> (Desk, Reader) {
    let (old, new) = editions();
    let desk = Desk::of(&[("kades-2030.md", &old), ("kades-2031.md", &new)]);
    let mut reader = desk.sit(w, h, lang);
    reader.press("ctrl-p").write("kades 2031").press("enter");
    assert_eq!(reader.inline.app.view, View::Read, "{}", reader.text());
    (desk, reader)
}

fn marked(reader: &Reader, mark: Mark) -> usize {
    let rows = &reader.inline.app.compare.rows;
    rows.iter().flat_map(|r| r.left.iter().chain(&r.right)).filter(|s| s.mark == mark).count()
}

#[test]
fn an_edition_stands_beside_the_one_before_it() {
    let (_desk, mut reader) = sit(140, 40, Lang::Nl);
    let spot = reader.inline.app.reader.spot();
    reader.press("g c");
    assert_eq!(reader.inline.app.view, View::Compare, "{}", reader.text());
    let compared = reader.inline.app.compare.compared.clone().unwrap();
    assert!(compared.old.0.file.ends_with("2030.md") && compared.new.0.file.ends_with("2031.md"));
    assert!(compared.found.counts.differing() > 0);
    reader.must_show("2030").must_show("2031");
    let (_, of) = reader.inline.app.compare.count();
    assert!(of > 2);
    // from change to change, counted
    reader.press("] c");
    reader.must_show(&format!("wijziging 1 van {of}"));
    reader.press("] c");
    reader.must_show(&format!("wijziging 2 van {of}"));
    reader.press("[ c");
    assert_eq!(reader.inline.app.compare.count().0, 1);
    // folded, the same changes remain and what is the same is said
    let before = reader.inline.app.compare.items.len();
    reader.press("z");
    assert!(reader.inline.app.compare.items.len() < before);
    assert_eq!(reader.inline.app.compare.count().1, of);
    reader.press("G");
    let end = reader.text();
    reader.press("z");
    assert_eq!(reader.inline.app.compare.items.len(), before, "{end}");
    // to the end and back: every row stands where it stood
    reader.press("g g");
    let top = reader.text();
    reader.press("ctrl-f ctrl-f ctrl-f ctrl-b ctrl-b ctrl-b ctrl-b ctrl-b g g");
    assert_eq!(reader.text(), top);
    // out again, to where the reader was
    reader.press("q");
    assert_eq!((reader.inline.app.view, reader.inline.app.reader.spot()), (View::Read, spot));
}

#[test]
fn enter_reads_the_side_that_is_active() {
    let (_desk, mut reader) = sit(140, 40, Lang::Nl);
    reader.press("g c ] c");
    reader.press("h");
    assert_eq!(reader.inline.app.compare.active, Side::Old);
    reader.press("l enter");
    assert_eq!(reader.inline.app.view, View::Read);
    assert!(reader.inline.app.reader.open.as_ref().unwrap().file.ends_with("2031.md"));
}

#[test]
fn words_that_differ_are_marked_in_one_text_too() {
    let (_desk, mut reader) = sit(80, 24, Lang::Nl);
    reader.press("g c");
    let compared = reader.inline.app.compare.compared.clone().unwrap();
    assert!(compared.found.counts.changed > 0);
    let mut seen = 0;
    for _ in 0..reader.inline.app.compare.count().1 {
        reader.press("] c");
        seen += marked(&reader, Mark::New) + marked(&reader, Mark::Gone) + marked(&reader, Mark::Weighty);
    }
    assert!(seen > 0);
    // any size is survived, and the cursor stays on its change
    let at = reader.inline.app.compare.count();
    for (w, h) in [(1, 1), (41, 11), (99, 12), (100, 12), (300, 90), (80, 24)] {
        reader.inline.resize(w, h);
        reader.text();
    }
    assert_eq!(reader.inline.app.compare.count(), at);
}

#[test]
fn a_report_without_another_edition_says_how_to_compare_it() {
    let desk = Desk::of(&[
        ("een.md", "# Verslag van de kade 2031\n\nDe kade is nat.\n"),
        ("twee.md", "# Brief over de brug\n\nDe brug is dicht.\n"),
    ]);
    let mut reader = desk.sit(120, 30, Lang::En);
    reader.press("ctrl-p").write("Verslag").press("enter g c");
    reader.must_show("No other edition of this report is loaded");
    // any report can be laid beside the one that is read
    reader.press("g l");
    while !matches!(reader.inline.app.listed_here(), Some(kantlijn::app::views::Listed::Report(doc))
        if reader.inline.app.shelf.entry(doc).unwrap().file.ends_with("twee.md"))
    {
        reader.press("j");
    }
    reader.press("g c");
    assert_eq!(reader.inline.app.view, View::Compare, "{}", reader.text());
}

#[test]
fn side_by_side_and_in_one() {
    for (w, h, lang, name) in
        [(140, 40, Lang::Nl, "140x40"), (80, 24, Lang::Nl, "80x24"), (80, 24, Lang::En, "en-80x24")]
    {
        let (_desk, mut reader) = sit(w, h, lang);
        reader.press("g c");
        crate::screens::same(&format!("compare-{name}"), &reader);
        reader.press("z ] c ] c ] c");
        crate::screens::same(&format!("compare-changes-{name}"), &reader);
    }
}

#[test]
fn the_palette_compares_with_each_other_edition() {
    let (_desk, mut reader) = sit(140, 40, Lang::Nl);
    reader.press("ctrl-p").write("vergelijk met 2030");
    reader.must_show("vergelijk met Staat van de kades 2030");
    reader.press("enter");
    assert_eq!(reader.inline.app.view, View::Compare, "{}", reader.text());
    let compared = reader.inline.app.compare.compared.clone().unwrap();
    assert!(compared.old.0.file.ends_with("2030.md") && compared.new.0.file.ends_with("2031.md"));
    reader.press("q");
    assert_eq!(reader.inline.app.view, View::Read);
}

#[test]
fn a_note_to_review_opens_the_two_editions_at_its_place() {
    let (old, new) = editions();
    let desk = Desk::of(&[("kades-2030.md", &old)]);
    let mut reader = desk.sit(140, 40, Lang::Nl);
    reader.press("enter g g } } a").write("duur herstel").press("ctrl-s");
    std::fs::write(desk.reports.path().join("kades-2031.md"), new).unwrap();
    reader.press("R g v");
    assert_eq!(reader.inline.app.review.items.len(), 1, "{}", reader.text());
    reader.press("g c");
    assert_eq!(reader.inline.app.view, View::Compare, "{}", reader.text());
    let compare = &reader.inline.app.compare;
    let compared = compare.compared.clone().unwrap();
    assert!(compared.old.0.file.ends_with("2030.md") && compared.new.0.file.ends_with("2031.md"));
    let Some(Item::Pair(at)) = compare.items.get(compare.current) else { panic!("{}", reader.text()) };
    let doc = &compared.new.0.doc;
    let words = doc.slice(doc.block(compared.found.pairs[*at].new.unwrap()).range);
    assert!(words.starts_with("Het herstel van de noordkade kostte 21"), "{words}");
    reader.press("q");
    assert!(reader.inline.app.reviewing());
}

/// The command on two files of these texts.
fn cli() -> Cli {
    let cli = Cli::new();
    let (old, new) = editions();
    cli.write("oud.md", &old);
    cli.write("nieuw.md", &new);
    cli
}

#[test]
fn the_command_prints_what_differs_by_section() {
    let cli = cli();
    let ran = cli.run(&["--lang", "nl", "compare", "oud.md", "nieuw.md"]).ok();
    let has = |text: &str| assert!(ran.out.contains(text), "{text}\n{}", ran.out);
    has("≠ Het herstel van de noordkade kostte [−12−] {+21+} miljoen euro en duurde tot {+diep+} in de herfst.\n");
    has("\n\n1 Herstel\n");
    has("− De pont werd in mei afgeschaft");
    has("+ Een nieuwe ploeg inspecteert");
    has("⇄ ");
    has("… 8 alinea's ongewijzigd\n");
    assert!(!ran.out.contains("in wijk 3") && !ran.out.contains('\u{1b}'), "{}", ran.out);
    let all = cli.run(&["compare", "oud.md", "nieuw.md", "--all"]).ok();
    assert!(all.out.contains("  De dienst onderhield in wijk 3") && !all.out.contains('…'), "{}", all.out);
    let coloured = cli.run(&["--color", "always", "compare", "oud.md", "nieuw.md"]).ok();
    assert!(coloured.out.contains("\u{1b}[1;31m[−12−]\u{1b}[0m \u{1b}[1;32m{+21+}\u{1b}[0m"), "{}", coloured.out);
}

#[test]
fn nothing_differs_is_said_by_the_exit_code_and_what_cannot_be_read_is_an_error() {
    let cli = cli();
    let (old, _) = editions();
    cli.write("zelfde.md", &old);
    let ran = cli.run(&["compare", "oud.md", "zelfde.md"]).code(1);
    assert!(ran.out.contains("word for word"), "{}", ran.out);
    assert_eq!(cli.run(&["compare", "--json", "oud.md", "oud.md"]).code(1).json().len(), 1);
    assert!(cli.run(&["compare", "oud.md", "weg.md"]).code(2).err.contains("weg.md"));
    assert!(cli.run(&["compare", "oud.md", "reports"]).code(2).err.contains("reports"));
    assert!(cli.run(&["compare", "oud.md#2", "nieuw.md"]).code(2).err.contains("oud.md#2"));
}

#[test]
fn the_command_tells_programs_each_difference_once() {
    let cli = cli();
    let mut rows = cli.run(&["compare", "--json", "oud.md", "nieuw.md"]).ok().json();
    let end = rows.pop().unwrap();
    assert_eq!(
        (&end["type"], &end["old"]["year"], &end["new"]["file"]),
        (&"end".into(), &2030.into(), &"nieuw.md".into())
    );
    assert!(rows.iter().all(|r| r["type"] == "difference" && r["v"] == 1));
    for fate in ["changed", "added", "removed", "moved"] {
        let told = rows.iter().filter(|r| r["fate"] == fate).count() as u64;
        assert!(told > 0 && end[fate] == told, "{fate}: {told}, {end}");
    }
    let (old, new) = editions();
    let line =
        |text: &str, at: &serde_json::Value| text.lines().nth(at.as_u64().unwrap() as usize - 1).unwrap().to_owned();
    for row in &rows {
        for (text, side, at) in [(&old, "old", "line_old"), (&new, "new", "line_new")] {
            if let Some(words) = row[side].as_str() {
                let line = line(text, &row[at]);
                assert!(line.trim_start_matches(['#', ' ']).starts_with(words), "{line} / {row}");
            }
        }
    }
    let herstel = rows.iter().find(|r| r["old"].as_str().is_some_and(|t| t.starts_with("Het herstel"))).unwrap();
    assert_eq!(herstel["section_new"], serde_json::json!(["1 Herstel"]));
    let figures: Vec<_> = herstel["words"].as_array().unwrap().iter().filter(|w| w["kind"] == "figure").collect();
    assert_eq!(figures.len(), 2, "{herstel}");
    assert_eq!((&figures[0]["op"], &figures[0]["text"]), (&"gone".into(), &"12".into()));
    assert_eq!((&figures[1]["op"], &figures[1]["text"]), (&"new".into(), &"21".into()));
    let all = cli.run(&["compare", "--json", "--all", "oud.md", "nieuw.md"]).ok().json();
    assert_eq!(all.len() as u64, rows.len() as u64 + 1 + end["same"].as_u64().unwrap());
}

#[test]
fn a_report_of_a_bundle_is_named_by_its_number() {
    let cli = Cli::new();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/import/bundle.txt");
    let bundle = std::fs::read_to_string(path).unwrap();
    let at = bundle.rfind("Advies").unwrap();
    let at = at + bundle[at..].find('\n').unwrap();
    cli.write("een.txt", &bundle);
    cli.write(
        "twee.txt",
        format!("{}\n\nDe pompen op de noordoever gaan deze winter niet open.\n{}", &bundle[..at], &bundle[at..]),
    );
    cli.run(&["compare", "een.txt#2", "twee.txt#2"]).code(1);
    let rows = cli.run(&["compare", "--json", "een.txt#3", "twee.txt#3"]).ok().json();
    let end = rows.last().unwrap();
    assert_eq!((&end["old"]["part"], &end["new"]["part"], &end["removed"]), (&3.into(), &3.into(), &0.into()), "{end}");
    // two reports of one file, and a file whose own name ends in a number
    cli.run(&["compare", "een.txt#1", "een.txt#2"]).ok();
    cli.write("een.txt#2", "# Los blad\n\nHier staat iets anders.\n");
    let rows = cli.run(&["compare", "--json", "een.txt#2", "een.txt#2"]).code(1).json();
    assert_eq!(rows.last().unwrap()["old"]["file"], "een.txt#2", "{rows:?}");
}
