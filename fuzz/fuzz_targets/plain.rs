#![no_main]
use kantlijn_fuzz::*;
use libfuzzer_sys::fuzz_target;

// Text that begins as plain text.
fuzz_target!(|data: &[u8]| reading(&[b"Gewone tekst zonder opmaak.\n\n".as_slice(), data].concat()));
