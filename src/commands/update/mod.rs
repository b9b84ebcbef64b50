//! `foremix update`: are we still on track? What came in the weeks that are over, laid over the plan of those that are left.

mod anew;

use std::path::{Path, PathBuf};

use clap::Args;

use crate::analysis::update::{WeeksOver, update};
use crate::engine::{Forecast, Keeping, Load, Unwatched, forecast};
use crate::records::{ActualSource, ActualTerms, Actuals, Day, MapFile, Reading};
use crate::report::{
    FilePlace, MadeFiles, Remade, Remaining, UPDATED, UpdateReport, draws_of, update_text, updated_plan, with_figures,
    write_into,
};
use crate::scenario::{Loaded, RawPlan, Scenario};
use crate::text::printable;
use crate::units::Date;

use super::options::PlanOptions;
use super::{Failure, Reply};

/// Arguments of `foremix update`.
#[derive(Args, Clone, Debug)]
pub struct Update {
    /// The plan whose weeks are under way
    #[arg(value_name = "SCENARIO")]
    pub scenario: PathBuf,
    /// What came so far: a CSV with a row for each week and channel (week, channel, spend, clicks, leads, wins, revenue)
    #[arg(long, value_name = "FILE", required_unless_present = "deals")]
    pub actuals: Option<PathBuf>,
    /// In place of that or beside it, deals of a CRM: what they say is learnt anew, as calibrate does
    #[arg(long, value_name = "FILE")]
    pub deals: Option<PathBuf>,
    /// Leads or contacts, each with the day it came
    #[arg(long, value_name = "FILE", requires = "deals")]
    pub leads: Option<PathBuf>,
    /// Spend and clicks of ads, by day or week (may be repeated)
    #[arg(long, value_name = "FILE", requires = "deals")]
    pub ads: Vec<PathBuf>,
    /// Orders of customers, each with its customer and its day
    #[arg(long, value_name = "FILE", requires = "deals")]
    pub orders: Option<PathBuf>,
    /// Mailings, each with its deliveries, unique clicks and unsubscribes
    #[arg(long, value_name = "FILE", requires = "deals")]
    pub mail: Option<PathBuf>,
    /// What the exports leave open: answers in TOML
    #[arg(long, value_name = "FILE", requires = "deals")]
    pub map: Option<PathBuf>,
    /// The day the exports were made [default: the last day that they record]
    #[arg(long, value_name = "DATE", requires = "deals")]
    pub as_of: Option<Date>,
    /// Where the plan of the weeks that are left goes; with --deals a folder [default: PLAN-weekN.toml beside the plan]
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Print nothing but errors
    #[arg(long)]
    pub quiet: bool,
    /// What is changed in the plan, and how it is simulated
    #[command(flatten)]
    pub plan: PlanOptions,
}

impl Update {
    /// Reads what came, writes the plan of the weeks that are left, and replies with what moved.
    ///
    /// # Errors
    ///
    /// Why it could not be done; nothing is written then.
    pub fn execute(&self, width: usize) -> Result<Reply, Failure> {
        let loaded = self.plan.load(&self.scenario, None)?;
        let actuals = self.actuals.as_ref().map(|path| self.read(path, &loaded.scenario)).transpose()?;
        match (&self.deals, actuals) {
            (None, Some(actuals)) => self.condition(&loaded, &actuals, width),
            (_, actuals) => self.learn(&loaded, actuals, width),
        }
    }

    /// What came, as the file tells it.
    fn read(&self, path: &Path, scenario: &Scenario) -> Result<Actuals, Failure> {
        let mut reading = Reading::new(self.plan.reading.files()?, MapFile::default());
        let plan = &scenario.plan;
        let channel = |at: usize| plan.parts.channels[at].label.clone();
        let named = plan.sources.iter().map(|source| ActualSource {
            name: source.name.clone(),
            label: source.channel.map_or_else(|| source.name.clone(), channel),
        });
        let mut sources: Vec<ActualSource> = named.collect();
        if plan.parts.customers.is_some() {
            sources.push(ActualSource { name: "repeat".into(), label: "repeat orders".into() });
        }
        let horizon = &plan.parts.horizon;
        let terms = ActualTerms { start: horizon.start.map(Day::of), horizon: horizon.weeks, sources: &sources };
        match Actuals::read(&mut reading, path, terms).filter(|_| reading.faults.is_empty()) {
            Some(actuals) => Ok(actuals),
            None => Err(Failure::Records(reading.faults)),
        }
    }

    /// Lays what came over the figures as they were stated.
    fn condition(&self, loaded: &Loaded, actuals: &Actuals, width: usize) -> Result<Reply, Failure> {
        let Loaded { scenario, draft } = loaded;
        let out = self.out.clone().unwrap_or_else(|| self.default_out(actuals.weeks + 1));
        let place = FilePlace::at(&out, |start| start.starts_with(UPDATED.as_bytes()))?;
        let (runs, seed) = (self.plan.runs_of(scenario), self.plan.seed_of(scenario));
        Load::of_forecast(&scenario.plan).check(runs)?;
        let found = update(&scenario.plan, actuals)?;
        let over = WeeksOver::of(&scenario.plan, actuals, &found);
        let before = forecast(scenario, runs, seed, &Unwatched)?;
        // While the plan is tried out, the files that it names are nowhere to be seen.
        let private = tempfile::tempdir().map_err(|error| Failure::File { path: std::env::temp_dir(), error })?;
        let aside = private.path();
        let folder = out.parent().map_or_else(PathBuf::new, Path::to_owned);
        let beside = out.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let remaining = Remaining { scenario, draft, over: &over };
        let tried = remaining.as_stated(&aside.to_string_lossy());
        let Remade { draft: stated, mut notes, files: deals } = remaining.as_stated(&beside);
        notes.extend(short_of_hours(&before, actuals));
        let files: MadeFiles = draws_of(&found).into_iter().chain(deals).collect();
        write_into(aside, &files).map_err(|error| Failure::File { path: aside.to_owned(), error })?;
        let came = self.look(&tried.draft, runs, seed)?;
        let now = self.look(&with_figures(&tried.draft, &found, &aside.to_string_lossy()), runs, seed)?;
        let report =
            UpdateReport { scenario, actuals, update: &found, notes: &notes, before: &before, came: &came, now: &now };
        let text = with_figures(&stated, &found, &beside).text_in(&folder);
        if !files.is_empty() {
            let path = folder.join(&beside);
            write_into(&path, &files).map_err(|error| Failure::File { path, error })?;
        }
        place.write(printable(&updated_plan(&report, &text)).as_bytes())?;
        let text = match self.quiet {
            true => String::new(),
            false => format!(
                "{}\n\nWritten to {out}\nNext: foremix run {out}\n",
                update_text(&report, width),
                out = out.display()
            ),
        };
        Ok(Reply { text, written: Some(out), ..Reply::default() })
    }

    /// The forecast of a plan, without figures by week and source.
    fn look(&self, draft: &RawPlan, runs: u64, seed: u64) -> Result<Forecast, Failure> {
        let scenario = draft.read()?;
        let ask = crate::engine::RunSpec { details: false, ..Forecast::spec(&scenario, runs, seed) };
        Ok(Forecast::simulate(&scenario, &ask, Keeping::Columns, &Unwatched)?)
    }

    fn default_out(&self, week: usize) -> PathBuf {
        let stem = self.scenario.file_stem().unwrap_or_default().to_string_lossy();
        self.scenario.with_file_name(format!("{stem}-week{week}.toml"))
    }
}

/// Above this share of quarters that are short of hours, leads that came are not leads that were worked.
const OFTEN_SHORT: f64 = 0.2;

/// What is to be said where the team is often short of hours.
fn short_of_hours(before: &Forecast, actuals: &Actuals) -> Option<String> {
    let tells = actuals.sources.iter().flatten().any(|week| week.worked.is_some());
    (before.limits.hours > OFTEN_SHORT && !tells && actuals.weeks > 0).then(|| {
        format!(
            "The team is short of hours in {} of quarters: every lead that came is taken to have been worked. Where leads \
             wait, give a column worked.",
            crate::text::percent(before.limits.hours)
        )
    })
}
