//! Past forecasts and what came, as text, as a summary and as pictures.

mod charts;
mod said;
mod summary;

use crate::calibrate::backtest::{Score, Scored, Target, Way, score, steps};
use crate::text::{count, percent, with_error, wrap};
use crate::units::Levels;

pub use said::SaidReport;

/// What was tested.
#[derive(Clone, Debug)]
pub struct BacktestReport<'a> {
    /// forecasts with what came
    pub scored: &'a [Scored],
    /// weeks ahead
    pub horizon: usize,
    /// how exports were read, in sentences
    pub exports: Vec<String>,
}

const WAYS: [Way; 4] = [Way::Model, Way::LastWeeks, Way::LastYear, Way::Smoothing];

impl BacktestReport<'_> {
    /// The whole text.
    #[must_use]
    pub fn text(&self, width: usize) -> String {
        let mut parts: Vec<String> = self.exports.iter().map(|export| wrap(export, width, "  ")).collect();
        parts.push(wrap(&self.verdict(), width, ""));
        if score(self.scored, self.target(), Way::Model, self.horizon).is_none() {
            return parts.join("\n\n");
        }
        parts.push(self.scores());
        parts.extend(self.by_weeks());
        if self.target() == Target::Result {
            parts.push(self.cuts(Target::Result, &format!("Totals of {} weeks, forecast at each cut:", self.horizon)));
            return parts.join("\n\n");
        }
        parts.push(self.cuts(Target::Wins, &format!("Wins of {} weeks, forecast at each cut:", self.horizon)));
        let open = format!("Wins in {} weeks of what was open at the cut:", self.horizon);
        parts.push(self.cuts(Target::OfOpen, &open));
        parts.join("\n\n")
    }

    fn noun(&self) -> &'static str {
        if self.target() == Target::Result { "result" } else { "wins" }
    }

    /// What the ways are compared in.
    fn target(&self) -> Target {
        if self.scored.iter().any(|own| own.target == Target::Result) { Target::Result } else { Target::Wins }
    }

    /// The plain sentence: does the model forecast better than what needs none?
    fn verdict(&self) -> String {
        let Some(own) = score(self.scored, self.target(), Way::Model, self.horizon) else {
            return format!(
                "No past day has enough records before it (26 weeks and 20 wins, or 104 weeks of results) and {} weeks \
                 after it: there is nothing to test. A shorter --horizon needs fewer weeks after it.",
                self.horizon
            );
        };
        let bars =
            WAYS[1..].iter().filter_map(|way| Some((*way, score(self.scored, self.target(), *way, self.horizon)?)));
        let best = bars.filter(|(_, bar)| bar.cuts == own.cuts).min_by(|a, b| a.1.crps.total_cmp(&b.1.crps));
        let holds = format!(
            "What came lay between P10 and P90 in {} of {} past forecasts (8 of 10 are meant to).",
            (own.coverage * own.cuts as f64).round(),
            own.cuts
        );
        let few = if own.cuts < 10 { " These are few, and cuts that overlap say less than they count." } else { "" };
        match best {
            Some((way, bar)) if bar.crps < own.crps => format!(
                "{} forecasts your {} better than this model: its score (CRPS) is {} against {}. {holds}{few}",
                crate::text::capital(&way.name(self.horizon)),
                self.noun(),
                with_error(bar.crps, None),
                with_error(own.crps, None)
            ),
            Some((way, bar)) => format!(
                "This model forecasts your {} better than the best of the simple ways ({}): its score (CRPS) is {} \
                 against {}. {holds}{few}",
                self.noun(),
                way.name(self.horizon),
                with_error(own.crps, None),
                with_error(bar.crps, None)
            ),
            None => format!("{holds}{few}"),
        }
    }

    fn scores(&self) -> String {
        let mut table =
            super::aligned::table(&["way to forecast", "cuts", "CRPS", "within P10 to P90", "error of P50"]);
        let mut add = |name: String, score: Score| {
            table.add_row([
                name,
                score.cuts.to_string(),
                with_error(score.crps, None),
                percent(score.coverage),
                percent(score.error),
            ]);
        };
        for way in WAYS {
            if let Some(score) = score(self.scored, self.target(), way, self.horizon) {
                add(way.name(self.horizon), score);
            }
        }
        if let Some(score) = score(self.scored, Target::OfOpen, Way::Model, self.horizon) {
            add("this model, of what was open".into(), score);
        }
        super::aligned::shown(&table)
    }

    /// The scores of shorter times ahead; none where there is only one.
    fn by_weeks(&self) -> Option<String> {
        let steps = steps(self.horizon);
        score(self.scored, self.target(), Way::Model, self.horizon)?;
        let heads = steps.iter().map(|weeks| count(*weeks as f64, "week"));
        let heads: Vec<String> = std::iter::once("error of P50 over".to_owned()).chain(heads).collect();
        let mut table = super::aligned::table(&heads.iter().map(String::as_str).collect::<Vec<_>>());
        for way in WAYS {
            let name = if way == Way::LastWeeks { "the same time before".into() } else { way.name(self.horizon) };
            let errors = steps.iter().map(|&weeks| score(self.scored, self.target(), way, weeks));
            let errors = errors.map(|score| score.map_or_else(String::new, |score| percent(score.error)));
            table.add_row(std::iter::once(name).chain(errors));
        }
        (steps.len() > 1).then(|| super::aligned::shown(&table))
    }

    fn cuts(&self, target: Target, title: &str) -> String {
        let mut table = super::aligned::table(&["cut", "came", "P10", "P50", "P90", ""]);
        let is_told = |own: &&Scored| own.target == target && own.way == Way::Model && own.weeks == self.horizon;
        for own in self.scored.iter().filter(is_told) {
            let Levels { p10, p50, p90 } = own.levels.map(|level| with_error(level.round(), Some(1.0)));
            let came = with_error(own.actual, Some(1.0));
            table.add_row([own.cut.to_string(), came, p10, p50, p90, if own.holds() { "in" } else { "out" }.into()]);
        }
        format!("{title}\n{}", super::aligned::shown(&table))
    }
}
