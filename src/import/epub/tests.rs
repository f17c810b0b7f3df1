#![allow(clippy::unwrap_used, clippy::panic)]

use crate::doc::{BlockKind, Document, Format};
use crate::import::{ImportError, Limits, read};
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

const CONTAINER: &str = r#"<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>
<rootfile full-path="OEBPS/boek.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"#;

const PACKAGE: &str = r#"<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Peilbeheer in Oudeveen</dc:title><dc:creator>A. de Wit</dc:creator>
<dc:publisher>Waterschap Kromme Vaart</dc:publisher><dc:date>2030-05-06T00:00:00Z</dc:date><dc:language>nl</dc:language></metadata>
<manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="a" href="tekst/deel%20een.xhtml" media-type="application/xhtml+xml"/>
<item id="b" href="tekst/b.xhtml" media-type="application/xhtml+xml"/>
<item id="c" href="tekst/weg.xhtml" media-type="application/xhtml+xml"/>
<item id="n" href="tekst/noten.xhtml" media-type="application/xhtml+xml"/></manifest>
<spine><itemref idref="nav"/><itemref idref="a"/><itemref idref="b"/><itemref idref="c"/><itemref idref="n"/></spine></package>"#;

const NAV: &str = r#"<html lang="nl" xmlns:epub="http://www.idpf.org/2007/ops"><body>
<nav epub:type="toc"><h1>Inhoud</h1><ol><li><a href="tekst/deel%20een.xhtml">Hoe het water staat</a><ol>
<li><a href="tekst/deel%20een.xhtml#s">Metingen</a></li></ol></li><li><a href="tekst/b.xhtml">Wat er moet gebeuren</a></li></ol></nav>
<nav epub:type="page-list"><ol><li><a href="tekst/b.xhtml#p7">vii</a></li></ol></nav></body></html>"#;

const ONE: &str = r##"<?xml version="1.0" encoding="utf-8"?><html lang="nl" xmlns:epub="http://www.idpf.org/2007/ops">
<head><title>x</title></head><body><h3>Hoe het water staat</h3><p>Het peil is laag<a epub:type="noteref" href="noten.xhtml#n1">1</a>.
Zie <a href="b.xhtml">verder</a>.</p><section id="s"><h4>Metingen</h4><p>Er zijn <i>drie</i> meetpunten<br/>in het veld.</p></section></body></html>"##;

const TWO: &str = r##"<html lang="nl"><body><p class="titel">Wat er moet gebeuren</p><p>Eerst meten.</p>
<p>Dan <span id="p7"/>bouwen & onderhouden.</p><header><p>Een kader met tekst.</p></header><a id="leeg"/></body>"##;

const NOTES: &str = r##"<html lang="nl" xmlns:epub="http://www.idpf.org/2007/ops"><body>
<h2>Noten</h2><aside epub:type="footnote" id="n1"><p><a href="deel%20een.xhtml#r">1</a> Gemeten in mei.</p></aside></body></html>"##;

fn pack(entries: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn book(around: &str) -> Vec<u8> {
    let names: Vec<(String, &str)> = [
        ("META-INF/container.xml", CONTAINER),
        ("OEBPS/boek.opf", PACKAGE),
        ("OEBPS/nav.xhtml", NAV),
        ("OEBPS/tekst/deel een.xhtml", ONE),
        ("OEBPS/tekst/b.xhtml", TWO),
        ("OEBPS/tekst/noten.xhtml", NOTES),
    ]
    .map(|(name, text)| (format!("{around}{name}"), text))
    .into();
    pack(&names.iter().map(|(name, text)| (name.as_str(), *text)).collect::<Vec<_>>())
}

fn open(bytes: &[u8]) -> Document {
    let doc = read(bytes, &Limits::default()).unwrap();
    assert_eq!(doc.format(), Format::Epub);
    doc
}

#[test]
fn a_book_is_read_in_its_order_with_titles_notes_and_pages() {
    for around in ["", "boek/"] {
        let doc = open(&book(around));
        let outline: Vec<_> = doc.outline().sections().iter().map(|s| (s.level, s.title.as_str())).collect();
        assert_eq!(
            outline,
            [(1, "Peilbeheer in Oudeveen"), (2, "Hoe het water staat"), (3, "Metingen"), (2, "Wat er moet gebeuren")]
        );
        let part = &doc.outline().parts()[0];
        assert_eq!((part.org.as_deref(), part.date.as_deref()), (Some("Waterschap Kromme Vaart"), Some("2030-05-06")));
        let text = doc.text();
        assert!(text.contains("laag¹. Zie verder."), "{text}");
        assert!(text.contains("bouwen & onderhouden.") && text.contains("Een kader met tekst."));
        assert!(!text.contains("Inhoud") && !text.contains("Noten"), "{text}");
        let note = doc.blocks().iter().find(|b| matches!(b.kind, BlockKind::Footnote { .. })).unwrap();
        assert_eq!(doc.slice(note.range), "Gemeten in mei.");
        let place = text.find("bouwen").unwrap() as u32;
        assert_eq!(doc.source().page_at(place).and_then(|p| p.label.as_deref()), Some("vii"));
        assert!(doc.warnings().iter().any(|w| w.contains("1 of the pages")), "{:?}", doc.warnings());
    }
}

#[test]
fn without_a_package_the_pages_are_read_by_name() {
    let doc = open(&pack(&[
        ("mimetype", "application/epub+zip"),
        ("h10.html", "<h1>Tien</h1><p>Laatste.</p>"),
        ("h9.html", "<h1>Negen</h1><p>Voorlaatste.</p>"),
    ]));
    assert!(doc.text().find("Negen") < doc.text().find("Tien"));
}

#[test]
fn contents_for_machines_give_levels_too() {
    let package = PACKAGE.replace(
        r#"<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>"#,
        r#"<item id="nav" href="toc.ncx" media-type="application/x-dtbncx+xml"/>"#,
    );
    let ncx = r#"<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint><navLabel><text>Hoe het water staat</text></navLabel>
<content src="tekst/deel%20een.xhtml"/><navPoint><navLabel><text>Metingen</text></navLabel><content src="tekst/deel%20een.xhtml#s"/></navPoint>
</navPoint><navPoint><navLabel><text>Wat er moet gebeuren</text></navLabel><content src="tekst/b.xhtml"/></navPoint></navMap></ncx>"#;
    let doc = open(&pack(&[
        ("META-INF/container.xml", CONTAINER),
        ("OEBPS/boek.opf", &package),
        ("OEBPS/toc.ncx", ncx),
        ("OEBPS/tekst/deel een.xhtml", ONE),
        ("OEBPS/tekst/b.xhtml", TWO),
    ]));
    let levels: Vec<_> = doc.outline().sections().iter().map(|s| s.level).collect();
    assert_eq!(levels, [1, 2, 3, 2]);
}

#[test]
fn what_is_no_book_says_why() {
    let limits = Limits::default();
    let empty = pack(&[("META-INF/container.xml", CONTAINER), ("x.txt", "")]);
    assert!(matches!(read(&empty, &limits), Err(ImportError::Damaged { .. })));
    let gone = pack(&[("META-INF/container.xml", CONTAINER), ("OEBPS/boek.opf", PACKAGE)]);
    assert!(matches!(read(&gone, &limits), Err(ImportError::Damaged { .. })));
    let locked =
        r#"<encryption><EncryptedData><CipherReference URI="OEBPS/tekst/b.xhtml"/></EncryptedData></encryption>"#;
    let locked = pack(&[
        ("META-INF/container.xml", CONTAINER),
        ("META-INF/encryption.xml", locked),
        ("OEBPS/boek.opf", PACKAGE),
        ("OEBPS/tekst/b.xhtml", TWO),
    ]);
    assert!(matches!(read(&locked, &limits), Err(ImportError::Damaged { what }) if what.contains("locked")));
    let mut cut = book("");
    cut.truncate(cut.len() / 2);
    let _ = read(&cut, &limits);
}

#[test]
fn a_title_on_its_own_page_and_above_the_text_is_one() {
    let package = PACKAGE.replace("deel%20een.xhtml", "titel.xhtml").replace("weg.xhtml", "c.xhtml");
    let nav = r#"<html lang="nl" xmlns:epub="http://www.idpf.org/2007/ops"><body><nav epub:type="toc">
<h1>Peilbeheer in Oudeveen</h1><ol><li><a href="tekst/b.xhtml">Peilbeheer in Oudeveen</a><ol><li><a href="tekst/c.xhtml">Hoe het was</a></li>
<li><a href="tekst/noten.xhtml">Hoe het wordt</a></li></ol></li></ol></nav></body></html>"#;
    let page = |level: u8, title: &str| {
        format!("<html><body><h{level}>{title}</h{level}><p>Tekst van dit deel.</p></body></html>")
    };
    let doc = open(&pack(&[
        ("META-INF/container.xml", CONTAINER),
        ("OEBPS/boek.opf", &package),
        ("OEBPS/nav.xhtml", nav),
        ("OEBPS/tekst/titel.xhtml", "<html><body><h1>Peilbeheer in Oudeveen</h1></body></html>"),
        ("OEBPS/tekst/b.xhtml", &page(1, "Peilbeheer in Oudeveen")),
        ("OEBPS/tekst/c.xhtml", &page(2, "Hoe het was")),
        ("OEBPS/tekst/noten.xhtml", &page(2, "Hoe het wordt")),
    ]));
    let outline: Vec<_> = doc.outline().sections().iter().map(|s| (s.level, s.title.as_str())).collect();
    assert_eq!(outline, [(1, "Peilbeheer in Oudeveen"), (2, "Hoe het was"), (2, "Hoe het wordt")]);
}
