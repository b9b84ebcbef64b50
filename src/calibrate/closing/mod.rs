//! How many deals are won and how long it takes, from deals of which many are still open.
//!
//! A mixture cure model: a deal of channel g and cohort m (28 days of creation) will ever be won with chance π, and one
//! that will be takes t days, lognormal.
//!
//! ```text
//! η = α + u_g + δ_m,   π = 1/(1 + e^−η),   z = (ln t − μ)/σ,   F = Φ(z)
//! no dates of loss:  won  π f(t)      open at age a  1 − πF(a)      lost  1 − π
//! dates of loss:     won  (1−ζ)π f(t)    lost  (1−ζ)(1−π) f_l(t)    open  ζ + (1−ζ)[π(1−F(a)) + (1−π)(1−F_l(a))]
//! ```
//! ζ is the share of deals that nobody will ever close. Priors: α ~ N(logit of the usual rate, 1.5), u_g ~ N(0, τ_g),
//! δ a random walk of steps N(0, τ_m), both τ half-normal; μ ~ N(ln 30 days, 1), ln σ ~ N(0, 0.4), logit ζ ~ N(−2, 1).
//!
//! Sources: Farewell, Biometrics 38 (1982); Larson & Dinse, Applied Statistics 34 (1985); Chapelle, KDD (2014); nested
//! Laplace: Rue, Martino & Chopin, JRSS B 71 (2009).

mod fit;
mod likelihood;
mod records;

pub(super) use fit::rate_drift;
pub use fit::{ClosingFit, ClosingTerms, LARGEST_TAIL, fit};
pub use records::ClosingRecords;
