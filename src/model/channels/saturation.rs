//! Saturation: how further spend brings less and less, in the forms of the common marketing-mix models.
//!
//! Implements section 3 of docs/model.md, `response`.

use std::sync::Arc;

use crate::inputs::Quantity;
use crate::model::schema::{Key, TableReader};
use crate::transcendental::{atanh, exp_m1, ln_1p, powf, tanh};

use super::curve_points::{self, Point};

const HALF: Key = Key::amount("half")
    .pure()
    .above(0.0)
    .required()
    .unit("scaled spend a week")
    .about("the spend at which half of the scale is reached")
    .example("0.8");

/// The kinds of saturation and their keys.
pub const KINDS: &[(&str, &[Key])] = &[
    (
        "hill",
        &[
            HALF,
            Key::amount("slope")
                .pure()
                .above(0.0)
                .required()
                .about("how steep it is at the half; above 1 the curve is S-shaped")
                .example("1.4"),
        ],
    ),
    (
        "logistic",
        &[Key::amount("lam").pure().above(0.0).required().about("how fast it saturates (lam)").example("2.5")],
    ),
    ("michaelis_menten", &[HALF]),
    ("exponential", &[Key::amount("rate").pure().above(0.0).required().about("how fast it saturates").example("1.2")]),
    ("tanh", &[HALF]),
    (
        "root",
        &[Key::fraction("exponent").required().about("the power of spend; 0.5 is the square root").example("0.5")],
    ),
    (
        "log",
        &[Key::amount("rate")
            .pure()
            .above(0.0)
            .required()
            .about("how soon it bends: ln(1 + rate·spend)")
            .example("0.6")],
    ),
    ("points", curve_points::KEYS),
    ("none", &[]),
];

/// `saturation` as written.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Saturation {
    Hill { half: Quantity, slope: Quantity },
    Logistic { lam: Quantity },
    MichaelisMenten { half: Quantity },
    Exponential { rate: Quantity },
    Tanh { half: Quantity },
    Root { exponent: Quantity },
    Log { rate: Quantity },
    Points(Arc<[Point]>),
    None,
}

impl Saturation {
    pub(super) fn read(channel: &mut TableReader<'_, '_>) -> Self {
        let Some((word, mut fields)) = channel.variant("saturation", KINDS) else {
            return Self::None;
        };
        match word {
            "hill" => Self::Hill { half: fields.quantity("half"), slope: fields.quantity("slope") },
            "logistic" => Self::Logistic { lam: fields.quantity("lam") },
            "michaelis_menten" => Self::MichaelisMenten { half: fields.quantity("half") },
            "exponential" => Self::Exponential { rate: fields.quantity("rate") },
            "tanh" => Self::Tanh { half: fields.quantity("half") },
            "root" => Self::Root { exponent: fields.quantity("exponent") },
            "log" => Self::Log { rate: fields.quantity("rate") },
            "points" => Self::Points(curve_points::read(&mut fields).into()),
            _ => Self::None,
        }
    }

    /// The scaled spend a week beyond which the curve is not known; none where it has a formula.
    pub(super) fn known_up_to(&self) -> Option<f64> {
        match self {
            Self::Points(points) => points.last().map(|last| last.spend),
            _ => None,
        }
    }

    /// The curve in one draw.
    pub(super) fn at(&self, drawn: &[f64]) -> Curve {
        match *self {
            Self::Points(ref points) => Curve::Points(Arc::clone(points)),
            Self::Log { rate } => Curve::Log { rate: rate.of(drawn) },
            Self::Hill { half, slope } => Curve::Hill { half: half.of(drawn), slope: slope.of(drawn) },
            Self::Logistic { lam } => Curve::Tanh { rate: 0.5 * lam.of(drawn) },
            Self::MichaelisMenten { half } => Curve::Hill { half: half.of(drawn), slope: 1.0 },
            Self::Exponential { rate } => Curve::Exponential { rate: rate.of(drawn) },
            Self::Tanh { half } => Curve::Tanh { rate: atanh(0.5) / half.of(drawn) },
            Self::Root { exponent } => Curve::Root { exponent: exponent.of(drawn) },
            Self::None => Curve::Root { exponent: 1.0 },
        }
    }
}

/// A saturation curve in one draw.
///
/// ```text
/// hill         x^s / (x^s + half^s);  Michaelis and Menten: s = 1
/// exponential  1 − e^(−rate·x)
/// tanh         tanh(rate·x);  logistic (1 − e^(−λx))/(1 + e^(−λx)) = tanh(λx/2)
/// root         x^exponent
/// log          ln(1 + rate·x)
/// points       straight lines between them, flat beyond the last
/// ```
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Curve {
    Hill { half: f64, slope: f64 },
    Exponential { rate: f64 },
    Tanh { rate: f64 },
    Root { exponent: f64 },
    Log { rate: f64 },
    Points(Arc<[Point]>),
}

impl Curve {
    /// The share of the scale at a spend of `x`; no spend brings nothing.
    pub(super) fn at(&self, x: f64) -> f64 {
        if x <= 0.0 {
            return 0.0;
        }
        match *self {
            // By the ratio, so that large powers don't overflow.
            Self::Hill { half, slope } => 1.0 / (1.0 + powf(half / x, slope)),
            Self::Exponential { rate } => -exp_m1(-rate * x),
            Self::Tanh { rate } => tanh(rate * x),
            Self::Root { exponent } => powf(x, exponent),
            Self::Log { rate } => ln_1p(rate * x),
            Self::Points(ref points) => between(points, x),
        }
    }
}

/// On the straight line between the points on either side of `x`; the last one's result beyond it.
fn between(points: &[Point], x: f64) -> f64 {
    let after = points.partition_point(|point| point.spend < x);
    match (after.checked_sub(1).map(|before| points[before]), points.get(after)) {
        (Some(low), Some(high)) => low.result + (high.result - low.result) * (x - low.spend) / (high.spend - low.spend),
        (Some(last), None) => last.result,
        (None, first) => first.map_or(0.0, |first| first.result),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_curve_has_its_half_point_and_the_values_worked_by_hand() {
        let certain = Quantity::Certain;
        let close = |saturation: Saturation, x: f64, expected: f64| {
            let found = saturation.at(&[]).at(x);
            assert!((found - expected).abs() < 1e-9, "at {x}: {found}");
        };
        let hill = Saturation::Hill { half: certain(2.0), slope: certain(3.0) };
        close(hill.clone(), 2.0, 0.5);
        close(hill.clone(), 1.0, 1.0 / 9.0);
        close(Saturation::MichaelisMenten { half: certain(2.0) }, 6.0, 0.75);
        close(Saturation::Tanh { half: certain(1.5) }, 1.5, 0.5);
        // (1 − 1/3)/(1 + 1/3) at e^(−λx) = 1/3
        close(Saturation::Logistic { lam: certain(1.0) }, 3_f64.ln(), 0.5);
        close(Saturation::Exponential { rate: certain(0.5) }, 2.0 * 2_f64.ln(), 0.5);
        close(Saturation::Root { exponent: certain(0.5) }, 9.0, 3.0);
        close(Saturation::None, 7.0, 7.0);
        close(Saturation::Log { rate: certain(2.0) }, 3.0, 7_f64.ln());
        let points = [(0.0, 0.0), (2.0, 5.0), (4.0, 6.0)].map(|(spend, result)| Point { spend, result });
        let by_points = Saturation::Points(points.into());
        for (x, expected) in [(0.0, 0.0), (1.0, 2.5), (2.0, 5.0), (3.5, 5.75), (4.0, 6.0), (90.0, 6.0)] {
            close(by_points.clone(), x, expected);
        }
        close(hill, 0.0, 0.0);
    }
}
