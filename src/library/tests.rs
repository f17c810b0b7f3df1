#![allow(clippy::unwrap_used, clippy::panic)]
use super::*;
use crate::doc::{Document, Edition, TextRange};
use crate::import;
use std::fs;
use std::path::{Path, PathBuf};
use std::slice::from_ref;
use std::sync::Arc;

const TEXT: &str = "# Jaarbeeld 2024\n\nDe balie sloot om vier uur, omdat de bezetting ontbrak.\n";

fn options() -> ScanOptions {
    ScanOptions { include: Vec::new(), exclude: Vec::new(), max_bytes: 1 << 20 }
}

fn names(scan: &Scan) -> Vec<&str> {
    scan.found.iter().map(|f| f.file.as_str()).collect()
}

/// Imports on the spot.
fn import(bytes: Vec<u8>) -> Result<Document, import::ImportError> {
    import::read(&bytes, &import::Limits::default())
}

fn reader(cache: Option<&Path>) -> Reader {
    Reader { cache: Cache::new(cache, import::VERSION), max_bytes: 200_000_000, input: None }
}

/// Scans, plans, reads: what the librarian does, on one thread.
fn update(library: &mut Library, root: &Path, reader: &Reader) -> Vec<Change> {
    let scan = scan(&[root.to_owned()], &options());
    let changes = plan(&scan, library);
    for id in library.apply(&scan, &changes) {
        let read = reader.read(library.entry(id).unwrap(), &mut import);
        library.settle(id, read.map(|r| (Summary::of(&r.document, KnelpuntCounts::default()), r)));
    }
    changes
}

#[test]
fn a_scan_is_sorted_and_leaves_out_what_is_hidden_or_excluded() {
    let dir = tempfile::tempdir().unwrap();
    for file in ["b.md", "a/z.md", "a/tmp/x.md", ".git/config", "a/.hidden", "a.log"] {
        let path = dir.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, TEXT).unwrap();
    }
    let mut opts = options();
    assert_eq!(names(&scan(&[dir.path().to_owned()], &opts)), ["a.log", "a/tmp/x.md", "a/z.md", "b.md"]);
    opts.exclude = vec!["*.log".into(), "a/tmp".into()];
    assert_eq!(names(&scan(&[dir.path().to_owned()], &opts)), ["a/z.md", "b.md"]);
    opts.include = vec!["b.*".into()];
    assert_eq!(names(&scan(&[dir.path().to_owned()], &opts)), ["b.md"]);
    assert_eq!(names(&scan(&[dir.path().join("a.log")], &opts)), ["a.log"], "a file given by hand is taken");
}

#[test]
fn a_file_given_twice_is_there_once() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("a.md"), TEXT).unwrap();
    let found = scan(&[dir.path().join("a.md"), dir.path().to_owned(), dir.path().join("./a.md")], &options());
    assert_eq!(names(&found), ["a.md"]);
}

#[test]
fn what_is_not_there_or_too_large_is_listed() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("big.md"), vec![b'x'; 2 << 20]).unwrap();
    let found = scan(&[dir.path().join("none.md"), dir.path().to_owned()], &options()).found;
    assert!(found[0].problem.as_ref().unwrap().reason.contains("no such file"));
    assert!(found[1].problem.as_ref().unwrap().reason.contains("limit"));
}

#[cfg(unix)]
#[test]
fn links_are_followed_once_and_loops_end() {
    use std::os::unix::fs::symlink;
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("a")).unwrap();
    fs::write(dir.path().join("a/x.md"), TEXT).unwrap();
    symlink(dir.path(), dir.path().join("a/up")).unwrap();
    symlink(dir.path().join("a"), dir.path().join("b")).unwrap();
    symlink(dir.path().join("self"), dir.path().join("self")).unwrap();
    symlink("nowhere", dir.path().join("dead")).unwrap();
    let found = scan(&[dir.path().to_owned()], &options());
    let read: Vec<_> = found.found.iter().filter(|f| f.problem.is_none()).collect();
    assert_eq!(read.len(), 1);
    assert_eq!(read[0].path, fs::canonicalize(dir.path().join("a/x.md")).unwrap());
    let bad: Vec<_> = found.found.iter().filter(|f| f.problem.is_some()).map(|f| f.file.as_str()).collect();
    assert_eq!(bad, ["dead", "self"]);
}

#[cfg(unix)]
#[test]
fn a_socket_is_listed_and_never_opened() {
    let dir = tempfile::tempdir().unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(dir.path().join("s")).unwrap();
    let found = scan(&[dir.path().to_owned()], &options()).found;
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].problem.as_ref().unwrap().reason, "not a file but a socket");
}

#[test]
fn an_unchanged_file_asks_for_nothing_and_every_change_is_noticed() {
    let dir = tempfile::tempdir().unwrap();
    let cache = tempfile::tempdir().unwrap();
    let reader = reader(Some(cache.path()));
    fs::write(dir.path().join("a.md"), TEXT).unwrap();
    fs::write(dir.path().join("b.md"), TEXT.replace("vier", "vijf")).unwrap();
    fs::write(dir.path().join("leeg.md"), "").unwrap();
    let mut library = Library::new(&[dir.path().to_owned()], None);
    assert_eq!(update(&mut library, dir.path(), &reader).len(), 3);
    assert_eq!(library.ready().count(), 2);
    assert_eq!(library.failed().next().unwrap().0.file, "leeg.md");
    assert_eq!(update(&mut library, dir.path(), &reader), [], "nothing has changed");

    library.save(cache.path(), 7).unwrap();
    let again = Library::new(&[dir.path().to_owned()], None);
    assert_eq!(again.load(cache.path(), 8), None, "another stamp");
    assert_eq!(again.load(cache.path(), 7).as_ref(), Some(&library));

    let a = library.entries[0].id;
    fs::rename(dir.path().join("a.md"), dir.path().join("c.md")).unwrap();
    fs::write(dir.path().join("b.md"), TEXT.replace("vier", "zes")).unwrap();
    fs::remove_file(dir.path().join("leeg.md")).unwrap();
    let kinds: Vec<_> = update(&mut library, dir.path(), &reader)
        .iter()
        .map(|c| match c {
            Change::New(_) => "new",
            Change::Changed(..) => "changed",
            Change::Moved(id, found) => {
                assert_eq!((*id, found.file.as_str()), (a, "c.md"));
                "moved"
            }
            Change::Removed(_) => "removed",
        })
        .collect();
    assert_eq!(kinds, ["removed", "changed", "moved"]);
    assert_eq!(library.entries.iter().map(|e| e.file.as_str()).collect::<Vec<_>>(), ["b.md", "c.md"]);

    fs::write(dir.path().join("a.md"), TEXT.replace("uur", "ure")).unwrap();
    update(&mut library, dir.path(), &reader);
    assert_ne!(library.entries[0].id, a, "the moved file keeps its name, a new one gets another");
}

#[test]
fn the_same_content_is_not_parsed_twice() {
    let dir = tempfile::tempdir().unwrap();
    let cache = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("a.md"), TEXT).unwrap();
    fs::write(dir.path().join("b.md"), TEXT).unwrap();
    let found = scan(&[dir.path().to_owned()], &options());
    let mut library = Library::new(&[dir.path().to_owned()], None);
    let todo = library.apply(&found, &plan(&found, &library));
    let reader = reader(Some(cache.path()));
    let read = |id| reader.read(library.entry(id).unwrap(), &mut import).unwrap();
    let (first, second) = (read(todo[0]), read(todo[1]));
    assert!(!first.from_cache);
    assert!(second.from_cache);
    assert_eq!(first.document, second.document);
    assert_eq!(
        reader.cache.text(first.document.edition(), TextRange::new(0, 9)).as_deref(),
        first.document.text().get(..9)
    );
}

#[test]
fn a_damaged_cache_counts_as_none() {
    let dir = tempfile::tempdir().unwrap();
    let doc = Arc::new(import::read(TEXT.as_bytes(), &import::Limits::default()).unwrap());
    let cache = Cache::new(Some(dir.path()), 1);
    cache.store(&doc);
    assert_eq!(cache.load(doc.edition()).as_ref(), Some(&doc));
    assert!(Cache::new(Some(dir.path()), 2).load(doc.edition()).is_none(), "made by other code");
    let stored = |ending: &str| {
        let hex = doc.edition().hex();
        dir.path().join("docs").join(&hex[..2]).join(format!("{hex}.{ending}"))
    };
    for ending in ["txt", "bin"] {
        let whole = fs::read(stored(ending)).unwrap();
        for at in 0..whole.len() {
            let mut bytes = whole.clone();
            bytes[at] ^= 1;
            fs::write(stored(ending), &bytes).unwrap();
            assert!(cache.load(doc.edition()).is_none(), "{ending} byte {at}");
            fs::write(stored(ending), &whole[..at]).unwrap();
            assert!(cache.load(doc.edition()).is_none(), "{ending} cut at {at}");
        }
        fs::write(stored(ending), &whole).unwrap();
    }
    assert!(cache.load(doc.edition()).is_some());
}

#[test]
fn sidecars_are_kept_by_name_and_stamp() {
    let dir = tempfile::tempdir().unwrap();
    let edition = Edition::of(b"x");
    for cache in [Cache::new(Some(dir.path()), 1), Cache::new(None, 1)] {
        cache.store_sidecar(edition, "words", 3, &vec![1_u32, 2]);
        assert_eq!(cache.load_sidecar::<Vec<u32>>(edition, "words", 3), Some(vec![1, 2]));
        assert_eq!(cache.load_sidecar::<Vec<u32>>(edition, "words", 4), None);
        assert_eq!(cache.load_sidecar::<Vec<u32>>(edition, "lines", 3), None);
    }
}

#[test]
fn a_cache_that_cannot_be_written_works_from_memory_and_says_so() {
    let dir = tempfile::tempdir().unwrap();
    let blocked = dir.path().join("file");
    fs::write(&blocked, "no folder").unwrap();
    let doc: Arc<Document> = Arc::new(import::read(TEXT.as_bytes(), &import::Limits::default()).unwrap());
    let cache = Cache::new(Some(&blocked), 1);
    assert_eq!(cache.trouble(), None);
    cache.store(&doc);
    assert!(cache.trouble().unwrap().contains("can't be written"));
    assert_eq!(cache.load(doc.edition()), Some(Arc::clone(&doc)));
    assert_eq!(cache.text(doc.edition(), TextRange::new(0, 4)).as_deref(), doc.text().get(..4));
    let memory = Cache::new(None, 1);
    memory.store(&doc);
    assert!(memory.has(doc.edition()));
    assert_eq!(memory.trouble(), None, "no cache was asked for");
}

#[test]
fn a_file_that_vanishes_is_a_passing_failure() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("a.md"), TEXT).unwrap();
    let found = scan(&[dir.path().to_owned()], &options());
    let mut library = Library::new(&[dir.path().to_owned()], None);
    let todo = library.apply(&found, &plan(&found, &library));
    fs::remove_file(dir.path().join("a.md")).unwrap();
    let (failure, edition) = reader(None).read(library.entry(todo[0]).unwrap(), &mut import).unwrap_err();
    assert!(failure.passing && failure.reason.contains("vanished"));
    assert_eq!(edition, None);
}

#[test]
fn a_library_is_named_by_its_roots_in_any_order() {
    let dir = tempfile::tempdir().unwrap();
    let (a, b) = (dir.path().join("a"), dir.path().join("b"));
    fs::create_dir(&a).unwrap();
    fs::create_dir(&b).unwrap();
    let id = |roots: &[PathBuf], input| Library::new(roots, input).id;
    assert_eq!(id(&[a.clone(), b.clone()], None), id(&[b.clone(), a.join("../a"), a.clone()], None));
    assert_ne!(id(from_ref(&a), None), id(&[b], None));
    assert_ne!(id(from_ref(&a), None), id(from_ref(&a), Some(b"x")));
    assert_ne!(id(from_ref(&a), Some(b"x")), id(&[a], Some(b"y")));
}

#[test]
fn reasons_are_one_line() {
    let failure = Failure::lasting("one\ntwo\u{1b}[31m", "");
    assert_eq!(failure.reason, "one two [31m");
}
