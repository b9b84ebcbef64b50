//! Slides, taken apart here, and by python-pptx and LibreOffice where they are installed.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use zip::ZipArchive;

use crate::{foremix, scenario, stderr};

const MARKED: &str = "name = \"<b>&\\\"Plan\\\"\"\n[channels.\"=1+1<&>\"]\nkind = \"baseline\"\nleads = 9\n[sales.reps.team]\ncount = 2\n[sales]\nopportunity_rate = 0.4\nclose_rate = 0.3\ncycle_weeks = 1\n[deals]\naverage_value = 500\n";

/// Runs a plan with `--formats pptx`; gives the slides.
fn written(folder: &Path, plan: &str) -> PathBuf {
    let mut command = foremix(folder);
    command.env("SOURCE_DATE_EPOCH", "1800000000").args(["run", plan, "--runs", "200", "--quiet"]);
    let output = command.args(["--formats", "pptx", "--out", "results"]).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    folder.join("results/forecast.pptx")
}

fn parts(path: &Path) -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(File::open(path).unwrap()).unwrap();
    (0..archive.len())
        .map(|at| {
            let mut part = archive.by_index(at).unwrap();
            let mut bytes = Vec::new();
            part.read_to_end(&mut bytes).unwrap();
            (part.name().unwrap().into_owned(), bytes)
        })
        .collect()
}

#[test]
fn slides_tell_the_answer_and_every_relation_leads_to_a_part() {
    let folder = tempfile::tempdir().unwrap();
    let path = written(folder.path(), scenario("b2b-saas.toml").to_str().unwrap());
    let parts = parts(&path);
    let text = |name: &str| {
        let found = parts.iter().find(|(own, _)| own == name).unwrap_or_else(|| panic!("{name}"));
        String::from_utf8(found.1.clone()).unwrap()
    };
    assert!(text("ppt/slides/slide1.xml").contains("Revenue reaches 900,000 USD in "));
    // A picture says its finding; the native charts have their workbooks.
    assert!(text("ppt/slides/slide2.xml").contains("descr=\"Revenue: "));
    let count = |start: &str| parts.iter().filter(|(name, _)| name.starts_with(start)).count();
    assert_eq!((count("ppt/charts/chart"), count("ppt/embeddings/")), (2, 2));
    for (name, bytes) in parts.iter().filter(|(name, _)| name.ends_with(".rels")) {
        let folder = Path::new(name).parent().unwrap().parent().unwrap();
        for target in String::from_utf8_lossy(bytes).split("Target=\"").skip(1) {
            let target = target.split('"').next().unwrap();
            let mut place = folder.to_path_buf();
            for step in target.split('/') {
                if step == ".." {
                    place.pop();
                } else {
                    place.push(step)
                }
            }
            assert!(parts.iter().any(|(own, _)| Path::new(own) == place), "{name}: {target}");
        }
    }
}

#[test]
fn no_name_becomes_markup_in_slides_and_bytes_are_the_same_each_time() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("marked.toml"), MARKED).unwrap();
    let bytes = fs::read(written(folder.path(), "marked.toml")).unwrap();
    assert!(bytes == fs::read(written(folder.path(), "marked.toml")).unwrap());
    for (name, bytes) in parts(&folder.path().join("results/forecast.pptx")) {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!name.ends_with(".xml") || !text.contains("<b>"), "{name}");
    }
}

/// Opens the slides and prints how many there are, charts and figures without a text for who can't see them included.
const READ: &str = r#"
import sys
try:
    from pptx import Presentation
except ImportError:
    print("lacking")
    sys.exit(0)
slides = Presentation("results/forecast.pptx").slides
assert all(slide.shapes.title.text for slide in slides)
shapes = [shape for slide in slides for shape in slide.shapes]
charts = [shape.chart for shape in shapes if shape.has_chart]
assert len(charts) == 2, charts
for chart in charts:
    assert len(chart.part.chart_workbook.xlsx_part.blob) > 1000
    assert all(value is not None for plot in chart.plots for series in plot.series for value in series.values)
pictures = [shape for shape in shapes if shape.shape_type == 13]
assert pictures and all(shape._element.nvPicPr.cNvPr.get("descr") for shape in pictures)
assert any(shape.has_table for shape in shapes)
print("read")
"#;

#[test]
fn other_programs_open_the_slides() {
    let folder = tempfile::tempdir().unwrap();
    let path = written(folder.path(), scenario("b2b-saas.toml").to_str().unwrap());
    // Not by a macro, whose lines are swallowed where a test passes.
    let mut said = std::io::stderr();
    let python = std::env::var_os("FOREMIX_PYTHON").unwrap_or_else(|| "python3".into());
    match Command::new(python).args(["-c", READ]).current_dir(folder.path()).output() {
        Err(_) => drop(writeln!(said, "skipped: Python is not installed")),
        Ok(output) => {
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            if String::from_utf8_lossy(&output.stdout).trim() != "read" {
                drop(writeln!(said, "skipped: Python has no python-pptx"));
            }
        }
    }
    let converted = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", folder.path().join("profile").display()))
        .args(["--headless", "--convert-to", "pdf", "--outdir"])
        .arg(folder.path())
        .arg(&path)
        .output();
    match converted {
        Err(_) => drop(writeln!(said, "skipped: LibreOffice (soffice) is not installed")),
        Ok(_) => assert!(fs::read(folder.path().join("forecast.pdf")).unwrap().starts_with(b"%PDF")),
    }
}
