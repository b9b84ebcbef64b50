//! The desks of sixteen draws side by side: where nothing that comes of leads changes what comes before them, the leads and
//! hours of all weeks are known, and each step of a week is one step for all draws. Every draw has the bits that its
//! [`Desk`] alone gives.
//!
//! Implements section 5 of docs/model.md.

mod class;
mod queues;

use std::ops::Range;

use multiversion::multiversion;

use super::class_terms::Week;
use super::desk::Desk;
use super::queue::Age;
use super::week::{Counted, WeekEnd};
use crate::model::at_mean::AtMean;
use crate::model::plan::Plan;
use crate::model::sales::Order;
use crate::random::{Binomials, LANES, Lanes};
use crate::units::number;
use class::{Asking, ClassOfDraws};
use queues::{Queues, cover, work_by_age, work_by_rank};

/// The desks of sixteen draws.
#[derive(Clone, Debug, Default)]
pub(super) struct Desks {
    classes: Vec<ClassOfDraws>,
    /// by class
    queues: Vec<Queues>,
    /// the chance that a lead stays that is not worked; none where all do
    stay: Option<Binomials>,
    /// by week: hours for leads, those carried over left out
    hours: Vec<Lanes>,
    /// by week: multipliers of close rates
    close: Vec<Lanes>,
    /// by week and class: leads that come
    fresh: Vec<Lanes>,
    /// by week and class: of them, those that ask in a chat; no weeks where nobody may
    asking: Vec<Asking>,
    /// by week
    ends: Vec<EndOfWeek>,
    /// by draw: leads that are won
    won: [Vec<DeskWins>; LANES],
    /// by draw: what is counted in weeks that have terms of their own
    counted: [WeekEnd; LANES],
}

/// Leads of a class that are won in a week, or as many as are expected to be.
#[derive(Clone, Copy, Debug)]
pub(super) struct DeskWins {
    pub(super) week: usize,
    pub(super) class: usize,
    pub(super) wins: f64,
}

/// What comes of a week in each draw.
#[derive(Clone, Copy, Debug, Default)]
struct EndOfWeek {
    /// hours begun that came back before it
    carried: Lanes,
    perished: Lanes,
    /// leads that wait
    backlog: Lanes,
    /// leads that left
    lost: Lanes,
}

/// What comes of a week in one draw.
#[derive(Clone, Copy, Debug)]
pub(super) struct WorkedWeek {
    /// hours begun that came back before it
    pub(super) carried: f64,
    pub(super) perished: f64,
    /// leads that wait
    pub(super) backlog: f64,
    /// leads that left
    pub(super) lost: f64,
}

impl Desks {
    /// Begins sixteen draws of a plan: nothing is known of any.
    pub(super) fn open(&mut self, plan: &Plan, weeks: usize) {
        let classes = plan.classes.len();
        self.classes.clear();
        self.classes.resize_with(classes, ClassOfDraws::default);
        self.queues.clear();
        self.queues.resize_with(classes, Queues::default);
        self.stay = None;
        for (by_week, length) in [(&mut self.hours, weeks), (&mut self.fresh, weeks * classes)] {
            by_week.clear();
            by_week.resize(length, [0.0; LANES]);
        }
        self.close.clear();
        self.close.resize(weeks, [1.0; LANES]);
        self.asking.clear();
        self.asking.resize(if plan.online.is_empty() { 0 } else { weeks * classes }, Asking::default());
        self.ends.clear();
        self.ends.resize(weeks, EndOfWeek::default());
        self.won.iter_mut().for_each(Vec::clear);
        self.counted = [WeekEnd::default(); LANES];
    }

    /// The leads of a class that come in some weeks of a draw.
    pub(super) fn bring(&mut self, lane: usize, class: usize, weeks: Range<usize>, leads: &[u64; LANES]) {
        let classes = self.classes.len();
        let fresh = self.fresh[weeks.start * classes + class..].iter_mut().step_by(classes);
        for (fresh, &leads) in fresh.zip(&leads[..weeks.len()]) {
            fresh[lane] = number(leads);
        }
    }

    /// The leads of a class that come in a week of a draw.
    pub(super) fn admit(&mut self, (lane, week): (usize, usize), class: usize, leads: u64) {
        self.fresh[week * self.classes.len() + class][lane] = number(leads);
    }

    /// A week of a draw: its hours for leads, and the multiplier of its close rates.
    pub(super) fn begin_week(&mut self, (lane, week): (usize, usize), hours: f64, close: f64) {
        self.hours[week][lane] = hours;
        self.close[week][lane] = close;
    }

    /// Leads of a class in a week of a draw that ask in a chat, and those of them that are answered.
    pub(super) fn ask(&mut self, (lane, week): (usize, usize), class: usize, (asking, answered): (u64, u64)) {
        let place = &mut self.asking[week * self.classes.len() + class];
        (place.asking[lane], place.answered[lane]) = (number(asking), number(answered));
    }

    /// The terms of a draw, and the leads that wait as it begins.
    pub(super) fn seat(&mut self, lane: usize, desk: &Desk) {
        for ((class, queues), (terms, queue)) in self.classes.iter_mut().zip(&mut self.queues).zip(desk.classes()) {
            class.open(lane, terms);
            queues.set(lane, queue);
        }
        if let Some(stay) = desk.stay() {
            self.stay.get_or_insert_with(Binomials::certain).set(lane, stay);
        }
    }

    /// Works the leads of all weeks, in each of the draws.
    pub(super) fn work(&mut self, plan: &Plan, draws: &[&Desk; LANES]) {
        by_widest(self, plan, draws);
    }

    /// What comes of a week in a draw.
    pub(super) fn week(&self, lane: usize, week: usize) -> WorkedWeek {
        let EndOfWeek { carried, perished, backlog, lost } = &self.ends[week];
        WorkedWeek { carried: carried[lane], perished: perished[lane], backlog: backlog[lane], lost: lost[lane] }
    }

    /// The leads that are won in a draw, in the order of weeks and classes.
    pub(super) fn won(&self, lane: usize) -> &[DeskWins] {
        &self.won[lane]
    }

    /// What is counted in a draw in weeks that have terms of their own.
    pub(super) fn counted_apart(&self, lane: usize) -> WeekEnd {
        self.counted[lane]
    }

    /// What is counted in a draw in other weeks, by class.
    pub(super) fn counted(&self, lane: usize) -> impl Iterator<Item = Counted> {
        self.classes.iter().map(move |class| class.counted(lane))
    }

    #[inline(always)]
    fn play(&mut self, plan: &Plan, draws: &[&Desk; LANES]) {
        let mut carried = [0.0; LANES];
        for week in 0..self.ends.len() {
            self.ends[week].carried = carried;
            let mut hours = self.hours[week];
            for lane in 0..LANES {
                hours[lane] += carried[lane];
            }
            let arrived = &self.fresh[week * self.classes.len()..];
            for (queues, fresh) in self.queues.iter_mut().zip(arrived) {
                queues.leads[Age::Fresh as usize] = *fresh;
            }
            self.ends[week].perished = self.work_week(plan.parts.sales.order, &hours, draws);
            carried = self.settle_week(plan, week, draws);
        }
    }

    /// Works the leads of a week; gives the hours that perish.
    #[inline(always)]
    fn work_week(&mut self, order: Order, hours: &Lanes, draws: &[&Desk; LANES]) -> Lanes {
        let (mut perished, short) = cover(&mut self.queues, hours);
        let Some(short) = short else { return perished };
        let ages = match order {
            Order::NewestFirst => [Age::Fresh, Age::Waiting],
            Order::OldestFirst => [Age::Waiting, Age::Fresh],
            Order::BestFirst => {
                for (lane, desk) in draws.iter().enumerate().filter(|&(lane, _)| short[lane] >= 0.0) {
                    perished[lane] = work_by_rank(&mut self.queues, lane, desk.ranked(), short[lane]);
                }
                return perished;
            }
        };
        let over = work_by_age(&mut self.queues, ages, short);
        for lane in 0..LANES {
            perished[lane] += over[lane];
        }
        perished
    }

    /// What was worked is won or not; who was not worked waits or leaves. Gives the hours that come back.
    #[inline(always)]
    fn settle_week(&mut self, plan: &Plan, week: usize, draws: &[&Desk; LANES]) -> Lanes {
        let at_mean = plan.parts.at_mean == AtMean::Deals;
        let this = Week { number: week as u32, in_horizon: week < plan.parts.horizon.weeks, close: 1.0 };
        let close = &self.close[week];
        let has_terms = close.iter().any(|close| *close != 1.0);
        let end = &mut self.ends[week];
        let asking = self.asking.get(week * self.classes.len()..).unwrap_or_default();
        let mut carried = [0.0; LANES];
        for (at, (class, queues)) in self.classes.iter_mut().zip(&mut self.queues).enumerate() {
            if queues.are_empty() {
                continue;
            }
            let asking = asking.get(at).unwrap_or(&Asking::NOBODY);
            let wins = if at_mean {
                let by_chat = class.mean_wins_by_chat(queues, asking, close);
                by_chat.unwrap_or_else(|| class.mean_wins(queues, this, close))
            } else if has_terms && class.closes_on_terms() {
                let terms = draws.iter().map(|desk| desk.terms_of(at));
                class.win_one_by_one(queues, asking, (this, close), terms, &mut self.counted)
            } else {
                class.win_by_chat(queues, asking, this).unwrap_or_else(|| class.win(queues, this))
            };
            let mut winning = 0_u32;
            for (lane, wins) in wins.iter().enumerate() {
                winning |= u32::from(*wins > 0.0) << lane;
            }
            while winning > 0 {
                let lane = winning.trailing_zeros() as usize;
                winning &= winning - 1;
                self.won[lane].push(DeskWins { week, class: at, wins: wins[lane] });
            }
            let (left_over, waiting) = class.wait(queues, self.stay.as_ref(), this);
            queues.leads = [[0.0; LANES], waiting];
            for lane in 0..LANES {
                let begun = queues.begun[lane];
                let comes_back = waiting[lane] == 0.0;
                carried[lane] += if comes_back { begun } else { 0.0 };
                queues.begun[lane] = if comes_back { 0.0 } else { begun };
                end.lost[lane] += left_over[lane] - waiting[lane];
                end.backlog[lane] += waiting[lane];
            }
        }
        carried
    }
}

/// By the widest instructions that the processor has.
#[multiversion(targets("x86_64+avx2+bmi1+bmi2+avx512f+avx512bw+avx512cd+avx512dq+avx512vl", "x86_64+avx2+bmi1+bmi2",))]
fn by_widest(desks: &mut Desks, plan: &Plan, draws: &[&Desk; LANES]) {
    desks.play(plan, draws);
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::model::simulate::memory::Forgetful;
    use crate::model::simulate::{Quarter, Seed};
    use crate::reading::Files;
    use crate::scenario::Loader;

    #[multiversion(targets("x86_64+avx2+bmi1+bmi2"))]
    fn by_256_bits(desks: &mut Desks, plan: &Plan, draws: &[&Desk; LANES]) {
        desks.play(plan, draws);
    }

    /// The bits of all that comes of leads.
    fn bits(desks: &Desks) -> Vec<u64> {
        let mut bits = Vec::new();
        for lane in 0..LANES {
            for week in 0..desks.ends.len() {
                let WorkedWeek { carried, perished, backlog, lost } = desks.week(lane, week);
                bits.extend([carried, perished, backlog, lost].map(f64::to_bits));
            }
            bits.extend(desks.won(lane).iter().map(|won| won.wins.to_bits()));
            bits.extend(desks.counted(lane).flat_map(|class| [class.worked, class.won]).flatten());
        }
        bits
    }

    #[test]
    fn every_instruction_set_gives_the_same_bits() {
        let plans = [
            include_str!("../../../../scenarios/b2b-saas.toml"),
            include_str!("../../../../scenarios/industrial.toml"),
        ];
        for (text, order) in plans.iter().flat_map(|text| ["newest", "oldest", "best"].map(|order| (text, order))) {
            let loader = Loader::of(Files::in_memory([("plan.toml", *text)]));
            let order = format!("sales.queue={order}_first");
            let loaded = loader.load(Path::new("plan.toml"), None, &[order.as_str(), "sales.hours_per_lead=3"]);
            let plan = loaded.unwrap_or_else(|error| panic!("{error}")).scenario.plan;
            let mut desks = Desks::default();
            let mut quarters: Vec<_> =
                (0..LANES).map(|_| Quarter::new(&plan, Seed { seed: 1, stream: 0 }, true)).collect();
            desks.open(&plan, quarters[0].weeks());
            for (lane, quarter) in quarters.iter_mut().enumerate() {
                let inputs = plan.parts.inputs.list().iter();
                let drawn: Vec<f64> = inputs.map(|input| input.at((lane as f64 + 0.5) / LANES as f64)).collect();
                quarter.open(lane as u64, &drawn);
                quarter.bring(lane, &mut desks, &mut Forgetful);
            }
            let draws = std::array::from_fn(|lane| quarters[lane].desk());
            let [widest, narrower, plain] = [by_widest, by_256_bits, Desks::play].map(|level| {
                let mut desks = desks.clone();
                level(&mut desks, &plan, &draws);
                bits(&desks)
            });
            assert!(widest.iter().any(|bits| *bits > 0), "leads are won");
            assert_eq!(widest, plain, "{order}");
            assert_eq!(narrower, plain, "{order}");
        }
    }
}
