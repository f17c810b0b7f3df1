//! Web pages to pieces: `parse` (source to tape, with the tokenizer of a browser and a stack of our own) → `article` (what
//! is text and what the site puts around it) → `notes` (footnotes) → `write` (tape to pieces). The pages of books go the
//! same way.

mod article;
mod book;
mod inline;
mod marker;
mod meta;
mod notes;
mod parse;
mod sniff;
mod table;
mod tags;
mod tape;
mod words;
mod write;

#[cfg(test)]
mod tests;

use super::ImportError;
use super::clean::Source;
use super::draft::Draft;
use super::reader::{Job, Reader};
use super::scribe::Scribe;
use article::Verdict;
pub(super) use book::{Book, Contents, Entry, resolve};
use rustc_hash::FxHashMap;
pub(super) use sniff::declared;
use std::borrow::Cow;
use tags::Tag;
use tape::Tape;
use write::{Plan, Writer};

/// Whether a text is a web page.
pub(super) fn is_html(source: &Source) -> bool {
    sniff::is_html(source)
}

/// The reader of web pages.
pub(super) struct Html;

impl Reader for Html {
    fn read(&self, job: &Job<'_>) -> Result<Draft, ImportError> {
        let source = job.source;
        let preamble = sniff::preamble(source);
        let mut scribe = Scribe::new(job.budget.limits.max_depth);
        for index in preamble.front.clone() {
            if let Some((key, value)) = source.line(index).split_once(':') {
                scribe.meta(key, value.trim().trim_matches(['"', '\'']));
            }
        }
        let text = &source.text[preamble.end..];
        // Pages with front matter are made by a site's generator; its own commands are no text.
        let text = if preamble.front.is_empty() { Cow::Borrowed(text) } else { without_commands(text) };
        let first = source.index_at(preamble.end);
        let tape = parse::parse(source, first, &text, &job.budget, preamble.xml)?;
        meta::write(&tape, &mut scribe);
        let mut verdicts = article::judge(&tape, false);
        let notes = notes::Notes::find(&tape, &mut verdicts);
        job.budget.time()?;
        let plan = Plan { levels: title_first(&tape, &verdicts, &scribe), lines: true, ..Plan::default() };
        Writer::new(&tape, &mut scribe, &job.budget, &verdicts, notes, plan).page()?;
        Ok(scribe.finish())
    }
}

/// A page whose first heading is its title, and stands above all others, has it as its first level, whatever its element.
fn title_first(tape: &Tape, verdicts: &[Verdict], scribe: &Scribe) -> FxHashMap<u32, u8> {
    let mut out = FxHashMap::default();
    let mut first: Option<(u32, u8)> = None;
    let mut at = 0;
    while at < tape.len() {
        if verdicts[at as usize] != Verdict::Keep {
            at = tape.after(at);
            continue;
        }
        if let Some(level) = tape.tag(at).and_then(Tag::level) {
            match first {
                None => first = Some((at, level)),
                Some((_, top)) if level <= top => return out,
                Some(_) => {}
            }
        }
        at += 1;
    }
    let title = scribe.draft.meta.iter().find(|(key, _)| key == "title").map(|(_, title)| title.as_str());
    if let (Some((at, _)), Some(title)) = (first, title)
        && book::alike(&tape.words(at, 300), title)
    {
        out.insert(at, 1);
    }
    out
}

/// A page without the commands of a template language (`{% … %}`, `{{ … }}`); line ends in them stay.
fn without_commands(text: &str) -> Cow<'_, str> {
    if !text.contains("{%") && !text.contains("{{") {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr::memmem::find(rest.as_bytes(), b"{").filter(|_| !rest.is_empty()) {
        let close = match rest.as_bytes().get(at + 1) {
            Some(b'%') => "%}",
            Some(b'{') => "}}",
            _ => "",
        };
        // Commands are short: one that never ends is none.
        let end = (!close.is_empty())
            .then(|| memchr::memmem::find(&rest.as_bytes()[at..rest.len().min(at + 4096)], close.as_bytes()))
            .flatten();
        out.push_str(&rest[..at]);
        match end {
            Some(end) => {
                let command = &rest[at..at + end + 2];
                out.extend(command.chars().filter(|c| *c == '\n'));
                rest = &rest[at + end + 2..];
            }
            None => {
                out.push('{');
                rest = &rest[at + 1..];
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}
