//! Every figure of a plan as it was written, beside how it was read.

use std::ops::RangeInclusive;

use crate::inputs::Input;
use crate::scenario::{RawPlan, Scenario};
use crate::text::{as_written, shorten, with_error};
use crate::units::Levels;

use super::super::assumptions::{Assumption, Read, assumptions};
use super::{Block, BlockKind, Section};

/// Figures of one table.
#[derive(Clone, Debug)]
pub(super) struct Group {
    /// the table's path
    pub(super) name: String,
    pub(super) rows: Vec<Row>,
}

/// One figure.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) key: String,
    pub(super) about: String,
    pub(super) written: String,
    pub(super) read: String,
    pub(super) spread: Option<Spread>,
}

/// How an uncertain figure is spread: bars of equal width between its 1st and 99th percentile.
#[derive(Clone, Debug)]
pub(super) struct Spread {
    /// their heights, the highest 1
    pub(super) bars: Vec<f64>,
    /// those between P10 and P90
    pub(super) inner: RangeInclusive<usize>,
}

const BARS: usize = 32;
/// Values that a spread is drawn from, equally likely.
const VALUES: usize = 600;
/// A list longer than this says no more.
const LONGEST: usize = 90;

/// The section of all inputs.
pub(in crate::report) fn section(scenario: &Scenario, plan: &RawPlan) -> Section {
    let mut groups: Vec<Group> = Vec::new();
    for assumption in assumptions(scenario, plan) {
        let row = Row::of(&assumption);
        match groups.last_mut().filter(|group| group.name == assumption.table) {
            Some(group) => group.rows.push(row),
            None => groups.push(Group { name: assumption.table, rows: vec![row] }),
        }
    }
    let about = Block::text(
        "Uncertain figures are drawn anew in every simulated future; the bars show how, from the 1st to the 99th percentile, the middle 80% darker.",
    );
    Section::of("inputs", "What it rests on", vec![about, Block::new(BlockKind::Inputs(groups))])
}

impl Row {
    fn of(assumption: &Assumption<'_>) -> Self {
        let Assumption { name, unit, about, written, read, .. } = assumption;
        let told = match (read, read.levels()) {
            (_, Some(levels)) => {
                let Levels { p10, p50, p90 } = levels.map(|level| with_error(level, None));
                format!("P10 {p10}, P50 {p50}, P90 {p90}")
            }
            (Read::Certain(number), None) => as_written(*number),
            (_, None) => String::new(),
        };
        let spread = match read {
            Read::Uncertain(input) => Spread::of(input),
            Read::Text | Read::Certain(_) => None,
        };
        Self {
            key: name.clone(),
            about: if unit.is_empty() { (*about).to_owned() } else { format!("{about} ({unit})") },
            written: shorten(written, LONGEST),
            read: told,
            spread,
        }
    }
}

impl Spread {
    fn of(input: &Input) -> Option<Self> {
        let (low, high) = (input.at(0.01), input.at(0.99));
        if !(high > low && (high - low).is_finite()) {
            return None;
        }
        let bar = |value: f64| (((value - low) / (high - low) * BARS as f64) as usize).min(BARS - 1);
        let mut counts = vec![0_u32; BARS];
        for at in 0..VALUES {
            let level = 0.01 + 0.98 * (at as f64 + 0.5) / VALUES as f64;
            counts[bar(input.at(level))] += 1;
        }
        let most = counts.iter().copied().max().filter(|&most| most > 0)?;
        let bars = counts.into_iter().map(|count| f64::from(count) / f64::from(most)).collect();
        Some(Self { bars, inner: bar(input.at(0.1))..=bar(input.at(0.9)) })
    }
}
