//! `foremix compare`: which plan is better, by how much, and how sure is that?

use std::path::PathBuf;
use std::time::Instant;

use clap::Args;

use crate::analysis::{Contender, compare};
use crate::engine::Progress;
use crate::report;
use crate::scenario::{AsRun, COMPARED, Loaded, file_name_of};

use super::options::{OutputOptions, PlanOptions, charts, outcome_named};
use super::{Failure, Reply};

/// Arguments of `foremix compare`.
#[derive(Args, Clone, Debug)]
pub struct Compare {
    /// The plans, the first of which the others are held against: scenario files, or FILE:VARIANT. One file alone is
    /// compared with all its variants
    #[arg(required = true, value_name = "SCENARIO")]
    pub scenarios: Vec<String>,
    /// Of one file, only this variant (may be repeated)
    #[arg(long, value_name = "NAME")]
    pub variant: Vec<String>,
    /// The outcome that the plans are judged by and the charts show [default: profit with what follows, or revenue
    /// where there is no margin]
    #[arg(long, value_name = "NAME")]
    pub outcome: Option<String>,
    /// What is changed in every plan
    #[command(flatten)]
    pub plan: PlanOptions,
    /// Where the results go
    #[command(flatten)]
    pub output: OutputOptions,
}

impl Compare {
    /// Simulates every plan on the same luck, writes the folder, and replies with what differs.
    ///
    /// # Errors
    ///
    /// Why it could not be done; nothing is written then.
    pub fn execute(&self, width: usize, progress: &dyn Progress) -> Result<Reply, Failure> {
        let formats = self.output.formats()?;
        let started = Instant::now();
        let plans = self.plans()?;
        check_alike(&plans)?;
        let base = &plans[0].scenario;
        let outcome = match &self.outcome {
            Some(name) => outcome_named(name, base)?,
            None => base.steering_outcome(),
        };
        let name = format!("{}{COMPARED}", base.results_name);
        let place = self.output.place(&name)?;
        let (runs, seed) = (self.plan.runs_of(base), self.plan.seed_of(base));
        let comparison = compare(&plans, runs, seed, progress)?;
        let seconds = started.elapsed().as_secs_f64();
        let summary = report::comparison_summary(&plans, &comparison, seconds);
        let mut files = report::draw_comparison(base, &comparison, outcome, &charts(&formats))?;
        let folder = self.output.folder(&name);
        let mut taken: Vec<String> = Vec::new();
        for (at, plan) in plans.iter().enumerate() {
            let own = file_name_of(&plan.label.replace(' ', "-"));
            let file = match at {
                0 => "scenario.toml".to_owned(),
                // Labels may differ by blanks alone.
                _ if taken.contains(&own) => format!("scenario-{own}-{}.toml", at + 1),
                _ => format!("scenario-{own}.toml"),
            };
            taken.push(own);
            let text = plan.draft.as_run(&plan.scenario, AsRun { runs, seed, folder: &folder, varied: &[] });
            files.push((file, text.into_bytes()));
        }
        let text = || report::comparison_text(base, &comparison, outcome, width);
        self.output.deliver(&place, files, &summary, text, progress)
    }

    /// The plans that are meant, each with a name of its own.
    fn plans(&self) -> Result<Vec<Contender>, Failure> {
        let loader = self.plan.loader()?;
        let mut named: Vec<(PathBuf, Option<String>)> = self.scenarios.iter().map(|name| split(name)).collect();
        if let [(path, Some(variant))] = &named[..] {
            named = vec![(path.clone(), None), (path.clone(), Some(variant.clone()))];
        } else if let [(path, None)] = &named[..] {
            let path = path.clone();
            let variants: Vec<String> = if self.variant.is_empty() {
                let draft = loader.open(&path)?;
                draft.variants().map(str::to_owned).collect()
            } else {
                self.variant.clone()
            };
            named.extend(variants.into_iter().map(|name| (path.clone(), Some(name))));
        } else if !self.variant.is_empty() {
            return Err(Failure::Usage(
                "--variant chooses among the variants of one file; of several files write FILE:VARIANT".into(),
            ));
        }
        if let [(path, _)] = &named[..] {
            return Err(Failure::Usage(format!(
                "{} is a single plan: name a second scenario, or write what is different into the file, below [variants.NAME]",
                path.display()
            )));
        }
        let twice = named.iter().enumerate().find(|(at, plan)| plan.1.is_some() && named[..*at].contains(plan));
        if let Some((_, (_, Some(variant)))) = twice {
            return Err(Failure::Usage(format!("the variant {variant} is listed twice")));
        }
        let mut plans = Vec::with_capacity(named.len());
        for (path, variant) in named {
            let variant = variant.as_deref();
            let Loaded { scenario, draft } = loader.load(&path, variant, &self.plan.set)?;
            plans.push(Contender { label: String::new(), draft, scenario });
        }
        label(&mut plans);
        Ok(plans)
    }
}

/// `FILE` or `FILE:VARIANT`; a file may itself have a colon in its name.
fn split(name: &str) -> (PathBuf, Option<String>) {
    let path = PathBuf::from(name);
    match name.rsplit_once(':') {
        Some((file, variant)) if !path.exists() && file.ends_with(".toml") => (file.into(), Some(variant.to_owned())),
        _ => (path, None),
    }
}

/// Names beyond this make sentences and tables hard to read.
const LONGEST_LABEL: usize = 28;

/// Names each plan as short as tells it from the others: by its variant, its name, its file, or its number.
fn label(plans: &mut [Contender]) {
    let one_file = plans.iter().all(|plan| plan.scenario.path == plans[0].scenario.path);
    let by_variant = |plan: &Contender| match &plan.scenario.variant {
        // A variant with a name of its own is called by it.
        Some(_) if plan.scenario.name != plans[0].scenario.name => plan.scenario.name.clone(),
        Some(variant) => variant.replace(['-', '_'], " "),
        None => "base plan".to_owned(),
    };
    let by_file = |plan: &Contender| {
        let file = plan.scenario.path.file_stem().unwrap_or_default();
        let file = file.to_string_lossy();
        match &plan.scenario.variant {
            Some(variant) => format!("{file}: {}", variant.replace(['-', '_'], " ")),
            None => file.into_owned(),
        }
    };
    let mut labels: Vec<String> = if one_file {
        plans.iter().map(by_variant).collect()
    } else {
        plans.iter().map(|plan| plan.scenario.title()).collect()
    };
    let is_long = |label: &String| label.chars().count() > LONGEST_LABEL;
    if !all_differ(&labels) || !one_file && labels.iter().any(is_long) {
        labels = plans.iter().map(by_file).collect();
    }
    if !all_differ(&labels) {
        for (number, label) in labels.iter_mut().enumerate() {
            label.push_str(&format!(" ({})", number + 1));
        }
    }
    for (plan, label) in plans.iter_mut().zip(labels) {
        plan.label = label;
    }
}

fn all_differ(labels: &[String]) -> bool {
    labels.iter().enumerate().all(|(at, label)| !labels[..at].contains(label))
}

/// Plans of different length or currency have no difference that means anything.
fn check_alike(plans: &[Contender]) -> Result<(), Failure> {
    let base = &plans[0];
    for plan in &plans[1..] {
        let differ = |what: &str, theirs: String, ours: String| {
            Err(Failure::Usage(format!(
                "\"{}\" {what} {theirs}, \"{}\" {ours}: only plans of the same length and currency can be compared",
                plan.label, base.label
            )))
        };
        let [a, b] = [plan, base].map(|plan| &plan.scenario.plan.parts.horizon);
        if a.weeks != b.weeks {
            return differ("plans", format!("{} weeks", a.weeks), format!("{} weeks", b.weeks));
        }
        if a.tail != b.tail {
            return differ("watches the", format!("{} weeks after (tail_weeks)", a.tail), format!("{}", b.tail));
        }
        let [a, b] = [plan, base].map(|plan| match plan.scenario.currency.as_str() {
            "" => "no currency".to_owned(),
            currency => currency.to_owned(),
        });
        if a != b {
            return differ("counts in", a, b);
        }
    }
    Ok(())
}
