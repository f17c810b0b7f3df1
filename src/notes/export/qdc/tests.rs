#![allow(clippy::unwrap_used, clippy::panic)]

use super::super::tests::schema::Schema;
use super::*;
use crate::notes::{Color, Status};

fn code(id: &str, title: &str, parent: Option<&str>) -> Code {
    Code { id: id.into(), title: title.into(), parent: parent.map(Into::into), made: true, ..Code::default() }
}

/// A register with everything that a knelpunt can have.
fn codes() -> Vec<Code> {
    vec![
        Code {
            description: "Sluizen lekken & pompen staan stil.\n\nTwee alinea's <nog>.".into(),
            color: Some(Color::Blue),
            status: Some(Status::Promised),
            synonyms: vec!["lek: de sluis".into(), "wateroverlast".into()],
            ..code("sluizen", "Lekkende sluizen", None)
        },
        code("schutsluizen", "Schutsluizen", Some("sluizen")),
        Code { color: Some(Color::Red), ..code("deuren", "Deuren \"van\" <hout>\tof\nstaal", Some("schutsluizen")) },
        Code { made: false, ..code("dienst-sluizen-2025.lekkage", "Lekkage", None) },
        code("pompen", "Pompen", Some("sluizen")),
    ]
}

#[test]
fn a_codebook_comes_back_as_it_was() {
    let bytes = write(&codes()).unwrap();
    let read = read(&bytes).unwrap();
    assert_eq!(read.said, Vec::<String>::new());
    let mut wanted = codes();
    wanted.swap(3, 4); // what lies in the first one stands in it
    assert_eq!(read.codes, wanted);
    assert_eq!(write(&read.codes).unwrap(), bytes);
}

#[test]
fn the_order_is_the_published_one_and_nothing_is_empty() {
    let text = String::from_utf8(write(&codes()).unwrap()).unwrap();
    assert!(
        text.starts_with("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<CodeBook xmlns=\"urn:QDA-XML:codebook:1.0\"")
    );
    assert!(!text.contains("<Sets") && !text.contains("<Description></"));
    assert!(text.contains(" color=\"#3B6FB6\""));
    assert!(!text.contains('\r') && text.ends_with("</CodeBook>\n"));
    assert_eq!(Schema::load("codebook.xsd").faults(text.as_bytes()), Vec::<String>::new());
    let one = String::from_utf8(write(&[code("pompen", "Pompen", None)]).unwrap()).unwrap();
    assert!(one.contains("name=\"Pompen\" isCodable=\"true\"/>"), "{one}");
    assert_eq!(write(&[]), None);
}

#[test]
fn ids_that_titles_do_not_tell_and_look_alikes_survive() {
    for (id, title, description) in [
        ("x", "Pompen", ""),
        ("pompen", "Pompen", "Woorden.\n\n---\nid: anders\n---"),
        ("pompen", "Pompen", "---\nstatus: open\n---\n"),
        ("pompen", "Pompen", "Woorden.\n\n---\nniets: van ons\n---"),
        ("漢", "漢字", "a\n---\nb"),
        ("pompen", "Pompen", "  met wit eromheen \n"),
        ("no", "No", "één: twee"),
    ] {
        let code = Code { description: description.into(), ..code(id, title, None) };
        let read = read(&write(std::slice::from_ref(&code)).unwrap()).unwrap();
        assert_eq!(read.codes, [code]);
    }
}

#[test]
fn strange_registers_still_make_a_tree() {
    let circle = [code("a", "A", Some("b")), code("b", "B", Some("a")), code("c", "C", Some("nergens"))];
    let read = read(&write(&circle).unwrap()).unwrap();
    let mut ids: Vec<_> = read.codes.iter().map(|c| c.id.as_str()).collect();
    ids.sort_unstable();
    assert_eq!(ids, ["a", "b", "c"]);
    let deep: Vec<_> = (0..20_000)
        .map(|i| code(&format!("k{i}"), &format!("K{i}"), (i > 0).then(|| format!("k{}", i - 1)).as_deref()))
        .collect();
    let bytes = write(&deep).unwrap();
    assert_eq!(String::from_utf8(bytes.clone()).unwrap().matches("<Code ").count(), 20_000);
    assert!(matches!(super::read(&bytes), Err(ImportFault::Refused(_))));
}

#[test]
fn other_programs_are_understood() {
    let nvivo = "\u{feff}<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"no\"?>\r\n<q:CodeBook xmlns:q=\"urn:QDA-XML:codebook:1:0\" \
        origin=\"N\">\r\n<q:Codes>\r\n<q:Code GUID=\"{2CE89C66-C28D-473B-B5C4-6CF87D20EF04}\" name=\"Eén\" isCodable=\"true\" \
        color=\"#f00\">\r\n<q:Description/>\r\n<q:Code guid=\"575CD58B-641A-48C7-BC7B-4F3D2199C776\" name=\"Eén\" color=\"#808080\">\
        <q:Description>regel\r\nregel</q:Description></q:Code></q:Code></q:Codes><q:Sets><q:Set guid=\"575CD58B-641A-48C7-BC7B-4F3D2199C777\" \
        name=\"s\"><q:MemberCode guid=\"575CD58B-641A-48C7-BC7B-4F3D2199C776\"/></q:Set></q:Sets></q:CodeBook>";
    let utf16: Vec<u8> = nvivo.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for bytes in [nvivo.as_bytes(), &utf16] {
        let read = read(bytes).unwrap();
        let codes: Vec<_> = read.codes.iter().map(|c| (c.id.as_str(), c.parent.as_deref(), c.color)).collect();
        assert_eq!(codes, [("een", None, Some(Color::Red)), ("een-2", Some("een"), None)]);
        assert_eq!(read.codes[1].description, "regel\nregel");
        assert_eq!(
            read.said,
            [
                "colours of codes taken as the nearest of six: 1",
                "codes of the same name, numbered: 1",
                "colours of codes that are none of six (greys, or not readable): 1",
                "sets of codes, which are not known here: 1"
            ]
        );
    }
}

#[test]
fn bad_files_are_refused_with_a_reason() {
    let bomb = "<?xml version=\"1.0\"?><!DOCTYPE l [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><CodeBook><Codes><Code name=\"&b;\"/></Codes></CodeBook>";
    let cases: [(&[u8], &str); 11] = [
        (b"", "no XML"),
        (b"gewoon tekst", "no XML"),
        (b"PK\x03\x04", "project"),
        (bomb.as_bytes(), "DTD"),
        (b"<CodeBook><Codes><Code name=\"a\">", "breaks off inside Code"),
        (b"<CodeBook><Codes></CodeBook>", "line 1"),
        (b"<CodeBook><Codes><Code name=\"&niks;\"/></Codes></CodeBook>", "&niks;"),
        (b"<CodeBook>&niks;</CodeBook>", "&niks;"),
        (b"<html></html>", "<html>"),
        (
            b"<?xml version=\"1.0\" encoding=\"utf-8\"?><CodeBook><Codes><Code name=\"\xe9\"/></Codes></CodeBook>",
            "not UTF-8",
        ),
        (b"<CodeBook/><CodeBook/>", "more than one"),
    ];
    for (bytes, reason) in cases {
        let fault = read(bytes).unwrap_err();
        assert!(fault.to_string().contains(reason), "{fault} for {}", String::from_utf8_lossy(bytes));
    }
    let latin = b"<?xml version=\"1.0\" encoding=\"windows-1252\"?><CodeBook><Codes><Code name=\"caf\xe9\"/></Codes></CodeBook>";
    assert_eq!(read(latin).unwrap().codes[0].title, "café");
    let deep = format!("{}{}", "<CodeBook>".repeat(100_000), "</CodeBook>".repeat(100_000));
    assert!(matches!(read(deep.as_bytes()), Err(ImportFault::Refused(_))));
}
