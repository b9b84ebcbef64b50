//! Quarters side by side: sixteen draws go through a plan stage by stage, where nothing in a stage hangs on those after it.

use std::ops::ControlFlow;

use super::desks::Desks;
use super::memory::Memory;
use super::quarter::Quarter;
use super::seed::Seed;
use super::wins::Wins;
use crate::model::customers::Customers;
use crate::model::outcomes::Tally;
use crate::model::plan::Plan;

/// Several draws of one plan.
#[derive(Debug)]
pub(super) struct Quarters<'p> {
    /// one by one, or sixteen
    draws: Vec<Quarter<'p>>,
    desks: Desks,
}

impl<'p> Quarters<'p> {
    /// So many draws of a plan: one, or sixteen.
    pub(super) fn new(plan: &'p Plan, seed: Seed, with_tail: bool, lanes: usize) -> Self {
        Self { draws: (0..lanes).map(|_| Quarter::new(plan, seed, with_tail)).collect(), desks: Desks::default() }
    }

    /// How many weeks a draw runs.
    pub(super) fn weeks(&self) -> usize {
        self.draws[0].weeks()
    }

    /// So many go side by side.
    pub(super) fn lanes(&self) -> usize {
        self.draws.len()
    }

    /// The draws, to begin them.
    pub(super) fn draws(&mut self) -> impl Iterator<Item = &mut Quarter<'p>> {
        self.draws.iter_mut()
    }

    /// Goes through the weeks of the first so many draws, which have begun; shows the tally of each.
    pub(super) fn play<W: Wins, B>(
        &mut self,
        plan: &Plan,
        memories: &mut [impl Memory],
        mut see: impl FnMut(usize, &Tally) -> ControlFlow<B>,
    ) -> ControlFlow<B> {
        if let ([draw], [memory]) = (&mut *self.draws, &mut *memories) {
            return see(0, draw.play::<W>(memory));
        }
        let draws = &mut self.draws[..memories.len()];
        self.desks.open(plan, draws[0].weeks());
        for (lane, (draw, memory)) in draws.iter_mut().zip(&mut *memories).enumerate() {
            draw.bring(lane, &mut self.desks, memory);
        }
        let last = draws.len() - 1;
        self.desks.work(plan, &std::array::from_fn(|lane| draws[lane.min(last)].desk()));
        for (lane, (draw, memory)) in draws.iter_mut().zip(memories).enumerate() {
            see(lane, draw.book::<W>(lane, &self.desks, memory))?;
        }
        ControlFlow::Continue(())
    }
}

/// Can draws of a plan go side by side: have leads and opportunities one desk, and does nothing that comes of leads change
/// money, leads or hours?
pub(super) fn go_side_by_side(plan: &Plan) -> bool {
    let parts = &plan.parts;
    let customers_act = |own: &Customers| own.refer() || !parts.sales.hours_per_customer.is_zero();
    parts.rules.is_empty()
        && !plan.two_desks
        && !parts.team_delivers()
        && !parts.customers.as_ref().is_some_and(customers_act)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::go_side_by_side;
    use crate::reading::Files;
    use crate::scenario::Loader;

    /// Can draws of a bundled plan, with settings laid over it?
    fn go(text: &str, settings: &[&str]) -> bool {
        let loader = Loader::of(Files::in_memory([("plan.toml", text)]));
        let loaded = loader.load(Path::new("plan.toml"), None, settings);
        go_side_by_side(&loaded.unwrap_or_else(|error| panic!("{error}")).scenario.plan)
    }

    #[test]
    fn draws_go_side_by_side_where_nothing_that_comes_of_leads_comes_before_them() {
        let saas = include_str!("../../../scenarios/b2b-saas.toml");
        let shop = include_str!("../../../scenarios/web-shop.toml");
        assert!(go(saas, &[]) && go(shop, &[]));
        let customers = "customers.active=50";
        let repeat = ["customers.repeat_rate=\"0.1 a month\"", "customers.repeat_value=90"];
        assert!(go(saas, &[&[customers][..], &repeat].concat()));
        assert!(go(saas, &["delivery.per_week=3"]));
        let acting: [&[&str]; 4] = [
            &["rules.hold={ kind = \"throttle\", channels = [\"search\"], backlog_weeks = 0.5, to = 0.4 }"],
            &[customers, "customers.referral_rate=\"0.1 a month\""],
            &[customers, "sales.hours_per_customer=0.1"],
            &["delivery.hours_per_deal=3"],
        ];
        for settings in acting {
            assert!(!go(saas, settings), "{settings:?}");
        }
        assert!(!go(include_str!("../../../scenarios/b2b-team.toml"), &[]), "two desks");
    }
}
