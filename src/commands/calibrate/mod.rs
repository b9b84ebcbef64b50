//! `foremix calibrate`: what do our own records say? From exports to a plan that reads what they teach.

mod exports;
mod facts;
mod learning;

use std::path::{Path, PathBuf};

use clap::Args;

use crate::records::Day;
use crate::report::{self, Calibration, Destination, Folder, Format, MadeFiles, PLAN_FILE, Written as WrittenFolder};
use crate::scenario::{Loaded, file_name_of};
use crate::text::printable;

use super::options::{charts, formats_of};
use super::{Failure, Reply};

pub use exports::ExportOptions;
pub(super) use exports::{Records, WeekRecords, read_weeks};
use facts::PlanFacts;
use learning::{Learning, end_of};

/// Arguments of `foremix calibrate`.
#[derive(Args, Clone, Debug)]
pub struct Calibrate {
    /// What was recorded
    #[command(flatten)]
    pub exports: ExportOptions,
    /// Spend and clicks of ads, by day or week (may be repeated)
    #[arg(long, value_name = "FILE", requires = "deals")]
    pub ads: Vec<PathBuf>,
    /// Weekly results and the spend of each channel: for the season, and for curves of channels of kind response
    #[arg(long, value_name = "FILE")]
    pub weeks: Option<PathBuf>,
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

/// Where what was learnt goes.
#[derive(Debug)]
pub(super) struct Target<'a> {
    /// the place of the folder
    pub(super) place: &'a Destination,
    /// the folder
    pub(super) folder: &'a Path,
    /// further files of the folder: name and bytes
    pub(super) beside: MadeFiles,
    /// what else a reader should know, in sentences
    pub(super) notes: Vec<String>,
}

impl Calibrate {
    /// Reads the exports, learns, writes the folder, and replies with what was learnt.
    ///
    /// # Errors
    ///
    /// Why it could not be done; nothing but questions is written then.
    pub fn execute(&self, width: usize) -> Result<Reply, Failure> {
        formats_of(&self.formats, "calibrate", Format::DRAWN)?;
        let Loaded { scenario, draft } = self.exports.reading.loader()?.load::<&str>(&self.into, None, &[])?;
        PlanFacts::of(&draft, &scenario)?;
        let folder = self.out.clone().unwrap_or_else(|| {
            PathBuf::from("output").join(format!("{}-calibrated", file_name_of(&scenario.results_name)))
        });
        let place = Destination::at(&folder)?;
        let ExportOptions { deals, orders, mail, .. } = &self.exports;
        if [deals, orders, mail, &self.weeks].iter().all(|file| file.is_none()) {
            return Err(Failure::Usage("nothing to learn from: give --deals, --weeks, --orders or --mail".into()));
        }
        let records = Records::read(&self.exports, &self.ads, &self.into, &scenario.currency)?;
        let target = Target { place: &place, folder: &folder, beside: Vec::new(), notes: Vec::new() };
        self.learn(records, &Loaded { scenario, draft }, target, width)
    }

    /// Learns from records, writes the folder, and replies with what was learnt.
    ///
    /// # Errors
    ///
    /// As those of [`execute`](Self::execute).
    pub(super) fn learn(
        &self,
        mut records: Records,
        Loaded { scenario, draft }: &Loaded,
        target: Target<'_>,
        width: usize,
    ) -> Result<Reply, Failure> {
        let formats = formats_of(&self.formats, "calibrate", Format::DRAWN)?;
        let facts = PlanFacts::of(draft, scenario)?;
        let horizon = scenario.plan.parts.horizon.weeks;
        let weekly = self.weeks.as_ref().map(|path| {
            let ExportOptions { map, reading, .. } = &self.exports;
            read_weeks(reading, map.as_deref(), path, &self.into, &facts.channels)
        });
        let weekly = weekly.transpose()?;
        let deals = self.exports.deals.as_deref().map_or_else(String::new, |path| path.display().to_string());
        let mut learning = Learning::of_records(&records, &facts, horizon, &deals)?;
        let mut as_of = records.deals.as_of;
        if let Some(weekly) = &weekly {
            learning.add_weeks(weekly, &facts, horizon)?;
            records.exports.push(weekly.read.clone());
            if !records.has_deals && records.orders.is_none() && records.mail.is_none() {
                as_of = self.exports.as_of.map(Day::of).or(end_of(weekly)).unwrap_or(as_of);
            }
        }
        let Learning { learnt, open, sources, season, mut warnings } = learning;
        warnings.extend(facts.far_from(as_of));
        warnings.extend(target.notes);
        let calibration =
            Calibration { scenario, draft, as_of, exports: records.exports, learnt, open, sources, season, warnings };
        let mut files = Folder::default();
        for (name, bytes) in report::draw_calibration(&calibration, 1, &charts(&formats))? {
            files.add(name, bytes);
        }
        if !calibration.learnt.is_empty() {
            files.add(report::DRAWS_FILE, report::draws_csv(&calibration.learnt).into_bytes());
        }
        files
            .add(PLAN_FILE, printable(&report::calibrated_plan(&calibration, target.folder)).into_owned().into_bytes());
        target.beside.into_iter().for_each(|(name, bytes)| files.add(name, bytes));
        files.add("calibration.md", printable(&report::calibration_page(&calibration)).into_owned().into_bytes());
        let (written, trouble) = match files.write(target.place) {
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
