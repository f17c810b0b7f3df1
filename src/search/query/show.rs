//! A query shown: in its own language, and in words, Dutch or English.

use super::{Clauses, Field, Filter, Mode, Node, Query, Said, Sign};
use crate::doc::Lang;
use crate::lang::{fold, is_function_word};
use std::fmt::{self, Write};

pub(super) fn clauses(all: &Clauses, f: &mut impl Write) -> fmt::Result {
    for (i, clause) in all.0.iter().enumerate() {
        if i > 0 {
            f.write_char(' ')?;
        }
        match (clause.sign, &clause.node) {
            (Sign::Must, Node::Filter(_)) | (Sign::May, _) => {}
            (Sign::Must, _) => f.write_char('+')?,
            (Sign::Not, _) => f.write_char('-')?,
        }
        match &clause.node {
            // a date or number in several words is one under a sign only in parentheses
            Node::Word(w, Mode::Plain) if clause.sign != Sign::May && w.contains(char::is_whitespace) => {
                write!(f, "({w})")?
            }
            n => node(n, f)?,
        }
    }
    Ok(())
}

fn node(n: &Node, f: &mut impl Write) -> fmt::Result {
    match n {
        Node::Word(w, Mode::Plain) => f.write_str(w),
        Node::Word(w, Mode::Exact) => write!(f, "={w}"),
        Node::Word(w, Mode::Prefix) => write!(f, "{w}*"),
        Node::Phrase(p) => write!(f, "\"{p}\""),
        Node::Filter(Filter { field, value }) => {
            let bare = value.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '/'));
            if bare { write!(f, "{}:{value}", field.name()) } else { write!(f, "{}:\"{value}\"", field.name()) }
        }
        Node::Or(nodes) => {
            f.write_char('(')?;
            for (i, n) in nodes.iter().enumerate() {
                if i > 0 {
                    f.write_str(" OR ")?;
                }
                node(n, f)?;
            }
            f.write_char(')')
        }
        Node::Group(inner) => {
            f.write_char('(')?;
            clauses(inner, f)?;
            f.write_char(')')
        }
    }
}

impl Query {
    /// What was understood, in words of the given language of the screens.
    #[must_use]
    pub fn understood(&self, lang: Lang) -> String {
        words_of(&self.root, lang, self.open)
    }
}

fn pick(lang: Lang, nl: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::Nl => nl,
        Lang::En => en,
    }
}

fn words_of(all: &Clauses, lang: Lang, open: bool) -> String {
    let with = |sign: Sign, filters: bool| {
        all.0.iter().filter(move |c| c.sign == sign && matches!(c.node, Node::Filter(_)) == filters).map(|c| &c.node)
    };
    let mut said: Vec<String> = Vec::new();
    let list = |nodes: Vec<&Node>, word: &str| nodes.iter().map(|n| in_words(n, lang)).collect::<Vec<_>>().join(word);
    let must: Vec<_> = with(Sign::Must, false).collect();
    if !must.is_empty() {
        said.push(list(must.clone(), pick(lang, " en ", " and ")));
    }
    let (weak, may): (Vec<_>, Vec<_>) = with(Sign::May, false).partition(|n| is_weak(n));
    let strong = !may.is_empty() || !must.is_empty();
    let (may, weak) = if strong { (may, weak) } else { (weak, Vec::new()) };
    if !may.is_empty() {
        let any = list(may.clone(), pick(lang, " of ", " or "));
        said.push(match (must.is_empty(), may.len()) {
            (false, _) => format!("{} {any}", pick(lang, "liefst met", "preferably with")),
            (true, 1) => any,
            (true, _) => format!("{any} ({})", pick(lang, "meer is beter", "more is better")),
        });
    }
    if !weak.is_empty() {
        said.push(format!(
            "{}: {}",
            pick(lang, "telt alleen mee in de volgorde", "only for the order"),
            list(weak, ", ")
        ));
    }
    let not: Vec<_> = with(Sign::Not, false).collect();
    if !not.is_empty() {
        said.push(format!("{} {}", pick(lang, "zonder", "without"), list(not, pick(lang, " of ", " or "))));
    }
    said.extend(with(Sign::Must, true).map(|n| in_words(n, lang)));
    said.extend(with(Sign::May, true).map(|n| in_words(n, lang)));
    said.extend(with(Sign::Not, true).map(|n| format!("{} {}", pick(lang, "niet", "not"), in_words(n, lang))));
    let mut out = said.join("; ");
    if open && matches!(all.0.last().map(|c| &c.node), Some(Node::Word(_, Mode::Plain))) {
        out.push('…');
    }
    out
}

/// A word that makes no hit by itself beside others.
fn is_weak(n: &Node) -> bool {
    matches!(n, Node::Word(w, Mode::Plain) if is_function_word(&fold(w)))
}

fn in_words(n: &Node, lang: Lang) -> String {
    match n {
        Node::Word(w, Mode::Plain) => w.clone(),
        Node::Word(w, Mode::Exact) => format!("{} “{w}”", pick(lang, "precies", "exactly")),
        Node::Word(w, Mode::Prefix) => format!("{w}…"),
        Node::Phrase(p) => format!("“{p}”"),
        Node::Or(nodes) => {
            let all: Vec<_> = nodes.iter().map(|n| in_words(n, lang)).collect();
            all.join(pick(lang, " of ", " or "))
        }
        Node::Group(inner) => format!("({})", words_of(inner, lang, false)),
        Node::Filter(f) => format!("{} {}", field_words(f.field, lang), value_words(f, lang)),
    }
}

fn field_words(field: Field, lang: Lang) -> &'static str {
    match field {
        Field::Report => pick(lang, "in rapport", "in report"),
        Field::File => pick(lang, "in bestand", "in file"),
        Field::Org => pick(lang, "van organisatie", "by organisation"),
        Field::Year => pick(lang, "over jaar", "of year"),
        Field::Section => pick(lang, "onder kop", "under heading"),
        Field::Heading => pick(lang, "met kop", "with heading"),
        Field::Knelpunt => pick(lang, "bij knelpunt", "in knelpunt"),
        Field::Tag => pick(lang, "met label", "with tag"),
        Field::Status => pick(lang, "met status", "with status"),
        Field::Page => pick(lang, "op bladzijde", "on page"),
        Field::In => pick(lang, "alleen in", "only in"),
        Field::Lang => pick(lang, "in de taal", "in language"),
    }
}

fn value_words(f: &Filter, lang: Lang) -> String {
    match f.field {
        Field::In if super::parse::place(&f.value) == Some(true) => pick(lang, "notities", "notes").into(),
        Field::In => pick(lang, "tekst", "text").into(),
        _ if f.value.contains(' ') => format!("“{}”", f.value),
        _ => f.value.clone(),
    }
}

impl Said {
    /// What was not understood and what was done with it, in a sentence of the given language of the screens.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        let en = lang == Lang::En;
        match self {
            Said::UnclosedQuote if en => "the quotation mark is not closed; the phrase runs to the end".into(),
            Said::UnclosedQuote => "het aanhalingsteken is niet gesloten; de woordgroep loopt tot het eind".into(),
            Said::UnclosedParen if en => "a parenthesis is not closed".into(),
            Said::UnclosedParen => "een haakje is niet gesloten".into(),
            Said::ExtraParen if en => "a closing parenthesis too many is passed over".into(),
            Said::ExtraParen => "een sluithaakje te veel is overgeslagen".into(),
            Said::UnknownFilter(name) if en => format!("there is no filter “{name}:”; taken as words"),
            Said::UnknownFilter(name) => format!("er is geen filter “{name}:”; als woorden gelezen"),
            Said::EmptyFilter(name) if en => format!("“{name}:” has no value yet"),
            Said::EmptyFilter(name) => format!("“{name}:” heeft nog geen waarde"),
            Said::BadValue(name, value) if en => format!("“{name}:” cannot be “{value}”; passed over"),
            Said::BadValue(name, value) => format!("“{name}:” kan niet “{value}” zijn; overgeslagen"),
            Said::Dangling(name) if en => format!("“{name}” has nothing beside it"),
            Said::Dangling(name) => format!("naast “{name}” staat niets"),
            Said::NotYet(what) if en => {
                format!("“{what}” is taken as plain words; fuzzy and regex search are not there yet")
            }
            Said::NotYet(what) => format!("“{what}” is als gewone woorden gelezen; zoeken met ~ en /…/ kan nog niet"),
            Said::NoWord(what) if en => format!("“{what}” holds no word; passed over"),
            Said::NoWord(what) => format!("“{what}” bevat geen woord; overgeslagen"),
            Said::TooDeep if en => "parentheses nested too deep are passed over".into(),
            Said::TooLong if en => "the query is too long; only its beginning is read".into(),
            Said::TooLong => "de zoekvraag is te lang; alleen het begin is gelezen".into(),
            Said::TooDeep => "te diep genestelde haakjes zijn overgeslagen".into(),
        }
    }
}
