//! Nurture: newsletters to leads that are not ready yet.
//!
//! Implements section 4 of docs/model.md, `[nurture]`.

use crate::inputs::Quantity;
use crate::random::{Binomial, DrawStream};

use super::schema::{Key, TableReader};

/// The keys of `[nurture]`.
pub const KEYS: &[Key] = &[
    Key::fraction("rate")
        .required()
        .unit("share of the pool a week")
        .about("how many of those that were not qualified turn qualified")
        .example("\"0.5% to 2%\""),
    Key::fraction("fade")
        .a_week()
        .or(0.0)
        .unit("share of the pool lost a week")
        .about("how many of the others lose interest")
        .example("\"5% a month\""),
    Key::amount("pool").or(0.0).unit("leads").about("how many are nurtured today").example("1_500"),
];

/// `[nurture]` as written.
#[derive(Clone, Debug, PartialEq)]
pub struct Nurture {
    rate: Quantity,
    fade: Quantity,
    /// leads in the pool today
    pub pool: Quantity,
}

impl Nurture {
    /// Reads `[nurture]`.
    pub fn read(fields: &mut TableReader<'_, '_>) -> Self {
        Self { rate: fields.quantity("rate"), fade: fields.quantity("fade"), pool: fields.quantity("pool") }
    }

    /// The pool in one draw.
    pub(super) fn start(&self, drawn: &[f64], [turn, fade]: [DrawStream; 2]) -> Pool {
        Pool {
            leads: self.pool.of(drawn).round() as u64,
            turns: Binomial::new(self.rate.of(drawn)),
            fades: Binomial::new(self.fade.of(drawn)),
            turn,
            fade,
        }
    }
}

/// The pool of nurtured leads in one draw.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Pool {
    leads: u64,
    turns: Binomial,
    fades: Binomial,
    turn: DrawStream,
    fade: DrawStream,
}

impl Pool {
    /// A week, before new leads come: returns those that turn qualified; of the others some fade.
    pub(super) fn step(&mut self, week: usize) -> u64 {
        if self.leads == 0 {
            return 0;
        }
        let turned = self.turns.quantile(self.leads, self.turn.uniform(week as u32, 0));
        self.leads -= turned;
        if self.leads > 0 {
            self.leads -= self.fades.quantile(self.leads, self.fade.uniform(week as u32, 0));
        }
        turned
    }

    /// Leads join that were not qualified.
    pub(super) fn join(&mut self, leads: u64) {
        self.leads += leads;
    }
}
