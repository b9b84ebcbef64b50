//! Several plans at once, whatever they are: those that resemble each other run as families.

use crate::model::plan::Plan;

use super::draws::Draws;
use super::progress::{PartOf, Progress, Stopped};
use super::runner::{draws_of_family, run_family};
use super::spec::RunSpec;

/// So many plans run as one family at the most: what each thread gathers of them is in memory at once.
const MOST: usize = 64;

/// Simulates the draws of an [`RunSpec`] for each of several plans, in their order: what [`run`](super::run) gives for each
/// of them alone, to the last bit. Plans of the same sources, lead classes, groups of reps and of open deals, rules, weeks
/// and inputs share what they have in common in a draw.
///
/// # Errors
///
/// [`Stopped`] when `progress` said so.
pub fn run_each(plans: &[&Plan], ask: &RunSpec, progress: &dyn Progress) -> Result<Vec<Draws>, Stopped> {
    let mut all = Vec::with_capacity(plans.len());
    for family in families(plans) {
        let members: Vec<&Plan> = family.iter().map(|&at| plans[at]).collect();
        all.extend(family.into_iter().zip(run_family(&members, ask, &PartOf(progress))?));
    }
    all.sort_by_key(|(at, _)| *at);
    Ok(all.into_iter().map(|(_, draws)| draws).collect())
}

/// The work of a draw of each of the plans, in draws of a plan that runs alone.
#[must_use]
pub fn draws_of_each(plans: &[&Plan]) -> u64 {
    families(plans).iter().map(|family| draws_of_family(family.len())).sum()
}

/// The places of the plans, family by family; the others of a family resemble its first.
fn families(plans: &[&Plan]) -> Vec<Vec<usize>> {
    let mut families: Vec<Vec<usize>> = Vec::new();
    for (at, plan) in plans.iter().enumerate() {
        let takes_in = |family: &&mut Vec<usize>| family.len() < MOST && plan.is_kin_of(plans[family[0]]);
        match families.iter_mut().find(takes_in) {
            Some(family) => family.push(at),
            None => families.push(vec![at]),
        }
    }
    families
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::reading::Files;
    use crate::scenario::Loader;

    #[test]
    fn plans_of_the_same_names_and_inputs_are_a_family() {
        let loader = Loader::of(Files::in_memory([("plan.toml", include_str!("../../scenarios/b2b-saas.toml"))]));
        let plan = |settings: &[&str]| {
            let loaded = loader.load(Path::new("plan.toml"), None, settings);
            loaded.unwrap_or_else(|error| panic!("{error}")).scenario.plan
        };
        let hold = "rules.hold={ kind = \"throttle\", channels = [\"search\"], backlog_weeks = 0.5, to = 0.4 }";
        let [first, again, dearer] = [plan(&[]), plan(&[]), plan(&["channels.search.budget=95k"])];
        let [certain, ruled] = [plan(&["sales.close_rate=20%"]), plan(&[hold])];
        let plans = [&first, &certain, &again, &dearer, &ruled, &certain];
        assert_eq!(families(&plans), [vec![0, 2, 3], vec![1, 5], vec![4]]);
        assert_eq!(draws_of_each(&plans), 2 + 1 + 1);
        let many: Vec<usize> = families(&[&first; 2 * MOST + 1]).iter().map(Vec::len).collect();
        assert_eq!(many, [MOST, MOST, 1]);
    }
}
