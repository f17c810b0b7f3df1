//! Two editions of 1 MB with an edit in every tenth paragraph: aligning them against reading one of them, and a page of
//! the screen on which they stand side by side, from key to drawn.
#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout)]

mod common;

use common::{Corpus, Dice, percentile};
use kantlijn::app::View;
use kantlijn::compare::align::align;
use kantlijn::doc::{Document, Lang, TextRange};
use kantlijn::import::{Limits, read};
use kantlijn::keys::parse_sequence;
use kantlijn::notes::diff;
use kantlijn::runtime::inline::Inline;
use kantlijn::ui::{Theme, draw};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use std::hint::black_box;
use std::time::Instant;

const SIZE: (u16, u16) = (200, 60);
/// Bytes of an edition.
const LENGTH: usize = 1_000_000;
const ROUNDS: usize = 15;
const PAGES: usize = 200;

fn main() {
    let (old, new) = editions();
    let doc = |text: &str| read(text.as_bytes(), &Limits::default()).unwrap();
    let (a, b) = (doc(&old), doc(&new));
    let whole = |d: &Document| TextRange::from(0..d.text().len());
    let (mut reading, mut aligning, mut wording) = (Vec::new(), Vec::new(), Vec::new());
    let found = align(&a, whole(&a), &b, whole(&b));
    for _ in 0..ROUNDS {
        reading.push(timed(|| drop(black_box(doc(&new)))));
        aligning.push(timed(|| drop(black_box(align(&a, whole(&a), &b, whole(&b))))));
        wording.push(timed(|| {
            for pair in &found.pairs {
                if let (Some(o), Some(n)) = (pair.old, pair.new) {
                    black_box(diff::words(a.slice(a.block(o).range), b.slice(b.block(n).range)));
                }
            }
        }));
    }
    let [read, align, words] = [reading, aligning, wording].map(|mut times| percentile(&mut times, 0.5) / 1000.0);
    let counts = found.counts;
    println!(
        "{} kB and {} kB, {} blocks the same, {} changed, {} other: align {align:.1} ms, read one {read:.1} ms, ratio {:.2}; \
         words of all pairs {words:.1} ms",
        old.len() / 1000,
        new.len() / 1000,
        counts.same,
        counts.changed,
        counts.added + counts.removed + counts.moved,
        align / read,
    );
    frames(&old, &new);
}

/// Microseconds.
fn timed(run: impl FnOnce()) -> f64 {
    let begun = Instant::now();
    run();
    begun.elapsed().as_secs_f64() * 1e6
}

/// A report and the next one: in every tenth paragraph a word is another, a figure is new, or both.
fn editions() -> (String, String) {
    let texts = Corpus::open().texts();
    let mut old = String::from("# Lang rapport 2030\n\n");
    for text in texts.iter().cycle() {
        old.push_str(&String::from_utf8_lossy(text));
        old.push_str("\n\n");
        if old.len() >= LENGTH {
            break;
        }
    }
    let end = (LENGTH..=old.len()).find(|at| old.is_char_boundary(*at)).unwrap();
    old.truncate(end);
    let mut dice = Dice(7);
    let mut seen = 0;
    let edited = old.split("\n\n").map(|paragraph| {
        let words: Vec<&str> = paragraph.split(' ').collect();
        if paragraph.starts_with('#') || words.len() < 8 {
            return paragraph.to_owned();
        }
        seen += 1;
        if seen % 10 != 0 {
            return paragraph.to_owned();
        }
        let mut words: Vec<String> = words.into_iter().map(str::to_owned).collect();
        let at = 1 + dice.below(words.len() - 2);
        match seen / 10 % 3 {
            0 => words[at] = "anders".to_owned(),
            1 => words.insert(at, dice.below(900).to_string()),
            _ => words[at] = format!("niet {}", dice.below(900)),
        }
        words.join(" ")
    });
    let new = edited.collect::<Vec<_>>().join("\n\n").replacen("rapport 2030", "rapport 2031", 1);
    (old, new)
}

fn frames(old: &str, new: &str) {
    let desk = tempfile::tempdir().unwrap();
    let reports = desk.path().join("reports");
    std::fs::create_dir(&reports).unwrap();
    std::fs::write(reports.join("lang-2030.md"), old).unwrap();
    std::fs::write(reports.join("lang-2031.md"), new).unwrap();
    let mut reader = Inline::new(vec![reports], &desk.path().join("home"), SIZE, Lang::Nl);
    let press = |reader: &mut Inline, keys: &str| parse_sequence(keys).unwrap().iter().for_each(|key| reader.key(*key));
    press(&mut reader, "enter");
    let begun = Instant::now();
    press(&mut reader, "g c");
    let open = begun.elapsed().as_secs_f64() * 1000.0;
    assert_eq!(reader.app.view, View::Compare, "the two are not side by side");
    let theme = Theme::of_roles();
    let mut terminal = Terminal::new(TestBackend::new(SIZE.0, SIZE.1)).unwrap();
    let mut times = Vec::new();
    for _ in 0..PAGES {
        let before = reader.app.compare.current;
        times.push(timed(|| {
            press(&mut reader, "pagedown");
            terminal
                .draw(|frame| {
                    draw(&reader.app, &theme, frame.buffer_mut());
                })
                .unwrap();
        }));
        assert_ne!(reader.app.compare.current, before, "the page is not another one");
    }
    let (p50, p99) = (percentile(&mut times, 0.5), percentile(&mut times, 0.99));
    println!(
        "side by side at {}x{}: opened in {open:.0} ms, key to frame, {PAGES} pages: p50 {p50:.0} µs, p99 {p99:.0} µs",
        SIZE.0, SIZE.1
    );
}
