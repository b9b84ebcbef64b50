//! What can be moved in a plan: budgets, people, and every figure that is written, each with what it means.

use serde::Serialize;

use crate::inputs::Input;
use crate::model::outcomes::OutcomeId;
use crate::model::schema::{Key, Kind};
use crate::model::team::Role;
use crate::reading::path_text;
use crate::scenario::{Loaded, RawPlan, Scenario, WrittenFigure, keys_at};
use crate::units::{Levels, parse_number, plain};

/// A plan as a page sees it.
#[derive(Debug, Serialize)]
pub(super) struct Sheet {
    title: String,
    description: String,
    currency: String,
    /// the file's name
    file: String,
    /// what the file is known by; another once it was changed
    version: String,
    variants: Vec<String>,
    channels: Vec<Budget>,
    people: Vec<Group>,
    figures: Vec<Figure>,
    /// the outcome and the number to reach, where the plan has a target
    target: Option<(String, f64)>,
}

/// The budget of a channel.
#[derive(Debug, Serialize)]
struct Budget {
    name: String,
    label: String,
    path: String,
    value: f64,
    /// where its slider ends
    most: f64,
    step: f64,
}

/// People who do the same work.
#[derive(Debug, Serialize)]
struct Group {
    name: String,
    does: &'static str,
    path: String,
    value: u32,
    most: u32,
}

/// A figure that is written.
#[derive(Debug, Serialize)]
struct Figure {
    path: String,
    /// the path as people say it
    name: String,
    /// the table that it stands in
    group: String,
    /// what it means
    about: &'static str,
    unit: &'static str,
    written: String,
    /// where it lies, where it is uncertain
    range: Option<Percentiles>,
    /// the least and the most that it can be
    bounds: [Option<f64>; 2],
    /// whether it is written in percent
    in_percent: bool,
}

/// Percentiles of an uncertain figure.
#[derive(Debug, Serialize)]
struct Percentiles {
    low: f64,
    middle: f64,
    high: f64,
}

/// A slider takes a figure to so many times what it is.
const TIMES: f64 = 2.0;

/// So many steps of a slider.
const STEPS: f64 = 100.0;

/// How many more people a slider offers.
const MORE_PEOPLE: u32 = 5;

impl Sheet {
    /// Of the plan as it stands in its file; `version` is what that is known by.
    pub(super) fn of(loaded: &Loaded, version: String) -> Self {
        let Loaded { scenario, draft } = loaded;
        let file = scenario.path.file_name().map(|name| name.to_string_lossy().into_owned());
        Self {
            title: scenario.title(),
            description: scenario.description.clone(),
            currency: scenario.currency.clone(),
            file: file.unwrap_or_default(),
            version,
            variants: draft.variants().map(str::to_owned).collect(),
            channels: budgets(scenario, draft),
            people: scenario.plan.parts.sales.reps.iter().map(Group::of).collect(),
            figures: draft.figures().iter().filter_map(|figure| Figure::of(figure, scenario)).collect(),
            target: scenario.targets.first().map(|(outcome, target)| (outcome.outcome().key.to_owned(), *target)),
        }
    }
}

/// Of every channel whose budget is one number.
fn budgets(scenario: &Scenario, draft: &RawPlan) -> Vec<Budget> {
    let paid = || scenario.plan.parts.channels.iter().filter(|channel| channel.is_paid());
    let largest = paid().map(|channel| channel.budget()).fold(0.0, f64::max);
    let of = |channel: &crate::model::channels::Channel| {
        let path = ["channels", &channel.name, "budget"].map(str::to_owned);
        let value = parse_number(&draft.written(&path)?).ok()?;
        let most = rounded_up(if value > 0.0 { TIMES * value } else { largest.max(1_000.0) });
        let piece = channel.kind.piece().and_then(|piece| piece.cost.certain());
        let step = piece.filter(|cost| *cost > 0.0).unwrap_or_else(|| rounded_up(most / STEPS));
        let label = if channel.label.is_empty() { channel.name.replace('_', " ") } else { channel.label.clone() };
        Some(Budget { name: channel.name.clone(), label, path: path_text(&path), value, most, step })
    };
    paid().filter_map(of).collect()
}

/// The next of 1, 2, 5, 10, 20 ….
fn rounded_up(figure: f64) -> f64 {
    let mut power = 1.0;
    while 10.0 * power <= figure {
        power *= 10.0;
    }
    while power > figure && power > f64::MIN_POSITIVE {
        power /= 10.0;
    }
    let digit = [1.0, 2.0, 5.0, 10.0].into_iter().find(|digit| digit * power >= figure * (1.0 - 1e-9)).unwrap_or(10.0);
    digit * power
}

impl Group {
    fn of(reps: &crate::model::team::Reps) -> Self {
        Self {
            name: reps.name.replace('_', " "),
            does: match reps.does {
                Role::Leads => "leads",
                Role::Opportunities => "opportunities",
                Role::All => "leads and opportunities",
            },
            path: path_text(&["sales", "reps", &reps.name, "count"]),
            value: reps.count,
            most: (2 * reps.count).max(reps.count + MORE_PEOPLE),
        }
    }
}

impl Figure {
    /// None for what says what the file is, and for what is not a figure of the plan.
    fn of(figure: &WrittenFigure, scenario: &Scenario) -> Option<Self> {
        let (last, tables) = figure.path.split_last()?;
        if let [targets] = tables
            && targets == "targets"
        {
            return Self::of_target(figure, last);
        }
        let key = keys_at(&figure.path).into_iter().next()?;
        if tables.is_empty() || tables[0] == "simulation" || matches!(key.kind, Kind::Table | Kind::Tables) {
            return None;
        }
        let input = scenario.plan.parts.inputs.named(&figure.name).filter(|input| !input.hidden);
        Some(Self {
            path: figure.name.clone(),
            name: last.replace('_', " "),
            group: tables.iter().map(|table| table.replace('_', " ")).collect::<Vec<_>>().join(" › "),
            about: key.about,
            unit: key.unit,
            written: spelled(&figure.written),
            range: input.filter(|input| input.file.is_none()).map(Percentiles::of),
            bounds: bounds(key),
            in_percent: key.range().high <= 1.0 && matches!(key.kind, Kind::Quantity { .. } | Kind::Certain { .. }),
        })
    }
}

impl Figure {
    fn of_target(figure: &WrittenFigure, outcome: &str) -> Option<Self> {
        let outcome = OutcomeId::named(outcome)?.outcome();
        Some(Self {
            path: figure.name.clone(),
            name: outcome.title.to_owned(),
            group: "targets".into(),
            about: outcome.about,
            unit: "",
            written: spelled(&figure.written),
            range: None,
            bounds: [None, None],
            in_percent: false,
        })
    }
}

/// A value as one types it: a plain number, or a text without its quotes.
fn spelled(written: &str) -> String {
    let bare = written.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    match bare {
        Some(bare) if !bare.contains(['"', '\\']) => bare.to_owned(),
        _ => parse_number(written).map_or_else(|_| written.to_owned(), plain),
    }
}

fn bounds(key: &Key) -> [Option<f64>; 2] {
    let range = key.range();
    [range.low, range.high].map(|end| Some(end).filter(|end| end.abs() < crate::units::LARGEST))
}

impl Percentiles {
    fn of(input: &Input) -> Self {
        let Levels { p10, p50, p90 } = Levels::of(|level| input.at(level));
        Self { low: p10, middle: p50, high: p90 }
    }
}

#[cfg(test)]
mod tests {
    use super::{rounded_up, spelled};

    #[test]
    fn sliders_end_at_round_figures() {
        assert_eq!([150_000.0, 12_000.0, 1.0, 20.0, 0.3].map(rounded_up), [200_000.0, 20_000.0, 1.0, 20.0, 0.5]);
    }

    #[test]
    fn values_are_shown_as_one_types_them() {
        for (written, typed) in [("\"2% to 5%\"", "2% to 5%"), ("75_000", "75000"), ("{ p10 = 1 }", "{ p10 = 1 }")] {
            assert_eq!(spelled(written), typed);
        }
    }
}
