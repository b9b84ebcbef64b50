//! Pictures for people who look before they read: each answers a question, and its title says the answer.
//!
//! A chart takes results, never a scenario. [`CHARTS`] lists all that a forecast comes with; a new one is its file and one
//! line there. A chart that has nothing to say is not drawn. Others are drawn where they are asked for: plans beside each
//! other ([`plans`], [`difference`], [`dumbbell`], [`waterfall`]), what follows from a figure that is varied ([`sweep`],
//! [`heat`], [`returns`]), what an outcome rests on ([`tornado`], [`luck`]), what a goal takes ([`goal`]), two mixes of the
//! same money ([`mix`]), past forecasts and what came ([`past`], [`ranks`]), and [`curve`], lines over anything. [`sheet`] sets words beside
//! them, and a [`Document`] is all of it as a PDF.
//!
//! ```text
//! results -> chart file (words, shapes) -> sheet (SVG text) -> PNG or PDF bytes
//! ```
//!
//! Bars and distribution functions show the draws as they are; no curve is smoothed, since smoothing draws money where
//! there is none. What is not a number is left out.

mod axis;
mod bars;
pub mod beliefs;
mod canvas;
pub mod chance;
pub mod channels;
pub mod cumulative;
pub mod curve;
pub mod difference;
pub mod distribution;
mod drawing;
pub mod dumbbell;
mod ecdf;
mod faces;
mod footer;
pub mod funnel;
pub mod goal;
pub mod heat;
mod hint;
mod inline;
mod labels;
mod levels;
pub mod luck;
mod marks;
mod measure;
pub mod mix;
mod names;
mod outcome;
pub mod past;
mod pdf;
pub mod plans;
pub mod ranks;
pub mod returns;
mod sample;
pub mod sheet;
pub mod sweep;
pub mod team;
mod theme;
mod ticks;
pub mod tornado;
mod varied;
pub mod waterfall;

pub use beliefs::{BeforeAfter, Belief};
pub use channels::{Channel, Channels};
pub use cumulative::{Cumulative, Goal};
pub use curve::{Across, Curve, Level, Line, Mark};
pub use difference::Difference;
pub use drawing::{Drawing, PngError};
pub use dumbbell::{Dumbbell, Dumbbells};
pub use faces::{WebFace, unwritten, web_faces};
pub use footer::Footer;
pub use funnel::{Funnel, Loss, Step};
pub use goal::{Found, Goal as GoalCurve, GoalValue};
pub use heat::Heat;
pub use inline::{Ink, inks};
pub use levels::{Bands, Interval};
pub use luck::Luck;
pub use measure::Measure;
pub use mix::{MixRow, Mixes};
pub use outcome::{Distribution, Target};
pub use past::{Past, PastForecast};
pub use pdf::{Document, PdfError, PdfPage};
pub use plans::{PlanDraws, Plans};
pub use ranks::Ranks;
pub use returns::{Return, ReturnPoint, Returns};
pub use sheet::{Answer, Figure, SheetRow};
pub use sweep::{Sweep, SweepPoint};
pub use team::{Desk, DeskWeek, Short, Team, TeamWeek};
pub use theme::{HEIGHT, WIDTH, text_width};
pub use tornado::{Tornado, TornadoRow};
pub use varied::{Values, Varied};
pub use waterfall::{Change, Waterfall};

/// What the charts are drawn from: each takes the part that it shows.
#[derive(Clone, Copy, Debug)]
pub struct Results<'a> {
    /// The distributions of outcomes that a reader looks at, revenue first.
    pub distributions: &'a [Distribution<'a>],
    /// Revenue by week.
    pub cumulative: Cumulative<'a>,
    /// Spend and revenue by channel.
    pub channels: Channels<'a>,
    /// From leads to wins.
    pub funnel: Funnel<'a>,
    /// The sales team by week.
    pub team: Team<'a>,
}

/// A chart that every forecast comes with, unless it has nothing to say.
#[derive(Clone, Copy, Debug)]
pub struct Chart {
    /// The question that it answers.
    pub question: &'static str,
    /// What it is about.
    pub topic: Topic,
    /// Draws its pictures.
    pub draw: fn(&Results<'_>) -> Vec<Picture>,
}

/// What a chart is about: charts of one topic stand together in a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Topic {
    /// how much an outcome will be
    Outcome,
    /// when it comes
    Weeks,
    /// where it comes from
    Channels,
    /// who works for it
    Team,
}

/// A drawing and the name of its files.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// The name of its files, without the ending.
    pub name: String,
    /// What is drawn.
    pub drawing: Drawing,
}

impl Picture {
    /// The one picture of a chart, where it has something to say.
    pub(crate) fn only(name: &str, drawing: Option<Drawing>) -> Vec<Self> {
        drawing.map(|drawing| Self { name: name.to_owned(), drawing }).into_iter().collect()
    }
}

/// All charts, in the order in which a reader meets them.
pub const CHARTS: &[Chart] = &[
    Chart {
        question: "How much will the revenue be, the profit, and each outcome that has a target?",
        topic: Topic::Outcome,
        draw: |results| {
            let drawn = |outcome: &Distribution<'_>| Picture::only(outcome.name, distribution::draw(outcome));
            results.distributions.iter().flat_map(drawn).collect()
        },
    },
    Chart {
        question: "When will the revenue come, and is it on its way to the target?",
        topic: Topic::Weeks,
        draw: |results| Picture::only("cumulative", cumulative::draw(&results.cumulative)),
    },
    Chart {
        question: "How sure is a given sum, of the outcome that has a target, else of revenue?",
        topic: Topic::Outcome,
        draw: |results| {
            let all = || results.distributions.iter();
            let aimed_at = all().find(|own| !own.targets.is_empty() && own.measure.higher_is_better);
            Picture::only("chance", aimed_at.or(all().next()).and_then(chance::draw))
        },
    },
    Chart {
        question: "What does each channel bring for its share of the spend?",
        topic: Topic::Channels,
        draw: |results| Picture::only("channels", channels::draw(&results.channels)),
    },
    Chart {
        question: "Where are leads lost on the way to a win?",
        topic: Topic::Channels,
        draw: |results| Picture::only("funnel", funnel::draw(&results.funnel)),
    },
    Chart {
        question: "Are the sales team's hours enough?",
        topic: Topic::Team,
        draw: |results| Picture::only("team", team::draw(&results.team)),
    },
];
