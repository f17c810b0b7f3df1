//! `kantlijn search`: hits, best first; one query, or many from a file.

use super::Done;
use super::args::SearchArgs;
use super::json::{self, V};
use super::out::{Tone, clean, say};
use super::session::{Opened, Session};
use crate::doc::{DocId, Edition, TextRange};
use crate::library::{Cache, Entry};
use crate::runtime::clock::Stopwatch;
use crate::runtime::ledger::Ledger;
use crate::search::{Also, Hit, HitKind, Options, Query, Results, SearchError, Searcher, Sort, Texts};
use anyhow::{Context, bail};
use rustc_hash::FxHashMap;
use serde::Serialize;
use std::path::PathBuf;

mod saved;

/// Hits shown when nothing is said.
const LIMIT: usize = 50;
/// A hit names at most this many lines: more is no longer a place.
const MOST_LINES: u32 = 60;

#[derive(Serialize)]
struct HitLine<'a> {
    v: u32,
    r#type: &'static str,
    query: &'a str,
    id: Option<usize>,
    rank: usize,
    score: f32,
    kind: HitKind,
    note: Option<&'a str>,
    report: &'a str,
    part: u32,
    org: Option<&'a str>,
    year: Option<i32>,
    file: Option<&'a str>,
    path: Option<String>,
    section: &'a [String],
    page: Option<json::Page<'a>>,
    line_from: Option<u32>,
    line_to: Option<u32>,
    why: Vec<&'static str>,
    snippet: &'a str,
    marks: Vec<[usize; 2]>,
    knelpunten: &'a [String],
    also: Vec<AlsoLine<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    saved: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    new: Option<bool>,
}

/// Where else the passage stands.
#[derive(Serialize)]
struct AlsoLine<'a> {
    file: Option<&'a str>,
    line_from: Option<u32>,
    line_to: Option<u32>,
}

#[derive(Serialize)]
struct EndLine<'a> {
    v: u32,
    r#type: &'static str,
    query: &'a str,
    id: Option<usize>,
    total: u64,
    micros: u64,
    understood: String,
    said: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    saved: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    new: Option<u64>,
}

/// What was asked, for the line after its hits.
struct Told<'a> {
    text: &'a str,
    id: Option<usize>,
    /// The saved query it was, and how many of its hits are new.
    saved: Option<(&'a str, u64)>,
    micros: u64,
}

/// The texts of a library, cut from the cache.
struct LibraryTexts<'a> {
    cache: &'a Cache,
    editions: FxHashMap<DocId, Edition>,
}

impl Texts for LibraryTexts<'_> {
    fn text(&self, doc: DocId, range: TextRange) -> Option<String> {
        self.cache.text(*self.editions.get(&doc)?, range)
    }
}

/// What every query of a run needs.
struct Asking<'a> {
    searcher: Searcher,
    texts: LibraryTexts<'a>,
    options: Options,
    entries: FxHashMap<DocId, &'a Entry>,
}

pub fn run(session: &mut Session, args: &SearchArgs) -> anyhow::Result<Done> {
    if args.saved.as_deref().is_some_and(|name| name.trim().is_empty()) {
        if args.new {
            bail!(session.words.t("saved.which"));
        }
        return saved::list(session);
    }
    let mut paths = args.paths.clone();
    if let Some(first) = args.query.as_ref().filter(|_| args.batch.is_some() || args.saved.is_some()) {
        // there is no query on the command line: what stands in its place is a path
        paths.insert(0, PathBuf::from(first));
    }
    let named = args.saved.as_ref().map(|name| saved::named(session, name)).transpose()?;
    let kept = args.save.as_ref().map(|name| saved::save(session, name, args)).transpose()?;
    let queries = match &args.batch {
        Some(batch) => {
            let text = session.read_text(batch)?;
            let numbered = text.lines().map(str::to_owned).zip(1..).map(|(query, line)| (query, Some(line)));
            numbered.filter(|(query, _)| !query.trim().is_empty()).collect()
        }
        None => vec![(args.query.clone().unwrap_or_default(), None)],
    };
    let opened = session.open(&paths)?;
    let searcher = opened.librarian.searcher(&opened.library).with_context(|| session.words.t("cli.no-index"))?;
    let ready = || opened.library.ready().map(|(entry, _)| entry);
    let sort = named.as_ref().and_then(|saved| Sort::parse(&saved.sort));
    let sort = args.sort.map(Sort::from).or(sort).unwrap_or_default();
    let limit = args.limit.unwrap_or(if args.new { usize::MAX } else { LIMIT });
    let mut asking = Asking {
        searcher,
        texts: LibraryTexts {
            cache: &opened.librarian.reader().cache,
            editions: ready().filter_map(|e| Some((e.id, e.edition?))).collect(),
        },
        options: Options { limit, sort, without: args.without.iter().copied().collect(), ..Options::default() },
        entries: ready().map(|e| (e.id, e)).collect(),
    };
    let ledger = Ledger::open(session.dirs.state.as_deref(), &opened.library.id.to_string());
    if let Some(saved) = &named {
        let found = saved::ask(&mut asking, session, &opened, saved, &ledger, args.new)?;
        return Ok(if found { Done::Found } else { Done::Nothing });
    }
    let mut any = kept.is_some();
    if let Some(saved) = &kept {
        saved::begin(&mut asking, session, &opened, saved, &ledger)?;
        say(&session.words.f("saved.kept", &[("name", &saved.name)]));
    }
    for (query, id) in &queries {
        any |= asking.ask(session, &opened, query, *id)?;
    }
    Ok(if any { Done::Found } else { Done::Nothing })
}

impl Asking<'_> {
    /// Answers one query. Whether there were hits.
    fn ask(&mut self, session: &mut Session, opened: &Opened, text: &str, id: Option<usize>) -> anyhow::Result<bool> {
        let watch = Stopwatch::start();
        let query = Query::parse(text);
        let query = if id.is_some() { query.in_text() } else { query }.finished();
        let results = self.mended(session, opened, |asking| {
            asking.searcher.search(&query, &asking.options, &asking.texts, &|| false)
        })?;
        let micros = u64::try_from(watch.elapsed().as_micros()).unwrap_or(u64::MAX);
        for (hit, rank) in results.hits.iter().zip(1..) {
            if session.out.json {
                session.out.object(&self.hit_line(text, id, rank, hit))?;
            } else {
                self.write(session, rank, hit)?;
            }
        }
        self.end(session, &Told { text, id, saved: None, micros }, &query, &results)?;
        Ok(results.total > 0)
    }

    /// Asks the index; where damage shows only now, once more after it has been mended.
    fn mended<T>(
        &mut self,
        session: &mut Session,
        opened: &Opened,
        ask: impl Fn(&Self) -> Result<T, SearchError>,
    ) -> anyhow::Result<T> {
        match ask(self) {
            Err(_) if session.mend(opened) => {
                let again = opened.librarian.searcher(&opened.library);
                self.searcher = again.with_context(|| session.words.t("cli.no-index"))?;
                Ok(ask(self)?)
            }
            done => Ok(done?),
        }
    }

    fn end(&self, session: &mut Session, told: &Told<'_>, query: &Query, results: &Results) -> anyhow::Result<()> {
        let (out, words) = (&mut session.out, &session.words);
        let understood = query.understood(words.lang());
        let mut said: Vec<String> = query.said().iter().chain(&results.said).map(|s| s.text(words.lang())).collect();
        said.extend(results.suggestion.as_ref().map(|other| words.f("search.did-you-mean", &[("query", other)])));
        if out.json {
            let &Told { text, id, saved, micros } = told;
            let (v, r#type, total) = (V, "end", results.total);
            let (saved, new) = (saved.map(|s| s.0), saved.map(|s| s.1));
            out.object(&EndLine { v, r#type, query: text, id, total, micros, understood, said, saved, new })?;
            return Ok(());
        }
        said.iter().for_each(|s| say(s));
        let shown = results.hits.len() as u64;
        let text = match results.total {
            0 => words.f("search.nothing", &[("query", &clean(&understood))]),
            total => {
                let (shown, total, reports) = (words.number(shown), words.number(total), words.number(results.reports));
                words.f("search.shown", &[("shown", &shown), ("total", &total), ("reports", &reports)])
            }
        };
        out.line(&out.paint(Tone::Faint, &text))?;
        Ok(())
    }

    fn hit_line<'a>(&'a self, query: &'a str, id: Option<usize>, rank: usize, hit: &'a Hit) -> HitLine<'a> {
        let entry = hit.doc.and_then(|doc| self.entries.get(&doc).copied());
        HitLine {
            v: V,
            r#type: "hit",
            query,
            id,
            rank,
            score: hit.score,
            kind: hit.kind,
            note: hit.note.as_deref(),
            report: &hit.report,
            part: hit.part + 1,
            org: hit.org.as_deref(),
            year: hit.year,
            file: entry.map(|e| e.file.as_str()),
            path: entry.and_then(json::path),
            section: &hit.section,
            page: hit.page.as_ref().map(json::Page::of),
            line_from: hit.lines.map(|l| l.from),
            line_to: hit.lines.map(|l| l.to.min(l.from + MOST_LINES - 1)),
            why: hit.why.iter().map(|w| w.name()).collect(),
            snippet: &hit.snippet,
            marks: points(&hit.snippet, &hit.marks),
            knelpunten: &hit.knelpunten,
            also: hit.also.iter().map(|a| self.also_line(a)).collect(),
            saved: None,
            new: None,
        }
    }

    fn also_line(&self, also: &Also) -> AlsoLine<'_> {
        AlsoLine {
            file: self.entries.get(&also.doc).map(|e| e.file.as_str()),
            line_from: also.lines.map(|l| l.from),
            line_to: also.lines.map(|l| l.to.min(l.from + MOST_LINES - 1)),
        }
    }

    fn write(&self, session: &mut Session, rank: usize, hit: &Hit) -> anyhow::Result<()> {
        let (out, words) = (&mut session.out, &session.words);
        let entry = hit.doc.and_then(|doc| self.entries.get(&doc).copied());
        let year = hit.year.map(|y| format!(" · {y}")).unwrap_or_default();
        let mut place = entry.map(|e| e.file.clone()).unwrap_or_default();
        if let Some(lines) = hit.lines {
            place.push_str(&format!(":{}", lines.from));
        }
        if let Some(page) = &hit.page {
            let label = page.label.clone().unwrap_or_else(|| page.index.to_string());
            place.push_str(&format!(", {}", words.f("search.page", &[("page", &label)])));
        }
        let sign = if hit.kind == HitKind::Note { "✎ " } else { "" };
        let title = out.paint(Tone::Strong, &format!("{sign}{}{year}", hit.report));
        out.line(&format!("{rank:>3}  {title}  {}", out.paint(Tone::Faint, &place)))?;
        if !hit.section.is_empty() {
            out.line(&format!("     {}", clean(&hit.section.join(" › "))))?;
        }
        let mut text = String::new();
        let mut at = 0;
        for mark in &hit.marks {
            let range = mark.as_usize();
            text.push_str(&clean(hit.snippet.get(at..range.start).unwrap_or("")));
            text.push_str(&out.paint(Tone::Mark, hit.snippet.get(range.clone()).unwrap_or("")));
            at = range.end;
        }
        text.push_str(&clean(hit.snippet.get(at..).unwrap_or("")));
        out.line(&format!("     {text}"))?;
        if !hit.also.is_empty() {
            let places: Vec<String> = hit.also.iter().map(|a| self.also_line(a).text()).collect();
            let text = words.f("search.also-in", &[("places", &clean(&places.join(" · ")))]);
            out.line(&format!("     {}", out.paint(Tone::Faint, &text)))?;
        }
        Ok(())
    }
}

impl AlsoLine<'_> {
    fn text(&self) -> String {
        let file = self.file.unwrap_or_default();
        self.line_from.map_or_else(|| file.to_owned(), |line| format!("{file}:{line}"))
    }
}

/// Byte ranges as code points, end exclusive.
fn points(text: &str, marks: &[TextRange]) -> Vec<[usize; 2]> {
    let mut out = Vec::with_capacity(marks.len());
    let (mut byte, mut point) = (0, 0);
    let mut to = |target: usize| {
        point += text.get(byte..target).map_or(0, |t| t.chars().count());
        byte = target;
        point
    };
    for mark in marks {
        let start = to(mark.start as usize);
        out.push([start, to(mark.end as usize)]);
    }
    out
}
