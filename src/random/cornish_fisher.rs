//! Counts of a mean that is not small: the quantile as a series in powers of 1/σ.

/// Adding this rounds to a whole number, which then stands in the lowest bits: faster than a conversion.
const WHOLE: f64 = 1.5 * (1_u64 << 52) as f64;

/// A Poisson distribution, or a binomial one with p ≤ ½, as its quantile series sees it at one normal quantile.
pub(super) struct Expansion {
    /// The standard normal quantile of the uniform.
    pub(super) w: f64,
    /// The mean.
    pub(super) mean: f64,
    /// σ²
    pub(super) variance: f64,
    /// P₀ … P₃, polynomials of w.
    pub(super) corrections: [f64; 4],
}

impl Expansion {
    /// The count, unless the uniform falls so close to a step that it could be the neighbor's.
    ///
    /// ```text
    /// x = mean + σw + P₀ + P₁/σ + P₂/σ² + P₃/σ³        count = ⌊x⌋
    /// ```
    /// x errs by less than `(0.1 + 0.0015 w⁶)(1 + w²/σ²)/σ⁴`, more than twice the largest error found at any step of
    /// several thousand Poisson and binomial distributions of means from 5, for u from 2⁻⁵³ to 1 − 2⁻⁵³. The count is
    /// sure if no whole number is that close. For means up to 2e7.
    ///
    /// Sources: E. A. Cornish, R. A. Fisher, Revue de l'Institut International de Statistique 5 (1938), here for the
    /// distribution spread evenly over each unit (cumulants less those of a uniform); that most uniforms need no more
    /// than a series with a bound: M. Giles, Algorithm 955, ACM TOMS 42 (2016).
    #[inline(always)]
    pub(super) fn sure_count(&self) -> Option<u64> {
        let (shifted, is_sure) = self.rounded();
        is_sure.then_some(shifted.to_bits() & ((1 << 51) - 1))
    }

    /// [`sure_count`](Self::sure_count), for numbers side by side: not a number where it is not sure.
    #[inline(always)]
    pub(super) fn sure_number(&self) -> f64 {
        let (shifted, is_sure) = self.rounded();
        if is_sure { shifted - WHOLE } else { f64::NAN }
    }

    /// ⌊x⌋ + [`WHOLE`], and whether it is sure.
    #[inline(always)]
    fn rounded(&self) -> (f64, bool) {
        let deviation = self.variance.sqrt();
        let small = 1.0 / deviation;
        let x = self.sum(deviation, small);
        let ww = self.w * self.w;
        let smaller = small * small;
        // The last part covers the normal quantile (1e-10 of w) and the rounding of x.
        let series_error = (0.1 + 0.0015 * (ww * ww * ww)) * (1.0 + ww * smaller) * (smaller * smaller);
        let error = series_error + 1e-9 * deviation;
        // The whole number nearest to x − ½ is ⌊x⌋.
        let shifted = (x - 0.5) + WHOLE;
        let part = (x - 0.5) - (shifted - WHOLE);
        (shifted, part.abs() < 0.5 - error)
    }

    /// The count, perhaps off by one, for means of any size.
    #[cold]
    pub(super) fn likely_count(&self) -> u64 {
        let deviation = self.variance.sqrt();
        self.sum(deviation, 1.0 / deviation) as u64
    }

    /// x, in an order that lets the processor work on several terms at once.
    #[inline(always)]
    fn sum(&self, deviation: f64, small: f64) -> f64 {
        let [p0, p1, p2, p3] = self.corrections;
        let tail = small * p1 + (small * small) * (p2 + small * p3);
        ((self.mean + p0) + deviation * self.w) + tail
    }
}
