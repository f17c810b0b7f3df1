//! How cases are made: a report before and after, and the passages of it that have notes.

use super::model::{Ch, Ids, Report, Shape, fresh, reversed};
use super::render::Form;
use super::text::is_english;
use crate::made::Dice;
use std::ops::Range;

/// A report before and after an edit, with notes.
pub struct Case {
    pub old: Report,
    pub new: Report,
    pub old_form: Form,
    pub new_form: Form,
    /// Notes on what the edit is about.
    pub notes: Vec<Ids>,
    /// Notes on other passages of the same report.
    pub others: Vec<Ids>,
}

/// A way to edit reports.
pub struct Kind {
    /// The broad class, the same in both halves.
    pub class: &'static str,
    /// What is done.
    pub name: &'static str,
    /// The language it needs: English or not.
    pub english: Option<bool>,
    /// Does it.
    pub make: fn(&mut Dice, Report) -> Case,
}

/// A kind for reports of any language.
pub const fn kind(class: &'static str, name: &'static str, make: fn(&mut Dice, Report) -> Case) -> Kind {
    Kind { class, name, english: None, make }
}

/// Other characters in a sentence: which, by their place in it, and what instead; `protected` when what is changed may not
/// change unseen.
pub struct Patch {
    pub at: Range<usize>,
    pub with: String,
    pub protected: bool,
}

/// A harmless patch.
pub fn soft(at: Range<usize>, with: impl Into<String>) -> Patch {
    Patch { at, with: with.into(), protected: false }
}

/// A patch of what may not change unseen.
pub fn hard(at: Range<usize>, with: impl Into<String>) -> Patch {
    Patch { at, with: with.into(), protected: true }
}

/// What can be done to a sentence; nothing when it holds nothing to do it to.
pub type Mend = fn(&mut Dice, &[char]) -> Vec<Patch>;

impl Case {
    /// A case with nothing changed yet.
    pub fn new(mut base: Report) -> Self {
        base.number();
        let new = base.clone();
        let (notes, others) = (Vec::new(), Vec::new());
        Case { old: base, new, old_form: Form::Markdown, new_form: Form::Markdown, notes, others }
    }

    /// Whether the report is English.
    pub fn english(&self) -> bool {
        let text: String = self.old.blocks.iter().take(12).map(|b| b.string() + " ").collect();
        is_english(&text)
    }

    /// Writes the old and the new report down in these forms.
    pub fn forms(mut self, old: Form, new: Form) -> Self {
        (self.old_form, self.new_form) = (old, new);
        self
    }

    /// Sentences, at most so many, that don't stand side by side.
    pub fn pick(&self, dice: &mut Dice, most: usize) -> Vec<Ids> {
        let all = self.old.sentences();
        let first = dice.below(2);
        let mut some: Vec<Ids> = all.into_iter().skip(first).step_by(2).collect();
        while some.len() > most {
            some.remove(dice.below(some.len()));
        }
        some
    }

    /// A note that has to do with a sentence: mostly on just that, sometimes on more, or on some words around `must`.
    pub fn note(&self, dice: &mut Dice, sentence: &Ids, must: Option<Ids>) -> Ids {
        let Some((b, at)) = self.old.find(sentence.start) else { return sentence.clone() };
        let block = self.old.ids(b);
        match dice.below(20) {
            0..3 => {
                let text: Vec<char> = self.old.blocks[b].text[at..].iter().take(sentence.len()).map(|c| c.c).collect();
                let words = words(&text);
                let must = must.unwrap_or(sentence.start..sentence.start + 1);
                let holds = |w: &Range<usize>| sentence.start + w.end as u32 > must.start;
                let middle = words.iter().position(holds).unwrap_or(0);
                let from = middle.saturating_sub(2 + dice.below(4));
                let to = (middle + 3 + dice.below(4)).min(words.len() - 1);
                let ids = sentence.start + words[from].start as u32..sentence.start + words[to].end as u32;
                ids.start.min(must.start)..ids.end.max(must.end)
            }
            3..6 => {
                let next = self.old.sentences().into_iter().find(|s| s.start >= sentence.end && s.end <= block.end);
                sentence.start..next.map_or(sentence.end, |n| n.end)
            }
            6 => block,
            _ => sentence.clone(),
        }
    }

    /// Notes on some sentences that are not near the others' notes.
    pub fn bystanders(mut self, dice: &mut Dice, most: usize) -> Self {
        let apart = |s: &Ids| self.notes.iter().all(|n| n.end <= s.start || s.end <= n.start);
        let mut free: Vec<Ids> = self.old.sentences().into_iter().filter(apart).collect();
        while free.len() > most {
            free.remove(dice.below(free.len()));
        }
        self.others.extend(free);
        self
    }

    /// Puts patches into the new text of a sentence.
    pub fn patch(&mut self, sentence: &Ids, patches: &[Patch]) {
        let id = |n: usize| sentence.start + n as u32;
        for patch in patches.iter().rev() {
            if patch.at.is_empty() {
                self.new.insert(id(patch.at.start), &patch.with, patch.protected);
            } else {
                self.new.replace(&(id(patch.at.start)..id(patch.at.end)), &patch.with, patch.protected);
            }
        }
    }

    /// The characters of a sentence.
    pub fn chars(&self, ids: &Ids) -> Vec<char> {
        self.old.text(ids).chars().collect()
    }
}

/// Edits sentences one by one; some reports densely, some here and there.
pub fn mended(dice: &mut Dice, base: Report, mend: Mend) -> Case {
    let mut case = Case::new(base);
    let most = [24, 18, 10][dice.below(3)];
    for sentence in case.pick(dice, 200) {
        let mut patches = mend(dice, &case.chars(&sentence));
        patches.sort_by_key(|p| p.at.start);
        if patches.is_empty() || case.notes.len() >= most || dice.below(5) == 0 {
            continue;
        }
        let (first, last) = (&patches[0], &patches[patches.len() - 1]);
        let must = match patches.iter().find(|p| p.protected) {
            Some(p) => p.at.start.saturating_sub(1)..p.at.end + 1,
            None => first.at.start..last.at.end.max(first.at.start + 1),
        };
        let id = |n: usize| (sentence.start + n as u32).clamp(sentence.start, sentence.end);
        case.notes.push(case.note(dice, &sentence, Some(id(must.start)..id(must.end))));
        case.patch(&sentence, &patches);
    }
    case.bystanders(dice, 6)
}

/// The same the other way round: what is edited is the old text.
pub fn unmended(dice: &mut Dice, base: Report, mend: Mend) -> Case {
    let case = mended(dice, base, mend);
    let (old, new) = reversed(&case.old, &case.new);
    let map = |ids: &Ids| {
        let all = case.new.blocks.iter().flat_map(|b| &b.text);
        let here: Vec<u32> = all.zip(0..).filter(|(c, _)| ids.contains(&c.from)).map(|(_, n)| n).collect();
        here[0]..here[here.len() - 1] + 1
    };
    let notes = case.notes.iter().map(map).collect();
    let others = case.others.iter().map(map).collect();
    Case { old, new, notes, others, ..case }
}

/// The words of a text: letters, digits and what joins them, without the marks around.
pub fn words(text: &[char]) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut from = None;
    for at in 0..=text.len() {
        let inside = text.get(at).is_some_and(|c| {
            let joins = "-.,’'".contains(*c)
                && at > 0
                && text[at - 1].is_alphanumeric()
                && text.get(at + 1).is_some_and(|n| n.is_alphanumeric());
            c.is_alphanumeric() || joins || "%€".contains(*c)
        });
        match (inside, from) {
            (true, None) => from = Some(at),
            (false, Some(start)) => {
                out.push(start..at);
                from = None;
            }
            _ => {}
        }
    }
    out
}

/// A word as text.
pub fn word(text: &[char], at: &Range<usize>) -> String {
    text[at.clone()].iter().collect()
}

/// Words that may not change unseen though they are written small: negations, numbers, and what belongs to a date.
const GUARDED: &str = "niet geen nooit niets niemand nergens noch zonder evenmin nauwelijks een één twee drie vier vijf zes zeven acht negen \
    tien elf twaalf helft kwart derde dubbel half honderd duizend miljoen miljard procent euro januari februari maart april mei juni juli \
    augustus september oktober november december not no never none nobody nothing without neither nor cannot one two three \
    four five six seven eight nine ten eleven twelve hundred thousand million billion per cent euros artikel lid article \
    section subsection quarter tenth tiende keer maal both alle alleen only";

/// Whether a word may be edited harmlessly: written small, no figure, no negation.
pub fn is_harmless(word: &str) -> bool {
    word.chars().all(|c| c.is_lowercase()) && !GUARDED.split_whitespace().any(|g| g == word)
}

/// Harmless words of at least so many letters.
pub fn harmless(text: &[char], letters: usize) -> Vec<Range<usize>> {
    let long = |w: &Range<usize>| w.len() >= letters && is_harmless(&word(text, w));
    words(text).into_iter().filter(long).collect()
}

/// Some of these, in order.
pub fn some<T>(dice: &mut Dice, mut of: Vec<T>, most: usize) -> Vec<T> {
    while of.len() > most {
        of.remove(dice.below(of.len()));
    }
    of
}

/// Words exchanged by a table: each word that stands in a pair becomes the other.
pub fn exchanged(dice: &mut Dice, text: &[char], pairs: &[(&str, &str)], most: usize) -> Vec<Patch> {
    let mut out = Vec::new();
    for at in words(text) {
        let is = word(text, &at);
        let pair = pairs
            .iter()
            .find_map(|(a, b)| (is == *a).then(|| (*b).to_owned()).or_else(|| (is == *b).then(|| (*a).to_owned())));
        out.extend(pair.map(|with| soft(at, with)));
    }
    some(dice, out, most)
}

/// Takes the paragraphs out that `which` says and gives their places among the blocks.
pub fn paragraphs(report: &Report) -> Vec<usize> {
    let full = |b: &usize| report.blocks[*b].shape == Shape::Para && report.blocks[*b].text.len() > 60;
    (0..report.blocks.len()).filter(full).collect()
}

/// Puts characters at the end of a block as a further sentence.
pub fn append(report: &mut Report, block: usize, text: &[Ch]) {
    if text.is_empty() {
        return;
    }
    let into = &mut report.blocks[block].text;
    if !into.is_empty() {
        into.extend(fresh(" ", false));
    }
    into.extend_from_slice(text);
}
