//! The calibrated plan: it builds on the stated one, and reads each figure that was learnt from the file of draws.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use crate::calibrate::Learnt;
use crate::reading::{Node, Table, Value, path_text};
use crate::units::Levels;

use super::{Calibration, DRAWS_FILE, drift, figure, open_names, seen_from, stated_text};

/// The text of the plan, as it stands in `folder`.
#[must_use]
pub fn calibrated_plan(calibration: &Calibration<'_>, folder: &Path) -> String {
    let mut text = String::new();
    let files: Vec<String> =
        calibration.exports.iter().map(|own| format!("{} ({})", one_line(&own.file), own.system)).collect();
    let _ = writeln!(text, "# What the records say up to {}, laid over the plan as it was stated.", calibration.as_of);
    let _ = writeln!(text, "# Made by foremix {} from {}.", env!("CARGO_PKG_VERSION"), files.join(", "));
    let _ = writeln!(text, "# All figures below come from one file of draws, and keep together in every draw.");
    for warning in &calibration.warnings {
        let _ = writeln!(text, "# Note: {}", one_line(warning));
    }
    let base = seen_from(folder, &calibration.scenario.path);
    let _ = writeln!(text, "\nextends = {}", quoted(&base));
    if let Some(correlations) = correlations(calibration) {
        let _ = writeln!(text, "{correlations}");
    }
    for (table, figures) in by_table(&calibration.learnt) {
        if table.starts_with("deals.open.") {
            continue;
        }
        let _ = writeln!(text, "\n[{}]", header(&table));
        for own in figures {
            text.push_str(&line(calibration, own));
        }
    }
    text.push_str(&season(calibration));
    text.push_str(&open_deals(calibration));
    text
}

/// The season of the planned weeks.
fn season(calibration: &Calibration<'_>) -> String {
    let Some(season) = &calibration.season else { return String::new() };
    let weeks: Vec<String> = season.iter().map(|week| format!("{week:.3}")).collect();
    let stated = stated_text(calibration.draft, "market.seasonality").map(|text| format!("; was {}", one_line(&text)));
    format!(
        "\n[market]\n# Demand of each planned week beside an average week of the last year, from weekly results{}. A point estimate.\n\
         seasonality = [{}]\n",
        stated.unwrap_or_default(),
        weeks.join(", ")
    )
}

/// Figures by the table that they stand in, in the order in which they were learnt.
fn by_table(learnt: &[Learnt]) -> Vec<(String, Vec<&Learnt>)> {
    let mut tables: Vec<(String, Vec<&Learnt>)> = Vec::new();
    for own in learnt {
        let (table, _) = own.path.rsplit_once('.').unwrap_or(("", &own.path));
        match tables.iter_mut().find(|(name, _)| name == table) {
            Some((_, figures)) => figures.push(own),
            None => tables.push((table.to_owned(), vec![own])),
        }
    }
    tables
}

fn line(calibration: &Calibration<'_>, own: &Learnt) -> String {
    let key = own.path.rsplit('.').next().unwrap_or(&own.path);
    let Levels { p10, p50, p90 } = own.levels().map(|level| figure(level, own.written));
    let mut comment = format!("# {}: {p10}, {p50}, {p90} (P10, P50, P90); drift {}", own.from, drift(own.drift));
    if !own.remark.is_empty() {
        let _ = write!(comment, "; {}", own.remark);
    }
    if let Some(stated) = stated_text(calibration.draft, &own.path) {
        let _ = write!(comment, "; was {}", one_line(&stated));
    }
    format!("{comment}\n{key} = {{ file = \"{DRAWS_FILE}\", column = {} }}\n", quoted(&own.path))
}

/// The open deals of the records in place of those that were stated.
fn open_deals(calibration: &Calibration<'_>) -> String {
    let mut text = String::new();
    let groups: Vec<String> = ["deals", "open"].map(str::to_owned).to_vec();
    let stated = match calibration.draft.table().at(&groups).map(|node| &node.value) {
        Some(Value::Table(table)) => table.clone(),
        _ => Table::EMPTY,
    };
    if calibration.open.is_empty() {
        return text;
    }
    let mut hours = None;
    for entry in stated.iter() {
        let _ = write!(
            text,
            "\n# As it was stated; its deals are counted below.\n[deals.open.{}]\ncount = 0\n",
            path_text(&[entry.key.as_str()])
        );
        hours = hours.or_else(|| stated_text(calibration.draft, &format!("deals.open.{}.hours_left", entry.key)));
    }
    let tables: BTreeMap<String, Vec<&Learnt>> = by_table(&calibration.learnt).into_iter().collect();
    for (group, name) in calibration.open.iter().zip(open_names(calibration.open.len())) {
        let table = format!("deals.open.{name}");
        let (from, to) = group.ages;
        let _ = write!(
            text,
            "\n# Open since {:.0} to {:.0} days on {}.\n[{table}]\ncount = {}\n",
            from.floor(),
            to.floor(),
            calibration.as_of,
            group.count
        );
        if let Some(amount) = group.mean_amount {
            let _ = writeln!(text, "average_value = {amount:.2}                # as quoted, on average");
        }
        if let Some(hours) = &hours {
            let _ = writeln!(text, "hours_left = {hours}");
        }
        for own in tables.get(&table).into_iter().flatten() {
            text.push_str(&line(calibration, own));
        }
    }
    text
}

/// The correlations of the plan without figures that now come from one file; none where none is touched.
fn correlations(calibration: &Calibration<'_>) -> Option<String> {
    let node = calibration.draft.table().get("correlations")?;
    let Value::List(groups) = &node.value else { return None };
    let is_learnt = |name: &str| calibration.learnt.iter().any(|own| own.path == name);
    let names_of = |group: &Node| -> Option<(Vec<String>, f64)> {
        let Value::Table(group) = &group.value else { return None };
        let Value::List(names) = &group.get("between")?.value else { return None };
        let Value::Number(rank) = group.get("rank")?.value else { return None };
        let names = names.iter().filter_map(|name| match &name.value {
            Value::Text(text) => Some(text.clone()),
            _ => None,
        });
        Some((names.collect(), rank))
    };
    let groups: Vec<(Vec<String>, f64)> = groups.iter().filter_map(names_of).collect();
    if !groups.iter().any(|(names, _)| names.iter().any(|name| is_learnt(name))) {
        return None;
    }
    let kept = groups.into_iter().filter_map(|(names, rank)| {
        let names: Vec<String> = names.iter().filter(|name| !is_learnt(name)).map(|name| quoted(name)).collect();
        (names.len() > 1).then(|| format!("{{ between = [{}], rank = {rank} }}", names.join(", ")))
    });
    let kept: Vec<String> = kept.collect();
    Some(format!(
        "# Correlations that were stated of figures that are learnt now are left out: the draws have their own.\n\
         correlations = [{}]",
        kept.join(", ")
    ))
}

/// The header of a table: keys that need quotes have them.
fn header(table: &str) -> String {
    path_text(&table.split('.').collect::<Vec<_>>())
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
