//! Two editions side by side: what belongs together stands together, what differs is marked, what is the same is not in
//! the way.

use crate::harness::{Desk, Reader};
use kantlijn::app::View;
use kantlijn::app::compare::{Mark, Side};
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
