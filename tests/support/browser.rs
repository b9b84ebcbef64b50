//! A headless Chromium with what drives it, where they are installed.

use std::io::Write;
use std::path::PathBuf;

/// Chromium, and the folder with `puppeteer-core` and `axe-core`; none where one of them is missing, which is said.
pub(crate) fn found() -> Option<(PathBuf, PathBuf)> {
    match look() {
        Ok(found) => Some(found),
        Err(lacking) => {
            // Not by a macro, whose lines are swallowed where a test passes.
            let _ = writeln!(std::io::stderr(), "skipped: pages were not opened in a browser, since {lacking}");
            None
        }
    }
}

fn look() -> Result<(PathBuf, PathBuf), String> {
    let found = |name: &str| {
        std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default())
            .map(|path| path.join(name))
            .find(|path| path.exists())
    };
    let chromium = ["chromium", "chromium-browser", "google-chrome"]
        .into_iter()
        .find_map(found)
        .ok_or("no Chromium is installed")?;
    found("node").ok_or("node is not installed")?;
    let modules = std::env::var_os("FOREMIX_BROWSER_MODULES").map(PathBuf::from);
    let modules = modules.filter(|path| path.join("node_modules/puppeteer-core").exists());
    Ok((chromium, modules.ok_or("FOREMIX_BROWSER_MODULES names no folder with puppeteer-core")?))
}
