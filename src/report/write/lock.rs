//! One writing at a time, which whoever ends the process waits for.

use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};
use std::time::{Duration, Instant};

/// Held while a folder is being written: whoever ends the process waits for it, so that nothing is left half-done.
static WRITING: Mutex<()> = Mutex::new(());

/// Waits until no folder is being written, but not for ever: a disk that never answers must not keep a process alive.
/// While the guard is held, no writing begins.
#[must_use]
pub fn wait_for_writing() -> Option<MutexGuard<'static, ()>> {
    let begun = Instant::now();
    loop {
        match WRITING.try_lock() {
            Ok(guard) => return Some(guard),
            Err(TryLockError::Poisoned(poisoned)) => return Some(poisoned.into_inner()),
            Err(TryLockError::WouldBlock) if begun.elapsed() > Duration::from_secs(5) => return None,
            Err(TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(5)),
        }
    }
}

pub(super) fn writing() -> MutexGuard<'static, ()> {
    WRITING.lock().unwrap_or_else(PoisonError::into_inner)
}
