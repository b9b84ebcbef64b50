//! Mailings: a row a send, with how many got it, clicked and left.

use super::dates::Day;
use super::export::Export;
use super::fields::Field;
use super::identity::sources_of;
use super::read::Reading;

/// A send.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mailing {
    /// the day it went out
    pub day: Day,
    /// what it is called: a place in [`Mailings::sources`]
    pub source: Option<usize>,
    /// messages that arrived
    pub delivered: f64,
    /// readers who clicked, each once
    pub clicked: Option<f64>,
    /// readers who left the list
    pub left: Option<f64>,
}

/// The sends of a report.
#[derive(Clone, Debug, Default)]
pub struct Mailings {
    /// the sends, by day
    pub list: Vec<Mailing>,
    /// what they are called, by name
    pub sources: Vec<String>,
    /// rows without a day, without deliveries, or dated after the last day
    pub left_out: usize,
}

impl Mailings {
    /// Makes sends of a report; none is later than `last`.
    pub fn read(reading: &mut Reading, export: &mut Export, last: Day) -> Self {
        let days = reading.days(export, Field::Day);
        let [delivered, clicked, left] =
            [Field::Delivered, Field::Clicks, Field::Left].map(|field| reading.numbers(export, field));
        let mut own = Self { sources: sources_of(export), ..Self::default() };
        for row in 0..export.rows() {
            let number = |figures: &[Option<super::read::Figure>]| figures[row].map(|figure| figure.number);
            let Some((day, of)) = days[row].filter(|day| *day <= last).zip(number(&delivered).filter(|of| *of > 0.0))
            else {
                own.left_out += 1;
                continue;
            };
            for (field, figures) in [(Field::Clicks, &clicked), (Field::Left, &left)] {
                if number(figures).is_some_and(|did| did < 0.0 || did > of) {
                    let help = "export unique clicks: a reader who clicks twice counts once";
                    reading.fault(export, row, field, "this is more than were delivered, or below 0", help);
                }
            }
            let source = export.text(Field::Channel, row).and_then(|text| own.sources.binary_search(&text).ok());
            own.list.push(Mailing { day, source, delivered: of, clicked: number(&clicked), left: number(&left) });
        }
        own.list.sort_by(|a, b| (a.day, a.source).cmp(&(b.day, b.source)).then(a.delivered.total_cmp(&b.delivered)));
        own
    }
}
