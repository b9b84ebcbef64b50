//! What drives a plan, held against what theory says: Sobol indices, the share of luck, and the value of finding out.
//!
//! A claim holds where an estimate lies within 4 of its own standard errors of the closed form that is derived beside it.

mod choices;
mod indices;
mod plans;

use foremix::analysis::Estimate;
use foremix::model::simulate::Purpose;
use foremix::random::{StreamKey, normal_quantile};

/// The claim that theory is right.
#[track_caller]
fn is(what: &str, estimate: Estimate, theory: f64) {
    let error = estimate.error.expect("there are enough draws");
    let apart = (estimate.mean - theory).abs();
    assert!(
        apart <= 4.0 * error + 1e-9 * theory.abs(),
        "{what}: {} ± {error} is not {theory}: {:.1} standard errors apart",
        estimate.mean,
        apart / error
    );
}

/// Independent uniforms of a name.
fn uniforms(name: &str, seed: u64, count: u64) -> Vec<f64> {
    let key = StreamKey::new(seed, 0, name, Purpose::Input);
    (0..count).map(|draw| key.at(draw).uniform(0, 0)).collect()
}

/// Independent standard normals of a name.
fn normals(name: &str, seed: u64, count: u64) -> Vec<f64> {
    uniforms(name, seed, count).into_iter().map(normal_quantile).collect()
}
