//! Channels: each turns a week's money into spend and a mean number of leads.
//!
//! A kind is one file and one line in the list below: its `KEYS`, its `Parameters` as written, and `Running`, the
//! channel in one draw, stepped week by week.

mod adstock;
mod baseline;
mod email;
mod event;
mod flighting;
mod ppc;
mod print;
mod response;
mod saturation;
mod seo;

use crate::inputs::{Inputs, Quantity};
use crate::reading::{Diagnostic, Entry, Premise, Table, Value, nearest};

pub use self::adstock::KINDS as ADSTOCK_KINDS;
pub use self::flighting::Flighting;
pub use self::ppc::TODAY_KEYS as PPC_TODAY_KEYS;
pub use self::response::Of;
pub use self::saturation::KINDS as SATURATION_KINDS;

use super::horizon::{Horizon, read_weekly};
use super::schema::{Choice, Key, TableReader};
use super::segments::{Segment, read_audience};

/// What a week offers a channel.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Offer {
    /// the money planned for the week, `B_t`
    pub money: f64,
    /// the demand multiplier `g_t`
    pub demand: f64,
    /// the multiplier of its unit cost
    pub price: f64,
    /// whether the week is in the horizon
    pub in_horizon: bool,
}

/// What a channel makes of a week.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Flow {
    /// money spent
    pub spend: f64,
    /// mean number of leads, `λ_t`
    pub leads: f64,
}

/// How much a channel has used, in the weeks so far, of what it could give.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Usage {
    /// clicks, sends or visits, against the most there could have been
    Share {
        /// used
        used: f64,
        /// the most there could have been
        ceiling: f64,
    },
    /// a response curve
    Curve {
        /// what it has given
        given: f64,
        /// what nine tenths of the spend would have given
        by_nine_tenths: f64,
    },
}

impl Usage {
    /// Is there hardly any room for more money? More than 80 % of the ceiling is used, or the last tenth of the spend
    /// has added less than a hundredth.
    #[must_use]
    pub fn is_full(self) -> bool {
        match self {
            Self::Share { used, ceiling } => used > 0.8 * ceiling,
            Self::Curve { given, by_nine_tenths } => given < 1.01 * by_nine_tenths,
        }
    }
}

/// A channel in one draw, stepped week by week.
trait Step {
    /// One week: the money spent, the mean number of leads.
    fn step(&mut self, offer: Offer) -> Flow;

    /// The end of a week.
    fn close(&mut self) {}

    /// After the horizon: will no lead come any more?
    fn is_done(&self) -> bool {
        true
    }

    /// How much is used, in the weeks so far, of what it could give; none where there is no end to it.
    fn usage(&self) -> Option<Usage> {
        None
    }
}

/// The keys that every channel may have.
pub const COMMON_KEYS: &[Key] = &[
    Key::shape("kind", "the kind of channel, in quotes")
        .required()
        .about("how the channel makes leads")
        .example("\"ppc\""),
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
        .unit("opportunities a worked lead")
        .about("in place of that of [sales]")
        .example("\"6% to 13%\""),
    Key::fraction("close_rate")
        .unit("wins an opportunity (win rate)")
        .about("in place of that of [sales]")
        .example("\"17% to 28%\""),
    Key::amount("average_value").unit("money a win").about("in place of that of [deals]").example("12_000"),
];

/// The key of channels that spend money, where the plan has a brand.
pub const BRAND_KEYS: &[Key] = &[Key::fraction("brand_share")
    .or(0.0)
    .unit("share of the spend")
    .about("the part of the spend that also builds the brand; needs [brand]")
    .example("\"30%\"")];

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

/// The keys of channels that spend money.
pub const PAID_KEYS: &[Key] = &[
    Key::amount("budget")
        .certain()
        .or(0.0)
        .unit("money in the horizon")
        .about("what the channel may spend; decided by you, so never uncertain")
        .example("75_000"),
    Key::shape(
        "flighting",
        "\"even\", \"front_loaded\", \"back_loaded\", { every = n }, { weeks = [first, last] } or a weight for each week",
    )
    .or_word("even")
    .about("how the budget is spread over the weeks")
    .example("{ weeks = [3, 8] }"),
];

/// The key of channels in which money spent before week 1 still works.
pub const PAST_KEYS: &[Key] = &[Key::amount("past_spend")
    .or(0.0)
    .unit("money a week")
    .about("what was spent a week before week 1, for as long as it matters")
    .example("3_000")];

macro_rules! kinds {
    ($($word:literal => $Kind:ident: $module:ident $groups:expr;)*) => {
        /// The parameters of a channel, by kind.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Kind {
            $(#[doc = concat!("`", $word, "`")] $Kind($module::Parameters),)*
        }

        /// A channel in one draw, by kind.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Running {
            $(#[doc = concat!("`", $word, "`")] $Kind($module::Running),)*
        }

        /// Every kind: its word and the groups of keys beyond the common ones.
        pub const KINDS: &[(&str, &[&[Key]])] = &[$(($word, $groups),)*];

        impl Kind {
            fn read(word: &str, fields: &mut TableReader<'_, '_>) -> Option<Self> {
                match word {
                    $($word => Some(Self::$Kind($module::Parameters::read(fields))),)*
                    _ => None,
                }
            }

            fn start(&self, drawn: &[f64], past_spend: f64) -> Running {
                match self {
                    $(Self::$Kind(parameters) => Running::$Kind(parameters.start(drawn, past_spend)),)*
                }
            }

            /// Its word in the file.
            #[must_use]
            pub fn word(&self) -> &'static str {
                match self {
                    $(Self::$Kind(_) => $word,)*
                }
            }
        }

        impl Running {
            /// One week: the money spent, the mean number of leads.
            pub fn step(&mut self, offer: Offer) -> Flow {
                match self {
                    $(Self::$Kind(running) => running.step(offer),)*
                }
            }

            /// The end of a week: what was bought ripens, who leaves the list has left.
            pub fn close(&mut self) {
                match self {
                    $(Self::$Kind(running) => running.close(),)*
                }
            }

            /// After the horizon: will no lead come any more?
            #[must_use]
            pub fn is_done(&self) -> bool {
                match self {
                    $(Self::$Kind(running) => running.is_done(),)*
                }
            }

            /// How much is used, in the weeks so far, of what the channel could give; none where there is no end to it.
            #[must_use]
            pub fn usage(&self) -> Option<Usage> {
                match self {
                    $(Self::$Kind(running) => running.usage(),)*
                }
            }
        }
    };
}

kinds! {
    "ppc" => Ppc: ppc &[PAID_KEYS, BRAND_KEYS, ppc::KEYS];
    "seo" => Seo: seo &[PAID_KEYS, BRAND_KEYS, PAST_KEYS, seo::KEYS];
    "email" => Email: email &[PAID_KEYS, BRAND_KEYS, email::KEYS];
    "print" => Print: print &[PAID_KEYS, BRAND_KEYS, PAST_KEYS, print::KEYS];
    "event" => Event: event &[PAID_KEYS, BRAND_KEYS, PAST_KEYS, event::KEYS];
    "response" => Response: response &[PAID_KEYS, BRAND_KEYS, PAST_KEYS, response::KEYS];
    "baseline" => Baseline: baseline &[baseline::KEYS];
}

/// The names that sources other than channels have in the results.
pub const RESERVED: [&str; 5] = ["referral", "outbound", "nurtured", "backlog", "pipeline"];

/// A channel as written.
#[derive(Clone, Debug, PartialEq)]
pub struct Channel {
    /// its name
    pub name: String,
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
    past_spend: Quantity,
}

impl Channel {
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
        let knows = |name: &str| groups.iter().any(|group| group.iter().any(|key| key.name == name));
        let (budget, flighting) = if knows("budget") {
            (fields.certain("budget"), Flighting::read(&mut fields, horizon))
        } else {
            (0.0, Flighting::none(horizon.weeks))
        };
        let cost_by_week = if knows("cost_by_week") {
            read_weekly(&mut fields, "cost_by_week", horizon).unwrap_or_default()
        } else {
            Vec::new()
        };
        let past_spend = if knows("past_spend") { fields.quantity("past_spend") } else { Quantity::Certain(0.0) };
        let kind = Kind::read(word, &mut fields)?;
        let route = read_route(&mut fields, &kind);
        Some(Self {
            name: entry.key.clone(),
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
            brand_share: if knows("brand_share") { fields.quantity("brand_share") } else { Quantity::Certain(0.0) },
            qualified: fields.quantity("qualified"),
            opportunity_rate: fields.quantity_if("opportunity_rate"),
            close_rate: fields.quantity_if("close_rate"),
            average_value: fields.quantity_if("average_value"),
            past_spend,
        })
    }

    /// The channel in one draw.
    #[must_use]
    pub fn start(&self, drawn: &[f64]) -> Running {
        self.kind.start(drawn, self.past_spend.of(drawn))
    }

    /// Are its leads orders, won as they come?
    #[must_use]
    pub fn counts_orders(&self) -> bool {
        matches!(&self.kind, Kind::Response(response) if response.of() != Of::Leads)
    }

    /// May its leads ask in a chat before they buy? Orders of a response curve are won already.
    #[must_use]
    pub fn may_chat(&self) -> bool {
        self.route == Route::Online && !self.counts_orders()
    }

    /// Is it a response curve whose carry-over peaks in a week that no longer counts?
    #[must_use]
    pub fn peaks_beyond_its_lags(&self, inputs: &Inputs) -> bool {
        matches!(&self.kind, Kind::Response(response) if response.peaks_beyond_its_lags(inputs))
    }

    /// Does its response curve give money rather than a number of leads?
    #[must_use]
    pub fn counts_money(&self) -> bool {
        matches!(&self.kind, Kind::Response(response) if response.of() == Of::Revenue)
    }

    /// The channel as it would be without a plan of its money.
    #[must_use]
    pub(super) fn without_money(self) -> Self {
        Self { plan: Vec::new(), ..self }
    }

    /// Can it spend money?
    #[must_use]
    pub fn is_paid(&self) -> bool {
        !matches!(self.kind, Kind::Baseline(_))
    }

    /// What one insertion or event costs; none for kinds that spend money by the unit of the currency.
    #[must_use]
    pub fn cost_of_one(&self) -> Option<Quantity> {
        match &self.kind {
            Kind::Print(print) => Some(print.cost_of_one()),
            Kind::Event(event) => Some(event.cost_of_one()),
            _ => None,
        }
    }

    /// Does each further insertion or event bring as much as the first?
    #[must_use]
    pub fn repeats_without_wearout(&self) -> bool {
        match &self.kind {
            Kind::Print(print) => !print.wears_out(),
            Kind::Event(event) => !event.wears_out(),
            _ => false,
        }
    }

    /// The money planned for the horizon.
    #[must_use]
    pub fn budget(&self) -> f64 {
        self.plan.iter().sum()
    }
}

/// Who wins the leads: for a curve of orders or revenue always nobody, and all of them are won.
fn read_route(fields: &mut TableReader<'_, '_>, kind: &Kind) -> Route {
    let route = fields.word("route");
    let bought = matches!(kind, Kind::Response(response) if response.of() != Of::Leads);
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
        let fault = match others.find(|other| nearest(&other.key, ["kind"]).is_some()) {
            Some(other) => Diagnostic::at(
                &other.key_place,
                format!("there is no key `{}` in [channels.{}]", other.key, entry.key),
                "unknown key",
            )
            .did_you_mean(&other.key_place, "`kind`", "kind"),
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
    let fault = Diagnostic::at(
        &node.place,
        format!("there is no kind of channel \"{given}\""),
        format!("expected one of {all}"),
    );
    match nearest(given, words()) {
        Some(word) => {
            let meant = format!("\"{word}\"");
            root.add_fault(fault.did_you_mean(&node.place, &meant, &*meant));
            // Its other keys are checked as those of the kind that was meant.
            named(word)
        }
        None => {
            root.add_fault(fault);
            None
        }
    }
}
