//! One company is read the same from every system.

use std::path::Path;

use foremix::reading::Files;
use foremix::records::{Day, DealTerms, Deals, Export, Kind, MapFile, Outcome, Question, Reading, map_text};

use crate::company::{Fate, Truth, as_of, deals};
use crate::exports::{CANARY, SYSTEMS};

/// What came of reading a file of deals.
pub(crate) struct Read {
    pub(crate) export: Option<Export>,
    pub(crate) deals: Deals,
    pub(crate) faults: String,
    pub(crate) questions: Vec<Question>,
}

pub(crate) fn read(name: &str, bytes: &[u8], map: &str) -> Read {
    let files = Files::in_memory([(name, bytes.to_vec()), ("map.toml", map.as_bytes().to_vec())]);
    let map = MapFile::read(&files, Path::new("map.toml"))
        .unwrap_or_else(|(faults, sources)| panic!("{}", faults.render(&sources, false)));
    let mut reading = Reading::new(files, map);
    let mut deals = Deals::default();
    let export = reading.export(Kind::Deals, Path::new(name)).map(|mut export| {
        let terms = DealTerms { as_of: Some(as_of()), today: as_of(), currency: "", leads: None };
        deals = Deals::read(&mut reading, &mut export, terms);
        export
    });
    Read { export, deals, faults: reading.faults.to_string(), questions: reading.questions }
}

#[test]
fn one_company_reads_the_same_from_every_system() {
    let truth = deals(&Truth::default(), 1);
    let mut expected: Vec<(Day, Outcome, Option<f64>)> = truth
        .iter()
        .map(|deal| {
            let outcome = match deal.fate {
                Fate::Open => Outcome::Open,
                Fate::Won(day) => Outcome::Won(day),
                Fate::Lost(day) => Outcome::Lost(Some(day)),
            };
            (deal.created, outcome, Some(deal.amount))
        })
        .collect();
    let key = |own: &(Day, Outcome, Option<f64>)| (own.0, own.1, (own.2.unwrap_or(0.0) * 100.0) as i64);
    expected.sort_by_key(key);
    for (system, export) in SYSTEMS {
        let (name, bytes) = export(&truth, as_of());
        let found = read(name, &bytes, "");
        assert_eq!(found.faults, "", "{system}");
        assert_eq!(found.questions, [], "{system}");
        assert_eq!(found.export.as_ref().map(|own| own.system), Some(system));
        let mut list: Vec<_> = found.deals.list.iter().map(|own| (own.created, own.outcome, own.amount)).collect();
        list.sort_by_key(key);
        assert_eq!(list, expected, "{system}");
        assert_eq!(found.deals.sources, ["Paid Search", "Trade Show"], "{system}");
        assert!(!format!("{:?} {:?}", found.export, found.deals).contains(CANARY), "{system}");
    }
}

#[test]
fn the_order_of_rows_changes_nothing() {
    let mut truth = deals(&Truth::default(), 2);
    let straight = read("hubspot.csv", &SYSTEMS[0].1(&truth, as_of()).1, "").deals;
    truth.reverse();
    let turned = read("hubspot.csv", &SYSTEMS[0].1(&truth, as_of()).1, "").deals;
    assert_eq!(straight.list, turned.list);
}

#[test]
fn dates_that_may_begin_with_either_are_asked_for_and_the_answer_is_taken() {
    let text = "id,created,won,lost\n1,03/04/2026,05/06/2026,\n2,04/05/2026,,06/07/2026\n3,02/03/2026,,\n";
    let found = read("deals.csv", text.as_bytes(), "");
    assert_eq!(found.faults, "");
    let question = &found.questions[0];
    assert_eq!((question.key.as_str(), found.questions.len()), ("dates", 1));
    let export = found.export.unwrap();
    let map = map_text(&[&export], &found.questions);
    assert!(map.contains("dates = \"?\""), "{map}");
    let answered = map.replace("dates = \"?\"", "dates = \"mdy\"");
    let found = read("deals.csv", text.as_bytes(), &answered);
    assert_eq!((found.faults.as_str(), found.questions.len()), ("", 0));
    let first = found.deals.list.iter().map(|own| own.created).min().unwrap();
    assert_eq!(first.date().to_string(), "2026-02-03");
    // Another column of the file that leaves one reading only decides for all.
    let decided = text.replace("06/07/2026", "06/17/2026");
    let found = read("deals.csv", decided.as_bytes(), "");
    assert_eq!((found.faults.as_str(), found.questions.len()), ("", 0));
    assert!(found.export.unwrap().guesses.iter().any(|guess| guess.contains("begin with the month")));
}

#[test]
fn marks_stages_and_currencies_that_are_not_known_are_asked_for() {
    let text = "id,created,stage,closed,amount,currency\n1,2026-01-05,Legal review,,\"1,234\",EUR\n\
                2,2026-01-06,Closed Won,2026-02-01,\"5,678\",USD\n";
    let found = read("deals.csv", text.as_bytes(), "");
    let keys: Vec<&str> = found.questions.iter().map(|own| own.key.as_str()).collect();
    assert_eq!(keys, ["decimals", "stages"]);
    assert!(found.questions[1].asked.contains("Legal review"));
    let map = "[deals]\ndecimals = \".\"\nstages = { open = [\"Legal review\"] }\n";
    let found = read("deals.csv", text.as_bytes(), map);
    assert_eq!(found.questions.iter().map(|own| own.key.as_str()).collect::<Vec<_>>(), ["rates"]);
    let found = read("deals.csv", text.as_bytes(), &format!("{map}currency = \"EUR\"\nrates = {{ USD = 0.5 }}\n"));
    assert_eq!(found.questions, []);
    let amounts: Vec<Option<f64>> = found.deals.list.iter().map(|own| own.amount).collect();
    assert_eq!(amounts, [Some(1_234.0), Some(2_839.0)]);
    let found = read("deals.csv", text.as_bytes(), &format!("{map}currency = \"EUR\"\nrates = \"leave out\"\n"));
    assert_eq!((found.questions.len(), found.deals.left_out.other_currency), (0, 1));
}

#[test]
fn of_two_rows_of_a_deal_the_last_change_stays() {
    let text = "id,created,won,lost\n1,2026-01-05,,\n1,2026-01-05,2026-02-01,\n2,2026-01-05,,\n";
    let found = read("deals.csv", text.as_bytes(), "");
    assert_eq!((found.deals.list.len(), found.deals.left_out.duplicates), (2, 1));
    assert!(found.deals.list.iter().any(|own| matches!(own.outcome, Outcome::Won(_))));
}
