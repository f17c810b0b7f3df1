//! 200 notes on a changed report of 1 MB (and one of 10 MB), looked for together: as they stand, with edits, deleted, beside
//! lookalikes, and when their words are everywhere. The goal is a second for 1 MB.
//!
//! The yardsticks are what can't be done without: a plain pass over the text for each quote (`memmem`), and reading the
//! document from its bytes. All are measured in turn; each figure is the median over the rounds.
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

mod common;

use common::{Dice, percentile};
use kantlijn::doc::{Document, TextRange};
use kantlijn::import::{Limits, read};
use kantlijn::notes::anchor::{Resolver, State};
use kantlijn::notes::describe::describe;
use kantlijn::notes::{Target, TargetKind};
use memchr::memmem;
use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::Instant;

const NOTES: usize = 200;
const ROUNDS: usize = 5;

const SMALL: [&str; 16] =
    ["de", "het", "een", "van", "en", "op", "niet", "met", "voor", "die", "wordt", "door", "bij", "dat", "nog", "ook"];
const PARTS: [&str; 24] = [
    "kade", "sluis", "peil", "brug", "water", "toe", "zicht", "ver", "gun", "ning", "dienst", "her", "stel", "raad",
    "veer", "bestuur", "om", "gang", "keur", "steiger", "schip", "per", "ceel", "dijk",
];
const ALWAYS: &str = "Meer hierover staat in de bijlage bij dit hoofdstuk, die op verzoek wordt toegezonden.";

/// A sentence, and the number of the note on it.
type Sentence = (String, Option<usize>);

/// A report as sections of paragraphs of sentences.
struct Draft(Vec<Vec<Vec<Sentence>>>);

fn sentence(dice: &mut Dice, words: &[String]) -> String {
    let mut out = String::new();
    for n in 0..8 + dice.below(14) {
        // few words are common and most are rare
        let rank = dice.below(words.len()).min(dice.below(words.len())).min(dice.below(words.len()));
        let word = if dice.below(5) < 2 { SMALL[dice.below(SMALL.len())] } else { &words[rank] };
        if n == 0 {
            out.push_str(&word[..1].to_uppercase());
            out.push_str(&word[1..]);
        } else {
            out.push(' ');
            out.push_str(word);
        }
    }
    out.push_str(&format!(" in {} van de {} gevallen.", 2 + dice.below(90), 100 + dice.below(900)));
    out
}

fn draft(bytes: usize) -> Draft {
    let mut dice = Dice(7);
    let word = |dice: &mut Dice| (0..1 + dice.below(4)).map(|_| PARTS[dice.below(PARTS.len())]).collect::<String>();
    let words: Vec<String> = (0..30_000).map(|_| word(&mut dice)).collect();
    let (mut sections, mut made, mut count) = (Vec::new(), 0, 0);
    while made < bytes {
        let mut section = Vec::new();
        for _ in 0..3 {
            let paragraph: Vec<_> = (0..3 + dice.below(4)).map(|_| (sentence(&mut dice, &words), None)).collect();
            made += paragraph.iter().map(|(s, _)| s.len() + 1).sum::<usize>();
            count += paragraph.len();
            section.push(paragraph);
        }
        section.push(vec![(ALWAYS.to_owned(), None)]);
        sections.push(section);
    }
    let step = count / NOTES;
    let all = sections.iter_mut().flat_map(|s| s.iter_mut().take(3)).flatten();
    for (n, (_, note)) in all.skip(step / 2).step_by(step).take(NOTES).enumerate() {
        *note = Some(n);
    }
    Draft(sections)
}

impl Draft {
    /// The bytes of the document, each sentence as `edit` would have it; `None` takes it out.
    fn publish(&self, mut edit: impl FnMut(&str, Option<usize>) -> Option<String>) -> Vec<u8> {
        let mut out = String::from("# Stand van de kade\n\n");
        for (n, section) in self.0.iter().enumerate() {
            out.push_str(&format!("## {} Onderwerp {}\n\n", n + 1, n * 37 % 101));
            for paragraph in section {
                let all: Vec<_> = paragraph.iter().filter_map(|(s, note)| edit(s, *note)).collect();
                if !all.is_empty() {
                    out.push_str(&all.join(" "));
                    out.push_str("\n\n");
                }
            }
        }
        out.into_bytes()
    }
}

fn parse(bytes: &[u8]) -> Document {
    read(bytes, &Limits::default()).unwrap()
}

/// Notes on the sentences that have one, or on the whole paragraphs around them.
fn targets(old: &Document, draft: &Draft, paragraphs: bool) -> Vec<Target> {
    let noted = draft.0.iter().flatten().filter_map(|p| p.iter().find(|(_, note)| note.is_some()));
    let mut from = 0;
    let place = |(sentence, _): &Sentence| {
        let at = from + memmem::find(&old.text().as_bytes()[from..], sentence.as_bytes()).unwrap();
        from = at + sentence.len();
        let range = TextRange::from(at..from);
        describe(old, if paragraphs { old.block(old.block_at(range.start)).range } else { range }, "kade.md")
    };
    noted.map(place).collect()
}

/// Notes on the sentence that stands under each section, and on a word that stands everywhere.
fn everywhere(old: &Document, words: &str) -> Vec<Target> {
    let all: Vec<usize> = memmem::find_iter(old.text().as_bytes(), words).collect();
    let step = (all.len() / NOTES).max(1);
    let some = all.into_iter().step_by(step).take(NOTES);
    some.map(|at| describe(old, TextRange::from(at..at + words.len()), "kade.md")).collect()
}

/// A letter of the middle and one of the end are others.
fn misread(sentence: &str) -> String {
    let mut chars: Vec<char> = sentence.chars().collect();
    for at in [chars.len() / 3, chars.len() / 2] {
        chars[at] = if chars[at] == 'n' { 'm' } else { 'n' };
    }
    chars.into_iter().collect()
}

/// Measures a load and prints it; gives the seconds.
fn load(what: &str, bytes: &[u8], targets: &[Target]) -> f64 {
    let doc = parse(bytes);
    let (mut ours, mut plain, mut reading) = (Vec::new(), Vec::new(), Vec::new());
    let mut states = BTreeMap::new();
    for _ in 0..ROUNDS {
        let start = Instant::now();
        let resolver = Resolver::new(black_box(&doc), &[]);
        let anchors = resolver.resolve_all(targets.iter().map(|t| (t, &[][..])));
        ours.push(start.elapsed().as_secs_f64());
        states = BTreeMap::new();
        anchors.iter().for_each(|a| *states.entry(State::name(a.state)).or_insert(0) += 1);

        let start = Instant::now();
        for target in targets {
            if let TargetKind::Passage(quote) = &target.kind {
                black_box(memmem::find_iter(doc.text().as_bytes(), quote.exact.as_bytes()).count());
            }
        }
        plain.push(start.elapsed().as_secs_f64());

        let start = Instant::now();
        black_box(parse(black_box(bytes)));
        reading.push(start.elapsed().as_secs_f64());
    }
    let [ours, plain, reading] = [ours, plain, reading].map(|mut t| percentile(&mut t, 0.5));
    let states: Vec<String> = states.iter().map(|(state, n)| format!("{n} {state}")).collect();
    println!(
        "{what:<38} {:>8.1} ms {:>7.2} x memmem {:>7.2} x reading   {}",
        ours * 1e3,
        ours / plain,
        ours / reading,
        states.join(", ")
    );
    ours
}

fn main() {
    for size in [1 << 20, 10 << 20] {
        let draft = draft(size);
        let same = draft.publish(|s, _| Some(s.to_owned()));
        let old = parse(&same);
        println!("{NOTES} notes on {:.1} MB, {} blocks", old.text().len() as f64 / 1e6, old.blocks().len());
        let (notes, paragraphs) = (targets(&old, &draft, false), targets(&old, &draft, true));

        let mut count = 0;
        let more = draft.publish(|s, _| {
            count += 1;
            Some(if count % 40 == 0 { format!("Dit is nieuw in deze uitgave. {s}") } else { s.to_owned() })
        });
        let edited = draft.publish(|s, note| Some(if note.is_some() { misread(s) } else { s.to_owned() }));
        let figures = draft.publish(|s, note| {
            Some(if note.is_some() { s.replace(" gevallen.", "1 gevallen.") } else { s.to_owned() })
        });
        let gone = draft.publish(|s, note| note.is_none().then(|| s.to_owned()));
        let mut lost = Vec::new();
        let lookalikes = draft.publish(|s, note| {
            if note.is_some() {
                lost.push(s.to_owned());
                return None;
            }
            // those deleted before come back here and there, with another word
            let like = lost.get(s.len() * 31 % lost.len().max(1)).filter(|_| s.len() % 3 == 0);
            Some(like.map_or(s.to_owned(), |l| format!("{s} {}", l.replacen(" de ", " alle ", 1))))
        });
        let mut count = 0;
        let fewer = draft.publish(|s, _| {
            count += usize::from(s == ALWAYS);
            (s != ALWAYS || count % 7 > 0).then(|| s.to_owned())
        });
        let mixed = draft.publish(|s, note| match note.map(|n| n % 4) {
            Some(0) => None,
            Some(1) => Some(misread(s)),
            Some(2) => Some(s.replace(" gevallen.", "1 gevallen.")),
            _ => Some(s.to_owned()),
        });
        let (always, word) = (everywhere(&old, ALWAYS), everywhere(&old, "sluis"));

        let mut slowest = 0_f64;
        for (what, bytes, targets) in [
            ("the same edition", &same, &notes),
            ("sentences put in", &more, &notes),
            ("two letters of each quote", &edited, &notes),
            ("two letters of each paragraph", &edited, &paragraphs),
            ("a figure of each quote", &figures, &notes),
            ("all deleted", &gone, &notes),
            ("all deleted, lookalikes left", &lookalikes, &notes),
            ("the same sentence in each section", &fewer, &always),
            ("a word that is everywhere", &more, &word),
            ("a bit of everything", &mixed, &notes),
        ] {
            slowest = slowest.max(load(what, bytes, targets));
        }
        println!("slowest: {:.1} ms", slowest * 1e3);
    }
}
