#![allow(clippy::unwrap_used, clippy::panic)]

use super::*;
use crate::doc::{Edition, Page};
use jiff::Timestamp;
use proptest::prelude::*;

/// A file as somebody keeps it by hand: comments, keys of their own, an order of their own.
const BY_HAND: &str = "---
# van mij
id: 01JDABCDEFGHJKMNPQRSTVWXYZ   # niet wijzigen
aliases: [kraan, \"lek\"]
status: toegezegd  # in het overleg
kind: note
created: 2026-03-04T05:06:07Z
tags:
  # de eerste is de oudste
  - water
  - 'pijpen en slangen'   # twee woorden

target:
  kind: passage
  eigen: {a: 1, b: [x, y]}
  report: {title: Waterstand, org: 'Dienst Sluizen', year: 2025, soort: jaarbericht}
  section: [\"1 Sluizen\"]
  page: {index: 3}
  quote:
    exact: de sluis lekt
    prefix: \"Elke dag zien wij dat \"
    # hierna komt de rest
    suffix: >-
      en dat al
      jaren
  # einde van het doel
# einde
---

Eerste regel.
Tweede regel.
";

fn note() -> Note {
    parse(BY_HAND).unwrap()
}

fn lines_changed<'t>(before: &'t str, after: &'t str) -> (Vec<&'t str>, Vec<&'t str>) {
    let (a, b): (Vec<_>, Vec<_>) = (before.split_inclusive('\n').collect(), after.split_inclusive('\n').collect());
    let head = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let most = a.len().min(b.len()) - head;
    let tail = a.iter().rev().zip(b.iter().rev()).take(most).take_while(|(x, y)| x == y).count();
    (a[head..a.len() - tail].to_vec(), b[head..b.len() - tail].to_vec())
}

#[test]
fn a_file_kept_by_hand_is_understood() {
    let note = note();
    assert_eq!(note.status, Some(Status::Promised));
    assert_eq!(note.tags, ["water", "pijpen en slangen"]);
    assert_eq!(note.modified, note.created);
    assert_eq!(note.body, "\nEerste regel.\nTweede regel.");
    let report = note.target.report.as_ref().unwrap();
    assert_eq!((report.title.as_str(), report.year, report.edition), ("Waterstand", Some(2025), None));
    assert_eq!(note.target.quote().unwrap().suffix, "en dat al jaren");
    assert_eq!(note.target.page, Some(Page { index: 3, label: None }));
}

#[test]
fn one_change_touches_one_line() {
    type Change = fn(&mut Note);
    let changes: [(Change, &[&str], &[&str]); 10] = [
        (
            |n| n.status = Some(Status::Resolved),
            &["status: toegezegd  # in het overleg\n"],
            &["status: resolved  # in het overleg\n"],
        ),
        (|n| n.status = None, &["status: toegezegd  # in het overleg\n"], &["status: null  # in het overleg\n"]),
        (|n| n.tags.push("nieuw".into()), &[], &["  - nieuw\n"]),
        (|n| drop(n.tags.remove(0)), &["  - water\n"], &[]),
        (|n| n.color = Some(Color::Blue), &[], &["color: blue\n"]),
        (|n| n.knelpunten.push("lekkende sluis".into()), &[], &["knelpunten: [\"lekkende sluis\"]\n"]),
        (
            |n| n.target.page.as_mut().unwrap().label = Some("iii".into()),
            &["  page: {index: 3}\n"],
            &["  page: {index: 3, label: iii}\n"],
        ),
        (
            |n| n.target.report.as_mut().unwrap().year = Some(2026),
            &["  report: {title: Waterstand, org: 'Dienst Sluizen', year: 2025, soort: jaarbericht}\n"],
            &["  report: {title: Waterstand, org: 'Dienst Sluizen', year: 2026, soort: jaarbericht}\n"],
        ),
        (|n| n.body = n.body.replace("Tweede", "Derde"), &["Tweede regel.\n"], &["Derde regel.\n"]),
        (|n| n.target.position = Some(Position { start: 1, end: 14 }), &[], &["  position: {start: 1, end: 14}\n"]),
    ];
    for text in [BY_HAND.to_owned(), BY_HAND.replace('\n', "\r\n"), format!("\u{feff}{BY_HAND}")] {
        for (change, gone, came) in changes {
            let mut note = parse(&text).unwrap();
            change(&mut note);
            let after = update(&text, &note).unwrap();
            let (a, b) = lines_changed(&text, &after);
            let plain = |lines: Vec<&str>| lines.into_iter().map(|l| l.replace("\r\n", "\n")).collect::<Vec<_>>();
            assert_eq!(
                (plain(a), plain(b)),
                (gone.iter().map(|s| s.to_string()).collect(), came.iter().map(|s| s.to_string()).collect())
            );
            assert_eq!(text.contains("\r\n"), after.contains("\r\n"));
            assert_eq!(after.matches('\n').count() - after.matches("\r\n").count() == 0, text.contains("\r\n"));
            assert_eq!(parse(&after).unwrap(), note);
        }
    }
}

#[test]
fn block_values_are_replaced_whole_and_nothing_else() {
    let mut note = note();
    let TargetKind::Passage(quote) = &mut note.target.kind else { panic!() };
    quote.suffix = "en al heel lang".into();
    let (gone, came) = {
        let after = update(BY_HAND, &note).unwrap();
        let (a, b) = lines_changed(BY_HAND, &after);
        (a.concat(), b.concat())
    };
    assert_eq!(gone, "    suffix: >-\n      en dat al\n      jaren\n");
    assert_eq!(came, "    suffix: \"en al heel lang\"\n");
}

#[test]
fn a_file_without_a_last_line_end_stays_so() {
    let text = BY_HAND.trim_end();
    let mut note = parse(text).unwrap();
    assert_eq!(note.body, "\nEerste regel.\nTweede regel.");
    note.body = "Kort".into();
    let after = update(text, &note).unwrap();
    assert!(after.ends_with("---\nKort"));
    let bare = BY_HAND.split_inclusive("# einde\n---").next().unwrap();
    note.body = "Woorden".into();
    assert!(update(bare, &note).unwrap().ends_with("\n---\nWoorden\n"));
}

#[test]
fn what_is_no_note_is_said_with_its_line() {
    let cases = [
        ("", 1, "empty file"),
        ("Zomaar tekst\n", 1, "no front matter"),
        ("---\nid: x\n", 1, "no end"),
        ("---\nid: x\nid: y\n---\n", 3, "duplicated key"),
        ("---\nid: [\n---\n", 3, ""),
        ("---\n- a\n---\n", 2, "no keys"),
        ("---\nkind: note\n---\n", 2, "id is missing"),
        ("---\nid: ../x\n---\n", 2, "cannot be the name"),
        ("---\nid: x\ncreated: gisteren\n---\n", 3, "created"),
        ("---\nid: x\ncreated: 2026-01-02\n---\n", 2, "target is missing"),
        ("---\nid: x\ncreated: 2026-01-02\ntarget: {kind: bladzijde, report: {}}\n---\n", 4, "bladzijde"),
        ("---\nid: x\ncreated: 2026-01-02\ntarget: {kind: section}\n---\n", 4, "names no report"),
        (
            "---\nid: x\ncreated: 2026-01-02\nstatus: misschien\ntarget: {kind: report, report: {}}\n---\n",
            4,
            "misschien",
        ),
    ];
    for (text, line, reason) in cases {
        let error = parse(text).unwrap_err();
        assert_eq!(error.line, line, "{text:?}: {error}");
        assert!(error.reason.contains(reason), "{text:?}: {error}");
    }
    for deep in ["- ".repeat(50_000), "[".repeat(50_000), "? ".repeat(50_000), "{a: ".repeat(50_000)] {
        assert!(parse(&format!("---\n{deep}\n---\n")).is_err());
    }
}

#[test]
fn aliases_and_anchors_are_never_changed_from_behind() {
    let text = "---\nid: x\ncreated: 2026-01-02\nmijn: &m [a, b]\ntags: *m\nlijst: &r {title: T, file: ''}\n\
                target: {kind: report, report: *r}\n---\n";
    let mut note = parse(text).unwrap();
    assert_eq!(note.tags, ["a", "b"]);
    note.tags.push("c".into());
    note.target.report.as_mut().unwrap().title = "U".into();
    let after = update(text, &note).unwrap();
    assert!(after.contains("mijn: &m [a, b]\n") && after.contains("lijst: &r {title: T, file: ''}\n"), "{after}");
    assert_eq!(parse(&after).unwrap(), note);
}

#[test]
fn ids_sort_by_time_and_never_repeat() {
    let mut maker = IdMaker::default();
    let ids: Vec<_> = [(5, 9), (5, 3), (4, 1), (6, 0)].map(|(ms, r)| maker.next(ms, r)).into();
    assert!(ids.is_sorted() && ids.windows(2).all(|w| w[0] != w[1]));
    assert_eq!(ids[0].millis(), Some(5));
    // what another run made under another clock counts, also by hand in small letters; no moment of anybody's doesn't
    let mut maker = IdMaker::default();
    let far = NoteId::new(9_000_000_000_000, u128::MAX);
    maker.after(&NoteId::parse(&far.as_str().to_lowercase()).unwrap());
    maker.after(&NoteId::new(u64::MAX, u128::MAX));
    maker.after(&NoteId::parse("notitie").unwrap());
    let (one, two) = (maker.next(7, 0), maker.next(7, 1 << 40));
    assert!(far < one && one < two, "{far} {one} {two}");
    assert!(two.millis().unwrap() < 9_000_000_000_010);
    assert_eq!(NoteId::new(1_700_000_000_000, u128::MAX).as_str().len(), 26);
    assert_eq!(NoteId::parse("nul"), None);
    assert_eq!(NoteId::parse("a/b"), None);
}

#[test]
fn slugs_are_names_for_any_file_system() {
    assert_eq!(slug::slug("Één coöperatie: 's winters (2025)"), "een-cooperatie-s-winters-2025");
    assert_eq!(slug::slug("漢字 ..."), "");
    assert!(slug::slug(&"woord ".repeat(50)).len() <= 60);
    let mut note = note();
    let mut folder = |title: &str, year: Option<i32>, file: &str| {
        let report = note.target.report.as_mut().unwrap();
        (report.title, report.year, report.file) = (title.into(), year, file.into());
        slug::folder(&note).to_str().unwrap().replace('\\', "/")
    };
    assert_eq!(folder("Stand 2025", Some(2025), ""), "notes/stand-2025");
    assert_eq!(folder("Stand", Some(2024), ""), "notes/stand-2024");
    assert_eq!(folder("Con", None, ""), "notes/report-con");
    assert_eq!(folder("Knelpunten", None, ""), "notes/report-knelpunten");
    assert_eq!(folder("漢", None, "map/Brief aan X.docx"), "notes/brief-aan-x");
    assert_eq!(folder("", None, ""), "notes/report");
    note.target = describe::describe_made_knelpunt("Trage keten");
    assert_eq!(slug::folder(&note), std::path::Path::new("notes/knelpunten/trage-keten"));
}

proptest! {
    #[test]
    fn code_points_and_bytes_agree(text in "[a\u{e9}\u{20ac}\u{1f600}]{0,2000}", at in 0usize..2100) {
        let points = points::Points::of(&text);
        let expected = text.char_indices().map(|(i, _)| i).chain([text.len()]).nth(at);
        prop_assert_eq!(points.byte(at as u32), expected);
        if let Some(byte) = expected {
            prop_assert_eq!(points::point(&text, byte as u32), at as u32);
        }
    }

    #[test]
    fn a_new_file_says_what_the_note_says(note in any_note()) {
        let text = render(&note);
        prop_assert_eq!(&parse(&text).unwrap(), &note, "{}", text);
        prop_assert_eq!(update(&text, &note).unwrap(), text);
    }

    #[test]
    fn any_note_becomes_any_other(a in any_note(), b in any_note(), crlf: bool, end: bool) {
        let mut text = render(&a).replace("tags:", "# van mij\neigen: [1, {a: b}] # x\ntags:");
        if crlf { text = text.replace('\n', "\r\n") }
        if !end { text.truncate(text.trim_end_matches(['\r', '\n']).len()) }
        let was = parse(&text).unwrap();
        prop_assert_eq!(update(&text, &was).unwrap(), text.as_str());
        let after = update(&text, &b).unwrap();
        prop_assert_eq!(&parse(&after).unwrap(), &b);
        let kept = after.contains("# van mij") && after.contains("eigen: [1, {a: b}] # x");
        prop_assert!(kept, "{}", after);
    }

    #[test]
    fn one_key_leaves_every_other_byte(
        a in any_note(), tags in words(), status in proptest::option::of(status()), eigen in "[a-z]{1,8}", crlf: bool,
    ) {
        let mut text = render(&a).replace("knelpunten:", &format!("{eigen}1: >\n  x # y\n\n# z\nknelpunten:"));
        if crlf { text = text.replace('\n', "\r\n") }
        let mut note = parse(&text).unwrap();
        (note.tags, note.status) = (tags, status);
        let after = update(&text, &note).unwrap();
        let other = |t: &str| t.split_inclusive('\n').filter(|l| !l.starts_with("tags:") && !l.starts_with("status:")).collect::<String>();
        prop_assert_eq!(other(&after), other(&text));
    }

    #[test]
    fn no_text_crashes_the_reader(text in "(---\n)?[-\\[\\]{}:,&*!|>'\"# \na-c\u{e9}]{0,60}(\n---\n)?") {
        let _ = parse(&text);
        let _ = parse(&format!("---\nid: x\ncreated: 2026-01-02\ntarget: {{kind: report, report: {{}}}}\n{text}\n---\n"));
    }

    #[test]
    fn an_edit_of_strange_yaml_is_right_or_refused(extra in "[-\\[\\]{}:,&*!|>'\"# \na-c]{0,30}", tags in words()) {
        let text = format!("---\nid: x\ncreated: 2026-01-02\ntags: {extra}\nb: 1\ntarget: {{kind: report, report: {{}}}}\n---\n");
        if let Ok(mut note) = parse(&text) {
            prop_assert_eq!(&update(&text, &note).unwrap(), &text);
            note.tags = tags;
            if let Ok(after) = update(&text, &note) {
                prop_assert_eq!(parse(&after).unwrap(), note);
                prop_assert!(after.starts_with("---\nid: x\ncreated: 2026-01-02\n"));
                let tail = after.ends_with("\nb: 1\ntarget: {kind: report, report: {}}\n---\n");
                prop_assert!(tail, "{}", after);
            }
        }
    }
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zA-Z\u{e9}0-9 .,:#'\"\\\\\\[\\]{}&*!|>%@`~?-]{0,30}",
        "[ \n\t\u{a0}\u{2028}\u{85}\u{7f}\u{1}\u{feff}\u{1f600}a]{0,10}",
        Just("null".to_owned()),
        Just("1e3".to_owned()),
    ]
}

fn words() -> impl Strategy<Value = Vec<String>> {
    proptest::collection::vec(text(), 0..4)
}

fn status() -> impl Strategy<Value = Status> {
    proptest::sample::select(Status::ALL)
}

fn time() -> impl Strategy<Value = Timestamp> {
    (0i64..4_000_000_000_000).prop_map(|ms| Timestamp::from_millisecond(ms).unwrap())
}

fn position() -> impl Strategy<Value = Position> {
    (0u32..9999, 0u32..9999).prop_map(|(start, end)| Position { start, end })
}

fn target() -> impl Strategy<Value = Target> {
    let report = (text(), proptest::option::of(text()), proptest::option::of(-5i32..3000), any::<bool>(), text())
        .prop_map(|(title, org, year, known, file)| {
            let edition = known.then(|| Edition::of(title.as_bytes()));
            ReportRef { title, org, year, edition, file }
        });
    let kind = prop_oneof![
        (text(), text(), text(), proptest::option::of(1u32..100))
            .prop_map(|(exact, prefix, suffix, times)| { TargetKind::Passage(Quote { exact, prefix, suffix, times }) }),
        Just(TargetKind::Section),
        text().prop_map(TargetKind::Knelpunt),
        Just(TargetKind::Report),
    ];
    let page = (0u32..99, proptest::option::of(text())).prop_map(|(index, label)| Page { index, label });
    (report, kind, words(), proptest::option::of(page), proptest::option::of(position())).prop_map(
        |(report, kind, section, page, position)| Target { report: Some(report), kind, section, page, position },
    )
}

fn any_note() -> impl Strategy<Value = Note> {
    let anchored = (proptest::option::of(position()), time()).prop_map(|(position, accepted)| AcceptedAnchor {
        edition: Edition::of(b"x"),
        position,
        accepted,
    });
    let body = "([a-z#*-]{0,5}|---|\u{e9}|\n){0,12}";
    (
        (any::<u64>(), any::<u128>(), time(), time(), body),
        (proptest::sample::select(NoteKind::ALL), words(), words(), proptest::option::of(status())),
        (
            proptest::option::of(proptest::sample::select(Color::ALL)),
            target(),
            proptest::collection::vec(anchored, 0..3),
        ),
    )
        .prop_map(
            |((ms, random, created, modified, body), (kind, knelpunten, tags, status), (color, target, anchored))| {
                Note {
                    id: NoteId::new(ms, random),
                    kind,
                    created,
                    modified,
                    knelpunten,
                    tags,
                    color,
                    status,
                    target,
                    anchored,
                    body,
                }
            },
        )
}

#[test]
fn what_was_said_of_other_editions_is_read_and_what_is_not_understood_there_stays() {
    let edition = Edition::of(b"y");
    let (id, at) = ("01JDABCDEFGHJKMNPQRSTVWXYZ", "2026-01-02T03:04:05Z");
    let known = format!("{{edition: {edition}, position: {{start: 3, end: 9}}, accepted: {at}}}");
    let odd = "{edition: blake3:zz, glued: true} # mine";
    for list in [
        format!("[{known}, {{seen: 2026-01-01}}]"),
        format!("\n  - {odd}\n  - {known}\n  - edition: {edition}\n    moved: yes"),
    ] {
        let head =
            format!("---\nid: {id}\nkind: note\ncreated: {at}\ntarget: {{kind: report, report: {{title: T}}}}\n");
        let text = format!("{head}anchored: {list}\n---\nWoorden.\n");
        let note = parse(&text).unwrap();
        let position = Some(Position { start: 3, end: 9 });
        assert_eq!(note.anchored.iter().map(|a| a.position).collect::<Vec<_>>(), [position]);
        let mut left = note.clone();
        left.anchored.push(AcceptedAnchor { edition, position: None, accepted: note.created });
        let after = update(&text, &left).unwrap();
        assert!(after.contains(&format!("{{edition: {edition}, left: {at}}}")), "{after}");
        assert_eq!(after.lines().filter(|l| !text.contains(*l)).count(), 1, "one line is new or changed:\n{after}");
        assert_eq!(parse(&after).unwrap(), left);
        assert_eq!(left.said_of(edition).unwrap().position, None);
        // and back
        match update(&after, &note) {
            Ok(back) => assert_eq!(parse(&back).unwrap(), note),
            Err(refused) => assert!(refused.reason.contains("cannot be changed"), "{refused:?}"),
        }
    }
}
