//! What wins are worth.

use foremix::model::ONE_BY_ONE;
use foremix::model::deals::{Lognormal, log_sd};
use foremix::random::{Purpose, Series};

use super::draws::{column, draw};
use super::estimate::{Estimate, combined, covariance, is_poisson, mean, skewness, variance};
use super::support::scenario;
use super::{SEEDS, under_each_seed};

/// Mean, variance and skewness of a sum.
struct Sum {
    mean: f64,
    variance: f64,
    skewness: f64,
}

impl Sum {
    #[track_caller]
    fn holds_for(&self, column: &[f64]) {
        let found: [Estimate; 3] = [mean(column), variance(column), skewness(column)];
        for (estimate, theory) in found.into_iter().zip([self.mean, self.variance, self.skewness]) {
            estimate.is(theory);
        }
    }

    /// Of Poisson(Λ) lognormal values of mean v and cv c: the k-th cumulant is ΛE[X^k], with E[X²] = v²(1 + c²) and
    /// E[X³] = v³(1 + c²)³.
    fn compound_poisson(lambda: f64, v: f64, c: f64) -> Self {
        let b = 1.0 + c * c;
        let variance = lambda * v * v * b;
        Self { mean: lambda * v, variance, skewness: lambda * v.powi(3) * b.powi(3) / variance.powf(1.5) }
    }

    /// Of n lognormal values: cumulants add up; one value has the variance (vc)² and the skewness c³ + 3c.
    fn of_values(n: f64, v: f64, c: f64) -> Self {
        Self { mean: n * v, variance: n * (v * c).powi(2), skewness: (c.powi(3) + 3.0 * c) / n.sqrt() }
    }
}

#[test]
fn revenue_of_certain_inputs_is_compound_poisson() {
    let text = r#"
        [horizon]
        weeks = 5
        tail_weeks = 0
        [channels.walk_in]
        kind = "baseline"
        leads = 10
        qualified = 0.5
        [sales]
        opportunity_rate = 0.5
        close_rate = 0.4
        cycle_weeks = 0
        response_curve = "none"
        [deals]
        average_value = 300
        value_cv = 0.8
    "#;
    under_each_seed(text, 60_000, |draws| {
        is_poisson(column(draws, "wins"), 5.0);
        Sum::compound_poisson(5.0, 300.0, 0.8).holds_for(column(draws, "revenue"));
    });
}

#[test]
fn values_spelled_by_median_and_p90_have_the_mean_of_their_lognormal() {
    // ln X normal of location ln 200 and spread s = ln(500/200)/z_.9: mean 200·e^(s²/2), cv² = e^(s²) − 1.
    let text = r#"
        [horizon]
        weeks = 1
        tail_weeks = 0
        [channels.walk_in]
        kind = "baseline"
        leads = 6
        [sales]
        opportunity_rate = 1
        close_rate = 1
        cycle_weeks = 0
        response_curve = "none"
        [deals]
        median_value = 200
        value_p90 = 500
    "#;
    let s = (500.0_f64 / 200.0).ln() / 1.281_551_565_544_600_4;
    let (v, c) = (200.0 * (0.5 * s * s).exp(), (s * s).exp_m1().sqrt());
    under_each_seed(text, 60_000, |draws| {
        Sum::compound_poisson(6.0, v, c).holds_for(column(draws, "revenue"));
    });
}

#[test]
fn a_channel_s_own_rates_and_value_take_the_place_of_the_usual_ones() {
    let text = r#"
        [horizon]
        weeks = 2
        tail_weeks = 0
        [channels.walk_in]
        kind = "baseline"
        leads = 5
        opportunity_rate = 0.8
        close_rate = 0.5
        average_value = 70
        [sales]
        opportunity_rate = 0.1
        close_rate = 0.1
        cycle_weeks = 0
        response_curve = "none"
        [deals]
        average_value = 300
        value_cv = 0.5
    "#;
    under_each_seed(text, 40_000, |draws| {
        Sum::compound_poisson(4.0, 70.0, 0.5).holds_for(column(draws, "revenue"));
    });
}

#[test]
fn beyond_1024_wins_a_week_the_sum_of_values_is_as_if_each_had_been_drawn() {
    // 1,040 leads wait, all are won in week 1: 1,024 values, and one sum of 16. Less the values whose luck is known by
    // name, what is left of the revenue is that sum, and has the moments of 16 values.
    let text = r#"
        [horizon]
        weeks = 1
        tail_weeks = 0
        [channels.none]
        kind = "baseline"
        leads = 0
        [sales]
        opportunity_rate = 1
        close_rate = 1
        cycle_weeks = 0
        response_curve = "none"
        leads_waiting = 1040
        [deals]
        average_value = 20
        value_cv = 0.9
    "#;
    let scenario = scenario(text);
    let worth = Lognormal::new(20.0, log_sd(0.9));
    for seed in SEEDS {
        let draws = draw(&scenario, 0..10_000, seed);
        let revenue = column(&draws, "revenue");
        let values = Series::new(seed, 0, "backlog", Purpose::Value);
        let one_by_one: Vec<f64> = (0..10_000)
            .map(|draw| {
                let luck = values.at(draw);
                (0..ONE_BY_ONE as u32).map(|k| worth.at(luck, 0, k)).sum()
            })
            .collect();
        let sums = combined(revenue, &one_by_one, |all, known| all - known);
        Sum::of_values(16.0, 20.0, 0.9).holds_for(&sums);
        Sum::of_values(1_040.0, 20.0, 0.9).holds_for(revenue);
        covariance(&sums, &one_by_one).is(0.0);
    }
}

#[test]
fn beyond_1024_wins_a_week_each_still_closes_when_its_own_cycle_ends() {
    // 1,500 wins of week 1, a cycle that is lognormal of mean 1 and cv .8: within the two weeks of the horizon close
    // those with X < 1.5, a binomial number; its values make a compound binomial sum: variance np·v²(1 + c²) − np²v².
    let text = r#"
        [horizon]
        weeks = 2
        tail_weeks = 0
        [channels.none]
        kind = "baseline"
        leads = 0
        [sales]
        opportunity_rate = 1
        close_rate = 1
        cycle_weeks = 1
        cycle_cv = 0.8
        response_curve = "none"
        leads_waiting = 1500
        [deals]
        average_value = 20
        value_cv = 0.9
    "#;
    let (n, v, c) = (1_500.0, 20.0, 0.9_f64);
    let p = super::deals::closes_before(1.5, 1.0, 0.8);
    under_each_seed(text, 8_000, |draws| {
        super::estimate::is_binomial(column(draws, "wins"), n, p);
        let revenue = column(draws, "revenue");
        mean(revenue).is(n * p * v);
        variance(revenue).is(n * p * v * v * (1.0 + c * c) - n * p * p * v * v);
        mean(column(draws, "closing_later")).is(n * (1.0 - p) * v);
    });
}
