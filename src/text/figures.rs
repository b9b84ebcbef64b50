//! Figures as people read them: no more digits than their error supports.

use crate::transcendental::{log10, powi};
use crate::units::plain;

/// A figure rounded to where its error still means something: half the error's leading digit.
pub(crate) fn with_error(figure: f64, error: Option<f64>) -> String {
    if !figure.is_finite() {
        return "–".into();
    }
    let step = match error {
        Some(error) if error.is_finite() && !is_nothing(error, figure) => magnitude(error),
        // Without an error: three digits.
        _ if figure == 0.0 => 0,
        _ if figure.abs() < 1e-9 => return plain(figure),
        _ => magnitude(figure) - 2,
    };
    grouped(figure, step)
}

/// A figure that somebody has written, with all its digits.
pub(crate) fn as_written(figure: f64) -> String {
    let digits = plain(figure);
    if digits.contains('e') {
        return digits;
    }
    let decimals = digits.split_once('.').map_or(0, |(_, rest)| rest.len());
    grouped(figure, -(decimals as i32))
}

/// Whether an error is 0, or what rounding leaves of it beside its figure.
pub(crate) fn is_nothing(error: f64, figure: f64) -> bool {
    error <= 1e-9 * figure.abs()
}

/// An error, to one digit (two where it begins with 1).
pub(crate) fn error_digits(error: f64) -> String {
    if !error.is_finite() {
        return "–".into();
    }
    if error == 0.0 {
        return "0".into();
    }
    grouped(error, margin_step(error))
}

/// A figure with its 95% margin: "1,240 ± 300"; without one, or beside a margin of nothing, the figure alone.
pub(crate) fn with_margin(figure: f64, margin: Option<f64>) -> String {
    match figure_and_margin(figure, margin) {
        (figure, Some(margin)) => format!("{figure} ± {margin}"),
        (figure, None) => figure,
    }
}

/// A figure and its margin, each in writing; no margin where it is nothing beside the figure. What lies beyond its margin
/// is written so: where rounding would hide that, with more digits.
pub(crate) fn figure_and_margin(figure: f64, margin: Option<f64>) -> (String, Option<String>) {
    let Some(margin) = margin.filter(|&margin| margin.is_finite() && !is_nothing(margin, figure)) else {
        return (with_error(figure, None), None);
    };
    let rounded = |number: f64, step: i32| (number.abs() / powi(10.0, step)).round() * powi(10.0, step);
    let is_beyond = figure.abs() > margin;
    for finer in 0..4 {
        let steps = (magnitude(margin) - finer, margin_step(margin) - finer);
        let is_written_beyond = rounded(figure, steps.0) > rounded(margin, steps.1);
        if is_beyond == is_written_beyond {
            return (grouped(figure, steps.0), Some(grouped(margin, steps.1)));
        }
    }
    (with_error(figure, Some(margin)), Some(error_digits(margin)))
}

/// A figure without the digits that its margin does not support, to be written short.
pub(crate) fn supported(figure: f64, margin: Option<f64>) -> f64 {
    match margin.filter(|&margin| margin.is_finite() && !is_nothing(margin, figure)) {
        // What is known to be beyond its margin is not rounded away.
        Some(margin) if figure.abs() > margin => {
            let unit = powi(10.0, magnitude(margin));
            (figure / unit).round() * unit
        }
        _ => figure,
    }
}

/// Where an error is rounded: to one digit, to two where it begins with 1 and is 10 or more.
fn margin_step(error: f64) -> i32 {
    let step = magnitude(error);
    let leading = error / powi(10.0, step);
    if leading < 1.95 && step > 0 { step - 1 } else { step }
}

fn magnitude(number: f64) -> i32 {
    log10(number.abs()).floor() as i32
}

/// The figure rounded to 10^step, with thousands apart.
fn grouped(figure: f64, step: i32) -> String {
    let unit = powi(10.0, step);
    let rounded = (figure / unit).round() * unit;
    let text = format!("{:.*}", usize::try_from(-step).unwrap_or(0).min(9), rounded.abs());
    let (whole, rest) = text.split_at(text.find('.').unwrap_or(text.len()));
    let mut apart = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            apart.push(',');
        }
        apart.push(digit);
    }
    let sign = if rounded < 0.0 { "−" } else { "" };
    format!("{sign}{apart}{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_have_the_digits_that_their_error_supports() {
        for (figure, error, text) in [
            (863_512.4, Some(2_345.0), "864,000"),
            (863_512.4, Some(12.0), "863,510"),
            (38.417, Some(0.06), "38.42"),
            (-1_234.0, Some(50.0), "−1,230"),
            (0.0, Some(0.0), "0"),
            (75_000.0, Some(0.0), "75,000"),
            (75_000.0, None, "75,000"),
            (14_000.0, Some(1e-11), "14,000"),
            (f64::NAN, None, "–"),
            (5e-324, None, "5e-324"),
            (4e-12, None, "4e-12"),
        ] {
            assert_eq!(with_error(figure, error), text);
        }
    }

    #[test]
    fn what_was_written_keeps_its_digits() {
        for (figure, text) in
            [(120_000.0, "120,000"), (36_667.5, "36,667.5"), (-0.05, "−0.05"), (0.0, "0"), (1e-7, "1e-7")]
        {
            assert_eq!(as_written(figure), text);
        }
    }

    #[test]
    fn errors_have_one_digit_or_two() {
        assert_eq!(error_digits(2_345.0), "2,000");
        assert_eq!(error_digits(1_345.0), "1,300");
        assert_eq!(error_digits(0.061), "0.06");
        assert_eq!(error_digits(0.0), "0");
    }

    #[test]
    fn short_figures_keep_the_digits_that_their_margin_supports() {
        assert_eq!(supported(537.0, Some(496.0)), 500.0);
        assert_eq!(supported(-26_012.0, Some(1_100.0)), -26_000.0);
        assert_eq!(supported(537.0, None), 537.0);
        assert_eq!(supported(3_600.0, Some(0.0)), 3_600.0);
    }

    #[test]
    fn a_figure_beyond_its_margin_is_written_beyond_it() {
        for (figure, margin, text) in [
            (1_240.0, 300.0, "1,200 ± 300"),
            (-504.0, 496.0, "−504 ± 496"),
            (503.0, 496.0, "503 ± 496"),
            (1_940.0, 1_945.0, "1,900 ± 1,950"),
            (-16.0, 0.0, "−16.0"),
        ] {
            assert_eq!(with_margin(figure, Some(margin)), text);
        }
    }
}
