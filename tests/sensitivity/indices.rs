//! Sobol indices of functions whose indices are known.

use std::f64::consts::PI;

use foremix::analysis::sensitivity::{Indices, VarianceSplit};

use crate::{is, uniforms};

const DRAWS: u64 = 20_000;
const SEEDS: [u64; 3] = [3, 41, 5_926];

/// The indices of each of the three inputs of a function of uniforms.
fn indices_of(function: impl Fn([f64; 3]) -> f64, seed: u64) -> [Indices; 3] {
    let sample = |sample: &str| ["x", "y", "z"].map(|name| uniforms(&format!("{sample}.{name}"), seed, DRAWS));
    let (a, b) = (sample("a"), sample("b"));
    let rows = 0..DRAWS as usize;
    let of = |columns: &[&Vec<f64>; 3]| -> Vec<f64> {
        rows.clone().map(|row| function(columns.map(|column| column[row]))).collect()
    };
    let (of_a, of_b) = (of(&[&a[0], &a[1], &a[2]]), of(&[&b[0], &b[1], &b[2]]));
    [0, 1, 2].map(|from_b| {
        let mixed: [&Vec<f64>; 3] = std::array::from_fn(|input| if input == from_b { &b[input] } else { &a[input] });
        Indices::of(&of_a, &of_b, &of(&mixed)).expect("it varies")
    })
}

#[test]
fn the_function_of_ishigami_has_the_indices_that_are_known() {
    // f = sin x + a sin² y + b z⁴ sin x on (−π, π)³ (Ishigami and Homma 1990):
    // V_x = ½(1 + bπ⁴/5)², V_y = a²/8, V_xz = b²π⁸(1/18 − 1/50), and V is their sum.
    let (a, b) = (7.0, 0.1);
    let v_x = 0.5 * (1.0 + b * PI.powi(4) / 5.0_f64).powi(2);
    let v_y = a * a / 8.0;
    let v_xz = b * b * PI.powi(8) * (1.0 / 18.0 - 1.0 / 50.0);
    let v = v_x + v_y + v_xz;
    for seed in SEEDS {
        let found = indices_of(
            |uniforms| {
                let [x, y, z] = uniforms.map(|u| PI * (2.0 * u - 1.0));
                x.sin() + a * y.sin().powi(2) + b * z.powi(4) * x.sin()
            },
            seed,
        );
        for (name, found, first, total) in
            [("x", found[0], v_x, v_x + v_xz), ("y", found[1], v_y, v_y), ("z", found[2], 0.0, v_xz)]
        {
            is(&format!("first order of {name}"), found.first, first / v);
            is(&format!("total of {name}"), found.total, total / v);
        }
    }
}

#[test]
fn a_product_has_the_indices_of_the_product_formula() {
    // Y = Π (1 + c_i (2 u_i − 1)): factors of mean 1 and variance v_i = c_i²/3, so V = Π(1 + v_i) − 1, alone each brings v_i,
    // and in all v_i Π_{j≠i} (1 + v_j).
    let c = [0.9, 0.5, 0.2];
    let v = c.map(|c: f64| c * c / 3.0);
    let product: f64 = v.iter().map(|v| 1.0 + v).product();
    for seed in SEEDS {
        let found = indices_of(|u| (0..3).map(|input| 1.0 + c[input] * (2.0 * u[input] - 1.0)).product::<f64>(), seed);
        for input in 0..3 {
            is("first order", found[input].first, v[input] / (product - 1.0));
            is("total", found[input].total, v[input] * product / (1.0 + v[input]) / (product - 1.0));
        }
    }
}

#[test]
fn the_share_of_inputs_is_the_covariance_of_twins() {
    // Y = x + 2 l, with x shared and l not, both uniform: the share is 1/(1 + 4).
    for seed in SEEDS {
        let [x, luck, other] = ["x", "luck", "other"].map(|name| uniforms(name, seed, DRAWS));
        let of = |luck: &[f64]| x.iter().zip(luck).map(|(x, luck)| x + 2.0 * luck).collect::<Vec<f64>>();
        let split = VarianceSplit::of(&of(&luck), &of(&other)).expect("it varies");
        is("share of inputs", split.inputs, 0.2);
    }
    assert_eq!(VarianceSplit::of(&[3.0; 100], &[3.0; 100]), None);
}
