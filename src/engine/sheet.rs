//! A small sheet of figures of the last draws, a row a figure: a full sheet is counted row by row, so that one counter at a time
//! is at hand.

use super::histogram::Histogram;
use super::moments::Sums;

/// Draws on a sheet.
const SHEET: usize = 128;

/// From one figure's draws to the next one's. Not a power of two, for a draw is noted down a column of the sheet, and places
/// a power of two apart share few lines of a cache.
const STRIDE: usize = SHEET + 8;

/// What a figure of each draw is counted in.
pub(super) trait Counter: Clone + Default {
    /// Parts that draws take in turn, each counted by itself: draw i belongs to part `i mod PARTS`.
    const PARTS: usize;

    /// Counts the figures of the draws from `first` on; one sum a part.
    fn count(&mut self, first: u64, figures: &[f64], sums: &mut [Sums]);

    /// Takes in what was counted of other draws, part by part.
    fn merge(&mut self, others: &[Histogram]);

    /// What was counted, part by part.
    fn into_histograms(self) -> impl Iterator<Item = Histogram>;
}

impl Counter for Histogram {
    const PARTS: usize = 1;

    fn count(&mut self, _first: u64, figures: &[f64], sums: &mut [Sums]) {
        self.add_all(figures);
        sums.iter_mut().for_each(|sums| sums.add_all(figures));
    }

    fn merge(&mut self, others: &[Histogram]) {
        others.iter().for_each(|other| self.merge(other));
    }

    fn into_histograms(self) -> impl Iterator<Item = Histogram> {
        std::iter::once(self)
    }
}

/// Figures of the last draws, and what those before are counted in.
pub(super) struct Sheet<C> {
    /// figure by figure, `SHEET` draws each, then `STRIDE − SHEET` places that stay empty
    figures: Vec<f64>,
    noted: usize,
    /// the number of the first draw on the sheet
    first: u64,
    /// by figure
    counters: Vec<C>,
}

/// The place of one draw on a sheet.
pub(super) struct Note<'s> {
    figures: &'s mut [f64],
    at: usize,
}

impl Note<'_> {
    #[inline]
    pub(super) fn put(&mut self, figure: usize, value: f64) {
        self.figures[figure * STRIDE + self.at] = value;
    }
}

impl<C: Counter> Sheet<C> {
    /// For so many figures.
    pub(super) fn new(figures: usize) -> Self {
        Self { figures: vec![0.0; figures * STRIDE], noted: 0, first: 0, counters: vec![C::default(); figures] }
    }

    /// No sums yet, figure by figure and part by part.
    pub(super) fn no_sums(&self) -> Vec<Sums> {
        vec![Sums::default(); self.counters.len() * C::PARTS]
    }

    /// The next draw is that one; the sheet is empty.
    pub(super) fn begin(&mut self, first: u64) {
        self.first = first;
    }

    /// The place of the next draw.
    pub(super) fn note(&mut self) -> Note<'_> {
        Note { at: self.noted, figures: &mut self.figures }
    }

    /// A draw is noted; a full sheet is counted.
    pub(super) fn next(&mut self, sums: &mut [Sums]) {
        self.noted += 1;
        if self.noted == SHEET {
            self.count(sums);
        }
    }

    /// Notes each part of a sum as a share of it; a draw whose sum is nothing is left out.
    pub(super) fn note_parts(&mut self, parts: impl Iterator<Item = f64> + Clone, sums: &mut [Sums]) {
        let total: f64 = parts.clone().sum();
        if total > 0.0 {
            let mut note = self.note();
            for (figure, part) in parts.enumerate() {
                note.put(figure, part / total);
            }
            self.next(sums);
        }
    }

    /// Counts what is on the sheet.
    pub(super) fn count(&mut self, sums: &mut [Sums]) {
        let rows = self.figures.chunks_exact(STRIDE);
        for ((row, counter), sums) in rows.zip(&mut self.counters).zip(sums.chunks_exact_mut(C::PARTS)) {
            counter.count(self.first, &row[..self.noted], sums);
        }
        self.first += self.noted as u64;
        self.noted = 0;
    }

    /// Takes in what others have counted, figure by figure and part by part.
    pub(super) fn merge(&mut self, others: &[Histogram]) {
        for (own, others) in self.counters.iter_mut().zip(others.chunks_exact(C::PARTS)) {
            own.merge(others);
        }
    }

    /// What was counted, figure by figure and part by part.
    pub(super) fn into_histograms(self) -> Vec<Histogram> {
        self.counters.into_iter().flat_map(C::into_histograms).collect()
    }
}
