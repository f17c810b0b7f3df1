//! Styles of an OpenDocument text: those it shares and those made for single paragraphs, each with all it is based on.

use super::{STYLE, TEXT};
use crate::import::ImportError;
use crate::import::office::{Role, role_of};
use crate::import::xml::{Node, Tag, Xml};
use rustc_hash::FxHashMap;

/// A style may be based on so many others in a row.
const CHAIN: usize = 32;
/// Half points of letters where nothing is said: LibreOffice's own default.
const SIZE: u16 = 24;

/// What is said of letters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) bold: Option<bool>,
    pub(super) italic: Option<bool>,
    pub(super) struck: Option<bool>,
    pub(super) hidden: Option<bool>,
    pub(super) raised: Option<bool>,
    size: Option<Size>,
}

/// The size of letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Size {
    /// Half points.
    Half(u16),
    /// Per cent of the style it is based on.
    Share(u16),
}

impl Look {
    /// Half points.
    pub(super) fn size(&self) -> Option<u16> {
        match self.size {
            Some(Size::Half(size)) => Some(size),
            _ => None,
        }
    }

    /// Takes from `base` what isn't said here.
    pub(super) fn over(&mut self, base: &Look) {
        self.bold = self.bold.or(base.bold);
        self.italic = self.italic.or(base.italic);
        self.struck = self.struck.or(base.struck);
        self.hidden = self.hidden.or(base.hidden);
        self.raised = self.raised.or(base.raised);
        self.size = match (self.size, base.size) {
            (Some(Size::Share(share)), Some(Size::Half(size))) => {
                Some(Size::Half((u32::from(size) * u32::from(share) / 100).min(2000) as u16))
            }
            (own, base) => own.or(base),
        };
    }
}

/// A style with all that it inherits.
#[derive(Clone, Debug, Default)]
pub(super) struct Style {
    pub(super) role: Role,
    pub(super) look: Look,
    /// A page begins before its paragraphs.
    pub(super) page_break: bool,
    /// It has a list style of its own; an empty name takes its paragraphs out of every list.
    pub(super) list: Option<String>,
    /// Lines are set to the right, in the middle.
    pub(super) align: Option<Align>,
}

/// How lines are set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Align {
    Left,
    Center,
    Right,
}

/// All styles: of paragraphs and of letters.
#[derive(Debug, Default)]
pub(super) struct Styles {
    written: FxHashMap<Key, Written>,
    known: FxHashMap<Key, Style>,
    plain: Style,
}

/// A style's family ('p' for paragraphs, 't' for text) and its name.
type Key = (char, String);

/// A style as written.
#[derive(Clone, Debug, Default)]
struct Written {
    parent: Option<String>,
    role: Option<Role>,
    look: Look,
    page_break: Option<bool>,
    list: Option<String>,
    align: Option<Align>,
}

impl Styles {
    /// The style of a paragraph.
    pub(super) fn paragraph(&self, name: Option<&str>) -> &Style {
        self.get('p', name)
    }

    /// The style of letters.
    pub(super) fn letters(&self, name: Option<&str>) -> &Style {
        self.get('t', name)
    }

    fn get(&self, family: char, name: Option<&str>) -> &Style {
        name.and_then(|n| self.known.get(&(family, n.to_string()))).unwrap_or(&self.plain)
    }

    /// The size of letters in a paragraph of this style, in half points.
    pub(super) fn size(&self, name: Option<&str>) -> u16 {
        self.paragraph(name).look.size().or(self.plain.look.size()).unwrap_or(SIZE)
    }

    /// Reads the `style:style` that has just been opened.
    ///
    /// # Errors
    /// When a limit is passed.
    pub(super) fn style(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) -> Result<(), ImportError> {
        let family = match tag.attr("family").as_deref() {
            Some("paragraph") => 'p',
            Some("text") => 't',
            _ => {
                xml.skip()?;
                return Ok(());
            }
        };
        let value = |name| tag.attr(name).map(String::from);
        let name = value("name").unwrap_or_default();
        let shown = value("display-name").unwrap_or_else(|| name.replace("_20_", " "));
        let level = tag.number("default-outline-level").and_then(|n| u8::try_from(n).ok()).filter(|n| *n > 0);
        let role = role_of(&shown).or(level.map(Role::Heading));
        let mut style =
            Written { parent: value("parent-style-name"), role, list: value("list-style-name"), ..Written::default() };
        if tag.attr("master-page-name").is_some_and(|m| !m.is_empty()) {
            style.page_break = Some(true);
        }
        properties(&mut style, xml)?;
        self.written.insert((family, name), style);
        Ok(())
    }

    /// Reads the `style:default-style` that has just been opened.
    ///
    /// # Errors
    /// When a limit is passed.
    pub(super) fn default_style(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) -> Result<(), ImportError> {
        let mut style = Written::default();
        let is_text = tag.attr("family").is_some_and(|f| f == "paragraph");
        properties(&mut style, xml)?;
        if is_text {
            self.plain.look.over(&style.look);
        }
        Ok(())
    }

    /// Works out what each style comes to, once all have been read.
    pub(super) fn settle(&mut self) {
        let keys: Vec<Key> = self.written.keys().cloned().collect();
        self.known = keys.into_iter().map(|key| (key.clone(), self.resolve(&key))).collect();
    }

    /// A style with what it is based on, up to where that turns in a circle.
    fn resolve(&self, key: &Key) -> Style {
        let mut chain: Vec<&Written> = Vec::new();
        let mut seen: Vec<&str> = Vec::new();
        let mut next = Some(key.1.as_str());
        while let Some(name) = next.filter(|n| chain.len() < CHAIN && !seen.contains(n)) {
            seen.push(name);
            let Some(style) = self.written.get(&(key.0, name.to_string())) else { break };
            chain.push(style);
            next = style.parent.as_deref();
        }
        // From the outermost inwards, so that a size in per cent has something to be a part of.
        let mut look = if key.0 == 'p' { self.plain.look } else { Look::default() };
        for style in chain.iter().rev() {
            let mut own = style.look;
            own.over(&look);
            look = own;
        }
        Style {
            role: chain.iter().find_map(|s| s.role).unwrap_or_default(),
            look,
            page_break: chain.iter().find_map(|s| s.page_break).unwrap_or(false),
            list: chain.iter().find_map(|s| s.list.clone()),
            align: chain.iter().find_map(|s| s.align),
        }
    }
}

/// Reads the properties inside a style.
fn properties(style: &mut Written, xml: &mut Xml<'_>) -> Result<(), ImportError> {
    let outside = xml.depth().saturating_sub(1);
    while xml.depth() > outside {
        let tag = match xml.next()? {
            Node::Open(tag) => tag,
            Node::End => break,
            _ => continue,
        };
        match tag.name() {
            (STYLE, "text-properties") => {
                let is = |name: &str, f: &dyn Fn(&str) -> bool| tag.attr(name).map(|v| f(v.trim()));
                let look = Look {
                    bold: is("font-weight", &|v| v == "bold" || v.parse::<u32>().is_ok_and(|n| n >= 600)),
                    italic: is("font-style", &|v| v != "normal"),
                    struck: is("text-line-through-style", &|v| v != "none"),
                    hidden: is("display", &|v| v == "none"),
                    raised: is("text-position", &|v| {
                        v.starts_with("super")
                            || v.split('%').next().and_then(|n| n.parse::<i32>().ok()).is_some_and(|n| n > 0)
                    }),
                    size: tag.attr("font-size").and_then(|v| size(v.trim())),
                };
                let before = std::mem::replace(&mut style.look, look);
                style.look.over(&before);
            }
            (STYLE, "paragraph-properties") => {
                if let Some(value) = tag.attr("break-before") {
                    style.page_break = Some(value == "page");
                }
                style.align = style.align.or_else(|| {
                    Some(match &*tag.attr("text-align")? {
                        "end" | "right" => Align::Right,
                        "center" => Align::Center,
                        _ => Align::Left,
                    })
                });
            }
            _ => {}
        }
    }
    Ok(())
}

/// "12pt", "120%"; other measures are not used for letters.
fn size(value: &str) -> Option<Size> {
    let number =
        |unit| value.strip_suffix(unit).and_then(|n| n.parse::<f32>().ok()).filter(|n| (1.0..1000.0).contains(n));
    number("pt").map(|n| Size::Half((n * 2.0) as u16)).or_else(|| number("%").map(|n| Size::Share(n as u16)))
}
/// Whether this is one of the elements that describe lists.
pub(super) fn is_list_style(name: (&str, &str)) -> bool {
    matches!(name, (TEXT, "list-style" | "outline-style"))
}
