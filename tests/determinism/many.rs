//! More draws than are kept: what is said of them is the same however they came together, and near what they are.

use foremix::engine::{
    BLOCK, BUCKET, Draws, Forecast, Keeping, LEVELS, PartDraws, RunSpec, Stats, Stopped, Unwatched, forecast,
};
use foremix::scenario::{Note, Scenario};

/// A shop that is quick to simulate, and loses money now and then.
const SHOP: &str = r#"
[channels.walk-ins]
kind = "baseline"
leads = "4 to 9"
route = "online"
close_rate = 0.3

[channels.flyers]
kind = "baseline"
leads = "0.02 to 0.1"
route = "online"
close_rate = 0.5
fixed_cost = 4_000

[deals]
median_value = 900
value_p90 = 2_500

[finance]
gross_margin = "60%"

[horizon]
weeks = 4
tail_weeks = 0

[targets]
revenue = "9k"
profit = 0
"#;

/// So few are kept here that the rest take several rounds of simulation.
const KEPT: u64 = 4 * BLOCK as u64;

/// Not whole blocks, and across the end of a round.
const DRAWS: u64 = 70_100;

fn shop() -> Scenario {
    Scenario::parse("shop.toml", SHOP).expect("a plan")
}

fn simulated(keeping: Keeping) -> Forecast {
    let shop = shop();
    Forecast::simulate(&shop, &Forecast::spec(&shop, DRAWS, 5), keeping, &Unwatched).expect("nobody stops it")
}

/// Everything that is told of a forecast, to the last bit.
fn told(forecast: &Forecast) -> String {
    let Forecast { draws, outcomes, targets, sources, weeks, cumulative, shares, inputs, limits, notes, .. } = forecast;
    let columns: Vec<&[f64]> = draws.outcomes.iter().filter_map(|&id| draws.column(id)).collect();
    format!(
        "{columns:?} {outcomes:?} {targets:?} {sources:?} {weeks:?} {cumulative:?} {shares:?} {inputs:?} {limits:?} \
         {notes:?}"
    )
}

fn in_columns(draws: &Draws) -> Vec<usize> {
    draws.columns.iter().map(Vec::len).collect()
}

#[test]
fn many_draws_say_the_same_whatever_is_kept_of_them_and_however_they_are_cut() {
    let first = simulated(Keeping::First(KEPT));
    assert!(first.draws.are_sketched() && first.notes.contains(&Note::Sketched { draws: DRAWS, exact: KEPT }));
    assert_eq!((first.draws.count(), first.draws.exact(), first.draws.kept()), (DRAWS, 0..KEPT, 0..KEPT));
    assert!(in_columns(&first.draws).into_iter().all(|length| length == KEPT as usize));
    let all = simulated(Keeping::All(KEPT));
    assert_eq!((all.draws.exact(), all.draws.kept()), (0..KEPT, 0..DRAWS));
    assert!(in_columns(&all.draws).into_iter().all(|length| length == DRAWS as usize));
    assert!(told(&first) == told(&all), "what is kept changes figures");
    let shop = shop();
    let whole = Forecast::spec(&shop, DRAWS, 5);
    let parts = [0..3_500, 3_500..KEPT + 77, KEPT + 77..KEPT + 90, KEPT + 90..DRAWS]
        .map(|draws| PartDraws::simulate(&shop.plan, &RunSpec { draws, ..whole.clone() }, &Unwatched));
    let joined =
        Forecast::join::<Stopped>(&shop, &whole, Keeping::First(KEPT), parts, &Unwatched).expect("no part fails");
    assert!(told(&first) == told(&joined), "parts change figures");
}

#[test]
fn draws_that_are_kept_are_summarized_as_ever() {
    let shop = shop();
    let ask = Forecast::spec(&shop, KEPT, 5);
    let kept = Forecast::simulate(&shop, &ask, Keeping::First(KEPT), &Unwatched).expect("nobody stops it");
    assert!(!kept.draws.are_sketched());
    assert!(told(&kept) == told(&forecast(&shop, KEPT, 5, &Unwatched).expect("nobody stops it")));
}

/// Are two figures that close, as a share of the second? Sums in another order differ in their last bits.
fn assert_close(what: &str, [near, exact]: [f64; 2], share: f64) {
    let same = near.is_nan() && exact.is_nan() || near == exact;
    assert!(same || (near - exact).abs() <= share * exact.abs() + 1e-9, "{what}: {near} for {exact}");
}

#[test]
fn what_is_read_off_histograms_is_as_near_as_they_say() {
    let near = simulated(Keeping::First(KEPT));
    let exact = forecast(&shop(), DRAWS, 5, &Unwatched).expect("nobody stops it");
    let outcomes =
        near.outcomes.iter().zip(&exact.outcomes).map(|((id, near), (_, exact))| (id.outcome().key, near, exact));
    let inputs = near.inputs.iter().zip(&exact.inputs).map(|((name, near), (_, exact))| (&**name, near, exact));
    for (name, near, exact) in outcomes.chain(inputs) {
        let close = |what: &str, of: fn(&Stats) -> f64, share| {
            assert_close(&format!("{name}, {what}"), [of(near), of(exact)], share);
        };
        close("mean", |stats| stats.mean, 1e-9);
        close("sd", |stats| stats.sd, 1e-9);
        close("defined", |stats| stats.defined, 0.0);
        close("ratio of means", |stats| stats.ratio_of_means.map_or(0.0, |ratio| ratio.ratio), 0.0);
        close("worst tenth", |stats| stats.cvar10, BUCKET);
        for level in LEVELS {
            assert_close(&format!("{name} at {level}"), [near, exact].map(|stats| stats.percentile(level)), BUCKET);
        }
        close("error of the mean", |stats| stats.errors.map_or(f64::NAN, |errors| errors.mean), 1e-6);
    }
    assert_eq!(format!("{:?}", near.targets), format!("{:?}", exact.targets), "chances are counted, not read off");
}

#[test]
fn margins_of_percentiles_are_those_of_all_draws() {
    let near = simulated(Keeping::First(KEPT));
    let exact = forecast(&shop(), DRAWS, 5, &Unwatched).expect("nobody stops it");
    for ((id, near), (_, exact)) in near.outcomes.iter().zip(&exact.outcomes) {
        let [Some(near), Some(exact)] = [near, exact].map(|stats| stats.margin(0.5)) else { continue };
        // Each is a standard deviation of 32 batches, whose logarithm has an sd of 1/√62 = 0.127; the two share some of
        // their draws. Four standard deviations of the logarithm of their ratio: exp(4·√2·0.127) = 2.05.
        let (low, high) = (exact / 2.05, exact * 2.05);
        assert!((low..=high).contains(&near), "{}: {near} for {exact}", id.outcome().key);
    }
}
