//! `report.pdf`: the findings of a page, one a sheet: the answer, every chart, the figures it rests on. Tables and how it was
//! made are left to `report.html`.

use crate::charts::sheet::{self, Answer, Figure, SheetRow};
use crate::charts::{Document, PdfError, PdfPage};

use super::inputs::Group;
use super::{Block, BlockKind, Page, Section};

impl Page {
    /// The page as a PDF document.
    ///
    /// # Errors
    ///
    /// A [`PdfError`], which no report is known to cause.
    pub fn pdf(&self) -> Result<Vec<u8>, PdfError> {
        let mut pages = vec![PdfPage { bookmark: "The answer".to_owned(), drawing: self.opening(), is_words: true }];
        for section in &self.sections {
            pages.extend(section.blocks.iter().flat_map(|block| sheets(section, block)));
        }
        Document { title: &self.title, foot: &self.foot, pages: &pages }.pdf()
    }

    fn opening(&self) -> crate::charts::Drawing {
        let figures: Vec<Figure<'_>> = self
            .figures
            .iter()
            .map(|own| Figure { name: &own.name, figure: &own.figure, beside: &own.beside })
            .collect();
        let changed = self.changed.as_ref().map(|changed| format!("Changed from the file: {changed}."));
        sheet::answer(&Answer {
            title: &self.title,
            subject: &self.subject,
            sentences: &self.answer,
            remarks: changed.as_slice(),
            figures: &figures,
        })
    }
}

/// What a block gives: a chart a page, inputs as tables.
fn sheets(section: &Section, block: &Block) -> Vec<PdfPage> {
    match &block.kind {
        BlockKind::Chart(drawing) => {
            let bookmark = drawing.title().to_owned();
            vec![PdfPage { bookmark, drawing: (**drawing).clone(), is_words: false }]
        }
        BlockKind::Inputs(groups) => {
            let tables = sheet::table(section.title, ["figure", "as written", "as read"], &rows(groups));
            let page = |drawing| PdfPage { bookmark: section.title.to_owned(), drawing, is_words: true };
            tables.into_iter().map(page).collect()
        }
        _ => Vec::new(),
    }
}

fn rows(groups: &[Group]) -> Vec<SheetRow> {
    let of_group = |group: &Group| {
        let cells =
            group.rows.iter().map(|row| SheetRow::Cells([row.key.clone(), row.written.clone(), row.read.clone()]));
        std::iter::once(SheetRow::Group(group.name.clone())).chain(cells).collect::<Vec<_>>()
    };
    groups.iter().flat_map(of_group).collect()
}
