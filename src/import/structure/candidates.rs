//! Which pieces are headings.

use super::Heading;
use super::number::{self, Scheme, key};
use super::toc::Toc;
use crate::doc::BlockKind;
use crate::import::draft::{Draft, Piece};
use rustc_hash::{FxHashMap, FxHashSet};

/// Longer than this and nobody means a heading, whatever the marks say.
const LONGEST: usize = 220;
/// Longer than this and a line without marks is none.
const LONGEST_UNMARKED: usize = 110;

/// Finds the headings, in order. `long` gives the last piece of those that are known to take several.
pub(super) fn find(draft: &Draft, tocs: &[Toc], long: &FxHashMap<usize, usize>) -> Vec<Heading> {
    let pieces = &draft.pieces;
    let marked = |p: &Piece| matches!(p.kind, BlockKind::Heading { level: 1.. });
    let mut known: FxHashSet<String> = FxHashSet::default();
    let (mut marks, mut italic) = (0_usize, 0_usize);
    let mut shapes: FxHashMap<String, u32> = FxHashMap::default();
    for piece in pieces.iter().filter(|p| p.kind.is_heading() && p.furniture.is_none()) {
        let text = draft.text_of(piece);
        if marked(piece) {
            marks += 1;
            italic += usize::from(piece.look.emphasis);
            if text.len() <= LONGEST_UNMARKED {
                known.insert(key(text));
            }
        } else {
            *shapes.entry(key(text)).or_default() += 1;
        }
    }
    let mut out: Vec<Heading> = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        if piece.furniture.is_some() {
            continue;
        }
        if out.last().is_some_and(|h| h.last >= at) {
            continue;
        }
        let last = long.get(&at).copied().unwrap_or(at);
        let whole;
        let text = if last == at && piece.prefix.is_empty() {
            draft.text_of(piece)
        } else {
            whole = whole_text(draft, at, last);
            whole.as_str()
        };
        let toc = tocs[..tocs.partition_point(|t| t.first <= at)].last();
        let is_code = piece.kind == BlockKind::Code;
        let entry = |t: &str| toc.and_then(|toc| toc.entries.get(&key(t)));
        let list = |t: &str| entry(t).or_else(|| number::parse(t).and_then(|n| entry(n.title)));
        let mark = match piece.kind {
            BlockKind::Heading { level } => level,
            _ => 0,
        };
        let confidence = if marked(piece) {
            if !sound(text) {
                continue;
            }
            1.0
        } else if is_code
            || text.len() > LONGEST
            || remark(text)
            || typed(text)
            || (text.len() > LONGEST_UNMARKED && list(text).is_none())
            || matches!(
                piece.kind,
                BlockKind::Item { .. } | BlockKind::Table { .. } | BlockKind::Footnote { .. } | BlockKind::Quote
            )
        {
            continue;
        } else if piece.kind.is_heading() {
            // A line that has the shape of a heading.
            match shapes.get(&key(text)) {
                Some(2..) => 0.8,
                _ if list(text).is_some() => 0.9,
                _ => 0.6,
            }
        } else if !ends_open(text) || marks == 0 && list(text).is_none() {
            continue;
        } else if list(text).is_some() && followed_by_text(draft, at) {
            0.9
        } else if known.contains(&key(text)) && followed_by_text(draft, at) {
            0.8
        } else if piece.look.emphasis && italic >= 2 && followed_by_text(draft, at) && !after_name(draft, at) {
            0.7
        } else if piece.look.strong && piece.lines == 1 && followed_by_text(draft, at) && !letterhead(draft, at) {
            0.6
        } else {
            continue;
        };
        let parsed = own_number(piece, text)
            .or_else(|| number::parse(text))
            .filter(|n| mark > 0 || !matches!(n.scheme, Scheme::Letter | Scheme::Roman) || piece.kind.is_heading());
        let (scheme, mut number, title) =
            parsed.map_or((None, None, text), |n| (Some(n.scheme), Some(n.number), n.title));
        let dotted =
            number.as_deref().is_some_and(|n| text.trim_start().strip_prefix(n).is_some_and(|r| r.starts_with('.')));
        let entry = list(title).or_else(|| list(text));
        if number.is_none() {
            number = entry.and_then(|e| e.label.clone());
        }
        out.push(Heading {
            first: at,
            last,
            join: " ",
            number,
            title: title.trim().to_string(),
            level: 0,
            confidence,
            scheme,
            dotted,
            mark,
            by_look: false,
            key: key(title),
            listed: entry.map(|e| e.level),
        });
    }
    let mut laws: FxHashMap<String, u32> = FxHashMap::default();
    for heading in &out {
        if let Some(Scheme::Label(word)) = &heading.scheme {
            *laws.entry(word.clone()).or_default() += 1;
        }
    }
    // One "Artikel 3" among headings of another kind names a law, it doesn't number a section.
    for heading in &mut out {
        let cites =
            |word: &str| matches!(word, "artikel" | "paragraaf" | "article" | "section") && laws.get(word) == Some(&1);
        if heading.mark == 0
            && matches!(&heading.scheme, Some(Scheme::Label(word)) if cites(word))
            && !heading.title.is_empty()
        {
            heading.title = draft.text_of(&pieces[heading.first]).trim().to_string();
            heading.key = key(&heading.title);
            (heading.number, heading.scheme) = (None, None);
        }
    }
    out
}

/// The number of a heading that was taken for a list item: any marker numbers it.
fn own_number<'a>(piece: &Piece, text: &'a str) -> Option<number::Numbered<'a>> {
    let marker = piece.prefix.trim_matches(['(', ')', '.', ' ']);
    let title = text.strip_prefix(piece.prefix.as_str())?.trim_start();
    let scheme = match marker.chars().next()? {
        c if c.is_ascii_digit() => Scheme::Decimal(marker.split('.').count().min(9) as u8),
        _ => Scheme::Letter,
    };
    Some(number::Numbered { scheme, number: marker.to_string(), title })
}

/// The text of a heading that takes several pieces or has its number before it.
fn whole_text(draft: &Draft, first: usize, last: usize) -> String {
    let mut out = String::new();
    for piece in draft.pieces[first..=last].iter().filter(|p| p.furniture.is_none()) {
        for text in [piece.prefix.as_str(), draft.text_of(piece)].into_iter().filter(|t| !t.is_empty()) {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(text);
        }
    }
    out
}

/// Whether a marked heading can be one: not a whole paragraph, and with words in it.
fn sound(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let sentence = text.len() > 100 && text.trim_end().ends_with('.');
    letters >= 2 && text.len() <= LONGEST && !sentence
}

/// Words that stand over a remark in a box or beside a sign: what they head is an aside, not a section. As keys.
const REMARKS: &[&str] = &[
    "note",
    "notes",
    "tip",
    "tips",
    "hint",
    "caution",
    "warning",
    "important",
    "danger",
    "attention",
    "opmerking",
    "noot",
    "letop",
    "waarschuwing",
    "belangrijk",
    "voorzichtig",
    "gevaar",
    "pas op",
    "pasop",
    "nb",
    "ps",
    "hinweis",
    "warnung",
    "achtung",
    "anmerkung",
    "wichtig",
];

/// Whether a text is only the label of a remark.
fn remark(text: &str) -> bool {
    text.len() <= 16 && REMARKS.contains(&key(text).as_str())
}

/// Whether a line is one typed at a prompt.
fn typed(text: &str) -> bool {
    text.starts_with("$ ") || text.starts_with("# ")
}

/// Whether a text doesn't end as a sentence, a clause or a lead-in does.
fn ends_open(text: &str) -> bool {
    let text = text.trim_end();
    !text.ends_with(['.', ';', ':', ',', '-', '–']) && text.chars().any(char::is_alphabetic)
}

/// Whether running text or a list comes after a piece, headings between them allowed.
fn followed_by_text(draft: &Draft, at: usize) -> bool {
    let next = draft.pieces[at + 1..].iter().take(4).find(|p| p.furniture.is_none() && !p.kind.is_heading());
    next.is_some_and(|p| match p.kind {
        BlockKind::Item { .. } | BlockKind::Table { .. } => true,
        BlockKind::Paragraph | BlockKind::Quote => p.range.len() > 100,
        _ => false,
    })
}

/// Whether the piece before is a short line: what follows it is then who that is, not a heading.
fn after_name(draft: &Draft, at: usize) -> bool {
    at.checked_sub(1).is_some_and(|b| !draft.pieces[b].kind.is_heading() && draft.pieces[b].range.len() < 60)
}

/// Whether short lines stand on both sides: a letterhead, a colophon, a list of names.
fn letterhead(draft: &Draft, at: usize) -> bool {
    let short = |p: &Piece| !p.kind.is_heading() && p.range.len() < 60;
    let before = at.checked_sub(1).is_some_and(|b| short(&draft.pieces[b]));
    before && draft.pieces.get(at + 1).is_some_and(short)
}
