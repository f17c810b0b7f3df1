//! Levels made consistent: marks say something, numbering, tables of contents and repetition know better.

use super::Heading;
use super::number::Scheme;
use crate::import::draft::Draft;
use rustc_hash::{FxHashMap, FxHashSet};

/// Labels of what lies beside chapters or above them, never inside one.
const BESIDE: &[&str] =
    &["hoofdstuk", "chapter", "deel", "boek", "titel", "part", "bijlage", "annex", "appendix", "annexe"];

/// Settles the levels of one part's headings. A heading whose level is already 1 is the part's title and stays so.
pub(super) fn settle(draft: &Draft, headings: &mut [Heading]) {
    let body = headings.iter().take_while(|h| h.level == 1).count();
    let headings = &mut headings[body..];
    if headings.is_empty() {
        return;
    }
    kin(headings);
    let marked = headings.iter().filter(|h| h.mark > 0).count();
    let mut ranks = if marked * 2 >= headings.len() { by_marks(headings) } else { by_numbers(draft, headings) };
    listed_below(headings, &mut ranks);
    let ranks = announced(headings, &ranks);
    let mut levels = stack(&ranks);
    recurring(headings, &mut levels);
    let levels = stack(&levels.iter().map(|l| i32::from(*l)).collect::<Vec<_>>());
    for (heading, level) in headings.iter_mut().zip(levels) {
        heading.level = level;
    }
}

/// What a table of contents leaves out has the level of those it lists that are numbered and set in the same way.
fn kin(headings: &mut [Heading]) {
    let mut levels: FxHashMap<(Scheme, u8), Option<u8>> = FxHashMap::default();
    for heading in headings.iter().filter(|h| h.by_look) {
        if let (Some(scheme), Some(Some(level))) = (heading.scheme.clone(), heading.listed) {
            let known = levels.entry((scheme, heading.mark)).or_insert(Some(level));
            *known = known.filter(|l| *l == level);
        }
    }
    for heading in headings.iter_mut().filter(|h| h.by_look && h.listed.is_none()) {
        let level = heading.scheme.clone().and_then(|scheme| levels.get(&(scheme, heading.mark)).copied().flatten());
        heading.listed = level.map(Some);
    }
}

/// The rank that marks give, the same for all headings of one class: numbered to one depth, with one label, listed at
/// one level of the table of contents.
fn by_marks(headings: &[Heading]) -> Vec<i32> {
    let mut class_of: Vec<Option<Class>> = headings.iter().map(class).collect();
    let mut least: FxHashMap<Class, i32> = FxHashMap::default();
    for (heading, class) in headings.iter().zip(&class_of) {
        if let Some(class) = class.clone().filter(|_| heading.mark > 0) {
            let mark = i32::from(heading.mark);
            least.entry(class).and_modify(|m| *m = mark.min(*m)).or_insert(mark);
        }
    }
    // A deeper class can't rank above or beside a shallower one.
    for (deep, shallow) in [(2, 1), (3, 2), (4, 3)] {
        for make in [Class::Decimal as fn(u8) -> Class, Class::Listed] {
            if let Some(above) = least.get(&make(shallow)).copied()
                && let Some(rank) = least.get_mut(&make(deep))
            {
                *rank = (*rank).max(above + 1);
            }
        }
    }
    // What is labelled otherwise lies inside chapters, even if both are marked alike.
    let chapter = ["hoofdstuk", "chapter"].iter().find_map(|w| least.get(&Class::Label((*w).to_string())).copied());
    if let Some(chapter) = chapter {
        for (class, rank) in &mut least {
            if matches!(class, Class::Label(word) if !BESIDE.contains(&word.as_str())) {
                *rank = (*rank).max(chapter + 1);
            }
        }
    }
    let fixed: Vec<Option<i32>> = class_of.iter_mut().map(|c| c.take().and_then(|c| least.get(&c).copied())).collect();
    let usual = headings.iter().map(|h| i32::from(h.mark)).filter(|m| *m > 0).max().unwrap_or(2);
    // An unmarked heading ranks as its marked namesake, else below everything.
    let mut names: FxHashMap<&str, i32> = FxHashMap::default();
    for heading in headings.iter().filter(|h| h.mark > 0) {
        names.entry(&heading.key).or_insert(i32::from(heading.mark));
    }
    let mut above = 0;
    let own: Vec<i32> = headings
        .iter()
        .map(|h| match i32::from(h.mark) {
            0 => names.get(h.key.as_str()).copied().unwrap_or(usual.max(above + 1)),
            mark => {
                above = mark;
                mark
            }
        })
        .collect();
    let mut ranks = shift(&own, &fixed);
    below_their_number(headings, &mut ranks);
    ranks
}

/// "4.1.5.1" lies below "4.1.5", whatever marks or letters say.
fn below_their_number(headings: &[Heading], ranks: &mut [i32]) {
    let mut known: FxHashMap<&str, i32> = FxHashMap::default();
    for (heading, rank) in headings.iter().zip(ranks) {
        let (Some(Scheme::Decimal(_)), Some(number)) = (&heading.scheme, &heading.number) else { continue };
        let number = number.trim_end_matches('.');
        if !number.contains('.') {
            // Another chapter, or another row of numbers.
            known.clear();
        }
        if let Some(above) = number.rsplit_once('.').and_then(|(parent, _)| known.get(parent)) {
            *rank = (*rank).max(above + 1);
        }
        known.insert(number, *rank);
    }
}

/// What makes headings alike.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Class {
    Decimal(u8),
    Listed(u8),
    Label(String),
}

fn class(heading: &Heading) -> Option<Class> {
    match (&heading.listed, &heading.scheme) {
        (Some(Some(level)), _) => Some(Class::Listed(*level)),
        // Where only letters rank headings, chapters and what is numbered anew inside them are told apart by them.
        (_, Some(Scheme::Decimal(1))) if heading.by_look => None,
        (_, Some(Scheme::Decimal(depth))) => Some(Class::Decimal(*depth)),
        (_, Some(Scheme::Label(word))) => Some(Class::Label(word.clone())),
        _ => None,
    }
}

/// Gives the fixed headings their rank and moves what lies below them along.
fn shift(own: &[i32], fixed: &[Option<i32>]) -> Vec<i32> {
    let mut out = Vec::with_capacity(own.len());
    // Open headings by their own rank, and how far each was moved.
    let mut open: Vec<(i32, i32)> = Vec::new();
    for (own, fixed) in own.iter().zip(fixed) {
        while open.last().is_some_and(|(rank, _)| rank >= own) {
            open.pop();
        }
        let moved = open.last().map_or(0, |(_, by)| *by);
        let rank = fixed.unwrap_or(own + moved);
        open.push((*own, rank - own));
        out.push(rank);
    }
    out
}

/// Ranks of a text without marks, in tenths of a numbered level so that there is room between.
fn by_numbers(draft: &Draft, headings: &[Heading]) -> Vec<i32> {
    let mut times: FxHashMap<&str, u32> = FxHashMap::default();
    for heading in headings {
        *times.entry(&heading.key).or_default() += 1;
    }
    // Chapters are numbered in one style; "1 Title" among "1. Title" is a numbered heading further down.
    let chapters =
        |dotted| headings.iter().filter(|h| h.scheme == Some(Scheme::Decimal(1)) && h.dotted == dotted).count();
    let style = chapters(true) >= chapters(false);
    let inner = inner_numbers(headings, style);
    let depth = |h: &Heading| match &h.scheme {
        Some(Scheme::Decimal(1)) if h.dotted != style || inner.contains(&h.first) => None,
        Some(Scheme::Decimal(d)) => Some(i32::from(*d) * 10),
        Some(Scheme::Label(word)) if matches!(word.as_str(), "artikel" | "paragraaf" | "article" | "section") => {
            Some(20)
        }
        Some(Scheme::Label(word)) if matches!(word.as_str(), "deel" | "boek" | "part") => Some(5),
        Some(Scheme::Label(_) | Scheme::Roman) => Some(10),
        Some(Scheme::Letter) | None => h.listed.flatten().map(|l| i32::from(l) * 10),
    };
    let least = headings.iter().filter_map(depth).min().unwrap_or(10);
    let mut out: Vec<i32> = Vec::with_capacity(headings.len());
    let mut numbered = 0;
    // Titles that recur, and how often the next heading stands right below: "Organisatie" holds what comes after it.
    let mut holders: FxHashMap<&str, u32> = FxHashMap::default();
    for pair in headings.windows(2) {
        let stacked = draft.pieces[pair[0].last + 1..pair[1].first].iter().all(|p| p.furniture.is_some());
        if stacked && depth(&pair[1]).is_none() && times.get(pair[1].key.as_str()) == Some(&1) {
            *holders.entry(&pair[0].key).or_default() += 1;
        }
    }
    // How far below an unnumbered heading the ones after it lie: one printed right under another is its child, and so
    // are those that follow, until a title that recurs or a number.
    let mut below = 0;
    let openers = openers(draft, headings, &times, depth);
    for (at, heading) in headings.iter().enumerate() {
        if let Some(rank) = openers.get(&heading.first).copied() {
            (numbered, below) = (rank, 0);
            out.push(rank);
            continue;
        }
        let next = headings
            .get(at + 1)
            .filter(|n| draft.pieces[heading.last + 1..n.first].iter().all(|p| p.furniture.is_some()));
        let stacked = next.is_some_and(|n| depth(n).is_none() && times.get(n.key.as_str()) == Some(&1));
        let recurs = times.get(heading.key.as_str()).is_some_and(|n| *n > 1);
        let rank = if let Some(rank) = depth(heading) {
            (numbered, below) = (rank, 0);
            rank
        } else if least > 10 && next.and_then(depth) == Some(least) {
            // Nothing is numbered above it, and it stands right above: it is what that is part of.
            (numbered, below) = (least - 5, 0);
            least - 5
        } else {
            if recurs {
                below = 0;
            }
            let rank = if numbered == 0 { 10 } else { numbered + 10 } + below;
            let container =
                recurs && holders.get(heading.key.as_str()).is_some_and(|n| n * 4 >= times[heading.key.as_str()]);
            if (stacked || container) && below < 4 {
                below += 2;
            }
            rank
        };
        out.push(rank);
    }
    out
}

/// Chapters without a number: right below each stands a title that opens most numbered chapters ("Taken"). They rank as
/// the outermost of those. Given by their first piece.
fn openers(
    draft: &Draft,
    headings: &[Heading],
    times: &FxHashMap<&str, u32>,
    depth: impl Fn(&Heading) -> Option<i32>,
) -> FxHashMap<usize, i32> {
    let near = |a: &Heading, b: &Heading| {
        let between = draft.pieces[a.last + 1..b.first].iter().filter(|p| p.furniture.is_none());
        between.map(|p| p.range.len()).sum::<u32>() < 200
    };
    let recurs = |h: &Heading| h.number.is_none() && times.get(h.key.as_str()).is_some_and(|n| *n > 4);
    let mut opened: FxHashMap<&str, Vec<i32>> = FxHashMap::default();
    for pair in headings.windows(2).filter(|p| recurs(&p[1]) && near(&p[0], &p[1])) {
        if let Some(rank) = depth(&pair[0]) {
            opened.entry(&pair[1].key).or_default().push(rank);
        }
    }
    let mut out = FxHashMap::default();
    for pair in headings.windows(2) {
        let new = depth(&pair[0]).is_none() && times.get(pair[0].key.as_str()) == Some(&1);
        let ranks = opened.get(pair[1].key.as_str()).filter(|r| r.len() >= 3);
        if let (true, Some(ranks), true) = (new, ranks, near(&pair[0], &pair[1])) {
            out.insert(pair[0].first, ranks.iter().copied().min().unwrap_or(10));
        }
    }
    out
}

/// Headings numbered 1, 2, 3 inside a chapter: known by a later "5.1" that goes on with the chapter before them. Given
/// by their first piece.
fn inner_numbers(headings: &[Heading], style: bool) -> FxHashSet<usize> {
    let mut out = FxHashSet::default();
    let mut chapters: Vec<&Heading> = Vec::new();
    for heading in headings {
        match (&heading.scheme, &heading.number) {
            (Some(Scheme::Decimal(1)), _) if heading.dotted == style => chapters.push(heading),
            (Some(Scheme::Decimal(2)), Some(number)) => {
                let chapter = number.split('.').next();
                let same = chapters.iter().rev().take(12).position(|c| c.number.as_deref() == chapter);
                for _ in 0..same.unwrap_or(0) {
                    out.extend(chapters.pop().map(|c| c.first));
                }
            }
            _ => {}
        }
    }
    out
}

/// Where there is a table of contents with sections in it, a heading it leaves out lies below the one it lists.
fn listed_below(headings: &[Heading], ranks: &mut [i32]) {
    let deep = headings.iter().filter(|h| h.listed.is_some()).count() >= 2;
    if !deep {
        return;
    }
    let mut listed: Option<i32> = None;
    for (heading, rank) in headings.iter().zip(ranks) {
        if heading.listed.is_some() {
            listed = Some(*rank);
        } else if let Some(above) = listed
            && *rank <= above
            && !matches!(heading.scheme, Some(Scheme::Decimal(_) | Scheme::Label(_)))
        {
            *rank = above + 1;
        }
    }
}

/// "2 Vier knelpunten" holds the headings labelled "Knelpunt 1", "Knelpunt 2" that follow it, up to the next chapter.
fn announced(headings: &[Heading], ranks: &[i32]) -> Vec<i32> {
    let mut chapter: Option<(&str, i32)> = None;
    let fixed: Vec<Option<i32>> = headings
        .iter()
        .zip(ranks)
        .map(|(heading, rank)| {
            match &heading.scheme {
                Some(Scheme::Decimal(1)) => chapter = Some((&heading.key, *rank)),
                Some(Scheme::Label(word)) if BESIDE.contains(&word.as_str()) => chapter = None,
                Some(Scheme::Label(word)) => {
                    let within = chapter.filter(|(key, above)| key.contains(word.as_str()) && rank <= above);
                    return within.map(|(_, above)| above + 1);
                }
                _ => {}
            }
            None
        })
        .collect();
    if fixed.iter().all(Option::is_none) { ranks.to_vec() } else { shift(ranks, &fixed) }
}

/// Levels from 2 without gaps.
fn stack(ranks: &[i32]) -> Vec<u8> {
    let mut open: Vec<i32> = Vec::new();
    ranks
        .iter()
        .map(|rank| {
            while open.last().is_some_and(|r| r >= rank) {
                open.pop();
            }
            open.push(*rank);
            (open.len() + 1).min(200) as u8
        })
        .collect()
}

/// A title that comes back in every chapter has one level: the highest at which the marks put it.
fn recurring(headings: &[Heading], levels: &mut [u8]) {
    // By marks alone: an unmarked namesake found by its title must not push others down.
    let only: Vec<usize> = (0..headings.len()).filter(|i| headings[*i].mark > 0).collect();
    if only.len() * 2 < headings.len() {
        return;
    }
    let ranks: Vec<i32> = only.iter().map(|i| i32::from(levels[*i])).collect();
    let mut best: FxHashMap<&str, (u8, u32)> = FxHashMap::default();
    for (at, level) in only.iter().zip(stack(&ranks)) {
        let seen = best.entry(&headings[*at].key).or_insert((level, 0));
        *seen = (seen.0.min(level), seen.1 + 1);
    }
    let own: Vec<i32> = levels.iter().map(|l| i32::from(*l)).collect();
    let fixed: Vec<Option<i32>> = headings
        .iter()
        .map(|h| best.get(h.key.as_str()).filter(|b| b.1 > 1 && h.scheme.is_none()).map(|b| i32::from(b.0)))
        .collect();
    for (level, rank) in levels.iter_mut().zip(shift(&own, &fixed)) {
        *level = rank.clamp(2, 200) as u8;
    }
}
