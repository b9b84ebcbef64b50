//! What plans are called beside each other.

use super::Contender;

/// Names beyond this make sentences and tables hard to read.
const LONGEST_LABEL: usize = 28;

/// Names each plan as short as tells it from the others: by its variant, its name, its file, or its number.
pub fn label(plans: &mut [Contender]) {
    let one_file = plans.iter().all(|plan| plan.scenario.path == plans[0].scenario.path);
    let by_variant = |plan: &Contender| match &plan.scenario.variant {
        // A variant with a name of its own is called by it.
        Some(_) if plan.scenario.name != plans[0].scenario.name => plan.scenario.name.clone(),
        Some(variant) => variant.replace(['-', '_'], " "),
        None => "base plan".to_owned(),
    };
    let by_file = |plan: &Contender| {
        let file = plan.scenario.path.file_stem().unwrap_or_default();
        let file = file.to_string_lossy();
        match &plan.scenario.variant {
            Some(variant) => format!("{file}: {}", variant.replace(['-', '_'], " ")),
            None => file.into_owned(),
        }
    };
    let mut labels: Vec<String> = if one_file {
        plans.iter().map(by_variant).collect()
    } else {
        plans.iter().map(|plan| plan.scenario.title()).collect()
    };
    let is_long = |label: &String| label.chars().count() > LONGEST_LABEL;
    if !all_differ(&labels) || !one_file && labels.iter().any(is_long) {
        labels = plans.iter().map(by_file).collect();
    }
    if !all_differ(&labels) {
        for (number, label) in labels.iter_mut().enumerate() {
            label.push_str(&format!(" ({})", number + 1));
        }
    }
    for (plan, label) in plans.iter_mut().zip(labels) {
        plan.label = label;
    }
}

fn all_differ(labels: &[String]) -> bool {
    labels.iter().enumerate().all(|(at, label)| !labels[..at].contains(label))
}
