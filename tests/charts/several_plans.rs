//! Claims: whatever plans beside each other bring, their charts can be read.

use foremix::charts::*;

use super::legible::{check, check_if};
use super::samples::*;

#[test]
fn plans_hold_whatever_their_draws_are() {
    let both: Vec<f64> = tail(300, 9e5, 1.2).iter().map(|draw| draw - 9e5).collect();
    for count in [0, 1, 2, 5, 8, 12_usize] {
        for size in SIZES {
            for (shape, one) in [
                ("tail", tail(300, size, 1.2)),
                ("equal", vec![size; 9]),
                ("one", vec![size]),
                ("both signs", both.clone()),
                ("none", vec![]),
            ] {
                let draws: Vec<Vec<f64>> =
                    (0..count).map(|plan| one.iter().map(|draw| draw * (1.0 + 0.1 * plan as f64)).collect()).collect();
                let rows: Vec<PlanDraws<'_>> = NAMES
                    .iter()
                    .cycle()
                    .zip(&draws)
                    .map(|(name, draws)| PlanDraws { name, draws, remark: NAMES[1] })
                    .collect();
                let targets = [None, Some(size), Some(1.1 * size), Some(-1e300), Some(0.0)];
                for (target, measure) in targets.into_iter().zip(MEASURES.into_iter().cycle().skip(count % 3)) {
                    check(
                        &format!("{count} plans, {size}, {shape}, {target:?}, {measure:?}"),
                        &plans::draw(&Plans { finding: NAMES[1], measure, target, rows: &rows }),
                    );
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
                    levels: interval(factors).map(|factor| factor * size * (1.0 + 0.05 * place as f64)),
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
