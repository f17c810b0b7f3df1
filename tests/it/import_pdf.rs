//! PDF files to documents: small files made here, line by line, and two made by others.

use crate::pdf_file::{Book, bold, line, page};
use kantlijn::doc::{BlockKind, Document, FurnitureKind, SpanStyle};
use kantlijn::import::{ImportError, Limits, read, unlock};

fn open(book: &Book) -> Document {
    read(&book.bytes(), &Limits::default()).unwrap()
}

/// The text of each block, with a letter for what it is.
fn blocks(doc: &Document) -> Vec<String> {
    doc.blocks()
        .iter()
        .map(|block| {
            let kind = match &block.kind {
                BlockKind::Heading { level } => format!("H{level}"),
                BlockKind::Paragraph => "P".into(),
                BlockKind::Item { depth, marker, .. } => format!("I{depth}{marker}"),
                BlockKind::Footnote { label } => format!("N{label}"),
                BlockKind::Table { header, .. } => format!("T{}", u8::from(*header)),
                other => format!("{other:?}"),
            };
            format!("{kind} {}", doc.slice(block.range))
        })
        .collect()
}

fn page_of(doc: &Document, text: &str) -> (u32, Option<String>) {
    let at = doc.text().find(text).unwrap_or_else(|| panic!("{text:?} is not in {:?}", doc.text()));
    let page = doc.source().page_at(at as u32).unwrap();
    (page.index, page.label.clone())
}

/// A report of three pages with everything that a page has.
fn report() -> Book {
    let mut book = Book::new("Peilbeheer in de Lage Polder", "Bureau Waterstaat");
    for number in 0..3 {
        let mut lines = vec![line(60.0, 800.0, 9.0, "Bureau Waterstaat over het peilbeheer")];
        lines.push(line(500.0, 40.0, 9.0, &format!("{}", number + 7)));
        match number {
            0 => {
                lines.push(bold(60.0, 740.0, 18.0, "1 Het peil van de zomer"));
                lines.push(line(
                    60.0,
                    715.0,
                    10.0,
                    "Het waterschap houdt het peil in de zomer hoger dan in de winter, om-",
                ));
                lines.push(line(
                    60.0,
                    703.0,
                    10.0,
                    "dat de boeren dan water voor hun gewassen nodig hebben en de veen-",
                ));
                lines.push(line(
                    60.0,
                    691.0,
                    10.0,
                    "bodem niet mag uitdrogen. De in- en uitlaten zijn daarop ingericht.",
                ));
                lines.push(line(
                    60.0,
                    667.0,
                    10.0,
                    "De sluiswachters hebben daarvoor het volgende gevraagd aan het be-",
                ));
                lines.push(line(
                    60.0,
                    655.0,
                    10.0,
                    "stuur van de Lage Polder, dat er in het najaar over zal besluiten:",
                ));
                lines.push(line(
                    75.0,
                    637.0,
                    10.0,
                    "• een tweede pomp bij het gemaal aan de ringdijk, die ook draait als",
                ));
                lines.push(line(85.0, 625.0, 10.0, "de eerste in onderhoud is;"));
                lines.push(line(75.0, 613.0, 10.0, "• een vaste ploeg voor de nacht."));
                lines.push(line(
                    60.0,
                    589.0,
                    10.0,
                    "Het bestuur wil eerst weten wat de pomp gaat kosten en hoe lang de",
                ));
                lines.push(line(391.0, 593.0, 6.0, "1"));
                lines.push(line(60.0, 70.0, 7.0, "1 Gerekend vanaf het nieuwe peilbesluit."));
            }
            1 => {
                lines.push(line(
                    60.0,
                    760.0,
                    10.0,
                    "bouw ervan duurt, voordat het de begroting van het volgende jaar zal",
                ));
                lines.push(line(60.0, 748.0, 10.0, "vaststellen."));
                lines.push(bold(60.0, 712.0, 18.0, "2 Kosten van het gemaal en van de"));
                lines.push(bold(60.0, 690.0, 18.0, "bediening in de nacht"));
                lines.push(line(
                    60.0,
                    665.0,
                    10.0,
                    "De kosten per jaar staan hieronder; zij zijn gerekend in euro's van nu",
                ));
                lines.push(line(60.0, 653.0, 10.0, "en zonder de belasting die het waterschap zelf terugkrijgt."));
                for (n, row) in [
                    ["Post", "2024", "2025"],
                    ["Pomp", "12.000", "14.500"],
                    ["Ploeg", "80.000", "81.250"],
                    ["Dijk", "7.500", "7.900"],
                ]
                .into_iter()
                .enumerate()
                {
                    let y = 630.0 - 14.0 * n as f32;
                    for (x, cell) in [60.0, 200.0, 300.0].into_iter().zip(row) {
                        lines.push(if n == 0 { bold(x, y, 10.0, cell) } else { line(x, y, 10.0, cell) });
                    }
                }
            }
            _ => {
                lines.push(line(
                    60.0,
                    760.0,
                    10.0,
                    "Naast de kosten telt ook de tijd: de bouw mag het broedseizoen niet",
                ));
                lines.push(line(60.0, 748.0, 10.0, "raken, zodat er maar zes maanden in een jaar gebouwd kan worden."));
            }
        }
        book.pages.push(page(&lines));
    }
    book.bookmarks = vec![("Het peil van de zomer", 0), ("Kosten", 1)];
    book
}

#[test]
fn lines_become_paragraphs_items_headings_notes_and_tables() {
    let doc = open(&report());
    let found = blocks(&doc);
    let expected = [
        "1 Het peil van de zomer",
        "P Het waterschap houdt het peil in de zomer hoger dan in de winter, omdat de boeren dan water voor hun gewassen \
         nodig hebben en de veenbodem niet mag uitdrogen. De in- en uitlaten zijn daarop ingericht.",
        "P De sluiswachters hebben daarvoor het volgende gevraagd aan het bestuur van de Lage Polder, dat er in het najaar \
         over zal besluiten:",
        "I0• een tweede pomp bij het gemaal aan de ringdijk, die ook draait als de eerste in onderhoud is;",
        "I0• een vaste ploeg voor de nacht.",
        "P Het bestuur wil eerst weten wat de pomp gaat kosten en hoe lang de¹ bouw ervan duurt, voordat het de begroting \
         van het volgende jaar zal vaststellen.",
        "N1 Gerekend vanaf het nieuwe peilbesluit.",
        "2 Kosten van het gemaal en van de bediening in de nacht",
        "P De kosten per jaar staan hieronder; zij zijn gerekend in euro's van nu en zonder de belasting die het waterschap \
         zelf terugkrijgt.",
        "T1 Post\t2024\t2025\nPomp\t12.000\t14.500\nPloeg\t80.000\t81.250\nDijk\t7.500\t7.900",
        "P Naast de kosten telt ook de tijd: de bouw mag het broedseizoen niet raken, zodat er maar zes maanden in een jaar \
         gebouwd kan worden.",
    ];
    for (found, expected) in found.iter().zip(expected) {
        assert!(found.ends_with(expected), "{found:?} is not {expected:?}");
    }
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    assert!(found[0].starts_with('H') && found[7].starts_with('H'));
    assert!(doc.spans().iter().any(|s| s.style == SpanStyle::NoteRef("1".into()) && doc.slice(s.range) == "¹"));
}

#[test]
fn pages_have_their_index_and_the_number_printed_on_them() {
    let mut book = report();
    let doc = open(&book);
    assert_eq!(page_of(&doc, "De sluiswachters"), (1, Some("7".into())));
    assert_eq!(page_of(&doc, "hoe lang de"), (1, Some("7".into())));
    assert_eq!(page_of(&doc, "bouw ervan duurt"), (2, Some("8".into())), "a page begins inside the paragraph");
    assert_eq!(page_of(&doc, "Gerekend vanaf"), (1, Some("7".into())), "a note stays on its page");
    assert_eq!(page_of(&doc, "Kosten van het gemaal"), (2, Some("8".into())));
    assert_eq!(page_of(&doc, "broedseizoen"), (3, Some("9".into())));
    let heads: Vec<_> = doc.furniture().iter().map(|f| (f.kind, f.count)).collect();
    assert!(heads.contains(&(FurnitureKind::RunningHead, 3)) && heads.contains(&(FurnitureKind::PageNumber, 3)));
    // What the file says of its pages counts for more than what is printed.
    book.labels = Some("<< /S /r /St 4 >>");
    assert_eq!(page_of(&open(&book), "broedseizoen"), (3, Some("vi".into())));
}

#[test]
fn what_the_file_says_of_itself_is_kept() {
    let doc = open(&report());
    let part = &doc.outline().parts()[0];
    assert_eq!(part.title, "Peilbeheer in de Lage Polder");
    assert_eq!(doc.format().name(), "pdf");
}

#[test]
fn columns_are_read_one_after_the_other() {
    let left = [
        "De eerste kolom gaat over",
        "het water en hoe het door",
        "de polder loopt naar zee,",
        "want daar eindigt het.",
    ];
    let right = [
        "De tweede kolom gaat over",
        "het land en wie daarop de",
        "schapen laat grazen in de",
        "lente en in de zomer.",
    ];
    let mut book = Book::new("", "");
    let mut lines = Vec::new();
    for (x, column) in [(60.0, left), (320.0, right)] {
        for (n, text) in column.into_iter().enumerate() {
            lines.push(line(x, 700.0 - 12.0 * n as f32, 10.0, text));
        }
    }
    book.pages.push(page(&lines));
    let expected = [
        "P De eerste kolom gaat over het water en hoe het door de polder loopt naar zee, want daar eindigt het.",
        "P De tweede kolom gaat over het land en wie daarop de schapen laat grazen in de lente en in de zomer.",
    ];
    assert_eq!(blocks(&open(&book)), expected);
    // The same, written row by row.
    let mut rows = Vec::new();
    for n in 0..4 {
        rows.push(line(60.0, 700.0 - 12.0 * n as f32, 10.0, left[n]));
        rows.push(line(320.0, 700.0 - 12.0 * n as f32, 10.0, right[n]));
    }
    book.pages = vec![page(&rows)];
    assert_eq!(blocks(&open(&book)), expected);
}

#[test]
fn a_hyphen_goes_unless_the_document_writes_the_word_with_it() {
    let mut book = Book::new("", "");
    book.pages.push(page(&[
        line(60.0, 700.0, 10.0, "De e-mail van het bestuur kwam te laat, en daarom werd er geen e-"),
        line(60.0, 688.0, 10.0, "mail meer gestuurd over de plannen voor Noord- en Zuid-Holland of over Zuid-"),
        line(60.0, 676.0, 10.0, "Holland alleen; het water\u{AD}"),
        line(60.0, 664.0, 10.0, "schap liet het erbij, en de rest van de polder deed daar verder niets aan."),
    ]));
    let text = "De e-mail van het bestuur kwam te laat, en daarom werd er geen e-mail meer gestuurd over de plannen voor \
                Noord- en Zuid-Holland of over Zuid-Holland alleen; het waterschap liet het erbij, en de rest van de polder \
                deed daar verder niets aan.";
    assert_eq!(open(&book).text(), text);
}

#[test]
fn a_password_is_asked_for_and_tried() {
    let locked = include_bytes!("../fixtures/import/locked.pdf");
    assert_eq!(read(locked, &Limits::default()), Err(ImportError::Encrypted));
    assert_eq!(unlock(locked, &Limits::default(), Some("verkeerd")), Err(ImportError::WrongPassword));
    let doc = unlock(locked, &Limits::default(), Some("sluiswachter")).unwrap();
    assert!(doc.text().contains("De sleutel ligt onder de mat"));
    // One that only forbids printing opens by itself.
    let open = include_bytes!("../fixtures/import/restricted.pdf");
    assert!(read(open, &Limits::default()).unwrap().text().contains("De sleutel ligt onder de mat"));
}

#[test]
fn what_holds_no_text_says_why() {
    let mut book = Book::new("", "");
    book.pages = vec!["0 0 m 100 100 l S".into(), String::new()];
    assert_eq!(read(&book.bytes(), &Limits::default()), Err(ImportError::NoTextLayer { pages: 2 }));
    book.pages.clear();
    assert!(matches!(read(&book.bytes(), &Limits::default()), Err(ImportError::Damaged { .. })));
    assert!(matches!(
        read(b"%PDF-1.7\n%\xE2\xE3\xCF\xD3 nothing", &Limits::default()),
        Err(ImportError::Damaged { .. })
    ));
    let few = Limits { max_pages: 2, ..Limits::default() };
    assert_eq!(read(&report().bytes(), &few), Err(ImportError::TooManyPages { limit: 2 }));
    let small = Limits { max_unpacked: 100, ..Limits::default() };
    assert_eq!(read(&report().bytes(), &small), Err(ImportError::TooLargeUnpacked { limit: 100 }));
    let late = Limits::default();
    late.stop.raise();
    assert_eq!(read(&report().bytes(), &late), Err(ImportError::TookTooLong));
}

#[test]
fn no_bytes_are_too_strange() {
    let whole = report().bytes();
    for end in (0..whole.len()).step_by(97) {
        let _ = read(&whole[..end], &Limits::default());
    }
    // Every so many bytes another one, in no order that means anything.
    for seed in 1..60_u32 {
        let mut bytes = whole.clone();
        let mut state = seed.wrapping_mul(2_654_435_761);
        for _ in 0..40 {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let at = (state >> 8) as usize % bytes.len();
            bytes[at] = (state & 0xFF) as u8;
        }
        let _ = read(&bytes, &Limits::default());
    }
}

#[test]
fn an_outline_without_end_has_one() {
    let mut book = report();
    book.cyclic = true;
    assert!(open(&book).text().contains("sluiswachters"));
}
