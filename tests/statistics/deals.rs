//! When deals close: sales cycles, and the deals that are open today.

use foremix::random::normal_quantile;
use statrs::function::erf::erfc;

use super::draws::column;
use super::estimate::{covariance, is_binomial, is_poisson, mean, variance};
use super::under_each_seed;

/// P(X < x) for X lognormal of that mean and coefficient of variation.
pub(crate) fn closes_before(x: f64, mean: f64, cv: f64) -> f64 {
    let spread = (cv * cv).ln_1p().sqrt();
    let z = (x.ln() - mean.ln() + 0.5 * spread * spread) / spread;
    debug_assert!((normal_quantile(normal_cdf(z).clamp(1e-12, 1.0 - 1e-12)) - z).abs() < 1e-3);
    normal_cdf(z)
}

/// The standard normal distribution function.
pub(crate) fn normal_cdf(z: f64) -> f64 {
    0.5 * erfc(-z / std::f64::consts::SQRT_2)
}

const CYCLE: (f64, f64) = (3.0, 0.6);

#[test]
fn deals_still_open_at_the_end_are_those_whose_cycle_outlasts_it() {
    // A win of week t closes floor(X + ½) weeks later: inside a horizon of H weeks where X < H − t − ½. Wins of a week
    // are Poisson(λ·o·c), closing in time or not splits them into independent Poisson counts.
    let text = r#"
        [horizon]
        weeks = 6
        tail_weeks = 4
        [channels.walk_in]
        kind = "baseline"
        leads = 5
        [sales]
        opportunity_rate = 0.6
        close_rate = 0.5
        cycle_weeks = 3
        cycle_cv = 0.6
        response_curve = "none"
        [deals]
        average_value = 100
    "#;
    let by =
        |end: f64| -> f64 { (0..6).map(|t| 1.5 * closes_before(end - f64::from(t) - 0.5, CYCLE.0, CYCLE.1)).sum() };
    let (closed, after_the_tail) = (by(6.0), by(10.0));
    under_each_seed(text, 40_000, |draws| {
        let wins = column(draws, "wins");
        let open: Vec<f64> = column(draws, "closing_later").iter().map(|value| value / 100.0).collect();
        is_poisson(wins, closed);
        is_poisson(&open, 9.0 - closed);
        covariance(wins, &open).is(0.0);
        is_poisson(column(draws, "wins_started"), 9.0);
        let in_the_tail: Vec<f64> = column(draws, "tail_revenue").iter().map(|value| value / 100.0).collect();
        is_poisson(&in_the_tail, after_the_tail - closed);
    });
}

#[test]
fn open_deals_are_won_at_their_own_rate_and_close_like_those_won_in_week_1() {
    // wins_started ~ Binomial(40, .3); of them those close in time whose X < 5 − ½, mean 4, cv .5. Revenue is a compound
    // binomial sum: mean np·v, variance np·v²(1 + c²) − n·p²v².
    let text = r#"
        [horizon]
        weeks = 5
        tail_weeks = 0
        [sales]
        opportunity_rate = 0.5
        close_rate = 0.9
        cycle_weeks = 2
        response_curve = "none"
        [deals]
        average_value = 10
        value_cv = 0.7
        [deals.open.late]
        count = 40
        average_value = 500
        close_rate = 0.3
        weeks_to_close = 4
    "#;
    let p = 0.3 * closes_before(4.5, 4.0, 0.5);
    under_each_seed(text, 40_000, |draws| {
        is_binomial(column(draws, "wins_started"), 40.0, 0.3);
        is_binomial(column(draws, "wins"), 40.0, p);
        let revenue = column(draws, "revenue");
        let v: f64 = 500.0;
        mean(revenue).is(40.0 * p * v);
        variance(revenue).is(40.0 * p * v * v * 1.49 - 40.0 * p * p * v * v);
        // Marketing has not earned them, and they count in no acquisition cost.
        assert!(column(draws, "roas").iter().all(|roas| roas.is_nan()));
        assert!(column(draws, "cac").iter().all(|cac| cac.is_nan()));
    });
}

#[test]
fn opportunities_are_binomial_and_hold_all_wins() {
    // Of N worked leads, each is an opportunity with chance o and then won with chance c: opportunities ~ Binomial(N, o),
    // wins ~ Binomial(N, oc), cov = N·oc(1 − o), since a win is always an opportunity.
    let text = r#"
        [horizon]
        weeks = 1
        tail_weeks = 0
        [channels.none]
        kind = "baseline"
        leads = 0
        [sales]
        opportunity_rate = 0.35
        close_rate = 0.6
        cycle_weeks = 0
        response_curve = "none"
        leads_waiting = 60
        [deals]
        average_value = 100
    "#;
    let (n, o, c) = (60.0, 0.35, 0.6);
    under_each_seed(text, 50_000, |draws| {
        let (opportunities, wins) = (column(draws, "opportunities"), column(draws, "wins"));
        is_binomial(opportunities, n, o);
        is_binomial(wins, n, o * c);
        covariance(opportunities, wins).is(n * o * c * (1.0 - o));
    });
}

#[test]
fn groups_of_open_deals_that_are_alike_meet_luck_of_their_own() {
    // Two groups of 30 are won and closed like one of 60: binomial counts add up where they are independent.
    let text = r#"
        [horizon]
        weeks = 5
        tail_weeks = 0
        [sales]
        opportunity_rate = 0.5
        close_rate = 0.4
        cycle_weeks = 2
        [deals]
        average_value = 500
        value_cv = 0.7
        [deals.open.one]
        count = 30
        weeks_to_close = 4
        [deals.open.other]
        count = 30
        weeks_to_close = 4
    "#;
    let p = 0.4 * closes_before(4.5, 4.0, 0.5);
    under_each_seed(text, 30_000, |draws| {
        is_binomial(column(draws, "wins_started"), 60.0, 0.4);
        is_binomial(column(draws, "wins"), 60.0, p);
        let v: f64 = 500.0;
        let spread = 60.0 * p * v * v * 1.49 - 60.0 * p * p * v * v;
        variance(column(draws, "revenue")).is(spread);
    });
}
