//! Keys that could have no effect, because the table that they act through, or the channels that they act on, are not
//! there. In a file that is a fault; once a variant or a setting is laid over the file, a note.

use crate::reading::{Diagnostic, Entry, Premise, Span, Table, Value};

use super::Note;

/// A key without effect.
pub(super) struct Idle {
    place: Span,
    what: String,
    why: &'static str,
    help: &'static str,
}

impl Idle {
    pub(super) fn fault(&self) -> Diagnostic {
        let message = format!("{} has no effect {}", self.what, self.why);
        Diagnostic::at(&self.place, message, "acts on nothing").help(self.help).given(Premise::AllRead)
    }

    /// Is it the key at this place?
    pub(super) fn is_at(&self, place: &Span) -> bool {
        self.place == *place
    }

    /// What it is, and why it acts on nothing.
    pub(super) fn words(&self) -> String {
        format!("{}, which has no effect {}", self.what, self.why)
    }

    pub(super) fn note(&self) -> Note {
        Note::WithoutEffect { what: self.what.clone(), why: self.why }
    }
}

/// Every key of a plan that could have no effect.
pub(super) fn idle(plan: &Table) -> Vec<Idle> {
    let channels: Vec<&Entry> = tables(plan, "channels").collect();
    let with = |key: &str| {
        let key = key.to_owned();
        channels.iter().filter_map(move |channel| within(channel, &key))
    };
    let chats = channels.iter().any(|channel| may_chat(channel));
    let by_team = channels.iter().any(|channel| !sells_online(channel));
    let mut idle = Vec::new();
    let mut note = |entry: &Entry, what: String, why, help| {
        idle.push(Idle { place: entry.key_place.clone(), what, why, help });
    };
    let brand = plan.entry("brand");
    if brand.is_none() {
        for share in with("brand_share") {
            note(
                share,
                "`brand_share`".into(),
                "without [brand]: there is no brand to build",
                "add [brand] with max_lift, half_spend and half_life, or leave this out",
            );
        }
    }
    if let Some(brand) = brand.filter(|brand| within(brand, "goodwill").is_none())
        && with("brand_share").next().is_none()
    {
        note(
            brand,
            "[brand]".into(),
            "while no channel builds it",
            "give a channel brand_share, the part of its spend that builds the brand, or leave this out",
        );
    }
    for segment in tables(plan, "segments") {
        let reached = with("audience").any(|audience| within(audience, &segment.key).is_some());
        if !reached {
            note(
                segment,
                format!("[segments.{}]", segment.key),
                "while no channel reaches it",
                "name it in the audience of a channel, or leave it out",
            );
        }
    }
    if let Some(chat) = plan.entry("online").filter(|_| !chats) {
        note(
            chat,
            "[online]".into(),
            "while no channel sells online",
            "give a channel route = \"online\" and its close_rate, or leave this out",
        );
    }
    if let Some(nurture) = plan.entry("nurture")
        && !by_team
        && within(nurture, "pool").is_none()
    {
        note(
            nurture,
            "[nurture]".into(),
            "while no lead goes to the sales team",
            "say with pool who is nurtured today, or leave this out",
        );
    }
    if let Some(sales) = plan.entry("sales") {
        if plan.get("customers").is_none()
            && let Some(hours) = within(sales, "hours_per_customer")
        {
            note(
                hours,
                "`hours_per_customer`".into(),
                "without [customers]",
                "add [customers] with active, how many there are today, or leave this out",
            );
        }
        if within(sales, "reps").is_none()
            && let Some(quota) = within(sales, "quota")
        {
            note(quota, "`quota`".into(), "without reps", "add [sales.reps.NAME] with count, or leave this out");
        }
    }
    let roles = |words: &[&str]| {
        let sales = plan.entry("sales").map(|entry| &entry.node.value);
        let sales = match sales {
            Some(Value::Table(sales)) => sales,
            _ => return false,
        };
        tables(sales, "reps").any(|reps| says(reps, "does", words))
    };
    if !roles(&["leads", "opportunities"])
        && let Some(half_life) = plan.entry("sales").and_then(|sales| within(sales, "opportunity_half_life"))
    {
        note(
            half_life,
            "`opportunity_half_life`".into(),
            ALIKE,
            "give a group of reps does = \"leads\" or does = \"opportunities\", or leave this out",
        );
    }
    let of_roles: [(&str, &[&str], _, _); 4] = [
        (
            "utilization_leads",
            &["leads"],
            "while no reps do leads only",
            "give a group of reps does = \"leads\", or leave the target out",
        ),
        (
            "utilization_opportunities",
            &["opportunities"],
            "while no reps do opportunities only",
            "give a group of reps does = \"opportunities\", or leave the target out",
        ),
        ("opportunities_waiting", &["leads", "opportunities"], ALIKE, SET_APART),
        ("opportunities_lost", &["leads", "opportunities"], ALIKE, SET_APART),
    ];
    for (outcome, words, why, help) in of_roles {
        let target = plan.entry("targets").and_then(|targets| within(targets, outcome));
        if let Some(target) = target.filter(|_| !roles(words)) {
            note(target, format!("a target for `{outcome}`"), why, help);
        }
    }
    if let Some(delivery) = plan.entry("delivery") {
        let hours = within(delivery, "hours_per_deal");
        if hours.is_none() && within(delivery, "per_week").is_none() {
            note(
                delivery,
                "[delivery]".into(),
                "while it neither limits deals nor takes hours",
                "add per_week, how many deals can be delivered, or hours_per_deal, what a deal takes of the team",
            );
        }
        if hours.is_none()
            && let Some(weeks) = within(delivery, "over_weeks")
        {
            note(
                weeks,
                "`over_weeks`".into(),
                "without `hours_per_deal`",
                "add hours_per_deal, the hours that a deal takes of the team, or leave this out",
            );
        }
        if plan.get("sales").is_none()
            && let Some(hours) = hours
        {
            note(
                hours,
                "`hours_per_deal`".into(),
                "without [sales]",
                "add [sales] with those who deliver in [sales.reps.NAME], or leave this out",
            );
        }
    }
    let quota = plan.entry("sales").and_then(|sales| within(sales, "quota"));
    if quota.is_none()
        && let Some(target) = plan.entry("targets").and_then(|targets| within(targets, "attainment"))
    {
        note(
            target,
            "a target for `attainment`".into(),
            "without `quota` in [sales]",
            "add quota, what a rep is to bring in the horizon, or leave the target out",
        );
    }
    idle
}

/// Why nothing waits at a second desk, and what would make one.
const ALIKE: &str = "while all reps do leads and opportunities alike";
const SET_APART: &str = "give a group of reps does = \"leads\" or does = \"opportunities\", or leave the target out";

/// The entries of a table, each a table with a name of its own.
fn tables<'t>(plan: &'t Table, key: &str) -> impl Iterator<Item = &'t Entry> {
    let entries = match plan.get(key).map(|node| &node.value) {
        Some(Value::Table(table)) => Some(table.iter()),
        _ => None,
    };
    entries.into_iter().flatten()
}

fn within<'t>(entry: &'t Entry, key: &str) -> Option<&'t Entry> {
    match &entry.node.value {
        Value::Table(table) => table.entry(key),
        _ => None,
    }
}

/// May its leads ask in a chat before they buy? Orders of a response curve are won already.
fn may_chat(channel: &Entry) -> bool {
    sells_online(channel) && !counts_orders(channel)
}

/// Are its leads won without the team? Orders of a response curve are.
fn sells_online(channel: &Entry) -> bool {
    says(channel, "route", &["online"]) || counts_orders(channel)
}

fn counts_orders(channel: &Entry) -> bool {
    says(channel, "of", &["orders", "revenue"])
}

fn says(channel: &Entry, key: &str, words: &[&str]) -> bool {
    match within(channel, key).map(|own| &own.node.value) {
        Some(Value::Text(word)) => words.contains(&word.as_str()),
        _ => false,
    }
}
