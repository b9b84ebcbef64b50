//! What was learnt, as text for a terminal.

use comfy_table::CellAlignment;

use crate::text::{count, listed, wrap};
use crate::units::Levels;

use super::{Calibration, drift, figure, open_names, stated, stated_text, still_stated};

/// The whole text.
#[must_use]
pub fn calibration_text(calibration: &Calibration<'_>, width: usize) -> String {
    let mut parts: Vec<String> = calibration.exports.iter().map(|export| export_words(export, width)).collect();
    parts.push(table(calibration));
    let leaning: Vec<String> = calibration
        .learnt
        .iter()
        .filter(|own| !own.remark.is_empty())
        .map(|own| format!("{} ({})", own.label, own.remark))
        .collect();
    if !leaning.is_empty() {
        parts.push(wrap(&format!("Take with care: {}.", listed(&leaning, "and")), width, ""));
    }
    let open: Vec<String> = calibration
        .open
        .iter()
        .zip(open_names(calibration.open.len()))
        .map(|(group, name)| format!("{} in [deals.open.{name}]", group.count))
        .collect();
    if !open.is_empty() {
        let text = format!("Open deals by age, from the youngest: {}.", listed(&open, "and"));
        parts.push(wrap(&text, width, ""));
    }
    if let Some(text) = sources(calibration) {
        parts.push(wrap(&text, width, ""));
    }
    if let Some(season) = &calibration.season {
        let low = season.iter().copied().fold(f64::INFINITY, f64::min);
        let high = season.iter().copied().fold(0.0, f64::max);
        let text = format!(
            "Season: the planned weeks bring {} to {} of an average week of the last year. That is a point estimate: the plan \
             takes it as certain.",
            crate::text::percent(low),
            crate::text::percent(high)
        );
        parts.push(wrap(&text, width, ""));
    }
    let still = still_stated(calibration);
    if !still.is_empty() {
        let words: Vec<String> = still.iter().map(|&own| own.to_owned()).collect();
        parts.push(wrap(&format!("In no export, still as you stated: {}.", listed(&words, "and")), width, ""));
    }
    parts.extend(calibration.warnings.iter().map(|warning| wrap(&format!("Note: {warning}"), width, "  ")));
    parts.join("\n\n")
}

fn export_words(export: &super::ExportRead, width: usize) -> String {
    let mut text = format!("{} ({}): {}.", export.file, export.system, export.holds);
    if !export.left_out.is_empty() {
        text.push_str(&format!(" Left out: {}.", export.left_out.join(", ")));
    }
    for guess in &export.guesses {
        text.push(' ');
        text.push_str(guess);
    }
    wrap(&text, width, "  ")
}

fn table(calibration: &Calibration<'_>) -> String {
    let mut table = crate::report::aligned::table(&["input", "from", "P10", "P50", "P90", "drift", "you stated"]);
    for own in &calibration.learnt {
        let Levels { p10, p50, p90 } = own.levels().map(|level| figure(level, own.written));
        let was = match stated(calibration.scenario, &own.path) {
            Some(stated) => format!("{} to {}", figure(stated.p10, own.written), figure(stated.p90, own.written)),
            None => stated_text(calibration.draft, &own.path).filter(|text| text.len() < 12).unwrap_or_default(),
        };
        table.add_row([own.label.clone(), own.from.clone(), p10, p50, p90, drift(own.drift), was]);
    }
    for column in [1, 5, 6] {
        if let Some(column) = table.column_mut(column) {
            column.set_cell_alignment(CellAlignment::Left);
        }
    }
    crate::report::aligned::shown(&table)
}

/// Which sources were taken for which channels; small ones are told together.
fn sources(calibration: &Calibration<'_>) -> Option<String> {
    let told = calibration.sources.iter().filter(|own| own.records >= crate::calibrate::FEWEST_RECORDS);
    let (known, unknown): (Vec<_>, Vec<_>) = told.partition(|own| own.channel.is_some());
    let words: Vec<String> =
        known.iter().map(|own| format!("{} for {}", own.source, own.channel.as_deref().unwrap_or_default())).collect();
    let mut text = Vec::new();
    if !words.is_empty() {
        text.push(format!("Sources taken for channels of the plan: {}.", listed(&words, "and")));
    }
    if !unknown.is_empty() {
        let words: Vec<String> =
            unknown.iter().map(|own| format!("{} ({})", own.source, count(own.records as f64, "record"))).collect();
        text.push(format!(
            "No channel of the plan was found for {}: name it in a map, in [deals.channel].",
            listed(&words, "and")
        ));
    }
    (!text.is_empty()).then(|| text.join(" "))
}
