//! `kantlijn index`: bring the index up to date, and say what it holds.

use super::Done;
use super::args::IndexArgs;
use super::json::V;
use super::out::clean;
use super::session::Session;
use crate::runtime::clock::Stopwatch;
use serde::Serialize;
use std::fs;
use std::path::Path;

#[derive(Serialize)]
struct Stats<'a> {
    v: u32,
    r#type: &'static str,
    documents: usize,
    parts: usize,
    passages: u64,
    bytes_text: u64,
    bytes_index: Option<u64>,
    seconds: f64,
    failed: Vec<Failed<'a>>,
}

#[derive(Serialize)]
struct Failed<'a> {
    file: &'a str,
    reason: &'a str,
}

pub fn run(session: &mut Session, args: &IndexArgs) -> anyhow::Result<Done> {
    let watch = Stopwatch::start();
    let opened = session.open_anew(&args.paths, args.rebuild)?;
    let seconds = watch.elapsed().as_secs_f64();
    let library = &opened.library;
    let folder = opened.librarian.index_folder(library);
    let stats = Stats {
        v: V,
        r#type: "stats",
        documents: library.ready().count(),
        parts: library.ready().map(|(_, summary)| summary.parts.len()).sum(),
        passages: opened.librarian.searcher(library).map_or(0, |s| s.passages()),
        bytes_text: library.ready().map(|(_, summary)| u64::from(summary.bytes)).sum(),
        bytes_index: folder.as_deref().map(size_of),
        seconds,
        failed: library.failed().map(|(e, f)| Failed { file: &e.file, reason: &f.reason }).collect(),
    };
    let (out, words) = (&mut session.out, &session.words);
    if out.json {
        out.object(&stats)?;
    } else {
        out.line(&words.n("count.documents", stats.documents as u64))?;
    }
    if !args.stats || out.json {
        return Ok(Done::Found);
    }
    out.line(&words.n("count.parts", stats.parts as u64))?;
    out.line(&words.n("count.passages", stats.passages))?;
    out.line(&words.f("index.text", &[("size", &size(stats.bytes_text))]))?;
    if let Some(bytes) = stats.bytes_index {
        out.line(&words.f("index.size", &[("size", &size(bytes))]))?;
    }
    out.line(&words.f("index.seconds", &[("seconds", &format!("{seconds:.2}"))]))?;
    for failed in &stats.failed {
        out.line(&words.f("cli.not-read", &[("file", &clean(failed.file)), ("reason", &clean(failed.reason))]))?;
    }
    Ok(Done::Found)
}

fn size(bytes: u64) -> String {
    match bytes {
        0..=9_999 => format!("{bytes} B"),
        10_000..=9_999_999 => format!("{} kB", bytes / 1000),
        _ => format!("{} MB", bytes / 1_000_000),
    }
}

/// Bytes of all files below a folder.
fn size_of(folder: &Path) -> u64 {
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    files
        .filter_map(|file| {
            let meta = file.metadata().ok()?;
            Some(if meta.is_dir() { size_of(&file.path()) } else { meta.len() })
        })
        .sum()
}
