#![no_main]
use kantlijn_fuzz::*;
use libfuzzer_sys::fuzz_target;

// The parts of an OpenDocument text.
fuzz_target!(|data: &[u8]| {
    let [content, styles, meta] = pieces(data);
    reading(&container(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("content.xml", content),
        ("styles.xml", styles),
        ("meta.xml", meta),
    ]));
});
