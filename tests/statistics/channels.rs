//! What channels make of money: the closed forms of each kind.

use super::draws::column;
use super::estimate::{is_poisson, mean, ratio};
use super::quarters::each_quarter;
use super::support::scenario;
use super::{SEEDS, under_each_seed};

/// Hours are ample, and nothing else matters here.
const AMPLE: &str = r#"
    [sales]
    opportunity_rate = 0.5
    close_rate = 0.4
    cycle_weeks = 0
    [deals]
    average_value = 1000
"#;

fn plan(weeks: u32, tail: u32, channel: &str) -> String {
    format!("{AMPLE}\n[horizon]\nweeks = {weeks}\ntail_weeks = {tail}\n[channels.it]\n{channel}")
}

/// Leads of horizon and tail together, in each of many draws.
fn leads_of_all_weeks(text: &str, count: u64, seed: u64) -> Vec<f64> {
    let mut leads = Vec::new();
    each_quarter(&scenario(text), 0..count, seed, |_, _, tally| {
        leads.push(tally.weeks.iter().map(|week| week.leads).sum());
    });
    leads
}

#[test]
fn a_ppc_channel_at_a_share_of_55_percent_gets_1_45_times_the_clicks_for_twice_the_money() {
    // Shares: 1 − (1 − .55)^k for k times today's spend. At twice: .7975/.55 = 1.45; at five times .95 would be passed
    // (.98): .95/.55 of the clicks, and no more money than they cost, ln(.05)/ln(.45) times today's.
    for (times, clicks, spend) in
        [(1.0, 1_200.0, 1.0), (2.0, 1_200.0 * 1.45, 2.0), (5.0, 1_200.0 * 0.95 / 0.55, 0.05_f64.ln() / 0.45_f64.ln())]
    {
        let text = plan(
            1,
            0,
            &format!(
                r#"
                kind = "ppc"
                budget = {}
                today = {{ spend = 5_000, clicks = 1_200, share = "55%" }}
                visit_to_lead = 0.01
                "#,
                5_000.0 * times
            ),
        );
        under_each_seed(&text, 20_000, |draws| {
            is_poisson(column(draws, "leads"), 0.01 * clicks);
            let spent = 5_000.0 * spend;
            for (marketing, unspent) in std::iter::zip(column(draws, "marketing"), column(draws, "unspent")) {
                assert!((marketing - spent).abs() < 1e-6);
                assert!((unspent - (5_000.0 * times - spent)).abs() < 1e-6);
            }
        });
    }
}

#[test]
fn demand_lifts_a_ppc_channel_bound_by_its_budget_less_than_one_bound_by_demand() {
    // n = D(1 − e^(−B/(Dc))): with D twice as large, 2·(1 − e^(−x/2))/(1 − e^(−x)) times the clicks, x = B/(Dc) = 1.
    let text = |season: f64| {
        plan(
            1,
            0,
            &format!(
                r#"
                kind = "ppc"
                budget = 2000
                cost_per_click = 2
                clicks_available = 1000
                visit_to_lead = 0.02
                seasonality = [{season}]
                "#
            ),
        )
    };
    let share = |x: f64| -f64::exp_m1(-x);
    under_each_seed(&text(1.0), 20_000, |draws| {
        is_poisson(column(draws, "leads"), 20.0 * share(1.0));
    });
    under_each_seed(&text(2.0), 20_000, |draws| {
        is_poisson(column(draws, "leads"), 40.0 * share(0.5));
    });
}

#[test]
fn an_insertion_is_answered_in_full_in_the_end() {
    // 4 insertions of 1,500 copies, one answer in 100 in the end, each .8 of the one before: Σ 15·.8^j. 60 weeks after
    // the last one 2^(−60/2) of the answers are still out. Money before week 1 bought 2 a week for ever: of these
    // r/(1 − r) are still to be answered.
    let text = plan(
        4,
        60,
        r#"
        kind = "print"
        budget = 200
        past_spend = 100
        cost_per_insertion = 50
        circulation = 1500
        response_rate = 0.01
        half_life = 2
        wearout = 0.2
        "#,
    );
    let r = (-0.5_f64).exp2();
    let insertions: f64 = (0..4).map(|j| 15.0 * 0.8_f64.powi(j)).sum();
    let past = 2.0 * 15.0 * r / (1.0 - r);
    for seed in SEEDS {
        is_poisson(&leads_of_all_weeks(&text, 20_000, seed), insertions + past);
    }
}

#[test]
fn an_event_runs_when_its_money_is_there_and_brings_its_leads() {
    // 30 a week for events of 70: they run in weeks 3 (90 saved), 5 (80) and 7 (70), and each of the three brings 40
    // leads in the end.
    let text = plan(
        7,
        40,
        r#"
        kind = "event"
        budget = 210
        cost_per_event = 70
        leads_per_event = 40
        half_life = 1
        "#,
    );
    let scenario = scenario(&text);
    for seed in SEEDS {
        let mut leads = Vec::new();
        each_quarter(&scenario, 0..20_000, seed, |_, _, tally| {
            let spend: Vec<f64> = tally.weeks[..7].iter().map(|week| week.spend).collect();
            assert_eq!(spend, [0.0, 0.0, 70.0, 0.0, 70.0, 0.0, 70.0]);
            leads.push(tally.weeks.iter().map(|week| week.leads).sum());
        });
        is_poisson(&leads, 120.0);
    }
}

#[test]
fn content_at_rest_draws_the_same_visits_week_after_week() {
    // Each week a = B/cost·visits new visits ripen while δ of all fades: S = (S + a)(1 − δ), S = a(1 − δ)/δ.
    let (a, decay): (f64, f64) = (6.0, 0.02);
    let at_rest = a * (1.0 - decay) / decay;
    let text = plan(
        12,
        0,
        &format!(
            r#"
            kind = "seo"
            budget = 4800
            past_spend = 400
            cost_per_article = 200
            visits_per_article = 3
            weeks_to_mature = 10
            decay = {decay}
            baseline_visits = {at_rest}
            visit_to_lead = 0.005
            "#
        ),
    );
    let scenario = scenario(&text);
    for seed in SEEDS {
        let (mut first, mut last) = (Vec::new(), Vec::new());
        each_quarter(&scenario, 0..20_000, seed, |_, _, tally| {
            first.push(tally.weeks[0].leads);
            last.push(tally.weeks[11].leads);
        });
        is_poisson(&first, 0.005 * at_rest);
        is_poisson(&last, 0.005 * at_rest);
    }
}

#[test]
fn content_builds_up_through_two_stages_of_ripening() {
    // What is planted in week w passes two stages, each left with chance p = 2/m a week: it ranks at the end of week
    // w + n with the negative binomial chance (n − 1)p²(1 − p)^(n−2), less δ then and at the end of each later week.
    // Visits of week T: a·Σ_{w<T} Σ_{n=2}^{T−w−1} (n − 1)p²(1 − p)^(n−2)(1 − δ)^(T−w−n).
    let (a, mature, decay): (f64, f64, f64) = (40.0, 8.0, 0.03);
    let p = 2.0 / mature;
    let visits = |week: i32| -> f64 {
        (0..week)
            .flat_map(|w| (2..week - w).map(move |n| (n, week - w - n)))
            .map(|(n, later)| a * f64::from(n - 1) * p * p * (1.0 - p).powi(n - 2) * (1.0 - decay).powi(later))
            .sum()
    };
    let text = plan(
        30,
        0,
        &format!(
            r#"
            kind = "seo"
            budget = 3000
            cost_per_article = 10
            visits_per_article = 4
            weeks_to_mature = {mature}
            decay = {decay}
            visit_to_lead = 0.01
            "#
        ),
    );
    let total: f64 = (0..30).map(visits).sum();
    let scenario = scenario(&text);
    for seed in SEEDS {
        let (mut all, mut tenth) = (Vec::new(), Vec::new());
        each_quarter(&scenario, 0..20_000, seed, |_, _, tally| {
            all.push(tally.leads);
            tenth.push(tally.weeks[9].leads);
        });
        is_poisson(&all, 0.01 * total);
        is_poisson(&tenth, 0.01 * visits(9));
    }
}

#[test]
fn visits_start_at_their_baseline_and_approach_their_ceiling() {
    // V = M(1 − e^(−S/M)) starts where it is today; content planted without end brings it to the ceiling M.
    let text = plan(
        60,
        0,
        r#"
        kind = "seo"
        budget = 6_000_000
        cost_per_article = 100
        visits_per_article = 10
        weeks_to_mature = 2
        decay = 0
        baseline_visits = 600
        max_visits = 1000
        visit_to_lead = 0.01
        "#,
    );
    let scenario = scenario(&text);
    for seed in SEEDS {
        let (mut first, mut last) = (Vec::new(), Vec::new());
        each_quarter(&scenario, 0..20_000, seed, |_, _, tally| {
            first.push(tally.weeks[0].leads);
            last.push(tally.weeks[59].leads);
        });
        is_poisson(&first, 6.0);
        is_poisson(&last, 10.0);
    }
}

#[test]
fn a_list_shrinks_with_every_send_and_tires_of_the_second() {
    // With money for more, f = 1.5 sends each: L_t = L_0(1 − u)^(1.5·t), clicked at (1 − fatigue)^(f − 1).
    let (list, leave, each, fatigue): (f64, f64, f64, f64) = (20_000.0, 0.01, 1.5, 0.4);
    let sends: f64 = (0..8).map(|t| each * list * (1.0 - leave).powf(each * f64::from(t))).sum();
    let text = plan(
        8,
        5,
        &format!(
            r#"
            kind = "email"
            budget = 40_000
            list_size = {list}
            cost_per_thousand = 10
            max_sends_per_week = {each}
            click_rate = 0.02
            fatigue = {fatigue}
            unsubscribe_rate = {leave}
            click_to_lead = 0.01
            "#
        ),
    );
    under_each_seed(&text, 20_000, |draws| {
        let interest = (1.0 - fatigue).powf(each - 1.0);
        is_poisson(column(draws, "leads"), sends * 0.02 * interest * 0.01);
        for spend in column(draws, "marketing") {
            assert!((spend - sends * 0.01).abs() < 1e-6);
        }
    });
}

#[test]
fn a_list_that_nobody_leaves_grows_by_the_week() {
    // L_t = 1,000 + 50t, one send each a week, dearer by half in week 2 and still affordable.
    let text = plan(
        4,
        0,
        r#"
        kind = "email"
        budget = 4000
        list_size = 1000
        list_growth = 50
        cost_per_thousand = 100
        max_sends_per_week = 1
        click_rate = 0.1
        click_to_lead = 0.02
        cost_by_week = [1, 1.5]
        "#,
    );
    under_each_seed(&text, 20_000, |draws| {
        is_poisson(column(draws, "leads"), 0.002 * 4_300.0);
        for spend in column(draws, "marketing") {
            assert!((spend - (430.0 + 0.5 * 105.0)).abs() < 1e-9);
        }
    });
}

#[test]
fn thirty_wins_of_a_hundred_or_of_seventy_five_prospects_cost_what_they_cost() {
    // 50 a prospect: 100·50/30 = 166.67 a win, 75·50/30 = 125.00, as the ratio of the means.
    for (prospects, rate, cost) in [(100, 0.3, 5_000.0 / 30.0), (75, 0.4, 125.0)] {
        let text = format!(
            r#"
            [horizon]
            weeks = 1
            tail_weeks = 0
            [channels.mailing]
            kind = "print"
            budget = {budget}
            cost_per_insertion = {budget}
            circulation = {prospects}
            response_rate = 1
            half_life = 0
            [sales]
            opportunity_rate = {rate}
            close_rate = 1
            cycle_weeks = 0
            [deals]
            average_value = 1000
            "#,
            budget = 50 * prospects
        );
        under_each_seed(&text, 20_000, |draws| {
            mean(column(draws, "wins")).is(30.0);
            ratio(column(draws, "marketing"), column(draws, "wins")).is(cost);
            let cac = foremix::model::outcomes::OutcomeId::named("cac")
                .and_then(|id| draws.ratio(id))
                .expect("cac is a ratio");
            let own = ratio(column(draws, "marketing"), column(draws, "wins"));
            own.is(cac.ratio_of_means().ratio);
        });
    }
}

#[test]
fn budgets_are_spread_over_the_weeks_as_their_flighting_says() {
    for (flighting, weights) in [
        ("\"even\"", [1.0, 1.0, 1.0, 1.0, 1.0]),
        ("\"front_loaded\"", [5.0, 4.0, 3.0, 2.0, 1.0]),
        ("\"back_loaded\"", [1.0, 2.0, 3.0, 4.0, 5.0]),
        ("{ every = 2 }", [1.0, 0.0, 1.0, 0.0, 1.0]),
        ("{ weeks = [2, 3] }", [0.0, 1.0, 1.0, 0.0, 0.0]),
        ("[0, 0, 1, 0, 3]", [0.0, 0.0, 1.0, 0.0, 3.0]),
    ] {
        let text = plan(
            5,
            3,
            &format!(
                r#"
                kind = "seo"
                budget = 600
                flighting = {flighting}
                cost_per_article = 10
                visits_per_article = 1
                visit_to_lead = 0.1
                "#
            ),
        );
        let total: f64 = weights.iter().sum();
        each_quarter(&scenario(&text), 0..2, 1, |_, _, tally| {
            for (week, weight) in tally.weeks.iter().zip(weights) {
                assert!((week.spend - 600.0 * weight / total).abs() < 1e-9);
            }
            assert!(tally.weeks[5..].iter().all(|week| week.spend == 0.0));
        });
    }
}

#[test]
fn months_get_their_weights_by_the_days_that_they_have_in_the_plan() {
    // From Monday, January 25: 7 days of January (week 1), 28 of February (weeks 2 to 5), 7 of March (week 6). January gets
    // 1/6 of 6,000, February 3/6, March 2/6.
    let plan = |months: &str, start: &str| {
        let text = format!(
            "[horizon]\nstart = {start}\nweeks = 6\ntail_weeks = 0\n[channels.search]\nkind = \"ppc\"\nbudget = 6_000\n\
             flighting = {{ months = {months} }}\ncost_per_click = 1\nclicks_available = 9_000\nvisit_to_lead = 0.1\n\
             [sales]\nopportunity_rate = 1\nclose_rate = 1\ncycle_weeks = 0\n[deals]\naverage_value = 1\n"
        );
        scenario(&text).plan.parts.channels[0].plan.clone()
    };
    let close = |found: Vec<f64>, expected: [f64; 6]| {
        let far = found.iter().zip(expected).any(|(found, expected)| (found - expected).abs() > 1e-9);
        assert!(!far, "{found:?} is not {expected:?}");
    };
    close(plan("[1, 3, 2]", "2027-01-25"), [1000.0, 750.0, 750.0, 750.0, 750.0, 2000.0]);
    // A month beyond the list gets nothing.
    close(plan("[1, 3]", "2027-01-25"), [1500.0, 1125.0, 1125.0, 1125.0, 1125.0, 0.0]);
    // From Thursday, January 28: week 1 holds 4 days of January's 4 and 3 of February's 28; week 5, of which 3 days are
    // March's, 4 of February's; March has 10 days.
    let week = |january: f64, february: f64, march: f64| {
        6_000.0 / 6.0 * (january / 4.0 + 3.0 * february / 28.0 + 2.0 * march / 10.0)
    };
    let february = week(0.0, 7.0, 0.0);
    close(
        plan("[1, 3, 2]", "2027-01-28"),
        [week(4.0, 3.0, 0.0), february, february, february, week(0.0, 4.0, 3.0), week(0.0, 0.0, 7.0)],
    );
}

#[test]
fn a_date_names_the_week_that_holds_it() {
    let plan = |weeks: &str, starts: &str| {
        scenario(&format!(
            "[horizon]\nstart = 2027-01-04\nweeks = 8\ntail_weeks = 4\n[channels.search]\nkind = \"ppc\"\nbudget = 6_000\n\
             flighting = {{ weeks = {weeks} }}\ncost_per_click = 1\nclicks_available = 9_000\nvisit_to_lead = 0.1\n\
             [promotions.sale]\nweeks = {weeks}\nlead_multiplier = 2\n\
             [sales]\nselling_time = 0.3\nhours_per_lead = 1\nopportunity_rate = 1\nclose_rate = 1\ncycle_weeks = 0\n\
             reps.new = {{ count = 1, start_week = {starts}, ramp_weeks = 6 }}\n[deals]\naverage_value = 1\n"
        ))
    };
    let (dates, numbers) = (plan("[2027-01-20, \"2027-02-07\"]", "2026-12-29"), plan("[3, 5]", "0"));
    assert_eq!(dates.plan.parts.channels[0].plan, numbers.plan.parts.channels[0].plan);
    assert_eq!(dates.plan.parts.conditions.promotions[0].weeks(), (3, 5));
    assert_eq!(dates.plan.parts.sales.reps, numbers.plan.parts.sales.reps);
}
