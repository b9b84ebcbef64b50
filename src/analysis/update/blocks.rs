//! Which inputs what came says something of, and which of them must be asked together: inputs that share what came, that
//! are correlated, or that are rows of one file.

use crate::calibrate::conditioned::Stated;
use crate::inputs::{Input, InputId, Inputs, is_count};
use crate::model::plan::Plan;
use crate::random::normal_share;

use super::evidence::Evidence;
use super::expected::Expected;

/// Where an input is moved to, to see whether what came depends on it.
const PROBES: [f64; 4] = [0.1, 0.37, 0.63, 0.9];

/// Inputs that are asked together.
#[derive(Debug)]
pub(super) struct Block {
    /// what is drawn: inputs by themselves, or a row of a file with all inputs that it holds
    pub(super) latents: Vec<Latent>,
    /// the evidence, as places in the list
    pub(super) evidence: Vec<usize>,
    pub(super) stated: Stated,
}

/// What is drawn as one.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Latent {
    pub(super) inputs: Vec<InputId>,
    /// whether they are columns of a file
    pub(super) is_file: bool,
}

impl Block {
    /// Puts the values of its inputs for these scores among those of all inputs.
    pub(super) fn lay(&self, inputs: &Inputs, scores: &[f64], drawn: &mut [f64]) {
        for (latent, z) in self.latents.iter().zip(scores) {
            let u = share(*z);
            latent.inputs.iter().for_each(|id| drawn[id.index()] = inputs.list()[id.index()].at(u));
        }
    }

    /// Is a file of draws among what is drawn, and where?
    pub(super) fn file(&self) -> Option<usize> {
        self.latents.iter().position(|latent| latent.is_file)
    }
}

/// The share below a score, strictly inside 0 … 1.
pub(super) fn share(z: f64) -> f64 {
    normal_share(z).clamp(f64::EPSILON, 1.0 - f64::EPSILON)
}

/// Why inputs can't be asked: two files of draws are tied, or correlations can't be.
#[derive(Debug)]
pub(super) struct Tangled(pub(super) Vec<InputId>);

/// The blocks, and the inputs that cannot be asked.
pub(super) fn blocks(
    plan: &Plan,
    came: &Expected<'_>,
    evidence: &[Evidence],
    middle: &[f64],
) -> (Vec<Block>, Vec<Tangled>) {
    let inputs = &plan.parts.inputs;
    let latents = latents(inputs);
    let depends: Vec<Vec<usize>> = evidence
        .iter()
        .map(|own| (0..latents.len()).filter(|at| matters(plan, came, own, &latents[*at], middle)).collect())
        .collect();
    // Latents are joined where they share evidence or a group of correlations.
    let mut joined: Vec<usize> = (0..latents.len()).collect();
    let group_of = |latent: &Latent| {
        let holds = |id: &InputId| {
            inputs.copula().groups.iter().position(|group| group.members.iter().any(|own| own.input == Some(*id)))
        };
        latent.inputs.iter().find_map(holds)
    };
    for own in &depends {
        own.windows(2).for_each(|pair| join(&mut joined, pair[0], pair[1]));
    }
    for a in 0..latents.len() {
        for b in 0..a {
            if group_of(&latents[a]).is_some() && group_of(&latents[a]) == group_of(&latents[b]) {
                join(&mut joined, a, b);
            }
        }
    }
    let mut found = (Vec::new(), Vec::new());
    for root in 0..latents.len() {
        let members: Vec<usize> = (0..latents.len()).filter(|at| joined[*at] == joined[root]).collect();
        let of: Vec<usize> =
            (0..evidence.len()).filter(|own| depends[*own].iter().any(|at| members.contains(at))).collect();
        if members[0] != root || of.is_empty() {
            continue;
        }
        let own: Vec<Latent> = members.iter().map(|at| latents[*at].clone()).collect();
        let files = own.iter().filter(|latent| latent.is_file).count();
        let stated = Stated::new(&correlations(inputs, &own)).filter(|_| files < 2);
        match stated {
            Some(stated) => {
                let stated = own.iter().enumerate().fold(stated, |stated, (at, latent)| match latent.is_file {
                    true => stated.with_rows(at),
                    false if is_known(&inputs.list()[latent.inputs[0].index()]) => stated.with_known(at),
                    false => stated,
                });
                found.0.push(Block { latents: own, evidence: of, stated });
            }
            None => found.1.push(Tangled(own.into_iter().flat_map(|latent| latent.inputs).collect())),
        }
    }
    found
}

/// Was it counted, or fitted to what came? Then it is not taken for wider than it was stated.
fn is_known(input: &Input) -> bool {
    is_count(&input.spelling) || input.spelling.contains("quantiles")
}

/// Inputs that somebody wrote, those of a file as one.
fn latents(inputs: &Inputs) -> Vec<Latent> {
    let mut latents: Vec<Latent> = Vec::new();
    for set in inputs.drawn_together() {
        for id in set {
            let file = inputs.list()[id.index()].file.as_ref();
            let is_same = |own: &&mut Latent| {
                own.is_file && file.is_some() && inputs.list()[own.inputs[0].index()].file.as_ref() == file
            };
            match latents.iter_mut().find(is_same) {
                Some(own) => own.inputs.push(id),
                None => latents.push(Latent { inputs: vec![id], is_file: file.is_some() }),
            }
        }
    }
    latents
}

/// Does what came depend on it, where all others are in the middle?
fn matters(plan: &Plan, came: &Expected<'_>, evidence: &Evidence, latent: &Latent, middle: &[f64]) -> bool {
    let at = |u: f64| {
        let mut drawn = middle.to_vec();
        latent.inputs.iter().for_each(|id| drawn[id.index()] = plan.parts.inputs.list()[id.index()].at(u));
        evidence.log_likelihood(plan, came, &drawn)
    };
    let usual = evidence.log_likelihood(plan, came, middle);
    PROBES.iter().any(|u| (at(*u) - usual).abs() > 1e-9 * (1.0 + usual.abs()))
}

fn join(joined: &mut [usize], a: usize, b: usize) {
    let (from, to) = (joined[a].max(joined[b]), joined[a].min(joined[b]));
    joined.iter_mut().filter(|own| **own == from).for_each(|own| *own = to);
}

/// The correlations of scores that were stated: `R = L·Lᵀ` of each group.
fn correlations(inputs: &Inputs, latents: &[Latent]) -> Vec<Vec<f64>> {
    let place = |latent: &Latent| {
        let [id] = latent.inputs[..] else { return None };
        inputs
            .copula()
            .groups
            .iter()
            .enumerate()
            .find_map(|(group, own)| Some((group, own.members.iter().position(|member| member.input == Some(id))?)))
    };
    let places: Vec<Option<(usize, usize)>> = latents.iter().map(place).collect();
    let r = |a: usize, b: usize| match (places[a], places[b]) {
        _ if a == b => 1.0,
        (Some((group, a)), Some((other, b))) if group == other => {
            let group = &inputs.copula().groups[group];
            group.weights(a).iter().zip(group.weights(b)).map(|(x, y)| x * y).sum()
        }
        _ => 0.0,
    };
    (0..latents.len()).map(|a| (0..latents.len()).map(|b| r(a, b)).collect()).collect()
}
