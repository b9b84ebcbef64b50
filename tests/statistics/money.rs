//! From revenue to profit, draw by draw, and to the chance of a target.

use foremix::engine::{Unwatched, forecast};
use foremix::model::outcomes::{OutcomeId, Tally};

use super::SEEDS;
use super::quarters::each_quarter;
use super::support::scenario;

#[test]
fn every_draw_s_money_adds_up() {
    // gross profit = margin·revenue (no discounts yet); commission on new revenue; what the channels cost is spend and
    // fees; ratios are what their names say, and a draw without a denominator has none.
    let text = r#"
        [horizon]
        weeks = 6
        tail_weeks = 8
        [channels.search]
        kind = "ppc"
        budget = 9000
        cost_per_click = 3
        clicks_available = 400
        visit_to_lead = 0.02
        fixed_cost = 500
        [channels.walk_in]
        kind = "baseline"
        leads = 1
        fixed_cost = 100
        [sales]
        selling_time = 0.3
        hours_per_lead = 2
        opportunity_rate = 0.5
        close_rate = 0.4
        cycle_weeks = 4
        leads_waiting = 3
        [sales.reps.team]
        count = 2
        cost_per_week = 700
        [deals]
        average_value = 1000
        value_cv = 0.5
        [deals.open.now]
        count = 6
        weeks_to_close = 3
        hours_left = 4
        [finance]
        gross_margin = 0.7
        commission = 0.1
        fixed_costs = 1500
    "#;
    let scenario = scenario(text);
    let same = |found: f64, wanted: f64| {
        assert!(
            (found - wanted).abs() <= 1e-9 * wanted.abs().max(1.0) || found.is_nan() && wanted.is_nan(),
            "{found} is not {wanted}"
        );
    };
    let over = |a: f64, b: f64| if b == 0.0 { f64::NAN } else { a / b };
    each_quarter(&scenario, 0..3_000, 5, |_, _, tally| {
        let get = |key| outcome(key, tally);
        let revenue = get("revenue");
        let [search, walk_in, backlog, pipeline] = &tally.sources[..] else {
            panic!("four sources");
        };
        same(revenue, search.revenue + walk_in.revenue + backlog.revenue + pipeline.revenue);
        same(get("new_revenue"), revenue);
        same(get("repeat_revenue"), 0.0);
        same(get("gross_profit"), 0.7 * revenue);
        same(get("marketing"), search.spend + 600.0);
        same(get("unspent"), 9_000.0 - search.spend);
        same(get("sales_cost"), 6.0 * 1_400.0 + 0.1 * revenue);
        let profit = 0.7 * revenue - (search.spend + 600.0) - (8_400.0 + 0.1 * revenue) - 1_500.0;
        same(get("profit"), profit);
        same(get("cpl"), over(search.spend + 600.0, get("leads")));
        let wins = search.wins + walk_in.wins + backlog.wins;
        same(get("cac"), over(search.spend + 600.0 + 8_400.0 + 0.1 * revenue, wins));
        let earned = search.revenue + walk_in.revenue;
        same(get("roas"), earned / (search.spend + 600.0));
        same(get("romi"), (0.7 * earned - search.spend - 600.0) / (search.spend + 600.0));
        // In the tail the team is paid for the hours that it uses: 1,400 for 24 h.
        let after = &tally.weeks[6..];
        let tail_revenue: f64 = after.iter().map(|week| week.revenue).sum();
        let used: f64 = after.iter().map(|week| week.hours_used).sum();
        same(get("tail_revenue"), tail_revenue);
        same(get("tail_profit"), 0.6 * tail_revenue - 1_400.0 * used / 24.0);
        same(get("profit_with_tail"), profit + get("tail_profit"));
    });
}

fn outcome(key: &str, tally: &Tally) -> f64 {
    OutcomeId::named(key).expect("an outcome").outcome().of(tally)
}

#[test]
fn chances_and_shortfalls_of_targets_are_those_of_the_distribution() {
    // Leads ~ Poisson(9), all of them lost to waiting. Leads reach 12 with chance P(N ≥ 12) and fall short by E[(12 −
    // N)⁺]; losses are a cost, which keeps to 7 with chance P(N ≤ 7) and exceeds it by E[(N − 7)⁺].
    let text = r#"
        [horizon]
        weeks = 3
        tail_weeks = 0
        [channels.walk_in]
        kind = "baseline"
        leads = 3
        [sales]
        selling_time = 0.3
        hours_per_lead = 1
        opportunity_rate = 0.5
        close_rate = 0.4
        cycle_weeks = 0
        lead_half_life = 0
        [deals]
        average_value = 100
        [targets]
        leads = 12
        lost_to_waiting = 7
    "#;
    let mut chance = vec![(-9.0_f64).exp()];
    for n in 1..60 {
        chance.push(chance[n - 1] * 9.0 / n as f64);
    }
    let expected = |of: &dyn Fn(f64) -> f64| -> f64 {
        let each = chance.iter().enumerate();
        each.map(|(n, chance)| chance * of(n as f64)).sum()
    };
    let scenario = scenario(text);
    let count = 40_000_u32;
    for seed in SEEDS {
        let forecast = forecast(&scenario, count.into(), seed, &Unwatched).expect("nobody stops it");
        assert_eq!(forecast.targets.len(), 2);
        for (target, short) in forecast
            .targets
            .iter()
            .zip([(&|n: f64| (12.0 - n).max(0.0)) as &dyn Fn(f64) -> f64, &|n: f64| (n - 7.0).max(0.0)])
        {
            let near = |found: f64, of: &dyn Fn(f64) -> f64, draws: f64| {
                let theory = expected(of);
                let variance = expected(&|n| of(n).powi(2)) - theory.powi(2);
                assert!((found - theory).abs() <= 4.0 * (variance / draws).sqrt());
            };
            let draws = f64::from(count);
            near(target.chance.probability, &|n| f64::from(short(n) == 0.0), draws);
            near(target.mean_shortfall, short, draws);
            let missed = target.mean_shortfall / target.mean_shortfall_given_miss;
            assert!((missed - (1.0 - target.chance.probability)).abs() < 1e-9);
        }
    }
}

#[test]
fn what_is_booked_brings_a_target_nearer_by_as_much() {
    // 5 deals of 500 are booked, at a margin of .6 and a commission of .1. N ~ Poisson(9) deals of 100 close, so revenue
    // reaches 1,700 with N ≥ 12, and so do the gross profit .6·1,700, 17 wins and, at a cost of 70 + 20 and a fixed cost
    // of 10, a profit of .5·1,700 − 100. The sales cost keeps to .1·1,200 with N ≤ 7.
    let text = r#"
        [horizon]
        weeks = 3
        tail_weeks = 0
        [channels.walk_in]
        kind = "baseline"
        leads = 3
        fixed_cost = 20
        [sales]
        opportunity_rate = 1
        close_rate = 1
        cycle_weeks = 0
        response_curve = "none"
        [deals]
        average_value = 100
        [booked]
        revenue = 500
        wins = 5
        marketing = 70
        [finance]
        gross_margin = 0.6
        commission = 0.1
        fixed_costs = 10
        [targets]
        revenue = 1_699
        new_revenue = 1_699
        wins = 17
        gross_profit = 1_019
        profit = 749
        marketing = 90.5
        sales_cost = 121
    "#;
    let mut chance = (-9.0_f64).exp();
    let mut below = [chance; 2];
    for n in 1..12 {
        chance *= 9.0 / f64::from(n);
        below[0] += chance;
        below[1] += if n <= 7 { chance } else { 0.0 };
    }
    let wanted = [1.0 - below[0]; 5].into_iter().chain([1.0, below[1]]);
    let scenario = scenario(text);
    for seed in SEEDS {
        let forecast = forecast(&scenario, 20_000, seed, &Unwatched).expect("nobody stops it");
        assert_eq!(forecast.targets.len(), 7);
        for (target, wanted) in forecast.targets.iter().zip(wanted.clone()) {
            let found = target.chance.probability;
            let error = (wanted * (1.0 - wanted) / 20_000.0).sqrt();
            let key = target.outcome.outcome().key;
            assert!((found - wanted).abs() <= 4.0 * error, "{key}: {found} is not {wanted} ± {error}");
        }
    }
}

#[test]
fn channels_take_their_share_as_deals_close_and_reorders_acquire_nobody() {
    // One channel takes 15 % of the revenue of its deals, after returns, and its wins are reorders: no customers come of
    // them, and CAC is over the other channel's wins alone. Deals close up to the tail, and are paid for there.
    let text = r#"
        [horizon]
        weeks = 6
        tail_weeks = 8
        [channels.marketplace]
        kind = "baseline"
        leads = 4
        revenue_share = 0.15
        new_customers = false
        [channels.walk_in]
        kind = "baseline"
        leads = 2
        fixed_cost = 100
        [sales]
        opportunity_rate = 1
        close_rate = 0.5
        cycle_weeks = 3
        [deals]
        average_value = 1000
        value_cv = 0.5
        return_rate = 0.1
        [customers]
        referral_rate = 0.01
        [finance]
        gross_margin = 0.7
    "#;
    let same = |found: f64, wanted: f64| {
        let agree = (found - wanted).abs() <= 1e-9 * wanted.abs().max(1.0) || found.is_nan() && wanted.is_nan();
        assert!(agree, "{found} is not {wanted}");
    };
    let mut reordered = 0.0;
    each_quarter(&scenario(text), 0..2_000, 11, |_, _, tally| {
        let get = |key| outcome(key, tally);
        let [marketplace, walk_in, referral] = &tally.sources[..] else { panic!("three sources") };
        let marketing = 0.15 * marketplace.revenue + 100.0;
        same(get("marketing"), marketing);
        same(get("profit"), 0.7 * get("revenue") - marketing);
        let acquired = walk_in.wins + referral.wins;
        same(get("cac"), if acquired > 0.0 { marketing / acquired } else { f64::NAN });
        assert_eq!(marketplace.spend, 0.0);
        let reorders: f64 = tally.weeks.iter().take(6).map(|week| week.reorders).sum();
        same(reorders, marketplace.wins);
        reordered += reorders;
        // Of what closes in the tail no more is taken than 15 %, and no less than nothing.
        let kept = get("tail_profit") / get("tail_revenue");
        assert!(kept.is_nan() || (0.55 - 1e-9..=0.7 + 1e-9).contains(&kept), "{kept}");
    });
    assert!(reordered > 1_000.0);
}
