//! What finding out is worth: the expected value of perfect information about a choice between plans.
//!
//! ```text
//! one input    EVPPI = E[max_d E[Y_d | X]] − max_d E[Y_d]
//! all inputs   EVPI  = E[max_d E[Y_d | all inputs]] − max_d E[Y_d]
//! ```
//! Y_d is the outcome under plan d, as far as it is better; all plans meet the same luck, so that only differences from
//! the first are looked at. Each draw has a twin with the same inputs and other luck; their mean has less luck in it.
//! Luck itself can't be found out. (Raiffa and Schlaifer 1961, *Applied Statistical Decision Theory*.)
//!
//! **One input.** A cubic fit of the differences on the input gives the figure. A fit takes some of the noise for a
//! finding, so whether anything was found is decided by a cross-fit: a rule of choice that was fitted to the other draws,
//! and what it earns beyond choosing blindly.
//!
//! **All inputs.** By twins the variance of `E[D | all inputs]` is known; the draws' differences, shrunk around their mean
//! to this variance, stand for its distribution (moment matching: Heath, Manolopoulou and Baio 2018). For normal
//! differences this is exact.

use rayon::prelude::*;

use crate::engine::BATCHES;

use super::super::judgement::Estimate;
use super::super::ranking::{Lead, Ranking};
use super::batches::{OfBatches, Ratio, batch_of, with_influence};
use super::luck::VarianceSplit;
use super::normal_scores::{self, Gram, TERMS, Terms};

/// From so many draws on the fit gives the figure; of fewer the cross-fit does, which is never too high on average.
pub const ENOUGH_FOR_THE_FIT: usize = 10_000;

/// Parts of the draws in turn that a cross-fit leaves out.
const FOLDS: usize = 4;

/// What could be learned before a choice.
#[derive(Clone, Debug)]
pub struct Choice {
    /// what the plans are called, the one that was asked about first
    pub plans: Vec<String>,
    /// which of them is best on average, as far as that can be told
    pub ranking: Ranking,
    /// what it is worth to know all inputs
    pub all: Worth,
    /// what it is worth to know one input, the most worthy first
    pub inputs: Vec<InputWorth>,
}

/// What it is worth to know an input before the choice.
#[derive(Clone, Debug)]
pub struct InputWorth {
    /// its path in the file
    pub path: String,
    /// the worth
    pub worth: Worth,
}

/// What knowing is worth to a choice, in units of the outcome.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Worth {
    /// how much better the outcome is on average with the choice made knowingly
    pub gain: Estimate,
    /// whether it can be told from nothing
    pub is_found: bool,
}

/// An outcome under several plans, draw by draw, and that of the twins.
#[derive(Clone, Debug)]
pub struct PlanOutcomes {
    /// of the draws, by plan; not a number where a draw has no value
    pub figures: Vec<Vec<f64>>,
    /// of the twins, by plan
    pub twins: Vec<Vec<f64>>,
    /// whether less of it is better
    pub is_cost: bool,
}

/// How much better each plan but the first is than the first.
struct Differences {
    /// rows of the columns in which every plan has the outcome
    rows: Vec<usize>,
    /// by plan, the first left out; means of a draw and its twin
    of_plans: Vec<Vec<f64>>,
    /// the same of the draws alone, and of the twins alone
    apart: Vec<[Vec<f64>; 2]>,
}

impl Choice {
    /// Weighs the choice between `plans`, and what it is worth to know the inputs of `paths`; `values` draws the one at a
    /// place among them. None where no draw has the outcome under every plan.
    #[must_use]
    pub fn of(
        plans: Vec<String>,
        outcomes: &PlanOutcomes,
        paths: &[String],
        values: impl Fn(usize) -> Vec<f64> + Sync,
    ) -> Option<Self> {
        let differences = Differences::of(outcomes);
        let ranking = differences.ranking()?;
        let among = paths.len();
        let mut inputs: Vec<InputWorth> = paths
            .par_iter()
            .enumerate()
            .map(|(place, path)| {
                let values = values(place);
                let values: Vec<f64> = differences.rows.iter().map(|&row| values[row]).collect();
                InputWorth { path: path.clone(), worth: differences.one_input(&values, among) }
            })
            .collect();
        inputs.sort_by(|a, b| {
            let key = |own: &InputWorth| (own.worth.is_found, own.worth.gain.mean);
            key(b).0.cmp(&key(a).0).then(key(b).1.total_cmp(&key(a).1))
        });
        let mut all = differences.all_inputs();
        // Whoever knows all of them knows the best of them.
        if let Some(best) = inputs.first().filter(|best| best.worth.is_found)
            && all.is_found
            && all.gain.mean < best.worth.gain.mean
        {
            all = best.worth;
        }
        Some(Self { plans, ranking, all, inputs })
    }

    /// The inputs that are worth knowing.
    pub fn found(&self) -> impl Iterator<Item = &InputWorth> {
        self.inputs.iter().filter(|input| input.worth.is_found)
    }
}

impl Differences {
    fn of(outcomes: &PlanOutcomes) -> Self {
        let columns = || outcomes.figures.iter().chain(&outcomes.twins);
        let draws = outcomes.figures.first().map_or(0, Vec::len);
        let rows: Vec<usize> = (0..draws).filter(|&row| columns().all(|column| !column[row].is_nan())).collect();
        let sign = if outcomes.is_cost { -1.0 } else { 1.0 };
        let less_first = |columns: &[Vec<f64>], plan: usize| -> Vec<f64> {
            rows.iter().map(|&row| sign * (columns[plan][row] - columns[0][row])).collect()
        };
        let apart: Vec<[Vec<f64>; 2]> = (1..outcomes.figures.len())
            .map(|plan| [less_first(&outcomes.figures, plan), less_first(&outcomes.twins, plan)])
            .collect();
        let of_plans =
            apart.iter().map(|[own, twin]| own.iter().zip(twin).map(|(a, b)| 0.5 * (a + b)).collect()).collect();
        Self { rows, of_plans, apart }
    }

    /// How much better a plan is than the first, in one draw.
    fn at(&self, plan: usize, draw: usize) -> f64 {
        plan.checked_sub(1).map_or(0.0, |further| self.of_plans[further][draw])
    }

    fn count(&self) -> usize {
        self.of_plans.len() + 1
    }

    fn ranking(&self) -> Option<Ranking> {
        if self.rows.is_empty() {
            return None;
        }
        let mean = |plan: usize| (0..self.rows.len()).map(|draw| self.at(plan, draw)).sum::<f64>();
        let means: Vec<f64> = (0..self.count()).map(|plan| mean(plan) / self.rows.len() as f64).collect();
        Ranking::of(&means, |one, other| {
            let mut apart = vec![f64::NAN; self.rows.last().map_or(0, |last| last + 1)];
            for (draw, &row) in self.rows.iter().enumerate() {
                apart[row] = self.at(one, draw) - self.at(other, draw);
            }
            let differing = apart.iter().filter(|&&difference| difference != 0.0).count();
            let by = Estimate::of_column(&apart, 0);
            let same = apart.iter().all(|&difference| difference == 0.0 || difference.is_nan());
            Some(Lead { by: by.of_enough(differing), same })
        })
    }

    /// What it is worth to know an input of these values, one of `among` that are looked at.
    fn one_input(&self, values: &[f64], among: usize) -> Worth {
        let terms = normal_scores::terms(values);
        let sums = self.sums(&terms);
        let whole = Fit::of(sums.iter());
        let cross_fit = self.cross_fit(&terms, &sums);
        let is_found = cross_fit.mean > 0.0 && cross_fit.is_clear_among(among.max(2));
        let gain = if terms.len() >= ENOUGH_FOR_THE_FIT { self.fitted(&terms, &sums, &whole) } else { cross_fit };
        Worth { gain, is_found }
    }

    /// By batch, the sums that fits are made of.
    fn sums(&self, terms: &[Terms]) -> Vec<Sums> {
        let mut sums = vec![Sums { right: vec![[0.0; TERMS]; self.of_plans.len()], gram: Gram::default() }; BATCHES];
        for (draw, terms) in terms.iter().enumerate() {
            let own = &mut sums[batch_of(self.rows[draw])];
            own.gram.add(terms);
            for (right, differences) in own.right.iter_mut().zip(&self.of_plans) {
                right.iter_mut().zip(terms).for_each(|(sum, term)| *sum += term * differences[draw]);
            }
        }
        sums
    }

    /// `mean(max_d g_d(x)) − max_d mean(D_d)` of the fit to all draws, with the error of fit and mean (delta method).
    fn fitted(&self, terms: &[Terms], sums: &[Sums], fit: &Fit) -> Estimate {
        let count = terms.len() as f64;
        let blind = fit.blind();
        let mut gain = 0.0;
        let mut of_batches: OfBatches = [0.0; BATCHES];
        // How the gain follows the coefficients of each further plan.
        let mut slopes = vec![[0.0; TERMS]; self.of_plans.len()];
        for (draw, terms) in terms.iter().enumerate() {
            let chosen = fit.best(terms);
            let ahead = fit.at(chosen, terms) - fit.at(blind, terms);
            gain += ahead / count;
            of_batches[batch_of(self.rows[draw])] += ahead / count;
            for (plan, sign) in [(chosen, 1.0), (blind, -1.0)] {
                if let Some(further) = plan.checked_sub(1) {
                    slopes[further].iter_mut().zip(terms).for_each(|(slope, term)| *slope += sign * term / count);
                }
            }
        }
        let influence: OfBatches = std::array::from_fn(|batch| {
            let Sums { gram, right } = &sums[batch];
            let moved: f64 = (0..self.of_plans.len())
                .map(|further| {
                    let fitted = gram.times(&fit.coefficients[further]);
                    let rest: Terms = std::array::from_fn(|term| right[further][term] - fitted[term]);
                    normal_scores::at(&slopes[further], &fit.gram.solve(&rest))
                })
                .sum();
            BATCHES as f64 * (of_batches[batch] - gram.0[0][0] / count * gain + moved)
        });
        with_influence(gain, &influence, terms.len())
    }

    /// What a rule of choice earns in draws that it was not fitted to, beyond the plan that is best in those that it was.
    fn cross_fit(&self, terms: &[Terms], sums: &[Sums]) -> Estimate {
        let fits: Vec<Fit> = (0..FOLDS)
            .map(|fold| Fit::of(sums.iter().enumerate().filter(|(batch, _)| batch % FOLDS != fold).map(|(_, own)| own)))
            .collect();
        let mut gain = Ratio::new();
        for (draw, terms) in terms.iter().enumerate() {
            let row = self.rows[draw];
            let fit = &fits[batch_of(row) % FOLDS];
            let (chosen, blind) = (fit.best(terms), fit.blind());
            gain.add(row, self.at(chosen, draw) - self.at(blind, draw), 1.0);
        }
        gain.estimate()
    }

    /// What it is worth to know all inputs.
    fn all_inputs(&self) -> Worth {
        let splits: Vec<Option<VarianceSplit>> =
            self.apart.iter().map(|[own, twin]| VarianceSplit::of(own, twin)).collect();
        let is_moved =
            splits.iter().flatten().any(|split| split.inputs.mean > 0.0 && split.inputs.is_clear_among(self.count()));
        // The variance of the mean of two twins is (1 + s)/2 of that of one, that of what is expected of them is s of it.
        let shrink: Vec<f64> = splits
            .iter()
            .map(|split| split.map_or(0.0, |split| (2.0 * split.share() / (1.0 + split.share())).sqrt()))
            .collect();
        let whole = self.shrunk_gain(&shrink, None);
        let parts: Vec<f64> = (0..BATCHES).map(|batch| self.shrunk_gain(&shrink, Some(batch))).collect();
        let influence: OfBatches = std::array::from_fn(|batch| (BATCHES - 1) as f64 * (whole - parts[batch]));
        let gain = with_influence(whole, &influence, self.rows.len());
        Worth { gain, is_found: is_moved && gain.is_clear() }
    }

    /// `mean(max_d e_d) − max_d mean(e_d)` of the shrunken differences, without the draws of a batch.
    fn shrunk_gain(&self, shrink: &[f64], without: Option<usize>) -> f64 {
        let kept: Vec<usize> =
            (0..self.rows.len()).filter(|&draw| Some(batch_of(self.rows[draw])) != without).collect();
        let count = kept.len() as f64;
        let mean = |differences: &Vec<f64>| kept.iter().map(|&draw| differences[draw]).sum::<f64>() / count;
        let means: Vec<f64> = self.of_plans.iter().map(mean).collect();
        let blind = means.iter().copied().fold(0.0, f64::max);
        let knowing = kept.iter().map(|&draw| {
            let plans = self.of_plans.iter().zip(&means).zip(shrink);
            plans.map(|((differences, mean), shrink)| mean + shrink * (differences[draw] - mean)).fold(0.0, f64::max)
        });
        knowing.sum::<f64>() / count - blind
    }
}

/// Sums over the draws of a batch.
#[derive(Clone, Debug)]
struct Sums {
    gram: Gram,
    /// by further plan
    right: Vec<Terms>,
}

/// What is expected of each plan but the first, less the first.
struct Fit {
    gram: Gram,
    coefficients: Vec<Terms>,
    /// mean differences
    means: Vec<f64>,
}

impl Fit {
    fn of<'s>(sums: impl Iterator<Item = &'s Sums>) -> Self {
        let mut gram = Gram::default();
        let mut right: Vec<Terms> = Vec::new();
        for own in sums {
            gram.merge(&own.gram);
            right.resize(own.right.len(), [0.0; TERMS]);
            for (sum, more) in right.iter_mut().zip(&own.right) {
                sum.iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
            }
        }
        let coefficients = right.iter().map(|right| gram.solve(right)).collect();
        Self { coefficients, means: right.iter().map(|right| right[0] / gram.0[0][0]).collect(), gram }
    }

    /// How much better a plan is expected to be than the first.
    fn at(&self, plan: usize, terms: &Terms) -> f64 {
        plan.checked_sub(1).map_or(0.0, |further| normal_scores::at(terms, &self.coefficients[further]))
    }

    /// The plan of which most is expected once the input is known; of equals the first.
    fn best(&self, terms: &Terms) -> usize {
        best_of((0..=self.coefficients.len()).map(|plan| self.at(plan, terms)))
    }

    /// The plan of which most is expected while it is not.
    fn blind(&self) -> usize {
        best_of(std::iter::once(0.0).chain(self.means.iter().copied()))
    }
}

/// The place of the largest figure; of equals the first.
fn best_of(figures: impl Iterator<Item = f64>) -> usize {
    let mut best = (0, f64::NEG_INFINITY);
    for (place, figure) in figures.enumerate() {
        if figure > best.1 {
            best = (place, figure);
        }
    }
    best.0
}
