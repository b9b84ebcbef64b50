//! What `foremix run` says first, for plans of every kind: true at the edge of its margin, and never misleading.

use std::fs;

use crate::{foremix, is_a_table_or_fits, scenario, stderr, stdout};

/// What is said of the starter with changes to its text and arguments; without breaks of lines.
fn said(changes: &[(&str, &str)], arguments: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let mut plan = fs::read_to_string(scenario("starter.toml")).unwrap();
    for (old, new) in changes {
        assert!(plan.contains(old), "{old}");
        plan = plan.replace(old, new);
    }
    fs::write(folder.path().join("plan.toml"), plan).unwrap();
    let runs = if arguments.contains(&"--runs") { &[][..] } else { &["--runs", "512"] };
    let output = foremix(folder.path())
        .args(["run", "plan.toml", "--formats", "json"])
        .args(runs)
        .args(arguments)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let text = stdout(&output);
    assert!(text.lines().all(is_a_table_or_fits), "{text}");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn assert_says(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn the_answer_comes_before_any_table() {
    let text = said(&[], &[]);
    let place = |part: &str| text.find(part).unwrap_or_else(|| panic!("{part}: {text}"));
    assert!(place("Revenue reaches 85,000 USD in ") < place("; 8 of 10 bring at least "));
    assert!(place("8 of 10") < place("lose money"));
    assert!(place("lose money") < place("What holds the plan back most is "));
    assert!(place("What holds the plan back most is ") < place("The next 1,000 USD does most in search: "));
    assert!(place("The next 1,000 USD does most in search: ") < place("P10 P50 P90 mean"));
}

#[test]
fn where_every_channel_loses_nothing_is_called_room() {
    let text = said(&[("\"2.5 to 4.5\"", "\"80 to 120\"")], &[]);
    assert_says(&text, &["The next 1,000 USD loses money in every channel."]);
    assert!(!text.contains("room for more"), "{text}");
}

#[test]
fn hours_that_bind_and_do_not_pay_are_no_limit_worth_lifting() {
    // A deal leaves 4 % and costs 10 % of commission.
    let margin = [("\"80%\" }", "\"4%\", commission = \"10%\" }"), ("\"28% to 40%\"", "\"5% to 8%\"")];
    let text = said(&margin, &[]);
    assert_says(
        &text,
        &["No limit pays to lift: 10% more hours (at today's pay), demand or budget would not bring more profit"],
    );
    let share = |text: &str| text.split(" hours ").nth(1).is_some();
    assert!(share(&text), "{text}");
}

#[test]
fn a_plan_that_spends_nothing_says_nothing_of_budgets() {
    let baseline = "kind = \"baseline\"\nleads = \"15 to 25\"\n";
    let text = said(
        &[
            ("kind = \"ppc\"                        # or seo, email, print, event, response, baseline\n", baseline),
            ("budget = 24_000\n", ""),
            ("cost_per_click = \"2.5 to 4.5\"\n", ""),
            ("clicks_available = 1_500            # a week, if money were no object\n", ""),
            ("visit_to_lead = \"3% to 6%\"\n", ""),
        ],
        &[],
    );
    assert!(!text.contains("The next 1,000"), "{text}");
    assert!(!text.contains("budget"), "{text}");
}

#[test]
fn a_plan_without_a_margin_tells_revenue_and_what_it_leaves_out() {
    let text = said(&[("finance = { gross_margin = \"80%\" }\n", "")], &[]);
    assert_says(
        &text,
        &[
            "USD of revenue, for 2,400 USD more.",
            "The next 1,000 USD brings most in search: ",
            "USD of revenue, its cost not taken off.",
            "No gross margin is given",
        ],
    );
    assert!(!text.contains("lose money"), "{text}");
}

#[test]
fn without_a_target_profit_leads() {
    let target = "targets = { revenue = 85_000 }                                     # the number to make\n";
    let text = said(&[(target, "")], &[]);
    assert_says(&text, &["seed 1 8 of 10 quarters lose at most ", "% lose money ("]);
    let text = said(&[(target, ""), ("finance = { gross_margin = \"80%\" }\n", "")], &[]);
    assert_says(&text, &["seed 1 8 of 10 quarters bring at least ", " USD of revenue."]);
}

#[test]
fn targets_of_all_kinds_are_told_in_the_first_sentence_and_have_a_row() {
    let text = said(&[("revenue = 85_000 }", "wins = 8, revenue = 85_000 }")], &[]);
    assert_says(
        &text,
        &["Wins reach 8 in ", " and revenue reaches 85,000 USD in ", "8 of 10 quarters bring at least "],
    );
    let text = said(&[("revenue = 85_000 }", "wins_started = 15 }")], &[]);
    assert_says(
        &text,
        &["Wins started reach 15 in ", "channel spend leads wins started wins revenue", " Wins started "],
    );
    let text = said(&[("revenue = 85_000 }", "lost_to_waiting = 5 }")], &[]);
    assert_says(&text, &["Lost to waiting stays at or below 5 in ", "8 of 10 stay at or below "]);
    let text = said(&[("revenue = 85_000 }", "revenue = 85_000, wins = 8, leads = 200 }")], &[]);
    assert_says(&text, &[", the hardest of 3 targets; "]);
}

#[test]
fn outcomes_that_are_asked_for_have_their_rows() {
    let usual = said(&[], &[]);
    let text = said(&[], &["--outcome", "roas", "--outcome", "unspent"]);
    for row in ["Return on ad spend (ROAS)", "Unspent budget USD"] {
        assert!(text.contains(row) && !usual.contains(row), "{row}: {text}");
    }
    let folder = tempfile::tempdir().unwrap();
    let output =
        foremix(folder.path()).arg("run").arg(scenario("starter.toml")).args(["--outcome", "roaz"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("did you mean roas?"), "{}", stderr(&output));
}

#[test]
fn few_draws_claim_little() {
    let one = said(&[], &["--runs", "1"]);
    assert_says(&one, &["1 simulated quarter of 13 weeks", "A single simulated future can't tell a chance"]);
    let few = said(&[], &["--runs", "63"]);
    assert_says(&few, &["63 simulated quarters are too few to tell what holds the plan back"]);
    assert!(!few.contains("does most in"), "{few}");
    let enough = said(&[], &["--runs", "64"]);
    assert!(!enough.contains("are too few"), "{enough}");
}

/// A channel in front of the sales team.
fn with_channel(channel: &str) -> String {
    format!("{channel}\n[sales]\n")
}

#[test]
fn money_that_cannot_be_spent_is_told() {
    let mailing = with_channel(
        "[channels.mailing]\nkind = \"print\"\nbudget = 39_000\ncost_per_insertion = 40_000\ncirculation = 90_000\nresponse_rate = 0.002\n",
    );
    let text = said(&[("[sales]\n", &mailing)], &[]);
    assert_says(&text, &["mailing: none of its 39,000 USD can be spent; it is 1,000 USD short of one insertion."]);
    let text = said(&[("[sales]\n", &mailing.replace("39_000", "95_000"))], &[]);
    assert_says(
        &text,
        &["mailing: 15,000 USD of its 95,000 USD stays unspent; it is 25,000 USD short of one more insertion."],
    );
    let text = said(&[("[sales]\n", &mailing.replace("39_000", "80_000"))], &[]);
    assert!(!text.contains("unspent"), "{text}");
}

#[test]
fn a_channel_that_can_take_less_than_a_thousand_says_how_much() {
    // 2,000 people, 2 sends a week, 13 weeks at 10 per thousand: 520 at most.
    let list = |budget: &str| {
        with_channel(&format!(
            "[channels.list]\nkind = \"email\"\nbudget = {budget}\nlist_size = 2_000\ncost_per_thousand = 10\nclick_rate = 0.05\nclick_to_lead = 0.1\n",
        ))
    };
    let text = said(&[("[sales]\n", &list("260"))], &[]);
    assert_says(&text, &["list, which can take only 260 USD more: ", " for 260", "the channel can spend only"]);
    let text = said(&[("[sales]\n", &list("520"))], &[]);
    assert_says(&text, &[" full ", "\"full\": it can spend no more than it does."]);
    let text = said(&[("[sales]\n", &list("700"))], &[]);
    assert_says(&text, &["list: 180 USD of its 700 USD stays unspent on average."]);
}

#[test]
fn events_that_repeat_without_wearing_out_are_noted() {
    let fairs = with_channel(
        "[channels.fairs]\nkind = \"event\"\nbudget = 9_000\ncost_per_event = 3_000\nleads_per_event = 20\n",
    );
    let note = "fairs buys about 3, and each brings as much as the first: wearout is 0.";
    assert_says(&said(&[("[sales]\n", &fairs)], &[]), &[note]);
    let once = said(&[("[sales]\n", &fairs.replace("9_000", "5_000"))], &[]);
    let wears = said(&[("[sales]\n", &fairs.replace("_event = 20", "_event = 20\nwearout = 0.1"))], &[]);
    assert!(!once.contains(note) && !wears.contains(note), "{once}\n{wears}");
}

#[test]
fn the_word_on_ranges_goes_once_widening_is_stated() {
    let ranges = "Ranges are taken as written";
    assert!(said(&[], &[]).contains(ranges));
    for widen in ["1", "1.4"] {
        let text = said(&[], &["--set", &format!("simulation.widen={widen}")]);
        assert!(!text.contains(ranges), "{text}");
    }
}

#[test]
fn the_limit_that_brings_most_stands_first_however_often_another_binds() {
    // Hours bind in nearly every quarter; a tenth more visitors who order by themselves brings far more.
    let shop = with_channel(
        "[channels.shop]\nkind = \"baseline\"\nleads = 4_000\nroute = \"online\"\nclose_rate = 0.02\naverage_value = 900\n",
    );
    let text = said(&[("[sales]\n", &shop), ("\"28% to 40%\"", "\"12% to 16%\"")], &[]);
    assert_says(&text, &["What holds the plan back most is demand: 10% more in every channel would bring "]);
}
