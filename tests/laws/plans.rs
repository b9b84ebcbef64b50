//! Random plans, as text.

use std::fmt::Write;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use super::surroundings;

/// Any plan at all.
pub(crate) fn any_plan() -> impl Strategy<Value = String> {
    (
        (1..=30_u32, 0..=30_u32, key("tail_load", fraction())),
        market(),
        vec(channel(), 1..5),
        sales(),
        deals(),
        finance(),
        surroundings::any(),
    )
        .prop_map(|((weeks, tail, load), market, channels, sales, deals, finance, around)| {
            let mut text = format!("[horizon]\nweeks = {weeks}\ntail_weeks = {tail}\n{load}{market}");
            for (at, channel) in channels.iter().enumerate() {
                // Not in the order of the alphabet, which is the order of sums.
                let name = ["delta", "alpha", "echo", "bravo"][at];
                let _ = write!(text, "[channels.{name}]\n{channel}");
            }
            surroundings::fit(&(text + &sales + &deals + &finance + &around), weeks + tail)
        })
}

/// A channel alone, with demand and prices that stay.
pub(crate) fn steady_channel() -> impl Strategy<Value = String> {
    prop_oneof![ppc(), seo(), print("print"), print("event")]
}

fn market() -> impl Strategy<Value = String> {
    table(
        "[market]\n",
        vec![
            key("growth_per_week", prop_oneof![number(-0.1, 0.1), Just("\"-0.05 to 0.05\"".into())]),
            key("volatility", amount(0.5)),
            key("persistence", fraction()),
            key("seasonality", Just("[1]".to_owned()).prop_union(Just("[0]".to_owned()))),
        ],
    )
}

/// A channel of any kind, whose leads go to the team or buy online.
fn channel() -> impl Strategy<Value = String> {
    let common = keys(vec![
        key("fixed_cost", amount(500.0)),
        key("staff_hours_per_week", amount(10.0)),
        key("variation", amount(1.0)),
        key("variation_persistence", fraction()),
        key(
            "audience",
            prop_oneof![Just("{ small = 0.75, large = 0.25 }".to_owned()), Just("{ large = 1 }".to_owned())],
        ),
    ]);
    let team = keys(vec![
        key("opportunity_rate", fraction()),
        key("close_rate", fraction()),
        key("average_value", amount(900.0)),
    ]);
    let online = (required("close_rate", fraction()), key("average_value", amount(900.0)))
        .prop_map(|(rate, value)| format!("route = \"online\"\n{rate}{value}"));
    let baseline = required("leads", amount(40.0)).prop_map(kind("baseline"));
    let paid = prop_oneof![ppc(), seo(), email(), print("print"), print("event"), response("leads", 40.0)];
    let brand = || key("brand_share", fraction());
    let leads = (
        prop_oneof![
            1 => baseline.boxed(),
            6 => (paid, brand()).prop_map(|(kind, brand)| kind + &brand).boxed(),
        ],
        prop_oneof![3 => team, 1 => online],
    )
        .prop_map(|(kind, way)| kind + &way);
    let orders = (
        prop_oneof![response("orders", 20.0), response("revenue", 4000.0)],
        brand(),
        required("average_value", number(100.0, 900.0)),
    )
        .prop_map(|(kind, brand, value)| kind + &brand + &value);
    let qualified = key("qualified", fraction());
    let leads = (leads, qualified).prop_map(|(kind, qualified)| kind + &qualified);
    (prop_oneof![5 => leads, 1 => orders], common).prop_map(|(kind, common)| kind + &common)
}

/// A channel known by its response curve.
fn response(of: &'static str, scale: f64) -> BoxedStrategy<String> {
    let adstock = prop_oneof![
        Just("\"none\""),
        Just("{ kind = \"geometric\", retention = \"30% to 60%\" }"),
        Just("{ kind = \"geometric\", retention = 1, max_lag = 3, normalize = false }"),
        Just("{ kind = \"delayed\", retention = 0.6, peak = 2, max_lag = 6 }"),
        Just("{ kind = \"delayed\", retention = 0, peak = 1.5, max_lag = 6 }"),
        Just("{ kind = \"weibull_pdf\", scale = \"1 to 3\", shape = 1.5 }"),
        Just("{ kind = \"weibull_pdf\", scale = 0.01, shape = 9, max_lag = 4 }"),
        Just("{ kind = \"weibull_cdf\", scale = 3, shape = 1.5 }"),
    ];
    let saturation = prop_oneof![
        Just("{ kind = \"hill\", half = 0.8, slope = \"1 to 2\" }"),
        Just("{ kind = \"hill\", half = 0.8, slope = 60 }"),
        Just("{ kind = \"logistic\", lam = 1.5 }"),
        Just("{ kind = \"michaelis_menten\", half = \"0.5 to 2\" }"),
        Just("{ kind = \"exponential\", rate = 0.7 }"),
        Just("{ kind = \"tanh\", half = 0.6 }"),
        Just("{ kind = \"root\", exponent = 0.5 }"),
    ];
    (
        budget(),
        required("scale", amount(scale)),
        required("adstock", adstock.prop_map(str::to_owned)),
        required("saturation", saturation.prop_map(str::to_owned)),
        key("past_spend", amount(400.0)),
    )
        .prop_map(move |(budget, scale, adstock, saturation, past)| {
            kind("response")(format!("of = \"{of}\"\nspend_scale = 500\n{budget}{scale}{adstock}{saturation}{past}"))
        })
        .boxed()
}

fn ppc() -> BoxedStrategy<String> {
    let price = prop_oneof![
        (required("cost_per_click", above_zero(5.0)), required("clicks_available", amount(800.0)))
            .prop_map(|(cost, clicks)| cost + &clicks),
        Just("today = { spend = 900, clicks = \"200 to 400\", share = 0.55 }\n".to_owned()),
    ];
    (
        budget(),
        price,
        required("visit_to_lead", fraction()),
        keys(vec![key("max_share", number(0.0, 0.99)), key("cost_factor", above_zero(2.0))]),
    )
        .prop_map(|(budget, price, leads, rest)| kind("ppc")(budget + &price + &leads + &rest))
        .boxed()
}

fn seo() -> BoxedStrategy<String> {
    (
        budget(),
        required("cost_per_article", above_zero(500.0)),
        required("visits_per_article", amount(30.0)),
        required("visit_to_lead", fraction()),
        keys(vec![
            key("weeks_to_mature", number(2.0, 40.0)),
            key("decay", fraction()),
            key("baseline_visits", amount(90.0)),
            key("max_visits", number(2000.0, 3000.0)),
            key("past_spend", amount(400.0)),
        ]),
    )
        .prop_map(|(budget, cost, visits, leads, rest)| kind("seo")(budget + &cost + &visits + &leads + &rest))
        .boxed()
}

fn email() -> BoxedStrategy<String> {
    (
        budget(),
        required("list_size", amount(9000.0)),
        required("cost_per_thousand", above_zero(300.0)),
        required("click_rate", fraction()),
        required("click_to_lead", number(0.0, 0.2)),
        keys(vec![
            key("list_growth", amount(90.0)),
            key("max_sends_per_week", amount(4.0)),
            key("fatigue", fraction()),
            key("unsubscribe_rate", fraction()),
            key("cost_by_week", Just("[2.5]".into())),
        ]),
    )
        .prop_map(|(budget, list, cost, clicks, leads, rest)| {
            kind("email")(budget + &list + &cost + &clicks + &leads + &rest)
        })
        .boxed()
}

fn print(word: &'static str) -> BoxedStrategy<String> {
    let bought = if word == "print" {
        (
            required("cost_per_insertion", above_zero(3000.0)),
            required("circulation", amount(20_000.0)),
            required("response_rate", number(0.0, 0.01)),
        )
            .prop_map(|(cost, copies, answers)| cost + &copies + &answers)
            .boxed()
    } else {
        (required("cost_per_event", above_zero(3000.0)), required("leads_per_event", amount(200.0)))
            .prop_map(|(cost, leads)| cost + &leads)
            .boxed()
    };
    let rest =
        keys(vec![key("half_life", maybe_zero(5.0)), key("wearout", fraction()), key("past_spend", amount(300.0))]);
    (budget(), bought, rest).prop_map(move |(budget, bought, rest)| kind(word)(budget + &bought + &rest)).boxed()
}

/// What is planned; the key `flighting` only where it fits a horizon of one week, too.
fn budget() -> impl Strategy<Value = String> {
    let flighting = prop_oneof![
        Just(""),
        Just("flighting = \"front_loaded\"\n"),
        Just("flighting = \"back_loaded\"\n"),
        Just("flighting = { every = 1 }\n"),
        Just("flighting = { weeks = [1, 1] }\n"),
    ];
    (maybe_zero(20_000.0), flighting).prop_map(|(budget, flighting)| format!("budget = {budget}\n{flighting}"))
}

fn sales() -> impl Strategy<Value = String> {
    let queue = prop_oneof![Just("\"newest_first\""), Just("\"oldest_first\""), Just("\"best_first\"")];
    let curve = prop_oneof![
        Just("\"soft\"".to_owned()),
        Just("\"none\"".to_owned()),
        Just("{ hours = [1, 50], factor = [0.9, 0.2] }".to_owned())
    ];
    let rates = (
        required("selling_time", fraction()),
        required("opportunity_rate", fraction()),
        required("close_rate", fraction()),
        required("cycle_weeks", maybe_zero(20.0)),
    )
        .prop_map(|(time, opportunity, close, cycle)| time + &opportunity + &close + &cycle);
    let rest = keys(vec![
        key("queue", queue.prop_map(str::to_owned)),
        key("hours_per_week", number(0.0, 60.0)),
        key("hours_per_lead", maybe_zero(4.0)),
        key("hours_per_opportunity", amount(6.0)),
        key("cycle_cv", maybe_zero(2.0)),
        key("lead_half_life", maybe_zero(6.0)),
        key("opportunity_half_life", maybe_zero(6.0)),
        key("leads_waiting", amount(60.0)),
        key("response_hours", maybe_zero(200.0)),
        key("response_hours_today", amount(200.0)),
        key("response_curve", curve),
        key("hours_per_customer", amount(0.2)),
        key("quota", above_zero(9000.0)),
        key("availability", Just("[0.5]".to_owned()).prop_union(Just("0.8".to_owned()))),
    ]);
    let prospecting = option::of((
        required("share_of_time", fraction()),
        required("hours_per_lead", above_zero(6.0)),
        key("opportunity_rate", fraction()),
        key("close_rate", fraction()),
    ));
    (rates, rest, vec(reps(), 0..4), prospecting).prop_map(|(rates, rest, reps, prospecting)| {
        let mut text = format!("[sales]\n{rates}{rest}");
        for (reps, name) in reps.iter().zip(["west", "east", "north"]) {
            let _ = write!(text, "[sales.reps.{name}]\n{reps}");
        }
        if let Some((time, hours, opportunity, close)) = prospecting {
            text += "[sales.prospecting]\n";
            text.extend([time, hours, opportunity, close]);
        }
        text
    })
}

fn reps() -> impl Strategy<Value = String> {
    let does = prop_oneof![4 => Just(""), 1 => Just("does = \"leads\"\n"), 1 => Just("does = \"opportunities\"\n")];
    (0..5_u32, option::of(-5..10_i32), option::of(0..20_i32), 0..8_u32, maybe_zero(900.0), leaving(), does).prop_map(
        |(count, start, stays, ramp, cost, leaving, does)| {
            let mut text = format!("count = {count}\nramp_weeks = {ramp}\ncost_per_week = {cost}\n{leaving}{does}");
            if let Some(start) = start {
                let _ = writeln!(text, "start_week = {start}");
            }
            if let Some(stays) = stays {
                let _ = writeln!(text, "end_week = {}", start.unwrap_or(1) + stays);
            }
            text
        },
    )
}

/// Reps who leave, and who are replaced or not.
fn leaving() -> impl Strategy<Value = String> {
    let chance = prop_oneof![fraction(), Just("\"20% to 34% a year\"".to_owned())];
    let gap = (0..6_u32).prop_map(|weeks| weeks.to_string());
    keys(vec![key("attrition", chance), key("backfill_weeks", gap)])
}

fn deals() -> impl Strategy<Value = String> {
    let worth = prop_oneof![
        (required("average_value", amount(5000.0)), keys(vec![key("value_cv", maybe_zero(2.0))]))
            .prop_map(|(value, cv)| value + &cv),
        Just("median_value = \"900 to 1500\"\nvalue_p90 = \"1_000 to 9_000\"\n".to_owned()),
    ];
    let open = (
        required("count", amount(40.0)),
        required("weeks_to_close", maybe_zero(20.0)),
        keys(vec![key("average_value", amount(3000.0)), key("close_rate", fraction()), key("hours_left", amount(6.0))]),
    )
        .prop_map(|(count, weeks, rest)| count + &weeks + &rest);
    let terms = keys(vec![
        key("return_rate", fraction()),
        key("price_change", prop_oneof![number(-0.5, 0.5), Just("\"-0.1 to 0.1\"".to_owned())]),
        key("price_elasticity", number(-2.5, 0.5)),
    ]);
    (worth, terms, vec(open, 0..3)).prop_map(|(worth, terms, open)| {
        let mut text = format!("[deals]\n{worth}{terms}");
        for (open, name) in open.iter().zip(["hot", "cold"]) {
            let _ = write!(text, "[deals.open.{name}]\n{open}");
        }
        text
    })
}

fn finance() -> impl Strategy<Value = String> {
    let keys = table(
        "[finance]\n",
        vec![key("gross_margin", fraction()), key("commission", fraction()), key("fixed_costs", amount(9000.0))],
    );
    let targets = prop_oneof![
        Just(""),
        Just("[targets]\nrevenue = 20_000\n"),
        Just("[targets]\ncac = 900\nwins = 5\nattainment = 1\nlost_to_waiting = 3\nroas = 1.5\n"),
    ];
    (keys, targets).prop_map(|(keys, targets)| keys + targets)
}

/// A figure from `low` to `high`, certain.
pub(super) fn number(low: f64, high: f64) -> BoxedStrategy<String> {
    (low..=high).prop_map(|x| format!("{x:.4}")).boxed()
}

/// An amount, certain or not; it may be zero.
pub(super) fn amount(high: f64) -> BoxedStrategy<String> {
    prop_oneof![Just("0".to_owned()), above_zero(high)].boxed()
}

/// An amount that is certain and often zero.
pub(super) fn maybe_zero(high: f64) -> BoxedStrategy<String> {
    prop_oneof![1 => Just("0".to_owned()), 3 => number(0.0, high)].boxed()
}

/// An amount above zero, certain or not.
pub(super) fn above_zero(high: f64) -> BoxedStrategy<String> {
    let part = |low: f64| (low * high)..high;
    prop_oneof![
        4 => part(0.01).prop_map(|x| format!("{x:.4}")),
        1 => (part(0.01), 1.1..3.0).prop_map(|(x, times)| format!("\"{x:.4} to {:.4}\"", x * times)),
        1 => (part(0.01), 1.0..2.0, 1.1..2.0).prop_map(|(x, up, further)| format!(
            "{{ p10 = {x:.4}, p50 = {:.4}, p90 = {:.4} }}",
            x * up,
            x * up * further
        )),
        1 => part(0.01).prop_map(|x| format!("{{ mean = {x:.4}, sd = {:.4} }}", 0.4 * x)),
    ]
    .boxed()
}

/// A share, certain or not, ends included.
pub(super) fn fraction() -> BoxedStrategy<String> {
    prop_oneof![
        4 => number(0.0, 1.0),
        1 => Just("0".to_owned()),
        1 => Just("1".to_owned()),
        1 => (0.01..0.5, 1.1..1.9).prop_map(|(x, times)| format!("\"{x:.4} to {:.4}\"", x * times)),
        1 => (0.1..0.9).prop_map(|x| format!("{{ mean = {x:.4}, sd = 0.05 }}")),
    ]
    .boxed()
}

fn kind(word: &'static str) -> impl Fn(String) -> String {
    move |keys| format!("kind = \"{word}\"\n{keys}")
}

pub(super) fn required(name: &'static str, value: impl Strategy<Value = String> + 'static) -> BoxedStrategy<String> {
    value.prop_map(move |value| format!("{name} = {value}\n")).boxed()
}

/// A key that may be left out.
pub(super) fn key(name: &'static str, value: impl Strategy<Value = String> + 'static) -> BoxedStrategy<String> {
    option::of(required(name, value)).prop_map(Option::unwrap_or_default).boxed()
}

pub(super) fn keys(keys: Vec<BoxedStrategy<String>>) -> BoxedStrategy<String> {
    keys.prop_map(|keys| keys.concat()).boxed()
}

/// A table that may be left out, with its keys.
pub(super) fn table(head: &'static str, of: Vec<BoxedStrategy<String>>) -> BoxedStrategy<String> {
    option::of(keys(of)).prop_map(move |keys| keys.map_or(String::new(), |keys| format!("{head}{keys}"))).boxed()
}
