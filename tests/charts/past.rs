//! Claims: past forecasts can be read whatever came.

use foremix::charts::*;

use super::legible::check_if;
use super::samples::interval;

#[test]
fn past_forecasts_are_drawn_whatever_came() {
    for (case, count) in [("one forecast", 1), ("a year of weeks", 52), ("ten years of weeks", 520)] {
        let forecast = |at: usize| {
            let came = [0.0, 1e9, f64::NAN, 12.0][at % 4];
            PastForecast { day: format!("{} Sep 2026", at % 30 + 1), levels: interval([at as f64, 40.0, 1e6]), came }
        };
        let forecasts: Vec<PastForecast> = (0..count).map(forecast).collect();
        let finding = "Wins lay between P10 and P90 in 8 of 10 past forecasts";
        check_if(case, past::draw(&Past { finding, up: "Wins in 13 weeks", forecasts: &forecasts }));
        let counts = [count as f64, 0.0, 0.0, 1.0, 2.0];
        check_if(case, ranks::draw(&Ranks { finding, counts: &counts, band: (0.0, 0.5 * count as f64) }));
    }
    assert!(past::draw(&Past { finding: "", up: "", forecasts: &[] }).is_none());
    assert!(ranks::draw(&Ranks { finding: "", counts: &[0.0; 5], band: (0.0, 1.0) }).is_none());
}
