//! Rows that belong together, and what they are.

use super::contents;
use super::rows::{Habits, Row};
use super::shape;
use crate::import::clean::MAX_BLOCK;
use crate::import::structure::numbered_depth;
use rustc_hash::FxHashMap;

/// What a unit is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A line, or a few, with the shape of a heading.
    Heading,
    /// Running text.
    Text,
    /// A list item.
    Item { depth: u8, marker: String },
    /// A footnote.
    Note { label: String },
    /// Lines that stay as they stand.
    Lines,
}

/// Rows that belong together.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) kind: Kind,
    /// Bytes of the first row that are a marker.
    pub(super) skip: usize,
    /// The unit before it was broken off in the middle of a sentence and goes on here.
    pub(super) goes_on: bool,
}

/// Cuts the rows into units.
pub(super) fn units(rows: &[Row<'_>], habits: &Habits) -> Vec<Unit> {
    let mut out: Vec<Unit> = Vec::new();
    let lists = contents::find(rows);
    let mut at = 0;
    while at < rows.len() {
        if let Some(list) = lists.iter().find(|l| l.start == at) {
            contents::entries(rows, list, &mut out);
            at = list.end;
            continue;
        }
        if rows[at].furniture {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        let border = |row: usize| lists.iter().any(|l| l.start == row);
        while end < rows.len() && rows[end].gap == 0 && !rows[end].page_top && !rows[end].furniture && !border(end) {
            end += 1;
        }
        stretch(rows, at, end, habits, &mut out);
        at = end;
    }
    out
}

/// Cuts rows without a blank line between them.
fn stretch(rows: &[Row<'_>], from: usize, to: usize, habits: &Habits, out: &mut Vec<Unit>) {
    let lines = &rows[from..to];
    let local = lines.iter().map(|r| r.len).max().unwrap_or(0);
    let width = if lines.len() >= 4 { local } else { habits.width.max(local) };
    let tabular = |r: &Row<'_>| shape::columns(r.text) || shape::figures(r.text);
    let names = lines.len() <= 8
        && lines.iter().any(|r| shape::person(r.text))
        && lines.iter().all(|r| r.len < 75 && !r.text.ends_with('.'));
    if names || (lines.iter().filter(|r| tabular(r)).count() * 2 > lines.len()) {
        let glued = out.last_mut().filter(|u| {
            !names
                && u.kind == Kind::Lines
                && rows[from].gap <= 1
                && !rows[from].page_top
                && u.last + 1 == from
                && tabular(&rows[u.last])
        });
        match glued {
            Some(unit) => unit.last = to - 1,
            None => out.push(Unit { first: from, last: to - 1, kind: Kind::Lines, skip: 0, goes_on: false }),
        }
        return;
    }
    if whole_heading(rows, from, to, habits) {
        out.push(Unit { first: from, last: to - 1, kind: Kind::Heading, skip: 0, goes_on: false });
        return;
    }
    let mut at = from;
    while at < to {
        let text = rows[at].text;
        let deliberate = at + 1 < to && breaks(&rows[at], &rows[at + 1], width, habits);
        let alone = at + 1 == to || deliberate;
        let fresh = at == from || breaks(&rows[at - 1], &rows[at], width, habits);
        if alone
            && fresh
            && shape::heading(text)
            && ((shape::marker(text).is_none() || shape::could_number(text)) && !in_list(rows, at))
        {
            out.push(Unit { first: at, last: at, kind: Kind::Heading, skip: 0, goes_on: false });
            at += 1;
            continue;
        }
        let marker = shape::marker(text).filter(|_| at == from || begins_item(rows, at, width));
        let mut end = at + 1;
        let mut bytes = text.len();
        while end < to && !begins_item(rows, end, width) && bytes < MAX_BLOCK {
            if breaks(&rows[end - 1], &rows[end], width, habits) && (shape::ends(rows[end - 1].text) || !habits.wrapped)
            {
                break;
            }
            bytes += rows[end].text.len();
            end += 1;
        }
        let kind = match &marker {
            Some((marker, _)) => Kind::Item { depth: depth(rows, out, at), marker: marker.clone() },
            None => Kind::Text,
        };
        let goes_on = marker.is_none() && at == from && habits.wrapped && broken_off(rows, out, at);
        out.push(Unit { first: at, last: end - 1, kind, skip: marker.map_or(0, |m| m.1), goes_on });
        at = end;
    }
}

/// Whether a row inside a stretch begins an item; a dash in the middle of a sentence doesn't.
fn begins_item(rows: &[Row<'_>], at: usize, width: usize) -> bool {
    let Some((_, skip)) = shape::marker(rows[at].text) else { return false };
    let dash = rows[at].text.starts_with(['–', '-', '*']);
    let before = &rows[at - 1];
    let inside = rows[at].text[skip..].starts_with(char::is_lowercase) && before.len * 4 > width * 3;
    !(dash
        && inside
        && !shape::ends(before.text)
        && !before.text.ends_with(',')
        && shape::marker(before.text).is_none())
}

/// Whether the line end between two rows was meant: the next word would have fitted, or the file shows it otherwise.
fn breaks(row: &Row<'_>, next: &Row<'_>, width: usize, habits: &Habits) -> bool {
    if !habits.wrapped {
        return true;
    }
    if next.text.starts_with(char::is_lowercase) || row.text.ends_with(['-', ',', '\u{2010}']) {
        return false;
    }
    if habits.trailing && !row.trailing {
        return true;
    }
    // A blank after a line speaks for a broken one, unless far more would have fitted.
    let width = if habits.trailing { width * 8 / 10 } else { width };
    let word = next.text.split_whitespace().next().map_or(0, |w| w.chars().count());
    row.len + 1 + word + 2 < width
}

/// Whether a unit before was left in the middle of a sentence that this row goes on with.
fn broken_off(rows: &[Row<'_>], out: &[Unit], at: usize) -> bool {
    let Some(before) = out.last().filter(|u| matches!(u.kind, Kind::Text | Kind::Item { .. })) else { return false };
    let last = rows[before.last].text;
    let page = rows[before.last + 1..=at].iter().any(|r| r.page_top || r.furniture);
    let long = rows[before.last].len > 25 || page;
    rows[at].text.starts_with(char::is_lowercase) && !shape::ends(last) && long && (page || rows[at].gap <= 1)
}

/// How deep an item lies, by where the items before it in the same list begin.
fn depth(rows: &[Row<'_>], out: &[Unit], at: usize) -> u8 {
    let items = out.iter().rev().take(60).take_while(|u| matches!(u.kind, Kind::Item { .. }));
    let least = items.map(|u| rows[u.first].indent).min().unwrap_or(rows[at].indent);
    (rows[at].indent.saturating_sub(least) / 2).min(5) as u8
}

/// Whether "2. Title" is one of several such lines in a row.
fn in_list(rows: &[Row<'_>], at: usize) -> bool {
    let near = |r: Option<&Row<'_>>| r.is_some_and(|r| shape::could_number(r.text));
    let tabbed = |r: Option<&Row<'_>>| {
        let number =
            |r: &Row<'_>| shape::marker(r.text).is_some_and(|(m, _)| m.starts_with(|c: char| c.is_ascii_digit()));
        r.is_some_and(|r| r.text.contains('\t') && number(r))
    };
    let before = at.checked_sub(1).map(|b| &rows[b]);
    // "Spoor 1 …", "Spoor 2 …" line by line.
    let word = |r: &Row<'_>| r.text.split(' ').next().map(str::to_string);
    let labels =
        |r: Option<&Row<'_>>| r.is_some_and(|r| word(r) == word(&rows[at]) && numbered_depth(r.text).is_some());
    let labelled = rows[at].text.starts_with(char::is_alphabetic) && numbered_depth(rows[at].text).is_some();
    let from = at.saturating_sub(3);
    // "Actie 4: …", "Actie 5: …": any word that counts lines.
    let counted = |r: &Row<'_>| {
        let (word, rest) = r.text.split_once(' ')?;
        let (number, _) = rest.split_once(':')?;
        number.parse::<u16>().ok().map(|_| word.to_string())
    };
    let own = counted(&rows[at]);
    let near_rows = rows[from..(at + 4).min(rows.len())].iter().enumerate().filter(|(n, _)| from + n != at);
    if own.is_some() && near_rows.clone().any(|(_, r)| counted(r) == own) {
        return true;
    }
    if labelled && near_rows.clone().any(|(_, r)| labels(Some(r))) {
        return true;
    }
    shape::marker(rows[at].text).is_some()
        && (near(before) || near(rows.get(at + 1)) || tabbed(before) || tabbed(rows.get(at + 1)))
}

/// Whether a whole stretch of two or three short rows is one heading printed over several lines.
fn whole_heading(rows: &[Row<'_>], from: usize, to: usize, habits: &Habits) -> bool {
    let lines = &rows[from..to];
    if !(2..=3).contains(&lines.len())
        || !habits.wrapped
        || lines
            .iter()
            .any(|r| shape::person(r.text) || shape::marker(r.text).is_some_and(|_| !shape::could_number(r.text)))
    {
        return false;
    }
    let whole: String = lines.iter().map(|r| r.text).collect::<Vec<_>>().join(" ");
    let broken = |r: &Row<'_>| r.text.ends_with(['-', ',']) || if habits.trailing { r.trailing } else { true };
    let lower = lines[1..].iter().all(|r| r.text.starts_with(char::is_lowercase));
    let numbered = numbered_depth(&whole).is_some();
    let inner = lines[..lines.len() - 1]
        .iter()
        .all(|r| (broken(r) || lower) && !shape::ends(r.text) && (numbered || r.len * 10 < habits.width * 8));
    inner
        && shape::heading(&whole)
        && (numbered
            || (habits.trailing && lines.len() == 2)
            || (lower && lines.len() == 2 && whole.chars().count() < 100))
}

/// Notes printed as number, blank line, text: two or more that count up.
pub(super) fn notes(rows: &[Row<'_>], units: &mut Vec<Unit>) {
    let number = |u: &Unit| (u.first == u.last).then(|| rows[u.first].text.parse::<u32>().ok()).flatten();
    let mut at = 0;
    let mut out: Vec<Unit> = Vec::with_capacity(units.len());
    while at < units.len() {
        let (mut end, mut expected) = (at, number(&units[at]));
        while end + 1 < units.len()
            && expected.is_some()
            && number(&units[end]) == expected
            && number(&units[end + 1]).is_none()
        {
            expected = expected.map(|n| n + 1);
            end += 2;
        }
        if end >= at + 4 {
            for pair in units[at..end].chunks(2) {
                let label = rows[pair[0].first].text.to_string();
                out.push(Unit { kind: Kind::Note { label }, goes_on: false, ..pair[1].clone() });
            }
            at = end;
        } else {
            out.push(units[at].clone());
            at += 1;
        }
    }
    *units = out;
}

/// Lets only those keep the shape of a heading that text follows, within a few headings.
pub(super) fn headings(rows: &[Row<'_>], units: &mut [Unit]) {
    let mut body_after = vec![false; units.len()];
    // Going backwards: how many headings ago there was text.
    let mut chain = usize::MAX;
    for at in (0..units.len()).rev() {
        let unit = &units[at];
        let text = rows[unit.first].text;
        match &unit.kind {
            Kind::Heading => {
                body_after[at] = chain < 4;
                chain = chain.saturating_add(1);
            }
            Kind::Text => {
                let size: usize = rows[unit.first..=unit.last].iter().map(|r| r.len).sum();
                if unit.first == unit.last && shape::aside(text) {
                    continue;
                }
                let body = unit.last > unit.first && size > 90
                    || size > 30 && shape::ends(rows[unit.last].text)
                    || text.ends_with(':')
                    || size > 70;
                chain = if body { 0 } else { usize::MAX };
            }
            Kind::Item { .. } => chain = if shape::person(&text[unit.skip..]) { usize::MAX } else { 0 },
            // Names and figures below a numbered heading belong to it; below a bare line they tell a diagram.
            Kind::Lines => chain = chain.max(3),
            Kind::Note { .. } => chain = usize::MAX,
        }
    }
    let margin = body_indent(rows, units);
    // A line that comes back as a heading with text below it is one where there is none, too.
    let mut names: FxHashMap<&str, (u32, u32)> = FxHashMap::default();
    for (unit, body) in units.iter().zip(&body_after).filter(|(u, _)| u.kind == Kind::Heading) {
        let seen = names.entry(rows[unit.first].text).or_default();
        *seen = (seen.0 + 1, seen.1 + u32::from(*body));
    }
    let mut recurs: Vec<usize> = Vec::new();
    for (at, unit) in units.iter().enumerate().filter(|(_, u)| u.kind == Kind::Text && u.first == u.last) {
        // The same line with a colon after it.
        let bare = rows[unit.first].text.strip_suffix(':');
        if bare.and_then(|t| names.get(t)).is_some_and(|(all, with)| *all >= 3 && with * 2 >= *all) {
            recurs.push(at);
        }
    }
    // What stands above all text and the first heading at the margin is a title page, set as it likes.
    let set_in = |u: &Unit| margin.is_some_and(|margin| rows[u.first].indent >= margin);
    let front = units.iter().position(|u| u.last > u.first || u.kind == Kind::Heading && !set_in(u)).unwrap_or(0);
    for (at, body) in body_after.into_iter().enumerate() {
        if units[at].kind != Kind::Heading {
            continue;
        }
        let text = rows[units[at].first].text;
        let numbered = numbered_depth(text).is_some();
        let before = at.checked_sub(1).map(|b| &units[b]);
        let open = before.is_some_and(|u| {
            u.kind == Kind::Text
                && !shape::ends(rows[u.last].text)
                && rows[u.last].len > 40
                && rows[units[at].first].gap == 0
        });
        let known = names.get(text).is_some_and(|(all, with)| *all >= 3 && with * 2 >= *all);
        let inside = at >= front && set_in(&units[at]);
        // What stands between rows of figures is one of them.
        let figures = |u: Option<&Unit>| {
            u.is_some_and(|u| u.kind == Kind::Lines && rows[u.first..=u.last].iter().any(|r| shape::figures(r.text)))
        };
        let row = figures(before) && figures(units.get(at + 1));
        if !(body || numbered || known) || open || inside || (row && !numbered) {
            units[at].kind = Kind::Text;
        }
    }
    for at in recurs {
        units[at].kind = Kind::Heading;
        units[at].goes_on = false;
    }
}

/// Where running text is set in and headings stand before it: how far text is set in. What is set in as far is no heading.
fn body_indent(rows: &[Row<'_>], units: &[Unit]) -> Option<usize> {
    let mut text: FxHashMap<usize, usize> = FxHashMap::default();
    for unit in units.iter().filter(|u| u.kind == Kind::Text && u.last > u.first) {
        *text.entry(rows[unit.last].indent).or_default() += unit.last - unit.first;
    }
    let all: usize = text.values().sum();
    let (indent, most) = text.into_iter().max_by_key(|(indent, rows)| (*rows, *indent))?;
    let before = units.iter().filter(|u| u.kind == Kind::Heading && rows[u.first].indent + 1 < indent).count();
    (indent >= 2 && most * 2 > all && before >= 3).then_some(indent)
}

/// An item that a page or column broke off: a short line by itself, right above the next item, after an item whose last
/// line was broken.
pub(super) fn resume(rows: &[Row<'_>], units: &mut [Unit], habits: &Habits) {
    if !habits.trailing {
        return;
    }
    for at in 1..units.len().saturating_sub(1) {
        let (before, unit, after) = (&units[at - 1], &units[at], &units[at + 1]);
        let item = |u: &Unit| matches!(u.kind, Kind::Item { .. });
        let (last, first) = (&rows[before.last], &rows[unit.first]);
        let broken = last.trailing && !shape::ends(last.text) && last.len * 3 > habits.width * 2;
        if item(before)
            && item(after)
            && matches!(unit.kind, Kind::Heading | Kind::Text)
            && broken
            && first.gap == 1
            && rows[after.first].gap == 0
            && after.first == unit.last + 1
            && numbered_depth(first.text).is_none()
        {
            (units[at].kind, units[at].goes_on) = (Kind::Text, true);
        }
    }
}

/// Page layout sometimes prints a chapter's heading after its text. A numbered heading with nothing below it on its page
/// and other text above it goes to the top of that page.
pub(super) fn reorder(rows: &[Row<'_>], units: &mut [Unit]) {
    let pages = rows.iter().filter(|r| r.page_top).count();
    if pages < 3 {
        return;
    }
    let mut titles: FxHashMap<&str, u32> = FxHashMap::default();
    for unit in units.iter().filter(|u| u.kind == Kind::Heading) {
        *titles.entry(rows[unit.first].text).or_default() += 1;
    }
    let mut start = 0;
    while start < units.len() {
        let mut end = start + 1;
        while end < units.len() && !rows[units[end].first].page_top {
            end += 1;
        }
        let last = (start..end).rev().find(|i| units[*i].kind != Kind::Lines).unwrap_or(start);
        let depth =
            |i: usize| (units[i].kind == Kind::Heading).then(|| numbered_depth(rows[units[i].first].text)).flatten();
        let lone = depth(last).is_some_and(|d| d >= 2 && !(start..last).any(|i| depth(i).is_some_and(|o| o <= d)));
        // A chapter's name alone at the foot of its first page, where a title stands at the head that opens chapters.
        let recurs = |i: usize| titles.get(rows[units[i].first].text).is_some_and(|n| *n > 4);
        let opens = (start..last).find(|i| units[*i].kind == Kind::Heading).is_some_and(recurs);
        let foot = units[last].kind == Kind::Heading
            && !recurs(last)
            && numbered_depth(rows[units[last].first].text).is_none();
        // A pile of headings is a diagram.
        let text =
            |last: usize| (start..last).any(|i| units[i].kind == Kind::Text) && units[last - 1].kind != Kind::Heading;
        if last > start && (lone || (foot && opens && text(last))) {
            units[start..=last].rotate_right(1);
            units[start].goes_on = false;
        }
        start = end;
    }
}
