//! An estimate from draws, and its standard error.

/// An estimate with its standard error.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Estimate {
    pub(crate) value: f64,
    pub(crate) error: f64,
}

impl Estimate {
    /// The claim that theory is right: within 4 standard errors, but for the rounding of sums.
    #[track_caller]
    pub(crate) fn is(self, theory: f64) {
        let Self { value, error } = self;
        let apart = (value - theory).abs();
        assert!(
            apart <= 4.0 * error + 1e-9 * theory.abs(),
            "{value} ± {error} is not {theory}: {:.1} standard errors apart",
            apart / error
        );
    }

    /// The claim that what is estimated is no more than that.
    #[track_caller]
    pub(crate) fn is_at_most(self, most: f64) {
        let Self { value, error } = self;
        assert!(value <= most + 4.0 * error, "{value} ± {error} is more than {most}");
    }

    /// An estimate that is the mean of `parts`, each of which says how one draw moves it.
    fn from_parts(value: f64, parts: impl Iterator<Item = f64>) -> Self {
        let (mut count, mut squares) = (0.0, 0.0);
        for part in parts {
            count += 1.0;
            squares += part * part;
        }
        Self { value, error: squares.sqrt() / count }
    }
}

fn average(column: &[f64]) -> f64 {
    column.iter().sum::<f64>() / column.len() as f64
}

/// The mean. Stratified inputs make it sharper than the error says, never less sharp.
pub(crate) fn mean(column: &[f64]) -> Estimate {
    let mean = average(column);
    Estimate::from_parts(mean, column.iter().map(|x| x - mean))
}

/// The variance; a draw moves it by `(x − m)² − s²`.
pub(crate) fn variance(column: &[f64]) -> Estimate {
    covariance(column, column)
}

/// The covariance; a draw moves it by `(x − m_x)(y − m_y) − s_xy`.
pub(crate) fn covariance(xs: &[f64], ys: &[f64]) -> Estimate {
    let (mean_x, mean_y) = (average(xs), average(ys));
    let products: Vec<f64> = xs.iter().zip(ys).map(|(x, y)| (x - mean_x) * (y - mean_y)).collect();
    mean(&products)
}

/// The skewness γ; a draw at `z` standard deviations from the mean moves it by `z³ − γ − 3z − 3γ(z² − 1)/2`.
pub(crate) fn skewness(column: &[f64]) -> Estimate {
    let mean = average(column);
    let moment = |power| column.iter().map(|x| (x - mean).powi(power)).sum::<f64>() / column.len() as f64;
    let sd = moment(2).sqrt();
    let skewness = moment(3) / sd.powi(3);
    let moved = |z: f64| z.powi(3) - skewness - 3.0 * z - 1.5 * skewness * (z * z - 1.0);
    Estimate::from_parts(skewness, column.iter().map(|x| moved((x - mean) / sd)))
}

/// The ratio R of the means of two columns; a draw moves it by `(x − R·y)/m_y`.
pub(crate) fn ratio(over: &[f64], under: &[f64]) -> Estimate {
    let below = average(under);
    let ratio = average(over) / below;
    let moved = over.iter().zip(under).map(|(x, y)| (x - ratio * y) / below);
    Estimate::from_parts(ratio, moved)
}

/// The claim that a column of counts is Poisson: mean and variance λ, skewness 1/√λ, and e^−λ of it zeros.
#[track_caller]
pub(crate) fn is_poisson(column: &[f64], lambda: f64) {
    mean(column).is(lambda);
    variance(column).is(lambda);
    skewness(column).is(1.0 / lambda.sqrt());
    if lambda < 5.0 {
        let zeros: Vec<f64> = column.iter().map(|&x| f64::from(x == 0.0)).collect();
        mean(&zeros).is((-lambda).exp());
    }
}

/// The claim that a column of counts is binomial: mean np, variance np(1 − p), skewness (1 − 2p)/sd.
#[track_caller]
pub(crate) fn is_binomial(column: &[f64], n: f64, p: f64) {
    let spread = n * p * (1.0 - p);
    mean(column).is(n * p);
    variance(column).is(spread);
    skewness(column).is((1.0 - 2.0 * p) / spread.sqrt());
}

/// Two columns, draw by draw.
pub(crate) fn combined(xs: &[f64], ys: &[f64], with: impl Fn(f64, f64) -> f64) -> Vec<f64> {
    xs.iter().zip(ys).map(|(&x, &y)| with(x, y)).collect()
}
