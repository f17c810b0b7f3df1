#![allow(clippy::unwrap_used, clippy::panic)]
//! OpenDocument texts written here.

use crate::doc::{BlockKind, Document, SpanStyle};
use crate::import::{ImportError, Limits, read};
use std::io::{Cursor, Write};

const NS: &str = "xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' \
                  xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0' \
                  xmlns:table='urn:oasis:names:tc:opendocument:xmlns:table:1.0' \
                  xmlns:draw='urn:oasis:names:tc:opendocument:xmlns:drawing:1.0' \
                  xmlns:style='urn:oasis:names:tc:opendocument:xmlns:style:1.0' \
                  xmlns:meta='urn:oasis:names:tc:opendocument:xmlns:meta:1.0' \
                  xmlns:fo='urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0' \
                  xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:xlink='http://www.w3.org/1999/xlink'";

fn package(styles: &str, body: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let content = format!(
        "<office:document-content {NS}><office:automatic-styles>{styles}</office:automatic-styles>\
         <office:body><office:text>{body}</office:text></office:body></office:document-content>"
    );
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let parts = [("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", content.as_str())];
    for (name, text) in parts.iter().chain(more) {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn odt(styles: &str, body: &str, more: &[(&str, &str)]) -> Document {
    read(&package(styles, body, more), &Limits::default()).unwrap()
}

/// Kinds and texts of all blocks.
fn told(doc: &Document) -> Vec<String> {
    let line = |b: &crate::doc::Block| {
        let text = doc.slice(b.range).replace('\n', " / ").replace('\t', " | ");
        match &b.kind {
            BlockKind::Heading { level } => format!("{level}# {text}"),
            BlockKind::Item { depth, marker, .. } => format!("{depth}{marker} {text}"),
            BlockKind::Footnote { label } => format!("[{label}] {text}"),
            BlockKind::Table { header, .. } => format!("{}{text}", if *header { "T " } else { "t " }),
            _ => text,
        }
    };
    doc.blocks().iter().map(line).collect()
}

const LONG: &str = "De waterstand in het noordelijke peilvak is in de natte maanden hoger dan het streefpeil toelaat.";

#[test]
fn headings_and_their_numbers() {
    let shared = format!(
        "<office:document-styles {NS}><office:styles><style:style style:name='Titel' style:display-name='Title' style:family='paragraph'/>\
         <text:outline-style><text:outline-level-style text:level='1' style:num-format='1' style:num-suffix='.'/>\
         <text:outline-level-style text:level='2' style:num-format='1' text:display-levels='2'/></text:outline-style></office:styles>\
         <office:master-styles><style:master-page><style:header><text:p>Waterschap Noorderland</text:p></style:header>\
         </style:master-page></office:master-styles></office:document-styles>"
    );
    let h = |level: u8, more: &str, text: &str| format!("<text:h text:outline-level='{level}' {more}>{text}</text:h>");
    let body = [
        "<text:p text:style-name='P1'>Peilbesluit</text:p>".to_string(),
        h(1, "", "Aanleiding"),
        format!("<text:p>{LONG}</text:p>"),
        h(2, "", "Hoofdstuk 1: Meten"),
        h(2, "", "Hoofdstuk 2: Weten"),
        h(1, "text:style-name='P2'", "Zonder nummer"),
        h(1, "", "Slot"),
    ];
    let styles = "<style:style style:name='P1' style:family='paragraph' style:parent-style-name='Titel'/>\
                  <style:style style:name='P2' style:family='paragraph' style:list-style-name='' style:parent-style-name='P3'/>\
                  <style:style style:name='P3' style:family='paragraph' style:parent-style-name='P2'/>";
    let doc = odt(styles, &body.concat(), &[("styles.xml", &shared)]);
    let lines = [
        "1# Peilbesluit",
        "2# 1. Aanleiding",
        LONG,
        "3# 1.1 Hoofdstuk 1: Meten",
        "3# 1.2 Hoofdstuk 2: Weten",
        "2# Zonder nummer",
        "2# 2. Slot",
    ];
    assert_eq!(told(&doc), lines);
    assert!(doc.furniture().iter().any(|f| f.text == "Waterschap Noorderland"));
}

#[test]
fn lists_count_on_where_they_say_so() {
    let styles = "<text:list-style style:name='L1'><text:list-level-style-number text:level='1' style:num-format='1' style:num-suffix='.'/>\
                  <text:list-level-style-number text:level='2' style:num-format='a' style:num-suffix=')'/></text:list-style>\
                  <text:list-style style:name='L2'><text:list-level-style-bullet text:level='1' text:bullet-char='–'/></text:list-style>";
    let item = |inner: &str| format!("<text:list-item>{inner}</text:list-item>");
    let p = |text: &str| format!("<text:p>{text}</text:p>");
    let list = |attributes: &str, inner: String| format!("<text:list {attributes}>{inner}</text:list>");
    let body = [
        list(
            "text:style-name='L1' xml:id='a'",
            item(&(p("een") + &p("nog van een") + &list("", item(&p("onder"))))) + &item(&p("twee")),
        ),
        p("Tussendoor."),
        list("text:style-name='L1' text:continue-list='a'", item(&p("drie"))),
        list("text:style-name='L1'", item(&p("opnieuw"))),
        list("text:style-name='L2'", item(&p("streep"))),
    ];
    let lines =
        ["01. een", "0 nog van een", "1a) onder", "02. twee", "Tussendoor.", "03. drie", "01. opnieuw", "0– streep"];
    assert_eq!(told(&odt(styles, &body.concat(), &[])), lines);
}

#[test]
fn tables_notes_and_frames() {
    let cell = |text: &str| format!("<table:table-cell><text:p>{text}</text:p></table:table-cell>");
    let table = format!(
        "<table:table><table:table-header-rows><table:table-row>{}{}{}</table:table-row></table:table-header-rows>\
         <table:table-row>{}<table:table-cell table:number-columns-spanned='2'><text:p>breed</text:p></table:table-cell><table:covered-table-cell/></table:table-row>\
         <table:table-row><table:table-cell table:number-columns-repeated='2'/>{}</table:table-row></table:table>",
        cell("Vak"),
        cell("Zomer"),
        cell("Winter"),
        cell("Noord"),
        cell("-1,40")
    );
    let note = "<text:note text:note-class='footnote'><text:note-citation>1</text:note-citation><text:note-body><text:p>Zie de bijlage.</text:p></text:note-body></text:note>";
    let frame = "<draw:frame><draw:text-box><text:p>In het kader.</text:p></draw:text-box></draw:frame>";
    let alone = format!("<table:table><table:table-row>{}</table:table-row></table:table>", cell("Alleen een kader."));
    let body = format!("<text:p>Tekst{note} met{frame} een noot.</text:p>{table}{alone}");
    let lines = [
        "Tekst¹ met een noot.",
        "[1] Zie de bijlage.",
        "In het kader.",
        "T Vak | Zomer | Winter / Noord | breed |  /  |  | -1,40",
        "Alleen een kader.",
    ];
    let doc = odt("", &body, &[]);
    assert_eq!(told(&doc), lines);
    assert!(doc.spans().iter().any(|s| s.style == SpanStyle::NoteRef("1".into())));
}

#[test]
fn what_is_not_text_is_left_out() {
    let body = "<text:tracked-changes><text:changed-region><text:deletion><text:p>weggehaald</text:p></text:deletion></text:changed-region></text:tracked-changes>\
                <text:h text:outline-level='1'>Inhoudsopgave</text:h>\
                <text:table-of-content><text:table-of-content-source><text:index-title-template>Inhoud</text:index-title-template></text:table-of-content-source>\
                <text:index-body><text:p>Peilen<text:tab/>3</text:p></text:index-body></text:table-of-content>\
                <text:p>Het<text:s text:c='3'/>peil<office:annotation><text:p>opmerking</text:p></office:annotation> is<text:tab/><text:a xlink:href='https://voorbeeld.test/'>hoog</text:a>\
                <text:span text:style-name='T1'>geheim</text:span><text:span text:style-name='T2'>2</text:span><text:soft-page-break/> en nat.</text:p>\
                <text:p text:style-name='P1'>Op een nieuwe bladzij.</text:p>";
    let styles = "<style:style style:name='T1' style:family='text'><style:text-properties text:display='none'/></style:style>\
                  <style:style style:name='T2' style:family='text'><style:text-properties style:text-position='super 58%'/></style:style>\
                  <style:style style:name='P1' style:family='paragraph'><style:paragraph-properties fo:break-before='page'/></style:style>";
    let meta = format!(
        "<office:document-meta {NS}><office:meta><dc:title>Het peil</dc:title><dc:date>2031-05-04T10:00:00</dc:date></office:meta></office:document-meta>"
    );
    let doc = odt(styles, body, &[("meta.xml", &meta)]);
    assert_eq!(told(&doc), ["Het peil is hoog² en nat.", "Op een nieuwe bladzij."]);
    let page = |text: &str| doc.source().page_at(doc.text().find(text).unwrap() as u32).map(|p| p.index);
    assert_eq!((page("Het"), page("en nat"), page("Op een")), (Some(1), Some(2), Some(3)));
    let part = &doc.outline().parts()[0];
    assert_eq!((part.title.as_str(), part.year), ("Het peil", Some(2031)));
    let left: Vec<_> = doc.furniture().iter().map(|f| (f.text.as_str(), f.count)).collect();
    assert_eq!(left, [("Inhoudsopgave", 2)]);
}

#[test]
fn hostile_files_end_in_a_reason() {
    let limits = Limits::default();
    let failed = |bytes: &[u8]| read(bytes, &limits).unwrap_err();
    assert_eq!(failed(&package("", "", &[])), ImportError::NoText);
    let locked = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>";
    assert_eq!(failed(&package("", "<text:p>x</text:p>", &[("META-INF/manifest.xml", locked)])), ImportError::Sealed);
    assert_eq!(
        failed(&package("", &"<text:list><text:list-item>".repeat(200), &[])),
        ImportError::TooDeep { limit: 256 }
    );
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file("mimetype", zip::write::SimpleFileOptions::default()).unwrap();
    writer.write_all(b"application/vnd.oasis.opendocument.text").unwrap();
    let empty = writer.finish().unwrap().into_inner();
    assert_eq!(failed(&empty), ImportError::Damaged { what: "the OpenDocument file holds no content.xml" });
    let repeated = "<table:table><table:table-row><table:table-cell table:number-columns-repeated='99999999'><text:p>een</text:p></table:table-cell>\
                    <table:table-cell><text:p>twee</text:p></table:table-cell></table:table-row></table:table>";
    assert!(odt("", repeated, &[]).text().len() < 1000);
    let whole = package("", &format!("<text:h text:outline-level='1'>Kop</text:h><text:p>{LONG}</text:p>"), &[]);
    for at in 0..whole.len() {
        let _ = read(&whole[..at], &limits);
        let mut changed = whole.clone();
        changed[at] ^= 0x55;
        let _ = read(&changed, &limits);
    }
}
