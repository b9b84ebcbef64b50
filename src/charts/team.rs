//! The sales team: are its hours enough, and how many leads wait for it?

use crate::text::{count, futures, of_hundred_such, percent, pieces, pieces_of};

use plotters::style::RGBColor;

use super::axis::{Frame, Plot, Side};
use super::canvas::Canvas;
use super::drawing::Drawing;
use super::labels::{Area, spread};
use super::levels::Interval;
use super::theme::{DARK, MUTED, ORANGE, PALE, PEACH, Style};

/// What the chart of the sales team is drawn from.
#[derive(Clone, Copy, Debug)]
pub struct Team<'a> {
    /// The weeks, week 1 first: those of the plan, then those of its tail.
    pub weeks: &'a [TeamWeek],
    /// How many of the weeks belong to the plan.
    pub horizon: usize,
    /// How often there are too few hours.
    pub short: Short,
    /// Hours by role, where leads and opportunities have desks of their own; else none.
    pub desks: &'a [Desk],
    /// The last day of each week, as it shall be written; empty where the plan has no date to start on.
    pub days: &'a [String],
}

/// Those of one role.
#[derive(Clone, Debug, PartialEq)]
pub struct Desk {
    /// What they work on.
    pub works_on: &'static str,
    /// Their weeks, as many as the team's.
    pub weeks: Vec<DeskWeek>,
}

/// One week of those of one role: P10, P50 and P90 of each figure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DeskWeek {
    /// Hours that they work.
    pub hours_used: Interval,
    /// Hours that they have.
    pub hours_available: Interval,
}

/// How often a team has too few hours, as shares from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Short {
    /// Of the draws: those whose leads and deals ask for more hours than there are in the plan's weeks together.
    pub draws: f64,
    /// Of the plan's weeks in all draws: those at whose end leads wait because the hours are used up.
    pub weeks: f64,
    /// What hours are short for more often, where leads and opportunities have desks of their own and that can be told.
    pub mostly_for: Option<&'static str>,
    /// Mean number of leads that leave before they are worked.
    pub lost: f64,
    /// Their part of all that leave or are worked.
    pub lost_share: f64,
}

/// One week of the sales team: P10, P50 and P90 of each figure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TeamWeek {
    /// Hours that are worked on leads.
    pub hours_used: Interval,
    /// Hours that there are.
    pub hours_available: Interval,
    /// Leads that wait at the end of the week.
    pub waiting: Interval,
    /// Opportunities that wait at the end of the week, where they have a desk of their own; else 0.
    pub opportunities_waiting: Interval,
}

/// A smaller share of draws or weeks is not worth a figure in the title.
const RARE: f64 = 0.005;

/// A smaller part of the leads that is lost is not told in the title.
const WORTH_TELLING: f64 = 0.01;

/// A figure that is drawn by week: its band, its median, and its name beside them.
struct Curve {
    name: &'static str,
    figure: fn(&TeamWeek) -> Interval,
    band: RGBColor,
    line: RGBColor,
    width: f64,
}

/// Hours used and hours available; the latter come first and wider, to be seen behind the others where all are used.
const HOURS: [Curve; 2] = [
    Curve { name: "Available", figure: |week| week.hours_available, band: PEACH, line: ORANGE, width: 9.0 },
    Curve { name: "Used", figure: |week| week.hours_used, band: PALE, line: DARK, width: 5.0 },
];
const WAITING: [Curve; 1] =
    [Curve { name: "Waiting", figure: |week| week.waiting, band: PALE, line: DARK, width: 5.0 }];
const BOTH_WAITING: [Curve; 2] = [
    Curve { name: "Opportunities", figure: |week| week.opportunities_waiting, band: PEACH, line: ORANGE, width: 5.0 },
    Curve { name: "Leads", figure: |week| week.waiting, band: PALE, line: DARK, width: 5.0 },
];

/// Draws hours used and available above the leads that wait, by week. Nothing where no hours are used and no lead waits.
pub fn draw(team: &Team<'_>) -> Option<Drawing> {
    let mut weeks: Vec<TeamWeek> = team.weeks.iter().map_while(checked).collect();
    if weeks.iter().all(TeamWeek::is_idle) {
        return None;
    }
    let horizon = team.horizon.clamp(1, weeks.len());
    // What follows takes at most a third of the width.
    let shown = weeks.len().min(horizon + horizon / 2);
    let left_out = weeks.len() - shown;
    weeks.truncate(shown);
    let last = weeks.last()?;
    let panels = panels(team, &weeks);
    let sides: Vec<Side> = panels.iter().map(|panel| side(&panel.weeks, panel.curves, &panel.title)).collect();
    let left = sides.iter().map(Side::room).fold(0.0, f64::max);
    let labels = panels.iter().flat_map(|panel| {
        let last = panel.weeks.last().unwrap_or(last);
        panel.curves.iter().map(|curve| Style::LABEL.bold().width(&curve.label(last)))
    });
    let widest = labels.fold(0.0, f64::max);
    let gutter = widest + 34.0;
    let across = match team.days {
        [] => Side::weeks_between(weeks.len(), "Week".to_owned()),
        days => Side::week_ends(days, weeks.len(), 1450.0 - left - gutter, "Last day of the week".to_owned()),
    };
    let lowest = panels.len() - 1;
    let frames: Vec<Frame> = sides
        .into_iter()
        .enumerate()
        .map(|(at, up)| {
            let across = if at == lowest { across.clone() } else { across.clone().unwritten() };
            Frame { across, up, lane: 4.0, left, gutter }
        })
        .collect();
    let mut subtitle = "Lines are medians; 8 of 10 futures lie in the bands (P10 to P90).".to_owned();
    if left_out > 0 {
        subtitle += &format!(" The last {} are not drawn.", count(left_out as f64, "week"));
    }
    Some(Drawing::new(title(&weeks[..horizon], team.short), &subtitle, |canvas, area| {
        let plan = (weeks.len() > horizon).then_some(horizon as f64);
        let foot = |at: usize| area.top + at as f64 / panels.len() as f64 * area.height() - 20.0;
        for (at, (panel, frame)) in panels.iter().zip(&frames).enumerate() {
            let top = if at == 0 { area.top } else { foot(at) + 26.0 };
            let bottom = if at == lowest { area.bottom } else { foot(at + 1) };
            let plot = frame.draw(canvas, Area { top, bottom, ..area });
            fill(canvas, &plot, &panel.weeks, panel.curves);
            end_of_plan(canvas, &plot, plan, if at == 0 { "the plan ends" } else { "" });
            for (number, (part, week)) in plot.upright_parts(panel.weeks.len()).zip(&panel.weeks).enumerate() {
                canvas.hint(part, week.told(number + 1, team.days.get(number)));
            }
        }
    }))
}

/// One of the panels, from top to bottom.
struct Panel {
    title: String,
    curves: &'static [Curve],
    weeks: Vec<TeamWeek>,
}

/// Hours, of each role where there are roles, above what waits, if anything does.
fn panels(team: &Team<'_>, weeks: &[TeamWeek]) -> Vec<Panel> {
    let of_desk = |desk: &Desk| {
        let week = |(week, own): (&TeamWeek, &DeskWeek)| {
            let DeskWeek { hours_used, hours_available } = *own;
            checked(&TeamWeek { hours_used, hours_available, ..*week })
        };
        let own: Vec<TeamWeek> = weeks.iter().zip(&desk.weeks).map_while(week).collect();
        let title = format!("Hours a week for {}", desk.works_on);
        (own.len() == weeks.len()).then_some(Panel { title, curves: &HOURS, weeks: own })
    };
    let mut panels: Vec<Panel> = team.desks.iter().filter_map(of_desk).collect();
    if panels.is_empty() {
        panels.push(Panel { title: "Hours a week".to_owned(), curves: &HOURS, weeks: weeks.to_vec() });
    }
    let some = |figure: fn(&TeamWeek) -> Interval| {
        weeks.iter().flat_map(|week| figure(week).into_array()).any(|level| level != 0.0)
    };
    let waiting: Option<(&str, &'static [Curve])> = if some(|week| week.opportunities_waiting) {
        Some(("Leads and opportunities waiting at the end of the week", &BOTH_WAITING))
    } else if some(|week| week.waiting) {
        Some(("Leads waiting at the end of the week", &WAITING))
    } else {
        None
    };
    panels.extend(waiting.map(|(title, curves)| Panel { title: title.to_owned(), curves, weeks: weeks.to_vec() }));
    panels
}

impl TeamWeek {
    /// The week in words.
    fn told(&self, number: usize, day: Option<&String>) -> String {
        let day = day.map_or_else(String::new, |day| format!(", to {day}"));
        let figures = [self.hours_used, self.hours_available, self.waiting, self.opportunities_waiting];
        let [used, available, waiting, opportunities] = figures.map(|levels| {
            let Interval { low, middle, high } = levels.map(pieces);
            format!("{middle} ({low} to {high})")
        });
        let opportunities = match self.opportunities_waiting == Interval::certain(0.0) {
            true => String::new(),
            false => format!("; opportunities waiting: {opportunities}"),
        };
        format!("Week {number}{day}: {used} of {available} hours used; leads waiting: {waiting}{opportunities}")
    }

    /// Whether nobody works and nobody waits, whatever the future.
    fn is_idle(&self) -> bool {
        let figures = [self.hours_used, self.waiting, self.opportunities_waiting];
        figures.into_iter().flat_map(Interval::into_array).all(|level| level == 0.0)
    }
}

fn checked(week: &TeamWeek) -> Option<TeamWeek> {
    Some(TeamWeek {
        hours_used: week.hours_used.checked()?,
        hours_available: week.hours_available.checked()?,
        waiting: week.waiting.checked()?,
        opportunities_waiting: week.opportunities_waiting.checked()?,
    })
}

/// The values up the left of a panel: from 0 to a little above all that is drawn in it.
fn side(weeks: &[TeamWeek], curves: &[Curve], title: &str) -> Side {
    let levels_of = |curve: &Curve| {
        let figure = curve.figure;
        weeks.iter().flat_map(move |week| figure(week).into_array())
    };
    let levels = || curves.iter().flat_map(levels_of);
    let (low, high) = (levels().fold(0.0, f64::min), levels().fold(0.0, f64::max));
    let range = if high > low { (low, high + 0.05 * (high - low)) } else { (0.0, 1.0) };
    Side::up(range, 4, title.to_owned())
}

impl Curve {
    /// What is written beside the end of the line.
    fn label(&self, last: &TeamWeek) -> String {
        format!("{} {}", self.name, pieces((self.figure)(last).middle))
    }

    /// One level of the figure as stairs: it holds for its whole week.
    fn stairs(&self, plot: &Plot, weeks: &[TeamWeek], level: fn(Interval) -> f64) -> Vec<(f64, f64)> {
        let step = |(index, week): (usize, &TeamWeek)| {
            let y = plot.y.at(level((self.figure)(week)));
            [(plot.x.at(index as f64), y), (plot.x.at((index + 1) as f64), y)]
        };
        weeks.iter().enumerate().flat_map(step).collect()
    }
}

/// Draws a panel's curves and its foot, and writes beside the lines' ends what they are.
fn fill(canvas: &mut Canvas<'_>, plot: &Plot, weeks: &[TeamWeek], curves: &[Curve]) {
    let Some(last) = weeks.last() else {
        return;
    };
    for curve in curves {
        let stairs = |level: fn(Interval) -> f64| curve.stairs(plot, weeks, level);
        canvas.band(&stairs(|levels| levels.high), &stairs(|levels| levels.low), curve.band);
    }
    for curve in curves {
        canvas.line(&curve.stairs(plot, weeks, |levels| levels.middle), curve.line, curve.width);
    }
    plot.ground(canvas);
    let style = Style::LABEL.bold();
    let wishes: Vec<(f64, f64)> =
        curves.iter().map(|curve| (plot.y.at((curve.figure)(last).middle), style.line_height())).collect();
    let places = spread(&wishes, plot.area.top - 10.0, plot.area.bottom + 10.0);
    for ((curve, (y, _)), place) in curves.iter().zip(wishes).zip(places) {
        canvas.line(&[(plot.area.right + 4.0, y), (plot.area.right + 22.0, place)], curve.line, 1.5);
        canvas.text(&curve.label(last), (plot.area.right + 28.0, place + 0.35 * style.size), style.colored(curve.line));
    }
}

/// Marks where the plan ends and its tail begins.
fn end_of_plan(canvas: &mut Canvas<'_>, plot: &Plot, horizon: Option<f64>, words: &str) {
    if let Some(horizon) = horizon {
        let x = plot.x.at(horizon);
        canvas.dashes((x, plot.area.top), (x, plot.area.bottom), (MUTED, 2.5));
        // Clear of the panel's name on its left.
        let half = Style::TICK.width(words) / 2.0;
        let middle = x.min(plot.area.right - half).max(plot.area.left + 240.0);
        canvas.text(words, (middle, plot.area.top - 10.0), Style::TICK.centered());
    }
}

fn title(weeks: &[TeamWeek], short: Short) -> String {
    let noun = futures(weeks.len());
    if weeks.iter().flat_map(|week| week.hours_available.into_array()).all(|hours| hours == 0.0) {
        return match short.lost_share >= WORTH_TELLING {
            true => format!("Nobody has hours for the leads: on average {} are lost to waiting", pieces(short.lost)),
            false => "Nobody has hours for the leads that wait".to_owned(),
        };
    }
    let waiting = match short.lost_share >= WORTH_TELLING {
        true => {
            let lost = pieces_of(short.lost, "lead");
            let are = if lost == "1 lead" { "is" } else { "are" };
            format!("on average {lost} ({}) {are} lost to waiting", percent(short.lost_share))
        }
        false => format!("leads wait at the end of {} of the weeks", percent(short.weeks)),
    };
    let never = short.draws == 0.0 && short.weeks == 0.0;
    match (short.draws >= RARE, short.weeks >= RARE) {
        (false, false) if never => format!("The team's hours are enough in every week of all {noun}"),
        (false, false) => "The team's hours are enough in nearly every week".to_owned(),
        (false, true) if short.draws == 0.0 => format!("The team's hours add up to enough in all {noun}; {waiting}"),
        (false, true) => format!("The team's hours add up to enough in nearly all {noun}; {waiting}"),
        (true, waits) => {
            let in_so_many = of_hundred_such(short.draws, noun);
            let mostly = short.mostly_for.map_or_else(String::new, |work| format!(", mostly for {work}"));
            let tells = waits || short.lost_share >= WORTH_TELLING;
            let waiting = if tells { waiting } else { "leads seldom wait into the next week".to_owned() };
            format!("The team is short of hours in {in_so_many}{mostly}; {waiting}")
        }
    }
}
