//! Words that find nothing by themselves (function words), and words that every report uses (common words).

use super::stem_nl;

/// Dutch function words, folded, in alphabetical order.
#[rustfmt::skip]
const DUTCH: &[&str] = &[
    "'t", "aan", "aangezien", "af", "al", "alle", "allen", "alles", "als", "alsmede", "alsnog", "alsof",
    "alstublieft", "alvorens", "aub", "behoudens", "beide", "beiden", "ben", "bent", "bij", "bovendien", "daar",
    "daaraan", "daarbij", "daarbinnen", "daardoor", "daarentegen", "daarheen", "daarin", "daarlangs", "daarmee",
    "daarna", "daarnaar", "daarnaast", "daarom", "daaronder", "daarop", "daarover", "daartegen", "daartoe",
    "daartussen", "daaruit", "daarvan", "daarvoor", "dan", "dat", "datgene", "de", "degene", "degenen", "den", "der",
    "dergelijk", "dergelijke", "des", "deze", "dezelfde", "die", "diegene", "dientengevolge", "dit", "doch", "door",
    "doordat", "dus", "echter", "een", "eens", "eigenlijk", "elk", "elke", "elkeen", "en", "enige", "enkel", "enkele",
    "er", "eraan", "erbij", "erdoor", "erg", "erin", "ermee", "erna", "ernaar", "ernaast", "erom", "eromheen",
    "eronder", "erop", "erover", "ertegen", "ertoe", "ertussen", "eruit", "ervan", "ervandoor", "ervoor", "even",
    "evenals", "eveneens", "evenmin", "evenwel", "geen", "gehad", "geweest", "geworden", "graag", "haar", "had",
    "hadden", "heb", "hebben", "hebbende", "hebt", "heeft", "heel", "hem", "hen", "het", "hetzelfde", "hetzij",
    "hier", "hieraan", "hierbij", "hierbinnen", "hierboven", "hierdoor", "hierin", "hiermee", "hierna", "hiernaar",
    "hiernaast", "hierom", "hieronder", "hierop", "hierover", "hiertegen", "hiertoe", "hieruit", "hiervan",
    "hiervoor", "hij", "hoe", "hoelang", "hoeveel", "hoever", "hoeverre", "hoewel", "hoezeer", "hoezo", "hun",
    "ieder", "iedere", "ik", "immers", "in", "indien", "ingevolge", "inzake", "is", "je", "jegens", "jij", "jou",
    "jouw", "juist", "jullie", "kan", "kon", "konden", "krachtens", "kunnen", "kunt", "maar", "mag", "me", "mede",
    "mee", "men", "menig", "menige", "met", "mij", "mijn", "misschien", "mits", "mocht", "mochten", "moest",
    "moesten", "moet", "moeten", "mogen", "na", "naar", "naarmate", "nabij", "nadat", "namelijk", "namens", "niet",
    "noch", "nochtans", "nog", "nu", "of", "ofschoon", "oftewel", "ofwel", "om", "omdat", "omtrent", "omwille",
    "onder", "ons", "onze", "ook", "op", "opdat", "over", "overigens", "per", "reeds", "sedert", "slechts", "sommige",
    "sommigen", "steeds", "svp", "te", "tegen", "ten", "teneinde", "tenzij", "ter", "terwijl", "tevens", "thans",
    "toch", "toe", "toen", "tot", "totdat", "tussen", "u", "uit", "uw", "van", "vanuit", "vanwege", "veel", "vele",
    "via", "volgens", "voor", "vooral", "voordat", "voorts", "waar", "waaraan", "waarachter", "waarbij", "waarbinnen",
    "waardoor", "waarheen", "waarin", "waarlangs", "waarmee", "waarna", "waarnaar", "waarnaast", "waarom",
    "waaronder", "waarop", "waarover", "waartegen", "waartoe", "waaruit", "waarvan", "waarvoor", "wanneer", "want",
    "waren", "was", "wat", "we", "wegens", "weinig", "wel", "welk", "welke", "wellicht", "werd", "werden", "wie",
    "wiens", "wier", "wij", "wil", "wilde", "wilden", "willen", "wilt", "word", "worden", "wordt", "zal", "ze",
    "zeer", "zelfs", "zelve", "zich", "zichzelf", "zij", "zijn", "zijnde", "zo", "zoals", "zodanig", "zodanige",
    "zodat", "zodra", "zou", "zouden", "zowel", "zulk", "zulke", "zullen", "zult",
];
/// English ones.
#[rustfmt::skip]
const ENGLISH: &[&str] = &[
    "a", "about", "above", "across", "after", "again", "against", "all", "along", "already", "also", "although",
    "always", "am", "among", "an", "and", "another", "any", "are", "around", "as", "at", "be", "because", "been",
    "before", "behind", "being", "below", "beneath", "beside", "besides", "between", "beyond", "both", "but", "by",
    "can", "cannot", "could", "despite", "did", "do", "does", "doing", "done", "down", "during", "each", "either",
    "ever", "every", "except", "few", "for", "from", "had", "has", "have", "having", "he", "hence", "her", "here",
    "hers", "herself", "him", "himself", "his", "how", "however", "i", "if", "in", "inside", "into", "is", "it",
    "its", "itself", "just", "many", "may", "me", "might", "mine", "more", "moreover", "most", "much", "must", "my",
    "myself", "near", "neither", "never", "no", "nor", "not", "now", "of", "off", "often", "on", "once", "only",
    "onto", "or", "other", "others", "ought", "our", "ours", "ourselves", "out", "outside", "over", "own", "past",
    "per", "please", "same", "several", "shall", "she", "should", "since", "so", "some", "still", "such", "than",
    "that", "the", "their", "theirs", "them", "themselves", "then", "there", "therefore", "these", "they", "this",
    "those", "though", "through", "throughout", "thus", "till", "to", "too", "toward", "towards", "under", "unless",
    "until", "up", "upon", "us", "very", "via", "was", "we", "were", "what", "whatever", "when", "where", "whereas",
    "whether", "which", "whichever", "while", "who", "whoever", "whom", "whose", "why", "will", "with", "within",
    "without", "would", "yet", "you", "your", "yours", "yourself",
];
/// Stems of Dutch words that are in every report, whatever it is about; in alphabetical order.
#[rustfmt::skip]
const COMMON: &[&str] = &[
    "aantal", "aanzien", "achter", "algemen", "allen", "altijd", "ander", "basis", "bedoel", "behalf", "belang",
    "belangrijk", "bepaal", "beschrijf", "bestaan", "bestaand", "beteken", "beter", "betref", "betrekking",
    "bijvoorbeeld", "binnen", "blijf", "blijk", "boven", "breng", "buiten", "deel", "denk", "dien", "ding", "divers",
    "doel", "doen", "eerste", "eigen", "elkaar", "extra", "gaan", "gebeur", "gebied", "gebruik", "gedurend", "geef",
    "gehel", "genoeg", "geval", "gevolg", "goed", "groot", "hang", "hoofdstuk", "hoog", "houd", "huidig", "iederen",
    "iemand", "iets", "informatie", "inmiddels", "jaar", "kader", "kant", "keer", "ken", "kijk", "klein", "knelpunt",
    "kom", "krijg", "laat", "laatste", "langs", "lees", "leid", "lig", "lijk", "loop", "maak", "maat", "manier",
    "meer", "meerder", "meest", "minder", "mogelijk", "moment", "momentel", "naast", "natuurlijk", "neem", "niemand",
    "niets", "nieuw", "nodig", "noem", "nooit", "ondanks", "onderdel", "onderwerp", "ooit", "oorzaak", "pagina",
    "paragraaf", "passaag", "problem", "punt", "rapport", "reden", "rol", "rond", "rondom", "samen", "schrijf",
    "sinds", "situatie", "soms", "soort", "spraak", "staan", "stand", "stel", "tegenover", "tekst", "tenslot",
    "tijdens", "toon", "totaal", "tweed", "uiteindelijk", "uitvoering", "vaak", "vanaf", "vanzelfsprekend", "verband",
    "verder", "vermeld", "verschillend", "verslag", "vertel", "vind", "voldoend", "volg", "volgende", "voorbeeld",
    "voorbij", "vorm", "vraag", "waarschijnlijk", "weer", "weet", "wijs", "willen", "zeg", "zelf", "zet", "zien",
    "zit", "zoek", "zonder",
];
/// English words of that kind.
#[rustfmt::skip]
const COMMON_ENGLISH: &[&str] = &[
    "basis", "case", "cases", "chapter", "come", "comes", "different", "document", "even", "example", "find", "first",
    "found", "general", "get", "gets", "give", "given", "gives", "go", "goes", "going", "good", "got", "important",
    "include", "included", "includes", "including", "information", "issue", "issues", "kind", "last", "made", "make",
    "makes", "making", "necessary", "need", "needed", "needs", "new", "next", "number", "order", "page", "part",
    "parts", "point", "points", "possible", "problem", "problems", "report", "reports", "said", "say", "says",
    "second", "section", "see", "seen", "set", "sets", "show", "shown", "shows", "take", "taken", "takes", "taking",
    "text", "use", "used", "uses", "using", "various", "way", "ways", "well", "year", "years",
];

/// Whether a folded word is a function word in Dutch or in English: an article, a pronoun, a preposition, a conjunction, an
/// auxiliary, a question word. Alone such a word is still searched for; beside others it adds to the order of the hits but
/// makes no hit by itself.
#[must_use]
pub fn is_function_word(folded: &str) -> bool {
    among(folded, DUTCH, &DUTCH_FROM) || among(folded, ENGLISH, &ENGLISH_FROM)
}

/// Where in a list the words begin that begin with each byte: asked for with every word of a text, it has to be quick.
type From = [u16; 129];
const DUTCH_FROM: From = from(DUTCH);
const ENGLISH_FROM: From = from(ENGLISH);

const fn from(list: &[&str]) -> From {
    let mut out = [0; 129];
    let (mut at, mut byte) = (0, 0);
    while byte < out.len() {
        while at < list.len() && (list[at].as_bytes()[0] as usize) < byte {
            at += 1;
        }
        out[byte] = at as u16;
        byte += 1;
    }
    out
}

fn among(word: &str, list: &[&str], from: &From) -> bool {
    let Some(&first) = word.as_bytes().first().filter(|b| b.is_ascii()) else { return false };
    let range = usize::from(from[usize::from(first)])..usize::from(from[usize::from(first) + 1]);
    list[range].binary_search(&word).is_ok()
}

/// Whether a folded word says little about what is looked for, because every report uses it: in a long question it must
/// not win from the words that do.
#[must_use]
pub fn is_common_word(folded: &str) -> bool {
    COMMON.binary_search(&stem_nl::stem(folded).as_str()).is_ok() || COMMON_ENGLISH.binary_search(&folded).is_ok()
}

#[cfg(test)]
mod tests;
