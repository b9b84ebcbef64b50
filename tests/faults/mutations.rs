//! Scenarios with random bytes changed: whatever is read, reading ends in a scenario or in faults that can be shown.

use std::fs;
use std::path::Path;

use foremix::scenario::{LoadError, load};

use crate::scenarios;

/// A small generator of its own, so that the mutations are the same for ever.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % below
    }
}

fn mutate(text: &mut Vec<u8>, dice: &mut Dice) {
    const BITS: [&[u8]; 16] = [
        b"\"",
        b"'",
        b"[",
        b"]",
        b"{",
        b"}",
        b"=",
        b"#",
        b"\n",
        b".",
        b"%",
        b"-",
        b"\"\"\"",
        b"\r",
        "é".as_bytes(),
        b"9999999999",
    ];
    for _ in 0..=dice.roll(4) {
        let at = dice.roll(text.len());
        match dice.roll(5) {
            0 => text[at] = dice.roll(256) as u8,
            1 => drop(text.remove(at)),
            2 => drop(text.splice(at..at, BITS[dice.roll(BITS.len())].iter().copied())),
            3 => {
                let end = (at + dice.roll(60)).min(text.len());
                drop(text.drain(at..end));
            }
            _ => {
                let end = (at + dice.roll(200)).min(text.len());
                let copy = text[at..end].to_vec();
                let to = dice.roll(text.len());
                drop(text.splice(to..to, copy));
            }
        }
        if text.is_empty() {
            text.push(b'a');
        }
    }
}

fn try_all(times: usize, seed: u64) {
    let mut dice = Dice(seed);
    let mut files = scenarios("scenarios");
    files.extend(scenarios("tests/faults"));
    let texts: Vec<Vec<u8>> = files.iter().map(|path| fs::read(path).unwrap()).collect();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mutant.toml");
    for round in 0..times {
        // Two of three from the bundled scenarios, which have the most to break.
        let among = if round % 3 == 0 { texts.len() } else { scenarios("scenarios").len() };
        let mut text = texts[dice.roll(among)].clone();
        if text.is_empty() {
            continue;
        }
        mutate(&mut text, &mut dice);
        fs::write(&path, &text).unwrap();
        if let Err(LoadError::Faulty { faults, sources }) = load(Path::new(&path), &[]) {
            assert!(!faults.is_empty(), "{}", String::from_utf8_lossy(&text));
            let shown = faults.render(&sources, false);
            assert!(shown.contains("mutant.toml"), "{shown}");
        }
    }
}

#[test]
fn no_mutation_of_a_scenario_ends_in_a_panic() {
    try_all(1_500, 1);
}

#[test]
#[ignore = "minutes of further mutations"]
fn no_mutation_of_many_ends_in_a_panic() {
    for seed in 2..40 {
        try_all(5_000, seed);
    }
}
