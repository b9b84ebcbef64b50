//! How each outcome is computed, in symbols that a planner knows; the equations are in docs/model/money.md.

/// How an outcome is computed, and how large it usually is.
pub(super) struct Computed {
    pub(super) key: &'static str,
    pub(super) formula: &'static str,
    /// the usual range, and where that is from
    pub(super) usual: &'static str,
}

const fn computed(key: &'static str, formula: &'static str) -> Computed {
    Computed { key, formula, usual: "" }
}

const fn known(key: &'static str, formula: &'static str, usual: &'static str) -> Computed {
    Computed { key, formula, usual }
}

/// Every outcome.
pub(super) const COMPUTED: &[Computed] = &[
    computed("revenue", "new_revenue + repeat_revenue"),
    computed(
        "new_revenue",
        "sum of the values of deals that close in the horizon, the open pipeline and what is booked included",
    ),
    computed("repeat_revenue", "sum over weeks of active customers × repeat rate × value of a repeat order"),
    computed("gross_profit", "revenue × gross margin, with what discounts take off counted in full"),
    computed("marketing", "spend of all channels + their fixed costs"),
    computed("sales_cost", "reps on the job × cost per week, over the weeks + commission × new revenue"),
    computed("profit", "gross_profit − marketing − sales_cost − fixed costs"),
    computed("unspent", "planned budgets − spend, never below 0"),
    computed("leads", "sum over channels, referrals, nurture and outbound of the leads of each week"),
    known(
        "qualified",
        "sum over leads of whether each is passed on to sales",
        "5% to 40% of leads, by definition of the word; 13% over industries (Prooflytics)",
    ),
    computed("worked", "leads that the team had the hours for, in the order of its queue"),
    computed("opportunities", "sum over worked leads of whether each is a real chance"),
    computed("wins", "deals that close in the horizon, of new leads and of the open pipeline"),
    computed("wins_started", "wins of leads worked in the horizon and of deals open today, whenever they close"),
    computed("closing_later", "sum of the values of wins_started that close after the horizon"),
    computed(
        "lost_to_waiting",
        "qualified leads that left the queue before their turn: half of those that wait are gone after lead_half_life",
    ),
    computed("backlog_end", "leads in the queue when the last week ends"),
    computed(
        "opportunities_waiting",
        "with roles: opportunities that nobody had the hours for when the last week ends",
    ),
    computed(
        "opportunities_lost",
        "with roles: opportunities that went cold before anybody had the hours: half of those that wait are gone after opportunity_half_life",
    ),
    known(
        "utilization",
        "hours used ÷ hours available",
        "of paid hours, 28% to 40% go into selling at all (Salesforce, State of Sales); selling_time takes the rest off before this figure",
    ),
    computed("utilization_leads", "with roles: hours used ÷ hours available of those who work leads alone"),
    computed("utilization_opportunities", "with roles: hours used ÷ hours available of those who close alone"),
    computed("demand_ratio", "hours that all leads and deals ask for ÷ hours available"),
    known(
        "attainment",
        "new_revenue ÷ quotas of the reps of week 1",
        "about 43% on average (RepVue); 78% of sellers missed their quota (Ebsta and Pavilion 2025)",
    ),
    known(
        "cpl",
        "marketing ÷ leads of channels",
        "search ads 27 to 132 USD by industry, 70 on average (WordStream 2025 and 2026); social ads 28 to 42 USD (WordStream, Superads)",
    ),
    computed("cac", "(marketing + sales_cost) ÷ wins, the open pipeline and its costs left out"),
    computed("roas", "new revenue of channels ÷ marketing"),
    computed("romi", "(gross profit of the channels' new revenue − marketing) ÷ marketing"),
    computed(
        "tail_revenue",
        "new revenue that closes in the weeks after the horizon, of what the plan has set in motion",
    ),
    computed("tail_profit", "gross profit of tail_revenue − commission − wages of the hours that it takes"),
    computed("profit_with_tail", "profit + tail_profit"),
];

#[cfg(test)]
mod tests {
    use super::COMPUTED;
    use crate::model::outcomes::OUTCOMES;

    #[test]
    fn every_outcome_is_explained_in_its_order() {
        let explained: Vec<&str> = COMPUTED.iter().map(|own| own.key).collect();
        let outcomes: Vec<&str> = OUTCOMES.iter().map(|outcome| outcome.key).collect();
        assert_eq!(explained, outcomes);
    }
}
