//! Pictures for people who look before they read: each answers a question, and its title says the answer.
//!
//! A chart takes results, never a scenario. [`CHARTS`] lists all that a forecast comes with; a new one is its file and one
//! line there. Others are drawn where they are asked for: plans beside each other ([`plans`], [`difference`], [`dumbbell`],
//! [`waterfall`]), what follows from a figure that is varied ([`sweep`], [`heat`], [`returns`]), and [`curve`], lines over
//! anything.
//!
//! ```text
//! results -> chart file (words, shapes) -> sheet (SVG text) -> PNG bytes
//! ```
//!
//! Bars and distribution functions show the draws as they are; no curve is smoothed, since smoothing draws money where
//! there is none. What is not a number is left out, and a chart without data says so in the place of the plot.

mod axis;
mod bars;
mod canvas;
pub mod chance;
pub mod channels;
pub mod cumulative;
pub mod curve;
pub mod difference;
mod drawing;
pub mod dumbbell;
#[cfg(test)]
mod findings;
pub mod funnel;
pub mod heat;
mod labels;
mod marks;
mod measure;
mod names;
#[cfg(test)]
mod nasty;
pub mod plans;
pub mod returns;
pub mod revenue;
mod sample;
mod stairs;
pub mod sweep;
pub mod team;
mod theme;
mod ticks;
mod varied;
pub mod waterfall;

pub use channels::{Channel, Channels};
pub use cumulative::Cumulative;
pub use curve::{Across, Curve, Level, Line, Mark};
pub use difference::Difference;
pub use drawing::{Drawing, PngError};
pub use dumbbell::{Dumbbell, Dumbbells};
pub use funnel::{Funnel, Loss, Step};
pub use heat::Heat;
pub use measure::Measure;
pub use plans::{PlanDraws, Plans};
pub use returns::{Return, Returns};
pub use revenue::{Revenue, Target};
pub use sweep::{Sweep, SweepPoint};
pub use team::{Team, TeamWeek};
pub use varied::{Values, Varied};
pub use waterfall::{Change, Waterfall};

/// What the charts are drawn from: each takes the part that it shows.
#[derive(Clone, Copy, Debug)]
pub struct Results<'a> {
    /// The distribution of revenue.
    pub revenue: Revenue<'a>,
    /// Revenue by week.
    pub cumulative: Cumulative<'a>,
    /// Spend and revenue by channel.
    pub channels: Channels<'a>,
    /// From leads to wins.
    pub funnel: Funnel<'a>,
    /// The sales team by week.
    pub team: Team<'a>,
}

/// A picture that every forecast comes with.
#[derive(Clone, Copy, Debug)]
pub struct Chart {
    /// Name of its files, without the ending.
    pub name: &'static str,
    /// The question that it answers.
    pub question: &'static str,
    /// Draws it.
    pub draw: fn(&Results<'_>) -> Drawing,
}

/// All charts, in the order in which a reader meets them.
pub const CHARTS: [Chart; 6] = [
    Chart {
        name: "revenue",
        question: "How much will the revenue be?",
        draw: |results| revenue::draw(&results.revenue),
    },
    Chart {
        name: "cumulative",
        question: "When will the revenue come?",
        draw: |results| cumulative::draw(&results.cumulative),
    },
    Chart { name: "chance", question: "How sure is a given revenue?", draw: |results| chance::draw(&results.revenue) },
    Chart {
        name: "channels",
        question: "What does each channel bring for its share of the spend?",
        draw: |results| channels::draw(&results.channels),
    },
    Chart {
        name: "funnel",
        question: "Where are leads lost on the way to a win?",
        draw: |results| funnel::draw(&results.funnel),
    },
    Chart { name: "team", question: "Are the sales team's hours enough?", draw: |results| team::draw(&results.team) },
];
