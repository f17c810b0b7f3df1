#![no_main]
use kantlijn_fuzz::*;
use libfuzzer_sys::fuzz_target;

// The parts of a book: its list of contents, and two chapters.
fuzz_target!(|data: &[u8]| {
    let [opf, ncx, one, two] = pieces(data);
    let container_xml = br#"<container><rootfiles><rootfile full-path="book.opf"/></rootfiles></container>"#;
    reading(&container(&[
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", container_xml),
        ("book.opf", opf),
        ("toc.ncx", ncx),
        ("one.xhtml", one),
        ("two.xhtml", two),
    ]));
});
