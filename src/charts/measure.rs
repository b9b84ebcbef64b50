//! The outcome that plans are compared in, or that is followed over what is varied.

use crate::text::{Scale, capital, clean, futures, in_currency, lower, money};

use super::theme::Style;

/// An outcome, and how it is spoken of.
#[derive(Clone, Copy, Debug)]
pub struct Measure<'a> {
    /// Its title, as at the start of a sentence: `"Profit"`.
    pub title: &'a str,
    /// What stands behind its figures, such as the code of the currency; empty for what is only counted.
    pub unit: &'a str,
    /// Whether more of it is better; of a cost less is.
    pub higher_is_better: bool,
    /// Length of the plan in weeks; 13 of them are called a quarter.
    pub weeks: usize,
}

impl Measure<'_> {
    /// Its title for an axis, with the unit.
    pub(super) fn axis(&self, room: f64) -> String {
        Style::TICK.shorten(&in_currency(&clean(self.title), self.unit), room)
    }

    /// Its title inside a sentence.
    pub(super) fn noun(&self) -> String {
        let title = Style::TITLE.shorten(self.title, 700.0);
        if title.is_empty() { "outcome".to_owned() } else { lower(&title) }
    }

    /// What one draw stands for.
    pub(super) fn futures(&self) -> &'static str {
        futures(self.weeks)
    }

    /// A figure with its unit.
    pub(super) fn figure(&self, scale: &Scale, value: f64) -> String {
        money(&scale.write(value), self.unit)
    }

    /// Whether one figure is better than another.
    pub(super) fn better(&self, one: f64, other: f64) -> bool {
        if self.higher_is_better { one > other } else { one < other }
    }

    /// "higher" or "lower", whichever is better.
    pub(super) fn better_word(&self) -> &'static str {
        if self.higher_is_better { "higher" } else { "lower" }
    }

    /// "highest" or "lowest", whichever is best.
    pub(super) fn best_word(&self) -> &'static str {
        if self.higher_is_better { "highest" } else { "lowest" }
    }
}

/// A plan's name inside a title.
pub(super) fn plan(name: &str) -> String {
    let name = Style::TITLE.shorten(name, 480.0);
    if name.is_empty() { "a plan without a name".to_owned() } else { name }
}

/// Which plan has the best median: the names and medians of the plans, the base first.
pub(super) fn best_median(measure: &Measure<'_>, plans: &[(String, f64)]) -> String {
    let noun = measure.noun();
    let Some((base, base_median)) = plans.first() else {
        return format!("No plan's {noun} is known");
    };
    let base = plan(base);
    let medians: Vec<f64> = plans.iter().map(|(_, median)| *median).collect();
    let scale = Scale::of(&medians);
    let written = |value: f64| measure.figure(&scale, value);
    let best = plans.iter().fold(&plans[0], |best, next| if measure.better(next.1, best.1) { next } else { best });
    let word = measure.better_word();
    match best {
        _ if plans.len() == 1 => format!("{}: the median {noun} is {}", capital(&base), written(*base_median)),
        _ if medians.iter().all(|median| median == base_median) => {
            format!("All plans have the same median {noun}, {}", written(*base_median))
        }
        (_, median) if median == base_median => {
            format!("No plan has a {word} median {noun} than {base}: {}", written(*median))
        }
        (name, median) if scale.write(*median) == scale.write(*base_median) => {
            format!("{} has about the same median {noun} as {base}: {}", capital(&plan(name)), written(*median))
        }
        (name, median) => format!(
            "{} has the {} median {noun}: {} instead of {}",
            capital(&plan(name)),
            if plans.len() == 2 { word } else { measure.best_word() },
            written(*median),
            scale.write(*base_median)
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outcome_is_small_inside_a_sentence_unless_it_is_an_abbreviation() {
        for (title, noun) in [
            ("Profit with what follows", "profit with what follows"),
            ("Cost per lead (CPL)", "cost per lead (CPL)"),
            ("ROAS", "ROAS"),
            ("", "outcome"),
        ] {
            let measure = Measure { title, unit: "", higher_is_better: true, weeks: 13 };
            assert_eq!(measure.noun(), noun);
        }
    }
}
