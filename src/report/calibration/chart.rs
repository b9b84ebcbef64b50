//! The chart of what was stated beside what was learnt.

use crate::charts::{BeforeAfter, Belief, Drawing, Interval, Picture, beliefs};
use crate::report::charts::{ChartOptions, Origin, write};

use super::super::made_files::{FileError, MadeFiles};
use super::{Calibration, figure, stated};

/// Draws it: the names of files and their bytes.
///
/// # Errors
///
/// When a picture could not be packed.
pub fn draw_calibration(
    calibration: &Calibration<'_>,
    seed: u64,
    options: &ChartOptions<'_>,
) -> Result<MadeFiles, FileError> {
    let draws = calibration.learnt.first().map_or(0, |own| own.draws.len() as u64);
    let origin = Origin { scenario: calibration.scenario, seed, draws };
    write(origin, options, || Picture::only("calibration", drawing(calibration)))
}

/// What was learnt of each figure beside what was stated, where anything was.
fn drawing(calibration: &Calibration<'_>) -> Option<Drawing> {
    let rows: Vec<Belief> = calibration
        .learnt
        .iter()
        .filter(|own| !own.path.starts_with("deals.open."))
        .map(|own| {
            let levels = Interval::from(own.levels());
            Belief {
                name: own.label.clone(),
                stated: stated(calibration.scenario, &own.path).map(Interval::from),
                learnt: levels,
                figures: levels.map(|level| figure(level, own.written)),
            }
        })
        .collect();
    let outside = rows.iter().filter(|row| {
        row.stated.is_some_and(|stated| row.learnt.middle < stated.low || row.learnt.middle > stated.high)
    });
    let compared = rows.iter().filter(|row| row.stated.is_some()).count();
    let finding = match (outside.count(), compared) {
        (_, 0) => "What the records say of each figure".to_owned(),
        (0, _) => "The records lie inside every range that was stated".to_owned(),
        (1, all) => format!("The records lie outside the stated range in 1 of {all} figures"),
        (many, all) => format!("The records lie outside the stated range in {many} of {all} figures"),
    };
    beliefs::draw(&BeforeAfter { finding: &finding, rows: &rows })
}
