//! How often customers order again, and how many stop: from orders with their dates.
//!
//! ```text
//! repeat orders of a customer of age a come at the rate r·e^(−c·a) a week:   c is the churn, as a rate
//! r | c ~ Gamma(½ + E, 1 + N(c)),   N(c) = Σ customers (1 − e^(−cT))/c        T: weeks since the first order
//! p(c)  ∝ e^(−c·A)·(1 + N(c))^−(½ + E),   c on a grid, ln c uniform           E: repeat orders, A: the sum of their ages
//! ```
//! Customers differ, so their counts stray more than Poisson numbers: E, A and N are divided by the factor by which they do.
//!
//! Source: Fader, Hardie & Lee, Marketing Science 24 (2005), for orders of customers who may have stopped unseen.

use crate::records::{Day, Order, Orders};
use crate::transcendental::{exp, exp_m1, ln};

use super::chance::{Chance, from_logs};
use super::learnt::{Drift, Learnt, Written};
use super::{DRAWS, values};

/// Fewer customers or repeat orders tell nothing.
const FEWEST_CUSTOMERS: usize = 20;
const FEWEST_REPEATS: usize = 10;
/// Shorter records can't tell churn from chance.
const FEWEST_WEEKS: f64 = 26.0;
/// What is assumed of the next quarter, on the log scale.
const REPEAT_DRIFT: f64 = 0.1;
/// The grid of churn, as a rate a week: 0.02 % to 20 %.
const CHURN: (f64, f64) = (0.0002, 0.2);
const STEPS: usize = 200;

/// Sums over customers.
#[derive(Clone, Debug, Default)]
struct Sums {
    /// weeks since the first order, by customer
    since: Vec<f64>,
    /// repeat orders, by customer
    repeats: Vec<f64>,
    /// the sum of the ages at which these came
    ages: f64,
}

impl Sums {
    fn of(orders: &Orders, as_of: Day) -> Self {
        let mut own = Self::default();
        for of_one in orders.list.chunk_by(|a, b| a.customer == b.customer) {
            let first = of_one[0].day;
            // Two rows of one day are one order.
            let mut days: Vec<Day> = of_one.iter().map(|order| order.day).collect();
            days.dedup();
            own.since.push((f64::from(as_of.0 - first.0) / 7.0).max(0.0));
            own.repeats.push((days.len() - 1) as f64);
            own.ages += days[1..].iter().map(|day| f64::from(day.0 - first.0) / 7.0).sum::<f64>();
        }
        own
    }

    fn all(&self) -> f64 {
        self.repeats.iter().sum()
    }

    /// Exposure at a rate of churn.
    fn exposure(&self, churn: f64) -> f64 {
        self.since.iter().map(|weeks| -exp_m1(-churn * weeks) / churn).sum()
    }

    /// How much counts stray beyond Poisson numbers (Pearson's statistic), at least 1.
    fn dispersion(&self) -> f64 {
        let rate = self.all() / self.since.iter().sum::<f64>().max(1e-9);
        let told: Vec<f64> = self
            .since
            .iter()
            .zip(&self.repeats)
            .filter(|(weeks, _)| **weeks > 0.0)
            .map(|(weeks, count)| (count - rate * weeks) * (count - rate * weeks) / (rate * weeks))
            .collect();
        (told.iter().sum::<f64>() / (told.len() as f64 - 1.0).max(1.0)).max(1.0)
    }

    /// Draws of the rate of repeat orders and of churn, a week.
    fn draws(&self, chance: &mut Chance) -> Vec<(f64, f64)> {
        let dispersion = self.dispersion();
        let (events, ages) = (0.5 + self.all() / dispersion, self.ages / dispersion);
        let span = ln(CHURN.1 / CHURN.0);
        let at = |step: usize| CHURN.0 * exp(span * (step as f64 + 0.5) / STEPS as f64);
        let exposures: Vec<f64> = (0..STEPS).map(|step| 1.0 + self.exposure(at(step)) / dispersion).collect();
        let logs: Vec<f64> =
            exposures.iter().enumerate().map(|(step, exposure)| -at(step) * ages - events * ln(*exposure)).collect();
        let weights = from_logs(&logs);
        (0..DRAWS)
            .map(|_| {
                let step = chance.among(&weights);
                (chance.gamma(events, exposures[step]), -exp_m1(-at(step)))
            })
            .collect()
    }
}

/// Learns `repeat_rate`, `churn_rate` and `repeat_value` of the plan's customers, and what a reader must know.
#[must_use]
pub fn learn_from_orders(orders: &Orders, as_of: Day) -> (Vec<Learnt>, Vec<String>) {
    let sums = Sums::of(orders, as_of);
    let longest = sums.since.iter().copied().fold(0.0, f64::max);
    if sums.since.len() < FEWEST_CUSTOMERS || sums.all() < FEWEST_REPEATS as f64 || longest < FEWEST_WEEKS {
        return (
            Vec::new(),
            vec![format!(
                "Orders are too few to learn how often customers come back: {FEWEST_CUSTOMERS} customers, {FEWEST_REPEATS} repeat \
                 orders and {FEWEST_WEEKS:.0} weeks are needed."
            )],
        );
    }
    let mut chance = Chance::of("repeat orders");
    let drawn = sums.draws(&mut chance);
    let rates = drawn.iter().map(|(rate, _)| rate * exp(REPEAT_DRIFT * chance.normal())).collect();
    let churn = drawn.iter().map(|(_, churn)| *churn).collect();
    let from = format!(
        "{}, {}",
        crate::text::count(sums.since.len() as f64, "customer"),
        crate::text::count(sums.all(), "repeat order")
    );
    let figure = |key: &str, label: &str, draws: Vec<f64>, drift: Drift, written: Written| Learnt {
        path: format!("customers.{key}"),
        label: label.into(),
        draws,
        from: from.clone(),
        method: "repeat orders by the age of customers, of whom some stop unseen (Gamma-Poisson, churn on a grid)",
        prior: "any rate of orders; churn of 0.02% to 20% a week",
        drift,
        remark: String::new(),
        written,
    };
    let mut learnt = vec![
        figure(
            "repeat_rate",
            "repeat orders a customer and week",
            rates,
            Drift::Assumed(REPEAT_DRIFT),
            Written::Number,
        ),
        figure("churn_rate", "customers who stop, a week", churn, Drift::None, Written::Share),
    ];
    learnt.extend(repeat_value(orders, &mut chance).map(|draws| {
        figure("repeat_value", "repeat order, mean", draws, Drift::Assumed(REPEAT_DRIFT), Written::Money)
    }));
    let note =
        "Customers who ordered before the export begins count from their first order in it: export whole histories.";
    (learnt, vec![note.into()])
}

/// Draws of the mean value of a repeat order; none without amounts.
fn repeat_value(orders: &Orders, chance: &mut Chance) -> Option<Vec<f64>> {
    let is_repeat = |pair: &&[Order]| pair[0].customer == pair[1].customer;
    let amounts: Vec<f64> = orders.list.windows(2).filter(is_repeat).filter_map(|pair| pair[1].amount).collect();
    let fit = values::fit(&amounts, DRAWS)?;
    let draws = fit.log_mean.iter().zip(&fit.log_sd);
    Some(draws.map(|(mean, sd)| exp(mean + 0.5 * sd * sd + REPEAT_DRIFT * chance.normal())).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calibrate::percentile;

    /// Customers of 104 weeks whose repeat orders come at even steps of ∫ r·e^(−c·a) da, their phases at even steps as well.
    fn orders(rate: f64, churn: f64) -> Orders {
        let mut list = Vec::new();
        for customer in 0..200_u64 {
            list.push(Order { customer, day: Day(0), amount: Some(50.0) });
            let phase = (f64::from(customer as u32 % 20) + 0.5) / 20.0;
            for k in 0..200 {
                let sum = f64::from(k) + phase;
                let age = if churn > 0.0 { -(1.0 - churn * sum / rate).ln() / churn } else { sum / rate };
                if age.is_nan() || age >= 104.0 {
                    break;
                }
                list.push(Order { customer, day: Day((7.0 * age) as i32 + 1), amount: Some(80.0) });
            }
        }
        Orders { list, left_out: 0 }
    }

    fn drawn(orders: &Orders, path: &str) -> Vec<f64> {
        let (learnt, _) = learn_from_orders(orders, Day(728));
        learnt.into_iter().find(|own| own.path == path).expect("a figure").draws
    }

    /// 200 customers × 104 weeks × .1 = 2,080 repeat orders: their rate is known to 1/√2080 = 2.2 %, and half as well beside
    /// churn, which takes half of it; drift adds 10 %.
    #[test]
    fn the_rate_of_repeat_orders_is_found_again() {
        let steady = orders(0.1, 0.0);
        let rate = percentile(&drawn(&steady, "customers.repeat_rate"), 0.5);
        assert!((rate / 0.1 - 1.0).abs() < 0.09, "{rate}");
        assert!(percentile(&drawn(&steady, "customers.churn_rate"), 0.5) < 0.003);
        let value = percentile(&drawn(&steady, "customers.repeat_value"), 0.5);
        assert!((value / 80.0 - 1.0).abs() < 0.03, "{value}");
    }

    /// Of a rate that falls by 3 % a week: E = 200·.1·(1 − e^−3.12)/.03 = 637 orders tell it to about 1/√637·√12/3.12 of its
    /// inverse, 5 %.
    #[test]
    fn customers_who_stop_are_seen_in_orders_that_fade() {
        let fading = orders(0.1, 0.03);
        let churn = percentile(&drawn(&fading, "customers.churn_rate"), 0.5);
        assert!((churn / (1.0 - (-0.03_f64).exp()) - 1.0).abs() < 0.2, "{churn}");
        let rate = percentile(&drawn(&fading, "customers.repeat_rate"), 0.5);
        assert!((rate / 0.1 - 1.0).abs() < 0.15, "{rate}");
    }

    /// One customer of twenty orders every week and the others never: the same sum says much less.
    #[test]
    fn customers_who_differ_tell_less() {
        let uneven = |customer: u64| if customer < 10 { 1.0 } else { 1e-9 };
        let mut list = Vec::new();
        for customer in 0..200_u64 {
            list.push(Order { customer, day: Day(0), amount: None });
            let weeks = (104.0 * uneven(customer)) as i32;
            list.extend((0..weeks).map(|week| Order { customer, day: Day(7 * week + 3), amount: None }));
        }
        let all = Orders { list, left_out: 0 };
        assert!(Sums::of(&all, Day(728)).dispersion() > 20.0);
        let (few, notes) = learn_from_orders(&Orders::default(), Day(728));
        assert!(few.is_empty() && notes[0].contains("too few"));
    }
}
