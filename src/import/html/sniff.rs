//! Whether a text is a web page, and in which characters it says it is written.

use crate::import::clean::Source;

/// How much of a text is looked at.
const WINDOW: usize = 128 * 1024;

/// How pages begin.
const BEGIN: &[&str] = &["!doctype html", "html", "head", "body", "title"];

/// Elements that a page begins with, but that converters put above Markdown too.
const MAY_BEGIN: &[&str] = &["meta", "link"];

/// Elements that stand on lines of their own.
const BLOCKS: &[&str] = &[
    "p",
    "div",
    "section",
    "article",
    "main",
    "nav",
    "header",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "table",
    "tr",
    "td",
    "th",
    "tbody",
    "thead",
    "blockquote",
    "dl",
    "dt",
    "dd",
    "figure",
    "aside",
    "form",
];

/// What stands before the markup of a page and is none of it.
pub(super) struct Preamble {
    /// Where the markup begins, in bytes of the source.
    pub(super) end: usize,
    /// Lines of front matter, without its fences.
    pub(super) front: std::ops::Range<usize>,
    /// Whether it begins as XML does.
    pub(super) xml: bool,
}

/// Reads over front matter, declarations, comments and blanks.
pub(super) fn preamble(source: &Source) -> Preamble {
    let mut out = Preamble { end: 0, front: 0..0, xml: false };
    if source.lines.first().is_some_and(|_| source.line(0).trim_end() == "---") {
        let close = (1..source.lines.len().min(200)).find(|i| source.line(*i).trim_end() == "---");
        if let Some(close) = close {
            out.front = 1..close;
            out.end = source.lines.get(close + 1).map_or(source.text.len(), |l| l.start as usize);
        }
    }
    loop {
        let rest = &source.text[out.end..];
        let trimmed = rest.trim_start();
        out.end += rest.len() - trimmed.len();
        let close = if trimmed.starts_with("<?xml") {
            out.xml = true;
            "?>"
        } else if trimmed.starts_with("<?") {
            "?>"
        } else if trimmed.starts_with("<!--") {
            "-->"
        } else if trimmed.starts_with("{%") {
            "%}"
        } else {
            return out;
        };
        match trimmed.find(close) {
            Some(at) => out.end += at + close.len(),
            None => return out,
        }
    }
}

/// Whether a text is a web page: by how it begins, or as a piece of one by its elements. Markdown may hold some.
pub(super) fn is_html(source: &Source) -> bool {
    let preamble = preamble(source);
    let text = &source.text[preamble.end..];
    let Some(name) = text.strip_prefix('<').map(name) else { return false };
    if BEGIN.contains(&name.as_str()) {
        return true;
    }
    let hinted = MAY_BEGIN.contains(&name.as_str());
    if !hinted
        && !BLOCKS.contains(&name.as_str())
        && !matches!(
            name.as_str(),
            "a" | "img" | "script" | "style" | "svg" | "span" | "b" | "center" | "br" | "hr" | "noscript" | "template"
        )
    {
        return false;
    }
    let mut end = text.len().min(WINDOW);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let (mut blocks, mut marks, mut bare, mut lines) = (0_usize, 0_usize, 0_usize, 0_usize);
    let mut raw = None;
    let mut after_blank = true;
    for line in text[..end].lines() {
        let line = line.trim();
        let lower = line.to_ascii_lowercase();
        if let Some(close) = raw {
            if lower.contains(close) {
                raw = None;
            }
            continue;
        }
        for (open, close) in [("<script", "</script"), ("<style", "</style"), ("<pre", "</pre")] {
            if lower.contains(open) && !lower.contains(close) {
                raw = Some(close);
            }
        }
        if line.is_empty() {
            after_blank = true;
            continue;
        }
        lines += 1;
        blocks += lower
            .match_indices('<')
            .filter(|(at, _)| BLOCKS.contains(&self::name(lower[at + 1..].trim_start_matches('/')).as_str()))
            .count();
        let hashes = line.bytes().take_while(|b| *b == b'#').count();
        let heading = (1..=6).contains(&hashes) && line[hashes..].starts_with(' ');
        marks += usize::from(
            heading
                || line.starts_with("```")
                || line.contains("](")
                || line.starts_with("- ")
                || line.starts_with("* ")
                || (line.starts_with('|') && line.ends_with('|')),
        );
        // A paragraph without an element around it is how Markdown writes one.
        bare += usize::from(
            after_blank && line.starts_with(char::is_alphabetic) && line.len() > 40 && !line.contains("</"),
        );
        after_blank = false;
    }
    (hinted && marks + bare == 0) || blocks >= 4 && blocks * 3 >= lines && blocks >= 6 * (marks + bare)
}

/// The name of a tag after its `<`, in lower case.
fn name(rest: &str) -> String {
    let lower: String = rest.chars().take(16).collect::<String>().to_ascii_lowercase();
    if lower.starts_with("!doctype html") {
        return "!doctype html".into();
    }
    lower.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default().to_string()
}

/// The encoding that a page says it is in, by its `<meta>` or XML declaration.
pub(in crate::import) fn declared(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let head = bytes[..bytes.len().min(4096)].to_ascii_lowercase();
    if !head.contains(&b'<') {
        return None;
    }
    for key in [&b"charset="[..], &b"encoding="[..]] {
        for at in memchr::memmem::find_iter(&head, key).take(8) {
            let rest = head[at + key.len()..].trim_ascii_start();
            let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
            let end = rest
                .iter()
                .position(|b| !b.is_ascii_alphanumeric() && !matches!(b, b'-' | b'_' | b':'))
                .unwrap_or(rest.len());
            if let Some(encoding) = encoding_rs::Encoding::for_label(&rest[..end]) {
                return Some(encoding);
            }
        }
    }
    None
}
