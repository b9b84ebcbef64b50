//! See `foremix_fuzz::checks::spelling`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| foremix_fuzz::checks::spelling(bytes));
