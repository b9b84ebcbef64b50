//! `foremix calibrate`: what do our own records say? From exports to a plan that reads what they teach.

mod exports;
mod facts;

use std::path::PathBuf;

use clap::Args;

use crate::calibrate::{
    AdQuestion, DealQuestion, Drift, FromDeals, LeadQuestion, Learnt, OpenGroup, Written, learn_from_ads,
    learn_from_deals, learn_from_leads,
};
use crate::records::Day;
use crate::report::{
    self, Calibration, Destination, ExportRead, Folder, PLAN_FILE, Written as WrittenFolder, open_names,
};
use crate::scenario::{Loaded, file_name_of};
use crate::text::printable;

use super::options::{ReadingOptions, charts, formats_of};
use super::{Failure, Reply};

pub(super) use exports::{Records, read_weeks};
use facts::PlanFacts;

/// Options that name exports.
#[derive(Args, Clone, Debug)]
pub struct ExportOptions {
    /// Deals or opportunities of a CRM: an export as CSV or .xlsx
    #[arg(long, value_name = "FILE")]
    pub deals: PathBuf,
    /// Leads or contacts, each with the day it came
    #[arg(long, value_name = "FILE")]
    pub leads: Option<PathBuf>,
    /// What the exports leave open: answers in TOML
    #[arg(long, value_name = "FILE")]
    pub map: Option<PathBuf>,
    /// The day the exports were made [default: the last day that they record]
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<jiff::civil::Date>,
    /// What may be read
    #[command(flatten)]
    pub reading: ReadingOptions,
}

/// Arguments of `foremix calibrate`.
#[derive(Args, Clone, Debug)]
pub struct Calibrate {
    /// What was recorded
    #[command(flatten)]
    pub exports: ExportOptions,
    /// Spend and clicks of ads, by day or week (may be repeated)
    #[arg(long, value_name = "FILE")]
    pub ads: Vec<PathBuf>,
    /// The plan as you stated it: what is learnt is laid over it
    #[arg(long, value_name = "PLAN")]
    pub into: PathBuf,
    /// Where the results go [default: a folder in output/, by the name of the plan]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// What charts are written as
    #[arg(long, value_name = "LIST", value_delimiter = ',', default_value = "png,svg")]
    pub formats: Vec<String>,
    /// Print nothing but errors
    #[arg(long)]
    pub quiet: bool,
}

impl Calibrate {
    /// Reads the exports, learns, writes the folder, and replies with what was learnt.
    ///
    /// # Errors
    ///
    /// Why it could not be done; nothing but questions is written then.
    pub fn execute(&self, width: usize) -> Result<Reply, Failure> {
        let formats = formats_of(&self.formats)?;
        let Loaded { scenario, draft } = self.exports.reading.loader()?.load::<&str>(&self.into, None, &[])?;
        let facts = PlanFacts::of(&draft, &scenario)?;
        let folder = self.out.clone().unwrap_or_else(|| {
            PathBuf::from("output").join(format!("{}-calibrated", file_name_of(&scenario.results_name)))
        });
        let place = Destination::at(&folder)?;
        let records = Records::read(&self.exports, &self.ads, &self.into, &scenario.currency)?;
        let question = DealQuestion {
            deals: &records.deals,
            channels: &facts.channels,
            said: &records.said,
            weeks: scenario.plan.parts.horizon.weeks,
            worth: facts.worth,
            has_sales: facts.has_sales,
        };
        let FromDeals { mut learnt, open, sources, open_drift, mut warnings } = learn_from_deals(&question)
            .map_err(|why| Failure::Usage(format!("{}: {why}", self.exports.deals.display())))?;
        if let Some(leads) = &records.leads {
            let question = LeadQuestion {
                leads,
                as_of: records.deals.as_of,
                channels: &facts.channels,
                said: &records.said,
                weeks: scenario.plan.parts.horizon.weeks,
                has_sales: facts.has_sales,
            };
            let (of_leads, notes) = learn_from_leads(&question);
            learnt.extend(of_leads);
            warnings.extend(notes);
        }
        if !records.ads.is_empty() {
            let question = AdQuestion { reports: &records.ads, channels: &facts.channels, said: &records.said };
            let (of_ads, notes) = learn_from_ads(&question);
            learnt.extend(of_ads);
            warnings.extend(notes);
        }
        learnt.extend(of_open_deals(&open, open_drift));
        warnings.extend(facts.far_from(records.deals.as_of));
        let calibration = Calibration {
            scenario: &scenario,
            draft: &draft,
            as_of: records.deals.as_of,
            exports: records.exports,
            learnt,
            open,
            sources,
            warnings,
        };
        let mut files = Folder::default();
        for (name, bytes) in report::draw_calibration(&calibration, 1, &charts(&formats))? {
            files.add(name, bytes);
        }
        files.add(report::DRAWS_FILE, report::draws_csv(&calibration.learnt).into_bytes());
        files.add(PLAN_FILE, printable(&report::calibrated_plan(&calibration, &folder)).into_owned().into_bytes());
        files.add("calibration.md", printable(&report::calibration_page(&calibration)).into_owned().into_bytes());
        let (written, trouble) = match files.write(&place) {
            Ok(WrittenFolder { path, trouble }) => (Some(path), trouble),
            Err(error) => (None, Some(error)),
        };
        let text = match &written {
            _ if self.quiet => String::new(),
            None => format!("{}\n", report::calibration_text(&calibration, width)),
            Some(path) => format!(
                "{}\n\nWritten to {}\nNext: foremix run {}\n",
                report::calibration_text(&calibration, width),
                path.display(),
                path.join(PLAN_FILE).display()
            ),
        };
        Ok(Reply { text, written, troubles: trouble.map(Failure::from).into_iter().collect() })
    }
}

/// The figures of the groups of open deals.
fn of_open_deals(groups: &[OpenGroup], drift: Drift) -> Vec<Learnt> {
    let mut learnt = Vec::new();
    for (group, name) in groups.iter().zip(open_names(groups.len())) {
        let ages = format!("{:.0} to {:.0} days", group.ages.0.floor(), group.ages.1.floor());
        let figure = |key: &str, label: &str, draws: &[f64], written: Written| Learnt {
            path: format!("deals.open.{name}.{key}"),
            label: format!("open {ages}: {label}"),
            draws: draws.to_vec(),
            from: crate::text::count(group.count as f64, "open deal"),
            method: "each open deal by its age and channel, all cohorts taken together, and one factor on the odds of all",
            prior: "as of close rate and cycle",
            drift,
            remark: String::new(),
            written,
        };
        learnt.push(figure("close_rate", "close rate", &group.close_rate, Written::Share));
        learnt.push(figure("weeks_to_close", "weeks to close", &group.weeks_to_close, Written::Weeks));
    }
    learnt
}

/// How an export was read, for the reader.
fn export_read(export: &crate::records::Export, holds: String, left_out: Vec<String>) -> ExportRead {
    ExportRead {
        file: export.file.clone(),
        system: export.system.to_owned(),
        holds,
        left_out,
        guesses: export.guesses.clone(),
    }
}

/// Records in words, with their first and last day.
fn held(count: usize, noun: &str, days: impl Iterator<Item = Day> + Clone) -> String {
    let number = crate::text::count(count as f64, noun);
    match (days.clone().min(), days.max()) {
        (Some(first), Some(last)) => format!("{number}, {first} to {last}"),
        _ => number,
    }
}
