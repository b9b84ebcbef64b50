//! From leads to figures of a plan: how many come without spending, and how much weeks stray.

use crate::records::Day;

use super::chance::Chance;
use super::lead_question::LeadQuestion;
use super::learnt::{Drift, Learnt, Written};
use super::rates::learn_rates;
use super::sources::channel_of;
use super::volume::fit_volume;
use super::{DRAWS, FEWEST_RECORDS};

/// Fewer weeks show neither a level nor noise.
const FEWEST_WEEKS: usize = 8;

/// Learns which shares of leads are qualified and become opportunities, how many leads a week a channel of kind `baseline` has,
/// and the weekly noise of every channel; and what a reader must know.
#[must_use]
pub fn learn_from_leads(question: &LeadQuestion<'_>) -> (Vec<Learnt>, Vec<String>) {
    let of_source: Vec<Option<usize>> =
        question.leads.sources.iter().map(|source| channel_of(source, question.channels, question.said)).collect();
    let (mut learnt, mut warnings) = (learn_rates(question), Vec::new());
    let Some(first) = question.leads.list.iter().map(|lead| lead.created).min() else { return (learnt, warnings) };
    let weeks = usize::try_from((question.as_of.0 + 1 - first.0) / 7).unwrap_or(0);
    if weeks < FEWEST_WEEKS {
        warnings.push(format!("Leads of {weeks} weeks are too few to learn how many come: {FEWEST_WEEKS} are needed."));
        return (learnt, warnings);
    }
    for (at, channel) in question.channels.iter().enumerate() {
        let mut counts = vec![0.0; weeks];
        let mut total = 0;
        for lead in &question.leads.list {
            if lead.source.and_then(|source| of_source[source]) == Some(at) {
                let back = usize::try_from((question.as_of.0 - lead.created.0).max(0) / 7).unwrap_or(0);
                if back < weeks {
                    counts[weeks - 1 - back] += 1.0;
                    total += 1;
                }
            }
        }
        // Of a show or a mailing leads come in bursts, which are no noise of weeks.
        if total < FEWEST_RECORDS || channel.kind == "event" || channel.kind == "print" {
            continue;
        }
        let Some(fit) = fit_volume(&counts) else { continue };
        if let Some(week) = fit.last_break {
            let day = Day(question.as_of.0 - 7 * (weeks - week) as i32 + 1);
            warnings.push(format!("Leads of {} broke with what came before in the week of {day}.", channel.label));
        }
        let mut chance = Chance::of(&format!("leads of channel {at}"));
        let drawn: Vec<(f64, f64)> = (0..DRAWS).map(|_| fit.mean_ahead(question.weeks, &mut chance)).collect();
        let figure = |key: &str, label: &str, draws: Vec<f64>, drift: Drift| Learnt {
            path: format!("channels.{}.{key}", channel.name),
            label: format!("{label}, {}", channel.label),
            draws,
            from: format!("{} in {weeks} weeks", crate::text::count(total as f64, "lead")),
            method: "a level that moves, weekly noise and breaks (local level model of the log of weekly counts)",
            prior: "level ±35% a quarter, weekly noise up to 20%, a jump in 1% of weeks",
            drift,
            remark: String::new(),
            written: Written::Number,
        };
        if channel.kind == "baseline" {
            let means = drawn.iter().map(|(mean, _)| *mean).collect();
            learnt.push(figure("leads", "leads a week", means, Drift::Learnt));
        }
        let noise = drawn.iter().map(|(_, noise)| *noise).collect();
        learnt.push(figure("variation", "weekly noise of leads", noise, Drift::None));
    }
    (learnt, warnings)
}
