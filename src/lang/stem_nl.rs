//! A light Dutch stemmer of our own: inflection only, so that *keten* and *ketens*, *zaken* and *zaak*, *maatregelen*
//! and *maatregel*, *registreert* and *geregistreerd* meet, and nothing else does.
//!
//! Spelling makes Dutch inflection irregular in regular ways: an open syllable writes its long vowel once (*zaken*,
//! *zaak*), a closed one doubles the consonant (*plannen*, *plan*), and v and z are f and s at the end (*brieven*,
//! *brief*). So an ending is taken off and the rest is spelled as a word of its own. Whether the e before l, m, n, r of
//! a longer word is long (*systemen*) or weak (*regelen*) cannot be seen; there both spellings are levelled to one e.

/// Words and ends of words whose plural changes the vowel, or is not formed by rule.
const PLURAL_ENDS: &[(&str, &str)] = &[
    ("steden", "stad"),
    ("gebreken", "gebrek"),
    ("bedragen", "bedrag"),
    ("verdragen", "verdrag"),
    ("verslagen", "verslag"),
    ("oorlogen", "oorlog"),
    ("eigenschappen", "eigenschap"),
    ("kinderen", "kind"),
    ("eieren", "ei"),
    ("schepen", "schip"),
    ("hoven", "hof"),
    ("paden", "pad"),
    ("gaten", "gat"),
    ("daken", "dak"),
    ("criteria", "criterium"),
    ("musea", "museum"),
    ("politici", "politicus"),
    ("technici", "technicus"),
    ("critici", "criticus"),
];
/// The same, but not after just any letters: whole words, or behind one of these letters.
const MEMBERS: &[(&str, &str)] = &[("leden", "lid"), ("wegen", "weg"), ("dagen", "dag")];
/// Words that look inflected and are not, or whose stem would meet another word's.
const AS_THEY_ARE: &[&str] = &[
    "gemiddeld",
    "heden",
    "verleden",
    "geleden",
    "overleden",
    "binnen",
    "buiten",
    "tegen",
    "samen",
    "tussen",
    "boven",
    "even",
    "eerst",
    "alles",
    "eens",
    "steeds",
    "sinds",
    "reeds",
    "sommige",
    "nederland",
    "nederlands",
    "tijdens",
    "volgens",
    "wegens",
    "namens",
    "immers",
    "anders",
    "soms",
    "beide",
    "einde",
];
/// Participles and pasts of strong verbs without their ge-, and the present stem.
const STRONG: &[(&str, &str)] = &[
    ("scholden", "scheld"),
    ("geven", "geef"),
    ("nomen", "neem"),
    ("sproken", "spreek"),
    ("schreven", "schrijf"),
    ("bleken", "blijk"),
    ("bleven", "blijf"),
    ("kregen", "krijg"),
    ("vonden", "vind"),
    ("bonden", "bind"),
    ("houden", "houd"),
    ("trokken", "trek"),
    ("troffen", "tref"),
    ("kozen", "kies"),
    ("stegen", "stijg"),
    ("sloten", "sluit"),
    ("bracht", "breng"),
    ("zocht", "zoek"),
    ("kocht", "koop"),
    ("dragen", "draag"),
    ("worpen", "werp"),
    ("schoven", "schuif"),
    ("wezen", "wijs"),
    ("roepen", "roep"),
    ("lopen", "loop"),
    ("wonnen", "win"),
    ("gonnen", "gin"),
    ("broken", "breek"),
    ("drongen", "dring"),
    ("dwongen", "dwing"),
    ("holpen", "help"),
    ("golden", "geld"),
    ("rezen", "rijs"),
    ("bogen", "buig"),
    ("zonden", "zend"),
    ("zien", "zie"),
    ("daan", "doe"),
    ("laten", "laat"),
    ("vangen", "vang"),
    ("hangen", "hang"),
    ("stolen", "steel"),
    ("weken", "wijk"),
    ("lezen", "lees"),
    ("vochten", "vecht"),
    ("sprongen", "spring"),
    ("schonken", "schenk"),
];
/// What may stand before the ge- of a participle.
const SEPARABLE: &[&str] = &[
    "aan", "achter", "af", "bij", "bijeen", "deel", "door", "goed", "in", "kwijt", "los", "mee", "na", "neer", "om",
    "onder", "op", "open", "over", "plaats", "samen", "stil", "tegemoet", "tegen", "terug", "toe", "uit", "vast",
    "vol", "voor", "vrij", "weg",
];
/// Prefixes that take the place of ge-.
const INSEPARABLE: &[&str] = &["be", "ver", "ont", "her", "er", "over", "onder", "voor"];

/// The stem of a folded Dutch word.
pub(super) fn stem(word: &str) -> String {
    let word = word.strip_suffix("'s").or_else(|| word.strip_suffix('\'')).unwrap_or(word);
    if word.len() < 4 || !word.bytes().all(|b| b.is_ascii_lowercase()) || AS_THEY_ARE.contains(&word) {
        return word.to_owned();
    }
    if let Some(known) = irregular(word) {
        return known;
    }
    let mut w = word.to_owned();
    if let Some(base) = plural_s(&w) {
        w.truncate(base);
    }
    w = without_en(&w);
    w = conjugated(&w);
    // tekenen, tekent and teken; openen and open
    if w.ends_with("en") {
        w = without_en(&w);
    }
    level(w)
}

fn irregular(word: &str) -> Option<String> {
    if let Some(base) = word.strip_suffix("heden").filter(|b| b.len() > 2) {
        return Some(format!("{base}heid"));
    }
    if let Some((front, back)) = PLURAL_ENDS.iter().find_map(|(p, s)| Some((word.strip_suffix(p)?, s))) {
        return Some(format!("{front}{back}"));
    }
    for (plural, single) in MEMBERS {
        if let Some(front) = word.strip_suffix(plural) {
            let compound = front.len() > 2 && !front.ends_with(['e', 'a', 'i', 'o', 'u', 'b']) || front.ends_with("ie");
            if front.is_empty() || compound {
                return Some(format!("{front}{single}"));
            }
        }
    }
    let (front, back) = STRONG.iter().find_map(|(p, s)| Some((word.strip_suffix(p)?, s)))?;
    let prefix = if let Some(apart) = front.strip_suffix("ge") {
        (apart.is_empty() || SEPARABLE.contains(&apart)).then_some(apart)
    } else {
        let known = INSEPARABLE.contains(&front) || SEPARABLE.contains(&front);
        known.then_some(front)
    }?;
    Some(level(conjugated(&format!("{prefix}{back}"))))
}

/// Where the plural -s begins, if the word ends in one.
fn plural_s(w: &str) -> Option<usize> {
    let base = w.strip_suffix('s')?;
    let several = syllables(base) > 1;
    let ends = |list: &[&str]| list.iter().any(|e| base.ends_with(e));
    let plural = several
        && ends(&["el", "er", "en", "em", "erd", "aar", "ie", "ier", "eur", "oor", "e", "um", "ing", "eau", "ent"])
        || base.len() > 3 && ends(&["ew", "am", "rm", "ym"]);
    (plural && !base.ends_with("ees")).then_some(base.len())
}

/// Without -en or -e, and the rest spelled as a word of its own.
fn without_en(w: &str) -> String {
    let base = match w.strip_suffix("en").or_else(|| w.strip_suffix('e')) {
        Some(b) if has_vowel(b) && b.len() > 1 => b,
        _ => return w.to_owned(),
    };
    // idee, industrie, twee: the e belongs to the word
    let whole =
        w.ends_with('e') && (base.ends_with('e') || base.ends_with('i') || base.ends_with('o') || base.ends_with('u'));
    if whole {
        return w.to_owned();
    }
    if let Some(ie) = base.strip_suffix("ie").filter(|_| w.ends_with("ieen")) {
        return format!("{ie}ie");
    }
    closed(base)
}

/// An open syllable that has lost its ending, spelled closed.
fn closed(base: &str) -> String {
    let b = base.as_bytes();
    let n = b.len();
    let mut out = base.to_owned();
    if n >= 3 && b[n - 1] == b[n - 2] && !is_vowel(b[n - 1]) {
        out.pop();
        return out;
    }
    if n >= 2 && !is_vowel(b[n - 1]) && b[n - 1] != b'x' && b[n - 1] != b'j' && b[n - 1] != b'w' && is_vowel(b[n - 2]) {
        let single = n < 3 || !is_vowel(b[n - 3]) || b[n - 3] == b'i' && matches!(b[n - 2], b'a' | b'o' | b'u');
        let weak = b[n - 2] == b'i' || b[n - 2] == b'e' && syllables(base) > 1;
        if single && !weak {
            out.insert(n - 1, b[n - 2] as char);
        }
    }
    match out.pop() {
        Some('v') => out.push('f'),
        Some('z') => out.push('s'),
        Some(c) => out.push(c),
        None => {}
    }
    out
}

/// Without the endings of the present and the past.
fn conjugated(w: &str) -> String {
    if let Some(base) = w.strip_suffix("eerd").filter(|b| has_vowel(b)) {
        return format!("{}eer", without_ge(base));
    }
    for end in ["eld", "erd"] {
        if let Some(front) = w.strip_suffix(end).filter(|f| !f.ends_with(['e', 'i', 'a', 'o', 'u'])) {
            let base = &w[..w.len() - 1];
            let bare = without_ge(base);
            if syllables(front) >= 1 {
                return if syllables(bare) > 1 { bare } else { base }.to_owned();
            }
        }
    }
    if let Some(base) = w.strip_suffix('t') {
        let b = base.as_bytes();
        let n = b.len();
        if base.ends_with("eer") && n > 3 {
            return base.to_owned();
        }
        let weak =
            ["el", "er", "en"].iter().any(|e| base.ends_with(e)) && n > 2 && !is_vowel(b[n - 3]) && syllables(base) > 1;
        let long =
            n > 3 && matches!(b[n - 1], b'k' | b'g' | b'f' | b'm' | b'p' | b'l') && long_vowel(b[n - 3], b[n - 2]);
        if (weak && !base.ends_with("men") || long) && !base.ends_with("heel") {
            return base.to_owned();
        }
    }
    w.to_owned()
}

/// Without the ge- of a participle.
fn without_ge(base: &str) -> &str {
    let cut = |at: usize| {
        let rest = base.get(at..)?.strip_prefix("ge")?;
        (rest.len() > 2 && has_vowel(rest)).then_some(rest)
    };
    cut(0).unwrap_or(base)
}

/// ee in the last syllable of a longer word is written once, as in the forms where it stands open.
fn level(mut w: String) -> String {
    let b = w.as_bytes();
    let n = b.len();
    let long = n > 4 && b[n - 3] == b'e' && b[n - 2] == b'e' && !is_vowel(b[n - 1]);
    if long && has_vowel(&w[..n - 3]) {
        w.remove(n - 2);
    }
    w
}

fn long_vowel(a: u8, b: u8) -> bool {
    matches!((a, b), (b'a', b'a') | (b'e', b'e') | (b'o', b'o') | (b'u', b'u'))
        || matches!((a, b), (b'i', b'j' | b'e') | (b'o', b'e' | b'u') | (b'u', b'i') | (b'e', b'i' | b'u'))
}

/// Groups of vowels: about as many as syllables.
fn syllables(w: &str) -> usize {
    let mut before = false;
    w.bytes()
        .filter(|&b| {
            let now = is_vowel(b);
            let begins = now && !before;
            before = now;
            begins
        })
        .count()
}

fn has_vowel(w: &str) -> bool {
    w.bytes().any(is_vowel)
}

fn is_vowel(b: u8) -> bool {
    matches!(b, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}
