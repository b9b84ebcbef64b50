//! The normal quantile against its distribution function in many digits.

use dashu_float::FBig;
use dashu_float::round::mode::HalfEven;
use foremix::model::simulate::Purpose;
use foremix::random::{DrawStream, StreamKey, normal_quantile, standard_normal};

type Big = FBig<HalfEven, 2>;

/// `(Φ(z) − u)/φ(z)`: by how much z is too large, to first order.
///
/// `Φ(z) = ½ + φ(z)·(z + z³/3 + z⁵/(3·5) + …)`; in a tail the sum and ½ cancel, hence the many bits.
fn excess(z: f64, u: f64) -> f64 {
    let big = |x: f64| Big::try_from(x).expect("a finite number").with_precision(256 + (2.0 * z * z) as usize).value();
    let square = big(z) * big(z);
    let mut term = big(z);
    let mut sum = term.clone();
    for n in 1..(60.0 + 40.0 * z.abs() + 2.0 * z * z) as u32 {
        term = term * &square / big(f64::from(2 * n + 1));
        sum += &term;
    }
    // 4·(4 arctan(1/5) − arctan(1/239)) = π
    let arctan = |x: f64| {
        let mut power = big(1.0) / big(x);
        let mut sum = power.clone();
        for n in 1..1_000 {
            power = -power / big(x * x);
            sum += power.clone() / big(f64::from(2 * n + 1));
        }
        sum
    };
    let tau = big(8.0) * (big(4.0) * arctan(5.0) - arctan(239.0));
    let one_over_density = (big(0.5) * tau.ln() + square / big(2.0)).exp();
    ((big(0.5) - big(u)) * one_over_density + sum).to_f64().value()
}

fn luck() -> DrawStream {
    StreamKey::new(3, 0, "normal", Purpose::Value).at(0)
}

#[test]
fn the_quantile_is_right_to_fifteen_digits() {
    let anywhere = (0..150).map(|index| luck().uniform(0, index));
    // Both tails, as far as uniforms go, and one as far as a caller might.
    let tails = (2..53).map(|m| 2f64.powi(-m));
    let upper = (2..53).map(|m| 1.0 - 2f64.powi(-m));
    let seams = [0.075, 0.925, (-25f64).exp(), 1e-40];
    for u in anywhere.chain(tails).chain(upper).chain(seams) {
        let z = normal_quantile(u);
        let relative = excess(z, u) / z;
        assert!(relative.abs() < 2e-15, "u = {u:e}: {relative:e}");
    }
    assert_eq!(normal_quantile(0.5), 0.0);
}

#[test]
fn the_fast_one_is_right_to_ten_digits() {
    let anywhere = (0..300_000).map(|index| luck().uniform(1, index));
    let middle = (1..100).flat_map(|n| [0.5 - 1e-4 / f64::from(n), 0.5 + 1e-4 / f64::from(n)]);
    let tails = (1..=1_000).flat_map(|n| [f64::from(n) * 2e-6, 1.0 - f64::from(n) * 2e-6]);
    for u in anywhere.chain(middle).chain(tails).chain([0.5]) {
        let z = normal_quantile(u);
        let error = (standard_normal(u) - z).abs();
        assert!(error <= 1e-10 * z.abs().max(1e-2), "u = {u:e}: {error:e}");
    }
}

#[test]
fn the_two_halves_mirror_each_other() {
    for index in 0..10_000 {
        let u = luck().uniform(2, index);
        assert_eq!(normal_quantile(1.0 - u), -normal_quantile(u));
        assert_eq!(standard_normal(1.0 - u), -standard_normal(u));
    }
}
