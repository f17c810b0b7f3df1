//! List styles and the numbering of headings, and the counting of lists that go on with others.

use super::TEXT;
use crate::import::ImportError;
use crate::import::numerals::{Counter, LEVELS, Numeral};
use crate::import::xml::{Node, Tag, Xml};
use rustc_hash::FxHashMap;

/// How one level of a list is numbered.
#[derive(Clone, Debug)]
struct Level {
    numeral: Numeral,
    start: u32,
    prefix: String,
    suffix: String,
    /// How many levels the number shows.
    shown: usize,
    /// A bullet instead of a number.
    bullet: Option<String>,
}

/// A list style, level by level.
type Style = Vec<Option<Level>>;

/// A list that is open.
#[derive(Debug)]
struct Open {
    style: Option<String>,
    id: Option<String>,
    /// The item has not had its marker yet.
    fresh: bool,
    /// What its number begins with, said at the item.
    start: Option<u32>,
}

/// All lists.
#[derive(Debug, Default)]
pub(super) struct Lists {
    styles: FxHashMap<String, Style>,
    outline: Style,
    headings: Counter,
    open: Vec<Open>,
    counter: Counter,
    /// How far finished lists came, by their style and by their own name.
    by_style: FxHashMap<String, Counter>,
    by_id: FxHashMap<String, Counter>,
}

/// What stands before a paragraph of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Marker {
    /// "2.1", "a)", "•"; empty for a further paragraph of an item.
    pub(super) text: String,
    /// From 0.
    pub(super) depth: u8,
    pub(super) bullet: bool,
}

impl Lists {
    /// Reads a list style, or the numbering of headings, that has just been opened.
    ///
    /// # Errors
    /// When a limit is passed.
    pub(super) fn style(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) -> Result<(), ImportError> {
        let name = tag.attr("name").map(String::from);
        let is_outline = tag.name().1 == "outline-style";
        let outside = xml.depth().saturating_sub(1);
        let mut style: Style = Vec::new();
        while xml.depth() > outside {
            match xml.next()? {
                Node::Open(tag) => {
                    let (TEXT, kind) = tag.name() else { continue };
                    if !matches!(kind, "list-level-style-number" | "list-level-style-bullet" | "outline-level-style") {
                        continue;
                    }
                    let at = tag.number("level").and_then(|n| usize::try_from(n - 1).ok()).filter(|n| *n < LEVELS);
                    if let Some(at) = at {
                        if style.len() <= at {
                            style.resize(at + 1, None);
                        }
                        style[at] = Some(level(&tag, kind.ends_with("bullet")));
                    }
                }
                Node::End => break,
                _ => {}
            }
        }
        if is_outline {
            self.outline = style;
        } else if let Some(name) = name {
            self.styles.insert(name, style);
        }
        Ok(())
    }

    /// The number of a heading by its level, from 1; `None` where headings of that level have none.
    pub(super) fn heading(&mut self, level: u8, restart: Option<u32>) -> Option<String> {
        let at = usize::from(level.max(1)) - 1;
        if at >= LEVELS {
            return None;
        }
        let outline = &self.outline;
        if restart.is_some() {
            self.headings.restart(at);
        }
        let first = |l: usize| restart.filter(|_| l == at).unwrap_or_else(|| start(outline, l));
        self.headings.count(at, first, |_, _| true);
        let own = outline.get(at)?.as_ref().filter(|l| l.numeral != Numeral::None && l.bullet.is_none())?;
        Some(written(outline, own, at, &self.headings))
    }

    /// A list begins.
    pub(super) fn begin(&mut self, tag: &Tag<'_>) {
        let value = |name| tag.attr(name).map(String::from);
        let (own, id) = (value("style-name"), value("id"));
        if self.open.is_empty() {
            let goes_on = tag.attr("continue-numbering").is_some_and(|v| v == "true");
            let other = tag.attr("continue-list").and_then(|other| self.by_id.get(&*other));
            let same = own.as_ref().filter(|_| goes_on).and_then(|s| self.by_style.get(s));
            self.counter = other.or(same).cloned().unwrap_or_default();
        }
        let style = own.or_else(|| self.open.last().and_then(|l| l.style.clone()));
        self.open.push(Open { style, id, fresh: false, start: None });
    }

    /// The innermost list ends.
    pub(super) fn end(&mut self) {
        let Some(list) = self.open.pop() else { return };
        if let Some(id) = list.id {
            self.by_id.insert(id, self.counter.clone());
        }
        if let Some(style) = list.style.filter(|_| self.open.is_empty()) {
            self.by_style.insert(style, self.counter.clone());
        }
    }

    /// An item begins; a header of a list has no number.
    pub(super) fn item(&mut self, tag: &Tag<'_>, header: bool) {
        if let Some(list) = self.open.last_mut() {
            list.fresh = !header;
            list.start = tag.number("start-value").and_then(|n| u32::try_from(n).ok());
        }
    }

    /// How many lists are open.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// Takes the lists away while something else is read, and gives them back.
    pub(super) fn swap(&mut self, other: &mut Suspended) {
        std::mem::swap(&mut self.open, &mut other.open);
        std::mem::swap(&mut self.counter, &mut other.counter);
    }

    /// What stands before the paragraph that comes; `None` outside lists.
    pub(super) fn marker(&mut self) -> Option<Marker> {
        let at = self.open.len().checked_sub(1)?;
        let list = self.open.last_mut()?;
        let depth = at.min(usize::from(u8::MAX)) as u8;
        if !std::mem::take(&mut list.fresh) {
            return Some(Marker { text: String::new(), depth, bullet: false });
        }
        let restart = list.start.take();
        let none = Style::new();
        let style = list.style.as_ref().and_then(|s| self.styles.get(s)).unwrap_or(&none);
        if restart.is_some() {
            self.counter.restart(at);
        }
        let first = |l: usize| restart.filter(|_| l == at).unwrap_or_else(|| start(style, l));
        self.counter.count(at, first, |_, _| true);
        // Where the style is not known a bullet is meant.
        let Some(own) = style.get(at).and_then(Option::as_ref) else {
            return Some(Marker { text: "•".into(), depth, bullet: true });
        };
        Some(match &own.bullet {
            Some(bullet) => Marker { text: bullet.clone(), depth, bullet: true },
            None if own.numeral == Numeral::None => Marker { text: String::new(), depth, bullet: false },
            None => Marker { text: written(style, own, at, &self.counter), depth, bullet: false },
        })
    }
}

/// Lists that are not being read just now.
#[derive(Debug, Default)]
pub(super) struct Suspended {
    open: Vec<Open>,
    counter: Counter,
}

fn start(style: &Style, level: usize) -> u32 {
    style.get(level).and_then(Option::as_ref).map_or(1, |l| l.start)
}

/// A number with those above it, as far as it shows them.
fn written(style: &Style, own: &Level, at: usize, counter: &Counter) -> String {
    let numbers: Vec<String> = ((at + 1).saturating_sub(own.shown.max(1))..=at)
        .filter_map(|l| {
            let numeral = style.get(l).and_then(Option::as_ref).map_or(Numeral::Digits, |l| l.numeral);
            Some(numeral.write(counter.value(l)?)).filter(|n| !n.is_empty())
        })
        .collect();
    format!("{}{}{}", own.prefix, numbers.join("."), own.suffix).trim().to_string()
}

/// Reads one level of a list style.
fn level(tag: &Tag<'_>, is_bullet: bool) -> Level {
    let value = |name| tag.attr(name).map(String::from).unwrap_or_default();
    let numeral = match value("num-format").as_str() {
        "1" => Numeral::Digits,
        "01" => Numeral::TwoDigits,
        "a" => Numeral::Letter,
        "A" => Numeral::Capital,
        "i" => Numeral::Roman,
        "I" => Numeral::RomanCapital,
        _ => Numeral::None,
    };
    let bullet = is_bullet.then(|| match value("bullet-char").chars().next() {
        Some(dash @ ('-' | '–' | '—')) => dash.to_string(),
        _ => "•".to_string(),
    });
    let number = |name| tag.number(name).and_then(|n| u32::try_from(n).ok());
    Level {
        numeral,
        start: number("start-value").unwrap_or(1),
        prefix: value("num-prefix"),
        suffix: value("num-suffix"),
        shown: number("display-levels").unwrap_or(1) as usize,
        bullet,
    }
}
