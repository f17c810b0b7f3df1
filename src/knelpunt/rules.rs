//! The rules by which knelpunten are found: word lists (data, in `assets/knelpunt.toml`) made into patterns once.

use regex::{Regex, RegexBuilder};
use serde::Deserialize;
use thiserror::Error;

/// The rules that come with the program.
const BUILTIN: &str = include_str!("../../assets/knelpunt.toml");

/// The version of the detection itself: raised whenever the same rules may find something else.
const DETECTION: u32 = 2;

/// What a number in a label looks like: "1", "1.2", "2a", "IV", "B", "twee".
const NUMBER: &str = r"(?:(?:nr\.?|no\.?|#)\s*)?(?:[0-9]{1,3}(?:\.[0-9]{1,2})?[a-z]?|[ivxlc]{1,5}|[a-z]|een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|one|two|three|four|five|six|seven|eight|nine|ten)";

/// The reader's own patterns, on top of those that come with the program: regular expressions, matched without regard to
/// case, on whole words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Own {
    /// Further words for a knelpunt.
    pub words: Vec<String>,
    /// Further words of a label, which with a number make a section a knelpunt.
    pub labels: Vec<String>,
    /// Further words of asking.
    pub asking: Vec<String>,
    /// Phrases that make a passage a candidate; `KNELPUNT` stands for every word for one.
    pub candidates: Vec<String>,
}

impl Own {
    fn all_mut(&mut self) -> [&mut Vec<String>; 4] {
        [&mut self.words, &mut self.labels, &mut self.asking, &mut self.candidates]
    }

    /// Only what can be used.
    #[must_use]
    pub fn usable(mut self) -> Own {
        self.all_mut().into_iter().for_each(|list| list.retain(|p| usable(p).is_ok()));
        self
    }
}

/// What may stand before a word at the end of a compound.
const BEFORE: &str = "[a-zà-ÿ-]{2,24}";

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
    /// What a report calls a bottleneck, anywhere in a text; of a compound its end.
    pub(super) named: Regex,
    /// "Knelpunt 1", at the start of a heading or its label.
    pub(super) label: Regex,
    /// "Eerste knelpunt", likewise.
    pub(super) ordinal_label: Regex,
    /// "Knelpunt: wat er is", likewise; ends with the first character of the title.
    pub(super) bare_label: Regex,
    /// "Probleem 1": hard, but not called a knelpunt.
    pub(super) alike_label: Regex,
    /// Words for what is hard, which call something a knelpunt only in a phrase.
    pub(super) alike: Regex,
    /// "Thema II", likewise.
    pub(super) theme: Regex,
    /// A heading that announces a list of knelpunten.
    pub(super) heads: Regex,
    /// The title of a report that is about knelpunten.
    pub(super) title: Regex,
    /// The same in other words.
    pub(super) alike_heads: Regex,
    /// "Wat is het knelpunt?": a heading under which one is stated.
    pub(super) stating: Regex,
    /// A title of a section before or after the chapters.
    pub(super) around: Regex,
    pub(super) presenting: Regex,
    /// Knelpunten that are gone, or somebody else's matter.
    pub(super) not_presenting: Regex,
    pub(super) asking: Regex,
    pub(super) someone: Regex,
    /// With these a name counts as someone.
    pub(super) directing: Regex,
    pub(super) not_asking: Regex,
    /// Someone who uses what is written about is addressed: instructions, unless knelpunten are spoken of.
    pub(super) to_reader: Regex,
    /// A whole heading that asks without addressing anyone.
    pub(super) plain_ask: Regex,
    /// "Aanbeveling 2", at the start of a heading or paragraph.
    pub(super) ask_label: Regex,
    /// A passage that calls something a knelpunt.
    pub(super) calling: Regex,
    /// The name of a knelpunt and a word that says of what.
    pub(super) linked: Regex,
    /// What stands before the word where the sentence says of something that it is one.
    pub(super) being: Regex,
    /// The reader's own phrases.
    pub(super) own_candidates: Option<Regex>,
}

/// The file of the rules.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    named: Vec<String>,
    compounds: Vec<String>,
    one: Vec<String>,
    ordinals: Vec<String>,
    alike: Vec<String>,
    alike_labels: Vec<String>,
    heads: Vec<String>,
    heads_on: Vec<String>,
    titles: Vec<String>,
    alike_heads: Vec<String>,
    stating: Vec<String>,
    themes: Vec<String>,
    around: Vec<String>,
    presenting: Vec<String>,
    not_presenting: Vec<String>,
    asking: Vec<String>,
    someone: Vec<String>,
    directing: Vec<String>,
    not_asking: Vec<String>,
    to_reader: Vec<String>,
    plain_asks: Vec<String>,
    ask_labels: Vec<String>,
    calling: Vec<String>,
    linking: Vec<String>,
    being: Vec<String>,
}

impl Rules {
    /// The rules that come with the program.
    #[must_use]
    pub fn builtin() -> Rules {
        Rules::with(&Own::default()).expect("the rules that come with the program are held by a test")
    }

    /// The same, with patterns of the reader's own.
    ///
    /// # Errors
    /// When a pattern is no regular expression, is too large, or matches the empty text; the first such one is named.
    pub fn with(own: &Own) -> Result<Rules, RulesError> {
        let mut own = own.clone();
        for pattern in own.all_mut().into_iter().flatten() {
            usable(pattern)?;
        }
        let all: Vec<String> = own.all_mut().into_iter().flat_map(|l| l.iter().cloned()).collect();
        Rules::of(own).map_err(|reason| RulesError { pattern: all.join(" | "), reason })
    }

    /// Changes when the rules do, or what is made of them: what was found by rules of another stamp has to be found
    /// again. Known without making the patterns.
    #[must_use]
    pub fn stamp(own: &Own) -> u32 {
        let mut own = own.clone();
        let lists: Vec<String> = own.all_mut().into_iter().map(|l| l.join("\0")).collect();
        let hash = blake3::hash(format!("{DETECTION}\0{BUILTIN}\0{}", lists.join("\u{1}")).as_bytes());
        hash.as_bytes().iter().take(4).fold(0, |stamp, byte| stamp << 8 | u32::from(*byte))
    }

    fn of(own: Own) -> Result<Rules, String> {
        let mut lists: Lists = toml::from_str(BUILTIN).map_err(|e| e.to_string())?;
        // read over whole texts: without anything in front of the words, which the engine can then leap to
        let scanned = {
            let whole: Vec<String> = lists.named.iter().chain(&own.words).cloned().collect();
            format!(r"(?:{}|\b{})\b", any(&lists.compounds), any(&whole))
        };
        lists.named.push(format!("(?:{BEFORE})?{}", any(&lists.compounds)));
        let mut labels = lists.named.clone();
        labels.extend(own.labels);
        labels.extend(own.words.iter().cloned());
        lists.named.extend(own.words);
        lists.asking.extend(own.asking);
        let (named, one) = (any(&lists.named), any(&lists.one));
        let make = |pattern: String| build(&pattern).map_err(|e| e.to_string());
        let word = |list: &[String]| make(format!(r"\b{}\b", any(list)));
        let whole = |list: &[String]| make(format!(r"^\W*{}\W*$", any(list)));
        let labelled = |words: &str| make(format!(r"^\W*{words}\s+{NUMBER}(?:\s*[:.–—-]|\s*$|\s)"));
        let fill = |list: &[String], with: &str| list.iter().map(|p| p.replace("KNELPUNT", with)).collect::<Vec<_>>();
        let hard = format!("(?:{named}|{})", any(&lists.alike));
        let mut heads = fill(&lists.heads, &named);
        heads.push(format!(r"(?:[\w&’'-]+\s+){{0,4}}{named}(?:\s+{}\b.{{0,40}})?", any(&lists.heads_on)));
        Ok(Rules {
            named: make(scanned)?,
            label: labelled(&any(&labels))?,
            ordinal_label: make(format!(
                r"^\W*(?:het |ons |the |our )?{}\s+{one}(?:\s*[:.–—-]|\s*$)",
                any(&lists.ordinals)
            ))?,
            bare_label: make(format!(r"^\W*{one}\s*[:–—-]\s*\w"))?,
            alike_label: labelled(&any(&lists.alike_labels))?,
            alike: word(&lists.alike)?,
            theme: labelled(&any(&lists.themes))?,
            heads: whole(&heads)?,
            title: make(format!(r"\b{named}{}?(?:\W|$)", any(&lists.titles)))?,
            alike_heads: whole(&lists.alike_heads)?,
            stating: whole(&fill(&lists.stating, &one))?,
            around: make(format!(r"^\W*{}(?:\s*[:.–—-]|\s+(?:en|van|bij|and|of|to)\b|\s*$)", any(&lists.around)))?,
            presenting: word(&lists.presenting)?,
            not_presenting: word(&lists.not_presenting)?,
            asking: word(&lists.asking)?,
            someone: word(&lists.someone)?,
            directing: word(&lists.directing)?,
            not_asking: word(&lists.not_asking)?,
            to_reader: word(&lists.to_reader)?,
            plain_ask: whole(&lists.plain_asks)?,
            ask_label: labelled(&any(&lists.ask_labels))?,
            calling: word(&fill(&lists.calling, &hard))?,
            linked: make(format!(r"^{named}\s+{}\b", any(&lists.linking)))?,
            being: make(format!(r"\b{}\s+(?:\w+\s+){{0,3}}$", any(&lists.being)))?,
            own_candidates: match own.candidates.as_slice() {
                [] => None,
                phrases => Some(word(&fill(phrases, &hard))?),
            },
        })
    }
}

/// Whether a pattern of the reader's own can be used.
fn usable(pattern: &str) -> Result<(), RulesError> {
    let fault = |reason: String| RulesError { pattern: pattern.to_owned(), reason };
    let regex = build(pattern).map_err(|e| fault(e.to_string()))?;
    if regex.is_match("") { Err(fault("it matches everything".into())) } else { Ok(()) }
}

fn any(patterns: &[String]) -> String {
    format!("(?:{})", patterns.join("|"))
}

fn build(pattern: &str) -> Result<Regex, regex::Error> {
    RegexBuilder::new(pattern).case_insensitive(true).size_limit(4 << 20).build()
}
