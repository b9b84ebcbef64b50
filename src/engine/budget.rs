//! How many draws a command may take, and how much memory: said before the work begins, not when the machine gives in.
//!
//! The budget is a fixed figure, not what the machine has free: the same command is refused or done on every machine, and
//! a laptop stays usable.

use crate::model::outcomes::{OUTCOMES, SOURCE_FIGURES, weekly};
use crate::model::plan::Plan;
use crate::scenario::MOST_RUNS;

use super::moments::Sums;
use super::strata::{BATCHES, BLOCK};

/// The most memory that the figures of one command may take, in bytes.
pub const MEMORY: u64 = 4_000_000_000;

/// A number of a column.
const NUMBER: u64 = size_of::<f64>() as u64;

/// What a command asks of the machine for each of its `--runs`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Load {
    /// plans that are simulated so often
    pub plans: u64,
    /// memory, in bytes
    pub bytes: u64,
}

/// More than a command may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TooMuch {
    /// memory
    #[error("{runs} runs would take {:.0} GB of memory, more than the {} GB that a command may take: {}",
        (*bytes as f64 / 1e9).ceil(), MEMORY / 1_000_000_000, advice(*fitting), runs = written(*runs))]
    Memory {
        /// as asked for
        runs: u64,
        /// what that takes
        bytes: u128,
        /// the runs that fit
        fitting: u64,
    },
    /// draws
    #[error("{} quarters in all are more than {}: {}", written_total(*draws), written(MOST_RUNS as u64), advice(*fitting))]
    Draws {
        /// of all plans together
        draws: u128,
        /// the runs that fit
        fitting: u64,
    },
}

fn written(number: u64) -> String {
    crate::units::written(number as f64)
}

fn written_total(number: u128) -> String {
    crate::units::written(number as f64)
}

fn advice(fitting: u64) -> String {
    match fitting {
        0 => "not even one run fits; ask for fewer plans or values".into(),
        fitting => format!("--runs {} fits, or ask for fewer plans or values", written(fitting)),
    }
}

impl Load {
    /// A forecast of one plan: every outcome, and figures by source and by week.
    #[must_use]
    pub fn of_forecast(plan: &Plan) -> Self {
        Self::of_columns(1, OUTCOMES.len() as u64).with_details(plan)
    }

    /// Columns kept of each of several plans, and what summarizing one plan's columns takes besides: as much again.
    #[must_use]
    pub fn of_columns(plans: u64, columns: u64) -> Self {
        Self { plans, bytes: NUMBER * columns * (plans + 1) }
    }

    /// Besides, the figures of a plan by source and by week, of which sums are kept for every block of draws.
    #[must_use]
    pub fn with_details(self, plan: &Plan) -> Self {
        let sources = plan.sources.len() * SOURCE_FIGURES.len() * BATCHES;
        let weeks = plan.parts.horizon.all() * (weekly(plan.two_desks).len() + 1);
        let block = ((sources + weeks) * size_of::<Sums>()) as u64;
        // Vectors that grow are up to twice as large as what they hold.
        Self { bytes: self.bytes + (2 * block).div_ceil(BLOCK as u64), ..self }
    }

    /// Besides, what further plans take whose columns are kept for a while.
    #[must_use]
    pub fn with_further(self, plans: u64, kept: u64, columns: u64) -> Self {
        Self { plans: self.plans + plans, bytes: self.bytes + NUMBER * kept * columns }
    }

    /// Do so many runs fit?
    ///
    /// # Errors
    ///
    /// What is too much, and how many runs would fit.
    pub fn check(self, runs: u64) -> Result<(), TooMuch> {
        let by_draws = MOST_RUNS as u64 / self.plans.max(1);
        let by_memory = MEMORY / self.bytes.max(1);
        let fitting = rounded_down(by_draws.min(by_memory));
        if runs > by_memory {
            return Err(TooMuch::Memory { runs, bytes: u128::from(runs) * u128::from(self.bytes), fitting });
        }
        if runs > by_draws {
            return Err(TooMuch::Draws { draws: u128::from(runs) * u128::from(self.plans), fitting });
        }
        Ok(())
    }
}

/// To two digits, which are easier to type.
fn rounded_down(number: u64) -> u64 {
    let mut unit = 1;
    while number / unit >= 100 {
        unit *= 10;
    }
    number / unit * unit
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_is_said_and_fits() {
        let load = Load::of_columns(3, 40);
        assert_eq!(load.bytes, 8 * 40 * 4);
        // 4e9/1,280 = 3,125,000
        assert_eq!(load.check(3_125_000), Ok(()));
        let refused = TooMuch::Memory { runs: 3_125_001, bytes: 4_000_001_280, fitting: 3_100_000 };
        assert_eq!(load.check(3_125_001), Err(refused));
        assert_eq!(
            refused.to_string(),
            "3_125_001 runs would take 5 GB of memory, more than the 4 GB that a command may take: --runs 3_100_000 fits, \
             or ask for fewer plans or values"
        );
        assert_eq!(load.check(3_100_000), Ok(()));
    }

    #[test]
    fn draws_of_all_plans_count_together() {
        let load = Load { plans: 400, bytes: 8 };
        assert_eq!(load.check(250_000), Ok(()));
        assert_eq!(load.check(250_001), Err(TooMuch::Draws { draws: 100_000_400, fitting: 250_000 }));
        let nothing = Load { plans: 1, bytes: MEMORY + 1 }.check(1).expect_err("it is too much");
        assert!(nothing.to_string().ends_with("not even one run fits; ask for fewer plans or values"), "{nothing}");
    }
}
