//! Promotions and risks: what they lift, what they borrow, how far they reach.

use super::SEEDS;
use super::estimate::{is_poisson, mean, variance};
use super::quarters::each_quarter;
use super::support::scenario;

/// Hours are ample, and a win closes at once.
const AMPLE: &str = r#"
    [sales]
    opportunity_rate = 0.5
    close_rate = 0.4
    cycle_weeks = 0
"#;

#[test]
fn a_promotion_brings_leads_and_wins_at_a_discount_and_borrows_from_the_weeks_after() {
    // 10 leads a week, of which .5·.4 are won for 100. Weeks 2 and 3: 1.5 times the leads, 1.2 times the close rate, a
    // quarter off the price; in week 3 a second promotion takes a fifth off what is left. Weeks 4 and 5 dip by 40 %
    // after the first, week 4 by half of that after the second. Goods cost 30 at any price.
    let text = format!(
        r#"
        {AMPLE}
        [deals]
        average_value = 100
        [horizon]
        weeks = 6
        tail_weeks = 0
        [promotions.sale]
        weeks = [2, 3]
        discount = 0.25
        lead_multiplier = 1.5
        close_multiplier = 1.2
        dip = 0.4
        dip_weeks = 2
        [promotions.more]
        weeks = [3, 3]
        discount = 0.2
        dip = 0.5
        dip_weeks = 1
        [channels.walk_in]
        kind = "baseline"
        leads = 10
        [finance]
        gross_margin = 0.7
        "#
    );
    let leads = [10.0, 15.0, 15.0, 3.0, 6.0, 10.0];
    let close = [0.4, 0.48, 0.48, 0.4, 0.4, 0.4];
    let price = [1.0, 0.75, 0.6, 1.0, 1.0, 1.0];
    let wins: Vec<f64> = (0..6).map(|t| leads[t] * 0.5 * close[t]).collect();
    let scenario = scenario(&text);
    for seed in SEEDS {
        let mut came = vec![Vec::new(); 6];
        let mut won = vec![Vec::new(); 6];
        let mut opportunities = Vec::new();
        each_quarter(&scenario, 0..20_000, seed, |_, _, tally| {
            let mut gross = 0.0;
            for (t, week) in tally.weeks.iter().enumerate() {
                came[t].push(week.leads);
                won[t].push(week.wins);
                // Every deal of a week is worth the same.
                let revenue = 100.0 * price[t] * week.wins;
                assert!((week.revenue - revenue).abs() < 1e-6);
                gross += revenue - 30.0 * week.wins;
            }
            assert!((tally.gross_profit() - gross).abs() < 1e-6);
            opportunities.push(tally.opportunities());
        });
        for t in 0..6 {
            is_poisson(&came[t], leads[t]);
            is_poisson(&won[t], wins[t]);
        }
        is_poisson(&opportunities, 0.5 * leads.iter().sum::<f64>());
    }
}

/// Leads that go on after the horizon of 2 weeks: 8, 12 and then half of the week before.
const LASTING: &str = r#"
    kind = "response"
    budget = 16
    scale = 1
    saturation = { kind = "none" }
    adstock = { kind = "geometric", retention = 0.5, normalize = false }
"#;

#[test]
fn promotions_and_risks_hold_in_the_weeks_after_the_horizon_as_in_those_within() {
    // A promotion of weeks 2 to 4 lifts demand by half and close rates to .48, at 3/4 of the price; week 5 dips by 40 %.
    // A risk that is certain halves the demand of one of two channels in weeks 4 and 5 and leaves .75 of all close rates.
    let text = format!(
        r#"
        {AMPLE}
        [deals]
        average_value = 100
        [horizon]
        weeks = 2
        tail_weeks = 4
        [promotions.sale]
        weeks = [2, 4]
        discount = 0.25
        lead_multiplier = 1.5
        close_multiplier = 1.2
        dip = 0.4
        dip_weeks = 1
        [shocks.slump]
        chance = 1
        weeks = [4, 5]
        channels = ["hit"]
        demand = 0.5
        close = 0.75
        [channels.spared]
        {LASTING}
        [channels.hit]
        {LASTING}
        [finance]
        gross_margin = 0.7
        commission = 0.1
        "#
    );
    let carried = [8.0, 12.0, 6.0, 3.0, 1.5, 0.75];
    let demand = [2.0, 2.0 * 1.5, 2.0 * 1.5, 1.5 * 1.5, 1.5 * 0.6, 2.0];
    let close = [0.4, 0.48, 0.48, 0.36, 0.3, 0.4];
    let price = [100.0, 75.0, 75.0, 75.0, 100.0, 100.0];
    let scenario = scenario(&text);
    for seed in SEEDS {
        let (mut came, mut won) = (vec![Vec::new(); 6], vec![Vec::new(); 6]);
        each_quarter(&scenario, 0..20_000, seed, |_, _, tally| {
            let (mut revenue, mut goods) = (0.0, 0.0);
            for (t, week) in tally.weeks.iter().enumerate() {
                came[t].push(week.leads);
                won[t].push(week.wins);
                assert!((week.revenue - price[t] * week.wins).abs() < 1e-6);
                if t >= 2 {
                    revenue += price[t] * week.wins;
                    goods += 30.0 * week.wins;
                }
            }
            assert!((tally.tail_revenue - revenue).abs() < 1e-6);
            assert!((tally.tail_profit() - (0.9 * revenue - goods)).abs() < 1e-6);
        });
        for t in 0..6 {
            let leads = carried[t] * demand[t];
            is_poisson(&came[t], leads);
            is_poisson(&won[t], leads * 0.5 * close[t]);
        }
    }
}

#[test]
fn a_promotion_within_another_s_dip_lifts_what_the_dip_has_left() {
    // The first doubles demand in weeks 1 and 2 and takes half of it in weeks 3 to 5; the second lifts it by half in
    // weeks 2 to 4 and takes a fifth in weeks 5 to 14, of which the plan has 5 and 6. A risk that comes in every second
    // draw leaves .4 of demand in weeks 4 to 6. Overlaps multiply.
    let text = format!(
        r#"
        {AMPLE}
        [deals]
        average_value = 100
        [horizon]
        weeks = 6
        tail_weeks = 0
        [promotions.first]
        weeks = [1, 2]
        lead_multiplier = 2
        dip = 0.5
        dip_weeks = 3
        [promotions.second]
        weeks = [2, 4]
        lead_multiplier = 1.5
        dip = 0.2
        dip_weeks = 10
        [shocks.slump]
        chance = 0.5
        weeks = [4, 6]
        demand = 0.4
        [channels.walk_in]
        kind = "baseline"
        leads = 10
        "#
    );
    let usual = [20.0, 30.0, 7.5, 7.5, 4.0, 8.0];
    let scenario = scenario(&text);
    for seed in SEEDS {
        let mut came = vec![Vec::new(); 6];
        each_quarter(&scenario, 0..20_000, seed, |_, _, tally| {
            for (came, week) in came.iter_mut().zip(&tally.weeks) {
                came.push(week.leads);
            }
        });
        for t in 0..3 {
            is_poisson(&came[t], usual[t]);
        }
        for t in 3..6 {
            mean(&came[t]).is(usual[t] * 0.7);
            let spread = 0.25 * (0.6 * usual[t]).powi(2);
            variance(&came[t]).is(usual[t] * 0.7 + spread);
        }
    }
}
