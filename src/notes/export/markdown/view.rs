//! What a template can name. Everything is text, numbers and lists; words of closed sets are the English ones of files, so
//! that a template says them in its own language. Titles are on one line.
//!
//! | name | holds |
//! |---|---|
//! | `title`, `date`, `lang` | the title of the export; the day it is made (empty when not said); `nl` or `en` |
//! | `total` | how many notes there are |
//! | `notes` | all notes, by report and place |
//! | `reports` | `key title org year file notes`: the reports, each with its notes |
//! | `knelpunten` | the knelpunten of the export, each after the one it is part of: `id title depth description synonyms color made parent status history first last orgs total found groups own` |
//! | `history` | `status date source`, oldest first |
//! | `found` | sections that reports present as this knelpunt: `title report org year citation asks` |
//! | `groups` | notes put to it by organisation and year: `org years`, each year `year notes` |
//! | `own` | notes on the knelpunt itself |
//! | `sources` | entries of the list of sources |
//! | a note | `id kind quote found body label report org year section sections page citation state tags status knelpunten color created modified file`; `found` is what stands there now when that is something else; `knelpunten` are `id title` |

use super::super::citation::{self, Cited, Style};
use super::super::{Bundle, Code, Item, Settings};
use crate::doc::Lang;
use crate::notes::TargetKind;
use crate::notes::anchor::State;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Serialize)]
pub(super) struct View {
    title: String,
    date: String,
    lang: &'static str,
    total: usize,
    notes: Vec<Note>,
    reports: Vec<Report>,
    knelpunten: Vec<Knelpunt>,
    sources: Vec<String>,
}

#[derive(Clone, Serialize)]
struct Note {
    id: String,
    kind: &'static str,
    quote: String,
    found: String,
    body: String,
    /// Whose it is, when it isn't the reader's own.
    owner: String,
    label: String,
    report: String,
    org: String,
    year: Option<i32>,
    section: String,
    sections: Vec<String>,
    page: String,
    citation: String,
    state: &'static str,
    tags: Vec<String>,
    status: &'static str,
    knelpunten: Vec<Named>,
    color: &'static str,
    created: String,
    modified: String,
    file: String,
}

#[derive(Clone, Serialize)]
struct Named {
    id: String,
    title: String,
}

#[derive(Serialize)]
struct Report {
    key: String,
    title: String,
    org: String,
    year: Option<i32>,
    file: String,
    notes: Vec<Note>,
}

#[derive(Serialize)]
struct Knelpunt {
    id: String,
    title: String,
    depth: usize,
    description: String,
    synonyms: Vec<String>,
    color: &'static str,
    made: bool,
    parent: String,
    status: &'static str,
    history: Vec<Said>,
    first: Option<i32>,
    last: Option<i32>,
    orgs: Vec<String>,
    total: usize,
    found: Vec<Found>,
    groups: Vec<Group>,
    own: Vec<Note>,
}

#[derive(Serialize)]
struct Said {
    status: &'static str,
    date: String,
    source: String,
}

#[derive(Serialize)]
struct Found {
    title: String,
    report: String,
    org: String,
    year: Option<i32>,
    citation: String,
    asks: Vec<String>,
}

#[derive(Serialize)]
struct Group {
    org: String,
    years: Vec<Year>,
}

#[derive(Serialize)]
struct Year {
    year: Option<i32>,
    notes: Vec<Note>,
}

impl View {
    pub(super) fn of(bundle: &Bundle, settings: &Settings, style: Style) -> View {
        let lang = settings.lang;
        let titles: FxHashMap<&str, &str> = bundle.codes.iter().map(|c| (c.id.as_str(), c.title.as_str())).collect();
        let notes: Vec<Note> = bundle
            .items
            .iter()
            .map(|item| Note {
                owner: bundle.owner(&item.note.id).map(citation::line).unwrap_or_default(),
                ..note(item, &titles, style, lang)
            })
            .collect();
        let sources = citation::cited_reports(bundle).iter().map(|c| c.entry(style, lang)).collect();
        View {
            title: citation::line(&settings.title),
            date: settings.date.map(|d| d.to_string()).unwrap_or_default(),
            lang: match lang {
                Lang::Nl => "nl",
                Lang::En => "en",
            },
            total: notes.len(),
            reports: reports(bundle, &notes),
            knelpunten: knelpunten(bundle, &notes, style, lang),
            notes,
            sources,
        }
    }
}

fn note(item: &Item, titles: &FxHashMap<&str, &str>, style: Style, lang: Lang) -> Note {
    let Item { note, at } = item;
    let cited = Cited::at(note, at);
    let quote = note.target.quote().map(|q| harmless(&q.exact)).unwrap_or_default();
    let now = at.place.as_ref().filter(|_| note.target.quote().is_some()).map(|p| harmless(&p.text));
    let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let id_of = match &note.target.kind {
        TargetKind::Knelpunt(id) => Some(id),
        _ => None,
    };
    let title = |id: &String| citation::line(titles.get(id.as_str()).copied().unwrap_or(id));
    let on_report = note.target.report.is_some();
    Note {
        id: note.id.to_string(),
        kind: note.kind.name(),
        found: now.filter(|n| squeezed(n) != squeezed(&quote)).unwrap_or_default(),
        quote,
        owner: String::new(),
        body: note.body.replace("\r\n", "\n").trim_matches('\n').to_owned(),
        label: match &note.target.kind {
            TargetKind::Report => citation::line(&at.report),
            TargetKind::Knelpunt(id) if titles.contains_key(id.as_str()) => title(id),
            _ => at.section.last().map(|s| citation::line(s)).unwrap_or_default(),
        },
        report: if on_report { cited.title.clone() } else { String::new() },
        org: cited.org.clone().unwrap_or_default(),
        year: at.year,
        section: cited.section.last().cloned().unwrap_or_default(),
        sections: cited.section.clone(),
        page: cited.page_text(lang).unwrap_or_default(),
        citation: if on_report { cited.source(style, lang) } else { String::new() },
        state: at.state.name(),
        tags: note.tags.iter().map(|t| citation::line(t)).collect(),
        status: note.status.map_or("", crate::notes::Status::name),
        knelpunten: note
            .knelpunten
            .iter()
            .chain(id_of.filter(|id| !note.knelpunten.contains(id)))
            .map(|id| Named { id: id.clone(), title: title(id) })
            .collect(),
        color: note.color.map_or("", crate::notes::Color::name),
        created: day(note.created),
        modified: day(note.modified),
        file: citation::line(&at.file),
    }
}

/// Text as a report has it, without characters that a program might obey.
fn harmless(text: &str) -> String {
    text.lines().map(citation::line).collect::<Vec<_>>().join("\n").trim().to_owned()
}

fn day(time: jiff::Timestamp) -> String {
    time.to_zoned(jiff::tz::TimeZone::UTC).date().to_string()
}

/// The reports, in the order of the notes.
fn reports(bundle: &Bundle, notes: &[Note]) -> Vec<Report> {
    let mut out: Vec<Report> = Vec::new();
    for (item, note) in bundle.items.iter().zip(notes).filter(|(i, _)| i.note.target.report.is_some()) {
        let same =
            |r: &&mut Report| (&r.title, &r.org, r.year, &r.file) == (&note.report, &note.org, note.year, &note.file);
        match out.last_mut().filter(same) {
            Some(report) => report.notes.push(note.clone()),
            None => out.push(Report {
                // stays the same when the file moves
                key: key(
                    &[&note.org, &note.report, &note.year.map(|y| y.to_string()).unwrap_or_default()],
                    item.at.part.0,
                ),
                title: note.report.clone(),
                org: note.org.clone(),
                year: note.year,
                file: note.file.clone(),
                notes: vec![note.clone()],
            }),
        }
    }
    // the same report in two files
    let mut seen: FxHashMap<String, usize> = FxHashMap::default();
    for report in &mut out {
        let times = seen.entry(report.key.clone()).or_default();
        *times += 1;
        if *times > 1 {
            report.key = format!("{}-{times}", report.key);
        }
    }
    out
}

fn key(words: &[&str], part: u32) -> String {
    let mut hash = blake3::Hasher::new();
    for word in words {
        hash.update(word.to_lowercase().as_bytes()).update(&[0]);
    }
    hash.update(&part.to_le_bytes());
    hash.finalize().to_hex()[..12].to_owned()
}

fn knelpunten(bundle: &Bundle, notes: &[Note], style: Style, lang: Lang) -> Vec<Knelpunt> {
    let codes = &bundle.codes;
    let brought: FxHashSet<&str> =
        codes.iter().filter(|c| c.made).flat_map(|c| c.includes.iter().map(String::as_str)).collect();
    let is_root = |c: &&Code| match &bundle.about {
        Some(id) => c.id == *id,
        None => c.parent.as_ref().is_none_or(|p| !codes.iter().any(|c| c.id == *p)) && !brought.contains(c.id.as_str()),
    };
    let mut out = Vec::new();
    for root in codes.iter().filter(is_root) {
        put(root, 0, bundle, notes, style, lang, &mut out);
    }
    out
}

fn put(code: &Code, depth: usize, bundle: &Bundle, notes: &[Note], style: Style, lang: Lang, out: &mut Vec<Knelpunt>) {
    // parents come before children and each child once, so this ends
    let belongs = |note: &&Note| note.knelpunten.iter().any(|k| k.id == code.id || code.includes.contains(&k.id));
    let mine: Vec<&Note> = notes.iter().filter(belongs).collect();
    let found: Vec<Found> = bundle
        .found
        .iter()
        .filter(|f| f.made == code.id)
        .map(|f| {
            let cited = Cited {
                title: citation::line(&f.report),
                org: f.org.as_deref().map(citation::line),
                year: f.year,
                // its title says which section it is
                section: Vec::new(),
                page: f.page.clone(),
                quote: None,
            };
            Found {
                title: citation::line(&f.title),
                citation: cited.source(style, lang),
                report: cited.title.clone(),
                org: cited.org.clone().unwrap_or_default(),
                year: f.year,
                asks: f.asks.iter().map(|a| citation::line(a)).collect(),
            }
        })
        .collect();
    let mut groups: BTreeMap<String, BTreeMap<i32, Vec<Note>>> = BTreeMap::new();
    for note in mine.iter().filter(|n| !n.report.is_empty()) {
        // the latest year first, without a year last
        let at = note.year.map_or(i32::MAX, |y| -y);
        groups.entry(note.org.clone()).or_default().entry(at).or_default().push((*note).clone());
    }
    let at = out.len();
    let sure = |n: &&&Note| [State::Exact, State::Moved].map(State::name).contains(&n.state);
    let years = mine.iter().filter(sure).map(|n| n.year).chain(found.iter().map(|f| f.year)).flatten();
    let years: BTreeSet<i32> = years.collect();
    let orgs = mine.iter().map(|n| n.org.clone()).chain(found.iter().map(|f| f.org.clone())).filter(|o| !o.is_empty());
    out.push(Knelpunt {
        id: code.id.clone(),
        title: citation::line(&code.title),
        depth,
        description: code.description.replace("\r\n", "\n").trim().to_owned(),
        synonyms: code.synonyms.iter().map(|s| citation::line(s)).collect(),
        color: code.color.map_or("", crate::notes::Color::name),
        made: code.made,
        parent: code.parent.clone().unwrap_or_default(),
        status: code.status.map_or("", crate::notes::Status::name),
        history: code
            .history
            .iter()
            .map(|s| Said {
                status: s.status.name(),
                date: s.date.map(|d| d.to_string()).unwrap_or_default(),
                source: s.source.as_deref().map(citation::line).unwrap_or_default(),
            })
            .collect(),
        first: years.first().copied(),
        last: years.last().copied(),
        orgs: orgs.collect::<BTreeSet<_>>().into_iter().collect(),
        total: mine.len(),
        found,
        groups: groups
            .into_iter()
            .map(|(org, years)| Group {
                org,
                years: years
                    .into_iter()
                    .map(|(at, notes)| Year { year: (at != i32::MAX).then_some(-at), notes })
                    .collect(),
            })
            .collect(),
        own: mine.iter().filter(|n| n.report.is_empty()).map(|n| (*n).clone()).collect(),
    });
    for child in bundle.codes.iter().filter(|c| c.parent.as_ref() == Some(&code.id) && c.id != code.id) {
        put(child, depth + 1, bundle, notes, style, lang, out);
    }
    // what belongs to its children belongs to it
    let below: Vec<(Option<i32>, Option<i32>, Vec<String>)> =
        out[at + 1..].iter().map(|k| (k.first, k.last, k.orgs.clone())).collect();
    let (orgs, years): (Vec<_>, Vec<_>) = below.into_iter().map(|(f, l, o)| (o, [f, l])).unzip();
    let own = &mut out[at];
    let all: BTreeSet<i32> = years.into_iter().flatten().chain([own.first, own.last]).flatten().collect();
    (own.first, own.last) = (all.first().copied(), all.last().copied());
    own.orgs = own.orgs.drain(..).chain(orgs.into_iter().flatten()).collect::<BTreeSet<_>>().into_iter().collect();
}
