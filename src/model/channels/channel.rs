//! A channel of the plan as written, of any kind: what all of them have in common.

use crate::inputs::{Inputs, Quantity};
use crate::model::horizon::{Horizon, read_weekly};
use crate::model::schema::{Choice, Key, TableReader};
use crate::model::segments::{Segment, read_audience};
use crate::reading::{Diagnostic, Entry, Premise, Remedy, Table, Value, nearest, unknown};

use super::flighting::Flighting;
use super::parameters::Of;
use super::{KINDS, Kind, Running};

/// The keys that every channel may have.
pub const COMMON_KEYS: &[Key] = &[
    Key::shape("kind", "the kind of channel, in quotes")
        .required()
        .about("how the channel makes leads")
        .example("\"ppc\""),
    Key::text("label")
        .about("what people call it, in tables, charts and sentences; without it the name, with blanks for _")
        .example("\"Google Ads\""),
    Key::amount("fixed_cost")
        .or(0.0)
        .unit("money in the horizon")
        .about("fees that fall due whatever is spent; part of marketing cost, not of the channel's spend")
        .example("4_500"),
    Key::amount("staff_hours_per_week")
        .time()
        .or(0.0)
        .unit("hours a week")
        .about("the sales team's own time that the channel takes, each week of the horizon")
        .example("2"),
    Key::weekly("seasonality")
        .percent_from(10.0)
        .unit("multiplier of demand, week by week")
        .about("its own season, in place of the market's; missing weeks are 1")
        .example("[1, 1, 0.9, 1.1]"),
    Key::amount("variation")
        .percent_from(2.0)
        .at_most(100.0)
        .or(0.0)
        .unit("coefficient of variation of weekly leads, beyond chance")
        .about("how far a week's mean strays by causes of its own")
        .example("0.2"),
    Key::fraction("variation_persistence")
        .or(0.0)
        .unit("correlation of one week with the next")
        .about("how much of that carries over to the next week")
        .example("0.6"),
    Key::fraction("qualified")
        .or(1.0)
        .unit("share of leads")
        .about("the share that marketing passes on to sales")
        .example("\"40% to 60%\""),
    Key::word::<Route>("route")
        .or_word("sales")
        .about("who wins these leads: the sales team, or nobody, because they buy online; `close_rate` is then needed")
        .example("\"online\""),
    Key::shape("audience", "a table of shares of segments, which sum to 1")
        .about("who is reached; needs [segments.NAME]")
        .example("{ small = 0.8, large = 0.2 }"),
    Key::fraction("opportunity_rate")
        .unit("opportunities per worked lead")
        .about("in place of that of [sales]")
        .example("\"6% to 13%\""),
    Key::fraction("close_rate")
        .unit("wins per opportunity (win rate)")
        .about("in place of that of [sales]")
        .example("\"17% to 28%\""),
    Key::amount("average_value").unit("money per win").about("in place of that of [deals]").example("12_000"),
    Key::fraction("revenue_share")
        .or(0.0)
        .unit("share of revenue")
        .about("what the channel takes of the revenue of its deals as they close, as affiliates and marketplaces do; part of marketing cost, not of the channel's spend")
        .example("\"10% to 15%\""),
    Key::truth("new_customers")
        .or_word("true")
        .about("whether its wins acquire customers; false for reorders, which are left out of CAC and make no further customers")
        .example("false"),
];

/// Who turns a channel's leads into wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// the sales team
    Sales,
    /// nobody: they buy online
    Online,
}

impl Choice for Route {
    const WORDS: &'static [(&'static str, Self)] = &[("sales", Self::Sales), ("online", Self::Online)];
}

/// The names that sources other than channels have in the results.
pub const RESERVED: [&str; 5] = ["referral", "outbound", "nurtured", "backlog", "pipeline"];

/// A channel as written.
#[derive(Clone, Debug, PartialEq)]
pub struct Channel {
    /// its name
    pub name: String,
    /// what people call it
    pub label: String,
    /// how it makes leads
    pub kind: Kind,
    /// the money planned for each week of the horizon
    pub plan: Vec<f64>,
    /// how that is spread
    pub flighting: Flighting,
    /// the multiplier of its unit cost, by week; missing weeks are 1
    pub cost_by_week: Vec<f64>,
    /// its own season, by week
    pub seasonality: Option<Vec<f64>>,
    /// fees, in the horizon
    pub fixed_cost: Quantity,
    /// the team's own hours, a week of the horizon
    pub staff_hours: Quantity,
    /// coefficient of variation of the weekly mean
    pub variation: Quantity,
    /// its correlation from week to week
    pub variation_persistence: Quantity,
    /// who wins its leads
    pub route: Route,
    /// the share of each segment, by its place among the plan's; none: no segments
    pub audience: Vec<(usize, f64)>,
    /// part of the spend that also builds the brand
    pub brand_share: Quantity,
    /// share of leads passed on to sales
    pub qualified: Quantity,
    /// in place of that of the sales team
    pub opportunity_rate: Option<Quantity>,
    /// in place of that of the sales team
    pub close_rate: Option<Quantity>,
    /// in place of that of the deals
    pub average_value: Option<Quantity>,
    /// share of the revenue of its deals that it takes as they close
    pub revenue_share: Quantity,
    /// whether its wins acquire customers
    pub new_customers: bool,
    past_spend: Quantity,
}

impl Channel {
    /// A channel of a kind whose `budget` is spread evenly over the weeks of the horizon; the team works its leads, all of
    /// which are qualified, and everything else is as where a file does not say it.
    #[must_use]
    pub fn new(name: impl Into<String>, kind: impl Into<Kind>, budget: f64, horizon: &Horizon) -> Self {
        let flighting = Flighting::none(horizon.weeks);
        let zero = Quantity::Certain(0.0);
        let name = name.into();
        Self {
            label: name.replace('_', " "),
            name,
            kind: kind.into(),
            plan: flighting.spread(budget),
            flighting,
            cost_by_week: Vec::new(),
            seasonality: None,
            fixed_cost: zero,
            staff_hours: zero,
            variation: zero,
            variation_persistence: zero,
            route: Route::Sales,
            audience: Vec::new(),
            brand_share: zero,
            qualified: Quantity::Certain(1.0),
            opportunity_rate: None,
            close_rate: None,
            average_value: None,
            revenue_share: zero,
            new_customers: true,
            past_spend: zero,
        }
    }

    /// Reads `[channels.NAME]`.
    pub fn read<'t>(
        root: &mut TableReader<'_, 't>,
        entry: &'t Entry,
        table: &'t Table,
        horizon: &Horizon,
        segments: &[Segment],
    ) -> Option<Self> {
        let (word, groups) = kind_of(root, entry, table)?;
        let mut keys: Vec<&'static [Key]> = vec![COMMON_KEYS];
        keys.extend(groups);
        let mut fields = root.open_child("channels", entry, table, keys);
        if RESERVED.contains(&&*entry.key) {
            fields.fault_at(
                &entry.key_place,
                format!("a channel can't be called `{}`", entry.key),
                "this name is taken: the results list a source of that name",
            );
        }
        let (budget, flighting) = if knows(groups, "budget") {
            Flighting::read(&mut fields, horizon)
        } else {
            (0.0, Flighting::none(horizon.weeks))
        };
        let cost_by_week = if knows(groups, "cost_by_week") {
            read_weekly(&mut fields, "cost_by_week", horizon).unwrap_or_default()
        } else {
            Vec::new()
        };
        let past_spend =
            if knows(groups, "past_spend") { fields.quantity("past_spend") } else { Quantity::Certain(0.0) };
        let kind = Kind::read(word, &mut fields)?;
        let route = read_route(&mut fields, &kind);
        Some(Self {
            name: entry.key.clone(),
            label: fields.text_if("label").unwrap_or_else(|| entry.key.replace('_', " ")),
            kind,
            plan: flighting.spread(budget),
            flighting,
            cost_by_week,
            seasonality: read_weekly(&mut fields, "seasonality", horizon),
            fixed_cost: fields.quantity("fixed_cost"),
            staff_hours: fields.quantity("staff_hours_per_week"),
            variation: fields.quantity("variation"),
            variation_persistence: fields.quantity("variation_persistence"),
            route,
            audience: read_audience(&mut fields, segments),
            brand_share: if knows(groups, "brand_share") {
                fields.quantity("brand_share")
            } else {
                Quantity::Certain(0.0)
            },
            qualified: fields.quantity("qualified"),
            opportunity_rate: fields.quantity_if("opportunity_rate"),
            close_rate: fields.quantity_if("close_rate"),
            average_value: fields.quantity_if("average_value"),
            revenue_share: fields.quantity("revenue_share"),
            new_customers: fields.truth("new_customers"),
            past_spend,
        })
    }

    /// The channel in one draw.
    #[must_use]
    pub fn start(&self, drawn: &[f64]) -> Running {
        self.kind.start(drawn, self.past_spend.of(drawn))
    }

    /// The same in the place of a draw before, whose memory it takes over.
    pub(in crate::model) fn restart(&self, drawn: &[f64], before: &mut Running) {
        self.kind.restart(drawn, self.past_spend.of(drawn), before);
    }

    /// The money a week that stands for what was spent up to now, where `spent` is that of the weeks that are over:
    ///
    /// ```text
    /// (1 − r)·Σ_j r^j·spent_(w−j) + r^w·past_spend      r: the share that carries over to the next week
    /// ```
    #[must_use]
    pub fn past_spend_after(&self, drawn: &[f64], spent: &[f64]) -> f64 {
        let kept = self.kind.carried_over(drawn);
        spent.iter().fold(self.past_spend.of(drawn), |past, spend| past * kept + (1.0 - kept) * spend)
    }

    /// Does money that was spent before week 1 still work in it?
    #[must_use]
    pub fn remembers_spend(&self) -> bool {
        knows(self.kind.keys(), "past_spend")
    }

    /// Are its leads orders, won as they come?
    #[must_use]
    pub fn counts_orders(&self) -> bool {
        self.kind.of() != Of::Leads
    }

    /// May its leads ask in a chat before they buy? Orders of a response curve are won already.
    #[must_use]
    pub fn may_chat(&self) -> bool {
        self.route == Route::Online && !self.counts_orders()
    }

    /// Is it a response curve by points, and does some week's money go beyond the last of them?
    #[must_use]
    pub fn goes_beyond_its_points(&self, inputs: &Inputs) -> bool {
        self.kind.goes_beyond_its_points(&self.plan, self.past_spend.median(inputs), inputs)
    }

    /// Does its response curve give money rather than a number of leads?
    #[must_use]
    pub fn counts_money(&self) -> bool {
        self.kind.of() == Of::Revenue
    }

    /// The channel as it would be without a plan of its money.
    #[must_use]
    pub(in crate::model) fn without_money(self) -> Self {
        Self { plan: Vec::new(), ..self }
    }

    /// Can it spend money?
    #[must_use]
    pub fn is_paid(&self) -> bool {
        knows(self.kind.keys(), "budget")
    }

    /// The money planned for the horizon.
    #[must_use]
    pub fn budget(&self) -> f64 {
        self.plan.iter().sum()
    }
}

/// Is a key among the groups?
fn knows(groups: &[&[Key]], name: &str) -> bool {
    groups.iter().any(|group| group.iter().any(|key| key.name == name))
}

/// Who wins the leads: for a curve of orders or revenue always nobody, and all of them are won.
fn read_route(fields: &mut TableReader<'_, '_>, kind: &Kind) -> Route {
    let route = fields.word("route");
    let bought = kind.of() != Of::Leads;
    if bought {
        if fields.has("route") && route == Route::Sales {
            fields.fault(
                "route",
                "a response curve of orders or revenue is won online",
                "leave this out, or use of = \"leads\"",
            );
        }
        for key in ["close_rate", "opportunity_rate", "qualified"] {
            if fields.has(key) {
                fields.fault(
                    key,
                    format!("a response curve of orders or revenue has no `{key}`: its orders are won"),
                    "leave this out, or use of = \"leads\"",
                );
            }
        }
        return Route::Online;
    }
    if route == Route::Online && fields.has("opportunity_rate") {
        fields.fault(
            "opportunity_rate",
            "an online channel has no `opportunity_rate`: its leads buy or don't",
            "leave this out; `close_rate` is the share that buys",
        );
    }
    if route == Route::Online && !fields.has("close_rate") {
        let path = fields.path().to_owned();
        fields.fault("route", format!("[{path}] needs `close_rate`: its leads buy online"), "what share of them buys?");
    }
    route
}

/// The kind's word and keys; a fault where it is missing or unknown.
fn kind_of(
    root: &mut TableReader<'_, '_>,
    entry: &Entry,
    table: &Table,
) -> Option<(&'static str, &'static [&'static [Key]])> {
    let words = || KINDS.iter().map(|&(word, _)| word);
    let all = words().collect::<Vec<_>>().join(", ");
    let Some(node) = table.get("kind") else {
        let known = |key: &str| {
            let groups = KINDS.iter().flat_map(|(_, groups)| groups.iter());
            let mut keys = groups.chain([&COMMON_KEYS]).flat_map(|group| group.iter());
            keys.any(|own| own.name == key)
        };
        let mut others = table.iter().filter(|other| !known(&other.key));
        let fault =
            match others.find(|other| nearest(&other.key, ["kind"]).is_some()) {
                Some(other) => {
                    let fault = Diagnostic::unknown(&other.key_place, "key", &other.key);
                    Diagnostic { message: format!("{} in [channels.{}]", fault.message, entry.key), ..fault }
                        .did_you_mean(&other.key_place, "`kind`", "kind")
                }
                None => Diagnostic::at(
                    &entry.node.place,
                    format!("[channels.{}] needs `kind`", entry.key),
                    "`kind` is missing here",
                )
                .help(format!("how the channel makes leads: kind = \"ppc\", or one of {all}"))
                .given(Premise::AllRead),
            };
        root.add_fault(fault);
        return None;
    };
    let Value::Text(given) = &node.value else {
        root.add_fault(
            Diagnostic::at(&node.place, "`kind`: expected a word in quotes", format!("found {}", node.value.what()))
                .help(format!("one of {all}")),
        );
        return None;
    };
    let named = |wanted: &str| KINDS.iter().find(|(word, _)| *word == wanted).copied();
    if let Some(kind) = named(given) {
        return Some(kind);
    }
    let fault = Diagnostic::at(&node.place, unknown("kind of channel", given), format!("expected one of {all}"));
    let likely = nearest(given, words()).map(|word| (word, "did you mean"));
    match likely.or_else(|| known_as(given)) {
        Some((word, why)) => {
            let meant = format!("\"{word}\"");
            let help = if why == "did you mean" { format!("{why} {meant}?") } else { format!("{why}: kind = {meant}") };
            let remedy = Remedy { place: node.place.clone(), text: meant };
            root.add_fault(fault.help(help).with_remedies(vec![remedy]));
            // Its other keys are checked as those of the kind that was meant.
            named(word)
        }
        None => {
            root.add_fault(fault.help(
                "ppc is paid by the click, print by the insertion, event by the event; seo ranks; response is a fitted curve; \
                 baseline comes without spending",
            ));
            None
        }
    }
}

/// What people call channels, the kind that it is here, and why.
const KNOWN_AS: [(&[&str], &str, &str); 5] = [
    (
        &[
            "facebook",
            "meta",
            "instagram",
            "google",
            "google_ads",
            "adwords",
            "bing",
            "linkedin",
            "tiktok",
            "youtube",
            "reddit",
            "pinterest",
            "twitter",
            "x",
            "ads",
            "paid",
            "paid_search",
            "paid_social",
            "search",
            "social",
            "sem",
            "sea",
            "cpc",
            "display",
            "remarketing",
            "retargeting",
        ],
        "ppc",
        "what is paid by the click",
    ),
    (&["content", "blog", "organic", "organic_search", "articles"], "seo", "content that ranks"),
    (&["newsletter", "mailing_list", "crm"], "email", "what is sent to a list"),
    (
        &[
            "flyer",
            "flyers",
            "leaflet",
            "postcard",
            "postcards",
            "direct_mail",
            "mailing",
            "catalog",
            "catalogue",
            "newspaper",
            "magazine",
        ],
        "print",
        "what is printed and sent or inserted",
    ),
    (
        &["webinar", "conference", "fair", "trade_show", "tradeshow", "exhibition", "seminar", "workshop", "summit"],
        "event",
        "what is held once or now and then",
    ),
];

/// The kind of channel that a word of the trade is, and why.
fn known_as(given: &str) -> Option<(&'static str, &'static str)> {
    let word = given.trim().to_lowercase().replace([' ', '-'], "_");
    KNOWN_AS.iter().find(|(words, ..)| words.contains(&&*word)).map(|&(_, kind, why)| (kind, why))
}
