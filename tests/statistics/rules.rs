//! Rules: marketing reacts to what waits and to what sells.

use foremix::model::outcomes::Limit;

use super::quarters::each_quarter;
use super::support::scenario;

/// A channel: its name, its budget, leads for a unit of money, further keys.
type Bought<'a> = (&'a str, f64, f64, &'a str);

/// A plan of channels that spend evenly, in so many weeks; the team has nothing to do.
fn bought(weeks: u32, channels: &[Bought<'_>], rest: &str) -> String {
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
    for (name, budget, leads_for_money, keys) in channels {
        text += &format!(
            r#"
            [channels.{name}]
            kind = "ppc"
            budget = {budget}
            cost_per_click = 0.000_001
            clicks_available = 1e12
            visit_to_lead = {}
            {keys}
            "#,
            leads_for_money * 1e-6
        );
    }
    text
}

/// The claim that the channels spend these sums, all that was planned, and as much in each week as in any other.
#[track_caller]
fn spends(text: &str, wanted: &[f64]) {
    each_quarter(&scenario(text), 0..5, 2, |_, _, tally| {
        let weeks = tally.weeks.len() as f64;
        for week in &tally.weeks {
            assert!((week.spend - tally.planned / weeks).abs() < 1e-6);
        }
        assert!(tally.planned - tally.spend < 1e-6);
        let found: Vec<f64> = tally.sources.iter().map(|source| source.spend).collect();
        let mut apart = found.iter().zip(wanted).map(|(a, b)| (a - b).abs());
        let near = found.len() == wanted.len() && apart.all(|apart| apart < 1e-6);
        assert!(near, "{found:?} is not {wanted:?}");
    });
}

#[test]
fn a_rule_moves_its_share_of_the_remaining_plan_from_the_worst_to_the_best() {
    // 10 a week each. `none` never has a lead; `dear` brings some 1,000 for 10, `cheap` some 9,000. After weeks 2, 4 and
    // 6 half of what is left to the worst goes to the best, evenly: 10, 5, 2.5, 1.25 a week for `none`, twice each.
    let rule = "[rules.shift]\nkind = \"reallocate\"\nevery = 2\nshift = 0.5\nby = \"cost_per_qualified\"\n";
    let all = [("none", 80.0, 0.0, ""), ("dear", 80.0, 100.0, ""), ("cheap", 80.0, 900.0, "")];
    spends(&bought(8, &all, rule), &[37.5, 80.0, 122.5]);
    // Without the one that has no result, the dearer gives.
    spends(&bought(8, &all[1..], rule), &[37.5, 122.5]);
    // Only channels that are named take part.
    let two = format!("{rule}among = [\"none\", \"dear\"]\n");
    spends(&bought(8, &all, &two), &[37.5, 122.5, 80.0]);
    // Where no channel has a result, and where only one takes part, nothing moves.
    let none = [("none", 80.0, 0.0, ""), ("nobody", 40.0, 0.0, "")];
    spends(&bought(8, &none, rule), &[80.0, 40.0]);
    let one = format!("{rule}among = [\"cheap\"]\n");
    spends(&bought(8, &all, &one), &[80.0, 80.0, 80.0]);
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
        bought(10, &[("held", 100.0, 0.0, ""), ("free", 100.0, 0.0, "")], &rest(reps)).replace(
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

/// Three channels of 10 a week, of which each is the best by one measure and the worst by another. For 10 they bring
/// 1,000, 300 and 100 leads; about 20, 150 and 50 of those are won; a win is worth 300, 20 and 1,000.
const ROUND: [Bought<'_>; 3] = [
    ("leads", 80.0, 100.0, "close_rate = 0.04\naverage_value = 300"),
    ("wins", 80.0, 30.0, "close_rate = 1\naverage_value = 20"),
    ("money", 80.0, 10.0, "close_rate = 1\naverage_value = 1_000"),
];

fn reallocate(name: &str, every: u32, shift: f64, by: &str) -> String {
    format!("[rules.{name}]\nkind = \"reallocate\"\nevery = {every}\nshift = {shift}\nby = \"{by}\"\n")
}

#[test]
fn what_a_rule_looks_at_decides_who_gives_and_who_gets() {
    // By leads the first is best and the last worst, by wins the second and the first, by revenue the last and the
    // second: about 6,000, 3,000 and 50,000 for the same money. Half of 40 moves after week 4, with a gross margin or
    // without.
    for (by, wanted) in [
        ("cost_per_qualified", [100.0, 80.0, 60.0]),
        ("cost_per_win", [60.0, 100.0, 80.0]),
        ("romi", [80.0, 60.0, 100.0]),
    ] {
        for margin in ["", "[finance]\ngross_margin = 0.3\n"] {
            let rule = reallocate("shift", 4, 0.5, by) + margin;
            spends(&bought(8, &ROUND, &rule), &wanted);
        }
    }
}

#[test]
fn a_rule_by_wins_sees_them_when_they_start_and_one_by_revenue_when_they_close() {
    // A win closes 3 weeks after it starts. After week 2 none has closed; the wins of week 1 close in week 4. By wins
    // the worse gives half of what it has left after weeks 2, 4 and 6: 10, 5, 2.5, 1.25 a week. By revenue after weeks 4
    // and 6 only: 10, 10, 5, 2.5; also where deals that close are delivered.
    let channels = [("dear", 80.0, 30.0, ""), ("cheap", 80.0, 90.0, "")];
    let room = "[delivery]\nper_week = 1e9\n";
    for (by, wanted) in [("cost_per_win", [37.5, 122.5]), ("romi", [55.0, 105.0])] {
        for rest in ["", room] {
            let text = bought(8, &channels, &(reallocate("shift", 2, 0.5, by) + rest));
            spends(&text.replace("cycle_weeks = 0", "cycle_weeks = 3\ncycle_cv = 0"), &wanted);
        }
    }
}

#[test]
fn rules_of_one_week_act_in_the_order_of_the_file_each_on_what_the_last_has_left() {
    // After week 4 each channel has 40 left. By leads first: 20 from the last to the first, which then has 60 and gives
    // 30 to the second. By wins first: the first gives 20 of its 40, and then gets 20.
    let by_leads = reallocate("z", 4, 0.5, "cost_per_qualified");
    let by_wins = reallocate("a", 4, 0.5, "cost_per_win");
    let both = |rules: String| bought(8, &ROUND, &rules);
    spends(&both(format!("{by_leads}{by_wins}")), &[70.0, 110.0, 60.0]);
    spends(&both(format!("{by_wins}{by_leads}")), &[80.0, 100.0, 60.0]);
}

#[test]
fn money_that_moves_takes_the_pattern_of_the_plan_that_it_joins() {
    // After week 2 of 4 the dear channel gives 10 of its 20, in equal parts from both weeks. The cheap one spreads them
    // like its own remaining money, 1 to 3 here; evenly where it has none left.
    let rule = reallocate("shift", 2, 0.5, "cost_per_qualified") + "among = [\"dear\", \"cheap\"]\n";
    for (flighting, weeks) in
        [("[1, 1, 1, 3]", [20.0, 20.0, 17.5, 42.5]), ("{ weeks = [1, 2] }", [40.0, 40.0, 10.0, 10.0])]
    {
        let pattern = format!("flighting = {flighting}");
        let channels = [("dear", 40.0, 1.0, ""), ("cheap", 60.0, 900.0, pattern.as_str())];
        each_quarter(&scenario(&bought(4, &channels, &rule)), 0..3, 2, |_, _, tally| {
            for (week, wanted) in tally.weeks.iter().zip(weeks) {
                assert!((week.spend - wanted).abs() < 1e-6, "{} of {wanted}", week.spend);
            }
        });
    }
}

#[test]
fn a_throttle_scales_what_reallocations_have_left_and_two_of_them_multiply() {
    // Nobody works and leads wait: from week 2 on the cheap channel spends .5·.8 of its plan. That is 10 a week, and 15
    // after week 4, when the dear one gives half of its own; the plan moves, not what the throttle leaves of it.
    let brake = |name: &str, to: f64| {
        format!("[rules.{name}]\nkind = \"throttle\"\nchannels = [\"cheap\"]\nbacklog_weeks = 1\nto = {to}\n")
    };
    let rules = brake("one", 0.5) + &brake("two", 0.8) + &reallocate("shift", 4, 0.5, "cost_per_qualified");
    let channels = [("dear", 80.0, 30.0, ""), ("cheap", 80.0, 90.0, "")];
    let text = bought(8, &channels, &rules).replace("selling_time", "hours_per_lead = 1\nselling_time");
    each_quarter(&scenario(&text), 0..5, 2, |_, _, tally| {
        let [dear, cheap] = &tally.sources[..] else {
            panic!("two sources");
        };
        let near = |found: f64, wanted: f64| assert!((found - wanted).abs() < 1e-6);
        near(dear.spend, 60.0);
        near(cheap.spend, 10.0 + 3.0 * 4.0 + 4.0 * 6.0);
        near(tally.planned, 160.0);
    });
}

#[test]
fn what_limits_a_draw_is_told_by_where_its_money_stands_after_all_rules_have_moved_it() {
    // 4,000 clicks a week at .001 are sold for 4·ln 20 = 12 a week. The narrow channel is offered 15 of 50: less than
    // half of the plan stands there, the limit is the budget. In week 2 it is given the rest of the other's money: of 65
    // of the 100 it takes 24, and the limit is demand.
    let channels = [("wide", 70.0, 0.0, ""), ("narrow", 30.0, 1e6, "")];
    let text = |rule: &str| {
        let text = bought(2, &channels, rule);
        let (wide, narrow) = text.split_once("[channels.narrow]").expect("it is there");
        let narrow = narrow.replace("0.000_001", "0.001").replace("1e12", "4_000");
        format!("{wide}[channels.narrow]{narrow}")
    };
    let rule = reallocate("shift", 1, 1.0, "cost_per_qualified");
    for (rule, limit, wide) in [("", Limit::Budget, 70.0), (rule.as_str(), Limit::Demand, 35.0)] {
        each_quarter(&scenario(&text(rule)), 0..20, 2, |_, _, tally| {
            assert_eq!(tally.limit(), limit);
            let narrow = 8.0 * 20.0_f64.ln();
            assert!((tally.spend - wide - narrow).abs() < 1e-6);
            assert!((tally.planned - 100.0).abs() < 1e-6);
        });
    }
}

#[test]
fn money_that_a_throttle_holds_back_is_no_want_of_demand() {
    // 10 leads wait, and in week 1 nobody is there: after such a week a throttle holds whenever work waits, which is in
    // week 2 alone. Of 40 the channel is offered 34. Of clicks that are worth 8 a week at their first price it buys 1 −
    // e^(−10/8) = .71, well below .8·.95, and could have used what was held back; of half as many .92, and .63 in week 2.
    for (clicks, limit) in [("8_000_000", Limit::Budget), ("4_000_000", Limit::Demand)] {
        let rest = "[sales.reps.one]\ncount = 1\n[rules.brake]\nkind = \"throttle\"\nchannels = [\"held\"]\nbacklog_weeks = 1\nto = 0.4\n";
        let text = bought(4, &[("held", 40.0, 0.0, "")], rest)
            .replace("selling_time = 1", "selling_time = 1\navailability = [0]\nhours_per_lead = 1\nleads_waiting = 10")
            .replace("1e12", clicks);
        each_quarter(&scenario(&text), 0..20, 2, |_, _, tally| {
            for (week, wanted) in tally.weeks.iter().zip([10.0, 4.0, 10.0, 10.0]) {
                assert!((week.spend - wanted).abs() < 1e-6);
            }
            assert_eq!(tally.limit(), limit);
        });
    }
}
