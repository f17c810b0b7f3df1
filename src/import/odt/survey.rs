//! A first look through the text: what its tables are made of, whether it knows its pages, which size running text has.

use super::styles::{Align, Styles};
use super::{OFFICE, TABLE, TEXT};
use crate::doc::ColumnAlign;
use crate::import::ImportError;
use crate::import::office::{COLUMNS, Role, Shape, Table};
use crate::import::xml::{Node, Tag, Xml};
use rustc_hash::FxHashMap;

/// What was seen.
#[derive(Debug, Default)]
pub(super) struct Survey {
    /// By the place where the table begins ([`Xml::position`]).
    pub(super) tables: FxHashMap<u64, Table>,
    /// Pages were marked when the file was saved.
    pub(super) pages: bool,
    /// Half points of the letters in running text.
    pub(super) size: u16,
}

/// How often a row or cell is repeated, and how many columns a cell spans.
pub(super) fn times(tag: &Tag<'_>, name: &str) -> usize {
    tag.number(name).unwrap_or(1).clamp(1, COLUMNS as i64) as usize
}

/// Looks through the text.
///
/// # Errors
/// When a limit is passed.
pub(super) fn survey(mut xml: Xml<'_>, styles: &Styles) -> Result<Survey, ImportError> {
    let mut out = Survey::default();
    let mut open: Vec<Shape> = Vec::new();
    let mut heads = false;
    let mut sizes: FxHashMap<u16, usize> = FxHashMap::default();
    let mut style: Option<String> = None;
    let mut spans: Vec<bool> = Vec::new();
    let mut heading = false;
    loop {
        match xml.next()? {
            Node::Open(tag) => match tag.name() {
                (OFFICE, "automatic-styles" | "styles" | "annotation") | (TEXT, "tracked-changes") => {
                    xml.skip()?;
                }
                (TEXT, "soft-page-break") => out.pages = true,
                (TABLE, "table") => open.push(Shape::new(xml.position())),
                (TABLE, "table-header-rows") => heads = true,
                (TABLE, "table-row") => {
                    if let Some(table) = open.last_mut() {
                        table.row();
                        table.header |= heads && table.rows() == 1;
                    }
                }
                (TABLE, "table-cell" | "covered-table-cell") => {
                    if let Some(table) = open.last_mut() {
                        table.cell();
                        table.widen(times(&tag, "number-columns-repeated") - 1);
                    }
                }
                (TEXT, name @ ("p" | "h")) => {
                    style = tag.attr("style-name").map(String::from);
                    heading = name == "h";
                    spans.clear();
                }
                (TEXT, "span") => {
                    let bold = styles.letters(tag.attr("style-name").as_deref()).look.bold;
                    spans.push(bold.or(spans.last().copied()).unwrap_or(false));
                }
                _ => {}
            },
            Node::Close(tag) => match tag.name() {
                (TEXT, "span") => {
                    spans.pop();
                }
                (TABLE, "table-header-rows") => heads = false,
                (TABLE, "table-cell") => {
                    if let Some(table) = open.last_mut() {
                        table.end_cell();
                    }
                }
                (TABLE, "table") => {
                    if let Some(table) = open.pop() {
                        out.tables.insert(table.at, table.table());
                        if let Some(outer) = open.last_mut() {
                            outer.inner(&table);
                        }
                    }
                }
                _ => {}
            },
            Node::Text(text) if !text.trim().is_empty() => {
                let bytes = text.trim().len();
                let paragraph = styles.paragraph(style.as_deref());
                match open.last_mut() {
                    None if paragraph.role == Role::Body && !heading => {
                        *sizes.entry(styles.size(style.as_deref())).or_default() += bytes;
                    }
                    None => {}
                    Some(table) => {
                        let align = match paragraph.align {
                            Some(Align::Right) => ColumnAlign::Right,
                            Some(Align::Center) => ColumnAlign::Center,
                            _ => ColumnAlign::Left,
                        };
                        let bold = spans.last().copied().unwrap_or(false) || paragraph.look.bold == Some(true);
                        table.text(bytes, bold, heading, align);
                    }
                }
            }
            Node::Text(_) => {}
            Node::End => break,
        }
    }
    for table in open {
        out.tables.insert(table.at, table.table());
    }
    let usual = sizes.into_iter().max_by_key(|(size, bytes)| (*bytes, std::cmp::Reverse(*size)));
    out.size = usual.map_or_else(|| styles.size(None), |(size, _)| size).max(1);
    Ok(out)
}
