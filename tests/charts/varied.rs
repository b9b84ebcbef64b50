//! Claims: whatever is varied, and wherever it leads, its charts can be read.

use foremix::charts::*;

use super::legible::{check, check_if};
use super::samples::*;

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
                        let mut levels = [0.5, 0.8, 1.0, 1.2, 2.0].map(|factor| factor * middle);
                        let mut chance = [0.1, 0.5, 1.2];
                        if place % gaps == 1 {
                            levels[place % 5] = f64::NAN;
                            chance = [f64::NAN; 3];
                        }
                        SweepPoint {
                            mean: 1.1 * middle,
                            levels: bands(levels),
                            chance: interval(chance),
                            alike: place % 2 == 1,
                        }
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
