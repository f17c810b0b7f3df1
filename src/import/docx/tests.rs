#![allow(clippy::unwrap_used, clippy::panic)]
//! Word files written here, part by part.

use crate::doc::{BlockKind, Document, SpanStyle};
use crate::import::{ImportError, Limits, read};
use std::io::{Cursor, Write};

const W: &str = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main' \
                 xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships' \
                 xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'";

/// A package of these parts; of the text only what is in its body is given.
fn package(body: &str, parts: &[(&str, String)]) -> Vec<u8> {
    let document = format!("<w:document {W}><w:body>{body}</w:body></w:document>");
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let parts = parts.iter().map(|(n, t)| (*n, t.as_str()));
    for (name, text) in parts.chain([("word/document.xml", document.as_str())]) {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn docx(body: &str, parts: &[(&str, String)]) -> Document {
    read(&package(body, parts), &Limits::default()).unwrap()
}

/// A paragraph with properties and runs.
fn p(props: &str, runs: &str) -> String {
    format!("<w:p><w:pPr>{props}</w:pPr>{runs}</w:p>")
}

fn styled(style: &str, text: &str) -> String {
    p(&format!("<w:pStyle w:val='{style}'/>"), &r(text))
}

fn r(text: &str) -> String {
    format!("<w:r><w:t xml:space='preserve'>{text}</w:t></w:r>")
}

fn styles(inner: &str) -> (&'static str, String) {
    ("word/styles.xml", format!("<w:styles {W}>{inner}</w:styles>"))
}

fn style(id: &str, name: &str, inner: &str) -> String {
    format!("<w:style w:type='paragraph' w:styleId='{id}'><w:name w:val='{name}'/>{inner}</w:style>")
}

/// Kinds and texts of all blocks, one a line.
fn told(doc: &Document) -> Vec<String> {
    let line = |b: &crate::doc::Block| {
        let text = doc.slice(b.range).replace('\n', " / ").replace('\t', " | ");
        match &b.kind {
            BlockKind::Heading { level } => format!("{level}# {text}"),
            BlockKind::Item { depth, marker, .. } => format!("{depth}{marker} {text}"),
            BlockKind::Footnote { label } => format!("[{label}] {text}"),
            BlockKind::Table { header, .. } => format!("{}{text}", if *header { "T " } else { "t " }),
            BlockKind::Quote => format!("> {text}"),
            _ => text,
        }
    };
    doc.blocks().iter().map(line).collect()
}

const LONG: &str = "De waterstand in het noordelijke peilvak is in de natte maanden hoger dan het streefpeil toelaat.";

#[test]
fn headings_go_by_level_name_and_descent() {
    let styles = styles(&format!(
        "{}{}{}{}{}",
        style("Kop1", "heading 1", "<w:pPr><w:outlineLvl w:val='0'/></w:pPr>"),
        style("Eigen", "Eigen kop", "<w:basedOn w:val='Kop1'/>"),
        style("Kop2", "kop 2", ""),
        style("Rond", "rond", "<w:basedOn w:val='Rondom'/>") + &style("Rondom", "rondom", "<w:basedOn w:val='Rond'/>"),
        style("Titel", "Title", ""),
    ));
    let body = [
        styled("Titel", "Het peil"),
        styled("Titel", "van Noorderland"),
        styled("Eigen", "Aanleiding"),
        styled("Rond", LONG),
        styled("Kop2", "Metingen"),
        styled("Normaal", LONG),
        p("<w:outlineLvl w:val='1'/>", &r("Gevolgen")),
        styled("Kop1", ""),
        p("<w:pStyle w:val='Kop1'/><w:outlineLvl w:val='9'/>", &r("Gewone tekst in grote letters, die geen kop is.")),
    ];
    let doc = docx(&body.concat(), &[styles]);
    let lines = [
        "1# Het peil van Noorderland",
        "2# Aanleiding",
        LONG,
        "3# Metingen",
        LONG,
        "3# Gevolgen",
        "Gewone tekst in grote letters, die geen kop is.",
    ];
    assert_eq!(told(&doc), lines);
}

#[test]
fn numbers_are_worked_out() {
    let level = |at: u8, format: &str, text: &str, more: &str| {
        format!(
            "<w:lvl w:ilvl='{at}'><w:start w:val='1'/><w:numFmt w:val='{format}'/><w:lvlText w:val='{text}'/>{more}</w:lvl>"
        )
    };
    let numbering = format!(
        "<w:numbering {W}><w:abstractNum w:abstractNumId='0'>{}{}{}</w:abstractNum>\
         <w:abstractNum w:abstractNumId='1'>{}{}</w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>\
         <w:num w:numId='2'><w:abstractNumId w:val='1'/></w:num><w:num w:numId='3'><w:abstractNumId w:val='1'/>\
         <w:lvlOverride w:ilvl='0'><w:startOverride w:val='4'/></w:lvlOverride></w:num></w:numbering>",
        level(0, "upperRoman", "%1.", "<w:pStyle w:val='Kop1'/>"),
        level(1, "decimal", "%1.%2", "<w:pStyle w:val='Kop2'/><w:isLgl/>"),
        level(2, "bullet", "\u{F0B7}", ""),
        level(0, "lowerLetter", "%1)", ""),
        level(1, "bullet", "-", ""),
    );
    let numbered = "<w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr>";
    let styles = styles(&(style("Kop1", "heading 1", numbered) + &style("Kop2", "heading 2", numbered)));
    let item = |list: u8, level: u8, text: &str| {
        p(&format!("<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{list}'/></w:numPr>"), &r(text))
    };
    let body = [
        styled("Kop1", "Peilen"),
        styled("Kop2", "Zomer"),
        item(2, 0, "eerste punt"),
        item(2, 1, "een streep"),
        item(2, 0, "tweede punt"),
        styled("Kop2", "Winter"),
        item(3, 0, "telt opnieuw"),
        item(1, 2, "een stip"),
        styled("Kop1", "Dijken"),
        styled("Kop2", "Hoogte"),
        p("<w:pStyle w:val='Kop1'/><w:numPr><w:numId w:val='0'/></w:numPr>", &r("Bronnen")),
    ];
    let doc = docx(&body.concat(), &[styles, ("word/numbering.xml", numbering)]);
    let lines = [
        "2# I. Peilen",
        "3# 1.1 Zomer",
        "0a) eerste punt",
        "1– een streep",
        "0b) tweede punt",
        "3# 1.2 Winter",
        "0d) telt opnieuw",
        "2• een stip",
        "2# II. Dijken",
        "3# 2.1 Hoogte",
        "2# Bronnen",
    ];
    assert_eq!(told(&doc).iter().map(|l| l.replace("1- ", "1– ")).collect::<Vec<_>>(), lines);
}

#[test]
fn tables_keep_rows_and_columns() {
    let cell = |props: &str, inner: &str| format!("<w:tc><w:tcPr>{props}</w:tcPr>{inner}</w:tc>");
    let row = |props: &str, cells: &[String]| format!("<w:tr><w:trPr>{props}</w:trPr>{}</w:tr>", cells.concat());
    let t = |text: &str| p("", &r(text));
    let inner = format!("<w:tbl>{}</w:tbl>", row("", &[cell("", &t("in")), cell("", &t("vak"))]));
    let table = format!(
        "<w:tbl>{}{}{}{}{}</w:tbl>",
        row("<w:tblHeader/>", &[cell("", &t("Vak")), cell("<w:gridSpan w:val='2'/>", &t("Peil"))]),
        row(
            "",
            &[cell("<w:vMerge w:val='restart'/>", &t("Noord")), cell("", &(t("-1,20") + &t("NAP"))), cell("", &inner)]
        ),
        row("", &[cell("<w:vMerge/>", &t("")), cell("", &t("-1,40")), cell("", &t("winter"))]),
        row("", &[cell("", &t("")), cell("", &t(" ")), cell("", &t(""))]),
        row("<w:del w:id='1'/>", &[cell("", &t("weg")), cell("", &t("weg")), cell("", &t("weg"))]),
    );
    let box_table =
        format!("<w:tbl>{}</w:tbl>", row("", &[cell("", &(t("Kader met tekst.") + &t("Nog een alinea.")))]));
    let doc = docx(&(t("Voor. ") + &table + &box_table), &[]);
    let lines = [
        "Voor.",
        "T Vak | Peil |  / Noord | -1,20 NAP | in vak /  | -1,40 | winter",
        "Kader met tekst.",
        "Nog een alinea.",
    ];
    assert_eq!(told(&doc), lines);
}

#[test]
fn notes_stand_after_what_they_belong_to() {
    let notes = |kind: &str, texts: &[(u8, &str)]| {
        let line = format!("<w:{kind} w:type='separator' w:id='0'>{}</w:{kind}>", p("", &r("streep")));
        let one = |(id, text): &(u8, &str)| format!("<w:{kind} w:id='{id}'>{}</w:{kind}>", p("", &r(text)));
        let all: String = texts.iter().map(one).collect();
        (format!("word/{kind}s.xml"), format!("<w:{kind}s {W}>{line}{all}</w:{kind}s>"))
    };
    let (foot, end) =
        (notes("footnote", &[(2, "Zie de bijlage."), (3, "Gemeten in mei.")]), notes("endnote", &[(2, "Eindnoot.")]));
    let reference = |kind: &str, id: u8| format!("<w:r><w:{kind}Reference w:id='{id}'/></w:r>");
    let item = |runs: &str| p("<w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr>", runs);
    let numbering = format!(
        "<w:numbering {W}><w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:numFmt w:val='bullet'/></w:lvl></w:abstractNum>\
         <w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num></w:numbering>"
    );
    let body = [
        item(&(r("een") + &reference("footnote", 3))),
        item(&r("twee")),
        p(
            "",
            &(r("Alinea")
                + &reference("footnote", 2)
                + &reference("endnote", 2)
                + &r(" verder")
                + &reference("footnote", 9)),
        ),
    ];
    let parts = [(foot.0.as_str(), foot.1.clone()), (end.0.as_str(), end.1.clone()), ("word/numbering.xml", numbering)];
    let doc = docx(&body.concat(), &parts);
    let lines =
        ["0• een¹", "0• twee", "[1] Gemeten in mei.", "Alinea²ⁱ verder", "[2] Zie de bijlage.", "[i] Eindnoot."];
    assert_eq!(told(&doc).iter().map(|l| l.replace("²i", "²ⁱ")).collect::<Vec<_>>(), lines);
    let marks = doc.spans().iter().filter(|s| matches!(&s.style, SpanStyle::NoteRef(_))).count();
    assert_eq!(marks, 3);
}

#[test]
fn changes_are_read_as_accepted() {
    let body = [
        p(
            "",
            &format!(
                "{}<w:ins w:id='1'>{}</w:ins><w:del w:id='2'><w:r><w:delText>oud</w:delText></w:r></w:del>",
                r("Het is "),
                r("nieuw")
            ),
        ),
        p("<w:rPr><w:del w:id='3'/></w:rPr>", &r("Deze alinea ")),
        p("", &r("loopt door.")),
        p("", &format!("<w:moveFrom w:id='4'>{}</w:moveFrom><w:moveTo w:id='5'>{}</w:moveTo>", r("weg"), r("hier"))),
        p(
            "",
            &format!(
                "{}<w:r><w:commentReference w:id='1'/></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>onzichtbaar</w:t></w:r>",
                r("zonder opmerking")
            ),
        ),
    ];
    let doc = docx(
        &body.concat(),
        &[("word/comments.xml", format!("<w:comments {W}>{}</w:comments>", p("", &r("opmerking"))))],
    );
    assert_eq!(told(&doc), ["Het is nieuw", "Deze alinea loopt door.", "hier", "zonder opmerking"]);
}

#[test]
fn fields_show_their_results_and_contents_go() {
    let field = |code: &str, shown: &str| {
        format!(
            "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>{code}</w:instrText></w:r>\
             <w:r><w:fldChar w:fldCharType='separate'/></w:r>{shown}<w:r><w:fldChar w:fldCharType='end'/></w:r>"
        )
    };
    let toc = format!(
        "{}{}{}",
        p("", &r("Inhoudsopgave")),
        p(
            "",
            &("<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>TOC \\o</w:instrText></w:r>\
          <w:r><w:fldChar w:fldCharType='separate'/></w:r>"
                .to_string()
                + &r("Peilen")
                + "<w:r><w:tab/></w:r>"
                + &field("PAGEREF _1", &r("3")))
        ),
        p("", &(r("Dijken 7") + "<w:r><w:fldChar w:fldCharType='end'/></w:r>")),
    );
    let sdt = format!(
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr>\
         <w:sdtContent>{}</w:sdtContent></w:sdt><w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>",
        p("", &r("Nog een lijst 4")),
        p("", &r("In een veld.")),
    );
    let links = "<Relationships><Relationship Id='rId1' Type='x/hyperlink' TargetMode='External' Target='https://voorbeeld.test/'/>\
                 <Relationship Id='rId2' Type='x/header' Target='header1.xml'/></Relationships>";
    let linked = p(
        "",
        &format!(
            "Zie <w:hyperlink r:id='rId1'>{}</w:hyperlink>{}",
            r("de site"),
            field("HYPERLINK \"mailto:a@b.test\"", &r(" of schrijf"))
        ),
    );
    let header = format!("<w:hdr {W}>{}</w:hdr>", p("", &r("Waterschap Noorderland")));
    let body = toc + &sdt + &p("", &(r("Tabel ") + &field("SEQ Tabel", &r("1")))) + &linked;
    let doc = docx(&body, &[("word/_rels/document.xml.rels", links.to_string()), ("word/header1.xml", header)]);
    assert_eq!(told(&doc), ["In een veld.", "Tabel 1", "de site of schrijf"]);
    let urls: Vec<_> = doc
        .spans()
        .iter()
        .filter_map(|s| if let SpanStyle::Link(u) = &s.style { Some(u.as_str()) } else { None })
        .collect();
    assert_eq!(urls, ["https://voorbeeld.test/", "mailto:a@b.test"]);
    let mut left: Vec<_> = doc.furniture().iter().map(|f| (f.text.as_str(), f.count)).collect();
    left.sort_unstable();
    assert_eq!(left, [("Inhoudsopgave", 3), ("Waterschap Noorderland", 1)]);
}

#[test]
fn boxes_come_once_and_pages_count() {
    let boxed = format!(
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:txbxContent>{0}</w:txbxContent></mc:Choice>\
         <mc:Fallback><w:pict><w:txbxContent>{0}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>",
        p("", &r("In het kader."))
    );
    let body = [
        p("", &(r("Voor het kader") + &boxed + &r(" en erna."))),
        p("", "<w:r><w:t>Bladzij een </w:t><w:lastRenderedPageBreak/><w:t>en twee.</w:t></w:r>"),
        p(
            "",
            "<w:r><w:lastRenderedPageBreak/><w:t>Drie</w:t><w:noBreakHyphen/><w:t>vier</w:t><w:sym w:font='Wingdings' w:char='F0FC'/></w:r>",
        ),
    ];
    let doc = docx(&body.concat(), &[]);
    assert_eq!(told(&doc), ["Voor het kader en erna.", "In het kader.", "Bladzij een en twee.", "Drie-vier✓"]);
    let page = |text: &str| {
        let at = doc.text().find(text).unwrap() as u32;
        doc.source().page_at(at).map(|p| p.index)
    };
    assert_eq!((page("Voor"), page("Bladzij"), page("en twee"), page("Drie")), (Some(1), Some(1), Some(2), Some(3)));
}

#[test]
fn other_prefixes_parts_and_properties() {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let parts = [
        (
            "_rels/.rels",
            "<Relationships><Relationship Id='a' Type='x/officeDocument' Target='/tekst/hoofd.xml'/>\
                         <Relationship Id='b' Type='x/core-properties' Target='eigen/kern.xml'/></Relationships>",
        ),
        (
            "[Content_Types].xml",
            "<Types><Override ContentType='application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'/></Types>",
        ),
        (
            "tekst/hoofd.xml",
            "<document xmlns='http://purl.oclc.org/ooxml/wordprocessingml/main'><body><p><r><t>Zonder voorvoegsel &amp; streng.</t></r></p></body></document>",
        ),
        (
            "eigen/kern.xml",
            "<c:coreProperties xmlns:c='http://schemas.openxmlformats.org/package/2006/metadata/core-properties' \
          xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:dcterms='http://purl.org/dc/terms/'><dc:title>Het peilbesluit</dc:title>\
          <dcterms:modified>2031-05-04T10:00:00Z</dcterms:modified></c:coreProperties>",
        ),
    ];
    for (name, text) in parts {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    let doc = read(&writer.finish().unwrap().into_inner(), &Limits::default()).unwrap();
    assert_eq!(told(&doc), ["Zonder voorvoegsel & streng."]);
    let part = &doc.outline().parts()[0];
    assert_eq!(
        (part.title.as_str(), part.date.as_deref(), part.year),
        ("Het peilbesluit", Some("2031-05-04"), Some(2031))
    );
}

#[test]
fn unmarked_headings_are_seen_by_their_letters() {
    let bold = |text: &str| p("", &format!("<w:r><w:rPr><w:b/></w:rPr><w:t>{text}</w:t></w:r>"));
    let body = [bold("Aanleiding"), p("", &r(LONG)), bold("Gevolgen"), p("", &r(LONG)), bold("Slot"), p("", &r(LONG))];
    let heads = told(&docx(&body.concat(), &[])).into_iter().filter(|l| l.contains("# ")).count();
    assert_eq!(heads, 3);
}

#[test]
fn hostile_files_end_in_a_reason() {
    let limits = Limits::default();
    let failed = |bytes: &[u8], limits: &Limits| read(bytes, limits).unwrap_err();
    assert_eq!(failed(&package("", &[]), &limits), ImportError::NoText);
    let deep = "<w:tbl><w:tr><w:tc>".repeat(200);
    assert_eq!(failed(&package(&deep, &[]), &limits), ImportError::TooDeep { limit: 256 });
    let pages = p("", &"<w:r><w:lastRenderedPageBreak/></w:r>".repeat(50));
    let few = Limits { max_pages: 20, ..Limits::default() };
    assert_eq!(failed(&package(&pages, &[]), &few), ImportError::TooManyPages { limit: 20 });
    let small = Limits { max_nodes: 100, ..Limits::default() };
    assert_eq!(failed(&package(&p("", &r("a")).repeat(50), &[]), &small), ImportError::TooManyNodes { limit: 100 });
    // fields and tables that never end, notes of notes
    let open = format!(
        "{}<w:tbl><w:tr><w:tc>{}",
        p("", "<w:r><w:fldChar w:fldCharType='begin'/></w:r>"),
        p("", &r("Wat er staat."))
    );
    let doc = read(&package(&open, &[]), &limits).unwrap();
    assert!(doc.text().contains("Wat er staat.") && !doc.warnings().is_empty());
    let own = format!(
        "<w:footnotes {W}><w:footnote w:id='1'>{}</w:footnote></w:footnotes>",
        p("", "<w:r><w:t>Zie</w:t><w:footnoteReference w:id='1'/></w:r>")
    );
    let doc =
        docx(&p("", &(r("Tekst") + "<w:r><w:footnoteReference w:id='1'/></w:r>")), &[("word/footnotes.xml", own)]);
    assert_eq!(told(&doc), ["Tekst¹", "[1] Zie"]);
    // whatever is cut off or changed in it, it ends
    let whole = package(&(p("", &r(LONG)) + &p("", &r("Slot."))), &[styles(&style("Kop1", "heading 1", ""))]);
    for at in 0..whole.len() {
        let _ = read(&whole[..at], &limits);
        let mut changed = whole.clone();
        changed[at] ^= 0x55;
        let _ = read(&changed, &limits);
    }
}
