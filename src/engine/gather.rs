//! What draws leave behind beside their columns: figures by week and by source, too many to keep.
//!
//! Draws are noted in a small sheet, a row a figure; a full sheet is counted row by row, so that one histogram at a time
//! is at hand.

use crate::model::outcomes::{Figure, Limits, SOURCE_FIGURES, Tally, WEEKLY};
use crate::model::plan::Plan;

use super::histogram::Histogram;
use super::moments::{Moments, Sums};
use super::runner::Ask;
use super::strata::REPLICATES;

/// Draws on a sheet: a multiple of the replicates.
const SHEET: usize = 4 * REPLICATES;

/// Figures by source and by week.
#[derive(Clone, Debug)]
pub struct Details {
    /// by source, by figure
    pub sources: Vec<Vec<ReplicateFigure>>,
    /// by weekly figure, by week
    pub weeks: Vec<Vec<PooledFigure>>,
    /// revenue up to the end of each week of the horizon
    pub cumulative: Vec<PooledFigure>,
}

/// A figure, pooled over all draws.
#[derive(Clone, Debug, Default)]
pub struct PooledFigure {
    /// its values
    pub histogram: Histogram,
    /// its mean and spread
    pub moments: Moments,
}

/// A figure by replicate.
#[derive(Clone, Debug)]
pub struct ReplicateFigure {
    /// one for each replicate
    pub replicates: Vec<PooledFigure>,
}

/// What draws leave behind beside the columns.
pub(super) struct Gathered {
    /// draws by what limits them
    pub(super) limits: Limits<u64>,
    /// chats in all draws, and those that nobody answered
    pub(super) chats: [u64; 2],
    /// draws in which some week would have brought more than can be counted
    pub(super) beyond_count: u64,
    weeks: Rows,
    sources: Rows,
    /// sums of each block, by its first draw
    blocks: Vec<(u64, BlockSums)>,
    horizon: usize,
    weeks_run: usize,
    source_count: usize,
}

#[derive(Clone, Debug, Default)]
struct BlockSums {
    /// of ratios: numerator and denominator
    ratios: Vec<Sums>,
    sources: Vec<Sums>,
    weeks: Vec<Sums>,
}

impl Gathered {
    pub(super) fn new(plan: &Plan, ask: &Ask, weeks_run: usize) -> Self {
        let horizon = plan.parts.horizon.weeks;
        let source_count = plan.sources.len();
        let (weeks, sources) = if ask.details {
            (WEEKLY.len() * weeks_run + horizon, source_count * SOURCE_FIGURES.len())
        } else {
            (0, 0)
        };
        Self {
            limits: Limits::default(),
            chats: [0; 2],
            beyond_count: 0,
            weeks: Rows::new(weeks, 1),
            sources: Rows::new(sources, REPLICATES),
            blocks: Vec::new(),
            horizon,
            weeks_run,
            source_count,
        }
    }

    /// Begins a block of draws.
    pub(super) fn open_block(&mut self, ask: &Ask, first: u64) {
        let sums = |count| vec![Sums::default(); count];
        self.blocks.push((
            first,
            BlockSums {
                ratios: sums(2 * ask.outcomes.len()),
                sources: sums(self.sources.histograms.len()),
                weeks: sums(self.weeks.histograms.len()),
            },
        ));
        self.weeks.first = first;
        self.sources.first = first;
    }

    /// Notes one draw; draws of a block come in their order.
    pub(super) fn add(&mut self, ask: &Ask, tally: &Tally) {
        *self.limits.of_mut(tally.limit()) += 1;
        self.beyond_count += u64::from(tally.beyond_count);
        self.chats[0] = self.chats[0].saturating_add(tally.chats as u64);
        self.chats[1] = self.chats[1].saturating_add(tally.chats_missed as u64);
        let Some((_, sums)) = self.blocks.last_mut() else {
            return;
        };
        for (id, sums) in ask.outcomes.iter().zip(sums.ratios.chunks_exact_mut(2)) {
            if let Figure::Ratio(over, under) = id.outcome().figure {
                sums[0].add(over(tally));
                sums[1].add(under(tally));
            }
        }
        if !ask.details {
            return;
        }
        let mut so_far = 0.0;
        let by_week = self.weeks_run * WEEKLY.len();
        let mut note = self.weeks.note();
        for (at, week) in tally.weeks.iter().enumerate() {
            for (figure, value) in week.figures().into_iter().enumerate() {
                note.put(figure * self.weeks_run + at, value);
            }
            if at < self.horizon {
                so_far += week.revenue;
                note.put(by_week + at, so_far);
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
    }

    /// Ends a block of draws.
    pub(super) fn close_block(&mut self) {
        if let Some((_, sums)) = self.blocks.last_mut() {
            self.weeks.count(&mut sums.weeks);
            self.sources.count(&mut sums.sources);
        }
    }

    /// Takes in what another worker has gathered.
    pub(super) fn merge(&mut self, other: Self) {
        self.limits.add(other.limits);
        for (own, other) in self.chats.iter_mut().zip(other.chats) {
            *own = own.saturating_add(other);
        }
        self.beyond_count += other.beyond_count;
        self.weeks.merge(&other.weeks);
        self.sources.merge(&other.sources);
        self.blocks.extend(other.blocks);
    }

    /// Folds the sums of all blocks, in the order of their draws.
    fn fold(&self, read: impl Fn(&BlockSums) -> &[Sums]) -> Vec<Moments> {
        let mut blocks: Vec<&(u64, BlockSums)> = self.blocks.iter().collect();
        blocks.sort_by_key(|(first, _)| *first);
        let mut moments: Vec<Moments> = Vec::new();
        for (_, block) in blocks {
            let sums = read(block);
            moments.resize(sums.len(), Moments::default());
            for (own, sums) in moments.iter_mut().zip(sums) {
                own.merge(&sums.moments());
            }
        }
        moments
    }

    /// Numerator and denominator of the outcomes that are ratios.
    pub(super) fn ratios(&self, ask: &Ask) -> Vec<Option<[Moments; 2]>> {
        let folded = self.fold(|block| &block.ratios);
        ask.outcomes
            .iter()
            .enumerate()
            .map(|(at, id)| match id.outcome().figure {
                Figure::Ratio(..) => {
                    let moments = |at: usize| folded.get(at).copied().unwrap_or_default();
                    Some([moments(2 * at), moments(2 * at + 1)])
                }
                Figure::Total(_) => None,
            })
            .collect()
    }

    /// The figures of all draws.
    pub(super) fn into_details(self) -> Details {
        let pool = |histograms: Vec<Histogram>, moments: Vec<Moments>| {
            let mut moments = moments.into_iter();
            histograms
                .into_iter()
                .map(|histogram| PooledFigure { histogram, moments: moments.next().unwrap_or_default() })
                .collect::<Vec<_>>()
        };
        let source_moments = self.fold(|block| &block.sources);
        let week_moments = self.fold(|block| &block.weeks);
        let mut sources = pool(self.sources.histograms, source_moments).into_iter();
        let mut weeks = pool(self.weeks.histograms, week_moments).into_iter();
        Details {
            sources: (0..self.source_count)
                .map(|_| {
                    (0..SOURCE_FIGURES.len())
                        .map(|_| ReplicateFigure { replicates: sources.by_ref().take(REPLICATES).collect() })
                        .collect()
                })
                .collect(),
            weeks: (0..WEEKLY.len()).map(|_| weeks.by_ref().take(self.weeks_run).collect()).collect(),
            cumulative: weeks.collect(),
        }
    }
}

/// Rows of figures, each counted in a histogram, or in one for each of some parts that the draws take in turn.
struct Rows {
    /// figure by figure, `SHEET` draws each
    sheet: Vec<f64>,
    noted: usize,
    /// the number of the first draw on the sheet
    first: u64,
    parts: usize,
    /// figure by figure, part by part
    histograms: Vec<Histogram>,
}

/// The place of one draw on a sheet.
struct Note<'s> {
    sheet: &'s mut [f64],
    at: usize,
}

impl Note<'_> {
    #[inline]
    fn put(&mut self, figure: usize, value: f64) {
        self.sheet[figure * SHEET + self.at] = value;
    }
}

impl Rows {
    fn new(figures: usize, parts: usize) -> Self {
        Self {
            sheet: vec![0.0; figures * SHEET],
            noted: 0,
            first: 0,
            parts,
            histograms: vec![Histogram::default(); figures * parts],
        }
    }

    fn note(&mut self) -> Note<'_> {
        Note { at: self.noted, sheet: &mut self.sheet }
    }

    /// A draw is noted; a full sheet is counted.
    fn next(&mut self, sums: &mut [Sums]) {
        self.noted += 1;
        if self.noted == SHEET {
            self.count(sums);
        }
    }

    /// Counts what is on the sheet.
    fn count(&mut self, sums: &mut [Sums]) {
        let figures = self.sheet.chunks_exact(SHEET);
        let histograms = self.histograms.chunks_exact_mut(self.parts);
        for ((row, histograms), sums) in figures.zip(histograms).zip(sums.chunks_exact_mut(self.parts)) {
            let row = &row[..self.noted];
            if let ([histogram], [sums]) = (&mut *histograms, &mut *sums) {
                histogram.add_all(row);
                sums.add_all(row);
                continue;
            }
            let mut part = self.first as usize % self.parts;
            for &value in row {
                histograms[part].add(value);
                sums[part].add(value);
                part = if part + 1 == self.parts { 0 } else { part + 1 };
            }
        }
        self.first += self.noted as u64;
        self.noted = 0;
    }

    fn merge(&mut self, other: &Self) {
        for (own, other) in self.histograms.iter_mut().zip(&other.histograms) {
            own.merge(other);
        }
    }
}
