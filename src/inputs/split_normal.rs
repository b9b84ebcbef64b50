//! Normal on its own scale, with a spread of its own on either side of the median.

use multiversion::multiversion;

use crate::random::{
    LANES, LIFT, Lanes, fill_gaps, lifted, lifted_lanes, normal_quantile, normal_quantiles, normal_share,
};
use crate::transcendental::{exp, ln, ln_1p};

use super::{Distribution, Domain, Shares};

/// The scale on which a figure of a domain is taken as normal.
///
/// ```text
/// A amount    y = ln x             (lognormal)
/// F fraction  y = ln(x / (1 − x))  (logit-normal)
/// N number    y = x                (normal)
/// ```
impl Domain {
    pub(super) fn to_scale(self, x: f64) -> f64 {
        match self {
            Self::Amount => ln(x),
            Self::Fraction => ln(x) - ln_1p(-x),
            Self::Number => x,
        }
    }

    /// 1 where a figure itself is lognormal, −1 where the odds against a fraction are.
    fn sign(self) -> f64 {
        if self == Self::Fraction { -1.0 } else { 1.0 }
    }
}

/// `x = g(middle + below·z)` for z < 0, `g(middle + above·z)` above, z standard normal.
///
/// A side without spread is an atom: half of all draws have the median itself.
#[derive(Debug)]
pub(super) struct SplitNormal {
    domain: Domain,
    middle: f64,
    below: f64,
    above: f64,
    median: f64,
    /// `e^(±middle − LIFT)`: of what is lognormal, its value at the middle
    scale: f64,
}

impl SplitNormal {
    /// With the same spread on both sides of `middle`, all on the scale of the domain.
    pub(super) fn even(domain: Domain, middle: f64, spread: f64) -> Self {
        let own = Self::new(domain, middle, [spread; 2]);
        Self { median: own.value(0.0), ..own }
    }

    /// Around `median`, a value of the domain; the spreads are on its scale.
    pub(super) fn around(domain: Domain, median: f64, spreads: [f64; 2]) -> Self {
        Self { median, ..Self::new(domain, domain.to_scale(median), spreads) }
    }

    fn new(domain: Domain, middle: f64, [below, above]: [f64; 2]) -> Self {
        Self { domain, middle, below, above, median: f64::NAN, scale: exp(domain.sign() * middle - LIFT) }
    }

    /// The spread on the side of `z`.
    #[inline(always)]
    fn spread(&self, z: f64) -> f64 {
        if z < 0.0 { self.below } else { self.above }
    }

    /// The value that lies so far from the middle on the scale of the domain.
    fn value(&self, stray: f64) -> f64 {
        self.off_scale(stray, if self.domain == Domain::Number { 0.0 } else { lifted(self.domain.sign() * stray) })
    }

    /// The same; `power` is `e^(±stray + LIFT)`.
    #[inline(always)]
    fn off_scale(&self, stray: f64, power: f64) -> f64 {
        match self.domain {
            Domain::Amount => self.scale * power,
            Domain::Fraction => 1.0 / (1.0 + self.scale * power),
            Domain::Number => self.middle + stray,
        }
    }

    /// The quantile of each of sixteen uniforms.
    #[inline(always)]
    fn side_by_side(&self, uniforms: &Lanes) -> Lanes {
        let mut normals = normal_quantiles(uniforms);
        fill_gaps(&mut normals, |lane| normal_quantile(uniforms[lane]));
        let (mut strays, mut powers) = ([0.0; LANES], [0.0; LANES]);
        for (stray, z) in strays.iter_mut().zip(&normals) {
            *stray = self.spread(*z) * z;
        }
        if self.domain != Domain::Number {
            let mut exponents = strays;
            for exponent in &mut exponents {
                *exponent *= self.domain.sign();
            }
            powers = lifted_lanes(&exponents);
            fill_gaps(&mut powers, |lane| lifted(exponents[lane]));
        }
        let mut values = [0.0; LANES];
        for (lane, value) in values.iter_mut().enumerate() {
            let found = self.off_scale(strays[lane], powers[lane]);
            *value = if self.spread(normals[lane]) == 0.0 { self.median } else { found };
        }
        values
    }
}

/// By the widest instructions that the processor has.
#[multiversion(targets("x86_64+avx2+bmi1+bmi2+avx512f+avx512bw+avx512cd+avx512dq+avx512vl", "x86_64+avx2+bmi1+bmi2",))]
fn by_widest(distribution: &SplitNormal, uniforms: &Lanes) -> Lanes {
    distribution.side_by_side(uniforms)
}

impl Distribution for SplitNormal {
    fn quantile(&self, u: f64) -> f64 {
        let z = normal_quantile(u);
        let spread = self.spread(z);
        if spread == 0.0 { self.median } else { self.value(spread * z) }
    }

    fn quantiles(&self, uniforms: &mut [f64]) {
        for chunk in uniforms.chunks_mut(LANES) {
            let mut lanes = [0.5; LANES];
            lanes[..chunk.len()].copy_from_slice(chunk);
            chunk.copy_from_slice(&by_widest(self, &lanes)[..chunk.len()]);
        }
    }

    fn shares(&self, x: f64) -> Shares {
        match self.domain {
            Domain::Amount | Domain::Fraction if x <= 0.0 => return Shares::ALL_ABOVE,
            Domain::Fraction if x >= 1.0 => return Shares::ALL_BELOW,
            _ => {}
        }
        let half = |spread: f64| if spread > 0.0 { 0.5 } else { 0.0 };
        if x == self.median {
            let (below, above) = (half(self.below), half(self.above));
            return Shares { below, at: 1.0 - below - above, above };
        }
        let spread = if x < self.median { self.below } else { self.above };
        if spread == 0.0 {
            return if x < self.median { Shares::ALL_ABOVE } else { Shares::ALL_BELOW };
        }
        let z = (self.domain.to_scale(x) - self.middle) / spread;
        Shares::smooth(normal_share(z), normal_share(-z))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[multiversion(targets("x86_64+avx2+bmi1+bmi2"))]
    fn by_256_bits(distribution: &SplitNormal, uniforms: &Lanes) -> Lanes {
        distribution.side_by_side(uniforms)
    }

    /// Both tails, the middle, and what lies between.
    fn uniforms() -> Vec<f64> {
        let far = [1e-300, 1e-12, 1e-3, 0.5, 1.0 - 1e-3, 1.0 - 1e-12];
        far.into_iter().chain((1..400).map(|step| f64::from(step) / 400.0)).collect()
    }

    #[test]
    fn values_are_those_of_the_formula() {
        for u in uniforms() {
            let z = normal_quantile(u);
            let close =
                |found: f64, wanted: f64| assert!((found / wanted - 1.0).abs() < 1e-13, "{found}, not {wanted}");
            close(SplitNormal::around(Domain::Amount, 18e3, [0.3, 0.8]).quantile(u), {
                18e3 * ((if z < 0.0 { 0.3 } else { 0.8 }) * z).exp()
            });
            close(SplitNormal::even(Domain::Fraction, -2.0, 0.4).quantile(u), 1.0 / (1.0 + (2.0 - 0.4 * z).exp()));
            assert_eq!(SplitNormal::even(Domain::Number, -2.0, 0.4).quantile(u), -2.0 + 0.4 * z);
        }
    }

    #[test]
    fn many_have_the_bits_of_each_alone_on_every_instruction_set() {
        let spreads = [[0.2, 0.7], [0.0, 0.5], [0.4, 0.0], [9.0, 0.0], [0.0; 2]];
        for (domain, median) in [(Domain::Amount, 18e3), (Domain::Fraction, 0.07), (Domain::Number, -3.0)] {
            for own in spreads.map(|spreads| SplitNormal::around(domain, median, spreads)) {
                let uniforms = uniforms();
                let alone: Vec<u64> = uniforms.iter().map(|&u| own.quantile(u).to_bits()).collect();
                let mut together = uniforms.clone();
                own.quantiles(&mut together);
                assert_eq!(together.iter().map(|value| value.to_bits()).collect::<Vec<_>>(), alone, "{own:?}");
                let lanes: Lanes = std::array::from_fn(|lane| uniforms[lane * 25]);
                let levels = [by_widest, by_256_bits, SplitNormal::side_by_side];
                let [widest, narrower, plain] = levels.map(|level| level(&own, &lanes).map(f64::to_bits));
                assert!(widest == plain && narrower == plain, "{own:?}");
            }
        }
    }
}
