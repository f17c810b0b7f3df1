//! Wrapping 1 MB against textwrap's first-fit, and a screen at the end of a long report against one at its start.
//!
//! Only ratios of pairs measured in turn count; each figure is the median over the pairs.
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

use kantlijn::doc::{
    Block, BlockKind, Document, Edition, Format, Lang, Outline, Part, PartId, PartKind, RawDocument, Section,
    SectionId, SourceMap, TextRange,
};
use kantlijn::layout::{Flow, Measure, wrap_text};
use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

const PAIRS: usize = 9;
const WIDTH: u16 = 80;
const SCREEN: usize = 60;

/// Words of a report, with the letters and marks that Dutch has beyond ASCII about as often as reports have them.
const WORDS: &[&str] = &[
    "de",
    "het",
    "een",
    "van",
    "en",
    "in",
    "op",
    "voor",
    "met",
    "dat",
    "niet",
    "wordt",
    "zijn",
    "kan",
    "aan",
    "dijk",
    "polder",
    "vergunning",
    "uitvoering",
    "gemeente",
    "waterschap",
    "toezicht",
    "capaciteit",
    "gegevens",
    "termijn",
    "bekostiging",
    "regeling",
    "wijziging",
    "burgers",
    "ketenpartners",
    "informatievoorziening",
    "financiële",
    "coördinatie",
    "prioriteit",
    "knelpunt",
    "wet- en regelgeving",
    "12.500",
    "2025",
    "(zie bijlage)",
    "bureau’s",
    "maatwerk,",
    "rechtmatigheid.",
    "beleid",
    "praktijk",
    "samen",
    "steeds",
    "langer",
    "jaar",
    "hoger",
    "kosten",
];

fn main() {
    let one = report(1 << 20);
    let doc = Arc::new(document(&one));
    let options = textwrap::Options::new(WIDTH as usize)
        .wrap_algorithm(textwrap::WrapAlgorithm::FirstFit)
        .word_splitter(textwrap::WordSplitter::NoHyphenation);
    let (ours, theirs, ratio) = pairs(
        || {
            let flow = Flow::new(Arc::clone(&doc), Measure::new(WIDTH));
            (0..doc.blocks().len() as u32).map(|b| flow.rows(b, 0).len()).sum::<usize>()
        },
        || one.iter().map(|p| textwrap::wrap(p, &options).len()).sum::<usize>(),
    );
    // wrapping alone, as textwrap does it, and then with all that a row of the screen is made of
    let (alone, beside, alone_ratio) = pairs(
        || one.iter().map(|p| wrap_text(p, WIDTH as usize).len()).sum::<usize>(),
        || one.iter().map(|p| textwrap::wrap(p, &options).len()).sum::<usize>(),
    );
    println!(
        "wrap 1 MB at {WIDTH}: rows {alone:.2?}, textwrap first-fit {beside:.2?}, ratio {alone_ratio:.4} (goal 0.05)"
    );
    println!("wrap 1 MB at {WIDTH}: flow {ours:.2?}, textwrap first-fit {theirs:.2?}, ratio {ratio:.4}");

    let doc = Arc::new(document(&report(10 << 20)));
    let measure = Measure::new(WIDTH);
    // A new flow each time: nothing is in the cache, as after a jump.
    let (end, start, ratio) = pairs(
        || {
            let flow = Flow::new(Arc::clone(&doc), measure);
            flow.screen(flow.last_top(SCREEN), SCREEN).len()
        },
        || {
            let flow = Flow::new(Arc::clone(&doc), measure);
            flow.screen(flow.first(), SCREEN).len()
        },
    );
    println!("{SCREEN} rows of 10 MB: last screen {end:.2?}, first screen {start:.2?}, ratio {ratio:.2}");
}

/// Median times of two jobs run in turn, and the median of their ratios.
fn pairs(ours: impl Fn() -> usize, theirs: impl Fn() -> usize) -> (Duration, Duration, f64) {
    let time = |job: &dyn Fn() -> usize| {
        let begun = Instant::now();
        black_box(job());
        begun.elapsed()
    };
    let mut runs: Vec<(Duration, Duration)> = (0..=PAIRS).map(|_| (time(&ours), time(&theirs))).collect();
    runs.remove(0); // the first pair warms up
    let middle = |mut figures: Vec<f64>| {
        figures.sort_by(f64::total_cmp);
        figures[figures.len() / 2]
    };
    let seconds = |pick: fn(&(Duration, Duration)) -> Duration| {
        Duration::from_secs_f64(middle(runs.iter().map(|r| pick(r).as_secs_f64()).collect()))
    };
    let ratio = middle(runs.iter().map(|(a, b)| a.as_secs_f64() / b.as_secs_f64()).collect());
    (seconds(|r| r.0), seconds(|r| r.1), ratio)
}

/// Paragraphs of this many bytes together; always the same ones.
fn report(bytes: usize) -> Vec<String> {
    let mut seed = 0x2545_f491_4f6c_dd1d_u64;
    let mut random = move |below: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        (seed % below as u64) as usize
    };
    let mut out = Vec::new();
    let mut total = 0;
    while total < bytes {
        let words: Vec<&str> = (0..20 + random(120)).map(|_| WORDS[random(WORDS.len())]).collect();
        let paragraph = words.join(" ");
        total += paragraph.len();
        out.push(paragraph);
    }
    out
}

fn document(paragraphs: &[String]) -> Document {
    let mut at = 0;
    let mut blocks = Vec::new();
    for paragraph in paragraphs {
        let range = TextRange::from(at..at + paragraph.len());
        blocks.push(Block { range, kind: BlockKind::Paragraph, section: SectionId(0) });
        at += paragraph.len() + 2;
    }
    let text = paragraphs.join("\n\n");
    let range = TextRange::from(0..text.len());
    let root = Section {
        number: None,
        title: String::new(),
        level: 1,
        parent: None,
        part: PartId(0),
        heading: None,
        range,
        confidence: 1.0,
    };
    let part = Part {
        root: SectionId(0),
        title: String::new(),
        org: None,
        date: None,
        year: None,
        kind: PartKind::Report,
        lang: Lang::Nl,
        range,
    };
    let raw = RawDocument {
        edition: Edition::of(text.as_bytes()),
        format: Format::Plain,
        text,
        blocks,
        spans: Vec::new(),
        outline: Outline::new(vec![root], vec![part]),
        source: SourceMap::default(),
        furniture: Vec::new(),
        warnings: Vec::new(),
    };
    Document::freeze(raw).unwrap()
}
