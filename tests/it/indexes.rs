//! The index on disk: generations of it, damage, other versions, two programs at once, no room and no rights.

use super::cli::Cli;
use super::library::{NoTexts, Place, total, update};
use kantlijn::library::Library;
use kantlijn::runtime::librarian::{Librarian, Step, Updated};
use kantlijn::search::{Anew, Index, Options, Query, SearchError};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

/// The generations in a folder of indexes.
fn generations(folder: &Path) -> BTreeSet<u32> {
    let names = fs::read_dir(folder).unwrap().map(|f| f.unwrap().file_name().into_string().unwrap());
    names.filter_map(|n| n.parse().ok()).collect()
}

fn bring_up(librarian: &Librarian, library: &mut Library, tell: &mut dyn FnMut(Step, &Library)) -> Updated {
    librarian.update(library, &AtomicBool::new(false), tell)
}

/// Gives an index on disk another stamp: shape and reading, each so much higher.
fn restamp(generation: &Path, shape: u32, reading: u32) {
    let file = generation.join("kantlijn-index");
    let stamp = fs::read_to_string(&file).unwrap();
    let version = stamp.trim_end().rsplit_once(' ').unwrap().1;
    let (s, r) = version.split_once('.').unwrap();
    let (s, r): (u32, u32) = (s.parse().unwrap(), r.parse().unwrap());
    fs::write(file, format!("kantlijn index {}.{}\n", s + shape, r + reading)).unwrap();
}

/// A place with so many reports, indexed; and the folder of its index.
fn indexed(reports: usize) -> (Place, PathBuf) {
    let place = Place::new(reports);
    let (library, _) = update(&place.librarian());
    let folder = place.librarian().index_folder(&library).unwrap();
    assert_eq!(generations(&folder).into_iter().collect::<Vec<_>>(), [1]);
    (place, folder)
}

#[test]
fn an_index_of_another_reading_answers_while_a_new_one_is_made_and_then_goes() {
    let (place, folder) = indexed(6);
    restamp(&folder.join("1"), 0, 7);
    let librarian = place.librarian();
    let mut library = librarian.known();
    let mut told = 0;
    let updated = bring_up(&librarian, &mut library, &mut |step, library| {
        if step.done < step.total {
            told += 1;
            assert_eq!(librarian.anew(library), Some((Anew::Version, true)));
            assert_eq!(total(&librarian, library, "nummer5"), 1, "the old one answers");
        }
    });
    assert!(told > 0);
    assert_eq!((updated.anew, updated.trouble), (Some(Anew::Version), None));
    assert_eq!(librarian.anew(&library), None);
    assert_eq!(total(&librarian, &library, "nummer5"), 1);
    assert_eq!(generations(&folder).into_iter().collect::<Vec<_>>(), [2], "the old one is gone");
    let (_, steps) = update(&place.librarian());
    assert_eq!(steps, [Step { done: 0, total: 0 }]);
}

#[test]
fn making_it_anew_goes_on_where_it_was_broken_off() {
    let (place, folder) = indexed(40);
    restamp(&folder.join("1"), 0, 7);
    let librarian = place.librarian();
    let mut library = librarian.known();
    let cancel = AtomicBool::new(false);
    let broken = librarian.update(&mut library, &cancel, &mut |step, _| {
        if step.done == 3 {
            cancel.store(true, Ordering::Relaxed);
        }
    });
    assert!(broken.cancelled);
    drop(librarian);
    assert_eq!(generations(&folder).into_iter().collect::<Vec<_>>(), [1, 2]);
    let librarian = place.librarian();
    let mut library = librarian.known();
    assert_eq!(total(&librarian, &library, "nummer39"), 1, "the old one still answers");
    let mut first = None;
    bring_up(&librarian, &mut library, &mut |step, _| first = first.or(Some(step.total)));
    assert!((1..38).contains(&first.unwrap()), "{first:?}");
    assert_eq!(total(&librarian, &library, "nummer39"), 1);
    assert_eq!(generations(&folder).into_iter().collect::<Vec<_>>(), [2]);
}

#[test]
fn of_another_shape_nothing_answers_until_it_is_made_anew() {
    let (place, folder) = indexed(3);
    restamp(&folder.join("1"), 1, 0);
    let librarian = place.librarian();
    let mut library = librarian.known();
    assert_eq!(total(&librarian, &library, "nummer1"), 0);
    assert_eq!(librarian.anew(&library), Some((Anew::Version, false)));
    assert_eq!(bring_up(&librarian, &mut library, &mut |_, _| {}).anew, Some(Anew::Version));
    assert_eq!(total(&librarian, &library, "nummer1"), 1);
    assert_eq!(generations(&folder).into_iter().collect::<Vec<_>>(), [2]);
}

#[test]
fn it_is_made_anew_on_request_and_nobody_loses_what_they_have_open() {
    let (place, folder) = indexed(3);
    let other = Index::open(&folder).unwrap().index;
    let librarian = place.librarian();
    let mut library = librarian.known();
    librarian.rebuild(&mut library, &AtomicBool::new(false), &mut |_, library| {
        assert_eq!(total(&librarian, library, "nummer2"), 1);
    });
    assert_eq!(total(&librarian, &library, "nummer2"), 1);
    assert_eq!(generations(&folder).into_iter().collect::<Vec<_>>(), [1, 2], "somebody has it open");
    assert_eq!(other.searcher().docs().unwrap().len(), 3);
    drop(other);
    update(&place.librarian());
    assert_eq!(generations(&folder).into_iter().collect::<Vec<_>>(), [2]);
}

#[test]
fn one_program_writes_and_others_read() {
    let (place, folder) = indexed(3);
    let index = Index::open(&folder).unwrap().index;
    let writer = index.writer(2).unwrap();
    let other = Index::open(&folder).unwrap();
    assert!(other.complete && !other.index.is_free());
    assert!(matches!(other.index.writer(1), Err(SearchError::Busy { .. })));
    drop(writer);
    let before = other.index.commits().unwrap();
    fs::write(place.reports.path().join("r001.md"), "# Bericht\n\nEen herziene alinea.\n").unwrap();
    update(&place.librarian());
    assert_ne!(other.index.commits().unwrap(), before, "a commit of another program is noticed");
    let find = |q: &str| {
        let options = Options { snippets: false, ..Options::default() };
        other.index.searcher().search(&Query::parse(q), &options, &NoTexts, &|| false).unwrap().total
    };
    assert_eq!((find("herziene"), find("nummer1")), (0, 1));
    other.index.reload().unwrap();
    assert_eq!((find("herziene"), find("nummer1")), (1, 0));
}

#[test]
fn only_the_difference_is_in_memory_and_it_goes_to_disk_when_that_can_be() {
    let (place, folder) = indexed(4);
    let index = Index::open(&folder).unwrap().index;
    let writer = index.writer(1).unwrap();
    let write = |name: &str, text: &str| fs::write(place.reports.path().join(name), text).unwrap();
    write("r001.md", "# Bericht\n\nEen herziene alinea.\n");
    fs::remove_file(place.reports.path().join("r003.md")).unwrap();
    let librarian = place.librarian();
    let mut library = librarian.known();
    let updated = bring_up(&librarian, &mut library, &mut |_, _| {});
    assert!(updated.trouble.unwrap().contains("another program"));
    let totals = |librarian: &Librarian, library: &Library| {
        ["nummer0", "nummer1", "nummer2", "nummer3", "herziene", "nieuwe"].map(|q| total(librarian, library, q))
    };
    assert_eq!(totals(&librarian, &library), [1, 0, 1, 0, 1, 0]);
    // it stays so while the other writes, and goes on
    write("r009.md", "# Bericht\n\nEen nieuwe alinea.\n");
    let updated = bring_up(&librarian, &mut library, &mut |_, _| {});
    assert!(updated.trouble.is_some());
    assert_eq!(totals(&librarian, &library), [1, 0, 1, 0, 1, 1]);
    drop(writer);
    let updated = bring_up(&librarian, &mut library, &mut |_, library| {
        assert_eq!(total(&librarian, library, "nieuwe"), 1, "nothing is lost on the way");
    });
    assert_eq!(updated.trouble, None);
    assert_eq!(totals(&librarian, &library), [1, 0, 1, 0, 1, 1]);
    let after = place.librarian();
    assert_eq!(totals(&after, &after.known()), [1, 0, 1, 0, 1, 1], "it is on disk");
}

/// What is done to a file of an index.
#[derive(Debug, Clone, Copy)]
enum Harm {
    Flip(usize),
    Zero(usize),
    Cut(usize),
    Gone,
}

fn harm(file: &Path, harm: Harm) {
    let mut bytes = fs::read(file).unwrap();
    match harm {
        Harm::Flip(at) => bytes[at] ^= 0x55,
        Harm::Zero(at) => bytes[at..].iter_mut().take(64).for_each(|b| *b = 0),
        Harm::Cut(at) => bytes.truncate(at),
        Harm::Gone => return fs::remove_file(file).unwrap(),
    }
    fs::write(file, bytes).unwrap();
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for file in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(file.file_name());
        if file.path().is_dir() {
            copy(&file.path(), &target);
        } else {
            fs::copy(file.path(), target).unwrap();
        }
    }
}

#[test]
fn a_damaged_index_answers_or_is_made_anew() {
    let (place, folder) = indexed(3);
    let kept = tempfile::tempdir().unwrap();
    copy(&folder, kept.path());
    let mut files: Vec<PathBuf> =
        fs::read_dir(kept.path().join("1")).unwrap().map(|f| f.unwrap().file_name().into()).collect();
    files.sort();
    let whole = |librarian: &Librarian, library: &Library| {
        (0..3).all(|n| total(librarian, library, &format!("nummer{n}")) == 1)
            && total(librarian, library, "dienst") == 3
    };
    let (mut tried, mut anew) = (0, 0);
    for file in &files {
        let size = fs::metadata(kept.path().join("1").join(file)).unwrap().len() as usize;
        let step = (size / 4).max(1);
        let places = (0..size).step_by(step);
        let harms = places.flat_map(|at| [Harm::Flip(at), Harm::Zero(at), Harm::Cut(at)]).chain([Harm::Gone]);
        for what in harms {
            fs::remove_dir_all(&folder).unwrap();
            copy(kept.path(), &folder);
            harm(&folder.join("1").join(file), what);
            let librarian = place.librarian();
            let mut library = librarian.known();
            let updated = bring_up(&librarian, &mut library, &mut |_, _| {});
            assert_eq!(updated.trouble, None, "{file:?} {what:?}");
            tried += 1;
            anew += u32::from(updated.anew.is_some());
            // every word of the query language that reads another part of the index
            let options = Options { snippets: false, ..Options::default() };
            let searcher = librarian.searcher(&library).unwrap();
            let failed = ["dienst", "nummer1", "num*", "\"meer aanvragen\"", "kop:vooraf", "bestand:r001", "-dienst"]
                .iter()
                .find_map(|q| searcher.search(&Query::parse(q), &options, &NoTexts, &|| false).err());
            if let Some(error) = failed {
                assert!(librarian.mend(), "{file:?} {what:?}: {error}");
                let updated = bring_up(&librarian, &mut library, &mut |_, _| {});
                assert_eq!((updated.anew, updated.trouble), (Some(Anew::Damage), None), "{file:?} {what:?}");
                assert!(whole(&librarian, &library), "{file:?} {what:?}");
                anew += 1;
            } else if updated.anew.is_some() {
                assert!(whole(&librarian, &library), "{file:?} {what:?}");
            }
        }
    }
    assert!(tried > 60 && anew > tried / 4, "{anew} of {tried} were made anew");
}

#[test]
fn other_files_are_left_alone() {
    let (place, folder) = indexed(2);
    fs::write(folder.join("1/mijn.txt"), "van mij").unwrap();
    fs::write(folder.join("ook.txt"), "van mij").unwrap();
    fs::remove_file(folder.join("1/meta.json")).unwrap();
    let librarian = place.librarian();
    let mut library = librarian.known();
    assert_eq!(bring_up(&librarian, &mut library, &mut |_, _| {}).anew, Some(Anew::Damage));
    assert_eq!(total(&librarian, &library, "nummer1"), 1);
    assert_eq!(fs::read_to_string(folder.join("1/mijn.txt")).unwrap(), "van mij");
    assert_eq!(fs::read_to_string(folder.join("ook.txt")).unwrap(), "van mij");
    // a folder of somebody else's
    let foreign = tempfile::tempdir().unwrap();
    fs::write(foreign.path().join("brief.txt"), "van mij").unwrap();
    assert!(matches!(Index::open(foreign.path()), Err(SearchError::Foreign { .. })));
    assert_eq!(fs::read_dir(foreign.path()).unwrap().count(), 1);
    // a place where no folder can be
    let error = Index::open(&foreign.path().join("brief.txt/index")).err().unwrap();
    assert!(matches!(error, SearchError::Io { .. }) && error.to_string().contains("brief.txt"));
}

#[test]
fn a_command_beside_another_program_finds_what_is_new_and_says_so() {
    let cli = Cli::new();
    cli.run(&["index", "reports"]);
    let index = Index::open(&only_index(&cli.path("cache"))).unwrap().index;
    let writer = index.writer(1).unwrap();
    let search = |query: &str| cli.run(&["search", query, "reports", "--json"]);
    let totals = |query: &str| search(query).json().pop().unwrap()["total"].as_u64().unwrap();
    assert_eq!((search("pont").err, totals("pont")), (String::new(), 1), "nothing to write: nobody is in the way");
    cli.write("reports/derde.md", "# Derde 2024\n\nDe kraan op de kade is stuk.\n");
    let ran = search("kraan");
    assert!(ran.err.contains("another program"), "{}", ran.err);
    assert_eq!((totals("kraan"), totals("pont")), (1, 1));
    drop(writer);
    assert_eq!((search("kraan").err, totals("kraan")), (String::new(), 1));
    // a program that has it open sees it when it looks again
    let docs = |index: &Index| index.searcher().docs().unwrap().len();
    assert_eq!(docs(&index), 2);
    index.reload().unwrap();
    assert_eq!(docs(&index), 3);
}

#[test]
fn what_another_program_commits_is_noticed_by_one_that_goes_on() {
    let (place, _) = indexed(2);
    let (one, other) = (place.librarian(), place.librarian());
    let (mut known, mut also_known) = (one.known(), other.known());
    assert_eq!((total(&one, &known, "dienst"), total(&other, &also_known, "dienst")), (2, 2));
    assert!(!one.catch_up(), "there is nothing new");
    fs::write(place.reports.path().join("r001.md"), "# Bericht\n\nEen herziene alinea.\n").unwrap();
    bring_up(&other, &mut also_known, &mut |_, _| {});
    assert!(!other.catch_up(), "its own commits are no news to it");
    assert_eq!(total(&one, &known, "herziene"), 0);
    assert!(one.catch_up());
    assert_eq!((total(&one, &known, "herziene"), total(&one, &known, "nummer1")), (1, 0));
    // made anew by the other: this one goes over to it
    other.rebuild(&mut also_known, &AtomicBool::new(false), &mut |_, _| {});
    assert_eq!(bring_up(&one, &mut known, &mut |_, _| {}).trouble, None);
    assert_eq!(total(&one, &known, "herziene"), 1);
    let folder = one.index_folder(&known).unwrap();
    drop((one, other));
    update(&place.librarian());
    assert_eq!(generations(&folder).into_iter().collect::<Vec<_>>(), [2]);
}

/// The folder of the one index below a cache.
fn only_index(cache: &Path) -> PathBuf {
    let mut found = Vec::new();
    let mut todo = vec![cache.to_owned()];
    while let Some(dir) = todo.pop() {
        for path in fs::read_dir(dir).unwrap().map(|e| e.unwrap().path()).filter(|p| p.is_dir()) {
            if path.file_name().unwrap() == "index" { found.push(path) } else { todo.push(path) }
        }
    }
    assert_eq!(found.len(), 1);
    found.remove(0)
}

/// Runs the program with no file longer than so many blocks, and no signal about it: what a full disk does.
#[cfg(unix)]
fn run_without_room(cli: &Cli, blocks: u32, args: &[&str]) -> super::cli::Ran {
    let program = cli.command(args);
    let mut shell = std::process::Command::new("sh");
    shell.args(["-c", &format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"")]);
    shell.arg(program.get_program()).args(program.get_args()).current_dir(cli.dir.path());
    for (name, value) in program.get_envs() {
        match value {
            Some(value) => shell.env(name, value),
            None => shell.env_remove(name),
        };
    }
    shell.stdin(std::process::Stdio::null()).output().unwrap().into()
}

#[cfg(unix)]
#[test]
fn without_room_on_the_disk_search_goes_on_and_says_so() {
    let cli = Cli::new();
    cli.run(&["index", "reports"]);
    cli.write("reports/derde.md", "# Derde 2024\n\nDe kraan op de kade is stuk.\n");
    let total = |ran: &super::cli::Ran| ran.json().pop().unwrap()["total"].as_u64().unwrap();
    for blocks in [0, 1, 2] {
        for (query, wanted) in [("kraan", 1), ("pont", 1)] {
            let ran = run_without_room(&cli, blocks, &["search", query, "reports", "--json"]);
            assert_eq!((total(&ran), ran.code), (wanted, Some(0)), "{blocks} {query}: {}", ran.err);
            assert!(ran.err.contains("in memory"), "{blocks} {query}: {}", ran.err);
        }
    }
    let ran = cli.run(&["search", "kraan", "reports", "--json"]);
    assert_eq!((total(&ran), ran.err), (1, String::new()), "with room again all is well");
    // with no index at all yet
    fs::remove_dir_all(cli.path("cache")).unwrap();
    let ran = run_without_room(&cli, 0, &["search", "pont", "reports", "--json"]);
    assert!(total(&ran) == 1 && ran.err.contains("in memory"), "{}", ran.err);
}

#[cfg(unix)]
#[test]
fn in_a_folder_without_rights_search_goes_on_and_says_so() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    use std::os::unix::process::CommandExt;
    let cli = Cli::new();
    cli.run(&["index", "reports"]);
    let rights = |mode: u32| {
        let mut todo = vec![cli.path("cache")];
        while let Some(path) = todo.pop() {
            if path.is_dir() {
                fs::set_permissions(&path, fs::Permissions::from_mode(mode | 0o111)).unwrap();
                todo.extend(fs::read_dir(&path).unwrap().map(|e| e.unwrap().path()));
            } else {
                fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            }
        }
    };
    // rights mean nothing to the superuser: then somebody else runs a copy of the program
    let root = fs::metadata(cli.dir.path()).unwrap().uid() == 0;
    let program = cli.path("kantlijn");
    if root {
        fs::copy(env!("CARGO_BIN_EXE_kantlijn"), &program).unwrap();
        fs::set_permissions(cli.dir.path(), fs::Permissions::from_mode(0o755)).unwrap();
    }
    let run = |args: &[&str]| -> super::cli::Ran {
        let own = cli.command(args);
        if !root {
            return cli.run(args);
        }
        let mut other = std::process::Command::new(&program);
        other.args(own.get_args()).current_dir(cli.dir.path()).uid(65_534);
        other.envs(own.get_envs().filter_map(|(name, value)| Some((name, value?))));
        other.stdin(std::process::Stdio::null()).output().unwrap().into()
    };
    let total = |ran: &super::cli::Ran| ran.json().pop().unwrap()["total"].as_u64().unwrap();
    rights(0o444);
    let ran = run(&["search", "pont", "reports", "--json"]);
    assert_eq!((total(&ran), &*ran.err), (1, ""), "there is nothing to write");
    cli.write("reports/derde.md", "# Derde 2024\n\nDe kraan op de kade is stuk.\n");
    for query in ["kraan", "pont"] {
        let ran = run(&["search", query, "reports", "--json"]);
        assert_eq!((total(&ran), ran.code), (1, Some(0)), "{}", ran.err);
        assert!(ran.err.contains("in memory"), "{}", ran.err);
    }
    // one that can't even be read
    rights(0o000);
    let ran = run(&["search", "pont", "reports", "--json"]);
    assert!(total(&ran) == 1 && ran.err.contains("in memory"), "{}", ran.err);
    rights(0o644);
}

/// Overwrites the middle of all files of an index that end so, in place: who has them open sees it too.
fn scribble(generation: &Path, endings: &[&str]) {
    use std::io::{Seek, SeekFrom, Write};
    for path in fs::read_dir(generation).unwrap().map(|f| f.unwrap().path()) {
        if !path.extension().is_some_and(|e| endings.iter().any(|w| e == *w)) {
            continue;
        }
        let size = fs::metadata(&path).unwrap().len();
        let mut file = fs::File::options().write(true).open(&path).unwrap();
        file.seek(SeekFrom::Start(0)).unwrap();
        // the footer with the checksum stays
        file.write_all(&vec![0xff; (size as usize).saturating_sub(160)]).unwrap();
    }
}

#[test]
fn damage_that_shows_while_the_screens_are_up_is_said_and_mended() {
    let desk = super::harness::Desk::new();
    let mut reader = desk.sit(120, 40, kantlijn::doc::Lang::En);
    reader.press("s").write("brug");
    let before = reader.text();
    let folder = only_index(&desk.home.path().join("cache"));
    scribble(&folder.join("1"), &["store", "pos", "idx"]);
    reader.write("gen");
    reader.press("ctrl-u").write("brug");
    assert_eq!(generations(&folder).into_iter().collect::<Vec<_>>(), [2], "{before}\n{}", reader.text());
    assert!(reader.shows("damaged"), "{}", reader.text());
    assert!(reader.text().matches("brug").count() > 2, "{}", reader.text());
}

#[test]
fn doctor_reads_every_file_of_the_index() {
    let cli = Cli::new();
    cli.run(&["index", "reports"]);
    let doctor = || cli.run(&["doctor", "reports", "--json"]).json();
    let wrong = |lines: &[serde_json::Value]| lines.iter().filter(|l| l["type"] == "error").count();
    assert_eq!(wrong(&doctor()), 0);
    let folder = only_index(&cli.path("cache"));
    scribble(&folder.join("1"), &["pos"]);
    let said = doctor();
    assert_eq!(wrong(&said), 1, "{said:?}");
    assert!(said.iter().any(|l| l["hint"].as_str().is_some_and(|h| h.contains("--rebuild"))));
    cli.run(&["index", "reports", "--rebuild"]);
    assert_eq!(wrong(&doctor()), 0);
    assert_eq!(generations(&folder).into_iter().collect::<Vec<_>>(), [2]);
}

#[test]
fn a_command_says_that_a_damaged_index_was_made_anew() {
    let cli = Cli::new();
    cli.run(&["index", "reports"]);
    let folder = only_index(&cli.path("cache"));
    scribble(&folder.join("1"), &["store"]);
    let ran = cli.run(&["search", "pont", "reports", "--json"]);
    assert_eq!(ran.json().pop().unwrap()["total"], 1, "{}", ran.err);
    assert!(ran.err.contains("damaged") && !ran.err.contains("panicked"), "{}", ran.err);
    assert_eq!(cli.run(&["search", "pont", "reports"]).err, "");
}

#[test]
fn programs_that_begin_together_all_find_everything() {
    let cli = Cli::new();
    for n in 0..25 {
        cli.write(&format!("reports/stuk-{n}.md"), format!("# Stuk {n}\n\nDe kraan nummer{n} op de kade is stuk.\n"));
    }
    let start = || {
        let mut command = cli.command(&["search", "kraan", "reports", "--json", "--limit", "5"]);
        command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped()).spawn().unwrap()
    };
    let running = [start(), start(), start()];
    for child in running {
        let ran: super::cli::Ran = child.wait_with_output().unwrap().into();
        assert_eq!(ran.json().pop().unwrap()["total"], 25, "{}", ran.err);
    }
    let ran = cli.run(&["search", "kraan", "reports", "--json"]);
    assert_eq!((ran.json().pop().unwrap()["total"].as_u64(), &*ran.err), (Some(25), ""));
}
