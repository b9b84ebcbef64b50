//! Claims about every chart that a forecast comes with.

use foremix::charts::*;

use super::legible::check;
use super::samples::*;

/// Does so with results of every size and sign, and none.
fn with_results(mut use_it: impl FnMut(&str, &Results<'_>)) {
    for size in SIZES {
        let draws = tail(500, size, 1.2);
        let targets = [Target { value: 1.1 * size, chance: 0.3 }];
        for measure in MEASURES {
            let outcome = |name| Distribution {
                name,
                measure,
                draws: &draws,
                percentiles: interval([0.6, 1.0, 1.5]).map(|factor| factor * size),
                targets: &targets,
            };
            let week = |week: f64| bands([0.5, 0.8, 1.0, 1.2, 1.5]).map(|level| level * week * size);
            let figures = interval([0.6, 1.0, 1.5]).map(|factor| factor * size);
            use_it(
                &format!("results of {size}, {measure:?}"),
                &Results {
                    distributions: &[outcome("revenue"), outcome("profit"), outcome("cac")],
                    cumulative: Cumulative {
                        currency: measure.unit,
                        path: &[week(0.0), week(1.0), week(2.0)],
                        goal: Some(Goal { value: size, chance: interval([0.2, 0.3, 0.4]) }),
                        days: &[],
                    },
                    channels: Channels {
                        of_all: 1.0,
                        without_revenue: 0.0,
                        rows: &NAMES.map(|name| Channel { name, spend: Interval::certain(0.2), revenue: figures }),
                    },
                    funnel: Funnel {
                        beside: "Another 134 leads buy without the team.",
                        steps: &NAMES.map(|name| Step { name, count: figures, losses: &[] }),
                    },
                    team: Team {
                        weeks: &[TeamWeek {
                            hours_used: figures,
                            hours_available: figures,
                            waiting: Interval::certain(0.0),
                            opportunities_waiting: Interval::certain(0.0),
                        }],
                        horizon: 1,
                        short: Short {
                            draws: 0.2,
                            weeks: 0.1,
                            mostly_for: Some("opportunities"),
                            lost: 0.0,
                            lost_share: 0.0,
                        },
                        desks: &[Desk {
                            works_on: "opportunities",
                            weeks: vec![DeskWeek { hours_used: figures, hours_available: figures }],
                        }],
                        days: &[],
                    },
                },
            );
        }
    }
}

#[test]
fn every_chart_of_the_list_holds_with_its_footer_and_is_drawn_alike_each_time() {
    let changed = NAMES.map(|name| format!("{name} = 40k"));
    let mut drawn = [0; CHARTS.len()];
    with_results(|case, results| {
        for (chart, drawn) in CHARTS.iter().zip(&mut drawn) {
            let pictures = (chart.draw)(results);
            assert_eq!(pictures, (chart.draw)(results), "{case}: {}", chart.question);
            for Picture { name, drawing } in pictures {
                for changed in [&changed[..], &changed[..1], &[]] {
                    let footer = Footer { plan: NAMES[1], day: "May 4, 2027", seed: 7, draws: 10_000, changed };
                    check(&format!("{name}, {case}"), &drawing.clone().with_footer(&footer));
                }
                *drawn += 1;
            }
        }
    });
    assert!(drawn.iter().all(|pictures| *pictures > 0), "{drawn:?}");
}

#[test]
fn the_same_drawing_gives_the_same_pixels() {
    let mut seen = 0;
    with_results(|case, results| {
        for Picture { name, drawing } in CHARTS.iter().flat_map(|chart| (chart.draw)(results)).take(2) {
            seen += 1;
            if seen % 9 == 0 {
                assert_eq!(drawing.png().unwrap(), drawing.png().unwrap(), "{name}, {case}");
            }
        }
    });
    assert!(seen > 9, "{seen}");
}
