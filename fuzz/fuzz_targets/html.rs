#![no_main]
use kantlijn_fuzz::*;
use libfuzzer_sys::fuzz_target;

// Text that says it is a web page.
fuzz_target!(|data: &[u8]| reading(&[b"<!doctype html><body>".as_slice(), data].concat()));
