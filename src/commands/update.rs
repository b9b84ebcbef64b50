//! `foremix update`: are we still on track? What came in the weeks that are over, laid over the plan of those that are left.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::analysis::update::{WeeksOver, update};
use crate::engine::{Forecast, Keeping, Load, Unwatched, forecast};
use crate::records::{ActualSource, ActualTerms, Actuals, Day, MapFile, Outcome, Reading};
use crate::report::{
    Destination, FilePlace, Format, Remade, Remaining, UPDATED, UpdateReport, draws_of, update_text, updated_plan,
    with_figures, without_open_deals, write_into,
};
use crate::scenario::{Loaded, RawPlan, Scenario};
use crate::text::printable;
use crate::units::Date;

use super::calibrate::{Calibrate, ExportOptions, Records, Target};
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
            (_, actuals) => self.learn(loaded, actuals, width),
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
        let Remade { draft: stated, mut notes } = Remaining { scenario, draft, over: &over }.as_stated();
        notes.extend(short_of_hours(&before, actuals));
        let draws = draws_of(&found);
        // While the plan is tried out its files of draws are nowhere to be seen.
        let aside = tempfile::tempdir().map_err(|error| Failure::File { path: std::env::temp_dir(), error })?;
        write_into(aside.path(), &draws).map_err(|error| Failure::File { path: aside.path().to_owned(), error })?;
        let came = self.look(&stated, runs, seed)?;
        let now = self.look(&with_figures(&stated, &found, &aside.path().to_string_lossy()), runs, seed)?;
        let report =
            UpdateReport { scenario, actuals, update: &found, notes: &notes, before: &before, came: &came, now: &now };
        let folder = out.parent().map_or_else(PathBuf::new, Path::to_owned);
        let beside = out.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let text = with_figures(&stated, &found, &beside).text_in(&folder);
        if !draws.is_empty() {
            let path = folder.join(&beside);
            write_into(&path, &draws).map_err(|error| Failure::File { path, error })?;
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

    /// Learns anew from exports, for the weeks that are left.
    fn learn(&self, loaded: Loaded, actuals: Option<Actuals>, width: usize) -> Result<Reply, Failure> {
        let Loaded { scenario, draft } = &loaded;
        let out = self.out.clone();
        let folder = out.unwrap_or_else(|| PathBuf::from("output").join(format!("{}-updated", scenario.results_name)));
        let place = Destination::at(&folder)?;
        let calibrate = Calibrate {
            exports: ExportOptions {
                deals: self.deals.clone(),
                leads: self.leads.clone(),
                orders: self.orders.clone(),
                mail: self.mail.clone(),
                map: self.map.clone(),
                as_of: self.as_of,
                reading: self.plan.reading.clone(),
            },
            ads: self.ads.clone(),
            weeks: None,
            into: self.scenario.clone(),
            out: Some(folder.clone()),
            formats: [Format::Png, Format::Svg].map(|format| format.word().to_owned()).to_vec(),
            quiet: self.quiet,
        };
        let records = Records::read(&calibrate.exports, &self.ads, &self.scenario, &scenario.currency)?;
        let Some(start) = scenario.plan.parts.horizon.start.map(Day::of) else {
            return Err(Failure::Usage(format!(
                "{}: which weeks are over depends on the first day of the plan: add start to [horizon]",
                self.scenario.display()
            )));
        };
        let as_of = records.deals.as_of;
        let weeks = (as_of.0 + 1 - start.0).div_euclid(7);
        let last = scenario.plan.parts.horizon.weeks;
        let Some(weeks) = usize::try_from(weeks).ok().filter(|weeks| *weeks < last) else {
            let why = if weeks < 0 { "has not begun" } else { "is over" };
            return Err(Failure::Usage(format!(
                "the plan of {last} weeks from {start} {why} on {as_of}, when the exports end"
            )));
        };
        let told = actuals.is_some();
        let silent = || Actuals { weeks, sources: vec![Vec::new(); scenario.plan.sources.len()], ..Actuals::default() };
        let actuals = actuals.unwrap_or_else(silent);
        if actuals.weeks != weeks {
            return Err(Failure::Usage(format!(
                "{} tells {} weeks, and the exports end on {as_of}, after {weeks} weeks of the plan",
                actuals.file, actuals.weeks
            )));
        }
        let mut over = WeeksOver::of(&scenario.plan, &actuals, &Default::default());
        (over.open, over.begun) = (Vec::new(), Vec::new());
        let won = records.deals.list.iter().filter(|deal| matches!(deal.outcome, Outcome::Won(day) if day >= start));
        let (wins, revenue) = won.fold((0.0, 0.0), |(wins, sum), deal| (wins + 1.0, sum + deal.amount.unwrap_or(0.0)));
        if !told {
            over.booked[0] += revenue;
            over.booked[1] += wins;
        }
        let left = Remaining { scenario, draft: &without_open_deals(draft), over: &over }.as_stated();
        let path = folder.join(WEEKS_LEFT);
        let plan = left.draft.named(&path);
        let text = format!(
            "{UPDATED} of {}, after {} up to {as_of}: {wins} deals won.\n\n{}",
            scenario.title(),
            crate::text::count(weeks as f64, "week"),
            plan.text_in(&folder)
        );
        let loaded = Loaded { scenario: plan.read()?, draft: plan };
        let mut notes = left.notes;
        if !told {
            notes.push("Spend of the weeks that are over is taken as planned: give --actuals where it was not.".into());
        }
        let beside = (WEEKS_LEFT.to_owned(), printable(&text).into_owned().into_bytes());
        calibrate.learn(records, &loaded, Target { place: &place, folder: &folder, beside: vec![beside], notes }, width)
    }
}

/// The plan of the weeks that are left, which the calibrated one builds on.
const WEEKS_LEFT: &str = "weeks-left.toml";

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
