//! The rules by which knelpunten are found: word lists (data, in `assets/knelpunt.toml`) made into patterns once.

use regex::{Regex, RegexBuilder};
use serde::Deserialize;
use thiserror::Error;

/// The rules that come with the program.
const BUILTIN: &str = include_str!("../../assets/knelpunt.toml");

/// The version of the detection itself: raised whenever the same rules may find something else.
const DETECTION: u32 = 1;

/// What a number in a label looks like: "1", "1.2", "IV", "B".
const NUMBER: &str = r"(?:[0-9]{1,3}(?:\.[0-9]{1,2})?|[ivxlc]{1,5}|[a-z])";

/// A pattern of the reader's own that can't be used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("the pattern {pattern:?} can't be used: {reason}")]
pub struct RulesError {
    /// The pattern as given.
    pub pattern: String,
    /// What is wrong with it.
    pub reason: String,
}

/// Patterns, ready for use. Cheap to share, not cheap to make: make them once.
#[derive(Clone, Debug)]
pub struct Rules {
    /// What a report calls a bottleneck, anywhere in a text.
    pub(super) named: Regex,
    /// "Knelpunt 1", at the start of a heading or its label.
    pub(super) label: Regex,
    /// "Thema II", likewise.
    pub(super) theme: Regex,
    /// A heading that announces a list of knelpunten.
    pub(super) heads: Regex,
    /// A title of a section before or after the chapters.
    pub(super) around: Regex,
    pub(super) presenting: Regex,
    pub(super) asking: Regex,
    pub(super) someone: Regex,
    /// With these a name counts as someone.
    pub(super) directing: Regex,
    pub(super) not_asking: Regex,
    /// A whole heading that asks without addressing anyone.
    pub(super) plain_ask: Regex,
    /// A passage that calls something a knelpunt.
    pub(super) calling: Regex,
    /// The name of a knelpunt and a word that says of what.
    pub(super) linked: Regex,
}

/// The file of the rules.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    named: Vec<String>,
    themes: Vec<String>,
    around: Vec<String>,
    presenting: Vec<String>,
    asking: Vec<String>,
    someone: Vec<String>,
    directing: Vec<String>,
    not_asking: Vec<String>,
    plain_asks: Vec<String>,
    calling: Vec<String>,
    linking: Vec<String>,
}

impl Rules {
    /// The rules that come with the program.
    #[must_use]
    pub fn builtin() -> Rules {
        Rules::with(&[]).expect("the rules that come with the program are held by a test")
    }

    /// The same, with more words for a bottleneck: regular expressions, matched without regard to case, on whole words.
    ///
    /// # Errors
    /// When a pattern is no regular expression, is too large, or matches the empty text; the first such one is named.
    pub fn with(extra: &[String]) -> Result<Rules, RulesError> {
        for pattern in extra {
            let fault = |reason: String| RulesError { pattern: pattern.clone(), reason };
            let regex = build(pattern).map_err(|e| fault(e.to_string()))?;
            if regex.is_match("") {
                return Err(fault("it matches everything".into()));
            }
        }
        Rules::of(extra).map_err(|e| RulesError { pattern: extra.join(" | "), reason: e })
    }

    /// Changes when the rules do, or what is made of them: what was found by rules of another stamp has to be found
    /// again. Known without making the patterns.
    #[must_use]
    pub fn stamp(extra: &[String]) -> u32 {
        let hash = blake3::hash(format!("{DETECTION}\0{BUILTIN}\0{}", extra.join("\0")).as_bytes());
        hash.as_bytes().iter().take(4).fold(0, |stamp, byte| stamp << 8 | u32::from(*byte))
    }

    fn of(extra: &[String]) -> Result<Rules, String> {
        let mut lists: Lists = toml::from_str(BUILTIN).map_err(|e| e.to_string())?;
        lists.named.extend(extra.iter().cloned());
        let named = any(&lists.named);
        let make = |pattern: String| build(&pattern).map_err(|e| e.to_string());
        let word = |list: &[String]| make(format!(r"\b{}\b", any(list)));
        let labelled = |words: &str| make(format!(r"^\W*{words}\s+{NUMBER}(?:\s*[:.–—-]|\s*$|\s)"));
        let calling: Vec<String> = lists.calling.iter().map(|p| p.replace("KNELPUNT", &named)).collect();
        Ok(Rules {
            named: make(format!(r"\b{named}\b"))?,
            label: labelled(&named)?,
            theme: labelled(&any(&lists.themes))?,
            heads: make(format!(
                r"^\W*(?:[\w&’'-]+\s+){{0,4}}{named}(?:\s+(?:en|and|in|voor|van|for|of)\b.{{0,40}})?\W*$"
            ))?,
            around: make(format!(r"^\W*{}(?:\s*[:.–—-]|\s+(?:en|van|bij|and|of|to)\b|\s*$)", any(&lists.around)))?,
            presenting: word(&lists.presenting)?,
            asking: word(&lists.asking)?,
            someone: word(&lists.someone)?,
            directing: word(&lists.directing)?,
            not_asking: word(&lists.not_asking)?,
            plain_ask: make(format!(r"^\W*{}\W*$", any(&lists.plain_asks)))?,
            calling: word(&calling)?,
            linked: make(format!(r"^{named}\s+{}\b", any(&lists.linking)))?,
        })
    }
}

fn any(patterns: &[String]) -> String {
    format!("(?:{})", patterns.join("|"))
}

fn build(pattern: &str) -> Result<Regex, regex::Error> {
    RegexBuilder::new(pattern).case_insensitive(true).size_limit(4 << 20).build()
}
