//! A sweep over a budget whose profit is known: where it is best, and what the next money brings.

use foremix::analysis::{Axis, Sample, Series, Sweep};
use foremix::engine::{T31, Unwatched};
use foremix::model::outcomes::OutcomeId;
use foremix::scenario::RawPlan;

use super::SEEDS;
use super::one_budget::{clicks, plan};

/// What comes of a budget on average: a click is worth 0.05·0.5·0.4·500 = 5.
fn revenue(budget: f64) -> f64 {
    5.0 * clicks(budget)
}

fn sweep(vary: &str, seed: u64) -> Sweep {
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), plan(0.3)).expect("the plan is written");
    let draft = RawPlan::open(file.path()).expect("a plan");
    let axis = Axis::read(vary, &draft).expect("values");
    let series = Series::read(&draft, vec![axis], None).expect("plans");
    let outcomes = ["profit", "revenue"].map(|key| OutcomeId::named(key).expect("an outcome"));
    let today = draft.read().expect("a plan");
    let sample = Sample { runs: 8_000, seed };
    series.run(&today, &outcomes, sample, &Unwatched).expect("nobody stops it")
}

#[test]
fn the_best_budget_is_where_the_next_money_earns_itself() {
    // Profit is revenue less B: its slope 2.5·exp(−B/8000) − 1 is 0 at B = 8000·ln 2.5 = 7,330.
    let best = 8_000.0 * 2.5_f64.ln();
    for seed in SEEDS {
        let sweep = sweep("channels.search.budget=1000..17000:9", seed);
        let finding = sweep.finding(sweep.outcomes[0]).expect("profit");
        let found = sweep.axes[0].number(finding.ranking.leading);
        assert!((found - best).abs() <= 1_000.0, "{found}");
        let (first, last) = finding.around_leading();
        assert!(first <= finding.ranking.leading && finding.ranking.leading <= last);
        assert!(last - first <= 2, "{:?}", finding.ranking.alike);
    }
}

#[test]
fn the_next_money_brings_what_the_curve_says() {
    for seed in SEEDS {
        let sweep = sweep("channels.search.budget=1000..17000:9", seed);
        let [profit, of_revenue] = [sweep.outcomes[0], sweep.outcomes[1]];
        for at in 0..8 {
            let (from, to) = (sweep.axes[0].number(at), sweep.axes[0].number(at + 1));
            let wanted = (revenue(to) - revenue(from)) / (to - from);
            for (outcome, wanted) in [(of_revenue, wanted), (profit, wanted - 1.0)] {
                let slope = sweep.slope_after(at, outcome).expect("a slope");
                let error = slope.error.expect("an error");
                let off = (slope.mean - wanted).abs() / error;
                assert!(off <= 4.0, "{from} to {to}: {slope:?} for {wanted}");
                // Under one luck the margin is far narrower than that of two means.
                let stats = |at: usize| sweep.points[at].results.stats(outcome).unwrap();
                let apart = [at, at + 1].map(|at| stats(at).errors.unwrap().mean);
                assert!(error * (to - from) < 0.9 * apart[0].hypot(apart[1]));
            }
            let mean = sweep.points[at].results.stats(of_revenue).unwrap();
            let off = mean.mean - revenue(from);
            assert!(off.abs() <= 4.0 * mean.errors.unwrap().mean, "{from}: {off}");
        }
        assert!(sweep.slope_after(8, profit).is_none());
    }
}

#[test]
fn what_has_no_effect_is_the_same_in_every_draw() {
    let sweep = sweep("finance.fixed_costs=0,10,20", 1);
    assert!(sweep.finding(sweep.outcomes[1]).expect("revenue").ranking.all_same);
    assert_eq!(sweep.today_at, Some(0));
}

#[test]
fn a_flat_top_is_told_as_one() {
    // From 4·2·1000·2.996 = 23,966 on the channel can buy no more: 95 % of the clicks are the most.
    let sweep = sweep("channels.search.budget=2000..42000:5", 2);
    let finding = sweep.finding(sweep.outcomes[1]).expect("revenue");
    assert_eq!(finding.around_leading(), (3, 4));
    let flat = sweep.slope_after(3, sweep.outcomes[1]).expect("a slope");
    assert_eq!((flat.mean, flat.is_clear()), (0.0, false));
    assert!(T31 * flat.error.expect("an error") < 1e-9);
}
