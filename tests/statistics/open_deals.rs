//! Open deals one by one, from a file.

use std::path::Path;

use foremix::reading::Files;
use foremix::scenario::{LoadError, Loader, Note, Scenario};

use super::draws::{column, draw};
use super::estimate::{mean, variance};
use super::quarters::each_quarter;
use super::{SEEDS, support};

const PLAN: &str = r#"
[horizon]
start = 2027-01-04
weeks = 6
tail_weeks = 10
[sales]
selling_time = 0.3
hours_per_lead = 1
opportunity_rate = 0.5
close_rate = 0.4
cycle_weeks = 2
reps.two = { count = 2 }
[deals]
average_value = 300
value_cv = 0.7
"#;

fn load(group: &str, file: &str) -> Result<Scenario, LoadError> {
    let plan = format!("{PLAN}[deals.open.now]\nfile = \"deals.csv\"\n{group}");
    let files = Files::in_memory([("plan.toml", plan.into_bytes()), ("deals.csv", file.as_bytes().to_vec())]);
    Loader::of(files).load(Path::new("plan.toml"), None, &[] as &[&str]).map(|loaded| loaded.scenario)
}

fn loaded(group: &str, file: &str) -> Scenario {
    load(group, file).unwrap_or_else(|error| panic!("{error}\n{file}"))
}

/// What is wrong with a file, in words.
fn refused(group: &str, file: &str) -> String {
    match load(group, file) {
        Ok(_) => panic!("nothing is wrong with\n{file}"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn a_file_of_deals_that_are_alike_gives_the_figures_of_as_many_counted() {
    let counted = support::scenario(&format!(
        "{PLAN}[deals.open.now]\ncount = 40\naverage_value = 500\nclose_rate = 0.3\nweeks_to_close = 4\nhours_left = 2\n"
    ));
    let rows = "500\n".repeat(40);
    let listed =
        loaded("value_cv = 0.7\nclose_rate = 0.3\nweeks_to_close = 4\nhours_left = 2\n", &format!("amount\n{rows}"));
    let by_row = format!("amount,close_rate,hours_left\n{}", "500,30%,2\n".repeat(40));
    let by_row = loaded("value_cv = 0.7\nweeks_to_close = 4\n", &by_row);
    for seed in SEEDS {
        let mut tallies = Vec::new();
        each_quarter(&counted, 0..500, seed, |_, _, tally| tallies.push(tally.clone()));
        for other in [&listed, &by_row] {
            let mut own = tallies.iter();
            each_quarter(other, 0..500, seed, |draw, _, tally| {
                let counted = own.next().expect("as many draws");
                assert_eq!(tally.weeks, counted.weeks, "draw {draw}");
                assert_eq!(tally.sources, counted.sources, "draw {draw}");
            });
        }
    }
}

#[test]
fn each_deal_has_its_own_amount_chance_and_week() {
    // Revenue is Σ a_k·B_k with B_k ~ Bernoulli(p_k): mean Σ a_k·p_k, variance Σ a_k²·p_k(1 − p_k). January 4 begins week 1:
    // the 20th is in week 3, like close_week 3; the empty week closes at once, since weeks_to_close is 0.
    let file = "name,amount,close_rate,close_week,close_date\n\
                Acme,\"12,000\",50%,3,\nGlobex,4000,0.25,,2027-01-20\nInitech,800,90%,,\n";
    let scenario = loaded("weeks_to_close = 0\n", file);
    for seed in SEEDS {
        let draws = draw(&scenario, 0..40_000, seed);
        let revenue = column(&draws, "revenue");
        mean(revenue).is(6_000.0 + 1_000.0 + 720.0);
        variance(revenue).is(12_000.0_f64.powi(2) * 0.25 + 4_000.0_f64.powi(2) * 0.1875 + 800.0_f64.powi(2) * 0.09);
    }
    each_quarter(&scenario, 0..200, 3, |_, _, tally| {
        let revenue: Vec<f64> = tally.weeks.iter().map(|week| week.revenue).collect();
        assert!([0.0, 800.0].contains(&revenue[0]));
        assert!([0.0, 4_000.0, 12_000.0, 16_000.0].contains(&revenue[2]));
        assert_eq!(revenue.iter().sum::<f64>(), revenue[0] + revenue[2]);
    });
}

#[test]
fn what_programs_export_is_read_like_what_was_written_by_hand() {
    let by_hand = loaded(
        "weeks_to_close = 2\n",
        "name,amount,close_rate,close_date\nAcme,12000,0.5,2027-01-20\nGlobex,4500.5,0.1,2027-02-14\n",
    );
    for (export, closed) in [
        (
            "\u{feff}\"Opportunity Name\",\"Amount\",\"Probability (%)\",\"Close Date\",\"Stage\"\r\n\"Acme\",\"USD 12,000.00\",\"50\",\"1/20/2027\",\"Proposal\"\r\n\"Old\",\"9\",\"100\",\"1/5/2027\",\"Closed Won\"\r\n\"Globex\",\"USD 4,500.50\",\"10\",\"2/14/2027\",\"Proposal\"\r\n",
            1,
        ),
        (
            "Deal - ID;Deal - Title;Deal - Value;Deal - Probability;Deal - Expected close date;Deal - Stage;Deal - Status\n1;Acme;12.000,00 €;50%;20.01.2027;Demo;open\n2;Globex;4.500,50 €;10%;14.02.2027;Demo;Open\n3;Lost;1,00 €;10%;14.02.2027;Demo;lost\n",
            1,
        ),
        (
            "Open pipeline\nAs of today\n\nRecord ID,Deal Name,Deal Stage,Amount,Close Date,Forecast probability\n1,Acme,Proposal,12000,2027-01-20 10:15,0.5\n2,Globex,Proposal,4500.5,2027-02-14 00:00,0.1\n\nConfidential\n",
            0,
        ),
    ] {
        let exported = loaded("weeks_to_close = 2\n", export);
        let [own, other] = [&exported, &by_hand].map(|scenario| {
            let draws = draw(scenario, 0..300, 1);
            column(&draws, "revenue").to_vec()
        });
        assert_eq!(own, other, "{export}");
        let left_out = Note::ClosedDealsLeftOut { file: "deals.csv".into(), deals: closed };
        assert_eq!(exported.notes.contains(&left_out), closed > 0, "{export}");
    }
}

#[test]
fn rows_that_can_t_be_used_are_told_with_their_lines() {
    for (group, file, told) in [
        ("weeks_to_close = 2\n", "value of deals\n3\n", "deals.csv has no column `amount`"),
        ("weeks_to_close = 2\n", "amount\n5\nmuch\n", "column `amount` of deals.csv can't be used in line 3"),
        ("weeks_to_close = 2\n", "name,amount\nAcme,\n", "this deal has no amount"),
        ("weeks_to_close = 2\n", "amount\n24.000\n", "is this 24_000 or 24?"),
        ("weeks_to_close = 2\n", "amount,close_rate\n5,140%\n", "a chance is 0% to 100%"),
        ("weeks_to_close = 2\n", "amount,close_week\n5,17\n", "a whole number from 1 to 16, the tail included"),
        ("weeks_to_close = 2\n", "amount,close_date\n5,2026-12-30\n", "this date lies before all weeks of the plan"),
        ("weeks_to_close = 2\n", "amount,close_date\n5,2027-12-30\n", "this date lies after all weeks of the plan"),
        ("weeks_to_close = 2\n", "amount,close_date\n5,4/5/2027\n", "is this 2027-04-05 or 2027-05-04?"),
        ("weeks_to_close = 2\n", "amount,close_week,close_date\n5,2,2027-01-12\n", "has a close_week as well"),
        ("weeks_to_close = 2\n", "name,amount\nAcme,5\nTotal,5\n", "looks like a total"),
        ("weeks_to_close = 2\n", "amount\n", "deals.csv has no rows"),
        ("weeks_to_close = 2\n", "amount\n1,5\n", "line 2 has 2 cells"),
        ("", "amount,close_week\n5,2\n7,\n", "needs `weeks_to_close`"),
        ("weeks_to_close = 2\ncount = 3\n", "amount\n5\n", "`count` and `file` say the same in two ways"),
    ] {
        let text = refused(group, file);
        assert!(text.contains(told), "{told}: {text}");
    }
    // Every deal has its week: weeks_to_close is not asked for.
    assert!(load("", "amount,close_week\n5,2\n7,16\n").is_ok());
}
