//! The librarian: what it reads, keeps and indexes, called off halfway, beside another program, and from memory.

use kantlijn::doc::{DocId, TextRange};
use kantlijn::knelpunt::Own;
use kantlijn::library::{Library, ScanOptions};
use kantlijn::runtime::librarian::{Librarian, Sources, Step};
use kantlijn::search::{Index, Options, Query, Texts};
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use tempfile::TempDir;

pub struct Place {
    pub reports: TempDir,
    pub cache: TempDir,
}

impl Place {
    /// With so many reports, each with a word of its own.
    pub fn new(reports: usize) -> Place {
        let place = Place { reports: tempfile::tempdir().unwrap(), cache: tempfile::tempdir().unwrap() };
        for n in 0..reports {
            let text =
                format!("# Bericht {n}\n\n## 1 Vooraf\n\nDe dienst nummer{n} kreeg meer aanvragen dan zij aankon.\n");
            fs::write(place.reports.path().join(format!("r{n:03}.md")), text).unwrap();
        }
        place
    }

    fn sources(&self) -> Sources {
        Sources {
            paths: vec![self.reports.path().to_owned()],
            input: None,
            demo: false,
            options: ScanOptions { include: Vec::new(), exclude: Vec::new(), max_bytes: 1 << 20 },
            data: None,
            others: Vec::new(),
            limits: kantlijn::config::Limits::default(),
            password: None,
            knelpunten: Own::default(),
        }
    }

    pub fn librarian(&self) -> Librarian {
        Librarian::new(self.sources(), Some(self.cache.path()))
    }
}

pub fn update(librarian: &Librarian) -> (Library, Vec<Step>) {
    let mut library = librarian.known();
    let mut steps = Vec::new();
    let updated = librarian.update(&mut library, &AtomicBool::new(false), &mut |step, _| steps.push(step));
    assert_eq!((updated.cancelled, updated.trouble), (false, None));
    (library, steps)
}

pub struct NoTexts;

impl Texts for NoTexts {
    fn text(&self, _: DocId, _: TextRange) -> Option<String> {
        None
    }
}

pub fn total(librarian: &Librarian, library: &Library, query: &str) -> u64 {
    let options = Options { snippets: false, ..Options::default() };
    let searcher = librarian.searcher(library).unwrap();
    searcher.search(&Query::parse(query), &options, &NoTexts, &|| false).unwrap().total
}

#[test]
fn progress_is_told_file_by_file_and_nothing_is_done_twice() {
    let place = Place::new(5);
    let (library, steps) = update(&place.librarian());
    assert_eq!(library.ready().count(), 5);
    let mut told: Vec<_> = steps.iter().map(|s| (s.done, s.total)).collect();
    // once more when it can be searched
    told.dedup();
    assert_eq!(told, [(0, 5), (1, 5), (2, 5), (3, 5), (4, 5), (5, 5)]);
    let again = place.librarian();
    assert_eq!(again.known(), library, "the next start knows it at once");
    assert_eq!(update(&again).1, [Step { done: 0, total: 0 }]);
    assert_eq!(total(&again, &library, "nummer3"), 1);
}

#[test]
fn a_changed_file_is_found_before_it_is_written_and_written_then() {
    let place = Place::new(3);
    let librarian = place.librarian();
    let library = update_with(&librarian);
    let on_disk = || {
        let index = Index::open(&librarian.index_folder(&library).unwrap()).unwrap().index;
        index.searcher().docs().unwrap().into_values().collect::<Vec<_>>()
    };
    let before = on_disk();
    let file = place.reports.path().join("r001.md");
    fs::write(&file, "# Bericht\n\nEen herziene alinea.\n").unwrap();
    let (mut library, commits, mut first) = (library.clone(), librarian.commits(), true);
    librarian.update_changed(&mut library, &[file], &AtomicBool::new(false), &mut |_, library| {
        if librarian.commits() > commits && std::mem::take(&mut first) {
            assert_eq!((total(&librarian, library, "herziene"), total(&librarian, library, "nummer1")), (1, 0));
            assert_eq!(total(&librarian, library, "dienst"), 2);
            assert_eq!(on_disk(), before);
        }
    });
    assert!(!first && on_disk() != before);
    assert_eq!((total(&librarian, &library, "herziene"), total(&librarian, &library, "nummer1")), (1, 0));
}

#[test]
fn many_updates_do_not_leave_many_pieces() {
    let place = Place::new(2);
    let librarian = place.librarian();
    let mut library = update_with(&librarian);
    for n in 0..30 {
        fs::write(place.reports.path().join("r001.md"), format!("# Bericht\n\nDe alinea nummer1 voor keer{n}.\n"))
            .unwrap();
        let path = fs::canonicalize(place.reports.path().join("r001.md")).unwrap();
        librarian.update_changed(&mut library, &[path], &AtomicBool::new(false), &mut |_, _| {});
        assert_eq!(total(&librarian, &library, &format!("keer{n}")), 1);
    }
    assert!(librarian.searcher(&library).unwrap().pieces() < 14);
    assert_eq!((total(&librarian, &library, "nummer1"), total(&librarian, &library, "nummer0")), (1, 1));
}

#[test]
fn what_was_called_off_is_done_the_next_time() {
    let place = Place::new(30);
    let librarian = place.librarian();
    let mut library = librarian.known();
    let cancel = AtomicBool::new(false);
    let updated = librarian.update(&mut library, &cancel, &mut |step, _| {
        if step.done == 3 {
            cancel.store(true, Ordering::Relaxed);
        }
    });
    assert!(updated.cancelled);
    let read = library.ready().count();
    assert!((3..30).contains(&read), "{read}");
    assert_eq!(library.entries.len(), 30);
    let after = place.librarian();
    let (library, steps) = update(&after);
    assert_eq!(library.ready().count(), 30);
    assert_eq!(steps[0].total, 30 - read as u64, "what was read stays read");
    for n in [0, 15, 29] {
        assert_eq!(total(&after, &library, &format!("nummer{n}")), 1);
    }
}

#[test]
fn while_another_program_writes_the_index_it_is_made_in_memory() {
    let place = Place::new(3);
    let (library, _) = update(&place.librarian());
    let other = Index::open(&place.librarian().index_folder(&library).unwrap()).unwrap().index;
    let writing = other.writer(1).unwrap();
    // nothing to do: nobody is in the way
    assert_eq!(update(&place.librarian()).0, library);
    fs::write(place.reports.path().join("nieuw.md"), "# Nieuw\n\nEen bijgekomen alinea.\n").unwrap();
    let librarian = place.librarian();
    let mut library = librarian.known();
    let updated = librarian.update(&mut library, &AtomicBool::new(false), &mut |_, _| {});
    assert!(updated.trouble.unwrap().contains("another program"));
    assert_eq!((total(&librarian, &library, "bijgekomen"), total(&librarian, &library, "nummer2")), (1, 1));
    drop(writing);
    let after = place.librarian();
    let (library, _) = update(&after);
    assert_eq!((total(&after, &library, "bijgekomen"), total(&after, &library, "nummer2")), (1, 1));
}

#[test]
fn without_a_cache_folder_everything_is_in_memory() {
    let place = Place::new(2);
    let librarian = Librarian::new(place.sources(), None);
    let (library, _) = update(&librarian);
    assert_eq!(total(&librarian, &library, "nummer1"), 1);
    let (entry, _) = library.ready().next().unwrap();
    let doc = librarian.document(entry).unwrap();
    let text = librarian.reader().cache.text(doc.edition(), TextRange::new(0, 7));
    assert_eq!(text.as_deref(), Some("Bericht"));
}

#[test]
fn the_readers_own_words_find_knelpunten_too() {
    let place = Place::new(0);
    let text = "# Bericht\n\n## Hobbel 1: de brug\n\nDicht.\n\n### Wat wij vragen\n\nWij vragen de minister om geld.\n";
    fs::write(place.reports.path().join("a.md"), text).unwrap();
    let count = |words: &[&str]| {
        let words = words.iter().map(|w| (*w).to_owned()).collect();
        let knelpunten = Own { words, ..Own::default() };
        let librarian = Librarian::new(Sources { knelpunten, ..place.sources() }, Some(place.cache.path()));
        let library = update(&librarian).0;
        let (_, summary) = library.ready().next().unwrap();
        summary.knelpunten.explicit
    };
    assert_eq!(count(&[]), 0);
    assert_eq!(count(&["hobbels?"]), 1);
    assert_eq!(count(&[]), 0);
}

#[test]
fn the_demonstration_is_a_library_like_any_other() {
    let place = Place::new(0);
    let sources = Sources { paths: Vec::new(), demo: true, ..place.sources() };
    let librarian = Librarian::new(sources.clone(), Some(place.cache.path()));
    let (library, _) = update(&librarian);
    assert!(library.ready().count() >= 3 && library.failed().next().is_none());
    assert!(library.entries.iter().all(|e| !Path::new(&e.path).exists()));
    assert!(total(&librarian, &library, "brug") > 0);
    assert_eq!(update(&Librarian::new(sources, Some(place.cache.path()))).1.len(), 1, "read once");
}

#[test]
fn of_one_changed_file_only_that_is_looked_at() {
    let place = Place::new(4);
    let librarian = place.librarian();
    let mut library = update_with(&librarian);
    let file = |name: &str| place.reports.path().join(name);
    let mut changed = |names: &[&str]| {
        let paths: Vec<_> = names.iter().map(|n| file(n)).collect();
        let mut steps = Vec::new();
        let go_on = AtomicBool::new(false);
        librarian.update_changed(&mut library, &paths, &go_on, &mut |step, _| steps.push(step.total));
        (steps[0], library.clone())
    };
    fs::write(file("r001.md"), "# Bericht\n\nEen herziene alinea.\n").unwrap();
    // not told of: not looked at
    fs::write(file("r002.md"), "# Bericht\n\nEen andere alinea, ook herzien.\n").unwrap();
    let (steps, library) = changed(&["r001.md", ".r001.md.tmp"]);
    assert_eq!((steps, library.entries.len()), (1, 4));
    assert_eq!((total(&librarian, &library, "herziene"), total(&librarian, &library, "nummer1")), (1, 0));
    assert_eq!(total(&librarian, &library, "nummer2"), 1);
    assert_eq!(changed(&["r001.md"]).0, 0, "it has not changed since");
    // a new file, and one that is gone: everything is looked at
    fs::write(file("r009.md"), "# Bericht\n\nEen nieuwe alinea.\n").unwrap();
    let (steps, library) = changed(&["r009.md"]);
    assert_eq!((steps, library.entries.len()), (2, 5));
    fs::remove_file(file("r003.md")).unwrap();
    let (_, library) = changed(&["r003.md"]);
    assert_eq!((library.entries.len(), total(&librarian, &library, "nummer3")), (4, 0));
    assert_eq!(library, librarian.known(), "it is kept");
}

fn update_with(librarian: &Librarian) -> Library {
    let mut library = librarian.known();
    librarian.update(&mut library, &AtomicBool::new(false), &mut |_, _| {});
    library
}
