//! `forecast.pptx`: the answer, a finding a slide, channels and weeks as native charts that can be edited, assumptions as
//! tables. What is said and drawn is what the page says and draws.

mod chart;
mod package;
mod shapes;

use crate::charts::Topic;
use crate::engine::Stats;
use crate::model::outcomes::SOURCE_FIGURES;
use crate::text::{LOW_END, in_currency, shorten, with_error};
use crate::units::Levels;

use super::answer::answer;
use super::assumptions::{Assumption, Read, assumptions};
use super::charts::pictures;
use super::forecast_report::ForecastReport;
use super::made_files::FileError;
use super::words::{shown_source, subject};
use super::words_changed::changes;
use chart::{Chart, Form, Series};
use package::{Package, Slide};
use shapes::{Box, Paragraph};

/// Rows of a table that a slide has room for.
const ROWS: usize = 14;

impl ForecastReport<'_> {
    /// `forecast.pptx`.
    ///
    /// # Errors
    ///
    /// A [`FileError`], which no forecast is known to cause.
    pub(super) fn slides(&self) -> Result<Vec<u8>, FileError> {
        let foot = self.made.foot(self.scenario);
        let mut package = Package::new(&self.scenario.title(), &foot, self.made.day);
        package.add(opening(self));
        let mut pictures = pictures(self.scenario, self.forecast);
        pictures.sort_by_key(|(topic, _)| *topic);
        for (topic, picture) in pictures {
            let mut slide = Slide::of(heading(topic));
            slide.picture(picture.drawing.png()?, picture.drawing.title());
            package.add(slide);
            let native = match picture.name.as_str() {
                "cumulative" => Some(weeks(self, picture.drawing.title())),
                "channels" => Some(channels(self)),
                _ => None,
            };
            if let Some(chart) = native {
                let mut slide = Slide::of(heading(topic));
                slide.chart(&chart).map_err(|error| FileError::SlideFigures(error.to_string()))?;
                package.add(slide);
            }
        }
        let all = assumptions(self.scenario, self.plan);
        for rows in all.chunks(ROWS) {
            let mut slide = Slide::of("What it rests on");
            let header = ["Table", "Figure", "As written", "P10", "Value, or P50", "P90"].map(str::to_owned);
            slide.table(&header, &rows.iter().map(row).collect::<Vec<_>>());
            package.add(slide);
        }
        package.bytes().map_err(|error| FileError::Slides(error.to_string()))
    }
}

/// The title of slides about a topic, as the page has it.
fn heading(topic: Topic) -> &'static str {
    match topic {
        Topic::Outcome => "What the plan brings",
        Topic::Weeks => "When it comes",
        Topic::Channels => "Where it comes from",
        Topic::Team => "Who works for it",
    }
}

/// The first slide: the answer in sentences, the first of them large.
fn opening(report: &ForecastReport<'_>) -> Slide {
    let ForecastReport { scenario, forecast, marginal, .. } = report;
    let mut slide = Slide::of(&scenario.title());
    let sentences = answer(scenario, forecast, marginal);
    let mut paragraphs = vec![Paragraph::small(subject(scenario, forecast))];
    paragraphs.extend(
        changes(&scenario.changed).map(|changed| Paragraph::small(format!("Changed from the file: {changed}."))),
    );
    for (at, sentence) in sentences.into_iter().enumerate() {
        paragraphs.push(if at == 0 { Paragraph::large(sentence) } else { Paragraph::plain(sentence) });
    }
    paragraphs.push(Paragraph::small(LOW_END.to_owned()));
    slide.text(Box::BODY, &paragraphs);
    slide
}

/// Mean revenue of each channel and source, with lines from P10 to P90.
fn channels(report: &ForecastReport<'_>) -> Chart {
    let at = SOURCE_FIGURES.iter().position(|figure| figure.key == "revenue").unwrap_or_default();
    let plan = &report.scenario.plan;
    let sources = report.forecast.sources.iter().zip(&plan.sources);
    let rows: Vec<(String, &Stats)> =
        sources.map(|((name, figures), source)| (shown_source(plan, source, name).to_owned(), &figures[at])).collect();
    let column = |name: &str, read: fn(&Stats) -> f64| Series {
        name: name.to_owned(),
        values: rows.iter().map(|(_, stats)| read(stats)).collect(),
    };
    Chart {
        finding: "What each channel and source brings: mean revenue, lines from P10 to P90".into(),
        axis: in_currency("Revenue", &report.scenario.currency),
        names: rows.iter().map(|(name, _)| name.clone()).collect(),
        form: Form::Bars {
            mean: column("Revenue, mean", |stats| stats.mean),
            above: column("P90 above the mean", |stats| (stats.p90() - stats.mean).max(0.0)),
            below: column("P10 below the mean", |stats| (stats.mean - stats.p10()).max(0.0)),
        },
    }
}

/// Revenue so far by week, as a band and its middle.
fn weeks(report: &ForecastReport<'_>, finding: &str) -> Chart {
    let path = report.forecast.cumulative.get(1..).unwrap_or_default();
    let column =
        |name: &str, read: fn(&Stats) -> f64| Series { name: name.to_owned(), values: path.iter().map(read).collect() };
    Chart {
        finding: finding.to_owned(),
        axis: in_currency("Revenue so far", &report.scenario.currency),
        names: (1..=path.len()).map(|week| week.to_string()).collect(),
        form: Form::Band {
            low: column("P10", Stats::p10),
            height: column("P10 to P90", |stats| stats.p90() - stats.p10()),
            middle: column("P50", Stats::p50),
        },
    }
}

/// A figure of the plan as a row.
fn row(own: &Assumption<'_>) -> [String; 6] {
    let Levels { p10, p50, p90 } = match (own.read, own.read.levels()) {
        (_, Some(levels)) => levels.map(|level| with_error(level, None)),
        (Read::Certain(number), None) => Levels { p50: crate::text::as_written(number), ..Levels::default() },
        (_, None) => Levels::default(),
    };
    // A row takes one line, in whatever face it is shown.
    [shorten(&own.table, 26), shorten(&own.name, 22), shorten(&own.written, 38), p10, p50, p90]
}
