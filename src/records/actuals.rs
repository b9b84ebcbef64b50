//! What came of a plan so far: spend, clicks, leads, wins and revenue, a row for each week and source.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::dates::Day;
use super::export::Export;
use super::fields::{Field, Kind};
use super::layouts::same_name;
use super::read::{Figure, Reading};

/// A week of a source; none where the file has no such column, or the cell is empty.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ActualWeek {
    /// money spent
    pub spend: Option<f64>,
    /// clicks or visits
    pub clicks: Option<f64>,
    /// leads that came
    pub leads: Option<f64>,
    /// leads that were worked
    pub worked: Option<f64>,
    /// deals that were won
    pub wins: Option<f64>,
    /// revenue of these
    pub revenue: Option<f64>,
}

/// A source of the plan, as rows may name it.
#[derive(Clone, Debug)]
pub struct ActualSource {
    /// its name in the plan
    pub name: String,
    /// what people call it
    pub label: String,
}

/// What must be known of the plan to read its weeks.
#[derive(Clone, Copy, Debug)]
pub struct ActualTerms<'a> {
    /// the first day of week 1, where the plan states it
    pub start: Option<Day>,
    /// the weeks of the plan
    pub horizon: usize,
    /// its sources
    pub sources: &'a [ActualSource],
}

/// What came so far.
#[derive(Clone, Debug, Default)]
pub struct Actuals {
    /// the name of the file
    pub file: String,
    /// the weeks that are over
    pub weeks: usize,
    /// of each source of the plan its weeks; empty where the file has no row of it
    pub sources: Vec<Vec<ActualWeek>>,
    /// how the file was read, in sentences
    pub guesses: Vec<String>,
}

const WEEK_TWICE: &str = "this week of this source is listed twice";

impl Actuals {
    /// Reads the file; what is wrong with it is among the faults.
    pub fn read(reading: &mut Reading, path: &Path, terms: ActualTerms<'_>) -> Option<Self> {
        let mut export = reading.export(Kind::Actuals, path)?;
        if !reading.faults.is_empty() {
            return None;
        }
        let weeks = weeks_of(reading, &mut export, terms);
        let sources = sources_of(reading, &export, terms);
        let columns = [Field::Spend, Field::Clicks, Field::Leads, Field::Worked, Field::Wins, Field::Revenue]
            .map(|field| counts(reading, &mut export, field));
        let mut rows: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        for row in 0..export.rows() {
            if let (Some(week), Some(source)) = (weeks[row], sources[row])
                && rows.insert((source, week), row).is_some()
            {
                reading.fault(&export, row, Field::Day, WEEK_TWICE, "keep one row for each week and source");
            }
        }
        let over = rows.keys().map(|(_, week)| week + 1).max().unwrap_or(0);
        if over == terms.horizon {
            let help = "a plan that is over needs no update: hold its forecast against what came with foremix backtest";
            reading.faults.add_of_file(&export.file, "all weeks of the plan are over", help);
        }
        let mut own = Self {
            file: export.file.clone(),
            weeks: over,
            sources: vec![Vec::new(); terms.sources.len()],
            guesses: export.guesses.clone(),
        };
        let told: BTreeSet<usize> = rows.keys().map(|(source, _)| *source).collect();
        for source in told {
            for week in 0..over {
                let Some(&row) = rows.get(&(source, week)) else {
                    let what = format!("week {} of {} has no row", week + 1, terms.sources[source].label);
                    let help = "write a row for every week of a source, with 0 where nothing came";
                    reading.faults.add_of_file(&export.file, &what, help);
                    continue;
                };
                let [spend, clicks, leads, worked, wins, revenue] = columns.each_ref().map(|column| column[row]);
                own.sources[source].push(ActualWeek { spend, clicks, leads, worked, wins, revenue });
            }
        }
        Some(own)
    }

    /// The sum of a figure over all sources and weeks.
    #[must_use]
    pub fn total(&self, figure: impl Fn(&ActualWeek) -> Option<f64>) -> f64 {
        self.sources.iter().flatten().filter_map(figure).sum()
    }
}

/// The week of each row, counted from 0: by its number, or by a day in it.
fn weeks_of(reading: &mut Reading, export: &mut Export, terms: ActualTerms<'_>) -> Vec<Option<usize>> {
    let texts: Vec<Option<String>> = (0..export.rows()).map(|row| export.text(Field::Day, row)).collect();
    let number = |text: &Option<String>| text.as_ref().and_then(|text| text.parse::<usize>().ok());
    let are_numbers = texts.iter().any(|text| number(text).is_some_and(|number| number <= 1_000));
    let days = if are_numbers { vec![None; export.rows()] } else { reading.days(export, Field::Day) };
    if !are_numbers && terms.start.is_none() && export.rows() > 0 {
        let help = "write the number of the week, 1 for the first; or give the plan its first day: start in [horizon]";
        reading.faults.add_of_file(&export.file, "weeks are named by days, and the plan has no start", help);
        return vec![None; export.rows()];
    }
    if reading.questions.pop().is_some() {
        let help = "write days as 2027-02-01, or the number of the week";
        reading.fault(export, 0, Field::Day, "every day could begin with the day or the month", help);
        return vec![None; export.rows()];
    }
    let outside = format!("this is not a week of the plan, which has weeks 1 to {}", terms.horizon);
    let help = "leave out rows of other weeks; of a quarter that follows, its own plan is needed";
    let mut weeks = Vec::with_capacity(export.rows());
    for row in 0..export.rows() {
        let week = match (are_numbers, terms.start) {
            (true, _) => number(&texts[row]).map(|number| number as i64 - 1),
            (false, Some(start)) => days[row].map(|day| i64::from((day.0 - start.0).div_euclid(7))),
            (false, None) => None,
        };
        let within = week.and_then(|week| usize::try_from(week).ok()).filter(|week| *week < terms.horizon);
        match (week, within) {
            (Some(_), None) => reading.fault(export, row, Field::Day, &outside, help),
            (None, _) => {
                let what = "this cell holds no week that can be read";
                reading.fault(export, row, Field::Day, what, "write the number of the week, or a day in it");
            }
            _ => {}
        }
        weeks.push(within);
    }
    weeks
}

/// The source of each row.
fn sources_of(reading: &mut Reading, export: &Export, terms: ActualTerms<'_>) -> Vec<Option<usize>> {
    let names: Vec<&str> = terms.sources.iter().map(|source| source.name.as_str()).collect();
    let help = format!("the plan has {}; leave out rows of totals", names.join(", "));
    let mut sources = Vec::with_capacity(export.rows());
    for row in 0..export.rows() {
        let name = export.text(Field::Channel, row).map(|text| same_name(&text));
        let is_named = |source: &ActualSource| {
            name.as_ref().is_some_and(|name| same_name(&source.name) == *name || same_name(&source.label) == *name)
        };
        let found = terms.sources.iter().position(is_named);
        if found.is_none() {
            reading.fault(export, row, Field::Channel, "this is not a channel or source of the plan", &help);
        }
        sources.push(found);
    }
    sources
}

/// The figures of a column, none of them below 0.
fn counts(reading: &mut Reading, export: &mut Export, field: Field) -> Vec<Option<f64>> {
    let figures: Vec<Option<Figure>> = reading.numbers(export, field);
    if reading.questions.pop().is_some() {
        let help = "write numbers without signs for thousands: 1234.5";
        reading.fault(export, 0, field, "1,234 or 1.234 could be a thousand or one", help);
    }
    let mut counts = Vec::with_capacity(figures.len());
    for (row, figure) in figures.into_iter().enumerate() {
        let number = figure.map(|figure| figure.number);
        if number.is_some_and(|number| number < 0.0) {
            reading.fault(export, row, field, "this number is below 0", "write what came, 0 where nothing did");
        }
        counts.push(number);
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::Files;
    use crate::records::MapFile;

    fn read(text: &str) -> Result<Actuals, String> {
        let files = Files::in_memory([("weeks.csv", text)]);
        let mut reading = Reading::new(files, MapFile::default());
        let names = [("search", "Google Ads"), ("walk_ins", "walk ins")];
        let sources = names.map(|(name, label)| ActualSource { name: name.into(), label: label.into() });
        let start = "2027-01-04".parse().ok().map(Day::of);
        let terms = ActualTerms { start, horizon: 4, sources: &sources };
        let read = Actuals::read(&mut reading, Path::new("weeks.csv"), terms);
        if reading.faults.is_empty() { Ok(read.expect("no fault")) } else { Err(reading.faults.to_string()) }
    }

    #[test]
    fn weeks_are_read_by_number_or_day_in_any_order() {
        let by_number = read("week,channel,spend,leads\n2,search,1200,7\n1,Google Ads,1000,4\n").expect("weeks");
        let by_day =
            read("week,channel,spend,leads\n2027-01-13,search,1200,7\n2027-01-04,search,1000,4\n").expect("weeks");
        assert_eq!(by_number.sources, by_day.sources);
        assert_eq!((by_number.weeks, by_number.sources[0][1].leads), (2, Some(7.0)));
        assert_eq!((by_number.sources[1].len(), by_number.total(|week| week.spend)), (0, 2_200.0));
        assert_eq!(read("week,channel,leads\n").expect("no week").weeks, 0);
    }

    #[test]
    fn every_fault_is_told_with_its_line_and_column() {
        let text = read(
            "week,channel,leads,wins\n1,search,3,0\n1,search,4,0\n9,search,4,0\n2,serach,4,0\n3,search,-1,x\nsoon,walk_ins,1,0\n",
        )
        .unwrap_err();
        for part in [
            "line 3, column 1 \"week\": this week of this source is listed twice",
            "line 4, column 1 \"week\": this is not a week of the plan, which has weeks 1 to 4",
            "line 5, column 2 \"channel\": this is not a channel or source of the plan",
            "line 6, column 3 \"leads\": this number is below 0",
            "line 6, column 4 \"wins\": this cell holds no number that can be read",
            "line 7, column 1 \"week\": this cell holds no week that can be read",
            "week 2 of Google Ads has no row",
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
        assert!(
            read("week,channel,leads\n4,search,1\n3,search,1\n2,search,1\n1,search,1\n")
                .unwrap_err()
                .contains("all weeks")
        );
    }
}
