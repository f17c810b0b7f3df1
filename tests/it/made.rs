//! Files made for tests: containers, PDF files and mutants of whatever is given, all from their parts.

use std::io::{Cursor, Read, Write};
use zip::write::{SimpleFileOptions, ZipWriter};

/// Entries from this size on are packed; smaller ones are kept as they are, so that they are not too tight to be true.
const PACKED: usize = 8 << 20;

/// A container of these entries.
pub fn container(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        let kept = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        zip.start_file(*name, if content.len() < PACKED { kept } else { SimpleFileOptions::default() }).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The entries of a container.
pub fn entries(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let each = |i: usize| {
        let mut file = zip.by_index(i).unwrap();
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        (file.name().unwrap().to_string(), content)
    };
    (0..zip::ZipArchive::new(Cursor::new(bytes)).unwrap().len()).map(each).collect()
}

/// A container with one entry put in the place of another.
pub fn with_entry(bytes: &[u8], name: &str, content: &[u8]) -> Vec<u8> {
    let mut all = entries(bytes);
    all.iter_mut().filter(|(n, _)| n == name).for_each(|(_, c)| *c = content.to_vec());
    let all: Vec<(&str, &[u8])> = all.iter().map(|(n, c)| (n.as_str(), c.as_slice())).collect();
    container(&all)
}

const TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override
 PartName="/word/document.xml"
 ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;

/// A Word file with this between the tags of its body; `before` stands before the document's element.
pub fn docx(before: &str, body: &str) -> Vec<u8> {
    let document = format!(
        r#"<?xml version="1.0"?>{before}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>"#
    );
    container(&[("[Content_Types].xml", TYPES.as_bytes()), ("word/document.xml", document.as_bytes())])
}

/// An OpenDocument text with this as its text.
pub fn odt(text: &str) -> Vec<u8> {
    let content = format!(
        r#"<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>{text}</office:text></office:body></office:document-content>"#
    );
    container(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", content.as_bytes())])
}

/// A book of one chapter with this body.
pub fn epub(body: &str) -> Vec<u8> {
    let opf = r#"<package xmlns="http://www.idpf.org/2007/opf"><metadata/><manifest><item id="a" href="a.xhtml"
 media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>"#;
    let chapter = format!(r#"<html lang="nl"><body>{body}</body></html>"#);
    let place = br#"<container><rootfiles><rootfile full-path="b.opf"
 media-type="application/oebps-package+xml"/></rootfiles></container>"#;
    container(&[
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", place),
        ("b.opf", opf.as_bytes()),
        ("a.xhtml", chapter.as_bytes()),
    ])
}

/// A PDF file of these objects, the first of which is number 1 and the catalogue.
pub fn pdf(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (i, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend(format!("{} 0 obj\n", i + 1).bytes());
        out.extend(object);
        out.extend(b"\nendobj\n");
    }
    let table = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    places.iter().for_each(|at| out.extend(format!("{at:010} 00000 n \n").bytes()));
    out.extend(format!("trailer\n<</Size {} /Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1).bytes());
    out
}

/// A stream of a PDF file with these entries in its dictionary.
pub fn stream(entries: &str, content: &[u8]) -> Vec<u8> {
    [format!("<<{entries} /Length {}>>\nstream\n", content.len()).as_bytes(), content, b"\nendstream"].concat()
}

/// The objects of a PDF file with one page of one line: catalogue, page tree, page, content, font.
pub fn page(words: &str) -> Vec<Vec<u8>> {
    let content = format!("BT /F 12 Tf 72 700 Td ({words}) Tj ET");
    [
        "<</Type/Catalog/Pages 2 0 R>>".into(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".into(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>".into(),
        String::from_utf8(stream("", content.as_bytes())).unwrap(),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".into(),
    ]
    .map(String::into_bytes)
    .to_vec()
}

/// Bytes packed as PDF files pack them (zlib).
pub fn flate(bytes: &[u8]) -> Vec<u8> {
    let packed = container(&[("a", bytes)]);
    let mut zip = zip::ZipArchive::new(Cursor::new(&packed)).unwrap();
    let file = zip.by_index(0).unwrap();
    let from = file.data_start().unwrap() as usize;
    let (mut a, mut b) = (1_u32, 0_u32);
    for byte in bytes {
        a = (a + u32::from(*byte)) % 65_521;
        b = (b + a) % 65_521;
    }
    let body = &packed[from..from + file.compressed_size() as usize];
    [&[0x78, 0x9C], body, &(b << 16 | a).to_be_bytes()].concat()
}

/// Numbers that look random and are the same in every run (xorshift).
pub struct Dice(pub u64);

impl Dice {
    /// A number below `n`.
    pub fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % n.max(1)
    }

    /// A copy with some bytes changed, taken out, doubled, or put in from another file.
    pub fn mutant(&mut self, bytes: &[u8], other: &[u8]) -> Vec<u8> {
        let mut out = bytes.to_vec();
        for _ in 0..1 + self.below(6) {
            let at = self.below(out.len());
            let to = (at + 1 + self.below(40)).min(out.len());
            match self.below(6) {
                0 if !out.is_empty() => out[at] ^= 1 << self.below(8),
                1 => drop(out.drain(at..to)),
                2 => {
                    let again = out[at..to].repeat(1 + self.below(8));
                    out.splice(at..at, again);
                }
                3 => {
                    let from = self.below(other.len());
                    let piece = other[from..(from + self.below(60)).min(other.len())].to_vec();
                    out.splice(at..at, piece);
                }
                4 => {
                    let odd =
                        [b"99999999999".as_slice(), b"-1", b"\0\0", b"<", b">", b"&#x0;", b"\xFF\xFE", b"\"", b"<<"];
                    out.splice(at..at, odd[self.below(odd.len())].iter().copied());
                }
                _ => out.truncate(at.max(out.len() / 2)),
            }
        }
        out
    }
}
