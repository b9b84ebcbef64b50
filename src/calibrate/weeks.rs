//! From weekly results and spend to figures of a plan: response curves, and the season of the weeks that are planned.

use super::curves::{CurveChannel, CurveDraws, curves, follows_season};
use super::learnt::{Drift, Learnt, Written, percentile};
use super::weekly::{MOST_WEEKS, season_ahead};

/// What weekly results are learnt from, and for.
#[derive(Clone, Debug)]
pub struct WeekQuestion {
    /// what the result is called
    pub result: String,
    /// the result of each week
    pub results: Vec<f64>,
    /// the channels whose curves are asked for, with their spend
    pub channels: Vec<CurveChannel>,
    /// weeks from the last result to the first planned week: 1 where it is the next
    pub ahead: usize,
    /// the weeks that are planned
    pub weeks: usize,
}

/// What weekly results teach.
#[derive(Clone, Debug, Default)]
pub struct FromWeeks {
    /// the figures
    pub learnt: Vec<Learnt>,
    /// demand of each planned week beside that of an average week of the last year; none below two years of records
    pub season: Option<Vec<f64>>,
    /// what a reader must know
    pub warnings: Vec<String>,
}

/// Two of each season.
const FEWEST_WEEKS: usize = 104;
/// Spend that goes with the season this closely can't be told from it.
const FOLLOWS: f64 = 0.6;

/// Learns from weekly results.
#[must_use]
pub fn learn_from_weeks(question: &WeekQuestion) -> FromWeeks {
    let mut found = FromWeeks::default();
    let count = question.results.len();
    if count < FEWEST_WEEKS {
        found.warnings.push(format!(
            "{} of \"{}\" are too few for a season and for response curves: {FEWEST_WEEKS} are needed. The season stays as \
             you stated it.",
            crate::text::count(count as f64, "week"),
            question.result
        ));
        return found;
    }
    if question.results.iter().any(|result| *result <= 0.0) {
        found.warnings.push(format!(
            "\"{}\" has weeks without any result: neither a season nor curves can be learnt.",
            question.result
        ));
        return found;
    }
    let from = count.saturating_sub(MOST_WEEKS);
    let results = &question.results[from..];
    found.season = season_ahead(results, question.ahead, question.weeks);
    let mut channels = question.channels.clone();
    channels.iter_mut().for_each(|own| drop(own.spend.drain(..from.min(own.spend.len()))));
    let (spending, idle): (Vec<_>, Vec<_>) = channels.into_iter().partition(|own| own.spend.iter().any(|x| *x > 0.0));
    for own in idle.iter().filter(|own| own.is_asked) {
        found.warnings.push(format!("{} spent nothing in these weeks: its curve stays as you stated it.", own.label));
    }
    if !spending.iter().any(|own| own.is_asked) {
        return found;
    }
    let Some(drawn) = curves(results, &spending) else { return found };
    for (channel, draws) in spending.iter().zip(drawn).filter(|(channel, _)| channel.is_asked) {
        found.warnings.extend(notes(channel, &draws, results, &question.result));
        found.learnt.extend(figures(channel, draws, results.len()));
    }
    found.warnings.push(
        "Curves come from spend that somebody chose: where spend followed demand they say too much, and no model can tell. \
         They serve what-if questions, not the forecast of the total. A lift test settles it: give it in the map, \
         [[weeks.lifts]]."
            .into(),
    );
    found
}

fn notes(channel: &CurveChannel, draws: &CurveDraws, results: &[f64], result: &str) -> Vec<String> {
    let label = crate::text::capital(&channel.label);
    let [low, high] = [0.1, 0.9].map(|p| crate::text::percent(percentile(&draws.share_of_result, p)));
    let mut notes = vec![format!("{label}: today's spend brings {low} to {high} of \"{result}\" (P10 to P90).")];
    let follows = follows_season(results, &channel.spend);
    if follows.abs() > FOLLOWS && channel.lifts.is_empty() {
        notes.push(format!(
            "{label}: spend follows the season (correlation {follows:.2}), so its curve can't be told from the season."
        ));
    }
    notes
}

fn figures(channel: &CurveChannel, draws: CurveDraws, weeks: usize) -> Vec<Learnt> {
    let figure = |key: &str, label: &str, draws: Vec<f64>, written: Written| Learnt {
        path: format!("channels.{}.{key}", channel.name),
        label: format!("{label}, {}", channel.label),
        draws,
        from: match channel.lifts.len() {
            0 => format!("{} of spend and result", crate::text::count(weeks as f64, "week")),
            tests => format!(
                "{} of spend and result, {}",
                crate::text::count(weeks as f64, "week"),
                crate::text::count(tests as f64, "lift test")
            ),
        },
        method: "response curves of all channels over level, season and noise of the log of weekly results (Gaussian process; \
                 Gibbs and Metropolis steps)",
        prior: "effects half-normal, ±0.5 in the log of the result for all channels together, as published elasticities are; \
                half of the effect near today's spend, within a factor of 2 two times of three; 21% to 60% carried over",
        drift: Drift::None,
        remark: String::new(),
        written,
    };
    let mut learnt = vec![
        figure("scale", "result at full saturation", draws.scale, Written::Number),
        figure("saturation.half", "scaled spend of half the effect", draws.half, Written::Number),
    ];
    if channel.carries_over {
        learnt.push(figure("adstock.retention", "carried over to the next week", draws.retention, Written::Share));
    }
    learnt
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(weeks: usize) -> WeekQuestion {
        let result = |week: usize| 1_000.0 * (0.3 * (std::f64::consts::TAU * week as f64 / 52.1775).sin()).exp();
        let spend = (0..weeks).map(|week| if (week * week) % 7 < 3 { 900.0 } else { 100.0 }).collect();
        let channel = |name: &str, spend| CurveChannel {
            name: name.into(),
            label: name.into(),
            is_asked: true,
            spend_scale: 1.0,
            carries_over: true,
            max_lag: 4,
            normalized: true,
            spend,
            lifts: Vec::new(),
        };
        let channels = vec![channel("tv", spend), channel("radio", vec![0.0; weeks])];
        WeekQuestion {
            result: "sales".into(),
            results: (0..weeks).map(result).collect(),
            channels,
            ahead: 1,
            weeks: 13,
        }
    }

    #[test]
    fn two_years_teach_a_season_and_curves_and_less_says_so() {
        let found = learn_from_weeks(&question(156));
        let names: Vec<&str> = found.learnt.iter().map(|own| own.path.as_str()).collect();
        assert_eq!(names, ["channels.tv.scale", "channels.tv.saturation.half", "channels.tv.adstock.retention"]);
        assert!(found.learnt.iter().all(|own| own.draws.iter().all(|x| *x >= 0.0 && x.is_finite())));
        for part in ["radio spent nothing", "lift test settles it"] {
            assert!(found.warnings.iter().any(|own| own.contains(part)), "{part}: {:?}", found.warnings);
        }
        // Week 156 is 156 − 2·52.1775 = 51.6 weeks into the year: the season is near 0 there and rises to .3 in a quarter.
        let season = found.season.expect("a season");
        assert!((season[0] - 1.0).abs() < 0.06 && (season[12] - 1.33).abs() < 0.08, "{season:?}");
        let short = learn_from_weeks(&question(80));
        assert!(short.learnt.is_empty() && short.season.is_none() && short.warnings[0].contains("104 are needed"));
    }
}
