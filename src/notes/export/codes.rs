//! Knelpunten as the codes of REFI-QDA, alike in a codebook and in a project: a tree of `Code` elements.

use super::guid::{self, Thing};
use super::tally::Tally;
use super::xml_in::Element;
use super::xml_out::Out;
use super::{Code, record};
use crate::notes::Color;
use crate::notes::slug::slug;
use std::collections::{HashMap, HashSet};

/// The name of the code that tags lie under.
const TAGS: &str = "Tags";
/// What stands before a tag of the same name as a knelpunt.
const MARK: char = '#';

/// The six colours as RGB: what other programs show for them.
fn rgb(color: Color) -> [u8; 3] {
    match color {
        Color::Yellow => [0xF2, 0xC9, 0x4C],
        Color::Green => [0x3F, 0x9B, 0x57],
        Color::Blue => [0x3B, 0x6F, 0xB6],
        Color::Red => [0xC8, 0x3C, 0x3C],
        Color::Purple => [0x8A, 0x55, 0xB0],
        Color::Orange => [0xE0, 0x82, 0x2E],
    }
}

/// A colour as `#RRGGBB`.
pub(super) fn hex(color: Color) -> String {
    let [r, g, b] = rgb(color);
    format!("#{r:02X}{g:02X}{b:02X}")
}

/// The GUID of a knelpunt.
pub(super) fn guid(id: &str) -> String {
    guid::of(Thing::Code, id)
}

/// The GUID of a tag.
pub(super) fn tag_guid(tag: &str) -> String {
    guid::of(Thing::Tag, tag)
}

/// Writes the content of `Codes`: knelpunten as a tree, then the tags under a code of their own. A knelpunt whose parent isn't
/// among them stands at the top, and so does the first of those that go in a circle. `notes` are the GUIDs of the notes on a
/// knelpunt, by its id.
pub(super) fn write(out: &mut Out, codes: &[Code], tags: &[&str], notes: &HashMap<&str, Vec<String>>) {
    let known: HashMap<&str, usize> = codes.iter().enumerate().map(|(i, c)| (c.id.as_str(), i)).collect();
    let parent = |code: &Code| code.parent.as_deref().and_then(|p| known.get(p)).copied();
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); codes.len()];
    for (i, code) in codes.iter().enumerate() {
        if let Some(parent) = parent(code) {
            children[parent].push(i);
        }
    }
    let mut done = vec![false; codes.len()];
    let tops = (0..codes.len()).filter(|i| parent(&codes[*i]).is_none());
    for top in tops.chain(0..codes.len()) {
        if done[top] {
            continue;
        }
        // Without recursion: the reader's hierarchy may be as deep as the reader likes.
        let mut todo = vec![Some(top)];
        while let Some(step) = todo.pop() {
            let Some(i) = step else {
                out.close();
                continue;
            };
            if std::mem::replace(&mut done[i], true) {
                continue;
            }
            if element(out, &codes[i], children[i].is_empty(), notes.get(codes[i].id.as_str()).map_or(&[], |n| n)) {
                todo.push(None);
                todo.extend(children[i].iter().rev().map(|c| Some(*c)));
            }
        }
    }
    if !tags.is_empty() {
        out.open("Code", &[("guid", &tag_guid("")), ("name", TAGS), ("isCodable", "false")]);
        for tag in tags {
            // Several programs know a code by its name alone.
            let taken = codes.iter().any(|c| c.title.eq_ignore_ascii_case(tag));
            let name = if taken { format!("{MARK}{tag}") } else { (*tag).to_owned() };
            out.empty("Code", &[("guid", &tag_guid(tag)), ("name", &name), ("isCodable", "true")]);
        }
        out.close();
    }
}

/// One code; `true` when it was left open for what is in it.
fn element(out: &mut Out, code: &Code, leaf: bool, notes: &[String]) -> bool {
    let guid = guid(&code.id);
    let color = code.color.map(hex);
    let mut attributes = vec![("guid", guid.as_str()), ("name", code.title.as_str()), ("isCodable", "true")];
    attributes.extend(color.as_deref().map(|c| ("color", c)));
    let description = record::describe(code);
    if leaf && description.is_empty() && notes.is_empty() {
        out.empty("Code", &attributes);
        return false;
    }
    out.open("Code", &attributes);
    if !description.is_empty() {
        out.text("Description", &description);
    }
    notes.iter().for_each(|note| out.empty("NoteRef", &[("targetGUID", note)]));
    if leaf {
        out.close();
    }
    !leaf
}

/// What the codes of a file are.
#[derive(Debug, Default)]
pub(super) struct Read {
    /// Knelpunten, parents before children.
    pub(super) codes: Vec<Code>,
    /// What a GUID names.
    pub(super) named: HashMap<String, Named>,
    /// `NoteRef`s in codes: the GUID of the note, and the id of the knelpunt.
    pub(super) notes: Vec<(String, String)>,
}

/// What a code is here.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Named {
    /// A knelpunt, by its id.
    Knelpunt(String),
    /// A tag.
    Tag(String),
}

/// Reads the content of a `CodeBook`.
pub(super) fn read(book: &Element, tally: &mut Tally) -> Read {
    let mut out = Read::default();
    let mut ids = HashSet::new();
    for codes in book.all("Codes") {
        for code in codes.all("Code") {
            read_code(code, None, &mut out, &mut ids, tally);
        }
    }
    tally.more("sets of codes, which are not known here", book.all("Sets").map(|s| s.children.len()).sum());
    out
}

fn read_code(element: &Element, parent: Option<&str>, out: &mut Read, ids: &mut HashSet<String>, tally: &mut Tally) {
    let guid = guid::plain(element.attr("guid").unwrap_or(""));
    if guid == tag_guid("") {
        for tag in element.all("Code") {
            let (guid, name) = (guid::plain(tag.attr("guid").unwrap_or("")), tag.attr("name").unwrap_or(""));
            let name = name.strip_prefix(MARK).filter(|bare| tag_guid(bare) == guid).unwrap_or(name);
            out.named.insert(guid, Named::Tag(name.to_owned()));
        }
        return;
    }
    let name = element.attr("name").unwrap_or("");
    let mut code = record::described(name, element.text_of("Description"));
    if code.id.is_empty() {
        code.id = slug(name);
    }
    if code.id.is_empty() {
        code.id = if guid.is_empty() { "code".to_owned() } else { guid.clone() };
    }
    if !ids.insert(code.id.clone()) {
        tally.add("codes of the same name, numbered");
        let free = (2u32..).map(|n| format!("{}-{n}", code.id)).find(|id| !ids.contains(id));
        code.id = free.unwrap_or_default();
        ids.insert(code.id.clone());
    }
    code.parent = parent.map(str::to_owned);
    if let Some(written) = element.filled("color") {
        match nearest(written) {
            Some((color, exact)) => {
                code.color = Some(color);
                tally.more("colours of codes taken as the nearest of six", usize::from(!exact));
            }
            None => tally.add("colours of codes that are none of six (greys, or not readable)"),
        }
    }
    let id = code.id.clone();
    out.named.insert(guid, Named::Knelpunt(id.clone()));
    let notes = element.all("NoteRef").filter_map(|n| n.attr("targetGUID"));
    out.notes.extend(notes.map(|n| (guid::plain(n), id.clone())));
    out.codes.push(code);
    for child in element.all("Code") {
        read_code(child, Some(&id), out, ids, tally);
    }
}

/// The colour of ours whose hue is nearest, and whether it is the very one; `None` for greys and what is no colour.
pub(super) fn nearest(written: &str) -> Option<(Color, bool)> {
    let digits = written.trim().trim_start_matches('#');
    let digit = |i: usize| u8::from_str_radix(digits.get(i..=i)?, 16).ok();
    let read = match digits.len() {
        // The first two of eight are how much shines through.
        6 | 8 => {
            let from = digits.len() - 6;
            [digit(from)? << 4 | digit(from + 1)?, digit(from + 2)? << 4 | digit(from + 3)?, {
                digit(from + 4)? << 4 | digit(from + 5)?
            }]
        }
        3 => [digit(0)? * 17, digit(1)? * 17, digit(2)? * 17],
        _ => return None,
    };
    if let Some(same) = Color::ALL.iter().find(|c| rgb(**c) == read) {
        return Some((*same, true));
    }
    let wanted = hue(read)?;
    let apart = |color: Color| {
        let d = hue(rgb(color)).map_or(360, |h| (h - wanted).abs());
        d.min(360 - d)
    };
    Color::ALL.iter().min_by_key(|c| apart(**c)).map(|c| (*c, false))
}

/// The hue in degrees; `None` where there is hardly any colour.
fn hue([r, g, b]: [u8; 3]) -> Option<i32> {
    let [r, g, b] = [i32::from(r), i32::from(g), i32::from(b)];
    let (most, least) = (r.max(g).max(b), r.min(g).min(b));
    let spread = most - least;
    if spread * 8 < most || spread < 16 {
        return None;
    }
    let sixth = if most == r {
        60 * (g - b) / spread
    } else if most == g {
        60 * (b - r) / spread + 120
    } else {
        60 * (r - g) / spread + 240
    };
    Some(sixth.rem_euclid(360))
}
