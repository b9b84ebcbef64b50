//! Adstock: how spend carries over to the weeks after, in the forms of the common marketing-mix models.
//!
//! Implements section 3 of docs/model.md, `response`. Sources: Jin, Wang, Sun, Chan and Koehler (2017), Bayesian Methods
//! for Media Mix Modeling with Carryover and Shape Effects; the Weibull forms as in PyMC-Marketing and Robyn.

use crate::inputs::Quantity;
use crate::model::fields::Fields;
use crate::model::keys::Key;

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
    .above(0.0)
    .required()
    .unit("weeks")
    .about("the scale of the Weibull distribution (lambda)")
    .example("3");

const WEIBULL_SHAPE: Key =
    Key::amount("shape").above(0.0).required().about("the shape of the Weibull distribution (k)").example("1.5");

/// `adstock` as written.
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
    pub(super) fn read(channel: &mut Fields<'_, '_>) -> Self {
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

    /// The weight of a week's spend, by weeks since, in one draw.
    pub(super) fn weights(&self, drawn: &[f64]) -> Vec<f64> {
        let lags = (0..self.lags).map(|lag| lag as f64);
        let mut weights: Vec<f64> = match &self.form {
            Form::None => vec![1.0],
            Form::Geometric { retention } => {
                let kept = retention.of(drawn);
                lags.map(|lag| kept.powf(lag)).collect()
            }
            Form::Delayed { retention, peak } => {
                let (kept, peak) = (retention.of(drawn), peak.of(drawn));
                lags.map(|lag| kept.powf((lag - peak).powi(2))).collect()
            }
            Form::WeibullPdf { scale, shape } => {
                let (scale, shape) = (scale.of(drawn), shape.of(drawn));
                scaled(lags.map(|lag| weibull_density((lag + 1.0) / scale, shape)).collect())
            }
            Form::WeibullCdf { scale, shape } => {
                let (scale, shape) = (scale.of(drawn), shape.of(drawn));
                let mut left = 1.0;
                lags.map(|lag| {
                    // 1 − F(lag): nothing is lost in the week itself, where lag is 0.
                    left *= (-(lag / scale).powf(shape)).exp();
                    left
                })
                .collect()
            }
        };
        let total: f64 = weights.iter().sum();
        if self.normalize && total > 0.0 {
            weights.iter_mut().for_each(|weight| *weight /= total);
        }
        weights
    }
}

/// The Weibull density of scale 1, but for its constant factor, which the scaling takes out.
fn weibull_density(x: f64, shape: f64) -> f64 {
    x.powf(shape - 1.0) * (-x.powf(shape)).exp()
}

/// Scaled so that the least is 0 and the most is 1; all ones where they are equal.
fn scaled(weights: Vec<f64>) -> Vec<f64> {
    let least = weights.iter().copied().fold(f64::INFINITY, f64::min);
    let most = weights.iter().copied().fold(0.0, f64::max);
    if most > least {
        weights.iter().map(|weight| (weight - least) / (most - least)).collect()
    } else {
        vec![1.0; weights.len()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weights(form: Form, lags: usize, normalize: bool) -> Vec<f64> {
        Adstock { form, lags, normalize }.weights(&[])
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
}
