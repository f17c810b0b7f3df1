//! Parts: where a letter, a report or a memo begins in a file that bundles several.

use super::meta;
use super::number::{Scheme, key};
use super::toc::Toc;
use super::{Heading, PartDraft};
use crate::doc::{BlockKind, PartKind};
use crate::import::draft::{Draft, Piece};

/// Where a part begins, before its headings are settled.
pub(super) struct Start {
    /// Its first piece.
    pub(super) first: usize,
    /// The piece of its title heading.
    pub(super) title: Option<usize>,
    pub(super) kind: PartKind,
    /// What a letter says it is about.
    subject: Option<String>,
}

/// Headings that stand before the first chapter of a report, and never name it.
pub(super) const FRONT: &[&str] = &[
    "voorwoord",
    "inleiding",
    "samenvatting",
    "managementsamenvatting",
    "leeswijzer",
    "colofon",
    "tengeleide",
    "woordvooraf",
    "vooraf",
    "publiekssamenvatting",
    "foreword",
    "preface",
    "introduction",
    "summary",
    "executivesummary",
    "inhoud",
    "inhoudsopgave",
    "contents",
    "tableofcontents",
];

/// What a memo is headed with.
const MEMOS: &[&str] = &["nota", "memo", "memorandum", "notitie", "beslisnota", "oplegnota", "oplegger", "adviesnota"];

/// A piece longer than this is running text.
const SHORT: u32 = 160;

/// Finds where parts begin; the first always at piece 0. `front` is the title on a title page without marks.
pub(super) fn starts(draft: &Draft, headings: &[Heading], tocs: &[Toc], front: Option<usize>) -> Vec<Start> {
    let mut out: Vec<Start> = Vec::new();
    for (n, toc) in tocs.iter().enumerate() {
        let named = front.filter(|title| n == 0 && *title < toc.first);
        if let Some(title) = named.or_else(|| title_before(draft, headings, toc)) {
            out.push(Start {
                first: page_before(draft, title),
                title: Some(title),
                kind: PartKind::Report,
                subject: None,
            });
        }
    }
    for heading in headings.iter().filter(|h| h.mark > 0 && is_memo(&h.key) && has_letterhead(draft, h)) {
        out.push(Start {
            first: page_before(draft, heading.first),
            title: Some(heading.first),
            kind: PartKind::Memo,
            subject: None,
        });
    }
    out.extend(letters(draft));
    out.sort_by_key(|s| (s.first, s.title.is_none()));
    out.dedup_by(|later, first| later.first == first.first || (first.title.is_some() && first.title == later.title));
    after_letter(draft, headings, &mut out);
    match out.first_mut() {
        None => out.push(Start { first: 0, title: None, kind: PartKind::Report, subject: None }),
        // What stands before the first title is its cover, unless it is long enough to be a paper of its own.
        Some(first) => {
            let before: u32 =
                draft.pieces[..first.first].iter().filter(|p| p.furniture.is_none()).map(|p| p.range.len()).sum();
            let headed = headings.first().is_some_and(|h| h.first < first.first);
            if before < 1_500 && !headed {
                first.first = 0;
            } else if first.first > 0 {
                out.insert(0, Start { first: 0, title: None, kind: PartKind::Report, subject: None });
            }
        }
    }
    let untitled = |s: &&mut Start| s.title.is_none() && s.kind == PartKind::Report;
    if let Some(start) = out.iter_mut().find(untitled) {
        let own: Vec<&Heading> = headings.iter().filter(|h| h.first >= start.first).collect();
        start.title = front.filter(|_| start.first == 0).or_else(|| title_of(draft, start.first, &own));
    }
    out
}

fn is_memo(key: &str) -> bool {
    MEMOS.iter().any(|m| {
        key.strip_prefix(m).is_some_and(|rest| {
            rest.is_empty() || rest.starts_with("ter") || rest.starts_with("aan") || rest.starts_with("voor")
        })
    })
}

/// Whether the short lines around a heading are those of a memo's head: a date, a sender, an address.
fn has_letterhead(draft: &Draft, heading: &Heading) -> bool {
    let short = |p: &&Piece| p.range.len() <= SHORT && !p.kind.is_heading();
    let before = draft.pieces[..heading.first].iter().rev().take(12).take_while(short);
    let after = draft.pieces[heading.last + 1..].iter().take(8).take_while(short);
    let below = draft.pieces.get(heading.last + 1);
    let table = below.filter(|p| matches!(p.kind, BlockKind::Table { .. })).map_or("", |p| draft.text_of(p));
    let words = ["Datum", "Aan", "Van", "Onze referentie", "Ons kenmerk", "Kenmerk", "Date", "To", "From"];
    let lines = before.chain(after).map(|p| draft.text_of(p)).chain(table.lines().take(12));
    lines.into_iter().any(|text| {
        words.iter().any(|w| {
            text.strip_prefix(w).is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '\n', ' ', '\t']))
        })
    })
}

/// The heading of the report a table of contents belongs to: the nearest one before it that is no front matter and has
/// no running text of its own.
fn title_before(draft: &Draft, headings: &[Heading], toc: &Toc) -> Option<usize> {
    let before = headings.partition_point(|h| h.first < toc.first);
    let mut next = toc.first;
    for heading in headings[..before].iter().rev().take(6) {
        if toc.first - heading.first > 60 {
            return None;
        }
        if FRONT.contains(&heading.key.as_str()) {
            next = heading.first;
            continue;
        }
        let own: u32 =
            draft.pieces[heading.last + 1..next].iter().filter(|p| p.furniture.is_none()).map(|p| p.range.len()).sum();
        let titled = heading.mark <= 2 && heading.scheme.is_none();
        return (titled && own < 400).then_some(heading.first);
    }
    None
}

/// The first piece of the page a title stands on: short lines before it, back to a page border or a wide gap.
fn page_before(draft: &Draft, title: usize) -> usize {
    let mut first = title;
    // The publisher's name on a cover, the title on the next page.
    if let Some(before) = title.checked_sub(1).filter(|b| top(&draft.pieces[title]) && top(&draft.pieces[*b])) {
        let piece = &draft.pieces[before];
        let text = draft.text_of(piece);
        if !piece.kind.is_heading() && piece.range.len() < SHORT && meta::is_body(text) {
            return before;
        }
    }
    while first > 0 && title - first < 14 && !top(&draft.pieces[first]) {
        let before = &draft.pieces[first - 1];
        if before.kind.is_heading() || before.range.len() > SHORT || before.furniture.is_some() {
            return if top(&draft.pieces[first]) { first } else { title };
        }
        first -= 1;
    }
    if top(&draft.pieces[first]) || first == 0 { first } else { title }
}

/// Whether a piece begins a page, as far as white space tells.
fn top(piece: &Piece) -> bool {
    piece.look.page_top || piece.gap >= 3
}

/// Letters: a line that addresses someone, and near it a subject.
fn letters(draft: &Draft) -> Vec<Start> {
    let mut out: Vec<Start> = Vec::new();
    let mut at = 0;
    while at < draft.pieces.len() {
        let piece = &draft.pieces[at];
        let text = draft.text_of(piece);
        if piece.range.len() > SHORT
            || !(text.starts_with("Aan de ")
                || text.starts_with("Aan het ")
                || text.starts_with("Aan:")
                || text.starts_with("Retouradres"))
        {
            at += 1;
            continue;
        }
        let near = at..(at + 25).min(draft.pieces.len());
        let found = near
            .clone()
            .take_while(|i| !matches!(draft.pieces[*i].kind, BlockKind::Heading { level: 1.. }))
            .find_map(|i| meta::subject(draft, i));
        match found {
            Some(subject) => {
                let first = page_before(draft, at);
                out.push(Start { first, title: None, kind: PartKind::Letter, subject: Some(subject) });
                at = near.end;
            }
            None => at += 1,
        }
    }
    out
}

/// A report that follows a letter without a table of contents of its own begins where its title stands on a new page.
fn after_letter(draft: &Draft, headings: &[Heading], out: &mut Vec<Start>) {
    let Some(letter) = out.iter().position(|s| s.kind == PartKind::Letter) else { return };
    let end = out.get(letter + 1).map_or(usize::MAX, |s| s.first);
    let first = out[letter].first;
    let title = headings.iter().find(|h| {
        h.first > first && h.first < end && h.mark == 1 && h.scheme.is_none() && !FRONT.contains(&h.key.as_str())
    });
    if let Some(title) = title {
        let page = page_before(draft, title.first);
        if top(&draft.pieces[page]) && page > first + 3 {
            out.insert(
                letter + 1,
                Start { first: page, title: Some(title.first), kind: PartKind::Report, subject: None },
            );
        }
    }
}

/// The heading that names a file without a table of contents: the first one, if it stands above the others.
fn title_of(draft: &Draft, from: usize, headings: &[&Heading]) -> Option<usize> {
    let (mut first, mut rest) = headings.split_first()?;
    let depth = |h: &Heading| match h.scheme {
        Some(Scheme::Decimal(d)) => d,
        Some(_) => 1,
        None => 0,
    };
    // "3.1 Title" above all that is numbered 3.1.1 and on: a chapter taken out of a larger work. A stray line before it
    // is not its title.
    let tops = |first: &Heading, rest: &[&Heading]| {
        let numbers = rest.iter().filter(|h| depth(h) > 0);
        let prefix = first.number.as_ref().map(|n| format!("{n}."));
        let below =
            |h: &&Heading| h.number.as_ref().zip(prefix.as_ref()).is_some_and(|(n, p)| n.starts_with(p.as_str()));
        depth(first) > 0 && numbers.clone().next().is_some() && numbers.clone().all(below)
    };
    if let Some((second, others)) =
        rest.split_first().filter(|(s, o)| first.mark == 0 && depth(first) == 0 && tops(s, o))
    {
        (first, rest) = (second, others);
    }
    let before: u32 =
        draft.pieces[from..first.first].iter().filter(|p| p.furniture.is_none()).map(|p| p.range.len()).sum();
    if before > 600 || FRONT.contains(&first.key.as_str()) || first.listed.is_some() {
        return None;
    }
    let own: u32 = rest
        .first()
        .map_or(u32::MAX, |next| draft.pieces[first.last + 1..next.first].iter().map(|p| p.range.len()).sum());
    let deepest_first = tops(first, rest);
    let above = first.mark > 0 && rest.iter().all(|h| h.mark > first.mark || h.mark == 0);
    // The file itself says that this is what it is called, number and all: one chapter on a page of its own.
    let called = draft.meta.iter().find(|(k, _)| k == "title").map(|(_, title)| key(title));
    if from == 0 && above && called.is_some_and(|title| title == key(draft.text_of(&draft.pieces[first.first]))) {
        return Some(first.first);
    }
    let leads = own < 300 && rest.first().is_some_and(|n| n.mark >= first.mark);
    let numbered_chapters = rest.iter().filter(|h| h.scheme.is_some()).count() >= 2;
    let named = depth(first) == 0
        && (above || leads || (numbered_chapters && from == first.first && (first.mark > 0 || own < 300)))
        && first.mark <= 2;
    (deepest_first || named).then_some(first.first)
}

/// Names the parts and gives their title headings level 1.
pub(super) fn describe(draft: &Draft, headings: &mut [Heading], starts: &[Start]) -> Vec<PartDraft> {
    let mut out = Vec::with_capacity(starts.len());
    for (n, start) in starts.iter().enumerate() {
        let end = starts.get(n + 1).map_or(draft.pieces.len(), |s| s.first);
        let at = start.title.and_then(|title| headings.binary_search_by_key(&title, |h| h.first).ok());
        let heading = at.map(|at| &mut headings[at]);
        let mut title = start.subject.clone().unwrap_or_default();
        let mut confidence = 0.5;
        if let Some(heading) = heading {
            heading.level = 1;
            if start.kind == PartKind::Memo {
                let next = heading.last + 1;
                let in_table = draft.pieces.get(next).filter(|p| matches!(p.kind, BlockKind::Table { .. }));
                if let Some(subject) = in_table.and_then(|_| meta::subject(draft, next)) {
                    heading.title = format!("{}: {subject}", heading.title);
                }
                let subject = draft.pieces.get(next).filter(|p| {
                    next < end && p.kind == BlockKind::Paragraph && p.range.len() < 200 && p.furniture.is_none()
                });
                if let Some(subject) = subject.map(|p| draft.text_of(p)).filter(|t| !t.ends_with('.')) {
                    heading.title = format!("{}: {subject}", heading.title);
                    heading.join = ": ";
                    heading.last = next;
                }
            }
            title.clone_from(&heading.title);
            confidence = heading.confidence;
        }
        let front = |keys: &[&str]| {
            draft.meta.iter().filter(|_| n == 0).find(|(k, _)| keys.contains(&k.as_str())).map(|(_, v)| v.clone())
        };
        if title.is_empty() {
            title = front(&["title", "titel"]).filter(|t| meta::names_report(t)).unwrap_or_default();
        }
        let pieces = start.first..end;
        // The settings of a program may hold an address instead.
        let named = |o: &String| !o.contains('@') && (o.contains(' ') || !o.contains('.'));
        let org = front(&["org", "organisation", "organisatie", "organization", "publisher", "uitgever"])
            .filter(named)
            // An author is a person, unless it is a body.
            .or_else(|| front(&["author", "auteur"]).filter(|a| meta::is_body(a)))
            .or_else(|| meta::org(draft, pieces.clone(), start.kind, start.title).filter(|o| *o != title))
            // Whose copy of the program it was written with: often a supplier's, or whoever made the template.
            .or_else(|| front(&["company"]).filter(named));
        let date =
            front(&["date", "datum"]).and_then(|d| meta::date(&d)).or_else(|| meta::date_of(draft, pieces.clone()));
        // What a program wrote when it saved the file is told last.
        let date = date.or_else(|| front(&["modified", "created"]).and_then(|d| meta::date(&d)));
        let year = front(&["year", "jaar"])
            .and_then(|y| y.parse().ok())
            .or_else(|| meta::year(&title))
            .or_else(|| date.as_deref().and_then(meta::year));
        let lang = meta::lang(draft, pieces);
        out.push(PartDraft { first: start.first, title, org, date, year, kind: start.kind, lang, confidence });
    }
    out
}
