//! What all exports of a command teach, gathered.

use crate::calibrate::{
    AdQuestion, CurveChannel, DealQuestion, Drift, FromDeals, FromWeeks, LeadQuestion, Learnt, MailQuestion, OpenGroup,
    SourceMatch, WeekQuestion, Written, learn_from_ads, learn_from_deals, learn_from_leads, learn_from_mail,
    learn_from_orders, learn_from_weeks,
};
use crate::commands::Failure;
use crate::records::Day;
use crate::report::open_names;

use super::exports::{Records, WeekRecords};
use super::facts::{CurveTerms, PlanFacts};

/// What was learnt so far.
#[derive(Debug, Default)]
pub(super) struct Learning {
    pub(super) learnt: Vec<Learnt>,
    pub(super) open: Vec<OpenGroup>,
    pub(super) sources: Vec<SourceMatch>,
    /// demand of each planned week beside an average one
    pub(super) season: Option<Vec<f64>>,
    pub(super) warnings: Vec<String>,
}

impl Learning {
    /// Learns from deals, leads and ads. The figures of open deals come last.
    ///
    /// # Errors
    ///
    /// That the deals teach nothing.
    pub(super) fn of_records(records: &Records, facts: &PlanFacts, weeks: usize, deals: &str) -> Result<Self, Failure> {
        let mut own = Self::default();
        let (channels, said) = (&facts.channels, &records.said);
        let mut open_drift = Drift::None;
        if records.has_deals {
            let (worth, has_sales) = (facts.worth, facts.has_sales);
            let question = DealQuestion { deals: &records.deals, channels, said, weeks, worth, has_sales };
            let found = learn_from_deals(&question).map_err(|why| Failure::Usage(format!("{deals}: {why}")))?;
            let FromDeals { learnt, open, sources, open_drift: drift, warnings } = found;
            (own.open, own.sources, open_drift) = (open, sources, drift);
            own.add((learnt, warnings));
        }
        if let Some(leads) = &records.leads {
            let (as_of, has_sales) = (records.deals.as_of, facts.has_sales);
            own.add(learn_from_leads(&LeadQuestion { leads, as_of, channels, said, weeks, has_sales }));
        }
        if !records.ads.is_empty() {
            own.add(learn_from_ads(&AdQuestion { reports: &records.ads, channels, said }));
        }
        if let Some(orders) = &records.orders {
            if facts.has_customers {
                own.add(learn_from_orders(orders, records.deals.as_of));
            } else {
                own.warnings.push("The plan has no [customers]: what orders teach has no place in it.".into());
            }
        }
        if let Some(mailings) = &records.mail {
            own.add(learn_from_mail(&MailQuestion { mailings, as_of: records.deals.as_of, channels, said }));
        }
        own.learnt.extend(of_open_deals(&own.open, open_drift));
        Ok(own)
    }

    fn add(&mut self, (learnt, warnings): (Vec<Learnt>, Vec<String>)) {
        self.learnt.extend(learnt);
        self.warnings.extend(warnings);
    }

    /// Learns from weekly results and spend.
    ///
    /// # Errors
    ///
    /// That a lift test is of a channel whose spend the file does not tell.
    pub(super) fn add_weeks(&mut self, records: &WeekRecords, facts: &PlanFacts, weeks: usize) -> Result<(), Failure> {
        let mut channels = Vec::new();
        for (at, column) in &records.spend {
            let (channel, terms) = (&facts.channels[*at], facts.curves[*at]);
            if channel.kind == "response" && terms.is_none() {
                self.warnings.push(format!(
                    "The curve of {} is learnt where the plan states saturation = {{ kind = \"michaelis_menten\", … }} and an \
                     adstock of kind geometric or none.",
                    channel.label
                ));
            }
            let CurveTerms { spend_scale, carries_over, max_lag, normalized } = terms.unwrap_or_default();
            let lifts = records.lifts.iter().filter(|(name, _)| *name == channel.name);
            channels.push(CurveChannel {
                name: channel.name.clone(),
                label: channel.label.clone(),
                is_asked: terms.is_some(),
                spend_scale,
                carries_over,
                max_lag,
                normalized,
                spend: records.column(column).to_vec(),
                lifts: lifts.map(|(_, test)| *test).collect(),
            });
        }
        if let Some((name, _)) = records.lifts.iter().find(|(name, _)| channels.iter().all(|own| own.name != *name)) {
            return Err(Failure::Usage(format!(
                "{}: a lift test is of {name}, whose spend no column tells: name the column in the map, [weeks] spend = \
                 {{ {name} = \"…\" }}",
                records.read.file
            )));
        }
        let last = records.weeks.weeks.last().copied().unwrap_or_default();
        let question = WeekQuestion {
            result: records.result.clone(),
            results: records.column(&records.result).to_vec(),
            channels,
            ahead: facts.weeks_after(last),
            weeks,
        };
        let FromWeeks { learnt, season, warnings } = learn_from_weeks(&question);
        self.season = season;
        self.add((learnt, warnings));
        Ok(())
    }
}

/// The day on which weekly results end.
pub(super) fn end_of(records: &WeekRecords) -> Option<Day> {
    records.weeks.weeks.last().map(|week| Day(Day::monday(*week).0 + 6))
}

/// The figures of the groups of open deals.
fn of_open_deals(groups: &[OpenGroup], drift: Drift) -> Vec<Learnt> {
    let mut learnt = Vec::new();
    for (group, name) in groups.iter().zip(open_names(groups.len())) {
        let ages = format!("{:.0} to {:.0} days", group.ages.0.floor(), group.ages.1.floor());
        let figure = |key: &str, label: &str, draws: &[f64], written: Written| Learnt {
            path: format!("deals.open.{name}.{key}"),
            label: format!("open {ages}: {label}"),
            draws: draws.to_vec(),
            from: crate::text::count(group.count as f64, "open deal"),
            method: "each open deal by its age and channel, all cohorts taken together, and one factor on the odds of all",
            prior: "as of close rate and cycle",
            drift,
            remark: String::new(),
            written,
        };
        learnt.push(figure("close_rate", "close rate", &group.close_rate, Written::Share));
        learnt.push(figure("weeks_to_close", "weeks to close", &group.weeks_to_close, Written::Weeks));
    }
    learnt
}
