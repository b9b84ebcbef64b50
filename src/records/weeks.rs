//! Reports of ads by week, and weekly results.

use std::collections::BTreeMap;

use super::export::Export;
use super::fields::Field;
use super::read::Reading;

/// What a campaign did in a week.
#[derive(Clone, Debug, PartialEq)]
pub struct AdWeek {
    /// the number of the week ([`super::Day::week`])
    pub week: i32,
    /// money spent
    pub spend: f64,
    /// clicks
    pub clicks: f64,
    /// the clicks that could have been had, as far as shares of impressions say
    pub available: Option<f64>,
}

/// The weeks of a report, by campaign.
#[derive(Clone, Debug, Default)]
pub struct AdWeeks {
    /// the weeks of each campaign, in order
    pub campaigns: BTreeMap<String, Vec<AdWeek>>,
    /// the currency of the money, where the report names one
    pub currency: Option<String>,
    /// rows with a share that is only a bound (`< 10%`)
    pub bounds: usize,
}

impl AdWeeks {
    /// Adds up the rows of a report by campaign and week.
    pub fn read(reading: &mut Reading, export: &mut Export) -> Self {
        let days = reading.days(export, Field::Day);
        let spend = reading.numbers(export, Field::Spend);
        let clicks = reading.numbers(export, Field::Clicks);
        let shares = reading.numbers(export, Field::Share);
        let mut weeks: BTreeMap<(String, i32), Sum> = BTreeMap::new();
        let mut own = Self { currency: export.currency().map(str::to_owned), ..Self::default() };
        for row in 0..export.rows() {
            let Some(day) = days[row] else { continue };
            let campaign = export.text(Field::Campaign, row).unwrap_or_else(|| "all campaigns".into());
            own.currency = own.currency.take().or_else(|| export.text(Field::Currency, row));
            let sum = weeks.entry((campaign, day.week())).or_default();
            let number = |figures: &[Option<super::read::Figure>]| figures[row].map_or(0.0, |figure| figure.number);
            sum.spend += number(&spend);
            sum.clicks += number(&clicks);
            match shares[row] {
                Some(share) if share.below => own.bounds += 1,
                // Shares are written 55% or 0.55, and 55 in columns that are named in percent.
                Some(share) if share.number > 0.0 => {
                    let share = if share.number > 1.0 { share.number / 100.0 } else { share.number };
                    sum.available += number(&clicks) / share.min(1.0);
                    sum.shared += number(&clicks);
                }
                _ => {}
            }
        }
        for ((campaign, week), sum) in weeks {
            // Where most clicks of the week have a share, the others are taken to be alike.
            let available =
                (sum.shared > 0.5 * sum.clicks && sum.shared > 0.0).then(|| sum.available * sum.clicks / sum.shared);
            let week = AdWeek { week, spend: sum.spend, clicks: sum.clicks, available };
            own.campaigns.entry(campaign).or_default().push(week);
        }
        own
    }
}

#[derive(Default)]
struct Sum {
    spend: f64,
    clicks: f64,
    available: f64,
    shared: f64,
}

/// Weekly results: numbers by the name of their column.
#[derive(Clone, Debug, Default)]
pub struct ResultWeeks {
    /// the number of each week
    pub weeks: Vec<i32>,
    /// the figures of each column that was asked for
    pub columns: BTreeMap<String, Vec<f64>>,
}

impl ResultWeeks {
    /// Reads the columns of these names; without names, every column.
    pub fn read(reading: &mut Reading, export: &mut Export, names: &[String]) -> Self {
        let days = reading.days(export, Field::Day);
        let all = export.columns_of_figures();
        let names: &[String] = if names.is_empty() { &all } else { names };
        let mut order: Vec<usize> = (0..export.rows()).filter(|row| days[*row].is_some()).collect();
        order.sort_by_key(|row| days[*row]);
        let mut own =
            Self { weeks: order.iter().filter_map(|row| Some(days[*row]?.week())).collect(), ..Self::default() };
        for (at, pair) in own.weeks.windows(2).enumerate() {
            if pair[0] == pair[1] {
                reading.fault(export, order[at + 1], Field::Day, "this week is listed twice", "keep one row a week");
            } else if pair[1] > pair[0] + 1 {
                let help = "write a row for every week, with 0 where nothing came";
                reading.fault(export, order[at + 1], Field::Day, "the week before this one is missing", help);
            }
        }
        for name in names {
            let figures = reading.named_numbers(export, name);
            let column = order.iter().map(|row| figures[*row].map_or(0.0, |figure| figure.number)).collect();
            own.columns.insert(name.clone(), column);
        }
        own
    }
}
