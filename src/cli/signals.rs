//! Signals that ask the program to end: Ctrl-C, a terminal that is closed, a system that shuts down.
//!
//! The first asks the work to stop where it can. A second one ends the process at once, but for a folder that is just
//! being written, which is finished: nothing is left half-done, and nothing beside it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::report::wait_for_writing;

/// A flag that is set when the work shall stop. Where no handler can be installed, a signal ends the process at once,
/// which is safe too: folders are put in place in one step.
pub(super) fn listen() -> Arc<AtomicBool> {
    let flag = Arc::new(AtomicBool::new(false));
    install(Arc::clone(&flag));
    flag
}

fn receive(flag: &AtomicBool) {
    if flag.swap(true, Ordering::Relaxed) {
        let _writing = wait_for_writing();
        std::process::exit(1);
    }
}

#[cfg(unix)]
fn install(flag: Arc<AtomicBool>) {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    // Who was told to outlive its terminal (`nohup`) does.
    let wanted = [SIGINT, SIGTERM, SIGHUP].into_iter().filter(|&signal| signal != SIGHUP || !ignores(SIGHUP));
    if let Ok(mut signals) = signal_hook::iterator::Signals::new(wanted) {
        std::thread::Builder::new().spawn(move || signals.forever().for_each(|_| receive(&flag))).ok();
    }
}

/// Does this process ignore the signal? Where the system does not tell, it does not.
#[cfg(unix)]
fn ignores(signal: i32) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    // Signal n is bit n - 1.
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).is_some_and(|mask| mask & (1 << (signal - 1)) != 0)
}

#[cfg(not(unix))]
fn install(flag: Arc<AtomicBool>) {
    let _ = ctrlc::set_handler(move || receive(&flag));
}
