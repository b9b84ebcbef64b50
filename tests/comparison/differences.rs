//! Differences that are known beforehand.

use foremix::analysis::compare;
use foremix::engine::Unwatched;

use super::{CERTAIN, assert_near, compared, contender, outcome, paired};

#[test]
fn a_plan_against_itself_differs_by_exactly_0_everywhere() {
    let scenario = std::fs::read_to_string("scenarios/b2b-saas.toml").unwrap();
    let (head, rest) = scenario.split_once("[horizon]").unwrap();
    // Another name, another file, the variants left out, and the tables in another order.
    let plan = rest.split("# ---------------------------------------------------------------- other").next();
    let (weeks, parts) = plan.unwrap().split_once("[market]").unwrap();
    let head = head.replace("Tallyforge, third quarter", "Somebody else");
    let turned = format!("{head}[market]{parts}\n[horizon]{weeks}");
    let plans = [contender(&scenario, &[]), contender(&turned, &[])];
    let comparison = compare(&plans, 500, 3, &Unwatched).unwrap();
    let contrast = &comparison.contrasts[0];
    assert!(contrast.is_the_same());
    for (id, paired) in &contrast.outcomes {
        let difference = paired.difference;
        let zero = difference.defined == 0.0
            || (difference.mean, difference.sd, paired.same) == (0.0, 0.0, difference.defined);
        assert!(zero, "{}: {paired:?}", id.outcome().key);
        assert_eq!((paired.better.probability, paired.worse.probability), (0.0, 0.0));
    }
    assert!(contrast.targets.iter().all(|target| target.change.mean == 0.0));
    assert!(contrast.why.iter().all(|why| why.parts.is_empty() && why.base == why.plan));
}

#[test]
fn a_moved_budget_moves_the_mean_by_what_theory_says() {
    // Wins a unit of spend: search, far from its ceiling C = 13·100,000 clicks, brings N = C(1 − e^(−B/(2C))) clicks a
    // horizon at 13 even weeks; its leads are 5 % of that. The fair brings 40 leads for 4,000. Of leads, .4·.25 are won,
    // at 6,000 each.
    let clicks = |budget: f64| 1_300_000.0 * (1.0 - (-budget / 2_600_000.0).exp());
    let worth = 0.4 * 0.25 * 6_000.0;
    let expected = worth * (0.05 * (clicks(24_000.0) - clicks(20_000.0)) - 40.0);
    let moved = ["channels.search.budget=24_000", "channels.fair.budget=4_000"];
    for seed in [1, 20_270, 8_675_309] {
        let comparison = compared(CERTAIN, &moved, 8_000, seed);
        let difference = paired(&comparison.contrasts[0], "revenue").difference;
        assert_near(difference.mean, difference.errors.unwrap().mean, expected);
    }
}

#[test]
fn better_the_same_and_worse_are_all_futures() {
    let comparison = compared(CERTAIN, &["channels.search.budget=20_400"], 4_000, 1);
    let contrast = &comparison.contrasts[0];
    for key in ["revenue", "wins", "leads"] {
        let paired = paired(contrast, key);
        let sum = paired.better.probability + paired.same + paired.worse.probability;
        assert!((sum - 1.0).abs() < 1e-12, "{key}: {sum}");
        // More money in one channel touches no other lead: nothing is ever worse.
        assert_eq!(paired.worse.probability, 0.0, "{key}");
    }
    // Search leads are Poisson; so are the wins that 400 more bring: the chance of none is e^(−their mean).
    let clicks = |budget: f64| 1_300_000.0 * (1.0 - (-budget / 2_600_000.0).exp());
    let more = 0.05 * (clicks(20_400.0) - clicks(20_000.0)) * 0.1;
    assert!(paired(contrast, "wins").same >= (-more).exp() - 0.05);
}

#[test]
fn the_shift_of_a_chance_is_the_difference_of_the_two_chances() {
    let text = format!("{CERTAIN}[targets]\nrevenue = 250_000\nmarketing = 30_000\n");
    let comparison = compared(&text, &["channels.search.budget=26_000"], 2_000, 5);
    let [base, plan] = &comparison.plans[..] else {
        panic!("two plans");
    };
    let shifts = &comparison.contrasts[0].targets;
    for (at, shift) in shifts.iter().enumerate() {
        let chances = [base, plan].map(|plan| plan.targets[at].chance.probability);
        assert!((shift.change.mean - (chances[1] - chances[0])).abs() < 1e-12);
    }
    // Marketing costs 28,000 for sure, then 34,000: that target is met always, then never.
    assert_eq!((shifts[1].change.mean, shifts[1].change.error), (-1.0, Some(0.0)));
}

#[test]
fn the_low_end_moves_by_the_difference_of_the_low_ends() {
    let comparison = compared(CERTAIN, &["deals.average_value=9_000"], 4_000, 2);
    let [base, plan] = [0, 1].map(|at| comparison.plans[at].outcome(outcome("revenue")).unwrap());
    let shift = comparison.contrasts[0].low_end(outcome("revenue")).unwrap();
    assert!((shift.mean - (plan.p10() - base.p10())).abs() < 1e-6);
    // Every deal is worth half as much again, so the low end of the difference is half the low end.
    assert!((shift.mean - 0.5 * base.p10()).abs() < 1e-6 * base.p10());
}
