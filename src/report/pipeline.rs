//! How few deals a quarter may hang on, where the open pipeline is known deal by deal.

use crate::model::open_deals::Pipeline;
use crate::scenario::Scenario;
use crate::text::{Currency, capital, listed, percent, shorten, with_error};

/// So many deals are named at most.
const MOST_NAMED: usize = 3;

/// A share of the pipeline that is worth a sentence.
const LEAST_SHARE: f64 = 0.2;

/// Of fewer deals than this nobody needs to be told which are the largest.
const FEWEST: usize = 4;

/// A deal and what was quoted.
struct Quoted<'s> {
    name: Option<&'s str>,
    amount: f64,
}

/// The largest deals of the pipeline and their share of its quoted value; nothing where none of them matters, or where
/// deals are not known one by one.
pub(super) fn largest_deals(scenario: &Scenario) -> Option<String> {
    let parts = &scenario.plan.parts;
    let drawn: Vec<f64> = parts.inputs.list().iter().map(|input| input.at(0.5)).collect();
    let usual = parts.deals.mean_value(&drawn);
    let mut deals: Vec<Quoted<'_>> = Vec::new();
    // What is counted is part of the pipeline's value; none of it is a deal of its own.
    let mut counted = 0.0;
    for group in &parts.deals.open {
        match &group.deals {
            Pipeline::Counted { count, average_value } => {
                counted += count.of(&drawn) * average_value.map_or(usual, |value| value.of(&drawn));
            }
            Pipeline::Listed { deals: listed, .. } => {
                deals.extend(listed.iter().map(|deal| Quoted { name: deal.name.as_deref(), amount: deal.amount }));
            }
        }
    }
    deals.sort_by(|a, b| b.amount.total_cmp(&a.amount));
    let total = counted + deals.iter().map(|deal| deal.amount).sum::<f64>();
    let (largest, share) = few(&deals, total)?;
    let currency = Currency(&scenario.currency);
    let money = |amount: f64| currency.with(&with_error(amount, Some(1.0)));
    let named: Vec<String> = largest
        .iter()
        .map(|deal| match deal.name {
            Some(name) => format!("{} ({})", shorten(name, 40), money(deal.amount)),
            None => money(deal.amount),
        })
        .collect();
    let (number, make) = match largest.len() {
        1 => ("one deal".to_owned(), "makes"),
        2 => ("two deals".to_owned(), "make"),
        _ => ("three deals".to_owned(), "make"),
    };
    Some(format!(
        "{} {make} {} of the open pipeline's {}: {}. Whether they close makes much of the difference between a good quarter and a bad one.",
        capital(&number),
        percent(share),
        money(total),
        listed(&named, "and"),
    ))
}

/// The fewest of the largest that make a third of the total, else the three largest if they make a fifth.
fn few<'d, 's>(deals: &'d [Quoted<'s>], total: f64) -> Option<(&'d [Quoted<'s>], f64)> {
    if deals.len() < FEWEST || total <= 0.0 {
        return None;
    }
    let share = |count: usize| deals[..count].iter().map(|deal| deal.amount).sum::<f64>() / total;
    let count = (1..=MOST_NAMED).find(|&count| share(count) >= 1.0 / 3.0).unwrap_or(MOST_NAMED);
    (share(count) >= LEAST_SHARE).then(|| (&deals[..count], share(count)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_few_deals_are_named_as_make_a_third() {
        let found = |amounts: &[f64]| {
            let deals: Vec<Quoted<'_>> = amounts.iter().map(|&amount| Quoted { name: None, amount }).collect();
            few(&deals, amounts.iter().sum()).map(|(largest, share)| (largest.len(), (share * 100.0).round()))
        };
        assert_eq!(found(&[40.0, 20.0, 20.0, 20.0]), Some((1, 40.0)));
        assert_eq!(found(&[20.0, 20.0, 15.0, 15.0, 15.0, 15.0]), Some((2, 40.0)));
        assert_eq!(found(&[10.0; 10]), Some((3, 30.0)));
        assert_eq!(found(&[1.0; 100]), None);
        assert_eq!(found(&[5.0, 5.0, 5.0]), None);
    }
}
