//! What messages offer for a key, the key takes.

use foremix::inputs::{self, Written};
use foremix::model::schema::{Key, Kind};
use foremix::reading::{Diagnostic, Diagnostics, Node, Sources, parse};
use foremix::scenario::{LoadError, Note, tables};

use super::plans::plan_in;

/// Reads a value for a key.
fn read(key: &Key, value: &str) -> Result<Written, Vec<Diagnostic>> {
    let mut sources = Sources::default();
    let source = sources.add("a value", format!("x = {value}"));
    let mut faults = Diagnostics::default();
    let table = parse(&sources, source, &mut faults);
    assert!(faults.is_empty(), "{value}: {}", faults.render(&sources, false));
    let node: &Node = table.get("x").expect("a value");
    let terms = key.terms(&sources, 1.0).expect("the key of a figure");
    inputs::read(node, &terms)
}

#[test]
fn every_key_takes_its_own_example_and_what_its_messages_offer() {
    let mut offers = 0;
    for table in tables() {
        for key in table.keys.iter().filter(|key| matches!(key.kind, Kind::Quantity { .. } | Kind::Certain { .. })) {
            let name = format!("[{}] {}", table.path, key.name);
            if key.example.starts_with('[') {
                // It takes a list as well, by a reader of its own.
                continue;
            }
            assert!(read(key, key.example).is_ok(), "{name} refuses its example {}", key.example);
            let faults = read(key, "\"?\"").expect_err("not a number");
            let help = faults[0].help.as_deref().unwrap_or_default();
            let (_, offered) = help.split_once(": write ").unwrap_or_else(|| panic!("{name} offers nothing: {help}"));
            for value in apart(offered) {
                assert!(read(key, value).is_ok(), "{name} offers {value} and refuses it");
                offers += 1;
            }
        }
    }
    assert!(offers > 200, "{offers} offers");
}

/// The values of `a, b or c`, outside of braces.
fn apart(text: &str) -> Vec<&str> {
    let mut values = Vec::new();
    let (mut start, mut depth) = (0, 0_usize);
    for (at, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                values.push(&text[start..at]);
                start = at + 1;
            }
            _ if depth == 0 && at >= start && text[at..].starts_with(" or ") => {
                values.push(&text[start..at]);
                start = at + 4;
            }
            _ => {}
        }
    }
    values.push(&text[start..]);
    values.into_iter().map(str::trim).filter(|value| !value.is_empty()).collect()
}

#[test]
fn what_is_misread_elsewhere_is_asked_about_and_what_is_clear_is_not() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let remedies = |setting: &str| match plan_in(folder.path(), "", &[setting]) {
        Ok(_) => None,
        Err(LoadError::Faulty { faults, .. }) => {
            let all = faults.iter().flat_map(|fault| &fault.remedies);
            Some(all.map(|remedy| remedy.text.clone()).collect::<Vec<_>>())
        }
        Err(other) => panic!("{setting}: {other}"),
    };
    for (setting, offered) in [
        ("deals.average_value=5 to 8k", vec!["\"5k to 8k\""]),
        ("deals.average_value={low=5,likely=6,high=\"8k\"}", vec![]),
        ("deals.average_value={uniform=[5,\"8k\"]}", vec![]),
        ("deals.average_value=24.000", vec!["24_000", "24.0"]),
        ("deals.average_value=1.250", vec!["1250", "1.25"]),
        ("deals.average_value=3.125", vec!["3125", "3.1250"]),
        ("deals.average_value=5%", vec![]),
        ("sales.hours_per_lead=5%", vec![]),
        ("channels.search.clicks_available=120%", vec![]),
        ("sales.close_rate=0.2 to 30%", vec!["\"0.2% to 30%\""]),
        ("sales.close_rate=20% to 30", vec!["\"20% to 30%\""]),
        ("deals.price_change=5% to 10", vec!["\"5% to 10%\""]),
        ("simulation.runs=2.000", vec!["2000", "2.0"]),
    ] {
        let expected: Vec<String> = offered.into_iter().map(String::from).collect();
        assert_eq!(remedies(setting), Some(expected), "{setting}");
    }
    for clear in [
        "deals.average_value=5k to 8000",
        "deals.average_value=5000 to 8k",
        "deals.average_value=800 to 2k",
        "deals.average_value=500 to 2M",
        "deals.average_value=24.00",
        "deals.average_value=0.125",
        "deals.average_value=1_000.000",
        "deals.average_value=1.234k",
        "deals.average_value={low=0,likely=\"5k\",high=\"8k\"}",
        "deals.average_value={values=[5,\"8k\"]}",
        "deals.average_value={mean=\"8k\",sd=500}",
        "sales.cycle_weeks=1.500 to 4.125",
        "sales.hours_per_lead=2.125",
        "deals.value_cv=70%",
        "deals.price_change=-5% to 10%",
        "deals.price_elasticity=-1.250",
        "sales.close_rate=0.125 to 0.250",
    ] {
        assert_eq!(remedies(clear), None, "{clear}");
    }
}

#[test]
fn a_number_that_was_probably_meant_in_percent_is_noted() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let noted = |setting: &str| {
        let plan = plan_in(folder.path(), "", &[setting]).unwrap_or_else(|error| panic!("{setting}: {error}"));
        plan.notes.into_iter().find_map(|note| match note {
            Note::LikelyPercent { path, written, percent } => Some(format!("{path} {written} {percent}")),
            _ => None,
        })
    };
    for (setting, note) in [
        ("deals.price_change=5", "deals.price_change 5 500"),
        ("deals.price_change=2 to 8", "deals.price_change 5 500"),
        ("deals.value_cv=70", "deals.value_cv 70 7000"),
        ("market.growth_per_week=2", "market.growth_per_week 2 200"),
        ("market.seasonality=[110, 90]", "market.seasonality 110 11000"),
        ("targets.attainment=90", "targets.attainment 90 9000"),
        ("targets.roas=400", "targets.roas 400 40000"),
        ("market.volatility=3", "market.volatility 3 300"),
        ("promotions.june={weeks=[1,2],lead_multiplier=120}", "promotions.june.lead_multiplier 120 12000"),
    ] {
        assert_eq!(noted(setting).as_deref(), Some(note), "{setting}");
    }
    for clear in [
        "deals.price_change=5%",
        "deals.price_change=500%",
        "deals.price_change=0.05",
        "deals.value_cv=0.7",
        "deals.value_cv=70%",
        "market.seasonality=[1.1, 0.9]",
        "promotions.june={weeks=[1,2],lead_multiplier=1.2}",
        "targets.attainment=90%",
        "targets.attainment=0.9",
        "targets.roas=12",
        "market.volatility=0.1",
    ] {
        assert_eq!(noted(clear), None, "{clear}");
    }
}
