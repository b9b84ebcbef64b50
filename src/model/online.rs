//! Chat: people who help online leads to buy.
//!
//! Implements section 5 of docs/model.md, `[online.chat]`.

use std::cmp::Reverse;
use std::collections::VecDeque;

use crate::inputs::Quantity;
use crate::random::Binomial;
use crate::units::whole_part;

use super::schema::{Key, TableReader};

/// The keys of `[online]`.
pub const KEYS: &[Key] = &[Key::table("chat").about("people who answer chats of online leads")];

/// The keys of `[online.chat]`.
pub const CHAT_KEYS: &[Key] = &[
    Key::amount("agents").required().unit("agents").about("how many answer").example("5"),
    Key::amount("hours_per_week")
        .time()
        .at_most(168.0)
        .or(40.0)
        .unit("hours per agent per week")
        .about("how long each answers")
        .example("32"),
    Key::amount("chats_per_hour").required().unit("chats per hour").about("how many an agent answers").example("4.5"),
    Key::fraction("chat_share")
        .required()
        .unit("share of qualified online leads")
        .about("how many of them ask")
        .example("\"1.2%\""),
    Key::amount("answered")
        .percent_from(10.0)
        .required()
        .unit("multiplier of the close rate")
        .about("how much more often those buy who are answered")
        .example("3.5"),
    Key::amount("missed")
        .percent_from(10.0)
        .required()
        .unit("multiplier of the close rate")
        .about("how much less often those buy who are not")
        .example("0.5"),
    Key::amount("cost_per_week").or(0.0).unit("money per agent per week").about("what an agent costs").example("900"),
];

/// `[online.chat]` as written.
#[derive(Clone, Debug, PartialEq)]
pub struct Chat {
    agents: Quantity,
    hours_per_week: Quantity,
    chats_per_hour: Quantity,
    chat_share: Quantity,
    answered: Quantity,
    missed: Quantity,
    cost_per_week: Quantity,
}

impl Chat {
    /// Reads `[online.chat]`.
    pub fn read(fields: &mut TableReader<'_, '_>) -> Self {
        Self {
            agents: fields.quantity("agents"),
            hours_per_week: fields.quantity("hours_per_week"),
            chats_per_hour: fields.quantity("chats_per_hour"),
            chat_share: fields.quantity("chat_share"),
            answered: fields.quantity("answered"),
            missed: fields.quantity("missed"),
            cost_per_week: fields.quantity("cost_per_week"),
        }
    }

    /// The chat in one draw.
    pub(super) fn start(&self, drawn: &[f64]) -> Desk {
        let agents = self.agents.of(drawn);
        let chats = agents * self.hours_per_week.of(drawn) * self.chats_per_hour.of(drawn);
        Desk {
            capacity: whole_part(chats) as u64,
            asking: Binomial::new(self.chat_share.of(drawn)),
            answered: self.answered.of(drawn),
            missed: self.missed.of(drawn),
            cost: agents * self.cost_per_week.of(drawn),
        }
    }
}

/// The chat in one draw.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Desk {
    /// chats that are answered in a week
    pub(super) capacity: u64,
    /// how many of so many leads ask
    pub(super) asking: Binomial,
    /// multipliers of their close rate
    pub(super) answered: f64,
    pub(super) missed: f64,
    /// money a week
    pub(super) cost: f64,
}

/// Shares `capacity` over channels in proportion to their chats, by largest remainders; ties go to the first.
/// `remainders` lends its room.
pub(super) fn share_out(
    capacity: u64,
    chats: &[u64],
    answered: &mut Vec<u64>,
    remainders: &mut Vec<(Reverse<u64>, usize)>,
) {
    answered.clear();
    let total: u64 = chats.iter().sum();
    if total <= capacity {
        answered.extend_from_slice(chats);
        return;
    }
    remainders.clear();
    let mut left = capacity;
    for (at, &chats) in chats.iter().enumerate() {
        let (whole, remainder) = proportion(chats, capacity, total);
        answered.push(whole);
        remainders.push((Reverse(remainder), at));
        left -= whole;
    }
    remainders.sort_unstable();
    for &(_, at) in remainders.iter().take(left as usize) {
        answered[at] += 1;
    }
}

/// `chats·capacity/total` in whole numbers, and what remains.
fn proportion(chats: u64, capacity: u64, total: u64) -> (u64, u64) {
    if let Some(exact) = chats.checked_mul(capacity) {
        return (exact / total, exact % total);
    }
    let (exact, total) = (u128::from(chats) * u128::from(capacity), u128::from(total));
    ((exact / total) as u64, (exact % total) as u64)
}

/// How many of `drawn` chats, out of `all`, are among the `own` of a class: hypergeometric, by inversion. `terms` lends its
/// room.
pub(super) fn hypergeometric(all: u64, own: u64, drawn: u64, u: f64, terms: &mut VecDeque<f64>) -> u64 {
    let least = (own + drawn).saturating_sub(all);
    let most = own.min(drawn);
    if least == most {
        return least;
    }
    // Terms relative to the mode, upwards and downwards from it, so that none overflows; then one walk to u.
    let (n, k, m) = (all as f64, own as f64, drawn as f64);
    let mode = (((m + 1.0) * (k + 1.0) / (n + 2.0)).floor() as u64).clamp(least, most);
    let up = |x: f64| (k - x) * (m - x) / ((x + 1.0) * (n - k - m + x + 1.0));
    terms.clear();
    terms.push_back(1.0);
    let mut term = 1.0;
    for x in mode..most {
        term *= up(x as f64);
        if term < 1e-18 {
            break;
        }
        terms.push_back(term);
    }
    let mut first = mode;
    term = 1.0;
    for x in (least..mode).rev() {
        term /= up(x as f64);
        if term < 1e-18 {
            break;
        }
        terms.push_front(term);
        first = x;
    }
    let total: f64 = terms.iter().sum();
    let mut left = u * total;
    for (at, term) in terms.iter().enumerate() {
        left -= term;
        if left <= 0.0 {
            return first + at as u64;
        }
    }
    first + terms.len() as u64 - 1
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;

    use super::{hypergeometric, share_out};

    #[test]
    fn the_answered_of_a_class_are_hypergeometric() {
        // 3 of 10 chats are the class's, 4 are answered: P(0) = 35/210, P(1) = 105/210, P(2) = 63/210, P(3) = 7/210.
        for (u, count) in [(0.16, 0), (0.17, 1), (0.66, 1), (0.67, 2), (0.96, 2), (0.97, 3)] {
            assert_eq!(hypergeometric(10, 3, 4, u, &mut VecDeque::new()), count, "u = {u}");
        }
        assert_eq!(hypergeometric(10, 10, 4, 0.5, &mut VecDeque::new()), 4);
        assert_eq!(hypergeometric(0, 0, 0, 0.5, &mut VecDeque::new()), 0);
    }

    #[test]
    fn capacity_is_shared_by_largest_remainders() {
        let mut answered = Vec::new();
        share_out(10, &[6, 6, 3], &mut answered, &mut Vec::new());
        // 4, 4 and 2 exactly.
        assert_eq!(answered, [4, 4, 2]);
        share_out(7, &[5, 5, 1], &mut answered, &mut Vec::new());
        // 3.18, 3.18, 0.64: the last has the largest remainder.
        assert_eq!(answered, [3, 3, 1]);
        share_out(5, &[2, 2, 2], &mut answered, &mut Vec::new());
        // 1.67 each: ties go to the first.
        assert_eq!(answered, [2, 2, 1]);
        share_out(50, &[2, 2, 2], &mut answered, &mut Vec::new());
        assert_eq!(answered, [2, 2, 2]);
        // More chats than a product of 64 bits holds: a third each, and the one that is left to the first.
        share_out((1 << 61) + 2, &[1 << 61; 3], &mut answered, &mut Vec::new());
        let third = ((1 << 61) + 1) / 3;
        assert_eq!(answered, [third + 1, third, third]);
    }
}
