//! What numbers or labels a heading: "2.1", "IV.", "A.", "Knelpunt 1", "Bijlage A".

/// How a heading is numbered.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Scheme {
    /// 1, 1.1, 1.1.1: with its depth.
    Decimal(u8),
    /// I, II, III.
    Roman,
    /// A, B, C.
    Letter,
    /// A word with a number, the word in lower case.
    Label(String),
}

/// A number taken off a heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Numbered<'a> {
    pub(super) scheme: Scheme,
    /// As it is shown: without a final full stop.
    pub(super) number: String,
    /// What is left.
    pub(super) title: &'a str,
}

/// Words that label a section together with a number, in Dutch and English.
const LABELS: &[&str] = &[
    "hoofdstuk",
    "paragraaf",
    "artikel",
    "deel",
    "bijlage",
    "annex",
    "appendix",
    "thema",
    "knelpunt",
    "onderdeel",
    "titel",
    "boek",
    "casus",
    "aanbeveling",
    "spoor",
    "pijler",
    "opgave",
    "chapter",
    "section",
    "article",
    "part",
    "theme",
    "bottleneck",
    "recommendation",
    "annexe",
];

const MONTHS: &[&str] = &[
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
    "january",
    "february",
    "march",
    "may",
    "june",
    "july",
    "august",
    "october",
];

/// Takes the number off a heading's text; `None` when nothing numbers it.
pub(super) fn parse(text: &str) -> Option<Numbered<'_>> {
    let text = text.trim();
    decimal(text).or_else(|| label(text)).or_else(|| roman(text)).or_else(|| letter(text))
}

fn decimal(text: &str) -> Option<Numbered<'_>> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let number = text[..end].trim_end_matches('.');
    let rest = text[end..].strip_prefix(')').unwrap_or(&text[end..]);
    let depth = number.split('.').count();
    let sound = !number.is_empty()
        && depth <= 6
        && number.split('.').all(|n| (1..=3).contains(&n.len()) && n.parse::<u32>().is_ok_and(|v| v < 200));
    let title = rest.trim_start_matches([' ', '\t', ':', '–', '-']).trim();
    // "3.5 procent" is a quantity; nothing counts in three steps.
    let begins = title.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| c.is_uppercase() || depth > 2)
        && !title.starts_with(|c: char| c.is_ascii_digit());
    let apart = rest.starts_with([' ', '\t', ':']) || text[..end].ends_with('.');
    // A row of a table of figures is no heading.
    let figures = title
        .split(' ')
        .filter(|w| w.len() > 3 && w.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-')))
        .count();
    (sound && begins && apart && figures < 2).then(|| Numbered {
        scheme: Scheme::Decimal(depth as u8),
        number: number.to_string(),
        title,
    })
}

fn label(text: &str) -> Option<Numbered<'_>> {
    let (word, rest) = text.split_once([' ', '\u{A0}'])?;
    if !word.starts_with(char::is_uppercase) || !word.chars().all(char::is_alphabetic) {
        return None;
    }
    let rest = rest.trim_start();
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '.').unwrap_or(rest.len());
    let ordinal = rest[..end].trim_end_matches('.');
    // "5a": what a law puts in between later.
    let digits = ordinal.strip_suffix(|c: char| c.is_ascii_lowercase()).unwrap_or(ordinal);
    let figures = digits.chars().all(|c| c.is_ascii_digit() || c == '.') && digits.len() <= 5 && !digits.is_empty();
    let lettered = !ordinal.is_empty()
        && (ordinal.len() == 1 || is_roman(ordinal))
        && ordinal.chars().all(|c| c.is_ascii_uppercase());
    if !figures && !lettered {
        return None;
    }
    let title = rest[end..].trim_start_matches([' ', '\t', ':', '.', '–', '—', '-']).trim();
    let lower = word.to_lowercase();
    let known = LABELS.contains(&lower.as_str());
    // A word nobody told us of labels only where it stands alone with a small number.
    let small = figures && digits.parse::<u32>().is_ok_and(|n| n > 0 && n < 1000);
    let alone = title.is_empty() && small && word.len() > 3 && !MONTHS.contains(&lower.as_str());
    (known || alone).then(|| Numbered { scheme: Scheme::Label(lower), number: format!("{word} {ordinal}"), title })
}

fn is_roman(text: &str) -> bool {
    !text.is_empty() && text.len() <= 6 && text.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | 'L'))
}

fn roman(text: &str) -> Option<Numbered<'_>> {
    let end = text.find(|c: char| !c.is_ascii_uppercase())?;
    let title = text[end..].trim_start_matches(['.', ')']).trim_start();
    let marked = text[end..].starts_with(['.', ')']) || (end > 1 && text[end..].starts_with(' '));
    (is_roman(&text[..end]) && marked && title.starts_with(char::is_uppercase)).then(|| Numbered {
        scheme: Scheme::Roman,
        number: text[..end].to_string(),
        title,
    })
}

fn letter(text: &str) -> Option<Numbered<'_>> {
    let mut chars = text.chars();
    let first = chars.next().filter(char::is_ascii_uppercase)?;
    let title = chars.as_str().strip_prefix(['.', ')'])?.strip_prefix([' ', '\t'])?.trim();
    title.starts_with(char::is_uppercase).then(|| Numbered { scheme: Scheme::Letter, number: first.to_string(), title })
}

/// Letters and digits in lower case without accents: what two prints of one title have in common.
pub(super) fn key(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    if text.is_ascii() {
        return text.bytes().filter(u8::is_ascii_alphanumeric).map(|b| b.to_ascii_lowercase() as char).collect();
    }
    text.nfkd().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
