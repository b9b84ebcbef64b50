//! A figure counted batch by batch: its draws wait in one list, so that not every sheet of draws goes to all batches.

use multiversion::multiversion;

use super::histogram::{Histogram, LISTED, Seen, is_broken};
use super::moments::Sums;
use super::sheet::Counter;
use super::strata::BATCHES;

/// So many draws wait before they are counted in the histograms of their batches.
const WAITING: usize = LISTED * BATCHES;

/// Stands for a figure that is not above 0.
const NO_BUCKET: u32 = u32::MAX;

/// A figure by batch.
#[derive(Clone, Debug)]
pub(super) struct ByBatch {
    /// the batch of the first draw that waits; the others follow
    start: usize,
    /// the buckets of the draws that wait
    waiting: Vec<u32>,
    ends: Ends,
    /// by batch
    histograms: Vec<Histogram>,
}

/// What is known of the figures above 0 that wait, by batch from that of the first on.
#[derive(Clone, Copy, Debug)]
struct Ends {
    least: [f64; BATCHES],
    most: [f64; BATCHES],
    broken: [u64; BATCHES],
}

impl Default for Ends {
    fn default() -> Self {
        Self { least: [f64::INFINITY; BATCHES], most: [0.0; BATCHES], broken: [0; BATCHES] }
    }
}

impl Default for ByBatch {
    fn default() -> Self {
        Self { start: 0, waiting: Vec::new(), ends: Ends::default(), histograms: vec![Histogram::default(); BATCHES] }
    }
}

impl Counter for ByBatch {
    const PARTS: usize = BATCHES;

    fn count(&mut self, first: u64, figures: &[f64], sums: &mut [Sums]) {
        let batch = first as usize % BATCHES;
        let follows = self.waiting.len().is_multiple_of(BATCHES) && self.start == batch;
        if !follows || self.waiting.len() + figures.len() > WAITING {
            self.settle();
            self.start = batch;
        }
        for round in figures.chunks(BATCHES) {
            let mut buckets = [NO_BUCKET; BATCHES];
            look(round, &mut self.ends, &mut buckets);
            self.waiting.extend_from_slice(&buckets[..round.len()]);
            for (place, &figure) in round.iter().enumerate() {
                sums[(batch + place) % BATCHES].add(figure);
            }
        }
    }

    fn merge(&mut self, others: &[Histogram]) {
        for (own, other) in self.histograms.iter_mut().zip(others) {
            own.merge(other);
        }
    }

    fn into_histograms(mut self) -> impl Iterator<Item = Histogram> {
        self.settle();
        self.histograms.into_iter()
    }
}

impl ByBatch {
    /// Counts the draws that wait in the histograms of their batches.
    fn settle(&mut self) {
        let waiting = std::mem::take(&mut self.waiting);
        let ends = std::mem::take(&mut self.ends);
        for place in 0..BATCHES.min(waiting.len()) {
            let own = waiting[place..].iter().step_by(BATCHES);
            // No more room than it takes: there may be as many lists as figures have batches.
            let mut buckets = Vec::with_capacity(own.len());
            buckets.extend(own.clone().filter(|&&bucket| bucket != NO_BUCKET));
            let seen = Seen {
                above_zero: buckets.len() as u64,
                least: ends.least[place],
                most: ends.most[place],
                broken: ends.broken[place] > 0,
            };
            self.histograms[(self.start + place) % BATCHES].add_seen(own.len(), &seen, buckets);
        }
    }
}

/// Looks at the figures of one round of the batches.
#[multiversion(targets("x86_64+avx2+bmi1+bmi2"))]
fn look(figures: &[f64], ends: &mut Ends, buckets: &mut [u32; BATCHES]) {
    for (place, &figure) in figures.iter().enumerate().take(BATCHES) {
        let counts = figure > 0.0;
        let low = if counts { figure } else { f64::INFINITY };
        buckets[place] = if counts { Histogram::bucket_of(figure) } else { NO_BUCKET };
        ends.least[place] = if low < ends.least[place] { low } else { ends.least[place] };
        ends.most[place] = if figure > ends.most[place] { figure } else { ends.most[place] };
        ends.broken[place] |= u64::from(counts & is_broken(figure));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Some of them 0, whole or broken, by the number of the draw.
    fn figure(draw: u64) -> f64 {
        let mixed = draw.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40;
        match mixed % 5 {
            0 => 0.0,
            1 => mixed as f64,
            _ => mixed as f64 / 7.0,
        }
    }

    #[test]
    fn each_batch_counts_its_own_draws_however_they_come() {
        // Lengths of pieces, from the first draw on: whole rounds, broken ones, and more than may wait.
        for (first, pieces) in [(0, vec![128; 10]), (5, vec![128, 70, 1, 0, 31, 128]), (64, vec![32; 1_200])] {
            let mut counter = ByBatch::default();
            let mut sums = vec![Sums::default(); BATCHES];
            let mut draw = first;
            for &length in &pieces {
                let figures: Vec<f64> = (draw..draw + length).map(figure).collect();
                counter.count(draw, &figures, &mut sums);
                draw += length;
            }
            for (batch, mut counted) in counter.into_histograms().enumerate() {
                let mut alone = Histogram::default();
                let mut sum = Sums::default();
                for draw in (first..draw).filter(|draw| *draw as usize % BATCHES == batch) {
                    alone.add(figure(draw));
                    sum.add(figure(draw));
                }
                [&mut alone, &mut counted].into_iter().for_each(Histogram::seal);
                assert_eq!(format!("{counted:?}"), format!("{alone:?}"), "batch {batch} of {pieces:?}");
                assert_eq!(sums[batch].moments(), sum.moments());
            }
        }
    }
}
