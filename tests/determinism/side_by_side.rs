//! Draws that go side by side give what each of them gives alone.

use std::ops::{ControlFlow, Range};

use foremix::engine::{InputSampler, blocks};
use foremix::model::outcomes::{OutcomeId, Tally};
use foremix::model::plan::Plan;
use foremix::model::simulate::{Family, Quarter, Seed};
use foremix::scenario::{Sampling, Scenario, load};

use super::RICH;
use super::support::scenario;

const SEED: Seed = Seed { seed: 7, stream: 0 };

/// The bits of all that a draw counts: outcomes, weeks, sources.
fn bits(tally: &Tally) -> Vec<u64> {
    let outcomes = OutcomeId::all().map(|id| id.outcome().of(tally));
    let weeks = tally.weeks.iter().flat_map(|week| week.figures());
    let sources = tally.sources.iter().flat_map(|source| source.figures());
    outcomes.chain(weeks).chain(sources).map(f64::to_bits).collect()
}

/// The claim that draws of a plan have the same bits side by side, sixteen at a time and fewer, as one by one.
#[track_caller]
fn draws_are_as_alone(name: &str, plan: &Plan, draws: Range<u64>) {
    let sampler = InputSampler::new(&plan.parts.inputs, SEED, Sampling::Stratified, &[]);
    let mut family = Family::new(plan, &[], SEED, true);
    let mut quarter = Quarter::new(plan, SEED, true);
    let (mut drawn, mut seen) = (Vec::new(), 0);
    for block in blocks(draws.clone()) {
        sampler.fill(block.clone(), &mut drawn);
        let width = sampler.width();
        let run = family.run(block.clone(), &drawn, |_, row, tally| {
            let alone = quarter.run(block.start + row as u64, &drawn[row * width..(row + 1) * width]);
            assert_eq!(bits(tally), bits(alone), "{name}, draw {}", block.start + row as u64);
            seen += 1;
            ControlFlow::<()>::Continue(())
        });
        assert!(run.is_continue());
    }
    assert_eq!(seen, draws.end - draws.start, "{name}");
}

fn all_are_as_alone(name: &str, scenario: &Scenario) {
    for draws in [0..100, 1_020..1_027, 5..6] {
        draws_are_as_alone(name, &scenario.plan, draws);
    }
    draws_are_as_alone(name, &scenario.plan.for_means(), 0..40);
}

#[test]
fn draws_of_bundled_plans_are_as_alone() {
    let mut seen = 0;
    for entry in std::fs::read_dir("scenarios").expect("the folder is there") {
        let file = entry.expect("it can be read").path();
        if file.extension().is_some_and(|kind| kind == "toml") {
            let plan = load(&file, &[]).unwrap_or_else(|error| panic!("{error}"));
            all_are_as_alone(&file.display().to_string(), &plan);
            seen += 1;
        }
    }
    assert!(seen >= 10, "{seen} plans");
}

#[test]
fn draws_of_a_rich_plan_are_as_alone_whatever_its_desk_meets() {
    let events = "[shocks.strike]\nchance = 0.4\nweeks = [3, 12]\nclose = 0.7\ndemand = 0.8\n\
        [promotions.sale]\nweeks = [5, 6]\nclose_multiplier = 1.3\ndiscount = 0.1\n";
    let customers = "[customers]\nactive = 40\nrepeat_rate = \"0.2 a month\"\nrepeat_value = \"80 to 120\"\nchurn_rate = \"3% a month\"\n";
    let limit = "[delivery]\nper_week = \"2 to 5\"\n";
    for (what, further) in [("as it is", ""), ("events", events), ("customers", customers), ("limit", limit)] {
        for order in ["newest_first", "oldest_first", "best_first"] {
            for (leaving, hours) in
                [("lead_half_life = 3", "0.7"), ("lead_half_life = \"1 to 4\"", "0.05"), ("", "0.7")]
            {
                let text = RICH.replace("hours_per_lead = 0.7", &format!("hours_per_lead = {hours}"));
                let text = text.replace("lead_half_life = 3", &format!("queue = \"{order}\"\n{leaving}"));
                let plan = scenario(&format!("{text}\n{further}"));
                all_are_as_alone(&format!("{what}, {order}, {leaving}, {hours}"), &plan);
            }
        }
    }
}

#[test]
fn draws_of_plans_with_very_many_leads_are_as_alone() {
    for scale in [30.0, 1e4, 1e8] {
        let leads = format!("leads = \"{} to {}\"", 2.0 * scale, 5.0 * scale);
        let text = RICH.replace("leads = \"2 to 5\"", &leads);
        for (lead, opportunity) in [("0.7", "2.3"), ("0.001", "0"), ("0", "0.01"), ("0", "0")] {
            let text = text.replace("hours_per_lead = 0.7", &format!("hours_per_lead = {lead}"));
            let text = text.replace("hours_per_opportunity = 2.3", &format!("hours_per_opportunity = {opportunity}"));
            all_are_as_alone(&format!("{scale} times, {lead} and {opportunity} h"), &scenario(&text));
        }
    }
}

#[test]
fn draws_of_online_channels_that_fall_silent_are_as_alone() {
    // Up to week 16, the last of those that are spent ahead together, and one before and after.
    for last in [15, 16, 17, 32] {
        let ends = format!("flighting = {{ weeks = [1, {last}] }}");
        let shock =
            format!("[shocks.ban]\nchance = 0.5\nweeks = [{}, 44]\nchannels = [\"ads\"]\ndemand = 0\n", last + 1);
        for (flighting, further) in [(ends.as_str(), ""), ("", shock.as_str())] {
            let channel = |key: &str, more: &str| {
                format!(
                    "[channels.{key}]\nkind = \"ppc\"\nbudget = 50_000\ncost_per_click = 1\nclicks_available = 5_000\n\
                     visit_to_lead = \"60% to 90%\"\nroute = \"online\"\nclose_rate = \"3%\"\n{more}\n"
                )
            };
            let text = format!(
                "name = \"Chat\"\n[horizon]\nweeks = 40\ntail_weeks = 4\n{}{}{further}\
                 [online.chat]\nagents = 2\nhours_per_week = 30\nchats_per_hour = 3\nchat_share = \"10%\"\n\
                 answered = 3\nmissed = 0.5\ncost_per_week = 900\n[deals]\naverage_value = 100\nvalue_cv = 0.8\n",
                channel("search", ""),
                channel("ads", flighting),
            );
            all_are_as_alone(&format!("up to week {last}, {further}"), &scenario(&text));
        }
    }
}

#[test]
fn leads_of_sixteen_weeks_at_once_are_those_of_each_week() {
    // A rule that never acts lets the engine look ahead no further than a week.
    let idle = "[rules.idle]\nkind = \"throttle\"\nchannels = [\"search\"]\nbacklog_weeks = 1e6\nto = 0.5\n";
    let text = RICH.to_owned();
    let [ahead, weekly] = [text.clone(), format!("{text}\n{idle}")].map(|text| scenario(&text));
    let sampler = InputSampler::new(&ahead.plan.parts.inputs, SEED, Sampling::Stratified, &[]);
    let mut drawn = Vec::new();
    sampler.fill(0..40, &mut drawn);
    let mut quarters = [&ahead, &weekly].map(|scenario| Quarter::new(&scenario.plan, SEED, true));
    for (draw, row) in drawn.chunks(sampler.width()).enumerate() {
        let [ahead, weekly] = quarters.each_mut().map(|quarter| {
            let tally = quarter.run(draw as u64, row);
            let weeks: Vec<f64> = tally.weeks.iter().flat_map(|week| [week.spend, week.leads, week.backlog]).collect();
            let sources: Vec<f64> =
                tally.sources.iter().flat_map(|source| [source.leads, source.qualified, source.wins_started]).collect();
            (weeks, sources, tally.hours_wanted)
        });
        assert_eq!(ahead, weekly, "draw {draw}");
    }
}
