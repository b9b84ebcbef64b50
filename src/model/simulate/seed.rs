//! What keys the chance of a run: its seed, and what each uniform decides.

use crate::random::{DrawStream, StreamKey};

/// What a uniform is for; a part of its key.
///
/// The numbers are written out because they are hashed: a purpose may be added or moved without changing the luck of
/// the others, and giving one another number is "same seed, new numbers" in the changelog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The value of an uncertain input.
    Input = 1,
    /// The order of an input's strata within a block of draws.
    Strata = 2,
    /// Qualified leads of a week.
    Leads = 3,
    /// Unqualified leads of a week.
    Unqualified = 4,
    /// Wins among the leads worked.
    Wins = 5,
    /// Opportunities among the leads worked and not won.
    Opportunities = 6,
    /// Waiting leads that stay for another week.
    Stay = 7,
    /// Nurtured leads that turn qualified.
    Turn = 8,
    /// Nurtured leads that are lost.
    Fade = 9,
    /// Customers who leave.
    Churn = 10,
    /// Repeat orders.
    Orders = 11,
    /// Leads that customers bring.
    Referrals = 12,
    /// A rep who leaves.
    Leave = 13,
    /// Weekly noise of one channel.
    Variation = 14,
    /// Weekly noise of the whole market.
    Market = 15,
    /// The value of a deal.
    Value = 16,
    /// The weeks from working a lead to its close.
    Delay = 17,
    /// Whether an open deal is won.
    Won = 18,
    /// The value of many deals as one sum.
    Sum = 19,
    /// Online leads who ask for a chat.
    Chats = 20,
    /// Leads from prospecting.
    Outbound = 21,
    /// The sharing out of scarce delivery.
    Delivery = 22,
    /// How many of a large number of deals close in a week.
    Closings = 23,
    /// Waiting opportunities that stay for another week.
    StayAsOpportunity = 24,
}

impl From<Purpose> for u64 {
    fn from(purpose: Purpose) -> Self {
        purpose as Self
    }
}

/// The seed and stream of luck: what just happens, apart from what we don't know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seed {
    /// the seed of the run
    pub seed: u64,
    /// the stream within it
    pub stream: u64,
}

impl Seed {
    /// The series of a source and a purpose.
    #[must_use]
    pub fn series(&self, source: &str, purpose: Purpose) -> StreamKey {
        StreamKey::new(self.seed, self.stream, source, purpose)
    }
}

/// The luck of one draw for a list of series.
pub(super) fn at<const N: usize>(series: &[StreamKey; N], draw: u64) -> [DrawStream; N] {
    series.map(|series| series.at(draw))
}
