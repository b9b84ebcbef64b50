//! Past forecasts know nothing of what came.

use foremix::calibrate::backtest::{Backtest, Target, Way, backtest, cuts, score};
use foremix::records::{Day, Deals, Outcome};

use crate::company::{Truth, as_of, deals};
use crate::learning::records;

fn asked(deals: &Deals) -> Backtest<'_> {
    Backtest { deals, last: as_of(), horizon: 13, every: 8, from: None, usual_rate: 0.22 }
}

/// What happens after a cut moves no forecast made at it.
#[test]
fn a_forecast_knows_nothing_of_what_came() {
    let all = records(&deals(&Truth::default(), 21));
    let first = cuts(&asked(&all))[0];
    let mut other = all.clone();
    other.list.retain(|deal| deal.created < first || deal.created.0 % 2 == 0);
    for deal in &mut other.list {
        match deal.outcome {
            Outcome::Won(day) if day >= first => deal.outcome = Outcome::Lost(Some(Day(day.0 + 3))),
            _ => {}
        }
    }
    let at_first = |deals: &Deals| {
        let scored = backtest(&Backtest { from: Some(first), every: 100, ..asked(deals) });
        scored.iter().filter(|own| own.cut == first).map(|own| (own.target, own.way, own.levels)).collect::<Vec<_>>()
    };
    let expected = at_first(&all);
    assert!(expected.iter().any(|own| own.1 == Way::Model));
    assert_eq!(at_first(&other), expected);
}

/// Every forecast of a company whose rates don't move: with 20 of them 80 % intervals that hold what comes at least as
/// often as they say hold it in fewer than 8 by a chance below 1e-4; wider ones, for drift, hold it more often.
#[test]
fn what_comes_lies_in_the_intervals_of_a_company_that_does_not_change() {
    let (mut held, mut all) = (0.0, 0.0);
    for seed in 0..5 {
        let deals = records(&deals(&Truth { weeks: 72, ..Truth::default() }, 400 + seed));
        let scored = backtest(&asked(&deals));
        let own = score(&scored, Target::Wins, Way::Model).expect("cuts");
        held += own.coverage * own.cuts as f64;
        all += own.cuts as f64;
    }
    assert!(all >= 15.0 && held > 0.5 * all, "{held} of {all}");
}
