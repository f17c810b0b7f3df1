//! The marks that items begin with: dots, dashes, numbers, letters.

/// What a line begins with.
pub(super) struct Marker<'a> {
    /// As it is to be shown.
    pub(super) text: &'a str,
    /// Bytes up to the text of the item.
    pub(super) skip: usize,
    pub(super) kind: Kind,
}

/// What a marker is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A dot or another sign that is nothing else.
    Dot,
    /// A dash, which may be one between words.
    Dash,
    /// A number, letter or Roman number with a full stop or parenthesis.
    Count,
}

/// The marker at the start of a line, if there is one and something after it.
pub(super) fn of(text: &str) -> Option<Marker<'_>> {
    let first = text.chars().next()?;
    let kind = match first {
        '•' | '◦' | '▪' | '▫' | '●' | '○' | '■' | '□' | '➢' | '➤' | '✓' | '✔' | '→' | '⇒' | '‣' | '·' | '∙' | '◆'
        | '◊' | '►' | '❖' | '⁃' | '*' => Kind::Dot,
        '-' | '–' | '—' | '−' => Kind::Dash,
        'o' if text.starts_with("o ") => Kind::Dot,
        _ => return count(text),
    };
    let after = &text[first.len_utf8()..];
    let rest = after.trim_start();
    // Only dots may stand right before the text.
    let apart = rest.len() < after.len() || (kind == Kind::Dot && first != '*');
    let some = rest.chars().any(char::is_alphanumeric);
    (apart && some).then_some(Marker { text: &text[..first.len_utf8()], skip: text.len() - rest.len(), kind })
}

/// `1.`, `a)`, `(iv)`, `1a.` and the like.
fn count(text: &str) -> Option<Marker<'_>> {
    let open = usize::from(text.starts_with('('));
    let inner = text[open..].find(|c: char| !c.is_ascii_alphanumeric())?;
    let word = &text[open..open + inner];
    let close = text[open + inner..].chars().next()?;
    let ended = matches!(close, ')') || (open == 0 && matches!(close, '.' | ':'));
    let digits = word.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let number = !digits.is_empty()
        && digits.len() <= 3
        && digits.bytes().all(|b| b.is_ascii_digit())
        && word.len() - digits.len() <= 1;
    let letter = word.len() == 1 && word.bytes().all(|b| b.is_ascii_alphabetic());
    let roman = word.len() <= 5 && word.bytes().all(|b| matches!(b, b'i' | b'v' | b'x')) && close == ')';
    let roman = roman || (word.len() <= 4 && word.bytes().all(|b| matches!(b, b'i' | b'v' | b'x')));
    if !ended || !(number || letter || roman) || (close == ':' && !number) {
        return None;
    }
    let end = open + inner + close.len_utf8();
    let rest = text[end..].trim_start();
    // "3.1" and "a.b" are no items, and neither is a number alone.
    let apart = rest.len() < text.len() - end;
    (apart && rest.chars().any(char::is_alphanumeric)).then_some(Marker {
        text: &text[..end],
        skip: text.len() - rest.len(),
        kind: Kind::Count,
    })
}
