//! What the weeks do to demand and to deals: risks, prices, kinds of buyers, the brand.

use super::SEEDS;
use super::draws::column;
use super::estimate::{covariance, is_poisson, mean, variance};
use super::quarters::each_quarter;
use super::support::scenario;
use super::under_each_seed;

/// Hours are ample, and a win closes at once.
const AMPLE: &str = r#"
    [sales]
    opportunity_rate = 0.5
    close_rate = 0.4
    cycle_weeks = 0
"#;

#[test]
fn goodwill_comes_to_rest_where_a_week_s_money_replaces_what_fades() {
    // G = kG + s has the rest point s/(1 − k), k = 2^(−1/h), from which nothing moves; from zero it is s(1 − k^t)/(1 − k)
    // at the start of week t, counted from 0. Half of 800 a week builds the brand: s = 400, h = 3. The lift of other
    // channels' leads is 1 + .5·G/(G + 1,000).
    let (weeks, s, k) = (8, 400.0, (-1.0_f64 / 3.0).exp2());
    let rest = s / (1.0 - k);
    let text = |goodwill: f64| {
        format!(
            r#"
            {AMPLE}
            [deals]
            average_value = 100
            [horizon]
            weeks = {weeks}
            tail_weeks = 0
            [brand]
            max_lift = 0.5
            half_spend = 1000
            half_life = 3
            goodwill = {goodwill}
            [channels.signs]
            kind = "ppc"
            budget = {}
            cost_per_click = 1
            clicks_available = 1_000_000
            visit_to_lead = 0
            brand_share = 0.5
            [channels.walk_in]
            kind = "baseline"
            leads = 10
            "#,
            800 * weeks
        )
    };
    let lift = |goodwill: f64| 1.0 + 0.5 * goodwill / (goodwill + 1_000.0);
    under_each_seed(&text(rest), 20_000, |draws| {
        is_poisson(column(draws, "leads"), 10.0 * f64::from(weeks) * lift(rest));
    });
    let growing: f64 = (0..weeks).map(|t| lift(rest * (1.0 - k.powi(t)))).sum();
    under_each_seed(&text(0.0), 20_000, |draws| {
        is_poisson(column(draws, "leads"), 10.0 * growing);
    });
}

#[test]
fn a_shock_comes_with_its_chance_and_hits_the_demand_it_names_and_every_close_rate() {
    // With chance .3, in 2 of 4 weeks, half the leads of one channel and .6 of all close rates are left. Its leads are a
    // mixture of Poisson(20·4) and Poisson(20·3); the others' leads are as ever, but their wins are a mixture of
    // Poisson(8·4·.2) and Poisson(8·(2·.2 + 2·.12)); and both move together: covariance p(1 − p)·Δ·Δ'.
    let text = format!(
        r#"
        {AMPLE}
        [deals]
        average_value = 100
        [horizon]
        weeks = 4
        tail_weeks = 0
        [shocks.slump]
        chance = 0.3
        weeks = [2, 3]
        channels = ["hit"]
        demand = 0.5
        close = 0.6
        [channels.hit]
        kind = "baseline"
        leads = 20
        [channels.spared]
        kind = "baseline"
        leads = 8
        "#
    );
    let scenario = scenario(&text);
    let (p, spread) = (0.3, 0.3 * 0.7);
    for seed in SEEDS {
        let (mut hit, mut spared, mut wins) = (Vec::new(), Vec::new(), Vec::new());
        each_quarter(&scenario, 0..40_000, seed, |_, _, tally| {
            hit.push(tally.sources[0].leads);
            spared.push(tally.sources[1].leads);
            wins.push(tally.sources[1].wins);
        });
        is_poisson(&spared, 32.0);
        let (usual, less) = (80.0, 20.0);
        mean(&hit).is(usual - p * less);
        variance(&hit).is(usual - p * less + spread * less * less);
        let (usual, fewer) = (6.4, 8.0 * 2.0 * 0.08);
        mean(&wins).is(usual - p * fewer);
        variance(&wins).is(usual - p * fewer + spread * fewer * fewer);
        covariance(&hit, &wins).is(spread * less * fewer);
    }
}

#[test]
fn a_shock_that_names_no_channel_hits_all_of_them() {
    let text = format!(
        r#"
        {AMPLE}
        [deals]
        average_value = 100
        [horizon]
        weeks = 3
        tail_weeks = 0
        [shocks.storm]
        chance = 1
        weeks = [1, 2]
        demand = 0.25
        [channels.one]
        kind = "baseline"
        leads = 4
        [channels.other]
        kind = "baseline"
        leads = 8
        "#
    );
    under_each_seed(&text, 20_000, |draws| {
        is_poisson(column(draws, "leads"), 12.0 * (0.25 + 0.25 + 1.0));
        is_poisson(column(draws, "wins"), 0.2 * 12.0 * 1.5);
    });
}

#[test]
fn an_audience_splits_leads_by_segment_each_with_its_own_rate_and_value() {
    // 20 leads, of which a quarter is large: their close rate, 3·.4, is capped at 1, and they are worth twice as much;
    // the small ones close as ever. Two independent compound Poisson sums, of 3 and of 2.5 wins: variance Σ Λ v²(1 + c²).
    let text = format!(
        r#"
        {AMPLE}
        [deals]
        average_value = 100
        value_cv = 0.5
        [horizon]
        weeks = 1
        tail_weeks = 0
        [segments.small]
        [segments.large]
        close_multiplier = 3
        value_multiplier = 2
        [channels.walk_in]
        kind = "baseline"
        leads = 20
        audience = {{ small = 0.75, large = 0.25 }}
        "#
    );
    let (small, large) = (20.0 * 0.75 * 0.5 * 0.4, 20.0 * 0.25 * 0.5);
    under_each_seed(&text, 30_000, |draws| {
        is_poisson(column(draws, "leads"), 20.0);
        is_poisson(column(draws, "opportunities"), 10.0);
        is_poisson(column(draws, "wins"), small + large);
        let revenue = column(draws, "revenue");
        mean(revenue).is(100.0 * small + 200.0 * large);
        variance(revenue).is(1.25 * (1e4 * small + 4e4 * large));
    });
}

#[test]
fn a_higher_price_loses_wins_by_its_elasticity_and_returns_take_revenue_and_goods() {
    // A quarter more: 1.25^−2 = .64 of the close rate, 125 for a win; a fifth of it comes back. Goods cost 60 % of the
    // list price of what stays. The commission is on what stays. Deals that are open keep their price.
    let text = format!(
        r#"
        {AMPLE}
        [deals]
        average_value = 100
        price_change = 0.25
        price_elasticity = -2
        return_rate = 0.2
        [deals.open.now]
        count = 10
        close_rate = 0.5
        weeks_to_close = 0
        [horizon]
        weeks = 2
        tail_weeks = 0
        [channels.walk_in]
        kind = "baseline"
        leads = 20
        [finance]
        gross_margin = 0.4
        commission = 0.1
        "#
    );
    let scenario = scenario(&text);
    for seed in SEEDS {
        let (mut new, mut open) = (Vec::new(), Vec::new());
        each_quarter(&scenario, 0..20_000, seed, |_, _, tally| {
            let [walk_in, pipeline] = &tally.sources[..] else {
                panic!("two sources");
            };
            new.push(walk_in.wins);
            open.push(pipeline.wins);
            let revenue = 0.8 * (125.0 * walk_in.wins + 100.0 * pipeline.wins);
            let goods = 0.8 * 60.0 * (walk_in.wins + pipeline.wins);
            let near = |found: f64, wanted: f64| assert!((found - wanted).abs() < 1e-6);
            near(tally.revenue(), revenue);
            near(tally.gross_profit(), revenue - goods);
            near(tally.sales_cost(), 0.1 * revenue);
        });
        is_poisson(&new, 40.0 * 0.5 * 0.4 * 0.64);
        mean(&open).is(5.0);
        variance(&open).is(2.5);
    }
}
