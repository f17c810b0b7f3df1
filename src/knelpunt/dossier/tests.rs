#![allow(clippy::unwrap_used, clippy::panic)]

use super::alike::nearness;
use super::*;
use crate::doc::{Edition, PartId, SectionId};
use crate::knelpunt::register::Made;
use crate::knelpunt::{Found, FoundRow};
use crate::notes::anchor::Kin;
use crate::notes::{Located, Note, Position, Quote, ReportRef, Target, TargetKind};
use std::borrow::Cow;

const ORG: &str = "Dienst Kades (DK)";

/// The document of a year of a series.
fn doc(year: i32) -> DocId {
    DocId(year as u64)
}

fn volume(title: &str, org: &str, year: i32) -> Volume {
    let title = format!("{title} {year}");
    Volume { doc: doc(year), part: PartId(0), title, org: Some(org.into()), year: Some(year), series: None }
}

/// A library of one report in these years.
fn volumes(years: &[i32]) -> Vec<Volume> {
    years.iter().map(|y| volume("Stand van de kades", ORG, *y)).collect()
}

fn made(id: &str, parent: Option<&str>) -> Made {
    Made { id: id.into(), title: id.to_uppercase(), parent: parent.map(str::to_owned), ..Made::default() }
}

fn note(number: u32, knelpunt: &str, year: i32) -> Note {
    Note {
        id: NoteId::parse(&format!("n{number:04}")).unwrap(),
        kind: NoteKind::Highlight,
        created: Timestamp::UNIX_EPOCH,
        modified: Timestamp::UNIX_EPOCH,
        knelpunten: vec![knelpunt.into()],
        tags: Vec::new(),
        color: None,
        status: None,
        target: Target {
            report: Some(ReportRef {
                title: format!("Stand van de kades {year}"),
                org: Some(ORG.into()),
                year: Some(year),
                edition: Some(Edition([year as u8; 32])),
                file: format!("kades-{year}.md"),
            }),
            kind: TargetKind::Passage(Quote { exact: format!(" de muur {number} zakt "), ..Quote::default() }),
            section: vec!["1 Muren".into()],
            page: Some(Page { index: 7, label: Some("5".into()) }),
            position: None,
        },
        anchored: Vec::new(),
        body: String::new(),
    }
}

fn place(start: u32) -> PlaceFound {
    let position = Position { start, end: start + 10 };
    PlaceFound { range: TextRange::new(start, start + 10), position, lines: None, text: "de muur zakt".into() }
}

/// How a note stands in the edition of a year; the year of the note itself is its home.
fn at(note: &Note, year: i32, state: State) -> Located {
    let home = note.target.report.as_ref().unwrap().year == Some(year);
    let found = matches!(state, State::Exact | State::Moved | State::Changed);
    Located {
        note: note.id.clone(),
        state,
        kin: if home { Kin::Edition } else { Kin::Series },
        home,
        doc: (state != State::Skipped).then(|| doc(year)),
        edition: None,
        file: format!("kades-{year}.md"),
        part: PartId(0),
        report: format!("Stand van de kades {year}"),
        org: Some(ORG.into()),
        year: Some(year),
        section: vec!["1 Muren".into()],
        section_id: None,
        page: None,
        place: found.then(|| place(100 * u32::try_from(note.id.as_str()[1..].parse::<i32>().unwrap()).unwrap())),
        candidates: if state == State::Uncertain { vec![place(1), place(50)] } else { Vec::new() },
    }
}

fn found(year: i32, label: &str, title: &str) -> FoundRow {
    let range = TextRange::new(1000, 2000);
    FoundRow {
        doc: doc(year),
        report: format!("Stand van de kades {year}"),
        org: Some(ORG.into()),
        year: Some(year),
        found: Found {
            id: format!("dk-{year}.{label}"),
            label: Some(label.into()),
            title: title.into(),
            section: SectionId(3),
            part: PartId(0),
            range,
            certainty: Certainty::Explicit,
            asks: vec![Ask { title: "Wat nodig is".into(), range: TextRange::new(1800, 1900) }],
        },
    }
}

/// What a table of "year state" makes of the knelpunt `muur`: a note a line, in a library of these years.
fn dossier(library: &[i32], table: &[(i32, State)]) -> Dossier {
    let notes: Vec<Note> = (1u32..).zip(table).map(|(i, (year, _))| note(i, "muur", *year)).collect();
    let at: Vec<Vec<Located>> = notes.iter().zip(table).map(|(n, (year, s))| vec![at(n, *year, *s)]).collect();
    let register = [made("muur", None)];
    let volumes = volumes(library);
    let notes = notes.iter().zip(&at).map(|(note, at)| Standing { note, at: Cow::Borrowed(at.as_slice()) });
    let material = Material { register: &register, found: &[], volumes: &volumes, notes: notes.collect() };
    Dossier::of(&Key::Made("muur".into()), false, &material).unwrap()
}

#[test]
fn what_returns_is_told_of_the_editions_there_are() {
    use State::{Changed, Exact, Moved, Orphan, Skipped, Uncertain};
    let all = [2021, 2022, 2023, 2024, 2025];
    // library; notes; verdict; missing; doubtful; absent
    type Case<'a> = (&'a [i32], &'a [(i32, State)], Verdict, &'a [i32], &'a [i32], &'a [i32]);
    let cases: &[Case<'_>] = &[
        (
            &all,
            &[(2021, Exact), (2022, Moved), (2024, Exact), (2025, Changed)],
            Verdict::Returning { seen: 4, of: 5 },
            &[2023],
            &[],
            &[],
        ),
        (&all, &[(2025, Exact), (2025, Exact)], Verdict::New, &[2021, 2022, 2023, 2024], &[], &[]),
        (&all, &[(2022, Exact), (2023, Exact)], Verdict::Gone { last: 2023 }, &[2021, 2024, 2025], &[], &[]),
        // later editions that aren't there say nothing
        (&[2022, 2023], &[(2022, Exact), (2023, Exact)], Verdict::Returning { seen: 2, of: 2 }, &[], &[], &[]),
        (&[2024], &[(2024, Exact)], Verdict::Once, &[], &[], &[]),
        (&[], &[(2024, Skipped)], Verdict::Once, &[], &[], &[]),
        // a year without an edition is no gap
        (
            &[2021, 2023, 2025],
            &[(2021, Exact), (2025, Exact)],
            Verdict::Returning { seen: 2, of: 3 },
            &[2023],
            &[],
            &[2022, 2024],
        ),
        // doubt is no fact, and decides nothing
        (&all, &[(2024, Exact), (2025, Orphan)], Verdict::Unclear, &[2021, 2022, 2023], &[2025], &[]),
        (&all, &[(2024, Uncertain), (2025, Exact)], Verdict::Unclear, &[2021, 2022, 2023], &[2024], &[]),
        (&[2025], &[(2025, Uncertain)], Verdict::Unclear, &[], &[2025], &[]),
        (
            &all,
            &[(2023, Exact), (2024, Orphan), (2025, Exact)],
            Verdict::Returning { seen: 2, of: 5 },
            &[2021, 2022],
            &[2024],
            &[],
        ),
        // what isn't in the library now was noted from it all the same
        (&[2024, 2025], &[(2023, Skipped), (2025, Exact)], Verdict::Returning { seen: 2, of: 3 }, &[2024], &[], &[]),
        (
            &[2016, 2020, 2021, 2022, 2023, 2024, 2025],
            &[(2016, Exact), (2025, Exact)],
            Verdict::Back { since: 2016 },
            &[2020, 2021, 2022, 2023, 2024],
            &[],
            &[2017, 2018, 2019],
        ),
    ];
    for (library, notes, verdict, missing, doubtful, absent) in cases {
        let dossier = dossier(library, notes);
        let run = &dossier.runs[0];
        let said = format!("{library:?} {notes:?}: {run:?}");
        assert_eq!(run.verdict, *verdict, "{said}");
        assert_eq!(run.missing().collect::<Vec<_>>(), *missing, "{said}");
        assert_eq!(run.unsure().collect::<Vec<_>>(), *doubtful, "{said}");
        assert_eq!(run.absent().collect::<Vec<_>>(), *absent, "{said}");
    }
}

#[test]
fn what_is_in_doubt_is_listed_and_not_counted() {
    use State::{Exact, Orphan, Skipped, Uncertain};
    let dossier = dossier(&[2023, 2024], &[(2023, Uncertain), (2023, Orphan), (2024, Exact), (2022, Skipped)]);
    assert_eq!((dossier.first, dossier.last), (Some(2022), Some(2024)));
    let cell = |year| dossier.by_year.iter().find(|(y, _)| *y == Some(year)).unwrap().1;
    assert_eq!(cell(2023), Cell { unsure: 2, ..Cell::default() });
    assert_eq!(cell(2023).mentions(), 0);
    assert_eq!(cell(2022), Cell { passages: 1, unloaded: 1, ..Cell::default() });
    let years: Vec<_> = dossier.groups[0].years.iter().map(|y| (y.year.unwrap(), y.entries.len())).collect();
    assert_eq!(years, [(2024, 1), (2023, 2), (2022, 1)], "the latest first, doubtful ones among them");
    let states: Vec<_> = dossier.entries().map(|e| (e.state, e.place.is_some(), e.candidates)).collect();
    assert_eq!(states, [(Exact, true, 0), (Uncertain, false, 2), (Orphan, false, 0), (Skipped, false, 0)]);
    let skipped = dossier.entries().last().unwrap();
    assert_eq!((skipped.quote.as_str(), skipped.passage), ("de muur 4 zakt", true));
    assert_eq!(skipped.page.as_ref().unwrap().label.as_deref(), Some("5"), "the page as it was noted");
}

#[test]
fn a_passage_that_stands_again_in_a_later_edition_is_counted_there_once() {
    let notes = [note(1, "muur", 2024), note(2, "muur", 2024), note(3, "muur", 2025)];
    let mut again = at(&notes[0], 2025, State::Exact);
    let changed = at(&notes[1], 2025, State::Changed);
    let own = at(&notes[2], 2025, State::Exact);
    let register = [made("muur", None)];
    let volumes = volumes(&[2024, 2025]);
    let look = |first: &Located| {
        let all = [
            vec![at(&notes[0], 2024, State::Exact), first.clone()],
            vec![at(&notes[1], 2024, State::Exact), changed.clone()],
            vec![own.clone()],
        ];
        let notes = notes.iter().zip(&all).map(|(note, at)| Standing { note, at: Cow::Borrowed(at.as_slice()) });
        let material = Material { register: &register, found: &[], volumes: &volumes, notes: notes.collect() };
        Dossier::of(&Key::Made("muur".into()), false, &material).unwrap()
    };
    let dossier = look(&again);
    assert_eq!(dossier.by_year[0].1, Cell { passages: 2, ..Cell::default() });
    assert_eq!(dossier.by_year[1].1, Cell { passages: 1, again: 1, ..Cell::default() }, "the changed one says nothing");
    let entry = dossier.entries().find(|e| e.note == notes[0].id).unwrap();
    assert_eq!((entry.year, entry.again[0].year, entry.again[0].state), (Some(2024), Some(2025), State::Exact));
    // noted there too: the same passage is one
    again.place = own.place.clone();
    assert_eq!(look(&again).by_year[1].1, Cell { passages: 1, ..Cell::default() });
}

#[test]
fn children_are_folded_in_or_stand_apart() {
    let register = [made("muur", None), made("voeg", Some("muur")), made("mortel", Some("voeg")), made("geld", None)];
    let mut notes: Vec<Note> =
        ["muur", "voeg", "mortel", "mortel", "geld"].into_iter().zip(1..).map(|(k, i)| note(i, k, 2025)).collect();
    notes[2].knelpunten.push("muur".into());
    let at: Vec<Vec<Located>> = notes.iter().map(|n| vec![at(n, 2025, State::Exact)]).collect();
    let volumes = volumes(&[2025]);
    let standing = notes.iter().zip(&at).map(|(note, at)| Standing { note, at: Cow::Borrowed(at.as_slice()) });
    let material = Material { register: &register, found: &[], volumes: &volumes, notes: standing.collect() };
    let of = |id: &str, with: bool| Dossier::of(&Key::Made(id.into()), with, &material).unwrap();
    let numbers = |d: &Dossier| d.entries().map(|e| e.note.as_str()[4..].to_owned()).collect::<Vec<_>>();
    let apart = of("muur", false);
    assert_eq!(numbers(&apart), ["1", "3"]);
    assert_eq!(apart.children.iter().map(|c| (c.id.as_str(), c.total.passages)).collect::<Vec<_>>(), [("voeg", 3)]);
    let whole = of("muur", true);
    assert_eq!(numbers(&whole), ["1", "2", "3", "4"], "each once");
    let via: Vec<_> = whole.entries().map(|e| e.via.as_deref()).collect();
    assert_eq!(via, [None, Some("voeg"), None, Some("mortel")]);
    assert_eq!(of("mortel", false).above, [("muur".into(), "MUUR".into()), ("voeg".into(), "VOEG".into())]);
    assert_eq!(Dossier::of(&Key::Made("elders".into()), true, &material), None);
    // a circle made by hand ends
    let circle = [made("a", Some("b")), made("b", Some("a"))];
    let material = Material { register: &circle, ..material.clone() };
    let round = Dossier::of(&Key::Made("a".into()), true, &material).unwrap();
    assert_eq!((round.children.len(), round.above.len()), (1, 1));
    assert_eq!(Grid::of(Axis::Year, &material).rows.len(), 2);
}

#[test]
fn found_ones_bring_their_notes_and_are_known_again_by_their_title() {
    let rows = [
        found(2023, "knelpunt-1", "Voegen die niemand nog zet"),
        found(2023, "knelpunt-2", "Geld op de verkeerde plank"),
        found(2024, "knelpunt-4", "Voegen die niemand nog zet!"),
        found(2025, "knelpunt-1", "Het voegwerk wacht op voegers"),
        found(2025, "knelpunt-2", "Wie betaalt de muur"),
    ];
    let mut with = made("muur", None);
    with.includes = vec![rows[0].found.id.clone()];
    let register = [with];
    let notes = [note(1, &rows[0].found.id, 2023), note(2, "muur", 2025)];
    let at: Vec<Vec<Located>> = vec![vec![at(&notes[0], 2023, State::Exact)], vec![at(&notes[1], 2025, State::Exact)]];
    let volumes = volumes(&[2023, 2024, 2025]);
    let standing = notes.iter().zip(&at).map(|(note, at)| Standing { note, at: Cow::Borrowed(at.as_slice()) });
    let material = Material { register: &register, found: &rows, volumes: &volumes, notes: standing.collect() };
    let muur = Dossier::of(&Key::Made("muur".into()), false, &material).unwrap();
    assert_eq!(muur.total, Cell { passages: 2, found: 1, ..Cell::default() });
    assert_eq!(muur.entries().last().unwrap().via.as_deref(), Some("dk-2023.knelpunt-1"));
    assert_eq!(muur.groups[0].years.last().unwrap().found[0].asks.len(), 1);

    let key = Key::Found(doc(2024), rows[2].found.id.clone());
    let voegen = Dossier::of(&key, false, &material).unwrap();
    assert_eq!(voegen.label.as_deref(), Some("knelpunt-4"));
    assert_eq!(voegen.above, [("muur".into(), "MUUR".into())]);
    let run = &voegen.runs[0];
    assert_eq!(run.seen().collect::<Vec<_>>(), [2023, 2024]);
    assert_eq!(run.verdict, Verdict::Gone { last: 2024 });
    assert_eq!(voegen.entries().count(), 1, "the note on it in another edition");
    let near: Vec<_> = voegen.near.iter().map(|n| (n.year, n.title.as_str())).collect();
    assert_eq!(near, [], "one short word is not enough");

    let grid = Grid::of(Axis::Year, &material);
    let titles: Vec<_> = grid.rows.iter().map(|r| (r.title.as_str(), r.found.len())).collect();
    assert_eq!(titles[0], ("MUUR", 1));
    assert_eq!(titles.len(), 5, "the two of one title are one row: {titles:?}");
    let row = grid.rows.iter().find(|r| r.found.len() == 2).unwrap();
    assert_eq!(row.key, key, "the latest of them");
    let cells: Vec<_> = row.cells.iter().map(|c| c.map(|c| (c.found, c.passages))).collect();
    assert_eq!(cells, [Some((1, 1)), Some((1, 0)), Some((0, 0))]);
}

#[test]
fn titles_speak_of_the_same_when_they_share_words_of_their_own() {
    let edition = ["Te weinig vaklieden in de ploeg", "De aanbesteding loopt vast", "Een brug te ver"];
    let cases = [
        ("Vaklieden blijven weg", true),
        ("Aanbestedingen zonder inschrijvers", true),
        ("De ploeg is klaar", false),
        ("Bruggen", false),
        ("", false),
    ];
    for (title, near) in cases {
        let of = |t: &str| {
            let t = alike::folded(t);
            let others: Vec<String> = edition.iter().map(|e| alike::folded(e)).filter(|e| *e != t).collect();
            alike::own_words(&t, &others.iter().map(String::as_str).collect::<Vec<_>>())
        };
        let words = alike::own_words(&alike::folded(title), &[]);
        assert_eq!(edition.iter().any(|e| nearness(&of(e), &words) > 0), near, "{title}");
    }
    // a word that two titles of one edition share tells nothing
    assert!(alike::own_words("vaklieden gezocht", &["vakliedentekort"]).iter().all(|w| w == "gezocht"));
    for (title, kept) in [
        ("Jaarbericht 2025", "Jaarbericht"),
        ("2024: het jaar van de kade", "het jaar van de kade"),
        ("Stand 2023/2024 (concept)", "Stand (concept)"),
        ("Plan voor 12 kades", "Plan voor 12 kades"),
        ("Begroting 2024-25", "Begroting"),
    ] {
        assert_eq!(alike::without_year(title), kept);
    }
}

#[test]
fn the_heat_map_tells_a_gap_from_what_is_not_there() {
    let register = [made("muur", None)];
    let notes = [note(1, "muur", 2021), note(2, "muur", 2024)];
    let at: Vec<Vec<Located>> = vec![vec![at(&notes[0], 2021, State::Exact)], vec![at(&notes[1], 2024, State::Orphan)]];
    let mut volumes = volumes(&[2021, 2022, 2024]);
    volumes.push(Volume { doc: DocId(7), ..volume("Ander werk", "Bureau Bomen", 2019) });
    volumes.push(Volume { doc: DocId(8), year: None, org: None, ..volume("Los blad", "", 0) });
    let standing = notes.iter().zip(&at).map(|(note, at)| Standing { note, at: Cow::Borrowed(at.as_slice()) });
    let material = Material { register: &register, found: &[], volumes: &volumes, notes: standing.collect() };
    let grid = Grid::of(Axis::Year, &material);
    let row = &grid.rows[0];
    let told = grid.columns.iter().zip(&row.cells).map(|(c, cell)| match (c, cell) {
        (Column::Year(Some(y)), Some(c)) => format!("{y}:{}/{}", c.mentions(), c.unsure),
        (Column::Year(y), None) => format!("{y:?}"),
        (column, _) => format!("{column:?}"),
    });
    assert_eq!(
        told.collect::<Vec<_>>(),
        ["Some(2019)", "Some(2020)", "2021:1/0", "2022:0/0", "Some(2023)", "2024:0/1"],
        "2022 is a gap, 2019 and 2023 are not there"
    );
    let grid = Grid::of(Axis::Org, &material);
    let names: Vec<_> = grid.columns.iter().map(|c| matches!(c, Column::Org(Some(_)))).collect();
    assert_eq!(names, [true, true, false], "without a name last");
    assert_eq!(grid.rows[0].cells[1].unwrap().mentions(), 1);
    assert_eq!(grid.rows[0].cells[0], Some(Cell::default()), "it has reports, and they say nothing");
}
