//! What must not hurt: files that are damaged, lie, or were made to eat the machine. Each is read in time and within the
//! limits, and what can't be read says why in one line and what to do next.

use crate::made::{Dice, container, docx, entries, epub, flate, odt, page, pdf, stream, with_entry};
use kantlijn::doc::{Document, Format};
use kantlijn::import::{ImportError, Limits, Stop, unlock};
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

/// So long a file may take, in a debug build on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);
const STACK: usize = 64 << 20;
const DEEP: usize = 100_000;

/// Reads as the program does: in a thread of its own, told to stop when it takes too long.
fn reading(name: &str, bytes: &[u8], limits: &Limits, password: Option<&str>) -> Result<Document, ImportError> {
    let (give, taken) = channel();
    let stop = Stop::default();
    let limits = Limits { stop: stop.clone(), ..limits.clone() };
    let (bytes, password) = (bytes.to_vec(), password.map(str::to_owned));
    let work = move || {
        let _ = give.send(unlock(&bytes, &limits, password.as_deref()));
    };
    let thread = thread::Builder::new().stack_size(STACK).spawn(work).unwrap();
    let read = taken.recv_timeout(PATIENCE).or_else(|_| {
        stop.raise();
        taken.recv_timeout(Duration::from_secs(5))
    });
    let Ok(read) = read else {
        if thread.is_finished() {
            thread.join().unwrap_or_else(|_| panic!("{name}: the reader panicked"));
        }
        panic!("{name}: the reader does not end");
    };
    match &read {
        Err(ImportError::Fault(why)) => panic!("{name}: a document that does not hold together: {why}"),
        Err(ImportError::TookTooLong) => panic!("{name}: took more than {PATIENCE:?}"),
        Err(why) => {
            let (reason, hint) = (why.reason(), why.hint());
            assert!(!reason.is_empty() && !hint.is_empty(), "{name}");
            assert!(!reason.contains('\n') && reason.len() < 160, "{name}: {reason}");
        }
        Ok(doc) => assert!(!doc.outline().parts().is_empty(), "{name}"),
    }
    read
}

fn small() -> Limits {
    Limits { max_unpacked: 16_000_000, max_nodes: 2_000_000, max_pages: 1_000, ..Limits::default() }
}

fn seed(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/hostile/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

const SEEDS: [(&str, Format); 7] = [
    ("jaarbeeld.pdf", Format::Pdf),
    ("jaarbeeld.docx", Format::Docx),
    ("jaarbeeld.odt", Format::Odt),
    ("jaarbeeld.epub", Format::Epub),
    ("jaarbeeld.html", Format::Html),
    ("jaarbeeld.md", Format::Markdown),
    ("jaarbeeld.txt", Format::Plain),
];

#[test]
fn every_seed_is_read_for_what_it_is() {
    for (name, format) in SEEDS {
        let doc = reading(name, &seed(name), &Limits::default(), None).unwrap();
        assert_eq!(doc.format(), format, "{name}");
        for words in ["alle bruggen open", "Wij vragen de raad", "uit het logboek", "1.492"] {
            let text = doc.text();
            let here = text.contains(words) || name.ends_with("html") && words.starts_with("uit");
            assert!(here, "{name}: no {words:?} in {text}");
        }
        let titles: Vec<String> = doc.outline().sections().iter().map(|s| s.label()).collect();
        assert!(titles.iter().any(|t| t.contains("Te weinig sluiswachters")), "{name}: {titles:?}");
    }
}

#[test]
fn cut_off_anywhere_is_read_or_said() {
    for (name, _) in SEEDS {
        let whole = seed(name);
        for part in 0..16 {
            let cut = &whole[..whole.len() * part / 16];
            let _ = reading(&format!("{name}, {part}/16"), cut, &small(), None);
        }
    }
}

#[test]
fn mutants_of_every_seed_are_read_or_said() {
    let mut dice = Dice(0x2031_0401);
    let all: Vec<Vec<u8>> = SEEDS.iter().map(|(name, _)| seed(name)).collect();
    for (at, (name, _)) in SEEDS.iter().enumerate() {
        for round in 0..40 {
            let other = &all[dice.below(all.len())];
            let mutant = if all[at].starts_with(b"PK") && round % 4 != 0 {
                // what is packed is changed before it is packed
                let inner = entries(&all[at]);
                let (entry, content) = &inner[dice.below(inner.len())];
                with_entry(&all[at], entry, &dice.mutant(content, other))
            } else {
                dice.mutant(&all[at], other)
            };
            let _ = reading(&format!("{name}, mutant {round}"), &mutant, &small(), None);
        }
    }
}

/// What a hostile file gives.
enum Gives {
    /// A document with these words in it, and no more than some of them.
    Words(&'static str),
    /// This reason.
    Reason(&'static str),
}
use Gives::{Reason, Words};

/// A page tree whose node 2 has these kids, with a page (3) beside it.
fn tree(kids: &str, more: Vec<Vec<u8>>) -> Vec<u8> {
    let mut objects = page("Een bladzijde");
    objects[1] = format!("<</Type/Pages/Kids[{kids}]/Count 300000>>").into_bytes();
    objects.extend(more);
    pdf(&objects)
}

/// A file whose list of bookmarks is these objects, from number 6 on.
fn bookmarks(objects: &[String]) -> Vec<u8> {
    let mut all = page("Een bladzijde");
    all[0] = b"<</Type/Catalog/Pages 2 0 R/Outlines 6 0 R>>".to_vec();
    all.extend(objects.iter().map(|o| o.clone().into_bytes()));
    pdf(&all)
}

/// Names for words that each stand for ten of the one before.
fn laughs() -> String {
    let mut out = String::from("<!DOCTYPE x [<!ENTITY a0 \"ha ha ha ha ha ha ha ha ha ha\">");
    for i in 1..12 {
        out += &format!("<!ENTITY a{i} \"{}\">", format!("&a{};", i - 1).repeat(10));
    }
    out + "]>"
}

fn packed() -> Vec<(&'static str, Vec<u8>, Gives)> {
    let zeros = vec![b' '; 24 << 20];
    let bomb = container(&[("word/document.xml", &zeros)]);
    let types = entries(&seed("jaarbeeld.docx"));
    let without: Vec<(&str, &[u8])> =
        types.iter().filter(|(n, _)| n != "word/document.xml").map(|(n, c)| (n.as_str(), c.as_slice())).collect();
    let book = entries(&seed("jaarbeeld.epub"));
    let no_opf: Vec<(&str, &[u8])> =
        book.iter().filter(|(n, _)| !n.ends_with(".opf")).map(|(n, c)| (n.as_str(), c.as_slice())).collect();
    let whole = docx("", "<w:p><w:r><w:t>Gewone woorden.</w:t></w:r></w:p>");
    let inner = entries(&whole);
    let mut traversal: Vec<(&str, &[u8])> =
        vec![("../../../etc/passwd", b"weg"), ("C:\\weg.txt", b"weg"), ("/weg", b"weg")];
    traversal.extend(inner.iter().map(|(n, c)| (n.as_str(), c.as_slice())));
    let deep = |open: &str, close: &str| format!("{}diep{}", open.repeat(DEEP), close.repeat(DEEP));
    let para = |t: &str| format!("<w:p><w:r><w:t>{t}</w:t></w:r></w:p>");
    vec![
        (
            "a ZIP bomb in a Word file",
            bomb.clone(),
            Reason("unpacked it is larger than 16000000 bytes, or packed so tightly that it can be no report"),
        ),
        (
            "a ZIP in a ZIP in a ZIP",
            container(&[("a.zip", &container(&[("b.zip", &bomb)]))]),
            Reason("not a text: it is a ZIP archive"),
        ),
        ("names that lead out of the container", container(&traversal), Words("Gewone woorden.")),
        ("an entity bomb in a Word file", docx(&laughs(), &para("Voor &a11; na.")), Words("Voor")),
        ("an entity bomb in a book", epub(&format!("{}<p>Voor &a11; na.</p>", laughs())), Words("Voor")),
        (
            "an entity bomb in an OpenDocument text",
            odt(&format!("{}<text:p>Voor &a11; na.</text:p>", laughs())),
            Words("Voor"),
        ),
        (
            "100,000 elements inside each other, Word",
            docx("", &deep("<w:p>", "</w:p>")),
            Reason("elements more than 256 deep inside each other"),
        ),
        (
            "100,000 elements inside each other, OpenDocument",
            odt(&deep("<text:section>", "</text:section>")),
            Reason("elements more than 256 deep inside each other"),
        ),
        ("100,000 elements inside each other, book", epub(&deep("<div>", "</div>")), Words("diep")),
        (
            "100,000 lists inside each other, OpenDocument",
            odt(&deep("<text:list><text:list-item>", "</text:list-item></text:list>")),
            Reason("elements more than 256 deep inside each other"),
        ),
        (
            "a Word file without its text",
            container(&without),
            Reason("damaged or incomplete: the Word file holds no text part"),
        ),
        ("a book without its list of contents", container(&no_opf), Words("alle bruggen open")),
        ("a container of nothing", container(&[]), Reason("damaged or incomplete: the container holds no files")),
    ]
}

fn pages() -> Vec<(&'static str, Vec<u8>, Gives)> {
    let pages = "3 0 R ".repeat(300_000);
    let chain = (0..10_000).map(|i| format!("<</Type/Pages/Kids[{} 0 R]/Count 1>>", i + 7).into_bytes());
    let item = |n: usize, rest: &str| format!("<</Title(Kop {n})/Dest[3 0 R/Fit]{rest}>>");
    let deep: Vec<String> = std::iter::once("<</First 7 0 R/Last 7 0 R>>".to_string())
        .chain((0..20_000).map(|n| item(n, &format!("/First {} 0 R/Last {} 0 R", n + 8, n + 8))))
        .collect();
    let mut bomb = page("");
    bomb[3] = stream("/Filter/FlateDecode", &flate(&vec![b' '; 24 << 20]));
    let mut nested = page("Een bladzijde");
    nested[2] = format!(
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>/X {}{}>>",
        "[".repeat(DEEP),
        "]".repeat(DEEP)
    )
    .into_bytes();
    let mut form = page("Een bladzijde");
    form[2] = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 6 0 R/Resources 7 0 R>>".to_vec();
    form.push(stream("", b"BT /F 12 Tf 72 700 Td (Een bladzijde) Tj ET /G Do"));
    form.push(b"<</Font<</F 5 0 R>>/XObject<</G 8 0 R>>>>".to_vec());
    form.push(stream("/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources 7 0 R", b"/G Do /G Do"));
    let mut blank = page("");
    blank[3] = stream("", b"0 0 100 100 re f");
    vec![
        ("a page tree that holds itself", tree("2 0 R", vec![]), Reason("damaged or incomplete: no page in it")),
        ("a page tree that holds itself and a page", tree("3 0 R 2 0 R", vec![]), Words("Een bladzijde")),
        ("a page tree 10,000 deep", tree("6 0 R", chain.collect()), Reason("damaged or incomplete: no page in it")),
        ("300,000 pages claimed, one there", tree("3 0 R", vec![]), Words("Een bladzijde")),
        ("300,000 times the same page", tree(&pages, vec![]), Words("Een bladzijde")),
        (
            "bookmarks that hold themselves",
            bookmarks(&["<</First 6 0 R/Last 6 0 R/Next 6 0 R>>".into()]),
            Words("Een bladzijde"),
        ),
        (
            "bookmarks that follow themselves",
            bookmarks(&["<</First 7 0 R/Last 7 0 R>>".into(), item(1, "/Next 7 0 R/First 7 0 R")]),
            Words("Een bladzijde"),
        ),
        ("bookmarks 20,000 deep", bookmarks(&deep), Words("Een bladzijde")),
        (
            "a page packed tighter than any",
            pdf(&bomb),
            Reason("unpacked it is larger than 16000000 bytes, or packed so tightly that it can be no report"),
        ),
        ("100,000 arrays inside each other", pdf(&nested), Reason("damaged or incomplete: no page in it")),
        ("a picture that draws itself twice", pdf(&form), Words("Een bladzijde")),
        ("a page without a letter", pdf(&blank), Reason("no text layer on its 1 pages: a scan?")),
        (
            "a PDF file of its first line",
            b"%PDF-1.7\n".to_vec(),
            Reason("damaged or incomplete: no table of its objects can be made out"),
        ),
    ]
}

fn texts() -> Vec<(&'static str, Vec<u8>, Gives)> {
    let deep = |open: &str, close: &str| format!("{}diep{}", open.repeat(DEEP), close.repeat(DEEP)).into_bytes();
    let html = |body: Vec<u8>| [b"<!doctype html><html><body>".as_slice(), &body].concat();
    let table = format!("# Tafel\n\n{}\n{}\n{}\n", "|a".repeat(20_000), "|-".repeat(20_000), "|b".repeat(20_000));
    vec![
        ("nothing", Vec::new(), Reason("the file is empty")),
        ("only NUL bytes", vec![0; 65_536], Reason("not a text: it is a binary file of an unknown kind")),
        ("only blanks", vec![b' '; 65_536], Reason("there is no text in it")),
        ("100,000 elements inside each other, web page", html(deep("<div>", "</div>")), Words("diep")),
        ("100,000 lists inside each other, web page", html(deep("<ul><li>", "</li></ul>")), Words("diep")),
        ("100,000 quotations inside each other, web page", html(deep("<blockquote>", "</blockquote>")), Words("diep")),
        (
            "100,000 tables inside each other, web page",
            html(deep("<table><tr><td>", "</td></tr></table>")),
            Words("diep"),
        ),
        ("100,000 elements never closed, web page", html(deep("<b><i>", "")), Words("diep")),
        ("100,000 quotations inside each other, Markdown", deep("> ", ""), Words("diep")),
        ("100,000 lists inside each other, Markdown", deep("- ", ""), Words("diep")),
        ("100,000 stars", deep("*", "*"), Words("diep")),
        ("100,000 brackets", deep("[", "]"), Words("diep")),
        ("100,000 links inside each other", deep("![", "](x)"), Words("diep")),
        ("a table of 20,000 columns", table.into_bytes(), Words("Tafel")),
        ("a line of two million letters", vec![b'a'; 2_000_000], Words("aaaa")),
        (
            "an old Word file",
            [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".as_slice(), &[0; 512]].concat(),
            Reason("not a text: it is an old Office file (doc, xls, ppt)"),
        ),
    ]
}

#[test]
fn hostile_files_give_what_they_should() {
    let mut wrong = Vec::new();
    let all = packed().into_iter().chain(pages()).chain(texts());
    for (name, bytes, gives) in all {
        let limits = small();
        match (reading(name, &bytes, &limits, None), gives) {
            (Ok(doc), Words(words)) => {
                println!("{name}: {} bytes of text", doc.text().len());
                if !doc.text().contains(words) {
                    wrong.push(format!("{name}: no {words:?}"));
                } else if doc.text().len() > bytes.len() + 65_536 {
                    wrong.push(format!("{name}: {} bytes became {}", bytes.len(), doc.text().len()));
                }
            }
            (Ok(doc), Reason(why)) => wrong.push(format!("{name}: read ({:.60}), not {why:?}", doc.text())),
            (Err(why), Reason(reason)) if why.reason().starts_with(reason) => println!("{name}: {}", why.reason()),
            (Err(why), Reason(reason)) => wrong.push(format!("{name}: {:?}, not {reason:?}", why.reason())),
            (Err(why), Words(_)) => wrong.push(format!("{name}: not read: {}", why.reason())),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_protected_asks_for_its_password() {
    let bytes = seed("beschermd.pdf");
    let open = |password| reading("beschermd.pdf", &bytes, &Limits::default(), password);
    assert_eq!(open(None).unwrap_err(), ImportError::Encrypted);
    assert_eq!(open(Some("anders")).unwrap_err(), ImportError::WrongPassword);
    let doc = open(Some("geheim")).unwrap();
    assert!(doc.text().contains("alle bruggen open"));
}
