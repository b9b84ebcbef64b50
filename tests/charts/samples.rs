//! Results as they should not be: none, zeros, single draws, huge and missing figures, names of any length.

use foremix::charts::{Bands, Interval, Measure};

/// Draws without chance: low-discrepancy steps, bent to a long tail.
pub(super) fn tail(count: u32, size: f64, bend: f64) -> Vec<f64> {
    (0..count).map(|index| size * (bend * ((f64::from(index) * 0.618_033_988_75).fract() - 0.5)).exp()).collect()
}

pub(super) fn percentile(sorted: &[f64], share: f64) -> f64 {
    sorted.get(((sorted.len() as f64 - 1.0) * share) as usize).copied().unwrap_or(f64::NAN)
}

pub(super) const NAMES: [&str; 8] = [
    "Paid search",
    "A channel whose name somebody has written out in sixty signs",
    "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW",
    "",
    "Каналы\u{0} & <Ящики>",
    "検索広告とソーシャルメディア広告と展示会とメールマガジン",
    "البحث المدفوع",
    "การค้นหาแบบชำระเงิน",
];

pub(super) const MEASURES: [Measure<'_>; 3] = [
    Measure { title: "Profit", unit: "USD", higher_is_better: true, weeks: 13 },
    Measure {
        title: "Acquisition cost (CAC) of all that is sold to whoever happens to come along in whatever week",
        unit: "<ducats & more>",
        higher_is_better: false,
        weeks: 26,
    },
    Measure { title: "", unit: "", higher_is_better: true, weeks: 0 },
];
pub(super) const SIZES: [f64; 9] = [0.0, 1e-7, 0.3, 1_240.0, 1e12, 1e300, -5.0, -8e5, f64::NAN];

/// A low end, a middle and a high end.
pub(super) fn interval([low, middle, high]: [f64; 3]) -> Interval {
    Interval { low, middle, high }
}

/// Levels in rising order.
pub(super) fn bands([low, lower, middle, upper, high]: [f64; 5]) -> Bands {
    Bands { low, lower, middle, upper, high }
}
