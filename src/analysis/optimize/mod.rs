//! Which mix is best? Sample average approximation: mixes are searched on common draws, the best are checked on fresh ones,
//! and what is promised comes from draws that took no part in any choice.

mod around;
mod climb;
mod further;
mod knapsack;
mod optimum;
mod question;
mod space;
mod transfers;
mod trial;

use std::ops::Range;

use crate::engine::{BLOCK, Load, Progress, Stopped};
use crate::model::at_mean::AtMean;
use crate::scenario::{RawPlan, Scenario};

use super::axis::Axis;
use super::budgets::STEP;
use super::sweep::Sample;

pub use around::NEARLY;
pub use further::{FrontierPoint, TotalPoint};
pub use optimum::{Candidate, Combination, Margins, Optimum};
pub use question::{Further, OptimizeError, Question};
pub use space::{Mix, Slot, Space};
pub use trial::Checked;

use climb::Climb;
use trial::Trial;

/// The most draws that mixes are searched on.
const SEARCH_DRAWS: u64 = 2_048;

/// The most where nothing but means is asked for, and deals are taken at theirs.
const SEARCH_DRAWS_AT_MEAN: u64 = 1_024;

/// The fewest.
const FEWEST_SEARCH_DRAWS: u64 = 256;

/// Draws that combinations of other figures are looked at with first.
const FIRST_DRAWS: u64 = 1_024;

/// So many combinations of other figures are searched to the end.
const TO_THE_END: usize = 2;

/// The most combinations of other figures.
pub const MOST_COMBINATIONS: usize = 40;

/// So many of the best mixes are checked on fresh draws.
const CHECKED: usize = 5;

/// Mixes that differ by less than this share of the total are one.
const APART: f64 = 0.01;

/// What round sums may cost, as a share of the worth.
const ROUND: f64 = 2e-4;

/// What the search runs on.
pub struct Optimizer<'p> {
    question: Question,
    further: Further,
    combinations: Vec<(Combination, Scenario)>,
    others_today: Vec<(String, String)>,
    today: &'p Scenario,
    draws: Sample,
}

impl<'p> Optimizer<'p> {
    /// Reads every combination of `also` for the plan of `draft`, which is that of `today`.
    ///
    /// # Errors
    ///
    /// That a combination is no plan, or that there are too many.
    pub fn read(
        question: Question,
        further: Further,
        (draft, today): (&RawPlan, &'p Scenario),
        also: &[Axis],
        draws: Sample,
    ) -> Result<Self, OptimizeError> {
        let count: usize = also.iter().map(|axis| axis.values.len()).product();
        if count > MOST_COMBINATIONS {
            return Err(OptimizeError::Unfit(format!(
                "{count} combinations are too many: {MOST_COMBINATIONS} are the most"
            )));
        }
        question.space(&today.plan, None).map_err(OptimizeError::Unfit)?;
        let mut combinations = Vec::with_capacity(count);
        for number in 0..count {
            let mut rest = number;
            let mut settings = Vec::new();
            let mut is_today = true;
            for axis in also {
                let at = rest % axis.values.len();
                rest /= axis.values.len();
                is_today &= axis.today_at() == Some(at);
                settings.push(axis.setting(at));
            }
            let scenario = draft.clone().set(&settings).read()?;
            combinations.push((Combination { settings, is_today }, scenario));
        }
        let today_of = |axis: &Axis| axis.today.as_ref().map_or_else(String::new, |today| today.text.clone());
        let others_today = also.iter().map(|axis| (axis.path.clone(), today_of(axis))).collect();
        Ok(Self { question, further, combinations, others_today, today, draws })
    }

    /// What the search asks of the machine.
    #[must_use]
    pub fn load(&self) -> Load {
        Load::of_columns(2 * CHECKED as u64 + 3, 2 + self.question.conditions.len() as u64)
    }

    /// Searches for the best mix.
    ///
    /// # Errors
    ///
    /// [`OptimizeError::Stopped`] when `progress` said so.
    pub fn run(&self, progress: &dyn Progress) -> Result<Optimum, OptimizeError> {
        self.announce(progress);
        let space = self.question.space(&self.today.plan, None).map_err(OptimizeError::Unfit)?;
        let start = space.start();
        let of_today = self.trial(self.today, &space, 1.0, progress);
        let size = self.size(&of_today, &start)?;
        let of_today = Trial { size, ..of_today };
        // Draws that were searched on, draws that the best are chosen on, draws that the promise is taken from.
        let searched = self.searched_on();
        let [choice, promise] = self.fresh();

        let (candidates, mut looked_at) = self.candidates(&of_today)?;
        let chosen = self.chosen(candidates, &of_today, &start)?;
        let today_at = self.combinations.iter().position(|(combination, _)| combination.is_today);
        let own = chosen.is_none();
        let (combination, mix) = match chosen {
            Some((combination, mix)) => (Some(combination), mix),
            None => (today_at, start.clone()),
        };
        let scenario = match combination.filter(|_| !own) {
            Some(combination) => &self.combinations[combination].1,
            None => self.today,
        };

        let trial = self.trial(scenario, &space, size, progress);
        let mut climb = Climb::new(&space, trial.on(searched.clone()));
        let mix = if own { mix } else { self.tidied(&space, &mut climb, mix)? };

        // What is promised comes from draws that took no part in any choice.
        let (start, best) = (
            self.candidate((today_at, &start), &of_today, &promise)?,
            self.candidate((combination, &mix), &trial, &promise)?,
        );
        let gain = best.fresh.measured.less(&start.fresh.measured);

        let least = best.searched - NEARLY * best.searched.abs();
        let ranges = around::ranges(&space, &mut climb, &best.mix, least)?;
        let second = match own || combination != today_at {
            true => None,
            false => around::moving_less(&space, &mut climb, (&start.mix, &best.mix), least)?,
        };
        let second = second.map(|mix| self.candidate((combination, &mix), &trial, &promise)).transpose()?;
        looked_at += climb.count();
        let margins = [
            self.margins(&of_today.on(searched.clone()), &start.mix)?,
            self.margins(&trial.on(searched.clone()), &best.mix)?,
        ];
        let [at_start, at_best] = margins;
        let frontier = self.frontier(&trial, &best.mix, &choice)?;
        let totals = self.other_totals(scenario, &best.mix, size, &choice, progress)?;
        Ok(Optimum {
            question: self.question.clone(),
            combinations: self.combinations.iter().map(|(combination, _)| combination.clone()).collect(),
            others_today: self.others_today.clone(),
            start,
            best,
            gain,
            ranges,
            second,
            margins: at_start.into_iter().zip(at_best).map(|(start, best)| [start, best]).collect(),
            frontier,
            totals,
            draws: self.draws,
            looked_at,
            searched_on: self.searched_on().end,
            space,
        })
    }

    /// The mix without idle money and in round sums, where that costs next to nothing.
    fn tidied(&self, space: &Space, climb: &mut Climb<'_, Trial<'_>>, mix: Mix) -> Result<Mix, Stopped> {
        let trimmed = climb.trimmed(mix)?;
        let rounded = space.rounded(&trimmed);
        let worth = climb.worth(&[trimmed.clone(), rounded.clone()])?;
        Ok(if worth[1] >= worth[0] - ROUND * worth[0].abs() { rounded } else { trimmed })
    }

    /// Says how much work there is, as far as it can be told before.
    fn announce(&self, progress: &dyn Progress) {
        let runs = self.draws.runs;
        let combinations = self.combinations.len() as u64;
        let first = self.searched_on().end.min(FIRST_DRAWS);
        let totals = 60 * self.further.totals.len() as u64;
        let frontier = if self.further.frontier { 60 * 5 * self.searched_by_chance().end } else { 0 };
        let search = (170 + totals) * self.searched_on().end + (combinations - 1) * 45 * first;
        progress.begin(runs, search + frontier + 9 * runs);
    }

    /// The size of the objective under the plan as it stands.
    fn size(&self, of_today: &Trial<'_>, start: &Mix) -> Result<f64, OptimizeError> {
        let first = self.searched_on().end.min(FIRST_DRAWS);
        let checked = of_today.on(0..first).check(std::slice::from_ref(start))?;
        let size = checked[0].gauge.value.abs().max(1e-9);
        Ok(if size.is_finite() { size } else { 1.0 })
    }

    /// The best mixes that climbing finds, with their combinations, and how many were looked at.
    fn candidates(&self, of_today: &Trial<'_>) -> Result<(Vec<Met>, usize), OptimizeError> {
        let &Trial { space, size, progress, .. } = of_today;
        let mut found = Vec::new();
        let mut looked_at = 0;
        for combination in self.first_look(space, size, progress)? {
            let trial = self.trial(&self.combinations[combination].1, space, size, progress);
            let mut climb = Climb::new(space, trial);
            climb.search(&self.starts(space))?;
            looked_at += climb.count();
            found.extend(climb.met.into_iter().map(|(mix, worth)| Met { combination, mix, worth }));
        }
        Ok((leading(found, space.total), looked_at))
    }

    /// The best of the candidates and the plan's own mix, on draws that none was searched on; none where that is the
    /// plan's own.
    fn chosen(
        &self,
        candidates: Vec<Met>,
        of_today: &Trial<'_>,
        start: &Mix,
    ) -> Result<Option<(usize, Mix)>, OptimizeError> {
        let &Trial { space, size, progress, .. } = of_today;
        let [choice, _] = self.fresh();
        let trial = |met: &Met| self.trial(&self.combinations[met.combination].1, space, size, progress);
        let trials: Vec<Trial<'_>> = candidates.iter().map(trial).collect();
        let mixes = candidates.iter().map(|met| &met.mix);
        let tried: Vec<_> = std::iter::once((of_today, start)).chain(trials.iter().zip(mixes)).collect();
        let mut checked = of_today.on(choice).check_each(&tried)?.into_iter().map(|checked| checked.worth);
        let mut most = checked.next().unwrap_or(f64::NEG_INFINITY);
        let mut best = None;
        for (Met { combination, mix, .. }, worth) in candidates.into_iter().zip(checked) {
            if most < worth {
                (best, most) = (Some((combination, mix)), worth);
            }
        }
        Ok(best)
    }

    fn trial<'t>(
        &'t self,
        scenario: &'t Scenario,
        space: &'t Space,
        size: f64,
        progress: &'t dyn Progress,
    ) -> Trial<'t> {
        Trial {
            plan: &scenario.plan,
            space,
            objective: self.question.objective,
            conditions: &self.question.conditions,
            at_mean: self.at_mean(),
            draws: self.searched_on(),
            seed: self.draws.seed,
            sampling: scenario.simulation.sampling,
            progress,
            size,
        }
    }

    /// Draws beyond those that were searched on: to choose from, and to promise.
    fn fresh(&self) -> [Range<u64>; 2] {
        let block = BLOCK as u64;
        let first = self.draws.runs.max(self.searched_on().end).div_ceil(block) * block;
        let second = first + self.draws.runs.div_ceil(block) * block;
        [first, second].map(|from| from..from + self.draws.runs)
    }

    /// The draws that mixes are searched on: no more than are asked for.
    fn searched_on(&self) -> Range<u64> {
        let most = if self.at_mean() == AtMean::Deals { SEARCH_DRAWS_AT_MEAN } else { SEARCH_DRAWS };
        0..self.draws.runs.clamp(FEWEST_SEARCH_DRAWS, most)
    }

    /// The draws that are searched on where all chance is drawn.
    fn searched_by_chance(&self) -> Range<u64> {
        0..self.draws.runs.clamp(FEWEST_SEARCH_DRAWS, SEARCH_DRAWS)
    }

    /// What is taken at its mean, in every combination alike: as much as can be, where nothing but means is asked for.
    fn at_mean(&self) -> AtMean {
        let conditions = self.question.conditions.iter().map(|condition| condition.objective);
        if !std::iter::once(self.question.objective).chain(conditions).all(|own| own.is_mean()) {
            return AtMean::Nothing;
        }
        let scenarios = self.combinations.iter().map(|(_, scenario)| scenario);
        let each = scenarios.chain([self.today]).map(|scenario| AtMean::most(&scenario.plan.parts));
        each.min().unwrap_or_default()
    }

    fn starts(&self, space: &Space) -> Vec<Mix> {
        let mut starts = vec![space.start()];
        let none: Mix = space.slots.iter().map(|slot| slot.low).collect();
        for start in [space.even(), none] {
            if !starts.contains(&start) {
                starts.push(start);
            }
        }
        starts
    }

    /// The combinations that are worth a whole search: those that lead in a short one.
    fn first_look(&self, space: &Space, size: f64, progress: &dyn Progress) -> Result<Vec<usize>, Stopped> {
        if let [_] = self.combinations.as_slice() {
            return Ok(vec![0]);
        }
        let mut worth = Vec::with_capacity(self.combinations.len());
        let mut mix = space.start();
        for (_, scenario) in &self.combinations {
            let trial = self.trial(scenario, space, size, progress).on(0..FIRST_DRAWS.min(self.searched_on().end));
            let mut climb = Climb::new(space, trial);
            // Neighbors have much the same best mix.
            mix = climb.shortly(&[mix, space.start()])?;
            worth.push(climb.worth(std::slice::from_ref(&mix))?[0]);
        }
        let mut order: Vec<usize> = (0..worth.len()).collect();
        order.sort_by(|&a, &b| worth[b].total_cmp(&worth[a]));
        order.truncate(TO_THE_END);
        Ok(order)
    }

    fn candidate(
        &self,
        (combination, mix): (Option<usize>, &Mix),
        trial: &Trial<'_>,
        fresh: &Range<u64>,
    ) -> Result<Candidate, Stopped> {
        let one = std::slice::from_ref(mix);
        let searched = trial.on(self.searched_on()).check(one)?.remove(0);
        let fresh = trial.on(fresh.clone()).check(one)?.remove(0);
        Ok(Candidate { combination, mix: mix.clone(), searched: searched.gauge.value, fresh })
    }

    /// What a little more and a little less brings in each channel around a mix, whatever the total.
    fn margins(&self, trial: &Trial<'_>, mix: &Mix) -> Result<Vec<Margins>, Stopped> {
        let slots = &trial.space.slots;
        let with = |at: usize, budget: f64| {
            let mut other = mix.clone();
            other[at] = budget.max(0.0);
            other
        };
        let more = |slot: &Slot| slot.piece.unwrap_or(STEP);
        // The last of it, where a channel has less than 1,000.
        let less = |at: usize, slot: &Slot| slot.piece.unwrap_or(if mix[at] > 0.0 { STEP.min(mix[at]) } else { STEP });
        let mut family = vec![mix.clone()];
        for (at, slot) in slots.iter().enumerate() {
            family.push(with(at, mix[at] + more(slot)));
            family.push(with(at, mix[at] - less(at, slot)));
        }
        let checked = trial.check(&family)?;
        let base = &checked[0].measured;
        Ok(slots
            .iter()
            .enumerate()
            .map(|(at, slot)| {
                let (more, less) = (more(slot), less(at, slot));
                let next = checked[1 + 2 * at].measured.less(base).scaled(STEP / more);
                let last = base.less(&checked[2 + 2 * at].measured).scaled(STEP / less);
                Margins { next: Some(next), last: Some(last).filter(|_| mix[at] >= less * (1.0 - 1e-9)) }
            })
            .collect())
    }
}

/// A mix that a climb has met.
struct Met {
    /// the combination of other figures
    combination: usize,
    mix: Mix,
    /// what it is worth on the draws that were searched on
    worth: f64,
}

/// The leading mixes that differ by more than next to nothing.
fn leading(mut found: Vec<Met>, total: f64) -> Vec<Met> {
    found.sort_by(|a, b| b.worth.total_cmp(&a.worth));
    let mut leading: Vec<Met> = Vec::new();
    for candidate in found {
        let is_near = |own: &Met| {
            own.combination == candidate.combination && around::moved(&own.mix, &candidate.mix) < APART * total
        };
        if !leading.iter().any(is_near) {
            leading.push(candidate);
        }
        if leading.len() == CHECKED {
            break;
        }
    }
    leading
}
