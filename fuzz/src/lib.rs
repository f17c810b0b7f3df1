//! What the targets share: a reading within small limits, and containers put around what is fuzzed.

use kantlijn::import::{ImportError, Limits, read};
use std::io::{Cursor, Write};
use zip::write::{SimpleFileOptions, ZipWriter};

/// Limits small enough that a fuzzer meets them.
#[must_use]
pub fn limits() -> Limits {
    Limits { max_unpacked: 32_000_000, max_nodes: 500_000, max_pages: 200, max_blocks: 100_000, ..Limits::default() }
}

/// Reads bytes; a panic, a hang, too much memory or a document that doesn't hold together is what is looked for.
pub fn reading(bytes: &[u8]) {
    match read(bytes, &limits()) {
        Ok(doc) => {
            assert!(!doc.outline().parts().is_empty());
            for section in doc.outline().sections() {
                let _ = (section.label(), doc.slice(section.range));
            }
        }
        Err(ImportError::Fault(why)) => panic!("a document that does not hold together: {why}"),
        Err(why) => assert!(!why.reason().is_empty() && !why.hint().is_empty()),
    }
}

/// A container of these entries.
#[must_use]
pub fn container(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, content) in entries {
        zip.start_file(*name, stored).expect("a name");
        zip.write_all(content).expect("memory");
    }
    zip.finish().expect("memory").into_inner()
}

/// The pieces of an input, parted by NUL bytes; those not there are empty.
#[must_use]
pub fn pieces<const N: usize>(data: &[u8]) -> [&[u8]; N] {
    let mut parts = data.splitn(N, |b| *b == 0);
    std::array::from_fn(|_| parts.next().unwrap_or_default())
}
