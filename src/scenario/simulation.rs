//! How a scenario is to be simulated.

use crate::model::schema::TableReader;
use crate::model::schema::{Choice, Key};

/// The most draws of one run.
pub const MOST_RUNS: f64 = 1e8;

/// The largest seed that a file can hold: whole numbers up to it are exact. `--seed` takes any of 64 bits.
pub(super) const LARGEST_SEED: f64 = 9e15;

/// The keys of `[simulation]`.
pub const KEYS: &[Key] = &[
    Key::whole("runs", 1.0, MOST_RUNS)
        .or(10_000.0)
        .unit("draws")
        .about("how many quarters to simulate")
        .example("20_000"),
    Key::whole("seed", 0.0, LARGEST_SEED).or(1.0).about("the same seed gives the same figures").example("7"),
    Key::word::<Sampling>("sampling")
        .or_word("stratified")
        .about("how uncertain inputs are drawn: evenly over their ranges, or at random")
        .example("\"random\""),
    Key::amount("widen")
        .pure()
        .certain()
        .at_least(1.0)
        .at_most(3.0)
        .or(1.0)
        .about("stretches the ranges stated by percentiles, which people state too narrowly")
        .example("1.5"),
];

/// How uncertain inputs are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sampling {
    /// balanced over every whole 1,024 draws
    Stratified,
    /// plainly at random
    Random,
}

impl Choice for Sampling {
    const WORDS: &'static [(&'static str, Self)] = &[("stratified", Self::Stratified), ("random", Self::Random)];
}

/// `[simulation]` as written.
#[derive(Clone, Copy, Debug)]
pub struct Simulation {
    /// draws
    pub runs: u64,
    /// the seed
    pub seed: u64,
    /// how inputs are drawn
    pub sampling: Sampling,
    /// how far ranges are stretched
    pub widen: f64,
    /// whether somebody has said so, be it 1
    pub widen_is_stated: bool,
}

impl Simulation {
    /// Reads `[simulation]`.
    pub fn read(fields: Option<TableReader<'_, '_>>) -> Self {
        let Some(mut fields) = fields else {
            return Self { runs: 10_000, seed: 1, sampling: Sampling::Stratified, widen: 1.0, widen_is_stated: false };
        };
        Self {
            runs: fields.whole("runs").unsigned_abs(),
            seed: fields.whole("seed").unsigned_abs(),
            sampling: fields.word("sampling"),
            widen: fields.certain("widen"),
            widen_is_stated: fields.has("widen"),
        }
    }
}
