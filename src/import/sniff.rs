//! What bytes are, by their content: a binary format with a name, or text. File names play no part.

use super::ImportError;
use super::budget::Budget;
use super::container::Container;
use crate::doc::Format;

/// First bytes of formats that turn up among reports, and what to call them.
const MAGIC: &[(&[u8], &str)] = &[
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an old Office file (doc, xls, ppt)"),
    (b"{\\rtf", "an RTF file (not read yet)"),
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"\xFF\xD8\xFF", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x7FELF", "a program (ELF)"),
    (b"\x1F\x8B", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xFD7zXZ\x00", "an xz archive"),
    (b"\x28\xB5\x2F\xFD", "a zstd archive"),
    (b"7z\xBC\xAF\x27\x1C", "a 7-Zip archive"),
    (b"Rar!\x1A\x07", "a RAR archive"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\xCA\xFE\xBA\xBE", "a program (class or Mach-O)"),
    (b"\xCF\xFA\xED\xFE", "a program (Mach-O)"),
    (b"\x00\x00\x00\x0CjP", "a JPEG 2000 picture"),
    (b"wOF2", "a font"),
    (b"OggS", "a sound file"),
    (b"ID3", "a sound file"),
];

/// How much of the file is looked at.
const WINDOW: usize = 64 * 1024;
/// Of fewer bytes than this a share says little.
const FEW: usize = 256;

/// What bytes are.
pub(super) enum Kind {
    /// Text in some encoding.
    Text,
    /// A format that is no text, and is read.
    Container(Format),
    /// Something that is not read, with its article.
    Unread(&'static str),
}

/// What bytes are, by their content.
///
/// # Errors
/// When they are a container that can't be opened, or one that is protected with a password.
pub(super) fn sniff(bytes: &[u8], budget: &Budget<'_>) -> Result<Kind, ImportError> {
    if is_pdf(bytes) {
        return Ok(Kind::Container(Format::Pdf));
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Container::open(bytes, budget)?.kind();
    }
    // What Office protects with a password it puts into a container of the old kind.
    if bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
        && memchr::memmem::find(bytes, &wide("EncryptedPackage")).is_some()
    {
        return Err(ImportError::Sealed);
    }
    Ok(binary(bytes).map_or(Kind::Text, Kind::Unread))
}

/// A name as the old Office container writes it: UTF-16, little end first.
fn wide(name: &str) -> Vec<u8> {
    name.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// Whether it is a PDF. It may have rubbish before its mark (the format allows 1,024 bytes of it), but a text may also
/// speak of one.
fn is_pdf(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(1024)];
    memchr::memmem::find(head, b"%PDF-").is_some_and(|at| {
        let before = head[..at].strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&head[..at]);
        before.iter().all(u8::is_ascii_whitespace) || before.contains(&0)
    })
}

/// The name of the binary format, or `None` when the bytes look like text in some encoding.
fn binary(bytes: &[u8]) -> Option<&'static str> {
    // A byte-order mark settles it: only text has one.
    if encoding_rs::Encoding::for_bom(bytes).is_some() {
        return None;
    }
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        // "BZh" and the like are also how a sentence might begin; a format goes on with bytes no text has.
        if magic_is_sure(bytes) {
            return Some(what);
        }
    }
    let head = &bytes[..bytes.len().min(WINDOW)];
    if utf16(head).is_some() {
        return None;
    }
    let nul = memchr::memchr_iter(0, head).count();
    let control = head.iter().filter(|&&b| b < 0x20 && !matches!(b, b'\n' | b'\r' | b'\t' | 0x0C | 0x1B | 0)).count();
    // A text may hold a stray NUL or some control characters from a bad conversion; a tenth of them is no text. Where the
    // rest isn't UTF-8 either, one in fifty is enough: random bytes have one in eight.
    let utf8 = std::str::from_utf8(head).map_or_else(|e| e.error_len().is_none(), |_| true);
    let many = if utf8 || head.len() < FEW { 10 } else { 50 };
    (nul * 20 > head.len() || (control + nul) * many > head.len()).then_some("a binary file of an unknown kind")
}

/// Whether the bytes after a magic number are those of a binary file, or the magic number is long enough to trust.
fn magic_is_sure(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(512)];
    head.starts_with(b"{\\rtf") || head.iter().any(|&b| b == 0 || b >= 0x80 || (b < 0x20 && !b.is_ascii_whitespace()))
}

/// UTF-16 without a byte-order mark: nearly every second byte is NUL, always on the same side.
pub(super) fn utf16(head: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let pairs = head.len() / 2;
    if pairs < 2 {
        return None;
    }
    let (mut high, mut low) = (0, 0);
    for pair in head.chunks_exact(2) {
        high += usize::from(pair[0] == 0 && pair[1] != 0);
        low += usize::from(pair[1] == 0 && pair[0] != 0);
    }
    if high * 10 > pairs * 7 && low * 20 < pairs {
        Some(encoding_rs::UTF_16BE)
    } else if low * 10 > pairs * 7 && high * 20 < pairs {
        Some(encoding_rs::UTF_16LE)
    } else {
        None
    }
}
