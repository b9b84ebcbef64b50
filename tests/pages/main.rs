//! `report.html` as readers meet it: in a headless Chromium, where one is installed, and as text everywhere.
//!
//! The browser's part needs `chromium`, `node`, and a folder with `puppeteer-core` and `axe-core` in `node_modules`, named
//! by `FOREMIX_BROWSER_MODULES`. Where one of them is missing, a line says so and that part is skipped.

#[path = "../support/browser.rs"]
mod browser;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// A plan of its own: its name, its text.
type Plan = (&'static str, String);

const ONE: &str = "[channels.calls]\nkind = \"baseline\"\nleads = \"6 to 12\"\n";
const TEAM: &str = "[sales.reps.team]\ncount = 2\n[sales]\nselling_time = 0.3\nhours_per_opportunity = 4\nopportunity_rate = 0.4\nclose_rate = 0.3\ncycle_weeks = 3\n";

fn plan(top: &str, channels: &str) -> String {
    format!("{top}\n{channels}\n{TEAM}\n")
}

/// Plans that a page has to stand, each for a reason of its own.
fn nasty() -> Vec<Plan> {
    let many: String = (1..=25)
        .map(|at| format!("[channels.\"channel number {at} of twenty-five\"]\nkind = \"baseline\"\nleads = {at}\n"))
        .collect();
    let long = "An extraordinarily long name for a channel of one's own, really";
    let scripts: String =
        ["検索広告リスティング", "البحث المدفوع", "Поиск в сети", "सशुल्क खोज", long, "Unbreakable".repeat(6).as_str()]
            .iter()
            .map(|name| format!("[channels.\"{name}\"]\nkind = \"baseline\"\nleads = 9\n"))
            .collect();
    let markup = "</title></style><script>document.title='owned'</script><img src=x onerror=alert(1)>&amp;\\\"'";
    vec![
        ("no-revenue", plan("deals = { average_value = 500 }", ONE).replace("close_rate = 0.3", "close_rate = 0")),
        ("equal-draws", plan("deals = { average_value = 500 }", ONE).replace("\"6 to 12\"", "0")),
        ("one-channel", plan("deals = { average_value = 500 }\ntargets = { revenue = 4_000 }", ONE)),
        ("many-channels", plan("deals = { average_value = 500 }\nfinance = { gross_margin = 0.6 }", &many)),
        ("scripts", plan("deals = { average_value = 500 }\nname = \"第三四半期 – الربع الثالث\"", &scripts)),
        ("huge", plan("deals = { average_value = 1e12 }\ncurrency = \"IDR\"\nfinance = { gross_margin = 0.6 }", ONE)),
        (
            "loss",
            plan("deals = { average_value = 500 }\nfinance = { gross_margin = 0.1 }\ntargets = { profit = 10 }", ONE)
                .replace("count = 2", "count = 2\ncost_per_week = 9_000"),
        ),
        ("five-years", plan("deals = { average_value = 500 }\nhorizon = { weeks = 260 }", ONE)),
        (
            "markup",
            plan(
                &format!("name = \"{markup}\"\ndeals = {{ average_value = 500 }}"),
                &ONE.replace("channels.calls", &format!("channels.\"{markup}\"")),
            ),
        ),
    ]
}

/// Runs the command in `folder` and gives the page that it wrote.
fn page(folder: &Path, name: &str, arguments: &[&str]) -> PathBuf {
    let output = assert_cmd::Command::cargo_bin("foremix")
        .unwrap()
        .current_dir(folder)
        .args(arguments)
        .args(["--formats", "html", "--quiet", "--out", name])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    folder.join(name).join("report.html")
}

/// The pages of every nasty plan.
fn nasty_pages(folder: &Path) -> Vec<PathBuf> {
    let run = |(name, text): &Plan| {
        let file = format!("{name}.toml");
        fs::write(folder.join(&file), text).unwrap();
        page(folder, name, &["run", &file, "--runs", "128"])
    };
    nasty().iter().map(run).collect()
}

fn bundled(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name).to_string_lossy().into_owned()
}

#[test]
fn a_page_is_whole_in_one_file_and_fetches_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let text =
        fs::read_to_string(page(folder.path(), "page", &["run", &bundled("starter.toml"), "--runs", "256"])).unwrap();
    assert!(text.starts_with("<!DOCTYPE html><html lang=\"en\">"));
    for outside in ["http://", "https://", "src=\"", "<link", "@import", "url(//"] {
        let found = text.replace("http://www.w3.org/2000/svg", "");
        assert!(!found.contains(outside), "{outside}");
    }
    // The answer, a chart with its finding as its name, the plan's text, the command.
    assert!(text.contains("Revenue reaches 85,000 USD in "));
    assert!(text.contains("role=\"img\" aria-label=\"Revenue: "));
    assert!(text.contains("cost_per_click = &quot;2.5 to 4.5&quot;"));
    assert!(text.contains("starter.toml --runs 256 --seed 1"));
    // An input as it was read.
    assert!(text.contains("P10 2.67, P50 3.35, P90 4.22"), "the spread of cost_per_click");
}

#[test]
fn no_name_becomes_markup() {
    let folder = tempfile::tempdir().unwrap();
    let pages = nasty_pages(folder.path());
    let own = |path: &PathBuf| fs::read_to_string(path).unwrap();
    for path in &pages {
        let text = own(path);
        assert_eq!(text.matches("<script>").count(), 1, "{}", path.display());
        assert!(!text.contains("<img") && !text.contains("<i>"), "{}", path.display());
    }
    let hostile = pages.iter().map(own).filter(|text| text.contains("&lt;img src=x onerror=alert(1)&gt;")).count();
    assert_eq!(hostile, 1);
}

/// What a browser finds on pages, one answer each; none where there is no browser, which is said.
fn looked_at(pages: &[PathBuf]) -> Option<Vec<Value>> {
    let (chromium, modules) = browser::found()?;
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages/browser.mjs");
    let output = Command::new("node").arg(script).arg(chromium).arg(modules).args(pages).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let answers: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(answers.len(), pages.len());
    Some(answers)
}

#[test]
fn a_browser_finds_nothing_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let mut pages: Vec<PathBuf> = ["b2b-saas", "fitted-curves", "industrial", "local-services", "starter", "web-shop"]
        .into_iter()
        .map(|name| page(folder.path(), name, &["run", &bundled(&format!("{name}.toml")), "--runs", "512"]))
        .collect();
    let b2b = bundled("b2b-saas.toml");
    pages.push(page(folder.path(), "compare", &["compare", &b2b, "--runs", "256"]));
    let curve = ["sweep", &b2b, "--runs", "128", "--vary", "channels.search.budget=20k..120k:6"];
    pages.push(page(folder.path(), "curve", &curve));
    let map = [&curve[..], &["--vary", "sales.reps.experienced.count=2..4"]].concat();
    pages.push(page(folder.path(), "map", &map));
    pages.push(page(folder.path(), "sensitivity", &["sensitivity", &b2b, "--runs", "256"]));
    pages.push(page(folder.path(), "replay", &["replay", &b2b, "--runs", "256"]));
    pages.extend(nasty_pages(folder.path()));
    let Some(answers) = looked_at(&pages) else { return };
    for answer in &answers {
        assert_eq!(answer["wrong"], serde_json::json!([]), "{}", answer["page"]);
        // A board pack, not a book: the answer and charts, the inputs, and the plan's text.
        for paper in ["A4", "Letter"] {
            let pages = answer["pdf"][paper].as_u64().unwrap();
            assert!((3..=40).contains(&pages), "{}: {pages} pages of {paper}", answer["page"]);
        }
    }
    let compared = answers.iter().find(|answer| answer["page"].as_str().unwrap().contains("/compare/")).unwrap();
    assert_eq!(compared["hidden"], true);
}

#[test]
fn the_browser_finds_what_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("wrong.html");
    let text = "<!DOCTYPE html><html><body><h1>One</h1><h3>Three</h3><p style=\"color:#bbb;background:#fff;width:2000px\">wide and pale</p><img src=\"picture.png\"><script>console.error('broken')</script></body></html>";
    fs::write(&path, text).unwrap();
    let Some(answers) = looked_at(&[path]) else { return };
    let wrong = answers[0]["wrong"].to_string();
    for fault in
        ["console: broken", "request: ", "wider than 360 px", "color-contrast", "image-alt", "headings", "no lang"]
    {
        assert!(wrong.contains(fault), "{fault}: {wrong}");
    }
}
