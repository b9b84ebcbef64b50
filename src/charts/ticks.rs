//! Round steps for the axes, and which numbers can be drawn.

use crate::transcendental::{log10, powi};

/// The smallest of 1, 2, 5, 10, 20, 50, … (and of 0.5, 0.2, 0.1, …) that is at least `length`.
pub(super) fn nice_step(length: f64) -> f64 {
    if !(length > 0.0 && length.is_finite()) {
        return 1.0;
    }
    let power = powi(10.0, log10(length).floor() as i32);
    [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .map(|digit| digit * power)
        .find(|step| *step >= length * (1.0 - 1e-9))
        .unwrap_or(10.0 * power)
}

/// Round numbers from `low` to `high`, at most about `most` of them, and the step between them.
pub(super) fn ticks(low: f64, high: f64, most: usize) -> (Vec<f64>, f64) {
    let step = nice_step((high - low) / most.max(1) as f64);
    let first = (low / step - 1e-6).ceil();
    let count = ((high / step + 1e-6).floor() - first).clamp(-1.0, 1000.0);
    ((0..=count as i64).take_while(|_| count >= 0.0).map(|index| (first + index as f64) * step).collect(), step)
}

/// A number that can be drawn: finite, and neither so large nor so small that sums and ratios of it are no numbers.
pub(super) fn drawable(number: f64) -> Option<f64> {
    let seen = if number.abs() < 1e-200 { 0.0 } else { number };
    seen.is_finite().then(|| seen.clamp(-1e200, 1e200))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Scale;

    #[test]
    fn ticks_are_round_and_inside() {
        let cases = [
            (0.0, 1.3e6, 6, "0 0.5M 1.0M"),
            (0.0, 1.0, 5, "0 0.2 0.4 0.6 0.8 1.0"),
            (-3e3, 5e3, 4, "−2k 0 2k 4k"),
            (1e12, 1.00001e12, 2, "1.000000T 1.000005T 1.000010T"),
        ];
        for (low, high, most, words) in cases {
            let (ticks, step) = ticks(low, high, most);
            let scale = Scale::of_ticks(&ticks, step);
            assert_eq!(ticks.iter().map(|tick| scale.write(*tick)).collect::<Vec<_>>().join(" "), words);
        }
        assert_eq!(ticks(5.0, 5.0, 4).0, [5.0]);
    }

    #[test]
    fn steps_are_one_two_or_five() {
        for (length, step) in [
            (0.7, 1.0),
            (1.0, 1.0),
            (1.2, 2.0),
            (3.0, 5.0),
            (70_000.0, 100_000.0),
            (0.03, 0.05),
            (0.0, 1.0),
            (f64::NAN, 1.0),
        ] {
            assert!((nice_step(length) - step).abs() < 1e-9 * step, "{length}");
        }
    }
}
