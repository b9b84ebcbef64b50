//! A map as grids of figures: the means of the first outcome, and the chance of its target.

use comfy_table::Table;

use crate::analysis::SweepFinding;
use crate::engine::Stats;
use crate::text::{percent, shorten, with_error};

use super::super::aligned::table;
use super::super::words::target_name;
use super::values::{shown, unit_of};
use super::{SweepReport, words};

/// A figure at every point of a map.
pub(super) struct Grid {
    pub(super) title: String,
    /// what runs down and what runs across
    pub(super) axes: String,
    pub(super) table: Table,
}

/// The grids of the first outcome.
pub(super) fn grids(report: &SweepReport<'_>, width: usize) -> Vec<Grid> {
    let Some(finding) = report.findings.first() else {
        return Vec::new();
    };
    let outcome = finding.outcome.outcome();
    let stats = |at: usize| report.results(at).stats(finding.outcome);
    let points = 0..report.sweep.points.len();
    let means = points.clone().filter_map(stats).map(|stats| stats.headline().abs());
    let (one, short) = unit_of(outcome, means);
    let title = report.title_of(outcome, short);
    // One rounding for the whole grid, by its largest error.
    let largest = points.filter_map(stats).filter_map(|stats| Some(stats.headline_margin()? / one)).fold(0.0, f64::max);
    let mean = |at: usize| {
        let mean = stats(at).map_or(f64::NAN, Stats::headline);
        with_error(mean / one, Some(largest))
    };
    let mut grids: Vec<Grid> = grid(report, finding, &words::means_of(&title), width, mean).into_iter().collect();
    if let Some(target) = report.sweep.today.target(finding.outcome) {
        let chance = |at: usize| {
            let target = report.results(at).target(finding.outcome);
            target.map_or_else(|| "–".into(), |target| percent(target.chance.probability))
        };
        let title = words::chances_of(&target_name(target, report.currency()));
        grids.extend(grid(report, finding, &title, width, chance));
    }
    grids
}

fn grid(
    report: &SweepReport<'_>,
    finding: &SweepFinding,
    title: &str,
    width: usize,
    figure: impl Fn(usize) -> String,
) -> Option<Grid> {
    let [first, second] = report.sweep.axes.as_slice() else {
        return None;
    };
    // The figure with fewer values runs across.
    let turned = first.values.len() < second.values.len();
    let (down, across) = if turned { (second, first) } else { (first, second) };
    let point = |row: usize, column: usize| {
        let places = if turned { [column, row] } else { [row, column] };
        places[0] * second.values.len() + places[1]
    };
    let cell = |row: usize, column: usize| {
        let at = point(row, column);
        let (best, today) = (is_alike(finding, at), report.sweep.today_at == Some(at));
        words::cell(&figure(at), best, today)
    };
    let name = |axis: &crate::analysis::Axis, at: usize| shorten(&shown(&axis.values[at]), 20);
    let rows = 0..down.values.len();
    let widest = |column: usize| {
        let cells = rows.clone().map(|row| cell(row, column).chars().count());
        let header = name(across, column).chars().count();
        cells.max().unwrap_or(0).max(header) + 2
    };
    let names = rows.clone().map(|row| name(down, row).chars().count());
    let room = width.saturating_sub(names.max().unwrap_or(0) + 2);
    let all = across.values.len();
    let wide = (0..all).map(widest).max().unwrap_or(1);
    let place = |at: usize| report.sweep.points[at].places[usize::from(!turned)];
    let marked: Vec<usize> =
        [Some(finding.ranking.leading), report.sweep.today_at].into_iter().flatten().map(place).collect();
    let shown = columns(all, (room / wide).max(4), &marked);
    let mut header = vec![String::new()];
    header.extend(shown.iter().map(|&column| name(across, column)));
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    let mut table = table(&header);
    for row in rows {
        let mut cells = vec![name(down, row)];
        cells.extend(shown.iter().map(|&column| cell(row, column)));
        table.add_row(cells);
    }
    let left_out = words::columns_left_out(shown.len(), all);
    let axes = words::axes(&down.path, &across.path);
    Some(Grid { title: format!("{title}{left_out}"), axes, table })
}

/// Whether a point may be the best, where there is one.
fn is_alike(finding: &SweepFinding, at: usize) -> bool {
    !finding.ranking.all_same && finding.ranking.alike.contains(&at)
}

/// As many of the columns as there is room for, evenly, with both ends and those that are `marked`.
fn columns(all: usize, most: usize, marked: &[usize]) -> Vec<usize> {
    if all <= most {
        return (0..all).collect();
    }
    let mut shown: Vec<usize> = (0..most).map(|at| (at * (all - 1) + (most - 1) / 2) / (most - 1)).collect();
    for &wanted in marked {
        if shown.contains(&wanted) {
            continue;
        }
        let inner = shown.iter_mut().filter(|at| !(**at == 0 || **at == all - 1));
        // The nearest one makes room, unless it is marked itself.
        let nearest = inner.filter(|at| !marked.contains(at)).min_by_key(|at| at.abs_diff(wanted));
        if let Some(at) = nearest {
            *at = wanted;
        }
    }
    shown.sort_unstable();
    shown
}

#[cfg(test)]
mod tests {
    use super::columns;

    #[test]
    fn columns_are_left_out_evenly_and_the_ends_stay() {
        assert_eq!(columns(3, 5, &[1]), [0, 1, 2]);
        assert_eq!(columns(11, 6, &[]), [0, 2, 4, 6, 8, 10]);
        assert_eq!(columns(11, 6, &[10, 4]), [0, 2, 4, 6, 8, 10]);
        assert_eq!(columns(20, 4, &[9, 10]), [0, 9, 10, 19]);
    }
}
