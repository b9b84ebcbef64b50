//! Chats: who is answered, who is missed, and who buys.

use super::SEEDS;
use super::draws::column;
use super::estimate::{is_binomial, is_poisson, mean, ratio};
use super::quarters::each_quarter;
use super::support::scenario;
use super::under_each_seed;

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
        assert_eq!((tally.worked, tally.opportunities()), (0.0, 0.0));
        assert_eq!((tally.chats, tally.chats_missed), (chats, (chats - 9.0).max(0.0)));
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
    let text =
        shops("agents = 1\nhours_per_week = 6\nchats_per_hour = 1\nchat_share = 0.5\nanswered = 1.5\nmissed = 0.25");
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

#[test]
fn with_room_for_all_chats_every_lead_buys_at_the_rate_of_the_answered() {
    // With room for all, answered chats buy 1.5 times as often as others: .6 against .4.
    let text = shops("agents = 9\nhours_per_week = 40\nchats_per_hour = 3\nchat_share = 1\nanswered = 1.5\nmissed = 0");
    under_each_seed(&text, 20_000, |draws| {
        is_poisson(column(draws, "wins"), 0.6 * 16.0);
        ratio(column(draws, "wins"), column(draws, "leads")).is(0.6);
    });
}

#[test]
fn the_last_answers_of_a_week_go_to_the_largest_remainders_and_ties_to_the_first_in_the_file() {
    // Three channels of n_i chats share 7 answers: floor(7n_i/N) each, and the rest one by one in the order of the
    // remainders 7n_i mod N. All ask, and whoever is answered buys.
    let shop = |name: &str, leads: u32| {
        format!("[channels.{name}]\nkind = \"baseline\"\nleads = {leads}\nroute = \"online\"\nclose_rate = 0.5\n")
    };
    let text = format!(
        r#"
        {}{}{}
        [horizon]
        weeks = 1
        tail_weeks = 0
        [online.chat]
        agents = 1
        hours_per_week = 7
        chats_per_hour = 1
        chat_share = 1
        answered = 2
        missed = 0
        [sales]
        opportunity_rate = 0.5
        close_rate = 0.4
        cycle_weeks = 0
        [deals]
        average_value = 100
        "#,
        shop("west", 4),
        shop("east", 4),
        shop("north", 6)
    );
    let mut ties = 0;
    each_quarter(&scenario(&text), 0..5_000, 3, |_, _, tally| {
        let chats: Vec<u64> = tally.sources.iter().map(|s| s.leads as u64).collect();
        let total = chats.iter().sum::<u64>().max(7);
        let mut answered: Vec<u64> = chats.iter().map(|n| 7 * n / total).collect();
        let left = chats.iter().sum::<u64>().min(7) - answered.iter().sum::<u64>();
        let mut order = [0, 1, 2];
        order.sort_by_key(|&at| (total - 7 * chats[at] % total, at));
        for &at in &order[..left as usize] {
            answered[at] += 1;
        }
        ties += u32::from(left == 1 && chats[0] == chats[1] && order[0] == 0);
        let wins: Vec<u64> = tally.sources.iter().map(|s| s.wins as u64).collect();
        assert_eq!(wins, answered, "of {chats:?}");
    });
    assert!(ties > 50);
}

#[test]
fn who_is_answered_within_a_channel_is_anyone_who_asks() {
    // Far more ask than the 9 who are answered and buy. Each of those is a small buyer with chance .7, whatever the
    // number of chats: Binomial(9, .7). The revenue of 100 from a small one and 200 from a large one tells how many.
    let text = shops("agents = 1\nhours_per_week = 9\nchats_per_hour = 1\nchat_share = 1\nanswered = 3\nmissed = 0")
        .replace("leads = 12", "leads = 80\naudience = { small = 0.7, large = 0.3 }")
        .replace("leads = 4", "leads = 0");
    let segments = "[segments.small]\n[segments.large]\nvalue_multiplier = 2\n";
    under_each_seed(&format!("{text}{segments}"), 40_000, |draws| {
        assert!(column(draws, "wins").iter().all(|&wins| wins == 9.0));
        let small: Vec<f64> = column(draws, "revenue").iter().map(|revenue| 18.0 - revenue / 100.0).collect();
        is_binomial(&small, 9.0, 0.7);
    });
}

#[test]
fn a_channel_s_part_of_the_answers_is_its_part_of_the_chats_to_the_nearest_whole() {
    // Of two channels with n and m chats the first has 9n/(n + m) of 9 answers, to the nearest whole and up where that is
    // a tie, or n where there are no more than 9 chats; n ~ Poisson(12), m ~ Poisson(4).
    let text = shops("agents = 1\nhours_per_week = 9\nchats_per_hour = 1\nchat_share = 1\nanswered = 3\nmissed = 0");
    let chances = |mean: f64| {
        let next = move |chance: &mut f64, n: u32| {
            *chance *= if n == 0 { 1.0 } else { mean / f64::from(n) };
            Some((n, *chance))
        };
        (0..60).scan((-mean).exp(), next)
    };
    let (mut first, mut all) = (0.0, 0.0);
    for (n, one) in chances(12.0) {
        for (m, other) in chances(4.0) {
            let part = if n + m <= 9 { n } else { (18 * n + n + m) / (2 * (n + m)) };
            first += one * other * f64::from(part);
            all += one * other * f64::from((n + m).min(9));
        }
    }
    let scenario = scenario(&text);
    for seed in SEEDS {
        let [mut large, mut small] = [const { Vec::new() }; 2];
        each_quarter(&scenario, 0..20_000, seed, |_, _, tally| {
            large.push(tally.sources[0].wins);
            small.push(tally.sources[1].wins);
        });
        mean(&large).is(first);
        mean(&small).is(all - first);
    }
}
