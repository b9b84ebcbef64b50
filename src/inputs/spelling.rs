//! How an input is written: `3.2`, `"4%"`, `"2.5 to 4.5"`, `{ p10 = 2, p50 = 3, p90 = 6 }`.

use crate::reading::{Fault, Node, Place, Table, Value, nearest};
use crate::units::{Period, Range, parse_number, plain};

use super::law::ByThePeriod;
use super::{Law, interval, moments, three_points};

/// What kind of figure a key is; it decides the family of a distribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Domain {
    /// an amount, 0 or more
    Amount,
    /// a fraction, 0 to 1
    Fraction,
    /// any number
    Number,
}

impl Domain {
    /// A figure stated by the period, by the week.
    #[must_use]
    pub fn a_week(self, x: f64, period: Period) -> f64 {
        match self {
            Self::Fraction => period.fraction_a_week(x),
            Self::Amount | Self::Number => period.amount_a_week(x),
        }
    }
}

/// What a key asks of its value.
#[derive(Clone, Copy, Debug)]
pub struct Terms {
    /// the kind of figure
    pub domain: Domain,
    /// the range it must lie in
    pub range: Range,
    /// the unit, for messages
    pub unit: &'static str,
    /// a rate, which may be written with a period
    pub rate: bool,
    /// `simulation.widen`
    pub widen: f64,
}

/// A value that was read.
#[derive(Debug)]
pub enum Written {
    /// one number
    Certain(f64),
    /// a distribution
    Uncertain {
        /// its quantile function
        law: Box<dyn Law>,
        /// whether it was stated by quantiles
        from_quantiles: bool,
    },
}

/// A table spelling: its keys, how to read it, what it looks like.
pub(super) struct Form {
    pub(super) keys: &'static [&'static str],
    pub(super) example: &'static str,
    pub(super) read: fn(&Draft<'_>, &Ends) -> Result<Written, String>,
}

/// Every table spelling. A new one is a file and a line here.
const FORMS: &[Form] = &[three_points::FORM, moments::FORM];

/// Reads the value of a key.
///
/// # Errors
///
/// The faults of the value, each at the part it is about.
pub fn read(node: &Node, terms: &Terms) -> Result<Written, Vec<Fault>> {
    let draft = Draft {
        terms,
        place: &node.place,
        in_percent: in_percent(node),
    };
    match &node.value {
        Value::Number(number) => draft
            .certain(*number, None)
            .map_err(|why| vec![draft.fault(&why)]),
        Value::Text(text) => draft.text(text).map_err(|why| vec![draft.fault(&why)]),
        Value::Table(table) => draft.table(table),
        other => Err(vec![draft.fault(&format!(
            "here stands {}, where a number or a range is wanted",
            other.what()
        ))]),
    }
}

fn in_percent(node: &Node) -> bool {
    match &node.value {
        Value::Text(text) => text.contains('%'),
        Value::Table(table) => table.iter().any(|entry| in_percent(&entry.node)),
        _ => false,
    }
}

/// A value on its way from text to meaning.
pub(super) struct Draft<'a> {
    terms: &'a Terms,
    place: &'a Place,
    /// whether it was written with a percent sign
    in_percent: bool,
}

impl Draft<'_> {
    pub(super) fn domain(&self) -> Domain {
        self.terms.domain
    }

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
            Domain::Fraction if x.is_finite() => format!(
                "{}% is not allowed: it must be {}",
                plain(x * 100.0),
                in_percents(range)
            ),
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
            Domain::Fraction if x <= 0.0 || x >= 1.0 => Err(
                "a range of shares stays strictly between 0% and 100%: it is normal on the logit scale"
                    .into(),
            ),
            _ => Ok(()),
        }
    }

    fn fault(&self, why: &str) -> Fault {
        let wanted = match (self.terms.domain, self.terms.rate) {
            (Domain::Amount, false) => {
                "write 3.2, \"120k\", \"2.5 to 4.5\" or { p10 = 2, p50 = 3, p90 = 6 }"
            }
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
        Fault::at(self.place, "this value can't be used", why)
            .help(format!("{unit}{range}: {wanted}"))
    }

    fn certain(&self, number: f64, period: Option<Period>) -> Result<Written, String> {
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

    fn text(&self, text: &str) -> Result<Written, String> {
        let (body, period) = split_period(text)?;
        self.allows(period)?;
        let Some((low, high)) = body.split_once(" to ") else {
            return self.certain(
                parse_number(body).map_err(|why| ends_amiss(body, why))?,
                period,
            );
        };
        let (low, high) = (low.trim(), high.trim());
        if high.contains(" to ") {
            return Err(TWO_ENDS.into());
        }
        if high.ends_with('%') && !low.ends_with('%') {
            return Err(format!(
                "each end carries its own sign: write \"{low}% to {high}\""
            ));
        }
        let written = interval::read(self, parse_number(low)?, parse_number(high)?)?;
        Ok(self.by_the_period(written, period))
    }

    fn table(&self, table: &Table) -> Result<Written, Vec<Fault>> {
        let shared = |form: &&Form| {
            let known = |key: &&str| table.get(key).is_some();
            form.keys.iter().filter(|key| known(key)).count()
        };
        let form = FORMS
            .iter()
            .max_by_key(shared)
            .filter(|form| shared(form) > 0);
        let Some(form) = form else {
            let examples: Vec<&str> = FORMS.iter().map(|form| form.example).collect();
            return Err(vec![
                Fault::at(
                    self.place,
                    "this table is no distribution",
                    "none of its keys is known",
                )
                .help(format!("write one of {}", examples.join(", "))),
            ]);
        };
        let mut faults = Vec::new();
        for entry in table.iter() {
            if !form.keys.contains(&&*entry.key) {
                let fault = Fault::at(
                    &entry.key_place,
                    format!("`{}` is no part of this distribution", entry.key),
                    "unknown key",
                );
                faults.push(match nearest(&entry.key, form.keys.iter().copied()) {
                    Some(key) => fault.help(format!("did you mean `{key}`?")),
                    None => fault.help(format!("it is written {}", form.example)),
                });
            }
        }
        let mut ends = Ends::default();
        let mut periods = Vec::new();
        for &key in form.keys {
            let Some(node) = table.get(key) else {
                let mut unknown = table
                    .iter()
                    .filter(|entry| !form.keys.contains(&&*entry.key));
                if unknown.any(|entry| nearest(&entry.key, form.keys.iter().copied()) == Some(key))
                {
                    continue;
                }
                faults.push(
                    Fault::at(
                        self.place,
                        "this distribution is not whole",
                        format!("`{key}` is missing here"),
                    )
                    .help(format!("it is written {}", form.example)),
                );
                continue;
            };
            match self.end(node) {
                Ok((number, period)) => {
                    ends.0.push((key, number));
                    periods.push(period);
                }
                Err(why) => faults.push(
                    Draft {
                        terms: self.terms,
                        place: &node.place,
                        in_percent: in_percent(node),
                    }
                    .fault(&why),
                ),
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        if periods.windows(2).any(|pair| pair[0] != pair[1]) {
            return Err(vec![self.fault(
                "one period holds for a whole input: write the same one at every number",
            )]);
        }
        let written = (form.read)(self, &ends).map_err(|why| vec![self.fault(&why)])?;
        Ok(self.by_the_period(written, periods.first().copied().flatten()))
    }

    fn end(&self, node: &Node) -> Result<(f64, Option<Period>), String> {
        match &node.value {
            Value::Number(number) if number.is_finite() => Ok((*number, None)),
            Value::Number(number) => Err(self.terms.range.refusal(*number)),
            Value::Text(text) => {
                let (body, period) = split_period(text)?;
                self.allows(period)?;
                Ok((parse_number(body)?, period))
            }
            other => Err(format!(
                "here stands {}, where a number is wanted",
                other.what()
            )),
        }
    }

    fn allows(&self, period: Option<Period>) -> Result<(), String> {
        if period.is_some() && !self.terms.rate {
            return Err("this figure is no rate: write it without a period".into());
        }
        Ok(())
    }

    fn by_the_period(&self, written: Written, period: Option<Period>) -> Written {
        let domain = self.terms.domain;
        match (written, period) {
            (written, None | Some(Period::Week)) => written,
            (Written::Certain(value), Some(period)) => {
                Written::Certain(domain.a_week(value, period))
            }
            (
                Written::Uncertain {
                    law,
                    from_quantiles,
                },
                Some(period),
            ) => Written::Uncertain {
                law: Box::new(ByThePeriod {
                    law,
                    period,
                    domain,
                }),
                from_quantiles,
            },
        }
    }
}

/// The named numbers of a table spelling; all keys of its form are there.
#[derive(Debug, Default)]
pub(super) struct Ends(Vec<(&'static str, f64)>);

impl Ends {
    pub(super) fn get(&self, key: &str) -> f64 {
        self.0
            .iter()
            .find(|(name, _)| *name == key)
            .map_or(f64::NAN, |&(_, number)| number)
    }
}

const TWO_ENDS: &str = "a range has two ends: \"2.5 to 4.5\"";

/// Why a text that is no number was probably meant as a range, or else `why` it is no number.
fn ends_amiss(text: &str, why: String) -> String {
    if text.ends_with(" to") || text.starts_with("to ") {
        return TWO_ENDS.into();
    }
    let ends = text
        .char_indices()
        .filter(|&(at, c)| at > 0 && matches!(c, '-' | '–' | '—'))
        .find_map(|(at, dash)| {
            let (low, high) = (text[..at].trim(), text[at + dash.len_utf8()..].trim());
            (parse_number(low).is_ok() && parse_number(high).is_ok()).then_some((low, high))
        });
    match ends {
        Some((low, high)) => format!("a range is written with the word to: \"{low} to {high}\""),
        None => why,
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

/// Splits `"3% a month"` into `"3%"` and the period.
fn split_period(text: &str) -> Result<(&str, Option<Period>), String> {
    let text = text.trim();
    let split = [" a ", " per ", " an "]
        .iter()
        .find_map(|word| text.split_once(word));
    let Some((body, word)) = split else {
        return Ok((text, None));
    };
    let word = word.trim();
    let named = Period::NAMED.iter().find(|(name, _)| *name == word);
    match named {
        Some(&(_, period)) => Ok((body, Some(period))),
        None if word.contains(" to ") => {
            Err("a period stands once, at the end: \"3 to 5 a month\"".into())
        }
        None => Err(format!(
            "\"{word}\" is no period: write a week, a month, a quarter or a year"
        )),
    }
}
