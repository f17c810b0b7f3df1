//! Two programs act on one folder of notes and are killed at any moment: nothing is lost, every file is whole, and the
//! history tells exactly how the notes came to be what they are.
//!
//! `KANTLIJN_FIRE=10000 cargo test --test it -- fire --nocapture` does ten thousand acts and prints the figures.

use kantlijn::notes::history::{History, HistoryError};
use kantlijn::notes::store::{Store, StoreError, Stored};
use kantlijn::notes::{Note, NoteId, parse};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

/// Where a child finds its data folder, and the number it begins its chances with.
const DATA: &str = "KANTLIJN_FIRE_DATA";
const SEED: &str = "KANTLIJN_FIRE_SEED";
/// How many acts are done; without it as many as take a few seconds.
const ACTS: &str = "KANTLIJN_FIRE";

/// Chances that are the same every time (xorshift).
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n.max(1) as u64) as usize
    }

    fn of<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        all.get(self.below(all.len()))
    }
}

fn note(id: &str, body: &str) -> Note {
    let head = "created: 2026-01-02T03:04:05Z\ntarget: {kind: report, report: {title: Onder vuur, year: 2026}}";
    parse(&format!("---\nid: {id}\n{head}\n---\n{body}\n")).unwrap()
}

/// Words that say which act wrote them in every line.
fn words(name: &str, chance: &mut Chance) -> String {
    vec![name; 1 + chance.below(40)].join("\n")
}

fn random_act(store: &Store, seen: &[Stored], name: &str, chance: &mut Chance) -> Result<(), HistoryError> {
    match chance.below(if seen.len() > 40 { 12 } else { 8 }) {
        0..3 => {
            for n in 0..1 + chance.below(3) {
                store.create(&note(&format!("{name}-{n}"), &words(name, chance)))?;
            }
        }
        3..5 => {
            if let Some(stored) = chance.of(seen) {
                store.save(stored, &Note { body: words(name, chance), ..stored.note.clone() })?;
            }
        }
        5 => {
            // many at once
            for stored in seen.iter().take(2 + chance.below(8)) {
                store.save(stored, &Note { tags: vec![name.to_owned()], ..stored.note.clone() })?;
            }
        }
        6 => {
            let trashed = store.trashed().notes;
            let free = |s: &&Stored| s.place_before_trash().is_some_and(|p| !store.data().join(p).exists());
            let free: Vec<_> = trashed.iter().filter(free).collect();
            if let Some(one) = chance.of(&free) {
                store.restore(one)?;
            }
        }
        _ => {
            for stored in seen.iter().rev().take(1 + chance.below(4)) {
                store.trash(stored)?;
            }
        }
    }
    Ok(())
}

#[test]
fn child_acts_until_killed() {
    // Without a parent (all tests are being run) there is nothing to do: it is the child of another test.
    let Some(store) = std::env::var_os(DATA).map(|data| Store::open(&PathBuf::from(data))) else { return };
    let seed: u64 = std::env::var(SEED).unwrap().parse().unwrap();
    let mut chance = Chance(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let mut history = History::open(&store);
    let mut out = std::io::stdout();
    for n in 0.. {
        let name = format!("c{seed}-{n}");
        // sometimes what is acted on was read a moment before, as on a screen
        let before = (chance.below(2) == 0).then(|| store.load().notes);
        writeln!(out, "\nbegin {name}").unwrap();
        let done = match chance.below(6) {
            0 => history.undo(&store).map(drop),
            1 => history.redo(&store).map(drop),
            _ => history.act(&store, &name, |staged| {
                let seen = before.unwrap_or_else(|| store.load().notes);
                random_act(staged, &seen, &name, &mut chance)
            }),
        };
        let how = match done {
            Ok(()) => "done",
            // the other program was there first
            Err(HistoryError::Store(StoreError::ChangedElsewhere { .. })) => "refused",
            Err(error) => panic!("{error}"),
        };
        writeln!(out, "\n{how} {name}").unwrap();
        out.flush().unwrap();
    }
}

struct Program {
    child: Child,
    lines: mpsc::Receiver<String>,
}

fn program(data: &Path, seed: u64) -> Program {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "fire::child_acts_until_killed", "--nocapture"]);
    command.env(DATA, data).env(SEED, seed.to_string()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let out = BufReader::new(child.stdout.take().unwrap());
    let (tell, lines) = mpsc::channel();
    std::thread::spawn(move || out.lines().map_while(Result::ok).try_for_each(|line| tell.send(line)));
    Program { child, lines }
}

/// What the journal says that the files hold, and the names of acts that were done (undone since or not).
fn told(data: &Path) -> (BTreeMap<PathBuf, String>, BTreeSet<String>, usize) {
    let text = std::fs::read_to_string(data.join("history/journal.jsonl")).unwrap();
    let (mut files, mut names, mut damaged) = (BTreeMap::new(), BTreeSet::new(), 0);
    let (mut done, mut undone, mut open): (Vec<Value>, Vec<Value>, Option<Value>) = Default::default();
    let mut apply = |act: &Value, back: bool| {
        for change in act["changes"].as_array().unwrap() {
            let path = PathBuf::from(change["path"].as_str().unwrap());
            if second(&path) {
                continue; // it came without an act: what could not take the place of the note
            }
            let (from, to) = if back { ("after", "before") } else { ("before", "after") };
            assert_eq!(files.get(&path).map(String::as_str), change[from].as_str(), "{}", path.display());
            match change[to].as_str() {
                Some(text) => drop(files.insert(path, text.to_owned())),
                None => drop(files.remove(&path)),
            }
        }
    };
    for line in text.lines().filter(|l| !l.is_empty()) {
        let Ok(line) = serde_json::from_str::<Value>(line) else {
            damaged += 1;
            continue;
        };
        match (line.as_str(), line.get("plan"), line.get("act")) {
            (_, Some(act), _) => open = Some(act.clone()),
            (Some("dropped" | "undoing" | "redoing"), ..) => open = None,
            (Some("done"), ..) | (_, _, Some(_)) => {
                let act = line.get("act").cloned().or(open.take()).expect("what is done was planned");
                apply(&act, false);
                names.insert(act["label"].as_str().unwrap().to_owned());
                done.push(act);
                undone.clear();
            }
            (Some("undo"), ..) => {
                let act = done.pop().unwrap();
                apply(&act, true);
                undone.push(act);
            }
            (Some("redo"), ..) => {
                let act = undone.pop().unwrap();
                apply(&act, false);
                done.push(act);
            }
            other => panic!("{other:?}"),
        }
    }
    (files, names, damaged)
}

/// The files of notes as they are, without second versions.
fn there(store: &Store) -> BTreeMap<PathBuf, String> {
    let loaded = store.load();
    assert_eq!(loaded.unreadable, [], "every file is whole");
    let of = |s: Stored| (s.path, s.revision.text().to_owned());
    let all = loaded.notes.into_iter().chain(loaded.conflicts).map(of);
    all.filter(|(path, _)| !second(path)).collect()
}

/// Whether a file is a second version of a note.
fn second(path: &Path) -> bool {
    path.to_string_lossy().contains(".conflict-")
}

#[test]
fn two_programs_killed_at_any_moment_lose_nothing() {
    let wanted: usize = std::env::var(ACTS).ok().map_or(150, |n| n.parse().unwrap());
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path());
    let mut chance = Chance(0x5eed);
    let mut seeds = 1..;
    let mut next = || program(dir.path(), seeds.next().unwrap());
    let mut programs = [next(), next()];
    let (mut acknowledged, mut refused, mut kills, mut inside, mut looks) = (BTreeSet::new(), 0, 0, 0, 0);
    let mut turns = 0;
    while acknowledged.len() + refused < wanted {
        // one of them lives for some acts more, and for a part of another
        let victim = chance.below(2);
        let acts = 1 + chance.below(wanted / 25 + 4);
        let mut begun = String::new();
        let mut take = |line: String, begun: &mut String| {
            let (how, name) = line.split_once(' ').unwrap_or((&line, ""));
            match how {
                "begin" => name.clone_into(begun),
                "done" | "refused" => {
                    begun.clear();
                    let _ = if how == "done" {
                        acknowledged.insert(name.to_owned())
                    } else {
                        refused += 1;
                        true
                    };
                }
                _ => return false,
            }
            how != "begin"
        };
        let mut seen = 0;
        while seen < acts {
            let line = programs[victim].lines.recv_timeout(Duration::from_secs(60)).expect("the program goes on");
            seen += usize::from(take(line, &mut begun));
        }
        (0..chance.below(400_000)).for_each(|_| std::hint::spin_loop());
        programs[victim].child.kill().unwrap();
        programs[victim].child.wait().unwrap();
        kills += 1;
        while let Ok(line) = programs[victim].lines.recv() {
            take(line, &mut begun);
        }
        inside += usize::from(!begun.is_empty());
        programs[victim] = next();
        turns += 1;
        if turns % 10 == 0 {
            // nobody is there: everything must be whole at this very moment
            for program in &mut programs {
                program.child.kill().unwrap();
                program.child.wait().unwrap();
                kills += 1;
                let mut begun = String::new();
                while let Ok(line) = program.lines.recv() {
                    take(line, &mut begun);
                }
                inside += usize::from(!begun.is_empty());
            }
            History::open(&store).mend(&store).unwrap();
            assert_eq!(there(&Store::open(dir.path())), told(dir.path()).0);
            looks += 1;
            programs = [next(), next()];
        }
    }
    for program in &mut programs {
        program.child.kill().unwrap();
        program.child.wait().unwrap();
    }

    let mut history = History::open(&store);
    history.mend(&store).unwrap();
    let (files, names, damaged) = told(dir.path());
    assert_eq!(there(&Store::open(dir.path())), files, "the notes are what the history says");
    // an act that changed nothing is no step; undo and redo have no names of their own
    let text = std::fs::read_to_string(dir.path().join("history/journal.jsonl")).unwrap();
    let planned = |name: &&String| text.contains(&format!("\"label\":\"{name}\""));
    let lost: Vec<_> = acknowledged.iter().filter(planned).filter(|name| !names.contains(*name)).collect();
    assert!(lost.is_empty(), "said to be done and not there: {lost:?}");
    for (path, text) in &files {
        let body = parse(text).unwrap_or_else(|e| panic!("{}: {e}", path.display())).body;
        let first = body.lines().next().unwrap_or_default();
        assert!(body.lines().all(|line| line == first), "{}: words of two acts", path.display());
    }
    // all the way back, and all the way again
    let mut undone = 0;
    while history.undo(&store).unwrap().is_some() {
        undone += 1;
    }
    assert!(there(&Store::open(dir.path())).is_empty());
    for _ in 0..undone {
        assert!(history.redo(&store).unwrap().is_some());
    }
    assert_eq!(there(&Store::open(dir.path())), files);
    let ids: BTreeSet<NoteId> = store.load().notes.into_iter().map(|s| s.note.id).collect();
    println!(
        "{} acts done, {refused} refused; {kills} kills, {inside} of them inside an act; whole at {looks} looks in \
         between; {damaged} lines of the journal cut off; {undone} steps undone and redone; {} notes, {} second versions",
        acknowledged.len(),
        ids.len(),
        store.load().conflicts.len(),
    );
    assert!(inside * 10 > kills, "only {inside} of {kills} kills came inside an act");
}
