//! Bringing a library up to date: scan, read on all cores, summarise, index, remember. The commands and the screens'
//! indexer both do it through here.

mod correcting;
mod indexing;
mod notes;
mod standing;

use super::importer::{Places, Spending};
use crate::config;
use crate::doc::{Document, Edition};
use crate::import;
use crate::knelpunt::{Certainty, Found, Own, Rules, detect};
use crate::library::{
    Cache, Change, DocId, Entry, Failure, KnelpuntCounts, Library, Place, Read, Reader, Scan, ScanOptions, Summary,
    demo, look, plan, scan,
};
use crate::notes::outlines::Outlines;
use crate::notes::store::{OthersNotes, Store};
use crate::search::Anew;
use indexing::{Indexing, Known};
use rustc_hash::FxHashMap;
use standing::Standing;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, mpsc};
use std::thread;

/// Threads beside those that read at once, for files that turn out slow: so many of those hold up nobody else.
const SPARE: usize = 8;

/// The name under which found knelpunten are kept with a document.
const FOUND: &str = "knelpunten";

/// What a library is made of.
#[derive(Clone, Debug)]
pub struct Sources {
    /// Files and folders.
    pub paths: Vec<PathBuf>,
    /// The content of standard input, when it is a document.
    pub input: Option<Arc<[u8]>>,
    /// Whether the demonstration reports are in it.
    pub demo: bool,
    /// What is taken from folders.
    pub options: ScanOptions,
    /// The folder of notes and of the register of knelpunten, if there is one.
    pub data: Option<PathBuf>,
    /// Notes of others, laid over the reader's own.
    pub others: Vec<OthersNotes>,
    /// What a file may cost.
    pub limits: config::Limits,
    /// The password for files that are protected with one.
    pub password: Option<String>,
    /// The reader's own patterns for knelpunten, on top of the program's rules.
    pub knelpunten: Own,
}

/// How far an update is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Step {
    /// Files done.
    pub done: u64,
    /// Files to do.
    pub total: u64,
}

/// What an update has done.
#[derive(Clone, Debug, PartialEq)]
pub struct Updated {
    /// Whether anything in the library is other than before.
    pub changed: bool,
    /// Whether it was called off before the end; what was read stays.
    pub cancelled: bool,
    /// Why the index could not be kept on disk and is in memory, all of it or what is new.
    pub trouble: Option<String>,
    /// Why the index was made anew, if it was.
    pub anew: Option<Anew>,
}

/// Knows one library and brings it up to date.
pub struct Librarian {
    sources: Sources,
    /// The folder of notes; whoever reads or writes them goes through this one or a copy, so that each file is read once.
    store: Option<Store>,
    reader: Arc<Reader>,
    spending: Spending,
    /// Passwords given for single files; never kept anywhere else.
    passwords: Mutex<FxHashMap<DocId, String>>,
    cache: Option<PathBuf>,
    /// Made when they are first needed: that takes milliseconds, and the first frame comes before.
    rules: OnceLock<Rules>,
    /// Stands for the rules.
    rules_stamp: u32,
    /// The search indexes, once they are open.
    standing: Mutex<Option<Standing>>,
    /// What the one on disk held at the end of the last update.
    known: Mutex<Option<Known>>,
    /// How often something became searchable.
    commits: AtomicU64,
    /// The reader's corrections of headings, as they were when they were last looked at.
    outlines: Mutex<Arc<Outlines>>,
    /// The notes and how they stand, as of the last update.
    noted: Mutex<Option<Arc<notes::Noted>>>,
    /// What notes were found in each document.
    places: Mutex<FxHashMap<DocId, super::locator::Kept>>,
}

/// What is looked at in an update.
enum Look {
    /// Everything.
    All,
    /// Everything, and the index is written anew.
    Rebuild,
    /// Only what these changes are of.
    These(Vec<Change>),
}

/// What a worker gives back of one file.
type Outcome = Result<(Summary, Read), (Failure, Option<Edition>)>;

impl Librarian {
    /// A librarian for this library, with its cache in this folder (or in memory). Touches no disk.
    #[must_use]
    pub fn new(sources: Sources, cache: Option<&Path>) -> Librarian {
        let reader = Reader {
            cache: Cache::new(cache, import::VERSION),
            max_bytes: sources.options.max_bytes,
            input: sources.input.clone(),
        };
        let rules_stamp = Rules::stamp(&sources.knelpunten);
        let cache = cache.map(Path::to_owned);
        let spending = Spending::new(&sources.limits);
        let store = sources.data.as_deref().map(|data| Store::open(data).with_others(&sources.others));
        Librarian {
            sources,
            store,
            spending,
            passwords: Mutex::default(),
            reader: Arc::new(reader),
            cache,
            rules: OnceLock::new(),
            rules_stamp,
            standing: Mutex::default(),
            known: Mutex::default(),
            commits: AtomicU64::new(0),
            outlines: Mutex::default(),
            noted: Mutex::default(),
            places: Mutex::default(),
        }
    }

    /// The folder of notes, if there is one.
    #[must_use]
    pub fn store(&self) -> Option<&Store> {
        self.store.as_ref()
    }

    /// What the library is made of.
    #[must_use]
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// What reads and keeps documents.
    #[must_use]
    pub fn reader(&self) -> &Arc<Reader> {
        &self.reader
    }

    /// The library as it was known at the last update; empty at the first.
    #[must_use]
    pub fn known(&self) -> Library {
        let library = self.named();
        self.cache.as_deref().and_then(|cache| library.load(cache, self.stamp())).unwrap_or(library)
    }

    /// The library by name only, without entries.
    pub(super) fn named(&self) -> Library {
        match self.sources.demo {
            true => Library::named("demo"),
            false => Library::new(&self.sources.paths, self.sources.input.as_deref()),
        }
    }

    /// Brings the library up to date. `tell` hears after every file, with the library as far as it is known by then;
    /// `cancel` is looked at between files.
    pub fn update(&self, library: &mut Library, cancel: &AtomicBool, tell: &mut dyn FnMut(Step, &Library)) -> Updated {
        self.bring_up(library, Look::All, cancel, tell)
    }

    /// The same after these files are said to have changed: only they are looked at, if that can be.
    pub fn update_changed(
        &self,
        library: &mut Library,
        paths: &[PathBuf],
        cancel: &AtomicBool,
        tell: &mut dyn FnMut(Step, &Library),
    ) -> Updated {
        let changes = look(paths, library, self.sources.options.max_bytes);
        self.bring_up(library, changes.map_or(Look::All, Look::These), cancel, tell)
    }

    /// The same, and the index is written anew whatever it holds.
    pub fn rebuild(&self, library: &mut Library, cancel: &AtomicBool, tell: &mut dyn FnMut(Step, &Library)) -> Updated {
        self.bring_up(library, Look::Rebuild, cancel, tell)
    }

    fn bring_up(
        &self,
        library: &mut Library,
        what: Look,
        cancel: &AtomicBool,
        tell: &mut dyn FnMut(Step, &Library),
    ) -> Updated {
        let rebuild = matches!(what, Look::Rebuild);
        self.forget_notes();
        let (mut changed, mut todo);
        let all = match what {
            Look::These(changes) => {
                changed = !changes.is_empty();
                todo = library.apply(&Scan::default(), &changes);
                false
            }
            Look::All | Look::Rebuild => {
                let found = scan(&self.sources.paths, &self.sources.options);
                let changes = plan(&found, library);
                changed = !changes.is_empty();
                todo = library.apply(&found, &changes);
                todo.extend(self.add_memory(library));
                todo.extend(self.unlockable(library));
                todo.extend(self.corrected_since(library, &todo));
                true
            }
        };
        let mut index = match Indexing::open(self, library, rebuild) {
            Ok(index) => index,
            Err(error) => return Updated { changed, cancelled: false, trouble: Some(error.to_string()), anew: None },
        };
        if all {
            todo.extend(index.missing(library, &todo));
        }
        index.expect(todo.len(), !all);
        let anew = index.anew();
        let mut step = Step { done: 0, total: todo.len() as u64 };
        tell(step, library);
        let entries: Vec<Entry> = todo.iter().filter_map(|id| library.entry(*id).cloned()).collect();
        self.read_all(&entries, cancel, &mut |id, outcome| {
            if let (Ok((_, read)), Some(entry)) = (&outcome, library.entry(id)) {
                index.add_read(entry, &read.document);
            }
            library.settle(id, outcome);
            changed = true;
            step.done += 1;
            tell(step, library);
        });
        log::info!("{} of {} read", step.done, library.entries.len());
        index.finish(library, cancel, &mut |other| tell(other.unwrap_or(step), library));
        if changed {
            self.keep(library);
        }
        Updated { changed, cancelled: cancel.load(Ordering::Relaxed), trouble: index.trouble, anew }
    }

    /// Files that are protected with a password and now have one to be tried.
    fn unlockable(&self, library: &mut Library) -> Vec<DocId> {
        let given = self.passwords();
        let locked = library
            .failed()
            .filter(|(e, failure)| failure.locked && (self.sources.password.is_some() || given.contains_key(&e.id)));
        let ids: Vec<DocId> = locked.map(|(e, _)| e.id).collect();
        ids.iter().for_each(|id| library.wait(*id));
        ids
    }

    /// Entries that are not on disk are added when they are not known yet, and read again when they have changed.
    fn add_memory(&self, library: &mut Library) -> Vec<DocId> {
        let mut wanted: Vec<(Place, &str, &[u8])> = Vec::new();
        if let Some(input) = &self.sources.input {
            wanted.push((Place::Input, "-", input));
        }
        if self.sources.demo {
            wanted.extend(demo::files().iter().map(|(name, text)| (Place::Demo, *name, text.as_bytes())));
        }
        library.entries.retain(|e| {
            e.place == Place::Disk
                || wanted.iter().any(|(place, file, bytes)| {
                    e.place == *place
                        && e.file == *file
                        && e.edition == Some(Edition::of(bytes))
                        && e.summary().is_some()
                })
        });
        let mut added = Vec::new();
        for (place, file, bytes) in wanted {
            if !library.entries.iter().any(|e| e.place == place && e.file == file) {
                added.push(library.add_memory(place, file, bytes));
            }
        }
        added
    }

    /// Reads these entries on all cores and hands each outcome to `take`, on the caller's thread. A file that takes long
    /// is read beside the others, not in their stead.
    fn read_all(&self, entries: &[Entry], cancel: &AtomicBool, take: &mut dyn FnMut(DocId, Outcome)) {
        let cores = thread::available_parallelism().map_or(2, usize::from);
        let (next, places) = (AtomicUsize::new(0), Places::new(cores));
        thread::scope(|scope| {
            // few wait in the channel: parsed documents are large
            let (give, taken) = mpsc::sync_channel(2);
            for _ in 0..(cores + SPARE).min(entries.len()) {
                let (give, next, places) = (give.clone(), &next, &places);
                let work = move || {
                    loop {
                        places.take();
                        let entry = entries.get(next.fetch_add(1, Ordering::Relaxed));
                        let Some(entry) = entry.filter(|_| !cancel.load(Ordering::Relaxed)) else { break };
                        let mut slow = false;
                        let outcome = self.read(entry, &mut || {
                            slow = true;
                            places.leave();
                        });
                        let heard = give.send((entry.id, outcome)).is_ok();
                        if !slow {
                            places.leave();
                        }
                        if !heard {
                            break;
                        }
                    }
                    // the next one may find that there is nothing left to do, too
                    places.leave();
                };
                if thread::Builder::new().name("reader".into()).spawn_scoped(scope, work).is_err() {
                    break; // the system gives no more threads
                }
            }
            drop(give);
            for (id, outcome) in taken {
                take(id, outcome);
            }
        });
        // where the system gave no thread at all
        while !cancel.load(Ordering::Relaxed)
            && let Some(entry) = entries.get(next.fetch_add(1, Ordering::Relaxed))
        {
            take(entry.id, self.read(entry, &mut || {}));
        }
    }

    fn read(&self, entry: &Entry, slow: &mut dyn FnMut()) -> Outcome {
        let read = self.fetch(entry, slow)?;
        let summary = Summary::of(&read.document, count(&self.found_in(&read.document)));
        Ok((summary, read))
    }

    /// The document of an entry, from the cache or imported within the limits, with the reader's corrections.
    fn fetch(&self, entry: &Entry, slow: &mut dyn FnMut()) -> Result<Read, (Failure, Option<Edition>)> {
        let own = self.passwords().get(&entry.id).cloned();
        let password = own.or_else(|| self.sources.password.clone());
        let mut read = self.reader.read(entry, &mut |bytes| self.spending.import(bytes, password.clone(), slow));
        match &mut read {
            Ok(read) => read.document = self.with_corrections(entry, read.document.clone()),
            // a password that didn't open it is asked for again
            Err(_) => drop(self.passwords().remove(&entry.id)),
        }
        read
    }

    /// Gives the password of one file, for as long as the program runs; it is tried at the next update.
    pub fn set_password(&self, id: DocId, password: String) {
        self.passwords().insert(id, password);
    }

    /// A map is whole whoever panicked: it is only ever added to.
    fn passwords(&self) -> MutexGuard<'_, FxHashMap<DocId, String>> {
        self.passwords.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn keep(&self, library: &Library) {
        if let Some(cache) = &self.cache
            && let Err(error) = library.save(cache, self.stamp())
        {
            log::warn!("the catalog was not kept: {error}");
        }
    }

    /// The document of an entry, from the cache or read anew, with the reader's corrections.
    ///
    /// # Errors
    /// When the file can't be read (any more).
    pub fn document(&self, entry: &Entry) -> Result<Arc<Document>, Failure> {
        self.fetch(entry, &mut || {}).map(|read| read.document).map_err(|(failure, _)| failure)
    }

    /// The knelpunten of a document: as found before, or found now.
    #[must_use]
    pub fn found_in(&self, doc: &Document) -> Vec<Found> {
        let stamp = self.found_stamp(doc.outline_stamp());
        if let Some(found) = self.reader.cache.load_sidecar(doc.edition(), FOUND, stamp) {
            return found;
        }
        let found = detect(doc, self.rules.get_or_init(|| self.make_rules()));
        self.reader.cache.store_sidecar(doc.edition(), FOUND, stamp, &found);
        found
    }

    /// The knelpunten of an entry as found before, without its document.
    #[must_use]
    pub fn found(&self, entry: &Entry) -> Option<Vec<Found>> {
        let stamp = self.found_stamp(entry.summary()?.corrections);
        self.reader.cache.load_sidecar(entry.edition?, FOUND, stamp)
    }

    /// Stands for the rules and for the outline they were applied to.
    pub(super) fn found_stamp(&self, outline: u64) -> u32 {
        self.rules_stamp ^ (outline ^ (outline >> 32)) as u32
    }

    /// Words that are no patterns are left out: the config has reported them.
    fn make_rules(&self) -> Rules {
        Rules::with(&self.sources.knelpunten.clone().usable()).unwrap_or_else(|_| Rules::builtin())
    }

    /// Stands for all code that makes what the catalog holds.
    fn stamp(&self) -> u32 {
        import::VERSION.wrapping_mul(31).wrapping_add(self.rules_stamp)
    }
}

/// How many there are of each certainty.
fn count(found: &[Found]) -> KnelpuntCounts {
    let mut counts = KnelpuntCounts::default();
    for one in found {
        match one.certainty {
            Certainty::Explicit => counts.explicit += 1,
            Certainty::Candidate => counts.candidates += 1,
            Certainty::Mention => counts.mentions += 1,
        }
    }
    counts
}
