//! The best mix as a scenario that builds on the plan.

use crate::analysis::Candidate;
use crate::reading::{quoted, split_setting};
use crate::units::{parse_number, plain};

use super::OptimizeReport;

impl OptimizeReport<'_> {
    /// The text of a scenario that builds on `scenario.toml` beside it and has the budgets of a mix; `what` says which.
    #[must_use]
    pub fn plan(&self, candidate: &Candidate, what: &str) -> String {
        let name = format!("{}: {what}", self.scenario.title());
        let mut text = format!(
            "# The {what} that foremix {} optimize found for {}, seed {}.\n# It builds on the plan beside it: foremix compare scenario.toml THIS.toml\nextends = \"scenario.toml\"\nname = {}\n\n",
            env!("CARGO_PKG_VERSION"),
            self.optimum.objective().written(),
            self.optimum.draws.seed,
            quoted(&name),
        );
        for setting in self.optimum.settings(candidate) {
            if let Some((path, value)) = split_setting(&setting) {
                text += &format!("{path} = {}\n", spelled(value));
            }
        }
        text
    }
}

/// A value of an option as one writes it in a file: numbers bare, words in quotes.
fn spelled(value: &str) -> String {
    match parse_number(value) {
        Ok(number) if !value.ends_with('%') => plain(number),
        _ if value.starts_with(['[', '{', '"', '\'']) => value.to_owned(),
        _ => quoted(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_spelled_as_in_a_file() {
        let spelled: Vec<String> = ["4k", "30%", "best_first", "[1, 2]", "a \"b\""].into_iter().map(spelled).collect();
        assert_eq!(spelled, ["4000", "\"30%\"", "\"best_first\"", "[1, 2]", "\"a \\\"b\\\"\""]);
    }
}
