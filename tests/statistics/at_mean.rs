//! What is taken at its mean in place of being drawn: means stay what they are, and vary less.

use std::path::Path;

use foremix::engine::{Draws, Unwatched, run};
use foremix::model::at_mean::AtMean;
use foremix::model::outcomes::OutcomeId;
use foremix::model::plan::Plan;
use foremix::scenario::{Scenario, load};

use super::draws::{ask, column, draw};
use super::estimate::{mean, variance};
use super::support::{scenario, scenario_with};
use super::under_each_seed;

/// What adds up of what deals bring.
const ADDED_UP: [&str; 15] = [
    "revenue",
    "new_revenue",
    "repeat_revenue",
    "gross_profit",
    "marketing",
    "sales_cost",
    "profit",
    "worked",
    "opportunities",
    "wins",
    "wins_started",
    "closing_later",
    "tail_revenue",
    "profit_with_tail",
    "attainment",
];

#[track_caller]
fn means_stay(name: &str, scenario: &Scenario, expected: AtMean) {
    const DRAWS: u64 = 8_192;
    let plan = scenario.plan.for_means();
    assert_eq!(plan.parts.at_mean, expected, "{name}");
    let drawn = draw(scenario, 0..DRAWS, 1);
    let at_mean = run(&plan, &ask(scenario, 0..DRAWS, 1), &Unwatched).expect("nobody stops it");
    for key in ADDED_UP {
        let pairs = column(&at_mean, key).iter().zip(column(&drawn, key));
        let differences: Vec<f64> = pairs.map(|(a, b)| a - b).filter(|difference| !difference.is_nan()).collect();
        if differences.is_empty() {
            // Without a margin there is no profit, without a quota no attainment.
            continue;
        }
        let by = mean(&differences);
        let size = column(&drawn, key).iter().map(|value| value.abs()).fold(0.0, f64::max);
        assert!(by.value.abs() <= 4.0 * by.error + 1e-9 * size, "{name}: {key} {by:?}");
    }
    for key in ["cpl", "cac", "roas", "romi"] {
        let of = |draws: &Draws| *draws.ratio(OutcomeId::named(key).expect("an outcome")).expect("a ratio");
        if let Some((by, Some(error))) = of(&at_mean).less(&of(&drawn)) {
            assert!(by.abs() <= 4.5 * error, "{name}: {key} {by} ± {error}");
        }
    }
    if expected == AtMean::Deals {
        for key in ["unspent", "leads", "qualified", "utilization", "demand_ratio", "lost_to_waiting", "backlog_end"] {
            let same = |(a, b): (&f64, &f64)| a.to_bits() == b.to_bits();
            let unchanged = column(&at_mean, key).iter().zip(column(&drawn, key)).all(same);
            assert!(unchanged, "{name}: {key} hangs on no deal");
        }
    }
}

#[test]
fn means_of_bundled_plans_stay() {
    for (name, expected) in [
        ("agency", AtMean::Deals),
        ("b2b-saas", AtMean::Deals),
        ("b2b-team", AtMean::Deals),
        ("clinic", AtMean::Values),
        ("consultant", AtMean::Values),
        ("fitted-curves", AtMean::Deals),
        ("industrial", AtMean::Deals),
        ("local-services", AtMean::Values),
        ("starter", AtMean::Deals),
        ("web-shop", AtMean::Deals),
    ] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("scenarios/{name}.toml"));
        means_stay(name, &load(&path, &[]).expect("a scenario"), expected);
    }
}

const PLAN: &str = r#"
[horizon]
weeks = 8
tail_weeks = 6
[market]
volatility = 0.2
[segments.small]
[segments.large]
close_multiplier = 0.6
value_multiplier = 3
[channels.search]
kind = "ppc"
budget = 9_000
cost_per_click = "1 to 3"
clicks_available = 3_000
visit_to_lead = "4% to 9%"
audience = { small = 0.7, large = 0.3 }
[channels.again]
kind = "baseline"
leads = 3
new_customers = false
revenue_share = 0.1
[channels.shop]
kind = "baseline"
leads = 30
route = "online"
close_rate = "5% to 9%"
average_value = 80
[sales]
selling_time = 0.4
hours_per_lead = 0.4
hours_per_opportunity = 3
opportunity_rate = "30% to 50%"
close_rate = "20% to 40%"
cycle_weeks = "1 to 4"
cycle_cv = 0.8
lead_half_life = 2
leads_waiting = 9
[sales.reps.all]
count = 1
cost_per_week = 900
[deals]
median_value = "700 to 900"
value_p90 = 2_500
return_rate = "5% to 9%"
price_change = 0.05
price_elasticity = -1.5
[deals.open.hot]
count = "6 to 14"
close_rate = 0.4
weeks_to_close = 5
[finance]
gross_margin = 0.6
commission = 0.08
"#;

/// Everything that deals may meet on their way, and what has a look at them.
#[test]
fn means_of_a_rich_plan_stay_whatever_it_has() {
    let open = "deals.open.mild={ count = 4, weeks_to_close = 3, average_value = 2_000, close_rate = 0.9 }";
    let customers = "customers={ active = 80, repeat_rate = 0.1, repeat_value = 40, repeat_cv = 0.7, \
        churn_rate = 0.02, loyalty = { cost_per_customer = 0.5, repeat_multiplier = 1.2, churn_multiplier = 0.5, \
        start_week = 3 } }";
    let referring = "customers={ active = 80, repeat_rate = 0.1, repeat_value = 40, repeat_cv = 0.7, \
        referral_rate = 0.01 }";
    let by = |by: &str| format!("rules.move={{ kind = \"reallocate\", every = 2, shift = 0.3, by = \"{by}\" }}");
    let throttle = "rules.hold={ kind = \"throttle\", channels = [\"search\"], backlog_weeks = 0.5, to = 0.4 }";
    for (setting, expected) in [
        ("sales.queue=\"best_first\"", AtMean::Deals),
        ("promotions.sale={ weeks = [5, 6], close_multiplier = 1.3, discount = 0.2 }", AtMean::Deals),
        ("shocks.strike={ chance = 0.4, weeks = [2, 9], close = 0.7 }", AtMean::Deals),
        (
            "online.chat={ agents = 1, hours_per_week = 2, chats_per_hour = 3, chat_share = 0.4, answered = 2, missed = 0.5 }",
            AtMean::Deals,
        ),
        ("horizon.tail_weeks=0", AtMean::Deals),
        ("sales.cycle_weeks=0", AtMean::Deals),
        ("deals.open.hot.count=3000", AtMean::Deals),
        ("sales.prospecting={ share_of_time = 0.2, hours_per_lead = 2, opportunity_rate = 0.4 }", AtMean::Deals),
        ("sales.reps.openers={ count = 1, does = \"leads\" }", AtMean::Deals),
        (open, AtMean::Deals),
        (customers, AtMean::Deals),
        (referring, AtMean::Values),
        ("delivery={ per_week = 2 }", AtMean::Values),
        ("delivery={ hours_per_deal = 4, over_weeks = 2 }", AtMean::Values),
        ("booked={ revenue = 5_000, wins = 2, marketing = 300 }", AtMean::Deals),
        ("sales.quota=9_000", AtMean::Deals),
        ("brand={ max_lift = 0.3, half_spend = 4_000, half_life = 20 }", AtMean::Deals),
        (
            "channels.tv={ kind = \"response\", of = \"orders\", budget = 5_000, scale = 30, spend_scale = 1_000, saturation = { kind = \"none\" }, audience = { small = 0.5, large = 0.5 } }",
            AtMean::Deals,
        ),
        (throttle, AtMean::Deals),
        (&by("cost_per_qualified"), AtMean::Deals),
        (&by("cost_per_win"), AtMean::Values),
        (&by("romi"), AtMean::Nothing),
    ] {
        means_stay(setting, &scenario_with(PLAN, &[setting]), expected);
    }
}

#[test]
fn customers_who_take_hours_are_counted() {
    let customers =
        ["customers={ active = 80, repeat_rate = 0.1, repeat_value = 40 }", "sales.hours_per_customer=0.01"];
    means_stay("hours", &scenario_with(PLAN, &customers), AtMean::Values);
}

/// Λ = 650 leads walk in, of which .4·.25 are won, at 6,000 and a coefficient of variation of .5: revenue has
/// the variance Λ·.1·6,000²·(1 + .5²), its mean given the leads Λ·(.1·6,000)². That is 12.5 times less.
#[test]
fn what_is_left_of_the_variance_is_that_of_the_leads() {
    const PLAN: &str = r#"
[channels.walk_in]
kind = "baseline"
leads = 50
[sales]
selling_time = 1
opportunity_rate = 0.4
close_rate = 0.25
cycle_weeks = 0
response_curve = "none"
[sales.reps.team]
count = 1_000
[deals]
average_value = 6_000
value_cv = 0.5
"#;
    let (leads, worth) = (650.0, 0.1 * 6_000.0_f64);
    let near = |draws: &Draws, spread: f64| {
        mean(column(draws, "revenue")).is(leads * worth);
        variance(column(draws, "revenue")).is(spread);
    };
    under_each_seed(PLAN, 20_000, |draws| near(draws, leads * 0.1 * 6_000.0_f64.powi(2) * 1.25));
    let scenario = scenario(PLAN);
    let plan: Plan = scenario.plan.for_means();
    for seed in super::SEEDS {
        let draws = run(&plan, &ask(&scenario, 0..20_000, seed), &Unwatched).expect("nobody stops it");
        near(&draws, leads * worth * worth);
    }
}

/// Who is won by a channel of reorders or was open today is no new customer: without others there is no cost of one, and no
/// rounding of wins that are no whole numbers makes one.
#[test]
fn no_customer_has_no_cost() {
    let settings =
        ["channels.search.budget=0", "channels.shop.leads=0", "horizon.tail_weeks=0", "sales.leads_waiting=0"];
    let scenario = scenario_with(PLAN, &settings);
    let draws = run(&scenario.plan.for_means(), &ask(&scenario, 0..512, 1), &Unwatched).expect("nobody stops it");
    assert!(column(&draws, "wins").iter().all(|wins| *wins > 0.0), "reorders and open deals");
    assert!(column(&draws, "cac").iter().all(|cac| cac.is_nan()));
}
