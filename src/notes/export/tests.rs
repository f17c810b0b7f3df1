//! What the tests of the forms are made of: a small library with every kind of note, and the way back from a file.
#![allow(clippy::unwrap_used, clippy::panic)]

pub(super) mod sample;
pub(super) mod schema;

use super::*;
use crate::doc::TextRange;
use crate::import::{self, Limits};
use crate::notes::anchor::{Kin, State};
use crate::notes::describe::{
    describe, describe_found_knelpunt, describe_made_knelpunt, describe_report, describe_section, position,
};
use crate::notes::note::{AcceptedAnchor, NoteKind, Position, Target};
use crate::notes::{NoteId, PlaceFound};

const SLUIZEN: &str = "# Staat van de sluizen 2025\n\nDienst Sluizen en Pompen\n\n## 1 Lekkage\n\n\
    De sluisdeuren van de Oude Haven lekken al drie jaar — zelfs 😀 bij laag water. Niemand weet wie betaalt.\n\n\
    De pomp stond 12 % van de tijd stil.\n\n## 2 Geld\n\nEr is € 40.000 nodig & er is “niets”.\n\n\
    De pomp stond 12 % van de tijd stil.\n";
const POMPEN: &str = "Jaarverslag pompen\n\nDe pompen draaien. De pompen draaien niet altijd.\n";

pub(super) fn note(n: u64, kind: NoteKind, target: Target) -> Note {
    let at = |s: i64| jiff::Timestamp::from_second(1_780_000_000 + s).unwrap();
    Note {
        id: NoteId::new(1_780_000_000_000 + n * 1000, u128::from(n) * 77),
        kind,
        created: at(n as i64 * 60),
        modified: at(n as i64 * 60 + 7),
        knelpunten: Vec::new(),
        tags: Vec::new(),
        color: None,
        status: None,
        target,
        anchored: Vec::new(),
        body: String::new(),
    }
}

pub(super) fn source(doc: u64, text: &str, title: &str, file: &str) -> Source {
    let text = Arc::new(import::read(text.as_bytes(), &Limits::default()).unwrap());
    Source {
        doc: DocId(doc),
        part: PartId(0),
        edition: text.edition(),
        title: title.into(),
        org: (doc == 1).then(|| "Dienst Sluizen en Pompen".into()),
        year: (doc == 1).then_some(2025),
        lang: None,
        file: file.into(),
        text,
    }
}

pub(super) fn find(source: &Source, words: &str) -> TextRange {
    let at = source.text.text().find(words).unwrap();
    (at..at + words.len()).into()
}

/// A note that stands where it was made.
pub(super) fn item(source: &Source, note: Note, range: Option<TextRange>) -> Item {
    let at = Located {
        note: note.id.clone(),
        state: if range.is_some() { State::Exact } else { State::Orphan },
        kin: Kin::Edition,
        home: true,
        doc: Some(source.doc),
        edition: Some(source.edition),
        file: source.file.clone(),
        part: source.part,
        report: source.title.clone(),
        org: source.org.clone(),
        year: source.year,
        section: note.target.section.clone(),
        section_id: None,
        page: None,
        place: range.map(|range| PlaceFound {
            range,
            position: position(source.text.text(), range),
            lines: None,
            text: source.text.slice(range).to_owned(),
        }),
        candidates: Vec::new(),
    };
    Item { note, at }
}

/// A note whose report isn't in the library.
pub(super) fn away(note: Note) -> Item {
    let at = Located {
        note: note.id.clone(),
        state: State::Skipped,
        kin: Kin::Stranger,
        home: true,
        doc: None,
        edition: None,
        file: String::new(),
        part: PartId(0),
        report: String::new(),
        org: None,
        year: None,
        section: Vec::new(),
        section_id: None,
        page: None,
        place: None,
        candidates: Vec::new(),
    };
    Item { note, at }
}

/// Two reports, six knelpunten, and a note of every kind in every state.
pub(super) fn bundle() -> Bundle {
    let (a, b) =
        (source(1, SLUIZEN, "Staat van de sluizen 2025", "sluizen/2025.md"), source(2, POMPEN, "Pompen", "p.txt"));
    let code = |id: &str, title: &str, parent: Option<&str>| Code {
        id: id.into(),
        title: title.into(),
        parent: parent.map(Into::into),
        made: true,
        ..Code::default()
    };
    let codes = vec![
        Code { color: Some(Color::Red), description: "Wie betaalt?".into(), ..code("geld", "Geld", None) },
        Code { synonyms: vec!["lek".into()], ..code("lekkage", "Lekkage", Some("geld")) },
        Code {
            status: Some(Status::Open),
            history: vec![
                StatusSaid {
                    status: Status::Promised,
                    date: "2025-03-01".parse().ok(),
                    source: Some("brief: {a, b}".into()),
                },
                StatusSaid { status: Status::Open, date: None, source: None },
            ],
            query: Some("pomp OF gemaal: ~stil".into()),
            formerly: vec!["stilgevallen".into()],
            includes: vec!["dienst-sluizen-2025.stilstand".into(), "x.y: z".into()],
            ..code("stilstand", "Stilstand van pompen", None)
        },
    ];
    let on = |s: &Source, words: &str| (describe(&s.text, find(s, words), &s.file), Some(find(s, words)));
    let mut items = Vec::new();
    let (target, range) = on(&a, "De sluisdeuren van de Oude Haven lekken al drie jaar — zelfs 😀 bij laag water.");
    items.push(item(
        &a,
        Note {
            knelpunten: vec!["stilstand".into(), "lekkage".into()],
            tags: vec!["vuur & vlam".into(), "b".into()],
            color: Some(Color::Green),
            status: Some(Status::Promised),
            body: "# Vraag\n\nWie *betaalt* dit? <b>\n\n---\n\n- a\n".into(),
            ..note(1, NoteKind::Note, target)
        },
        range,
    ));
    let (target, range) = on(&a, "Er is € 40.000 nodig & er is “niets”.");
    // put to one that was merged into another since
    let merged = vec!["geld".into(), "stilgevallen".into()];
    items.push(item(&a, Note { knelpunten: merged, ..note(2, NoteKind::Highlight, target) }, range));
    // twice on the same words, once with a knelpunt that is no longer in the register
    let (target, range) = on(&a, "12 % van de tijd");
    items.push(item(&a, note(3, NoteKind::Bookmark, target.clone()), range));
    let gone = vec!["verdwenen-knelpunt".into(), "verdwenen-knelpunt".into()];
    items.push(item(&a, Note { knelpunten: gone, ..note(4, NoteKind::Highlight, target) }, range));
    // over the border of blocks
    let text = a.text.text();
    let range = TextRange::from(text.find("Niemand").unwrap()..text.find("stil.").unwrap() + 5);
    items.push(item(&a, note(5, NoteKind::Highlight, describe(&a.text, range, &a.file)), Some(range)));
    // a section, a found knelpunt, the report, a made knelpunt
    let section = a.text.outline().sections().iter().position(|s| s.title.contains("Geld")).unwrap();
    let section = crate::doc::SectionId(section as u32);
    let place = a.text.outline().section(section).range;
    let words = || "Over dit deel.".to_owned();
    let target = describe_section(&a.text, section, &a.file);
    items.push(item(&a, Note { body: words(), ..note(6, NoteKind::Note, target) }, Some(place)));
    let target = describe_found_knelpunt(&a.text, "dienst-sluizen-2025.geld", section, &a.file);
    items.push(item(&a, Note { tags: vec!["b".into()], ..note(7, NoteKind::Bookmark, target) }, Some(place)));
    let target = describe_report(&a.text, PartId(0), &a.file);
    let both = || vec!["geld".to_owned()];
    items.push(item(
        &a,
        Note {
            body: words(),
            knelpunten: [both(), vec!["stilgevallen".to_owned()]].concat(),
            ..note(8, NoteKind::Note, target.clone())
        },
        None,
    ));
    items.push(item(&a, Note { tags: both(), ..note(9, NoteKind::Highlight, target) }, None));
    items.push(away(Note { body: words(), ..note(10, NoteKind::Note, describe_made_knelpunt("lekkage")) }));
    items.push(away(note(11, NoteKind::Bookmark, describe_made_knelpunt("verdwenen"))));
    // not found, with and without words; words that are the quote itself; words that XML can't say
    let (mut target, _) = on(&b, "De pompen draaien niet altijd.");
    target.position = Some(Position { start: 9000, end: 9030 });
    let anchored = AcceptedAnchor {
        edition: Edition::of(b"ouder"),
        position: Some(Position { start: 3, end: 9 }),
        accepted: jiff::Timestamp::from_second(1_780_000_999).unwrap(),
    };
    items.push(item(&b, Note { anchored: vec![anchored], ..note(12, NoteKind::Highlight, target.clone()) }, None));
    let quote = target.quote().unwrap().exact.clone();
    items.push(item(&b, Note { body: quote.clone(), ..note(13, NoteKind::Note, target.clone()) }, None));
    items.push(item(
        &b,
        Note { body: quote, ..note(14, NoteKind::Note, target.clone()) },
        Some(find(&b, "De pompen draaien niet altijd.")),
    ));
    items.push(item(
        &b,
        Note { body: "bel \u{7} en \u{b} tab\r.".into(), ..note(15, NoteKind::Note, target.clone()) },
        Some(find(&b, "niet")),
    ));
    items.push(item(&b, Note { body: "\u{1}".into(), ..note(16, NoteKind::Note, target.clone()) }, None));
    let mut elsewhere = target;
    elsewhere.report.as_mut().unwrap().edition = None;
    items.push(away(Note {
        body: "  kort \n\n".into(),
        tags: vec![String::new()],
        ..note(17, NoteKind::Note, elsewhere)
    }));
    Bundle { items, codes, sources: vec![a, b], ..Bundle::default() }
}

/// The bundle that whoever imported the file into an empty library with the same reports would export.
pub(super) fn again(incoming: &Incoming, before: &Bundle) -> Bundle {
    let items = before
        .items
        .iter()
        .map(|item| {
            let note = incoming.notes.iter().find(|n| n.id.as_ref() == Some(&item.note.id)).unwrap();
            Item { note: note.whole().unwrap(), at: item.at.clone() }
        })
        .collect();
    Bundle { items, codes: incoming.codes.clone(), sources: before.sources.clone(), ..Bundle::default() }
}
