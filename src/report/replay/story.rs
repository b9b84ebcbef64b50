//! What happened in a draw, in sentences: what it brought, what was less or more than usual, and what was drawn.

use crate::model::outcomes::{OutcomeId, Unit};
use crate::text::{lower, one_future, percent};

use super::super::outcome_words::noun;
use super::ReplayReport;

/// A figure this far from its mean is worth a word.
const UNUSUAL: f64 = 0.05;

/// An input in fewer draws than this is worth a word.
const RARE: f64 = 0.1;

/// What is looked at on the way from money to profit, in the order in which it comes about.
const WAY: [&str; 7] = ["leads", "qualified", "worked", "opportunities", "wins", "revenue", "profit"];

/// More unusual inputs than these are left to the table.
const MOST_INPUTS: usize = 3;

impl ReplayReport<'_> {
    /// The sentences, in their order.
    pub(super) fn story(&self) -> Vec<String> {
        let mut story = vec![self.outcome()];
        story.extend(self.way());
        story.extend(self.deals());
        story.extend(self.waiting());
        story.extend(self.drawn());
        story
    }

    fn future(&self) -> &'static str {
        one_future(self.scenario.plan.parts.horizon.weeks)
    }

    /// What it brought, and how many bring less.
    fn outcome(&self) -> String {
        let outcome = self.replay.outcome.outcome();
        let worse = if outcome.is_cost() { "more" } else { "less" };
        let share = if outcome.is_cost() { 1.0 - self.replay.below } else { self.replay.below };
        format!(
            "In this {} {} is {}; {} of all bring {worse}.",
            self.future(),
            noun(outcome),
            self.told(self.replay.outcome, self.replay.value),
            percent(share)
        )
    }

    /// Figures on the way that are away from the usual.
    fn way(&self) -> Option<String> {
        let clause = |key: &str| {
            let id = OutcomeId::named(key)?;
            let (own, usual) = (self.own(key), self.usual(key));
            let apart = own / usual - 1.0;
            let says = usual > 0.0 && apart.abs() >= UNUSUAL && id != self.replay.outcome;
            says.then(|| {
                let told = format!("{} {}", self.told(id, own), lower(id.outcome().title));
                if own < 0.0 || apart > 1.0 {
                    return format!("{told} ({} on average)", self.told(id, usual));
                }
                let side = if apart > 0.0 { "more" } else { "fewer" };
                let side = if id.outcome().unit == Unit::Money && apart < 0.0 { "less" } else { side };
                format!("{told} ({} {side} than the {} on average)", percent(apart.abs()), self.told(id, usual))
            })
        };
        let clauses: Vec<String> = WAY.iter().filter_map(|key| clause(key)).collect();
        match clauses.is_empty() {
            true => Some("Leads, wins and money are all about what is usual.".into()),
            false => Some(format!("It has {}.", clauses.join("; "))),
        }
    }

    /// Whether its deals were worth less or more than usual.
    fn deals(&self) -> Option<String> {
        let (wins, revenue) = (self.own("wins"), self.own("new_revenue"));
        let [usual_wins, usual_revenue] = ["wins", "new_revenue"].map(|key| self.usual(key));
        if !(wins >= 1.0 && usual_wins > 0.0) {
            return None;
        }
        let (own, usual) = (revenue / wins, usual_revenue / usual_wins);
        let apart = own / usual - 1.0;
        let id = OutcomeId::named("new_revenue")?;
        (apart.abs() >= UNUSUAL).then(|| {
            let side = if apart > 0.0 { "more" } else { "less" };
            format!("A deal brings {} on average, {} {side} than usual.", self.told(id, own), percent(apart.abs()))
        })
    }

    /// The week in which most leads wait, where that is more than usual, and those that were lost.
    fn waiting(&self) -> Option<String> {
        let horizon = self.scenario.plan.parts.horizon.weeks;
        let weeks = self.replay.tally.weeks.iter().take(horizon).enumerate();
        let (at, most) = weeks.max_by(|a, b| a.1.backlog.total_cmp(&b.1.backlog))?;
        let usual = self.forecast.weekly("backlog").get(at)?.mean;
        if most.backlog < 1.0 || most.backlog < (1.0 + UNUSUAL) * usual {
            return None;
        }
        let whole = |figure: f64| crate::text::count(figure.round(), "lead");
        Some(format!(
            "Most wait at the end of week {}: {} where {} are usual; {} are lost to waiting.",
            at + 1,
            whole(most.backlog),
            crate::text::with_error(usual, Some(1.0)),
            whole(self.own("lost_to_waiting"))
        ))
    }

    /// Inputs that were drawn far out.
    fn drawn(&self) -> Option<String> {
        let told: Vec<String> = self
            .furthest()
            .into_iter()
            .filter(|input| input.median != 0.0 && (input.below <= RARE || input.below >= 1.0 - RARE))
            .take(MOST_INPUTS)
            .map(|input| {
                let apart = input.value / input.median - 1.0;
                let side = if apart > 0.0 { "above" } else { "below" };
                let path = input.name.strip_prefix("channels.").unwrap_or(&input.name);
                format!("{} is {} {side} its middle", path.replace(['.', '_'], " "), percent(apart.abs()))
            })
            .collect();
        (!told.is_empty()).then(|| format!("Drawn far out: {}.", told.join("; ")))
    }
}
