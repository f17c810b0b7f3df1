//! Derivations that change the vowel or follow no rule, and those that have gone their own way.

use super::super::lexicon::is_ordinary;

/// Words (or stems) and what they are derived from.
const WHOLE: &[(&str, &str)] = &[
    ("jonger", "jong"),
    ("oudere", "oud"),
    // nouns
    ("europes", "europa"),
    ("expertis", "expert"),
    ("grafisch", "grafiek"),
    ("initiatief", "initieren"),
    ("nederlands", "nederland"),
    ("signaal", "signaleren"),
    ("structurer", "structuur"),
    ("structurering", "structureren structuur"),
    ("automatisch", "automatiseren"),
    ("aangift", "aangeven"),
    ("advies", "adviseren"),
    ("afhankelijk", "afhangen"),
    ("argument", "argumenteren"),
    ("belast", "belasten"),
    ("beloft", "beloven"),
    ("beschadig", "schade"),
    ("beschadiging", "beschadigen schade"),
    ("correctie", "corrigeren"),
    ("document", "documenteren"),
    ("experiment", "experimenteren"),
    ("export", "exporteren"),
    ("financiel", "financien financieren"),
    ("financier", "financien"),
    ("financiering", "financieren financien"),
    ("gedrag", "gedragen"),
    ("gesprek", "spreken"),
    ("hulp", "helpen"),
    ("import", "importeren"),
    ("interventie", "intervenieren"),
    ("kennis", "kennen"),
    ("keus", "kiezen"),
    ("maatschappelijk", "maatschappij"),
    ("opslag", "opslaan"),
    ("prioriteit", "prioriteren"),
    ("praktisch", "praktijk"),
    ("protest", "protesteren"),
    ("rapport", "rapporteren"),
    ("regionaal", "regio"),
    ("schaarst", "schaars"),
    ("stedelijk", "stad"),
    ("toegankelijk", "toegang"),
    ("transport", "transporteren"),
    ("verbintenis", "verbinden"),
    ("vergif", "vergiftigen"),
    ("verlies", "verliezen"),
    ("winst", "winnen"),
    ("ziekt", "ziek"),
    ("zekerheid", "zeker"),
];
/// Ends of stems and the verbs they are of, alone or behind a prefix with which the verb is a word.
const TAILS: &[(&str, &str)] = &[
    ("bod", "bieden"),
    ("brengst", "brengen"),
    ("breuk", "breken"),
    ("dracht", "dragen"),
    ("gaaf", "geven"),
    ("gang", "gaan"),
    ("gift", "geven"),
    ("hulp", "helpen"),
    ("keus", "kiezen"),
    ("klacht", "klagen"),
    ("komst", "komen"),
    ("naam", "nemen"),
    ("nam", "nemen"),
    ("schrift", "schrijven"),
    ("spraak", "spreken"),
    ("vangst", "vangen"),
    ("vondst", "vinden"),
    ("worp", "werpen"),
    ("zicht", "zien"),
];
/// Tails that are words of their own when nothing stands before them.
const BEHIND: &[&str] = &["gaaf", "gang", "gift", "naam", "nam", "schrift"];
/// What looks derived and is not, or has a meaning of its own.
#[rustfmt::skip]
const ALONE: &[&str] = &[
    "aangelegenheid", "aanzienlijk", "actief", "activiteit", "adelaar", "afdeling", "alternatief", "archief",
    "automatiser", "barbaar", "bazaar", "beamer", "begrafenis", "behoorlijk", "beider", "bekend", "bericht", "beroep",
    "betrekking", "bever", "bijnaam", "collectief", "consequentie", "definitief", "degelijk", "dergelijk",
    "duidelijk", "duizend", "eerlijk", "eigenaar", "eigenlijk", "eindelijk", "einder", "figuur", "functionel",
    "gelegenheid", "geleidelijk", "gelijk", "geschiedenis", "gevaar", "gevangenis", "grafisch", "haring", "heerlijk",
    "hippisch", "hoever", "initiatief", "instantie", "jaarlijk", "kamer", "ketting", "klooster", "koning", "koster",
    "kwaliteit", "kwantiteit", "leger", "letter", "lijst", "lijster", "makkelijk", "markant", "master", "materiaal", "materiel",
    "meerder", "meter", "missie", "moeilijk", "mogelijk", "motief", "munter", "namelijk", "natuurlijk", "negatief",
    "objectief", "officiel", "omgeving", "onvoldoend", "oorbaar", "opdracht", "openbaar", "order", "organisch",
    "organiser", "over", "overheid", "paling", "paper", "passie", "politie", "positief", "redelijk", "reder",
    "rekening", "relatief", "respectievelijk", "ruiter", "server", "situatie", "slager", "speciaal", "statisch",
    "subjectief", "tarief", "tegelijk", "tijdelijk", "toekomst", "toestand", "uiteindelijk", "vergelijk",
    "verrichting", "verschrikkelijk", "versie", "voldoend", "voornaam", "voornamelijk", "voorzitter", "vorder",
    "waarheid", "wanner", "water", "weerbaar", "welker", "wering", "werkelijk", "zager", "zakelijk", "zomaar",
];

/// What a word or stem is derived from by no rule: words, with blanks between.
pub fn whole(word: &str) -> Option<&'static str> {
    WHOLE.iter().find(|(w, _)| *w == word).map(|(_, base)| *base)
}

/// The verb that a stem ending in one of the tails is of.
pub fn tail(stem: &str) -> Option<String> {
    TAILS.iter().filter_map(|(end, verb)| Some((stem.strip_suffix(end)?, end, verb))).find_map(|(front, end, verb)| {
        let verb = format!("{front}{verb}");
        (is_ordinary(&verb) && !(front.is_empty() && BEHIND.contains(end))).then_some(verb)
    })
}

/// Whether a stem is derived from nothing, whatever it looks like.
pub fn alone(stem: &str) -> bool {
    ALONE.contains(&stem) || stem.ends_with("geschiedenis")
}
