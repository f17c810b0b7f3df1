#![allow(clippy::unwrap_used, clippy::panic)]

use crate::doc::{BlockKind, Document, Format, FurnitureKind, SpanStyle};
use crate::import::{Limits, read};
use std::time::{Duration, Instant};

fn page(html: &str) -> Document {
    let doc = read(html.as_bytes(), &Limits::default()).unwrap();
    assert_eq!(doc.format(), Format::Html, "{html:.80}");
    doc
}

fn titles(doc: &Document) -> Vec<String> {
    doc.outline().sections().iter().map(|s| s.title.clone()).collect()
}

fn left_out(doc: &Document, kind: FurnitureKind) -> Vec<&str> {
    doc.furniture().iter().filter(|f| f.kind == kind).map(|f| f.text.as_str()).collect()
}

const SITE: &str = r##"<!DOCTYPE html><html lang="nl"><head><title>Dijken op orde - Waterschap Kromme Vaart</title>
<meta property="og:site_name" content="Waterschap Kromme Vaart"><meta name="dcterms.issued" content="2031-04-02T10:00:00Z">
<script>if (a < b && c) document.write("<p>geen tekst</p>")</script><style>p > a { color: red }</style></head>
<body class="has-sidebar"><a class="skip-link" href="#inhoud">Ga naar inhoud</a>
<header><a href="/">Kromme Vaart</a><nav><ul><li><a href="/">Home</a><li><a href="/werk">Ons werk</a></ul></nav></header>
<div class="cookie-banner"><p>Deze site gebruikt cookies. <button>Akkoord</button></p></div>
<nav class="breadcrumbs"><a href="/">Home</a> &gt; <a href="/dijken">Dijken</a></nav>
<main id="inhoud"><h1>Dijken op orde</h1>
<div class="toc"><p>Op deze pagina</p><ul><li><a href="#a">Aanleiding</a></li><li><a href="#b">Kosten</a></li></ul></div>
<h2 id="a">Aanleiding <a class="headerlink" href="#a">¶</a></h2>
<p>De dijk bij Oudeveen is <b>te laag</b> en zakt elk jaar<sup id="r1"><a href="#fn1">1</a></sup> een centimeter.
<p>Dat staat ook in <a href="https://voorbeeld.example/rapport">het rapport</a> van vorig jaar; zie <a href="#b">Kosten</a>.
<h2 id="b">Kosten</h2><table><caption>Kosten per jaar</caption><thead><tr><th>Jaar<th>Bedrag<tbody>
<tr><td>2031<td><p>1.200</p><p>voorlopig</p><tr><td>2032<td>900</table>
<ol start="3" type="a"><li>Eerst meten<li>Dan bouwen<ul><li>met klei</ul></ol>
<section class="footnotes" role="doc-endnotes"><hr><ol><li id="fn1"><p>Gemeten in Oudeveen. <a href="#r1" role="doc-backlink">↩</a></p></li></ol></section>
</main><aside><h2>Zie ook</h2><ul><li><a href="/x">Iets anders</a></li></ul></aside>
<footer><p>Contact | <a href="/privacy">Privacy</a></p></footer></body></html>"##;

#[test]
fn a_page_is_its_article() {
    let doc = page(SITE);
    assert_eq!(titles(&doc), ["Dijken op orde", "Aanleiding", "Kosten"]);
    let text = doc.text();
    for gone in ["geen tekst", "cookies", "Ons werk", "Privacy", "Iets anders", "¶", "↩", "Op deze pagina", "Ga naar"]
    {
        assert!(!text.contains(gone), "{gone} in {text}");
    }
    let part = &doc.outline().parts()[0];
    assert_eq!(part.date.as_deref(), Some("2031-04-02"));
    assert_eq!(part.org.as_deref(), Some("Waterschap Kromme Vaart"));
    assert!(left_out(&doc, FurnitureKind::Site).iter().any(|t| t.contains("cookies")));
    assert!(left_out(&doc, FurnitureKind::Contents).iter().any(|t| t.contains("Aanleiding")));
}

#[test]
fn tables_lists_and_notes_keep_their_form() {
    let doc = page(SITE);
    let table = doc.blocks().iter().find(|b| matches!(b.kind, BlockKind::Table { .. })).unwrap();
    assert_eq!(doc.slice(table.range), "Jaar\tBedrag\n2031\t1.200 voorlopig\n2032\t900");
    assert!(matches!(table.kind, BlockKind::Table { header: true, .. }));
    assert!(doc.text().contains("Kosten per jaar"));
    let items: Vec<_> = doc
        .blocks()
        .iter()
        .filter_map(|b| match &b.kind {
            BlockKind::Item { depth, marker, .. } => Some((*depth, marker.as_str(), doc.slice(b.range))),
            _ => None,
        })
        .collect();
    assert_eq!(items, [(0, "c.", "Eerst meten"), (0, "d.", "Dan bouwen"), (1, "•", "met klei")]);
    let note =
        doc.blocks().iter().position(|b| matches!(&b.kind, BlockKind::Footnote { label } if label == "1")).unwrap();
    assert_eq!(doc.slice(doc.blocks()[note].range), "Gemeten in Oudeveen.");
    assert!(doc.slice(doc.blocks()[note - 1].range).contains("elk jaar¹ een centimeter"));
    assert!(doc.spans().iter().any(|s| s.style == SpanStyle::NoteRef("1".into())));
    let links: Vec<_> = doc.spans().iter().filter(|s| matches!(s.style, SpanStyle::Link(_))).collect();
    assert_eq!(links.len(), 1, "{links:?}");
    assert_eq!(doc.slice(links[0].range), "het rapport");
}

#[test]
fn blocks_know_their_lines() {
    let doc = page(
        "---\ntitle: Proef\n---\n<h1>Een kop</h1>\n<p>Eerste alinea van deze pagina,\ndie doorloopt.</p>\n<p>Tweede.</p>\n<div>Derde</div>",
    );
    let line = |text: &str| doc.source().line_at(doc.text().find(text).unwrap() as u32).unwrap();
    assert_eq!((line("Een kop"), line("Eerste"), line("die doorloopt"), line("Tweede")), (4, 5, 6, 7));
}

#[test]
fn what_is_left_unsaid_is_put_in() {
    let doc = page(
        "<body><h2>Kop een<p>Alinea een<p>Alinea <b>twee<div>Blok</b> drie</div><dl><dt>Term<dd>Uitleg<dt>Nog een<dd>Meer</dl>na",
    );
    let text: Vec<_> = doc.blocks().iter().map(|b| doc.slice(b.range)).collect();
    assert_eq!(text, ["Kop een", "Alinea een", "Alinea twee", "Blok drie", "Term", "Uitleg", "Nog een", "Meer", "na"]);
}

#[test]
fn columns_and_rows_spanned_keep_their_places() {
    let doc = page(
        "<html><body><p>Voor</p><table><tr><th rowspan=2>A<th colspan=2>B<tr><td>b1<td>b2<tr><td>1<td>2<td>3</table>",
    );
    let table = doc.blocks().iter().find(|b| matches!(b.kind, BlockKind::Table { .. })).unwrap();
    assert_eq!(doc.slice(table.range), "A\tB\t\n\tb1\tb2\n1\t2\t3");
}

#[test]
fn tables_that_only_lay_text_out_are_text() {
    let long = "Dit is een lange alinea over de dijk. ".repeat(40);
    let doc = page(&format!(
        "<html><body><table role=presentation><tr><td><h2>Kop</h2><p>{long}</td><td><p>Terzijde staat dit.</td></tr></table>"
    ));
    assert!(doc.blocks().iter().all(|b| !matches!(b.kind, BlockKind::Table { .. })));
    assert_eq!(titles(&doc), ["Kop"]);
}

#[test]
fn word_pages_have_their_lists_and_notes() {
    let doc = page(
        "<html xmlns:o='urn:x'><body><div class=WordSection1><p class=MsoTitle>Verslag</p><h1>Begin</h1>\
         <p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]>\
         <span style='mso-list:Ignore'>a)<span>&nbsp;&nbsp;</span></span><![endif]>Het eerste punt<o:p></o:p></p>\
         <p class=MsoNormal>Tekst met een noot<a href='#_ftn1' name='_ftnref1'><span class=MsoFootnoteReference>[1]</span></a>.</p></div>\
         <div><hr><div id=ftn1><p class=MsoFootnoteText><a href='#_ftnref1' name='_ftn1'><span>[1]</span></a> De noot zelf.</p></div></div>",
    );
    let kinds: Vec<_> = doc.blocks().iter().map(|b| (&b.kind, doc.slice(b.range))).collect();
    assert!(
        kinds
            .iter()
            .any(|(k, t)| matches!(k, BlockKind::Item { marker, .. } if marker == "a)") && *t == "Het eerste punt")
    );
    assert!(kinds.iter().any(|(k, t)| matches!(k, BlockKind::Footnote { .. }) && *t == "De noot zelf."), "{kinds:?}");
    assert!(doc.text().contains("noot¹."));
}

#[test]
fn a_page_that_is_only_links_is_kept() {
    let doc = page(
        "<html><body><h1>Overzicht</h1><ul><li><a href='a.html'>Eerste deel</a><li><a href='b.html'>Tweede deel</a><li><a href='c.html'>Derde deel</a><li><a href='d.html'>Vierde</a></ul>",
    );
    assert!(doc.text().contains("Tweede deel"));
}

#[test]
fn text_behind_a_sidebar_class_is_not_lost() {
    let text = "Het bestuur vraagt om meer mensen en middelen voor het onderhoud van de dijken. ".repeat(20);
    let doc = page(&format!(
        "<html><body><div class='content-with-sidebar'><p>{text}</p></div><div class='share'><p>{text}</p></div>"
    ));
    assert_eq!(doc.text().matches("Het bestuur").count(), 40);
}

#[test]
fn markdown_with_some_html_is_markdown() {
    for text in [
        "# Kop\n\nEen alinea met <b>vet</b>.\n\n<table><tr><td>x</td></tr></table>\n",
        "<p align=\"center\"><img src=\"x.png\"></p>\n\n# Kop\n\nEen alinea die lang genoeg is om er een te zijn.\n\n- punt [een](x)\n",
    ] {
        assert_eq!(read(text.as_bytes(), &Limits::default()).unwrap().format(), Format::Markdown, "{text}");
    }
}

#[test]
fn markdown_below_an_element_of_a_head_is_markdown() {
    let text = "<meta charset='utf-8' />\n\n##Besluit over de kade\n\n### Artikel 1\n\nDe kade is van de stad.\n\n### Artikel 2\n\nEn de brug ook.\n";
    assert_eq!(read(text.as_bytes(), &Limits::default()).unwrap().format(), Format::Markdown);
    let page = "<meta charset='utf-8'><p>De kade is van de stad.</p>\n<p>En de brug ook.</p>\n";
    assert_eq!(read(page.as_bytes(), &Limits::default()).unwrap().format(), Format::Html);
}

#[test]
fn the_encoding_a_page_names_is_used() {
    let mut bytes = b"<html><head><meta charset=\"iso-8859-2\"></head><body><p>".to_vec();
    bytes.extend_from_slice(&[0xB3, b'a', b' ', b'i', b' ', 0xBF]);
    bytes.extend_from_slice(b"</p></body></html>");
    assert!(read(&bytes, &Limits::default()).unwrap().text().contains("ła i ż"));
}

#[test]
fn hostile_pages_cost_little() {
    let many = |n: usize, of: &str| format!("<html><body><p>Tekst</p>{}<p>slot</p>", of.repeat(n));
    let attributes: String = (0..50_000).map(|n| format!(" a{n}")).collect();
    let cases = [
        ("divs", many(200_000, "<div>")),
        ("bold", many(50_000, "<b>")),
        ("ends", many(50_000, "</p>")),
        ("mains", many(50_000, "<main>x")),
        ("headings", many(100_000, "<h1><p>")),
        ("cells", many(30_000, "<table><tr><td>")),
        ("lists", many(30_000, "<ul><li>x")),
        ("entities", many(30_000, "&lt;&#27;&notin;&bogus;")),
        ("angles", many(300_000, "<")),
        ("nul", many(100_000, "\u{0}<p\u{0}>")),
        ("spans", many(5_000, "<table><tr><td colspan=9999 rowspan=9999>x</table>")),
        ("notes", many(20_000, "<sup><a href=#n>1</a></sup>") + "<p id=n>noot"),
        ("svg", many(100_000, "<svg>")),
        ("attributes", format!("<html><body><p>Tekst</p><p{attributes}>slot</p>")),
        ("comment", format!("<html><body><p>Tekst slot</p><!--{}", "- ".repeat(200_000))),
    ];
    for (name, html) in cases {
        let from = Instant::now();
        // What matters is that it ends soon, with text or with a reason.
        if let Ok(doc) = read(html.as_bytes(), &Limits::default()) {
            assert!(!doc.text().is_empty(), "{name}");
        }
        assert!(from.elapsed() < Duration::from_secs(60), "{name}: {:?}", from.elapsed());
    }
}

#[test]
fn remarks_and_lines_of_a_title_head_no_section() {
    let doc = page(
        "<html><head><title>3.1 Peilen meten</title></head><body><div class='head'><h2>3.1 Peilen meten</h2><h3>Concept<br>mei 2031</h3></div>\
         <div class='note'><h4>Let op</h4><p>Meet bij laag water.</p></div><h3>Hoe vaak</h3><p>Elke dag.</p>\
         <div class='sidebar'><p>Een kader in de tekst, met een zin erin.</p></div></body></html>",
    );
    assert_eq!(titles(&doc), ["Peilen meten", "Hoe vaak"]);
    assert!(doc.text().contains("Let op: Meet bij laag water."), "{}", doc.text());
    assert!(doc.text().contains("Een kader in de tekst"));
}
