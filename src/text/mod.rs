//! Words and figures as people read them: one rule of rounding, of shares, of nouns and of lines, under reports and charts.
//!
//! | module | what it settles |
//! | --- | --- |
//! | `figures` | a figure with the digits that its error supports, and with thousands apart |
//! | `short` | figures as slides show them: 1.2M, 120k; several that belong together alike |
//! | `money` | figures and axes with their currency |
//! | `shares` | percentages, and chances as so many of 100 |
//! | `nouns` | singular and plural, words in a row, the start of a sentence, what a simulated future is called |
//! | `lines` | breaking and shortening by display width |
//! | `levels` | what P10 and ± mean |
//! | `shell` | words of a command line |
//! | `printable` | what a terminal may be shown |
//!
//! It takes numbers and words and gives text; it knows no plan, no outcome and no chart. Whether a difference can be told
//! from the simulation's error is not a matter of words: see [`crate::analysis::judgement`].

mod figures;
mod levels;
mod lines;
mod markup;
mod money;
mod nouns;
mod printable;
mod shares;
#[cfg(feature = "cli")]
mod shell;
mod short;

pub(crate) use figures::{as_written, error_digits, figure_and_margin, is_nothing, supported, with_error, with_margin};
pub(crate) use levels::LOW_END;
pub(crate) use lines::{clean, shorten, wrap};
pub(crate) use markup::escaped;
pub(crate) use money::{Currency, in_currency, money};
pub(crate) use nouns::{capital, count, futures, listed, lower, one_future, pieces_of, plural, simulated};
pub(crate) use printable::{printable, printable_in_place, printable_json};
pub(crate) use shares::{level, of_hundred, of_hundred_such, percent};
#[cfg(feature = "cli")]
pub(crate) use shell::shell_word;
pub(crate) use short::{Scale, pieces, short, signed};
