//! A value on its way from text to meaning: what may be written for its key, and how a fault of it is told.

use crate::reading::{Fault, Node, Place, Value};
use crate::units::{Period, Range, parse_number, plain};

use super::law::ByThePeriod;
use super::spelling::{Terms, split_period};
use super::{Domain, Written};

/// A value on its way from text to meaning.
#[derive(Clone, Copy)]
pub(super) struct Draft<'a> {
    pub(super) terms: &'a Terms,
    pub(super) place: &'a Place,
    /// whether it was written with a percent sign
    in_percent: bool,
}

impl<'a> Draft<'a> {
    /// The value written at `node`.
    pub(super) fn of(node: &'a Node, terms: &'a Terms) -> Self {
        Self { terms, place: &node.place, in_percent: in_percent(node) }
    }
}

impl Draft<'_> {
    /// The kind of figure.
    pub(super) fn domain(&self) -> Domain {
        self.terms.domain
    }

    /// How far a range stated by percentiles is stretched.
    pub(super) fn widen(&self) -> f64 {
        self.terms.widen
    }

    /// Is `x` allowed for the key?
    pub(super) fn inside_range(&self, x: f64) -> Result<(), String> {
        if self.terms.range.holds(x) {
            return Ok(());
        }
        let given = plain(x);
        let range = self.terms.range;
        Err(match self.terms.domain {
            Domain::Fraction if x > 1.0 && x <= 100.0 && !self.in_percent => {
                format!("a share is {range}: {given} percent are written \"{given}%\"")
            }
            Domain::Fraction if x.is_finite() => {
                format!("{}% is not allowed: it must be {}", plain(x * 100.0), in_percents(range))
            }
            _ => range.refusal(x),
        })
    }

    /// Is `x` allowed for the key, and inside the scale on which the distribution is normal?
    pub(super) fn inside_scale(&self, x: f64) -> Result<(), String> {
        self.inside_range(x)?;
        match self.terms.domain {
            Domain::Amount if x <= 0.0 => {
                Err("a range of amounts starts above 0: it is normal on the log scale".into())
            }
            Domain::Fraction if x <= 0.0 || x >= 1.0 => {
                Err("a range of shares stays strictly between 0% and 100%: it is normal on the logit scale".into())
            }
            _ => Ok(()),
        }
    }

    /// The fault that a value can't be used, with what could be.
    pub(super) fn fault(&self, why: &str) -> Fault {
        let wanted = match (self.terms.domain, self.terms.rate) {
            (Domain::Amount, false) => "write 3.2, \"120k\", \"2.5 to 4.5\" or { p10 = 2, p50 = 3, p90 = 6 }",
            (Domain::Amount, true) => {
                "write 3.2, \"12 a month\", \"2.5 to 4.5 a week\" or { p10 = 2, p50 = 3, p90 = 6 }"
            }
            (Domain::Fraction, false) => {
                "write 0.04, \"4%\", \"2% to 5%\" or { p10 = \"2%\", p50 = \"3%\", p90 = \"5%\" }"
            }
            (Domain::Fraction, true) => {
                "write 0.01, \"3% a month\", \"20% to 34% a year\" or { p10 = \"2%\", p50 = \"3%\", p90 = \"5%\" }"
            }
            (Domain::Number, _) => "write -0.5, \"-2 to 3\" or { p10 = -2, p50 = 0, p90 = 3 }",
        };
        let unit = match self.terms.unit {
            "" => String::new(),
            unit => format!("{unit}, "),
        };
        let range = match self.terms.domain {
            Domain::Fraction => in_percents(self.terms.range),
            _ => self.terms.range.to_string(),
        };
        Fault::at(self.place, "this value can't be used", why).help(format!("{unit}{range}: {wanted}"))
    }

    /// One number.
    pub(super) fn certain(&self, number: f64, period: Option<Period>) -> Result<Written, String> {
        if !number.is_finite() {
            return Err(self.terms.range.refusal(number));
        }
        let fraction_a_period = self.terms.domain == Domain::Fraction && period.is_some();
        if fraction_a_period && !Range::closed(0.0, 1.0).holds(number) {
            self.inside_range(number)?;
        }
        let value = period.map_or(number, |period| self.terms.domain.a_week(number, period));
        self.inside_range(value)?;
        Ok(Written::Certain(value))
    }

    /// A number with its period, if it has one.
    pub(super) fn number(&self, node: &Node) -> Result<(f64, Option<Period>), String> {
        match &node.value {
            Value::Number(number) if number.is_finite() => Ok((*number, None)),
            Value::Number(number) => Err(self.terms.range.refusal(*number)),
            Value::Text(text) => {
                let (body, period) = split_period(text)?;
                self.allows(period)?;
                Ok((parse_number(body)?, period))
            }
            other => Err(format!("expected a number, found {}", other.what())),
        }
    }

    /// May the key be written with a period?
    pub(super) fn allows(&self, period: Option<Period>) -> Result<(), String> {
        if period.is_some() && !self.terms.rate {
            return Err("this figure is not a rate: write it without a period".into());
        }
        Ok(())
    }

    /// What was written by the period, by the week.
    pub(super) fn by_the_period(&self, written: Written, period: Option<Period>) -> Written {
        let domain = self.terms.domain;
        match (written, period) {
            (written @ Written::Row(_), _) | (written, None | Some(Period::Week)) => written,
            (Written::Certain(value), Some(period)) => Written::Certain(domain.a_week(value, period)),
            (Written::Uncertain { law, from_quantiles }, Some(period)) => {
                Written::Uncertain { law: Box::new(ByThePeriod { law, period, domain }), from_quantiles }
            }
        }
    }
}

fn in_percent(node: &Node) -> bool {
    match &node.value {
        Value::Text(text) => text.contains('%'),
        Value::List(items) => items.iter().any(in_percent),
        Value::Table(table) => table.iter().any(|entry| in_percent(&entry.node)),
        _ => false,
    }
}

/// A range of shares in words: "0% to 100%".
fn in_percents(range: Range) -> String {
    let [low, high] = [range.low, range.high].map(|end| format!("{}%", plain(end * 100.0)));
    match (range.low_open, range.high_open) {
        (false, false) => format!("{low} to {high}"),
        (true, false) => format!("more than {low}, up to {high}"),
        (false, true) => format!("{low} or more, below {high}"),
        (true, true) => format!("more than {low}, below {high}"),
    }
}
