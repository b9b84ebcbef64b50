//! The charts of every bundled scenario: what they say and where, and that what they say follows the plan.

use foremix::analysis::Marginal;
use foremix::engine::{Unwatched, forecast};
use foremix::report::{ChartOptions, Format, RestsOn, Shown, draw, forecast_text};
use foremix::scenario::load;
use foremix::units::Date;

use crate::{assert_same, is_a_table_or_fits, names, scenario};

/// The charts of a bundled scenario as SVG: name and text.
fn charts(name: &str, set: &[&str], seed: u64) -> Vec<(String, String)> {
    let settings: Vec<String> = set.iter().map(|&setting| setting.into()).collect();
    let scenario = load(&scenario(name), &settings).unwrap();
    let forecast = forecast(&scenario, 2_000, seed, &Unwatched).unwrap();
    let options = ChartOptions { formats: &[Format::Svg], day: Date::new(2026, 3, 2) };
    let files = draw(&scenario, &forecast, &options).unwrap();
    files.into_iter().map(|(name, bytes)| (name, String::from_utf8(bytes).unwrap())).collect()
}

/// Units of a drawing in a pixel.
const FINE: f64 = 8.0;

/// An attribute of a tag.
fn attribute<'t>(tag: &'t str, name: &str) -> &'t str {
    let start = tag.split_once(&format!(" {name}=\"")).unwrap().1;
    start.split_once('"').unwrap().0
}

/// Every text of a drawing in its order: the pixel at which it stands, rounded to 10, and what it says.
fn texts(svg: &str) -> Vec<(i64, i64, String)> {
    let pieces = svg.split("<text ").skip(1);
    pieces
        .map(|piece| {
            let (tag, rest) = piece.split_once('>').unwrap();
            let tag = format!(" {tag}");
            let place = |name| {
                let at: f64 = attribute(&tag, name).parse().unwrap();
                (at / FINE / 10.0).round() as i64 * 10
            };
            let text = rest.split_once("</text>").unwrap().0.trim();
            (place("x"), place("y"), text.to_owned())
        })
        .collect()
}

/// How many there are of each shape.
fn shapes(svg: &str) -> String {
    ["rect", "polyline", "polygon", "circle", "line", "path"]
        .map(|shape| (shape, svg.matches(&format!("<{shape} ")).count()))
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(shape, count)| format!("{count} × {shape}"))
        .collect::<Vec<_>>()
        .join(", ")
}

fn bundled() -> Vec<String> {
    let all = names(&scenario("")).into_iter();
    all.filter(|name| name.ends_with(".toml")).collect()
}

/// The title: what is written at the top, in one line or two.
fn title(charts: &[(String, String)], name: &str) -> String {
    let svg = &charts.iter().find(|(file, _)| file == name).unwrap().1;
    let bold = svg.split("<text ").skip(1).take(2);
    bold.filter(|text| text.contains("font-weight=\"bold\""))
        .map(|text| text.split_once('>').unwrap().1)
        .map(|text| text.split_once("</text>").unwrap().0.trim())
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn every_bundled_scenario_has_its_pictures() {
    for name in bundled() {
        let mut digest = String::new();
        for (file, svg) in charts(&name, &[], 1) {
            digest += &format!("{file}: {}\n", shapes(&svg));
            for (x, y, text) in texts(&svg) {
                digest += &format!("  {x:>4} {y:>4}  {text}\n");
            }
        }
        assert_same!(format!("pictures-{}", name.trim_end_matches(".toml")), digest);
    }
}

#[test]
fn no_text_begins_outside_its_picture() {
    for name in bundled() {
        for (file, svg) in charts(&name, &[], 1) {
            for (x, y, text) in texts(&svg) {
                assert!((0..=1600).contains(&x) && (0..=900).contains(&y), "{name}, {file}: {text:?} at {x}, {y}");
            }
        }
    }
}

#[test]
fn the_chance_drawn_is_that_of_the_target() {
    let folder = tempfile::tempdir().unwrap();
    let plan = folder.path().join("plan.toml");
    let starter = std::fs::read_to_string(scenario("starter.toml")).unwrap();
    for (targets, start) in [
        ("wins = 10", "Wins: 10 or more in "),
        ("cac = 6_000", "Revenue: at least "),
        ("wins = 10, revenue = 85_000", "Revenue: 85k USD or more in "),
    ] {
        let text = starter.replace("targets = { revenue = 85_000 }", &format!("targets = {{ {targets} }}"));
        std::fs::write(&plan, text).unwrap();
        let told = title(&charts(plan.to_str().unwrap(), &[], 1), "chance.svg");
        assert!(told.starts_with(start), "{targets}: {told}");
    }
}

#[test]
fn another_target_is_another_title() {
    let before = charts("b2b-saas.toml", &[], 1);
    let after = charts("b2b-saas.toml", &["targets.revenue=500_000"], 1);
    for file in ["revenue.svg", "chance.svg", "cumulative.svg"] {
        let (before, after) = (title(&before, file), title(&after, file));
        assert_ne!(before, after, "{file}");
        assert!(after.contains("500k") || after.contains("0.5M") || after.contains("0.50M"), "{file}: {after}");
    }
    for file in ["channels.svg", "funnel.svg", "team.svg"] {
        assert_eq!(title(&before, file), title(&after, file), "{file}");
    }
}

#[test]
fn another_seed_moves_figures_and_not_findings() {
    let (one, two) = (charts("b2b-saas.toml", &[], 1), charts("b2b-saas.toml", &[], 2));
    assert_ne!(one, two);
    for file in ["revenue.svg", "team.svg", "channels.svg"] {
        let words = |title: String| -> String {
            let kept = title.chars().filter(|letter| letter.is_alphabetic());
            kept.collect()
        };
        assert_eq!(words(title(&one, file)), words(title(&two, file)), "{file}");
    }
    assert_ne!(title(&one, "revenue.svg"), title(&two, "revenue.svg"));
}

#[test]
fn a_plan_without_a_team_has_no_chart_of_one() {
    let charts = charts("web-shop.toml", &[], 1);
    assert!(charts.iter().all(|(file, _)| file != "team.svg"));
    let funnel = &charts.iter().find(|(file, _)| file == "funnel.svg").unwrap().1;
    assert!(!funnel.contains("Worked"), "{funnel}");
}

/// What the terminal says of a bundled scenario with some settings, without breaks of lines.
fn said(name: &str, set: &[&str]) -> String {
    let settings: Vec<String> = set.iter().map(|&setting| setting.into()).collect();
    let scenario = load(&scenario(name), &settings).unwrap();
    let forecast = forecast(&scenario, 500, 1, &Unwatched).unwrap();
    let options = ChartOptions { formats: &[Format::Svg], day: None };
    let drawn = draw(&scenario, &forecast, &options).unwrap();
    assert!(drawn.iter().all(|(name, bytes)| name.ends_with(".svg") && !bytes.is_empty()), "{set:?}");
    let marginal = Marginal::of(&scenario, 64, 1, &Unwatched).unwrap();
    let rests_on = RestsOn { outcome: scenario.steering_outcome(), swings: Vec::new() };
    let text = forecast_text(
        &scenario,
        &forecast,
        &marginal,
        Shown { outcomes: &[], precision: None, rests_on: &rests_on, width: 80 },
    );
    for line in text.lines() {
        assert!(is_a_table_or_fits(line), "{set:?}: {line}");
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn what_a_plan_has_is_said_in_a_sentence() {
    let cases: [(&[&str], &str); 7] = [
        (&["sales.quota=100_000"], "of its quota on average."),
        (&["delivery.per_week=0.5"], "Delivery is limited."),
        (&["booked.revenue=20_000"], "Of the mean revenue: 20,000 booked already, "),
        (
            &["customers.active=500", "customers.repeat_rate=0.01", "customers.repeat_value=200"],
            "from customers' repeat orders",
        ),
        (
            &["rules.quarterly={ kind = \"reallocate\", every = 4, shift = \"20%\", by = \"cost_per_win\" }"],
            "1 rule moves or holds back money as the weeks go; all figures include it.",
        ),
        (
            &[
                "sales.cycle_weeks=\"4 to 6\"",
                "rules.hasty={ kind = \"reallocate\", every = 3, shift = \"20%\", by = \"romi\" }",
            ],
            "A rule looks at wins or revenue every 3 weeks while a deal takes 4.9 weeks to close",
        ),
        (
            &["promotions.sale={ weeks = [3, 4], lead_multiplier = 1.2 }"],
            "A promotion runs in weeks 3 to 4. No dip after it is stated",
        ),
    ];
    for (set, sentence) in cases {
        let text = said("starter.toml", set);
        assert!(text.contains(sentence), "{set:?}: {text}");
        assert!(!said("starter.toml", &[]).contains(sentence), "{sentence}");
    }
}

#[test]
fn extreme_plans_are_told_in_eighty_columns() {
    let cases: [&[&str]; 7] = [
        &["channels.search.budget=0", "channels.search.visit_to_lead=4%"],
        &["horizon.weeks=1"],
        &["horizon.weeks=260"],
        &["horizon.tail_weeks=0"],
        &["deals.average_value=1e12", "targets.revenue=1e14"],
        &["finance.fixed_costs=5e9"],
        &["targets.revenue=1"],
    ];
    for set in cases {
        let text = said("starter.toml", set);
        assert!(!text.contains("NaN") && !text.contains("inf "), "{text}");
    }
}
