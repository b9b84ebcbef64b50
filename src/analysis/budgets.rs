//! The budgets at which a channel's return is followed.

use crate::model::plan::Plan;

/// What more money in a channel is told for.
pub const STEP: f64 = 1_000.0;

/// Shares of a budget at which its return is followed, beside none of it and today's.
const SHARES: [f64; 7] = [0.25, 0.5, 0.75, 1.25, 1.5, 1.75, 2.0];

/// The most points of a line of insertions or events.
const MOST_POINTS: usize = 8;

/// How a channel's budget is varied.
pub(super) struct Step {
    /// the channel, as a place in the order of the file
    pub(super) channel: usize,
    /// the money that is added for what the next sum brings
    pub(super) added: f64,
    /// whether that is one more insertion or event
    pub(super) one_more: bool,
    /// other budgets, from none to twice today's, as they rise
    pub(super) budgets: Vec<f64>,
}

/// Of every channel that can spend money, in the order of the file.
pub(super) fn steps(plan: &Plan) -> Vec<Step> {
    let channels = plan.parts.channels.iter().enumerate();
    channels
        .filter(|(_, channel)| channel.is_paid())
        .map(|(at, channel)| {
            let today = channel.budget();
            let one = channel.kind.piece().map(|piece| piece.cost.median(&plan.parts.inputs));
            let budgets = match one {
                Some(one) => whole_steps(today, one),
                None if today > 0.0 => {
                    let shares = std::iter::once(0.0).chain(SHARES);
                    shares.map(|share| share * today).collect()
                }
                None => Vec::new(),
            };
            Step { channel: at, added: one.unwrap_or(STEP), one_more: one.is_some(), budgets }
        })
        .collect()
}

/// Budgets for whole numbers of insertions or events, from none to twice as many as today, without today's.
fn whole_steps(today: f64, one: f64) -> Vec<f64> {
    let count = (today / one).round() as usize;
    let most = 2 * count;
    let stride = most.div_ceil(MOST_POINTS).max(1);
    (0..=most)
        .step_by(stride)
        .filter(|&number| number != count)
        .map(|number| match number {
            0 => 0.0,
            number => (today + (number as f64 - count as f64) * one).max(0.0),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::whole_steps;

    #[test]
    fn insertions_are_varied_by_whole_ones() {
        assert_eq!(whole_steps(55_000.0, 55_000.0), [0.0, 110_000.0]);
        let others = [0.0, 7_000.0, 14_000.0, 21_000.0, 35_000.0, 42_000.0, 49_000.0, 56_000.0];
        assert_eq!(whole_steps(28_000.0, 7_000.0), others);
        assert_eq!(whole_steps(0.0, 7_000.0), [0.0; 0]);
        assert!(whole_steps(700_000.0, 7_000.0).len() <= 9);
    }
}
