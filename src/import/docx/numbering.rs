//! `numbering.xml`: lists and numbered headings, and the number each paragraph gets.

use super::WORD;
use super::props::ParaProps;
use super::styles::Styles;
use crate::import::ImportError;
use crate::import::numerals::{Counter, LEVELS, Numeral};
use crate::import::xml::{Node, Xml};
use rustc_hash::{FxHashMap, FxHashSet};

/// How one level of a list is numbered.
#[derive(Clone, Debug)]
struct Level {
    start: u32,
    numeral: Numeral,
    /// Bullets instead of numbers.
    bullet: bool,
    /// "%1.%2", or the bullet.
    text: String,
    /// All numbers in digits, whatever their own levels say.
    legal: bool,
    /// It begins anew below this level and those above it (from 0); `None` below every one.
    restart: Option<usize>,
    /// It never begins anew.
    never: bool,
    /// The style whose paragraphs are at this level.
    style: Option<String>,
}

impl Default for Level {
    fn default() -> Self {
        Level {
            start: 1,
            numeral: Numeral::Digits,
            bullet: false,
            text: String::new(),
            legal: false,
            restart: None,
            never: false,
            style: None,
        }
    }
}

/// A kind of list.
#[derive(Clone, Debug, Default)]
struct Abstract {
    levels: Vec<Option<Level>>,
    /// It is the list of this style.
    of_style: Option<String>,
}

/// A list: of a kind, with some levels otherwise.
#[derive(Clone, Debug, Default)]
struct List {
    kind: u32,
    starts: FxHashMap<usize, u32>,
    levels: FxHashMap<usize, Level>,
}

/// All lists of a document, and how far each has come.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    kinds: FxHashMap<u32, Abstract>,
    lists: FxHashMap<u32, List>,
    counters: FxHashMap<u32, Counter>,
    /// Lists whose own first numbers have been applied.
    begun: FxHashSet<(u32, usize)>,
}

/// What stands before a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Marker {
    /// "2.1", "a)", "•".
    pub(super) text: String,
    /// From 0.
    pub(super) depth: u8,
    pub(super) bullet: bool,
}

impl Numbering {
    /// Reads them.
    ///
    /// # Errors
    /// When a limit is passed.
    pub(super) fn read(xml: Option<Xml<'_>>) -> Result<Numbering, ImportError> {
        let mut out = Numbering::default();
        let Some(mut xml) = xml else { return Ok(out) };
        loop {
            match xml.next()? {
                Node::Open(tag) => match tag.name() {
                    (WORD, "abstractNum") => {
                        let id = tag.number("abstractNumId").and_then(|n| u32::try_from(n).ok());
                        let kind = kind(&mut xml)?;
                        out.kinds.extend(id.map(|id| (id, kind)));
                    }
                    (WORD, "num") => {
                        let id = tag.number("numId").and_then(|n| u32::try_from(n).ok());
                        let list = list(&mut xml)?;
                        out.lists.extend(id.map(|id| (id, list)));
                    }
                    _ => {}
                },
                Node::End => break,
                _ => {}
            }
        }
        Ok(out)
    }

    /// Lists that are only named after a style are those of that style.
    pub(super) fn link(&mut self, styles: &Styles) {
        let kinds: Vec<(u32, u32)> = self
            .kinds
            .iter()
            .filter_map(|(id, kind)| {
                let list = styles.get(Some(kind.of_style.as_deref()?)).para.list?;
                Some((*id, self.lists.get(&list)?.kind))
            })
            .collect();
        for (id, other) in kinds {
            if let Some(levels) = self.kinds.get(&other).map(|k| k.levels.clone()).filter(|l| !l.is_empty())
                && let Some(kind) = self.kinds.get_mut(&id)
            {
                kind.levels = levels;
            }
        }
    }

    /// Counts a paragraph and gives what stands before it; `None` outside lists. `props` is what it says itself and its
    /// style says for it.
    pub(super) fn marker(&mut self, props: &ParaProps) -> Option<Marker> {
        let id = props.list.filter(|id| *id > 0)?;
        let list = self.lists.get(&id)?;
        let kind = self.kinds.get(&list.kind)?;
        let of_style = || {
            let style = props.style.as_deref()?;
            (0..LEVELS).find(|l| level(list, kind, *l).is_some_and(|l| l.style.as_deref() == Some(style)))
        };
        let at = props.level.map(usize::from).or_else(of_style).unwrap_or(0).min(LEVELS - 1);
        let own = level(list, kind, at)?;
        let counter = self.counters.entry(list.kind).or_default();
        for level in list.starts.keys().filter(|l| **l <= at) {
            if self.begun.insert((id, *level)) {
                counter.restart(*level);
            }
        }
        let first =
            |l: usize| list.starts.get(&l).copied().or_else(|| level(list, kind, l).map(|l| l.start)).unwrap_or(1);
        let restarts = |below: usize, above: usize| {
            level(list, kind, below).is_none_or(|l| !l.never && l.restart.is_none_or(|r| above <= r))
        };
        counter.count(at, first, restarts);
        let depth = at as u8;
        if own.bullet {
            return Some(Marker { text: bullet(&own.text), depth, bullet: true });
        }
        let mut text = String::new();
        let mut chars = own.text.chars().peekable();
        while let Some(c) = chars.next() {
            let digit = chars.peek().and_then(|d| d.to_digit(10)).filter(|d| c == '%' && *d > 0);
            match digit {
                Some(digit) => {
                    chars.next();
                    let of = digit as usize - 1;
                    let numeral = level(list, kind, of).map_or(Numeral::Digits, |l| l.numeral);
                    let legal = own.legal && numeral != Numeral::None;
                    let numeral = if legal { Numeral::Digits } else { numeral };
                    text.push_str(&numeral.write(counter.value(of).unwrap_or_else(|| first(of))));
                }
                None => text.push(c),
            }
        }
        let text = text.trim().to_string();
        (!text.is_empty()).then_some(Marker { text, depth, bullet: false })
    }
}

/// A level of a list: as the list has it itself, else its kind.
fn level<'l>(list: &'l List, kind: &'l Abstract, at: usize) -> Option<&'l Level> {
    list.levels.get(&at).or_else(|| kind.levels.get(at).and_then(Option::as_ref))
}

/// A bullet as it is shown: symbol fonts have theirs where no other font has anything.
fn bullet(text: &str) -> String {
    match text.trim().chars().next() {
        Some(dash @ ('-' | '–' | '—')) => dash.to_string(),
        _ => "•".to_string(),
    }
}

/// Reads a `w:abstractNum` that has just been opened.
fn kind(xml: &mut Xml<'_>) -> Result<Abstract, ImportError> {
    let outside = xml.depth().saturating_sub(1);
    let mut out = Abstract::default();
    while xml.depth() > outside {
        match xml.next()? {
            Node::Open(tag) => match tag.name() {
                (WORD, "numStyleLink") => out.of_style = tag.attr("val").map(Into::into),
                (WORD, "lvl") => {
                    let at = tag.number("ilvl").and_then(|n| usize::try_from(n).ok()).filter(|n| *n < LEVELS);
                    let read = read_level(xml)?;
                    if let Some(at) = at {
                        if out.levels.len() <= at {
                            out.levels.resize(at + 1, None);
                        }
                        out.levels[at] = Some(read);
                    }
                }
                _ => {}
            },
            Node::End => break,
            _ => {}
        }
    }
    Ok(out)
}

/// Reads a `w:num` that has just been opened.
fn list(xml: &mut Xml<'_>) -> Result<List, ImportError> {
    let outside = xml.depth().saturating_sub(1);
    let mut out = List::default();
    let mut at = None;
    while xml.depth() > outside {
        match xml.next()? {
            Node::Open(tag) => match tag.name() {
                (WORD, "abstractNumId") => {
                    out.kind = tag.number("val").and_then(|n| u32::try_from(n).ok()).unwrap_or(0)
                }
                (WORD, "lvlOverride") => at = tag.number("ilvl").and_then(|n| usize::try_from(n).ok()),
                (WORD, "startOverride") => {
                    let start = tag.number("val").and_then(|n| u32::try_from(n).ok());
                    out.starts.extend(at.filter(|at| *at < LEVELS).zip(start));
                }
                (WORD, "lvl") => {
                    let read = read_level(xml)?;
                    out.levels.extend(at.filter(|at| *at < LEVELS).map(|at| (at, read)));
                }
                _ => {}
            },
            Node::End => break,
            _ => {}
        }
    }
    Ok(out)
}

/// Reads a `w:lvl` that has just been opened.
fn read_level(xml: &mut Xml<'_>) -> Result<Level, ImportError> {
    let outside = xml.depth().saturating_sub(1);
    let mut out = Level::default();
    while xml.depth() > outside {
        match xml.next()? {
            Node::Open(tag) => {
                let (WORD, name) = tag.name() else { continue };
                match name {
                    "start" => out.start = tag.number("val").and_then(|n| u32::try_from(n).ok()).unwrap_or(1),
                    "numFmt" => {
                        let value = tag.attr("val").unwrap_or_default();
                        out.bullet = value == "bullet";
                        out.numeral = numeral(&value);
                    }
                    "lvlText" => out.text = tag.attr("val").map(String::from).unwrap_or_default(),
                    "isLgl" => out.legal = super::props::on(&tag),
                    "lvlRestart" => {
                        let above = tag.number("val").unwrap_or(0);
                        out.never = above <= 0;
                        out.restart = usize::try_from(above - 1).ok();
                    }
                    "pStyle" => out.style = tag.attr("val").map(Into::into),
                    _ => {}
                }
            }
            Node::End => break,
            _ => {}
        }
    }
    Ok(out)
}

/// The numeral of a `w:numFmt`; those of other scripts are read as digits.
pub(super) fn numeral(value: &str) -> Numeral {
    match value {
        "decimalZero" => Numeral::TwoDigits,
        "lowerLetter" => Numeral::Letter,
        "upperLetter" => Numeral::Capital,
        "lowerRoman" => Numeral::Roman,
        "upperRoman" => Numeral::RomanCapital,
        "none" => Numeral::None,
        _ => Numeral::Digits,
    }
}
