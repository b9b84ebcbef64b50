//! The file of draws: a column a figure, a row a draw, all rows drawn together.

use std::fmt::Write;

use crate::calibrate::Learnt;

/// The draws as CSV, columns named by the inputs of the plan.
#[must_use]
pub fn draws_csv(learnt: &[Learnt]) -> String {
    let columns: Vec<(&str, &[f64])> = learnt.iter().map(|own| (own.path.as_str(), own.draws.as_slice())).collect();
    columns_csv(&columns)
}

/// Columns of the same length as CSV, each with its name.
pub(in crate::report) fn columns_csv(columns: &[(&str, &[f64])]) -> String {
    let names: Vec<String> = columns.iter().map(|(name, _)| quoted(name)).collect();
    let mut text = format!("{}\n", names.join(","));
    let rows = columns.first().map_or(0, |(_, draws)| draws.len());
    for row in 0..rows {
        for (at, (_, draws)) in columns.iter().enumerate() {
            let comma = if at == 0 { "" } else { "," };
            let _ = write!(text, "{comma}{}", digits(draws[row]));
        }
        text.push('\n');
    }
    text
}

/// Seven digits: far below the error of any record.
fn digits(x: f64) -> String {
    let rounded: f64 = format!("{x:.6e}").parse().unwrap_or(x);
    if rounded != 0.0 && !(1e-6..1e15).contains(&rounded.abs()) { format!("{rounded:e}") } else { rounded.to_string() }
}

fn quoted(name: &str) -> String {
    if name.contains([',', '"', ';', '\t']) { format!("\"{}\"", name.replace('"', "\"\"")) } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::digits;

    #[test]
    fn draws_have_seven_digits() {
        assert_eq!([0.123_456_789, 1_234_567.89, 0.0, 1e-9].map(digits), ["0.1234568", "1234568", "0", "1e-9"]);
    }
}
