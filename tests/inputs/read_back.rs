//! The plan read back: arithmetic that can be done by hand, and what is out of the ordinary.

use std::path::Path;

use foremix::reading::Files;
use foremix::report::read_back;
use foremix::scenario::{Loader, Scenario};

/// 2,600 for 13 weeks at 2 a click: 200 a week buy the clicks of a share s with −ln(1 − s)·D·c = 200; D = 100/0.5 and
/// c = 200/(200·ln 2), so that half of 200 clicks a week are bought at 2 each: 1,300 clicks, 65 leads, of which a fifth
/// become opportunities and three in ten of those wins: 3.9, worth 1,000 each. A lead takes 0.5 + 0.2·5 = 1.5 hours; two reps
/// have 40·0.3 = 12 hours a week each, enough for 8 leads; 5 come a week for both: 7.5 of 24 hours, 31 %.
const PLAN: &str = r#"
currency = "USD"
targets = { revenue = 20_000 }
[channels.paid_search]
kind = "ppc"
budget = 2_600
today = { spend = 200, clicks = 100, share = 0.5 }
visit_to_lead = "5%"
[sales]
reps.team = { count = 2, cost_per_week = 900 }
selling_time = 0.3
hours_per_lead = 0.5
hours_per_opportunity = 5
opportunity_rate = 0.2
close_rate = 0.3
cycle_weeks = 4
response_curve = "none"
[deals]
average_value = 1_000
[deals.open.now]
count = 30
close_rate = 0.3
weeks_to_close = 4
"#;

fn plan(more: &str, settings: &[&str]) -> Scenario {
    let files = Files::in_memory([("plan.toml", format!("{PLAN}{more}").into_bytes())]);
    let loaded = Loader::of(files).load(Path::new("plan.toml"), None, settings);
    loaded.unwrap_or_else(|error| panic!("{error}")).scenario
}

fn told(more: &str, settings: &[&str]) -> Vec<String> {
    read_back(&plan(more, settings), 1_000).lines().map(str::to_owned).collect()
}

#[test]
fn each_line_is_what_one_works_out_by_hand() {
    assert_eq!(
        told("", &[]),
        [
            "Paid search: 2,600 buys about 1,300 clicks at 2.00 → 65 leads (40 each) → 13 opportunities → 3.9 wins, worth 3,900 USD; 53% of the clicks to be had.",
            "Each of 2 reps has 12 hours a week for leads, enough for 8 leads; 5 come a week for all, and ask for 31% of their hours.",
            "The open pipeline, 30 deals of 30,000 USD together, covers 1.5 times the revenue target and brings 9,000 USD at its close rates, in the plan or later.",
        ]
    );
}

/// The same plan with its opportunities closed by others: 5 leads a week ask for 2.5 hours, the opportunity that one of
/// them becomes for 5. Each rep has 12.
fn by_role(reps: &str, settings: &[&str]) -> Vec<String> {
    let team = "reps.team = { count = 2, cost_per_week = 900 }";
    let files = Files::in_memory([("plan.toml", PLAN.replace(team, reps).into_bytes())]);
    let loaded = Loader::of(files).load(Path::new("plan.toml"), None, settings);
    let scenario = loaded.unwrap_or_else(|error| panic!("{error}")).scenario;
    read_back(&scenario, 1_000).lines().map(str::to_owned).collect()
}

/// 1,000 a week on a curve x/(x + half): at a half of 2 that is 1000/1002, with half of the money 500/502, or 99.8% of it.
#[test]
fn a_curve_that_is_used_up_is_flagged() {
    let flags = |half: &str| {
        let curve = format!(
            "[channels.tv]\nkind = \"response\"\nbudget = 13_000\nscale = 5\nsaturation = {{ kind = \"michaelis_menten\", half = {half} }}\n"
        );
        let lines = told(&curve, &[]).into_iter();
        lines.filter(|line| line.contains("its curve is used up")).collect::<Vec<_>>()
    };
    assert_eq!(flags("2").len(), 1);
    assert!(flags("2")[0].contains("tv would bring 99.8% as much with half of its money"), "{:?}", flags("2"));
    // With half of the money two thirds: 1/2 against 1/3.
    assert!(flags("1_000").is_empty());
}

#[test]
fn a_team_in_two_roles_is_read_back_by_role() {
    let reps = "reps.sdr = { count = 1, does = \"leads\" }\nreps.ae = { count = 2, does = \"opportunities\" }";
    let sdr = "The one rep for leads has 12 hours a week, enough for 24 leads; 5 come a week for one rep, and ask for 21% of their hours.";
    let ae = "Each of 2 reps for opportunities has 12 hours a week, enough for 2.4 opportunities; 1 comes a week for all, and asks for 21% of their hours.";
    assert_eq!(by_role(reps, &[])[1..3], [sdr, ae]);
    let with_one_for_both = format!("{reps}\nreps.owner = {{ count = 1 }}");
    let both = "The one rep for both has 12 hours a week; all reps together are asked for 16% of their hours.";
    assert_eq!(by_role(&with_one_for_both, &[])[1..4], [sdr, ae, both]);
    for (setting, expected) in [
        ("sales.hours_per_opportunity=60", "those who close are asked for 2.5 times the hours that there are"),
        ("sales.hours_per_lead=9", "those who work leads are asked for 3.8 times the hours that there are"),
    ] {
        let told = by_role(reps, &[setting]);
        assert!(told.iter().any(|line| line.contains(expected)), "{told:?}");
    }
}

#[test]
fn what_is_out_of_the_ordinary_is_flagged_and_what_was_counted_is_not() {
    let flags = |more: &str, settings: &[&str]| {
        let lines = told(more, settings).into_iter();
        lines.filter(|line| line.starts_with("Look again: ")).collect::<Vec<_>>()
    };
    for (setting, expected) in [
        ("channels.paid_search.visit_to_lead=50%", "channels.paid_search.visit_to_lead, the share of clicks"),
        ("sales.cycle_weeks=46", "sales.cycle_weeks is 46 weeks: is it meant in days?"),
        (
            "sales.reps.team.attrition=30%",
            "sales.reps.team.attrition, the share of reps who leave, is about 100% a year",
        ),
        ("sales.selling_time=2%", "sales.selling_time, the share of their hours"),
        ("sales.hours_per_opportunity=60", "the team is asked for"),
        ("channels.paid_search.today.clicks=2", "the price of a click"),
        ("channels.paid_search.variation=1.6", "how far weeks differ"),
    ] {
        let found = flags("", &[setting]);
        assert!(found.iter().any(|flag| flag.contains(expected)), "{setting}: {found:?}");
    }
    assert_eq!(flags("", &[]), [""; 0]);
    assert_eq!(flags("", &["channels.paid_search.visit_to_lead=1 of 2_000"]), [""; 0]);
    // Of rupees a click costs thousands.
    assert_eq!(flags("", &["channels.paid_search.today.clicks=2", "currency=IDR"]), [""; 0]);
    let twice = "[customers]\nactive = 100\nrepeat_rate = \"1 a month\"\nrepeat_value = 85\n";
    assert!(flags(twice, &[])[0].contains("is a year's revenue counted twice?"));
    let reorders = flags(twice, &["channels.paid_search.new_customers=false"]);
    assert!(reorders.iter().any(|flag| flag.contains("paid search brings reorders")), "{reorders:?}");
    let margin = "[finance]\ngross_margin = 0.2\n";
    assert!(flags(margin, &[])[0].contains("spends 667 USD for a win that leaves a gross profit of 200 USD"));
}

#[test]
fn bundled_plans_raise_no_flag_without_a_comment() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    for entry in std::fs::read_dir(folder).expect("the scenarios") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|ending| ending != "toml") {
            continue;
        }
        let scenario = Loader::default().load(&path, None, &[] as &[&str]).expect("a right plan").scenario;
        let text = std::fs::read_to_string(&path).expect("its text");
        for flag in read_back(&scenario, 10_000).lines().filter(|line| line.starts_with("Look again: ")) {
            let stated = flag.trim_start_matches("Look again: ").split([',', ' ']).next().unwrap_or_default();
            let key = stated.rsplit('.').next().unwrap_or_default();
            let commented = text.lines().any(|line| line.starts_with(key) && line.contains('#'));
            assert!(commented, "{}: {flag}", path.display());
        }
    }
}
