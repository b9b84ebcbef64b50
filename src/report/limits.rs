//! What holds the plan back, as a table: what a tenth more of each would bring, most first.

use comfy_table::Table;

use crate::analysis::{Estimate, Marginal};
use crate::engine::Forecast;
use crate::model::outcomes::Limits;
use crate::model::what_if::Scarce;
use crate::scenario::Scenario;
use crate::text::{Currency, futures, listed, percent, with_error, with_margin};

use super::aligned::table;
use super::answer::margin;

/// What a tenth more would bring, and how often each is the limit.
pub(super) fn limits(scenario: &Scenario, forecast: &Forecast, marginal: &Marginal) -> Table {
    let parts = &scenario.plan.parts;
    let has_margin = parts.finance.gross_margin.is_some();
    let currency = Currency(&scenario.currency);
    let [profit, revenue] = ["profit", "revenue"].map(|what| currency.with(what));
    let mut header = vec!["10% more of", "is the limit in"];
    if has_margin {
        header.insert(1, &profit);
    }
    header.insert(header.len() - 1, &revenue);
    let mut table = table(&header);
    let Limits { hours, delivery, demand, budget, .. } = forecast.limits;
    let mut rows: Vec<_> = marginal
        .relief
        .iter()
        .filter(|(what, _)| match what {
            Scarce::Hours => !parts.sales.reps.is_empty() || hours > 0.0,
            Scarce::Budget => parts.channels.iter().any(|channel| channel.budget() > 0.0),
            Scarce::Delivery | Scarce::Demand | Scarce::CloseRate => true,
        })
        .collect();
    // Close rate is no limit, and stands last.
    rows.sort_by(|(a, gain), (b, other)| {
        let last = |what: &Scarce| *what == Scarce::CloseRate;
        last(a).cmp(&last(b)).then(marginal.paid(*b, other).mean.total_cmp(&marginal.paid(*a, gain).mean))
    });
    for (what, gain) in rows {
        let (name, share) = match what {
            Scarce::Hours => ("hours", Some(hours)),
            Scarce::Delivery => ("delivery", Some(delivery)),
            Scarce::Demand => ("demand", Some(demand)),
            Scarce::Budget => ("budget", Some(budget)),
            Scarce::CloseRate => ("close rate", None),
        };
        let mut cells = vec![name.to_owned()];
        if has_margin {
            cells.push(change(marginal.paid(*what, gain)));
        }
        cells.push(change(gain.revenue));
        cells.push(share.map_or_else(|| "–".into(), percent));
        table.add_row(cells);
    }
    table
}

/// Below the table.
pub(super) fn below(scenario: &Scenario, forecast: &Forecast, marginal: &Marginal) -> String {
    let parts = &scenario.plan.parts;
    let costs: Vec<String> = [
        (parts.channels.iter().any(|channel| channel.budget() > 0.0), "the cost of more budget"),
        (marginal.pay_of_hours > 0.0, "the pay of more hours"),
    ]
    .into_iter()
    .filter(|(holds, _)| *holds)
    .map(|(_, cost)| cost.to_owned())
    .collect();
    let follows = if parts.horizon.tail > 0 { " with what follows" } else { "" };
    let taken_off = match (parts.finance.gross_margin, costs.is_empty()) {
        (Some(_), true) => format!("Profit is that{follows}"),
        (Some(_), false) => format!("Profit is that{follows}, {} taken off", listed(&costs, "and")),
        (None, _) => "What it costs is not taken off".into(),
    };
    let futures = futures(parts.horizon.weeks);
    let Limits { hours_leads, hours_opportunities, .. } = forecast.limits;
    let by_desk = match scenario.plan.two_desks && hours_leads + hours_opportunities > 0.0 {
        true => format!(
            " Of the hours, those for opportunities are the shorter in {}, those for leads in {}.",
            percent(hours_opportunities),
            percent(hours_leads)
        ),
        false => String::new(),
    };
    format!(
        "What 10% more would bring on average, from the first {} {futures}. {taken_off}. Is the limit in: share of {futures} in which it is the first to bind.{by_desk}",
        with_error(marginal.draws as f64, Some(1.0)),
    )
}

/// A change with its sign and margin: "+1,240 ± 300", or "≈ 0 ± 300" where it can't be told from 0.
pub(super) fn change(shift: Estimate) -> String {
    let margin = margin(shift);
    match margin {
        Some(margin) if shift.mean == 0.0 && margin == 0.0 => "0".into(),
        Some(margin) if !shift.is_clear() => format!("≈ 0 ± {}", crate::text::error_digits(margin)),
        _ => format!("{}{}", if shift.mean > 0.0 { "+" } else { "" }, with_margin(shift.mean, margin)),
    }
}

#[cfg(test)]
mod tests {
    use super::change;
    use crate::analysis::Estimate;

    #[test]
    fn what_cannot_be_told_from_nothing_says_so() {
        let told = |by, error| change(Estimate { mean: by, error });
        assert_eq!(told(1_240.0, Some(100.0)), "+1,200 ± 200");
        assert_eq!(told(-1_240.0, Some(100.0)), "−1,200 ± 200");
        assert_eq!(told(150.0, Some(100.0)), "≈ 0 ± 200");
        assert_eq!(told(0.0, Some(0.0)), "0");
        assert_eq!(told(-1_000.0, Some(0.0)), "−1,000");
        assert_eq!(told(1_240.0, None), "+1,240");
    }
}
