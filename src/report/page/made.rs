//! How a page was made: what it takes to make it again.

use crate::scenario::Scenario;
use crate::units::Date;

use super::{Block, BlockKind, Section};

/// How results were made.
#[derive(Clone, Copy, Debug)]
pub struct Made<'a> {
    /// the command that makes them again, as one types it
    pub command: &'a str,
    /// the plans as they were run: the name of each, and its text
    pub scenarios: &'a [(String, String)],
    /// the day
    pub day: Option<Date>,
    /// how many draws
    pub runs: u64,
    /// the seed
    pub seed: u64,
}

impl Made<'_> {
    pub(in crate::report) fn section(&self, scenario: &Scenario) -> Section {
        let mut blocks = vec![
            Block::text(
                "The same version gives the same figures again on the same platform: by this command from where it was run, or from the text below, saved as `scenario.toml`.",
            ),
            Block::new(BlockKind::Facts(self.facts(scenario))),
        ];
        for (name, text) in self.scenarios {
            let kind = BlockKind::Source { name: format!("The plan as it was run: {name}"), text: text.clone() };
            blocks.push(Block::new(kind));
        }
        Section::of("made", "How this was made", blocks)
    }

    /// What it takes to make it again, each with its name.
    pub(in crate::report) fn facts(&self, scenario: &Scenario) -> Vec<(&'static str, String)> {
        let mut facts = vec![
            ("Made by", format!("foremix {}", env!("CARGO_PKG_VERSION"))),
            ("Command", self.command.to_owned()),
            ("Draws", crate::text::as_written(self.runs as f64)),
            ("Seed", self.seed.to_string()),
            ("Hash of the plan", scenario.hash.clone()),
        ];
        if let Some(day) = self.day {
            facts.insert(1, ("Day", day.in_words()));
        }
        facts
    }

    /// The line at the foot of the page.
    pub(in crate::report) fn foot(&self, scenario: &Scenario) -> String {
        let day = self.day.map_or_else(String::new, |day| format!(" · {}", day.in_words()));
        let draws = crate::text::count(self.runs as f64, "draw");
        format!("{}{day} · {draws} · seed {} · foremix {}", scenario.title(), self.seed, env!("CARGO_PKG_VERSION"))
    }
}
