//! How objectives and conditions are written: `profit`, `p10(revenue)`, `chance(revenue>=900k)`, `p10(profit)>=0`.
//!
//! ```text
//! condition  = objective (">=" | "<=" | "=") number
//! objective  = OUTCOME | "mean(" OUTCOME ")" | "p" LEVEL "(" OUTCOME ")" | "cvar10(" OUTCOME ")"
//!            | "chance(" OUTCOME (">=" | "<=" | "=") number ")"
//! ```
//! `=` stands for the side on which a target is met: at or above it, of a cost at or below it. Faults point into the option.

use std::ops::Range;

use crate::model::outcomes::{OUTCOMES, OutcomeId, Unit};
use crate::reading::{Diagnostic, SourceId, Span, nearest, unknown};
use crate::units::parse_number;

use super::{Condition, Figure, Objective, Sense, Side};

/// What an option can speak of, and where its faults point.
#[derive(Clone, Copy, Debug)]
pub struct Scope {
    /// the text of the option
    pub source: SourceId,
    /// whether the plan has a gross margin, without which there is no profit
    pub has_margin: bool,
}

/// A part of an option, with its place in it.
#[derive(Clone, Copy)]
struct Piece<'t> {
    text: &'t str,
    start: usize,
}

impl<'t> Piece<'t> {
    fn trimmed(self) -> Self {
        let from = self.text.len() - self.text.trim_start().len();
        Self { text: self.text.trim(), start: self.start + from }
    }

    fn part(self, range: Range<usize>) -> Self {
        Self { text: &self.text[range.clone()], start: self.start + range.start }.trimmed()
    }

    fn span(self) -> Range<usize> {
        self.start..self.start + self.text.len()
    }
}

impl Scope {
    /// Reads what is to be as high as possible: `profit`, `p10(profit)`.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn objective(self, text: &str) -> Result<Objective, Diagnostic> {
        let whole = Piece { text, start: 0 }.trimmed();
        if let Some((at, sign)) = comparison(whole.text) {
            let rest = whole.part(at..whole.text.len());
            let message = "this is a condition, and a figure is expected";
            let help = format!("write chance({}), or leave out what follows {}", whole.text, whole.text[..at].trim());
            return Err(self.fault(rest, message, format!("`{sign}` belongs inside chance(…)")).help(help));
        }
        self.read_objective(whole)
    }

    /// Reads what a figure has to be: `revenue=800k`, `p10(profit)>=0`.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn condition(self, text: &str) -> Result<Condition, Diagnostic> {
        let whole = Piece { text, start: 0 }.trimmed();
        let Some((at, sign)) = comparison(whole.text) else {
            if whole.text.contains('(') {
                self.read_objective(whole)?;
            }
            let fault = self.fault(whole, "a condition is FIGURE>=NUMBER", ">=, <= or = is missing");
            return Err(fault.help("for example revenue=800k or \"p10(profit)>=0\""));
        };
        let left = whole.part(0..at);
        let objective = self.read_objective(left)?;
        let unit = match objective.figure {
            Figure::Chance(_) => Unit::Ratio,
            _ => objective.outcome.outcome().unit,
        };
        let side = self.side(whole, at, sign, unit, objective.higher_is_better())?;
        let bound = whole.part(at + sign.len()..whole.text.len());
        if matches!(objective.figure, Figure::Chance(_)) && !(0.0..=1.0).contains(&side.bound) {
            let fault = self.fault(bound, "a chance lies between 0% and 100%", "not a chance");
            return Err(fault.help("write 80% or 0.8"));
        }
        Ok(Condition { objective, side, bare: !left.text.contains('(') })
    }

    /// Reads a chance: `80%`.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn chance(self, text: &str) -> Result<f64, Diagnostic> {
        let whole = Piece { text, start: 0 }.trimmed();
        match parse_number(whole.text) {
            Ok(chance) if chance > 0.0 && chance < 1.0 => Ok(chance),
            Ok(chance) if (1.0..100.0).contains(&chance) => Err(self
                .fault(whole, "a chance lies between 0% and 100%", "without a percent sign this is more than 100%")
                .help(format!("write {}%", whole.text))),
            Ok(_) => Err(self
                .fault(
                    whole,
                    "a chance lies between 0% and 100%",
                    "nothing is certain, and nothing worth asking is impossible",
                )
                .help("for example 80%")),
            Err(why) => Err(self.fault(whole, "a chance is a number such as 80%", why)),
        }
    }

    fn read_objective(self, piece: Piece<'_>) -> Result<Objective, Diagnostic> {
        let Some(open) = piece.text.find('(') else {
            return Ok(Objective::mean_of(self.outcome(piece)?));
        };
        let name = piece.part(0..open);
        if !piece.text.ends_with(')') {
            let fault = self.fault(piece, "a parenthesis is not closed", "`)` is missing at the end");
            return Err(fault.help(format!("write \"{})\", in quotes, so that the shell leaves it alone", piece.text)));
        }
        let inner = piece.part(open + 1..piece.text.len() - 1);
        let level = name.text.strip_prefix('p').and_then(|level| level.parse::<u8>().ok());
        let figure = match (name.text, level) {
            ("mean", _) => Figure::Mean,
            ("cvar10", _) => Figure::Cvar10,
            ("chance", _) => return self.read_chance(inner),
            (_, Some(level)) if (1..=99).contains(&level) => Figure::Percentile(level),
            (_, Some(_)) => {
                let fault = self.fault(name, "a percentile is p1 to p99", "not a percentile");
                return Err(fault.help("p10 is the low end: 1 of 10 draws lies below it"));
            }
            _ => {
                let known = ["mean", "p10", "p50", "p90", "cvar10", "chance"];
                let help = match nearest(name.text, known) {
                    Some(meant) => format!("did you mean {meant}({})?", inner.text),
                    None => "known: mean(…), p1(…) to p99(…), cvar10(…), chance(…>=…)".into(),
                };
                return Err(self.fault(name, unknown("figure", name.text), "not known here").help(help));
            }
        };
        if let Some((at, _)) = comparison(inner.text) {
            let rest = inner.part(at..inner.text.len());
            let fault =
                self.fault(rest, format!("{} takes an outcome alone", name.text), "belongs behind the parenthesis");
            return Err(fault.help(format!("write \"{}({}){}\"", name.text, inner.text[..at].trim(), rest.text)));
        }
        Ok(Objective { outcome: self.outcome(inner)?, figure })
    }

    fn read_chance(self, inner: Piece<'_>) -> Result<Objective, Diagnostic> {
        let Some((at, sign)) = comparison(inner.text) else {
            let fault =
                self.fault(inner, "a chance is that of something: chance(revenue>=900k)", ">= or <= is missing");
            return Err(fault.help(format!("for example \"chance({}>=900k)\"", inner.text)));
        };
        let outcome = self.outcome(inner.part(0..at))?;
        let own = outcome.outcome();
        let side = self.side(inner, at, sign, own.unit, !own.is_cost())?;
        Ok(Objective { outcome, figure: Figure::Chance(side) })
    }

    /// What stands behind a sign of comparison at `at`.
    fn side(self, piece: Piece<'_>, at: usize, sign: &str, unit: Unit, higher: bool) -> Result<Side, Diagnostic> {
        let sense = match (sign, higher) {
            (">=" | "≥", _) | ("=" | "==", true) => Sense::AtLeast,
            ("<=" | "≤", _) | ("=" | "==", false) => Sense::AtMost,
            _ => {
                let own = piece.part(at..at + sign.len());
                let fault = self.fault(own, "conditions include their bound", "not used here");
                return Err(fault.help(format!("write {sign}=")));
            }
        };
        let bound = piece.part(at + sign.len()..piece.text.len());
        if bound.text.is_empty() {
            let whole = Piece { text: piece.text, start: piece.start };
            return Err(self.fault(whole, "a number is missing", format!("expected a number after {sign}")));
        }
        let number = parse_number(bound.text).map_err(|why| self.fault(bound, "expected a number", why))?;
        if bound.text.ends_with('%') && unit != Unit::Ratio {
            let fault = self.fault(bound, "money and counts are not written in percent", "a share");
            return Err(fault.help("for example 800k"));
        }
        Ok(Side { sense, bound: number })
    }

    fn outcome(self, piece: Piece<'_>) -> Result<OutcomeId, Diagnostic> {
        let Some(id) = OutcomeId::named(piece.text) else {
            let names = || OUTCOMES.iter().map(|outcome| outcome.key);
            let help = match nearest(piece.text, names()) {
                Some(meant) => format!("did you mean {meant}?"),
                None => format!("known: {}", names().collect::<Vec<_>>().join(", ")),
            };
            return Err(self.fault(piece, unknown("outcome", piece.text), "not known here").help(help));
        };
        if id.outcome().needs_margin && !self.has_margin {
            let message = format!("{} needs a gross margin, and the plan has none", piece.text);
            let fault = self.fault(piece, message, "has no value in this plan");
            return Err(fault.help("write gross_margin into [finance], or --set finance.gross_margin=…"));
        }
        Ok(id)
    }

    fn fault(self, piece: Piece<'_>, message: impl Into<String>, label: impl Into<String>) -> Diagnostic {
        Diagnostic::at(&Span { source: self.source, span: piece.span() }, message, label)
    }
}

/// The first sign of comparison that stands in no parenthesis, and where.
fn comparison(text: &str) -> Option<(usize, &'static str)> {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            _ => {
                let signs = [">=", "<=", "==", "=", "≥", "≤", ">", "<"];
                if let Some(sign) = signs.into_iter().find(|sign| text[at..].starts_with(sign)) {
                    return Some((at, sign));
                }
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::Sources;

    fn scope(text: &str, has_margin: bool) -> Scope {
        Scope { source: Sources::default().add("the option", text), has_margin }
    }

    #[test]
    fn what_is_written_is_read_and_written_again() {
        for (text, written) in [
            ("revenue=800k", "revenue>=800000"),
            ("cac = 250", "cac<=250"),
            ("p10(profit)>=0", "p10(profit)>=0"),
            (" cvar10( revenue ) <= 1.2M", "cvar10(revenue)<=1200000"),
            ("chance(revenue>=900k)>=80%", "chance(revenue>=900000)>=0.8"),
            ("chance(cac=300)=0.5", "chance(cac<=300)>=0.5"),
            ("mean(roas)≥200%", "roas>=2"),
        ] {
            let condition = scope(text, true).condition(text).unwrap_or_else(|fault| panic!("{text}: {fault:?}"));
            assert_eq!(condition.written(), written, "{text}");
        }
        for text in ["profit", "p5(revenue)", "cvar10(profit)", "chance(wins>=12)"] {
            let objective = scope(text, true).objective(text).expect("an objective");
            assert_eq!(objective.written(), text);
        }
    }

    #[test]
    fn faults_point_at_what_is_wrong() {
        for (text, part) in [
            ("revenu=800k", "revenu"),
            ("revenue", "revenue"),
            ("revenue=", "revenue="),
            ("revenue=80%", "80%"),
            ("revenue=a lot", "a lot"),
            ("p0(revenue)>=1", "p0"),
            ("p10(revenue>=1", "p10(revenue>=1"),
            ("p10(revenue>=600k)", ">=600k"),
            ("chance(revenue>=600k)", "chance(revenue>=600k)"),
            ("median(revenue)>=1", "median"),
            ("chance(revenue)>=80%", "revenue"),
            ("chance(revenue>=1)>=80", "80"),
            ("revenue>800k", ">"),
        ] {
            let fault = scope(text, true).condition(text).expect_err(text);
            assert_eq!(&text[fault.place.span.clone()], part, "{text}: {fault:?}");
        }
        let fault = scope("p10(profit)>=0", false).condition("p10(profit)>=0").expect_err("no margin");
        assert_eq!(fault.place.span, 4..10);
        let fault = scope("p10(revenue>=5)", true).objective("p10(revenue>=5)").expect_err("a condition inside");
        assert!(fault.help.is_some_and(|help| help.contains("p10(revenue)>=5")));
        for chance in ["80", "0", "1", "x"] {
            assert!(scope(chance, true).chance(chance).is_err(), "{chance}");
        }
    }
}
