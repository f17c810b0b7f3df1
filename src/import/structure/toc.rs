//! Tables of contents: found, read, and taken out of the text. Their titles are headings elsewhere, and their order of
//! depth is that of the report.

use super::number::{self, Scheme, key};
use crate::doc::{BlockKind, FurnitureKind, SpanStyle, TextRange};
use crate::import::draft::{Draft, Piece};
use rustc_hash::FxHashMap;

/// What a table of contents says of one title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// 1 for a chapter; `None` where nothing tells.
    pub(super) level: Option<u8>,
    /// A label that may stand only here ("Thema I").
    pub(super) label: Option<String>,
}

/// A table of contents.
pub(super) struct Toc {
    /// Its first piece.
    pub(super) first: usize,
    /// By the key of the title.
    pub(super) entries: FxHashMap<String, Entry>,
}

/// Whether this is what a table of contents is called.
pub(super) fn is_title(text: &str) -> bool {
    // Asked of every short line: most can't be it by their first letter.
    let first = text.bytes().find(u8::is_ascii_alphanumeric);
    if !matches!(first, Some(b'i' | b'I' | b'c' | b'C' | b't' | b'T')) {
        return false;
    }
    matches!(key(text).as_str(), "inhoud" | "inhoudsopgave" | "inhoudstafel" | "contents" | "tableofcontents")
}

/// One line of what may be a table of contents.
struct Line {
    text: String,
    /// It ends in a page number, and dots or a wide blank before it.
    page: bool,
    bold: bool,
    /// How deep it lies in a list; `None` outside lists.
    depth: Option<u8>,
    /// Nothing but a page number.
    only_page: bool,
}

/// Finds all tables of contents and marks their pieces as furniture.
pub(super) fn take_out(draft: &mut Draft) -> Vec<Toc> {
    let mut tocs = Vec::new();
    let mut at = 0;
    let mut spans = 0;
    let mut titles: Option<FxHashMap<String, usize>> = None;
    while at < draft.pieces.len() {
        let titled = is_short(&draft.pieces[at], 40) && is_title(draft.text_of(&draft.pieces[at]));
        if !titled && !dotted(draft, at) {
            at += 1;
            continue;
        }
        let from = if titled { at + 1 } else { at };
        let mut lines = Vec::new();
        let mut end = from;
        while end < draft.pieces.len() && end - from < 2_000 && belongs(draft, end) {
            read_lines(draft, end, &mut spans, &mut lines);
            end += 1;
        }
        let pages = lines.iter().filter(|l| l.page || l.only_page).count();
        let mut is_toc = pages >= 2 && pages * 4 >= lines.len();
        if titled && !is_toc {
            // Without page numbers, or with all of them in a column of their own: its lines come back as headings.
            let titles = titles.get_or_insert_with(|| titles_of(draft));
            (end, lines) = named_lines(draft, from, titles, &mut spans);
            is_toc = !lines.is_empty();
        }
        if is_toc {
            let column = draft.pieces[..at].iter().rev().take_while(|p| only_page(draft.text_of(p))).count();
            let begin = if column >= 3 { at - column } else { at };
            for piece in &mut draft.pieces[begin..end] {
                piece.furniture = Some(FurnitureKind::Contents);
            }
            tocs.push(Toc { first: at, entries: entries(&lines) });
        }
        at = end.max(at + 1);
    }
    tocs
}

/// The lines from a piece on that are titles of headings further on, and where they end; none when too few are.
fn named_lines(draft: &Draft, from: usize, titles: &FxHashMap<String, usize>, spans: &mut usize) -> (usize, Vec<Line>) {
    let (mut end, mut kept, mut named, mut strays) = (from, 0, 0, 0);
    let mut lines: Vec<Line> = Vec::new();
    let before = *spans;
    for at in from..draft.pieces.len().min(from + 2_000) {
        let piece = &draft.pieces[at];
        let text = draft.text_of(piece);
        if !unpaged(piece) || strays > 4 || is_title(text) {
            break;
        }
        let read = lines.len();
        match &piece.kind {
            BlockKind::Item { depth, marker, .. } if !text.contains('\n') => {
                let title = page_of(text);
                lines.push(Line {
                    text: numbered(marker, title.unwrap_or(text)),
                    page: title.is_some(),
                    bold: false,
                    depth: Some(*depth),
                    only_page: only_page(text),
                });
            }
            _ => read_lines(draft, at, spans, &mut lines),
        }
        let titles_here = lines[read..].iter().filter(|l| names(titles, l, at)).count();
        named += titles_here;
        if titles_here > 0 || lines[read..].iter().all(|l| l.only_page) {
            (end, kept, strays) = (at + 1, lines.len(), 0);
        } else {
            strays += 1;
        }
        // A sentence below the list isn't part of it.
        if titles_here == 0 && piece.range.len() > 250 {
            break;
        }
    }
    lines.truncate(kept);
    let entries = lines.iter().filter(|l| !l.only_page).count();
    if (named >= 2 && named * 3 >= entries * 2) || (named == 1 && entries == 1) {
        return (end, lines);
    }
    *spans = before;
    (from, Vec::new())
}

/// Where each short text last stands that is or may be a heading, by its key with and without its number.
fn titles_of(draft: &Draft) -> FxHashMap<String, usize> {
    let mut out = FxHashMap::default();
    let may_be = |p: &Piece| p.kind.is_heading() || p.kind == BlockKind::Paragraph && is_short(p, 220);
    for (at, piece) in draft.pieces.iter().enumerate().filter(|(_, p)| may_be(p) && is_short(p, 300)) {
        if !piece.kind.is_heading() && draft.text_of(piece).ends_with(['.', ';', ':']) {
            continue;
        }
        let text = draft.text_of(piece);
        out.insert(key(text), at);
        if let Some(parsed) = number::parse(text) {
            out.insert(key(parsed.title), at);
        }
    }
    out.remove("");
    out
}

/// Whether a piece can be part of a table of contents without page numbers.
fn unpaged(piece: &Piece) -> bool {
    let kind = matches!(piece.kind, BlockKind::Item { .. } | BlockKind::Paragraph | BlockKind::Heading { level: 0 });
    kind && is_short(piece, 2_000)
}

/// Whether a line is the title of a heading further on.
fn names(titles: &FxHashMap<String, usize>, line: &Line, at: usize) -> bool {
    let later = |text: &str| titles.get(&key(text)).is_some_and(|place| *place > at);
    later(&line.text) || number::parse(&line.text).is_some_and(|n| later(n.title))
}

fn is_short(piece: &Piece, limit: u32) -> bool {
    piece.range.len() <= limit
}

/// Whether a piece has lines with dot leaders, two at least.
fn dotted(draft: &Draft, at: usize) -> bool {
    let text = draft.text_of(&draft.pieces[at]);
    let mut leaders = text
        .match_indices("....")
        .take(20)
        .filter(|(i, _)| text[*i..].trim_start_matches(['.', ' ']).starts_with(|c: char| c.is_ascii_digit()));
    leaders.next().is_some()
        && (leaders.next().is_some()
            || (at + 1 < draft.pieces.len() && draft.text_of(&draft.pieces[at + 1]).contains("....")))
}

/// Whether a piece can be part of the table that the pieces before it began.
fn belongs(draft: &Draft, at: usize) -> bool {
    let piece = &draft.pieces[at];
    let text = draft.text_of(piece);
    if matches!(piece.kind, BlockKind::Heading { level: 1.. } | BlockKind::Footnote { .. } | BlockKind::Quote) {
        return false;
    }
    if page_of(text).is_some() || only_page(text) {
        return true;
    }
    if matches!(piece.kind, BlockKind::Table { .. }) {
        return text.lines().filter(|l| l.ends_with(|c: char| c.is_ascii_digit())).count() * 2 > text.lines().count();
    }
    // A title whose page comes in the next piece.
    let title = text.len() <= 200 && !text.ends_with(['.', ';', ':']);
    title
        && (at + 1..(at + 3).min(draft.pieces.len())).any(|n| {
            let next = draft.text_of(&draft.pieces[n]);
            only_page(next) || page_of(next).is_some()
        })
}

fn only_page(text: &str) -> bool {
    let text = text.trim();
    let digits = text.trim_start_matches(['P', 'p', '.', ' ']);
    (1..=4).contains(&digits.len()) && text.len() <= 7 && digits.bytes().all(|b| b.is_ascii_digit())
}

/// The title of a line that ends in a page number; `None` when it doesn't.
fn page_of(line: &str) -> Option<&str> {
    let line = line.trim_end();
    let title = line.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = line.len() - title.len();
    let dots = title.trim_end_matches(['.', ' ', '\t', '…', '_']);
    let leaders = title.len() - dots.len();
    let word_before =
        dots.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '?' | ')' | '!' | '\'' | '’' | '"' | '”'));
    (digits > 0 && digits <= 4 && leaders > 0 && word_before).then_some(dots)
}

/// A title with the marker of its item before it, where that numbers it.
fn numbered(marker: &str, title: &str) -> String {
    let bare = marker.trim_matches(['(', ')', '.', ' ']);
    let numbers = !bare.is_empty() && bare.len() < 8 && bare.chars().all(|c| c.is_ascii_alphanumeric() || c == '.');
    if numbers { format!("{bare}. {title}") } else { title.to_string() }
}

/// The lines of a piece, by the lines of the source.
fn read_lines(draft: &Draft, at: usize, spans: &mut usize, out: &mut Vec<Line>) {
    let range = draft.pieces[at].range;
    let before = out.len();
    let (depth, marker) = match &draft.pieces[at].kind {
        BlockKind::Item { depth, marker, .. } => (Some(*depth), marker.as_str()),
        _ => (None, ""),
    };
    let mut starts: Vec<u32> = vec![range.start];
    let first = draft.lines.partition_point(|l| l.start <= range.start);
    starts.extend(draft.lines[first..].iter().map(|l| l.start).take_while(|s| *s < range.end));
    starts.push(range.end);
    while draft.spans.get(*spans).is_some_and(|s| s.range.end <= range.start) {
        *spans += 1;
    }
    for pair in starts.windows(2) {
        let here = TextRange::new(pair[0], pair[1]);
        for text in draft.text[here.as_usize()].split('\n') {
            let text = text.replace('\t', " ");
            let text = text.trim();
            if text.is_empty() {
                continue;
            }
            let bold = draft.spans[*spans..]
                .iter()
                .take_while(|s| s.range.start < here.end)
                .any(|s| s.style == SpanStyle::Strong && s.range.overlaps(here));
            let only = only_page(text);
            let title = page_of(text);
            let page = title.is_some();
            let text = title.unwrap_or(text);
            let text = if out.len() == before { numbered(marker, text) } else { text.to_string() };
            out.push(Line { text, page, bold, depth, only_page: only });
        }
    }
}

fn entries(lines: &[Line]) -> FxHashMap<String, Entry> {
    let titles: Vec<&Line> = lines.iter().filter(|l| !l.only_page).collect();
    let bold = titles.iter().filter(|l| l.bold).count();
    let by_weight = bold > 0 && bold < titles.len();
    let mut out: FxHashMap<String, Entry> = FxHashMap::default();
    let mut label: Option<String> = None;
    let mut open: Option<&Line> = None;
    let depths = |l: &Line| match number::parse(&l.text).map(|n| n.scheme) {
        Some(Scheme::Decimal(d)) => Some(d),
        Some(Scheme::Label(_)) => Some(1),
        _ => None,
    };
    let numbered = titles.iter().any(|l| depths(l).is_some_and(|d| d > 1));
    // A list set in steps says it itself.
    let nested = titles.iter().any(|l| l.depth.is_some_and(|d| d > 0));
    let schemes = nested_schemes(&titles);
    for line in titles {
        let parsed = number::parse(&line.text);
        let (number, title) = parsed.map_or((None, line.text.as_str()), |n| (Some(n.number), n.title));
        if title.is_empty() {
            label = number;
            continue;
        }
        let scheme = number::parse(&line.text).map(|n| n.scheme);
        let by_scheme = schemes.as_ref().and_then(|s| s.iter().position(|s| Some(s) == scheme.as_ref()));
        let level = if let Some(at) = by_scheme {
            Some(at as u8 + 1)
        } else if let Some(depth) = line.depth.filter(|_| nested) {
            Some(depth + 1)
        } else if let Some(depth) = depths(line).filter(|_| numbered) {
            Some(depth)
        } else if by_weight {
            Some(if line.bold { 1 } else { 2 })
        } else if numbered {
            None
        } else {
            Some(1)
        };
        let words = number.filter(|n| n.starts_with(char::is_alphabetic)).or_else(|| label.take());
        let entry = Entry { level, label: words };
        // A title over two lines: its page stands at the end of the second.
        if let Some(before) = open.take() {
            out.entry(key(&format!("{}{}", before.text, line.text))).or_insert_with(|| entry.clone());
        }
        open = (!line.page).then_some(line);
        out.entry(key(title)).or_insert(entry);
    }
    out
}

/// Two ways of numbering in one list, the one inside the other (A, 1, 2, B, 3): the outer one, of which there are fewer,
/// comes first.
fn nested_schemes(titles: &[&Line]) -> Option<[Scheme; 2]> {
    let mut places: Vec<(Scheme, Vec<usize>)> = Vec::new();
    for (at, line) in titles.iter().enumerate() {
        let Some(scheme) = number::parse(&line.text).map(|n| n.scheme) else { continue };
        if matches!(scheme, Scheme::Label(_)) {
            continue;
        }
        match places.iter_mut().find(|(s, _)| *s == scheme) {
            Some((_, all)) => all.push(at),
            None => places.push((scheme, vec![at])),
        }
    }
    places.sort_by_key(|(_, all)| all.len());
    let [(outer, above), (inner, below)] = <[(Scheme, Vec<usize>); 2]>::try_from(places).ok()?;
    // Most of the outer ones have inner ones between them and the next; else they are chapters and annexes.
    let holding = above.iter().filter(|at| below.contains(&(**at + 1))).count();
    (above.len() >= 2 && holding * 2 > above.len()).then_some([outer, inner])
}
