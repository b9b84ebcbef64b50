//! What a kind of channel states about itself; and the groups of keys that kinds may share.

use crate::inputs::{Inputs, Quantity};
use crate::model::schema::{Choice, Key, TableReader};

use super::step::Step;

/// A kind of channel as written. Its word, its keys, how it is read and how a draw of it begins are all that most kinds
/// need; what has a default here is for kinds that differ.
pub(super) trait Parameters: Sized {
    /// The word that names the kind in a file.
    const WORD: &'static str;

    /// Its groups of keys, beyond those that every channel has: [`PAID_KEYS`] make it a channel that spends money.
    const KEYS: &'static [&'static [Key]];

    /// The channel in one draw.
    type Draw: Step;

    /// Reads the keys of the kind.
    fn read(fields: &mut TableReader<'_, '_>) -> Self;

    /// The channel in one draw, whose inputs are `drawn`; `past_spend` is money a week before week 1.
    fn start(&self, drawn: &[f64], past_spend: f64) -> Self::Draw;

    /// As [`start`](Self::start), in the place of a draw before, whose memory it takes over.
    fn restart(&self, drawn: &[f64], past_spend: f64, draw: &mut Self::Draw) {
        *draw = self.start(drawn, past_spend);
    }

    /// What the money buys whole, if it does: an insertion, an event.
    fn piece(&self) -> Option<Piece> {
        None
    }

    /// What its usage counts, if it has a ceiling: clicks, visits, emails.
    const USED: Option<&'static str> = None;

    /// What its flow counts.
    fn of(&self) -> Of {
        Of::Leads
    }

    /// The share of what spend does in a week that carries over to the next.
    fn carried_over(&self, _drawn: &[f64]) -> f64 {
        0.0
    }

    /// Does its carry-over peak in a week that no longer counts? By the middle of what is uncertain.
    fn peaks_beyond_its_lags(&self, _inputs: &Inputs) -> bool {
        false
    }

    /// Does some week's spend go beyond what its response curve is known for? `money` is what each week may get; by the
    /// middle of what is uncertain.
    fn goes_beyond_its_points(&self, _money: &[f64], _past_spend: f64, _inputs: &Inputs) -> bool {
        false
    }
}

/// What a channel buys whole or not at all.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Piece {
    /// what one of them is called
    pub noun: &'static str,
    /// what one of them costs, in money
    pub cost: Quantity,
    /// whether each further one brings less
    pub wears_out: bool,
}

/// What a channel's flow counts; of a response curve, what it was fitted to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// leads
    Leads,
    /// orders, won online
    Orders,
    /// the revenue of orders won online
    Revenue,
}

impl Choice for Of {
    const WORDS: &'static [(&'static str, Self)] =
        &[("leads", Self::Leads), ("orders", Self::Orders), ("revenue", Self::Revenue)];
}

/// The keys of channels that spend money.
pub(super) const PAID_KEYS: &[Key] = &[
    Key::amount("budget")
        .certain()
        .or(0.0)
        .unit("money in the horizon")
        .about("what the channel may spend; decided by you, so never uncertain")
        .example("75_000"),
    Key::shape(
        "flighting",
        "\"even\", \"front_loaded\", \"back_loaded\", { every = n }, { weeks = [first, last] } (weeks or dates), { months = [2, 3, 1] } (weights of calendar months) or a weight for each week",
    )
    .or_word("even")
    .about("how the budget is spread over the weeks")
    .example("{ weeks = [3, 8] }"),
    Key::shape("budget_by_week", "{ file = \"budget.csv\", column = \"search\" }: a table with a row a week")
        .about("the money of each week, in place of budget and flighting; a budget beside it is spread as these weeks are")
        .example("{ file = \"budget.csv\", column = \"search\" }"),
];

/// The key of channels that spend money, where the plan has a brand.
pub(super) const BRAND_KEYS: &[Key] = &[Key::fraction("brand_share")
    .or(0.0)
    .unit("share of the spend")
    .about("the part of the spend that also builds the brand; needs [brand]")
    .example("\"30%\"")];

/// The key of channels in which money spent before week 1 still works.
pub(super) const PAST_KEYS: &[Key] = &[Key::amount("past_spend")
    .or(0.0)
    .unit("money a week")
    .about("what was spent a week before week 1, for as long as it matters")
    .example("3_000")];
