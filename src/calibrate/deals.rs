//! From deals to figures of a plan: close rates, cycle, values, and the open pipeline.

use crate::records::{Deal, Deals, Outcome};
use crate::transcendental::{exp, ln};

use super::backtest::{Backtest, PastSpread, own_spread};
use super::chance::{Chance, share};
use super::closing::{ClosingFit, ClosingRecords, ClosingTerms, LARGEST_TAIL, fit, rate_drift};
use super::learnt::{Drift, Learnt, Written, percentile};
use super::pipeline::{ODDS_DRIFT, OpenDeal, OpenGroup, groups};
use super::recording::Recorded;
use super::sources::{PlanChannel, channel_of};
use super::{DRAWS, values};

/// How a plan states what a win is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Worth {
    /// by `median_value` and `value_p90`
    Median,
    /// by `average_value` and `value_cv`
    Mean,
}

/// What deals are learnt from, and for.
#[derive(Clone, Copy, Debug)]
pub struct DealQuestion<'a> {
    /// the deals
    pub deals: &'a Deals,
    /// the channels of the plan
    pub channels: &'a [PlanChannel],
    /// the words that the map gives for channels
    pub said: &'a [(String, Vec<String>)],
    /// the weeks that are planned
    pub weeks: usize,
    /// how the plan states what a win is worth
    pub worth: Worth,
    /// whether the plan has a sales team
    pub has_sales: bool,
}

/// What deals teach.
#[derive(Clone, Debug)]
pub struct FromDeals {
    /// the figures
    pub learnt: Vec<Learnt>,
    /// open deals by age
    pub open: Vec<OpenGroup>,
    /// each source of the records: the channel it was taken for, and how many deals it has
    pub sources: Vec<SourceMatch>,
    /// what is assumed of the odds of open deals
    pub open_drift: Drift,
    /// what a reader must know
    pub warnings: Vec<String>,
}

/// A source of the records and its channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceMatch {
    /// as the records say
    pub source: String,
    /// the channel, where there is one
    pub channel: Option<String>,
    /// how many records
    pub records: usize,
}

/// Why deals teach nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TeachNothing {
    /// there are none
    #[error("no deal is left to learn from")]
    NoDeals,
    /// none is won
    #[error("none of the deals is won, so neither a close rate nor a cycle can be learnt")]
    NoWins,
}

/// A channel with fewer records is not told by itself.
pub const FEWEST_RECORDS: usize = 5;

/// Below this many wins the figures lean on what is usual.
const FEW_WINS: usize = 20;

/// Days of a quarter.
const QUARTER: f64 = 91.0;

/// So many quarters of records show by themselves how much rates move.
const QUARTERS_TO_LEARN: f64 = 6.0;

/// What is assumed of values, as a standard deviation of the log.
const VALUE_DRIFT: f64 = 0.1;

/// So many past quarters are forecast again, to see how wide forecasts should have been.
const PAST_QUARTERS: usize = 6;

/// The close rate that opportunities usually have.
const USUAL_OPPORTUNITY: f64 = 0.22;

/// Learns from deals.
///
/// # Errors
///
/// Why they teach nothing.
pub fn learn_from_deals(question: &DealQuestion<'_>) -> Result<FromDeals, TeachNothing> {
    let mut warnings = Vec::new();
    let deals = without_filtered(question.deals, &mut warnings);
    if deals.list.is_empty() {
        return Err(TeachNothing::NoDeals);
    }
    let split = Split::of(&deals, question);
    let records = ClosingRecords::of(&deals, split.groups, |deal| split.group_of(deal));
    if records.wins == 0 {
        return Err(TeachNothing::NoWins);
    }
    let terms = ClosingTerms { usual_rate: USUAL_OPPORTUNITY, drifting: true, draws: DRAWS };
    let drifting = fit(&records, terms);
    let pooled = fit(&records, ClosingTerms { drifting: false, ..terms });
    warn(&deals, &records, &drifting, &mut warnings);
    let spread = spread_of_past(&deals, question.weeks, &mut warnings);
    let mut learnt = Vec::new();
    if question.has_sales {
        learnt.extend(close_rates(question, &split, &records, &drifting, spread));
        learnt.extend(cycle(&records, &pooled));
    }
    learnt.extend(worth(question, &deals));
    let last = deals.as_of;
    let open: Vec<OpenDeal> = deals
        .list
        .iter()
        .filter(|deal| deal.outcome == Outcome::Open)
        .map(|deal| OpenDeal {
            channel: split.group_of(deal),
            age: f64::from(last.0 - deal.created.0) + 0.5,
            amount: deal.amount,
        })
        .collect();
    let odds_drift = ODDS_DRIFT * spread.factor;
    let open = groups(&pooled, &open, question.weeks, odds_drift);
    Ok(FromDeals { learnt, open, sources: split.sources, open_drift: Drift::Assumed(odds_drift), warnings })
}

/// How wide forecasts of own past quarters should have been.
fn spread_of_past(deals: &Deals, weeks: usize, warnings: &mut Vec<String>) -> PastSpread {
    let last = deals.list.iter().map(|deal| deal.created).max().unwrap_or_default();
    let asked = Backtest { deals, last, horizon: weeks, every: weeks, from: None, usual_rate: USUAL_OPPORTUNITY };
    let spread = own_spread(&asked, PAST_QUARTERS);
    if spread.forecasts > 0.0 {
        warnings.push(format!(
            "Had you forecast your last {} of {weeks} weeks from what was known then, the ranges should have been {:.2} times as \
             wide as they were: drift is scaled by that.",
            crate::text::count(spread.forecasts, "period"),
            spread.factor
        ));
    }
    spread
}

/// Which channels have enough records to be told apart.
struct Split {
    /// of each source its group
    group_of_source: Vec<usize>,
    /// of each group the plan's channel; the last group is all others
    channel_of_group: Vec<usize>,
    groups: usize,
    /// deals won, open and all, by group
    counts: Vec<Counts>,
    sources: Vec<SourceMatch>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    all: usize,
    won: usize,
    open: usize,
}

impl Split {
    fn of(deals: &Deals, question: &DealQuestion<'_>) -> Self {
        let of_source: Vec<Option<usize>> =
            deals.sources.iter().map(|source| channel_of(source, question.channels, question.said)).collect();
        let mut by_source = vec![0; deals.sources.len()];
        let mut by_channel = vec![0; question.channels.len()];
        for source in deals.list.iter().filter_map(|deal| deal.source) {
            by_source[source] += 1;
            if let Some(channel) = of_source[source] {
                by_channel[channel] += 1;
            }
        }
        let channel_of_group: Vec<usize> =
            (0..question.channels.len()).filter(|channel| by_channel[*channel] >= FEWEST_RECORDS).collect();
        let others = channel_of_group.len();
        let group = |channel: Option<usize>| {
            channel.and_then(|own| channel_of_group.iter().position(|other| *other == own)).unwrap_or(others)
        };
        let sources = deals
            .sources
            .iter()
            .zip(&of_source)
            .zip(&by_source)
            .map(|((source, channel), records)| SourceMatch {
                source: source.clone(),
                channel: channel.map(|at| question.channels[at].name.clone()),
                records: *records,
            })
            .collect();
        let group_of_source = of_source.into_iter().map(group).collect();
        let mut own = Self {
            group_of_source,
            channel_of_group,
            groups: others + 1,
            counts: vec![Counts::default(); others + 1],
            sources,
        };
        for deal in &deals.list {
            let at = own.group_of(deal);
            let counts = &mut own.counts[at];
            counts.all += 1;
            counts.won += usize::from(matches!(deal.outcome, Outcome::Won(_)));
            counts.open += usize::from(deal.outcome == Outcome::Open);
        }
        // Nobody is among the others: they need no group.
        if own.counts[others].all == 0 && others > 0 {
            own.groups = others;
        }
        own
    }

    fn group_of(&self, deal: &Deal) -> usize {
        deal.source.map_or(self.channel_of_group.len(), |source| self.group_of_source[source]).min(self.groups - 1)
    }
}

/// Where the file was filtered by the day of the close, only deals created since that day are all there.
fn without_filtered(deals: &Deals, warnings: &mut Vec<String>) -> Deals {
    let Recorded { since, before } = Recorded::of(deals);
    if let Some(stock) = before {
        warnings.push(format!(
            "No deal closed before {}, and some {:.0} should have: the export seems to be filtered by the day of the close. \
             The {} deals created before that day are not used.",
            stock.first_close, stock.missing, stock.deals
        ));
    }
    since
}

fn warn(deals: &Deals, records: &ClosingRecords, fit: &ClosingFit, warnings: &mut Vec<String>) {
    if records.wins < FEW_WINS {
        warnings.push(format!(
            "Only {} of the deals are won: rates and cycle lean on what is usual elsewhere.",
            records.wins
        ));
    }
    let p95 = percentile(&fit.won_mean, 0.5) + 1.645 * percentile(&fit.won_sd, 0.5);
    let open: Vec<f64> = deals
        .list
        .iter()
        .filter(|deal| deal.outcome == Outcome::Open)
        .map(|deal| f64::from(deals.as_of.0 - deal.created.0) + 0.5)
        .collect();
    let old = open.iter().filter(|age| ln(**age) > p95).count();
    if open.len() >= 10 && old as f64 > 0.3 * open.len() as f64 {
        warnings.push(format!(
            "{old} of {} open deals are older than 19 of 20 wins ever were ({:.0} days): nobody may have closed them.",
            open.len(),
            exp(p95)
        ));
    }
    let lost = |deal: &&Deal| matches!(deal.outcome, Outcome::Lost(_));
    let losses = deals.list.iter().filter(lost).count();
    if losses == 0 && deals.list.len() > records.wins {
        warnings.push(
            "No deal is recorded as lost: every deal that is not won counts as open, and old ones as unlikely.".into(),
        );
    } else if losses > 0 && !records.losses_dated {
        warnings.push("Most losses have no date: how long a deal stays open before it is lost is not used.".into());
    }
    if fit.tail_shape > LARGEST_TAIL {
        warnings.push(format!(
            "The draws of the close rate are rough (k̂ = {:.2}): take its range as wider than it is told.",
            fit.tail_shape
        ));
    }
}

fn close_rates(
    question: &DealQuestion<'_>,
    split: &Split,
    records: &ClosingRecords,
    fit: &ClosingFit,
    spread: PastSpread,
) -> Vec<Learnt> {
    let mut chance = Chance::of("drift of close rates");
    let quarters = f64::from(records.span) / QUARTER;
    let is_learnt = quarters >= QUARTERS_TO_LEARN;
    let drifts: Vec<f64> = fit.step.iter().map(|step| spread.factor * rate_drift(*step, question.weeks)).collect();
    let drift: Vec<f64> = drifts.iter().map(|sd| sd * chance.normal()).collect();
    let mean_square = drifts.iter().map(|sd| sd * sd).sum::<f64>() / drifts.len().max(1) as f64;
    let rate = |group: usize| -> Vec<f64> {
        let draws = fit.eta[group].iter().zip(&drift).zip(&fit.never);
        draws.map(|((eta, drift), never)| share(eta + drift) * (1.0 - never)).collect()
    };
    let rates: Vec<Vec<f64>> = (0..split.groups).map(rate).collect();
    let total: usize = split.counts.iter().map(|counts| counts.all).sum();
    let mean = |draw: usize| -> f64 {
        rates.iter().zip(&split.counts).map(|(rate, counts)| rate[draw] * counts.all as f64).sum::<f64>() / total as f64
    };
    let all = Counts {
        all: total,
        won: split.counts.iter().map(|counts| counts.won).sum(),
        open: split.counts.iter().map(|counts| counts.open).sum(),
    };
    let learnt = |path: String, label: String, draws: Vec<f64>, counts: Counts| Learnt {
        path,
        label,
        draws,
        from: format!("{}, {} won, {} open", crate::text::count(counts.all as f64, "deal"), counts.won, counts.open),
        method: "close rate and cycle together, open deals counted as not decided (mixture cure model)",
        prior: "about 22% of opportunities, 9 times of 10 between 2% and 77%; channels alike up to ±0.5 in log odds",
        drift: if is_learnt { Drift::Learnt } else { Drift::Assumed(mean_square.sqrt()) },
        remark: if counts.won < FEW_WINS && split.groups > 1 && counts.all < total {
            format!("{}: leans on the others", crate::text::count(counts.won as f64, "win"))
        } else {
            String::new()
        },
        written: Written::Share,
    };
    let mut found = vec![learnt("sales.close_rate".into(), "close rate".into(), (0..DRAWS).map(mean).collect(), all)];
    for (group, channel) in split.channel_of_group.iter().enumerate() {
        let channel = &question.channels[*channel];
        if channel.to_sales && split.groups > 1 {
            let path = format!("channels.{}.close_rate", channel.name);
            let label = format!("close rate, {}", channel.label);
            found.push(learnt(path, label, rates[group].clone(), split.counts[group]));
        }
    }
    found
}

fn cycle(records: &ClosingRecords, fit: &ClosingFit) -> Vec<Learnt> {
    let learnt = |path: &str, label: &str, draws: Vec<f64>, written: Written| Learnt {
        path: path.into(),
        label: label.into(),
        draws,
        from: format!("{} won", crate::text::count(records.wins as f64, "deal")),
        method: "close rate and cycle together, open deals counted as not decided (mixture cure model)",
        prior: "a month, within a factor of 5 either way",
        drift: Drift::None,
        remark: String::new(),
        written,
    };
    let times = || fit.won_mean.iter().zip(&fit.won_sd);
    let mean = times().map(|(mean, sd)| (exp(mean + 0.5 * sd * sd) / 7.0).min(MOST_WEEKS)).collect();
    let cv = times().map(|(_, sd)| (exp(sd * sd) - 1.0).sqrt().min(MOST_CV)).collect();
    vec![
        learnt("sales.cycle_weeks", "sales cycle, mean weeks", mean, Written::Weeks),
        learnt("sales.cycle_cv", "sales cycle, spread", cv, Written::Number),
    ]
}

/// A mean cycle beyond this is no cycle: two years.
const MOST_WEEKS: f64 = 104.0;
/// Cycles do not stray more from their mean than this many times.
const MOST_CV: f64 = 10.0;

fn worth(question: &DealQuestion<'_>, deals: &Deals) -> Vec<Learnt> {
    let won = deals.list.iter().filter(|deal| matches!(deal.outcome, Outcome::Won(_)));
    let amounts: Vec<f64> = won.filter_map(|deal| deal.amount).collect();
    let Some(fit) = values::fit(&amounts, DRAWS) else { return Vec::new() };
    let mut chance = Chance::of("drift of values");
    let drift: Vec<f64> = (0..DRAWS).map(|_| VALUE_DRIFT * chance.normal()).collect();
    let learnt = |path: &str, label: &str, of: &dyn Fn(f64, f64) -> f64, written: Written| {
        let is_money = written == Written::Money;
        let draws = fit.log_mean.iter().zip(&fit.log_sd).zip(&drift);
        let draws = draws.map(|((mean, sd), drift)| of(mean + if is_money { *drift } else { 0.0 }, *sd)).collect();
        Learnt {
            path: path.into(),
            label: label.into(),
            draws,
            from: format!("{} with an amount", crate::text::count(fit.count as f64, "win")),
            method: "lognormal values; spread on a grid, the middle given the spread normal",
            prior: "any middle; spread half-normal(1) on the log scale, at most 2.5",
            drift: if is_money { Drift::Assumed(VALUE_DRIFT) } else { Drift::None },
            remark: if fit.count < FEW_WINS { "few wins".into() } else { String::new() },
            written,
        }
    };
    const Z90: f64 = 1.281_551_565_544_600_4;
    match question.worth {
        Worth::Median => vec![
            learnt("deals.median_value", "deal value, median", &|mean, _| exp(mean), Written::Money),
            learnt("deals.value_p90", "deal value, one in ten above", &|mean, sd| exp(mean + Z90 * sd), Written::Money),
        ],
        Worth::Mean => vec![
            learnt("deals.average_value", "deal value, mean", &|mean, sd| exp(mean + 0.5 * sd * sd), Written::Money),
            learnt("deals.value_cv", "deal value, spread", &|_, sd| (exp(sd * sd) - 1.0).sqrt(), Written::Number),
        ],
    }
}
