//! A light Dutch stemmer of our own: inflection only, so that *keten* and *ketens*, *zaken* and *zaak*, *maatregelen*
//! and *maatregel*, *registreert* and *geregistreerd* meet, and nothing else does.
//!
//! What an ending is cannot be seen from the letters (*dient* is *dienen*, *dienst* is not *diensen*), so the lexicon is
//! asked for the other forms that the word would have: *dien* is a verb's stem because *dienen*, *dient* and *diende*
//! are words. A word that is in no list is stemmed by its longest last part that is, and otherwise by its letters.
//! Whether the e before the last consonant of a longer word is long (*systemen*) or weak (*regelen*) is levelled away.

mod by_letters;
mod irregular;
mod spelling;
mod strong;

use super::lexicon::{is_ordinary, is_word as is_listed};
pub(super) use irregular::{as_it_is, noun_before};
use spelling::closed_long;
use spelling::past_in_t;
pub(super) use spelling::{closed, closed_short, opened};
use spelling::{has_vowel, is_vowel, level, syllables};
use strong::INSEPARABLE;
pub(super) use strong::prefixed;

/// Letters that the last part of an unknown word has at least.
const HEAD: usize = 4;

/// The stem of a folded Dutch word.
pub(super) fn stem(word: &str) -> String {
    let word = word.strip_suffix("'s").or_else(|| word.strip_suffix('\'')).unwrap_or(word);
    if word.len() < 3 || !word.bytes().all(|b| b.is_ascii_lowercase()) || as_it_is(word) {
        return word.to_owned();
    }
    if let Some(known) = irregular::singular(word).or_else(|| strong::stem(word)).or_else(|| irregular::compound(word))
    {
        return known;
    }
    // no ending of Dutch ends in other letters
    if word.len() < 4 || !word.ends_with(['d', 'e', 'n', 'r', 's', 't']) {
        return level(word.to_owned());
    }
    if is_ordinary(word) {
        if let Some(stem) = inflected(word) {
            return level(stem);
        }
        // relaties in a compound that is listed only so
        let mut parts = last_parts(word, 3).map(|at| word.split_at(at)).filter(|_| !noun(word));
        let part = parts.find(|(front, part)| part.len() > HEAD && noun_before(front) && !linked(part));
        return level(part.map_or_else(|| word.to_owned(), |(front, part)| format!("{front}{}", stem(part))));
    }
    if is_listed(word) {
        return level(by_letters::name(word));
    }
    // beleids-, personeels-: as they stand before a hyphen
    if let Some(base) = word.strip_suffix('s').filter(|b| b.len() > 3 && is_ordinary(b)) {
        return stem(base);
    }
    if let Some(at) = head(word) {
        return format!("{}{}", &word[..at], stem(&word[at..]));
    }
    level(inflected(word).unwrap_or_else(|| by_letters::stem(word)))
}

/// Where the longest word begins that an unknown word ends in, if what stands before it is a word or a prefix too.
pub(super) fn head(word: &str) -> Option<usize> {
    last_parts(word, 2).find(|&at| prefixed(&word[..at], false) || at > 2 && noun_before(&word[..at]))
}

/// Whether the s of a verb's form is what joins a noun to the one before it: veiligheid-s-poort, not -spoort.
fn linked(part: &str) -> bool {
    part.strip_prefix('s').is_some_and(|rest| rest.len() >= HEAD && noun(rest) && !noun(part))
}

/// Where words begin that a word ends in, at this byte or later.
fn last_parts(word: &str, from: usize) -> impl Iterator<Item = usize> {
    (from..(word.len() + 1).saturating_sub(HEAD)).filter(|&at| word.get(at..).is_some_and(is_ordinary))
}

/// The stem of a word with an ending whose other forms the lexicon knows.
fn inflected(w: &str) -> Option<String> {
    if let Some(base) = w.strip_suffix("heden").filter(|b| b.len() > 2) {
        return Some(format!("{base}heid"));
    }
    diminutive(w)
        .or_else(|| plural_s(w))
        .or_else(|| verb_form(w))
        .or_else(|| compared(w).map(|a| inflected(&a).unwrap_or(a)))
        .or_else(|| plural_en(w))
        .or_else(|| final_e(w))
}

/// kaartje, briefjes, boompje: the thing itself.
fn diminutive(w: &str) -> Option<String> {
    let base = w.strip_suffix("jes").or_else(|| w.strip_suffix("je"))?;
    if w.ends_with("jes") && !is_ordinary(&w[..w.len() - 1]) {
        return None;
    }
    let short = base.strip_suffix("et").map(closed_short);
    let cut = |end: char| base.strip_suffix(end).map(str::to_owned);
    let p = cut('p').filter(|b| b.ends_with('m'));
    let t = cut('t').filter(|b| b.len() > 2);
    let k = base.strip_suffix("nk").map(|b| format!("{b}ng"));
    [p, Some(base.to_owned()), short, t, k].into_iter().flatten().find(|b| b.len() > 2 && is_ordinary(b))
}

/// Plurals in -s: after a weak syllable or a vowel, and of nouns that have a diminutive of their own.
fn plural_s(w: &str) -> Option<String> {
    let base = w.strip_suffix('s')?;
    let ends = |list: &[&str]| list.iter().any(|e| base.ends_with(e));
    let weak = syllables(base) > 1
        && ends(&[
            "el", "er", "en", "em", "erd", "aar", "ie", "ier", "eur", "oor", "or", "e", "um", "eau", "ing", "ant",
            "ent", "a", "o",
        ]);
    let thing = |w: &str| noun(w) || is_ordinary(&format!("{w}en"));
    let quality = |w: &str| is_ordinary(&format!("{w}e")) && (is_ordinary(&format!("{w}er")) || !noun(base));
    let own = thing(w) || quality(w) || last_parts(w, 3).any(|at| w.len() - at > HEAD && thing(&w[at..]));
    let open = base.ends_with('u') && !base.ends_with("eu");
    let loan = base.len() > 2
        && !base.ends_with(['s', 'i'])
        && !open
        && is_ordinary(base)
        && !own
        && (noun(base) || !adjective(base));
    if !weak && !loan || base.ends_with("ee") || !(is_ordinary(base) || base.ends_with("er") && base.len() > 8) {
        return None;
    }
    // boetes is as boete, levens as leven
    Some(if base.ends_with("en") || base.ends_with('e') { stem(base) } else { base.to_owned() })
}

/// Whether a word is a noun: it has a diminutive.
fn noun(w: &str) -> bool {
    // regeltje is of regel, not of regelt: where the t may be the ending's, only the plural tells
    let base = w.strip_suffix('t').filter(|b| b.ends_with(['l', 'n', 'r', 'w', 'j', 'a', 'e', 'i', 'o', 'u']));
    if base.is_some_and(is_ordinary) {
        return opened(w).any(|o| is_ordinary(&format!("{o}en")));
    }
    let one = |form: String| is_ordinary(&form) || is_ordinary(&format!("{form}s"));
    one(format!("{w}je"))
        || one(format!("{w}tje"))
        || one(format!("{w}pje"))
        || w.len() < 6 && opened(w).any(|o| one(format!("{o}etje")))
}

/// Forms of weak verbs, and of any verb's present.
fn verb_form(w: &str) -> Option<String> {
    // an adjective of a participle has one t or d where the past has two: gemelde, meldde
    let bare = w.strip_suffix("en").or_else(|| w.strip_suffix('e')).unwrap_or(w);
    if bare.ends_with(['t', 'd'])
        && let Some(stem) = participle(&closed_short(bare)).or_else(|| participle(&closed(bare)))
    {
        return Some(stem);
    }
    let bound = INSEPARABLE.iter().any(|p| w.starts_with(p));
    for ending in ["en", "ten", "den", "te", "de", "t", "d"] {
        let Some(base) = w.strip_suffix(ending).filter(|b| b.len() > 1) else { continue };
        let sign = if ending.starts_with('t') { 't' } else { 'd' };
        let stem = match ending {
            "en" => Some(closed(base)).filter(|s| verb(s, 'e')),
            // of adjectives beperkt and verouderd are participles, strikt and wild are not
            "t" if w.ends_with("eert") && is_ordinary(&format!("{}eren", &w[..w.len() - 4])) => Some(base.to_owned()),
            "t" => Some(base.to_owned()).filter(|s| !noun(w) && verb(s, 'e') && (bound || !adjective(w))),
            "d" => Some(base.to_owned()).filter(|s| !noun(w) && verb(s, 'd') && (bound || !adjective(w))),
            _ => {
                let bare = closed(&w[..=base.len()]);
                let thing = adjective(&bare) && !bound
                    || noun(&w[..base.len() + 1])
                    || is_ordinary(&format!("{}s", w.trim_end_matches('n')));
                Some(base.to_owned()).filter(|s| !thing && verb(s, sign))
            }
        };
        if stem.is_some() {
            return stem;
        }
    }
    None
}

/// Prepositions that were made of verbs and nouns, without their -s.
const NO_THINGS: &[&str] = &["blijken", "krachten", "luiden", "namen", "tijden", "volgen", "wegen"];

/// Whether a word in -en is a thing of which there are several in -ens, by itself or as the last part of a compound
/// that has no singular without it: *keten*, *wapen*, *strafketen*.
fn things(w: &str) -> bool {
    let plural = |w: &str| is_ordinary(&unopened(&w[..w.len() - 2]));
    let thing = |w: &str| {
        let one = !plural(w) || is_ordinary(&format!("{w}tje"));
        one && is_ordinary(&format!("{w}s")) && !NO_THINGS.contains(&w) && !verb(&closed(&w[..w.len() - 2]), 'e')
    };
    thing(w) || !plural(w) && last_parts(w, 3).any(|at| thing(&w[at..]) && noun_before(&w[..at]))
}

/// Stems of verbs that begin with ge-, without it.
const GE: &[&str] = &[
    "baar", "beur", "biecht", "doog", "draag", "dij", "hoorzaam", "last", "leid", "loof", "luk", "neer", "nees",
    "raak", "ruststel", "schied", "sel", "troost", "tuig", "voel", "waag", "wen", "bruik", "rief", "lief",
];

/// The stem of a participle: of `uitgebreid` it is `uitbreid` rather than `uitbrei`.
fn participle(w: &str) -> Option<String> {
    // geslacht, gewicht: things, of which there are several and which are no quality
    if is_ordinary(&format!("{w}en")) && !opened(w).any(|o| is_ordinary(&format!("{o}e"))) {
        return None;
    }
    w.match_indices("ge").find_map(|(at, _)| {
        let (front, rest) = (&w[..at], &w[at + 2..]);
        if rest.len() < 3 || front.is_empty() && as_it_is(w) || noun(w) || !front.is_empty() && !prefixed(front, true) {
            return None;
        }
        let cut = &rest[..rest.len() - 1];
        let sign = if rest.ends_with('t') { 't' } else { 'd' };
        let own = |s: &str| !front.is_empty() || !GE.contains(&s);
        let whole =
            [(rest, 'e'), (cut, sign)].into_iter().find(|(s, sign)| verb(&format!("{front}{s}"), *sign) && own(s));
        let stem =
            whole.or_else(|| [(rest, 'e'), (cut, sign)].into_iter().find(|(s, sign)| verb(s, *sign) && own(s)))?.0;
        Some(format!("{front}{stem}"))
    })
}

/// Whether a word is an infinitive, of a weak verb or a strong one.
pub(super) fn is_verb(word: &str) -> bool {
    let weak = |base| [closed(base), closed_short(base), closed_long(base)].iter().any(|stem| verb(stem, 'e'));
    strong::infinitive(word) || word.strip_suffix("en").is_some_and(weak)
}

/// Whether a word is a form of a strong verb.
pub(super) fn strong_form(word: &str) -> bool {
    strong::stem(word).is_some()
}

/// Whether this is the stem of a verb whose past has this sign (`e`: either): its infinitive, present and past are words.
fn verb(stem: &str, sign: char) -> bool {
    let vowel = stem.ends_with(['a', 'e']) && !["aa", "ee", "ie", "oe"].iter().any(|e| stem.ends_with(e));
    if stem.len() < 2 || !has_vowel(stem) || vowel {
        return false;
    }
    let present = stem.ends_with('t') || is_ordinary(&format!("{stem}t"));
    present
        && opened(stem).any(|o| {
            let infinitive = format!("{o}en");
            if !is_ordinary(&infinitive) {
                return false;
            }
            let t = past_in_t(stem, &infinitive);
            (sign == 'e' || (sign == 't') == t) && is_ordinary(&format!("{stem}{}", if t { "te" } else { "de" }))
        })
}

/// grotere, snelst, belangrijkste: the adjective, if it has all these forms.
fn compared(w: &str) -> Option<String> {
    let bare = w.strip_suffix('e').unwrap_or(w);
    if let Some(base) = bare.strip_suffix("er") {
        let shorter = base.strip_suffix('d').filter(|b| b.ends_with('r')).map(str::to_owned);
        let plural = is_ordinary(&format!("{bare}tje"));
        // makker is of mak, maker is not
        let spelled = |o: &str, a: &str| o != a || syllables(a) > 1 || closed(a) == a;
        return [Some(closed(base)), Some(closed_short(base)), shorter].into_iter().flatten().find(|a| {
            adjective(a)
                && (bare == format!("{a}der") || opened(a).any(|o| bare == format!("{o}er") && spelled(&o, a)))
                && !plural
                && !(w.ends_with('e') && is_ordinary(&format!("{w}n")) && ["jong", "oud"].contains(&a.as_str()))
        });
    }
    let base = bare.strip_suffix("st")?;
    let words = [base.to_owned(), format!("{base}s")];
    words.into_iter().find(|a| adjective(a) && !noun(bare))
}

/// Whether a word has the forms of an adjective. A helper is no comparative: there is no *helpere*.
fn adjective(a: &str) -> bool {
    a.len() > 2
        && is_ordinary(a)
        && (a.ends_with(['s', 'x']) || is_ordinary(&format!("{a}st")))
        && opened(a).any(|o| {
            let more = |end: &str| {
                is_ordinary(&format!("{o}er{end}")) || a.ends_with('r') && is_ordinary(&format!("{a}der{end}"))
            };
            is_ordinary(&format!("{o}e")) && (more("e") || more("") && !verb(a, 'e'))
        })
}

/// Plurals in -en.
fn plural_en(w: &str) -> Option<String> {
    let base = w.strip_suffix("en").filter(|b| b.len() > 1 && has_vowel(b))?;
    if things(w) {
        return None;
    }
    if let Some(ie) = base.strip_suffix("ie").filter(|_| w.ends_with("ieen")) {
        return Some(format!("{ie}ie"));
    }
    if base.ends_with(['a', 'e', 'i', 'o', 'u']) {
        // zeeen, knieen, boeien; but not algemeen, miljoen, financien
        let whole = ["ee", "ei", "oei", "aai", "ooi", "ui", "uw"].iter().any(|e| base.ends_with(e));
        return Some(base.to_owned()).filter(|b| whole || b.ends_with('u') && is_ordinary(b));
    }
    // looninkomen as inkomen
    let part =
        last_parts(w, 3).find(|&at| w.len() - at > HEAD && strong::infinitive(&w[at..]) && noun_before(&w[..at]));
    if let Some((front, part)) = part.map(|at| w.split_at(at)) {
        return Some(format!("{front}{}", stem(part)));
    }
    // bijlagen as bijlage, not as the past of a verb
    let with_e = &w[..w.len() - 1];
    let thing = is_ordinary(with_e) && is_ordinary(&format!("{with_e}s"));
    Some(if thing { closed(base) } else { unopened(base) })
}

/// What an open syllable was spelled like, by the list where it knows only one of both.
fn unopened(base: &str) -> String {
    let (long, short) = (closed(base), closed_short(base));
    if long != short && !is_ordinary(&long) && is_ordinary(&short) { short } else { long }
}

/// The -e of an adjective or a noun.
fn final_e(w: &str) -> Option<String> {
    let base = w.strip_suffix('e').filter(|b| b.len() > 1 && has_vowel(b))?;
    // idee, industrie, twee: the e belongs to the word; not so in mooie, continue
    if base.ends_with(['e', 'i', 'o', 'u']) {
        let whole = ["oi", "ai", "ei", "u"].iter().any(|e| base.ends_with(e));
        return Some(base.to_owned()).filter(|b| whole && b.len() > 3 && is_ordinary(b));
    }
    // site, mine, crime: an i that stands open is no Dutch
    let vowels = base.bytes().filter(|&b| is_vowel(b)).count();
    if vowels == 1 && base[..base.len() - 1].ends_with('i') && !is_ordinary(&format!("{base}er")) {
        return None;
    }
    // grove is grof, but dame is not dam
    let (long, short) = (closed(base), closed_short(base));
    Some(if long != short && !is_ordinary(&long) && adjective(&short) { short } else { long })
}
