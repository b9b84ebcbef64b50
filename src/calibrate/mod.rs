//! Figures of a plan learnt from records: close rates and cycles, deal values, the volume of leads, rates of the funnel,
//! prices of clicks. It knows records and figures, and nothing of files and plans.

mod ads;
pub mod backtest;
mod chance;
pub mod closing;
pub mod conditioned;
mod curves;
mod deals;
mod lead_question;
mod leads;
mod learnt;
mod linear;
mod mail;
mod pipeline;
mod rates;
mod recording;
mod repeat;
mod smoothing;
mod sources;
pub mod values;
mod volume;
mod weekly;
mod weeks;

pub use ads::{AdQuestion, learn_from_ads};
pub use curves::CurveChannel;
pub use deals::{DealQuestion, FEWEST_RECORDS, FromDeals, SourceMatch, TeachNothing, Worth, learn_from_deals};
pub use lead_question::LeadQuestion;
pub use leads::learn_from_leads;
pub use learnt::{Drift, Learnt, Written, percentile};
pub use mail::{MailQuestion, learn_from_mail};
pub use pipeline::{OpenDeal, OpenGroup};
pub use repeat::learn_from_orders;
pub use sources::{PlanChannel, channel_of};
pub use weeks::{FromWeeks, WeekQuestion, learn_from_weeks};

/// Draws of a posterior: rows of the file that a calibrated plan reads.
pub const DRAWS: usize = 4_096;
