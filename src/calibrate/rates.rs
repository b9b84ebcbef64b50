//! Shares of a funnel by channel: how many leads are qualified, how many of these become opportunities.
//!
//! ```text
//! k_g ~ Binomial(n_g, p_g),   p_g ~ Beta(mκ, (1−m)κ),   m uniform, ln κ uniform between 2 and 500
//! p_g | m, κ ~ Beta(mκ + k_g, (1−m)κ + n_g − k_g),   then drift: logit p + N(0, d²)
//! ```
//! m and κ are on a grid, weighted by the beta-binomial likelihood of all channels together: channels lean on each other as far as
//! they are alike, and the more the fewer records they have.
//!
//! Source: Gelman et al., Bayesian Data Analysis (2013), section 5.3.

use statrs::function::beta::ln_beta;

use crate::records::{Day, Lead, Leads};
use crate::transcendental::{exp, ln};

use super::chance::{Chance, from_logs, logit, share};
use super::lead_question::LeadQuestion;
use super::learnt::{Drift, Learnt, Written, percentile};
use super::sources::channel_of;
use super::{DRAWS, FEWEST_RECORDS};

/// What is assumed of the next quarter's rates, as a standard deviation of their logit.
const RATE_DRIFT: f64 = 0.3;

/// Steps of the grid.
const MEANS: usize = 60;
const CONCENTRATIONS: usize = 24;
const LEAST_CONCENTRATION: f64 = 2.0;
const MOST_CONCENTRATION: f64 = 500.0;

/// Records of so many days tell today's rates.
const RECENT: i32 = 364;
/// Fewer records that had their time, or fewer that made the step, tell nothing.
const FEWEST_TRIED: f64 = 20.0;
const FEWEST_MADE: f64 = 5.0;

/// Of a channel: how many records had their time, and how many of them made the step.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Counts {
    /// records
    pub(super) tried: f64,
    /// those that made the step
    pub(super) made: f64,
}

/// Draws of the rate of each channel, without drift.
pub(super) fn pooled(counts: &[Counts], chance: &mut Chance) -> Vec<Vec<f64>> {
    let mean = |i: usize| (i as f64 + 0.5) / MEANS as f64;
    let span = ln(MOST_CONCENTRATION / LEAST_CONCENTRATION);
    let concentration = |j: usize| LEAST_CONCENTRATION * exp(span * (j as f64 + 0.5) / CONCENTRATIONS as f64);
    let cells: Vec<(f64, f64)> = (0..MEANS)
        .flat_map(|i| (0..CONCENTRATIONS).map(move |j| (mean(i), concentration(j))))
        .map(|(mean, sum)| (mean * sum, (1.0 - mean) * sum))
        .collect();
    let log = |&(a, b): &(f64, f64)| -> f64 {
        let one = |own: &Counts| ln_beta(a + own.made, b + own.tried - own.made) - ln_beta(a, b);
        counts.iter().map(one).sum()
    };
    let weights = from_logs(&cells.iter().map(log).collect::<Vec<_>>());
    let mut draws = vec![Vec::with_capacity(DRAWS); counts.len()];
    for _ in 0..DRAWS {
        let (a, b) = cells[chance.among(&weights)];
        for (own, draws) in counts.iter().zip(&mut draws) {
            let made = chance.gamma(a + own.made, 1.0);
            let missed = chance.gamma(b + own.tried - own.made, 1.0);
            draws.push((made / (made + missed)).clamp(1e-6, 1.0 - 1e-6));
        }
    }
    draws
}

/// The day of a lead's step, where it made it.
type DayOf<'s> = &'s dyn Fn(&Lead) -> Option<Day>;

/// A step of the funnel.
struct Step<'s> {
    /// its key in the plan
    key: &'s str,
    /// what it is called
    label: &'s str,
    /// what counts
    noun: &'s str,
    /// whether the plan has the rate of all channels, as `sales.KEY`
    of_all: bool,
    from: DayOf<'s>,
    to: DayOf<'s>,
}

/// Learns the shares that leads tell: qualified, and opportunities.
pub(super) fn learn_rates(question: &LeadQuestion<'_>) -> Vec<Learnt> {
    let Leads { tells_qualified, tells_opportunity, .. } = question.leads;
    let created = |lead: &Lead| Some(lead.created);
    let qualified = |lead: &Lead| lead.qualified;
    let opportunity = |lead: &Lead| lead.opportunity;
    let mut learnt = Vec::new();
    if *tells_qualified {
        let (key, label, noun) = ("qualified", "qualified share", "lead");
        learnt.extend(step(question, &Step { key, label, noun, of_all: false, from: &created, to: &qualified }));
    }
    if *tells_opportunity && question.has_sales {
        let (key, label) = ("opportunity_rate", "opportunity rate");
        let (from, noun): (DayOf<'_>, _) =
            if *tells_qualified { (&qualified, "qualified lead") } else { (&created, "lead") };
        learnt.extend(step(question, &Step { key, label, noun, of_all: true, from, to: &opportunity }));
    }
    learnt
}

fn step(question: &LeadQuestion<'_>, step: &Step<'_>) -> Vec<Learnt> {
    let of_source: Vec<Option<usize>> =
        question.leads.sources.iter().map(|source| channel_of(source, question.channels, question.said)).collect();
    let times =
        question.leads.list.iter().filter_map(|lead| Some(f64::from(((step.to)(lead)?.0) - (step.from)(lead)?.0)));
    let times: Vec<f64> = times.collect();
    if times.is_empty() {
        return Vec::new();
    }
    // Younger records may still make the step.
    let ripe = percentile(&times, 0.95).max(0.0).ceil() as i32;
    let mut counts = vec![Counts::default(); question.channels.len() + 1];
    for lead in &question.leads.list {
        let Some(day) = (step.from)(lead) else { continue };
        let age = question.as_of.0 - day.0;
        if !(ripe..=RECENT + ripe).contains(&age) {
            continue;
        }
        let at = lead.source.and_then(|source| of_source[source]).unwrap_or(question.channels.len());
        counts[at].tried += 1.0;
        counts[at].made += f64::from(u8::from((step.to)(lead).is_some()));
    }
    let all = counts
        .iter()
        .fold(Counts::default(), |sum, own| Counts { tried: sum.tried + own.tried, made: sum.made + own.made });
    if all.tried < FEWEST_TRIED || all.made < FEWEST_MADE {
        return Vec::new();
    }
    let told: Vec<usize> = (0..counts.len()).filter(|at| counts[*at].tried >= FEWEST_RECORDS as f64).collect();
    let mut chance = Chance::of(&format!("rates of {}", step.key));
    let drift: Vec<f64> = (0..DRAWS).map(|_| RATE_DRIFT * chance.normal()).collect();
    let told_counts: Vec<Counts> = told.iter().map(|at| counts[*at]).collect();
    let rates: Vec<Vec<f64>> = pooled(&told_counts, &mut chance)
        .into_iter()
        .map(|draws| draws.iter().zip(&drift).map(|(rate, drift)| share(logit(*rate) + drift)).collect())
        .collect();
    let figure = |path: String, label: String, draws: Vec<f64>, own: Counts| Learnt {
        path,
        label,
        draws,
        from: format!("{}, {} made it", crate::text::count(own.tried, step.noun), own.made),
        method: "shares by channel, each leaning on the others as far as they are alike (beta-binomial), records that had no \
                 time yet left out",
        prior: "any mean; channels alike or not",
        drift: Drift::Assumed(RATE_DRIFT),
        remark: String::new(),
        written: Written::Share,
    };
    let mut learnt = Vec::new();
    if step.of_all {
        let total: f64 = told_counts.iter().map(|own| own.tried).sum();
        let mean =
            |draw: usize| rates.iter().zip(&told_counts).map(|(rate, own)| rate[draw] * own.tried).sum::<f64>() / total;
        learnt.push(figure(format!("sales.{}", step.key), step.label.into(), (0..DRAWS).map(mean).collect(), all));
    }
    for (&at, draws) in told.iter().zip(rates) {
        let Some(channel) = question.channels.get(at).filter(|channel| channel.to_sales) else { continue };
        let path = format!("channels.{}.{}", channel.name, step.key);
        learnt.push(figure(path, format!("{}, {}", step.label, channel.label), draws, counts[at]));
    }
    learnt
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mean(list: &[f64]) -> f64 {
        list.iter().sum::<f64>() / list.len() as f64
    }

    /// Of many records the prior hardly matters: Beta(k, n − k) of mean .2 and sd √(.2·.8/5000) = .0057.
    #[test]
    fn many_records_are_the_beta_binomial_update() {
        let draws = pooled(&[Counts { tried: 5_000.0, made: 1_000.0 }], &mut Chance::of("test")).remove(0);
        // 4 standard errors of the mean of 4,096 draws, and what the prior adds: at most 2/5000 of its distance.
        assert!((mean(&draws) - 0.2).abs() < 4.0 * 0.0057 / 64.0 + 2e-4, "{}", mean(&draws));
        let sd = mean(&draws.iter().map(|x| (x - 0.2) * (x - 0.2)).collect::<Vec<_>>()).sqrt();
        // The sd of 4,096 draws is known to 1/√8192 = 1.1 %.
        assert!((sd / 0.0057 - 1.0).abs() < 0.05, "{sd}");
    }

    /// 6 of 30 alone, and beside four channels of 200 of 1,000 each: it is narrower there, and about .2 as before.
    #[test]
    fn few_records_lean_on_the_others() {
        let few = Counts { tried: 30.0, made: 6.0 };
        let other = Counts { tried: 1_000.0, made: 200.0 };
        let width = |draws: &[f64]| percentile(draws, 0.9) - percentile(draws, 0.1);
        let alone = pooled(&[few], &mut Chance::of("test")).remove(0);
        let beside = pooled(&[few, other, other, other, other], &mut Chance::of("test")).remove(0);
        // Beta(6, 24) alone: P10 to P90 are .11 to .30.
        assert!((width(&alone) - 0.185).abs() < 0.03, "{}", width(&alone));
        assert!(width(&beside) < 0.7 * width(&alone), "{} {}", width(&beside), width(&alone));
        assert!((percentile(&beside, 0.5) - 0.2).abs() < 0.02);
        // One that is unlike the others keeps its own rate.
        let unlike = Counts { tried: 1_000.0, made: 600.0 };
        let own = pooled(&[unlike, other, other, other], &mut Chance::of("test")).remove(0);
        assert!((mean(&own) - 0.6).abs() < 0.01, "{}", mean(&own));
    }
}
