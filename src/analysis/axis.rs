//! A figure of the plan that is varied: where it stands, the values it takes, and the one it has today.

use crate::model::schema::{Default, Kind};
use crate::reading::{keys_of_path, split_setting};
use crate::scenario::{RawPlan, keys_at};

use super::value::Value;
use super::values::read_values;

/// A figure that is varied.
#[derive(Clone, Debug)]
pub struct Axis {
    /// its path in the scenario, as it was typed
    pub path: String,
    /// its values; numbers rise
    pub values: Vec<Value>,
    /// whether they are spread evenly on a log scale
    pub logarithmic: bool,
    /// what it counts, in words; may be empty
    pub unit: &'static str,
    /// what the plan has today; none where nothing is written
    pub today: Option<Value>,
}

/// What says how a plan is simulated, and must be the same for all points.
const FIXED: [[&str; 2]; 3] = [["simulation", "runs"], ["simulation", "seed"], ["simulation", "sampling"]];

impl Axis {
    /// Reads `PATH=VALUES` for the plan of `draft`.
    ///
    /// # Errors
    ///
    /// What is wrong with it. A path that leads nowhere is found when the points are read.
    pub fn read(option: &str, draft: &RawPlan) -> Result<Self, String> {
        let Some((path, values)) = split_setting(option).filter(|(path, _)| !path.is_empty()) else {
            return Err(format!("\"{option}\" is not PATH=VALUES, for example channels.search.budget=20k..120k:11"));
        };
        let keys = keys_of_path(path).unwrap_or_default();
        if FIXED.iter().any(|fixed| keys == *fixed) {
            return Err(format!("{path} can't be varied: all points are simulated alike"));
        }
        let known = keys_at(&keys);
        let whole = known.iter().any(|key| matches!(key.kind, Kind::Whole { .. } | Kind::Week { .. }));
        let usual = || match known.as_slice() {
            [first, rest @ ..] if rest.iter().all(|key| key.default == first.default) => match first.default {
                Default::Number(number) => Some(number.to_string()),
                Default::Word(word) => Some(word.to_owned()),
                Default::Required | Default::Unset => None,
            },
            _ => None,
        };
        let values = read_values(values, whole).map_err(|why| format!("the values of {path}: {why}"))?;
        let today = draft.written(&keys).or_else(usual);
        Ok(Self {
            path: path.to_owned(),
            logarithmic: values.logarithmic,
            values: values.list,
            unit: known.first().map_or("", |key| key.unit),
            today: today.map(|text| Value::of(&text)),
        })
    }

    /// Are all its values numbers?
    #[must_use]
    pub fn is_of_numbers(&self) -> bool {
        self.values.iter().all(|value| value.number.is_some())
    }

    /// Are they written in percent?
    #[must_use]
    pub fn is_in_percent(&self) -> bool {
        self.values.iter().any(|value| value.in_percent)
    }

    /// Does it count money?
    #[must_use]
    pub fn is_of_money(&self) -> bool {
        self.unit.starts_with("money")
    }

    /// The number of a value; not a number for words.
    #[must_use]
    pub fn number(&self, at: usize) -> f64 {
        self.values[at].number.unwrap_or(f64::NAN)
    }

    /// Which of the values the plan has today.
    #[must_use]
    pub fn today_at(&self) -> Option<usize> {
        let today = self.today.as_ref()?;
        self.values.iter().position(|value| value.is(today))
    }

    /// The setting that gives it a value.
    #[must_use]
    pub fn setting(&self, at: usize) -> String {
        format!("{}={}", self.path, self.values[at].text)
    }
}
