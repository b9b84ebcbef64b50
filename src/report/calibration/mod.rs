//! What was learnt from records, as files and words: the file of draws, the plan that reads it, the page that says where
//! each figure is from, the chart of what was stated beside what was learnt.

mod chart;
mod draws;
mod page;
mod plan;
mod terminal;

use std::path::Path;

use crate::calibrate::{Drift, Learnt, OpenGroup, SourceMatch, Written};
use crate::records::Day;
use crate::scenario::{RawPlan, Scenario};
use crate::text::percent;
use crate::units::Levels;

pub use chart::draw_calibration;
pub(super) use draws::columns_csv;
pub use draws::draws_csv;
pub use page::calibration_page;
pub use plan::calibrated_plan;
pub use terminal::calibration_text;

/// All that a calibration found.
#[derive(Clone, Debug)]
pub struct Calibration<'a> {
    /// the plan as it was stated
    pub scenario: &'a Scenario,
    /// and as it was written
    pub draft: &'a RawPlan,
    /// the day that the records end
    pub as_of: Day,
    /// the exports, one by one
    pub exports: Vec<ExportRead>,
    /// figures with their draws
    pub learnt: Vec<Learnt>,
    /// open deals by age
    pub open: Vec<OpenGroup>,
    /// demand of each planned week beside an average one, where weekly results tell it
    pub season: Option<Vec<f64>>,
    /// which source of the records was taken for which channel
    pub sources: Vec<SourceMatch>,
    /// what a reader must know
    pub warnings: Vec<String>,
}

/// How an export was read.
#[derive(Clone, Debug)]
pub struct ExportRead {
    /// its file
    pub file: String,
    /// whose export it is
    pub system: String,
    /// how many records of what: "1,240 deals, 3 Jan 2025 to 27 Nov 2026"
    pub holds: String,
    /// records that are not used, in words
    pub left_out: Vec<String>,
    /// how it was read, in sentences
    pub guesses: Vec<String>,
}

/// The names of open groups in a plan, from the youngest.
#[must_use]
pub fn open_names(count: usize) -> &'static [&'static str] {
    match count {
        0 => &[],
        1 => &["open_deals"],
        2 => &["open_newer", "open_older"],
        _ => &["open_new", "open_middle", "open_old"],
    }
}

/// The name of the file of draws.
pub const DRAWS_FILE: &str = "posterior.csv";

/// The name of the plan.
pub const PLAN_FILE: &str = "calibrated.toml";

/// A figure as it is written.
fn figure(value: f64, written: Written) -> String {
    crate::text::level(value, written == Written::Share)
}

/// How much is assumed of the time to come.
fn drift(drift: Drift) -> String {
    match drift {
        Drift::None => "none".into(),
        Drift::Learnt => "learnt".into(),
        Drift::Assumed(sd) => format!("assumed ±{}", percent(sd)),
    }
}

/// P10, P50 and P90 of what the plan stated, where it was an uncertain input.
fn stated(scenario: &Scenario, path: &str) -> Option<Levels> {
    let input = scenario.plan.parts.inputs.named(path)?;
    Some(Levels::of(|p| input.distribution.quantile(p)))
}

/// What the plan stated for a path, as it was written.
fn stated_text(draft: &RawPlan, path: &str) -> Option<String> {
    let keys: Vec<String> = path.split('.').map(str::to_owned).collect();
    draft.written(&keys)
}

/// Keys that no export holds.
const IN_NO_EXPORT: [&str; 12] = [
    "sales.selling_time",
    "sales.hours_per_week",
    "sales.hours_per_lead",
    "sales.hours_per_opportunity",
    "sales.lead_half_life",
    "sales.response_hours",
    "sales.opportunity_rate",
    "finance.gross_margin",
    "finance.commission",
    "finance.fixed_costs",
    "deals.return_rate",
    "deals.price_elasticity",
];

/// The last parts of the keys of the plan that no export holds and nothing was learnt of.
fn still_stated(calibration: &Calibration<'_>) -> Vec<&'static str> {
    let is_learnt = |path: &str| calibration.learnt.iter().any(|own| own.path == path);
    let found =
        IN_NO_EXPORT.into_iter().filter(|path| !is_learnt(path) && stated_text(calibration.draft, path).is_some());
    found.map(|path| path.rsplit('.').next().unwrap_or(path)).collect()
}

/// The path of a file as seen from a folder: by `..` where they share a part, whole elsewhere.
fn seen_from(folder: &Path, file: &Path) -> String {
    let (Ok(folder), Ok(file)) = (crate::reading::leads_to(folder), crate::reading::leads_to(file)) else {
        return file.to_string_lossy().into_owned();
    };
    let shared = folder.components().zip(file.components()).take_while(|(a, b)| a == b).count();
    // Nothing but the root in common: another disk, or another tree.
    if shared <= 1 {
        return file.to_string_lossy().into_owned();
    }
    let up = folder.components().count() - shared;
    let mut path: std::path::PathBuf = std::iter::repeat_n("..", up).collect();
    path.extend(file.components().skip(shared));
    path.to_string_lossy().replace('\\', "/")
}
