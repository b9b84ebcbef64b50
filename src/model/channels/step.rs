//! A channel at work: what a week offers it, and what it makes of that.

/// What a week offers a channel.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Offer {
    /// the money planned for the week, `B_t`
    pub money: f64,
    /// the demand multiplier `g_t`
    pub demand: f64,
    /// the multiplier of its unit cost
    pub price: f64,
    /// whether the week is in the horizon
    pub in_horizon: bool,
}

/// What a channel makes of a week.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Flow {
    /// money spent
    pub spend: f64,
    /// mean number of leads, `λ_t`
    pub leads: f64,
}

/// How much a channel has used, in the weeks so far, of what it could give.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Usage {
    /// clicks, sends or visits, against the most there could have been
    Share {
        /// used
        used: f64,
        /// the most there could have been
        ceiling: f64,
    },
    /// a response curve
    Curve {
        /// what it has given
        given: f64,
        /// what nine tenths of the spend would have given
        by_nine_tenths: f64,
    },
}

impl Usage {
    /// Is there hardly any room for more money? More than 80 % of the ceiling is used, or the last tenth of the spend
    /// has added less than a hundredth.
    #[must_use]
    pub fn is_full(self) -> bool {
        match self {
            Self::Share { used, ceiling } => used > 0.8 * ceiling,
            Self::Curve { given, by_nine_tenths } => given < 1.01 * by_nine_tenths,
        }
    }
}

/// A channel in one draw, stepped week by week.
pub(super) trait Step {
    /// One week: the money spent, the mean number of leads.
    fn step(&mut self, offer: Offer) -> Flow;

    /// The end of a week.
    fn close(&mut self) {}

    /// After the horizon: will no lead come any more?
    fn is_done(&self) -> bool {
        true
    }

    /// How much is used, in the weeks so far, of what it could give; none where there is no end to it.
    fn usage(&self) -> Option<Usage> {
        None
    }
}
