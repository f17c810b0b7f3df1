//! The pages of a book as one page: places are known by file and name, so that notes, links and titles reach across
//! files; and what the book's own tables of contents say of headings.

use super::article::{self, Verdict};
use super::notes::Notes;
use super::parse;
use super::tags::{Name, Tag};
use super::tape::Tape;
use super::words;
use super::write::{Plan, Writer};
use crate::import::ImportError;
use crate::import::budget::Budget;
use crate::import::clean::Source;
use crate::import::scribe::Scribe;
use rustc_hash::FxHashMap;

/// A title or a page in a table of contents.
pub(in crate::import) struct Entry {
    pub(in crate::import) title: String,
    /// Path and name of the place, parted by `#`.
    pub(in crate::import) target: String,
    /// From 1.
    pub(in crate::import) level: u8,
}

/// The tables of contents of a book.
#[derive(Default)]
pub(in crate::import) struct Contents {
    pub(in crate::import) titles: Vec<Entry>,
    /// Pages of the printed edition.
    pub(in crate::import) pages: Vec<Entry>,
    /// Paths of pages that are nothing but a table of contents.
    pub(in crate::import) pages_of_contents: Vec<String>,
}

/// A book while its pages are gathered.
#[derive(Default)]
pub(in crate::import) struct Book {
    tape: Tape,
    /// The elements that hold each file.
    files: Vec<u32>,
}

impl Book {
    /// Adds a page.
    ///
    /// # Errors
    /// When a limit is passed.
    pub(in crate::import) fn add(
        &mut self,
        path: &str,
        source: &Source,
        budget: &Budget<'_>,
    ) -> Result<(), ImportError> {
        let file = parse::append(&mut self.tape, path, source, budget)?;
        self.files.push(file);
        Ok(())
    }

    /// Writes the book.
    ///
    /// # Errors
    /// When a limit is passed.
    pub(in crate::import) fn write(
        self,
        scribe: &mut Scribe,
        contents: &Contents,
        budget: &Budget<'_>,
    ) -> Result<(), ImportError> {
        let tape = &self.tape;
        let mut verdicts = article::judge(tape, true);
        let places = self.places(contents);
        let place = |target: &str| places.get(target).copied().filter(|at| *at != u32::MAX);
        for path in &contents.pages_of_contents {
            let id = format!("{path}#");
            let file = self.files.iter().find(|f| tape.attr(**f, Name::Id) == Some(&id));
            if let Some(file) = file.filter(|_| self.files.len() > 1) {
                verdicts[*file as usize] = Verdict::Contents;
            }
        }
        let mut plan = Plan::default();
        for page in &contents.pages {
            if let Some(at) = place(&page.target) {
                plan.pages.insert(at, page.title.clone());
            }
        }
        self.titles(contents, &place, &verdicts, &mut plan);
        let title = scribe.draft.meta.iter().find(|(key, _)| key == "title").map(|(_, title)| title.clone());
        if let Some(title) = title {
            let first = self.files.iter().copied().find(|f| verdicts[*f as usize] == Verdict::Keep);
            self.book_title(&title, first, &mut plan, &mut verdicts);
        }
        let notes = Notes::find(tape, &mut verdicts);
        budget.time()?;
        Writer::new(tape, scribe, budget, &verdicts, notes, plan).page()
    }

    /// Where the places are that tables of contents lead to.
    fn places<'c>(&self, contents: &'c Contents) -> FxHashMap<&'c str, u32> {
        let all = contents.titles.iter().chain(&contents.pages);
        let mut out: FxHashMap<&str, u32> = all.map(|e| (e.target.as_str(), u32::MAX)).collect();
        for at in 0..self.tape.len() {
            for name in [Name::Id, Name::Called] {
                let Some(id) = self.tape.attr(at, name) else { continue };
                if let Some(place) = out.get_mut(id).filter(|p| **p == u32::MAX) {
                    *place = at;
                }
            }
        }
        out
    }

    /// All headings of the pages that are kept.
    fn headings(&self, verdicts: &[Verdict]) -> Vec<u32> {
        let kept = |at: u32| {
            let file = self.files.partition_point(|f| *f <= at).checked_sub(1).map(|n| self.files[n]);
            file.is_some_and(|f| verdicts[f as usize] == Verdict::Keep) && verdicts[at as usize] == Verdict::Keep
        };
        (0..self.tape.len()).filter(|at| self.tape.tag(*at).is_some_and(|t| t.level().is_some()) && kept(*at)).collect()
    }

    /// The levels of headings: those the table of contents names get its depth, the others in a file move with them.
    fn titles(&self, contents: &Contents, place: &dyn Fn(&str) -> Option<u32>, verdicts: &[Verdict], plan: &mut Plan) {
        let tape = &self.tape;
        let level = |at: u32| tape.tag(at).and_then(Tag::level);
        let headings = self.headings(verdicts);
        let mut named: FxHashMap<u32, u8> = FxHashMap::default();
        for entry in &contents.titles {
            let Some(at) = place(&entry.target) else { continue };
            let file = self.files[self.files.partition_point(|f| *f <= at).saturating_sub(1)];
            let end = tape.after(file);
            // The name may stand on the heading, in it, or on what is around both.
            let from = tape.around(at, 3, |t| t.level().is_some()).unwrap_or(at);
            let first = headings.partition_point(|h| *h < from);
            let own = headings[first..].iter().take_while(|h| **h < end).take(4);
            match own.copied().find(|h| alike(&tape.words(*h, 300), &entry.title)) {
                Some(heading) => {
                    named.entry(heading).or_insert(entry.level);
                }
                None if at == file
                    && headings.get(headings.partition_point(|h| *h < file)).is_none_or(|h| *h >= end) =>
                {
                    self.missing_title(file, entry, plan);
                }
                None => {}
            }
        }
        let mut shift = 0_i16;
        for at in headings {
            let Some(own) = level(at) else { continue };
            match named.get(&at) {
                Some(level) => {
                    shift = i16::from(*level) - i16::from(own);
                    plan.levels.insert(at, *level);
                }
                None => {
                    plan.levels.insert(at, (i16::from(own) + shift).clamp(1, 6) as u8);
                }
            }
        }
    }

    /// The title of the book stands above all others, whether it is printed in it or not.
    fn book_title(&self, title: &str, first: Option<u32>, plan: &mut Plan, verdicts: &mut [Verdict]) {
        let tape = &self.tape;
        let headings = self.headings(verdicts);
        let mut printed: Vec<u32> =
            headings.into_iter().take(3).filter(|at| alike(&tape.words(*at, 300), title)).collect();
        // On a title page and again above the text: the second one has the text.
        let text = printed.pop();
        for at in printed {
            plan.levels.remove(&at);
            verdicts[at as usize] = Verdict::Nothing;
        }
        let printed = text;
        let others = plan.levels.iter_mut().filter(|(at, _)| Some(**at) != printed).map(|(_, level)| level);
        let mut others: Vec<&mut u8> =
            others.chain(plan.titles.values_mut().flatten().map(|(_, level)| level)).collect();
        if others.iter().any(|level| **level == 1) {
            others.iter_mut().for_each(|level| **level = (**level + 1).min(6));
        }
        match (printed, first) {
            (Some(at), _) => {
                plan.levels.insert(at, 1);
            }
            (None, Some(first)) => plan.titles.entry(first).or_default().insert(0, (title.to_string(), 1)),
            (None, None) => {}
        }
    }

    /// A file without any heading that the table of contents has a title for: its first line, where that is the title.
    fn missing_title(&self, file: u32, entry: &Entry, plan: &mut Plan) {
        let tape = &self.tape;
        let text = tape.words(file, 400);
        if text.is_empty() || words::is_contents_title(&entry.title) {
            return;
        }
        let line = (file + 1..tape.after(file))
            .take(200)
            .find(|at| matches!(tape.tag(*at), Some(Tag::P | Tag::Div)) && alike(&tape.words(*at, 300), &entry.title));
        match line {
            Some(line) => {
                plan.levels.insert(line, entry.level);
            }
            None if text.len() > 300 => {
                plan.titles.entry(file).or_default().push((entry.title.clone(), entry.level));
            }
            None => {}
        }
    }
}

/// Whether a heading and a title in a table of contents are the same, but for a number in front of one.
pub(super) fn alike(heading: &str, title: &str) -> bool {
    let bare =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let (a, b) = (bare(heading), bare(title));
    !a.is_empty() && !b.is_empty() && (a == b || (a.ends_with(&b) || b.ends_with(&a)) && a.len().abs_diff(b.len()) < 16)
}

/// Where a link in a file of a container leads: the path there, and the name of the place behind `#`.
pub(in crate::import) fn resolve(from: &str, href: &str) -> (String, String) {
    let (path, fragment) = href.trim().split_once('#').unwrap_or((href.trim(), ""));
    let path = decoded(path.split('?').next().unwrap_or_default());
    let mut out: Vec<&str> = Vec::new();
    if path.is_empty() {
        return (from.to_string(), decoded(fragment));
    }
    if !path.starts_with('/') {
        out.extend(from.split('/'));
        out.pop();
    }
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                out.pop();
            }
            part => out.push(part),
        }
    }
    (out.join("/"), decoded(fragment))
}

/// `%20` and the like as the characters they stand for.
fn decoded(text: &str) -> String {
    if !text.contains('%') {
        return text.to_string();
    }
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let digits = bytes.get(at + 1..at + 3).and_then(|d| std::str::from_utf8(d).ok());
        match digits.and_then(|d| u8::from_str_radix(d, 16).ok()).filter(|_| bytes[at] == b'%') {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}
