//! The value of finding out, in a problem of two actions whose value is known.

use foremix::analysis::sensitivity::{Choice, ENOUGH_FOR_THE_FIT, PlanOutcomes};
use statrs::distribution::{Continuous, ContinuousCDF, Normal};

use crate::{is, normals, uniforms};

const SEEDS: [u64; 3] = [7, 77, 777];

/// A plan of which nothing is known to vary against one that brings `mean + a·x + b·y + luck` more, where x and y are standard
/// normal and luck has the standard deviation `luck`.
fn choose(mean: f64, [a, b]: [f64; 2], luck: f64, (seed, draws): (u64, usize)) -> Choice {
    let count = draws as u64;
    let [x, y] = ["x", "y"].map(|name| normals(name, seed, count));
    let [here, there] = ["here", "there"].map(|name| normals(name, seed, count));
    // What both plans have in common.
    let common = uniforms("common", seed, count);
    let base: Vec<f64> = common.iter().map(|common| 1_000.0 * common).collect();
    let more = |noise: &[f64]| -> Vec<f64> {
        (0..draws).map(|row| base[row] + mean + a * x[row] + b * y[row] + luck * noise[row]).collect()
    };
    let outcomes = PlanOutcomes {
        figures: vec![base.clone(), more(&here)],
        twins: vec![base.clone(), more(&there)],
        is_cost: false,
    };
    let [plans, paths] = [["stay", "go"], ["x", "y"]].map(|names| names.map(str::to_owned).to_vec());
    Choice::of(plans, &outcomes, &paths, |place| [&x, &y][place].clone()).expect("there is an outcome")
}

/// `E[max(0, N(m, s²))] − max(0, m) = s·φ(m/s) − |m|·Φ(−|m|/s)`
fn worth(mean: f64, sd: f64) -> f64 {
    let normal = Normal::new(0.0, 1.0).expect("a normal");
    sd * normal.pdf(mean / sd) - mean.abs() * normal.cdf(-mean.abs() / sd)
}

#[test]
fn two_normal_actions_have_the_worth_of_the_closed_form() {
    for seed in SEEDS {
        for mean in [0.0, 0.7, -0.7] {
            let choice = choose(mean, [1.0, 0.5], 3.0, (seed, 4 * ENOUGH_FOR_THE_FIT));
            let of = |path: &str| choice.inputs.iter().find(|own| own.path == path).expect("it is weighed").worth;
            assert!(of("x").is_found, "{seed} {mean}: {:?}", of("x"));
            is("x", of("x").gain, worth(mean, 1.0));
            is("all", choice.all.gain, worth(mean, 1.25_f64.sqrt()));
            assert_eq!(choice.inputs[0].path, "x");
        }
    }
}

#[test]
fn what_has_nothing_to_do_with_the_choice_is_worth_nothing() {
    for seed in SEEDS {
        let choice = choose(0.2, [0.0, 0.0], 3.0, (seed, ENOUGH_FOR_THE_FIT));
        assert!(choice.found().next().is_none() && !choice.all.is_found, "{choice:?}");
    }
}

#[test]
fn a_choice_that_is_clear_anyway_is_worth_no_question() {
    let choice = choose(40.0, [1.0, 0.5], 3.0, (5, ENOUGH_FOR_THE_FIT));
    assert_eq!(choice.ranking.best(), Some(1));
    assert!(choice.found().next().is_none() && !choice.all.is_found, "{choice:?}");
    assert!(choice.inputs.iter().all(|own| own.worth.gain.mean == 0.0));
}

#[test]
fn few_draws_promise_no_more_than_there_is() {
    // A cross-fit earns at most what is to be earned: over many seeds its mean is no higher than the closed form.
    let gains: Vec<f64> = (0..40)
        .map(|seed| {
            let choice = choose(0.5, [1.0, 0.0], 6.0, (seed, 1_024));
            choice.inputs.iter().find(|own| own.path == "x").expect("it is weighed").worth.gain.mean
        })
        .collect();
    let mean = gains.iter().sum::<f64>() / 40.0;
    let sd = (gains.iter().map(|gain| (gain - mean).powi(2)).sum::<f64>() / 39.0).sqrt();
    assert!(mean <= worth(0.5, 1.0) + 4.0 * sd / 40.0_f64.sqrt(), "{mean} ± {}", sd / 40.0_f64.sqrt());
}
