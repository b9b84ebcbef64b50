//! What is named as better, best or largest is so: claims are wrong at most as often as `analysis::judgement` states.

use foremix::analysis::judgement::FALSE_CLAIMS;
use foremix::analysis::{Lead, Paired, Ranking, Verdict, compare};
use foremix::engine::Unwatched;
use foremix::report::{ChartOptions, Format, comparison_summary, comparison_text, draw_comparison};
use rand::rngs::Xoshiro256PlusPlus;
use rand::{RngExt, SeedableRng};
use rand_distr::{Distribution, Exp1, StandardNormal};

use super::{CERTAIN, contender, outcome};

/// Draws of each simulated plan: 16 a batch.
const DRAWS: usize = 512;

/// The most claims that may be wrong of so many: the stated rate, and 4 standard deviations of a count at that rate.
fn most_of(trials: usize) -> f64 {
    let trials = trials as f64;
    trials * FALSE_CLAIMS + 4.0 * (trials * FALSE_CLAIMS * (1.0 - FALSE_CLAIMS)).sqrt()
}

fn revenue_of(base: &[f64], plan: &[f64]) -> Paired {
    Paired::of(outcome("revenue"), base, plan, 0)
}

fn normals(random: &mut Xoshiro256PlusPlus) -> Vec<f64> {
    StandardNormal.sample_iter(random).take(DRAWS).collect()
}

/// Which of some columns is best on average.
fn ranking(columns: &[Vec<f64>]) -> Ranking {
    let means: Vec<f64> = columns.iter().map(|column| column.iter().sum::<f64>() / column.len() as f64).collect();
    Ranking::of(&means, |one, other| Some(Lead::of(&revenue_of(&columns[other], &columns[one])))).expect("a ranking")
}

#[test]
fn of_two_equal_plans_one_is_named_at_most_as_often_as_stated() {
    // Differences of mean 0: in every draw and normal; skewed (exponential less its mean); in one draw of 20 only.
    type Differ = fn(&mut Xoshiro256PlusPlus) -> f64;
    let shapes: [Differ; 3] = [
        |random| StandardNormal.sample(random),
        |random| Distribution::<f64>::sample(&Exp1, random) - 1.0,
        |random| match random.random_range(0..40) {
            0 => 1.0,
            1 => -1.0,
            _ => 0.0,
        },
    ];
    let trials = 3_000;
    for (shape, differ) in shapes.iter().enumerate() {
        let mut random = Xoshiro256PlusPlus::seed_from_u64(20 + shape as u64);
        let named = (0..trials).filter(|_| {
            let base = normals(&mut random);
            let plan: Vec<f64> = base.iter().map(|value| value + differ(&mut random)).collect();
            revenue_of(&base, &plan).verdict().is_clear()
        });
        let named = named.count() as f64;
        // Skewed means of 16 draws make Student's t a little lopsided: half as much again is allowed for.
        let most = if shape == 1 { 1.5 } else { 1.0 } * most_of(trials);
        assert!(named <= most, "shape {shape}: {named} of {trials}");
        // The rule is no stricter than it says, either.
        assert!(named >= 0.5 * FALSE_CLAIMS * trials as f64, "shape {shape}: {named} of {trials}");
    }
}

#[test]
fn of_equal_plans_a_best_one_is_named_at_most_as_often_as_stated() {
    let trials = 1_500;
    for plans in [2, 3, 11] {
        let mut random = Xoshiro256PlusPlus::seed_from_u64(plans as u64);
        let mut independent = 0;
        let mut one_apart = 0;
        for _ in 0..trials {
            let columns: Vec<Vec<f64>> = (0..plans).map(|_| normals(&mut random)).collect();
            independent += usize::from(ranking(&columns).best().is_some());
            // The likeliest to mislead: all but one of them share their luck, so that one difference decides.
            let mut columns = vec![columns[0].clone(); plans];
            columns[plans / 2] = normals(&mut random);
            one_apart += usize::from(ranking(&columns).best().is_some());
        }
        assert!(independent as f64 <= most_of(trials), "{plans} plans: {independent} of {trials}");
        assert!(one_apart as f64 <= most_of(trials), "{plans} plans, one apart: {one_apart} of {trials}");
    }
}

#[test]
fn the_best_is_among_those_that_can_not_be_told_from_the_leading_one() {
    // Plan 0 is better than six others by 1, 2 and 3 standard errors of a difference, √(2/512).
    let trials = 1_000;
    for ahead in [1.0, 2.0, 3.0] {
        let mut random = Xoshiro256PlusPlus::seed_from_u64(7);
        let missed = (0..trials).filter(|_| {
            let mut columns: Vec<Vec<f64>> = (0..7).map(|_| normals(&mut random)).collect();
            for value in &mut columns[0] {
                *value += ahead * (2.0 / DRAWS as f64).sqrt();
            }
            !ranking(&columns).alike.contains(&0)
        });
        let missed = missed.count();
        assert!(missed as f64 <= most_of(trials), "{ahead}: {missed} of {trials}");
    }
}

#[test]
fn a_clear_difference_is_told() {
    let mut random = Xoshiro256PlusPlus::seed_from_u64(3);
    let columns: Vec<Vec<f64>> = (0..11)
        .map(|plan| normals(&mut random).into_iter().map(|value| value + if plan == 4 { 0.5 } else { 0.0 }).collect())
        .collect();
    assert_eq!(ranking(&columns).best(), Some(4));
    assert_eq!(revenue_of(&columns[0], &columns[4]).verdict(), Verdict::Better);
    assert_eq!(revenue_of(&columns[4], &columns[0]).verdict(), Verdict::Worse);
    // In a handful of draws nothing can be told, however alike the differences are.
    let few: Vec<f64> = columns[0].iter().enumerate().map(|(at, value)| value + f64::from(at % 100 == 0)).collect();
    assert_eq!(revenue_of(&columns[0], &few).verdict(), Verdict::TooClose);
}

#[test]
fn sentences_titles_and_json_name_a_winner_of_equal_plans_together_and_seldom() {
    // The same plan with its channel under another name: equal in distribution, on other luck.
    let renamed = CERTAIN.replace("[channels.search]", "[channels.finder]");
    let mut plans = [contender(CERTAIN, &[]), contender(&renamed, &[])];
    for (plan, label) in plans.iter_mut().zip(["one", "another"]) {
        plan.label = label.to_owned();
    }
    let steering = plans[0].scenario.steering_outcome();
    let trials: usize = 120;
    let mut named = 0;
    for seed in 1..=trials {
        let comparison = compare(&plans, 256, seed as u64, &Unwatched).expect("nobody stops it");
        let summary = comparison_summary(&plans, &comparison, 0.0);
        let of_steering = summary.differences[0].outcomes.get(steering.outcome().key);
        let is_told = of_steering.expect("the steering outcome").verdict.is_clear();
        named += usize::from(is_told);
        let text = comparison_text(&plans[0].scenario, &comparison, steering, 1_000);
        let sentence = text.split("\n\n").nth(1).expect("a verdict").lines().next().expect("a sentence");
        assert_eq!(!sentence.contains("can't be told apart in"), is_told, "seed {seed}: {sentence}");
        if seed % 10 == 0 {
            let charts = draw_comparison(
                &plans[0].scenario,
                &comparison,
                steering,
                &ChartOptions { formats: &[Format::Svg], day: None },
            )
            .expect("charts");
            for (name, svg) in charts {
                let svg = String::from_utf8(svg).expect("text");
                let words = svg.split(['<', '>']).map(str::trim).collect::<Vec<_>>().join(" ");
                let is_close = words.contains("be told apart");
                assert_eq!(!is_close, is_told, "seed {seed}, {name}");
            }
        }
    }
    assert!(named as f64 <= most_of(trials), "{named} of {trials}");
}
