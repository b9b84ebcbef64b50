//! What one count costs, its uniform included: `cargo bench --bench samplers`.
//!
//! Parameters change from call to call around the nominal one, as they do from draw to draw, and no branch can be
//! learned by heart.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use foremix::model::simulate::Purpose;
use foremix::random::{Binomial, DrawStream, StreamKey, binomial, normal_quantile, poisson, standard_normal};

/// How many different parameters take turns.
const TURNS: u32 = 1024;

fn luck() -> DrawStream {
    StreamKey::new(1, 0, "benches.samplers", Purpose::Leads).at(1)
}

/// Values within ± 20 % of the nominal one.
fn around(nominal: f64) -> Vec<f64> {
    (0..TURNS).map(|turn| nominal * (0.8 + 0.4 * luck().uniform(u32::MAX, turn))).collect()
}

/// Measures `sample(turn, week)`, where week times turn is a uniform not met before.
fn measure(criterion: &mut Criterion, group: &str, case: &str, mut sample: impl FnMut(usize, u32) -> f64) {
    let mut call = 0_u32;
    criterion.benchmark_group(group).bench_function(BenchmarkId::from_parameter(case), |bencher| {
        bencher.iter(|| {
            call = call.wrapping_add(1);
            sample((call % TURNS) as usize, call / TURNS)
        });
    });
}

fn uniforms_and_normals(criterion: &mut Criterion) {
    let kind = "one number";
    let series = StreamKey::new(1, 0, "benches.samplers", Purpose::Leads);
    let stream = luck();
    measure(criterion, kind, "uniform", |turn, week| stream.uniform(week, turn as u32));
    measure(criterion, kind, "draw and uniform", |turn, week| series.at(u64::from(week)).uniform(week, turn as u32));
    measure(criterion, kind, "fast normal", |turn, week| standard_normal(stream.uniform(week, turn as u32)));
    measure(criterion, kind, "exact normal", |turn, week| normal_quantile(stream.uniform(week, turn as u32)));
}

fn poissons(criterion: &mut Criterion) {
    for mean in [0.1, 0.5, 2.0, 5.0, 7.0, 10.0, 20.0, 50.0, 500.0, 1e4, 1e5] {
        let means = around(mean);
        let stream = luck();
        measure(criterion, "poisson", &mean.to_string(), |turn, week| {
            poisson(means[turn], stream.uniform(week, turn as u32)) as f64
        });
    }
}

fn binomials(criterion: &mut Criterion) {
    let stream = luck();
    for (trials, p) in
        [(20.0, 0.02), (50.0, 0.2), (60.0, 0.005), (400.0, 0.05), (400.0, 0.78), (2_000.0, 0.2), (1e6, 0.01)]
    {
        let chances = around(p);
        let numbers: Vec<u64> = around(trials).iter().map(|&n| n as u64).collect();
        let case = format!("{trials} of {p}");
        measure(criterion, "binomial", &case, |turn, week| {
            binomial(numbers[turn], chances[turn], stream.uniform(week, turn as u32)) as f64
        });
        let prepared: Vec<Binomial> = chances.iter().map(|&p| Binomial::new(p)).collect();
        measure(criterion, "prepared binomial", &case, |turn, week| {
            // The class, and so its chance, holds for a run of weeks.
            prepared[turn / 32].quantile(numbers[turn], stream.uniform(week, turn as u32)) as f64
        });
    }
    let stay = Binomial::new(black_box(0.93));
    let numbers: Vec<u64> = around(250.0).iter().map(|&n| n as u64).collect();
    measure(criterion, "prepared binomial", "250 of 0.93", |turn, week| {
        stay.quantile(numbers[turn], stream.uniform(week, turn as u32)) as f64
    });
}

criterion_group!(benches, uniforms_and_normals, poissons, binomials);
criterion_main!(benches);
