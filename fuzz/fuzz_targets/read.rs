#![no_main]
use kantlijn_fuzz::*;
use libfuzzer_sys::fuzz_target;

// Any bytes.
fuzz_target!(|data: &[u8]| reading(data));
