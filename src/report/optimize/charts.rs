//! The pictures of the best mix: today beside best, mean against P10, the best of other totals.

use crate::analysis::Figure;
use crate::charts::{self, Across, Curve, Line, Mark, MixRow, Mixes, Picture};

use super::super::charts::{ChartOptions, Origin, write};
use super::super::made_files::{FileError, MadeFiles};
use super::{OptimizeReport, words};

impl OptimizeReport<'_> {
    /// Draws what there is to show: names of files and their bytes.
    ///
    /// # Errors
    ///
    /// When a picture could not be packed.
    pub fn draw(&self, options: &ChartOptions<'_>) -> Result<MadeFiles, FileError> {
        let sample = self.optimum.draws;
        let origin = Origin { scenario: self.scenario, seed: sample.seed, draws: sample.runs };
        write(origin, options, || self.pictures())
    }

    /// Every picture; that of the mix first.
    pub(super) fn pictures(&self) -> Vec<Picture> {
        let picture = |name: &str, drawing| Picture { name: name.to_owned(), drawing };
        let mut pictures = vec![picture("optimize", self.mixes())];
        pictures.extend(words::frontier(self).map(|finding| picture("frontier", self.frontier(&finding))));
        pictures.extend(words::totals(self).map(|finding| picture("totals", self.totals(&finding))));
        pictures
    }

    /// Today's budgets beside the best.
    pub(super) fn mixes(&self) -> charts::Drawing {
        let rows: Vec<MixRow<'_>> = self
            .slots(&self.optimum.best)
            .map(|(at, slot, today, best)| MixRow {
                name: self.shown(slot),
                today,
                best,
                range: self.optimum.ranges[at],
            })
            .collect();
        let title = words::title(self);
        charts::mix::draw(&Mixes { finding: &title, currency: &self.scenario.currency, rows: &rows })
    }

    fn frontier(&self, finding: &str) -> charts::Drawing {
        let points = &self.optimum.frontier;
        let places: Vec<(f64, f64)> =
            points.iter().map(|point| (point.mean_and_p10[1].value, point.mean_and_p10[0].value)).collect();
        let weights: Vec<String> = points.iter().map(|point| words::weight(point.weight)).collect();
        let marks: Vec<Mark<'_>> = places.iter().zip(&weights).map(|(&at, words)| Mark { at, words }).collect();
        let title = self.optimum.objective().outcome.outcome().title;
        let up = words::in_unit(self, &format!("{title}: mean"));
        charts::curve::draw(&Curve {
            finding: finding.trim_end_matches('.'),
            about: "Each dot is the best mix as P10 weighs more beside the mean, on fresh draws.",
            across: Across::Amount(&words::in_unit(self, "P10")),
            up: &up,
            lines: &[Line { name: "", points: &places }],
            level: None,
            marks: &marks,
        })
    }

    fn totals(&self, finding: &str) -> charts::Drawing {
        let scale = if matches!(self.optimum.objective().figure, Figure::Chance(_)) { 100.0 } else { 1.0 };
        let points: Vec<(f64, f64)> =
            self.optimum.totals.iter().map(|point| (point.total, scale * point.fresh.gauge.value)).collect();
        let now = (self.optimum.space.total, scale * self.optimum.best.fresh.gauge.value);
        charts::curve::draw(&Curve {
            finding: finding.trim_end_matches('.'),
            about: "The best mix of each total, on fresh draws.",
            across: Across::Amount(&words::of_money(self, "Total of all budgets")),
            up: &words::axis(self),
            lines: &[Line { name: "Best mix", points: &points }],
            level: None,
            marks: &[Mark { at: now, words: "the total asked for" }],
        })
    }
}
