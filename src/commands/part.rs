//! `--draws FIRST..LAST --part FILE`: some draws of a command, for `foremix merge`.

use std::ops::Range;
use std::path::PathBuf;

use clap::Args;

use crate::engine::{Draws, Forecast, Keeping, Load, PartDraws, PartOf, Progress, RunSpec, join, run_each};
use crate::model::plan::Plan;
use crate::parts::{Body, Header, PartFault, PartFaults, PartFile, begins_like_a_part, encode, this_build, told};
use crate::reading::Files;
use crate::report::FilePlace;
use crate::scenario::{MOST_RUNS, Scenario};

use super::again::Words;
use super::{Failure, Reply};

/// Options that ask for a part.
#[derive(Args, Clone, Debug)]
pub struct PartOptions {
    /// Simulate only these draws, counted from 1, for foremix merge: 1..250000 (in place of --runs)
    #[arg(long, value_name = "FIRST..LAST", requires = "part", conflicts_with_all = ["runs", "out", "json"], value_parser = parse_draws)]
    pub draws: Option<Range<u64>>,
    /// With --draws: the file that they are written to
    #[arg(long, value_name = "FILE", requires = "draws")]
    pub part: Option<PathBuf>,
}

/// Reads `1..250000` or `250_001..500k`: the first and the last, counted from 1.
fn parse_draws(text: &str) -> Result<Range<u64>, String> {
    let wrong = || {
        let most = crate::units::written(MOST_RUNS);
        format!("expected the first and the last draw, from 1 to {most}, for example 1..250000")
    };
    let number = |text: &str| {
        let number = crate::units::parse_number(text).ok()?;
        (number.fract() == 0.0 && (1.0..=MOST_RUNS).contains(&number)).then_some(number as u64)
    };
    let (first, last) = text.split_once("..").ok_or_else(wrong)?;
    let (first, last) = number(first).zip(number(last)).ok_or_else(wrong)?;
    if first > last { Err(wrong()) } else { Ok(first - 1..last) }
}

/// What a part is of.
pub(super) struct Whole<'c> {
    /// the command without its draws
    pub(super) command: Words,
    /// what was read for it
    pub(super) files: &'c Files,
    /// its scenarios
    pub(super) scenarios: Vec<&'c Scenario>,
    /// its seed
    pub(super) seed: u64,
    /// what it simulates, in the order in which it asks for that
    pub(super) simulations: Vec<(&'c Plan, RunSpec)>,
}

impl PartOptions {
    /// Whether a part is asked for.
    pub(super) fn are_given(&self) -> bool {
        self.draws.is_some()
    }

    /// The draws that are asked for.
    pub(super) fn draws(&self) -> Range<u64> {
        self.draws.clone().unwrap_or_default()
    }

    /// Simulates the part and writes its file.
    ///
    /// # Errors
    ///
    /// Why it could not be done; nothing is written then.
    pub(super) fn write(&self, whole: Whole<'_>, progress: &dyn Progress) -> Result<Reply, Failure> {
        let (draws, path) = (self.draws(), self.part.clone().unwrap_or_default());
        let place = FilePlace::at(&path, begins_like_a_part)?;
        let runs = draws.end - draws.start;
        let columns = whole.simulations.iter().map(|(_, ask)| ask.outcomes.len() as u64).sum();
        Load::of_columns(1, columns).check(runs)?;
        let times = whole.simulations.len() as u64;
        progress.begin(runs * times, runs * times);
        let mut simulations = Vec::with_capacity(whole.simulations.len());
        for (plan, ask) in whole.simulations {
            let ask = RunSpec { draws: draws.clone(), ..ask };
            simulations.push(PartDraws::simulate(plan, &ask, &PartOf(progress))?);
        }
        let (version, target) = this_build();
        let header = Header {
            version,
            target,
            command: whole.command.into_words(),
            scenarios: whole.scenarios.iter().map(|scenario| scenario.hash.clone()).collect(),
            seed: whole.seed,
            draws,
        };
        let files = whole
            .files
            .packed()
            .map_err(|error| Failure::Usage(format!("a file of the plan can't be read again for the part: {error}")))?;
        place.write(&encode(&header, &Body { files, simulations }))?;
        Ok(Reply::said(format!(
            "Wrote {}: the draws {} of {}.\nWhen every part is there: foremix merge *.part\n",
            path.display(),
            header.told(),
            whole.scenarios.first().map_or_else(String::new, |scenario| scenario.title()),
        )))
    }
}

/// Where the draws of a command come from.
pub(super) enum DrawSource {
    /// they are simulated
    Simulation,
    /// they were simulated before, part by part
    Parts(Vec<OpenPart>),
}

/// A part of which draws are taken.
pub(super) struct OpenPart {
    file: PartFile,
    /// its draws, simulation by simulation, once they are read
    rest: Option<std::vec::IntoIter<PartDraws>>,
}

impl OpenPart {
    /// A part, nothing of which is in memory yet.
    pub(super) fn of(file: PartFile) -> Self {
        Self { file, rest: None }
    }

    /// What it holds of the next simulation.
    fn next(&mut self, ask: &RunSpec) -> Result<PartDraws, Failure> {
        let broken = |fault| Failure::Parts(PartFaults(vec![fault]));
        let rest = match &mut self.rest {
            Some(rest) => rest,
            None => self.rest.insert(self.file.body().map_err(broken)?.simulations.into_iter()),
        };
        let own = RunSpec { draws: self.file.whole.header.draws.clone(), ..ask.clone() };
        rest.next().filter(|draws| draws.is_of(&own)).ok_or_else(|| {
            let why = format!("does not hold the draws {} of every plan of its command", told(&own.draws));
            broken(PartFault::Other { path: self.file.whole.path.clone(), why })
        })
    }
}

impl DrawSource {
    /// The draws of the next simulations of a command.
    ///
    /// # Errors
    ///
    /// That it was stopped, or that a part does not hold them.
    pub(super) fn draws(
        &mut self,
        plans: &[&Plan],
        ask: &RunSpec,
        progress: &dyn Progress,
    ) -> Result<Vec<Draws>, Failure> {
        match self {
            Self::Simulation => Ok(run_each(plans, ask, progress)?),
            Self::Parts(parts) => {
                let joined = plans.iter().map(|plan| {
                    let parts = parts.iter_mut().map(|part| part.next(ask));
                    join(plan, ask, parts, &PartOf(progress))
                });
                joined.collect()
            }
        }
    }

    /// The forecast of a command that simulates nothing else; one part after the other is in memory.
    ///
    /// # Errors
    ///
    /// That it was stopped, or that a part does not hold its draws.
    pub(super) fn forecast(
        self,
        scenario: &Scenario,
        ask: &RunSpec,
        keeping: Keeping,
        progress: &dyn Progress,
    ) -> Result<Forecast, Failure> {
        match self {
            Self::Simulation => Ok(Forecast::simulate(scenario, ask, keeping, &PartOf(progress))?),
            Self::Parts(parts) => {
                let parts = parts.into_iter().map(|mut part| part.next(ask));
                Forecast::join(scenario, ask, keeping, parts, &PartOf(progress))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::parse_draws;

    #[test]
    fn draws_are_counted_from_1_and_the_last_is_one_of_them() {
        assert_eq!(parse_draws("1..250000"), Ok(0..250_000));
        assert_eq!(parse_draws("250_001..500k"), Ok(250_000..500_000));
        assert_eq!(parse_draws("7..7"), Ok(6..7));
        for wrong in ["", "5", "0..5", "5..4", "1..1e9", "1.5..3", "a..b", "1...3"] {
            assert!(parse_draws(wrong).is_err(), "{wrong}");
        }
    }
}
