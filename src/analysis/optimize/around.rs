//! How flat it is around the best mix, and a mix nearly as good that moves less money.

use super::climb::{Climb, Landscape};
use super::space::{Mix, Space};

/// What is nearly as good: no more than this share below the best.
pub const NEARLY: f64 = 0.01;

/// Budgets of a slot at which it is looked.
const LEVELS: usize = 9;

/// The most transfers of the mix that moves less.
const MOST_TRANSFERS: usize = 10;

/// The range of each budget within which the objective stays within 1 % of the best, while the others make room in
/// proportion.
pub(super) fn ranges<L: Landscape>(
    space: &Space,
    climb: &mut Climb<'_, L>,
    best: &Mix,
    least: f64,
) -> Result<Vec<(f64, f64)>, L::Error> {
    let mut ranges = Vec::with_capacity(best.len());
    for (at, slot) in space.slots.iter().enumerate() {
        let own = best[at];
        let mut levels = match slot.is_free() {
            true => slot.levels(slot.low, slot.high.min(space.total), LEVELS),
            false => Vec::new(),
        };
        levels.push(own);
        levels.sort_by(f64::total_cmp);
        levels.dedup();
        let moved: Vec<(f64, Mix)> =
            levels.into_iter().filter_map(|level| Some((level, space.making_room(best, at, level)?))).collect();
        let mixes: Vec<Mix> = moved.iter().map(|(_, mix)| mix.clone()).collect();
        let worth = climb.worth(&mixes)?;
        let points: Vec<(f64, f64)> = moved.iter().map(|(level, _)| *level).zip(worth).collect();
        ranges.push(around(&points, own, least, slot.piece.is_some()));
    }
    Ok(ranges)
}

/// The ends of the part around `own` in which the points are at least `least`: on a straight line between two points, of whole
/// pieces at the last that is.
fn around(points: &[(f64, f64)], own: f64, least: f64, pieces: bool) -> (f64, f64) {
    let end = |points: &mut dyn Iterator<Item = &(f64, f64)>| {
        let mut last = (own, f64::INFINITY);
        for &(level, worth) in points {
            if worth < least {
                let inside = last.1.is_finite() && last.1 > worth && !pieces;
                let share = if inside { (last.1 - least) / (last.1 - worth) } else { 0.0 };
                return last.0 + share.clamp(0.0, 1.0) * (level - last.0);
            }
            last = (level, worth);
        }
        last.0
    };
    let low = end(&mut points.iter().rev().filter(|(level, _)| *level <= own));
    let high = end(&mut points.iter().filter(|(level, _)| *level >= own));
    (low.min(own), high.max(own))
}

/// A mix worth at least `least` that moves less money from `start` than `best` does: transfers from `start` towards `best`,
/// those first that bring most for the money moved. None where it would move nearly as much.
pub(super) fn moving_less<L: Landscape>(
    space: &Space,
    climb: &mut Climb<'_, L>,
    (start, best): (&Mix, &Mix),
    least: f64,
) -> Result<Option<Mix>, L::Error> {
    let mut mix = start.clone();
    let mut worth = climb.worth(std::slice::from_ref(&mix))?[0];
    for _ in 0..MOST_TRANSFERS {
        if worth >= least {
            break;
        }
        let proposals = proposals(space, &mix, best);
        let found = climb.worth(&proposals)?;
        let gain = |at: usize| (found[at] - worth) / moved(&mix, &proposals[at]).max(1e-9);
        // The smallest that does, if one does; else what brings most for its money.
        let enough = (0..proposals.len())
            .filter(|&at| found[at] >= least)
            .min_by(|&a, &b| moved(&mix, &proposals[a]).total_cmp(&moved(&mix, &proposals[b])));
        let most = (0..proposals.len()).filter(|&at| found[at] > worth).max_by(|&a, &b| gain(a).total_cmp(&gain(b)));
        let Some(next) = enough.or(most) else { break };
        (mix, worth) = (proposals[next].clone(), found[next]);
    }
    let less = worth >= least && mix != *start && moved(start, &mix) < 0.9 * moved(start, best);
    Ok(less.then_some(mix))
}

/// What two mixes differ by: the money that changes its channel.
pub(super) fn moved(one: &[f64], other: &[f64]) -> f64 {
    let (up, down) = one
        .iter()
        .zip(other)
        .fold((0.0, 0.0), |(up, down), (a, b)| if b > a { (up + b - a, down) } else { (up, down + a - b) });
    f64::max(up, down)
}

/// Transfers from one channel, or from what is left, to another, as far as `best` goes, and to half and to a quarter of that.
fn proposals(space: &Space, mix: &Mix, best: &Mix) -> Vec<Mix> {
    let mut all = Vec::new();
    let more: Vec<usize> = (0..mix.len()).filter(|&at| best[at] > mix[at]).collect();
    let less: Vec<Option<usize>> = (0..mix.len()).filter(|&at| best[at] < mix[at]).map(Some).chain([None]).collect();
    for &from in &less {
        for to in more.iter().copied().map(Some).chain([None]) {
            for share in [1.0, 0.5, 0.25] {
                let mut other = mix.clone();
                let gives = from.map_or(space.left(mix), |from| mix[from] - best[from]);
                let takes = to.map_or(gives, |to| best[to] - mix[to]);
                let amount = share * gives.min(takes);
                if amount <= 0.0 {
                    continue;
                }
                if let Some(to) = to {
                    other[to] = whole(space, to, mix[to] + amount);
                }
                if let Some(from) = from {
                    other[from] = space.slots[from].at_most(mix[from] - amount);
                }
                if space.holds(&other) && other != *mix && !all.contains(&other) {
                    all.push(other);
                }
            }
        }
    }
    all
}

fn whole(space: &Space, at: usize, budget: f64) -> f64 {
    space.slots[at].at_most(budget)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_ends_where_the_line_between_two_points_does() {
        let points = [(0.0, 90.0), (10.0, 98.0), (20.0, 100.0), (30.0, 99.5), (40.0, 97.5)];
        assert_eq!(around(&points, 20.0, 99.0, false), (15.0, 32.5));
        assert_eq!(around(&points, 20.0, 99.0, true), (20.0, 30.0));
        assert_eq!(around(&points, 20.0, 0.0, false), (0.0, 40.0));
    }

    #[test]
    fn money_that_moves_is_counted_once() {
        assert_eq!(moved(&[10.0, 20.0, 30.0], &[15.0, 20.0, 25.0]), 5.0);
        assert_eq!(moved(&[10.0, 20.0], &[10.0, 12.0]), 8.0);
    }
}
