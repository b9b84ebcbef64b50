//! Work that Ctrl-C stops, as it stops any Python program.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use foremix::engine::Progress;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;

/// Between two looks at whether Python was told to stop.
const LOOK: Duration = Duration::from_millis(5);

/// Whether the work is to stop.
#[derive(Debug, Default)]
pub(crate) struct Watch {
    stopped: AtomicBool,
}

impl Progress for Watch {
    fn begin(&self, _asked: u64, _draws: u64) {}

    fn advance(&self, _draws: u64) {}

    fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }
}

/// Does the work on a thread of its own, without Python's lock, while this one looks out for signals.
///
/// # Errors
///
/// `KeyboardInterrupt`, or what the work says.
pub(crate) fn watched<T: Send>(py: Python<'_>, work: impl FnOnce(&Watch) -> PyResult<T> + Send) -> PyResult<T> {
    let watch = Watch::default();
    thread::scope(|scope| {
        let worker = scope.spawn(|| work(&watch));
        let mut interrupted = None;
        while !worker.is_finished() {
            py.detach(|| thread::sleep(LOOK));
            if let Err(signal) = py.check_signals() {
                watch.stopped.store(true, Ordering::Relaxed);
                interrupted = Some(signal);
            }
        }
        let done = worker.join().unwrap_or_else(|_| Err(PyRuntimeError::new_err("foremix failed; please report this")));
        interrupted.map_or(done, Err)
    })
}
