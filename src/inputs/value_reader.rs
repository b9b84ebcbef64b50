//! A value on its way from text to meaning: what may be written for its key, and how a fault of it is told.

use crate::reading::{Diagnostic, Diagnostics, Node, Sources, Span, Value, parse};
use crate::units::{Period, Range, Sign, Spelled, guesses, in_doubt, plain, read_number};

use super::distribution::ByThePeriod;
use super::periods::split_period;
use super::refusal::{Refusal, quoted};
use super::{Domain, KeySpec, Measure, Written};

/// A value on its way from text to meaning.
#[derive(Clone, Copy)]
pub(super) struct ValueReader<'a> {
    pub(super) terms: &'a KeySpec<'a>,
    pub(super) place: &'a Span,
    /// how any value is read: those inside this one, and those that are only tried out
    pub(super) read: ReadValue,
    /// whether it was written with a percent sign
    in_percent: bool,
}

/// How a value is read.
pub(super) type ReadValue = fn(&Node, &KeySpec<'_>) -> Result<Written, Vec<Diagnostic>>;

impl<'a> ValueReader<'a> {
    /// The value written at `node`.
    pub(super) fn of(node: &'a Node, terms: &'a KeySpec<'a>, read: ReadValue) -> Self {
        Self { terms, place: &node.place, read, in_percent: is_in_percent(node) }
    }
}

impl ValueReader<'_> {
    /// The kind of figure.
    pub(super) fn domain(&self) -> Domain {
        self.terms.domain
    }

    /// How far a range stated by percentiles is stretched.
    pub(super) fn widen(&self) -> f64 {
        self.terms.widen
    }

    /// Is `x` allowed for the key?
    pub(super) fn inside_range(&self, x: f64) -> Result<(), Refusal> {
        if self.terms.range.holds(x) {
            return Ok(());
        }
        let given = plain(x);
        let range = self.terms.range;
        let refusal = match self.terms.domain {
            Domain::Fraction if x > 1.0 && x <= 100.0 && !self.in_percent => {
                Refusal::from(format!("a share is {range}: {given} percent is written \"{given}%\""))
                    .instead([format!("\"{given}%\"")])
            }
            Domain::Fraction if x.is_finite() => {
                format!("{}% is not allowed: it must be {}", plain(x * 100.0), in_percents(range)).into()
            }
            _ => {
                let may_be_percent = self.terms.measure == Measure::Pure
                    && !self.in_percent
                    && (1.0..=100.0).contains(&x.abs())
                    && range.holds(x / 100.0);
                let meant = may_be_percent.then(|| format!("\"{given}%\""));
                let why = range.refusal(x);
                match &meant {
                    Some(meant) => {
                        Refusal::from(format!("{why}: {given} percent is written {meant}")).instead([meant.clone()])
                    }
                    None => why.into(),
                }
            }
        };
        Err(refusal)
    }

    /// What is said of an uncertain figure that may lie below an end of its key's range; below 0 with what to do.
    pub(super) fn uncertain_at(&self, x: f64) -> Result<(), Refusal> {
        let is_below_zero = x < 0.0 && self.terms.range.holds(0.0) && x.is_finite() && self.terms.may_vary;
        let part = if self.terms.domain == Domain::Fraction { "\"1% to 5%\"" } else { "\"1 to 5\"" };
        self.inside_range(x).map_err(|refusal| match is_below_zero {
            true => refusal.help(format!(
                "what was estimated below 0 counts as 0 here, which raises the mean: {{ mix = [0, {part}], weights = [0.3, 0.7] }} \
                 is 0 in 3 of 10 cases; in a file of draws write 0 for what lies below"
            )),
            false => refusal,
        })
    }

    /// Is `x` allowed for the key, and inside the scale on which the distribution is normal?
    pub(super) fn inside_scale(&self, x: f64) -> Result<(), Refusal> {
        self.uncertain_at(x)?;
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
    pub(super) fn fault(&self, refusal: impl Into<Refusal>) -> Diagnostic {
        let refusal: Refusal = refusal.into();
        let fault = Diagnostic::at(self.place, "this value can't be used", refusal.why);
        if self.terms.trial {
            return fault;
        }
        let fitting: Vec<String> = refusal.instead.into_iter().filter(|value| self.takes(value)).collect();
        if !fitting.is_empty() {
            return fault.write(self.place, fitting);
        }
        if let Some(help) = refusal.help {
            return fault.help(help);
        }
        let unit = match self.terms.unit {
            "" => String::new(),
            unit => format!("{unit}, "),
        };
        let range = match self.terms.domain {
            Domain::Fraction => in_percents(self.terms.range),
            _ => self.terms.range.to_string(),
        };
        fault.help(format!("{unit}{range}: write {}", any_of(&self.examples())))
    }

    /// Values as one could write them for the key, all of which it takes.
    pub(super) fn examples(&self) -> Vec<String> {
        let usual: &[&str] = match (self.terms.domain, self.terms.rate, self.terms.measure) {
            (Domain::Amount, true, _) => &["3.2", "\"12 a month\"", "\"2.5 to 4.5 a week\"", PERCENTILES],
            (Domain::Amount, false, Measure::Counted) => &["3.2", "\"120k\"", "\"2.5 to 4.5\"", PERCENTILES],
            (Domain::Amount, false, Measure::Time | Measure::Pure) => &["3.2", "\"2.5 to 4.5\"", PERCENTILES],
            (Domain::Fraction, false, _) => {
                &["0.04", "\"4%\"", "\"2% to 5%\"", "{ p10 = \"2%\", p50 = \"3%\", p90 = \"5%\" }"]
            }
            (Domain::Fraction, true, _) => {
                &["0.01", "\"3% a month\"", "\"20% to 34% a year\"", "{ p10 = \"2%\", p50 = \"3%\", p90 = \"5%\" }"]
            }
            (Domain::Number, ..) => &["-0.5", "\"-2 to 3\"", "{ p10 = -2, p50 = 0, p90 = 3 }"],
        };
        let own = std::iter::once(self.terms.example).filter(|example| !example.is_empty());
        let fitting = |example: &&str| self.takes(example);
        let usual: Vec<&str> = usual.iter().copied().filter(fitting).collect();
        // Where hardly any of the usual ones fits, or there is one way only, the key's own says more.
        let all: Vec<&str> = match usual.len() {
            0 | 1 => own.chain(usual).collect(),
            _ if !self.terms.may_vary => own.chain(usual.into_iter().skip(1)).collect(),
            _ => usual,
        };
        all.into_iter().map(String::from).collect()
    }

    /// Can a value be used for the key?
    fn takes(&self, value: &str) -> bool {
        let mut sources = Sources::default();
        let source = sources.add("", format!("x = {value}"));
        let mut faults = Diagnostics::default();
        let table = parse(&sources, source, &mut faults);
        let terms = KeySpec { sources: &sources, trial: true, ..*self.terms };
        let read = table.get("x").map(|node| (self.read)(node, &terms));
        match read {
            Some(Ok(Written::Certain(_))) => faults.is_empty(),
            Some(Ok(_)) => faults.is_empty() && self.terms.may_vary,
            Some(Err(_)) | None => false,
        }
    }

    /// One number.
    pub(super) fn certain(&self, number: f64, period: Option<Period>) -> Result<Written, Refusal> {
        if !number.is_finite() {
            return Err(self.terms.range.refusal(number).into());
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
    pub(super) fn number(&self, node: &Node) -> Result<(Spelled, Option<Period>), Refusal> {
        match &node.value {
            Value::Number(number) => Ok((self.bare(*number, node)?, None)),
            Value::Text(text) => {
                let (body, period) = split_period(text)?;
                self.allows(period)?;
                let number = self.spelled(body).map_err(|refusal| with_period(refusal, text, body))?;
                Ok((number, period))
            }
            other => Err(format!("expected a number, found {}", other.what()).into()),
        }
    }

    /// A number without quotes.
    pub(super) fn bare(&self, value: f64, node: &Node) -> Result<Spelled, Refusal> {
        if !value.is_finite() {
            return Err(self.terms.range.refusal(value).into());
        }
        self.is_beyond_doubt(self.terms.sources.excerpt(&node.place))?;
        Ok(Spelled { value, sign: None, digits: value })
    }

    /// A number in quotes, without its period.
    pub(super) fn spelled(&self, text: &str) -> Result<Spelled, Refusal> {
        let number = read_number(text).map_err(|why| self.meant(why, text))?;
        self.is_beyond_doubt(text)?;
        let takes_percent = self.terms.domain != Domain::Amount || self.terms.measure == Measure::Pure;
        if number.sign == Some(Sign::Percent) && !takes_percent {
            let unit = if self.terms.unit.is_empty() { "an amount" } else { self.terms.unit };
            return Err(Refusal::from(format!("a percent sign belongs to a share, and this is {unit}"))
                .help(format!("write the amount itself, for example {}", any_of(&self.examples()))));
        }
        Ok(number)
    }

    /// Is it clear where the decimals of an amount of money or a count begin?
    fn is_beyond_doubt(&self, text: &str) -> Result<(), Refusal> {
        let counts = self.terms.domain == Domain::Amount && self.terms.measure == Measure::Counted;
        if counts && in_doubt(text) {
            return Err(self.meant(doubt(text), text));
        }
        Ok(())
    }

    /// A refusal of a text, with what it was probably meant as.
    pub(super) fn meant(&self, why: impl Into<Refusal>, text: &str) -> Refusal {
        let refusal: Refusal = why.into();
        refusal.instead(guesses(text).iter().map(|guess| quoted(guess)))
    }

    /// May the key be written with a period?
    pub(super) fn allows(&self, period: Option<Period>) -> Result<(), Refusal> {
        if period.is_none() || self.terms.rate {
            return Ok(());
        }
        let refusal = Refusal::from("this figure is not a rate: write it without a period");
        Err(match self.terms.unit {
            unit if unit.starts_with("money in the horizon") => {
                refusal.help("write the money for the whole horizon as one number, such as 24_000")
            }
            _ => refusal,
        })
    }

    /// What was written by the period, by the week.
    pub(super) fn by_the_period(&self, written: Written, period: Option<Period>) -> Written {
        let domain = self.terms.domain;
        match (written, period) {
            (written @ Written::Row(_), _) | (written, None | Some(Period::Week)) => written,
            (Written::Certain(value), Some(period)) => Written::Certain(domain.a_week(value, period)),
            (Written::Uncertain { distribution, from_quantiles }, Some(period)) => Written::Uncertain {
                distribution: Box::new(ByThePeriod { distribution, period, domain }),
                from_quantiles,
            },
        }
    }
}

const PERCENTILES: &str = "{ p10 = 2, p50 = 3, p90 = 6 }";

/// That it is unclear where the decimals begin.
pub(crate) fn doubt(text: &str) -> String {
    format!("is the point of {} for thousands or for decimals?", text.trim())
}

/// Numbers that rise together each have their own sign: of `5` and `8k` nobody knows whether 5 or 5,000 is meant.
pub(super) fn one_sign_each(numbers: &[Spelled]) -> Result<(), Refusal> {
    let lacks = |low: &Spelled, high: &Spelled| match (low.sign, high.sign) {
        (None, Some(sign)) if low.value != 0.0 && low.digits <= high.digits => Some((low.digits, sign)),
        (Some(Sign::Percent), None) if low.digits <= high.digits => Some((high.digits, Sign::Percent)),
        (Some(sign), None) if low.digits <= high.digits && high.value < low.value => Some((high.digits, sign)),
        _ => None,
    };
    match numbers.windows(2).find_map(|pair| lacks(&pair[0], &pair[1])) {
        Some((digits, sign)) => {
            let digits = plain(digits);
            let sign = sign.written();
            Err(format!("each number has its own sign: is {digits} meant as {digits}{sign}?").into())
        }
        None => Ok(()),
    }
}

/// The period is part of what could be written.
pub(super) fn with_period(mut refusal: Refusal, text: &str, body: &str) -> Refusal {
    let period = text.trim().strip_prefix(body).unwrap_or_default();
    if !period.is_empty() {
        for value in &mut refusal.instead {
            *value = format!("\"{}{period}\"", value.trim_matches('"'));
        }
    }
    refusal
}

/// `a, b or c`.
fn any_of(values: &[String]) -> String {
    match values.split_last() {
        Some((last, others)) if !others.is_empty() => format!("{} or {last}", others.join(", ")),
        _ => values.concat(),
    }
}

pub(super) fn is_in_percent(node: &Node) -> bool {
    match &node.value {
        Value::Text(text) => text.contains('%'),
        Value::List(items) => items.iter().any(is_in_percent),
        Value::Table(table) => table.iter().any(|entry| is_in_percent(&entry.node)),
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
