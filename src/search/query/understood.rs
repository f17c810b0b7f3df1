//! A query in words, Dutch or English: on one line, what matters most first.

use super::filter::{numbers, place};
use super::said::short;
use super::{Clauses, Field, Filter, Mode, Node, Query, Sign};
use crate::doc::Lang;
use crate::lang::{fold, is_function_word};

impl Query {
    /// What was understood, in words of the given language of the screens; empty only when nothing is asked for.
    #[must_use]
    pub fn understood(&self, lang: Lang) -> String {
        Speaker { lang }.clauses(&self.root, self.open)
    }
}

struct Speaker {
    lang: Lang,
}

impl Speaker {
    fn pick(&self, nl: &'static str, en: &'static str) -> &'static str {
        match self.lang {
            Lang::Nl => nl,
            Lang::En => en,
        }
    }

    fn clauses(&self, all: &Clauses, open: bool) -> String {
        let with = |sign: Sign, filters: bool| {
            let right = move |c: &&super::Clause| c.sign == sign && is_filter(&c.node) == filters;
            all.0.iter().filter(right).map(|c| &c.node)
        };
        let last = all.0.last().filter(|c| open && c.sign != Sign::Not).map(|c| &c.node);
        let say = |n: &Node| match n {
            Node::Word(w, Mode::Plain) if last.is_some_and(|l| std::ptr::eq(l, n)) => format!("{}…", short(w)),
            n => self.node(n),
        };
        let must: Vec<String> = with(Sign::Must, false).map(say).collect();
        let (weak, may): (Vec<&Node>, Vec<&Node>) = with(Sign::May, false).partition(|n| is_weak(n));
        let alone = may.is_empty() && must.is_empty();
        let (may, weak) = if alone { (weak, Vec::new()) } else { (may, weak) };
        let may: Vec<String> = may.into_iter().map(say).collect();
        let without: Vec<String> = with(Sign::Not, false).map(say).collect();
        let filters: Vec<String> = with(Sign::Must, true).chain(with(Sign::May, true)).map(say).collect();
        let not_filters: Vec<String> =
            with(Sign::Not, true).map(|n| format!("{} {}", self.pick("niet", "not"), self.node(n))).collect();

        let (and, or) = (self.pick("en", "and"), self.pick("of", "or"));
        let mut out = list(&must, and);
        match (must.is_empty(), may.len()) {
            (_, 0) => {}
            (false, _) => {
                out.push_str(self.pick(", liefst met ", ", preferably with "));
                out.push_str(&list(&may, and));
            }
            (true, n) => {
                out.push_str(&list(&may, or));
                out.push_str(match n {
                    1 => "",
                    2 => self.pick(", liefst beide", ", best both"),
                    _ => self.pick(", liefst alle", ", best all"),
                });
            }
        }
        if out.is_empty() && !(without.is_empty() && filters.is_empty() && not_filters.is_empty()) {
            out.push_str(self.pick("alles", "everything"));
        }
        if !without.is_empty() {
            let comma = if alone { "" } else { "," };
            out.push_str(&format!("{comma} {} {}", self.pick("zonder", "without"), list(&without, or)));
        }
        for (i, filter) in filters.iter().chain(&not_filters).enumerate() {
            let dot = alone && i == 0 && without.is_empty();
            out.push_str(if dot {
                " "
            } else if i == 0 {
                " · "
            } else {
                ", "
            });
            out.push_str(filter);
        }
        if !weak.is_empty() {
            let weak: Vec<String> = weak.into_iter().map(say).collect();
            out.push_str(&format!(" ({} {})", self.pick("licht:", "lightly:"), weak.join(", ")));
        }
        out
    }

    fn node(&self, n: &Node) -> String {
        match n {
            Node::Word(w, Mode::Plain) => short(w),
            Node::Word(w, Mode::Exact) => format!("{} “{}”", self.pick("precies", "exactly"), short(w)),
            Node::Word(w, Mode::Prefix) => format!("{}…", short(w)),
            Node::Word(w, Mode::Fuzzy) => format!("{} {}", self.pick("ongeveer", "roughly"), short(w)),
            Node::Regex(source) => format!("{} /{}/", self.pick("patroon", "pattern"), short(source)),
            Node::Phrase(p) => format!("“{}”", short(p)),
            Node::Or(nodes) => self.either(nodes),
            Node::Group(inner) => format!("({})", self.clauses(inner, false)),
            Node::Filter(f) => format!("{}{}", self.field(f.field), self.value(f)),
        }
    }

    /// Alternatives; what they begin with alike is said once.
    fn either(&self, nodes: &[Node]) -> String {
        let same = |n: &Node| match (n, nodes.first()) {
            (Node::Filter(f), Some(Node::Filter(first))) => f.field == first.field && f.field != Field::Year,
            _ => false,
        };
        let say = |(i, n): (usize, &Node)| match n {
            Node::Filter(f) if i > 0 && nodes.iter().all(same) => self.value(f),
            n => self.node(n),
        };
        let all: Vec<String> = nodes.iter().enumerate().map(say).collect();
        list(&all, self.pick("of", "or"))
    }

    fn field(&self, field: Field) -> &'static str {
        match field {
            Field::Report => self.pick("in rapport ", "in report "),
            Field::File => self.pick("in bestand ", "in file "),
            Field::Org => self.pick("van ", "by "),
            Field::Year => "",
            Field::Section => self.pick("onder kop ", "under heading "),
            Field::Heading => self.pick("met kop ", "headed "),
            Field::Knelpunt => self.pick("bij knelpunt ", "in knelpunt "),
            Field::Tag => self.pick("met label ", "tagged "),
            Field::Status => self.pick("met status ", "with status "),
            Field::Page => self.pick("op blz. ", "on page "),
            Field::In => self.pick("alleen in ", "only in "),
            Field::Lang => self.pick("in het ", "in "),
        }
    }

    fn value(&self, f: &Filter) -> String {
        match (f.field, f.value.as_str()) {
            (Field::Year, v) => match numbers(v) {
                Some((from, u32::MAX)) => format!("{} {from}", self.pick("vanaf", "from")),
                Some((0, to)) => format!("{} {to}", self.pick("t/m", "up to")),
                Some((from, to)) if from < to => {
                    format!("{} {from} {} {to}", self.pick("over", "of"), self.pick("t/m", "to"))
                }
                _ => format!("{} {v}", self.pick("over", "of")),
            },
            (Field::Page, v) if v.contains("..") => match numbers(v) {
                Some((from, u32::MAX)) => format!("{from} {}", self.pick("en verder", "and on")),
                Some((from, to)) => format!("{from} {} {to}", self.pick("t/m", "to")),
                None => short(v),
            },
            (Field::In, v) if place(v) == Some(true) => self.pick("notities", "notes").into(),
            (Field::In, _) => self.pick("rapporten", "reports").into(),
            (Field::Lang, "nl") => self.pick("Nederlands", "Dutch").into(),
            (Field::Lang, _) => self.pick("Engels", "English").into(),
            (Field::Status, "promised") => self.pick("toegezegd", "promised").into(),
            (Field::Status, "resolved") => self.pick("opgelost", "resolved").into(),
            (_, v) if v.contains(char::is_whitespace) => format!("“{}”", short(v)),
            (_, v) => short(v),
        }
    }
}

fn is_filter(n: &Node) -> bool {
    match n {
        Node::Filter(_) => true,
        Node::Or(nodes) => nodes.iter().all(is_filter),
        _ => false,
    }
}

/// A word that makes no hit by itself beside others.
fn is_weak(n: &Node) -> bool {
    matches!(n, Node::Word(w, Mode::Plain) if is_function_word(&fold(w)))
}

/// `a`, `a or b`, `a, b or c`.
fn list(all: &[String], last: &str) -> String {
    match all {
        [] => String::new(),
        [one] => one.clone(),
        [front @ .., end] => format!("{} {last} {end}", front.join(", ")),
    }
}
