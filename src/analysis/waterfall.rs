//! Why does one plan bring more than another? The difference, split into what each group of changes brings.
//!
//! What a change brings depends on what was changed before it: a further rep is worth more where there are more leads.
//! Shapley (1953) takes the mean over every order in which the changes can be made, so that no order is favored and the
//! parts add up to the whole:
//!
//! ```text
//! part(i) = Σ_S |S|!(k − |S| − 1)!/k! · (v(S + i) − v(S))     over every set S of the other k − 1 groups
//! ```
//!
//! `v(S)` is the mean outcome of the first plan with the groups of S as they are in the other. Up to [`EXACT`] groups every
//! set is simulated; beyond, orders are drawn at random, each with its reverse.
//!
//! Means are all that is asked of these plans, so what can be is taken at its mean ([`AtMean`]), in fewer draws. What their
//! parts then lack of the difference that the draws of the two plans show, which is luck, goes to the changes whose draws
//! stray.

use std::collections::BTreeMap;

use rand::SeedableRng;
use rand::rngs::Xoshiro256PlusPlus;
use rand::seq::SliceRandom;

use statrs::distribution::{ContinuousCDF, StudentsT};

use crate::engine::{BATCHES, BLOCK, Draws, Progress, RunSpec, Stopped, draws_of_each, run_each, standard_error};
use crate::model::at_mean::AtMean;
use crate::model::outcomes::OutcomeId;
use crate::model::plan::Plan;
use crate::scenario::{Group, RawPlan, changes};
use crate::transcendental::{hypot, powi};

use super::judgement::{Estimate, FALSE_CLAIMS};

/// Up to so many groups, parts are exact.
pub const EXACT: usize = 6;

/// Beyond, so many orders are drawn, each with its reverse.
const ORDERS: usize = 6;

/// The few pairs of orders leave 5 degrees of freedom: 2.571 in place of 2.040, so that ± of a part means 95 %.
const T5_OVER_T31: f64 = 2.570_581_835_636_314 / 2.039_513_446_396_408;

/// Further groups are taken as one.
const MOST: usize = 40;

/// Draws that parts are taken from, where something is taken at its mean: four blocks, in each of which every input is
/// balanced, or an eighth of those of the two plans.
const DRAWS: u64 = 4 * BLOCK as u64;

/// Draws that tell how far a change strays.
const DRAWS_OF_VARIANCES: u64 = 512;

/// Shapley values: the difference of two plans in one outcome, split by what was changed.
#[derive(Clone, Debug)]
pub struct Waterfall {
    /// the outcome
    pub outcome: OutcomeId,
    /// its mean in the first plan
    pub base: f64,
    /// its mean in the other
    pub plan: f64,
    /// what each group of changes brings; they add up to `plan − base`
    pub parts: Vec<Part>,
    /// whether every order was taken, not a sample
    pub exact: bool,
    /// the part that brings most of the difference, where it can be told from every other
    pub largest: Option<usize>,
}

/// What a group of changes brings.
#[derive(Clone, Debug)]
pub struct Part {
    /// what was changed
    pub name: String,
    /// on average
    pub mean: f64,
    /// its standard error, by chance and by the sample of orders
    pub error: Option<f64>,
}

impl Part {
    /// Can it be told from nothing?
    #[must_use]
    pub fn is_clear(&self) -> bool {
        Estimate { mean: self.mean, error: self.error }.is_clear()
    }
}

/// A set of groups, a bit each.
type Set = u64;

/// Coalitions, as Shapley values have them: plans between two, the first with some groups of changes as they are in the other.
#[derive(Debug)]
pub(super) struct Coalitions {
    groups: Vec<Group>,
    /// every order that is taken; empty where all are
    orders: Vec<Vec<usize>>,
    /// the two, and those between them; none where there are none
    plans: BTreeMap<Set, Plan>,
    /// what their draws take at its mean
    at_mean: AtMean,
    /// by group, where something is: the first plan with its changes alone, if that can be read
    alone: Vec<Option<Plan>>,
}

impl Coalitions {
    /// Prepares the plans between `base` and `plan`. Changes of which one can't be made without another are one group.
    pub(super) fn between(base: &RawPlan, plan: &RawPlan, seed: u64) -> Self {
        let mut groups = changes(base, plan);
        while groups.len() > MOST {
            groups = united(groups, MOST - 1, MOST);
        }
        loop {
            match Self::of(base, plan, groups, seed) {
                Ok(mixes) => return mixes,
                Err(fewer) => groups = fewer,
            }
        }
    }

    /// Where a plan between can't be read, fewer groups.
    fn of(base: &RawPlan, plan: &RawPlan, groups: Vec<Group>, seed: u64) -> Result<Self, Vec<Group>> {
        let count = groups.len();
        let all = full(count);
        let orders = if count > EXACT { orders(count, seed) } else { Vec::new() };
        let wanted: Vec<Set> =
            if orders.is_empty() { (1..all).collect() } else { orders.iter().flat_map(|order| sets(order)).collect() };
        let ends = if count > 1 { vec![0, all] } else { Vec::new() };
        let read = |set: Set| {
            let taken: Vec<&Group> = members(set, count).map(|at| &groups[at]).collect();
            base.take_over(plan, &taken).read()
        };
        let mut plans = BTreeMap::new();
        for set in wanted.into_iter().chain(ends) {
            if plans.contains_key(&set) {
                continue;
            }
            let Ok(scenario) = read(set) else {
                // A member that can be left out, and a group that makes good that it is in, go together.
                let stands = |near: Set| near == 0 || near == all || read(near).is_ok();
                let inside = members(set, count).find(|&at| stands(set & !bit(at)));
                let outside = members(all & !set, count).find(|&at| stands(set | bit(at)));
                let (a, b) = inside.zip(outside).unwrap_or((0, 1));
                return Err(united(groups, a, b));
            };
            plans.insert(set, scenario.plan);
        }
        // All in one way, so that they differ by nothing but their changes.
        let at_mean = plans.values().map(|plan: &Plan| AtMean::most(&plan.parts)).min().unwrap_or_default();
        let plans = plans.into_iter().map(|(set, plan)| (set, plan.taking(at_mean))).collect();
        let drawn = if count > 1 && at_mean != AtMean::Nothing { count } else { 0 };
        let alone = (0..drawn).map(|at| read(bit(at)).ok().map(|scenario| scenario.plan)).collect();
        Ok(Self { groups, orders, plans, at_mean, alone })
    }

    /// How many plans are simulated.
    pub(super) fn count(&self) -> usize {
        self.plans.len()
    }

    /// How many draws of each, where the two plans have `runs`.
    pub(super) fn draws(&self, runs: u64) -> u64 {
        match self.at_mean {
            AtMean::Nothing => runs,
            AtMean::Values | AtMean::Deals => runs.min(DRAWS.max((runs / 8).next_multiple_of(BLOCK as u64))),
        }
    }

    /// The work, in draws of a plan that runs alone.
    pub(super) fn work(&self, runs: u64) -> u64 {
        let alone: Vec<&Plan> = self.alone.iter().flatten().collect();
        self.draws(runs) * draws_of_each(&self.plans()) + runs.min(DRAWS_OF_VARIANCES) * draws_of_each(&alone)
    }

    fn plans(&self) -> Vec<&Plan> {
        self.plans.values().collect()
    }

    /// Simulates them, and splits the difference of the two at the `ends` in the outcomes of `ask`.
    pub(super) fn explain(
        &self,
        ends: [&Draws; 2],
        ask: &RunSpec,
        progress: &dyn Progress,
    ) -> Result<Vec<Waterfall>, Stopped> {
        let runs = ask.draws.end - ask.draws.start;
        let first = |draws: u64| RunSpec { draws: ask.draws.start..ask.draws.start + draws, ..ask.clone() };
        let alone: Vec<&Plan> = self.alone.iter().flatten().collect();
        let mut drawn = run_each(&alone, &first(runs.min(DRAWS_OF_VARIANCES)), progress)?.into_iter();
        let alone: Vec<Option<Draws>> =
            self.alone.iter().map(|plan| plan.as_ref().and_then(|_| drawn.next())).collect();
        let ask = &first(self.draws(runs));
        let draws = run_each(&self.plans(), ask, progress)?;
        let simulated: BTreeMap<Set, Draws> = self.plans.keys().copied().zip(draws).collect();
        let waterfalls = ask.outcomes.iter().map(|&outcome| {
            let [base, plan] = ends.map(|draws| draws.column(outcome).unwrap_or_default());
            let whole: Vec<f64> = plan.iter().zip(base).map(|(plan, base)| plan - base).collect();
            let of_set = |set| simulated.get(&set).and_then(|draws| draws.column(outcome)).unwrap_or_default();
            let mut parts = match &self.groups[..] {
                [only] => vec![Brings { name: &only.name, column: whole.clone(), pairs: Vec::new(), variance: 0.0 }],
                _ => self.parts(&of_set),
            };
            for (part, alone) in parts.iter_mut().zip(&alone) {
                if let Some(column) = alone.as_ref().and_then(|draws| draws.column(outcome)) {
                    part.variance = variance_of_difference(column, base);
                }
            }
            let parts = fit(&parts, &whole, ask.draws.start);
            Waterfall {
                outcome,
                base: mean(base),
                plan: mean(plan),
                largest: largest(&parts, mean(plan) - mean(base)),
                parts: parts.into_iter().map(|(part, _)| part).collect(),
                exact: self.orders.is_empty(),
            }
        });
        Ok(waterfalls.filter(|waterfall| waterfall.base.is_finite() && waterfall.plan.is_finite()).collect())
    }

    /// What each group brings, draw by draw.
    fn parts<'d>(&self, of_set: &impl Fn(Set) -> &'d [f64]) -> Vec<Brings<'_>> {
        let count = self.groups.len();
        let part = |at: usize| {
            let weighed: Vec<(f64, Set)> = if self.orders.is_empty() {
                let others = (0..=full(count)).filter(|set| set & bit(at) == 0);
                others.map(|set| (weight(set, count), set)).collect()
            } else {
                let share = 1.0 / self.orders.len() as f64;
                let before = |order: &Vec<usize>| -> Set {
                    order.iter().take_while(|&&own| own != at).map(|&own| bit(own)).sum()
                };
                self.orders.iter().map(|order| (share, before(order))).collect()
            };
            let mut column = vec![0.0; of_set(0).len()];
            let mut means = Vec::with_capacity(weighed.len());
            for &(weight, set) in &weighed {
                let (with, without) = (of_set(set | bit(at)), of_set(set));
                for ((sum, with), without) in column.iter_mut().zip(with).zip(without) {
                    *sum += weight * (with - without);
                }
                means.push(mean(with) - mean(without));
            }
            let pairs = if self.orders.is_empty() { Vec::new() } else { pairs(&means) };
            let variance = variance_of_difference(&column, &vec![0.0; column.len()]);
            Brings { name: &self.groups[at].name, column, pairs, variance }
        };
        (0..count).map(part).collect()
    }
}

/// What a group of changes brings, before it is fitted to the whole.
struct Brings<'g> {
    name: &'g str,
    /// by draw
    column: Vec<f64>,
    /// mean by pair of orders; empty where all orders are taken
    pairs: Vec<f64>,
    /// how far the draws of its changes stray, with all chance drawn
    variance: f64,
}

/// The parts of a difference that is `whole` in the draws of the two plans, of which the first is number `first`: they add up to
/// it, since what they lack of it, which is nothing on average, goes to each by the variance of its changes from draw to draw.
///
/// ```text
/// part(i) + Var(i)/ΣVar(j) · (whole − Σ part(j))
/// ```
/// and so in every batch, from which errors are taken. A part that is the same in every draw stays what it is.
fn fit(parts: &[Brings<'_>], whole: &[f64], first: u64) -> Vec<(Part, Evidence)> {
    let means: Vec<f64> = parts.iter().map(|part| mean(&part.column)).collect();
    let by_batch: Vec<Vec<f64>> = parts.iter().map(|part| batches(&part.column, first)).collect();
    let all: f64 = parts.iter().map(|part| part.variance).sum();
    let lacking = mean(whole) - means.iter().sum::<f64>();
    let of_whole = batches(whole, first).into_iter().enumerate();
    let lacking_by_batch: Vec<f64> =
        of_whole.map(|(batch, whole)| whole - by_batch.iter().map(|part| part[batch]).sum::<f64>()).collect();
    let fitted = |(at, part): (usize, &Brings<'_>)| {
        let share = if all > 0.0 { part.variance / all } else { 1.0 / parts.len() as f64 };
        let fit = |mean: f64, lacking: f64| mean + share * lacking;
        let mean = fit(means[at], lacking);
        let batches: Vec<f64> =
            by_batch[at].iter().zip(&lacking_by_batch).map(|(mean, lacking)| fit(*mean, *lacking)).collect();
        let enough = Estimate::of_column(&part.column, first).error.is_some();
        let error = enough.then(|| with_orders(standard_error(mean, batches.iter().copied()), &part.pairs));
        (Part { name: part.name.to_owned(), mean, error }, Evidence { batches, pairs: part.pairs.clone() })
    };
    parts.iter().enumerate().map(fitted).collect()
}

/// The error of a part by chance and by the sample of orders. Whoever takes ± as 2.04 errors, as for 31 degrees of freedom,
/// reaches for the few orders alone as far as 2.57 of theirs.
fn with_orders(by_chance: f64, pairs: &[f64]) -> f64 {
    hypot(by_chance, error_of_orders(pairs) * T5_OVER_T31)
}

/// What the error of a part, and of the difference of two, is taken from.
struct Evidence {
    /// its mean over the draws of each batch
    batches: Vec<f64>,
    /// its mean in each pair of orders; empty where all orders are taken
    pairs: Vec<f64>,
}

/// The part that brings most of a difference of `whole`, where it is told from nothing and from every other part: the best
/// of them and nothing, as in [`super::judgement`].
fn largest(parts: &[(Part, Evidence)], whole: f64) -> Option<usize> {
    let sign = whole.signum();
    let at = (0..parts.len()).max_by(|&a, &b| (sign * parts[a].0.mean).total_cmp(&(sign * parts[b].0.mean)))?;
    let (part, evidence) = &parts[at];
    part.error?;
    let level = 1.0 - FALSE_CLAIMS / (parts.len() + 1) as f64;
    let student = |freedom: f64| StudentsT::new(0.0, 1.0, freedom).map_or(f64::INFINITY, |t| t.inverse_cdf(level));
    let [by_batches, by_orders] = [(BATCHES - 1) as f64, (ORDERS - 1) as f64].map(student);
    let is_clear = |mean: f64, batches: &[f64], pairs: &[f64]| {
        let by_chance = by_batches * standard_error(mean, batches.iter().copied());
        sign * mean > hypot(by_chance, by_orders * error_of_orders(pairs))
    };
    let less = |a: &[f64], b: &[f64]| -> Vec<f64> { a.iter().zip(b).map(|(a, b)| a - b).collect() };
    let leads = |(other, beside): &(Part, Evidence)| {
        let batches = less(&evidence.batches, &beside.batches);
        is_clear(part.mean - other.mean, &batches, &less(&evidence.pairs, &beside.pairs))
    };
    let others = parts.iter().enumerate().filter(|(other, _)| *other != at);
    let first = is_clear(part.mean, &evidence.batches, &evidence.pairs);
    (first && others.map(|(_, other)| other).all(leads)).then_some(at)
}

/// The mean of each batch's draws, of which the first is number `first`.
fn batches(column: &[f64], first: u64) -> Vec<f64> {
    let start = |batch: usize| (batch + BATCHES - first as usize % BATCHES) % BATCHES;
    let of_batch = |batch| column.iter().skip(start(batch)).step_by(BATCHES).copied().collect::<Vec<_>>();
    (0..BATCHES).map(|batch| mean(&of_batch(batch))).collect()
}

/// The means of pairs of orders.
fn pairs(means: &[f64]) -> Vec<f64> {
    means.chunks(2).map(mean).collect()
}

/// Standard error of a mean over pairs of orders, each beside its reverse, which are drawn independently; 0 without any.
fn error_of_orders(pairs: &[f64]) -> f64 {
    if pairs.is_empty() {
        return 0.0;
    }
    let (count, middle) = (pairs.len() as f64, mean(pairs));
    let squares: f64 = pairs.iter().map(|pair| powi(pair - middle, 2)).sum();
    (squares / (count * (count - 1.0))).sqrt()
}

/// Variance of the difference of two columns, as far as both go; what rounding leaves of two equal ones (10⁻¹² of them) is none.
fn variance_of_difference(column: &[f64], other: &[f64]) -> f64 {
    let differences: Vec<f64> = column.iter().zip(other).map(|(one, other)| one - other).collect();
    let middle = mean(&differences);
    let variance = differences.iter().map(|own| powi(own - middle, 2)).sum::<f64>() / differences.len() as f64;
    let largest = column.iter().chain(&other[..differences.len()]).fold(0.0, |most: f64, own| most.max(own.abs()));
    if variance > powi(1e-12 * largest, 2) { variance } else { 0.0 }
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn bit(at: usize) -> Set {
    1 << at
}

fn full(count: usize) -> Set {
    bit(count) - 1
}

fn members(set: Set, count: usize) -> impl Iterator<Item = usize> {
    (0..count).filter(move |&at| set & bit(at) != 0)
}

/// The share of orders in which exactly the groups of `set` come before a given other one.
fn weight(set: Set, count: usize) -> f64 {
    let before = set.count_ones() as usize;
    // |S|!(k − |S| − 1)!/k! = 1/(k·C(k − 1, |S|))
    let choose = (0..before).fold(1.0, |c, at| c * (count - 1 - at) as f64 / (at + 1) as f64);
    1.0 / (count as f64 * choose)
}

fn orders(count: usize, seed: u64) -> Vec<Vec<usize>> {
    let mut random = Xoshiro256PlusPlus::seed_from_u64(seed);
    let mut orders = Vec::with_capacity(2 * ORDERS);
    for _ in 0..ORDERS {
        let mut order: Vec<usize> = (0..count).collect();
        order.shuffle(&mut random);
        let reverse = order.iter().rev().copied().collect();
        orders.extend([order, reverse]);
    }
    orders
}

/// The sets that an order passes through.
fn sets(order: &[usize]) -> impl Iterator<Item = Set> {
    order.iter().scan(0, |set, &at| {
        *set |= bit(at);
        Some(*set)
    })
}

fn united(mut groups: Vec<Group>, a: usize, b: usize) -> Vec<Group> {
    let other = groups.remove(a.max(b));
    let one = groups.remove(a.min(b));
    groups.push(one.with(other));
    groups.sort_by(|a, b| a.name.cmp(&b.name));
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_of_all_sets_without_one_group_sum_to_1() {
        for count in 1..=EXACT {
            let others = (0..=full(count)).filter(|set| set & 1 == 0);
            let sum: f64 = others.map(|set| weight(set, count)).sum();
            assert!((sum - 1.0).abs() < 1e-12, "{count}: {sum}");
        }
    }

    #[test]
    fn of_three_groups_the_weights_are_a_third_and_a_sixth() {
        let weights = [0b000, 0b010, 0b100, 0b110].map(|set| weight(set, 3));
        let expected = [1.0 / 3.0, 1.0 / 6.0, 1.0 / 6.0, 1.0 / 3.0];
        for (weight, expected) in weights.into_iter().zip(expected) {
            assert!((weight - expected).abs() < 1e-12);
        }
    }

    #[test]
    fn parts_are_fitted_to_the_whole_by_how_far_they_stray() {
        // Of 64 draws: 5 in each; 2 and 4; 0 and 6, which strays three times as far. They bring 11 on average, and the
        // draws of the two plans, twice as many, show 13: of the 2 that lack, a tenth goes to the second part.
        let column = |low: f64, high: f64| (0..64).map(|draw| if draw % 2 == 0 { low } else { high }).collect();
        let brings = |name, column: Vec<f64>| {
            let variance = variance_of_difference(&column, &[0.0; 64]);
            Brings { name, column, pairs: Vec::new(), variance }
        };
        let parts = [brings("a", column(5.0, 5.0)), brings("b", column(2.0, 4.0)), brings("c", column(0.0, 6.0))];
        let whole: Vec<f64> = (0..128).map(|draw| if draw % 4 < 2 { 12.0 } else { 14.0 }).collect();
        let fitted = fit(&parts, &whole, 0);
        for ((part, _), mean) in fitted.iter().zip([5.0, 3.2, 4.8]) {
            assert!((part.mean - mean).abs() < 1e-12, "{part:?}");
        }
        assert_eq!(fitted[0].0.error, Some(0.0));
        // Batch k has the draws k, k + 32, …: of the whole 12, 12, 14, 14 in turn; of the second part 2, 4, of the third
        // 0, 6. What lacks is 5, −3, 7, −1, of which the second part gets a tenth: 2.5, 3.7, 2.7, 3.9, about 3.2.
        let squares = 8.0 * (0.49 + 0.25 + 0.25 + 0.49);
        let error = (squares / (31.0 * 32.0_f64)).sqrt();
        assert!((fitted[1].0.error.unwrap() - error).abs() < 1e-12);
    }

    #[test]
    fn a_few_orders_reach_as_far_as_students_t_with_five_degrees_of_freedom() {
        // Means by pair of orders: 1, 2, 3, 4, 5, 6. Their mean is 3.5, the squares around it add up to 17.5, and the
        // standard error is √(17.5/(6·5)) = 0.763763. 95 % reach to 2.570582 of it: 1.963314.
        let means = [0.5, 1.5, 2.0, 2.0, 1.0, 5.0, 4.5, 3.5, 5.0, 5.0, 9.0, 3.0];
        let pairs = pairs(&means);
        assert!((error_of_orders(&pairs) - 0.763_763).abs() < 1e-6);
        let reach = |by_chance| crate::engine::T31 * with_orders(by_chance, &pairs);
        assert!((reach(0.0) - 1.963_314).abs() < 1e-5);
        // Beside an error by chance of 0.5 the two go together as √(0.5² + 0.962639²) = 1.084746.
        assert!((with_orders(0.5, &pairs) - 1.084_746).abs() < 1e-5);
    }

    #[test]
    fn every_order_comes_with_its_reverse() {
        for pair in orders(8, 3).chunks(2) {
            let reversed: Vec<usize> = pair[1].iter().rev().copied().collect();
            assert_eq!(pair[0], reversed);
        }
    }
}
