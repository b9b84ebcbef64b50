//! The same seed gives the same bytes, whatever else is computed, and what stays the same in a plan meets the same luck.
//!
//! All of this is exact: figures are compared bit by bit.

#[path = "../support/mod.rs"]
mod support;

#[path = "../support/draws.rs"]
mod draws;

#[path = "../support/quarters.rs"]
mod quarters;

mod family;
mod luck;
mod many;
mod runs;
mod same_plan;
mod several;
mod side_by_side;

use foremix::engine::Draws;

/// A plan with a bit of everything: six channels that compete for short hours, two groups of reps and of open deals.
const RICH: &str = r#"
name = "A bit of everything"
[horizon]
weeks = 9
tail_weeks = 26
[market]
growth_per_week = { mean = 0.01, sd = 0.01 }
volatility = 0.2
persistence = 0.7
[channels.search]
kind = "ppc"
budget = 9_000
cost_per_click = "1.5 to 3"
clicks_available = 500
visit_to_lead = "3% to 6%"
variation = 0.3
fixed_cost = 0.1
[channels.guides]
kind = "seo"
budget = 3_000
cost_per_article = 300
visits_per_article = "5 to 20"
baseline_visits = 300
visit_to_lead = 0.02
qualified = "40% to 70%"
[channels.news]
kind = "email"
budget = 900
list_size = 5_000
cost_per_thousand = { mean = 20, sd = 4 }
click_rate = 0.02
click_to_lead = 0.05
variation = 0.5
variation_persistence = 0.5
[channels.mailing]
kind = "print"
budget = 4_000
cost_per_insertion = 700
circulation = 2_000
response_rate = { p10 = 0.002, p50 = 0.004, p90 = 0.01 }
fixed_cost = 0.2
[channels.fair]
kind = "event"
budget = 2_000
cost_per_event = 2_000
leads_per_event = 30
close_rate = 0.5
staff_hours_per_week = 0.3
[channels.walk_in]
kind = "baseline"
leads = "2 to 5"
fixed_cost = 0.7
staff_hours_per_week = 0.1
average_value = 300
[sales]
selling_time = "25% to 35%"
hours_per_lead = 0.7
hours_per_opportunity = 2.3
opportunity_rate = "30% to 50%"
close_rate = "20% to 40%"
cycle_weeks = "2 to 4"
lead_half_life = 3
leads_waiting = 12
[sales.reps.old]
count = 1
cost_per_week = 900.1
[sales.reps.fresh]
count = 1
start_week = 2
ramp_weeks = 6
cost_per_week = 700.7
[sales.reps.helper]
count = 1
start_week = 0
ramp_weeks = 12
cost_per_week = 333.3
[deals]
average_value = "800 to 1200"
value_cv = 0.8
[deals.open.hot]
count = 7
weeks_to_close = 2
hours_left = 1.3
[deals.open.cold]
count = 9
weeks_to_close = 6.5
close_rate = 0.2
hours_left = 2.7
average_value = "900 to 1500"
[finance]
gross_margin = 0.6
commission = 0.1
[targets]
revenue = 30_000
"#;

/// The bits of all columns.
fn bits(draws: &Draws) -> Vec<Vec<u64>> {
    let of = |column: &Vec<f64>| column.iter().map(|x| x.to_bits()).collect();
    draws.columns.iter().map(of).collect()
}

/// The claim that two runs have the same columns; it names the outcome that differs.
#[track_caller]
fn same_columns(a: &Draws, b: &Draws) {
    assert_eq!(a.outcomes, b.outcomes);
    for ((id, a), b) in a.outcomes.iter().zip(bits(a)).zip(bits(b)) {
        let differs = a.iter().zip(&b).position(|(a, b)| a != b);
        let key = id.outcome().key;
        assert_eq!(differs, None, "{key} differs, first in that row");
        assert_eq!(a.len(), b.len());
    }
}
