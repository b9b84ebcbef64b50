//! What goes on after the lead and after the sale: nurtured leads, customers and their orders.

use super::SEEDS;
use super::draws::{column, draw};
use super::estimate::{is_binomial, mean, skewness, variance};
use super::quarters::each_quarter;
use super::support::scenario;
use super::under_each_seed;

#[test]
fn a_nurtured_pool_turns_and_fades_at_its_rates_and_is_fed_by_the_leads_of_the_team_alone() {
    // Of a lead in the pool, r = .1 turn each week, and of the rest x = .9·.95 are still there in the next: after j weeks
    // a share r(1 − x^j)/(1 − x) has turned. Of the 200 of today, over 6 weeks, a binomial number; of the 8 unqualified
    // that join each week a Poisson number, of those of week t (from 0) over the 5 − t weeks after it. Leads of the shop
    // never join.
    let text = r#"
        [horizon]
        weeks = 6
        tail_weeks = 0
        [channels.walk_in]
        kind = "baseline"
        leads = 10
        qualified = 0.2
        [channels.shop]
        kind = "baseline"
        leads = 50
        qualified = 0.1
        route = "online"
        close_rate = 0.5
        [nurture]
        rate = 0.1
        fade = 0.05
        pool = 200
        [sales]
        opportunity_rate = 0.5
        close_rate = 0.4
        cycle_weeks = 0
        [deals]
        average_value = 100
    "#;
    let x: f64 = 0.9 * 0.95;
    let turned = |weeks: i32| 0.1 * (1.0 - x.powi(weeks)) / (1.0 - x);
    let today = turned(6);
    let joined: f64 = (0..6).map(|t| 8.0 * turned(5 - t)).sum();
    let scenario = scenario(text);
    for seed in SEEDS {
        let (mut nurtured, mut wins) = (Vec::new(), Vec::new());
        each_quarter(&scenario, 0..20_000, seed, |_, _, tally| {
            let [_, _, source] = &tally.sources[..] else {
                panic!("three sources");
            };
            assert_eq!(source.leads, 0.0);
            nurtured.push(source.qualified);
            wins.push(source.wins);
        });
        mean(&nurtured).is(200.0 * today + joined);
        variance(&nurtured).is(200.0 * today * (1.0 - today) + joined);
        let (won, joined) = (0.2 * today, 0.2 * joined);
        mean(&wins).is(200.0 * won + joined);
        variance(&wins).is(200.0 * won * (1.0 - won) + joined);
    }
}

#[test]
fn customers_follow_their_recursion_order_again_and_bring_others() {
    // C' = C(1 − churn) + wins, wins = 3 + C·.06·.5 expected: a linear recursion. Orders are C·.2 of 50 expected; the
    // loyalty program starts in week 4: 1.5 times the orders, half the churn, 2 a customer.
    let text = r#"
        [horizon]
        weeks = 7
        tail_weeks = 0
        [channels.walk_in]
        kind = "baseline"
        leads = 15
        [customers]
        active = 120
        repeat_rate = 0.2
        repeat_value = 50
        repeat_cv = 0.7
        churn_rate = 0.1
        referral_rate = 0.06
        [customers.referrals]
        opportunity_rate = 1
        close_rate = 0.5
        [customers.loyalty]
        cost_per_customer = 2
        repeat_multiplier = 1.5
        churn_multiplier = 0.5
        start_week = 4
        [sales]
        opportunity_rate = 0.5
        close_rate = 0.4
        cycle_weeks = 0
        response_curve = "none"
        [deals]
        average_value = 10
    "#;
    let (mut customers, mut orders, mut referred, mut cost) = (120.0, 0.0, 0.0, 0.0);
    for week in 1..=7 {
        let loyal = week >= 4;
        orders += customers * 0.2 * if loyal { 1.5 } else { 1.0 };
        referred += customers * 0.06;
        cost += customers * if loyal { 2.0 } else { 0.0 };
        let won = 3.0 + customers * 0.06 * 0.5;
        customers = customers * (1.0 - if loyal { 0.05 } else { 0.1 }) + won;
    }
    let scenario = scenario(text);
    for seed in SEEDS {
        let draws = draw(&scenario, 0..20_000, seed);
        mean(column(&draws, "repeat_revenue")).is(50.0 * orders);
        mean(column(&draws, "marketing")).is(cost);
        mean(column(&draws, "wins")).is(21.0 + 0.5 * referred);
        mean(column(&draws, "leads")).is(105.0 + referred);
        let mut referrals = Vec::new();
        each_quarter(&scenario, 0..20_000, seed, |_, _, tally| {
            assert_eq!(tally.sources[1].leads, tally.sources[1].qualified);
            referrals.push(tally.sources[1].leads);
        });
        mean(&referrals).is(referred);
    }
}

#[test]
fn repeat_orders_of_a_week_are_a_compound_poisson_sum() {
    // 80 customers, .1 orders each: 8 orders of mean 50 and cv .7, variance Λv²(1 + c²).
    let text = r#"
        [horizon]
        weeks = 1
        tail_weeks = 0
        [channels.none]
        kind = "baseline"
        leads = 0
        [customers]
        active = 80
        repeat_rate = 0.1
        repeat_value = 50
        repeat_cv = 0.7
        [sales]
        opportunity_rate = 0.5
        close_rate = 0.4
        cycle_weeks = 0
        [deals]
        average_value = 10
    "#;
    under_each_seed(text, 30_000, |draws| {
        let orders = column(draws, "repeat_revenue");
        mean(orders).is(8.0 * 50.0);
        variance(orders).is(8.0 * 2_500.0 * 1.49);
        assert_eq!(orders, column(draws, "revenue"));
    });
}

#[test]
fn many_repeat_orders_of_a_week_are_worth_what_each_would_be() {
    // 5,000 customers, .1 orders each: 500 orders, of which 47 (cv .7: (2.443/.36)² = 46.05) have a value of their own.
    let text = r#"
        [horizon]
        weeks = 1
        tail_weeks = 0
        [channels.none]
        kind = "baseline"
        leads = 0
        [customers]
        active = 5_000
        repeat_rate = 0.1
        repeat_value = 50
        repeat_cv = 0.7
        [sales]
        opportunity_rate = 0.5
        close_rate = 0.4
        cycle_weeks = 0
        [deals]
        average_value = 10
    "#;
    under_each_seed(text, 30_000, |draws| {
        let orders = column(draws, "repeat_revenue");
        mean(orders).is(500.0 * 50.0);
        variance(orders).is(500.0 * 2_500.0 * 1.49);
        skewness(orders).is(1.49_f64.powf(1.5) / 500.0_f64.sqrt());
    });
}

#[test]
fn customers_take_their_hours_before_any_lead() {
    // 60 customers at .5 h leave 10 of 40 h, for leads of 2 h each; with 100 customers nothing is left. A tenth of the
    // customers leave each week: the k-th week starts with a binomial number.
    let text = |active: u32, churn: f64| {
        format!(
            r#"
            [horizon]
            weeks = 2
            tail_weeks = 0
            [channels.walk_in]
            kind = "baseline"
            leads = 90
            close_rate = 0
            [customers]
            active = {active}
            churn_rate = {churn}
            [sales]
            selling_time = 1
            hours_per_lead = 2
            hours_per_customer = 0.5
            opportunity_rate = 0.5
            close_rate = 0.4
            cycle_weeks = 0
            [sales.reps.one]
            count = 1
            [deals]
            average_value = 10
            "#
        )
    };
    for (active, worked) in [(60, 10.0), (100, 0.0)] {
        each_quarter(&scenario(&text(active, 0.0)), 0..200, 1, |_, _, tally| {
            assert_eq!(tally.worked, worked);
            assert_eq!(tally.hours_available, 2.0 * worked);
        });
    }
    let leaving = scenario(&text(60, 0.1));
    for seed in SEEDS {
        let mut left = Vec::new();
        each_quarter(&leaving, 0..20_000, seed, |_, _, tally| {
            left.push(2.0 * (40.0 - tally.weeks[1].hours_available));
        });
        is_binomial(&left, 60.0, 0.9);
    }
}
