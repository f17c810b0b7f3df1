//! The words of the screens and commands in Dutch and English.
//!
//! `assets/locales/*.toml` hold them in sections: `words.t("section.key")`. Values are one line without escapes, so
//! that a few microseconds of line splitting read the file on the way to the first frame; a test holds the files to
//! that form, to TOML, and to the same keys and placeholders in both languages. Knows nothing of whoever uses them.

use crate::doc::Lang;
use rustc_hash::FxHashMap;
use std::fmt::Display;

const NL: &str = include_str!("../../assets/locales/nl.toml");
const EN: &str = include_str!("../../assets/locales/en.toml");

/// The words in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    lang: Lang,
    /// By section and key.
    table: FxHashMap<(&'static str, &'static str), &'static str>,
}

impl Words {
    /// The words in this language.
    #[must_use]
    pub fn new(lang: Lang) -> Words {
        let file = match lang {
            Lang::Nl => NL,
            Lang::En => EN,
        };
        let mut table = FxHashMap::with_capacity_and_hasher(file.len() / 32, Default::default());
        table.extend(entries(file).map(|(section, key, value)| ((section, key), value)));
        Words { lang, table }
    }

    /// The language to speak: the one asked for, else that of the locale, given as the values of `LC_ALL`,
    /// `LC_MESSAGES` and `LANG`: the first that is set decides. Dutch and Frisian locales read Dutch, all others English.
    #[must_use]
    pub fn detect(asked: Option<Lang>, locale: &[Option<String>]) -> Lang {
        asked.unwrap_or_else(|| {
            let set = locale.iter().flatten().find(|value| !value.is_empty());
            let dutch = |value: &String| {
                let lang = value.split(['_', '.', '-', '@']).next().unwrap_or("");
                ["nl", "fy", "li", "nds"].contains(&lang.to_ascii_lowercase().as_str())
            };
            if set.is_some_and(dutch) { Lang::Nl } else { Lang::En }
        })
    }

    /// The language spoken.
    #[must_use]
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// The words under `section.key`. A key that is not there shows as `⟨?⟩` (a test looks for it).
    #[must_use]
    pub fn t(&self, key: &str) -> &'static str {
        let (section, key) = key.split_once('.').unwrap_or(("", key));
        // the table may be asked with any lifetime: it only reads the key
        let table: &FxHashMap<(&str, &str), &'static str> = &self.table;
        table.get(&(section, key)).copied().unwrap_or("⟨?⟩")
    }

    /// Whether there are words under a key.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        let (section, key) = key.split_once('.').unwrap_or(("", key));
        let table: &FxHashMap<(&str, &str), &'static str> = &self.table;
        table.contains_key(&(section, key))
    }

    /// The words under a key, with `{name}` filled in for each pair.
    #[must_use]
    pub fn f(&self, key: &str, values: &[(&str, &dyn Display)]) -> String {
        let mut out = String::new();
        let mut rest = self.t(key);
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let Some((name, tail)) = after.split_once('}') else { break };
            if let Some((_, value)) = values.iter().find(|(n, _)| *n == name) {
                out.push_str(&value.to_string());
            }
            rest = tail;
        }
        out.push_str(rest);
        out
    }

    /// What a deeper layer said in English, in this language: the English words of `section` (named with its dot) that
    /// fit it say which key it is; what stood at a placeholder is retold in the same way. What fits no key stays as it is.
    #[must_use]
    pub fn retell(&self, section: &str, english: &str) -> String {
        if self.lang == Lang::En {
            return english.to_owned();
        }
        let mut known = entries(EN).filter(|(s, ..)| *s == section.trim_end_matches('.'));
        let Some((key, values)) = known.find_map(|(_, key, value)| Some((key, fit(value, english)?))) else {
            return english.to_owned();
        };
        let values: Vec<_> = values.into_iter().map(|(name, value)| (name, self.retell(section, value))).collect();
        let values: Vec<(&str, &dyn Display)> = values.iter().map(|(name, v)| (*name, v as &dyn Display)).collect();
        self.f(&format!("{section}{key}"), &values)
    }

    /// A number of things: `key.one` or `key.other`, with `{n}` filled in.
    #[must_use]
    pub fn n(&self, key: &str, count: u64) -> String {
        let form = if count == 1 { "one" } else { "other" };
        self.f(&format!("{key}.{form}"), &[("n", &self.number(count))])
    }

    /// A whole number as this language writes it: 12.345 or 12,345.
    #[must_use]
    pub fn number(&self, n: u64) -> String {
        let digits = n.to_string();
        let separator = match self.lang {
            Lang::Nl => '.',
            Lang::En => ',',
        };
        let mut out = String::with_capacity(digits.len() + digits.len() / 3);
        for (i, digit) in digits.chars().enumerate() {
            if i > 0 && (digits.len() - i).is_multiple_of(3) {
                out.push(separator);
            }
            out.push(digit);
        }
        out
    }

    /// All keys, sorted; for tests and for lists.
    #[must_use]
    pub fn keys(&self) -> Vec<String> {
        let mut keys: Vec<_> = self.table.keys().map(|(section, key)| format!("{section}.{key}")).collect();
        keys.sort();
        keys
    }
}

/// Section, key and words of each line of a file.
fn entries(file: &'static str) -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    let mut section = "";
    file.lines().filter_map(move |line| {
        if let Some(name) = line.strip_prefix('[') {
            section = name.trim_end_matches(']');
            return None;
        }
        let (key, value) = line.split_once(" = \"")?;
        Some((section, key, value.strip_suffix('"')?))
    })
}

/// What stands at each placeholder of `pattern` in `text`; `None` when the text does not fit it. A placeholder stands
/// for one character or more.
fn fit<'t>(pattern: &'static str, text: &'t str) -> Option<Vec<(&'static str, &'t str)>> {
    let mut parts = pattern.split('{');
    let mut rest = text.strip_prefix(parts.next()?)?;
    let mut values = Vec::new();
    for part in parts {
        let (name, literal) = part.split_once('}')?;
        let end = if literal.is_empty() { rest.len() } else { rest.find(literal)? };
        if end == 0 {
            return None;
        }
        values.push((name, &rest[..end]));
        rest = &rest[end + literal.len()..];
    }
    rest.is_empty().then_some(values)
}

#[cfg(test)]
mod tests;
