//! Channels: each turns a week's money into spend and a mean number of leads.
//!
//! A kind is one file and its lines below: its `mod`, and its name in the list. The file holds its keys, its
//! `Parameters` as written, and the channel in one draw, stepped week by week.

mod adstock;
mod baseline;
mod budget_file;
mod channel;
mod curve_points;
mod email;
mod event;
mod flighting;
mod parameters;
mod ppc;
mod print;
mod response;
mod saturation;
mod seo;
mod step;

use crate::inputs::Inputs;
use crate::model::schema::{Key, TableReader};

use self::parameters::Parameters;
use self::step::Step;

pub use self::adstock::KINDS as ADSTOCK_KINDS;
pub use self::baseline::Baseline;
pub use self::channel::{COMMON_KEYS, Channel, RESERVED, Route};
pub use self::flighting::Flighting;
pub use self::parameters::{Of, Piece};
pub use self::ppc::{Ppc, TODAY_KEYS as PPC_TODAY_KEYS};
pub use self::saturation::KINDS as SATURATION_KINDS;
pub use self::step::{Flow, Offer, Usage};
pub(in crate::model) use self::step::{Flows, Offers};

macro_rules! kinds {
    ($($module:ident::$Kind:ident),* $(,)?) => {
        /// The parameters of a channel, by kind.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Kind {
            $(#[doc = concat!("`", stringify!($module), "`")] $Kind($module::$Kind),)*
        }

        /// A channel in one draw.
        #[derive(Debug, PartialEq)]
        pub struct Running(Draw);

        #[derive(Clone, Debug, PartialEq)]
        enum Draw {
            $($Kind(<$module::$Kind as Parameters>::Draw),)*
        }

        impl Clone for Running {
            fn clone(&self) -> Self {
                Self(self.0.clone())
            }

            // One of the same kind keeps its memory.
            fn clone_from(&mut self, other: &Self) {
                match (&mut self.0, &other.0) {
                    $((Draw::$Kind(own), Draw::$Kind(other)) => own.clone_from(other),)*
                    (own, other) => *own = other.clone(),
                }
            }
        }

        /// Every kind: its word and the groups of keys beyond the common ones.
        pub const KINDS: &[(&str, &[&[Key]])] = &[$(($module::$Kind::WORD, $module::$Kind::KEYS),)*];

        impl Kind {
            fn read(word: &str, fields: &mut TableReader<'_, '_>) -> Option<Self> {
                match word {
                    $($module::$Kind::WORD => Some(Self::$Kind($module::$Kind::read(fields))),)*
                    _ => None,
                }
            }

            fn start(&self, drawn: &[f64], past_spend: f64) -> Running {
                match self {
                    $(Self::$Kind(parameters) => Running(Draw::$Kind(parameters.start(drawn, past_spend))),)*
                }
            }

            fn restart(&self, drawn: &[f64], past_spend: f64, before: &mut Running) {
                match (self, &mut before.0) {
                    $((Self::$Kind(parameters), Draw::$Kind(draw)) => parameters.restart(drawn, past_spend, draw),)*
                    // A sibling may be of another kind.
                    _ => *before = self.start(drawn, past_spend),
                }
            }

            /// Its word in the file.
            #[must_use]
            pub fn word(&self) -> &'static str {
                match self {
                    $(Self::$Kind(_) => $module::$Kind::WORD,)*
                }
            }

            /// Its groups of keys beyond the common ones.
            #[must_use]
            pub fn keys(&self) -> &'static [&'static [Key]] {
                match self {
                    $(Self::$Kind(_) => $module::$Kind::KEYS,)*
                }
            }

            /// What its money buys whole or not at all; none for kinds that spend money by the unit of the currency.
            #[must_use]
            pub fn piece(&self) -> Option<Piece> {
                match self {
                    $(Self::$Kind(parameters) => parameters.piece(),)*
                }
            }

            /// What its flow counts.
            #[must_use]
            pub fn of(&self) -> Of {
                match self {
                    $(Self::$Kind(parameters) => parameters.of(),)*
                }
            }

            /// The share of what spend does in a week that carries over to the next.
            pub(super) fn carried_over(&self, drawn: &[f64]) -> f64 {
                match self {
                    $(Self::$Kind(parameters) => parameters.carried_over(drawn),)*
                }
            }

            /// Does its carry-over peak in a week that no longer counts? By the middle of what is uncertain.
            #[must_use]
            pub fn peaks_beyond_its_lags(&self, inputs: &Inputs) -> bool {
                match self {
                    $(Self::$Kind(parameters) => parameters.peaks_beyond_its_lags(inputs),)*
                }
            }

            /// What its usage counts, if it has a ceiling: clicks, visits, emails.
            #[must_use]
            pub fn usage_noun(&self) -> Option<&'static str> {
                match self {
                    $(Self::$Kind(_) => <$module::$Kind as Parameters>::USED,)*
                }
            }

            /// Does some week's spend go beyond what its response curve is known for? `money` is what each week may get.
            #[must_use]
            pub fn goes_beyond_its_points(&self, money: &[f64], past_spend: f64, inputs: &Inputs) -> bool {
                match self {
                    $(Self::$Kind(parameters) => parameters.goes_beyond_its_points(money, past_spend, inputs),)*
                }
            }
        }

        $(impl From<$module::$Kind> for Kind {
            fn from(parameters: $module::$Kind) -> Self {
                Self::$Kind(parameters)
            }
        })*

        impl Running {
            /// One week: the money spent, the mean number of leads.
            pub fn step(&mut self, offer: Offer) -> Flow {
                match &mut self.0 {
                    $(Draw::$Kind(running) => running.step(offer),)*
                }
            }

            /// The end of a week: what was bought ripens, who leaves the list has left.
            pub fn close(&mut self) {
                match &mut self.0 {
                    $(Draw::$Kind(running) => running.close(),)*
                }
            }

            /// Several weeks and their ends.
            pub(in crate::model) fn run(&mut self, offers: &Offers) -> Flows {
                match &mut self.0 {
                    $(Draw::$Kind(running) => running.run(offers),)*
                }
            }

            /// After the horizon: will no lead come any more?
            #[must_use]
            pub fn is_done(&self) -> bool {
                match &self.0 {
                    $(Draw::$Kind(running) => running.is_done(),)*
                }
            }

            /// How much is used, in the weeks so far, of what the channel could give; none where there is no end to it.
            #[must_use]
            pub fn usage(&self) -> Option<Usage> {
                match &self.0 {
                    $(Draw::$Kind(running) => running.usage(),)*
                }
            }
        }
    };
}

kinds! {
    ppc::Ppc,
    seo::Seo,
    email::Email,
    print::Print,
    event::Event,
    response::Response,
    baseline::Baseline,
}
