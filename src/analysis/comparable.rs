//! Whether plans can be compared at all.

use super::Contender;

/// Why plans have no difference that means anything: they differ in length, or in currency. None where they can be compared.
#[must_use]
pub fn incomparable(plans: &[Contender]) -> Option<String> {
    let [base, others @ ..] = plans else { return None };
    let differ = |plan: &Contender, what: &str, theirs: String, ours: String| {
        format!(
            "\"{}\" {what} {theirs}, \"{}\" {ours}: only plans of the same length and currency can be compared",
            plan.label, base.label
        )
    };
    others.iter().find_map(|plan| {
        let [a, b] = [plan, base].map(|plan| &plan.scenario.plan.parts.horizon);
        if a.weeks != b.weeks {
            return Some(differ(plan, "plans", format!("{} weeks", a.weeks), format!("{} weeks", b.weeks)));
        }
        if a.tail != b.tail {
            let theirs = format!("{} weeks after (tail_weeks)", a.tail);
            return Some(differ(plan, "watches the", theirs, format!("{}", b.tail)));
        }
        let [a, b] = [plan, base].map(|plan| match plan.scenario.currency.as_str() {
            "" => "no currency".to_owned(),
            currency => currency.to_owned(),
        });
        (a != b).then(|| differ(plan, "counts in", a, b))
    })
}
