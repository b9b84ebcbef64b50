//! What a little more brings, against theory and against plans that are run for it.

use foremix::analysis::{Estimate, Gain, Marginal};
use foremix::engine::Unwatched;
use foremix::model::what_if::Scarce;

use super::draws::{column, draw};
use super::{CERTAIN, assert_near, contender};

fn marginal(text: &str, runs: u64, seed: u64) -> Marginal {
    let plan = contender(text, &[]);
    Marginal::of(&plan.scenario, runs, seed, &Unwatched).unwrap()
}

fn near(shift: Estimate, theory: f64) {
    assert_near(shift.mean, shift.error.unwrap(), theory);
}

fn of(relief: &[(Scarce, Gain)], what: Scarce) -> Gain {
    relief.iter().find(|(own, _)| *own == what).unwrap().1
}

/// Mean difference of two plans that are run apart with all their chance, in revenue and in profit with what follows; and
/// its standard error, which strata make smaller.
fn apart(text: &str, settings: &[&str]) -> [(f64, f64); 2] {
    const RUNS: u64 = 8_192;
    let [base, plan] = [&[][..], settings].map(|settings| {
        let plan = contender(text, settings);
        draw(&plan.scenario, 0..RUNS, 1)
    });
    ["revenue", "profit_with_tail"].map(|key| {
        let pairs = column(&base, key).iter().zip(column(&plan, key));
        let differences: Vec<f64> = pairs.map(|(base, plan)| plan - base).collect();
        let mean = differences.iter().sum::<f64>() / RUNS as f64;
        let squares: f64 = differences.iter().map(|own| (own - mean).powi(2)).sum();
        (mean, squares.sqrt() / RUNS as f64)
    })
}

#[test]
fn the_next_thousand_and_a_tenth_more_bring_what_theory_says() {
    // Search: C = 1,300,000 clicks at most, C(1 − e^(−B/2C)) for B; 5 % are leads, of which .4·.25 are won at 6,000. The
    // fair: 40 leads for 4,000. Half of revenue is margin.
    let clicks = |budget: f64| 1_300_000.0 * (1.0 - (-budget / 2_600_000.0).exp());
    let worth = 0.4 * 0.25 * 6_000.0;
    let of_search = |budget: f64| worth * 0.05 * (clicks(budget) - clicks(20_000.0));
    let all = worth * (0.05 * clicks(20_000.0) + 80.0);
    for seed in [1, 20_270, 8_675_309] {
        let marginal = marginal(CERTAIN, 10_000, seed);
        assert_eq!((marginal.draws, marginal.draws_of_curves), (1_024, 256));
        let [search, fair] = &marginal.channels[..] else {
            panic!("two channels spend money");
        };
        near(search.next.revenue, of_search(21_000.0));
        let profit = 0.5 * of_search(21_000.0) - 1_000.0;
        near(search.next.profit_with_tail.unwrap(), profit);
        // One more fair of 4,000 brings 40 leads, scaled to 1,000.
        assert!(fair.one_more && fair.added == 4_000.0);
        near(fair.next.revenue, worth * 10.0);
        let fairs: Vec<f64> = fair.curve.iter().map(|(budget, _)| budget / 4_000.0).collect();
        assert_eq!(fairs.iter().map(|own| own.round()).collect::<Vec<_>>(), [0.0, 1.0, 3.0, 4.0]);
        for (budget, gain) in &fair.curve {
            near(gain.revenue, worth * (budget - 8_000.0) / 100.0);
        }
        for (budget, gain) in &search.curve {
            near(gain.revenue, of_search(*budget));
        }
        // Hours are ample: neither more of them nor one more rep, who costs nothing, changes any draw.
        let hours = of(&marginal.relief, Scarce::Hours).revenue;
        let rep = marginal.reps.first().unwrap();
        assert_eq!((hours.mean, rep.1.revenue.mean), (0.0, 0.0));
        assert_eq!(rep.0, "team");
        near(of(&marginal.relief, Scarce::CloseRate).revenue, 0.1 * all);
        // A tenth more demand raises the ceiling of search and the leads of a fair.
        let ceiling = |more: f64| more * 1_300_000.0 * (1.0 - (-20_000.0 / (more * 2_600_000.0)).exp());
        let by_demand = worth * (0.05 * (ceiling(1.1) - ceiling(1.0)) + 8.0);
        near(of(&marginal.relief, Scarce::Demand).revenue, by_demand);
    }
}

#[test]
fn they_are_what_plans_that_are_run_for_it_bring() {
    let text = std::fs::read_to_string("scenarios/b2b-saas.toml").unwrap();
    let marginal = marginal(&text, 2_048, 1);
    let same = |gain: Gain, settings: &[&str], scale: f64| {
        let by = [gain.revenue, gain.profit_with_tail.unwrap()];
        for (by, (apart, error)) in by.into_iter().zip(apart(&text, settings)) {
            assert_near(by.mean, by.error.unwrap().hypot(scale * error), scale * apart);
        }
    };
    let [search, linkedin, content, newsletter, summit] = &marginal.channels[..] else {
        panic!("five channels spend money");
    };
    same(search.next, &["channels.search.budget=76_000"], 1.0);
    same(linkedin.next, &["channels.linkedin.budget=46_000"], 1.0);
    same(content.next, &["channels.content.budget=46_000"], 1.0);
    same(newsletter.next, &["channels.newsletter.budget=7_000"], 1.0);
    same(summit.next, &["channels.summit.budget=110_000"], 1.0 / 55.0);
    let (budget, gain) = content.curve[2];
    assert_eq!(budget, 22_500.0);
    same(gain, &["channels.content.budget=22_500"], 1.0);
    let rep = marginal.reps.first().unwrap();
    assert_eq!(rep.0, "experienced");
    same(rep.1, &["sales.reps.experienced.count=7"], 1.0);
    same(of(&marginal.relief, Scarce::Hours), &["sales.hours_per_week=44"], 1.0);
    let more = [
        "channels.search.budget=82_500",
        "channels.linkedin.budget=49_500",
        "channels.content.budget=49_500",
        "channels.newsletter.budget=6_600",
        "channels.summit.budget=60_500",
    ];
    same(of(&marginal.relief, Scarce::Budget), &more, 1.0);
}

#[test]
fn a_plan_without_a_margin_or_a_team_says_what_it_can() {
    let without = CERTAIN.replace("[finance]\ngross_margin = 0.5\n", "");
    let marginal_of = marginal(&without, 100, 1);
    assert!(marginal_of.channels.iter().all(|own| own.next.profit_with_tail.is_none()));
    let online = "[channels.shop]\nkind = \"baseline\"\nleads = 50\nroute = \"online\"\nclose_rate = 0.1\n[deals]\naverage_value = 90\n";
    let marginal_of = marginal(online, 100, 1);
    assert!(marginal_of.channels.is_empty() && marginal_of.reps.is_empty());
}
