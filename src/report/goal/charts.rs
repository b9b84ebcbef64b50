//! The picture of a goal: the figure over what was turned.

use crate::analysis::{Figure, GoalPoint, Tried};
use crate::charts::{self, Drawing, Found, GoalCurve, GoalValue, Picture, Values, Varied};

use super::super::charts::{ChartOptions, Origin, write};
use super::super::made_files::{FileError, MadeFiles};
use super::{GoalReport, words};

impl GoalReport<'_> {
    /// Draws the figure over what was turned: names of files and their bytes.
    ///
    /// # Errors
    ///
    /// When the picture could not be packed.
    pub fn draw(&self, options: &ChartOptions<'_>) -> Result<MadeFiles, FileError> {
        let sample = self.run.draws;
        let origin = Origin { scenario: self.scenario, seed: sample.seed, draws: sample.runs };
        write(origin, options, || Picture::only("goal", Some(self.drawing())))
    }

    pub(super) fn drawing(&self) -> Drawing {
        let lever = &self.run.goal.lever;
        let scale = if lever.in_percent { 100.0 } else { 1.0 };
        // A line through few and many draws would be ragged between values that are next to each other.
        let drawn: Vec<&Tried<GoalPoint>> = self.told().map(|(_, tried)| tried).collect();
        let places: Vec<f64> = drawn.iter().map(|tried| scale * tried.x).collect();
        let values: Vec<GoalValue> = drawn
            .iter()
            .map(|tried| GoalValue { low: tried.gauge.low, value: tried.gauge.value, high: tried.gauge.high })
            .collect();
        let words = self.run.crossing().map(|(_, tried)| words::value(self, tried.x)).unwrap_or_default();
        let found = self.run.crossing().map(|(crossing, tried)| Found {
            at: scale * tried.x,
            low: crossing.low.map(|low| scale * low),
            high: crossing.high.map(|high| scale * high),
            words: &words,
        });
        charts::goal::draw(&GoalCurve {
            finding: &words::title(self),
            up: &words::up(self),
            is_chance: matches!(self.run.goal.condition.objective.figure, Figure::Chance(_)),
            across: Varied { name: &words::across(self), values: Values::Even(&places) },
            values: &values,
            level: self.run.goal.condition.side.bound,
            found,
            today: lever.today.map(|today| scale * today),
        })
    }
}
