//! The properties of paragraphs and runs, as styles and the text itself give them.

use super::WORD;
use crate::import::ImportError;
use crate::import::xml::{Node, Tag, Xml};

/// What is said of a paragraph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ParaProps {
    /// The id of its style.
    pub(super) style: Option<String>,
    /// Its level in the outline: 0 for a chapter, 9 for running text.
    pub(super) outline: Option<u8>,
    /// The list it is in; 0 for none.
    pub(super) list: Option<u32>,
    /// Its level in that list.
    pub(super) level: Option<u8>,
    /// A page begins before it.
    pub(super) page_break: Option<bool>,
    /// Its end was taken out by a tracked change: what follows goes on in the same paragraph.
    pub(super) runs_on: bool,
    /// It is set to the right, in the middle.
    pub(super) align: Option<Align>,
    /// A section ends with it, and the next one begins a page.
    pub(super) section: Option<Section>,
    /// What holds for its runs.
    pub(super) run: RunProps,
}

/// How lines are set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Align {
    Left,
    Center,
    Right,
}

/// What is said at the end of a section.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Section {
    /// It went on where the one before ended.
    pub(super) continuous: bool,
}

/// What is said of letters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct RunProps {
    /// The id of their style.
    pub(super) style: Option<String>,
    pub(super) bold: Option<bool>,
    pub(super) italic: Option<bool>,
    pub(super) struck: Option<bool>,
    pub(super) hidden: Option<bool>,
    /// Half points.
    pub(super) size: Option<u16>,
    pub(super) raised: Option<bool>,
}

impl RunProps {
    /// Takes from `base` what isn't said here.
    pub(super) fn over(&mut self, base: &RunProps) {
        self.bold = self.bold.or(base.bold);
        self.italic = self.italic.or(base.italic);
        self.struck = self.struck.or(base.struck);
        self.hidden = self.hidden.or(base.hidden);
        self.size = self.size.or(base.size);
        self.raised = self.raised.or(base.raised);
    }
}

impl ParaProps {
    /// Takes from `base` what isn't said here.
    pub(super) fn over(&mut self, base: &ParaProps) {
        self.outline = self.outline.or(base.outline);
        if self.list.is_none() {
            self.list = base.list;
            self.level = self.level.or(base.level);
        }
        self.page_break = self.page_break.or(base.page_break);
        self.align = self.align.or(base.align);
        self.run.over(&base.run);
    }
}

/// Whether a switch (`<w:b/>`, `<w:b w:val="0"/>`) is on.
pub(super) fn on(tag: &Tag<'_>) -> bool {
    tag.attr("val").is_none_or(|v| !matches!(&*v, "0" | "false" | "off" | "none"))
}

/// Reads a `w:pPr` that has just been opened, to its end.
pub(super) fn paragraph(xml: &mut Xml<'_>) -> Result<ParaProps, ImportError> {
    let outside = xml.depth().saturating_sub(1);
    let mut out = ParaProps::default();
    while xml.depth() > outside {
        let tag = match xml.next()? {
            Node::Open(tag) => tag,
            Node::End => break,
            _ => continue,
        };
        let (WORD, name) = tag.name() else { continue };
        match name {
            "pStyle" => out.style = tag.attr("val").map(Into::into),
            "outlineLvl" => out.outline = tag.number("val").and_then(|n| u8::try_from(n).ok()),
            "numId" => out.list = tag.number("val").and_then(|n| u32::try_from(n).ok()),
            "ilvl" => out.level = tag.number("val").and_then(|n| u8::try_from(n).ok()),
            "pageBreakBefore" => out.page_break = Some(on(&tag)),
            "jc" => out.align = tag.attr("val").map(|v| align(&v)),
            "sectPr" => out.section = Some(section(xml)?),
            "rPr" => (out.run, out.runs_on) = marked(xml)?,
            "pPrChange" | "framePr" => {
                xml.skip()?;
            }
            _ => {}
        }
    }
    Ok(out)
}

fn align(value: &str) -> Align {
    match value {
        "right" | "end" => Align::Right,
        "center" => Align::Center,
        _ => Align::Left,
    }
}

/// Reads a `w:sectPr` that has just been opened, to its end.
pub(super) fn section(xml: &mut Xml<'_>) -> Result<Section, ImportError> {
    let outside = xml.depth().saturating_sub(1);
    let mut out = Section::default();
    while xml.depth() > outside {
        match xml.next()? {
            Node::Open(tag) => match tag.name() {
                (WORD, "type") => out.continuous = tag.attr("val").is_some_and(|v| v == "continuous"),
                (WORD, "sectPrChange") => {
                    xml.skip()?;
                }
                _ => {}
            },
            Node::End => break,
            _ => {}
        }
    }
    Ok(out)
}

/// Reads a `w:rPr` that has just been opened, to its end.
pub(super) fn run(xml: &mut Xml<'_>) -> Result<RunProps, ImportError> {
    Ok(marked(xml)?.0)
}

/// The same, and whether the mark it belongs to was deleted.
fn marked(xml: &mut Xml<'_>) -> Result<(RunProps, bool), ImportError> {
    let outside = xml.depth().saturating_sub(1);
    let mut out = RunProps::default();
    let mut deleted = false;
    while xml.depth() > outside {
        let tag = match xml.next()? {
            Node::Open(tag) => tag,
            Node::End => break,
            _ => continue,
        };
        let (WORD, name) = tag.name() else { continue };
        match name {
            "rStyle" => out.style = tag.attr("val").map(Into::into),
            "b" => out.bold = Some(on(&tag)),
            "i" => out.italic = Some(on(&tag)),
            "strike" | "dstrike" => out.struck = Some(on(&tag)),
            "vanish" => out.hidden = Some(on(&tag)),
            "sz" => out.size = tag.number("val").and_then(|n| u16::try_from(n).ok()).filter(|n| *n > 0),
            "vertAlign" => out.raised = tag.attr("val").map(|v| v == "superscript"),
            "del" | "moveFrom" => deleted = true,
            "rPrChange" => {
                xml.skip()?;
            }
            _ => {}
        }
    }
    Ok((out, deleted))
}
