//! `/regex/`: a pattern for single folded words. It fits a word wherever in it it fits, as patterns do elsewhere; `^`
//! and `$` are the word's own ends.

use super::said::Said;
use crate::lang::fold;
use crate::search::pattern::{DEEPEST, LARGEST, PatternFault, fault};
use regex::{Regex, RegexBuilder};
use regex_syntax::ParserBuilder;
use regex_syntax::hir::literal::Extractor;
use regex_syntax::hir::{Class, Hir, HirKind, Look};

/// More beginnings than this are not looked up one by one.
const BEGINNINGS: usize = 16;

/// A pattern ready to be matched.
#[derive(Clone, Debug)]
pub(in crate::search) struct Pattern {
    source: String,
    regex: Regex,
    beginnings: Vec<String>,
}

impl Pattern {
    /// Reads a pattern as it was typed, without its slashes (`\/` for one inside).
    ///
    /// # Errors
    /// What is wrong with it, to be shown.
    pub fn new(source: &str) -> Result<Pattern, Said> {
        let folded = folded(source);
        let hir = ParserBuilder::new().nest_limit(DEEPEST).build().parse(&folded);
        let hir = hir.map_err(|e| Said::BadPattern(source.to_owned(), why(&e)))?;
        if needs_blank(&hir) {
            return Err(Said::PatternOverBlank(source.to_owned()));
        }
        let mut builder = RegexBuilder::new(&folded);
        builder.case_insensitive(true).nest_limit(DEEPEST).size_limit(LARGEST).dfa_size_limit(LARGEST);
        let regex = builder.build().map_err(|_| Said::BadPattern(source.to_owned(), PatternFault::TooLarge))?;
        Ok(Pattern { source: source.to_owned(), regex, beginnings: beginnings(&hir) })
    }

    /// As it was typed, without its slashes.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Whether it fits a folded form.
    pub fn fits(&self, form: &str) -> bool {
        self.regex.is_match(form)
    }

    /// What all words it fits begin with, one or another, ascending and none the beginning of another; none when that
    /// can be anything.
    pub fn beginnings(&self) -> &[String] {
        &self.beginnings
    }
}

/// Accents off, as they are off in what it is matched against. ASCII stays as it is (`\W` is not `\w`).
fn folded(source: &str) -> String {
    let one = |c: char| {
        let form = fold(c.encode_utf8(&mut [0; 4]));
        let mut chars = form.chars();
        match (chars.next(), chars.next()) {
            (Some(one), None) if !c.is_ascii() => one,
            _ => c,
        }
    };
    source.chars().map(one).collect()
}

fn why(e: &regex_syntax::Error) -> PatternFault {
    match e {
        regex_syntax::Error::Parse(e) => fault(e.kind()),
        _ => PatternFault::Other,
    }
}

/// Whether all it fits has a blank in it, which no word has.
fn needs_blank(hir: &Hir) -> bool {
    match hir.kind() {
        HirKind::Literal(l) => std::str::from_utf8(&l.0).is_ok_and(|t| t.contains(char::is_whitespace)),
        HirKind::Class(Class::Unicode(c)) => {
            let mut any = c.iter().flat_map(|r| r.start()..=r.end()).take(64).peekable();
            any.peek().is_some() && any.all(char::is_whitespace)
        }
        HirKind::Class(Class::Bytes(c)) => {
            let mut any = c.iter().flat_map(|r| r.start()..=r.end()).peekable();
            any.peek().is_some() && any.all(|b| b.is_ascii_whitespace())
        }
        HirKind::Repetition(r) => r.min > 0 && needs_blank(&r.sub),
        HirKind::Capture(c) => needs_blank(&c.sub),
        HirKind::Concat(all) => all.iter().any(needs_blank),
        HirKind::Alternation(all) => all.iter().all(needs_blank),
        HirKind::Empty | HirKind::Look(_) => false,
    }
}

/// What begins every word that a pattern fits. Forms are lower case, and so is what they begin with.
fn beginnings(hir: &Hir) -> Vec<String> {
    if !hir.properties().look_set_prefix().contains(Look::Start) {
        return Vec::new();
    }
    let found = Extractor::new().limit_total(BEGINNINGS).extract(hir);
    let texts = found.literals().unwrap_or_default().iter();
    let texts: Option<Vec<String>> =
        texts.map(|l| Some(std::str::from_utf8(l.as_bytes()).ok()?.to_lowercase())).collect();
    let mut texts = texts.unwrap_or_default();
    texts.sort();
    texts.dedup_by(|b, a| b.starts_with(a.as_str()));
    if texts.iter().any(String::is_empty) { Vec::new() } else { texts }
}
