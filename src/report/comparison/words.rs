//! Every sentence of a comparison. What can be told apart is judged in `analysis::judgement`; here it is only said.

use crate::analysis::{Comparison, Estimate, Paired, Part, TargetShift, Verdict, Waterfall};
use crate::engine::T31;
use crate::model::outcomes::{Outcome, OutcomeId, Unit};
use crate::scenario::Scenario;
use crate::text::{
    Currency, capital, count, figure_and_margin, futures, is_nothing, listed, of_hundred, of_hundred_such, one_future,
    percent, with_error, with_margin,
};

use super::super::outcome_words::{Change, noun};
use super::super::words::target_name;

/// A plan beats another where it is better in more of the futures than this; nearer one half, the mean is told first.
const CLEARLY_OFTEN: f64 = 0.55;

/// Beyond this, a factor of variance says no more.
const VERY_SHARP: f64 = 1_000.0;

/// How plans are spoken of.
pub(super) struct ComparisonText<'s> {
    /// the plans
    pub(super) comparison: &'s Comparison,
    /// the currency of all plans
    pub(super) currency: Currency<'s>,
    /// length of all plans, in weeks
    pub(super) weeks: usize,
    /// what they are judged by
    pub(super) steering: OutcomeId,
}

impl<'s> ComparisonText<'s> {
    pub(super) fn of(scenario: &'s Scenario, comparison: &'s Comparison) -> Self {
        Self {
            comparison,
            currency: Currency(&scenario.currency),
            weeks: scenario.plan.parts.horizon.weeks,
            steering: scenario.steering_outcome(),
        }
    }

    /// How many plans, how many draws of each, how long.
    pub(super) fn subject(&self) -> String {
        let quarters = format!("simulated {}", one_future(self.weeks));
        format!(
            "{}, {} of {} each, on common random numbers; seed {}",
            count(self.comparison.plans.len() as f64, "plan"),
            count(self.comparison.runs as f64, &quarters),
            count(self.weeks as f64, "week"),
            self.comparison.seed,
        )
    }

    pub(super) fn futures(&self) -> &'static str {
        futures(self.weeks)
    }

    /// A figure of an outcome with its unit.
    pub(super) fn unit(&self, outcome: &Outcome, figure: &str) -> String {
        match outcome.unit {
            Unit::Money => self.currency.with(figure),
            Unit::Count | Unit::Ratio => figure.to_owned(),
        }
    }

    /// Of three plans or more: which is best, as far as that can be told.
    pub(super) fn best(&self, id: OutcomeId) -> Option<String> {
        let plans = &self.comparison.plans;
        if plans.len() < 3 {
            return None;
        }
        let ranking = self.comparison.ranking(id)?;
        let noun = noun(id.outcome());
        let names: Vec<String> = ranking.alike.iter().map(|&at| the(&plans[at].label)).collect();
        Some(match ranking.best() {
            _ if ranking.all_same => {
                format!("All {} plans have the same {noun} in every {}.", plans.len(), one_future(self.weeks))
            }
            Some(best) => format!(
                "Of the {} plans, {} is best in {noun}, beyond the simulation's error.",
                plans.len(),
                the(&plans[best].label)
            ),
            None if names.len() == plans.len() => {
                format!("Which of the {} plans is best in {noun} can't be told.", plans.len())
            }
            None => format!(
                "Of the {} plans, {} lead in {noun}, and can't be told apart.",
                plans.len(),
                listed(&names, "and")
            ),
        })
    }

    /// Which of two plans is better in an outcome, by how much, and how sure that is.
    pub(super) fn verdict(&self, number: usize, id: OutcomeId) -> Option<String> {
        let contrast = &self.comparison.contrasts[number];
        let (base, plan) = self.names(number);
        let (outcome, noun) = (id.outcome(), noun(id.outcome()));
        if contrast.is_the_same() {
            return Some(format!(
                "{plan} and {base} are the same: no figure differs in any of the {}.",
                self.futures()
            ));
        }
        let paired = contrast.outcome(id)?;
        let change = paired.change();
        let (by, margin) = self.size(outcome, change);
        let within = margin.map_or_else(String::new, |margin| format!(" (± {margin})"));
        let mut text = match paired.verdict() {
            Verdict::NoFigure => return None,
            Verdict::TooFewDraws => format!(
                "{plan} and {base} differ in {noun} by {by} on average: these are too few {} to tell that from chance",
                self.futures()
            ),
            Verdict::Same => format!("{plan} and {base} have the same {noun} in every {}", one_future(self.weeks)),
            Verdict::TooClose => format!(
                "{plan} and {base} can't be told apart in {noun}: the difference of {by} on average is within the simulation's error{within}"
            ),
            verdict => {
                let better = verdict == Verdict::Better;
                let mut text = match often(paired, better) {
                    Some(share) => format!(
                        "{plan} {} {base} in {noun} in {}, by {by} on average{within}",
                        if better { "beats" } else { "trails" },
                        of_hundred_such(share, self.futures()),
                    ),
                    None => format!(
                        "{plan} {} than {base} on average{within}: better in {}, worse in {}",
                        Change::of(outcome, change.mean).brings(&by),
                        of_hundred_such(paired.better.probability, self.futures()),
                        of_hundred(paired.worse.probability),
                    ),
                };
                if let Some(low_end) = contrast.low_end(id) {
                    text.push_str(&self.bad_quarter(outcome, low_end, better));
                }
                text
            }
        };
        text.push('.');
        Some(text)
    }

    /// What else moves: what the plan brings in further outcomes, in one sentence.
    pub(super) fn further(&self, number: usize, ids: &[OutcomeId]) -> Option<String> {
        let contrast = &self.comparison.contrasts[number];
        let (mut clear, mut close) = (Vec::new(), Vec::new());
        for &id in ids {
            let paired = contrast.outcome(id)?;
            let (by, margin) = self.size(id.outcome(), paired.change());
            let within = margin.map_or_else(String::new, |margin| format!(" (± {margin})"));
            match paired.verdict() {
                Verdict::Better | Verdict::Worse => {
                    let change = Change::of(id.outcome(), paired.change().mean);
                    clear.push(format!("{}{within}", change.object(&by)));
                }
                Verdict::TooClose => close.push(noun(id.outcome())),
                Verdict::Same | Verdict::TooFewDraws | Verdict::NoFigure => {}
            }
        }
        let within = format!("Within the {}", count(self.weeks as f64, "week"));
        match (clear.is_empty(), close.is_empty()) {
            (true, true) => None,
            (true, false) => Some(format!("{within}, {} can't be told apart.", listed(&close, "and"))),
            (false, true) => Some(format!("{within} it brings {}.", listed(&clear, "and"))),
            (false, false) => Some(format!(
                "{within} it brings {}; {} can't be told apart.",
                listed(&clear, "and"),
                listed(&close, "and")
            )),
        }
    }

    /// How the plan does where things go badly: its P10 against that of the other (of a cost, P90).
    fn bad_quarter(&self, outcome: &Outcome, low_end: Estimate, better: bool) -> String {
        let one = one_future(self.weeks);
        let (by, _) = self.size(outcome, low_end);
        match Verdict::of(low_end, !outcome.is_cost()) {
            verdict @ (Verdict::Better | Verdict::Worse) => {
                let but = if (verdict == Verdict::Better) == better { ";" } else { ", but" };
                format!("{but} in a bad {one} (1 in 10) it {}", Change::of(outcome, low_end.mean).alone(&by))
            }
            _ => format!("; in a bad {one} (1 in 10) the two can't be told apart"),
        }
    }

    /// The size of a change with its unit, and its margin.
    fn size(&self, outcome: &Outcome, change: Estimate) -> (String, Option<String>) {
        let (figure, margin) = figure_and_margin(change.mean.abs(), change.margin());
        (self.unit(outcome, &figure), margin)
    }

    /// How the chance of a target moves.
    pub(super) fn target(&self, number: usize, at: usize, shift: TargetShift) -> String {
        let plans = &self.comparison.plans;
        let goal = target_name(&plans[number + 1].targets[at], self.currency);
        let [from, to] = [0, number + 1].map(|plan| percent(plans[plan].targets[at].chance.probability));
        let points = Estimate::scaled(shift.change, 100.0);
        match shift.verdict {
            Verdict::Same => format!("{goal}: {to} chance under both plans"),
            Verdict::Better | Verdict::Worse => {
                let by = with_margin(points.mean.abs(), points.margin());
                let more = if points.mean > 0.0 { "higher" } else { "lower" };
                match from == to {
                    true => format!("{goal}: {to} chance, {by} points {more}"),
                    false => format!("{goal}: {to} chance instead of {from}, {by} points {more}"),
                }
            }
            Verdict::TooClose => format!("{goal}: {to} chance, no different beyond the simulation's error"),
            Verdict::TooFewDraws | Verdict::NoFigure => {
                format!("{goal}: {to} chance instead of {from}, in too few {} to tell that from chance", self.futures())
            }
        }
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
                format!("{} {sign}{}", part.name, with_margin(part.mean, margin))
            })
            .collect();
        let sampled = if waterfall.exact { "" } else { ", over a sample of orders" };
        Some(format!("Why {} differs{sampled}: {}.", noun(outcome), parts.join("; ")))
    }

    /// How much narrower the margin of a difference is for having been taken on common random numbers.
    pub(super) fn sharpness(&self, paired: &Paired) -> Option<String> {
        let variance_reduction = paired.variance_reduction?;
        let times = if variance_reduction > VERY_SHARP {
            format!("more than {}", with_error(VERY_SHARP, None))
        } else {
            with_error(variance_reduction, Some(if variance_reduction < 10.0 { 0.1 } else { 1.0 }))
        };
        Some(format!(
            "Both plans ran on common random numbers: the variance of their difference is {times} times smaller than between independent {}.",
            self.futures(),
        ))
    }

    /// The first plan and another one, as at the start of a sentence and within it.
    pub(super) fn names(&self, number: usize) -> (String, String) {
        let plans = &self.comparison.plans;
        (the(&plans[0].label), capital(&the(&plans[number + 1].label)))
    }
}

/// In which share of futures a plan is better (or worse), where that is often enough to say that it beats the other.
pub(super) fn often(paired: &Paired, better: bool) -> Option<f64> {
    let chance = if better { paired.better } else { paired.worse };
    (chance.probability > CLEARLY_OFTEN && chance.low > 0.5).then_some(chance.probability)
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
pub(super) const BELOW_DIFFERENCES: &str = "Mean difference with its 95% margin, ≈ where it is within it; P10 and P90 of the difference in the same future; how often it is better, the same, worse.";

/// A plan's name within a sentence.
pub(super) fn the(label: &str) -> String {
    match label {
        "base plan" => "the base plan".to_owned(),
        label => label.to_owned(),
    }
}
