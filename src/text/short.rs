//! Numbers as a board reads them: 1.2M, 120k, 1,240.

use crate::transcendental::{log10, powi};

/// Units of figures, largest first.
const UNITS: [(f64, &str); 5] = [(1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "k"), (1.0, "")];

/// How figures that belong together are written: one unit and one number of decimals for all of them.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Scale {
    factor: f64,
    suffix: String,
    largest: f64,
    decimals: usize,
}

impl Scale {
    /// Two digits for the largest figure, and a third where two of the figures would otherwise look alike.
    pub(crate) fn of(figures: &[f64]) -> Self {
        let mut scale = Self::unit(figures);
        let mut sizes: Vec<f64> = figures.iter().map(|figure| figure / scale.factor).collect();
        sizes.sort_by(f64::total_cmp);
        let largest = sizes.iter().fold(0.0_f64, |most, size| most.max(size.abs()));
        let spread = sizes.last().unwrap_or(&0.0) - sizes.first().unwrap_or(&0.0);
        // Figures within a hundredth of each other tell nothing apart unless they are all that there is to tell.
        let close = spread > 0.0 && spread < 0.01 * largest;
        let least = if close { 0.2 * spread } else { 0.01 * largest };
        let gap =
            sizes.windows(2).map(|pair| pair[1] - pair[0]).filter(|gap| *gap > least).fold(largest / 4.0, f64::min);
        let most = if close {
            6
        } else if largest < 9.995 {
            2
        } else {
            usize::from(largest < 99.95)
        };
        let fits = |decimals: usize| powi(10.0, -(decimals as i32)) <= (gap / 2.4).min(largest / 9.5);
        let enough = (0..most).find(|decimals| fits(*decimals)).unwrap_or(most);
        scale.decimals =
            (0..enough).find(|decimals| sizes.iter().all(|size| is_round(*size, *decimals, 1e-9))).unwrap_or(enough);
        scale
    }

    /// The same unit, with the decimals that a figure which somebody has typed needs: 0.85M is not 0.9M. A figure of quite
    /// another size, which this unit does not suit, changes nothing.
    pub(crate) fn with_typed(mut self, figure: f64) -> Self {
        if self.suits(figure) {
            let size = figure / self.factor;
            self.decimals =
                (self.decimals..3).find(|decimals| is_round(size, *decimals, 1e-3)).unwrap_or(3.max(self.decimals));
        }
        self
    }

    /// Writes a figure that somebody has typed: in full, and in a unit of its own where this one does not suit it.
    pub(crate) fn write_typed(&self, figure: f64) -> String {
        let scale = if self.suits(figure) { self.clone() } else { Self::of(&[figure]) };
        scale.with_typed(figure).write(figure)
    }

    fn suits(&self, figure: f64) -> bool {
        figure == 0.0 || (0.03 * self.largest..=30.0 * self.largest).contains(&figure.abs())
    }

    /// The scale of an axis whose ticks are `step` apart.
    pub(crate) fn of_ticks(ticks: &[f64], step: f64) -> Self {
        let mut scale = Self::unit(ticks);
        let size = step / scale.factor;
        scale.decimals = (0..9).find(|decimals| is_round(size, *decimals, 1e-6)).unwrap_or(9);
        scale
    }

    fn unit(figures: &[f64]) -> Self {
        let largest = figures.iter().fold(0.0_f64, |most, figure| most.max(figure.abs()));
        // Half a unit in the fourth digit below, so that 999,950 is 1.0M and not 1000k.
        let reached = |factor: f64| largest >= 0.9995 * factor;
        if largest > 0.0 && !(1e-3..1e16).contains(&largest) {
            let power = (log10(largest) / 3.0).floor() as i32 * 3;
            return Self { factor: powi(10.0, power), suffix: format!("e{power}"), largest, decimals: 0 };
        }
        let (factor, suffix) = UNITS.into_iter().find(|(factor, _)| reached(*factor)).unwrap_or((1.0, ""));
        Self { factor, suffix: suffix.to_owned(), largest, decimals: 0 }
    }

    /// Writes one figure.
    pub(crate) fn write(&self, figure: f64) -> String {
        let digits = format!("{:.*}", self.decimals, (figure / self.factor).abs());
        if digits.bytes().all(|digit| matches!(digit, b'0' | b'.')) {
            // Nothing is left of it: a bare 0, without sign, decimals or unit.
            return "0".to_owned();
        }
        let sign = if figure < 0.0 { "−" } else { "" };
        format!("{sign}{digits}{}", self.suffix)
    }
}

/// A figure that is added to another one: with its sign, also where it is above 0.
pub(crate) fn signed(words: String) -> String {
    if words.starts_with('−') || words == "0" { words } else { format!("+{words}") }
}

fn is_round(size: f64, decimals: usize, tolerance: f64) -> bool {
    let power = powi(10.0, decimals as i32);
    ((size * power).round() / power - size).abs() <= tolerance * size.abs()
}

/// One figure on its own: 1.2M, 120k, 950, 3.4.
pub(crate) fn short(figure: f64) -> String {
    Scale::of(&[figure]).write(figure)
}

/// How many there are of what comes in pieces: 3.4, 31, 1,240, and from 100,000 on 120k. Three digits count.
pub(crate) fn pieces(number: f64) -> String {
    let size = number.abs();
    if !(9.95..99_950.0).contains(&size) {
        return short(number);
    }
    let step = powi(10.0, (log10(size).floor() as i32 - 2).max(0));
    let digits = format!("{:.0}", (size / step).round() * step);
    let (thousands, rest) = digits.split_at(digits.len().saturating_sub(3));
    let comma = if thousands.is_empty() { "" } else { "," };
    format!("{}{thousands}{comma}{rest}", if number < 0.0 { "−" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_alone_is_short() {
        let cases = [
            (0.0, "0"),
            (-0.0, "0"),
            (3.0, "3"),
            (3.42, "3.4"),
            (950.0, "950"),
            (999.7, "1.0k"),
            (1_200.0, "1.2k"),
            (120_000.0, "120k"),
            (999_949.0, "1.0M"),
            (1_234_567.0, "1.2M"),
            (-250_000.0, "−250k"),
            (1e12, "1T"),
            (1.5e18, "1.5e18"),
            (2.5e-5, "25e-6"),
        ];
        for (figure, words) in cases {
            assert_eq!(short(figure), words, "{figure}");
        }
    }

    #[test]
    fn figures_that_belong_together_share_unit_and_decimals() {
        let cases: [(&[f64], &str); 8] = [
            (&[613_000.0, 1_187_000.0], "0.6M to 1.2M"),
            (&[920_000.0, 1_080_000.0], "0.92M to 1.08M"),
            (&[98_000.0, 340_000.0], "98k to 340k"),
            (&[12_000_000.0, 12_300_000.0], "12.0M to 12.3M"),
            (&[0.0, 2_000_000.0], "0 to 2M"),
            (&[-400_000.0, 1_300_000.0], "−0.4M to 1.3M"),
            (&[1_000_060.0, 1_000_130.0], "1.00006M to 1.00013M"),
            (&[9.0e11, 1.1e12], "0.9T to 1.1T"),
        ];
        for (figures, words) in cases {
            let scale = Scale::of(figures);
            assert_eq!(format!("{} to {}", scale.write(figures[0]), scale.write(figures[1])), words);
        }
    }

    #[test]
    fn a_typed_figure_is_not_rounded_away() {
        let scale = Scale::of(&[613_000.0, 1_187_000.0]);
        for (figure, words) in
            [(850_000.0, "0.85M"), (900_000.0, "0.9M"), (2.5e9, "2.5B"), (1_250.0, "1.25k"), (0.0, "0")]
        {
            assert_eq!(scale.write_typed(figure), words);
        }
        assert_eq!(scale.with_typed(850_000.0).write(613_000.0), "0.61M");
    }

    #[test]
    fn pieces_keep_three_digits() {
        let cases = [
            (0.0, "0"),
            (3.42, "3.4"),
            (31.0, "31"),
            (999.6, "1,000"),
            (1_240.0, "1,240"),
            (-12_345.0, "−12,300"),
            (120_000.0, "120k"),
        ];
        for (number, words) in cases {
            assert_eq!(pieces(number), words, "{number}");
        }
    }
}
