//! How a report calls itself, taken apart: what of its name stays when it comes again, and what tells one edition from
//! another (years, dates, numbers, *herzien*, *concept*).
//!
//! This is the one place that says whether two reports are editions of one, going by their names; whoever wants to know
//! asks here. A link that is missing can be made by hand; a false one puts notes where they don't belong: every doubt is
//! [`Likeness::Perhaps`]. Nothing here looks at the text of a report.

mod parse;
mod words;

use super::{Lang, Part, PartKind};
use parse::Parsed;

/// What names a report.
#[derive(Clone, Copy, Debug, Default)]
pub struct Named<'a> {
    /// Its title; empty when nothing names it.
    pub title: &'a str,
    /// Who published it.
    pub org: Option<&'a str>,
    /// The year it is about.
    pub year: Option<i32>,
    /// Its file, with or without folders; empty when that is not known.
    pub file: &'a str,
    /// What kind of paper it is, if that is known.
    pub kind: Option<PartKind>,
    /// Its language, if that is known.
    pub lang: Option<Lang>,
}

impl<'a> Named<'a> {
    /// What names a part of a document.
    #[must_use]
    pub fn part(part: &'a Part, file: &'a str) -> Self {
        let (kind, lang) = (Some(part.kind), Some(part.lang));
        Named { title: &part.title, org: part.org.as_deref(), year: part.year, file, kind, lang }
    }
}

/// Which one of those that come out time after time: the year first. An unknown year comes last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Issue {
    /// The year it is about.
    pub year: Option<i32>,
    /// The part of the year: month and day, or a quarter; 0 when nothing says so.
    pub period: u16,
    /// The number it has; 0 when nothing says so.
    pub number: u16,
}

impl Issue {
    /// Whether this is another one than that, as far as both say.
    #[must_use]
    pub fn differs(&self, other: &Issue) -> bool {
        let known = |a: u16, b: u16| a != 0 && b != 0 && a != b;
        self.year.zip(other.year).is_some_and(|(a, b)| a != b)
            || known(self.period, other.period)
            || known(self.number, other.number)
    }

    /// By which they are put in order.
    #[must_use]
    pub fn order(&self) -> impl Ord + use<> {
        (self.year.unwrap_or(i32::MAX), self.period, self.number)
    }
}

/// How far a version of one issue had come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// A draft.
    Draft,
    /// Nothing is said.
    #[default]
    Unsaid,
    /// It says that it is final.
    Final,
    /// It says that it was corrected.
    Corrected,
}

/// Which version of one issue. Later ones are greater.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    /// How far it had come.
    pub stage: Stage,
    /// Its number, as 1.2 is (1, 2); zeros when nothing says so.
    pub number: (u16, u16),
    /// Its date as year, month and day; zeros when nothing says so.
    pub date: (i32, u8, u8),
}

/// Whether two reports are editions of one, going by their names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// No.
    Other,
    /// The names are the same, but say too little to be sure.
    Perhaps,
    /// Yes.
    Same,
}

/// How much a name says by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Weight {
    /// What many papers of one publisher are called.
    Nothing,
    /// What many publishers call theirs.
    Generic,
    /// Enough without a publisher.
    Telling,
}

/// The name of a report, taken apart.
#[derive(Clone, Debug)]
pub struct Naming {
    /// The words that stay.
    full: Vec<String>,
    /// The same without the publisher.
    bare: Vec<String>,
    /// The words before a subtitle, of a report that comes every year and says which in those words.
    head: Option<Vec<String>>,
    weight: Weight,
    org: Option<Org>,
    /// What stays of the file's name; `None` when that says nothing.
    file: Option<Vec<String>>,
    kind: Option<PartKind>,
    lang: Option<Lang>,
    issue: Issue,
    version: Version,
}

impl Naming {
    /// Takes a name apart.
    #[must_use]
    pub fn of(named: &Named<'_>) -> Naming {
        let title = Parsed::title(named.title, named.year);
        let file = Parsed::file(named.file);
        let org = named.org.and_then(Org::of);
        let issue = match (title.issue.year.or(named.year), title.date) {
            (Some(year), _) => Issue { year: Some(year), ..title.issue },
            (None, Some(date)) => Issue { year: Some(date.0), ..title.issue },
            (None, None) => Issue { year: file.issue.year.or(file.date.map(|d| d.0)), ..title.issue },
        };
        let said = |title: Stage, file: Stage| if title == Stage::Unsaid { file } else { title };
        let number = if title.number == (0, 0) { file.number } else { title.number };
        let date = title.date.filter(|_| title.issue.year.is_some()).or(file.date).unwrap_or_default();
        let version = Version { stage: said(title.stage, file.stage), number, date };
        let bare = org.as_ref().map_or_else(|| title.words.clone(), |org| org.taken_from(&title.words));
        let significant = |w: &&String| is_significant(w);
        let weight = match title.words.iter().filter(significant).count() + title.abbreviations {
            _ if bare.iter().all(|w| is_empty(w)) => Weight::Nothing,
            2.. => Weight::Telling,
            _ => Weight::Generic,
        };
        let file = Some(file.words).filter(|words| words.iter().any(|w| is_significant(w)));
        let (kind, lang) = (named.kind, named.lang);
        Naming { full: title.words, bare, head: title.head, weight, org, file, kind, lang, issue, version }
    }

    /// Which one of those that come out time after time.
    #[must_use]
    pub fn issue(&self) -> Issue {
        self.issue
    }

    /// Which version of that.
    #[must_use]
    pub fn version(&self) -> Version {
        self.version
    }

    /// Whether nothing names it.
    #[must_use]
    pub fn is_nameless(&self) -> bool {
        self.full.is_empty()
    }

    /// The publisher's name is known.
    #[must_use]
    pub fn has_org(&self) -> bool {
        self.org.is_some()
    }

    /// Words by which reports of one name are brought together: two that are alike share one of these.
    #[must_use]
    pub fn keys(&self) -> Vec<String> {
        let mut keys = vec![self.full.join(" "), self.bare.join(" ")];
        keys.dedup();
        keys
    }

    /// The words before a subtitle that changes from year to year, where there may be one.
    #[must_use]
    pub fn head(&self) -> Option<String> {
        self.head.as_ref().map(|head| head.join(" "))
    }

    /// Whether two reports say that the same body published them; `None` when one of them does not say.
    #[must_use]
    pub fn same_org(&self, other: &Naming) -> Option<bool> {
        Some(self.org.as_ref()?.is(other.org.as_ref()?))
    }

    /// Whether both have a subtitle, and another one.
    #[must_use]
    pub fn other_subtitle(&self, other: &Naming) -> bool {
        let beyond = |n: &Naming| n.head.as_ref().is_some_and(|h| h.len() < n.full.len());
        beyond(self) && beyond(other) && self.full != other.full
    }

    /// Whether they may be one in kind and language: a letter is no report, a translation no edition.
    #[must_use]
    pub fn same_kind(&self, other: &Naming) -> bool {
        let class = |kind: PartKind| match kind {
            PartKind::Report | PartKind::Annex => 0,
            PartKind::Letter => 1,
            PartKind::Memo => 2,
        };
        self.kind.zip(other.kind).is_none_or(|(a, b)| class(a) == class(b))
            && self.lang.zip(other.lang).is_none_or(|(a, b)| a == b)
    }

    /// Whether two reports are editions of one.
    #[must_use]
    pub fn likeness(&self, other: &Naming) -> Likeness {
        let org = self.same_org(other);
        if self.is_nameless() || other.is_nameless() || org == Some(false) || !self.same_kind(other) {
            return Likeness::Other;
        }
        let same_name = self.full == other.full || org == Some(true) && self.bare == other.bare;
        if !same_name {
            // "Jaarverslag 2024: <motto>" and "Jaarverslag 2025: <another>"
            let heads = org == Some(true) && self.head.is_some() && self.head == other.head;
            let apart = !self.issue.differs(&other.issue) && self.other_subtitle(other);
            return if heads && !apart { Likeness::Same } else { Likeness::Other };
        }
        match self.weight.min(other.weight) {
            Weight::Telling => Likeness::Same,
            Weight::Generic if org == Some(true) || (self.file.is_some() && self.file == other.file) => Likeness::Same,
            _ => Likeness::Perhaps,
        }
    }
}

/// A body that publishes.
#[derive(Clone, Debug)]
struct Org {
    /// The words of its name; empty when only an abbreviation is known.
    name: Vec<String>,
    /// Its abbreviation.
    short: Option<String>,
}

impl Org {
    fn of(text: &str) -> Option<Org> {
        let text = text.trim();
        let inside = text.strip_suffix(')').and_then(|t| t.rsplit_once('('));
        let (name, short) = match inside {
            Some((name, short)) if is_abbreviation(short.trim()) => (name, Some(parse::fold(short.trim()))),
            _ if is_abbreviation(text) => ("", Some(parse::fold(text))),
            _ => (text, None),
        };
        let mut name = parse::words_of(name);
        if name.first().is_some_and(|w| ["de", "het", "the"].contains(&w.as_str())) {
            name.remove(0);
        }
        (!name.is_empty() || short.is_some()).then_some(Org { name, short })
    }

    fn is(&self, other: &Org) -> bool {
        match (self.name.is_empty(), other.name.is_empty()) {
            (false, false) => self.name == other.name,
            // a name without its abbreviation can't be told from another one's
            _ => self.short.is_some() && self.short == other.short,
        }
    }

    /// A title without the publisher in it, unless nothing would be left.
    fn taken_from(&self, title: &[String]) -> Vec<String> {
        let mut left = title.to_vec();
        if !self.name.is_empty()
            && let Some(at) = left.windows(self.name.len()).position(|w| w == self.name)
        {
            left.drain(at..at + self.name.len());
        }
        if let Some(short) = &self.short {
            left.retain(|w| w != short);
        }
        // "van de", "of the" that led to it
        while left.last().is_some_and(|w| words::STOP.contains(&w.as_str())) {
            left.pop();
        }
        if left.iter().any(|w| !words::STOP.contains(&w.as_str())) { left } else { title.to_vec() }
    }
}

/// Whether a word is an abbreviation: short, and capitals for the most part.
fn is_abbreviation(text: &str) -> bool {
    let capitals = text.chars().filter(|c| c.is_uppercase()).count();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    (2..=10).contains(&text.chars().count()) && !text.contains(' ') && capitals >= 2 && capitals * 2 >= letters
}

/// Whether a word of a name says nothing of which paper it is.
fn is_empty(word: &str) -> bool {
    [words::STOP, words::EMPTY].iter().any(|list| list.contains(&word)) || word.chars().all(|c| c.is_ascii_digit())
}

/// Whether a word says what a report is about, or whose it is.
fn is_significant(word: &str) -> bool {
    let common = [words::PERIODIC, words::GENERIC].iter().any(|list| list.contains(&word));
    word.chars().count() > 2 && !common && !is_empty(word)
}

#[cfg(test)]
mod tests;
