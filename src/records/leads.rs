//! Leads: created when, from where, and what became of them as far as their own export says.

use std::collections::BTreeMap;

use super::dates::Day;
use super::export::Export;
use super::fields::Field;
use super::identity::{hash_of, sources_of};
use super::read::Reading;

/// A lead.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lead {
    /// a hash of its number
    pub id: Option<u64>,
    /// where it came from: a place in [`Leads::sources`]
    pub source: Option<usize>,
    /// the day it came
    pub created: Day,
    /// the day marketing passed it on
    pub qualified: Option<Day>,
    /// the day it became an opportunity
    pub opportunity: Option<Day>,
    /// the day it was won
    pub won: Option<Day>,
}

/// The leads of an export.
#[derive(Clone, Debug, Default)]
pub struct Leads {
    /// the leads, by the day they came
    pub list: Vec<Lead>,
    /// where leads come from, as the export says, by name
    pub sources: Vec<String>,
    /// rows of a lead that has another row
    pub duplicates: usize,
    /// leads without the day they came, or dated after today
    pub undated: usize,
    /// the export has a column for it
    pub tells_qualified: bool,
    /// the export has a column for it
    pub tells_opportunity: bool,
    days: BTreeMap<u64, Day>,
}

impl Leads {
    /// Makes leads of an export; none is later than `last`.
    pub fn read(reading: &mut Reading, export: &mut Export, last: Day) -> Self {
        let created = reading.days(export, Field::Created);
        let qualified = reading.days(export, Field::Qualified);
        let opportunity = reading.days(export, Field::Opportunity);
        let won = reading.days(export, Field::Won);
        let sources = sources_of(export);
        let mut leads = Self {
            sources,
            tells_qualified: export.has(Field::Qualified),
            tells_opportunity: export.has(Field::Opportunity),
            ..Self::default()
        };
        for row in 0..export.rows() {
            let Some(day) = created[row].filter(|day| *day <= last) else {
                leads.undated += 1;
                continue;
            };
            let id = export.text(Field::Id, row).map(|text| hash_of(&text));
            if let Some(id) = id
                && leads.days.insert(id, day).is_some()
            {
                leads.duplicates += 1;
                continue;
            }
            let source = export.text(Field::Channel, row).and_then(|text| leads.sources.binary_search(&text).ok());
            let known = |day: Option<Day>| day.filter(|day| *day <= last);
            leads.list.push(Lead {
                id,
                source,
                created: day,
                qualified: known(qualified[row]),
                opportunity: known(opportunity[row]),
                won: known(won[row]),
            });
        }
        leads.list.sort_by_key(|lead| (lead.created, lead.source, lead.id));
        leads
    }

    /// The day a lead came.
    #[must_use]
    pub fn created_of(&self, id: u64) -> Option<Day> {
        self.days.get(&id).copied()
    }
}
