//! What a part of a run holds: some of its draws, simulated apart from the others, on another machine perhaps, to be
//! joined later.
//!
//! Sums are taken block by block ([`BLOCK`] draws), and only whole blocks can be told apart again. So a part holds whole
//! blocks; a block in which one part ends and the next begins is simulated when they are joined. Draw i needs no other
//! draw, and what is joined is what one run gives, to the last bit.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::gather::Left;
use super::spec::RunSpec;
use super::strata::BLOCK;

/// The draws of one plan that a part holds.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PartDraws {
    /// which draws: whole blocks
    pub(super) range: Range<u64>,
    /// a column an outcome, a number a draw
    pub(super) columns: Vec<Vec<f64>>,
    /// what they leave behind beside the columns
    pub(super) left: Left,
}

impl PartDraws {
    /// Whether it can be what [`PartDraws::simulate`] gives for that.
    #[must_use]
    pub fn is_of(&self, ask: &RunSpec) -> bool {
        let draws = (self.range.end.saturating_sub(self.range.start)) as usize;
        self.range == whole_blocks(&ask.draws)
            && self.columns.len() == ask.outcomes.len()
            && self.columns.iter().all(|column| column.len() == draws)
            && self.left.is_sound()
    }
}

/// The whole blocks among draws; of none, an empty range.
pub(super) fn whole_blocks(draws: &Range<u64>) -> Range<u64> {
    let block = BLOCK as u64;
    let start = draws.start.div_ceil(block) * block;
    start..(draws.end / block * block).max(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_holds_the_blocks_that_lie_in_it_whole() {
        for (draws, whole) in [
            (0..1_024, 0..1_024),
            (0..250_000, 0..249_856),
            (250_000..500_000, 250_880..499_712),
            (10..20, 1_024..1_024),
            (1_000..2_000, 1_024..1_024),
        ] {
            assert_eq!(whole_blocks(&draws), whole, "{draws:?}");
        }
    }
}
