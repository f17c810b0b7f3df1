//! 200 notes on a report of 10 MB: looked for in the same edition, in a revised one, and when their words are everywhere.
//!
//! Times are of this machine; each is the least of the rounds.
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

use kantlijn::doc::{Document, TextRange};
use kantlijn::import::{Limits, read};
use kantlijn::notes::anchor::{Resolver, State};
use kantlijn::notes::describe::describe;
use kantlijn::notes::{Target, TargetKind};
use std::hint::black_box;
use std::time::{Duration, Instant};

const NOTES: usize = 200;
const ROUNDS: usize = 5;
const SIZE: usize = 10 << 20;

const WORDS: [&str; 32] = [
    "de",
    "kade",
    "het",
    "van",
    "herstel",
    "en",
    "sluis",
    "een",
    "vergunning",
    "niet",
    "op",
    "gemeente",
    "voor",
    "met",
    "steiger",
    "die",
    "subsidie",
    "bij",
    "aan",
    "schipper",
    "wordt",
    "coördinatie",
    "naar",
    "peil",
    "dat",
    "brug",
    "te",
    "bewoner",
    "nog",
    "bestuur",
    "kan",
    "toezicht",
];

/// A report of about this many bytes. `revised` has a sentence more in every tenth paragraph.
fn report(size: usize, revised: bool) -> Document {
    let mut seed = 7u64;
    let mut roll = |sides: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % sides
    };
    let mut text = String::from("# Stand van de kade\n\n");
    let mut paragraph = 0;
    while text.len() < size {
        if paragraph % 20 == 0 {
            text.push_str(&format!("## {} Onderwerp\n\n", paragraph / 20 + 1));
        }
        if revised && paragraph % 10 == 0 {
            text.push_str("Dit is nieuw. ");
        }
        for _ in 0..80 {
            text.push_str(WORDS[roll(WORDS.len())]);
            text.push(if roll(12) == 0 { '\n' } else { ' ' });
        }
        text.push_str(&format!("in {paragraph}.\n\n"));
        paragraph += 1;
    }
    read(text.as_bytes(), &Limits::default()).unwrap()
}

/// Notes spread over the report, on passages of `len` bytes or so.
fn targets(doc: &Document, len: usize) -> Vec<Target> {
    let text = doc.text();
    let border = |at: usize| at + text[at..].find(' ').unwrap() + 1;
    let starts = (0..NOTES).map(|n| {
        let step = text.len() / (NOTES + 1) * (n + 1);
        border((step..).find(|at| text.is_char_boundary(*at)).unwrap())
    });
    starts
        .map(|start| {
            let end = (start + len..).find(|at| text.is_char_boundary(*at)).unwrap();
            describe(doc, TextRange::from(start..border(end) - 1), "kade.md")
        })
        .collect()
}

/// The quickest of the rounds, and how many were found in it.
fn look(doc: &Document, targets: &[Target]) -> (Duration, usize) {
    let rounds = (0..ROUNDS).map(|_| {
        let start = Instant::now();
        let resolver = Resolver::new(black_box(doc), &[]);
        let anchors = targets.iter().map(|t| resolver.resolve(t, &[]));
        let found = anchors.filter(|a| matches!(a.state, State::Exact | State::Moved)).count();
        (start.elapsed(), found)
    });
    rounds.min().unwrap()
}

fn main() {
    let (old, new) = (report(SIZE, false), report(SIZE, true));
    println!("{NOTES} notes on {:.1} MB, {} blocks", old.text().len() as f64 / 1e6, old.blocks().len());
    let start = Instant::now();
    let long = targets(&old, 120);
    println!("described in                 {:>9.1?}", start.elapsed());
    // A word that stands there tens of thousands of times.
    let everywhere: Vec<_> = targets(&old, 1)
        .into_iter()
        .map(|mut t| {
            if let TargetKind::Passage(quote) = &mut t.kind {
                quote.exact = "sluis".to_owned();
            }
            t
        })
        .collect();
    for (what, doc, targets) in [
        ("the same edition", &old, &long),
        ("a revised edition", &new, &long),
        ("a word that is everywhere", &new, &everywhere),
    ] {
        let (time, found) = look(doc, targets);
        println!("{what:<28} {time:>9.1?} {found:>4} found");
    }
}
