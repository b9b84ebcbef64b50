//! The workbook of a comparison: the verdict, the plans, how they differ, what was changed.

use rust_xlsxwriter::{Worksheet, XlsxError};

use crate::analysis::{Comparison, Contender, PlanResult};
use crate::engine::Stats;
use crate::model::outcomes::{OutcomeId, Unit};

use super::super::columns::{self, Counted, numbers, texts};
use super::super::comparison::{answer, changed_figures, told};
use super::super::made_files::FileError;
use super::super::page::Made;
use super::super::words_changed::changes;
use super::binding::bound;
use super::opening::Opening;
use super::styles::Styles;
use super::table::{self, Level, fill};
use super::{charts, inputs, notes};

const PLANS: &str = "Plans";

/// What the workbook of a comparison is made of.
#[derive(Clone, Copy, Debug)]
pub struct ComparisonBook<'c> {
    /// what was compared, the first the one that others are held against
    pub plans: &'c [Contender],
    /// what came of it
    pub comparison: &'c Comparison,
    /// what the plans are judged by
    pub outcome: OutcomeId,
    /// how it was made
    pub made: &'c Made,
}

impl ComparisonBook<'_> {
    /// The workbook.
    ///
    /// # Errors
    ///
    /// A [`FileError`], which no comparison is known to cause.
    pub fn workbook(&self) -> Result<Vec<u8>, FileError> {
        packed(self).map_err(|error| FileError::Workbook(error.to_string()))
    }
}

fn packed(book: &ComparisonBook<'_>) -> Result<Vec<u8>, XlsxError> {
    let [base, others @ ..] = book.plans else { return Err(XlsxError::ParameterError("no plan".into())) };
    let scenario = &base.scenario;
    let styles = Styles::of(&scenario.currency);
    let mut summary = Worksheet::new();
    summary.set_name("Summary")?;
    let (subject, answer) = answer(scenario, book.comparison, book.outcome);
    let changed = changes(&scenario.changed);
    Opening { title: &scenario.title(), subject: &subject, changed, answer }.write(&mut summary, &styles)?;
    let told = told(scenario, book.outcome);
    let changed = others.iter().flat_map(|plan| {
        let rows = changed_figures(base, plan).into_iter();
        rows.map(|(figure, was, is)| [plan.label.clone(), figure, was, is])
    });
    let changed: Vec<[String; 4]> = changed.collect();
    let column = |name: &str, at: usize| texts(name, "", changed.iter().map(|row| row[at].clone()));
    let columns = [column("Plan", 0), column("Figure", 1), column(&base.label, 2), column("In the plan", 3)];
    let mut changes = Worksheet::new();
    changes.set_name("Changes")?;
    fill(&mut changes, &columns, &styles)?;
    let sheets = vec![
        summary,
        plans(book, &told, &styles)?,
        table::sheet("Differences", &columns::differences(book.comparison), &styles)?,
        changes,
        inputs::sheet(scenario, &base.draft, &styles)?,
        notes::sheet(scenario, book.made, &[], &told, &styles)?,
    ];
    bound(sheets, &[], scenario, book.made.day)
}

/// A row a plan: every outcome that is told, and chances of targets.
fn plans(book: &ComparisonBook<'_>, told: &[OutcomeId], styles: &Styles) -> Result<Worksheet, XlsxError> {
    let plans = &book.comparison.plans;
    let mut columns = vec![texts("Plan", "", plans.iter().map(|plan| plan.label.clone()))];
    let levels: [Level; 5] = [
        ("mean", Stats::headline),
        ("±", |stats| stats.headline_margin().unwrap_or(f64::NAN)),
        ("P10", |stats| stats.told(0.1).0),
        ("P50", |stats| stats.told(0.5).0),
        ("P90", |stats| stats.told(0.9).0),
    ];
    for &id in told {
        let outcome = id.outcome();
        for (level, read) in levels {
            let of_plan = |plan: &PlanResult| plan.outcome(id).map_or(f64::NAN, read);
            columns.push(numbers(
                &format!("{}, {level}", outcome.title),
                outcome.unit.into(),
                "",
                plans.iter().map(of_plan),
            ));
        }
    }
    for at in 0..plans.first().map_or(0, |plan| plan.targets.len()) {
        let name =
            format!("Chance of the target of {}", crate::text::lower(plans[0].targets[at].outcome.outcome().title));
        columns.push(numbers(&name, Counted::Share, "", plans.iter().map(|plan| plan.targets[at].chance.probability)));
    }
    let mut sheet = Worksheet::new();
    sheet.set_name(PLANS)?;
    fill(&mut sheet, &columns, styles)?;
    let place = told.iter().position(|&id| id == book.outcome).filter(|_| book.outcome.outcome().unit == Unit::Money);
    if let Some(at) = place {
        let mean = 1 + at as u16 * levels.len() as u16;
        let title = book.outcome.outcome().title;
        let bars = charts::Bars {
            sheet: PLANS,
            finding: &format!("{title} of each plan"),
            what: title,
            rows: plans.len() as u32,
            mean,
            low: mean + 2,
            high: mean + 4,
            arms: columns.len() as u16 + 1,
        };
        charts::bars(&mut sheet, &bars, &columns, plans.len() as u32 + 3, styles)?;
    }
    Ok(sheet)
}
