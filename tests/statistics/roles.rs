//! Two desks in tandem: those who make opportunities of leads, those who win them, and those who do both.

use foremix::model::outcomes::{OutcomeId, ShortDesk, Tally};

use super::draws::column;
use super::estimate::is_poisson;
use super::quarters::each_quarter;
use super::support::scenario;
use super::{SEEDS, under_each_seed};

/// Leads come at a rate of `leads` a week; `sales` is the rest of the table, with its reps.
fn plan(weeks: u32, leads: f64, sales: &str) -> String {
    format!(
        r#"
        [horizon]
        weeks = {weeks}
        tail_weeks = 0
        [channels.walk_in]
        kind = "baseline"
        leads = {leads}
        [deals]
        average_value = 100
        [sales]
        hours_per_week = 10
        selling_time = 1
        cycle_weeks = 0
        response_curve = "none"
        {sales}
        "#
    )
}

fn value(key: &str, tally: &Tally) -> f64 {
    OutcomeId::named(key).expect("an outcome").outcome().of(tally)
}

#[test]
fn two_desks_with_ample_hours_are_one_desk_in_law() {
    // Whoever works them: 8 leads a week for 6 weeks, of which .3 become opportunities and .4 of these wins. Poisson
    // counts, split at random, are Poisson counts: 48, 48·.3 = 14.4, 48·.12 = 5.76.
    let rates = "hours_per_lead = 0.5\nhours_per_opportunity = 3\nopportunity_rate = 0.3\nclose_rate = 0.4\n";
    let teams = [
        "[sales.reps.team]\ncount = 90",
        "[sales.reps.openers]\ncount = 20\ndoes = \"leads\"\n[sales.reps.closers]\ncount = 60\ndoes = \"opportunities\"",
        "[sales.reps.openers]\ncount = 20\ndoes = \"leads\"\n[sales.reps.rest]\ncount = 60",
    ];
    for team in teams {
        under_each_seed(&plan(6, 8.0, &format!("{rates}{team}")), 20_000, |draws| {
            is_poisson(column(draws, "worked"), 48.0);
            is_poisson(column(draws, "opportunities"), 14.4);
            is_poisson(column(draws, "wins"), 5.76);
            for key in ["opportunities_waiting", "opportunities_lost", "backlog_end"] {
                assert!(column(draws, key).iter().all(|&count| count == 0.0), "{key}");
            }
        });
    }
}

#[test]
fn the_throughput_of_a_tandem_is_the_smaller_of_its_desks() {
    // 400 leads wait from the start, every one an opportunity and a win: 1 h at the first desk, 4 h at the second. Two
    // openers of 10 h work 20 leads a week. One closer wins floor(10·t/4) by week t, eight win all 20 of the week.
    for (closers, wins) in [(1, 15.0), (8, 120.0)] {
        let sales = format!(
            "hours_per_lead = 1\nhours_per_opportunity = 4\nopportunity_rate = 1\nclose_rate = 1\nleads_waiting = 400\n\
             [sales.reps.openers]\ncount = 2\ndoes = \"leads\"\n\
             [sales.reps.closers]\ncount = {closers}\ndoes = \"opportunities\""
        );
        each_quarter(&scenario(&plan(6, 0.0, &sales)), 0..50, 1, |_, _, tally| {
            assert_eq!(tally.worked, 120.0);
            assert_eq!(tally.wins, wins);
            assert_eq!(tally.opportunities(), 120.0);
            assert_eq!(tally.opportunities_waiting, 120.0 - wins);
            assert_eq!(tally.backlog_end, 280.0);
            // Nobody does the other's work: all hours of the first desk are used, of the second those of its own work.
            assert_eq!(value("utilization_leads", tally), 1.0);
            let used = (4.0 * wins / (60.0 * f64::from(closers))).max(if closers == 1 { 1.0 } else { 0.0 });
            assert!((value("utilization_opportunities", tally) - used).abs() < 1e-12);
            for week in &tally.weeks {
                assert_eq!(week.roles.leads.available, 20.0);
                assert_eq!(week.hours_used, week.roles.leads.used + week.roles.opportunities.used);
            }
        });
    }
}

#[test]
fn those_who_do_both_close_first_and_what_they_open_waits_a_week() {
    // One closer and one who does both, 10 h each; 100 leads of 1 h wait, each an opportunity of 2 h, each a win. Week 1:
    // no opportunity, so 10 leads are worked by the latter. Week 2: 20 h for these 10, by both. Week 3 as week 1, and so on.
    let sales = "hours_per_lead = 1\nhours_per_opportunity = 2\nopportunity_rate = 1\nclose_rate = 1\nleads_waiting = 100\n\
                 [sales.reps.closer]\ncount = 1\ndoes = \"opportunities\"\n[sales.reps.either]\ncount = 1";
    each_quarter(&scenario(&plan(6, 0.0, sales)), 0..5, 1, |_, _, tally| {
        let by_week = |read: fn(&foremix::model::outcomes::WeekTally) -> f64| -> Vec<f64> {
            tally.weeks.iter().map(read).collect()
        };
        assert_eq!(by_week(|week| week.wins), [0.0, 10.0, 0.0, 10.0, 0.0, 10.0]);
        assert_eq!(by_week(|week| week.roles.opportunities.used), [0.0, 10.0, 0.0, 10.0, 0.0, 10.0]);
        assert_eq!(by_week(|week| week.roles.all.used), [10.0; 6]);
        assert!(value("utilization_leads", tally).is_nan());
        assert_eq!(value("utilization_opportunities", tally), 0.5);
    });
}

#[test]
fn opportunities_cool_while_they_wait() {
    // Nobody closes. Of those made in week s a share r^(t − s + 1) is there at the end of week t, r = 2^(−1/3): with .5 of
    // 12 leads a week, Poisson(6·Σ_{j=1..8} r^j) wait in the end and the others of 48 are lost.
    let sales = "hours_per_lead = 0.1\nhours_per_opportunity = 1\nopportunity_rate = 0.5\nclose_rate = 1\n\
                 opportunity_half_life = 3\n[sales.reps.openers]\ncount = 9\ndoes = \"leads\"";
    let rate = (-1.0 / 3.0_f64).exp2();
    let there: f64 = (1..=8).map(|weeks| 6.0 * rate.powi(weeks)).sum();
    under_each_seed(&plan(8, 12.0, sales), 20_000, |draws| {
        is_poisson(column(draws, "opportunities_waiting"), there);
        is_poisson(column(draws, "opportunities_lost"), 48.0 - there);
        assert!(column(draws, "wins").iter().all(|&wins| wins == 0.0));
    });
}

#[test]
fn hours_are_taken_from_the_roles_in_their_order() {
    // L, O and A have 20, 30 and 10 h. Staff take 14 h: A's 10 and 4 of L. Customers take 50·.2 = 10 h: of O. A fifth of
    // the 16 + 0 h of L and A is set aside, 3.2 h of L. Deals want 8 h a week, of O.
    let text = plan(
        3,
        0.0,
        "hours_per_lead = 1\nopportunity_rate = 0\nclose_rate = 0\nhours_per_customer = 0.2\nleads_waiting = 100\n\
         [sales.reps.a]\ncount = 2\ndoes = \"leads\"\n[sales.reps.b]\ncount = 3\ndoes = \"opportunities\"\n\
         [sales.reps.c]\ncount = 1\n[sales.prospecting]\nshare_of_time = 0.2\nhours_per_lead = 1000",
    )
    .replace("leads = 0\n", "leads = 0\nstaff_hours_per_week = 14\n")
        + "[customers]\nactive = 50\n[deals.open.now]\ncount = 4\nclose_rate = 0\nweeks_to_close = 3\nhours_left = 6\n";
    each_quarter(&scenario(&text), 0..5, 1, |_, _, tally| {
        for week in &tally.weeks {
            let roles = week.roles;
            let near = |found: f64, wanted: f64| assert!((found - wanted).abs() < 1e-9, "{found} is not {wanted}");
            near(roles.leads.available, 16.0);
            near(roles.opportunities.available, 20.0);
            near(roles.all.available, 0.0);
            near(roles.opportunities.used, 8.0);
        }
        // 12.8 h a week for leads of an hour.
        assert_eq!(tally.worked, 38.0);
    });
}

#[test]
fn the_role_with_the_larger_ratio_of_hours_wanted_binds() {
    // 100 leads wait. One opener and one closer have 30 h each: 100 h are wanted of the first, and of the second 100·o·h.
    for (each, short) in [(0.5, ShortDesk::Leads), (4.0, ShortDesk::Opportunities)] {
        let sales = format!(
            "hours_per_lead = 1\nhours_per_opportunity = {each}\nopportunity_rate = 0.5\nclose_rate = 1\nleads_waiting = 100\n\
             [sales.reps.openers]\ncount = 1\ndoes = \"leads\"\n[sales.reps.closers]\ncount = 1\ndoes = \"opportunities\""
        );
        each_quarter(&scenario(&plan(3, 0.0, &sales)), 0..5, 1, |_, _, tally| {
            assert_eq!(tally.short_desk(), short);
            assert!((tally.hours_wanted - 100.0 * (1.0 + 0.5 * each)).abs() < 1e-9);
        });
    }
}

#[test]
fn opportunities_of_prospecting_wait_at_the_second_desk() {
    // All of 20 h go into outbound leads of 2 h: Poisson(10) a week, all opportunities, and nobody closes.
    let sales = "opportunity_rate = 1\nclose_rate = 1\nhours_per_opportunity = 1\n\
                 [sales.reps.openers]\ncount = 2\ndoes = \"leads\"\n\
                 [sales.prospecting]\nshare_of_time = 1\nhours_per_lead = 2";
    under_each_seed(&plan(4, 0.0, sales), 20_000, |draws| {
        is_poisson(column(draws, "opportunities_waiting"), 40.0);
        is_poisson(column(draws, "worked"), 40.0);
    });
}

#[test]
fn who_does_all_is_a_rep_as_ever() {
    // Written out or not, to the last bit; and hours by role are counted at two desks only.
    let sales = |does: &str| {
        format!(
            "hours_per_lead = 1\nhours_per_opportunity = 2\nopportunity_rate = 0.5\nclose_rate = 0.5\nlead_half_life = 2\n\
             [sales.reps.team]\ncount = 2\nattrition = 0.1\ncost_per_week = 100\n{does}"
        )
    };
    let tallies = |does: &str| {
        let mut tallies = Vec::new();
        each_quarter(&scenario(&plan(6, 15.0, &sales(does))), 0..200, SEEDS[1], |_, _, tally| {
            assert!(
                tally.roles == Default::default() && tally.weeks.iter().all(|week| week.roles == Default::default())
            );
            tallies.push(format!("{tally:?}"));
        });
        tallies
    };
    assert_eq!(tallies(""), tallies("does = \"all\""));
}
