//! The command as people run it: the plan that comes out runs, and nothing private comes out.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use foremix::records::Day;
use foremix::units::Date;

use crate::company::{Truth, as_of, deals};
use crate::exports::{CANARY, SYSTEMS};

fn foremix(folder: &Path) -> Command {
    let mut command = Command::cargo_bin("foremix").unwrap();
    command.current_dir(folder).env("SOURCE_DATE_EPOCH", "1795824000").env_remove("NO_COLOR");
    command
}

fn plan(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name)).unwrap()
}

fn said(output: &std::process::Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[test]
fn the_plan_that_comes_out_runs_and_holds_nothing_private() {
    let truth = deals(&Truth::default(), 11);
    for (system, export) in SYSTEMS {
        let folder = tempfile::tempdir().unwrap();
        let (name, bytes) = export(&truth, as_of());
        fs::write(folder.path().join(name), bytes).unwrap();
        fs::write(folder.path().join("plan.toml"), plan("b2b-saas.toml")).unwrap();
        let map = "[deals]\ncurrency = \"USD\"\nrates = { EUR = 1.1 }\n";
        fs::write(folder.path().join("map.toml"), map).unwrap();
        let output = foremix(folder.path())
            .args(["calibrate", "--deals", name, "--into", "plan.toml", "--map", "map.toml", "--out", "found"])
            .args(["--formats", if system == "HubSpot" { "svg" } else { "json" }])
            .output()
            .unwrap();
        let text = said(&output);
        assert_eq!(output.status.code(), Some(0), "{system}: {text}");
        assert!(!text.contains(CANARY), "{system}: {text}");
        for entry in fs::read_dir(folder.path().join("found")).unwrap() {
            let path = entry.unwrap().path();
            let bytes = fs::read(&path).unwrap();
            let found = String::from_utf8_lossy(&bytes).into_owned();
            assert!(!CANARY.split(' ').any(|word| found.contains(word)), "{system}: {}", path.display());
        }
        let run = foremix(folder.path())
            .args(["run", "found/calibrated.toml", "--runs", "512", "--formats", "json"])
            .output()
            .unwrap();
        assert_eq!(run.status.code(), Some(0), "{system}: {}", said(&run));
    }
}

#[test]
fn questions_are_written_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let text = "id,created,won,lost\n1,03/04/2026,05/06/2026,\n2,04/05/2026,,06/07/2026\n";
    fs::write(folder.path().join("deals.csv"), text).unwrap();
    fs::write(folder.path().join("plan.toml"), plan("starter.toml")).unwrap();
    let arguments = ["calibrate", "--deals", "deals.csv", "--into", "plan.toml"];
    let output = foremix(folder.path()).args(arguments).output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(said(&output).contains("give the file with --map map.toml"), "{}", said(&output));
    assert!(!folder.path().join("output").exists());
    // Unanswered, it is a fault that points at the line.
    let output = foremix(folder.path()).args(arguments).args(["--map", "map.toml"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("dates is not answered yet"), "{}", said(&output));
}

fn csv(rows: impl Iterator<Item = String>) -> String {
    rows.collect::<Vec<_>>().join("\n")
}

/// Plain files of leads and of wins whose columns only a map names: the forecast, its scores and its pictures.
#[test]
fn leads_and_wins_of_two_plain_files_are_tested_by_a_map() {
    let folder = tempfile::tempdir().unwrap();
    let truth = deals(&Truth { weeks: 72, ..Truth::default() }, 31);
    let leads = csv(std::iter::once("lead,origin,first_contact,note".to_owned())
        .chain(truth.iter().map(|own| format!("{},{},{},{CANARY}", own.id, own.channel, own.created.date()))));
    let won = truth.iter().filter_map(|own| match own.fate {
        crate::company::Fate::Won(day) => Some(format!("{},{CANARY},{}", own.id, day.date())),
        _ => None,
    });
    let won = csv(std::iter::once("lead,seller,closed_on".to_owned()).chain(won));
    let map = "[leads]\nid = \"lead\"\ncreated = \"first_contact\"\nchannel = \"origin\"\n[deals]\nid = \"lead\"\nwon = \"closed_on\"\n";
    for (name, text) in [("leads.csv", leads), ("deals.csv", won), ("map.toml", map.to_owned())] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let output = foremix(folder.path())
        .args(["backtest", "--leads", "leads.csv", "--deals", "deals.csv", "--map", "map.toml", "--every", "8"])
        .args(["--formats", "svg", "--json"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let summary: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let scores = summary["scores"].as_array().unwrap();
    let of = |way: &str| scores.iter().find(|own| own["way"] == way && own["target"] == "wins").unwrap();
    assert!(of("model")["cuts"].as_u64().unwrap() >= 3, "{summary}");
    assert!(of("smoothing")["crps"].as_f64().unwrap() > 0.0);
    for name in ["forecasts.svg", "forecasts-of-open.svg", "ranks.svg", "horizons.svg", "summary.json"] {
        let text = fs::read_to_string(folder.path().join("output/deals-backtest").join(name)).unwrap();
        assert!(!CANARY.split(' ').any(|word| text.contains(word)), "{name}");
    }
}

/// A weekly result with spend by channel: three years with a season.
#[test]
fn a_weekly_result_is_tested_by_a_map() {
    let folder = tempfile::tempdir().unwrap();
    let first: Date = "2023-01-02".parse().unwrap();
    let weeks = (0..156_i64).map(|week| {
        let day = first.plus_days(7 * week).unwrap();
        let season = (std::f64::consts::TAU * week as f64 / 52.18).sin();
        let noise = f64::from((week * 7919 % 13) as i32 - 6) / 100.0;
        format!("{day},{},{},{:.0}", 100 + week % 7, 50 + week % 5, 10_000.0 * (0.2 * season + noise).exp())
    });
    let text = csv(std::iter::once("DATE,tv_S,search_S,turnover".to_owned()).chain(weeks));
    fs::write(folder.path().join("weeks.csv"), text).unwrap();
    let map = "[weeks]\nday = \"DATE\"\nresult = \"turnover\"\nspend = { tv = \"tv_S\", search = \"search_S\" }\n";
    fs::write(folder.path().join("map.toml"), map).unwrap();
    let output = foremix(folder.path())
        .args(["backtest", "--weeks", "weeks.csv", "--map", "map.toml", "--formats", "svg"])
        .output()
        .unwrap();
    let text = said(&output);
    assert_eq!(output.status.code(), Some(0), "{text}");
    assert!(text.contains("the same weeks last year") && text.contains("Written to"), "{text}");
    assert!(folder.path().join("output/weeks-backtest/forecasts.svg").exists());
}

/// Leads that say when they were qualified and became opportunities: four of ten qualified, half of these opportunities.
#[test]
fn shares_of_the_funnel_come_from_leads() {
    let folder = tempfile::tempdir().unwrap();
    let truth = deals(&Truth::default(), 12);
    let (name, bytes) = crate::exports::hubspot(&truth, as_of());
    fs::write(folder.path().join(name), bytes).unwrap();
    fs::write(folder.path().join("plan.toml"), plan("b2b-saas.toml")).unwrap();
    let leads = (0..1200).map(|at: i32| {
        let day = |after: i32| Day(as_of().0 - 300 + at / 4 + after).date();
        let source = if at % 3 == 0 { "Paid Search" } else { "Trade Show" };
        let qualified = if at % 5 < 2 { day(3).to_string() } else { String::new() };
        let opportunity = if at % 5 == 0 { day(9).to_string() } else { String::new() };
        format!("L{at},{},{source},{qualified},{opportunity}", day(0))
    });
    let text = csv(std::iter::once("id,created,source,qualified,opportunity".to_owned()).chain(leads));
    fs::write(folder.path().join("leads.csv"), text).unwrap();
    fs::write(folder.path().join("map.toml"), "[deals]\ncurrency = \"USD\"\n").unwrap();
    let output = foremix(folder.path())
        .args(["calibrate", "--deals", name, "--leads", "leads.csv", "--into", "plan.toml", "--map", "map.toml"])
        .args(["--out", "found", "--formats", "svg"])
        .output()
        .unwrap();
    let text = said(&output);
    assert_eq!(output.status.code(), Some(0), "{text}");
    assert!(text.contains("qualified share, ") && text.contains("opportunity rate"), "{text}");
    let found = fs::read_to_string(folder.path().join("found/posterior.csv")).unwrap();
    let mut lines = found.lines();
    let names: Vec<&str> = lines.next().unwrap().split(',').collect();
    let at = names.iter().position(|own| *own == "sales.opportunity_rate").expect("a column");
    let rates: Vec<f64> = lines.map(|line| line.split(',').nth(at).unwrap().parse().unwrap()).collect();
    let mean = rates.iter().sum::<f64>() / rates.len() as f64;
    // Half of some 400; drift of .3 in the log odds leaves the mean where it is. The standard error is .025.
    assert!((mean - 0.5).abs() < 0.1, "{mean}");
    let run = foremix(folder.path())
        .args(["run", "found/calibrated.toml", "--runs", "512", "--formats", "csv", "--log", "log.jsonl"])
        .output()
        .unwrap();
    assert_eq!(run.status.code(), Some(0), "{}", said(&run));
    assert!(fs::read_to_string(folder.path().join("log.jsonl")).unwrap().contains("\"wins\":["));
}

/// A forecast that was logged a year ago, against the deals that were won since.
#[test]
fn forecasts_of_a_log_are_held_against_what_came() {
    let folder = tempfile::tempdir().unwrap();
    let truth = deals(&Truth { weeks: 80, ..Truth::default() }, 13);
    let (name, bytes) = crate::exports::hubspot(&truth, as_of());
    fs::write(folder.path().join(name), bytes).unwrap();
    let starter = plan("starter.toml").replace("horizon = { ", "horizon = { start = 2026-05-04, ");
    fs::write(folder.path().join("plan.toml"), starter).unwrap();
    for seed in ["1", "2"] {
        let run = foremix(folder.path())
            .args(["run", "plan.toml", "--runs", "512", "--formats", "csv", "--log", "log.jsonl", "--seed", seed])
            .output()
            .unwrap();
        assert_eq!(run.status.code(), Some(0), "{}", said(&run));
    }
    assert_eq!(fs::read_to_string(folder.path().join("log.jsonl")).unwrap().lines().count(), 2);
    let output = foremix(folder.path())
        .args(["backtest", "--deals", name, "--log", "log.jsonl", "--json", "--as-of", &as_of().date().to_string()])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let summary: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    // Of two of one day the last counts; it is told for wins and for revenue.
    let forecasts = summary["forecasts"].as_array().unwrap();
    assert_eq!(forecasts.len(), 2, "{summary}");
    let from = Day::of("2026-05-04".parse().unwrap());
    let won = truth.iter().filter(|own| match own.fate {
        crate::company::Fate::Won(day) => day >= from && day.0 < from.0 + 13 * 7,
        _ => false,
    });
    let of_wins = forecasts.iter().find(|own| own["outcome"] == "wins").unwrap();
    assert_eq!(of_wins["actual"].as_f64(), Some(won.count() as f64), "{summary}");
    fs::write(folder.path().join("log.jsonl"), "soon\n").unwrap();
    let output = foremix(folder.path()).args(["backtest", "--deals", name, "--log", "log.jsonl"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("log.jsonl, line 1: this line is not a forecast"), "{}", said(&output));
}

/// Three years of a shop's weeks: a season for the plan, and a curve of the channel whose spend the map names, which a lift
/// test narrows. The plan that comes out runs.
#[test]
fn weekly_results_teach_a_season_and_a_curve() {
    let folder = tempfile::tempdir().unwrap();
    let first: Date = "2023-01-02".parse().unwrap();
    let weeks = (0..156_i64).map(|week| {
        let day = first.plus_days(7 * week).unwrap();
        let season = 0.3 * (std::f64::consts::TAU * week as f64 / 52.1775).sin();
        let money = if (week * week + week * 7919) % 5 < 2 { 3_000.0 } else { 500.0 };
        let noise = f64::from((week * 7919 % 13) as i32 - 6) / 200.0;
        format!("{day},{money},{:.0}", 500.0 * (season + noise + 0.3 * money / (money + 2_000.0)).exp())
    });
    let text = csv(std::iter::once("date,tv_S,inquiries".to_owned()).chain(weeks));
    fs::write(folder.path().join("weeks.csv"), text).unwrap();
    let map = "[weeks]\nresult = \"inquiries\"\nspend = { tv = \"tv_S\" }\n";
    fs::write(folder.path().join("map.toml"), map).unwrap();
    let channel = "\n[channels.tv]\nkind = \"response\"\nbudget = 20_000\nspend_scale = 1_000\nscale = \"10 to 90\"\n\
                   adstock = { kind = \"none\" }\nsaturation = { kind = \"michaelis_menten\", half = \"1 to 4\" }\n";
    let stated = plan("starter.toml").replace("horizon = { ", "horizon = { start = 2025-12-29, ") + channel;
    fs::write(folder.path().join("plan.toml"), stated).unwrap();
    let calibrated = |map: &str| {
        fs::write(folder.path().join("map.toml"), map).unwrap();
        let output = foremix(folder.path())
            .args(["calibrate", "--weeks", "weeks.csv", "--into", "plan.toml", "--map", "map.toml"])
            .args(["--out", "found", "--formats", "svg"])
            .output()
            .unwrap();
        (output.status.code(), said(&output))
    };
    let (code, text) = calibrated(map);
    assert_eq!(code, Some(0), "{text}");
    for part in ["result at full saturation", "Season: the planned weeks bring", "today's spend brings", "A lift test"]
    {
        assert!(text.contains(part), "{part}: {text}");
    }
    let found = fs::read_to_string(folder.path().join("found/calibrated.toml")).unwrap();
    assert!(found.contains("seasonality = [") && found.contains("channels.tv.scale"), "{found}");
    let run = foremix(folder.path())
        .args(["run", "found/calibrated.toml", "--runs", "512", "--formats", "csv"])
        .output()
        .unwrap();
    assert_eq!(run.status.code(), Some(0), "{}", said(&run));
    let lift = "[[weeks.lifts]]\nchannel = \"tv\"\nfrom = 500\nto = 3_000\nlift = 70\nerror = 20\n";
    let (code, text) = calibrated(&format!("{map}{lift}"));
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains("1 lift test"), "{text}");
    let (code, text) = calibrated(&format!("{map}{}", lift.replace("\"tv\"", "\"radio\"")));
    assert_eq!((code, text.contains("a lift test is of radio")), (Some(2), true), "{text}");
    let (code, text) = calibrated(&format!("{map}{}", lift.replace("error = 20\n", "")));
    assert_eq!((code, text.contains("not a whole lift test")), (Some(2), true), "{text}");
}

/// Eighty customers of a year and a half, one order every ten weeks each: the plan's customers come back as they did.
#[test]
fn orders_teach_how_often_customers_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let orders = (0..80_i32).flat_map(|customer| {
        (0..8).map(move |k| {
            let day = Day(as_of().0 - 540 + 70 * k + customer % 60).date();
            format!("{CANARY} {customer},{day},{}", 40 + customer % 9)
        })
    });
    let text = csv(std::iter::once("customer,date,amount".to_owned()).chain(orders));
    fs::write(folder.path().join("orders.csv"), text).unwrap();
    fs::write(folder.path().join("plan.toml"), plan("web-shop.toml")).unwrap();
    let output = foremix(folder.path())
        .args(["calibrate", "--orders", "orders.csv", "--into", "plan.toml", "--out", "found", "--formats", "svg"])
        .args(["--as-of", &as_of().date().to_string()])
        .output()
        .unwrap();
    let text = said(&output);
    assert_eq!(output.status.code(), Some(0), "{text}");
    for part in ["repeat orders a customer and week", "customers who stop, a week", "repeat order, mean"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(!CANARY.split(' ').any(|word| text.contains(word)), "{text}");
    let run = foremix(folder.path())
        .args(["run", "found/calibrated.toml", "--runs", "512", "--formats", "csv"])
        .output()
        .unwrap();
    assert_eq!(run.status.code(), Some(0), "{}", said(&run));
}

/// Sixteen sends of 2 % and 3 % clicks by turns: some 2.4 % of those to come, and one in a thousand readers leaves.
#[test]
fn mailings_teach_the_rates_of_a_list() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("plan.toml"), plan("b2b-saas.toml")).unwrap();
    let send = |at: i32| {
        let clicks = if at % 2 == 0 { 200 } else { 300 };
        format!("Issue {at} {CANARY},{CANARY},\"Jun {:02}, 2026 09:30 pm\",10200,10000,4000,{clicks},10", at + 1)
    };
    let header =
        "Title,Subject,Send Date,Total Recipients,Successful Deliveries,Unique Opens,Unique Clicks,Unsubscribes";
    fs::write(folder.path().join("sends.csv"), csv(std::iter::once(header.to_owned()).chain((0..16).map(send))))
        .unwrap();
    let output = foremix(folder.path())
        .args(["calibrate", "--mail", "sends.csv", "--into", "plan.toml", "--out", "found", "--formats", "json"])
        .output()
        .unwrap();
    let text = said(&output);
    assert_eq!(output.status.code(), Some(0), "{text}");
    let line =
        |label: &str| text.lines().find(|line| line.starts_with(label)).unwrap_or_else(|| panic!("{label}: {text}"));
    assert!(line("click rate, newsletter").contains("16 sends, 4,000 of 160,000 deliveries"), "{text}");
    assert!(
        line("click rate, newsletter").contains("2.4%") || line("click rate, newsletter").contains("2.5%"),
        "{text}"
    );
    assert!(line("unsubscribe rate, newsletter").contains("0.1%"), "{text}");
    assert!(!text.contains(CANARY), "{text}");
    let found = fs::read_to_string(folder.path().join("found/calibrated.toml")).unwrap();
    assert!(found.contains("click_rate = { file") && !found.contains(CANARY), "{found}");
}
