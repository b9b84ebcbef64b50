//! A family of plans gives what each plan gives alone.

use foremix::engine::{Draws, RunSpec, Unwatched, run, run_family};
use foremix::inputs::Quantity;
use foremix::model::plan::{Parts, Plan};
use foremix::model::what_if::Scarce;
use foremix::scenario::Scenario;

use super::draws::{ask, column};
use super::support::scenario;
use super::{RICH, bits};

/// What makes a sibling of a plan.
type Change = fn(&mut Plan);

const CHANGES: &[(&str, Change)] = &[
    ("nothing", |_| {}),
    ("no money for the first channel", |plan| pay(plan, 0, |_| 0.0)),
    ("more money for the first channel", |plan| pay(plan, 0, |money| 1.3 * money)),
    ("money for the last channel in every week", |plan| {
        let last = plan.parts.channels.len() - 1;
        pay(plan, last, |money| money + 900.0);
    }),
    ("money for all of them", |plan| {
        for at in 0..plan.parts.channels.len() {
            pay(plan, at, |money| 0.7 * money + 100.0);
        }
    }),
    ("more reps", |plan| {
        again(plan, |parts| {
            parts.sales.reps.iter_mut().for_each(|reps| reps.count += 1);
        });
    }),
    ("longer weeks", |plan| {
        again(plan, |parts| parts.sales.hours_per_week = Quantity::Certain(55.0));
    }),
    ("less time for a lead", |plan| {
        again(plan, |parts| parts.sales.hours_per_lead = Quantity::Certain(0.1));
    }),
    ("better closing", |plan| {
        for class in &mut plan.classes {
            class.multipliers.close = Quantity::Certain(1.2);
        }
    }),
    ("dearer deals", |plan| {
        for class in &mut plan.classes {
            class.average_value = Some(Quantity::Certain(777.7));
        }
    }),
    ("slower deals", |plan| {
        again(plan, |parts| parts.sales.cycle_weeks = Quantity::Certain(7.0));
    }),
    ("more demand", |plan| {
        for calendar in &mut plan.calendars {
            calendar.season.iter_mut().for_each(|season| *season *= 1.15);
        }
    }),
    ("one more rep as a run has it", |plan| {
        let more = plan.with_one_more_rep().into_iter().next().map(|(with_rep, _)| with_rep);
        if let Some(with_rep) = more {
            *plan = with_rep;
        }
    }),
    ("a tenth more of each", |plan| {
        for what in Scarce::ALL {
            *plan = plan.with_more(what, 1.1);
        }
    }),
    ("a higher close rate", |plan| {
        *plan = plan.with_more(Scarce::CloseRate, 1.1);
    }),
    ("another budget", |plan| {
        *plan = plan.with_budget(0, 12_345.0);
    }),
    ("no chat, delivery and brand", |plan| {
        again(plan, |parts| {
            parts.chat = None;
            parts.delivery = None;
            parts.brand = None;
        });
    }),
    ("no promotion and no shock", |plan| {
        again(plan, |parts| {
            parts.conditions.promotions.clear();
            parts.conditions.shocks.clear();
        });
    }),
    ("no commission", |plan| {
        again(plan, |parts| parts.finance.commission = Quantity::Certain(0.0));
    }),
];

fn again(plan: &mut Plan, change: impl Fn(&mut Parts)) {
    let mut parts = plan.parts.clone();
    change(&mut parts);
    *plan = Plan::new(parts);
}

fn pay(plan: &mut Plan, channel: usize, money: impl Fn(f64) -> f64) {
    again(plan, |parts| {
        for week in &mut parts.channels[channel].plan {
            *week = money(*week);
        }
    });
}

/// As it is, and where deals are taken at their mean.
#[track_caller]
fn each_as_alone(name: &str, scenario: &Scenario) {
    all_as_alone(name, scenario, &scenario.plan);
    all_as_alone(name, scenario, &scenario.plan.for_means());
}

#[track_caller]
fn all_as_alone(name: &str, scenario: &Scenario, first: &Plan) {
    let siblings: Vec<Plan> = CHANGES
        .iter()
        .map(|(_, change)| {
            let mut plan = Plan::new(first.parts.clone());
            change(&mut plan);
            plan
        })
        .collect();
    let plans: Vec<&Plan> = std::iter::once(first).chain(&siblings).collect();
    let ask = RunSpec { details: true, ..ask(scenario, 1_000..1_080, 3) };
    let family = run_family(&plans, &ask, &Unwatched).expect("nobody stops it");
    assert_eq!(family.len(), plans.len());
    let changes = std::iter::once("the first").chain(CHANGES.iter().map(|(what, _)| *what));
    for ((what, plan), together) in changes.zip(plans).zip(&family) {
        let alone = run(plan, &ask, &Unwatched).expect("nobody stops it");
        assert!(same(together, &alone), "{name}: {what}");
    }
}

/// Are all figures the same to the last bit, those by week and by source included?
pub(super) fn same(a: &Draws, b: &Draws) -> bool {
    let text = |draws: &Draws| format!("{:?} {:?}", draws.ratios, draws.details);
    bits(a) == bits(b) && a.limits == b.limits && a.chats == b.chats && text(a) == text(b)
}

#[test]
fn bundled_plans_in_a_family_are_as_alone() {
    for (name, text) in [
        ("b2b-saas", include_str!("../../scenarios/b2b-saas.toml")),
        ("b2b-team", include_str!("../../scenarios/b2b-team.toml")),
        ("industrial", include_str!("../../scenarios/industrial.toml")),
        ("local-services", include_str!("../../scenarios/local-services.toml")),
        ("web-shop", include_str!("../../scenarios/web-shop.toml")),
    ] {
        each_as_alone(name, &scenario(text));
    }
}

#[test]
fn a_rich_plan_in_a_family_is_as_alone() {
    each_as_alone("rich", &scenario(RICH));
    let events = "[shocks.strike]\nchance = 0.4\nweeks = [3, 12]\nclose = 0.7\ndemand = 0.8\n\
        [promotions.sale]\nweeks = [5, 6]\nclose_multiplier = 1.3\ndiscount = 0.1\n";
    each_as_alone("with events", &scenario(&format!("{RICH}\n{events}")));
    let rules = "[rules.hold]\nkind = \"throttle\"\nchannels = [\"search\"]\nbacklog_weeks = 0.5\nto = 0.4\n";
    each_as_alone("with a rule", &scenario(&format!("{RICH}\n{rules}")));
}

#[test]
fn a_channel_that_only_a_sibling_pays_brings_its_leads() {
    // Nothing is awake in the tail of the first plan, and the market goes on in that of the others.
    let text = r#"
[horizon]
weeks = 4
tail_weeks = 8
[market]
growth_per_week = 0.1
volatility = 0.3
persistence = 0.5
[channels.fair]
kind = "event"
budget = 0
cost_per_event = 300
leads_per_event = 40
half_life = 3
[sales]
selling_time = 0.3
hours_per_lead = 0.5
hours_per_opportunity = 1
opportunity_rate = 0.5
close_rate = 0.5
cycle_weeks = 2
[sales.reps.all]
count = 2
[deals]
average_value = 100
"#;
    each_as_alone("a fair", &scenario(text));
}

#[test]
fn siblings_whose_customers_order_for_other_money_do_not_take_over_orders() {
    // All but the value of an order is the same, and so are the numbers of orders: what they are worth is each plan's own.
    let text = |value: f64| {
        format!(
            r#"
[horizon]
weeks = 5
tail_weeks = 2
[channels.walk_in]
kind = "baseline"
leads = 4
[sales]
opportunity_rate = 0.5
close_rate = 0.5
cycle_weeks = 1
[deals]
average_value = 100
[customers]
active = 80
repeat_rate = 0.2
repeat_value = {value}
repeat_cv = 0.7
churn_rate = 0.02
"#
        )
    };
    let (few, many) = (scenario(&text(40.0)), scenario(&text(90.0)));
    let ask = RunSpec { details: true, ..ask(&few, 0..64, 5) };
    let family = run_family(&[&few.plan, &many.plan], &ask, &Unwatched).expect("nobody stops it");
    for (together, plan) in family.iter().zip([&few.plan, &many.plan]) {
        let alone = run(plan, &ask, &Unwatched).expect("nobody stops it");
        assert!(same(together, &alone));
    }
    let repeat = |draws: &Draws| column(draws, "repeat_revenue").to_vec();
    for (few, many) in repeat(&family[0]).into_iter().zip(repeat(&family[1])) {
        assert!(few > 0.0 && (many / few - 90.0 / 40.0).abs() < 1e-9);
    }
}

#[test]
fn siblings_whose_segments_close_otherwise_split_a_curve_s_orders_otherwise() {
    let text = |close: f64| {
        format!(
            r#"
[horizon]
weeks = 5
tail_weeks = 2
[segments.small]
[segments.large]
close_multiplier = {close}
value_multiplier = 3
[channels.tv]
kind = "response"
of = "orders"
budget = 5_000
scale = 30
spend_scale = 1_000
saturation = {{ kind = "none" }}
audience = {{ small = 0.5, large = 0.5 }}
[sales]
opportunity_rate = 0.5
close_rate = 0.5
cycle_weeks = 1
[deals]
average_value = 100
"#
        )
    };
    let (even, rare) = (scenario(&text(1.0)), scenario(&text(0.25)));
    let ask = RunSpec { details: true, ..ask(&even, 0..64, 5) };
    let family = run_family(&[&even.plan, &rare.plan], &ask, &Unwatched).expect("nobody stops it");
    for (together, plan) in family.iter().zip([&even.plan, &rare.plan]) {
        let alone = run(plan, &ask, &Unwatched).expect("nobody stops it");
        assert!(same(together, &alone));
    }
    assert!(column(&family[0], "revenue") != column(&family[1], "revenue"));
}

#[test]
fn no_plans_are_a_family_too() {
    let scenario = scenario(RICH);
    let none = run_family(&[], &ask(&scenario, 0..8, 1), &Unwatched).expect("nobody stops it");
    assert!(none.is_empty());
}
