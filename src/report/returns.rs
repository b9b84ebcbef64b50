//! What a little more would bring: beside each channel, in sentences, and as a chart.

use crate::analysis::{ChannelReturn, Estimate, Marginal};
use crate::charts::{self, Drawing, Picture, Return, ReturnPoint, Returns};
use crate::engine::T31;
use crate::model::channels::Channel;
use crate::model::outcomes::{Outcome, OutcomeId};
use crate::scenario::Scenario;
use crate::text::{Currency, count, listed, lower, with_error};

use super::answer::loses;
use super::charts::{ChartOptions, Origin, measure, write};
use super::limits::change;
use super::made_files::{FileError, MadeFiles};
use super::words::shown_name;

/// The outcome that plans are steered by: profit with what follows, or revenue where there is no margin.
fn steered_outcome(scenario: &Scenario) -> Option<&'static Outcome> {
    let key = match scenario.plan.parts.finance.gross_margin {
        Some(_) => "profit_with_tail",
        None => "revenue",
    };
    OutcomeId::named(key).map(OutcomeId::outcome)
}

/// What the next 1,000 in a channel would bring, for the table of channels.
pub(super) fn next(marginal: &Marginal, channel: Option<usize>) -> String {
    let Some(own) = marginal.channels.iter().find(|own| Some(own.channel) == channel) else {
        return "–".into();
    };
    if !own.has_room() {
        return FULL.into();
    }
    let brings = change(own.next.steering());
    match own.takes_only() {
        Some(money) => format!("{brings} for {}", with_error(money, Some(1.0))),
        None => brings,
    }
}

/// Beside a channel that can spend no more than it does.
const FULL: &str = "full";

/// What that column means; nothing where no channel spends money.
pub(super) fn below_channels(scenario: &Scenario, marginal: &Marginal) -> Option<String> {
    let any = |holds: fn(&ChannelReturn) -> bool| marginal.channels.iter().any(holds);
    let bought: Vec<&Channel> = marginal
        .channels
        .iter()
        .filter(|own| own.one_more && own.has_room())
        .map(|own| &scenario.plan.parts.channels[own.channel])
        .collect();
    let names: Vec<String> = bought.iter().map(|channel| shown_name(channel).to_owned()).collect();
    let mut pieces: Vec<String> = Vec::new();
    for piece in bought.iter().filter_map(|channel| channel.kind.piece()) {
        if !pieces.iter().any(|known| known == piece.noun) {
            pieces.push(piece.noun.to_owned());
        }
    }
    if marginal.channels.is_empty() {
        return None;
    }
    let what = match scenario.plan.parts.finance.gross_margin {
        Some(_) if scenario.plan.parts.horizon.tail > 0 => "profit with what follows, its cost taken off",
        Some(_) => "profit, its cost taken off",
        None => "revenue, its cost not taken off",
    };
    let mut text = format!("Next 1,000: what it would bring in {what}.");
    if !names.is_empty() {
        text.push_str(&format!(
            " In {} that is one more {}, scaled to 1,000.",
            listed(&names, "and"),
            listed(&pieces, "or")
        ));
    }
    if any(|own| own.takes_only().is_some()) {
        text.push_str(" \"for 640\": the channel can spend only 640 of it.");
    }
    if any(|own| !own.has_room()) {
        text.push_str(" \"full\": it can spend no more than it does.");
    }
    Some(text)
}

/// The chart of returns: the name of each file and its bytes.
///
/// # Errors
///
/// When a picture could not be packed.
pub(super) fn draw_returns(
    scenario: &Scenario,
    marginal: &Marginal,
    seed: u64,
    options: &ChartOptions<'_>,
) -> Result<MadeFiles, FileError> {
    let origin = Origin { scenario, seed, draws: marginal.draws };
    write(origin, options, || Picture::only("returns", drawing_of(scenario, marginal)))
}

/// The chart of returns, where it has something to say.
pub(super) fn drawing_of(scenario: &Scenario, marginal: &Marginal) -> Option<Drawing> {
    drawing(scenario, marginal, steered_outcome(scenario)?)
}

fn drawing(scenario: &Scenario, marginal: &Marginal, outcome: &Outcome) -> Option<Drawing> {
    let channels = &scenario.plan.parts.channels;
    let about = |own: &ChannelReturn| match next(marginal, Some(own.channel)) {
        full if full == FULL => "Can spend no more than today".to_owned(),
        brings => format!("Next 1,000: {brings}"),
    };
    let lines: Vec<Line<'_>> =
        marginal.channels.iter().map(|own| Line::of(&channels[own.channel], own, about(own))).collect();
    let rows: Vec<Return<'_>> = lines
        .iter()
        .map(|line| Return {
            name: line.name,
            about: &line.about,
            today: line.today,
            piece: line.piece,
            points: &line.points,
        })
        .collect();
    let note = match (marginal.draws, marginal.draws_of_curves) {
        (all, same) if all == same => format!("First {}.", count(all as f64, "draw")),
        (next, curves) => format!(
            "Lines: first {}. Next 1,000: first {}.",
            count(curves as f64, "draw"),
            with_error(next as f64, Some(1.0))
        ),
    };
    charts::returns::draw(&Returns {
        finding: &finding(scenario, marginal, outcome),
        measure: measure(scenario, outcome),
        currency: &scenario.currency,
        rows: &rows,
        note: &note,
    })
}

/// How the plan follows one budget.
struct Line<'s> {
    name: &'s str,
    /// what the next sum brings
    about: String,
    today: f64,
    /// the price of one piece, where whole ones are bought
    piece: Option<f64>,
    points: Vec<ReturnPoint>,
}

impl<'s> Line<'s> {
    fn of(channel: &'s Channel, own: &ChannelReturn, about: String) -> Self {
        let today = channel.budget();
        let point = |budget: f64, change: Estimate| ReturnPoint {
            budget,
            change: change.mean,
            margin: change.error.map_or(0.0, |error| T31 * error),
        };
        let mut points = vec![ReturnPoint { budget: today, change: 0.0, margin: 0.0 }];
        points.extend(own.curve.iter().map(|(budget, gain)| point(*budget, gain.steering())));
        Self { name: shown_name(channel), about, today, piece: own.one_more.then_some(own.added), points }
    }
}

/// More channels than these are not named in a title.
const MOST_NAMED: usize = 3;

/// Where the next 1,000 brings most, as far as that can be told.
fn finding(scenario: &Scenario, marginal: &Marginal, outcome: &Outcome) -> String {
    let best: Vec<&ChannelReturn> = marginal.best_next.iter().map(|&at| &marginal.channels[at]).collect();
    let Some(first) = best.first() else {
        return "No channel can spend more than it does".into();
    };
    let names: Vec<String> =
        best.iter().map(|own| shown_name(&scenario.plan.parts.channels[own.channel]).to_owned()).collect();
    let gain = first.next.steering();
    let thousand = Currency(&scenario.currency).with("1,000");
    let pays = gain.is_clear() && gain.mean > 0.0;
    let with_room = || marginal.channels.iter().filter(|own| own.has_room());
    match (&names[..], pays) {
        ([name], true) => {
            let brings = with_error(gain.mean, gain.margin().map(|margin| margin.max(1.0)));
            let takes = first.takes_only().map_or_else(String::new, |takes| {
                format!(", which can take only {} of it", with_error(takes, Some(1.0)))
            });
            format!("The next {thousand} brings most in {name}{takes}: {brings} of {}", lower(outcome.title))
        }
        (few, true) if few.len() <= MOST_NAMED => {
            format!(
                "The next {thousand} brings most {} in {}: they can't be told apart",
                lower(outcome.title),
                listed(few, "or")
            )
        }
        (many, true) => {
            format!(
                "The next {thousand} brings most {} in {} or {} others: they can't be told apart",
                lower(outcome.title),
                many[0],
                many.len() - 1
            )
        }
        (_, false) if outcome.needs_margin && with_room().all(|own| loses(own.next.steering())) => {
            let room = if with_room().count() < marginal.channels.len() { " that can spend it" } else { "" };
            format!("The next {thousand} loses money in every channel{room}")
        }
        (names, false) => {
            let nearest = match names {
                [name] => format!("; {name} comes nearest"),
                _ => String::new(),
            };
            let fails = if outcome.needs_margin { "pays for itself" } else { "brings revenue" };
            format!("The next {thousand} {fails} in no channel, as far as can be told{nearest}")
        }
    }
}
