//! Passages that could be put to a knelpunt: the hits of its queries that are not in its dossier yet.

use crate::app::dossier::{Suggested, Wanted};
use crate::knelpunt::suggest::is_known;
use crate::search::{Hit, HitKind, Options, Query, SearchError, Searcher, Sort, Texts};

/// Passages that are shown at most.
const SHOWN: usize = 20;
/// Hits of a query that are looked at: with more, how many there are is not counted to the end.
const LOOKED_AT: usize = 1000;

/// The passages, best first; `None` when called off or the index cannot be read.
pub(super) fn suggest(
    wanted: &Wanted,
    searcher: &Searcher,
    texts: &dyn Texts,
    cancel: &dyn Fn() -> bool,
) -> Option<Suggested> {
    match found(wanted, searcher, texts, cancel) {
        Ok(suggested) => Some(suggested),
        Err(error) => {
            log::debug!("passages for {:?} are not known: {error}", wanted.knelpunt);
            None
        }
    }
}

fn found(
    wanted: &Wanted,
    searcher: &Searcher,
    texts: &dyn Texts,
    cancel: &dyn Fn() -> bool,
) -> Result<Suggested, SearchError> {
    let mut known = wanted.known.clone();
    let mut out = Suggested { knelpunt: wanted.knelpunt.clone(), ..Suggested::default() };
    for query in &wanted.queries {
        let query = Query::parse(query);
        let ask = |limit, snippets| {
            let options = Options { limit, snippets, sort: Sort::Score, ..Options::default() };
            searcher.search(&query, &options, texts, cancel)
        };
        let all = ask(LOOKED_AT, false)?;
        out.more |= all.total > all.hits.len() as u64;
        let mut fresh: Vec<usize> = Vec::new();
        for (rank, hit) in all.hits.iter().enumerate().filter(|(_, h)| h.kind == HitKind::Text) {
            let Some(doc) = hit.doc.filter(|doc| !is_known(&known, *doc, hit.range)) else { continue };
            // what one query finds the next one need not find again
            known.push((doc, hit.range));
            fresh.push(rank);
        }
        out.total += fresh.len();
        fresh.truncate(SHOWN.saturating_sub(out.hits.len()));
        // words are only cut from what is shown
        let Some(last) = fresh.last() else { continue };
        let told = ask(last + 1, true)?;
        let same = |rank: &usize| told.hits.get(*rank).filter(|h| all.hits[*rank].range == h.range);
        out.hits.extend(fresh.iter().filter_map(same).cloned().collect::<Vec<Hit>>());
    }
    Ok(out)
}
