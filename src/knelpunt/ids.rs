//! Ids of found knelpunten: the same in every edition of a report as long as publisher, year and label are.

use super::detect::Found;
use crate::doc::{Document, Part};
use std::collections::HashMap;

/// Gives every knelpunt its id, made of the name that stands in its place; those that would be equal are numbered in reading order, the surest first.
pub(super) fn give_ids(doc: &Document, found: &mut [Found]) {
    let mut seen: HashMap<String, u32> = HashMap::new();
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by_key(|i| found[*i].certainty);
    for i in order {
        let knelpunt = &mut found[i];
        let name = slug(&knelpunt.id);
        let id = format!("{}.{name}", part_slug(doc.imported_outline().part(knelpunt.part)));
        let count = seen.entry(id.clone()).or_default();
        *count += 1;
        knelpunt.id = if *count == 1 { id } else { format!("{id}-{count}") };
    }
}

fn part_slug(part: &Part) -> String {
    let name = part.org.as_deref().filter(|o| !o.trim().is_empty()).unwrap_or(&part.title);
    let name = if name.trim().is_empty() { "report".into() } else { slug(name) };
    let year = part.year.map(|y| y.to_string()).or_else(|| part.date.as_ref().map(|d| d.chars().take(4).collect()));
    match year {
        Some(year) if !name.ends_with(&year) => format!("{name}-{year}"),
        _ => name,
    }
}

/// Lower case letters and digits with hyphens between the words, at most some 60 bytes, whole words.
fn slug(text: &str) -> String {
    /// Longer names are cut at a word, so that an id can be typed and used as a name of a file.
    const LONGEST: usize = 60;
    use unicode_normalization::UnicodeNormalization;
    let folded: String = text.nfkd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)).collect();
    let lower = folded.to_lowercase();
    let mut out = String::new();
    for word in lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        if !out.is_empty() && out.len() + 1 + word.len() > LONGEST {
            break;
        }
        if !out.is_empty() {
            out.push('-');
        }
        out.extend(word.chars().take(LONGEST));
    }
    if out.is_empty() { "x".into() } else { out }
}
