//! Claims: whatever one plan's results are, no chart panics, and no word is cut off or covers another.

use foremix::charts::*;

use super::legible::check_if;
use super::samples::*;

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
                let percentiles = interval([0.1, 0.5, 0.9]).map(|share| percentile(&sorted, share));
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
                let goal = target.map(|value| Goal { value, chance: interval([0.4, 0.5, 0.6]) });
                let days: Vec<String> = (0..count).map(|day| format!("September {day}")).collect();
                for (booked, days) in [(0.0, &days[..]), (3e5, &[])] {
                    let path: Vec<Bands> =
                        (0..=count).map(week).map(|week| bands(week.map(|level| booked + level))).collect();
                    check_if(
                        &format!("cumulative, {count} weeks, {booked} and {level:?} of {size}, {target:?}"),
                        cumulative::draw(&Cumulative { currency: "EUR", path: &path, goal, days }),
                    );
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
                        hours_used: interval([0.7 * hours, 0.99 * hours, hours]),
                        hours_available: interval([0.9 * hours, hours, hours]),
                        waiting: interval([0.2 * waiting, waiting, 3.0 * waiting]),
                        opportunities_waiting: interval([0.0, 0.5 * waiting, waiting]),
                    }
                };
                let weeks: Vec<TeamWeek> = (0..count).map(week).collect();
                let days: Vec<String> = (0..count).map(|day| format!("September {day}")).collect();
                let team = Team {
                    weeks: &weeks,
                    horizon,
                    short: Short { draws: 0.304, weeks: 0.2, mostly_for: None, lost: 16_000.0, lost_share: 0.6 },
                    desks: &[],
                    days: if horizon % 2 == 1 { &days[..] } else { &[] },
                };
                check_if(
                    &format!("team, {count} weeks, {horizon} of the plan, {hours} hours, {leads} leads"),
                    team::draw(&team),
                );
            }
        }
    }
}

#[test]
fn channels_hold_whatever_their_names_and_shares_are() {
    let shares: [[f64; 3]; 6] =
        [[0.1, 0.2, 0.3], [0.0; 3], [1.0; 3], [f64::NAN; 3], [-0.5, -0.2, 1.5], [1e200, 1e250, 1e300]];
    for count in [0, 1, 2, 6, 12, 25, 31, 100] {
        for (spend, revenue) in shares.iter().flat_map(|spend| shares.iter().map(move |revenue| (spend, revenue))) {
            let channel = |name: &&'static str| Channel { name, spend: interval(*spend), revenue: interval(*revenue) };
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
            let step =
                |name: &&'static str| Step { name, count: interval([0.5 * size, size, 1.5 * size]), losses: &lost };
            let steps: Vec<Step<'_>> = NAMES.iter().cycle().take(count).map(step).collect();
            check_if(
                &format!("funnel, {count} steps, {losses} losses, {size}"),
                funnel::draw(&Funnel { steps: &steps, beside: "" }),
            );
        }
    }
}
