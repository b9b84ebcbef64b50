//! A plan that is built in code, and its forecast: the library without its command line.
//!
//! `cargo run --example embed --no-default-features`

use foremix::engine::{RunSpec, Stopped, Streams, Unwatched, run, summarize_outcomes};
use foremix::inputs::{Inputs, Quantity, uniform};
use foremix::model::channels::{Baseline, Channel, Ppc};
use foremix::model::deals::Deals;
use foremix::model::horizon::Horizon;
use foremix::model::outcomes::OutcomeId;
use foremix::model::plan::{Parts, Plan};
use foremix::model::sales::Sales;
use foremix::model::speed::ResponseCurve;
use foremix::model::team::Reps;
use foremix::scenario::Sampling;

/// Ads and walk-ins, worked by two reps.
#[must_use]
pub(crate) fn plan() -> Plan {
    let horizon = Horizon { start: None, weeks: 13, tail: 8, tail_load: Quantity::Certain(0.8) };
    let mut inputs = Inputs::default();
    let cost_per_click = inputs.draw("channels.search.cost_per_click", uniform(2.0, 3.0));
    let search = Ppc::new(cost_per_click, Quantity::Certain(900.0), Quantity::Certain(0.03));
    let channels = vec![
        Channel::new("search", search, 12_000.0, &horizon),
        Channel::new("walk-ins", Baseline::new(Quantity::Certain(6.0)), 0.0, &horizon),
    ];
    let mut sales = Sales::none();
    sales.hours_per_week = Quantity::Certain(30.0);
    sales.selling_time = Quantity::Certain(0.6);
    sales.hours_per_lead = Quantity::Certain(1.5);
    sales.opportunity_rate = Quantity::Certain(0.4);
    sales.close_rate = Quantity::Certain(0.25);
    sales.cycle_weeks = Quantity::Certain(3.0);
    sales.response_curve = ResponseCurve::soft();
    sales.reps = vec![Reps::new("inside", 2)];
    let deals = Deals::worth(Quantity::Certain(4_000.0));
    Plan::new(Parts { inputs, ..Parts::new(horizon, channels, sales, deals) })
}

/// Every outcome of so many draws.
#[must_use]
pub(crate) fn spec(draws: u64) -> RunSpec {
    RunSpec {
        draws: 0..draws,
        seed: 1,
        streams: Streams::default(),
        sampling: Sampling::Stratified,
        held: Vec::new(),
        outcomes: OutcomeId::all().collect(),
        details: false,
    }
}

#[allow(clippy::print_stdout, reason = "an example says what came out")]
fn main() -> Result<(), Stopped> {
    let draws = run(&plan(), &spec(4_096), &Unwatched)?;
    for (id, stats) in summarize_outcomes(&draws) {
        let outcome = id.outcome();
        if ["leads", "wins", "revenue"].contains(&outcome.key) {
            let p = stats.percentiles;
            println!(
                "{}: {:.0} on average, {:.0} to {:.0} in 8 of 10 quarters",
                outcome.title, stats.mean, p.p10, p.p90
            );
        }
    }
    Ok(())
}
