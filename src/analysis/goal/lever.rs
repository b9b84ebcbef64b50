//! What is turned to reach a goal: one figure of the plan, or all its budgets together.

use crate::model::schema::{Default, Key, Kind};
use crate::reading::{Diagnostic, SourceId, Span, keys_of_path};
use crate::scenario::{RawPlan, keys_at};
use crate::units::{parse_number, plain};

use super::super::total::{all_budgets, budgets, key};
use super::found::Range;

/// The word for all budgets together.
pub const TOTAL: &str = "total";

/// What is turned.
#[derive(Clone, Debug)]
pub struct Lever {
    /// its path in the scenario, as it was typed; `total`
    pub path: String,
    /// what it counts, in words; may be empty
    pub unit: &'static str,
    /// whether it is written in percent
    pub in_percent: bool,
    /// what the plan has today; none where that is uncertain or not written
    pub today: Option<f64>,
    /// where to look
    pub range: Range,
    /// of the total, every budget
    budgets: Vec<(String, f64)>,
}

/// So many times today's value are looked at, where nothing else is said.
const TIMES_TODAY: f64 = 5.0;

/// So many more of what is counted in whole numbers.
const FURTHER: f64 = 10.0;

impl Lever {
    /// Reads a path for the plan of `draft`, and where to look: `between`, or what is usual for such a figure. A path that
    /// leads nowhere is found when a value is read.
    ///
    /// # Errors
    ///
    /// That it is not a figure, or that nobody can tell where to look.
    pub fn read(
        path: &str,
        between: Option<(f64, f64)>,
        draft: &RawPlan,
        source: SourceId,
    ) -> Result<Self, Diagnostic> {
        let path = path.trim();
        let fault =
            |message: String, label: &str| Diagnostic::at(&Span { source, span: 0..path.len() }, message, label);
        if path == TOTAL {
            return Self::total(between, draft).map_err(|why| fault(why, "nothing to turn up or down"));
        }
        let (keys, known) = figure(path, fault)?;
        let written = draft.written(&keys);
        let usual = known.first().and_then(|key| match key.default {
            Default::Number(number) => Some(number),
            _ => None,
        });
        let numbers: Vec<f64> = match &written {
            Some(text) => text.split_whitespace().filter_map(|word| parse_number(word).ok()).collect(),
            None => usual.into_iter().collect(),
        };
        let today = match (&written, numbers.as_slice()) {
            (Some(text), [one]) if parse_number(text).is_ok() => Some(*one),
            (None, _) => usual,
            _ => None,
        };
        let whole = known.iter().any(|key| matches!(key.kind, Kind::Whole { .. }));
        let is_share = known.first().is_some_and(|key| key.range().high <= 1.0);
        let in_percent = is_share || written.as_ref().is_some_and(|text| text.contains('%'));
        let unit = known.first().map_or("", |key| key.unit);
        let (low, high) = match between {
            Some(between) => between,
            None => {
                let most = numbers.iter().copied().fold(0.0, f64::max);
                let sum = || budgets(draft).iter().map(|(_, budget)| budget).sum::<f64>();
                let high = match () {
                    () if is_share => 1.0,
                    () if whole => (3.0 * most).max(most + FURTHER),
                    () if most > 0.0 => TIMES_TODAY * most,
                    () if unit.starts_with("money in the horizon") => 2.0 * sum(),
                    // A key that nobody knows: the reader of the plan says so.
                    () if known.is_empty() => 1.0,
                    () => 0.0,
                };
                let allowed = known.first().map(|key| key.range());
                within(0.0, high, allowed)
            }
        };
        if high <= low || !high.is_finite() {
            let message = format!("the plan does not say where to look for `{path}`");
            return Err(fault(message, "from where to where?").help("write for example --between 10k..90k"));
        }
        Ok(Self {
            path: path.to_owned(),
            unit,
            in_percent,
            today,
            range: Range { low, high, whole },
            budgets: Vec::new(),
        })
    }

    fn total(between: Option<(f64, f64)>, draft: &RawPlan) -> Result<Self, String> {
        let budgets: Vec<(String, f64)> = all_budgets(draft)?.into_iter().filter(|(_, budget)| *budget > 0.0).collect();
        let sum: f64 = budgets.iter().map(|(_, budget)| budget).sum();
        if sum <= 0.0 {
            return Err("no channel of the plan has a budget".into());
        }
        let (low, high) = between.unwrap_or((0.0, TIMES_TODAY * sum));
        Ok(Self {
            path: TOTAL.to_owned(),
            unit: "money in the horizon",
            in_percent: false,
            today: Some(sum),
            range: Range { low, high, whole: false },
            budgets,
        })
    }

    /// Is it the sum of all budgets?
    #[must_use]
    pub fn is_total(&self) -> bool {
        self.path == TOTAL
    }

    /// Is it money of the channels?
    #[must_use]
    pub fn is_budget(&self) -> bool {
        self.is_total() || self.path.starts_with("channels.") && self.path.ends_with(".budget")
    }

    /// Does it count money?
    #[must_use]
    pub fn is_of_money(&self) -> bool {
        self.unit.starts_with("money")
    }

    /// The settings that give it a value.
    #[must_use]
    pub fn settings(&self, value: f64) -> Vec<String> {
        if !self.is_total() {
            return vec![format!("{}={}", self.path, plain(value))];
        }
        let sum = self.today.unwrap_or(1.0);
        let share =
            |(name, budget): &(String, f64)| format!("channels.{}.budget={}", key(name), plain(budget * value / sum));
        self.budgets.iter().map(share).collect()
    }
}

/// The keys of a path that leads to a figure, and what is known of the last of them; nothing, where nobody knows it.
fn figure(
    path: &str,
    fault: impl Fn(String, &str) -> Diagnostic,
) -> Result<(Vec<String>, Vec<&'static Key>), Diagnostic> {
    let example = "for example channels.search.budget, sales.reps.team.count, or total";
    let Some(keys) = keys_of_path(path).filter(|_| !path.is_empty() && !path.contains('=')) else {
        return Err(fault("this is not a path into a scenario".into(), "expected a path").help(example));
    };
    let known = keys_at(&keys);
    if keys.first().is_some_and(|first| first == "simulation") {
        return Err(fault(format!("`{path}` says how the plan is simulated"), "changes no figure of it").help(example));
    }
    let is_figure = |key: &&Key| matches!(key.kind, Kind::Whole { .. } | Kind::Quantity { .. } | Kind::Certain { .. });
    if !known.is_empty() && !known.iter().any(is_figure) {
        return Err(fault(format!("`{path}` is not a figure"), "can't be more or less").help(example));
    }
    Ok((keys, known))
}

/// The part of a range that a key allows; an end that itself is not allowed is moved in by a thousandth.
fn within(low: f64, high: f64, allowed: Option<crate::units::Range>) -> (f64, f64) {
    let Some(allowed) = allowed else { return (low, high) };
    let (low, high) = (low.max(allowed.low), high.min(allowed.high));
    let inset = 1e-3 * (high - low);
    let low = if allowed.low_open && low == allowed.low { low + inset } else { low };
    let high = if allowed.high_open && high == allowed.high { high - inset } else { high };
    (low, high)
}
