//! The parts of a Markdown file that are ours, and how a second export changes them and nothing else.
//!
//! A part stands between two comments, `<!-- kantlijn ID HASH -->` and `<!-- /kantlijn ID -->`; the hash is of what was
//! written between them. All other text is the reader's and stays as it is, byte for byte:
//! - a part that nobody touched is brought up to date, or goes when what it was made of is gone;
//! - a part that the reader has edited (its hash differs) stays as the reader wants it, and that is said;
//! - a part that the reader has taken out stays out, and that is said; the last comment of the file, `<!-- kantlijn:had … -->`,
//!   lists the parts there were;
//! - a new part comes before the next part that is there, so that what the reader wrote below a part stays below it; else at
//!   the end.

use std::collections::{BTreeMap, BTreeSet};
use thiserror::Error;

const BEGIN: &str = "<!-- kantlijn ";
const END: &str = "<!-- /kantlijn ";
const HAD: &str = "<!-- kantlijn:had";
const CLOSE: &str = " -->";

/// What a second export did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Updated {
    /// The whole file.
    pub text: String,
    /// Parts that were not there before.
    pub new: usize,
    /// Parts that say something else now.
    pub changed: usize,
    /// Parts taken out, because what they were made of is gone.
    pub gone: usize,
    /// Parts that the reader has edited, and that were left so.
    pub edited: Vec<String>,
    /// Parts that the reader has taken out, and that stayed out.
    pub left_out: Vec<String>,
}

/// A file whose parts can't be told apart from the reader's text any more; nothing is written.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("line {line}: {reason}")]
pub struct Damaged {
    /// Line of the file, from 1.
    pub line: usize,
    /// What is wrong there, in English.
    pub reason: String,
}

/// A piece of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece<'a> {
    /// The reader's.
    Text(&'a str),
    /// Ours.
    Part(Part<'a>),
    /// The list of parts there were.
    Had(&'a str),
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Part<'a> {
    id: &'a str,
    hash: &'a str,
    /// From the first comment to the end of the last one, without a line end after it.
    whole: &'a str,
    inside: &'a str,
}

impl Part<'_> {
    fn is_untouched(&self) -> bool {
        hash(self.inside) == self.hash
    }

    /// The same words, whatever its line ends.
    fn says_as(&self, other: &Part<'_>) -> bool {
        tidy(self.inside) == tidy(other.inside)
    }
}

/// A part as it is written: its text between the two comments. Comments of ours within the text are made harmless.
#[must_use]
pub fn fenced(id: &str, text: &str) -> String {
    let fits = |c: char| if c.is_ascii_alphanumeric() || "-_.:".contains(c) { c } else { '-' };
    let mut id: String = id.chars().map(fits).collect();
    // two of them would end a comment for some
    while id.contains("--") {
        id = id.replace("--", "-");
    }
    let inside = text
        .trim_matches('\n')
        .replace("<!-- kantlijn", "&lt;!-- kantlijn")
        .replace("<!-- /kantlijn", "&lt;!-- /kantlijn");
    format!("{BEGIN}{id} {}{CLOSE}\n{inside}\n{END}{id}{CLOSE}", hash(&inside))
}

/// Whether a file has parts of ours.
#[must_use]
pub fn is_ours(text: &str) -> bool {
    text.lines().any(|l| l.starts_with(BEGIN) || l.starts_with(HAD))
}

/// What was written, as what a first export did.
///
/// # Errors
/// When its parts can't be told apart: one within another.
pub fn count(new: &str) -> Result<Updated, Damaged> {
    let new_parts = parts(&split(new)?).count();
    Ok(Updated { text: new.to_owned(), new: new_parts, ..Updated::default() })
}

/// A new file: what was written, and the list of its parts.
///
/// # Errors
/// When the parts of what was written can't be told apart: one within another.
pub fn first(new: &str) -> Result<String, Damaged> {
    let pieces = split(new)?;
    let ids: BTreeSet<&str> = parts(&pieces).map(|p| p.id).collect();
    let mut out = new.trim_end().to_owned();
    out.push('\n');
    if !ids.is_empty() {
        out.push_str(&format!("\n{}\n", had(&ids)));
    }
    Ok(out)
}

/// An old file with its parts as they are in what was written now; with `again` what the reader has taken out comes back,
/// and what the reader has edited is written over.
///
/// # Errors
/// When the parts of the old file can't be told apart from the reader's text.
pub fn update(old: &str, new: &str, again: bool) -> Result<Updated, Damaged> {
    let (old_pieces, new_pieces) = (split(old)?, split(new)?);
    let crlf = old.contains("\r\n");
    let eol = if crlf { "\r\n" } else { "\n" };
    let ends = |text: &str| if crlf { text.replace('\n', "\r\n") } else { text.to_owned() };
    let fresh: Vec<&Part<'_>> = parts(&new_pieces).collect();
    let by_id: BTreeMap<&str, &Part<'_>> = fresh.iter().map(|p| (p.id, *p)).collect();
    let here: BTreeSet<&str> = parts(&old_pieces).map(|p| p.id).collect();
    let mut known: BTreeSet<&str> = here.clone();
    for piece in &old_pieces {
        if let Piece::Had(ids) = piece {
            known.extend(ids.split_whitespace());
        }
    }
    let mut done = Updated::default();
    // what is new stands before the next one that is there; after all of them, at the end
    let mut before: BTreeMap<&str, Vec<&Part<'_>>> = BTreeMap::new();
    let mut at_end: Vec<&Part<'_>> = Vec::new();
    for (i, part) in fresh.iter().enumerate().filter(|(_, p)| !here.contains(p.id)) {
        if known.contains(part.id) && !again {
            done.left_out.push(part.id.to_owned());
            continue;
        }
        done.new += 1;
        match fresh[i..].iter().find(|p| here.contains(p.id)) {
            Some(next) => before.entry(next.id).or_default().push(part),
            None => at_end.push(part),
        }
    }
    known.extend(by_id.keys());
    let had = had(&known);
    let mut listed = false;
    let mut seen = BTreeSet::new();
    let end = |out: &mut String| {
        for part in &at_end {
            if !out.is_empty() && !out.ends_with('\n') {
                out.push_str(eol);
            }
            if !out.is_empty() && !out.ends_with(&format!("{eol}{eol}")) {
                out.push_str(eol);
            }
            out.push_str(&ends(part.whole));
            out.push_str(eol);
        }
    };
    let out = &mut String::with_capacity(old.len());
    for piece in &old_pieces {
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Had(_) if listed => {}
            Piece::Had(_) => {
                if !at_end.is_empty() {
                    end(out);
                    out.push_str(eol);
                }
                out.push_str(&had);
                listed = true;
            }
            // a copy of a part that the reader made is the reader's
            Piece::Part(part) if !seen.insert(part.id) => out.push_str(part.whole),
            Piece::Part(part) => {
                for new in before.get(part.id).into_iter().flatten() {
                    out.push_str(&ends(new.whole));
                    out.push_str(eol);
                    out.push_str(eol);
                }
                match by_id.get(part.id) {
                    Some(new) if part.says_as(new) => out.push_str(&ends(new.whole)),
                    Some(new) if part.is_untouched() || again => {
                        done.changed += 1;
                        out.push_str(&ends(new.whole));
                    }
                    None if part.is_untouched() => done.gone += 1,
                    _ => {
                        done.edited.push(part.id.to_owned());
                        out.push_str(part.whole);
                    }
                }
            }
        }
    }
    if !listed {
        end(out);
        if !out.is_empty() && !out.ends_with('\n') {
            out.push_str(eol);
        }
        out.push_str(&format!("{eol}{had}{eol}"));
    }
    done.text = std::mem::take(out);
    Ok(done)
}

fn parts<'p, 'a>(pieces: &'p [Piece<'a>]) -> impl Iterator<Item = &'p Part<'a>> {
    pieces.iter().filter_map(|p| match p {
        Piece::Part(part) => Some(part),
        _ => None,
    })
}

fn had(ids: &BTreeSet<&str>) -> String {
    let ids: Vec<&str> = ids.iter().copied().collect();
    format!("{HAD} {}{CLOSE}", ids.join(" "))
}

fn split(text: &str) -> Result<Vec<Piece<'_>>, Damaged> {
    let mut pieces = Vec::new();
    let mut rest = 0;
    let mut open: Option<(&str, &str, usize, usize, usize)> = None;
    let mut at = 0;
    for (number, line) in (1..).zip(text.split_inclusive('\n')) {
        let start = at;
        at += line.len();
        let bare = line.trim_end();
        let end = start + bare.len();
        let damaged = |reason: String| Damaged { line: number, reason };
        if let Some(comment) = bare.strip_prefix(END).and_then(|c| c.strip_suffix(CLOSE)) {
            let Some((id, hash, from, inside, _)) = open.take().filter(|o| o.0 == comment.trim()) else {
                return Err(damaged(format!("the part {comment:?} ends here, and does not begin above it")));
            };
            push(&mut pieces, &text[rest..from]);
            pieces.push(Piece::Part(Part { id, hash, whole: &text[from..end], inside: &text[inside..start] }));
            rest = end;
        } else if let Some(comment) = bare.strip_prefix(BEGIN).and_then(|c| c.strip_suffix(CLOSE)) {
            if let Some((id, ..)) = open {
                return Err(damaged(format!("the part {comment:?} begins within the part {id:?}")));
            }
            let (id, hash) = comment.trim().split_once(' ').unwrap_or((comment.trim(), ""));
            open = Some((id, hash.trim(), start, at, number));
        } else if let Some(ids) = bare.strip_prefix(HAD).and_then(|c| c.strip_suffix("-->")).filter(|_| open.is_none())
        {
            push(&mut pieces, &text[rest..start]);
            pieces.push(Piece::Had(ids));
            rest = end;
        }
    }
    if let Some((id, _, _, _, line)) = open {
        return Err(Damaged { line, reason: format!("the part {id:?} has no end") });
    }
    push(&mut pieces, &text[rest..]);
    Ok(pieces)
}

fn push<'a>(pieces: &mut Vec<Piece<'a>>, text: &'a str) {
    if !text.is_empty() {
        pieces.push(Piece::Text(text));
    }
}

/// What counts of a text: not its line ends, nor blanks that can't be seen.
fn tidy(text: &str) -> String {
    let lines: Vec<&str> = text.trim_matches(['\n', '\r']).lines().map(str::trim_end).collect();
    lines.join("\n")
}

fn hash(text: &str) -> String {
    blake3::hash(tidy(text).as_bytes()).to_hex()[..12].to_owned()
}

#[cfg(test)]
mod tests;
