//! What a plan expects of its first weeks, by its own formulas, where some of what happened in them is known: what was
//! spent, the leads that came. No chance is drawn: means, for likelihoods of what came.
//!
//! Implements the means of sections 3, 5 and 6 of docs/model.md.

use crate::units::HUGE;

use super::conditions::WeekConditions;
use super::marketing::leads_per_unit;
use crate::model::channels::{Offer, Route, Usage};
use crate::model::horizon::MOST_WEEKS;
use crate::model::lognormal::{Lognormal, log_sd};
use crate::model::open_deals::Pipeline;
use crate::model::plan::{Class, Plan};

/// What a channel is expected to make of a week.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ExpectedWeek {
    /// mean number of leads
    pub leads: f64,
    /// clicks or visits behind them, where the channel has such
    pub visits: Option<f64>,
}

/// The weeks that deals take from their start to their close.
#[derive(Clone, Copy, Debug)]
pub struct CloseTimes(Lognormal);

impl CloseTimes {
    /// The share that closes so many weeks after its start: `F(d + ½) − F(d − ½)`.
    #[must_use]
    pub fn in_week(&self, weeks: usize) -> f64 {
        self.after(weeks) - self.after(weeks + 1)
    }

    /// The share that takes so many weeks or more: `1 − F(d − ½)`.
    #[must_use]
    pub fn after(&self, weeks: usize) -> f64 {
        if weeks == 0 { 1.0 } else { self.0.share_from(weeks as f64 - 0.5) }
    }

    /// The mean of the weeks that are left for those that are still open after so many.
    #[must_use]
    pub fn left_after(&self, weeks: usize) -> f64 {
        let open = self.after(weeks);
        if open <= 0.0 {
            return 0.0;
        }
        (1..MOST_WEEKS).map(|further| self.after(weeks + further)).take_while(|share| *share > 1e-9 * open).sum::<f64>()
            / open
    }
}

/// What becomes of leads that are worked.
#[derive(Clone, Debug, PartialEq)]
pub struct ExpectedRates {
    /// the share that becomes opportunities
    pub opportunity: f64,
    /// by the week in which they are worked, the share that is won in the end
    pub win: Vec<f64>,
}

/// Open deals of a plan, as they are counted on.
#[derive(Clone, Copy, Debug)]
pub struct ExpectedDeals {
    /// how many are open at the start
    pub count: f64,
    /// how many of them are won in the end, on average
    pub wins: f64,
    /// when they close
    pub times: CloseTimes,
}

impl Plan {
    /// The mean leads of a channel in its first weeks, where the inputs are `drawn` and every channel spent `spent` (by
    /// channel of the file, then week). Noise and risks that may come true are left out.
    #[must_use]
    pub fn expected_weeks(&self, channel: usize, drawn: &[f64], spent: &[Vec<f64>]) -> Vec<ExpectedWeek> {
        let Some(calendar) = self.calendars.iter().find(|own| own.channel == channel) else { return Vec::new() };
        let own = &self.parts.channels[channel];
        let trend = self.parts.market.trend(drawn, &self.parts.horizon);
        let terms = self.usual_conditions(drawn);
        let leads_per_unit = leads_per_unit(self, channel, drawn);
        let mut goodwill = self.parts.brand.as_ref().map(|brand| brand.start(drawn));
        let mut running = own.start(drawn);
        let mut used = 0.0;
        let weeks = spent[channel].iter().enumerate();
        weeks
            .map(|(week, &money)| {
                let lift = goodwill.as_ref().map_or(1.0, |own| own.lift());
                let mut demand = trend[week] * calendar.season[week] * lift;
                if !terms.are_plain() {
                    demand *= terms.demand(self, week, channel);
                }
                let offer = Offer { money, demand: demand.min(HUGE), price: calendar.price[week], in_horizon: true };
                let mut leads = running.step(offer).leads * leads_per_unit;
                if own.counts_orders() {
                    leads *= terms.close(week) * terms.price_close;
                }
                let visits = match (own.kind.usage_noun(), running.usage()) {
                    (Some("clicks" | "visits"), Some(Usage::Share { used: so_far, .. })) => {
                        Some(so_far - std::mem::replace(&mut used, so_far))
                    }
                    _ => None,
                };
                running.close();
                if let Some(goodwill) = &mut goodwill {
                    let brand = |(own, spent): (&crate::model::channels::Channel, &Vec<f64>)| {
                        own.brand_share.of(drawn) * spent[week]
                    };
                    goodwill.close(self.parts.channels.iter().zip(spent).map(brand).sum());
                }
                ExpectedWeek { leads, visits }
            })
            .collect()
    }

    /// The conditions of the weeks, with no risk coming true.
    fn usual_conditions(&self, drawn: &[f64]) -> WeekConditions {
        let mut terms = WeekConditions::default();
        let risks = self.parts.inputs.risks();
        if risks.is_empty() {
            terms.open(self, drawn);
        } else {
            let mut quiet = drawn.to_vec();
            risks.into_iter().for_each(|id| quiet[id.index()] = 1.0);
            terms.open(self, &quiet);
        }
        terms
    }

    /// What becomes of leads of a source that are worked in its first weeks, `waited` for leads that waited from before.
    #[must_use]
    pub fn expected_rates(&self, source: usize, drawn: &[f64], weeks: usize, waited: bool) -> ExpectedRates {
        let terms = self.usual_conditions(drawn);
        let speed = self.parts.sales.speed(drawn)[usize::from(waited)];
        let total: f64 = self.classes_of(source).map(|class| class.share).sum();
        let mut rates = ExpectedRates { opportunity: 0.0, win: vec![0.0; weeks] };
        for class in self.classes_of(source) {
            let speed = if class.cools { speed } else { 1.0 };
            let opportunity = (class.opportunity_rate.of(drawn) * speed).min(1.0) * class.share / total;
            let close = class.close_rate.of(drawn) * class.multipliers.close.of(drawn);
            rates.opportunity += opportunity;
            for (week, win) in rates.win.iter_mut().enumerate() {
                let terms = if class.ordered { 1.0 } else { terms.price_close * terms.close(week) };
                *win += opportunity * (close * terms).min(1.0);
            }
        }
        rates
    }

    fn classes_of(&self, source: usize) -> impl Iterator<Item = &Class> {
        self.classes.iter().filter(move |class| class.source == source)
    }

    /// When deals of the team close after their leads were worked; those of online channels at once.
    #[must_use]
    pub fn close_times(&self, source: usize, drawn: &[f64]) -> CloseTimes {
        let sales = &self.parts.sales;
        let online =
            self.sources[source].channel.is_some_and(|channel| self.parts.channels[channel].route == Route::Online);
        let mean = if online { 0.0 } else { sales.cycle_weeks.of(drawn) };
        CloseTimes(Lognormal::new(mean, log_sd(sales.cycle_cv.of(drawn))))
    }

    /// The groups of deals that are open at the start, as they are counted on; deals of a file by their rates and dates.
    #[must_use]
    pub fn expected_open_deals(&self, drawn: &[f64]) -> Vec<Vec<ExpectedDeals>> {
        let spread = log_sd(self.parts.sales.cycle_cv.of(drawn));
        let groups = self.parts.deals.open.iter();
        groups
            .map(|group| {
                let rate = group.close_rate.unwrap_or(self.parts.sales.close_rate).of(drawn);
                let usual = CloseTimes(Lognormal::new(group.weeks_to_close.of(drawn), spread));
                match &group.deals {
                    Pipeline::Counted { count, .. } => {
                        let count = count.of(drawn).round();
                        vec![ExpectedDeals { count, wins: count * rate, times: usual }]
                    }
                    Pipeline::Listed { deals, .. } => deals
                        .iter()
                        .map(|deal| ExpectedDeals {
                            count: 1.0,
                            wins: deal.close_rate.map_or(rate, |own| (own * group.rate_factor).min(1.0)),
                            times: deal.close_week.map_or(usual, |week| CloseTimes(Lognormal::new(week as f64, 0.0))),
                        })
                        .collect(),
                }
            })
            .collect()
    }

    /// The mean value of a win of a source, and the standard deviation of the logarithm of single ones.
    #[must_use]
    pub fn expected_value(&self, source: usize, drawn: &[f64], week: usize) -> (f64, f64) {
        let terms = self.usual_conditions(drawn);
        let total: f64 = self.classes_of(source).map(|class| class.share).sum();
        let usual = self.parts.deals.mean_value(drawn);
        let mean = self.classes_of(source).map(|class| {
            let own = class.average_value.map_or(usual, |own| own.of(drawn));
            class.share / total * own * class.multipliers.value.of(drawn)
        });
        (mean.sum::<f64>() * terms.price(week), self.parts.deals.log_sd(drawn))
    }
}

#[cfg(test)]
mod tests {
    use crate::scenario::Scenario;

    const PLAN: &str = "[horizon]\nweeks = 6\n[channels.search]\nkind = \"ppc\"\nbudget = 6_000\ncost_per_click = 2\n\
                        clicks_available = 1_000\nvisit_to_lead = 0.1\n[sales]\nselling_time = 1\nopportunity_rate = 0.5\n\
                        close_rate = 0.2\ncycle_weeks = 2\ncycle_cv = 0\nresponse_curve = \"none\"\n[sales.reps.all]\ncount = 1\n\
                        [deals]\naverage_value = 1000\n[deals.open.now]\ncount = 10\nclose_rate = 0.3\nweeks_to_close = 1\n";

    /// 1,000·(1 − e^(−1000/2000)) clicks of the first 1,000 spent, a tenth of them leads; a lead is an opportunity in 1 of 2
    /// and won in 1 of 10, two weeks later; of 10 open deals 3 are won, in the second week.
    #[test]
    fn means_of_the_weeks_are_those_of_the_formulas() {
        let plan = Scenario::parse("plan.toml", PLAN).expect("a plan").plan;
        let weeks = plan.expected_weeks(0, &[], &[vec![1_000.0, 0.0]]);
        let clicks = 1_000.0 * (1.0 - (-0.5_f64).exp());
        assert!(
            (weeks[0].leads - 0.1 * clicks).abs() < 1e-9 && (weeks[0].visits.expect("clicks") - clicks).abs() < 1e-9
        );
        assert_eq!((weeks[1].leads, weeks[1].visits), (0.0, Some(0.0)));
        let rates = plan.expected_rates(0, &[], 1, false);
        assert!((rates.opportunity - 0.5).abs() < 1e-12 && (rates.win[0] - 0.1).abs() < 1e-12);
        let times = plan.close_times(0, &[]);
        assert_eq!([0, 1, 2, 3].map(|week| times.in_week(week)), [0.0, 0.0, 1.0, 0.0]);
        assert_eq!((times.after(1), times.left_after(1), times.left_after(3)), (1.0, 1.0, 0.0));
        let open = plan.expected_open_deals(&[]);
        assert_eq!((open[0][0].count, open[0][0].times.in_week(1)), (10.0, 1.0));
        assert!((open[0][0].wins - 3.0).abs() < 1e-12);
        assert_eq!(plan.expected_value(0, &[], 0), (1_000.0, 0.0));
    }
}
