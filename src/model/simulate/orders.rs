//! Orders of a fitted curve: the curve says how many they are, or what they are worth together; an audience only splits
//! them.
//!
//! Implements section 3 of docs/model.md, `response` with `of = "orders"` or `"revenue"`.

use crate::model::plan::{Class, Plan};

/// The share of a channel's leads that are of a class, in one draw. Orders come in proportion to how often buyers of
/// their segment close; where none of them closes, as the leads do.
///
/// ```text
/// share_c = audience_c·close_multiplier_c / Σ audience·close_multiplier
/// ```
pub(super) fn share(plan: &Plan, class: usize, drawn: &[f64]) -> f64 {
    let own = &plan.classes[class];
    if !own.ordered {
        return own.share;
    }
    split(channel(plan, class), own, drawn)
}

/// What a win of a class is worth, in one draw, as a multiple of the channel's mean. That of a curve's orders is 1 over
/// the audience.
///
/// ```text
/// value_c = value_multiplier_c / Σ share·value_multiplier
/// ```
pub(super) fn value_multiplier(plan: &Plan, class: usize, drawn: &[f64]) -> f64 {
    let own = &plan.classes[class];
    let value = own.multipliers.value;
    if !own.ordered {
        return value.of(drawn);
    }
    let classes = channel(plan, class);
    let mean: f64 = classes.iter().map(|class| split(classes, class, drawn) * class.multipliers.value.of(drawn)).sum();
    // Of orders that are all worth nothing, each is worth the mean.
    if mean > 0.0 { value.of(drawn) / mean } else { 1.0 }
}

fn split(classes: &[Class], own: &Class, drawn: &[f64]) -> f64 {
    let weight = |class: &Class| class.share * class.multipliers.close.of(drawn);
    let all: f64 = classes.iter().map(weight).sum();
    if all > 0.0 { weight(own) / all } else { own.share }
}

/// The classes of the channel that a class is of.
fn channel(plan: &Plan, class: usize) -> &[Class] {
    let calendar = plan.calendars.iter().find(|calendar| calendar.classes.contains(&class));
    let classes = calendar.map_or(class..class + 1, |calendar| calendar.classes.clone());
    &plan.classes[classes]
}
