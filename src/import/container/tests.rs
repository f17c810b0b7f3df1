#![allow(clippy::unwrap_used, clippy::panic)]
//! Containers made here: what they are, what is taken out of them, and what they may cost.

use super::*;
use crate::import::{Limits, read as import};
use std::io::Write;
use zip::CompressionMethod::{Deflated, Stored};
use zip::write::SimpleFileOptions;

/// Names and contents.
type Entries<'e> = &'e [(&'e str, &'e [u8])];

/// A container with these entries.
fn zipped(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        let method = if *name == "mimetype" { Stored } else { Deflated };
        writer.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn kind_of(entries: &[(&str, &[u8])]) -> String {
    let (limits, bytes) = (Limits::default(), zipped(entries));
    let budget = Budget::new(&limits);
    let container = Container::open(&bytes, &budget).unwrap();
    match container.kind().unwrap() {
        Kind::Container(format) => format.name().to_string(),
        Kind::Unread(what) => what.to_string(),
        Kind::Text => "text".to_string(),
    }
}

#[test]
fn kinds_are_told_by_content() {
    let types = |of: &str| format!("<Types><Override PartName='/a/b.xml' ContentType='application/vnd.{of}'/></Types>");
    let word = types("openxmlformats-officedocument.wordprocessingml.document.main+xml");
    let excel = types("openxmlformats-officedocument.spreadsheetml.sheet.main+xml");
    let slides = types("openxmlformats-officedocument.presentationml.presentation.main+xml");
    let odf = |kind: &str| format!("application/vnd.oasis.opendocument.{kind}\n");
    let (text, template, sheet) = (odf("text"), odf("text-template"), odf("spreadsheet"));
    let cases: [(Entries<'_>, &str); 12] = [
        (&[("[Content_Types].xml", word.as_bytes()), ("a/b.xml", b"<x/>")], "docx"),
        (&[("word/document.xml", b"<x/>")], "docx"),
        (&[("[Content_Types].xml", excel.as_bytes())], "an Excel file"),
        (&[("[Content_Types].xml", slides.as_bytes())], "a PowerPoint file"),
        (&[("mimetype", text.as_bytes())], "odt"),
        (&[("mimetype", template.as_bytes())], "odt"),
        (&[("mimetype", sheet.as_bytes())], "an OpenDocument spreadsheet"),
        (&[("content.xml", b"<x/>"), ("styles.xml", b"<x/>")], "odt"),
        (&[("mimetype", b"application/epub+zip")], "epub"),
        (&[("boek/META-INF/container.xml", b"<x/>")], "epub"),
        (&[("xl/workbook.xml", b"<x/>")], "an Excel file"),
        (&[("lees.mij", b"niets")], "a ZIP archive"),
    ];
    for (entries, kind) in cases {
        assert_eq!(kind_of(entries), kind, "{entries:?}");
    }
}

#[test]
fn names_are_keys_only() {
    let limits = Limits::default();
    let budget = Budget::new(&limits);
    let bytes = zipped(&[("../../etc/plan", b"een"), ("Map/Tekst.xml", b"twee"), ("map/tekst.xml", b"drie")]);
    let container = Container::open(&bytes, &budget).unwrap();
    let get = |name: &str| container.entry(name).unwrap().map(|b| String::from_utf8(b).unwrap());
    assert_eq!(get("../../etc/plan").as_deref(), Some("een"));
    assert_eq!(get("Map/Tekst.xml").as_deref(), Some("twee"));
    assert_eq!(get("/map/tekst.xml").as_deref(), Some("drie"));
    assert_eq!(get("MAP/TEKST.XML").as_deref(), Some("twee"));
    assert_eq!(get("plan"), None);
    assert_eq!(container.names().count(), 3);
    assert!(!container.is_incomplete());
}

#[test]
fn bombs_are_refused_before_they_go_off() {
    let bytes = zipped(&[("bom.xml", &vec![b' '; 9 << 20])]);
    assert!(bytes.len() < 40_000);
    let refused = |limits: Limits| {
        let budget = Budget::new(&limits);
        let error = Container::open(&bytes, &budget).unwrap().entry("bom.xml").unwrap_err();
        assert_eq!(error, ImportError::TooLargeUnpacked { limit: limits.max_unpacked });
        limits.max_unpacked - budget.left()
    };
    // too tight: seen at the first step past a megabyte
    assert!(refused(Limits::default()) < 2 << 20);
    // loose enough, but more than may be unpacked
    let limits = Limits { max_ratio: u32::MAX, max_unpacked: 300_000, ..Limits::default() };
    assert_eq!(refused(limits), 300_000);
    // all entries together
    let limits = Limits { max_unpacked: 1_500, ..Limits::default() };
    let (budget, two) = (Budget::new(&limits), zipped(&[("a", &[b'a'; 1000]), ("b", &[b'b'; 1000])]));
    let container = Container::open(&two, &budget).unwrap();
    assert_eq!(container.entry("a").unwrap().unwrap().len(), 1000);
    assert!(matches!(container.entry("b"), Err(ImportError::TooLargeUnpacked { .. })));
    let limits = Limits::default();
    limits.stop.raise();
    let budget = Budget::new(&limits);
    assert!(matches!(Container::open(&two, &budget).err(), Some(ImportError::TookTooLong)));
}

#[test]
fn what_is_cut_off_is_read_up_to_there() {
    let limits = Limits::default();
    let long: Vec<u8> = (0..40_000_u32).flat_map(|i| (i.wrapping_mul(2_654_435_761) >> 9).to_le_bytes()).collect();
    let whole = zipped(&[("kop.xml", b"<kop/>"), ("lang.xml", &long)]);
    let cut = &whole[..whole.len() - 60_000];
    let budget = Budget::new(&limits);
    let container = Container::open(cut, &budget).unwrap();
    assert!(container.is_incomplete());
    assert_eq!(container.entry("kop.xml").unwrap().unwrap(), b"<kop/>");
    let some = container.entry("lang.xml").unwrap().unwrap();
    assert!(some.len() > 50_000 && long.starts_with(&some));
    for end in 0..200.min(whole.len()) {
        if let Ok(container) = Container::open(&whole[..end], &budget) {
            let _ = container.kind();
        }
    }
}

#[test]
fn protected_files_say_so() {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file("word/document.xml", SimpleFileOptions::default().compression_method(Deflated)).unwrap();
    writer.write_all(b"<x/>").unwrap();
    let mut bytes = writer.finish().unwrap().into_inner();
    // the flag that says so, in both headers
    bytes[6] |= 1;
    let directory = memchr::memmem::find(&bytes, b"PK\x01\x02").unwrap();
    bytes[directory + 8] |= 1;
    let limits = Limits::default();
    let budget = Budget::new(&limits);
    assert_eq!(Container::open(&bytes, &budget).unwrap().entry("word/document.xml"), Err(ImportError::Sealed));
    let mut old = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    old.resize(512, 0);
    assert_eq!(import(&old, &limits), Err(ImportError::Binary { what: "an old Office file (doc, xls, ppt)" }));
    old.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(import(&old, &limits), Err(ImportError::Sealed));
}
