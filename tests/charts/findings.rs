//! Claims: the title of a chart says the answer, and changes with it.

use foremix::charts::*;

use super::samples::{bands, interval};

fn spread(low: f64, high: f64) -> Vec<f64> {
    (0..=100).map(|step| low + (high - low) * f64::from(step) / 100.0).collect()
}

const REVENUE: Measure<'_> = Measure { title: "Revenue", unit: "USD", higher_is_better: true, weeks: 13 };

fn revenue<'a>(draws: &'a [f64], levels: [f64; 3], targets: &'a [Target]) -> Distribution<'a> {
    Distribution { name: "revenue", measure: REVENUE, draws, percentiles: interval(levels), targets }
}

/// The title, where there is something to say.
fn titled(drawing: Option<Drawing>) -> Option<String> {
    drawing.map(|drawing| drawing.title().to_owned())
}

#[test]
fn the_range_of_an_outcome_and_the_chance_of_the_target_are_told() {
    let draws = spread(500_000.0, 1_300_000.0);
    let levels = [580_000.0, 900_000.0, 1_220_000.0];
    let count = Measure { title: "Wins", unit: "", ..REVENUE };
    let profit = Measure { title: "Profit", ..REVENUE };
    let (wins, losses) = (spread(10.0, 30.0), spread(-20e3, 80e3));
    let with_some_missing: Vec<f64> = spread(500.0, 1_300.0).into_iter().chain([f64::NAN; 101]).collect();
    let cases: [(Distribution<'_>, Option<&str>); 12] = [
        (
            revenue(&draws, levels, &[Target { value: 900_000.0, chance: 0.42 }]),
            Some("Revenue: 0.6M to 1.2M USD in 8 of 10 quarters; the target of 0.9M is met in 42 of 100"),
        ),
        (
            revenue(&draws, levels, &[Target { value: 850_000.0, chance: 0.56 }]),
            Some("Revenue: 0.58M to 1.22M USD in 8 of 10 quarters; the target of 0.85M is met in 56 of 100"),
        ),
        (
            revenue(&draws, levels, &[Target { value: 2e9, chance: 0.0 }]),
            Some("Revenue: 0.6M to 1.2M USD in 8 of 10 quarters; the target of 2B is met in none"),
        ),
        (revenue(&draws, levels, &[]), Some("Revenue: 0.6M to 1.2M USD in 8 of 10 quarters")),
        (
            Distribution { measure: Measure { unit: "", weeks: 26, ..REVENUE }, ..revenue(&draws, levels, &[]) },
            Some("Revenue: 0.6M to 1.2M in 8 of 10 futures"),
        ),
        (
            Distribution { measure: count, ..revenue(&wins, [12.0, 20.0, 28.0], &[]) },
            Some("Wins: 12 to 28 in 8 of 10 quarters"),
        ),
        (
            Distribution { measure: profit, ..revenue(&losses, [-10e3, 30e3, 70e3], &[]) },
            Some("Profit: −10k to 70k USD in 8 of 10 quarters; a loss in 20 of 100"),
        ),
        (
            Distribution {
                measure: COST,
                ..revenue(&with_some_missing, [580.0, 900.0, 1_220.0], &[Target { value: 700.0, chance: 0.12 }])
            },
            Some(
                "Cost per lead (CPL): 0.6k to 1.2k USD in 8 of 10 quarters that have one; the target of at most 0.7k is met in 12 of 100",
            ),
        ),
        (revenue(&[0.0; 9], [0.0; 3], &[]), None),
        (revenue(&[7e5; 9], [7e5; 3], &[]), None),
        (revenue(&[7e5], [7e5; 3], &[Target { value: 1.0, chance: 1.0 }]), None),
        (revenue(&[f64::NAN], [7e5; 3], &[]), None),
    ];
    for (outcome, title) in cases {
        assert_eq!(titled(distribution::draw(&outcome)).as_deref(), title);
    }
}

#[test]
fn a_ratio_says_how_many_quarters_have_it() {
    let draws: Vec<f64> = spread(500.0, 1_300.0).into_iter().chain([f64::NAN; 101]).collect();
    let outcome = Distribution { measure: COST, ..revenue(&draws, [580.0, 900.0, 1_220.0], &[]) };
    let drawing = distribution::draw(&outcome).unwrap();
    assert!(drawing.svg().contains("50 of 100 quarters have this figure"), "{}", drawing.svg());
}

#[test]
fn the_chance_of_each_target_and_the_figure_to_count_on_are_told() {
    let draws = spread(500_000.0, 1_300_000.0);
    let levels = [580_000.0, 900_000.0, 1_220_000.0];
    let two = [Target { value: 900_000.0, chance: 0.5 }, Target { value: 1_100_000.0, chance: 0.25 }];
    let cases: [(Distribution<'_>, Option<&str>); 6] = [
        // The lowest fifth of 0.5M to 1.3M ends at 0.66M.
        (
            revenue(&draws, levels, &[]),
            Some("Revenue: at least 0.66M in 8 of 10 quarters, at least 0.9M USD in half of them"),
        ),
        (
            revenue(&draws, levels, &two),
            Some(
                "Revenue: 0.9M USD or more in 50 of 100 quarters, 1.1M or more in 25 of 100; count on 0.66M in 8 of 10",
            ),
        ),
        (
            revenue(&draws, levels, &[Target { value: 2e9, chance: 0.0 }]),
            Some("Revenue: 2B USD or more in none of the quarters; count on 0.66M in 8 of 10"),
        ),
        (Distribution { measure: COST, ..revenue(&draws, levels, &[]) }, None),
        (revenue(&[7e5; 9], [7e5; 3], &[]), None),
        (revenue(&[7e5], [7e5; 3], &[]), None),
    ];
    for (outcome, title) in cases {
        assert_eq!(titled(chance::draw(&outcome)).as_deref(), title);
    }
}

#[test]
fn it_is_told_where_the_median_ends_and_how_likely_the_target_is() {
    let path = |medians: &[f64]| -> Vec<Bands> {
        medians.iter().map(|m| bands([0.5, 0.8, 1.0, 1.2, 1.5]).map(|f| f * m)).collect()
    };
    let late = path(&[0.0, 10e3, 20e3, 60e3, 100e3]);
    let booked = path(&[50e3, 60e3, 70e3, 80e3, 134e3]);
    let goal = |value, chance| Some(Goal { value, chance: interval(chance) });
    let cases: [(&[_], _, _); 9] = [
        (&late, None, Some("Median revenue comes to 100k USD in 4 weeks; half of that comes by week 3")),
        (
            &late,
            goal(200e3, [0.01, 0.02, 0.03]),
            Some("Median revenue comes to 100k USD, short of the target of 200k: 2 of 100 quarters meet it"),
        ),
        // Which side of the median the target lies on can't be told from the simulation's error.
        (
            &late,
            goal(101e3, [0.47, 0.49, 0.51]),
            Some("Median revenue comes to 100k USD, about the target of 101k: 49 of 100 quarters meet it"),
        ),
        (
            &booked,
            goal(85e3, [0.91, 0.92, 0.93]),
            Some(
                "Median revenue goes from 50k booked to 134k USD, above the target of 85k: 92 of 100 quarters meet it",
            ),
        ),
        (
            &booked,
            goal(40e3, [0.99, 1.0, 1.0]),
            Some("Median revenue goes from 50k booked to 134k USD; the target of 40k is booked already"),
        ),
        (&[Bands::certain(0.0); 2], goal(1e3, [0.0; 3]), None),
        (&[Bands::certain(5e4); 2], None, None),
        (&[Bands::certain(0.0)], goal(1e3, [0.0; 3]), None),
        (&[], goal(1e3, [0.0; 3]), None),
    ];
    for (path, goal, title) in cases {
        let cumulative = Cumulative { currency: "USD", path, goal, days: &[] };
        // Four weeks are no quarter.
        let title = title.map(|title| title.replace("quarters", "futures"));
        assert_eq!(titled(cumulative::draw(&cumulative)), title);
    }
}

#[test]
fn only_clear_differences_between_spend_and_revenue_are_told() {
    let channel = |name, spend: f64, revenue: f64, width: f64| Channel {
        name,
        spend: Interval::certain(spend),
        revenue: interval([revenue - width, revenue, revenue + width]),
    };
    let cases: [(&[Channel<'_>], Option<&str>); 9] = [
        (
            &[channel("Ads", 0.6, 0.3, 0.1), channel("SEO", 0.4, 0.7, 0.1)],
            Some("SEO brings 70% of the revenue for 40% of the spend; Ads brings 30% for 60%"),
        ),
        (
            &[channel("Ads", 0.6, 0.3, 0.5), channel("SEO", 0.4, 0.7, 0.1)],
            Some("SEO brings 70% of the revenue for 40% of the spend"),
        ),
        (
            &[channel("Ads", 0.6, 0.3, 0.1), channel("SEO", 0.4, 0.7, 0.5)],
            Some("Ads brings only 30% of the revenue for 60% of the spend"),
        ),
        (
            &[channel("Ads", 0.6, 0.5, 0.2), channel("SEO", 0.4, 0.5, 0.2)],
            Some("No channel's share of revenue is clearly above or below its share of spend"),
        ),
        (
            &[channel("Ads", 1.0, 0.8, 0.1), channel("Referrals", 0.0, 0.2, 0.1)],
            Some("Ads takes all of the spend and brings 80% of the revenue"),
        ),
        (
            &[channel("Email", 0.0, 0.3, 0.1), channel("Referrals", 0.0, 0.7, 0.1)],
            Some("No channel has any spend; Referrals brings the most, 70% of the revenue"),
        ),
        // One channel's share, and shares of nothing, say nothing.
        (&[channel("Ads", 1.0, 1.0, 0.0)], None),
        (&[channel("Ads", 0.5, f64::NAN, 0.0), channel("SEO", 0.5, f64::NAN, 0.0)], None),
        (&[], None),
    ];
    for (rows, title) in cases {
        assert_eq!(titled(channels::draw(&Channels { rows, of_all: 1.0, without_revenue: 0.0 })).as_deref(), title);
    }
}

#[test]
fn both_ends_of_the_funnel_and_its_largest_loss_are_told() {
    let step = |name, mean: f64, losses| Step { name, count: interval([0.8 * mean, mean, 1.2 * mean]), losses };
    let lost = [Loss { name: "not qualified", mean: 600.0 }];
    let late = [Loss { name: "lost to waiting", mean: 610.0 }];
    let cases: [(&[Step<'_>], Option<&str>); 4] = [
        (
            &[step("leads", 1_240.0, &[]), step("qualified", 640.0, &lost), step("wins", 31.0, &late)],
            Some("1,240 leads end in 31 wins; the largest loss: 610 lost to waiting"),
        ),
        (&[step("leads", 1_240.0, &[]), step("wins", 0.4, &[])], Some("1,240 leads end in 0.4 wins")),
        (&[step("leads", 12.0, &[])], None),
        (&[step("leads", 0.0, &[]), step("wins", 0.0, &[])], None),
    ];
    for (steps, title) in cases {
        assert_eq!(titled(funnel::draw(&Funnel { steps, beside: "" })).as_deref(), title);
    }
}

#[test]
fn shares_of_quarters_and_weeks_without_enough_hours_are_told() {
    let week = |used: f64, waiting: f64| TeamWeek {
        hours_used: Interval::certain(used),
        hours_available: Interval::certain(100.0),
        waiting: interval([waiting, 2.0 * waiting, 4.0 * waiting]),
        opportunities_waiting: Interval::certain(0.0),
    };
    let plan = [week(50.0, 0.0), week(100.0, 40.0)];
    let nobody = [TeamWeek { hours_available: Interval::certain(0.0), ..week(0.0, 5.0) }];
    let idle = [week(0.0, 0.0)];
    let no_team = [TeamWeek { hours_available: Interval::certain(0.0), ..week(0.0, 0.0) }];
    let short = |draws, weeks| Short { draws, weeks, mostly_for: None, lost: 0.0, lost_share: 0.0 };
    let leaving = Short { lost: 16_200.0, lost_share: 0.62, ..short(0.68, 0.45) };
    let cases: [(&[TeamWeek], Short, Option<&str>); 12] = [
        (
            &plan,
            leaving,
            Some("The team is short of hours in 68 of 100 futures; on average 16,200 leads (62%) are lost to waiting"),
        ),
        (
            &plan,
            Short { weeks: 0.0, ..leaving },
            Some("The team is short of hours in 68 of 100 futures; on average 16,200 leads (62%) are lost to waiting"),
        ),
        (&nobody, leaving, Some("Nobody has hours for the leads: on average 16,200 are lost to waiting")),
        (
            &plan,
            short(0.68, 0.45),
            Some("The team is short of hours in 68 of 100 futures; leads wait at the end of 45% of the weeks"),
        ),
        (
            &plan,
            short(0.0, 0.1),
            Some("The team's hours add up to enough in all futures; leads wait at the end of 10% of the weeks"),
        ),
        (
            &plan,
            short(0.2, 0.0),
            Some("The team is short of hours in 20 of 100 futures; leads seldom wait into the next week"),
        ),
        (&plan, short(0.001, 0.004), Some("The team's hours are enough in nearly every week")),
        (&plan, short(0.0, 0.0), Some("The team's hours are enough in every week of all futures")),
        (&nobody, short(1.0, 1.0), Some("Nobody has hours for the leads that wait")),
        (&idle, short(0.0, 0.0), None),
        (&no_team, short(0.0, 0.0), None),
        (&[], short(0.0, 0.0), None),
    ];
    for (weeks, short, title) in cases {
        assert_eq!(
            titled(team::draw(&Team { weeks, horizon: weeks.len(), short, desks: &[], days: &[] })).as_deref(),
            title
        );
    }
}

#[test]
fn what_follows_takes_at_most_a_third_of_the_width() {
    let week = TeamWeek {
        hours_used: Interval::certain(50.0),
        hours_available: Interval::certain(100.0),
        waiting: Interval::certain(0.0),
        opportunities_waiting: Interval::certain(0.0),
    };
    let short = Short { draws: 0.0, weeks: 0.0, mostly_for: None, lost: 0.0, lost_share: 0.0 };
    let words = |weeks: usize| {
        let weeks = vec![week; weeks];
        team::draw(&Team { weeks: &weeks, horizon: 12, short, desks: &[], days: &[] }).unwrap().svg().to_owned()
    };
    assert!(words(30).contains("The last 12 weeks are not drawn."));
    assert!(!words(18).contains("not drawn"));
}

const PROFIT: Measure<'_> = Measure { title: "Profit", unit: "USD", higher_is_better: true, weeks: 13 };
const COST: Measure<'_> = Measure { title: "Cost per lead (CPL)", higher_is_better: false, ..PROFIT };

#[test]
fn charts_of_several_plans_say_what_they_are_told_and_when_they_know_nothing() {
    let finding = "More PPC beats the base plan in profit";
    let draws = spread(0.0, 1e6);
    let row = PlanDraws { name: "Base plan", draws: &draws, remark: "" };
    let plans = |rows: &[PlanDraws<'_>]| {
        plans::draw(&Plans { finding, measure: PROFIT, target: None, rows }).title().to_owned()
    };
    assert_eq!([plans(&[row]), plans(&[])], [finding, "How the plans compare is not known"]);
    let row = Dumbbell { name: "Base plan", levels: interval([1.0, 2.0, 3.0]), beside: "" };
    let rows = |rows: &[Dumbbell<'_>]| dumbbell::draw(&Dumbbells { finding, measure: PROFIT, rows }).title().to_owned();
    assert_eq!([rows(&[row]), rows(&[])], [finding, "How the plans compare is not known"]);
    let difference = |draws: &[f64]| {
        let difference =
            Difference { finding, measure: PROFIT, base: "Base plan", plan: "more PPC", draws, within_error: true };
        difference::draw(&difference).title().to_owned()
    };
    for draws in [&draws[..], &[0.0; 5], &[]] {
        assert_eq!(difference(draws), finding);
    }
    let changes = |mean: f64| {
        let steps = [Change { name: "Budget", mean: 96e3, error: None, within_error: false }];
        let (base, plan) = (("Base plan", 800e3), ("more PPC", mean));
        let waterfall = Waterfall { finding, measure: PROFIT, base, plan, steps: &steps, within_error: false };
        waterfall::draw(&waterfall).title().to_owned()
    };
    assert_eq!([changes(896e3), changes(f64::NAN)], [finding, "What the changes bring is not known"]);
}

#[test]
fn charts_of_what_is_varied_say_what_they_are_told_and_when_they_know_nothing() {
    let words = Varied { name: "Order of the queue", values: Values::Words(&["oldest_first", "newest_first"]) };
    let point = SweepPoint { mean: 1.0, levels: Bands::certain(1.0), chance: interval([0.4, 0.5, 0.6]), alike: false };
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
            alike: &[],
            today: None,
            note: "",
        })
        .title()
        .to_owned()
    };
    assert_eq!(title(&[1.0, 2.0, 3.0, 4.0]), "The order hardly matters");
    assert_eq!(title(&[]), "Where the outcome is best is not known");
    let points = [(0.0, -1.0), (2.0, 1.0)].map(|(budget, change)| ReturnPoint { budget, change, margin: 0.1 });
    let title = |points: &[ReturnPoint]| {
        titled(returns::draw(&Returns {
            finding: "The next 1,000 brings most in SEO: 3,400",
            measure: PROFIT,
            currency: "USD",
            rows: &[Return { name: "SEO", about: "", today: 1.0, piece: None, points }],
            note: "",
        }))
    };
    assert_eq!(title(&points).as_deref(), Some("The next 1,000 brings most in SEO: 3,400"));
    assert_eq!(title(&[]), None);
}
