//! How many leads come, of them qualified, of them won.

use super::draws::column;
use super::estimate::{combined, covariance, is_poisson, mean, variance};
use super::quarters::each_quarter;
use super::support::scenario;
use super::{SEEDS, under_each_seed};

/// Hours are ample, answers are in time, deals close at once.
const AMPLE: &str = r#"
    [sales]
    opportunity_rate = 0.5
    close_rate = 0.4
    cycle_weeks = 0
    response_curve = "none"
    [deals]
    average_value = 1000
"#;

#[test]
fn leads_of_certain_channels_are_poisson_and_split_into_independent_parts() {
    // Poisson(λ) split by a coin of chance q is Poisson(λq) and, independent of it, Poisson(λ(1 − q)). Won with chance
    // o·c each: wins ~ Poisson(λ·q·o·c). Here Σλ = 4·2.5 = 10, q = .4, o·c = .2.
    let text = format!(
        "{AMPLE}
        [horizon]
        weeks = 4
        tail_weeks = 0
        [channels.walk_in]
        kind = \"baseline\"
        leads = 2.5
        qualified = 0.4"
    );
    under_each_seed(&text, 60_000, |draws| {
        let (leads, qualified) = (column(draws, "leads"), column(draws, "qualified"));
        is_poisson(leads, 10.0);
        is_poisson(qualified, 4.0);
        let rejected = combined(leads, qualified, |all, passed| all - passed);
        is_poisson(&rejected, 6.0);
        covariance(qualified, &rejected).is(0.0);
        is_poisson(column(draws, "wins"), 0.8);
        // Wins are a part of the qualified leads: their covariance is that part's variance, the mean of the wins.
        covariance(qualified, column(draws, "wins")).is(0.8);
        covariance(&rejected, column(draws, "wins")).is(0.0);
    });
}

#[test]
fn leads_of_two_channels_add_up_and_are_independent() {
    let text = format!(
        "{AMPLE}
        [horizon]
        weeks = 3
        tail_weeks = 0
        [channels.walk_in]
        kind = \"baseline\"
        leads = 1.5
        [channels.flyer]
        kind = \"print\"
        budget = 90
        cost_per_insertion = 30
        circulation = 200
        response_rate = 0.01
        half_life = 0"
    );
    let scenario = scenario(&text);
    for seed in SEEDS {
        let (mut walk_in, mut flyer) = (Vec::new(), Vec::new());
        each_quarter(&scenario, 0..40_000, seed, |_, _, tally| {
            walk_in.push(tally.sources[0].leads);
            flyer.push(tally.sources[1].leads);
        });
        is_poisson(&walk_in, 4.5);
        is_poisson(&flyer, 6.0);
        covariance(&walk_in, &flyer).is(0.0);
        is_poisson(&combined(&walk_in, &flyer, |a, b| a + b), 10.5);
    }
}

#[test]
fn variation_adds_its_square_to_the_variance_of_leads() {
    // Given the factor f (mean 1, variance v²) leads are Poisson(λf): variance λ + λ²v². Weeks without persistence are
    // independent. With persistence φ the logs of f are jointly normal with covariance s²φ^k, s² = ln(1 + v²), k weeks
    // apart, so cov(f, f′) = e^(s²φ^k) − 1.
    let (rate, v, phi, weeks) = (8.0, 0.5_f64, 0.7_f64, 5_i32);
    for persistence in [0.0, phi] {
        let text = format!(
            "{AMPLE}
            [horizon]
            weeks = {weeks}
            tail_weeks = 0
            [channels.walk_in]
            kind = \"baseline\"
            leads = {rate}
            variation = {v}
            variation_persistence = {persistence}"
        );
        let spread = (1.0 + v * v).ln();
        let total = f64::from(weeks) * rate;
        let noise = sum_over_pairs(weeks, |apart| (spread * persistence.powi(apart)).exp_m1());
        under_each_seed(&text, 40_000, |draws| {
            mean(column(draws, "leads")).is(total);
            variance(column(draws, "leads")).is(total + rate * rate * noise);
        });
    }
}

#[test]
fn market_noise_leaves_the_mean_and_adds_the_variance_that_persistence_gives() {
    // On a channel linear in g: Var(Σ λ m_t) = λ²Σ_sΣ_t (e^(σ²φ^|s−t|) − 1), plus the Poisson noise λH of the counts.
    let (rate, sigma, phi, weeks) = (6.0, 0.4_f64, 0.6_f64, 6_i32);
    let text = format!(
        "{AMPLE}
        [horizon]
        weeks = {weeks}
        tail_weeks = 0
        [market]
        volatility = {sigma}
        persistence = {phi}
        [channels.walk_in]
        kind = \"baseline\"
        leads = {rate}"
    );
    let total = f64::from(weeks) * rate;
    let noise = sum_over_pairs(weeks, |apart| (sigma * sigma * phi.powi(apart)).exp_m1());
    under_each_seed(&text, 40_000, |draws| {
        mean(column(draws, "leads")).is(total);
        variance(column(draws, "leads")).is(total + rate * rate * noise);
    });
}

#[test]
fn two_channels_share_the_market_and_only_the_market() {
    // cov(N_1, N_2) = λ_1 λ_2 Σ_sΣ_t (e^(σ²φ^|s−t|) − 1); their own variations are independent.
    let (sigma, phi, weeks) = (0.3_f64, 0.8_f64, 4_i32);
    let text = format!(
        "{AMPLE}
        [horizon]
        weeks = {weeks}
        tail_weeks = 0
        [market]
        volatility = {sigma}
        persistence = {phi}
        [channels.one]
        kind = \"baseline\"
        leads = 9
        variation = 0.3
        [channels.other]
        kind = \"baseline\"
        leads = 5
        variation = 0.3"
    );
    let noise = sum_over_pairs(weeks, |apart| (sigma * sigma * phi.powi(apart)).exp_m1());
    let scenario = scenario(&text);
    for seed in SEEDS {
        let (mut one, mut other) = (Vec::new(), Vec::new());
        each_quarter(&scenario, 0..40_000, seed, |_, _, tally| {
            one.push(tally.sources[0].leads);
            other.push(tally.sources[1].leads);
        });
        covariance(&one, &other).is(9.0 * 5.0 * noise);
    }
}

#[test]
fn growth_compounds_over_the_horizon_and_seasons_multiply_it() {
    let (rate, growth) = (4.0, 0.1_f64);
    let text = format!(
        "{AMPLE}
        [horizon]
        weeks = 5
        tail_weeks = 0
        [market]
        growth_per_week = {growth}
        seasonality = [1, 0.5, 0, 2]
        [channels.walk_in]
        kind = \"baseline\"
        leads = {rate}"
    );
    let season = [1.0, 0.5, 0.0, 2.0, 1.0];
    let total: f64 = (0..5).map(|t| rate * (1.0 + growth).powi(t) * season[t as usize]).sum();
    under_each_seed(&text, 40_000, |draws| {
        is_poisson(column(draws, "leads"), total);
    });
}

/// Σ over all ordered pairs of weeks of `of(weeks apart)`.
fn sum_over_pairs(weeks: i32, of: impl Fn(i32) -> f64) -> f64 {
    (0..weeks).flat_map(|s| (0..weeks).map(move |t| (s - t).abs())).map(of).sum()
}
