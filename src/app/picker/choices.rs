//! What the picker offers: the knelpunten there are, by their titles, synonyms and what they are part of, and the rows that
//! make a new one.

use super::{Choose, Picker};
use crate::app::annotate::found_name;
use crate::app::views::report_line;
use crate::app::{App, textbox::TextBox};
use crate::knelpunt::Certainty;
use crate::knelpunt::register::tree;
use crate::notes::Color;
use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use rustc_hash::FxHashSet;

/// How many knelpunten are offered again under the digits.
const RECENT: usize = 9;
/// Letters from which on a name counts as written out, and not as the first letters of one that is there.
const WRITTEN_OUT: usize = 10;
/// What parts the titles of a path when one is typed.
const SLASH: char = '/';

/// A knelpunt that can be chosen.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Choice {
    id: String,
    name: String,
    /// The titles of what it is part of, from the outermost in.
    above: Vec<String>,
    synonyms: Vec<String>,
    colour: Option<Color>,
    /// Where it was found; `None` for one that the reader has made.
    report: Option<String>,
    /// 1 to 9 for those used last.
    digit: Option<u8>,
}

/// One row of the picker.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// What it is called: the name of a knelpunt, or the words typed.
    pub name: String,
    /// Which characters of the name (or of the synonym by which it is here) were typed, ascending.
    pub marks: Vec<u32>,
    /// The synonym by which it is here, when it isn't its name.
    pub synonym: Option<String>,
    /// The titles of what it is part of, from the outermost in.
    pub above: Vec<String>,
    /// The colour of its marks.
    pub colour: Option<Color>,
    /// Where it was found; `None` for one that the reader has made.
    pub report: Option<String>,
    /// The digit that takes it, while nothing is typed.
    pub digit: Option<u8>,
    /// All on the list is put to it already.
    pub taken: bool,
    /// What taking it means.
    pub(super) what: What,
}

/// What taking a row means.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum What {
    /// This knelpunt.
    Id(String),
    /// A new one of this title, part of one that is there.
    New { title: String, parent: Option<String> },
    /// A new one of this title, part of another new one.
    NewBelow { title: String, above: String },
    /// None: to the top.
    Top,
}

impl Row {
    /// Whether this row makes a new knelpunt.
    #[must_use]
    pub fn makes(&self) -> bool {
        matches!(self.what, What::New { .. } | What::NewBelow { .. })
    }

    /// Whether this row stands for no knelpunt but the top.
    #[must_use]
    pub fn is_top(&self) -> bool {
        self.what == What::Top
    }

    /// The id of the knelpunt it stands for; `None` when there is none yet.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        match &self.what {
            What::Id(id) => Some(id),
            What::New { .. } | What::NewBelow { .. } | What::Top => None,
        }
    }

    fn new(name: &str, above: Vec<String>, what: What) -> Row {
        let (marks, synonym, report, digit) = (Vec::new(), None, None, None);
        Row { name: name.to_owned(), marks, synonym, above, colour: None, report, digit, taken: false, what }
    }
}

impl Picker {
    /// A picker over what the app holds: recent ones first, then made ones, those of the open report, all others.
    #[must_use]
    pub fn new(app: &App, of: Choose) -> Self {
        let mut all: Vec<Choice> = app.made_choices();
        match &of {
            Choose::Code(_) => {
                app.found_choices(&mut all);
                let mut seen = FxHashSet::default();
                all.retain(|c| seen.insert(c.id.clone()));
            }
            Choose::Gather(_) => {}
            Choose::Stays(ids) => all.retain(|c| ids.contains(&c.id)),
            Choose::Into(id) => all.retain(|c| c.id != *id),
            Choose::Under(ids) => {
                let register = &app.notebook.register;
                let below: Vec<&str> = ids.iter().flat_map(|id| tree::with_below(register, id)).collect();
                all.retain(|c| !below.contains(&c.id.as_str()));
            }
        }
        if matches!(of, Choose::Code(_) | Choose::Gather(_)) {
            let mut digit = 0;
            for recent in app.recent_knelpunten() {
                if let Some(choice) = all.iter_mut().find(|c| c.id == recent && c.digit.is_none())
                    && digit < RECENT as u8
                {
                    digit += 1;
                    choice.digit = Some(digit);
                }
            }
            // stable: the others stay as they were
            all.sort_by_key(|c| c.digit.unwrap_or(u8::MAX));
        }
        let (text, cursor) = (TextBox::line(""), Default::default());
        let mut picker = Picker { text, rows: Vec::new(), cursor, all, of };
        picker.refresh(app);
        picker
    }

    /// Computes the rows for what is typed.
    pub(super) fn refresh(&mut self, app: &App) {
        let typed = self.typed();
        let taken = self.taken(app);
        let row = |c: &Choice, marks: Vec<u32>, synonym: Option<&String>| Row {
            marks,
            synonym: synonym.cloned(),
            above: c.above.clone(),
            colour: c.colour,
            report: c.report.clone(),
            digit: c.digit.filter(|_| typed.is_empty()),
            taken: taken.contains(&c.id),
            ..Row::new(&c.name, Vec::new(), What::Id(c.id.clone()))
        };
        self.rows = if typed.is_empty() {
            self.all.iter().map(|c| row(c, Vec::new(), None)).collect()
        } else {
            let mut finder = Finder::new(&typed);
            let mut found: Vec<(u32, Row)> = Vec::new();
            for c in &self.all {
                let title = finder.find(&c.name).map(|(score, marks)| (score, marks, None));
                // a synonym only where it says more of what was typed than the title
                let synonyms = c.synonyms.iter().filter_map(|s| finder.find(s).map(|(n, marks)| (n, marks, Some(s))));
                let best = title.into_iter().chain(synonyms).reduce(|a, b| if b.0 > a.0 { b } else { a });
                let path = || {
                    let path = [c.above.as_slice(), std::slice::from_ref(&c.name)].concat().join(" ");
                    finder.find(&path).filter(|_| !c.above.is_empty()).map(|(score, _)| (score, Vec::new(), None))
                };
                if let Some((score, marks, synonym)) = best.or_else(path) {
                    found.push((score, row(c, marks, synonym)));
                }
            }
            found.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
            found.into_iter().map(|(_, r)| r).collect()
        };
        let found = self.rows.len();
        self.add_new(&typed);
        if self.rows.first().is_some_and(|best| scattered(&typed, &best.marks)) {
            // letters here and there are no reason to take another than the one that was written out
            self.rows.rotate_left(found);
        }
        let moves = |id: &String| app.notebook.register.iter().any(|m| m.id == *id && m.parent.is_some());
        if matches!(&self.of, Choose::Under(ids) if ids.iter().any(moves)) && typed.is_empty() {
            self.rows.insert(0, Row::new("", Vec::new(), What::Top));
        }
        self.cursor = Default::default();
    }

    /// The rows that make a new one of what is typed: of that title, and of a path (`above/title`) below another one.
    fn add_new(&mut self, typed: &str) {
        if typed.is_empty() || !matches!(self.of, Choose::Code(_) | Choose::Gather(_)) {
            return;
        }
        let same = |c: &Choice, name: &str| {
            let names = std::iter::once(&c.name).chain(&c.synonyms);
            c.report.is_none() && names.into_iter().any(|n| n.to_lowercase() == name.to_lowercase())
        };
        let plain = (!self.all.iter().any(|c| same(c, typed)))
            .then(|| Row::new(typed, Vec::new(), What::New { title: typed.to_owned(), parent: None }));
        let (above, title) = typed.rsplit_once(SLASH).unwrap_or_default();
        let (above, title) = (above.trim(), title.trim());
        if above.is_empty() || title.is_empty() {
            self.rows.extend(plain);
            return;
        }
        let parent = self.all.iter().find(|c| same(c, above)).cloned();
        let what = match &parent {
            Some(p) => What::New { title: title.to_owned(), parent: Some(p.id.clone()) },
            None => What::NewBelow { title: title.to_owned(), above: above.to_owned() },
        };
        let path = match &parent {
            Some(p) => [p.above.as_slice(), std::slice::from_ref(&p.name)].concat(),
            None => vec![above.to_owned()],
        };
        let there = parent.as_ref().is_some_and(|p| {
            let is_child = |c: &&Choice| c.above.last() == Some(&p.name);
            self.all.iter().filter(is_child).any(|c| same(c, title))
        });
        let below = (!there).then(|| Row::new(title, path, what));
        // a slash is meant as a path, unless it stands between two small words, as in and/or
        let small = |word: Option<&str>| word.is_some_and(|w| w.chars().count() <= 3);
        let one_title = parent.is_none()
            && typed.rsplit_once(SLASH).is_some_and(|(before, after)| {
                small(before.split(char::is_whitespace).next_back()) && small(after.split(char::is_whitespace).next())
            });
        match one_title {
            false => self.rows.extend(below.into_iter().chain(plain)),
            true => self.rows.extend(plain.into_iter().chain(below)),
        }
    }

    /// Knelpunten that all the notes of the list are put to.
    fn taken(&self, app: &App) -> Vec<String> {
        let Choose::Code(subject) = &self.of else { return Vec::new() };
        if !subject.places.is_empty() {
            return Vec::new();
        }
        let notes: Vec<_> = subject.notes.iter().filter_map(|id| app.notebook.note(id)).collect();
        let first = notes.first().map(|n| n.knelpunten.clone()).unwrap_or_default();
        first.into_iter().filter(|k| notes.iter().all(|n| n.knelpunten.contains(k))).collect()
    }
}

/// Whether of something written out at length the letters stand here and there in a name rather than its words.
fn scattered(typed: &str, marks: &[u32]) -> bool {
    let words = typed.split_whitespace().count();
    let letters = typed.chars().filter(|c| !c.is_whitespace()).count();
    let runs = 1 + marks.windows(2).filter(|pair| pair[1] != pair[0] + 1).count();
    letters >= WRITTEN_OUT && !marks.is_empty() && runs > words + 2
}

/// Finds letters in names.
struct Finder {
    pattern: Pattern,
    matcher: Matcher,
}

impl Finder {
    fn new(typed: &str) -> Finder {
        let pattern = Pattern::new(typed, CaseMatching::Ignore, Normalization::Smart, AtomKind::Fuzzy);
        Finder { pattern, matcher: Matcher::new(Config::DEFAULT) }
    }

    /// How well a name fits, and which of its characters do.
    fn find(&mut self, name: &str) -> Option<(u32, Vec<u32>)> {
        let (mut chars, mut marks) = (Vec::new(), Vec::new());
        let score = self.pattern.indices(Utf32Str::new(name, &mut chars), &mut self.matcher, &mut marks)?;
        marks.sort_unstable();
        marks.dedup();
        Some((score, marks))
    }
}

impl App {
    /// The knelpunten something was put to last, the newest first: in this session, then as the newest notes say.
    fn recent_knelpunten(&self) -> Vec<String> {
        let mut out: Vec<String> = self.habits.recent().iter().map(|k| self.knelpunt_id(k)).collect();
        let noted = self.notebook.all().rev().take(100).flat_map(|n| &n.knelpunten);
        for id in noted {
            if !out.contains(id) {
                out.push(id.clone());
            }
        }
        out
    }

    fn made_choices(&self) -> Vec<Choice> {
        let register = &self.notebook.register;
        let branches = tree::tree(register, |_, _| std::cmp::Ordering::Equal);
        let choice = |b: &tree::Branch| {
            let made = &register[b.index];
            let path = tree::path(register, &made.id);
            let above = path.split_last().map(|(_, above)| above.to_vec()).unwrap_or_default();
            Choice {
                id: made.id.clone(),
                name: made.title.clone(),
                above: above.into_iter().map(str::to_owned).collect(),
                synonyms: made.synonyms.clone(),
                colour: self.colour_of_knelpunt(&made.id),
                report: None,
                digit: None,
            }
        };
        branches.iter().map(choice).collect()
    }

    fn found_choices(&self, all: &mut Vec<Choice>) {
        let choice = |found: &crate::knelpunt::Found, report: String| Choice {
            id: found.id.clone(),
            name: found_name(found),
            above: Vec::new(),
            synonyms: Vec::new(),
            colour: None,
            report: Some(report),
            digit: None,
        };
        if let Some(open) = &self.reader.open {
            for found in open.found.iter().filter(|f| f.certainty == Certainty::Explicit) {
                let part = open.doc.outline().part(found.part);
                let title = if part.title.is_empty() { &open.file } else { &part.title };
                all.push(choice(found, short(title, part.org.as_deref(), part.year)));
            }
        }
        for row in self.shelf.found().iter().filter(|r| r.found.certainty == Certainty::Explicit) {
            all.push(choice(&row.found, short(&row.report, row.org.as_deref(), row.year)));
        }
    }
}

/// Where a knelpunt was found, in few words: reports are told apart best by who wrote them and when.
fn short(title: &str, org: Option<&str>, year: Option<i32>) -> String {
    if org.is_some_and(|org| !org.trim().is_empty()) {
        return report_line("", org, year);
    }
    let who = title;
    match year.map(|y| y.to_string()).filter(|y| !who.contains(y.as_str())) {
        Some(year) => format!("{year} {who}"),
        None => who.to_owned(),
    }
}
