//! Every sentence of a comparison.

use crate::analysis::{Comparison, Contrast, Estimate, Paired, Part, PlanResult, Waterfall};
use crate::engine::T31;
use crate::model::outcomes::{Outcome, OutcomeId, Unit};
use crate::scenario::Scenario;
use crate::text::{Currency, capital, error_digits, futures, is_nothing, lower, one_future, percent, with_error};

use super::super::words::target_name;

/// A plan beats another where it is better in more of the futures than this; nearer one half, the mean is told first.
const CLEARLY_OFTEN: f64 = 0.55;

/// Ratios of sharpness beyond this say no more.
const VERY_SHARP: f64 = 1_000.0;

/// How plans are told of.
pub(super) struct Teller<'s> {
    /// the currency of all plans
    pub(super) currency: Currency<'s>,
    /// what a simulated future is called
    pub(super) futures: &'static str,
    /// and what one of them is called
    one: &'static str,
}

impl<'s> Teller<'s> {
    pub(super) fn of(scenario: &'s Scenario) -> Self {
        let weeks = scenario.plan.parts.horizon.weeks;
        Self { currency: Currency(&scenario.currency), futures: futures(weeks), one: one_future(weeks) }
    }

    /// A figure of an outcome with its unit.
    fn unit(&self, outcome: &Outcome, figure: &str) -> String {
        match outcome.unit {
            Unit::Money => self.currency.with(figure),
            Unit::Count | Unit::Ratio => figure.to_owned(),
        }
    }

    /// Which of two plans is better in an outcome, by how much, and how sure that is.
    pub(super) fn verdict(&self, base: &str, plan: &str, contrast: &Contrast, id: OutcomeId) -> Option<String> {
        let outcome = id.outcome();
        let (base, plan) = (the(base), capital(&the(plan)));
        let futures = self.futures;
        if contrast.is_the_same() {
            return Some(format!("{plan} and {base} are the same: no figure differs in any of the {futures}."));
        }
        let paired = contrast.outcome(id)?;
        if paired.difference.defined == 0.0 {
            return None;
        }
        let title = lower(outcome.title);
        if paired.change().error.is_none() && !paired.is_the_same() {
            return Some(format!(
                "{plan} and {base} differ in {title} by {} in the mean: these are too few {futures} to tell that from chance.",
                self.unit(outcome, &with_error(paired.change().mean, None))
            ));
        }
        if paired.is_the_same() {
            return Some(format!("{plan} and {base} have the same {title} in every one of the {futures}."));
        }
        let (mean, margin) = (paired.change().mean, paired.change().margin());
        let by = self.unit(outcome, &with_error(mean.abs(), margin));
        let within = match margin {
            Some(margin) if !is_nothing(margin, mean) => format!(" (± {})", error_digits(margin)),
            _ => String::new(),
        };
        if margin.is_some_and(|margin| mean.abs() <= margin) {
            return Some(format!(
                "{plan} and {base} can't be told apart in {title}: they differ by {by} in the mean{within}."
            ));
        }
        let better = (mean > 0.0) != outcome.is_cost();
        let [ahead, behind] = [paired.better, paired.worse].map(|chance| chance.probability);
        let share = if better { ahead } else { behind };
        let mut text = if share > CLEARLY_OFTEN {
            let verb = if better { "beats" } else { "falls behind" };
            let share = in_100(share, futures);
            format!("{plan} {verb} {base} in {title} in {share}, by {by} in the mean{within}")
        } else {
            let less = if mean > 0.0 { "more" } else { "less" };
            format!(
                "{plan} brings {by} {less} {title} than {base} in the mean{within}: better in {}, worse in {}",
                in_100(ahead, futures),
                of_100(behind),
            )
        };
        if let Some(shift) = contrast.low_end(id) {
            text.push_str(&self.bad_quarter(outcome, shift, better));
        }
        text.push('.');
        let has = paired.difference.defined;
        if has < 0.995 {
            text.push_str(&format!(" Only {} have this figure under both plans.", in_100(has, futures)));
        }
        Some(text)
    }

    /// How the plan does where things go badly: its P10 against that of the other (of a cost, P90).
    fn bad_quarter(&self, outcome: &Outcome, shift: Estimate, better: bool) -> String {
        let margin = shift.error.map(|error| T31 * error);
        let one = self.one;
        if shift.mean == 0.0 || margin.is_some_and(|margin| shift.mean.abs() <= margin) {
            return format!("; in a bad {one} (1 in 10) there is no telling them apart");
        }
        let by = self.unit(outcome, &with_error(shift.mean.abs(), margin));
        let less = if shift.mean > 0.0 { "more" } else { "less" };
        let better_there = (shift.mean > 0.0) != outcome.is_cost();
        let but = if better_there == better { "" } else { " it is the other way round:" };
        format!("; in a bad {one} (1 in 10){but} it is {by} {less}")
    }

    /// How the chance of a target moves.
    pub(super) fn target(&self, base: &PlanResult, plan: &PlanResult, at: usize, shift: Estimate) -> String {
        let goal = target_name(&plan.targets[at], self.currency);
        let [from, to] = [base, plan].map(|plan| plan.targets[at].chance.probability);
        if shift.mean == 0.0 {
            return format!("{goal}: {} chance, unchanged", percent(to));
        }
        let by = match shift.error.map(|error| T31 * error) {
            None => "no margin can be given".to_owned(),
            Some(margin) => {
                let sign = if shift.mean > 0.0 { "+" } else { "" };
                format!(
                    "{sign}{} points, ± {}",
                    with_error(shift.mean * 100.0, Some(margin * 100.0)),
                    error_digits(margin * 100.0),
                )
            }
        };
        format!("{goal}: {} instead of {} chance ({by})", percent(to), percent(from))
    }

    /// Why an outcome differs.
    pub(super) fn why(&self, waterfall: &Waterfall) -> Option<String> {
        if waterfall.parts.len() < 2 || waterfall.plan == waterfall.base {
            return None;
        }
        let outcome = waterfall.outcome.outcome();
        let moves = |part: &&Part| part.mean != 0.0 || part.error.is_some_and(|error| error > 0.0);
        let parts: Vec<String> = waterfall
            .parts
            .iter()
            .filter(moves)
            .map(|part| {
                // Nobody counts in cents here, and what rounding leaves is no error.
                let least = if outcome.unit == Unit::Money { 1.0 } else { 0.0 };
                let margin =
                    part.error.filter(|&error| !is_nothing(error, part.mean)).map(|error| (T31 * error).max(least));
                let sign = if part.mean > 0.0 { "+" } else { "" };
                let within = margin.map_or_else(String::new, |margin| format!(" ± {}", error_digits(margin)));
                format!("{} {sign}{}{within}", part.name, with_error(part.mean, margin))
            })
            .collect();
        let sampled = if waterfall.exact { "" } else { ", over a sample of orders" };
        Some(format!("Why {} differs{sampled}: {}.", lower(outcome.title), parts.join("; ")))
    }

    /// How much sharper the comparison is for having been made on the same luck.
    pub(super) fn sharpness(&self, paired: &Paired) -> Option<String> {
        let sharper = paired.sharper?;
        let times = if sharper > VERY_SHARP {
            format!("more than {}", with_error(VERY_SHARP, None))
        } else {
            with_error(sharper, Some(if sharper < 10.0 { 0.1 } else { 1.0 }))
        };
        Some(format!(
            "Both plans met the same luck: their difference has {times} times less variance than between independent {}.",
            self.futures,
        ))
    }
}

/// How many plans, how many draws of each, how long.
pub(super) fn subject(scenario: &Scenario, comparison: &Comparison) -> String {
    let horizon = &scenario.plan.parts.horizon;
    format!(
        "{} plans, {} simulated {} of {} weeks each, on the same luck; seed {}",
        comparison.plans.len(),
        with_error(comparison.runs as f64, Some(1.0)),
        futures(horizon.weeks),
        horizon.weeks,
        comparison.seed,
    )
}

/// The same without the futures.
fn of_100(share: f64) -> String {
    match share {
        share if share <= 0.0 => "none".to_owned(),
        share if (0.01..=0.99).contains(&share) => format!("{:.0}", share * 100.0),
        share => percent(share),
    }
}

/// An outcome's name at the head of a row; profit stands above what follows it.
pub(super) fn row(outcome: &Outcome) -> String {
    match outcome.key {
        "profit_with_tail" => "  with what follows".to_owned(),
        "cac" => "CAC".to_owned(),
        _ => outcome.title.to_owned(),
    }
}

/// Below the table of differences.
pub(super) const BELOW_DIFFERENCES: &str = "Mean difference with its 95% margin; P10 and P90 of the difference in the same future; how often it is better, the same, worse.";

/// A share of futures: so many of 100, and nearer the ends as far as it can be told.
fn in_100(share: f64, futures: &str) -> String {
    match share {
        share if share <= 0.0 => format!("none of the {futures}"),
        share if share >= 1.0 => format!("every one of the {futures}"),
        share if (0.01..=0.99).contains(&share) => {
            format!("{:.0} of 100 {futures}", share * 100.0)
        }
        share => format!("{} of the {futures}", percent(share)),
    }
}

/// A plan's name within a sentence.
fn the(label: &str) -> String {
    match label {
        "base plan" => "the base plan".to_owned(),
        label => label.to_owned(),
    }
}
