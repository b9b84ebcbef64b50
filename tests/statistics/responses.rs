//! Channels known by a fitted response curve whose orders are won online.

use super::draws::column;
use super::estimate::{is_poisson, mean, variance};
use super::quarters::each_quarter;
use super::support::scenario;
use super::{SEEDS, under_each_seed};

/// Hours are ample, and a win closes at once.
const AMPLE: &str = r#"
    [sales]
    opportunity_rate = 0.5
    close_rate = 0.4
    cycle_weeks = 0
"#;

#[test]
fn the_revenue_of_a_response_curve_is_its_own_and_terms_act_on_the_number_of_orders() {
    // 1,000 a week bring as much revenue, in orders of 50. In week 2 a promotion wins 1.2 times as many at 3/4 of the
    // price; all prices are 1.25 times the usual, which leaves .8 of the orders: 16 and 19.2 of them, none lost by a
    // close rate.
    let text = format!(
        r#"
        {AMPLE}
        [deals]
        average_value = 50
        price_change = 0.25
        price_elasticity = -1
        [horizon]
        weeks = 2
        tail_weeks = 0
        [promotions.sale]
        weeks = [2, 2]
        discount = 0.25
        close_multiplier = 1.2
        [channels.tv]
        kind = "response"
        of = "revenue"
        budget = 2_000
        scale = 1
        saturation = {{ kind = "none" }}
        "#
    );
    let orders = [20.0 * 0.8, 20.0 * 1.2 * 0.8];
    under_each_seed(&text, 20_000, |draws| {
        is_poisson(column(draws, "leads"), orders[0] + orders[1]);
        assert_eq!(column(draws, "leads"), column(draws, "wins"));
        let revenue = column(draws, "revenue");
        let (first, second) = (50.0 * 1.25, 50.0 * 1.25 * 0.75);
        mean(revenue).is(orders[0] * first + orders[1] * second);
        variance(revenue).is(orders[0] * first * first + orders[1] * second * second);
    });
}

/// A channel whose orders, or their revenue, are 10 times its money, which is 1 in week 1 and 2 in week 2.
fn curve(of: &str, rest: &str) -> String {
    format!(
        r#"
        {AMPLE}
        [deals]
        average_value = 50
        value_cv = 0.5
        [horizon]
        weeks = 2
        tail_weeks = 0
        [channels.tv]
        kind = "response"
        of = "{of}"
        budget = 3
        flighting = [1, 2]
        scale = 10
        saturation = {{ kind = "none" }}
        {rest}
        "#
    )
}

#[test]
fn orders_of_a_response_curve_are_won_as_many_as_it_says_under_the_terms_of_their_week() {
    // 10 and 20 orders, which the close rate of the team leaves alone. In week 2 a promotion lifts demand by half and
    // wins 1.2 times as many, a certain risk leaves .5 of that; a price of 1.25 loses a fifth of all: 8 and 20·1.5·1.2·
    // .5·.8 = 14.4. Values are those of deals: a compound Poisson sum of variance Σ Λv²(1 + c²).
    let terms = r#"
        [promotions.sale]
        weeks = [2, 2]
        discount = 0.2
        lead_multiplier = 1.5
        close_multiplier = 1.2
        [shocks.strike]
        chance = 1
        weeks = [2, 2]
        close = 0.5
    "#;
    let text = curve("orders", terms).replace("[deals]", "[deals]\nprice_change = 0.25\nprice_elasticity = -1");
    let orders = [(8.0, 62.5), (14.4, 50.0)];
    under_each_seed(&text, 20_000, |draws| {
        is_poisson(column(draws, "leads"), 22.4);
        for key in ["qualified", "wins", "wins_started"] {
            assert_eq!(column(draws, key), column(draws, "leads"));
        }
        assert!(column(draws, "worked").iter().all(|&worked| worked == 0.0));
        let revenue = column(draws, "revenue");
        mean(revenue).is(orders.iter().map(|(n, v)| n * v).sum());
        variance(revenue).is(orders.iter().map(|(n, v)| n * v * v * 1.25).sum());
    });
}

#[test]
fn revenue_of_a_response_curve_is_divided_by_the_value_of_its_own_orders() {
    // 3,000 in orders of 40, or of 50 where the channel says nothing: their number is Poisson(3,000/v), and the revenue
    // a compound Poisson sum of mean 3,000 and variance Λv²(1 + c²).
    for (own, value) in [("", 50.0), ("average_value = 40", 40.0)] {
        let text = curve("revenue", own).replace("scale = 10", "scale = 1_000");
        under_each_seed(&text, 20_000, |draws| {
            is_poisson(column(draws, "wins"), 3_000.0 / value);
            mean(column(draws, "revenue")).is(3_000.0);
            variance(column(draws, "revenue")).is(3_000.0 * value * 1.25);
        });
    }
}

#[test]
fn segments_of_a_response_curve_split_its_orders_and_keep_their_total() {
    // Of 30 orders, or of 1,500 in orders of 50, small buyers have .75·.6 : .25·3 = .375, large ones .625. Large orders are
    // twice as dear, and the mean is 50: 50/1.625 and 100/1.625. Where nobody would close, leads come as the audience does:
    // .75 and .25, at 50/1.25 and 100/1.25. Two independent compound Poisson sums.
    let segments = |closes: [f64; 2]| {
        format!(
            "audience = {{ small = 0.75, large = 0.25 }}
            [segments.small]
            close_multiplier = {}
            [segments.large]
            close_multiplier = {}
            value_multiplier = 2",
            closes[0], closes[1]
        )
    };
    for (closes, shares, scale) in [([0.6, 3.0], [0.375, 0.625], 1.625), ([0.0, 0.0], [0.75, 0.25], 1.25)] {
        let orders = curve("orders", &segments(closes));
        let revenue = curve("revenue", &segments(closes)).replace("scale = 10", "scale = 500");
        for text in [orders, revenue] {
            under_each_seed(&text, 20_000, |draws| {
                is_poisson(column(draws, "leads"), 30.0);
                assert_eq!(column(draws, "wins"), column(draws, "leads"));
                let revenue = column(draws, "revenue");
                mean(revenue).is(1_500.0);
                let squares = shares[0] * (50.0_f64 / scale).powi(2) + shares[1] * (100.0_f64 / scale).powi(2);
                variance(revenue).is(30.0 * 1.25 * squares);
            });
        }
    }
}

#[test]
fn nobody_chats_about_the_orders_of_a_response_curve() {
    // Whoever asks in a chat is lost, since nobody answers: all of the shop's who ask, and none of the curve's.
    let rest = r#"
        [channels.shop]
        kind = "baseline"
        leads = 8
        route = "online"
        close_rate = 1
        [online.chat]
        agents = 0
        chats_per_hour = 2
        chat_share = 0.25
        answered = 1
        missed = 0
        [promotions.sale]
        weeks = [1, 2]
        close_multiplier = 1.2
    "#;
    let plan = scenario(&curve("orders", rest));
    for seed in SEEDS {
        let (mut chats, mut shop_wins) = (Vec::new(), Vec::new());
        each_quarter(&plan, 0..20_000, seed, |_, _, tally| {
            let [tv, shop] = &tally.sources[..] else { panic!("two sources") };
            assert_eq!(tv.wins, tv.leads);
            chats.push(tally.chats);
            shop_wins.push(shop.wins);
        });
        is_poisson(&chats, 16.0 * 0.25);
        is_poisson(&shop_wins, 16.0 * 0.75);
    }
}
