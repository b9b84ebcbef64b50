//! `foremix backtest`: would it have been right? Forecasts at past days from what was known then, against what came.

use std::path::PathBuf;

use clap::Args;

use crate::calibrate::backtest::{Backtest as Asked, backtest};
use crate::records::{Day, Deals};
use crate::report::BacktestReport;
use crate::text::{count, printable_json};

use super::calibrate::{ExportOptions, Records};
use super::{Failure, Reply};

/// Arguments of `foremix backtest`.
#[derive(Args, Clone, Debug)]
pub struct Backtest {
    /// The plan, whose folder questions are written to
    pub plan: Option<PathBuf>,
    /// What was recorded
    #[command(flatten)]
    pub exports: ExportOptions,
    /// How many weeks ahead
    #[arg(long, value_name = "WEEKS", default_value_t = 13, value_parser = clap::value_parser!(u16).range(1..=104))]
    pub horizon: u16,
    /// Weeks from one cut to the next
    #[arg(long, value_name = "WEEKS", default_value_t = 4, value_parser = clap::value_parser!(u16).range(1..=104))]
    pub every: u16,
    /// The first cut [default: the first day with 26 weeks and 20 wins before it]
    #[arg(long, value_name = "DATE")]
    pub from: Option<jiff::civil::Date>,
    /// Print the forecasts and scores as JSON, and nothing else
    #[arg(long)]
    pub json: bool,
}

/// What leads and opportunities usually close at.
const USUAL_LEAD: f64 = 0.1;
const USUAL_OPPORTUNITY: f64 = 0.22;

impl Backtest {
    /// Forecasts at every cut and replies with the scores.
    ///
    /// # Errors
    ///
    /// Why it could not be done.
    pub fn execute(&self, width: usize) -> Result<Reply, Failure> {
        let beside = self.plan.clone().unwrap_or_default();
        let records = Records::read(&self.exports, &[], &beside, "")?;
        let of_leads = records.leads.as_ref().and_then(|leads| Deals::of_leads(leads, &records.deals));
        let usual_rate = if of_leads.is_some() { USUAL_LEAD } else { USUAL_OPPORTUNITY };
        let deals = of_leads.as_ref().unwrap_or(&records.deals);
        let last = deals.list.iter().map(|deal| deal.created).max().unwrap_or_default();
        let asked = Asked {
            deals,
            last,
            horizon: usize::from(self.horizon),
            every: usize::from(self.every),
            from: self.from.map(Day::of),
            usual_rate,
        };
        let scored = backtest(&asked);
        let exports = records.exports.iter().map(|own| format!("{} ({}): {}.", own.file, own.system, own.holds));
        let mut exports: Vec<String> = exports.collect();
        if of_leads.is_some() {
            exports.push(format!(
                "The numbers of deals are those of leads: wins are forecast of {}.",
                count(deals.list.len() as f64, "lead")
            ));
        }
        let report = BacktestReport { scored: &scored, horizon: asked.horizon, exports };
        let text = if self.json {
            format!("{}\n", printable_json(&serde_json::to_string_pretty(&report.json()).unwrap_or_default()))
        } else {
            format!("{}\n", report.text(width))
        };
        Ok(Reply::said(text))
    }
}
