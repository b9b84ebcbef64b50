//! The exports of the command line, read and turned to records; questions are written as a map.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::calibrate::{PlanChannel, channel_of};
use crate::reading::Files;
use crate::records::{
    AdWeeks, Day, DealTerms, Deals, Export, Kind, Leads, LiftTest, Mailings, MapFile, Orders, Question, Reading,
    ResultWeeks, map_text,
};
use crate::report::{ExportRead, write_new_file};
use crate::scenario::LoadError;
use crate::units::Date;

use super::super::Failure;
use super::super::options::ReadingOptions;
use super::super::today::today;

/// Options that name exports.
#[derive(Args, Clone, Debug)]
pub struct ExportOptions {
    /// Deals or opportunities of a CRM: an export as CSV or .xlsx
    #[arg(long, value_name = "FILE")]
    pub deals: Option<PathBuf>,
    /// Leads or contacts, each with the day it came
    #[arg(long, value_name = "FILE", requires = "deals")]
    pub leads: Option<PathBuf>,
    /// Orders of customers, each with its customer and its day
    #[arg(long, value_name = "FILE")]
    pub orders: Option<PathBuf>,
    /// Mailings, each with its deliveries, unique clicks and unsubscribes
    #[arg(long, value_name = "FILE")]
    pub mail: Option<PathBuf>,
    /// What the exports leave open: answers in TOML
    #[arg(long, value_name = "FILE")]
    pub map: Option<PathBuf>,
    /// The day the exports were made [default: the last day that they record]
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
    /// What may be read
    #[command(flatten)]
    pub reading: ReadingOptions,
}

/// Everything that was recorded.
#[derive(Debug)]
pub(in crate::commands) struct Records {
    pub(in crate::commands) deals: Deals,
    /// whether there is an export of deals
    pub(in crate::commands) has_deals: bool,
    pub(in crate::commands) leads: Option<Leads>,
    pub(in crate::commands) ads: Vec<AdWeeks>,
    pub(in crate::commands) orders: Option<Orders>,
    pub(in crate::commands) mail: Option<Mailings>,
    /// the words that the map gives for channels
    pub(in crate::commands) said: Vec<(String, Vec<String>)>,
    pub(in crate::commands) exports: Vec<ExportRead>,
}

impl Records {
    /// Reads all exports.
    ///
    /// # Errors
    ///
    /// All their faults at once, or that questions were written.
    pub(in crate::commands) fn read(
        asked: &ExportOptions,
        ads: &[PathBuf],
        plan: &Path,
        currency: &str,
    ) -> Result<Self, Failure> {
        let files = asked.reading.files()?;
        let map = read_map(&files, asked.map.as_deref())?;
        let mut reading = Reading::new(files, map);
        let today = Day::of(today());
        let mut read: Vec<Export> = Vec::new();
        let ends = asked.as_of.map_or(today, Day::of);
        let mut take = Taking { reading: &mut reading, read: &mut read };
        let leads =
            take.export(Kind::Leads, asked.leads.as_deref(), |reading, export| Leads::read(reading, export, ends));
        let deals = take.export(Kind::Deals, asked.deals.as_deref(), |reading, export| {
            let terms = DealTerms { as_of: asked.as_of.map(Day::of), today, currency, leads: leads.as_ref() };
            Deals::read(reading, export, terms)
        });
        let of_ads = ads.iter().filter_map(|path| {
            take.export(Kind::Ads, Some(path), |reading, export| {
                let report = AdWeeks::read(reading, export);
                let other = report.currency.as_ref().filter(|own| !currency.is_empty() && *own != currency);
                if let Some(other) = other {
                    let what = format!("spend is in {other}, and the plan is in {currency}");
                    reading.faults.add_of_file(&export.file, &what, "export it in the currency of the plan");
                }
                report
            })
        });
        let ads: Vec<AdWeeks> = of_ads.collect();
        let orders =
            take.export(Kind::Orders, asked.orders.as_deref(), |reading, export| Orders::read(reading, export, ends));
        let mail =
            take.export(Kind::Mail, asked.mail.as_deref(), |reading, export| Mailings::read(reading, export, ends));
        if !reading.faults.is_empty() {
            return Err(Failure::Records(reading.faults));
        }
        if !reading.questions.is_empty() {
            return Err(ask(plan, &read, &reading.questions));
        }
        let last_lead = || leads.as_ref().and_then(|leads| leads.list.iter().map(|lead| lead.created).max());
        let last_order = || orders.as_ref().and_then(|orders| orders.list.iter().map(|order| order.day).max());
        let last_mail = || mail.as_ref().and_then(|mail| mail.list.iter().map(|own| own.day).max());
        let as_of =
            || asked.as_of.map(Day::of).or_else(last_lead).or_else(last_order).or_else(last_mail).unwrap_or(today);
        let deals = deals.unwrap_or_else(|| Deals { as_of: as_of(), ..Deals::default() });
        let said = read.iter().flat_map(|export| export.answers.channels.iter().cloned()).collect();
        let has_deals = asked.deals.is_some();
        let mut own = Self { deals, has_deals, leads, ads, orders, mail, said, exports: Vec::new() };
        own.exports = own.told(&read);
        Ok(own)
    }

    /// What each export holds, in words.
    fn told(&self, read: &[Export]) -> Vec<ExportRead> {
        let mut held_by_ads = self.ads.iter().map(report_words);
        let holds = |export: &Export| match export.kind {
            Kind::Ads => held_by_ads.next().unwrap_or_default(),
            Kind::Leads => self.leads.as_ref().map_or_else(String::new, |leads| {
                held(leads.list.len(), "lead", leads.list.iter().map(|lead| lead.created))
            }),
            Kind::Mail => self
                .mail
                .as_ref()
                .map_or_else(String::new, |mail| held(mail.list.len(), "send", mail.list.iter().map(|own| own.day))),
            Kind::Orders => self.orders.as_ref().map_or_else(String::new, |orders| {
                held(orders.list.len(), "order", orders.list.iter().map(|order| order.day))
            }),
            _ => held(self.deals.list.len(), "deal", self.deals.list.iter().map(|deal| deal.created)),
        };
        let holds: Vec<String> = read.iter().map(holds).collect();
        let left_out = |export: &Export| match export.kind {
            Kind::Ads | Kind::Leads | Kind::Mail | Kind::Orders => Vec::new(),
            _ => self.deals.left_out.words(),
        };
        read.iter().zip(holds).map(|(export, holds)| export_read(export, holds, left_out(export))).collect()
    }
}

/// Exports that are read one after the other.
struct Taking<'t> {
    reading: &'t mut Reading,
    /// how each was read
    read: &'t mut Vec<Export>,
}

impl Taking<'_> {
    /// The records of an export, where one was named and is one.
    fn export<T>(
        &mut self,
        kind: Kind,
        path: Option<&Path>,
        take: impl FnOnce(&mut Reading, &mut Export) -> T,
    ) -> Option<T> {
        let mut export = self.reading.export(kind, path?)?;
        let records = take(self.reading, &mut export);
        self.read.push(export);
        Some(records)
    }
}

/// Weekly results: the column that is asked of, and spend by channel.
#[derive(Debug)]
pub(in crate::commands) struct WeekRecords {
    pub(in crate::commands) weeks: ResultWeeks,
    /// the column of the result
    pub(in crate::commands) result: String,
    /// places among the channels of the plan, with the column of their spend
    pub(in crate::commands) spend: Vec<(usize, String)>,
    /// experiments, each with the channel of the plan
    pub(in crate::commands) lifts: Vec<(String, LiftTest)>,
    pub(in crate::commands) read: ExportRead,
}

impl WeekRecords {
    /// The figures of a column.
    pub(in crate::commands) fn column(&self, name: &str) -> &[f64] {
        self.weeks.columns.get(name).map(Vec::as_slice).unwrap_or_default()
    }
}

/// Weekly results of a file, with the spend of `channels` as far as the map or the name of a column tells whose it is.
///
/// # Errors
///
/// All faults of the file, or that questions were written.
pub(in crate::commands) fn read_weeks(
    options: &ReadingOptions,
    map: Option<&Path>,
    path: &Path,
    plan: &Path,
    channels: &[PlanChannel],
) -> Result<WeekRecords, Failure> {
    let files = options.files()?;
    let map = read_map(&files, map)?;
    let mut reading = Reading::new(files, map);
    let Some(mut export) = reading.export(Kind::Weeks, path) else { return Err(Failure::Records(reading.faults)) };
    let names = export.columns_of_figures();
    const USUAL: [&str; 5] = ["result", "revenue", "sales", "orders", "leads"];
    let usual = || USUAL.iter().find_map(|usual| names.iter().find(|name| name.eq_ignore_ascii_case(usual)));
    let Some(result) = export.answers.result.clone().or_else(|| usual().cloned()) else {
        let what = "no column is called result, revenue, sales, orders or leads";
        let help = "say which in a map: [weeks] with result = \"…\", and give it with --map";
        reading.faults.add_of_file(&export.file, what, help);
        return Err(Failure::Records(reading.faults));
    };
    let said: Vec<(String, Vec<String>)> =
        export.answers.spend.iter().map(|(channel, column)| (channel.clone(), vec![column.clone()])).collect();
    let others = names.iter().filter(|name| **name != result);
    let spend: Vec<(usize, String)> =
        others.filter_map(|name| Some((channel_of(name, channels, &said)?, name.clone()))).collect();
    let columns: Vec<String> = std::iter::once(&result).chain(spend.iter().map(|(_, name)| name)).cloned().collect();
    let weeks = ResultWeeks::read(&mut reading, &mut export, &columns);
    if !reading.faults.is_empty() {
        return Err(Failure::Records(reading.faults));
    }
    if !reading.questions.is_empty() {
        return Err(ask(plan, &[export], &reading.questions));
    }
    let mut holds = format!("{} of \"{result}\"", crate::text::count(weeks.weeks.len() as f64, "week"));
    if !spend.is_empty() {
        let of = |(at, name): &(usize, String)| format!("{} (\"{name}\")", channels[*at].label);
        let of: Vec<String> = spend.iter().map(of).collect();
        holds.push_str(&format!(", spend of {}", crate::text::listed(&of, "and")));
    }
    let lifts = export.answers.lifts.clone();
    let read = export_read(&export, holds, Vec::new());
    Ok(WeekRecords { weeks, result, spend, lifts, read })
}

fn read_map(files: &Files, path: Option<&Path>) -> Result<MapFile, Failure> {
    let Some(path) = path else { return Ok(MapFile::default()) };
    MapFile::read(files, path).map_err(|(faults, sources)| Failure::Scenario(LoadError::Faulty { faults, sources }))
}

/// What a report of ads holds, in words.
fn report_words(report: &AdWeeks) -> String {
    let weeks: std::collections::BTreeSet<i32> = report.campaigns.values().flatten().map(|week| week.week).collect();
    let bounds = match report.bounds {
        0 => String::new(),
        count => format!("; {count} shares are only bounds (\"< 10%\") and are not used"),
    };
    format!(
        "{} in {}{bounds}",
        crate::text::count(report.campaigns.len() as f64, "campaign"),
        crate::text::count(weeks.len() as f64, "week")
    )
}

/// Writes the questions beside the plan, unless a file is there already.
fn ask(plan: &Path, exports: &[Export], questions: &[Question]) -> Failure {
    let exports: Vec<&Export> = exports.iter().collect();
    let text = map_text(&exports, questions);
    let lines: Vec<String> = questions.iter().map(|own| format!("{}: {}", own.file, own.asked)).collect();
    let folder = plan.parent().map_or_else(PathBuf::new, Path::to_owned);
    // `map.toml`, or the first of `map-2.toml`, … that nothing has.
    let names = std::iter::once("map.toml".to_owned()).chain((2..1000).map(|n| format!("map-{n}.toml")));
    let mut failed = None;
    for path in names.map(|name| folder.join(name)) {
        match write_new_file(&path, text.as_bytes()) {
            Ok(()) => return Failure::Asked { asked: lines.join("\nerror: "), path },
            Err(error) => {
                let is_taken = error.kind() == std::io::ErrorKind::AlreadyExists;
                failed = Some(Failure::File { path, error });
                if !is_taken {
                    break;
                }
            }
        }
    }
    failed.unwrap_or(Failure::Taken(folder.join("map.toml")))
}

/// How an export was read, for the reader.
fn export_read(export: &Export, holds: String, left_out: Vec<String>) -> ExportRead {
    ExportRead {
        file: export.file.clone(),
        system: export.system.to_owned(),
        holds,
        left_out,
        guesses: export.guesses.clone(),
    }
}

/// Records in words, with their first and last day.
fn held(count: usize, noun: &str, days: impl Iterator<Item = Day> + Clone) -> String {
    let number = crate::text::count(count as f64, noun);
    match (days.clone().min(), days.max()) {
        (Some(first), Some(last)) => format!("{number}, {first} to {last}"),
        _ => number,
    }
}

impl ReadingOptions {
    /// The door through which exports are read.
    pub(in crate::commands) fn files(&self) -> Result<Files, Failure> {
        let Some(folder) = &self.confine else { return Ok(Files::default()) };
        Files::within(folder).map_err(|error| Failure::Usage(format!("--confine {}: {error}", folder.display())))
    }
}
