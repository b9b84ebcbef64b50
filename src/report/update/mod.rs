//! A plan in the middle of its weeks: the plan of those that are left, and what moved.

mod edit;
mod plan;
mod text;

pub use plan::{Remade, Remaining, with_figures, without_open_deals};
pub use text::{Outlook, outlook_text, update_text};

use std::collections::BTreeMap;

use crate::analysis::update::{MovedInput, Posterior, Update};
use crate::engine::Forecast;
use crate::records::Actuals;
use crate::scenario::Scenario;
use crate::units::Levels;

use super::made_files::MadeFiles;

/// The first words of a plan that was written by an update: only such a file is replaced.
pub const UPDATED: &str = "# The weeks that are left";

/// What an update found.
#[derive(Debug)]
pub struct UpdateReport<'a> {
    /// the plan before
    pub scenario: &'a Scenario,
    /// what came
    pub actuals: &'a Actuals,
    /// what it says
    pub update: &'a Update,
    /// what a planner should know, in sentences
    pub notes: &'a [String],
    /// the forecast before the first week
    pub before: &'a Forecast,
    /// that of the weeks that are left with the figures as they were stated
    pub came: &'a Forecast,
    /// and with the figures as they are known now
    pub now: &'a Forecast,
}

/// The files of draws that inputs are columns of now: name and bytes.
#[must_use]
pub fn draws_of(update: &Update) -> MadeFiles {
    let mut files: BTreeMap<&str, Vec<(&str, &[f64])>> = BTreeMap::new();
    for MovedInput { path, written, .. } in &update.moved {
        if let Posterior::Column { file, values } = written {
            files.entry(file).or_default().push((path, values));
        }
    }
    let files = files.into_iter();
    files.map(|(name, columns)| (name.to_owned(), super::calibration::columns_csv(&columns).into_bytes())).collect()
}

/// The text of the plan of the weeks that are left, behind a few lines on where it is from.
#[must_use]
pub fn updated_plan(report: &UpdateReport<'_>, text: &str) -> String {
    let mut lines = vec![
        format!(
            "{UPDATED} of {}, after {} in {}.",
            report.scenario.title(),
            crate::text::count(report.actuals.weeks as f64, "week"),
            report.actuals.file
        ),
        format!("# Made by foremix {} update. It stands by itself.", env!("CARGO_PKG_VERSION")),
    ];
    lines.extend(report.update.moved.iter().map(|own| {
        let levels = |levels: Levels| {
            let Levels { p10, p50, p90 } = levels.map(|level| crate::text::level(level, own.is_share));
            format!("{p10}, {p50}, {p90}")
        };
        format!(
            "# {}: {} (P10, P50, P90), stated {}; from {}",
            own.path,
            levels(own.now),
            levels(own.stated),
            own.from.join(", ")
        )
    }));
    lines.extend(report.notes.iter().map(|note| format!("# Note: {note}")));
    let lines: Vec<String> = lines.iter().map(|line| line.replace(['\n', '\r'], " ")).collect();
    format!("{}\n\n{text}", lines.join("\n"))
}
