//! What wins are worth.

use foremix::model::lognormal::{Lognormal, log_sd};
use foremix::model::simulate::Purpose;
use foremix::model::simulate::Sums;
use foremix::random::StreamKey;

use super::draws::{column, draw};
use super::estimate::{Estimate, combined, covariance, is_poisson, mean, skewness, variance};
use super::quarters::each_quarter;
use super::support::scenario;
use super::{SEEDS, under_each_seed};

/// Mean, variance and skewness of a sum.
struct Total {
    mean: f64,
    variance: f64,
    skewness: f64,
}

impl Total {
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
        Total::compound_poisson(5.0, 300.0, 0.8).holds_for(column(draws, "revenue"));
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
        Total::compound_poisson(6.0, v, c).holds_for(column(draws, "revenue"));
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
        Total::compound_poisson(4.0, 70.0, 0.5).holds_for(column(draws, "revenue"));
    });
}

/// Leads that wait and are all won in week 1, of values of mean 20 and cv .8: of these, 66 are drawn one by one.
fn all_won(count: u32, rest: &str) -> String {
    format!(
        r#"
        [horizon]
        weeks = 2
        tail_weeks = 0
        [channels.none]
        kind = "baseline"
        leads = 0
        [sales]
        opportunity_rate = 1
        close_rate = 1
        cycle_weeks = 0
        response_curve = "none"
        leads_waiting = {count}
        [deals]
        average_value = 20
        value_cv = 0.8
        {rest}
        "#
    )
}

#[test]
fn beyond_n_wins_a_week_the_sum_of_values_is_as_if_each_had_been_drawn() {
    // 90 wins: 66 values, and one sum of 24. Less the values whose luck is known by name, what is left of the revenue is
    // that sum, and has the moments of 24 values.
    let scenario = scenario(&all_won(90, ""));
    let worth = Lognormal::new(20.0, log_sd(0.8));
    assert_eq!(Sums::new(&worth).one_by_one(), 66);
    for seed in SEEDS {
        let draws = draw(&scenario, 0..40_000, seed);
        let revenue = column(&draws, "revenue");
        let values = StreamKey::new(seed, 0, "backlog", Purpose::Value);
        let one_by_one: Vec<f64> = (0..40_000)
            .map(|draw| {
                let luck = values.at(draw);
                (0..66).map(|k| worth.at(luck, 0, k)).sum()
            })
            .collect();
        let sums = combined(revenue, &one_by_one, |all, known| all - known);
        Total::of_values(24.0, 20.0, 0.8).holds_for(&sums);
        Total::of_values(90.0, 20.0, 0.8).holds_for(revenue);
        covariance(&sums, &one_by_one).is(0.0);
    }
}

#[test]
fn from_n_values_on_one_sum_is_as_good_as_single_values() {
    // The Kolmogorov distance of 200,000 sums of 66 single values from the distribution of the one sum, .001 of which is the
    // distribution's own: by chance more than x on top of that comes with a probability of 2·exp(−2nx²), 1 in 4,000 at .0048.
    let worth = Lognormal::new(20.0, log_sd(0.8));
    let values = StreamKey::new(SEEDS[0], 0, "backlog", Purpose::Value);
    let count = 200_000;
    let mut sums: Vec<f64> = (0..count)
        .map(|draw| {
            let luck = values.at(draw);
            (0..66).map(|k| worth.at(luck, 0, k)).sum()
        })
        .collect();
    sums.sort_unstable_by(f64::total_cmp);
    let one = Sums::new(&worth);
    let apart = (1..1_000).map(|level| {
        let u = f64::from(level) / 1_000.0;
        let below = sums.partition_point(|&sum| sum <= one.of(66, u)) as f64 / count as f64;
        (below - u).abs()
    });
    let distance = apart.fold(0.0, f64::max);
    assert!(distance < 0.001 + 0.0048, "{distance}");
}

#[test]
fn about_n_wins_a_few_more_are_worth_a_few_more() {
    // Plans of 60, 66, 67, 80 and 400 wins under one luck. The first 66 are the same wins; beyond them the sums of two
    // plans stand at one quantile. So the difference strays no more than that of the further wins alone: variance at
    // most n·v²c², for n wins more.
    let counts = [60, 66, 67, 80, 400];
    for seed in SEEDS {
        let revenue = counts.map(|count| {
            let draws = draw(&scenario(&all_won(count, "")), 0..20_000, seed);
            column(&draws, "revenue").to_vec()
        });
        for (fewer, more) in [(0, 1), (1, 2), (2, 3), (3, 4)] {
            let further = f64::from(counts[more] - counts[fewer]);
            let gain = combined(&revenue[more], &revenue[fewer], |more, fewer| more - fewer);
            mean(&gain).is(20.0 * further);
            variance(&gain).is_at_most(further * 256.0);
        }
    }
}

#[test]
fn beyond_n_wins_a_limit_of_delivery_takes_nothing_from_what_they_are_worth() {
    // 900 wins, all single in the line for delivery: those of the second week are the 300 for which there was no room.
    // A week's revenue is as that of so many values, of which the sum of all is the same as without a limit.
    let free = scenario(&all_won(900, ""));
    let limited = scenario(&all_won(900, "[delivery]\nper_week = [600, 1_000]"));
    for seed in SEEDS {
        let worth = draw(&free, 0..20_000, seed);
        let worth = column(&worth, "revenue").to_vec();
        let mut weeks = [Vec::new(), Vec::new()];
        each_quarter(&limited, 0..20_000, seed, |draw, _, tally| {
            let [first, second] = [0, 1].map(|week| tally.weeks[week].revenue);
            assert!(((first + second) / worth[draw as usize] - 1.0).abs() < 1e-12);
            weeks[0].push(first);
            weeks[1].push(second);
        });
        for (week, count) in weeks.iter().zip([600.0, 300.0]) {
            mean(week).is(count * 20.0);
            variance(week).is(count * 256.0);
        }
    }
}

#[test]
fn beyond_n_wins_a_week_they_close_when_their_cycles_end() {
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

#[test]
fn very_many_open_deals_are_won_and_close_as_each_would() {
    // 50,000 open deals, won with 0.3, closing within 3 weeks where X < 2.5; of those beyond the first 1,024 how many is
    // one number. Compound binomial sums as above.
    let text = r#"
        [horizon]
        weeks = 3
        tail_weeks = 0
        [channels.none]
        kind = "baseline"
        leads = 0
        [sales]
        opportunity_rate = 1
        close_rate = 1
        cycle_weeks = 0
        cycle_cv = 0.8
        [deals]
        average_value = 20
        value_cv = 0.9
        [deals.open.list]
        count = 50_000
        close_rate = 0.3
        weeks_to_close = 2
    "#;
    let (n, v, c) = (50_000.0, 20.0, 0.9_f64);
    let p = 0.3 * super::deals::closes_before(2.5, 2.0, 0.8);
    under_each_seed(text, 4_000, |draws| {
        super::estimate::is_binomial(column(draws, "wins"), n, p);
        super::estimate::is_binomial(column(draws, "wins_started"), n, 0.3);
        let revenue = column(draws, "revenue");
        mean(revenue).is(n * p * v);
        variance(revenue).is(n * p * v * v * (1.0 + c * c) - n * p * p * v * v);
        mean(column(draws, "closing_later")).is(n * (0.3 - p) * v);
    });
}
