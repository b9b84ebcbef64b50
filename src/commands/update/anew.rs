//! With exports at hand: learn anew as of the day they end, for the weeks that are left.

use std::path::PathBuf;

use crate::analysis::update::WeeksOver;
use crate::commands::calibrate::{Calibrate, ExportOptions, Records, Target};
use crate::commands::{Failure, Reply};
use crate::engine::{Load, Unwatched, forecast};
use crate::records::{Actuals, Day, Deals, Outcome};
use crate::report::{
    Destination, Format, Outlook, PLAN_FILE, Remade, Remaining, UPDATED, outlook_text, without_open_deals,
};
use crate::scenario::{Loaded, Scenario};
use crate::text::{count, printable};

use super::Update;

/// The plan of the weeks that are left, which the calibrated one builds on.
const WEEKS_LEFT: &str = "weeks-left.toml";

impl Update {
    /// Learns anew from exports, writes a folder, and replies with what was learnt.
    pub(super) fn learn(&self, loaded: &Loaded, actuals: Option<Actuals>, width: usize) -> Result<Reply, Failure> {
        let Loaded { scenario, draft } = loaded;
        let (runs, seed) = (self.plan.runs_of(scenario), self.plan.seed_of(scenario));
        Load::of_forecast(&scenario.plan).check(runs)?;
        let usual = || PathBuf::from("output").join(format!("{}-updated", scenario.results_name));
        let folder = self.out.clone().unwrap_or_else(usual);
        let place = Destination::at(&folder)?;
        let calibrate = self.calibrate(folder.clone());
        let records = Records::read(&calibrate.exports, &self.ads, &self.scenario, &scenario.currency)?;
        let elapsed = self.elapsed(scenario, &records.deals)?;
        let over = elapsed.over(scenario, actuals.as_ref(), &records.deals)?;
        let bare = without_open_deals(draft);
        let Remade { draft: plan, mut notes, .. } = Remaining { scenario, draft: &bare, over: &over }.as_stated("");
        if actuals.is_none() {
            notes.push("Spend of the weeks that are over is taken as planned: give --actuals where it was not.".into());
        }
        let plan = plan.named(&folder.join(WEEKS_LEFT));
        let text = format!(
            "{UPDATED} of {}, after {} up to {}.\n\n{}",
            scenario.title(),
            count(elapsed.weeks as f64, "week"),
            records.deals.as_of,
            plan.text_in(&folder)
        );
        let left = Loaded { scenario: plan.read()?, draft: plan };
        let beside = vec![(WEEKS_LEFT.to_owned(), printable(&text).into_owned().into_bytes())];
        let target = Target { place: &place, folder: &folder, beside, notes };
        let reply = calibrate.learn(records, &left, target, width)?;
        let Some(written) = reply.written.as_ref().filter(|_| !self.quiet) else { return Ok(reply) };
        let now = self.plan.reading.loader()?.load::<&str>(&written.join(PLAN_FILE), None, &[])?.scenario;
        let before = forecast(scenario, runs, seed, &Unwatched)?;
        let now = forecast(&now, runs, seed, &Unwatched)?;
        let outlook = Outlook { scenario, over: elapsed.weeks, before: &before, now: &now };
        Ok(Reply { text: format!("{}\n\n{}", outlook_text(&outlook, width), reply.text), ..reply })
    }

    /// The calibration that is asked for, with its results in a folder.
    fn calibrate(&self, folder: PathBuf) -> Calibrate {
        Calibrate {
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
            out: Some(folder),
            formats: [Format::Png, Format::Svg].map(|format| format.word().to_owned()).to_vec(),
            quiet: self.quiet,
        }
    }

    /// The whole weeks of the plan that are over when the exports end.
    fn elapsed(&self, scenario: &Scenario, deals: &Deals) -> Result<Elapsed, Failure> {
        let horizon = &scenario.plan.parts.horizon;
        let Some(start) = horizon.start.map(Day::of) else {
            return Err(Failure::Usage(format!(
                "{}: which weeks are over depends on the first day of the plan: add start to [horizon]",
                self.scenario.display()
            )));
        };
        let weeks = (deals.as_of.0 + 1 - start.0).div_euclid(7);
        match usize::try_from(weeks).ok().filter(|weeks| *weeks < horizon.weeks) {
            Some(weeks) => Ok(Elapsed { start, weeks }),
            None => Err(Failure::Usage(format!(
                "the plan of {} weeks from {start} {} on {}, when the exports end",
                horizon.weeks,
                if weeks < 0 { "has not begun" } else { "is over" },
                deals.as_of
            ))),
        }
    }
}

/// Weeks of a plan that are over.
#[derive(Clone, Copy, Debug)]
struct Elapsed {
    start: Day,
    weeks: usize,
}

impl Elapsed {
    /// Where the plan stands: as the weeks tell it, else with the deals that were won since the start. Deals that are open
    /// now are told by the exports.
    fn over(&self, scenario: &Scenario, actuals: Option<&Actuals>, deals: &Deals) -> Result<WeeksOver, Failure> {
        if let Some(told) = actuals.filter(|told| told.weeks != self.weeks) {
            return Err(Failure::Usage(format!(
                "{} tells {}, and the exports end on {}, after {} of the plan",
                told.file,
                count(told.weeks as f64, "week"),
                deals.as_of,
                count(self.weeks as f64, "week")
            )));
        }
        let sources = || vec![Vec::new(); scenario.plan.sources.len()];
        let silent = || Actuals { weeks: self.weeks, sources: sources(), ..Actuals::default() };
        let told = actuals.cloned().unwrap_or_else(silent);
        let mut over = WeeksOver::of(&scenario.plan, &told, &Default::default());
        (over.open, over.begun) = (Vec::new(), Vec::new());
        if actuals.is_none() {
            let is_won = |deal: &&crate::records::Deal| matches!(deal.outcome, Outcome::Won(day) if day >= self.start);
            for deal in deals.list.iter().filter(is_won) {
                over.booked.revenue += deal.amount.unwrap_or(0.0);
                over.booked.wins += 1.0;
            }
        }
        Ok(over)
    }
}
