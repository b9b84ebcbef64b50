//! What we don't know: distributions as they were stated, and what they do to outcomes.

use foremix::engine::{LEVELS, Stats, Unwatched, forecast};

use super::deals::normal_cdf;
use super::draws::column;
use super::estimate::{mean, variance};
use super::support::scenario;
use super::{SEEDS, under_each_seed};

const DRAWS: u64 = 16_384;

/// A plan in which `lines` are the keys of a channel with uncertain inputs.
fn plan(channel: &str, rest: &str) -> String {
    format!(
        r#"
        [horizon]
        weeks = 1
        tail_weeks = 0
        [sales]
        opportunity_rate = 0.5
        close_rate = 0.4
        cycle_weeks = 0
        [deals]
        average_value = 100
        [channels.it]
        {channel}
        {rest}
        "#
    )
}

/// The summary of one input under each seed.
fn each_summary(text: &str, input: &str, claim: impl Fn(&Stats)) {
    let scenario = scenario(text);
    for seed in SEEDS {
        let forecast = forecast(&scenario, DRAWS, seed, &Unwatched).expect("nobody stops it");
        let (_, stats) = forecast.inputs.iter().find(|(name, _)| name == input).expect("it is uncertain");
        claim(stats);
    }
}

/// The claim that every reported percentile has its level by the distribution function: the share of n draws below a
/// point of level p strays by √(p(1 − p)/n), and by less where draws are stratified.
#[track_caller]
fn has_levels(stats: &Stats, cdf: impl Fn(f64) -> f64) {
    for (level, value) in LEVELS.into_iter().zip(stats.percentiles.to_array()) {
        let error = (level * (1.0 - level) / DRAWS as f64).sqrt();
        let found = cdf(value);
        assert!((found - level).abs() <= 4.0 * error, "{value} has the level {found}, not {level} ± {error}");
    }
}

#[track_caller]
fn near(found: f64, theory: f64, error: f64) {
    assert!((found - theory).abs() <= 4.0 * error, "{found} is not {theory} ± {error}");
}

#[test]
fn an_amount_from_p5_to_p95_is_lognormal() {
    // μ = (ln a + ln b)/2, σ = (ln b − ln a)/(2 z_.95); mean e^(μ + σ²/2).
    let text = plan("kind = \"baseline\"\nleads = \"2 to 9\"", "");
    let (a, b): (f64, f64) = (2.0, 9.0);
    let (mu, sigma) = (0.5 * (a.ln() + b.ln()), (b.ln() - a.ln()) / 3.289_707_253_902_945);
    each_summary(&text, "channels.it.leads", |stats| {
        has_levels(stats, |x| normal_cdf((x.ln() - mu) / sigma));
        near(stats.mean, (mu + 0.5 * sigma * sigma).exp(), stats.sd / (DRAWS as f64).sqrt());
    });
}

#[test]
fn a_share_from_p5_to_p95_is_logit_normal_and_widens_on_that_scale() {
    let logit = |x: f64| (x / (1.0 - x)).ln();
    let (a, b) = (logit(0.1), logit(0.3));
    for widen in [1.0, 1.6] {
        let text = plan(
            "kind = \"baseline\"\nleads = 3\nqualified = \"10% to 30%\"",
            &format!("[simulation]\nwiden = {widen}"),
        );
        let (mu, sigma) = (0.5 * (a + b), widen * (b - a) / 3.289_707_253_902_945);
        each_summary(&text, "channels.it.qualified", |stats| {
            has_levels(stats, |x| normal_cdf((logit(x) - mu) / sigma));
        });
    }
}

#[test]
fn three_points_are_the_quantiles_that_they_say() {
    // Below the middle ln x is normal of spread s₋ = (ln 5 − ln 4)/z_.9, above of s₊ = (ln 9 − ln 5)/z_.9.
    let z90 = 1.281_551_565_544_600_4;
    let text = plan("kind = \"baseline\"\nleads = { p10 = 4, p50 = 5, p90 = 9 }", "");
    let cdf = |x: f64| {
        let apart = x.ln() - 5.0_f64.ln();
        let spread = if apart < 0.0 { (5.0_f64 / 4.0).ln() / z90 } else { (9.0_f64 / 5.0).ln() / z90 };
        normal_cdf(apart / spread)
    };
    each_summary(&text, "channels.it.leads", |stats| {
        has_levels(stats, cdf);
    });
    assert!((cdf(4.0) - 0.1).abs() < 1e-9 && (cdf(9.0) - 0.9).abs() < 1e-9);
}

#[test]
fn an_input_of_that_mean_and_sd_has_them() {
    // The error of an sd is sd·√((κ + 2)/(4n)), κ the excess kurtosis: lognormal of cv .5: 5.1; beta below 1; normal 0.
    let text = plan(
        "kind = \"baseline\"\nleads = { mean = 6, sd = 3 }\nqualified = { mean = 0.3, sd = 0.1 }",
        "[market]\ngrowth_per_week = { mean = 0.1, sd = 0.2 }",
    );
    for (input, m, sd, kurtosis) in [
        ("channels.it.leads", 6.0, 3.0, 5.1_f64),
        ("channels.it.qualified", 0.3, 0.1, 1.0),
        ("market.growth_per_week", 0.1, 0.2, 0.0),
    ] {
        each_summary(&text, input, |stats| {
            let n = DRAWS as f64;
            near(stats.mean, m, sd / n.sqrt());
            near(stats.sd, sd, sd * ((kurtosis + 2.0) / (4.0 * n)).sqrt());
        });
    }
}

#[test]
fn uncertain_conversion_adds_the_square_of_the_leads_times_its_variance() {
    // Given p wins are Poisson(Lp): variance L·E[p] + L²·Var(p). L = 50 leads, p of mean .3 and sd .1; stratified inputs
    // and random ones alike.
    for sampling in ["stratified", "random"] {
        let text = format!(
            r#"
            [horizon]
            weeks = 1
            tail_weeks = 0
            [simulation]
            sampling = "{sampling}"
            [channels.it]
            kind = "baseline"
            leads = 50
            [sales]
            opportunity_rate = 1
            close_rate = {{ mean = 0.3, sd = 0.1 }}
            cycle_weeks = 0
            response_curve = "none"
            [deals]
            average_value = 100
            "#
        );
        under_each_seed(&text, 40_960, |draws| {
            mean(column(draws, "wins")).is(15.0);
            variance(column(draws, "wins")).is(15.0 + 2_500.0 * 0.01);
        });
    }
}

#[test]
fn a_random_cost_buys_more_sends_in_the_mean_than_its_mean_cost_would() {
    // Lognormal C of mean m: E[1/C] = (1 + cv²)/m. 300 for sends of 15 a thousand, cv .6: 20,000·1.36 sends.
    for sampling in ["stratified", "random"] {
        let text = plan(
            r#"
            kind = "email"
            budget = 300
            list_size = 1_000_000
            max_sends_per_week = 100
            cost_per_thousand = { mean = 15, sd = 9 }
            click_rate = 0.02
            click_to_lead = 0.01
            "#,
            &format!("[simulation]\nsampling = \"{sampling}\""),
        );
        under_each_seed(&text, 40_960, |draws| {
            mean(column(draws, "leads")).is(20_000.0 * 1.36 * 0.02 * 0.01);
            // Given C leads are Poisson(K/C): variance E[K/C] + K²Var(1/C), and 1/C is lognormal of the same cv.
            let average = 5.44_f64;
            variance(column(draws, "leads")).is(average + (average * 0.6).powi(2));
        });
    }
}

#[test]
fn a_product_of_inputs_has_the_mean_and_variance_of_independent_factors() {
    // Revenue of N deals that are all won at once, each worth v: N and v independent, so the mean of Nv is E[N]E[v] and
    // E[(Nv)²] = E[N²]E[v²]. N ~ Poisson of a lognormal mean.
    let text = r#"
        [horizon]
        weeks = 1
        tail_weeks = 0
        [channels.it]
        kind = "baseline"
        leads = { mean = 8, sd = 3 }
        [sales]
        opportunity_rate = 1
        close_rate = 1
        cycle_weeks = 0
        response_curve = "none"
        [deals]
        average_value = { mean = 100, sd = 30 }
    "#;
    under_each_seed(text, 40_960, |draws| {
        let revenue = column(draws, "revenue");
        mean(revenue).is(800.0);
        variance(revenue).is((64.0 + 8.0 + 9.0) * (10_000.0 + 900.0) - 640_000.0);
    });
}
