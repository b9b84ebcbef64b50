//! Claims: whatever the results are, no chart panics, and no word is cut off or covers another.

use resvg::usvg::roxmltree::{Document, Node};

use super::labels::Area;
use super::theme::{DARK, HEIGHT, Style, WIDTH};
use super::*;

/// The box of a text in the drawing, from what its element says.
fn text_box(node: Node<'_, '_>) -> Area {
    let number = |name: &str| node.attribute(name).unwrap().parse::<f64>().unwrap() / 8.0;
    let size = number("font-size");
    let style = Style { bold: node.has_attribute("font-weight"), ..Style::LABEL.sized(size).colored(DARK) };
    let width = style.width(node.text().unwrap().trim());
    let left = match node.attribute("text-anchor").unwrap() {
        "start" => number("x"),
        "middle" => number("x") - width / 2.0,
        _ => number("x") - width,
    };
    let foot = number("y") + 0.76 * size;
    // Parts of one line touch, and stand to an eighth of a pixel.
    let (left, width) = (left + 0.125, width - 0.25);
    Area { left, right: left + width, top: foot - 0.72 * size, bottom: foot + 0.2 * size }
}

/// All numbers in an attribute, in pixels.
fn pixels(node: Node<'_, '_>, name: &str) -> Vec<f64> {
    let text = node.attribute(name).unwrap_or_default();
    text.split([',', ' ']).filter_map(|number| number.parse::<f64>().ok()).map(|number| number / 8.0).collect()
}

fn check(case: &str, drawing: &Drawing) {
    let svg = drawing.svg();
    let document = Document::parse(svg).unwrap();
    let texts: Vec<(String, Area)> = document
        .descendants()
        .filter(|node| node.has_tag_name("text") && !node.text().unwrap_or_default().trim().is_empty())
        .map(|node| (node.text().unwrap().trim().to_owned(), text_box(node)))
        .collect();
    assert!(!texts.is_empty() && !drawing.title().is_empty(), "{case}: no words");
    for (index, (words, area)) in texts.iter().enumerate() {
        let inside =
            area.left >= 10.0 && area.top >= 10.0 && area.right <= WIDTH - 10.0 && area.bottom <= HEIGHT - 10.0;
        assert!(inside, "{case}: {words:?} is cut off at {area:?}");
        for (others, other) in &texts[..index] {
            assert!(!area.overlaps(other), "{case}: {words:?} covers {others:?}: {area:?} {other:?}");
        }
    }
    for node in document.descendants().filter(Node::is_element) {
        let (points, across, down) = (pixels(node, "points"), pixels(node, "x"), pixels(node, "y"));
        let x = points.iter().step_by(2).chain(&across);
        let y = points.iter().skip(1).step_by(2).chain(&down);
        assert!(x.into_iter().all(|x| (-1.0..=WIDTH + 1.0).contains(x)), "{case}: {node:?}");
        assert!(y.into_iter().all(|y| (-1.0..=HEIGHT + 1.0).contains(y)), "{case}: {node:?}");
    }
    assert!(!svg.contains("NaN") && !svg.contains("inf"), "{case}");
}

/// A chart that may have nothing to say.
fn check_if(case: &str, drawing: Option<Drawing>) {
    if let Some(drawing) = drawing {
        check(case, &drawing);
    }
}

/// Draws without chance: low-discrepancy steps, bent to a long tail.
fn tail(count: u32, size: f64, bend: f64) -> Vec<f64> {
    (0..count).map(|index| size * (bend * ((f64::from(index) * 0.618_033_988_75).fract() - 0.5)).exp()).collect()
}

fn percentile(sorted: &[f64], share: f64) -> f64 {
    sorted.get(((sorted.len() as f64 - 1.0) * share) as usize).copied().unwrap_or(f64::NAN)
}

#[test]
fn charts_of_an_outcome_hold_whatever_the_draws_are() {
    let mut samples: Vec<(&str, Vec<f64>)> = vec![
        ("none", vec![]),
        ("not numbers", vec![f64::NAN, f64::INFINITY, f64::NEG_INFINITY]),
        ("one", vec![8e5]),
        ("two", vec![1.0, 1e9]),
        ("zero", vec![0.0; 500]),
        ("equal", vec![123_456.0; 500]),
        ("ordinary", tail(2000, 9e5, 1.2)),
        ("long tail", tail(2000, 9e5, 14.0)),
        ("trillions", tail(2000, 1e12, 1.0)),
        ("nearly equal", tail(2000, 1e6, 1e-5)),
        ("below zero", tail(2000, -9e5, 1.2)),
        ("small", tail(2000, 1e-7, 1.2)),
        ("as large as it gets", vec![f64::MAX, f64::MIN, 0.0]),
        ("subnormal", vec![0.0, f64::MIN_POSITIVE / 8.0]),
    ];
    samples.push(("mostly zero", [vec![0.0; 1900], tail(100, 9e5, 2.0)].concat()));
    samples.push(("both signs", tail(2000, 9e5, 1.2).into_iter().map(|draw| draw - 9e5).collect()));
    let targets: [&[f64]; 8] = [
        &[],
        &[9e5],
        &[1e12],
        &[-1e12, 1e12],
        &[9e5, 9e5, 9.001e5, 9.002e5],
        &[9e5, 8.9e5, 8.8e5],
        &[0.0, f64::NAN],
        &[f64::MAX, f64::MIN, 1.0],
    ];
    for (name, draws) in &samples {
        let mut sorted = draws.clone();
        sorted.sort_by(f64::total_cmp);
        for values in targets {
            let reached = |value: f64| draws.iter().filter(|draw| **draw >= value).count() as f64 / draws.len() as f64;
            let targets: Vec<Target> =
                values.iter().map(|value| Target { value: *value, chance: reached(*value) }).collect();
            for (currency, weeks) in [("", 1), ("EUR", 13), ("<ducats & more>", 260)] {
                let percentiles = [0.1, 0.5, 0.9].map(|share| percentile(&sorted, share));
                for measure in MEASURES {
                    let measure = Measure { unit: currency, weeks, ..measure };
                    let outcome = Distribution { name: "outcome", measure, draws, percentiles, targets: &targets };
                    check_if(&format!("distribution, {name}, {values:?}"), distribution::draw(&outcome));
                    check_if(&format!("chance, {name}, {values:?}"), chance::draw(&outcome));
                }
            }
        }
    }
}

#[test]
fn weeks_hold_whatever_they_bring() {
    let levels: [[f64; 5]; 7] = [
        [0.5, 0.8, 1.0, 1.2, 1.5],
        [1.0; 5],
        [0.0; 5],
        [-1.5, -0.8, -0.2, 0.1, 2.0],
        [-2.0, -1.0, -0.5, -0.2, -0.1],
        [0.0, 0.0, 0.0, 0.0, 1.0],
        [0.0, f64::NAN, 0.0, 0.0, 1.0],
    ];
    for count in [0, 1, 2, 13, 26, 53, 104, 260, 1000] {
        for size in [1e-5, 9e5, 1e12, 1e300] {
            for (level, target) in levels.iter().flat_map(|level| {
                [None, Some(9e5), Some(1e15), Some(-9e5), Some(0.0), Some(f64::NAN)].map(|target| (level, target))
            }) {
                let week = |week: i32| level.map(|factor| factor * size * (f64::from(week) / f64::from(count)).powi(2));
                let goal = target.map(|value| Goal { value, chance: [0.4, 0.5, 0.6] });
                let days: Vec<String> = (0..count).map(|day| format!("September {day}")).collect();
                for booked in [0.0, 3e5] {
                    let path: Vec<[f64; 5]> =
                        (0..=count).map(week).map(|week| week.map(|level| booked + level)).collect();
                    for days in [&days[..], &[]] {
                        check_if(
                            &format!("cumulative, {count} weeks, {booked} and {level:?} of {size}, {target:?}"),
                            cumulative::draw(&Cumulative { currency: "EUR", path: &path, goal, days }),
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn the_team_holds_whatever_its_weeks_are() {
    for count in [0, 1, 13, 52, 260] {
        for horizon in [0, 1, 2, 13, 250, 900] {
            for (hours, leads) in
                [(0.0, 0.0), (240.0, 40.0), (1e12, 1e12), (1e-9, 1e300), (-5.0, -5.0), (f64::NAN, 1.0)]
            {
                let week = |week: i32| {
                    let waiting = leads * (f64::from(week) / 9.0).sin().abs();
                    TeamWeek {
                        hours_used: [0.7 * hours, 0.99 * hours, hours],
                        hours_available: [0.9 * hours, hours, hours],
                        waiting: [0.2 * waiting, waiting, 3.0 * waiting],
                    }
                };
                let weeks: Vec<TeamWeek> = (0..count).map(week).collect();
                let team = Team {
                    weeks: &weeks,
                    horizon,
                    short: Short { draws: 0.304, weeks: 0.2, mostly_for: None, lost: 16_000.0, lost_share: 0.6 },
                    desks: &[],
                };
                check_if(
                    &format!("team, {count} weeks, {horizon} of the plan, {hours} hours, {leads} leads"),
                    team::draw(&team),
                );
            }
        }
    }
}

const NAMES: [&str; 8] = [
    "Paid search",
    "A channel whose name somebody has written out in sixty signs",
    "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW",
    "",
    "Каналы\u{0} & <Ящики>",
    "検索広告とソーシャルメディア広告と展示会とメールマガジン",
    "البحث المدفوع",
    "การค้นหาแบบชำระเงิน",
];

#[test]
fn channels_hold_whatever_their_names_and_shares_are() {
    let shares: [[f64; 3]; 6] =
        [[0.1, 0.2, 0.3], [0.0; 3], [1.0; 3], [f64::NAN; 3], [-0.5, -0.2, 1.5], [1e200, 1e250, 1e300]];
    for count in [0, 1, 2, 6, 12, 25, 31, 100] {
        for (spend, revenue) in shares.iter().flat_map(|spend| shares.iter().map(move |revenue| (spend, revenue))) {
            let channel = |name: &&'static str| Channel { name, spend: *spend, revenue: *revenue };
            let rows: Vec<Channel<'_>> = NAMES.iter().cycle().take(count).map(channel).collect();
            check_if(
                &format!("{count} channels, {spend:?}, {revenue:?}"),
                channels::draw(&Channels { rows: &rows, of_all: 0.5, without_revenue: 0.2 }),
            );
        }
    }
}

#[test]
fn the_funnel_holds_whatever_is_lost() {
    for (count, losses) in [(0, 0), (1, 0), (1, 3), (2, 1), (5, 0), (5, 2), (5, 9), (9, 3), (20, 20)] {
        for size in [0.0, 0.01, 1_240.0, 1e12, 1e300, -5.0, f64::NAN] {
            let lost: Vec<Loss<'_>> =
                NAMES.iter().cycle().take(losses).map(|name| Loss { name, mean: 0.4 * size }).collect();
            let step = |name: &&'static str| Step { name, count: [0.5 * size, size, 1.5 * size], losses: &lost };
            let steps: Vec<Step<'_>> = NAMES.iter().cycle().take(count).map(step).collect();
            check_if(
                &format!("funnel, {count} steps, {losses} losses, {size}"),
                funnel::draw(&Funnel { steps: &steps, beside: "" }),
            );
        }
    }
}

#[test]
fn curves_hold_whatever_their_points_are() {
    for count in [0, 1, 2, 13, 400] {
        for size in [0.0, 1e-7, 1_240.0, 1e12, 1e300, -5.0, f64::NAN] {
            for across in [Across::Weeks, Across::Amount("Spend a week, EUR")] {
                let points = |line: u32| -> Vec<(f64, f64)> {
                    let at = |x: u32| {
                        let x = f64::from(x);
                        (x, size * (x * f64::from(line + 1) / 9.0).sin())
                    };
                    (1..=count).map(at).collect()
                };
                let runs: Vec<Vec<(f64, f64)>> = (0..NAMES.len() as u32).map(points).collect();
                for lines in 0..=NAMES.len() {
                    let lines: Vec<Line<'_>> =
                        NAMES.iter().zip(&runs).take(lines).map(|(name, points)| Line { name, points }).collect();
                    let drawing = curve::draw(&Curve {
                        finding: "What comes in <twice> follows what goes out & in",
                        about: "",
                        across,
                        up: "Leads a week",
                        lines: &lines,
                        level: Some(Level { name: "What would have been", value: 0.4 * size }),
                        marks: &[Mark { at: (1.0, size), words: "as it is today" }],
                    });
                    check(&format!("curve, {count} points, {size}, {across:?}"), &drawing);
                }
            }
        }
    }
}

const MEASURES: [Measure<'_>; 3] = [
    Measure { title: "Profit", unit: "USD", higher_is_better: true, weeks: 13 },
    Measure {
        title: "Acquisition cost (CAC) of all that is sold to whoever happens to come along in whatever week",
        unit: "<ducats & more>",
        higher_is_better: false,
        weeks: 26,
    },
    Measure { title: "", unit: "", higher_is_better: true, weeks: 0 },
];
const SIZES: [f64; 9] = [0.0, 1e-7, 0.3, 1_240.0, 1e12, 1e300, -5.0, -8e5, f64::NAN];

#[test]
fn plans_hold_whatever_their_draws_are() {
    let both: Vec<f64> = tail(300, 9e5, 1.2).iter().map(|draw| draw - 9e5).collect();
    for count in [0, 1, 2, 5, 8, 12] {
        for size in SIZES {
            for (shape, one) in [
                ("tail", tail(300, size, 1.2)),
                ("equal", vec![size; 9]),
                ("one", vec![size]),
                ("both signs", both.clone()),
                ("none", vec![]),
            ] {
                let draws: Vec<Vec<f64>> = (0..count)
                    .map(|plan| one.iter().map(|draw| draw * (1.0 + 0.1 * f64::from(plan))).collect())
                    .collect();
                let rows: Vec<PlanDraws<'_>> = NAMES
                    .iter()
                    .cycle()
                    .zip(&draws)
                    .map(|(name, draws)| PlanDraws { name, draws, remark: NAMES[1] })
                    .collect();
                for target in [None, Some(size), Some(1.1 * size), Some(-1e300), Some(0.0)] {
                    for measure in MEASURES {
                        check(
                            &format!("{count} plans, {size}, {shape}, {target:?}, {measure:?}"),
                            &plans::draw(&Plans { finding: NAMES[1], measure, target, rows: &rows }),
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn a_difference_holds_whatever_it_is() {
    for size in SIZES {
        let far: Vec<f64> = tail(300, 1.0, 0.01).iter().map(|draw| size * draw).collect();
        let both: Vec<f64> = tail(300, 1.0, 1.0).iter().map(|draw| size * (draw - 1.0)).collect();
        for (shape, draws) in [
            ("none", vec![]),
            ("one", vec![size]),
            ("equal", vec![size; 9]),
            ("tail", tail(300, size, 14.0)),
            ("mostly ties", [vec![0.0; 300], tail(9, size, 1.0)].concat()),
            ("two", vec![size, -size]),
            ("far from 0", far),
            ("both signs", both),
        ] {
            for measure in MEASURES {
                for (base, plan) in NAMES.iter().zip(NAMES.iter().skip(1).chain(&NAMES)) {
                    check(
                        &format!("difference, {size}, {shape}, {plan}, {measure:?}"),
                        &difference::draw(&Difference {
                            finding: if base.is_empty() { "A finding" } else { base },
                            measure,
                            base,
                            plan,
                            draws: &draws,
                            within_error: base.is_empty(),
                        }),
                    );
                }
            }
        }
    }
}

#[test]
fn intervals_hold_whatever_they_are() {
    for count in [0, 1, 2, 3, 7, 12, 30] {
        for size in SIZES {
            for factors in [[0.6, 1.0, 1.5], [1.0; 3], [-1.0, 0.0, 1.0], [0.999_999, 1.0, 1.0]] {
                let row = |(place, name): (usize, &&'static str)| Dumbbell {
                    name,
                    levels: factors.map(|factor| factor * size * (1.0 + 0.05 * place as f64)),
                    beside: NAMES[place % 5],
                };
                let rows: Vec<Dumbbell<'_>> = NAMES.iter().cycle().take(count).enumerate().map(row).collect();
                for measure in MEASURES {
                    check(
                        &format!("{count} intervals, {size}, {factors:?}, {measure:?}"),
                        &dumbbell::draw(&Dumbbells { finding: NAMES[1], measure, rows: &rows }),
                    );
                }
            }
        }
    }
}

#[test]
fn changes_hold_whatever_they_add() {
    for count in [0, 1, 2, 12, 13, 40] {
        for size in SIZES {
            for (from, to) in [(1.0, 1.1), (1.0, 5.0), (1.0, -1.0), (0.0, 0.0), (-1.0, -1.05)] {
                for error in [None, Some(0.0), Some(0.01 * size), Some(30.0 * size)] {
                    let step = |(place, name): (usize, &&'static str)| Change {
                        name,
                        mean: size * [0.05, -0.02, 0.0][place % 3],
                        error,
                        within_error: place % 2 == 1,
                    };
                    let steps: Vec<Change<'_>> = NAMES.iter().cycle().take(count).enumerate().map(step).collect();
                    for measure in MEASURES {
                        check(
                            &format!("{count} changes, {size}, {from} to {to}, {error:?}, {measure:?}"),
                            &waterfall::draw(&Waterfall {
                                finding: NAMES[1],
                                measure,
                                base: (NAMES[count % 5], from * size),
                                plan: (NAMES[(count + 1) % 5], to * size),
                                steps: &steps,
                                within_error: count % 2 == 1,
                            }),
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn sweeps_hold_whatever_is_varied() {
    for count in [0, 1, 2, 3, 15, 60] {
        for (place, size) in SIZES.into_iter().enumerate() {
            let other = SIZES[(place + 3) % SIZES.len()];
            let amounts: Vec<f64> = (0..count).map(|place| other * (place as f64 + 1.0)).collect();
            let words: Vec<&str> = NAMES.iter().copied().cycle().take(count).collect();
            for values in [Values::Even(&amounts), Values::Logarithmic(&amounts), Values::Words(&words)] {
                for (gaps, target) in [(1, None), (1, Some(size)), (3, Some(1e9)), (2, Some(f64::NAN))] {
                    let point = |place: usize| {
                        let middle = size * (1.0 + place as f64).ln();
                        let mut point = SweepPoint {
                            mean: 1.1 * middle,
                            levels: [0.5, 0.8, 1.0, 1.2, 2.0].map(|factor| factor * middle),
                            chance: [0.1, 0.5, 1.2],
                            alike: place % 2 == 1,
                        };
                        if place % gaps == 1 {
                            point.levels[place % 5] = f64::NAN;
                            point.chance = [f64::NAN; 3];
                        }
                        point
                    };
                    let points: Vec<SweepPoint> = (0..count).map(point).collect();
                    for today in [None, Some(0.0), amounts.last().copied(), Some(1e300)] {
                        check(
                            &format!("sweep of {count}, {size}, {values:?}, {target:?}, {today:?}"),
                            &sweep::draw(&Sweep {
                                finding: NAMES[1],
                                measure: MEASURES[place % 3],
                                across: Varied { name: NAMES[place % 5], values },
                                points: &points,
                                target,
                                today,
                                note: "First 2,048 draws.",
                            }),
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn heat_maps_hold_whatever_their_cells_are() {
    for (columns, rows) in [(0, 3), (1, 1), (2, 9), (15, 15), (60, 4), (3, 80)] {
        for (place, size) in SIZES.into_iter().enumerate() {
            let other = SIZES[(place + 3) % SIZES.len()];
            let amounts: Vec<f64> = (0..columns).map(|column| other * (column as f64 + 1.0)).collect();
            let words: Vec<&str> = NAMES.iter().copied().cycle().take(rows).collect();
            for (shape, cells) in [
                ("none", vec![]),
                ("equal", vec![size; columns * rows]),
                ("slope", (0..columns * rows).map(|cell| size * (cell as f64 - 7.0)).collect()),
                ("one", vec![size]),
            ] {
                for swapped in [false, true] {
                    let sides = [Values::Logarithmic(&amounts), Values::Words(&words)];
                    let side = |index: usize| Varied { name: NAMES[(place + index) % 5], values: sides[index] };
                    let (across, up) = if swapped { (side(1), side(0)) } else { (side(0), side(1)) };
                    check(
                        &format!("heat map, {columns} by {rows}, {size}, {shape}, {swapped}"),
                        &heat::draw(&Heat {
                            finding: "Best in the middle",
                            measure: MEASURES[place % 3],
                            across,
                            up,
                            cells: &cells,
                            alike: &[true, false, true],
                            today: Some((place % 3, 1)),
                            note: "",
                        }),
                    );
                }
            }
        }
    }
}

#[test]
fn returns_hold_whatever_they_are() {
    for count in [0, 1, 3, 8, 20] {
        for (place, size) in SIZES.into_iter().enumerate() {
            for points in [0, 1, 2, 11] {
                let budget = SIZES[(place + 4) % SIZES.len()];
                let line = |line: usize| -> Vec<ReturnPoint> {
                    let at = |point: usize| {
                        let share = 2.0 * point as f64 / (points as f64 - 1.0).max(1.0);
                        ReturnPoint {
                            budget: budget * share * (line + 1) as f64,
                            change: size * (share - 1.0) * (line as f64 - 2.0),
                            margin: 0.1 * size,
                        }
                    };
                    (0..points).map(at).collect()
                };
                let lines: Vec<Vec<ReturnPoint>> = (0..count).map(line).collect();
                for piece in [None, Some(0.5 * budget), Some(budget), Some(0.0)] {
                    let row = |(line, (name, points))| Return {
                        name,
                        about: NAMES[(line + 1) % NAMES.len()],
                        today: budget * (line + 1) as f64,
                        piece,
                        points,
                    };
                    let rows: Vec<Return<'_>> = NAMES
                        .iter()
                        .copied()
                        .cycle()
                        .zip(lines.iter().map(Vec::as_slice))
                        .enumerate()
                        .map(row)
                        .collect();
                    check_if(
                        &format!("returns of {count}, {points} points, {size}, budgets of {budget}, {piece:?}"),
                        returns::draw(&Returns {
                            finding: "The next 1,000 brings most in SEO: 3,400",
                            measure: MEASURES[place % 3],
                            currency: "<ducats & more>",
                            rows: &rows,
                            note: "First 2,048 draws.",
                        }),
                    );
                }
            }
        }
    }
}

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
                percentiles: [0.6, 1.0, 1.5].map(|factor| factor * size),
                targets: &targets,
            };
            let week = |week: f64| [0.5, 0.8, 1.0, 1.2, 1.5].map(|level| level * week * size);
            let figures = [0.6, 1.0, 1.5].map(|factor| factor * size);
            use_it(
                &format!("results of {size}, {measure:?}"),
                &Results {
                    distributions: &[outcome("revenue"), outcome("profit"), outcome("cac")],
                    cumulative: Cumulative {
                        currency: measure.unit,
                        path: &[week(0.0), week(1.0), week(2.0)],
                        goal: Some(Goal { value: size, chance: [0.2, 0.3, 0.4] }),
                        days: &[],
                    },
                    channels: Channels {
                        of_all: 1.0,
                        without_revenue: 0.0,
                        rows: &NAMES.map(|name| Channel { name, spend: [0.2; 3], revenue: figures }),
                    },
                    funnel: Funnel {
                        beside: "Another 134 leads buy without the team.",
                        steps: &NAMES.map(|name| Step { name, count: figures, losses: &[] }),
                    },
                    team: Team {
                        weeks: &[TeamWeek { hours_used: figures, hours_available: figures, waiting: [0.0; 3] }],
                        horizon: 1,
                        short: Short {
                            draws: 0.2,
                            weeks: 0.1,
                            mostly_for: Some("opportunities"),
                            lost: 0.0,
                            lost_share: 0.0,
                        },
                        desks: &[Desk { works_on: "opportunities", weeks: vec![[figures; 2]] }],
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

#[test]
fn tornados_and_bars_of_luck_hold_whatever_an_outcome_rests_on() {
    for count in [0, 1, 2, 7, 12, 40] {
        for (place, size) in SIZES.into_iter().enumerate() {
            for (low, high) in
                [(-1.0, 1.0), (1.0, -1.0), (0.5, 0.7), (0.0, 0.0), (f64::NAN, 1.0), (-2.0, f64::INFINITY)]
            {
                let rows: Vec<TornadoRow<'_>> = (0..count)
                    .map(|row| TornadoRow {
                        name: NAMES[(row + place) % 5],
                        low: size * (1.0 + low / (row + 1) as f64),
                        high: size * (1.0 + high / (row + 1) as f64),
                        within_error: row % 3 == 2,
                    })
                    .collect();
                for measure in MEASURES {
                    let tornado = Tornado { finding: NAMES[1], measure, mean: size, rows: &rows };
                    check_if(&format!("tornado of {count}, {size}, {low} to {high}"), tornado::draw(&tornado));
                    for left in [0.0, 0.4, 1.0, 3.0, f64::NAN] {
                        let bar = Luck { finding: NAMES[2], measure, low: size * low, high: size * high, left };
                        check_if(&format!("luck, {size}, {low} to {high}, {left}"), luck::draw(&bar));
                    }
                }
            }
        }
    }
}

#[test]
fn goals_hold_whatever_their_curves_are() {
    for count in [0, 1, 2, 17, 40] {
        for (place, size) in SIZES.into_iter().enumerate() {
            let other = SIZES[(place + 3) % SIZES.len()];
            let amounts: Vec<f64> = (0..count).map(|place| other * (place as f64 + 1.0)).collect();
            for (is_chance, level) in [(true, 0.8), (true, 1.0), (false, size), (false, f64::NAN)] {
                let value = |place: usize| {
                    let middle = if is_chance { place as f64 / 20.0 } else { size * (1.0 + place as f64).ln() };
                    let low = if place % 5 == 2 { f64::NEG_INFINITY } else { 0.9 * middle };
                    GoalValue { low, value: if place % 7 == 3 { f64::NAN } else { middle }, high: 1.1 * middle }
                };
                let values: Vec<GoalValue> = (0..count).map(value).collect();
                let at = amounts.last().copied().unwrap_or(other);
                for (found, today) in [
                    (None, None),
                    (Some(Found { at, low: None, high: None, words: NAMES[place % 5] }), Some(at)),
                    (Some(Found { at, low: Some(0.5 * at), high: Some(1e300), words: "41,300" }), Some(0.0)),
                ] {
                    check(
                        &format!("goal of {count}, {size}, {level}, {found:?}, {today:?}"),
                        &goal::draw(&GoalCurve {
                            finding: NAMES[1],
                            up: NAMES[place % 5],
                            is_chance,
                            across: Varied { name: NAMES[place % 5], values: Values::Even(&amounts) },
                            values: &values,
                            level,
                            found,
                            today,
                        }),
                    );
                }
            }
        }
    }
}

#[test]
fn mixes_hold_whatever_their_budgets_are() {
    for count in [0, 1, 5, 12, 30] {
        for (place, size) in SIZES.into_iter().enumerate() {
            let row = |number: usize| MixRow {
                name: NAMES[(place + number) % NAMES.len()],
                today: size * number as f64,
                best: if number % 6 == 5 { f64::NAN } else { size / (1.0 + number as f64) },
                range: (0.1 * size, if number % 4 == 3 { f64::INFINITY } else { 3.0 * size }),
            };
            let rows: Vec<MixRow<'_>> = (0..count).map(row).collect();
            check(
                &format!("mixes of {count}, {size}"),
                &mix::draw(&Mixes { finding: NAMES[1], currency: NAMES[place % 5], rows: &rows }),
            );
        }
    }
}
