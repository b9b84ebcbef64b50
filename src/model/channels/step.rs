//! A channel at work: what a week offers it, and what it makes of that.

use crate::random::{LANES, Lanes};

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

/// What several weeks offer a channel, sixteen at most: all in the horizon, or all after it.
#[derive(Clone, Copy, Debug)]
pub(in crate::model) struct Offers {
    /// how many
    pub(in crate::model) weeks: usize,
    /// by week, as in an [`Offer`]; of weeks that are not offered nothing
    pub(in crate::model) money: Lanes,
    pub(in crate::model) demand: Lanes,
    pub(in crate::model) price: Lanes,
    pub(in crate::model) in_horizon: bool,
}

impl Offers {
    /// The offer of one week.
    pub(super) fn at(&self, lane: usize) -> Offer {
        Offer {
            money: self.money[lane],
            demand: self.demand[lane],
            price: self.price[lane],
            in_horizon: self.in_horizon,
        }
    }
}

/// What a channel makes of several weeks.
#[derive(Clone, Copy, Debug)]
pub(in crate::model) struct Flows {
    /// by week, as in a [`Flow`]
    pub(in crate::model) spends: Lanes,
    pub(in crate::model) leads: Lanes,
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

    /// Several weeks and their ends.
    fn run(&mut self, offers: &Offers) -> Flows
    where
        Self: Sized,
    {
        one_by_one(self, offers)
    }

    /// After the horizon: will no lead come any more?
    fn is_done(&self) -> bool {
        true
    }

    /// How much is used, in the weeks so far, of what it could give; none where there is no end to it.
    fn usage(&self) -> Option<Usage> {
        None
    }
}

/// Several weeks and their ends, one after another.
#[inline]
pub(super) fn one_by_one(channel: &mut impl Step, offers: &Offers) -> Flows {
    let mut flows = Flows { spends: [0.0; LANES], leads: [0.0; LANES] };
    for lane in 0..offers.weeks {
        let Flow { spend, leads } = channel.step(offers.at(lane));
        (flows.spends[lane], flows.leads[lane]) = (spend, leads);
        channel.close();
    }
    flows
}
