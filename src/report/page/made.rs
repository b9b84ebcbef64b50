//! How a page was made: what it takes to make it again.

use crate::scenario::{AsRun, RawPlan, Scenario};
use crate::units::Date;

use super::{Block, BlockKind, Section};

/// How results were made.
#[derive(Clone, Debug)]
pub struct Made {
    /// the command that makes them again, as one types it
    pub command: String,
    /// the plans as they were run: the name of each file, and its text
    pub scenarios: Vec<(String, String)>,
    /// the day
    pub day: Option<Date>,
    /// how many draws
    pub runs: u64,
    /// the seed
    pub seed: u64,
}

impl Made {
    /// By a command on a day: of plans that were run, each with the name of the file that its text goes to.
    #[must_use]
    pub fn of<'p, N: Into<String>>(
        command: String,
        day: Option<Date>,
        run: AsRun<'_>,
        plans: impl IntoIterator<Item = (N, &'p RawPlan, &'p Scenario)>,
    ) -> Self {
        let text = |(file, plan, scenario): (N, &RawPlan, &Scenario)| (file.into(), plan.as_run(scenario, run));
        let AsRun { runs, seed, .. } = run;
        Self { command, scenarios: plans.into_iter().map(text).collect(), day, runs, seed }
    }

    /// The plans as they were run: the name of each file and its bytes.
    pub fn texts(&self) -> impl Iterator<Item = (String, Vec<u8>)> {
        self.scenarios.iter().map(|(file, text)| (file.clone(), text.clone().into_bytes()))
    }

    pub(in crate::report) fn section(&self, scenario: &Scenario) -> Section {
        let mut blocks = vec![
            Block::text(
                "The same version gives the same figures again on the same platform: by this command from where it was run, or from the text below, saved as `scenario.toml`.",
            ),
            Block::new(BlockKind::Facts(self.facts(scenario))),
        ];
        for (name, text) in &self.scenarios {
            let kind = BlockKind::Source { name: format!("The plan as it was run: {name}"), text: text.clone() };
            blocks.push(Block::new(kind));
        }
        Section::of("made", "How this was made", blocks)
    }

    /// What it takes to make it again, each with its name.
    pub(in crate::report) fn facts(&self, scenario: &Scenario) -> Vec<(&'static str, String)> {
        let mut facts = vec![
            ("Made by", format!("foremix {}", env!("CARGO_PKG_VERSION"))),
            ("Command", self.command.clone()),
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
