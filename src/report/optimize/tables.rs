//! The best mix as tables: channel by channel, the frontier, the totals.

use comfy_table::Table;

use crate::analysis::{Estimate, Figure};
use crate::text::{percent, with_margin};

use super::super::aligned::table;
use super::{OptimizeReport, words};

/// Each channel: its budget today and in the best mix, how far it may move, what the next money brings.
pub(super) fn mixes(report: &OptimizeReport<'_>) -> Table {
    let optimum = report.optimum;
    let scale = if matches!(optimum.objective().figure, Figure::Chance(_)) { 100.0 } else { 1.0 };
    let next = |estimate: Option<Estimate>| {
        estimate
            .map_or_else(String::new, |own| with_margin(scale * own.mean, own.margin().map(|margin| scale * margin)))
    };
    let mut table = table(&["", "today", "best", "from", "to", "next 1,000", "at best"]);
    for (at, slot, today, best) in report.slots(&optimum.best) {
        let (low, high) = optimum.ranges[at];
        let [before, after] = optimum.margins[at];
        let ends =
            if slot.is_free() { [words::budget(low), words::budget(high)] } else { ["locked".into(), String::new()] };
        let [low, high] = ends;
        table.add_row([
            report.shown(slot).to_owned(),
            words::budget(today),
            words::budget(best),
            low,
            high,
            next(before.next),
            next(after.next),
        ]);
    }
    let [start, best] = [&optimum.start, &optimum.best];
    let row = |name: &str, figures: [f64; 2]| {
        let [today, best] = figures.map(words::budget);
        [name.to_owned(), today, best, String::new(), String::new(), String::new(), String::new()]
    };
    let lefts = [start, best].map(|own| words::left(report, own));
    if lefts.iter().any(|left| *left > 0.5e-3 * optimum.space.total) {
        table.add_row(row("in no channel", lefts));
    }
    let unspent = [start, best].map(|own| own.fresh.unspent);
    if unspent.iter().any(|unspent| *unspent > 0.5e-3 * optimum.space.total) {
        table.add_row(row("not spent", unspent));
    }
    for (path, today, value) in optimum.also(best) {
        let cells = [path.to_owned(), today.to_owned(), value.to_owned()];
        table.add_row(cells.into_iter().chain(std::iter::repeat_n(String::new(), 4)));
    }
    table
}

/// Mean against P10.
pub(super) fn frontier(report: &OptimizeReport<'_>) -> Option<Table> {
    let optimum = report.optimum;
    if optimum.frontier.is_empty() {
        return None;
    }
    let names: Vec<&str> = optimum.space.slots.iter().map(|slot| report.shown(slot)).collect();
    let header: Vec<&str> = ["P10 weighs", "mean", "P10"].into_iter().chain(names).collect();
    let mut table = table(&header);
    for point in &optimum.frontier {
        let [mean, low] = point.mean_and_p10.map(|gauge| words::money(report, gauge));
        let mix = point.mix.iter().map(|budget| words::budget(*budget));
        table.add_row([percent(point.weight), mean, low].into_iter().chain(mix));
    }
    Some(table)
}

/// The best of other totals.
pub(super) fn totals(report: &OptimizeReport<'_>) -> Option<Table> {
    let optimum = report.optimum;
    if optimum.totals.is_empty() {
        return None;
    }
    let scale = if matches!(optimum.objective().figure, Figure::Chance(_)) { 100.0 } else { 1.0 };
    let names: Vec<&str> = optimum.space.slots.iter().map(|slot| report.shown(slot)).collect();
    let header: Vec<&str> = ["total", "best", "next 1,000"].into_iter().chain(names).chain(["left"]).collect();
    let mut table = table(&header);
    for point in &optimum.totals {
        let next = point.next.map_or_else(String::new, |next| {
            with_margin(scale * next.mean, next.margin().map(|margin| scale * margin))
        });
        let mix = point.mix.iter().map(|budget| words::budget(*budget));
        let figure = words::figure(report, report.optimum.objective(), point.fresh.gauge);
        let cells =
            [words::budget(point.total), figure, next].into_iter().chain(mix).chain([words::budget(point.left())]);
        table.add_row(cells);
    }
    Some(table)
}
