//! What comes of a week at the desk.

/// Leads that the team has worked in the horizon, in weeks that have no terms of their own, and those won of them, by age.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counted {
    pub(super) worked: [u64; 2],
    pub(super) won: [u64; 2],
}

impl Counted {
    pub(super) fn add(&mut self, others: Self) {
        for age in 0..2 {
            self.worked[age] += others.worked[age];
            self.won[age] += others.won[age];
        }
    }
}

/// What comes of a week at the desk beside wins.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct WeekEnd {
    pub(super) backlog: u64,
    pub(super) lost: u64,
    /// hours begun on leads that are no more
    pub(super) carried: f64,
    /// in a week that has terms of its own: leads worked, and opportunities among them
    pub(super) worked: u64,
    pub(super) opportunities: u64,
}
