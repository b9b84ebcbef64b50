//! Empirical distribution functions (ECDF), drawn as stairs: each draw is a step.

use super::axis::Plot;

/// How many of 100 draws are at least so large, from the left edge of the plot to its right: at most two points for each
/// half pixel. The draws are sorted.
pub(super) fn at_least(sorted: &[f64], plot: &Plot) -> Vec<(f64, f64)> {
    let draws = sorted.len();
    let height = |reached: usize| plot.y.at(100.0 * reached as f64 / draws as f64);
    let mut reached = draws - sorted.partition_point(|draw| *draw < plot.x.low);
    let mut points = vec![(plot.area.left, height(reached))];
    while reached > 0 && plot.x.shows(sorted[draws - reached]) {
        let x = plot.x.at(sorted[draws - reached]);
        let left = sorted[draws - reached..].partition_point(|draw| plot.x.at(*draw) < x + 0.5 && plot.x.shows(*draw));
        points.push((x, height(reached)));
        reached -= left.max(1);
        points.push((x, height(reached)));
    }
    points.push((plot.area.right, height(reached)));
    points
}

/// How many of 100 draws are at most so large: the same stairs upside down.
pub(super) fn at_most(sorted: &[f64], plot: &Plot) -> Vec<(f64, f64)> {
    let (top, bottom) = (plot.y.at(100.0), plot.y.at(0.0));
    let mut points = at_least(sorted, plot);
    points.iter_mut().for_each(|(_, y)| *y = top + bottom - *y);
    points
}

/// The height of stairs at a pixel.
pub(super) fn height_at(steps: &[(f64, f64)], at: f64) -> f64 {
    let next = steps.partition_point(|(x, _)| *x <= at);
    steps.get(next.saturating_sub(1)).map_or(f64::MAX, |(_, y)| *y)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::axis::Axis;
    use crate::charts::labels::Area;

    #[test]
    fn each_draw_is_a_step() {
        let area = Area { left: 0.0, top: 0.0, right: 40.0, bottom: 100.0 };
        let plot = Plot { area, x: Axis::new((0.0, 4.0), (0.0, 40.0)), y: Axis::new((0.0, 100.0), (100.0, 0.0)) };
        let down = [(0.0, 0.0), (10.0, 0.0), (10.0, 50.0), (30.0, 50.0), (30.0, 100.0)];
        let points = at_least(&[1.0, 3.0], &plot);
        assert_eq!(points[..5], down);
        assert_eq!((height_at(&points, 20.0), height_at(&points, 39.0)), (50.0, 100.0));
        let points = at_most(&[1.0, 3.0], &plot);
        assert_eq!(points[..5], down.map(|(x, y)| (x, 100.0 - y)));
    }
}
