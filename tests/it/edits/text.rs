//! Varied reports to edit: grown from grammars, and read from files.

use super::grammar::Grammar;
use super::model::{Block, Marker, Report, Shape};
use super::work::Case;
use crate::made::Dice;
use std::collections::HashSet;

/// Months, in Dutch and in English.
pub const MONTHS: [[&str; 12]; 2] = [
    [
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ],
    [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
];

/// One of these.
pub fn one<'a, T: ?Sized>(dice: &mut Dice, of: &[&'a T]) -> &'a T {
    of[dice.below(of.len())]
}

/// Whether a text is English.
pub fn is_english(text: &str) -> bool {
    let count = |words: &[&str]| text.split_whitespace().filter(|w| words.contains(w)).count();
    count(&["the", "of", "and", "that", "is"]) > count(&["de", "het", "van", "en", "een"])
}

/// Grows reports.
pub struct Writer<'d> {
    pub grammar: Grammar,
    pub english: bool,
    pub dice: &'d mut Dice,
    /// Sentences that stand in the report already: it doesn't say the same twice, unless an edit makes it.
    pub said: HashSet<String>,
}

impl Writer<'_> {
    /// A report of so many chapters.
    pub fn report(&mut self, chapters: usize) -> Report {
        let title = ["Stand van het werk", "State of affairs"][usize::from(self.english)];
        let mut blocks = vec![Block::new(Shape::Heading(1), &format!("{title} {}", 2019 + self.dice.below(6)))];
        for chapter in 1..=chapters {
            let head = format!("{chapter} {}", self.grow("{Kop}"));
            blocks.push(Block::new(Shape::Heading(2), &head));
            blocks.extend((0..1 + self.dice.below(2)).map(|_| self.paragraph()));
            for section in 1..=self.dice.below(3) {
                let head = format!("{chapter}.{section} {}", self.grow("{Kop}"));
                blocks.push(Block::new(Shape::Heading(3), &head));
                blocks.extend((0..1 + self.dice.below(2)).map(|_| self.paragraph()));
                if self.dice.below(2) == 0 {
                    let marker = [Marker::Bullet, Marker::Number][self.dice.below(2)];
                    let items = 3 + self.dice.below(3);
                    blocks.extend((0..items).map(|_| Block::new(Shape::Item(marker), &self.grow("{Punt};"))));
                    blocks.push(self.paragraph());
                }
            }
        }
        Report::new(blocks)
    }

    /// Says nothing that stands in a case.
    pub fn after(mut self, case: &Case) -> Self {
        self.said.extend(case.old.sentences().iter().map(|s| case.old.text(s)));
        self
    }

    /// A paragraph of two to five sentences.
    pub fn paragraph(&mut self) -> Block {
        let sentences: Vec<_> = (0..2 + self.dice.below(4)).map(|_| self.sentence()).collect();
        Block::new(Shape::Para, &sentences.join(" "))
    }

    /// A sentence.
    pub fn sentence(&mut self) -> String {
        let mut sentence = self.grow("{Zin}");
        while !self.said.insert(sentence.clone()) {
            sentence = self.grow("{Zin}");
        }
        sentence
    }

    /// Fills the names in braces.
    pub fn grow(&mut self, template: &str) -> String {
        let mut out = String::new();
        let mut rest = template;
        while let Some(at) = rest.find('{') {
            out.push_str(&rest[..at]);
            let end = at + rest[at..].find('}').unwrap();
            let grown = self.slot(&rest[at + 1..end]);
            out.push_str(&grown);
            rest = &rest[end + 1..];
        }
        out + rest
    }

    fn slot(&mut self, name: &str) -> String {
        let key = name.to_lowercase();
        let made = match key.as_str() {
            "n" => (3 + self.dice.below(95)).to_string(),
            "nn" => self.thousands(1100 + self.dice.0 as usize % 80_000),
            "pct" => self.percent(),
            "jaar" => (2013 + self.dice.below(13)).to_string(),
            "bedrag" => self.amount(),
            "datum" => self.date(),
            "art" => self.article(),
            _ => {
                let all = self.grammar.iter().find(|(n, _)| *n == key).unwrap_or_else(|| panic!("no {key}")).1;
                let all: Vec<&str> = all.split('|').collect();
                let chosen = one(self.dice, &all);
                self.grow(chosen)
            }
        };
        let mut letters = made.chars();
        match letters.next() {
            Some(first) if name != key => first.to_uppercase().chain(letters).collect(),
            _ => made,
        }
    }

    fn thousands(&mut self, n: usize) -> String {
        let n = n + self.dice.below(900);
        format!("{}{}{:03}", n / 1000, if self.english { ',' } else { '.' }, n % 1000)
    }

    fn percent(&mut self) -> String {
        let (n, tenth) = (2 + self.dice.below(95), 1 + self.dice.below(9));
        match (self.dice.below(3), self.english) {
            (0, false) => format!("{n},{tenth} procent"),
            (0, true) => format!("{n}.{tenth} per cent"),
            (1, _) => format!("{n}%"),
            (_, false) => format!("{n} procent"),
            (_, true) => format!("{n} per cent"),
        }
    }

    fn amount(&mut self) -> String {
        let n = 2 + self.dice.below(90);
        match (self.dice.below(3), self.english) {
            (0, false) => format!("€ {n} miljoen"),
            (0, true) => format!("€{n} million"),
            (1, false) => format!("{n}.500 euro"),
            (1, true) => format!("{n},500 euros"),
            (_, false) => format!("€ {n}.{:03}", 100 + self.dice.below(900)),
            (_, true) => format!("€{n},{:03}", 100 + self.dice.below(900)),
        }
    }

    fn date(&mut self) -> String {
        let month = MONTHS[usize::from(self.english)][self.dice.below(12)];
        format!("{} {month} {}", 1 + self.dice.below(28), 2014 + self.dice.below(12))
    }

    fn article(&mut self) -> String {
        let (n, lid) = (2 + self.dice.below(60), 1 + self.dice.below(6));
        match (self.dice.below(2), self.english) {
            (0, false) => format!("artikel {n}, lid {lid}"),
            (_, false) => format!("artikel {n}.{lid}"),
            (0, true) => format!("section {n}, subsection {lid}"),
            (_, true) => format!("article {n}.{lid}"),
        }
    }
}

/// Pieces of a long report, of about `size` characters each, cut at headings or paragraphs and with the same title.
pub fn pieces(report: &Report, size: usize) -> Vec<Report> {
    let Some(title) = report.blocks.first() else { return Vec::new() };
    let fresh = || Report::new(vec![Block::new(Shape::Heading(1), &title.string())]);
    let (mut out, mut piece, mut len) = (Vec::new(), fresh(), 0);
    for block in report.blocks.iter().skip(1).filter(|b| b.shape != Shape::Heading(1)) {
        if len > size && (block.heads() || len > 2 * size) {
            out.push(std::mem::replace(&mut piece, fresh()));
            len = 0;
        }
        len += block.text.len();
        piece.blocks.push(block.clone());
    }
    if len > size / 2 {
        out.push(piece);
    }
    out
}
