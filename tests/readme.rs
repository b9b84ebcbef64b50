//! The README and docs/ tell the truth: commands run, snippets load, outputs and the picture are those of today.
//!
//! What a page may hold, and what is asked of it:
//!
//! - a `console` block: each line is run, in order, in one folder with a copy of scenarios/;
//! - a `text` block right after it: what its only command answers, to the letter; one that begins with `error:` is
//!   answered with exit code 2;
//! - a `text excerpt` block: lines of that answer, in order; a line `…` leaves something out;
//! - a `toml` block: a whole scenario, which loads; `toml fragment`: laid over scenarios/starter.toml, it loads;
//! - a `python` block is for another program, and is not run;
//! - `<!-- file: PATH -->` before a block: it is that file, or for Rust, found in it; a line `// …` leaves something out;
//! - `<!-- make: NAME = PATH; OLD -> NEW; … -->`: makes a file for the commands to come;
//! - `<!-- save: NAME -->` before a `toml` block: it is saved as that file, which loads, for the commands to come.
//!
//! With `UPDATE_DOCS=1` and `--test-threads=1` outputs, copies of files and the pictures are written anew.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use foremix::scenario::load;

#[path = "../examples/pictures/figures.rs"]
mod figures;

const PAGES: [&str; 34] = [
    "README.md",
    "docs/scenario.md",
    "docs/model.md",
    "docs/model/inputs.md",
    "docs/model/market.md",
    "docs/model/channels.md",
    "docs/model/leads.md",
    "docs/model/team.md",
    "docs/model/deals.md",
    "docs/model/promotions-and-brand.md",
    "docs/model/customers.md",
    "docs/model/rules.md",
    "docs/model/money.md",
    "docs/architecture.md",
    "docs/glossary.md",
    "docs/fitted-models.md",
    "docs/check.md",
    "docs/limits.md",
    "docs/backtest.md",
    "docs/calibrate.md",
    "docs/compare.md",
    "docs/decide.md",
    "docs/precision.md",
    "docs/questions.md",
    "docs/sensitivity.md",
    "docs/serve.md",
    "docs/editors.md",
    "docs/replay.md",
    "docs/report.md",
    "docs/scale.md",
    "docs/tables.md",
    "docs/update.md",
    "docs/speed-to-lead.md",
    "docs/sweep.md",
];

/// Commands that are not run here: they build, test, measure, or serve until they are stopped.
const NOT_RUN: [&str; 6] =
    ["foremix serve", "cargo test", "cargo install --path .", "cargo bench", ".ci/run", "UPDATE_DOCS=1 "];

/// Commands that simulate.
const SIMULATES: [&str; 5] = ["run", "compare", "sweep", "goal", "optimize"];

/// A scenario that reads a table of draws can be loaded only beside it.
const DRAWS: &str = "scenarios/fitted-curves.csv";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn updating() -> bool {
    std::env::var_os("UPDATE_DOCS").is_some()
}

/// A part of a page: a fenced block, or a directive in a comment.
#[derive(Debug)]
enum Part {
    Block(Block),
    File(String),
    Make(String),
    Save(String),
}

#[derive(Debug)]
struct Block {
    info: String,
    text: String,
    /// where its text stands in the page
    span: std::ops::Range<usize>,
}

fn parts(page: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut open: Option<Block> = None;
    let mut at = 0;
    for line in page.split_inclusive('\n') {
        let bare = line.trim_end();
        at += line.len();
        match (&mut open, bare.strip_prefix("```")) {
            (Some(block), Some("")) => {
                block.span.end = at - line.len();
                block.text = page[block.span.clone()].to_owned();
                parts.extend(open.take().map(Part::Block));
            }
            (None, Some(info)) => {
                open = Some(Block { info: info.to_owned(), text: String::new(), span: at..at });
            }
            (None, None) => {
                let comment = |name: &str| {
                    let rest = bare.strip_prefix("<!-- ")?.strip_prefix(name)?;
                    Some(rest.strip_suffix(" -->")?.trim().to_owned())
                };
                parts.extend(comment("file:").map(Part::File));
                parts.extend(comment("make:").map(Part::Make));
                parts.extend(comment("save:").map(Part::Save));
            }
            _ => {}
        }
    }
    assert!(open.is_none(), "a block is not closed");
    parts
}

/// A folder to run commands in, with a copy of scenarios/.
fn desk() -> tempfile::TempDir {
    let desk = tempfile::tempdir().expect("a temporary folder");
    fs::create_dir(desk.path().join("scenarios")).expect("a folder in it");
    for entry in fs::read_dir(root().join("scenarios")).expect("scenarios/") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name");
        fs::copy(&path, desk.path().join("scenarios").join(name)).expect("a copy");
    }
    desk
}

/// Splits a command line at spaces outside quotes.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut quoted) = (vec![String::new()], false);
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            c => words.last_mut().expect("a word").push(c),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// The arguments of a line that runs foremix.
fn arguments(line: &str) -> Option<Vec<String>> {
    let rest = line.strip_prefix("foremix ").or_else(|| line.strip_prefix("cargo run --release -- "))?;
    Some(words(rest))
}

/// Few draws, where no figure is looked at.
fn hurry(arguments: &mut Vec<String>) {
    // What is cut into parts is few draws already.
    if !SIMULATES.contains(&arguments[0].as_str()) || arguments.iter().any(|word| word == "--draws") {
        return;
    }
    if let Some(at) = arguments.iter().position(|word| word == "--runs") {
        arguments[at + 1] = "200".into();
    } else {
        arguments.extend(["--runs".into(), "200".into()]);
    }
}

/// Runs foremix and returns what it answers: errors where it is to fail, else its standard output.
fn answer(desk: &Path, arguments: &[String], fails: bool) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_foremix"));
    // Footers of charts name the day: pictures change when what they show does, not every day.
    command.env("SOURCE_DATE_EPOCH", "1795780800");
    command.args(arguments).current_dir(desk).env_remove("NO_COLOR");
    let output = command.output().expect("foremix runs");
    // A goal that nothing reaches is an answer, too.
    let codes: &[i32] = if fails {
        &[2]
    } else if arguments[0] == "goal" {
        &[0, 1]
    } else {
        &[0]
    };
    let code = output.status.code().expect("a code");
    assert!(codes.contains(&code), "{arguments:?}: {code}\n{}", String::from_utf8_lossy(&output.stderr));
    let bytes = if fails { &output.stderr } else { &output.stdout };
    String::from_utf8(bytes.clone()).expect("UTF-8")
}

fn trimmed(text: &str) -> String {
    let lines: Vec<&str> = text.trim_end().lines().map(str::trim_end).collect();
    lines.join("\n") + "\n"
}

/// Walks a page; returns it as it should be.
fn walk(name: &str) -> (String, String) {
    let page = fs::read_to_string(root().join(name)).expect("the page is there");
    let mut fresh = page.clone();
    // Later parts first, so that earlier spans stay where they are.
    let mut changes: Vec<(std::ops::Range<usize>, String)> = Vec::new();
    let desk = desk();
    let parts = parts(&page);
    for (at, part) in parts.iter().enumerate() {
        match part {
            Part::Make(rule) => make(desk.path(), rule),
            Part::File(_) | Part::Save(_) => {}
            Part::Block(block) => {
                let before = at.checked_sub(1).map(|before| &parts[before]);
                let file = match before {
                    Some(Part::File(file)) => Some(file.as_str()),
                    _ => None,
                };
                let after = match parts.get(at + 1) {
                    Some(Part::Block(after)) if after.info.starts_with("text") => Some(after),
                    _ => None,
                };
                match (block.info.as_str(), file) {
                    ("console", _) => changes.extend(console(name, desk.path(), block, after)),
                    ("toml", Some(file)) => {
                        let text = fs::read_to_string(root().join(file)).expect("the file");
                        changes.push((block.span.clone(), text));
                    }
                    ("toml", None) => {
                        let snippet = match before {
                            Some(Part::Save(file)) => file,
                            _ => "scenarios/snippet.toml",
                        };
                        loads(name, &desk.path().join(snippet), &block.text);
                    }
                    ("toml fragment", _) => fragment(name, desk.path(), &block.text),
                    ("rust", Some(file)) => quotes(name, file, &block.text),
                    ("text" | "text excerpt" | "python" | "sql", _) => {}
                    (info, _) => panic!("{name}: a block of \"{info}\" is not checked by anything"),
                }
            }
        }
    }
    for (span, text) in changes.into_iter().rev() {
        fresh.replace_range(span, &text);
    }
    (page, fresh)
}

fn make(desk: &Path, rule: &str) {
    let mut steps = rule.split(';');
    let (to, from) = steps.next().and_then(|step| step.split_once('=')).expect("NAME = PATH");
    let mut text = fs::read_to_string(root().join(from.trim())).expect("the file to make it from");
    for step in steps {
        let (old, new) = step.split_once("->").expect("OLD -> NEW");
        assert!(text.contains(old.trim()), "nothing to replace: {old}");
        text = text.replacen(old.trim(), new.trim(), 1);
    }
    fs::write(desk.join(to.trim()), text).expect("a file");
}

/// Runs the lines of a block; where their answer is shown, it is what they answer now.
fn console(page: &str, desk: &Path, block: &Block, shown: Option<&Block>) -> Option<(std::ops::Range<usize>, String)> {
    let mut answered = None;
    for line in block.text.lines() {
        if NOT_RUN.iter().any(|start| line.starts_with(start)) {
            continue;
        }
        let mut arguments = arguments(line).unwrap_or_else(|| panic!("this command is run by nothing: {line}"));
        let fails = shown.is_some_and(|shown| shown.text.starts_with("error:"));
        if shown.is_none() {
            hurry(&mut arguments);
        }
        // Nobody looks at the charts.
        let draws = SIMULATES.contains(&arguments[0].as_str());
        if draws && !line.contains("--formats") {
            arguments.extend(["--formats".into(), "json".into()]);
        }
        let answer = answer(desk, &arguments, fails);
        assert!(shown.is_none() || answered.is_none(), "one command for one answer: {line}");
        answered = Some(answer);
    }
    let (shown, answer) = (shown?, trimmed(&answered?));
    let fresh = match shown.info.as_str() {
        "text excerpt" => excerpt(page, &answer, &shown.text),
        _ => answer,
    };
    Some((shown.span.clone(), fresh))
}

/// The excerpt as it is in the answer: lines that say the same, whatever their figures and wherever they break.
fn excerpt(page: &str, answer: &str, shown: &str) -> String {
    let answer: Vec<&str> = answer.lines().collect();
    let mut fresh = Vec::new();
    let mut from = 0;
    for part in shown.split("…\n") {
        let said = saying(part.lines());
        let part = part.lines().count();
        // An excerpt may begin or end in "…".
        if part == 0 {
            fresh.push(String::new());
            continue;
        }
        let spans = (from..answer.len())
            .flat_map(|start| [part, part + 1, part.saturating_sub(1)].map(|lines| start..start + lines));
        let found = spans.filter_map(|span| Some((answer.get(span.clone())?, span))).find(|(lines, _)| {
            let edges = [lines.first(), lines.last()];
            edges.iter().flatten().all(|line| !line.is_empty()) && saying(lines.iter().copied()) == said
        });
        let Some((lines, span)) = found else {
            panic!("{page}: the answer has no longer: {said:?}\n\n{}", answer.join("\n"));
        };
        from = span.end;
        fresh.push(lines.join("\n") + "\n");
    }
    fresh.join("…\n")
}

/// The words of some lines, without figures.
fn saying<'l>(lines: impl Iterator<Item = &'l str>) -> Vec<&'l str> {
    lines
        .flat_map(str::split_whitespace)
        .filter(|word| word.contains(char::is_alphabetic) && !word.contains(char::is_numeric))
        .collect()
}

fn loads(page: &str, path: &Path, text: &str) {
    fs::write(path, text).expect("a file");
    if let Err(error) = load(path, &[]) {
        panic!("{page}: this snippet does not load\n\n{text}\n{error}");
    }
}

/// Lays a fragment over the starter, line by line: its keys take the place of those of the same table.
fn fragment(page: &str, desk: &Path, text: &str) {
    if text.contains("file =") && !root().join(DRAWS).exists() {
        return;
    }
    let starter = fs::read_to_string(root().join("scenarios/starter.toml")).expect("the starter");
    let mut tables = tables(&starter);
    for (header, lines) in self::tables(text) {
        let top = header.split('.').next().unwrap_or_default().to_owned();
        // A table written out takes the place of one on a line.
        if let Some((_, root_lines)) = tables.iter_mut().find(|(own, _)| own.is_empty()) {
            root_lines.retain(|line| key(line) != Some(&top));
        }
        match tables.iter_mut().find(|(own, _)| *own == header) {
            Some((_, own)) => {
                own.retain(|line| key(line).is_none_or(|k| !lines.iter().any(|l| key(l) == Some(k))));
                own.extend(lines);
            }
            None => tables.push((header, lines)),
        }
    }
    let mut merged = String::new();
    for (header, lines) in tables {
        if !header.is_empty() {
            merged += &format!("[{header}]\n");
        }
        merged += &(lines.join("\n") + "\n");
    }
    loads(page, &desk.join("scenarios/snippet.toml"), &merged);
}

fn tables(text: &str) -> Vec<(String, Vec<String>)> {
    let mut tables = vec![(String::new(), Vec::new())];
    for line in text.lines() {
        let header = line.split('#').next().unwrap_or_default().trim();
        match header.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            Some(header) => tables.push((header.to_owned(), Vec::new())),
            None => tables.last_mut().expect("a table").1.push(line.to_owned()),
        }
    }
    tables
}

fn key(line: &str) -> Option<&str> {
    let (key, _) = line.split_once('=')?;
    Some(key.trim()).filter(|key| !key.starts_with('#'))
}

/// A quotation stands in the file, in order; `// …` leaves something out.
fn quotes(page: &str, file: &str, text: &str) {
    let source = fs::read_to_string(root().join(file)).expect("the file quoted");
    let mut rest = source.as_str();
    for part in text.split("// …\n") {
        match rest.find(part.trim_end()) {
            Some(at) => rest = &rest[at + part.trim_end().len()..],
            None => panic!("{page}: {file} has no longer:\n\n{part}"),
        }
    }
}

#[test]
fn every_command_runs_every_snippet_loads_and_every_output_is_true() {
    for name in PAGES {
        let (page, fresh) = walk(name);
        if updating() {
            fs::write(root().join(name), fresh).expect("the page");
        } else if page != fresh {
            let differs = page.lines().zip(fresh.lines()).find(|(old, new)| old != new);
            panic!("{name} is not up to date: {differs:?}\nif that is right: UPDATE_DOCS=1 cargo test --test readme");
        }
    }
}

/// A picture that a command draws: the page, the picture's file there, the command, the chart's name.
const DRAWN: [[&str; 4]; 12] = [
    ["README.md", "docs/images/revenue.png", "run scenarios/b2b-saas.toml", "revenue"],
    [
        "docs/compare.md",
        "images/compare-plans.png",
        "compare scenarios/b2b-saas.toml --variant one-more-rep --variant no-summit",
        "plans",
    ],
    [
        "docs/compare.md",
        "images/compare-difference.png",
        "compare scenarios/b2b-saas.toml --variant one-more-rep --variant no-summit",
        "difference-one-more-rep",
    ],
    [
        "docs/compare.md",
        "images/compare-waterfall.png",
        "compare scenarios/b2b-saas.toml --variant no-summit",
        "waterfall",
    ],
    [
        "docs/speed-to-lead.md",
        "images/speed-plans.png",
        "compare rep-or-leads.toml --outcome profit_with_tail --runs 2000",
        "dumbbell",
    ],
    [
        "docs/speed-to-lead.md",
        "images/speed-difference.png",
        "compare faster.toml --runs 2000",
        "difference-in-an-hour",
    ],
    [
        "docs/speed-to-lead.md",
        "images/speed-map.png",
        "sweep scenarios/starter.toml --vary channels.search.budget=12k..60k:5 --vary sales.reps.team.count=1..4 --outcome profit_with_tail --runs 2000",
        "heat",
    ],
    [
        "docs/decide.md",
        "images/goal.png",
        "goal scenarios/starter.toml --reach revenue=85k --chance 60% --by channels.search.budget --runs 2000",
        "goal",
    ],
    ["docs/decide.md", "images/optimize.png", "optimize scenarios/web-shop.toml --runs 1000", "optimize"],
    [
        "docs/sweep.md",
        "images/sweep.png",
        "sweep scenarios/starter.toml --vary channels.search.budget=10k..60k:11",
        "sweep",
    ],
    ["docs/sensitivity.md", "images/tornado.png", "sensitivity scenarios/b2b-saas.toml", "tornado"],
    ["docs/sensitivity.md", "images/luck.png", "sensitivity scenarios/b2b-saas.toml", "luck"],
];

/// Makes the files that a page shows and saves.
fn save(page: &Path, desk: &Path) {
    let text = fs::read_to_string(page).expect("the page");
    for pair in parts(&text).windows(2) {
        if let [Part::Save(name), Part::Block(block)] = pair {
            fs::write(desk.join(name), &block.text).expect("a file");
        }
    }
}

/// The words of a chart's title, which may stand on several lines: all bold text before any other.
fn title(svg: &str) -> String {
    let lines = svg
        .split("<text")
        .skip(1)
        .take_while(|text| text.lines().next().is_some_and(|tag| tag.contains("bold")))
        .filter_map(|text| text.lines().nth(1));
    lines.collect::<Vec<_>>().join(" ")
}

#[test]
fn each_picture_is_the_one_that_its_command_draws() {
    for [name, file, command, chart] in DRAWN {
        let path = root().join(name);
        let picture = path.parent().expect("a folder").join(file);
        let desk = desk();
        save(&path, desk.path());
        let line = format!("{command} --out out --quiet");
        answer(desk.path(), &words(&line), false);
        let drawn = desk.path().join("out").join(chart);
        let svg = fs::read_to_string(drawn.with_extension("svg")).expect("a chart");
        let title = title(&svg);
        let page = fs::read_to_string(&path).expect("the page");
        let end = format!("]({file})");
        let shown =
            page.lines().find_map(|line| line.strip_prefix("![")?.strip_suffix(&end)).expect("the page has a picture");
        if updating() {
            let line = |words| format!("![{words}{end}");
            let fresh = page.replace(&line(shown), &line(&title));
            fs::write(&path, fresh).expect("the page");
            fs::copy(drawn.with_extension("png"), &picture).expect("the picture");
            continue;
        }
        assert_eq!(shown, title, "UPDATE_DOCS=1 cargo test --test readme");
        let bytes = fs::metadata(&picture).expect("the picture").len();
        assert!(bytes < 300_000, "{picture:?}: {bytes} bytes");
    }
}

/// The words of a page's picture, as it is read out.
fn alt<'p>(page: &'p str, name: &str) -> &'p str {
    let end = format!("](../images/{name}.png)");
    page.lines()
        .find_map(|line| line.strip_prefix("![")?.strip_suffix(&end))
        .unwrap_or_else(|| panic!("no page shows the picture {name}"))
}

#[test]
fn the_pictures_of_the_model_say_what_the_model_computes() {
    for picture in figures::PICTURES {
        let drawing = (picture.draw)().expect("a drawing");
        let page = root().join(picture.page);
        let file = root().join(format!("docs/images/{}.png", picture.name));
        let text = fs::read_to_string(&page).expect("the page");
        let shown = alt(&text, picture.name);
        if updating() {
            let line = |words| format!("![{words}](../images/{}.png)", picture.name);
            let fresh = text.replace(&line(shown), &line(drawing.title()));
            fs::write(&page, fresh).expect("the page");
            let png = figures::packed(&drawing).expect("a picture");
            fs::write(&file, png).expect("the picture");
            continue;
        }
        assert_eq!(
            shown,
            drawing.title(),
            "{}: UPDATE_DOCS=1 cargo test --test readme -- --test-threads=1",
            picture.page
        );
        let bytes = fs::metadata(&file).expect("the picture").len();
        assert!(bytes < 90_000, "{}: {bytes} bytes", picture.name);
    }
}

#[test]
fn every_page_of_the_model_is_listed_and_every_picture_is_shown() {
    let overview = fs::read_to_string(root().join("docs/model.md")).expect("the overview");
    for entry in fs::read_dir(root().join("docs/model")).expect("docs/model/") {
        let name = entry.expect("an entry").file_name();
        let name = format!("model/{}", name.to_string_lossy());
        assert!(overview.contains(&format!("({name})")), "{name} is not listed");
        assert!(PAGES.contains(&&*format!("docs/{name}")), "{name} is not checked");
    }
    for entry in fs::read_dir(root().join("docs/images")).expect("docs/images/") {
        let name = entry.expect("an entry").file_name();
        let link = format!("images/{})", name.to_string_lossy());
        let shown = PAGES.iter().any(|page| {
            let text = fs::read_to_string(root().join(page)).expect("a page");
            text.contains(&link)
        });
        assert!(shown, "no page shows {name:?}");
    }
}

#[test]
fn every_link_leads_somewhere() {
    for name in PAGES {
        let path = root().join(name);
        let page = fs::read_to_string(&path).expect("the page");
        for link in links(&page).filter(|link| !link.contains("://")) {
            let (file, anchor) = link.split_once('#').unwrap_or((&link, ""));
            let target: PathBuf =
                if file.is_empty() { path.clone() } else { path.parent().expect("a folder").join(file) };
            assert!(target.exists(), "{name}: {link} leads nowhere");
            if !anchor.is_empty() {
                let text = fs::read_to_string(&target).expect("a page");
                let found = text.lines().any(|line| line.starts_with('#') && slug(line) == anchor);
                assert!(found, "{name}: {link} has no such heading");
            }
        }
    }
}

fn links(page: &str) -> impl Iterator<Item = String> {
    page.split("](").skip(1).filter_map(|rest| {
        let end = rest.find(')')?;
        Some(rest[..end].to_owned())
    })
}

/// A heading's anchor, as GitHub makes it.
fn slug(heading: &str) -> String {
    heading
        .trim_start_matches('#')
        .trim()
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphanumeric() || *c == ' ' || *c == '-')
        .map(|c| if c == ' ' { '-' } else { c })
        .collect()
}
