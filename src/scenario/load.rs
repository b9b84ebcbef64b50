//! From a file to a checked scenario, or to every fault it has.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use xxhash_rust::xxh3::Xxh3;

use crate::inputs::{Inputs, is_spelling};
use crate::model::channels::{Channel, Route};
use crate::model::correlations;
use crate::model::deals::{self, Deals};
use crate::model::fields::{Fields, Reading};
use crate::model::finance::{self, Finance};
use crate::model::horizon::{self, Horizon};
use crate::model::keys::Key;
use crate::model::market::{self, Market};
use crate::model::outcomes::{OUTCOMES, OutcomeId};
use crate::model::plan::{Parts, Plan};
use crate::model::sales::{self, Sales};
use crate::reading::{
    Fault, Faults, Place, SourceId, Sources, Table, nearest, parse, parse_setting,
};
use crate::units::{LARGEST, Range};

use super::{Note, SIMULATION_KEYS, Scenario, Simulation};

/// A scenario larger than this is some other file.
const LARGEST_FILE: u64 = 10_000_000;

/// The keys at the top of a scenario file.
pub const ROOT_KEYS: &[Key] = &[
    Key::whole("version", 1.0, 1.0)
        .or(1.0)
        .about("the version of this format")
        .example("1"),
    Key::text("name")
        .about("what the plan is called")
        .example("\"Tallyforge, third quarter\""),
    Key::text("description")
        .about("what it is about")
        .example("\"More events, fewer ads\""),
    Key::text("currency")
        .unit("ISO code")
        .about("the currency of all money, for display")
        .example("\"USD\""),
    Key::table("horizon").about("the weeks that are planned"),
    Key::table("simulation").about("how the plan is simulated"),
    Key::table("market").about("demand that all channels share"),
    Key::table("channels").about("the channels, [channels.NAME]"),
    Key::table("sales").about("the sales team"),
    Key::table("deals").about("what a win is worth, and the deals open today"),
    Key::table("finance").about("from revenue to profit"),
    Key::tables("correlations").about("uncertain inputs that move together"),
    Key::table("targets").about("outcomes to reach, for example revenue = 900_000"),
];

/// Why a scenario could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// the file is no scenario, or a faulty one
    #[error("{}", .faults.render(.sources, false))]
    Faulty {
        /// what is wrong
        faults: Faults,
        /// the texts that the faults point into
        sources: Sources,
    },
    /// the file could not be read
    #[error("{path} can't be read: {error}")]
    Unreadable {
        /// the file
        path: PathBuf,
        /// why
        error: io::Error,
    },
}

/// Loads a scenario, with `settings` (`PATH=VALUE`) laid over it.
///
/// # Errors
///
/// Every fault of the file and the settings at once, or why the file can't be read.
pub fn load(path: &Path, settings: &[String]) -> Result<Scenario, LoadError> {
    let mut reading = Reading {
        widen: 1.0,
        folder: path.parent().unwrap_or(Path::new("")).to_owned(),
        ..Reading::default()
    };
    let text = match read_text(path) {
        Ok(text) => text,
        Err(Trouble::Fault(fault)) => {
            reading.faults.add(fault);
            return Err(faulty(reading));
        }
        Err(Trouble::Io(error)) => {
            let path = path.to_owned();
            return Err(LoadError::Unreadable { path, error });
        }
    };
    let source = reading.sources.add(path.display().to_string(), text);
    let mut table = parse(&reading.sources, source, &mut reading.faults);
    let file = table.clone();
    for setting in settings {
        if let Some(patch) = parse_setting(&mut reading.sources, setting, &mut reading.faults) {
            table.merge(patch, is_spelling);
        }
    }
    if !settings.is_empty() && table.get("correlations").is_some() {
        reading.before_settings = inputs_of(&reading, source, &file);
    }
    read_scenario(reading, source, &table, path)
}

enum Trouble {
    Fault(Fault),
    Io(io::Error),
}

fn read_text(path: &Path) -> Result<String, Trouble> {
    let shown = path.display();
    let fault = |message: String, help: &str| Trouble::Fault(Fault::of_file(message).help(help));
    let metadata = std::fs::metadata(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => fault(
            format!("there is no file {shown}"),
            "check the path; `foremix init` writes a scenario to start from",
        ),
        _ => Trouble::Io(error),
    })?;
    if metadata.is_dir() {
        return Err(fault(
            format!("{shown} is a folder"),
            "name the scenario file in it, which ends in .toml",
        ));
    }
    let too_large = || {
        fault(
            format!("{shown} is larger than 10 MB"),
            "a scenario is a text of some hundred lines: is this the right file?",
        )
    };
    if metadata.len() > LARGEST_FILE {
        return Err(too_large());
    }
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(LARGEST_FILE + 1).read_to_end(&mut bytes))
        .map_err(Trouble::Io)?;
    if bytes.len() as u64 > LARGEST_FILE {
        return Err(too_large());
    }
    let text = String::from_utf8(bytes).map_err(|_| {
        fault(
            format!("{shown} is no text in UTF-8"),
            "a scenario is a plain text file in the TOML format",
        )
    })?;
    if text.trim().is_empty() {
        return Err(fault(
            format!("{shown} is empty"),
            "`foremix init` writes a scenario to start from",
        ));
    }
    Ok(text)
}

fn faulty(reading: Reading) -> LoadError {
    LoadError::Faulty {
        faults: reading.faults.sorted(),
        sources: reading.sources,
    }
}

fn read_scenario(
    mut reading: Reading,
    source: SourceId,
    table: &Table,
    path: &Path,
) -> Result<Scenario, LoadError> {
    let place = Place { source, span: 0..0 };
    let mut root = Fields::open(&mut reading, String::new(), table, place, vec![ROOT_KEYS]);
    root.whole("version");
    let name = root.text_if("name");
    let description = root.text_if("description").unwrap_or_default();
    let currency = read_currency(&mut root);
    let Tables {
        simulation,
        horizon,
        market,
        channels,
        sales,
        deals,
        finance,
    } = Tables::read(&mut root);
    correlations::read(&mut root, table);
    let targets = read_targets(&mut root, &finance);
    check(&mut root, &channels, sales.as_ref(), deals.as_ref());
    // A plan that needs a team and has none is a fault by now.
    let sales = sales.or_else(|| Some(Sales::none()));
    let (Some(sales), Some(deals), true) = (sales, deals, reading.faults.is_empty()) else {
        return Err(faulty(reading));
    };
    let plan = Plan::new(Parts {
        horizon,
        market,
        channels,
        sales,
        deals,
        finance,
        inputs: reading.inputs,
    });
    let stem = || {
        path.file_stem()
            .map(|stem| stem.to_string_lossy().into_owned())
    };
    Ok(Scenario {
        name: name.or_else(stem).unwrap_or_default(),
        description,
        currency,
        path: path.to_owned(),
        hash: hash(&reading.sources),
        simulation,
        targets,
        notes: Note::of(&plan, &simulation),
        plan,
    })
}

/// The tables of a file that hold figures.
struct Tables {
    simulation: Simulation,
    horizon: Horizon,
    market: Market,
    channels: Vec<Channel>,
    sales: Option<Sales>,
    deals: Option<Deals>,
    finance: Finance,
}

impl Tables {
    fn read(root: &mut Fields<'_, '_>) -> Self {
        let simulation = Simulation::read(root.child("simulation", SIMULATION_KEYS));
        root.set_widen(simulation.widen);
        let horizon = Horizon::read(root.child("horizon", horizon::KEYS));
        let market = Market::read(root.child("market", market::KEYS), &horizon);
        let mut channels = Vec::new();
        for (entry, table) in root.children("channels") {
            channels.extend(Channel::read(root, entry, table, &horizon));
        }
        let sales = root
            .child("sales", sales::KEYS)
            .map(|mut fields| Sales::read(&mut fields, &horizon));
        let deals = root
            .child("deals", deals::KEYS)
            .map(|mut fields| Deals::read(&mut fields));
        let finance = Finance::read(root.child("finance", finance::KEYS));
        Self {
            simulation,
            horizon,
            market,
            channels,
            sales,
            deals,
            finance,
        }
    }
}

/// The uncertain inputs of a file as it stands; its faults are met again when it is read with its settings.
fn inputs_of(reading: &Reading, source: SourceId, table: &Table) -> Inputs {
    let mut apart = Reading {
        sources: reading.sources.clone(),
        widen: reading.widen,
        folder: reading.folder.clone(),
        ..Reading::default()
    };
    let place = Place { source, span: 0..0 };
    let mut root = Fields::open(&mut apart, String::new(), table, place, vec![ROOT_KEYS]);
    Tables::read(&mut root);
    apart.inputs
}

fn read_currency(root: &mut Fields<'_, '_>) -> String {
    let currency = root.text_if("currency").unwrap_or_default();
    let is_code = currency.len() == 3 && currency.chars().all(|c| c.is_ascii_uppercase());
    if !currency.is_empty() && !is_code {
        root.fault(
            "currency",
            "`currency` is an ISO code of three capital letters",
            "for example USD, EUR or JPY",
        );
    }
    currency
}

fn read_targets(root: &mut Fields<'_, '_>, finance: &Finance) -> Vec<(OutcomeId, f64)> {
    const NEED_MARGIN: [&str; 5] = [
        "gross_profit",
        "profit",
        "romi",
        "tail_profit",
        "profit_with_tail",
    ];
    let Some(crate::reading::Value::Table(table)) = root.node("targets").map(|node| &node.value)
    else {
        root.child("targets", &[]);
        return Vec::new();
    };
    let any = Range::closed(-LARGEST, LARGEST);
    let mut targets = Vec::new();
    for entry in table.iter() {
        let Some(outcome) = OutcomeId::named(&entry.key) else {
            let fault = Fault::at(
                &entry.key_place,
                format!("there is no outcome `{}` to set a target for", entry.key),
                "unknown outcome",
            );
            let names = || OUTCOMES.iter().map(|outcome| outcome.key);
            root.add_fault(match nearest(&entry.key, names()) {
                Some(name) => fault.help(format!("did you mean `{name}`?")),
                None => fault.help(format!("known: {}", names().collect::<Vec<_>>().join(", "))),
            });
            continue;
        };
        if finance.gross_margin.is_none() && NEED_MARGIN.contains(&&*entry.key) {
            root.fault_at(
                &entry.key_place,
                format!(
                    "a target for `{}` needs `gross_margin` in [finance]",
                    entry.key
                ),
                "without a margin this outcome has no value",
            );
        }
        let number = root.numbers(&entry.key, any, std::slice::from_ref(&entry.node));
        targets.extend(number.into_iter().map(|number| (outcome, number)));
    }
    targets
}

/// What only the parts together can show.
fn check(
    root: &mut Fields<'_, '_>,
    channels: &[Channel],
    sales: Option<&Sales>,
    deals: Option<&Deals>,
) {
    let missing = |name: &str, why: &str| {
        Fault::of_file(format!("the plan has no [{name}]")).help(why.to_owned())
    };
    let open = deals.is_some_and(|deals| !deals.open.is_empty());
    let sold = channels.iter().any(|channel| channel.route == Route::Sales);
    if (sold || open) && !root.has("sales") {
        root.add_fault(missing(
            "sales",
            "add [sales] with opportunity_rate, close_rate and cycle_weeks, and the team in [sales.reps.NAME]",
        ));
    }
    if deals.is_none() && !root.has("deals") {
        root.add_fault(missing(
            "deals",
            "add [deals] with average_value, or median_value and value_p90",
        ));
    }
    if !root.has("channels") && !open {
        root.add_fault(missing(
            "channels.NAME",
            "nothing brings leads, and no deal is open: add a channel: [channels.search] with kind = \"ppc\", \"seo\", \"email\", \"print\" or \"baseline\"",
        ));
    }
    let Some(sales) = sales else { return };
    let deals_cost =
        deals.is_some_and(|deals| deals.open.iter().any(|group| !group.hours_left.is_zero()));
    if (sales.leads_cost_hours() || deals_cost) && !sales.selling_time_given() {
        root.fault(
            "sales",
            "[sales] needs `selling_time`: leads or open deals cost hours of the team",
            "`selling_time` is missing here; 28% to 40% is usual",
        );
    }
}

fn hash(sources: &Sources) -> String {
    let mut hasher = Xxh3::new();
    for text in sources.texts() {
        hasher.update(text.as_bytes());
        hasher.update(&[0]);
    }
    format!("{:016x}", hasher.digest())
}
