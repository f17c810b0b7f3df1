//! Cells of a text, and text made fit for a row of the screen.

use super::wrap::plain_width;
use std::borrow::Cow;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Tab stops stand this many cells apart, counted from where the text of the row begins.
pub(super) const TAB: usize = 4;

/// Cells of one grapheme cluster that begins `column` cells into its row.
pub(super) fn cluster_width(cluster: &str, column: usize) -> usize {
    match cluster.as_bytes() {
        [b'\t'] => TAB - column % TAB,
        [0x20..=0x7e] => 1,
        _ if cluster.contains(char::is_control) => 0,
        _ => cluster.width(),
    }
}

/// How many cells a text takes on one row.
#[must_use]
pub fn width(text: &str) -> usize {
    if let Some(width) = plain_width(text) {
        return width;
    }
    text.graphemes(true).fold(0, |column, c| column + cluster_width(c, column))
}

/// The text cut to this many cells, with "…" in the last one when something had to go.
#[must_use]
pub fn truncate(text: &str, cells: usize) -> Cow<'_, str> {
    if width(text) <= cells {
        return Cow::Borrowed(text);
    }
    if let (Some(_), Some(room)) = (plain_width(text), cells.checked_sub(1)) {
        let end = text.char_indices().nth(room).map_or(text.len(), |(at, _)| at);
        return Cow::Owned(format!("{}…", text[..end].trim_end()));
    }
    let Some(room) = cells.checked_sub(1) else { return Cow::Borrowed("") };
    let mut column = 0;
    let mut end = 0;
    for (at, cluster) in text.grapheme_indices(true) {
        column += cluster_width(cluster, column);
        if column > room {
            break;
        }
        end = at + cluster.len();
    }
    Cow::Owned(format!("{}…", text[..end].trim_end()))
}

/// The text without what could trick a terminal or its reader: control characters, escape sequences, marks that turn
/// the direction of writing, and characters that take no place. Line ends and tabs become one blank. For titles and
/// file names on their way to the screen.
#[must_use]
pub fn sanitise(text: &str) -> Cow<'_, str> {
    if plain_width(text).is_some() || !text.chars().any(|c| is_blank_control(c) || is_hidden(c)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        match c {
            '\u{1b}' => skip_escape(&mut rest),
            '\u{9b}' => skip_control_sequence(&mut rest),
            '\u{90}' | '\u{98}' | '\u{9d}' | '\u{9e}' | '\u{9f}' => skip_string(&mut rest),
            c if is_blank_control(c) => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c if is_hidden(c) => {}
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

fn is_blank_control(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\u{b}' | '\u{c}' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}')
        || matches!(c, '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}')
        || matches!(c, '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// What follows ESC, by ECMA-48: a control sequence, a string, or one or two characters.
fn skip_escape(rest: &mut std::str::Chars<'_>) {
    let mut ahead = rest.clone();
    match ahead.next() {
        Some('[') => {
            *rest = ahead;
            skip_control_sequence(rest);
        }
        Some(']' | 'P' | 'X' | '^' | '_') => {
            *rest = ahead;
            skip_string(rest);
        }
        Some(' '..='/') => {
            ahead.next();
            *rest = ahead;
        }
        Some('0'..='~') => *rest = ahead,
        _ => {}
    }
}

/// Parameters and the final byte of a control sequence; stops before anything that can't belong to one.
fn skip_control_sequence(rest: &mut std::str::Chars<'_>) {
    let mut ahead = rest.clone();
    while let Some(c) = ahead.next() {
        match c {
            ' '..='?' => *rest = ahead.clone(),
            '@'..='~' => {
                *rest = ahead;
                return;
            }
            _ => return,
        }
    }
}

/// A string up to BEL, ST or ESC \. One that never ends is text after a stray mark: only the mark goes then, so that
/// nothing readable is lost.
fn skip_string(rest: &mut std::str::Chars<'_>) {
    let mut ahead = rest.clone();
    while let Some(c) = ahead.next() {
        match c {
            '\u{7}' | '\u{9c}' => {
                *rest = ahead;
                return;
            }
            '\u{1b}' => {
                if ahead.clone().next() == Some('\\') {
                    ahead.next();
                }
                *rest = ahead;
                return;
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests;
