//! A figure that was learnt: its draws, and where they are from.

use crate::units::Levels;

/// How much a figure may move until the quarter that is planned.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Drift {
    /// nothing is added
    None,
    /// so much is assumed, as a standard deviation on the figure's own scale (logit, log)
    Assumed(f64),
    /// learnt from the records themselves
    Learnt,
}

/// How a figure is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// as a share
    Share,
    /// as money
    Money,
    /// as a number
    Number,
    /// as weeks
    Weeks,
}

/// A figure of a plan with draws of its posterior.
#[derive(Clone, Debug)]
pub struct Learnt {
    /// the input of the plan, and the name of its column
    pub path: String,
    /// what it is called
    pub label: String,
    /// one a row of the file of draws
    pub draws: Vec<f64>,
    /// which records, in words
    pub from: String,
    /// how it was learnt, in words
    pub method: &'static str,
    /// what was taken for likely before any record, in words
    pub prior: &'static str,
    /// how much is added for the time to come
    pub drift: Drift,
    /// what a reader should know
    pub remark: String,
    /// how it is written
    pub written: Written,
}

/// The percentile of draws, linear between them.
#[must_use]
pub fn percentile(draws: &[f64], p: f64) -> f64 {
    let mut sorted = draws.to_vec();
    sorted.sort_by(f64::total_cmp);
    let place = p * (sorted.len() - 1) as f64;
    let below = place.floor() as usize;
    let above = (below + 1).min(sorted.len() - 1);
    sorted[below] + (place - below as f64) * (sorted[above] - sorted[below])
}

impl Learnt {
    /// P10, P50 and P90.
    #[must_use]
    pub fn levels(&self) -> Levels {
        Levels::of(|p| percentile(&self.draws, p))
    }
}
