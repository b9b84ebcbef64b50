//! Small plans and single inputs to test with.

use std::path::Path;

use foremix::engine::InputSampler;
use foremix::inputs::{self, Distribution, Domain, Inputs, KeySpec, Measure, Written};
use foremix::model::simulate::Seed;
use foremix::reading::{Diagnostic, Diagnostics, Sources, parse};
use foremix::scenario::{LoadError, Sampling, Scenario, load};
use foremix::units::{LARGEST, Range};

const PLAN: &str = r#"
[channels.search]
kind = "ppc"
budget = 20_000
cost_per_click = { uniform = [1, 33] }
clicks_available = 900
visit_to_lead = "3% to 6%"
[sales]
selling_time = 0.35
hours_per_lead = 0.5
opportunity_rate = "20% to 35%"
close_rate = "20% to 30%"
cycle_weeks = "4 to 7"
[sales.reps.team]
count = 2
[deals]
average_value = "4_000 to 6_000"
"#;

/// A plan whose inputs are `more` and five of its own, of which `channels.search.cost_per_click` is uniform on 1 … 33.
pub(crate) fn plan(more: &str, settings: &[&str]) -> Result<Scenario, LoadError> {
    let folder = tempfile::tempdir().expect("a folder for the test");
    plan_in(folder.path(), more, settings)
}

/// The same, in a folder that may hold other files.
pub(crate) fn plan_in(folder: &Path, more: &str, settings: &[&str]) -> Result<Scenario, LoadError> {
    let file = folder.join("plan.toml");
    std::fs::write(&file, format!("{PLAN}\n{more}")).expect("the plan is written");
    let settings: Vec<String> = settings.iter().map(|&setting| setting.to_owned()).collect();
    load(&file, &settings)
}

/// The inputs of a plan that is right.
pub(crate) fn inputs_of(scenario: &Scenario) -> &Inputs {
    &scenario.plan.parts.inputs
}

/// The draws of an input of a plan.
pub(crate) fn column(scenario: &Scenario, name: &str, draws: u64) -> Vec<f64> {
    let inputs = inputs_of(scenario);
    let input = inputs.find(name).expect("an uncertain input of that name");
    let seed = Seed { seed: 1, stream: 0 };
    InputSampler::new(inputs, seed, Sampling::Stratified, &[]).column(input.index(), 0..draws)
}

/// Spearman's rank correlation of columns without equal values.
pub(crate) fn spearman(x: &[f64], y: &[f64]) -> f64 {
    let ranks = |column: &[f64]| {
        let mut order: Vec<usize> = (0..column.len()).collect();
        order.sort_by(|&a, &b| column[a].total_cmp(&column[b]));
        let mut ranks = vec![0.0; column.len()];
        for (rank, row) in order.into_iter().enumerate() {
            ranks[row] = rank as f64;
        }
        ranks
    };
    let n = x.len() as f64;
    let squares = ranks(x).iter().zip(ranks(y)).map(|(a, b)| (a - b).powi(2)).sum::<f64>();
    1.0 - 6.0 * squares / (n * (n * n - 1.0))
}

/// What is read from `spelling` for a rate of a domain.
pub(crate) fn read(domain: Domain, spelling: &str, widen: f64) -> Result<Written, Vec<Diagnostic>> {
    let mut sources = Sources::default();
    let source = sources.add("test", format!("x = {spelling}"));
    let mut faults = Diagnostics::default();
    let table = parse(&sources, source, &mut faults);
    assert!(faults.is_empty(), "{}", faults.render(&sources, false));
    let range = match domain {
        Domain::Amount => Range::closed(0.0, LARGEST),
        Domain::Fraction => Range::closed(0.0, 1.0),
        Domain::Number => Range::closed(-LARGEST, LARGEST),
    };
    let terms = KeySpec {
        domain,
        range,
        measure: Measure::Counted,
        may_vary: true,
        unit: "",
        example: "",
        sources: &sources,
        rate: true,
        trial: false,
        widen,
    };
    inputs::read(table.get("x").expect("x is written"), &terms)
}

/// The distribution that `spelling` means.
pub(crate) fn distribution(domain: Domain, spelling: &str) -> Box<dyn Distribution> {
    widened(domain, spelling, 1.0)
}

/// The same with `simulation.widen`.
pub(crate) fn widened(domain: Domain, spelling: &str, widen: f64) -> Box<dyn Distribution> {
    match read(domain, spelling, widen) {
        Ok(Written::Uncertain { distribution, .. }) => distribution,
        other => panic!("{spelling} is not a distribution: {other:?}"),
    }
}

/// Mean and variance, `∫Q` and `∫(Q − mean)²` over even midpoints.
pub(crate) fn moments(distribution: &dyn Distribution) -> [f64; 2] {
    const POINTS: usize = 400_000;
    let values = || (0..POINTS).map(|i| distribution.quantile((i as f64 + 0.5) / POINTS as f64));
    let mean = values().sum::<f64>() / POINTS as f64;
    let squares = values().map(|x| (x - mean).powi(2)).sum::<f64>();
    [mean, squares / POINTS as f64]
}

/// Are two numbers the same to a share of `tolerance`?
pub(crate) fn close(found: f64, exact: f64, tolerance: f64) -> bool {
    (found - exact).abs() <= tolerance * exact.abs()
}
