//! Distribution functions in 256 bits, by other formulas than the library's.
//!
//! Probabilities come from `ln k!` by Stirling's series, and the recurrence is only used from one to the next; that
//! they then add up to 1 is a check on all of it.

use dashu_float::FBig;
use dashu_float::round::mode::HalfEven;

pub(crate) type Big = FBig<HalfEven, 2>;

const BITS: usize = 256;

/// An f64 as it is, in numbers that calculate with 256 bits.
pub(crate) fn big(x: f64) -> Big {
    Big::try_from(x).expect("a finite number").with_precision(BITS).value()
}

/// The distribution function of a count, tabulated where it is not 0 or 1 to 70 digits.
pub(crate) struct Table {
    lowest: u64,
    cumulative: Vec<Big>,
}

impl Table {
    pub(crate) fn poisson(mean: f64) -> Self {
        let mode = mean as u64;
        let lambda = big(mean);
        let log = big(mode as f64) * lambda.ln() - &lambda - log_factorial(mode);
        Self::around(mode, u64::MAX, log.exp(), |k| lambda.clone() / big(k as f64))
    }

    pub(crate) fn binomial(trials: u64, p: f64) -> Self {
        let mode = (trials as f64 * p) as u64;
        let success = big(p);
        let failure = big(1.0) - &success;
        let log = log_factorial(trials) - log_factorial(mode) - log_factorial(trials - mode)
            + big(mode as f64) * success.ln()
            + big((trials - mode) as f64) * failure.ln();
        let odds = success / failure;
        Self::around(mode, trials, log.exp(), |k| big((trials - k + 1) as f64) * &odds / big(k as f64))
    }

    fn around(mode: u64, last: u64, at_mode: Big, step: impl Fn(u64) -> Big) -> Self {
        let negligible = big(1e-75);
        let mut probabilities = vec![at_mode.clone()];
        let mut probability = at_mode.clone();
        let mut lowest = mode;
        while lowest > 0 && probability > negligible {
            probability /= step(lowest);
            probabilities.push(probability.clone());
            lowest -= 1;
        }
        probabilities.reverse();
        probability = at_mode;
        let mut highest = mode;
        while highest < last && probability > negligible {
            highest += 1;
            probability *= step(highest);
            probabilities.push(probability.clone());
        }
        let mut sum = big(0.0);
        let cumulative: Vec<Big> = probabilities
            .into_iter()
            .map(|probability| {
                sum += probability;
                sum.clone()
            })
            .collect();
        let rest = (sum - big(1.0)).to_f64().value();
        assert!(rest.abs() < 1e-40, "probabilities add up to 1 {rest:+e}");
        Self { lowest, cumulative }
    }

    /// `min{k : F(k) ≥ u}`; a u within 1e-60 of F(k) is equal to it.
    pub(crate) fn quantile(&self, u: f64) -> u64 {
        let u = big(u) - big(1e-60);
        self.lowest + self.cumulative.partition_point(|f| *f < u) as u64
    }

    /// F(k) as f64 over about `count` values of k whose F lies strictly inside (1e-16, 1 − 1e-16).
    pub(crate) fn steps(&self, count: usize) -> Vec<f64> {
        let inside: Vec<f64> =
            self.cumulative.iter().map(|f| f.to_f64().value()).filter(|f| (1e-16..1.0 - 1e-16).contains(f)).collect();
        let stride = inside.len().div_ceil(count).max(1);
        inside.into_iter().step_by(stride).collect()
    }

    /// (k, P(k)) in f64.
    pub(crate) fn probabilities(&self) -> Vec<(u64, f64)> {
        let mut before = big(0.0);
        (self.lowest..)
            .zip(&self.cumulative)
            .map(|(k, f)| {
                let probability = (f - &before).to_f64().value();
                before = f.clone();
                (k, probability)
            })
            .collect()
    }
}

/// `ln k!`: Stirling's series at 200 or more, and down from there by division.
fn log_factorial(k: u64) -> Big {
    // The Bernoulli numbers B₂ … B₃₄ as fractions: enough for an error below 1e-55 from 200 on.
    const BERNOULLI: [(f64, f64); 17] = [
        (1.0, 6.0),
        (-1.0, 30.0),
        (1.0, 42.0),
        (-1.0, 30.0),
        (5.0, 66.0),
        (-691.0, 2_730.0),
        (7.0, 6.0),
        (-3_617.0, 510.0),
        (43_867.0, 798.0),
        (-174_611.0, 330.0),
        (854_513.0, 138.0),
        (-236_364_091.0, 2_730.0),
        (8_553_103.0, 6.0),
        (-23_749_461_029.0, 870.0),
        (8_615_841_276_005.0, 14_322.0),
        (-7_709_321_041_217.0, 510.0),
        (2_577_687_858_367.0, 6.0),
    ];
    let shifted = k.max(200);
    let z = big(shifted as f64);
    let square = z.clone() * &z;
    let mut power = z.clone();
    let half_log_tau = (big(2.0) * pi()).ln() / big(2.0);
    let mut sum = (z.clone() + big(0.5)) * z.ln() - &z + half_log_tau;
    for (n, (numerator, denominator)) in (1..).zip(BERNOULLI) {
        let factor = f64::from(2 * n * (2 * n - 1));
        sum += big(numerator) / (big(denominator) * big(factor) * &power);
        power *= &square;
    }
    let product = (k + 1..=shifted).fold(big(1.0), |product, j| product * big(j as f64));
    sum - product.ln()
}

/// π by Machin's formula.
fn pi() -> Big {
    let arctan_of_one_over = |x: f64| {
        let square = big(x * x);
        let mut power = big(1.0) / big(x);
        let mut sum = power.clone();
        for n in 1..200 {
            power = -power / &square;
            sum += power.clone() / big(f64::from(2 * n + 1));
        }
        sum
    };
    big(16.0) * arctan_of_one_over(5.0) - big(4.0) * arctan_of_one_over(239.0)
}
