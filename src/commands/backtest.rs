//! `foremix backtest`: would it have been right? Forecasts at past days from what was known then, against what came.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::calibrate::backtest::{Backtest as Asked, WeeklyBacktest, backtest, backtest_weeks};
use crate::records::{Day, Deals};
use crate::report::BacktestReport;
use crate::text::{count, printable_json};

use super::calibrate::{ExportOptions, Records, read_weeks};
use super::options::ReadingOptions;
use super::{Failure, Reply};

/// Arguments of `foremix backtest`.
#[derive(Args, Clone, Debug)]
pub struct Backtest {
    /// The plan, whose folder questions are written to
    pub plan: Option<PathBuf>,
    /// Deals or opportunities of a CRM: an export as CSV or .xlsx
    #[arg(long, value_name = "FILE", required_unless_present = "weeks")]
    pub deals: Option<PathBuf>,
    /// Leads or contacts, each with the day it came
    #[arg(long, value_name = "FILE", requires = "deals")]
    pub leads: Option<PathBuf>,
    /// In place of deals, weekly results: the table weeks of the map names the column of the result
    #[arg(long, value_name = "FILE", conflicts_with = "deals")]
    pub weeks: Option<PathBuf>,
    /// What the exports leave open: answers in TOML
    #[arg(long, value_name = "FILE")]
    pub map: Option<PathBuf>,
    /// The day the exports were made [default: the last day that they record]
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<jiff::civil::Date>,
    /// What may be read
    #[command(flatten)]
    pub reading: ReadingOptions,
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
        let Some(deals) = &self.deals else { return self.weekly(&beside, width) };
        let options = ExportOptions {
            deals: deals.clone(),
            leads: self.leads.clone(),
            map: self.map.clone(),
            as_of: self.as_of,
            reading: self.reading.clone(),
        };
        let records = Records::read(&options, &[], &beside, "")?;
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
        Ok(self.reply(&BacktestReport { scored: &scored, horizon: asked.horizon, exports }, width))
    }

    /// Forecasts totals of a weekly result.
    fn weekly(&self, beside: &Path, width: usize) -> Result<Reply, Failure> {
        let path = self.weeks.clone().unwrap_or_default();
        let (weeks, column) = read_weeks(&self.reading, self.map.as_deref(), &path, beside)?;
        let results = weeks.columns.get(&column).map(Vec::as_slice).unwrap_or_default();
        let (horizon, every) = (usize::from(self.horizon), usize::from(self.every));
        let scored = backtest_weeks(&WeeklyBacktest { weeks: &weeks.weeks, results, horizon, every });
        let held = count(weeks.weeks.len() as f64, "week");
        let exports = vec![format!("{}: {held} of \"{column}\".", path.display())];
        Ok(self.reply(&BacktestReport { scored: &scored, horizon, exports }, width))
    }

    fn reply(&self, report: &BacktestReport<'_>, width: usize) -> Reply {
        Reply::said(if self.json {
            format!("{}\n", printable_json(&serde_json::to_string_pretty(&report.json()).unwrap_or_default()))
        } else {
            format!("{}\n", report.text(width))
        })
    }
}
