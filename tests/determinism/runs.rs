//! However a run is cut and shared out, its figures are the same.

use foremix::engine::{Unwatched, forecast, run};
use foremix::model::outcomes::OutcomeId;
use foremix::report::summary;
use foremix::scenario::Scenario;

use super::draws::{ask, draw};
use super::support::scenario;
use super::{RICH, bits, same_columns};

fn with_threads<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> T {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads").install(work)
}

fn json(scenario: &Scenario) -> String {
    let forecast = forecast(scenario, 5_000, 3, &Unwatched).expect("nobody stops it");
    serde_json::to_string(&summary(scenario, &forecast, 1.0)).expect("JSON")
}

#[test]
fn one_two_and_seven_threads_agree_to_the_byte() {
    let scenario = scenario(RICH);
    let [one, two, seven] =
        [1, 2, 7].map(|threads| with_threads(threads, || (json(&scenario), bits(&draw(&scenario, 0..5_000, 3)))));
    assert!(one == two && two == seven);
}

#[test]
fn a_draw_alone_is_its_row_among_a_hundred_thousand() {
    let scenario = scenario(include_str!("../../scenarios/starter.toml"));
    let all = draw(&scenario, 0..100_000, 1);
    for at in [777_u64, 99_999] {
        let alone = draw(&scenario, at..at + 1, 1);
        for (alone, all) in alone.columns.iter().zip(&all.columns) {
            assert_eq!(alone[0].to_bits(), all[at as usize].to_bits());
        }
    }
}

#[test]
fn a_run_in_parts_is_the_run_at_once() {
    let scenario = scenario(RICH);
    let all = draw(&scenario, 0..5_000, 8);
    let ends = [0, 1, 1_000, 1_024, 1_025, 3_333, 4_096, 5_000];
    let mut parts = draw(&scenario, 0..0, 8);
    for pair in ends.windows(2) {
        let part = draw(&scenario, pair[0]..pair[1], 8);
        for (column, further) in parts.columns.iter_mut().zip(part.columns) {
            column.extend(further);
        }
    }
    same_columns(&parts, &all);
}

#[test]
fn what_else_is_asked_for_changes_no_figure() {
    let scenario = scenario(RICH);
    let all = draw(&scenario, 0..2_000, 4);
    // Details run the tail and count by source and week; a single outcome runs no tail.
    let mut with_details = ask(&scenario, 0..2_000, 4);
    with_details.details = true;
    let with_details = run(&scenario.plan, &with_details, &Unwatched).expect("nobody stops it");
    same_columns(&with_details, &all);
    for id in OutcomeId::all() {
        let mut one = ask(&scenario, 0..2_000, 4);
        one.outcomes = vec![id];
        let one = run(&scenario.plan, &one, &Unwatched).expect("nobody stops it");
        let (one, all) = (one.column(id), all.column(id));
        let bits = |column: Option<&[f64]>| -> Option<Vec<u64>> { Some(column?.iter().map(|x| x.to_bits()).collect()) };
        assert!(bits(one) == bits(all), "{} differs", id.outcome().key);
    }
}

#[test]
fn another_seed_is_another_run() {
    let scenario = scenario(RICH);
    let [one, other] = [1, 2].map(|seed| draw(&scenario, 0..100, seed));
    let revenue = OutcomeId::named("revenue").expect("an outcome");
    assert!(one.column(revenue) != other.column(revenue));
}
