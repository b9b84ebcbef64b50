//! In which weeks many deals close: counts by week in place of a delay for each.
//!
//! Implements section 6 of docs/model.md.

use crate::random::{DrawStream, binomial};

use crate::model::horizon::MOST_WEEKS;
use crate::model::lognormal::Lognormal;
use crate::model::reuse::reusing_memory;

reusing_memory! {
    /// How long deals of one kind take in one draw, as shares: worked out as far as they are asked for.
    #[derive(Debug, Default)]
    pub(super) struct Delays {
        cycle: Option<Lognormal>,
        /// by weeks d: the share that takes longer than d
        longer: Vec<f64>,
    }
}

/// When deals close that are expected.
#[derive(Debug)]
pub(super) enum Closes<'d> {
    /// all of them
    InWeek(usize),
    /// so late after a week
    After(usize, &'d mut Delays),
}

impl Closes<'_> {
    /// The share that closes before a week begins.
    pub(super) fn before(&mut self, end: usize) -> f64 {
        match self {
            Self::InWeek(week) => f64::from(*week < end),
            Self::After(start, delays) => {
                end.checked_sub(*start + 1).map_or(0.0, |most| 1.0 - delays.longer_than(most))
            }
        }
    }
}

impl Delays {
    /// Of a cycle with that distribution: what was worked out for another is forgotten.
    pub(super) fn open(&mut self, cycle: Lognormal) {
        self.cycle = Some(cycle);
        self.longer.clear();
    }

    /// The share that takes longer than `weeks`: `P(floor(X + ½) > weeks)`.
    pub(super) fn longer_than(&mut self, weeks: usize) -> f64 {
        while self.longer.len() <= weeks {
            let end = self.longer.len() as f64 + 0.5;
            self.longer.push(self.cycle.map_or(0.0, |cycle| cycle.share_from(end)));
        }
        self.longer[weeks]
    }

    /// Spreads `count` deals, won in `week`, over the weeks that they take: shows (weeks, how many), of those that some
    /// take; while `see` says to go on.
    ///
    /// ```text
    /// n_d ~ Binomial(count − n_0 − … − n_(d−1), P(D = d)/P(D ≥ d))
    /// ```
    /// which is the multinomial distribution, a uniform a week. So a few deals more are a few more here and there, and
    /// nothing else moves. Who takes longer than any plan is watched is shown as one number, at [`MOST_WEEKS`].
    pub(super) fn spread(
        &mut self,
        count: u64,
        stream: DrawStream,
        week: u32,
        mut see: impl FnMut(usize, u64) -> bool,
    ) {
        let (mut left, mut longer) = (count, 1.0);
        for weeks in 0..MOST_WEEKS {
            let after = self.longer_than(weeks);
            let share = if longer > 0.0 { (1.0 - after / longer).clamp(0.0, 1.0) } else { 1.0 };
            longer = after;
            let now = if share > 0.0 { binomial(left, share, stream.uniform(week, weeks as u32)) } else { 0 };
            left -= now;
            if now > 0 && !see(weeks, now) || left == 0 {
                return;
            }
        }
        see(MOST_WEEKS, left);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::lognormal::log_sd;
    use crate::model::simulate::Purpose;
    use crate::random::StreamKey;

    fn spread(cycle: Lognormal, count: u64, draw: u64) -> Vec<(usize, u64)> {
        let stream = StreamKey::new(1, 0, "channels.search", Purpose::Closings).at(draw);
        let mut delays = Delays::default();
        delays.open(cycle);
        let mut found = Vec::new();
        delays.spread(count, stream, 3, |weeks, count| {
            found.push((weeks, count));
            true
        });
        found
    }

    #[test]
    fn a_certain_cycle_has_one_week() {
        assert_eq!(spread(Lognormal::new(0.0, 0.5), 9, 0), [(0, 9)]);
        assert_eq!(spread(Lognormal::new(2.49, 0.0), 9, 0), [(2, 9)]);
        assert_eq!(spread(Lognormal::new(2.5, 0.0), 9, 0), [(3, 9)]);
        assert_eq!(spread(Lognormal::new(9e9, 0.0), 9, 0), [(MOST_WEEKS, 9)]);
    }

    #[test]
    fn everybody_closes_once_however_many_there_are() {
        for count in [1, 20, 1_000_000, u64::MAX / 2] {
            let found = spread(Lognormal::new(6.0, log_sd(0.5)), count, 0);
            assert_eq!(found.iter().map(|&(_, count)| count).sum::<u64>(), count);
            assert!(found.is_sorted());
        }
    }

    #[test]
    fn on_average_so_many_have_closed_as_closed_by_number() {
        let (cycle, count) = (Lognormal::new(6.0, log_sd(0.5)), 1_000_000);
        let mut delays = Delays::default();
        delays.open(cycle);
        let mut closes = Closes::After(3, &mut delays);
        let mut closed = spread(cycle, count, 0).into_iter().peekable();
        let mut so_far = 0;
        for end in 0..60 {
            // Started in week 3, with a delay of d weeks they have closed before week 3 + d + 1 begins.
            while let Some((_, now)) = closed.next_if(|(weeks, _)| 3 + weeks < end) {
                so_far += now;
            }
            let (share, expected) = (so_far as f64 / count as f64, closes.before(end));
            let error = (expected * (1.0 - expected) / count as f64).sqrt();
            // 60 comparisons at 4 standard errors: a false alarm in 1 of 260 seeds.
            assert!((share - expected).abs() <= 4.0 * error + 1e-12, "before week {end}: {share}, not {expected}");
        }
        assert_eq!(so_far, count);
        assert_eq!([2, 3].map(|end| Closes::InWeek(2).before(end)), [0.0, 1.0]);
    }

    #[test]
    fn a_few_deals_more_are_a_few_more() {
        // Those of 100,000 that close within 6 weeks, and of 100,050: were the two unrelated, the numbers would differ
        // by some √(2·100,000/4) = 224; here by the 50 and by what they would stray themselves.
        let within = |count, draw| {
            let found = spread(Lognormal::new(6.0, log_sd(0.5)), count, draw);
            found.iter().filter(|&&(weeks, _)| weeks <= 6).map(|&(_, count)| count).sum::<u64>()
        };
        for draw in 0..50 {
            let further = within(100_050, draw).abs_diff(within(100_000, draw));
            assert!(further <= 50, "{further}");
        }
    }
}
