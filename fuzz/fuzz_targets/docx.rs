#![no_main]
use kantlijn_fuzz::*;
use libfuzzer_sys::fuzz_target;

// The parts of a Word file: text, styles, numbering, notes.
fuzz_target!(|data: &[u8]| {
    let [document, styles, numbering, footnotes, rels] = pieces(data);
    reading(&container(&[
        ("word/document.xml", document),
        ("word/styles.xml", styles),
        ("word/numbering.xml", numbering),
        ("word/footnotes.xml", footnotes),
        ("word/_rels/document.xml.rels", rels),
    ]));
});
