//! Pinned plans beside each other, on common random numbers.

use serde::Deserialize;

use crate::analysis::{Contender, compare, incomparable};
use crate::engine::Progress;
use crate::report::{AnswerGlance, comparison_glance};
use crate::scenario::Loaded;

use super::faults::Trouble;
use super::plans::Plans;
use super::state::State;

/// A plan that was pinned.
#[derive(Debug, Deserialize)]
pub(super) struct Pinned {
    name: String,
    state: State,
}

/// So many plans can be compared at a time.
const MOST_PLANS: usize = 8;

/// What differs between pinned plans; the first is what the others are held against.
pub(super) fn beside(plans: &Plans, pinned: &[Pinned], progress: &dyn Progress) -> Result<AnswerGlance, Trouble> {
    if pinned.len() < 2 || pinned.len() > MOST_PLANS {
        return Err(Trouble::Unfit(format!("from 2 to {MOST_PLANS} plans can be compared")));
    }
    let mut contenders: Vec<Contender> = Vec::with_capacity(pinned.len());
    for plan in pinned {
        let Loaded { scenario, draft } = plans.load(&plan.state)?;
        let mut label = plan.name.trim().to_owned();
        if label.is_empty() || contenders.iter().any(|other| other.label == label) {
            label = format!("{label} {}", contenders.len() + 1).trim().to_owned();
        }
        contenders.push(Contender { label, draft, scenario });
    }
    if let Some(why) = incomparable(&contenders) {
        return Err(Trouble::Unfit(why));
    }
    let base = &contenders[0].scenario;
    let (luck, outcome) = (plans.luck(base), base.steering_outcome());
    let comparison = compare(&contenders, luck.runs, luck.seed, progress)?;
    Ok(comparison_glance(base, &comparison, outcome))
}
