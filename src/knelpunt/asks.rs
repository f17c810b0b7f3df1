//! Asks: the places where a report says what it wants, known by their form.

use super::detect::{Ask, shorten};
use super::rules::Rules;
use crate::doc::{Block, BlockKind, Document, Part, Section, TextRange};

/// A lead-in longer than this (bytes) is a paragraph that happens to stand before a list.
const LONGEST_LEAD_IN: u32 = 600;
/// A paragraph up to this length (bytes) may be one of several things asked for, each in a paragraph of its own.
const SHORT: u32 = 320;
/// So many of them follow a lead-in at most.
const MOST: usize = 8;

impl Rules {
    /// Whether a heading or lead-in asks, and someone: the writers, someone addressed; in a question or with "aan" also
    /// the publisher of the report or a name in capitals.
    pub(super) fn asks(&self, text: &str, publisher: Option<&str>) -> bool {
        let name = || has_name(text) || publisher.is_some_and(|p| names(text, p));
        self.asking.is_match(text)
            && !self.not_asking.is_match(text)
            && (self.someone.is_match(text) || (self.directing.is_match(text) && name()))
    }

    /// Whether a section asks by a heading that says so alone: "Aanbevelingen", "Aanbeveling 3".
    pub(super) fn is_plain_ask(&self, section: &Section) -> bool {
        self.plain_ask.is_match(&section.title)
            || self.ask_label.is_match(&section.title)
            || section.number.as_deref().is_some_and(|n| self.ask_label.is_match(n))
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
        let asks = rules.asks(&section.title, publisher) || rules.is_plain_ask(section);
        // a heading with nothing under it asks nothing
        let says = section.heading.is_some() && doc.blocks_in(within).len() > 1;
        if asks && says && !out.iter().any(|a| a.range.overlaps(within)) {
            let labelled = section.number.as_deref().is_some_and(|n| rules.ask_label.is_match(n));
            let title = if labelled { section.label() } else { section.title.clone() };
            out.push(Ask { title, range: within });
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

/// Lists and short paragraphs whose lead-in asks, and recommendations numbered in the text.
fn led_in(doc: &Document, rules: &Rules, range: TextRange, publisher: Option<&str>) -> Vec<Ask> {
    let blocks = &doc.blocks()[doc.blocks_in(range)];
    let mut out: Vec<Ask> = Vec::new();
    for (i, lead) in blocks.iter().enumerate() {
        let says = matches!(lead.kind, BlockKind::Paragraph | BlockKind::Item { .. });
        if !says || out.last().is_some_and(|a| a.range.overlaps(lead.range)) {
            continue;
        }
        let whole_text = doc.slice(lead.range).trim_end();
        let (title, led) = if rules.ask_label.is_match(whole_text) {
            let end = whole_text.find(['.', '?', '!']).filter(|at| *at > 16).unwrap_or(whole_text.len());
            (shorten(&whole_text[..end]), items(&blocks[i + 1..]))
        } else if lead.kind == BlockKind::Paragraph && lead.range.len() <= LONGEST_LEAD_IN {
            let led = match items(&blocks[i + 1..]) {
                [] if whole_text.ends_with(':') => short_paragraphs(&blocks[i + 1..]),
                list => list,
            };
            // what stands directly before the list counts: the last sentence of the paragraph
            let last = whole_text.rfind(['.', '?', '!']).filter(|at| at + 1 < whole_text.len());
            let text = last.map_or(whole_text, |at| &whole_text[at + 1..]).trim();
            if led.is_empty() || !rules.asks(text, publisher) {
                continue;
            }
            (text.trim_end_matches(':').to_string(), led)
        } else {
            continue;
        };
        let whole = led.iter().fold(lead.range, |whole, b| whole.union(b.range));
        if let Some(range) = whole.intersect(range) {
            out.push(Ask { title, range });
        }
    }
    out
}

/// The list that begins here.
fn items(blocks: &[Block]) -> &[Block] {
    let len = blocks.iter().take_while(|b| matches!(b.kind, BlockKind::Item { .. })).count();
    &blocks[..len]
}

/// The short paragraphs that begin here, when there is more than one: a list without marks.
fn short_paragraphs(blocks: &[Block]) -> &[Block] {
    let short = |b: &&Block| b.kind == BlockKind::Paragraph && b.range.len() <= SHORT;
    let len = blocks.iter().take(MOST).take_while(short).count();
    if len > 1 { &blocks[..len] } else { &[] }
}
