//! A goal on curves whose answer is known: inverted closed forms, and a curve that rises and falls.

use statrs::distribution::{DiscreteCDF, Poisson};

use foremix::analysis::{Answer, Condition, Goal, GoalRun, Lever, Sample, Scope};
use foremix::engine::Unwatched;
use foremix::reading::Sources;
use foremix::scenario::RawPlan;

use super::SEEDS;
use super::one_budget::{clicks, plan};

/// Wins on average under a budget: a click is worth 0.05·0.5·0.4 = 0.01 of them.
fn wins(budget: f64) -> f64 {
    0.01 * clicks(budget)
}

/// The budget of so many wins.
fn budget(wins: f64) -> f64 {
    -8_000.0 * (1.0 - wins / 40.0).ln()
}

fn search(reach: &str, by: &str, seed: u64) -> GoalRun {
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), plan(0.0)).expect("the plan is written");
    let draft = RawPlan::open(file.path()).expect("a plan");
    let today = draft.read().expect("a plan");
    let source = Sources::default().add("the option", reach);
    let condition: Condition = Scope { source, has_margin: true }.condition(reach).expect("a condition");
    let lever = Lever::read(by, None, &draft, source).expect("a figure");
    let goal = Goal { condition, lever };
    goal.run(&draft, &today, Sample { runs: 8_000, seed }, &Unwatched).expect("nobody stops it")
}

/// The value that was found lies at `truth`, within four standard errors and what rounding to three digits takes.
#[track_caller]
fn finds(run: &GoalRun, truth: f64) {
    let (crossing, tried) = run.crossing().unwrap_or_else(|| panic!("{:?}", run.answer));
    let (low, high) = (crossing.low.expect("a low end"), crossing.high.expect("a high end"));
    assert!(low <= tried.x && tried.x <= high, "{low} to {high} without {}", tried.x);
    let reach = 4.0 / 2.04 * (high - low) / 2.0 + 0.01 * truth;
    assert!((tried.x - truth).abs() <= reach, "{} for {truth}, {low} to {high}", tried.x);
    assert!(high - low < 0.2 * truth, "{low} to {high}");
}

#[test]
fn a_mean_is_inverted() {
    for seed in SEEDS {
        // 10,000 of revenue are 20 wins.
        finds(&search("mean(revenue)>=10k", "channels.search.budget", seed), budget(20.0));
        // A close rate of x gives 50·x wins of (1 − exp(−1/2))·4,000·0.05·0.5 opportunities.
        let opportunities = 100.0 * (1.0 - (-0.5_f64).exp());
        finds(&search("mean(wins)>=10", "sales.close_rate", seed), 10.0 / opportunities);
    }
}

#[test]
fn a_chance_is_inverted() {
    // Wins are Poisson: the mean at which 20 or more come in 80 of 100 futures, by bisection.
    let chance = |mean: f64| 1.0 - Poisson::new(mean).expect("a mean").cdf(19);
    let (mut low, mut high) = (10.0, 39.0);
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if chance(middle) < 0.8 { low = middle } else { high = middle }
    }
    for seed in SEEDS {
        finds(&search("chance(wins>=20)>=80%", "channels.search.budget", seed), budget(low));
        finds(&search("chance(revenue>=10k)>=80%", "total", seed), budget(low));
    }
}

#[test]
fn profit_that_rises_and_falls_is_reached_on_its_way_up() {
    // 500·wins(B) − B is highest at 8,000·ln 2.5 = 7,330: 4,670.
    let profit = |budget: f64| 500.0 * wins(budget) - budget;
    let (mut low, mut high) = (0.0, 7_330.0);
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if profit(middle) < 4_000.0 { low = middle } else { high = middle }
    }
    for seed in SEEDS {
        let run = search("mean(profit)>=4k", "channels.search.budget", seed);
        finds(&run, low);
        let lost = run.crossing().and_then(|(crossing, _)| crossing.lost_from).expect("it is lost again");
        assert!(profit(lost) < 4_000.0 && lost > 7_330.0, "{lost}");
        let run = search("mean(profit)>=6k", "channels.search.budget", seed);
        assert!(matches!(run.answer, Answer::Nowhere { .. }), "{:?}", run.answer);
        let best = run.best().expect("a best value");
        assert!(profit(best.x) > 0.97 * 4_670.0, "{} at {}", best.gauge.value, best.x);
    }
}

#[test]
fn a_count_stays_whole_and_says_what_is_in_the_way() {
    let run = search("mean(wins)>=16", "sales.reps.team.count", 1);
    // Fifty reps have hours to spare: 15.7 wins are all that 4,000 bring.
    assert!(matches!(run.answer, Answer::Nowhere { .. }), "{:?}", run.answer);
    assert!(run.tried.iter().all(|tried| tried.x.fract() == 0.0));
    assert!(run.in_the_way.is_some());
    let run = search("mean(wins)>=15", "sales.reps.team.count", 1);
    let (_, tried) = run.crossing().expect("a count");
    assert_eq!(tried.x, 1.0);
}
