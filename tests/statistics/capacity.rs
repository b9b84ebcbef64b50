//! Hands: who leaves and who comes, what they cost, and prospecting.

use super::SEEDS;
use super::draws::column;
use super::estimate::{is_binomial, is_poisson, mean};
use super::quarters::each_quarter;
use super::support::scenario;
use super::under_each_seed;

const NOTHING: &str = "
    [channels.none]
    kind = \"baseline\"
    leads = 0
    [deals]
    average_value = 100
";

#[test]
fn reps_bring_the_hours_that_their_pace_and_the_calendar_give() {
    // 2 at full pace; 3 who start in week 3 and ramp over 2 weeks: 1/3, 2/3, 1; 1 who leaves after week 2. A rep at full
    // pace sells 40·.25 = 10 h; 3 h a week of the horizon go to a channel; in week 5 half of the team is away.
    let text = r#"
        [horizon]
        weeks = 5
        tail_weeks = 2
        tail_load = 0
        [channels.walk_in]
        kind = "baseline"
        leads = 100
        staff_hours_per_week = 3
        [sales]
        selling_time = 0.25
        hours_per_lead = 1
        opportunity_rate = 0.5
        close_rate = 0.4
        cycle_weeks = 0
        availability = [1, 1, 1, 1, 0.5]
        [sales.reps.old]
        count = 2
        cost_per_week = 100
        [sales.reps.new]
        count = 3
        start_week = 3
        ramp_weeks = 2
        cost_per_week = 90
        [sales.reps.leaving]
        count = 1
        end_week = 2
        cost_per_week = 80
        [deals]
        average_value = 100
    "#;
    let hours = [27.0, 27.0, 27.0, 37.0, 22.0, 50.0, 50.0];
    let wages = 5.0 * 200.0 + 3.0 * 270.0 + 2.0 * 80.0;
    let scenario = scenario(text);
    each_quarter(&scenario, 0..200, 1, |_, _, tally| {
        for (week, hours) in tally.weeks.iter().zip(hours) {
            assert!((week.hours_available - hours).abs() < 1e-9);
        }
        assert!((tally.sales_cost() - wages).abs() < 1e-9);
        assert!((tally.hours_available - 140.0).abs() < 1e-9);
        // 500 leads want 500 h; what is worked takes whole hours here, week by week.
        assert_eq!(tally.worked, 140.0);
    });
}

#[test]
fn seats_that_nobody_fills_again_empty_at_the_rate_of_leaving() {
    // In week t, from 0, each of 12 seats is held with chance (1 − q)^t; an hour a week each, and 10 in wages.
    let text = format!(
        r#"
        {NOTHING}
        [horizon]
        weeks = 10
        tail_weeks = 0
        [sales]
        hours_per_week = 1
        selling_time = 1
        opportunity_rate = 0.5
        close_rate = 0.4
        cycle_weeks = 0
        [sales.reps.team]
        count = 12
        attrition = 0.08
        cost_per_week = 10
        "#
    );
    let scenario = scenario(&text);
    for seed in SEEDS {
        let (mut held, mut wages) = (vec![Vec::new(); 10], Vec::new());
        each_quarter(&scenario, 0..20_000, seed, |_, _, tally| {
            for (held, week) in held.iter_mut().zip(&tally.weeks) {
                held.push(week.hours_available);
            }
            assert!((tally.wages - 10.0 * tally.hours_available).abs() < 1e-6);
            wages.push(tally.wages);
        });
        for (t, held) in held.iter().enumerate().skip(1) {
            is_binomial(held, 12.0, 0.92_f64.powi(t as i32));
        }
        mean(&wages).is(120.0 * (0..10).map(|t| 0.92_f64.powi(t)).sum::<f64>());
    }
}

#[test]
fn seats_are_renewed_after_their_gap_by_reps_who_ramp_up() {
    // A seat is held in week t if it was in t − 1 and nobody left, or if it was left d + 1 weeks ago: f_t = (1 − q)f_{t−1}
    // + q·f_{t−1−d}, which tends to 1/(1 + qd). Whoever came in week s, with chance q·f_{s−1−d}, is still there j weeks
    // later with chance (1 − q)^j, at the pace (j + 1)/(R + 1).
    let (q, d, ramp, weeks) = (0.1, 3_usize, 4.0, 80_usize);
    let text = |ramp: f64| {
        format!(
            r#"
            {NOTHING}
            [horizon]
            weeks = {weeks}
            tail_weeks = 0
            [sales]
            hours_per_week = 1
            selling_time = 1
            opportunity_rate = 0.5
            close_rate = 0.4
            cycle_weeks = 0
            [sales.reps.team]
            count = 20
            attrition = {q}
            backfill_weeks = {d}
            ramp_weeks = {ramp}
            "#
        )
    };
    let mut held = vec![1.0];
    let mut came = vec![0.0];
    for t in 1..weeks {
        let new = if t > d { q * held[t - 1 - d] } else { 0.0 };
        came.push(new);
        held.push((1.0 - q) * held[t - 1] + new);
    }
    assert!((held[weeks - 1] - 1.0 / (1.0 + q * d as f64)).abs() < 1e-6);
    for ramp in [0.0, ramp] {
        let scenario = scenario(&text(ramp));
        for seed in SEEDS {
            let mut hours = vec![Vec::new(); weeks];
            each_quarter(&scenario, 0..2_000, seed, |_, _, tally| {
                for (hours, week) in hours.iter_mut().zip(&tally.weeks) {
                    hours.push(week.hours_available);
                }
            });
            for t in [1, 2, 4, 5, 6, 9, 20, weeks - 1] {
                let old = (1.0 - q).powi(t as i32);
                let new = (0..=t).map(|j| {
                    let pace = ((j + 1) as f64 / (ramp + 1.0)).min(1.0);
                    came[t - j] * (1.0 - q).powi(j as i32) * pace
                });
                mean(&hours[t]).is(20.0 * (old + new.sum::<f64>()));
            }
        }
    }
}

#[test]
fn prospecting_sets_hours_aside_first_and_turns_them_into_leads_of_its_own() {
    // A quarter of 40 h, at 2 h a lead: Poisson(5) outbound leads a week, with rates of their own that speed does not
    // touch. Other leads get the other 30 h, 3 h each: 10 a week.
    let text = r#"
        [horizon]
        weeks = 3
        tail_weeks = 2
        [channels.walk_in]
        kind = "baseline"
        leads = 60
        [sales]
        selling_time = 1
        hours_per_lead = 3
        opportunity_rate = 0.9
        close_rate = 0.9
        cycle_weeks = 0
        response_hours = 100
        response_hours_today = 1
        [sales.prospecting]
        share_of_time = 0.25
        hours_per_lead = 2
        opportunity_rate = 0.5
        close_rate = 0.4
        [sales.reps.one]
        count = 1
        [deals]
        average_value = 100
    "#;
    let scenario = scenario(text);
    for seed in SEEDS {
        let (mut leads, mut wins) = (Vec::new(), Vec::new());
        each_quarter(&scenario, 0..20_000, seed, |_, _, tally| {
            let [_, outbound] = &tally.sources[..] else {
                panic!("two sources");
            };
            assert_eq!(outbound.leads, outbound.qualified);
            assert_eq!(tally.worked - outbound.leads, 30.0);
            assert_eq!(tally.hours_perished, 0.0);
            // The tail knows no prospecting: 40 h work on leads.
            assert_eq!(tally.weeks[3].leads + tally.weeks[4].leads, 0.0);
            leads.push(outbound.leads);
            wins.push(outbound.wins);
        });
        is_poisson(&leads, 15.0);
        is_poisson(&wins, 3.0);
    }
}

#[test]
fn after_the_horizon_seats_that_empty_and_fill_are_paid_for_the_hours_they_use() {
    // Work waits without end, so that every hour is used and a week costs its wages, 10 a head: of 12 seats f_t are held,
    // f_t = (1 − q)f_{t−1} + q·f_{t−1−d}. Whoever is new works slowly, and is paid in full. No lead is won, so the profit
    // of the tail is what it costs.
    let (q, d, horizon, weeks) = (0.1, 2_usize, 3, 12);
    let text = format!(
        r#"
        {NOTHING}
        [horizon]
        weeks = {horizon}
        tail_weeks = {}
        tail_load = 0
        [sales]
        selling_time = 1
        hours_per_lead = 3
        opportunity_rate = 0.5
        close_rate = 0
        cycle_weeks = 0
        leads_waiting = 1_000_000
        [sales.reps.team]
        count = 12
        attrition = {q}
        backfill_weeks = {d}
        ramp_weeks = 4
        cost_per_week = 10
        [finance]
        gross_margin = 1
        "#,
        weeks - horizon
    );
    let mut held = vec![1.0];
    for t in 1..weeks {
        let filled = if t > d { held[t - 1 - d] } else { 0.0 };
        held.push((1.0 - q) * held[t - 1] + q * filled);
    }
    under_each_seed(&text, 20_000, |draws| {
        mean(column(draws, "sales_cost")).is(120.0 * held[..horizon].iter().sum::<f64>());
        mean(column(draws, "tail_profit")).is(-120.0 * held[horizon..].iter().sum::<f64>());
    });
}

#[test]
fn after_the_horizon_each_hour_used_costs_what_the_team_of_its_week_costs() {
    // 4 stay, at 100 a week; of 6 at 160 some leave each week. A week of H hours, one a head, costs 400 + 160·(H − 4), and
    // the tail pays used/H of that. 60 leads of an hour wait: after some 8 weeks there is nothing left to do.
    let text = format!(
        r#"
        {NOTHING}
        [horizon]
        weeks = 2
        tail_weeks = 12
        tail_load = 0
        [sales]
        hours_per_week = 1
        selling_time = 1
        hours_per_lead = 1
        opportunity_rate = 0.5
        close_rate = 0.4
        cycle_weeks = 0
        leads_waiting = 60
        [sales.reps.staying]
        count = 4
        cost_per_week = 100
        [sales.reps.leaving]
        count = 6
        attrition = 0.15
        cost_per_week = 160
        "#
    );
    let scenario = scenario(&text);
    for seed in SEEDS {
        let mut left_over = 0;
        each_quarter(&scenario, 0..500, seed, |_, _, tally| {
            let cost = |hours: f64| 400.0 + 160.0 * (hours - 4.0);
            let wages =
                tally.weeks[2..].iter().map(|week| cost(week.hours_available) * week.hours_used / week.hours_available);
            let wages: f64 = wages.sum();
            assert!((tally.tail_wages - wages).abs() < 1e-6);
            let used: f64 = tally.weeks.iter().map(|week| week.hours_used).sum();
            let all: f64 = tally.weeks.iter().map(|week| week.hours_available).sum();
            assert!((used - all.min(60.0)).abs() < 1e-6);
            left_over += u32::from(all > 70.0);
        });
        assert!(left_over > 50);
    }
}
