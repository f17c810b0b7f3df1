//! Which hits of a saved query have been seen: a small file a library and query in the state folder, which may be lost.
//!
//! A hit is known by its words and its report, not by its place: a report that is indexed anew, moved or shifted has the
//! same hits. The screens and the command line are told apart: what one has shown is still new to the other.

use crate::lang::fold;
use crate::notes::queries::{SavedQuery, same_name};
use crate::search::{Hit, HitKind, Options, Query, SearchError, Searcher, Sort, Texts};
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// A query with more hits than this is too wide for telling which are new.
pub const MOST: usize = 20_000;
/// Prints kept for hits that are not there at the moment: a report may come back.
const KEPT: usize = 2 * MOST;

/// What a hit is known by.
pub type Print = u64;

/// Who has seen a hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// The reader, in the screens.
    Screens,
    /// Whoever asks `search --saved NAME --new`.
    Command,
}

/// What is remembered of one saved query in one library.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Page {
    name: String,
    /// A query that has become another one begins anew.
    query: String,
    screens: Option<Vec<Print>>,
    command: Option<Vec<Print>>,
}

impl Page {
    fn of(&mut self, who: Who) -> &mut Option<Vec<Print>> {
        match who {
            Who::Screens => &mut self.screens,
            Who::Command => &mut self.command,
        }
    }
}

/// The hits of a saved query at this moment.
pub struct Harvest {
    /// The hits, without snippets, each with its print.
    pub hits: Vec<(Hit, Print)>,
    /// There are more than can be told apart ([`MOST`]).
    pub too_many: bool,
}

impl Harvest {
    /// Asks a saved query.
    ///
    /// # Errors
    /// When it is called off (`stale`), or the index cannot be read.
    pub fn gather(
        searcher: &Searcher,
        saved: &SavedQuery,
        sort: Sort,
        texts: &dyn Texts,
        stale: &dyn Fn() -> bool,
    ) -> Result<Harvest, SearchError> {
        let options = Options { limit: MOST, sort, snippets: false, ..Options::default() };
        let results = searcher.search(&Query::parse(&saved.query), &options, texts, stale)?;
        let too_many = results.total > MOST as u64;
        let mut hits = Vec::with_capacity(results.hits.len());
        for hit in results.hits {
            if stale() {
                return Err(SearchError::Cancelled);
            }
            let print = print(&hit, texts);
            hits.push((hit, print));
        }
        Ok(Harvest { hits, too_many })
    }

    /// Those that are not among the prints.
    #[must_use]
    pub fn new_to(&self, seen: Option<&FxHashSet<Print>>) -> Vec<&Hit> {
        let new = |p: &Print| seen.is_none_or(|seen| !seen.contains(p));
        self.hits.iter().filter(|(_, p)| new(p)).map(|(hit, _)| hit).collect()
    }
}

/// The ledger of one library.
pub struct Ledger {
    folder: Option<PathBuf>,
}

impl Ledger {
    /// The ledger of the library of this id; without a state folder nothing can be remembered.
    #[must_use]
    pub fn open(state: Option<&Path>, library: &str) -> Ledger {
        Ledger { folder: state.map(|s| s.join("searches").join(library)) }
    }

    /// What somebody has seen of a saved query; `None` when it was never asked, or was another query.
    #[must_use]
    pub fn seen(&self, saved: &SavedQuery, who: Who) -> Option<FxHashSet<Print>> {
        self.page(saved).of(who).take().map(|prints| prints.into_iter().collect())
    }

    /// Remembers that these were seen, besides those seen before.
    ///
    /// # Errors
    /// When the file can't be written; then they are new once more.
    pub fn keep(&self, saved: &SavedQuery, who: &[Who], prints: &[Print]) -> io::Result<()> {
        let file = self.file(&saved.name).ok_or_else(|| io::Error::other("there is no folder for it"))?;
        let mut page = self.page(saved);
        (page.name, page.query) = (saved.name.clone(), saved.query.clone());
        for who in who {
            let now: FxHashSet<Print> = prints.iter().copied().collect();
            let list = page.of(*who).get_or_insert_default();
            // the latest last, so that what is let go is what has not been there for long
            list.retain(|p| !now.contains(p));
            let mut new: Vec<Print> = now.into_iter().collect();
            new.sort_unstable();
            list.extend(new);
            let surplus = list.len().saturating_sub(KEPT);
            list.drain(..surplus);
        }
        let folder = file.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder)?;
        let mut temp = tempfile::NamedTempFile::new_in(folder)?;
        serde_json::to_writer(&mut temp, &page)?;
        temp.persist(&file)?;
        Ok(())
    }

    /// What is remembered of a query: under its name, or under the name it had before.
    fn page(&self, saved: &SavedQuery) -> Page {
        let read = |file: &Path| -> Option<Page> {
            let page: Page = serde_json::from_slice(&fs::read(file).ok()?).ok()?;
            (page.query.trim() == saved.query.trim()).then_some(page)
        };
        let own = self.file(&saved.name).and_then(|f| read(&f)).filter(|p| same_name(&p.name, &saved.name));
        let under_another_name = || {
            let mut files: Vec<PathBuf> =
                fs::read_dir(self.folder.as_ref()?).ok()?.filter_map(|e| Some(e.ok()?.path())).collect();
            files.sort();
            files.iter().find_map(|f| read(f))
        };
        own.or_else(under_another_name).unwrap_or_default()
    }

    fn file(&self, name: &str) -> Option<PathBuf> {
        let hash = blake3::hash(name.trim().to_lowercase().as_bytes()).to_hex();
        Some(self.folder.as_ref()?.join(format!("{}.json", &hash[..16])))
    }
}

/// What a hit is known by: a note by its id; a passage by its words, without case, accents and signs and without the
/// headings it begins with, in the report of this title and year.
fn print(hit: &Hit, texts: &dyn Texts) -> Print {
    let mut hasher = blake3::Hasher::new();
    let mut feed = |words: &[String]| {
        for word in words {
            hasher.update(word.as_bytes());
            hasher.update(b" ");
        }
        hasher.update(b"\n");
    };
    match (hit.kind, &hit.note, hit.doc) {
        (HitKind::Note, Some(id), _) => feed(&words(id)),
        (_, _, doc) => {
            let report = words(&hit.report);
            feed(&report);
            feed(&hit.year.map(|y| y.to_string()).into_iter().collect::<Vec<_>>());
            match doc.and_then(|doc| texts.text(doc, hit.range)).map(|text| words(&text)) {
                Some(all) => {
                    let mut rest = all.as_slice();
                    for label in std::iter::once(report).chain(hit.section.iter().map(|s| words(s))) {
                        rest = rest.strip_prefix(label.as_slice()).unwrap_or(rest);
                    }
                    feed(if rest.is_empty() { &all } else { rest });
                }
                // the text is not to be had: its place must do
                None => feed(&[hit.section.join(" "), hit.range.start.to_string()]),
            }
        }
    }
    let bytes = *hasher.finalize().as_bytes();
    u64::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5], bytes[6], bytes[7]])
}

fn words(text: &str) -> Vec<String> {
    fold(text).split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests;
