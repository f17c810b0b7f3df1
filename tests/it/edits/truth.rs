//! Where a passage really is in the edited text, known from how the edit was made.

use super::model::{Ids, NEW, Report};
use kantlijn::doc::{Document, TextRange};
use std::collections::HashSet;
use std::ops::Range;

/// Characters between two of a passage that make it two passages.
const GAP: usize = 300;
/// Share of a passage's characters that has to be left for it to be still there.
const LEFT: f64 = 0.4;
/// Share of a passage that may have been edited for it to count as the same one.
pub const EDITED: f64 = 0.2;
/// From this share on nobody could count it as a fifth, be it with or without blanks, of the longer or the shorter text.
const BEYOND: f64 = 0.27;

/// What became of a passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// The very words, white space and typography aside.
    Same,
    /// At most a fifth of it is edited, and nothing that may not change unseen.
    Edited,
    /// About a fifth is edited; more or less, by the way one counts.
    Border,
    /// More of it is edited.
    Rewritten,
    /// A figure, a negation or a name is another.
    Changed,
    /// It was taken out.
    Gone,
}

/// A passage in the edited text.
#[derive(Clone, Debug)]
pub struct Truth {
    /// What became of it.
    pub fate: Fate,
    /// Where it is; several places when several are equally right.
    pub ranges: Vec<TextRange>,
}

/// Where each character of a report stands in the document read from it; `None` for white space and hyphens, and for
/// blocks that the importer took for no text.
pub fn places(report: &Report, doc: &Document) -> Vec<Option<u32>> {
    let counts = |c: char| !c.is_whitespace() && !"-\u{ad}\u{200b}".contains(c);
    let bytes: Vec<(usize, char)> = doc.text().char_indices().filter(|(_, c)| counts(*c)).collect();
    let squeezed: String = bytes.iter().map(|(_, c)| *c).collect();
    // the place in `bytes` of each byte of `squeezed` at which a character begins
    let mut nth = vec![0; squeezed.len() + 1];
    squeezed.char_indices().enumerate().for_each(|(n, (at, _))| nth[at] = n);
    let (mut out, mut from) = (Vec::new(), 0);
    for block in &report.blocks {
        let wanted: String = block.text.iter().map(|c| c.c).filter(|c| counts(*c)).collect();
        let found = squeezed[from..].find(&wanted).map(|at| at + from);
        let mut n = found.map_or(0, |at| nth[at]);
        for c in &block.text {
            let here = found.is_some() && counts(c.c);
            out.push(here.then(|| bytes[n].0 as u32));
            n += usize::from(here);
        }
        out.push(None);
        from = found.map_or(from, |at| at + wanted.len());
    }
    out
}

/// The range in a document of characters counted through all blocks, one more between two blocks.
pub fn range(places: &[Option<u32>], doc: &Document, chars: Range<usize>) -> Option<TextRange> {
    let mut inside = places[chars].iter().flatten();
    let start = *inside.next()?;
    let last = *inside.next_back().unwrap_or(&start);
    let end = last + doc.text()[last as usize..].chars().next().map_or(0, |c| c.len_utf8() as u32);
    Some(TextRange::new(start, end))
}

/// An edited report with what is needed to say where passages of the old text are in it.
pub struct Edited<'a> {
    report: &'a Report,
    doc: &'a Document,
    places: Vec<Option<u32>>,
    /// All characters, with a blank between two blocks.
    all: Vec<(char, u32, bool)>,
    /// Where each character of the old text is, in the order of the old text.
    of_old: Vec<(u32, usize)>,
}

impl<'a> Edited<'a> {
    /// Of a report and the document read from it.
    pub fn new(report: &'a Report, doc: &'a Document) -> Self {
        let mut all = Vec::new();
        for block in &report.blocks {
            all.extend(block.text.iter().map(|c| (c.c, c.from, c.touched)));
            all.push((' ', NEW, false));
        }
        let mut of_old: Vec<_> =
            all.iter().enumerate().map(|(at, c)| (c.1, at)).filter(|(from, _)| *from != NEW).collect();
        of_old.sort_unstable();
        Edited { report, doc, places: places(report, doc), all, of_old }
    }
}

/// The characters of the old text as they are counted through all blocks.
pub fn chars(old: &Report, ids: &Ids) -> Range<usize> {
    let blocks_before = |id: u32| old.find(id).map_or(0, |(b, _)| b);
    let at = |id: u32| id as usize + blocks_before(id);
    at(ids.start)..at(ids.end - 1) + 1
}

/// What became of a passage; `None` when the importer took some of it for no text, so that nothing can be said.
pub fn truth(old: &Report, new: &Edited, ids: &Ids) -> Option<Truth> {
    let from = new.of_old.partition_point(|(id, _)| *id < ids.start);
    let mut left: Vec<usize> =
        new.of_old[from..].iter().take_while(|(id, _)| *id < ids.end).map(|(_, at)| *at).collect();
    left.sort_unstable();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut seen = HashSet::new();
    for at in left {
        let goes_on = groups.last().and_then(|g| g.last()).is_some_and(|last| at - last < GAP);
        if !goes_on || seen.contains(&new.all[at].1) {
            groups.push(Vec::new());
            seen.clear();
        }
        seen.insert(new.all[at].1);
        groups.last_mut()?.push(at);
    }
    let letters = |ids: &Ids| ids.len() as f64;
    groups.retain(|g| g.len() as f64 >= LEFT * letters(ids));
    let struck: Vec<u32> = new.report.struck.range(ids.clone()).copied().collect();
    let was = old.text(ids);
    let mut judged = Vec::new();
    for group in &groups {
        let span = group[0]..group[group.len() - 1] + 1;
        let here: HashSet<u32> = group.iter().map(|at| new.all[*at].1).collect();
        let touched = new.all[span.clone()].iter().any(|c| c.2) || struck.iter().any(|id| !here.contains(id));
        let is: String = new.all[span.clone()].iter().map(|c| c.0).collect();
        let fate = match share(&was, &is) {
            _ if touched => Fate::Changed,
            0.0 => Fate::Same,
            share if share <= EDITED => Fate::Edited,
            share if share <= BEYOND => Fate::Border,
            _ => Fate::Rewritten,
        };
        judged.push((fate, range(&new.places, new.doc, span)?));
    }
    let fate = judged.iter().map(|(fate, _)| *fate).min().unwrap_or(Fate::Gone);
    let as_good = |f: Fate| f == fate || (f <= Fate::Edited && fate <= Fate::Edited);
    let ranges = judged.into_iter().filter(|(f, _)| as_good(*f)).map(|(_, r)| r).collect();
    Some(Truth { fate, ranges })
}

/// Text without white space, hyphens and kinds of quotation marks, dashes and joined letters, in lower case.
pub fn folded(text: &str) -> Vec<char> {
    let mut out = Vec::new();
    for c in text.chars() {
        match c {
            c if c.is_whitespace() => {}
            '-' | '\u{ad}' | '\u{200b}' | '–' | '—' | '‑' | '−' => {}
            '‘' | '’' | '‚' | '`' | '´' | '\'' | '“' | '”' | '„' | '«' | '»' | '"' => {}
            'ﬁ' => out.extend("fi".chars()),
            'ﬂ' => out.extend("fl".chars()),
            'ﬀ' => out.extend("ff".chars()),
            'ﬃ' => out.extend("ffi".chars()),
            'ĳ' => out.extend("ij".chars()),
            '…' => out.extend("...".chars()),
            c => out.extend(c.to_lowercase()),
        }
    }
    out
}

/// Share of a text that was edited: the edit distance over its length.
fn share(was: &str, is: &str) -> f64 {
    let (was, is) = (folded(was), folded(is));
    if was == is {
        return 0.0;
    }
    let mut row: Vec<usize> = (0..=is.len()).collect();
    for (i, a) in was.iter().enumerate() {
        let mut left = std::mem::replace(&mut row[0], i + 1);
        for (j, b) in is.iter().enumerate() {
            let best = (left + usize::from(a != b)).min(row[j] + 1).min(row[j + 1] + 1);
            left = std::mem::replace(&mut row[j + 1], best);
        }
    }
    row[is.len()] as f64 / was.len().max(1) as f64
}
