//! The library as another program embeds it: plans from texts and from code.

#[path = "../examples/embed.rs"]
#[allow(dead_code, reason = "its main is for whoever runs the example")]
mod embed;

use foremix::engine::{Unwatched, run};
use foremix::scenario::{LoadError, Scenario};

const TEXT: &str = r#"
[horizon]
weeks = 13
tail_weeks = 8

[channels.search]
kind = "ppc"
budget = 12_000
cost_per_click = { uniform = [2, 3] }
clicks_available = 900
visit_to_lead = 0.03

[channels.walk-ins]
kind = "baseline"
leads = 6

[sales]
hours_per_week = 30
selling_time = 0.6
hours_per_lead = 1.5
opportunity_rate = 0.4
close_rate = 0.25
cycle_weeks = 3
cycle_cv = 0

[sales.reps.inside]
count = 2

[deals]
average_value = 4_000
"#;

#[test]
fn a_plan_built_in_code_is_the_plan_of_its_text_to_the_bit() {
    let written = Scenario::parse("small.toml", TEXT).unwrap_or_else(|error| panic!("{error}"));
    let (code, text) = (embed::plan().parts, &written.plan.parts);
    assert_eq!(code.channels, text.channels);
    assert_eq!((code.market, code.deals), (text.market.clone(), text.deals.clone()));
    assert_eq!(code.finance, text.finance);
    let spec = embed::spec(1_024);
    let [of_code, of_text] =
        [&embed::plan(), &written.plan].map(|plan| run(plan, &spec, &Unwatched).expect("nobody stops it"));
    for ((id, code), text) in spec.outcomes.iter().zip(&of_code.columns).zip(&of_text.columns) {
        let bits = |column: &[f64]| column.iter().map(|value| value.to_bits()).collect::<Vec<_>>();
        assert!(bits(code) == bits(text), "{}", id.outcome().key);
    }
    let revenue = spec.outcomes.iter().position(|id| id.outcome().key == "revenue").expect("an outcome");
    assert!(of_code.columns[revenue].iter().sum::<f64>() > 0.0);
}

#[test]
fn a_text_that_is_wrong_is_answered_with_its_name_and_every_fault() {
    let text = TEXT.replace("budget", "budgt").replace("average_value", "average_valu");
    let Err(LoadError::Faulty { faults, .. }) = Scenario::parse("small.toml", &text) else {
        panic!("both keys are misspelled");
    };
    assert_eq!(faults.iter().count(), 2);
    let other = format!("extends = \"base.toml\"\n{TEXT}");
    let said = Scenario::parse("small.toml", &other).expect_err("there is no such file").to_string();
    assert!(said.contains("small.toml") && said.contains("base.toml"), "{said}");
}
