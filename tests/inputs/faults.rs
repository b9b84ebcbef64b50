//! Every way to get an input wrong: what is said, of which part, and what to do.

use foremix::reading::{Diagnostic, Sources};
use foremix::scenario::LoadError;

use super::plans::plan_in;

/// Files that lie beside the plan.
const FILES: [(&str, &str); 8] = [
    ("below.csv", "hours\n0.5\n-0.4\n"),
    ("draws.csv", "cpc,rate,note\n3.5,0.04,first\n4.5,1.2,2\n5.5,,3\n"),
    ("semicolon.csv", "cpc;rate\n3.5;0.04\n"),
    ("headers.csv", "cpc,rate\n"),
    ("empty.csv", ""),
    ("uneven.csv", "cpc,rate\r\n3,4\r\n5\r\n"),
    ("quoted.csv", "cpc,note\r\n3,\"two\r\nlines\"\r\n\r\nfour,x\r\n"),
    ("high.csv", "rate\n0.04\n1.2\n"),
];

struct Case {
    setting: &'static str,
    message: &'static str,
    marked: &'static str,
    label: &'static str,
    help: &'static str,
}

const fn case(setting: &'static str, [message, marked, label, help]: [&'static str; 4]) -> Case {
    Case { setting, message, marked, label, help }
}

fn check(cases: &[Case]) {
    let folder = tempfile::tempdir().expect("a folder for the test");
    for (name, text) in FILES {
        std::fs::write(folder.path().join(name), text).expect("a file is written");
    }
    for case in cases {
        let Err(LoadError::Faulty { faults, sources }) = plan_in(folder.path(), "", &[case.setting]) else {
            panic!("{} is taken as right", case.setting);
        };
        let matches = |fault: &&Diagnostic| {
            fault.message.contains(case.message)
                && fault.label.contains(case.label)
                && fault.help.as_deref().unwrap_or_default().contains(case.help)
                && marked(fault, &sources).is_some_and(|text| text == case.marked)
        };
        assert!(
            faults.iter().find(matches).is_some() && faults.len() == 1,
            "{}:\n{}",
            case.setting,
            faults.render(&sources, false)
        );
    }
}

fn marked<'s>(fault: &Diagnostic, sources: &'s Sources) -> Option<&'s str> {
    (!fault.of_file).then(|| sources.excerpt(&fault.place))
}

const UNUSABLE: &str = "`average_value`: this value can't be used";

#[test]
fn faulty_distributions_say_what_is_wrong() {
    check(&[
        case(
            "deals.average_value={low=3,likely=2,high=6}",
            [
                UNUSABLE,
                "{low=3,likely=2,high=6}",
                "must rise: low ≤ likely ≤ high",
                "write 3.2, \"120k\", \"2.5 to 4.5\"",
            ],
        ),
        case(
            "deals.average_value={low=3,high=6}",
            [
                "this distribution is incomplete",
                "{low=3,high=6}",
                "`likely` is missing here",
                "{ low = 2, likely = 3, high = 6 }",
            ],
        ),
        case(
            "deals.average_value={uniform=[1,2,3]}",
            [UNUSABLE, "{uniform=[1,2,3]}", "takes two numbers", "0 or more"],
        ),
        case("deals.average_value={uniform=[3,2]}", [UNUSABLE, "{uniform=[3,2]}", "write the lower number first", ""]),
        case(
            "deals.average_value={uniform=3}",
            ["expected a list here", "3", "found a number", "{ uniform = [2, 4] }"],
        ),
        case(
            "deals.average_value={uniform=[-3,2]}",
            [UNUSABLE, "{uniform=[-3,2]}", "-3 is not allowed: it must be 0 or more", ""],
        ),
        case(
            "deals.average_value={uniform=[1,\"2 a month\"]}",
            [UNUSABLE, "\"2 a month\"", "not a rate: write it without a period", ""],
        ),
        case(
            "deals.average_value={triangular=[1,5,3]}",
            [UNUSABLE, "{triangular=[1,5,3]}", "must rise: lowest ≤ likeliest ≤ highest", ""],
        ),
        case("deals.average_value={values=[]}", [UNUSABLE, "{values=[]}", "the list is empty", ""]),
        case(
            "deals.average_value={values=[1,2],weights=[1]}",
            [UNUSABLE, "{values=[1,2],weights=[1]}", "one weight for each", ""],
        ),
        case(
            "deals.average_value={values=[1,2],weights=[1,-1]}",
            [UNUSABLE, "{values=[1,2],weights=[1,-1]}", "a weight is 0 or more", ""],
        ),
        case(
            "deals.average_value={values=[1,2],weights=[0,0]}",
            [UNUSABLE, "{values=[1,2],weights=[0,0]}", "at least one weight is above 0", ""],
        ),
        case(
            "deals.average_value={values=[1,2],weights=[\"x\",1]}",
            ["a weight is a number", "\"x\"", "not a number", "weights = [0.3, 0.7]"],
        ),
        case("deals.average_value={mix=[1,\"5 to 2\"]}", [UNUSABLE, "\"5 to 2\"", "write the lower number first", ""]),
        case(
            "deals.average_value={mix=[1,{file=\"draws.csv\",column=\"cpc\"}]}",
            [UNUSABLE, "{mix=[1,{file=\"draws.csv\",column=\"cpc\"}]}", "can't be part of a mix", ""],
        ),
        case(
            "deals.average_value={uniform=[1,2],min=3}",
            [UNUSABLE, "{uniform=[1,2],min=3}", "nothing of this distribution lies between", ""],
        ),
        case(
            "deals.average_value={uniform=[1,2],min=2,max=1}",
            [UNUSABLE, "{uniform=[1,2],min=2,max=1}", "`min` is above `max`", ""],
        ),
        case(
            "deals.average_value={uniform=[1,2],mn=1}",
            ["`mn` does not belong to this distribution", "mn", "unknown key", "did you mean `min`?"],
        ),
        case(
            "deals.average_value={weather=1}",
            ["this table is not a distribution", "{weather=1}", "none of its keys", "{ triangular = [2, 3, 6] }"],
        ),
        case(
            "channels.search.budget={uniform=[1,2]}",
            ["`budget` is your decision", "{uniform=[1,2]}", "expected one number", ""],
        ),
    ]);
}

#[test]
fn faulty_files_say_which_line_to_look_at() {
    check(&[
        case(
            "deals.average_value={file=\"nowhere.csv\",column=\"cpc\"}",
            [
                "nowhere.csv was not found beside the scenario",
                "\"nowhere.csv\"",
                "no such file",
                "the folder of the scenario",
            ],
        ),
        case(
            "deals.average_value={file=\"draws.csv\",column=\"cp\"}",
            ["draws.csv has no column `cp`", "\"cp\"", "no such column", "did you mean `cpc`?"],
        ),
        case(
            "deals.average_value={file=\"draws.csv\",column=\"weather\"}",
            ["has no column `weather`", "\"weather\"", "", "its columns: cpc, rate, note"],
        ),
        case(
            "deals.average_value={file=\"semicolon.csv\",column=\"weather\"}",
            ["has no column `weather`", "\"weather\"", "", "its columns (kept apart by semicolons): cpc, rate"],
        ),
        case(
            "deals.average_value={file=\"headers.csv\",column=\"cpc\"}",
            ["headers.csv has no rows", "\"headers.csv\"", "nothing to draw from", "the first line names the columns"],
        ),
        case(
            "deals.average_value={file=\"empty.csv\",column=\"cpc\"}",
            ["empty.csv is empty", "\"empty.csv\"", "nothing to draw from", ""],
        ),
        case(
            "deals.average_value={file=\"uneven.csv\",column=\"cpc\"}",
            [
                "uneven.csv is not a table in CSV format",
                "\"uneven.csv\"",
                "line 3 has 1 cell, the line of column names 2",
                "",
            ],
        ),
        case(
            "deals.average_value={file=\"draws.csv\",column=\"note\"}",
            [
                "`note` of draws.csv can't be used in line 2",
                "first",
                "this is not a number",
                "every cell of the column",
            ],
        ),
        case(
            "deals.average_value={file=\"draws.csv\",column=\"rate\"}",
            ["`average_value`: column `rate` of draws.csv can't be used in line 4", "", "this cell is empty", ""],
        ),
        case(
            "sales.hours_per_lead={file=\"below.csv\",column=\"hours\"}",
            [
                "can't be used in line 3",
                "-0.4",
                "-0.4 is not allowed: it must be 0 or more",
                "write 0 for what lies below 0",
            ],
        ),
        case(
            "sales.close_rate={file=\"high.csv\",column=\"rate\"}",
            ["can't be used in line 3", "1.2", "1.2 is not allowed: it must be 0 to 1", ""],
        ),
        case(
            "deals.average_value={file=\"quoted.csv\",column=\"cpc\"}",
            ["can't be used in line 5", "four", "this is not a number", ""],
        ),
        case(
            "deals.average_value={file=\"draws.csv\",column=\"cpc\",min=3}",
            [
                "`min` does not belong to this distribution",
                "min",
                "unknown key",
                "{ file = \"draws.csv\", column = \"cpc\" }",
            ],
        ),
        case(
            "deals.average_value={file=3,column=\"cpc\"}",
            ["expected a string in quotes here", "3", "found a number", ""],
        ),
    ]);
}

#[test]
fn faulty_correlations_name_their_inputs() {
    check(&[
        case(
            "correlations=[{between=[\"sales.close_rate\",\"deals.average_value\",\"sales.cycle_weeks\"],rank=-0.6}]",
            [
                "`sales.close_rate`, `deals.average_value`, `sales.cycle_weeks`",
                "\"sales.close_rate\"",
                "not positive definite",
                "at 0.8 times what is written",
            ],
        ),
        case(
            "correlations=[{between=[\"sales.close_rate\",\"deals.average_value\"],rank=1}]",
            ["`rank`: two inputs can't move together fully", "1", "one input, not two", "write 0.99"],
        ),
        case(
            "correlations=[{between=[\"sales.close_rate\",\"sales.cycle_week\"],rank=0.5}]",
            [
                "unknown input `sales.cycle_week`",
                "\"sales.cycle_week\"",
                "not known here",
                "did you mean `sales.cycle_weeks`?",
            ],
        ),
        case(
            "correlations=[{between=[\"sales.close_rate\",\"sales.hours_per_lead\"],rank=0.5}]",
            [
                "`sales.hours_per_lead` is certain",
                "\"sales.hours_per_lead\"",
                "not an uncertain input",
                "write it as a range",
            ],
        ),
        case(
            "correlations=[{between=[\"sales.close_rate\",\"sales.cycle_weeks\"],rank=0.5},{between=[\"sales.cycle_weeks\",\"sales.close_rate\"],rank=0.2}]",
            [
                "between `sales.cycle_weeks` and `sales.close_rate` is given twice",
                "\"sales.close_rate\"",
                "given before",
                "leave out one",
            ],
        ),
        case(
            "correlations=[{between=[\"sales.close_rate\",\"sales.close_rate\",\"sales.cycle_weeks\"],rank=0.5}]",
            ["`sales.close_rate` is named twice", "\"sales.close_rate\"", "named before", "leave out one"],
        ),
        case(
            "correlations=[{between=[\"sales.close_rate\"],rank=0.5}]",
            ["between two inputs or more", "[\"sales.close_rate\"]", "at least two", ""],
        ),
        case(
            "correlations=[{between=[\"sales.close_rate\",\"sales.cycle_weeks\"],rank=2}]",
            ["`rank`: this value can't be used", "2", "2 is not allowed: it must be -1 to 1", ""],
        ),
        case(
            "correlations=[{between=\"sales.close_rate\",rank=0.5}]",
            ["expected a list of strings in quotes", "\"sales.close_rate\"", "found a string", ""],
        ),
        case(
            "correlations={rank=0.5}",
            ["[[correlations]] is a list of tables", "{rank=0.5}", "found a table", "in double brackets"],
        ),
    ]);
    let folder = tempfile::tempdir().expect("a folder for the test");
    std::fs::write(folder.path().join("draws.csv"), "cpc,rate\n3.5,0.04\n4.5,0.05\n").expect("a file is written");
    let more = "[[correlations]]\nbetween = [\"sales.close_rate\", \"deals.average_value\"]\nrank = 0.5";
    let setting = "deals.average_value={file=\"draws.csv\",column=\"cpc\"}";
    let error = plan_in(folder.path(), more, &[setting]).expect_err("a file has its own correlation");
    assert!(error.to_string().contains("`deals.average_value` is drawn from a file"), "{error}");
}
