//! References: the places where a report names a parliamentary paper, an article of a law, an official gazette, a
//! judgment, a European act or an address on the web, in the ways Dutch and English reports do.
//!
//! Rules over a frozen document, like those of `knelpunt`: pure, knowing the document only. What is read is what can be
//! told from the words themselves; nothing is looked up. An address is given where the words decide it, else none.
//!
//! Linear in the text: each word that may begin a reference is looked at with a window of bounded size behind it.

mod cursor;
mod eu;
mod gazettes;
mod laws;
mod links;
mod names;
mod papers;

use crate::doc::{Document, SpanStyle, TextRange};
use std::collections::HashMap;

/// What a reference points to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A paper of parliament: *Kamerstuk*, *Handelingen*, their *Aanhangsel*.
    Paper,
    /// An article of a law or treaty.
    Law,
    /// A number of an official gazette: *Staatsblad*, *Staatscourant*, the Official Journal.
    Gazette,
    /// A judgment, by its European identifier (ECLI).
    Judgment,
    /// A regulation, directive or decision of the European Union.
    Eu,
    /// An address on the web, of mail, or a DOI.
    Link,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 6] = [Kind::Paper, Kind::Law, Kind::Gazette, Kind::Judgment, Kind::Eu, Kind::Link];

    /// The name in JSON and in the words of the screens.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Kind::Paper => "paper",
            Kind::Law => "law",
            Kind::Gazette => "gazette",
            Kind::Judgment => "judgment",
            Kind::Eu => "eu",
            Kind::Link => "link",
        }
    }
}

/// One place that refers to something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// Where it stands; inside one block.
    pub range: TextRange,
    /// What it points to.
    pub kind: Kind,
    /// It in its usual form: "Kamerstukken II 2021/22, 35 234, nr. 7", "art. 3 lid 2 Awb"; an address as printed.
    pub label: String,
    /// Where it can be read, when its words decide that.
    pub url: Option<String>,
}

/// Everything that refers to the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cited {
    /// What it points to.
    pub kind: Kind,
    /// The fullest of the labels.
    pub label: String,
    /// Where it can be read.
    pub url: Option<String>,
    /// The places, in reading order; never empty.
    pub places: Vec<TextRange>,
}

/// What a rule has read: where in its text, and what.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Read {
    start: usize,
    end: usize,
    kind: Kind,
    label: String,
    url: Option<String>,
}

/// Bytes after the word that may begin a reference in which all of it has to stand.
const WINDOW: usize = 400;

/// All references of a document in reading order, none within another.
#[must_use]
pub fn find(doc: &Document) -> Vec<Reference> {
    find_in(doc, TextRange::new(0, doc.text().len() as u32))
}

/// The references in the blocks that a range touches.
#[must_use]
pub fn find_in(doc: &Document, range: TextRange) -> Vec<Reference> {
    let mut out = Vec::new();
    for block in &doc.blocks()[doc.blocks_in(range)] {
        let first = out.len();
        let at =
            |start: usize, end: usize| TextRange::new(block.range.start + start as u32, block.range.start + end as u32);
        for read in in_text(doc.slice(block.range)) {
            let Read { start, end, kind, label, url } = read;
            out.push(Reference { range: at(start, end), kind, label, url });
        }
        for span in doc.spans_in(block.range) {
            let SpanStyle::Link(target) = &span.style else { continue };
            marked(doc, span.range, target, &mut out, first);
        }
        out[first..].sort_by_key(|r| r.range);
    }
    out
}

/// Adds a link that the format itself marks: what its words refer to gets its address, an address in its words gives
/// way to it, and a link on other words is a reference of its own.
fn marked(doc: &Document, range: TextRange, target: &str, out: &mut Vec<Reference>, first: usize) {
    let Some(url) = links::absolute(target) else { return };
    let words = doc.slice(range).split_whitespace().collect::<Vec<_>>().join(" ");
    let mut named = false;
    for inside in out[first..].iter_mut().filter(|r| r.range.overlaps(range) && r.kind != Kind::Link) {
        inside.url.get_or_insert_with(|| url.clone());
        named = true;
    }
    if named {
        return;
    }
    let printed = out.len() > first && out[first..].iter().any(|r| r.range.overlaps(range));
    let kept = out.split_off(first).into_iter().filter(|r| !r.range.overlaps(range));
    out.extend(kept);
    let label = if words.is_empty() || printed { links::shown(&url) } else { words };
    out.push(Reference { range, kind: Kind::Link, label, url: Some(url) });
}

/// The references in the text of one block, in order, none within another.
fn in_text(text: &str) -> Vec<Read> {
    let mut out: Vec<Read> = Vec::new();
    let mut free = 0;
    for (start, end) in cursor::words(text) {
        if start < free {
            continue;
        }
        let word = &text[start..end];
        let Some(read) = rule(word) else { continue };
        let window = cursor::cut(&text[start..], WINDOW);
        for mut found in read(window, word) {
            (found.start, found.end) = (found.start + start, found.end + start);
            free = free.max(found.end);
            out.push(found);
        }
    }
    // an address is one word: what is read in it otherwise ("…/artikel/3") is no reference of its own
    for link in links::read(text) {
        let at = out.partition_point(|r| r.end <= link.start);
        let over = out[at..].iter().take_while(|r| r.start < link.end).count();
        let inside = out[at..at + over].iter().all(|r| link.start <= r.start && r.end <= link.end);
        if inside {
            out.splice(at..at + over, [link]);
        }
    }
    out
}

/// What begins with a word at the beginning of a text.
type Rule = fn(&str, &str) -> Vec<Read>;

/// The rule for references that begin with this word.
fn rule(word: &str) -> Option<Rule> {
    if papers::begins(word) {
        Some(papers::read)
    } else if laws::begins(word) {
        Some(laws::read)
    } else if gazettes::begins(word) {
        Some(gazettes::read)
    } else if gazettes::is_ecli(word) {
        Some(gazettes::ecli)
    } else {
        eu::begins(word).then_some(eu::read_all)
    }
}

/// Brings together what refers to the same: in order of kind, then of the first place.
#[must_use]
pub fn cited(all: &[Reference]) -> Vec<Cited> {
    let mut by_key: HashMap<(Kind, String), usize> = HashMap::new();
    let mut out: Vec<Cited> = Vec::new();
    for one in all {
        let label = one.label.to_lowercase();
        // two articles of an act that is on the web have one address, and two words may link to one page
        let name = match (&one.url, one.kind) {
            (Some(url), Kind::Paper | Kind::Gazette | Kind::Judgment | Kind::Eu) => url.clone(),
            (Some(url), Kind::Link) => url.trim_end_matches('/').to_owned(),
            _ => label,
        };
        let at = *by_key.entry((one.kind, name)).or_insert(out.len());
        match out.get_mut(at) {
            Some(same) => {
                same.places.push(one.range);
                if one.label.chars().count() > same.label.chars().count() && one.kind != Kind::Link {
                    same.label.clone_from(&one.label);
                }
            }
            None => out.push(Cited {
                kind: one.kind,
                label: one.label.clone(),
                url: one.url.clone(),
                places: vec![one.range],
            }),
        }
    }
    out.sort_by_key(|c| c.kind);
    out
}

#[cfg(test)]
mod tests;
