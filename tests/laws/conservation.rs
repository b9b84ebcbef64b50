//! Leads and hours: what comes in goes out, or is still there.

use foremix::model::channels::Route;
use foremix::model::outcomes::{SourceTally, Tally};
use foremix::model::plan::Plan;
use proptest::prelude::*;

use super::plans::any_plan;
use super::quarters::each_quarter;
use super::scenario;
use super::{cases, same};

const DRAWS: u64 = 12;

proptest! {
    #![proptest_config(cases(250))]

    #[test]
    fn no_lead_is_lost_or_made_up(text in any_plan(), seed in 0..1_000_u64) {
        let scenario = scenario(&text);
        let plan = &scenario.plan;
        each_quarter(&scenario, 0..DRAWS, seed, |_, drawn, tally| {
            let waiting = plan.parts.sales.leads_waiting.of(drawn).round();
            assert_eq!(
                tally.qualified + waiting,
                tally.worked + bought_online(plan, tally) + tally.lost_to_waiting + tally.backlog_end
            );
            // Leads that turn in a newsletter's pool came before, or in a week that counted them.
            let nurtured = of_source(plan, tally, "nurtured").qualified;
            assert!(tally.qualified - nurtured <= tally.leads);
            assert_eq!(
                tally.leads,
                tally.channel_leads
                    + of_source(plan, tally, "referral").leads
                    + of_source(plan, tally, "outbound").leads
            );
            if let Some(nurture) = &plan.parts.nurture {
                let to_sales = plan.parts.channels.iter().zip(&tally.sources);
                let rejected: f64 = to_sales
                    .filter(|(channel, _)| channel.route == Route::Sales)
                    .map(|(_, source)| source.leads - source.qualified)
                    .sum();
                assert!(nurtured <= nurture.pool.of(drawn).round() + rejected);
            }
            let by_source = |read: fn(&_) -> f64| tally.sources.iter().map(read).sum::<f64>();
            assert_eq!(by_source(|s| s.leads), tally.leads);
            assert_eq!(by_source(|s| s.qualified), tally.qualified);
            let horizon = plan.parts.horizon.weeks;
            let by_week: f64 = tally.weeks[..horizon].iter().map(|week| week.leads).sum();
            assert_eq!(by_week, tally.leads);
            assert_eq!(tally.weeks[horizon - 1].backlog, tally.backlog_end);
        });
    }

    #[test]
    fn no_deal_is_lost_or_made_up(text in any_plan(), seed in 0..1_000_u64) {
        let scenario = scenario(&text);
        let plan = &scenario.plan;
        each_quarter(&scenario, 0..DRAWS, seed, |_, drawn, tally| {
            assert!(tally.opportunities() <= tally.worked);
            assert!(
                tally.wins_started
                    <= tally.opportunities() + bought_online(plan, tally) + open_deals(plan, drawn)
            );
            assert!(tally.customers_won <= tally.wins && tally.wins <= tally.wins_started);
            let by_source = |read: fn(&_) -> f64| tally.sources.iter().map(read).sum::<f64>();
            assert_eq!(by_source(|s| s.wins), tally.wins);
            assert_eq!(by_source(|s| s.wins_started), tally.wins_started);
            assert!(tally.sources.iter().all(|source| source.wins <= source.wins_started));
            let horizon = plan.parts.horizon.weeks;
            let by_week: f64 = tally.weeks[..horizon].iter().map(|week| week.wins).sum();
            assert_eq!(by_week, tally.wins);
            if tally.wins == tally.wins_started {
                assert_eq!(tally.closing_later, 0.0);
            }
        });
    }

    #[test]
    fn no_hour_is_worked_twice(text in any_plan(), seed in 0..1_000_u64) {
        let scenario = scenario(&text);
        let plan = &scenario.plan;
        let horizon = plan.parts.horizon.weeks;
        each_quarter(&scenario, 0..DRAWS, seed, |_, _, tally| {
            let available = |weeks: &[foremix::model::outcomes::WeekTally]| {
                weeks.iter().map(|week| week.hours_available).sum::<f64>()
            };
            same(tally.hours_available, available(&tally.weeks[..horizon]));
            // Hours may come back unfinished and be used once more, but only once they have been there.
            assert!(tally.hours_perished >= 0.0);
            let used: f64 = tally.weeks[..horizon].iter().map(|week| week.hours_used).sum();
            let lasting = tally.hours_available - tally.hours_perished;
            assert!(lasting >= -1e-9 * tally.hours_available.max(1.0));
            assert!(used >= lasting - 1e-9 * used.max(1.0));
            // Begun on a lead that costs less once it has waited, hours come back: then a week may give back more than
            // it uses, but never more than was used until then.
            let mut used = 0.0;
            if plan.two_desks {
                let roles = tally.roles;
                same(roles.available.total(), tally.hours_available);
                same(roles.perished.total(), tally.hours_perished);
                for week in &tally.weeks {
                    same(week.roles.map(|role| role.available).total(), week.hours_available);
                    same(week.roles.map(|role| role.used).total(), week.hours_used);
                }
            }
            for week in &tally.weeks {
                used += week.hours_used;
                assert!(used >= -1e-9 && week.hours_available >= 0.0);
            }
        });
    }

    #[test]
    fn hours_used_are_the_work_that_was_done(
        text in any_plan(),
        seed in 0..1_000_u64,
        each in 0.1..4.0_f64,
    ) {
        // Every lead costs the same here, so the hours that neither perished nor are begun on a lead are those of the
        // leads worked and of the open deals, as far as they came.
        let mut scenario = scenario(&text);
        let sales = &mut scenario.plan.parts.sales;
        sales.hours_per_lead = foremix::inputs::Quantity::Certain(each);
        sales.hours_per_opportunity = foremix::inputs::Quantity::Certain(0.0);
        let plan = &scenario.plan;
        each_quarter(&scenario, 0..DRAWS, seed, |_, drawn, tally| {
            let lasting = tally.hours_available - tally.hours_perished;
            let outbound = of_source(plan, tally, "outbound").leads;
            let worked = (tally.worked - outbound) * each;
            let prospecting = plan.parts.sales.prospecting.as_ref();
            let share = prospecting.map_or(0.0, |own| own.share_of_time.of(drawn));
            let roles = tally.roles.available;
            let prospected = if plan.two_desks { roles.leads + roles.all } else { tally.hours_available };
            let lasting = lasting - share * prospected;
            let deals: f64 = plan
                .parts
                .deals
                .open
                .iter()
                .map(|open| open.count(drawn) as f64 * open.hours_left.of(drawn))
                .sum();
            let delivery = plan.parts.delivery.as_ref().map_or(0.0, |own| own.hours_per_deal.of(drawn));
            let deals = deals + delivery * tally.wins;
            let begun = each * plan.classes.len() as f64;
            let slack = 1e-6 * (1.0 + worked + deals);
            assert!(lasting >= worked - slack, "{lasting} h for work of {worked} h");
            assert!(lasting <= worked + deals + begun + slack, "{lasting} h for {worked} h and deals of {deals} h");
        });
    }
}

fn open_deals(plan: &Plan, drawn: &[f64]) -> f64 {
    let open = &plan.parts.deals.open;
    open.iter().map(|open| open.count(drawn) as f64).sum()
}

/// What a source counts; nothing where the plan does not have it.
fn of_source(plan: &Plan, tally: &Tally, name: &str) -> SourceTally {
    let place = plan.sources.iter().position(|source| source.name == name);
    place.map_or(SourceTally::default(), |place| tally.sources[place])
}

/// Qualified leads that need no salesperson.
fn bought_online(plan: &Plan, tally: &Tally) -> f64 {
    let channels = plan.parts.channels.iter().zip(&tally.sources);
    channels.filter(|(channel, _)| channel.route == Route::Online).map(|(_, source)| source.qualified).sum()
}
