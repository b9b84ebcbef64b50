//! Adstock: how spend carries over to the weeks after, in the forms of the common marketing-mix models.
//!
//! Implements section 3 of docs/model.md, `response`. Sources: Jin, Wang, Sun, Chan and Koehler (2017), Bayesian Methods
//! for Media Mix Modeling with Carryover and Shape Effects; the Weibull forms as in PyMC-Marketing and Robyn.

use crate::inputs::{Inputs, Quantity};
use crate::model::schema::{Key, TableReader};
use crate::transcendental::{exp, exp_m1, ln, powf};

const MAX_LAG: Key = Key::whole("max_lag", 1.0, 520.0)
    .or(13.0)
    .unit("weeks")
    .about("how many weeks a week's spend works, its own included (PyMC-Marketing's l_max)")
    .example("8");

const NORMALIZE: Key =
    Key::truth("normalize").or_word("true").about("whether the weights are scaled to sum to 1").example("false");

const RETENTION: Key = Key::fraction("retention")
    .required()
    .about("the share that is left a week later (alpha, theta)")
    .example("\"30% to 60%\"");

/// The kinds of adstock and their keys.
pub const KINDS: &[(&str, &[Key])] = &[
    ("none", &[]),
    ("geometric", &[RETENTION, MAX_LAG, NORMALIZE]),
    (
        "delayed",
        &[
            RETENTION,
            Key::amount("peak")
                .time()
                .required()
                .unit("weeks")
                .about("the lag at which spend works most (theta)")
                .example("2"),
            MAX_LAG,
            NORMALIZE,
        ],
    ),
    ("weibull_pdf", &[WEIBULL_SCALE, WEIBULL_SHAPE, MAX_LAG, NORMALIZE]),
    ("weibull_cdf", &[WEIBULL_SCALE, WEIBULL_SHAPE, MAX_LAG, NORMALIZE]),
];

const WEIBULL_SCALE: Key = Key::amount("scale")
    .time()
    .above(0.0)
    .required()
    .unit("weeks")
    .about("the scale of the Weibull distribution (lambda)")
    .example("3");

const WEIBULL_SHAPE: Key =
    Key::amount("shape").pure().above(0.0).required().about("the shape of the Weibull distribution (k)").example("1.5");

/// The carry-over of spend (adstock) as written.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Adstock {
    form: Form,
    lags: usize,
    normalize: bool,
}

#[derive(Clone, Debug, PartialEq)]
enum Form {
    None,
    Geometric { retention: Quantity },
    Delayed { retention: Quantity, peak: Quantity },
    WeibullPdf { scale: Quantity, shape: Quantity },
    WeibullCdf { scale: Quantity, shape: Quantity },
}

impl Adstock {
    pub(super) fn read(channel: &mut TableReader<'_, '_>) -> Self {
        let none = Self { form: Form::None, lags: 1, normalize: false };
        let Some((word, mut fields)) = channel.variant("adstock", KINDS) else {
            return none;
        };
        let form = match word {
            "geometric" => Form::Geometric { retention: fields.quantity("retention") },
            "delayed" => Form::Delayed { retention: fields.quantity("retention"), peak: fields.quantity("peak") },
            "weibull_pdf" => Form::WeibullPdf { scale: fields.quantity("scale"), shape: fields.quantity("shape") },
            "weibull_cdf" => Form::WeibullCdf { scale: fields.quantity("scale"), shape: fields.quantity("shape") },
            _ => return none,
        };
        Self { form, lags: usize::try_from(fields.whole("max_lag")).unwrap_or(1), normalize: fields.truth("normalize") }
    }

    /// The share that carries over from week to week, where it is the same in all.
    pub(super) fn retention(&self, drawn: &[f64]) -> f64 {
        match &self.form {
            Form::Geometric { retention } => retention.of(drawn),
            _ => 0.0,
        }
    }

    /// The weight of a week's spend, by weeks since, in one draw. Weights are worked out on the log scale: where all of
    /// them are too small for a number, they sum to 1, and the lag nearest to the peak has them all.
    pub(super) fn weigh(&self, drawn: &[f64], weights: &mut Vec<f64>) {
        weights.clear();
        let lags = (0..self.lags).map(|lag| lag as f64);
        // First the logarithms, less that of the most there could be.
        let log_of_most = match &self.form {
            Form::None => {
                weights.push(0.0);
                0.0
            }
            Form::Geometric { retention } => {
                let log = ln(retention.of(drawn));
                weights.extend(lags.map(|lag| times(lag, log)));
                0.0
            }
            Form::Delayed { retention, peak } => {
                let (log, peak) = (ln(retention.of(drawn)), peak.of(drawn));
                let nearest = lags.clone().map(|lag| (lag - peak).abs()).fold(f64::INFINITY, f64::min);
                let further = |lag: f64| {
                    let apart = (lag - peak).abs();
                    (apart - nearest) * (apart + nearest)
                };
                weights.extend(lags.map(|lag| times(further(lag), log)));
                times(nearest * nearest, log)
            }
            Form::WeibullPdf { scale, shape } => {
                let (log_of_scale, shape) = (ln(scale.of(drawn)), shape.of(drawn));
                weights.extend(lags.map(|lag| log_of_density(ln(lag + 1.0) - log_of_scale, shape)));
                below_most(weights);
                stretch(weights);
                0.0
            }
            Form::WeibullCdf { scale, shape } => {
                let (scale, shape) = (scale.of(drawn), shape.of(drawn));
                let mut log = 0.0;
                weights.extend(lags.map(|lag| {
                    // ln(1 − F(lag)): nothing is lost in the week itself, where lag is 0.
                    log -= powf(lag / scale, shape);
                    log
                }));
                0.0
            }
        };
        let vanish = log_of_most < ln(f64::MIN_POSITIVE);
        let most = if vanish { 1.0 } else { exp(log_of_most) };
        weights.iter_mut().for_each(|log| *log = most * exp(*log));
        if self.normalize || vanish {
            let total: f64 = weights.iter().sum();
            weights.iter_mut().for_each(|weight| *weight /= total);
        }
    }

    /// Does spend work most in a week that no longer counts?
    pub(super) fn peaks_beyond_its_lags(&self, inputs: &Inputs) -> bool {
        let middle = |quantity: &Quantity| quantity.median(inputs);
        let peak = match &self.form {
            Form::Delayed { peak, .. } => middle(peak),
            Form::WeibullPdf { scale, shape } if middle(shape) > 1.0 => {
                // The mode of the density, λ·((k − 1)/k)^(1/k), which lag l meets at l + 1.
                let shape = middle(shape);
                middle(scale) * powf(1.0 - 1.0 / shape, 1.0 / shape) - 1.0
            }
            _ => 0.0,
        };
        peak > (self.lags - 1) as f64
    }
}

/// `x·log`, and 0 where x is, though the logarithm is that of 0.
fn times(x: f64, log: f64) -> f64 {
    if x == 0.0 { 0.0 } else { x * log }
}

/// The logarithm of the Weibull density of scale 1 at `e^log`, but for its constant, which the scaling takes out.
fn log_of_density(log: f64, shape: f64) -> f64 {
    (shape - 1.0) * log - exp(shape * log)
}

/// Logarithms, less the largest of them. Where all are those of 0, the first lag is nearest to the peak: all densities
/// vanish only far beyond it.
fn below_most(logs: &mut [f64]) {
    let most = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if most > f64::NEG_INFINITY {
        logs.iter_mut().for_each(|log| *log -= most);
    } else if let Some(first) = logs.first_mut() {
        *first = 0.0;
    }
}

/// Scales weights, of whose logarithms the largest is 0, so that the least is 0 and the most is 1; all 1 where they are
/// equal.
fn stretch(logs: &mut [f64]) {
    let least = exp_m1(logs.iter().copied().fold(0.0, f64::min));
    if least < 0.0 {
        logs.iter_mut().for_each(|log| *log = ln((exp_m1(*log) - least) / -least));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weights(form: Form, lags: usize, normalize: bool) -> Vec<f64> {
        let mut weights = Vec::new();
        Adstock { form, lags, normalize }.weigh(&[], &mut weights);
        weights
    }

    fn assert_close(found: &[f64], expected: &[f64]) {
        assert_eq!(found.len(), expected.len());
        for (found, expected) in found.iter().zip(expected) {
            assert!((found - expected).abs() < 1e-6, "{found} is not {expected}");
        }
    }

    #[test]
    fn each_form_gives_the_weights_worked_by_hand() {
        let certain = Quantity::Certain;
        let geometric = || Form::Geometric { retention: certain(0.5) };
        assert_close(&weights(geometric(), 4, false), &[1.0, 0.5, 0.25, 0.125]);
        // Over a sum of 1.875.
        assert_close(&weights(geometric(), 4, true), &[0.533_333_3, 0.266_666_7, 0.133_333_3, 0.066_666_7]);
        let delayed = Form::Delayed { retention: certain(0.5), peak: certain(1.0) };
        // 0.5 to the power of 1, 0, 1, 4.
        assert_close(&weights(delayed, 4, false), &[0.5, 1.0, 0.5, 0.0625]);
        let cdf = Form::WeibullCdf { scale: certain(2.0), shape: certain(1.0) };
        // 1, e^(−1/2), e^(−1/2)·e^(−2/2)
        assert_close(&weights(cdf, 3, false), &[1.0, 0.606_530_7, 0.223_130_2]);
        let pdf = Form::WeibullPdf { scale: certain(2.0), shape: certain(2.0) };
        // Density (x/2)·e^(−(x/2)²) at x = 1, 2, 3: 0.389400, 0.367879, 0.158099, scaled to 0 … 1.
        assert_close(&weights(pdf, 3, false), &[1.0, 0.906_957_8, 0.0]);
        let flat = Form::WeibullPdf { scale: certain(2.0), shape: certain(2.0) };
        assert_close(&weights(flat, 1, false), &[1.0]);
    }

    #[test]
    fn weights_that_vanish_leave_all_to_the_lag_nearest_to_the_peak() {
        let certain = Quantity::Certain;
        let delayed = |retention, peak| Form::Delayed { retention: certain(retention), peak: certain(peak) };
        for normalize in [true, false] {
            // Nothing is kept: the peak itself, the one lag nearest to it, or two of them by halves.
            assert_close(&weights(delayed(0.0, 2.0), 4, normalize), &[0.0, 0.0, 1.0, 0.0]);
            assert_close(&weights(delayed(0.0, 2.4), 4, normalize), &[0.0, 0.0, 1.0, 0.0]);
            assert_close(&weights(delayed(0.0, 0.5), 3, normalize), &[0.5, 0.5, 0.0]);
            // Far behind the last lag 0.2^(61²) is no number any more; 0.2^(62² − 61²) is nothing beside it.
            assert_close(&weights(delayed(0.2, 65.0), 5, normalize), &[0.0, 0.0, 0.0, 0.0, 1.0]);
            // A steep or a short density has died away before its second week.
            for (scale, shape) in [(0.4, 12.0), (1e-3, 3.0), (0.9, 900.0)] {
                let pdf = Form::WeibullPdf { scale: certain(scale), shape: certain(shape) };
                assert_close(&weights(pdf, 4, normalize), &[1.0, 0.0, 0.0, 0.0]);
            }
            let geometric = Form::Geometric { retention: certain(0.0) };
            assert_close(&weights(geometric, 3, normalize), &[1.0, 0.0, 0.0]);
            let cdf = Form::WeibullCdf { scale: certain(1e-3), shape: certain(4.0) };
            assert_close(&weights(cdf, 3, normalize), &[1.0, 0.0, 0.0]);
        }
        // At shape 1,000 and scale 6 the density is e^(999·ln x − x^1000): of lags 1 to 5, x = 5/6 has all but nothing.
        let steep = Form::WeibullPdf { scale: certain(6.0), shape: certain(1_000.0) };
        assert_close(&weights(steep, 5, true), &[0.0, 0.0, 0.0, 0.0, 1.0]);
        // What is small but a number stays what it is: 0.1^(2²), 0.1^(1²).
        assert_close(&weights(delayed(0.1, 2.0), 2, false), &[1e-4, 0.1]);
    }

    #[test]
    fn a_peak_behind_the_last_lag_is_seen() {
        let certain = Quantity::Certain;
        let late = |form, lags| Adstock { form, lags, normalize: true }.peaks_beyond_its_lags(&Inputs::default());
        let delayed = |peak| Form::Delayed { retention: certain(0.5), peak: certain(peak) };
        assert!(late(delayed(3.5), 4) && !late(delayed(3.0), 4));
        // The mode is at 8·(1/2)^(1/2) = 5.66: lag 4.66.
        let pdf = || Form::WeibullPdf { scale: certain(8.0), shape: certain(2.0) };
        assert!(late(pdf(), 5) && !late(pdf(), 6));
    }
}
