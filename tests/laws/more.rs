//! More money: what it may not do.

use foremix::model::channels::{Channel, Offer};
use proptest::prelude::*;

use super::cases;
use super::plans::steady_channel;
use super::quarters::each_quarter;
use super::scenario;

const REST: &str = "[sales]\nopportunity_rate = 0.5\nclose_rate = 0.5\ncycle_weeks = 1\n[deals]\naverage_value = 9\n";

/// Leads expected of a channel that is given `money` in each week, and what it spends.
fn flow(channel: &Channel, drawn: &[f64], money: f64, weeks: usize, demand: f64) -> (f64, f64) {
    let mut running = channel.start(drawn);
    let (mut leads, mut spend) = (0.0, 0.0);
    for _ in 0..weeks {
        let flow = running.step(Offer { money, demand, price: 1.0, in_horizon: true });
        running.close();
        leads += flow.leads;
        spend += flow.spend;
    }
    (leads, spend)
}

proptest! {
    #![proptest_config(cases(250))]

    // Email aside, where a further send may tire more readers than it reaches; and insertions at a price that changes,
    // where money that comes early may buy dearly.
    #[test]
    fn more_money_never_lowers_the_leads_expected_of_a_channel(
        channel in steady_channel(),
        money in 0.0..3_000.0_f64,
        further in 0.0..3_000.0_f64,
        weeks in 1..40_usize,
        demand in 0.0..3.0_f64,
    ) {
        let scenario = scenario(&format!("[channels.it]\n{channel}{REST}"));
        each_quarter(&scenario, 0..4, 1, |_, drawn, _| {
            let channel = &scenario.plan.parts.channels[0];
            let (less, spent) = flow(channel, drawn, money, weeks, demand);
            let (more, spent_more) = flow(channel, drawn, money + further, weeks, demand);
            assert!(more >= less * (1.0 - 1e-12), "{more} leads, not {less}");
            assert!(spent_more >= spent * (1.0 - 1e-9), "{spent_more} spent, not {spent}");
        });
    }

    #[test]
    fn what_was_not_bought_costs_nothing(
        money in 0.0..3_000.0_f64,
        cost in 0.01..9.0_f64,
        clicks in 0.0..500.0_f64,
        demand in 0.0..3.0_f64,
    ) {
        // Clicks that do not exist, in a week without demand or of a channel without any, cost nothing; others cost at
        // least their first price, since each further one is dearer.
        let scenario = scenario(&format!(
            "[channels.it]\nkind = \"ppc\"\ncost_per_click = {cost}\nclicks_available = {clicks}\nvisit_to_lead = 1\n{REST}"
        ));
        let channel = &scenario.plan.parts.channels[0];
        for demand in [0.0, demand] {
            let (bought, spend) = flow(channel, &[], money, 1, demand);
            assert!(spend >= bought * cost * (1.0 - 1e-9));
            assert!(bought <= clicks * demand);
            assert_eq!(spend == 0.0, bought == 0.0);
        }
    }

    #[test]
    fn with_more_hours_at_hand_no_fewer_leads_are_worked(
        arrivals in 0.0..60.0_f64,
        effort in 0.1..3.0_f64,
        reps in 0..4_u32,
        order in prop_oneof![Just("newest_first"), Just("oldest_first"), Just("best_first")],
    ) {
        // Of one class that waits for ever: up to any week, hours that were never idle have worked as many leads as they
        // cover, and one rep more is never idle earlier without having worked more.
        let worked = |reps: u32| {
            let scenario = scenario(&format!(
                "[channels.it]\nkind = \"baseline\"\nleads = {arrivals}
                [sales]\nselling_time = 0.4\nhours_per_lead = {effort}\nqueue = \"{order}\"
                opportunity_rate = 0.5\nclose_rate = 0.5\ncycle_weeks = 1
                [sales.reps.team]\ncount = {reps}
                [deals]\naverage_value = 9"
            ));
            let mut worked = Vec::new();
            each_quarter(&scenario, 0..8, 3, |_, _, tally| worked.push(tally.worked));
            worked
        };
        for (fewer, more) in worked(reps).into_iter().zip(worked(reps + 1)) {
            assert!(more >= fewer, "{more} worked, not {fewer}");
        }
    }
}
