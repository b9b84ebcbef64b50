//! `foremix backtest`: would it have been right? Forecasts at past days from what was known then, against what came.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::calibrate::backtest::{Backtest as Asked, WeeklyBacktest, backtest, backtest_weeks, score_said};
use crate::engine::Unwatched;
use crate::records::{Day, Deals, SaidForecast};
use crate::report::{BacktestReport, Format, SaidReport};
use crate::scenario::file_name_of;
use crate::text::count;
use crate::units::Date;

use super::calibrate::{ExportOptions, Records, WeekRecords, read_weeks};
use super::options::{OutputOptions, ReadingOptions, charts};
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
    pub as_of: Option<Date>,
    /// What may be read
    #[command(flatten)]
    pub reading: ReadingOptions,
    /// How many weeks ahead
    #[arg(long, value_name = "WEEKS", allow_negative_numbers = true, default_value_t = 13, value_parser = clap::value_parser!(u16).range(1..=104))]
    pub horizon: u16,
    /// Weeks from one cut to the next
    #[arg(long, value_name = "WEEKS", allow_negative_numbers = true, default_value_t = 4, value_parser = clap::value_parser!(u16).range(1..=104))]
    pub every: u16,
    /// The first cut [default: the first day with 26 weeks and 20 wins before it]
    #[arg(long, value_name = "DATE")]
    pub from: Option<Date>,
    /// Score the forecasts of a log of `foremix run --log` in place of forecasts made for past days
    #[arg(long, value_name = "FILE", requires = "deals")]
    pub log: Option<PathBuf>,
    /// Where results go
    #[command(flatten)]
    pub output: OutputOptions,
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
            deals: Some(deals.clone()),
            leads: self.leads.clone(),
            orders: None,
            mail: None,
            map: self.map.clone(),
            as_of: self.as_of,
            reading: self.reading.clone(),
        };
        let records = Records::read(&options, &[], &beside, "")?;
        let exports = records.exports.iter().map(|own| format!("{} ({}): {}.", own.file, own.system, own.holds));
        let mut exports: Vec<String> = exports.collect();
        if let Some(log) = &self.log {
            return self.said(log, &records.deals, exports, width);
        }
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
        if of_leads.is_some() {
            exports.push(format!(
                "The numbers of deals are those of leads: wins are forecast of {}.",
                count(deals.list.len() as f64, "lead")
            ));
        }
        self.reply(&BacktestReport { scored: &scored, horizon: asked.horizon, exports }, width)
    }

    /// Scores what was said.
    fn said(&self, log: &Path, deals: &Deals, exports: Vec<String>, width: usize) -> Result<Reply, Failure> {
        let said = SaidForecast::read(&self.reading.files()?, log).map_err(Failure::Records)?;
        let scores = score_said(&said, deals, deals.as_of);
        let report = SaidReport { scores: &scores, exports };
        let place = self.output.place(&format!("{}-said", self.name()))?;
        self.output.deliver(&place, Vec::new(), &report.summary(), || report.text(width), &Unwatched)
    }

    /// What results are called after: the plan, else the records.
    fn name(&self) -> String {
        let named = self.plan.as_ref().or(self.deals.as_ref()).or(self.weeks.as_ref());
        file_name_of(&named.and_then(|path| path.file_stem()).unwrap_or_default().to_string_lossy())
    }

    /// Forecasts totals of a weekly result.
    fn weekly(&self, beside: &Path, width: usize) -> Result<Reply, Failure> {
        let path = self.weeks.clone().unwrap_or_default();
        let WeekRecords { weeks, result, read, .. } =
            &read_weeks(&self.reading, self.map.as_deref(), &path, beside, &[])?;
        let results = weeks.columns.get(result).map(Vec::as_slice).unwrap_or_default();
        let (horizon, every) = (usize::from(self.horizon), usize::from(self.every));
        let scored = backtest_weeks(&WeeklyBacktest { weeks: &weeks.weeks, results, horizon, every });
        let exports = vec![format!("{}: {}.", read.file, read.holds)];
        self.reply(&BacktestReport { scored: &scored, horizon, exports }, width)
    }

    fn reply(&self, report: &BacktestReport<'_>, width: usize) -> Result<Reply, Failure> {
        let formats = self.output.formats("backtest", Format::DRAWN)?;
        let place = self.output.place(&format!("{}-backtest", self.name()))?;
        let pictures = report.draw(&self.name(), &charts(&formats))?;
        self.output.deliver(&place, pictures, &report.summary(), || report.text(width), &Unwatched)
    }
}
