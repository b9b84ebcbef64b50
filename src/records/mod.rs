//! What a company has recorded: exports of a CRM and of ad platforms, and weekly results; recognized, read, checked.
//!
//! ```text
//! bytes → text or workbook → the allowed columns of its table → columns of one form → deals, leads, weeks
//! ```
//! Only the columns of a layout are read; every other cell is dropped while its row is read. No message
//! quotes a cell: it names the file, the line and the column. What an export leaves open is asked, never guessed.

mod actuals;
mod answers;
mod chooser;
mod dates;
mod deals;
mod encoding;
mod export;
mod faults;
mod fields;
mod grid;
mod identity;
mod layouts;
mod leads;
mod mail;
mod numbers;
mod orders;
mod questions;
mod read;
mod said;
mod stages;
mod weeks;
mod workbook;

pub use actuals::{ActualSource, ActualTerms, ActualWeek, Actuals};
pub use answers::{Answers, LiftTest, MapFile};
pub use dates::{DateOrder, Day};
pub use deals::{Deal, DealTerms, Deals, LeftOut, Outcome};
pub use export::Export;
pub use faults::{RecordFault, RecordFaults};
pub use fields::{Field, Kind};
pub use grid::SetAside;
pub use leads::{Lead, Leads};
pub use mail::{Mailing, Mailings};
pub use orders::{Order, Orders};
pub use questions::{Question, map_text};
pub use read::Reading;
pub use said::{SAID_LEVELS, SaidForecast};
pub use weeks::{AdWeek, AdWeeks, ResultWeeks};

pub(crate) use layouts::same_name;
