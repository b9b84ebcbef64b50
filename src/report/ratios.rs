//! Ratios that some draws lack: what a table shows of them, and the sentence that says how many lack it.

use crate::engine::{RatioOfMeans, Stats, TargetForecast};
use crate::model::outcomes::Outcome;
use crate::text::{error_digits, percent, with_error};

/// From this share of futures without the figure on, it is said.
const WORTH_SAYING: f64 = 0.01;

/// With fewer wins or leads than this on average, what one costs is not told.
const FEWEST: f64 = 1.0;

/// In place of a cost of so few wins that it says nothing.
pub(super) const TOO_FEW: &str = "too few";

/// Below a table that holds [`TOO_FEW`].
pub(super) const TOO_FEW_WINS: &str = "too few: less than one win on average, too few wins to say what one costs.";

/// Whether the cost of one says nothing, since there is less than one on average.
pub(super) fn is_too_few(count: f64) -> bool {
    count < FEWEST
}

/// Whether the figure is the cost of one piece, and there is less than one on average.
fn is_of_too_few(outcome: &Outcome, stats: &Stats) -> bool {
    outcome.is_cost() && stats.ratio_of_means.is_some_and(|RatioOfMeans { denominator, .. }| is_too_few(denominator))
}

/// A percentile in a table: the figure in units of `one` with the digits that its margin supports, which is `least` at
/// least; of a cost of one piece, that there is none to pay for.
pub(super) fn percentile(outcome: &Outcome, stats: &Stats, level: f64, one: f64, least: f64) -> String {
    let (figure, margin) = stats.told(level);
    match figure {
        _ if is_of_too_few(outcome, stats) => with_error(f64::NAN, None),
        figure if figure.is_infinite() => format!("no {}", outcome.per),
        figure => with_error(figure / one, margin.map(|margin| (margin / one).max(least))),
    }
}

/// The headline in a table, in units of `one`: the mean, of a ratio the ratio of the means.
pub(super) fn headline(outcome: &Outcome, stats: &Stats, one: f64, least: f64) -> String {
    if is_of_too_few(outcome, stats) {
        return TOO_FEW.to_owned();
    }
    with_error(stats.headline() / one, stats.headline_margin().map(|margin| (margin / one).max(least)))
}

/// The margin of [`headline`] in a table, in units of `one`.
pub(super) fn margin(outcome: &Outcome, stats: &Stats, one: f64, least: f64) -> String {
    let told = stats.headline_margin().filter(|_| !is_of_too_few(outcome, stats));
    told.map_or_else(|| "–".into(), |margin| error_digits((margin / one).max(least.min(margin))))
}

/// In how many futures there is no such figure, and what that does to what is shown; nothing where it hardly matters.
pub(super) fn remark(outcome: &Outcome, stats: &Stats, futures: &str) -> Option<String> {
    let without = 1.0 - stats.defined;
    let (title, per) = (outcome.title, outcome.per);
    let ratio = stats.ratio_of_means?;
    if is_of_too_few(outcome, stats) {
        let count = with_error(ratio.denominator, Some(ratio.denominator / 10.0));
        return Some(format!(
            "{title}: too few {per}s to say. There are {count} on average, and none in {} of the {futures}.",
            percent(without)
        ));
    }
    if without < WORTH_SAYING || stats.defined == 0.0 {
        return None;
    }
    let share = percent(without);
    Some(match stats.over_all {
        Some(_) => format!(
            "{title}: {share} of the {futures} have no {per} and so no such figure. They count as the dearest in P10 to P90; \
             the mean is all cost over all {per}s."
        ),
        None => format!(
            "{title}: {share} of the {futures} have no {per} and so no such figure. P10 to P90 are of the others; the mean \
             is that of all of them together."
        ),
    })
}

/// Behind the chance of a target: the futures that miss it because they have no such figure; nothing where they are few.
pub(super) fn misses_for_want(target: &TargetForecast) -> Option<String> {
    let without = 1.0 - target.defined;
    let per = target.outcome.outcome().per;
    (without >= WORTH_SAYING && !per.is_empty()).then(|| format!("; {} have no {per} and miss it", percent(without)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Worst, over_all, summarize};
    use crate::model::outcomes::OutcomeId;

    /// A CAC of 100 in so many of 1,000 quarters, and none in the others.
    fn cac(with: usize, wins: f64) -> (&'static Outcome, Stats) {
        let column: Vec<f64> = (0..1_000).map(|at| if at < with { 100.0 } else { f64::NAN }).collect();
        let ratio = RatioOfMeans { ratio: 140.0, error: Some(1.0), denominator: wins };
        let stats = summarize(&column, 0, Worst::Highest);
        let outcome = OutcomeId::named("cac").expect("an outcome").outcome();
        (outcome, Stats { ratio_of_means: Some(ratio), over_all: over_all(&column, 0), ..stats })
    }

    #[test]
    fn quarters_without_a_win_count_as_the_dearest() {
        let (outcome, stats) = cac(680, 1.1);
        let cells = [0.10, 0.50, 0.90].map(|level| percentile(outcome, &stats, level, 1.0, 0.0));
        assert_eq!(cells, ["100", "100", "no win"]);
        assert_eq!(headline(outcome, &stats, 1.0, 0.0), "140");
        let remark = remark(outcome, &stats, "quarters").expect("a third has none");
        assert!(remark.contains("32% of the quarters have no win"), "{remark}");
    }

    #[test]
    fn what_hardly_any_quarter_lacks_is_not_spoken_of() {
        let (outcome, stats) = cac(995, 5.0);
        assert_eq!(remark(outcome, &stats, "quarters"), None);
    }

    #[test]
    fn of_less_than_one_win_on_average_there_is_too_little_to_say() {
        let (outcome, stats) = cac(1, 0.001);
        assert_eq!(percentile(outcome, &stats, 0.5, 1.0, 0.0), "–");
        assert_eq!(headline(outcome, &stats, 1.0, 0.0), TOO_FEW);
        assert!(remark(outcome, &stats, "futures").is_some_and(|remark| remark.contains("too few wins to say")));
    }
}
