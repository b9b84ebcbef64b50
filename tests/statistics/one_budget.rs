//! A plan of one budget whose results are known: certain inputs, hours to spare, deals that close at once. Only luck is
//! left.

/// The plan, whose deals are worth 500 on average, with this coefficient of variation.
pub(super) fn plan(value_cv: f64) -> String {
    format!(
        r#"
    [horizon]
    weeks = 4
    tail_weeks = 0
    [channels.search]
    kind = "ppc"
    budget = 4000
    cost_per_click = 2
    clicks_available = 1000
    visit_to_lead = 0.05
    [sales]
    selling_time = 1
    hours_per_lead = 0.1
    opportunity_rate = 0.5
    close_rate = 0.4
    cycle_weeks = 0
    response_curve = "none"
    [sales.reps.team]
    count = 50
    [deals]
    average_value = 500
    value_cv = {value_cv}
    [finance]
    gross_margin = 1
"#
    )
}

/// Clicks on average under a budget B: a week buys D·(1 − exp(−B/(4·D·c))) of D = 1,000 clicks at c = 2.
pub(super) fn clicks(budget: f64) -> f64 {
    4_000.0 * (1.0 - (-budget / 8_000.0).exp())
}
