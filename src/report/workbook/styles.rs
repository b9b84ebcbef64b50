//! How cells look.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder};

use super::super::columns::Counted;

const PALE: u32 = 0x00E8_EEF5;

/// The formats of a workbook.
pub(super) struct Styles {
    /// the currency, as number formats and headers name it
    pub(super) currency: String,
    pub(super) title: Format,
    /// sentences
    pub(super) text: Format,
    pub(super) small: Format,
    pub(super) header: Format,
    /// headers of columns of numbers
    pub(super) figures: Format,
    /// names of rows that are sums
    pub(super) total: Format,
}

impl Styles {
    /// For a plan in `currency`, which may be empty.
    pub(super) fn of(currency: &str) -> Self {
        let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
        let header = wrapped.clone().set_bold().set_background_color(PALE).set_border_bottom(FormatBorder::Thin);
        Self {
            currency: currency.to_owned(),
            title: Format::new().set_bold().set_font_size(16),
            small: wrapped.clone().set_font_color(0x0059_6673),
            figures: header.clone().set_align(FormatAlign::Right),
            header,
            total: Format::new().set_bold().set_border_top(FormatBorder::Thin),
            text: wrapped,
        }
    }

    /// Figures of a table whose header tells the unit.
    pub(super) fn figure(&self, counted: Counted) -> Format {
        Format::new().set_num_format(match counted {
            Counted::Money => "#,##0;[Red]-#,##0",
            Counted::Pieces | Counted::Hours => "#,##0.0",
            Counted::Ratio => "0.00",
            Counted::Share => "0.0%",
            Counted::Day => "yyyy-mm-dd",
            Counted::Nothing | Counted::Input(_) => "General",
        })
    }

    /// Figures that tell their currency themselves.
    pub(super) fn with_unit(&self, counted: Counted) -> Format {
        match (counted, self.currency.as_str()) {
            (Counted::Money, currency) if !currency.is_empty() => {
                Format::new().set_num_format(format!("[${currency}] #,##0;[Red]-[${currency}] #,##0"))
            }
            _ => self.figure(counted),
        }
    }

    /// Sums of figures.
    pub(super) fn sum(&self, counted: Counted) -> Format {
        self.figure(counted).set_bold().set_border_top(FormatBorder::Thin)
    }
}
