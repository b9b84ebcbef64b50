//! Deals that wait for hands to deliver them, and what is booked already.

use foremix::model::outcomes::Limit;

use super::SEEDS;
use super::draws::{column, draw};
use super::estimate::mean;
use super::quarters::each_quarter;
use super::support::scenario;

/// About 4 wins a week that are due at once, and as many today; `rest` limits their delivery.
fn delivered(rest: &str) -> String {
    format!(
        r#"
        [horizon]
        weeks = 8
        tail_weeks = 30
        [channels.walk_in]
        kind = "baseline"
        leads = 20
        [sales]
        opportunity_rate = 0.5
        close_rate = 0.4
        cycle_weeks = 0
        response_curve = "none"
        [deals]
        average_value = 100
        value_cv = 0.5
        [deals.open.now]
        count = 9
        close_rate = 0.7
        weeks_to_close = 0
        {rest}
        "#
    )
}

#[test]
fn deliveries_never_exceed_their_room_and_all_deals_are_delivered_in_the_end() {
    // Under one seed both plans win the same deals. What waits at a week's end is W' = max(0, W + due − room), and what
    // is delivered min(room, W + due): a list holds on at its last entry, and of parts of a deal whole ones come together:
    // up to week t there has been room for the whole part of the sum.
    let free = scenario(&delivered(""));
    for (room, by_week) in
        [("3.9", vec![3.9]), ("2.4", vec![2.4]), ("4", vec![4.0]), ("[0.25, 9.5, 2, 4.3]", vec![0.25, 9.5, 2.0, 4.3])]
    {
        let limited = scenario(&delivered(&format!("[delivery]\nper_week = {room}")));
        for seed in SEEDS {
            let mut due = Vec::new();
            each_quarter(&free, 0..500, seed, |_, _, tally| due.push(tally.clone()));
            each_quarter(&limited, 0..500, seed, |at, _, tally| {
                let free = &due[at as usize];
                let (mut waiting, mut so_far) = (0.0_f64, 0.0_f64);
                for (t, (week, due)) in tally.weeks.iter().zip(&free.weeks).enumerate() {
                    let before = so_far;
                    so_far += by_week.get(t).unwrap_or(&by_week[by_week.len() - 1]);
                    let room = (so_far + 1e-9).floor() - (before + 1e-9).floor();
                    waiting += due.wins;
                    assert_eq!(week.wins, waiting.min(room));
                    waiting -= week.wins;
                }
                assert_eq!(waiting, 0.0);
                assert_eq!(tally.wins_started, free.wins_started);
                let all =
                    |tally: &foremix::model::outcomes::Tally| tally.weeks.iter().map(|week| week.revenue).sum::<f64>();
                let near = |a: f64, b: f64| assert!((a - b).abs() <= 1e-9 * b.max(1.0));
                near(all(tally), all(free));
                near(tally.closing_later, tally.tail_revenue);
            });
        }
    }
}

#[test]
fn what_is_booked_counts_in_totals_and_in_no_ratio() {
    let rest = r#"
        [finance]
        gross_margin = 0.6
        commission = 0.1
    "#;
    let booked = format!("{rest}[booked]\nrevenue = 5_000\nwins = 3\nmarketing = 700");
    let quota = "[sales]\nquota = 900\nselling_time = 0.5";
    let reps = "[sales.reps.old]\ncount = 2\n[sales.reps.new]\ncount = 3\nstart_week = 2\n";
    let [without, with] = [rest, &booked].map(|rest| {
        let text = delivered(&format!("{reps}{rest}")).replace("[sales]", quota);
        draw(&scenario(&text), 0..300, 4)
    });
    let further = |key| match key {
        "revenue" | "new_revenue" => 5_000.0,
        "gross_profit" => 0.6 * 5_000.0,
        "marketing" => 700.0,
        "sales_cost" => 500.0,
        "profit" | "profit_with_tail" => 3_000.0 - 700.0 - 500.0,
        "wins" => 3.0,
        _ => 0.0,
    };
    for id in &without.outcomes {
        let key = id.outcome().key;
        for (a, b) in column(&without, key).iter().zip(column(&with, key)) {
            let same = a.is_nan() && b.is_nan();
            assert!(same || (b - a - further(key)).abs() < 1e-6, "{key}: {a}, {b}");
        }
    }
    // Quotas are those of the two who are there in week 1.
    for (attained, revenue) in std::iter::zip(column(&with, "attainment"), column(&without, "new_revenue")) {
        assert!((attained - revenue / 1_800.0).abs() < 1e-9);
    }
}

#[test]
fn a_limit_of_delivery_parts_even_those_who_are_valued_as_one_sum() {
    // 3,000 leads wait and are all won in week 1: 1,024 stand in line one by one, 1,976 as one. Delivered are 900, 1,200, 700 and
    // the last 200, at the mean value in the mean; all together at what they are worth without a limit.
    let text = |rest: &str| {
        scenario(&format!(
            r#"
            [horizon]
            weeks = 3
            tail_weeks = 2
            [channels.none]
            kind = "baseline"
            leads = 0
            [sales]
            opportunity_rate = 1
            close_rate = 1
            cycle_weeks = 0
            response_curve = "none"
            leads_waiting = 3_000
            [deals]
            average_value = 20
            value_cv = 0.9
            {rest}
            "#
        ))
    };
    let (free, limited) = (text(""), text("[delivery]\nper_week = [900, 1_200, 700.9]"));
    let delivered = [900.0, 1_200.0, 700.0, 200.0, 0.0];
    for seed in SEEDS {
        let worth = draw(&free, 0..2_000, seed);
        let worth = column(&worth, "revenue");
        let mut revenue = vec![Vec::new(); 5];
        each_quarter(&limited, 0..2_000, seed, |at, _, tally| {
            let mut all = 0.0;
            for (t, week) in tally.weeks.iter().enumerate() {
                assert_eq!(week.wins, delivered[t]);
                revenue[t].push(week.revenue);
                all += week.revenue;
            }
            let near = |found: f64, wanted: f64| assert!((found - wanted).abs() < 1e-6);
            near(all, worth[at as usize]);
            near(tally.closing_later, tally.tail_revenue);
            assert_eq!(tally.wins_started, 3_000.0);
        });
        for (revenue, delivered) in revenue.iter().zip(delivered) {
            mean(revenue).is(20.0 * delivered);
        }
    }
}

#[test]
fn deals_are_delivered_in_the_order_in_which_they_are_due_then_won_then_written() {
    // Due in week 1: two of the first group of open deals. Due in week 2: three open deals, as if won in week 1; what
    // was worked in week 1, by channel in the order of the file; and what both shops sell in week 2. Whatever the room,
    // those before take it from those after.
    let text = |room: &str| {
        format!(
            r#"
            [horizon]
            weeks = 2
            tail_weeks = 30
            [channels.shop]
            kind = "baseline"
            leads = 6
            seasonality = [0, 1]
            route = "online"
            close_rate = 1
            [channels.west]
            kind = "baseline"
            leads = 5
            seasonality = [1, 0]
            [channels.east]
            kind = "baseline"
            leads = 4
            seasonality = [1, 0]
            [channels.annex]
            kind = "baseline"
            leads = 6
            seasonality = [0, 1]
            route = "online"
            close_rate = 1
            [sales]
            opportunity_rate = 1
            close_rate = 1
            cycle_weeks = 1
            cycle_cv = 0
            response_curve = "none"
            leads_waiting = 3
            [deals]
            average_value = 100
            [deals.open.today]
            count = 2
            weeks_to_close = 0
            [deals.open.soon]
            count = 3
            weeks_to_close = 1
            [delivery]
            per_week = {room}
            "#
        )
    };
    for room in [[0.0, 4.0], [1.0, 9.0], [9.0, 12.0], [0.0, 23.0], [2.0, 99.0]] {
        let text = text(&format!("{room:?}"));
        each_quarter(&scenario(&text), 0..300, 2, |_, _, tally| {
            let [shop, west, east, annex, backlog, pipeline] = &tally.sources[..] else {
                panic!("six sources");
            };
            let first = f64::min(room[0], 2.0);
            assert_eq!(tally.weeks[0].wins, first);
            let mut left: f64 = room[1];
            let mut take = |due: f64| {
                let taken = due.min(left);
                left -= taken;
                taken
            };
            assert_eq!(pipeline.wins, first + take(2.0 - first) + take(3.0));
            assert_eq!(west.wins, take(west.leads));
            assert_eq!(east.wins, take(east.leads));
            assert_eq!(backlog.wins, take(3.0));
            assert_eq!(shop.wins, take(shop.leads));
            assert_eq!(annex.wins, take(annex.leads));
        });
    }
}

#[test]
fn groups_of_open_deals_are_delivered_in_the_order_of_the_file_and_who_waits_is_told_as_the_limit() {
    // All are due in week 1. One is delivered a week: first both of the group that is written first, then the other.
    let text = |groups: [(&str, f64); 2], room: f64| {
        let group = |(name, value): (&str, f64)| {
            format!("[deals.open.{name}]\ncount = 2\nclose_rate = 1\nweeks_to_close = 0\naverage_value = {value}\n")
        };
        let groups = groups.map(group).concat();
        scenario(&format!(
            r#"
            [horizon]
            weeks = 4
            tail_weeks = 0
            [sales]
            opportunity_rate = 1
            close_rate = 1
            cycle_weeks = 0
            [deals]
            average_value = 1
            {groups}
            [delivery]
            per_week = {room}
            "#
        ))
    };
    let revenue = |groups, room| {
        let mut weeks = Vec::new();
        let mut limit = None;
        each_quarter(&text(groups, room), 0..1, 1, |_, _, tally| {
            weeks = tally.weeks.iter().map(|week| week.revenue).collect();
            limit = Some((tally.limit(), tally.undelivered));
        });
        (weeks, limit)
    };
    let (zeta, alpha) = (("zeta", 700.0), ("alpha", 30.0));
    let (demand, waiting) = (Some((Limit::Demand, 0.0)), Some((Limit::Delivery, 2.0)));
    assert_eq!(revenue([zeta, alpha], 1.0), (vec![700.0, 700.0, 30.0, 30.0], demand));
    assert_eq!(revenue([alpha, zeta], 1.0), (vec![30.0, 30.0, 700.0, 700.0], demand));
    // Half a deal a week: one in week 2, one in week 4, and two wait when the plan ends.
    assert_eq!(revenue([zeta, alpha], 0.5), (vec![0.0, 700.0, 0.0, 700.0], waiting));
}
