//! Editions: which reports of a library are one, what the reader says of that, and notes that go along to the next one.

use crate::harness::Desk;
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
