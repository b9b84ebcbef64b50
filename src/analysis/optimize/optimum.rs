//! What came of a search for the best mix.

use super::super::judgement::Estimate;
use super::super::objective::Objective;
use super::super::sweep::Sample;
use super::super::total::key;
use super::around;
use super::further::{FrontierPoint, TotalPoint};
use super::question::Question;
use super::space::{Mix, Slot, Space};
use super::trial::Checked;

/// Other figures of the plan that are chosen with the mix: the settings of every combination.
#[derive(Clone, Debug)]
pub struct Combination {
    /// what is set
    pub settings: Vec<String>,
    /// whether it is what the plan has
    pub is_today: bool,
}

/// A mix that was looked at.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// the combination of other figures; none where they stay as they are
    pub combination: Option<usize>,
    /// the budgets
    pub mix: Mix,
    /// what it is worth on the draws it was searched on
    pub searched: f64,
    /// what came of it on fresh draws
    pub fresh: Checked,
}

/// What a little more or less brings in a channel, in the objective.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Margins {
    /// the next 1,000, or one piece more, scaled to that; none where it can't have more
    pub next: Option<Estimate>,
    /// the last 1,000, or one piece less
    pub last: Option<Estimate>,
}

/// What came of a search for the best mix.
#[derive(Clone, Debug)]
pub struct Optimum {
    /// what was asked
    pub question: Question,
    /// the mixes to choose from
    pub space: Space,
    /// the combinations of other figures; one where none were asked for
    pub combinations: Vec<Combination>,
    /// these figures in the plan: the path, and what is written there
    pub others_today: Vec<(String, String)>,
    /// the plan's mix, at the same total
    pub start: Candidate,
    /// the best mix found; the plan's where none is better
    pub best: Candidate,
    /// how much better the best is on draws that took no part in the choice
    pub gain: Estimate,
    /// the range of each budget that stays within 1 % of the best, the others making room
    pub ranges: Vec<(f64, f64)>,
    /// nearly as good, with less money moved
    pub second: Option<Candidate>,
    /// what a little more or less brings in each channel: at the plan's mix and at the best
    pub margins: Vec<[Margins; 2]>,
    /// mean against P10
    pub frontier: Vec<FrontierPoint>,
    /// other totals
    pub totals: Vec<TotalPoint>,
    /// draws of a check
    pub draws: Sample,
    /// mixes that were looked at
    pub looked_at: usize,
    /// draws that they were searched on
    pub searched_on: u64,
}

impl Optimum {
    /// The money that the best mix moves from channel to channel.
    #[must_use]
    pub fn moved(&self) -> f64 {
        around::moved(&self.start.mix, &self.best.mix)
    }

    /// The money that the second mix moves.
    #[must_use]
    pub fn moved_by_second(&self) -> Option<f64> {
        self.second.as_ref().map(|second| around::moved(&self.start.mix, &second.mix))
    }

    /// Is the best mix better than the plan's, as far as can be told?
    #[must_use]
    pub fn is_better(&self) -> bool {
        self.gain.mean > 0.0 && self.gain.is_clear()
    }

    /// Does a mix keep to the conditions: surely (`Some(true)`), surely not, or can't that be told?
    #[must_use]
    pub fn keeps(&self, candidate: &Candidate) -> Option<bool> {
        let mut all = Some(true);
        for (condition, gauge) in self.question.conditions.iter().zip(&candidate.fresh.conditions) {
            let ends = [gauge.low, gauge.high].map(|end| condition.side.slack(end));
            match (ends[0].min(ends[1]) >= 0.0, ends[0].max(ends[1]) < 0.0) {
                (true, _) => {}
                (_, true) => return Some(false),
                _ => all = None,
            }
        }
        all
    }

    /// The other figures of a candidate: the path, what the plan has, what the candidate has.
    pub fn also<'c>(&'c self, candidate: &Candidate) -> impl Iterator<Item = (&'c str, &'c str, &'c str)> {
        let own = candidate.combination.and_then(|at| self.combinations.get(at));
        let settings = own.map(|own| own.settings.as_slice()).unwrap_or_default();
        self.others_today.iter().zip(settings).filter_map(|((path, today), setting)| {
            let value = setting.split_at_checked(path.len() + 1)?.1;
            Some((path.as_str(), today.as_str(), value))
        })
    }

    /// What is to be as high as possible.
    #[must_use]
    pub fn objective(&self) -> Objective {
        self.question.objective
    }

    /// The settings that make the best plan of the plan.
    #[must_use]
    pub fn settings(&self, candidate: &Candidate) -> Vec<String> {
        let own = candidate.combination.and_then(|at| self.combinations.get(at));
        let also = own.map(|own| own.settings.clone()).unwrap_or_default();
        let budget = |(slot, budget): (&Slot, &f64)| {
            format!("channels.{}.budget={}", key(&slot.name), crate::units::plain(rounded(*budget)))
        };
        self.space.slots.iter().zip(&candidate.mix).map(budget).chain(also).collect()
    }
}

/// A budget without the last bits of sums.
fn rounded(budget: f64) -> f64 {
    (budget * 1e6).round() / 1e6
}
