//! Claims: the title of a chart says the answer, and changes with it.

use super::*;

fn spread(low: f64, high: f64) -> Vec<f64> {
    (0..=100).map(|step| low + (high - low) * f64::from(step) / 100.0).collect()
}

fn revenue<'a>(draws: &'a [f64], percentiles: [f64; 3], targets: &'a [Target]) -> Revenue<'a> {
    Revenue { currency: "USD", weeks: 13, draws, percentiles, targets }
}

#[test]
fn the_range_of_revenue_and_the_chance_of_the_target_are_told() {
    let draws = spread(500_000.0, 1_300_000.0);
    let levels = [580_000.0, 900_000.0, 1_220_000.0];
    let cases: [(Revenue<'_>, &str); 9] = [
        (
            revenue(&draws, levels, &[Target { value: 900_000.0, chance: 0.42 }]),
            "8 of 10 quarters bring 0.6M to 1.2M USD; the target of 0.9M is met in 42 of 100",
        ),
        (
            revenue(&draws, levels, &[Target { value: 850_000.0, chance: 0.56 }]),
            "8 of 10 quarters bring 0.58M to 1.22M USD; the target of 0.85M is met in 56 of 100",
        ),
        (
            revenue(&draws, levels, &[Target { value: 2e9, chance: 0.0 }]),
            "8 of 10 quarters bring 0.6M to 1.2M USD; the target of 2B is met in none",
        ),
        (revenue(&draws, levels, &[]), "8 of 10 quarters bring 0.6M to 1.2M USD"),
        (Revenue { currency: "", weeks: 26, ..revenue(&draws, levels, &[]) }, "8 of 10 futures bring 0.6M to 1.2M"),
        (revenue(&[0.0; 9], [0.0; 3], &[]), "None of the quarters brings any revenue"),
        (revenue(&[7e5; 9], [7e5; 3], &[]), "All quarters bring the same revenue, 700k USD"),
        (
            revenue(&[7e5], [7e5; 3], &[Target { value: 1.0, chance: 1.0 }]),
            "The one future that was drawn brings 700k USD",
        ),
        (revenue(&[f64::NAN], [7e5; 3], &[]), "How much the revenue will be is not known"),
    ];
    for (revenue, title) in cases {
        assert_eq!(revenue::draw(&revenue).title(), title);
    }
}

#[test]
fn the_chance_of_each_target_is_told() {
    let draws = spread(500_000.0, 1_300_000.0);
    let levels = [580_000.0, 900_000.0, 1_220_000.0];
    let two = [Target { value: 900_000.0, chance: 0.5 }, Target { value: 1_100_000.0, chance: 0.25 }];
    let cases: [(Revenue<'_>, &str); 5] = [
        (
            revenue(&draws, levels, &[]),
            "9 of 10 quarters bring at least 0.6M, half at least 0.9M, 1 of 10 at least 1.2M USD",
        ),
        (revenue(&draws, levels, &two), "0.9M USD or more comes in 50 of 100 quarters and 1.1M or more in 25 of 100"),
        (
            revenue(&draws, levels, &[Target { value: 2e9, chance: 0.0 }]),
            "2B USD or more comes in none of the quarters",
        ),
        (revenue(&[7e5; 9], [7e5; 3], &[]), "All quarters bring the same revenue, 700k USD"),
        (revenue(&[7e5], [7e5; 3], &[]), "One draw says nothing about chance"),
    ];
    for (revenue, title) in cases {
        assert_eq!(chance::draw(&revenue).title(), title);
    }
}

#[test]
fn it_is_told_when_the_median_keeps_the_pace_to_the_target() {
    let weeks = |medians: &[f64]| -> Vec<[f64; 5]> {
        medians.iter().map(|m| [0.5, 0.8, 1.0, 1.2, 1.5].map(|f| f * m)).collect()
    };
    let late = weeks(&[10e3, 20e3, 60e3, 100e3]);
    let early = weeks(&[40e3, 70e3, 80e3, 85e3]);
    let cases: [(&[_], _, _); 7] = [
        (&late, None, "Median revenue comes to 100k USD in 4 weeks; half of it is booked by week 3"),
        (&late, Some(100e3), "Median revenue is behind the pace to 100k until week 3 and ends at 100k USD"),
        (&late, Some(200e3), "Median revenue is behind the pace to 200k in every week and ends at 100k USD"),
        (&early, Some(80e3), "Median revenue keeps the pace to 80k in every week and ends at 85k USD"),
        (&early, Some(120e3), "Median revenue falls behind the pace to 120k after week 2 and ends at 85k USD"),
        (&[[0.0; 5]], Some(1e3), "No revenue comes in 1 week"),
        (&[], Some(1e3), "When the revenue will come is not known"),
    ];
    for (weeks, target, title) in cases {
        let cumulative = Cumulative { currency: "USD", weeks, target, start: "" };
        assert_eq!(cumulative::draw(&cumulative).title(), title);
    }
}

#[test]
fn only_clear_differences_between_spend_and_revenue_are_told() {
    let channel = |name, spend: f64, revenue: f64, width: f64| Channel {
        name,
        spend: [spend; 3],
        revenue: [revenue - width, revenue, revenue + width],
    };
    let cases: [(&[Channel<'_>], &str); 8] = [
        (
            &[channel("Ads", 0.6, 0.3, 0.1), channel("SEO", 0.4, 0.7, 0.1)],
            "SEO brings 70% of the revenue for 40% of the spend; Ads brings 30% for 60%",
        ),
        (
            &[channel("Ads", 0.6, 0.3, 0.5), channel("SEO", 0.4, 0.7, 0.1)],
            "SEO brings 70% of the revenue for 40% of the spend",
        ),
        (
            &[channel("Ads", 0.6, 0.3, 0.1), channel("SEO", 0.4, 0.7, 0.5)],
            "Ads brings only 30% of the revenue for 60% of the spend",
        ),
        (
            &[channel("Ads", 0.6, 0.5, 0.2), channel("SEO", 0.4, 0.5, 0.2)],
            "No channel's share of revenue is clearly above or below its share of spend",
        ),
        (
            &[channel("Ads", 1.0, 0.8, 0.1), channel("Referrals", 0.0, 0.2, 0.1)],
            "Ads takes all of the spend and brings 80% of the revenue",
        ),
        (
            &[channel("Email", 0.0, 0.3, 0.1), channel("Referrals", 0.0, 0.7, 0.1)],
            "No channel costs anything; Referrals brings the most, 70% of the revenue",
        ),
        (&[channel("Ads", 1.0, f64::NAN, 0.0)], "No channel brings any revenue"),
        (&[], "What each channel brings is not known"),
    ];
    for (rows, title) in cases {
        assert_eq!(channels::draw(&Channels { rows, of_all: 1.0, without_revenue: 0.0 }).title(), title);
    }
}

#[test]
fn both_ends_of_the_funnel_and_its_largest_loss_are_told() {
    let step = |name, mean: f64, losses| Step { name, count: [0.8 * mean, mean, 1.2 * mean], losses };
    let lost = [Loss { name: "not qualified", mean: 600.0 }];
    let late = [Loss { name: "lost to waiting", mean: 610.0 }];
    let cases: [(&[Step<'_>], &str); 4] = [
        (
            &[step("leads", 1_240.0, &[]), step("qualified", 640.0, &lost), step("wins", 31.0, &late)],
            "1,240 leads end in 31 wins; the largest loss: 610 lost to waiting",
        ),
        (&[step("leads", 1_240.0, &[]), step("wins", 0.4, &[])], "1,240 leads end in 0.4 wins"),
        (&[step("leads", 12.0, &[])], "12 leads"),
        (&[step("leads", 0.0, &[])], "No leads come in"),
    ];
    for (steps, title) in cases {
        assert_eq!(funnel::draw(&Funnel { steps, beside: "" }).title(), title);
    }
}

#[test]
fn weeks_without_spare_hours_and_waiting_leads_are_told() {
    let week = |used: f64, waiting: f64| TeamWeek {
        hours_used: [used; 3],
        hours_available: [100.0; 3],
        waiting: [waiting, 2.0 * waiting, 4.0 * waiting],
    };
    let idle = TeamWeek { hours_available: [0.0; 3], ..week(0.0, 0.0) };
    let cases: [(&[TeamWeek], usize, &str); 6] = [
        (
            &[week(50.0, 0.0), week(100.0, 40.0)],
            2,
            "The team's hours are used up in 1 of 2 weeks; 40 to 160 leads wait at the end",
        ),
        (
            &[week(100.0, 40.0), week(50.0, 0.0)],
            1,
            "The team's hours are used up in every week; 40 to 160 leads wait when the plan ends",
        ),
        (&[week(50.0, 0.0)], 1, "The team has hours to spare in every week; no lead waits at the end"),
        (&[idle], 1, "This plan has no sales team, and no lead waits for one"),
        (&[week(50.0, f64::NAN)], 1, "How busy the team will be is not known"),
        (&[], 0, "How busy the team will be is not known"),
    ];
    for (weeks, horizon, title) in cases {
        assert_eq!(team::draw(&Team { weeks, horizon }).title(), title);
    }
}

const PROFIT: Measure<'_> = Measure { title: "Profit", unit: "USD", higher_is_better: true, weeks: 13 };
const COST: Measure<'_> = Measure { title: "Cost per lead (CPL)", higher_is_better: false, ..PROFIT };

#[test]
fn the_plan_that_is_likeliest_to_reach_the_target_is_told() {
    let (low, middle, high) = (spread(0.0, 1e6), spread(2e5, 1.2e6), spread(3e5, 1.3e6));
    let row = |name, draws| PlanDraws { name, draws };
    let (base, ppc, reps) =
        (row("Base plan", low.as_slice()), row("more PPC", middle.as_slice()), row("Reps", high.as_slice()));
    let cases: [(Measure<'_>, Option<f64>, &[PlanDraws<'_>], &str); 10] = [
        (
            PROFIT,
            Some(9e5),
            &[base, ppc],
            "More PPC is likelier to reach 900k USD: in 31 of 100 quarters instead of 11",
        ),
        (
            PROFIT,
            Some(9e5),
            &[base, ppc, reps],
            "Reps is likeliest to reach 900k USD: in 41 of 100 quarters instead of 11",
        ),
        (PROFIT, Some(9e5), &[reps, ppc], "No plan is likelier than Reps to reach 900k USD: in 41 of 100 quarters"),
        (PROFIT, Some(2e6), &[base, ppc], "All plans are equally likely to reach 2M USD: in none of the quarters"),
        (
            COST,
            Some(9e5),
            &[ppc, base],
            "Base plan is likelier to stay within 900k USD: in 90 of 100 quarters instead of 70",
        ),
        (PROFIT, None, &[base, ppc], "More PPC has the higher median profit: 700k USD instead of 500k"),
        (
            COST,
            None,
            &[ppc, reps, base],
            "Base plan has the lowest median cost per lead (CPL): 500k USD instead of 700k",
        ),
        (PROFIT, None, &[base, base], "All plans have the same median profit, 500k USD"),
        (PROFIT, None, &[reps, base], "No plan has a higher median profit than Reps: 800k USD"),
        (PROFIT, None, &[], "How the plans compare is not known"),
    ];
    for (measure, target, rows, title) in cases {
        let plans = Plans { measure, target, rows };
        assert_eq!(plans::draw(&plans).title(), title);
    }
    let rows =
        [("Base plan", 5.0), ("more PPC", 7.0)].map(|(name, middle)| Dumbbell { name, levels: [1.0, middle, 9.0] });
    let title = dumbbell::draw(&Dumbbells { measure: PROFIT, rows: &rows });
    assert_eq!(title.title(), "More PPC has the higher median profit: 7 USD instead of 5");
}

#[test]
fn it_is_told_how_often_one_plan_beats_the_other() {
    let draws =
        |worse: usize, same: usize, better: usize| [vec![-2.0; worse], vec![0.0; same], vec![3.0; better]].concat();
    let cases = [
        (PROFIT, draws(29, 0, 71), "More PPC beats Base plan in 71 of 100 quarters"),
        (
            PROFIT,
            draws(60, 20, 20),
            "More PPC is worse than Base plan in 60 of 100 quarters and is the same in 20 of 100",
        ),
        (COST, draws(29, 0, 71), "More PPC is worse than Base plan in 71 of 100 quarters"),
        (PROFIT, draws(5, 0, 0), "More PPC is worse than Base plan in all of the quarters"),
        (PROFIT, draws(0, 5, 0), "The same profit in every quarter under More PPC and Base plan"),
        (PROFIT, draws(0, 0, 1), "More PPC is better than Base plan in the one future that was drawn"),
        (PROFIT, vec![f64::NAN], "Whether More PPC is better than Base plan is not known"),
    ];
    for (measure, draws, title) in cases {
        let difference = Difference { measure, base: "Base plan", plan: "more PPC", draws: &draws };
        assert_eq!(difference::draw(&difference).title(), title);
    }
}

#[test]
fn the_whole_difference_and_its_largest_change_are_told() {
    let change = |name, mean| Change { name, mean, error: None };
    let cases: [(f64, &[Change<'_>], &str); 4] = [
        (
            884e3,
            &[change("Budget", 96e3), change("Reps", -12e3)],
            "More PPC: 84k USD more mean profit than Base plan; the largest change: Budget, +96k",
        ),
        (
            700e3,
            &[change("Budget", 20e3), change("Reps", -120e3)],
            "More PPC: 100k USD less mean profit than Base plan; the largest change: Reps, −120k",
        ),
        (800e3, &[], "More PPC has the same mean profit as Base plan"),
        (f64::NAN, &[], "What the changes bring is not known"),
    ];
    for (mean, steps, title) in cases {
        let waterfall = Waterfall { measure: PROFIT, base: ("Base plan", 800e3), plan: ("more PPC", mean), steps };
        assert_eq!(waterfall::draw(&waterfall).title(), title);
    }
}

#[test]
fn charts_of_what_is_varied_say_what_they_are_told_and_when_they_know_nothing() {
    let words = Varied { name: "Order of the queue", values: Values::Words(&["oldest_first", "newest_first"]) };
    let point = SweepPoint { mean: 1.0, levels: [1.0; 5], chance: [0.4, 0.5, 0.6] };
    let title = |points: &[SweepPoint]| {
        sweep::draw(&Sweep {
            finding: "The order hardly matters",
            measure: PROFIT,
            across: words,
            points,
            target: None,
            today: None,
            note: "",
        })
        .title()
        .to_owned()
    };
    assert_eq!(title(&[point, point]), "The order hardly matters");
    assert_eq!(title(&[]), "How the outcome follows what is varied is not known");
    let title = |cells: &[f64]| {
        heat::draw(&Heat {
            finding: "The order hardly matters",
            measure: PROFIT,
            across: words,
            up: words,
            cells,
            today: None,
            note: "",
        })
        .title()
        .to_owned()
    };
    assert_eq!(title(&[1.0, 2.0, 3.0, 4.0]), "The order hardly matters");
    assert_eq!(title(&[]), "Where the outcome is best is not known");
    let title = |points: &[(f64, f64)]| {
        returns::draw(&Returns {
            finding: "The next 1,000 brings most in SEO: 3,400",
            measure: PROFIT,
            currency: "USD",
            rows: &[Return { name: "SEO", today: 1.0, points }],
            note: "",
        })
        .title()
        .to_owned()
    };
    assert_eq!(title(&[(0.0, -1.0), (2.0, 1.0)]), "The next 1,000 brings most in SEO: 3,400");
    assert_eq!(title(&[]), "What each channel's next sum brings is not known");
}
