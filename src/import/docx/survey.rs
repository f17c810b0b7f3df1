//! A first look through the text: what its tables are made of, whether it knows its pages, which style is that of running
//! text. The second look needs to know it before it comes there.

use super::WORD;
use super::props::{self, Align};
use super::styles::Styles;
use crate::doc::ColumnAlign;
use crate::import::ImportError;
use crate::import::office::{COLUMNS, Role, Shape, Table};
use crate::import::xml::{Node, Xml};
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

/// Looks through the text.
///
/// # Errors
/// When a limit is passed.
pub(super) fn survey(mut xml: Xml<'_>, styles: &Styles) -> Result<Survey, ImportError> {
    let mut out = Survey::default();
    let mut open: Vec<Shape> = Vec::new();
    let mut sizes: FxHashMap<u16, usize> = FxHashMap::default();
    let (mut style, mut size, mut align): (Option<String>, u16, _) = (None, styles.size(None), None);
    let (mut bold, mut own_size, mut in_text) = (false, None, false);
    loop {
        match xml.next()? {
            Node::Open(tag) => match tag.name() {
                (WORD, "lastRenderedPageBreak") => out.pages = true,
                (WORD, "tbl") => open.push(Shape::new(xml.position())),
                (WORD, "tr") => {
                    if let Some(table) = open.last_mut() {
                        table.row();
                    }
                }
                (WORD, "tblHeader") => {
                    if let Some(table) = open.last_mut().filter(|t| t.rows() == 1) {
                        table.header |= props::on(&tag);
                    }
                }
                (WORD, "tblStyle") => {
                    if let Some(table) = open.last_mut() {
                        table.style_heads = tag.attr("val").is_some_and(|v| styles.get(Some(&v)).heads);
                    }
                }
                (WORD, "tblLook") => {
                    if let Some(table) = open.last_mut() {
                        let bits = tag.attr("val").and_then(|v| u32::from_str_radix(&v, 16).ok());
                        let first = tag.attr("firstRow").map(|v| v != "0" && v != "false");
                        table.style_heads &= first.or_else(|| bits.map(|b| b & 0x20 != 0)).unwrap_or(false);
                    }
                }
                (WORD, "tc") => {
                    if let Some(table) = open.last_mut() {
                        table.cell();
                    }
                }
                (WORD, "gridSpan") => {
                    if let Some(table) = open.last_mut() {
                        table.widen(tag.number("val").unwrap_or(1).clamp(1, COLUMNS as i64) as usize - 1);
                    }
                }
                (WORD, "p") => (style, size, align) = (None, styles.size(None), None),
                (WORD, "pPr") => {
                    let props = props::paragraph(&mut xml)?;
                    size = styles.size(props.style.as_deref());
                    align = props.align.or(styles.get(props.style.as_deref()).para.align);
                    style = props.style;
                }
                (WORD, "r") => {
                    let inherited = &styles.get(style.as_deref()).para.run;
                    (bold, own_size) = (inherited.bold.unwrap_or(false), None);
                }
                (WORD, "rPr") => {
                    let run = props::run(&mut xml)?;
                    let named = styles.run(run.style.as_deref());
                    bold = run.bold.or(named.and_then(|r| r.bold)).unwrap_or(bold);
                    own_size = run.size.or(named.and_then(|r| r.size));
                }
                (WORD, "t") => in_text = true,
                _ => {}
            },
            Node::Text(text) if in_text && !text.trim().is_empty() => {
                let bytes = text.trim().len();
                let role = styles.get(style.as_deref()).role;
                match open.last_mut() {
                    None if role == Role::Body => *sizes.entry(own_size.unwrap_or(size)).or_default() += bytes,
                    None => {}
                    Some(table) => {
                        let align = match align {
                            Some(Align::Right) => ColumnAlign::Right,
                            Some(Align::Center) => ColumnAlign::Center,
                            _ => ColumnAlign::Left,
                        };
                        table.text(bytes, bold, matches!(role, Role::Heading(_)), align);
                    }
                }
            }
            Node::Text(_) => {}
            Node::Close(tag) => match tag.name() {
                (WORD, "t") => in_text = false,
                (WORD, "tc") => {
                    if let Some(table) = open.last_mut() {
                        table.end_cell();
                    }
                }
                (WORD, "tbl") => {
                    if let Some(table) = open.pop() {
                        out.tables.insert(table.at, table.table());
                        // What lies in an inner table lies in the cell of the outer one.
                        if let Some(outer) = open.last_mut() {
                            outer.inner(&table);
                        }
                    }
                }
                _ => {}
            },
            Node::End => break,
        }
    }
    for table in open {
        out.tables.insert(table.at, table.table());
    }
    let usual = sizes.into_iter().max_by_key(|(size, bytes)| (*bytes, std::cmp::Reverse(*size)));
    out.size = usual.map_or_else(|| styles.size(None), |(size, _)| size);
    Ok(out)
}
