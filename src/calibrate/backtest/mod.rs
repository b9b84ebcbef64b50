//! Would it have been right? At past days, the forecast made from what was known then, against what came, beside forecasts
//! that take no model.

mod bars;
mod results;
mod said;
mod score;
mod spread;
mod wins;

use serde::{Deserialize, Serialize};

pub use results::{FEWEST_RESULTS, WeeklyBacktest, backtest_weeks};
pub use said::{SaidScore, SaidScores, score_said};
pub use score::{Score, Scored, score};
pub use spread::{PastSpread, past_spread};
pub(super) use wins::own_spread;
pub use wins::{Backtest, backtest, cuts};

/// What is forecast.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// all wins of the weeks ahead
    Wins,
    /// wins of records that were open at the cut
    #[serde(rename = "wins_of_open")]
    OfOpen,
    /// the total of a weekly result
    Result,
}

/// A way to forecast.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// this model
    Model,
    /// as many as in the same time before
    LastWeeks,
    /// as many as in the same weeks of the year before
    LastYear,
    /// simple exponential smoothing of weekly figures
    Smoothing,
}

impl Way {
    /// What it is called.
    #[must_use]
    pub fn name(self, horizon: usize) -> String {
        match self {
            Self::Model => "this model".into(),
            Self::LastWeeks if horizon == 1 => "the last week again".into(),
            Self::LastWeeks => format!("the last {horizon} weeks again"),
            Self::LastYear => "the same weeks last year".into(),
            Self::Smoothing => "exponential smoothing".into(),
        }
    }
}

/// Draws of a forecast.
const FORECAST_DRAWS: usize = 1_000;

/// Weeks ahead at which a forecast is scored: 1, 2, 4, 8, 13, 26, 52 as far as they lie below the horizon, and the horizon.
#[must_use]
pub fn steps(horizon: usize) -> Vec<usize> {
    let below = [1, 2, 4, 8, 13, 26, 52].into_iter().filter(|weeks| *weeks < horizon);
    below.chain(std::iter::once(horizon)).collect()
}
