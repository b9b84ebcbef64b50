//! The plan of the weeks that are left: everything that has a week moves forward, what is spent and booked is set down, and
//! inputs that are known better now are written as they are known.

use std::path::Path;

use crate::analysis::update::{BookedNow, OpenNow, Posterior, Tie, Update, WeeksOver};
use crate::inputs::Quantity;
use crate::model::delivery::Capacity;
use crate::model::open_deals::Pipeline;
use crate::model::team::Availability;
use crate::reading::{Table, Value};
use crate::scenario::{RawPlan, Scenario};
use crate::transcendental::powi;

use super::super::made_files::MadeFiles;
use super::edit::{Edit, in_braces, node, numbers};

/// What the plan of the weeks that are left is made of.
#[derive(Clone, Copy, Debug)]
pub struct Remaining<'a> {
    /// the plan
    pub scenario: &'a Scenario,
    /// as it was written
    pub draft: &'a RawPlan,
    /// where it stands
    pub over: &'a WeeksOver,
}

/// A plan and what a planner should know of how it was made.
#[derive(Debug)]
pub struct Remade {
    /// as if it were written
    pub draft: RawPlan,
    /// what could not be carried forward as it was, in sentences
    pub notes: Vec<String>,
    /// files of open deals that the plan names, as far as they are still to close: name and bytes
    pub files: MadeFiles,
}

impl Remaining<'_> {
    /// The plan, with its figures as they were stated; its files of open deals are in the folder `beside`.
    #[must_use]
    pub fn as_stated(&self, beside: &str) -> Remade {
        if self.over.weeks == 0 {
            return Remade { draft: self.draft.clone(), notes: Vec::new(), files: Vec::new() };
        }
        let mut edit = Edit { table: self.draft.table().clone(), notes: Vec::new() };
        self.horizon(&mut edit);
        self.channels(&mut edit);
        self.market(&mut edit);
        self.conditions(&mut edit);
        self.team(&mut edit);
        self.customers(&mut edit);
        let files = self.open_deals(&mut edit, beside);
        self.money(&mut edit);
        Remade { draft: self.draft.with_table(edit.table), notes: edit.notes, files }
    }

    fn over(&self) -> usize {
        self.over.weeks
    }

    fn horizon(&self, edit: &mut Edit) {
        let horizon = &self.scenario.plan.parts.horizon;
        let (from, last) = (self.over() + 1, horizon.weeks);
        edit.put(&["name"], Value::Text(format!("{}: weeks {from} to {last}", self.scenario.title())));
        edit.number(&["horizon", "weeks"], (horizon.weeks - self.over()) as f64);
        if let Some(day) = horizon.first_day(self.over()) {
            edit.put(&["horizon", "start"], Value::Date(day.to_string()));
        }
    }

    fn channels(&self, edit: &mut Edit) {
        let parts = &self.scenario.plan.parts;
        for (at, channel) in parts.channels.iter().enumerate() {
            let path = |key: &'static str| ["channels", channel.name.as_str(), key];
            if channel.is_paid() {
                let planned = &channel.plan[self.over().min(channel.plan.len())..];
                let left = (channel.budget() - self.over.spent[at]).max(0.0);
                let later: f64 = planned.iter().sum();
                edit.take(&path("budget_by_week"));
                edit.take(&path("flighting"));
                if later > 0.0 {
                    edit.put(&path("budget"), Value::Number((left * 100.0).round() / 100.0));
                    let is_even = planned.iter().all(|money| (money * planned.len() as f64 / later - 1.0).abs() < 1e-9);
                    if !is_even {
                        edit.numbers(&path("flighting"), planned);
                    }
                } else {
                    edit.put(&path("budget"), Value::Number(0.0));
                    if left > 0.5 {
                        let money = crate::text::with_error(left, None);
                        edit.notes.push(format!(
                            "{money} of the budget of {} were not spent, and no week that is left was to get any: they are out \
                             of the plan.",
                            channel.label
                        ));
                    }
                }
            }
            if let Some(past) = self.over.past_spend[at] {
                edit.number(&path("past_spend"), past);
            }
            if edit.get(&path("cost_by_week")).is_some() {
                edit.numbers(&path("cost_by_week"), after(&channel.cost_by_week, self.over()));
            }
            if let Some(season) = &channel.seasonality {
                let season = self.season(season);
                // Its own, in place of the market's: without it that would act.
                edit.numbers(&path("seasonality"), if season.is_empty() { &[1.0] } else { &season });
            }
            if matches!(channel.kind.word(), "seo" | "email") {
                edit.notes.push(format!(
                    "{}: {} is that of the start; write down today's.",
                    crate::text::capital(&channel.label),
                    if channel.kind.word() == "seo" { "baseline_visits" } else { "list_size" }
                ));
            }
        }
    }

    /// The season of the weeks that are left, with the growth of those that are over.
    fn season(&self, season: &[f64]) -> Vec<f64> {
        let parts = &self.scenario.plan.parts;
        let growth = powi(1.0 + parts.market.growth(&parts.inputs), self.over() as i32);
        if growth == 1.0 {
            return after(season, self.over()).to_vec();
        }
        let weeks = self.over()..parts.horizon.all();
        weeks.map(|week| season.get(week).copied().unwrap_or(1.0) * growth).collect()
    }

    fn market(&self, edit: &mut Edit) {
        let market = &self.scenario.plan.parts.market;
        if edit.child(&["market"]).is_some() {
            edit.numbers(&["market", "seasonality"], &self.season(&market.seasonality));
        }
    }

    /// Promotions and risks; what is left of a dip is a risk that is certain.
    fn conditions(&self, edit: &mut Edit) {
        let parts = &self.scenario.plan.parts;
        let over = self.over();
        for (name, shock) in edit.children(&["shocks"]).iter().zip(&parts.conditions.shocks) {
            let path = ["shocks", name.as_str()];
            match self.span(shock.weeks) {
                Some(weeks) => edit.put(&[path[0], path[1], "weeks"], weeks),
                None => edit.take(&path),
            }
            if shock.weeks.0 < over && shock.weeks.1 >= over {
                edit.notes.push(format!(
                    "The risk {name} could have come true in the weeks that are over: write chance = 0 or 1, whichever it is."
                ));
            }
        }
        for (name, promotion) in edit.children(&["promotions"]).iter().zip(&parts.conditions.promotions) {
            let path = ["promotions", name.as_str()];
            if let Some(weeks) = self.span(promotion.weeks) {
                edit.put(&[path[0], path[1], "weeks"], weeks);
                continue;
            }
            edit.take(&path);
            let dip = (promotion.weeks.1 + 1, promotion.weeks.1 + promotion.dip_weeks);
            if let Some(weeks) = self.span(dip).filter(|_| promotion.dip_weeks > 0) {
                let risk = format!("after-{name}");
                edit.number(&["shocks", &risk, "chance"], 1.0);
                edit.put(&["shocks", &risk, "weeks"], weeks);
                edit.number(&["shocks", &risk, "demand"], 1.0 - promotion.dip.median(&parts.inputs));
            }
        }
        edit.take_if_empty(&["shocks"]);
        edit.take_if_empty(&["promotions"]);
        if edit.child(&["rules"]).is_some() {
            edit.notes.push("Rules start anew: they judge channels by the weeks that are left alone.".into());
        }
    }

    /// Weeks, counted from 0, as they are counted from now on; none where they are over.
    fn span(&self, (first, last): (usize, usize)) -> Option<Value> {
        let over = self.over();
        (last >= over).then(|| numbers(&[(first.saturating_sub(over) + 1) as f64, (last - over + 1) as f64]))
    }

    fn team(&self, edit: &mut Edit) {
        let parts = &self.scenario.plan.parts;
        let over = self.over() as i64;
        if let Availability::ByWeek(list) = &parts.sales.availability {
            edit.numbers(&["sales", "availability"], after(list, self.over()));
        }
        for reps in &parts.sales.reps {
            let path = |key: &'static str| ["sales", "reps", reps.name.as_str(), key];
            if let Some(start) = reps.start_week {
                edit.put(&path("start_week"), Value::Number((start - over) as f64));
            }
            match reps.end_week.map(|end| end - over) {
                Some(end) if end < 1 => edit.take(&["sales", "reps", reps.name.as_str()]),
                Some(end) => edit.put(&path("end_week"), Value::Number(end as f64)),
                None => {}
            }
            if !reps.attrition.is_zero() {
                edit.notes.push(format!(
                    "The {} of {} are taken to be all there still.",
                    crate::text::count(f64::from(reps.count), "seat"),
                    reps.name.replace('_', " ")
                ));
            }
        }
        if let Some(Capacity::ByWeek(list)) = parts.delivery.as_ref().and_then(|own| own.capacity.as_ref()) {
            // The last one holds on.
            let left = after(list, self.over().min(list.len().saturating_sub(1)));
            edit.numbers(&["delivery", "per_week"], left);
        }
        if edit.child(&["sales"]).is_some() {
            let waiting = self.over.waiting.unwrap_or(0.0).round();
            if waiting > 0.0 || edit.get(&["sales", "leads_waiting"]).is_some() {
                edit.put(&["sales", "leads_waiting"], Value::Number(waiting));
            }
        }
    }

    fn customers(&self, edit: &mut Edit) {
        if let Some(customers) = self.over.customers.filter(|_| edit.child(&["customers"]).is_some()) {
            edit.put(&["customers", "active"], Value::Number(customers.round()));
        }
        if let Some(Value::Number(week)) = edit.get(&["customers", "loyalty", "start_week"]).map(|own| &own.value) {
            let week = (week - self.over() as f64).max(1.0);
            edit.put(&["customers", "loyalty", "start_week"], Value::Number(week));
        }
        if let Some(goodwill) = self.over.goodwill {
            edit.number(&["brand", "goodwill"], goodwill);
        }
    }

    fn open_deals(&self, edit: &mut Edit, beside: &str) -> MadeFiles {
        let mut files = Vec::new();
        for name in edit.children(&["deals", "open"]) {
            match self.over.open.iter().find(|own| own.name == name) {
                Some(OpenNow { count, .. }) if *count < 0.5 => edit.take(&["deals", "open", &name]),
                Some(open) => put_open(edit, &["deals", "open", &name], open),
                None => files.extend(listed_deals(self, edit, &name, beside)),
            }
        }
        for open in &self.over.begun {
            let path = ["deals", "open", open.name.as_str()];
            put_open(edit, &path, open);
            let Some(channel) = open.channel else { continue };
            for key in ["close_rate", "average_value"] {
                let own = ["channels", self.scenario.plan.parts.channels[channel].name.as_str(), key];
                if let Some(value) = edit.get(&own).map(|own| own.value.clone()) {
                    edit.put(&[path[0], path[1], path[2], key], value);
                }
            }
        }
        edit.take_if_empty(&["deals", "open"]);
        files
    }

    fn money(&self, edit: &mut Edit) {
        let BookedNow { revenue, wins, marketing } = self.over.booked;
        for (key, sum) in [("revenue", revenue), ("wins", wins), ("marketing", marketing)] {
            if sum > 0.0 {
                edit.put(&["booked", key], Value::Number((sum * 100.0).round() / 100.0));
            }
        }
        let finance = &self.scenario.plan.parts.finance;
        if self.over.wages > 0.0 && finance.gross_margin.is_some() {
            match finance.fixed_costs {
                Quantity::Certain(costs) => edit.number(&["finance", "fixed_costs"], costs + self.over.wages),
                _ => edit.notes.push("The wages of the weeks that are over are not in the profit.".into()),
            }
        }
    }
}

/// The deals of a file that are still to close, as a file of their own; those whose week is over are decided.
fn listed_deals(left: &Remaining<'_>, edit: &mut Edit, name: &str, beside: &str) -> Option<(String, Vec<u8>)> {
    let group = left.scenario.plan.parts.deals.open.iter().find(|own| own.name == name)?;
    let Pipeline::Listed { file, deals, .. } = &group.deals else { return None };
    let over = left.over();
    let (open, decided): (Vec<_>, Vec<_>) =
        deals.iter().partition(|deal| deal.close_week.is_none_or(|week| week >= over));
    if !decided.is_empty() {
        edit.notes.push(format!(
            "{} of {name} were to close in the weeks that are over and are taken as decided.",
            crate::text::count(decided.len() as f64, "deal")
        ));
    }
    if open.is_empty() {
        edit.take(&["deals", "open", name]);
        return None;
    }
    let mut text = String::from("name,amount,close_rate,close_week,hours_left\n");
    for deal in open {
        let share = deal.close_rate.map_or_else(String::new, |rate| format!("{rate:.4}"));
        let week = deal.close_week.map_or_else(String::new, |week| (week - over + 1).to_string());
        let hours = deal.hours_left.map_or_else(String::new, |hours| format!("{hours:.2}"));
        let called = deal.name.as_deref().unwrap_or_default().replace('"', "\"\"");
        text.push_str(&format!("\"{called}\",{:.2},{share},{week},{hours}\n", deal.amount));
    }
    let file = Path::new(file).file_name().map_or_else(|| "deals.csv".into(), |own| own.to_string_lossy().into_owned());
    edit.put(&["deals", "open", name, "file"], Value::Text(format!("{beside}/{file}")));
    Some((file, text.into_bytes()))
}

fn put_open(edit: &mut Edit, path: &[&str], open: &OpenNow) {
    let key = |key| [path, &[key]].concat();
    edit.put(&key("count"), Value::Number(open.count.round()));
    edit.put(&key("weeks_to_close"), Value::Number((open.weeks_to_close * 100.0).round().max(1.0) / 100.0));
}

/// What a list says of the weeks after so many.
fn after(list: &[f64], weeks: usize) -> &[f64] {
    &list[weeks.min(list.len())..]
}

/// The plan without the deals that are open at its start, for records that tell them one by one.
#[must_use]
pub fn without_open_deals(draft: &RawPlan) -> RawPlan {
    let mut edit = Edit { table: draft.table().clone(), notes: Vec::new() };
    edit.take(&["deals", "open"]);
    draft.with_table(edit.table)
}

/// The plan with what is known of its figures now; files of draws are in the folder `draws`.
#[must_use]
pub fn with_figures(draft: &RawPlan, update: &Update, draws: &str) -> RawPlan {
    if update.moved.is_empty() {
        return draft.clone();
    }
    let mut edit = Edit { table: draft.table().clone(), notes: Vec::new() };
    for own in &update.moved {
        let value = match &own.written {
            Posterior::Quantiles(values) => in_braces(vec![("quantiles", numbers(values))]),
            Posterior::Column { file, .. } => in_braces(vec![
                ("file", Value::Text(format!("{draws}/{file}"))),
                ("column", Value::Text(own.path.clone())),
            ]),
        };
        if let Some(path) = edit.path_of(&own.path) {
            let path: Vec<&str> = path.iter().map(String::as_str).collect();
            copy_to_open_deals(&mut edit, &path, &value);
            edit.put(&path, value);
        }
    }
    let ties: Vec<&Tie> = update.kept_ties.iter().chain(&update.ties).collect();
    match ties.is_empty() {
        true => edit.take(&["correlations"]),
        false => edit.put(&["correlations"], Value::List(ties.into_iter().map(|tie| node(correlation(tie))).collect())),
    }
    draft.with_table(edit.table)
}

/// Deals that began in the weeks have the close rate and the value of their channel.
fn copy_to_open_deals(edit: &mut Edit, path: &[&str], value: &Value) {
    if let ["channels", channel, key @ ("close_rate" | "average_value")] = path {
        let group = format!("begun-{channel}");
        if edit.get(&["deals", "open", &group, key]).is_some() {
            edit.put(&["deals", "open", &group, key], value.clone());
        }
    }
}

fn correlation(tie: &Tie) -> Value {
    let between = tie.between.iter().map(|name| node(Value::Text(name.clone())));
    let mut table = Table::EMPTY;
    table.put(&["between".to_owned()], Some(node(Value::List(between.collect()))));
    table.put(&["rank".to_owned()], Some(node(Value::Number(tie.rank))));
    Value::Table(table)
}
