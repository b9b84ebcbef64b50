//! Every outcome is an entry: its key, its title, its unit, which way is better, and how to read it off a tally.
//!
//! Reports, targets and columns are made from this list. Implements section 10 of docs/model.md.

mod opportunities;
mod tally;

use crate::units::HUGE;

pub(in crate::model) use opportunities::{NotWon, among_lost};
pub use tally::{Effort, Limit, Limits, RoleTally, RoleWeek, ShortDesk, SourceTally, Tally, WeekTally};

/// What an outcome is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// money of the plan's currency
    Money,
    /// a number of leads, deals …
    Count,
    /// a share or a ratio
    Ratio,
}

/// Which way is better; a target is met at or beyond it that way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    /// more is better
    Higher,
    /// less is better: a cost
    Lower,
}

/// How an outcome is read off the tally of one draw.
#[derive(Clone, Copy, Debug)]
pub enum Figure {
    /// a figure that every draw has; not a number where a part of the plan is missing that it is built on
    Total(fn(&Tally) -> f64),
    /// a ratio, which a draw with a zero denominator does not have
    Ratio(fn(&Tally) -> f64, fn(&Tally) -> f64),
}

/// An outcome.
#[derive(Clone, Copy, Debug)]
pub struct Outcome {
    /// its name in files
    pub key: &'static str,
    /// its name for readers
    pub title: &'static str,
    /// what it is counted in
    pub unit: Unit,
    /// which way is better
    pub better: Better,
    /// how to read it
    pub figure: Figure,
    /// whether it needs the tail simulated
    pub of_tail: bool,
    /// whether it has no value without a gross margin
    pub needs_margin: bool,
    /// whether it is a count, or built on one so closely that its values lie in clumps
    pub lattice: bool,
    /// of a ratio, what one piece of its denominator is called
    pub per: &'static str,
    /// what it is, in one sentence
    pub about: &'static str,
}

impl Outcome {
    /// Its value in one draw; not a number where it has none.
    #[must_use]
    pub fn of(&self, tally: &Tally) -> f64 {
        match self.figure {
            Figure::Total(read) => read(tally),
            Figure::Ratio(over, under) => {
                let under = under(tally);
                let ratio = over(tally) / under;
                // Next to nothing below the line is as good as nothing: such a ratio could not be averaged.
                if under != 0.0 && ratio.abs() <= HUGE { ratio } else { f64::NAN }
            }
        }
    }

    /// How far a value falls short of a target: below it, for a cost above it; 0 where it meets it.
    #[must_use]
    pub fn shortfall(&self, value: f64, target: f64) -> f64 {
        let short = if self.is_cost() { value - target } else { target - value };
        short.max(0.0)
    }

    /// Does a value meet a target? A draw without a value does not.
    #[must_use]
    pub fn meets(&self, value: f64, target: f64) -> bool {
        !value.is_nan() && self.shortfall(value, target) == 0.0
    }

    /// Is it a cost?
    #[must_use]
    pub fn is_cost(&self) -> bool {
        self.better == Better::Lower
    }
}

/// Which of [`OUTCOMES`]; the first, revenue, unless said otherwise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OutcomeId(usize);

impl OutcomeId {
    /// The outcome of that name.
    #[must_use]
    pub fn named(key: &str) -> Option<Self> {
        OUTCOMES.iter().position(|outcome| outcome.key == key).map(Self)
    }

    /// All of them, in the order of the list.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..OUTCOMES.len()).map(Self)
    }

    /// The outcome.
    #[must_use]
    pub fn outcome(self) -> &'static Outcome {
        &OUTCOMES[self.0]
    }
}

const fn total(
    key: &'static str,
    title: &'static str,
    unit: Unit,
    about: &'static str,
    read: fn(&Tally) -> f64,
) -> Outcome {
    Outcome {
        key,
        title,
        unit,
        better: Better::Higher,
        figure: Figure::Total(read),
        of_tail: false,
        needs_margin: false,
        lattice: matches!(unit, Unit::Count),
        per: "",
        about,
    }
}

const fn ratio(
    key: &'static str,
    title: &'static str,
    unit: Unit,
    about: &'static str,
    over: fn(&Tally) -> f64,
    under: fn(&Tally) -> f64,
) -> Outcome {
    Outcome {
        key,
        title,
        unit,
        better: Better::Higher,
        figure: Figure::Ratio(over, under),
        of_tail: false,
        needs_margin: false,
        lattice: false,
        per: "",
        about,
    }
}

impl Outcome {
    const fn cost(mut self) -> Self {
        self.better = Better::Lower;
        self
    }

    const fn of_margin(mut self) -> Self {
        self.needs_margin = true;
        self
    }

    const fn per(mut self, one: &'static str) -> Self {
        self.per = one;
        self
    }

    const fn of_counts(mut self) -> Self {
        self.lattice = true;
        self
    }

    const fn of_tail(mut self) -> Self {
        self.of_tail = true;
        self
    }
}

/// Every outcome. A new one is an entry here, and a line in the tally if it is not counted yet.
pub const OUTCOMES: &[Outcome] = &[
    total("revenue", "Revenue", Unit::Money, "deals closed in the horizon and repeat orders", Tally::revenue),
    total("new_revenue", "New revenue", Unit::Money, "deals closed in the horizon, the open pipeline included", |t| {
        t.new_revenue + t.booked_revenue
    }),
    total("repeat_revenue", "Repeat revenue", Unit::Money, "repeat orders of customers", |t| t.repeat_revenue),
    total(
        "gross_profit",
        "Gross profit",
        Unit::Money,
        "revenue less the cost of goods at list price",
        Tally::gross_profit,
    )
    .of_margin(),
    total(
        "marketing",
        "Marketing cost",
        Unit::Money,
        "what the channels spent, their fees, and what they take of revenue",
        Tally::marketing,
    )
    .cost(),
    total("sales_cost", "Sales cost", Unit::Money, "what the reps cost, and commission", Tally::sales_cost).cost(),
    total("profit", "Profit", Unit::Money, "gross profit less marketing, sales and fixed costs", Tally::profit)
        .of_margin(),
    total("unspent", "Unspent budget", Unit::Money, "money planned that the channels could not spend", |t| {
        (t.planned - t.spend).max(0.0)
    })
    .cost(),
    total("leads", "Leads", Unit::Count, "leads of all channels, referrals and outbound", |t| t.leads),
    total("qualified", "Qualified leads", Unit::Count, "leads that marketing passes on to sales", |t| t.qualified),
    total("worked", "Leads worked", Unit::Count, "leads that the team has worked", |t| t.worked),
    total("opportunities", "Opportunities", Unit::Count, "worked leads with a real chance", Tally::opportunities),
    total("wins", "Wins", Unit::Count, "deals closed in the horizon, the open pipeline included", |t| {
        t.wins + t.booked_wins
    }),
    total(
        "wins_started",
        "Wins started",
        Unit::Count,
        "deals won in the end of what was worked in the horizon or is open today",
        |t| t.wins_started,
    ),
    total(
        "closing_later",
        "Closing later",
        Unit::Money,
        "the value of wins started that close after the horizon",
        |t| t.closing_later,
    ),
    total(
        "lost_to_waiting",
        "Lost to waiting",
        Unit::Count,
        "qualified leads that left before anyone had time for them",
        |t| t.lost_to_waiting,
    )
    .cost(),
    total("backlog_end", "Backlog at the end", Unit::Count, "leads that still wait when the horizon ends", |t| {
        t.backlog_end
    })
    .cost(),
    total(
        "opportunities_waiting",
        "Opportunities waiting",
        Unit::Count,
        "opportunities that wait for somebody when the horizon ends, where some reps do leads or opportunities only",
        |t| t.opportunities_waiting,
    )
    .cost(),
    total(
        "opportunities_lost",
        "Opportunities lost",
        Unit::Count,
        "opportunities that left while they waited for somebody",
        |t| t.opportunities_lost,
    )
    .cost(),
    ratio(
        "utilization",
        "Utilization",
        Unit::Ratio,
        "hours used over hours available",
        |t| t.hours_available - t.hours_perished,
        |t| t.hours_available,
    )
    .per("hour to work")
    .of_counts(),
    ratio(
        "utilization_leads",
        "Utilization, leads",
        Unit::Ratio,
        "hours used over hours available, of the reps who do leads only",
        |t| t.roles.available.leads - t.roles.perished.leads,
        |t| t.roles.available.leads,
    )
    .per("hour to work")
    .of_counts(),
    ratio(
        "utilization_opportunities",
        "Utilization, opportunities",
        Unit::Ratio,
        "hours used over hours available, of the reps who do opportunities only",
        |t| t.roles.available.opportunities - t.roles.perished.opportunities,
        |t| t.roles.available.opportunities,
    )
    .per("hour to work")
    .of_counts(),
    ratio(
        "demand_ratio",
        "Demand ratio",
        Unit::Ratio,
        "hours wanted over hours available; above 1 the team is too small",
        |t| t.hours_wanted,
        |t| t.hours_available,
    )
    .per("hour to work")
    .of_counts(),
    ratio(
        "attainment",
        "Quota attainment",
        Unit::Ratio,
        "new revenue over the quotas of the reps of week 1",
        |t| t.new_revenue,
        |t| t.quota,
    )
    .per("quota"),
    ratio(
        "cpl",
        "Cost per lead (CPL)",
        Unit::Money,
        "marketing cost over leads of channels",
        Tally::own_marketing,
        |t| t.channel_leads,
    )
    .per("lead")
    .cost()
    .of_counts(),
    ratio(
        "cac",
        "Acquisition cost (CAC)",
        Unit::Money,
        "marketing and sales cost over wins, the open pipeline left out",
        |t| t.own_marketing() + t.own_sales_cost(),
        |tally| tally.customers_won,
    )
    .per("win")
    .cost()
    .of_counts(),
    ratio(
        "roas",
        "Return on ad spend (ROAS)",
        Unit::Ratio,
        "new revenue of channels over marketing cost",
        |t| t.earned_revenue,
        Tally::own_marketing,
    )
    .per("marketing cost"),
    ratio(
        "romi",
        "Return on marketing (ROMI)",
        Unit::Ratio,
        "gross profit of that revenue less marketing cost, over marketing cost",
        |t| t.earned_profit() - t.own_marketing(),
        Tally::own_marketing,
    )
    .per("marketing cost")
    .of_margin(),
    total("tail_revenue", "Revenue after the horizon", Unit::Money, "new revenue that closes in the tail", |t| {
        t.tail_revenue
    })
    .of_tail(),
    total(
        "tail_profit",
        "Profit after the horizon",
        Unit::Money,
        "gross profit of that revenue less commission and the wages of the hours it took",
        Tally::tail_profit,
    )
    .of_tail()
    .of_margin(),
    total("profit_with_tail", "Profit with what follows", Unit::Money, "profit of the horizon and of the tail", |t| {
        t.profit() + t.tail_profit()
    })
    .of_tail()
    .of_margin(),
];

/// A weekly figure: its key, its title, its unit.
#[derive(Clone, Copy, Debug)]
pub struct Weekly {
    /// its name in files
    pub key: &'static str,
    /// its name for readers
    pub title: &'static str,
    /// what it is counted in
    pub unit: Unit,
}

/// The weekly figures of a plan: those by role only where leads and opportunities have desks of their own.
#[must_use]
pub fn weekly(two_desks: bool) -> &'static [Weekly] {
    if two_desks { &WEEKLY } else { &WEEKLY[..WEEKLY.len() - BY_ROLE] }
}

/// So many weekly figures are by role: the last.
const BY_ROLE: usize = 7;

/// Every weekly figure.
pub const WEEKLY: [Weekly; 14] = [
    Weekly { key: "spend", title: "Spend", unit: Unit::Money },
    Weekly { key: "leads", title: "Leads", unit: Unit::Count },
    Weekly { key: "wins", title: "Wins", unit: Unit::Count },
    Weekly { key: "revenue", title: "Revenue", unit: Unit::Money },
    Weekly { key: "backlog", title: "Backlog", unit: Unit::Count },
    Weekly { key: "hours_used", title: "Hours used", unit: Unit::Ratio },
    Weekly { key: "hours_available", title: "Hours available", unit: Unit::Ratio },
    Weekly { key: "hours_used_leads", title: "Hours used, leads", unit: Unit::Ratio },
    Weekly { key: "hours_available_leads", title: "Hours available, leads", unit: Unit::Ratio },
    Weekly { key: "hours_used_opportunities", title: "Hours used, opportunities", unit: Unit::Ratio },
    Weekly { key: "hours_available_opportunities", title: "Hours available, opportunities", unit: Unit::Ratio },
    Weekly { key: "hours_used_all", title: "Hours used, both", unit: Unit::Ratio },
    Weekly { key: "hours_available_all", title: "Hours available, both", unit: Unit::Ratio },
    Weekly { key: "opportunities_waiting", title: "Opportunities waiting", unit: Unit::Count },
];

/// A figure of a source of leads or deals.
#[derive(Clone, Copy, Debug)]
pub struct SourceFigure {
    /// its name in files
    pub key: &'static str,
    /// what it is counted in
    pub unit: Unit,
}

/// Every figure of a source.
pub const SOURCE_FIGURES: [SourceFigure; 6] = [
    SourceFigure { key: "spend", unit: Unit::Money },
    SourceFigure { key: "leads", unit: Unit::Count },
    SourceFigure { key: "qualified", unit: Unit::Count },
    SourceFigure { key: "wins", unit: Unit::Count },
    SourceFigure { key: "wins_started", unit: Unit::Count },
    SourceFigure { key: "revenue", unit: Unit::Money },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::team::ByRole;

    #[test]
    fn figures_come_in_the_order_of_their_lists() {
        let week = WeekTally {
            spend: 1.0,
            leads: 2.0,
            wins: 3.0,
            revenue: 4.0,
            backlog: 5.0,
            hours_used: 6.0,
            hours_available: 7.0,
            reorders: 8.0,
            roles: ByRole {
                leads: RoleWeek { used: 8.0, available: 9.0 },
                opportunities: RoleWeek { used: 10.0, available: 11.0 },
                all: RoleWeek { used: 12.0, available: 13.0 },
            },
            opportunities_waiting: 14.0,
        };
        let names = ["spend", "leads", "wins", "revenue", "backlog", "hours_used", "hours_available"];
        let of = |role| [format!("hours_used_{role}"), format!("hours_available_{role}")];
        let mut by_role: Vec<String> = ["leads", "opportunities", "all"].into_iter().flat_map(of).collect();
        by_role.push("opportunities_waiting".to_owned());
        assert_eq!(weekly(false).iter().map(|weekly| weekly.key).collect::<Vec<_>>(), names);
        assert_eq!(weekly(true)[names.len()..].iter().map(|weekly| weekly.key).collect::<Vec<_>>(), by_role);
        assert_eq!(week.figures(), [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0, 12.0, 13.0, 14.0]);
        let source = SourceTally {
            spend: 1.0,
            leads: 2.0,
            qualified: 3.0,
            wins: 4.0,
            wins_started: 5.0,
            revenue: 6.0,
            ..SourceTally::default()
        };
        let names = ["spend", "leads", "qualified", "wins", "wins_started", "revenue"];
        assert_eq!(SOURCE_FIGURES.map(|figure| figure.key), names);
        assert_eq!(source.figures(), [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
    }
}
