//! Standard errors from batch means, and how far on either side of a figure 95 % reach.
//!
//! Implements "Error bars" of section 10 of docs/model.md.

use super::strata::BATCHES;
use crate::transcendental::powi;

/// Student's t with 31 degrees of freedom: 95 % of it lies within ± this.
pub const T31: f64 = 2.039_513_446_396_408;

/// 95 % of a standard normal lies within ± this.
pub(super) const Z95: f64 = 1.959_963_984_540_054;

/// `√(Σ_r (θ_r − θ)² / (31·32))` over the 32 batches.
#[must_use]
pub fn standard_error(whole: f64, batches: impl Iterator<Item = f64>) -> f64 {
    let squares: f64 = batches.map(|part| powi(part - whole, 2)).sum();
    (squares / ((BATCHES - 1) * BATCHES) as f64).sqrt()
}
