//! Poisson and binomial counts: exact to the last unit, monotone, and distributed as they should be.

use foremix::model::simulate::Purpose;
use foremix::random::{Binomial, DrawStream, StreamKey, binomial, poisson};
use rand::SeedableRng;
use rand::rngs::Xoshiro256PlusPlus;
use rand_distr::Distribution;

use crate::reference::Table;

/// The least and the greatest uniform there is.
const ENDS: [f64; 2] = [f64::EPSILON / 2.0, 1.0 - f64::EPSILON / 2.0];

fn luck(name: &str) -> DrawStream {
    StreamKey::new(20_260_105, 0, name, Purpose::Leads).at(0)
}

/// On, just below and just above steps of the distribution function, at both ends, and in the bulk.
fn assert_exact(name: &str, table: &Table, steps: usize, count: impl Fn(f64) -> u64) {
    let beside = |f: f64| [f.next_down(), f, f.next_up()];
    let at_steps = table.steps(steps).into_iter().flat_map(beside);
    let anywhere = (0..steps as u32).map(|index| luck(name).uniform(0, index));
    let far_out = [1e-40, 2f64.powi(-54), 1e-12, 1.0 - 1e-12];
    for u in at_steps.chain(anywhere).chain(ENDS).chain(far_out) {
        assert_eq!(count(u), table.quantile(u), "{name} at u = {u:e}");
    }
}

#[test]
fn a_poisson_count_is_exact_beside_every_step() {
    // A logarithmic grid; whole and half numbers; both sides of where the method changes.
    let grid = (-12..=17).map(|step| 10f64.powf(f64::from(step) / 4.0));
    let awkward = [
        0.5, 1.0, 1.499_999, 1.5, 2.0, 3.5, 4.999_999, 5.0, 5.000_001, 5.5, 6.0, 7.0, 8.0, 9.5, 12.0, 15.5, 20.0, 33.3,
        50.0, 99.5, 512.0, 2_000.0,
    ];
    for mean in grid.chain(awkward).chain([5f64.next_down(), 5f64.next_up()]) {
        let steps = if mean < 1e3 { 200 } else { 20 };
        let name = format!("Poisson of mean {mean}");
        assert_exact(&name, &Table::poisson(mean), steps, |u| poisson(mean, u));
    }
}

#[test]
fn a_poisson_count_of_a_large_mean_is_exact_too() {
    for mean in [123_456.7, 1e6, 1e7] {
        let name = format!("Poisson of mean {mean}");
        assert_exact(&name, &Table::poisson(mean), 6, |u| poisson(mean, u));
    }
}

#[test]
fn a_binomial_count_is_exact_beside_every_step() {
    let chances = [1e-9, 0.001, 0.005, 0.02, 0.1, 0.2, 0.3, 0.49, 0.5, 0.51, 0.7, 0.9, 0.93, 0.999, 1.0 - 1e-9];
    for trials in [1, 2, 3, 7, 10, 11, 16, 25, 40, 60, 100, 137, 250, 500, 2_000] {
        for p in chances {
            let name = format!("{trials} trials of {p}");
            let table = Table::binomial(trials, p);
            assert_exact(&name, &table, 40, |u| binomial(trials, p, u));
        }
    }
}

#[test]
fn a_binomial_count_of_many_trials_is_exact_too() {
    for (trials, p) in [
        (1_000_000, 1e-6),
        (1_000_000, 5e-6),
        (1_000_000, 0.01),
        (1_000_000, 0.37),
        (1_000_000, 0.999),
        (20_000_000, 0.5),
        (1_000_000_000, 3e-6),
    ] {
        let name = format!("{trials} trials of {p}");
        let table = Table::binomial(trials, p);
        assert_exact(&name, &table, 6, |u| binomial(trials, p, u));
    }
}

#[test]
fn a_prepared_binomial_gives_the_same() {
    for index in 0..100_000 {
        let of = |purpose| luck("prepared").uniform(purpose, index);
        let (trials, p) = ((300.0 * of(0)) as u64, of(1));
        let u = of(2);
        assert_eq!(Binomial::new(p).quantile(trials, u), binomial(trials, p, u));
    }
}

/// Plain inversion in f64, without any of the library's shortcuts; `None` where its sums are too rough to tell.
fn plain_quantile(cumulative: &[f64], u: f64) -> Option<u64> {
    let k = cumulative.partition_point(|&f| f < u);
    let near = |place: usize| cumulative.get(place).is_some_and(|f| (f - u).abs() < 1e-13);
    let clear = !near(k) && (k == 0 || !near(k - 1));
    clear.then_some(k as u64)
}

#[test]
fn a_million_counts_are_those_of_plain_inversion() {
    let means = [0.01, 0.3, 1.4, 2.5, 4.9, 5.1, 6.0, 8.0, 13.0, 40.0];
    let mut unclear = 0;
    for (week, mean) in (0..).zip(means) {
        let mut probability = f64::exp(-mean);
        let mut sum = 0.0;
        let cumulative: Vec<f64> = (1..200)
            .map(|k| {
                sum += probability;
                probability *= mean / f64::from(k);
                sum
            })
            .collect();
        for index in 0..100_000 {
            let u = luck("plain").uniform(week, index);
            match plain_quantile(&cumulative, u) {
                Some(k) => assert_eq!(poisson(mean, u), k, "mean {mean}, u {u:e}"),
                None => unclear += 1,
            }
        }
    }
    assert!(unclear < 10, "{unclear} uniforms next to a step");
}

#[test]
fn a_million_wins_are_those_of_plain_inversion() {
    let cases = [(20, 0.02), (60, 0.005), (60, 0.3), (12, 0.5), (300, 0.93), (500, 0.02), (90, 0.06), (45, 0.55)];
    for (week, (trials, p)) in (0..).zip(cases) {
        // Row by row of Pascal's triangle: another way than the recurrence along a row.
        let mut row = vec![1.0_f64];
        for _ in 0..trials {
            row.push(0.0);
            for k in (1..row.len()).rev() {
                row[k] = row[k] * (1.0 - p) + row[k - 1] * p;
            }
            row[0] *= 1.0 - p;
        }
        let mut sum = 0.0;
        let cumulative: Vec<f64> = row
            .iter()
            .map(|probability| {
                sum += probability;
                sum
            })
            .collect();
        let prepared = Binomial::new(p);
        for index in 0..125_000 {
            let u = luck("plain wins").uniform(week, index);
            if let Some(k) = plain_quantile(&cumulative, u) {
                assert_eq!(prepared.quantile(trials, u), k, "{trials} of {p}, u {u:e}");
            }
        }
    }
}

#[test]
fn counts_never_fall_in_u_mean_trials_or_chance() {
    let sorted = |counts: &[u64]| counts.is_sorted();
    for index in 0..200 {
        let u = luck("monotone").uniform(0, index);
        let by_mean: Vec<u64> = (1..2_000).map(|step| poisson(f64::from(step) * 0.01, u)).collect();
        let by_trials: Vec<u64> = (0..600).map(|n| binomial(n, 0.03 + 0.9 * u, u)).collect();
        let by_chance: Vec<u64> = (0..=1_000).map(|step| binomial(70, f64::from(step) / 1_000.0, u)).collect();
        assert!(sorted(&by_mean) && sorted(&by_trials) && sorted(&by_chance));
    }
    for mean in [0.7, 4.99, 5.01, 9.0, 77.0, 5_000.0] {
        let by_u: Vec<u64> = (1..20_000).map(|step| poisson(mean, f64::from(step) / 20_000.0)).collect();
        assert!(sorted(&by_u), "mean {mean}");
    }
}

/// χ² of counts against probabilities, cells of an expected 20 or more, less its degrees of freedom, in standard
/// errors.
fn chi_square(table: &Table, draws: u32, count: impl Fn(u32) -> u64) -> f64 {
    let probabilities = table.probabilities();
    let lowest = probabilities[0].0;
    let mut seen = vec![0.0; probabilities.len() + 1];
    for draw in 0..draws {
        let place = (count(draw) - lowest) as usize;
        seen[place.min(probabilities.len())] += 1.0;
    }
    let (mut cells, mut sum) = (0.0, 0.0);
    let (mut expected, mut observed) = (0.0, 0.0);
    for (&(_, probability), seen) in probabilities.iter().zip(seen) {
        expected += probability * f64::from(draws);
        observed += seen;
        if expected >= 20.0 {
            sum += (observed - expected).powi(2) / expected;
            cells += 1.0;
            (expected, observed) = (0.0, 0.0);
        }
    }
    let freedom: f64 = cells - 1.0;
    (sum - freedom) / (2.0 * freedom).sqrt()
}

#[test]
fn counts_spread_like_their_probabilities() {
    // 5 standard errors of a χ² with 5 or more degrees of freedom: a false alarm in about 1 of 1,000 cases; 10 cases.
    for (week, mean) in (0..).zip([1.2, 3.0, 5.5, 20.0, 400.0]) {
        let distance =
            chi_square(&Table::poisson(mean), 200_000, |index| poisson(mean, luck("chi").uniform(week, index)));
        assert!(distance < 5.0, "mean {mean}: {distance}");
    }
    for (week, (trials, p)) in (10..).zip([(20, 0.1), (60, 0.3), (250, 0.93), (2_000, 0.2), (40, 0.5)]) {
        let distance = chi_square(&Table::binomial(trials, p), 200_000, |index| {
            binomial(trials, p, luck("chi").uniform(week, index))
        });
        assert!(distance < 5.0, "{trials} of {p}: {distance}");
    }
}

/// Mean and variance.
fn moments(counts: &[f64]) -> (f64, f64) {
    let n = counts.len() as f64;
    let mean = counts.iter().sum::<f64>() / n;
    let variance = counts.iter().map(|k| (k - mean).powi(2)).sum::<f64>() / n;
    (mean, variance)
}

/// Standard errors between two samples of n, from the true variance σ² and excess kurtosis.
fn distances(ours: &[f64], theirs: &[f64], variance: f64, excess: f64) -> [f64; 2] {
    let n = ours.len() as f64;
    let (our_mean, our_variance) = moments(ours);
    let (their_mean, their_variance) = moments(theirs);
    [
        (our_mean - their_mean) / (2.0 * variance / n).sqrt(),
        (our_variance - their_variance) / (2.0 * variance.powi(2) * (2.0 + excess) / n).sqrt(),
    ]
}

#[test]
fn moments_are_those_of_another_sampler() {
    // 20 differences within 4.5 standard errors: a false alarm in about 1 of 7,000 runs of the test.
    const DRAWS: u32 = 200_000;
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(7);
    for (week, mean) in (0..).zip([0.4, 3.0, 6.0, 50.0, 3_000.0]) {
        let other = rand_distr::Poisson::new(mean).expect("a positive mean");
        let theirs: Vec<f64> = (0..DRAWS).map(|_| other.sample(&mut rng)).collect();
        let ours: Vec<f64> =
            (0..DRAWS).map(|index| poisson(mean, luck("moments").uniform(week, index)) as f64).collect();
        for distance in distances(&ours, &theirs, mean, 1.0 / mean) {
            assert!(distance.abs() < 4.5, "mean {mean}: {distance}");
        }
    }
    for (week, (trials, p)) in (10..).zip([(20, 0.05), (60, 0.3), (250, 0.93), (2_000, 0.2), (500, 0.7)]) {
        let other = rand_distr::Binomial::new(trials, p).expect("a chance");
        let theirs: Vec<f64> = (0..DRAWS).map(|_| other.sample(&mut rng) as f64).collect();
        let ours: Vec<f64> =
            (0..DRAWS).map(|index| binomial(trials, p, luck("moments").uniform(week, index)) as f64).collect();
        let variance = trials as f64 * p * (1.0 - p);
        let excess = (1.0 - 6.0 * p * (1.0 - p)) / variance;
        for distance in distances(&ours, &theirs, variance, excess) {
            assert!(distance.abs() < 4.5, "{trials} of {p}: {distance}");
        }
    }
}
