//! What must hold for any bytes at all: no panic, no figure that is not a number, percentiles in order, an end.
//!
//! Each function is a fuzz target (`fuzz_targets/`), and runs over the fixed collection in `corpus/` as an ordinary test
//! (`tests/fuzz.rs`), so that what was found once stays mended on every machine.

#[path = "checks.rs"]
pub mod checks;
#[path = "../../tests/laws/plans.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod plans;
#[path = "../../tests/laws/surroundings.rs"]
mod surroundings;
