//! Forecasts of a log and what came, as text.

use crate::calibrate::backtest::{SaidScore, SaidScores, Scored, Target, Way};
use crate::text::{count, percent, with_error, wrap};
use crate::units::Levels;

use super::WAYS;

/// What was said, and how it did.
#[derive(Clone, Debug)]
pub struct SaidReport<'a> {
    /// the scores
    pub scores: &'a SaidScores,
    /// how exports were read, in sentences
    pub exports: Vec<String>,
}

const TARGETS: [(Target, &str); 2] = [(Target::Wins, "wins"), (Target::Result, "revenue")];

impl SaidReport<'_> {
    /// The whole text.
    #[must_use]
    pub fn text(&self, width: usize) -> String {
        let mut parts: Vec<String> = self.exports.iter().map(|export| wrap(export, width, "  ")).collect();
        parts.push(wrap(&self.verdict(), width, ""));
        if self.scores.of_log.is_empty() {
            return parts.join("\n\n");
        }
        parts.push(self.table());
        parts.push(self.forecasts());
        parts.join("\n\n")
    }

    fn verdict(&self) -> String {
        let not_over = match self.scores.not_over {
            0 => String::new(),
            all => format!(" {} not over yet.", are(all)),
        };
        if self.scores.of_log.is_empty() {
            return format!("No forecast of the log is over and has records of what came.{not_over}");
        }
        let told = TARGETS.iter().filter_map(|(target, name)| {
            let own: Vec<&Scored> = self.of_log(*target).map(|own| &own.scored).collect();
            let held = own.iter().filter(|own| own.holds()).count();
            let bar = WAYS[1..].iter().filter_map(|way| Some((*way, self.crps_beside(*target, *way)?)));
            let best = bar.min_by(|a, b| a.1.1.total_cmp(&b.1.1));
            let beside = match best {
                Some((way, (said, bar))) if bar < said => {
                    format!("; \"{}\" would have forecast them better", plain(way))
                }
                Some((way, _)) => format!("; \"{}\", the best of the simple ways, did worse", plain(way)),
                None => String::new(),
            };
            (!own.is_empty()).then(|| {
                let all = count(own.len() as f64, "forecast");
                format!("Of {all} of {name}, {held} held what came between P10 and P90 (8 of 10 are meant to){beside}.")
            })
        });
        format!("{}{not_over}", told.collect::<Vec<_>>().join(" "))
    }

    fn of_log(&self, target: Target) -> impl Iterator<Item = &SaidScore> {
        self.scores.of_log.iter().filter(move |own| own.scored.target == target)
    }

    /// The mean scores of the log and of a bar over the forecasts that both made; none without any.
    fn crps_beside(&self, target: Target, way: Way) -> Option<(f64, f64)> {
        let pairs: Vec<(f64, f64)> = self
            .of_log(target)
            .filter_map(|said| {
                let same = |own: &&Scored| {
                    own.target == target
                        && own.way == way
                        && own.cut == said.scored.cut
                        && own.weeks == said.scored.weeks
                };
                Some((said.scored.crps, self.scores.bars.iter().find(same)?.crps))
            })
            .collect();
        let n = pairs.len() as f64;
        (!pairs.is_empty()).then(|| {
            (pairs.iter().map(|pair| pair.0).sum::<f64>() / n, pairs.iter().map(|pair| pair.1).sum::<f64>() / n)
        })
    }

    fn table(&self) -> String {
        let mut table = crate::report::aligned::table(&[
            "of what was said",
            "forecasts",
            "CRPS",
            "within P10 to P90",
            "error of P50",
        ]);
        for (target, name) in TARGETS {
            let own: Vec<&Scored> = self.of_log(target).map(|own| &own.scored).collect();
            if own.is_empty() {
                continue;
            }
            let n = own.len() as f64;
            let mean = |of: &dyn Fn(&Scored) -> f64| own.iter().map(|one| of(one)).sum::<f64>() / n;
            let error = mean(&|one| (one.levels.p50 - one.actual).abs()) / mean(&|one| one.actual).max(1e-9);
            table.add_row([
                name.to_owned(),
                own.len().to_string(),
                with_error(mean(&|one| one.crps), None),
                percent(mean(&|one| f64::from(u8::from(one.holds())))),
                percent(error),
            ]);
        }
        crate::report::aligned::shown(&table)
    }

    fn forecasts(&self) -> String {
        let heads = ["made", "from", "weeks", "plan", "of", "came", "P10", "P50", "P90", ""];
        let mut table = crate::report::aligned::table(&heads);
        for own in &self.scores.of_log {
            let Scored { cut, weeks, target, actual, levels, .. } = &own.scored;
            let Levels { p10, p50, p90 } = levels.map(|level| with_error(level.round(), Some(1.0)));
            table.add_row([
                own.made.to_string(),
                cut.to_string(),
                weeks.to_string(),
                own.plan.clone(),
                name_of(*target).to_owned(),
                with_error(*actual, Some(1.0)),
                p10,
                p50,
                p90,
                if own.scored.holds() { "in" } else { "out" }.to_owned(),
            ]);
        }
        crate::report::aligned::shown(&table)
    }
}

/// The name of a target of a log.
pub(super) fn name_of(target: Target) -> &'static str {
    TARGETS.iter().find(|(own, _)| *own == target).map_or("", |(_, name)| name)
}

fn are(all: usize) -> String {
    format!("{} {}", count(all as f64, "forecast"), if all == 1 { "is" } else { "are" })
}

fn plain(way: Way) -> &'static str {
    match way {
        Way::Model => "this model",
        Way::LastWeeks => "the same time before",
        Way::LastYear => "the same weeks last year",
        Way::Smoothing => "exponential smoothing",
    }
}
