//! `--set PATH=VALUE`: bare words work, and faults point into the option as it was typed.

use std::path::Path;

use foremix::scenario::load;
use insta::{assert_snapshot, with_settings};

use crate::faults;

const PLAN: &str = "tests/faults/right/plan.toml";

#[test]
fn a_value_needs_no_quotes_of_its_own() {
    for setting in [
        "sales.queue=best_first",
        "channels.search.budget=90k",
        "channels.search.visit_to_lead=2% to 5%",
        "channels.search.visit_to_lead = 2% to 5%",
        "channels.search.cost_per_click={ p10 = 2, p50 = 3, p90 = 6 }",
        "channels.search.flighting=[1,1,1,1,1,1,1,1,1,1,1,1,1]",
        "channels.walk_in.leads=40 a month",
        "channels.\"my fair\"={ kind = \"baseline\", leads = 3 }",
        "horizon.start=2027-01-04",
        "name=Plan #2, \"larger\"",
        "targets.revenue=1.2M",
    ] {
        if let Err(error) = load(Path::new(PLAN), &[setting.to_owned()]) {
            panic!("--set '{setting}'\n{error}");
        }
    }
}

#[test]
fn a_distribution_in_braces_takes_the_place_of_another() {
    let settings =
        ["sales.close_rate={ p10 = 0.1, p50 = 0.2, p90 = 0.3 }", "sales.close_rate={ mean = 0.2, sd = 0.05 }"];
    let scenario = load(Path::new(PLAN), &settings.map(String::from)).unwrap();
    let input = scenario.plan.parts.inputs.find("sales.close_rate").unwrap();
    let input = &scenario.plan.parts.inputs.list()[input.index()];
    assert_eq!(input.spelling, "{ mean = 0.2, sd = 0.05 }");
    let one_end = ["sales.close_rate={ p10 = 0.1, p50 = 0.2, p90 = 0.3 }", "sales.close_rate.p90=40%"];
    let scenario = load(Path::new(PLAN), &one_end.map(String::from)).unwrap();
    let input = scenario.plan.parts.inputs.find("sales.close_rate").unwrap();
    let p90 = scenario.plan.parts.inputs.list()[input.index()].at(0.9);
    assert!((p90 - 0.4).abs() < 1e-12, "{p90}");
}

#[test]
fn faults_of_settings_point_into_the_option() {
    let mut text = String::new();
    for setting in [
        "sales.queue=best",
        "sales.queu=best_first",
        "sales.close_rate=130%",
        "sales.close_rate.p50=20%",
        "sales.close_rate.high.end=20%",
        "channels.search.budget=2k to 5k",
        "channels.serch.budget=90k",
        "channels.billboards.budget=90k",
        "sales.reps.tem.cost_per_week=900",
        "chanels.search.budget=90k",
        "channels.search=90k",
        "channels.search.flighting=evn",
        "channels.search.flighting={ weeks = [3 }",
        "channels.my fair.leads=3",
        "targets.revenu=900k",
        "budget=90k",
        "90k",
        "=90k",
        "sales.queue=",
        "",
    ] {
        let (faults, sources) = faults(Path::new(PLAN), &[setting]).unwrap_or_else(|| panic!("{setting} is no fault"));
        text.push_str(&format!("--set '{setting}'\n{}\n\n", faults.render(&sources, false)));
    }
    with_settings!({omit_expression => true, prepend_module_to_snapshot => false}, {
        assert_snapshot!("settings", text);
    });
}

#[test]
fn faults_of_the_file_and_of_two_options_come_together() {
    let (faults, sources) =
        faults(Path::new("tests/faults/negative-amount.toml"), &["sales.close_rate=20", "deals.value_cv=many"])
            .unwrap();
    assert_eq!(faults.len(), 3, "{}", faults.render(&sources, false));
}
