//! The pictures of a sweep: for each outcome a curve over one figure, or a map over two.

use crate::analysis::{Axis, SweepFinding};
use crate::charts::{self, Drawing, Heat, PngError, SweepPoint, Values, Varied};
use crate::engine::Stats;

use super::super::charts::{ChartOptions, Origin, measure, write};
use super::super::{words_course, words_sweep};
use super::{SweepReport, shown};

impl SweepReport<'_> {
    /// Draws every outcome: the name of each file and its bytes. That of the first outcome is called as the chart is.
    ///
    /// # Errors
    ///
    /// When a picture could not be packed.
    pub fn draw(&self, options: &ChartOptions<'_>) -> Result<Vec<(String, Vec<u8>)>, PngError> {
        let mut files = Vec::new();
        if options.formats.is_empty() {
            return Ok(files);
        }
        let sample = &self.sweep.draws;
        let origin = Origin { scenario: self.scenario, seed: sample.seed, draws: sample.runs };
        for (number, course) in self.courses.iter().enumerate() {
            let (name, drawing) = match self.sweep.axes.as_slice() {
                [across] => ("sweep", self.curve(course, across)),
                [across, up, ..] => ("heat", self.map(course, across, up)),
                [] => continue,
            };
            let name = match number {
                0 => name.to_owned(),
                _ => format!("{name}-{}", course.outcome.outcome().key),
            };
            files.extend(write(&name, drawing, origin, options)?);
        }
        Ok(files)
    }

    fn curve(&self, course: &SweepFinding, across: &Axis) -> Drawing {
        let points: Vec<SweepPoint> = (0..self.sweep.points.len())
            .map(|at| {
                let results = self.results(at);
                let stats = results.stats(course.outcome);
                let target = results.target(course.outcome);
                SweepPoint {
                    mean: stats.map_or(f64::NAN, Stats::headline),
                    levels: stats.map_or([f64::NAN; 5], |stats| {
                        let [_, p10, p25, p50, p75, p90, _] = stats.percentiles;
                        [p10, p25, p50, p75, p90]
                    }),
                    chance: target.map_or([f64::NAN; 3], |target| {
                        let chance = target.chance;
                        [chance.low, chance.probability, chance.high]
                    }),
                }
            })
            .collect();
        let target = self.sweep.today.target(course.outcome);
        let is_everywhere = |target: f64| {
            (0..points.len()).all(|at| {
                let own = self.results(at).target(course.outcome);
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
            finding: &words_course::finding(self, course),
            measure: measure(self.scenario, course.outcome.outcome()),
            across: side.varied(&words_sweep::axis(across, self.currency()), &words),
            points: &points,
            target: target.map(|target| target.target).filter(|&target| is_everywhere(target)),
            today,
            note: "",
        })
    }

    fn map(&self, course: &SweepFinding, across: &Axis, up: &Axis) -> Drawing {
        let columns = 0..across.values.len();
        let rows = 0..up.values.len();
        let mean = |column: usize, row: usize| {
            let results = self.results(column * up.values.len() + row);
            let stats = results.stats(course.outcome);
            stats.map_or(f64::NAN, Stats::headline)
        };
        let cells: Vec<f64> = rows
            .flat_map(|row| columns.clone().map(move |column| (column, row)))
            .map(|(column, row)| mean(column, row))
            .collect();
        let (sides, names) =
            ([across, up].map(Along::of), [across, up].map(|axis| words_sweep::axis(axis, self.currency())));
        let words = [sides[0].words(), sides[1].words()];
        charts::heat::draw(&Heat {
            finding: &words_course::finding(self, course),
            measure: measure(self.scenario, course.outcome.outcome()),
            across: sides[0].varied(&names[0], &words[0]),
            up: sides[1].varied(&names[1], &words[1]),
            cells: &cells,
            today: across.today_at().zip(up.today_at()),
            note: words_sweep::CELLS_ARE_MEANS,
        })
    }
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
