//! Bytes to characters: byte-order mark, then UTF-8, then UTF-16 by its NULs, then a guess.

use super::{html, sniff};
use encoding_rs::Encoding;
use std::borrow::Cow;

/// How much of the file the guess is made on.
const WINDOW: usize = 256 * 1024;

/// Decodes the bytes; a warning says what was guessed or lost.
pub(super) fn decode<'a>(bytes: &'a [u8], warnings: &mut Vec<String>) -> Cow<'a, str> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return with(encoding, &bytes[mark..], warnings);
    }
    // Before UTF-8: NUL is valid there, so UTF-16 of plain letters would pass.
    if let Some(encoding) = sniff::utf16(&bytes[..bytes.len().min(WINDOW)]) {
        warnings.push(format!("read as {} (no byte-order mark)", encoding.name()));
        return with(encoding, bytes, warnings);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) if nearly_utf8(bytes) => with(encoding_rs::UTF_8, bytes, warnings),
        Err(_) => {
            // What a page says is right more often than a guess, unless it says what it can't be.
            let declared = html::declared(bytes).filter(|e| *e != encoding_rs::UTF_8 && e.is_ascii_compatible());
            let encoding = declared.unwrap_or_else(|| guess(bytes));
            if declared.is_none() {
                warnings.push(format!("not UTF-8: read as {}", encoding.name()));
            }
            with(encoding, bytes, warnings)
        }
    }
}

fn with<'a>(encoding: &'static Encoding, bytes: &'a [u8], warnings: &mut Vec<String>) -> Cow<'a, str> {
    let (text, lossy) = encoding.decode_without_bom_handling(bytes);
    if lossy {
        warnings.push(format!("some bytes are not valid {}; they are shown as \u{FFFD}", encoding.name()));
    }
    text
}

/// Whether what goes beyond ASCII is nearly always valid UTF-8 (at most one sequence in twenty is broken).
fn nearly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|b| *b >= 0xC0).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    bad * 20 <= good
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    // The guess needs to see what is not ASCII; begin there when the file begins with long plain stretches.
    let from = bytes.iter().position(|b| *b >= 0x80).unwrap_or(0).saturating_sub(1024);
    let window = &bytes[from..bytes.len().min(from + WINDOW)];
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(window, true);
    detector.guess(Some(b"nl"), chardetng::Utf8Detection::Deny)
}
