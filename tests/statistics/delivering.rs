//! Those who sell also deliver: hours for deals that have closed come before leads.

use super::quarters::each_quarter;
use super::support::scenario;

/// Six deals close in week 1, `delivery` says what they take; 30 hours a week, 200 leads that want an hour each.
fn plan(delivery: &str, rest: &str) -> String {
    format!(
        r#"
        [horizon]
        weeks = 8
        tail_weeks = 4
        tail_load = 0
        [sales]
        hours_per_week = 30
        selling_time = 1
        hours_per_lead = 1
        opportunity_rate = 0
        close_rate = 0
        cycle_weeks = 0
        leads_waiting = 200
        [sales.reps.owner]
        count = 1
        [deals]
        average_value = 100
        [deals.open.signed]
        count = 6
        close_rate = 1
        weeks_to_close = 0
        [delivery]
        {delivery}
        {rest}
        "#
    )
}

/// Leads that wait at the end of each week.
fn waiting(text: &str) -> Vec<f64> {
    let mut waiting = Vec::new();
    each_quarter(&scenario(text), 0..2, 1, |_, _, tally| {
        waiting = tally.weeks.iter().map(|week| week.backlog).collect();
    });
    waiting
}

#[test]
fn a_deal_takes_its_hours_evenly_over_the_weeks_after_it_closes() {
    // 6 · 10 h over 3 weeks: 20 h in each of the weeks 2, 3 and 4. Leads get 30 h, then 10 h three times, then 30 h.
    let left = waiting(&plan("hours_per_deal = 10\nover_weeks = 3", ""));
    assert_eq!(left, [170.0, 160.0, 150.0, 140.0, 110.0, 80.0, 50.0, 20.0, 0.0, 0.0, 0.0, 0.0]);
    each_quarter(&scenario(&plan("hours_per_deal = 10\nover_weeks = 3", "")), 0..2, 1, |_, _, tally| {
        // 200 h of leads and 60 h of deliveries, of 8 · 30 h.
        assert!((tally.hours_wanted - 260.0).abs() < 1e-9 && (tally.hours_available - 240.0).abs() < 1e-9);
    });
}

#[test]
fn what_hours_do_not_cover_goes_on() {
    // 6 · 20 h over 3 weeks: 40 h a week are due and 30 h there, so nobody works leads until 120 h are done, in week 5.
    let left = waiting(&plan("hours_per_deal = 20\nover_weeks = 3", ""));
    assert_eq!(left[..8], [170.0, 170.0, 170.0, 170.0, 170.0, 140.0, 110.0, 80.0]);
    // Beyond the horizon as well: 6 · 45 h take nine weeks.
    let left = waiting(&plan("hours_per_deal = 45", ""));
    assert_eq!(left, [170.0, 170.0, 170.0, 170.0, 170.0, 170.0, 170.0, 170.0, 170.0, 170.0, 140.0, 110.0]);
}

#[test]
fn deals_that_wait_for_room_take_their_hours_later() {
    // Two deals a week in the weeks 1, 2 and 3, 10 h each in the week after.
    let left = waiting(&plan("per_week = 2\nhours_per_deal = 10", ""));
    assert_eq!(left[..6], [170.0, 160.0, 150.0, 140.0, 110.0, 80.0]);
}

#[test]
fn deliveries_come_before_open_deals_and_after_prospecting() {
    // A third of the 30 h is set aside, deliveries take 15 h a week in weeks 2 to 5 and open deals, 5 h a week for 4
    // weeks, what is left of the 20 h: all of their 5 h, so leads get 15 h, then nothing, then 20 h.
    let rest = r#"
        [deals.open.quotes]
        count = 2
        close_rate = 0
        weeks_to_close = 5
        hours_left = 12.5
        [sales.prospecting]
        share_of_time = 0.3333333333333333
        hours_per_lead = 1000
        opportunity_rate = 0
    "#;
    let left = waiting(&plan("hours_per_deal = 10\nover_weeks = 4", rest));
    assert_eq!(left[..8], [185.0, 185.0, 185.0, 185.0, 185.0, 165.0, 145.0, 125.0]);
    // Deliveries of 25 h a week leave nothing: open deals wait for them, not the other way round, and take their 25 h in
    // weeks 7 and 8 (6 · 25 h − 5 · 20 h = 50 h are left of deliveries at the end of week 6).
    let left = waiting(&plan("hours_per_deal = 25\nover_weeks = 6", rest));
    assert_eq!(left[0], 185.0);
    assert!(left[1..8].iter().all(|&left| left == 185.0));
}

#[test]
fn a_team_that_delivers_sells_what_it_can_deliver() {
    // Leads without end: a win takes e/(o·c) = 2/(0.5·0.5) = 8 h to sell and 32 h to deliver, so 40 h a week make one win
    // a week in the long run, and more money for leads brings none. All hours are used: per draw, 2 h a lead worked and
    // 32 h a deal of all weeks but the last are the 40 h of every week, less what is still to be delivered.
    let plan = |leads: u32| {
        scenario(&format!(
            r#"
            [horizon]
            weeks = 200
            tail_weeks = 0
            [channels.walk_in]
            kind = "baseline"
            leads = {leads}
            [sales]
            hours_per_week = 40
            selling_time = 1
            hours_per_lead = 2
            opportunity_rate = 0.5
            close_rate = 0.5
            cycle_weeks = 0
            response_curve = "none"
            [sales.reps.owner]
            count = 1
            [deals]
            average_value = 100
            [delivery]
            hours_per_deal = 32
            "#
        ))
    };
    let mut means = Vec::new();
    for leads in [40, 80] {
        let (mut wins, mut squares) = (0.0, 0.0);
        each_quarter(&plan(leads), 0..400, 7, |_, _, tally| {
            let before_the_last: f64 = tally.weeks[..199].iter().map(|week| week.wins).sum();
            let done = 2.0 * tally.worked + 32.0 * before_the_last;
            // Begun hours and what is owed at the end: at most the wins of two weeks.
            assert!((8_000.0..8_000.0 + 32.0 * 20.0).contains(&(done + 2.0)), "{done}");
            assert!(tally.hours_wanted > tally.hours_available);
            wins += tally.wins / 400.0;
            squares += tally.wins * tally.wins / 400.0;
        });
        // Renewal: the count over 200 weeks is one a week but for the deals of the first and the last weeks, which are not
        // delivered within them: at most 5 (those 20 leads that the first week works win, 40 h·0.125).
        let error = ((squares - wins * wins) / 400.0).sqrt();
        assert!((wins - 200.0).abs() < 5.0 + 4.0 * error, "{wins}");
        means.push((wins, error));
    }
    let [(few, error), (many, other)] = means[..] else { panic!("two plans") };
    assert!((few - many).abs() < 4.0 * (error * error + other * other).sqrt(), "{few} {many}");
}
