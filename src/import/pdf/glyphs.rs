//! Characters as fonts give them to characters as they are read: ligatures to letters, symbols of private fonts to
//! bullets, accents joined to their letters, what is invisible dropped.

use crate::import::clean::push_safe;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// Writes a string of glyphs. U+00AD stays as U+2010: a hyphen that only breaks a word, as the joining of lines knows it.
pub(super) fn push(out: &mut String, text: &str) {
    if text.is_ascii() {
        return push_safe(out, text);
    }
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{FB00}' => plain.push_str("ff"),
            '\u{FB01}' => plain.push_str("fi"),
            '\u{FB02}' => plain.push_str("fl"),
            '\u{FB03}' => plain.push_str("ffi"),
            '\u{FB04}' => plain.push_str("ffl"),
            '\u{FB05}' | '\u{FB06}' => plain.push_str("st"),
            '\u{132}' => plain.push_str("IJ"),
            '\u{133}' => plain.push_str("ij"),
            '\u{AD}' => plain.push('\u{2010}'),
            '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}' => plain.push(' '),
            // Symbol and Wingdings: dots, squares, arrows, ticks, dashes that begin items.
            '\u{F0B7}' | '\u{F0A7}' | '\u{F076}' | '\u{F06E}' | '\u{F0A8}' | '\u{F06C}' | '\u{F09F}' => plain.push('•'),
            '\u{F0D8}' | '\u{F0E0}' | '\u{F0DE}' => plain.push('→'),
            '\u{F0FC}' | '\u{F0FE}' => plain.push('✓'),
            '\u{F02D}' => plain.push('–'),
            '\u{F0A3}' | '\u{F06F}' | '\u{F071}' => plain.push('□'),
            // Other signs of symbol fonts: what stands for itself is a dot before an item.
            '\u{F020}'..='\u{F0FF}' => plain.push('•'),
            // Characters that only their own font knows, and the mark of one that no font knows.
            '\u{E000}'..='\u{F8FF}' | '\u{FFFD}' => {}
            c => plain.push(c),
        }
    }
    if is_nfc(&plain) { push_safe(out, &plain) } else { push_safe(out, &plain.nfc().collect::<String>()) }
}
