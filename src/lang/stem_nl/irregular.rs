//! Nouns whose plural follows no rule, and words that look inflected and are not.

use super::super::lexicon::is_ordinary;
use super::strong::prefixed;

/// Plurals, alone or behind another noun, and their singular.
const PLURALS: &[(&str, &str)] = &[
    ("aanbiedingen", "aanbieding"),
    ("bedragen", "bedrag"),
    ("bladen", "blad"),
    ("bladeren", "blad"),
    ("centra", "centrum"),
    ("collegas", "collega"),
    ("crises", "crisis"),
    ("criteria", "criterium"),
    ("curricula", "curriculum"),
    ("dagen", "dag"),
    ("daken", "dak"),
    ("dalen", "dal"),
    ("eieren", "ei"),
    ("examina", "examen"),
    ("gaten", "gat"),
    ("gebeden", "gebed"),
    ("gebreken", "gebrek"),
    ("gelederen", "gelid"),
    ("gemoederen", "gemoed"),
    ("geslachten", "geslacht"),
    ("getuigenverhoren", "getuigenverhoor"),
    ("glazen", "glas"),
    ("goden", "god"),
    ("goederen", "goed"),
    ("graven", "graf"),
    ("hoenderen", "hoen"),
    ("hoven", "hof"),
    ("jongen", "jongen"),
    ("jongens", "jongen"),
    ("kalveren", "kalf"),
    ("keten", "keten"),
    ("ketens", "keten"),
    ("kinderen", "kind"),
    ("kleren", "kleed"),
    ("lammeren", "lam"),
    ("leden", "lid"),
    ("liederen", "lied"),
    ("lieden", "lieden"),
    ("loten", "lot"),
    ("media", "medium"),
    ("ministeria", "ministerie"),
    ("moratoria", "moratorium"),
    ("musea", "museum"),
    ("neven", "neef"),
    ("oorlogen", "oorlog"),
    ("paden", "pad"),
    ("politica", "politicus"),
    ("politici", "politicus"),
    ("critici", "criticus"),
    ("technici", "technicus"),
    ("academici", "academicus"),
    ("medici", "medicus"),
    ("juristen", "jurist"),
    ("raderen", "rad"),
    ("runderen", "rund"),
    ("schepen", "schip"),
    ("scenario's", "scenario"),
    ("schoten", "schot"),
    ("sloten", "slot"),
    ("smeden", "smid"),
    ("spelen", "spel"),
    ("spellen", "spel"),
    ("staven", "staf"),
    ("steden", "stad"),
    ("symposia", "symposium"),
    ("treden", "tred"),
    ("vaten", "vat"),
    ("verdragen", "verdrag"),
    ("verloven", "verlof"),
    ("verslagen", "verslag"),
    ("volkeren", "volk"),
    ("wegen", "weg"),
    ("dijkwegen", "dijkweg"),
    ("woningen", "woning"),
];
/// Plurals that only stand alone, for at the end of others they are something else.
const ALONE: &[(&str, &str)] = &[
    ("geleid", "leid"),
    ("geleide", "leid"),
    ("lasten", "last"),
    ("lieden", "lieden"),
    ("treden", "treed"),
    ("spelen", "spel"),
    ("stelt", "stel"),
    ("verdachten", "verdachte"),
    ("ouders", "ouder"),
    ("ouderen", "oudere"),
    ("bekende", "bekend"),
    ("bekenden", "bekend"),
    ("verbanden", "verband"),
];
/// Words that look inflected and are not, or whose stem would meet another word's; in alphabetical order.
#[rustfmt::skip]
const AS_THEY_ARE: &[&str] = &[
    "aandacht", "acht", "achter", "al", "alle", "allen", "alles", "alsnog", "altijd", "alvorens", "ander", "andere",
    "anders", "beide", "beiden", "bekend", "best", "beste", "beter", "binnen", "boven", "bovendien", "buiten",
    "buitenland", "covid", "daarentegen", "daarnaast", "dertig", "desondanks", "destijds", "deze", "dezelfde",
    "dezen", "diens", "dienst", "dies", "doorgaans", "dus", "echt", "echter", "eens", "eerder", "eerst", "eerste",
    "eigen", "einde", "elders", "enige", "enkele", "ernst", "even", "eveneens", "evenwel", "gebod", "geducht",
    "gehecht", "geleden", "gemiddeld", "gepast", "gerecht", "gereed", "gerust", "geschikt", "geslacht", "gevangen",
    "gevecht", "geweld", "gewoon", "gezicht", "gezond", "gisteren", "heden", "helaas", "herfst", "hetzelfde",
    "hetzij", "hoofd", "immers", "indien", "inmiddels", "jegens", "kader", "krachtens", "laatst", "laatste", "last",
    "later", "latere", "leger", "links", "maar", "masker", "mede", "meer", "meest", "meeste", "meester", "men",
    "mens", "meteen", "midden", "minder", "minister", "minst", "minste", "minstens", "mits", "morgen", "na", "naast",
    "nader", "namens", "nederland", "nederlands", "niets", "nieuws", "offerte", "omtrent", "ondanks",
    "onder", "ooit", "open", "ouder", "oudere", "over", "overheden", "overigens", "overleden", "overledene",
    "overledenen", "pas", "pools", "rechter", "rechts", "reden", "reeds", "register", "samen", "sedert", "sinds",
    "slechts", "sommige", "soms", "steeds", "straks", "tegen", "telkens", "tenzij", "tevens", "tijdens", "toch",
    "toen", "tussen", "tweet", "vaak", "vast", "verband", "verdacht", "verdachte", "verder", "verdere", "verleden",
    "vervolgens", "volgend", "volgende", "volgens", "vooral", "voorts", "voorzitter", "voren", "weer", "wegens",
    "werkelijk", "winter", "zelden", "zelf", "zelfs", "zeven", "zoals", "zodra", "zomer", "zone", "zulke", "zulks",
];

/// Whether a word is nothing but itself.
pub fn as_it_is(word: &str) -> bool {
    AS_THEY_ARE.binary_search(&word).is_ok()
}

/// The singular of a plural that follows no rule.
pub fn singular(word: &str) -> Option<String> {
    let (_, single) = ALONE.iter().chain(PLURALS).find(|(p, _)| *p == word)?;
    Some((*single).to_owned())
}

/// The same of a compound that ends in one.
pub fn compound(word: &str) -> Option<String> {
    let (front, single) = PLURALS
        .iter()
        .filter_map(|(p, s)| Some((word.strip_suffix(p)?, s)))
        .find(|(front, _)| front.len() > 2 && !prefixed(front, false) && noun_before(front))?;
    Some(format!("{front}{single}"))
}

/// Whether a noun may stand before another: a word, with or without what joins them.
pub fn noun_before(front: &str) -> bool {
    is_ordinary(front) || front.strip_suffix('s').is_some_and(|f| f.len() > 2 && is_ordinary(f))
}
