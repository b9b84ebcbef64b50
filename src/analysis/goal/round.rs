//! Round numbers, which people can take: the fewest digits that do.

use crate::transcendental::{log10, powi};

/// To three digits: up where `sign` is above 0, else down.
pub(super) fn rounded(x: f64, sign: f64) -> f64 {
    if x == 0.0 || !x.is_finite() {
        return x;
    }
    let power = log10(x.abs()).floor() as i32 - 2;
    let steps = scaled(x, -power);
    // What is a round number but for the last bits stays.
    let near = steps.round();
    let whole = if (steps - near).abs() < 1e-6 {
        near
    } else if sign > 0.0 {
        steps.ceil()
    } else {
        steps.floor()
    };
    scaled(whole, power)
}

/// The number of the fewest digits, three at most, between `short`, which is left out, and `reaching`; `reaching` itself
/// where there is none.
pub(super) fn roundest(short: f64, reaching: f64) -> f64 {
    let size = short.abs().max(reaching.abs());
    if size == 0.0 || !size.is_finite() {
        return reaching;
    }
    let (low, high) = (short.min(reaching), short.max(reaching));
    let first = log10(size).floor() as i32;
    let round = |power: i32| {
        let steps = scaled(reaching, -power);
        let candidate = scaled(if reaching > short { steps.floor() } else { steps.ceil() }, power);
        ((low..=high).contains(&candidate) && candidate != short).then_some(candidate)
    };
    (first - 2..=first).rev().find_map(round).unwrap_or(reaching)
}

/// `x·10^power`, without the last bits that a negative power of ten would bring.
fn scaled(x: f64, power: i32) -> f64 {
    if power >= 0 { x * powi(10.0, power) } else { x / powi(10.0, -power) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn round_numbers_come_first() {
        assert_eq!(
            [rounded(41_267.0, 1.0), rounded(41_267.0, -1.0), rounded(0.2513, 1.0)],
            [41_300.0, 41_200.0, 0.252]
        );
        assert_eq!([roundest(6_985.0, 7_020.0), roundest(41_020.0, 41_267.0)], [7_000.0, 41_200.0]);
        assert_eq!(roundest(30_020.0, 30_060.0), 30_060.0);
        assert_eq!(roundest(60.4, 59.6), 60.0);
    }
}
