//! Several plans that run beside each other give what each gives alone, however much or little they resemble each other.

use std::path::{Path, PathBuf};

use foremix::engine::{RunSpec, Unwatched, draws_of_each, run, run_each};
use foremix::model::plan::Plan;
use foremix::scenario::{RawPlan, Scenario};

use super::RICH;
use super::draws::ask;
use super::family::same;
use super::support::scenario_with;

/// Gives the work that it took, in draws of a plan that runs alone.
#[track_caller]
fn each_as_alone(scenarios: &[(String, Scenario)]) -> u64 {
    let plans: Vec<&Plan> = scenarios.iter().map(|(_, scenario)| &scenario.plan).collect();
    let ask = RunSpec { details: true, ..ask(&scenarios[0].1, 1_000..1_040, 3) };
    let together = run_each(&plans, &ask, &Unwatched).expect("nobody stops it");
    assert_eq!(together.len(), plans.len());
    for (((name, _), plan), together) in scenarios.iter().zip(&plans).zip(&together) {
        let alone = run(plan, &ask, &Unwatched).expect("nobody stops it");
        assert!(same(together, &alone), "{name}");
    }
    draws_of_each(&plans)
}

#[test]
fn bundled_plans_and_their_variants() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let files = std::fs::read_dir(folder).expect("the folder of scenarios");
    let paths = files.map(|entry| entry.expect("a file").path());
    let paths: Vec<PathBuf> = paths.filter(|path| path.extension().is_some_and(|end| end == "toml")).collect();
    let (mut plans, mut work) = (0, 0);
    for path in &paths {
        let file = RawPlan::open(path).expect("a scenario");
        let varied = file.variants().map(|name| (name.to_owned(), file.clone().vary(name).expect("a variant")));
        let drafts = std::iter::once((path.display().to_string(), file.clone())).chain(varied);
        let all: Vec<_> = drafts.map(|(name, draft)| (name, draft.read().expect("a plan"))).collect();
        plans += all.len() as u64;
        work += each_as_alone(&all);
    }
    assert!(paths.len() >= 10 && plans > 2 * paths.len() as u64);
    assert!(work < plans, "some of {plans} plans share their work");
}

#[test]
fn plans_of_which_anything_is_changed() {
    const SETTINGS: &[&str] = &[
        "channels.search.budget=12_000",
        "channels.search.cost_per_click=\"1 to 2\"",
        "channels.guides.qualified=50%",
        "channels.fair.budget=6_000",
        "channels.walk_in.average_value=500",
        "channels.radio={ kind = \"baseline\", leads = 3 }",
        "market.volatility=0.4",
        "market.growth_per_week=0.02",
        "horizon.tail_load=0.5",
        "horizon.weeks=10",
        "sales.reps.old.count=2",
        "sales.reps.old.attrition=\"40% a year\"",
        "sales.reps.fresh.does=\"leads\"",
        "sales.reps.new={ count = 1 }",
        "sales.hours_per_lead=0.5",
        "sales.close_rate=25%",
        "sales.cycle_weeks=5",
        "sales.queue=\"best_first\"",
        "deals.value_cv=0.4",
        "deals.average_value=900",
        "deals.open.hot.count=3",
        "deals.open.mild={ count = 4, weeks_to_close = 3 }",
        "deals.return_rate=10%",
        "promotions.sale={ weeks = [5, 6], close_multiplier = 1.3, discount = 0.1 }",
        "shocks.strike={ chance = 0.4, weeks = [3, 12], close = 0.7, demand = 0.8 }",
        "brand={ max_lift = 0.3, half_spend = 4_000, half_life = 20 }",
        "customers={ active = 80, repeat_rate = 0.1, repeat_value = 40, repeat_cv = 0.7, churn_rate = 0.02 }",
        "delivery={ per_week = 2 }",
        "rules.hold={ kind = \"throttle\", channels = [\"search\"], backlog_weeks = 0.5, to = 0.4 }",
        "finance.commission=0",
        "booked={ revenue = 5_000 }",
        "targets.revenue=40_000",
    ];
    let mut all = vec![("as it is".to_owned(), scenario_with(RICH, &[]))];
    all.extend(SETTINGS.iter().map(|&setting| (setting.to_owned(), scenario_with(RICH, &[setting]))));
    // In this order, and with another plan first: what a draw leaves behind must not be seen in the next plan's.
    assert!(each_as_alone(&all) < all.len() as u64);
    all.reverse();
    assert!(each_as_alone(&all) < all.len() as u64);
}
