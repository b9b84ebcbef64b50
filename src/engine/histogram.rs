//! Counts of figures that are too many to keep: buckets of 0.2 % relative error, which merge exactly.

use std::borrow::Cow;
use std::ops::Range;

use multiversion::multiversion;
use serde::{Deserialize, Serialize};

/// A histogram of 256 buckets an octave: a bucket's middle is within 0.2 % of what is in it.
pub type Histogram = LogHistogram<8>;

/// Is a figure above 0 no whole number? From 2⁵² on all are; below, adding 2⁵² rounds to one.
#[inline]
pub(super) fn is_broken(figure: f64) -> bool {
    const WHOLE: f64 = (1_u64 << 52) as f64;
    figure < WHOLE && (figure + WHOLE) - WHOLE != figure
}

/// What one look at many figures shows of those above 0.
pub(super) struct Seen {
    pub(super) above_zero: u64,
    pub(super) least: f64,
    pub(super) most: f64,
    pub(super) broken: bool,
}

impl Seen {
    /// Side by side, and without branches: which figures are above 0 can't be foreseen.
    #[inline(always)]
    fn of(figures: &[f64]) -> Self {
        let (mut above, mut least, mut most, mut broken) = ([0; SIDE], [f64::INFINITY; SIDE], [0.0; SIDE], [0; SIDE]);
        let mut look = |lane: usize, figure: f64| {
            let counts = figure > 0.0;
            let low = if counts { figure } else { f64::INFINITY };
            above[lane] += u64::from(counts);
            least[lane] = if low < least[lane] { low } else { least[lane] };
            most[lane] = if figure > most[lane] { figure } else { most[lane] };
            broken[lane] |= u64::from(counts & is_broken(figure));
        };
        let (rows, rest) = figures.as_chunks::<SIDE>();
        for row in rows {
            for (lane, &figure) in row.iter().enumerate() {
                look(lane, figure);
            }
        }
        for (lane, &figure) in rest.iter().enumerate() {
            look(lane, figure);
        }
        Self {
            above_zero: above.iter().sum(),
            least: least.into_iter().fold(f64::INFINITY, f64::min),
            most: most.into_iter().fold(0.0, f64::max),
            broken: broken.into_iter().any(|broken| broken > 0),
        }
    }
}

/// Figures that are looked at side by side.
const SIDE: usize = 8;

/// [`Seen::of`] by the widest instructions that the processor has.
#[multiversion(targets("x86_64+avx2+bmi1+bmi2"))]
fn look(figures: &[f64]) -> Seen {
    Seen::of(figures)
}

/// So many figures are listed before they are counted: a draw writes to the ends of short lists then, and not all over large
/// tables; and where they are few, there is no table at all.
pub(super) const LISTED: usize = 512;

/// So many are listed at a time.
const CHUNK: usize = 64;

/// A log-linear histogram (as HDR histograms are) of figures that are 0 or more. `BITS` of the fraction tell buckets apart:
/// there are `2^BITS` buckets an octave.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LogHistogram<const BITS: u32> {
    zeros: u64,
    others: u64,
    /// the buckets of figures that are not in the table; fewer than [`LISTED`]
    listed: Vec<u32>,
    /// the index of the first bucket of the table
    first: usize,
    /// the table; none before the list has been full
    counts: Vec<u32>,
    /// some figure was not a whole number
    broken: bool,
    least: f64,
    most: f64,
}

impl<const BITS: u32> Default for LogHistogram<BITS> {
    fn default() -> Self {
        Self {
            zeros: 0,
            others: 0,
            listed: Vec::new(),
            first: 0,
            counts: Vec::new(),
            broken: false,
            least: f64::INFINITY,
            most: 0.0,
        }
    }
}

impl<const BITS: u32> LogHistogram<BITS> {
    /// Bits of a figure that its bucket does not tell.
    const SHIFT: u32 = 52 - BITS;

    /// Where a figure above 0 is counted.
    #[inline]
    pub(super) fn bucket_of(figure: f64) -> u32 {
        (figure.to_bits() >> Self::SHIFT) as u32
    }

    /// Counts one figure; what is not above 0, or not a number, counts as 0.
    #[inline]
    pub fn add(&mut self, figure: f64) {
        if figure.is_nan() || figure <= 0.0 {
            self.zeros += 1;
            return;
        }
        self.others += 1;
        self.stretch(figure, figure);
        // Of money, one figure tells.
        self.broken = self.broken || is_broken(figure);
        self.list(&[Self::bucket_of(figure)]);
    }

    /// Lists the buckets of a few figures; a full list is counted.
    #[inline]
    fn list(&mut self, buckets: &[u32]) {
        if self.listed.capacity() == 0 {
            self.listed.reserve_exact(LISTED + CHUNK);
        }
        self.listed.extend_from_slice(buckets);
        if self.listed.len() >= LISTED {
            self.count_listed();
        }
    }

    /// Counts what is listed in the table.
    fn count_listed(&mut self) {
        self.cover(Self::bucket_of(self.least) as usize..Self::bucket_of(self.most) as usize + 1);
        for &bucket in &self.listed {
            self.counts[bucket as usize - self.first] += 1;
        }
        self.listed.clear();
    }

    /// Brings it to the one form of what it has counted, however that came: the list in order, or the table alone.
    pub(super) fn seal(&mut self) {
        if self.counts.is_empty() {
            self.listed.sort_unstable();
        } else {
            self.count_listed();
        }
    }

    /// It in that form.
    fn sealed(&self) -> Cow<'_, Self> {
        let is_sealed = if self.counts.is_empty() { self.listed.is_sorted() } else { self.listed.is_empty() };
        if is_sealed {
            return Cow::Borrowed(self);
        }
        let mut sealed = self.clone();
        sealed.seal();
        Cow::Owned(sealed)
    }

    /// Takes in the least and the most of further figures.
    #[inline]
    fn stretch(&mut self, least: f64, most: f64) {
        // Not f64::min, which looks out for NaN first.
        self.least = if least < self.least { least } else { self.least };
        self.most = if most > self.most { most } else { self.most };
    }

    /// Counts many figures: as [`add`](Self::add) one after the other, with one look at all of them first.
    pub fn add_all(&mut self, figures: &[f64]) {
        let Seen { above_zero, least, most, broken } = look(figures);
        self.zeros += figures.len() as u64 - above_zero;
        // Many weeks have none of a kind at all: nothing spent in the tail, nobody waiting.
        if above_zero == 0 {
            return;
        }
        self.others += above_zero;
        self.stretch(least, most);
        self.broken |= broken;
        for figures in figures.chunks(CHUNK) {
            // Without a branch: which figures are above 0 can't be foreseen.
            let (mut kept, mut count) = ([0; CHUNK], 0);
            for &figure in figures {
                kept[count % CHUNK] = Self::bucket_of(figure);
                count += usize::from(figure > 0.0);
            }
            self.list(&kept[..count]);
        }
    }

    /// Counts so many figures, of which the buckets of those above 0 are known.
    pub(super) fn add_seen(&mut self, figures: usize, seen: &Seen, buckets: Vec<u32>) {
        self.zeros += figures as u64 - seen.above_zero;
        self.others += seen.above_zero;
        self.stretch(seen.least, seen.most);
        self.broken |= seen.broken;
        if self.listed.is_empty() && buckets.len() < LISTED {
            self.listed = buckets;
        } else {
            self.list(&buckets);
        }
    }

    /// Makes room for buckets that are not kept yet.
    #[inline]
    fn cover(&mut self, buckets: Range<usize>) {
        if buckets.start < self.first || buckets.end > self.first + self.counts.len() {
            self.widen(buckets);
        }
    }

    #[cold]
    fn widen(&mut self, buckets: Range<usize>) {
        if self.counts.is_empty() {
            self.first = buckets.start;
        }
        if buckets.start < self.first {
            let missing = self.first - buckets.start;
            self.counts.splice(0..0, std::iter::repeat_n(0, missing));
            self.first = buckets.start;
        }
        let kept = self.counts.len().max(buckets.end - self.first);
        self.counts.resize(kept, 0);
    }

    /// Adds all that another has counted; the order of merging changes nothing.
    pub fn merge(&mut self, other: &Self) {
        self.zeros += other.zeros;
        self.others += other.others;
        self.broken |= other.broken;
        self.stretch(other.least, other.most);
        if !other.counts.is_empty() {
            self.cover(other.first..other.first + other.counts.len());
            let from = other.first - self.first;
            for (own, count) in self.counts[from..].iter_mut().zip(&other.counts) {
                *own += count;
            }
        }
        other.listed.chunks(CHUNK).for_each(|listed| self.list(listed));
    }

    /// Whether it can have come from counting and sealing: every bucket is that of a number above 0, and from the least to
    /// the most there is no more room than what it holds takes.
    #[must_use]
    pub(super) fn is_sound(&self) -> bool {
        let buckets = (f64::MAX.to_bits() >> Self::SHIFT) as usize + 2;
        let ends = [self.least, self.most].map(Self::bucket_of);
        if let (Some(&first), Some(&last)) = (self.listed.first(), self.listed.last()) {
            let few = self.listed.len() < LISTED && self.listed.len() as u64 == self.others && self.listed.is_sorted();
            return few && self.counts.is_empty() && ends == [first, last] && (last as usize) < buckets;
        }
        let table = self.first..self.first.saturating_add(self.counts.len());
        self.counts.is_empty() || table.end <= buckets && ends.iter().all(|&end| table.contains(&(end as usize)))
    }

    /// How many figures.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.zeros + self.others
    }

    /// The share of figures that are above 0; 0 where there are none at all.
    #[must_use]
    pub fn share_above_zero(&self) -> f64 {
        self.others as f64 / self.total().max(1) as f64
    }

    /// Quantiles at rising levels `p`, by linear interpolation between neighbors in order (type 7).
    #[must_use]
    pub fn quantiles<const N: usize>(&self, levels: [f64; N]) -> [f64; N] {
        let total = self.total();
        if total == 0 {
            return [f64::NAN; N];
        }
        let sealed = self.sealed();
        let mut walk = Walk { histogram: &sealed, bucket: 0, passed: self.zeros };
        levels.map(|level| {
            let place = level * (total - 1) as f64;
            let (below, part) = (place.floor(), place.fract());
            let low = walk.at(below as u64);
            if part == 0.0 {
                return low;
            }
            // A look one place ahead must not move the walk past what the next level needs.
            let high = walk.clone().at(below as u64 + 1);
            low + part * (high - low)
        })
    }

    /// The figures at rising places in order of size, counted from 0.
    #[must_use]
    pub fn order_statistics<const N: usize>(&self, places: [u64; N]) -> [f64; N] {
        let sealed = self.sealed();
        let mut walk = Walk { histogram: &sealed, bucket: 0, passed: self.zeros };
        places.map(|place| walk.at(place))
    }

    /// What stands for each bucket, in rising order, and how many figures are in it.
    pub(super) fn figures(&self) -> Vec<(f64, u64)> {
        let sealed = self.sealed();
        let listed = sealed.listed.chunk_by(|one, other| one == other);
        let listed = listed.map(|same| (self.stand_in(same[0] as usize), same.len() as u64));
        let counted = sealed.counts.iter().enumerate().filter(|(_, count)| **count > 0);
        let counted = counted.map(|(at, &count)| (self.stand_in(sealed.first + at), u64::from(count)));
        std::iter::once((0.0, self.zeros)).chain(listed).chain(counted).collect()
    }

    /// Whether all figures are whole numbers, or more of them than this share are 0: then they repeat.
    #[must_use]
    pub fn is_on_a_lattice(&self, share: f64) -> bool {
        !self.broken || self.zeros as f64 > share * self.total() as f64
    }

    /// What stands for a bucket: its middle; a whole number that has a bucket to itself; never outside what was seen.
    fn stand_in(&self, bucket: usize) -> f64 {
        let start = f64::from_bits((bucket as u64) << Self::SHIFT);
        let end = f64::from_bits((bucket as u64 + 1) << Self::SHIFT);
        // Up to 2^(BITS + 1) a bucket holds at most one whole number, and that is where it starts: counts come out exactly.
        let figure =
            if !self.broken && start.fract() == 0.0 && end - start <= 1.0 { start } else { 0.5 * (start + end) };
        figure.clamp(self.least, self.most)
    }
}

/// A walk over the figures of a sealed histogram in rising order.
#[derive(Clone)]
struct Walk<'a, const BITS: u32> {
    histogram: &'a LogHistogram<BITS>,
    bucket: usize,
    /// figures before the bucket
    passed: u64,
}

impl<const BITS: u32> Walk<'_, BITS> {
    /// The figure at a place in rising order, counted from 0; places may not fall.
    fn at(&mut self, place: u64) -> f64 {
        let histogram = self.histogram;
        if place < histogram.zeros {
            return 0.0;
        }
        if let Some(&bucket) = histogram.listed.get((place - histogram.zeros) as usize) {
            return histogram.stand_in(bucket as usize);
        }
        while let Some(&count) = histogram.counts.get(self.bucket) {
            if place < self.passed + u64::from(count) {
                return histogram.stand_in(histogram.first + self.bucket);
            }
            self.passed += u64::from(count);
            self.bucket += 1;
        }
        histogram.most
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_within_two_parts_in_a_thousand_and_small_counts_exact() {
        let mut money = Histogram::default();
        let mut counts = Histogram::default();
        for i in 0..10_001 {
            money.add(f64::from(i) * 17.3 + 1_000.0);
            counts.add(f64::from(i % 101));
        }
        let [p5, p50, p95] = money.quantiles([0.05, 0.5, 0.95]);
        for (found, exact) in [(p5, 500.0), (p50, 5_000.0), (p95, 9_500.0)] {
            let exact = exact * 17.3 + 1_000.0;
            assert!((found / exact - 1.0).abs() < 0.002, "{found} is not {exact}");
        }
        assert_eq!(counts.quantiles([0.0, 0.5, 1.0]), [0.0, 50.0, 100.0]);
    }

    #[test]
    fn what_is_no_number_counts_as_nothing() {
        let mut histogram = Histogram::default();
        [f64::NAN, 3.0, -1.0].into_iter().for_each(|figure| histogram.add(figure));
        histogram.add_all(&[f64::NAN, 5.0]);
        assert_eq!(histogram.total(), 5);
        // 0, 0, 0, 3, 5
        assert_eq!(histogram.quantiles([0.5, 0.75, 1.0]), [0.0, 3.0, 5.0]);
    }

    #[test]
    fn a_row_counts_as_its_figures_one_by_one() {
        let rows: [&[f64]; 6] = [
            &[],
            &[0.0; 9],
            &[3.0, 0.0, 17.0, f64::NAN, -2.0, 4.0],
            &[0.25, 1e-300, 1e300, 7.0],
            &[4_503_599_627_370_495.5, 9_007_199_254_740_993.0],
            &[f64::MIN_POSITIVE, f64::MAX, 2.5e9, 0.0],
        ];
        let (mut together, mut alone) = (Histogram::default(), Histogram::default());
        for row in rows {
            together.add_all(row);
            row.iter().for_each(|&figure| alone.add(figure));
            assert_eq!(format!("{together:?}"), format!("{alone:?}"));
        }
    }

    #[test]
    fn a_figure_that_never_varies_is_exact() {
        let mut same = Histogram::default();
        (0..9).for_each(|_| same.add(75_000.0));
        assert_eq!(same.quantiles([0.05, 0.5, 0.95]), [75_000.0; 3]);
    }

    #[test]
    fn merging_in_any_order_is_the_same_as_counting_at_once() {
        let figures: Vec<f64> = (0..1_000).map(|i| f64::from(i * i % 977) / 3.0).collect();
        let count = |part: &[f64]| {
            let mut histogram = Histogram::default();
            part.iter().for_each(|&figure| histogram.add(figure));
            histogram
        };
        let levels = [0.05, 0.25, 0.5, 0.75, 0.95];
        let all = count(&figures).quantiles(levels);
        let (a, b) = figures.split_at(317);
        for (first, second) in [(a, b), (b, a)] {
            let mut merged = count(first);
            merged.merge(&count(second));
            assert_eq!(merged.quantiles(levels), all);
        }
    }

    #[test]
    fn what_is_sealed_does_not_tell_how_it_came() {
        let figure = |i: usize| ((i * i * 31 + 7) % 997) as f64 / 4.0;
        for count in [0, 1, LISTED - 1, LISTED, LISTED + 1, 3 * LISTED + 5] {
            let figures: Vec<f64> = (0..count).map(figure).collect();
            let mut whole = Histogram::default();
            whole.add_all(&figures);
            let quantiles = whole.quantiles([0.1, 0.5, 0.9]).map(f64::to_bits);
            whole.seal();
            assert_eq!(whole.quantiles([0.1, 0.5, 0.9]).map(f64::to_bits), quantiles);
            let counted: u64 = whole.figures().into_iter().map(|(_, count)| count).sum();
            assert_eq!((counted, whole.is_sound()), (count as u64, true));
            for cut in [0, count / 3, count / 2, count] {
                let (first, then) = figures.split_at(cut);
                let [one, mut other] = [first, then].map(|figures| {
                    let mut part = Histogram::default();
                    figures.iter().rev().for_each(|&figure| part.add(figure));
                    part
                });
                other.merge(&one);
                other.seal();
                assert_eq!(format!("{other:?}"), format!("{whole:?}"), "{count} cut at {cut}");
            }
        }
    }

    #[test]
    fn what_counting_does_not_leave_is_not_sound() {
        let few = Histogram { listed: vec![2, 5], others: 2, ..Histogram::default() };
        let ends = |bucket: u64| f64::from_bits(bucket << Histogram::SHIFT);
        let sound = Histogram { least: ends(2), most: ends(5), ..few.clone() };
        let table = Histogram { counts: vec![1; 4], first: 2, listed: Vec::new(), ..sound.clone() };
        assert!(sound.is_sound() && table.is_sound() && Histogram::default().is_sound());
        for wrong in [
            few,
            Histogram { listed: vec![5, 2], ..sound.clone() },
            Histogram { others: 9, ..sound.clone() },
            Histogram { most: f64::MAX, ..sound.clone() },
            Histogram { listed: vec![2, u32::MAX], ..sound.clone() },
            Histogram { counts: vec![1], ..sound },
            Histogram { first: usize::MAX, ..table.clone() },
            Histogram { least: f64::MIN_POSITIVE, first: 300, ..table.clone() },
            Histogram { most: 1.0, ..table },
        ] {
            assert!(!wrong.is_sound(), "{wrong:?}");
        }
    }
}
