//! Every figure of a plan as it was written, beside how it was read.

use std::ops::RangeInclusive;

use crate::inputs::Input;
use crate::scenario::{RawPlan, Scenario, WrittenFigure, keys_at};
use crate::text::{as_written, shorten, with_error};
use crate::units::parse_number;

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
    for figure in plan.figures() {
        let row = Row::of(scenario, &figure);
        let table = match figure.path.split_last() {
            Some((_, [])) | None => "The top of the file".to_owned(),
            Some((_, tables)) => tables.join(" › "),
        };
        match groups.last_mut().filter(|group| group.name == table) {
            Some(group) => group.rows.push(row),
            None => groups.push(Group { name: table, rows: vec![row] }),
        }
    }
    let about = Block::text(
        "Uncertain figures are drawn anew in every simulated future; the bars show how, from the 1st to the 99th percentile, the middle 80% darker.",
    );
    Section::of("inputs", "What it rests on", vec![about, Block::new(BlockKind::Inputs(groups))])
}

impl Row {
    fn of(scenario: &Scenario, figure: &WrittenFigure) -> Self {
        let key = keys_at(&figure.path).into_iter().next();
        let unit = key.map_or("", |key| key.unit);
        let input = scenario.plan.parts.inputs.named(&figure.name).filter(|input| !input.hidden);
        let read = match input {
            Some(input) => {
                let [low, middle, high] = [0.1, 0.5, 0.9].map(|level| with_error(input.at(level), None));
                format!("P10 {low}, P50 {middle}, P90 {high}")
            }
            None => parse_number(figure.written.trim_matches('"')).map_or_else(|_| String::new(), as_written),
        };
        let about = key.map_or("", |key| key.about);
        Self {
            key: figure.path.last().map_or_else(String::new, |key| key.replace('_', " ")),
            about: match unit {
                "" => about.to_owned(),
                unit => format!("{about} ({unit})"),
            },
            written: shorten(&figure.written, LONGEST),
            read,
            spread: input.and_then(Spread::of),
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
