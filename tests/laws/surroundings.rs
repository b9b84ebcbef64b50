//! What surrounds channels and team in random plans: risks, buyers, the brand, customers, deliveries, rules.

use proptest::option;
use proptest::prelude::*;

use super::plans::{above_zero, amount, fraction, key, keys, maybe_zero, number, required, table};

/// Any of the tables, or none.
pub(crate) fn any() -> impl Strategy<Value = String> {
    (demand(), after_the_lead(), after_the_sale(), rules())
        .prop_map(|(demand, lead, sale, rules)| demand + &lead + &sale + &rules)
}

/// Weeks that are written as two thousandths of the plan become weeks of it, and keys that need a table go where there
/// is none.
pub(crate) fn fit(text: &str, weeks: u32) -> String {
    let has = |head: &str| text.lines().any(|line| line.starts_with(head));
    let (brand, segments) = (has("[brand]"), has("[segments."));
    let mut fitted = String::new();
    for line in text.lines() {
        if line.starts_with("brand_share") && !brand || line.starts_with("audience") && !segments {
            continue;
        }
        match line.strip_prefix("thousandths = ") {
            Some(ends) => {
                let mut ends: Vec<u32> =
                    ends.split(' ').map(|end| 1 + end.parse::<u32>().expect("a number") * weeks / 1_000).collect();
                ends.sort_unstable();
                fitted += &format!("weeks = [{}, {}]\n", ends[0], ends[1]);
            }
            None => {
                fitted += line;
                fitted.push('\n');
            }
        }
    }
    fitted
}

fn span() -> BoxedStrategy<String> {
    (0..1_000_u32, 0..1_000_u32).prop_map(|(first, last)| format!("thousandths = {first} {last}\n")).boxed()
}

fn demand() -> impl Strategy<Value = String> {
    let some = prop_oneof![Just("[\"delta\"]".to_owned()), Just("[]".to_owned())];
    let shock = vec![
        required("chance", fraction()),
        span(),
        key("channels", some),
        key("demand", amount(2.0)),
        key("close", amount(2.0)),
    ];
    let promotion = || {
        vec![
            span(),
            key("discount", fraction()),
            key("lead_multiplier", amount(2.0)),
            key("close_multiplier", amount(2.0)),
            key("dip", fraction()),
            key("dip_weeks", (0..9_u32).prop_map(|weeks| weeks.to_string())),
        ]
    };
    let segment = vec![key("close_multiplier", amount(3.0)), key("value_multiplier", amount(3.0))];
    let brand = vec![
        required("max_lift", amount(1.0)),
        required("half_spend", above_zero(9000.0)),
        required("half_life", maybe_zero(20.0)),
        key("goodwill", amount(9000.0)),
    ];
    (
        table("[shocks.slump]\n", shock),
        table("[promotions.sale]\n", promotion()),
        table("[promotions.more]\n", promotion()),
        table("[segments.small]\n[segments.large]\n", segment),
        table("[brand]\n", brand),
    )
        .prop_map(|(shock, sale, more, segments, brand)| shock + &sale + &more + &segments + &brand)
}

fn after_the_lead() -> impl Strategy<Value = String> {
    let fade = prop_oneof![fraction(), Just("\"3% a month\"".to_owned())];
    let nurture = vec![required("rate", fraction()), key("fade", fade), key("pool", amount(300.0))];
    let chat = vec![
        required("agents", amount(3.0)),
        required("chats_per_hour", amount(2.0)),
        required("chat_share", fraction()),
        required("answered", amount(4.0)),
        required("missed", amount(1.0)),
        key("hours_per_week", number(0.0, 9.0)),
        key("cost_per_week", amount(900.0)),
    ];
    (table("[nurture]\n", nurture), table("[online.chat]\n", chat)).prop_map(|(nurture, chat)| nurture + &chat)
}

fn after_the_sale() -> impl Strategy<Value = String> {
    let referrals =
        table("[customers.referrals]\n", vec![key("opportunity_rate", fraction()), key("close_rate", fraction())]);
    let loyalty = table(
        "[customers.loyalty]\n",
        vec![
            key("cost_per_customer", amount(2.0)),
            key("repeat_multiplier", amount(2.0)),
            key("churn_multiplier", amount(3.0)),
            key("start_week", (1..9_u32).prop_map(|week| week.to_string())),
        ],
    );
    let customers = keys(vec![
        key("active", amount(200.0)),
        key("repeat_rate", amount(0.3)),
        key("repeat_value", amount(90.0)),
        key("repeat_cv", maybe_zero(2.0)),
        key("churn_rate", fraction()),
        key("referral_rate", amount(0.08)),
    ]);
    let customers = option::of((customers, referrals, loyalty)).prop_map(|tables| {
        tables.map_or(String::new(), |(customers, referrals, loyalty)| {
            format!("[customers]\n{customers}{referrals}{loyalty}")
        })
    });
    let room = || prop_oneof![amount(20.0), Just("[3, 0, 12]".to_owned()), Just("[0]".to_owned())];
    let booked = vec![key("revenue", amount(9000.0)), key("wins", amount(9.0)), key("marketing", amount(900.0))];
    let over = (1..9_u32).prop_map(|weeks| weeks.to_string());
    let hours =
        (required("hours_per_deal", amount(12.0)), key("over_weeks", over)).prop_map(|(hours, over)| hours + &over);
    let delivery = prop_oneof![
        required("per_week", room()).boxed(),
        hours.boxed(),
        (required("per_week", room()), required("hours_per_deal", amount(12.0)))
            .prop_map(|(room, hours)| room + &hours)
            .boxed(),
    ];
    (customers, table("[delivery]\n", vec![delivery.boxed()]), table("[booked]\n", booked))
        .prop_map(|(customers, delivery, booked)| customers + &delivery + &booked)
}

fn rules() -> impl Strategy<Value = String> {
    let by = prop_oneof![
        Just("\"cost_per_qualified\"".to_owned()),
        Just("\"cost_per_win\"".to_owned()),
        Just("\"romi\"".to_owned())
    ];
    let reallocate = vec![
        required("every", (1..7_u32).prop_map(|weeks| weeks.to_string())),
        required("shift", fraction()),
        required("by", by),
    ];
    let throttle = vec![required("backlog_weeks", amount(3.0)), required("to", fraction())];
    (
        table("[rules.shift]\nkind = \"reallocate\"\n", reallocate),
        table("[rules.brake]\nkind = \"throttle\"\nchannels = [\"delta\"]\n", throttle),
    )
        .prop_map(|(reallocate, throttle)| reallocate + &throttle)
}
