//! Names of laws: where one ends in a sentence, and what is short for what.

use super::cursor::Cursor;

/// Laws and treaties that reports cite most: what they are called, and their usual short name.
const KNOWN: &[(&str, &str)] = &[
    ("Algemene wet bestuursrecht", "Awb"),
    ("Algemene verordening gegevensbescherming", "AVG"),
    ("Uitvoeringswet Algemene verordening gegevensbescherming", "UAVG"),
    ("General Data Protection Regulation", "GDPR"),
    ("European Convention on Human Rights", "ECHR"),
    ("Europees Verdrag voor de Rechten van de Mens", "EVRM"),
    ("Treaty on the Functioning of the European Union", "TFEU"),
    ("Internationaal Verdrag inzake de Rechten van het Kind", "IVRK"),
    ("Internationaal Verdrag inzake burgerrechten en politieke rechten", "IVBPR"),
    ("Grondwet", "Gw"),
    ("Burgerlijk Wetboek", "BW"),
    ("Wetboek van Strafrecht", "Sr"),
    ("Wetboek van Strafvordering", "Sv"),
    ("Wetboek van Burgerlijke Rechtsvordering", "Rv"),
    ("Wet open overheid", "Woo"),
    ("Wet openbaarheid van bestuur", "Wob"),
    ("Wet maatschappelijke ondersteuning 2015", "Wmo 2015"),
    ("Wet maatschappelijke ondersteuning", "Wmo"),
    ("Wet langdurige zorg", "Wlz"),
    ("Zorgverzekeringswet", "Zvw"),
    ("Wet marktordening gezondheidszorg", "Wmg"),
    ("Wet kwaliteit, klachten en geschillen zorg", "Wkkgz"),
    ("Wet publieke gezondheid", "Wpg"),
    ("Wet op het financieel toezicht", "Wft"),
    ("Wet ter voorkoming van witwassen en financieren van terrorisme", "Wwft"),
    ("Wet structuur uitvoeringsorganisatie werk en inkomen", "Wet SUWI"),
    ("Wet werk en inkomen naar arbeidsvermogen", "Wet WIA"),
    ("Wet op de arbeidsongeschiktheidsverzekering", "WAO"),
    ("Werkloosheidswet", "WW"),
    ("Algemene Ouderdomswet", "AOW"),
    ("Algemene wet inkomensafhankelijke regelingen", "Awir"),
    ("Algemene wet inzake rijksbelastingen", "AWR"),
    ("Invorderingswet 1990", "IW 1990"),
    ("Wet inkomstenbelasting 2001", "Wet IB 2001"),
    ("Wet op de omzetbelasting 1968", "Wet OB 1968"),
    ("Wet normering topinkomens", "WNT"),
    ("Wet gemeenschappelijke regelingen", "Wgr"),
    ("Wet basisregistratie personen", "Wet BRP"),
    ("Wet digitale overheid", "Wdo"),
    ("Wet politiegegevens", "Wpg"),
    ("Wet justitiële en strafvorderlijke gegevens", "Wjsg"),
    ("Wet beveiliging netwerk- en informatiesystemen", "Wbni"),
    ("Wet milieubeheer", "Wm"),
    ("Wet natuurbescherming", "Wnb"),
    ("Wet ruimtelijke ordening", "Wro"),
    ("Wet algemene bepalingen omgevingsrecht", "Wabo"),
    ("Omgevingswet", "Ow"),
    ("Vreemdelingenwet 2000", "Vw 2000"),
    ("Comptabiliteitswet 2016", "CW 2016"),
    ("Kaderwet zelfstandige bestuursorganen", "Kaderwet zbo's"),
    ("Participatiewet", "Pw"),
    ("Jeugdwet", "Jw"),
    ("Gemeentewet", "Gemw"),
    ("Ambtenarenwet 2017", "Aw 2017"),
    ("Archiefwet 1995", "Archiefwet 1995"),
    ("Wet op het primair onderwijs", "WPO"),
    ("Wet voortgezet onderwijs 2020", "WVO 2020"),
    ("Wet op het hoger onderwijs en wetenschappelijk onderzoek", "WHW"),
];

/// Short names of laws in small and large letters that no word of a sentence looks like.
const SHORT: &[&str] = &[
    "Awb", "Woo", "Wob", "Wmo", "Wlz", "Zvw", "Gw", "Grw", "Sr", "Sv", "Rv", "Awir", "Ow", "Wft", "Wwft", "Uavg",
    "Avg", "Wpg", "Wjsg", "Wgr", "Wdo", "Wbni", "Wm", "Wnb", "Wro", "Wabo", "Vw", "Vb", "Vv", "Pw", "Jw", "Gemw",
    "Provw", "Fw", "Wkkgz", "Wmg", "Wfsv", "Wsw", "Wajong", "Bibob", "WvSr", "WvSv", "Bw", "Bal", "Bbl", "Bkl", "Suwi",
    "Wvggz", "Wzd",
];

/// A short name that is used for another.
const SAME: &[(&str, &str)] =
    &[("Uavg", "UAVG"), ("Avg", "AVG"), ("WvSr", "Sr"), ("WvSv", "Sv"), ("Grw", "Gw"), ("Bw", "BW")];

/// Endings of the word by which a law is known as one.
const HEADS: &[&str] = &[
    "wet",
    "wetboek",
    "besluit",
    "regeling",
    "verordening",
    "verdrag",
    "handvest",
    "statuut",
    "reglement",
    "protocol",
    "beleidsregel",
    "beleidsregels",
    "convenant",
    "wetten",
];

/// Words that end the name of a law: what a sentence goes on with.
const STOPS: &[&str] = &[
    "is",
    "zijn",
    "was",
    "waren",
    "wordt",
    "worden",
    "werd",
    "werden",
    "kan",
    "kunnen",
    "kon",
    "moet",
    "moeten",
    "mag",
    "mogen",
    "zal",
    "zullen",
    "zou",
    "zouden",
    "heeft",
    "hebben",
    "had",
    "hadden",
    "bepaalt",
    "bepalen",
    "regelt",
    "regelen",
    "geldt",
    "gelden",
    "geeft",
    "geven",
    "biedt",
    "bieden",
    "verplicht",
    "verplichten",
    "schrijft",
    "stelt",
    "stellen",
    "vraagt",
    "eist",
    "maakt",
    "maken",
    "volgt",
    "vormt",
    "vereist",
    "noemt",
    "noemen",
    "ziet",
    "staat",
    "staan",
    "luidt",
    "verbiedt",
    "vallen",
    "valt",
    "blijft",
    "blijven",
    "ontstaat",
    "leidt",
    "dient",
    "dienen",
    "gaat",
    "gaan",
    "komt",
    "komen",
    "kent",
    "kennen",
    "laat",
    "die",
    "dat",
    "dan",
    "als",
    "zoals",
    "waarin",
    "waarmee",
    "waarop",
    "waardoor",
    "niet",
    "ook",
    "door",
    "al",
    "nog",
    "wel",
    "er",
    "hij",
    "zij",
    "wij",
    "we",
    "men",
    "deze",
    "dit",
    "of",
    "omdat",
    "zodat",
    "toen",
    "sinds",
    "tijdens",
    "wanneer",
    "indien",
    "vastgelegd",
    "opgenomen",
    "genoemd",
    "genoemde",
    "bedoeld",
    "bedoelde",
    "gestelde",
    "geregeld",
    "biedend",
    "binnen",
    "onverminderd",
    "volgens",
    "artikel",
    "artikelen",
    "vervalt",
    "gewijzigd",
    "gebaseerd",
    "ten",
    "per",
    "artikellid",
    "een",
    "zelf",
    "expliciet",
    "ingevoegd",
    "ingetrokken",
    "toegevoegd",
    "toegepast",
    "aangepast",
    "onverkort",
    "overeenkomstig",
];

/// Words that a name may go on with, never end with.
const BETWEEN: &[&str] = &[
    "op",
    "van",
    "voor",
    "en",
    "de",
    "het",
    "inzake",
    "tot",
    "in",
    "bij",
    "naar",
    "tegen",
    "ter",
    "met",
    "betreffende",
    "houdende",
    "tussen",
    "over",
    "om",
    "aan",
    "een",
    "der",
    "des",
    "uit",
    "te",
    "onder",
    "zonder",
];

/// What follows "in" in a turn of phrase, which is no part of a name.
const SET: &[&str] =
    &["acht", "beginsel", "strijd", "werking", "verband", "plaats", "zijn", "haar", "elk", "ieder", "dat", "die"];

/// Words a name has at most.
const LONGEST: usize = 14;

/// Reads the name of a law, and gives it in its short form where it has one.
pub(super) fn law(cur: &mut Cursor) -> Option<String> {
    known(cur).or_else(|| short(cur)).or_else(|| dutch(cur))
}

/// The longest known name that stands here.
fn known(cur: &mut Cursor) -> Option<String> {
    let rest = cur.rest();
    let stands = |(name, _): &&(&str, &str)| {
        let head = rest.get(..name.len()).is_some_and(|h| h.eq_ignore_ascii_case(name));
        head && !rest[name.len()..].starts_with(char::is_alphanumeric)
    };
    let (name, short) = KNOWN.iter().filter(stands).max_by_key(|(name, _)| name.len())?;
    cur.at += name.len();
    // "(Awb)" behind it says the same once more
    let mut next = *cur;
    if next.sign(&['(']) && next.rest().starts_with(short) {
        next.at += short.len();
        if next.sign(&[')']) {
            *cur = next;
        }
    }
    Some((*short).to_owned())
}

/// A short name: one of those known, or capitals, with the year that may belong to it.
pub(super) fn short(cur: &mut Cursor) -> Option<String> {
    let mut next = *cur;
    let word = next.word().filter(|_| next.ends())?;
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    let roman = word.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
    let is_name = SHORT.contains(&word) || (capitals > 1 && capitals * 2 > word.len() && word.len() <= 8 && !roman);
    if !is_name {
        return None;
    }
    let name = SAME.iter().find(|(a, _)| *a == word).map_or(word, |(_, b)| b);
    let name = with_year(&mut next, name);
    *cur = next;
    Some(name)
}

fn with_year(cur: &mut Cursor, name: &str) -> String {
    let mut next = *cur;
    if next.blanks()
        && let Some(year) = next.digits(4, 4).filter(|y| ("1838".."2100").contains(y) && next.ends())
    {
        *cur = next;
        return format!("{name} {year}");
    }
    name.to_owned()
}

/// A Dutch name: a word in a capital that ends as names of laws do ("Participatiewet"), or begins one ("Wet …",
/// "Algemene wet …"), and what belongs to it.
fn dutch(cur: &mut Cursor) -> Option<String> {
    let mut next = *cur;
    let mut words: Vec<&str> = Vec::new();
    let mut head = None;
    while words.len() < 4 {
        let word = next.word()?;
        if words.is_empty() && !word.starts_with(char::is_uppercase) {
            return None;
        }
        words.push(word);
        let lower = word.to_lowercase();
        if HEADS.iter().any(|h| lower.ends_with(h)) {
            head = Some(lower);
            break;
        }
        if BETWEEN.contains(&lower.as_str()) || STOPS.contains(&lower.as_str()) || !next.blanks() {
            return None;
        }
    }
    let head = head?;
    *cur = next;
    let alone = HEADS.contains(&head.as_str())
        || ["uitvoerings", "invoerings", "kader", "rijks", "tijdelijke", "aanpassings"]
            .iter()
            .any(|p| head.starts_with(p));
    // "Participatiewet" is all of it, and so is "Burgerlijk Wetboek"
    let goes_on = if head == "wetboek" || head == "verdrag" || head == "handvest" {
        next.blanks() && ["van", "voor", "inzake", "betreffende", "tot"].iter().any(|w| next.rest().starts_with(w))
    } else {
        alone
    };
    if goes_on {
        rest(cur, &mut words);
    }
    Some(with_year(cur, &words.join(" ")))
}

/// Reads on as long as words belong to a name.
fn rest<'t>(cur: &mut Cursor<'t>, words: &mut Vec<&'t str>) {
    let mut next = *cur;
    let mut certain = words.len();
    while words.len() < LONGEST && next.blanks() {
        let start = next.rest();
        let Some(word) = next.word() else { break };
        let lower = word.to_lowercase();
        // "inlichtingen- en veiligheidsdiensten"
        let hyphen = next.peek() == Some('-');
        if hyphen {
            next.at += 1;
            let _ = next.word();
        }
        let whole = &start[..start.len() - next.rest().len()];
        let before = words.last().map(|w| w.to_lowercase()).unwrap_or_default();
        // "verdragen de toelichting": an article stands in a name only behind one of the words between
        let loose = (lower == "de" || lower == "het") && !BETWEEN.contains(&before.as_str());
        let set = before == "in" && SET.contains(&lower.as_str());
        if STOPS.contains(&lower.as_str()) || (lower == "en" && law_follows(next)) || loose || set {
            break;
        }
        words.push(whole);
        if !BETWEEN.contains(&lower.as_str()) && !whole.ends_with('-') {
            certain = words.len();
            *cur = next;
        }
    }
    words.truncate(certain);
}

/// Whether another law or article follows, or what else "and the" adds.
fn law_follows(mut cur: Cursor) -> bool {
    cur.blanks();
    let article = cur.one_of(&["de", "het"]).is_some();
    let capital = cur.peek().is_some_and(char::is_uppercase);
    article || capital || cur.one_of(&["artikel", "artikelen", "art"]).is_some()
}

/// An English name after "of the": words in capitals, with small ones between them.
pub(super) fn english(cur: &mut Cursor) -> Option<String> {
    if let Some(name) = known(cur).or_else(|| short(cur)) {
        return Some(name);
    }
    let mut next = *cur;
    let mut words: Vec<&str> = Vec::new();
    let mut certain = 0;
    while words.len() < LONGEST {
        let Some(word) = next.word() else { break };
        if word.starts_with(char::is_uppercase) {
            words.push(word);
            certain = words.len();
            *cur = next;
        } else if !words.is_empty() && ["of", "and", "the", "on", "for", "to", "in"].contains(&word) {
            words.push(word);
        } else {
            break;
        }
        if !next.blanks() {
            break;
        }
    }
    words.truncate(certain);
    let heads =
        ["Act", "Code", "Regulation", "Directive", "Treaty", "Convention", "Charter", "Constitution", "Decree", "Law"];
    words.iter().any(|w| heads.contains(w)).then(|| with_year(cur, &words.join(" ")))
}
