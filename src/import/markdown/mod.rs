//! Markdown to pieces: the flat events of the parser, and what converters write beside the standard.

mod html;
mod prepare;
mod reader;

use super::ImportError;
use super::clean::Source;
use super::draft::Draft;
use super::reader::{Job, Reader};
use pulldown_cmark::{Options, Parser};

/// Whether a text is Markdown, by the marks in it: one stray `#` is none, headings, emphasis, links and tables together are.
pub(super) fn is_markdown(source: &Source) -> bool {
    let (mut headings, mut others, mut lines) = (0_usize, 0_usize, 0_usize);
    for index in 0..source.lines.len().min(20_000) {
        let line = source.line(index);
        let trimmed = line.trim_start();
        if trimmed.is_empty() {
            continue;
        }
        lines += 1;
        let hashes = trimmed.bytes().take_while(|b| *b == b'#').count();
        let marked = (1..=6).contains(&hashes) && trimmed[hashes..].trim_start().starts_with(char::is_alphanumeric);
        headings +=
            usize::from(marked && (hashes > 1 || trimmed[hashes..].starts_with(' ')) && line.len() - trimmed.len() < 4);
        let paired = |mark: &str| trimmed.matches(mark).take(2).count() == 2;
        let table = trimmed.starts_with('|') && trimmed.trim_end().ends_with('|') && trimmed.len() > 2;
        others += usize::from(
            paired("**")
                || paired("__")
                || trimmed.contains("](")
                || table
                || trimmed.starts_with("```")
                || trimmed.starts_with("> ")
                || trimmed.contains("</")
                || (trimmed.starts_with("[^") && trimmed.contains("]:")),
        );
    }
    let front =
        lines > 2 && source.line(0) == "---" && (1..source.lines.len().min(60)).any(|i| source.line(i) == "---");
    front
        || headings >= 3
        || (headings >= 1 && headings + others >= 3)
        || (headings >= 1 && lines <= 20 && headings * 4 >= lines)
        || others * 8 > lines.max(24)
}

/// The reader of Markdown.
pub(super) struct Markdown;

impl Reader for Markdown {
    fn read(&self, job: &Job<'_>) -> Result<Draft, ImportError> {
        let depth = job.budget.limits.max_depth;
        let prepared = prepare::prepare(job.source, depth);
        let source = prepared.as_ref().unwrap_or(job.source);
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
        let mut reader = reader::Reader::new(source, depth);
        for (event, range) in Parser::new_ext(&source.text, options).into_offset_iter() {
            job.budget.node()?;
            reader.event(event, range);
        }
        Ok(reader.finish())
    }
}
