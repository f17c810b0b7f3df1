//! What the words of the library add to a query: compounds only the library knows, words spelled nearly so, patterns.

use super::entry::words_of;
use super::expand::{self, Ending, Similar};
use super::plan::{Atom, Phrasing, Plan, Variant, Word, push};
use super::query::{Clause, Mode, Node, Pattern, Query, Said, Sign};
use super::schema::Class;
use super::segment::Segment;
use super::types::Why;
use super::without::{Step, Without};
use crate::lang::{Analyser, compounds, is_word, typos};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io;
use tantivy::termdict::TermDictionary;

/// What a compound found in parts counts beside the compound.
const SPLIT: f32 = 0.6;
/// A word the lexicon does not know may begin compounds when it has so many letters, and what follows so many; of many
/// compounds so many are looked for, and count this much.
const LEADING: usize = 5;
const PART: usize = 4;
const OF_LIBRARY: usize = 40;
const BEGUN: f32 = 0.6;
/// A compound that stands in fewer entries than this is looked for by its parts alone too …
const FEW: u32 = 10;
/// … those that stand in no more than one entry of so many …
const TELLING: u32 = 50;
/// … and count this much.
const RELATED: f32 = 0.15;
/// What a word counts that a text writes as two: at the end of a line, or by mistake.
const BROKEN: f32 = 0.9;
/// A piece of a broken word is no shorter than this, in letters.
const PIECE: usize = 3;
/// What a word spelled nearly so counts beside the word, where the word itself stands nowhere; where it does, less.
const MEANT: f32 = 0.9;
const PERHAPS: f32 = 0.3;
/// A word that stands in fewer entries than this may still be misspelled, if another is so many times as frequent.
const SELDOM: u32 = 3;
const RARER: u32 = 20;
/// What an abbreviation counts beside the name, and the name beside the abbreviation.
const SHORT: f32 = 0.8;
/// An abbreviation may stand for so many things; of more, for those most explained.
const MEANINGS: usize = 3;
/// Beside the likeliest of the words spelled nearly so, those hardly less likely count too.
const MARGIN: f32 = 0.12;

/// What the library adds to a query beside its plan.
#[derive(Debug, Default)]
pub(super) struct Resolved {
    /// What else could have been meant.
    pub suggestion: Option<String>,
    /// What is to be said of its words.
    pub said: Vec<Said>,
}

/// Adds to a plan what the dictionaries of the segments know.
///
/// `typing`: the last word may be going on, and is not doubted while any word begins so.
pub(super) fn resolve(
    plan: &mut Plan,
    query: &Query,
    typing: bool,
    segments: &[Segment],
    analyser: &mut Analyser,
    without: Without,
) -> io::Result<Resolved> {
    let dictionaries: Vec<&TermDictionary> = segments.iter().map(Segment::dictionary).collect();
    let mut resolver = Resolver { segments, dictionaries, analyser, failed: None, said: Vec::new(), without };
    plan.words_mut(&mut |w| resolver.word(w));
    let (names, failed) = (resolver.names(query), &mut resolver.failed);
    match names {
        Ok(_) if without.has(Step::Abbreviations) => {}
        Ok(names) => plan.words_mut(&mut |w| in_short(w, &names)),
        Err(e) => *failed = Some(e),
    }
    let Resolver { dictionaries, analyser, failed, mut said, .. } = resolver;
    if let Some(e) = failed {
        return Err(e);
    }
    said.dedup();
    let mut frequency = |word: &str| Ok(frequency(segments, &Atom::of(word, analyser)));
    let suggestion = expand::did_you_mean(&dictionaries, query, typing, &mut frequency)?;
    Ok(Resolved { suggestion, said })
}

/// The words of a clause as names have them; empty when it is something else.
fn plain(clause: &Clause) -> String {
    match &clause.node {
        Node::Word(text, Mode::Plain) if clause.sign != Sign::Not => words_of(text),
        _ => String::new(),
    }
}

/// Adds to a word of a name the name's abbreviations.
fn in_short(w: &mut Word, names: &[(Vec<String>, Atom)]) {
    for (_, atom) in names.iter().filter(|(name, _)| w.doubtful && name.contains(&w.typed)) {
        w.variants.push(Variant { atom: atom.clone(), in_compounds: false, weight: SHORT, why: Why::Abbreviation });
    }
}

/// In how many entries a word stands, in all its forms and in compounds; one with several of them is counted again.
fn frequency(segments: &[Segment], atom: &Atom) -> u32 {
    let terms = atom.found_by(true);
    terms.iter().map(|(term, _)| segments.iter().map(|s| s.df(term)).sum::<u32>()).sum()
}

struct Resolver<'a> {
    segments: &'a [Segment],
    dictionaries: Vec<&'a TermDictionary>,
    analyser: &'a mut Analyser,
    failed: Option<io::Error>,
    said: Vec<Said>,
    without: Without,
}

impl Resolver<'_> {
    fn df(&self, term: &str) -> u32 {
        self.segments.iter().map(|s| s.df(term)).sum()
    }

    fn word(&mut self, w: &mut Word) {
        if let Some(pattern) = &w.pattern {
            match self.fitting(&pattern.clone()) {
                Ok(atom) => {
                    w.variants.push(Variant { atom, in_compounds: false, weight: 1.0, why: Why::Regex });
                }
                Err(e) => self.failed = Some(e),
            }
            return;
        }
        let without = self.without;
        let with = |step| !without.has(step);
        w.variants.retain(|v| with(Step::Joined) && frequency(self.segments, &v.atom) > 0);
        // a beginning finds what it begins as it is
        if w.wide
            && w.mode != Mode::Prefix
            && with(Step::Parts)
            && let Err(e) = self.begun(w)
        {
            self.failed = Some(e);
        }
        if w.wide && with(Step::Split) {
            self.split(w);
        }
        if !w.own.stems.is_empty() && with(Step::Broken) {
            self.broken(w);
        }
        let whole = w.prefixes.is_empty() && w.pieces.is_empty() && w.phrasings.is_empty();
        if whole
            && let Some(form) = w.own.forms.first()
            && w.terms().iter().all(|(term, _)| self.df(term) == 0)
        {
            self.said.push(Said::Unknown(form.clone()));
        }
        if w.doubtful
            && let Err(e) = self.misspelled(w).and_then(|()| self.in_full(w))
        {
            self.failed = Some(e);
        }
    }

    /// What the word stands for, where it is an abbreviation that the library explains.
    fn in_full(&mut self, w: &mut Word) -> io::Result<()> {
        for form in w.own.forms.clone().into_iter().filter(|_| w.short && !self.without.has(Step::Abbreviations)) {
            let mut found: BTreeMap<String, u32> = BTreeMap::new();
            for s in self.segments {
                s.values(Class::Short, &format!("{form}\t"), &mut |value, df| {
                    let full = value.split_once('\t').map_or("", |(_, full)| full);
                    *found.entry(full.to_owned()).or_default() += df;
                })?;
            }
            let mut found: Vec<(String, u32)> = found.into_iter().collect();
            found.sort_by_key(|(_, df)| Reverse(*df));
            for (full, _) in found.into_iter().take(MEANINGS) {
                let words = full.split(' ').map(|word| Atom::of(word, self.analyser)).collect();
                w.phrasings.push(Phrasing { words, in_order: true, weight: SHORT, why: Why::Abbreviation });
            }
        }
        Ok(())
    }

    /// The names in the query that the library has abbreviations for: the words of each, and these.
    fn names(&self, query: &Query) -> io::Result<Vec<(Vec<String>, Atom)>> {
        let words: Vec<String> = query.root.0.iter().map(plain).collect();
        let mut out = Vec::new();
        for from in 0..words.len() {
            let begins = format!("{} ", words[from]);
            let mut shorts: BTreeMap<String, Atom> = BTreeMap::new();
            for s in self.segments.iter().filter(|_| !words[from].is_empty()) {
                s.values(Class::Full, &begins, &mut |value, _| {
                    let Some((full, short)) = value.split_once('\t') else { return };
                    let name = full.split(' ');
                    let here = words[from..].iter().map(String::as_str);
                    if name.clone().count() <= here.len() && name.zip(here).all(|(a, b)| a == b) {
                        push(&mut shorts.entry(full.to_owned()).or_default().forms, short);
                    }
                })?;
            }
            out.extend(shorts.into_iter().map(|(full, atom)| (full.split(' ').map(str::to_owned).collect(), atom)));
        }
        Ok(out)
    }

    /// The words a pattern fits.
    fn fitting(&mut self, pattern: &str) -> io::Result<Atom> {
        let Ok(pattern) = Pattern::new(pattern) else { return Ok(Atom::default()) };
        let (forms, said) = expand::matching(&self.dictionaries, &pattern)?;
        self.said.extend(said);
        Ok(Atom { forms, ..Atom::default() })
    }

    /// Words spelled nearly so: what was meant where the word stands nowhere, and weakly where it hardly does.
    fn misspelled(&mut self, w: &mut Word) -> io::Result<()> {
        let fuzzy = w.mode == Mode::Fuzzy;
        let own = frequency(self.segments, &w.own);
        let open = !w.prefixes.is_empty();
        // a compound of words that are there is spelled as it should be: one like it may be its opposite
        let sound = self.without.has(Step::Typos) || w.phrasings.iter().any(|p| !p.in_order) || own >= SELDOM;
        if !fuzzy && (sound || open && self.begins(&w.prefixes)?) {
            return Ok(());
        }
        // an inflection that stands nowhere itself is put right by its stem
        let stems = w.own.stems.iter().filter(|_| own == 0 && !open);
        for form in w.own.forms.iter().chain(stems).cloned().collect::<Vec<_>>() {
            let wide = fuzzy || own == 0 && !is_word(&form);
            let steps = if wide { typos::wide_reach(&form) } else { typos::reach(&form) };
            let ending = if open { Ending::Open } else { Ending::Whole };
            let near = expand::similar(&self.dictionaries, &form, steps, ending)?;
            let fits = |s: &Similar| match (fuzzy, own) {
                (true, _) => true,
                (_, 0) => s.likeness >= typos::LIKELY,
                (_, own) => s.likeness >= typos::LIKELY && s.df / RARER >= own,
            };
            let near: Vec<Similar> = near.into_iter().filter(fits).collect();
            let most = near.first().map_or(0.0, |s| s.likeness);
            for s in near.into_iter().filter(|s| fuzzy || s.likeness >= most - MARGIN) {
                let atom = Atom::of(&s.form, self.analyser);
                let meant = fuzzy || own == 0 && !is_word(&form);
                let weight = s.likeness * if meant { MEANT } else { PERHAPS };
                w.variants.push(Variant { atom, in_compounds: !fuzzy, weight, why: Why::Typo });
            }
            if w.variants.iter().any(|v| v.why == Why::Typo) {
                break;
            }
        }
        Ok(())
    }

    /// Whether any word of the library begins so.
    fn begins(&self, prefixes: &[String]) -> io::Result<bool> {
        let any = prefixes.iter().map(|p| expand::begins(&self.dictionaries, p));
        any.collect::<io::Result<Vec<bool>>>().map(|all| all.contains(&true))
    }

    /// Compounds that begin with a word no lexicon knows (a name, a loan word), when a known word follows.
    fn begun(&mut self, w: &mut Word) -> io::Result<()> {
        let unknown = |s: &&String| s.chars().count() >= LEADING && s.chars().all(char::is_alphabetic) && !is_word(s);
        // the word, or what it is the plural of
        let typed: Vec<String> = w.own.forms.iter().map(|f| f.trim_end_matches(['\'', 's']).to_owned()).collect();
        for stem in typed.iter().filter(unknown) {
            let mut found: Vec<String> = Vec::new();
            for d in &self.dictionaries {
                let mut stream = d.range().ge(stem).into_stream()?;
                while stream.advance() && stream.key().starts_with(stem.as_bytes()) {
                    let Ok(form) = std::str::from_utf8(stream.key()) else { continue };
                    let rest = form[stem.len()..].trim_end_matches("'s");
                    let linked = rest.strip_prefix('s').unwrap_or(rest);
                    let head = |rest: &str| rest.len() >= PART && is_word(rest);
                    if found.len() < OF_LIBRARY && (head(rest) || head(linked)) {
                        push(&mut found, form);
                    }
                }
            }
            if !found.is_empty() {
                let atom = Atom { forms: found, ..Atom::default() };
                w.variants.push(Variant { atom, in_compounds: false, weight: BEGUN, why: Why::Compound });
            }
        }
        Ok(())
    }

    /// The word broken in two by a blank, where the library has both pieces.
    fn broken(&mut self, w: &mut Word) {
        for form in w.own.forms.clone() {
            if form.chars().count() < 2 * PIECE || !form.chars().all(char::is_alphabetic) {
                continue;
            }
            let cuts = form.char_indices().map(|(at, _)| at).skip(PIECE);
            for at in cuts.filter(|at| form[*at..].chars().count() >= PIECE) {
                let (front, back) = form.split_at(at);
                if self.df(front) == 0 {
                    continue;
                }
                let back = Atom::of(back, self.analyser);
                if back.found_by(false).iter().any(|(term, _)| self.df(term) > 0) {
                    let front = Atom { forms: vec![front.to_owned()], ..Atom::default() };
                    let words = vec![front, back];
                    w.phrasings.push(Phrasing { words, in_order: true, weight: BROKEN, why: Why::Exact });
                }
            }
        }
    }

    /// The parts of a compound, near each other.
    fn split(&mut self, w: &mut Word) {
        for form in w.own.forms.clone() {
            let known = |part: &str| self.df(part) > 0;
            let split = compounds::split(&form, &known);
            if let Some(parts) = split {
                let words: Vec<Atom> = parts.iter().map(|p| Atom::of(p, self.analyser)).collect();
                // parts that stand nowhere would only hide that the word may be misspelled
                if words.iter().all(|part| frequency(self.segments, part) > 0) {
                    if frequency(self.segments, &w.own) < FEW {
                        self.related(w, &words);
                    }
                    w.phrasings.push(Phrasing { words, in_order: false, weight: SPLIT, why: Why::Compound });
                }
            }
        }
    }

    /// What shares a telling part with a compound that hardly stands anywhere: better than next to nothing, and below all
    /// that has the compound itself.
    fn related(&self, w: &mut Word, parts: &[Atom]) {
        let entries: u32 = self.segments.iter().map(|s| s.max_doc()).sum();
        for part in parts.iter().filter(|part| frequency(self.segments, part) * TELLING <= entries) {
            let atom = part.clone();
            w.variants.push(Variant { atom, in_compounds: true, weight: RELATED, why: Why::Compound });
        }
    }
}
