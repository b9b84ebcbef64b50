//! What the charts of a comparison say in their titles. What can be told apart is judged in `analysis::judgement`: no title
//! names a plan or a change that its own margin does not support.

use crate::analysis::{Estimate, Paired, Verdict, Waterfall};
use crate::engine::TargetForecast;
use crate::model::outcomes::{Outcome, OutcomeId, Unit};
use crate::text::{
    Scale, capital, error_digits, is_nothing, listed, money, of_hundred, of_hundred_such, one_future, short, shorten,
    signed, supported, with_margin,
};

use super::super::outcome_words::{Change, noun};
use super::words::{ComparisonText, often, the};

/// Names beyond this take too much of a title.
const LONGEST_NAME: usize = 32;

/// More names than these are counted.
const MOST_NAMES: usize = 3;

impl ComparisonText<'_> {
    /// Of the plans side by side: which is likeliest to meet the target, where the outcome has one, or else the best.
    pub(super) fn title_of_plans(&self, id: OutcomeId) -> String {
        let mut targets = self.comparison.plans[0].targets.iter();
        match targets.find(|target| target.outcome == id) {
            Some(target) => self.title_of_chances(target),
            None => self.title_of_means(id),
        }
    }

    fn title_of_chances(&self, target: &TargetForecast) -> String {
        let (outcome, plans) = (target.outcome.outcome(), &self.comparison.plans);
        let Some(ranking) = self.comparison.ranking_by_chance(target) else {
            return format!("How the plans compare in {} is not known", noun(outcome));
        };
        let sum = self.short_figure(outcome, &Scale::of(&[target.target]).write_typed(target.target));
        let aim = match outcome.is_cost() {
            true => format!("to keep {} within {sum}", noun(outcome)),
            false => format!("to reach {sum} {}", self.aim(outcome)),
        };
        let chance = |at: usize| -> f64 {
            let own = plans[at].targets.iter().find(|own| own.outcome == target.outcome);
            own.map_or(f64::NAN, |own| own.chance.probability)
        };
        let such = |at: usize| of_hundred_such(chance(at), self.futures());
        match ranking.best() {
            _ if plans.len() == 1 => format!("{}: {} are likely {aim}", self.name(0), such(0)),
            _ if ranking.all_same => format!("All plans are equally likely {aim}: in {}", such(0)),
            Some(best) => {
                let word = if plans.len() == 2 { "likelier" } else { "likeliest" };
                let other = match (best, plans.len()) {
                    (0, 2) => Some(1),
                    (0, _) => None,
                    _ => Some(0),
                };
                let [own, others] =
                    [of_hundred(chance(best)), other.map_or_else(String::new, |at| of_hundred(chance(at)))];
                let instead = match other {
                    None => String::new(),
                    Some(at) if own == others => {
                        format!(", {} points more", short(100.0 * (chance(best) - chance(at))))
                    }
                    Some(_) => format!(" instead of {}", others.trim_end_matches(" of 100")),
                };
                let finding = format!("{} is {word} {aim}: in {}{instead}", capital(&self.name(best)), such(best));
                self.with_loss(finding, best, target.outcome)
            }
            None if ranking.alike.len() == plans.len() => {
                format!("The plans can't be told apart in their chance {aim}: in {}", such(ranking.leading))
            }
            None => format!(
                "{} are likeliest {aim} and can't be told apart: in {}",
                capital(&self.names_of(&ranking.alike)),
                such(ranking.leading)
            ),
        }
    }

    /// Which plan is best on average, and by how much.
    pub(super) fn title_of_means(&self, id: OutcomeId) -> String {
        let (outcome, plans) = (id.outcome(), &self.comparison.plans);
        let noun = noun(outcome);
        if let [contrast] = &self.comparison.contrasts[..] {
            return match contrast.outcome(id) {
                Some(paired) => self.title_of_pair(0, paired),
                None => format!("How the plans compare in {noun} is not known"),
            };
        }
        let Some(ranking) = self.comparison.ranking(id) else {
            return format!("No plan has a {noun}");
        };
        match ranking.best() {
            _ if ranking.all_same => format!("All plans have the same {noun}"),
            Some(0) => format!("No plan beats {} in {noun}, and all others are worse on average", self.name(0)),
            Some(best) => {
                let contrast = &self.comparison.contrasts[best - 1];
                let none = Estimate { mean: f64::NAN, error: None };
                let change = contrast.outcome(id).map_or(none, Paired::change);
                let by = self.short_figure(outcome, &size(change));
                let finding = format!(
                    "{} is best in {noun}: {} than {} on average",
                    capital(&self.name(best)),
                    Change::of(outcome, change.mean).size(&by),
                    self.name(0)
                );
                self.with_loss(finding, best, id)
            }
            None if ranking.alike.len() == plans.len() => format!("The plans can't be told apart in mean {noun}"),
            None => format!("{} lead in mean {noun} and can't be told apart", capital(&self.names_of(&ranking.alike))),
        }
    }

    /// How often one plan is better than the first, and by how much on average.
    pub(super) fn title_of_difference(&self, number: usize, id: OutcomeId) -> String {
        match self.comparison.contrasts[number].outcome(id) {
            Some(paired) => self.title_of_pair(number, paired),
            None => format!("How the plans differ in {} is not known", noun(id.outcome())),
        }
    }

    fn title_of_pair(&self, number: usize, paired: &Paired) -> String {
        let outcome = paired.outcome.outcome();
        let (base, plan, noun) = (self.name(0), capital(&self.name(number + 1)), noun(outcome));
        let change = paired.change();
        let by = self.short_figure(outcome, &size(change));
        match paired.verdict() {
            Verdict::NoFigure => format!("No {} has a {noun} under both {plan} and {base}", one_future(self.weeks)),
            Verdict::Same => format!("{plan} and {base} have the same {noun} in every {}", one_future(self.weeks)),
            Verdict::TooFewDraws => format!("Too few {} to tell {plan} from {base} in {noun}", self.futures()),
            Verdict::TooClose => format!("{plan} and {base} can't be told apart in mean {noun}"),
            verdict => {
                let better = verdict == Verdict::Better;
                let finding = match often(paired, better) {
                    Some(share) => format!(
                        "{plan} {} {base} in {noun} in {}, by {by} on average",
                        if better { "beats" } else { "trails" },
                        of_hundred_such(share, self.futures())
                    ),
                    None => format!(
                        "{plan} {} than {base} on average, and is better in {}",
                        Change::of(outcome, change.mean).brings(&by),
                        of_hundred_such(paired.better.probability, self.futures())
                    ),
                };
                if better { self.with_loss(finding, number + 1, paired.outcome) } else { finding }
            }
        }
    }

    /// A finding that favors a plan in an outcome, with what that plan loses in profit: revenue alone crowns nobody.
    fn with_loss(&self, finding: String, plan: usize, id: OutcomeId) -> String {
        let contrast = plan.checked_sub(1).map(|number| &self.comparison.contrasts[number]);
        let steering = self.steering.outcome();
        match contrast.and_then(|contrast| contrast.outcome(self.steering)) {
            Some(paired) if paired.verdict() == Verdict::Worse && !id.outcome().needs_margin && id != self.steering => {
                let by = self.short_figure(steering, &size(paired.change()));
                format!("{finding}, but {}", Change::of(steering, paired.change().mean).brings(&by))
            }
            _ => finding,
        }
    }

    /// The whole difference, and the change that brings most of it, where one can be told from the others.
    pub(super) fn title_of_waterfall(&self, number: usize, why: &Waterfall) -> String {
        let outcome = why.outcome.outcome();
        let (base, plan, noun) = (self.name(0), capital(&self.name(number + 1)), noun(outcome));
        let paired = self.comparison.contrasts[number].outcome(why.outcome);
        let change = paired.map_or(Estimate { mean: why.plan - why.base, error: None }, Paired::change);
        let mut figures: Vec<f64> = why.parts.iter().map(|part| part.mean).collect();
        figures.push(change.mean);
        let scale = Scale::of(&figures);
        let written = |figure: f64| signed(scale.write(figure));
        match paired.map_or(Verdict::NoFigure, Paired::verdict) {
            Verdict::Better | Verdict::Worse => {
                let by = self.short_figure(outcome, &scale.write(change.mean.abs()));
                let finding = format!("{plan} {} than {base} on average", Change::of(outcome, change.mean).brings(&by));
                match why.largest.map(|at| &why.parts[at]) {
                    Some(part) => format!(
                        "{finding}; the largest change: {}, {}",
                        shorten(&part.name, LONGEST_NAME),
                        written(part.mean)
                    ),
                    None => finding,
                }
            }
            Verdict::Same => format!("{plan} and {base} have the same {noun} in every {}", one_future(self.weeks)),
            _ => {
                let clear = why.parts.iter().filter(|part| part.is_clear());
                let [up, down] = clear.fold([0, 0], |[up, down], part| match part.mean > 0.0 {
                    true => [up + 1, down],
                    false => [up, down + 1],
                });
                let cancel = if up > 0 && down > 0 { ": what its changes bring and cost cancels out" } else { "" };
                format!("{plan} and {base} can't be told apart in mean {noun}{cancel}")
            }
        }
    }

    /// How the mean of a plan differs from that of the first, in few words.
    pub(super) fn beside(&self, at: usize, id: OutcomeId) -> String {
        let Some(number) = at.checked_sub(1) else {
            return String::new();
        };
        let Some(paired) = self.comparison.contrasts[number].outcome(id) else {
            return String::new();
        };
        let change = paired.change();
        let margin = change.margin().filter(|&margin| !is_nothing(margin, change.mean));
        match (paired.verdict(), margin.map(error_digits)) {
            (Verdict::Better | Verdict::Worse, _) => signed(with_margin(change.mean, margin)),
            (Verdict::Same, _) => "the same".to_owned(),
            (Verdict::TooClose, Some(margin)) => format!("within ± {margin}"),
            (Verdict::TooClose, None) => "within error".to_owned(),
            (Verdict::TooFewDraws | Verdict::NoFigure, _) => String::new(),
        }
    }

    /// What is said of a plan beside its line: that it can't be told from the first.
    pub(super) fn remark(&self, at: usize, id: OutcomeId) -> &'static str {
        let number = at.checked_sub(1);
        let paired = number.and_then(|number| self.comparison.contrasts[number].outcome(id));
        match paired.map(Paired::verdict) {
            Some(Verdict::Same) => "(the same)",
            Some(Verdict::TooClose) => "(≈ the first)",
            _ => "",
        }
    }

    /// The unit of what is to be reached, as far as it is not said by the figure.
    fn aim(&self, outcome: &Outcome) -> String {
        match outcome.unit {
            Unit::Money => format!("of {}", noun(outcome)),
            Unit::Count | Unit::Ratio => noun(outcome),
        }
    }

    fn short_figure(&self, outcome: &Outcome, figure: &str) -> String {
        match outcome.unit {
            Unit::Money => money(figure, self.currency.0),
            Unit::Count | Unit::Ratio => figure.to_owned(),
        }
    }

    fn name(&self, at: usize) -> String {
        shorten(&the(&self.comparison.plans[at].label), LONGEST_NAME)
    }

    fn names_of(&self, plans: &[usize]) -> String {
        let mut names: Vec<String> = plans.iter().take(MOST_NAMES).map(|&at| self.name(at)).collect();
        if plans.len() > MOST_NAMES {
            names.truncate(MOST_NAMES - 1);
            names.push(format!("{} others", plans.len() + 1 - MOST_NAMES));
        }
        listed(&names, "and")
    }
}

/// The size of a change, as short as a title wants it.
fn size(change: Estimate) -> String {
    short(supported(change.mean.abs(), change.margin()))
}
