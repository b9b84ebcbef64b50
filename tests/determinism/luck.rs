//! Two plans under one seed meet the same luck where they are the same.

use std::collections::BTreeMap;

use foremix::engine::{InputSampler, Streams, Unwatched, run};
use foremix::model::lognormal::{Lognormal, log_sd};
use foremix::model::outcomes::SourceTally;
use foremix::model::simulate::Purpose;
use foremix::model::simulate::Seed;
use foremix::random::StreamKey;
use foremix::scenario::Sampling;

use super::draws::{ask, column, draw};
use super::quarters::each_quarter;
use super::support::scenario;
use super::{RICH, bits};

/// The same plan with hours for all.
fn with_ample_hours(text: &str) -> String {
    text.replace("count = 1\ncost_per_week = 900.1", "count = 300")
}

/// What came of each source, by name, draw by draw, in bits.
fn by_source(text: &str) -> BTreeMap<String, Vec<[u64; 6]>> {
    let scenario = scenario(text);
    let mut found: BTreeMap<String, Vec<[u64; 6]>> = BTreeMap::new();
    each_quarter(&scenario, 0..3_000, 21, |_, _, tally| {
        for (source, tally) in scenario.plan.sources.iter().zip(&tally.sources) {
            let &SourceTally { spend, leads, qualified, wins, wins_started, revenue, .. } = tally;
            let bits = [spend, leads, qualified, wins, wins_started, revenue].map(f64::to_bits);
            found.entry(source.name.clone()).or_default().push(bits);
        }
    });
    found
}

#[test]
fn a_further_channel_changes_nothing_of_the_others() {
    let before = with_ample_hours(RICH);
    // First in the alphabet, first in the file, with an uncertain input of its own.
    let after = before.replacen(
        "[channels.search]",
        "[channels.aardvark]\nkind = \"baseline\"\nleads = \"3 to 9\"\nvariation = 0.4\n[channels.search]",
        1,
    );
    let (before, mut after) = (by_source(&before), by_source(&after));
    assert!(after.remove("aardvark").is_some());
    assert!(before == after);
}

#[test]
fn a_larger_budget_changes_nothing_of_the_other_channels() {
    let before = with_ample_hours(RICH);
    for (name, old, new) in [
        ("search", "budget = 9_000", "budget = 12_000"),
        ("guides", "budget = 3_000", "budget = 12_000"),
        ("news", "budget = 900", "budget = 1_900"),
        ("mailing", "budget = 4_000", "budget = 7_000"),
        ("fair", "budget = 2_000", "budget = 4_000"),
    ] {
        let after = before.replacen(old, new, 1);
        let (mut before, mut after) = (by_source(&before), by_source(&after));
        let (changed, was) = (after.remove(name), before.remove(name));
        assert!(changed != was, "{name} has not changed");
        assert!(before == after);
    }
}

#[test]
fn a_further_win_takes_a_value_and_a_cycle_of_its_own_and_leaves_those_of_the_others() {
    // Win number k of a channel and week has the k-th value and the k-th cycle of that channel and week, so a week with n
    // wins closes the first n of them, whatever the budget was that brought them.
    let plan = |budget: u32| {
        scenario(&format!(
            r#"
            [horizon]
            weeks = 1
            tail_weeks = 60
            [channels.search]
            kind = "ppc"
            budget = {budget}
            cost_per_click = 2
            clicks_available = 1000
            visit_to_lead = 0.02
            [sales]
            opportunity_rate = 0.7
            close_rate = 0.6
            cycle_weeks = 4
            cycle_cv = 0.8
            response_curve = "none"
            [deals]
            average_value = 500
            value_cv = 0.9
            "#
        ))
    };
    let series = |purpose| StreamKey::new(33, 0, "channels.search", purpose);
    let (values, delays) = (series(Purpose::Value), series(Purpose::Delay));
    let worth = Lognormal::new(500.0, log_sd(0.9));
    let cycle = Lognormal::new(4.0, log_sd(0.8));
    let mut least = vec![0.0; 2_000];
    let mut further = 0;
    for budget in [0, 300, 600, 900, 1_500, 3_000, 6_000] {
        each_quarter(&plan(budget), 0..2_000, 33, |draw, _, tally| {
            // More money never takes a win away.
            let before = std::mem::replace(&mut least[draw as usize], tally.wins_started);
            assert!(tally.wins_started >= before);
            further += u32::from(tally.wins_started > before);
            let (mut wins, mut revenue) = ([0.0; 61], [0.0; 61]);
            for k in 0..tally.wins_started as u32 {
                let closes = cycle.weeks(delays.at(draw), 0, k);
                if let Some(wins) = wins.get_mut(closes) {
                    *wins += 1.0;
                    revenue[closes] += worth.at(values.at(draw), 0, k);
                }
            }
            for (week, (wins, revenue)) in tally.weeks.iter().zip(wins.iter().zip(revenue)) {
                assert_eq!(week.wins, *wins);
                assert_eq!(week.revenue.to_bits(), f64::to_bits(revenue));
            }
        });
    }
    assert!(further > 2_000, "budgets that bring nothing show nothing");
}

#[test]
fn a_further_open_deal_leaves_the_others_as_they_were() {
    let plan = |count: u32| RICH.replace("count = 7", &format!("count = {count}"));
    let [fewer, more] = [7, 8].map(|count| {
        let draws = draw(&scenario(&with_ample_hours(&plan(count))), 0..3_000, 2);
        ["wins_started", "wins", "leads", "worked"].map(|key| column(&draws, key).to_vec())
    });
    let mut won = 0;
    for row in 0..3_000 {
        let further = more[0][row] - fewer[0][row];
        assert!(further == 0.0 || further == 1.0);
        assert!((0.0..=further).contains(&(more[1][row] - fewer[1][row])));
        won += u32::from(further == 1.0);
    }
    assert_eq!(fewer[2..], more[2..]);
    assert!(won > 300);
}

#[test]
fn an_input_that_is_held_leaves_the_others_and_all_luck_as_they_were() {
    let scenario = scenario(RICH);
    let inputs = &scenario.plan.parts.inputs;
    let held = inputs.find("deals.average_value").expect("it is uncertain");
    let seed = Seed { seed: 6, stream: 0 };
    for sampling in [Sampling::Stratified, Sampling::Random] {
        let free = InputSampler::new(inputs, seed, sampling, &[]);
        let bound = InputSampler::new(inputs, seed, sampling, &[(held, 1_000.0)]);
        for at in 0..inputs.list().len() {
            let column = bound.column(at, 0..2_000);
            if at == held.index() {
                assert!(column.iter().all(|&value| value == 1_000.0));
            } else {
                assert!(column == free.column(at, 0..2_000));
            }
        }
    }
    // Values of deals move no count.
    let mut ask = ask(&scenario, 0..2_000, 6);
    let free = run(&scenario.plan, &ask, &Unwatched).expect("nobody stops it");
    ask.held = vec![(held, 1_000.0)];
    let bound = run(&scenario.plan, &ask, &Unwatched).expect("nobody stops it");
    for key in ["leads", "worked", "opportunities", "wins", "wins_started"] {
        assert!(column(&free, key) == column(&bound, key), "{key} differs");
    }
    assert!(column(&free, "revenue") != column(&bound, "revenue"));
}

#[test]
fn inputs_made_certain_or_written_otherwise_leave_the_others_as_they_were() {
    let columns = |text: &str| -> BTreeMap<String, Vec<f64>> {
        let scenario = scenario(text);
        let inputs = &scenario.plan.parts.inputs;
        let seed = Seed { seed: 6, stream: 0 };
        let sampler = InputSampler::new(inputs, seed, Sampling::Stratified, &[]);
        let names = inputs.list().iter().map(|input| input.name.clone());
        names.enumerate().map(|(at, name)| (name, sampler.column(at, 0..2_000))).collect()
    };
    let mut before = columns(RICH);
    let after = columns(&RICH.replace("leads = \"2 to 5\"", "leads = 3"));
    assert!(before.remove("channels.walk_in.leads").is_some());
    assert!(before == after);
}

#[test]
fn inputs_and_luck_are_renewed_apart() {
    // All uncertainty of the value is in an input, all that of the wins in luck.
    let scenario = scenario(
        r#"
        [horizon]
        weeks = 3
        tail_weeks = 0
        [channels.walk_in]
        kind = "baseline"
        leads = 6
        [sales]
        opportunity_rate = 0.5
        close_rate = 0.5
        cycle_weeks = 0
        [deals]
        average_value = "100 to 300"
        "#,
    );
    let with = |inputs, luck| {
        let mut ask = ask(&scenario, 0..2_000, 6);
        ask.streams = Streams { inputs, luck };
        run(&scenario.plan, &ask, &Unwatched).expect("nobody stops it")
    };
    let value = |draws| -> Vec<Option<f64>> {
        let (revenue, wins) = (column(draws, "revenue"), column(draws, "wins"));
        let pairs = revenue.iter().zip(wins);
        pairs.map(|(revenue, &wins)| (wins > 0.0).then(|| revenue / wins)).collect()
    };
    let (base, other_inputs, other_luck) = (with(0, 0), with(1, 0), with(0, 1));
    assert_eq!(column(&base, "wins"), column(&other_inputs, "wins"));
    assert_ne!(column(&base, "wins"), column(&other_luck, "wins"));
    let (mut same, mut apart) = (0, 0);
    for ((base, renewed), held) in value(&base).into_iter().zip(value(&other_inputs)).zip(value(&other_luck)) {
        let (Some(base), Some(renewed), Some(held)) = (base, renewed, held) else {
            continue;
        };
        same += u32::from((held / base - 1.0).abs() < 1e-12);
        apart += u32::from((renewed / base - 1.0).abs() > 1e-6);
    }
    assert!(same > 1_900 && apart > 1_900, "{same} same, {apart} apart");
    assert!(bits(&with(0, 0)) == bits(&base));
}

#[test]
fn inputs_that_are_renewed_leave_the_others_and_bring_their_partners() {
    let tied = "[[correlations]]\nbetween = [\"channels.walk_in.leads\", \"deals.average_value\"]\nrank = 0.5\n";
    let scenario = scenario(&format!("{RICH}\n{tied}"));
    let inputs = &scenario.plan.parts.inputs;
    let (seed, other) = (Seed { seed: 6, stream: 0 }, Seed { seed: 6, stream: 1 });
    let sampler = || InputSampler::new(inputs, seed, Sampling::Stratified, &[]);
    let of_other = InputSampler::new(inputs, other, Sampling::Stratified, &[]);
    let sets = inputs.drawn_together();
    assert!(sets.iter().any(|set| set.len() > 1), "no two inputs are drawn together");
    for set in &sets {
        let renewed = sampler().renewed(set, other);
        for at in 0..inputs.list().len() {
            let column = renewed.column(at, 0..2_000);
            let expected = if set.iter().any(|input| input.index() == at) { &of_other } else { &sampler() };
            assert!(column == expected.column(at, 0..2_000), "{}", inputs.list()[at].name);
        }
        // One of a group brings the others.
        let by_one = sampler().renewed(&set[..1], other);
        assert!(
            by_one.column(set[set.len() - 1].index(), 0..100) == of_other.column(set[set.len() - 1].index(), 0..100)
        );
    }
}
