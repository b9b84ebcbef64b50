//! After the horizon: what the plan leaves meets a team at work on the next one.

use foremix::model::outcomes::{OutcomeId, SourceTally, Tally};

use super::SEEDS;
use super::quarters::each_quarter;
use super::support::scenario;

/// A plan whose leads and deals go on into a tail of 10 weeks; `horizon` and `sales` are further keys.
fn plan(horizon: &str, sales: &str) -> String {
    format!(
        r#"
        [horizon]
        weeks = 5
        {horizon}
        [channels.show]
        kind = "event"
        budget = 2000
        cost_per_event = 1000
        leads_per_event = "30 to 60"
        half_life = 3
        [sales]
        hours_per_week = 40
        selling_time = "30% to 50%"
        hours_per_lead = 1
        hours_per_opportunity = 3
        opportunity_rate = 0.5
        close_rate = 0.4
        cycle_weeks = 2
        lead_half_life = 4
        {sales}
        [sales.reps.team]
        count = 2
        cost_per_week = 700
        [deals]
        average_value = 1000
        value_cv = 0.5
        [deals.open.now]
        count = 6
        weeks_to_close = 8
        hours_left = 4
        [finance]
        gross_margin = 0.7
        "#
    )
}

/// All that a draw counts, the wages of the tail apart.
fn counts(text: &str) -> Vec<Tally> {
    let mut tallies = Vec::new();
    each_quarter(&scenario(text), 0..300, SEEDS[0], |_, _, tally| {
        let mut free = tally.clone();
        free.tail_wages = 0.0;
        tallies.push(free);
    });
    tallies
}

#[test]
fn the_load_of_the_tail_is_a_team_that_is_half_there() {
    // Half of the hours, whichever way it is said: by the load, or by who is present from week 6 on. So without a load
    // all who are present work on what the plan has left. Halves are exact in doubles: the same bytes.
    let halves = "availability = [1, 1, 1, 1, 1, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5]";
    let same = |one: &str, other: &str| {
        for (one, other) in counts(one).iter().zip(counts(other)) {
            assert_eq!(format!("{one:?}"), format!("{other:?}"));
        }
    };
    same(&plan("tail_weeks = 10\ntail_load = 0.5", ""), &plan("tail_weeks = 10\ntail_load = 0", halves));
    same(
        &plan("tail_weeks = 10\ntail_load = 0", "availability = 1"),
        &plan("tail_weeks = 10\ntail_load = 0", "availability = [1, 1, 1, 1, 1, 1, 1, 1]"),
    );
}

#[test]
fn four_hours_of_five_are_taken_where_a_plan_does_not_say() {
    each_quarter(&scenario(&plan("tail_weeks = 10", "")), 0..50, 3, |_, drawn, tally| {
        let team = tally.weeks[0].hours_available;
        assert!(drawn.len() == 2 && team > 0.0);
        assert!(tally.weeks[1..5].iter().all(|week| week.hours_available == team));
        assert!(tally.weeks[5..].iter().all(|week| (week.hours_available - 0.2 * team).abs() < 1e-12 * team));
    });
}

#[test]
fn the_horizon_does_not_see_the_load_of_the_tail() {
    // Not even whether there is a tail: the key is no error in a plan without one.
    let horizon = |text: &str| -> Vec<String> {
        let tallies = counts(text).into_iter();
        let sources = |tally: &Tally| -> Vec<[f64; 6]> { tally.sources.iter().map(SourceTally::figures).collect() };
        tallies.map(|tally| format!("{:?} {:?} {}", &tally.weeks[..5], sources(&tally), tally.profit())).collect()
    };
    let usual = horizon(&plan("tail_weeks = 10", ""));
    for keys in ["tail_weeks = 10\ntail_load = 0", "tail_weeks = 10\ntail_load = 1", "tail_weeks = 0\ntail_load = 0.3"]
    {
        assert_eq!(horizon(&plan(keys, "")), usual, "{keys}");
    }
}

#[test]
fn an_hour_of_the_tail_costs_what_it_costs() {
    // 40 leads wait behind a team of 10 h a week that is at other work until week 2: 2 h each, 80 h in all. The load takes
    // 60 %, so 4 h a week are left and the work takes 20 weeks of 26. The rep costs 700 for 10 h: 5,600 for the 80 h. Without
    // a load it is done in 8 weeks, for the same 5,600.
    let text = |load: f64| {
        format!(
            r#"
            [horizon]
            weeks = 1
            tail_weeks = 26
            tail_load = {load}
            [sales]
            hours_per_week = 10
            selling_time = 1
            hours_per_lead = 2
            opportunity_rate = 0
            close_rate = 0
            cycle_weeks = 0
            leads_waiting = 40
            [sales.reps.owner]
            count = 1
            start_week = 2
            cost_per_week = 700
            [deals]
            average_value = 100
            [deals.open.none]
            count = 0
            weeks_to_close = 1
            [finance]
            gross_margin = 0.5
            "#
        )
    };
    for (load, weeks) in [(0.6, 20), (0.0, 8)] {
        each_quarter(&scenario(&text(load)), 0..3, 1, |_, _, tally| {
            let profit = OutcomeId::named("tail_profit").expect("an outcome").outcome().of(tally);
            assert!((profit + 5_600.0).abs() < 1e-6, "{profit}");
            let at_work = tally.weeks.iter().filter(|week| week.hours_used > 1e-9).count();
            assert_eq!(at_work, weeks);
        });
    }
}
