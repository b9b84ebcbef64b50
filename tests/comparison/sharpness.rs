//! What the same luck is worth.

use foremix::analysis::{Contender, compare};
use foremix::engine::Unwatched;
use foremix::scenario::RawPlan;

use super::draws::{column, draw};
use super::{outcome, paired};

/// A bundled plan and a variant of it.
fn pair(file: &str, variant: &str) -> [Contender; 2] {
    let file = RawPlan::open(std::path::Path::new(file)).unwrap();
    [None, Some(variant)].map(|variant| {
        let draft = match variant {
            Some(name) => file.clone().vary(name).unwrap(),
            None => file.clone(),
        };
        Contender { label: variant.unwrap_or("base plan").to_owned(), scenario: draft.read().unwrap(), draft }
    })
}

#[test]
fn a_budget_that_moves_is_told_fifteen_times_sharper_than_by_independent_runs() {
    for (file, variant) in [
        ("scenarios/b2b-saas.toml", "more-search"),
        ("scenarios/web-shop.toml", "less-social"),
        ("scenarios/industrial.toml", "no-trade-show"),
    ] {
        let plans = pair(file, variant);
        let comparison = compare(&plans, 4_096, 1, &Unwatched).unwrap();
        let revenue = paired(&comparison.contrasts[0], "revenue");
        let told = revenue.variance_reduction.unwrap();
        assert!(told >= 15.0, "{file}: {told}");
        // What is told is what comes of runs whose luck differs.
        let [base, plan] = &plans;
        let base = draw(&base.scenario, 0..4_096, 1);
        let plan = draw(&plan.scenario, 0..4_096, 2);
        let apart: Vec<f64> =
            column(&base, "revenue").iter().zip(column(&plan, "revenue")).map(|(base, plan)| plan - base).collect();
        let mean = apart.iter().sum::<f64>() / apart.len() as f64;
        let variance: f64 = apart.iter().map(|d| (d - mean).powi(2)).sum::<f64>() / 4_095.0;
        let measured = variance / revenue.difference.sd.powi(2);
        assert!((measured / told).ln().abs() < 0.25, "{file}: {measured}, told {told}");
    }
}

#[test]
fn what_a_moved_budget_brings_does_not_hang_on_the_seed() {
    let plans = pair("scenarios/b2b-saas.toml", "one-more-rep");
    let of_seed = |seed| {
        let comparison = compare(&plans, 4_096, seed, &Unwatched).unwrap();
        let difference = paired(&comparison.contrasts[0], "profit").difference;
        (difference.mean, difference.errors.unwrap().mean)
    };
    let ((one, error), (other, its_error)) = (of_seed(1), of_seed(2));
    assert!((one - other).abs() <= 4.0 * error.hypot(its_error));
    assert!(comparison_has(&plans, "profit_with_tail"));
}

fn comparison_has(plans: &[Contender], key: &str) -> bool {
    let comparison = compare(plans, 64, 1, &Unwatched).unwrap();
    comparison.plans[0].outcome(outcome(key)).is_some_and(|stats| stats.defined == 1.0)
}
