//! What is asked of leads.

use crate::records::{Day, Leads};

use super::sources::PlanChannel;

/// What leads are learnt from, and for.
#[derive(Clone, Copy, Debug)]
pub struct LeadQuestion<'a> {
    /// the leads
    pub leads: &'a Leads,
    /// the day that the records end
    pub as_of: Day,
    /// the channels of the plan
    pub channels: &'a [PlanChannel],
    /// the words that the map gives for channels
    pub said: &'a [(String, Vec<String>)],
    /// the weeks that are planned
    pub weeks: usize,
    /// whether the plan has a sales team
    pub has_sales: bool,
}
