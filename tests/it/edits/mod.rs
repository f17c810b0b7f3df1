//! A test bench of edits: reports are edited in many ways, and what becomes of the notes on them is judged.
//!
//! Where a passage went is known from how the edit was made (`model`, `truth`), never from looking for it. The kinds of
//! edits come in two halves: the open one may be looked at while the resolver is made, the held one only judges. `baseline`
//! is how others find quotes again, on the same notes.
//!
//! `cargo test --test it -- edits --nocapture` prints the figures; with `KANTLIJN_CORPUS` and `--ignored` those of the same
//! edits of real reports.

mod baseline;
mod files;
mod grammar;
mod held;
mod model;
mod open;
mod render;
mod score;
mod text;
mod truth;
mod twins;
mod work;

use crate::made::Dice;
use baseline::Baseline;
use grammar::{GARDENS, MARKETS, PATHS};
use kantlijn::doc::{Document, TextRange};
use kantlijn::import::{Limits, read};
use kantlijn::notes::anchor::Resolver;
use kantlijn::notes::describe::describe;
use kantlijn::notes::{Target, TargetKind};
use model::{Ids, Report};
use score::{HEADS, Score};
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use text::{Writer, pieces};
use truth::{Edited, Fate, Truth};
use work::{Case, Kind};

/// Reports that each kind of edit is tried on, more if that makes too few notes.
const REPORTS: usize = 5;
/// Notes that each kind has at least.
const NOTES: usize = 40;

fn read_doc(bytes: &[u8]) -> Document {
    read(bytes, &Limits::default()).unwrap()
}

/// A note of a case: where it is in the old document, and what became of its passage.
struct Noted {
    range: TextRange,
    truth: Truth,
    /// It is on what the edit is about.
    meant: bool,
}

/// A case as it is judged.
struct Made {
    old: Document,
    new: Document,
    notes: Vec<Noted>,
    /// Passages of which nothing can be said because the importer takes them for no text.
    unread: usize,
}

fn make(case: &Case) -> Made {
    let old = read_doc(&render::render(&case.old, case.old_form));
    let new = read_doc(&render::render(&case.new, case.new_form));
    let (there, here) = (truth::places(&case.old, &old), Edited::new(&case.new, &new));
    let (mut notes, mut unread) = (Vec::new(), 0);
    let both = case.notes.iter().map(|n| (n, true)).chain(case.others.iter().map(|n| (n, false)));
    for (ids, meant) in both {
        let range = truth::range(&there, &old, truth::chars(&case.old, ids));
        match (range, truth::truth(&case.old, &here, ids)) {
            (Some(range), Some(truth)) => notes.push(Noted { range, truth, meant }),
            _ => unread += 1,
        }
    }
    Made { old, new, notes, unread }
}

/// What the two methods made of the notes of a kind, and of the notes that have nothing to do with the edit.
#[derive(Default)]
struct Row {
    ours: Score,
    theirs: Score,
    others: Score,
    /// What is made of some of the same notes when they come from elsewhere and hold nothing but quote and context.
    bare: Score,
    /// How many reports were judged.
    judged: usize,
    unread: usize,
}

impl Row {
    fn judge(&mut self, made: &Made, label: &str) {
        let targets: Vec<_> = made.notes.iter().map(|n| describe(&made.old, n.range, "f")).collect();
        let resolver = Resolver::new(&made.new, &[]);
        let anchors = resolver.resolve_all(targets.iter().map(|t| (t, &[][..])));
        if self.judged.is_multiple_of(3) {
            let bare: Vec<_> = targets.iter().map(bare).collect();
            let anchors = resolver.resolve_all(bare.iter().map(|t| (t, &[][..])));
            made.notes.iter().zip(&anchors).for_each(|(note, anchor)| self.bare.count(&note.truth, anchor));
        }
        self.judged += 1;
        let baseline = Baseline::of(&made.new);
        self.unread += made.unread;
        for ((note, target), anchor) in made.notes.iter().zip(&targets).zip(&anchors) {
            let score = if note.meant { &mut self.ours } else { &mut self.others };
            let before = score.clone();
            score.count(&note.truth, anchor);
            if std::env::var("KANTLIJN_EDITS").is_ok_and(|w| label.contains(&w)) {
                tell(made, note, anchor, &before, score);
            }
            if let (true, Some(quote)) = (note.meant, target.quote()) {
                self.theirs.count_shown(&note.truth, baseline.show(target, quote));
            }
        }
    }
}

/// A target as other programs give it: no position, no headings, not told how often its words stood in the report.
fn bare(target: &Target) -> Target {
    let mut bare = Target { position: None, section: Vec::new(), page: None, ..target.clone() };
    if let TargetKind::Passage(quote) = &mut bare.kind {
        quote.times = None;
    }
    bare
}

/// Prints a note that was not simply found, when asked for by `KANTLIJN_EDITS=part of a kind's name`.
fn tell(made: &Made, note: &Noted, anchor: &kantlijn::notes::anchor::Anchor, before: &Score, after: &Score) {
    let right =
        after.found > before.found || after.changed_found > before.changed_found || after.gone_lost > before.gone_lost;
    if right {
        return;
    }
    let mark = if after.wrong > before.wrong { "WRONG" } else { "" };
    println!("{mark} {:?} -> {} ({} places)", note.truth.fate, anchor.state.name(), anchor.places);
    println!("   was {:?}", made.old.slice(note.range));
    note.truth.ranges.iter().for_each(|r| println!("   is  {:?}", made.new.slice(*r)));
    let shown = anchor.range.iter().chain(anchor.candidates.iter().take(2));
    shown.for_each(|r| println!("   got {:?}", made.new.slice(*r)));
}

/// The reports of a half: grown ones and pieces of written ones.
fn bases(seed: u64, grammars: &[(grammar::Grammar, bool)], demos: &[&str]) -> Vec<Report> {
    let mut dice = Dice(seed);
    let mut out = Vec::new();
    let mut written: Vec<Report> = Vec::new();
    for name in demos {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo").join(name);
        written.extend(pieces(&Report::of(&read_doc(&std::fs::read(path).unwrap())), 7000));
    }
    for round in 0..20 {
        let (grammar, english) = grammars[round % grammars.len()];
        let chapters = 6 + dice.below(4);
        out.push(Writer { grammar, english, dice: &mut dice, said: HashSet::new() }.report(chapters));
        if round % 2 == 0 {
            out.push(written[round / 2 % written.len()].clone());
        }
    }
    out
}

/// Judges all kinds of a half.
fn run(half: &str, kinds: &[Kind], bases: &[Report], seed: u64, reports: usize) -> Vec<(String, Row)> {
    let mut rows = Vec::new();
    for (k, kind) in kinds.iter().enumerate() {
        let mut row = Row::default();
        let label = format!("{half} {:<11} {}", kind.class, kind.name);
        let spoken = |r: &&Report| {
            let text: String = r.blocks.iter().take(12).map(|b| b.string() + " ").collect();
            kind.english.is_none_or(|wanted| text::is_english(&text) == wanted)
        };
        let fitting: Vec<&Report> = bases.iter().filter(spoken).collect();
        for n in 0..80 {
            if fitting.is_empty() || (n >= reports && row.ours.notes() >= NOTES) {
                break;
            }
            let base = fitting[(k * 3 + n) % fitting.len()];
            let mut dice = Dice(seed + (k * 100 + n) as u64 * 7919);
            let case = (kind.make)(&mut dice, base.clone());
            row.judge(&make(&case), &label);
        }
        rows.push((label, row));
    }
    rows
}

fn sum<'r>(scores: impl Iterator<Item = &'r Score>) -> Score {
    scores.fold(Score::default(), |mut all, score| {
        all.add(score);
        all
    })
}

/// Prints the figures and gives the sum of ours, meant and others together.
fn print(half: &str, rows: &[(String, Row)]) -> Score {
    println!("\n{:<52} {HEADS} | baseline: wrong", format!("EDITS, {half} half"));
    for (label, row) in rows {
        println!("{label:<52} {} | {:5}", row.ours, row.theirs.wrong);
    }
    let ours = sum(rows.iter().map(|(_, r)| &r.ours));
    let others = sum(rows.iter().map(|(_, r)| &r.others));
    let bare = sum(rows.iter().map(|(_, r)| &r.bare));
    let theirs = sum(rows.iter().map(|(_, r)| &r.theirs));
    println!("{:<52} {others}", "notes on what was not edited");
    println!("{:<52} {ours}", "all, but for these");
    println!("{:<52} {bare}", "some of both, with nothing but quote and context");
    println!("{:<52} {theirs}", "the baseline on the same notes");
    println!(
        "shown by the baseline as if nothing had happened: {} of {} changed, {} of {} deleted",
        theirs.changed - theirs.changed_lost,
        theirs.changed,
        theirs.gone - theirs.gone_lost,
        theirs.gone
    );
    let unread: usize = rows.iter().map(|(_, r)| r.unread).sum();
    println!("passages that the importer takes for no text: {unread}");
    sum([&ours, &others].into_iter())
}

fn open_bases() -> Vec<Report> {
    bases(11, &[(MARKETS, false)], &["bruggen-en-sluizen-2025.md", "speeltoestellen-2025.md"])
}

fn held_bases() -> Vec<Report> {
    bases(77, &[(GARDENS, false), (PATHS, true)], &["bodemwarmte-2025.txt", "metering-2025-en.md"])
}

/// What must hold of each half: the bench is large and varied enough, nothing is shown where it isn't, and of the survivors
/// as many are found at all and without asking (in per cent) as have been found before.
fn judge(half: &str, rows: &[(String, Row)], unasked: f64) {
    let all = print(half, rows);
    let meant = sum(rows.iter().map(|(_, r)| &r.ours));
    assert!(meant.at_all() >= Some(99.5), "{:?} % of the survivors are found at all", meant.at_all());
    assert!(meant.unasked() >= Some(unasked), "{:?} % of the survivors are found without asking", meant.unasked());
    for (label, row) in rows {
        assert!(row.ours.notes() >= NOTES, "{label}: only {} notes", row.ours.notes());
    }
    assert!(all.notes() >= 1500, "{}", all.notes());
    let wrong: Vec<_> =
        rows.iter().filter(|(_, r)| r.ours.wrong + r.others.wrong + r.bare.wrong > 0).map(|(l, _)| l).collect();
    assert!(wrong.is_empty(), "{} notes shown on a wrong or changed passage: {wrong:#?}", all.wrong);
    let unread: usize = rows.iter().map(|(_, r)| r.unread).sum();
    assert!(unread * 50 < all.notes(), "{unread} passages can't be judged");
}

#[test]
fn edits_open() {
    let mut rows = run("open", open::KINDS, &open_bases(), 1, REPORTS);
    rows.push(files::row("open", &["report.html", "report.docx", "report.odt"]));
    judge("open", &rows, 99.0);
}

#[test]
fn edits_held() {
    let mut rows = run("held", held::KINDS, &held_bases(), 5, REPORTS);
    rows.push(files::row("held", &["report.epub", "report.pdf", "report-word.pdf"]));
    judge("held", &rows, 98.0);
}

/// The same edits of pieces of the real reports.
#[test]
#[ignore = "needs KANTLIJN_CORPUS"]
fn edits_of_the_corpus() {
    let corpus = PathBuf::from(std::env::var_os("KANTLIJN_CORPUS").expect("KANTLIJN_CORPUS names the folder"));
    let mut paths: Vec<_> = std::fs::read_dir(corpus.join("reports")).unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    let reports = paths.iter().map(|p| Report::of(&read_doc(&std::fs::read(p).unwrap())));
    let bases: Vec<Report> = reports.flat_map(|r| pieces(&r, 16_000)).collect();
    assert!(bases.len() >= 15, "only {} pieces", bases.len());
    let open = run("open", open::KINDS, &bases, 3, 2 * REPORTS);
    let held = run("held", held::KINDS, &bases, 9, 2 * REPORTS);
    let all = [print("open", &open), print("held", &held)];
    let wrong: usize = all.iter().map(|s| s.wrong).sum();
    assert_eq!(wrong, 0, "notes shown on a wrong or changed passage");
}

/// The truth of a bench must be right before anything is judged by it.
#[test]
fn edits_are_known_from_how_they_were_made() {
    let text =
        "# Kop\n\nDe pont vaart niet meer. Er zijn 12 ponten in de haven van het dorp. Dat is alles wat wij weten.\n";
    let base = Report::of(&read_doc(text.as_bytes()));
    let mut case = Case::new(base);
    let all = case.old.sentences();
    let ids = |words: &str| -> Ids {
        let whole: String = case.old.blocks.iter().map(model::Block::string).collect();
        let at = whole.find(words).unwrap() as u32;
        at..at + words.len() as u32
    };
    let (pont, twelve, alles) = (ids("De pont vaart niet meer."), ids("12"), ids("Dat is alles wat wij weten."));
    case.new.replace(&twelve, "21", true);
    let moved = case.new.cut(&pont);
    case.new.blocks.insert(1, model::Block { shape: model::Shape::Para, text: moved });
    case.new.cut(&alles);
    case.notes = vec![pont, all[0].clone(), ids("ponten in de haven van het dorp"), alles];
    let made = make(&case);
    let fates: Vec<_> = made.notes.iter().map(|n| n.truth.fate).collect();
    assert_eq!(fates, [Fate::Same, Fate::Changed, Fate::Same, Fate::Gone]);
    assert_eq!(made.new.slice(made.notes[0].truth.ranges[0]), "De pont vaart niet meer.");
    assert_eq!(made.new.slice(made.notes[1].truth.ranges[0]), "Er zijn 21 ponten in de haven van het dorp.");
    let (from, to) = model::reversed(&case.old, &case.new);
    assert_eq!(from.struck.len() + to.struck.len(), 2);
    // the table of the baseline counts edits
    let closest = |text: &str, pattern: &str| {
        let [text, pattern] = [text, pattern].map(|s| s.chars().collect::<Vec<_>>());
        baseline::closest(&text, &pattern, pattern.len())
    };
    assert_eq!(closest("de brug staat open", "brag"), [(7, 1)]);
    let long = "Een regel die langer is dan vierenzestig tekens, zodat hij over twee woorden bits gaat.";
    assert_eq!(closest(&format!("Voorop. {} Erna.", long.replace("regel", "rgel")), long), [(94, 1)]);
}
