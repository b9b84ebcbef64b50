//! A forecast as text for a terminal: the answer first, then what it is made of.

use comfy_table::Table;

use crate::analysis::Marginal;
use crate::engine::{Forecast, Reached, Stats};
use crate::model::outcomes::{OutcomeId, SOURCE_FIGURES, Unit};
use crate::model::plan::Plan;
use crate::scenario::Scenario;
use crate::text::{Currency, futures, with_error, wrap};

use super::aligned::table;
use super::answer::answer;
use super::rests_on::RestsOn;
use super::{letters, limits, pipeline, precision, ratios, remarks, returns, words, words_changed};

/// The outcomes of the headline table.
const HEADLINES: [&str; 6] = ["revenue", "profit", "profit_with_tail", "wins", "leads", "cac"];

/// What is shown beyond the usual, and how wide sentences may be.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'o> {
    /// outcomes that were asked for, beside the usual ones and those with a target
    pub outcomes: &'o [OutcomeId],
    /// how precise it has become, where that was asked for
    pub precision: Option<Reached>,
    /// what the plan rests on
    pub rests_on: &'o RestsOn,
    /// columns of the terminal; tables are as wide as they must be
    pub width: usize,
}

impl Shown<'_> {
    /// The outcomes of the headline table: the usual ones, those with a target, those asked for.
    pub(super) fn headlines(&self, forecast: &Forecast) -> Vec<OutcomeId> {
        let targets = forecast.targets.iter().map(|target| target.outcome);
        let all =
            HEADLINES.into_iter().filter_map(OutcomeId::named).chain(targets).chain(self.outcomes.iter().copied());
        let mut shown = Vec::new();
        for id in all {
            if !shown.contains(&id) {
                shown.push(id);
            }
        }
        shown
    }
}

/// The whole text.
#[must_use]
pub fn forecast_text(scenario: &Scenario, forecast: &Forecast, marginal: &Marginal, shown: Shown<'_>) -> String {
    let width = shown.width;
    let currency = Currency(&scenario.currency);
    let horizon = &scenario.plan.parts.horizon;
    let no_tail = horizon.tail == 0;
    let headlines = shown.headlines(forecast);
    let mut parts = vec![
        words_changed::header(scenario, &words::subject(scenario, forecast), width),
        wrapped(answer(scenario, forecast, marginal), width),
        headline(forecast, &headlines, currency, no_tail).to_string(),
        wrap(&words::levels(forecast), width, ""),
    ];
    parts.extend(shown.precision.map(|reached| wrap(&precision::sentence(&reached, horizon.weeks), width, "")));
    let lacking = headline_remarks(scenario, forecast, &headlines);
    parts.extend(lacking.iter().map(|remark| wrap(remark, width, "  ")));
    let targets: Vec<String> =
        forecast.targets.iter().map(|target| wrap(&words::target(target, currency), width, "  ")).collect();
    if !targets.is_empty() {
        parts.push(targets.join("\n"));
    }
    if let Some(split) = revenue_split(forecast, &scenario.plan, currency) {
        parts.push(wrap(&split, width, ""));
    }
    if let Some(few) = pipeline::largest_deals(scenario) {
        parts.push(wrap(&few, width, ""));
    }
    if let Some(tail) = words::tail(scenario, forecast) {
        parts.push(wrap(&tail, width, ""));
    }
    let mut by_channel = vec![channels(forecast, &scenario.plan, marginal, &headlines).to_string()];
    if by_channel[0].contains(ratios::TOO_FEW) {
        by_channel.push(ratios::TOO_FEW_WINS.to_owned());
    }
    let below = [Some(words::BELOW_CHANNELS.to_owned()), returns::below_channels(scenario, marginal)];
    by_channel.extend(below.into_iter().flatten().map(|sentence| wrap(&sentence, width, "")));
    let mut limits = vec![
        limits::limits(scenario, forecast, marginal).to_string(),
        wrap(&limits::below(scenario, forecast, marginal), width, ""),
    ];
    // Said below the first table that has it.
    if let Some(table) = [&mut by_channel, &mut limits].into_iter().find(|table| table[0].contains('≈')) {
        table.push(words::NEAR_NOTHING.to_owned());
    }
    parts.extend([by_channel.join("\n"), limits.join("\n")]);
    parts.extend(shown.rests_on.sentence(scenario).map(|sentence| wrap(&sentence, width, "")));
    let sentences = [
        remarks::quota(forecast),
        remarks::chat(forecast),
        remarks::team_delivers(scenario),
        remarks::delivery(scenario, forecast),
        remarks::promotions(scenario),
        remarks::rules(scenario),
    ];
    let of_team = words::team(forecast).into_iter().chain(remarks::reps(scenario, marginal));
    let sentences = of_team.chain(sentences.into_iter().flatten());
    for sentence in remarks::unspent(scenario, forecast).into_iter().chain(sentences) {
        parts.push(wrap(&sentence, width, ""));
    }
    let notes: Vec<String> = words::closing_notes(&forecast.notes)
        .map(words::note)
        .chain(letters::note(scenario))
        .map(|note| wrap(&format!("Note: {note}"), width, "  "))
        .collect();
    if !notes.is_empty() {
        parts.push(notes.join("\n"));
    }
    parts.join("\n\n")
}

/// Sentences, each from the start of a line.
fn wrapped(sentences: Vec<String>, width: usize) -> String {
    sentences.iter().map(|sentence| wrap(sentence, width, "")).collect::<Vec<_>>().join("\n")
}

/// What is said of headlines that some futures lack.
pub(super) fn headline_remarks(scenario: &Scenario, forecast: &Forecast, shown: &[OutcomeId]) -> Vec<String> {
    let futures = futures(scenario.plan.parts.horizon.weeks);
    let remark = |id: &OutcomeId| {
        let outcome = id.outcome();
        ratios::remark(outcome, forecast.outcome(outcome.key)?, futures)
    };
    shown.iter().filter_map(remark).collect()
}

/// The headline table: a row an outcome.
pub(super) fn headline(forecast: &Forecast, shown: &[OutcomeId], currency: Currency<'_>, no_tail: bool) -> Table {
    let mut table = table(&["", "P10", "P50", "P90", "mean", "±"]);
    let (one, short) = money_unit(forecast, shown);
    for &id in shown {
        let outcome = id.outcome();
        let Some(stats) = forecast.outcome(outcome.key) else {
            continue;
        };
        let nothing_follows = outcome.key == "profit_with_tail" && no_tail;
        if stats.defined == 0.0 || nothing_follows {
            continue;
        }
        // A cost of one win stays whole beside sums of billions.
        let (one, short) = if largest(stats) >= one { (one, short) } else { (1.0, "") };
        let title = match outcome.unit {
            Unit::Money => format!("{}{short}", currency.with(outcome.title)),
            _ => outcome.title.to_owned(),
        };
        let scale = if outcome.unit == Unit::Money { 1.0 / one } else { 1.0 };
        // Nobody wins half a deal, and the margin is what the reader sees as the error.
        let coarse = if scale < 1.0 { 1.0 } else { 0.0 };
        let least = if outcome.unit == Unit::Count { 1.0 } else { coarse };
        let told = |level: f64| ratios::percentile(outcome, stats, level, 1.0 / scale, least);
        table.add_row([
            title,
            told(0.10),
            told(0.50),
            told(0.90),
            ratios::headline(outcome, stats, 1.0 / scale, coarse),
            ratios::margin(outcome, stats, 1.0 / scale, 0.0),
        ]);
    }
    table
}

/// What sums are told in, and what stands behind their currency: large ones would not fit a terminal.
fn money_unit(forecast: &Forecast, shown: &[OutcomeId]) -> (f64, &'static str) {
    let most = shown
        .iter()
        .filter(|id| id.outcome().unit == Unit::Money)
        .filter_map(|id| forecast.outcome(id.outcome().key))
        .map(largest)
        .fold(0.0, f64::max);
    match most {
        most if most >= 1e12 => (1e9, words::BILLIONS),
        most if most >= 1e9 => (1e6, words::MILLIONS),
        _ => (1.0, ""),
    }
}

/// The larger of P10 and P90, without sign.
fn largest(stats: &Stats) -> f64 {
    stats.p10().abs().max(stats.p90().abs())
}

/// Mean revenue: already decided, new, repeat orders, booked in advance.
pub(super) fn revenue_split(forecast: &Forecast, plan: &Plan, currency: Currency<'_>) -> Option<String> {
    let new = forecast.outcome("new_revenue")?.mean;
    let repeat = forecast.outcome("repeat_revenue")?.mean;
    let revenue_at = SOURCE_FIGURES.iter().position(|figure| figure.key == "revenue")?;
    let of_source = |at: usize| forecast.sources[at].1[revenue_at].mean;
    let open = plan.pipeline.map_or(0.0, of_source);
    let booked = if plan.parts.booked.revenue.is_zero() {
        0.0
    } else {
        new - (0..forecast.sources.len()).map(of_source).sum::<f64>()
    };
    let parts =
        [(booked, words::BOOKED), (open, words::OPEN), (new - open - booked, words::NEW), (repeat, words::REPEAT)];
    words::revenue_split(&parts, currency)
}

/// Every source, whole, however wide that is; figures of sources among the `shown` outcomes have their columns.
pub(super) fn channels(forecast: &Forecast, plan: &Plan, marginal: &Marginal, shown: &[OutcomeId]) -> Table {
    let further: Vec<(&str, &str)> = [("qualified", "qualified"), ("wins_started", "wins started")]
        .into_iter()
        .filter(|(key, _)| shown.iter().any(|id| id.outcome().key == *key))
        .collect();
    let mut header = vec!["channel", "spend", "leads"];
    header.extend(further.iter().map(|(_, title)| *title));
    header.extend(["wins", "revenue", "cost/win", "ROAS", "next 1,000"]);
    let mut table = table(&header);
    let find = |figures: &[Stats], key: &str| {
        let at = SOURCE_FIGURES.iter().position(|figure| figure.key == key);
        at.map_or(f64::NAN, |at| figures[at].mean)
    };
    let tenths = {
        let wins = || forecast.sources.iter().map(|(_, figures)| find(figures, "wins"));
        wins().any(|wins| wins > 0.0 && wins < 9.95) && wins().all(|wins| wins < 9_999.5)
    };
    for ((name, figures), source) in forecast.sources.iter().zip(&plan.sources) {
        let figure = |key| find(figures, key);
        let over = |a: f64, b: f64| if b > 0.0 { a / b } else { f64::NAN };
        let spend = figure("spend");
        let paid = |ratio: f64| if spend > 0.0 { ratio } else { f64::NAN };
        // Only channels cost money, and deals that are open or leads that wait came before.
        let of_channel = |figure: f64| source.channel.map_or(f64::NAN, |_| figure);
        let came_before = matches!(name.as_str(), "pipeline" | "backlog") && source.channel.is_none();
        let leads = if came_before { f64::NAN } else { figure("leads").round() };
        let mut row = vec![
            words::shown_source(plan, source, name).to_owned(),
            with_error(of_channel(spend), None),
            with_error(leads, Some(1.0)),
        ];
        row.extend(further.iter().map(|(key, _)| {
            let number = if came_before && *key == "qualified" { f64::NAN } else { figure(key) };
            with_error(number, Some(if number < 9.95 { 0.1 } else { 1.0 }))
        }));
        row.extend([
            with_error(figure("wins"), Some(if tenths { 0.1 } else { 1.0 })),
            with_error(figure("revenue"), None),
            match paid(figure("wins")) {
                wins if ratios::is_too_few(wins) => ratios::TOO_FEW.to_owned(),
                wins => with_error(over(spend, wins), None),
            },
            roas(paid(over(figure("revenue"), spend))),
            returns::next(marginal, source.channel),
        ]);
        table.add_row(row);
    }
    table
}

/// A return in hundredths, while that many digits mean something.
fn roas(ratio: f64) -> String {
    with_error(ratio, Some(0.01).filter(|_| ratio.abs() < 100.0))
}
