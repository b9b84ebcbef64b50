//! A generator of companies: deals whose close rate, cycle and value are known.

use foremix::records::Day;
use rand::rngs::Xoshiro256PlusPlus;
use rand::{RngExt, SeedableRng};
use rand_distr::{Distribution, Poisson, StandardNormal};

/// What is true of a company.
#[derive(Clone, Debug)]
pub(crate) struct Truth {
    /// channels: their name as the CRM says it, deals a week, close rate
    pub(crate) channels: Vec<(&'static str, f64, f64)>,
    /// of ln days to a win: mean and standard deviation
    pub(crate) won: (f64, f64),
    /// of ln days to a loss
    pub(crate) lost: (f64, f64),
    /// share of deals that nobody ever closes
    pub(crate) never: f64,
    /// of ln value: mean and standard deviation
    pub(crate) value: (f64, f64),
    /// weeks of records
    pub(crate) weeks: i32,
}

/// What became of a deal by the day of the export.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Fate {
    Open,
    Won(Day),
    Lost(Day),
}

/// A deal.
#[derive(Clone, Debug)]
pub(crate) struct TrueDeal {
    pub(crate) id: usize,
    pub(crate) channel: &'static str,
    pub(crate) created: Day,
    pub(crate) fate: Fate,
    pub(crate) amount: f64,
}

/// The day of all exports.
pub(crate) fn as_of() -> Day {
    Day::of("2026-11-27".parse().unwrap())
}

impl Default for Truth {
    fn default() -> Self {
        Self {
            channels: vec![("Paid Search", 5.0, 0.2), ("Trade Show", 1.5, 0.3)],
            won: (3.4, 0.8),
            lost: (3.0, 1.0),
            never: 0.05,
            value: (9.5, 0.6),
            weeks: 60,
        }
    }
}

pub(crate) fn chance(seed: u64) -> Xoshiro256PlusPlus {
    Xoshiro256PlusPlus::seed_from_u64(seed)
}

/// The deals that a company has recorded by the day of the export.
pub(crate) fn deals(truth: &Truth, seed: u64) -> Vec<TrueDeal> {
    let mut chance = chance(seed);
    let normal = |chance: &mut Xoshiro256PlusPlus| -> f64 { StandardNormal.sample(chance) };
    let last = as_of();
    let mut deals = Vec::new();
    for week in 0..truth.weeks {
        for &(channel, per_week, rate) in &truth.channels {
            let count = Poisson::new(per_week).unwrap().sample(&mut chance) as usize;
            for _ in 0..count {
                let created = Day(last.0 - 7 * truth.weeks + 7 * week + (chance.random::<f64>() * 7.0) as i32 + 1);
                let is_won = chance.random::<f64>() < rate;
                let never = chance.random::<f64>() < truth.never;
                let (mean, sd) = if is_won { truth.won } else { truth.lost };
                let closed = Day(created.0 + (mean + sd * normal(&mut chance)).exp() as i32);
                let fate = match (never || closed > last, is_won) {
                    (true, _) => Fate::Open,
                    (false, true) => Fate::Won(closed),
                    (false, false) => Fate::Lost(closed),
                };
                let amount = ((truth.value.0 + truth.value.1 * normal(&mut chance)).exp() * 100.0).round() / 100.0;
                deals.push(TrueDeal { id: 1_000 + deals.len(), channel, created, fate, amount });
            }
        }
    }
    deals
}
