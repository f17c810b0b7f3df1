//! Editions: which reports of a library are one, what the reader says of that, and notes that go along to the next one.

use crate::harness::{Desk, Reader};
use kantlijn::app::editions::families;
use kantlijn::doc::{DocId, Edition, Format, Lang, PartId, PartKind, TextRange};
use kantlijn::library::editions::{Families, Relation, ReportId};
use kantlijn::library::{Entry, EntryState, KnelpuntCounts, Mtime, PartSummary, Place, Summary};
use kantlijn::notes::ReportRef;
use kantlijn::notes::editions::{Link, Links};

/// A part: title, publisher, year.
type Part<'a> = (&'a str, &'a str, i32);

fn part(part: &Part<'_>) -> PartSummary {
    let (title, org, year) = *part;
    PartSummary {
        title: title.to_owned(),
        printed: None,
        org: Some(org.to_owned()).filter(|o| !o.is_empty()),
        year: Some(year).filter(|y| *y > 0),
        kind: PartKind::Report,
        lang: Lang::Nl,
        sections: 3,
        range: TextRange::from(0..10),
    }
}

/// A file of the library; what it holds is told from others by its name.
fn entry(file: &str, parts: &[Part<'_>]) -> Entry {
    let format = match file.rsplit('.').next() {
        Some("pdf") => Format::Pdf,
        Some("docx") => Format::Docx,
        Some("txt") => Format::Plain,
        _ => Format::Markdown,
    };
    let summary = Summary {
        format,
        parts: parts.iter().map(part).collect(),
        blocks: 9,
        bytes: 999,
        pages: 0,
        knelpunten: KnelpuntCounts::default(),
        furniture: Vec::new(),
        warnings: Vec::new(),
        corrections: 0,
    };
    let hash = Edition::of(file.as_bytes());
    Entry {
        id: DocId(u64::from_le_bytes(hash.0[..8].try_into().unwrap())),
        place: Place::Disk,
        path: file.into(),
        file: file.to_owned(),
        size: 999,
        mtime: Mtime::default(),
        edition: Some(hash),
        state: EntryState::Ready(summary),
    }
}

/// The families as lines: `file (relation), …`, parts after the first with their number.
fn shown(entries: &[Entry], families: &Families) -> Vec<String> {
    let name = |r: ReportId| {
        let file = &entries.iter().find(|e| e.id == r.doc).unwrap().file;
        if r.part == PartId(0) { file.clone() } else { format!("{file}#{}", r.part.0) }
    };
    let line = |f: &kantlijn::library::editions::Family| {
        f.members.iter().map(|m| format!("{} {}", name(m.report), m.relation.name())).collect::<Vec<_>>().join(", ")
    };
    families.all().iter().map(line).collect()
}

fn found(entries: &[Entry]) -> Vec<String> {
    shown(entries, &families(entries, &Links::default()))
}

const PONTEN: &str = "Dienst Veren en Ponten (DVP)";
const KADES: &str = "Inspectie Kades";

#[test]
fn reports_that_come_again_are_one_family_in_order() {
    let entries = [
        entry("stand-2025.pdf", &[("Stand van de veren 2025", "DVP", 2025)]),
        entry("kades-2025.md", &[("Stand van de kades 2025", KADES, 2025)]),
        entry("stand-2023.md", &[("Stand van de veren 2023", PONTEN, 2023)]),
        entry("stand-2025-herzien.md", &[("Stand van de veren 2025 (herzien)", PONTEN, 2025)]),
        entry("stand-2025.md", &[("Stand van de veren 2025", PONTEN, 2025)]),
        entry("stand-2025-concept.docx", &[("Stand van de veren 2025", PONTEN, 2025)]),
        entry("stand-2024.md", &[("Stand van de veren", PONTEN, 2024)]),
        entry("kades-2024.md", &[("Stand van de kades 2024", KADES, 2024)]),
    ];
    assert_eq!(
        found(&entries),
        [
            "stand-2023.md first, stand-2024.md next, stand-2025-concept.docx next, stand-2025.md version, \
             stand-2025.pdf format, stand-2025-herzien.md version",
            "kades-2024.md first, kades-2025.md next",
        ]
    );
}

#[test]
fn what_only_looks_alike_is_no_family() {
    let no: &[&[Entry]] = &[
        // one generic title, two publishers, and one that names none: whose is it?
        &[
            entry("a.md", &[("Jaarverslag 2024", PONTEN, 2024)]),
            entry("b.md", &[("Jaarverslag 2024", KADES, 2024)]),
            entry("c.md", &[("Jaarverslag 2025", "", 2025)]),
        ],
        // parts of one bundle, of one title
        &[entry("bundel.pdf", &[("Kadeplan Oost", PONTEN, 2024), ("Kadeplan Oost", PONTEN, 2025)])],
        &[
            entry("bundel.pdf", &[("Kadeplan Oost", PONTEN, 2025), ("Kadeplan Oost", PONTEN, 2025)]),
            entry("los.pdf", &[("Kadeplan Oost", PONTEN, 2024)]),
        ],
        // nothing names them
        &[entry("a.txt", &[("", "", 0)]), entry("b.txt", &[("", "", 0)])],
        &[entry("scan-1.pdf", &[("", PONTEN, 2024)]), entry("scan-2.pdf", &[("", PONTEN, 2025)])],
        // one year, two subjects
        &[
            entry("x.md", &[("Jaarverslag 2024: veren", PONTEN, 2024)]),
            entry("y.md", &[("Jaarverslag 2024: kades", PONTEN, 2024)]),
            entry("z.md", &[("Jaarverslag 2025: bruggen", PONTEN, 2025)]),
        ],
    ];
    for entries in no {
        assert_eq!(found(entries), Vec::<String>::new());
    }
}

#[test]
fn a_title_without_publisher_brings_no_two_publishers_together() {
    let entries = [
        entry("a.md", &[("Kadeherstel en aanmeerpalen 2024", PONTEN, 2024)]),
        entry("b.md", &[("Kadeherstel en aanmeerpalen 2025", KADES, 2025)]),
        entry("c.md", &[("Kadeherstel en aanmeerpalen 2026", "", 2026)]),
    ];
    assert_eq!(found(&entries), Vec::<String>::new());
    // with one publisher it is clear enough
    assert_eq!(found(&[entries[0].clone(), entries[2].clone()]), ["a.md first, c.md next"]);
}

#[test]
fn an_enclosure_is_an_edition_of_the_report_alone_and_a_copy_of_itself() {
    let mut copy = entry("elders/stand-2024.md", &[("Stand van de veren 2024", PONTEN, 2024)]);
    copy.edition = Some(Edition::of(b"stand-2024.md"));
    let entries = [
        entry("stand-2024.md", &[("Stand van de veren 2024", PONTEN, 2024)]),
        copy,
        entry("bundel.pdf", &[("Aanbieding", PONTEN, 2025), ("Stand van de veren 2025", PONTEN, 2025)]),
    ];
    assert_eq!(found(&entries), ["elders/stand-2024.md first, stand-2024.md copy, bundel.pdf#1 next"]);
}

fn report_ref(title: &str, year: i32, file: &str) -> ReportRef {
    let edition = Some(Edition::of(file.as_bytes()));
    ReportRef {
        title: title.to_owned(),
        org: Some(PONTEN.to_owned()),
        year: Some(year),
        edition,
        file: file.to_owned(),
    }
}

#[test]
fn what_the_reader_says_wins() {
    let entries = [
        entry("a.md", &[("Stand van de veren 2023", PONTEN, 2023)]),
        entry("b.md", &[("Stand van de veren 2024", PONTEN, 2024)]),
        entry("c.md", &[("De veren in 2025", PONTEN, 2025)]),
        entry("d.txt", &[("", "", 0)]),
    ];
    let (a, b) =
        (report_ref("Stand van de veren 2023", 2023, "a.md"), report_ref("Stand van de veren 2024", 2024, "b.md"));
    let c = report_ref("De veren in 2025", 2025, "c.md");
    let d = ReportRef { title: String::new(), org: None, year: None, ..report_ref("", 0, "d.txt") };
    let link = |report: &ReportRef, other: &ReportRef| Link { report: report.clone(), other: other.clone() };
    let links = Links { together: vec![link(&c, &b), link(&d, &c)], apart: Vec::new() };
    let all = families(&entries, &links);
    assert_eq!(shown(&entries, &all), ["a.md first, b.md next, c.md next, d.txt format"]);
    let of = |e: &Entry| ReportId { doc: e.id, part: PartId(0) };
    let carried: Vec<_> = all.carried_to(of(&entries[1])).into_iter().map(|m| m.report).collect();
    assert_eq!(carried, [of(&entries[2]), of(&entries[3])]);
    assert_eq!(all.follows(of(&entries[2])).map(|m| m.report), Some(of(&entries[1])));
    assert_eq!(all.family(of(&entries[0])).unwrap().0.members[0].relation, Relation::First);
    let links = Links { together: Vec::new(), apart: vec![link(&b, &a)] };
    assert_eq!(shown(&entries, &families(&entries, &links)), Vec::<String>::new());
}

#[test]
fn the_two_years_of_the_demonstration_are_one_report() {
    let desk = Desk::new();
    let reader = desk.sit(100, 30, Lang::Nl);
    let entries = reader.inline.app.shelf.entries();
    assert_eq!(found(entries), ["bruggen-en-sluizen-2024.md first, bruggen-en-sluizen-2025.md next"]);
}

const THEN: &str = "# Stand van de ponten 2024

**Dienst Veren en Ponten (DVP)**

## 1 Vaart

De dienst voer met 344 ponten over zeven rivieren, en geen daarvan lag langer dan een dag stil.

Op de Lange Vliet wachtte een fietser gemiddeld elf minuten op de overtocht naar de stad.

## 2 Onderhoud

Het dok in Westkade kan twee ponten tegelijk ontvangen en is daarmee voor de hele vloot te klein.

De werf vroeg in het voorjaar om een tweede helling naast het bestaande dok aan de rivier.

## 3 Mensen

Zonder nieuwe schippers vaart in het najaar een op de vijf ponten niet meer volgens de dienstregeling.
";

const NOW: &str = "# Stand van de ponten 2025

**Dienst Veren en Ponten (DVP)**

## 1 Vaart

De dienst voer met 343 ponten over zeven rivieren, en geen daarvan lag langer dan een dag stil.

Op de Lange Vliet wachtte een fietser gemiddeld elf minuten op de overtocht naar de stad.

## 2 Onderhoud

Over het dok wordt dit jaar niets gemeld, want de werf heeft haar plannen ingetrokken.

## 3 Mensen

Zonder nieuwe schippers vaart in het najaar een op de vijf ponten niet meer volgens de dienstregeling.

Het dok in Westkade kan twee ponten tegelijk ontvangen en is daarmee voor de hele vloot te klein.
";

fn snapshot(name: &str, reader: &Reader) {
    insta::with_settings!({ snapshot_path => "../snapshots", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(name, reader.picture());
    });
}

/// The paragraph that the cursor stands in.
fn paragraph(reader: &Reader) -> String {
    let reader = &reader.inline.app.reader;
    let doc = &reader.open.as_ref().unwrap().doc;
    doc.slice(doc.block(doc.block_at(reader.cursor)).range).to_owned()
}

/// A desk with the report of 2024 and a note on each of its sentences; then the next edition comes.
fn next_edition(w: u16, h: u16) -> (Desk, Reader) {
    let desk = Desk::of(&[("ponten-2024.md", THEN)]);
    let mut reader = desk.sit(w, h, Lang::Nl);
    reader.press("enter");
    let marks = ["De dienst", "Op de", "Het dok", "De werf", "Zonder"];
    for (begins, words) in
        marks.iter().zip(["ponten geteld", "wachttijd", "dok te klein", "helling gevraagd", "schippers"])
    {
        reader.press("g g");
        while !paragraph(&reader).starts_with(begins) {
            reader.press("}");
        }
        reader.press("a").write(words).press("ctrl-s");
    }
    assert_eq!(desk.note_files().len(), 5, "{}", reader.text());
    assert_eq!(reader.inline.app.review.items.len(), 0);
    std::fs::write(desk.reports.path().join("ponten-2025.md"), NOW).unwrap();
    reader.press("R");
    (desk, reader)
}

#[test]
fn notes_that_do_not_stand_in_the_next_edition_are_looked_at_one_by_one() {
    let (_desk, mut reader) = next_edition(140, 40);
    let states = |reader: &Reader| {
        let items = &reader.inline.app.review.items;
        let state = |i| reader.inline.app.reviewed(i).map(|(n, l)| (n.body.clone(), l.state.name())).unwrap();
        items.iter().map(state).collect::<Vec<_>>()
    };
    let said = states(&reader);
    let of = |body: &str| said.iter().find(|(b, _)| b == body).map(|(_, s)| *s);
    assert_eq!(of("ponten geteld"), Some("changed"), "{said:?}");
    assert_eq!(of("dok te klein"), Some("moved"), "{said:?}");
    assert_eq!(of("helling gevraagd"), Some("orphan"), "{said:?}");
    assert_eq!((of("wachttijd"), of("schippers")), (None, None), "word for word at their place: {said:?}");
    reader.must_show("3 notities vragen een blik: gv");
    reader.press("g v").must_show("Nakijken · 1 van 3");
    snapshot("review-140x40", &reader);
    // what is done leaves the queue, and one step brings it back
    let first = states(&reader)[0].clone();
    reader.press("A").must_show("Nakijken · 1 van 2");
    assert!(!states(&reader).contains(&first));
    reader.press("u").must_show("van 3");
    assert_eq!(states(&reader), said);
    // left without a place, and taken back
    while reader.inline.app.review_here().unwrap().0.body != "helling gevraagd" {
        reader.press("j");
    }
    reader.must_show("geen passage in deze editie");
    reader.press("A").must_show("Er is geen plaats om te aanvaarden");
    reader.press("X").must_show("van 2");
    reader.press("u").must_show("van 3");
    // a place chosen by hand
    while reader.inline.app.review_here().unwrap().0.body != "helling gevraagd" {
        reader.press("j");
    }
    reader.press("enter A").must_show("Selecteer eerst");
    reader.press("V A").must_show("van 2");
    assert!(states(&reader).iter().all(|(body, _)| body != "helling gevraagd"));
    // all that only moved, in one step
    reader.press("M").must_show("1 van 1");
    assert_eq!(states(&reader), [("ponten geteld".to_owned(), "changed")]);
    reader.press("A").must_show("Er valt niets na te kijken");
    reader.press("u").must_show("1 van 1");
}

#[test]
fn the_queue_fits_a_small_screen() {
    let (_desk, mut reader) = next_edition(80, 24);
    reader.press("g v");
    snapshot("review-80x24", &reader);
}

#[test]
fn the_margin_of_the_next_edition_says_where_its_notes_come_from() {
    let (_desk, mut reader) = next_edition(140, 40);
    reader.press("g l g g");
    while !reader.inline.app.listed_here().is_some_and(|l| format!("{l:?}").contains("Report")) {
        reader.press("j");
    }
    reader.must_show("volgt op 2024 · ponten-2024.md");
    let at = reader.inline.app.shelf.entries().iter().find(|e| e.file == "ponten-2025.md").unwrap().id;
    while reader.inline.app.listed_here() != Some(kantlijn::app::views::Listed::Report(at)) {
        reader.press("j");
    }
    reader.press("enter");
    reader.must_show("2024 = ongewijzigd").must_show("2024 ≠ tekst veranderd");
    // by hand no longer editions: the notes are not carried over, and one step brings that back
    reader.press("g l X").must_show("Losgemaakt");
    assert_eq!(reader.inline.app.families.all().len(), 0);
    assert_eq!(reader.inline.app.review.items.len(), 0);
    reader.press("u");
    assert_eq!((reader.inline.app.families.all().len(), reader.inline.app.review.items.len()), (1, 3));
    reader.press("X E").write("2024").press("enter").must_show("Gekoppeld");
    assert!(reader.inline.app.families.all()[0].members.iter().all(|m| m.by_hand));
}
