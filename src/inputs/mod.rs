//! What an uncertain figure is: a spelling in the file, a quantile function in the engine.
//!
//! An input is drawn once a simulated quarter and holds for all of it. Each is a quantile function `Q(u)` of one
//! uniform `u`, so that it can be stratified, correlated, held or widened without knowing its family.

mod beta;
mod cells;
pub mod columns;
mod copula;
mod counted;
mod distribution;
mod form;
mod forms;
mod gamma;
mod interval;
mod mixed_rows;
mod mixture;
mod moments;
mod nearly_normal;
mod newton;
mod percentiles;
mod periods;
mod pert;
mod quantiles;
mod quote;
mod refusal;
mod rows;
mod sheet;
mod sheets;
mod spelling;
mod split_normal;
mod table;
mod tables;
mod terms;
mod text_table;
mod triangular;
mod truncated;
mod uniform;
mod units_written;
mod value_reader;
mod values;
mod written;

pub use copula::{Copula, Group, Impossible, Member, Pair};
pub use counted::is_count;
pub use distribution::{Distribution, Shares};
pub use forms::{SpelledPart, TableSpelling, is_spelling, table_spellings};
pub use mixed_rows::LongTable;
pub(crate) use quote::{quote, told_names};
pub(crate) use refusal::quoted;
pub use sheets::{Drawn, Sheets, place_in_file};
pub use spelling::read;
pub use tables::CUTS;
pub use terms::{Domain, KeySpec, Measure};
pub use text_table::{TextRow, TextTable, essence};
pub(crate) use units_written::without_unit;
pub(crate) use value_reader::doubt;
pub use written::{Row, Written};

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, PathBuf};
use std::sync::Arc;

use crate::reading::Span;
use crate::units::Range;

/// An uncertain input of a scenario.
#[derive(Clone, Debug)]
pub struct Input {
    /// its path in the file: `channels.ppc.cost_per_click`
    pub name: String,
    /// where it was written
    pub place: Span,
    /// as it was written
    pub spelling: String,
    /// its quantile function
    pub distribution: Arc<dyn Distribution>,
    /// the key's range; a value drawn outside is moved to its end
    pub range: Range,
    /// whether it is stated as a range of quantiles, which people state too narrowly
    pub from_quantiles: bool,
    /// whether it is luck that a mechanism asks for, rather than a figure that somebody wrote
    pub hidden: bool,
    /// the file whose rows it is drawn by; inputs of one file take the same row
    pub file: Option<DrawFile>,
}

/// The uniform distribution: every value from `low` to `high`, which is not below it, equally likely.
#[must_use]
pub fn uniform(low: f64, high: f64) -> impl Distribution {
    uniform::Uniform { low, high }
}

impl Input {
    /// A uniform of the draw under a mechanism's own name: whether a risk comes true.
    #[must_use]
    pub fn luck(name: String, place: Span) -> Self {
        Self {
            name,
            place,
            spelling: String::new(),
            distribution: Arc::new(uniform::Uniform { low: 0.0, high: 1.0 }),
            range: Range::closed(0.0, 1.0),
            from_quantiles: false,
            hidden: true,
            file: None,
        }
    }

    /// The name that keys its uniforms: its own, or that of the file whose rows it is drawn by.
    #[must_use]
    pub fn key(&self) -> &str {
        self.file.as_ref().map_or(&self.name, |file| &file.key)
    }

    /// Is it drawn as the other is? What is written alike for one key is; what was built in code, if it is the very same.
    fn is_drawn_like(&self, other: &Self) -> bool {
        let written_alike = self.spelling == other.spelling && (self.hidden || !self.spelling.is_empty());
        self.name == other.name
            && self.hidden == other.hidden
            && self.range == other.range
            && self.from_quantiles == other.from_quantiles
            && self.file == other.file
            && (written_alike || Arc::ptr_eq(&self.distribution, &other.distribution))
    }

    /// The value at `u`, inside the key's range.
    #[must_use]
    pub fn at(&self, u: f64) -> f64 {
        self.range.clamp(self.distribution.quantile(u))
    }

    /// The value at each of several uniforms, in its place.
    pub fn at_each(&self, uniforms: &mut [f64]) {
        self.distribution.quantiles(uniforms);
        for value in uniforms {
            *value = self.range.clamp(*value);
        }
    }
}

/// The file that an input is drawn from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DrawFile {
    /// what it is known by, however its path is spelled
    pub identity: PathBuf,
    /// its name, which keys the uniform that its row is drawn by; with folders where there are two of that name
    pub key: String,
}

impl DrawFile {
    /// A file by its identity.
    #[must_use]
    pub fn of(identity: PathBuf) -> Self {
        let name = identity.file_name().unwrap_or(identity.as_os_str());
        Self { key: name.to_string_lossy().into_owned(), identity }
    }
}

/// Which of a scenario's uncertain inputs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct InputId(u32);

impl InputId {
    /// Its place in [`Inputs::list`] and in a draw's values.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A scenario's uncertain inputs, in the order of the file, and how they are correlated.
#[derive(Clone, Debug, Default)]
pub struct Inputs {
    list: Vec<Input>,
    copula: Copula,
}

impl Inputs {
    /// A figure that is drawn from a distribution, for plans that are built in code. `name` keys its chance: each name
    /// stands for one input.
    pub fn draw(&mut self, name: impl Into<String>, distribution: impl Distribution + 'static) -> Quantity {
        Quantity::Uncertain(self.add(Input {
            name: name.into(),
            place: Span::default(),
            spelling: String::new(),
            distribution: Arc::new(distribution),
            range: Range::closed(f64::MIN, f64::MAX),
            from_quantiles: false,
            hidden: false,
            file: None,
        }))
    }

    /// Adds one.
    pub fn add(&mut self, input: Input) -> InputId {
        self.list.push(input);
        InputId(u32::try_from(self.list.len() - 1).unwrap_or(u32::MAX))
    }

    /// Tells files of one name apart, by their paths below the folder that holds them all: their rows are drawn apart.
    /// Returns what they are called then.
    pub fn tell_files_apart(&mut self) -> Vec<String> {
        let mut by_name: BTreeMap<String, BTreeSet<PathBuf>> = BTreeMap::new();
        for file in self.list.iter().filter_map(|input| input.file.as_ref()) {
            by_name.entry(file.key.clone()).or_default().insert(file.identity.clone());
        }
        by_name.retain(|_, paths| paths.len() > 1);
        let mut told = Vec::new();
        for paths in by_name.values() {
            let all: Vec<Vec<Component<'_>>> = paths.iter().map(|path| path.components().collect()).collect();
            let shared =
                (0..).take_while(|&at| all.iter().all(|own| own.get(at).is_some() && own.get(at) == all[0].get(at)));
            let shared = shared.count();
            for (path, parts) in paths.iter().zip(&all) {
                let parts: Vec<String> =
                    parts[shared..].iter().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
                let key = parts.join("/");
                for file in self.list.iter_mut().filter_map(|input| input.file.as_mut()) {
                    if file.identity == *path {
                        file.key.clone_from(&key);
                    }
                }
                told.push(key);
            }
        }
        told
    }

    /// Does a draw give the same values as with the others, in the same places?
    pub(crate) fn are_drawn_like(&self, others: &Self) -> bool {
        let pairs = || self.list.iter().zip(&others.list);
        self.list.len() == others.list.len()
            && pairs().all(|(own, other)| own.is_drawn_like(other))
            && self.copula.ties_like(&others.copula)
    }

    /// Lets them move together.
    pub fn correlate(&mut self, copula: Copula) {
        self.copula = copula;
    }

    /// How they move together.
    #[must_use]
    pub fn copula(&self) -> &Copula {
        &self.copula
    }

    /// All of them.
    #[must_use]
    pub fn list(&self) -> &[Input] {
        &self.list
    }

    /// Those that are luck: whether a risk comes true.
    #[must_use]
    pub fn risks(&self) -> Vec<InputId> {
        self.ids().filter(|id| self.list[id.index()].hidden).collect()
    }

    /// Those that somebody wrote, in sets that are drawn together: of one file, or correlated with one another. In the
    /// order of the file.
    #[must_use]
    pub fn drawn_together(&self) -> Vec<Vec<InputId>> {
        let group_of = |id: InputId| {
            let holds = |group: &Group| group.members.iter().any(|member| member.input == Some(id));
            self.copula.groups.iter().position(holds)
        };
        let mut sets: Vec<Vec<InputId>> = Vec::new();
        for id in self.ids().filter(|id| !self.list[id.index()].hidden) {
            let goes_with = |other: InputId| {
                let same_file = self.list[id.index()].file.is_some()
                    && self.list[id.index()].key() == self.list[other.index()].key();
                same_file || group_of(id).is_some() && group_of(id) == group_of(other)
            };
            match sets.iter_mut().find(|set| goes_with(set[0])) {
                Some(set) => set.push(id),
                None => sets.push(vec![id]),
            }
        }
        sets
    }

    fn ids(&self) -> impl Iterator<Item = InputId> {
        (0..self.list.len()).filter_map(|index| u32::try_from(index).ok()).map(InputId)
    }

    /// The one of that name.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&Input> {
        self.list.iter().find(|input| input.name == name)
    }

    /// Which has that name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<InputId> {
        let index = self.list.iter().position(|input| input.name == name && !input.hidden)?;
        u32::try_from(index).ok().map(InputId)
    }
}

/// A figure of the model: certain, or known only as a distribution.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Quantity {
    /// the same in every draw
    Certain(f64),
    /// drawn anew in every draw
    Uncertain(InputId),
    /// drawn, and multiplied by a factor
    Scaled(InputId, f64),
}

impl Quantity {
    /// The value in a draw whose inputs are `drawn`.
    #[must_use]
    #[inline]
    pub fn of(self, drawn: &[f64]) -> f64 {
        match self {
            Self::Certain(value) => value,
            Self::Uncertain(id) => drawn[id.index()],
            Self::Scaled(id, factor) => drawn[id.index()] * factor,
        }
    }

    /// So many times as much.
    #[must_use]
    pub fn times(self, factor: f64) -> Self {
        match self {
            Self::Certain(value) => Self::Certain(value * factor),
            Self::Uncertain(id) => Self::Scaled(id, factor),
            Self::Scaled(id, own) => Self::Scaled(id, own * factor),
        }
    }

    /// The middle of what it may be.
    #[must_use]
    pub fn median(self, inputs: &Inputs) -> f64 {
        let of = |id: InputId| inputs.list()[id.index()].at(0.5);
        match self {
            Self::Certain(value) => value,
            Self::Uncertain(id) => of(id),
            Self::Scaled(id, factor) => of(id) * factor,
        }
    }

    /// The value, where it is certain.
    #[must_use]
    pub fn certain(self) -> Option<f64> {
        match self {
            Self::Certain(value) => Some(value),
            Self::Uncertain(_) | Self::Scaled(..) => None,
        }
    }

    /// Is it certainly zero?
    #[must_use]
    pub fn is_zero(self) -> bool {
        self == Self::Certain(0.0)
    }
}
