//! What would it take, and which mix is best: the answers of `foremix goal` and `foremix optimize`.

use serde::Deserialize;

use crate::analysis::{
    Condition, Figure, Further, Goal, Lever, Objective, Optimizer, Question, Sample, Scope, Sense, Side,
};
use crate::engine::Progress;
use crate::reading::{Diagnostic, SourceId, Sources};
use crate::report::{AnswerGlance, GoalReport, OptimizeReport};
use crate::scenario::{Loaded, Scenario};
use crate::units::plain;

use super::faults::Trouble;
use super::plans::{Luck, Plans};
use super::state::State;

/// What is to be reached, and by what.
#[derive(Debug, Deserialize)]
pub(super) struct Aim {
    /// the outcome
    outcome: String,
    /// the number to reach
    value: f64,
    /// how sure, as a share
    chance: f64,
    /// the path of a figure, or `total`
    by: String,
}

/// What it would take.
pub(super) fn goal(plans: &Plans, state: &State, aim: &Aim, progress: &dyn Progress) -> Result<AnswerGlance, Trouble> {
    let Loaded { scenario, draft } = plans.load(state)?;
    if !(aim.chance > 0.0 && aim.chance < 1.0) {
        return Err(Trouble::Unfit("a chance lies between 0% and 100%".into()));
    }
    let reach = format!("{}={}", aim.outcome, plain(aim.value));
    let has_margin = scenario.plan.parts.finance.gross_margin.is_some();
    let asked = read(&reach, |source| Scope { source, has_margin }.condition(&reach))?;
    let condition = Condition {
        objective: Objective { outcome: asked.objective.outcome, figure: Figure::Chance(asked.side) },
        side: Side { sense: Sense::AtLeast, bound: aim.chance },
        bare: false,
    };
    let lever = read(&aim.by, |source| Lever::read(&aim.by, None, &draft, source))?;
    for end in [lever.range.low, lever.range.high] {
        let settings = lever.settings(end);
        draft.clone().set(&settings).read().map_err(|error| Trouble::of(error, &settings))?;
    }
    let goal = Goal { condition, lever };
    let sample = sample(plans, &scenario);
    goal.load().check(sample.runs)?;
    let run = goal.run(&draft, &scenario, sample, progress)?;
    Ok(GoalReport::of(&scenario, &run).glance())
}

/// The best mix of the money that there is; `locked` channels keep their budgets.
pub(super) fn optimize(
    plans: &Plans,
    state: &State,
    locked: Vec<String>,
    progress: &dyn Progress,
) -> Result<AnswerGlance, Trouble> {
    let Loaded { scenario, draft } = plans.load(state)?;
    let question = Question {
        objective: Objective::mean_of(scenario.steering_outcome()),
        conditions: Vec::new(),
        total: None,
        between: Vec::new(),
        locked,
        steps: Vec::new(),
    };
    let further = Further { frontier: false, totals: Vec::new() };
    let sample = sample(plans, &scenario);
    let optimizer = Optimizer::read(question, further, (&draft, &scenario), &[], sample)?;
    optimizer.load().check(sample.runs)?;
    let optimum = optimizer.run(progress)?;
    Ok(OptimizeReport::of(&scenario, &optimum).glance())
}

fn sample(plans: &Plans, scenario: &Scenario) -> Sample {
    let Luck { runs, seed } = plans.luck(scenario);
    Sample { runs, seed }
}

/// Reads a text of the page; its faults point into it.
fn read<T>(text: &str, read: impl FnOnce(SourceId) -> Result<T, Diagnostic>) -> Result<T, Trouble> {
    let mut sources = Sources::default();
    let source = sources.add("the page", text);
    read(source).map_err(|fault| Trouble::listed(std::iter::once(&fault), &sources, &[]))
}
