//! Chance without state: every number is a function of its name.
//!
//! A uniform is keyed by (seed, stream, draw, source, purpose, week, index). Asking for one more number therefore
//! disturbs no other, threads share nothing, and two plans that run under one seed meet the same luck. The parts of
//! the key that stay for a whole run are hashed once into a [`StreamKey`], its draw makes a [`DrawStream`], and that gives a
//! uniform for each (week, index) in about two nanoseconds.
//!
//! Counts are drawn by inversion, from one uniform each: `min{k : F(k) ≥ u}`, exact to the last unit. So they rise
//! with their parameters and stay put where those stay, which is what makes comparisons of plans sharp.
//!
//! ```
//! use foremix::random::{Binomial, StreamKey, poisson};
//!
//! const LEADS: u64 = 1;
//! const WINS: u64 = 2;
//! let leads = StreamKey::new(1, 0, "channels.ppc", LEADS);
//! let came = poisson(12.5, leads.at(7).uniform(3, 0));
//! let wins = StreamKey::new(1, 0, "channels.ppc", WINS);
//! let won = Binomial::new(0.04).quantile(came, wins.at(7).uniform(3, 0));
//! assert!(won <= came);
//! ```
//!
//! Source: docs/model.md, Randomness.

mod binomial;
mod cornish_fisher;
mod double_double;
mod exact;
mod exponential;
mod keys;
mod lanes;
mod normal;
mod poisson;
mod small_mean;

pub(crate) use binomial::Binomials;
pub use binomial::{Binomial, binomial};
pub(crate) use exponential::{LIFT, lifted, lifted_lanes, saturation, saturations};
pub use keys::{DrawStream, StreamKey};
pub(crate) use lanes::{LANES, Lanes, fill_gaps, uniforms, uniforms_by_draw, uniforms_by_week, uniforms_of_week};
pub use normal::{normal_quantile, normal_share, standard_normal};
pub(crate) use normal::{normal_quantiles, standard_normals};
pub use poisson::poisson;
pub(crate) use poisson::poissons_by_week;
