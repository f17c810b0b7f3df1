//! What a tagged PDF says a line belongs to: the element of its structure tree, boiled down to what pieces need.

use pdfboss_text::{StandardType, TextSpan};

/// The element a line belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tag {
    pub(super) role: Role,
    /// Which element: lines of one belong together, also over a page border. 0 where no paragraph is marked.
    pub(super) element: u32,
    /// How many lists it stands in.
    pub(super) lists: u8,
    /// The table, row and cell it stands in.
    pub(super) cell: Option<Cell>,
    /// It stands in a table of contents.
    pub(super) contents: bool,
}

/// What an element is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Text,
    /// Level from 1; 0 where the tag has none.
    Heading(u8),
    /// The marker of an item.
    Marker,
    /// The text of an item.
    Item,
    Note,
    Quote,
}

/// A place in a table; elements by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) table: u32,
    pub(super) row: u32,
    pub(super) cell: u32,
    pub(super) head: bool,
}

/// The tag of a span; `None` where it has none.
pub(super) fn of(span: &TextSpan) -> Option<Tag> {
    let structure = span.structure.as_ref()?;
    let mut tag = Tag { role: Role::Text, element: 0, lists: 0, cell: None, contents: false };
    let (mut table, mut row, mut refers) = (0, 0, false);
    for element in &structure.path {
        let id = element.object.num;
        match element.standard_type {
            StandardType::L => tag.lists = tag.lists.saturating_add(1),
            StandardType::TOC | StandardType::TOCI | StandardType::Index => {
                tag.contents = true;
                tag.element = id;
            }
            StandardType::Table => table = id,
            StandardType::TR => row = id,
            StandardType::TH | StandardType::TD => {
                tag.cell = Some(Cell { table, row, cell: id, head: element.standard_type == StandardType::TH });
                tag.element = id;
            }
            StandardType::H => tag.heading(0, id),
            StandardType::H1 => tag.heading(1, id),
            StandardType::H2 => tag.heading(2, id),
            StandardType::H3 => tag.heading(3, id),
            StandardType::H4 => tag.heading(4, id),
            StandardType::H5 => tag.heading(5, id),
            StandardType::H6 => tag.heading(6, id),
            StandardType::Reference => refers = true,
            // A number inside a reference to a note is text, not the marker of an item.
            StandardType::Lbl if !refers && tag.lists > 0 && tag.role != Role::Note => {
                (tag.role, tag.element) = (Role::Marker, id);
            }
            StandardType::LBody => (tag.role, tag.element) = (Role::Item, id),
            StandardType::Note => (tag.role, tag.element) = (Role::Note, id),
            StandardType::BlockQuote => (tag.role, tag.element) = (Role::Quote, id),
            StandardType::P | StandardType::Caption | StandardType::LI => tag.element = id,
            _ => {}
        }
    }
    Some(tag)
}

impl Tag {
    fn heading(&mut self, level: u8, element: u32) {
        (self.role, self.element) = (Role::Heading(level), element);
    }
}
