//! Asks: the places where a report says what it wants, known by their form.

use super::detect::Ask;
use super::rules::Rules;
use crate::doc::{Block, BlockKind, Document, Part, TextRange};

/// A lead-in longer than this (bytes) is a paragraph that happens to stand before a list.
const LONGEST_LEAD_IN: u32 = 600;

impl Rules {
    /// Whether a heading or lead-in asks, and someone: the writers, someone addressed; in a question or with "aan" also
    /// the publisher of the report or a name in capitals.
    pub(super) fn asks(&self, text: &str, publisher: Option<&str>) -> bool {
        let name = || has_name(text) || publisher.is_some_and(|p| names(text, p));
        self.asking.is_match(text)
            && !self.not_asking.is_match(text)
            && (self.someone.is_match(text) || (self.directing.is_match(text) && name()))
    }
}

/// A word like "CJD" or "DTenW": two capitals or more among its letters.
fn has_name(text: &str) -> bool {
    let words = text.split(|c: char| !c.is_alphanumeric());
    let is_name = |w: &str| w.chars().filter(|c| c.is_uppercase()).count() > 1 && w.chars().count() <= 12;
    // a heading that is all capitals has no names in it
    words.clone().any(is_name) && words.filter(|w| !w.is_empty()).any(|w| w.chars().any(char::is_lowercase))
}

/// Whether a text has one of the longer words of a name in it.
fn names(text: &str, name: &str) -> bool {
    let text = text.to_lowercase();
    name.to_lowercase().split_whitespace().filter(|w| w.chars().count() > 5).any(|w| text.contains(w))
}

/// The asks of a knelpunt that has this range, in reading order and without overlap.
pub(super) fn asks_in(doc: &Document, rules: &Rules, range: TextRange, part: &Part) -> Vec<Ask> {
    let publisher = part.org.as_deref();
    let sections = doc.outline().sections();
    let first = sections.partition_point(|s| s.range.start < range.start);
    let mut out: Vec<Ask> = Vec::new();
    for section in sections[first..].iter().take_while(|s| s.range.start < range.end) {
        let Some(within) = section.range.intersect(range).filter(|_| section.range != range) else { continue };
        let asks = rules.asks(&section.title, publisher) || rules.plain_ask.is_match(&section.title);
        // a heading with nothing under it asks nothing
        let says = section.heading.is_some() && doc.blocks_in(within).len() > 1;
        if asks && says && !out.iter().any(|a| a.range.overlaps(within)) {
            out.push(Ask { title: section.title.clone(), range: within });
        }
    }
    for ask in led_in(doc, rules, range, publisher) {
        if !out.iter().any(|a| a.range.overlaps(ask.range)) {
            out.push(ask);
        }
    }
    out.sort_by_key(|a| a.range.start);
    out
}

/// Lists whose lead-in asks.
fn led_in(doc: &Document, rules: &Rules, range: TextRange, publisher: Option<&str>) -> Vec<Ask> {
    let blocks = &doc.blocks()[doc.blocks_in(range)];
    let is_item = |b: &Block| matches!(b.kind, BlockKind::Item { .. });
    let mut out = Vec::new();
    for (i, pair) in blocks.windows(2).enumerate() {
        let (lead, next) = (&pair[0], &pair[1]);
        let leads = lead.kind == BlockKind::Paragraph && is_item(next) && lead.range.len() <= LONGEST_LEAD_IN;
        if !leads {
            continue;
        }
        // what stands directly before the list counts: the last sentence of the paragraph
        let text = doc.slice(lead.range).trim_end();
        let text =
            text.rfind(['.', '?', '!']).filter(|at| at + 1 < text.len()).map_or(text, |at| &text[at + 1..]).trim();
        if !rules.asks(text, publisher) {
            continue;
        }
        let list = blocks[i + 1..].iter().take_while(|b| is_item(b));
        let whole = list.fold(lead.range, |whole, item| whole.union(item.range));
        if let Some(inside) = whole.intersect(range) {
            out.push(Ask { title: text.trim_end_matches(':').to_string(), range: inside });
        }
    }
    out
}
