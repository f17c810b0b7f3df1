#![no_main]
use kantlijn_fuzz::*;
use libfuzzer_sys::fuzz_target;

// Bytes that say they are a PDF file.
fuzz_target!(|data: &[u8]| {
    let mut file = b"%PDF-1.7\n".to_vec();
    file.extend(data.strip_prefix(b"%PDF-1.7\n").unwrap_or(data));
    reading(&file);
});
