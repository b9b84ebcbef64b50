//! What draws leave behind beside their columns: figures by week and by source, too many to keep.

use serde::{Deserialize, Serialize};

use crate::model::outcomes::{Figure, Limits, SOURCE_FIGURES, Tally, weekly};
use crate::model::plan::Plan;

use super::by_batch::ByBatch;
use super::histogram::Histogram;
use super::moments::{Moments, Sums};
use super::ratio::{RatioSums, Terms};
use super::sheet::Sheet;
use super::spec::RunSpec;
use super::strata::BATCHES;

/// Figures by source and by week.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Details {
    /// by source, by figure
    pub sources: Vec<Vec<BatchFigure>>,
    /// by weekly figure, by week
    pub weeks: Vec<Vec<PooledFigure>>,
    /// revenue booked before week 1, then up to the end of each week of the horizon
    pub cumulative: Vec<PooledFigure>,
    /// by channel, draw by draw
    pub shares: Vec<ShareFigures>,
}

/// A channel's share of what all channels together spend and bring, draw by draw; draws in which they spend or bring
/// nothing are left out.
#[derive(Clone, Debug)]
pub struct ShareFigures {
    /// of the spend, from 0 to 1
    pub spend: PooledFigure,
    /// of the new revenue, from 0 to 1
    pub revenue: PooledFigure,
}

/// Chats of leads that buy online.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chats<T> {
    /// those that were asked for
    pub asked: T,
    /// those of them that nobody answered
    pub missed: T,
}

/// A figure, pooled over all draws.
#[derive(Clone, Debug, Default)]
pub struct PooledFigure {
    /// its values
    pub histogram: Histogram,
    /// its mean and spread
    pub moments: Moments,
}

/// A figure by batch.
#[derive(Clone, Debug)]
pub struct BatchFigure {
    /// one for each batch
    pub batches: Vec<PooledFigure>,
}

/// What draws leave behind beside the columns.
pub(super) struct Accumulator {
    /// draws by what limits them
    pub(super) limits: Limits<u64>,
    /// chats in all draws, and those that nobody answered
    pub(super) chats: Chats<u64>,
    /// draws in which some week would have brought more than can be counted
    pub(super) beyond_count: u64,
    weeks: Sheet<Histogram>,
    sources: Sheet<ByBatch>,
    spend_shares: Sheet<Histogram>,
    revenue_shares: Sheet<Histogram>,
    /// the sources that are channels
    channels: Vec<usize>,
    /// draws of the block so far
    noted: u64,
    /// sums of each block that is not folded yet, by its first draw
    blocks: Vec<(u64, BlockSums)>,
    folded: Folded,
    horizon: usize,
    weeks_run: usize,
    source_count: usize,
    /// leads and opportunities have desks of their own
    two_desks: bool,
}

/// What whole blocks of draws have left behind, apart from the plan that they are of.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Left {
    limits: Limits<u64>,
    chats: Chats<u64>,
    beyond_count: u64,
    weeks: Vec<Histogram>,
    sources: Vec<Histogram>,
    spend_shares: Vec<Histogram>,
    revenue_shares: Vec<Histogram>,
    blocks: Vec<(u64, BlockSums)>,
}

impl Left {
    /// Whether its histograms are such as counting makes.
    pub(super) fn is_sound(&self) -> bool {
        let all = [&self.weeks, &self.sources, &self.spend_shares, &self.revenue_shares];
        all.into_iter().flatten().all(Histogram::is_sound)
    }
}

/// The sums of all blocks so far, folded in the order of their draws.
#[derive(Clone, Debug, Default)]
struct Folded {
    ratios: Vec<[Terms; BATCHES]>,
    sources: Vec<Moments>,
    weeks: Vec<Moments>,
    spend_shares: Vec<Moments>,
    revenue_shares: Vec<Moments>,
}

impl Folded {
    /// Takes in the sums of the next block.
    fn take_in(&mut self, block: &BlockSums) {
        let fold = |own: &mut Vec<Moments>, sums: &[Sums]| {
            own.resize(sums.len(), Moments::default());
            own.iter_mut().zip(sums).for_each(|(own, sums)| own.merge(&sums.moments()));
        };
        fold(&mut self.sources, &block.sources);
        fold(&mut self.weeks, &block.weeks);
        fold(&mut self.spend_shares, &block.spend_shares);
        fold(&mut self.revenue_shares, &block.revenue_shares);
        self.ratios.resize(block.ratios.len(), [Terms::default(); BATCHES]);
        for (own, sums) in self.ratios.iter_mut().zip(&block.ratios) {
            own.iter_mut().zip(sums).for_each(|(own, sums)| own.add(sums.over, sums.under));
        }
    }
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct BlockSums {
    /// of the outcomes that are ratios, in their order: numerator and denominator by batch
    ratios: Vec<[Terms; BATCHES]>,
    sources: Vec<Sums>,
    weeks: Vec<Sums>,
    spend_shares: Vec<Sums>,
    revenue_shares: Vec<Sums>,
}

impl Accumulator {
    pub(super) fn new(plan: &Plan, ask: &RunSpec, weeks_run: usize) -> Self {
        let horizon = plan.parts.horizon.weeks;
        let source_count = plan.sources.len();
        let (weeks, sources) = if ask.details {
            (weekly(plan.two_desks).len() * weeks_run + 1 + horizon, source_count * SOURCE_FIGURES.len())
        } else {
            (0, 0)
        };
        let is_channel = |&at: &usize| ask.details && plan.sources[at].channel.is_some();
        let channels: Vec<usize> = (0..source_count).filter(is_channel).collect();
        Self {
            limits: Limits::default(),
            chats: Chats::default(),
            beyond_count: 0,
            weeks: Sheet::new(weeks),
            sources: Sheet::new(sources),
            spend_shares: Sheet::new(channels.len()),
            revenue_shares: Sheet::new(channels.len()),
            channels,
            noted: 0,
            blocks: Vec::new(),
            folded: Folded::default(),
            horizon,
            weeks_run,
            source_count,
            two_desks: plan.two_desks,
        }
    }

    /// Begins a block of draws.
    pub(super) fn open_block(&mut self, ask: &RunSpec, first: u64) {
        self.blocks.push((
            first,
            BlockSums {
                ratios: vec![[Terms::default(); BATCHES]; ratios(ask).count()],
                sources: self.sources.no_sums(),
                weeks: self.weeks.no_sums(),
                spend_shares: self.spend_shares.no_sums(),
                revenue_shares: self.revenue_shares.no_sums(),
            },
        ));
        self.noted = 0;
        self.weeks.begin(first);
        self.sources.begin(first);
    }

    /// Notes one draw; draws of a block come in their order.
    pub(super) fn add(&mut self, ask: &RunSpec, tally: &Tally) {
        self.limits.count(tally, self.two_desks);
        self.beyond_count += u64::from(tally.beyond_count);
        self.chats.asked = self.chats.asked.saturating_add(tally.chats as u64);
        self.chats.missed = self.chats.missed.saturating_add(tally.chats_missed as u64);
        let Some((first, sums)) = self.blocks.last_mut() else {
            return;
        };
        let batch = ((*first + self.noted) % BATCHES as u64) as usize;
        self.noted += 1;
        for ((over, under), sums) in ratios(ask).zip(&mut sums.ratios) {
            sums[batch].add(over(tally), under(tally));
        }
        if !ask.details {
            return;
        }
        let mut so_far = tally.booked_revenue;
        let figures = weekly(self.two_desks).len();
        let by_week = self.weeks_run * figures;
        let mut note = self.weeks.note();
        note.put(by_week, so_far);
        for (at, week) in tally.weeks.iter().enumerate() {
            for (figure, value) in week.figures().into_iter().take(figures).enumerate() {
                note.put(figure * self.weeks_run + at, value);
            }
            if at < self.horizon {
                so_far += week.revenue;
                note.put(by_week + 1 + at, so_far);
            }
        }
        let mut note = self.sources.note();
        for (at, source) in tally.sources.iter().enumerate() {
            for (figure, value) in source.figures().into_iter().enumerate() {
                note.put(at * SOURCE_FIGURES.len() + figure, value);
            }
        }
        self.weeks.next(&mut sums.weeks);
        self.sources.next(&mut sums.sources);
        let of_channels = self.channels.iter().map(|&at| tally.sources[at]);
        self.spend_shares.note_parts(of_channels.clone().map(|source| source.spend), &mut sums.spend_shares);
        self.revenue_shares.note_parts(of_channels.map(|source| source.revenue), &mut sums.revenue_shares);
    }

    /// Ends a block of draws.
    pub(super) fn close_block(&mut self) {
        if let Some((_, sums)) = self.blocks.last_mut() {
            self.weeks.count(&mut sums.weeks);
            self.sources.count(&mut sums.sources);
            self.spend_shares.count(&mut sums.spend_shares);
            self.revenue_shares.count(&mut sums.revenue_shares);
        }
    }

    /// Takes in what another worker has gathered.
    pub(super) fn merge(&mut self, other: Self) {
        self.take_in(other.leave());
    }

    /// What the draws so far have left behind, of which no block is folded yet, in the one form that it has however it was
    /// gathered.
    pub(super) fn leave_sealed(self) -> Left {
        let mut left = self.leave();
        let Left { weeks, sources, spend_shares, revenue_shares, .. } = &mut left;
        [weeks, sources, spend_shares, revenue_shares].into_iter().flatten().for_each(Histogram::seal);
        left
    }

    fn leave(self) -> Left {
        Left {
            limits: self.limits,
            chats: self.chats,
            beyond_count: self.beyond_count,
            weeks: self.weeks.into_histograms(),
            sources: self.sources.into_histograms(),
            spend_shares: self.spend_shares.into_histograms(),
            revenue_shares: self.revenue_shares.into_histograms(),
            blocks: self.blocks,
        }
    }

    /// Takes in what other draws of the same plan have left behind.
    pub(super) fn take_in(&mut self, left: Left) {
        self.limits.add(left.limits);
        self.chats.asked = self.chats.asked.saturating_add(left.chats.asked);
        self.chats.missed = self.chats.missed.saturating_add(left.chats.missed);
        self.beyond_count += left.beyond_count;
        self.weeks.merge(&left.weeks);
        self.sources.merge(&left.sources);
        self.spend_shares.merge(&left.spend_shares);
        self.revenue_shares.merge(&left.revenue_shares);
        self.blocks.extend(left.blocks);
    }

    /// Folds the sums of the blocks so far, which no block to come may precede: what many draws leave behind takes no more
    /// memory than what few do.
    pub(super) fn fold(&mut self) {
        let mut blocks = std::mem::take(&mut self.blocks);
        blocks.sort_unstable_by_key(|(first, _)| *first);
        blocks.iter().for_each(|(_, sums)| self.folded.take_in(sums));
    }

    /// Numerator and denominator of the outcomes that are ratios, of which all blocks are folded.
    pub(super) fn ratios(&self, ask: &RunSpec) -> Vec<Option<RatioSums>> {
        let draws = ask.draws.end - ask.draws.start;
        let nothing = RatioSums::new(draws);
        let mut folded = (0..ratios(ask).count()).map(|at| match self.folded.ratios.get(at) {
            Some(&batches) => RatioSums { batches, ..nothing },
            None => nothing,
        });
        ask.outcomes
            .iter()
            .map(|id| match id.outcome().figure {
                Figure::Ratio(..) => folded.next(),
                Figure::Total(_) => None,
            })
            .collect()
    }

    /// The figures of all draws, of which all blocks are folded.
    pub(super) fn into_details(self) -> Details {
        let pool = |histograms: Vec<Histogram>, moments: Vec<Moments>| {
            let mut moments = moments.into_iter();
            histograms
                .into_iter()
                .map(|mut histogram| {
                    histogram.seal();
                    PooledFigure { histogram, moments: moments.next().unwrap_or_default() }
                })
                .collect::<Vec<_>>()
        };
        let Folded { sources, weeks, spend_shares, revenue_shares, .. } = self.folded;
        let spend_shares = pool(self.spend_shares.into_histograms(), spend_shares);
        let revenue_shares = pool(self.revenue_shares.into_histograms(), revenue_shares);
        let mut sources = pool(self.sources.into_histograms(), sources).into_iter();
        let mut weeks = pool(self.weeks.into_histograms(), weeks).into_iter();
        Details {
            sources: (0..self.source_count)
                .map(|_| {
                    (0..SOURCE_FIGURES.len())
                        .map(|_| BatchFigure { batches: sources.by_ref().take(BATCHES).collect() })
                        .collect()
                })
                .collect(),
            weeks: (0..weekly(self.two_desks).len()).map(|_| weeks.by_ref().take(self.weeks_run).collect()).collect(),
            cumulative: weeks.collect(),
            shares: spend_shares
                .into_iter()
                .zip(revenue_shares)
                .map(|(spend, revenue)| ShareFigures { spend, revenue })
                .collect(),
        }
    }
}

/// Reads a part of a ratio off the tally of a draw.
type Read = fn(&Tally) -> f64;

/// Numerator and denominator of those of the outcomes that are ratios.
fn ratios(ask: &RunSpec) -> impl Iterator<Item = (Read, Read)> {
    ask.outcomes.iter().filter_map(|id| match id.outcome().figure {
        Figure::Ratio(over, under) => Some((over, under)),
        Figure::Total(_) => None,
    })
}
