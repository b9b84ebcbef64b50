//! Inputs that move together.

use foremix::engine::{BLOCK, InputSampler, Unwatched, forecast};
use foremix::model::simulate::Seed;
use foremix::report::{note, summary};
use foremix::scenario::Sampling;

use super::plans::{column, inputs_of, plan, spearman};

const COST: &str = "channels.search.cost_per_click";
const VISITS: &str = "channels.search.visit_to_lead";
const OPPORTUNITY: &str = "sales.opportunity_rate";
const CLOSE: &str = "sales.close_rate";
const DRAWS: u64 = 32 * 1024;

fn correlated(names: &[&str], rank: f64) -> String {
    format!("[[correlations]]\nbetween = {names:?}\nrank = {rank}\n")
}

/// For normal latents a rank correlation strays by less than 1.06(1 − ρ²)/√n.
#[test]
fn the_rank_correlation_asked_for_is_attained() {
    for rank in [-0.9, -0.3, 0.0, 0.5, 0.95] {
        let scenario = plan(&correlated(&[CLOSE, COST], rank), &[]).expect("a right plan");
        let found = spearman(&column(&scenario, CLOSE, DRAWS), &column(&scenario, COST, DRAWS));
        let error = 1.06 * (1.0 - rank * rank) / (DRAWS as f64).sqrt();
        assert!((found - rank).abs() < 4.0 * error, "{rank}: {found}");
    }
}

#[test]
fn several_inputs_are_correlated_pair_by_pair_and_the_rest_is_not() {
    let more = correlated(&[COST, VISITS, CLOSE], -0.3) + &correlated(&[OPPORTUNITY, VISITS], 0.6);
    let scenario = plan(&more, &[]).expect("a right plan");
    let columns = [COST, VISITS, CLOSE, OPPORTUNITY].map(|name| column(&scenario, name, DRAWS));
    let asked = [(0, 1, -0.3), (0, 2, -0.3), (1, 2, -0.3), (1, 3, 0.6), (0, 3, 0.0), (2, 3, 0.0)];
    for (a, b, rank) in asked {
        let found = spearman(&columns[a], &columns[b]);
        assert!((found - rank).abs() < 4.0 * 1.06 / (DRAWS as f64).sqrt(), "{a} {b}: {found}");
    }
}

#[test]
fn the_range_of_each_input_stays_what_was_written() {
    let scenario = plan(&correlated(&[COST, CLOSE], 0.8), &[]).expect("a right plan");
    let mut rates = column(&scenario, CLOSE, DRAWS);
    rates.sort_by(f64::total_cmp);
    // A percentile strays by √(p(1 − p)/n) of all draws.
    let error = (0.05 * 0.95 / DRAWS as f64).sqrt();
    for (p, end) in [(0.05, 0.2), (0.95, 0.3)] {
        let below = rates.partition_point(|&rate| rate < end) as f64 / DRAWS as f64;
        assert!((below - p).abs() < 4.0 * error, "{end}: {below}");
    }
}

/// `cost_per_click` is uniform on 1 … 33: its whole part numbers its stratum.
#[test]
fn the_first_named_keeps_its_strata() {
    let scenario = plan(&correlated(&[COST, CLOSE, VISITS], 0.5), &[]).expect("a right plan");
    let costs = column(&scenario, COST, 4 * BLOCK as u64);
    for (at, block) in costs.chunks(BLOCK).enumerate() {
        let mut strata = [0; 32];
        block.iter().for_each(|&cost| strata[cost as usize - 1] += 1);
        assert_eq!(strata, [32; 32], "block {at}");
    }
    let alone = plan("", &[]).expect("a right plan");
    assert_eq!(costs, column(&alone, COST, 4 * BLOCK as u64));
}

#[test]
fn inputs_without_a_correlation_are_drawn_as_before() {
    let [alone, tied] = ["", &correlated(&[COST, CLOSE], 0.5)].map(|more| plan(more, &[]).expect("a right plan"));
    for name in [VISITS, OPPORTUNITY, "deals.average_value"] {
        assert_eq!(column(&alone, name, 3000), column(&tied, name, 3000), "{name}");
    }
    assert_ne!(column(&alone, CLOSE, 3000), column(&tied, CLOSE, 3000));
}

#[test]
fn an_input_made_certain_leaves_the_others_as_they_were() {
    let more = correlated(&[COST, VISITS, CLOSE], 0.4);
    let scenario = plan(&more, &[]).expect("a right plan");
    for certain in [COST, VISITS] {
        let setting = format!("{certain}=0.05");
        let held = plan(&more, &[&setting]).expect("a setting may make an input certain");
        assert!(inputs_of(&held).find(certain).is_none());
        for name in [COST, VISITS, CLOSE, OPPORTUNITY].into_iter().filter(|name| *name != certain) {
            assert_eq!(column(&scenario, name, 3000), column(&held, name, 3000), "{name}");
        }
    }
}

#[test]
fn an_input_that_is_held_leaves_the_others_as_they_were() {
    let scenario = plan(&correlated(&[COST, VISITS, CLOSE], 0.4), &[]).expect("a right plan");
    let inputs = inputs_of(&scenario);
    let seed = Seed { seed: 1, stream: 0 };
    for name in [COST, VISITS] {
        let held = inputs.find(name).expect("an input");
        let draw = |held: &[_]| {
            let mut values = Vec::new();
            let sampler = InputSampler::new(inputs, seed, Sampling::Stratified, held);
            sampler.fill(0..BLOCK as u64, &mut values);
            values
        };
        let (free, fixed) = (draw(&[]), draw(&[(held, 7.0)]));
        for (at, (free, fixed)) in free.iter().zip(&fixed).enumerate() {
            let of_held = at % inputs.list().len() == held.index();
            assert_eq!(*fixed, if of_held { 7.0 } else { *free });
        }
    }
}

#[test]
fn a_draw_needs_no_other_draw() {
    let scenario = plan(&correlated(&[COST, VISITS, CLOSE], 0.4), &[]).expect("a right plan");
    let inputs = inputs_of(&scenario);
    for sampling in [Sampling::Stratified, Sampling::Random] {
        let sampler = InputSampler::new(inputs, Seed { seed: 3, stream: 0 }, sampling, &[]);
        let mut rows = Vec::new();
        sampler.fill(1100..1300, &mut rows);
        for input in 0..sampler.width() {
            let whole = sampler.column(input, 0..3000);
            assert_eq!(whole[700..2500], sampler.column(input, 700..2500));
            let of_rows: Vec<f64> = rows.iter().skip(input).step_by(sampler.width()).copied().collect();
            assert_eq!(whole[1100..1300], of_rows);
        }
    }
}

#[test]
fn a_reader_is_told_where_equal_values_keep_inputs_apart() {
    let setting = "sales.close_rate={ values = [0.2, 0.3], weights = [9, 1] }";
    let scenario = plan(&correlated(&[COST, CLOSE], 0.8), &[setting]).expect("a right plan");
    let forecast = forecast(&scenario, 10_240, 1, &Unwatched).expect("nobody stops it");
    let told =
        forecast.notes.iter().map(note).any(|text| {
            text.contains("channels.search.cost_per_click and sales.close_rate move together less than asked")
        });
    assert!(told, "{:?}", forecast.notes);
    let summary = summary(&scenario, &forecast, 0.0);
    let pair = &summary.correlations[0];
    assert_eq!(pair.between[1], CLOSE);
    assert_eq!(pair.rank, Some(0.8));
    // 9 of 10 draws share a value: the ranks of the rest can explain no more than √(1 − 0.9³ − 0.1³) = 0.52.
    let attained = pair.attained.expect("a number");
    assert!((0.3..0.52).contains(&attained), "{attained}");
    let certain = plan(&correlated(&[COST, CLOSE], 0.8), &["sales.close_rate=0.2"]).expect("a right plan");
    let forecast = foremix::engine::forecast(&certain, 1024, 1, &Unwatched).expect("nobody stops it");
    assert!(forecast.correlations[0].attained.is_nan());
}
