//! Who is served first: open deals, then leads in the order of the queue.

use super::draws::column;
use super::estimate::{is_binomial, mean, ratio, variance};
use super::quarters::each_quarter;
use super::support::scenario;
use super::{SEEDS, under_each_seed};

#[test]
fn open_deals_are_served_before_any_lead() {
    // 40 deals · 3 h over the first ceil(3.2) = 4 weeks are 30 h a week against 20 h: they take all hours of the first 6
    // weeks; of the 200 h of 10 weeks 80 are left for leads of 1 h.
    let plan = |weeks: u32| {
        format!(
            r#"
            [horizon]
            weeks = {weeks}
            tail_weeks = 0
            [sales]
            hours_per_week = 20
            selling_time = 1
            hours_per_lead = 1
            opportunity_rate = 0.5
            close_rate = 0.4
            cycle_weeks = 0
            leads_waiting = 900
            [sales.reps.one]
            count = 1
            [deals]
            average_value = 100
            [deals.open.now]
            count = 40
            weeks_to_close = 3.2
            hours_left = 3
            "#
        )
    };
    for (weeks, worked) in [(5, 0.0), (6, 0.0), (7, 20.0), (10, 80.0)] {
        under_each_seed(&plan(weeks), 200, |draws| {
            assert!(column(draws, "worked").iter().all(|&n| n == worked));
            // Wanted: the deals' 120 h, and 900 h for the leads that wait.
            let wanted = 1_020.0 / (20.0 * f64::from(weeks));
            for ratio in column(draws, "demand_ratio") {
                assert!((ratio - wanted).abs() < 1e-9);
            }
        });
    }
}

#[test]
fn the_order_of_the_queue_decides_whose_leads_grow_cold() {
    // 6 h a week against leads of 1 h that come ten times as fast. Newest first, all that is worked came this week;
    // oldest first, all but the first week's has waited: it is at .15/.35 of its rate. Worked are 6 a week, so
    // opportunities are binomial.
    let plan = |queue: &str| {
        format!(
            r#"
            [horizon]
            weeks = 5
            tail_weeks = 0
            [channels.walk_in]
            kind = "baseline"
            leads = 60
            [sales]
            hours_per_week = 6
            selling_time = 1
            hours_per_lead = 1
            opportunity_rate = 0.7
            close_rate = 0.4
            cycle_weeks = 0
            queue = "{queue}"
            [sales.reps.one]
            count = 1
            [deals]
            average_value = 100
            "#
        )
    };
    let cold = 0.7 * 0.15 / 0.35;
    under_each_seed(&plan("newest_first"), 20_000, |draws| {
        is_binomial(column(draws, "opportunities"), 30.0, 0.7);
    });
    under_each_seed(&plan("oldest_first"), 20_000, |draws| {
        let opportunities = column(draws, "opportunities");
        mean(opportunities).is(6.0 * 0.7 + 24.0 * cold);
        variance(opportunities).is(6.0 * 0.7 * 0.3 + 24.0 * cold * (1.0 - cold));
    });
}

#[test]
fn best_first_works_the_leads_that_are_worth_most_an_hour() {
    // An hour is worth o·c·v/e: 1·.5·300/4 = 37.5 on the large, 18.75 on the others, .1·.5·1,500/1.3 = 57.7 on the small,
    // of which there are more than 20 h a week can work: 80 h work floor(80/1.3) = 61 of them, and nobody else.
    let text = r#"
        [horizon]
        weeks = 4
        tail_weeks = 0
        [channels.large]
        kind = "baseline"
        leads = 50
        opportunity_rate = 1
        average_value = 300
        [channels.other]
        kind = "baseline"
        leads = 50
        opportunity_rate = 1
        [channels.small]
        kind = "baseline"
        leads = 50
        opportunity_rate = 0.1
        average_value = 1500
        [sales]
        hours_per_week = 20
        selling_time = 1
        hours_per_lead = 1
        hours_per_opportunity = 3
        opportunity_rate = 1
        close_rate = 0.5
        cycle_weeks = 0
        response_curve = "none"
        queue = "best_first"
        [sales.reps.one]
        count = 1
        [deals]
        average_value = 150
    "#;
    let scenario = scenario(text);
    for seed in SEEDS {
        let mut wins = Vec::new();
        each_quarter(&scenario, 0..20_000, seed, |_, _, tally| {
            let [large, other, small] = &tally.sources[..] else {
                panic!("three sources");
            };
            assert_eq!((large.wins, other.wins, tally.worked), (0.0, 0.0, 61.0));
            wins.push(small.wins);
        });
        is_binomial(&wins, 61.0, 0.05);
    }
}

/// 80 h for leads of 1 h, all of them won: of three channels, of which one is worth more than the others and one less,
/// and of all other sources.
fn from_everywhere(referrals: &str) -> String {
    format!(
        r#"
        [horizon]
        weeks = 1
        tail_weeks = 0
        [channels.worst]
        kind = "baseline"
        leads = 30
        average_value = 10
        [channels.usual]
        kind = "baseline"
        leads = 12
        [channels.best]
        kind = "baseline"
        leads = 10
        average_value = 1_000
        [customers]
        active = 100
        referral_rate = 0.15
        {referrals}
        [nurture]
        rate = 1
        pool = 14
        [sales]
        hours_per_week = 80
        selling_time = 1
        hours_per_lead = 1
        opportunity_rate = 1
        close_rate = 1
        cycle_weeks = 0
        response_curve = "none"
        queue = "best_first"
        leads_waiting = 25
        [sales.reps.one]
        count = 1
        [deals]
        average_value = 100
        "#
    )
}

/// What each is served of so many hours, one after the other.
fn served<const N: usize>(mut hours: f64, wanted: [f64; N]) -> [f64; N] {
    wanted.map(|wanted| {
        let served = wanted.min(hours);
        hours -= served;
        served
    })
}

#[test]
fn leads_of_equal_worth_are_served_in_the_order_of_their_sources() {
    // Channels first, then referrals, then those that turn, then those that wait today; what is worth more goes before
    // them all, what is worth less after.
    let scenario = scenario(&from_everywhere(""));
    for seed in SEEDS {
        let mut short = [0; 6];
        each_quarter(&scenario, 0..4_000, seed, |_, _, tally| {
            let [worst, usual, best, referral, nurtured, backlog] = &tally.sources[..] else {
                panic!("six sources");
            };
            let sources = [best, usual, referral, nurtured, backlog, worst];
            let mut wanted = sources.map(|source| source.qualified);
            wanted[4] = 25.0;
            let served = served(80.0, wanted);
            assert_eq!(sources.map(|source| source.wins), served);
            assert_eq!(nurtured.qualified, 14.0);
            for (short, (served, wanted)) in short.iter_mut().zip(served.into_iter().zip(wanted)) {
                *short += u32::from(served < wanted);
            }
        });
        assert!(short[4] > 100 && short[5] > 3_000);
    }
}

#[test]
fn referrals_that_seldom_close_are_served_after_what_waits_today() {
    // At half the close rate they are worth 50 an hour: less than the 100 of what has turned or waits, more than the 10 of
    // the least. Of those served half are won.
    let scenario = scenario(&from_everywhere("[customers.referrals]\nclose_rate = 0.5"));
    for seed in SEEDS {
        let [mut won, mut of] = [const { Vec::new() }; 2];
        each_quarter(&scenario, 0..4_000, seed, |_, _, tally| {
            let [worst, usual, best, referral, nurtured, backlog] = &tally.sources[..] else {
                panic!("six sources");
            };
            let sources = [best, usual, nurtured, backlog, referral, worst];
            let mut wanted = sources.map(|source| source.qualified);
            wanted[3] = 25.0;
            let mut served = served(80.0, wanted);
            won.push(referral.wins);
            of.push(std::mem::replace(&mut served[4], referral.wins));
            assert_eq!(sources.map(|source| source.wins), served);
        });
        ratio(&won, &of).is(0.5);
    }
}
