//! Response curves by points: the same curve as lists and from a file.

use std::path::Path;

use foremix::engine::{Unwatched, forecast};
use foremix::reading::Files;
use foremix::scenario::{LoadError, Loader, Scenario};

/// 2 weeks of 600 each.
const PLAN: &str = r#"
horizon = { weeks = 2, tail_weeks = 0 }
[channels.tv]
kind = "response"
budget = 1_200
scale = 10
saturation = { kind = "points", CURVE }
[sales]
selling_time = "35%"
reps.team = { count = 2 }
hours_per_lead = 0.5
opportunity_rate = "30%"
close_rate = "20%"
cycle_weeks = 1
[deals]
average_value = 5_000
"#;

fn load(curve: &str, table: &str) -> Result<Scenario, String> {
    let files = [("plan.toml", PLAN.replace("CURVE", curve)), ("curve.csv", table.to_owned())];
    let files = Files::in_memory(files.map(|(name, text)| (name, text.into_bytes())));
    match Loader::of(files).load::<&str>(Path::new("plan.toml"), None, &[]) {
        Ok(loaded) => Ok(loaded.scenario),
        Err(LoadError::Faulty { faults, sources }) => Err(faults.render(&sources, false)),
        Err(other) => Err(other.to_string()),
    }
}

fn leads(curve: &str, table: &str) -> Vec<f64> {
    let scenario = load(curve, table).unwrap_or_else(|fault| panic!("{fault}"));
    let forecast = forecast(&scenario, 64, 1, &Unwatched).expect("nobody stops it");
    let id = foremix::model::outcomes::OutcomeId::named("leads").expect("an outcome");
    forecast.draws.column(id).expect("its column").to_vec()
}

#[test]
fn a_file_of_points_is_the_same_curve_as_its_lists() {
    let lists = leads("spend = [0, 500, 1_000], result = [0, 0.45, 0.7]", "");
    for (curve, table) in [
        ("file = \"curve.csv\"", "spend,result\n500,0.45\n1000,0.7\n"),
        // In any order, with money as it is exported, the columns by name, other columns beside them.
        (
            "file = \"curve.csv\", spend = \"Cost\", result = \"conv. share\"",
            "Bid simulator\nBid;Cost;Conv. share\n2,0;$1.000,00;0,7\n1,0;$500,00;0,45\n0;0;0\n",
        ),
        // Of a table of several channels its own rows.
        (
            "file = \"curve.csv\", result = \"mean\"",
            "channel,spend,mean\nradio,500,9\nTV,500,0.45\nTV,1000,0.7\nradio,900,10\n",
        ),
    ] {
        assert_eq!(leads(curve, table), lists, "{table}");
    }
}

#[test]
fn what_is_wrong_with_a_file_of_points_is_said() {
    let file = "file = \"curve.csv\"";
    for (curve, table, told) in [
        (file, "cost,result\n1,2\n", "curve.csv has no column `spend`"),
        (file, "cost,result\n1,2\n", "its columns: cost, result; name them"),
        (file, "spend,result\n100,0.5\n200,many\n", "column `result` of curve.csv can't be used in line 3"),
        (file, "spend,result\n100,0.5\n200,\n", "this cell is empty"),
        (file, "spend,result\n100,0.5\n200,0.4\n", "no result is lower than the one before"),
        (file, "spend,result\n100,0.5\n100,0.6\n", "each spend exceeds the one before"),
        (file, "spend,result\n100,0.5\nTotal,0.5\n", "this line looks like a total"),
        (file, "channel,spend,result\na,1,1\nb,1,1\n", "its channels: a, b; call this channel as it is called there"),
        ("file = \"curve.csv\", spend = [1, 2]", "spend,result\n100,0.5\n", "expected the name of a column"),
        ("file = \"none.csv\"", "", "none.csv"),
        ("spend = [1, 2]", "", "needs `result`, or `file`"),
    ] {
        let fault = load(curve, table).expect_err(told);
        assert!(fault.contains(told), "{told}: {fault}");
    }
}

#[test]
fn little_of_a_foreign_file_is_quoted() {
    let secret = "secret ".repeat(30);
    let wide = format!("{}\n{}\n", vec![secret.as_str(); 30].join(","), ["1"; 30].join(","));
    let fault = load("file = \"curve.csv\"", &wide).expect_err("no such column");
    assert!(!fault.contains(&"secret ".repeat(7)) && fault.contains("and 10 more"), "{fault}");
}
