//! A bundle of notes of our own writing, for the tests of all forms.
#![allow(clippy::unwrap_used)]

use crate::doc::{DocId, Edition, Page, PartId, TextRange};
use crate::notes::anchor::{Kin, State};
use crate::notes::export::{Bundle, Code, FoundPassage, Item, StatusSaid};
use crate::notes::note::{AcceptedAnchor, Quote, ReportRef, Target, TargetKind};
use crate::notes::{Color, Located, Note, NoteId, NoteKind, PlaceFound, Position, Status};

/// Three notes on two reports of agencies that do not exist, one of them with everything a note can have; and one on a
/// made knelpunt.
pub fn bundle() -> Bundle {
    let full = Note {
        knelpunten: vec!["schippers".into(), "dienst-2024.lek".into()],
        tags: vec!["vacatures".into(), "a;b".into()],
        color: Some(Color::Green),
        status: Some(Status::Promised),
        anchored: vec![AcceptedAnchor {
            edition: Edition::of(b"ander"),
            position: Some(Position { start: 4, end: 9 }),
            accepted: "2026-02-01T08:00:00Z".parse().unwrap(),
        }],
        body: "Vergelijk met 2023.\n\n- \"dit\", dat; =SOM(A1)".into(),
        ..note(
            "01JDAAAAAAAAAAAAAAAAAAAAA1",
            NoteKind::Note,
            target("De pont voer, \"in de winter\",\n= twee uur korter"),
        )
    };
    let bare = Note {
        status: None,
        ..note("01JDAAAAAAAAAAAAAAAAAAAAA2", NoteKind::Highlight, target("=Nachtvaart is gestaakt."))
    };
    let other = Target {
        report: Some(ReportRef {
            title: "Sluisbeheer Noorderkolk".into(),
            year: Some(2023),
            file: "sluis.md".into(),
            ..veer()
        }),
        kind: TargetKind::Section,
        section: vec!["2 Storingen".into()],
        page: None,
        position: None,
    };
    let gone = note("01JDAAAAAAAAAAAAAAAAAAAAA3", NoteKind::Bookmark, other);
    let on_made = Note {
        body: "Bellen met de dienst.".into(),
        ..note(
            "01JDAAAAAAAAAAAAAAAAAAAAA4",
            NoteKind::Note,
            crate::notes::describe::describe_made_knelpunt("schippers"),
        )
    };
    let items = vec![
        Item { at: at(&full, State::Exact, Some("12"), 14), note: full },
        Item { at: at(&bare, State::Moved, None, 15), note: bare },
        Item { at: nowhere(&gone), note: gone },
        Item { at: Located { state: State::Exact, ..nowhere(&on_made) }, note: on_made },
    ];
    let codes = vec![
        Code {
            id: "schippers".into(),
            title: "Te weinig; schippers".into(),
            description: "Er zijn te weinig mensen met een vaarbewijs.".into(),
            synonyms: vec!["schipperstekort".into()],
            color: Some(Color::Blue),
            status: Some(Status::Promised),
            history: vec![
                StatusSaid { status: Status::Open, date: None, source: None },
                StatusSaid {
                    status: Status::Promised,
                    date: Some("2025-05-01".parse().unwrap()),
                    source: Some("brief van de dienst".into()),
                },
            ],
            includes: vec!["dienst-2024.lek".into()],
            query: Some("schipper*".into()),
            formerly: vec!["matrozen".into()],
            made: true,
            parent: None,
        },
        Code { id: "dienst-2024.lek".into(), title: "Knelpunt 1: lekke ponten".into(), ..Code::default() },
    ];
    let found = vec![FoundPassage {
        id: "dienst-2024.lek".into(),
        made: "schippers".into(),
        title: "Knelpunt 1: lekke ponten".into(),
        asks: vec!["geld voor onderhoud".into()],
        report: "Jaarbericht 2024".into(),
        org: Some("Veerdienst Oostmeer".into()),
        year: Some(2024),
        section: vec!["Knelpunt 1: lekke ponten".into()],
        page: Some(Page { index: 9, label: Some("7".into()) }),
        file: "veer.md".into(),
    }];
    Bundle { items, codes, found, about: Some("schippers".into()), ..Bundle::default() }
}

fn veer() -> ReportRef {
    ReportRef {
        title: "Jaarbericht 2024".into(),
        org: Some("Veerdienst Oostmeer".into()),
        year: Some(2024),
        edition: Some(Edition::of(b"veer")),
        file: "veer.md".into(),
    }
}

fn target(quote: &str) -> Target {
    Target {
        report: Some(veer()),
        kind: TargetKind::Passage(Quote {
            exact: quote.into(),
            prefix: "Lijn 1. ".into(),
            suffix: " dan eerst.".into(),
            times: Some(2),
        }),
        section: vec!["1 Dienstregeling".into(), "1.1 Nachtvaart".into()],
        page: Some(Page { index: 14, label: Some("12".into()) }),
        position: Some(Position { start: 100, end: 140 }),
    }
}

fn note(id: &str, kind: NoteKind, target: Target) -> Note {
    Note {
        id: NoteId::parse(id).unwrap(),
        kind,
        created: "2026-01-05T10:00:00Z".parse().unwrap(),
        modified: "2026-01-06T10:00:00Z".parse().unwrap(),
        knelpunten: Vec::new(),
        tags: Vec::new(),
        color: None,
        status: None,
        target,
        anchored: Vec::new(),
        body: String::new(),
    }
}

fn at(note: &Note, state: State, label: Option<&str>, index: u32) -> Located {
    let text = note.target.quote().unwrap().exact.clone();
    Located {
        state,
        kin: Kin::Edition,
        doc: Some(DocId(7)),
        edition: Some(Edition::of(b"veer")),
        page: Some(Page { index, label: label.map(str::to_owned) }),
        place: Some(PlaceFound {
            range: TextRange { start: 100, end: 100 + text.len() as u32 },
            position: Position { start: 100, end: 100 + text.chars().count() as u32 },
            lines: None,
            text,
        }),
        ..nowhere(note)
    }
}

fn nowhere(note: &Note) -> Located {
    let report = note.target.report.clone();
    Located {
        note: note.id.clone(),
        state: State::Skipped,
        kin: Kin::Stranger,
        home: true,
        doc: None,
        edition: None,
        file: report.as_ref().map(|r| r.file.clone()).unwrap_or_default(),
        part: PartId(0),
        report: report.as_ref().map(|r| r.title.clone()).unwrap_or_default(),
        org: report.as_ref().and_then(|r| r.org.clone()),
        year: report.as_ref().and_then(|r| r.year),
        section: note.target.section.clone(),
        section_id: None,
        page: note.target.page.clone(),
        place: None,
        candidates: Vec::new(),
    }
}
