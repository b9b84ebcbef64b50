//! The page that says of each figure where it is from.

use std::fmt::Write;

use crate::calibrate::Drift;
use crate::text::percent;
use crate::units::Levels;

use super::{Calibration, DRAWS_FILE, PLAN_FILE, drift, figure, stated, stated_text, still_stated};

/// `calibration.md`.
#[must_use]
pub fn calibration_page(calibration: &Calibration<'_>) -> String {
    let mut text = String::new();
    let title = cell(&calibration.scenario.title());
    let _ = writeln!(text, "# {title}: what the records say\n");
    let _ = writeln!(
        text,
        "As of {}. `{PLAN_FILE}` is the plan with these figures, `{DRAWS_FILE}` holds their draws, a row a draw: \
         figures that belong together stay together.\n",
        calibration.as_of
    );
    read(&mut text, calibration);
    learnt(&mut text, calibration);
    how(&mut text, calibration);
    assumed(&mut text, calibration);
    if !calibration.warnings.is_empty() {
        let _ = writeln!(text, "\n## Take note\n");
        for warning in &calibration.warnings {
            let _ = writeln!(text, "- {warning}");
        }
    }
    text
}

/// What was read of each export.
fn read(text: &mut String, calibration: &Calibration<'_>) {
    let _ = writeln!(text, "## What was read\n");
    for export in &calibration.exports {
        let _ = writeln!(text, "- **{}** ({}): {}.", cell(&export.file), export.system, export.holds);
        for line in &export.left_out {
            let _ = writeln!(text, "  - Left out: {line}.");
        }
        for guess in &export.guesses {
            let _ = writeln!(text, "  - {guess}");
        }
    }
}

/// Each figure that was learnt, a row.
fn learnt(text: &mut String, calibration: &Calibration<'_>) {
    let _ = writeln!(text, "\n## What was learnt\n");
    let _ = writeln!(text, "| input | from | P10 | P50 | P90 | you stated (P10 to P90) | drift |");
    let _ = writeln!(text, "| --- | --- | ---: | ---: | ---: | --- | --- |");
    for own in &calibration.learnt {
        let Levels { p10, p50, p90 } = own.levels().map(|level| figure(level, own.written));
        let was = match stated(calibration.scenario, &own.path) {
            Some(stated) => format!("{} to {}", figure(stated.p10, own.written), figure(stated.p90, own.written)),
            None => stated_text(calibration.draft, &own.path).unwrap_or_else(|| "nothing".into()),
        };
        let remark = if own.remark.is_empty() { String::new() } else { format!(" ({})", own.remark) };
        let _ = writeln!(
            text,
            "| `{}` | {}{remark} | {p10} | {p50} | {p90} | {} | {} |",
            cell(&own.path),
            own.from,
            cell(&was),
            drift(own.drift)
        );
    }
}

/// By which method, and what was taken for likely before.
fn how(text: &mut String, calibration: &Calibration<'_>) {
    let _ = writeln!(text, "\n## How\n");
    let mut methods: Vec<(&str, &str)> = Vec::new();
    for own in &calibration.learnt {
        if !methods.contains(&(own.method, own.prior)) {
            methods.push((own.method, own.prior));
        }
    }
    for (method, prior) in methods {
        let of: Vec<String> = calibration
            .learnt
            .iter()
            .filter(|own| (own.method, own.prior) == (method, prior))
            .map(|own| format!("`{}`", cell(&own.path)))
            .collect();
        let _ = writeln!(text, "- {}: {method}. Taken for likely before any record: {prior}.", of.join(", "));
    }
}

/// What no record says.
fn assumed(text: &mut String, calibration: &Calibration<'_>) {
    let assumed: Vec<f64> = calibration
        .learnt
        .iter()
        .filter_map(|own| match own.drift {
            Drift::Assumed(sd) => Some(sd),
            _ => None,
        })
        .collect();
    let _ = writeln!(text, "\n## What was assumed\n");
    if !assumed.is_empty() {
        let most = assumed.iter().copied().fold(0.0, f64::max);
        let _ = writeln!(
            text,
            "- Next quarter is not like the last ones. Where the records are too short to show by how much, it is \
             assumed: up to ±{} (one standard deviation, on the figure's own scale). These assumptions rest on few \
             series of other firms, and they make much of the ranges.",
            percent(most)
        );
    }
    let _ = writeln!(
        text,
        "- Early in a cycle a low close rate and a long cycle look alike: both are uncertain together in the draws.\n\
         - Losses that were deleted, close dates that were rewritten, and exports that were filtered beat any model.\n\
         - If the team was short of hours while these deals were worked, the rates hold that already: then the hours of \
         the plan must not limit them a second time."
    );
    let still = still_stated(calibration);
    if !still.is_empty() {
        let words: Vec<String> = still.iter().map(|own| format!("`{own}`")).collect();
        let _ = writeln!(text, "- In no export, still as you stated: {}.", words.join(", "));
    }
}

/// A text that breaks no table of a page.
fn cell(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|")
}
