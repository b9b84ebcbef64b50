//! What a draw costs: the whole engine, its stages, and the floor below which it can't go.
//!
//! `floor` draws just the uniforms and counts that the draws of the scenario need, by the same samplers, in a tight loop;
//! the cost of the engine is quoted as a multiple of it. Stages are prefixes of a draw: each line holds the ones above.

use std::hint::black_box;
use std::path::Path;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use foremix::engine::{InputSampler, RunSpec, Streams, Unwatched, run, run_family};
use foremix::model::channels::Offer;
use foremix::model::outcomes::OutcomeId;
use foremix::model::plan::Plan;
use foremix::model::simulate::Purpose;
use foremix::model::simulate::{Quarter, Seed};
use foremix::random::{Binomial, StreamKey, binomial, poisson, standard_normal};
use foremix::scenario::{Sampling, Scenario, load};

const SEED: Seed = Seed { seed: 1, stream: 0 };

/// Draws that the stages and the floor go round in.
const DRAWS: u64 = 1_024;

fn scenario(file: &str, settings: &[String]) -> Scenario {
    load(Path::new(file), settings).expect("the plan is right")
}

const B2B_SAAS: &str = "scenarios/b2b-saas.toml";
const BENCH: &str = "benches/plans/bench.toml";
const BENCH_TAIL: &str = "benches/plans/bench_tail.toml";

fn ask(draws: u64, details: bool) -> RunSpec {
    RunSpec {
        draws: 0..draws,
        seed: 1,
        streams: Streams::default(),
        sampling: Sampling::Stratified,
        held: Vec::new(),
        outcomes: OutcomeId::all().filter(|id| details || !id.outcome().of_tail).collect(),
        details,
    }
}

fn whole(criterion: &mut Criterion) {
    let draws = 4 * DRAWS;
    let mut group = criterion.benchmark_group("draws");
    group.throughput(Throughput::Elements(draws));
    for threads in [1, 0] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads can be made");
        let shown = if threads == 1 { "one thread" } else { "all threads" };
        for file in [BENCH, BENCH_TAIL, B2B_SAAS] {
            let plan = scenario(file, &[]);
            for (what, details) in [("with tail and details", true), ("horizon only", false)] {
                let ask = ask(draws, details);
                group.bench_function(format!("{file}, {what}, {shown}"), |bencher| {
                    bencher.iter(|| pool.install(|| run(&plan.plan, black_box(&ask), &Unwatched)));
                });
            }
        }
    }
    group.finish();
}

/// The bench plan grown in one direction at a time.
fn growth(criterion: &mut Criterion) {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread can be made");
    let mut measure = |what: &str, times: u64, settings: &[String], draws: u64| {
        let plan = scenario(BENCH, settings);
        let mut group = criterion.benchmark_group(format!("growth with {what}"));
        group.throughput(Throughput::Elements(draws));
        let ask = ask(draws, true);
        group.bench_function(times.to_string(), |bencher| {
            bencher.iter(|| pool.install(|| run(&plan.plan, black_box(&ask), &Unwatched)));
        });
        group.finish();
    };
    for times in [1, 4, 16] {
        measure("draws", times, &[], times * DRAWS);
    }
    for times in [1, 2, 4] {
        let more = |name: &str, budget: u64| format!("channels.{name}.budget={}", budget * times);
        let money = [("search", 39_000), ("social", 26_000), ("letters", 26_000)];
        let settings: Vec<String> = money.map(|(name, budget)| more(name, budget)).into();
        let weeks = format!("horizon.weeks={}", 13 * times);
        measure("weeks", times, &[settings, vec![weeks]].concat(), DRAWS);
    }
    for times in [1, 4, 16] {
        let channel =
            |at| format!("channels.more_{at}={{ kind = \"baseline\", leads = \"5 to 10\", qualified = 0.5 }}");
        let settings: Vec<String> = (4..4 * times).map(channel).collect();
        measure("channels", times, &settings, DRAWS);
    }
    for times in [1, 10, 100] {
        let settings = [
            format!("channels.search.clicks_available={}", 2_400 * times),
            format!("channels.search.budget={}", 39_000 * times),
            format!("channels.social.clicks_available={}", 4_000 * times),
            format!("channels.social.budget={}", 26_000 * times),
            format!("channels.letters.circulation={}", 10_000 * times),
            format!("channels.walk_in.leads=\"{} to {}\"", 10 * times, 20 * times),
            format!("sales.reps.team.count={}", 5 * times),
        ];
        measure("leads", times, &settings, DRAWS);
    }
    for times in [1, 10, 100] {
        let settings = [
            format!("sales.reps.team.count={}", 5 * times),
            "sales.reps.team.attrition=\"30% a year\"".to_owned(),
            "sales.reps.team.backfill_weeks=8".to_owned(),
        ];
        measure("reps who leave", times, &settings, DRAWS);
    }
}

/// Plans that differ in the money of one channel each, one by one and as a family.
fn family(criterion: &mut Criterion) {
    let scenario = scenario(B2B_SAAS, &[]);
    let first = &scenario.plan;
    let siblings: Vec<Plan> = (0..first.parts.channels.len())
        .flat_map(|at| [0.0, 0.5, 0.8, 1.1, 1.25, 1.5].map(|scale| (at, scale)))
        .map(|(at, scale)| {
            let mut parts = first.parts.clone();
            let plan = &mut parts.channels[at].plan;
            plan.iter_mut().for_each(|money| *money *= scale);
            Plan::new(parts)
        })
        .collect();
    let plans: Vec<&Plan> = std::iter::once(first).chain(&siblings).collect();
    let ask = RunSpec {
        outcomes: ["revenue", "profit_with_tail"].into_iter().filter_map(OutcomeId::named).collect(),
        ..ask(DRAWS, false)
    };
    let mut group = criterion.benchmark_group("family");
    group.throughput(Throughput::Elements(DRAWS * plans.len() as u64));
    group.bench_function("one by one", |bencher| {
        bencher.iter(|| {
            for plan in &plans {
                black_box(run(plan, black_box(&ask), &Unwatched).is_ok());
            }
        });
    });
    group.bench_function("together", |bencher| {
        bencher.iter(|| run_family(&plans, black_box(&ask), &Unwatched));
    });
    group.finish();
}

fn inputs_of(scenario: &Scenario) -> (Vec<f64>, usize) {
    let inputs = &scenario.plan.parts.inputs;
    let sampler = InputSampler::new(inputs, SEED, Sampling::Stratified, &[]);
    let mut values = Vec::new();
    sampler.fill(0..DRAWS, &mut values);
    (values, sampler.width())
}

fn stages(criterion: &mut Criterion) {
    for file in [BENCH, BENCH_TAIL, B2B_SAAS] {
        let scenario = scenario(file, &[]);
        let mut group = criterion.benchmark_group(format!("stages of {file}"));
        group.throughput(Throughput::Elements(DRAWS));
        let sampler = InputSampler::new(&scenario.plan.parts.inputs, SEED, Sampling::Stratified, &[]);
        let mut values = Vec::new();
        group.bench_function("0 inputs", |bencher| {
            bencher.iter(|| sampler.fill(black_box(0..DRAWS), &mut values));
        });
        let (values, width) = inputs_of(&scenario);
        let mut quarter = Quarter::new(&scenario.plan, SEED, true);
        let names = ["1 open", "2 channels and their leads", "3 leads arrive", "4 team and deals"];
        for (depth, name) in names.into_iter().enumerate() {
            group.bench_function(name, |bencher| {
                bencher.iter(|| {
                    for draw in 0..DRAWS {
                        let at = draw as usize * width;
                        quarter.open(draw, &values[at..at + width]);
                        if depth == 0 {
                            continue;
                        }
                        for week in 0..quarter.weeks() {
                            quarter.spend(week);
                            if depth >= 2 {
                                quarter.arrive(week);
                            }
                            if depth >= 3 {
                                quarter.work(week);
                            }
                            quarter.close(week);
                        }
                        black_box(quarter.settle());
                    }
                });
            });
        }
        let floor = Floor::of(&scenario);
        group.bench_function("floor: the counts alone", |bencher| {
            bencher.iter(|| floor.draw());
        });
        group.finish();
    }
}

/// The counts that draws of a scenario need, as they came in those draws.
struct Floor {
    series: StreamKey,
    draws: Vec<Needs>,
}

#[derive(Default)]
struct Needs {
    /// means of Poisson counts
    means: Vec<f64>,
    /// chances of binomial counts, prepared once a draw, and the trials of each
    binomials: Vec<(f64, Vec<u64>)>,
    /// binomials that are drawn once
    singles: Vec<(u64, f64)>,
    /// further uniforms: open deals that are won or not
    uniforms: u32,
    /// and those that are made normal: values and delays of deals, the market's weeks, a channel's weeks
    normals: u32,
}

impl Floor {
    fn of(scenario: &Scenario) -> Self {
        let plan = &scenario.plan;
        let (parts, sales) = (&plan.parts, &plan.parts.sales);
        let (values, width) = inputs_of(scenario);
        let mut quarter = Quarter::new(plan, SEED, true);
        let draws = (0..DRAWS)
            .map(|draw| {
                let at = draw as usize * width;
                let drawn = &values[at..at + width];
                let mut needs = Needs::default();
                let stay = sales.stay(drawn);
                let speed = sales.speed(drawn);
                let mut stays = Vec::new();
                let mut wins: Vec<[Vec<u64>; 2]> = vec![Default::default(); plan.classes.len()];
                let mut running: Vec<_> =
                    plan.calendars.iter().map(|calendar| parts.channels[calendar.channel].start(drawn)).collect();
                quarter.open(draw, drawn);
                for week in 0..quarter.weeks() {
                    quarter.spend(week);
                    quarter.arrive(week);
                    quarter.work(week);
                    quarter.close(week);
                    for (calendar, running) in plan.calendars.iter().zip(&mut running) {
                        let flow = running.step(Offer {
                            money: calendar.money[week],
                            demand: calendar.season[week],
                            price: calendar.price[week],
                            in_horizon: week < parts.horizon.weeks,
                        });
                        running.close();
                        let qualified = parts.channels[calendar.channel].qualified.of(drawn);
                        let channel = &parts.channels[calendar.channel];
                        needs.normals += u32::from(flow.leads > 0.0 && !channel.variation.is_zero());
                        for mean in [flow.leads * (1.0 - qualified), flow.leads * qualified] {
                            if mean > 0.0 {
                                needs.means.push(mean);
                            }
                        }
                    }
                    for (pile, wins) in quarter.queues().iter().zip(&mut wins) {
                        for (wins, worked) in wins.iter_mut().zip(pile.worked) {
                            if worked > 0 {
                                wins.push(worked);
                            }
                        }
                        // Who waits now had stayed: about as many as were asked.
                        if pile.leads[1] > 0 {
                            stays.push(pile.leads[1]);
                        }
                    }
                }
                needs.binomials.push((stay, stays));
                for (class, wins) in plan.classes.iter().zip(wins) {
                    let rate = class.opportunity_rate.of(drawn);
                    let close = class.close_rate.of(drawn);
                    for (age, trials) in wins.into_iter().enumerate() {
                        let o = (rate * speed[age]).min(1.0);
                        let total: u64 = trials.iter().sum();
                        if total > 0 {
                            needs.singles.push((total, o * (1.0 - close) / (1.0 - o * close)));
                            needs.binomials.push((o * close, trials));
                        }
                    }
                }
                for open in &parts.deals.open {
                    needs.uniforms += open.count(drawn) as u32;
                }
                let tally = quarter.settle();
                needs.normals += 2 * tally.wins_started as u32 + quarter.weeks() as u32;
                needs
            })
            .collect();
        Self { series: StreamKey::new(1, 0, "floor", Purpose::Leads), draws }
    }

    // Not inlined, so that a profiler can tell it apart.
    #[inline(never)]
    fn draw(&self) -> u64 {
        let mut total = 0;
        for (draw, needs) in self.draws.iter().enumerate() {
            let stream = self.series.at(draw as u64);
            let mut index = 0;
            let mut uniform = || {
                index += 1;
                stream.uniform(0, index)
            };
            for &mean in &needs.means {
                total += poisson(mean, uniform());
            }
            for (chance, trials) in &needs.binomials {
                let distribution = Binomial::new(*chance);
                for &trials in trials {
                    total += distribution.quantile(trials, uniform());
                }
            }
            for &(trials, chance) in &needs.singles {
                total += binomial(trials, chance, uniform());
            }
            for _ in 0..needs.uniforms {
                total += u64::from(uniform() < 0.2);
            }
            for _ in 0..needs.normals {
                total += u64::from(standard_normal(uniform()) < 0.2);
            }
        }
        total
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20);
    targets = whole, growth, family, stages
}
criterion_main!(benches);
