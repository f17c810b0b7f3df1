//! What a line looks like.

use crate::import::structure::is_date;

/// A list marker at the start of a line: as it is shown, and how many bytes it and the blanks after it take.
pub(super) fn marker(text: &str) -> Option<(String, usize)> {
    let mut chars = text.char_indices();
    let (_, first) = chars.next()?;
    let after = |at: usize| {
        let rest = &text[at..];
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t', '\u{FFFD}']).len();
        (blanks > 0 && blanks < rest.len()).then_some(at + blanks)
    };
    if matches!(first, '•' | '▪' | '■' | '●' | '◦' | '○' | '‣' | '➢' | '–' | '-' | '*' | '·' | '►' | '□' | '✓')
    {
        return after(first.len_utf8()).map(|skip| ("•".to_string(), skip));
    }
    if first == 'o' {
        return text[1..].starts_with('\t').then(|| after(1)).flatten().map(|skip| ("•".to_string(), skip));
    }
    let open = usize::from(first == '(');
    let digits = text[open..].bytes().take_while(u8::is_ascii_digit).count();
    let stem =
        if digits > 0 { digits } else { usize::from(text[open..].starts_with(|c: char| c.is_ascii_alphabetic())) };
    let close = text[open + stem..].chars().next().filter(|c| matches!(c, '.' | ')'))?;
    if stem == 0 || stem > 3 || (open > 0 && close != ')') {
        return None;
    }
    let end = open + stem + 1;
    // "A. Jansen" and "J. de Vries" are people: a letter with a full stop must be set apart by a tab.
    if digits == 0 && close == '.' && !text[end..].starts_with('\t') && !text.starts_with(char::is_lowercase) {
        return None;
    }
    after(end).map(|skip| (text[..end].to_string(), skip))
}

/// Whether the marker is a number that could also number a heading: "2. Title" with a blank and no tab.
pub(super) fn could_number(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    digits > 0 && text[digits..].starts_with(". ") && text[digits + 2..].starts_with(char::is_uppercase)
}

/// Whether a line may be a heading, by itself.
pub(super) fn heading(text: &str) -> bool {
    heading_of(text, 110)
}

/// The same for a text of at most so many characters.
pub(super) fn heading_of(text: &str, most: usize) -> bool {
    let len = text.chars().count();
    if !(3..=most).contains(&len) || text.contains('\t') {
        return false;
    }
    let first = text.chars().next().unwrap_or(' ');
    let begins = first.is_uppercase() || first.is_ascii_digit() || matches!(first, '(' | '‘' | '“' | '"' | '\'' | '’');
    let ends = !text.ends_with(['.', ';', ':', ',', '-', '–', '/', '…']);
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let words = text.split_whitespace().count();
    begins
        && ends
        && letters * 2 > len
        && words <= most / 7 + 1
        && !person(text)
        && !figures(text)
        && !address(text)
        && !sentence(text)
        && !aside(text)
        && !is_date(text)
}

/// Whether a line begins as the name of a person with a title does.
pub(super) fn person(text: &str) -> bool {
    const TITLES: &[&str] = &[
        "mw.", "dhr.", "mevr.", "mevrouw", "drs.", "mr.", "ir.", "prof.", "dr.", "ing.", "mrs.", "ms.", "de heer",
        "mw", "dhr",
    ];
    // Asked of every line: most can't be one by their first letter.
    if !text.starts_with(['m', 'M', 'd', 'D', 'i', 'I', 'p', 'P']) {
        return false;
    }
    let lower: String = text.chars().take(9).flat_map(char::to_lowercase).collect();
    TITLES.iter().any(|t| lower.strip_prefix(t).is_some_and(|rest| rest.starts_with(' ')))
}

/// Whether a line is a row of figures.
pub(super) fn figures(text: &str) -> bool {
    let figure = |w: &str| {
        w.bytes().any(|b| b.is_ascii_digit())
            && w.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '%' | '€' | '(' | ')' | '–'))
    };
    let (mut figures, mut words) = (0_usize, 0_usize);
    for word in text.split_whitespace() {
        words += 1;
        figures += usize::from(figure(word));
    }
    figures >= 3 && figures * 3 >= words
}

/// Whether columns are set apart by wide blanks.
pub(super) fn columns(text: &str) -> bool {
    text.split("   ").filter(|c| !c.trim().is_empty()).count() >= 3
}

/// Whether a line is a caption, an amount, a claim of rights, a version, or something in brackets.
pub(super) fn aside(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let (first, second) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
    let version = matches!(first.to_lowercase().as_str(), "versie" | "version" | "revisie" | "revision")
        && second.starts_with(|c: char| c.is_ascii_digit());
    if version || first == "©" || first.eq_ignore_ascii_case("copyright") {
        return true;
    }
    const CAPTIONS: &[&str] =
        &["Figuur ", "Tabel ", "Bron", "Afbeelding ", "Grafiek ", "Foto", "Kaart ", "Figure ", "Table ", "Source"];
    let brackets =
        text.matches('(').count() != text.matches(')').count() || (text.starts_with('(') && text.ends_with(')'));
    brackets || text.contains('€') || CAPTIONS.iter().any(|c| text.starts_with(c))
}

fn address(text: &str) -> bool {
    let lower = text.to_lowercase();
    lower.contains('@')
        || lower.contains("www.")
        || lower.contains("://")
        || lower.starts_with("postbus ")
        || lower.starts_with("telefoon")
        || lower.starts_with("bron:")
        || text.as_bytes().windows(7).any(|w| {
            w[..4].iter().all(u8::is_ascii_digit)
                && w[4] == b' '
                && w[5].is_ascii_uppercase()
                && w[6].is_ascii_uppercase()
        })
}

/// Whether there is a sentence's end inside.
fn sentence(text: &str) -> bool {
    text.match_indices(". ").any(|(at, _)| {
        let word = text[..at].rsplit(' ').next().unwrap_or("");
        word.len() > 3 && word.chars().all(char::is_lowercase) && text[at + 2..].starts_with(char::is_uppercase)
    })
}

/// Whether a text ends as a sentence does.
pub(super) fn ends(text: &str) -> bool {
    text.trim_end_matches(['\'', '’', '”', '"', ')', ' ']).ends_with(['.', '!', '?', ':', ';'])
}
