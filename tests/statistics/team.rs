//! Hours against leads: who is worked, who waits, who leaves.

use super::draws::column;
use super::estimate::{covariance, is_binomial, is_poisson, mean, variance};
use super::quarters::each_quarter;
use super::support::scenario;
use super::{SEEDS, under_each_seed};

#[test]
fn binding_hours_work_as_many_leads_as_they_cover() {
    // One class with a queue from week 1: hours begun on a lead carry over, so Σ worked = floor(Σ hours / e). With e =
    // .4 + .5·1.4 = 1.1 and 3 reps · 10 h · .5 = 15 h a week: floor(15·t/1.1) after t weeks.
    let plan = |weeks: u32, order: &str| {
        format!(
            r#"
            [horizon]
            weeks = {weeks}
            tail_weeks = 0
            [channels.walk_in]
            kind = "baseline"
            leads = 60
            [sales]
            hours_per_week = 10
            selling_time = 0.5
            hours_per_lead = 0.4
            hours_per_opportunity = 1.4
            opportunity_rate = 0.5
            close_rate = 0.4
            cycle_weeks = 0
            response_curve = "none"
            queue = "{order}"
            [sales.reps.team]
            count = 3
            [deals]
            average_value = 100
            "#
        )
    };
    for order in ["newest_first", "oldest_first", "best_first"] {
        for weeks in [1, 2, 5, 13] {
            under_each_seed(&plan(weeks, order), 500, |draws| {
                let covered = (15.0 * f64::from(weeks) / 1.1).floor();
                assert!(column(draws, "worked").iter().all(|&n| n == covered));
                assert!(column(draws, "utilization").iter().all(|&u| u == 1.0));
            });
        }
    }
}

#[test]
fn once_hours_bind_revenue_no_longer_rises_with_the_budget() {
    let plan = |budget: u32| {
        scenario(&format!(
            r#"
            [horizon]
            weeks = 6
            tail_weeks = 0
            [channels.search]
            kind = "ppc"
            budget = {budget}
            cost_per_click = 1
            clicks_available = 5000
            visit_to_lead = 0.1
            [sales]
            selling_time = 0.5
            hours_per_lead = 1
            opportunity_rate = 0.5
            close_rate = 0.4
            cycle_weeks = 1
            response_curve = "none"
            [sales.reps.team]
            count = 2
            [deals]
            average_value = 100
            value_cv = 1
            "#
        ))
    };
    for seed in SEEDS {
        // 40 h a week, about 95 leads a week and then twice that: in each draw the same leads are worked, won, closed.
        let [less, more] = [6_000, 14_000].map(|budget| {
            let draws = super::draws::draw(&plan(budget), 0..2_000, seed);
            ["revenue", "wins", "worked"].map(|key| column(&draws, key).to_vec())
        });
        assert!(less == more);
    }
}

#[test]
fn the_queue_is_where_its_path_of_arrivals_and_capacity_puts_it() {
    // A lead costs an hour and C hours a week are whole: Q_t = max(0, Q_{t−1} + A_t − C), which is Q_T = S_T − min(0,
    // min S) over the sums S_t of A − C (Lindley).
    let text = r#"
        [horizon]
        weeks = 40
        tail_weeks = 10
        tail_load = 0
        [channels.walk_in]
        kind = "baseline"
        leads = 11
        [sales]
        hours_per_week = 6
        selling_time = 1
        hours_per_lead = 1
        opportunity_rate = 0.5
        close_rate = 0.4
        cycle_weeks = 0
        response_curve = "none"
        [sales.reps.team]
        count = 2
        [deals]
        average_value = 100
    "#;
    let scenario = scenario(text);
    for seed in SEEDS {
        each_quarter(&scenario, 0..500, seed, |_, _, tally| {
            let (mut sum, mut least) = (0.0_f64, 0.0_f64);
            for week in &tally.weeks {
                sum += week.leads - 12.0;
                least = least.min(sum);
                assert_eq!(week.backlog, sum - least);
            }
        });
    }
}

#[test]
fn a_team_that_works_one_lead_a_week_has_the_queue_of_pollaczek_and_khinchine() {
    // Q ← max(0, Q + A − 1), A ~ Poisson(l). At rest E[Q²] = E[(Q + A)²] − 2E[Q + A] + P(Q + A > 0), and that chance is
    // the share of weeks with work, l; so E[Q] = l²/(2(1 − l)). From an empty desk the queue is at rest after 150 weeks
    // to far less than the error of the estimate: at l = .6 its memory fades by e^(−(1 − √l)²) a week, and faster.
    let l: f64 = 0.6;
    let text = format!(
        r#"
        [horizon]
        weeks = 150
        tail_weeks = 0
        [channels.walk_in]
        kind = "baseline"
        leads = {l}
        [sales]
        hours_per_week = 1
        selling_time = 1
        hours_per_lead = 1
        opportunity_rate = 0.5
        close_rate = 0.4
        cycle_weeks = 0
        response_curve = "none"
        [sales.reps.one]
        count = 1
        [deals]
        average_value = 100
        "#
    );
    under_each_seed(&text, 12_000, |draws| {
        mean(column(draws, "backlog_end")).is(l * l / (2.0 * (1.0 - l)));
    });
}

#[test]
fn leads_that_nobody_works_cool_down_at_their_half_life() {
    // Each of the Poisson(λ) leads of a week is still there k weeks later with chance r^k, r = 2^(−1/half-life), and
    // counts at the end of its own week after one such step: waiting ~ Poisson(λΣ_{j=1}^{T} r^j), the rest is lost.
    let text = r#"
        [horizon]
        weeks = 7
        tail_weeks = 0
        [channels.walk_in]
        kind = "baseline"
        leads = 3
        [sales]
        selling_time = 0.3
        hours_per_lead = 1
        opportunity_rate = 0.5
        close_rate = 0.4
        cycle_weeks = 0
        response_curve = "none"
        lead_half_life = 2
        leads_waiting = 50
        [deals]
        average_value = 100
    "#;
    // The 50 that wait from the start stay with chance r^7 each: a binomial part that is independent of the rest.
    let r = (-0.5_f64).exp2();
    let waiting: f64 = (1..=7).map(|j| 3.0 * r.powi(j)).sum();
    let (stay, total) = (r.powi(7), 21.0 + 50.0);
    under_each_seed(text, 40_000, |draws| {
        let (left, lost) = (column(draws, "backlog_end"), column(draws, "lost_to_waiting"));
        mean(left).is(waiting + 50.0 * stay);
        variance(left).is(waiting + 50.0 * stay * (1.0 - stay));
        mean(lost).is(total - waiting - 50.0 * stay);
        // The Poisson parts are independent; of the 50, one more that stays is one less that leaves.
        covariance(left, lost).is(-50.0 * stay * (1.0 - stay));
        assert!(column(draws, "worked").iter().all(|&n| n == 0.0));
    });
}

#[test]
fn with_a_half_life_of_0_nobody_waits() {
    let text = r#"
        [horizon]
        weeks = 5
        tail_weeks = 0
        [channels.walk_in]
        kind = "baseline"
        leads = 3
        [sales]
        selling_time = 0.3
        hours_per_lead = 1
        opportunity_rate = 0.5
        close_rate = 0.4
        cycle_weeks = 0
        lead_half_life = 0
        [deals]
        average_value = 100
    "#;
    under_each_seed(text, 20_000, |draws| {
        is_poisson(column(draws, "lost_to_waiting"), 15.0);
        assert!(column(draws, "backlog_end").iter().all(|&n| n == 0.0));
    });
}

#[test]
fn answers_in_time_win_what_the_response_curve_promises() {
    // The rates hold at 24 h, .35 on the soft curve. Answers after 2 h, half way from .80 at 1 h to .60 at 4 h on the log
    // scale: .70, twice as many opportunities. Leads that wait since an earlier week stand at 168 h or more: .15/.35.
    let text = r#"
        [horizon]
        weeks = 1
        tail_weeks = 0
        [channels.walk_in]
        kind = "baseline"
        leads = 30
        [channels.sure]
        kind = "baseline"
        leads = 5
        opportunity_rate = 0.9
        [sales]
        opportunity_rate = 0.3
        close_rate = 0.5
        cycle_weeks = 0
        response_hours = 2
        leads_waiting = 40
        [deals]
        average_value = 100
    "#;
    let scenario = scenario(text);
    for seed in SEEDS {
        let mut wins = [const { Vec::new() }; 3];
        let mut opportunities = Vec::new();
        each_quarter(&scenario, 0..40_000, seed, |_, _, tally| {
            for (wins, source) in wins.iter_mut().zip(&tally.sources) {
                wins.push(source.wins);
            }
            opportunities.push(tally.opportunities());
        });
        let [fresh, sure, waiting] = &wins;
        is_poisson(fresh, 30.0 * 0.6 * 0.5);
        // A rate that speed would lift above 1 is 1.
        is_poisson(sure, 5.0 * 0.5);
        is_binomial(waiting, 40.0, 0.3 * 0.15 / 0.35 * 0.5);
        mean(&opportunities).is(18.0 + 5.0 + 40.0 * 0.3 * 0.15 / 0.35);
    }
}
