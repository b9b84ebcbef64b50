//! Every figure of a plan as it was written, beside how it was read.

use crate::inputs::Input;
use crate::scenario::{RawPlan, Scenario, keys_at};
use crate::units::{Levels, parse_number};

/// One figure.
#[derive(Clone, Debug)]
pub(super) struct Assumption<'s> {
    /// the table that it is in, for readers
    pub(super) table: String,
    /// its name, for readers
    pub(super) name: String,
    /// what it is counted in; may be empty
    pub(super) unit: &'static str,
    /// what it means
    pub(super) about: &'static str,
    /// as it was written
    pub(super) written: String,
    pub(super) read: Read<'s>,
}

/// How a figure was read.
#[derive(Clone, Copy, Debug)]
pub(super) enum Read<'s> {
    /// as a word, a list or a table
    Text,
    /// as a number
    Certain(f64),
    /// as a distribution
    Uncertain(&'s Input),
}

impl Read<'_> {
    /// P10, P50 and P90 of an uncertain figure.
    pub(super) fn levels(self) -> Option<Levels> {
        match self {
            Self::Uncertain(input) => Some(Levels::of(|level| input.at(level))),
            Self::Text | Self::Certain(_) => None,
        }
    }
}

/// Every figure of the plan, in the order of its file.
pub(super) fn assumptions<'s>(scenario: &'s Scenario, plan: &RawPlan) -> Vec<Assumption<'s>> {
    let of_figure = |figure: crate::scenario::WrittenFigure| {
        let key = keys_at(&figure.path).into_iter().next();
        let input = scenario.plan.parts.inputs.named(&figure.name).filter(|input| !input.hidden);
        let read = match (input, parse_number(figure.written.trim_matches('"'))) {
            (Some(input), _) => Read::Uncertain(input),
            (None, Ok(number)) => Read::Certain(number),
            (None, Err(_)) => Read::Text,
        };
        Assumption {
            table: match figure.path.split_last() {
                Some((_, [])) | None => "The top of the file".to_owned(),
                Some((_, tables)) => tables.join(" › "),
            },
            name: figure.path.last().map_or_else(String::new, |key| key.replace('_', " ")),
            unit: key.map_or("", |key| key.unit),
            about: key.map_or("", |key| key.about),
            written: figure.written,
            read,
        }
    };
    plan.figures().into_iter().map(of_figure).collect()
}
