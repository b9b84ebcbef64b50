//! Every sentence about the best mix.

use crate::analysis::{Candidate, Estimate, Figure, Gauge, NEARLY, Objective, Sense, Slot, Space};
use crate::engine::T31;
use crate::model::outcomes::{Limits, Unit};
use crate::text::{
    as_written, capital, count, futures, in_currency, listed, lower, one_future, percent, with_error, with_margin,
};

use super::super::outcome_words::noun;
use super::OptimizeReport;

/// A move of less than this share of the total needs no reason.
const LARGE: f64 = 0.04;

/// What is made as high as possible: "profit with what follows on average", "P10 of revenue".
pub(super) fn objective(report: &OptimizeReport<'_>) -> String {
    of(report, report.optimum.objective())
}

fn of(report: &OptimizeReport<'_>, objective: Objective) -> String {
    let outcome = objective.outcome.outcome();
    match objective.figure {
        Figure::Mean => format!("{} on average", noun(outcome)),
        Figure::Percentile(level) => format!("P{level} of {}", noun(outcome)),
        Figure::Cvar10 => format!("the mean of the worst tenth of {}", noun(outcome)),
        Figure::Chance(side) => {
            let bound = as_written(side.bound);
            let bound = if outcome.unit == Unit::Money { report.currency().with(&bound) } else { bound };
            let sense = if side.sense == Sense::AtLeast { "at least" } else { "at most" };
            format!("the chance of {} of {sense} {bound}", noun(outcome))
        }
        Figure::MeanAndP10 { .. } => objective.written(),
    }
}

fn is_chance(objective: Objective) -> bool {
    matches!(objective.figure, Figure::Chance(_))
}

/// A figure of an objective, with its currency.
pub(super) fn figure(report: &OptimizeReport<'_>, objective: Objective, gauge: Gauge) -> String {
    if is_chance(objective) {
        return percent(gauge.value);
    }
    let text = with_error(gauge.value, Some(0.5 * (gauge.high - gauge.low)).filter(|margin| margin.is_finite()));
    if objective.outcome.outcome().unit == Unit::Money { report.currency().with(&text) } else { text }
}

/// A difference in the objective with its margin, without a sign.
pub(super) fn difference(report: &OptimizeReport<'_>, by: Estimate) -> String {
    let objective = report.optimum.objective();
    if is_chance(objective) {
        let by = by.scaled(100.0);
        return format!("{} points", with_margin(by.mean.abs(), by.margin()));
    }
    let text = with_margin(by.mean.abs(), by.margin());
    if objective.outcome.outcome().unit == Unit::Money { report.currency().with(&text) } else { text }
}

/// A budget.
pub(super) fn budget(money: f64) -> String {
    as_written(if money.abs() >= 100.0 { money.round() } else { (money * 100.0).round() / 100.0 })
}

/// What was asked, and of how many draws.
pub(super) fn subject(report: &OptimizeReport<'_>) -> String {
    let optimum = report.optimum;
    let weeks = report.scenario.plan.parts.horizon.weeks;
    format!(
        "The mix of {} with the highest {}. {} looked at, the best of them checked on {} of {}, seed {}.",
        report.currency().with(&budget(optimum.space.total)),
        objective(report).trim_start_matches("the "),
        if optimum.looked_at == 1 { "1 mix was".to_owned() } else { format!("{} mixes were", optimum.looked_at) },
        count(optimum.draws.runs as f64, &format!("fresh simulated {}", one_future(weeks))),
        count(weeks as f64, "week"),
        optimum.draws.seed,
    )
}

/// What was found.
pub(super) fn answer(report: &OptimizeReport<'_>) -> String {
    let optimum = report.optimum;
    let own = optimum.objective();
    let (start, best) = (&optimum.start, &optimum.best);
    let [today, found] = [start, best].map(|candidate| figure(report, own, candidate.fresh.gauge));
    let what = objective(report);
    let is_start = start.mix == best.mix && start.combination == best.combination;
    if optimum.keeps(best) == Some(false) {
        return format!(
            "No mix was found that keeps to every condition. {} is {found} in the one that comes nearest.",
            capital(&what)
        );
    }
    if is_start {
        return format!(
            "Your plan is as good as any we found: {what} is {today}, and no other mix came out better on fresh draws."
        );
    }
    if !optimum.is_better() {
        if optimum.keeps(start) == Some(false) {
            return format!(
                "The plan does not keep to every condition; the best mix found that does takes {what} from {today} to {found}."
            );
        }
        return format!(
            "Your plan is as good as any we found: on fresh draws the best mix differs from it by {}, which can't be told from nothing ({what}: {found}, and {today} today).",
            signed(report, optimum.gain)
        );
    }
    let searched = Estimate { mean: best.searched - start.searched, error: None };
    format!(
        "The best mix found raises {what} by {}, from {today} to {found}. That is on fresh draws, which took no part in the choice; on the {} it was searched on, it was {}.",
        difference(report, optimum.gain),
        with_error(optimum.searched_on as f64, Some(1.0)),
        difference(report, searched),
    )
}

/// The answer as a title.
pub(super) fn title(report: &OptimizeReport<'_>) -> String {
    let optimum = report.optimum;
    match optimum.is_better() && optimum.keeps(&optimum.best) != Some(false) {
        true => format!("The best mix found raises {} by {}", objective(report), difference(report, optimum.gain)),
        false => "Your plan is as good as any we found".to_owned(),
    }
}

/// A difference with its sign.
fn signed(report: &OptimizeReport<'_>, by: Estimate) -> String {
    let size = difference(report, by);
    let is_nothing = size.starts_with("0 ");
    let sign = if by.mean < 0.0 && !is_nothing { "−" } else { "" };
    format!("{sign}{size}")
}

/// Whether the conditions hold in the best mix.
pub(super) fn conditions(report: &OptimizeReport<'_>) -> Option<String> {
    let optimum = report.optimum;
    let own =
        optimum.question.conditions.iter().zip(&optimum.best.fresh.conditions).zip(&optimum.start.fresh.conditions);
    let said: Vec<String> = own
        .map(|((condition, gauge), today)| {
            let [low, high] = [gauge.low, gauge.high].map(|end| condition.side.slack(end));
            let holds = match (low.min(high) >= 0.0, low.max(high) < 0.0) {
                (true, _) => "holds",
                (_, true) => "does not hold",
                _ => "can't be told from its bound",
            };
            let [own, today] = [gauge, today].map(|gauge| figure(report, condition.objective, *gauge));
            format!("{} {holds}: {own} (today {today}).", condition.written())
        })
        .collect();
    (!said.is_empty()).then(|| said.join(" "))
}

/// What the table means.
pub(super) fn legend(report: &OptimizeReport<'_>) -> String {
    let per = if is_chance(report.optimum.objective()) { ", in points of the chance" } else { "" };
    format!(
        "From and to: how far a budget alone may move, the others making room in proportion, within {} of the best. Next 1,000: what it adds where the total grows by it{per}; of whole pieces one more, scaled to 1,000.",
        percent(NEARLY)
    )
}

/// Why money moves: what the next and the last money bring before and after.
pub(super) fn moves(report: &OptimizeReport<'_>) -> Option<String> {
    let optimum = report.optimum;
    if !optimum.is_better() {
        return None;
    }
    let total = optimum.space.total;
    let mut told: Vec<(f64, String)> = report
        .slots(&optimum.best)
        .filter(|(_, _, today, best)| (best - today).abs() >= LARGE * total)
        .map(|(at, slot, today, best)| {
            let [before, after] = optimum.margins[at];
            let by = best - today;
            let thousand = |slot: &Slot| if slot.piece.is_some() { "one more (per 1,000)" } else { "the next 1,000" };
            let why = match (by > 0.0, before.next, before.last, after.next) {
                (true, Some(before), _, Some(after)) => format!(
                    "{} brings {} at today's mix and {} at the best",
                    thousand(slot),
                    signed(report, before),
                    signed(report, after)
                ),
                (false, _, Some(before), _) if before.mean < 0.0 && before.is_clear() => {
                    format!("its last 1,000 cost {} more than they bring at today's mix", difference(report, before))
                }
                (false, _, Some(before), _) => {
                    format!("its last 1,000 bring {} at today's mix, less than elsewhere", signed(report, before))
                }
                _ => "nothing more can be told".to_owned(),
            };
            (
                by.abs(),
                format!("{} {}{}: {why}.", report.shown(slot), if by > 0.0 { "+" } else { "−" }, budget(by.abs())),
            )
        })
        .collect();
    told.sort_by(|a, b| b.0.total_cmp(&a.0));
    let told: Vec<String> = told.into_iter().map(|(_, sentence)| sentence).collect();
    (!told.is_empty()).then(|| format!("Why: {}", told.join(" ")))
}

/// What limits the plan before and after.
pub(super) fn limits(report: &OptimizeReport<'_>) -> Option<String> {
    let optimum = report.optimum;
    let main = |limits: Limits<f64>| {
        let Limits { hours, delivery, demand, budget, .. } = limits;
        let all = [("the team's hours", hours), ("deliveries", delivery), ("demand", demand), ("budgets", budget)];
        all.into_iter().rev().max_by(|a, b| a.1.total_cmp(&b.1))
    };
    let ((before, share_before), (after, share_after)) =
        (main(optimum.start.fresh.limits)?, main(optimum.best.fresh.limits)?);
    let futures = futures(report.scenario.plan.parts.horizon.weeks);
    Some(match before == after {
        true => format!(
            "What holds the plan back: {after} in {} of the {futures} under the best mix, in {} today.",
            percent(share_after),
            percent(share_before)
        ),
        false => format!(
            "What holds the plan back: {after} in {} of the {futures} under the best mix; today {before}, in {}.",
            percent(share_after),
            percent(share_before)
        ),
    })
}

/// The mix that moves less.
pub(super) fn second(report: &OptimizeReport<'_>) -> Option<String> {
    let optimum = report.optimum;
    let (second, moved) = (optimum.second.as_ref()?, optimum.moved_by_second()?);
    let behind = optimum.best.fresh.measured.less(&second.fresh.measured);
    let changes: Vec<String> = report
        .slots(second)
        .filter(|(_, _, today, own)| (own - today).abs() > 0.5e-3 * optimum.space.total)
        .map(|(_, slot, _, own)| format!("{} {}", report.shown(slot), budget(own)))
        .collect();
    let than_best = match behind.is_clear() {
        true => {
            format!("{} {} than the best", difference(report, behind), if behind.mean > 0.0 { "less" } else { "more" })
        }
        false => "which can't be told from the best".to_owned(),
    };
    Some(format!(
        "Nearly as good with less moved ({} rather than {}): {}; {than_best}. It is in second.toml.",
        report.currency().with(&budget(moved)),
        budget(optimum.moved()),
        listed(&changes, "and"),
    ))
}

/// What the frontier says.
pub(super) fn frontier(report: &OptimizeReport<'_>) -> Option<String> {
    let points = &report.optimum.frontier;
    let (first, last) = (points.first()?, points.last()?);
    let [mean, low] = [0, 1].map(|at| (last.mean_and_p10[at], first.mean_and_p10[at]));
    let is_apart = |(one, other): (Gauge, Gauge)| one.low > other.high || one.high < other.low;
    Some(match is_apart(mean) || is_apart(low) {
        true => format!(
            "Playing it safe: P10 goes from {} to {} where the mean goes from {} to {}.",
            money(report, low.1),
            money(report, low.0),
            money(report, mean.1),
            money(report, mean.0)
        ),
        false => "The mix with the highest mean is also the safest, as far as can be told: there is nothing to trade."
            .to_owned(),
    })
}

/// A figure of the outcome with its currency.
pub(super) fn money(report: &OptimizeReport<'_>, gauge: Gauge) -> String {
    let outcome = report.optimum.objective().outcome;
    figure(report, Objective { outcome, figure: Figure::Mean }, gauge)
}

/// From which total on more of it no longer pays.
pub(super) fn totals(report: &OptimizeReport<'_>) -> Option<String> {
    let points = &report.optimum.totals;
    let last = points.last()?;
    let objective = report.optimum.objective();
    let outcome = objective.outcome.outcome();
    // Profit has its costs taken off already; of revenue a further 1,000 must bring as much.
    let cost =
        if outcome.unit == Unit::Money && !outcome.needs_margin && !is_chance(objective) { 1_000.0 } else { 0.0 };
    let pays = |next: Estimate| next.mean - T31 * next.error.unwrap_or(0.0) > cost;
    let stops = points.iter().find(|point| point.next.is_some_and(|next| !pays(next)));
    let of = lower(outcome.title);
    Some(match stops {
        Some(stops) => format!(
            "From a total of {} on, the next 1,000 no longer pays, as far as can be told ({} more {of} for each).",
            report.currency().with(&budget(stops.total)),
            stops.next.map_or_else(String::new, |next| signed(report, next)),
        ),
        None => format!("Up to {}, each further 1,000 still pays.", report.currency().with(&budget(last.total))),
    })
}

/// What a candidate leaves: given to no channel, or given and not spent.
pub(super) fn left(report: &OptimizeReport<'_>, candidate: &Candidate) -> f64 {
    (report.optimum.space.total - Space::sum(&candidate.mix)).max(0.0)
}

/// How much P10 weighs, beside a dot.
pub(super) fn weight(weight: f64) -> String {
    match weight {
        0.0 => "mean alone".to_owned(),
        1.0 => "P10 alone".to_owned(),
        weight => format!("P10 {}", percent(weight)),
    }
}

/// The objective, for an axis.
pub(super) fn axis(report: &OptimizeReport<'_>) -> String {
    let what = capital(&objective(report));
    if is_chance(report.optimum.objective()) { format!("{what}, %") } else { in_unit(report, &what) }
}

/// What is counted in the unit of the outcome, for an axis.
pub(super) fn in_unit(report: &OptimizeReport<'_>, what: &str) -> String {
    match report.optimum.objective().outcome.outcome().unit {
        Unit::Money => of_money(report, what),
        _ => what.to_owned(),
    }
}

/// What is counted in money, for an axis.
pub(super) fn of_money(report: &OptimizeReport<'_>, what: &str) -> String {
    in_currency(what, &report.scenario.currency)
}
