//! Money: spent at most as planned, and every sum the same by source, by week and in all.

use foremix::model::channels::Offer;
use proptest::prelude::*;

use super::plans::any_plan;
use super::quarters::each_quarter;
use super::scenario;
use super::{cases, same};

const DRAWS: u64 = 12;

proptest! {
    #![proptest_config(cases(250))]

    #[test]
    fn no_more_is_spent_than_was_planned_up_to_any_week(text in any_plan(), seed in 0..1_000_u64) {
        let scenario = scenario(&text);
        let plan = &scenario.plan;
        let planned: Vec<f64> = (0..plan.parts.horizon.all())
            .map(|week| plan.calendars.iter().map(|calendar| calendar.money[week]).sum())
            .collect();
        each_quarter(&scenario, 0..DRAWS, seed, |_, _, tally| {
            // Rules move money between channels and weeks; never more than there is.
            let as_planned = plan.parts.rules.is_empty();
            let (mut spent, mut allowed) = (0.0, 0.0);
            for (week, planned) in tally.weeks.iter().zip(&planned) {
                spent += week.spend;
                allowed += planned;
                if as_planned {
                    assert!(spent <= allowed * (1.0 + 1e-9) + 1e-9, "{spent} of {allowed}");
                }
                assert!(week.spend >= 0.0);
            }
            assert!(spent <= allowed * (1.0 + 1e-9) + 1e-9, "{spent} of {allowed}");
            same(tally.planned, allowed);
            same(tally.spend, spent);
            same(tally.spend, tally.sources.iter().map(|source| source.spend).sum());
            for (source, channel) in tally.sources.iter().zip(&plan.parts.channels) {
                let budget = if as_planned { channel.budget() } else { allowed };
                assert!(source.spend <= budget * (1.0 + 1e-9) + 1e-9);
            }
        });
    }

    #[test]
    fn each_channel_keeps_to_its_own_plan(text in any_plan(), seed in 0..1_000_u64, demand in 0.0..2.0_f64) {
        let scenario = scenario(&text);
        each_quarter(&scenario, 0..3, seed, |_, drawn, _| {
            for calendar in &scenario.plan.calendars {
                let mut running = scenario.plan.parts.channels[calendar.channel].start(drawn);
                let (mut spent, mut allowed) = (0.0, 0.0);
                for (week, &money) in calendar.money.iter().enumerate() {
                    let in_horizon = week < scenario.plan.parts.horizon.weeks;
                    let price = calendar.price[week];
                    let flow = running.step(Offer { money, demand, price, in_horizon });
                    running.close();
                    spent += flow.spend;
                    allowed += money;
                    assert!(spent <= allowed * (1.0 + 1e-9) + 1e-9, "{spent} of {allowed}");
                    assert!(flow.leads.is_finite() && flow.leads >= 0.0);
                }
            }
        });
    }

    #[test]
    fn revenue_is_the_same_by_source_by_week_and_in_all(text in any_plan(), seed in 0..1_000_u64) {
        let scenario = scenario(&text);
        let horizon = scenario.plan.parts.horizon.weeks;
        each_quarter(&scenario, 0..DRAWS, seed, |_, drawn, tally| {
            same(tally.sources.iter().map(|source| source.revenue).sum(), tally.new_revenue);
            let sum = |weeks: &[foremix::model::outcomes::WeekTally]| {
                weeks.iter().map(|week| week.revenue).sum::<f64>()
            };
            let parts = &scenario.plan.parts;
            let booked = tally.booked_revenue;
            same(sum(&tally.weeks[..horizon]), tally.revenue() - booked);
            let after = sum(&tally.weeks[horizon..]);
            if parts.customers.is_none() {
                same(after, tally.tail_revenue);
            }
            assert!(tally.tail_revenue <= after * (1.0 + 1e-9) + 1e-9);
            let price = parts.deals.price(drawn).0;
            if parts.conditions.promotions.is_empty() && scenario.plan.pipeline.is_none() {
                same(tally.list_revenue * price, tally.new_revenue + tally.repeat_revenue * price);
            }
            let earned = ["referral", "nurtured"];
            let earned: f64 = std::iter::zip(&scenario.plan.sources, &tally.sources)
                .filter(|(source, _)| source.channel.is_some() || earned.contains(&&*source.name))
                .map(|(_, tally)| tally.revenue)
                .sum();
            same(tally.earned_revenue, earned);
            // No deal closes that was not won, and none is worth less than nothing.
            assert!(tally.closing_later >= 0.0 && tally.new_revenue >= 0.0);
        });
    }
}
