//! The open half of the kinds of edits: those that the resolver may be made with.

mod sentences;

use super::grammar::MARKETS;
use super::model::{Block, Marker, Report, Shape};
use super::render::Form;
use super::text::{Writer, one};
use super::twins::{Then, beside, patched, same};
use super::work::{
    Case, Kind, append, exchanged, harmless, kind, mended, paragraphs, soft, some, unmended, word, words,
};
use crate::made::Dice;
use sentences::*;
use std::collections::HashSet;

const DUTCH: Option<bool> = Some(false);

/// All of them.
pub const KINDS: &[Kind] = &[
    kind("wrap", "lines wrapped anew", rewrapped),
    kind("ocr", "letters misread", |d, r| mended(d, r, misread)),
    kind("ocr", "blanks lost and doubled", |d, r| mended(d, r, blanks)),
    kind("typography", "quotation marks curled", curled),
    kind("typography", "soft hyphens", |d, r| mended(d, r, soft_hyphens)),
    kind("typos", "swapped letters mended", |d, r| unmended(d, r, swapped)),
    kind("moved", "paragraphs to another section", paragraphs_away),
    kind("moved", "paragraphs within their section", paragraphs_shuffled),
    kind("reworded", "synonyms", |d, r| mended(d, r, |d, t| exchanged(d, t, SYNONYMS, 2))),
    kind("reworded", "a word put in", |d, r| mended(d, r, adverb)),
    kind("rewritten", "most words others", |d, r| mended(d, r, rewritten)),
    kind("figures", "percentages", |d, r| mended(d, r, percentages)),
    kind("figures", "plain numbers", |d, r| mended(d, r, numbers)),
    Kind { class: "negations", name: "niet put in", english: DUTCH, make: |d, r| mended(d, r, niet) },
    Kind {
        class: "lookalike",
        name: "gone beside one that denies it",
        english: DUTCH,
        make: |d, r| beside(d, r, |d, t| patched(t, niet(d, t)), &Then::Deleted),
    },
    Kind { class: "negations", name: "niet taken out", english: DUTCH, make: |d, r| unmended(d, r, niet) },
    kind("names", "another agency", |d, r| mended(d, r, agency)),
    kind("lookalike", "gone beside one with another figure", |d, r| beside(d, r, another_figure, &Then::Deleted)),
    kind("lookalike", "gone beside one with a word more", |d, r| beside(d, r, a_word_more, &Then::Deleted)),
    kind("lookalike", "figure changed, its twin stays", |d, r| beside(d, r, same, &Then::Edited(any_figure))),
    kind("deleted", "sentences", deleted),
    kind("short", "some words, text moved around", short),
    kind("short", "a word that stands there often", repeated),
    kind("boilerplate", "one of many deleted", boilerplate),
    kind("doubled", "sentence doubled", doubled),
    kind("format", "Markdown to web page", |d, r| format(d, r, Form::Html)),
    kind("format", "Markdown to text in lines", |d, r| format(d, r, Form::Plain(76, false))),
    kind("headings", "retitled", retitled),
    kind("headings", "in capitals", capitals),
    kind("inserted", "chapters before", chapters_before),
    kind("footnotes", "raised figures", |d, r| mended(d, r, raised)),
    kind("lists", "bullets to numbers", renumbered_list),
    kind("paragraphs", "split", split),
    kind("edition", "next year's", edition),
    kind("edition", "another report of the house", another),
];

/// Words that mean much the same.
const SYNONYMS: &[(&str, &str)] = &[
    ("vaak", "dikwijls"),
    ("meestal", "doorgaans"),
    ("omdat", "aangezien"),
    ("zodat", "waardoor"),
    ("kreeg", "ontving"),
    ("verwacht", "voorziet"),
    ("binnen", "in"),
    ("samen", "gezamenlijk"),
    ("verouderd", "achterhaald"),
    ("gemiddeld", "doorgaans"),
    ("kost", "vergt"),
    ("duurde", "nam"),
    ("klagen", "melden"),
    ("ontbreekt", "mist"),
    ("onduidelijk", "onbekend"),
    ("regelen", "organiseren"),
    ("poging", "inspanning"),
    ("wachten", "toeven"),
    ("blijkt", "volgt"),
    ("maar", "doch"),
    ("ook", "eveneens"),
    ("moet", "dient"),
    ("moeten", "dienen"),
    ("worden", "zijn"),
    ("gevraagd", "verzocht"),
    ("gebruik", "benutting"),
    ("nodig", "vereist"),
    ("daarom", "derhalve"),
    ("veel", "talrijke"),
    ("wij", "we"),
];

fn rewrapped(dice: &mut Dice, base: Report) -> Case {
    let mut case = Case::new(base);
    for s in case.pick(dice, 20) {
        let note = case.note(dice, &s, None);
        case.notes.push(note);
    }
    let width = 50 + dice.below(60);
    case.forms(Form::Wrapped(72), Form::Wrapped(width))
}

/// Some words are put in straight marks in the old text, which are curled ones in the new.
fn curled(dice: &mut Dice, base: Report) -> Case {
    let straight = mended(dice, base, |dice, text| {
        let all = harmless(text, 5);
        let mut out = Vec::new();
        let mark = *one(dice, &[&"\"", &"'"]);
        for w in some(dice, all, 2) {
            out.extend([soft(w.start..w.start, mark), soft(w.end..w.end, mark)]);
        }
        out
    });
    let mut old = straight.new.clone();
    old.number();
    let marked: Vec<_> = old.sentences().into_iter().filter(|s| old.text(s).contains(['"', '\''])).collect();
    let mut case = Case::new(old);
    for block in &mut case.new.blocks {
        let mut open = false;
        for c in &mut block.text {
            match c.c {
                '"' => (c.c, open) = (if open { '”' } else { '“' }, !open),
                '\'' => (c.c, open) = (if open { '’' } else { '‘' }, !open),
                _ => {}
            }
        }
    }
    for s in some(dice, marked, 14) {
        let note = case.note(dice, &s, None);
        case.notes.push(note);
    }
    case
}

/// Notes on sentences of these blocks of the old text.
fn notes_in(case: &mut Case, dice: &mut Dice, blocks: &[usize], most: usize) {
    let inside: Vec<_> = blocks.iter().map(|b| case.old.ids(*b)).collect();
    let all = case.old.sentences().into_iter().filter(|s| inside.iter().any(|b| b.contains(&s.start))).collect();
    for s in some(dice, all, most) {
        let note = case.note(dice, &s, None);
        case.notes.push(note);
    }
}

fn paragraphs_away(dice: &mut Dice, base: Report) -> Case {
    let mut case = Case::new(base);
    let all = paragraphs(&case.old);
    let most = 2 + dice.below(4);
    let chosen = some(dice, all, most);
    notes_in(&mut case, dice, &chosen, 12);
    for b in chosen {
        let id = case.old.ids(b).start;
        let Some((from, _)) = case.new.find(id) else { continue };
        let heads: Vec<usize> = (0..case.new.blocks.len()).filter(|n| case.new.blocks[*n].heads()).collect();
        let own = heads.iter().rev().find(|h| **h < from).copied();
        let others: Vec<usize> = heads.into_iter().filter(|h| Some(*h) != own).collect();
        if others.is_empty() {
            continue;
        }
        let to = others[dice.below(others.len())] + 1;
        let block = case.new.blocks.remove(from);
        case.new.blocks.insert(if from < to { to - 1 } else { to }, block);
    }
    case.bystanders(dice, 6)
}

fn paragraphs_shuffled(dice: &mut Dice, base: Report) -> Case {
    let mut case = Case::new(base);
    let mut moved = Vec::new();
    let pairs = paragraphs(&case.old);
    for pair in pairs.windows(2).filter(|p| p[1] == p[0] + 1) {
        if !moved.contains(&pair[0]) && dice.below(3) > 0 {
            case.new.blocks.swap(pair[0], pair[1]);
            moved.extend(pair);
        }
    }
    notes_in(&mut case, dice, &moved, 14);
    case.bystanders(dice, 6)
}

fn any_figure(dice: &mut Dice, text: &[char]) -> Vec<super::work::Patch> {
    let all = [figures(text, true), figures(text, false)].concat();
    some(dice, all, 1).into_iter().map(|w| other(dice, text, w)).collect()
}

fn another_figure(dice: &mut Dice, text: &[char]) -> Option<String> {
    let patches = any_figure(dice, text);
    patched(text, patches)
}

fn a_word_more(dice: &mut Dice, text: &[char]) -> Option<String> {
    let patches = adverb(dice, text);
    patched(text, patches)
}

fn deleted(dice: &mut Dice, base: Report) -> Case {
    let mut case = Case::new(base);
    for s in case.pick(dice, 8) {
        case.new.cut(&s);
        case.notes.push(s);
    }
    case.bystanders(dice, 6)
}

/// One to five words of a sentence.
fn few_words(case: &Case, dice: &mut Dice, sentence: &std::ops::Range<u32>) -> std::ops::Range<u32> {
    let text = case.chars(sentence);
    let all = words(&text);
    let count = (1 + dice.below(5)).min(all.len());
    let from = dice.below(all.len() - count + 1);
    sentence.start + all[from].start as u32..sentence.start + all[from + count - 1].end as u32
}

fn writer(dice: &mut Dice) -> Writer<'_> {
    Writer { grammar: MARKETS, english: false, dice, said: HashSet::new() }
}

fn short(dice: &mut Dice, base: Report) -> Case {
    let mut case = Case::new(base);
    for s in case.pick(dice, 16) {
        let note = few_words(&case, dice, &s);
        case.notes.push(note);
    }
    for _ in 0..2 + dice.below(6) {
        let at = 1 + dice.below(case.new.blocks.len());
        let block = writer(dice).after(&case).paragraph();
        case.new.blocks.insert(at, block);
    }
    case
}

/// Notes on words that stand in the report several times; some sentences between them are new.
fn repeated(dice: &mut Dice, base: Report) -> Case {
    let mut case = Case::new(base);
    let mut counts = std::collections::BTreeMap::<String, Vec<std::ops::Range<u32>>>::new();
    for s in case.old.sentences() {
        let text = case.chars(&s);
        for w in harmless(&text, 5) {
            let ids = s.start + w.start as u32..s.start + w.end as u32;
            counts.entry(word(&text, &w)).or_default().push(ids);
        }
    }
    let often: Vec<_> = counts.into_values().filter(|places| places.len() > 2).flatten().collect();
    case.notes = some(dice, often, 16);
    for s in case.pick(dice, 5) {
        if case.notes.iter().all(|n| n.end < s.start || n.start > s.end) {
            let fresh = format!("{} ", writer(dice).after(&case).sentence());
            case.new.insert(s.start, &fresh, false);
        }
    }
    case
}

fn boilerplate(dice: &mut Dice, mut base: Report) -> Case {
    base.number();
    let text = [
        "Meer over dit onderwerp staat in de bijlage bij deze rapportage.",
        "Hierover spreken wij opnieuw in het najaar.",
        "Wij vragen het departement om dit te regelen.",
    ];
    let text = *one(dice, &text.each_ref());
    let own_paragraph = dice.below(2) == 0;
    let heads: Vec<usize> = (0..base.blocks.len()).filter(|n| base.blocks[*n].heads()).collect();
    let mut all = Vec::new();
    for head in heads.into_iter().rev() {
        let last = (head..base.section(head).end).take_while(|n| *n == head || !base.blocks[*n].heads()).last();
        let last = last.unwrap_or(head);
        if own_paragraph || base.blocks[last].shape != Shape::Para {
            base.blocks.insert(last + 1, Block::new(Shape::Para, ""));
            all.push(base.add(last + 1, text));
        } else {
            all.push(base.add(last, text));
        }
    }
    let now = base.settle();
    let mut case = Case::new(base);
    case.notes = all.iter().rev().map(now).collect();
    let gone = case.notes[dice.below(case.notes.len())].clone();
    case.new.cut(&gone);
    case
}

fn doubled(dice: &mut Dice, base: Report) -> Case {
    let mut case = Case::new(base);
    for s in case.pick(dice, 10) {
        let Some((b, at)) = case.new.find(s.start) else { continue };
        let again = case.new.blocks[b].text[at..at + s.len()].to_vec();
        let blank = super::model::fresh(" ", false);
        case.new.blocks[b].text.splice(at..at, [again, blank].concat());
        case.notes.push(s);
    }
    case.bystanders(dice, 6)
}

fn format(dice: &mut Dice, base: Report, form: Form) -> Case {
    let mut case = Case::new(base);
    for s in case.pick(dice, 20) {
        let note = case.note(dice, &s, None);
        case.notes.push(note);
    }
    case.forms(Form::Markdown, form)
}

fn retitled(dice: &mut Dice, base: Report) -> Case {
    let mut case = Case::new(base);
    for b in (0..case.new.blocks.len()).filter(|b| case.old.blocks[*b].heads()) {
        if dice.below(3) > 0 {
            let title = writer(dice).grow("{Kop}");
            case.new.blocks[b] = Block::new(case.new.blocks[b].shape, &title);
        }
    }
    for s in case.pick(dice, 20) {
        let note = case.note(dice, &s, None);
        case.notes.push(note);
    }
    case
}

fn capitals(_: &mut Dice, base: Report) -> Case {
    let mut case = Case::new(base);
    for b in (1..case.new.blocks.len()).filter(|b| case.old.blocks[*b].heads()) {
        for c in &mut case.new.blocks[b].text {
            c.c = c.c.to_uppercase().next().unwrap_or(c.c);
        }
        case.notes.push(case.old.ids(b));
    }
    case
}

fn chapters_before(dice: &mut Dice, base: Report) -> Case {
    let mut case = Case::new(base);
    for _ in 0..1 + dice.below(3) {
        let title = writer(dice).grow("{Kop}");
        let mut chapter = vec![Block::new(Shape::Heading(2), &title)];
        chapter.extend((0..4).map(|_| writer(dice).after(&case).paragraph()));
        case.new.blocks.splice(1..1, chapter);
    }
    for s in case.pick(dice, 20) {
        let note = case.note(dice, &s, None);
        case.notes.push(note);
    }
    case
}

/// The items of lists, whose marks change; lists are made of paragraphs where there are too few.
fn renumbered_list(dice: &mut Dice, mut base: Report) -> Case {
    for b in paragraphs(&base).into_iter().rev().take(2) {
        base.number();
        let items: Vec<_> = base.sentences().into_iter().filter(|s| base.ids(b).contains(&s.start)).collect();
        let items: Vec<_> = items.iter().map(|s| Block::new(Shape::Item(Marker::Bullet), &base.text(s))).collect();
        base.blocks.splice(b + 1..b + 1, items);
        base.blocks.remove(b);
    }
    let mut case = Case::new(base);
    for b in 0..case.new.blocks.len() {
        case.new.blocks[b].shape = match case.new.blocks[b].shape {
            Shape::Item(Marker::Bullet) => Shape::Item(Marker::Number),
            Shape::Item(Marker::Number) => Shape::Item(Marker::Bullet),
            other => other,
        };
        if matches!(case.new.blocks[b].shape, Shape::Item(_)) {
            case.notes.push(case.old.ids(b));
        }
    }
    case.bystanders(dice, 6)
}

fn split(dice: &mut Dice, base: Report) -> Case {
    let mut case = Case::new(base);
    for s in case.pick(dice, 16) {
        let Some((b, at)) = case.new.find(s.start) else { continue };
        if at > 1 {
            let rest = case.new.blocks[b].text.split_off(at);
            case.new.blocks[b].text.pop();
            case.new.blocks.insert(b + 1, Block { shape: Shape::Para, text: rest });
        }
        // on the sentence, or across the place where the paragraph is now split
        let before = case.old.sentences().into_iter().rfind(|o| o.end < s.start && s.start - o.end < 2);
        let from = before.filter(|_| dice.below(3) == 0).map_or(s.start, |o| o.start);
        case.notes.push(from..s.end);
    }
    case
}

/// Everything at once.
fn edition(dice: &mut Dice, base: Report) -> Case {
    let mends: [super::work::Mend; 6] =
        [misread, adverb, percentages, numbers, rewritten, |d, t| exchanged(d, t, SYNONYMS, 1)];
    let mut case = Case::new(base);
    for s in case.pick(dice, 30) {
        match dice.below(10) {
            0 => drop(case.new.cut(&s)),
            1 => {
                let fresh = format!("{} ", writer(dice).after(&case).sentence());
                case.new.insert(s.start, &fresh, false);
            }
            2 if case.new.find(s.start).is_some() => {
                let text = case.new.cut(&s);
                let to = paragraphs(&case.new);
                let to = to[dice.below(to.len())];
                append(&mut case.new, to, &text);
            }
            n @ 3..8 => {
                let patches = mends[(n + dice.below(2)) % 6](dice, &case.chars(&s));
                case.patch(&s, &patches);
            }
            _ => {}
        }
        let note = case.note(dice, &s, None);
        case.notes.push(note);
    }
    let block = writer(dice).after(&case).paragraph();
    case.new.blocks.insert(2, block);
    case.forms(Form::Wrapped(80), Form::Wrapped(95))
}

/// Another report altogether, by the same hand: nothing of the old one is in it.
fn another(dice: &mut Dice, base: Report) -> Case {
    let mut case = Case::new(base);
    let other = writer(dice).report(8);
    let text: String = other.blocks.iter().map(|b| b.string() + "\n").collect();
    case.new.blocks.splice(1.., other.blocks.into_iter().skip(1));
    case.notes = case.pick(dice, 24);
    case.notes.retain(|s| !text.contains(&case.old.text(s)));
    case
}
