//! Keeps the library and its index up to date, and tells the screens how far it is. The only one who writes the index.

use super::Event;
use super::clock::Stopwatch;
use super::librarian::{Librarian, Step};
use super::searcher;
use super::watcher;
use super::worker::{Worker, drain};
use crate::app::{FoundRow, Msg, Notice, Progress};
use crate::doc::{DocId, Edition, TextRange};
use crate::knelpunt::{Certainty, Found};
use crate::library::Library;
use crate::search::{Anew, Texts};
use crate::words::Words;
use rustc_hash::FxHashMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, RwLock};
use std::time::Duration;

/// The screens hear of progress at most this often: more would be work for nobody's eyes.
const TELL_EVERY: Duration = Duration::from_millis(150);
/// Programs write a file in several steps: changes are looked at when it has been quiet for so long.
const QUIET: Duration = Duration::from_millis(250);

/// What the indexer is asked for.
#[derive(Debug)]
pub(super) enum Job {
    /// Look for changed files, and at the notes.
    Look,
    /// A search failed: look whether the index is damaged, and make it anew then.
    Mend,
    /// Try this password on a file.
    Unlock(DocId, String),
    /// The system says that files have changed, notes among them or not.
    Changed {
        /// The files.
        paths: Vec<PathBuf>,
        /// Files of notes.
        notes: bool,
    },
    /// Somebody has committed to the index on disk.
    Committed,
    /// Have changes told to this from now on.
    Watch(Sender<Job>),
    /// End: the watcher holds a way here of its own, so the queue never ends by itself.
    End,
}

/// Where snippets of hits are cut from: the texts kept in the cache.
pub(super) struct LibraryTexts {
    librarian: Arc<Librarian>,
    editions: RwLock<FxHashMap<DocId, Edition>>,
}

impl LibraryTexts {
    /// The texts of a library.
    pub(super) fn new(librarian: &Arc<Librarian>, library: &Library) -> Arc<LibraryTexts> {
        let texts = LibraryTexts { librarian: librarian.clone(), editions: RwLock::default() };
        texts.know(library);
        Arc::new(texts)
    }

    fn know(&self, library: &Library) {
        let known = library.entries.iter().filter_map(|e| Some((e.id, e.edition?))).collect();
        if let Ok(mut editions) = self.editions.write() {
            *editions = known;
        }
    }
}

impl Texts for LibraryTexts {
    fn text(&self, doc: DocId, range: TextRange) -> Option<String> {
        let edition = *self.editions.read().ok()?.get(&doc)?;
        self.librarian.reader().cache.text(edition, range)
    }
}

/// What knelpunten were found in: edition and corrections of a document.
type State = (Option<Edition>, u64);

/// The indexer at work, without its thread: also what tests use.
pub(super) struct Core {
    pub(super) librarian: Arc<Librarian>,
    pub(super) library: Library,
    pub(super) texts: Arc<LibraryTexts>,
    words: Words,
    /// The knelpunten of each document, and in which state of it.
    found: FxHashMap<DocId, (State, Vec<Found>)>,
    /// What was last said to be wrong with index or cache: said once.
    trouble: Option<String>,
    /// Why the index was last said to be made anew, and whether another answers meanwhile.
    anew: Option<(Anew, bool)>,
}

impl Core {
    pub(super) fn new(librarian: Arc<Librarian>, library: Library, texts: Arc<LibraryTexts>, words: Words) -> Core {
        Core { librarian, library, texts, words, found: FxHashMap::default(), trouble: None, anew: None }
    }

    /// Brings everything up to date, or `only` these files. `tell` hears what the screens should know, `searchable` what
    /// can be searched.
    pub(super) fn update(
        &mut self,
        only: Option<&[PathBuf]>,
        cancel: &AtomicBool,
        tell: &mut dyn FnMut(Msg),
        searchable: &mut dyn FnMut(searcher::Job),
    ) {
        let librarian = self.librarian.clone();
        let texts = self.texts.clone();
        let mut watch: Option<Stopwatch> = None;
        let mut commits = librarian.commits();
        if let Some((why, other)) = librarian.anew(&self.library).filter(|why| self.anew.replace(*why) != Some(*why)) {
            let key = match (why, other) {
                (Anew::Version, true) => "notice.anew-beside",
                (Anew::Version, false) => "notice.anew-version",
                (Anew::Damage, _) => "notice.anew-damage",
            };
            tell(Msg::Notice(Notice::warning(self.words.t(key))));
        }
        let mut hear = |step: Step, library: &Library| {
            // what is committed on the way can be searched already
            if std::mem::replace(&mut commits, librarian.commits()) != librarian.commits() {
                texts.know(library);
                if let Some(searcher) = librarian.searcher(library) {
                    searchable(searcher::Job::Use(searcher));
                    tell(Msg::IndexChanged);
                }
            }
            let working = step.total > 0 && step.done < step.total;
            if !working || watch.is_some_and(|w| w.elapsed() < TELL_EVERY) {
                return;
            }
            watch = Some(Stopwatch::start());
            texts.know(library);
            tell(Msg::Shelf(Arc::new(library.entries.clone())));
            tell(Msg::Progress(Some(Progress { done: step.done, total: step.total })));
        };
        let updated = match only {
            Some(paths) => librarian.update_changed(&mut self.library, paths, cancel, &mut hear),
            None => librarian.update(&mut self.library, cancel, &mut hear),
        };
        self.texts.know(&self.library);
        if let Some(searcher) = self.librarian.searcher(&self.library) {
            searchable(searcher::Job::Use(searcher));
        }
        tell(Msg::Shelf(Arc::new(self.library.entries.clone())));
        tell(Msg::FoundAll(Arc::new(self.found_all())));
        tell(Msg::Located(self.librarian.located(&self.library)));
        tell(Msg::Progress(None));
        tell(Msg::IndexChanged);
        let trouble = updated.trouble.or_else(|| self.librarian.reader().cache.trouble().map(str::to_owned));
        if trouble != self.trouble {
            if let Some(reason) = &trouble {
                tell(Msg::Notice(Notice::warning(self.words.f("notice.in-memory", &[("reason", reason)]))));
            }
            self.trouble = trouble;
        }
        if updated.cancelled {
            tell(Msg::Notice(Notice::warning(self.words.t("notice.cancelled"))));
        }
    }

    /// The knelpunten found in the whole library, without loading a document.
    fn found_all(&mut self) -> Vec<FoundRow> {
        let mut rows = Vec::new();
        let mut before = std::mem::take(&mut self.found);
        for (entry, summary) in self.library.ready() {
            // of what has not changed it need not be read again
            let state = (entry.edition, summary.corrections);
            let known = before.remove(&entry.id).filter(|(of, _)| *of == state).map(|(_, found)| found);
            let found = known.unwrap_or_else(|| {
                let mut found = self.librarian.found(entry).unwrap_or_default();
                found.retain(|f| f.certainty != Certainty::Mention);
                found
            });
            for one in &found {
                let part = summary.parts.get(one.part.0 as usize);
                rows.push(FoundRow {
                    doc: entry.id,
                    report: part.map(|p| p.title.clone()).filter(|t| !t.is_empty()).unwrap_or(entry.file.clone()),
                    org: part.and_then(|p| p.org.clone()),
                    year: part.and_then(|p| p.year),
                    found: one.clone(),
                });
            }
            self.found.insert(entry.id, (state, found));
        }
        rows
    }

    /// The files and folders to be watched: the library's own, and the notes.
    fn watched(&self) -> Vec<PathBuf> {
        let sources = self.librarian.sources();
        let others = sources.others.iter().map(|o| &o.folder);
        sources.paths.iter().chain(&sources.data).chain(others).filter(|p| p.exists()).cloned().collect()
    }

    /// Where notes are.
    fn notes(&self) -> watcher::Notes {
        let sources = self.librarian.sources();
        watcher::Notes { data: sources.data.clone(), others: sources.others.iter().map(|o| o.folder.clone()).collect() }
    }
}

/// The indexer and the way to call it off.
pub(super) struct Indexer {
    worker: Worker<Job>,
    cancel: Arc<AtomicBool>,
}

impl Indexer {
    /// Starts the indexer; it begins with bringing everything up to date.
    pub(super) fn start(
        inbox: Sender<Event>,
        mut core: Core,
        searcher: Sender<searcher::Job>,
    ) -> std::io::Result<Indexer> {
        let cancel = Arc::new(AtomicBool::new(false));
        let called_off = cancel.clone();
        let worker = Worker::start("indexer", inbox, move |jobs, inbox| {
            let mut tell = |msg: Msg| drop(inbox.send(Event::Msg(msg)));
            let mut searchable = |job: searcher::Job| drop(searcher.send(job));
            // what the index holds from the last time can be searched before anything is looked at
            if let Some(found) = core.librarian.searcher(&core.library) {
                searchable(searcher::Job::Use(found));
                tell(Msg::IndexChanged);
            }
            let (mut watcher, mut watched, mut way) = (None, Vec::new(), None);
            while let Some(batch) = drain(jobs) {
                let (mut look, mut changed, mut notes_too, mut committed) = (false, Vec::new(), false, false);
                for job in batch {
                    match job {
                        Job::Look => look = true,
                        Job::Mend => look |= core.librarian.mend(),
                        Job::Unlock(id, password) => {
                            core.librarian.set_password(id, password);
                            look = true;
                        }
                        Job::Changed { paths, notes } => {
                            changed.extend(paths);
                            notes_too |= notes;
                        }
                        Job::Committed => committed = true,
                        Job::Watch(me) => {
                            let index = core.librarian.index_folder(&core.library).filter(|f| f.exists());
                            watched = core.watched();
                            watcher = watcher::watch(&watched, core.notes(), index, me.clone());
                            way = Some(me);
                        }
                        Job::End => return,
                    }
                }
                if !changed.is_empty() && !look {
                    // several steps of one change become one look
                    while let Ok(job) = jobs.recv_timeout(QUIET) {
                        match job {
                            Job::End => return,
                            Job::Changed { paths, notes } => {
                                changed.extend(paths);
                                notes_too |= notes;
                            }
                            Job::Unlock(id, password) => {
                                core.librarian.set_password(id, password);
                                look = true;
                            }
                            Job::Mend => look |= core.librarian.mend(),
                            Job::Look => look = true,
                            Job::Watch(_) | Job::Committed => {}
                        }
                    }
                    if notes_too {
                        let _ = inbox.send(Event::NotesChanged(changed.clone()));
                    }
                    log::info!("files have changed; watched: {}", watcher.is_some());
                }
                if committed
                    && core.librarian.catch_up()
                    && let Some(found) = core.librarian.searcher(&core.library)
                {
                    searchable(searcher::Job::Use(found));
                    tell(Msg::IndexChanged);
                }
                changed.sort_unstable();
                changed.dedup();
                if look || !changed.is_empty() {
                    let only = (!look && !notes_too).then_some(changed);
                    core.update(only.as_deref(), &called_off, &mut tell, &mut searchable);
                    // a first note makes the data folder
                    if core.watched() != watched
                        && let Some(me) = way.take()
                    {
                        let _ = me.clone().send(Job::Watch(me));
                    }
                }
            }
        })?;
        worker.give(Job::Look);
        worker.give(Job::Watch(worker.sender()));
        Ok(Indexer { worker, cancel })
    }

    /// Gives the indexer a job; what was called off before begins anew.
    pub(super) fn give(&self, job: Job) {
        self.cancel.store(false, Ordering::Relaxed);
        self.worker.give(job);
    }

    /// Calls off what the indexer is doing; what has been read stays.
    pub(super) fn cancel(&self) {
        self.cancel.store(true, Ordering::Relaxed);
    }

    pub(super) fn sender(&self) -> Sender<Job> {
        self.worker.sender()
    }

    /// Lets the indexer end where it is.
    pub(super) fn finish(self, patience: Option<Duration>) {
        self.cancel();
        self.worker.give(Job::End);
        self.worker.finish(patience);
    }
}
