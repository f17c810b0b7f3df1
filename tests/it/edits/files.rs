//! One report in several formats, as files: notes made on its Markdown looked for in another.

use super::truth::{Fate, Truth};
use super::{Made, Noted, Row, read_doc};
use kantlijn::doc::{Document, TextRange};
use std::path::Path;

fn load(name: &str) -> Document {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/formats").join(name);
    read_doc(&std::fs::read(path).unwrap())
}

/// The letters and digits of a document with their places.
fn letters(doc: &Document) -> (String, Vec<usize>) {
    let all = doc.text().char_indices().filter(|(_, c)| c.is_alphanumeric());
    let (mut text, mut places) = (String::new(), Vec::new());
    for (at, c) in all {
        text.push(c);
        places.resize(text.len(), at);
    }
    (text, places)
}

/// Where sentences and cells end, and the text.
fn ends(text: &str) -> impl Iterator<Item = usize> {
    let all = text.match_indices(['.', ';', '\t', '\n']).map(|(at, _)| at + 1);
    let ends = |at: &usize| text[..*at].ends_with(['\t', '\n']) || text[*at..].starts_with(char::is_whitespace);
    all.filter(move |at| ends(at)).chain([text.len()])
}

/// Notes on each sentence, and on each third word pair, found by their letters: a passage is judged when it stands as often
/// in the one file as in the other.
fn made(from: &str, to: &str) -> Made {
    let (old, new) = (load(from), load(to));
    let ((there, _), (here, places)) = (letters(&old), letters(&new));
    let mut ranges = Vec::new();
    for block in old.blocks() {
        let text = old.slice(block.range);
        let mut start = 0;
        for (n, end) in ends(text).enumerate() {
            if text[start..end].chars().filter(|c| c.is_alphabetic()).count() > 3 {
                let base = block.range.start as usize + start;
                ranges.push((base, block.range.start as usize + end));
                let two = text[start..end].match_indices(' ').nth(1).filter(|_| n % 3 == 0);
                ranges.extend(two.map(|(len, _)| (base, base + len)));
            }
            start = end + text[end..].len() - text[end..].trim_start().len();
        }
    }
    let mut notes = Vec::new();
    let mut unread = 0;
    for (start, end) in ranges {
        let (start, end) = (start, start + old.text()[start..end].trim_end().len());
        let only = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        let (quote, before) = (only(&old.text()[start..end]), only(&old.text()[..start]));
        let nth = there.match_indices(&quote).position(|(at, _)| at == before.len());
        let all: Vec<_> = here.match_indices(&quote).map(|(at, _)| at).collect();
        if all.len() != there.matches(&quote).count() || nth.is_none_or(|n| n >= all.len()) {
            unread += 1;
            continue;
        }
        let at = all[nth.unwrap_or(0)];
        let last = places[at + quote.len() - 1];
        let to = last + new.text()[last..].chars().next().map_or(0, char::len_utf8);
        let truth = Truth { fate: Fate::Edited, ranges: vec![TextRange::from(places[at]..to)] };
        notes.push(Noted { range: TextRange::from(start..end), truth, meant: true });
    }
    Made { old, new, notes, unread }
}

/// Notes on the Markdown in each of these files, and the other way round.
pub fn row(half: &str, files: &[&str]) -> (String, Row) {
    let mut row = Row::default();
    let label = format!("{half} {:<11} files: {}", "format", files.join(" ").replace("report", ""));
    for file in files {
        row.judge(&made("report.md", file), &label);
        row.judge(&made(file, "report.md"), &label);
    }
    row.unread = 0;
    (label, row)
}
