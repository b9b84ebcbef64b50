//! Is a plan plausible? Its figures beside what has been published, and parts that don't go together.
//!
//! A flag is no fault: a plan may have its reasons. A figure that was counted (`"18 of 80"`) or fitted (a file of draws) is
//! never flagged: whoever counted knows better than any benchmark.

use crate::model::outcomes::Effort;
use crate::model::plan::Plan;
use crate::model::schema::StatedFigure;
use crate::model::simulate::ChannelMiddle;
use crate::model::team::{ByRole, Role};
use crate::units::Period;

/// What a published figure is measured in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum In {
    /// a share
    Percent,
    /// a share lost or won in a month, stated by the week in plans
    PercentAMonth,
    /// a share lost in a year
    PercentAYear,
    /// leads a customer in a month
    EachAMonth,
    /// money; told only in currencies of that order
    Money,
    /// weeks
    Weeks,
    /// a number
    Number,
}

/// A range that was published for a figure.
#[derive(Clone, Copy, Debug)]
pub struct Published {
    /// where the figure stands: `channels`, `sales` …
    table: &'static str,
    /// the kind of channel, if it is one
    kind: Option<&'static str>,
    /// its key
    key: &'static str,
    /// what it is, for a sentence
    pub name: &'static str,
    /// what it is measured in
    pub unit: In,
    /// below this it is flagged, in that unit
    low: f64,
    /// above this it is flagged
    high: f64,
    /// what was published
    pub range: &'static str,
    /// by whom
    pub source: &'static str,
}

const fn of_channel(kind: &'static str, key: &'static str, name: &'static str) -> Published {
    Published {
        table: "channels",
        kind: Some(kind),
        key,
        name,
        unit: In::Percent,
        low: 0.0,
        high: 1e300,
        range: "",
        source: "",
    }
}

const fn of_table(table: &'static str, key: &'static str, name: &'static str) -> Published {
    Published { table, kind: None, key, name, unit: In::Percent, low: 0.0, high: 1e300, range: "", source: "" }
}

impl Published {
    const fn within(mut self, low: f64, high: f64) -> Self {
        self.low = low;
        self.high = high;
        self
    }

    const fn unit(mut self, unit: In) -> Self {
        self.unit = unit;
        self
    }

    const fn from(mut self, range: &'static str, source: &'static str) -> Self {
        self.range = range;
        self.source = source;
        self
    }
}

/// What was published. The limits are wider than the published ranges: what lies beyond them is not rare but strange.
pub const PUBLISHED: &[Published] = &[
    of_channel("ppc", "cost_per_click", "the price of a click")
        .unit(In::Money)
        .within(0.2, 25.0)
        .from("0.66 (shopping ads) to 13.74 (painters); LinkedIn 5.6 to 13.2", "LocaliQ 2025, ZenABM 2026"),
    of_channel("ppc", "visit_to_lead", "the share of clicks that become leads")
        .within(0.3, 25.0)
        .from("1.9% (shopping ads) to 17.7% (cleaning), 7.5% on average", "LocaliQ 2025, 16,446 campaigns"),
    of_channel("seo", "visit_to_lead", "the share of visits that become leads")
        .within(0.2, 12.0)
        .from("1% to 5%", "Ruler Analytics 2026, 5 million conversions"),
    of_channel("seo", "decay", "what content loses of its visits")
        .unit(In::PercentAMonth)
        .within(0.0, 15.0)
        .from("half in 18 to 36 months, 2% to 4% a month", "an assumption of practitioners"),
    of_channel("email", "click_rate", "the share of an email's readers who click")
        .within(0.2, 10.0)
        .from("1.3% (shops) to 2.9% (all), 4.7% of automatic mails", "Klaviyo 2026, Mailchimp 2019"),
    of_channel("email", "unsubscribe_rate", "the share of readers who leave with an email")
        .within(0.0, 2.0)
        .from("0.25%", "Mailchimp 2019"),
    of_channel("print", "response_rate", "the share of copies that bring a response")
        .within(0.005, 12.0)
        .from("0.02% to 0.12% of an advert's circulation, 0.25% to 9% of letters", "DMA 2003, ANA/DMA 2018"),
    of_table("sales", "selling_time", "the share of their hours that reps sell in")
        .within(15.0, 70.0)
        .from("28% to 40%", "CSO Insights, Salesforce State of Sales"),
    of_table("sales", "close_rate", "the share of opportunities that are won").within(3.0, 90.0).from(
        "21% of all opportunities, 29% of qualified ones; 25% to 65% in home services",
        "HubSpot survey, locbiz.pro 2025",
    ),
    of_table("sales", "cycle_weeks", "the time from the lead to the close")
        .unit(In::Weeks)
        .within(0.0, 39.0)
        .from("2 to 4 weeks for small buyers, 13 to 26 and more for enterprises", "revopsdictionary.com"),
    of_table("sales.reps", "attrition", "the share of reps who leave")
        .unit(In::PercentAYear)
        .within(0.0, 75.0)
        .from("20% to 34% a year", "DePaul University"),
    of_table("customers", "churn_rate", "the share of customers who leave")
        .unit(In::PercentAMonth)
        .within(0.0, 20.0)
        .from("3% to 7% a month for small businesses, 5% to 15% a year for larger ones", "knowledgelib.io 2026"),
    of_table("customers", "referral_rate", "the leads that a customer brings")
        .unit(In::EachAMonth)
        .within(0.0, 0.1)
        .from("0.003 to 0.012 a month", "Extole, invitereferrals.com"),
];

/// The variation of single channels from week to week.
const VARIATION: Published = of_table("channels", "variation", "how far weeks differ")
    .unit(In::Number)
    .within(0.0, 1.0)
    .from("0.08 (organic) to 0.4 (social)", "Olist 2018, by the week");

/// Something that a planner should look at again.
#[derive(Clone, Debug, PartialEq)]
pub enum Flag {
    /// a figure lies far outside what has been published
    Unusual {
        /// the figure's path
        path: String,
        /// its middle, in the unit of what was published
        middle: f64,
        /// which
        published: usize,
    },
    /// a number of weeks that may have been meant as days
    LooksLikeDays {
        /// the figure's path
        path: String,
        /// its middle, in weeks
        weeks: f64,
    },
    /// the team is asked for so many times its hours
    HoursFarShort {
        /// hours wanted over hours there
        ratio: f64,
        /// the work that hours are short for, where it has a desk of its own
        works_on: Option<Role>,
    },
    /// a win is worth a year of what a customer pays, and customers pay again
    CountedTwice {
        /// what a win is worth
        value: f64,
        /// what a customer orders in a year
        a_year: f64,
    },
    /// reorders are in a channel of their own, and customers order again as well
    ReordersTwice {
        /// what the channel is called
        channel: String,
    },
    /// a response curve is so flat where the plan is that half of the money brings nearly as much
    CurveUsedUp {
        /// which channel
        channel: String,
        /// the share of its leads that half of its money brings
        left: f64,
    },
    /// a channel pays more for a win than it is worth
    DearerThanWorth {
        /// what the channel is called
        channel: String,
        /// money a win
        cost: f64,
        /// gross profit of a win
        worth: f64,
    },
}

/// All published ranges, that of channels' variation last.
#[must_use]
pub fn published(at: usize) -> &'static Published {
    PUBLISHED.get(at).unwrap_or(&VARIATION)
}

/// Of currencies beside these a click may cost thousands.
const OF_THE_ORDER_OF_DOLLARS: [&str; 8] = ["", "USD", "EUR", "GBP", "CHF", "CAD", "AUD", "NZD"];

/// A plan beyond this share of its hours leaves most leads alone.
const FAR_SHORT: f64 = 1.5;

/// A curve that brings more than this with half of its money is flat.
const USED_UP: f64 = 0.98;

/// What should be looked at again.
#[must_use]
pub fn flags(plan: &Plan, stated: &[StatedFigure], currency: &str) -> Vec<Flag> {
    let mut flags: Vec<Flag> = stated.iter().filter_map(|figure| unusual(plan, figure, currency)).collect();
    flags.extend(price_of_a_click(plan, stated, currency));
    let drawn = plan.middle();
    let channels = plan.channels_at_the_middle();
    flags.extend(hours_far_short(plan, &channels));
    let value = plan.parts.deals.mean_value(&drawn);
    let a_year = plan.parts.customers.as_ref().map_or(0.0, |customers| customers.orders_a_year(&drawn));
    if a_year > 0.6 * value && a_year < 1.4 * value {
        let often = plan.parts.customers.as_ref().is_some_and(|customers| customers.orders_often(&drawn));
        if often {
            flags.push(Flag::CountedTwice { value, a_year });
        }
    }
    if a_year > 0.0 {
        let reorders = plan.parts.channels.iter().filter(|channel| !channel.new_customers);
        flags.extend(reorders.map(|channel| Flag::ReordersTwice { channel: channel.label.clone() }));
    }
    flags.extend(channels.iter().filter(|own| own.left_at_half > USED_UP).filter_map(|own| {
        let channel = &plan.parts.channels[own.channel];
        let is_curve = channel.kind.word() == "response" && channel.budget() > 0.0;
        is_curve.then(|| Flag::CurveUsedUp { channel: channel.label.clone(), left: own.left_at_half })
    }));
    if let Some(margin) = plan.parts.finance.gross_margin {
        for own in channels.iter().filter(|own| own.spend > 0.0 && own.wins > 0.0) {
            let channel = &plan.parts.channels[own.channel];
            let (cost, worth) = (own.spend / own.wins, own.value * margin.of(&drawn));
            // Content pays for years, and so does a customer who orders again.
            if channel.kind.word() != "seo" && a_year == 0.0 && cost > 3.0 * worth {
                flags.push(Flag::DearerThanWorth { channel: channel.label.clone(), cost, worth });
            }
        }
    }
    flags
}

/// Is the team asked for far more hours than it has, or those of one role together with those who do both?
fn hours_far_short(plan: &Plan, channels: &[ChannelMiddle]) -> Option<Flag> {
    if !plan.parts.sales.selling_time_given() {
        return None;
    }
    let wanted = |of: fn(&Effort) -> f64| -> f64 { channels.iter().map(|own| of(&own.hours)).sum() };
    let there = plan.hours_at_the_middle();
    let ByRole { leads, opportunities, all } = there.roles;
    let mut asked = vec![(None, wanted(|hours| hours.total()), there.all)];
    if plan.two_desks {
        asked.push((Some(Role::Leads), wanted(|hours| hours.lead), leads + all));
        asked.push((Some(Role::Opportunities), wanted(|hours| hours.opportunity), opportunities + all));
    }
    let ratio = |(works_on, wanted, there): (Option<Role>, f64, f64)| {
        let ratio = if there > 0.0 { wanted / there } else { f64::INFINITY };
        (wanted > FAR_SHORT * there).then_some((works_on, ratio))
    };
    let (works_on, ratio) = asked.into_iter().filter_map(ratio).max_by(|a, b| a.1.total_cmp(&b.1))?;
    Some(Flag::HoursFarShort { ratio, works_on })
}

/// Clicks whose price follows from what an ad account shows: its spend over its clicks.
fn price_of_a_click(plan: &Plan, stated: &[StatedFigure], currency: &str) -> Vec<Flag> {
    let today = |figure: &StatedFigure| figure.path.strip_suffix(".today.spend").map(str::to_owned);
    let price = |figure: &StatedFigure| {
        let channel = today(figure)?;
        let clicks = stated.iter().find(|own| own.path == format!("{channel}.today.clicks"))?;
        let path = format!("{channel}.cost_per_click");
        let middle = figure.middle / clicks.middle;
        unusual(plan, &StatedFigure { path, middle, is_known: false }, currency)
    };
    stated.iter().filter_map(price).collect()
}

fn unusual(plan: &Plan, figure: &StatedFigure, currency: &str) -> Option<Flag> {
    if figure.is_known {
        return None;
    }
    let at = PUBLISHED
        .iter()
        .position(|own| own.is_of(plan, &figure.path))
        .or_else(|| VARIATION.is_of(plan, &figure.path).then_some(PUBLISHED.len()))?;
    let published = published(at);
    if published.unit == In::Money && !OF_THE_ORDER_OF_DOLLARS.contains(&currency) {
        return None;
    }
    let middle = published.unit.of(figure.middle);
    if published.unit == In::Weeks && middle > published.high {
        return Some(Flag::LooksLikeDays { path: figure.path.clone(), weeks: middle });
    }
    let is_usual = (published.low..=published.high).contains(&middle) || middle == 0.0;
    (!is_usual).then(|| Flag::Unusual { path: figure.path.clone(), middle, published: at })
}

impl Published {
    /// Is it of that key in a table, whose header has NAME for a name of one's own?
    #[must_use]
    pub fn is_of_table(&self, header: &str, kind: Option<&str>, key: &str) -> bool {
        let table = header.strip_suffix(".NAME").unwrap_or(header);
        self.key == key && self.table == table && self.kind == kind
    }

    /// Is it of that key?
    #[must_use]
    pub fn is_of_key(&self, key: &str) -> bool {
        self.key == key
    }

    /// Is it about the figure at a path? Of channels that sell online a visitor is often their lead.
    fn is_of(&self, plan: &Plan, path: &str) -> bool {
        let Some((table, key)) = path.rsplit_once('.') else { return false };
        if key != self.key {
            return false;
        }
        match table.split_once('.') {
            Some(("channels", name)) if self.table == "channels" => {
                let channel = plan.parts.channels.iter().find(|channel| channel.name == name);
                channel.is_some_and(|channel| {
                    let kind_fits = self.kind.is_none_or(|kind| channel.kind.word() == kind);
                    let visitors_buy = key == "visit_to_lead" && channel.route == crate::model::channels::Route::Online;
                    kind_fits && !visitors_buy
                })
            }
            Some(("sales", rest)) if self.table == "sales.reps" => rest.starts_with("reps."),
            _ => table == self.table,
        }
    }
}

impl In {
    /// A figure of a plan in this unit.
    fn of(self, figure: f64) -> f64 {
        match self {
            Self::Percent => figure * 100.0,
            Self::PercentAMonth => Period::Month.fraction_from_a_week(figure) * 100.0,
            Self::PercentAYear => Period::Year.fraction_from_a_week(figure) * 100.0,
            Self::EachAMonth => figure / Period::Month.per_week(),
            Self::Money | Self::Weeks | Self::Number => figure,
        }
    }
}
