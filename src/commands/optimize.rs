//! `foremix optimize`: which mix is best?

use std::path::PathBuf;
use std::time::Instant;

use clap::Args;

use crate::analysis::{
    Axis, Condition, Figure, Further, Objective, OptimizeError, Optimizer, Question, Sample, Scope, read_bounds,
    read_values,
};
use crate::engine::Progress;
use crate::model::outcomes::OutcomeId;
use crate::reading::{Diagnostic, SourceId, Span};
use crate::report::{Format, Made, OptimizeReport, page_files};
use crate::scenario::{AsRun, Loaded, OPTIMIZED, RawPlan, Scenario};
use crate::units::parse_number;

use super::again::Words;
use super::option_text::{channel_at, channel_named, read_option};
use super::options::{OutputOptions, PlanOptions, charts};
use super::{Failure, Reply};

/// Arguments of `foremix optimize`.
#[derive(Args, Clone, Debug)]
pub struct Optimize {
    /// The scenario file
    pub scenario: PathBuf,
    /// What is to be as high as possible: an outcome (profit, revenue, wins), "p10(profit)", "cvar10(revenue)",
    /// "chance(revenue>=900k)" [default: profit with what follows, profit where nothing follows, revenue where there is no
    /// margin]
    #[arg(long, value_name = "FIGURE")]
    pub maximize: Option<String>,
    /// What all channels may get together [default: what they have in the plan]
    #[arg(long, value_name = "MONEY", allow_negative_numbers = true)]
    pub total: Option<String>,
    /// The ends of a budget: search=20k..90k (may be repeated)
    #[arg(long, value_name = "CHANNEL=LOW..HIGH")]
    pub between: Vec<String>,
    /// A channel that keeps its budget (may be repeated)
    #[arg(long, value_name = "CHANNEL")]
    pub lock: Vec<String>,
    /// What one piece costs, where a channel is bought in pieces: print=7k (may be repeated) [default: what one insertion or
    /// event costs]
    #[arg(long, value_name = "CHANNEL=MONEY")]
    pub step: Vec<String>,
    /// Another figure to choose, and its values: sales.reps.team.count=1..5 (may be repeated)
    #[arg(long, value_name = "PATH=VALUES", allow_hyphen_values = true)]
    pub also: Vec<String>,
    /// What must hold: "p10(revenue)>=600k", "chance(profit>=0)>=90%" (may be repeated)
    #[arg(long, value_name = "CONDITION")]
    pub subject_to: Vec<String>,
    /// Also the best mixes as P10 weighs more and more beside the mean
    #[arg(long)]
    pub frontier: bool,
    /// Also the best mix of other totals: 60k..200k:8
    #[arg(long, value_name = "VALUES", allow_hyphen_values = true)]
    pub totals: Option<String>,
    /// A variant of the plan: [variants.NAME] in the file
    #[arg(long, value_name = "NAME")]
    pub variant: Option<String>,
    /// What is changed in the file
    #[command(flatten)]
    pub plan: PlanOptions,
    /// Where the results go
    #[command(flatten)]
    pub output: OutputOptions,
}

impl Optimize {
    /// Searches for the best mix, writes its folder, and replies with what was found.
    ///
    /// # Errors
    ///
    /// Why it could not be done; nothing is written then.
    pub fn execute(&self, width: usize, progress: &dyn Progress) -> Result<Reply, Failure> {
        let formats = self.output.formats("optimize", Format::TOLD)?;
        let started = Instant::now();
        let Loaded { scenario, draft } = self.plan.load(&self.scenario, self.variant.as_deref())?;
        let question = self.question(&scenario)?;
        let further = Further { frontier: self.frontier, totals: self.other_totals()? };
        let also = self.others(&draft)?;
        let draws = Sample { runs: self.plan.runs_of(&scenario), seed: self.plan.seed_of(&scenario) };
        let optimizer = Optimizer::read(question, further, (&draft, &scenario), &also, draws).map_err(failure)?;
        optimizer.load().check(draws.runs)?;
        let name = format!("{}{OPTIMIZED}", scenario.results_name);
        let place = self.output.place(&name)?;
        let optimum = optimizer.run(progress).map_err(failure)?;
        let report = OptimizeReport::of(&scenario, &optimum);
        let summary = report.summary(started.elapsed().as_secs_f64());
        let options = charts(&formats);
        let mut files = report.draw(&options)?;
        let Sample { runs, seed } = draws;
        let run = AsRun { runs, seed, folder: &self.output.folder(&name), varied: &[] };
        let made = Made::of(self.command(runs, seed), options.day, run, [("scenario.toml", &draft, &scenario)]);
        files.extend(page_files(&formats, || report.page(&draft, &made))?);
        files.extend(made.texts());
        files.push(("best.toml".into(), report.plan(&optimum.best, "best mix").into_bytes()));
        if let Some(second) = &optimum.second {
            files.push(("second.toml".into(), report.plan(second, "mix that moves less").into_bytes()));
        }
        let mut reply = self.output.deliver(&place, files, &summary, || report.text(width), progress)?;
        reply.troubles.extend(report.no_solution().map(Failure::NoSolution));
        Ok(reply)
    }

    /// The command that gives the same figures again.
    fn command(&self, runs: u64, seed: u64) -> String {
        let mut words = Words::of("optimize");
        words.word(&self.scenario.to_string_lossy());
        words.option("--maximize", self.maximize.as_deref());
        words.option("--total", self.total.as_deref());
        let lists = [
            ("--between", &self.between),
            ("--lock", &self.lock),
            ("--step", &self.step),
            ("--also", &self.also),
            ("--subject-to", &self.subject_to),
        ];
        for (name, values) in lists {
            values.iter().for_each(|value| words.option(name, Some(value)));
        }
        if self.frontier {
            words.word("--frontier");
        }
        words.option("--totals", self.totals.as_deref());
        words.option("--variant", self.variant.as_deref());
        words.plan(&self.plan, runs, seed)
    }

    fn question(&self, scenario: &Scenario) -> Result<Question, Failure> {
        let has_margin = scenario.plan.parts.finance.gross_margin.is_some();
        let objective = match &self.maximize {
            None => Objective::mean_of(scenario.steering_outcome()),
            Some(text) => read_option("--maximize", text, |source| {
                let objective = Scope { source, has_margin }.objective(text)?;
                most_of(objective, text, source)
            })?,
        };
        let conditions: Result<Vec<Condition>, Failure> = self
            .subject_to
            .iter()
            .map(|text| read_option("--subject-to", text, |source| Scope { source, has_margin }.condition(text)))
            .collect();
        let total = match &self.total {
            Some(text) => Some(read_option("--total", text, |source| money(text, 0, source))?),
            None => None,
        };
        let between: Result<Vec<(String, f64, f64)>, Failure> = self
            .between
            .iter()
            .map(|text| {
                read_option("--between", text, |source| {
                    let (name, start) = named(text, source, scenario, "search=20k..90k")?;
                    let (low, high) = read_bounds(&text[start..], start, source)?;
                    if low < 0.0 {
                        let place = Span { source, span: start..text.len() };
                        return Err(Diagnostic::at(&place, "a budget is 0 or more", "below 0"));
                    }
                    Ok((name, low, high))
                })
            })
            .collect();
        let steps: Result<Vec<(String, f64)>, Failure> = self
            .step
            .iter()
            .map(|text| {
                read_option("--step", text, |source| {
                    let (name, start) = named(text, source, scenario, "print=7k")?;
                    Ok((name, money(&text[start..], start, source)?))
                })
            })
            .collect();
        let locked: Result<Vec<String>, Failure> =
            self.lock.iter().map(|name| channel_named("--lock", name, scenario)).collect();
        Ok(Question { objective, conditions: conditions?, total, between: between?, locked: locked?, steps: steps? })
    }

    /// Other figures that are chosen with the mix.
    fn others(&self, draft: &RawPlan) -> Result<Vec<Axis>, Failure> {
        let unfit = |why: String| Failure::Usage(format!("--also: {why}"));
        let mut axes: Vec<Axis> = Vec::new();
        for option in &self.also {
            let axis = Axis::read(option, draft).map_err(unfit)?;
            if axis.path.starts_with("channels.") && axis.path.ends_with(".budget") {
                return Err(unfit(format!("{} is chosen anyway; its ends are given by --between", axis.path)));
            }
            if axes.iter().any(|own| own.path == axis.path) {
                return Err(unfit(format!("{} is listed twice", axis.path)));
            }
            axes.push(axis);
        }
        Ok(axes)
    }

    fn other_totals(&self) -> Result<Vec<f64>, Failure> {
        let Some(text) = &self.totals else { return Ok(Vec::new()) };
        let unfit = |why: String| Failure::Usage(format!("--totals: {why}"));
        let values = read_values(text, false).map_err(unfit)?;
        let totals: Option<Vec<f64>> =
            values.list.iter().map(|value| value.number.filter(|total| *total > 0.0)).collect();
        totals.ok_or_else(|| unfit("expected sums of money above 0, for example 60k..200k:8".into()))
    }
}

fn failure(error: OptimizeError) -> Failure {
    match error {
        OptimizeError::Load(error) => error.into(),
        OptimizeError::Unfit(why) => Failure::Usage(why),
        OptimizeError::Stopped(stopped) => stopped.into(),
    }
}

/// Of a cost nobody wants as much as possible.
fn most_of(objective: Objective, text: &str, source: SourceId) -> Result<Objective, Diagnostic> {
    let outcome = objective.outcome.outcome();
    if objective.higher_is_better() || matches!(objective.figure, Figure::Chance(_)) {
        return Ok(objective);
    }
    let place = Span { source, span: 0..text.len() };
    let message = format!("of {} less is better", outcome.key);
    let profit = OutcomeId::named("profit").map_or("profit", |id| id.outcome().key);
    let fault = Diagnostic::at(&place, message, "a cost");
    Err(fault
        .help(format!("write \"chance({}<=…)\", or --maximize {profit} with --subject-to \"{text}<=…\"", outcome.key)))
}

/// The channel before the `=` of an option, and where what follows begins.
fn named(text: &str, source: SourceId, scenario: &Scenario, example: &str) -> Result<(String, usize), Diagnostic> {
    // A name may itself hold a =.
    let Some(at) = text.rfind('=') else {
        let place = Span { source, span: 0..text.len() };
        let fault = Diagnostic::at(&place, "expected CHANNEL=…", "`=` is missing");
        return Err(fault.help(format!("write for example {example}")));
    };
    let bare = text[..at].trim();
    let bare = bare.strip_prefix("channels.").map_or(bare, |rest| rest.strip_suffix(".budget").unwrap_or(rest));
    let start = text.find(bare).unwrap_or(0);
    let name = channel_at(bare, start..start + bare.len(), source, scenario)?;
    Ok((name, at + 1))
}

/// A sum of money above 0, which begins at byte `start` of an option.
fn money(text: &str, start: usize, source: SourceId) -> Result<f64, Diagnostic> {
    let bare = text.trim();
    let from = start + text.len() - text.trim_start().len();
    let place = Span { source, span: from..from + bare.len() };
    match parse_number(bare) {
        Ok(money) if money > 0.0 && money <= crate::units::LARGEST => Ok(money),
        Ok(_) => Err(Diagnostic::at(&place, "expected money above 0", "not above 0").help("for example 120k")),
        Err(why) => Err(Diagnostic::at(&place, "expected money", why).help("for example 120k")),
    }
}
