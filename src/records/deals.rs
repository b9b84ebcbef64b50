//! Deals: created when, from where, open or won or lost since when, worth what.

use std::collections::BTreeMap;

use super::dates::Day;
use super::export::Export;
use super::fields::Field;
use super::identity::{hash_of, sources_of};
use super::layouts::same_name;
use super::leads::Leads;
use super::questions::quoted;
use super::read::{Figure, Reading};
use super::stages::{Fate, fate_of};

/// What became of a deal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// it is open
    Open,
    /// it was lost, on a day that may not be recorded
    Lost(Option<Day>),
    /// it was won
    Won(Day),
}

/// A deal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Deal {
    /// a hash of its number, which is all that is kept of it
    pub id: Option<u64>,
    /// where it came from: a place in [`Deals::sources`]
    pub source: Option<usize>,
    /// the day it was created
    pub created: Day,
    /// what became of it
    pub outcome: Outcome,
    /// what it is worth, in the currency of [`Deals::currency`]
    pub amount: Option<f64>,
}

/// Records that are not used, by why.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// rows of a deal that has a later row
    pub duplicates: usize,
    /// won or lost before they were created
    pub before_created: usize,
    /// dated after today
    pub future: usize,
    /// without the day of their creation
    pub undated: usize,
    /// amounts in other currencies
    pub other_currency: usize,
}

/// The deals of an export.
#[derive(Clone, Debug, Default)]
pub struct Deals {
    /// the deals, by the day of their creation
    pub list: Vec<Deal>,
    /// where deals come from, as the export says, by name
    pub sources: Vec<String>,
    /// what is not used
    pub left_out: LeftOut,
    /// the currency of amounts, where it is known
    pub currency: Option<String>,
    /// the last day that anything was recorded on, or that given
    pub as_of: Day,
}

/// A share of rows with dates in the wrong order that is taken for slips.
const SLIPS: f64 = 0.02;

/// What deals are read by.
#[derive(Clone, Copy, Debug)]
pub struct DealTerms<'a> {
    /// the day the export was made; else the last day it records
    pub as_of: Option<Day>,
    /// today: nothing is later
    pub today: Day,
    /// the plan's currency, if it names one
    pub currency: &'a str,
    /// leads, from which the days of creation come where deals have none
    pub leads: Option<&'a Leads>,
}

struct RawDeal {
    deal: Deal,
    row: usize,
    currency: Option<String>,
}

impl Deals {
    /// Makes deals of an export.
    pub fn read(reading: &mut Reading, export: &mut Export, terms: DealTerms<'_>) -> Self {
        let created = reading.days(export, Field::Created);
        let closed = reading.days(export, Field::Closed);
        let won_is_truth = export.is_truth(Field::Won);
        let won = if won_is_truth { vec![None; export.rows()] } else { reading.days(export, Field::Won) };
        let lost_is_truth = export.is_truth(Field::Lost);
        let lost = if lost_is_truth { vec![None; export.rows()] } else { reading.days(export, Field::Lost) };
        let amounts = reading.numbers(export, Field::Amount);
        let sources = sources_of(export);
        let mut left_out = LeftOut::default();
        let mut unknown_stages: BTreeMap<String, usize> = BTreeMap::new();
        let mut raw = Vec::with_capacity(export.rows());
        for row in 0..export.rows() {
            let id = export.text(Field::Id, row).map(|text| hash_of(&text));
            let of_lead = || id.and_then(|id| terms.leads?.created_of(id));
            let Some(created) = created[row].or_else(of_lead) else {
                left_out.undated += 1;
                continue;
            };
            let flags = Flags {
                won: won[row].is_some() || (won_is_truth && export.truth(Field::Won, row) == Some(true)),
                lost: lost[row].is_some() || (lost_is_truth && export.truth(Field::Lost, row) == Some(true)),
            };
            let fate = match fate(export, row, flags) {
                Ok(fate) => fate,
                Err(stage) => {
                    *unknown_stages.entry(stage).or_default() += 1;
                    continue;
                }
            };
            let outcome = match fate {
                Fate::Open => Outcome::Open,
                Fate::Lost => Outcome::Lost(lost[row].or(closed[row])),
                Fate::Won => match won[row].or(closed[row]) {
                    Some(day) => Outcome::Won(day),
                    None => {
                        let what = "won without a date";
                        reading.fault(export, row, Field::Closed, what, "export the date of the close, too");
                        continue;
                    }
                },
            };
            let source = export.text(Field::Channel, row).and_then(|text| sources.binary_search(&text).ok());
            let currency = currency_of(export, row, amounts[row].as_ref());
            let amount = amounts[row].map(|figure| figure.number).filter(|amount| *amount > 0.0);
            raw.push(RawDeal { deal: Deal { id, source, created, outcome, amount }, row, currency });
        }
        ask_for_stages(reading, export, &unknown_stages);
        left_out.duplicates = drop_duplicates(&mut raw);
        left_out.before_created = drop_before_created(&mut raw, reading, export);
        let latest = raw.iter().flat_map(|own| days_of(&own.deal)).filter(|day| *day <= terms.today).max();
        let as_of = terms.as_of.or(latest).unwrap_or(terms.today);
        let before = raw.len();
        raw.retain(|own| days_of(&own.deal).all(|day| day <= as_of));
        left_out.future = before - raw.len();
        let currency = settle_currencies(&mut raw, &mut left_out, reading, export, terms.currency);
        let mut list: Vec<Deal> = raw.into_iter().map(|own| own.deal).collect();
        // Whatever the order of the rows, the figures are the same.
        list.sort_by(|a, b| {
            let key = |deal: &Deal| (deal.created, deal.outcome, deal.source, deal.id);
            key(a).cmp(&key(b)).then(a.amount.unwrap_or(0.0).total_cmp(&b.amount.unwrap_or(0.0)))
        });
        Self { list, sources, left_out, currency, as_of }
    }

    /// Leads as records: each with what became of the deal of its number; none where few deals have the number of a lead.
    #[must_use]
    pub fn of_leads(leads: &Leads, deals: &Self) -> Option<Self> {
        let outcomes: BTreeMap<u64, (Outcome, Option<f64>)> =
            deals.list.iter().filter_map(|deal| Some((deal.id?, (deal.outcome, deal.amount)))).collect();
        let known = deals.list.iter().filter(|deal| deal.id.is_some_and(|id| leads.created_of(id).is_some()));
        if 2 * known.count() < deals.list.len() || deals.list.is_empty() {
            return None;
        }
        let list = leads.list.iter().map(|lead| {
            let of_deal = lead.id.and_then(|id| outcomes.get(&id)).copied();
            let (outcome, amount) = of_deal.unwrap_or((lead.won.map_or(Outcome::Open, Outcome::Won), None));
            Deal { id: lead.id, source: lead.source, created: lead.created, outcome, amount }
        });
        Some(Self {
            list: list.collect(),
            sources: leads.sources.clone(),
            left_out: LeftOut::default(),
            currency: deals.currency.clone(),
            as_of: deals.as_of,
        })
    }

    /// The deals as they were known at the end of a day.
    #[must_use]
    pub fn as_known_on(&self, cut: Day) -> Self {
        let known = |deal: &Deal| {
            let outcome = match deal.outcome {
                Outcome::Won(day) if day > cut => Outcome::Open,
                Outcome::Lost(Some(day)) if day > cut => Outcome::Open,
                // Nobody knows when: it may have been open then.
                Outcome::Lost(None) => Outcome::Open,
                outcome => outcome,
            };
            (deal.created <= cut).then_some(Deal { outcome, ..*deal })
        };
        Self { list: self.list.iter().filter_map(known).collect(), as_of: cut, ..self.clone() }
    }
}

impl LeftOut {
    /// How many rows in all.
    #[must_use]
    pub fn total(&self) -> usize {
        self.duplicates + self.before_created + self.future + self.undated
    }

    /// By why, in words.
    #[must_use]
    pub fn words(&self) -> Vec<String> {
        let Self { duplicates, before_created, future, undated, other_currency: _ } = *self;
        let duplicate = if duplicates == 1 { "duplicate" } else { "duplicates" };
        [
            (duplicates, duplicate),
            (before_created, "closed before created"),
            (future, "dated after that day"),
            (undated, "without a day of creation"),
        ]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, why)| format!("{count} {why}"))
        .collect()
    }
}

fn days_of(deal: &Deal) -> impl Iterator<Item = Day> {
    let closed = match deal.outcome {
        Outcome::Won(day) => Some(day),
        Outcome::Lost(day) => day,
        Outcome::Open => None,
    };
    std::iter::once(deal.created).chain(closed)
}

#[derive(Clone, Copy)]
struct Flags {
    won: bool,
    lost: bool,
}

/// What became of the deal of a row, or the stage that is not known.
fn fate(export: &Export, row: usize, flags: Flags) -> Result<Fate, String> {
    let answers = &export.answers;
    let said = |text: &String| {
        let among = |list: &[String]| list.iter().any(|own| same_name(own) == same_name(text));
        if among(&answers.won_stages) {
            Some(Fate::Won)
        } else if among(&answers.lost_stages) {
            Some(Fate::Lost)
        } else if among(&answers.open_stages) {
            Some(Fate::Open)
        } else {
            fate_of(text)
        }
    };
    let stage = export.text(Field::Stage, row);
    if let Some(fate) = export.text(Field::Status, row).as_ref().and_then(said) {
        return Ok(fate);
    }
    let (is_won, is_closed) = (export.truth(Field::IsWon, row), export.truth(Field::IsClosed, row));
    if is_won == Some(true) {
        return Ok(Fate::Won);
    }
    if let Some(is_closed) = is_closed {
        // An empty cell of IsWon beside a closed deal says that it is not won only where the column is there.
        return match (is_closed, stage.as_ref().and_then(said)) {
            (false, _) => Ok(Fate::Open),
            (true, Some(Fate::Won)) if is_won.is_none() => Ok(Fate::Won),
            (true, _) => Ok(Fate::Lost),
        };
    }
    if let Some(stage) = stage {
        return said(&stage).ok_or(stage);
    }
    if let Some(status) = export.text(Field::Status, row) {
        return Err(status);
    }
    Ok(match flags {
        Flags { won: true, .. } => Fate::Won,
        Flags { lost: true, .. } => Fate::Lost,
        _ => Fate::Open,
    })
}

fn ask_for_stages(reading: &mut Reading, export: &Export, unknown: &BTreeMap<String, usize>) {
    if unknown.is_empty() {
        return;
    }
    let names: Vec<String> = unknown.keys().map(|name| quoted(name)).collect();
    let line = "stages = \"?\"".to_owned();
    let asked = format!(
        "which of these are open, which won, which lost? {}: write stages = {{ open = [..], won = [..], lost = [..] }}",
        names.join(", ")
    );
    reading.ask_for(export, "stages", &line, asked);
}

/// Of rows with one number, the last change stays: the closed before the open, the later before the earlier.
fn drop_duplicates(raw: &mut Vec<RawDeal>) -> usize {
    let before = raw.len();
    let mut best: BTreeMap<u64, (Outcome, usize)> = BTreeMap::new();
    let rank = |outcome: Outcome, row: usize| {
        let day = match outcome {
            Outcome::Open => None,
            Outcome::Lost(day) => Some(day),
            Outcome::Won(day) => Some(Some(day)),
        };
        (day, row)
    };
    for own in raw.iter() {
        let Some(id) = own.deal.id else { continue };
        let entry = best.entry(id).or_insert((own.deal.outcome, own.row));
        if rank(own.deal.outcome, own.row) > rank(entry.0, entry.1) {
            *entry = (own.deal.outcome, own.row);
        }
    }
    raw.retain(|own| own.deal.id.is_none_or(|id| best.get(&id).is_some_and(|(_, row)| *row == own.row)));
    before - raw.len()
}

/// Few deals closed before they were created are slips; many are a fault.
fn drop_before_created(raw: &mut Vec<RawDeal>, reading: &mut Reading, export: &Export) -> usize {
    let early = |own: &RawDeal| days_of(&own.deal).any(|day| day < own.deal.created);
    for own in raw.iter_mut() {
        // Clocks of two time zones.
        match &mut own.deal.outcome {
            Outcome::Won(day) | Outcome::Lost(Some(day)) if day.0 == own.deal.created.0 - 1 => *day = own.deal.created,
            _ => {}
        }
    }
    let count = raw.iter().filter(|own| early(own)).count();
    if count as f64 > SLIPS * raw.len() as f64 && count > 1 {
        for own in raw.iter().filter(|own| early(own)) {
            let help = "more than 2% of the rows: is this the right column of dates, and its order right?";
            reading.fault(export, own.row, Field::Closed, "closed before it was created", help);
        }
    }
    raw.retain(|own| !early(own));
    count
}

fn currency_of(export: &Export, row: usize, figure: Option<&Figure>) -> Option<String> {
    let sign = || figure.and_then(|figure| figure.currency).map(|code| String::from_utf8_lossy(&code).into_owned());
    export
        .text(Field::Currency, row)
        .map(|text| text.to_uppercase())
        .or_else(sign)
        .or(export.currency().map(str::to_owned))
}

/// Brings all amounts to one currency.
fn settle_currencies(
    raw: &mut [RawDeal],
    left_out: &mut LeftOut,
    reading: &mut Reading,
    export: &Export,
    of_plan: &str,
) -> Option<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for own in raw.iter().filter(|own| own.deal.amount.is_some()) {
        if let Some(currency) = &own.currency {
            *counts.entry(currency.clone()).or_default() += 1;
        }
    }
    let commonest = counts.iter().max_by_key(|(_, count)| **count).map(|(name, _)| name.clone());
    let answers = &export.answers;
    let planned = (!of_plan.is_empty()).then(|| of_plan.to_uppercase());
    let base = answers.currency.clone().map(|name| name.to_uppercase()).or(planned).or(commonest)?;
    let mut missing: BTreeMap<String, usize> = BTreeMap::new();
    for own in raw.iter_mut() {
        let (Some(currency), Some(amount)) = (&own.currency, &mut own.deal.amount) else { continue };
        if *currency == base {
            continue;
        }
        match answers.rates.get(currency) {
            Some(rate) => *amount *= rate,
            None if answers.other_currencies_left_out => {
                own.deal.amount = None;
                left_out.other_currency += 1;
            }
            None => *missing.entry(currency.clone()).or_default() += 1,
        }
    }
    if !missing.is_empty() {
        let words: Vec<String> = missing.iter().map(|(name, count)| format!("{count} in {name}")).collect();
        let first = missing.keys().next().cloned().unwrap_or_default();
        let asked = format!(
            "amounts {}, and the plan is in {base}: write {{ {first} = 0.92 }} (what one {first} is worth in {base}), or \
             \"leave out\"",
            words.join(", ")
        );
        reading.ask_for(export, "rates", "rates = \"?\"", asked);
    }
    Some(base)
}
