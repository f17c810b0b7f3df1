//! A light English stemmer: plurals, -ed, -ing and the final e and y, after the first steps of M. F. Porter, *An
//! algorithm for suffix stripping* (1980), with the irregular plurals and verbs of policy texts. Derivations (-ation,
//! -ment) are not stems but roots.

/// Irregular plurals and verbs: the stem, then its other forms.
const IRREGULAR: &[&[&str]] = &[
    &["analysis", "analyses"],
    &["basis", "bases"],
    &["bear", "bore", "borne"],
    &["becom", "became"],
    &["begin", "began", "begun"],
    &["bind", "bound"],
    &["break", "broke", "broken"],
    &["bring", "brought"],
    &["build", "built"],
    &["buy", "bought"],
    &["child", "children"],
    &["choos", "chose", "chosen"],
    &["com", "came"],
    &["crisis", "crises"],
    &["criterion", "criteria"],
    &["deal", "dealt"],
    &["draw", "drew", "drawn"],
    &["driv", "drove", "driven"],
    &["fall", "fell", "fallen"],
    &["feel", "felt"],
    &["find", "found"],
    &["forgiv", "forgave", "forgiven"],
    &["giv", "gave", "given"],
    &["go", "went", "gone", "goes"],
    &["grow", "grew", "grown"],
    &["half", "halves"],
    &["hold", "held"],
    &["hypothesis", "hypotheses"],
    &["index", "indices"],
    &["keep", "kept"],
    &["know", "knew", "known"],
    &["lay", "laid"],
    &["lead", "led"],
    &["life", "lives"],
    &["los", "lost"],
    &["mak", "made"],
    &["man", "men"],
    &["mean", "meant"],
    &["meet", "met"],
    &["oversee", "oversaw", "overseen"],
    &["parenthesis", "parentheses"],
    &["pay", "paid"],
    &["prov", "proven"],
    &["ris", "rose", "risen"],
    &["run", "ran"],
    &["say", "said"],
    &["see", "saw", "seen"],
    &["seek", "sought"],
    &["sell", "sold"],
    &["send", "sent"],
    &["show", "shown"],
    &["speak", "spoke", "spoken"],
    &["spend", "spent"],
    &["stand", "stood"],
    &["tak", "took", "taken"],
    &["teach", "taught"],
    &["tell", "told"],
    &["themselv", "themselves"],
    &["think", "thought"],
    &["understand", "understood"],
    &["undertak", "undertook", "undertaken"],
    &["uphold", "upheld"],
    &["win", "won"],
    &["withdraw", "withdrew", "withdrawn"],
    &["withhold", "withheld"],
    &["woman", "women"],
    &["writ", "wrote", "written"],
];
/// Words in -ing, -ed, -s that are no forms of others.
#[rustfmt::skip]
const AS_THEY_ARE: &[&str] = &[
    "anything", "ceiling", "during", "everything", "exceed", "hundred", "indeed", "morning", "news", "nothing",
    "proceed", "series", "something", "species", "succeed", "thus",
];

/// The stem of a folded English word.
pub(super) fn stem(word: &str) -> String {
    let word = word.split('\'').next().unwrap_or(word);
    if word.len() < 3 || !word.bytes().all(|b| b.is_ascii_lowercase()) || AS_THEY_ARE.contains(&word) {
        return word.to_owned();
    }
    if let Some(verb) = IRREGULAR.iter().find(|forms| forms.contains(&word)) {
        return finished(verb[0].to_owned());
    }
    if word.len() < 4 {
        return finished(word.to_owned());
    }
    let mut w = plural(word);
    if let Some(base) = w.strip_suffix("eed") {
        if has_vowel(base) && !AS_THEY_ARE.contains(&w.as_str()) {
            w.pop();
        }
    } else if let Some(base) = w.strip_suffix("ing").or_else(|| w.strip_suffix("ed")).filter(|b| has_vowel(b)) {
        w = ending_restored(base);
    }
    finished(w)
}

/// What a word may be derived from, as stems: `implement` of *implementation*, `compli` of *compliance*. No list says
/// whether they are words, and those that are none meet nothing.
pub(super) fn roots(word: &str) -> Vec<String> {
    let stem = stem(word);
    let ends: &[(&str, &[&str])] = &[
        ("isation", &["is", "iz"]),
        ("ization", &["iz", "is"]),
        ("ation", &["", "at"]),
        ("ition", &["", "it"]),
        ("ution", &["ut"]),
        ("ption", &["pt", "b"]),
        ("ction", &["ct"]),
        ("ator", &["at"]),
        ("ctor", &["ct"]),
        ("ement", &["e", ""]),
        ("ment", &[""]),
        ("ness", &[""]),
        ("ability", &["abl"]),
        ("ibility", &["ibl"]),
        ("iviti", &["iv"]),
        ("ality", &["al"]),
        ("anc", &["", "i"]),
        ("enc", &["", "ent"]),
        ("fulli", &["ful"]),
        ("li", &["", "l"]),
    ];
    let Some((base, before, end)) = ends.iter().find_map(|(end, before)| {
        Some((stem.strip_suffix(end).or_else(|| stem.strip_suffix(&end.replace("ity", "iti")))?, before, *end))
    }) else {
        return Vec::new();
    };
    // department, document, segment are no acts; payment is
    let least = if end == "ment" { 5 } else { 4 };
    if base != "pay" && (base.len() < least || ["depart", "apart", "compart"].contains(&base)) {
        return Vec::new();
    }
    before.iter().map(|b| finished(format!("{base}{b}"))).filter(|root| *root != stem).collect()
}

/// Without the final e, and with i for y: `polici` of *policy* and *policies*.
fn finished(mut w: String) -> String {
    if w.len() > 2 && w.ends_with('y') && !is_vowel(w.as_bytes()[w.len() - 2]) {
        w.pop();
        w.push('i');
    }
    if w.len() > 3 && w.ends_with('e') && !w.ends_with("ee") {
        w.pop();
    }
    w
}

fn plural(word: &str) -> String {
    if let Some(base) = word.strip_suffix("sses") {
        format!("{base}ss")
    } else if let Some(base) = word.strip_suffix("ies") {
        format!("{base}{}", if base.len() > 1 { "y" } else { "ie" })
    } else if let Some(base) = word.strip_suffix("lves") {
        format!("{base}lf")
    } else if let Some(base) =
        ["ches", "shes", "xes"].iter().find_map(|e| word.ends_with(e).then(|| &word[..word.len() - 2]))
    {
        base.to_owned()
    } else if word.ends_with("ss") || word.ends_with("us") || word.ends_with("is") {
        word.to_owned()
    } else {
        word.strip_suffix('s').filter(|b| has_vowel(b)).unwrap_or(word).to_owned()
    }
}

/// What is left of `planned`, `controlled`, `using`, `making`: plan, control, use, mak (its e falls anyway).
fn ending_restored(base: &str) -> String {
    let b = base.as_bytes();
    let n = b.len();
    let doubled = n > 2 && b[n - 1] == b[n - 2] && !is_vowel(b[n - 1]);
    // calling, passing, buzzing keep it, and so do longer words in -ss
    let own = doubled && (matches!(b[n - 1], b's' | b'z') || b[n - 1] == b'l' && vowel_groups(base) < 2);
    let keep = if doubled && !own { n - 1 } else { n };
    let short = n == 2 && !is_vowel(b[1]);
    format!("{}{}", &base[..keep], if short { "e" } else { "" })
}

fn vowel_groups(text: &str) -> usize {
    let mut before = false;
    text.bytes().filter(|&b| std::mem::replace(&mut before, is_vowel(b)) != is_vowel(b) && is_vowel(b)).count()
}

fn has_vowel(text: &str) -> bool {
    text.bytes().any(|b| is_vowel(b) || b == b'y')
}

fn is_vowel(b: u8) -> bool {
    matches!(b, b'a' | b'e' | b'i' | b'o' | b'u')
}
