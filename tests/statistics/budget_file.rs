//! Budgets week by week from a file: the money of each week is that of its rows, and what can't be meant is a fault.

use std::path::Path;

use foremix::reading::Files;
use foremix::scenario::{LoadError, Loader, Scenario};

use super::quarters::each_quarter;

const PLAN: &str = r#"
[horizon]
weeks = 5
start = 2027-01-04
[channels.search]
kind = "seo"
cost_per_article = 10
visits_per_article = 1
visit_to_lead = 0.1
[sales.reps.two]
count = 2
[sales]
opportunity_rate = 0.5
close_rate = 0.4
cycle_weeks = 1
[deals]
average_value = 300
"#;

fn load(keys: &str, file: &str) -> Result<Scenario, LoadError> {
    let own = format!("[channels.search]\nbudget_by_week = {{ file = \"budget.csv\", column = \"Search\" }}\n{keys}");
    let plan = PLAN.replace("[channels.search]", &own);
    let files = Files::in_memory([("plan.toml", plan.into_bytes()), ("budget.csv", file.as_bytes().to_vec())]);
    Loader::of(files).load(Path::new("plan.toml"), None, &[] as &[&str]).map(|loaded| loaded.scenario)
}

#[test]
fn the_money_of_each_week_is_that_of_its_rows() {
    for (keys, file, spend) in [
        // In order; what is not there is nothing.
        ("", "Search,Print\n100,7\n200,7\n,7\n\"1,400\",7\n", [100.0, 200.0, 0.0, 1_400.0, 0.0]),
        // By number, two rows of one week added, a total passed over.
        ("", "week;search\n2;50\n5;10\n2;25\nTotal;85\n", [0.0, 75.0, 0.0, 0.0, 10.0]),
        // By date, any day of a week, rows of other quarters passed over.
        (
            "",
            "Week of,Search\n2026-12-28,900\n2027-01-04,10\n2027-01-13,20\n2027-02-07,40\n2027-02-08,900\n",
            [10.0, 20.0, 0.0, 0.0, 40.0],
        ),
        // A budget beside it is spread as the weeks are.
        ("budget = 600\n", "Search\n1\n2\n0\n0\n3\n", [100.0, 200.0, 0.0, 0.0, 300.0]),
    ] {
        let scenario = load(keys, file).unwrap_or_else(|error| panic!("{error}\n{file}"));
        each_quarter(&scenario, 0..2, 1, |_, _, tally| {
            for (week, money) in tally.weeks.iter().zip(spend) {
                assert!((week.spend - money).abs() < 1e-9, "{} for {money} of\n{file}", week.spend);
            }
        });
    }
}

#[test]
fn what_a_file_of_budgets_cant_mean_is_a_fault() {
    for (keys, file, part) in [
        ("", "Print,Mail\n100,5\n", "budget.csv has no column `Search`"),
        ("", "Search\n1\n2\n3\n4\n5\n6\n", "budget.csv has 6 rows, and the plan 5 weeks"),
        ("", "week,Search\n1,10\n6,10\n", "can't be used in line 3"),
        ("", "Search\n10\nmuch\n", "column `Search` of budget.csv can't be used in line 3"),
        ("", "date,Search\n2026-01-05,10\n", "no row of budget.csv is a week of the plan"),
        ("flighting = \"even\"\n", "Search\n10\n", "both say how the budget is spread"),
        ("budget = 100\n", "Search\n0\n0\n", "has no money in the weeks of the plan"),
    ] {
        let error = load(keys, file).err().unwrap_or_else(|| panic!("nothing is wrong with\n{file}"));
        assert!(error.to_string().contains(part), "{error}\n{file}");
    }
}
