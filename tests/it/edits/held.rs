//! The half of the kinds of edits that is held back: the resolver is judged by them and never made with them.

mod sentences;

use super::grammar::{GARDENS, PATHS};
use super::model::{Block, Ids, Marker, NEW, Report, Shape, fresh};
use super::render::Form;
use super::text::Writer;
use super::twins::{Then, beside, patched, same};
use super::work::{
    Case, Kind, Mend, append, exchanged, harmless, kind, mended, paragraphs, soft, some, unmended, word, words,
};
use crate::made::Dice;
use sentences::*;
use std::collections::HashSet;

const DUTCH: Option<bool> = Some(false);
const ENGLISH: Option<bool> = Some(true);

const fn spoken(
    class: &'static str,
    name: &'static str,
    english: Option<bool>,
    make: fn(&mut Dice, Report) -> Case,
) -> Kind {
    Kind { class, name, english, make }
}

/// All of them.
pub const KINDS: &[Kind] = &[
    kind("wrap", "broken words at line ends", hyphenated),
    kind("ocr", "ligatures, lost hyphens, broken words", |d, r| mended(d, r, scanned)),
    kind("ocr", "a badly read page", |d, r| mended(d, r, badly_read)),
    kind("typography", "dashes, low marks, hard blanks", |d, r| mended(d, r, typeset)),
    kind("typos", "lost and doubled letters mended", |d, r| unmended(d, r, mistyped)),
    kind("typos", "put in", |d, r| mended(d, r, mistyped)),
    kind("moved", "sections in another order", sections_reordered),
    kind("moved", "sentences within their section", sentences_moved),
    kind("moved", "a section to the end, deeper", to_the_end),
    kind("reworded", "other synonyms", |d, r| mended(d, r, |d, t| exchanged(d, t, SYNONYMS, 2))),
    kind("reworded", "other order of words", |d, r| mended(d, r, reordered)),
    kind("reworded", "a tail put to it", |d, r| mended(d, r, tail)),
    kind("rewritten", "second half another", |d, r| mended(d, r, second_half)),
    kind("figures", "years", |d, r| mended(d, r, years)),
    kind("figures", "amounts", |d, r| mended(d, r, amounts)),
    kind("figures", "dates", |d, r| mended(d, r, dates)),
    kind("figures", "article numbers", |d, r| mended(d, r, articles)),
    spoken("figures", "numbers in words", None, |d, r| mended(d, r, number_words)),
    spoken("negations", "geen and een", DUTCH, |d, r| {
        mended(d, r, |d, t| turned(d, t, &[("geen", "een"), ("een", "geen")]))
    }),
    spoken("negations", "zonder, nooit", DUTCH, |d, r| mended(d, r, |d, t| turned(d, t, TURNED))),
    spoken("negations", "not put in", ENGLISH, |d, r| mended(d, r, not)),
    spoken("negations", "not, never, no taken out", ENGLISH, |d, r| unmended(d, r, not)),
    spoken("negations", "without, never", ENGLISH, |d, r| mended(d, r, |d, t| turned(d, t, TURNED))),
    kind("names", "abbreviations", abbreviations),
    kind("names", "persons and places", |d, r| mended(d, r, place)),
    kind("lookalike", "gone beside the very same one", |d, r| beside(d, r, same, &Then::Deleted)),
    kind("lookalike", "gone beside another agency's", |d, r| beside(d, r, parallel, &Then::Deleted)),
    kind("lookalike", "gone beside a worse spelt one", |d, r| {
        beside(d, r, |d, t| patched(t, mistyped(d, t)), &Then::Deleted)
    }),
    kind("lookalike", "turned or other year, its twin stays", |d, r| beside(d, r, same, &Then::Edited(otherwise))),
    kind("deleted", "paragraphs", deleted),
    kind("short", "some words, sentences around new", short),
    kind("short", "a word said twice, once deleted", said_twice),
    kind("boilerplate", "a chapter more, others moved", boilerplate),
    kind("doubled", "paragraph repeated elsewhere", doubled),
    kind("format", "Markdown to Word", |d, r| format(d, r, Form::Markdown, Form::Docx)),
    kind("format", "Markdown to OpenDocument", |d, r| format(d, r, Form::Wrapped(80), Form::Odt)),
    kind("format", "text in lines to book", |d, r| format(d, r, Form::Plain(70, false), Form::Epub)),
    kind("headings", "numbered anew, deeper", renumbered),
    kind("headings", "capitals on words", title_case),
    kind("inserted", "sentences on both sides", around),
    kind("footnotes", "marks in brackets", |d, r| mended(d, r, bracketed)),
    kind("lists", "items to running text", run_together),
    kind("paragraphs", "merged", merged),
    kind("edition", "corrected after a year", edition),
    kind("edition", "another in the same style", another),
];

const SYNONYMS: &[(&str, &str)] = &[
    ("besloot", "koos ervoor"),
    ("hoewel", "ofschoon"),
    ("waardoor", "zodat"),
    ("komt doordat", "ligt eraan dat"),
    ("terwijl", "waar"),
    ("wanneer", "als"),
    ("verschil", "onderscheid"),
    ("tijdelijk", "voorlopig"),
    ("jaarlijks", "ieder jaar"),
    ("precies", "exact"),
    ("boeken", "administratie"),
    ("schrijft", "meldt"),
    ("vertelde", "zei"),
    ("kosten", "uitgaven"),
    ("zelf", "eigenhandig"),
    ("anders", "verschillend"),
    ("sloten", "dichten"),
    ("telt", "heeft"),
    ("trof", "vond"),
    ("voorkeur", "keus"),
    ("steeds", "telkens"),
    ("echter", "evenwel"),
    ("because", "since"),
    ("received", "got"),
    ("report", "say"),
    ("asked", "requested"),
    ("wait", "stand"),
    ("decided", "chose"),
    ("expect", "believe"),
    ("costs", "demands"),
    ("lasted", "ran for"),
    ("inspected", "looked at"),
    ("whether", "if"),
    ("about", "on"),
    ("different", "other"),
    ("keep", "hold"),
    ("often", "regularly"),
    ("large", "big"),
];

const TURNED: &[(&str, &str)] = &[
    ("zonder", "met"),
    ("met", "zonder"),
    ("nooit", "altijd"),
    ("niet", "wel"),
    ("niemand", "iedereen"),
    ("without", "with"),
    ("with", "without"),
    ("never", "always"),
    ("nobody", "everybody"),
    ("cannot", "can"),
    ("no", "some"),
];

fn writer(dice: &mut Dice, english: bool) -> Writer<'_> {
    Writer { grammar: if english { PATHS } else { GARDENS }, english, dice, said: HashSet::new() }
}

fn all_over(mut case: Case, dice: &mut Dice) -> Case {
    for s in case.pick(dice, 20) {
        let note = case.note(dice, &s, None);
        case.notes.push(note);
    }
    case
}

fn hyphenated(dice: &mut Dice, base: Report) -> Case {
    let width = 58 + dice.below(30);
    all_over(Case::new(base), dice).forms(Form::Markdown, Form::Plain(width, true))
}

fn sections_reordered(dice: &mut Dice, base: Report) -> Case {
    let mut case = Case::new(base);
    let mut chapters: Vec<Vec<Block>> = case.new.chapters().into_iter().map(|c| case.new.blocks[c].to_vec()).collect();
    let first = case.new.chapters().first().map_or(0, |c| c.start);
    for n in (1..chapters.len()).rev() {
        chapters.swap(n, dice.below(n + 1));
    }
    let end = case.new.chapters().last().map_or(first, |c| c.end);
    case.new.blocks.splice(first..end, chapters.concat());
    all_over(case, dice)
}

fn sentences_moved(dice: &mut Dice, base: Report) -> Case {
    let mut case = Case::new(base);
    let most = 4 + dice.below(10);
    for s in case.pick(dice, most) {
        let Some((b, _)) = case.new.find(s.start) else { continue };
        let head = (0..b).rev().find(|n| case.new.blocks[*n].heads()).unwrap_or(0);
        let end = (b + 1..case.new.blocks.len()).find(|n| case.new.blocks[*n].heads()).unwrap_or(case.new.blocks.len());
        let own = (head..end).filter(|n| case.new.blocks[*n].shape == Shape::Para && *n != b).collect::<Vec<_>>();
        if own.is_empty() {
            continue;
        }
        let to = own[dice.below(own.len())];
        let id = case.new.blocks[to].text.iter().find(|c| c.from != NEW).map(|c| c.from);
        let text = case.new.cut(&s);
        // the block may have gone that the sentence was all of
        if let Some((to, _)) = id.and_then(|id| case.new.find(id)) {
            append(&mut case.new, to, &text);
        }
        case.notes.push(s);
    }
    case.bystanders(dice, 6)
}

fn to_the_end(dice: &mut Dice, base: Report) -> Case {
    let mut case = Case::new(base);
    let chapters = case.new.chapters();
    let chosen = chapters[dice.below(chapters.len().max(2) - 1)].clone();
    let mut moved: Vec<Block> = case.new.blocks.drain(chosen).collect();
    for b in &mut moved {
        if let Shape::Heading(level) = b.shape {
            b.shape = Shape::Heading((level + 1).min(6));
        }
    }
    let ids: Vec<Ids> = moved
        .iter()
        .filter(|b| b.shape == Shape::Para)
        .map(|b| b.text[0].from..b.text[b.text.len() - 1].from)
        .collect();
    let title = if case.english() { "Annex" } else { "Bijlage" };
    case.new.blocks.push(Block::new(Shape::Heading(2), title));
    case.new.blocks.extend(moved);
    let inside = case.old.sentences().into_iter().filter(|s| ids.iter().any(|i| i.contains(&s.start))).collect();
    for s in some(dice, inside, 14) {
        let note = case.note(dice, &s, None);
        case.notes.push(note);
    }
    case.bystanders(dice, 6)
}

/// Abbreviations are put into sentences that have none, so that there are enough.
fn abbreviations(dice: &mut Dice, base: Report) -> Case {
    let mut with = mended(dice, base, |dice, text| {
        let english = super::text::is_english(&text.iter().collect::<String>());
        let (by, letters) =
            (if english { " by the" } else { " volgens de" }, ["DVT", "OWK", "KBR", "ILM"][dice.below(4)]);
        if abbreviation(dice, text).is_empty() {
            vec![soft(text.len() - 1..text.len() - 1, format!("{by} {letters}"))]
        } else {
            Vec::new()
        }
    })
    .new;
    with.number();
    mended(dice, with, abbreviation)
}

fn parallel(dice: &mut Dice, text: &[char]) -> Option<String> {
    let patches = [place as Mend, abbreviation].iter().map(|m| m(dice, text)).find(|p| !p.is_empty())?;
    patched(text, patches)
}

fn otherwise(dice: &mut Dice, text: &[char]) -> Vec<super::work::Patch> {
    let turned = turned(dice, text, TURNED);
    if turned.is_empty() { years(dice, text) } else { turned }
}

fn deleted(dice: &mut Dice, base: Report) -> Case {
    let mut case = Case::new(base);
    let all = paragraphs(&case.old);
    let gone: Vec<Ids> = some(dice, all, 4).into_iter().map(|b| case.old.ids(b)).collect();
    let sentences = case.old.sentences();
    for block in gone {
        case.notes.extend(sentences.iter().filter(|s| block.contains(&s.start)).cloned());
        case.new.cut(&block);
    }
    case.bystanders(dice, 6)
}

/// Between two and five words, or one long one.
fn few_words(case: &Case, dice: &mut Dice, sentence: &Ids) -> Ids {
    let text = case.chars(sentence);
    let all = words(&text);
    let count = (2 + dice.below(4)).min(all.len());
    let from = dice.below(all.len() - count + 1);
    let longest = all.iter().max_by_key(|w| w.len()).filter(|_| dice.below(4) == 0);
    let (start, end) = longest.map_or((all[from].start, all[from + count - 1].end), |w| (w.start, w.end));
    sentence.start + start as u32..sentence.start + end as u32
}

fn short(dice: &mut Dice, base: Report) -> Case {
    let mut case = Case::new(base);
    let english = case.english();
    for s in case.pick(dice, 16) {
        let note = few_words(&case, dice, &s);
        case.notes.push(note);
        match dice.below(4) {
            0 => {
                let other = format!("{} ", writer(dice, english).after(&case).sentence());
                case.new.insert(s.start, &other, false);
            }
            1 => {
                let next = case.old.sentences().into_iter().find(|n| n.start >= s.end);
                if let Some(next) = next {
                    case.new.cut(&next);
                }
            }
            _ => {}
        }
    }
    case
}

/// A word that a sentence says and the sentence after says again; one of the two sentences is deleted.
fn said_twice(dice: &mut Dice, mut base: Report) -> Case {
    base.number();
    let all = base.sentences();
    let mut pairs = Vec::new();
    for s in some(dice, all, 8) {
        let text: Vec<char> = base.text(&s).chars().collect();
        let Some(w) = harmless(&text, 6).into_iter().next_back() else { continue };
        let Some((b, _)) = base.find(s.start) else { continue };
        let is = word(&text, &w);
        let again = [format!("Over {is} later meer."), format!("Ook {is} komt terug.")][dice.below(2)].clone();
        let at = again.chars().position(|c| c == ' ').map_or(0, |n| n as u32 + 1);
        let twin = base.add(b, &again);
        let first = s.start + w.start as u32..s.start + w.end as u32;
        pairs.push((s, first, twin.clone(), twin.start + at..twin.start + at + w.len() as u32));
    }
    let now = base.settle();
    let mut case = Case::new(base);
    for (s, first, twin, second) in &pairs {
        let gone = if dice.below(2) == 0 { s } else { twin };
        case.new.cut(&now(gone));
        case.notes.extend([now(first), now(second)]);
    }
    case
}

fn boilerplate(dice: &mut Dice, mut base: Report) -> Case {
    base.number();
    let text = [
        "Dit is eerder gemeld. Een antwoord kwam er niet.",
        "Zie verder de toelichting achterin.",
        "This was raised before. No reply has come.",
    ];
    let text = text[dice.below(3)];
    let chapters = base.chapters();
    let mut all = Vec::new();
    for chapter in chapters.iter().rev() {
        base.blocks.insert(chapter.end, Block::new(Shape::Para, ""));
        all.push(base.add(chapter.end, text));
    }
    let now = base.settle();
    let mut case = Case::new(base);
    case.notes = all.iter().rev().map(now).collect();
    let english = case.english();
    let title = writer(dice, english).grow("{Kop}");
    let more = vec![
        Block::new(Shape::Heading(2), &title),
        writer(dice, english).after(&case).paragraph(),
        Block::new(Shape::Para, text),
    ];
    let chapters = case.new.chapters();
    let at = chapters[dice.below(chapters.len())].start;
    if chapters.len() > 2 && dice.below(2) == 0 {
        let moved: Vec<Block> = case.new.blocks.drain(chapters[0].clone()).collect();
        case.new.blocks.extend(moved);
        case.new.blocks.splice(1..1, more);
    } else {
        case.new.blocks.splice(at..at, more);
    }
    case
}

fn doubled(dice: &mut Dice, base: Report) -> Case {
    let mut case = Case::new(base);
    let all = paragraphs(&case.old);
    let chosen = some(dice, all, 4);
    for b in chosen.iter().rev() {
        let again = case.old.blocks[*b].clone();
        let at = 1 + dice.below(2) * (case.new.blocks.len() - 1);
        case.new.blocks.insert(at, again);
    }
    let inside: Vec<Ids> = chosen.iter().map(|b| case.old.ids(*b)).collect();
    let all = case.old.sentences().into_iter().filter(|s| inside.iter().any(|i| i.contains(&s.start))).collect();
    case.notes = some(dice, all, 10);
    case.bystanders(dice, 6)
}

fn format(dice: &mut Dice, base: Report, old: Form, new: Form) -> Case {
    all_over(Case::new(base), dice).forms(old, new)
}

fn renumbered(dice: &mut Dice, base: Report) -> Case {
    let mut case = Case::new(base);
    let shift = 1 + dice.below(4);
    let mut counts = [shift, 0, 0, 0, 0];
    for b in case.new.blocks.iter_mut().skip(1) {
        let Shape::Heading(level @ 2..) = b.shape else { continue };
        let depth = (usize::from(level) - 2).min(4);
        counts[depth] += 1;
        counts[depth + 1..].fill(0);
        let number = counts[..=depth].iter().map(usize::to_string).collect::<Vec<_>>().join(".");
        let old = b.text.iter().take_while(|c| c.c.is_ascii_digit() || ". ".contains(c.c)).count();
        b.text.splice(..old, fresh(&format!("{number} "), false));
        b.shape = Shape::Heading((level + u8::from(shift > 2)).min(6));
    }
    all_over(case, dice)
}

fn title_case(_: &mut Dice, base: Report) -> Case {
    let mut case = Case::new(base);
    for b in (1..case.new.blocks.len()).filter(|b| case.old.blocks[*b].heads()) {
        let mut before = ' ';
        for c in &mut case.new.blocks[b].text {
            let is = c.c;
            if before == ' ' {
                c.c = is.to_uppercase().next().unwrap_or(is);
            }
            before = is;
        }
        case.notes.push(case.old.ids(b));
    }
    case
}

fn around(dice: &mut Dice, base: Report) -> Case {
    let mut case = Case::new(base);
    let english = case.english();
    for s in case.pick(dice, 14) {
        let Some((b, at)) = case.new.find(s.start) else { continue };
        let [before, after] = [0, 1].map(|_| writer(dice, english).after(&case).sentence());
        case.new.blocks[b].text.splice(at + s.len()..at + s.len(), fresh(&format!(" {after}"), false));
        case.new.insert(s.start, &format!("{before} "), false);
        case.notes.push(s);
    }
    case
}

fn run_together(dice: &mut Dice, mut base: Report) -> Case {
    base.number();
    for b in paragraphs(&base).into_iter().rev().take(2) {
        let inside: Vec<Ids> = base.sentences().into_iter().filter(|s| base.ids(b).contains(&s.start)).collect();
        let items: Vec<_> = inside.iter().map(|s| Block::new(Shape::Item(Marker::Number), &base.text(s))).collect();
        base.blocks.splice(b..=b, items);
        base.number();
    }
    let mut case = Case::new(base);
    for b in 0..case.old.blocks.len() {
        if matches!(case.old.blocks[b].shape, Shape::Item(_)) {
            case.notes.push(case.old.ids(b));
        }
    }
    let mut out: Vec<Block> = Vec::new();
    for block in case.new.blocks.drain(..) {
        match out.last_mut() {
            Some(last) if matches!(block.shape, Shape::Item(_)) && last.shape == Shape::Para => {
                last.text.extend(fresh(" ", false));
                last.text.extend(block.text);
            }
            _ if matches!(block.shape, Shape::Item(_)) => out.push(Block { shape: Shape::Para, ..block }),
            _ => out.push(block),
        }
    }
    case.new.blocks = out;
    case.bystanders(dice, 6)
}

fn merged(dice: &mut Dice, base: Report) -> Case {
    let mut case = Case::new(base);
    let mut seams = Vec::new();
    let mut out: Vec<Block> = Vec::new();
    for block in case.new.blocks.drain(..) {
        match out.last_mut() {
            Some(last) if block.shape == Shape::Para && last.shape == Shape::Para => {
                seams.push((last.text[0].from, block.text[block.text.len() - 1].from));
                last.text.extend(fresh(" ", false));
                last.text.extend(block.text);
            }
            _ => out.push(block),
        }
    }
    case.new.blocks = out;
    let near = |s: &Ids| seams.iter().any(|(from, to)| *from <= s.start && s.end <= to + 1);
    let all = case.old.sentences().into_iter().filter(near).collect();
    for s in some(dice, all, 16) {
        // on the sentence, or across the place where the paragraphs are now merged
        let next = case.old.sentences().into_iter().find(|n| n.start >= s.end && n.start - s.end < 2);
        let to = next.filter(|_| dice.below(3) == 0).map_or(s.end, |n| n.end);
        case.notes.push(s.start..to);
    }
    case.bystanders(dice, 6)
}

/// Everything at once, by other means.
fn edition(dice: &mut Dice, base: Report) -> Case {
    let mends: [Mend; 7] = [badly_read, typeset, reordered, tail, years, amounts, place];
    let mut case = sections_reordered(dice, base);
    let english = case.english();
    case.notes.clear();
    for s in case.pick(dice, 30) {
        match dice.below(12) {
            0 => drop(case.new.cut(&s)),
            1 | 2 => {
                let other = format!("{} ", writer(dice, english).after(&case).sentence());
                case.new.insert(s.start, &other, false);
            }
            n @ 3..10 => {
                let patches = mends[n - 3](dice, &case.chars(&s));
                case.patch(&s, &patches);
            }
            _ => {}
        }
        let note = case.note(dice, &s, None);
        case.notes.push(note);
    }
    case.forms(Form::Markdown, Form::Plain(84, true))
}

/// Another report altogether, by the same hand: nothing of the old one is in it.
fn another(dice: &mut Dice, base: Report) -> Case {
    let mut case = Case::new(base);
    let english = case.english();
    let other = writer(dice, english).report(12);
    let text: String = other.blocks.iter().map(|b| b.string() + "\n").collect();
    case.new.blocks.splice(1.., other.blocks.into_iter().skip(1));
    case.notes = case.pick(dice, 24);
    case.notes.retain(|s| !text.contains(&case.old.text(s)));
    case
}
