//! The likelihood of the records and its derivatives, as functions of the parameters.

use std::f64::consts::TAU;

use crate::calibrate::chance::{log_share, share};
use crate::calibrate::linear::Square;
use crate::random::normal_share;
use crate::transcendental::{exp, ln};

use super::records::{ClosingRecords, LogTimes, OpenCell};

/// The parameters of a single deal: those of its channel and cohort in η, and what all deals share.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Local {
    /// logit of the chance to be won
    pub(super) eta: f64,
    /// mean of the log time to a win
    pub(super) won_mean: f64,
    /// ln of its standard deviation
    pub(super) won_log_sd: f64,
    /// mean of the log time to a loss
    pub(super) lost_mean: f64,
    /// ln of its standard deviation
    pub(super) lost_log_sd: f64,
    /// logit of the share that nobody closes
    pub(super) never: f64,
}

/// Parameters that all deals share: all but η.
const SHARED: usize = 5;

impl Local {
    fn list(self) -> [f64; SHARED + 1] {
        [self.eta, self.won_mean, self.won_log_sd, self.lost_mean, self.lost_log_sd, self.never]
    }

    fn from_list(list: [f64; SHARED + 1]) -> Self {
        let [eta, won_mean, won_log_sd, lost_mean, lost_log_sd, never] = list;
        Self { eta, won_mean, won_log_sd, lost_mean, lost_log_sd, never }
    }
}

fn normal_density(z: f64) -> f64 {
    exp(-0.5 * z * z) / TAU.sqrt()
}

/// ln of the chance that a deal is open at an age, and its gradient in [`Local`].
fn open_term(at: Local, age: f64, losses_dated: bool) -> (f64, Local) {
    let chance = share(at.eta);
    let log = ln(age);
    let (won_sd, lost_sd) = (exp(at.won_log_sd), exp(at.lost_log_sd));
    let z = (log - at.won_mean) / won_sd;
    // 1 − F, exact in the far tail.
    let (won_left, density) = (normal_share(-z), normal_density(z));
    if !losses_dated {
        // 1 − πF = (1 − π) + π(1 − F)
        let open = (1.0 - chance) + chance * won_left;
        let gradient = Local {
            eta: -chance * (1.0 - chance) * (1.0 - won_left) / open,
            won_mean: chance * density / won_sd / open,
            won_log_sd: chance * z * density / open,
            ..Local::default()
        };
        return (ln(open), gradient);
    }
    let y = (log - at.lost_mean) / lost_sd;
    let (lost_left, lost_density) = (normal_share(-y), normal_density(y));
    let never = share(at.never);
    let left = chance * won_left + (1.0 - chance) * lost_left;
    let open = never + (1.0 - never) * left;
    let scale = (1.0 - never) / open;
    let gradient = Local {
        eta: scale * chance * (1.0 - chance) * (won_left - lost_left),
        won_mean: scale * chance * density / won_sd,
        won_log_sd: scale * chance * z * density,
        lost_mean: scale * (1.0 - chance) * lost_density / lost_sd,
        lost_log_sd: scale * (1.0 - chance) * y * lost_density,
        never: never * (1.0 - never) * (1.0 - left) / open,
    };
    (ln(open), gradient)
}

/// ln of a lognormal density over all times.
fn timing(times: &LogTimes, mean: f64, log_sd: f64) -> Timing {
    let inverse = exp(-2.0 * log_sd);
    let LogTimes { count, sum, squares } = *times;
    let centered = squares - 2.0 * mean * sum + count * mean * mean;
    let pull = (sum - count * mean) * inverse;
    Timing {
        value: -count * (log_sd + 0.5 * ln(TAU)) - 0.5 * centered * inverse - sum,
        d_mean: pull,
        d_log_sd: -count + centered * inverse,
        dd_mean: -count * inverse,
        dd_both: -2.0 * pull,
        dd_log_sd: -2.0 * centered * inverse,
    }
}

struct Timing {
    value: f64,
    d_mean: f64,
    d_log_sd: f64,
    dd_mean: f64,
    dd_both: f64,
    dd_log_sd: f64,
}

/// Where each parameter stands in the list of all: effects of channels, then of cohorts, then what all deals share.
///
/// The shared ones come last so that, drawn through a Cholesky factor, their marginal distribution is their own.
#[derive(Clone, Copy, Debug)]
pub(super) struct Places {
    pub(super) channels: usize,
    pub(super) cohorts: usize,
    pub(super) losses_dated: bool,
}

impl Places {
    /// Effects by channel and cohort, as far as there is more than one of them.
    pub(super) fn of(records: &ClosingRecords, with_cohorts: bool) -> Self {
        let channels = if records.channels > 1 { records.channels } else { 0 };
        let cohorts = if with_cohorts && records.cohorts > 1 { records.cohorts } else { 0 };
        Self { channels, cohorts, losses_dated: records.losses_dated }
    }

    pub(super) fn effects(&self) -> usize {
        self.channels + self.cohorts
    }

    pub(super) fn alpha(&self) -> usize {
        self.effects()
    }

    /// Place of a shared parameter (0 the mean of the log time to a win, …).
    pub(super) fn shared(&self, which: usize) -> usize {
        self.effects() + 1 + which
    }

    pub(super) fn shared_count(&self) -> usize {
        if self.losses_dated { SHARED } else { 2 }
    }

    pub(super) fn count(&self) -> usize {
        self.effects() + 1 + self.shared_count()
    }

    /// The parameters of the deals of a channel and cohort.
    pub(super) fn local(&self, theta: &[f64], channel: usize, cohort: usize) -> Local {
        let mut eta = theta[self.alpha()];
        if self.channels > 0 {
            eta += theta[channel];
        }
        if self.cohorts > 0 {
            eta += theta[self.channels + cohort];
        }
        let shared = |which: usize| if which < self.shared_count() { theta[self.shared(which)] } else { 0.0 };
        Local {
            eta,
            won_mean: shared(0),
            won_log_sd: shared(1),
            lost_mean: shared(2),
            lost_log_sd: shared(3),
            never: shared(4),
        }
    }

    /// The parameters that make up η of a channel and cohort.
    fn of_eta(&self, channel: usize, cohort: usize) -> impl Iterator<Item = usize> + Clone {
        let channel = (self.channels > 0).then_some(channel);
        let cohort = (self.cohorts > 0).then_some(self.channels + cohort);
        channel.into_iter().chain(cohort).chain(std::iter::once(self.alpha()))
    }
}

/// ln of the likelihood.
pub(super) fn log_likelihood(records: &ClosingRecords, places: &Places, theta: &[f64]) -> f64 {
    let shared = places.local(theta, 0, 0);
    let mut sum = timing(&records.won_times, shared.won_mean, shared.won_log_sd).value;
    if places.losses_dated {
        sum += timing(&records.lost_times, shared.lost_mean, shared.lost_log_sd).value;
    }
    let kept = if places.losses_dated { log_share(-shared.never) } else { 0.0 };
    for (group, closed) in records.closed.iter().enumerate() {
        let lost = closed.lost_dated + closed.lost_undated;
        if closed.won + lost > 0.0 {
            let eta = places.local(theta, group / records.cohorts, group % records.cohorts).eta;
            sum += closed.won * log_share(eta) + lost * log_share(-eta) + (closed.won + lost) * kept;
        }
    }
    for cell in &records.open {
        let local = places.local(theta, cell.group / records.cohorts, cell.group % records.cohorts);
        sum += cell.count * open_value(local, cell.age, places.losses_dated);
    }
    sum
}

/// [`open_term`] without its gradient.
fn open_value(at: Local, age: f64, losses_dated: bool) -> f64 {
    let chance = share(at.eta);
    let log = ln(age);
    let won_left = normal_share((at.won_mean - log) / exp(at.won_log_sd));
    if !losses_dated {
        return ln((1.0 - chance) + chance * won_left);
    }
    let lost_left = normal_share((at.lost_mean - log) / exp(at.lost_log_sd));
    let never = share(at.never);
    ln(never + (1.0 - never) * (chance * won_left + (1.0 - chance) * lost_left))
}

/// Gradient and negative Hessian of the log likelihood.
pub(super) fn derivatives(records: &ClosingRecords, places: &Places, theta: &[f64]) -> (Vec<f64>, Square) {
    let mut gradient = vec![0.0; places.count()];
    let mut negative = Square::zeros(places.count());
    let shared = places.local(theta, 0, 0);
    let timings = [
        Some((0, timing(&records.won_times, shared.won_mean, shared.won_log_sd))),
        places.losses_dated.then(|| (2, timing(&records.lost_times, shared.lost_mean, shared.lost_log_sd))),
    ];
    for (first, timing) in timings.into_iter().flatten() {
        let (mean, log_sd) = (places.shared(first), places.shared(first + 1));
        gradient[mean] += timing.d_mean;
        gradient[log_sd] += timing.d_log_sd;
        negative.add(mean, mean, -timing.dd_mean);
        negative.add(log_sd, log_sd, -timing.dd_log_sd);
        negative.add(mean, log_sd, -timing.dd_both);
        negative.add(log_sd, mean, -timing.dd_both);
    }
    let mut slopes = Slopes { gradient, negative };
    slopes.add_closed(records, places, theta);
    records.open.iter().for_each(|cell| slopes.add_open(records, places, theta, cell));
    (slopes.gradient, slopes.negative)
}

/// A gradient and a negative Hessian, summed.
struct Slopes {
    gradient: Vec<f64>,
    negative: Square,
}

impl Slopes {
    /// Those of all deals that are closed.
    fn add_closed(&mut self, records: &ClosingRecords, places: &Places, theta: &[f64]) {
        let Self { gradient, negative } = self;
        let never = share(places.local(theta, 0, 0).never);
        for (group, closed) in records.closed.iter().enumerate() {
            let lost = closed.lost_dated + closed.lost_undated;
            if closed.won + lost > 0.0 {
                let (channel, cohort) = (group / records.cohorts, group % records.cohorts);
                let chance = share(places.local(theta, channel, cohort).eta);
                let curvature = (closed.won + lost) * chance * (1.0 - chance);
                for i in places.of_eta(channel, cohort) {
                    gradient[i] += closed.won * (1.0 - chance) - lost * chance;
                    for j in places.of_eta(channel, cohort) {
                        negative.add(i, j, curvature);
                    }
                }
                if places.losses_dated {
                    let at = places.shared(4);
                    gradient[at] -= (closed.won + lost) * never;
                    negative.add(at, at, (closed.won + lost) * never * (1.0 - never));
                }
            }
        }
    }

    /// Those of open deals of one group and age.
    fn add_open(&mut self, records: &ClosingRecords, places: &Places, theta: &[f64], cell: &OpenCell) {
        let Self { gradient, negative } = self;
        let (channel, cohort) = (cell.group / records.cohorts, cell.group % records.cohorts);
        let local = places.local(theta, channel, cohort);
        let own = open_term(local, cell.age, places.losses_dated).1.list();
        let which = 1 + places.shared_count();
        // The Hessian by differences of the gradient: exact to some 1e-8, which Newton's method needs by far not.
        const STEP: f64 = 1e-4;
        let mut second = [[0.0; SHARED + 1]; SHARED + 1];
        for (k, row) in second.iter_mut().enumerate().take(which) {
            let moved = |by: f64| {
                let mut list = local.list();
                list[k] += by;
                open_term(Local::from_list(list), cell.age, places.losses_dated).1.list()
            };
            let (up, down) = (moved(STEP), moved(-STEP));
            for (l, second) in row.iter_mut().enumerate() {
                *second = (up[l] - down[l]) / (2.0 * STEP);
            }
        }
        let places_of = |k: usize| {
            let shared = (k > 0).then(|| places.shared(k.max(1) - 1));
            let eta = (k == 0).then(|| places.of_eta(channel, cohort));
            shared.into_iter().chain(eta.into_iter().flatten())
        };
        let pairs = (0..which).flat_map(|k| (0..which).map(move |l| (k, l)));
        for (k, l) in pairs {
            let both = 0.5 * (second[k][l] + second[l][k]);
            for i in places_of(k) {
                places_of(l).for_each(|j| negative.add(i, j, -cell.count * both));
            }
        }
        for (k, slope) in own.iter().enumerate().take(which) {
            places_of(k).for_each(|i| gradient[i] += cell.count * slope);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The gradient against differences of the value, to 1e-8 of its size.
    #[test]
    fn gradients_are_those_of_the_value() {
        for losses_dated in [false, true] {
            for (eta, age) in [(-2.0, 3.5), (0.4, 40.5), (1.5, 400.0)] {
                let at = Local { eta, won_mean: 3.3, won_log_sd: -0.2, lost_mean: 3.0, lost_log_sd: 0.1, never: -2.2 };
                let (value, gradient) = open_term(at, age, losses_dated);
                assert!((value - open_value(at, age, losses_dated)).abs() < 1e-14);
                for k in 0..=SHARED {
                    let moved = |by: f64| {
                        let mut list = at.list();
                        list[k] += by;
                        open_value(Local::from_list(list), age, losses_dated)
                    };
                    // Richardson: the error of the fourth order at steps of 1e-3 is below 1e-11.
                    let step = 1e-3;
                    let near = (moved(step) - moved(-step)) / (2.0 * step);
                    let far = (moved(2.0 * step) - moved(-2.0 * step)) / (4.0 * step);
                    let expected = (4.0 * near - far) / 3.0;
                    let own = gradient.list()[k];
                    assert!((own - expected).abs() < 1e-8, "{losses_dated} {k}: {own} {expected}");
                }
            }
        }
    }

    #[test]
    fn a_deal_of_age_nothing_says_nothing_of_the_chance() {
        let at = Local { eta: -1.0, won_mean: 3.4, ..Local::default() };
        let (value, gradient) = open_term(at, 1e-9, false);
        assert!(value.abs() < 1e-12 && gradient.eta.abs() < 1e-12);
    }
}
