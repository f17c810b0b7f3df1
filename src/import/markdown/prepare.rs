//! What is mended in the lines before the parser sees them: headings without a blank, and marks nested without end.

use crate::import::clean::{Source, SourceLine};

/// The source with its lines mended; `None` when there is nothing to mend.
pub(super) fn prepare(source: &Source, max_depth: u16) -> Option<Source> {
    let needs = |i: usize| mend(source.line(i), max_depth).is_some();
    if !(0..source.lines.len()).any(needs) {
        return None;
    }
    let mut out = Source {
        text: String::with_capacity(source.text.len()),
        lines: Vec::with_capacity(source.lines.len()),
        line_count: source.line_count,
        dropped: source.dropped,
    };
    for (index, line) in source.lines.iter().enumerate() {
        out.lines.push(SourceLine { start: out.text.len() as u32, ..*line });
        let text = source.line(index);
        match mend(text, max_depth) {
            Some(mended) => out.text.push_str(&mended),
            None => out.text.push_str(text),
        }
        out.text.push('\n');
    }
    Some(out)
}

fn mend(line: &str, max_depth: u16) -> Option<String> {
    let bytes = line.as_bytes();
    // `##Heading`: converted laws write it so. A single `#word` may be a tag.
    let hashes = bytes.iter().take_while(|b| **b == b'#').count();
    if (2..=6).contains(&hashes) && line[hashes..].starts_with(char::is_alphanumeric) {
        return Some(format!("{} {}", &line[..hashes], &line[hashes..]));
    }
    if bytes.first().is_none_or(|b| b.is_ascii_alphabetic()) {
        return None;
    }
    // Quotes and lists inside each other on one line: the marks beyond the limit are dropped.
    let (mut depth, mut at) = (0_u16, 0);
    while let Some(b) = bytes.get(at) {
        let mark = match b {
            b'>' => 1,
            b'-' | b'*' | b'+' if bytes.get(at + 1) == Some(&b' ') => 2,
            b'0'..=b'9' => {
                let digits = bytes[at..].iter().take_while(|b| b.is_ascii_digit()).count();
                let closed =
                    matches!(bytes.get(at + digits), Some(b'.' | b')')) && bytes.get(at + digits + 1) == Some(&b' ');
                if closed { digits + 2 } else { break }
            }
            b' ' | b'\t' => {
                at += 1;
                continue;
            }
            _ => break,
        };
        depth += 1;
        if depth > max_depth {
            let rest = line[at..].trim_start_matches(|c: char| {
                matches!(c, '>' | '-' | '*' | '+' | ' ' | '\t' | '.' | ')') || c.is_ascii_digit()
            });
            return Some(format!("{}{rest}", &line[..at]));
        }
        at += mark;
    }
    // Very deep indentation nests lists as well.
    let indent = bytes.iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
    let limit = usize::from(max_depth) * 4;
    (indent > limit).then(|| line[indent - limit..].to_string())
}
