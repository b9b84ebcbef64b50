//! The pictures of a backtest: past forecasts with what came, the ranks of what came, the error by weeks ahead.

use crate::calibrate::backtest::{Score, Scored, Target, Way, score, steps};
use crate::charts::{Across, Curve, Drawing, Footer, Line, Past, PastForecast, Ranks, curve, past, ranks};
use crate::random::binomial;
use crate::report::charts::{ChartOptions, in_formats};
use crate::text::{capital, count, percent};
use crate::units::Date;

use super::super::made_files::{FileError, MadeFiles};
use super::{BacktestReport, WAYS};

impl BacktestReport<'_> {
    /// Draws the pictures: the names of files and their bytes. `name` is what the footer says the records are.
    ///
    /// # Errors
    ///
    /// When a picture could not be packed.
    pub fn draw(&self, name: &str, options: &ChartOptions<'_>) -> Result<MadeFiles, FileError> {
        if !options.has_charts() {
            return Ok(Vec::new());
        }
        let target = self.target();
        let mut pictures = vec![
            ("forecasts", self.forecasts(target)),
            ("ranks", self.ranks(target)),
            ("horizons", self.horizons(target)),
        ];
        if target == Target::Wins {
            pictures.push(("forecasts-of-open", self.forecasts(Target::OfOpen)));
        }
        let day = options.day.map_or_else(String::new, Date::in_words);
        let footer = Footer { plan: name, day: &day, seed: 1, draws: 1_000, changed: &[] };
        let mut files = Vec::new();
        for (file, drawing) in pictures {
            if let Some(drawing) = drawing {
                files.extend(in_formats(file, &drawing.with_footer(&footer), options)?);
            }
        }
        Ok(files)
    }

    fn of_model(&self, target: Target) -> impl Iterator<Item = &Scored> {
        self.scored.iter().filter(move |own| own.target == target && own.way == Way::Model && own.weeks == self.horizon)
    }

    fn forecasts(&self, target: Target) -> Option<Drawing> {
        let own = score(self.scored, target, Way::Model, self.horizon)?;
        let held = (own.coverage * own.cuts as f64).round();
        let what = match target {
            Target::Wins => "Wins",
            Target::OfOpen => "Wins of what was open",
            Target::Result => "The result",
        };
        let finding =
            format!("{what} lay between P10 and P90 in {held} of {}", count(own.cuts as f64, "past forecast"));
        let up = format!("{what} in {} weeks", self.horizon);
        let forecasts: Vec<PastForecast> = self
            .of_model(target)
            .map(|own| PastForecast { day: own.cut.to_string(), levels: own.levels.into(), came: own.actual })
            .collect();
        past::draw(&Past { finding: &finding, up: &up, forecasts: &forecasts })
    }

    fn ranks(&self, target: Target) -> Option<Drawing> {
        let of: Vec<f64> = self.of_model(target).map(|own| own.rank).collect();
        let parts = if of.len() >= 50 { 10 } else { 5 };
        let mut counts = vec![0.0; parts];
        for rank in &of {
            counts[((rank * parts as f64) as usize).min(parts - 1)] += 1.0;
        }
        let own = score(self.scored, target, Way::Model, self.horizon)?;
        // What 95 of 100 numbers of forecasts that hold 8 of 10 lie between.
        let all = own.cuts as u64;
        let held = (own.coverage * own.cuts as f64).round();
        let (least, most) = (binomial(all, 0.8, 0.025) as f64, binomial(all, 0.8, 0.975) as f64);
        let finding = if held < least {
            format!("Past forecasts were too narrow: {} held what came, and 80% should", percent(own.coverage))
        } else if held > most {
            format!("Past forecasts were too wide: {} held what came, and 80% should", percent(own.coverage))
        } else {
            format!(
                "{held} of {} held what came: no sign that they are too wide or too narrow",
                count(own.cuts as f64, "past forecast")
            )
        };
        let each = 1.0 / parts as f64;
        let band = (binomial(all, each, 0.025) as f64, binomial(all, each, 0.975) as f64);
        ranks::draw(&Ranks { finding: &finding, counts: &counts, band })
    }

    fn horizons(&self, target: Target) -> Option<Drawing> {
        let steps = steps(self.horizon);
        let at = |way: Way, weeks: usize| score(self.scored, target, way, weeks);
        let mut lines: Vec<(String, Vec<(f64, f64)>)> = WAYS
            .into_iter()
            .filter_map(|way| {
                let points: Vec<(f64, f64)> =
                    steps.iter().filter_map(|&weeks| Some((weeks as f64, 100.0 * at(way, weeks)?.error))).collect();
                let name = if way == Way::LastWeeks { "the same time before".into() } else { way.name(self.horizon) };
                (points.len() > 1).then(|| (capital(&name), points))
            })
            .collect();
        // The model, and the two simple ways that miss least.
        let last = |line: &(String, Vec<(f64, f64)>)| line.1.last().map_or(f64::INFINITY, |point| point.1);
        if let Some(simple) = lines.get_mut(1..) {
            simple.sort_by(|a, b| last(a).total_cmp(&last(b)));
        }
        lines.truncate(3);
        let own: Score = at(Way::Model, self.horizon)?;
        let finding = format!(
            "Over {} the middle of the forecast missed what came by {}",
            count(self.horizon as f64, "week"),
            percent(own.error)
        );
        let lines: Vec<Line<'_>> = lines.iter().map(|(name, points)| Line { name, points }).collect();
        (!lines.is_empty()).then(|| {
            curve::draw(&Curve {
                finding: &finding,
                about: "How far the middle of the forecast (P50) lay from what came, on average over all days on which one \
                        was made, for totals of the first weeks; beside the two simple ways that missed least.",
                across: Across::Weeks,
                up: "Error of P50, % of what came",
                lines: &lines,
                level: None,
                marks: &[],
            })
        })
    }
}
