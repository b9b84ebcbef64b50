//! Rules: how marketing reacts to what it sees.
//!
//! Implements section 9 of docs/model.md.

use crate::inputs::Quantity;

use super::conditions::read_names;
use super::outcomes::SourceTally;
use super::schema::{Choice, Key, TableReader};

/// The keys of a `reallocate` rule.
const REALLOCATE_KEYS: &[Key] = &[
    Key::whole("every", 1.0, 260.0)
        .required()
        .unit("weeks")
        .about("how often the results are looked at")
        .example("4"),
    Key::fraction("shift")
        .required()
        .unit("share of the remaining plan")
        .about("how much of its money the worst channel loses to the best")
        .example("\"20%\""),
    Key::word::<By>("by")
        .required()
        .about("what tells good from bad: cost per qualified lead, cost per win started, or revenue closed so far for the money")
        .example("\"cost_per_win\""),
    Key::shape("among", "a list of names")
        .about("the channels that take part; all with a budget, where this is left out")
        .example("[\"search\", \"social\"]"),
];

/// The keys of a `throttle` rule.
const THROTTLE_KEYS: &[Key] = &[
    Key::shape("channels", "a list of names")
        .required()
        .about("the channels that are held back")
        .example("[\"search\"]"),
    Key::amount("backlog_weeks")
        .time()
        .required()
        .unit("weeks of work")
        .about("how much work may wait before they are, measured by last week's hours for leads")
        .example("1.5"),
    Key::fraction("to")
        .required()
        .unit("share of the week's money")
        .about("what is left of their money in such a week")
        .example("\"40%\""),
];

/// The kinds of rules and their keys.
pub const KINDS: &[(&str, &[Key])] = &[("reallocate", REALLOCATE_KEYS), ("throttle", THROTTLE_KEYS)];

/// What tells a good channel from a bad one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// spend over qualified leads
    CostPerQualified,
    /// spend over wins started
    CostPerWin,
    /// revenue closed so far over spend
    Romi,
}

impl Choice for By {
    const WORDS: &'static [(&'static str, Self)] =
        &[("cost_per_qualified", Self::CostPerQualified), ("cost_per_win", Self::CostPerWin), ("romi", Self::Romi)];
}

/// `[rules.NAME]` as written; channels by their place in the file.
#[derive(Clone, Debug, PartialEq)]
pub enum Rule {
    /// money moves from the worst channel to the best
    Reallocate {
        /// after so many weeks, again and again
        every: usize,
        /// share of the remaining plan
        shift: Quantity,
        /// what tells good from bad
        by: By,
        /// the channels that take part
        among: Vec<usize>,
    },
    /// channels are held back while too much work waits
    Throttle {
        /// the channels
        channels: Vec<usize>,
        /// weeks of work that may wait
        backlog_weeks: Quantity,
        /// what is left of the week's money
        to: Quantity,
    },
}

impl Rule {
    /// Reads every `[rules.NAME]`. `channels` are the names of the plan's channels and whether each has a budget.
    pub fn read_all(root: &mut TableReader<'_, '_>, channels: &[(String, bool)]) -> Vec<Self> {
        let names: Vec<String> = channels.iter().map(|(name, _)| name.clone()).collect();
        let mut rules = Vec::new();
        for (entry, _) in root.children("rules") {
            let name = format!("rules.{}", entry.key);
            let Some((word, mut fields)) = root.variant_of(&name, &entry.node, KINDS) else {
                continue;
            };
            let rule = match word {
                "reallocate" => Self::Reallocate {
                    every: usize::try_from(fields.whole("every")).unwrap_or(1).max(1),
                    shift: fields.quantity("shift"),
                    by: fields.word("by"),
                    among: read_names(&mut fields, "among", &names)
                        .unwrap_or_else(|| (0..channels.len()).filter(|&at| channels[at].1).collect()),
                },
                _ => Self::Throttle {
                    channels: read_names(&mut fields, "channels", &names).unwrap_or_default(),
                    backlog_weeks: fields.quantity("backlog_weeks"),
                    to: fields.quantity("to"),
                },
            };
            rules.push(rule);
        }
        rules
    }

    /// The channels that it judges by their deals, if it does, and after how many weeks each time.
    #[must_use]
    pub fn judges_deals(&self) -> Option<(&[usize], usize)> {
        match self {
            Self::Reallocate { by: By::CostPerWin | By::Romi, among, every, .. } => Some((among, *every)),
            _ => None,
        }
    }

    /// Does it look at the wins started so far?
    pub(super) fn looks_at_wins(&self) -> bool {
        matches!(self, Self::Reallocate { by: By::CostPerWin, .. })
    }

    /// Does it look at the revenue closed so far?
    pub(super) fn looks_at_revenue(&self) -> bool {
        matches!(self, Self::Reallocate { by: By::Romi, .. })
    }
}

/// What a rule looks at in a week of a draw.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Observation<'t> {
    /// the week, from 0
    pub(super) week: usize,
    /// weeks of the horizon
    pub(super) weeks: usize,
    /// spend, leads and wins started so far, by channel in the order of the file; what has closed is below
    pub(super) results: &'t [SourceTally],
    /// revenue closed so far, by channel
    pub(super) closed: &'t [f64],
    /// hours of work in the leads that wait
    pub(super) waiting: f64,
    /// last week's hours for leads
    pub(super) hours: f64,
}

/// Applies the rules to the plans of the channels, week by week, in the order of the file; `scale` is what is left of
/// each channel's money this week.
pub(super) fn apply(rules: &[Rule], drawn: &[f64], sight: Observation<'_>, plans: &mut [Vec<f64>], scale: &mut [f64]) {
    scale.fill(1.0);
    if sight.week == 0 {
        return;
    }
    for rule in rules {
        if let Rule::Reallocate { every, shift, by, among } = rule
            && sight.week.is_multiple_of(*every)
        {
            reallocate(sight, *by, shift.of(drawn), among, plans);
        }
    }
    for rule in rules {
        if let Rule::Throttle { channels, backlog_weeks, to } = rule {
            let swamped = if sight.hours > 0.0 {
                sight.waiting > backlog_weeks.of(drawn) * sight.hours
            } else {
                sight.waiting > 0.0
            };
            if swamped {
                let to = to.of(drawn);
                channels.iter().for_each(|&channel| scale[channel] *= to);
            }
        }
    }
}

/// Moves a share of the worst channel's remaining plan to the best, in proportion to the best one's own.
fn reallocate(sight: Observation<'_>, by: By, shift: f64, among: &[usize], plans: &mut [Vec<f64>]) {
    let spent = |channel: usize| sight.results[channel].spend;
    // Cost of a result; infinite without one, and then the larger spend is worse.
    let cost = |channel: usize| {
        let result = &sight.results[channel];
        let gained = match by {
            By::CostPerQualified => result.qualified,
            By::CostPerWin => result.wins_started,
            By::Romi => sight.closed[channel],
        };
        if gained > 0.0 { result.spend / gained } else { f64::INFINITY }
    };
    let taking_part =
        || (0..plans.len()).filter(|channel| among.contains(channel)).filter(|&channel| spent(channel) > 0.0);
    let dearer = |&a: &usize, &b: &usize| {
        cost(a)
            .total_cmp(&cost(b))
            .then_with(|| if cost(a).is_infinite() { spent(a).total_cmp(&spent(b)) } else { std::cmp::Ordering::Equal })
    };
    // Ties: the earlier in the file is better. Of equals the first is the least, and the last the most.
    let (Some(best), Some(worst)) = (taking_part().min_by(dearer), taking_part().max_by(dearer)) else {
        return;
    };
    if best == worst || cost(best).is_infinite() {
        return;
    }
    let rest = sight.week..sight.weeks;
    let mut moved = 0.0;
    for money in &mut plans[worst][rest.clone()] {
        moved += *money * shift;
        *money -= *money * shift;
    }
    let own: f64 = plans[best][rest.clone()].iter().sum();
    let weeks = rest.len() as f64;
    for money in &mut plans[best][rest] {
        *money += if own > 0.0 { moved * *money / own } else { moved / weeks };
    }
}
