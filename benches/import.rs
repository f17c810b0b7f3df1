//! Reading files of each format, against the bare crate that does the groundwork, over the same bytes in turn.
//!
//! `KANTLIJN_BENCH_DOCUMENTS` names a folder of documents of any format; without it only made-up Markdown is read. Only the
//! ratios count; each figure is the median over the rounds.
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

mod common;

use kantlijn::import::{Limits, read};
use std::collections::BTreeMap;
use std::hint::black_box;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

const ROUNDS: usize = 5;

/// A format: how its files are called, and what the bare crate makes of one; how many pages or other units it saw.
struct Bare {
    extension: &'static str,
    with: &'static str,
    run: fn(&[u8]) -> usize,
}

const BARE: &[Bare] = &[
    Bare { extension: "pdf", with: "pdfboss-output, text of every page", run: pdf },
    Bare { extension: "docx", with: "zip and quick-xml, every event of the same entries", run: office },
    Bare { extension: "odt", with: "zip and quick-xml, every event of the same entries", run: office },
    Bare { extension: "md", with: "pulldown-cmark, every event", run: markdown },
    // text without marks must be read as fast as Markdown: the same yardstick
    Bare { extension: "txt", with: "pulldown-cmark, every event", run: markdown },
    Bare { extension: "html", with: "html5ever, every token", run: html },
    Bare { extension: "epub", with: "zip and html5ever, every token of its pages", run: epub },
];

fn pdf(bytes: &[u8]) -> usize {
    use pdfboss_output::{FontCache, ReadingOrder, extract_text_reporting_cached};
    let Ok(doc) = pdfboss_core::Document::load(bytes.to_vec()) else { return 0 };
    let fonts = FontCache::default();
    let count = doc.flattened_page_count();
    for index in 0..count {
        if let Ok(page) = doc.page(index) {
            black_box(extract_text_reporting_cached(&doc, &page, &fonts, ReadingOrder::Content).ok());
        }
    }
    count
}

/// The XML that a reader of word processor files needs, unpacked and read once; how many events there were.
fn office(bytes: &[u8]) -> usize {
    let Ok(mut archive) = zip::ZipArchive::new(std::io::Cursor::new(bytes)) else { return 0 };
    let wanted =
        ["document.xml", "styles.xml", "numbering.xml", "footnotes.xml", "endnotes.xml", "content.xml", "meta.xml"];
    let mut events = 0;
    for index in 0..archive.len() {
        let Ok(mut entry) = archive.by_index(index) else { continue };
        let wanted = entry.name().is_ok_and(|name| wanted.iter().any(|w| name.ends_with(w)));
        let mut text = String::new();
        if !wanted || entry.read_to_string(&mut text).is_err() {
            continue;
        }
        let mut reader = quick_xml::Reader::from_str(&text);
        while let Ok(event) = reader.read_event() {
            if let quick_xml::events::Event::Eof = event {
                break;
            }
            black_box(&event);
            events += 1;
        }
    }
    events
}

fn markdown(bytes: &[u8]) -> usize {
    let text = String::from_utf8_lossy(bytes);
    black_box(pulldown_cmark::Parser::new_ext(&text, pulldown_cmark::Options::all()).count());
    text.lines().count()
}

/// Counts tokens and does nothing with them.
struct Count(std::cell::Cell<usize>);

impl html5ever::tokenizer::TokenSink for Count {
    type Handle = ();

    fn process_token(&self, token: html5ever::tokenizer::Token, _: u64) -> html5ever::tokenizer::TokenSinkResult<()> {
        black_box(token);
        self.0.set(self.0.get() + 1);
        html5ever::tokenizer::TokenSinkResult::Continue
    }
}

fn html(bytes: &[u8]) -> usize {
    use html5ever::tokenizer::{BufferQueue, Tokenizer, TokenizerOpts};
    let text = String::from_utf8_lossy(bytes);
    let tokenizer = Tokenizer::new(Count(std::cell::Cell::new(0)), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(html5ever::tendril::StrTendril::from_slice(&text));
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    black_box(tokenizer.sink.0.get());
    text.lines().count()
}

fn epub(bytes: &[u8]) -> usize {
    let Ok(mut archive) = zip::ZipArchive::new(std::io::Cursor::new(bytes)) else { return 0 };
    let mut lines = 0;
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        if entry.name().unwrap().ends_with("html") {
            let mut page = Vec::new();
            entry.read_to_end(&mut page).unwrap();
            lines += html(&page);
        }
    }
    lines
}

fn main() {
    let mut files: BTreeMap<&str, Vec<Vec<u8>>> = BTreeMap::new();
    match std::env::var_os("KANTLIJN_BENCH_DOCUMENTS") {
        Some(folder) => collect(Path::new(&folder), &mut files),
        None => {
            files.insert("md", common::Corpus::open().texts());
        }
    }
    for bare in BARE {
        let Some(files) = files.get(bare.extension) else { continue };
        let bytes: usize = files.iter().map(Vec::len).sum();
        let (mut ours, mut theirs, mut units) = (Vec::new(), Vec::new(), 0);
        for _ in 0..ROUNDS {
            theirs.push(timed(|| units = files.iter().map(|f| (bare.run)(f)).sum()));
            ours.push(timed(|| files.iter().for_each(|f| drop(black_box(read(f, &Limits::default()))))));
        }
        let (ours, theirs) = (median(&mut ours), median(&mut theirs));
        println!(
            "{:4} {} files, {} kB, {units} pages or lines: read {:.1} ms ({:.0} a second), {} {:.1} ms ({:.0} a second), ratio {:.2}",
            bare.extension,
            files.len(),
            bytes / 1000,
            ours.as_secs_f64() * 1000.0,
            units as f64 / ours.as_secs_f64(),
            bare.with,
            theirs.as_secs_f64() * 1000.0,
            units as f64 / theirs.as_secs_f64(),
            theirs.as_secs_f64() / ours.as_secs_f64(),
        );
    }
}

fn collect(folder: &Path, out: &mut BTreeMap<&str, Vec<Vec<u8>>>) {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        let kind = BARE.iter().find(|b| path.extension().is_some_and(|e| e.eq_ignore_ascii_case(b.extension)));
        match kind {
            _ if path.is_dir() => collect(&path, out),
            Some(bare) => out.entry(bare.extension).or_default().push(std::fs::read(&path).unwrap()),
            None => {}
        }
    }
}

fn timed(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort();
    times[times.len() / 2]
}
