//! Derivations: what a word comes from, so that *plaatsing* and *plaatsen* meet where inflection alone keeps them apart.
//!
//! An ending is a derivation only where the lexicon knows what it would be derived from, as the kind of word it would
//! have to be: *handhaving* is of *handhaven*, a verb with all its forms; *koning* is of nothing. A derivation that
//! joins what is not the same is worse than one that is missing, so those with a meaning of their own are left out.

mod tables;

use super::lexicon::is_ordinary;
use super::stem_nl::{as_it_is, closed, closed_short, head, is_verb, noun_before, opened, prefixed, stem, strong_form};

/// How many steps back a word is followed: *digitalisering*, *digitaliseren*, *digitaal*.
const STEPS: usize = 2;

/// What a folded Dutch word with this stem is derived from, as stems; none when it is derived from nothing we know.
#[must_use]
pub fn roots(word: &str, own: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    if word.len() < 4 || !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return out;
    }
    for root in bases(word, own) {
        add(&mut out, stem(&root), own);
    }
    let mut from = 0;
    for _ in 1..STEPS {
        let to = out.len();
        for i in from..to {
            let before = out[i].clone();
            for root in bases(&before, &before) {
                add(&mut out, stem(&root), own);
            }
        }
        from = to;
    }
    out
}

fn add(out: &mut Vec<String>, root: String, own: &str) {
    if root != own && !out.contains(&root) {
        out.push(root);
    }
}

/// What a word with this stem is derived from, as words.
fn bases(word: &str, stem: &str) -> Vec<String> {
    if let Some(base) = tables::whole(word).or_else(|| tables::whole(stem)) {
        return base.split(' ').map(str::to_owned).collect();
    }
    if tables::alone(stem) || as_it_is(word) || as_it_is(stem) {
        return Vec::new();
    }
    let found = tables::tail(stem)
        .or_else(|| of_verb(stem))
        .or_else(|| of_eren(word, stem))
        .or_else(|| of_adjective(stem))
        .or_else(|| adjective_of(stem));
    if let Some(base) = found {
        return vec![base];
    }
    // a compound is derived as its last part is
    let part = (!is_ordinary(stem)).then(|| head(stem)).flatten().map(|at| stem.split_at(at));
    let Some((front, last)) = part.filter(|(_, last)| last.len() > 5) else { return Vec::new() };
    bases(last, last).into_iter().map(|base| format!("{front}{base}")).collect()
}

/// Whether this is a verb's infinitive, alone or behind a noun (*uithuisplaatsen*, *wetgeven*).
fn infinitive(word: &str) -> bool {
    let verb = |w: &str| is_ordinary(w) && is_verb(w) && w != "waren";
    verb(word)
        || !is_ordinary(word)
            && (3..word.len().saturating_sub(4))
                .any(|at| verb(&word[at..]) && (noun_before(&word[..at]) || prefixed(&word[..at], false)))
}

/// An infinitive of a stem.
fn verb_of(stem: &str) -> Option<String> {
    opened(stem).map(|o| format!("{o}en")).find(|v| infinitive(v))
}

/// plaatsing, aanvrager, bemiddelaar, vervoerder, haalbaar, geldend, betekenis: of verbs.
fn of_verb(stem: &str) -> Option<String> {
    let en = |base: &str| Some(format!("{base}en")).filter(|v| base.len() > 2 && infinitive(v));
    if let Some(base) = stem.strip_suffix("ing") {
        let vowel = Some(base.to_owned()).filter(|b| b.ends_with('n') && strong_form(b));
        return en(base).or(vowel);
    }
    if let Some(base) = stem.strip_suffix("baar") {
        return verb_of(base);
    }
    if let Some(base) = stem.strip_suffix("enis") {
        return en(base).or_else(|| base.strip_suffix('t').and_then(verb_of));
    }
    if let Some(base) = stem.strip_suffix('d').filter(|b| b.ends_with("en") || b.ends_with("aan") || b.ends_with("ien"))
    {
        return Some(base.to_owned()).filter(|b| infinitive(b));
    }
    if let Some(base) = stem.strip_suffix("der").filter(|b| b.ends_with('r')) {
        return verb_of(base);
    }
    // of lever, ervaar the ending is the verb's own
    let verb = is_ordinary(&format!("{stem}t")) || is_ordinary(&format!("{stem}en")) && stem.ends_with("er");
    if verb || stem.ends_with('r') && !is_ordinary(stem) {
        return None;
    }
    if let Some(base) = stem.strip_suffix("er").or_else(|| stem.strip_suffix("aar")) {
        return en(base);
    }
    // betrokkene
    Some(stem.to_owned()).filter(|s| s.ends_with("en") && strong_form(s))
}

/// registratie, productie, definitie, inspecteur, coördinator, rapportage, controle, subsidie: of verbs in -eren.
fn of_eren(word: &str, stem: &str) -> Option<String> {
    let verb = |base: String| Some(format!("{base}eren")).filter(|v| v.len() > 6 && is_verb(v));
    let ends = [
        ("atie", &["", "is"] as &[&str]),
        ("ctie", &["ct", "c"]),
        ("itie", &["i", "it"]),
        ("utie", &["ut", "u"]),
        ("ptie", &["pt", "p"]),
        ("sie", &["", "t", "d", "s"]),
        ("teur", &["t"]),
        ("eur", if is_ordinary(&format!("{stem}t")) { &[] } else { &[""] }),
        ("ator", &[""]),
        ("aag", &[""]),
        ("ant", &[""]),
        ("ent", &[""]),
        ("aat", if verb_of(stem).is_some() { &[] } else { &["at", ""] }),
    ];
    for (end, before) in ends {
        let long = if matches!(end, "aag" | "sie") { 4 } else { 2 };
        if let Some(base) = stem.strip_suffix(end).filter(|b| b.len() > long) {
            return before.iter().find_map(|b| verb(format!("{base}{b}")));
        }
    }
    let base = word.strip_suffix('e').filter(|b| b.len() > 4 && is_ordinary(&format!("{word}s")))?;
    Some(format!("{word}ren")).filter(|v| word.ends_with("ie") && is_ordinary(v)).or_else(|| verb(base.to_owned()))
}

/// haalbaarheid, flexibiliteit, transparantie, modernisering: of adjectives.
fn of_adjective(stem: &str) -> Option<String> {
    if let Some(base) = stem.strip_suffix("heid") {
        return Some(base.to_owned()).filter(|b| b.len() > 3 && is_ordinary(b));
    }
    if let Some(base) = stem.strip_suffix("iteit").filter(|b| b.len() > 3) {
        return adjective_like(base);
    }
    if stem.ends_with("antie") || stem.ends_with("entie") {
        return Some(stem[..stem.len() - 2].to_owned()).filter(|b| is_ordinary(b));
    }
    if let Some(base) = stem.strip_suffix("iser").filter(|b| b.len() > 4) {
        return adjective_like(base);
    }
    let base = stem.strip_suffix("ist").filter(|b| b.len() > 4)?;
    Some(format!("{base}isme")).filter(|b| is_ordinary(b))
}

/// The adjective that other endings are put to: `flexibil` is flexibel, `effectiv` effectief, `formal` formeel.
fn adjective_like(base: &str) -> Option<String> {
    let turned = |end: &str, other: &str| base.strip_suffix(end).map(|b| format!("{b}{other}"));
    let words = [
        turned("iv", "ief"),
        turned("bil", "bel"),
        turned("il", "iel"),
        Some(closed(base)),
        Some(base.to_owned()),
        turned("al", "eel"),
        turned("ar", "air"),
        turned("os", "eus"),
    ];
    words.into_iter().flatten().find(|b| is_ordinary(b))
}

/// bestuurlijk, wettelijk, economisch, technisch, productief, structureel, departementaal: of nouns.
fn adjective_of(own: &str) -> Option<String> {
    let word = |w: String| Some(w).filter(|w| w.len() > 2 && is_ordinary(w));
    // what is left of beeldtaal and kippendief is an inflected form
    let noun = |w: String| word(w).filter(|w| stem(w) == *w);
    if let Some(base) = own.strip_suffix("lijk") {
        let short = base.strip_suffix('e').map(|b| (closed_short(b), closed(b)));
        let (short, long) = short.map_or((None, None), |(s, l)| (Some(s), Some(l)));
        return word(base.to_owned()).or_else(|| short.and_then(word)).or_else(|| long.and_then(word));
    }
    if let Some(base) = own.strip_suffix("isch").or_else(|| own.strip_suffix("icus")) {
        let ends = if own.ends_with("icus") { ["iek", "iek"] } else { ["ie", "iek"] };
        // telefonisch, alfabetisch
        let long = || [closed(base), base.to_owned()].into_iter().filter(|b| b.len() > 5).find_map(noun);
        return ends.into_iter().find_map(|e| word(format!("{base}{e}"))).or_else(long);
    }
    if let Some(base) = own.strip_suffix("ief") {
        let long = base.len() > 4;
        return word(format!("{base}ie")).or_else(|| noun(base.to_owned())).filter(|_| long);
    }
    if let Some(base) = own.strip_suffix("el").or_else(|| own.strip_suffix("eel")).filter(|b| b.len() > 4) {
        let tie = base.strip_suffix("on").filter(|b| b.ends_with("ti")).map(|b| format!("{b}e"));
        let ie = Some(format!("{base}e")).filter(|_| base.ends_with('i'));
        let uur = Some(closed(base)).filter(|b| b.ends_with("uur"));
        return [tie, ie, uur].into_iter().flatten().find_map(word);
    }
    let base = own.strip_suffix("aal").filter(|b| b.len() > 5)?;
    noun(base.to_owned()).or_else(|| word(format!("{base}e")).filter(|_| base.ends_with('i')))
}
