//! The bookmarks of a PDF: its outline beside the text.

use super::file::{Counted, File};
use crate::import::ImportError;
use crate::import::clean::push_safe;
use crate::import::draft::Bookmark;
use pdfboss_core::{DestinationPage, Immediate, ObjRef, OutlineItem, block_on, outline_with};
use rustc_hash::FxHashMap;

/// Reads the bookmarks, in order. The crate bounds their number and depth and breaks their cycles.
pub(super) fn read(file: &File<'_>) -> Result<Vec<Bookmark>, ImportError> {
    let source = Counted::new(file);
    let items = block_on(outline_with(&Immediate(&source), &file.doc.xref().trailer));
    source.failed()?;
    if items.is_empty() {
        return Ok(Vec::new());
    }
    let count = file.doc.flattened_page_count();
    let mut pages: FxHashMap<ObjRef, u32> = FxHashMap::default();
    for index in 0..count {
        if let Some(object) = file.doc.page(index).ok().and_then(|p| p.object_ref()) {
            pages.entry(object).or_insert(index as u32 + 1);
        }
    }
    let mut out = Vec::new();
    let mut stack: Vec<(std::slice::Iter<'_, OutlineItem>, u8)> = vec![(items.iter(), 1)];
    while let Some((level_items, level)) = stack.last_mut() {
        let level = *level;
        let Some(item) = level_items.next() else {
            stack.pop();
            continue;
        };
        let page = item.destination.as_ref().and_then(|d| match d.page {
            DestinationPage::Object(object) => pages.get(&object).copied(),
            DestinationPage::Number(number) => number.checked_add(1).filter(|n| *n as usize <= count),
        });
        let mut title = String::new();
        push_safe(&mut title, &item.title);
        let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
        if !title.is_empty() {
            out.push(Bookmark { title, level, page });
        }
        if !item.children.is_empty() {
            stack.push((item.children.iter(), level.saturating_add(1)));
        }
    }
    Ok(out)
}
