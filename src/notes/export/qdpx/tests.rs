#![allow(clippy::unwrap_used, clippy::panic)]

use super::super::tests::schema::Schema;
use super::super::tests::{again, bundle};
use super::super::{Bundle, ImportFault, Incoming};
use super::*;
use crate::notes::{NoteKind, Position};
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;

fn stamp() -> Stamp {
    Stamp { title: "Sluizen & pompen".into(), user: "Ik".into() }
}

fn entries(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|i| {
            let mut file = archive.by_index(i).unwrap();
            let mut content = Vec::new();
            file.read_to_end(&mut content).unwrap();
            (file.name().unwrap().into_owned(), content)
        })
        .collect()
}

fn pack(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A project of another program: this text, these selections.
fn foreign(origin: &str, text: &[u8], inside: &str) -> Vec<u8> {
    let qde = format!(
        "\u{feff}<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n<Project xmlns=\"urn:QDA-XML:project:1.0\" origin=\"{origin}\" name=\"p\">\r\n\
         <CodeBook><Codes><Code guid=\"AAAAAAAA-0000-0000-0000-000000000001\" name=\"Lek\" isCodable=\"true\"/></Codes></CodeBook>\r\n\
         <Sources><TextSource guid=\"{{AAAAAAAA-0000-0000-0000-000000000002}}\" name=\"Sluizen\" plainTextPath=\"internal://T.txt\">\r\n\
         {inside}</TextSource></Sources></Project>"
    );
    pack(&[("Sources/t.TXT", text), ("PROJECT.QDE", qde.as_bytes())])
}

fn selection(name: &str, start: usize, end: usize) -> String {
    format!(
        "<PlainTextSelection guid=\"AAAAAAAA-0000-0000-0000-0000000{start:05}\" name=\"{name}\" startPosition=\"{start}\" \
         endPosition=\"{end}\"><Coding guid=\"AAAAAAAA-0000-0000-0001-0000000{start:05}\" creationDateTime=\"2026-01-02T03:04:05\">\
         <CodeRef targetGUID=\"aaaaaaaa-0000-0000-0000-000000000001\"/></Coding></PlainTextSelection>"
    )
}

fn quotes(incoming: &Incoming) -> Vec<&str> {
    incoming.notes.iter().map(|n| n.target.quote().map_or("", |q| &q.exact)).collect()
}

#[test]
fn everything_comes_back_and_a_second_export_is_the_same_bytes() {
    let bundle = bundle();
    let bytes = write(&bundle, &stamp()).unwrap();
    assert_eq!(write(&bundle, &stamp()).unwrap(), bytes);
    let read = read(&bytes).unwrap();
    assert_eq!(read.said, Vec::<String>::new());
    assert_eq!(read.notes.len(), bundle.items.len());
    for item in &bundle.items {
        let note = read.notes.iter().find(|n| n.id.as_ref() == Some(&item.note.id)).unwrap();
        assert_eq!(note.whole().unwrap(), item.note);
        if let (Some(place), Some(source)) = (&item.at.place, note.source) {
            let (text, at) = (read.sources[source].text.as_ref().unwrap(), note.at.unwrap());
            let there: String = text.chars().skip(at.start as usize).take((at.end - at.start) as usize).collect();
            assert_eq!(there, place.text);
        }
    }
    for (code, read) in bundle.codes.iter().zip(&read.codes) {
        assert_eq!(code, read);
    }
    let lost: Vec<_> = read.codes[bundle.codes.len()..].iter().map(|c| (c.id.as_str(), c.made)).collect();
    assert_eq!(lost, [("verdwenen-knelpunt", false), ("verdwenen", false)]);
    for (source, read) in bundle.sources.iter().zip(&read.sources) {
        assert_eq!((&source.title, &source.org, source.year), (&read.title, &read.org, read.year));
        assert_eq!((Some(source.edition), &source.file), (read.edition, &read.file));
        assert_eq!(read.text.as_deref(), Some(source.text.text()));
    }
    assert_eq!(write(&again(&read, &bundle), &stamp()).unwrap(), bytes);
}

#[test]
fn the_archive_is_as_the_standard_has_it() {
    let bytes = write(&bundle(), &stamp()).unwrap();
    let files = entries(&bytes);
    assert_eq!(files.len(), 3);
    assert_eq!(files[0].0, "project.qde");
    let qde = String::from_utf8(files[0].1.clone()).unwrap();
    for (name, content) in &files[1..] {
        assert!(qde.contains(&format!("plainTextPath=\"internal://{}\"", name.strip_prefix("sources/").unwrap())));
        assert!(!content.starts_with(b"\xef\xbb\xbf") && !content.contains(&b'\r'));
    }
    let order = ["<Users>", "<CodeBook>", "<Variables>", "<Sources>", "<Notes>"];
    assert!(order.windows(2).all(|w| qde.find(w[0]).unwrap() < qde.find(w[1]).unwrap()));
    assert!(!qde.contains("Sets") && !qde.contains("Cases") && !qde.contains("Links"));
    assert!(qde.contains("name=\"12 % van de tijd\" startPosition="));
    let empty = String::from_utf8(entries(&write(&Bundle::default(), &stamp()).unwrap())[0].1.clone());
    assert_eq!(empty.unwrap().matches('<').count(), 6, "nothing but the project and its user");
}

#[test]
fn every_export_is_valid_against_the_published_schema() {
    let schema = Schema::load("Project.xsd");
    let whole = bundle();
    let mut cases = vec![whole.clone(), Bundle::default()];
    // each note alone, with and without the knelpunten and reports that go with it
    for item in &whole.items {
        cases.push(Bundle { items: vec![item.clone()], ..Bundle::default() });
        cases.push(Bundle { items: vec![item.clone()], ..whole.clone() });
    }
    cases.push(Bundle { items: Vec::new(), ..whole.clone() });
    // twice the same content is one source
    cases.push(Bundle { sources: [whole.sources.clone(), whole.sources.clone()].concat(), ..whole });
    for bundle in cases {
        let qde = &entries(&write(&bundle, &stamp()).unwrap())[0].1;
        assert_eq!(schema.faults(qde), Vec::<String>::new(), "{}", String::from_utf8_lossy(qde));
    }
}

#[test]
fn reports_and_tags_of_one_name_are_told_apart() {
    let mut bundle = bundle();
    bundle.sources[1].title = "staat van de Sluizen 2025".into();
    bundle.sources[1].org = Some("Dienst Pompen".into());
    bundle.items[0].note.tags = vec!["Geld".into(), "#geld".into()];
    let bytes = write(&bundle, &stamp()).unwrap();
    let qde = String::from_utf8(entries(&bytes)[0].1.clone()).unwrap();
    for name in
        ["Staat van de sluizen 2025 (Dienst Sluizen en Pompen)", "staat van de Sluizen 2025 (Dienst Pompen)", "#Geld"]
    {
        assert!(qde.contains(&format!("name=\"{name}\"")), "{name}");
    }
    let read = read(&bytes).unwrap();
    assert_eq!(read.sources[1].title, "staat van de Sluizen 2025");
    assert_eq!(read.notes[0].whole().unwrap(), bundle.items[0].note);
    // by year or by file where publishers don't tell
    bundle.sources[1].org = bundle.sources[0].org.clone();
    bundle.sources[1].year = Some(2024);
    assert!(
        String::from_utf8(entries(&write(&bundle, &stamp()).unwrap())[0].1.clone()).unwrap().contains("2025 (2024)")
    );
    bundle.sources[1].year = bundle.sources[0].year;
    assert!(
        String::from_utf8(entries(&write(&bundle, &stamp()).unwrap())[0].1.clone()).unwrap().contains("2025 (p.txt)")
    );
}

#[test]
fn what_another_program_changed_is_taken_over() {
    let bytes = write(&bundle(), &stamp()).unwrap();
    let mut entries = entries(&bytes);
    let qde = String::from_utf8(entries[0].1.clone()).unwrap();
    // Other line ends, a byte-order mark, no internal://, another word in a note and one coding less.
    let first = qde.find("<Coding ").unwrap();
    let end = qde[first..].find("</Coding>").unwrap() + first + "</Coding>".len();
    let changed = format!("\u{feff}{}{}", &qde[..first], &qde[end..]).replace("internal://", "").replace('\n', "\r\n");
    let changed =
        changed.replace("Wie *betaalt* dit? &lt;b&gt;\r\n\r\n---\r\n\r\n- a\r\n</PlainText", "Wij dus.</PlainText");
    entries[0].1 = changed.into_bytes();
    let all: Vec<_> = entries.iter().map(|(n, c)| (n.as_str(), c.as_slice())).collect();
    let read = read(&pack(&all)).unwrap();
    let before = bundle();
    assert_eq!(read.notes.len(), before.items.len());
    let note = &read.notes[0];
    assert_eq!(note.knelpunten, ["lekkage"]);
    assert_eq!(note.tags, before.items[0].note.tags);
    assert!(note.body.ends_with("# Vraag\n\nWij dus.") && note.body.contains("Wie *betaalt* dit?"), "{}", note.body);
    assert_eq!(read.notes[1].whole().unwrap(), before.items[1].note);
}

#[test]
fn places_are_read_as_the_program_means_them() {
    let words = "De sluis is lek. 😀 Ja!\r\nDe tweede sluis ook. En de derde.\r\nZo is het altijd geweest.";
    let lf = words.replace("\r\n", "\n");
    let wanted = ["tweede sluis ook", "altijd geweest"];
    type Count = fn(&str) -> usize;
    let counts: [(&str, Count); 3] = [
        ("standard", |before| before.replace("\r\n", "\n").chars().count()),
        ("two", |before| before.chars().count()),
        ("wide", |before| before.encode_utf16().count()),
    ];
    for (name, count) in counts {
        for mark in ["", "\u{feff}"] {
            for named in [true, false] {
                let inside: String = wanted
                    .iter()
                    .map(|w| {
                        let at = words.find(w).unwrap();
                        let (start, end) = (count(&words[..at]), count(&words[..at + w.len()]));
                        selection(if named { w } else { "" }, start, end)
                    })
                    .collect();
                let read = read(&foreign(name, format!("{mark}{words}").as_bytes(), &inside)).unwrap();
                assert_eq!(quotes(&read), wanted, "{name}, named: {named}");
                assert_eq!(read.sources[0].text.as_ref().unwrap(), &lf);
                let at = read.notes[0].at.unwrap();
                let there: String = lf.chars().skip(at.start as usize).take((at.end - at.start) as usize).collect();
                assert_eq!(there, wanted[0]);
            }
        }
    }
    // An end that is the last character itself.
    let at = lf.find("tweede").unwrap() - "😀".len() + 1;
    let inside = selection("tweede sluis ook", at, at + "tweede sluis ook".len() - 1);
    assert_eq!(quotes(&read(&foreign("x", lf.as_bytes(), &inside)).unwrap()), ["tweede sluis ook"]);
    // ATLAS.ti keeps CR LF in the file and counts one; without any other sign it is believed.
    let inside = selection("", 40, 45);
    let two = quotes(&read(&foreign("x", words.as_bytes(), &inside)).unwrap())[0].to_owned();
    let one = quotes(&read(&foreign("ATLAS.ti 9", words.as_bytes(), &inside)).unwrap())[0].to_owned();
    assert_ne!(one, two);
}

#[test]
fn notes_of_other_programs_come_with_their_words_and_codes() {
    let qde = "<Project name=\"p\"><Users><User guid=\"1\" name=\"a\"/><User guid=\"2\"/></Users>\
        <CodeBook><Codes><Code guid=\"c1\" name=\"Lek\" isCodable=\"true\"><NoteRef targetGUID=\"n5\"/></Code></Codes></CodeBook>\
        <Variables><Variable guid=\"v1\" name=\"Year\" typeOfVariable=\"Integer\"/><Variable guid=\"v2\" name=\"Soort\" typeOfVariable=\"Text\"/></Variables>\
        <Cases><Case guid=\"k1\" name=\"K\"><VariableValue><VariableRef targetGUID=\"v1\"/><IntegerValue>2024</IntegerValue></VariableValue>\
        <SourceRef targetGUID=\"s1\"/></Case></Cases>\
        <Sources><TextSource guid=\"s1\" name=\"Brief\"><PlainTextContent>De pomp is stuk. De dijk is heel.</PlainTextContent>\
        <PlainTextSelection guid=\"p1\" name=\"\" startPosition=\"3\" endPosition=\"7\"><Description>in de beschrijving</Description></PlainTextSelection>\
        <PlainTextSelection guid=\"p2\" startPosition=\"20\" endPosition=\"24\" creationDateTime=\"2026-03-01T10:00:00Z\">\
        <Coding guid=\"x1\"><CodeRef targetGUID=\"c1\"/><NoteRef targetGUID=\"n2\"/></Coding><Coding guid=\"x2\"><CodeRef targetGUID=\"c1\"/></Coding>\
        <Coding guid=\"x3\"><CodeRef targetGUID=\"k1\"/></Coding><Coding guid=\"x4\"><CodeRef targetGUID=\"weg\"/></Coding></PlainTextSelection>\
        <PlainTextSelection guid=\"p3\" name=\"ver weg\" startPosition=\"900\" endPosition=\"907\"/>\
        <Coding guid=\"x5\"><CodeRef targetGUID=\"c1\"/></Coding><NoteRef targetGUID=\"n3\"/><NoteRef targetGUID=\"n6\"/>\
        <VariableValue><VariableRef targetGUID=\"v2\"/><TextValue>brief</TextValue></VariableValue></TextSource>\
        <PDFSource guid=\"s2\" name=\"blad.pdf\" path=\"internal://blad.pdf\"><PDFSelection guid=\"p4\" page=\"1\" firstX=\"1\" firstY=\"1\" secondX=\"2\" secondY=\"2\"/>\
        <Representation guid=\"s3\" plainTextPath=\"internal://weg.txt\"><PlainTextSelection guid=\"p5\" name=\"op de tegel\" startPosition=\"0\" endPosition=\"3\"/></Representation></PDFSource>\
        <PictureSource guid=\"s4\"/></Sources>\
        <Notes><Note guid=\"n1\"><PlainTextContent>gekoppeld</PlainTextContent></Note><Note guid=\"n2\"><PlainTextContent>bij de code</PlainTextContent></Note>\
        <Note guid=\"n3\" modifiedDateTime=\"2026-03-02T10:00:00Z\"><PlainTextContent>over de brief</PlainTextContent></Note><Note guid=\"n4\"><PlainTextContent>dagboek</PlainTextContent></Note>\
        <Note guid=\"n5\"><PlainTextContent>over lekken</PlainTextContent></Note>\
        <Note guid=\"n6\"><PlainTextContent>zelf een plaats</PlainTextContent><PlainTextSelection guid=\"p6\" startPosition=\"17\" endPosition=\"24\"/></Note></Notes>\
        <Links><Link guid=\"l1\" originGUID=\"n1\" targetGUID=\"p1\"/><Link guid=\"l2\" originGUID=\"c1\" targetGUID=\"c1\"/></Links>\
        <Sets><Set guid=\"t1\" name=\"s\"/></Sets></Project>";
    let read = read(&pack(&[("project.qde", qde.as_bytes())])).unwrap();
    let notes: Vec<_> = read
        .notes
        .iter()
        .map(|n| {
            let on = match &n.target.kind {
                TargetKind::Passage(quote) => quote.exact.as_str(),
                TargetKind::Knelpunt(id) => id,
                other => other.name(),
            };
            (n.id.as_ref().map_or("", |i| i.as_str()), n.kind.name(), on, n.body.as_str(), n.knelpunten.len())
        })
        .collect();
    let whole = guid::of(Thing::Note, "s1");
    assert_eq!(
        notes,
        [
            ("p1", "note", "pomp", "in de beschrijving\n\ngekoppeld", 0),
            ("p2", "note", "dijk", "bij de code", 1),
            ("p3", "highlight", "ver weg", "", 0),
            ("n3", "note", "report", "over de brief", 0),
            ("n6", "note", "De dijk", "zelf een plaats", 0),
            (whole.as_str(), "highlight", "report", "", 1),
            ("p5", "highlight", "op de tegel", "", 0),
            ("n5", "note", "lek", "over lekken", 0),
        ]
    );
    assert_eq!(read.notes[0].target.quote().unwrap().prefix, "De ");
    assert_eq!(read.notes[1].created.unwrap().to_string(), "2026-03-01T10:00:00Z");
    assert_eq!((read.sources[0].year, read.sources[1].title.as_str()), (Some(2024), "blad.pdf"));
    assert_eq!(
        read.said,
        [
            "links between codes or passages, which are not known here: 1",
            "areas marked on pages, whose words the file does not tell: 1",
            "sources that are no text (pictures, sound, film), with what is marked in them: 1",
            "values of variables other than publisher and year: 1",
            "texts that are not in the file: 1",
            "codings of one passage with the same code, taken as one: 1",
            "passages put to a case: 1",
            "codings with a code that is not in the file: 1",
            "passages whose place is not in their text: taken by the words they name: 2",
            "notes on the project as a whole or on nothing that is taken over: 1",
            "names of coders, which notes do not keep: 2",
            "cases: 1",
            "sets of codes, sources or notes, which are not known here: 1",
        ]
    );
}

#[test]
fn hostile_archives_are_refused_or_said() {
    let project = |path: &str| {
        format!("<Project><Sources><TextSource guid=\"s\" name=\"n\" plainTextPath=\"{path}\"/></Sources></Project>")
    };
    for (path, said) in [
        ("internal://../../etc/passwd", "texts whose path leads out of the file, not followed: 1"),
        ("internal://a/..\\..\\b.txt", "texts whose path leads out of the file, not followed: 1"),
        ("file:///etc/passwd", "texts that are kept outside the file: 1"),
        ("/etc/passwd", "texts that are kept outside the file: 1"),
        ("C:\\geheim.txt", "texts that are kept outside the file: 1"),
        ("relative:///x.txt", "texts that are kept outside the file: 1"),
        ("internal://weg.txt", "texts that are not in the file: 1"),
    ] {
        let qde = project(path);
        let bytes = pack(&[("project.qde", qde.as_bytes()), ("../../etc/passwd", b"nee"), ("etc/passwd", b"nee")]);
        let read = read(&bytes).unwrap();
        assert_eq!((read.said, read.sources[0].text.as_deref()), (vec![said.to_owned()], None));
    }
    let bomb = vec![b' '; 300 << 20];
    let fault = read(&pack(&[("project.qde", &bomb)])).unwrap_err();
    assert!(matches!(fault, ImportFault::Refused(_)), "{fault}");
    let qde = project("t.txt");
    let fault = read(&pack(&[("project.qde", qde.as_bytes()), ("sources/t.txt", &bomb)])).unwrap_err();
    assert!(fault.to_string().contains("unpacks to more than"), "{fault}");
    let dtd = "<!DOCTYPE p [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><Project>&x;</Project>";
    assert!(matches!(read(&pack(&[("project.qde", dtd.as_bytes())])), Err(ImportFault::Refused(_))));
    for (bytes, reason) in [
        (pack(&[("iets.txt", b"x")]), "no project.qde"),
        (pack(&[("project.qde", b"<CodeBook/>")]), "<CodeBook>"),
        (b"<Project/>".to_vec(), "no archive"),
        (Vec::new(), "no archive"),
    ] {
        let fault = read(&bytes).unwrap_err();
        assert!(fault.to_string().contains(reason), "{fault}");
    }
    // Cut off or damaged anywhere: an answer, never a panic.
    let whole = write(&bundle(), &stamp()).unwrap();
    for cut in (0..whole.len()).step_by(whole.len() / 50) {
        assert!(read(&whole[..cut]).is_err());
        let mut damaged = whole.clone();
        damaged[cut] ^= 0x55;
        let _ = read(&damaged);
    }
}

#[test]
fn texts_in_other_encodings_are_read_and_said() {
    let inside = selection("café", 0, 4);
    let read_text = |bytes: &[u8]| read(&foreign("x", bytes, &inside)).unwrap();
    let utf16: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain("café om de hoek".encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_eq!(quotes(&read_text(&utf16)), ["café"]);
    let latin = read_text(b"caf\xe9 om de hoek");
    assert_eq!(quotes(&latin), ["café"]);
    assert_eq!(latin.said, ["texts that are not UTF-8, read as Windows-1252: 1"]);
    assert_eq!(latin.notes[0].at, Some(Position { start: 0, end: 4 }));
    assert_eq!(latin.notes[0].kind, NoteKind::Highlight);
    assert_eq!(latin.notes[0].created.unwrap().to_string(), "2026-01-02T03:04:05Z");
}
