//! What is asked of an optimizer: what to make as high as possible, with which money, and what must hold.

use crate::engine::Stopped;
use crate::model::plan::Plan;
use crate::scenario::LoadError;

use super::super::objective::{Condition, Objective};
use super::space::{Slot, Space};

/// What is asked.
#[derive(Clone, Debug)]
pub struct Question {
    /// what is to be as high as possible
    pub objective: Objective,
    /// what must hold
    pub conditions: Vec<Condition>,
    /// the most that all channels may get; none: what they have in the plan
    pub total: Option<f64>,
    /// ends of budgets, by channel
    pub between: Vec<(String, f64, f64)>,
    /// channels whose budgets stay as they are
    pub locked: Vec<String>,
    /// what one piece costs, by channel
    pub steps: Vec<(String, f64)>,
}

/// What is wanted beside the best mix.
#[derive(Clone, Debug, Default)]
pub struct Further {
    /// mean against P10, as the aversion to risk varies
    pub frontier: bool,
    /// other totals
    pub totals: Vec<f64>,
}

/// Why the best mix can't be searched for.
#[derive(Debug, thiserror::Error)]
pub enum OptimizeError {
    /// a combination is no plan
    #[error(transparent)]
    Load(#[from] LoadError),
    /// what was asked makes no sense
    #[error("{0}")]
    Unfit(String),
    /// it was interrupted
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

impl Question {
    /// The channels that budgets can be chosen for, in the order of the file.
    pub fn channels(plan: &Plan) -> impl Iterator<Item = &str> {
        plan.parts.channels.iter().filter(|channel| channel.is_paid()).map(|channel| channel.name.as_str())
    }

    /// The mixes that a plan may choose from with `total`, or with what it has.
    ///
    /// # Errors
    ///
    /// That there is nothing to choose.
    pub fn space(&self, plan: &Plan, total: Option<f64>) -> Result<Space, String> {
        let mut slots: Vec<Slot> = Vec::new();
        for (at, channel) in plan.parts.channels.iter().enumerate().filter(|(_, channel)| channel.is_paid()) {
            // A sum over weeks has last bits that nobody has written.
            let today = (channel.budget() * 1e6).round() / 1e6;
            let certain =
                channel.kind.piece().and_then(|piece| piece.cost.certain()).filter(|_| channel.cost_by_week.is_empty());
            let step = self.steps.iter().find(|(name, _)| *name == channel.name).map(|(_, step)| *step);
            let between = self.between.iter().find(|(name, ..)| *name == channel.name);
            let locked = self.locked.contains(&channel.name);
            let (low, high) = match between {
                _ if locked => (today, today),
                Some(&(_, low, high)) => (low, high),
                None => (0.0, f64::INFINITY),
            };
            slots.push(Slot { channel: at, name: channel.name.clone(), today, low, high, piece: step.or(certain) });
        }
        let today: f64 = slots.iter().map(|slot| slot.today).sum();
        let total = total.or(self.total).unwrap_or(today);
        if slots.is_empty() {
            return Err("no channel of the plan spends money".into());
        }
        let least: f64 = slots.iter().map(|slot| slot.low).sum();
        let written = crate::units::written;
        if least > total * (1.0 + 1e-9) {
            return Err(format!(
                "what is locked and the low ends of --between take {} already, and there is {}",
                written(least),
                written(total)
            ));
        }
        if total <= 0.0 {
            return Err("no channel has a budget: say with --total how much there is".into());
        }
        for slot in &mut slots {
            slot.high = slot.high.min(total).max(slot.low);
        }
        if slots.iter().filter(|slot| slot.is_free()).count() == 0 {
            return Err("every budget is locked, so there is nothing to choose".into());
        }
        Ok(Space { slots, total })
    }
}
