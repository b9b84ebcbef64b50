//! The pictures of what drives a plan: the tornado, and the bar of known, unknown and luck.

use crate::charts::{self, Picture};
use crate::scenario::spoken;

use super::super::charts::{ChartOptions, Origin, measure, write};
use super::super::made_files::{FileError, MadeFiles};
use super::{SensitivityReport, words};

impl SensitivityReport<'_> {
    /// Draws what there is to draw: the name of each file and its bytes.
    ///
    /// # Errors
    ///
    /// When a picture could not be packed.
    pub fn draw(&self, options: &ChartOptions<'_>) -> Result<MadeFiles, FileError> {
        let spec = &self.found.spec;
        let origin = Origin { scenario: self.scenario, seed: spec.seed, draws: spec.runs };
        write(origin, options, || self.pictures())
    }

    /// The charts that have something to say.
    pub(super) fn pictures(&self) -> Vec<Picture> {
        let mut pictures = Vec::new();
        let found = self.found;
        let measure = measure(self.scenario, self.outcome());
        let names: Vec<String> = found.swings.iter().map(|swing| spoken(&swing.path)).collect();
        let rows: Vec<charts::TornadoRow<'_>> = found
            .swings
            .iter()
            .zip(&names)
            .map(|(swing, name)| charts::TornadoRow {
                name,
                low: swing.low.mean,
                high: swing.high.mean,
                within_error: !swing.is_clear(found.swings.len()),
            })
            .collect();
        let finding = words::title_of_tornado(self);
        let mean = found.stats.mean;
        if let Some(drawing) = charts::tornado::draw(&charts::Tornado { finding: &finding, measure, mean, rows: &rows })
        {
            pictures.push(Picture { name: "tornado".to_owned(), drawing });
        }
        let Some(split) = found.split.filter(|_| !found.swings.is_empty()) else {
            return pictures;
        };
        let (low, high, left) = (found.stats.p10(), found.stats.p90(), split.left_by_luck());
        let finding = words::title_of_luck(self, split.share());
        if let Some(drawing) = charts::luck::draw(&charts::Luck { finding: &finding, measure, low, high, left }) {
            pictures.push(Picture { name: "luck".to_owned(), drawing });
        }
        pictures
    }
}
