#![no_main]
use kantlijn_fuzz::*;
use libfuzzer_sys::fuzz_target;

// Text that begins as Markdown does.
fuzz_target!(|data: &[u8]| reading(&[b"# Kop\n\n## Nog een\n\n".as_slice(), data].concat()));
