//! `styles.xml`: what each style comes to, with all it is based on.

use super::WORD;
use super::props::{self, ParaProps, RunProps};
use crate::import::ImportError;
use crate::import::office::{Role, role_of};
use crate::import::xml::{Node, Xml};
use rustc_hash::FxHashMap;

/// A style may be based on so many others in a row.
const CHAIN: usize = 32;
/// Half points of letters where nothing is said (ECMA-376, 17.3.2.38).
const SIZE: u16 = 20;

/// A style with all that it inherits.
#[derive(Clone, Debug)]
pub(super) struct Style {
    pub(super) role: Role,
    pub(super) para: ParaProps,
    /// For tables: its first row is set apart.
    pub(super) heads: bool,
}

/// All styles of a document.
#[derive(Debug)]
pub(super) struct Styles {
    by_id: FxHashMap<String, Style>,
    /// What holds for paragraphs that name no style.
    normal: Style,
}

/// A style as written.
#[derive(Default)]
struct Written {
    name: String,
    based_on: Option<String>,
    para: ParaProps,
    heads: bool,
}

impl Styles {
    /// The style of this id; without one, or of one that isn't there, the default.
    pub(super) fn get(&self, id: Option<&str>) -> &Style {
        id.and_then(|id| self.by_id.get(id)).unwrap_or(&self.normal)
    }

    /// What a style of letters says; nothing where there is none.
    pub(super) fn run(&self, id: Option<&str>) -> Option<&RunProps> {
        id.and_then(|id| self.by_id.get(id)).map(|s| &s.para.run)
    }

    /// The size of letters in a style, in half points.
    pub(super) fn size(&self, id: Option<&str>) -> u16 {
        self.get(id).para.run.size.or(self.normal.para.run.size).unwrap_or(SIZE)
    }

    /// Reads them; a document without gets those every one has.
    ///
    /// # Errors
    /// When a limit is passed.
    pub(super) fn read(xml: Option<Xml<'_>>) -> Result<Styles, ImportError> {
        let mut written: FxHashMap<String, Written> = FxHashMap::default();
        let mut defaults = ParaProps::default();
        let mut default_id = None;
        if let Some(mut xml) = xml {
            loop {
                match xml.next()? {
                    Node::Open(tag) => match tag.name() {
                        (WORD, "style") => {
                            let id = tag.attr("styleId").map(String::from).unwrap_or_default();
                            if tag.attr("default").is_some_and(|v| v == "1" || v == "true")
                                && tag.attr("type").is_some_and(|v| v == "paragraph")
                            {
                                default_id = Some(id.clone());
                            }
                            let style = style(&mut xml)?;
                            written.entry(id).or_insert(style);
                        }
                        (WORD, "pPr") => defaults.over(&props::paragraph(&mut xml)?),
                        (WORD, "rPr") => defaults.run = props::run(&mut xml)?,
                        _ => {}
                    },
                    Node::End => break,
                    _ => {}
                }
            }
        }
        let by_id: FxHashMap<String, Style> =
            written.keys().map(|id| (id.clone(), resolve(id, &written, &defaults))).collect();
        let plain = Style { role: Role::Body, para: defaults, heads: false };
        let normal = default_id.and_then(|id| by_id.get(&id).cloned()).unwrap_or(plain);
        Ok(Styles { by_id, normal })
    }
}

/// Reads a `w:style` that has just been opened.
fn style(xml: &mut Xml<'_>) -> Result<Written, ImportError> {
    let outside = xml.depth().saturating_sub(1);
    let mut out = Written::default();
    while xml.depth() > outside {
        match xml.next()? {
            Node::Open(tag) => match tag.name() {
                (WORD, "name") => out.name = tag.attr("val").map(String::from).unwrap_or_default(),
                (WORD, "basedOn") => out.based_on = tag.attr("val").map(Into::into),
                (WORD, "pPr") => {
                    let run = std::mem::take(&mut out.para.run);
                    out.para = props::paragraph(xml)?;
                    out.para.run = run;
                }
                (WORD, "rPr") => out.para.run = props::run(xml)?,
                // How parts of a table are set; only whether its first row is matters.
                (WORD, "tblStylePr") => {
                    out.heads |= tag.attr("type").is_some_and(|v| v == "firstRow");
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

/// A style with what it is based on, up to where that turns in a circle.
fn resolve(id: &str, written: &FxHashMap<String, Written>, defaults: &ParaProps) -> Style {
    let mut out = Style { role: Role::Body, para: ParaProps::default(), heads: false };
    let (mut role, mut level_known) = (None, false);
    let mut next = Some(id);
    let mut seen: Vec<&str> = Vec::new();
    while let Some(id) = next.filter(|id| seen.len() < CHAIN && !seen.contains(id)) {
        seen.push(id);
        let Some(style) = written.get(id) else { break };
        // The nearest word counts: a level said outright, else a name.
        if !level_known && let Some(level) = style.para.outline {
            level_known = true;
            if !matches!(role, Some(Role::Contents | Role::Title)) {
                role = Some(if level < 9 { Role::Heading(level + 1) } else { role.unwrap_or(Role::Body) });
            }
        }
        if role.is_none() {
            role = role_of(&style.name).or_else(|| role_of(id));
            level_known |= role.is_some();
        }
        out.para.over(&style.para);
        out.heads |= style.heads;
        next = style.based_on.as_deref();
    }
    out.para.over(defaults);
    out.role = role.unwrap_or(Role::Body);
    out
}
