//! Inputs drawn by the rows of a file.

use std::fmt::Write as _;

use super::plans::{column, plan_in};

#[test]
fn columns_of_one_file_take_the_same_row_in_every_draw() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let mut text = String::from("\u{feff}cost, rate\r\n");
    let pairs: Vec<(f64, f64)> = (0..1000)
        .map(|i| {
            let cost = 1.0 + f64::from(i * 7919 % 1000) / 100.0;
            (cost, 0.01 + f64::from(i * 7919 % 1000 / 10 + i * 613 % 50) / 1000.0)
        })
        .collect();
    for (cost, rate) in &pairs {
        write!(text, "{cost}, {}%\r\n", rate * 100.0).expect("a text takes a row");
    }
    std::fs::write(folder.path().join("draws.csv"), text).expect("the file is written");
    let file = |column: &str| format!("{{ file = \"draws.csv\", column = \"{column}\" }}");
    let settings = [
        format!("channels.search.cost_per_click={}", file("cost")),
        format!("channels.search.visit_to_lead={}", file("rate")),
    ];
    let settings: Vec<&str> = settings.iter().map(String::as_str).collect();
    let scenario = plan_in(folder.path(), "", &settings).expect("a plan without faults");
    let costs = column(&scenario, "channels.search.cost_per_click", 32_768);
    let rates = column(&scenario, "channels.search.visit_to_lead", 32_768);
    let mut seen = vec![0_u32; pairs.len()];
    for (cost, rate) in costs.iter().zip(&rates) {
        let row = pairs.iter().position(|(own, _)| (own - cost).abs() < 1e-9).expect("a row of the file");
        assert!((pairs[row].1 - rate).abs() < 1e-12, "row {row} has another rate");
        seen[row] += 1;
    }
    // Strata make it even: each row is due 32.8 times.
    assert!(seen.iter().all(|&count| (10..70).contains(&count)));
    let of_file: (Vec<f64>, Vec<f64>) = pairs.into_iter().unzip();
    let kept = correlation(&costs, &rates) - correlation(&of_file.0, &of_file.1);
    assert!(kept.abs() < 0.02, "the correlation of the file moved by {kept}");
}

fn correlation(x: &[f64], y: &[f64]) -> f64 {
    let mean = |column: &[f64]| column.iter().sum::<f64>() / column.len() as f64;
    let (mean_x, mean_y) = (mean(x), mean(y));
    let sum =
        |term: &dyn Fn(f64, f64) -> f64| -> f64 { x.iter().zip(y).map(|(x, y)| term(x - mean_x, y - mean_y)).sum() };
    sum(&|x, y| x * y) / (sum(&|x, _| x * x) * sum(&|_, y| y * y)).sqrt()
}
