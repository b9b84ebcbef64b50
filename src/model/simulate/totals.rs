//! The end of a draw: what all sources come to.

use super::booking::{Booking, SourceTerms};
use crate::model::outcomes::Tally;
use crate::model::plan::Plan;

/// Adds up what the sources have brought.
pub(super) fn add_up(plan: &Plan, booking: &Booking, tally: &mut Tally) {
    for at in plan.sources_in_order() {
        booking.tell(at, &mut tally.sources[at]);
        let own = tally.sources[at];
        tally.leads += own.leads;
        tally.qualified += own.qualified;
        if plan.sources[at].channel.is_some() {
            tally.channel_leads += own.leads;
        }
        tally.wins_started += own.wins_started;
        tally.wins += own.wins;
        tally.new_revenue += own.revenue;
        tally.list_revenue += own.list_revenue;
        tally.closing_later += own.closing_later;
        tally.tail_revenue += own.tail_revenue;
        tally.tail_list_revenue += own.tail_list_revenue;
        let SourceTerms { taken, acquires } = booking.terms(at);
        tally.revenue_shares += own.revenue * taken;
        tally.tail_revenue_shares += own.tail_revenue * taken;
        // Not all wins less the others: what rounding left of that would be a customer.
        if acquires && plan.pipeline != Some(at) {
            tally.customers_won += own.wins;
        }
        if plan.sources[at].earned {
            tally.earned_revenue += own.revenue;
            tally.earned_list_revenue += own.list_revenue;
        }
    }
}
