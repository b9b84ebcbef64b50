//! Hands: who leaves and who comes, prospecting, chats; and rules that react to what waits and to what sells.

use super::SEEDS;
use super::draws::column;
use super::estimate::{is_binomial, is_poisson, mean, ratio};
use super::quarters::each_quarter;
use super::support::scenario;
use super::under_each_seed;

const NOTHING: &str = "
    [channels.none]
    kind = \"baseline\"
    leads = 0
    [deals]
    average_value = 100
";

#[test]
fn seats_that_nobody_fills_again_empty_at_the_rate_of_leaving() {
    // In week t, from 0, each of 12 seats is held with chance (1 − q)^t; an hour a week each, and 10 in wages.
    let text = format!(
        r#"
        {NOTHING}
        [horizon]
        weeks = 10
        tail_weeks = 0
        [sales]
        hours_per_week = 1
        selling_time = 1
        opportunity_rate = 0.5
        close_rate = 0.4
        cycle_weeks = 0
        [sales.reps.team]
        count = 12
        attrition = 0.08
        cost_per_week = 10
        "#
    );
    let scenario = scenario(&text);
    for seed in SEEDS {
        let (mut held, mut wages) = (vec![Vec::new(); 10], Vec::new());
        each_quarter(&scenario, 0..20_000, seed, |_, _, tally| {
            for (held, week) in held.iter_mut().zip(&tally.weeks) {
                held.push(week.hours_available);
            }
            assert!((tally.wages - 10.0 * tally.hours_available).abs() < 1e-6);
            wages.push(tally.wages);
        });
        for (t, held) in held.iter().enumerate().skip(1) {
            is_binomial(held, 12.0, 0.92_f64.powi(t as i32));
        }
        mean(&wages).is(120.0 * (0..10).map(|t| 0.92_f64.powi(t)).sum::<f64>());
    }
}

#[test]
fn seats_are_renewed_after_their_gap_by_reps_who_ramp_up() {
    // A seat is held in week t if it was in t − 1 and nobody left, or if it was left d + 1 weeks ago: f_t = (1 − q)f_{t−1}
    // + q·f_{t−1−d}, which tends to 1/(1 + qd). Whoever came in week s, with chance q·f_{s−1−d}, is still there j weeks
    // later with chance (1 − q)^j, at the pace (j + 1)/(R + 1).
    let (q, d, ramp, weeks) = (0.1, 3_usize, 4.0, 80_usize);
    let text = |ramp: f64| {
        format!(
            r#"
            {NOTHING}
            [horizon]
            weeks = {weeks}
            tail_weeks = 0
            [sales]
            hours_per_week = 1
            selling_time = 1
            opportunity_rate = 0.5
            close_rate = 0.4
            cycle_weeks = 0
            [sales.reps.team]
            count = 20
            attrition = {q}
            backfill_weeks = {d}
            ramp_weeks = {ramp}
            "#
        )
    };
    let mut held = vec![1.0];
    let mut came = vec![0.0];
    for t in 1..weeks {
        let new = if t > d { q * held[t - 1 - d] } else { 0.0 };
        came.push(new);
        held.push((1.0 - q) * held[t - 1] + new);
    }
    assert!((held[weeks - 1] - 1.0 / (1.0 + q * d as f64)).abs() < 1e-6);
    for ramp in [0.0, ramp] {
        let scenario = scenario(&text(ramp));
        for seed in SEEDS {
            let mut hours = vec![Vec::new(); weeks];
            each_quarter(&scenario, 0..2_000, seed, |_, _, tally| {
                for (hours, week) in hours.iter_mut().zip(&tally.weeks) {
                    hours.push(week.hours_available);
                }
            });
            for t in [1, 2, 4, 5, 6, 9, 20, weeks - 1] {
                let old = (1.0 - q).powi(t as i32);
                let new = (0..=t).map(|j| {
                    let pace = ((j + 1) as f64 / (ramp + 1.0)).min(1.0);
                    came[t - j] * (1.0 - q).powi(j as i32) * pace
                });
                mean(&hours[t]).is(20.0 * (old + new.sum::<f64>()));
            }
        }
    }
}

#[test]
fn prospecting_sets_hours_aside_first_and_turns_them_into_leads_of_its_own() {
    // A quarter of 40 h, at 2 h a lead: Poisson(5) outbound leads a week, with rates of their own that speed does not
    // touch. Other leads get the other 30 h, 3 h each: 10 a week.
    let text = r#"
        [horizon]
        weeks = 3
        tail_weeks = 2
        [channels.walk_in]
        kind = "baseline"
        leads = 60
        [sales]
        selling_time = 1
        hours_per_lead = 3
        opportunity_rate = 0.9
        close_rate = 0.9
        cycle_weeks = 0
        response_hours = 100
        response_hours_today = 1
        [sales.prospecting]
        share_of_time = 0.25
        hours_per_lead = 2
        opportunity_rate = 0.5
        close_rate = 0.4
        [sales.reps.one]
        count = 1
        [deals]
        average_value = 100
    "#;
    let scenario = scenario(text);
    for seed in SEEDS {
        let (mut leads, mut wins) = (Vec::new(), Vec::new());
        each_quarter(&scenario, 0..20_000, seed, |_, _, tally| {
            let [_, outbound] = &tally.sources[..] else {
                panic!("two sources");
            };
            assert_eq!(outbound.leads, outbound.qualified);
            assert_eq!(tally.worked - outbound.leads, 30.0);
            assert_eq!(tally.hours_perished, 0.0);
            // The tail knows no prospecting: 40 h work on leads.
            assert_eq!(tally.weeks[3].leads + tally.weeks[4].leads, 0.0);
            leads.push(outbound.leads);
            wins.push(outbound.wins);
        });
        is_poisson(&leads, 15.0);
        is_poisson(&wins, 3.0);
    }
}

fn shops(chat: &str) -> String {
    format!(
        r#"
        [horizon]
        weeks = 1
        tail_weeks = 0
        [channels.large]
        kind = "baseline"
        leads = 12
        route = "online"
        close_rate = 0.4
        [channels.small]
        kind = "baseline"
        leads = 4
        route = "online"
        close_rate = 0.4
        [sales]
        opportunity_rate = 0.5
        close_rate = 0.4
        cycle_weeks = 0
        [online.chat]
        {chat}
        [deals]
        average_value = 100
        "#
    )
}

#[test]
fn agents_answer_as_many_chats_as_they_can_and_share_them_over_the_channels() {
    // All ask; who is answered buys (3·.4 is capped at 1), who is missed never does. Two agents answer floor(2·5·.99) = 9
    // a week, each channel its part but for the remainder of one.
    let text = shops(
        "agents = 2\nhours_per_week = 5\nchats_per_hour = 0.99\nchat_share = 1\nanswered = 3\nmissed = 0\ncost_per_week = 70",
    );
    each_quarter(&scenario(&text), 0..5_000, 6, |_, _, tally| {
        let chats = tally.qualified;
        assert_eq!(tally.wins, chats.min(9.0));
        assert_eq!((tally.worked, tally.opportunities), (0.0, 0.0));
        assert_eq!(tally.sales_cost(), 140.0);
        for shop in &tally.sources {
            let part = shop.qualified * (9.0 / chats.max(9.0));
            assert!((shop.wins - part).abs() < 1.0, "{} of {part}", shop.wins);
        }
    });
}

#[test]
fn those_who_are_answered_those_who_are_missed_and_those_who_never_asked_buy_at_their_rates() {
    // Chats N ~ Poisson(16·.5), 6 of them answered: A = E min(N, 6). Wins: .4 of those who don't ask, .6 of those
    // answered, .1 of those missed.
    let text = shops(
        "agents = 1\nhours_per_week = 6\nchats_per_hour = 1\nchat_share = 0.5\nanswered = 1.5\nmissed = 0.25",
    );
    let (mut chance, mut answered) = ((-8.0_f64).exp(), 0.0);
    for n in 1..100 {
        chance *= 8.0 / f64::from(n);
        answered += chance * f64::from(n.min(6));
    }
    under_each_seed(&text, 40_000, |draws| {
        is_poisson(column(draws, "leads"), 16.0);
        mean(column(draws, "wins")).is(0.4 * 8.0 + 0.6 * answered + 0.1 * (8.0 - answered));
    });
}

/// A plan of channels that spend evenly, in so many weeks; the team has nothing to do.
fn bought(weeks: u32, channels: &[(&str, f64, f64)], rest: &str) -> String {
    let mut text = format!(
        r#"
        [horizon]
        weeks = {weeks}
        tail_weeks = 0
        [sales]
        selling_time = 1
        opportunity_rate = 0.5
        close_rate = 0.4
        cycle_weeks = 0
        response_curve = "none"
        [deals]
        average_value = 100
        {rest}
        "#
    );
    for (name, budget, leads_for_money) in channels {
        text += &format!(
            r#"
            [channels.{name}]
            kind = "ppc"
            budget = {budget}
            cost_per_click = 0.000_001
            clicks_available = 1e12
            visit_to_lead = {}
            "#,
            leads_for_money * 1e-6
        );
    }
    text
}

#[test]
fn a_rule_moves_its_share_of_the_remaining_plan_from_the_worst_to_the_best() {
    // 10 a week each. `none` never has a lead; `dear` brings some 1,000 for 10, `cheap` some 9,000. After weeks 2, 4 and
    // 6 half of what is left to the worst goes to the best, evenly: 10, 5, 2.5, 1.25 a week for `none`, twice each.
    let rule = "[rules.shift]\nkind = \"reallocate\"\nevery = 2\nshift = 0.5\nby = \"cost_per_qualified\"\n";
    let all = [
        ("none", 80.0, 0.0),
        ("dear", 80.0, 100.0),
        ("cheap", 80.0, 900.0),
    ];
    let spent = |text: &str| {
        let mut found = Vec::new();
        each_quarter(&scenario(text), 0..5, 2, |_, _, tally| {
            let spend: Vec<f64> = tally.sources.iter().map(|source| source.spend).collect();
            for week in &tally.weeks {
                assert!((week.spend - tally.planned / 8.0).abs() < 1e-6);
            }
            assert!(tally.planned - tally.spend < 1e-6);
            found = spend;
        });
        found
    };
    let near = |found: &[f64], wanted: &[f64]| {
        assert_eq!(found.len(), wanted.len());
        let close = found.iter().zip(wanted).all(|(a, b)| (a - b).abs() < 1e-6);
        assert!(close, "{found:?} is not {wanted:?}");
    };
    near(&spent(&bought(8, &all, rule)), &[37.5, 80.0, 122.5]);
    // Without the one that has no result, the dearer gives.
    near(&spent(&bought(8, &all[1..], rule)), &[37.5, 122.5]);
    // Only channels that are named take part.
    let two = format!("{rule}among = [\"none\", \"dear\"]\n");
    near(&spent(&bought(8, &all, &two)), &[37.5, 122.5, 80.0]);
    // Where no channel has a result, and where only one takes part, nothing moves.
    let none = [("none", 80.0, 0.0), ("nobody", 40.0, 0.0)];
    near(&spent(&bought(8, &none, rule)), &[80.0, 40.0]);
    let one = format!("{rule}among = [\"cheap\"]\n");
    near(&spent(&bought(8, &all, &one)), &[80.0, 80.0, 80.0]);
}

#[test]
fn a_channel_is_throttled_in_the_weeks_that_start_with_too_much_work() {
    // 100 leads wait, and 10 h a week work as many: week t (from 0) starts with 100 − 10t h. That is more than 3 weeks'
    // work in weeks 1 … 6, but never in the first: 4 of 10 are spent in six of ten weeks.
    let rest = |reps: u32| {
        format!(
            "[sales.reps.one]\ncount = {reps}\n[rules.brake]\nkind = \"throttle\"\nchannels = [\"held\"]\nbacklog_weeks = 3\nto = 0.4\n"
        )
    };
    let text = |reps: u32| {
        bought(
            10,
            &[("held", 100.0, 0.0), ("free", 100.0, 0.0)],
            &rest(reps),
        )
        .replace(
            "selling_time = 1",
            "selling_time = 1\nhours_per_week = 10\nhours_per_lead = 1\nleads_waiting = 100",
        )
    };
    let spent = |reps: u32, wanted: [f64; 10]| {
        each_quarter(&scenario(&text(reps)), 0..3, 2, |_, _, tally| {
            for (week, wanted) in tally.weeks.iter().zip(wanted) {
                assert!((week.spend - 10.0 - wanted).abs() < 1e-6);
            }
            assert!((tally.sources[1].spend - 100.0).abs() < 1e-6);
            let unspent = 100.0 - wanted.iter().sum::<f64>();
            assert!((tally.planned - tally.spend - unspent).abs() < 1e-6);
        });
    };
    spent(1, [10.0, 4.0, 4.0, 4.0, 4.0, 4.0, 4.0, 10.0, 10.0, 10.0]);
    // After a week without hours, whenever work waits.
    spent(0, [10.0, 4.0, 4.0, 4.0, 4.0, 4.0, 4.0, 4.0, 4.0, 4.0]);
}

#[test]
fn with_room_for_all_chats_every_lead_buys_at_the_rate_of_the_answered() {
    // With room for all, answered chats buy 1.5 times as often as others: .6 against .4.
    let text = shops(
        "agents = 9\nhours_per_week = 40\nchats_per_hour = 3\nchat_share = 1\nanswered = 1.5\nmissed = 0",
    );
    under_each_seed(&text, 20_000, |draws| {
        is_poisson(column(draws, "wins"), 0.6 * 16.0);
        ratio(column(draws, "wins"), column(draws, "leads")).is(0.6);
    });
}
