//! `report.html`: one page to hand over, whole in one file; and `report.pdf`, its findings one a sheet.
//!
//! A page is a list of sections, and a section a list of blocks: sentences, tables, charts. Every report makes its page
//! of findings that it tells elsewhere too, so that the page never says anything else; how a block looks is settled in
//! `html` alone. Whoever adds an analysis makes a [`Page`] of it.

mod forecast;
mod html;
mod inputs;
mod made;
mod pdf;
mod plan;

use comfy_table::Table;

use crate::charts::Drawing;

use super::format::Format;
use super::key_figures::KeyFigure;
use super::made_files::{FileError, MadeFiles};

pub use made::Made;

pub use html::chart_colors;
pub(super) use inputs::section as inputs_section;
pub(super) use plan::Findings;

/// What is handed over of an analysis, before it is written.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// what it is about, in a name
    pub(super) title: String,
    /// how many draws, how long
    pub(super) subject: String,
    /// what is not as the file has it
    pub(super) changed: Option<String>,
    /// the answer, a sentence each, the first of them large
    pub(super) answer: Vec<String>,
    /// the answer in figures; three read well
    pub(super) figures: Vec<KeyFigure>,
    /// names of plans that a reader may hide; see [`Block::of_plan`]
    pub(super) plans: Vec<String>,
    /// the rest, in the order of reading
    pub(super) sections: Vec<Section>,
    /// one line at the foot: plan, day, draws, seed, version
    pub(super) foot: String,
}

/// What is handed over, in those forms that were asked for: the name of each file and its bytes. It is made where one is.
///
/// # Errors
///
/// A [`FileError`], which no report is known to cause.
pub fn page_files(formats: &[Format], page: impl FnOnce() -> Page) -> Result<MadeFiles, FileError> {
    let asked = |format| formats.contains(&format);
    let mut files = Vec::new();
    if asked(Format::Html) || asked(Format::Pdf) {
        let page = page();
        if asked(Format::Html) {
            files.push(("report.html".to_owned(), page.html().into_bytes()));
        }
        if asked(Format::Pdf) {
            files.push(("report.pdf".to_owned(), page.pdf()?));
        }
    }
    Ok(files)
}

/// A part of a page with a heading.
#[derive(Clone, Debug)]
pub(super) struct Section {
    /// its anchor
    pub(super) id: &'static str,
    /// its heading
    pub(super) title: &'static str,
    /// what stands in it
    pub(super) blocks: Vec<Block>,
}

impl Section {
    pub(super) fn of(id: &'static str, title: &'static str, blocks: Vec<Block>) -> Self {
        Self { id, title, blocks }
    }
}

/// One thing in a section.
#[derive(Clone, Debug)]
pub(super) struct Block {
    kind: BlockKind,
    /// the plan that it is of, where it is of one alone
    plan: Option<usize>,
}

#[derive(Clone, Debug)]
enum BlockKind {
    /// a sentence or several
    Text(String),
    /// what a figure means, in small print
    Small(String),
    /// sentences that stand apart
    List(Vec<String>),
    Table(Grid),
    Chart(Box<Drawing>),
    /// the plan's figures as written and as read
    Inputs(Vec<inputs::Group>),
    /// names and what they are
    Facts(Vec<(&'static str, String)>),
    /// a text as it is, behind its name
    Source {
        name: String,
        text: String,
    },
}

/// A table as cells.
#[derive(Clone, Debug)]
struct Grid {
    caption: String,
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Block {
    fn new(kind: BlockKind) -> Self {
        Self { kind, plan: None }
    }

    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::new(BlockKind::Text(text.into()))
    }

    pub(super) fn small(text: impl Into<String>) -> Self {
        Self::new(BlockKind::Small(text.into()))
    }

    pub(super) fn list(sentences: Vec<String>) -> Option<Self> {
        (!sentences.is_empty()).then(|| Self::new(BlockKind::List(sentences)))
    }

    pub(super) fn chart(drawing: Drawing) -> Self {
        Self::new(BlockKind::Chart(Box::new(drawing)))
    }

    /// A table with its name; the first column names the rows.
    pub(super) fn table(caption: impl Into<String>, table: &Table) -> Option<Self> {
        let cells = |row: &comfy_table::Row| row.cell_iter().map(comfy_table::Cell::content).collect::<Vec<String>>();
        let rows: Vec<Vec<String>> = table.row_iter().map(cells).collect();
        let header = table.header().map(cells).unwrap_or_default();
        (!rows.is_empty()).then(|| Self::new(BlockKind::Table(Grid { caption: caption.into(), header, rows })))
    }

    /// The same as one of a plan alone, by its place among [`Page::plans`].
    pub(super) fn of_plan(self, plan: usize) -> Self {
        Self { plan: Some(plan), ..self }
    }
}
