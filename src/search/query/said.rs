//! What is said of a query beside what was understood.

use super::filter::nearly_named;
use crate::doc::Lang;
use crate::search::pattern::PatternFault;

/// Something in a query that was not understood, and what was done with it; or what the library says to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// A quotation mark without its second: the phrase runs to the end.
    UnclosedQuote,
    /// A parenthesis without its second: the group runs to the end.
    UnclosedParen,
    /// A closing parenthesis too many: passed over.
    ExtraParen,
    /// There is no filter of this name: its name and value were taken as words.
    UnknownFilter(String),
    /// A filter without a value: passed over.
    EmptyFilter(String),
    /// A filter with a value it cannot have: passed over.
    BadValue(String, String),
    /// An operator with nothing beside it: passed over.
    Dangling(String),
    /// `~` or `=` before a phrase or a group: passed over.
    MarkOnMany(char),
    /// `~` before a number or a short word: looked for as it is.
    NotFuzzy(String),
    /// A slash without its second: what follows is taken as words.
    UnclosedPattern,
    /// A pattern with a fault, and which: taken as words.
    BadPattern(String, PatternFault),
    /// A pattern that fits only over a blank, where single words are looked at: taken as words.
    PatternOverBlank(String),
    /// More patterns than are tried: the rest are taken as words.
    TooManyPatterns,
    /// No letter or figure in it: passed over.
    NoWord(String),
    /// Nested too deep: the parentheses were passed over.
    TooDeep,
    /// Too long: the end was passed over.
    TooLong,
    /// A word that stands in no report or note.
    Unknown(String),
    /// More words fit than are looked for: so many were taken, the most frequent.
    Cut(String, usize),
}

impl Said {
    /// What was not understood and what was done with it, in a sentence of the given language of the screens.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        match lang {
            Lang::Nl => self.dutch(),
            Lang::En => self.english(),
        }
    }

    fn dutch(&self) -> String {
        match self {
            Said::UnclosedQuote => "het aanhalingsteken is niet gesloten; de woordgroep loopt tot het eind".into(),
            Said::UnclosedParen => "een haakje is niet gesloten".into(),
            Said::ExtraParen => "een sluithaakje te veel is overgeslagen".into(),
            Said::UnknownFilter(name) => match nearly_named(name, Lang::Nl) {
                Some(other) => format!("er is geen filter “{name}:”; bedoelde je “{other}:”?"),
                None => format!("er is geen filter “{name}:”; als woorden gelezen"),
            },
            Said::EmptyFilter(name) => format!("“{name}:” heeft nog geen waarde"),
            Said::BadValue(name, value) => format!("“{name}:” kan niet “{}” zijn; overgeslagen", short(value)),
            Said::Dangling(name) => format!("naast “{name}” staat niets"),
            Said::MarkOnMany(mark) => format!("“{mark}” werkt op één woord; overgeslagen"),
            Said::NotFuzzy(word) => {
                format!("“{}” is precies gezocht; ~ is voor woorden van drie letters of meer", short(word))
            }
            Said::UnclosedPattern => "het patroon mist zijn tweede /; als woorden gelezen".into(),
            Said::BadPattern(source, fault) => {
                format!("/{}/: {}; als woorden gelezen", short(source), fault.text(Lang::Nl))
            }
            Said::PatternOverBlank(source) => {
                format!("/{}/ past alleen over een spatie heen, een patroon op één woord", short(source))
            }
            Said::TooManyPatterns => "er zijn te veel patronen; de laatste zijn als woorden gelezen".into(),
            Said::NoWord(what) => format!("“{}” bevat geen woord; overgeslagen", short(what)),
            Said::TooDeep => "te diep genestelde haakjes zijn overgeslagen".into(),
            Said::TooLong => "de zoekvraag is te lang; alleen het begin is gelezen".into(),
            Said::Unknown(word) => format!("“{}” staat in geen enkel rapport", short(word)),
            Said::Cut(word, n) => {
                format!("{} past op te veel woorden; de {n} meest gebruikte zijn gezocht", short(word))
            }
        }
    }

    fn english(&self) -> String {
        match self {
            Said::UnclosedQuote => "the quotation mark is not closed; the phrase runs to the end".into(),
            Said::UnclosedParen => "a parenthesis is not closed".into(),
            Said::ExtraParen => "a closing parenthesis too many is passed over".into(),
            Said::UnknownFilter(name) => match nearly_named(name, Lang::En) {
                Some(other) => format!("there is no filter “{name}:”; did you mean “{other}:”?"),
                None => format!("there is no filter “{name}:”; taken as words"),
            },
            Said::EmptyFilter(name) => format!("“{name}:” has no value yet"),
            Said::BadValue(name, value) => format!("“{name}:” cannot be “{}”; passed over", short(value)),
            Said::Dangling(name) => format!("“{name}” has nothing beside it"),
            Said::MarkOnMany(mark) => format!("“{mark}” is for one word; passed over"),
            Said::NotFuzzy(word) => {
                format!("“{}” is searched as it is; ~ is for words of three letters or more", short(word))
            }
            Said::UnclosedPattern => "the pattern lacks its second /; taken as words".into(),
            Said::BadPattern(source, fault) => {
                format!("/{}/: {}; taken as words", short(source), fault.text(Lang::En))
            }
            Said::PatternOverBlank(source) => {
                format!("/{}/ fits only across a blank, a pattern is for one word", short(source))
            }
            Said::TooManyPatterns => "there are too many patterns; the last are taken as words".into(),
            Said::NoWord(what) => format!("“{}” holds no word; passed over", short(what)),
            Said::TooDeep => "parentheses nested too deep are passed over".into(),
            Said::TooLong => "the query is too long; only its beginning is read".into(),
            Said::Unknown(word) => format!("“{}” is in none of the reports", short(word)),
            Said::Cut(word, n) => format!("{} fits too many words; the {n} most used are searched", short(word)),
        }
    }
}

/// What is shown of something that may be long.
pub(super) fn short(text: &str) -> String {
    const SHOWN: usize = 32;
    match text.char_indices().nth(SHOWN) {
        Some(_) => text.chars().take(SHOWN - 1).chain(['…']).collect(),
        None => text.to_owned(),
    }
}
