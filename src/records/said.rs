//! What was forecast, and when: a log with a line of JSON for each forecast, which is held against what came later.
//!
//! ```json
//! {"version":1,"made":"2026-09-28","start":"2026-10-05","weeks":13,"plan":"b2b-saas","seed":1,"runs":10000,
//!  "outcomes":{"revenue":[…],"wins":[…]}}
//! ```
//! An outcome is told by its percentiles P5, P10, … P95.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::reading::Files;
use crate::units::Date;

use super::dates::Day;
use super::faults::RecordFaults;

/// Percentiles of an outcome in a log: P5, P10, … P95.
pub const SAID_LEVELS: usize = 19;

/// A forecast as it was made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SaidForecast {
    /// the form of the line: 1
    pub version: u32,
    /// the day it was made
    pub made: Date,
    /// the first day of the weeks that were forecast
    pub start: Date,
    /// how many weeks were forecast
    pub weeks: usize,
    /// the plan's name, with its variant and what was set
    pub plan: String,
    /// the seed
    pub seed: u64,
    /// how many draws
    pub runs: u64,
    /// P5, P10, … P95 of outcomes by their names
    pub outcomes: BTreeMap<String, [f64; SAID_LEVELS]>,
}

/// How large a log may be.
const LARGEST_LOG: u64 = 100_000_000;
/// A forecast of more weeks is none.
const MOST_WEEKS: usize = 1_000;

impl SaidForecast {
    /// The line of the log.
    #[must_use]
    pub fn line(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The day after its last week.
    #[must_use]
    pub fn end(&self) -> Day {
        Day(Day::of(self.start).0 + 7 * self.weeks as i32)
    }

    /// The forecasts of a log, in the order in which they were made. Of those of one plan, made on one day for the same
    /// weeks, the last one counts.
    ///
    /// # Errors
    ///
    /// Every line that is no forecast.
    pub fn read(files: &Files, path: &Path) -> Result<Vec<Self>, RecordFaults> {
        let shown = path.display().to_string();
        let mut faults = RecordFaults::default();
        let bytes = match files.bytes(path, LARGEST_LOG) {
            Ok(bytes) => bytes,
            Err(refusal) => {
                faults.add_of_file(&shown, &refusal.to_string(), "foremix run PLAN --log FILE writes one");
                return Err(faults);
            }
        };
        let mut last = BTreeMap::new();
        for (line, number) in String::from_utf8_lossy(&bytes).lines().zip(1_u64..) {
            if line.trim().is_empty() {
                continue;
            }
            match serde_json::from_str::<Self>(line) {
                Ok(own) if own.version == 1 && (1..=MOST_WEEKS).contains(&own.weeks) => {
                    last.insert((own.made, own.start, own.weeks, own.plan.clone()), own);
                }
                _ => {
                    let help = "each line is one forecast, as `foremix run PLAN --log FILE` adds it: take the line out";
                    faults.add(&shown, number, None, "this line is not a forecast", help);
                }
            }
        }
        if faults.is_empty() { Ok(last.into_values().collect()) } else { Err(faults) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forecast(made: &str, wins: f64) -> SaidForecast {
        let date = |text: &str| text.parse().expect("a date");
        SaidForecast {
            version: 1,
            made: date(made),
            start: date("2026-10-05"),
            weeks: 13,
            plan: "plan".into(),
            seed: 1,
            runs: 1000,
            outcomes: BTreeMap::from([("wins".to_owned(), [wins; SAID_LEVELS])]),
        }
    }

    fn read(text: &str) -> Result<Vec<SaidForecast>, String> {
        let files = Files::in_memory([("log.jsonl", text)]);
        SaidForecast::read(&files, Path::new("log.jsonl")).map_err(|faults| faults.to_string())
    }

    #[test]
    fn a_log_gives_back_what_was_said_and_the_last_of_a_day_counts() {
        let lines = [forecast("2026-09-28", 10.0), forecast("2026-09-21", 12.0), forecast("2026-09-28", 11.0)];
        let text = lines.iter().map(|own| format!("{}\n", own.line())).collect::<String>();
        assert_eq!(read(&text), Ok(vec![lines[1].clone(), lines[2].clone()]));
        assert_eq!(lines[0].end().date().to_string(), "2027-01-04");
    }

    #[test]
    fn lines_that_are_no_forecasts_are_told_by_number() {
        let good = forecast("2026-09-28", 10.0).line();
        let text = read(&format!("{good}\n{{}}\n\nsoon\n")).unwrap_err();
        assert!(text.contains("lines 2, 4") && text.contains("not a forecast"), "{text}");
    }
}
