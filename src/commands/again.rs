//! The command that gives the same results again, as one types it into a shell.

use crate::text::shell_word;

use super::options::PlanOptions;

/// A command, word by word, its program left out.
pub(super) struct Words(Vec<String>);

impl Words {
    /// The start of a command.
    pub(super) fn of(subcommand: &str) -> Self {
        Self(vec![subcommand.to_owned()])
    }

    /// One more word.
    pub(super) fn word(&mut self, word: &str) {
        self.0.push(word.to_owned());
    }

    /// An option with its value, where it has one.
    pub(super) fn option(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.word(name);
            self.word(value);
        }
    }

    /// The whole command, with what is changed in the plan and how it is simulated.
    pub(super) fn plan(mut self, plan: &PlanOptions, runs: u64, seed: u64) -> String {
        self.settings(plan);
        self.option("--runs", Some(&runs.to_string()));
        self.option("--seed", Some(&seed.to_string()));
        typed(&self.0)
    }

    /// What is changed in the plan, and its seed.
    pub(super) fn plan_of_part(&mut self, plan: &PlanOptions, seed: u64) {
        self.settings(plan);
        self.option("--seed", Some(&seed.to_string()));
    }

    /// What is changed in the plan.
    fn settings(&mut self, plan: &PlanOptions) {
        plan.set.iter().for_each(|setting| self.option("--set", Some(setting)));
    }

    /// The words.
    pub(super) fn into_words(self) -> Vec<String> {
        self.0
    }
}

/// A command as one types it into a shell.
pub(super) fn typed(words: &[String]) -> String {
    words.iter().fold("foremix".to_owned(), |line, word| format!("{line} {}", shell_word(word)))
}
