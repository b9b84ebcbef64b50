//! What a channel gets more is taken from the others: budgets whose sum stays that of the plan.

use crate::reading::{Value, keys_of_path};
use crate::scenario::RawPlan;
use crate::units::{parse_number, plain, written};

use super::Axis;

/// The budgets of a plan, of which some are varied and the others share what remains.
#[derive(Clone, Debug)]
pub struct Total {
    /// the sum of all
    sum: f64,
    /// what those have that neither are varied nor make room
    kept: f64,
    /// those that are not varied: name and budget
    others: Vec<(String, f64)>,
}

impl Total {
    /// The budgets of the plan of `draft`, of which `axes` vary one each and `locked` channels keep theirs.
    ///
    /// # Errors
    ///
    /// That an axis is no budget, or that nothing is left to take from.
    pub fn of(draft: &RawPlan, axes: &[Axis], locked: &[String]) -> Result<Self, String> {
        let mut varied = Vec::new();
        for axis in axes {
            match keys_of_path(&axis.path).as_deref() {
                Some([first, name, last]) if first == "channels" && last == "budget" => {
                    varied.push(name.clone());
                }
                _ => {
                    return Err(format!(
                        "the total of budgets can be kept only while budgets are varied, such as channels.search.budget; {} is not one",
                        axis.path
                    ));
                }
            }
            if !axis.is_of_numbers() {
                return Err(format!("the values of {} are no amounts", axis.path));
            }
        }
        let budgets = all_budgets(draft)?;
        let sum = budgets.iter().map(|(_, budget)| budget).sum();
        if let Some(name) = varied.iter().find(|name| locked.contains(name)) {
            return Err(format!("{name} is varied, so it can't be locked"));
        }
        let gives = |name: &String| !varied.contains(name) && !locked.contains(name);
        let kept: f64 = budgets.iter().filter(|(name, _)| locked.contains(name)).map(|(_, budget)| budget).sum();
        let others: Vec<(String, f64)> =
            budgets.into_iter().filter(|(name, budget)| gives(name) && *budget > 0.0).collect();
        if others.is_empty() {
            return Err("no other channel has a budget to take from or to give to: leave out --keep-total".into());
        }
        Ok(Self { sum, kept, others })
    }

    /// The sum of all budgets.
    #[must_use]
    pub fn sum(&self) -> f64 {
        self.sum
    }

    /// The channels that share what remains.
    pub fn others(&self) -> impl Iterator<Item = &str> {
        self.others.iter().map(|(name, _)| name.as_str())
    }

    /// The settings of the others where the varied ones have `taken`.
    ///
    /// # Errors
    ///
    /// That this is more than there is.
    pub fn settings(&self, taken: f64) -> Result<Vec<String>, String> {
        let left = self.sum - self.kept - taken;
        if left < -1e-9 * self.sum {
            let locked = if self.kept > 0.0 { " that are not locked" } else { "" };
            return Err(format!(
                "all budgets{locked} together are {}, and {} is more than that",
                written(self.sum - self.kept),
                written(taken)
            ));
        }
        let before: f64 = self.others.iter().map(|(_, budget)| budget).sum();
        let factor = left.max(0.0) / before;
        if (factor - 1.0).abs() < 1e-12 {
            return Ok(Vec::new());
        }
        let setting =
            |(name, budget): &(String, f64)| format!("channels.{}.budget={}", key(name), plain(factor * budget));
        Ok(self.others.iter().map(setting).collect())
    }
}

/// A name as a key of a path: in quotes where it needs them.
pub(super) fn key(name: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    if !name.is_empty() && name.chars().all(bare) {
        return name.to_owned();
    }
    let mut quoted = String::from('"');
    for letter in name.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            letter if letter.is_control() => {
                quoted.push_str(&format!("\\u{:04X}", u32::from(letter)));
            }
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

/// A channel whose budget is written in a file alone.
fn without_budget(draft: &RawPlan) -> Option<&str> {
    let Some(Value::Table(channels)) = draft.table().get("channels").map(|node| &node.value) else { return None };
    let is_in_file = |channel: &Value| match channel {
        Value::Table(channel) => channel.get("budget_by_week").is_some() && channel.get("budget").is_none(),
        _ => false,
    };
    channels.iter().find(|entry| is_in_file(&entry.node.value)).map(|entry| entry.key.as_str())
}

/// The budget of each channel that has one.
///
/// # Errors
///
/// That one of them is written in a file alone, so that it can't be set.
pub(super) fn all_budgets(draft: &RawPlan) -> Result<Vec<(String, f64)>, String> {
    match without_budget(draft) {
        Some(name) => {
            Err(format!("{name} takes its budget from a file: write its sum as `budget` beside budget_by_week"))
        }
        None => Ok(budgets(draft)),
    }
}

/// The budget of each channel that writes one, in the order of the file.
pub(super) fn budgets(draft: &RawPlan) -> Vec<(String, f64)> {
    let Some(Value::Table(channels)) = draft.table().get("channels").map(|node| &node.value) else {
        return Vec::new();
    };
    channels
        .iter()
        .filter_map(|entry| {
            let Value::Table(channel) = &entry.node.value else {
                return None;
            };
            let budget = match &channel.get("budget")?.value {
                Value::Number(number) => *number,
                Value::Text(text) => parse_number(text).ok()?,
                _ => return None,
            };
            Some((entry.key.clone(), budget))
        })
        .collect()
}
