//! Keys that could have no effect, because the table that they act through, or the channels that they act on, are not
//! there. In a file that is a fault; once a variant or a setting is laid over the file, a note.

use crate::reading::{Diagnostic, Entry, Premise, Span, Table, Value};

use super::Note;

/// A key without effect.
pub(super) struct Idle {
    pub(super) place: Span,
    what: String,
    why: &'static str,
    help: &'static str,
}

impl Idle {
    pub(super) fn fault(&self) -> Diagnostic {
        let message = format!("{} has no effect {}", self.what, self.why);
        Diagnostic::at(&self.place, message, "acts on nothing").help(self.help).given(Premise::AllRead)
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
    let mut search = Search { plan, channels: tables(plan, "channels").collect(), found: Vec::new() };
    search.brand();
    search.segments();
    search.online();
    search.nurture();
    search.sales();
    search.second_desk();
    search.delivery();
    search.quota();
    search.found
}

/// A plan that is looked through.
struct Search<'t> {
    plan: &'t Table,
    channels: Vec<&'t Entry>,
    found: Vec<Idle>,
}

impl<'t> Search<'t> {
    fn note(&mut self, entry: &Entry, what: impl Into<String>, why: &'static str, help: &'static str) {
        self.found.push(Idle { place: entry.key_place.clone(), what: what.into(), why, help });
    }

    /// A key of a table at the top of the file.
    fn key(&self, table: &str, key: &str) -> Option<&'t Entry> {
        within(self.plan.entry(table)?, key)
    }

    /// The key of every channel that has it.
    fn of_channels(&self, key: &str) -> Vec<&'t Entry> {
        self.channels.iter().filter_map(|channel| within(channel, key)).collect()
    }

    fn brand(&mut self) {
        let shares = self.of_channels("brand_share");
        match self.plan.entry("brand") {
            None => {
                for share in shares {
                    self.note(
                        share,
                        "`brand_share`",
                        "without [brand]",
                        "add [brand] with max_lift, half_spend and half_life, or leave this out",
                    );
                }
            }
            Some(brand) if within(brand, "goodwill").is_none() && shares.is_empty() => self.note(
                brand,
                "[brand]",
                "while no channel builds it",
                "give a channel brand_share, the part of its spend that builds the brand, or leave this out",
            ),
            Some(_) => {}
        }
    }

    fn segments(&mut self) {
        let audiences = self.of_channels("audience");
        for segment in tables(self.plan, "segments") {
            if !audiences.iter().any(|audience| within(audience, &segment.key).is_some()) {
                self.note(
                    segment,
                    format!("[segments.{}]", segment.key),
                    "while no channel reaches it",
                    "name it in the audience of a channel, or leave it out",
                );
            }
        }
    }

    fn online(&mut self) {
        let chats = self.channels.iter().any(|channel| may_chat(channel));
        if let Some(chat) = self.plan.entry("online").filter(|_| !chats) {
            self.note(
                chat,
                "[online]",
                "while no channel sells online",
                "give a channel route = \"online\" and its close_rate, or leave this out",
            );
        }
    }

    fn nurture(&mut self) {
        let by_team = self.channels.iter().any(|channel| !sells_online(channel));
        let unpooled = |nurture: &&Entry| within(nurture, "pool").is_none();
        if let Some(nurture) = self.plan.entry("nurture").filter(|_| !by_team).filter(unpooled) {
            self.note(
                nurture,
                "[nurture]",
                "while no lead goes to the sales team",
                "say with pool who is nurtured today, or leave this out",
            );
        }
    }

    fn sales(&mut self) {
        if let Some(hours) = self.key("sales", "hours_per_customer").filter(|_| self.plan.get("customers").is_none()) {
            self.note(
                hours,
                "`hours_per_customer`",
                "without [customers]",
                "add [customers] with active, how many there are today, or leave this out",
            );
        }
        if let Some(quota) = self.key("sales", "quota").filter(|_| self.key("sales", "reps").is_none()) {
            self.note(quota, "`quota`", "without reps", "add [sales.reps.NAME] with count, or leave this out");
        }
    }

    /// What acts on reps who do leads only, or opportunities only.
    fn second_desk(&mut self) {
        if let Some(half_life) = self.key("sales", "opportunity_half_life").filter(|_| !self.has_reps_for(&BOTH)) {
            self.note(
                half_life,
                "`opportunity_half_life`",
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
            ("opportunities_waiting", &BOTH, ALIKE, SET_APART),
            ("opportunities_lost", &BOTH, ALIKE, SET_APART),
        ];
        for (outcome, words, why, help) in of_roles {
            if let Some(target) = self.key("targets", outcome).filter(|_| !self.has_reps_for(words)) {
                self.note(target, format!("a target for `{outcome}`"), why, help);
            }
        }
    }

    /// Is there a group of reps who do only one of these?
    fn has_reps_for(&self, words: &[&str]) -> bool {
        match self.plan.entry("sales").map(|entry| &entry.node.value) {
            Some(Value::Table(sales)) => tables(sales, "reps").any(|reps| says(reps, "does", words)),
            _ => false,
        }
    }

    fn delivery(&mut self) {
        let Some(delivery) = self.plan.entry("delivery") else { return };
        let hours = within(delivery, "hours_per_deal");
        if hours.is_none() && within(delivery, "per_week").is_none() {
            self.note(
                delivery,
                "[delivery]",
                "while it neither limits deals nor takes hours",
                "add per_week, how many deals can be delivered, or hours_per_deal, what a deal takes of the team",
            );
        }
        if let Some(weeks) = within(delivery, "over_weeks").filter(|_| hours.is_none()) {
            self.note(
                weeks,
                "`over_weeks`",
                "without `hours_per_deal`",
                "add hours_per_deal, the hours that a deal takes of the team, or leave this out",
            );
        }
        if let Some(hours) = hours.filter(|_| self.plan.get("sales").is_none()) {
            self.note(
                hours,
                "`hours_per_deal`",
                "without [sales]",
                "add [sales] with those who deliver in [sales.reps.NAME], or leave this out",
            );
        }
    }

    fn quota(&mut self) {
        if let Some(target) = self.key("targets", "attainment").filter(|_| self.key("sales", "quota").is_none()) {
            self.note(
                target,
                "a target for `attainment`",
                "without `quota` in [sales]",
                "add quota, what a rep is to bring in the horizon, or leave the target out",
            );
        }
    }
}

/// What reps do who do not do everything.
const BOTH: [&str; 2] = ["leads", "opportunities"];

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
