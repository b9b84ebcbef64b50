//! Which system a file is from, and which of its columns are read.

use std::collections::BTreeMap;

use super::answers::Answers;
use super::fields::{Field, Kind};
use super::grid::Choose;
use super::layouts::{LAYOUTS, Layout, same_name};

/// Finds the layout of a header.
pub(super) struct Chooser<'a> {
    pub(super) kind: Kind,
    pub(super) answers: &'a Answers,
    pub(super) layout: Option<&'static Layout>,
    pub(super) places: Vec<(Field, usize)>,
    pub(super) named: Vec<(String, usize)>,
}

impl Chooser<'_> {
    fn layouts(&self) -> impl Iterator<Item = &'static Layout> {
        let (kind, system) = (self.kind, self.answers.system.clone());
        let fits = move |layout: &&Layout| {
            layout.kind == kind && system.as_ref().is_none_or(|name| same_name(layout.system).starts_with(name))
        };
        LAYOUTS.iter().filter(fits)
    }

    /// How many of the names that the map gives are there.
    fn answered(&self, names: &[String]) -> usize {
        let given = self.answers.columns.values().chain(self.answers.spend.iter().map(|(_, name)| name));
        let given: Vec<String> = given.chain(&self.answers.result).map(|name| same_name(name)).collect();
        names.iter().filter(|name| given.contains(&same_name(name))).count()
    }

    /// Known names twice, so that a hint decides between layouts that read the same.
    fn score(&self, layout: &Layout, names: &[String]) -> usize {
        let mut fields: Vec<Field> = names.iter().filter_map(|name| Some(layout.field_of(name)?.0)).collect();
        fields.sort_unstable();
        fields.dedup();
        let known = names.iter().filter(|name| layout.knows(name)).count();
        fields.len() + known
    }

    /// Has the header all that is needed?
    fn suffices(&self, layout: &Layout, names: &[String]) -> bool {
        let has = |field: &Field| {
            self.answers.columns.contains_key(field)
                || names.iter().any(|name| layout.field_of(name).is_some_and(|(own, _)| own == *field))
        };
        self.kind.needed().iter().all(|group| group.iter().any(has))
    }
}

impl Choose for Chooser<'_> {
    fn fit(&self, names: &[String]) -> usize {
        if names.len() < 2 {
            return 0;
        }
        let of_layouts = self
            .layouts()
            .filter(|layout| {
                names.iter().filter(|name| layout.knows(name)).count() >= 3 || self.suffices(layout, names)
            })
            .map(|layout| self.score(layout, names))
            .max();
        match (of_layouts, self.answered(names)) {
            (None, 0 | 1) => 0,
            (score, answered) => score.unwrap_or(0) + 2 * answered,
        }
    }

    fn columns(&mut self, names: &[String]) -> Vec<usize> {
        let best = self.layouts().max_by_key(|layout| {
            // Of equals the first, and one that has all that is needed before one that has not.
            let place = LAYOUTS.iter().position(|own| std::ptr::eq(own, *layout)).unwrap_or(0);
            (self.suffices(layout, names), self.score(layout, names), std::cmp::Reverse(place))
        });
        self.layout = best;
        let mut found: BTreeMap<Field, (usize, usize)> = BTreeMap::new();
        for (at, name) in names.iter().enumerate() {
            if let Some((field, rank)) = best.and_then(|layout| layout.field_of(name))
                && found.get(&field).is_none_or(|(own, _)| rank < *own)
            {
                found.insert(field, (rank, at));
            }
        }
        let answered = self.answers.columns.iter().filter_map(|(field, wanted)| {
            Some((*field, names.iter().position(|name| same_name(name) == same_name(wanted))?))
        });
        let answered: BTreeMap<Field, usize> = answered.collect();
        // A column that the map gives a meaning has no other by its name.
        found.retain(|_, (_, at)| !answered.values().any(|own| own == at));
        found.extend(answered.into_iter().map(|(field, at)| (field, (0, at))));
        self.places = found.into_iter().map(|(field, (_, at))| (field, at)).collect();
        let taken = |at: usize| self.places.iter().any(|(_, own)| *own == at);
        if self.kind == Kind::Weeks {
            let free = names.iter().enumerate().filter(|(at, _)| !taken(*at));
            self.named = free.map(|(at, name)| (name.clone(), at)).collect();
        }
        self.places.iter().map(|(_, at)| *at).chain(self.named.iter().map(|(_, at)| *at)).collect()
    }
}
