//! The first sheet of a forecast: the answer, headline figures under names of their own, chances, distributions.

use rust_xlsxwriter::{Worksheet, XlsxError};

use crate::charts::Picture;
use crate::engine::Stats;
use crate::model::outcomes::OutcomeId;
use crate::text::Currency;

use super::super::answer::answer;
use super::super::columns::Counted;
use super::super::forecast_report::ForecastReport;
use super::super::words::{levels, subject, target_name};
use super::super::words_changed::changes;
use super::binding::{Name, finding};
use super::charts;
use super::opening::{Opening, sentence};
use super::styles::Styles;
use super::table::{At, cell, number, text};

const SUMMARY: &str = "Summary";

/// A level of a headline: its part of a name, its header, how it is read off.
type Level = (&'static str, &'static str, fn(&Stats) -> f64);

const LEVELS: [Level; 6] = [
    ("p10", "P10", |stats| stats.told(0.1).0),
    ("p50", "P50", |stats| stats.told(0.5).0),
    ("p90", "P90", |stats| stats.told(0.9).0),
    ("mean", "Mean", Stats::headline),
    ("margin", "±", |stats| stats.headline_margin().unwrap_or(f64::NAN)),
    ("defined", "Exists in", |stats| stats.defined),
];

/// The first sheet, the bars of its histograms, and names of its figures.
pub(super) struct Summary {
    pub(super) sheet: Worksheet,
    pub(super) distributions: Worksheet,
    pub(super) names: Vec<Name>,
}

/// The first sheet and what belongs to it.
pub(super) fn sheet(book: &ForecastReport<'_>, drawn: &[Picture], styles: &Styles) -> Result<Summary, XlsxError> {
    let ForecastReport { scenario, forecast, marginal, .. } = book;
    let mut sheet = Worksheet::new();
    sheet.set_name(SUMMARY)?;
    let opening = Opening {
        title: &scenario.title(),
        subject: &subject(scenario, forecast),
        changed: changes(&scenario.changed),
        answer: answer(scenario, forecast, marginal),
    };
    let row = opening.write(&mut sheet, styles)?;
    let mut rows = Rows { sheet, names: Vec::new(), book, styles };
    let row = rows.headlines(row)?;
    let row = sentence(&mut rows.sheet, row, &levels(forecast), &styles.small)? + 1;
    let row = rows.targets(row)?;
    let Rows { mut sheet, names, .. } = rows;
    let mut distributions = Worksheet::new();
    distributions.set_name(charts::BARS_OF)?;
    let mut place = charts::Place { row, bars: 0 };
    for key in ["revenue", "profit"] {
        let Some(id) = OutcomeId::named(key) else { continue };
        if let (Some(draws), Some(finding)) = (forecast.draws.column(id), finding(drawn, key)) {
            let outcome = charts::Spread { title: id.outcome().title, finding, draws };
            place = charts::distribution((&mut sheet, &mut distributions), &outcome, place, styles)?;
        }
    }
    Ok(Summary { sheet, distributions, names })
}

/// What is written below the answer.
struct Rows<'b> {
    sheet: Worksheet,
    names: Vec<Name>,
    book: &'b ForecastReport<'b>,
    styles: &'b Styles,
}

impl Rows<'_> {
    /// A row an outcome; gives the next row.
    fn headlines(&mut self, first: u32) -> Result<u32, XlsxError> {
        let Self { sheet, names, book, styles } = self;
        let header = ["Outcome", "Unit"].into_iter().chain(LEVELS.map(|(_, title, _)| title));
        for (column, title) in (0_u16..).zip(header) {
            text(sheet, (first, column), title, if column < 2 { &styles.header } else { &styles.figures })?;
        }
        let no_tail = book.scenario.plan.parts.horizon.tail == 0;
        let mut row = first + 1;
        for id in book.shown.headlines(book.forecast) {
            let outcome = id.outcome();
            let stats = book.forecast.outcome(outcome.key).filter(|stats| stats.defined > 0.0);
            let Some(stats) = stats.filter(|_| !(no_tail && outcome.key == "profit_with_tail")) else { continue };
            text(sheet, (row, 0), outcome.title, &styles.text)?;
            let counted = Counted::from(outcome.unit);
            text(sheet, (row, 1), counted.name(&styles.currency), &styles.text)?;
            for (column, (level, _, read)) in (2_u16..).zip(LEVELS) {
                let format = if level == "defined" { styles.figure(Counted::Share) } else { styles.with_unit(counted) };
                number(sheet, (row, column), read(stats), &format)?;
                if level != "defined" {
                    names.push(name(format!("{}_{level}", outcome.key), (row, column)));
                }
            }
            row += 1;
        }
        Ok(row)
    }

    /// A row a target; gives the next row.
    fn targets(&mut self, first: u32) -> Result<u32, XlsxError> {
        let Self { sheet, names, book, styles } = self;
        let targets = &book.forecast.targets;
        if targets.is_empty() {
            return Ok(first);
        }
        for (column, title) in (0_u16..).zip(["Target", "To reach", "Chance", "at least", "at most", "Shortfall, mean"])
        {
            text(sheet, (first, column), title, if column < 1 { &styles.header } else { &styles.figures })?;
        }
        for (row, target) in (first + 1..).zip(targets) {
            let outcome = target.outcome.outcome();
            text(sheet, (row, 0), &target_name(target, Currency(&book.scenario.currency)), &styles.text)?;
            let own = styles.with_unit(outcome.unit.into());
            let share = styles.figure(Counted::Share);
            let chance = &target.chance;
            number(sheet, (row, 1), target.target, &own)?;
            for (column, value) in (2_u16..).zip([chance.probability, chance.low, chance.high]) {
                number(sheet, (row, column), value, &share)?;
            }
            number(sheet, (row, 5), target.mean_shortfall, &own)?;
            names.push(name(format!("{}_target", outcome.key), (row, 1)));
            names.push(name(format!("{}_chance", outcome.key), (row, 2)));
        }
        Ok(first + 2 + targets.len() as u32)
    }
}

fn name(name: String, (row, column): At) -> Name {
    let place = cell((row, column));
    let split = place.find(|letter: char| letter.is_ascii_digit()).unwrap_or(0);
    Name { name, cell: format!("={SUMMARY}!${}${}", &place[..split], &place[split..]) }
}
