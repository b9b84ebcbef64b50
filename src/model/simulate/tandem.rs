//! Two desks in tandem: some reps make opportunities of leads, others win them, and those who do both help where work is
//! left.
//!
//! Implements section 5 of docs/model.md, roles.

use crate::random::{Binomial, DrawStream, binomial};
use crate::units::{HUGE, number};

use super::class_terms::ClassTerms;
use super::closing::HoursDue;
use super::queue::{Age, Queue, work};
use crate::model::outcomes::{Effort, RoleWeek, Tally};
use crate::model::plan::Plan;
use crate::model::reuse::reusing_memory;
use crate::model::sales::Order;
use crate::model::team::{ByRole, Role};

/// Whose hours customers, deliveries and open deals take, first to last.
const CLOSERS: [Role; 2] = [Role::Opportunities, Role::All];
/// Whose hours prospecting takes, first to last.
const OPENERS: [Role; 2] = [Role::Leads, Role::All];

reusing_memory! {
    /// The second desk in one draw, and the hours of the two.
    #[derive(Debug, Default)]
    pub(super) struct Tandem {
        /// by class: opportunities of this week, and those that wait
        pub(super) queues: Vec<Queue>,
        /// by class: whether each that waits stays
        luck: Vec<DrawStream>,
        /// by class: made this week of leads that were left; they wait for the next
        late: Vec<u64>,
        /// classes by expected value an hour of an opportunity
        ranked: Vec<usize>,
        effort: Effort,
        stay: Option<Binomial>,
        /// by role: hours begun that came back
        carried: ByRole<f64>,
        /// to whom those begun on leads and on opportunities come back
        owners: (Role, Role),
    }
}

/// A week's hours at the two desks, by role.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Hours {
    /// staff's and customers' hours taken off
    pub(super) all: ByRole<f64>,
    /// what the tail's load leaves of that
    pub(super) available: ByRole<f64>,
    /// what is left for leads and opportunities
    pub(super) free: ByRole<f64>,
}

/// The leads of a week and in which order they are worked.
pub(super) struct Leads<'d> {
    pub(super) queues: &'d mut [Queue],
    pub(super) terms: &'d [ClassTerms],
    /// classes by expected value an hour of a lead
    pub(super) ranked: &'d [usize],
    pub(super) order: Order,
}

impl Hours {
    /// Of a week: what customers want is taken off, and in the tail the share that the next plan takes.
    pub(super) fn of(mut team: ByRole<f64>, customers: f64, left: f64) -> Self {
        team.take(&CLOSERS, customers);
        let available = team.map(|hours| hours * left);
        Self { all: team, available, free: available }
    }

    /// What a share is set aside of: the hours of all who work leads.
    pub(super) fn for_leads(&self) -> f64 {
        self.available.leads + self.available.all
    }

    /// Sets hours aside for prospecting, then pays for deals, deliveries first; what is not covered stays owed.
    pub(super) fn pay(&mut self, set_aside: f64, owed: &mut HoursDue) {
        self.free.take(&OPENERS, set_aside);
        owed.deliveries -= self.free.take(&CLOSERS, owed.deliveries);
        owed.open_deals -= self.free.take(&CLOSERS, owed.open_deals);
    }
}

impl Tandem {
    /// Begins a draw.
    pub(super) fn open(
        &mut self,
        plan: &Plan,
        drawn: &[f64],
        terms: &[ClassTerms],
        luck: impl Iterator<Item = DrawStream>,
    ) {
        let sales = &plan.parts.sales;
        self.effort =
            Effort { lead: sales.hours_per_lead.of(drawn), opportunity: sales.hours_per_opportunity.of(drawn) };
        let stay = sales.opportunity_stays(drawn);
        self.stay = (stay < 1.0).then(|| Binomial::new(stay));
        self.carried = ByRole::default();
        let owner = |of: Role| if sales.reps.iter().any(|reps| reps.does == of) { of } else { Role::All };
        self.owners = (owner(Role::Leads), owner(Role::Opportunities));
        self.luck.clear();
        self.luck.extend(luck);
        self.late.clear();
        self.late.resize(terms.len(), 0);
        self.queues.clear();
        let opportunity = Queue { effort: [self.effort.opportunity; 2], ..Queue::default() };
        self.queues.resize(terms.len(), opportunity);
        self.ranked.clear();
        self.ranked.extend(0..terms.len());
        self.ranked.sort_by(|&a, &b| {
            let (a, b) = (&terms[a], &terms[b]);
            b.worth_won.total_cmp(&a.worth_won).then(a.source.cmp(&b.source))
        });
    }

    /// What leads of a class want, by their age: of the desk for leads, and what is to be expected of the other.
    pub(super) fn wanted(&self, terms: &ClassTerms, age: Age) -> Effort {
        let expected = terms.rates[age as usize] * self.effort.opportunity;
        Effort { lead: if terms.at_desk { self.effort.lead } else { 0.0 }, opportunity: expected }
    }

    /// Hours of work in the leads and opportunities that wait.
    pub(super) fn waiting_work(&self, queues: &[Queue], terms: &[ClassTerms]) -> f64 {
        let at = Age::Waiting as usize;
        let leads = queues.iter().zip(terms).map(|(queue, terms)| {
            let Effort { lead, opportunity } = self.wanted(terms, Age::Waiting);
            number(queue.leads[at]) * (lead + opportunity)
        });
        let opportunities = self.queues.iter().map(|queue| number(queue.leads[at]) * self.effort.opportunity);
        leads.sum::<f64>() + opportunities.sum::<f64>()
    }

    /// One week of work in three passes: leads by those who do leads; opportunities by those who do these, then by those
    /// who do both; the leads that are left by the latter, whose opportunities wait for the next week. Leaves the hours that
    /// perish, by role.
    pub(super) fn work(&mut self, leads: Leads<'_>, week: usize, hours: &Hours, counts: &mut Made) -> RoleHours {
        let Leads { queues, terms, ranked, order } = leads;
        let carried = std::mem::take(&mut self.carried);
        let leads = work(queues, order, ranked, hours.free.leads + carried.leads);
        let mut perished = ByRole { leads, ..ByRole::default() };
        for (class, (queue, terms)) in queues.iter_mut().zip(terms).enumerate() {
            let made = terms.make(queue, (week, 0), counts);
            self.queues[class].leads[Age::Fresh as usize] = made;
            // Hours begun on a lead that is no more come back, before the last pass takes them for its own.
            if queue.leads == [0, 0] {
                *self.carried.of_mut(self.owners.0) += std::mem::take(&mut queue.begun);
            }
        }
        let (closers, both) = (hours.free.opportunities + carried.opportunities, hours.free.all + carried.all);
        let left = work(&mut self.queues, order, &self.ranked, closers + both);
        // The hours of those who do opportunities only are used first.
        let left_of_both = left.min(both);
        perished.opportunities = left - left_of_both;
        perished.all = work(queues, order, ranked, left_of_both);
        for (class, (queue, terms)) in queues.iter_mut().zip(terms).enumerate() {
            self.late[class] = terms.make(queue, (week, 2), counts);
        }
        RoleHours { carried, perished }
    }

    /// Opportunities of a class that were not worked this week stay or are lost; gives how many are lost.
    pub(super) fn wait(&mut self, class: usize, week: usize) -> u64 {
        let queue = &mut self.queues[class];
        let left = queue.left_over() + std::mem::take(&mut self.late[class]);
        let waiting = match &self.stay {
            Some(stay) if left > 0 => stay.quantile(left, self.luck[class].uniform(week as u32, 0)),
            _ => left,
        };
        queue.leads = [0, waiting];
        queue.worked = [0, 0];
        if waiting == 0 && queue.begun > 0.0 {
            *self.carried.of_mut(self.owners.1) += queue.begun;
            queue.begun = 0.0;
        }
        left - waiting
    }

    /// Hours begun on leads that are no more come back.
    pub(super) fn give_back(&mut self, hours: f64) {
        *self.carried.of_mut(self.owners.0) += hours;
    }

    /// Opportunities that wait.
    pub(super) fn waiting(&self) -> u64 {
        self.queues.iter().map(|queue| queue.leads[Age::Waiting as usize]).sum()
    }
}

/// Leads worked and opportunities made in a week.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Made {
    pub(super) worked: u64,
    pub(super) opportunities: u64,
}

/// What becomes of a week's hours, by role, beside those available.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct RoleHours {
    carried: ByRole<f64>,
    perished: ByRole<f64>,
}

impl RoleHours {
    /// Notes a week: hours available and used, and what they cost.
    pub(super) fn note(&self, (week, in_horizon): (usize, bool), hours: &Hours, wages: ByRole<f64>, tally: &mut Tally) {
        let available = hours.available;
        let used = available.zip(self.carried, |available, carried| available + carried);
        let used = used.zip(self.perished, |there, perished| there - perished);
        let tallied = &mut tally.weeks[week];
        tallied.roles = available.zip(used, |available, used| RoleWeek { available, used });
        tallied.hours_available = available.total();
        tallied.hours_used = used.total();
        if in_horizon {
            tally.wages += wages.total();
            tally.hours_available += available.total();
            tally.hours_perished += self.perished.total();
            tally.roles.available = tally.roles.available.zip(available, |sum, hours| sum + hours);
            tally.roles.perished = tally.roles.perished.zip(self.perished, |sum, hours| sum + hours);
            return;
        }
        // An hour costs what it costs, in each role; the next plan pays for those that it takes.
        let shares = used.zip(hours.all, |used, all| if all > 0.0 { (used / all).min(HUGE) } else { 0.0 });
        tally.tail_wages += wages.zip(shares, |wages, share| wages * share).total();
    }
}

impl ClassTerms {
    /// Opportunities among the leads that were worked in a pass, which leave the queue; those who buy online stay. A pass
    /// has luck of its own, by age, from an index on.
    fn make(&self, queue: &mut Queue, (week, first): (usize, u32), counts: &mut Made) -> u64 {
        if self.online {
            return 0;
        }
        let mut made = 0;
        for age in 0..2 {
            let worked = std::mem::take(&mut queue.worked[age]);
            if worked > 0 {
                let uniform = self.opportunities.uniform(week as u32 + 1, first + age as u32);
                made += binomial(worked, self.rates[age], uniform);
                queue.leads[age] -= worked;
                counts.worked += worked;
            }
        }
        counts.opportunities += made;
        made
    }
}
