//! The forecast of what was moved: from the first draws while it moves, from all of them at rest.

use serde::{Deserialize, Serialize};

use crate::analysis::Marginal;
use crate::analysis::sensitivity::rests_on;
use crate::engine::{Forecast, Load, Progress, forecast};
use crate::model::outcomes::OutcomeId;
use crate::report::{self, ForecastReport, Glance, Made, RestsOn, Shown};
use crate::scenario::{AsRun, Loaded, Scenario};
use crate::text::shell_word;
use crate::units::Date;

use super::faults::Trouble;
use super::plans::{Luck, Plans};
use super::state::State;

/// Draws of a look while something moves: one block, the first of every run.
const FIRST_DRAWS: u64 = 1_024;

/// Columns of lines, as in a terminal that nobody has measured.
const WIDTH: usize = 80;

/// How many draws to look at.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(super) enum Extent {
    /// the first, while something moves
    First,
    /// all, with what a little more would bring
    All,
}

/// The forecast of a page.
pub(super) fn look(plans: &Plans, state: &State, extent: Extent, progress: &dyn Progress) -> Result<Glance, Trouble> {
    let Loaded { scenario, .. } = plans.load(state)?;
    let luck = plans.luck(&scenario);
    match extent {
        Extent::First => {
            let forecast = forecast(&scenario, luck.runs.min(FIRST_DRAWS), luck.seed, progress)?;
            Ok(Glance::first(&scenario, &forecast))
        }
        Extent::All => {
            let whole = Whole::of(&scenario, luck, progress)?;
            Ok(Glance::whole(&scenario, &whole.forecast, &whole.marginal, &whole.rests_on))
        }
    }
}

/// All that `foremix run` works out.
struct Whole {
    forecast: Forecast,
    marginal: Marginal,
    rests_on: RestsOn,
}

impl Whole {
    fn of(scenario: &Scenario, luck: Luck, progress: &dyn Progress) -> Result<Self, Trouble> {
        let Luck { runs, seed } = luck;
        Load::of_columns(1, OutcomeId::all().count() as u64).with_details(&scenario.plan).check(runs)?;
        let forecast = forecast(scenario, runs, seed, progress)?;
        let marginal = Marginal::of(scenario, forecast.draws.count(), seed, progress)?;
        let outcome = scenario.steering_outcome();
        let rests_on = RestsOn { outcome, swings: rests_on(scenario, &forecast.draws, seed, outcome) };
        Ok(Self { forecast, marginal, rests_on })
    }
}

/// What a forecast is handed over as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// `report.html`
    Page,
    /// `forecast.xlsx`
    Workbook,
}

/// A file to hand over.
pub(super) fn hand_over(
    plans: &Plans,
    state: &State,
    form: Form,
    day: Date,
    progress: &dyn Progress,
) -> Result<Vec<u8>, Trouble> {
    let Loaded { scenario, draft } = plans.load(state)?;
    let luck = plans.luck(&scenario);
    let whole = Whole::of(&scenario, luck, progress)?;
    let Luck { runs, seed } = luck;
    let run = AsRun { runs, seed, folder: plans.folder(), varied: &[] };
    let made = Made::of(command(&scenario, state, luck), Some(day), run, [("scenario.toml", &draft, &scenario)]);
    let report = ForecastReport {
        scenario: &scenario,
        plan: &draft,
        forecast: &whole.forecast,
        marginal: &whole.marginal,
        shown: Shown { outcomes: &[], precision: None, rests_on: &whole.rests_on, width: WIDTH },
        made: &made,
        with_draws: false,
    };
    match form {
        Form::Page => Ok(report.page().html().into_bytes()),
        Form::Workbook => report.workbook().map_err(|error| Trouble::Unfit(error.to_string())),
    }
}

/// The command that gives the same figures in a terminal.
fn command(scenario: &Scenario, state: &State, luck: Luck) -> String {
    let mut words = vec!["run".to_owned(), scenario.path.to_string_lossy().into_owned()];
    words.extend(state.variant.iter().flat_map(|variant| ["--variant".to_owned(), variant.clone()]));
    words.extend(state.options().into_iter().flat_map(|option| ["--set".to_owned(), option]));
    words.extend(["--runs".to_owned(), luck.runs.to_string(), "--seed".to_owned(), luck.seed.to_string()]);
    let words: Vec<String> = words.iter().map(|word| shell_word(word)).collect();
    format!("foremix {}", words.join(" "))
}

/// The summary that `foremix run --json` prints.
#[derive(Serialize)]
pub(super) struct Summed {
    /// the command that prints it
    command: String,
    /// the summary
    summary: report::summary::Summary,
}

/// The summary of a page's plan, as `foremix run --json` prints it, but for the time that it took.
pub(super) fn summary(plans: &Plans, state: &State, progress: &dyn Progress) -> Result<Summed, Trouble> {
    let Loaded { scenario, .. } = plans.load(state)?;
    let luck = plans.luck(&scenario);
    let whole = Whole::of(&scenario, luck, progress)?;
    let mut summary = report::summary_with_returns(&scenario, &whole.forecast, &whole.marginal, 0.0);
    summary.rests_on = Some(whole.rests_on.summary());
    Ok(Summed { command: command(&scenario, state, luck), summary })
}
