//! `kantlijn search --saved`: saved queries listed, asked, and asked for what is new since the last time.

use super::Asking;
use crate::cli::Done;
use crate::cli::args::SearchArgs;
use crate::cli::json::V;
use crate::cli::out::{Tone, clean, say};
use crate::cli::session::{Opened, Session};
use crate::notes::history::History;
use crate::notes::queries::{self, SavedQuery, same_name};
use crate::runtime::clock::{Clock, Stopwatch};
use crate::runtime::ledger::{Harvest, Ledger, MOST, Print, Who};
use crate::search::{Options, Query, Sort};
use anyhow::{Context, bail};
use serde::Serialize;

#[derive(Serialize)]
struct SavedLine<'a> {
    v: u32,
    r#type: &'static str,
    name: &'a str,
    query: &'a str,
    sort: &'static str,
    created: Option<String>,
}

/// `--saved` without a name: all of them.
pub(super) fn list(session: &mut Session) -> anyhow::Result<Done> {
    let all = queries::load(&session.store()?)?;
    let out = &mut session.out;
    for saved in &all {
        let sort = Sort::parse(&saved.sort).unwrap_or_default().name();
        if out.json {
            let created = saved.created.map(|c| c.to_string());
            out.object(&SavedLine { v: V, r#type: "saved", name: &saved.name, query: &saved.query, sort, created })?;
        } else {
            let name = out.paint(Tone::Strong, &saved.name);
            out.line(&format!("{name}  {}", clean(&saved.query)))?;
        }
    }
    if all.is_empty() && !out.json {
        say(session.words.t("saved.none"));
    }
    Ok(if all.is_empty() { Done::Nothing } else { Done::Found })
}

/// The saved query of a name.
pub(super) fn named(session: &Session, name: &str) -> anyhow::Result<SavedQuery> {
    let all = queries::load(&session.store()?)?;
    let names: Vec<_> = all.iter().map(|q| q.name.clone()).collect();
    let found = all.into_iter().find(|q| same_name(&q.name, name));
    found.with_context(|| {
        let known = if names.is_empty() { "–".to_owned() } else { names.join(", ") };
        session.words.f("saved.unknown", &[("name", &name), ("known", &known)])
    })
}

/// `--save`: keeps the query under a name, undoably.
pub(super) fn save(session: &Session, name: &str, args: &SearchArgs) -> anyhow::Result<SavedQuery> {
    let sort = args.sort.map(Sort::from).filter(|s| *s != Sort::default());
    let saved = SavedQuery {
        name: name.trim().to_owned(),
        query: args.query.clone().unwrap_or_default().trim().to_owned(),
        sort: sort.map(|s| s.name().to_owned()).unwrap_or_default(),
        created: Some(Clock::System.timestamp()),
    };
    let store = session.store()?;
    History::open(&store)
        .act(&store, "save-query", |store| queries::save(store, &saved).map_err(anyhow::Error::from))?;
    Ok(saved)
}

/// From now on only other hits than those of this moment are new.
pub(super) fn begin(
    asking: &mut Asking<'_>,
    session: &mut Session,
    opened: &Opened,
    saved: &SavedQuery,
    ledger: &Ledger,
) -> anyhow::Result<()> {
    let harvest = gather(asking, session, opened, saved)?;
    let prints: Vec<Print> = harvest.hits.iter().map(|(_, p)| *p).collect();
    remember(session, saved, ledger, &[Who::Screens, Who::Command], &prints);
    Ok(())
}

/// Asks a saved query. Whether there were hits, or new ones when only these are asked for.
pub(super) fn ask(
    asking: &mut Asking<'_>,
    session: &mut Session,
    opened: &Opened,
    saved: &SavedQuery,
    ledger: &Ledger,
    only_new: bool,
) -> anyhow::Result<bool> {
    let watch = Stopwatch::start();
    let options = asking.options;
    let harvest = gather(asking, session, opened, saved)?;
    if only_new && harvest.too_many {
        bail!(
            session.words.f("saved.too-many", &[("name", &saved.name), ("most", &session.words.number(MOST as u64))])
        );
    }
    let seen = ledger.seen(saved, Who::Command);
    let is_new = |print: &Print| seen.as_ref().is_none_or(|seen| !seen.contains(print));
    let new: Vec<bool> = harvest.hits.iter().map(|(_, print)| is_new(print)).collect();
    let wanted = (0..new.len()).filter(|at| !only_new || new[*at]).take(options.limit);
    let shown: Vec<usize> = wanted.collect();
    // only what is shown needs its words
    let query = Query::parse(&saved.query);
    let limit = shown.last().map_or(0, |last| last + 1);
    let mut results = asking.searcher.search(&query, &Options { limit, ..options }, &asking.texts, &|| false)?;
    let micros = u64::try_from(watch.elapsed().as_micros()).unwrap_or(u64::MAX);
    let count = new.iter().filter(|n| **n).count() as u64;
    for (at, rank) in shown.iter().zip(1..) {
        let Some(hit) = results.hits.get(*at) else { continue };
        if session.out.json {
            let line = asking.hit_line(&saved.query, None, rank, hit);
            session.out.object(&super::HitLine { saved: Some(&saved.name), new: Some(new[*at]), ..line })?;
        } else {
            asking.write(session, rank, hit)?;
        }
    }
    let all = results.total;
    results.hits.truncate(shown.len());
    if only_new {
        results.total = count;
        let mut reports: Vec<_> = shown_reports(&harvest, &new).collect();
        reports.sort_unstable();
        reports.dedup();
        results.reports = reports.len() as u64;
    }
    // whoever is told by mail of what is new wants no mail when nothing is
    if session.out.json || !only_new || count > 0 {
        asking.end(
            session,
            &super::Told { text: &saved.query, id: None, saved: Some((&saved.name, count)), micros },
            &query,
            &results,
        )?;
    } else {
        log::info!("{}: nothing new among {all}", saved.name);
    }
    // told is what has got out
    session.out.flush()?;
    if only_new {
        let told = shown.iter().map(|at| harvest.hits[*at].1);
        let known = harvest.hits.iter().zip(&new).filter(|(_, new)| !**new).map(|((_, print), _)| *print);
        let prints: Vec<Print> = known.chain(told).collect();
        remember(session, saved, ledger, &[Who::Command], &prints);
    }
    Ok(if only_new { count > 0 } else { all > 0 })
}

fn gather(
    asking: &mut Asking<'_>,
    session: &mut Session,
    opened: &Opened,
    saved: &SavedQuery,
) -> anyhow::Result<Harvest> {
    let sort = asking.options.sort;
    asking.mended(session, opened, |asking| Harvest::gather(&asking.searcher, saved, sort, &asking.texts, &|| false))
}

fn shown_reports<'a>(harvest: &'a Harvest, new: &'a [bool]) -> impl Iterator<Item = (Option<u64>, u32)> + 'a {
    let new_ones = harvest.hits.iter().zip(new).filter(|(_, new)| **new);
    new_ones.map(|((hit, _), _)| (hit.doc.map(|d| d.0), hit.part))
}

fn remember(session: &Session, saved: &SavedQuery, ledger: &Ledger, who: &[Who], prints: &[Print]) {
    if let Err(error) = ledger.keep(saved, who, prints) {
        say(&session.words.f("saved.not-remembered", &[("name", &saved.name), ("reason", &error)]));
    }
}
