//! Inputs that move together: rank correlations as a Gaussian copula.

use super::InputId;
use crate::transcendental::sin;

/// Below this a matrix is taken as not positive definite: rounding would speak louder than the pivot.
const LEAST_PIVOT: f64 = 1e-10;

/// A correlation of two inputs, as asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// the names of the two
    pub between: [String; 2],
    /// Spearman's rank correlation, −1 to 1
    pub rank: f64,
}

/// The correlation of the latent normals: `r = 2 sin(π·rank/6)`.
fn latent(rank: f64) -> f64 {
    2.0 * sin(std::f64::consts::PI * rank / 6.0)
}

/// An input of a group.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// its name, which keys its latent normal
    pub name: String,
    /// the input; none where it has been made certain, while its latent normal is still drawn
    pub input: Option<InputId>,
}

/// Inputs that are correlated with one another, directly or by way of others.
#[derive(Clone, Debug)]
pub struct Group {
    /// in the order of naming; the first keeps its strata
    pub members: Vec<Member>,
    /// row by row, the lower triangle of L with `L·Lᵀ = R`, the matrix of latent correlations
    lower: Vec<Vec<f64>>,
}

impl Group {
    /// The weights of the latent normals of members `0 ..= member` in that of `member`.
    #[must_use]
    pub fn weights(&self, member: usize) -> &[f64] {
        &self.lower[member]
    }
}

/// The Gaussian copula: all correlations of a scenario.
#[derive(Clone, Debug, Default)]
pub struct Copula {
    /// the pairs, as asked for
    pub pairs: Vec<Pair>,
    /// the inputs that they tie together
    pub groups: Vec<Group>,
}

/// Correlations that no inputs can have together.
#[derive(Clone, Debug, PartialEq)]
pub struct Impossible {
    /// the names of the inputs
    pub members: Vec<String>,
    /// the largest factor, of two digits, by which all their ranks can be lowered so that they go together
    pub possible_at: f64,
}

impl Copula {
    /// Do they tie the same inputs together, and as closely?
    pub(super) fn ties_like(&self, other: &Self) -> bool {
        let members =
            |copula: &Self| -> Vec<Vec<Member>> { copula.groups.iter().map(|group| group.members.clone()).collect() };
        self.pairs == other.pairs && members(self) == members(other)
    }

    /// Ties the pairs together; `find` gives the input of a name, if it is uncertain.
    ///
    /// # Errors
    ///
    /// The groups whose correlations contradict each other.
    pub fn new(pairs: Vec<Pair>, find: impl Fn(&str) -> Option<InputId>) -> Result<Self, Vec<Impossible>> {
        let mut groups = Vec::new();
        let mut impossible = Vec::new();
        for names in connected(&pairs) {
            match cholesky(&names, &pairs, 1.0) {
                Some(lower) => groups.push(Group {
                    members: names.iter().map(|&name| Member { name: name.to_owned(), input: find(name) }).collect(),
                    lower,
                }),
                None => impossible.push(Impossible {
                    possible_at: (0..100)
                        .rev()
                        .map(|percent| f64::from(percent) / 100.0)
                        .find(|&factor| cholesky(&names, &pairs, factor).is_some())
                        .unwrap_or(0.0),
                    members: names.into_iter().map(str::to_owned).collect(),
                }),
            }
        }
        if impossible.is_empty() { Ok(Self { pairs, groups }) } else { Err(impossible) }
    }
}

/// The names, grouped by what ties them together, in the order in which they are first named.
fn connected(pairs: &[Pair]) -> Vec<Vec<&str>> {
    let mut names: Vec<&str> = Vec::new();
    for name in pairs.iter().flat_map(|pair| &pair.between) {
        if !names.contains(&name.as_str()) {
            names.push(name);
        }
    }
    // Each name carries the number of its group; a pair gives both groups the lower number.
    let mut groups: Vec<usize> = (0..names.len()).collect();
    let place = |name: &String| names.iter().position(|own| own == name).unwrap_or(0);
    for pair in pairs {
        let [a, b] = [groups[place(&pair.between[0])], groups[place(&pair.between[1])]];
        for group in groups.iter_mut().filter(|group| **group == a.max(b)) {
            *group = a.min(b);
        }
    }
    (0..names.len())
        .map(|number| {
            let of_group = names.iter().zip(&groups).filter(|(_, group)| **group == number);
            of_group.map(|(name, _)| *name).collect::<Vec<_>>()
        })
        .filter(|members| !members.is_empty())
        .collect()
}

/// The Cholesky factor of the latent correlations, with all ranks times `factor`; none where they contradict.
fn cholesky(names: &[&str], pairs: &[Pair], factor: f64) -> Option<Vec<Vec<f64>>> {
    let mut lower: Vec<Vec<f64>> = Vec::with_capacity(names.len());
    for (row, name) in names.iter().enumerate() {
        let mut weights: Vec<f64> = Vec::with_capacity(row + 1);
        for (column, other) in names[..row].iter().enumerate() {
            let ties = |pair: &&Pair| {
                let [a, b] = [pair.between[0].as_str(), pair.between[1].as_str()];
                (a, b) == (*name, *other) || (b, a) == (*name, *other)
            };
            let pair = pairs.iter().find(ties);
            let correlation = pair.map_or(0.0, |pair| latent(factor * pair.rank));
            let before = weights.iter().zip(&lower[column]).map(|(a, b)| a * b);
            let rest = correlation - before.sum::<f64>();
            weights.push(rest / lower[column][column]);
        }
        let pivot = 1.0 - weights.iter().map(|weight| weight * weight).sum::<f64>();
        if pivot.is_nan() || pivot <= LEAST_PIVOT {
            return None;
        }
        weights.push(pivot.sqrt());
        lower.push(weights);
    }
    Some(lower)
}
