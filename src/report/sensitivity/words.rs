//! Every sentence on what drives a plan. What can be told apart is judged in `analysis::judgement`; here it is only said.

use crate::analysis::sensitivity::{ENOUGH_FOR_THE_FIT, Swing, Worth};
use crate::analysis::{Estimate, Ranking};
use crate::scenario::spoken;
use crate::text::{capital, count, figure_and_margin, listed, percent, simulated, with_error, with_margin};

use super::SensitivityReport;

/// So many names are told in a sentence.
const TOLD: usize = 3;

/// How many draws of how many plans.
pub(super) fn subject(report: &SensitivityReport<'_>) -> String {
    let weeks = report.scenario.plan.parts.horizon.weeks;
    let spec = report.found.spec;
    let plans = match &report.found.choice {
        Some(choice) => format!("{} on common random numbers, ", count(choice.plans.len() as f64, "plan")),
        None => String::new(),
    };
    format!(
        "{plans}{} of {}, each with a twin of the same figures and other luck; seed {}",
        simulated(spec.runs, weeks),
        count(weeks as f64, "week"),
        spec.seed,
    )
}

/// The names of those that can't be told from the largest, where some can.
fn moves_most(swings: &[Swing], ranking: Option<&Ranking>) -> Option<Vec<String>> {
    let ranking = ranking?;
    swings.get(ranking.leading).filter(|swing| swing.is_clear(swings.len()))?;
    let names: Vec<String> = ranking.alike.iter().map(|&at| spoken(&swings[at].path)).collect();
    (names.len() <= TOLD).then_some(names)
}

/// What the outcome moves most with.
pub(super) fn swing(report: &SensitivityReport<'_>) -> String {
    let noun = capital(&report.noun());
    let swings = &report.found.swings;
    if report.scenario.plan.parts.inputs.drawn_together().is_empty() {
        return format!(
            "No figure of the plan is uncertain: all of the spread in {} is luck. Write ranges such as \"2.5 to 4.5\".",
            report.noun()
        );
    }
    if swings.is_empty() {
        return format!("{noun} has too few {} to say what drives it.", report.futures());
    }
    let Some(leading) = report.ranking.as_ref().map(|ranking| &swings[ranking.leading]) else {
        return format!("{noun} has too few {} to say what drives it.", report.futures());
    };
    if !leading.is_clear(swings.len()) {
        return format!("No uncertain figure moves {} beyond the simulation's error.", report.noun());
    }
    let of = |end: f64| report.figure(Estimate { mean: end, error: leading.change.error });
    let ends = format!(
        "{} on average where it is in its lowest fifth, {} in its highest",
        of(leading.low.mean),
        of(leading.high.mean)
    );
    match moves_most(swings, report.ranking.as_ref()) {
        Some(names) if names.len() == 1 => format!("{noun} moves most with {}: {ends}.", names[0]),
        Some(names) => format!(
            "{noun} moves most with {}, which can't be told apart. With {}: {ends}.",
            listed(&names, "and"),
            spoken(&leading.path)
        ),
        None => format!("{noun} moves with several figures alike. With {}: {ends}.", spoken(&leading.path)),
    }
}

/// What of the spread is luck, and how far better figures could narrow the range.
pub(super) fn luck(report: &SensitivityReport<'_>) -> Option<String> {
    let split = report.found.split?;
    if report.scenario.plan.parts.inputs.drawn_together().is_empty() {
        return None;
    }
    let stats = &report.found.stats;
    let (low, high) = (stats.p10(), stats.p90());
    let within = split
        .inputs
        .margin()
        .map_or_else(String::new, |margin| format!(" (± {})", count((100.0 * margin).max(0.1), "point")));
    let mut text = format!(
        "Of the variance of {}, {}{within} comes from figures that you don't know; the rest is luck.",
        report.noun(),
        percent(split.share())
    );
    if high > low {
        let width = high - low;
        let coarse = |figure: f64| report.unit(&with_error(figure, Some(0.01 * width)));
        text.push_str(&format!(
            " 8 of 10 {} lie between {} and {}, {} apart: better figures could narrow that to {} at best, on average; no figure removes the rest.",
            report.futures(),
            with_error(low, Some(0.01 * width)),
            coarse(high),
            with_error(width, Some(0.01 * width)),
            coarse(width * split.left_by_luck()),
        ));
    }
    Some(text)
}

/// What is worth finding out before the choice.
pub(super) fn choice(report: &SensitivityReport<'_>) -> Option<String> {
    let choice = report.found.choice.as_ref()?;
    let noun = report.noun();
    let names = |places: &[usize]| -> Vec<String> { places.iter().map(|&at| choice.plans[at].clone()).collect() };
    let today = match choice.ranking.best() {
        _ if choice.ranking.all_same => format!("All plans have the same {noun}."),
        Some(best) => format!("As things stand, {} is best in {noun}.", choice.plans[best]),
        None => {
            format!("As things stand, {} can't be told apart in {noun}.", listed(&names(&choice.ranking.alike), "and"))
        }
    };
    let mut found = choice.found();
    let text = match found.next() {
        Some(first) => {
            let next: Vec<String> = found
                .take(TOLD - 1)
                .map(|input| format!("{} up to {}", spoken(&input.path), worth(report, input.worth)))
                .collect();
            let next = if next.is_empty() { String::new() } else { format!("; {}", listed(&next, "and")) };
            format!(
                "Ask before you spend: learning {} before you choose is worth up to {}{next}.",
                spoken(&first.path),
                worth(report, first.worth)
            )
        }
        None => "No single figure, learned before you choose, is found to be worth anything: the choice would hardly change.".to_owned(),
    };
    let all = match (choice.all.is_found, choice.found().next()) {
        (true, Some(_)) => format!(" All of them together: up to {}.", worth(report, choice.all)),
        (true, None) => format!(" All of them together are worth up to {}.", worth(report, choice.all)),
        (false, Some(_)) => String::new(),
        (false, None) => " Nor are all of them together.".to_owned(),
    };
    Some(format!("{today} {text}{all}"))
}

/// A worth with its margin.
fn worth(report: &SensitivityReport<'_>, worth: Worth) -> String {
    let (figure, margin) = figure_and_margin(worth.gain.mean, worth.gain.margin());
    let within = margin.map_or_else(String::new, |margin| format!(" (± {margin})"));
    format!("{}{within}", report.unit(&figure))
}

/// Below the table of swings.
pub(super) fn below_swings(report: &SensitivityReport<'_>) -> Vec<String> {
    let swings = &report.found.swings;
    if swings.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![format!(
        "Mean {} in the fifth of {} in which a figure is lowest, and in that in which it is highest; the difference with its 95% margin; rank correlation.",
        report.noun(),
        report.futures()
    )];
    let shown: Vec<&Swing> = super::tables::shown(report).map(|(swing, _)| swing).collect();
    let left_out = swings.len() - shown.len();
    if left_out > 0 {
        let clear = report.clear_swings().count() - shown.len();
        let unclear = left_out - clear;
        if clear > 0 {
            lines.push(format!("{} in summary.json.", stand(clear)));
        }
        if unclear > 0 {
            lines.push(format!("{} it by no more than the simulation's error.", move_it(unclear)));
        }
    }
    let mut told: Vec<&str> = Vec::new();
    for swing in shown.into_iter().filter(|swing| !swing.partners.is_empty()) {
        if told.contains(&swing.path.as_str()) {
            continue;
        }
        let partners: Vec<String> = swing.partners.iter().map(|path| spoken(path)).collect();
        lines.push(format!(
            "* {} and {} are drawn together: what the one brings is in the row of the other.",
            capital(&spoken(&swing.path)),
            listed(&partners, "and")
        ));
        told.push(&swing.path);
        told.extend(swing.partners.iter().map(String::as_str));
    }
    lines
}

fn stand(figures: usize) -> String {
    if figures == 1 { "1 more is".to_owned() } else { format!("{figures} more are") }
}

fn move_it(figures: usize) -> String {
    if figures == 1 { "1 more figure moves".to_owned() } else { format!("{figures} more figures move") }
}

/// Below the table of indices.
pub(super) fn below_indices(report: &SensitivityReport<'_>) -> Option<String> {
    (!report.found.indices.is_empty()).then(|| {
        "Sobol indices with their 95% margins. Alone: by so much the variance falls, on average, once the figure is known. In all: what is left once everything else is known. Figures that are drawn together share a row."
            .to_owned()
    })
}

/// Below the table of what finding out is worth.
pub(super) fn below_choice(report: &SensitivityReport<'_>) -> Option<String> {
    let choice = report.found.choice.as_ref()?;
    let found = choice.found().count();
    if found == 0 && !choice.all.is_found {
        return None;
    }
    let mut text = "Expected value of perfect information: what the best plan brings more on average when you choose knowing the figure. A survey or a test tells less, and is worth less.".to_owned();
    let left_out = choice.inputs.len() - found;
    if left_out > 0 && found > 0 {
        text.push_str(&format!(" Of {} nothing was found.", count(left_out as f64, "further figure")));
    }
    if (report.found.spec.runs as usize) < ENOUGH_FOR_THE_FIT {
        text.push_str(&format!(
            " Figures are rather low with fewer than {} runs.",
            with_error(ENOUGH_FOR_THE_FIT as f64, None)
        ));
    }
    Some(text)
}

/// The title of the tornado.
pub(super) fn title_of_tornado(report: &SensitivityReport<'_>) -> String {
    let noun = capital(&report.noun());
    let swings = &report.found.swings;
    let Some(leading) = report.ranking.as_ref().map(|ranking| &swings[ranking.leading]) else {
        return format!("What moves {} is not known", report.noun());
    };
    if !leading.is_clear(swings.len()) {
        return format!("No uncertain figure moves {} beyond the simulation's error", report.noun());
    }
    let by = |swing: &Swing| report.unit(&with_margin(swing.size(), swing.change.margin()));
    match moves_most(swings, report.ranking.as_ref()) {
        Some(names) if names.len() == 1 => {
            format!("{noun} moves most with {}: by {} from its lowest to its highest fifth", names[0], by(leading))
        }
        Some(names) => format!("{noun} moves most with {}; which of them can't be told", listed(&names, "and")),
        None => format!("{noun} moves with several figures alike, by up to {}", by(leading)),
    }
}

/// The title of the bar of known, unknown and luck.
pub(super) fn title_of_luck(report: &SensitivityReport<'_>, share: f64) -> String {
    format!("{} of the variance of {} comes from uncertain figures, the rest is luck", percent(share), report.noun())
}
