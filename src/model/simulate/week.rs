//! What a week brings: leads that arrive, and what comes of those at the desk.

/// Leads of a channel that come in a week.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Arrivals {
    pub(super) leads: u64,
    /// those passed on to sales
    pub(super) qualified: u64,
    /// those that are nurtured from now on
    pub(super) nurtured: u64,
}

impl Arrivals {
    pub(super) fn add(&mut self, others: Self) {
        self.leads += others.leads;
        self.qualified += others.qualified;
        self.nurtured += others.nurtured;
    }

    pub(super) fn leave_out(&mut self, some: Self) {
        self.leads -= some.leads;
        self.qualified -= some.qualified;
        self.nurtured -= some.nurtured;
    }
}

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
