//! The table of a sweep: a row a point.

use crate::analysis::{Axis, Results, Sweep};
use crate::scenario::Scenario;

use super::{Cells, Column, Counted, Sheet, Tables, levels, numbers};

impl Tables {
    /// The table of a sweep of `scenario`.
    #[must_use]
    pub fn of_sweep(scenario: &Scenario, sweep: &Sweep) -> Self {
        Self::of(scenario, vec![points(sweep)])
    }
}

/// A row a point: the values that were set, and what they bring.
pub(in crate::report) fn points(sweep: &Sweep) -> Sheet {
    let results: Vec<&Results> = sweep.points.iter().map(|point| &point.results).collect();
    let axes = sweep.axes.iter().enumerate();
    let mut columns: Vec<Column> = axes.map(|(number, axis)| values(sweep, number, axis)).collect();
    for &id in &sweep.outcomes {
        let outcome = id.outcome();
        columns.extend(levels(
            outcome.key,
            outcome.unit.into(),
            outcome.about,
            results.iter().filter_map(|results| results.stats(id)),
        ));
        if sweep.today.target(id).is_some() {
            let chance = |results: &&Results| results.target(id).map_or(f64::NAN, |target| target.chance.probability);
            columns.push(numbers(
                &format!("{}_chance", outcome.key),
                Counted::Share,
                "share of draws that meet the target",
                results.iter().map(chance),
            ));
        }
    }
    Sheet { name: "points", about: "A row a point: the values that were set, and what they bring.".into(), columns }
}

/// The values of an axis at each point: numbers where all are, else as they are written.
fn values(sweep: &Sweep, number: usize, axis: &Axis) -> Column {
    let places = sweep.points.iter().map(|point| point.places[number]);
    let cells = match axis.is_of_numbers() {
        true => Cells::Numbers(places.map(|place| axis.number(place)).collect()),
        false => Cells::Texts(places.map(|place| axis.values[place].text.clone()).collect()),
    };
    let counted = if axis.is_of_money() { Counted::Money } else { Counted::Input(axis.unit) };
    Column { name: axis.path.clone(), counted, about: "what was varied".into(), cells }
}
