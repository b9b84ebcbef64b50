//! Which of what came says something, and what does not, with the reason.

use crate::model::open_deals::Pipeline;
use crate::model::plan::Plan;
use crate::records::ActualWeek;
use crate::text::{capital, count, listed};
use crate::transcendental::exp_m1;

use super::evidence::{Evidence, Kind, Row, Scatter};
use super::expected::{Expected, Means, is_of_the_team, waiting_at_the_start};

/// How far clicks of a week stray from what their cost makes expect: prices of an auction move from week to week.
const CLICK_NOISE: f64 = 0.1;

/// What came, as evidence; and what of it is not used, in sentences.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    pub(super) evidence: Vec<Evidence>,
    pub(super) unused: Vec<String>,
}

/// Gathers it. `middle` are the inputs by the middle of what they may be.
pub(super) fn gather(plan: &Plan, came: &Expected<'_>, middle: &[f64]) -> Gathered {
    let mut found = Gathered::default();
    let silent: Vec<String> = plan
        .sources
        .iter()
        .enumerate()
        .filter(|(at, source)| source.channel.is_some() && came.sources[*at].is_empty())
        .map(|(at, _)| label(plan, at))
        .collect();
    if !silent.is_empty() && came.weeks > 0 {
        found.unused.push(format!(
            "The file has no row of {}: what the plan made expect is taken to have come of {}.",
            listed(&silent, "and"),
            if silent.len() == 1 { "it" } else { "them" }
        ));
    }
    let tells_repeats = came.sources.get(plan.sources.len()).is_some_and(|weeks| !weeks.is_empty());
    if plan.parts.customers.is_some() && !tells_repeats && came.weeks > 0 {
        found.unused.push(
            "Repeat orders are taken as the plan made expect: rows of the channel repeat, with their revenue, would tell."
                .into(),
        );
    }
    for channel in 0..plan.parts.channels.len() {
        found.evidence.extend(visits(plan, came, channel, middle));
        found.evidence.extend(leads(plan, came, channel, middle));
    }
    wins(plan, came, &mut found);
    values(plan, came, &mut found);
    found
}

/// What a source is called.
pub(super) fn label(plan: &Plan, source: usize) -> String {
    let own = &plan.sources[source];
    own.channel.map_or_else(|| own.name.clone(), |at| plan.parts.channels[at].label.clone())
}

fn rows(weeks: &[ActualWeek], figure: impl Fn(&ActualWeek) -> Option<f64>) -> Vec<Row> {
    let weeks = weeks.iter().enumerate();
    weeks.filter_map(|(week, own)| figure(own).map(|count| Row { week, count })).collect()
}

fn counts(words: String, rows: Vec<Row>, means: Means, scatter: Scatter) -> Option<Evidence> {
    let seen = rows.iter().map(|row| row.count).sum();
    (!rows.is_empty()).then_some(Evidence { words, seen, kind: Kind::Counts { rows, means, scatter } })
}

fn total(rows: &[Row]) -> f64 {
    rows.iter().map(|row| row.count).sum()
}

/// Noise of the whole market, as the cv of a week.
fn market(plan: &Plan, middle: &[f64]) -> (f64, f64) {
    let (sd, persistence) = plan.parts.market.noise(middle);
    (exp_m1(sd * sd).sqrt(), persistence)
}

/// Clicks of pay per click or visits of content, where every week tells them.
fn visits(plan: &Plan, came: &Expected<'_>, channel: usize, middle: &[f64]) -> Option<Evidence> {
    let own = &plan.parts.channels[channel];
    let noun = own.kind.usage_noun().filter(|noun| matches!(*noun, "clicks" | "visits"))?;
    let rows = rows(&came.sources[channel], |week| week.clicks);
    let scatter = Scatter(vec![market(plan, middle), (CLICK_NOISE, 0.0)]);
    let words = format!("{} {noun} of {}", crate::text::with_error(total(&rows), None), own.label);
    counts(words, rows, Means::Visits(channel), scatter)
}

fn leads(plan: &Plan, came: &Expected<'_>, channel: usize, middle: &[f64]) -> Option<Evidence> {
    let own = &plan.parts.channels[channel];
    let weeks = &came.sources[channel];
    let noun = if own.counts_orders() { "order" } else { "lead" };
    let orders = own.counts_orders();
    let rows = rows(weeks, |week| if orders { week.leads.or(week.wins) } else { week.leads });
    let by_clicks = matches!(own.kind.usage_noun(), Some("clicks" | "visits"))
        && !weeks.is_empty()
        && weeks.iter().all(|week| week.clicks.is_some())
        && weeks.iter().any(|week| week.clicks > Some(0.0));
    let variation = (own.variation.of(middle), own.variation_persistence.of(middle));
    let (means, scatter) = match by_clicks {
        true => (Means::LeadsOfClicks(channel), vec![variation]),
        false => (Means::Leads(channel), vec![variation, market(plan, middle)]),
    };
    counts(format!("{} of {}", count(total(&rows), noun), own.label), rows, means, Scatter(scatter))
}

fn wins(plan: &Plan, came: &Expected<'_>, found: &mut Gathered) {
    let told = |source: usize| came.sources[source].iter().any(|week| week.wins.is_some());
    if came.weeks > 0 && !(0..plan.sources.len()).any(told) {
        found.unused.push("The file tells no wins: what the plan made expect of them is booked, and close rates and the sales cycle stay as you stated them.".into());
        return;
    }
    if plan.parts.has_limited_delivery() {
        found.unused.push(
            "Wins are not used: deals wait for delivery in this plan, so that the weeks in which they close say little of \
             close rates."
                .into(),
        );
        return;
    }
    let (mut together, mut asking, mut leadless) = (Vec::new(), Vec::new(), Vec::new());
    for source in (0..plan.sources.len()).filter(|source| told(*source)) {
        let channel = plan.sources[source].channel.map(|at| &plan.parts.channels[at]);
        let has_leads = came.sources[source].iter().all(|week| week.leads.is_some() || week.worked.is_some());
        let is_open = Some(source) == plan.pipeline;
        let asks = plan.parts.chat.is_some() && channel.is_some_and(|channel| channel.may_chat());
        match () {
            () if channel.is_some_and(|channel| channel.counts_orders()) => {}
            () if asks => asking.push(label(plan, source)),
            () if !is_open && !has_leads => leadless.push(label(plan, source)),
            () if is_open => found.evidence.extend(of_wins(
                came,
                &[source],
                Means::Wins { sources: Vec::new(), open: true, backlog: None },
            )),
            () if is_of_the_team(plan, source) => together.push(source),
            () => found.evidence.extend(of_wins(
                came,
                &[source],
                Means::Wins { sources: vec![source], open: false, backlog: None },
            )),
        }
    }
    if !asking.is_empty() {
        let labels = listed(&asking, "and");
        found
            .unused
            .push(format!("Wins of {labels} are not used: how many buy depends on the chats that were answered."));
    }
    if !leadless.is_empty() {
        let labels = listed(&leadless, "and");
        found.unused.push(format!("Wins of {labels} are not used: the file does not tell their leads."));
    }
    let open = plan.pipeline.filter(|source| !told(*source)).is_some();
    let backlog = waiting_at_the_start(plan).filter(|source| !told(*source));
    if open || backlog.is_some() {
        let means = Means::Wins { sources: together.clone(), open, backlog };
        found.evidence.extend(of_wins(came, &together, means).filter(|_| !together.is_empty()));
    } else {
        for source in together {
            let means = Means::Wins { sources: vec![source], open: false, backlog: None };
            found.evidence.extend(
                of_wins(came, &[source], means)
                    .map(|own| Evidence { words: format!("{} of {}", own.words, label(plan, source)), ..own }),
            );
        }
    }
}

/// Wins of sources, week by week, as one count.
fn of_wins(came: &Expected<'_>, sources: &[usize], means: Means) -> Option<Evidence> {
    let of_week = |week: usize| sources.iter().filter_map(|source| came.sources[*source].get(week)?.wins).sum();
    let rows: Vec<Row> = (0..came.weeks).map(|week| Row { week, count: of_week(week) }).collect();
    counts(count(total(&rows), "win"), rows, means, Scatter::default())
}

/// Revenue of wins, where it is known which deals they are.
fn values(plan: &Plan, came: &Expected<'_>, found: &mut Gathered) {
    let has_own = |group: &crate::model::open_deals::OpenDeals| {
        !matches!(group.deals, Pipeline::Counted { average_value: None, .. })
    };
    let is_mixed = plan.pipeline.is_some_and(|source| came.sources[source].is_empty())
        && plan.parts.deals.open.iter().any(has_own);
    let mut mixed = false;
    for source in 0..plan.sources.len() {
        let channel = plan.sources[source].channel.map(|at| &plan.parts.channels[at]);
        let weeks = &came.sources[source];
        let wins: Vec<f64> = weeks.iter().map(|week| week.wins.unwrap_or(0.0)).collect();
        let revenue: f64 = weeks.iter().filter_map(|week| week.revenue).sum();
        let number: f64 = wins.iter().sum();
        if Some(source) == plan.pipeline
            || channel.is_some_and(|channel| channel.counts_money())
            || number <= 0.0
            || revenue <= 0.0
        {
            continue;
        }
        if is_mixed && is_of_the_team(plan, source) {
            mixed = true;
            continue;
        }
        let words = format!("revenue of {} of {}", count(number, "win"), label(plan, source));
        found.evidence.push(Evidence { words, seen: revenue, kind: Kind::Value { source, wins, revenue } });
    }
    if mixed {
        found.unused.push(capital(
            "what wins brought is not used: deals that were open at the start have values of their own. Tell them apart: \
             rows of the channel pipeline.",
        ));
    }
}
