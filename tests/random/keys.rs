//! Uniforms of neighboring keys: evenly spread, and unrelated.
//!
//! A false alarm at 4.5 standard errors comes once in 150,000 statistics of a normal distribution; here are some 60.

use foremix::model::simulate::Purpose;
use foremix::random::StreamKey;

const NUMBERS: u32 = 1 << 18;

fn series() -> StreamKey {
    StreamKey::new(1, 0, "channels.ppc", Purpose::Leads)
}

/// The nth uniform of a walk.
type Walk = fn(u32) -> f64;

/// Ways to walk from key to neighboring key: only the draw, the week or the index changes, or several do.
fn walks() -> [(&'static str, Walk); 7] {
    [
        ("draws", |n| series().at(u64::from(n)).uniform(0, 0)),
        ("weeks", |n| series().at(0).uniform(n, 0)),
        ("indices", |n| series().at(0).uniform(0, n)),
        ("distant draws", |n| series().at(u64::from(n) << 40).uniform(0, 0)),
        ("weeks of draws", |n| series().at(u64::from(n / 64)).uniform(n % 64, 0)),
        ("seeds", |n| StreamKey::new(u64::from(n), 0, "channels.ppc", Purpose::Leads).at(0).uniform(0, 0)),
        ("streams", |n| StreamKey::new(1, u64::from(n), "channels.ppc", Purpose::Leads).at(0).uniform(0, 0)),
    ]
}

#[test]
fn every_walk_is_even() {
    // χ² with 1,023 degrees of freedom has a standard deviation of √2046.
    for (name, walk) in walks() {
        let mut seen = [0_u32; 1024];
        for n in 0..NUMBERS {
            seen[(walk(n) * 1024.0) as usize] += 1;
        }
        let expected = f64::from(NUMBERS) / 1024.0;
        let sum: f64 = seen.iter().map(|&k| (f64::from(k) - expected).powi(2) / expected).sum();
        let distance = (sum - 1023.0) / 2046f64.sqrt();
        assert!(distance.abs() < 4.5, "{name}: {distance}");
    }
}

#[test]
fn pairs_of_neighbors_are_even_too() {
    // Pairs in 32 × 32 cells, pairs not overlapping.
    for (name, walk) in walks() {
        let mut seen = [0_u32; 1024];
        for n in 0..NUMBERS / 2 {
            let cell = |n| (walk(n) * 32.0) as usize;
            seen[32 * cell(2 * n) + cell(2 * n + 1)] += 1;
        }
        let expected = f64::from(NUMBERS / 2) / 1024.0;
        let sum: f64 = seen.iter().map(|&k| (f64::from(k) - expected).powi(2) / expected).sum();
        let distance = (sum - 1023.0) / 2046f64.sqrt();
        assert!(distance.abs() < 4.5, "{name}: {distance}");
    }
}

/// The correlation of two uniforms over n, in standard errors: each product of centered ones has a variance of 1/144.
fn correlation(pair: impl Fn(u32) -> (f64, f64)) -> f64 {
    let sum: f64 = (0..NUMBERS)
        .map(|n| {
            let (a, b) = pair(n);
            (a - 0.5) * (b - 0.5)
        })
        .sum();
    12.0 * sum / f64::from(NUMBERS).sqrt()
}

#[test]
fn neighbors_at_several_distances_are_unrelated() {
    for (name, walk) in walks() {
        for distance in [1, 2, 7, 32] {
            let errors = correlation(|n| (walk(n), walk(n + distance)));
            assert!(errors.abs() < 4.5, "{name}, {distance} apart: {errors}");
        }
    }
}

#[test]
fn series_that_differ_in_one_part_are_unrelated() {
    let others = [
        ("seed", StreamKey::new(2, 0, "channels.ppc", Purpose::Leads)),
        ("far seed", StreamKey::new(1 | 1 << 63, 0, "channels.ppc", Purpose::Leads)),
        ("stream", StreamKey::new(1, 1, "channels.ppc", Purpose::Leads)),
        ("source", StreamKey::new(1, 0, "channels.ppd", Purpose::Leads)),
        ("purpose", StreamKey::new(1, 0, "channels.ppc", Purpose::Unqualified)),
        ("exchanged", StreamKey::new(0, 1, "channels.ppc", Purpose::Leads)),
    ];
    for (name, other) in others {
        assert_ne!(series(), other, "{name}");
        let errors = correlation(|n| {
            let of = |series: StreamKey| series.at(u64::from(n / 64)).uniform(n % 64, 3);
            (of(series()), of(other))
        });
        assert!(errors.abs() < 4.5, "{name}: {errors}");
    }
}

#[test]
fn every_bit_of_the_key_turns_half_of_the_bits() {
    // Over 4,096 draws the share of turned bits, a mean of 262,144 fair coins if all is well, has a standard error of
    // 1/1024.
    let flips: [(&str, u32, u32); 4] =
        [("week", 1, 0), ("late week", 256, 0), ("index", 0, 1), ("far index", 0, 1 << 31)];
    for (name, week, index) in flips {
        let turned: u32 = (0..4_096)
            .map(|draw| {
                let stream = series().at(draw);
                (stream.bits(5, 9) ^ stream.bits(5 ^ week, 9 ^ index)).count_ones()
            })
            .sum();
        let errors = (f64::from(turned) / 262_144.0 - 0.5) * 1024.0;
        assert!(errors.abs() < 4.5, "{name}: {errors}");
    }
}
