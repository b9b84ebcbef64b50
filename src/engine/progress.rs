//! Who watches a run, and can stop it.

/// Watches a run, and can stop it.
pub trait Progress: Sync {
    /// So many draws were asked for, for which so many are to be done: what a little more would bring takes draws of its
    /// own.
    fn begin(&self, asked: u64, draws: u64);

    /// So many further draws are done.
    fn advance(&self, draws: u64);

    /// Is the work to stop? This is asked in every draw of every plan.
    fn is_stopped(&self) -> bool;
}

/// Nobody watches.
#[derive(Clone, Copy, Debug)]
pub struct Unwatched;

impl Progress for Unwatched {
    fn begin(&self, _asked: u64, _draws: u64) {}

    fn advance(&self, _draws: u64) {}

    fn is_stopped(&self) -> bool {
        false
    }
}

/// One of several runs, watched by whoever watches them all.
pub struct PartOf<'p>(pub &'p dyn Progress);

impl Progress for PartOf<'_> {
    fn begin(&self, _asked: u64, _draws: u64) {}

    fn advance(&self, draws: u64) {
        self.0.advance(draws);
    }

    fn is_stopped(&self) -> bool {
        self.0.is_stopped()
    }
}

/// The run was stopped before its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("stopped before the end")]
pub struct Stopped;
