//! A PDF file written by hand: pages of lines in two fonts, bookmarks, labels, properties. Enough to test a reader.

use std::fmt::Write as _;

/// A file to be.
pub struct Book {
    title: &'static str,
    author: &'static str,
    /// The content of each page, as operators.
    pub pages: Vec<String>,
    /// Titles, and pages from 0.
    pub bookmarks: Vec<(&'static str, usize)>,
    /// How the pages are numbered from the first on.
    pub labels: Option<&'static str>,
    /// The last bookmark is followed by the first.
    pub cyclic: bool,
}

/// A line of text: left end, baseline, size.
pub fn line(x: f32, y: f32, size: f32, text: &str) -> String {
    shown("F1", x, y, size, text)
}

/// The same in bold.
pub fn bold(x: f32, y: f32, size: f32, text: &str) -> String {
    shown("F2", x, y, size, text)
}

/// The content of a page.
pub fn page(lines: &[String]) -> String {
    lines.concat()
}

fn shown(font: &str, x: f32, y: f32, size: f32, text: &str) -> String {
    let mut out = format!("BT /{font} {size} Tf {x} {y} Td (");
    for c in text.chars() {
        match c {
            '(' | ')' | '\\' => write!(out, "\\{c}").unwrap(),
            '•' => out.push_str("\\225"),
            c if c.is_ascii() => out.push(c),
            // Latin letters stand in WinAnsi where they stand in Unicode.
            c => write!(out, "\\{:03o}", u32::from(c) & 0xFF).unwrap(),
        }
    }
    out + ") Tj ET\n"
}

impl Book {
    pub fn new(title: &'static str, author: &'static str) -> Book {
        Book { title, author, pages: Vec::new(), bookmarks: Vec::new(), labels: None, cyclic: false }
    }

    /// The file.
    pub fn bytes(&self) -> Vec<u8> {
        // 1 catalog, 2 page tree, 3 and 4 fonts, 5 properties, 6 outline, then pages and their contents, then bookmarks.
        let page = |n: usize| 7 + 2 * n;
        let mark = |n: usize| 7 + 2 * self.pages.len() + n;
        let widths = "500 ".repeat(224);
        let font = |name: &str| {
            format!(
                "<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding /FirstChar 32 /LastChar 255 \
                 /Widths [{widths}] >>"
            )
        };
        let labels = self.labels.map_or(String::new(), |l| format!("/PageLabels << /Nums [0 {l}] >>"));
        let kids: String = (0..self.pages.len()).map(|n| format!("{} 0 R ", page(n))).collect();
        let mut objects = vec![
            format!("<< /Type /Catalog /Pages 2 0 R /Outlines 6 0 R /Lang (nl-NL) {labels} >>"),
            format!("<< /Type /Pages /Count {} /Kids [{kids}] >>", self.pages.len()),
            font("Polder"),
            font("Polder-Bold"),
            format!("<< /Title ({}) /Author ({}) /CreationDate (D:20240312) >>", self.title, self.author),
        ];
        objects.push(match self.bookmarks.len() {
            0 => "<< /Type /Outlines >>".to_string(),
            n => format!("<< /Type /Outlines /First {} 0 R /Last {} 0 R >>", mark(0), mark(n - 1)),
        });
        for (n, content) in self.pages.iter().enumerate() {
            objects.push(format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {} 0 R \
                 /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>",
                page(n) + 1
            ));
            objects.push(format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()));
        }
        for (n, (title, at)) in self.bookmarks.iter().enumerate() {
            let next = match n + 1 {
                next if next < self.bookmarks.len() => format!("/Next {} 0 R", mark(next)),
                _ if self.cyclic => format!("/Next {} 0 R /First 6 0 R", mark(0)),
                _ => String::new(),
            };
            objects.push(format!("<< /Title ({title}) /Parent 6 0 R /Dest [{} 0 R /Fit] {next} >>", page(*at)));
        }
        let mut out = b"%PDF-1.7\n".to_vec();
        let mut places = Vec::new();
        for (n, object) in objects.iter().enumerate() {
            places.push(out.len());
            out.extend(format!("{} 0 obj\n{object}\nendobj\n", n + 1).bytes());
        }
        let table = out.len();
        out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
        for place in places {
            out.extend(format!("{place:010} 00000 n \n").bytes());
        }
        let trailer =
            format!("trailer\n<< /Size {} /Root 1 0 R /Info 5 0 R >>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1);
        out.extend(trailer.bytes());
        out
    }
}
