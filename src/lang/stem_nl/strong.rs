//! Strong and irregular verbs: their pasts and participles, with any prefix that verbs take.

use super::spelling::level;

/// Infinitive, stem, present, pasts and participle. A form behind `-` is a word of its own when nothing stands before it
/// (*week*, *sloot*), one behind `+` only stands alone (*spraken* is the past of *spreken*, *afspraken* are things), and a
/// participle behind `=` keeps its ge- (*toeslagen* are things too).
const VERBS: &[&[&str]] = &[
    &["bakken", "bak", "bakt", "gebakken"],
    &["bannen", "ban", "bant", "gebannen"],
    &["barsten", "barst", "gebarsten"],
    &["bederven", "bederf", "bederft", "bedierf", "bedierven", "bedorven"],
    &["bedriegen", "bedrieg", "bedriegt", "bedroog", "bedrogen"],
    &["beginnen", "begin", "begint", "begon", "begonnen"],
    &["bergen", "berg", "bergt", "geborgen", "verborgen"],
    &["bevelen", "beveel", "beveelt", "beval", "bevalen", "bevolen"],
    &["bezwijken", "bezwijk", "bezwijkt", "bezweek", "bezweken"],
    &["bidden", "bid", "bidt", "gebeden"],
    &["bieden", "bied", "biedt", "bood", "-boden", "geboden"],
    &["bijten", "bijt", "-beet", "-beten", "gebeten"],
    &["binden", "bind", "bindt", "-bond", "-bonden", "gebonden"],
    &["blazen", "blaas", "blaast", "blies", "bliezen", "geblazen"],
    &["blijken", "blijk", "blijkt", "bleek", "bleken", "gebleken"],
    &["blijven", "blijf", "blijft", "bleef", "bleven", "gebleven"],
    &["breken", "breek", "breekt", "brak", "+braken", "gebroken"],
    &["brengen", "breng", "brengt", "bracht", "brachten", "gebracht"],
    &["buigen", "buig", "buigt", "-boog", "-bogen", "gebogen"],
    &["delven", "delf", "delft", "dolf", "dolven", "gedolven"],
    &["denken", "denk", "denkt", "dacht", "dachten", "gedacht"],
    &["doen", "doe", "doet", "deed", "deden", "gedaan"],
    &["dragen", "draag", "draagt", "droeg", "droegen", "-gedragen"],
    &["drijven", "drijf", "drijft", "dreef", "dreven", "gedreven"],
    &["dringen", "dring", "dringt", "drong", "drongen", "gedrongen"],
    &["drinken", "drink", "drinkt", "dronk", "dronken", "gedronken"],
    &["duiken", "duik", "duikt", "dook", "doken", "gedoken"],
    &["dwingen", "dwing", "dwingt", "dwong", "dwongen", "gedwongen"],
    &["ervaren", "ervaar", "ervaart"],
    &["eten", "eet", "+at", "+aten", "gegeten"],
    &["fluiten", "fluit", "floot", "floten", "gefloten"],
    &["gaan", "ga", "gaat", "ging", "gingen", "gegaan"],
    &["gelden", "geld", "geldt", "gold", "golden", "gegolden"],
    &["genezen", "genees", "geneest", "genas", "genazen"],
    &["genieten", "geniet", "-genoot", "-genoten"],
    &["geven", "geef", "geeft", "gaf", "+gaven", "-gegeven"],
    &["gieten", "giet", "-goot", "-goten", "gegoten"],
    &["glijden", "glijd", "glijdt", "gleed", "gleden", "gegleden"],
    &["graven", "graaf", "graaft", "groef", "groeven", "gegraven"],
    &["grijpen", "grijp", "grijpt", "greep", "grepen", "gegrepen"],
    &["hangen", "hang", "hangt", "hing", "hingen", "gehangen"],
    &["heffen", "hef", "heft", "hief", "hieven", "geheven"],
    &["helpen", "help", "helpt", "hielp", "hielpen", "geholpen"],
    &["heten", "heet", "geheten"],
    &["houden", "houd", "houdt", "hield", "hielden", "gehouden"],
    &["jagen", "jaag", "jaagt", "joeg", "joegen"],
    &["kiezen", "kies", "kiest", "koos", "kozen", "gekozen"],
    &["kijken", "kijk", "kijkt", "keek", "keken", "gekeken"],
    &["klimmen", "klim", "klimt", "klom", "klommen", "geklommen"],
    &["klinken", "klink", "klinkt", "klonk", "klonken", "geklonken"],
    &["knijpen", "knijp", "knijpt", "kneep", "knepen", "geknepen"],
    &["komen", "kom", "komt", "kwam", "kwamen", "gekomen"],
    &["kopen", "koop", "koopt", "kocht", "kochten", "gekocht"],
    &["krijgen", "krijg", "krijgt", "kreeg", "kregen", "gekregen"],
    &["krimpen", "krimp", "krimpt", "kromp", "krompen", "gekrompen"],
    &["kruipen", "kruip", "kruipt", "kroop", "kropen", "gekropen"],
    &["laden", "laad", "laadt", "geladen"],
    &["laten", "laat", "liet", "lieten", "gelaten"],
    &["lezen", "lees", "leest", "-las", "lazen", "gelezen"],
    &["liegen", "lieg", "liegt", "loog", "logen", "gelogen"],
    &["liggen", "lig", "ligt", "+lag", "gelegen"],
    &["lijden", "lijd", "lijdt", "-leed"],
    &["lijken", "lijk", "lijkt", "leek", "-leken", "-geleken"],
    &["lopen", "loop", "loopt", "liep", "liepen", "gelopen"],
    &["melken", "melk", "melkt", "molk", "molken", "gemolken"],
    &["meten", "meet", "-gemeten"],
    &["mijden", "mijd", "mijdt", "meed", "meden", "gemeden"],
    &["nemen", "neem", "neemt", "nam", "genomen"],
    &["ontginnen", "ontgin", "ontgint", "ontgon", "ontgonnen"],
    &["prijzen", "prijs", "prijst", "prees", "geprezen"],
    &["raden", "raad", "raadt", "geraden"],
    &["rijden", "rijd", "rijdt", "-reed", "gereden"],
    &["rijzen", "rijs", "rijst", "rees", "rezen", "gerezen"],
    &["roepen", "roep", "roept", "riep", "riepen", "geroepen"],
    &["scheiden", "scheid", "scheidt", "gescheiden"],
    &["schelden", "scheld", "scheldt", "schold", "scholden", "gescholden"],
    &["schenden", "schend", "schendt", "schond", "schonden", "geschonden"],
    &["schenken", "schenk", "schenkt", "schonk", "schonken", "geschonken"],
    &["scheppen", "schep", "schept", "schiep", "schiepen"],
    &["scheren", "scheer", "scheert", "-schoor", "-schoren", "geschoren"],
    &["schieten", "schiet", "-schoot", "-schoten", "geschoten"],
    &["schijnen", "schijn", "schijnt", "-scheen", "-schenen", "geschenen"],
    &["schrijden", "schrijd", "schrijdt", "schreed", "schreden", "geschreden"],
    &["schrijven", "schrijf", "schrijft", "schreef", "schreven", "geschreven"],
    &["schrikken", "schrik", "schrikt", "schrok", "schrokken", "geschrokken"],
    &["schuiven", "schuif", "schuift", "-schoof", "-schoven", "geschoven"],
    &["slaan", "-sla", "-slaat", "sloeg", "sloegen", "=geslagen"],
    &["slapen", "slaap", "slaapt", "sliep", "sliepen", "geslapen"],
    &["slijten", "slijt", "sleet", "sleten", "gesleten"],
    &["slinken", "slink", "slinkt", "slonk", "slonken", "geslonken"],
    &["sluiten", "sluit", "-sloot", "-sloten", "gesloten"],
    &["smelten", "smelt", "smolt", "smolten", "gesmolten"],
    &["smijten", "smijt", "smeet", "smeten", "gesmeten"],
    &["snijden", "snijd", "snijdt", "sneed", "-sneden", "gesneden"],
    &["spannen", "span", "spant", "gespannen"],
    &["spinnen", "spin", "spint", "spon", "sponnen", "gesponnen"],
    &["splijten", "splijt", "-spleet", "-spleten", "gespleten"],
    &["spreken", "spreek", "spreekt", "sprak", "+spraken", "gesproken"],
    &["springen", "spring", "springt", "-sprong", "-sprongen", "gesprongen"],
    &["spuiten", "spuit", "spoot", "spoten", "gespoten"],
    &["staan", "-sta", "-staat", "stond", "stonden", "gestaan"],
    &["steken", "steek", "steekt", "-stak", "gestoken"],
    &["stelen", "steel", "steelt", "gestolen"],
    &["sterven", "sterf", "sterft", "stierf", "stierven", "gestorven"],
    &["stijgen", "stijg", "stijgt", "steeg", "stegen", "gestegen"],
    &["stoten", "stoot", "gestoten"],
    &["strijden", "strijd", "strijdt", "streed", "streden", "gestreden"],
    &["strijken", "strijk", "strijkt", "-streek", "-streken", "gestreken"],
    &["stuiven", "stuif", "stuift", "stoof", "-stoven", "gestoven"],
    &["treden", "treed", "treedt", "trad", "traden", "getreden"],
    &["treffen", "tref", "treft", "trof", "troffen", "getroffen"],
    &["trekken", "trek", "trekt", "trok", "trokken", "getrokken"],
    &["vallen", "val", "valt", "viel", "vielen", "-gevallen"],
    &["vangen", "vang", "vangt", "ving", "vingen", "-gevangen"],
    &["vechten", "vecht", "-vocht", "-vochten", "gevochten"],
    &["verdwijnen", "verdwijn", "verdwijnt", "verdween", "verdwenen"],
    &["vergeten", "vergeet", "vergat", "vergaten"],
    &["verliezen", "verlies", "verliest", "verloor", "verloren"],
    &["vinden", "vind", "vindt", "vond", "vonden", "gevonden"],
    &["vliegen", "vlieg", "vliegt", "vloog", "vlogen", "gevlogen"],
    &["vouwen", "vouw", "vouwt", "gevouwen"],
    &["vragen", "vraag", "vraagt", "-vroeg", "vroegen", "gevraagd"],
    &["vriezen", "vries", "vriest", "vroor", "gevroren"],
    &["wassen", "was", "wast", "-gewassen"],
    &["wegen", "weeg", "weegt", "woog", "wogen", "gewogen"],
    &["werpen", "werp", "werpt", "wierp", "wierpen", "geworpen"],
    &["werven", "werf", "werft", "wierf", "wierven", "geworven"],
    &["weten", "weet", "wist", "wisten", "geweten"],
    &["wijken", "wijk", "wijkt", "-week", "-weken", "geweken"],
    &["wijten", "wijt", "geweten"],
    &["wijzen", "wijs", "wijst", "-wees", "-wezen", "gewezen"],
    &["winden", "wind", "windt", "-wond", "-wonden", "-gewonden"],
    &["winnen", "win", "wint", "won", "wonnen", "gewonnen"],
    &["worden", "word", "wordt", "werd", "werden", "geworden"],
    &["wreken", "wreek", "wreekt", "gewroken"],
    &["wrijven", "wrijf", "wrijft", "wreef", "wreven", "gewreven"],
    &["wringen", "wring", "wringt", "wrong", "wrongen", "gewrongen"],
    &["zeggen", "zeg", "zegt", "zei", "zeiden", "zegt", "gezegd"],
    &["zenden", "zend", "zendt", "zond", "-zonden", "gezonden"],
    &["zien", "zie", "ziet", "zag", "+zagen", "gezien"],
    &["zingen", "zing", "zingt", "zong", "zongen", "gezongen"],
    &["zinken", "zink", "zinkt", "zonk", "zonken", "gezonken"],
    &["zitten", "zit", "zat", "zaten", "gezeten"],
    &["zoeken", "zoek", "zoekt", "zocht", "zochten", "gezocht"],
    &["zuigen", "zuig", "zuigt", "zoog", "zogen", "gezogen"],
    &["zwellen", "zwel", "zwelt", "zwol", "zwollen", "gezwollen"],
    &["zwemmen", "zwem", "zwemt", "zwom", "zwommen", "gezwommen"],
    &["zweren", "zweer", "zweert", "zwoer", "zwoeren", "gezworen"],
    &["zwerven", "zwerf", "zwerft", "zwierf", "zwierven", "gezworven"],
    &["zwijgen", "zwijg", "zwijgt", "zweeg", "zwegen", "gezwegen"],
];
/// Verbs that take no prefixes or have forms that follow no rule, with all their forms.
const WHOLE: &[&[&str]] = &[
    &["hebben", "heb", "hebt", "heeft", "had", "hadden", "gehad", "hebbende"],
    &["zijn", "ben", "bent", "is", "was", "waren", "geweest", "zijnde"],
    &["kunnen", "kan", "kunt", "kon", "konden", "gekund"],
    &["zullen", "zal", "zult", "zou", "zouden"],
    &["willen", "wil", "wilt", "wilde", "wilden", "wou", "wouden", "gewild"],
    &["mogen", "mag", "mocht", "mochten", "gemogen"],
    &["moeten", "moet", "moest", "moesten", "gemoeten"],
];
/// Nouns that look like a past with a prefix.
#[rustfmt::skip]
const NOUNS: &[&str] = &[
    "voorschoten", "overschoten", "ontzag", "bewindslieden", "gedachte", "gedachten", "gemeten", "verbond", "genoten",
    "toestaten", "overstaten", "opstaten", "invallen", "verlaten", "overwonden", "omgang", "voorraad", "voorraden",
    "bijstand", "behoudens", "verzeten",
];
/// What verbs take before them and their participle keeps before its ge-.
#[rustfmt::skip]
const SEPARABLE: &[&str] = &[
    "aan", "aaneen", "achter", "achteraan", "achterna", "achteruit", "af", "beet", "bij", "bijeen", "binnen", "deel",
    "dicht", "door", "dood", "fijn", "gade", "gelijk", "gereed", "gerust", "goed", "groot", "heen", "hoog", "in",
    "ineen", "kenbaar", "klaar", "klem", "kwijt", "langs", "leeg", "les", "lief", "los", "mede", "mee", "mis", "na",
    "neer", "om", "omhoog", "omlaag", "omver", "onder", "op", "opeen", "open", "over", "overeen", "paard", "plaats",
    "prijs", "raad", "recht", "rond", "samen", "schoon", "stand", "stil", "stop", "tegemoet", "tegen", "teleur",
    "teloor", "teniet", "tentoon", "terecht", "terug", "teweeg", "tewerk", "thuis", "toe", "tussen", "uit", "uiteen",
    "uithuis", "vast", "veilig", "vol", "voor", "vooraf", "voorbij", "voort", "vooruit", "vrij", "waar", "warm",
    "weer", "weg", "zeker",
];
/// Prefixes that take the place of ge-.
pub const INSEPARABLE: &[&str] = &[
    "be", "ver", "ont", "her", "er", "aanbe", "achterom", "heront", "herver", "herbe", "herge", "mis", "vol", "weer",
    "verge",
];

/// Separable prefixes that need not be.
const UNSEPARATED: &[&str] = &["achter", "door", "om", "onder", "over", "voor"];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Infinitive,
    Participle,
    Other,
}

/// A form that was found: what stands before it, its verb's forms, what it is.
struct Found<'a> {
    front: &'a str,
    verb: &'static [&'static str],
    kind: Kind,
}

/// Places in [`FORMS`]: about two for each form.
const SLOTS: usize = 2048;
/// No form.
const NONE: u16 = u16::MAX;
/// Forms a verb may have in [`FORMS`], participles counted twice: whole, and without their ge-.
const EACH: usize = 16;
/// Where every form stands in [`VERBS`], found by its letters from the last to the first, so that one way through a word
/// meets all that it ends in.
static FORMS: [u16; SLOTS] = forms();

const fn forms() -> [u16; SLOTS] {
    let mut slots = [NONE; SLOTS];
    let mut verb = 0;
    while verb < VERBS.len() {
        let mut form = 0;
        while form < VERBS[verb].len() {
            let (text, from) = (VERBS[verb][form].as_bytes(), marked(VERBS[verb][form]));
            put(&mut slots, text, from, verb * EACH + form);
            if participle(verb, form) && text[0] != b'=' {
                put(&mut slots, text, from + 2, verb * EACH + EACH / 2 + form);
            }
            form += 1;
        }
        verb += 1;
    }
    slots
}

const fn put(slots: &mut [u16; SLOTS], text: &[u8], from: usize, code: usize) {
    let (mut hash, mut at) = (SEED, text.len());
    while at > from {
        at -= 1;
        hash = hashed(hash, text[at]);
    }
    let mut slot = hash as usize % SLOTS;
    while slots[slot] != NONE {
        slot = (slot + 1) % SLOTS;
    }
    slots[slot] = code as u16;
}

const SEED: u32 = 5381;

/// D. J. Bernstein's hash, with a shift that lets the high bits tell too.
const fn hashed(hash: u32, byte: u8) -> u32 {
    let hash = hash.wrapping_mul(33) ^ byte as u32;
    hash ^ (hash >> 11)
}

/// Where a form begins behind its mark.
const fn marked(form: &str) -> usize {
    matches!(form.as_bytes()[0], b'-' | b'+' | b'=') as usize
}

const fn participle(verb: usize, form: usize) -> bool {
    let text = VERBS[verb][form].as_bytes();
    let from = marked(VERBS[verb][form]);
    let own = VERBS[verb][0].as_bytes();
    text[from] == b'g' && text[from + 1] == b'e' && !(own[0] == b'g' && own[1] == b'e')
}

/// The stem of a form of a strong verb; of *gaan*, *zien* and others whose stem ends in a vowel the infinitive.
pub fn stem(word: &str) -> Option<String> {
    if NOUNS.contains(&word) {
        return None;
    }
    if let Some(verb) = WHOLE.iter().find(|verb| verb.contains(&word)) {
        return Some(verb[0].to_owned());
    }
    let found = found(word).or_else(|| {
        // the participle as an adjective: gekochte, onderzochte
        found(word.strip_suffix('e').filter(|b| b.ends_with("cht") && b.len() > 5)?)
    })?;
    let [infinitive, stem, ..] = found.verb else { return None };
    let stem = stem.trim_start_matches('-');
    let stem = if stem.ends_with(['a', 'e']) { infinitive } else { stem };
    Some(level(format!("{}{stem}", found.front)))
}

/// Whether a word is the infinitive of one of these, with or without a prefix.
pub fn infinitive(word: &str) -> bool {
    found(word).is_some_and(|f| f.kind == Kind::Infinitive)
}

/// The form that leaves the least before it.
fn found(word: &str) -> Option<Found<'_>> {
    let (mut hash, mut best) = (SEED, None);
    for (at, &byte) in word.as_bytes().iter().enumerate().rev() {
        hash = hashed(hash, byte);
        let Some((front, end)) = word.split_at_checked(at) else { continue };
        let mut slot = hash as usize % SLOTS;
        while FORMS[slot] != NONE {
            if let Some(found) = fitting(front, end, FORMS[slot] as usize) {
                best = Some(found);
                break;
            }
            slot = (slot + 1) % SLOTS;
        }
    }
    best
}

/// The form with this code, if the word ends in it and may have before it what stands there.
fn fitting<'a>(front: &'a str, end: &str, code: usize) -> Option<Found<'a>> {
    let (verb, form) = (code / EACH, code % EACH);
    let bare = form >= EACH / 2;
    let form = form % (EACH / 2);
    let text = VERBS[verb][form];
    if text.get(marked(text) + if bare { 2 } else { 0 }..) != Some(end) {
        return None;
    }
    let kind = match form {
        0 => Kind::Infinitive,
        _ if participle(verb, form) && !bare => Kind::Participle,
        _ => Kind::Other,
    };
    let before = || prefixed(front, kind == Kind::Participle);
    let fits = match text.as_bytes()[0] {
        _ if bare => bound(front),
        b'+' => front.is_empty(),
        b'-' => !front.is_empty() && before(),
        _ => front.is_empty() || before(),
    };
    fits.then_some(Found { front, verb: VERBS[verb], kind })
}

/// Whether a participle has no ge- behind this.
fn bound(front: &str) -> bool {
    INSEPARABLE.contains(&front)
        || UNSEPARATED.contains(&front)
        || SEPARABLE.iter().filter_map(|s| front.strip_prefix(s)).any(|rest| INSEPARABLE.contains(&rest))
}

/// Whether a verb may have this before it, or its participle before its ge-.
pub fn prefixed(front: &str, participle: bool) -> bool {
    let known = SEPARABLE.contains(&front) || INSEPARABLE.contains(&front) && !participle;
    known
        || SEPARABLE.iter().filter_map(|s| front.strip_prefix(s)).any(|rest| INSEPARABLE.contains(&rest) && !participle)
        || front.strip_prefix("her").is_some_and(|rest| SEPARABLE.contains(&rest))
}
