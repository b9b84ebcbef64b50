//! Where the next money does most.

use crate::analysis::{ChannelReturn, Estimate, Marginal, STEP};
use crate::text::{listed, with_error};

use super::super::words::shown_name;
use super::{Told, loses, margin, pays};

/// Channels that are named one by one where they can't be told apart.
const MOST_NAMED: usize = 3;

impl<'s> Told<'s> {
    /// Where the next money does most; nothing in a plan whose channels spend none.
    pub(super) fn next(&self, marginal: &Marginal) -> Option<String> {
        if marginal.channels.is_empty() {
            return None;
        }
        let thousand = self.currency.with("1,000");
        let channels: Vec<&ChannelReturn> = marginal.best_next.iter().map(|&at| &marginal.channels[at]).collect();
        let Some(&best) = channels.first() else {
            return Some("No channel can spend more than it does.".into());
        };
        let names: Vec<String> = channels.iter().map(|own| self.name(own).to_owned()).collect();
        let shift = best.next.steering();
        let does = if self.has_margin() { "does" } else { "brings" };
        let takes = best.takes_only().map_or_else(String::new, |money| {
            format!(", which can take only {} more", self.currency.with(&with_error(money, Some(1.0))))
        });
        let with_room = || marginal.channels.iter().filter(|own| own.has_room());
        Some(if !pays(shift) {
            let verdict = match (self.has_margin(), with_room().all(|own| loses(own.next.steering()))) {
                (true, true) if with_room().count() < marginal.channels.len() => {
                    "loses money in every channel that can spend it".to_owned()
                }
                (true, true) => "loses money in every channel".to_owned(),
                (true, false) => {
                    format!("pays for itself in no channel, as far as can be told; {} comes nearest", names[0])
                }
                (false, _) => "brings no revenue in any channel, as far as can be told".to_owned(),
            };
            format!("The next {thousand} {verdict}.")
        } else if names.len() > 1 {
            let named = match names.len() {
                few if few <= MOST_NAMED => listed(&names, "or"),
                more => format!("{}, {} or {} others", names[0], names[1], more - 2),
            };
            format!(
                "The next {thousand} {does} most in {named}, which can't be told apart: in {}{takes}{} it brings {}{}.",
                names[0],
                if takes.is_empty() { "" } else { "," },
                self.gain(shift),
                self.cost_of_next(shift)
            )
        } else {
            format!(
                "The next {thousand} {does} most in {}{takes}: {}{}.",
                names[0],
                self.gain(shift),
                self.cost_of_next(shift)
            )
        })
    }

    /// Whether the next money's own cost is taken off.
    fn cost_of_next(&self, shift: Estimate) -> &'static str {
        match margin(shift) {
            _ if self.has_margin() => ", its cost taken off",
            Some(margin) if shift.mean + margin < STEP => ", less than it costs",
            _ => ", its cost not taken off",
        }
    }

    fn name(&self, own: &ChannelReturn) -> &'s str {
        shown_name(&self.scenario.plan.parts.channels[own.channel])
    }
}
