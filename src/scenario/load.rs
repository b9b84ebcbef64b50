//! From a plan as it was written to a checked scenario, or to every fault it has.

use xxhash_rust::xxh3::Xxh3;

use crate::inputs::Inputs;
use crate::model::channels::{KINDS, Route};
use crate::model::correlations;
use crate::model::finance::Finance;

use crate::model::outcomes::{OUTCOMES, OutcomeId, Unit};
use crate::model::sales;
use crate::model::schema::{Reading, TableReader};
use crate::reading::{Diagnostic, Diagnostics, Premise, Sources, Span, Value, nearest};
use crate::units::{LARGEST, Range, plain};

use super::countable::uncountable;
use super::idle::{Idle, idle};
use super::load_error::LoadError;
use super::parts::Tables;
use super::raw_plan::RawPlan;
use super::reference::tables;
use super::root_keys::ROOT_KEYS;
use super::strangers::Stranger;
use super::{Note, Scenario};

impl RawPlan {
    /// The scenario that was written.
    ///
    /// # Errors
    ///
    /// Every fault at once.
    pub fn read(&self) -> Result<Scenario, LoadError> {
        let before_settings = if self.patched && self.table.get("correlations").is_some() {
            self.inputs_of_file()
        } else {
            Inputs::default()
        };
        self.expect_columns(&self.table);
        let reading = Reading {
            sheets: self.sheets.clone(),
            sources: self.sources.clone(),
            faults: self.faults.clone(),
            before_settings,
            widen: 1.0,
            home: Some(home),
            ..Reading::default()
        };
        read_scenario(reading, self).map_err(|(faults, sources)| {
            let faults =
                if self.all_read { faults } else { faults.without(Premise::AllRead).without(Premise::WeeksKnown) };
            LoadError::faulty(Stranger::explain(&self.strangers, faults), sources)
        })
    }

    /// Diagnostics that variants have, each by itself, and the file has not.
    ///
    /// # Errors
    ///
    /// Those of a variant that names a faulty file of draws.
    pub(super) fn faults_of_variants(&self) -> Result<&[Diagnostic], LoadError> {
        let look = || match self.find_faults_of_variants() {
            Ok(found) => Ok(found),
            Err(LoadError::Faulty { faults, sources }) => Err((faults, sources)),
            Err(LoadError::Unreadable { .. }) => Ok(Vec::new()),
        };
        match self.variants.faults.get_or_init(look) {
            Ok(found) => Ok(found),
            Err((faults, sources)) => Err(LoadError::Faulty { faults: faults.clone(), sources: sources.clone() }),
        }
    }

    fn find_faults_of_variants(&self) -> Result<Vec<Diagnostic>, LoadError> {
        let mut found = Vec::new();
        let mut own: Option<Diagnostics> = None;
        for name in self.variants() {
            let Err(LoadError::Faulty { faults, sources }) = self.clone().vary(name)?.read() else {
                continue;
            };
            let own = own.get_or_insert_with(|| match self.read() {
                Err(LoadError::Faulty { faults, .. }) => faults,
                _ => Diagnostics::default(),
            });
            let known = |fault: &Diagnostic| {
                let count = self.sources.count();
                self.sources.is_among(fault.place.source, count)
            };
            if !faults.iter().all(known) {
                return Err(LoadError::Faulty { faults, sources });
            }
            let further = faults.except(own);
            let told = Stranger::explain(&self.strangers_of(name), further);
            found.extend(told.iter().cloned());
        }
        Ok(found)
    }

    /// The uncertain inputs of the file as it stands; its faults are met again when it is read as it is wanted.
    fn inputs_of_file(&self) -> Inputs {
        let sheets = self.sheets.clone();
        let mut apart = Reading { sources: self.sources.clone(), sheets, widen: 1.0, ..Reading::default() };
        let source = self.source;
        let place = Span { source, span: 0..0 };
        let mut root = TableReader::open(&mut apart, String::new(), &self.file, place, vec![ROOT_KEYS]);
        Tables::read(&mut root);
        apart.inputs
    }
}

/// Where a key belongs, in words; nowhere, where that would be half of all tables.
fn home(key: &str) -> Vec<String> {
    let mut homes: Vec<String> = Vec::new();
    let mut kinds: Vec<&str> = Vec::new();
    for table in tables() {
        if table.path.is_empty() || !table.keys.iter().any(|own| own.name == key) {
            continue;
        }
        match (table.path, table.kind) {
            ("channels.NAME", Some(kind)) => kinds.push(kind),
            (path, _) => homes.push(format!("[{path}]")),
        }
    }
    homes.dedup();
    if !kinds.is_empty() {
        homes.push(format!("channels of kind {}", kinds.join(", ")));
    }
    if homes.len() > 3 { Vec::new() } else { homes }
}

fn read_scenario(mut reading: Reading, draft: &RawPlan) -> Result<Scenario, (Diagnostics, Sources)> {
    let (source, table, path) = (draft.source, &draft.table, &draft.path);
    let place = Span { source, span: 0..0 };
    let mut root = TableReader::open(&mut reading, String::new(), table, place, vec![ROOT_KEYS]);
    root.whole("version");
    let name = root.text_if("name");
    let description = root.text_if("description").unwrap_or_default();
    let currency = read_currency(&mut root);
    let tables = Tables::read(&mut root);
    correlations::read(&mut root, table);
    let targets = read_targets(&mut root, &tables.finance);
    check(&mut root, draft, &tables);
    let (simulation, weeks_known) = (tables.simulation, tables.weeks_known);
    let clean = reading.faults.is_empty();
    let files_apart = reading.inputs.tell_files_apart();
    let Some(plan) = tables.plan(reading.inputs).filter(|_| clean) else {
        let faults = if weeks_known { reading.faults } else { reading.faults.without(Premise::WeeksKnown) };
        return Err((faults, reading.sources));
    };
    let too_many = uncountable(&plan, table, &Span { source, span: 0..0 });
    if !too_many.is_empty() {
        too_many.into_iter().for_each(|fault| reading.faults.add(fault));
        return Err((reading.faults, reading.sources));
    }
    let stem = || path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let mut notes = Note::of(&plan, &simulation);
    notes.extend(idle(&draft.table).iter().map(Idle::note));
    notes.extend(reading.percent_doubts.into_iter().map(|doubt| Note::LikelyPercent {
        path: doubt.path,
        written: plain(doubt.value),
        percent: plain(doubt.value * 100.0),
    }));
    if !files_apart.is_empty() {
        notes.push(Note::FilesOfOneName(files_apart));
    }
    for (file, table) in reading.long_tables {
        let note = Note::RowsOfDifferentThings { file, table };
        if !notes.contains(&note) {
            notes.push(note);
        }
    }
    Ok(Scenario {
        name: name.or_else(stem).unwrap_or_default(),
        description,
        currency,
        path: path.clone(),
        variant: draft.variant.clone(),
        changed: draft.changed(),
        results_name: draft.results_name(),
        hash: hash(&reading.sources, draft.variant.as_deref()),
        simulation,
        targets,
        notes,
        stated: reading.stated,
        plan,
    })
}

fn read_currency(root: &mut TableReader<'_, '_>) -> String {
    let currency = root.text_if("currency").unwrap_or_default();
    let is_code = currency.len() == 3 && currency.chars().all(|c| c.is_ascii_uppercase());
    if !currency.is_empty() && !is_code {
        root.fault("currency", "`currency` is an ISO code of three capital letters", "for example USD, EUR or JPY");
    }
    currency
}

/// No plan sells thirty times its quota, or earns thirty times what it spends: such a target was meant in percent.
const PERCENT_FROM: f64 = 30.0;

fn read_targets(root: &mut TableReader<'_, '_>, finance: &Finance) -> Vec<(OutcomeId, f64)> {
    let Some(Value::Table(table)) = root.node("targets").map(|node| &node.value) else {
        root.child("targets", &[]);
        return Vec::new();
    };
    let any = Range::closed(-LARGEST, LARGEST);
    let mut targets = Vec::new();
    for entry in table.iter() {
        let Some(outcome) = OutcomeId::named(&entry.key) else {
            let fault = Diagnostic::unknown(&entry.key_place, "outcome", &entry.key);
            let names = || OUTCOMES.iter().map(|outcome| outcome.key);
            root.add_fault(match nearest(&entry.key, names()) {
                Some(name) => fault.did_you_mean(&entry.key_place, &format!("`{name}`"), name),
                None => fault.help(format!("known: {}", names().collect::<Vec<_>>().join(", "))),
            });
            continue;
        };
        if finance.gross_margin.is_none() && outcome.outcome().needs_margin {
            root.add_fault(
                Diagnostic::at(
                    &entry.key_place,
                    format!("a target for `{}` needs `gross_margin` in [finance]", entry.key),
                    "without a margin this outcome has no value",
                )
                .help("add [finance] with gross_margin = \"60%\", or what your margin is")
                .given(Premise::AllRead),
            );
        }
        let item = std::slice::from_ref(&entry.node);
        let number = match outcome.outcome().unit {
            Unit::Ratio => {
                root.doubt_percents(&entry.key, &entry.node, PERCENT_FROM);
                root.numbers(&entry.key, any, item)
            }
            Unit::Money | Unit::Count => root.counted_numbers(&entry.key, any, item),
        };
        targets.extend(number.into_iter().map(|number| (outcome, number)));
    }
    targets
}

/// What only the parts together can show.
fn check(root: &mut TableReader<'_, '_>, draft: &RawPlan, tables: &Tables) {
    let source = draft.source;
    let (channels, deals) = (&tables.channels, tables.deals.as_ref());
    if !draft.patched {
        let idle = idle(&draft.table);
        idle.iter().for_each(|idle| root.add_fault(idle.fault()));
    }
    let missing = |name: &str, why: &str| {
        Diagnostic::of_file(source, format!("the plan has no [{name}]")).help(why).given(Premise::AllRead)
    };
    let open = deals.is_some_and(|deals| !deals.open.is_empty());
    // Only where every channel is known to sell online, nobody is needed to sell.
    let all_read = channels.len() == root.children("channels").len();
    let online = channels.iter().all(|channel| channel.route == Route::Online);
    let sold = channels.is_empty() || !all_read || !online;
    if (sold || open) && !root.has("sales") {
        root.add_lack(
            "sales",
            missing(
                "sales",
                "add [sales] with opportunity_rate, close_rate and cycle_weeks, and the team in [sales.reps.NAME]",
            ),
        );
    }
    if deals.is_none() && !root.has("deals") {
        root.add_lack("deals", missing("deals", "add [deals] with average_value, or median_value and value_p90"));
    }
    if !root.has("channels") && !open {
        root.add_lack("channels", missing(
            "channels.NAME",
            &format!(
                "nothing brings leads, and no deal is open: add [channels.search] with kind = \"ppc\", or another of {}",
                KINDS.iter().map(|&(kind, _)| kind).collect::<Vec<_>>().join(", ")
            ),
        ));
    }
    let Some(sales) = &tables.sales else { return };
    if let Some(cost) = tables.cost_of_hours().filter(|_| !sales.selling_time_given()) {
        let place = root.node("sales").map(|node| node.place.clone());
        let misspelled = match root.node("sales").map(|node| &node.value) {
            Some(Value::Table(table)) => {
                let names = || sales::KEYS.iter().map(|key| key.name);
                table
                    .iter()
                    .filter(|entry| names().all(|name| name != entry.key))
                    .any(|entry| nearest(&entry.key, names()) == Some("selling_time"))
            }
            _ => true,
        };
        if let (Some(place), false) = (place, misspelled) {
            root.add_fault(
                Diagnostic::at(
                    &place,
                    format!("[sales] needs `selling_time`: {cost} hours of the team"),
                    "`selling_time` is missing here",
                )
                .help("the share of working time that goes into selling; 28% to 40% is usual: selling_time = \"28% to 40%\"")
                .given(Premise::AllRead),
            );
        }
    }
}

fn hash(sources: &Sources, variant: Option<&str>) -> String {
    let mut hasher = Xxh3::new();
    for text in sources.texts().chain(variant) {
        hasher.update(text.as_bytes());
        hasher.update(&[0]);
    }
    for digest in sources.digests() {
        hasher.update(&digest.to_le_bytes());
    }
    format!("{:016x}", hasher.digest())
}
