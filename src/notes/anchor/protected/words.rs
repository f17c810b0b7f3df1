//! The lists: number words, months and units, negations, words that turn a sentence round. Dutch and English.

/// What a number word says, as one form for all ways to write it; `None` for other words. Months and units of amounts
/// count as such.
pub(super) fn number_of(word: &str) -> Option<String> {
    let same = match word {
        "procent" | "percent" => "%",
        "euro" | "euro's" | "euros" => "€",
        "mln" => "miljoen",
        "mld" => "miljard",
        _ if MONTHS.contains(&word) => word.get(..3).unwrap_or(word),
        _ if is_in(COUNTING, word) => word,
        _ => {
            let bare = || ENDINGS.split(' ').any(|e| word.strip_suffix(e).is_some_and(is_number));
            return (is_number(word) || bare()).then(|| word.to_owned());
        }
    };
    Some(same.to_owned())
}

/// Names of months; their first three letters tell them.
const MONTHS: [&str; 28] = [
    "januari",
    "january",
    "februari",
    "february",
    "maart",
    "april",
    "mei",
    "juni",
    "june",
    "juli",
    "july",
    "augustus",
    "august",
    "september",
    "oktober",
    "october",
    "november",
    "december",
    "jan",
    "feb",
    "mrt",
    "apr",
    "jun",
    "jul",
    "aug",
    "sep",
    "okt",
    "nov",
];

/// Words that say how many, which or when, and are no number words.
const COUNTING: &str = "half halve helft anderhalf anderhalve kwart driekwart dubbel dubbele verdubbeld verdubbelde verdubbelt \
    verdubbeling gehalveerd halveert halvering tweede derde eerste laatste enige dozijn procentpunt promille hectare kilometer \
    maandag dinsdag woensdag donderdag vrijdag zaterdag zondag quarter double doubled halved twice once first second third \
    fourth fifth sixth seventh eighth ninth tenth last dozen monday tuesday wednesday thursday friday saturday sunday";

/// What may be put behind a number word: *vierde*, *twaalfde*, *drietal*, *tweemaal*, *viervoudig*.
const ENDINGS: &str = "de ste tal maal keer voud voudig voudige jaarlijks jaarlijkse jarig jarige";

/// Pieces that number words are made of, longer before shorter where one begins with another.
const PIECES: &str = "dertien veertien vijftien zestien zeventien achttien negentien twintig dertig veertig vijftig zestig \
    zeventig tachtig negentig honderd duizend miljoen miljard twaalf zeven negen twee drie vier vijf zes acht tien elf één \
    thirteen eleven twelve twenty thirty forty fifty hundred thousand million billion seventy eighty ninety sixty seven eight \
    three four five nine six ten";

/// Number words that are not made of such pieces.
const WHOLE: &str = "two one fourteen fifteen sixteen seventeen eighteen nineteen nul zero miljoenen miljarden duizenden \
    honderden tientallen millions billions";

/// Whether a word is made of number words: *twaalf*, *tweeëntwintig*, *honderdtien*.
fn is_number(word: &str) -> bool {
    /// More pieces than any number word has.
    const DEPTH: u8 = 7;
    fn rest(word: &str, depth: u8) -> bool {
        let after = |piece: &str| {
            word.strip_prefix(piece).is_some_and(|after| {
                let joined = after.strip_prefix("en").or_else(|| after.strip_prefix("ën")).filter(|a| !a.is_empty());
                rest(after, depth - 1) || joined.is_some_and(|a| rest(a, depth - 1))
            })
        };
        word.is_empty() || (depth > 0 && PIECES.split(' ').any(after))
    }
    if word.is_empty() || word.len() > 60 {
        return false;
    }
    // eenentwintig; "een" by itself is no number
    let after_one = word.strip_prefix("eenen").filter(|w| !w.is_empty());
    is_in(WHOLE, word) || rest(after_one.unwrap_or(word), DEPTH)
}

/// Words that deny.
pub(super) fn is_negation(word: &str) -> bool {
    const ALL: &str = "niet geen nooit zonder nergens niemand niets niks noch nimmer evenmin nauwelijks geenszins nee tenzij \
        behalve not no never without none neither nor nothing nobody nowhere cannot hardly unless except";
    is_in(ALL, word) || word.ends_with("n't") || word.ends_with("n\u{2019}t")
}

/// Words of which another makes another sentence of the same: direction, obligation, how many.
pub(super) fn is_turning(word: &str) -> bool {
    const ALL: &str = "wel meer minder hoger lager meest minst alle enkele sommige moet moeten mag mogen kan kunnen hoeft \
        hoeven toe af binnen buiten tegen stijgt daalt steeg daalde gestegen gedaald toegenomen afgenomen toename afname more \
        less fewer higher lower all some few must may might can should shall increase decrease increased decreased rose fell \
        against";
    is_in(ALL, word)
}

/// What denies a word when it stands before it.
pub(super) const DENYING: [&str; 9] = ["on", "niet-", "niet", "non-", "anti", "un", "in", "im", "dis"];

/// Words that a sentence begins with and that are no names.
pub(super) fn is_common_beginning(word: &str) -> bool {
    const ALL: &str = "de het een dit dat deze die er in op bij met van voor door om als aan uit over naar na tot te wij we ze \
        zij hij ik ook maar en of want dus daarom daarnaast daarbij daardoor hierdoor hierbij hiermee hiervoor daarmee toch \
        echter wel nog al omdat hoewel zo toen nu dan wat wie hoe waar waarom wanneer welke sinds tijdens volgens zowel vooral \
        verder tevens bovendien vervolgens tegelijk tegelijkertijd soms vaak steeds veel zijn hun ons onze the a an this that \
        these those there it its on at by with from for to as they he she i also but and or so however therefore because \
        although when where what who how while since if our their many often";
    is_in(ALL, word)
}

/// Whether a word is one of those in a list.
fn is_in(all: &str, word: &str) -> bool {
    all.split(' ').any(|w| w == word)
}
