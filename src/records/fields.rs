//! What exports hold, and what their columns say.

/// What an export holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// deals of a CRM: a row a deal
    Deals,
    /// leads or contacts: a row a lead
    Leads,
    /// spend, clicks and share of ads, or sends of mailings: a row a day, a week or a campaign
    Ads,
    /// weekly results: a row a week
    Weeks,
    /// orders of customers: a row an order
    Orders,
    /// mailings: a row a send
    Mail,
    /// what came of a plan so far: a row a week and source
    Actuals,
}

impl Kind {
    /// What it is called: the name of its table in map.toml, and of its option.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Deals => "deals",
            Self::Leads => "leads",
            Self::Ads => "ads",
            Self::Weeks => "weeks",
            Self::Orders => "orders",
            Self::Mail => "mail",
            Self::Actuals => "actuals",
        }
    }

    /// What must be there for a file to be of any use.
    pub(super) fn needed(self) -> &'static [&'static [Field]] {
        match self {
            Self::Deals => &[&[Field::Created, Field::Id], &[Field::Stage, Field::Status, Field::Won, Field::IsWon]],
            Self::Leads => &[&[Field::Created]],
            Self::Ads => &[&[Field::Day], &[Field::Spend, Field::Clicks]],
            Self::Weeks => &[&[Field::Day]],
            Self::Orders => &[&[Field::Id], &[Field::Day]],
            Self::Mail => &[&[Field::Day], &[Field::Delivered], &[Field::Clicks, Field::Left]],
            Self::Actuals => &[
                &[Field::Day],
                &[Field::Channel],
                &[Field::Leads, Field::Spend, Field::Clicks, Field::Wins, Field::Revenue],
            ],
        }
    }
}

/// What a column says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// the number of the record
    Id,
    /// the stage of a deal
    Stage,
    /// open, won or lost
    Status,
    /// whether it is closed
    IsClosed,
    /// whether it is won
    IsWon,
    /// the day of its creation
    Created,
    /// the day of its close, or that expected
    Closed,
    /// the day it was won
    Won,
    /// the day it was lost
    Lost,
    /// what it is worth
    Amount,
    /// the currency of the amount
    Currency,
    /// where it came from
    Channel,
    /// the day marketing passed it on
    Qualified,
    /// the day it became an opportunity
    Opportunity,
    /// the day or week of a report's row
    Day,
    /// the campaign
    Campaign,
    /// the kind of the campaign
    CampaignType,
    /// money spent
    Spend,
    /// clicks
    Clicks,
    /// the share of impressions
    Share,
    /// leads that the platform counts
    Conversions,
    /// leads that came
    Leads,
    /// messages that arrived
    Delivered,
    /// readers who left the list
    Left,
    /// leads that were worked
    Worked,
    /// deals that were won
    Wins,
    /// what they brought
    Revenue,
}

impl Field {
    /// What it is called in map.toml.
    #[must_use]
    pub fn name(self) -> &'static str {
        FIELDS.iter().find(|(field, _)| *field == self).map_or("", |(_, name)| name)
    }

    /// The field of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        FIELDS.iter().find(|(_, own)| *own == name).map(|(field, _)| *field)
    }
}

/// The names of the fields in map.toml.
const FIELDS: [(Field, &str); 27] = [
    (Field::Id, "id"),
    (Field::Stage, "stage"),
    (Field::Status, "status"),
    (Field::IsClosed, "is_closed"),
    (Field::IsWon, "is_won"),
    (Field::Created, "created"),
    (Field::Closed, "closed"),
    (Field::Won, "won"),
    (Field::Lost, "lost"),
    (Field::Amount, "amount"),
    (Field::Currency, "currency_column"),
    (Field::Channel, "channel"),
    (Field::Qualified, "qualified"),
    (Field::Opportunity, "opportunity"),
    (Field::Day, "day"),
    (Field::Campaign, "campaign"),
    (Field::CampaignType, "campaign_type"),
    (Field::Spend, "spend"),
    (Field::Clicks, "clicks"),
    (Field::Share, "share"),
    (Field::Conversions, "conversions"),
    (Field::Leads, "leads"),
    (Field::Delivered, "delivered"),
    (Field::Left, "unsubscribes"),
    (Field::Worked, "worked"),
    (Field::Wins, "wins"),
    (Field::Revenue, "revenue"),
];
