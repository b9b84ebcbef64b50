//! What a goal takes, as people read it: the answer first, then the values that were tried; and as JSON.

mod json;
mod page;
mod words;

use comfy_table::Table;

use crate::analysis::{Answer, Effort, Figure, GoalPoint, GoalRun, Tried};
use crate::charts::{self, Drawing, Found, GoalCurve, GoalValue, Picture, Values, Varied};
use crate::scenario::Scenario;
use crate::text::{Currency, wrap};

use super::aligned::{shown, table};
use super::charts::{ChartOptions, Origin, write};
use super::glance::AnswerGlance;
use super::made_files::{FileError, MadeFiles};
use super::words_changed;

/// A search for a goal, and what is said about it.
pub struct GoalReport<'s> {
    /// the plan as it stands
    pub(super) scenario: &'s Scenario,
    pub(super) run: &'s GoalRun,
}

impl<'s> GoalReport<'s> {
    /// Of a search with the plan `scenario`.
    #[must_use]
    pub fn of(scenario: &'s Scenario, run: &'s GoalRun) -> Self {
        Self { scenario, run }
    }

    /// Does a value reach the goal?
    #[must_use]
    pub fn is_reached(&self) -> bool {
        !matches!(self.run.answer, Answer::Nowhere { .. } | Answer::InDoubt { .. })
    }

    /// That no value does, for the last line.
    #[must_use]
    pub fn no_solution(&self) -> String {
        words::no_solution(self)
    }

    /// The text for a terminal that is so many columns wide.
    #[must_use]
    pub fn text(&self, width: usize) -> String {
        let paragraph = |text: String| wrap(&text, width, "");
        let mut parts = vec![words_changed::header(self.scenario, &words::subject(self), width)];
        parts.push(paragraph(words::answer(self)));
        parts.extend(words::in_the_way(self).map(paragraph));
        parts.push(shown(&self.table()));
        parts.push(paragraph(words::legend(self)));
        parts.join("\n\n")
    }

    /// The answer as parts of a page.
    #[must_use]
    pub fn glance(&self) -> AnswerGlance {
        let sentences = std::iter::once(words::answer(self)).chain(words::in_the_way(self)).collect();
        let found = self.run.crossing().filter(|_| self.is_reached());
        let settings = found.map(|(_, tried)| self.run.goal.lever.settings(tried.x)).unwrap_or_default();
        AnswerGlance::of(sentences, &[self.drawing()], settings)
    }

    /// The values that were tried, those of the first look and the one that answers.
    fn table(&self) -> Table {
        let has_limits = self.run.tried.iter().any(|tried| tried.rest.limits.budget < 1.0);
        let mut header = vec![String::new(), words::column(self), "from".into(), "to".into()];
        header.extend(has_limits.then(|| "held back by".to_owned()));
        header.push(String::new());
        let header: Vec<&str> = header.iter().map(String::as_str).collect();
        let mut table = table(&header);
        for (at, tried) in self.told() {
            let gauge = tried.gauge;
            let mut cells = vec![words::value(self, tried.x)];
            cells.extend([gauge.value, gauge.low, gauge.high].map(|figure| words::figure(self, figure, gauge)));
            cells.extend(has_limits.then(|| words::held_back(tried.rest.limits)));
            cells.push(words::mark(self, at));
            table.add_row(cells);
        }
        table
    }

    /// What is told of all that was tried: the first look, today's plan, the answer or the best.
    fn told(&self) -> impl Iterator<Item = (usize, &Tried<GoalPoint>)> {
        let marked = self.marked();
        let range = self.run.goal.lever.range;
        let is_step = move |x: f64| {
            let place = 16.0 * (x - range.low) / (range.high - range.low);
            range.whole || (place - place.round()).abs() < 1e-9
        };
        let today = self.run.goal.lever.today;
        let all = self.run.tried.iter().enumerate();
        all.filter(move |(at, tried)| is_step(tried.x) || Some(*at) == marked || Some(tried.x) == today)
    }

    /// The place of the answer, or of the best value where there is none.
    fn marked(&self) -> Option<usize> {
        match self.run.answer {
            Answer::From(crossing) | Answer::UpTo(crossing) => Some(crossing.at),
            Answer::InDoubt { best } | Answer::Nowhere { best } => Some(best),
            Answer::Everywhere => None,
        }
    }

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

    fn drawing(&self) -> Drawing {
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

    pub(super) fn currency(&self) -> Currency<'_> {
        Currency(&self.scenario.currency)
    }

    /// Was a value tried with all draws?
    pub(super) fn is_full(tried: &Tried<GoalPoint>) -> bool {
        tried.effort == Effort::Full
    }
}
