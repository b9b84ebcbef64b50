//! From sends of mailings to rates of a list: the share of addresses that click, and that leave with each send.
//!
//! ```text
//! k_i ~ Binomial(n_i, p_i) of send i,   p_i ~ Beta(mκ, (1−m)κ),   logit m uniform about what all sends say, ln κ uniform
//! ```
//! n are deliveries, k unique clicks or unsubscribes. A plan wants m, the mean of the sends to come, which sends tell, and not
//! deliveries: 40,000 of them in two sends say little. m and κ are on a grid, weighted by the beta-binomial likelihood of
//! all sends together; then comes drift: logit m + N(0, d²).
//!
//! Source: Gelman et al., Bayesian Data Analysis (2013), section 5.3.

use statrs::function::beta::ln_beta;

use crate::records::{Day, Mailing, Mailings};
use crate::transcendental::{exp, ln};

use super::DRAWS;
use super::chance::{Chance, from_logs, logit, share};
use super::learnt::{Drift, Learnt, Written};
use super::sources::{PlanChannel, channel_of};

/// What mailings are learnt from, and for.
#[derive(Clone, Copy, Debug)]
pub struct MailQuestion<'a> {
    /// the mailings
    pub mailings: &'a Mailings,
    /// the day that the records end
    pub as_of: Day,
    /// the channels of the plan
    pub channels: &'a [PlanChannel],
    /// the words that the map gives for channels
    pub said: &'a [(String, Vec<String>)],
}

/// What is assumed of the next quarter's rates, as a standard deviation of their logit.
const RATE_DRIFT: f64 = 0.3;

/// Sends of so many days tell today's rates.
const RECENT: i32 = 364;
/// Fewer sends tell nothing of the next ones.
const FEWEST_SENDS: usize = 4;

/// Steps of the grid, and how far it reaches on either side of the rate of all sends together, in the logit.
const MEANS: usize = 121;
const REACH: f64 = 2.4;
const CONCENTRATIONS: usize = 28;
const LEAST_CONCENTRATION: f64 = 5.0;
const MOST_CONCENTRATION: f64 = 200_000.0;

/// Learns the click rate and the rate at which readers leave, of every email channel; and what a reader must know.
#[must_use]
pub fn learn_from_mail(question: &MailQuestion<'_>) -> (Vec<Learnt>, Vec<String>) {
    let (mut learnt, mut warnings) = (Vec::new(), Vec::new());
    let lists: Vec<usize> = (0..question.channels.len()).filter(|at| question.channels[*at].kind == "email").collect();
    if lists.is_empty() {
        warnings.push("The plan has no channel of kind email: what mailings teach has no place in it.".into());
    }
    for &at in &lists {
        let channel = &question.channels[at];
        // With one list every send is of it; of several the name of the send must tell.
        let is_of = |send: &&Mailing| {
            lists.len() == 1
                || send.source.is_some_and(|source| {
                    channel_of(&question.mailings.sources[source], question.channels, question.said) == Some(at)
                })
        };
        let is_recent = |send: &&Mailing| question.as_of.0 - send.day.0 < RECENT;
        let sends: Vec<&Mailing> = question.mailings.list.iter().filter(is_recent).filter(is_of).collect();
        if sends.len() < FEWEST_SENDS {
            warnings.push(format!(
                "{} of {} in the last year are too few to learn from: {FEWEST_SENDS} are needed.",
                crate::text::count(sends.len() as f64, "send"),
                channel.label
            ));
            continue;
        }
        let figure = |key: &str, label: &str, counts: Vec<(f64, f64)>| {
            let made: f64 = counts.iter().map(|(made, _)| made).sum();
            let tried: f64 = counts.iter().map(|(_, tried)| tried).sum();
            let draws = mean_rate(&counts, &mut Chance::of(&format!("{key} of channel {at}")))?;
            Some(Learnt {
                path: format!("channels.{}.{key}", channel.name),
                label: format!("{label}, {}", channel.label),
                draws,
                from: format!(
                    "{}, {} of {} deliveries",
                    crate::text::count(sends.len() as f64, "send"),
                    crate::text::with_error(made, None),
                    crate::text::with_error(tried, None)
                ),
                method: "the mean of sends that differ, from each one's clicks or leavers of its deliveries (beta-binomial, mean \
                         and concentration on a grid)",
                prior: "any mean, any spread of sends",
                drift: Drift::Assumed(RATE_DRIFT),
                remark: String::new(),
                written: Written::Share,
            })
        };
        let counts = |of: fn(&Mailing) -> Option<f64>| -> Vec<(f64, f64)> {
            sends.iter().filter_map(|send| Some((of(send)?, send.delivered))).collect()
        };
        learnt.extend(figure("click_rate", "click rate", counts(|send| send.clicked)));
        learnt.extend(figure("unsubscribe_rate", "unsubscribe rate", counts(|send| send.left)));
    }
    (learnt, warnings)
}

/// Draws of the mean rate of the sends to come, each told as (how many did, of how many); none of too few.
fn mean_rate(counts: &[(f64, f64)], chance: &mut Chance) -> Option<Vec<f64>> {
    if counts.len() < FEWEST_SENDS {
        return None;
    }
    let (made, tried) = counts.iter().fold((0.0, 0.0), |(made, tried), own| (made + own.0, tried + own.1));
    let middle = logit((made + 0.5) / (tried + 1.0));
    let step = 2.0 * REACH / (MEANS - 1) as f64;
    let means: Vec<f64> = (0..MEANS).map(|i| middle - REACH + step * i as f64).collect();
    let span = ln(MOST_CONCENTRATION / LEAST_CONCENTRATION);
    let concentrations =
        (0..CONCENTRATIONS).map(|j| LEAST_CONCENTRATION * exp(span * j as f64 / (CONCENTRATIONS - 1) as f64));
    let concentrations: Vec<f64> = concentrations.collect();
    let log = |mean: f64, sum: f64| -> f64 {
        let (a, b) = (share(mean) * sum, (1.0 - share(mean)) * sum);
        let one = |(made, tried): &(f64, f64)| ln_beta(a + made, b + tried - made) - ln_beta(a, b);
        counts.iter().map(one).sum()
    };
    let logs: Vec<f64> = means.iter().flat_map(|mean| concentrations.iter().map(|sum| log(*mean, *sum))).collect();
    let weights = from_logs(&logs);
    let by_mean: Vec<f64> = weights.chunks(CONCENTRATIONS).map(|own| own.iter().sum()).collect();
    let draw = |_| {
        let at = chance.among(&by_mean);
        let within = step * (chance.uniform() - 0.5);
        share(means[at] + within + RATE_DRIFT * chance.normal()).clamp(1e-6, 1.0 - 1e-6)
    };
    Some((0..DRAWS).map(draw).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calibrate::percentile;

    /// Sends that are all alike are one: a mean of 2 %, and drift of ±0.3 in the logit about it.
    #[test]
    fn sends_that_are_alike_leave_drift_alone() {
        let draws = mean_rate(&[(200.0, 10_000.0); 12], &mut Chance::of("a test")).expect("enough sends");
        let [low, middle, high] = [0.1, 0.5, 0.9].map(|p| logit(percentile(&draws, p)));
        // The logit of 2,400 of 120,000 is known to 1/√2,400 = .02. A percentile of 4,096 draws strays by 1.7·.3/64 = .008.
        assert!((middle - logit(0.02)).abs() < 0.06, "{middle}");
        assert!((high - low - 2.0 * 1.2816 * 0.3).abs() < 0.07, "{}", high - low);
    }

    /// Sends of 1 % and of 4 % by turns: four of each are 2.5 % give or take what eight sends tell, whatever their deliveries.
    #[test]
    fn sends_that_differ_say_less_of_the_next_ones() {
        let sends: Vec<(f64, f64)> =
            (0..8).map(|i| if i % 2 == 0 { (100.0, 10_000.0) } else { (400.0, 10_000.0) }).collect();
        let more: Vec<(f64, f64)> = sends.iter().map(|(made, tried)| (10.0 * made, 10.0 * tried)).collect();
        let spread = |sends: &[(f64, f64)]| {
            let draws = mean_rate(sends, &mut Chance::of("a test")).expect("enough sends");
            logit(percentile(&draws, 0.9)) - logit(percentile(&draws, 0.1))
        };
        // Drift alone is .77; a standard error of .7/√8 = .25 more makes it 1.0.
        assert!(spread(&sends) > 0.85, "{}", spread(&sends));
        assert!((spread(&sends) - spread(&more)).abs() < 0.1);
    }
}
