//! The pictures of a sweep: for each outcome a curve over one figure, or a map over two.

use crate::analysis::{Axis, SweepFinding};
use crate::charts::{self, Bands, Drawing, Heat, Interval, Picture, SweepPoint, Values, Varied};
use crate::engine::{Percentiles, Stats};

use super::super::chart_figures::of_chance;
use super::super::charts::{ChartOptions, Origin, measure, write};
use super::super::made_files::{FileError, MadeFiles};
use super::values::shown;
use super::{SweepReport, finding, words};

impl SweepReport<'_> {
    /// Draws every outcome: the name of each file and its bytes. That of the first outcome is called as the chart is.
    ///
    /// # Errors
    ///
    /// When a picture could not be packed.
    pub fn draw(&self, options: &ChartOptions<'_>) -> Result<MadeFiles, FileError> {
        let sample = &self.sweep.draws;
        let origin = Origin { scenario: self.scenario, seed: sample.seed, draws: sample.runs };
        write(origin, options, || self.pictures())
    }

    /// A chart of each outcome.
    pub(super) fn pictures(&self) -> Vec<Picture> {
        let picture = |(number, finding): (usize, &SweepFinding)| {
            let (name, drawing) = match self.sweep.axes.as_slice() {
                [across] => ("sweep", self.curve(finding, across)),
                [across, up, ..] => ("heat", self.map(finding, across, up)),
                [] => return None,
            };
            let name = match number {
                0 => name.to_owned(),
                _ => format!("{name}-{}", finding.outcome.outcome().key),
            };
            Some(Picture { name, drawing })
        };
        self.findings.iter().enumerate().filter_map(picture).collect()
    }

    fn curve(&self, finding: &SweepFinding, across: &Axis) -> Drawing {
        let is_alike = |at: usize| is_told(finding) && finding.ranking.alike.contains(&at);
        let points: Vec<SweepPoint> = (0..self.sweep.points.len())
            .map(|at| {
                let results = self.results(at);
                let stats = results.stats(finding.outcome);
                let target = results.target(finding.outcome);
                SweepPoint {
                    mean: stats.map_or(f64::NAN, Stats::headline),
                    levels: stats.map_or(Bands::UNKNOWN, |stats| {
                        let Percentiles { p10, p25, p50, p75, p90, .. } = stats.percentiles;
                        Bands { low: p10, lower: p25, middle: p50, upper: p75, high: p90 }
                    }),
                    chance: target.map_or(Interval::UNKNOWN, |target| of_chance(&target.chance)),
                    alike: is_alike(at),
                }
            })
            .collect();
        let target = self.sweep.today.target(finding.outcome);
        let is_everywhere = |target: f64| {
            (0..points.len()).all(|at| {
                let own = self.results(at).target(finding.outcome);
                own.is_some_and(|own| own.target == target)
            })
        };
        let side = Along::of(across);
        let words = side.words();
        let today = match across.is_of_numbers() {
            true => across.today.as_ref().and_then(|today| Some(side.scale * today.number?)),
            false => across.today_at().map(|at| at as f64),
        };
        charts::sweep::draw(&charts::Sweep {
            finding: &finding::title(self, finding),
            measure: measure(self.scenario, finding.outcome.outcome()),
            across: side.varied(&words::axis(across, self.currency()), &words),
            points: &points,
            target: target.map(|target| target.target).filter(|&target| is_everywhere(target)),
            today,
            note: &self.lacking_in(finding).unwrap_or_default(),
        })
    }

    fn map(&self, finding: &SweepFinding, across: &Axis, up: &Axis) -> Drawing {
        let columns = 0..across.values.len();
        let rows = 0..up.values.len();
        let mean = |column: usize, row: usize| {
            let results = self.results(column * up.values.len() + row);
            let stats = results.stats(finding.outcome);
            stats.map_or(f64::NAN, Stats::headline)
        };
        let cells: Vec<f64> = rows
            .flat_map(|row| columns.clone().map(move |column| (column, row)))
            .map(|(column, row)| mean(column, row))
            .collect();
        let is_alike = |column: usize, row: usize| finding.ranking.alike.contains(&(column * up.values.len() + row));
        let alike: Vec<bool> = match is_told(finding) {
            true => {
                (0..up.values.len()).flat_map(|row| columns.clone().map(move |column| is_alike(column, row))).collect()
            }
            false => Vec::new(),
        };
        let (sides, names) = ([across, up].map(Along::of), [across, up].map(|axis| words::axis(axis, self.currency())));
        let words = [sides[0].words(), sides[1].words()];
        charts::heat::draw(&Heat {
            finding: &finding::title(self, finding),
            measure: measure(self.scenario, finding.outcome.outcome()),
            across: sides[0].varied(&names[0], &words[0]),
            up: sides[1].varied(&names[1], &words[1]),
            cells: &cells,
            alike: &alike,
            today: across.today_at().zip(up.today_at()),
            note: words::CELLS_ARE_MEANS,
        })
    }
}

/// Whether any point can be told from another.
fn is_told(finding: &SweepFinding) -> bool {
    !finding.ranking.all_same
}

/// The values of a figure along a side of a chart.
struct Along {
    /// numbers of a side in percent count hundredths
    scale: f64,
    numbers: Option<Vec<f64>>,
    texts: Vec<String>,
    logarithmic: bool,
}

impl Along {
    fn of(axis: &Axis) -> Self {
        let scale = if axis.is_in_percent() { 100.0 } else { 1.0 };
        let numbers = (0..axis.values.len()).map(|at| scale * axis.number(at));
        Self {
            scale,
            numbers: axis.is_of_numbers().then(|| numbers.collect()),
            texts: axis.values.iter().map(shown).collect(),
            logarithmic: axis.logarithmic,
        }
    }

    fn words(&self) -> Vec<&str> {
        self.texts.iter().map(String::as_str).collect()
    }

    fn varied<'v>(&'v self, name: &'v str, words: &'v [&'v str]) -> Varied<'v> {
        let values = match &self.numbers {
            Some(numbers) if self.logarithmic => Values::Logarithmic(numbers),
            Some(numbers) => Values::Even(numbers),
            None => Values::Words(words),
        };
        Varied { name, values }
    }
}
