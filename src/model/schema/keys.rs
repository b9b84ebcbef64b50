//! What can be written in a scenario: every key with its type, unit, range, default and meaning.
//!
//! A mechanism lists its keys once; the reader checks files against that list, and the reference of the format in
//! docs/ is made from it.

use crate::inputs::{Domain, KeySpec, Measure};
use crate::reading::Sources;
use crate::units::{LARGEST, Range};

/// One key of a table.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// as written in the file
    pub name: &'static str,
    /// what is written for it
    pub kind: Kind,
    /// what holds where it is not written
    pub default: Default,
    /// the unit, in words
    pub unit: &'static str,
    /// what it means
    pub about: &'static str,
    /// a value as one would write it
    pub example: &'static str,
    /// what an amount is an amount of
    pub measure: Measure,
    /// a number without a percent sign of this size or more was probably meant in percent
    pub percent_from: Option<f64>,
}

/// What is written for a key.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// a figure that may be uncertain
    Quantity {
        /// its kind
        domain: Domain,
        /// the range it lies in
        range: Range,
        /// a rate a week, which may be written with another period
        rate: bool,
    },
    /// a figure that must be certain
    Certain {
        /// its kind
        domain: Domain,
        /// the range it lies in
        range: Range,
    },
    /// a whole number
    Whole {
        /// the range it lies in
        range: Range,
    },
    /// the number of a week, or a date in it
    Week {
        /// the range of the number
        range: Range,
    },
    /// one of some words
    Word(fn() -> Vec<&'static str>),
    /// `true` or `false`
    Truth,
    /// free text
    Text,
    /// a date, 2027-01-04
    Date,
    /// a number for each week
    Weekly {
        /// the range of each
        range: Range,
    },
    /// said in words
    Shape(&'static str),
    /// a table with keys of its own
    Table,
    /// tables with keys of their own, `[[name]]` above each
    Tables,
}

/// What holds where a key is not written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Default {
    /// it must be written
    Required,
    /// nothing
    Unset,
    /// a number
    Number(f64),
    /// a word
    Word(&'static str),
}

/// A choice among words.
pub trait Choice: Copy + 'static {
    /// Every word and what it stands for.
    const WORDS: &'static [(&'static str, Self)];
}

fn words<C: Choice>() -> Vec<&'static str> {
    C::WORDS.iter().map(|&(word, _)| word).collect()
}

impl Key {
    const fn new(name: &'static str, kind: Kind) -> Self {
        Self {
            name,
            kind,
            default: Default::Unset,
            unit: "",
            about: "",
            example: "",
            measure: Measure::Counted,
            percent_from: None,
        }
    }

    const fn quantity(name: &'static str, domain: Domain) -> Self {
        let range = match domain {
            Domain::Amount => Range::closed(0.0, LARGEST),
            Domain::Fraction => Range::closed(0.0, 1.0),
            Domain::Number => Range::closed(-LARGEST, LARGEST),
        };
        let kind = Kind::Quantity { domain, range, rate: false };
        Self::new(name, kind)
    }

    /// An amount, 0 or more.
    #[must_use]
    pub const fn amount(name: &'static str) -> Self {
        Self::quantity(name, Domain::Amount)
    }

    /// A fraction, 0 to 1.
    #[must_use]
    pub const fn fraction(name: &'static str) -> Self {
        Self::quantity(name, Domain::Fraction)
    }

    /// Any number.
    #[must_use]
    pub const fn number(name: &'static str) -> Self {
        Self::quantity(name, Domain::Number)
    }

    /// A whole number from `low` to `high`.
    #[must_use]
    pub const fn whole(name: &'static str, low: f64, high: f64) -> Self {
        Self::new(name, Kind::Whole { range: Range::closed(low, high) })
    }

    /// The number of a week from `low` to `high`, or a date in it.
    #[must_use]
    pub const fn week(name: &'static str, low: f64, high: f64) -> Self {
        Self::new(name, Kind::Week { range: Range::closed(low, high) })
    }

    /// One of the words of `C`.
    #[must_use]
    pub const fn word<C: Choice>(name: &'static str) -> Self {
        Self::new(name, Kind::Word(words::<C>))
    }

    /// `true` or `false`.
    #[must_use]
    pub const fn truth(name: &'static str) -> Self {
        Self::new(name, Kind::Truth)
    }

    /// Free text.
    #[must_use]
    pub const fn text(name: &'static str) -> Self {
        Self::new(name, Kind::Text)
    }

    /// A date.
    #[must_use]
    pub const fn date(name: &'static str) -> Self {
        Self::new(name, Kind::Date)
    }

    /// A number of 0 or more for each week.
    #[must_use]
    pub const fn weekly(name: &'static str) -> Self {
        Self::new(name, Kind::Weekly { range: Range::closed(0.0, LARGEST) })
    }

    /// What `form` says.
    #[must_use]
    pub const fn shape(name: &'static str, form: &'static str) -> Self {
        Self::new(name, Kind::Shape(form))
    }

    /// A table.
    #[must_use]
    pub const fn table(name: &'static str) -> Self {
        Self::new(name, Kind::Table)
    }

    /// Tables under one name, `[[name]]` above each.
    #[must_use]
    pub const fn tables(name: &'static str) -> Self {
        Self::new(name, Kind::Tables)
    }

    /// It must be written.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.default = Default::Required;
        self
    }

    /// The number that holds where it is not written.
    #[must_use]
    pub const fn or(mut self, default: f64) -> Self {
        self.default = Default::Number(default);
        self
    }

    /// The word that holds where it is not written.
    #[must_use]
    pub const fn or_word(mut self, default: &'static str) -> Self {
        self.default = Default::Word(default);
        self
    }

    /// A rate a week, which may be written with a period.
    #[must_use]
    pub const fn a_week(mut self) -> Self {
        if let Kind::Quantity { domain, range, .. } = self.kind {
            self.kind = Kind::Quantity { domain, range, rate: true };
        }
        self
    }

    /// It counts hours or weeks.
    #[must_use]
    pub const fn time(mut self) -> Self {
        self.measure = Measure::Time;
        self
    }

    /// It has no unit, such as a multiplier or a rate per customer; it may be written in percent.
    #[must_use]
    pub const fn pure(mut self) -> Self {
        self.measure = Measure::Pure;
        self
    }

    /// It has no unit, and a number of this size or more without a percent sign was probably meant in percent.
    #[must_use]
    pub const fn percent_from(mut self, size: f64) -> Self {
        self.percent_from = Some(size);
        self.pure()
    }

    /// It may not be uncertain.
    #[must_use]
    pub const fn certain(mut self) -> Self {
        if let Kind::Quantity { domain, range, .. } = self.kind {
            self.kind = Kind::Certain { domain, range };
        }
        self
    }

    /// It lies above `low`.
    #[must_use]
    pub const fn above(self, low: f64) -> Self {
        self.with_low(low, true)
    }

    /// It is at least `low`.
    #[must_use]
    pub const fn at_least(self, low: f64) -> Self {
        self.with_low(low, false)
    }

    /// It is at most `high`.
    #[must_use]
    pub const fn at_most(self, high: f64) -> Self {
        self.with_high(high, false)
    }

    /// It lies below `high`.
    #[must_use]
    pub const fn below(self, high: f64) -> Self {
        self.with_high(high, true)
    }

    const fn with_low(self, low: f64, low_open: bool) -> Self {
        let mut range = self.range();
        range.low = low;
        range.low_open = low_open;
        self.with_range(range)
    }

    const fn with_high(self, high: f64, high_open: bool) -> Self {
        let mut range = self.range();
        range.high = high;
        range.high_open = high_open;
        self.with_range(range)
    }

    const fn with_range(mut self, new: Range) -> Self {
        match &mut self.kind {
            Kind::Quantity { range, .. }
            | Kind::Certain { range, .. }
            | Kind::Whole { range }
            | Kind::Week { range }
            | Kind::Weekly { range } => *range = new,
            _ => {}
        }
        self
    }

    /// The range of a figure; any number for keys that are none.
    #[must_use]
    pub const fn range(&self) -> Range {
        match self.kind {
            Kind::Quantity { range, .. }
            | Kind::Certain { range, .. }
            | Kind::Whole { range }
            | Kind::Week { range }
            | Kind::Weekly { range } => range,
            _ => Range::closed(-LARGEST, LARGEST),
        }
    }

    /// What it asks of its value, written in one of `sources`; ranges stated by percentiles are stretched by `widen`.
    /// None for a key that is not a figure.
    #[must_use]
    pub fn terms<'a>(&self, sources: &'a Sources, widen: f64) -> Option<KeySpec<'a>> {
        let (domain, range, rate, may_vary) = match self.kind {
            Kind::Quantity { domain, range, rate } => (domain, range, rate, true),
            Kind::Certain { domain, range } => (domain, range, false, false),
            _ => return None,
        };
        let (measure, unit, example) = (self.measure, self.unit, self.example);
        Some(KeySpec { domain, range, measure, may_vary, unit, example, sources, rate, trial: false, widen })
    }

    /// Its unit, in words.
    #[must_use]
    pub const fn unit(mut self, unit: &'static str) -> Self {
        self.unit = unit;
        self
    }

    /// What it means.
    #[must_use]
    pub const fn about(mut self, about: &'static str) -> Self {
        self.about = about;
        self
    }

    /// A value as one would write it.
    #[must_use]
    pub const fn example(mut self, example: &'static str) -> Self {
        self.example = example;
        self
    }
}

/// What a key means, with its unit: "how long the plan runs, in weeks: 13 is a quarter".
pub(super) fn about(key: &Key) -> String {
    match (key.unit, key.about.split_once(": ")) {
        ("", _) => key.about.to_owned(),
        (unit, Some((what, more))) => format!("{what}, in {unit}: {more}"),
        (unit, None) => format!("{}, in {unit}", key.about),
    }
}
