//! PDF to pieces: glyphs to lines, lines to paragraphs, headings, items, tables and notes; what comes back on every page
//! taken out; pages, bookmarks and properties kept.
//!
//! `file` (opening, limits) → `lines` (what is set on one baseline) → `furniture` (heads, feet, page numbers) → `blocks`
//! (what belongs together, and what it is) → `write` (pieces). Whether a line with the shape of a heading is one,
//! `structure` decides. Knows no report; nothing here but `file`, `lines`, `tags`, `outline` and `info` knows the crates.

mod blocks;
mod columns;
mod file;
mod furniture;
mod glyphs;
mod habits;
mod info;
mod lines;
mod marker;
mod markers;
mod notes;
mod outline;
mod tables;
mod tags;
mod write;

use super::ImportError;
use super::broken::Words;
use super::draft::Draft;
use super::reader::{Job, Reader};

/// The reader of PDF files.
pub(super) struct Pdf;

impl Reader for Pdf {
    fn read(&self, job: &Job<'_>) -> Result<Draft, ImportError> {
        let file = file::File::open(job)?;
        let mut draft = Draft::default();
        let mut pages = file.pages(&mut draft)?;
        if pages.iter().all(|p| p.lines.is_empty()) {
            return Err(ImportError::NoTextLayer { pages: pages.len() as u32 });
        }
        job.budget.time()?;
        let habits = habits::Habits::of(&pages);
        furniture::take_out(&mut pages, &habits, &mut draft);
        file.label(&mut pages);
        let habits = habits::Habits::of(&pages);
        let blocks = blocks::blocks(&pages, &habits);
        job.budget.time()?;
        write::write(
            &pages,
            &blocks,
            &habits,
            &Words::of(|| pages.iter().flat_map(|p| &p.lines).map(|l| l.text.as_str())),
            &mut draft,
        );
        draft.meta = info::read(&file);
        draft.bookmarks = outline::read(&file)?;
        Ok(draft)
    }
}
